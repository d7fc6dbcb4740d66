//! Dates in an order that cannot be: periods that run backwards, figures up to a day after the paper.

use jiff::civil::Date;

use super::written::{Form, Written};
use super::{Passage, has, is_range, issued, words};
use crate::diagnostic::{Diagnostic, Words};
use crate::outline::{DateSource, Paper};
use crate::rules::declare_rule;
use crate::text::{Document, Span, is_blank, is_han, trim_blank_end, trim_blank_start, words};

declare_rule! {
    /// 先后颠倒的日期：
    ///
    /// - 起止倒置：“2025年至2021年”“2024年6月30日至2024年6月3日”“自2023年10月1日起施行，有效期至2023年5月1日”；
    /// - 截至的日期晚于文件自己的成文（发布）日期：12月13日的报告不会有截至12月31日的数字；
    /// - 施行日期早于成文日期，或者早于同一句里公布、通过的日期；
    /// - 年度报告的年份晚于成文日期的年份；
    /// - 通知、公告里请人办理的期限、将要召开的会议，日期早于落款；来文、会议的日期晚于落款；印发日期早于落款；发文字号与落款不是同一年。
    ///
    /// ```hit
    /// 公示时间：2025年4月18日至2025年4月8日。
    /// ```
    ///
    /// ```hit
    /// 青溪县2024年度依法行政情况的报告
    /// 2024年11月25日
    /// 截至2024年12月31日，全县评查案卷64卷。
    /// ```
    ///
    /// ```hit
    /// （2025年7月15日县人大常委会第六次会议通过　自2025年6月1日起施行）
    /// ```
    ///
    /// ```hit
    /// 关于报送防汛预案的通知
    /// 请各镇于2025年5月6日前将预案报县防汛办。
    /// 青溪县防汛办公室
    /// 2025年5月16日
    /// ```
    ///
    /// ```hit
    /// 青溪县人民政府关于同意设立茶产业园的批复
    /// 你局2025年6月20日《关于设立茶产业园的请示》收悉。同意设立。
    /// 青溪县人民政府
    /// 2025年6月12日
    /// ```
    ///
    /// 期限和会议只看有题目、有落款的通知、公告、函，延期、更正、转发和公布结果的除外；没有写年份的，落在落款前后一个半月之内才按落款的年份推定；
    /// 年初落款的，字号可以是上一年的，十二月落款的，可以是下一年的。
    ///
    /// “截至”的日期没有写年份的，只在句子说的是已经办成的事、又落在成文日期之后一个半月之内时，按成文的年份推定。
    ///
    /// 以下写法不报：没有写明年份的跨年起止（“11月至次年3月”“10月至3月”）；报名、公示、有效期等截止的期限，“截至某日未办结的”
    /// 之类的条件，以及预计、计划的数字；倒查、回溯，写明倒序的，按出生年月由小到大的；修订后重新公布的旧文件；追溯执行的规定。
    /// 文件没有成文、发布日期的，不作比较。
    ///
    /// ```miss
    /// 供暖期为每年11月1日至3月31日，报名截至2026年12月31日。
    /// ```
    ///
    /// ```miss
    /// 青溪县2024年度资产清查情况的报告
    /// 2024年11月25日
    /// 截至2024年12月31日仍未入账的，由县财政局收回。历年数据按2024年至2020年倒序列示。
    /// ```
    ///
    /// ```miss
    /// 关于延期召开防汛会议的通知
    /// 原定于2025年5月8日召开的会议延期，请各镇于2025年5月20日前重新报送名单。
    /// 青溪县防汛办公室
    /// 2025年5月16日
    /// ```
    ///
    /// `data`：`reason`（`backwards` 起止倒置、`as-of` 截至晚于成文、`effective` 施行早于成文、`report-year` 报告年份晚于成文、
    /// `passed` 期限或会议早于落款、`not-yet` 来文或会议晚于落款、`printed` 印发早于落款、`number-year` 字号与落款不同年），
    /// `first`、`second` 两个日期的原文。
    ///
    /// Periods that run backwards, figures up to a day after the paper's own date, force before issue.
    DATE_ORDER = "date-order", Warning,
    zh: "日期先后颠倒",
    en: "dates in an order that cannot be",
}

