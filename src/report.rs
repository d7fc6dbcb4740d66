//! What was found, in which file, and what becomes of it.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Severity, Words};
use crate::text::{Document, Span};

/// Everything a run has to say.
#[derive(Debug, Default)]
pub struct Report {
    /// One entry a file, in the order of the paths.
    pub files: Vec<FileReport>,
    /// What a walk passed over: how many files, by reason.
    pub skipped: BTreeMap<&'static str, usize>,
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
    /// The id of the profile that recognised it.
    pub profile: Option<String>,
    /// The date that decides about terms, ISO 8601.
    pub date: String,
    /// Where that date comes from: issued, published, number, title, text or as-of.
    pub date_source: &'static str,
}

/// What becomes of a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It counts.
    Open,
    /// It is below the level that the run asked for.
    BelowLevel,
}

impl Outcome {
    /// The name used in JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::BelowLevel => "below-level",
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
    /// A name for it that survives edits elsewhere in the text.
    pub fingerprint: String,
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

    /// How many findings of one severity count.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.open().filter(|f| f.diagnostic.severity == severity).count()
    }

    /// How many files could not be read.
    #[must_use]
    pub fn failed(&self) -> usize {
        self.files.iter().filter(|f| f.outcome.is_err()).count()
    }

    /// The claims of all files together.
    #[must_use]
    pub fn claims(&self) -> ClaimCounts {
        let mut sum = ClaimCounts::default();
        for (_, checked) in self.checked() {
            sum.add(&checked.claims);
        }
        sum
    }
}
