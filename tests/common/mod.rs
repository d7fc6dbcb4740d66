//! What the fixture tests share: drafts in, findings out.

#![allow(unreachable_pub, dead_code, reason = "each test crate compiles it as a private module and uses a part")]

use std::fs;
use std::path::{Path, PathBuf};

use gongwen_lint::config::Plan;
use gongwen_lint::diagnostic::Lang;
use gongwen_lint::render::{self, Concise};
use gongwen_lint::report::{FileReport, Report};
use gongwen_lint::rulebook::Rulebook;
use gongwen_lint::text::ColumnUnit;
use gongwen_lint::{engine, read};

/// Fixtures that show no date of their own are drafts of this day.
pub const AS_OF: jiff::civil::Date = jiff::civil::date(2026, 1, 1);

/// The folder of the fixtures.
pub fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures")
}

/// The report on one draft under `name`, with only the `select`ed rules (all, if none is named).
pub fn report(name: &str, bytes: &[u8], select: &[&str], book: &Rulebook) -> Report {
    let mut plan = Plan::new(AS_OF);
    plan.rules.select = select.iter().map(|s| (*s).to_owned()).collect();
    let document = read::read(name, bytes, None).unwrap_or_else(|fault| panic!("{name}: {fault:?}"));
    let outcome = Ok(engine::check(document, &plan, book));
    Report { files: vec![FileReport { path: name.to_owned(), outcome }], ..Report::default() }
}

/// The report in the short format.
pub fn concise(report: &Report, lang: Lang) -> String {
    render::whole(Concise { lang, unit: ColumnUnit::Char }, report)
}

/// The drafts (`.txt`, `.md`) in a folder, sorted.
pub fn drafts(dir: &Path) -> Vec<PathBuf> {
    let mut list: Vec<PathBuf> = fs::read_dir(dir)
        .unwrap_or_else(|e| panic!("{}: {e}", dir.display()))
        .map(|entry| entry.expect("an entry").path())
        .filter(|p| p.extension().is_some_and(|e| e == "txt" || e == "md"))
        .collect();
    list.sort();
    list
}
