//! One file a rule, or one closely tied group: page, metadata, check.

mod claim;
mod config;
mod date;
mod mark;
mod number_annex;
mod number_article;
mod number_heading;
mod number_ordinal;
mod number_row;
mod placeholder;
mod residue;
mod section;
mod series;
mod term;

pub(crate) use config::{ALLOW_UNUSED, CONFIG_INVALID, DIRECTIVE_INVALID, GLOB_UNMATCHED};

use jiff::civil::Date;

use crate::claim::Claims;
use crate::diagnostic::{Diagnostic, RuleMeta};
use crate::outline::Outline;
use crate::rulebook::{Profile, Rulebook, Sightings};
use crate::text::Document;

/// Declares a rule: its doc comment is its page, and the page is all that anybody reads about it. A rule that is `off`
/// runs only where it is selected.
macro_rules! declare_rule {
    (@by_default) => { true };
    (@by_default off) => { false };
    ($(#[doc = $doc:literal])* $name:ident = $id:literal, $severity:ident $($off:ident)?,
        zh: $zh:literal, en: $en:literal $(,)?) => {
        $(#[doc = $doc])*
        pub(crate) static $name: $crate::diagnostic::RuleMeta = $crate::diagnostic::RuleMeta {
            id: $id,
            severity: $crate::diagnostic::Severity::$severity,
            by_default: declare_rule!(@by_default $($off)?),
            zh: $zh,
            en: $en,
            page: concat!($($doc, "\n"),*),
        };
    };
}
use declare_rule;

pub(crate) use claim::working;

/// What a check may look at.
pub struct Context<'a> {
    /// The draft.
    pub document: &'a Document,
    /// Its papers, titles, dates and headings.
    pub outline: &'a Outline,
    /// Its figures, judged.
    pub claims: &'a Claims,
    /// What stands in the blocks of the draft: those in which something does.
    pub sightings: &'a Sightings<'a>,
    /// The data of the rules.
    pub book: &'a Rulebook,
    /// The kind of each paper of the outline, where it was recognised.
    pub kinds: &'a [Option<&'a Profile>],
    /// The date of a paper that shows none.
    pub as_of: Date,
}

impl<'a> Context<'a> {
    /// The date that decides about the paper with this index.
    #[must_use]
    pub fn date(&self, paper: usize) -> Date {
        self.outline.papers.get(paper).and_then(|p| p.date).map_or(self.as_of, |d| d.date)
    }
}

/// A check and the rules in whose name it speaks.
pub struct Check {
    /// The rules, each of which runs or does not.
    pub rules: &'static [&'static RuleMeta],
    /// Finds what there is to find.
    pub run: fn(&Context<'_>, &mut Vec<Diagnostic>),
}

/// Every check, in the order of the catalogue.
pub static ALL: &[&Check] = &[
    &claim::CHECK,
    &placeholder::CHECK,
    &term::CHECK,
    &term::TITLES,
    &section::CHECK,
    &number_heading::CHECK,
    &number_ordinal::CHECK,
    &number_article::CHECK,
    &date::CHECK,
    &mark::CHECK,
    &mark::HABITS,
    &residue::CHECK,
];

/// Every rule, in the order of the catalogue.
pub fn metas() -> impl Iterator<Item = &'static RuleMeta> {
    of_drafts().chain(config::RULES.iter().copied())
}

/// The rules that speak of drafts.
pub fn of_drafts() -> impl Iterator<Item = &'static RuleMeta> {
    ALL.iter().flat_map(|check| check.rules.iter().copied())
}

/// The rules that report the entries of `rules/terms/`.
pub fn of_terms() -> impl Iterator<Item = &'static RuleMeta> {
    term::CHECK.rules.iter().copied()
}

/// A draft of plain paragraphs, one a line.
#[cfg(test)]
pub(crate) fn draft(text: &str) -> Document {
    use crate::text::{Block, BlockKind, LineIndex};
    let lines = LineIndex::new(text);
    let blocks = (0..lines.count())
        .map(|line| Block { kind: BlockKind::Paragraph, span: lines.span(text, line) })
        .filter(|block| !block.span.is_empty())
        .collect();
    Document::new("draft.txt".into(), text.to_owned(), "UTF-8", blocks, None)
}
