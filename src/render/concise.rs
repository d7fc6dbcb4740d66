//! One line a finding: `path:line:column: severity[rule] message`.

use std::fmt::Write as _;

use crate::diagnostic::Lang;
use crate::render::place::Places;
use crate::render::printable;
use crate::report::{Outcome, Report};
use crate::text::ColumnUnit;

/// Renders the open findings, one line each, and the files that could not be read.
#[must_use]
pub fn concise(report: &Report, lang: Lang, unit: ColumnUnit) -> String {
    let mut out = String::new();
    for file in &report.files {
        let path = printable(&file.path);
        match &file.outcome {
            Err(e) => {
                let (message, advice) = (printable(e.message.get(lang)), printable(e.advice.get(lang)));
                let gap = if lang == Lang::Zh { "。" } else { ". " };
                let _ = writeln!(out, "{path}: error: {message}{gap}{advice}");
            }
            Ok(checked) => {
                let places = Places::new(checked);
                for finding in checked.findings.iter().filter(|f| f.outcome == Outcome::Open) {
                    let d = &finding.diagnostic;
                    let at = d
                        .place
                        .span()
                        .map(|s| places.of_span(s).0)
                        .map_or_else(|| String::from("1:1"), |p| format!("{}:{}", p.line, p.column_in(unit)));
                    let message = printable(d.message.get(lang));
                    let _ = writeln!(out, "{path}:{at}: {}[{}] {message}", d.severity, d.rule.id);
                }
            }
        }
    }
    out
}
