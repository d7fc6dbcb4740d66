//! Which `lint.toml` holds for a file: looked up from it upward, each read once.

use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::config::{self, Config, ConfigFault, FILE_NAME, Overrides};
use crate::engine;
use crate::read;
use crate::report::{FileError, FileReport};
use crate::rulebook::Rulebook;
use crate::text::Document;

use super::fault;
use super::paths::{absolute, shown_from};

/// The configurations of a run.
pub(super) struct Configs {
    /// Where no `lint.toml` holds.
    bare: Arc<Config>,
    /// The file that holds for all, where one was named.
    named: Option<Arc<Config>>,
    /// Whether files are looked for.
    looks: bool,
    current: PathBuf,
    /// What holds in a directory, by its absolute path.
    by_directory: HashMap<PathBuf, Arc<Config>>,
    list: Vec<Arc<Config>>,
    /// The absolute paths of the directories that were walked.
    walked: Vec<PathBuf>,
    unread: Vec<ConfigFault>,
}

impl Configs {
    /// For a run that reads the file that is named, else looks for one unless it is `isolated`. Where no file adds to
    /// the rules, `book` is their data.
    pub(super) fn new(named: Option<&Path>, isolated: bool, book: Rulebook) -> Self {
        let current = fs::canonicalize(".").unwrap_or_default();
        let book = Arc::new(book);
        // It is needed to the end of the process, and to take it apart would cost as much as to check a paper.
        std::mem::forget(Arc::clone(&book));
        let mut configs = Self {
            bare: Arc::new(Config::without_file(book)),
            named: None,
            looks: !isolated && named.is_none(),
            current,
            by_directory: HashMap::new(),
            list: Vec::new(),
            walked: Vec::new(),
            unread: Vec::new(),
        };
        if let Some(path) = named.filter(|_| !isolated) {
            configs.named = Some(configs.load(&absolute(path)));
        }
        configs
    }

    /// The current directory.
    pub(super) fn current(&self) -> &Path {
        &self.current
    }

    /// The configuration that holds for the file with this absolute path.
    pub(super) fn of(&mut self, file: &Path) -> Arc<Config> {
        match (&self.named, file.parent()) {
            (Some(named), _) => Arc::clone(named),
            (None, Some(directory)) if self.looks => self.of_directory(directory),
            _ => Arc::clone(&self.bare),
        }
    }

    /// The configuration that holds for the current directory.
    pub(super) fn here(&mut self) -> Arc<Config> {
        let file = self.current.join("-");
        self.of(&file)
    }

    fn of_directory(&mut self, directory: &Path) -> Arc<Config> {
        if let Some(known) = self.by_directory.get(directory) {
            return Arc::clone(known);
        }
        let path = directory.join(FILE_NAME);
        // What is there and cannot be read, a link to nothing or a directory among it, is told of and not passed over.
        let is_there = match fs::symlink_metadata(&path) {
            Ok(_) => true,
            Err(error) => error.kind() == io::ErrorKind::PermissionDenied,
        };
        let config = match directory.parent() {
            _ if is_there => self.load(&path),
            Some(above) => self.of_directory(above),
            None => Arc::clone(&self.bare),
        };
        self.by_directory.insert(directory.to_owned(), Arc::clone(&config));
        config
    }

    fn load(&mut self, path: &Path) -> Arc<Config> {
        let fetch = |path: &Path| document(path, &self.current);
        match config::load(path, &fetch, &self.bare.book) {
            Ok(config) => {
                let config = Arc::new(config);
                self.list.push(Arc::clone(&config));
                config
            }
            Err(error) => {
                self.unread.push(error);
                Arc::clone(&self.bare)
            }
        }
    }

    /// The text of a file of the configuration, by its absolute path.
    pub(super) fn document(&self, path: &Path) -> Result<Document, FileError> {
        document(path, &self.current)
    }

    /// Notes that everything under a directory was met.
    pub(super) fn walked(&mut self, directory: &Path) {
        self.walked.push(directory.to_owned());
    }

    /// All configurations of the run.
    pub(super) fn all(&self) -> impl Iterator<Item = &Config> {
        std::iter::once(&self.bare).chain(&self.list).map(Arc::as_ref)
    }

    /// What is wrong with the configurations, one entry a file, in the order of the paths, and whether it fails the run.
    pub(super) fn reports(&self, over: &Overrides) -> (Vec<FileReport>, bool) {
        let unread = self.unread.iter().map(|fault| FileReport {
            path: shown_from(&self.current, &fault.path),
            outcome: Err(fault.error.clone()),
        });
        let mut reports: Vec<FileReport> = unread.collect();
        let mut fails = false;
        for config in &self.list {
            let walked = self.walked.iter().any(|root| config.root().starts_with(root));
            for (document, diagnostics) in config.faults(walked, over) {
                fails |= diagnostics.iter().any(|d| config.fail_on(over).fails(d.severity));
                let path = document.name.clone();
                reports.push(FileReport { path, outcome: Ok(engine::of_config(document, diagnostics)) });
            }
        }
        // A file that several configurations share has the same faults in each.
        reports.sort_by(|a, b| a.path.cmp(&b.path));
        reports.dedup_by(|b, a| a.path == b.path);
        (reports, fails)
    }
}

/// The text of a file of the configuration.
fn document(path: &Path, current: &Path) -> Result<Document, FileError> {
    let bytes = fs::read(path).map_err(|e| fault::of_io(&e))?;
    read::read(&shown_from(current, path), &bytes, None).map_err(fault::of_read)
}
