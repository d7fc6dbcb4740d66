//! SARIF 2.1.0, the format of code scanning.
//!
//! What does not count stays in, suppressed: by a comment of the draft (`inSource`), or from outside by an `[[allow]]`,
//! the baseline or the level asked for. Since one result has suppressions, all have (3.27.23), most of them none.
//! `baselineState` is not given: it would have to be on every result and to name the run it compares with (3.27.24), and
//! a baseline is a list of fingerprints, no run.

use std::path::Path;

use serde_json::{Value, json};

use crate::diagnostic::{Fix, Label, Lang, RuleMeta, Severity};
use crate::render::json::numbers;
use crate::render::json_text::{Later, Stream, indented};
use crate::render::place::Places;
use crate::render::terminal::TerminalOptions;
use crate::render::{Format, names, page, rooted};
use crate::report::{Allower, Checked, FileReport, Finding, Fingerprint, Outcome, Summary};
use crate::text::Span;

const HEAD: &str = "{
  \"$schema\": \"https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json\",
  \"version\": \"2.1.0\",
  \"runs\": [
    {
      \"columnKind\": \"unicodeCodePoints\",
      \"newlineSequences\": [
        \"\\r\\n\",
        \"\\n\",
        \"\\r\"
      ],
      \"results\": [";

/// All findings as results of one run, written as they come; rules and files follow them.
#[derive(Debug)]
pub struct Sarif {
    lang: Lang,
    results: Stream,
    artifacts: Later,
    /// The rules that were met, in the order in which results refer to them.
    rules: Vec<&'static RuleMeta>,
}

impl Sarif {
    /// With messages in one language.
    #[must_use]
    pub fn new(lang: Lang) -> Self {
        Self { lang, results: Stream::new(HEAD.to_owned(), 4), artifacts: Later::default(), rules: Vec::new() }
    }

    fn index_of(&mut self, rule: &'static RuleMeta) -> usize {
        self.rules.iter().position(|known| known.id == rule.id).unwrap_or_else(|| {
            self.rules.push(rule);
            self.rules.len() - 1
        })
    }
}

impl Format for Sarif {
    fn file(&mut self, file: &FileReport) -> String {
        let uri = uri(&file.path);
        let mut artifact = json!({"location": {"uri": uri}, "roles": ["analysisTarget"]});
        let Ok(checked) = &file.outcome else {
            self.artifacts.push(&artifact, 4);
            return String::new();
        };
        artifact["encoding"] = checked.document.encoding.into();
        self.artifacts.push(&artifact, 4);
        let places = Places::new(checked);
        let source = Source { uri: &uri, checked, places: &places, lang: self.lang };
        checked
            .findings
            .iter()
            .map(|finding| {
                let index = self.index_of(finding.diagnostic.rule);
                self.results.push(&source.result(finding, index))
            })
            .collect()
    }

    fn end(&mut self, summary: &Summary) -> String {
        let language = if self.lang == Lang::Zh { "zh-CN" } else { "en" };
        let version = env!("CARGO_PKG_VERSION");
        let rules: Vec<Value> = self.rules.iter().map(|r| rule(r, self.lang)).collect();
        let driver = json!({"name": "lint", "version": version, "semanticVersion": version, "rules": rules});
        let notes: Vec<Value> = summary
            .failed
            .iter()
            .map(|(path, error)| {
                json!({
                    "level": "error", "message": {"text": names::fault(error, self.lang)},
                    "locations": [{"physicalLocation": {"artifactLocation": {"uri": uri(path)}}}],
                })
            })
            .collect();
        let invocation = json!({"executionSuccessful": notes.is_empty(), "toolExecutionNotifications": notes});
        let mut out = self.results.close();
        for (key, value) in [
            ("artifacts", self.artifacts.array(4)),
            ("tool", below(&json!({"driver": driver}))),
            ("language", below(&language.into())),
            ("invocations", below(&json!([invocation]))),
            ("properties", below(&json!({"summary": numbers(summary)}))),
        ] {
            out.push_str(&format!(",\n      \"{key}\": {value}"));
        }
        out + "\n    }\n  ]\n}\n"
    }
}

