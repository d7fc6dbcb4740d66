//! The words of all rules: one pass over a paragraph tells each rule where to look closer.

use std::collections::HashMap;
use std::fmt;
use std::hash::{BuildHasherDefault, Hasher};
use std::ops::Range;

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

/// The words of all rules.
pub struct Literals {
    /// In the order of their first characters, then of the alphabet; one that several look for stands there for each.
    words: Vec<Word>,
    /// Where the words with the same first characters begin in `words`, and where they end.
    groups: HashMap<Last, Range<u32>, BuildHasherDefault<Mixer>>,
    /// Where they have to be asked for at all.
    starts: Starts,
}

/// A word that is looked for.
#[derive(Debug)]
struct Word {
    /// Its first three characters, or what it has of them.
    first: Last,
    text: String,
    owner: Owner,
}

impl fmt::Debug for Literals {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Literals").field("words", &self.words.len()).finish_non_exhaustive()
    }
}

/// Where the words have to be asked for at all: few places of a text begin one, and to look it up costs several times as
/// much as to see that.
struct Starts {
    /// What each character of the basic plane can be.
    classes: Box<[Class; 0x1_0000]>,
    /// The words of two characters.
    pairs: Set,
    /// The first three characters of longer words.
    triples: Set,
}

/// The last three characters that were read, 21 bits each, counted from 1: 0 is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Last(u64);

impl Last {
    const BITS: u32 = 21;

    #[inline]
    fn then(self, c: char) -> Self {
        Self((self.0 << Self::BITS | (u64::from(u32::from(c)) + 1)) & ((1 << (3 * Self::BITS)) - 1))
    }

    /// The last two of them.
    #[inline]
    fn pair(self) -> Self {
        Self(self.0 & ((1 << (2 * Self::BITS)) - 1))
    }

    /// The last of them.
    #[inline]
    fn single(self) -> Self {
        Self(self.0 & ((1 << Self::BITS) - 1))
    }

    /// The last of them as a character.
    fn char(self) -> Option<char> {
        char::from_u32((self.single().0 as u32).checked_sub(1)?)
    }

    /// How many bytes they take up.
    fn len(self) -> usize {
        let each = (0..3).map(|nth| Self(self.0 >> (nth * Self::BITS)));
        each.filter_map(Self::char).map(char::len_utf8).sum()
    }
}

/// Hashes one number. The words are ours and the user's own: nobody sets out to make them collide.
#[derive(Default)]
struct Mixer(u64);

impl Mixer {
    const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;
}

impl Hasher for Mixer {
    fn write_u64(&mut self, number: u64) {
        let product = (self.0 ^ number).wrapping_mul(Self::FACTOR);
        // The high bits depend on all of the number, and a map takes the low ones as well.
        self.0 = product ^ (product >> 32);
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|&b| self.write_u64(b.into()));
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// A set of hashes: never without what was put in, seldom with anything else.
struct Set(Box<[u64; 1 << (Set::BITS - 6)]>);

impl Set {
    const BITS: u32 = 18;

