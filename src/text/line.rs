//! Offsets to lines and columns. CRLF, LF and CR end a line, and nothing else does.

use super::{Span, trim_blank_end, trim_blank_start};

/// Where the lines of a text begin. Columns are counted only when somebody asks.
#[derive(Debug, Clone)]
pub struct LineIndex {
    starts: Vec<usize>,
}

/// A place in a text, in every unit that a consumer may want.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    /// Bytes from the start of the text, 0-based.
    pub offset: usize,
    /// Unicode scalar values from the start of the text, 0-based.
    pub char: usize,
    /// 1-based line.
    pub line: usize,
    /// 1-based column in Unicode scalar values.
    pub column: usize,
    /// 1-based column in UTF-16 code units.
    pub utf16: usize,
    /// 1-based column in bytes of UTF-8.
    pub byte: usize,
}

/// What a column counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ColumnUnit {
    /// Unicode scalar values.
    #[default]
    Char,
    /// Bytes of UTF-8.
    Byte,
    /// UTF-16 code units.
    Utf16,
}

impl Position {
    /// The 1-based column in a unit.
    #[must_use]
    pub fn column_in(self, unit: ColumnUnit) -> usize {
        match unit {
            ColumnUnit::Char => self.column,
            ColumnUnit::Byte => self.byte,
            ColumnUnit::Utf16 => self.utf16,
        }
    }
}

impl LineIndex {
    /// Finds the line starts of `text`.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        for i in memchr::memchr2_iter(b'\n', b'\r', bytes) {
            if bytes[i] == b'\n' || bytes.get(i + 1) != Some(&b'\n') {
                starts.push(i + 1);
            }
        }
        Self { starts }
    }

    /// How many lines there are; an empty text has one.
    #[must_use]
    pub fn count(&self) -> usize {
        self.starts.len()
    }

    /// The 0-based line that holds the byte `offset`.
    #[must_use]
    pub fn line_of(&self, offset: usize) -> usize {
        self.starts.partition_point(|&s| s <= offset) - 1
    }

    /// The span of the 0-based `line`, without its line end.
    #[must_use]
    pub fn span(&self, text: &str, line: usize) -> Span {
        let start = self.starts[line];
        let end = self.starts.get(line + 1).copied().unwrap_or(text.len());
        let end = match text.as_bytes()[start..end] {
            [.., b'\r', b'\n'] => end - 2,
            [.., b'\r' | b'\n'] => end - 1,
            _ => end,
        };
        Span::new(start, end)
    }

    /// The line and columns of the byte `offset`, which must be a character boundary.
    #[must_use]
    pub fn position(&self, text: &str, offset: usize) -> Position {
        self.position_after(text, offset, None)
    }

    /// Like [`Self::position`], counted on from an earlier position, so that many of them cost one pass.
    #[must_use]
    pub fn position_after(&self, text: &str, offset: usize, known: Option<Position>) -> Position {
        let line = self.line_of(offset) + 1;
        let known = known.filter(|k| k.offset <= offset);
        let start = self.starts[line - 1];
        let same_line = known.filter(|k| k.line == line);
        let from = same_line.map_or(start, |k| k.offset);
        let head = &text[from..offset];
        let (column, utf16) = same_line.map_or((1, 1), |k| (k.column, k.utf16));
        let chars = head.chars().count();
        let char = match (same_line, known) {
            (Some(k), _) => k.char + chars,
            (None, Some(k)) => k.char + text[k.offset..offset].chars().count(),
            (None, None) => text[..offset].chars().count(),
        };
        Position {
            offset,
            char,
            line,
            column: column + chars,
            utf16: utf16 + head.encode_utf16().count(),
            byte: offset - start + 1,
        }
    }
}

/// The lines of a span that are not blank, without the blanks around them.
#[must_use]
pub fn filled_lines(text: &str, span: Span) -> Vec<Span> {
    each_filled_line(text, span).collect()
}

/// Like [`filled_lines`], one by one.
pub fn each_filled_line(text: &str, span: Span) -> impl Iterator<Item = Span> + '_ {
    let inner = span.of(text);
    let ends = memchr::memchr2_iter(b'\n', b'\r', inner.as_bytes()).chain([inner.len()]);
    let mut next = 0;
    ends.filter_map(move |end| {
        let words = trim_blank_start(&inner[next..end]);
        let start = span.start + end - words.len();
        next = end + 1;
        let words = trim_blank_end(words);
        (!words.is_empty()).then(|| Span::new(start, start + words.len()))
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::is_blank;

    proptest! {
        /// A line is without its end, whatever that is.
        #[test]
        fn spans(text in "[甲a\r\n]{0,20}") {
            let lines = LineIndex::new(&text);
            let bare: Vec<&str> = (0..lines.count()).map(|line| lines.span(&text, line).of(&text)).collect();
            let ends = text.replace("\r\n", "\n");
            prop_assert_eq!(bare, ends.split(['\n', '\r']).collect::<Vec<_>>());
        }

        /// Filled lines are the pieces between line ends, trimmed, in their places.
        #[test]
        fn filled(text in "[甲a \t\u{3000}\r\n]{0,30}") {
            let lines = filled_lines(&text, Span::new(0, text.len()));
            let pieces = text.split(['\n', '\r']).map(|l| l.trim_matches(is_blank)).filter(|l| !l.is_empty());
            prop_assert!(lines.iter().map(|l| l.of(&text)).eq(pieces));
            prop_assert!(lines.windows(2).all(|w| w[0].end < w[1].start));
        }
    }
}
