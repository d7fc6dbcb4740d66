//! Dates on the wrong side of the signature: what a notice announces or asks for before its own day, and what a paper
//! answers or rests on after it.

use jiff::civil::Date;

use super::written::{Form, past_bracket};
use super::{Passage, has, is_range, order, words};
use crate::diagnostic::{Diagnostic, Words};
use crate::outline::{Dated, Paper};
use crate::text::{
    Document, Span, WordList, book_titles, is_blank, is_chinese_numeral, is_digit, is_within, quotation,
    trim_blank_end, trim_blank_start, words,
};

/// How many days a date without a year may lie from its paper and still be of the paper's year.
const NEAR: i32 = 45;

pub(super) fn find(document: &Document, passage: &Passage<'_>, out: &mut Vec<Diagnostic>) {
    // What stands below the signature is an annex.
    let Some(signed) = passage.signed.filter(|signed| passage.span.end <= signed.span.start) else { return };
    let (paper, shown) = (signed.date, signed.span);
    let mut announces = None;
    for i in 0..passage.dates.len() {
        let Some(day) = day(passage, i, paper) else { continue };
        let announces = &mut announces;
        let found = if day < paper {
            let mut is_announced = || *announces.get_or_insert_with(|| is_announcement(document, passage));
            (is_asked_for(passage, i) || is_announced_for(passage, i, paper)) && is_announced()
        } else if day > paper {
            is_answered(passage, i) || is_rested_on(passage, i) || is_held(document, passage, i)
        } else {
            false
        };
        let span = passage.dates[i].span;
        if found && !is_aside(passage, span) {
            out.push(report(passage, i, day, paper, shown));
        }
    }
}

/// A paper that was printed before it was signed: 2026年5月18日, and 办公室　2026年5月12日印发 below it.
pub(super) fn printed(document: &Document, paper: &Paper, signed: Dated, out: &mut Vec<Diagnostic>) {
    let prose = document.prose();
    let Some(printed) = paper.printed(prose) else { return };
    if signed.span.end <= printed.span.start && printed.date < signed.date {
        let (a, b) = (printed.span.of(prose), signed.span.of(prose));
        let zh = format!("印发日期（{}）早于成文日期（{}）", words(printed.date), words(signed.date));
        let en = format!("printed on {}, before it was signed on {}", printed.date, signed.date);
        let found = order::report(printed.span, Words::new(zh, en), "printed", a, b);
        out.push(found.label(signed.span, Words::new("成文日期", "the date of the signature")));
    }
}

/// A number of another year than the signature: 〔2025〕12号 over a signature of May 2026. Around the turn of the year a number
/// may be of the other one.
pub(super) fn number(document: &Document, paper: &Paper, signed: Dated, out: &mut Vec<Diagnostic>) {
    let Some(number) = paper.number else { return };
    let text = document.slice(number);
    let inside = text
        .split_once(['〔', '[', '［', '（', '('])
        .and_then(|(_, rest)| rest.split_once(['〕', ']', '］', '）', ')']));
    let Some((year, _)) = inside.filter(|(year, _)| year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit())) else {
        return;
    };
    let Ok(year) = year.parse::<i16>() else { return };
    let turn = match signed.date.year() - year {
        0 => true,
        1 => signed.date.month() <= 3,
        -1 => signed.date.month() == 12,
        _ => false,
    };
    if !turn && !order::is_revised(document.prose(), paper) {
        let shown = signed.span.of(document.prose());
        let zh = format!("发文字号的年份（{year}）与落款（{}）不符", words(signed.date));
        let en = format!("the number is of {year}, the signature of {}", signed.date);
        let found = order::report(number, Words::new(zh, en), "number-year", text, shown);
        out.push(found.label(signed.span, Words::new("本文的落款", "the signature")));
    }
}

/// Whether the date stands in a quotation, or in brackets behind the title of another paper: 按《通知》（请于5月8日前报）要求.
fn is_aside(passage: &Passage<'_>, span: Span) -> bool {
    let head = &passage.prose[passage.span.start..span.start];
    let open = head.rfind(['（', '(']).filter(|&at| !head[at..].contains(['）', ')', '。']));
    let behind_title = open.is_some_and(|at| head[..at].ends_with('》') && head[at..].contains('请'));
    behind_title || quotation(passage.prose, span).is_some()
}

