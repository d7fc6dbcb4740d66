//! Outdated and mistaken terms (`rules/terms/*.toml`): typed entries and one automaton over all their spellings.

use std::collections::HashMap;
use std::fmt;

use daachorse::{CharwiseDoubleArrayAhoCorasick, CharwiseDoubleArrayAhoCorasickBuilder, MatchKind};
use jiff::civil::Date;
use serde::{Deserialize, Deserializer, de::Error as _};

use crate::diagnostic::{Severity, Words};
use crate::text::{Joined, LineIndex, Span, half_width, sentence};

use super::sheet::{Fault, Placed, Sheet};

/// The files that the binary carries, by the name that a fault is reported under.
const FILES: &[(&str, &str)] = &[("rules/terms/fazhi.toml", include_str!("../../rules/terms/fazhi.toml"))];

/// The entries, ready to be matched.
pub struct Terms {
    list: Vec<Term>,
    boundaries: Vec<Boundary>,
    /// Yields the index of the entry; `None` where there is no entry.
    literals: Option<CharwiseDoubleArrayAhoCorasick<u32>>,
}

impl fmt::Debug for Terms {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Terms").field("list", &self.list).field("boundaries", &self.boundaries).finish_non_exhaustive()
    }
}

/// One entry: a spelling that is wrong from some day on, and what must or must not stand around it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// The id of the rule that reports it, from its file.
    #[serde(skip)]
    pub rule: String,
    /// The file it stands in.
    #[serde(skip)]
    pub file: String,
    /// Whether the binary carries it.
    #[serde(skip)]
    pub ours: bool,
    /// Its 1-based line in that file.
    #[serde(skip)]
    pub line: usize,
    /// How many of `cancel` are its own: the others are those of its file.
    #[serde(skip)]
    pub own_cancel: usize,
    /// The wrong form.
    pub wrong: String,
    /// Further spellings of the wrong form.
    #[serde(default)]
    pub also: Vec<String>,
    /// The hit counts only directly after one of these.
    #[serde(default)]
    pub before: Vec<String>,
    /// The hit does not count directly after one of these.
    #[serde(default)]
    pub not_before: Vec<String>,
    /// The hit counts only directly before one of these.
    #[serde(default)]
    pub after: Vec<String>,
    /// The hit does not count directly before one of these.
    #[serde(default)]
    pub not_after: Vec<String>,
    /// Words that cancel the hit wherever they stand in its sentence.
    #[serde(default)]
    pub cancel: Vec<String>,
    /// Whether the form is wrong even inside a book title.
    #[serde(default)]
    pub in_title: bool,
    /// Longer wordings in which the form is right: one that overlaps the hit cancels it.
    #[serde(default)]
    pub except: Vec<String>,
    /// The right forms; exactly one where there is no choice.
    pub right: Vec<String>,
    /// Papers dated before this day are not judged; `None`: the form was never right.
    #[serde(default, deserialize_with = "day")]
    pub since: Option<Date>,
    /// Papers of this day and later are not judged.
    #[serde(default, deserialize_with = "day")]
    pub until: Option<Date>,
    /// How bad it is.
    #[serde(deserialize_with = "severity")]
    pub severity: Severity,
    /// The authority, as it is shown to the reader.
    pub source: String,
    /// Whether the authority was looked up.
    pub verified: bool,
    /// Sentences in which this entry speaks.
    pub hits: Vec<String>,
    /// Sentences in which it is silent.
    pub misses: Vec<String>,
}

/// A word that also arises across two words (依法|制定), and how to tell.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Boundary {
    /// The word.
    word: String,
    /// Characters with which its first half makes a word of its own (依 for 依法).
    before: String,
    /// Characters with which its last half makes a word of its own (定 for 制定).
    after: String,
    /// What may follow the word itself although it begins with one of `after`.
    compounds: Vec<String>,
}

/// What one file says.
#[derive(Debug, Default)]
pub(super) struct Entries {
    /// The sound entries.
    terms: Vec<Placed<Term>>,
    boundaries: Vec<Boundary>,
}

