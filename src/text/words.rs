//! Short lists of words that are looked for at many places.

/// A short list of words, asked whether a text begins with one, ends with one or holds one.
///
/// The first and the last two characters of the words are kept as sets of their lowest six bits, which turn nearly every
/// place of a text away before a word is compared. Beside a word of one character anything may stand: such words are kept
/// apart.
#[derive(Debug, Clone, Copy)]
pub struct WordList {
    list: &'static [&'static str],
    firsts: u64,
    seconds: u64,
    penults: u64,
    lasts: u64,
    /// The words of one character.
    single: u64,
}

impl WordList {
    /// A list of words.
    ///
    /// # Panics
    /// When one of them is empty.
    #[must_use]
    pub const fn new(list: &'static [&'static str]) -> Self {
        let mut all = Self { list, firsts: 0, seconds: 0, penults: 0, lasts: 0, single: 0 };
        let mut i = 0;
        while i < list.len() {
            let word = list[i].as_bytes();
            assert!(!word.is_empty(), "an empty word stands everywhere");
            let (first, last) = (width(word[0]), start_of_last(word));
            all.firsts |= bit(word[first - 1]);
            all.lasts |= bit(word[word.len() - 1]);
            if last == 0 {
                all.single |= bit(word[first - 1]) | bit(word[word.len() - 1]);
            } else {
                all.seconds |= bit(word[first + width(word[first]) - 1]);
                all.penults |= bit(word[last - 1]);
            }
            i += 1;
        }
        all
    }

    /// The words as they were given.
    #[must_use]
    pub const fn list(&self) -> &'static [&'static str] {
        self.list
    }

    /// The first of the words that the text begins with.
    #[must_use]
    pub fn begins(&self, text: &str) -> Option<&'static str> {
        self.at(text.as_bytes())
    }

    /// The first of the words that the text ends with.
    #[must_use]
    pub fn ends(&self, text: &str) -> Option<&'static str> {
        let text = text.as_bytes();
        let last = bit(*text.last()?);
        if self.lasts & last == 0 {
            return None;
        }
        let penult = || start_of_last(text).checked_sub(1).map_or(0, |at| bit(text[at]));
        if self.single & last == 0 && self.penults & penult() == 0 {
            return None;
        }
        let last = text.last();
        self.list.iter().find(|w| w.as_bytes().last() == last && text.ends_with(w.as_bytes())).copied()
    }

    /// What the text is without the first of the words that it ends with.
    #[must_use]
    pub fn cut_end<'t>(&self, text: &'t str) -> Option<&'t str> {
        self.ends(text).map(|w| &text[..text.len() - w.len()])
    }

    /// Whether the text holds one of the words.
    #[must_use]
    pub fn is_in(&self, text: &str) -> bool {
        self.find(text).is_some()
    }

    /// The leftmost place in the text where one of the words stands, and the first of those that stand there.
    #[must_use]
    pub fn find(&self, text: &str) -> Option<(usize, &'static str)> {
        let text = text.as_bytes();
        let mut at = 0;
        while let Some(&first) = text.get(at) {
            let next = at + width(first);
            if self.firsts & bit(text[next - 1]) != 0
                && let Some(word) = self.word_led_by(&text[at..], next - at)
            {
                return Some((at, word));
            }
            at = next;
        }
        None
    }

    fn at(&self, text: &[u8]) -> Option<&'static str> {
        let width = width(*text.first()?);
        if self.firsts & bit(text[width - 1]) == 0 { None } else { self.word_led_by(text, width) }
    }

    /// The first of the words that the text begins with, whose first character has this width and may begin one.
    fn word_led_by(&self, text: &[u8], first: usize) -> Option<&'static str> {
        let second = || text.get(first).map_or(0, |&b| bit(text[first + width(b) - 1]));
        if self.single & bit(text[first - 1]) == 0 && self.seconds & second() == 0 {
            return None;
        }
        let last = text.get(first - 1);
        self.list.iter().find(|w| w.as_bytes().get(first - 1) == last && text.starts_with(w.as_bytes())).copied()
    }
}

/// The bytes of the character that begins with this byte. Those of the rare fourth byte are taken for two: a word is read
/// like the text.
#[inline]
const fn width(first: u8) -> usize {
    match first {
        0xe0.. => 3,
        0xc0.. => 2,
        _ => 1,
    }
}

/// Where the last character of a text begins that is not empty.
const fn start_of_last(text: &[u8]) -> usize {
    let mut at = text.len() - 1;
    while at > 0 && text[at] & 0xc0 == 0x80 {
        at -= 1;
    }
    at
}

const fn bit(byte: u8) -> u64 {
    1 << (byte & 63)
}

/// A list of words that is made when the program is built.
macro_rules! words {
    ($($word:expr),+ $(,)?) => { const { $crate::text::WordList::new(&[$($word),+]) } };
}
pub(crate) use words;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// The sets turn no word away, whatever stands around it and however wide its characters are.
        #[test]
        fn no_word_is_lost(text in "[共计上年一𠮷甲éx]{0,12}") {
            const WORDS: WordList = WordList::new(&["共", "上年", "𠮷", "𠮷甲", "x", "éx", "一共计"]);
            let list = WORDS.list().iter().copied();
            prop_assert_eq!(WORDS.begins(&text), list.clone().find(|w| text.starts_with(w)));
            prop_assert_eq!(WORDS.ends(&text), list.clone().find(|w| text.ends_with(w)));
            prop_assert_eq!(WORDS.find(&text).map(|(at, _)| at), list.filter_map(|w| text.find(w)).min());
        }
    }

    /// The answers are those of the plain comparisons, in the order of the list.
    #[test]
    fn as_plain_comparisons() {
        let list: &[&str] = &["共", "共计", "上年", "𠮷", "x", "é", "一共计"];
        let words = WordList::new(list);
        for text in ["", "共", "一共计", "上年共计x", "a𠮷", "计", "é一", "上", "去年", "𠮷x"] {
            assert_eq!(words.begins(text), list.iter().copied().find(|w| text.starts_with(w)), "{text}");
            assert_eq!(words.ends(text), list.iter().copied().find(|w| text.ends_with(w)), "{text}");
            assert_eq!(words.is_in(text), list.iter().any(|w| text.contains(w)), "{text}");
            let leftmost = list.iter().filter_map(|w| text.find(w)).min();
            assert_eq!(words.find(text).map(|(at, _)| at), leftmost, "{text}");
        }
    }
}
