//! Punctuation: marks that are doubled, left open, of the wrong kind or in the wrong place.

mod docnumber;
mod dot;
mod doubled;
mod dunhao;
mod list;
mod pair;
mod quote;
mod range;
mod spacing;
mod stray;

use crate::diagnostic::Diagnostic;
use crate::outline::Paper;
use crate::rulebook::Rulebook;
use crate::rules::{Check, Context};
use crate::text::{Block, BlockKind, Document, Span};

pub(super) static CHECK: Check = Check {
    rules: &[
        &doubled::MARK_DOUBLED,
        &pair::MARK_PAIR,
        &stray::MARK_STRAY,
        &docnumber::MARK_DOCNUMBER,
        &list::MARK_LIST,
        &quote::MARK_QUOTE,
        &dot::MARK_DOT,
        &range::MARK_RANGE,
        &dunhao::MARK_DUNHAO,
        &spacing::MARK_SPACING,
    ],
    run,
};

/// The text of a paper without the web page around it.
#[derive(Clone, Copy)]
struct Scene<'a> {
    document: &'a Document,
    paper: &'a Paper,
    /// The text that spans belong to.
    prose: &'a str,
    /// Its body.
    span: Span,
    /// The words that tell a fault from what is right.
    book: &'a Rulebook,
}

fn run(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for paper in &cx.outline.papers {
        let scene = Scene::new(cx.document, paper, cx.book);
        doubled::find(scene, out);
        pair::find(scene, out);
        stray::find(scene, out);
        docnumber::find(scene, out);
        list::find(scene, out);
        quote::find(scene, out);
        dot::find(scene, out);
        range::find(scene, out);
        dunhao::find(scene, out);
        spacing::find(scene, out);
    }
    pair::find_cut_off(cx, out);
}

impl<'a> Scene<'a> {
    fn new(document: &'a Document, paper: &'a Paper, book: &'a Rulebook) -> Self {
        Self { document, paper, prose: document.prose(), span: paper.body, book }
    }

    /// The title where it stands above the body, and the paragraphs and rows of the body.
    fn blocks(self) -> impl Iterator<Item = Block> + 'a {
        let above = |part: Option<Span>| part.filter(|p| p.end <= self.span.start);
        let title = above(self.paper.title).map(|t| self.document.blocks_in(t));
        title.into_iter().flatten().chain(self.document.blocks_in(self.span))
    }

    /// Whether a block is the row of a table; a line with bars or several tabs is one that lost its shape.
    fn is_row(self, block: Block) -> bool {
        let words = block.span.of(self.prose);
        block.kind == BlockKind::Row || words.contains('|') || words.trim().matches('\t').count() > 1
    }
}

/// The character before a byte of the text, on the same line.
fn before(text: &str, at: usize) -> Option<char> {
    text[..at].chars().next_back().filter(|c| !matches!(c, '\n' | '\r'))
}

/// What the checks find in a draft, as the words under their spans; for the unit tests of the rules.
#[cfg(test)]
fn found(find: fn(Scene<'_>, &mut Vec<Diagnostic>), text: &str) -> Vec<String> {
    let document = crate::rules::draft(text);
    let outline = crate::outline::Outline::new(&document);
    let book = crate::rulebook::Rulebook::embedded();
    let mut out = Vec::new();
    for paper in &outline.papers {
        find(Scene::new(&document, paper, &book), &mut out);
    }
    out.iter().filter_map(|d| d.place.span()).map(|s| document.slice(s).to_owned()).collect()
}
