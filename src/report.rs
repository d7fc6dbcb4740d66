//! What was found, in which file, and what becomes of it.

mod fingerprint;

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Severity, Words};
use crate::text::{Document, Span};
pub use fingerprint::Fingerprint;

/// Everything a run has to say, where it is wanted whole. A run over a tree holds one file at a time and keeps the
/// [`Summary`].
#[derive(Debug, Default)]
pub struct Report {
    /// One entry a file, in the order of the paths.
    pub files: Vec<FileReport>,
    /// What was passed over: how many files, by reason.
    pub skipped: BTreeMap<&'static str, usize>,
}

/// A run in numbers, added up file by file.
#[derive(Debug, Clone, Default)]
pub struct Summary {
    /// How many files were named or met, those that could not be read included.
    pub files: usize,
    /// The files that could not be read, in the order of the report.
    pub failed: Vec<(String, FileError)>,
    /// What was passed over: how many files, by reason.
    pub skipped: BTreeMap<&'static str, usize>,
    /// How many findings count, by severity and rule id.
    pub open: BTreeMap<(Severity, &'static str), usize>,
    /// How many findings do not count, by outcome.
    pub aside: BTreeMap<&'static str, usize>,
    /// How many findings the baseline knows that are gone, as far as files were checked.
    pub gone: usize,
    /// What became of the claims.
    pub claims: ClaimCounts,
}

/// What was found in one file.
#[derive(Debug)]
pub struct FileReport {
    /// The path as shown to the user.
    pub path: String,
    /// What it held, or why it could not be read.
    pub outcome: Result<Checked, FileError>,
}

/// A file that could not be read: never "clean".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileError {
    /// What is wrong with it and what to do.
    pub message: Words,
    /// The way out.
    pub advice: Words,
}

/// A file that was read and checked.
#[derive(Debug)]
pub struct Checked {
    /// Its text.
    pub document: Document,
    /// The papers it holds, in text order.
    pub papers: Vec<PaperInfo>,
    /// What was found, in the total order of place and rule id.
    pub findings: Vec<Finding>,
    /// What became of the claims.
    pub claims: ClaimCounts,
    /// The claims one by one, where the plan asks for them.
    pub ticks: Vec<ClaimRecord>,
}

/// One paper of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperInfo {
    /// Its title as written, where one was found.
    pub title: Option<String>,
    /// Its extent.
    pub span: Span,
    /// The openings of its headings and divisions that begin a line, in text order.
    pub headings: Vec<Span>,
    /// The id of the profile that recognised it.
    pub profile: Option<String>,
    /// The name of that profile.
    pub kind: Option<Words>,
    /// The date that decides about terms, ISO 8601.
    pub date: String,
    /// Where that date comes from: issued, published, number, title, text or as-of.
    pub date_source: &'static str,
}

/// What becomes of a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It counts.
    Open,
    /// The draft or the configuration allows it, with a reason.
    Suppressed(Suppression),
    /// It is one of those that the baseline knows.
    Baselined,
    /// It is below the level that the run asked for.
    BelowLevel,
}

impl Outcome {
    /// The name used in JSON.
    #[must_use]
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Suppressed(_) => "suppressed",
            Self::Baselined => "baselined",
            Self::BelowLevel => "below-level",
        }
    }

    /// Why it is suppressed, where it is.
    #[must_use]
    pub fn suppression(&self) -> Option<&Suppression> {
        match self {
            Self::Suppressed(suppression) => Some(suppression),
            _ => None,
        }
    }
}

/// Who allows a finding, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suppression {
    /// Where it is allowed.
    pub by: Allower,
    /// The reason that was given.
    pub reason: String,
    /// The last day on which it is allowed, ISO 8601.
    pub until: Option<String>,
    /// The file that says so, as shown to the user.
    pub path: String,
    /// The 1-based line of that file.
    pub line: usize,
}

/// Where a finding is allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Allower {
    /// A comment in the draft.
    Directive,
    /// An `[[allow]]` of the configuration.
    Allow,
}

impl Allower {
    /// The name used in JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Directive => "directive",
            Self::Allow => "allow",
        }
    }
}

/// A diagnostic and what becomes of it.
#[derive(Debug)]
pub struct Finding {
    /// What the rule said.
    pub diagnostic: Diagnostic,
    /// Which paper of the file it is about.
    pub paper: usize,
    /// Whether it counts.
    pub outcome: Outcome,
}

/// One line of an auditor's tick list: a relation between figures that the text states.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimRecord {
    /// What it says: share, sum, growth, …
    pub kind: &'static str,
    /// The figure that states it.
    pub span: Span,
    /// The figures that take part and what they are to it, the stating one included.
    pub figures: Vec<(&'static str, Span)>,
    /// agree, near, conflict or unknown.
    pub verdict: &'static str,
    /// Why it was not decided.
    pub why: Option<&'static str>,
    /// The working, where it was decided.
    pub working: Option<Words>,
}

/// How many claims were seen, and what became of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ClaimCounts {
    /// All of them.
    pub seen: usize,
    /// The figures agree.
    pub agree: usize,
    /// Off by no more than a truncated last place.
    pub near: usize,
    /// The figures contradict each other.
    pub conflict: usize,
    /// Not checked, by reason.
    pub unknown: BTreeMap<&'static str, usize>,
}

impl ClaimCounts {
    /// Adds the counts of another file.
    pub fn add(&mut self, other: &Self) {
        self.seen += other.seen;
        self.agree += other.agree;
        self.near += other.near;
        self.conflict += other.conflict;
        for (why, n) in &other.unknown {
            *self.unknown.entry(why).or_default() += n;
        }
    }
}

impl FileReport {
    /// The findings that count.
    pub fn open(&self) -> impl Iterator<Item = &Finding> {
        self.outcome.iter().flat_map(|c| &c.findings).filter(|f| f.outcome == Outcome::Open)
    }
}

impl Report {
    /// The files that were read, with what was found in them.
    pub fn checked(&self) -> impl Iterator<Item = (&str, &Checked)> {
        self.files.iter().filter_map(|f| f.outcome.as_ref().ok().map(|c| (f.path.as_str(), c)))
    }

    /// The findings that count, over all files.
    pub fn open(&self) -> impl Iterator<Item = &Finding> {
        self.files.iter().flat_map(FileReport::open)
    }

    /// The run in numbers.
    #[must_use]
    pub fn summary(&self) -> Summary {
        let mut summary = Summary { skipped: self.skipped.clone(), ..Summary::default() };
        self.files.iter().for_each(|file| summary.add(file));
        summary
    }
}

impl Summary {
    /// Adds a file.
    pub fn add(&mut self, file: &FileReport) {
        self.files += 1;
        match &file.outcome {
            Err(error) => self.failed.push((file.path.clone(), error.clone())),
            Ok(checked) => {
                self.claims.add(&checked.claims);
                for finding in &checked.findings {
                    let d = &finding.diagnostic;
                    match &finding.outcome {
                        Outcome::Open => *self.open.entry((d.severity, d.rule.id)).or_default() += 1,
                        other => *self.aside.entry(other.as_str()).or_default() += 1,
                    }
                }
            }
        }
    }

    /// How many files were read.
    #[must_use]
    pub fn checked(&self) -> usize {
        self.files - self.failed.len()
    }

    /// How many findings of one severity count.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.open.iter().filter(|((s, _), _)| *s == severity).map(|(_, n)| n).sum()
    }

    /// How many findings do not count for one reason.
    #[must_use]
    pub fn aside(&self, outcome: &str) -> usize {
        self.aside.get(outcome).copied().unwrap_or(0)
    }
}
