//! The project's own fixtures as text to measure.

use std::fs;
use std::path::Path;

use gongwen_lint::read;
use gongwen_lint::text::Document;

/// Every text file in a folder of the fixtures, in the order of their names.
pub(crate) fn papers(folder: &str) -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(folder);
    let mut paths: Vec<_> = fs::read_dir(&folder)
        .expect("a folder of fixtures")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|e| e == "txt"))
        .collect();
    paths.sort();
    paths.iter().map(|path| fs::read_to_string(path).expect("a fixture")).collect()
}

/// Their lines that are not blank.
#[allow(dead_code, reason = "not every bench reads lines")]
pub(crate) fn lines(folder: &str) -> Vec<String> {
    let papers = papers(folder);
    papers.iter().flat_map(|text| text.lines()).filter(|l| !l.trim().is_empty()).map(str::to_owned).collect()
}

/// A text as the reader of plain text hands it on.
pub(crate) fn document(text: &str) -> Document {
    read::read("bench.txt", text.as_bytes(), None).expect("fixtures are readable")
}
