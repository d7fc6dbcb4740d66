//! Numbers of chapters, sections and articles that skip, repeat or step back.

use crate::diagnostic::{Diagnostic, Words};
use crate::outline::Paper;
use crate::rules::series::{Fault, Series, number};
use crate::rules::{Check, Context, declare_rule, number_annex};
use crate::text::{
    Class, Document, Span, WordList, chinese_numeral, ends_sentence, half_width, is_blank, is_chinese_numeral,
    trim_blank_start, words,
};

declare_rule! {
    /// 办法、规定、条例等以“第一条”“第二条”分条的文件，条号应当从头到尾连续，不因分章另起；章号、节号也应当连续。跳号、重号多半是
    /// 增删条文后没有重排。文中“本办法第N条”“第N章”所指的条、章，也必须在本文件之内；“见附件N”所指的附件，必须在文末的附件清单里。
    ///
    /// ```hit
    /// 第一条　为规范档案移交工作，制定本办法。
    /// 第二条　本办法适用于县直各部门。
    /// 第四条　档案移交由县档案馆负责验收。
    /// ```
    ///
    /// ```hit
    /// 第一条　为规范公车使用，制定本规定。
    /// 第二条　违反本规定第九条的，责令改正。
    /// 第三条　本规定自2024年3月1日起施行。
    /// ```
    ///
    /// ```hit
    /// 第一条　为规范公车使用，制定本办法。
    /// 第二条　公车统一编号。
    /// 第三条　违反第二条第三款的，责令改正。
    /// 第四条　本办法由县机关事务中心负责解释。
    /// ```
    ///
    /// ```hit
    /// 请填写统计表（见附件3），于每季度末报送。
    /// 附件：1.任务分工表
    /// 　　　2.联络员名单
    /// ```
    ///
    /// 只看行首的条号，并且全文确实是成串的条文。不写“本办法”的（“违反第九条规定的”），只在该条此前没有提到别的文件时判断；
    /// 款、项只在数得清的时候判断。以下写法不报：
    ///
    /// - 引用别的文件的条文：“依照《档案法》第八条”；
    /// - 修改决定：“将第五条修改为”“删去第九条”“增加一条，作为第十条”，以及引号内的新条文；
    /// - “第十七条之一”；
    /// - 目录之后章号从头再来，节号在每章之下、章号在每编之下从头再来；
    /// - 别的文件的附件（《通知》附件3），清单之后自己有的附件，写成压缩包、只列一部分的清单；
    /// - 节选的条文从中间开始，或者题目、正文有“节选”“略”字样。
    ///
    /// ```miss
    /// 第一章　总则
    /// 第一条　为规范采购活动，制定本办法。
    /// 第二章　程序
    /// 第二条　采购依照《政府采购法》第二十六条规定的方式进行。
    /// 第三条　本办法自印发之日起施行。
    /// ```
    ///
    /// ```miss
    /// 一、将第五条修改为：“公车实行统一编号。”
    /// 二、删去第七条。
    /// ```
    ///
    /// `data`：`fault`（`gap` 跳号、`repeat` 重号、`back` 倒退、`beyond` 所指的章、条、款、项、附件不存在），`previous`、`expected`、
    /// `found`；`beyond` 时为 `last`（最后一章、一条或一个附件）、`found`。
    ///
    /// Articles are numbered through the whole instrument, chapters within it, sections within a chapter. Quoted articles,
    /// amendments and extracts are left alone.
    NUMBER_ARTICLE = "number-article", Error,
    zh: "章、节、条的序号跳号、重号或倒退，所指的条文、附件不存在",
    en: "numbers of chapters, sections or articles skip, repeat or step back, or refer to nothing",
}

pub(super) static CHECK: Check = Check { rules: &[&NUMBER_ARTICLE], run };

/// More missing numbers than these are an extract, not a slip.
const WIDEST_GAP: u64 = 3;
/// The most bytes of a chapter's line: a longer one is running text.
const CHAPTER_LINE: usize = 120;

