//! Text that is safe to write to a terminal.

use std::borrow::Cow;
use std::fmt::Write as _;

/// The text on one line, its control, direction-changing and unseen characters as `\u{…}`: a file name or a draft must not
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

/// Whether a character steers a terminal, turns the direction of the text or leaves no trace on a screen.
pub(super) fn is_unsafe(c: char) -> bool {
    c.is_control() || is_hidden(c)
}

/// Characters that leave no trace on a screen or turn the direction of the text: format characters, variation selectors,
/// fillers, separators and non-characters.
fn is_hidden(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{180e}' | '\u{3164}' | '\u{ffa0}' | '\u{feff}'
        | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}'
        | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
        || c as u32 & 0xfffe == 0xfffe
        || matches!(c, '\u{fdd0}'..='\u{fdef}')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Nothing of an escape sequence, a line break or a direction mark reaches the terminal.
    #[test]
    fn controls_are_spelt_out() {
        assert_eq!(printable("初稿 1.txt"), "初稿 1.txt");
        assert_eq!(printable("a\u{1b}[2J\nb\u{202e}c\u{85}\u{61c}"), "a\\u{1b}[2J\\nb\\u{202e}c\\u{85}\\u{61c}");
    }
}
