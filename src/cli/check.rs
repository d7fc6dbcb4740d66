//! `lint check`: drafts in, a report out.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use jiff::civil::Date;

use crate::config::{FailOn, Overrides};
use crate::diagnostic::Words;
use crate::engine;
use crate::read::Encoding;
use crate::render::{self, TerminalOptions};
use crate::report::{FileReport, Summary};
use crate::rulebook::Rulebook;
use crate::rules::{CONFIG_INVALID, metas};
use crate::text::nearest;

use super::args::{CheckArgs, Format};
use super::baseline::{Baselines, Known};
use super::configs::Configs;
use super::fix::{FileFix, Fixes, Fixing};
use super::input::{Input, Inputs, Scope};
use super::output::Sink;
use super::progress::Progress;
use super::since::Since;
use super::usage::Fault;
use super::{crew, fault, output, screen};

/// What a run over drafts needs to know before it begins.
pub(super) struct Setup {
    pub(super) over: Overrides,
    pub(super) encoding: Option<Encoding>,
    pub(super) today: Date,
    pub(super) configs: Configs,
    pub(super) inputs: Inputs,
}

impl Setup {
    pub(super) fn new(args: &CheckArgs) -> Result<Self, Fault> {
        let over = overrides(args)?;
        let encoding = args.encoding.as_deref().map(encoding).transpose()?;
        let today = jiff::ZonedDateTime::now().date();
        let mut configs = Configs::new(args.config.as_deref(), args.isolated);
        let paths = paths(args)?;
        let scope = scope(args, &paths)?;
        let inputs = Inputs::gather(&paths, args.stdin_filename.as_deref(), scope, &mut configs);
        if let Some(id) = &over.profile {
            known_profile(id, configs.all().map(|c| c.book.as_ref()))?;
        }
        Ok(Self { over, encoding, today, configs, inputs })
    }
}

/// Checks what the arguments name, and fixes it where that is asked for; the code says whether the run passes.
pub(super) fn run(args: &CheckArgs, fixing: Option<Fixing>) -> Result<ExitCode, Fault> {
    if args.statistics && !args.output_format.is_text() {
        return Err(Fault(Words::new(
            "--statistics 是给人看的，只能与 full 或 concise 同用",
            "--statistics is for people: it goes with full and concise only",
        )));
    }
    let Setup { over, encoding, today, configs, inputs } = Setup::new(args)?;
    let mut baselines = Baselines::new(args.baseline.as_deref());
    let taken = fixing.is_some_and(Fixing::writes) && inputs.list.iter().any(Input::is_stdin);
    let names: Vec<String> = inputs.list.iter().map(|input| input.shown.clone()).collect();
    let items = inputs.list.into_iter().map(|input| Ok((baselines.of(&input.config)?, input)));
    let items = items.collect::<Result<Vec<_>, Fault>>()?;

    let mut told = Told::new(args, inputs.skipped, fixing, taken);
    let mut fixes = Fixes::new(args, fixing);
    let mut progress = Progress::new(items.len(), args.lang.get(), args.quiet);
    let mut done = Ok(());
    let mut names = names.into_iter();
    let check = |(known, input): (Option<Arc<Known>>, Input)| {
        let plan = input.config.plan(&input.path, &over, today);
        let book = Arc::clone(&input.config.book);
        let (path, file) = (input.shown.clone(), input.path.clone());
        // A fixed file is checked more than once; what is gone from it in the end is gone once.
        let gone = Cell::new(0);
        let check = |document| {
            let mut checked = engine::check(document, &plan, &book);
            gone.set(known.as_ref().map_or(0, |known| known.apply(&file, &mut checked)));
            checked
        };
        let (outcome, fixed) = match fixing {
            Some(fixing) => fixing.file(&input, encoding, check),
            None => (input.load(encoding).map(check), FileFix::default()),
        };
        if let Some(known) = &known {
            known.note_gone(gone.get());
        }
        let file = FileReport { path, outcome };
        let fails = file.open().any(|f| plan.fail_on.fails(f.diagnostic.severity));
        (file, fails, fixed)
    };
    crew::in_order(items, args.jobs.unwrap_or_else(crew::usual), check, |result| {
        let name = names.next().unwrap_or_default();
        let (file, fails, fixed) = result
            .unwrap_or_else(|| (FileReport { path: name, outcome: Err(fault::of_panic()) }, false, FileFix::default()));
        if done.is_ok() {
            progress.clear();
            done = fixes.add(fixed).and_then(|()| told.draft(&file, fails));
        }
        progress.step();
    });
    progress.clear();
    done?;
    // Only now is it known which globs fitted nothing, and which allowances allowed nothing.
    let (files, fails) = configs.reports(&over);
    for file in &files {
        told.file(file, fails)?;
    }
    told.summary.gone = baselines.gone();
    let (broken, fails) = told.end(args)?;
    let (unfixed, changes) = fixes.end(args.lang.get(), args.quiet)?;
    Ok(if broken || unfixed {
        ExitCode::from(2)
    } else if changes.unwrap_or(fails) {
        ExitCode::from(1)
    } else {
        ExitCode::SUCCESS
    })
}

