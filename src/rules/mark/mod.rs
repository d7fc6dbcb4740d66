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
use crate::text::{Block, BlockKind, Class, Document, Event, Span, Stretch, trim_blank_end, trim_blank_start};

pub(super) static CHECK: Check = Check {
    rules: &[
        &doubled::MARK_DOUBLED,
        &pair::MARK_PAIR,
        &stray::MARK_STRAY,
        &docnumber::MARK_DOCNUMBER,
        &list::MARK_LIST,
        &quote::MARK_QUOTE,
        &dot::MARK_DOT,
    ],
    run,
};

/// Those that tell of a habit once a paper; nobody is told unless he asks, so that they are a check of their own.
pub(super) static HABITS: Check = Check {
    rules: &[&range::MARK_RANGE, &dunhao::MARK_DUNHAO, &spacing::MARK_SPACING],
    run: |cx, out| {
        each_scene(cx, |scene| {
            range::find(scene, out);
            dunhao::find(scene, out);
            spacing::find(scene, out);
        });
    },
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
    /// The title where it stands above the body, and the paragraphs and rows of the body.
    parts: &'a [Part<'a>],
    /// The words that tell a fault from what is right.
    book: &'a Rulebook,
}

/// A block of a paper and what stands in it.
#[derive(Clone, Copy)]
struct Part<'a> {
    block: Block,
    text: &'a str,
    /// It without the blanks around it, in the whole text.
    words: Span,
    /// Its events, which bear their places in the whole text.
    events: Stretch<'a>,
    /// Those among them that are marks, as [`marks`] tells.
    marks: &'a [Event],
    /// Whether it is the row of a table; a line with bars or several tabs is one that lost its shape.
    is_row: bool,
}

fn run(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    each_scene(cx, |scene| {
        doubled::find(scene, out);
        pair::find(scene, out);
        stray::find(scene, out);
        docnumber::find(scene, out);
        list::find(scene, out);
        quote::find(scene, out);
        dot::find(scene, out);
    });
    pair::find_cut_off(cx, out);
}

/// Shows the papers one by one.
fn each_scene(cx: &Context<'_>, mut show: impl FnMut(Scene<'_>)) {
    for paper in &cx.outline.papers {
        let marks = marks(cx.document, paper);
        let parts = parts(cx.document, paper, &marks);
        show(Scene::new(cx.document, paper, &parts, cx.book));
    }
}

impl<'a> Scene<'a> {
    fn new(document: &'a Document, paper: &'a Paper, parts: &'a [Part<'a>], book: &'a Rulebook) -> Self {
        Self { document, paper, prose: document.prose(), span: paper.body, parts, book }
    }
}

/// The marks of a paper, which are few among its events: halves of brackets and quotations, dots and numbers in circles;
/// of the points only those right behind another one, or behind a mark that they end again.
fn marks(document: &Document, paper: &Paper) -> Vec<Event> {
    let singles = Class::BRACKET.or(Class::QUOTE).or(Class::APOSTROPHE).or(Class::DOT).or(Class::CIRCLED);
    let events = document.events().between(paper.span);
    let follows_point = |i: usize| i > 0 && events[i - 1].class.is(Class::POINT.or(Class::CALL));
    let mut marks = Vec::new();
    for (i, event) in events.iter().enumerate() {
        if event.class.is(singles) || event.class.is(Class::POINT) && event.class.is(Class::LED) && follows_point(i) {
            marks.push(*event);
        }
    }
    marks
}

/// The title where it stands above the body, and the paragraphs and rows of the body, given the marks of the paper.
fn parts<'a>(document: &'a Document, paper: &Paper, marks: &'a [Event]) -> Vec<Part<'a>> {
    let mut events = document.events().walk(paper.span.start);
    let mut further = marks;
    let mut parts = Vec::with_capacity(document.blocks.len());
    let mut add = |block: Block| {
        let text = block.span.of(document.prose());
        let events = events.next(block.span);
        let words = if events.has(Class::BLANK) { words(block.span, text) } else { block.span };
        let skipped = further.iter().take_while(|e| e.at < block.span.start).count();
        let own = further[skipped..].iter().take_while(|e| e.at < block.span.end).count();
        let marks = &further[skipped..skipped + own];
        further = &further[skipped + own..];
        let has_tabs = || memchr::memchr(b'\t', words.of(document.prose()).as_bytes()).is_some();
        let is_torn = || has_tabs() && text.trim().matches('\t').count() > 1;
        let is_row = block.kind == BlockKind::Row || events.has(Class::BAR) || events.has(Class::BLANK) && is_torn();
        parts.push(Part { block, text, words, events, marks, is_row });
    };
    if let Some(title) = paper.title.filter(|t| t.end <= paper.body.start) {
        document.blocks_in(title).for_each(&mut add);
    }
    document.blocks_in(paper.body).for_each(&mut add);
    parts
}

/// A block without the blanks around its text.
fn words(block: Span, text: &str) -> Span {
    let rest = trim_blank_start(text);
    let start = block.end - rest.len();
    Span::new(start, start + trim_blank_end(rest).len())
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
        let marks = marks(&document, paper);
        let parts = parts(&document, paper, &marks);
        find(Scene::new(&document, paper, &parts, &book), &mut out);
    }
    out.iter().filter_map(|d| d.place.span()).map(|s| document.slice(s).to_owned()).collect()
}
