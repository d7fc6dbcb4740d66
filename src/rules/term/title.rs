//! One document cited under two names, or under a name that it never had.

mod printed;

use std::collections::HashMap;

use memchr::memmem::Finder;

use crate::diagnostic::{Diagnostic, Edit, Fix, Safety, Severity, Words};
use crate::rulebook::{KnownTitle, Letters, Titles};
use crate::rules::{Check, Context, declare_rule};
use crate::text::{Span, book_titles, half_width, is_blank, is_chinese_numeral, is_han, sentence};

declare_rule! {
    /// # term-title：同一文件有两个名称，或名称写错
    ///
    /// 引用文件要写准全称。本规则只在文字本身（或已知的正式名称）能够证明时才报：
    ///
    /// - **名称写错**：书名号里的名称只可能指某个已知文件，而与它的正式名称不符（多字、少字、督察写成督查、起止年份不对）；
    ///   法律只看冠以“中华人民共和国”的全称；
    /// - **自相矛盾**：文中写明两者是同一文件，或者两个名称后面是同一个文号，名称却不同；
    /// - **题文不符**（警告）：通知的题目说印发的是一个文件，正文说“现印发给你们”的却是另一个；
    /// - **前后不一**（警告）：两个名称只差“的”“与”“、”之类的字、字词的先后、试行和暂行、法制和法治，或起止年份差一年。
    ///
    /// ```hit
    /// 对照《法治政府建设实施纲要（2021—2024年）》要求细化任务。依照《中华人民共和国未成年保护法》开展检查。
    /// ```
    ///
    /// ```hit
    /// 印发《青溪县行政执法公示办法》（青政办发〔2023〕8号）。对照《青溪县行政执法公示规定》（青政办发〔2023〕8号）开展自查。
    /// ```
    ///
    /// ```hit
    /// 青溪县人民政府关于印发《青溪县公园管理办法》的通知
    /// 各镇人民政府：
    /// 现将《青溪县公园管理暂行规定》印发给你们，请认真贯彻执行。
    /// ```
    ///
    /// 办法与实施细则、规定与暂行规定、不同年份的计划、市和县各自的方案都是不同的文件；简称、更名、修订、征求意见稿各有所指：
    /// 一概不报。文件名中尚未填写的年份（202X）由 `placeholder-mask` 报告。
    ///
    /// ```miss
    /// 先后印发《青溪县信访工作办法》《青溪县信访工作实施细则》，以及2022年、2023年的《青溪县普法工作要点》。
    /// ```
    ///
    /// `data`：`reason`（known 已知文件、years 起止年份、declared 文中写明、number 文号相同、printed 题文不符、variant 前后不一），
    /// `official` 正式名称（仅 known、years），`titles` 两个名称（其余）。
    ///
    /// **English.** Reports a document that is cited under two names, where the text or a known official title proves it.
    TERM_TITLE = "term-title", Error,
    zh: "同一文件在文中有两个名称",
    en: "one document is cited under two names",
}

pub(in crate::rules) static CHECK: Check = Check { rules: &[&TERM_TITLE], run };

/// The shortest body of which a small difference proves anything, in characters.
const LONG_ENOUGH: usize = 6;

/// A title as cited.
struct Cited<'a> {
    /// With its marks, in the whole text.
    span: Span,
    /// The paragraph that it stands in.
    text: &'a str,
    /// Where it stands in `text`.
    place: Span,
    /// Without its years, blanks, quotes and differences of width.
    body: String,
    /// The characters of `body`.
    letters: Letters,
    /// The years in brackets at its end or behind it.
    years: Option<(u16, u16)>,
    /// The document number in brackets behind it.
    number: Option<String>,
}

