//! The words of all rules in one automaton: one pass over a paragraph tells each rule where to look closer.

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

/// Where the automaton has to be asked at all: few places of a text begin a word, and it costs many times as much as to
/// see that.
///
/// The words are dealt out to a few groups. For each character there is the set of the groups that have a word with it
/// in the first, the second or the third place; the characters of a text are read through these sets, and where a group
/// is left after three of them, or after the two of a word that has no third, one of its words may have begun. Characters
/// share the sets of a small table: it has to stay at hand, and to be asked in vain now and then costs less.
struct Starts(Box<[Places; Starts::SIZE]>);

/// What a character can be: in which groups, and in which places of their words; or what it is by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Places(u32);

impl Places {
    /// The sign of a placeholder.
    const SIGN: u32 = 1;
    /// What can tear a word.
    const GAP: u32 = 1 << 1;
    /// A word by itself.
    const WORD: u32 = 1 << 2;
    /// The groups: of words of two characters, and of longer ones.
    const PAIRS: u32 = 3;
    const LONGER: u32 = 6;
    const GROUPS: u32 = Self::PAIRS + Self::LONGER;
    /// The first character of a word of the first group; those of the other groups follow.
    const FIRST: u32 = 1 << 3;
    const SECOND: u32 = Self::FIRST << Self::GROUPS;
    const THIRD: u32 = Self::SECOND << Self::GROUPS;
    /// The second character of a word of two, in any group.
    const PAIR: u32 = Self::SECOND * ((1 << Self::PAIRS) - 1);
    /// The third character of a longer word, in any group.
    const TRIPLE: u32 = Self::THIRD * ((1 << Self::GROUPS) - (1 << Self::PAIRS));
    /// What needs nothing before it.
    const OPENS: u32 = Self::SECOND - 1;
    /// What cannot be passed over.
    const ALERT: u32 = Self::SIGN | Self::GAP | Self::WORD | Self::PAIR | Self::TRIPLE;

    #[inline]
    fn is(self, what: u32) -> bool {
        self.0 & what != 0
    }

    /// What the next character can be behind this one.
    #[inline]
    fn then(self, next: Self) -> Self {
        Self(next.0 & (self.0 << Self::GROUPS | Self::OPENS))
    }
}

/// What the characters are by themselves, whatever the words are.
static ALONE: [Places; Starts::SIZE] = {
    let mut table = [Places(0); _];
    let mut code = 0;
    while code <= 0xffff {
        if let Some(c) = char::from_u32(code) {
            let sign = if Sign::new(c).is_some() { Places::SIGN } else { 0 };
            table[code as usize % Starts::SIZE].0 |= sign | if is_gap(c) { Places::GAP } else { 0 };
        }
        code += 1;
    }
    table
};

impl Starts {
    const SIZE: usize = 1 << 12;

    fn of<'w>(words: impl Iterator<Item = &'w str>) -> Self {
        let mut starts = Self(Box::new(ALONE));
        for word in words {
            let mut chars = word.chars();
            let (Some(first), second, third) = (chars.next(), chars.next(), chars.next()) else { continue };
            // Words that begin alike are in one group: the fewer groups a character opens the better.
            let group = match third {
                None => u32::from(first) % Places::PAIRS,
                Some(_) => Places::PAIRS + u32::from(first) % Places::LONGER,
            };
            let Some(second) = second else {
                starts.add(first, Places::WORD);
                continue;
            };
            starts.add(first, Places::FIRST << group);
            starts.add(second, Places::SECOND << group);
            if let Some(third) = third {
                starts.add(third, Places::THIRD << group);
            }
        }
        starts
    }

    fn add(&mut self, c: char, places: u32) {
        self.0[c as usize % Self::SIZE].0 |= places;
    }

    /// Reads on from a byte of a text to the next character that cannot be passed over, or with `closely` only to the next
    /// one: where it stands, and what it can be behind those that were read before.
    #[inline]
    fn next(&self, text: &[u8], mut at: usize, read: &mut Read, closely: bool) -> Option<(usize, Places)> {
        let mut passed = *read;
        loop {
            // Most of a text is characters of three bytes, one behind the other.
            let run = if closely { &[] } else { &text[at..] };
            for han in run.chunks_exact(3) {
                let &[0xe0..0xf0, b, c] = han else { break };
                let places = passed.places.then(self.0[row(b, c)]);
                if places.is(Places::ALERT) {
                    *read = passed;
                    return Some((at, places));
                }
                passed = passed.then(at, places);
                at += han.len();
            }
            let (row, width) = match text[at..] {
                [0xe0..0xf0, b, c, ..] => (row(b, c), 3),
                [a @ 0..0x80, ..] => (usize::from(a), 1),
                [0xf0..=0xff, _, c, d, ..] => (row(c, d), 4),
                [a, b, ..] => (row(a & 0x1f, b), 2),
                _ => return None,
            };
            let places = passed.places.then(self.0[row]);
            if places.is(Places::ALERT) || closely {
                *read = passed;
                return Some((at, places));
            }
            passed = passed.then(at, places);
            at += width;
        }
    }
}