/// How many bytes after the head of a paper may speak of its revision.
const HEAD: usize = 900;

pub(super) fn find(passage: &Passage<'_>, out: &mut Vec<Diagnostic>) {
    for i in 0..passage.dates.len() {
        if i + 1 < passage.dates.len() {
            backwards(passage, i, out);
            expired(passage, i, out);
        }
        as_of(passage, i, out);
        effective(passage, i, out);
    }
}

/// 2025年至2021年.
fn backwards(passage: &Passage<'_>, i: usize, out: &mut Vec<Diagnostic>) {
    const BACK: [&str; 18] = [
        "倒查",
        "回溯",
        "追溯",
        "倒推",
        "倒排",
        "逐年",
        "往前",
        "上溯",
        "下降",
        "减少",
        "由近及远",
        "公元前",
        "倒序",
        "降序",
        "逆序",
        "由近到远",
        "由新到旧",
        "从新到旧",
    ];
    const BORN: [&str; 5] = ["出生", "出生日期", "出生年月", "出生时间", "生于"];
    let (first, second) = (&passage.dates[i], &passage.dates[i + 1]);
    if !is_range(passage.between(i)) || !is_after(first, second) {
        return;
    }
    let span = first.span.to(second.span);
    // Ages run the other way: 1970年5月至1965年3月出生.
    let (head, tail) = (passage.before(i).trim_end_matches(['：', ':', '于', '在', '为']), passage.after(i + 1));
    let tail = tail.trim_start_matches(|c: char| is_blank(c) || matches!(c, '，' | ',' | '之' | '间' | '期'));
    // 2025年至2021年，分别为…: the figures stand in this order.
    if tail.starts_with("出生") || tail.starts_with("分别") || BORN.iter().any(|w| head.ends_with(w)) {
        return;
    }
    // 3-5月 is a range of its own; 从2025年下降到2021年 compares.
    if has(passage.sentence(span), &BACK) || passage.before(i).ends_with(['前', '较', '比']) {
        return;
    }
    let (a, b) = (first.span.of(passage.prose), second.span.of(passage.prose));
    let words =
        Words::new(format!("起止倒置：起于“{a}”，止于“{b}”"), format!("the period runs backwards: from {a} to {b}"));
    out.push(report(span, words, "backwards", a, b).label(second.span, Words::new("止", "its end")));
}

/// Whether a period's first date is after its second. A second date without a year counts only within the same month:
/// 11月至3月 runs into the next year.
fn is_after(first: &Written, second: &Written) -> bool {
    let Some(month) = second.month else {
        return match (first.year, second.year) {
            (Some(a), Some(b)) => a > b,
            _ => false,
        };
    };
    match (first.year, second.year) {
        (Some(a), Some(b)) if a != b => a > b,
        (_, Some(_)) if first.year.is_none() => false,
        (Some(_), Some(_)) => {
            first.month.is_some_and(|m| (m, first.day.unwrap_or(0)) > (month, second.day.unwrap_or(99)))
        }
        _ => {
            first.month == second.month
                && first.day.zip(second.day).is_some_and(|(a, b)| a > b)
                && first.form != Form::Marked
        }
    }
}

/// 自2023年10月1日起施行，有效期至2023年5月1日.
fn expired(passage: &Passage<'_>, i: usize, out: &mut Vec<Diagnostic>) {
    let link = passage.between(i);
    let starts = || ["起", "开始"].iter().any(|w| trim_blank_start(link).starts_with(w));
    let ends = || trim_blank_end(link).ends_with(['至', '到']);
    if link.len() > 90 || !starts() || !ends() || is_range(link) || link.contains(['。', '；', ';']) {
        return;
    }
    let (Some(from), Some(to)) = (passage.day(i), passage.day(i + 1)) else { return };
    if to >= from {
        return;
    }
    let (first, second) = (&passage.dates[i], &passage.dates[i + 1]);
    let (a, b) = (first.span.of(passage.prose), second.span.of(passage.prose));
    let words =
        Words::new(format!("起止倒置：自“{a}”起，却至“{b}”止"), format!("it ends before it begins: from {a} to {b}"));
    out.push(report(second.span, words, "backwards", a, b).label(first.span, Words::new("起", "its beginning")));
}

