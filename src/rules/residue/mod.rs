//! What pasting, converting and templates left behind inside a paper.

mod issuer;
mod markup;
mod page;
mod sentence;
mod words;

use crate::diagnostic::{Diagnostic, Edit, Fix, Safety, Words};
use crate::outline::Paper;
use crate::rules::{Check, Context, declare_rule};
use crate::text::{Document, Span, Stretch, is_han};

declare_rule! {
    /// 从网页、PDF、文库和别的文件里粘贴过来的稿子，常带着不属于正文的东西：夹在句子中间的页码、网页的字符实体和标签、Word 的域代码、
    /// 看不见的字符、网页上的功能键和导航、文库的模板话，还有重复的字词。这些东西一经公布，最显粗疏。
    ///
    /// ```hit
    /// 全县排查隐患点 46 处，建立台账
    /// — 7 —
    /// 并逐项整改&nbsp;到位，坚持制度创新mdash;8—推动工作。
    /// ```
    ///
    /// ```hit
    /// 下面是小编为大家整理的工作总结，供大家参考。
    /// 一年来，各单位的的工作进行进行了调整。
    /// ```
    ///
    /// ```hit
    /// 各科室要要认真落实，自自2024年起，办结率98%%，全程网办率同比同比提高。
    /// ```
    ///
    /// 词里多打的一个字（高度重视视此项工作）只在前后文字能证明的地方报。同一段里一字不差写了两遍的句子，落款沿用了别的县、别的镇的发文机关，也在此列。
    ///
    /// ```hit
    /// 要加强宣传，提高群众知晓率。要严格资金监管，确保专款专用、安全高效。要强化协同，形成合力。要严格资金监管，确保专款专用、安全高效。
    /// ```
    ///
    /// 以下情形不报：
    ///
    /// - 标题以上、文末以下的网页文字，那是页面的，不在正文里；文库的模板话在哪里都报；
    /// - 范围、破折号和表格里的数（2—3人、——12345一号响应）；“第3页”之类的叙述；
    /// - 讲怎样操作的句子（点击“下载”按钮，扫一扫即可评价）；
    /// - 两个词相接而成的叠字（目的的、标的的、为了了解、了了心愿、战争和和平、只要要素齐全），本来重叠的词（天天、常常、人人、研究研究）；
    /// - 分项列举里各项相同的话，指着上文说的话（已责令其限期整改），带数字、书名号的句子；
    /// - 几家联合署名的，转发别处文件的；
    /// - 讲附件、上传的句子里的“[图片]”“[视频]”；
    /// - Markdown 文件里的 Markdown 标记和实体。
    ///
    /// ```miss
    /// 以营利为目的的行为，为了了解情况，每组2—3人天天巡查，扫一扫二维码即可评价，点击“下载”按钮获取证照。
    /// ```
    ///
    /// 看不见的字符可以放心删去；其余的修改都要人看过，因为删去之后前后文字要接上。
    ///
    /// `data`：`kind`（`page-number` 页码、`entity` 字符实体、`tag` 标签、`markup` 标记、`field-code` 域代码、`character` 看不见或者没有字形的字符、
    /// `web` 网页字样、`template` 模板话、`doubled` 重复的字词、`sentence` 重复的句子、
    /// `issuer` 与题目不是一处的落款），`token` 原文。
    ///
    /// What pasting left behind inside the body: page numbers, entities, field codes, invisible characters, words of a
    /// web page or a template, and doubled words.
    RESIDUE = "residue", Warning,
    zh: "正文里夹着粘贴、转换或者模板留下的东西",
    en: "something that pasting, converting or a template left behind",
}

pub(super) static CHECK: Check = Check { rules: &[&RESIDUE], run };

/// What was left behind.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Found {
    span: Span,
    kind: Kind,
    /// What to put in its place, where that is known.
    instead: Option<String>,
    /// What shows it to be wrong: where the sentence stands first, what the title says.
    beside: Option<Span>,
}

impl Found {
    fn new(span: Span, kind: Kind) -> Self {
        Self { span, kind, instead: None, beside: None }
    }

    fn instead(self, text: impl Into<String>) -> Self {
        Self { instead: Some(text.into()), ..self }
    }

