//! Everything that decides what is checked in one file and what counts.

use std::sync::Arc;

use jiff::civil::Date;

use crate::diagnostic::{RuleMeta, Severity};

use super::Allow;

/// Everything that decides what is checked and what counts.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The date of a paper that shows none.
    pub as_of: Date,
    /// Which rules run.
    pub rules: RuleSet,
    /// The kind of every paper, where the user overrides the guess.
    pub profile: Option<String>,
    /// Whether the report lists the claims one by one.
    pub show_claims: bool,
    /// The weight of the findings of rules or classes, where the user overrides their own.
    pub severity: Vec<(String, Severity)>,
    /// At which findings the run fails.
    pub fail_on: FailOn,
    /// What the configuration allows in this file, in the order in which it is written.
    pub allows: Vec<Arc<Allow>>,
    /// The day of the run, on which allowances are over or not.
    pub day: Date,
}

impl Plan {
    /// All rules, for drafts that are being written on `as_of`.
    #[must_use]
    pub fn new(as_of: Date) -> Self {
        Self {
            as_of,
            rules: RuleSet::default(),
            profile: None,
            show_claims: false,
            severity: Vec::new(),
            fail_on: FailOn::default(),
            allows: Vec::new(),
            day: as_of,
        }
    }

    /// The weight that the user gives to the findings of a rule. An id says more than its class; the last word counts.
    #[must_use]
    pub fn severity_of(&self, rule: &RuleMeta) -> Option<Severity> {
        let named = |name: &str| self.severity.iter().rev().find(|(n, _)| n == name).map(|(_, s)| *s);
        named(rule.id).or_else(|| named(rule.class()))
    }
}

/// Which rules run: those selected (where none is named, all that run by default) less those ignored.
#[derive(Debug, Clone, Default)]
pub struct RuleSet {
    /// Rule ids or classes; empty means all that run by default.
    pub select: Vec<String>,
    /// Rule ids or classes.
    pub ignore: Vec<String>,
}

impl RuleSet {
    /// Whether the rule runs. An id says more than its class; between equals, ignoring wins.
    #[must_use]
    pub fn runs(&self, rule: &RuleMeta) -> bool {
        let names = |list: &[String], name: &str| list.iter().any(|n| n == name);
        if names(&self.ignore, rule.id) {
            return false;
        }
        if names(&self.select, rule.id) {
            return true;
        }
        let selected = if self.select.is_empty() { rule.by_default } else { names(&self.select, rule.class()) };
        selected && !names(&self.ignore, rule.class())
    }
}

/// The lightest finding at which the run fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FailOn {
    /// This severity or worse.
    At(Severity),
    /// Nothing fails the run.
    Never,
}

impl Default for FailOn {
    fn default() -> Self {
        Self::At(Severity::Error)
    }
}

impl FailOn {
    /// Whether a finding of this weight fails the run.
    #[must_use]
    pub fn fails(self, severity: Severity) -> bool {
        match self {
            Self::At(level) => severity >= level,
            Self::Never => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn runs(select: &[&str], ignore: &[&str], by_default: bool) -> bool {
        let list = |names: &[&str]| names.iter().map(|n| (*n).to_owned()).collect();
        let rule = RuleMeta { id: "mark-range", severity: Severity::Info, by_default, zh: "", en: "", page: "" };
        RuleSet { select: list(select), ignore: list(ignore) }.runs(&rule)
    }

    /// A rule that is off by default runs where it or its class is selected, and nowhere else.
    #[test]
    fn off_unless_selected() {
        assert!(runs(&[], &[], true) && !runs(&[], &[], false));
        assert!(runs(&["mark-range"], &[], false) && runs(&["mark"], &[], false));
        assert!(!runs(&["claim"], &[], true) && !runs(&[], &["claim"], false));
        assert!(!runs(&["mark"], &["mark-range"], false) && runs(&["mark-range"], &["mark"], false));
    }
}