/// Words of a sentence that makes a term or a plan of 截至.
const AHEAD: [&str; 33] = [
    "预计",
    "计划",
    "拟",
    "将",
    "力争",
    "争取",
    "确保",
    "目标",
    "须",
    "应当",
    "视为",
    "逾期",
    "不再",
    "未提交",
    "报名",
    "申报",
    "报送",
    "公示期",
    "有效期",
    "征集",
    "征求",
    "到期",
    "届满",
    "可以",
    "凡",
    "一律",
    "不满",
    "未满",
    "年满",
    "已满",
    "周岁",
    "务必",
    "要完成",
];
/// How many days after its paper a day without a year may lie and still be of the paper's year.
const SOON: i32 = 45;

/// 截至2023年12月31日 in a paper of 13 December.
fn as_of(passage: &Passage<'_>, i: usize, out: &mut Vec<Diagnostic>) {
    let written = &passage.dates[i];
    let Some((paper, shown)) = issued(passage.paper, &[DateSource::Issued, DateSource::Published]) else { return };
    let head = trim_blank_end(passage.before(i));
    let Some(word) = words!["截至", "截止到", "截止至", "截止"].ends(head) else { return };
    let start = head.len() - word.len();
    // 报名截至, 有效期截至 set a term: 截至 must open its clause.
    let clause = head[..start].trim_end_matches(is_blank);
    let opens = clause.is_empty() || clause.ends_with(['。', '，', '；', ',', ';', '：', ':', '（', '(', '、']);
    let after = passage.after(i).trim_start_matches(is_blank);
    let limit = ["前", "止", "为止", "之前", "以前"].iter().any(|w| after.starts_with(w));
    if !opens || limit || is_condition(after) || has(passage.sentence(written.span), &AHEAD) {
        return;
    }
    if as_of_day(passage, i, paper).is_none_or(|day| day <= paper) {
        return;
    }
    let extra = match end_words(written, after) {
        0 => 0,
        len => passage.after(i).len() - after.len() + len,
    };
    let end = written.span.end + extra;
    let span = Span::new(passage.span.start + start, end);
    let said = Span::new(written.span.start, end).of(passage.prose);
    let (a, b) = (said, shown.of(passage.prose));
    let words_zh = format!("“截至{a}”晚于本文自己的日期（{}）", words(paper));
    let words_en = format!("figures up to {a}, but the paper is of {paper}");
    out.push(
        report(span, Words::new(words_zh, words_en), "as-of", a, b)
            .label(shown, Words::new("本文的日期", "the date of the paper")),
    );
}

/// Whether a clause is a condition: 截至某日未办结的，…
fn is_condition(after: &str) -> bool {
    let clause = after.split(['，', ',', '。', '；', ';', '\n']).next().unwrap_or("");
    let words = clause.trim_end_matches(is_blank);
    // 截至某日的存量债务 is a name, 截至某日缴费满15年的可以 a condition without its comma.
    let whose = ["的可", "的不", "的应", "的由", "的按", "的予", "的均", "的一"].iter().any(|w| words.contains(w));
    words.ends_with('的') || words.starts_with('的') || whose
}

/// The first day that figures up to this date certainly reach: of a month its first, of 5月底 the twentieth, of
/// 第二季度末 the first of its last month.
fn as_of_day(passage: &Passage<'_>, i: usize, paper: Date) -> Option<Date> {
    let written = &passage.dates[i];
    let after = passage.after(i).trim_start_matches(is_blank);
    let Some(month) = written.month else {
        let (month, _) = end_of_period(after)?;
        return Date::new(written.year?, month, 1).ok();
    };
    let end = if after.starts_with(['底', '末']) { 20 } else { 1 };
    let day = written.day.unwrap_or(end);
    if let Some(year) = written.year.or_else(|| passage.paper.year.filter(|&y| y == paper.year())) {
        return Date::new(year, month, day).ok();
    }
    let date = Date::new(paper.year(), month, day).ok()?;
    let soon = paper.until(date).is_ok_and(|span| (1..=SOON).contains(&span.get_days()));
    (soon && is_data_of_now(passage, i, paper)).then_some(date)
}