    fn beside(self, span: Span) -> Self {
        Self { beside: Some(span), ..self }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    PageNumber,
    Entity,
    Tag,
    Markup,
    FieldCode,
    Character,
    Web,
    Template,
    Doubled,
    Sentence,
    Issuer,
}

impl Kind {
    fn as_str(self) -> &'static str {
        match self {
            Self::PageNumber => "page-number",
            Self::Entity => "entity",
            Self::Tag => "tag",
            Self::Markup => "markup",
            Self::FieldCode => "field-code",
            Self::Character => "character",
            Self::Web => "web",
            Self::Template => "template",
            Self::Doubled => "doubled",
            Self::Sentence => "sentence",
            Self::Issuer => "issuer",
        }
    }

    /// What it is and what to do, in both languages.
    fn words(self) -> (&'static str, &'static str, &'static str, &'static str) {
        match self {
            Self::PageNumber => (
                "是页码，夹在正文里",
                "删去页码，把前后文字接上。",
                "is a page number within the text",
                "Delete it and join the text.",
            ),
            Self::Entity => (
                "是网页的字符实体，没有转成文字",
                "换成它代表的字符，或者删去。",
                "is an HTML entity that was not decoded",
                "Put the character that it stands for, or delete it.",
            ),
            Self::Tag => ("是网页的标签", "删去标签。", "is an HTML tag", "Delete it."),
            Self::Markup => ("是 Markdown 标记", "删去标记。", "is Markdown markup", "Delete it."),
            Self::FieldCode => (
                "是 Word 的域代码或者出错信息",
                "更新域，或者改写成文字。",
                "is a field code of Word",
                "Update the field, or write it out.",
            ),
            Self::Character => (
                "是看不见或者没有字形的字符",
                "删去，原有的字按原稿补上。",
                "is an invisible or private character",
                "Delete it.",
            ),
            Self::Web => {
                ("是网页上的字样，不属于正文", "删去。", "belongs to a web page, not to the text", "Delete it.")
            }
            Self::Template => {
                ("是模板或者网站的话，不属于正文", "删去。", "belongs to a template, not to the text", "Delete it.")
            }
            Self::Sentence => (
                "前面已经写过，一字不差",
                "删去一处。",
                "stands word for word before already",
                "Delete one of the two.",
            ),
            Self::Issuer => (
                "不是题目里的发文机关，像是套用别处文件留下的",
                "核对题目和落款，改为一个机关。",
                "is not the body that the title names, as if it stayed from the paper of another place",
                "Look at the title and the signature, and name one body in both.",
            ),
            Self::Doubled => ("重复了", "删去一个。", "is written twice", "Delete one."),
        }
    }
}

fn run(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let text = cx.document.prose();
    let book = &cx.book.residue;
    let mut found: Vec<Found> = Vec::new();
    let twice = cx.sightings.iter().flat_map(|sighting| sighting.twice().map(move |t| t.shifted(sighting.span.start)));
    let twice: Vec<Span> = twice.collect();
    for paper in &cx.outline.papers {
        let lines = lines(cx.document, paper);
        markup::find(text, &lines, cx.document.has_markup(), book, &mut found);
        page::find_lines(text, paper, &lines, book, &mut found);
        words::find(text, &lines, &twice, book, &mut found);
        sentence::find(text, paper, &lines, &mut found);
        issuer::find(text, paper, &mut found);
    }
    page::find_phrases(cx, &mut found);
    found.sort_by_key(|f| (f.span.start, std::cmp::Reverse(f.span.end)));
    let mut told: Vec<Found> = Vec::new();
    for f in found {
        match told.last_mut() {
            // What lies within another finding, and what goes on with the same words, is told with it.
            Some(last) if f.span.end <= last.span.end => {}
            Some(last) if goes_on(text, last, &f) => last.span.end = f.span.end,
            _ => told.push(f),
        }
    }
    out.extend(told.iter().map(|f| report(cx, f)));
}

/// Whether two findings are pieces of one phrase (来源：百度文库，原文地址：…).
fn goes_on(text: &str, last: &Found, next: &Found) -> bool {
    let phrase = matches!(last.kind, Kind::Template | Kind::FieldCode | Kind::Web);
    let gap = || text[last.span.end..next.span.start].chars();
    last.kind == next.kind
        && phrase
        && (next.span.start <= last.span.end || (gap().count() <= 2 && !gap().any(|c| is_han(c) || c == '\n')))
}

/// A line without the blanks around it, and what stands in it.
struct Line<'e> {
    span: Span,
    events: Stretch<'e>,
}

