//! The JSON report holds to the schema that `lint schema` prints.

mod common;

use gongwen_lint::config::{self, Overrides};
use gongwen_lint::diagnostic::{Diagnostic, Edit, Fix, Lang, RuleMeta, Safety, Severity, Words};
use gongwen_lint::engine;
use gongwen_lint::read::read;
use gongwen_lint::render;
use gongwen_lint::report::{
    Allower, Checked, ClaimCounts, FileError, FileReport, Finding, Fingerprint, Outcome, PaperInfo, Report, Suppression,
};
use gongwen_lint::rulebook::Rulebook;
use gongwen_lint::text::Span;
use serde_json::{Value, json};

static RULE: RuleMeta = RuleMeta {
    id: "claim-share",
    severity: Severity::Error,
    by_default: true,
    zh: "占比不符",
    en: "a share is wrong",
    page: "",
};

/// The faults that the schema finds in a report.
fn faults(report: &Value) -> Vec<String> {
    let schema: Value = serde_json::from_str(render::SCHEMA).expect("the schema is JSON");
    jsonschema::meta::validate(&schema).expect("the schema is a schema");
    let validator = jsonschema::draft202012::new(&schema).expect("the schema compiles");
    validator.iter_errors(report).map(|e| format!("{}: {e}", e.instance_path())).collect()
}

fn json(report: &Report, lang: Lang) -> Value {
    serde_json::from_str(&render::whole(render::Json::new(lang), report)).expect("the report is JSON")
}

/// The span of `word` in `text`.
fn span(text: &str, word: &str) -> Span {
    let start = text.find(word).expect("a word of the text");
    Span::new(start, start + word.len())
}

/// A report in which every optional part occurs both filled and empty.
fn full_report() -> Report {
    let text = "篇一：第一份\r\n😀办结130件，占400件的41%，详见附件。\r\n篇二：第二份\r\n正文。\r\n";
    let second = text.find("篇二").expect("a second paper");
    let document = read("a.txt", text.as_bytes(), None).expect("readable");
    let words = || Words::new("与计算不符", "does not work out");
    let rich = Diagnostic::at(&RULE, span(text, "41%"), words())
        .label(span(text, "400件"), Words::new("总数", "total"))
        .label(span(text, "130件"), Words::new("分项", "part"))
        .help(Words::new("核对分子", "check the numerator"))
        .source("GB/T 15835—2011")
        .data("computed", "32.5%")
        .data("numerator", 130)
        .fix(Fix {
            title: Words::new("改为32.5%", "make it 32.5%"),
            safety: Safety::Review,
            edits: vec![Edit { span: span(text, "41%"), text: "32.5%".to_owned() }],
        });
    let bare = Diagnostic::whole(&RULE, words()).severity(Severity::Info);
    let late = Diagnostic::at(&RULE, span(text, "正文"), words()).severity(Severity::Warning);
    let (known, allowed) = (late.clone(), late.clone());
    let suppression = Suppression {
        by: Allower::Allow,
        reason: "引文如此".to_owned(),
        until: Some("2027-01-01".to_owned()),
        path: "lint.toml".to_owned(),
        line: 3,
    };
    let finding = |diagnostic, paper, outcome| Finding {
        diagnostic,
        paper,
        outcome,
        fingerprint: Fingerprint { on_line: 255, across_lines: 0, between: 0 },
    };
    let paper = |title: Option<&str>, span, profile: Option<&str>, date_source| PaperInfo {
        title: title.map(str::to_owned),
        span,
        profile: profile.map(str::to_owned),
        date: "2026-01-01".to_owned(),
        date_source,
    };
    let checked = Checked {
        papers: vec![
            paper(Some("第一份"), Span::new(0, second), Some("rule-of-law-annual-report"), "issued"),
            paper(None, Span::new(second, text.len()), None, "as-of"),
        ],
        findings: vec![
            finding(bare, 0, Outcome::BelowLevel),
            finding(rich, 0, Outcome::Open),
            finding(late, 1, Outcome::Open),
            finding(known, 1, Outcome::Baselined),
            finding(allowed, 1, Outcome::Suppressed(suppression)),
        ],
        claims: ClaimCounts { seen: 3, agree: 1, near: 0, conflict: 1, unknown: [("no-base", 1)].into() },
        ticks: Vec::new(),
        document,
    };
    let error =
        FileError { message: Words::new("读不出", "unreadable"), advice: Words::new("另存", "save it anew") };
    Report {
        files: vec![
            FileReport { path: "a.txt".to_owned(), outcome: Ok(checked) },
            FileReport { path: "b.docx".to_owned(), outcome: Err(error) },
        ],
        skipped: [("extension", 2), ("hidden", 1)].into(),
    }
}

