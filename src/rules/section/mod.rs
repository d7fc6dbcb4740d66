//! The form of each kind of paper: required parts that are not there, and what must not be there.

mod view;

use memchr::memmem;

use crate::diagnostic::{Diagnostic, Severity, Words};
use crate::outline::{DateSource, Paper};
use crate::rulebook::{Forbidden, Profile, Shape};
use crate::rules::{Check, Context, declare_rule};
use crate::text::{Document, Span, filled_lines, half_width, is_blank, is_gap};
use view::{View, articles};

declare_rule! {
    /// 有的文种必须写哪几个部分，是有规定的。法治政府建设年度报告应当写明：上一年度推进法治政府建设的主要举措和成效，存在的不足和原因，
    /// 党政主要负责人履行推进法治建设第一责任人职责的有关情况，下一年度的主要安排。缺一部分，报告会被退回重写。
    ///
    /// ```hit
    /// 云溪县人民政府2022年法治政府建设年度报告
    /// 2022年，云溪县坚持依法行政，各项工作稳步推进。现将有关情况报告如下。
    /// 一、主要举措和成效
    /// 全年清理证明事项14项，评查案卷96卷。
    /// 二、党政主要负责人履行推进法治建设第一责任人职责情况
    /// 县长主持召开专题会议3次，亲自研究督察整改。
    /// 三、2023年工作安排
    /// 深化综合执法改革，加强执法培训。
    /// ```
    ///
    /// 每个缺少的部分只报一次，指在标题上（没有标题的，指整个文件）。只有“原因”一项，多数报告并入问题来写，仅作提示。
    ///
    /// 以下情形不报：
    ///
    /// - 没有单独的标题，但在一段甚至一句话里写到了；两个部分合用一个标题（“存在问题及下一步打算”）；
    /// - 没有“主要成效”的总标题，直接分三个以上专题来写；
    /// - 识别不出文种的；清单、公告、通报等没有规定必写部分的；
    /// - 规定施行之前的文件，和不适用该规定的报告年度；
    /// - 残缺的文本：不足两个标题又不满300字的（主送机关、署名、成文日期齐全的除外），句子没写完就断了的。
    ///
    /// 只在开头带过一句“认真履行第一责任人职责”，不算写了这一部分；“聚焦解决突出问题”是工作，不算写了不足；整改了多少，不算下一年度安排。
    ///
    /// ```miss
    /// 云溪县2022年法治政府建设工作要点
    /// 为做好2022年工作，制定本要点。
    /// 一、深化改革
    /// 推进综合执法改革，年内评查案卷不少于90卷。
    /// 二、加强保障
    /// 各单位明确专人负责，按季度报送进展。
    /// ```
    ///
    /// 同样要问的还有：政府信息公开工作年度报告的六个部分（2019年度起），自查报告的整改措施，请示和函的主送机关、结语、署名、成文日期，
    /// 批复引述的来文，规范性文件的目的依据和施行日期。通知的主送机关、规范性文件的有效期和解释机关、总结的问题等，缺了仅作提示。
    ///
    /// 各文种的部分、识别用词和依据都是数据，在 `rules/profiles/` 里。主要依据：《法治政府建设与责任落实督察工作规定》（厅字〔2019〕28号，
    /// 2019年4月15日起施行），《政府信息公开条例》（国务院令第711号），《党政机关公文处理工作条例》（中办发〔2012〕14号）。
    ///
    /// `data`：`part`（部分：`results`、`problems`、`causes`、`responsibility`、`plan`、`overview`、`disclosure`、`requests`、`review`、
    /// `issues`、`other`、`fees`、`basis`、`effective-date`、`expiry`、`interpretation`、`decision`、`closing`、`addressee`、`date`、
    /// `signature`、`targets`、`self-improvement`、`attendance`），`rule`（文种），`after`（应放在哪个标题或哪个部分之后；空表示正文开头）。
    ///
    /// Kinds of paper that must contain certain parts by rule are asked for them, once a part, and only where the kind
    /// was recognised and the text looks complete.
    SECTION_MISSING = "section-missing", Warning,
    zh: "缺少规定应有的部分",
    en: "a part that the rules require is missing",
}