fn run(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let mut cited: Vec<Vec<Cited<'_>>> = cx.outline.papers.iter().map(|_| Vec::new()).collect();
    let prose = cx.document.prose();
    let mark = Finder::new("《");
    let mut next = 0;
    for block in &cx.document.blocks {
        // Few blocks cite something: the others are passed over.
        if next < block.span.start {
            let found = mark.find(&prose.as_bytes()[block.span.start..]);
            next = found.map_or(prose.len(), |at| block.span.start + at);
        }
        if next >= block.span.end {
            continue;
        }
        let text = block.span.of(prose);
        for place in book_titles(text) {
            let span = place.shifted(block.span.start);
            if let Some(paper) = cited.get_mut(cx.outline.paper_at(span.start)) {
                paper.push(Cited::new(text, place, span));
            }
        }
    }
    for (paper, outline) in cited.iter().zip(&cx.outline.papers) {
        let mut told = vec![false; paper.len()];
        known(cx, paper, &mut told, out);
        declared(cx, paper, &mut told, out);
        numbers(cx, paper, &mut told, out);
        printed::find(cx, outline, paper, &mut told, out);
        variants(cx, paper, &mut told, out);
    }
}

impl<'a> Cited<'a> {
    fn new(text: &'a str, place: Span, span: Span) -> Self {
        let mark = '《'.len_utf8();
        let inside = Span::new(place.start + mark, place.end - mark).of(text);
        let mut body = String::with_capacity(inside.len());
        body.extend(inside.chars().filter_map(normal));
        let mut years = None;
        if let Some(open) = body.rfind('(').filter(|_| body.ends_with(')')) {
            years = year_range(&body[open + 1..body.len() - 1]);
            if years.is_some() {
                body.truncate(open);
            }
        }
        let behind = bracket(&text[place.end..]);
        let years = years.or_else(|| behind.as_deref().and_then(year_range));
        let number = behind.filter(|b| is_number(b));
        Self { span, text, place, letters: Letters::of(&body), body, years, number }
    }

    /// The sentence around it has one of these words.
    fn sentence_has(&self, words: &[String]) -> bool {
        let around = sentence(self.text, self.place, &[]).of(self.text);
        words.iter().any(|w| around.contains(w.as_str()))
    }
}

/// A character as titles are compared; `None` for what does not count.
fn normal(c: char) -> Option<char> {
    match c {
        '“' | '”' | '"' | '＂' | '‘' | '’' | '〈' | '〉' | '<' | '>' | '＜' | '＞' | '《' | '》' | '\n' | '\r' => {
            None
        }
        '—' | '–' | '―' | '─' | '~' | '～' | '－' | '−' => Some('-'),
        '〔' | '［' | '【' => Some('['),
        '〕' | '］' | '】' => Some(']'),
        c if is_blank(c) => None,
        c => Some(half_width(c)),
    }
}

/// The normal content of a bracket at the very start of `text`.
fn bracket(text: &str) -> Option<String> {
    let mut chars = text.trim_start_matches(is_blank).chars().take(60).filter_map(normal);
    if chars.next() != Some('(') {
        return None;
    }
    let mut depth = 1;
    let mut inner = String::new();
    for c in chars {
        depth += i32::from(c == '(') - i32::from(c == ')');
        if depth == 0 {
            return Some(inner);
        }
        inner.push(c);
    }
    None
}

/// `2021-2025年`, with any dash.
fn year_range(text: &str) -> Option<(u16, u16)> {
    let text = text.strip_suffix('年').unwrap_or(text);
    let (from, to) = text.split_once(['-', '至', '到'])?;
    let year = |t: &str| {
        let t = t.strip_suffix('年').unwrap_or(t).trim_matches('-');
        (t.len() == 4 && t.bytes().all(|b| b.is_ascii_digit())).then(|| t.parse().ok()).flatten()
    };
    Some((year(from)?, year(to)?)).filter(|(from, to)| from < to)
}

/// Whether it is a document number such as `青政发[2023]8号`.
fn is_number(text: &str) -> bool {
    let Some(head) = text.strip_suffix('号') else { return false };
    let Some((agency, rest)) = head.split_once('[') else { return false };
    let Some((year, serial)) = rest.split_once(']') else { return false };
    let digits = |t: &str| !t.is_empty() && t.bytes().all(|b| b.is_ascii_digit());
    !agency.is_empty() && !agency.contains([',', '、', ';', '，']) && digits(year) && year.len() == 4 && digits(serial)
}

