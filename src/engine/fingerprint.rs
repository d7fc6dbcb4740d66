//! Names for findings that survive edits elsewhere in the text.

use xxhash_rust::xxh3::xxh3_64;

use crate::diagnostic::Diagnostic;
use crate::text::{Document, plain, sentence};

/// The name of a finding: its rule, the text found and the sentence around it, without blanks and widths, so that
/// moving the sentence or wrapping its lines anew changes nothing.
pub(super) fn fingerprint(document: &Document, diagnostic: &Diagnostic) -> String {
    let mut key = String::from(diagnostic.rule.id);
    let mut add = |text: &str| {
        key.push('\0');
        key.extend(plain(text));
    };
    if let Some(span) = diagnostic.place.span() {
        add(document.slice(span));
        add(document.slice(sentence(&document.text, span, &[])));
    }
    if let Some(part) = diagnostic.data.get("part").and_then(|v| v.as_str()) {
        add(part);
    }
    format!("{:016x}", xxh3_64(key.as_bytes()))
}
