//! The JSON report, schema `gongwen-lint/1` (`report.schema.json`).

use serde_json::{Map, Value, json};

use crate::diagnostic::{Lang, Severity};
use crate::render::place::Places;
use crate::report::{ClaimRecord, Finding, Report};
use crate::text::{Document, Position, Span};

/// The JSON Schema of the report.
pub const SCHEMA: &str = include_str!("report.schema.json");

/// Renders the whole report.
#[must_use]
pub fn json(report: &Report, lang: Lang) -> String {
    let mut files = Vec::new();
    let mut diagnostics = Vec::new();
    let mut ticks = Vec::new();
    for file in &report.files {
        match &file.outcome {
            Err(e) => files.push(json!({
                "path": file.path, "encoding": null,
                "error": {"message": e.message.get(lang), "help": e.advice.get(lang)},
                "papers": [],
            })),
            Ok(checked) => {
                let places = Places::new(checked);
                let papers: Vec<Value> = checked
                    .papers
                    .iter()
                    .map(|p| {
                        json!({
                            "title": p.title, "span": span(&places, p.span), "profile": p.profile,
                            "date": p.date, "date_source": p.date_source,
                        })
                    })
                    .collect();
                files.push(json!({
                    "path": file.path, "encoding": checked.document.encoding, "error": null, "papers": papers,
                }));
                ticks.extend(checked.ticks.iter().map(|t| tick(&file.path, &checked.document, &places, t, lang)));
                for finding in &checked.findings {
                    diagnostics.push(diagnostic(&file.path, &checked.document, &places, finding, lang));
                }
            }
        }
    }
    let claims = report.claims();
    let unknown: usize = claims.unknown.values().sum();
    let mut value = json!({
        "schema": "gongwen-lint/1",
        "tool": {"name": "lint", "version": env!("CARGO_PKG_VERSION")},
        "files": files,
        "diagnostics": diagnostics,
        "summary": {
            "files": report.files.len(),
            "errors": report.count(Severity::Error),
            "warnings": report.count(Severity::Warning),
            "infos": report.count(Severity::Info),
            "suppressed": 0,
            "baselined": 0,
            "failed": report.failed(),
            "skipped": report.skipped,
            "claims": {
                "seen": claims.seen, "agree": claims.agree, "near": claims.near, "conflict": claims.conflict,
                "unknown": unknown, "why": claims.unknown,
            },
        },
    });
    if !ticks.is_empty() {
        value["claims"] = ticks.into();
    }
    let mut out = serde_json::to_string_pretty(&value).expect("a JSON value prints");
    out.push('\n');
    out
}

fn tick(path: &str, document: &Document, places: &Places, t: &ClaimRecord, lang: Lang) -> Value {
    let figures: Vec<Value> = t
        .figures
        .iter()
        .map(|&(role, at)| json!({"role": role, "span": span(places, at), "text": document.slice(at)}))
        .collect();
    json!({
        "path": path, "kind": t.kind, "span": span(places, t.span), "text": document.slice(t.span), "figures": figures,
        "verdict": t.verdict, "why": t.why, "working": t.working.as_ref().map(|w| w.get(lang)),
    })
}

fn diagnostic(path: &str, document: &Document, places: &Places, finding: &Finding, lang: Lang) -> Value {
    let d = &finding.diagnostic;
    let at = d.place.span();
    let labels: Vec<Value> = d
        .labels
        .iter()
        .map(|l| json!({"span": span(places, l.span), "text": document.slice(l.span), "message": l.message.get(lang)}))
        .collect();
    let fix = d.fix.as_ref().map(|fix| {
        let edits: Vec<Value> =
            fix.edits.iter().map(|e| json!({"span": span(places, e.span), "text": e.text})).collect();
        json!({"title": fix.title.get(lang), "safety": fix.safety.as_str(), "edits": edits})
    });
    let mut map = Map::new();
    let mut put = |key: &str, value: Value| map.insert(key.to_owned(), value);
    put("path", path.into());
    put("paper", finding.paper.into());
    put("rule", d.rule.id.into());
    put("severity", d.severity.as_str().into());
    put("outcome", finding.outcome.as_str().into());
    put("message", d.message.get(lang).into());
    put("span", at.map_or(Value::Null, |s| span(places, s)));
    put("text", at.map_or(Value::Null, |s| document.slice(s).into()));
    put("labels", labels.into());
    put("help", d.help.as_ref().map(|h| h.get(lang)).into());
    put("data", Value::Object(d.data.clone()));
    put("fix", fix.into());
    put("fingerprint", finding.fingerprint.as_str().into());
    put("source", if d.source.is_empty() { Value::Null } else { d.source.as_str().into() });
    put("suppression", Value::Null);
    Value::Object(map)
}

fn span(places: &Places, span: Span) -> Value {
    let (start, end) = places.of_span(span);
    json!({"start": position(start), "end": position(end)})
}

fn position(p: Position) -> Value {
    json!({"offset": p.offset, "char": p.char, "line": p.line, "column": p.column, "utf16": p.utf16})
}