    #[inline]
    fn place(last: Last) -> (usize, u64) {
        let bits = last.0.wrapping_mul(Mixer::FACTOR) >> (64 - Self::BITS);
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
    fn of(words: &[Word]) -> Self {
        let empty = || Set(Box::new([0; _]));
        let mut starts = Self { classes: Box::new(CLASSES), pairs: empty(), triples: empty() };
        for Word { first, .. } in words {
            if *first == first.single() {
                if let Some(class) = first.char().and_then(|c| starts.classes.get_mut(c as usize)) {
                    class.0 |= Class::WORD;
                }
            } else if *first == first.pair() {
                starts.pairs.insert(*first);
            } else {
                starts.triples.insert(*first);
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
    /// Words and their owners.
    pub(super) fn new(words: impl IntoIterator<Item = (String, Owner)>) -> Self {
        let first = |word: &str| word.chars().take(3).fold(Last(0), Last::then);
        let mut words: Vec<Word> =
            words.into_iter().map(|(text, owner)| Word { first: first(&text), text, owner }).collect();
        words.sort_by(|a, b| (a.first, &a.text).cmp(&(b.first, &b.text)));
        let mut groups = HashMap::default();
        let mut end = 0;
        for group in words.chunk_by(|a, b| a.first == b.first) {
            let start = end;
            end += group.len() as u32;
            groups.insert(group[0].first, start..end);
        }
        let starts = Starts::of(&words);
        Self { words, groups, starts }
    }

    /// The words of the entries alone.
    #[must_use]
    pub fn of(terms: &Terms) -> Self {
        Self::new(terms.literals())
    }

    /// The words with these first characters.
    fn group(&self, first: Last) -> &[Word] {
        self.groups.get(&first).map_or(&[], |range| &self.words[range.start as usize..range.end as usize])
    }

    /// Reads a paragraph once. Blanks and line ends inside a word do not hide it.
    #[must_use]
    pub fn sight<'t>(&self, text: &'t str) -> Sighting<'t> {
        let (mut signs, mut gaps) = (Vec::new(), Vec::new());
        // The first characters of what may be a word, and where they end in the joined text.
        let mut begun: Vec<(Last, usize)> = Vec::new();
        // How much was left out, and up to where.
        let (mut left_out, mut skipped) = (0, 0);
        let mut last = Last(0);
        for (at, c) in text.char_indices() {
            let class = self.starts.class(c);
            let now = last.then(c);
            let (longer, pair) = (self.starts.triples.has(now), self.starts.pairs.has(now.pair()));
            if class == Class::NONE && !longer && !pair {
                last = now;
                continue;
            }
            if class.is(Class::GAP) {
                if at < skipped {
                    continue;
                }
                if let Some(len) = last.char().is_some_and(is_han).then(|| tear(&text[at..])).flatten() {
                    gaps.push(Span::new(at, at + len));
                    (left_out, skipped) = (left_out + len, at + len);
                    continue;
                }
            }
            if class.is(Class::SIGN) {
                signs.extend(Sign::new(c).map(|sign| (sign, at)));
            }
            let end = at + c.len_utf8() - left_out;
            // At the beginning of the text fewer than three characters have been read.
            if longer && now != now.pair() {
                begun.push((now, end));
            }
            if pair && now.pair() != now.single() {
                begun.push((now.pair(), end));
            }
            if class.is(Class::WORD) {
                begun.push((now.single(), end));
            }
            last = now;
        }
        let joined = Joined::new(text, &gaps);
        let mut words = Vec::new();
        for (first, end) in begun {
            let start = end - first.len();
            standing(self.group(first), &joined.text()[start..], end - start, |word| {
                words.push((word.owner, Span::new(start, start + word.text.len())));
            });
        }
        words.sort_by_key(|(_, span)| (span.end, span.start));
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

/// So many words are sooner compared one by one than halved.
const FEW: usize = 12;

/// Tells of those words of a group that the text begins with, the shortest first. All of the group are sorted and have
/// the first `len` bytes of the text.
fn standing<'w>(mut group: &'w [Word], text: &str, mut len: usize, mut tell: impl FnMut(&'w Word)) {
    if group.len() <= FEW {
        return group.iter().filter(|word| text.starts_with(word.text.as_str())).for_each(tell);
    }
    while !group.is_empty() {
        // Those that end here come before those that go on.
        let whole = group.partition_point(|word| word.text.len() == len);
        group[..whole].iter().for_each(&mut tell);
        let Some(c) = text[len..].chars().next() else { return };
        let next = &text.as_bytes()[len..len + c.len_utf8()];
        let compare = |word: &Word| {
            let rest = &word.text.as_bytes()[len..];
            rest[..rest.len().min(next.len())].cmp(next)
        };
        group = &group[whole..];
        group = &group[group.partition_point(|word| compare(word).is_lt())..];
        group = &group[..group.partition_point(|word| compare(word).is_eq())];
        len += next.len();
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