fn run(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for paper in &cx.outline.papers {
        let extract = paper.is_extract(cx.document.prose());
        let marks = marks(cx.document, paper);
        number_annex::find(cx.document, paper, out);
        let before = out.len();
        let articles = read(cx.document, &marks, extract, out);
        if out.len() == before && !extract {
            beyond(cx.document, paper, &marks, &articles, out);
        }
    }
}

/// What a mark numbers; the order is from the outside in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Unit {
    Book,
    Part,
    Chapter,
    Section,
    Article,
}

/// `第三条` at the start of a line.
#[derive(Debug, Clone, Copy)]
struct Mark {
    unit: Unit,
    number: u64,
    span: Span,
    /// Its whole line.
    line: Span,
}

/// The marks that open the lines of a paper, quoted ones left out.
fn marks(document: &Document, paper: &Paper) -> Vec<Mark> {
    let prose = document.prose();
    let mut out = Vec::new();
    let mut quoted = false;
    let mut last = "";
    // Of chapters without a title above them the first is taken for one.
    let start = paper.title.filter(|t| mark(t.of(prose)).is_some()).map_or(paper.body.start, |t| t.start);
    for block in document.blocks_in(Span::new(start.min(paper.body.start), paper.body.end)) {
        let text = block.span.of(prose);
        let words = trim_blank_start(text);
        let start = block.span.end - words.len();
        let above = std::mem::replace(&mut last, words);
        if !quoted && !matches!(words.chars().next(), Some('第' | '“' | '"')) {
            continue;
        }
        // A new article within an amendment: “第五条 …, up to the line that closes the quotation.
        if words.starts_with(['“', '"']) && words.chars().nth(1) == Some('第') {
            quoted = true;
        }
        if !quoted
            && let Some((unit, number, len)) = mark(words)
            && !goes_on(above)
        {
            out.push(Mark { unit, number, span: Span::new(start, start + len), line: block.span });
        }
        let end = words.trim_end_matches(is_blank);
        if quoted && (end.ends_with(['”', '"']) || end.ends_with("”。") || end.ends_with("”；")) {
            quoted = false;
        }
    }
    out
}

/// Whether a line breaks off before a reference: 依照本办法 / 第五条的规定.
fn goes_on(line: &str) -> bool {
    words!["，", ",", "、", "按", "照", "据", "和", "或", "及", "》", "与", "规定", "本法", "本办法",]
        .ends(line.trim_end_matches(is_blank))
        .is_some()
}

/// The mark at the start of a line: its unit, number and length.
fn mark(line: &str) -> Option<(Unit, u64, usize)> {
    let rest = line.strip_prefix('第')?;
    let (number, after) = number(rest)?;
    let mut chars = after.chars();
    let unit = match chars.next()? {
        '编' => Unit::Book,
        '章' => Unit::Chapter,
        '节' => Unit::Section,
        '条' => Unit::Article,
        '分' if chars.next() == Some('编') => Unit::Part,
        _ => return None,
    };
    let after = chars.as_str();
    let len = line.len() - after.len();
    let next = after.chars().next();
    let parted = next.is_none_or(|c| is_blank(c) || matches!(half_width(c), '【' | '［' | '[' | '(' | ':' | '〔'));
    let words = after.trim_start_matches(is_blank);
    if unit != Unit::Article {
        // 第一节课, 第三章所列: running text; a chapter's line is its title.
        let title = !words.contains(['。', '，', '；', '！']) && line.len() <= CHAPTER_LINE;
        return (title && (parted || !words.starts_with(['课', '所', '的', '规', '、', '至', '中', '和'])))
            .then_some((unit, number, len));
    }
    const RUNNING: WordList = words![
        "规定", "至", "到", "、", "和", "及", "与", "或", "第", "之", "的", "所", "修改", "改为", "中", "增加", "删",
        "款", "项", "以", "，", "；", "。", "—", "-", "～", "例", "线", "作为", "移",
    ];
    RUNNING.begins(words).is_none().then_some((unit, number, len))
}

