//! Title, date, number, headings and numbered items of a document, paper by paper.
//!
//! A file may hold several papers (篇一：…); each has its own kind, date and numbering.

mod chrome;
mod dates;
mod marks;
mod papers;
mod title;

use jiff::civil::Date;

use crate::text::{BlockKind, Document, Span, half_width, is_blank};

use dates::Written;
use marks::Marks;
use papers::Part;

/// The papers of a document.
#[derive(Debug, Clone, Default)]
pub struct Outline {
    /// In text order; they cover the document without gap or overlap, and there is at least one.
    pub papers: Vec<Paper>,
}

/// One paper.
#[derive(Debug, Clone)]
pub struct Paper {
    /// From its first line (its 篇N line, if any) to the next paper or the end. The first paper has what stands before
    /// it, so that no byte belongs to nobody.
    pub span: Span,
    /// Its title as written, without 篇N and web chrome.
    pub title: Option<Span>,
    /// 发文字号.
    pub number: Option<Span>,
    /// From after the title to the last line, signature and date included: web chrome above and below is outside.
    pub body: Span,
    /// The headings of all levels, in text order.
    pub headings: Vec<Heading>,
    /// The entries of lists of annexes (附件：1.…), in text order: they bear numbers and are no headings.
    pub annexes: Vec<Heading>,
    /// Items within paragraphs (一是…二是…), in text order.
    pub items: Vec<Item>,
    /// The openings of lines that begin a division of another kind (第一部分, 第二章, 第三条, 附件2): headings after
    /// one may be numbered anew.
    pub divisions: Vec<Span>,
    /// The year that the title reports on or plans for.
    pub year: Option<i16>,
    /// The date that decides about terms, and where it was found; `None` where the text shows none.
    pub date: Option<Dated>,
}

/// A date of a paper and where it was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dated {
    /// The day. Where only a month is written, its first. Where only a year is known, a day that calls no term outdated
    /// too early: 31 December for a report on the year and for the year that the text speaks of, since they are
    /// written at its end; 1 January for everything else (plans, document numbers).
    pub date: Date,
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub source: DateSource,
}

/// Where a paper's date was found, in the order of trust.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateSource {
    /// 成文日期, at its label, under the title or at the end.
    Issued,
    /// 发布时间 of the page around it.
    Published,
    /// The year of the document number.
    Number,
    /// The year of the title.
    Title,
    /// The latest year that the text speaks of as past or present.
    Text,
}

impl DateSource {
    /// The name used in JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Issued => "issued",
            Self::Published => "published",
            Self::Number => "number",
            Self::Title => "title",
            Self::Text => "text",
        }
    }
}

/// A numbered heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// 1 for 一、, 2 for （一）, 3 for `1.`, 4 for （1）.
    pub level: u8,
    /// The number it bears.
    pub number: u64,
    /// The number with its marks (`（一）`, `1.`).
    pub marker: Span,
    /// The words after the marker, to the end of the heading line or of the run-in sentence.
    pub text: Span,
    /// Whether it opens its line (else it is glued to the sentence before it).
    pub opens_line: bool,
}

/// A numbered item within a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Item {
    /// The words that number it.
    pub kind: ItemKind,
    /// The number it bears.
    pub number: u64,
    /// The number with its word (`一是`, `第二`).
    pub marker: Span,
    /// Whether it opens its line.
    pub opens_line: bool,
}

/// How items are numbered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ItemKind {
    /// 一是, 二是.
    Is,
    /// 一要, 二要.
    Must,
    /// 第一，第二，.
    Ordinal,
    /// 其一，其二，.
    Among,
}

impl Paper {
    /// The date of its signature, where it has one and no other stands in it: all that is written before it was written
    /// by that day. A file of several letters has none.
    #[must_use]
    pub fn signed(&self, prose: &str) -> Option<Dated> {
        let mut lines = self.date_lines(prose).filter(|&(_, printed)| !printed).map(|(date, _)| date);
        lines.next().filter(|_| lines.next().is_none())
    }