/// The day of a date; of one without a year, where it lies near the day of the paper and nothing speaks of a year that would
/// put it on the other side: 每年5月8日前 before the paper, 去年5月20日 after it.
fn day(passage: &Passage<'_>, i: usize, paper: Date) -> Option<Date> {
    const LATER: WordList = words!["每年", "每月", "明年", "次年", "翌年", "来年", "历年"];
    const EARLIER: WordList = words!["年"];
    if let Some(day) = passage.day(i) {
        return Some(day);
    }
    let date = &passage.dates[i];
    if date.form == Form::Marked || date.year.is_some() {
        return None;
    }
    let day = Date::new(paper.year(), date.month?, date.day?).ok()?;
    let near = paper.until(day).is_ok_and(|span| span.get_days().abs() <= NEAR);
    let head = passage.sentence(date.span);
    let years = || passage.dates[..i].iter().filter_map(|d| d.year);
    let other = || match day < paper {
        true => LATER.is_in(head) || years().any(|year| year > paper.year()),
        false => EARLIER.is_in(&head.replace("今年", "")) || years().any(|year| year != paper.year()),
    };
    (near && !other()).then_some(day)
}

/// Whether a paper tells its readers of what is to come: a notice, and none that changes an earlier one or tells results.
fn is_announcement(document: &Document, passage: &Passage<'_>) -> bool {
    const KINDS: WordList = words!["通知", "公告", "通告", "函", "启事", "邀请"];
    const OTHERS: WordList = words![
        "结果", "成绩", "情况", "名单", "中标", "成交", "录用", "聘用", "补充", "更正", "延期", "推迟", "改期", "取消",
        "调整", "变更", "终止", "暂停", "通报", "纪要", "总结", "转发", "延长", "顺延", "复函", "重新", "再次", "表彰",
        "催",
    ];
    let title = passage.paper.title.map_or("", |title| document.slice(title));
    let displays = title.ends_with("公示") && !title.contains("结果");
    displays || KINDS.is_in(title) && !OTHERS.is_in(title)
}

/// Words of a sentence that tells of an earlier paper, or of what was changed since.
const TOLD: WordList = words![
    "已",
    "曾",
    "原定",
    "原计划",
    "原要求",
    "此前",
    "当时",
    "未能",
    "尚未",
    "未按",
    "逾期未",
    "来函",
    "来文",
    "收悉",
    "要求我",
    "请我",
    "无异议",
    "印发了",
    "下发",
    "发出",
    "延长",
    "延期",
    "推迟",
    "调整为",
    "改为",
    "顺延",
    "改期",
    "取消",
    "补报",
    "追溯",
    "以来",
];

/// 请于5月8日前报县安委会办公室: what the readers are asked to do up to the date.
fn is_asked_for(passage: &Passage<'_>, i: usize) -> bool {
    const LEADS: WordList = words![
        "于", "在", "请", "限", "务必", "须", "单位", "部门", "乡镇", "街道", "科室", "县区", "区县", "镇街", "并",
    ];
    const DEEDS: WordList = words![
        "改正", "整改", "报", "送", "反馈", "提交", "返回", "发至", "发送", "发到", "填", "完成", "回复", "函告",
        "告知", "缴", "领取", "传",
    ];
    // 请于5月8日前完成整改的单位: a term that some have kept.
    const KEPT: WordList = words![
        "的单位",
        "的企业",
        "的项目",
        "的部门",
        "的人员",
        "的乡镇",
        "的，",
        "的,",
        "的事项",
        "的任务",
        "的数据",
        "的基础",
    ];
    let Some(after) = limit(passage.after(i)) else { return false };
    let head = trim_blank_end(passage.before(i));
    let (span, prose) = (passage.dates[i].span, passage.prose);
    let around = passage.sentence(span);
    let asks = || {
        let asked = around.find(span.of(prose)).map_or("", |at| &around[..at]);
        // 责令你单位, 限你单位: what an office orders.
        let ordered = ["务必", "责令", "限你", "限于"].iter().any(|w| asked.contains(w));
        ordered || is_request(asked) || is_order(asked, around)
    };
    let tail = after.split(['。', '；', ';', '\n']).next().unwrap_or("");
    LEADS.ends(head).is_some() && DEEDS.is_in(tail) && !KEPT.is_in(tail) && asks() && !TOLD.is_in(around)
}

