//! Paths to documents: which files a run reads, and their bytes.

use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use ignore::gitignore::Gitignore;
use ignore::{DirEntry, WalkBuilder};

use crate::config::{Config, FILE_NAME};
use crate::read::{self, Encoding};
use crate::report::FileError;
use crate::text::Document;

use super::configs::Configs;
use super::fault;
use super::paths::{absolute, bare, shown};
use super::since::Since;

/// The name of standard input where the user gives none.
const STDIN: &str = "<stdin>";

/// The most bytes that a draft may have. The longest papers have a few million; what is larger is a dump or a log, and
/// checking it takes many times its size of memory.
const LARGEST: u64 = 64 << 20;

/// Hidden names that are not passed over: a walk obeys them, or they hold no drafts by their nature.
const OBEYED: &[&str] = &[".git", ".gitignore", ".ignore"];

/// What a run reads.
#[derive(Debug)]
pub(super) struct Inputs {
    /// In the order of the command line, a directory's files in the order of their paths.
    pub(super) list: Vec<Input>,
    /// How many files were passed over, by reason.
    pub(super) skipped: BTreeMap<&'static str, usize>,
    scope: Scope,
    /// The absolute paths of all that was met, so that nothing is met twice.
    seen: HashSet<PathBuf>,
}

/// Which of the files that could be read are.
#[derive(Debug)]
pub(super) struct Scope {
    /// Only what changed, where this is asked for.
    pub(super) since: Option<Since>,
    /// What a walk passes over besides what the configurations exclude.
    pub(super) exclude: Gitignore,
    /// Whether a file that is named can be excluded too: what names the files may not know the configuration.
    pub(super) force_exclude: bool,
}

impl Scope {
    fn excludes(&self, absolute: &Path) -> bool {
        // Above its root a glob fits nothing.
        let below = absolute.starts_with(self.exclude.path());
        below && self.exclude.matched_path_or_any_parents(absolute, false).is_ignore()
    }

    fn is_unchanged(&self, absolute: &Path) -> bool {
        self.since.as_ref().is_some_and(|since| !since.has(absolute))
    }
}

/// One file, as shown to the user, and where its bytes are.
#[derive(Debug)]
pub(super) struct Input {
    pub(super) shown: String,
    /// Its absolute path, by which a configuration knows it.
    pub(super) path: PathBuf,
    /// The configuration that holds for it.
    pub(super) config: Arc<Config>,
    source: Source,
}

#[derive(Debug)]
enum Source {
    File(PathBuf),
    Stdin,
    /// Met on a walk, and lost.
    Fault(FileError),
}

impl Inputs {
    /// What `paths` name.
    pub(super) fn gather(paths: &[PathBuf], stdin_name: Option<&str>, scope: Scope, configs: &mut Configs) -> Self {
        let mut inputs = Self { list: Vec::new(), skipped: BTreeMap::new(), scope, seen: HashSet::new() };
        for path in paths {
            if path.as_os_str() == "-" {
                if inputs.seen.insert(PathBuf::from("-")) {
                    let shown = stdin_name.unwrap_or(STDIN).to_owned();
                    let path = absolute(Path::new(stdin_name.unwrap_or("-")));
                    inputs.add(shown, path, Source::Stdin, configs);
                }
            } else if path.is_dir() {
                inputs.walk(path, configs);
            } else if inputs.is_new(fs::canonicalize(path).unwrap_or_else(|_| path.clone())) {
                inputs.named(path, configs);
            }
        }
        inputs
    }

    fn is_new(&mut self, absolute: PathBuf) -> bool {
        self.seen.insert(absolute)
    }

    fn add(&mut self, shown: String, path: PathBuf, source: Source, configs: &mut Configs) {
        let config = configs.of(&path);
        self.list.push(Input { shown, path, config, source });
    }

    /// A file that is named: read, whatever it is, unless the scope says otherwise.
    fn named(&mut self, path: &Path, configs: &mut Configs) {
        let absolute = absolute(path);
        if self.scope.force_exclude && (self.scope.excludes(&absolute) || configs.of(&absolute).excludes(&absolute)) {
            self.skip("excluded");
        } else if self.scope.is_unchanged(&absolute) && path.exists() {
            self.skip("unchanged");
        } else {
            self.add(shown(path), absolute, Source::File(path.to_owned()), configs);
        }
    }

    /// A file met on a walk: read, unless its configuration says otherwise or it is no draft.
    fn meet(&mut self, path: &Path, absolute: PathBuf, configs: &mut Configs) {
        let config = configs.of(&absolute);
        let (included, excluded) =
            (config.includes(&absolute), config.excludes(&absolute) || self.scope.excludes(&absolute));
        if excluded {
            self.skip("excluded");
        } else if !included && !is_draft(path) {
            self.skip("extension");
        } else if self.scope.is_unchanged(&absolute) {
            self.skip("unchanged");
        } else {
            let path = bare(path);
            let shown = shown(&path);
            self.list.push(Input { shown, path: absolute, config, source: Source::File(path) });
        }
    }

