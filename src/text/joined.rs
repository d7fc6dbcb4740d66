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
    /// `original` without some gaps, which come in the order of the text; nothing is copied where there is none.
    #[inline]
    #[must_use]
    pub fn new(original: &'a str, gaps: &[Span]) -> Self {
        if gaps.is_empty() {
            Self { text: Cow::Borrowed(original), cuts: Vec::new() }
        } else {
            Self::without(original, gaps)
        }
    }

    fn without(original: &'a str, gaps: &[Span]) -> Self {
        let mut text = String::with_capacity(original.len());
        let mut cuts = Vec::with_capacity(gaps.len());
        let (mut copied, mut left_out) = (0, 0);
        for gap in gaps {
            text.push_str(&original[copied..gap.start]);
            copied = gap.end;
            left_out += gap.len();
            cuts.push((text.len(), left_out));
        }
        text.push_str(&original[copied..]);
        Self { text: Cow::Owned(text), cuts }
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

/// The length of the gap at the start of `rest`, which follows a Han character, where it tears a word: where another Han
/// character comes behind it.
#[must_use]
pub fn tear(rest: &str) -> Option<usize> {
    let end = rest.find(|c| !is_gap(c))?;
    rest[end..].starts_with(is_han).then_some(end)
}

/// Whether the character can tear a word.
#[must_use]
pub const fn is_gap(c: char) -> bool {
    is_blank(c) || matches!(c, '\n' | '\r')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Words torn by blanks or a line end are whole again, and their spans are those of the text as written.
    #[test]
    fn joins_and_finds_the_way_back() {
        let gap = |text: &str, before: &str, gap: &str| {
            let start = text.find(before).expect("the word") + before.len();
            Span::new(start, start + gap.len())
        };
        let original = "建设法 制　政\n府。甲 \n。";
        let gaps = [gap(original, "法", " "), gap(original, "制", "　"), gap(original, "政", "\n")];
        let joined = Joined::new(original, &gaps);
        assert_eq!(joined.text(), "建设法制政府。甲 \n。");
        for (word, written) in [("法制政府", "法 制　政\n府"), ("建设法", "建设法"), ("制", "制"), ("。甲", "。甲")]
        {
            let at = joined.text().find(word).expect("the word");
            assert_eq!(joined.original(Span::new(at, at + word.len())).of(original), written);
        }
        assert_eq!(Joined::new(original, &[]).text(), original);
    }

    /// A gap tears a word where Han characters stand on both sides of it.
    #[test]
    fn tears() {
        assert_eq!((tear(" 　\n制"), tear(" 12"), tear(" "), tear("\r\n，")), (Some(5), None, None, None));
    }
}
