//! What was found to bytes, one file a format. Nothing here decides anything.

mod catalogue;
mod cells;
mod concise;
mod json;
mod names;
mod page;
mod place;
mod printable;
mod summary;
mod terminal;
mod window;

use crate::report::{FileReport, Report, Summary};

pub use catalogue::catalogue;
pub use concise::Concise;
pub use json::{Json, SCHEMA};
pub use page::explain;
pub use printable::printable;
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

/// A report in a format, in one piece.
#[must_use]
pub fn whole(mut format: impl Format, report: &Report) -> String {
    let mut out: String = report.files.iter().map(|file| format.file(file)).collect();
    out.push_str(&format.end(&report.summary()));
    out
}