/// Reads the marks in order and tells the faults, no gap among them in an extract; the articles, where they are one row without a fault.
fn read(document: &Document, marks: &[Mark], extract: bool, out: &mut Vec<Diagnostic>) -> Vec<Mark> {
    let mut open: [Option<Series>; 5] = Default::default();
    let mut found = Vec::new();
    let (mut good, mut rows) = (0usize, 0usize);
    for (i, mark) in marks.iter().enumerate() {
        let level = mark.unit as usize;
        // Chapters begin anew in a book and sections in a chapter; articles run through.
        for inner in open.iter_mut().take(Unit::Article as usize).skip(level + 1) {
            *inner = None;
        }
        let Some(series) = &mut open[level] else {
            rows += usize::from(mark.unit == Unit::Article);
            open[level] = Some(Series::new(mark.number, i));
            continue;
        };
        if series.fits(mark.number) {
            series.push(mark.number, i);
            good += 1;
        } else if mark.number == 1 && !first_again(document, marks, series, i) {
            // Another instrument, or the text after its table of contents.
            rows += usize::from(mark.unit == Unit::Article);
            *series = Series::new(1, i);
        } else if let Some(fault) = fault(document, marks, series, i, extract) {
            found.push(fault);
            series.push_fault(mark.number, i);
        } else {
            *series = Series::new(mark.number, i);
            rows += usize::from(mark.unit == Unit::Article);
        }
    }
    // Articles that mostly do not follow one another were collected from elsewhere.
    let clean = found.is_empty() && rows == 1;
    if found.len() <= good {
        out.append(&mut found);
    }
    if clean { marks.iter().copied().filter(|m| m.unit == Unit::Article).collect() } else { Vec::new() }
}

/// Whether a 第一条 is the last one over again: nothing but complete sentences between the two, and the row goes on.
fn first_again(document: &Document, marks: &[Mark], series: &Series, i: usize) -> bool {
    let previous = &marks[series.at];
    let adjacent = series.last == 1 && series.at + 1 == i && marks[i].unit == Unit::Article;
    let goes_on = marks.get(i + 1).is_some_and(|m| m.unit == Unit::Article && matches!(m.number, 2 | 3));
    let between = Span::new(previous.line.start, marks[i].line.start);
    adjacent
        && goes_on
        && document
            .blocks_in(between)
            .all(|b| b.span.of(document.prose()).trim_end_matches(is_blank).ends_with(ends_sentence))
}

fn fault(document: &Document, marks: &[Mark], series: &Series, i: usize, extract: bool) -> Option<Diagnostic> {
    let (mark, previous) = (&marks[i], &marks[series.at]);
    let (n, expected) = (mark.number, series.next());
    let between = &document.prose()[previous.span.end..mark.span.start];
    let fault = series.fault(n);
    let explained = match fault {
        Fault::Gap => extract || n - expected > WIDEST_GAP || (expected..n).any(|k| stands_in(between, k, mark.unit)),
        Fault::Repeat | Fault::Back => stands_in(between, 1, mark.unit),
    };
    let left_out = ["节选", "摘录", "摘要", "（略）", "(略)", "……", "省略"].iter().any(|w| between.contains(w));
    if explained || left_out {
        return None;
    }
    let (before, found) = (document.slice(previous.span), document.slice(mark.span));
    let right = renumbered(found, expected);
    let (zh, en) = match fault {
        Fault::Gap => (
            format!("跳号：“{before}”之后应为“{right}”，此处写作“{found}”"),
            format!("a number is skipped: {before} should be followed by {right}, not {found}"),
        ),
        Fault::Repeat => (
            format!("重号：“{before}”之后应为“{right}”，此处又写作“{found}”"),
            format!("a number is repeated: {found} stands before already, {right} is expected here"),
        ),
        Fault::Back => (
            format!("序号倒退：“{before}”之后应为“{right}”，此处写作“{found}”"),
            format!("numbers step back: {before} should be followed by {right}, not {found}"),
        ),
    };
    let help = Words::new(
        "请核对是否漏写、误删；没有缺漏的，把此处及以后的序号依次改正，并核对文中对这些条款的引用。",
        "Check whether something was left out; if not, renumber from here on, and check what refers to these numbers.",
    );
    Some(
        Diagnostic::at(&NUMBER_ARTICLE, mark.span, Words::new(zh, en))
            .label(previous.span, Words::new("前一个序号", "the number before"))
            .help(help)
            .data("fault", fault.as_str())
            .data("previous", before)
            .data("expected", right)
            .data("found", found),
    )
}

