//! Sentences and book titles: how far a word's context reaches.

use super::Span;

/// How many bytes to each side of a place a sentence is followed; a longer one is cut, so that nothing grows with the
/// square of a paragraph.
const REACH: usize = 900;

/// The sentence of `text` around `span`: up to the nearest of `。！？` and line ends to each side, or of the `marks`
/// given on top of these.
#[must_use]
pub fn sentence(text: &str, span: Span, marks: &[char]) -> Span {
    let ends = |c: char| matches!(c, '。' | '！' | '？' | '!' | '?' | '\n' | '\r') || marks.contains(&c);
    let from = boundary(text, span.start.saturating_sub(REACH));
    let to = boundary(text, span.end.saturating_add(REACH).min(text.len()));
    let head = &text[from..span.start];
    let start = head.char_indices().rfind(|&(_, c)| ends(c)).map_or(from, |(at, c)| from + at + c.len_utf8());
    let end = text[span.end..to].find(ends).map_or(to, |at| span.end + at);
    Span::new(start, end)
}

/// The first character boundary at or after the byte `at`, which is at most the length of `text`.
fn boundary(text: &str, at: usize) -> usize {
    (at..text.len()).find(|&i| text.is_char_boundary(i)).unwrap_or(text.len())
}

/// The book titles of `text`: from `《` to its `》`, marks included, titles within titles belonging to the outer one.
///
/// A `《` that is never closed opens nothing.
#[must_use]
pub fn book_titles(text: &str) -> Vec<Span> {
    let mut out: Vec<Span> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    for (at, c) in text.char_indices() {
        match c {
            '《' => open.push(at),
            '》' => {
                if let Some(start) = open.pop() {
                    while out.last().is_some_and(|inner| inner.start > start) {
                        out.pop();
                    }
                    out.push(Span::new(start, at + c.len_utf8()));
                }
            }
            _ => {}
        }
    }
    out
}

/// Whether `span` lies within one of `titles`, which are in text order and apart from one another.
#[must_use]
pub fn is_within(titles: &[Span], span: Span) -> bool {
    let next = titles.partition_point(|t| t.start <= span.start);
    next.checked_sub(1).is_some_and(|i| titles[i].contains(span))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A sentence ends at its marks, and a semicolon counts only where it is asked for.
    #[test]
    fn sentences() {
        let text = "甲。乙，丙；丁。戊";
        let at = text.find('丙').expect("丙");
        let here = Span::new(at, at + "丙".len());
        assert_eq!(sentence(text, here, &[]).of(text), "乙，丙；丁");
        assert_eq!(sentence(text, here, &['；']).of(text), "乙，丙");
        assert_eq!(sentence("甲", Span::new(0, 3), &[]).of("甲"), "甲");
    }

    /// Titles within titles are one, and an open title mark opens nothing.
    #[test]
    fn titles() {
        let text = "《甲》和《关于《乙》的通知》，见《丙";
        let found: Vec<&str> = book_titles(text).into_iter().map(|t| t.of(text)).collect();
        assert_eq!(found, ["《甲》", "《关于《乙》的通知》"]);
        let spans = book_titles(text);
        let at = |word: &str| text.find(word).map(|at| Span::new(at, at + word.len())).expect("the word");
        assert!(is_within(&spans, at("乙")) && !is_within(&spans, at("和")) && !is_within(&spans, at("丙")));
    }
}