/// The lines of the title and the body that are not blank.
fn lines<'a>(document: &'a Document, paper: &Paper) -> Vec<Line<'a>> {
    let text = document.prose();
    // What was left before the title on its line belongs to it.
    let title = paper.title.filter(|t| t.end <= paper.body.start).map(|t| {
        let line = text[..t.start].rfind(['\n', '\r']).map_or(0, |i| i + 1);
        Span::new(line, t.end)
    });
    let mut lines = Vec::new();
    for span in title.into_iter().chain([paper.body]) {
        lines.extend(document.events().filled_lines(span).map(|(span, events)| Line { span, events }));
    }
    lines
}

/// How much of a finding its message shows, in characters.
const SHOWN: usize = 30;

fn report(cx: &Context<'_>, found: &Found) -> Diagnostic {
    let token = cx.document.excerpt(found.span);
    let shown = match token.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &token[..end]),
        None => token.to_string(),
    };
    let shown = match found.kind {
        Kind::Character => {
            token.chars().take(4).map(|c| format!("U+{:04X}", u32::from(c))).collect::<Vec<_>>().join(" ")
        }
        _ => shown,
    };
    let (zh, help_zh, en, help_en) = found.kind.words();
    let message = Words::new(format!("“{shown}”{zh}"), format!("“{shown}” {en}"));
    let mut diagnostic = Diagnostic::at(&RESIDUE, found.span, message)
        .help(Words::new(help_zh, help_en))
        .data("kind", found.kind.as_str())
        .data("token", token.as_ref());
    if let Some(beside) = found.beside {
        let label = match found.kind {
            Kind::Issuer => Words::new("题目里的发文机关", "the body that the title names"),
            _ => Words::new("前面写过的一处", "where it stands before"),
        };
        diagnostic = diagnostic.label(beside, label);
    }
    if let Some(instead) = &found.instead {
        let title = match instead.is_empty() {
            true => Words::new("删去", "delete it"),
            false => Words::new(format!("改为“{instead}”"), format!("write “{instead}”")),
        };
        let safety = if found.kind == Kind::Character { Safety::Safe } else { Safety::Review };
        let edits = vec![Edit { span: found.span, text: instead.clone() }];
        diagnostic = diagnostic.fix(Fix { title, safety, edits });
    }
    diagnostic
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is found in a text, by kind and as written.
    fn found(text: &str) -> Vec<(String, String)> {
        let book = crate::rulebook::Rulebook::embedded();
        let document = crate::rules::draft(text);
        let outline = crate::outline::Outline::new(&document);
        let claims = crate::claim::Claims::new(&document, &book.lexicon);
        let kinds = vec![None; outline.papers.len()];
        let as_of = jiff::civil::date(2026, 1, 1);
        let sightings = book.sight(&document);
        let cx = Context {
            document: &document,
            outline: &outline,
            claims: &claims,
            sightings: &sightings,
            book: &book,
            kinds: &kinds,
            as_of,
        };
        let mut out = Vec::new();
        run(&cx, &mut out);
        let get = |d: &Diagnostic, key: &str| d.data[key].as_str().expect("a string").to_owned();
        out.iter().map(|d| (get(d, "kind"), get(d, "token"))).collect()
    }

    fn tokens(text: &str) -> Vec<String> {
        found(text).into_iter().map(|(_, token)| token).collect()
    }

    /// Page numbers stand between two dashes of one kind; ranges and dashes are none.
    #[test]
    fn page_numbers() {
        assert_eq!(tokens("—2—全年化解纠纷34起。"), ["—2—"]);
        assert_eq!(tokens("坚持制度创新mdash;1—推动工作。"), ["mdash;1—"]);
        assert_eq!(tokens("工作总结\n全年参加学习\n- 5 -\n人员60人次。"), ["- 5 -"]);
        assert_eq!(tokens("全年办结。\n第 3 页 共 12 页\n全年评查。"), ["第 3 页 共 12 页"]);
        for text in
            ["每组2—3—4人。", "服务——12345——一号。", "A-5-B型。", "卷宗第3页、第12页不一致。", "差额为5 - 3 - 2。"]
        {
            assert_eq!(tokens(text), [""; 0], "{text}");
        }
    }

    /// Entities, tags, marks, field codes and characters.
    #[test]
    fn marks() {
        let kinds = |text: &str| found(text).into_iter().map(|(kind, _)| kind).collect::<Vec<_>>();
        assert_eq!(kinds("化解&nbsp;纠纷，&ldquo;一张网&#8221;。"), ["entity"; 3]);
        assert_eq!(kinds("第<br/>一季度<span style=\"x\">。"), ["tag"; 2]);
        assert_eq!(kinds("第 PAGE \\* MERGEFORMAT 页，错误！未找到引用源。"), ["field-code"; 2]);
        assert_eq!(kinds("全\u{200b}县\u{e003}共\u{fffd}办。"), ["character"; 3]);
        for text in ["A&B公司，R&D;投入。", "浓度<35，天数>300。", "a<b且c>d。", "错误！请更正。", "👨\u{200d}👩"]
        {
            assert_eq!(tokens(text), [""; 0], "{text}");
        }
    }

    /// Doubled words, and words that meet.
    #[test]
    fn doubled() {
        for (text, token) in [
            ("各单位的的工作。", "的的"),
            ("以营利为目的的的行为。", "的的的"),
            ("完成了了任务。", "了了"),
            ("对工作进行进行调整。", "进行进行"),
            ("各科室要要认真落实。", "要要"),
            ("按照照规定，全部办结。", "照照"),
            ("自自2024年起施行。", "自自"),
            ("2024年年全市办结5件。", "年年"),
            ("投入3.2亿亿元。", "亿亿"),
            ("共办结48件件，其余待办。", "件件"),
            ("办结率98%%，同比持平。", "%%"),
            ("增长5..6%，其余持平。", ".."),
            ("应当给予予以支持。", "给予予以"),
            ("一是整合%E5%85%A8部资源。", "%E5%85%A8"),
            ("要高度重视视此项工作。", "视视"),
            ("要提高高认识，压实责任。", "高高"),
            ("，提提高办事效率。", "提提"),
            ("各镇要认真真抓好落实。", "真真"),
            ("进一步步加强对校车的监管。", "步步"),
            ("推进法治政府建设法治政府建设工作，成效明显。", "法治政府建设法治政府建设"),
        ] {
            assert_eq!(tokens(text), [token], "{text}");
        }
        for text in [
            "目的的、标的的、的的确确。",
            "为了了解，除了了不起，不了了之。",
            "战争和和平，总和和比例，和和气气。",
            "天天、常常、人人、妈妈、星星，研究研究、商量商量。",
            "这是是否可行的问题，存在在建项目，及及时，等等。",
            "面对对方，针对对象，反对对立。",
            "行为为主，认为为民，可以以上年为准。",
            "由自由由来，合并并入。",
            "哈哈哈哈哈哈哈哈，一个一个来。",
            "扎扎实实推进，认认真真做好，切切实实抓好，规规矩矩办事，大大提高。",
            "要认真真抓实干，就有关工作作要求，执行行政复议决定，提高高质量发展水平，提高高标准农田比例。",
            "重视视频调度，推进进度滞后的项目，完善善后措施，加强强链补链和强对流预警，领导导师团队，充分分析，保障障碍物清除。",
            "，要要求企业，，有有效措施，紧紧扣住，层层落实，步步推进，明明确认过，各组组织学习。",
            "还要了了此案，了了心愿，贫困在在皆是。",
            "主要要认真核对，来自自2024年的台账，做到到村到户，冬至至2月。",
            "规划纲要要突出重点，各国政要要加强往来，本人及其其他亲属，数据源自自2020年起的台账。",
            "年年丰收，每秒3亿亿次，件件有回音，12个个体户，不得不不断调整。",
            "公共共有部分，安全全市最好，尤其其他部门，顾全全局。",
            "格式为%d%%，范围0..5，见a.cn/?q=%E5%85%A8",
        ] {
            assert_eq!(tokens(text), [""; 0], "{text}");
        }
    }

    /// A page's words count between the lines of the text only, a template's everywhere.
    #[test]
    fn pages() {
        let body = "一、成效\n办结3件。\n";
        assert_eq!(tokens(&format!("{body}浏览次数：24次\n二、问题\n力量不足。")), ["浏览次数：24次"]);
        assert_eq!(tokens(&format!("{body}扫一扫在手机打开当前页")), [""; 0]);
        assert_eq!(tokens("首页 > 公开\n打印 关闭\n工作总结\n一、成效\n办结3件。"), [""; 0]);
        assert_eq!(tokens(&format!("下面是小编为大家整理的范文。\n{body}")).len(), 1);
        assert_eq!(tokens("群众扫一扫即可评价。\n点击“下载”按钮打印。\n浏览次数达24万次。"), [""; 0]);
    }
}
