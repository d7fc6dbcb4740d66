//! Shapes of what nobody filled in, and their false friends (`rules/placeholders/*.toml`).

use std::sync::OnceLock;

use serde::Deserialize;
use toml::{Table, Value};

use crate::diagnostic::Words;
use crate::text::{LineIndex, is_blank};

use super::literals::Owner;
use super::pairs::Sought;
use super::sheet::{Fault, Sheet};
use super::source::{Source, source};

/// The words, ready to be asked.
#[derive(Debug)]
pub struct Placeholders {
    /// Around letters, asterisks and signs that stand for something.
    pub masks: Masks,
    /// Around empty places, prompts and hidden names.
    pub blanks: Blanks,
    /// Sentences in which the two rules speak or are silent.
    pub examples: Vec<Example>,
}

/// A sentence of the data, and whether a placeholder stands in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    /// The file it stands in.
    pub file: String,
    /// Whether the binary carries it.
    pub ours: bool,
    /// Its 1-based line in that file.
    pub line: usize,
    /// The rule that speaks, where one does.
    pub rule: Option<&'static str>,
    /// The sentence.
    pub sentence: String,
}

/// What a placeholder may begin with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// An x of either case and width.
    Letter,
    /// An asterisk.
    Asterisk,
    /// A cross.
    Cross,
    /// A circle.
    Circle,
    /// A box.
    Box,
    /// A geometric figure.
    Figure,
    /// A question mark.
    Query,
    /// An underscore.
    Underscore,
    /// 某
    Hidden,
    /// An opening bracket of any kind.
    Bracket,
    /// 年
    Year,
    /// 月
    Month,
    /// 第
    Ordinal,
    /// A word that says of a field that it is still open.
    Pending,
    /// A prompt that needs no bracket.
    Prompt,
    /// A mark of work to be done.
    Todo,
}

impl Sign {
    /// What the character is a sign of; those of words are told by the words.
    pub(super) const fn new(c: char) -> Option<Self> {
        Some(match c {
            'x' | 'X' | 'ｘ' | 'Ｘ' => Self::Letter,
            '*' | '＊' => Self::Asterisk,
            '×' => Self::Cross,
            '○' | '◯' | '〇' => Self::Circle,
            '□' => Self::Box,
            '●' | '◎' | '△' | '▲' | '■' | '◆' => Self::Figure,
            '?' | '？' => Self::Query,
            '_' | '＿' => Self::Underscore,
            '某' => Self::Hidden,
            '(' | '（' | '[' | '［' | '【' | '〔' | '{' | '｛' => Self::Bracket,
            _ => return None,
        })
    }

    /// What the character is a sign of before a blank: only there something is left out behind it.
    pub(super) const fn before_blank(c: char) -> Option<Self> {
        Some(match c {
            '年' => Self::Year,
            '月' => Self::Month,
            '第' => Self::Ordinal,
            _ => return None,
        })
    }
}

/// What tells a mask from its false friends.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Masks {
    units: String,
    not_units: Vec<String>,
    places: Vec<String>,
    not_places: Vec<String>,
    agencies: String,
    lengths: Vec<String>,
    /// Words of a sentence that speaks of sizes.
    pub sizes: Sought,
    letter_units: Vec<String>,
    tokens: Vec<String>,
    /// Words that make a word with the letters before them.
    pub not_after: Vec<String>,
    plates: String,
    /// What after an asterisk makes it a sign that is spoken of.
    pub star_not_after: Vec<String>,
    /// What before an asterisk makes it a sign that is spoken of.
    pub star_not_before: Vec<String>,
    /// Words of a sentence in which an x has a meaning of its own.
    pub notations: Sought,
    /// What the names of files end in.
    pub files: Vec<String>,
    /// Words of a sentence whose asterisks hide a password.
    pub secrets: Sought,
    /// Words of a sentence that tells how to fill in or to name something.
    pub describing: Sought,
    /// Words of a sentence that speaks of the sign itself, where the sign is quoted.
    pub naming: Sought,
}

/// What tells an empty place from what is empty by design.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Blanks {
    prompts: Vec<String>,
    round_prompts: Vec<String>,
    note_places: Vec<String>,
    note_asks: Vec<String>,
    note_work: Vec<String>,
    note_subjects: Vec<String>,
    note_decisions: Vec<String>,
    note_seniors: Vec<String>,
    note_offices: Vec<String>,
    note_readers: Vec<String>,
    unchecked: Vec<String>,
    /// Words of a sentence that counts what is still to be looked into.
    pub checking: Sought,
    countable: String,
    results: Vec<String>,
    bare_prompts: Vec<String>,
    variables: Vec<String>,
    pending: Vec<String>,
    /// Words of a sentence for which 待定 is the message itself.
    pub decided: Sought,
    todo: Vec<String>,
    not_todo: Vec<String>,
    named: Vec<String>,
    surnames: String,
    prepositions: String,
    double_surnames: Vec<String>,
    /// Words of a sentence that tells of a case, whose names are hidden on purpose.
    pub cases: Sought,
    bodies: Vec<String>,
    /// Words of a quiz, whose brackets are empty on purpose.
    pub quizzes: Sought,
    forms: Vec<String>,
    models: Vec<String>,
    /// What prompts, notes and names of variables begin with, in order.
    #[serde(skip)]
    openers: OnceLock<Vec<Option<char>>>,
}