/// A value of the run, behind its key.
fn below(value: &Value) -> String {
    indented(value, 3).trim_start().to_owned()
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

fn rule(rule: &RuleMeta, lang: Lang) -> Value {
    let summary = rule.summary(lang);
    let help = page::explain(rule, lang, &TerminalOptions::default());
    json!({
        "id": rule.id,
        "shortDescription": {"text": summary},
        "fullDescription": {"text": page::opening(rule, lang).unwrap_or_else(|| summary.to_owned())},
        "help": {"text": help, "markdown": page::markdown(rule)},
        "defaultConfiguration": {"enabled": rule.by_default, "level": level(rule.severity)},
        "properties": {"tags": [rule.class()]},
    })
}

/// A path as a reference: from the root of the repository, or of the machine where it is absolute.
fn uri(path: &str) -> String {
    let mut out = String::new();
    if Path::new(path).is_absolute() {
        out.push_str(if path.starts_with('/') { "file://" } else { "file:///" });
    }
    for byte in rooted(path).bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

/// A file whose findings are told.
struct Source<'a> {
    uri: &'a str,
    checked: &'a Checked,
    places: &'a Places,
    lang: Lang,
}

impl Source<'_> {
    fn result(&self, finding: &Finding, index: usize) -> Value {
        let d = &finding.diagnostic;
        let mut out = json!({
            "ruleId": d.rule.id,
            "ruleIndex": index,
            "level": level(d.severity),
            "message": {"text": names::said(d, self.lang)},
            "locations": [self.location(d.place.span())],
            "partialFingerprints": {"gongwenLint/v1": Fingerprint::of(&self.checked.document, d).to_string()},
            "suppressions": self.suppressions(&finding.outcome),
        });
        if !d.labels.is_empty() {
            out["relatedLocations"] = d.labels.iter().enumerate().map(|(id, label)| self.related(id, label)).collect();
        }
        if let Some(fix) = &d.fix {
            out["fixes"] = json!([self.fix(fix)]);
        }
        let mut properties = json!({"outcome": finding.outcome.as_str(), "paper": finding.paper, "data": d.data});
        if !d.source.is_empty() {
            properties["source"] = d.source.as_str().into();
        }
        out["properties"] = properties;
        out
    }

    fn location(&self, span: Option<Span>) -> Value {
        let mut place = json!({"artifactLocation": {"uri": self.uri}});
        if let Some(span) = span {
            place["region"] = self.region(span);
            place["region"]["snippet"] = json!({"text": self.checked.document.slice(span)});
        }
        json!({"physicalLocation": place})
    }

    /// A piece of evidence; its number keeps it apart from an equal one, which the schema forbids.
    fn related(&self, id: usize, label: &Label) -> Value {
        let mut location = self.location(Some(label.span));
        location["id"] = id.into();
        location["message"] = json!({"text": label.message.get(self.lang)});
        location
    }

    fn region(&self, span: Span) -> Value {
        let (start, end) = self.places.of_span(span);
        json!({
            "startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column,
            "charOffset": start.char, "charLength": end.char - start.char,
        })
    }

    fn fix(&self, fix: &Fix) -> Value {
        let replacements: Vec<Value> = fix
            .edits
            .iter()
            .map(|e| json!({"deletedRegion": self.region(e.span), "insertedContent": {"text": e.text}}))
            .collect();
        json!({
            "description": {"text": fix.title.get(self.lang)},
            "artifactChanges": [{"artifactLocation": {"uri": self.uri}, "replacements": replacements}],
            "properties": {"safety": fix.safety.as_str()},
        })
    }

    fn suppressions(&self, outcome: &Outcome) -> Value {
        if *outcome == Outcome::Open {
            return json!([]);
        }
        let given = outcome.suppression();
        let in_source = given.is_some_and(|s| s.by == Allower::Directive);
        let mut out = json!({
            "kind": if in_source { "inSource" } else { "external" },
            "status": "accepted",
            "justification": names::excuse(outcome, self.lang),
        });
        if let Some(given) = given {
            let place = json!({"artifactLocation": {"uri": uri(&given.path)}, "region": {"startLine": given.line}});
            out["location"] = json!({"physicalLocation": place});
            if let Some(until) = &given.until {
                out["properties"] = json!({"until": until});
            }
        }
        json!([out])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A path becomes a reference that means that path and nothing else.
    #[test]
    fn references() {
        assert_eq!(uri("./送审/a b:1%.txt"), "%E9%80%81%E5%AE%A1/a%20b%3A1%25.txt");
        assert_eq!(uri("<stdin>"), "%3Cstdin%3E");
        #[cfg(unix)]
        assert_eq!(uri("/tmp/甲.txt"), "file:///tmp/%E7%94%B2.txt");
    }
}
