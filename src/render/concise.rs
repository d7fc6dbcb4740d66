//! One line a finding: `path:line:column: severity[rule] message`.

use std::fmt::Write as _;

use crate::diagnostic::Lang;
use crate::render::place::Places;
use crate::render::{Format, names, printable};
use crate::report::{ClaimRecord, FileReport, Summary};
use crate::text::{ColumnUnit, Document};

/// The figure that states a claim, and its working or the reason why there is none.
pub(super) fn tick_line(document: &Document, tick: &ClaimRecord, lang: Lang) -> String {
    let stated = printable(&document.excerpt(tick.span)).into_owned();
    match (&tick.working, tick.why) {
        (Some(working), _) => format!("{stated}: {}", printable(working.get(lang))),
        (None, Some(why)) => format!("{stated}: {}", names::reason(why, lang)),
        (None, None) => stated,
    }
}

/// The open findings, one line each, the claims where they are listed, and the files that could not be read.
#[derive(Debug, Clone, Copy)]
pub struct Concise {
    /// The language of messages.
    pub lang: Lang,
    /// What the columns count.
    pub unit: ColumnUnit,
}

impl Format for Concise {
    fn file(&mut self, file: &FileReport) -> String {
        let Self { lang, unit } = *self;
        let mut out = String::new();
        let path = printable(&file.path);
        let checked = match &file.outcome {
            Ok(checked) => checked,
            Err(error) => return format!("{path}: error: {}\n", printable(&names::fault(error, lang))),
        };
        let places = Places::new(checked);
        for finding in file.open() {
            let d = &finding.diagnostic;
            let at = d
                .place
                .span()
                .map(|s| places.of_span(s).0)
                .map_or_else(|| String::from("1:1"), |p| format!("{}:{}", p.line, p.column_in(unit)));
            let message = printable(d.message.get(lang));
            let _ = writeln!(out, "{path}:{at}: {}[{}] {message}", d.severity, d.rule.id);
        }
        for tick in &checked.ticks {
            let at = places.of_span(tick.span).0;
            let (line, column) = (at.line, at.column_in(unit));
            let said = tick_line(&checked.document, tick, lang);
            let _ = writeln!(out, "{path}:{line}:{column}: {}[{}] {said}", tick.verdict, tick.kind);
        }
        out
    }

    fn end(&mut self, _: &Summary) -> String {
        String::new()
    }
}
