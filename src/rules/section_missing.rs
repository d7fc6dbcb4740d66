//! Required parts that are not there.

use crate::diagnostic::{Diagnostic, Severity, Words};
use crate::outline::{DateSource, Paper};
use crate::rulebook::{Part, Plain, Profile};
use crate::rules::{Check, Context, declare_rule};
use crate::text::{Document, Span, ends_sentence, half_width, is_blank};

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
    /// - 计划、要点、方案、清单、自查报告、通知和总结；
    /// - 规定施行之前的文件；
    /// - 残缺的文本：不足两个标题又不满300字的，句子没写完就断了的。
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
    /// 各文种的部分和识别用词都是数据，在 `rules/profiles/` 里。依据：《法治政府建设与责任落实督察工作规定》（厅字〔2019〕28号），
    /// 2019年4月15日起施行。
    ///
    /// `data`：`part`（部分，如 `results`、`problems`、`causes`、`responsibility`、`plan`），`rule`（文种），`after`
    /// （应放在哪个标题或哪个部分之后；空表示正文开头）。
    ///
    /// Kinds of paper that must contain certain parts by rule are asked for them, once a part, and only where the kind
    /// was recognised and the text looks complete.
    SECTION_MISSING = "section-missing", Warning,
    zh: "缺少规定应有的部分",
    en: "a part that the rules require is missing",
}

pub(super) static CHECK: Check = Check { rules: &[&SECTION_MISSING], run };

/// A text with fewer headings and fewer characters is a fragment.
const ENOUGH_HEADINGS: usize = 2;
const ENOUGH_CHARS: usize = 300;
/// A line no longer than this, in characters, may be a signature, a date or a contact below the text.
const SHORT_LINE: usize = 40;
/// How many such lines may stand below the text.
const SIGNATURE_LINES: usize = 5;
/// What a page says where it shows only a piece of a paper.
const CUT: [&str; 8] = ["仅展示", "已省略", "未完待续", "余下全文", "阅读全文", "查看全文", "下载全文", "下一页"];
/// A paper that lacks so many parts is taken for a fragment unless it is signed.
const SUSPICIOUSLY_MANY: usize = 3;

fn run(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for (i, (paper, kind)) in cx.outline.papers.iter().zip(cx.kinds).enumerate() {
        let Some(profile) = kind.filter(|k| !k.parts.is_empty()) else { continue };
        if profile.since.is_some_and(|since| cx.date(i) < since) || !is_complete(cx.document.prose(), paper) {
            continue;
        }
        let view = View::new(cx.document, paper);
        let present: Vec<Option<Evidence>> = profile.parts.iter().map(|part| view.find(part, profile)).collect();
        let missing: Vec<usize> = (0..present.len())
            .filter(|&k| present[k].is_none())
            .filter(|&k| {
                let needed = profile.parts[k].needs.as_ref();
                needed.is_none_or(|id| profile.parts.iter().zip(&present).any(|(p, e)| &p.id == id && e.is_some()))
            })
            .collect();
        let weighty = missing.iter().filter(|&&k| profile.parts[k].severity > Severity::Info).count();
        if weighty >= SUSPICIOUSLY_MANY && !is_signed(paper) {
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

/// A paper as its parts are looked for in it.
struct View<'a> {
    text: &'a str,
    paper: &'a Paper,
    headings: Vec<Plain>,
    sentences: Vec<(Plain, bool)>,
}

impl<'a> View<'a> {
    fn new(document: &'a Document, paper: &'a Paper) -> Self {
        let text = document.prose();
        let headings = paper.headings.iter().map(|h| Plain::new(h.text.of(text), paper.year)).collect();
        // What stands above the first heading announces; without headings everything is text.
        let first = paper.headings.first().map_or(0, |h| h.marker.start);
        let ends = |c: char| ends_sentence(c) || matches!(half_width(c), ';' | '\n' | '\r');
        let mut at = paper.body.start;
        let mut sentences = Vec::new();
        for sentence in paper.body.of(text).split_inclusive(ends) {
            sentences.push((Plain::new(sentence, paper.year), at < first));
            at += sentence.len();
        }
        Self { text, paper, headings, sentences }
    }

    fn find(&self, part: &Part, profile: &Profile) -> Option<Evidence> {
        if let Some(i) = self.headings.iter().position(|h| part.opens_with(h)) {
            return Some(Evidence::Heading(i));
        }
        if self.sentences.iter().any(|(s, in_opening)| part.is_told_by(s, *in_opening)) {
            return Some(Evidence::Text);
        }
        let others = |heading: &Plain| profile.parts.iter().any(|p| p.id != part.id && p.opens_with(heading));
        let top: Vec<usize> = (0..self.headings.len()).filter(|&i| self.paper.headings[i].level == 1).collect();
        let themes: Vec<usize> = top.iter().copied().filter(|&i| !others(&self.headings[i])).collect();
        if part.themes.is_some_and(|n| themes.len() >= n) {
            return themes.last().map(|&i| Evidence::Heading(i));
        }
        let written = || {
            let start = |i: usize| self.paper.headings[i].marker.start;
            let above = top.first().map_or(self.paper.body.end, |&i| start(i));
            let sections = themes.iter().map(|&i| {
                let end = top.iter().find(|&&next| next > i).map_or(self.paper.body.end, |&next| start(next));
                Span::new(start(i), end)
            });
            let spans = std::iter::once(Span::new(self.paper.body.start, above)).chain(sections);
            spans.map(|s| s.of(self.text).chars().count()).sum::<usize>()
        };
        part.elsewhere.is_some_and(|n| written() >= n).then_some(Evidence::Text)
    }
}

/// Whether the text is long enough and ends as a text does: with a full stop, signature, date and contacts aside.
fn is_complete(text: &str, paper: &Paper) -> bool {
    let body = paper.body.of(text).trim_end();
    let headings = paper.headings.iter().filter(|h| h.level <= 2).count();
    if headings < ENOUGH_HEADINGS && body.chars().nth(ENOUGH_CHARS).is_none() {
        return false;
    }
    if CUT.iter().any(|w| body.contains(w)) {
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

/// Whether the paper ends with its date.
fn is_signed(paper: &Paper) -> bool {
    let near_end = |span: Span| span.end + 120 > paper.body.end && span.start >= paper.body.start;
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
    let message = Words::new(format!("缺少“{}”部分", part.zh), format!("a required part is missing: {}", part.en));
    let help = Words::new(
        format!("{}要求写明{}，可放在{zh}。", profile.authority, part.demand),
        format!("{} demands {}; it would stand {en}.", profile.authority, part.demand_en),
    );
    let mut diagnostic = match paper.title {
        Some(title) => Diagnostic::at(&SECTION_MISSING, title, message),
        None => Diagnostic::whole(&SECTION_MISSING, message),
    };
    if let Some(span) = label {
        diagnostic = diagnostic.label(span, Words::new("应放在这一部分之后", "it would stand after this part"));
    }
    diagnostic
        .severity(part.severity)
        .help(help)
        .source(profile.authority.clone())
        .data("part", part.id.as_str())
        .data("rule", profile.id.as_str())
        .data("after", after)
}