fn printed(body: &str, years: Option<(u16, u16)>) -> String {
    match years {
        Some((from, to)) => format!("《{body}（{from}—{to}年）》"),
        None => format!("《{body}》"),
    }
}

/// Titles that can only mean a known document and are not its title.
fn known(cx: &Context<'_>, paper: &[Cited<'_>], told: &mut [bool], out: &mut Vec<Diagnostic>) {
    for document in cx.book.titles.known() {
        // The same document under its right name is the best evidence.
        let is_right =
            |c: &Cited<'_>| c.body == document.title && c.years.is_none_or(|y| document.years().any(|k| k == y));
        let right = paper.iter().find(|c| is_right(c)).map(|c| c.span);
        for (i, cited) in paper.iter().enumerate() {
            let found = if document.is_miswritten(&cited.body, cited.letters)
                && !cited.sentence_has(&cx.book.titles.mistaken)
            {
                miswritten(cited, document)
            } else if cited.body == document.title
                && cited.years.is_some_and(|years| is_foreign(cited, document, years, &cx.book.titles))
            {
                wrong_years(cited, document)
            } else {
                continue;
            };
            told[i] = true;
            out.push(match right {
                Some(span) => found.label(span, Words::new("此处名称正确", "here under its right name")),
                None => found,
            });
        }
    }
}

/// Whether no document of this title was issued for these years, and it is not one of the writer's own.
fn is_foreign(cited: &Cited<'_>, document: &KnownTitle, years: (u16, u16), titles: &Titles) -> bool {
    let clause = sentence(cited.text, cited.place, &['，', ',', '；', ';']);
    let clause = &cited.text[clause.start..cited.place.start];
    document.years().next().is_some()
        && document.years().all(|known| known != years)
        && !titles.own.iter().any(|w| clause.contains(w.as_str()))
}

fn miswritten(cited: &Cited<'_>, document: &KnownTitle) -> Diagnostic {
    let mark = '《'.len_utf8();
    let inside = Span::new(cited.span.start + mark, cited.span.end - mark);
    Diagnostic::at(
        &TERM_TITLE,
        cited.span,
        Words::new(
            format!("文件名称有误：没有《{}》，正式名称是《{}》", cited.body, document.title),
            format!("wrong title: the document is called 《{}》", document.title),
        ),
    )
    .source(document.source.as_str())
    .data("reason", "known")
    .data("official", document.title.as_str())
    .fix(Fix {
        title: Words::new("改为正式名称", "use the official title"),
        safety: Safety::Review,
        edits: vec![Edit { span: inside, text: document.title.clone() }],
    })
}

fn wrong_years(cited: &Cited<'_>, document: &KnownTitle) -> Diagnostic {
    let official: Vec<String> = document.years().map(|y| printed(&document.title, Some(y))).collect();
    let official = official.concat();
    Diagnostic::at(
        &TERM_TITLE,
        cited.span,
        Words::new(
            format!("起止年份有误：没有{}，只有{official}", printed(&cited.body, cited.years)),
            format!("wrong years: there is only {official}"),
        ),
    )
    .source(document.source.as_str())
    .data("reason", "years")
    .data("official", official)
}

fn two_names(first: &Cited<'_>, second: &Cited<'_>, reason: &str, zh: &str, en: &str) -> Diagnostic {
    let (one, other) = (printed(&first.body, first.years), printed(&second.body, second.years));
    Diagnostic::at(
        &TERM_TITLE,
        second.span,
        Words::new(format!("{zh}，名称却不一致：{one}{other}"), format!("{en}, but the names differ: {one}, {other}")),
    )
    .label(first.span, Words::new("另一名称", "the other name"))
    .help(Words::new("核对原件，统一为正式名称", "look at the original and use its title in both places"))
    .data("reason", reason)
    .data("titles", vec![one, other])
}

