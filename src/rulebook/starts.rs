//! Where an automaton of words has to be asked at all: few places of a text begin a word, and it costs many times as much
//! as to see that.

use super::placeholders::Sign;
use crate::text::{is_gap, is_han};

/// Tells where words may begin.
///
/// The words are dealt out to a few groups. For each character there is the set of the groups that have a word with it
/// in the first, the second or the third place; the characters of a text are read through these sets, and where a group
/// is left after three of them, or after the two of a word that has no third, one of its words may have begun. Whether
/// the last two of them stand side by side in a word is looked up then. Wide characters share the sets of a small table:
/// it has to stay at hand, and to be asked in vain now and then costs less.
pub(super) struct Starts {
    /// What the characters can be, row by row.
    places: Box<[Places; Starts::ROWS]>,
    /// The first two pairs of neighbours in words, as a set of hashes.
    pairs: Box<[u64; Starts::PAIRS]>,
}

/// A character that was read: what it can be behind those before it, and the row that it has in the table.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Read {
    places: Places,
    row: usize,
}

impl Read {
    /// Whether it can be one of these.
    #[inline]
    pub(super) fn is(self, what: u32) -> bool {
        self.places.is(what)
    }
}

/// What a character can be: in which groups, and in which places of their words; or what it is by itself.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Places(u32);

impl Places {
    /// A word by itself.
    pub(super) const WORD: u32 = 1;
    /// The sign of a placeholder.
    pub(super) const SIGN: u32 = 1 << 1;
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
    pub(super) const PAIR: u32 = Self::SECOND * ((1 << Self::PAIRS) - 1);
    /// The third character of a longer word, in any group.
    pub(super) const TRIPLE: u32 = Self::THIRD * ((1 << Self::GROUPS) - (1 << Self::PAIRS));
    /// A Han character, which is followed by the rest of a word that is torn.
    const HAN: u32 = Self::FIRST << Self::GROUPS;
    /// What can tear a word, behind a Han character.
    pub(super) const GAP: u32 = Self::HAN << Self::STEP;
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

/// Where in its word a pair of neighbours stands.
#[derive(Clone, Copy)]
enum Pair {
    /// It is all of the word.
    Whole,
    /// It is the first of a longer word.
    Opens,
    /// It is the second.
    GoesOn,
}

/// What the characters are by themselves.
static ALONE: [Places; Starts::ROWS] = {
    let mut table = [Places(0); _];
    let mut code = 0;
    while code <= 0xffff {
        if let Some(c) = char::from_u32(code) {
            table[Starts::row(c)].0 |= Places::alone(c).0;
        }
        code += 1;
    }
    table
};

impl Starts {
    /// The rows of wide characters, and those of ASCII behind them.
    const WIDE: usize = 1 << 12;
    const ROWS: usize = Self::WIDE + 0x80;
    /// More than the bits of a row.
    const ROW_BITS: u32 = 13;
    /// Of 64 pairs each.
    const PAIRS: usize = 1 << 10;

