//! The JSON report holds to the schema that `lint schema` prints.

mod common;

use gongwen_lint::config::{self, Overrides};
use gongwen_lint::diagnostic::Lang;
use gongwen_lint::engine;
use gongwen_lint::read::read;
use gongwen_lint::render;
use gongwen_lint::report::{FileReport, Report};
use gongwen_lint::rulebook::Rulebook;
use serde_json::{Value, json};

/// The schema of the report.
fn schema() -> Value {
    serde_json::from_str(render::SCHEMA).expect("the schema is JSON")
}

/// The faults that a schema finds in a value.
fn faults_by(schema: &Value, value: &Value) -> Vec<String> {
    let validator = jsonschema::draft202012::new(schema).expect("the schema compiles");
    validator.iter_errors(value).map(|e| format!("{}: {e}", e.instance_path())).collect()
}

/// The faults that the schema finds in a report.
fn faults(report: &Value) -> Vec<String> {
    let schema = schema();
    jsonschema::meta::validate(&schema).expect("the schema is a schema");
    faults_by(&schema, report)
}

fn json(report: &Report, lang: Lang) -> Value {
    serde_json::from_str(&render::whole(render::Json::new(lang), report)).expect("the report is JSON")
}

/// Reports with findings of every shape, with several papers, with failed files and with nothing hold to the schema.
#[test]
fn reports_hold_to_the_schema() {
    for lang in [Lang::Zh, Lang::En] {
        for report in [common::rich_report(), Report::default()] {
            let value = json(&report, lang);
            assert_eq!(faults(&value), Vec::<String>::new(), "{value:#}");
        }
    }
}

/// A line of JSON Lines is what its type says, in the schema's own terms; together they are the report.
#[test]
fn lines_hold_to_the_schema() {
    let report = common::rich_report();
    for lang in [Lang::Zh, Lang::En] {
        let text = render::whole(render::JsonLines::new(lang), &report);
        let mut whole = json!({"files": [], "diagnostics": [], "claims": []});
        for line in text.lines() {
            let mut value: Value = serde_json::from_str(line).expect("a line is JSON");
            let kind = value.as_object_mut().expect("an object").shift_remove("type").expect("a type");
            let (kind, list) = match kind.as_str().expect("a name") {
                "report" => {
                    (whole["schema"], whole["tool"]) = (value["schema"].take(), value["tool"].take());
                    continue;
                }
                "file" => ("file", "files"),
                "diagnostic" => ("diagnostic", "diagnostics"),
                "claim" => ("claim", "claims"),
                _ => ("summary", "summary"),
            };
            let schema = json!({"$ref": format!("#/$defs/{kind}"), "$defs": schema()["$defs"]});
            assert_eq!(faults_by(&schema, &value), Vec::<String>::new(), "{line}");
            match whole[list].as_array_mut() {
                Some(list) => list.push(value),
                None => whole[list] = value,
            }
        }
        assert_eq!(whole, json(&report, lang));
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
    let value = json(&common::rich_report(), Lang::Zh);
    let found = &value["diagnostics"][1];
    assert_eq!(found["text"], "41%");
    let start = json!({"offset": 51, "char": 22, "line": 2, "column": 15, "utf16": 16});
    let end = json!({"offset": 54, "char": 25, "line": 2, "column": 18, "utf16": 19});
    assert_eq!(found["span"], json!({"start": start, "end": end}));
}

/// The schema is strict: a key that is missing, unknown or of the wrong shape is a fault.
#[test]
fn the_schema_is_strict() {
    let good = json(&common::rich_report(), Lang::Zh);
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
