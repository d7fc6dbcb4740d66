//! Text that is safe to write to a terminal.

use std::borrow::Cow;
use std::fmt::Write as _;

/// The text on one line, its control and direction-changing characters as `\u{…}`: a file name or a draft must not
/// be able to move the cursor, colour the terminal or forge a line of output.
#[must_use]
pub fn printable(text: &str) -> Cow<'_, str> {
    if !text.contains(is_unsafe) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            _ if is_unsafe(c) => {
                let _ = write!(out, "\\u{{{:x}}}", u32::from(c));
            }
            _ => out.push(c),
        }
    }
    Cow::Owned(out)
}

fn is_unsafe(c: char) -> bool {
    c.is_control() || matches!(c, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Nothing of an escape sequence, a line break or a direction mark reaches the terminal.
    #[test]
    fn controls_are_spelt_out() {
        assert_eq!(printable("初稿 1.txt"), "初稿 1.txt");
        assert_eq!(printable("a\u{1b}[2J\nb\u{202e}c\u{85}"), "a\\u{1b}[2J\\nb\\u{202e}c\\u{85}");
    }
}