    /// The date of its printing (青溪县人民政府办公室　2024年3月5日印发), where it has one.
    #[must_use]
    pub fn printed(&self, prose: &str) -> Option<Dated> {
        let mut lines = self.date_lines(prose).filter(|&(_, printed)| printed).map(|(date, _)| date);
        lines.next().filter(|_| lines.next().is_none())
    }

    /// The dates of the lines that are nothing but one, and whether they are of the printing.
    fn date_lines(&self, prose: &str) -> impl Iterator<Item = (Dated, bool)> {
        let signed = self.date.is_some_and(|d| d.source == DateSource::Issued && self.body.contains(d.span));
        let body = if signed { self.body } else { Span::new(self.body.start, self.body.start) };
        let mut next = body.start;
        body.of(prose).split_inclusive('\n').filter_map(move |line| {
            let start = next;
            next += line.len();
            let words = line.trim_matches(|c: char| is_blank(c) || matches!(c, '\n' | '\r'));
            let written = title::date_line(words)?;
            let span = written.span.shifted(start + line.find(words).unwrap_or(0));
            Some((Dated { date: written.date()?, span, source: DateSource::Issued }, words.ends_with(['印', '发'])))
        })
    }

    /// Whether the title says that the paper is not all there: …规划纲要（节选）.
    #[must_use]
    pub fn is_extract(&self, prose: &str) -> bool {
        let title = self.title.map_or("", |t| t.of(prose)).trim_end_matches(['）', ')', '〕', '】']);
        ["节选", "摘编", "摘录", "摘要", "摘登", "选登"].iter().any(|word| title.ends_with(word))
    }
}

impl Outline {
    /// Finds the papers of a document.
    #[must_use]
    pub fn new(document: &Document) -> Self {
        let text = document.prose();
        let lines = lines(document);
        let mut papers: Vec<Paper> =
            papers::split(text, &lines).into_iter().map(|part| paper(document, &lines, part)).collect();
        for i in 1..papers.len() {
            papers[i - 1].span.end = papers[i].span.start;
        }
        if let (Some(first), true) = (papers.first_mut(), !text.is_empty()) {
            first.span.start = 0;
        }
        if let Some(last) = papers.last_mut() {
            last.span.end = text.len();
        }
        Self { papers }
    }

    /// The index of the paper that holds the byte `offset`.
    #[must_use]
    pub fn paper_at(&self, offset: usize) -> usize {
        self.papers.iter().rposition(|p| p.span.start <= offset).unwrap_or(0)
    }
}

/// The lines of a document that are not blank, without the blanks around them.
fn lines(document: &Document) -> Vec<Span> {
    let mut lines = Vec::with_capacity(document.lines.count());
    lines.extend(document.events().words_of_lines());
    lines
}

