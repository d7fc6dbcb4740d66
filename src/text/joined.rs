//! Text whose words are not torn apart: blanks and line ends between Han characters left out.

use std::borrow::Cow;

use super::{Span, is_blank, is_han};

/// A text without the blanks and line ends that stand between two Han characters, and the way back to the original.
///
/// Extraction and hard wrapping tear words apart (`法制 政府`); a word list is matched over this, and what it finds is
/// reported as written.
#[derive(Debug)]
pub struct Joined<'a> {
    text: Cow<'a, str>,
    /// Where something was left out: the offset in `text`, and all bytes left out up to there.
    cuts: Vec<(usize, usize)>,
}

impl<'a> Joined<'a> {
    /// Joins `original`; nothing is copied where nothing is to be left out.
    #[must_use]
    pub fn new(original: &'a str) -> Self {
        let mut out = String::new();
        let mut cuts = Vec::new();
        let mut copied = 0; // `original` is in `out` up to here, less the cuts
        let mut left_out = 0;
        let mut after_han = false;
        let mut gap = None;
        for (at, c) in original.char_indices() {
            if is_blank(c) || c == '\n' || c == '\r' {
                if after_han && gap.is_none() {
                    gap = Some(at);
                }
                continue;
            }
            if let (Some(start), true) = (gap.take(), is_han(c)) {
                out.push_str(&original[copied..start]);
                copied = at;
                left_out += at - start;
                cuts.push((out.len(), left_out));
            }
            after_han = is_han(c);
        }
        if cuts.is_empty() {
            return Self { text: Cow::Borrowed(original), cuts };
        }
        out.push_str(&original[copied..]);
        Self { text: Cow::Owned(out), cuts }
    }

    /// The joined text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The span of the original text that `span` of the joined text stands for.
    #[must_use]
    pub fn original(&self, span: Span) -> Span {
        let before = |n: usize| n.checked_sub(1).map_or(0, |i| self.cuts[i].1);
        let start = span.start + before(self.cuts.partition_point(|&(at, _)| at <= span.start));
        let end = span.end + before(self.cuts.partition_point(|&(at, _)| at < span.end));
        Span::new(start, end.max(start))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// WordList torn by blanks or a line end are whole again, and their spans are those of the text as written.
    #[test]
    fn joins_and_finds_the_way_back() {
        for (original, joined, word, written) in [
            ("建设法 制　政\n府。", "建设法制政府。", "法制政府", "法 制　政\n府"),
            ("法制政府 建设", "法制政府建设", "法制政府", "法制政府"),
            ("共 12 件 法制政府", "共 12 件法制政府", "法制政府", "法制政府"),
            ("无空格", "无空格", "空格", "空格"),
        ] {
            let text = Joined::new(original);
            assert_eq!(text.text(), joined);
            let at = joined.find(word).expect("the word");
            let span = text.original(Span::new(at, at + word.len()));
            assert_eq!(span.of(original), written);
        }
    }
}
