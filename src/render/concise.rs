//! One line a finding: `path:line:column: severity[rule] message`.

use std::fmt::Write as _;

use crate::diagnostic::Lang;
use crate::render::place::Places;
use crate::report::{Outcome, Report};

/// Renders the open findings, one line each, and the files that could not be read.
#[must_use]
pub fn concise(report: &Report, lang: Lang) -> String {
    let mut out = String::new();
    for file in &report.files {
        match &file.outcome {
            Err(e) => {
                let _ = writeln!(out, "{}: error: {} {}", file.path, e.message.get(lang), e.advice.get(lang));
            }
            Ok(checked) => {
                let places = Places::new(checked);
                for finding in checked.findings.iter().filter(|f| f.outcome == Outcome::Open) {
                    let d = &finding.diagnostic;
                    let at = d
                        .place
                        .span()
                        .map(|s| places.of_span(s).0)
                        .map_or_else(|| String::from("1:1"), |p| format!("{}:{}", p.line, p.column));
                    let _ = writeln!(out, "{}:{at}: {}[{}] {}", file.path, d.severity, d.rule.id, d.message.get(lang));
                }
            }
        }
    }
    out
}
