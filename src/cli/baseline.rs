//! `--baseline` and `lint baseline`: the findings that were there before, read, applied and written down.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::config::Config;
use crate::diagnostic::{Lang, Words};
use crate::engine::{Baseline, BaselineFault};
use crate::render::{Concise, Format as _, printable};
use crate::report::{Checked, FileReport};
use crate::rules::CONFIG_INVALID;
use crate::text::ColumnUnit;

use super::args::BaselineArgs;
use super::paths::{absolute, shown_from};
use super::setup::Setup;
use super::usage::Fault;
use super::{crew, fault, output};

/// The file that is written where neither the command line nor a configuration names one.
const FILE_NAME: &str = "lint-baseline.json";

/// The baselines of a run, each read once.
pub(super) struct Baselines {
    named: Option<PathBuf>,
    by_path: HashMap<PathBuf, Arc<Known>>,
}

/// A baseline and where it stands.
#[derive(Debug)]
pub(super) struct Known {
    /// Its absolute path; its own paths start at the directory of this.
    path: PathBuf,
    baseline: Baseline,
    /// How many findings it knows that are gone, as far as files were checked.
    gone: AtomicUsize,
}

impl Baselines {
    /// For a run that uses the file that is named, else those that the configurations name.
    pub(super) fn new(named: Option<&Path>) -> Self {
        Self { named: named.map(absolute), by_path: HashMap::new() }
    }

    /// The file of the baseline for what a configuration holds for.
    fn path(&self, config: &Config) -> Option<PathBuf> {
        self.named.clone().or_else(|| config.baseline().map(Path::to_owned))
    }

    /// The baseline for what a configuration holds for, where there is one. It must be there.
    pub(super) fn of(&mut self, config: &Config) -> Result<Option<Arc<Known>>, Fault> {
        let Some(path) = self.path(config) else { return Ok(None) };
        if let Some(known) = self.by_path.get(&path) {
            return Ok(Some(Arc::clone(known)));
        }
        let baseline = read(&path)?.ok_or_else(|| {
            let path = path.display();
            Fault(Words::new(
                format!("没有基线文件 {path}；请先用 lint baseline 写出"),
                format!("there is no baseline {path}; write it with `lint baseline`"),
            ))
        })?;
        let known = Arc::new(Known { path: path.clone(), baseline, gone: AtomicUsize::new(0) });
        self.by_path.insert(path, Arc::clone(&known));
        Ok(Some(known))
    }

    /// How many findings are known that are gone.
    pub(super) fn gone(&self) -> usize {
        self.by_path.values().map(|known| known.gone.load(Ordering::Relaxed)).sum()
    }
}

impl Known {
    /// Marks what it knows of the file at this absolute path, and tells how many that it knows are gone.
    pub(super) fn apply(&self, file: &Path, checked: &mut Checked) -> usize {
        self.baseline.apply(&key(&self.path, file), checked)
    }

    /// Adds to the findings that are gone.
    pub(super) fn note_gone(&self, gone: usize) {
        self.gone.fetch_add(gone, Ordering::Relaxed);
    }
}

/// A file as a baseline names it: from its own directory on, with `/` between the names.
fn key(baseline: &Path, file: &Path) -> String {
    let root = baseline.parent().unwrap_or(Path::new(""));
    let path = file.strip_prefix(root).unwrap_or(file);
    let names: Vec<_> = path.iter().map(|name| name.to_string_lossy()).collect();
    if path.is_absolute() { path.display().to_string() } else { names.join("/") }
}

/// The baseline at a path, where there is a file.
fn read(path: &Path) -> Result<Option<Baseline>, Fault> {
    let shown = path.display();
    // A device may have no end.
    let device = fs::metadata(path).is_ok_and(|m| !m.is_file() && !m.is_dir());
    let text = match if device { Err(io::ErrorKind::InvalidInput.into()) } else { fs::read_to_string(path) } {
        Ok(text) => text,
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(e) if matches!(e.kind(), io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput) => {
            return Err(Fault(Words::new(
                format!("{shown}：不是 lint baseline 写出的文件；请从版本库恢复，或换一个文件名重新写出"),
                format!("{shown}: not what `lint baseline` writes; restore it or write it anew under another name"),
            )));
        }
        Err(e) => {
            let error = fault::of_io(&e);
            return Err(Fault(Words::new(
                format!("基线文件 {shown}：{}。{}", error.message.zh, error.advice.zh),
                format!("baseline {shown}: {}. {}", error.message.en, error.advice.en),
            )));
        }
    };
    Baseline::parse(&text).map(Some).map_err(|why| {
        Fault(match why {
            BaselineFault::Json(e) => Words::new(
                format!("{shown}:{}:{}: 不是 lint baseline 写出的文件：{e}；请从版本库恢复，或重新写出", e.line(), e.column()),
                format!("{shown}:{}:{}: not what `lint baseline` writes: {e}; restore it or write it anew", e.line(), e.column()),
            ),
            BaselineFault::Schema(found) => Words::new(
                format!("{shown}：这个版本的 lint 不认得格式“{found}”；请用相同版本的 lint，或重新写出"),
                format!("{shown}: this version of lint does not know the format {found:?}; use the same version, or write it anew"),
            ),
        })
    })
}

