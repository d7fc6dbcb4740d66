//! The findings that were there before: known, counted, and not in the way of new ones.

use std::collections::BTreeMap;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::diagnostic::Diagnostic;
use crate::report::{Checked, Fingerprint, Outcome};
use crate::rules::of_drafts;
use crate::text::Document;

/// The name and version of the format.
const SCHEMA: &str = "gongwen-lint-baseline/1";

/// Which findings of which files are known, as a multiset: two equal defects are known only where two were written down.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Baseline {
    files: BTreeMap<String, Vec<Entry>>,
}

/// Why a text is no baseline.
#[derive(Debug)]
pub enum BaselineFault {
    /// It is not the JSON that [`Baseline::to_text`] writes.
    Json(serde_json::Error),
    /// It is of another version.
    Schema(String),
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    schema: String,
    files: BTreeMap<String, Vec<Entry>>,
}

/// Findings that are equal in all their names.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    rule: String,
    /// The words found, for whoever reads the file.
    text: String,
    count: usize,
    /// The names of [`Fingerprint`].
    names: [Name; 3],
}

/// A name, written in hexadecimal digits: JSON numbers do not hold 64 bits everywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Name(u64);

impl Serialize for Name {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(&format_args!("{:016x}", self.0))
    }
}

impl<'de> Deserialize<'de> for Name {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'_, str>>::deserialize(from)?;
        u64::from_str_radix(&text, 16).map(Name).map_err(D::Error::custom)
    }
}

/// How many characters of the words found are written down.
const SHOWN: usize = 40;

impl Baseline {
    /// Reads a baseline.
    ///
    /// # Errors
    /// When the text is none.
    pub fn parse(text: &str) -> Result<Self, BaselineFault> {
        let file: File = serde_json::from_str(text).map_err(BaselineFault::Json)?;
        if file.schema != SCHEMA {
            return Err(BaselineFault::Schema(file.schema));
        }
        Ok(Self { files: file.files })
    }

    /// Writes it down, an entry a line, so that a version control system can merge it.
    #[must_use]
    pub fn to_text(&self) -> String {
        let string = |s: &str| serde_json::to_string(s).expect("a string prints");
        let files = self.files.iter().filter(|(_, entries)| !entries.is_empty()).map(|(path, entries)| {
            let entries: Vec<String> = entries
                .iter()
                .map(|entry| format!("      {}", serde_json::to_string(entry).expect("an entry prints")))
                .collect();
            format!("\n    {}: [\n{}\n    ]", string(path), entries.join(",\n"))
        });
        let files: Vec<String> = files.collect();
        let close = if files.is_empty() { "" } else { "\n  " };
        format!("{{\n  \"schema\": {},\n  \"files\": {{{}{close}}}\n}}\n", string(SCHEMA), files.join(","))
    }

    /// How many findings it knows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.files.values().flatten().map(|e| e.count).sum()
    }

    /// Whether it knows none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The files that it knows findings of.
    pub fn files(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// Marks the open findings of a file that it knows, and tells how many that it knows are gone.
    pub fn apply(&self, path: &str, checked: &mut Checked) -> usize {
        let (known, gone) = self.known(path, checked);
        for index in known {
            checked.findings[index].outcome = Outcome::Baselined;
        }
        gone
    }

    /// The open findings of a file that it knows, as indices, and how many that it knows are gone. Each name is tried on
    /// all findings before the next one is, so that what stands unaltered is never taken for something else.
    fn known(&self, path: &str, checked: &Checked) -> (Vec<usize>, usize) {
        let Some(entries) = self.files.get(path) else { return (Vec::new(), 0) };
        let mut left: Vec<usize> = entries.iter().map(|e| e.count).collect();
        let mut open: Vec<usize> = recordable(checked).collect();
        let mut known = Vec::new();
        for name in 0..3 {
            let mut by_name: BTreeMap<(&str, Name), Vec<usize>> = BTreeMap::new();
            for (i, entry) in entries.iter().enumerate().rev() {
                by_name.entry((&entry.rule, entry.names[name])).or_default().push(i);
            }
            open.retain(|&index| {
                let finding = &checked.findings[index];
                let key = (finding.diagnostic.rule.id, names(finding.fingerprint)[name]);
                let Some(list) = by_name.get_mut(&key) else { return true };
                while let Some(&entry) = list.last() {
                    if left[entry] > 0 {
                        left[entry] -= 1;
                        known.push(index);
                        return false;
                    }
                    list.pop();
                }
                true
            });
        }
        (known, left.iter().sum())
    }

    /// Writes down all findings of a file that are open or known, instead of what was known of it; tells how many.
    pub fn record(&mut self, path: &str, checked: &Checked) -> usize {
        self.write(path, checked, recordable(checked).collect())
    }

    /// Strikes out what is gone from a file, and writes down nothing new; tells how many were struck out.
    pub fn prune(&mut self, path: &str, checked: &Checked) -> usize {
        let (known, gone) = self.known(path, checked);
        self.write(path, checked, known);
        gone
    }

    fn write(&mut self, path: &str, checked: &Checked, findings: Vec<usize>) -> usize {
        let count = findings.len();
        let mut entries: BTreeMap<(String, String, [Name; 3]), usize> = BTreeMap::new();
        for finding in findings.into_iter().map(|i| &checked.findings[i]) {
            let d = &finding.diagnostic;
            let text = shown(&checked.document, d);
            *entries.entry((d.rule.id.to_owned(), text, names(finding.fingerprint))).or_default() += 1;
        }
        if entries.is_empty() {
            self.files.remove(path);
        } else {
            let entry = |((rule, text, names), count)| Entry { rule, text, count, names };
            self.files.insert(path.to_owned(), entries.into_iter().map(entry).collect());
        }
        count
    }

    /// Strikes out a file that is there no longer; tells how many findings were known of it.
    pub fn forget(&mut self, path: &str) -> usize {
        self.files.remove(path).iter().flatten().map(|e| e.count).sum()
    }
}

/// The findings that a baseline may know: those about the draft that count. What is wrong with its allowances is not.
fn recordable(checked: &Checked) -> impl Iterator<Item = usize> + '_ {
    let of_draft = |id: &str| of_drafts().any(|r| r.id == id);
    let counts = |outcome: &Outcome| matches!(outcome, Outcome::Open | Outcome::Baselined);
    (0..checked.findings.len()).filter(move |&i| {
        let finding = &checked.findings[i];
        counts(&finding.outcome) && of_draft(finding.diagnostic.rule.id)
    })
}

fn names(fingerprint: Fingerprint) -> [Name; 3] {
    [fingerprint.on_line, fingerprint.across_lines, fingerprint.between].map(Name)
}

/// The words found, shortened.
fn shown(document: &Document, diagnostic: &Diagnostic) -> String {
    let text = diagnostic.place.span().map(|s| document.excerpt(s).into_owned()).unwrap_or_default();
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}