declare_rule! {
    /// 有的内容写进某个文种就是错的。报告不要求上级答复，夹带了“妥否，请批示”“恳请给予补助”，收文机关按报告办理，请求就落了空。
    ///
    /// ```hit
    /// 云溪县人民政府关于汛情的报告
    /// 市人民政府：
    /// 6月18日以来，我县连降大雨，转移群众312人，堤防安全。
    /// 恳请市政府给予补助资金80万元。
    /// 云溪县人民政府
    /// 2024年6月25日
    /// ```
    ///
    /// 还报：函里写“请批示”，题目的文种写成“请示报告”；纪要、公告、通告写了主送机关的，仅作提示。
    ///
    /// 不报：向人大报告工作写的“请予审议”“请审查”；记述别人的请求（“群众来信恳请解决”）；标题里的文件名；识别不出文种的。
    ///
    /// ```miss
    /// 云溪县人民政府关于2023年环境状况的报告
    /// 县人大常委会：
    /// 去年空气优良天数310天。以上报告，请予审议。
    /// 云溪县人民政府
    /// 2024年3月5日
    /// ```
    ///
    /// 依据：《党政机关公文处理工作条例》（中办发〔2012〕14号）第十五条等。用词在 `rules/profiles/` 里。
    ///
    /// `data`：`part`（不应有的内容：`request`、`addressee`、`double-kind`），`rule`（文种）。
    ///
    /// What a kind of paper must not contain, such as a request within a report.
    SECTION_FORBIDDEN = "section-forbidden", Warning,
    zh: "写了这一文种不应有的内容",
    en: "the paper contains what its kind must not",
}

pub(super) static CHECK: Check = Check { rules: &[&SECTION_MISSING, &SECTION_FORBIDDEN], run };

/// A text with fewer headings and fewer characters is a fragment.
const ENOUGH_HEADINGS: usize = 2;
const ENOUGH_CHARS: usize = 300;
/// A line no longer than this, in characters, may be a signature, a date or a contact below the text.
const SHORT_LINE: usize = 40;
/// How many such lines may stand below the text.
const SIGNATURE_LINES: usize = 5;
/// How many characters may follow the date of a signature: contacts, copies.
const BEHIND_THE_DATE: usize = 40;
/// What a page says where it shows only a piece of a paper.
const CUT: [&str; 8] = ["仅展示", "已省略", "未完待续", "余下全文", "阅读全文", "查看全文", "下载全文", "下一页"];
/// A paper that lacks so many parts is taken for a fragment unless it is signed.
const SUSPICIOUSLY_MANY: usize = 3;

fn run(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for (i, (paper, kind)) in cx.outline.papers.iter().zip(cx.kinds).enumerate() {
        let Some(profile) = *kind else { continue };
        if profile.since.is_some_and(|since| cx.date(i) < since) {
            continue;
        }
        let view = View::new(cx, paper, profile);
        for (nth, forbidden) in cx.book.profiles.forbidden(profile).enumerate() {
            let found = misplaced(cx.document, paper, profile, (nth, forbidden), &view);
            out.extend(found.into_iter().filter(|d| !is_of_another(cx, paper, profile, d)));
        }
        if profile.parts.is_empty() || !is_complete(cx.document.prose(), paper, profile, &view) {
            continue;
        }
        // A report speaks of the year in its title, else of the year before it was written.
        let year = paper.year.unwrap_or_else(|| cx.date(i).year() - 1);
        let present: Vec<Option<Evidence>> = (0..profile.parts.len()).map(|nth| view.find(nth)).collect();
        let missing: Vec<usize> = (0..present.len())
            .filter(|&k| present[k].is_none() && profile.parts[k].applies_to(year))
            .filter(|&k| {
                let needed = profile.parts[k].needs.as_ref();
                needed.is_none_or(|id| profile.parts.iter().zip(&present).any(|(p, e)| &p.id == id && e.is_some()))
            })
            .collect();
        if missing.is_empty() || is_cut(paper.body.of(cx.document.prose())) {
            continue;
        }
        let weighty = missing.iter().filter(|&&k| profile.parts[k].severity > Severity::Info).count();
        if weighty >= SUSPICIOUSLY_MANY && !is_signed(cx.document.prose(), paper) {
            continue;
        }
        out.extend(missing.into_iter().map(|k| report(cx.document, paper, profile, k, &present)));
    }
}

