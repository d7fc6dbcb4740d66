//! The words of all rules in one automaton: one pass over a paragraph tells each rule where to look closer.

use std::collections::HashMap;
use std::fmt;

use daachorse::{CharwiseDoubleArrayAhoCorasick, CharwiseDoubleArrayAhoCorasickBuilder};

use super::placeholders::Sign;
use super::terms::Terms;
use crate::text::{Joined, Span, is_gap, is_han, tear};

/// Whose word it is, and which of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Owner {
    /// A spelling of a term.
    Spelling(usize),
    /// The name of a list or of a stretch of years.
    Name(usize),
    /// One of the first two items of a list: which list, and which item.
    Item(usize, usize),
    /// What opens a phrase that was left behind.
    Phrase(usize),
    /// A word that was written twice.
    Twice,
    /// What a placeholder begins with.
    Placeholder(Sign),
}

type Automaton = CharwiseDoubleArrayAhoCorasick<u32>;

/// The words of all rules.
pub struct Literals {
    /// Yields an index into `owners`; `None` where there is no word.
    automaton: Option<Automaton>,
    /// Where it has to be asked at all.
    starts: Starts,
    /// Those who share a word.
    owners: Vec<Vec<Owner>>,
}

impl fmt::Debug for Literals {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Literals").field("words", &self.owners.len()).finish_non_exhaustive()
    }
}

/// Where the automaton has to be asked at all: few places of a text begin a word, and it costs several times as much as
/// to see that.
struct Starts {
    /// What each character of the basic plane can be.
    classes: Box<[Class; 0x1_0000]>,
    /// The words of two characters.
    pairs: Set,
    /// The first three characters of longer words.
    triples: Set,
}

/// The last three characters that were read, 21 bits each.
#[derive(Clone, Copy)]
struct Last(u64);

impl Last {
    const BITS: u32 = 21;

    #[inline]
    fn then(self, c: char) -> Self {
        Self((self.0 << Self::BITS | u64::from(u32::from(c))) & ((1 << (3 * Self::BITS)) - 1))
    }

    /// The last two of them.
    #[inline]
    fn pair(self) -> Self {
        Self(self.0 & ((1 << (2 * Self::BITS)) - 1))
    }

    /// The `nth` from the end.
    fn back(self, nth: u32) -> char {
        char::from_u32((self.0 >> (nth * Self::BITS)) as u32 & ((1 << Self::BITS) - 1)).unwrap_or('\0')
    }
}

/// A set of hashes: never without what was put in, seldom with anything else.
struct Set(Box<[u64; 1 << (Set::BITS - 6)]>);

impl Set {
    const BITS: u32 = 18;

    #[inline]
    fn place(last: Last) -> (usize, u64) {
        let bits = last.0.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (64 - Self::BITS);
        ((bits >> 6) as usize, 1 << (bits & 63))
    }

    fn insert(&mut self, last: Last) {
        let (cell, bit) = Self::place(last);
        self.0[cell] |= bit;
    }

    #[inline]
    fn has(&self, last: Last) -> bool {
        let (cell, bit) = Self::place(last);
        self.0[cell] & bit != 0
    }
}

/// What a character can be besides a part of a longer word: a set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Class(u8);

impl Class {
    const NONE: Self = Self(0);
    /// The sign of a placeholder.
    const SIGN: u8 = 1;
    /// A word by itself.
    const WORD: u8 = 2;
    /// What can tear a word.
    const GAP: u8 = 4;

    fn is(self, what: u8) -> bool {
        self.0 & what != 0
    }
}

/// What the characters can be whatever the words are.
static CLASSES: [Class; 0x1_0000] = {
    let mut table = [Class::NONE; 0x1_0000];
    let mut code = 0;
    while code < table.len() {
        if let Some(c) = char::from_u32(code as u32) {
            let sign = if Sign::new(c).is_some() { Class::SIGN } else { 0 };
            table[code] = Class(sign | if is_gap(c) { Class::GAP } else { 0 });
        }
        code += 1;
    }
    table
};

