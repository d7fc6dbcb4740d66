//! Outdated and mistaken terms (`rules/terms/*.toml`): typed entries, and what must stand around a spelling of theirs.
//!
//! A file names its `rule` and may set, for all its entries, `in_title`, `cancel`, `not_before` and `not_after`. Spellings
//! and the words of the contexts may hold digits, numerals and gaps, written as [`super::spelling`] says.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

use jiff::civil::Date;
use serde::{Deserialize, Deserializer, de::Error as _};

use crate::diagnostic::{Severity, Words};
use crate::text::{Joined, LineIndex, Span, half_width, is_blank, is_han, sentence};

use super::literals::{Kinds, Owner, Sighting};
use super::pairs::Pairs;
use super::sheet::{Fault, Placed, Sheet};
use super::source::{Source, source};
use super::spelling::{self, Patterns, overlaps};

/// The files that the binary carries.
const FILES: [Source; 11] = [
    source!("terms/fazhi"),
    source!("terms/institution-central"),
    source!("terms/institution-local"),
    source!("terms/institution-legal"),
    source!("terms/law"),
    source!("terms/measure"),
    source!("terms/phrase"),
    source!("terms/newer"),
    source!("terms/typo"),
    source!("terms/idiom"),
    source!("terms/numeral"),
];

/// The entries, ready to be matched.
pub struct Terms {
    list: Vec<Term>,
    boundaries: Vec<Boundary>,
    spellings: Vec<Spelling>,
}

/// A spelling of an entry, around the word that is looked for.
#[derive(Debug)]
struct Spelling {
    /// The index of the entry.
    term: usize,
    /// Which of the entry's spellings it is.
    nth: usize,
    /// What stands before the word.
    head: String,
    /// The word.
    word: String,
    /// What stands behind it.
    tail: String,
    /// Whether it counts only where the text as written has a blank in it.
    torn: bool,
}

impl Spelling {
    /// Whether it is a plain word.
    fn is_literal(&self) -> bool {
        self.head.is_empty() && self.tail.is_empty() && !self.torn
    }
}

/// A spelling that stands in a joined text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Match<'b> {
    /// The entry.
    pub(super) term: &'b Term,
    spelling: &'b Spelling,
    /// Where it stands in the joined text.
    pub(super) span: Span,
}

impl Match<'_> {
    /// Whether it is this spelling of this entry.
    pub(super) fn is(&self, term: &Term, nth: usize) -> bool {
        std::ptr::eq(self.term, term) && self.spelling.nth == nth
    }
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
    /// What holds for all entries of its file.
    #[serde(skip)]
    shared: Arc<Shared>,
    /// The wrong form. A blank in it means that the text must have one there or elsewhere within the form.
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
    /// Wordings that hold a word of `cancel` and mean something else (正当时): they cancel nothing.
    #[serde(default)]
    pub not_cancel: Vec<String>,
    /// Words of which the sentence must have at least one; none are asked for where the list is empty.
    #[serde(default)]
    pub context: Vec<String>,
    /// The hit does not count where one of these stands inside it, in a gap or as its number.
    #[serde(default)]
    pub without: Vec<String>,
    /// Whether the form is wrong even inside a book title. A form that is itself a whole title needs no leave.
    #[serde(default)]
    pub in_title: bool,
    /// Longer wordings in which the form is right: one that overlaps the hit cancels it.
    #[serde(default)]
    pub except: Vec<String>,
    /// The right forms; exactly one where there is no choice, none where a `note` says what to do or where the term
    /// only came too early.
    #[serde(default)]
    pub right: Vec<String>,
    /// What to do, or what became of the thing, where no right form can be named.
    pub note: Option<String>,
    /// Papers dated before this day are not judged; `None`: the form was never right.
    #[serde(default, deserialize_with = "day")]
    pub since: Option<Date>,
    /// Papers of this day and later are not judged. Alone, it is the day on which the term came up: an older paper
    /// cannot know it, and only a paper that shows its date is asked.
    #[serde(default, deserialize_with = "day")]
    pub until: Option<Date>,
    /// The day from which papers can speak of what comes up on `until`: the meeting was announced, the bill was read.
    /// Papers of this day and later are not judged.
    #[serde(default, deserialize_with = "day")]
    pub heralded: Option<Date>,
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