/// What is written into one baseline.
struct Draft {
    baseline: Baseline,
    /// How many findings of the files that were checked it knows now, and how many were struck out.
    known: usize,
    gone: usize,
}

/// Writes down what is found, or strikes out what is gone. Nothing is written where a file could not be read.
pub(super) fn run(args: &BaselineArgs) -> Result<ExitCode, Fault> {
    let lang = args.source.lang.get();
    let Setup { over, encoding, today, configs, inputs } = Setup::new(&args.source)?;
    let baselines = Baselines::new(args.source.baseline.as_deref());
    let target = |config: &Config| baselines.path(config).unwrap_or_else(|| absolute(Path::new(FILE_NAME)));
    let mut drafts: HashMap<PathBuf, Draft> = HashMap::new();
    for path in inputs.list.iter().map(|input| target(&input.config)) {
        let Entry::Vacant(entry) = drafts.entry(path) else { continue };
        let baseline = read(entry.key())?;
        if args.prune && baseline.is_none() {
            let path = entry.key().display();
            return Err(Fault(Words::new(
                format!("没有基线文件 {path}，无可清理"),
                format!("there is no baseline {path} to be pruned"),
            )));
        }
        entry.insert(Draft { baseline: baseline.unwrap_or_default(), known: 0, gone: 0 });
    }

    let mut failed = Vec::new();
    let items: Vec<_> = inputs.list.into_iter().map(|input| (target(&input.config), input)).collect();
    let names: Vec<_> = items.iter().map(|(to, input)| (to.clone(), input.path.clone(), input.shown.clone())).collect();
    let mut names = names.into_iter();
    let check = |(_, input): (PathBuf, super::input::Input)| {
        let plan = input.config.plan(&input.path, &over, today);
        let book = Arc::clone(&input.config.book);
        input.load(encoding).map(|document| crate::engine::check(document, &plan, &book))
    };
    crew::in_order(items, args.source.jobs.unwrap_or_else(crew::usual), check, |result| {
        let Some((to, file, shown)) = names.next() else { return };
        match (result.unwrap_or_else(|| Err(fault::of_panic())), drafts.get_mut(&to)) {
            (Ok(checked), Some(draft)) => {
                let key = key(&to, &file);
                if args.prune {
                    draft.gone += draft.baseline.prune(&key, &checked);
                } else {
                    draft.known += draft.baseline.record(&key, &checked);
                }
            }
            (Err(error), _) => failed.push(FileReport { path: shown, outcome: Err(error) }),
            (Ok(_), None) => {}
        }
    });
    let (faults, _) = configs.reports(&over);
    let misconfigured = |file: &&FileReport| file.open().any(|f| f.diagnostic.rule.id == CONFIG_INVALID.id);
    failed.extend(faults.into_iter().filter(|file| file.outcome.is_err() || misconfigured(&file)));
    if !failed.is_empty() {
        let mut format = Concise { lang, unit: ColumnUnit::Char };
        failed.iter().for_each(|file| output::stderr(format.file(file).trim_end()));
        return Err(Fault(Words::new(
            "有文件或配置没能读懂，基线没有改动",
            "not everything could be read: the baseline is as it was",
        )));
    }

    let mut drafts: Vec<(PathBuf, Draft)> = drafts.into_iter().collect();
    drafts.sort_by(|a, b| a.0.cmp(&b.0));
    for (path, mut draft) in drafts {
        let root = path.parent().unwrap_or(Path::new("")).to_owned();
        let vanished: Vec<String> =
            draft.baseline.files().filter(|file| is_gone(&root, file)).map(str::to_owned).collect();
        draft.gone += vanished.iter().map(|file| draft.baseline.forget(file)).sum::<usize>();
        output::file(&path, &draft.baseline.to_text())?;
        output::stderr(&said(&printable(&shown_from(configs.current(), &path)), &draft, args.prune, lang));
    }
    Ok(ExitCode::SUCCESS)
}

/// Whether a file that a baseline names is there no longer. A name that is no UTF-8 stands there with replacement
/// characters, and cannot be looked for.
fn is_gone(root: &Path, file: &str) -> bool {
    !file.contains('\u{fffd}') && !root.join(file).exists()
}

fn said(path: &str, draft: &Draft, prune: bool, lang: Lang) -> String {
    let (known, gone, all) = (draft.known, draft.gone, draft.baseline.len());
    match (lang, prune) {
        (Lang::Zh, false) => {
            format!("{path}：记下{known}处，共{all}处。检查时用 --baseline，或在 lint.toml 写 baseline。")
        }
        (Lang::Zh, true) => format!("{path}：清去{gone}处，还有{all}处。"),
        (Lang::En, false) => {
            format!("{path}: {known} written down, {all} in all; use it with --baseline or `baseline` in lint.toml.")
        }
        (Lang::En, true) => format!("{path}: {gone} struck out, {all} left."),
    }
}