/// By what a part was found.
#[derive(Debug, Clone, Copy)]
enum Evidence {
    /// By the heading with this index.
    Heading(usize),
    /// By what the text says.
    Text,
}

/// Whether the text is long enough and ends as a text does: with a full stop, signature, date and contacts aside.
fn is_complete(text: &str, paper: &Paper, profile: &Profile, view: &View<'_>) -> bool {
    if paper.is_extract(text) {
        return false;
    }
    let body = paper.body.of(text).trim_end();
    let headings = paper.headings.iter().filter(|h| h.level <= 2).count();
    let long_enough = match profile.headings {
        Some(least) => headings >= least,
        // An extract begins further on.
        None if profile.articles => {
            let mut articles = articles(text, paper);
            articles.next().is_some_and(|a| ["第一条", "第1条"].iter().any(|w| a.of(text).starts_with(w)))
                && articles.next().is_some()
        }
        // A short letter is all there between its addressee and its signature.
        None => {
            headings >= ENOUGH_HEADINGS
                || body.chars().filter(|&c| !is_gap(c)).nth(ENOUGH_CHARS).is_some()
                || view.shape(Shape::Addressee).is_some()
                    && view.shape(Shape::Signature).is_some()
                    && is_signed(text, paper)
        }
    };
    if !long_enough {
        return false;
    }
    // A heading without its text, or without the end of its sentence: the rest was cut off.
    let closed = |c: char| matches!(half_width(c), '。' | '!' | '?' | '”' | ')' | '.');
    let last_line = paper.body.start + body.rfind(['\n', '\r']).map_or(0, |i| i + 1);
    if !body.ends_with(closed) && paper.headings.iter().any(|h| h.opens_line && h.marker.start >= last_line) {
        return false;
    }
    let lines = body.rsplit(['\n', '\r']).map(|l| l.trim_matches(is_blank)).filter(|l| !l.is_empty());
    for line in lines.take(SIGNATURE_LINES) {
        if line.ends_with(closed) {
            return true;
        }
        // A clause with commas is a sentence that broke off; a contact has them after its colon.
        let clause = line.contains(['，', ',']) && !line.contains(['：', ':']);
        if clause || line.chars().nth(SHORT_LINE).is_some() {
            return false;
        }
    }
    false
}

/// Whether a page shows only a piece of the paper.
fn is_cut(body: &str) -> bool {
    CUT.iter().any(|word| memmem::find(body.as_bytes(), word.as_bytes()).is_some())
}

/// Whether the paper ends with its date.
fn is_signed(text: &str, paper: &Paper) -> bool {
    let behind = |span: Span| text.get(span.end..paper.body.end).unwrap_or_default();
    let near_end = |span: Span| {
        behind(span).chars().filter(|&c| !is_gap(c)).nth(BEHIND_THE_DATE).is_none() && span.start >= paper.body.start
    };
    paper.date.is_some_and(|d| d.source == DateSource::Issued && near_end(d.span))
}

