//! Rows of marks that are no headings of the four levels: ①②③, 1) 2), A. B., 第一部分, 1.1 1.2.

use crate::diagnostic::{Diagnostic, Words};
use crate::outline::Paper;
use crate::rules::number_heading::NUMBER_HEADING;
use crate::rules::series::{Numbered, gaps, number};
use crate::text::{
    Class, Document, Span, chinese_numeral, half_width, is_blank, is_chinese_numeral, is_digit, is_han, leads_han,
    trim_blank_end,
};

/// The most characters of a line that is a title (第一部分　工作回顾).
const TITLE: usize = 40;

/// What such a mark may begin with.
const STARTS: Class = Class::CIRCLED.or(Class::LETTER).or(Class::COUNTER).or(Class::DIGIT).or(Class::ITEM);

/// Tells the gaps in such rows of a paper.
pub(super) fn read(document: &Document, paper: &Paper, out: &mut Vec<Diagnostic>) {
    let prose = document.prose();
    // Of parts without a title above them the first is taken for one.
    let start = paper.title.filter(|t| part(t.of(prose)).is_some()).map_or(paper.body.start, |t| t.start);
    let mut marks = Vec::new();
    let whole = Span::new(start.min(paper.body.start), paper.body.end);
    let mut events = document.events().walk(whole.start);
    for block in document.blocks_in(whole) {
        let text = block.span.of(prose);
        for opening in events.next(block.span).openings(block.span.start, STARTS) {
            let at = opening.at - block.span.start;
            let opens_line = trim_blank_end(&text[..at]).is_empty();
            if let Some((key, number, len)) = mark(&text[at..], opens_line) {
                let span = Span::new(at, at + len).shifted(block.span.start);
                marks.push(Numbered { key, number, span, opens_line });
            }
        }
    }
    let headings: Vec<usize> = paper.headings.iter().map(|h| h.marker.start).collect();
    let parted = |last: &Numbered, mark: &Numbered| {
        let between = &prose[last.span.end..mark.span.start];
        let lines = between.contains(['\n', '\r']);
        let next = headings.get(headings.partition_point(|&at| at < last.span.end));
        let headed = next.is_some_and(|&at| at < mark.span.start);
        // Parts and 1.1 stand above the headings; what is numbered within them begins anew.
        let own = last.key == PART || last.key.ends_with('.');
        (lines && !(last.opens_line && mark.opens_line)) || (headed && !own)
    };
    for (last, mark) in gaps(&marks, parted) {
        let between = &prose[last.span.end..mark.span.start];
        let missing = last.number + 1..mark.number;
        let found = mark.span.of(prose);
        if !missing
            .clone()
            .any(|n| between.contains(renumbered(found, n).trim_end_matches(['.', '．', '、', ')', '）'])))
        {
            out.push(report(prose, last, mark));
        }
    }
}

/// The key of the marks of parts.
const PART: &str = "部分";

/// The mark at the start of a clause: the key of its row, its number and its length.
fn mark(rest: &str, opens_line: bool) -> Option<(String, u64, usize)> {
    let first = rest.chars().next()?;
    if ('①'..='⑳').contains(&first) {
        let len = first.len_utf8();
        return goes_on(&rest[len..]).then(|| ("①".to_owned(), u64::from(u32::from(first) - 0x245f), len));
    }
    if let 'A'..='J' = half_width(first) {
        let after = rest[first.len_utf8()..].strip_prefix(['.', '．', '、'])?;
        let number = u64::from(u32::from(half_width(first)) - u32::from('A') + 1);
        return goes_on(after).then(|| ("A".to_owned(), number, rest.len() - after.len()));
    }
    if half_width(first).is_ascii_digit() {
        return digits(rest, opens_line);
    }
    let (number, len) = if opens_line { part(rest)? } else { return None };
    Some((PART.to_owned(), number, len))
}

/// `2)` at the start of a clause, `1.2` at the start of a line.
fn digits(rest: &str, opens_line: bool) -> Option<(String, u64, usize)> {
    // Nearly all numbers count what follows.
    let bare = rest.trim_start_matches(is_digit);
    if bare.as_bytes().first().is_none_or(|&b| leads_han(b)) {
        return None;
    }
    let (n, after) = number(rest).filter(|&(n, _)| n < 100)?;
    if let Some(words) = after.strip_prefix([')', '）']) {
        return goes_on(words).then(|| (")".to_owned(), n, rest.len() - words.len()));
    }
    let (m, words) =
        after.strip_prefix('.').filter(|t| t.starts_with(|c: char| c.is_ascii_digit())).and_then(number)?;
    let len = rest.len() - words.len();
    // 1.2　编制依据; 1.2公里 is a length.
    let parted = rest[..len].ends_with(is_blank) && words.starts_with(is_han) && m < 100;
    let len = rest[..len].trim_end_matches(is_blank).len();
    (opens_line && parted).then(|| (format!("{n}."), m, len))
}

