//! What silences a finding, and what does not: `[[allow]]` of the configuration and comments in the draft.

mod common;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;

use common::{at, dir};
use gongwen_lint::config::Plan;
use gongwen_lint::engine;
use gongwen_lint::read::{Encoding, read};
use gongwen_lint::report::{Checked, Outcome};
use gongwen_lint::rulebook::Rulebook;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

static BOOK: LazyLock<Rulebook> = LazyLock::new(Rulebook::embedded);

/// The exit code of `lint` in a directory and its report.
fn json(dir: &Path, args: &[&str]) -> (Option<i32>, serde_json::Value) {
    let out = common::lint(dir).args(["check", "--output-format", "json"]).args(args).output().expect("a process");
    let report = serde_json::from_slice(&out.stdout);
    (out.status.code(), report.unwrap_or_else(|e| panic!("{e}: {}", String::from_utf8_lossy(&out.stderr))))
}

/// `path:line rule outcome` of each finding, on a fixed day unless the arguments name another.
fn findings(dir: &Path, args: &[&str]) -> (Option<i32>, Vec<String>) {
    let day: &[&str] = if args.contains(&"--as-of") { &[] } else { &["--as-of", "2026-01-01"] };
    let (code, report) = json(dir, &[day, args].concat());
    let said = |d: &serde_json::Value| {
        let line = &d["span"]["start"]["line"];
        format!("{}:{line} {} {}", text(&d["path"]), text(&d["rule"]), text(&d["outcome"]))
    };
    (code, report["diagnostics"].as_array().expect("a list").iter().map(said).collect())
}