impl Starts {
    fn of<'w>(words: impl Iterator<Item = &'w str>) -> Self {
        let empty = || Set(Box::new([0; _]));
        let mut starts = Self { classes: Box::new(CLASSES), pairs: empty(), triples: empty() };
        for word in words {
            let last = word.chars().take(3).fold(Last(0), Last::then);
            match word.chars().take(3).count() {
                3 => starts.triples.insert(last),
                2 => starts.pairs.insert(last),
                _ => {
                    let single = word.chars().next().and_then(|c| starts.classes.get_mut(c as usize));
                    if let Some(class) = single {
                        class.0 |= Class::WORD;
                    }
                }
            }
        }
        starts
    }

    /// What the character can be; beyond the basic plane it may be a word.
    #[inline]
    fn class(&self, c: char) -> Class {
        self.classes.get(c as usize).copied().unwrap_or(Class(Class::WORD))
    }
}

/// What stands in a paragraph.
#[derive(Debug)]
pub struct Sighting<'t> {
    /// The paragraph with its words whole again.
    joined: Joined<'t>,
    /// The words in the joined text, in the order of their ends.
    words: Vec<(Owner, Span)>,
    /// Where a placeholder may begin in the paragraph as written, in order.
    signs: Vec<(Sign, usize)>,
}

impl Literals {
    /// An automaton of words and their owners.
    ///
    /// # Panics
    /// When the words are more than an automaton holds: some millions.
    pub(super) fn new(words: impl IntoIterator<Item = (String, Owner)>) -> Self {
        let mut owners: Vec<Vec<Owner>> = Vec::new();
        let mut index: HashMap<String, u32> = HashMap::new();
        for (word, owner) in words {
            let group = *index.entry(word).or_insert_with(|| {
                owners.push(Vec::new());
                owners.len() as u32 - 1
            });
            owners[group as usize].push(owner);
        }
        let mut words: Vec<(String, u32)> = index.into_iter().collect();
        words.sort_unstable();
        let starts = Starts::of(words.iter().map(|(word, _)| word.as_str()));
        let automaton = (!words.is_empty()).then(|| {
            let builder = CharwiseDoubleArrayAhoCorasickBuilder::new().use_prefilter(false);
            let mut automaton = builder.build_with_values(words).expect("fewer words than an automaton holds");
            automaton.cache_depths().expect("it was just built");
            automaton
        });
        Self { automaton, starts, owners }
    }

    /// An automaton of the entries alone.
    #[must_use]
    pub fn of(terms: &Terms) -> Self {
        Self::new(terms.literals())
    }

    /// Reads a paragraph once. Blanks and line ends inside a word do not hide it.
    #[must_use]
    pub fn sight<'t>(&self, text: &'t str) -> Sighting<'t> {
        let (mut words, mut signs, mut gaps) = (Vec::new(), Vec::new(), Vec::new());
        // How much was left out, and up to where.
        let (mut left_out, mut skipped) = (0, 0);
        // What has been read of a word.
        let mut reading = None;
        let mut last = Last(0);
        for (at, c) in text.char_indices() {
            let class = self.starts.class(c);
            let now = last.then(c);
            let (longer, pair) = (self.starts.triples.has(now), self.starts.pairs.has(now.pair()));
            if class == Class::NONE && !longer && !pair && reading.is_none() {
                last = now;
                continue;
            }
            if class.is(Class::GAP) {
                if at < skipped {
                    continue;
                }
                if let Some(len) = is_han(last.back(0)).then(|| tear(&text[at..])).flatten() {
                    gaps.push(Span::new(at, at + len));
                    (left_out, skipped) = (left_out + len, at + len);
                    continue;
                }
            }
            if class.is(Class::SIGN) {
                signs.extend(Sign::new(c).map(|sign| (sign, at)));
            }
            if reading.is_none() && (longer || pair || class.is(Class::WORD)) {
                reading = self.automaton.as_ref().map(|automaton| {
                    let mut stepper = automaton.find_overlapping_stepper();
                    if longer {
                        stepper.consume(now.back(2));
                    }
                    if longer || pair {
                        stepper.consume(now.back(1));
                    }
                    stepper
                });
            }
            last = now;
            if let Some(stepper) = &mut reading {
                stepper.consume(c);
                let end = at + c.len_utf8() - left_out;
                for found in stepper.matches() {
                    let span = Span::new(end - (found.end() - found.start()), end);
                    words.extend(self.owners[found.value() as usize].iter().map(|&owner| (owner, span)));
                }
                // With two characters of a word read, the next one tells whether it goes on.
                if stepper.depth().is_none_or(|depth| depth < 3) {
                    reading = None;
                }
            }
        }
        let joined = Joined::new(text, &gaps);
        let known = signs.len();
        signs.extend(words.iter().filter_map(|&(owner, span)| match owner {
            Owner::Placeholder(sign) => Some((sign, joined.original(span).start)),
            _ => None,
        }));
        if signs.len() > known {
            signs.sort_by_key(|&(_, at)| at);
        }
        Sighting { joined, words, signs }
    }
}