/// What a file says for all its entries; each adds words of its own.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Shared {
    /// For those that are bound to a day.
    cancel: Vec<String>,
    not_cancel: Patterns,
    not_before: Patterns,
    not_after: Patterns,
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

/// A file that the binary carries, as it was prepared; its entries with their lines.
#[derive(Debug, Deserialize)]
struct Prepared {
    rule: String,
    #[serde(default)]
    in_title: bool,
    #[serde(flatten)]
    shared: Shared,
    #[serde(default)]
    boundary: Vec<Boundary>,
    term: Vec<(usize, Term)>,
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
    let mut words = |key| sheet.each::<String>(key).into_iter().map(|w| w.value).collect::<Vec<_>>();
    let shared = Arc::new(Shared {
        cancel: words("cancel"),
        not_cancel: words("not_cancel").into(),
        not_before: words("not_before").into(),
        not_after: words("not_after").into(),
    });
    // Whether every entry of the file is wrong even inside a book title.
    let in_title = sheet.value::<bool>("in_title").is_some_and(|b| b.value);
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
        term.shared = Arc::clone(&shared);
        term.in_title |= in_title;
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
    /// Whether the spelling is a plain word, so that the right form can stand in its place.
    pub literal: bool,
}

impl Term {
    /// A day on which the entry judges, `day` if it does: the date of a paper that carries its examples.
    #[must_use]
    pub fn judged_day(&self, day: Date) -> Date {
        let last = self.end().and_then(|until| until.yesterday().ok());
        let day = last.map_or(day, |last| day.min(last));
        self.since.map_or(day, |since| day.max(since))
    }

    /// Whether the entry says on which day its term came up, and nothing else: it is an anachronism before.
    #[must_use]
    pub fn is_newcomer(&self) -> bool {
        self.until.is_some() && self.since.is_none()
    }

    /// Whether the form is wrong in a paper of this day.
    #[must_use]
    pub fn judges(&self, date: Date) -> bool {
        self.since.is_none_or(|since| date >= since) && self.end().is_none_or(|end| date < end)
    }

    /// The first day on which it judges no more.
    pub(super) fn end(&self) -> Option<Date> {
        self.heralded.or(self.until)
    }

    /// The wrong form and its further spellings, as written in the entry.
    pub fn spellings(&self) -> impl Iterator<Item = &String> {
        std::iter::once(&self.wrong).chain(&self.also)
    }

    /// The words that cancel it, its own first.
    fn cancels(&self) -> impl Iterator<Item = &String> {
        let dated = self.since.is_some() || self.until.is_some();
        self.cancel.iter().chain(self.shared.cancel.iter().filter(move |_| dated))
    }

