//! The words of all rules in one automaton: one pass over a paragraph tells each rule where to look closer.

use std::fmt;

use daachorse::charwise::iter::FindOverlappingStepper;
use daachorse::{CharwiseDoubleArrayAhoCorasick, CharwiseDoubleArrayAhoCorasickBuilder};

use super::placeholders::Sign;
use super::terms::Terms;
use crate::text::{Document, Joined, Span, is_blank, is_gap, is_han, tear};

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
    /// Yields the index of a word; `None` where there is no word.
    automaton: Option<Automaton>,
    /// Where it has to be asked at all.
    starts: Starts,
    /// The words of one character with their indices, in order. Where nothing longer stands they are found without it.
    singles: Vec<(char, u32)>,
    /// The owners, word by word.
    owners: Vec<Owner>,
    /// Where those of a word end, and those of the next one begin; the first ones at the start.
    ends: Vec<u32>,
}

impl fmt::Debug for Literals {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Literals").field("words", &(self.ends.len() - 1)).finish_non_exhaustive()
    }
}

/// Where the automaton has to be asked at all: few places of a text begin a word, and it costs many times as much as to
/// see that.
///
/// The words are dealt out to a few groups. For each character there is the set of the groups that have a word with it
/// in the first, the second or the third place; the characters of a text are read through these sets, and where a group
/// is left after three of them, or after the two of a word that has no third, one of its words may have begun. Wide
/// characters share the sets of a small table: it has to stay at hand, and to be asked in vain now and then costs less.
struct Starts {
    ascii: [Places; 0x80],
    wide: Box<[Places; Starts::SIZE]>,
}

/// What a character can be: in which groups, and in which places of their words; or what it is by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Places(u32);

impl Places {
    /// A word by itself.
    const WORD: u32 = 1;
    /// The sign of a placeholder.
    const SIGN: u32 = 1 << 1;
    /// The groups: of words of two characters, and of longer ones.
    const PAIRS: u32 = 3;
    const LONGER: u32 = 6;
    const GROUPS: u32 = Self::PAIRS + Self::LONGER;
    /// From what a character can be to what the next one can be behind it.
    const STEP: u32 = Self::GROUPS + 1;
    /// The first character of a word of the first group; those of the other groups follow.
    const FIRST: u32 = 1 << 2;
    const SECOND: u32 = Self::FIRST << Self::STEP;
    const THIRD: u32 = Self::SECOND << Self::STEP;
    /// The second character of a word of two, in any group.
    const PAIR: u32 = Self::SECOND * ((1 << Self::PAIRS) - 1);
    /// The third character of a longer word, in any group.
    const TRIPLE: u32 = Self::THIRD * ((1 << Self::GROUPS) - (1 << Self::PAIRS));
    /// A Han character, which is followed by the rest of a word that is torn.
    const HAN: u32 = Self::FIRST << Self::GROUPS;
    /// What can tear a word, behind a Han character.
    const GAP: u32 = Self::HAN << Self::STEP;
    /// What needs nothing before it.
    const OPENS: u32 = Self::SECOND - 1;
    /// What cannot be passed over.
    const ALERT: u32 = Self::WORD | Self::SIGN | Self::PAIR | Self::TRIPLE | Self::GAP;

    #[inline]
    fn is(self, what: u32) -> bool {
        self.0 & what != 0
    }

    /// What the next character can be behind this one.
    #[inline]
    fn then(self, next: Self) -> Self {
        Self(next.0 & (self.0 << Self::STEP | Self::OPENS))
    }

    /// What the character is by itself, whatever the words are.
    const fn alone(c: char) -> Self {
        let sign = if Sign::new(c).is_some() { Self::SIGN } else { 0 };
        let han = if is_han(c) { Self::HAN } else { 0 };
        Self(sign | han | if is_gap(c) { Self::GAP } else { 0 })
    }
}

/// What the wide characters are by themselves.
static ALONE: [Places; Starts::SIZE] = {
    let mut table = [Places(0); _];
    let mut code = 0x80;
    while code <= 0xffff {
        if let Some(c) = char::from_u32(code) {
            table[code as usize % Starts::SIZE].0 |= Places::alone(c).0;
        }
        code += 1;
    }
    table
};

impl Starts {
    const SIZE: usize = 1 << 12;

