//! The keys that hold for all files, and in a `[[section]]` for some.

use jiff::civil::Date;

use crate::diagnostic::{Severity, Words};
use crate::rulebook::{Fault, Placed, Sheet};
use crate::rules::metas;

use super::FailOn;

/// What decides about one file; what is not said is left to somebody else.
#[derive(Debug, Clone, Default)]
pub(super) struct Settings {
    pub(super) select: Option<Vec<String>>,
    pub(super) ignore: Option<Vec<String>>,
    pub(super) severity: Vec<(String, Severity)>,
    pub(super) profile: Option<String>,
    pub(super) as_of: Option<Date>,
}

impl Settings {
    /// Reads the keys; the profile is left with its place until all profiles are known.
    pub(super) fn read(sheet: &mut Sheet<'_>) -> (Self, Option<Placed<String>>) {
        let profile = sheet.value::<String>("profile");
        let settings = Self {
            select: rules(sheet, "select"),
            ignore: rules(sheet, "ignore"),
            severity: severities(sheet),
            profile: None,
            as_of: as_of(sheet),
        };
        (settings, profile)
    }

    /// Takes over what a file says that extends this one: it has the last word.
    pub(super) fn replace(&mut self, other: Self) {
        self.select = other.select.or(self.select.take());
        self.ignore = other.ignore.or(self.ignore.take());
        self.severity.extend(other.severity);
        self.profile = other.profile.or(self.profile.take());
        self.as_of = other.as_of.or(self.as_of);
    }

    /// Takes over what a section says: what it selects takes the place of what was selected and ignored, what it
    /// ignores comes on top.
    pub(super) fn narrow(&mut self, section: &Self) {
        if section.select.is_some() {
            self.ignore = None;
        }
        let ignore = [self.ignore.take(), section.ignore.clone()];
        self.replace(section.clone());
        self.ignore = Some(ignore.into_iter().flatten().flatten().collect());
    }
}

/// A list of rules or classes.
fn rules(sheet: &mut Sheet<'_>, key: &'static str) -> Option<Vec<String>> {
    if !sheet.has(key) {
        return None;
    }
    let names = sheet.each::<String>(key);
    Some(names.into_iter().filter(|n| is_known(sheet, n)).map(|n| n.value).collect())
}

/// Whether there is such a rule or class; a fault, where there is none.
pub(super) fn is_known(sheet: &mut Sheet<'_>, name: &Placed<String>) -> bool {
    let known = metas().any(|r| r.id == name.value || r.class() == name.value);
    if !known {
        let names = metas().flat_map(|r| [r.id, r.class()]);
        sheet.fault(Fault {
            help: Some(Words::new("全部规则见 lint rules。", "All rules are listed by `lint rules`.")),
            ..Fault::unknown(name.span, ("规则", "rule"), &name.value, names)
        });
    }
    known
}

/// The table `[severity]`.
fn severities(sheet: &mut Sheet<'_>) -> Vec<(String, Severity)> {
    let Some(mut table) = sheet.sheet("severity") else { return Vec::new() };
    let mut out = Vec::new();
    for (name, level) in table.rest::<String>() {
        if !is_known(&mut table, &name) {
            continue;
        }
        match severity(&level.value) {
            Some(severity) => out.push((name.value, severity)),
            None => table.fault(Fault::unknown(
                level.span,
                ("级别", "severity"),
                &level.value,
                LEVELS.map(Severity::as_str),
            )),
        }
    }
    for fault in table.finish() {
        sheet.fault(fault);
    }
    out
}

const LEVELS: [Severity; 3] = [Severity::Error, Severity::Warning, Severity::Info];

fn severity(name: &str) -> Option<Severity> {
    LEVELS.into_iter().find(|s| s.as_str() == name)
}

/// The key `fail-on`.
pub(super) fn fail_on(sheet: &mut Sheet<'_>) -> Option<FailOn> {
    let level = sheet.value::<String>("fail-on")?;
    if level.value == "never" {
        return Some(FailOn::Never);
    }
    let found = severity(&level.value).map(FailOn::At);
    if found.is_none() {
        let known = LEVELS.map(Severity::as_str).into_iter().chain(["never"]);
        sheet.fault(Fault::unknown(level.span, ("级别", "level"), &level.value, known));
    }
    found
}

/// The key `as-of`.
fn as_of(sheet: &mut Sheet<'_>) -> Option<Date> {
    date(sheet, "as-of")
}

/// A date with or without quotes.
pub(super) fn date(sheet: &mut Sheet<'_>, key: &'static str) -> Option<Date> {
    let value = sheet.value::<toml::Value>(key)?;
    let text = match &value.value {
        toml::Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let date = Date::strptime("%Y-%m-%d", &text).ok();
    if date.is_none() {
        let message = Words::new(
            format!("“{text}”不是日期；应写成 \"2024-03-05\" 的样子"),
            format!("{text:?} is no date; write it like \"2024-03-05\""),
        );
        sheet.fault(Fault::new(value.span, message));
    }
    date
}