/// Reads the entries of a file, which is `sheet` of `text`. `rules` are the ids of the rules that report entries,
/// unless the file is one of ours.
pub(super) fn read(name: &str, text: &str, sheet: &mut Sheet<'_>, rules: Option<&[&str]>) -> Entries {
    // The rule that reports the entries of the file.
    let rule = sheet.value::<String>("rule");
    // Words that cancel every entry of the file that has a `since`.
    let cancel: Vec<String> = sheet.each("cancel").into_iter().map(|c| c.value).collect();
    let boundaries = sheet.each("boundary").into_iter().map(|b| b.value).collect();
    let mut terms = sheet.each::<Term>("term");
    let lines = LineIndex::new(text);
    terms.retain_mut(|Placed { value: term, span }| {
        if let Some(what) = term.fault() {
            let message = Words::new(format!("“{}”：{}", term.wrong, what.zh), format!("{}: {}", term.wrong, what.en));
            sheet.fault(Fault::new(*span, message));
            return false;
        }
        term.file = name.to_owned();
        term.ours = rules.is_none();
        term.line = lines.line_of(span.start) + 1;
        term.own_cancel = term.cancel.len();
        if term.since.is_some() {
            term.cancel.extend(cancel.iter().cloned());
        }
        if let Some(rule) = &rule {
            term.rule.clone_from(&rule.value);
        }
        true
    });
    match rule {
        Some(rule) if rules.is_some_and(|known| !known.contains(&rule.value.as_str())) => {
            let what = ("检查词条的规则", "rule for entries");
            sheet.fault(Fault::unknown(rule.span, what, &rule.value, rules.unwrap_or_default().iter().copied()));
            terms.clear();
        }
        None if !terms.is_empty() => {
            let first = terms[0].span;
            let message =
                Words::new("词条前面缺少 `rule`：由哪条规则来报", "`rule` is missing: which rule reports the entries");
            sheet.fault(Fault::new(first, message));
            terms.clear();
        }
        _ => {}
    }
    Entries { terms, boundaries }
}

/// What is wrong with a file of terms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TermFault {
    /// The name of the file.
    pub file: String,
    /// What is wrong, naming the entry where it is one entry's fault.
    pub message: String,
}

impl fmt::Display for TermFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.file, self.message)
    }
}

impl std::error::Error for TermFault {}

/// A wrong form in a text; its context has been looked at, its time has not.
#[derive(Debug, Clone, Copy)]
pub struct TermHit<'a> {
    /// The entry.
    pub term: &'a Term,
    /// Where it stands in the text as written.
    pub span: Span,
}

impl Term {
    /// Whether the form is wrong in a paper of this day.
    #[must_use]
    pub fn judges(&self, date: Date) -> bool {
        self.since.is_none_or(|since| date >= since) && self.until.is_none_or(|until| date < until)
    }

    /// The wrong form and its further spellings, as written in the entry.
    pub fn spellings(&self) -> impl Iterator<Item = &String> {
        std::iter::once(&self.wrong).chain(&self.also)
    }

    fn fault(&self) -> Option<Words> {
        let blank = |list: &[String]| list.iter().any(String::is_empty);
        if self.wrong.is_empty() || blank(&self.also) {
            return Some(Words::new("写法是空的", "an empty spelling"));
        }
        if self.right.is_empty() || blank(&self.right) {
            return Some(Words::new("`right` 没有写正确写法", "no right form"));
        }
        if self.hits.is_empty() || self.misses.is_empty() {
            return Some(Words::new(
                "`hits` 和 `misses` 至少各写一句",
                "`hits` and `misses` must each hold at least one sentence",
            ));
        }
        // What was never right is a misspelling and needs no authority; what became wrong does.
        if !self.verified && self.severity == Severity::Error && self.since.is_some() {
            return Some(Words::new("没有查证的词条最多报警告", "an unverified entry is a warning at most"));
        }
        None
    }
}

impl Boundary {
    /// Whether the word at `at..` of `text` is two halves of its neighbours.
    fn splits(&self, text: &str, at: usize) -> bool {
        let rest = &text[at + self.word.len()..];
        text[..at].chars().next_back().is_some_and(|c| self.before.contains(c))
            && rest.chars().next().is_some_and(|c| self.after.contains(c))
            && !self.compounds.iter().any(|c| rest.starts_with(c.as_str()))
    }
}