/// The lowest bits of the code of a character, which tell its sets, by its last two bytes. The first byte of a character of
/// three or four bytes has none of these bits.
#[inline]
fn row(penult: u8, last: u8) -> usize {
    usize::from(penult & 0x3f) << 6 | usize::from(last & 0x3f)
}

/// What has been read of a text: where the last two characters stand, and what the last one can be.
#[derive(Clone, Copy)]
struct Read {
    before: usize,
    last: usize,
    places: Places,
}

impl Read {
    /// Nothing of this text, behind which no character stands.
    fn nothing(text: &str) -> Self {
        Self { before: text.len(), last: text.len(), places: Places(0) }
    }

    #[inline]
    fn then(self, at: usize, places: Places) -> Self {
        Self { before: self.last, last: at, places }
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
        let mut words: Vec<(String, Owner)> = words.into_iter().collect();
        words.sort_by(|(a, _), (b, _)| a.cmp(b));
        let shared = || words.chunk_by(|(a, _), (b, _)| a == b);
        let distinct = || shared().map(|same| same[0].0.as_str());
        let owners = shared().map(|same| same.iter().map(|&(_, owner)| owner).collect()).collect();
        let starts = Starts::of(distinct());
        let automaton = (!words.is_empty()).then(|| {
            let builder = CharwiseDoubleArrayAhoCorasickBuilder::new().use_prefilter(false);
            let mut automaton =
                builder.build_with_values(distinct().zip(0u32..)).expect("fewer words than an automaton holds");
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
        // How much was left out.
        let mut left_out = 0;
        let mut read = Read::nothing(text);
        // Where a word may have begun, it is followed.
        let mut word = None;
        let mut next = 0;
        while let Some((at, now)) = self.starts.next(text.as_bytes(), next, &mut read, word.is_some()) {
            let Some(c) = char_at(text, at) else { break };
            next = at + c.len_utf8();
            if now.is(Places::GAP)
                && is_gap(c)
                && char_at(text, read.last).is_some_and(is_han)
                && let Some(len) = tear(&text[at..])
            {
                next = at + len;
                gaps.push(Span::new(at, next));
                left_out += len;
                continue;
            }
            if now.is(Places::SIGN)
                && let Some(sign) = Sign::new(c)
            {
                signs.push((sign, at));
            }
            if word.is_none()
                && now.is(Places::TRIPLE | Places::PAIR | Places::WORD)
                && let Some(automaton) = &self.automaton
            {
                let mut stepper = automaton.find_overlapping_stepper();
                if now.is(Places::TRIPLE)
                    && let Some(before) = char_at(text, read.before)
                {
                    stepper.consume(before);
                }
                if now.is(Places::TRIPLE | Places::PAIR)
                    && let Some(last) = char_at(text, read.last)
                {
                    stepper.consume(last);
                }
                // Where those before begin nothing, this one may still be a word by itself.
                word = (stepper.depth().is_some_and(|depth| depth > 0) || now.is(Places::WORD)).then_some(stepper);
            }
            read = read.then(at, now);
            if let Some(stepper) = &mut word {
                stepper.consume(c);
                let end = next - left_out;
                for found in stepper.matches() {
                    let span = Span::new(end - (found.end() - found.start()), end);
                    words.extend(self.owners[found.value() as usize].iter().map(|&owner| (owner, span)));
                }
                // With two characters of a word read, the next one tells whether it goes on.
                if stepper.depth().is_none_or(|depth| depth < 3) {
                    word = None;
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

/// The character at a byte of a text.
#[inline]
fn char_at(text: &str, at: usize) -> Option<char> {
    text[at..].chars().next()
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