/// Whether a sentence tells what was done, and nothing before it in its paragraph speaks of another year.
fn is_data_of_now(passage: &Passage<'_>, i: usize, paper: Date) -> bool {
    let other = passage.paper.year.is_some_and(|y| y != paper.year())
        || passage.dates[..i].iter().filter_map(|d| d.year).any(|y| y != paper.year())
        || has(passage.before(i), &["去年", "上年", "同年", "当年", "次年", "那年", "翌年"]);
    !other && has(passage.sentence(passage.dates[i].span), &["已", "累计", "共"])
}

/// How many bytes of the text after a date say which end of it is meant: 底, 第二季度末.
fn end_words(written: &Written, after: &str) -> usize {
    if written.month.is_none() {
        return end_of_period(after).map_or(0, |(_, len)| len);
    }
    if written.day.is_none() && after.starts_with(['底', '末']) { '底'.len_utf8() } else { 0 }
}

/// The last month of the half or the quarter that the text begins with, and the length of its name.
fn end_of_period(text: &str) -> Option<(i8, usize)> {
    const PERIODS: [(&str, i8); 9] = [
        ("上半年", 6),
        ("第一季度末", 3),
        ("一季度末", 3),
        ("第二季度末", 6),
        ("二季度末", 6),
        ("第三季度末", 9),
        ("三季度末", 9),
        ("第四季度末", 12),
        ("四季度末", 12),
    ];
    PERIODS.into_iter().find(|(w, _)| text.starts_with(w)).map(|(w, month)| (month, w.len()))
}

/// Words of a sentence that puts a rule in force for the past.
const RETROACTIVE: [&str; 5] = ["追溯", "溯及", "补发", "起算", "废止"];
/// What says of a text that it was amended: it bears the date of the amendment.
const REVISED: [&str; 7] = ["修正", "修订", "修改", "重新公布", "重新印发", "重新发布", "继续有效"];

/// Whether the date with this index is the one that something takes effect on: 自2023年1月1日起施行.
fn is_force(passage: &Passage<'_>, i: usize) -> bool {
    let after = trim_blank_start(passage.after(i));
    let force = words!["起施行", "起正式施行", "起生效"].begins(after).is_some();
    let head = trim_blank_end(passage.before(i));
    force && head.ends_with('自') && !has(passage.sentence(passage.dates[i].span), &RETROACTIVE)
}

/// 自2023年1月1日起施行 in an instrument issued later.
fn effective(passage: &Passage<'_>, i: usize, out: &mut Vec<Diagnostic>) {
    const OWN: [&str; 7] = ["本办法", "本规定", "本细则", "本规则", "本制度", "本条例", "本规程"];
    if !is_force(passage, i) || force_before_issue(passage, i, out) {
        return;
    }
    let Some((paper, shown)) = issued(passage.paper, &[DateSource::Issued]) else { return };
    if passage.day(i).is_none_or(|day| day >= paper) {
        return;
    }
    let head = passage.before(i).trim_end_matches(is_blank).trim_end_matches('自').trim_end_matches(is_blank);
    if !OWN.iter().any(|w| head.ends_with(w)) {
        return;
    }
    if !is_revised(passage.prose, passage.paper) {
        out.push(early(passage, i, shown, Words::new("成文日期", "the date of issue")));
    }
}

/// Whether the head of a paper says that it was amended: it bears the date of the amendment, and what it bore before.
pub(super) fn is_revised(prose: &str, paper: &Paper) -> bool {
    let whole = &prose[paper.span.start..];
    let mut end = whole.len().min(paper.body.start - paper.span.start + HEAD);
    while !whole.is_char_boundary(end) {
        end += 1;
    }
    has(&whole[..end], &REVISED)
}