/// Entries on their way into one automaton.
#[derive(Debug, Default)]
pub(super) struct Collection {
    list: Vec<Term>,
    boundaries: Vec<Boundary>,
    /// Every spelling, with the index of its entry.
    literals: HashMap<String, u32>,
}

impl Collection {
    /// The entries that the binary carries.
    ///
    /// # Panics
    /// Never in a tested build: the files are part of the source.
    pub(super) fn embedded() -> Self {
        Self::parse(FILES).unwrap_or_else(|fault| panic!("{fault}"))
    }

    fn parse(files: &[(&str, &str)]) -> Result<Self, TermFault> {
        let mut all = Self::default();
        for &(name, text) in files {
            let (entries, mut faults) = match Sheet::parse(text) {
                Ok(mut sheet) => (read(name, text, &mut sheet, None), sheet.finish()),
                Err(faults) => (Entries::default(), faults),
            };
            all.boundaries.extend(entries.boundaries);
            for term in entries.terms {
                let wrong = term.value.wrong.clone();
                if all.add(term.value, false).is_err() {
                    let message = format!("{wrong}: another entry has the same spelling");
                    faults.push(Fault::new(term.span, Words::new(message.clone(), message)));
                }
            }
            if let Some(fault) = faults.into_iter().next() {
                return Err(TermFault { file: name.to_owned(), message: fault.message.en });
            }
        }
        Ok(all)
    }

    /// Adds the entries of a user's file; one with the same `wrong` and rule takes the place of an earlier file's.
    pub(super) fn extend(&mut self, entries: Entries) -> Vec<Fault> {
        self.boundaries.extend(entries.boundaries);
        let mut faults = Vec::new();
        for term in entries.terms {
            let wrong = term.value.wrong.clone();
            if let Err(other) = self.add(term.value, true) {
                let (taken, file, line) = (&other.wrong, &other.file, other.line);
                let message = Words::new(
                    format!("“{wrong}”：词条“{taken}”（{file}:{line}）已有同样的写法"),
                    format!("{wrong}: the entry {taken} ({file}:{line}) has the same spelling"),
                );
                let help = Words::new(
                    "要换掉那个词条，`wrong` 和 `rule` 须与它相同；否则合并成一条。",
                    "To replace that entry, use its `wrong` and its `rule`; else make one entry of both.",
                );
                faults.push(Fault { help: Some(help), ..Fault::new(term.span, message) });
            }
        }
        faults
    }

    /// Adds an entry, or names the entry that claims one of its spellings.
    fn add(&mut self, term: Term, replace: bool) -> Result<(), &Term> {
        let spellings: Vec<String> = term.spellings().flat_map(|s| widths(s)).collect();
        let replaced = self.literals.get(&term.wrong).copied().filter(|&i| {
            let old = &self.list[i as usize];
            replace && old.wrong == term.wrong && old.rule == term.rule && old.file != term.file
        });
        if let Some(other) = spellings.iter().filter_map(|s| self.literals.get(s)).find(|i| Some(**i) != replaced) {
            return Err(&self.list[*other as usize]);
        }
        let index = replaced.unwrap_or(self.list.len() as u32);
        if replaced.is_some() {
            self.literals.retain(|_, i| *i != index);
            self.list[index as usize] = term;
        } else {
            self.list.push(term);
        }
        self.literals.extend(spellings.into_iter().map(|s| (s, index)));
        Ok(())
    }

    /// Makes one automaton of all spellings.
    pub(super) fn build(self) -> Result<Terms, TermFault> {
        let mut literals: Vec<(String, u32)> = self.literals.into_iter().collect();
        literals.sort();
        let literals = if literals.is_empty() {
            None
        } else {
            let built = CharwiseDoubleArrayAhoCorasickBuilder::new()
                .match_kind(MatchKind::LeftmostLongest)
                .build_with_values(literals);
            Some(built.map_err(|e| TermFault { file: String::new(), message: e.to_string() })?)
        };
        Ok(Terms { list: self.list, boundaries: self.boundaries, literals })
    }
}