fn paper(document: &Document, lines: &[Span], part: Part) -> Paper {
    let text = document.prose();
    let start = lines.get(part.first).map_or(0, |l| l.start);
    let end = part.end.checked_sub(1).and_then(|i| lines.get(i)).map_or(start, |l| l.end);
    let own = &lines[part.own..part.end];
    let titles: Vec<Span> =
        document.blocks.iter().filter(|b| b.kind == BlockKind::Heading(1)).map(|b| b.span).collect();
    let marked = |line: Span| titles.iter().any(|t| t.overlaps(line));
    let header = title::read(text, own, marked);
    let (above, below) = own.split_at(header.line.min(own.len()));
    let kept = chrome::end_of_paper(below, text);
    let (below, footer) = below.split_at(kept);
    let body_start = header.body.clamp(start, end.max(start));
    let body_end = below.last().map_or(body_start, |l| l.end.max(body_start));

    let mut marks = Marks::default();
    let mut annexes = Marks::default();
    let mut divisions = Vec::new();
    let mut in_list = false;
    let mut walk = document.events().walk(body_start);
    let mut rows = document.blocks.iter().filter(|b| b.kind == BlockKind::Row).map(|b| b.span).peekable();
    for &line in below {
        let line = Span::new(line.start.max(body_start), line.end);
        let events = walk.next(line);
        let words = line.of(text);
        let first = words.chars().next();
        if first == Some('附')
            && let Some(label) = annex_label(words)
        {
            divisions.push(Span::new(line.start, line.start + label));
            in_list = true;
            let rest = Span::new(line.start + label, line.end);
            annexes.read(text, rest, document.events().within(rest));
            continue;
        }
        if in_list {
            let before = annexes.headings.len();
            annexes.read(text, line, events);
            if annexes.headings.get(before).is_some_and(|h| h.opens_line && h.level == 3) {
                continue;
            }
            annexes.headings.truncate(before);
            in_list = false;
        }
        if first == Some('第')
            && let Some(len) = division(words)
        {
            divisions.push(Span::new(line.start, line.start + len));
        }
        // The numbers of a table's rows are of the form that it copies (三、本年度办理结果), not of the paper.
        while rows.next_if(|row| row.end <= line.start).is_some() {}
        if rows.peek().is_none_or(|row| row.start >= line.end) {
            marks.read(text, line, events);
        }
    }

    let title = header.title.or(part.name);
    let year = title.and_then(|t| dates::years(t.of(text)).next()).map(|(year, _)| year);
    let mut paper = Paper {
        span: Span::new(start, end),
        title,
        number: header.number,
        body: Span::new(body_start, body_end),
        headings: marks.headings,
        annexes: annexes.headings,
        items: marks.items,
        divisions,
        year,
        date: None,
    };
    let published = || {
        header.published.or_else(|| {
            let labelled = footer.iter().chain(above).flat_map(|&line| chrome::labelled(line, text));
            labelled.filter(|(label, _, _)| *label == chrome::Label::Published).find_map(|(_, _, date)| date)
        })
    };
    let issued = header.issued.or_else(|| signature_date(text, below));
    paper.date = date_of(document, &paper, issued, published, || signature_month(text, below));
    paper
}

fn date_of(
    document: &Document,
    paper: &Paper,
    issued: Option<Written>,
    published: impl Fn() -> Option<Written>,
    month: impl Fn() -> Option<Written>,
) -> Option<Dated> {
    let text = document.prose();
    let written =
        |date: Option<Written>, source| date.and_then(|d| d.date().map(|date| Dated { date, span: d.span, source }));
    let in_year = |year: i16, month, span, source| {
        let day = if month == 12 { 31 } else { 1 };
        Date::new(year, month, day).ok().map(|date| Dated { date, span, source })
    };
    written(issued, DateSource::Issued)
        .or_else(|| written(published(), DateSource::Published))
        // A month is no day of which it could be said that something came later.
        .or_else(|| written(month(), DateSource::Text))
        .or_else(|| {
            let number = paper.number?;
            let (year, span) = dates::years(number.of(text)).next()?;
            in_year(year, 1, span.shifted(number.start), DateSource::Number)
        })
        .or_else(|| {
            let title = paper.title?;
            let (year, span) = dates::years(title.of(text)).next()?;
            let month = if reports(title.of(text)) { 12 } else { 1 };
            in_year(year, month, span.shifted(title.start), DateSource::Title)
        })
        .or_else(|| {
            let (year, span) = dates::spoken_year(text, paper.body, document.events().within(paper.body))?;
            in_year(year, 12, span, DateSource::Text)
        })
}

/// Whether a title looks back on its year. A title that does both (2021年总结和2022年计划) names the past year first.
fn reports(title: &str) -> bool {
    const BACK: [&str; 10] = ["报告", "总结", "情况", "汇报", "年报", "自查", "述职", "公报", "白皮书", "回顾"];
    BACK.iter().any(|w| title.contains(w))
}

/// How many of the last lines may hold the signature and its date.
const SIGNATURE_LINES: usize = 4;

