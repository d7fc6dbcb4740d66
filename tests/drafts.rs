//! Whole drafts as a drafter sees them: every rule, `full` at 80 columns without colour. The expected output stands
//! beside each draft; `SNAPSHOTS=overwrite cargo test --test drafts` writes it anew.

mod common;

use std::fs;

use gongwen_lint::diagnostic::Lang;
use gongwen_lint::render::{Full, TerminalOptions, whole};
use gongwen_lint::rulebook::Rulebook;

/// Each draft under `fixtures/drafts/` is reported as its `.out` says.
#[test]
fn whole_drafts() {
    let book = Rulebook::embedded();
    for path in common::drafts(&common::fixtures().join("drafts")) {
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        let bytes = fs::read(&path).expect("a readable fixture");
        let report = common::report(&name, &bytes, &[], &book);
        let expected = snapbox::Data::read_from(&path.with_extension("out"), None);
        let text = whole(Full::new(Lang::Zh, &TerminalOptions::default()), &report);
        snapbox::Assert::new().action_env("SNAPSHOTS").eq(text, expected.raw());
    }
}
