//! Clean papers stay clean: `fixtures/clean/` holds right sentences and whole papers written to be mistaken for wrong
//! ones, and none of them may be told as an error or a warning.

mod common;

use std::fs;

use gongwen_lint::diagnostic::{Lang, Severity};
use gongwen_lint::rulebook::Rulebook;

/// Every rule is silent on every clean paper, notes excepted.
#[test]
fn clean_papers() {
    let book = Rulebook::embedded();
    let mut said = String::new();
    for path in common::drafts(&common::fixtures().join("clean")) {
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        let mut report = common::report(&name, &fs::read(&path).expect("a readable fixture"), &[], &book);
        for file in &mut report.files {
            if let Ok(checked) = &mut file.outcome {
                checked.findings.retain(|f| f.diagnostic.severity > Severity::Info);
            }
        }
        said.push_str(&common::concise(&report, Lang::Zh));
    }
    assert!(said.is_empty(), "{said}");
}
