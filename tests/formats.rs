//! What the formats write: one rich report in each of them, and nothing that steers a terminal in any.

mod common;

use gongwen_lint::diagnostic::{Diagnostic, Lang, Words};
use gongwen_lint::read::read;
use gongwen_lint::render;
use gongwen_lint::report::{Checked, ClaimCounts, FileReport, Finding, Outcome, Report};

/// Every format shows a report with everything in it as written down in `fixtures/render/`, in both languages.
#[test]
fn a_rich_report() {
    let report = common::rich_report();
    for (lang, tag) in [(Lang::Zh, "zh"), (Lang::En, "en")] {
        for (name, format) in common::formats(lang) {
            let path = common::fixtures().join("render").join(format!("rich.{name}.{tag}.out"));
            let expected = snapbox::Data::read_from(&path, None);
            snapbox::Assert::new().action_env("SNAPSHOTS").eq(render::whole(format, &report), expected.raw());
        }
    }
}

/// A run over nothing is a whole report in every format.
#[test]
fn an_empty_report() {
    for (name, format) in common::formats(Lang::Zh) {
        let text = render::whole(format, &Report::default());
        let expected = match name {
            "full" => "没有可检查的文件。\n",
            "gitlab" => "[]\n",
            "rdjson" => "{\n  \"source\": {\n    \"name\": \"lint\"\n  },\n  \"diagnostics\": []\n}\n",
            "junit" => "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"lint\">\n</testsuites>\n",
            "concise" | "github" | "statistics" => "",
            "json-lines" => {
                text.lines().for_each(|line| drop(serde_json::from_str::<serde_json::Value>(line).expect("JSON")));
                continue;
            }
            _ => {
                serde_json::from_str::<serde_json::Value>(&text).unwrap_or_else(|e| panic!("{name}: {e}"));
                continue;
            }
        };
        assert_eq!(text, expected, "{name}");
    }
}

/// SARIF describes every rule in the language that is asked for, from the rule's own page.
#[test]
fn every_rule_is_described() {
    let document = read("a.txt", "甲".as_bytes(), None).expect("readable");
    let finding =
        |rule| Finding {
            diagnostic: Diagnostic::whole(rule, Words::new("甲", "a")), paper: 0, outcome: Outcome::Open
        };
    let checked = Checked {
        papers: Vec::new(),
        findings: gongwen_lint::rules::metas().map(finding).collect(),
        claims: ClaimCounts::default(),
        ticks: Vec::new(),
        document,
    };
    let file = FileReport { path: "a.txt".to_owned(), outcome: Ok(checked) };
    let report = Report { files: vec![file], ..Report::default() };
    for lang in [Lang::Zh, Lang::En] {
        let text = render::whole(render::Sarif::new(lang), &report);
        let sarif: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        let rules = sarif["runs"][0]["tool"]["driver"]["rules"].as_array().expect("rules");
        assert_eq!(rules.len(), gongwen_lint::rules::metas().count());
        for (index, rule) in rules.iter().enumerate() {
            assert_eq!(sarif["runs"][0]["results"][index]["ruleId"], rule["id"]);
            let described = rule["fullDescription"]["text"].as_str().expect("a text");
            let letters = described.chars().filter(char::is_ascii_alphabetic).count();
            let han = described.chars().filter(|c| ('一'..='鿿').contains(c)).count();
            assert_eq!(letters > han, lang == Lang::En, "{}: {described}", rule["id"]);
        }
    }
}

/// GitLab shows one of equal fingerprints, so that those of a report are all different, and the same at every run.
#[test]
fn fingerprints_for_gitlab() {
    let mut report = common::rich_report();
    report.files.push(FileReport { path: "copy.txt".to_owned(), ..common::rich_report().files.remove(0) });
    let list = || -> Vec<String> {
        let text = render::whole(render::Gitlab::new(Lang::Zh), &report);
        let issues: Vec<serde_json::Value> = serde_json::from_str(&text).expect("JSON");
        issues.iter().map(|i| i["fingerprint"].as_str().expect("a string").to_owned()).collect()
    };
    let unique: std::collections::BTreeSet<String> = list().into_iter().collect();
    assert_eq!((unique.len(), list()), (list().len(), list()));
    assert_eq!(list().len(), report.open().count() + 1);
}

/// What no draft, name or reason may bring onto a terminal: C0 and C1 controls, marks that turn the direction of text,
/// tags, non-characters.
const NASTY: &str = "\u{0}\u{7}\u{8}\t\u{b}\u{c}\u{1b}[31m\u{7f}\u{85}\u{9b}2J\u{9d}\u{61c}\u{200e}\u{200f}\u{2028}\u{2029}\u{202a}\u{202e}\u{2066}\u{2069}\u{feff}\u{e0041}\u{fffe}\u{ffff}]]><![CDATA[::error::%0A";

/// In no format does a draft or a name steer the terminal, forge a line or break the format.
#[test]
fn nothing_steers_a_terminal() {
    let report = common::nasty_report(NASTY);
    let raw = |c: char| (c.is_control() && c != '\n') || (!c.is_ascii() && NASTY.contains(c));
    for lang in [Lang::Zh, Lang::En] {
        let page: (&str, Box<dyn render::Format>) = ("html", Box::new(render::Html::new(lang)));
        for (name, format) in common::formats(lang).into_iter().chain([page]) {
            let text = render::whole(format, &report);
            let found: Vec<char> = text.chars().filter(|c| raw(*c)).collect();
            assert!(found.is_empty(), "{name}: {found:?}\n{text}");
            match name {
                "json" | "sarif" | "gitlab" | "rdjson" => {
                    serde_json::from_str::<serde_json::Value>(&text).unwrap_or_else(|e| panic!("{name}: {e}"));
                }
                // A command is a line, and so is an object; nothing adds another.
                "github" => {
                    assert!(text.lines().count() == 2 && text.lines().all(|l| l.starts_with("::error file=甲")))
                }
                "json-lines" => assert!(text.lines().all(|l| serde_json::from_str::<serde_json::Value>(l).is_ok())),
                "junit" => assert_eq!(text.matches("<testcase").count(), 2, "{text}"),
                _ => {}
            }
        }
    }
}
