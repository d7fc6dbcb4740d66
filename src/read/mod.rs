//! Bytes to a [`Document`]; a format is known only here.

mod container;
mod directives;
mod encoding;
mod markdown;
mod plain;
mod splice;

use std::path::Path;

use crate::text::{Document, LineIndex};

pub use container::Container;
pub use encoding::Encoding;
pub use splice::Original;

/// Why bytes could not be read as a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReadFault {
    /// A format that is no text: an office document, a PDF, a picture.
    Container(Container),
    /// The bytes break off or go wrong under the encoding that they are in, or were said to be in.
    Undecodable {
        /// The label of that encoding.
        encoding: &'static str,
        /// The 1-based line of the first bad byte.
        line: usize,
        /// Bytes before it.
        offset: usize,
    },
    /// No known encoding makes Chinese text of the bytes.
    Unknown,
    /// NUL bytes or many control characters: no text in any encoding.
    Binary,
}

/// The extensions, in lower case, that a walk reads.
pub const EXTENSIONS: &[&str] = &["txt", "md", "markdown"];

/// Reads the bytes of the file `name`, whose extension decides the format; `encoding` overrides the guess.
///
/// # Errors
/// When the bytes are no readable text. Half-read text is never returned.
pub fn read(name: &str, bytes: &[u8], encoding: Option<Encoding>) -> Result<Document, ReadFault> {
    let extension = extension(name);
    if let Some(container) = container::detect(&extension, bytes) {
        return Err(ReadFault::Container(container));
    }
    let (text, label) = encoding::decode(bytes, encoding)?;
    let lines = LineIndex::new(&text);
    let has_markup = matches!(extension.as_str(), "md" | "markdown");
    let (blocks, prose, directives) = if has_markup {
        let markdown::Parsed { blocks, prose, html } = markdown::parse(&text);
        let directives = directives::find(&text, |span| html.iter().any(|h| h.contains(span)));
        (blocks, Some(prose), directives)
    } else {
        let directives = directives::find(&text, |_| true);
        let prose = directives::blanked(&text, &directives);
        (plain::blocks(prose.as_deref().unwrap_or(&text), &lines, &directives), prose, directives)
    };
    let document = Document::with_lines(name.to_owned(), text, label, lines, blocks, prose);
    Ok(document.with_directives(directives, has_markup))
}

/// The extension of a file name in lower case, empty where it has none.
fn extension(name: &str) -> String {
    Path::new(name).extension().map(|e| e.to_string_lossy().to_ascii_lowercase()).unwrap_or_default()
}
