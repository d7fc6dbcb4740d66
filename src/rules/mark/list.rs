//! Marks after the numbers of headings and items.

use super::Scene;
use crate::diagnostic::{Diagnostic, Words};
use crate::outline::Heading;
use crate::rules::declare_rule;
use crate::text::{BlockKind, Span, half_width, is_blank};

declare_rule! {
    /// 结构层次序数后面的标点：“一、”用顿号，“（一）”之后不加标点，“1.”用下脚点，“（1）”之后不加标点。“1、”“（一）、”是常见的误用。
    ///
    /// ```hit
    /// 1、完善制度。修订文件3件。
    /// 2、强化培训。办班2期。
    /// ```
    ///
    /// ```hit
    /// 重点抓好：（一）、清理文件；（二）、公开结果。
    /// ```
    ///
    /// 同一写法在一份文件里只报一次，注明处数。“第1、2项”“1、2、3号标段”是并列，不是序数；表格里的编号不报。
    ///
    /// ```miss
    /// 1. 完善制度，第1、2项由司法局负责。
    /// （二）强化培训，对照1、2、3号清单核查。
    /// ```
    ///
    /// 依据：《党政机关公文格式》（GB/T 9704—2012）7.3.3，《标点符号用法》（GB/T 15834—2011）附录B。
    ///
    /// `data`：`found` 首处的写法，`expected` 应为，`count` 处数。
    ///
    /// `1、` and `（一）、`, told once a paper with their count.
    MARK_LIST = "mark-list", Warning,
    zh: "层次序数后的标点不当",
    en: "the wrong mark after the number of a heading or an item",
}

/// How many further places are shown.
const SHOWN: usize = 3;

pub(super) fn find(scene: Scene<'_>, out: &mut Vec<Diagnostic>) {
    let mut headings: Vec<&Heading> = scene.paper.headings.iter().chain(&scene.paper.annexes).collect();
    headings.sort_by_key(|h| h.marker.start);
    let rows: Vec<Span> = scene.blocks().filter(|b| b.kind == BlockKind::Row).map(|b| b.span).collect();
    let in_row = |span: Span| {
        let next = rows.partition_point(|r| r.start <= span.start);
        next.checked_sub(1).is_some_and(|i| rows[i].contains(span))
    };
    for bracketed in [false, true] {
        let places: Vec<Span> =
            headings.iter().filter_map(|h| place(scene, h, bracketed)).filter(|&s| !in_row(s)).collect();
        let Some((&first, further)) = places.split_first() else { continue };
        let found = first.of(scene.prose);
        let number = found.trim_end_matches('、').trim_end_matches(is_blank);
        let expected = if bracketed { number.to_owned() } else { format!("{number}.") };
        let more = further.len();
        let (again_zh, again_en) = match more {
            0 => (String::new(), String::new()),
            _ => (format!("（全文共{}处）", more + 1), format!(" ({} places in this paper)", more + 1)),
        };
        let words = if bracketed {
            Words::new(
                format!("“{number}”之后不加顿号{again_zh}"),
                format!("no mark follows a number in brackets: {expected}, not {found}{again_en}"),
            )
        } else {
            Words::new(
                format!("序数“{number}”之后用下脚点“{expected}”，不用顿号{again_zh}"),
                format!("a full stop follows the number: {expected}, not {found}{again_en}"),
            )
        };
        let mut finding = Diagnostic::at(&MARK_LIST, first, words);
        for &span in further.iter().take(SHOWN) {
            finding = finding.label(span, Words::new("同样写法", "the same again"));
        }
        out.push(
            finding
                .source("《党政机关公文格式》（GB/T 9704—2012）7.3.3")
                .data("found", found)
                .data("expected", expected)
                .data("count", more + 1),
        );
    }
}

/// The number with its wrong mark.
fn place(scene: Scene<'_>, heading: &Heading, bracketed: bool) -> Option<Span> {
    let marker = heading.marker.of(scene.prose);
    if bracketed {
        let closed = marker.chars().next_back().map(half_width) == Some(')');
        let rest = &scene.prose[heading.marker.end..];
        let words = rest.trim_start_matches(is_blank);
        let end = heading.marker.end + (rest.len() - words.len()) + '、'.len_utf8();
        return (closed && words.starts_with('、')).then(|| Span::new(heading.marker.start, end));
    }
    (heading.level == 3 && marker.ends_with('、')).then_some(heading.marker)
}
