//! Every rule against its fixtures (`fixtures/rules/<id>/`) and the examples of its own page.
//!
//! `hit-*` must be reported and `miss-*` must stay silent, with only that rule selected; the expected lines stand
//! beside each draft. `SNAPSHOTS=overwrite cargo test --test rules` writes them anew.

mod common;

use std::fs;

use gongwen_lint::diagnostic::Lang;
use gongwen_lint::rulebook::Rulebook;
use gongwen_lint::rules::of_drafts;

/// Hits are reported as expected, misses are silent, and a rule has at least as many misses as hits.
#[test]
fn fixtures_of_every_rule() {
    let book = Rulebook::embedded();
    let mut faults = Vec::new();
    for rule in of_drafts() {
        let dir = common::fixtures().join("rules").join(rule.id);
        let (mut hits, mut misses) = (0, 0);
        for path in common::drafts(&dir) {
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            let bytes = fs::read(&path).expect("a readable fixture");
            let report = common::report(&name, &bytes, &[rule.id], &book);
            let found = report.open().count();
            if name.starts_with("hit-") {
                hits += 1;
                if found == 0 {
                    faults.push(format!("{}/{name}: must be reported", rule.id));
                }
            } else if name.starts_with("miss-") {
                misses += 1;
                if found > 0 {
                    let said = common::concise(&report, Lang::Zh);
                    faults.push(format!("{}/{name}: must stay silent:\n{said}", rule.id));
                }
            } else {
                faults.push(format!("{}/{name}: starts with neither hit- nor miss-", rule.id));
            }
            let expected = snapbox::Data::read_from(&path.with_extension("out"), None);
            snapbox::Assert::new().action_env("SNAPSHOTS").eq(common::concise(&report, Lang::Zh), expected.raw());
        }
        if hits == 0 || misses < hits {
            faults.push(format!("{}: {hits} hits and {misses} misses", rule.id));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// The `hit` fences of a rule's page are reported by that rule, its `miss` fences are not.
#[test]
fn examples_on_the_pages() {
    let book = Rulebook::embedded();
    let mut faults = Vec::new();
    for rule in of_drafts() {
        let mut hits = 0;
        for (kind, text) in fences(rule.page) {
            let report = common::report(rule.id, text.as_bytes(), &[rule.id], &book);
            let found = report.open().count();
            match kind {
                "hit" => {
                    hits += 1;
                    if found == 0 {
                        faults.push(format!("{}: the page says this is reported:\n{text}", rule.id));
                    }
                }
                "miss" if found > 0 => faults.push(format!("{}: the page says this is silent:\n{text}", rule.id)),
                _ => {}
            }
        }
        if hits == 0 {
            faults.push(format!("{}: the page shows no example", rule.id));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// The fenced blocks of a page: their tag and their text.
fn fences(page: &str) -> Vec<(&str, String)> {
    let mut out = Vec::new();
    let mut open: Option<(&str, String)> = None;
    for line in page.lines() {
        // A doc comment's text begins with one blank.
        let line = line.strip_prefix(' ').unwrap_or(line);
        match (line.strip_prefix("```"), open.take()) {
            (Some(tag), None) => open = Some((tag, String::new())),
            (Some(_), Some(block)) => out.push(block),
            (None, Some((tag, mut text))) => {
                text.push_str(line);
                text.push('\n');
                open = Some((tag, text));
            }
            (None, None) => {}
        }
    }
    out
}