    fn of<'w>(words: impl Iterator<Item = &'w str>) -> Self {
        let ascii = std::array::from_fn(|code| Places::alone(char::from(code as u8)));
        let mut starts = Self { ascii, wide: Box::new(ALONE) };
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
        let code = c as usize;
        let own = self.ascii.get_mut(code).unwrap_or(&mut self.wide[code % Self::SIZE]);
        own.0 |= places;
    }

    /// What the first character of a text can be, and the text behind it.
    #[inline]
    fn first<'t>(&self, text: &'t [u8]) -> Option<(Places, &'t [u8])> {
        self.of_three(text).or_else(|| self.of_one(text)).or_else(|| match text {
            [0xf0..=0xff, _, c, d, rest @ ..] => Some((self.wide[row(*c, *d)], rest)),
            [a, b, rest @ ..] => Some((self.wide[row(a & 0x1f, *b)], rest)),
            _ => None,
        })
    }

    /// The same for a character of three bytes.
    #[inline]
    fn of_three<'t>(&self, text: &'t [u8]) -> Option<(Places, &'t [u8])> {
        let [0xe0..0xf0, b, c, rest @ ..] = text else { return None };
        Some((self.wide[row(*b, *c)], rest))
    }

    /// The same for a character of one byte.
    #[inline]
    fn of_one<'t>(&self, text: &'t [u8]) -> Option<(Places, &'t [u8])> {
        let [a @ 0..0x80, rest @ ..] = text else { return None };
        Some((self.ascii[usize::from(*a)], rest))
    }

    /// Reads on to the next character that cannot be passed over, with which `text` begins then, and tells what it can be.
    /// `last` is what the character before it can be.
    #[inline]
    fn next(&self, text: &mut &[u8], last: &mut Places) -> Option<Places> {
        loop {
            // Most of a text is characters of three bytes, and most others are digits.
            let found =
                pass(text, last, |text| self.of_three(text)).or_else(|| pass(text, last, |text| self.of_one(text)));
            if found.is_some() {
                return found;
            }
            let (places, rest) = self.first(text)?;
            let now = last.then(places);
            if now.is(Places::ALERT) {
                return Some(now);
            }
            (*last, *text) = (now, rest);
        }
    }
}

/// Passes over the characters that `first` tells of, up to one that cannot be passed over.
#[inline]
fn pass<'t>(
    text: &mut &'t [u8],
    last: &mut Places,
    first: impl Fn(&'t [u8]) -> Option<(Places, &'t [u8])>,
) -> Option<Places> {
    while let Some((places, rest)) = first(text) {
        let now = last.then(places);
        if now.is(Places::ALERT) {
            return Some(now);
        }
        (*last, *text) = (now, rest);
    }
    None
}

