//! Blanks between Chinese characters and numbers.

use super::{Part, Scene};
use crate::diagnostic::{Diagnostic, Words};
use crate::rules::declare_rule;
use crate::text::{Class, Span, is_blank, is_digit, is_han};

declare_rule! {
    /// 汉字与数字之间的零星空格，多半是修改时留下的。默认不运行；运行时每份文件只提示一次，注明处数。
    ///
    /// ```hit
    /// 全年培训12期、考核3次、抽查40件、通报2件、约谈6人、整改8项、立案5件、结案5件、走访9户、慰问7户、
    /// 建站4个、配备 2人、发放手册100册、开课15场、答疑20次、调解30件、回访11件、移送1件、公示13条、答复14条、办理16件。
    /// ```
    ///
    /// 空格很多的文件是排版或者提取文字的缘故，不报；序号之后的空格不报。
    ///
    /// ```miss
    /// 全年培训 12 期，考核 3 次，抽查 40 件。
    /// ```
    ///
    /// `data`：`found` 首处，`count` 处数。
    ///
    /// Stray blanks between Han and digits, told once a paper; a text that has many was set so.
    MARK_SPACING = "mark-spacing", Info off,
    zh: "汉字与数字之间有零星空格",
    en: "a stray blank between Han and digits",
}

/// One blank in so many places where Han and digits meet is stray; more were set on purpose.
const STRAY: usize = 20;
/// So many blanks are no longer stray, however long the paper.
const MANY: usize = 3;

pub(super) fn find(scene: Scene<'_>, out: &mut Vec<Diagnostic>) {
    let mut places = Vec::new();
    for &Part { block, text, events, .. } in scene.parts {
        if !events.has(Class::DIGIT) {
            continue;
        }
        let mut reached = block.span.start;
        for blank in events.of(Class::BLANK) {
            if blank.at < reached {
                continue;
            }
            let (head, rest) = text.split_at(blank.at - block.span.start);
            let tail = rest.trim_start_matches(is_blank);
            reached = block.span.end - tail.len();
            if let (Some(before), Some(after)) = (head.chars().next_back(), tail.chars().next())
                && meets(before, after)
            {
                places.push(Span::new(blank.at - before.len_utf8(), reached + after.len_utf8()));
            }
        }
    }
    let Some(&first) = places.first() else { return };
    let count = places.len();
    if count >= MANY || count * STRAY > contacts(scene) {
        return;
    }
    let found = first.of(scene.prose);
    let words = Words::new(
        format!("汉字与数字之间有零星空格：“{found}”（全文共{count}处）"),
        format!("a stray blank between Han and digits: {found} ({count} in this paper)"),
    );
    out.push(Diagnostic::at(&MARK_SPACING, first, words).data("found", found).data("count", count));
}

/// In how many places Han and digits meet, blanks between them aside.
fn contacts(scene: Scene<'_>) -> usize {
    let meetings = scene.parts.iter().flat_map(|part| {
        part.events.of(Class::DIGIT).map(|digit| {
            let (head, tail) = part.text.split_at(digit.at - part.block.span.start);
            let before = head.chars().rev().find(|&c| !is_blank(c));
            let after = tail.chars().skip(1).find(|&c| !is_blank(c));
            usize::from(before.is_some_and(is_han)) + usize::from(after.is_some_and(is_han))
        })
    });
    meetings.sum()
}

/// Whether one of the two is Han and the other a digit.
fn meets(a: char, b: char) -> bool {
    (is_han(a) && is_digit(b)) || (is_digit(a) && is_han(b))
}