impl<'t> Sighting<'t> {
    /// The paragraph with its words whole again.
    pub(super) fn joined(&self) -> &Joined<'t> {
        &self.joined
    }

    /// The words that `of` takes for its own, with their places in the joined text, in the order of their ends.
    pub(super) fn words<T>(&self, of: impl Fn(Owner) -> Option<T>) -> impl Iterator<Item = (T, Span)> {
        self.words.iter().filter_map(move |&(owner, span)| Some((of(owner)?, span)))
    }

    /// Where words that were written twice in a row stand in the paragraph: those without a gap between them.
    pub fn twice(&self) -> impl Iterator<Item = Span> {
        self.words(|owner| (owner == Owner::Twice).then_some(())).filter_map(|((), span)| {
            let written = self.joined.original(span);
            (written.len() == span.len()).then_some(written)
        })
    }

    /// Where a placeholder may begin, and by what sign, in the order of the text.
    #[must_use]
    pub fn signs(&self) -> &[(Sign, usize)] {
        &self.signs
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const WORDS: [&str; 8] = ["甲", "甲乙", "乙丙丁", "丙", "丁丁", "ab", "𠮷", "𠮷甲"];

    proptest! {
        /// Every place of every word is found, however words overlap and gaps tear them, and nothing else.
        #[test]
        fn finds_what_stands_there(text in "[甲乙丙丁ab𠮷 \n，x]{0,40}") {
            let literals = Literals::new(WORDS.iter().enumerate().map(|(i, w)| ((*w).to_owned(), Owner::Name(i))));
            let sighting = literals.sight(&text);
            let mut whole = String::new();
            for (at, c) in text.char_indices() {
                let torn = is_gap(c)
                    && whole.ends_with(is_han)
                    && text[at..].trim_start_matches(is_gap).starts_with(is_han);
                if !torn {
                    whole.push(c);
                }
            }
            prop_assert_eq!(sighting.joined().text(), &whole);
            let mut expected = Vec::new();
            for (i, word) in WORDS.iter().enumerate() {
                let places = (0..whole.len()).filter(|&at| whole.is_char_boundary(at) && whole[at..].starts_with(word));
                expected.extend(places.map(|at| (i, Span::new(at, at + word.len()))));
            }
            let name = |owner| if let Owner::Name(i) = owner { Some(i) } else { None };
            let mut found: Vec<_> = sighting.words(name).collect();
            found.sort_by_key(|&(i, span)| (i, span.start));
            prop_assert_eq!(found, expected);
            let signs: Vec<usize> = sighting.signs().iter().map(|&(_, at)| at).collect();
            prop_assert_eq!(signs, text.match_indices('x').map(|(at, _)| at).collect::<Vec<_>>());
        }
    }
}
