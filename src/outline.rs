//! Title, date, number, headings and numbered items of a document, paper by paper.
//!
//! A file may hold several papers (篇一：…); each has its own kind, date and numbering.

use jiff::civil::Date;

use crate::text::{Document, Span};

/// The papers of a document.
#[derive(Debug, Clone, Default)]
pub struct Outline {
    /// In text order, not overlapping; never empty for a document with text.
    pub papers: Vec<Paper>,
}

/// One paper.
#[derive(Debug, Clone)]
pub struct Paper {
    /// From its first line (its 篇N line, if any) to the next paper or the end.
    pub span: Span,
    /// Its title as written, without 篇N and web chrome.
    pub title: Option<Span>,
    /// 发文字号.
    pub number: Option<Span>,
    /// From after the title to the last sentence: web chrome above and below is outside.
    pub body: Span,
    /// The headings of all levels, in text order.
    pub headings: Vec<Heading>,
    /// The year that the title reports on or plans for.
    pub year: Option<i16>,
    /// The date that decides about terms, and where it was found; `None` where the text shows none.
    pub date: Option<Dated>,
}

/// A date of a paper and where it was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dated {
    /// The day; where only a year is known, a day of that year that makes no term outdated too early.
    pub date: Date,
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub source: DateSource,
}

/// Where a paper's date was found, in the order of trust.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateSource {
    /// 成文日期.
    Issued,
    /// 发布时间 of the page around it.
    Published,
    /// The year of the document number.
    Number,
    /// The year of the title.
    Title,
    /// The latest year that the text speaks of as past or present.
    Text,
}

impl DateSource {
    /// The name used in JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Issued => "issued",
            Self::Published => "published",
            Self::Number => "number",
            Self::Title => "title",
            Self::Text => "text",
        }
    }
}

/// A numbered (or marked-up) heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// 1 for 一、, 2 for （一）, 3 for `1.`, 4 for （1）.
    pub level: u8,
    /// The number it bears.
    pub number: u64,
    /// The number with its marks (`（一）`, `1.`).
    pub marker: Span,
    /// The words after the marker, to the end of the heading line or of the run-in sentence.
    pub text: Span,
    /// Whether it opens its line (else it is glued to the sentence before it).
    pub opens_line: bool,
}

impl Outline {
    /// Finds the papers of a document.
    #[must_use]
    pub fn new(document: &Document) -> Self {
        let whole = Span::new(0, document.text.len());
        Self {
            papers: vec![Paper {
                span: whole,
                title: None,
                number: None,
                body: whole,
                headings: Vec::new(),
                year: None,
                date: None,
            }],
        }
    }

    /// The index of the paper that holds the byte `offset`.
    #[must_use]
    pub fn paper_at(&self, offset: usize) -> usize {
        self.papers.iter().rposition(|p| p.span.start <= offset).unwrap_or(0)
    }
}