/// Whether the words up to a date order something, and the order is the paper's own: 各镇须于, and no 按照省厅要求应于.
fn is_order(asked: &str, around: &str) -> bool {
    const ORDERS: WordList = words!["须于", "要于", "应于", "需于", "须在", "要在", "应在", "需在"];
    const OTHERS: WordList =
        words!["按", "根据", "依", "要求", "规定", "省", "滞后", "仍", "没有", "拖", "逾期", "计划"];
    ORDERS.ends(trim_blank_end(asked)).is_some() && !OTHERS.is_in(around)
}

/// Whether the words ask for something: 请, and not 申请 or 请示.
fn is_request(words: &str) -> bool {
    const BEFORE: [char; 8] = ['申', '邀', '聘', '提', '报', '宴', '约', '吁'];
    const BEHIND: [char; 6] = ['示', '求', '假', '客', '帖', '辞'];
    words
        .match_indices('请')
        .any(|(at, word)| !words[..at].ends_with(BEFORE) && !words[at + word.len()..].starts_with(BEHIND))
}

/// What follows 前 behind a date, its weekday and its hour: （星期五）下午5时前.
fn limit(after: &str) -> Option<&str> {
    let rest = trim_blank_start(past_bracket(trim_blank_start(after)));
    let clock =
        |c: char| is_digit(c) || is_chinese_numeral(c) || is_blank(c) || "上下中午晚班时点分整半:：".contains(c);
    let rest = rest.trim_start_matches(clock);
    ["前", "之前", "以前"].into_iter().find_map(|word| rest.strip_prefix(word))
}

/// 定于5月8日召开, 会议时间：5月8日: what the paper announces for the date, or up to it.
fn is_announced_for(passage: &Passage<'_>, i: usize, paper: Date) -> bool {
    const PLANNED: WordList = words!["定于", "将于", "拟于", "订于"];
    // 决定于, 规定于, 认定于: another word.
    const NO_PLAN: WordList = words![
        "原", "曾", "早", "已", "前", "决", "规", "确", "约", "协", "裁", "判", "评", "认", "鉴", "制", "法", "签",
        "选", "核", "审", "限", "预", "指", "界", "坚", "稳", "固", "否", "肯", "议议",
    ];
    // A period is over when its end is; its end is told with its beginning.
    if i > 0 && is_range(passage.between(i - 1)) {
        return false;
    }
    let range = i + 1 < passage.dates.len() && is_range(passage.between(i));
    if range && day(passage, i + 1, paper).is_none_or(|end| end >= paper) {
        return false;
    }
    let head = trim_blank_end(passage.before(i));
    let after = passage.after(if range { i + 1 } else { i });
    let planned = PLANNED.cut_end(head).is_some_and(|lead| NO_PLAN.ends(lead).is_none());
    // 定于5月8日召开的会议: a name of what may have been put off.
    let named = || after.split(['，', ',', '。', '；', '、']).next().is_some_and(|clause| clause.contains('的'));
    (planned && !named() || is_labelled(passage, head)) && !TOLD.is_in(passage.sentence(passage.dates[i].span))
}

/// Whether the date is all that its paragraph or a field has under a label: 报名时间：, or 一、会议时间 on the line above.
fn is_labelled(passage: &Passage<'_>, head: &str) -> bool {
    const LABELS: WordList = words![
        "会议时间",
        "召开时间",
        "培训时间",
        "报名时间",
        "报名时限",
        "报名截止时间",
        "报名截止日期",
        "报送截止日期",
        "申报截止时间",
        "申报截止日期",
        "提交截止时间",
        "投稿截止时间",
        "报送时限",
        "报送时间",
        "报送截止时间",
        "提交时间",
        "提交时限",
        "反馈时限",
        "反馈时间",
        "申报时间",
        "申报时限",
        "考试时间",
        "面试时间",
        "报到时间",
        "集合时间",
        "举办时间",
        "比赛时间",
        "公示时间",
        "公示期",
        "公示期限",
    ];
    // 取得资格的报名时间 is another's.
    let labels = |text: &str| LABELS.cut_end(trim_blank_end(text)).is_some_and(|lead| !lead.ends_with('的'));
    let colon = |text: &'_ str| trim_blank_end(text).strip_suffix(['：', ':']).map(str::len);
    if let Some(len) = colon(head) {
        return labels(&head[..len]);
    }
    // 报名时间为5月1日至5月8日
    if let Some(label) = head.strip_suffix(['为', '自', '从', '是']) {
        return labels(label);
    }
    if !head.is_empty() {
        return false;
    }
    let above = passage.prose[..passage.span.start].trim_end_matches(|c: char| is_blank(c) || matches!(c, '\n' | '\r'));
    let above = above.rsplit(['\n', '\r']).next().unwrap_or("");
    let above = colon(above).map_or(above, |len| &above[..len]);
    // 一、会议时间, and no sentence that ends so.
    above.chars().nth(12).is_none() && labels(above)
}