/// The mark with another number, in its own kind of numerals.
fn renumbered(mark: &str, n: u64) -> String {
    let numeral = |c: char| is_chinese_numeral(c) || half_width(c).is_ascii_digit();
    let unit = mark.trim_start_matches('第').trim_start_matches(|c| is_blank(c) || numeral(c));
    let chinese = mark.chars().any(is_chinese_numeral);
    format!("第{}{unit}", if chinese { chinese_numeral(n) } else { n.to_string() })
}

/// Whether the number stands in the text at the start of a sentence: glued to the one before it, or where its line was
/// not taken for an article's.
fn stands_in(text: &str, n: u64, unit: Unit) -> bool {
    let word = match unit {
        Unit::Book => "编",
        Unit::Part => "分编",
        Unit::Chapter => "章",
        Unit::Section => "节",
        Unit::Article => "条",
    };
    [format!("第{}{word}", chinese_numeral(n)), format!("第{n}{word}")].iter().any(|mark| {
        text.match_indices(mark.as_str()).any(|(at, _)| {
            text[..at].chars().next_back().is_none_or(|c| {
                ends_sentence(c) || is_blank(c) || matches!(half_width(c), '\n' | '\r' | ';' | ':' | ')')
            })
        })
    })
}

/// References to chapters, articles and their parts that this instrument does not have: only where it is whole, from
/// its first article to the one that puts it in force or says who explains it.
fn beyond(document: &Document, paper: &Paper, marks: &[Mark], articles: &[Mark], out: &mut Vec<Diagnostic>) {
    let prose = document.prose();
    let (Some(first), Some(last)) = (articles.first(), articles.last()) else { return };
    let whole = first.number == 1
        && articles.len() >= 3
        && ["施行", "实施", "执行", "解释"].iter().any(|w| last.line.of(prose).contains(w));
    let Some(name) = own_name(first.line.of(prose)).filter(|_| whole) else { return };
    let instrument = Instrument { prose, marks, articles, name, end: paper.body.end };
    // A reference in a row (第七条、第八条) is of the same text as the one before it.
    let mut row: Option<(usize, bool)> = None;
    for event in document.events().within(paper.body).of(Class::ITEM).filter(|e| e.c == '第') {
        let start = event.at;
        let Some(found) = Reference::read(prose, start, paper.body.end) else { continue };
        let link = row.and_then(|(end, own)| prose.get(end..start).map(|link| (link.trim_matches(is_blank), own)));
        let own = match link {
            Some(("、" | "和" | "及" | "或" | "或者" | "至" | "以及" | "与", own)) => own,
            _ => instrument.is_own(start),
        };
        row = Some((found.span.end, own));
        if own && let Some(words) = instrument.lacks(&found) {
            out.push(instrument.report(&found, words));
        }
    }
}

/// A reference to a chapter or an article: 第九条第二款, 第三条第（四）项.
struct Reference {
    span: Span,
    unit: Unit,
    number: u64,
    /// 款.
    paragraph: Option<u64>,
    /// 项.
    item: Option<u64>,
}

impl Reference {
    /// The reference that begins at `start`.
    fn read(prose: &str, start: usize, end: usize) -> Option<Self> {
        let text = &prose[start..end];
        let (number, after) = text.strip_prefix('第').and_then(number)?;
        let (unit, after) = match after.strip_prefix('条') {
            Some(after) => (Unit::Article, after),
            None => (Unit::Chapter, after.strip_prefix('章')?),
        };
        let (paragraph, after) = part(after, '款');
        let (item, after) = part(after, '项');
        Some(Self { span: Span::new(start, end - after.len()), unit, number, paragraph, item })
    }
}

/// 第二款 or 第（二）项 at the start of the text, and what follows it.
fn part(text: &str, unit: char) -> (Option<u64>, &str) {
    let open = |c: char| is_blank(c) || matches!(c, '（' | '(');
    let close = |c: char| is_blank(c) || matches!(c, '）' | ')');
    let found = text.strip_prefix('第').and_then(|t| {
        let (n, rest) = number(t.trim_start_matches(open))?;
        Some((n, rest.trim_start_matches(close).strip_prefix(unit)?))
    });
    found.map_or((None, text), |(n, rest)| (Some(n), rest))
}