/// The lowest bits of the code of a wide character, which tell its sets, by its last two bytes. The first byte of a
/// character of three or four bytes has none of these bits.
#[inline]
fn row(penult: u8, last: u8) -> usize {
    usize::from(penult & 0x3f) << 6 | usize::from(last & 0x3f)
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
        let owners = words.iter().map(|&(_, owner)| owner).collect();
        let mut end = 0;
        let behind = shared().map(|same| {
            end += same.len() as u32;
            end
        });
        let ends = std::iter::once(0).chain(behind).collect();
        let starts = Starts::of(distinct());
        let single = |(word, nth): (&str, u32)| {
            let mut chars = word.chars();
            chars.next().filter(|_| chars.next().is_none()).map(|c| (c, nth))
        };
        let singles = distinct().zip(0..).filter_map(single).collect();
        let automaton = (!words.is_empty()).then(|| {
            let builder = CharwiseDoubleArrayAhoCorasickBuilder::new().use_prefilter(false);
            let mut automaton =
                builder.build_with_values(distinct().zip(0u32..)).expect("fewer words than an automaton holds");
            automaton.cache_depths().expect("it was just built");
            automaton
        });
        Self { automaton, starts, singles, owners, ends }
    }

    /// An automaton of the entries alone.
    #[must_use]
    pub fn of(terms: &Terms) -> Self {
        Self::new(terms.literals())
    }

    /// What stands in the blocks of a document. Those in which nothing does are left out.
    #[must_use]
    pub fn sight_blocks<'t>(&self, document: &'t Document) -> Vec<(Span, Sighting<'t>)> {
        let spans = document.blocks.iter().map(|block| block.span);
        let sighted = spans.map(|span| (span, self.sight(span.of(document.prose()))));
        sighted.filter(|(_, sighting)| !sighting.is_empty()).collect()
    }

    /// Reads a paragraph once. Blanks and line ends inside a word do not hide it.
    #[must_use]
    pub fn sight<'t>(&self, text: &'t str) -> Sighting<'t> {
        let (mut words, mut signs, mut gaps) = (Vec::new(), Vec::new(), Vec::new());
        // How much was left out.
        let mut left_out = 0;
        // What the last character can be.
        let mut last = Places(0);
        // Where a word may have begun, it is followed.
        let mut word: Option<FindOverlappingStepper<'_, u32>> = None;
        let mut rest = text.as_bytes();
        loop {
            let found = match word {
                Some(_) => self.starts.first(rest).map(|(places, _)| last.then(places)),
                None => self.starts.next(&mut rest, &mut last),
            };
            let Some(now) = found else { break };
            let at = text.len() - rest.len();
            let Some(c) = text[at..].chars().next() else { break };
            if now.is(Places::GAP)
                && is_gap(c)
                && let Some(han) = before(text, at, &gaps).map(|(_, c)| c).filter(|&c| is_han(c))
            {
                if is_blank(c)
                    && let Some(sign) = Sign::before_blank(han)
                {
                    signs.push((sign, at - han.len_utf8()));
                }
                if let Some(len) = tear(&text[at..]) {
                    gaps.push(Span::new(at, at + len));
                    left_out += len;
                    rest = &rest[len..];
                    continue;
                }
            }
            if now.is(Places::SIGN)
                && let Some(sign) = Sign::new(c)
            {
                signs.push((sign, at));
            }
            if word.is_none() && now.is(Places::PAIR | Places::TRIPLE) {
                word = self.begun(text, at, now, &gaps);
            }
            rest = &rest[c.len_utf8()..];
            last = now;
            let end = text.len() - rest.len() - left_out;
            let mut see = |word: u32, len: usize| {
                for &owner in self.owners(word) {
                    words.push((owner, Span::new(end - len, end)));
                }
            };
            if let Some(stepper) = &mut word {
                stepper.consume(c);
                for found in stepper.matches() {
                    see(found.value(), found.end() - found.start());
                }
                // With two characters of a word read, the next one tells whether it goes on.
                if stepper.depth().is_none_or(|depth| depth < 3) {
                    word = None;
                }
            } else if now.is(Places::WORD)
                && let Ok(nth) = self.singles.binary_search_by_key(&c, |&(c, _)| c)
            {
                see(self.singles[nth].1, c.len_utf8());
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

    /// The automaton as it stands before the character at `at`, if the characters before it begin a word.
    fn begun(&self, text: &str, at: usize, now: Places, gaps: &[Span]) -> Option<FindOverlappingStepper<'_, u32>> {
        let mut stepper = self.automaton.as_ref()?.find_overlapping_stepper();
        let (at, last) = before(text, at, gaps)?;
        if now.is(Places::TRIPLE)
            && let Some((_, first)) = before(text, at, gaps)
        {
            stepper.consume(first);
        }
        stepper.consume(last);
        stepper.depth().is_some_and(|depth| depth > 0).then_some(stepper)
    }

    /// Those who share the word with this index.
    fn owners(&self, word: u32) -> &[Owner] {
        let of = word as usize;
        &self.owners[self.ends[of] as usize..self.ends[of + 1] as usize]
    }
}

/// The character before the byte `at` of a text without its gaps, and where it stands.
fn before(text: &str, at: usize, gaps: &[Span]) -> Option<(usize, char)> {
    let gap = gaps.iter().rev().find(|gap| gap.end <= at).filter(|gap| gap.end == at);
    text[..gap.map_or(at, |gap| gap.start)].char_indices().next_back()
}

impl<'t> Sighting<'t> {
    /// The paragraph with its words whole again.
    pub(super) fn joined(&self) -> &Joined<'t> {
        &self.joined
    }

    /// Whether there is neither a word nor a sign.
    fn is_empty(&self) -> bool {
        self.words.is_empty() && self.signs.is_empty()
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
