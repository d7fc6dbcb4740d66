//! Words by which the parts of a paper are recognised, and the key of each cue: a word without which it fits nothing.

use std::cell::OnceCell;
use std::cmp::Reverse;

use serde::Deserialize;

use super::pairs::Pairs;
use crate::text::{is_han, plain};

/// No key that is longer, in characters, is rarer than one of this length.
const LONG_KEY: usize = 3;

/// Where a sentence stands in its paper.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Position {
    /// Above the first heading, where parts are announced rather than given.
    pub in_opening: bool,
    /// Above the second article.
    pub in_first_article: bool,
}

/// Words by which a part is recognised.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Cue {
    /// Of each group one word is there, in this order.
    words: Vec<Group>,
    /// None of these is there.
    #[serde(default)]
    none: Vec<Word>,
    /// Whether it counts above the first heading, where a part is announced rather than given.
    #[serde(default = "yes")]
    in_opening: bool,
    /// Whether it counts only above the second article.
    #[serde(default)]
    in_first_article: bool,
}

/// Words of which one must be there.
#[derive(Debug, Deserialize)]
#[serde(from = "Vec<Word>")]
struct Group {
    words: Vec<Word>,
    /// The first pair of each word; `None` where a word is not known beforehand.
    firsts: Option<Pairs>,
}

impl From<Vec<Word>> for Group {
    fn from(words: Vec<Word>) -> Self {
        let firsts = words.iter().try_fold(Pairs::default(), |mut firsts, word| {
            match word {
                Word::Plain(word, _) if !word.is_empty() => firsts.extend(&Pairs::first(word)),
                _ => return None,
            }
            Some(firsts)
        });
        Self { words, firsts }
    }
}

impl Group {
    /// The key of each word.
    fn keys(&self) -> Option<Vec<&str>> {
        self.words.iter().map(Word::key).collect()
    }

    /// Whether one of the words may stand in the text: to ask so spares most texts the search for each of them.
    fn may_be_in(&self, text: &Plain<'_>) -> bool {
        self.firsts.as_ref().is_none_or(|firsts| text.pairs.meet(firsts))
    }
}

/// A word of the data, as it is compared: half-width and without blanks. `{next-year}` is the year after the one that
/// the title names, with 年.
#[derive(Debug, Deserialize)]
#[serde(from = "String")]
pub(super) enum Word {
    Plain(String, Pairs),
    NextYear,
}

impl From<String> for Word {
    fn from(word: String) -> Self {
        if word == "{next-year}" {
            return Self::NextYear;
        }
        let word: String = plain(&word).collect();
        let pairs = Pairs::of(&word);
        Self::Plain(word, pairs)
    }
}

impl Word {
    /// Characters that stand side by side wherever the word does, blanks between them aside: the most Han characters that
    /// it has in a row. Others are written in two widths.
    fn key(&self) -> Option<&str> {
        match self {
            Self::Plain(word, _) => {
                word.split(|c| !is_han(c)).max_by_key(|run| run.len()).filter(|run| !run.is_empty())
            }
            Self::NextYear => Some("年"),
        }
    }
}

fn yes() -> bool {
    true
}

/// A text as the cues of a profile see it.
#[derive(Debug)]
pub struct Plain<'t> {
    written: &'t str,
    pairs: Pairs,
    next_year: Option<i16>,
    // Nearly every text is turned away by its pairs.
    text: OnceCell<String>,
}

impl<'t> Plain<'t> {
    /// `text`, in a paper that names `year` in its title.
    #[must_use]
    pub fn new(text: &'t str, year: Option<i16>) -> Self {
        let pairs = Pairs::between(plain(text));
        Self { written: text, pairs, next_year: year.map(|y| y + 1), text: OnceCell::new() }
    }

    /// The text as it is compared.
    fn text(&self) -> &str {
        self.text.get_or_init(|| {
            let mut text = String::with_capacity(self.written.len());
            text.extend(plain(self.written));
            text
        })
    }

    /// Where the word ends in the text from byte `from` on.
    fn find(&self, word: &Word, from: usize) -> Option<usize> {
        let end = |word: &str| self.text()[from..].find(word).map(|i| from + i + word.len());
        match word {
            Word::Plain(word, pairs) if self.pairs.hold(pairs) => end(word),
            Word::NextYear if self.written.contains('年') => end(&format!("{}年", self.next_year?)),
            _ => None,
        }
    }

    pub(super) fn has_any(&self, words: &[Word]) -> bool {
        words.iter().any(|w| self.find(w, 0).is_some())
    }

    pub(super) fn ends_in(&self, words: &[Word]) -> bool {
        let text = self.text();
        let text = text.strip_suffix(')').and_then(|t| t.rfind('(')).map_or(text, |open| &text[..open]);
        words.iter().any(|w| matches!(w, Word::Plain(w, _) if text.ends_with(w.as_str())))
    }
}

impl Cue {
    pub(super) fn fits(&self, text: &Plain<'_>) -> bool {
        if !self.words.iter().all(|group| group.may_be_in(text)) {
            return false;
        }
        let mut from = 0;
        for group in &self.words {
            // The word that ends first leaves the most for the next group.
            let Some(end) = group.words.iter().filter_map(|w| text.find(w, from)).min() else { return false };
            from = end;
        }
        !text.has_any(&self.none)
    }

    pub(super) fn counts_at(&self, position: Position) -> bool {
        (self.in_opening || !position.in_opening) && (!self.in_first_article || position.in_first_article)
    }

    /// The keys of one of its groups: one of them stands wherever the cue fits. `None` where no group has them all.
    pub(super) fn keys(&self) -> Option<Vec<&str>> {
        // The longer the keys the rarer they are, and one of few is rarer than one of many.
        let rarity = |keys: &Vec<&str>| {
            let shortest = keys.iter().map(|key| key.chars().count()).min();
            (shortest.map(|len| len.min(LONG_KEY)), Reverse(keys.len()))
        };
        self.words.iter().filter_map(Group::keys).max_by_key(rarity)
    }

    /// A text that it fits, in a paper on 2021.
    #[cfg(test)]
    pub(super) fn sample(&self) -> String {
        let word = |group: &Group| match group.words.first() {
            Some(Word::Plain(word, _)) => word.clone(),
            Some(Word::NextYear) => "2022年".to_owned(),
            None => String::new(),
        };
        self.words.iter().map(word).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A word is found wherever it stands behind a place, blanks and widths aside.
    #[test]
    fn words() {
        let text = Plain::new("２０２２年 重点\n任务", Some(2021));
        for (word, end) in [
            ("2022年", Some("2022年")),
            ("点", Some("2022年重点")),
            ("重点任务", Some("2022年重点任务")),
            ("任重", None),
        ] {
            assert_eq!(text.find(&Word::from(word.to_owned()), 0), end.map(str::len), "{word}");
        }
        assert_eq!(text.find(&Word::from("{next-year}".to_owned()), 0), Some("2022年".len()));
        assert_eq!(text.find(&Word::from("2022年".to_owned()), 1), None);
    }
}
