//! Numbers of chapters, sections and articles that skip, repeat or step back.

use crate::diagnostic::{Diagnostic, Words};
use crate::outline::Paper;
use crate::rules::series::{Fault, Series};
use crate::rules::{Check, Context, declare_rule};
use crate::text::{
    Document, Span, chinese_integer, chinese_numeral, ends_sentence, half_width, is_blank, is_chinese_numeral,
};

declare_rule! {
    /// 办法、规定、条例等以“第一条”“第二条”分条的文件，条号应当从头到尾连续，不因分章另起；章号、节号也应当连续。跳号、重号多半是
    /// 增删条文后没有重排。文中“本办法第N条”所指的条，也必须在本文件之内。
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
    /// 只看行首的条号，并且全文确实是成串的条文。以下写法不报：
    ///
    /// - 引用别的文件的条文：“依照《档案法》第八条”；
    /// - 修改决定：“将第五条修改为”“删去第九条”“增加一条，作为第十条”，以及引号内的新条文；
    /// - “第十七条之一”；
    /// - 目录之后章号从头再来，节号在每章之下、章号在每编之下从头再来；
    /// - 节选的条文从中间开始，或者有“节选”“略”字样。
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
    /// `data`：`fault`（`gap` 跳号、`repeat` 重号、`back` 倒退、`beyond` 所指的条不存在），`previous`、`expected`、`found`；
    /// `beyond` 时为 `last`（最后一条）、`found`。
    ///
    /// Articles are numbered through the whole instrument, chapters within it, sections within a chapter. Quoted articles,
    /// amendments and extracts are left alone.
    NUMBER_ARTICLE = "number-article", Error,
    zh: "章、节、条的序号跳号、重号或倒退",
    en: "numbers of chapters, sections or articles skip, repeat or step back",
}

pub(super) static CHECK: Check = Check { rules: &[&NUMBER_ARTICLE], run };

/// More missing numbers than these are an extract, not a slip.
const WIDEST_GAP: u64 = 3;
/// The most characters of a number (一千二百三十四).
const NUMERALS: usize = 9;
/// The most bytes of a chapter's line: a longer one is running text.
const CHAPTER_LINE: usize = 120;