/// What was told so far, and what it comes to.
struct Told<'a> {
    format: Box<dyn render::Format>,
    sink: Sink<'a>,
    summary: Summary,
    fails: bool,
    /// Whether a diff takes the place of the report, so that only faults are told, on standard error.
    faults: bool,
}

impl<'a> Told<'a> {
    fn new(
        args: &'a CheckArgs,
        skipped: BTreeMap<&'static str, usize>,
        fixing: Option<Fixing>,
        stdout_is_taken: bool,
    ) -> Self {
        let faults = fixing.is_some_and(Fixing::shows_diff);
        let elsewhere = args.output_file.is_some() || stdout_is_taken;
        let (format, sink) = if faults {
            (concise(args), Sink::Stderr)
        } else {
            let file = args.output_file.as_deref();
            (format(args, elsewhere), Sink::new(file, stdout_is_taken))
        };
        Self { format, sink, summary: Summary { skipped, ..Summary::default() }, fails: false, faults }
    }

    fn draft(&mut self, file: &FileReport, fails: bool) -> Result<(), Fault> {
        if self.faults && file.outcome.is_ok() {
            self.summary.add(file);
            return Ok(());
        }
        self.file(file, fails)
    }

    fn file(&mut self, file: &FileReport, fails: bool) -> Result<(), Fault> {
        self.fails |= fails;
        self.summary.add(file);
        self.sink.write(&self.format.file(file))
    }

    /// Whether something is broken (a file that could not be read, a configuration), and whether the findings fail.
    fn end(mut self, args: &CheckArgs) -> Result<(bool, bool), Fault> {
        self.sink.write(&self.format.end(&self.summary))?;
        self.sink.close()?;
        // A drawn report closes with the counts, and machines find them in theirs.
        if !args.quiet && !self.faults && (args.output_format == Format::Concise || args.statistics) {
            output::stderr(&render::summary(&self.summary, args.lang.get()));
        }
        let misconfigured = self.summary.open.keys().any(|&(_, rule)| rule == CONFIG_INVALID.id);
        Ok((!self.summary.failed.is_empty() || misconfigured, self.fails))
    }
}

fn concise(args: &CheckArgs) -> Box<dyn render::Format> {
    Box::new(render::Concise { lang: args.lang.get(), unit: args.column_unit.into() })
}

/// The format of a report; one that does not go to standard output is drawn for no screen.
fn format(args: &CheckArgs, elsewhere: bool) -> Box<dyn render::Format> {
    let lang = args.lang.get();
    let screen = || {
        let options = screen::options(args.color, elsewhere);
        TerminalOptions { counts: !args.quiet, ..options }
    };
    if args.statistics {
        return Box::new(render::Statistics::new(lang, &screen()));
    }
    match args.output_format {
        Format::Full => Box::new(render::Full::new(lang, &screen())),
        Format::Concise => concise(args),
        Format::Json => Box::new(render::Json::new(lang)),
        Format::JsonLines => Box::new(render::JsonLines::new(lang)),
        Format::Sarif => Box::new(render::Sarif::new(lang)),
        Format::Github => Box::new(render::Github { lang }),
        Format::Gitlab => Box::new(render::Gitlab::new(lang)),
        Format::Junit => Box::new(render::Junit::new(lang)),
        Format::Rdjson => Box::new(render::Rdjson::new(lang)),
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

/// Which of the files that could be read are.
fn scope(args: &CheckArgs, paths: &[PathBuf]) -> Result<Scope, Fault> {
    if args.since.is_some() && paths.iter().any(|p| p.as_os_str() == "-") {
        return Err(Fault(Words::new(
            "--since 不能与标准输入同用：git 不知道它改动了没有",
            "--since cannot go with standard input: git does not know whether it changed",
        )));
    }
    let since = args.since.as_deref().map(|rev| Since::new(rev, paths)).transpose()?;
    Ok(Scope { since, force_exclude: args.force_exclude })
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
