//! The JSON report, schema `gongwen-lint/1` (`report.schema.json`).

use serde_json::{Map, Value, json};

use crate::diagnostic::{Lang, Severity};
use crate::render::Format;
use crate::render::json_text::{Later, Stream, indented};
use crate::render::place::Places;
use crate::report::{ClaimRecord, FileReport, Finding, Fingerprint, PaperInfo, Summary};
use crate::text::{Document, Position, Span};

/// The JSON Schema of the report.
pub const SCHEMA: &str = include_str!("report.schema.json");

/// The report as one JSON object, its findings written as they come; the other lists are kept until the end.
#[derive(Debug)]
pub struct Json {
    lang: Lang,
    diagnostics: Stream,
    files: Later,
    claims: Later,
}

impl Json {
    /// With messages in one language.
    #[must_use]
    pub fn new(lang: Lang) -> Self {
        let tool = indented(&tool(), 1);
        let head =
            format!("{{\n  \"schema\": \"{SCHEMA_ID}\",\n  \"tool\": {},\n  \"diagnostics\": [", tool.trim_start());
        Self { lang, diagnostics: Stream::new(head, 2), files: Later::default(), claims: Later::default() }
    }
}

impl Format for Json {
    fn file(&mut self, file: &FileReport) -> String {
        let entries = Entries::new(file, self.lang);
        self.files.push(&entries.file, 2);
        entries.claims.iter().for_each(|claim| self.claims.push(claim, 2));
        entries.diagnostics.iter().map(|d| self.diagnostics.push(d)).collect()
    }

    fn end(&mut self, summary: &Summary) -> String {
        let mut out = self.diagnostics.close();
        if !self.claims.is_empty() {
            out.push_str(&format!(",\n  \"claims\": {}", self.claims.array(2)));
        }
        let summary = indented(&numbers(summary), 1);
        out.push_str(&format!(
            ",\n  \"files\": {},\n  \"summary\": {}\n}}\n",
            self.files.array(2),
            summary.trim_start()
        ));
        out
    }
}

/// The name and version of the schema.
pub(super) const SCHEMA_ID: &str = "gongwen-lint/1";

/// Who made the report.
pub(super) fn tool() -> Value {
    json!({"name": "lint", "version": env!("CARGO_PKG_VERSION")})
}

/// What a report says of one file.
pub(super) struct Entries {
    pub(super) file: Value,
    pub(super) diagnostics: Vec<Value>,
    pub(super) claims: Vec<Value>,
}

impl Entries {
    pub(super) fn new(file: &FileReport, lang: Lang) -> Self {
        let checked = match &file.outcome {
            Ok(checked) => checked,
            Err(e) => {
                let file = json!({
                    "path": file.path, "encoding": null,
                    "error": {"message": e.message.get(lang), "help": e.advice.get(lang)},
                    "papers": [],
                });
                return Self { file, diagnostics: Vec::new(), claims: Vec::new() };
            }
        };
        let (path, document, places) = (&file.path, &checked.document, Places::new(checked));
        let paper = |p: &PaperInfo| {
            json!({
                "title": p.title, "span": span(&places, p.span), "profile": p.profile,
                "date": p.date, "date_source": p.date_source,
            })
        };
        let papers: Vec<Value> = checked.papers.iter().map(paper).collect();
        Self {
            file: json!({"path": path, "encoding": document.encoding, "error": null, "papers": papers}),
            diagnostics: checked.findings.iter().map(|f| diagnostic(path, document, &places, f, lang)).collect(),
            claims: checked.ticks.iter().map(|t| tick(path, document, &places, t, lang)).collect(),
        }
    }
}

/// The run in numbers.
pub(super) fn numbers(summary: &Summary) -> Value {
    let claims = &summary.claims;
    let unknown: usize = claims.unknown.values().sum();
    json!({
        "files": summary.files,
        "errors": summary.count(Severity::Error),
        "warnings": summary.count(Severity::Warning),
        "infos": summary.count(Severity::Info),
        "suppressed": summary.aside("suppressed"),
        "baselined": summary.aside("baselined"),
        "gone": summary.gone,
        "failed": summary.failed.len(),
        "skipped": summary.skipped,
        "claims": {
            "seen": claims.seen, "agree": claims.agree, "near": claims.near, "conflict": claims.conflict,
            "unknown": unknown, "why": claims.unknown,
        },
    })
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
    put("fingerprint", Fingerprint::of(document, d).to_string().into());
    put("source", if d.source.is_empty() { Value::Null } else { d.source.as_str().into() });
    put(
        "suppression",
        finding.outcome.suppression().map_or(
            Value::Null,
            |s| json!({"by": s.by.as_str(), "reason": s.reason, "until": s.until, "path": s.path, "line": s.line}),
        ),
    );
    Value::Object(map)
}

fn span(places: &Places, span: Span) -> Value {
    let (start, end) = places.of_span(span);
    json!({"start": position(start), "end": position(end)})
}

fn position(p: Position) -> Value {
    json!({"offset": p.offset, "char": p.char, "line": p.line, "column": p.column, "utf16": p.utf16})
}