fn report(
    document: &Document,
    paper: &Paper,
    profile: &Profile,
    missing: usize,
    present: &[Option<Evidence>],
) -> Diagnostic {
    let part = &profile.parts[missing];
    // It would stand after the last part before it that is there.
    let before = (0..missing).rev().find_map(|k| present[k].map(|evidence| (k, evidence)));
    let heading = |i: usize| {
        // The last heading of the section that the heading opens is of no interest: name the section.
        let top = paper.headings[..=i].iter().rev().find(|h| h.level == 1).unwrap_or(&paper.headings[i]);
        top.marker.to(top.text)
    };
    let (after, zh, en, label) = match before {
        Some((_, Evidence::Heading(i))) => {
            let span = heading(i);
            let name = document.excerpt(span).into_owned();
            (name.clone(), format!("“{name}”之后"), format!("after {name}"), Some(span))
        }
        Some((k, Evidence::Text)) => {
            let other = &profile.parts[k];
            (other.id.clone(), format!("{}之后", other.zh), format!("after the {}", other.en), None)
        }
        None => (String::new(), "正文开头".to_owned(), "at the beginning of the text".to_owned(), None),
    };
    let authority = part.authority.as_ref().unwrap_or(&profile.authority);
    let zh = part.place.as_ref().map_or_else(|| format!("可放在{zh}"), |place| format!("应放在{place}"));
    let en = part.place_en.as_ref().unwrap_or(&en);
    let message = Words::new(format!("缺少“{}”部分", part.zh), format!("a required part is missing: {}", part.en));
    let help = Words::new(
        format!("{authority}要求写明{}，{zh}。", part.demand),
        format!("{authority} demands {}; it would stand {en}.", part.demand_en),
    );
    let mut diagnostic = match paper.title {
        Some(title) => Diagnostic::at(&SECTION_MISSING, title, message),
        None => Diagnostic::whole(&SECTION_MISSING, message),
    };
    if let (Some(span), None) = (label, &part.place) {
        diagnostic = diagnostic.label(span, Words::new("应放在这一部分之后", "it would stand after this part"));
    }
    diagnostic
        .severity(part.severity)
        .help(help)
        .source(authority.clone())
        .data("part", part.id.as_str())
        .data("rule", profile.id.as_str())
        .data("after", after)
}

/// Whether the title of another kind of paper stands between the title and the finding: several papers follow one another
/// in the file, and it is theirs.
fn is_of_another(cx: &Context<'_>, paper: &Paper, profile: &Profile, found: &Diagnostic) -> bool {
    let Some(place) = found.place.span().filter(|s| s.start > paper.body.start) else { return false };
    let text = cx.document.prose();
    filled_lines(text, Span::new(paper.body.start, place.start)).iter().any(|line| {
        let words = line.of(text);
        let is_title = words.contains("关于") && !words.contains('。') && words.chars().nth(TITLE_CHARS).is_none();
        is_title && cx.book.profiles.classify(words, "").is_some_and(|kind| kind.id != profile.id)
    })
}

/// Longer lines are no titles.
const TITLE_CHARS: usize = 60;

/// What must not stand in this kind of paper and stands there: each sentence of it, the title, the line.
fn misplaced(
    document: &Document,
    paper: &Paper,
    profile: &Profile,
    (nth, forbidden): (usize, &Forbidden),
    view: &View<'_>,
) -> Vec<Diagnostic> {
    let text = document.prose();
    let trimmed = |span: Span| {
        let words = span.of(text);
        let start = span.end - words.trim_start_matches(|c| is_blank(c) || c == '\n' || c == '\r').len();
        Span::new(
            start,
            start.max(span.start + words.trim_end_matches(|c| is_blank(c) || c == '\n' || c == '\r').len()),
        )
    };
    let sentences = view.told(nth, forbidden).map(trimmed);
    let shape = forbidden.shape.and_then(|shape| view.shape(shape));
    let title = paper.title.filter(|t| forbidden.is_title(t.of(text)));
    sentences
        .chain(shape)
        .chain(title)
        .map(|span| {
            let message = Words::new(
                format!("{}中不应有{}", profile.zh, forbidden.zh),
                format!("{} has no place in a {}", forbidden.en, profile.en),
            );
            let help = Words::new(
                format!("{}{}。", forbidden.authority, forbidden.demand),
                format!("{}: {}.", forbidden.authority, forbidden.demand_en),
            );
            Diagnostic::at(&SECTION_FORBIDDEN, span, message)
                .severity(forbidden.severity)
                .help(help)
                .source(forbidden.authority.clone())
                .data("part", forbidden.id.as_str())
                .data("rule", profile.id.as_str())
        })
        .collect()
}