impl Terms {
    /// The entries that the binary carries.
    ///
    /// # Panics
    /// Never in a tested build: the files are part of the source.
    pub(super) fn embedded() -> Self {
        Collection::embedded().build().unwrap_or_else(|fault| panic!("{fault}"))
    }

    /// Reads files of entries, given as name and text.
    ///
    /// # Errors
    /// The first fault of a file: no valid TOML, an unknown key, an entry without `hits` or `misses`, a spelling that
    /// two entries claim.
    pub fn parse(files: &[(&str, &str)]) -> Result<Self, TermFault> {
        Collection::parse(files)?.build()
    }

    /// All entries.
    #[must_use]
    pub fn entries(&self) -> &[Term] {
        &self.list
    }

    /// The wrong forms in `text`, a paragraph, in order. Blanks and line ends inside a word do not hide it.
    ///
    /// The longest form at a place is the one that stands there: where its context or its date excuses it, no shorter
    /// form inside it is looked at.
    #[must_use]
    pub fn find(&self, text: &str) -> Vec<TermHit<'_>> {
        let Some(literals) = &self.literals else { return Vec::new() };
        let joined = Joined::new(text);
        let joined_text = joined.text();
        literals
            .leftmost_find_iter(joined_text)
            .filter_map(|m| {
                let (term, span) = (&self.list[m.value() as usize], Span::new(m.start(), m.end()));
                let stands = self.is_word(joined_text, span) && fits(term, joined_text, span);
                stands.then(|| TermHit { term, span: joined.original(span) })
            })
            .collect()
    }

    /// The entry whose spelling stands over a part of `span`, whatever its context says of it.
    pub(super) fn longest_over(&self, joined: &str, span: Span) -> Option<&Term> {
        let mut found = self.literals.iter().flat_map(|l| l.leftmost_find_iter(joined));
        let over = found.find(|m| Span::new(m.start(), m.end()).overlaps(span))?;
        Some(&self.list[over.value() as usize])
    }

    /// Whether the hit is not made of the halves of two other words.
    pub(super) fn is_word(&self, text: &str, hit: Span) -> bool {
        self.boundaries
            .iter()
            .all(|b| hit.of(text).match_indices(b.word.as_str()).all(|(at, _)| !b.splits(text, hit.start + at)))
    }
}

/// Whether what stands around the hit lets it count.
pub(super) fn fits(term: &Term, text: &str, hit: Span) -> bool {
    let (head, tail) = (&text[..hit.start], &text[hit.end..]);
    let precedes = |word: &String| ends_with(head, word);
    let follows = |word: &String| starts_with(tail, word).is_some();
    (term.before.is_empty() || term.before.iter().any(precedes))
        && !term.not_before.iter().any(precedes)
        && (term.after.is_empty() || term.after.iter().any(follows))
        && !term.not_after.iter().any(follows)
        && !term.except.iter().any(|wording| overlaps(text, hit, wording))
        && (term.cancel.is_empty() || {
            let around = sentence(text, hit, &[]).of(text);
            !term.cancel.iter().any(|word| around.contains(word.as_str()))
        })
}

/// Whether `wording` stands in `text` so that it shares a character with the hit.
pub(super) fn overlaps(text: &str, hit: Span, wording: &str) -> bool {
    let longest = wording.chars().count();
    let from = text[..hit.start].char_indices().rev().take(longest).last().map_or(hit.start, |(at, _)| at);
    text[from..hit.end].char_indices().any(|(at, _)| {
        let start = from + at;
        starts_with(&text[start..], wording).is_some_and(|len| start + len > hit.start)
    })
}

/// The length of `word` at the start of `text`, full and half width taken as one.
pub(super) fn starts_with(text: &str, word: &str) -> Option<usize> {
    let mut rest = text.chars();
    let same = word.chars().all(|w| rest.next().is_some_and(|c| half_width(c) == half_width(w)));
    same.then(|| text.len() - rest.as_str().len())
}

/// Whether `text` ends with `word`, full and half width taken as one.
pub(super) fn ends_with(text: &str, word: &str) -> bool {
    let mut rest = text.chars().rev();
    word.chars().rev().all(|w| rest.next().is_some_and(|c| half_width(c) == half_width(w)))
}