impl Placeholders {
    /// The words that the binary carries, without the examples.
    pub(super) fn prepared() -> Self {
        Self { masks: MASKS.read(), blanks: BLANKS.read(), examples: Vec::new() }
    }
}

/// What a remark begins with that asks somebody to look at something.
const PLEASE: char = '请';

/// Whether the text begins with one of the words; the last byte of a word turns nearly all of them away.
fn any_starts(words: &[String], text: &str) -> bool {
    let text = text.as_bytes();
    let last = |w: &[u8]| w.len().checked_sub(1).is_none_or(|last| text.get(last) == Some(&w[last]));
    words.iter().map(String::as_bytes).any(|w| last(w) && text.starts_with(w))
}

/// Whether the text holds one of the words.
fn any_in(words: &[String], text: &str) -> bool {
    words.iter().any(|w| text.contains(w.as_str()))
}

/// Whether the text ends with one of the words.
fn any_ends(words: &[String], text: &str) -> bool {
    let text = text.as_bytes();
    let last = |w: &[u8]| w.last().is_none_or(|last| text.last() == Some(last));
    words.iter().map(String::as_bytes).any(|w| last(w) && text.ends_with(w))
}

impl Masks {
    /// Whether the text begins with the first character of a measure word or unit, blanks before it aside.
    #[must_use]
    pub fn is_unit_like(&self, text: &str) -> bool {
        text.trim_start_matches(is_blank).chars().next().is_some_and(|c| self.units.contains(c))
    }

    /// Whether the text begins with a measure word or unit and not with another word, blanks before it aside.
    #[must_use]
    pub fn is_unit(&self, text: &str) -> bool {
        self.is_unit_like(text) && !any_starts(&self.not_units, text.trim_start_matches(is_blank))
    }

    /// Whether the text begins with the end of a place's or an office's name, blanks before it aside.
    #[must_use]
    pub fn is_place(&self, text: &str) -> bool {
        let text = text.trim_start_matches(is_blank);
        any_starts(&self.places, text) && !any_starts(&self.not_places, text)
    }

    /// Whether the text begins with an agency's letters and the year of a document number (`政办发〔`).
    #[must_use]
    pub fn is_agency(&self, text: &str) -> bool {
        let letters = text.chars().take_while(|c| self.agencies.contains(*c)).count();
        letters > 0 && text.chars().nth(letters).is_some_and(|c| matches!(c, '〔' | '[' | '［' | '(' | '（'))
    }

    /// Whether the text begins with a unit of length, blanks before it aside.
    #[must_use]
    pub fn is_length(&self, text: &str) -> bool {
        any_starts(&self.lengths, text.trim_start_matches(is_blank))
    }

    /// The mask before a unit that is written in letters (`XXkm`), in characters.
    #[must_use]
    pub fn without_unit(&self, token: &str) -> Option<usize> {
        self.letter_units.iter().find_map(|u| token.strip_suffix(u.as_str())).map(|head| head.chars().count())
    }

    /// Whether the token is a word of its own (`x86`).
    #[must_use]
    pub fn is_word(&self, token: &str) -> bool {
        self.tokens.iter().any(|t| t.eq_ignore_ascii_case(token))
    }

    /// Whether the character opens a number plate.
    #[must_use]
    pub fn is_plate(&self, c: char) -> bool {
        self.plates.contains(c)
    }
}

impl Blanks {
    /// Whether the content of a bracket that begins with the character may be a prompt or the name of a variable.
    #[must_use]
    pub fn may_be_open(&self, first: char) -> bool {
        let openers = self.openers.get_or_init(|| {
            let prompts = self.prompts.iter().chain(&self.round_prompts).chain(&self.variables);
            let notes = self.note_places.iter().chain(&self.note_subjects).chain(&self.unchecked);
            let words = prompts.chain(notes).map(|word| word.chars().next());
            let mut openers: Vec<Option<char>> = words.chain([Some(PLEASE)]).collect();
            openers.sort_unstable();
            openers.dedup();
            openers
        });
        // Anything begins with an empty word.
        openers.first().is_some_and(Option::is_none) || openers.binary_search(&Some(first)).is_ok()
    }

