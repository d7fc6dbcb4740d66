//! Text on a grid of cells: how wide it is, how it is shown safely, where it may be broken.

use unicode_width::UnicodeWidthChar as _;

use crate::render::printable::is_unsafe;

/// How a screen counts and draws characters.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Cells {
    /// The marks that Unicode calls ambiguous (“ ” … — ·) take two cells.
    pub(super) wide: bool,
    /// What this program draws itself is plain ASCII.
    pub(super) ascii: bool,
}

impl Cells {
    /// The cells of one character. Counted char by char, as terminals do.
    pub(super) fn of_char(self, c: char) -> usize {
        (if self.wide { c.width_cjk() } else { c.width() }).unwrap_or(0)
    }

    /// The cells of a text that is fit to be shown.
    pub(super) fn of(self, text: &str) -> usize {
        text.chars().map(|c| self.of_char(c)).sum()
    }

    /// What stands for text that was left out.
    pub(super) fn dots(self) -> &'static str {
        if self.ascii { "..." } else { "…" }
    }

    /// Appends a character as it may be shown: nothing that steers a terminal or hides from the reader goes out raw.
    pub(super) fn push_shown(self, c: char, out: &mut String) {
        match c {
            '\t' => out.push_str("  "),
            '\n' | '\r' => out.push(' '),
            '\0'..='\u{1f}' if !self.ascii => out.extend(char::from_u32(0x2400 + c as u32)),
            '\u{7f}' if !self.ascii => out.push('␡'),
            c if is_unsafe(c) => out.extend(c.escape_unicode()),
            c => out.push(c),
        }
    }

    /// A text as it may be shown on one line.
    pub(super) fn shown(self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        text.chars().for_each(|c| self.push_shown(c, &mut out));
        out
    }

    /// A text as it may be shown, its middle left out where it is wider than `limit`.
    pub(super) fn shortened(self, text: &str, limit: usize) -> String {
        // A text much longer than the limit need not be measured to its end.
        let (end, fits) = self.reach(text, limit);
        if fits {
            return self.shown(&text[..end]);
        }
        let room = limit.saturating_sub(self.of(self.dots()));
        let (head, _) = self.reach(text, room - room / 2);
        let tail = self.reach_back(text, room / 2);
        format!("{}{}{}", self.shown(&text[..head]), self.dots(), self.shown(&text[tail..]))
    }

    /// How many bytes of `text` fit into `room` cells, and whether that is all of it. Combining marks stay with
    /// their base.
    pub(super) fn reach(self, text: &str, room: usize) -> (usize, bool) {
        let mut used = 0;
        let mut buffer = String::new();
        for (at, c) in text.char_indices() {
            used += self.shown_width(c, &mut buffer);
            if used > room {
                return (at, false);
            }
        }
        (text.len(), true)
    }

    /// Where the longest end of `text` begins that fits into `room` cells. Combining marks stay with their base.
    pub(super) fn reach_back(self, text: &str, room: usize) -> usize {
        let mut used = 0;
        let mut start = text.len();
        let mut buffer = String::new();
        for (at, c) in text.char_indices().rev() {
            let width = self.shown_width(c, &mut buffer);
            used += width;
            if used > room {
                break;
            }
            if width > 0 {
                start = at;
            }
        }
        start
    }

    /// The cells that a character takes once it is shown.
    fn shown_width(self, c: char, buffer: &mut String) -> usize {
        buffer.clear();
        self.push_shown(c, buffer);
        self.of(buffer)
    }

    /// Breaks a text into lines of at most `width` cells: between Han characters and at blanks, never before a closing
    /// mark or after an opening one, unless nothing else is left. Lines after the first get `hang`.
    pub(super) fn wrapped(self, text: &str, width: usize, hang: &str) -> Vec<String> {
        let text = self.shown(text);
        let mut lines = Vec::new();
        let mut rest = text.trim_end();
        loop {
            let indent = if lines.is_empty() { "" } else { hang };
            let room = width.saturating_sub(self.of(indent)).max(2);
            let (end, all) = self.reach(rest, room);
            if all {
                lines.push(format!("{indent}{rest}"));
                return lines;
            }
            let cut = self.last_break(rest, end);
            lines.push(format!("{indent}{}", rest[..cut].trim_end()));
            rest = rest[cut..].trim_start_matches(' ');
        }
    }

    /// The last place up to `end` where `text` may be broken, else `end` itself (but never nothing at all).
    fn last_break(self, text: &str, end: usize) -> usize {
        let mut after = text[end..].chars().next();
        for (at, c) in text[..end].char_indices().rev() {
            if after.is_none_or(|next| self.may_break(c, next)) {
                return at + c.len_utf8();
            }
            after = Some(c);
        }
        if end > 0 { end } else { text.chars().next().map_or(0, char::len_utf8) }
    }

    fn may_break(self, before: char, after: char) -> bool {
        const NEVER_FIRST: &str = "，。；：！？、）】》”’％%…·」』〉〕］｝,.;:!?)]}‰℃";
        const NEVER_LAST: &str = "（【《“‘「『〈〔［｛([{";
        if after == ' ' || before == ' ' {
            return true;
        }
        let wide = |c: char| c.width() == Some(2);
        (wide(before) || wide(after))
            && self.of_char(after) > 0
            && !NEVER_FIRST.contains(after)
            && !NEVER_LAST.contains(before)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CELLS: Cells = Cells { wide: false, ascii: false };

    /// Escape sequences, bidirectional overrides and zero-width characters are seen, not obeyed.
    #[test]
    fn nothing_steers_the_terminal() {
        assert_eq!(CELLS.shown("a\u{1b}[31m\u{7}b\u{7f}"), "a␛[31m␇b␡");
        assert_eq!(CELLS.shown("\u{202e}法\u{200b}治\u{9b}"), "\\u{202e}法\\u{200b}治\\u{9b}");
        assert_eq!(Cells { ascii: true, ..CELLS }.shown("\u{1b}"), "\\u{1b}");
        assert_eq!(CELLS.shown("甲\t乙\r\n"), "甲  乙  ");
    }

    /// A closing mark does not begin a line, an opening one does not end it, and a number is not torn.
    #[test]
    fn lines_break_where_a_typesetter_would() {
        assert_eq!(
            CELLS.wrapped("应为“法治政府”，见第3条", 8, ""),
            ["应为“法", "治政", "府”，见", "第3条"].map(String::from)
        );
        assert_eq!(CELLS.wrapped("共有12345件", 8, "  "), ["共有", "  12345", "  件"].map(String::from));
        assert_eq!(CELLS.wrapped("two words", 6, " "), ["two", " words"].map(String::from));
        assert_eq!(CELLS.wrapped("", 8, "  "), [""].map(String::from));
    }

    /// A text that is too wide keeps its head and its tail.
    #[test]
    fn the_middle_is_left_out() {
        assert_eq!(CELLS.shortened("一二三四五六七八九十", 11), "一二…九十");
        assert_eq!(CELLS.shortened("一二三", 6), "一二三");
    }
}
