//! Which words may stand in a text, told without a search: nearly no sentence has a given word of a list.

use serde::Deserialize;

/// The characters of a text and the pairs of neighbours among them, as a set of hashes. A word stands only in a text that
/// has all of the word's, and to see that costs a small part of looking for the word.
#[derive(Debug, Clone, Copy, Default)]
pub struct Pairs {
    pairs: [u64; 8],
    chars: u64,
}

impl Pairs {
    /// The characters and pairs of a text.
    #[must_use]
    pub fn of(text: &str) -> Self {
        Self::between(text.chars())
    }

    /// The pairs of a text that is given character by character.
    pub(super) fn between(mut chars: impl Iterator<Item = char>) -> Self {
        let mut pairs = Self::default();
        let Some(mut before) = chars.next() else { return pairs };
        pairs.insert(before);
        chars.for_each(|c| {
            pairs.insert(c);
            pairs.insert_pair(before, c);
            before = c;
        });
        pairs
    }

    /// The first pair of a word, or its only character.
    pub(super) fn first(word: &str) -> Self {
        let mut chars = word.chars();
        let mut pairs = Self::default();
        match (chars.next(), chars.next()) {
            (Some(before), Some(c)) => pairs.insert_pair(before, c),
            (Some(c), None) => pairs.insert(c),
            _ => {}
        }
        pairs
    }

    #[inline]
    fn insert(&mut self, c: char) {
        self.chars |= 1 << (u32::from(c) & 63);
    }

    #[inline]
    fn insert_pair(&mut self, before: char, c: char) {
        let hash = hash(before, c);
        self.pairs[hash / 64] |= 1 << (hash % 64);
    }

    /// Whether all of a word's are among them, which is as much as [`Self::hold`] tells: the first that is not decides.
    pub(super) fn hold_word(&self, word: &str) -> bool {
        let mut before = None;
        word.chars().all(|c| {
            let pair = before.replace(c).map(|before| hash(before, c));
            self.chars >> (u32::from(c) & 63) & 1 != 0 && pair.is_none_or(|hash| self.has(hash))
        })
    }

    #[inline]
    fn has(&self, hash: usize) -> bool {
        self.pairs[hash / 64] >> (hash % 64) & 1 != 0
    }

    /// Whether all of the others are among them.
    #[must_use]
    #[inline]
    pub fn hold(&self, others: &Self) -> bool {
        if others.chars & !self.chars != 0 {
            return false;
        }
        let pairs = self.pairs.iter().zip(&others.pairs);
        pairs.fold(0, |lacking, (own, other)| lacking | other & !own) == 0
    }

    /// Whether one of the others is among them.
    #[inline]
    pub(super) fn meet(&self, others: &Self) -> bool {
        let pairs = self.pairs.iter().zip(&others.pairs);
        pairs.fold(others.chars & self.chars, |shared, (own, other)| shared | other & own) != 0
    }

    /// Adds the others.
    pub(super) fn extend(&mut self, others: &Self) {
        self.chars |= others.chars;
        self.pairs.iter_mut().zip(&others.pairs).for_each(|(own, other)| *own |= other);
    }
}

/// The place of a pair in the set.
#[inline]
fn hash(before: char, c: char) -> usize {
    ((u32::from(before).wrapping_mul(31) ^ u32::from(c)).wrapping_mul(0x9e37_79b9) >> 23) as usize
}

/// Words of which a sentence may have one, each with the place of its first pair, if it has one.
#[derive(Debug, Deserialize)]
#[serde(from = "Vec<String>")]
pub struct Sought(Vec<(Option<usize>, String)>);

impl From<Vec<String>> for Sought {
    fn from(words: Vec<String>) -> Self {
        Self(
            words
                .into_iter()
                .map(|word| {
                    let mut chars = word.chars();
                    let pair = chars.next().zip(chars.next()).map(|(before, c)| hash(before, c));
                    (pair, word)
                })
                .collect(),
        )
    }
}

impl Sought {
    /// Whether one of the words stands in a text that has these pairs.
    #[must_use]
    pub fn is_in(&self, text: &str, pairs: &Pairs) -> bool {
        let may_stand = |pair: Option<usize>| pair.is_none_or(|pair| pairs.has(pair));
        self.0.iter().any(|(pair, word)| may_stand(*pair) && pairs.hold_word(word) && text.contains(word.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// No word of a text is ever turned away, and nearly every other one is.
    #[test]
    fn words() {
        let text = "现将有关情况报告如下，请予审议。";
        let pairs = Pairs::of(text);
        let chars: Vec<char> = text.chars().collect();
        for len in 0..=chars.len() {
            assert!(
                chars
                    .windows(len.max(1))
                    .map(|word| word.iter().collect::<String>())
                    .all(|word| { pairs.hold(&Pairs::of(&word)) && pairs.meet(&Pairs::first(&word)) })
            );
        }
        let others = ["妥否", "请批示", "恳请", "法制办", "整改", "问题", "下一步", "责任人", "成效", "打算"];
        assert!(others.iter().filter(|word| pairs.hold(&Pairs::of(word))).count() < 3);
        assert!(others.iter().all(|word| pairs.hold_word(word) == pairs.hold(&Pairs::of(word))));
        let sought = |words: &[&str]| Sought::from(words.iter().map(|&w| w.to_owned()).collect::<Vec<_>>());
        assert!(sought(&others).is_in("请批示", &Pairs::of("请批示")) && sought(&["。"]).is_in(text, &pairs));
        assert!(!sought(&others).is_in(text, &pairs) && !sought(&[]).is_in(text, &pairs));
    }
}
