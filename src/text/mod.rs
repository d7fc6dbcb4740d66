//! Where things are: spans, lines, columns, documents, and the Chinese integers that number their parts.
//!
//! Every other room speaks in byte [`Span`]s; only this one turns an offset into a line and a column.

mod directive;
mod document;
mod events;
mod integer;
mod joined;
mod line;
mod nearest;
mod sentence;
mod span;
mod words;

pub use directive::{Directive, Verb};
pub use document::{Block, BlockKind, Document};
pub use events::{Class, Event, Events, Stretch, Walk, is_invisible};
pub use integer::{chinese_integer, chinese_numeral, is_chinese_numeral};
pub use joined::{Joined, is_gap, tear};
pub use line::{ColumnUnit, LineIndex, Position, each_filled_line, filled_lines};
pub use nearest::nearest;
pub use sentence::{book_titles, is_within, quotation, sentence, stretch};
pub use span::Span;
pub use words::WordList;
pub(crate) use words::words;

/// Whether the character is a Han character (the unified ideographs and their first extension).
#[inline]
#[must_use]
pub const fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '〇')
}

/// Whether a character of three bytes that begins with this one is Han, or stands among the Han characters: it is no
/// digit, no mark and no blank.
#[inline]
#[must_use]
pub const fn leads_han(byte: u8) -> bool {
    matches!(byte, 0xe4..=0xe9)
}

/// Whether the character is blank: spaces, tabs, the full-width and the no-break space.
#[inline]
#[must_use]
pub const fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\u{3000}' | '\u{a0}' | '\u{2002}' | '\u{2003}' | '\u{2009}' | '\u{200a}')
}

/// The text without the blanks before it.
#[inline]
#[must_use]
pub fn trim_blank_start(text: &str) -> &str {
    // Hardly any text has some.
    let bare = text.as_bytes().first().is_some_and(|&b| leads_han(b) || b.is_ascii_graphic());
    if bare { text } else { text.trim_start_matches(is_blank) }
}

/// The text without the blanks behind it.
#[inline]
#[must_use]
pub fn trim_blank_end(text: &str) -> &str {
    let last_three = text.len().checked_sub('件'.len_utf8()).map(|at| text.as_bytes()[at]);
    let bare = last_three.is_some_and(leads_han) || text.as_bytes().last().is_some_and(u8::is_ascii_graphic);
    if bare { text } else { text.trim_end_matches(is_blank) }
}

/// The half-width twin of a full-width ASCII character (`Ａ` → `A`, `％` → `%`, full-width space → space), else the character.
#[inline]
#[must_use]
pub const fn half_width(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => (c as u32 - 0xfee0) as u8 as char,
        '\u{3000}' => ' ',
        _ => c,
    }
}

/// Whether the character is a digit of either width.
#[inline]
#[must_use]
pub const fn is_digit(c: char) -> bool {
    half_width(c).is_ascii_digit()
}

/// The text as it is compared: half-width, without blanks and line ends.
pub fn plain(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars().filter_map(|c| match c {
        // Nearly every character is Han and stays as it is.
        '\u{3400}'..='\u{9fff}' => Some(c),
        _ => Some(half_width(c)).filter(|&c| !is_gap(c)),
    })
}

/// Whether the character ends a sentence, in either width; a half-width full stop does not.
#[inline]
#[must_use]
pub fn ends_sentence(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '!' | '?' | '…')
}
