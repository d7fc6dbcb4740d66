//! Reviewdog's `rdjson`, whose columns count bytes of UTF-8 from 1 and whose ends are exclusive.
//!
//! Reviewdog reads it strictly: an older one refuses a whole report for a key that it does not know, so that only those
//! keys are written that the format has had from its first day (the evidence of a finding is in its message).

use serde_json::{Value, json};

use crate::diagnostic::{Diagnostic, Lang, Severity};
use crate::render::json_text::Stream;
use crate::render::place::Places;
use crate::render::{Format, names, rooted};
use crate::report::{Checked, FileReport, Summary};
use crate::text::Span;

/// The open findings and the files that could not be read.
#[derive(Debug)]
pub struct Rdjson {
    lang: Lang,
    diagnostics: Stream,
}

impl Rdjson {
    /// With messages in one language.
    #[must_use]
    pub fn new(lang: Lang) -> Self {
        let head = "{\n  \"source\": {\n    \"name\": \"lint\"\n  },\n  \"diagnostics\": [";
        Self { lang, diagnostics: Stream::new(head.to_owned(), 2) }
    }
}

impl Format for Rdjson {
    fn file(&mut self, file: &FileReport) -> String {
        let path = rooted(&file.path);
        let checked = match &file.outcome {
            Ok(checked) => checked,
            Err(error) => {
                let message = names::fault(error, self.lang);
                return self
                    .diagnostics
                    .push(&json!({"message": message, "location": {"path": path}, "severity": "ERROR"}));
            }
        };
        let places = Places::new(checked);
        file.open()
            .map(|f| self.diagnostics.push(&diagnostic(path, checked, &places, &f.diagnostic, self.lang)))
            .collect()
    }

    fn end(&mut self, _: &Summary) -> String {
        self.diagnostics.close() + "\n}\n"
    }
}

fn diagnostic(path: &str, checked: &Checked, places: &Places, d: &Diagnostic, lang: Lang) -> Value {
    let severity = match d.severity {
        Severity::Error => "ERROR",
        Severity::Warning => "WARNING",
        Severity::Info => "INFO",
    };
    let mut location = json!({"path": path});
    if let Some(span) = d.place.span() {
        location["range"] = range(places, span);
    }
    let mut out = json!({
        "message": names::said(d, lang), "location": location, "severity": severity, "code": {"value": d.rule.id},
    });
    // Suggestions are alternatives to each other, so that the edits of one fix make one.
    if let Some((span, text)) = d.fix.as_ref().and_then(|fix| fix.joined(&checked.document.text)) {
        out["suggestions"] = json!([{"range": range(places, span), "text": text}]);
    }
    out
}

fn range(places: &Places, span: Span) -> Value {
    let (start, end) = places.of_span(span);
    json!({"start": {"line": start.line, "column": start.byte}, "end": {"line": end.line, "column": end.byte}})
}
