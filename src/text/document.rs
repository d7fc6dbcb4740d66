//! A draft after reading: its text as written, the prose to be checked, and its blocks.

use std::borrow::Cow;
use std::sync::OnceLock;

use super::{Directive, Events, LineIndex, Position, Span};

/// A draft, whatever file it came from.
#[derive(Debug, Clone)]
pub struct Document {
    /// The name shown to the user: a path as given, or the name of standard input.
    pub name: String,
    /// The decoded text without its byte-order mark and otherwise unaltered.
    pub text: String,
    /// The encoding it was read in, as a label for the report (`UTF-8`, `GB18030`, …).
    pub encoding: &'static str,
    /// Line starts of `text`.
    pub lines: LineIndex,
    /// Headings, paragraphs, list items and table rows in text order; blank lines belong to none.
    pub blocks: Vec<Block>,
    /// The comments that allow findings, in text order.
    pub directives: Vec<Directive>,
    /// `text` with markup, code and directives blanked byte for byte, where that differs from `text`.
    prose: Option<String>,
    has_markup: bool,
    /// The events of the prose, once somebody asked for them.
    events: OnceLock<Events>,
}

/// A run of text that reads as one: never crossed by a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Block {
    /// What the reader took it for.
    pub kind: BlockKind,
    /// Its bytes, without its line end.
    pub span: Span,
}

/// What a reader knows of a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlockKind {
    /// Marked as a heading by the format (Markdown `#`), with its level from 1.
    Heading(u8),
    /// Running text.
    Paragraph,
    /// An item of a list.
    ListItem,
    /// A row of a table, its cells separated by `|` or tabs.
    Row,
}

impl Document {
    /// A document over `text`, whose markup (if any) is blanked in `prose`, a string of the same length.
    ///
    /// # Panics
    /// When `prose` and `text` differ in length: that is a fault of the reader.
    #[must_use]
    pub fn new(name: String, text: String, encoding: &'static str, blocks: Vec<Block>, prose: Option<String>) -> Self {
        let lines = LineIndex::new(&text);
        Self::with_lines(name, text, encoding, lines, blocks, prose)
    }

    /// Like [`Self::new`], for a reader that found the lines of the text itself.
    pub(crate) fn with_lines(
        name: String,
        text: String,
        encoding: &'static str,
        lines: LineIndex,
        blocks: Vec<Block>,
        prose: Option<String>,
    ) -> Self {
        assert!(prose.as_ref().is_none_or(|p| p.len() == text.len()), "prose and text differ in length");
        let has_markup = prose.is_some();
        Self { name, text, encoding, lines, blocks, directives: Vec::new(), prose, has_markup, events: OnceLock::new() }
    }

    /// The document with its directives, which its prose is without; `has_markup` tells whether anything else is blanked
    /// there.
    #[must_use]
    pub fn with_directives(self, directives: Vec<Directive>, has_markup: bool) -> Self {
        Self { directives, has_markup, ..self }
    }

    /// What the rules read: the text with markup and code replaced by spaces, so that offsets are those of [`Self::text`].
    #[must_use]
    pub fn prose(&self) -> &str {
        self.prose.as_deref().unwrap_or(&self.text)
    }

    /// The characters of the prose that checks turn on, found by the first who asks.
    pub fn events(&self) -> &Events {
        self.events.get_or_init(|| Events::new(self.prose()))
    }

    /// Whether the format has markup of its own, which is blanked in the prose.
    #[must_use]
    pub fn has_markup(&self) -> bool {
        self.has_markup
    }

    /// The blocks that overlap `span`, cut to it, in text order.
    pub fn blocks_in(&self, span: Span) -> impl Iterator<Item = Block> + '_ {
        let first = self.blocks.partition_point(|b| b.span.end <= span.start);
        self.blocks[first..].iter().take_while(move |b| b.span.start < span.end).map(move |b| Block {
            kind: b.kind,
            span: Span::new(b.span.start.max(span.start), b.span.end.min(span.end)),
        })
    }

    /// The line and columns of a byte offset.
    #[must_use]
    pub fn position(&self, offset: usize) -> Position {
        self.lines.position(&self.text, offset)
    }

    /// The text under a span, as written.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        span.of(&self.text)
    }

    /// The text under a span on one line: line ends and runs of blanks become one space.
    #[must_use]
    pub fn excerpt(&self, span: Span) -> Cow<'_, str> {
        let raw = self.slice(span);
        if raw.contains(['\n', '\r']) {
            Cow::Owned(raw.split_whitespace().collect::<Vec<_>>().join(" "))
        } else {
            Cow::Borrowed(raw)
        }
    }
}
