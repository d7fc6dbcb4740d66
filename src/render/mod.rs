//! What was found to bytes, one file a format. Nothing here decides anything.

mod catalogue;
mod cells;
mod concise;
mod diff;
mod github;
mod gitlab;
mod html;
mod json;
mod json_lines;
mod json_text;
mod junit;
mod names;
mod page;
mod place;
mod printable;
mod rdjson;
mod sarif;
mod statistics;
mod summary;
mod terminal;
mod window;

use crate::report::{FileReport, Report, Summary};

pub use catalogue::catalogue;
pub use concise::Concise;
pub use diff::{DiffOptions, diff};
pub use github::Github;
pub use gitlab::Gitlab;
pub use html::Html;
pub use json::{Json, SCHEMA};
pub use json_lines::JsonLines;
pub use junit::Junit;
pub use page::explain;
pub use printable::printable;
pub use rdjson::Rdjson;
pub use sarif::Sarif;
pub use statistics::Statistics;
pub use summary::summary;
pub use terminal::{Full, TerminalOptions};

/// A format of the report. It is told of the files one by one, so that a run over a tree need not hold them all, and of
/// the whole at the end; what it gives back is written as it comes.
pub trait Format {
    /// What is to be written for a file.
    fn file(&mut self, file: &FileReport) -> String;

    /// What is to be written after the last file.
    fn end(&mut self, summary: &Summary) -> String;
}

impl Format for Box<dyn Format> {
    fn file(&mut self, file: &FileReport) -> String {
        (**self).file(file)
    }

    fn end(&mut self, summary: &Summary) -> String {
        (**self).end(summary)
    }
}

/// A report in a format, in one piece.
#[must_use]
pub fn whole(mut format: impl Format, report: &Report) -> String {
    let mut out: String = report.files.iter().map(|file| format.file(file)).collect();
    out.push_str(&format.end(&report.summary()));
    out
}

/// A path as the services know it that keep a repository: from its root, without a leading `./`.
fn rooted(path: &str) -> &str {
    path.trim_start_matches("./")
}