    fn fault(&self) -> Option<Words> {
        let blank = |list: &[String]| list.iter().any(String::is_empty);
        if self.wrong.trim_matches(is_blank).is_empty() || blank(&self.also) {
            return Some(Words::new("写法是空的", "an empty spelling"));
        }
        if blank(&self.right) || (self.right.is_empty() && self.note.is_none() && !self.is_newcomer()) {
            return Some(Words::new(
                "`right` 没有写正确写法，也没有用 `note` 说明怎么办",
                "no right form, nor a `note` that says what to do",
            ));
        }
        if self.heralded.is_some() && self.until.is_none() {
            return Some(Words::new("有 `heralded` 而没有 `until`", "`heralded` without the day of `until`"));
        }
        if self.hits.is_empty() || self.misses.is_empty() {
            return Some(Words::new(
                "`hits` 和 `misses` 至少各写一句",
                "`hits` and `misses` must each hold at least one sentence",
            ));
        }
        let contexts = [&self.before, &self.not_before, &self.after, &self.not_after, &self.except, &self.not_cancel];
        if let Some(fault) = self.spellings().chain(contexts.into_iter().flatten()).find_map(|p| spelling::fault(p)) {
            return Some(fault);
        }
        if self.spellings().any(|s| spelling::split(&joined(s)).is_none()) {
            return Some(Words::new("写法里没有固定的字词", "a spelling without a word"));
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

/// Entries on their way into one dictionary.
#[derive(Debug, Default)]
pub(super) struct Collection {
    list: Vec<Term>,
    boundaries: Vec<Boundary>,
    /// Every spelling in half width, with the index of its entry.
    owners: HashMap<String, u32>,
}

impl Collection {
    /// The entries that the binary carries.
    ///
    /// # Panics
    /// Never in a tested build: the files are part of the source.
    pub(super) fn embedded() -> Self {
        let files = FILES.map(|source| (source.name, source.toml));
        Self::parse(&files).unwrap_or_else(|fault| panic!("{fault}"))
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
        let spellings: Vec<String> = term.spellings().map(|s| s.chars().map(half_width).collect()).collect();
        let replaced = self.owners.get(&spellings[0]).copied().filter(|&i| {
            let old = &self.list[i as usize];
            replace && old.wrong == term.wrong && old.rule == term.rule && old.file != term.file
        });
        if let Some(other) = spellings.iter().filter_map(|s| self.owners.get(s)).find(|i| Some(**i) != replaced) {
            return Err(&self.list[*other as usize]);
        }
        let index = replaced.unwrap_or(self.list.len() as u32);
        if replaced.is_some() {
            self.owners.retain(|_, i| *i != index);
            self.list[index as usize] = term;
        } else {
            self.list.push(term);
        }
        self.owners.extend(spellings.into_iter().map(|s| (s, index)));
        Ok(())
    }

    /// The entries, ready to be matched.
    pub(super) fn build(self) -> Terms {
        let mut spellings = Vec::new();
        for (term, entry) in self.list.iter().enumerate() {
            for (nth, written) in entry.spellings().enumerate() {
                let joined = joined(written);
                let Some((head, word, tail)) = spelling::split(&joined) else { continue };
                let (head, word, tail) = (head.to_owned(), word.to_owned(), tail.to_owned());
                spellings.push(Spelling { term, nth, head, word, tail, torn: joined != *written });
            }
        }
        Terms { list: self.list, boundaries: self.boundaries, spellings }
    }
}

impl Terms {
    /// The entries that the binary carries.
    ///
    /// # Panics
    /// Never in a tested build: the files are part of the source.
    pub(super) fn embedded() -> Self {
        Collection::embedded().build()
    }

    /// The same without their examples.
    pub(super) fn prepared() -> Self {
        let mut all = Collection::default();
        for source in FILES {
            let Prepared { rule, in_title, shared, boundary, term } = source.read();
            let shared = Arc::new(shared);
            all.boundaries.extend(boundary);
            all.list.extend(term.into_iter().map(|(line, term)| Term {
                rule: rule.clone(),
                file: source.name.to_owned(),
                ours: true,
                line,
                shared: Arc::clone(&shared),
                in_title: term.in_title || in_title,
                ..term
            }));
        }
        all.build()
    }

    /// Reads files of entries, given as name and text.
    ///
    /// # Errors
    /// The first fault of a file: no valid TOML, an unknown key, an entry without `hits` or `misses`, a spelling that
    /// two entries claim.
    pub fn parse(files: &[(&str, &str)]) -> Result<Self, TermFault> {
        Ok(Collection::parse(files)?.build())
    }

    /// Leaves the entries without their examples.
    #[cfg(test)]
    pub(super) fn forget_examples(&mut self) {
        for term in &mut self.list {
            term.hits.clear();
            term.misses.clear();
        }
    }

    /// All entries.
    #[must_use]
    pub fn entries(&self) -> &[Term] {
        &self.list
    }

    /// The words by which the spellings are found, in both widths of their marks.
    pub(super) fn literals(&self) -> impl Iterator<Item = (String, Owner)> {
        let spellings = self.spellings.iter().enumerate();
        spellings.flat_map(|(i, s)| widths(&s.word).into_iter().map(move |word| (word, Owner::Spelling(i))))
    }

    /// The wrong forms in a paragraph, in order.
    ///
    /// The longest form at a place is the one that stands there: where its context or its date excuses it, no shorter
    /// form inside it is looked at.
    #[must_use]
    pub fn find(&self, sighting: Sighting<'_>) -> Vec<TermHit<'_>> {
        if !sighting.has(Kinds::SPELLING) {
            return Vec::new();
        }
        let joined = sighting.joined();
        let matches = self.matches(sighting);
        longest(&matches)
            .filter(|m| self.stands(m, joined))
            .map(|m| TermHit { term: m.term, span: joined.original(m.span), literal: m.spelling.is_literal() })
            .collect()
    }

    /// The spellings that stand in a paragraph, by their places, the longest first; what is around them is not looked at.
    pub(super) fn matches<'b>(&'b self, sighting: Sighting<'_>) -> Vec<Match<'b>> {
        let text = sighting.joined().text();
        let spelling = |owner| match owner {
            Owner::Spelling(i) => Some(&self.spellings[i]),
            _ => None,
        };
        let mut found: Vec<Match<'b>> = sighting
            .words(Kinds::SPELLING, spelling)
            .filter_map(|(spelling, word)| {
                let head = spelling::behind(&spelling.head, &text[..word.start])?;
                let tail = spelling::ahead(&spelling.tail, &text[word.end..])?;
                let span = Span::new(word.start - head, word.end + tail);
                Some(Match { term: &self.list[spelling.term], spelling, span })
            })
            .collect();
        found.sort_by_key(|m| (m.span.start, Reverse(m.span.end)));
        found
    }

    /// Whether a match is a word of its own in surroundings that let it count.
    pub(super) fn stands(&self, found: &Match<'_>, joined: &Joined<'_>) -> bool {
        let (text, span) = (joined.text(), found.span);
        (!found.spelling.torn || joined.original(span).len() > span.len())
            && self.is_word(text, span)
            && fits(found.term, text, span)
    }

    /// Whether the hit is not made of the halves of two other words.
    fn is_word(&self, text: &str, hit: Span) -> bool {
        let words = hit.of(text);
        let may_hold = |b: &&Boundary| b.word.len() <= words.len();
        let mut inside = self.boundaries.iter().filter(may_hold).filter(|b| words.contains(&b.word));
        inside.all(|b| words.match_indices(b.word.as_str()).all(|(at, _)| !b.splits(text, hit.start + at)))
    }
}

/// Of sorted matches, those that keep their place: the first, and each that begins behind the one before.
pub(super) fn longest<'m, 'b>(matches: &'m [Match<'b>]) -> impl Iterator<Item = &'m Match<'b>> {
    let mut reached = 0;
    matches.iter().filter(move |m| {
        let free = m.span.start >= reached;
        if free {
            reached = m.span.end;
        }
        free
    })
}

/// A spelling as it is looked for: without its blanks.
fn joined(spelling: &str) -> String {
    spelling.chars().filter(|&c| !is_blank(c)).collect()
}

/// Whether what stands around the hit lets it count.
fn fits(term: &Term, text: &str, hit: Span) -> bool {
    let (head, tail) = (&text[..hit.start], &text[hit.end..]);
    let precedes = |word: &String| spelling::behind(word, head).is_some();
    let follows = |word: &String| spelling::ahead(word, tail).is_some();
    // What must not be there is nearly always written in fewer pieces than what must, and is compared sooner.
    !term.not_before.iter().any(precedes)
        && !term.not_after.iter().any(follows)
        && (term.before.is_empty() || term.before.iter().any(precedes))
        && (term.after.is_empty() || term.after.iter().any(follows))
        && !term.shared.not_before.any_behind(head)
        && !term.shared.not_after.any_ahead(tail)
        && !term.without.iter().any(|word| hit.of(text).contains(word.as_str()))
        && !term.except.iter().any(|wording| overlaps(text, hit, wording))
        && ((term.cancels().next().is_none() && term.context.is_empty()) || {
            let around = sentence(text, hit, &[]).of(text);
            let pairs = Pairs::of(around);
            let has = |word: &&String| pairs.hold_word(word) && around.contains(word.as_str());
            (term.context.is_empty() || term.context.iter().any(|word| has(&word)))
                && !term.cancels().filter(has).any(|word| cancels(term, word, around))
        })
}

/// Whether a word of `cancel`, which stands in the sentence, stands there as no part of another wording.
fn cancels(term: &Term, word: &str, around: &str) -> bool {
    let another = |span: Span| {
        term.not_cancel.iter().any(|wording| overlaps(around, span, wording))
            || term.shared.not_cancel.any_overlaps(around, span)
    };
    around.match_indices(word).any(|(at, _)| !another(Span::new(at, at + word.len())))
}

/// A word as written, and with all its marks in half and in full width.
fn widths(spelling: &str) -> Vec<String> {
    // Nearly all words are of Han characters, which have one width.
    if spelling.chars().all(is_han) {
        return vec![spelling.to_owned()];
    }
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

/// A day written as text.
pub(super) fn day<'de, D: Deserializer<'de>>(input: D) -> Result<Option<Date>, D::Error> {
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
    use super::super::literals::Literals;
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

    fn hits<'b>(book: &'b Terms, text: &str) -> Vec<TermHit<'b>> {
        Literals::of(book).sight(text).iter().flat_map(|sighting| book.find(sighting)).collect()
    }

    fn found(book: &Terms, text: &str) -> Vec<String> {
        hits(book, text).iter().map(|h| h.span.of(text).to_owned()).collect()
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

    /// What begins with a word of `cancel` and means something else cancels nothing.
    #[test]
    fn not_every_word_cancels() {
        let keys = "cancel = [\"挂牌\"]\nnot_cancel = [\"挂牌督办\", \"挂牌{#}\"]\nsource = \"\"";
        let book = Terms::parse(&[("cancel.toml", &BARE.replace("source = \"\"", keys))]).expect("a sound file");
        assert_eq!(found(&book, "法制工作挂牌督办，挂牌30处").len(), 1);
        assert!(found(&book, "法制工作挂牌督办后，挂牌成立").is_empty());
    }

    /// Spellings and contexts may hold digits, numerals and gaps; a blank in a spelling must be there in the text.
    #[test]
    fn spellings_are_patterns() {
        let entry = |keys: &str| {
            let text = BARE.replace("wrong = \"法制\"\n        right = [\"法治\"]", keys);
            Terms::parse(&[("patterns.toml", &text)]).expect("a sound file")
        };
        let about = entry("wrong = \"约{#}{4}左右\"\nnote = \"一个就够\"\nnot_before = [\"节\"]\nwithout = [\"谈\"]");
        assert_eq!(found(&about, "约 300 人左右，节约5万左右，约30多年左右"), ["约 300 人左右", "约30多年左右"]);
        assert!(found(&about, "约30，左右；约30谈左右").is_empty());
        let day = entry("wrong = \"截止\"\nright = [\"截至\"]\nafter = [\"{#}月\", \"年底\"]\ncontext = [\"完成\"]");
        assert_eq!(found(&day, "截止 ６月，完成一半。截止年底。截止日期前完成"), ["截止"]);
        let twice = entry("wrong = \"二 二是\"\nright = [\"二是\"]");
        assert_eq!(found(&twice, "二 二是，二二是"), ["二 二是"]);
        assert!(!hits(&twice, "二 二是")[0].literal && about.entries()[0].right.is_empty());
    }

    /// What came up on a day is an anachronism before, and may be spoken of from the day on which it was announced.
    #[test]
    fn newcomers() {
        let keys = "wrong = \"新会\"\nuntil = \"2021-11-11\"\nheralded = \"2021-08-01\"";
        let text = BARE.replace("wrong = \"法制\"\n        right = [\"法治\"]", keys);
        let book = Terms::parse(&[("new.toml", &text)]).expect("a sound file");
        let [term] = book.entries() else { panic!("one entry") };
        let day = jiff::civil::date;
        assert!(term.is_newcomer() && term.judges(day(2021, 7, 31)) && !term.judges(day(2021, 8, 1)));
        assert_eq!(term.judged_day(day(2025, 1, 1)), day(2021, 7, 31));
        assert_eq!(term.judged_day(day(2020, 1, 1)), day(2020, 1, 1));
    }

    /// An entry without misses, with an unknown key, or an unverified error is refused by name.
    #[test]
    fn unsound_files_are_refused() {
        for (from, to, says) in [
            ("misses = [\"法治\"]", "", "misses"),
            ("misses = [\"法治\"]", "misses = []", "法制: `hits` and `misses`"),
            ("verified = true", "verified = true\npattern = \"法制\"", "pattern"),
            ("\"warning\"", "\"grave\"", "grave"),
            ("right = [\"法治\"]", "", "no right form"),
            ("right = [\"法治\"]", "right = [\"法治\"]\nafter = [\"{x}\"]", "{x}"),
            ("wrong = \"法制\"", "wrong = \"{#}\"", "without a word"),
            ("severity = \"warning\"", "severity = \"error\"\nsince = \"2014-10-23\"", ""),
        ] {
            let text = BARE.replace(from, to);
            let fault = Terms::parse(&[("x.toml", &text.replace("verified = true", "verified = false"))]);
            let fault = fault.err().map(|f| f.to_string()).unwrap_or_else(|| panic!("accepted: {to}"));
            assert!(fault.starts_with("x.toml: ") && fault.contains(says), "{fault}");
        }
    }
}
