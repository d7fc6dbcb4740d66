//! What proves that a full stop and a line end cut a sentence, and what stands so by right (`rules/cuts.toml`).

use std::collections::BTreeMap;

use serde::Deserialize;

use super::source::source;
use crate::text::is_han;

/// The words at the end of one line and the beginning of the next.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cuts {
    transitive: Vec<String>,
    /// What those end in, in order.
    #[serde(skip)]
    transitive_ends: Vec<char>,
    particles: Vec<String>,
    nouns: Vec<String>,
    /// The characters of the longest of those.
    #[serde(skip)]
    longest_noun: usize,
    /// In the order of their first characters.
    torn: Vec<Torn>,
    /// What follows the second character of a word where it begins another one.
    tails: BTreeMap<char, String>,
    /// What has to follow a word, for those whose second character begins too many others.
    then: BTreeMap<String, Vec<String>>,
}

/// Words of two characters that begin with the same one.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Torn {
    head: char,
    /// What stands before the first character where it ends another word.
    after: String,
    words: Vec<String>,
}

impl Cuts {
    /// The words that the binary carries.
    ///
    /// # Panics
    /// Never in a tested build: the file is part of the source.
    pub(super) fn embedded() -> Self {
        let mut cuts: Self = source!("cuts").read();
        cuts.transitive_ends = cuts.transitive.iter().filter_map(|w| w.chars().next_back()).collect();
        cuts.transitive_ends.sort_unstable();
        cuts.longest_noun = cuts.nouns.iter().map(|w| w.chars().count()).max().unwrap_or(0);
        cuts.torn.sort_unstable_by_key(|t| t.head);
        cuts
    }

    /// Whether the text ends in a character that a word ends in which needs an object: few do.
    #[must_use]
    pub fn may_end_transitive(&self, text: &str) -> bool {
        text.chars().next_back().is_some_and(|c| self.transitive_ends.binary_search(&c).is_ok())
    }

    /// Whether the word needs an object.
    #[must_use]
    pub fn is_transitive(&self, word: &str) -> bool {
        self.transitive.iter().any(|w| w == word)
    }

    /// The particle 的 at the beginning of a line that cannot begin with it: 的确 is another word.
    #[must_use]
    pub fn particle<'t>(&self, line: &'t str) -> Option<&'t str> {
        let is_word = || self.particles.iter().any(|w| line.starts_with(w.as_str()));
        (line.starts_with('的') && !is_word()).then(|| &line[..'的'.len_utf8()])
    }

    /// The noun that is all of the first sentence of a line and cannot be a sentence by itself.
    #[must_use]
    pub fn lone_noun<'t>(&self, line: &'t str) -> Option<&'t str> {
        let (end, _) = line.char_indices().take(self.longest_noun + 1).find(|&(_, c)| c == '。')?;
        let sentence = &line[..end];
        self.nouns.iter().any(|w| w == sentence).then_some(sentence)
    }

    /// The word that a full stop between the end of `head` and the beginning of `line` tears in two.
    #[must_use]
    pub fn torn(&self, head: &str, line: &str) -> Option<&str> {
        let mut before = head.chars().rev();
        let first = before.next()?;
        let torn = self.torn.binary_search_by_key(&first, |t| t.head).ok().map(|i| &self.torn[i])?;
        // A line that has nothing before it is no sentence that could be cut.
        before.next().filter(|&c| is_han(c) && !torn.after.contains(c))?;
        let mut after = line.chars();
        let second = after.next()?;
        let word = torn.words.iter().find(|w| w.ends_with(second))?;
        let rest = after.as_str();
        let goes_on = match (self.then.get(word), self.tails.get(&second)) {
            (Some(then), _) => then.iter().any(|w| rest.starts_with(w.as_str())),
            (None, Some(others)) => goes_on(rest, others),
            (None, None) => false,
        };
        goes_on.then_some(word.as_str())
    }
}

/// Whether the text behind a character goes on with its word: it begins neither one of the words that the character
/// opens, nor with what follows a name or an abbreviation (范某, 查：, 实3).
fn goes_on(rest: &str, others: &str) -> bool {
    let Some(next) = rest.chars().next() else { return false };
    next != '某' && !others.contains(next) && (is_han(next) || "，。、；“《".contains(next))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every torn word has its first character, a known second one, and nothing is listed in vain.
    #[test]
    fn words_are_whole() {
        let cuts = Cuts::embedded();
        let mut seconds = Vec::new();
        for torn in &cuts.torn {
            for word in &torn.words {
                let chars: Vec<char> = word.chars().collect();
                assert!(chars.len() == 2 && chars[0] == torn.head, "{word}");
                assert!(cuts.then.contains_key(word) || cuts.tails.contains_key(&chars[1]), "{word}");
                seconds.push(chars[1]);
            }
        }
        assert!(cuts.tails.keys().all(|c| seconds.contains(c)), "{:?}", cuts.tails.keys());
        let mut heads: Vec<char> = cuts.torn.iter().map(|t| t.head).collect();
        heads.sort_unstable();
        assert!(heads.windows(2).all(|pair| pair[0] != pair[1]), "{heads:?}");
        // Lines that begin otherwise are not even looked at.
        let words = cuts.nouns.iter().chain(cuts.torn.iter().flat_map(|t| &t.words));
        assert!(words.clone().all(|w| w.chars().all(is_han)), "{:?}", words.collect::<Vec<_>>());
        let is_torn = |word: &String| cuts.torn.iter().any(|t| t.words.contains(word));
        assert!(cuts.then.keys().all(is_torn), "{:?}", cuts.then.keys());
    }

    /// A word is torn only where neither half is a word of its own.
    #[test]
    fn torn_words() {
        let cuts = Cuts::embedded();
        assert_eq!(cuts.torn("促进市场交易规", "范有序"), Some("规范"));
        assert_eq!(cuts.torn("各项工作有序推", "进。"), Some("推进"));
        assert_eq!(cuts.torn("二是健", "全机制"), Some("健全"));
        for (head, line) in [
            ("修订村规", "范文另附"),
            ("修订乡规", "范有序"),
            ("市场交易规", "范围明确"),
            ("行业行规", "范有序"),
            ("规", "范有序"),
            ("二是健", "全县一体推进"),
            ("统一推", "进一步细化"),
            ("主持人：李督", "促：略"),
        ] {
            assert_eq!(cuts.torn(head, line), None, "{head}/{line}");
        }
    }

    /// An unknown key is refused, so that no word is silently without effect.
    #[test]
    fn unknown_keys() {
        let text = include_str!("../../rules/cuts.toml");
        assert!(toml::from_str::<Cuts>(&format!("verbs = []\n{text}")).is_err());
        assert!(toml::from_str::<Cuts>(&text.replacen("after =", "before =", 1)).is_err());
    }
}