/// A whole instrument in articles.
struct Instrument<'a> {
    prose: &'a str,
    marks: &'a [Mark],
    articles: &'a [Mark],
    /// What it calls itself: 本办法.
    name: &'a str,
    /// Where its body ends.
    end: usize,
}

impl Instrument<'_> {
    /// Whether a reference here is to this instrument: 本办法第九条; or 违反第九条 in an article that names no other text
    /// before it.
    fn is_own(&self, start: usize) -> bool {
        const VERBS: WordList = words!["违反", "依照", "按照", "根据", "依据", "适用", "符合"];
        let head = self.prose[..start].trim_end_matches(is_blank);
        if head.ends_with(self.name) {
            return true;
        }
        if VERBS.ends(head).is_none() || self.articles.last().is_some_and(|last| start > last.line.end) {
            return false;
        }
        let Some(article) = self.articles.iter().rfind(|a| a.span.end <= start) else { return false };
        let before = self.prose[article.span.end..start].replace(self.name, "");
        !["》", "法", "条例", "合同", "协议", "“"].iter().any(|w| before.contains(w))
    }

    /// What the instrument lacks of what is referred to.
    fn lacks(&self, found: &Reference) -> Option<Words> {
        let last = self.marks.iter().filter(|m| m.unit == found.unit).max_by_key(|m| m.number);
        let said = found.span.of(self.prose);
        if found.unit == Unit::Chapter {
            let end = last.map_or("不分章".to_owned(), |m| format!("最后一章是{}", m.span.of(self.prose)));
            return last.is_none_or(|m| found.number > m.number).then(|| {
                Words::new(
                    format!("所指的章不存在：{said}，而本文{end}"),
                    format!("no such chapter in this text: {said}"),
                )
            });
        }
        let last = last?;
        if found.number > last.number {
            let end = last.span.of(self.prose);
            return Some(Words::new(
                format!("所指的条文不存在：{}{said}，而本文最后一条是{end}", self.called(found)),
                format!("no such article: {said}, but the last article of this text is {end}"),
            ));
        }
        let text = self.text_of(found.number)?;
        let paragraphs = text.lines().filter(|l| !l.trim_start_matches(is_blank).starts_with(['（', '('])).count();
        let items = text.match_indices(['（', '(']).filter_map(|(at, open)| bracketed(&text[at + open.len()..])).max();
        let few = found.paragraph.is_some_and(|n| n > paragraphs as u64);
        let short = items.zip(found.item).is_some_and(|(most, n)| n > most);
        let part = if few { "款" } else { "项" };
        (few || short).then(|| {
            Words::new(
                format!("所指的{part}不存在：{said}，而该条没有这么多{part}"),
                format!("no such part of the article: {said}"),
            )
        })
    }

    /// The name that stands before a reference, if it does.
    fn called(&self, found: &Reference) -> &str {
        let named = self.prose[..found.span.start].trim_end_matches(is_blank).ends_with(self.name);
        if named { self.name } else { "" }
    }

    /// The text of the article with this number, up to the next mark of any unit.
    fn text_of(&self, number: u64) -> Option<&str> {
        let at = self.marks.iter().position(|m| m.unit == Unit::Article && m.number == number)?;
        let end = self.marks.get(at + 1).map_or(self.end, |m| m.line.start);
        self.prose.get(self.marks[at].span.end..end)
    }

    fn report(&self, found: &Reference, words: Words) -> Diagnostic {
        let last = self.marks.iter().rfind(|m| m.unit == found.unit).or(self.articles.last());
        let help = Words::new("请核对所引章、条、款、项的序号。", "Check the number of what is referred to.");
        let report = Diagnostic::at(&NUMBER_ARTICLE, found.span, words)
            .help(help)
            .data("fault", "beyond")
            .data("found", found.span.of(self.prose));
        match last {
            Some(last) => report
                .label(last.span, Words::new("最后一个序号", "the last number"))
                .data("last", last.span.of(self.prose)),
            None => report,
        }
    }
}