fn text(value: &serde_json::Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// A repository with this configuration and these drafts.
fn repository(config: &str, drafts: &[(&str, &str)]) -> snapbox::dir::DirRoot {
    let config = [("lint.toml", config.as_bytes())];
    let drafts: Vec<(&str, &[u8])> = drafts.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
    dir(&[&config[..], &drafts].concat())
}

const MASK: &str = "全年共办理xx件。";

/// A rule or a class may be allowed, and nothing but what it names.
#[test]
fn allowed_by_rule_or_class() {
    let draft = "全年共办理xx件，制定____方案。\n";
    for (rule, outcomes) in [
        ("placeholder-mask", ["suppressed", "open"]),
        ("placeholder", ["suppressed", "suppressed"]),
        ("placeholder-blank", ["open", "suppressed"]),
    ] {
        let config = format!("[[allow]]\nrule = \"{rule}\"\nreason = \"范本\"\n");
        let here = repository(&config, &[("a.txt", draft)]);
        let (code, found) = findings(at(&here), &[]);
        let [mask, blank] = outcomes;
        assert_eq!(found, [format!("a.txt:1 placeholder-mask {mask}"), format!("a.txt:1 placeholder-blank {blank}")]);
        assert_eq!(code, Some(i32::from(outcomes.contains(&"open"))), "{rule}");
    }
}

/// Paths are globs from the directory of the configuration on, one or a list; a run from elsewhere sees the same.
#[test]
fn allowed_by_path() {
    let drafts = [("a.txt", MASK), ("sub/a.txt", MASK), ("sub/deep/b.txt", MASK), ("c-范本.txt", MASK)];
    let names = ["a.txt", "c-范本.txt", "sub/a.txt", "sub/deep/b.txt"];
    for (path, allowed) in [
        ("\"a.txt\"", [true, false, true, false]),
        ("\"/a.txt\"", [true, false, false, false]),
        ("\"sub/\"", [false, false, true, true]),
        ("\"sub/*.txt\"", [false, false, true, false]),
        ("[\"/a.txt\", \"*-范本.txt\"]", [true, true, false, false]),
        ("\"**\"", [true; 4]),
    ] {
        let config = format!("[[allow]]\npath = {path}\nrule = \"placeholder\"\nreason = \"范本\"\n");
        let here = repository(&config, &drafts);
        let expected: Vec<String> = names
            .iter()
            .zip(allowed)
            .map(|(name, allowed)| format!("{name}:1 placeholder-mask {}", if allowed { "suppressed" } else { "open" }))
            .collect();
        assert_eq!(findings(at(&here), &[]).1, expected, "{path}");
        // From a directory below, the paths are shown as they are reached from there.
        let (_, below) = findings(&at(&here).join("sub"), &["."]);
        let outcome = |name: &str| {
            if allowed[names.iter().position(|n| *n == name).expect("a name")] { "suppressed" } else { "open" }
        };
        assert_eq!(
            below,
            [
                format!("a.txt:1 placeholder-mask {}", outcome("sub/a.txt")),
                format!("deep/b.txt:1 placeholder-mask {}", outcome("sub/deep/b.txt"))
            ],
            "{path}"
        );
    }
}

/// The text must stand in the sentence of the finding; widths, blanks and the line ends of the text do not matter.
#[test]
fn allowed_by_text() {
    let draft = "范本第１条：办理 xx 件。\n另外办理xx件。\n";
    for (said, outcomes) in [
        ("第1条", ["suppressed", "open"]),
        ("第１条：办理xx", ["suppressed", "open"]),
        ("办理", ["suppressed", "suppressed"]),
        ("另外办理xx件", ["open", "suppressed"]),
        ("件。", ["open", "open"]),
        ("没有这句", ["open", "open"]),
    ] {
        let config = format!("[[allow]]\nrule = \"placeholder\"\ntext = \"{said}\"\nreason = \"范本\"\n");
        let here = repository(&config, &[("a.txt", draft)]);
        let [first, second] = outcomes.map(String::from);
        let expected = [format!("a.txt:1 placeholder-mask {first}"), format!("a.txt:2 placeholder-mask {second}")];
        let (_, found) = findings(at(&here), &[]);
        assert_eq!(found[..2], expected, "{said}");
    }
}

/// The last day counts, the day after does not, and then the entry itself is told of, walked or not.
#[test]
fn allowed_until() {
    let config = "[[allow]]\nrule = \"placeholder\"\nreason = \"范本\"\nuntil = 2026-06-30\n";
    let here = repository(config, &[("a.txt", MASK), ("b.txt", "无事。")]);
    let on = |day: &str, path: &str| findings(at(&here), &["--as-of", day, path]);
    for path in [".", "a.txt"] {
        assert_eq!(on("2026-06-30", path), (Some(0), vec!["a.txt:1 placeholder-mask suppressed".to_owned()]));
        assert_eq!(
            on("2026-07-01", path),
            (Some(1), vec!["a.txt:1 placeholder-mask open".to_owned(), "lint.toml:2 allow-unused open".to_owned()])
        );
    }
    assert_eq!(on("2026-07-01", "b.txt"), (Some(0), vec![]));
}

/// That an entry allowed nothing is told only where all of its directory was walked and its rule ran.
#[test]
fn unused_entries() {
    let config = "[[allow]]\nrule = \"placeholder\"\nreason = \"范本\"\n\n[[allow]]\npath = \"没有/\"\nrule = \"term\"\nreason = \"无\"\n";
    let here = repository(config, &[("a.txt", "无事。"), ("sub/b.txt", "无事。")]);
    let said = |args: &[&str]| findings(at(&here), args);
    let unused = "lint.toml:2 allow-unused open".to_owned();
    let unmatched = "lint.toml:6 glob-unmatched open".to_owned();
    assert_eq!(said(&[]), (Some(0), vec![unused.clone(), unmatched.clone()]));
    assert_eq!(said(&["--fail-on", "warning"]).0, Some(1));
    assert_eq!(said(&["a.txt", "sub/b.txt"]).1, Vec::<String>::new());
    assert_eq!(said(&["sub"]).1, Vec::<String>::new());
    assert_eq!(said(&["--select", "claim"]).1, std::slice::from_ref(&unmatched));
    assert_eq!(said(&["--ignore", "placeholder"]).1, std::slice::from_ref(&unmatched));
    assert_eq!(said(&["--ignore", "allow-unused"]).1, [unmatched]);
    assert_eq!(said(&["--ignore", "glob-unmatched"]).1, [unused]);
}

/// What is half understood allows nothing: an entry whose path cannot be read does not allow everywhere.
#[test]
fn broken_entries_allow_nothing() {
    for entry in [
        "path = \"a[.txt\"\nrule = \"placeholder\"\nreason = \"范本\"",
        "path = 3\nrule = \"placeholder\"\nreason = \"范本\"",
        "rule = \"placeholder\"",
        "rule = \"placeholder\"\nreason = \" \"",
        "rule = \"placeholder\"\nreason = \"范本\"\nuntil = \"明年\"",
        "rule = \"placeholder\"\nreason = \"范本\"\ntext = 3",
        "reason = \"范本\"",
    ] {
        let here = repository(&format!("[[allow]]\n{entry}\n"), &[("a.txt", MASK)]);
        let (code, found) = findings(at(&here), &[]);
        assert_eq!(code, Some(2), "{entry}");
        assert!(found.contains(&"a.txt:1 placeholder-mask open".to_owned()), "{entry}: {found:?}");
        assert!(found.iter().any(|f| f.contains("config-invalid")), "{entry}: {found:?}");
    }
}

/// A silenced finding stays in the report, with who silenced it and why, and in the counts.
#[test]
fn silenced_findings_stay_in_json() {
    let config = "[[allow]]\npath = \"a.txt\"\nrule = \"placeholder\"\nreason = \"范本\"\nuntil = 2026-06-30\n";
    let draft = "<!-- lint-disable-next-line term-typo: 引文：照录 -->\n截止6月底，建成3处。\n全年共办理xx件。\n";
    let here = repository(config, &[("a.txt", draft)]);
    let (code, report) = json(at(&here), &["--as-of", "2026-01-01"]);
    assert_eq!(code, Some(0));
    let by = |rule: &str| {
        let list = report["diagnostics"].as_array().expect("a list");
        list.iter().find(|d| d["rule"] == rule).unwrap_or_else(|| panic!("{rule}: {report}")).clone()
    };
    let mask = by("placeholder-mask");
    assert_eq!(mask["outcome"], "suppressed");
    assert_eq!(
        mask["suppression"],
        serde_json::json!({"by": "allow", "reason": "范本", "until": "2026-06-30", "path": "lint.toml", "line": 1})
    );
    let typo = by("term-typo");
    assert_eq!(
        typo["suppression"],
        serde_json::json!({"by": "directive", "reason": "引文：照录", "until": null, "path": "a.txt", "line": 1})
    );
    assert_eq!((&report["summary"]["suppressed"], &report["summary"]["errors"]), (&2.into(), &0.into()));
}

/// What was found in a text: `line rule`, with a `-` before those that a comment silenced.
fn outcomes(name: &str, bytes: &[u8], encoding: Option<Encoding>) -> Vec<String> {
    let checked = checked(name, bytes, encoding);
    let said = checked.findings.iter().map(|f| {
        let start = f.diagnostic.place.span().map_or(0, |s| s.start);
        let mark = if f.outcome == Outcome::Open { "" } else { "-" };
        format!("{mark}{} {}", checked.document.lines.line_of(start) + 1, f.diagnostic.rule.id)
    });
    said.collect()
}

fn checked(name: &str, bytes: &[u8], encoding: Option<Encoding>) -> Checked {
    let document = read(name, bytes, encoding).unwrap_or_else(|fault| panic!("{name}: {fault:?}"));
    engine::check(document, &Plan::new(common::AS_OF), &BOOK)
}

fn said(name: &str, text: &str) -> Vec<String> {
    outcomes(name, text.as_bytes(), None)
}

/// The next line is the next that is not blank; comments in a row speak of the same line, and no further.
#[test]
fn next_line() {
    let next = |rule: &str| format!("<!-- lint-disable-next-line {rule}: 范本 -->");
    let mask = next("placeholder-mask");
    for name in ["a.txt", "a.md"] {
        assert_eq!(said(name, &format!("{mask}\n{MASK}\n\n{MASK}\n")), ["-2 placeholder-mask", "4 placeholder-mask"]);
        assert_eq!(said(name, &format!("{mask}\n\n　\n\n{MASK}\n")), ["-5 placeholder-mask"], "{name}");
        let both = format!("{mask}\n{}\n\n全年共办理xx件，制定____方案。\n", next("placeholder-blank"));
        assert_eq!(said(name, &both), ["-4 placeholder-mask", "-4 placeholder-blank"], "{name}");
        // At the end of the file there is no next line.
        assert_eq!(said(name, &format!("无事。\n\n{mask}\n")), ["3 allow-unused"], "{name}");
        // The line that the comment stands on is not the next.
        assert_eq!(said(name, &format!("{MASK}{mask}\n")), ["1 placeholder-mask", "1 allow-unused"], "{name}");
    }
}

/// From `lint-disable` to `lint-enable`, of which the latter may name some of what the former allows.
#[test]
fn regions() {
    let (off, on) = ("<!-- lint-disable placeholder-mask, placeholder-blank: 范本 -->", "<!-- lint-enable -->");
    let both = "全年共办理xx件，制定____方案。";
    for name in ["a.txt", "a.md"] {
        let text = format!("{both}\n\n{off}\n\n{both}\n\n{both}\n\n{on}\n\n{both}\n");
        let expected = [
            "1 placeholder-mask",
            "1 placeholder-blank",
            "-5 placeholder-mask",
            "-5 placeholder-blank",
            "-7 placeholder-mask",
            "-7 placeholder-blank",
            "11 placeholder-mask",
            "11 placeholder-blank",
        ];
        assert_eq!(said(name, &text), expected, "{name}");
        let part = "<!-- lint-enable placeholder-mask -->";
        let text = format!("{off}\n\n{both}\n\n{part}\n\n{both}\n\n{on}\n\n{both}\n");
        let expected = [
            "-3 placeholder-mask",
            "-3 placeholder-blank",
            "7 placeholder-mask",
            "-7 placeholder-blank",
            "11 placeholder-mask",
            "11 placeholder-blank",
        ];
        assert_eq!(said(name, &text), expected, "{name}");
        // One that is never ended allows nothing, one that ends nothing is told of.
        assert_eq!(said(name, &format!("{off}\n\n{MASK}\n")), ["1 directive-invalid", "3 placeholder-mask"], "{name}");
        assert_eq!(said(name, &format!("无事。\n\n{on}\n")), ["3 directive-invalid"], "{name}");
        assert_eq!(
            said(name, &format!("{off}\n\n{both}\n\n<!-- lint-enable claim -->\n\n{on}\n")),
            ["-3 placeholder-mask", "-3 placeholder-blank", "5 directive-invalid"],
            "{name}"
        );
    }
}

/// The file form holds before and behind itself, for a class as for a rule.
#[test]
fn whole_files() {
    for name in ["a.txt", "a.md"] {
        let text = format!("{MASK}\n\n<!-- lint-disable-file placeholder: 范本 -->\n\n{MASK}\n");
        assert_eq!(said(name, &text), ["-1 placeholder-mask", "-5 placeholder-mask"], "{name}");
        let text = format!("{MASK}\n\n<!-- lint-disable-file claim, placeholder-blank: 范本 -->\n");
        assert_eq!(said(name, &text), ["1 placeholder-mask", "3 allow-unused", "3 allow-unused"], "{name}");
    }
}

/// A comment between the rows of a table parts it from nothing.
#[test]
fn in_tables() {
    let rows = |between: &str| format!("镇街\t排查\t化解\n东关镇\t10\t5\n{between}西山镇\t20\txx\n合计\t31\t9\n");
    let plain = said("a.txt", &rows(""));
    assert!(
        plain.contains(&"4 claim-table".to_owned()) && plain.contains(&"3 placeholder-mask".to_owned()),
        "{plain:?}"
    );
    let silenced = said("a.txt", &rows("<!-- lint-disable-next-line placeholder-mask: 范本 -->\n"));
    assert!(silenced.contains(&"-4 placeholder-mask".to_owned()), "{silenced:?}");
    assert!(silenced.contains(&"5 claim-table".to_owned()), "{silenced:?}");
    // A Markdown table ends at a comment of its own line; in a cell it may stand.
    let table = "|镇街|排查|化解|\n|-|-|-|\n|东关镇|10|5<!-- lint-disable-next-line placeholder-mask: 范本 -->|\n|西山镇|20|xx|\n|合计|31|9|\n";
    let silenced = said("a.md", table);
    assert!(silenced.contains(&"-4 placeholder-mask".to_owned()), "{silenced:?}");
    assert!(silenced.contains(&"5 claim-table".to_owned()), "{silenced:?}");
}

/// In Markdown, code is what it says: no comment.
#[test]
fn code_is_no_comment() {
    let off = "<!-- lint-disable-file placeholder: 范本 -->";
    for text in [
        format!("```\n{off}\n```\n\n{MASK}\n"),
        format!("~~~html\n{off}\n~~~\n\n{MASK}\n"),
        format!("写作`{off}`的样子。\n\n{MASK}\n"),
    ] {
        let found = said("a.md", &text);
        assert!(found.iter().any(|f| f.ends_with(" placeholder-mask") && !f.starts_with('-')), "{text}: {found:?}");
        assert!(!found.iter().any(|f| f.contains("directive") || f.contains("unused")), "{text}: {found:?}");
    }
    assert_eq!(said("a.md", &format!("{MASK}{off}\n")), ["-1 placeholder-mask"]);
    // What begins in code and ends in a comment is that comment.
    assert_eq!(said("a.md", &format!("写作`<!-- lint-enable`的样子。{off}\n\n{MASK}\n")), ["-3 placeholder-mask"]);
}

/// Comments are read in every encoding, with every line end, and in full-width punctuation.
#[test]
fn encodings_and_line_ends() {
    let text = format!(
        "{MASK}\n<!-- lint-disable-next-line　placeholder-mask，term：范本、样张 -->\n\n{MASK}\n<!-- lint-disable placeholder-mask、placeholder-blank：范本 -->\n{MASK}\n<!-- lint-enable -->\n"
    );
    let expected =
        ["1 placeholder-mask", "2 allow-unused", "-4 placeholder-mask", "5 allow-unused", "-6 placeholder-mask"];
    for end in ["\n", "\r\n", "\r"] {
        let text = text.replace('\n', end);
        assert_eq!(said("a.txt", &text), expected, "{end:?}");
        assert_eq!(said("a.txt", &format!("\u{feff}{text}")), expected, "{end:?}");
        let (gb, _, lossy) = encoding_rs::GB18030.encode(&text);
        assert!(!lossy);
        assert_eq!(outcomes("a.txt", &gb, None), expected, "{end:?}");
        for bytes_of in [u16::to_le_bytes, u16::to_be_bytes] {
            let bytes: Vec<u8> = text.encode_utf16().flat_map(bytes_of).collect();
            assert_eq!(outcomes("a.txt", &bytes, None), expected, "{end:?}");
        }
    }
}

/// What is wrong with a comment is told, cannot itself be allowed, and silences nothing.
#[test]
fn broken_comments() {
    for comment in [
        "<!-- lint-disable-next-line placeholder -->",
        "<!-- lint-disable-next-line placeholder: -->",
        "<!-- lint-disable-next-line : 范本 -->",
        "<!-- lint-disable-next-line placeholders: 范本 -->",
        "<!-- lint-disable-next-lines placeholder: 范本 -->",
        "<!-- lint-disable-file -->",
    ] {
        let text = format!("<!-- lint-disable-file directive-invalid: 不行 -->\n{comment}\n{MASK}\n");
        let found = said("a.txt", &text);
        assert!(found.contains(&"2 directive-invalid".to_owned()), "{comment}: {found:?}");
        assert!(found.contains(&"3 placeholder-mask".to_owned()), "{comment}: {found:?}");
    }
}

/// Lines of the project's own drafts, of papers and of single defects.
fn lines() -> Vec<String> {
    let root = common::fixtures();
    let mut files = common::drafts(&root.join("drafts"));
    for rule in std::fs::read_dir(root.join("rules")).expect("fixtures") {
        files.extend(common::drafts(&rule.expect("an entry").path()));
    }
    files.sort();
    let texts = files.iter().filter(|f| f.extension().is_some_and(|e| e == "txt"));
    let texts = texts.filter_map(|f| String::from_utf8(std::fs::read(f).expect("a fixture")).ok());
    texts.flat_map(|t| t.lines().filter(|l| !l.contains("<!--")).map(str::to_owned).collect::<Vec<_>>()).collect()
}

static LINES: LazyLock<Vec<String>> = LazyLock::new(lines);

/// Some runs of lines that stand together in a fixture.
fn text_of_fixtures() -> impl Strategy<Value = Vec<String>> {
    let run = (0..LINES.len(), 1usize..8).prop_map(|(at, len)| LINES[at..(at + len).min(LINES.len())].to_vec());
    prop::collection::vec(run, 1..6).prop_map(|runs| runs.concat())
}

/// The findings with their places, as if no comment of the bytes `cut` stood there; what is about comments left out.
fn places(checked: &Checked, cut: std::ops::Range<usize>) -> BTreeMap<(usize, usize, String), usize> {
    let back = |offset: usize| if offset >= cut.end { offset - cut.len() } else { offset };
    let mut out = BTreeMap::new();
    for finding in &checked.findings {
        let d = &finding.diagnostic;
        if matches!(d.rule.id, "allow-unused" | "directive-invalid") {
            continue;
        }
        let (start, end) = d.place.span().map_or((0, 0), |s| (back(s.start), back(s.end)));
        let labels = d.labels.iter().map(|l| (back(l.span.start), back(l.span.end))).collect::<Vec<_>>();
        *out.entry((start, end, format!("{} {} {labels:?}", d.rule.id, d.message.zh))).or_default() += 1;
    }
    out
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, rng_seed: RngSeed::Fixed(20_260_101), failure_persistence: None, ..ProptestConfig::default() })]

    /// A comment on a line of its own changes nothing else: the same findings, further down.
    #[test]
    fn a_comment_changes_nothing_else(lines in text_of_fixtures(), at in 0usize..64, end in prop::sample::select(vec!["\n", "\r\n", "\r"])) {
        let at = at % (lines.len() + 1);
        let text = |lines: &[String]| lines.iter().map(|l| format!("{l}{end}")).collect::<String>();
        let comment = "<!-- lint-disable-next-line claim-reach: 另有口径 -->".to_owned();
        let old = checked("a.txt", text(&lines).as_bytes(), None);
        let from = text(&lines[..at]).len();
        // What is told of several lines as of one (the chrome of a web page) is told in two parts where it is parted.
        let runs_over = |f: &gongwen_lint::report::Finding| f.diagnostic.place.span().is_some_and(|s| s.start < from && from < s.end);
        prop_assume!(!old.findings.iter().any(runs_over));
        let cut = from..from + comment.len() + end.len();
        let mut with = lines.clone();
        with.insert(at, comment);
        let new = checked("a.txt", text(&with).as_bytes(), None);
        prop_assert_eq!(places(&old, usize::MAX..usize::MAX), places(&new, cut));
    }

    /// Blanking moves nothing: whatever is no comment stands where it stood, in both formats.
    #[test]
    fn blanking_keeps_offsets(lines in text_of_fixtures(), at in prop::collection::vec((0usize..64, 0usize..400), 1..5)) {
        let mut lines = lines;
        for (line, column) in at {
            let line = line % lines.len();
            let mut column = column.min(lines[line].len());
            while !lines[line].is_char_boundary(column) {
                column -= 1;
            }
            lines[line].insert_str(column, "<!-- lint-disable-next-line 某：甲 -->");
        }
        let text = lines.join("\n");
        for name in ["a.txt", "a.md"] {
            let document = read(name, text.as_bytes(), None).expect("a text");
            let prose = document.prose();
            prop_assert_eq!(prose.len(), text.len());
            let mut at = 0;
            for directive in document.directives.iter().chain([]) {
                if name == "a.txt" {
                    prop_assert_eq!(&prose[at..directive.span.start], &text[at..directive.span.start]);
                }
                prop_assert!(prose[directive.span.range()].bytes().all(|b| b == b' '));
                at = directive.span.end;
            }
            if name == "a.txt" {
                prop_assert_eq!(&prose[at..], &text[at..]);
            }
            for block in &document.blocks {
                prop_assert!(text.get(block.span.range()).is_some());
            }
        }
    }
}
