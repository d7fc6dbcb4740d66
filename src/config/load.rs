//! `lint.toml` and the files it names, from text to a [`Config`]; who fetches the texts is left to the caller.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Words};
use crate::report::FileError;
use crate::rulebook::{Fault, Placed, Rulebook, Sheet};
use crate::rules::{CONFIG_INVALID, of_terms};
use crate::text::{Document, Span};

use super::allow::Allow;
use super::glob::Glob;
use super::settings::{self, Settings};
use super::{Config, FailOn, Section, Source};

/// A configuration that could not be read at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigFault {
    /// Its path.
    pub path: PathBuf,
    /// Why.
    pub error: FileError,
}

/// How many files may extend one another.
const DEEPEST: usize = 16;

/// Reads the configuration at `path`, the files that it extends and those of rules that it names. `fetch` gives the
/// text of a path under the name that it is shown by.
///
/// # Errors
/// When the file itself cannot be read. Whatever is wrong inside is told by [`Config::faults`].
pub fn load(
    path: &Path,
    fetch: &dyn Fn(&Path) -> Result<Document, FileError>,
    embedded: &Arc<Rulebook>,
) -> Result<Config, ConfigFault> {
    let document = fetch(path).map_err(|error| ConfigFault { path: path.to_owned(), error })?;
    let mut loading = Loading { fetch, files: Vec::new(), rules: Vec::new(), profiles: Vec::new() };
    let layer = loading.layer(path, document, &mut Vec::new());
    let book = if loading.rules.is_empty() { Arc::clone(embedded) } else { Arc::new(loading.book()) };
    loading.check_profiles(&book);
    Ok(Config {
        root: path.parent().unwrap_or(Path::new("")).to_owned(),
        settings: layer.settings,
        fail_on: layer.fail_on,
        baseline: layer.baseline,
        include: layer.include,
        exclude: layer.exclude,
        sections: layer.sections,
        allows: layer.allows.into_iter().map(Arc::new).collect(),
        files: loading.sources(),
        book,
    })
}

/// A configuration that only adds these files of rules.
#[must_use]
pub fn of_rules(documents: Vec<Document>) -> Config {
    let fetch = |_: &Path| unreachable!("files of rules name no files");
    let mut loading = Loading {
        fetch: &fetch,
        rules: (0..documents.len()).collect(),
        files: documents.into_iter().map(|d| (d, Vec::new())).collect(),
        profiles: Vec::new(),
    };
    let book = Arc::new(loading.book());
    Config { files: loading.sources(), ..Config::without_file(book) }
}

fn diagnostic(fault: Fault) -> Diagnostic {
    let found = Diagnostic::at(&CONFIG_INVALID, fault.span, fault.message);
    match fault.help {
        Some(help) => found.help(help),
        None => found,
    }
}

/// What one file says, with all that it extends.
#[derive(Default)]
struct Layer {
    settings: Settings,
    fail_on: Option<FailOn>,
    baseline: Option<PathBuf>,
    include: Vec<Glob>,
    exclude: Vec<Glob>,
    sections: Vec<Section>,
    allows: Vec<Allow>,
}

struct Loading<'f> {
    fetch: &'f dyn Fn(&Path) -> Result<Document, FileError>,
    files: Vec<(Document, Vec<Fault>)>,
    /// The files of rules, as indices of `files`, in the order in which they count.
    rules: Vec<usize>,
    /// The profiles that are named, with the index of the file that names them.
    profiles: Vec<(usize, Placed<String>)>,
}

