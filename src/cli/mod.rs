//! The command line: the only room that knows argv, files, the terminal and the clock.

mod args;
mod input;
mod screen;

use std::io::Write as _;
use std::process::ExitCode;

use clap::Parser as _;

use crate::config::Plan;
use crate::diagnostic::Severity;
use crate::engine;
use crate::render;
use crate::report::{FileReport, Report};
use crate::rulebook::Rulebook;

use args::{Args, Format};

/// Runs the command line of this process.
#[must_use]
pub fn main() -> ExitCode {
    let args = Args::parse();
    let plan = Plan::new(jiff::ZonedDateTime::now().date());
    let book = Rulebook::embedded();
    let mut report = Report::default();
    let (paths, skipped) = input::gather(&args.paths);
    report.skipped = skipped;
    for path in paths {
        let outcome = input::load(&path).map(|document| engine::check(document, &plan, &book));
        report.files.push(FileReport { path: path.display().to_string(), outcome });
    }
    let lang = args.lang.into();
    let out = match args.output_format {
        Format::Full => render::full(&report, lang, &screen::options(args.color, false)),
        Format::Json => render::json(&report, lang),
        Format::Concise => render::concise(&report, lang),
    };
    let _ = std::io::stdout().write_all(out.as_bytes());
    if report.failed() > 0 {
        ExitCode::from(2)
    } else if report.count(Severity::Error) > 0 {
        ExitCode::from(1)
    } else {
        ExitCode::SUCCESS
    }
}