/// The date line at the end; else the only line of the text that is nothing but a date (a letter before its annex).
fn signature_date(text: &str, lines: &[Span]) -> Option<Written> {
    let at = |line: &Span| title::date_line(line.of(text)).map(|d| d.shifted(line.start));
    // ……。（县政府办　2024年3月5日）
    let behind = |line: &Span| {
        let words = line.of(text);
        let open = words.strip_suffix(['）', ')'])?.rfind(['（', '('])?;
        at(&Span::new(line.start + open, line.end))
    };
    let last = || lines.iter().rev().take(SIGNATURE_LINES);
    if let Some(date) = last().find_map(at).or_else(|| last().find_map(behind)) {
        return Some(date);
    }
    let mut all = lines.iter().filter(|line| title::may_be_date(line.of(text))).filter_map(at);
    all.next().filter(|_| all.next().is_none())
}

/// The month that stands for the date of the signature.
fn signature_month(text: &str, lines: &[Span]) -> Option<Written> {
    let month = |line: &Span| title::month_line(line.of(text)).map(|d| d.shifted(line.start));
    lines.iter().rev().take(SIGNATURE_LINES).find_map(month)
}

/// The length of the 附件 label that opens a line, its colon included.
fn annex_label(line: &str) -> Option<usize> {
    let rest = line.strip_prefix('附')?.strip_prefix(['件', '：', ':'])?;
    let number = |c: char| is_blank(c) || half_width(c).is_ascii_digit() || "一二三四五六七八九十".contains(c);
    let words = rest.trim_start_matches(number);
    let words = words.strip_prefix(['：', ':']).unwrap_or(words);
    let labelled = line.len() - rest.len() > "附件".len() || words.len() < rest.len() || rest.is_empty();
    labelled.then(|| line.len() - words.trim_start_matches(is_blank).len())
}

