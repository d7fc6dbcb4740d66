//! Positions of many spans of one document, found in one pass.

use std::collections::HashMap;

use crate::report::Checked;
use crate::text::{Document, Position, Span};

/// The positions of the offsets that a report mentions. Character counts from the start of a text are costly,
/// so the offsets are sorted and counted once.
pub(super) struct Places(HashMap<usize, Position>);

impl Places {
    pub(super) fn new(checked: &Checked) -> Self {
        let papers = checked.papers.iter().map(|p| p.span);
        let found = checked.findings.iter().flat_map(|f| {
            let d = &f.diagnostic;
            let edits = d.fix.iter().flat_map(|fix| fix.edits.iter().map(|e| e.span));
            d.place.span().into_iter().chain(d.labels.iter().map(|l| l.span)).chain(edits)
        });
        let ticks = checked.ticks.iter().flat_map(|t| t.figures.iter().map(|&(_, span)| span).chain([t.span]));
        Self::of(&checked.document, papers.chain(found).chain(ticks))
    }

    fn of(document: &Document, spans: impl Iterator<Item = Span>) -> Self {
        let mut offsets: Vec<usize> = spans.flat_map(|s| [s.start, s.end]).collect();
        offsets.sort_unstable();
        offsets.dedup();
        let mut known = None;
        let mut map = HashMap::with_capacity(offsets.len());
        for offset in offsets {
            let position = document.lines.position_after(&document.text, offset, known);
            known = Some(position);
            map.insert(offset, position);
        }
        Self(map)
    }

    /// The positions of a span's two ends.
    ///
    /// # Panics
    /// When the span is not of the report: that is a fault of the caller.
    pub(super) fn of_span(&self, span: Span) -> (Position, Position) {
        (self.0[&span.start], self.0[&span.end])
    }
}