impl Loading<'_> {
    /// Reads a file and what it extends. `above` holds the paths of the files that extend it.
    fn layer(&mut self, path: &Path, document: Document, above: &mut Vec<PathBuf>) -> Layer {
        let index = self.files.len();
        let text = document.text.clone();
        self.files.push((document, Vec::new()));
        let mut sheet = match Sheet::parse(&text) {
            Ok(sheet) => sheet,
            Err(faults) => {
                self.files[index].1 = faults;
                return Layer::default();
            }
        };
        above.push(path.to_owned());
        let mut layer = self.extended(path, &mut sheet, above);
        above.pop();

        let (mut own, profile) = Settings::read(&mut sheet);
        own.profile = self.named(index, profile);
        layer.settings.replace(own);
        layer.fail_on = settings::fail_on(&mut sheet).or(layer.fail_on);
        layer.baseline = sheet.value::<String>("baseline").map(|name| beside(path, &name.value)).or(layer.baseline);
        for (key, globs) in [("include", &mut layer.include), ("exclude", &mut layer.exclude)] {
            if sheet.has(key) {
                *globs = read_globs(&mut sheet, key, index);
            }
        }
        for mut section in sheet.sheets("section") {
            let (mut settings, profile) = Settings::read(&mut section);
            settings.profile = self.named(index, profile);
            let files = read_globs(&mut section, "files", index);
            if files.is_empty() {
                let message =
                    Words::new("`files` 没有写：这一节对哪些文件起作用", "`files` is missing: for which files");
                section.fault(Fault::new(section.span(), message));
            }
            for fault in section.finish() {
                sheet.fault(fault);
            }
            layer.sections.push(Section { files, settings });
        }
        for mut entry in sheet.sheets("allow") {
            let somewhere = entry.has("path");
            let files = read_globs(&mut entry, "path", index);
            let (shown, line) = self.place(index, entry.span());
            // Where no path could be read, it must not allow everywhere.
            let lost = somewhere && files.is_empty();
            layer.allows.extend(Allow::read(&mut entry, files, index, shown, line).filter(|_| !lost));
            for fault in entry.finish() {
                sheet.fault(fault);
            }
        }
        for name in sheet.each::<String>("rules") {
            match self.fetched(path, &name) {
                Ok((_, document)) => {
                    self.rules.push(self.files.len());
                    self.files.push((document, Vec::new()));
                }
                Err(fault) => sheet.fault(fault),
            }
        }
        self.files[index].1 = sheet.finish();
        layer
    }

    /// What the file at `path` extends: one file or a list, of which the later has the last word.
    fn extended(&mut self, path: &Path, sheet: &mut Sheet<'_>, above: &mut Vec<PathBuf>) -> Layer {
        let mut layer = Layer::default();
        for name in sheet.one_or_each("extend") {
            match self.fetched(path, &name) {
                Ok((path, _)) if above.contains(&path) || above.len() >= DEEPEST => {
                    let message = Words::new(
                        format!("“{}”转了一圈又回到自己，或者套得太深", name.value),
                        format!("{:?} leads back to itself, or too deep", name.value),
                    );
                    sheet.fault(Fault::new(name.span, message));
                }
                Ok((path, document)) => {
                    let over = self.layer(&path, document, above);
                    layer.settings.replace(over.settings);
                    layer.fail_on = over.fail_on.or(layer.fail_on);
                    layer.baseline = over.baseline.or(layer.baseline);
                    for (mine, theirs) in [(&mut layer.include, over.include), (&mut layer.exclude, over.exclude)] {
                        if !theirs.is_empty() {
                            *mine = theirs;
                        }
                    }
                    layer.sections.extend(over.sections);
                    layer.allows.extend(over.allows);
                }
                Err(fault) => sheet.fault(fault),
            }
        }
        layer
    }

    /// The name of a file as it is shown, and the 1-based line of a place in it.
    fn place(&self, index: usize, span: Span) -> (String, usize) {
        let document = &self.files[index].0;
        (document.name.clone(), document.lines.line_of(span.start) + 1)
    }

    /// The file that another one names, relative to itself.
    fn fetched(&self, from: &Path, name: &Placed<String>) -> Result<(PathBuf, Document), Fault> {
        let path = beside(from, &name.value);
        match (self.fetch)(&path) {
            Ok(document) => Ok((path, document)),
            Err(error) => {
                let message = Words::new(
                    format!("“{}”：{}", name.value, error.message.zh),
                    format!("{:?}: {}", name.value, error.message.en),
                );
                Err(Fault { help: Some(error.advice), ..Fault::new(name.span, message) })
            }
        }
    }

    fn named(&mut self, file: usize, profile: Option<Placed<String>>) -> Option<String> {
        let profile = profile?;
        self.profiles.push((file, profile.clone()));
        Some(profile.value)
    }

    /// The data of the rules with that of the files of rules.
    fn book(&mut self) -> Rulebook {
        let texts: Vec<(&str, &str)> = self
            .rules
            .iter()
            .map(|&i| {
                let document = &self.files[i].0;
                (document.name.as_str(), document.text.as_str())
            })
            .collect();
        let known: Vec<&str> = of_terms().map(|r| r.id).collect();
        let (book, faults) = Rulebook::with(&texts, &known);
        for (&i, faults) in self.rules.iter().zip(faults) {
            self.files[i].1.extend(faults);
        }
        book
    }

    /// The files, each with what is wrong with it.
    fn sources(self) -> Vec<Source> {
        let sources = self
            .files
            .into_iter()
            .map(|(document, faults)| Source { document, diagnostics: faults.into_iter().map(diagnostic).collect() });
        sources.collect()
    }

    fn check_profiles(&mut self, book: &Rulebook) {
        for (file, profile) in std::mem::take(&mut self.profiles) {
            if book.profiles.get(&profile.value).is_none() {
                let known = book.profiles.iter().map(|p| p.id.as_str());
                let fault = Fault::unknown(profile.span, ("文种", "profile"), &profile.value, known);
                self.files[file].1.push(fault);
            }
        }
    }
}

fn read_globs(sheet: &mut Sheet<'_>, key: &'static str, file: usize) -> Vec<Glob> {
    let mut globs = Vec::new();
    for Placed { value, span } in sheet.one_or_each(key) {
        match Glob::new(&value, span, file) {
            Ok(glob) if glob.is_void() => {
                let message = Words::new(format!("“{value}”没有指任何文件"), format!("{value:?} stands for no file"));
                sheet.fault(Fault::new(span, message));
            }
            Ok(glob) => globs.push(glob),
            Err(why) => sheet.fault(bad_glob(&value, &why, span)),
        }
    }
    globs
}

fn bad_glob(glob: &str, why: &str, span: Span) -> Fault {
    let message = Words::new(format!("“{glob}”不是通配式：{why}"), format!("{glob:?} is no glob: {why}"));
    Fault::new(span, message)
}

/// The path that the file at `from` names, relative to itself.
fn beside(from: &Path, name: &str) -> PathBuf {
    from.parent().map_or_else(|| PathBuf::from(name), |dir| normal(&dir.join(name)))
}

/// The path without `.` and, where a name stands before it, `..`, so that one file has one path.
fn normal(path: &Path) -> PathBuf {
    use std::path::Component;
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if matches!(out.components().next_back(), Some(Component::Normal(_))) => {
                out.pop();
            }
            other => out.push(other),
        }
    }
    out
}
