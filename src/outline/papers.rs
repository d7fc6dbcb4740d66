//! Where one paper of a file ends and the next begins (篇一：…篇二：…).

use memchr::memmem;

use super::marks::page_residue;
use crate::text::{Span, chinese_integer, half_width, is_blank, is_chinese_numeral};

/// The longest line that may announce a paper at its end (法治工作总结篇二), in characters.
const LONGEST: usize = 40;

/// The lines of one paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Part {
    /// Index of its first line.
    pub(super) first: usize,
    /// Index of its first line after the one that announces it.
    pub(super) own: usize,
    /// One past the index of its last line.
    pub(super) end: usize,
    /// What stands beside 篇N on the line that announces it.
    pub(super) name: Option<Span>,
}

/// Parts the lines of a document into papers. A file without 篇一 is one paper; so is one where the numbers do not
/// climb from one, or where only a single 第一篇 stands.
pub(super) fn split(text: &str, lines: &[Span]) -> Vec<Part> {
    let whole = vec![Part { first: 0, own: 0, end: lines.len(), name: None }];
    if memmem::find(text.as_bytes(), "篇".as_bytes()).is_none() {
        return whole;
    }
    let mut found: Vec<(usize, u64, Span)> = Vec::new();
    for (i, &line) in lines.iter().enumerate().filter(|(_, line)| line.of(text).contains('篇')) {
        if let Some((number, name)) = announcement(text, line) {
            let expected = found.last().map_or(1, |last| last.1 + 1);
            if number == expected {
                found.push((i, number, name));
            }
        }
    }
    if found.len() < 2 {
        return whole;
    }
    let ends = found.iter().skip(1).map(|next| next.0).chain([lines.len()]);
    found
        .iter()
        .zip(ends)
        .map(|(&(first, _, name), end)| Part { first, own: first + 1, end, name: (!name.is_empty()).then_some(name) })
        .collect()
}

/// The number of a line that announces a paper, and what stands beside it.
fn announcement(text: &str, line: Span) -> Option<(u64, Span)> {
    let words = line.of(text);
    let open = page_residue(words);
    let bracket = |c: char| is_blank(c) || matches!(c, '【' | '】' | '[' | ']' | '(' | ')' | '（' | '）');
    let start = words[open..].trim_start_matches(bracket);
    let spread = line.end - start.len();
    let after_number = |rest: &str| {
        let solid = rest.trim_start_matches(is_blank);
        number(solid).map(|(n, len)| (n, rest.len() - solid.len() + len))
    };
    // 篇一：…, 【篇二】…
    if let Some(rest) = start.strip_prefix('篇') {
        let (n, len) = after_number(rest)?;
        return ends_announcement(&rest[len..])
            .map(|skip| (n, Span::new(line.end - rest.len() + len + skip, line.end)));
    }
    // 第一篇：…
    if let Some((n, len)) = start.strip_prefix('第').and_then(after_number) {
        let rest = start['第'.len_utf8() + len..].strip_prefix('篇')?;
        return ends_announcement(rest).map(|skip| (n, Span::new(line.end - rest.len() + skip, line.end)));
    }
    // …总结篇二
    if words.chars().count() > LONGEST {
        return None;
    }
    let at = start.rfind('篇')?;
    let (n, len) = after_number(&start[at + '篇'.len_utf8()..])?;
    let whole = at + '篇'.len_utf8() + len == start.trim_end_matches(bracket).len();
    (whole && at > 0 && !start[..at].ends_with('第')).then(|| (n, Span::new(spread, spread + at)))
}

/// Whether 篇N ends here: the bytes of the marks between it and the name of the paper.
fn ends_announcement(rest: &str) -> Option<usize> {
    let name = rest.trim_start_matches(|c| is_blank(c) || matches!(half_width(c), ':' | '、' | ']' | ')' | '】' | '.'));
    (rest.is_empty() || name.len() < rest.len()).then(|| rest.len() - name.len())
}

/// A number in Chinese or in digits at the start of the text.
fn number(text: &str) -> Option<(u64, usize)> {
    let digits: usize = text.chars().take(3).take_while(|&c| half_width(c).is_ascii_digit()).map(char::len_utf8).sum();
    if digits > 0 {
        let value: String = text[..digits].chars().map(half_width).collect();
        return Some((value.parse().ok()?, digits));
    }
    let run: usize = text.chars().take(4).take_while(|&c| is_chinese_numeral(c)).map(char::len_utf8).sum();
    Some((chinese_integer(&text[..run])?, run))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> Vec<(usize, usize, Option<&str>)> {
        let mut at = 0;
        let mut lines = Vec::new();
        for line in text.split('\n') {
            lines.push(Span::new(at, at + line.len()));
            at += line.len() + 1;
        }
        split(text, &lines).into_iter().map(|p| (p.first, p.end, p.name.map(|n| n.of(text)))).collect()
    }

    /// The ways in which collections announce their papers.
    #[test]
    fn announced() {
        let text = "汇编3篇，供参考。\n篇一：清单\n一、甲\n篇二：报告\n一、乙\n篇三\n一、丙";
        assert_eq!(parts(text), [(1, 3, Some("清单")), (3, 5, Some("报告")), (5, 7, None)]);
        assert_eq!(parts("第一篇 甲\n一\n第二篇 乙\n二"), [(0, 2, Some("甲")), (2, 4, Some("乙"))]);
        assert_eq!(parts("【篇1】甲\n一\n【篇2】乙\n二"), [(0, 2, Some("甲")), (2, 4, Some("乙"))]);
        assert_eq!(parts("工作总结篇一\n一\n工作总结篇二\n二"), [(0, 2, Some("工作总结")), (2, 4, Some("工作总结"))]);
    }

    /// A single mention, a chapter and numbers that do not climb part nothing.
    #[test]
    fn not_announced() {
        for text in
            ["第一篇章\n正文", "篇一：甲\n正文", "第一篇：导论\n正文", "发表论文三篇\n篇二\n正文", "篇二：乙\n篇三：丙"]
        {
            assert_eq!(parts(text).len(), 1, "{text}");
        }
    }
}
