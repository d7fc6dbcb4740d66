//! The findings that were there before: known, counted, and not in the way of new ones.

use std::collections::{BTreeMap, VecDeque};

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

/// Which names must be the same for a finding to be a known one, from the surest to the least sure.
const SAME: [[bool; 3]; 6] = [[true, true, true], [true, false, true], [false, true, true], ONE[0], ONE[1], ONE[2]];

/// Each name alone.
const ONE: [[bool; 3]; 3] = [[true, false, false], [false, true, false], [false, false, true]];

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

    /// The open findings of a file that it knows, as indices, and how many that it knows are gone.
    fn known(&self, path: &str, checked: &Checked) -> (Vec<usize>, usize) {
        let Some(entries) = self.files.get(path) else { return (Vec::new(), 0) };
        let open: Vec<usize> = recordable(checked).collect();
        let key = |i: &usize| {
            (checked.findings[*i].diagnostic.rule.id, names(&checked.document, &checked.findings[*i].diagnostic))
        };
        let keys: Vec<Key<'_>> = open.iter().map(key).collect();
        let pairs = Pairs::new(entries, &keys);
        let known: Vec<usize> = open.iter().zip(&pairs.of).filter(|(_, of)| of.is_some()).map(|(&i, _)| i).collect();
        (known, pairs.left.iter().sum())
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
            *entries.entry((d.rule.id.to_owned(), text, names(&checked.document, d))).or_default() += 1;
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

/// A finding as a baseline compares it: its rule and its names.
type Key<'a> = (&'a str, [Name; 3]);

/// Which finding is which of those written down.
struct Pairs {
    /// For each finding, the entry that it is one of.
    of: Vec<Option<usize>>,
    /// How many of each entry are not there.
    left: Vec<usize>,
}

impl Pairs {
    /// More names are tried on all findings before fewer are, so that what stands unaltered is never taken for something
    /// else: of a defect and its copy, the copy is new. Then what was paired makes room for what was not, as long as a
    /// name of each still fits.
    fn new(entries: &[Entry], findings: &[Key<'_>]) -> Self {
        let mut pairs =
            Self { of: vec![None; findings.len()], left: entries.iter().map(|entry| entry.count).collect() };
        for same in SAME {
            let list = by_names(entries, same);
            for (i, &(rule, names)) in findings.iter().enumerate() {
                if pairs.of[i].is_some() {
                    continue;
                }
                let mut fitting = list.get(&(rule, some(names, same))).into_iter().flatten();
                if let Some(&entry) = fitting.find(|&&entry| pairs.left[entry] > 0) {
                    pairs.left[entry] -= 1;
                    pairs.of[i] = Some(entry);
                }
            }
        }
        let single = ONE.map(|same| (same, by_names(entries, same)));
        let fitting = |(rule, names): Key<'_>| -> Vec<usize> {
            let lists = single.iter().filter_map(|(same, list)| list.get(&(rule, some(names, *same))));
            lists.flatten().copied().collect()
        };
        let mut full = vec![false; entries.len()];
        for i in 0..findings.len() {
            if pairs.of[i].is_none() {
                pairs.make_room(i, &mut full, &|i| fitting(findings[i]));
            }
        }
        pairs
    }

    /// Finds an entry for a finding, although others may have to change theirs (a shortest augmenting path). From an
    /// entry that is `full` no way leads to room: each is looked at once, however many copies there are.
    fn make_room(&mut self, finding: usize, full: &mut [bool], fitting: &dyn Fn(usize) -> Vec<usize>) {
        let mut asked_by: Vec<Option<usize>> = vec![None; self.left.len()];
        let mut queue = VecDeque::from([finding]);
        while let Some(asks) = queue.pop_front() {
            for entry in fitting(asks) {
                if full[entry] || asked_by[entry].is_some() {
                    continue;
                }
                asked_by[entry] = Some(asks);
                if self.left[entry] == 0 {
                    queue.extend((0..self.of.len()).filter(|&i| self.of[i] == Some(entry)));
                    continue;
                }
                self.left[entry] -= 1;
                let mut free = Some(entry);
                while let Some((entry, asks)) = free.and_then(|entry| Some((entry, asked_by[entry]?))) {
                    free = self.of[asks].replace(entry);
                    if asks == finding {
                        break;
                    }
                }
                return;
            }
        }
        full.iter_mut().zip(asked_by).for_each(|(full, asked)| *full |= asked.is_some());
    }
}

/// The names that count, of three.
fn some(names: [Name; 3], same: [bool; 3]) -> [Option<Name>; 3] {
    std::array::from_fn(|i| same[i].then_some(names[i]))
}

/// The entries by their rules and by those of their names that count.
fn by_names(entries: &[Entry], same: [bool; 3]) -> BTreeMap<(&str, [Option<Name>; 3]), Vec<usize>> {
    let mut list: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    for (i, entry) in entries.iter().enumerate() {
        list.entry((entry.rule.as_str(), some(entry.names, same))).or_default().push(i);
    }
    list
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

fn names(document: &Document, diagnostic: &Diagnostic) -> [Name; 3] {
    let fingerprint = Fingerprint::of(document, diagnostic);
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
