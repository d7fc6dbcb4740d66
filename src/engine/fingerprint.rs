//! Names for findings that survive edits elsewhere in the text.

use xxhash_rust::xxh3::xxh3_64;

use crate::diagnostic::Diagnostic;
use crate::outline::Outline;
use crate::report::Fingerprint;
use crate::text::{Document, Span, is_chinese_numeral, is_digit, is_gap, plain, sentence, stretch};

/// Names findings of one document.
pub(super) struct Names<'a> {
    document: &'a Document,
    /// The numbers of headings and items, which change when a part is put in before them.
    numbers: Vec<Span>,
}

impl<'a> Names<'a> {
    pub(super) fn new(document: &'a Document, outline: &Outline) -> Self {
        let markers = outline.papers.iter().flat_map(|paper| {
            let headings = paper.headings.iter().map(|h| h.marker);
            headings.chain(paper.items.iter().map(|i| i.marker))
        });
        let mut numbers: Vec<Span> = markers.collect();
        numbers.sort_unstable_by_key(|n| n.start);
        Self { document, numbers }
    }

    /// The names of one finding. Blanks, widths and the numbers of parts change nothing.
    pub(super) fn of(&self, diagnostic: &Diagnostic) -> Fingerprint {
        let mut key = String::from(diagnostic.rule.id);
        if let Some(part) = diagnostic.data.get("part").and_then(|v| v.as_str()) {
            key.push('\0');
            key.push_str(part);
        }
        let Some(span) = diagnostic.place.span() else {
            let name = xxh3_64(key.as_bytes());
            return Fingerprint { on_line: name, across_lines: name, between: name };
        };
        let text = &self.document.text;
        key.push('\0');
        key.extend(plain(span.of(text)));
        let whole = stretch(text, span, ends);
        let between = |c: char| ends(c) || is_gap(c);
        let before = text[..whole.start].trim_end_matches(between).len();
        let behind = text.len() - text[whole.end..].trim_start_matches(between).len();
        let [before, behind] = [before, behind].map(|at| stretch(text, Span::new(at, at), ends));
        let name = |parts: &[Span]| {
            let mut key = key.clone();
            for &part in parts {
                key.push('\0');
                self.add(part, span, &mut key);
            }
            xxh3_64(key.as_bytes())
        };
        Fingerprint {
            on_line: name(&[sentence(text, span, &[])]),
            across_lines: name(&[whole]),
            between: name(&[before, behind]),
        }
    }

    /// Adds the words of a part as they are compared, without the numbers in it; what was found stands as it is.
    fn add(&self, part: Span, found: Span, key: &mut String) {
        let text = &self.document.text;
        let first = self.numbers.partition_point(|n| n.end <= part.start);
        let inside = self.numbers[first..].iter().take_while(|n| n.start < part.end);
        let mut from = part.start;
        for number in inside.filter(|n| n.end <= found.start || n.start >= found.end) {
            key.extend(plain(&text[from..number.start.max(from)]));
            from = number.end.clamp(from, part.end);
        }
        let rest = Span::new(from, part.end);
        let number = Span::new(from, from + article(rest.of(text)));
        let skipped = if number.is_empty() || number.overlaps(found) { 0 } else { number.len() };
        key.extend(plain(&rest.of(text)[skipped..]));
    }
}

/// Whether the character ends a sentence wherever its lines end.
fn ends(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '!' | '?')
}

/// The length of the number of an article at the start of a text: `第十二条`, `第3章`.
fn article(text: &str) -> usize {
    let number = text.trim_start_matches(is_gap);
    let after = number.strip_prefix('第').map(|t| t.trim_start_matches(|c| is_digit(c) || is_chinese_numeral(c)));
    let after = after.and_then(|t| t.strip_prefix(['条', '章', '节']));
    after.map_or(0, |after| text.len() - after.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Words;
    use crate::rules::draft;

    /// The names of what is found at the first `word` of a text.
    fn names(text: &str, word: &str) -> Fingerprint {
        let document = draft(text);
        let outline = Outline::new(&document);
        let at = text.find(word).expect("the word");
        let rule = crate::rules::metas().next().expect("a rule");
        let found = Diagnostic::at(rule, Span::new(at, at + word.len()), Words::new("", ""));
        Names::new(&document, &outline).of(&found)
    }

    /// What is the same after an edit, by the three names.
    #[test]
    fn edits() {
        let of = |text: &str| names(text, "XX");
        let same = |a: Fingerprint, b: Fingerprint| {
            [a.on_line == b.on_line, a.across_lines == b.across_lines, a.between == b.between]
        };
        let old = of("总结\n一、成效\n办结3件。（二）支持XX县发展。其余照旧。\n二、问题\n力量不足。");
        let edit = |text: &str| same(old, of(text));
        // Another number, other blanks and widths.
        assert_eq!(
            edit("总结\n一、成效\n办结3件。（五）支持　XX　县发展。其余照旧。\n二、问题\n力量不足。"),
            [true; 3]
        );
        // Lines wrapped anew, a paragraph put in, the sentence itself edited.
        assert_eq!(
            edit("总结\n一、成效\n办结3件。（二）支持XX县\n发展。其余照旧。\n二、问题\n力量不足。"),
            [false, true, true]
        );
        assert_eq!(
            edit("总结\n一、成效\n办结3件。新的一句。\n（二）支持XX县发展。\n又一句。其余照旧。"),
            [true, true, false]
        );
        assert_eq!(
            edit("总结\n一、成效\n办结3件。（二）大力支持XX县发展。其余照旧。\n二、问题\n力量不足。"),
            [false, false, true]
        );
        assert_eq!(edit("总结\n一、成效\n办结5件。（二）大力支持XX县发展。其余照旧。"), [false; 3]);
        let article = |n: &str| names(&format!("办法\n第{n}条　支持XX县发展。"), "XX县");
        assert_eq!(article("三").on_line, article("十二").on_line);
        assert_ne!(names("第三条　支持XX县。", "第三条").on_line, names("第四条　支持XX县。", "第四条").on_line);
    }
}
