//! The text of a draft in pieces: cut wherever a mark or a piece of evidence begins or ends, so that marks which overlap
//! can stand beside each other in a tree of elements.

use crate::render::printable::is_unsafe;
use crate::text::{Document, Span};

/// A stretch of the text that somebody wants to find on the page.
#[derive(Debug)]
pub(super) struct Wanted {
    /// Where. An empty one is a point between two characters.
    pub(super) span: Span,
    /// What stands there.
    pub(super) what: What,
}

/// What stands at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum What {
    /// The finding with this index.
    Finding(usize),
    /// Evidence of the finding or the claim with this name.
    Evidence(String),
}

/// A line of the text.
#[derive(Debug)]
pub(super) struct Line<'a> {
    /// Its pieces in order, the line end included.
    pub(super) pieces: Vec<Piece<'a>>,
}

/// A stretch of a line that is all of one kind.
#[derive(Debug)]
pub(super) struct Piece<'a> {
    /// Where it is.
    pub(super) span: Span,
    /// The text of it.
    pub(super) runs: Vec<Run<'a>>,
    /// What stands here, by its index in the list of what is wanted.
    pub(super) here: Vec<usize>,
}

/// A stretch of characters that are written the same way.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Run<'a> {
    /// Characters that a template may escape and write.
    Text(&'a str),
    /// A tab or a carriage return: by its number, since a parser of HTML takes a bare carriage return for a line feed.
    Blank(u32),
    /// A character that steers or leaves no trace: its code is shown in its place, and the character is not written.
    Unseen(u32),
}

/// Cuts the text of a document.
pub(super) fn cut<'a>(document: &'a Document, wanted: &[Wanted]) -> Vec<Line<'a>> {
    let text = document.text.as_str();
    let starts: Vec<usize> = (0..document.lines.count()).map(|line| document.lines.span(text, line).start).collect();
    let ends = wanted.iter().flat_map(|w| [w.span.start, w.span.end]);
    let mut cuts: Vec<usize> = ends.chain(starts.iter().copied()).chain([text.len()]).collect();
    cuts.sort_unstable();
    cuts.dedup();
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by_key(|&i| wanted[i].span.start);
    let mut coming = order.into_iter().peekable();
    let mut here: Vec<usize> = Vec::new();
    let mut lines: Vec<Line> = starts.iter().map(|_| Line { pieces: Vec::new() }).collect();
    for (i, &from) in cuts.iter().enumerate() {
        let line = document.lines.line_of(from);
        here.retain(|&w| wanted[w].span.end > from);
        while let Some(w) = coming.next_if(|&w| wanted[w].span.start == from) {
            if wanted[w].span.is_empty() {
                lines[line].pieces.push(Piece { span: wanted[w].span, runs: Vec::new(), here: vec![w] });
            } else {
                here.push(w);
            }
        }
        if let Some(&to) = cuts.get(i + 1) {
            let span = Span::new(from, to);
            lines[line].pieces.push(Piece { span, runs: runs(span.of(text)), here: here.clone() });
        }
    }
    // Behind the last line end there is a line of nothing, which would be an empty paragraph.
    if lines.len() > 1 && lines.last().is_some_and(|l| l.pieces.is_empty()) {
        lines.pop();
    }
    lines
}

fn runs(text: &str) -> Vec<Run<'_>> {
    let mut out = Vec::new();
    let mut from = 0;
    for (at, c) in text.char_indices().filter(|&(_, c)| c != '\n' && is_unsafe(c)) {
        if from < at {
            out.push(Run::Text(&text[from..at]));
        }
        out.push(if matches!(c, '\t' | '\r') { Run::Blank(c.into()) } else { Run::Unseen(c.into()) });
        from = at + c.len_utf8();
    }
    if from < text.len() {
        out.push(Run::Text(&text[from..]));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spans(text: &str, wanted: &[(usize, usize)]) -> Vec<Vec<(String, Vec<usize>)>> {
        let document = Document::new("a.txt".into(), text.into(), "UTF-8", Vec::new(), None);
        let wanted: Vec<Wanted> = wanted
            .iter()
            .enumerate()
            .map(|(i, &(start, end))| Wanted { span: Span::new(start, end), what: What::Finding(i) })
            .collect();
        let piece = |p: &Piece| (p.span.of(text).to_owned(), p.here.clone());
        cut(&document, &wanted).iter().map(|line| line.pieces.iter().map(piece).collect()).collect()
    }

    /// Overlapping, nested and equal stretches, those over a line end and points between characters all find their place.
    #[test]
    fn every_stretch_has_its_pieces() {
        let own = |list: &[(&str, &[usize])]| -> Vec<(String, Vec<usize>)> {
            list.iter().map(|(text, here)| ((*text).to_owned(), here.to_vec())).collect()
        };
        assert_eq!(
            spans("abcdef", &[(0, 4), (2, 6), (2, 3), (2, 3)]),
            [own(&[("ab", &[0]), ("c", &[0, 1, 2, 3]), ("d", &[0, 1]), ("ef", &[1])])]
        );
        assert_eq!(
            spans("ab\r\ncd", &[(1, 5), (4, 4), (6, 6)]),
            [own(&[("a", &[]), ("b\r\n", &[0])]), own(&[("", &[1]), ("c", &[0]), ("d", &[]), ("", &[2])])]
        );
        assert_eq!(spans("a\n", &[]), [own(&[("a\n", &[])])]);
        assert_eq!(spans("", &[]), [own(&[])]);
    }

    /// What a parser of HTML would alter and what nobody sees is told apart from the rest.
    #[test]
    fn runs_of_a_text() {
        assert_eq!(
            runs("\t甲\u{200b}\r\n"),
            [Run::Blank(9), Run::Text("甲"), Run::Unseen(0x200b), Run::Blank(13), Run::Text("\n")]
        );
    }
}
