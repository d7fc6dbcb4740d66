//! `lint test`: the entries against their own examples.

use std::process::ExitCode;
use std::sync::Arc;

use crate::config::{self, Overrides};
use crate::diagnostic::{Lang, Words};
use crate::engine::{self, Flaw, FlawKind, Trial};
use crate::render::{self, TerminalOptions, printable};
use crate::report::{FileReport, Report};
use crate::rulebook::Rulebook;

use super::args::{ColorArg, TestArgs};
use super::configs::Configs;
use super::paths::absolute;
use super::usage::Fault;
use super::{output, screen};

/// Tries our entries with those of the files that are named, else of those that the `lint.toml` of this directory names.
pub(super) fn run(args: &TestArgs) -> Result<ExitCode, Fault> {
    let lang = args.lang.get();
    let isolated = args.isolated || !args.files.is_empty();
    let mut configs = Configs::new(args.config.as_deref(), isolated, Rulebook::embedded());
    let (config, files) = if args.files.is_empty() {
        let config = configs.here();
        (config, configs.reports(&Overrides::default()).0)
    } else {
        let mut files = Vec::new();
        let mut documents = Vec::new();
        for path in &args.files {
            match configs.document(&absolute(path)) {
                Ok(document) => documents.push(document),
                Err(error) => files.push(FileReport { path: path.display().to_string(), outcome: Err(error) }),
            }
        }
        let config = config::of_rules(documents);
        files.extend(config.faults(false, &Overrides::default()).into_iter().map(|(document, diagnostics)| {
            FileReport { path: document.name.clone(), outcome: Ok(engine::of_config(document, diagnostics)) }
        }));
        (Arc::new(config), files)
    };
    let faults = Report { files, ..Report::default() };
    let trial = engine::trial(&config.book);
    let options = TerminalOptions { counts: false, ..screen::options(ColorArg::Auto, false) };
    let mut out = render::whole(render::Full::new(lang, &options), &faults);
    if !out.is_empty() {
        out.push('\n');
    }
    let told = |flaw: &&Flaw<'_>| args.all || !flaw.ours;
    for flaw in trial.flaws.iter().chain(trial.idle.iter().filter(told)) {
        out.push_str(&line(flaw, lang));
    }
    out.push_str(&summary(&trial, args.all, lang));
    output::stdout(&out)?;
    Ok(if faults.files.iter().any(|f| f.outcome.is_err()) || faults.open().next().is_some() {
        ExitCode::from(2)
    } else if trial.flaws.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(1)
    })
}

/// One flaw on one line: where, whose, what.
fn line(flaw: &Flaw<'_>, lang: Lang) -> String {
    let what = words(&flaw.kind);
    let entry = flaw.entry.map(|e| format!(" “{e}”")).unwrap_or_default();
    let (word, colon) = match (&flaw.kind, lang) {
        (FlawKind::Idle { .. }, Lang::Zh) => ("提示", "："),
        (FlawKind::Idle { .. }, Lang::En) => ("note", ": "),
        (_, Lang::Zh) => ("错误", "："),
        (_, Lang::En) => ("error", ": "),
    };
    let text = format!("{}:{}: {word}{entry}{colon}{}", flaw.file, flaw.line, what.get(lang));
    format!("{}\n", printable(&text))
}

fn words(kind: &FlawKind<'_>) -> Words {
    match kind {
        FlawKind::Silent(sentence) => Words::new(
            format!("`hits` 里的这一句没有报出：{sentence}"),
            format!("nothing is reported in this sentence of `hits`: {sentence}"),
        ),
        FlawKind::Speaks { sentence, by } => Words::new(
            format!("这一句里报出了不该报的（{by}）：{sentence}"),
            format!("{by} should not be reported in this sentence: {sentence}"),
        ),
        FlawKind::Unrecognised(example) => {
            Words::new(format!("没有认出是这一文种：{example}"), format!("not recognised as this kind: {example}"))
        }
        FlawKind::Recognised(example) => {
            Words::new(format!("误认为这一文种：{example}"), format!("taken for this kind: {example}"))
        }
        FlawKind::Dead(spelling) => Words::new(
            format!("“{spelling}”什么文字也匹配不到：前后文的要求互相矛盾，或者排除的字样就在它自己里面"),
            format!(
                "no text can match “{spelling}”: its contexts contradict each other, or what excuses it is part of it"
            ),
        ),
        FlawKind::Hidden { spelling, by } => Words::new(
            format!("“{spelling}”总被更长的“{}”（{}:{}）盖住，从不报出", by.wrong, by.file, by.line),
            format!("“{spelling}” is always hidden by the longer “{}” ({}:{})", by.wrong, by.file, by.line),
        ),
        FlawKind::Twice(spelling) => {
            Words::new(format!("“{spelling}”写了两遍"), format!("“{spelling}” stands there twice"))
        }
        FlawKind::Idle { key, words } => {
            let list: String = words.iter().map(|w| format!("“{w}”")).collect();
            Words::new(
                format!("`{key}` 的{list}在例句里没有用到，请补例句"),
                format!("{list} of `{key}` decide nothing in the examples: add sentences"),
            )
        }
    }
}

fn summary(trial: &Trial<'_>, all: bool, lang: Lang) -> String {
    let (entries, sentences) = (trial.entries, trial.sentences);
    let flaws = trial.flaws.len();
    let words = |flaw: &Flaw<'_>| if let FlawKind::Idle { words, .. } = &flaw.kind { words.len() } else { 0 };
    let count = |ours: bool| trial.idle.iter().filter(|f| f.ours == ours).map(words).sum::<usize>();
    let (idle, hidden) = if all { (count(false) + count(true), 0) } else { (count(false), count(true)) };
    let more = match (lang, hidden) {
        (_, 0) => String::new(),
        (Lang::Zh, n) => format!("（内置词条另有{n}个，--all 列出）"),
        (Lang::En, n) => format!(" (and {n} of built-in entries, listed by --all)"),
    };
    match lang {
        Lang::Zh => {
            format!("词条{entries}条，例句{sentences}句：错误{flaws}处，例句没有用到的前后文{idle}个{more}。\n")
        }
        Lang::En => format!(
            "entries: {entries}, sentences: {sentences}; errors: {flaws}, contexts without an example: {idle}{more}.\n"
        ),
    }
}