/// 2024年11月28日通过，自2024年9月1日起施行; whether it is so.
fn force_before_issue(passage: &Passage<'_>, i: usize, out: &mut Vec<Diagnostic>) -> bool {
    const ISSUED: [&str; 4] = ["公布", "通过", "发布", "印发"];
    // 《办法》自…, 原办法自…, 该标准自…: another text than the one that was issued.
    const OTHER: [char; 7] = ['《', '》', '原', '该', '。', '；', '其'];
    let Some(previous) = i.checked_sub(1) else { return false };
    let link = passage.between(previous);
    // 通过，自…起施行。 and no 公布的办法与自…起施行的条例.
    let head = link.trim_end_matches(is_blank).trim_end_matches('自');
    let clause = head.ends_with(['，', ',']) || head.ends_with(is_blank);
    let tail = passage.after(i).split_once("行").map_or("", |(_, tail)| tail);
    let whole = clause && !tail.starts_with(is_han) && !ISSUED.iter().any(|w| link.contains(&format!("{w}的")));
    let same = whole && has(link, &ISSUED) && !has(link, &REVISED) && !link.contains(OTHER) && link.len() <= 180;
    let (issued, force) = (passage.day(previous), passage.day(i));
    let revised = has(passage.sentence(passage.dates[i].span), &REVISED);
    let early = same && !revised && issued.zip(force).is_some_and(|(issued, force)| force < issued);
    if early {
        let label = Words::new("公布、通过的日期", "the date of issue");
        out.push(self::early(passage, i, passage.dates[previous].span, label));
    }
    early
}

/// The finding that something takes effect before it was issued.
fn early(passage: &Passage<'_>, i: usize, issued: Span, label: Words) -> Diagnostic {
    let written = &passage.dates[i];
    let (a, b) = (written.span.of(passage.prose), issued.of(passage.prose));
    let issue = if label.zh.starts_with('成') { "成文日期" } else { "公布、通过的日期" };
    let words = Words::new(
        format!("施行日期（{a}）早于{issue}（{b}）"),
        format!("it takes effect on {a}, before it was issued on {b}"),
    );
    report(written.span, words, "effective", a, b).label(issued, label)
}

/// A report on a year that had not begun when the report was written.
pub(super) fn year_of_report(document: &Document, paper: &Paper, out: &mut Vec<Diagnostic>) {
    const FORWARD: [&str; 20] = [
        "计划",
        "预算",
        "方案",
        "安排",
        "要点",
        "思路",
        "打算",
        "展望",
        "通知",
        "目标",
        "政府工作报告",
        "任务",
        "规划",
        "预测",
        "会",
        "可行性",
        "申报",
        "申请",
        "分析",
        "建议",
    ];
    let (Some(title), Some(year)) = (paper.title, paper.year) else { return };
    let Some((day, shown)) = issued(paper, &[DateSource::Issued, DateSource::Published]) else { return };
    let text = document.slice(title);
    let reports = has(text, &["年度报告", "情况的报告", "情况报告", "总结", "年报"])
        || (text.contains("年度") && text.contains("工作报告"));
    if !reports || has(text, &FORWARD) || day.year() >= year || title.overlaps(shown) {
        return;
    }
    let number = year.to_string();
    let Some(at) = text.find(&number) else { return };
    let span = Span::new(title.start + at, title.start + at + number.len());
    let date = document.slice(shown);
    let words_zh = format!("标题写的是{year}年，文件的日期却是{}", words(day));
    let words_en = format!("the title reports on {year}, but the paper is of {day}");
    out.push(
        report(span, Words::new(words_zh, words_en), "report-year", &number, date)
            .label(shown, Words::new("本文的日期", "the date of the paper")),
    );
}

pub(super) fn report(span: Span, words: Words, reason: &str, first: &str, second: &str) -> Diagnostic {
    Diagnostic::at(&DATE_ORDER, span, words)
        .help(Words::new("请核对两个日期。", "Check the two dates."))
        .data("reason", reason)
        .data("first", first)
        .data("second", second)
}

#[cfg(test)]
mod tests {
    use crate::rules::date::found;