    fn skip(&mut self, reason: &'static str) {
        *self.skipped.entry(reason).or_default() += 1;
    }

    /// Everything under a directory. Ignore files are obeyed, in a repository or not; links are not followed, so that
    /// no file is read under two names.
    fn walk(&mut self, root: &Path, configs: &mut Configs) {
        // Below the root no link is followed, so these are absolute names without asking the system for each.
        let base = fs::canonicalize(root).unwrap_or_else(|_| root.to_owned());
        let within = |path: &Path| path.strip_prefix(root).map_or_else(|_| path.to_owned(), |p| base.join(p));
        // Whether a glob fits nothing is only known where nothing is left out.
        if self.scope.since.is_none() {
            configs.walked(&base);
        }
        let hidden: Arc<Mutex<Vec<PathBuf>>> = Arc::default();
        let pass = {
            let hidden = Arc::clone(&hidden);
            move |entry: &DirEntry| {
                let show = entry.depth() == 0 || !is_hidden(entry);
                if !show && !OBEYED.iter().any(|name| entry.file_name() == *name) {
                    hidden.lock().unwrap_or_else(PoisonError::into_inner).push(entry.path().to_owned());
                }
                show
            }
        };
        let walk = WalkBuilder::new(root)
            .hidden(false)
            .require_git(false)
            .filter_entry(pass)
            .sort_by_file_path(Path::cmp)
            .build();
        for entry in walk {
            match entry {
                Ok(entry) => {
                    let Some(kind) = entry.file_type().filter(|t| !t.is_dir()) else { continue };
                    if entry.depth() == 0 || !self.is_new(within(entry.path())) {
                        continue;
                    }
                    if kind.is_symlink() {
                        self.skip("symlink");
                    } else if !kind.is_file() {
                        self.skip("special");
                    } else if entry.file_name() != FILE_NAME {
                        self.meet(entry.path(), within(entry.path()), configs);
                    }
                }
                Err(error) => {
                    let path = path_of(&error).unwrap_or(root).to_owned();
                    if self.is_new(within(&path)) {
                        let source = Source::Fault(fault::of_walk(&error));
                        self.add(shown(&bare(&path)), within(&path), source, configs);
                    }
                }
            }
        }
        let hidden = std::mem::take(&mut *hidden.lock().unwrap_or_else(PoisonError::into_inner));
        for path in hidden {
            if self.is_new(within(&path)) {
                self.skip("hidden");
            }
        }
    }
}

impl Input {
    /// Reads the document.
    pub(super) fn load(self, encoding: Option<Encoding>) -> Result<Document, FileError> {
        let bytes = self.bytes()?;
        read::read(&self.shown, &bytes, encoding).map_err(fault::of_read)
    }

    /// Its bytes, as they are now. Standard input gives them once.
    pub(super) fn bytes(&self) -> Result<Vec<u8>, FileError> {
        match &self.source {
            Source::File(path) => {
                let file = fs::File::open(path).map_err(|e| fault::of_io(&e))?;
                let known = file.metadata().map_or(0, |m| m.len());
                if known > LARGEST { Err(fault::of_size(LARGEST)) } else { whole(file, known) }
            }
            Source::Stdin => whole(std::io::stdin().lock(), 0),
            Source::Fault(error) => Err(error.clone()),
        }
    }

    /// The file that it is read from, unless that is standard input.
    pub(super) fn file(&self) -> Option<&Path> {
        match &self.source {
            Source::File(path) => Some(path),
            Source::Stdin | Source::Fault(_) => None,
        }
    }

    /// Whether it is standard input.
    pub(super) fn is_stdin(&self) -> bool {
        matches!(self.source, Source::Stdin)
    }
}

/// All bytes of a source, of which so many are expected. Pipes and devices do not say how long they are.
fn whole(source: impl Read, known: u64) -> Result<Vec<u8>, FileError> {
    let mut bytes = Vec::with_capacity(usize::try_from(known).unwrap_or(0));
    source.take(LARGEST + 1).read_to_end(&mut bytes).map_err(|e| fault::of_io(&e))?;
    if bytes.len() as u64 > LARGEST { Err(fault::of_size(LARGEST)) } else { Ok(bytes) }
}

fn is_hidden(entry: &DirEntry) -> bool {
    entry.file_name().as_encoded_bytes().starts_with(b".")
}

fn is_draft(path: &Path) -> bool {
    path.extension().is_some_and(|e| read::EXTENSIONS.iter().any(|known| e.eq_ignore_ascii_case(known)))
}

/// The path that a walk failed at.
fn path_of(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithLineNumber { err, .. } | ignore::Error::WithDepth { err, .. } => path_of(err),
        ignore::Error::Loop { child, .. } => Some(child),
        ignore::Error::Partial(list) => list.iter().find_map(path_of),
        _ => None,
    }
}
