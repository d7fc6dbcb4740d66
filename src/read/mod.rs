//! Bytes to a [`Document`]; a format is known only here.

use crate::text::{Block, BlockKind, Document, LineIndex};

/// Why bytes could not be read as a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReadFault {
    /// The bytes are no text in the named encoding.
    Undecodable(&'static str),
}

/// Reads the bytes of the file `name`.
///
/// # Errors
/// When the bytes are no readable text.
pub fn read(name: &str, bytes: &[u8]) -> Result<Document, ReadFault> {
    let text = std::str::from_utf8(bytes).map_err(|_| ReadFault::Undecodable("UTF-8"))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text).to_owned();
    let lines = LineIndex::new(&text);
    let blocks = (0..lines.count())
        .map(|i| lines.span(&text, i))
        .filter(|s| !s.of(&text).trim().is_empty())
        .map(|span| Block { kind: BlockKind::Paragraph, span })
        .collect();
    Ok(Document::new(name.to_owned(), text, "UTF-8", blocks, None))
}