/// Reports with findings of every shape, with several papers, with failed files and with nothing hold to the schema.
#[test]
fn reports_hold_to_the_schema() {
    for lang in [Lang::Zh, Lang::En] {
        for report in [full_report(), Report::default()] {
            let value = json(&report, lang);
            assert_eq!(faults(&value), Vec::<String>::new(), "{value:#}");
        }
    }
}

/// What the engine finds in drafts of every class holds to the schema.
#[test]
fn real_runs_hold_to_the_schema() {
    let book = Rulebook::embedded();
    let draft = "青溪县2023年法治政府建设年度报告\n\n一、总体情况\n全年办理xx件，其中办结130件，占400件的41%。\n\
        三、下一步\n一是加强法制政府建设；三是做好年　　日的总结。\n";
    for (name, text) in [("a.txt", draft.to_owned()), ("a.md", format!("# {draft}")), ("empty.txt", String::new())] {
        let report = common::report(name, text.as_bytes(), &[], &book);
        let value = json(&report, Lang::Zh);
        assert_eq!(faults(&value), Vec::<String>::new(), "{value:#}");
    }
}

/// What is wrong with a configuration holds to the schema: it is a file of the report without papers.
#[test]
fn faults_of_the_configuration_hold_to_the_schema() {
    let fetch = |path: &std::path::Path| {
        let text =
            if path.ends_with("lint.toml") { "slect = 1\nrules = [\"w.toml\"]\nexclude = [\"a/\"]" } else { "x = 1" };
        Ok(read(&path.display().to_string(), text.as_bytes(), None).expect("readable"))
    };
    let book = std::sync::Arc::new(Rulebook::embedded());
    let config = config::load(std::path::Path::new("/r/lint.toml"), &fetch, &book).expect("a lint.toml");
    let files = config.faults(true, &Overrides::default()).into_iter().map(|(document, diagnostics)| FileReport {
        path: document.name.clone(),
        outcome: Ok(engine::of_config(document, diagnostics)),
    });
    let report = Report { files: files.collect(), ..Report::default() };
    assert_eq!((report.files.len(), report.open().count()), (2, 3));
    for lang in [Lang::Zh, Lang::En] {
        let value = json(&report, lang);
        assert_eq!(faults(&value), Vec::<String>::new(), "{value:#}");
    }
}

/// Positions count as the format says: bytes and characters from the start, columns in characters and UTF-16.
#[test]
fn positions() {
    let value = json(&full_report(), Lang::Zh);
    let found = &value["diagnostics"][1];
    assert_eq!(found["text"], "41%");
    let start = json!({"offset": 51, "char": 22, "line": 2, "column": 15, "utf16": 16});
    let end = json!({"offset": 54, "char": 25, "line": 2, "column": 18, "utf16": 19});
    assert_eq!(found["span"], json!({"start": start, "end": end}));
}

/// The schema is strict: a key that is missing, unknown or of the wrong shape is a fault.
#[test]
fn the_schema_is_strict() {
    let good = json(&full_report(), Lang::Zh);
    type Break = fn(&mut Value);
    let broken: [(&str, Break); 7] = [
        ("unknown key", |v| v["diagnostics"][0]["extra"] = json!(1)),
        ("missing key", |v| drop(v["diagnostics"][1].as_object_mut().expect("an object").remove("labels"))),
        ("bad severity", |v| v["diagnostics"][1]["severity"] = json!("fatal")),
        ("faked place", |v| v["diagnostics"][0]["span"] = json!({})),
        ("0-based line", |v| v["diagnostics"][1]["span"]["start"]["line"] = json!(0)),
        ("read and failed", |v| v["files"][0]["error"] = json!({"message": "x", "help": "y"})),
        ("negative count", |v| v["summary"]["errors"] = json!(-1)),
    ];
    for (what, break_it) in broken {
        let mut bad = good.clone();
        break_it(&mut bad);
        assert_ne!(faults(&bad), Vec::<String>::new(), "{what}");
    }
}
