//! Sentences and book titles: how far a word's context reaches.

use super::{Span, leads_han};

/// How many bytes to each side of a place a sentence is followed; a longer one is cut, so that nothing grows with the
/// square of a paragraph.
const REACH: usize = 900;

/// The bytes of a Han character.
const HAN: usize = '件'.len_utf8();

/// The sentence of `text` around `span`: up to the nearest of `。！？` and line ends to each side, or of the `marks`
/// given on top of these.
#[must_use]
pub fn sentence(text: &str, span: Span, marks: &[char]) -> Span {
    stretch(text, span, |c| matches!(c, '。' | '！' | '？' | '!' | '?' | '\n' | '\r') || marks.contains(&c))
}

/// The stretch of `text` around `span` between two characters that end it, none of which is Han, or as far as a sentence is
/// followed.
#[must_use]
pub fn stretch(text: &str, span: Span, ends: impl Fn(char) -> bool) -> Span {
    let from = boundary(text, span.start.saturating_sub(REACH));
    let to = boundary(text, span.end.saturating_add(REACH).min(text.len()));
    let head = &text[from..span.start];
    let start = others_back(head).find(|&(_, c)| ends(c)).map_or(from, |(at, c)| from + at + c.len_utf8());
    let end = others(&text[span.end..to]).find(|&(_, c)| ends(c)).map_or(to, |(at, _)| span.end + at);
    Span::new(start, end)
}

/// The characters of a text that are not Han, which are few, with their places; the others are not even decoded.
fn others(text: &str) -> impl Iterator<Item = (usize, char)> {
    let mut next = 0;
    std::iter::from_fn(move || {
        while leads_han(*text.as_bytes().get(next)?) {
            next += HAN;
        }
        let at = next;
        let c = text[at..].chars().next()?;
        next += c.len_utf8();
        Some((at, c))
    })
}

/// The same from the end of the text.
fn others_back(text: &str) -> impl Iterator<Item = (usize, char)> {
    let mut end = text.len();
    std::iter::from_fn(move || {
        // What leads a character continues none, so that three bytes from its first one it ends.
        while end.checked_sub(HAN).is_some_and(|at| leads_han(text.as_bytes()[at])) {
            end -= HAN;
        }
        let c = text[..end].chars().next_back()?;
        end -= c.len_utf8();
        Some((end, c))
    })
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
    const OPEN: &[u8] = "《".as_bytes();
    const CLOSE: &[u8] = "》".as_bytes();
    let mut out: Vec<Span> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    // The two differ in their last byte, which is seldom another character's.
    for last in memchr::memchr2_iter(OPEN[2], CLOSE[2], text.as_bytes()) {
        let end = last + 1;
        let mark = &text.as_bytes()[..end];
        if mark.ends_with(OPEN) {
            open.push(end - OPEN.len());
        } else if mark.ends_with(CLOSE)
            && let Some(start) = open.pop()
        {
            while out.last().is_some_and(|inner| inner.start > start) {
                out.pop();
            }
            out.push(Span::new(start, end));
        }
    }
    out
}

/// The quotation that `span` lies in, with its marks, on one line; it may hold sentences, and end behind one.
#[must_use]
pub fn quotation(text: &str, span: Span) -> Option<Span> {
    let from = boundary(text, span.start.saturating_sub(REACH));
    let to = boundary(text, span.end.saturating_add(REACH).min(text.len()));
    let head = &text[from..span.start];
    let head = &head[memchr::memrchr2(b'\n', b'\r', head.as_bytes()).map_or(0, |at| at + 1)..];
    let tail = &text[span.end..to];
    let tail = &tail[..memchr::memchr2(b'\n', b'\r', tail.as_bytes()).unwrap_or(tail.len())];
    let straight = |c: char| matches!(c, '"' | '＂');
    let opening = |c: char| matches!(c, '“' | '「' | '『');
    let closing = |c: char| matches!(c, '”' | '」' | '』');
    let mark = |&(_, c): &(usize, char)| opening(c) || closing(c) || straight(c);
    // Straight marks open and close in turn.
    let (at, open) = others_back(head)
        .find(mark)
        .filter(|&(_, c)| opening(c) || straight(c) && head.chars().filter(|&q| straight(q)).count() % 2 == 1)?;
    let (end, close) = others(tail).find(mark)?;
    let start = span.start - head.len() + at;
    (closing(close) || straight(open) && straight(close)).then(|| Span::new(start, span.end + end + close.len_utf8()))
}

/// Whether `span` lies within one of `titles`, which are in text order and apart from one another.
#[must_use]
pub fn is_within(titles: &[Span], span: Span) -> bool {
    let next = titles.partition_point(|t| t.start <= span.start);
    next.checked_sub(1).is_some_and(|i| titles[i].contains(span))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// What is not Han is found from either side as a walk over all characters finds it.
        #[test]
        fn others_are_not_passed_over(text in "[甲龥㐀〇，。“aé𠮷 ]{0,24}") {
            let is_other = |&(_, c): &(usize, char)| !('\u{4000}'..='\u{9fff}').contains(&c);
            let expected: Vec<_> = text.char_indices().filter(is_other).collect();
            prop_assert_eq!(others(&text).collect::<Vec<_>>(), expected.clone());
            let mut back: Vec<_> = others_back(&text).collect();
            back.reverse();
            prop_assert_eq!(back, expected);
        }

        /// Titles are read as a walk over all characters reads them, whatever bytes the characters have.
        #[test]
        fn titles_by_characters(text in "[《》〈、甲銊aé]{0,24}") {
            let (mut open, mut titles) = (Vec::new(), Vec::new());
            for (at, c) in text.char_indices() {
                match c {
                    '《' => open.push(at),
                    '》' => titles.extend(open.pop().map(|start| Span::new(start, at + c.len_utf8()))),
                    _ => {}
                }
            }
            let outer = titles.iter().copied().filter(|t| !titles.iter().any(|o| o != t && o.contains(*t)));
            prop_assert_eq!(book_titles(&text), outer.collect::<Vec<_>>());
        }
    }

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

    /// A quotation may hold whole sentences, and what stands between two of them is in none.
    #[test]
    fn quotations() {
        let text = "写明“甲。乙”，丙“丁”戊\"己\"庚\"辛“壬\n癸”";
        let found = |word: &str| {
            let at = text.find(word).expect("the word");
            quotation(text, Span::new(at, at + word.len())).map(|q| q.of(text))
        };
        assert_eq!((found("甲"), found("乙"), found("丁")), (Some("“甲。乙”"), Some("“甲。乙”"), Some("“丁”")));
        assert_eq!((found("己"), found("写"), found("丙")), (Some("\"己\""), None, None));
        assert_eq!((found("庚"), found("辛"), found("壬"), found("癸")), (None, None, None, None));
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
