//! `lint check`: drafts in, a report out.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use jiff::civil::Date;

use crate::config::{FailOn, Overrides};
use crate::diagnostic::Words;
use crate::engine;
use crate::read::Encoding;
use crate::render::{self, TerminalOptions};
use crate::report::{FileReport, Report};
use crate::rulebook::Rulebook;
use crate::rules::{CONFIG_INVALID, metas};
use crate::text::nearest;

use super::args::{CheckArgs, Format};
use super::configs::Configs;
use super::input::Inputs;
use super::usage::Fault;
use super::{output, screen};

/// Checks what the arguments name; the code says whether the run passes.
pub(super) fn run(args: &CheckArgs) -> Result<ExitCode, Fault> {
    let over = overrides(args)?;
    let encoding = args.encoding.as_deref().map(encoding).transpose()?;
    let today = jiff::ZonedDateTime::now().date();
    let mut configs = Configs::new(args.config.as_deref(), args.isolated);
    let inputs = Inputs::gather(&paths(args)?, args.stdin_filename.as_deref(), &mut configs);
    if let Some(id) = &over.profile {
        known_profile(id, configs.all().map(|c| c.book.as_ref()))?;
    }
    let mut report = Report { skipped: inputs.skipped, ..Report::default() };
    let mut fails = false;
    for input in inputs.list {
        let path = input.shown.clone();
        let plan = input.config.plan(&input.path, &over, today);
        let book = Arc::clone(&input.config.book);
        let outcome = input.load(encoding).map(|document| engine::check(document, &plan, &book));
        report.files.push(FileReport { path, outcome });
        fails |= report.files.last().is_some_and(|file| file.open().any(|f| plan.fail_on.fails(f.diagnostic.severity)));
    }
    // Only now is it known which globs fitted nothing.
    let (files, configs_fail) = configs.reports(&over);
    report.files.splice(0..0, files);
    fails |= configs_fail;
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
    Ok(exit_code(&report, fails))
}

fn exit_code(report: &Report, fails: bool) -> ExitCode {
    if report.failed() > 0 || report.open().any(|f| f.diagnostic.rule.id == CONFIG_INVALID.id) {
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

fn overrides(args: &CheckArgs) -> Result<Overrides, Fault> {
    for name in args.select.iter().chain(&args.ignore) {
        known_rule(name)?;
    }
    Ok(Overrides {
        select: args.select.clone(),
        ignore: args.ignore.clone(),
        profile: args.profile.clone(),
        show_claims: args.show_claims,
        as_of: args.as_of.as_deref().map(date).transpose()?,
        fail_on: args.fail_on.map(FailOn::from),
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
    let hint = nearest(name, metas().flat_map(|r| [r.id, r.class()]));
    Err(Fault(Words::new(
        format!("没有规则“{name}”{}全部规则见 lint rules", zh_hint(hint)),
        format!("no rule {name:?}; {}all are listed by `lint rules`", en_hint(hint)),
    )))
}

fn known_profile<'b>(id: &str, books: impl Iterator<Item = &'b Rulebook>) -> Result<(), Fault> {
    let known: BTreeSet<&str> = books.flat_map(|b| b.profiles.iter().map(|p| p.id.as_str())).collect();
    if known.contains(id) {
        return Ok(());
    }
    let hint = nearest(id, known.iter().copied());
    let list: Vec<&str> = known.iter().copied().collect();
    Err(Fault(Words::new(
        format!("没有文种“{id}”{}可用：{}", zh_hint(hint), list.join("、")),
        format!("no profile {id:?}; {}known: {}", en_hint(hint), list.join(", ")),
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