/// The sentence that holds exactly two titles says that they are one document.
fn declared(cx: &Context<'_>, paper: &[Cited<'_>], told: &mut [bool], out: &mut Vec<Diagnostic>) {
    let titles = &cx.book.titles;
    // The first title of a sentence, and the first of another paragraph.
    let (mut i, mut end) = (0, 0);
    while i < paper.len() {
        if i == end {
            let text = paper[i].text;
            end += paper[i..].iter().take_while(|c| std::ptr::eq(c.text, text)).count();
            if end - i < 2 || !titles.same.iter().any(|word| text.contains(word.as_str())) {
                i = end;
                continue;
            }
        }
        let around = sentence(paper[i].text, paper[i].place, &[]);
        let here = paper[i..end].iter().take_while(|c| c.place.start < around.end).count();
        if let [first, second] = &paper[i..i + here]
            && (&first.body, first.years) != (&second.body, second.years)
            && says_same(titles, &second.text[second.place.end..around.end.max(second.place.end)])
            && !second.sentence_has(&titles.replaced)
            && !(told[i] || told[i + 1])
        {
            told[i] = true;
            told[i + 1] = true;
            out.push(two_names(first, second, "declared", "文中写明是同一文件", "the text says they are one document"));
        }
        i += here.max(1);
    }
}

fn says_same(titles: &Titles, tail: &str) -> bool {
    titles.same.iter().any(|word| {
        tail.find(word.as_str()).is_some_and(|at| {
            let before: String = tail[..at].chars().rev().take(4).collect();
            !titles.not_same.iter().any(|no| before.contains(no.as_str()))
        })
    })
}

/// Two names before one document number. A name that is a shorter form of the other proves nothing, unless what it lacks
/// is missing from its middle; and two bodies may number their papers alike.
fn numbers(cx: &Context<'_>, paper: &[Cited<'_>], told: &mut [bool], out: &mut Vec<Diagnostic>) {
    let mut first_with: HashMap<&str, usize> = HashMap::new();
    for (i, cited) in paper.iter().enumerate() {
        let Some(number) = cited.number.as_deref() else { continue };
        let first = *first_with.entry(number).or_insert(i);
        let other = &paper[first];
        let shortened = is_shortened(&cited.body, &other.body) || is_shortened(&other.body, &cited.body);
        if first == i
            || cited.body == other.body
            || shortened && !lacks_middle(&cited.body, &other.body)
            || told[i]
            || cited.sentence_has(&cx.book.titles.replaced)
            || issuers_differ(cited, other)
        {
            continue;
        }
        told[i] = true;
        let number = number.replace('[', "〔").replace(']', "〕");
        let (zh, en) = (format!("文号同为{number}"), format!("both bear the number {number}"));
        let found = two_names(other, cited, "number", &zh, &en);
        out.push(if shortened { found.severity(Severity::Warning) } else { found });
    }
}

/// Whether `short` is `long` with characters left out (or the same).
fn is_shortened(short: &str, long: &str) -> bool {
    let mut rest = long.chars();
    short.chars().all(|c| rest.any(|l| l == c))
}

/// Whether two names begin and end alike, so that the longer has more in its middle: a short form leaves out an end.
fn lacks_middle(one: &str, other: &str) -> bool {
    let begin = one.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
    let end = one.chars().rev().zip(other.chars().rev()).take_while(|(a, b)| a == b).count();
    begin >= 4 && end >= 2
}

/// Whether both titles stand behind the names of bodies, and of different ones.
fn issuers_differ(one: &Cited<'_>, other: &Cited<'_>) -> bool {
    let issuer = |cited: &Cited<'_>| {
        let head = &cited.text[..cited.place.start];
        let words = &head[head
            .rfind(|c: char| !is_han(c))
            .map_or(0, |at| at + head[at..].chars().next().map_or(1, char::len_utf8))..];
        words.ends_with(['厅', '局', '委', '办', '部', '府', '院', '会']).then(|| words.to_owned())
    };
    matches!((issuer(one), issuer(other)), (Some(a), Some(b)) if a != b)
}