/// The length of 第一部分, 第二章, 第三条 … where it opens a line.
fn division(line: &str) -> Option<usize> {
    let rest = line.strip_prefix('第')?;
    let number = |c: char| is_blank(c) || half_width(c).is_ascii_digit() || crate::text::is_chinese_numeral(c);
    let words = rest.trim_start_matches(number);
    let numbered = words.len() < rest.len() && rest.len() - words.len() <= 24;
    let unit = ["部分", "章", "节", "编", "条"].into_iter().find(|u| words.starts_with(u))?;
    numbered.then(|| line.len() - words.len() + unit.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    fn document(text: &str) -> Document {
        Document::new("draft.txt".into(), text.to_owned(), "UTF-8", Vec::new(), None)
    }

    fn outline(text: &str) -> Outline {
        Outline::new(&document(text))
    }

    fn dated(text: &str) -> Option<(DateSource, Date)> {
        outline(text).papers[0].date.map(|d| (d.source, d.date))
    }

    /// The label of the page, the line under the title and the signature date a paper as issued.
    #[test]
    fn issued() {
        let day = Some((DateSource::Issued, date(2021, 1, 5)));
        assert_eq!(dated("索引号: 1/2 | 成文日期: 2021-01-05 | 有效性: 有效\n2020年，我区依法行政。"), day);
        assert_eq!(dated("南岭县2020年工作报告\n2021年1月5日\n一、成效"), day);
        assert_eq!(dated("南岭县2020年工作报告\n（2021年1月5日在县人大会议上）\n一、成效\n有成效。"), day);
        assert_eq!(dated("南岭县2020年工作报告\n一、成效\n有成效。\n南岭县人民政府\n二〇二一年一月五日"), day);
        assert_eq!(dated("南岭县2020年工作报告\n一、成效\n有成效。\n南岭县人民政府 2021年1月5日\n扫一扫"), day);
    }

    /// Without such a date the page, the number, the title and the text decide, in that order.
    #[test]
    fn less_sure_dates() {
        let title = "南岭县2020年工作报告\n";
        let body = "一、成效\n2019年，全县有成效。";
        let published = format!("{title}发布时间：2021-02-30 10:00\n{body}");
        assert_eq!(dated(&published), Some((DateSource::Published, date(2021, 2, 1))));
        let number = format!("{title}南政发〔2021〕3号\n{body}");
        assert_eq!(dated(&number), Some((DateSource::Number, date(2021, 1, 1))));
        assert_eq!(dated(&format!("{title}{body}")), Some((DateSource::Title, date(2020, 12, 31))));
        assert_eq!(dated("2020年工作要点\n一、任务"), Some((DateSource::Title, date(2020, 1, 1))));
        assert_eq!(dated(body), Some((DateSource::Text, date(2019, 12, 31))));
        assert_eq!(dated("一、目标\n到2035年建成。"), None);
    }

    /// Every paper of a collection has its own title, date and headings.
    #[test]
    fn several_papers() {
        let text = "汇编2篇，供参考。\n篇一：汇编\n县2020年度工作报告2020年，成效明显。一、成效\n二、问题\n\
                    篇二：汇编\n2022年工作计划\n为做好工作，制定本计划。\n一、任务";
        let outline = outline(text);
        let titles: Vec<_> = outline.papers.iter().map(|p| p.title.map(|t| t.of(text))).collect();
        assert_eq!(titles, [Some("县2020年度工作报告"), Some("2022年工作计划")]);
        let numbers: Vec<Vec<u64>> =
            outline.papers.iter().map(|p| p.headings.iter().map(|h| h.number).collect()).collect();
        assert_eq!(numbers, [vec![1, 2], vec![1]]);
        assert_eq!(outline.papers[1].date.map(|d| d.date), Some(date(2022, 1, 1)));
        assert_eq!(outline.paper_at(0), 0);
        assert_eq!(outline.paper_at(text.len()), 1);
    }

    /// A list of annexes is no heading of the body; what follows it is.
    #[test]
    fn annexes() {
        let text = "一、要求\n附件：1. 清单\n2. 名单\n附件1\n一、甲\n二、乙";
        let paper = &outline(text).papers[0];
        assert_eq!(paper.annexes.iter().map(|h| h.number).collect::<Vec<_>>(), [1, 2]);
        assert_eq!(paper.headings.iter().map(|h| h.number).collect::<Vec<_>>(), [1, 1, 2]);
        assert_eq!(paper.divisions.len(), 2);
    }

    /// The page's footer is outside the body, the signature inside.
    #[test]
    fn body() {
        let text = "搜索\n南岭县2020年工作报告\n字号:\n成效明显。\n南岭县人民政府\n附件:\n\n扫一扫\n手机版";
        let paper = &outline(text).papers[0];
        assert_eq!(paper.body.of(text), "成效明显。\n南岭县人民政府");
        assert_eq!(paper.span, Span::new(0, text.len()));
    }

    proptest! {
        /// Whatever the text: no panic, and every span lies on character boundaries within its paper.
        #[test]
        fn spans_are_sound(text in "([一二三十0-9、.（）()年月日 \r\n。：:篇第附件条是要>报告2021\u{3000}-]|\\PC){0,120}") {
            let outline = outline(&text);
            prop_assert!(!outline.papers.is_empty());
            let mut end = 0;
            for paper in &outline.papers {
                prop_assert_eq!(paper.span.start, end);
                end = paper.span.end;
                let headings = paper.headings.iter().chain(&paper.annexes).flat_map(|h| [h.marker, h.text]);
                let spans = headings
                    .chain(paper.items.iter().map(|i| i.marker))
                    .chain(paper.divisions.iter().copied())
                    .chain(paper.title)
                    .chain(paper.number)
                    .chain(paper.date.map(|d| d.span))
                    .chain([paper.body]);
                for span in spans {
                    prop_assert!(paper.span.contains(span), "{span:?} in {:?}", paper.span);
                    prop_assert!(text.is_char_boundary(span.start) && text.is_char_boundary(span.end));
                }
            }
            prop_assert_eq!(end, text.len());
        }
    }
}