/// 第一部分 at the start of a title: its number and length.
fn part(line: &str) -> Option<(u64, usize)> {
    let (number, after) = line.strip_prefix('第').and_then(number)?;
    let words = after.strip_prefix(PART)?;
    let title = line.chars().nth(TITLE).is_none() && !words.contains(['。', '，', '；']);
    (title && words.starts_with(|c: char| is_blank(c) || c == '：')).then_some((number, line.len() - words.len()))
}

/// Whether words follow a mark: ①项, ①、② and the like refer to it.
fn goes_on(after: &str) -> bool {
    let words = after.trim_start_matches(is_blank);
    words.starts_with(is_han) && !words.starts_with(['项', '号', '和', '及', '至', '或', '类', '级', '款', '线'])
}

/// The mark with another number, in its own kind.
fn renumbered(mark: &str, n: u64) -> String {
    let numeral = |c: char| is_chinese_numeral(c) || half_width(c).is_ascii_digit();
    if mark.starts_with('第') {
        let unit = mark.trim_start_matches('第').trim_start_matches(|c| is_blank(c) || numeral(c));
        let chinese = mark.chars().any(is_chinese_numeral);
        return format!("第{}{unit}", if chinese { chinese_numeral(n) } else { n.to_string() });
    }
    let offset = |base: u32| u32::try_from(n).ok().and_then(|n| char::from_u32(base + n));
    let tail = mark.trim_start_matches(|c: char| !matches!(c, '.' | '．' | '、' | ')' | '）'));
    match mark.chars().next() {
        Some('①'..='⑳') => offset(0x245f).map(String::from).unwrap_or_default(),
        Some(c) if c.is_alphabetic() => offset(0x40).map(|c| format!("{c}{tail}")).unwrap_or_default(),
        _ if tail.starts_with('.') => format!("{}.{n}", &mark[..mark.len() - tail.len()]),
        _ => format!("{n}{tail}"),
    }
}

fn report(prose: &str, last: &Numbered, mark: &Numbered) -> Diagnostic {
    let (previous, found) = (last.span.of(prose), mark.span.of(prose));
    let right = renumbered(found, last.number + 1);
    let words = Words::new(
        format!("序号跳号：“{previous}”之后应为“{right}”，此处写作“{found}”"),
        format!("a number is skipped: {previous} should be followed by {right}, not {found}"),
    );
    let help = Words::new(
        "请核对是否漏写、误删了一项；没有缺漏的，把此处及以后的序号依次改正。",
        "Check whether an item was left out; if not, renumber from here on.",
    );
    Diagnostic::at(&NUMBER_HEADING, mark.span, words)
        .label(last.span, Words::new("前一个序号", "the number before"))
        .help(help)
        .data("fault", "gap")
        .data("previous", previous)
        .data("expected", right)
        .data("found", found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outline::Outline;
    use crate::rules::series::tests::{found_expected, one};

    fn found(text: &str) -> Vec<(String, String)> {
        let document = crate::rules::draft(text);
        let outline = Outline::new(&document);
        let mut out = Vec::new();
        read(&document, &outline.papers[0], &mut out);
        found_expected(&out)
    }

    /// Every kind of mark in its own place, and what only looks like one.
    #[test]
    fn kinds() {
        assert_eq!(found("包括：①甲；②乙；④丙。"), one("④", "③"));
        assert_eq!(found("包括\n①甲；\n②乙；\n④丙。"), one("④", "③"));
        assert_eq!(found("包括：1)甲；2）乙；4）丙。"), one("4）", "3）"));
        assert_eq!(found("包括：A.甲；B.乙；D.丙。"), one("D.", "C."));
        assert_eq!(found("第一部分　甲\n子。\n第二部分　乙\n丑。\n第四部分　丙\n寅。"), one("第四部分", "第三部分"));
        assert_eq!(found("说明\n1.1 甲\n1.2 乙\n1.4 丙"), one("1.4", "1.3"));
        for text in [
            "包括①、②、④三类。",
            "包括：①甲；②乙（含③丙）；④丁。",
            "包括：①甲；③乙。",
            "包括：①甲；②乙。\n另有④丙。",
            "①甲；②乙\n一、丙\n④丁",
            "说明\n1.1万人\n1.2万人\n1.4万人",
            "说明\n1.1 甲\n1.2 乙\n2.1 丙",
            "第一部分的甲、第二部分的乙、第四部分的丙",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }
}
