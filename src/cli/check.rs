//! `lint check`: drafts in, a report out.

use std::path::PathBuf;
use std::process::ExitCode;

use jiff::civil::Date;

use crate::config::{FailOn, Plan, RuleSet};
use crate::diagnostic::Words;
use crate::engine;
use crate::read::Encoding;
use crate::render::{self, TerminalOptions};
use crate::report::{FileReport, Report};
use crate::rulebook::Rulebook;
use crate::rules::metas;

use super::args::{CheckArgs, Format};
use super::input::Inputs;
use super::usage::Fault;
use super::{output, screen, suggest};

/// Checks what the arguments name; the code says whether the run passes.
pub(super) fn run(args: &CheckArgs) -> Result<ExitCode, Fault> {
    let book = Rulebook::embedded();
    let plan = plan(args, &book)?;
    let encoding = args.encoding.as_deref().map(encoding).transpose()?;
    let inputs = Inputs::gather(&paths(args)?, args.stdin_filename.as_deref());
    let mut report = Report { skipped: inputs.skipped, ..Report::default() };
    for input in inputs.list {
        let path = input.shown.clone();
        let outcome = input.load(encoding).map(|document| engine::check(document, &plan, &book));
        report.files.push(FileReport { path, outcome });
    }
    let lang = args.lang.get();
    let text = match args.output_format {
        Format::Full => {
            let options = screen::options(args.color, args.output_file.is_some());
            render::full(&report, lang, &TerminalOptions { counts: !args.quiet, ..options })
        }
        Format::Json => render::json(&report, lang),
        Format::Concise => render::concise(&report, lang, args.column_unit.into()),
    };
    match &args.output_file {
        Some(path) => output::file(path, &text)?,
        None => output::stdout(&text)?,
    }
    // Machines find the counts in the report itself.
    if !args.quiet && args.output_format == Format::Concise {
        output::stderr(&render::summary(&report, lang));
    }
    Ok(exit_code(&report, args.fail_on.into()))
}

fn exit_code(report: &Report, fail_on: FailOn) -> ExitCode {
    let fails = match fail_on {
        FailOn::At(level) => report.open().any(|f| f.diagnostic.severity >= level),
        FailOn::Never => false,
    };
    if report.failed() > 0 {
        ExitCode::from(2)
    } else if fails {
        ExitCode::from(1)
    } else {
        ExitCode::SUCCESS
    }
}

/// The paths to check: those named, else standard input if it was given a name, else the current directory.
fn paths(args: &CheckArgs) -> Result<Vec<PathBuf>, Fault> {
    let stdin = args.paths.iter().any(|p| p.as_os_str() == "-");
    match (&args.stdin_filename, args.paths.is_empty()) {
        (Some(_), true) => Ok(vec![PathBuf::from("-")]),
        (Some(_), false) if !stdin => Err(Fault(Words::new(
            "--stdin-filename 只用于标准输入：请把“-”列为路径",
            "--stdin-filename is for standard input: name `-` as a path",
        ))),
        (None, true) => Ok(vec![PathBuf::from(".")]),
        _ => Ok(args.paths.clone()),
    }
}

fn plan(args: &CheckArgs, book: &Rulebook) -> Result<Plan, Fault> {
    let as_of = match &args.as_of {
        Some(text) => date(text)?,
        None => jiff::ZonedDateTime::now().date(),
    };
    for name in args.select.iter().chain(&args.ignore) {
        known_rule(name)?;
    }
    if let Some(id) = &args.profile {
        known_profile(id, book)?;
    }
    Ok(Plan {
        rules: RuleSet { select: args.select.clone(), ignore: args.ignore.clone() },
        profile: args.profile.clone(),
        show_claims: args.show_claims,
        ..Plan::new(as_of)
    })
}

fn date(text: &str) -> Result<Date, Fault> {
    Date::strptime("%Y-%m-%d", text).map_err(|_| {
        Fault(Words::new(
            format!("--as-of 不是日期：“{text}”；应写成 2024-03-05 的样子"),
            format!("--as-of is no date: {text:?}; write it like 2024-03-05"),
        ))
    })
}

fn encoding(label: &str) -> Result<Encoding, Fault> {
    Encoding::from_label(label).ok_or_else(|| {
        Fault(Words::new(
            format!("不认识的编码：“{label}”；常用的有 utf-8、gb18030、utf-16le、utf-16be"),
            format!("unknown encoding {label:?}; the usual ones are utf-8, gb18030, utf-16le, utf-16be"),
        ))
    })
}

/// `--select` and `--ignore` name rules or whole classes.
fn known_rule(name: &str) -> Result<(), Fault> {
    if metas().any(|r| r.id == name || r.class() == name) {
        return Ok(());
    }
    let hint = suggest::nearest(name, metas().flat_map(|r| [r.id, r.class()]));
    Err(Fault(Words::new(
        format!("没有规则“{name}”{}全部规则见 lint rules", zh_hint(hint)),
        format!("no rule {name:?}; {}all are listed by `lint rules`", en_hint(hint)),
    )))
}

fn known_profile(id: &str, book: &Rulebook) -> Result<(), Fault> {
    if book.profiles.get(id).is_some() {
        return Ok(());
    }
    let known: Vec<&str> = book.profiles.iter().map(|p| p.id.as_str()).collect();
    let hint = suggest::nearest(id, known.iter().copied());
    Err(Fault(Words::new(
        format!("没有文种“{id}”{}可用：{}", zh_hint(hint), known.join("、")),
        format!("no profile {id:?}; {}known: {}", en_hint(hint), known.join(", ")),
    )))
}

/// A suggestion between two clauses.
pub(super) fn zh_hint(hint: Option<&str>) -> String {
    hint.map_or_else(|| String::from("；"), |h| format!("；是不是 {h}？"))
}

/// A suggestion between two clauses.
pub(super) fn en_hint(hint: Option<&str>) -> String {
    hint.map(|h| format!("did you mean {h}? ")).unwrap_or_default()
}