fn run(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for paper in &cx.outline.papers {
        let marks = marks(cx.document, paper);
        let before = out.len();
        let articles = read(cx.document, &marks, out);
        if out.len() == before {
            beyond(cx.document, paper, &articles, out);
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
    let mut broken = false;
    for block in document.blocks_in(paper.body) {
        let text = block.span.of(prose);
        let words = text.trim_start_matches(is_blank);
        let start = block.span.end - words.len();
        // A new article within an amendment: “第五条 …, up to the line that closes the quotation.
        if words.starts_with(['“', '"']) && words.chars().nth(1) == Some('第') {
            quoted = true;
        }
        if !quoted
            && !broken
            && let Some((unit, number, len)) = mark(words)
        {
            out.push(Mark { unit, number, span: Span::new(start, start + len), line: block.span });
        }
        let end = words.trim_end_matches(is_blank);
        if quoted && (end.ends_with(['”', '"']) || end.ends_with("”。") || end.ends_with("”；")) {
            quoted = false;
        }
        // 依照本办法 / 第五条的规定: the line goes on.
        broken = end.ends_with(['，', ',', '、', '按', '照', '据', '和', '或', '及', '》', '与'])
            || end.ends_with("规定")
            || end.ends_with("本法")
            || end.ends_with("本办法");
    }
    out
}

/// The mark at the start of a line: its unit, number and length.
fn mark(line: &str) -> Option<(Unit, u64, usize)> {
    let rest = line.strip_prefix('第')?;
    let (number, after) = number(rest)?;
    let units =
        [("分编", Unit::Part), ("编", Unit::Book), ("章", Unit::Chapter), ("节", Unit::Section), ("条", Unit::Article)];
    let (unit, after) = units.into_iter().find_map(|(word, unit)| Some((unit, after.strip_prefix(word)?)))?;
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
    const RUNNING: [&str; 30] = [
        "规定", "至", "到", "、", "和", "及", "与", "或", "第", "之", "的", "所", "修改", "改为", "中", "增加", "删",
        "款", "项", "以", "，", "；", "。", "—", "-", "～", "例", "线", "作为", "移",
    ];
    (!RUNNING.iter().any(|w| words.starts_with(w))).then_some((unit, number, len))
}

/// The number at the start of the text, and what follows it.
fn number(text: &str) -> Option<(u64, &str)> {
    let text = text.trim_start_matches(is_blank);
    let digits = |c: char| half_width(c).is_ascii_digit();
    let first = text.chars().next()?;
    let after =
        if digits(first) { text.trim_start_matches(digits) } else { text.trim_start_matches(is_chinese_numeral) };
    let run = &text[..text.len() - after.len()];
    if run.chars().count() > NUMERALS {
        return None;
    }
    let value = if digits(first) {
        run.chars().map(half_width).collect::<String>().parse().ok()?
    } else {
        chinese_integer(run)?
    };
    (1..=2000).contains(&value).then_some((value, after.trim_start_matches(is_blank)))
}

/// Reads the marks in order and tells the faults; the articles, where they are one row without a fault.
fn read(document: &Document, marks: &[Mark], out: &mut Vec<Diagnostic>) -> Vec<Mark> {
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
        } else if let Some(fault) = fault(document, marks, series, i) {
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

fn fault(document: &Document, marks: &[Mark], series: &Series, i: usize) -> Option<Diagnostic> {
    let (mark, previous) = (&marks[i], &marks[series.at]);
    let (n, expected) = (mark.number, series.next());
    let between = &document.prose()[previous.span.end..mark.span.start];
    let fault = series.fault(n);
    let explained = match fault {
        Fault::Gap => n - expected > WIDEST_GAP || (expected..n).any(|k| stands_in(between, k, mark.unit)),
        Fault::Repeat | Fault::Back => stands_in(between, 1, mark.unit),
    };
    let extract = ["节选", "摘录", "摘要", "（略）", "(略)", "……", "省略"].iter().any(|w| between.contains(w));
    if explained || extract {
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

/// References to articles of this instrument that it does not have: only where it is whole, from its first article to
/// the one that puts it in force.
fn beyond(document: &Document, paper: &Paper, articles: &[Mark], out: &mut Vec<Diagnostic>) {
    let prose = document.prose();
    let (Some(first), Some(last)) = (articles.first(), articles.last()) else { return };
    let whole = first.number == 1
        && articles.len() >= 3
        && ["施行", "实施", "执行"].iter().any(|w| last.line.of(prose).contains(w));
    let Some(name) = own_name(first.line.of(prose)).filter(|_| whole) else { return };
    for (at, _) in paper.body.of(prose).match_indices(name) {
        let start = paper.body.start + at + name.len();
        let rest = &prose[start..paper.body.end];
        let words = rest.trim_start_matches(is_blank);
        let Some((n, after)) = words.strip_prefix('第').and_then(number) else { continue };
        let Some(after) = after.strip_prefix('条') else { continue };
        if n <= last.number {
            continue;
        }
        let end = paper.body.end - after.len();
        let span = Span::new(end - (words.len() - after.len()), end);
        let (found, end) = (document.slice(span), document.slice(last.span));
        let words = Words::new(
            format!("所指的条文不存在：{name}{found}，而本文最后一条是{end}"),
            format!("no such article: {name}{found}, but the last article of this text is {end}"),
        );
        let help = Words::new("请核对所引条文的序号。", "Check the number of the article that is referred to.");
        out.push(
            Diagnostic::at(&NUMBER_ARTICLE, span, words)
                .label(last.span, Words::new("最后一条", "the last article"))
                .help(help)
                .data("fault", "beyond")
                .data("last", end)
                .data("found", found),
        );
    }
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
        let articles = read(&document, &marks(&document, &outline.papers[0]), &mut out);
        beyond(&document, &outline.papers[0], &articles, &mut out);
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

    /// Articles that are quoted or collected are no row.
    #[test]
    fn no_rows() {
        assert_eq!(found("第三条 甲。\n第十七条 乙。\n第四十二条 丙。"), [""; 0]);
        assert_eq!(found("一、增加：\n“第五条 甲。\n第七条 乙。”\n二、将：\n“第六条 丙。”"), [""; 0]);
        assert_eq!(found("第一条 甲。第二条 乙。\n第三条 丙。\n第四条 丁。"), [""; 0]);
        assert_eq!(found("第一条 甲。\n第二条 乙，依照本办法\n第九条规定办理。\n第三条 丙。"), [""; 0]);
    }
}