    pub(super) fn of<'w>(words: impl Iterator<Item = &'w str>) -> Self {
        let mut starts = Self { places: Box::new(ALONE), pairs: Box::new([0; _]) };
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
            let Some(third) = third else {
                starts.add_pair(Pair::Whole, first, second);
                continue;
            };
            starts.add(third, Places::THIRD << group);
            starts.add_pair(Pair::Opens, first, second);
            starts.add_pair(Pair::GoesOn, second, third);
        }
        starts
    }

    fn add(&mut self, c: char, places: u32) {
        self.places[Self::row(c)].0 |= places;
    }

    fn add_pair(&mut self, pair: Pair, a: char, b: char) {
        let (word, bit) = Self::place(pair, Self::row(a), Self::row(b));
        self.pairs[word] |= 1 << bit;
    }

    /// The row of a character in the table.
    const fn row(c: char) -> usize {
        let code = c as usize;
        if c.is_ascii() { Self::WIDE + code } else { code % Self::WIDE }
    }

    /// The place of a pair in the set: the word, and the bit in it.
    #[inline]
    fn place(pair: Pair, a: usize, b: usize) -> (usize, u32) {
        let both = (pair as u32) << (2 * Self::ROW_BITS) | (a as u32) << Self::ROW_BITS | b as u32;
        let hash = both.wrapping_mul(0x9e37_79b9) >> 16;
        ((hash / u64::BITS) as usize, hash % u64::BITS)
    }

    #[inline]
    fn has(&self, pair: Pair, a: usize, b: usize) -> bool {
        let (word, bit) = Self::place(pair, a, b);
        self.pairs[word] >> bit & 1 != 0
    }

    /// Whether the two characters may be a word of two.
    #[inline]
    pub(super) fn is_whole(&self, [last, now]: [Read; 2]) -> bool {
        now.is(Places::PAIR) && self.has(Pair::Whole, last.row, now.row)
    }

    /// Whether the two characters may be the second and the third of a longer word.
    #[inline]
    pub(super) fn goes_on(&self, [last, now]: [Read; 2]) -> bool {
        now.is(Places::TRIPLE) && self.has(Pair::GoesOn, last.row, now.row)
    }

    /// Whether a longer word may begin with the two characters.
    pub(super) fn opens(&self, first: char, second: Read) -> bool {
        self.has(Pair::Opens, Self::row(first), second.row)
    }

    /// Reads the first character of a text, behind another.
    #[inline]
    pub(super) fn first(&self, text: &[u8], last: Read) -> Option<Read> {
        split(text).map(|(row, _)| self.read(row, last))
    }

    /// Reads the character with this row.
    #[inline]
    fn read(&self, row: usize, last: Read) -> Read {
        Read { places: last.places.then(self.places[row]), row }
    }

    /// Reads on to the next character that cannot be passed over, with which `text` begins then; `last` is the one before.
    #[inline]
    pub(super) fn next(&self, text: &mut &[u8], last: &mut Read) -> Option<Read> {
        loop {
            // Most of a text is characters of three bytes, and most others are digits.
            let found = self.pass(text, last, split_three).or_else(|| self.pass(text, last, split_one));
            if found.is_some() {
                return found;
            }
            let (row, rest) = split(text)?;
            let now = self.read(row, *last);
            if self.stops([*last, now]) {
                return Some(now);
            }
            (*last, *text) = (now, rest);
        }
    }

    /// Passes over the characters that can be split off so, up to one that cannot be passed over.
    #[inline]
    fn pass<'t>(
        &self,
        text: &mut &'t [u8],
        last: &mut Read,
        split: impl Fn(&'t [u8]) -> Option<(usize, &'t [u8])>,
    ) -> Option<Read> {
        while let Some((row, rest)) = split(text) {
            let now = self.read(row, *last);
            if self.stops([*last, now]) {
                return Some(now);
            }
            (*last, *text) = (now, rest);
        }
        None
    }

    /// Whether the second of the characters cannot be passed over.
    #[inline]
    fn stops(&self, read: [Read; 2]) -> bool {
        const ALONE: u32 = Places::WORD | Places::SIGN | Places::GAP;
        let now = read[1];
        now.is(Places::ALERT) && (now.is(ALONE) || self.is_whole(read) || self.goes_on(read))
    }
}

/// The row of the first character of a text, and the text behind it.
#[inline]
fn split(text: &[u8]) -> Option<(usize, &[u8])> {
    split_three(text).or_else(|| split_one(text)).or_else(|| match text {
        [0xf0..=0xff, _, c, d, rest @ ..] => Some((row(*c, *d), rest)),
        [a, b, rest @ ..] => Some((row(a & 0x1f, *b), rest)),
        _ => None,
    })
}

/// The same for a character of three bytes.
#[inline]
fn split_three(text: &[u8]) -> Option<(usize, &[u8])> {
    let [0xe0..0xf0, b, c, rest @ ..] = text else { return None };
    Some((row(*b, *c), rest))
}

/// The same for a character of one byte.
#[inline]
fn split_one(text: &[u8]) -> Option<(usize, &[u8])> {
    let [a @ 0..0x80, rest @ ..] = text else { return None };
    Some((Starts::WIDE + usize::from(*a), rest))
}

/// The row of a wide character by its last two bytes: the lowest bits of its code. The first byte of a character of three or
/// four bytes has none of these bits.
#[inline]
fn row(penult: u8, last: u8) -> usize {
    usize::from(penult & 0x3f) << 6 | usize::from(last & 0x3f)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// The row of a character is the same by its bytes and by its code.
        #[test]
        fn rows(c in any::<char>()) {
            let text = c.to_string();
            prop_assert_eq!(split(text.as_bytes()).map(|(row, rest)| (row, rest.len())), Some((Starts::row(c), 0)));
        }
    }
}
