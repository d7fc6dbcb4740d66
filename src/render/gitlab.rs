//! GitLab's code quality report: a JSON array of what is open.
//!
//! An error is `major`, a warning `minor`, an info `info`; a file that could not be read is a `blocker`, since nothing is
//! known of it. GitLab tells findings of two reports apart by their fingerprints alone and shows one of equals, so that
//! path and turn are hashed in: the second of two equal findings in a file is another one.

use std::collections::HashMap;

use serde_json::{Value, json};
use xxhash_rust::xxh3::xxh3_128;

use crate::diagnostic::{Lang, Severity};
use crate::render::json_text::Stream;
use crate::render::place::Places;
use crate::render::{Format, names, rooted};
use crate::report::{FileReport, Finding, Fingerprint, Summary};
use crate::text::Position;

/// The open findings and the files that could not be read.
#[derive(Debug)]
pub struct Gitlab {
    lang: Lang,
    issues: Stream,
}

impl Gitlab {
    /// With messages in one language.
    #[must_use]
    pub fn new(lang: Lang) -> Self {
        Self { lang, issues: Stream::new(String::from("["), 1) }
    }
}

impl Format for Gitlab {
    fn file(&mut self, file: &FileReport) -> String {
        let path = rooted(&file.path);
        let checked = match &file.outcome {
            Ok(checked) => checked,
            Err(error) => {
                return self.issues.push(&json!({
                    "description": names::fault(error, self.lang), "check_name": "unreadable",
                    "fingerprint": fingerprint(path, "unreadable", 0), "severity": "blocker",
                    "location": {"path": path, "lines": {"begin": 1, "end": 1}},
                }));
            }
        };
        let places = Places::new(checked);
        let mut turns: HashMap<String, usize> = HashMap::new();
        let mut out = String::new();
        for finding in file.open() {
            let name = Fingerprint::of(&checked.document, &finding.diagnostic).to_string();
            let turn = turns.entry(name.clone()).or_default();
            let fingerprint = fingerprint(path, &name, *turn);
            out.push_str(&self.issues.push(&issue(path, &places, finding, &fingerprint, self.lang)));
            *turn += 1;
        }
        out
    }

    fn end(&mut self, _: &Summary) -> String {
        self.issues.close() + "\n"
    }
}

fn issue(path: &str, places: &Places, finding: &Finding, fingerprint: &str, lang: Lang) -> Value {
    let d = &finding.diagnostic;
    let location = match d.place.span().map(|s| places.of_span(s)) {
        Some((start, end)) => json!({"path": path, "positions": {"begin": position(start), "end": position(end)}}),
        None => json!({"path": path, "lines": {"begin": 1, "end": 1}}),
    };
    let severity = match d.severity {
        Severity::Error => "major",
        Severity::Warning => "minor",
        Severity::Info => "info",
    };
    json!({
        "description": d.message.get(lang), "check_name": d.rule.id,
        "fingerprint": fingerprint, "severity": severity, "location": location,
    })
}

fn position(p: Position) -> Value {
    json!({"line": p.line, "column": p.column})
}

/// A name that is unique within the report; `turn` counts the equal findings before this one.
fn fingerprint(path: &str, name: &str, turn: usize) -> String {
    format!("{:032x}", xxh3_128(format!("{path}\0{name}\0{turn}").as_bytes()))
}
