//! Short lists of words that are looked for at many places.

/// A short list of words, asked whether a text begins with one, ends with one or holds one.
///
/// The words' first and last characters are kept as sets of their lowest six bits, which turn nearly every place of a
/// text away before a word is compared.
#[derive(Debug, Clone, Copy)]
pub struct WordList {
    list: &'static [&'static str],
    firsts: u64,
    lasts: u64,
}

impl WordList {
    /// A list of words.
    ///
    /// # Panics
    /// When one of them is empty.
    #[must_use]
    pub const fn new(list: &'static [&'static str]) -> Self {
        let (mut firsts, mut lasts, mut i) = (0, 0, 0);
        while i < list.len() {
            let word = list[i].as_bytes();
            assert!(!word.is_empty(), "an empty word stands everywhere");
            firsts |= bit(word[width(word[0]) - 1]);
            lasts |= bit(word[word.len() - 1]);
            i += 1;
        }
        Self { list, firsts, lasts }
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
        if self.lasts & bit(*text.last()?) == 0 {
            return None;
        }
        self.list.iter().copied().find(|w| {
            let w = w.as_bytes();
            text.len() >= w.len() && text[text.len() - w.len()] == w[0] && text.ends_with(w)
        })
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
        while at < text.len() {
            if let Some(word) = self.at(&text[at..]) {
                return Some((at, word));
            }
            at += width(text[at]);
        }
        None
    }

    fn at(&self, text: &[u8]) -> Option<&'static str> {
        let first = text.get(width(*text.first()?) - 1)?;
        if self.firsts & bit(*first) == 0 {
            return None;
        }
        self.list.iter().copied().find(|w| {
            let w = w.as_bytes();
            text.len() >= w.len() && text[w.len() - 1] == w[w.len() - 1] && text.starts_with(w)
        })
    }
}

/// The bytes of the character that begins with this byte.
const fn width(first: u8) -> usize {
    match first {
        0..0xc0 => 1,
        0xc0..0xe0 => 2,
        0xe0..0xf0 => 3,
        _ => 4,
    }
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
    use super::*;

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
