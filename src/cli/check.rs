//! `lint check`: drafts in, a report out.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::process::ExitCode;
use std::sync::Arc;

use crate::config::{FailOn, Overrides};
use crate::diagnostic::Words;
use crate::engine;
use crate::render::{self, TerminalOptions};
use crate::report::{FileReport, Summary};
use crate::rules::CONFIG_INVALID;

use super::args::{CheckArgs, Format};
use super::baseline::{Baselines, Known};
use super::fix::{FileFix, Fixes, Fixing};
use super::input::Input;
use super::output::Sink;
use super::progress::Progress;
use super::setup::Setup;
use super::usage::Fault;
use super::{crew, fault, output, screen};

/// Checks what the arguments name, and fixes it where that is asked for; the code says whether the run passes.
pub(super) fn run(args: &CheckArgs, fixing: Option<Fixing>) -> Result<ExitCode, Fault> {
    if args.statistics && !args.output_format.is_text() {
        return Err(Fault(Words::new(
            "--statistics 是给人看的，只能与 full 或 concise 同用",
            "--statistics is for people: it goes with full and concise only",
        )));
    }
    let Setup { over, encoding, today, configs, inputs } = Setup::new(&args.source)?;
    // The page carries the tick list, folded up.
    let show_claims = args.show_claims || args.output_format == Format::Html;
    let over = Overrides { fail_on: args.fail_on.map(FailOn::from), show_claims, ..over };
    let mut baselines = Baselines::new(args.source.baseline.as_deref());
    let taken = fixing.is_some_and(Fixing::writes) && inputs.list.iter().any(Input::is_stdin);
    let names: Vec<String> = inputs.list.iter().map(|input| input.shown.clone()).collect();
    let items = inputs.list.into_iter().map(|input| Ok((baselines.of(&input.config)?, input)));
    let items = items.collect::<Result<Vec<_>, Fault>>()?;

    let mut told = Told::new(args, inputs.skipped, fixing, taken);
    let mut fixes = Fixes::new(args, fixing);
    let mut progress = Progress::new(items.len(), args.source.lang.get(), args.quiet);
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
    crew::in_order(items, args.source.jobs.unwrap_or_else(crew::usual), check, |result| {
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
    let (unfixed, changes) = fixes.end(args.source.lang.get(), args.quiet)?;
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
            output::stderr(&render::summary(&self.summary, args.source.lang.get()));
        }
        let misconfigured = self.summary.open.keys().any(|&(_, rule)| rule == CONFIG_INVALID.id);
        Ok((!self.summary.failed.is_empty() || misconfigured, self.fails))
    }
}

fn concise(args: &CheckArgs) -> Box<dyn render::Format> {
    Box::new(render::Concise { lang: args.source.lang.get(), unit: args.column_unit.into() })
}

/// The format of a report; one that does not go to standard output is drawn for no screen.
fn format(args: &CheckArgs, elsewhere: bool) -> Box<dyn render::Format> {
    let lang = args.source.lang.get();
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
        Format::Html => Box::new(render::Html::new(lang)),
    }
}
