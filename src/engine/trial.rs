//! The data of the rules against its own examples: does every entry do what it says?

use jiff::civil::Date;

use crate::config::Plan;
use crate::rulebook::{Examples, Reach, Rulebook, Term};
use crate::text::{Block, BlockKind, Document, Span};

use super::check;

/// What came of it.
#[derive(Debug, Default)]
pub struct Trial<'b> {
    /// How many entries were tried.
    pub entries: usize,
    /// How many sentences.
    pub sentences: usize,
    /// What is wrong, by file and line.
    pub flaws: Vec<Flaw<'b>>,
    /// Contexts that decide nothing in the examples of their entries.
    pub idle: Vec<Flaw<'b>>,
}

/// Something that is wrong with an entry or with the sentence of a list.
#[derive(Debug)]
pub struct Flaw<'b> {
    /// The file.
    pub file: &'b str,
    /// Whether it is one that the binary carries.
    pub ours: bool,
    /// The 1-based line.
    pub line: usize,
    /// The entry, where it is one's.
    pub entry: Option<&'b str>,
    /// What it is.
    pub kind: FlawKind<'b>,
}

/// What can be wrong.
#[derive(Debug)]
pub enum FlawKind<'b> {
    /// A sentence of `hits` in which nothing is reported.
    Silent(&'b str),
    /// A sentence of `misses` in which something is.
    Speaks {
        /// The sentence.
        sentence: &'b str,
        /// What is reported.
        by: String,
    },
    /// A title or opening of a kind of paper that is not recognised as that kind.
    Unrecognised(&'b str),
    /// One of another kind that is taken for it.
    Recognised(&'b str),
    /// A spelling that no text can match.
    Dead(&'b str),
    /// A spelling over which a longer one always stands.
    Hidden {
        /// The spelling.
        spelling: &'b str,
        /// The entry of the longer one.
        by: &'b Term,
    },
    /// A spelling that the entry has twice.
    Twice(&'b str),
    /// Contexts that decide nothing in the examples.
    Idle {
        /// Their key.
        key: &'static str,
        /// Their words.
        words: Vec<&'b str>,
    },
}

/// Tries every entry and every sentence of the rulebook.
#[must_use]
pub fn trial(book: &Rulebook) -> Trial<'_> {
    let mut trial = Trial::default();
    for term in book.terms.entries() {
        trial.entries += 1;
        trial.sentences += term.hits.len() + term.misses.len();
        let flaw = |kind| Flaw { file: &term.file, ours: term.ours, line: term.line, entry: Some(&term.wrong), kind };
        trial.flaws.extend(sentences(term, book).chain(spellings(term, book)).map(flaw));
        trial.idle.extend(book.idle(term).into_iter().map(|(key, words)| flaw(FlawKind::Idle { key, words })));
    }
    for example in &book.placeholders.examples {
        trial.sentences += 1;
        let said = reported(&example.sentence, &["placeholder"], TODAY, book, "token");
        let sentence = example.sentence.as_str();
        let kind = match example.rule {
            Some(rule) if !said.iter().any(|(id, _)| *id == rule) => FlawKind::Silent(sentence),
            Some(rule) if said.iter().all(|(id, _)| *id == rule) => continue,
            None if said.is_empty() => continue,
            _ => FlawKind::Speaks { sentence, by: listed(&said) },
        };
        trial.flaws.push(Flaw { file: &example.file, ours: example.ours, line: example.line, entry: None, kind });
    }
    for profile in book.profiles.iter() {
        let Examples { titles, not_titles, openings, not_openings } = &profile.examples;
        trial.entries += 1;
        trial.sentences += titles.len() + not_titles.len() + openings.len() + not_openings.len();
        let is =
            |title: &str, opening: &str| book.profiles.classify(title, opening).is_some_and(|p| p.id == profile.id);
        let lost = titles.iter().filter(|t| !is(t, "")).chain(openings.iter().filter(|o| !is("", o)));
        let taken = not_titles.iter().filter(|t| is(t, "")).chain(not_openings.iter().filter(|o| is("", o)));
        let kinds =
            lost.map(|s| FlawKind::Unrecognised(s.as_str())).chain(taken.map(|s| FlawKind::Recognised(s.as_str())));
        let flaw = |kind| Flaw { file: &profile.file, ours: profile.ours, line: 1, entry: Some(&profile.id), kind };
        trial.flaws.extend(kinds.map(flaw));
    }
    trial
}

/// The sentences of an entry that do not do what they stand for: a hit is reported by that very entry, a miss by no
/// entry of its rule.
fn sentences<'b>(term: &'b Term, book: &'b Rulebook) -> impl Iterator<Item = FlawKind<'b>> {
    let date = term.judged_day(TODAY);
    let said = move |sentence: &str| reported(sentence, &[&term.rule], date, book, "term");
    let silent = term.hits.iter().filter(move |s| !said(s).iter().any(|(_, word)| *word == term.wrong));
    let speaking = term.misses.iter().filter_map(move |sentence| {
        let said = said(sentence);
        (!said.is_empty()).then(|| FlawKind::Speaks { sentence, by: listed(&said) })
    });
    silent.map(|s| FlawKind::Silent(s)).chain(speaking)
}

/// The spellings of an entry that are never reported, and those that it has twice.
fn spellings<'b>(term: &'b Term, book: &'b Rulebook) -> impl Iterator<Item = FlawKind<'b>> {
    term.spellings().enumerate().filter_map(|(i, spelling)| {
        if term.spellings().take(i).any(|earlier| earlier == spelling) {
            return Some(FlawKind::Twice(spelling));
        }
        match book.reach(term, i) {
            Reach::Speaks => None,
            Reach::Dead => Some(FlawKind::Dead(spelling)),
            Reach::Hidden(by) => Some(FlawKind::Hidden { spelling, by }),
        }
    })
}

/// The day of the papers in which the sentences stand, unless an entry speaks of other days only. A fixed day: whether
/// the examples hold must not depend on when they are tried.
const TODAY: Date = jiff::civil::date(2025, 12, 1);

/// What some rules report in a sentence, in a paper of that day: a year that a sentence speaks of must not become the
/// paper's own date.
fn reported(sentence: &str, select: &[&str], day: Date, book: &Rulebook, key: &str) -> Vec<(&'static str, String)> {
    let date = format!("{}年{}月{}日", day.year(), day.month(), day.day());
    let text = format!("{sentence}\n某县司法局\n{date}\n");
    let mut start = 0;
    let blocks = text.lines().map(|line| {
        let span = Span::new(start, start + line.len());
        start = span.end + 1;
        Block { kind: BlockKind::Paragraph, span }
    });
    let blocks = blocks.filter(|b| !b.span.is_empty()).collect();
    let mut plan = Plan::new(day);
    plan.rules.select = select.iter().map(|s| (*s).to_owned()).collect();
    let checked = check(Document::new(String::new(), text, "UTF-8", blocks, None), &plan, book);
    let found = checked.findings.into_iter().map(|f| f.diagnostic);
    found.map(|d| (d.rule.id, d.data.get(key).and_then(|v| v.as_str()).unwrap_or_default().to_owned())).collect()
}

fn listed(said: &[(&'static str, String)]) -> String {
    said.iter().map(|(id, word)| format!("{id} “{word}”")).collect::<Vec<_>>().join("、")
}
