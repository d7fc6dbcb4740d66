//! Short hyphens in ranges of numbers.

use super::{Part, Scene, before};
use crate::diagnostic::{Diagnostic, Words};
use crate::rules::declare_rule;
use crate::text::{Class, Span, book_titles, half_width, is_blank, is_han, is_within};

declare_rule! {
    /// 数值、年份的起止用一字线“—”或浪纹线“～”，不用短横线“-”和半角“~”。这类写法很常见，也不致误解，所以默认不运行；运行时每份文件只
    /// 提示一次，注明处数。
    ///
    /// ```hit
    /// 实施期限为2021-2025年，抽查比例为15-20%。
    /// ```
    ///
    /// 电话号码、2024-03-05这样的日期、型号和标准号、书名号里的名称不报。
    ///
    /// ```miss
    /// 实施期限为2021—2025年，联系电话0558-8812345，发布日期2024-03-05，执行GB/T 9704-2012。
    /// ```
    ///
    /// 依据：《标点符号用法》（GB/T 15834—2011）4.13。
    ///
    /// `data`：`found` 首处，`count` 处数。
    ///
    /// A hyphen in a range of numbers, told once a paper.
    MARK_RANGE = "mark-range", Info off,
    zh: "数值、年份的起止用了短横线",
    en: "a hyphen in a range of numbers",
}

pub(super) fn find(scene: Scene<'_>, out: &mut Vec<Diagnostic>) {
    let mut places = Vec::new();
    for &Part { block, text, events, .. } in scene.parts {
        let hyphens = events.of(Class::DASH).filter(|e| matches!(e.c, '-' | '~'));
        let mut ranges = hyphens.filter_map(|e| range(text, e.span().within(block.span.start))).peekable();
        if ranges.peek().is_some() {
            let titles = book_titles(text);
            places.extend(ranges.filter(|&span| !is_within(&titles, span)).map(|span| span.shifted(block.span.start)));
        }
    }
    let Some(&first) = places.first() else { return };
    let (found, count) = (first.of(scene.prose), places.len());
    let words = Words::new(
        format!("起止用一字线“—”或浪纹线“～”，不用短横线：“{found}”（全文共{count}处）"),
        format!("a range takes — or ～, not a hyphen: {found} ({count} in this paper)"),
    );
    out.push(
        Diagnostic::at(&MARK_RANGE, first, words)
            .source("《标点符号用法》（GB/T 15834—2011）4.13")
            .data("found", found)
            .data("count", count),
    );
}

/// The two numbers around a hyphen, where they are a range.
fn range(text: &str, mark: Span) -> Option<Span> {
    let part = |c: &char| half_width(*c).is_ascii_digit() || matches!(c, '.' | '%' | '％' | '年' | '月' | '日');
    let head: usize = text[..mark.start].chars().rev().take(9).take_while(part).map(char::len_utf8).sum();
    let tail: usize = text[mark.end..]
        .chars()
        .take(9)
        .take_while(|c| half_width(*c).is_ascii_digit() || *c == '.')
        .map(char::len_utf8)
        .sum();
    let (start, end) = (mark.start - head, mark.end + tail);
    let first = &text[start..mark.start];
    let digits = |run: &str| run.chars().filter(|&c| half_width(c).is_ascii_digit()).count();
    // A telephone number begins with 0 or is long; a date and a model have another hyphen or a letter.
    let number = digits(first) > 0 && tail > 0 && digits(first) <= 4 && digits(&text[mark.end..end]) <= 4;
    let open = before(text, start).is_none_or(|c| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '/' | ' '));
    let rest = text[end..].trim_start_matches(is_blank);
    let unit = rest.chars().next().is_some_and(|c| is_han(c) || matches!(c, '%' | '％' | '℃' | '‰'));
    (number && open && unit && !first.starts_with(['0', '０'])).then(|| Span::new(start, end))
}