    /// Whether the content of a bracket is addressed to the drafter; round brackets also hold words for the reader.
    #[must_use]
    pub fn is_prompt(&self, content: &str, round: bool) -> bool {
        any_starts(if round { &self.round_prompts } else { &self.prompts }, content)
    }

    /// Whether the content of a bracket is one remark of those who draft a paper to one another, and nothing else.
    #[must_use]
    pub fn is_note(&self, content: &str) -> bool {
        if content.contains(['，', ',', '；', ';', '：', ':', '。']) {
            return false;
        }
        // 数据截至何时？
        if let Some(question) = content.strip_suffix(['？', '?']) {
            return !question.contains(['？', '?']) && any_starts(&self.note_subjects, question);
        }
        // 请局领导审定, and no 请各单位核实.
        if let Some(whom) = content.strip_prefix(PLEASE) {
            let senior = || any_in(&self.note_seniors, whom) && any_ends(&self.note_decisions, whom);
            let office = || any_in(&self.note_offices, whom) && any_ends(&self.note_work, whom);
            return (senior() || office()) && !any_in(&self.note_readers, whom);
        }
        // 此处数据待县统计局核实
        let Some(place) = self.note_places.iter().find(|w| content.starts_with(w.as_str())) else { return false };
        let said = &content[place.len()..];
        let asked = self.note_asks.iter().filter_map(|w| said.find(w.as_str()).map(|at| &said[at + w.len()..]));
        asked.max_by_key(|rest| rest.len()).is_some_and(|rest| any_in(&self.note_work, rest))
    }

    /// Whether the content of a bracket says that the figure before it is not settled, which ends this clause: what is
    /// counted in persons and cases may be these themselves.
    #[must_use]
    pub fn is_unchecked(&self, content: &str, clause: &str) -> bool {
        let is_countable = || clause.ends_with(|c| self.countable.contains(c));
        self.unchecked.iter().any(|w| w == content) && (!is_countable() || any_in(&self.results, clause))
    }

    /// Whether the text begins with a prompt that needs no bracket where it stands alone.
    #[must_use]
    pub fn is_bare_prompt(&self, text: &str) -> bool {
        any_starts(&self.bare_prompts, text)
    }

    /// Whether the content of a bracket is the name of a variable.
    #[must_use]
    pub fn is_variable(&self, content: &str) -> bool {
        self.variables.iter().any(|v| v == content)
    }

    /// The words that a placeholder begins with.
    pub(super) fn literals(&self) -> impl Iterator<Item = (String, Owner)> {
        let lists = [(&self.pending, Sign::Pending), (&self.bare_prompts, Sign::Prompt), (&self.todo, Sign::Todo)];
        lists.into_iter().flat_map(|(list, sign)| list.iter().map(move |w| (w.clone(), Owner::Placeholder(sign))))
    }

    /// The length of the word at the start of the text that says of a field that it is still open.
    #[must_use]
    pub fn pending(&self, text: &str) -> Option<usize> {
        self.pending.iter().filter(|w| text.starts_with(w.as_str())).map(String::len).max()
    }

    /// Whether the word is a mark of work to be done, and what follows does not make it a name.
    #[must_use]
    pub fn is_todo(&self, word: &str, rest: &str) -> bool {
        self.todo.iter().any(|t| t == word) && !any_starts(&self.not_todo, rest.trim_start_matches(is_blank))
    }

    /// Whether the text begins with what only a certain place, office or person bears.
    #[must_use]
    pub fn is_named(&self, text: &str) -> bool {
        any_starts(&self.named, text)
    }

    /// Whether the character before a hidden given name is a surname; a preposition is none before a place.
    #[must_use]
    pub fn is_surname(&self, c: char, rest: &str) -> bool {
        self.surnames.contains(c) || (self.prepositions.contains(c) && !self.is_named(rest))
    }

    /// Whether the text ends in a surname of two characters.
    #[must_use]
    pub fn ends_in_surname(&self, text: &str) -> bool {
        any_ends(&self.double_surnames, text)
    }

    /// Whether the text begins with what a body with a hidden name is called.
    #[must_use]
    pub fn is_body(&self, text: &str) -> bool {
        any_starts(&self.bodies, text)
    }

    /// Whether a title is that of a form to be filled in.
    #[must_use]
    pub fn is_form(&self, title: &str) -> bool {
        ends_title(&self.forms, title)
    }

    /// Whether a title is that of a model text.
    #[must_use]
    pub fn is_model(&self, title: &str) -> bool {
        ends_title(&self.models, title)
    }
}

