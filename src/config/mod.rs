//! What the user wants checked: `lint.toml` and the command line, as a plan for each file.

mod allow;
mod glob;
mod load;
mod plan;
mod schema;
mod settings;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::civil::Date;

use crate::diagnostic::{Diagnostic, Words};
use crate::rulebook::Rulebook;
use crate::rules::{ALLOW_UNUSED, GLOB_UNMATCHED, metas};
use crate::text::Document;

use glob::Glob;
use settings::Settings;

pub use allow::Allow;
pub use load::{ConfigFault, load, of_rules};
pub use plan::{FailOn, Plan, RuleSet};
pub use schema::schema;

/// The name under which a configuration is looked for.
pub const FILE_NAME: &str = "lint.toml";

/// A configuration to start from, in which everything is a comment.
pub const START: &str = include_str!("start.toml");

/// What one `lint.toml` says, with the files that it names.
#[derive(Debug)]
pub struct Config {
    /// The directory that its globs are relative to.
    root: PathBuf,
    settings: Settings,
    fail_on: Option<FailOn>,
    baseline: Option<PathBuf>,
    include: Vec<Glob>,
    exclude: Vec<Glob>,
    sections: Vec<Section>,
    allows: Vec<Arc<Allow>>,
    /// The data of the rules, with the user's.
    pub book: Arc<Rulebook>,
    /// The files it was read from: itself, those it extends, those of rules.
    files: Vec<Source>,
}

/// A file of the configuration and what is wrong with it.
#[derive(Debug)]
struct Source {
    document: Document,
    diagnostics: Vec<Diagnostic>,
}

/// What holds for some of the files.
#[derive(Debug)]
struct Section {
    files: Vec<Glob>,
    settings: Settings,
}

/// What the command line says; it wins over every file.
#[derive(Debug, Default, Clone)]
pub struct Overrides {
    /// The rules that run, instead of those that the file selects and ignores.
    pub select: Vec<String>,
    /// Rules that do not run.
    pub ignore: Vec<String>,
    /// The kind of every paper.
    pub profile: Option<String>,
    /// The date of a paper that shows none.
    pub as_of: Option<Date>,
    /// At which findings the run fails.
    pub fail_on: Option<FailOn>,
    /// Whether the report lists the claims one by one.
    pub show_claims: bool,
}

impl Config {
    /// Where no `lint.toml` is read.
    #[must_use]
    pub fn without_file(book: Arc<Rulebook>) -> Self {
        Self {
            root: PathBuf::new(),
            settings: Settings::default(),
            fail_on: None,
            baseline: None,
            include: Vec::new(),
            exclude: Vec::new(),
            sections: Vec::new(),
            allows: Vec::new(),
            book,
            files: Vec::new(),
        }
    }

    /// The directory that its globs are relative to.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The baseline that it names, relative or absolute as [`Config::root`] is.
    #[must_use]
    pub fn baseline(&self) -> Option<&Path> {
        self.baseline.as_deref()
    }

    /// At which findings about this configuration the run fails.
    #[must_use]
    pub fn fail_on(&self, over: &Overrides) -> FailOn {
        over.fail_on.or(self.fail_on).unwrap_or_default()
    }

    /// Whether a walk reads the file although its extension is none of those that are always read.
    #[must_use]
    pub fn includes(&self, path: &Path) -> bool {
        self.any(&self.include, path)
    }

    /// Whether a walk passes the file over.
    #[must_use]
    pub fn excludes(&self, path: &Path) -> bool {
        self.any(&self.exclude, path)
    }

    /// Whether one of the globs fits; all are asked, so that it is known which of them fit nothing.
    fn any(&self, globs: &[Glob], path: &Path) -> bool {
        let Ok(path) = path.strip_prefix(&self.root) else { return false };
        globs.iter().filter(|glob| glob.fits(path)).count() > 0
    }

    /// What is to be checked in the file at `path`, which is of the kind of [`Config::root`]: absolute or relative as
    /// it is.
    #[must_use]
    pub fn plan(&self, path: &Path, over: &Overrides, today: Date) -> Plan {
        let mut settings = self.settings.clone();
        for section in self.sections.iter().filter(|s| self.any(&s.files, path)) {
            settings.narrow(&section.settings);
        }
        let mut rules =
            RuleSet { select: settings.select.unwrap_or_default(), ignore: settings.ignore.unwrap_or_default() };
        if !over.select.is_empty() {
            rules = RuleSet { select: over.select.clone(), ignore: Vec::new() };
        }
        rules.ignore.extend(over.ignore.iter().cloned());
        // A profile that there is none of has been told of; the paper's own kind is the next best.
        let profile = over.profile.clone().or(settings.profile).filter(|id| self.book.profiles.get(id).is_some());
        let allows: Vec<_> =
            self.allows.iter().filter(|a| a.files.is_empty() || self.any(&a.files, path)).map(Arc::clone).collect();
        for allow in allows.iter().filter(|a| metas().any(|r| a.names(r) && rules.runs(r))) {
            allow.note_asked();
        }
        Plan {
            rules,
            profile,
            severity: settings.severity,
            fail_on: self.fail_on(over),
            show_claims: over.show_claims,
            allows,
            day: over.as_of.unwrap_or(today),
            ..Plan::new(over.as_of.or(settings.as_of).unwrap_or(today))
        }
    }

    /// The files of the configuration in which something is wrong. Globs that fitted nothing are wrong only where all
    /// files were seen that they could fit: `walked` says whether they were.
    #[must_use]
    pub fn faults(&self, walked: bool, over: &Overrides) -> Vec<(Document, Vec<Diagnostic>)> {
        // A fault of the file itself cannot be ignored; this can.
        let ignore = self.settings.ignore.iter().flatten().chain(&over.ignore).cloned().collect();
        let rules = RuleSet { select: Vec::new(), ignore };
        let globs = self.include.iter().chain(&self.exclude).chain(self.sections.iter().flat_map(|s| &s.files));
        let globs = globs.chain(self.allows.iter().flat_map(|a| &a.files));
        let told = walked && rules.runs(&GLOB_UNMATCHED);
        let unmatched: Vec<&Glob> = globs.filter(|g| told && !g.has_fitted()).collect();
        let told = rules.runs(&ALLOW_UNUSED);
        let unused: Vec<(&Allow, Diagnostic)> =
            self.allows.iter().filter_map(|a| Some((a.as_ref(), a.unused(walked)?))).filter(|_| told).collect();
        let faulty = self.files.iter().enumerate().map(|(index, file)| {
            let globs = unmatched.iter().filter(|g| g.file == index).map(|g| {
                let text = &g.text;
                let message = Words::new(format!("“{text}”没有匹配到任何文件"), format!("{text:?} matches no file"));
                let help = Words::new(
                    "请核对目录和文件名；通配式从 lint.toml 所在目录算起。",
                    "Check the names; globs start at the directory of lint.toml.",
                );
                Diagnostic::at(&GLOB_UNMATCHED, g.span, message).help(help).data("glob", text.as_str())
            });
            let unused = unused.iter().filter(|(a, _)| a.file == index).map(|(_, d)| d.clone());
            let mut diagnostics: Vec<Diagnostic> =
                file.diagnostics.iter().cloned().chain(globs).chain(unused).collect();
            diagnostics.sort_by_key(|d| d.place.span().map(|s| (s.start, s.end)));
            (file.document.clone(), diagnostics)
        });
        faulty.filter(|(_, diagnostics)| !diagnostics.is_empty()).collect()
    }
}