    /// Periods that run backwards; those without a year may run into the next one.
    #[test]
    fn backwards() {
        let all = |text| found("date-order", text);
        assert_eq!(all("为期2025—2021年。"), ["2025—2021年"]);
        assert_eq!(all("自2024年9月1日至2024年3月31日止。"), ["2024年9月1日至2024年3月31日"]);
        assert_eq!(all("自6月30日至6月3日公示。"), ["6月30日至6月3日"]);
        assert_eq!(all("自6月30日至3日公示。"), ["6月30日至3日"]);
        assert_eq!(all("2024年6月10日18:00至6月2日9:00受理。"), ["2024年6月10日18:00至6月2日"]);
        assert_eq!(all("自2024年9月1日起施行，有效期至2024年3月1日。"), ["2024年3月1日"]);
        for text in [
            "10月至3月",
            "2024年10月至3月",
            "2024年12月1日至2025年3月1日",
            "2025年比2021年增长",
            "由2025年至2021年倒查",
            "由2025年至2021年降序列示",
            "出生于1972年3月至1968年1月",
            "1972年3月至1968年1月出生",
            "2024年6月10日18:00至6月12日9:00",
        ] {
            assert_eq!(all(text), [""; 0], "{text}");
        }
    }

    /// Figures up to a day after the paper's own, unless they are a term or a plan.
    #[test]
    fn after_the_paper() {
        let all = |text: &str| found("date-order", &format!("青溪县2024年度报告\n2024年12月10日\n{text}"));
        assert_eq!(all("截至2024年12月31日，共办理12件。"), ["截至2024年12月31日"]);
        assert_eq!(all("今年，截至 12月20日，共办理12件。"), ["截至 12月20日"]);
        for text in [
            "截至2024年11月30日，共办理12件。",
            "报名截至2025年1月5日。",
            "截至2024年12月31日，预计完成12件。",
            "截至2024年12月31日仍未办结的，予以通报。",
            "截至2024年12月31日，凡未办结的均予通报。",
            "截至12月31日不满五年的，另行安排。",
            "截至2024年12月31日完工的不再补助。",
            "截至2024年12月31日的债务全部化解。",
        ] {
            assert_eq!(all(text), [""; 0], "{text}");
        }
    }

    /// A day without a year is one of the paper's year only where the sentence tells what was done, soon after it.
    #[test]
    fn soon_after_the_paper() {
        let all = |text: &str| found("date-order", &format!("关于排查情况的通报\n{text}\n青溪县应急局\n2025年4月11日"));
        assert_eq!(all("截至4月20日，已排查12处。"), ["截至4月20日"]);
        assert_eq!(all("截至4月底，已排查12处。"), ["截至4月底"]);
        assert_eq!(all("截至2025年第二季度末，已排查12处。"), ["截至2025年第二季度末"]);
        for text in [
            "截至4月10日，已排查12处。",
            "截至12月31日，已排查12处。",
            "截至4月20日，排查12处。",
            "2024年，全县部署排查。截至4月20日，已排查12处。",
            "截至4月20日，要完成已排查的12处。",
            "截至2025年第一季度末，已排查12处。",
        ] {
            assert_eq!(all(text), [""; 0], "{text}");
        }
    }

    /// Force before issue in one sentence, unless it was amended or another text is meant.
    #[test]
    fn force_before_issue() {
        let all = |text| found("date-order", text);
        assert_eq!(all("经2025年3月8日会议通过，自2025年3月1日起施行。"), ["2025年3月1日"]);
        for text in [
            "经2025年3月8日会议通过，自2025年4月1日起施行。",
            "2025年3月8日公布的《办法》自2024年3月1日起施行。",
            "2025年3月8日修订公布，自2020年3月1日起施行。",
            "2025年3月8日通过，补贴追溯，自2025年1月1日起施行。",
            "2025年3月8日公布的规定，自2025年3月1日起施行。",
            "2025年3月8日通过，自2025年3月1日起施行的标准不变。",
        ] {
            assert_eq!(all(text), [""; 0], "{text}");
        }
    }
}