/// Whether a title ends with one of the words, before or within a bracket at its end (样式).
fn ends_title(words: &[String], title: &str) -> bool {
    let title = title.trim_end_matches(|c: char| is_blank(c) || matches!(c, '》' | '”'));
    let inner = title.strip_suffix(['）', ')']);
    let outer = inner.and_then(|t| t.rfind(['（', '(']).map(|at| &t[..at]));
    [Some(title), inner, outer].into_iter().flatten().any(|t| any_ends(words, t))
}

/// The two tables of words on their way into types.
#[derive(Debug, Default)]
pub(super) struct Collection {
    masks: Table,
    blanks: Table,
    examples: Vec<Example>,
}

/// The files that the binary carries.
const MASKS: Source = source!("placeholders/masks");
const BLANKS: Source = source!("placeholders/blanks");

/// The rules that the tables speak for.
const MASK: &str = "placeholder-mask";
const BLANK: &str = "placeholder-blank";

impl Collection {
    /// The words that the binary carries.
    ///
    /// # Panics
    /// Never in a tested build: the files are part of the source.
    pub(super) fn embedded() -> Self {
        let mut all = Self::default();
        for (Source { name, toml: text, .. }, rule) in [(MASKS, MASK), (BLANKS, BLANK)] {
            let mut sheet = Sheet::parse(text).unwrap_or_else(|faults| panic!("{name}: {faults:?}"));
            all.examples.extend(examples((name, true), text, &mut sheet, rule));
            let words = if rule == MASK { &mut all.masks } else { &mut all.blanks };
            words.extend(sheet.rest::<Value>().into_iter().map(|(key, value)| (key.value, value.value)));
            let faults = sheet.finish();
            assert!(faults.is_empty(), "{name}: {faults:?}");
        }
        all
    }

    /// Adds the words of a user's file, which stand under `[masks]` and `[blanks]`, to the lists of the same names.
    pub(super) fn extend(&mut self, name: &str, text: &str, sheet: &mut Sheet<'_>) {
        for (key, rule) in [("masks", MASK), ("blanks", BLANK)] {
            let Some(mut table) = sheet.sheet(key) else { continue };
            let examples = examples((name, false), text, &mut table, rule);
            for missing in [Some(rule), None].into_iter().filter(|kind| examples.iter().all(|e| e.rule != *kind)) {
                let list = if missing.is_some() { "hits" } else { "misses" };
                let message =
                    Words::new(format!("`{list}` 至少写一句"), format!("`{list}` must hold at least one sentence"));
                table.fault(Fault::new(table.span(), message));
            }
            self.examples.extend(examples);
            let words = if rule == MASK { &mut self.masks } else { &mut self.blanks };
            for (key, value) in table.rest::<Value>() {
                let known: Vec<String> = words.keys().cloned().collect();
                match (words.get_mut(&key.value), value.value) {
                    (Some(Value::Array(list)), Value::Array(added)) if added.iter().all(Value::is_str) => {
                        list.extend(added);
                    }
                    (Some(Value::String(all)), Value::String(added)) => all.push_str(&added),
                    (Some(Value::String(_)), _) => {
                        let message =
                            Words::new("应是字符串，每个字是一项", "a string belongs here, each character an item");
                        table.fault(Fault::new(value.span, message));
                    }
                    (Some(_), _) => {
                        let message = Words::new("应是字符串的列表", "a list of strings belongs here");
                        table.fault(Fault::new(value.span, message));
                    }
                    (None, _) => {
                        let known = known.iter().map(String::as_str).chain(["hits", "misses"]);
                        table.fault(Fault::unknown(key.span, ("键", "key"), &key.value, known));
                    }
                }
            }
            for fault in table.finish() {
                sheet.fault(fault);
            }
        }
    }

    /// The words, ready to be asked.
    ///
    /// # Panics
    /// Never in a tested build: the embedded tables are complete, and what was added has their form.
    pub(super) fn build(self) -> Placeholders {
        Placeholders {
            masks: self.masks.try_into().unwrap_or_else(|e| panic!("rules/placeholders/masks.toml: {e}")),
            blanks: self.blanks.try_into().unwrap_or_else(|e| panic!("rules/placeholders/blanks.toml: {e}")),
            examples: self.examples,
        }
    }
}

/// The sentences of a table.
fn examples((name, ours): (&str, bool), text: &str, sheet: &mut Sheet<'_>, rule: &'static str) -> Vec<Example> {
    let lines = LineIndex::new(text);
    let mut out = Vec::new();
    for (key, rule) in [("hits", Some(rule)), ("misses", None)] {
        out.extend(sheet.each::<String>(key).into_iter().map(|s| Example {
            file: name.to_owned(),
            ours,
            line: lines.line_of(s.span.start) + 1,
            rule,
            sentence: s.value,
        }));
    }
    out
}