/// A spelling as written, and with all its marks in half and in full width.
pub(super) fn widths(spelling: &str) -> Vec<String> {
    let full = |c: char| match c {
        ',' | ':' | ';' | '(' | ')' | '!' | '?' => char::from_u32(c as u32 + 0xfee0).unwrap_or(c),
        _ => c,
    };
    let mut all =
        vec![spelling.to_owned(), spelling.chars().map(half_width).collect(), spelling.chars().map(full).collect()];
    all.sort();
    all.dedup();
    all
}

fn day<'de, D: Deserializer<'de>>(input: D) -> Result<Option<Date>, D::Error> {
    let text = String::deserialize(input)?;
    text.parse().map(Some).map_err(|_| D::Error::custom(format!("`{text}` is no date (YYYY-MM-DD)")))
}

fn severity<'de, D: Deserializer<'de>>(input: D) -> Result<Severity, D::Error> {
    let text = String::deserialize(input)?;
    [Severity::Error, Severity::Warning, Severity::Info]
        .into_iter()
        .find(|s| s.as_str() == text)
        .ok_or_else(|| D::Error::custom(format!("`{text}` is no severity (error, warning, info)")))
}

#[cfg(test)]
mod tests {
    use super::*;

    const BARE: &str = r#"
        rule = "term-outdated"
        [[boundary]]
        word = "法制"
        before = "依非学"
        after = "定度售"
        compounds = ["定位"]
        [[term]]
        wrong = "法制"
        right = ["法治"]
        severity = "warning"
        source = ""
        verified = true
        hits = ["法制"]
        misses = ["法治"]
    "#;

    fn found(book: &Terms, text: &str) -> Vec<String> {
        book.find(text).iter().map(|h| h.span.of(text).to_owned()).collect()
    }

    /// Even the bare word is found only where it is a word.
    #[test]
    fn a_hit_is_a_word() {
        let book = Terms::parse(&[("bare.toml", BARE)]).expect("a sound file");
        for text in ["依法制定规划", "非法制售药品", "会前学法制度", "学 法 制 度"] {
            assert!(found(&book, text).is_empty(), "{text}");
        }
        for text in ["加强法制工作", "学法制、守纪律", "依法制定位开展工作"] {
            assert_eq!(found(&book, text), ["法制"], "{text}");
        }
        assert_eq!(found(&book, "加强法 制工作"), ["法 制"]);
    }

    /// The context of an entry is data, and the two widths of a mark are one.
    #[test]
    fn context_is_data() {
        let text = BARE.replace("source = \"\"", "source = \"\"\nnot_before = [\"镇(街道)\"]\nnot_after = [\"审核\"]\nexcept = [\"民主,法制\"]\ncancel = [\"旧称\"]");
        let book = Terms::parse(&[("context.toml", &text)]).expect("a sound file");
        for text in ["镇（街道）法制工作", "法制审核", "民主，法制", "旧称某地法制工作"] {
            assert!(found(&book, text).is_empty(), "{text}");
        }
        assert_eq!(found(&book, "民主、法制；前一句有旧称。法制工作").len(), 1);
        assert_eq!(found(&book, "前一句有旧称。法制工作"), ["法制"]);
    }

    /// An entry without misses, with an unknown key, or an unverified error is refused by name.
    #[test]
    fn unsound_files_are_refused() {
        for (from, to, says) in [
            ("misses = [\"法治\"]", "", "misses"),
            ("misses = [\"法治\"]", "misses = []", "法制: `hits` and `misses`"),
            ("verified = true", "verified = true\npattern = \"法制\"", "pattern"),
            ("\"warning\"", "\"grave\"", "grave"),
            ("severity = \"warning\"", "severity = \"error\"\nsince = \"2014-10-23\"", ""),
        ] {
            let text = BARE.replace(from, to);
            let fault = Terms::parse(&[("x.toml", &text.replace("verified = true", "verified = false"))]);
            let fault = fault.err().map(|f| f.to_string()).unwrap_or_else(|| panic!("accepted: {to}"));
            assert!(fault.starts_with("x.toml: ") && fault.contains(says), "{fault}");
        }
    }
}