/// 你局2026年5月20日《…的请示》收悉, and the number and the date behind the title: what the paper answers.
fn is_answered(passage: &Passage<'_>, i: usize) -> bool {
    let span = passage.dates[i].span;
    let around = passage.sentence(span);
    let Some(at) = around.find(span.of(passage.prose)).filter(|_| around.contains("收悉")) else { return false };
    let (head, rest) = around.split_at(at);
    let lead = trim_blank_start(head);
    // 2026年5月20日，你局报来的《…》收悉
    let named = rest.find('《').map_or(rest, |title| &rest[..title]);
    let opens = lead.is_empty() && named.contains(['你', '贵']);
    let yours =
        opens || lead.starts_with(['你', '贵']) && lead.chars().nth(10).is_none() && !lead.contains(['《', '“']);
    // 《…的请示》（青工信〔2026〕30号，2026年5月20日）收悉
    let number = || {
        head.rfind("》").is_some_and(|end| {
            let behind = trim_blank_start(&head[end + "》".len()..]);
            behind.starts_with(['（', '(']) && behind.contains('号') && !behind.contains(['）', ')'])
        })
    };
    rest.contains("收悉") && (yours || number())
}

/// 2026年5月20日，县长主持召开专题会议: the meeting whose minutes these are.
fn is_held(document: &Document, passage: &Passage<'_>, i: usize) -> bool {
    const OPEN: WordList = words!["拟", "将", "前", "计划", "下次", "定于", "起"];
    let minutes = || passage.paper.title.is_some_and(|title| document.slice(title).contains("纪要"));
    let sentence = passage.after(i).split('。').next().unwrap_or("");
    let opens = trim_blank_end(passage.before(i)).is_empty();
    opens && sentence.contains("召开") && sentence.contains("主持") && !OPEN.is_in(sentence) && minutes()
}

/// 经2026年5月20日县政府第30次常务会议同意, 已于5月20日印发: what the paper says to be done.
fn is_rested_on(passage: &Passage<'_>, i: usize) -> bool {
    const OPEN: WordList = words!["拟", "将", "待", "提请", "预计", "计划", "须", "应当", "若", "未"];
    let head = trim_blank_end(passage.before(i));
    let clause = passage.after(i).split(['。', '，', ',', '；', ';', '、']).next().unwrap_or("");
    let decided =
        || has(clause, &["会议", "常务会"]) && has(clause, &["通过", "同意", "审定", "批准"]) && head.ends_with('经');
    let done = || head.ends_with("已于");
    let named =
        is_within(&book_titles(passage.span.of(passage.prose)), passage.dates[i].span.within(passage.span.start));
    (decided() || done()) && !named && !OPEN.is_in(passage.sentence(passage.dates[i].span))
}

fn report(passage: &Passage<'_>, i: usize, day: Date, paper: Date, shown: Span) -> Diagnostic {
    // A period is over with its end.
    let range = i + 1 < passage.dates.len() && is_range(passage.between(i));
    let span = passage.dates[i].span.to(passage.dates[i + usize::from(range)].span);
    let (a, b) = (span.of(passage.prose), shown.of(passage.prose));
    let (reason, words) = if day < paper {
        let zh = format!("“{a}”在本文落款（{}）之前，已经过去", words(paper));
        ("passed", Words::new(zh, format!("{a} had passed when the paper was signed on {paper}")))
    } else {
        let zh = format!("“{a}”晚于本文落款（{}），行文时还没有到", words(paper));
        ("not-yet", Words::new(zh, format!("{a} was still to come when the paper was signed on {paper}")))
    };
    order::report(span, words, reason, a, b).label(shown, Words::new("本文的落款", "the signature"))
}
