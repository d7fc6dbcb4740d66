//! Counts of listed things: a number of things, and the list that names them all.
//!
//! The list must be the whole list: items that number themselves, a list that 即 or 分别为 or a colon opens and a full
//! stop closes, titles or quotations that stand right before their number, the levels of 四级. A list that 等 leaves
//! open proves only that there are not fewer things than it names. 和 may join two items or stand inside one, so a list
//! has a least and a greatest length, and a number conflicts with it only outside of both.

mod list;
mod ordinal;
mod stated;

use super::Claim;
use super::exact::{Interval, whole};
use super::verdict::{Verdict, Why, Working};
use crate::text::{Block, Span};

/// The things that a text names.
#[derive(Debug)]
struct Items {
    /// How many.
    listed: usize,
    /// Where they stand.
    spans: Vec<Span>,
}

pub(super) fn find(text: &str, blocks: &[Block], out: &mut Vec<Claim>) {
    ordinal::find(text, blocks, out);
    list::find(text, blocks, out);
}

fn working(items: &Items, said: Span, stated: usize) -> Working {
    let number = |n: usize| whole(i128::try_from(n).unwrap_or_default());
    let (listed, stated) = (number(items.listed), number(stated));
    Working::plain(listed, stated, Interval::point(listed), Interval::point(stated), said)
}

/// The number is the length of the list.
fn settle(items: &Items, said: Span, stated: usize) -> Verdict {
    Verdict::Agrees(working(items, said, stated))
}

/// The number is not the length of the list, unless there is a reason to doubt that the list is all there.
fn conflict_or(items: &Items, said: Span, stated: usize, doubt: Option<Why>) -> Verdict {
    doubt.map_or_else(|| Verdict::Conflicts(working(items, said, stated)), Verdict::Unknown)
}