/// Names that differ in a connective, in the order of their words, in 法制 and 法治, in 试行 and 暂行, or in one end of their
/// years by one year.
fn variants(cx: &Context<'_>, paper: &[Cited<'_>], told: &mut [bool], out: &mut Vec<Diagnostic>) {
    let titles = &cx.book.titles;
    let long = |i: &usize| paper[*i].body.chars().nth(LONG_ENOUGH - 1).is_some();
    let mut kin: Vec<(u64, usize)> =
        (0..paper.len()).filter(|&i| !told[i]).filter(long).map(|i| (titles.kin(&paper[i].body), i)).collect();
    kin.sort_unstable();
    let mut names: HashMap<(Vec<char>, String), Vec<usize>> = HashMap::new();
    for kin in kin.chunk_by(|a, b| a.0 == b.0) {
        let first = &paper[kin[0].1];
        if kin.iter().all(|&(_, i)| paper[i].body == first.body && paper[i].years == first.years) {
            continue;
        }
        for &(_, i) in kin.iter().filter(|(_, i)| !paper[*i].sentence_has(&titles.replaced)) {
            names.entry(essence(titles, &paper[i].body)).or_default().push(i);
        }
    }
    let mut groups: Vec<Vec<usize>> = names.into_values().filter(|g| g.len() > 1).collect();
    groups.sort();
    for group in groups {
        for pair in group.windows(2) {
            let (first, second) = (&paper[pair[0]], &paper[pair[1]]);
            let differ = if first.body == second.body {
                match (first.years, second.years) {
                    (Some(a), Some(b)) => a != b && a.0.abs_diff(b.0) + a.1.abs_diff(b.1) == 1,
                    _ => false,
                }
            } else {
                // Where only a wrong 法制 makes the difference, its own entry has told it.
                let is_told = |c: &Cited<'_>| {
                    let sightings = cx.book.literals().sight(&c.body);
                    sightings.iter().any(|sighting| cx.book.terms.find(sighting).iter().any(|h| h.term.in_title))
                };
                first.years.zip(second.years).is_none_or(|(a, b)| a == b) && !is_told(first) && !is_told(second)
            };
            if differ {
                told[pair[1]] = true;
                let found = two_names(first, second, "variant", "像是同一文件", "this looks like one document");
                out.push(found.severity(Severity::Warning));
            }
        }
    }
}

/// What a name and its variants share: its characters in whatever order, without what makes no other document, and its
/// figures in theirs. A document on trial is another than the final one.
fn essence(titles: &Titles, body: &str) -> (Vec<char>, String) {
    let words = titles.bare(body);
    let figures = words.chars().filter(|c| c.is_ascii_digit() || is_chinese_numeral(*c)).collect();
    let mut chars: Vec<char> = words.chars().collect();
    chars.sort_unstable();
    (chars, figures)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Years are read with any dash, with and without 年; masked or falling years are none.
    #[test]
    fn ranges_of_years() {
        let range = |t: &str| year_range(&t.chars().filter_map(normal).collect::<String>());
        for text in ["2021—2025年", "2021-2025", "２０２１～２０２５年", "2021年 —— 2025年", "2021至2025年"]
        {
            assert_eq!(range(text), Some((2021, 2025)), "{text}");
        }
        for text in ["2021—202X年", "2025—2021年", "试行", "2021年", "21—25", ""] {
            assert_eq!(range(text), None, "{text}");
        }
    }

    /// A number is an agency, a year and a serial number.
    #[test]
    fn document_numbers() {
        for (text, yes) in
            [("青政办发[2023]8号", true), ("青政办发[2023]号", false), ("[2023]8号", false), ("试行", false)]
        {
            assert_eq!(is_number(text), yes, "{text}");
        }
    }
}