/// The number of an item whose bracket was just opened.
fn bracketed(text: &str) -> Option<u64> {
    number(text).filter(|(_, rest)| rest.starts_with(['）', ')'])).map(|(n, _)| n)
}

/// What the instrument calls itself: 制定本办法 in its first article.
fn own_name(first: &str) -> Option<&str> {
    const KINDS: [&str; 14] =
        ["办法", "规定", "细则", "条例", "规则", "制度", "规程", "章程", "准则", "法", "方案", "意见", "预案", "守则"];
    let at = first.find("制定本").or_else(|| first.find("制订本"))? + "制定".len();
    let kind = KINDS.iter().find(|k| first[at + "本".len()..].starts_with(**k))?;
    Some(&first[at..at + "本".len() + kind.len()])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outline::Outline;

    fn found(text: &str) -> Vec<String> {
        let document = crate::rules::draft(text);
        let outline = Outline::new(&document);
        let mut out = Vec::new();
        let marks = marks(&document, &outline.papers[0]);
        let articles = read(&document, &marks, false, &mut out);
        beyond(&document, &outline.papers[0], &marks, &articles, &mut out);
        out.iter().map(|d| d.data["found"].as_str().unwrap_or_default().to_owned()).collect()
    }

    /// Articles run through the chapters, chapters begin anew after a table of contents, sections in every chapter.
    #[test]
    fn rows() {
        assert_eq!(found("第一章 总则\n第二章 附则\n第一章 总则\n第一条 甲。\n第二章 附则\n第二条 乙。"), [""; 0]);
        assert_eq!(found("第一节 甲\n第一条 甲。\n第二节 乙\n第二条 乙。\n第二章 丙\n第一节 甲\n第三条 丙。"), [""; 0]);
        assert_eq!(found("第一条 甲。\n第二条 乙。\n第二条 丙。\n第三条 丁。"), ["第二条"]);
        assert_eq!(found("第一条 甲。\n第一条 乙。\n第二条 丙。\n第三条 丁。"), ["第一条"]);
        assert_eq!(found("第１条 甲。\n第２条 乙。\n第４条 丙。"), ["第４条"]);
    }

    /// What a text refers to within itself must be there.
    #[test]
    fn references() {
        let all = |third: &str| {
            let head = "第一章 总则\n第一条 为规范甲，制定本细则。\n第二条 乙包括：\n（一）子；\n（二）丑。\n丙。";
            found(&format!("{head}\n第二章 附则\n第三条 {third}\n第四条 本细则由丁解释。"))
        };
        assert_eq!(all("违反第五条、第六条的，丙。"), ["第五条", "第六条"]);
        assert_eq!(all("违反本细则第三章的，丙。"), ["第三章"]);
        assert_eq!(all("依照本细则第二条第三款办理。"), ["第二条第三款"]);
        assert_eq!(all("依照第二条第（三）项办理。"), ["第二条第（三）项"]);
        for text in [
            "违反第一条、第二条第二款的，丙。",
            "依照第二条第（二）项办理。",
            "依照《甲法》办理，违反第九条的，丙。",
            "违反甲法第九条、第十条的，丙。",
            "依照该条例第八条、第九章办理。",
            "甲、乙两方按合同，违反第九条的，丙。",
        ] {
            assert_eq!(all(text), [""; 0], "{text}");
        }
    }

    /// Articles that are quoted or collected are no row.
    #[test]
    fn no_rows() {
        assert_eq!(found("第三条 甲。\n第十七条 乙。\n第四十二条 丙。"), [""; 0]);
        assert_eq!(found("一、增加：\n“第五条 甲。\n第七条 乙。”\n二、将：\n“第六条 丙。”"), [""; 0]);
        assert_eq!(found("第一条 甲。第二条 乙。\n第三条 丙。\n第四条 丁。"), [""; 0]);
        assert_eq!(found("第一条 甲。\n第二条 乙，依照本办法\n第九条规定办理。\n第三条 丙。"), [""; 0]);
    }
}
