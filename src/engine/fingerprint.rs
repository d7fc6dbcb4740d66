//! Names for findings that survive edits elsewhere in the text.

use xxhash_rust::xxh3::xxh3_64;

use crate::diagnostic::Diagnostic;
use crate::text::{Document, Span, plain};

/// Names the findings of one document.
pub(super) struct Fingerprints<'a> {
    document: &'a Document,
}

impl<'a> Fingerprints<'a> {
    pub(super) fn new(document: &'a Document) -> Self {
        Self { document }
    }

    /// The rule, the text found and the sentence around it, without blanks and widths: moving the sentence or
    /// wrapping its lines anew changes nothing.
    pub(super) fn of(&mut self, diagnostic: &Diagnostic) -> String {
        let mut key = String::from(diagnostic.rule.id);
        key.push('\0');
        if let Some(span) = diagnostic.place.span() {
            push_normal(&mut key, self.document.slice(span));
            key.push('\0');
            push_normal(&mut key, self.document.slice(self.sentence(span)));
        }
        if let Some(part) = diagnostic.data.get("part").and_then(|v| v.as_str()) {
            key.push('\0');
            key.push_str(part);
        }
        format!("{:016x}", xxh3_64(key.as_bytes()))
    }

    fn sentence(&self, span: Span) -> Span {
        let text = &self.document.text;
        let start = text[..span.start]
            .rfind(['。', '！', '？', '\n', '\r'])
            .map_or(0, |i| i + text[i..].chars().next().map_or(1, char::len_utf8));
        let end = text[span.end..].find(['。', '！', '？', '\n', '\r']).map_or(text.len(), |i| span.end + i);
        Span::new(start, end)
    }
}

fn push_normal(key: &mut String, text: &str) {
    key.extend(plain(text));
}
