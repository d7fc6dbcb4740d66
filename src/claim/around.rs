//! The words around a figure, and the short looks that finders take at them.

/// The words before and behind a figure, read as one.
#[derive(Debug, Clone, Copy)]
pub(super) struct Around<'a> {
    pub(super) lead: &'a str,
    pub(super) tail: &'a str,
}

impl Around<'_> {
    /// Whether they hold the word, be it half before the figure and half behind it.
    pub(super) fn holds(self, word: &str) -> bool {
        let halves = || word.char_indices().skip(1).map(|(at, _)| word.split_at(at));
        holds(self.lead, word)
            || holds(self.tail, word)
            || halves().any(|(head, rest)| self.lead.ends_with(head) && self.tail.starts_with(rest))
    }

    /// Whether they hold the two characters side by side.
    pub(super) fn holds_pair(self, (a, b): (char, char)) -> bool {
        holds_pair(self.lead, (a, b))
            || holds_pair(self.tail, (a, b))
            || self.lead.ends_with(a) && self.tail.starts_with(b)
    }
}

/// Whether the words hold the word: for words so few that a searcher takes longer to make ready than to search them.
pub(super) fn holds(words: &str, word: &str) -> bool {
    let words = words.as_bytes();
    let Some((last, head)) = word.as_bytes().split_last() else { return true };
    let ends = words.iter().enumerate().skip(head.len()).filter(|&(_, b)| b == last);
    ends.into_iter().any(|(at, _)| words[..at].ends_with(head))
}

/// Whether the words hold the two characters side by side.
pub(super) fn holds_pair(words: &str, (a, b): (char, char)) -> bool {
    let mut previous = None;
    words.chars().any(|c| previous.replace(c) == Some(a) && c == b)
}

/// The Han characters of the words, each with the next.
pub(super) fn han_pairs(words: &str) -> impl Iterator<Item = (char, char)> + Clone + '_ {
    let han = words.chars().filter(|&c| crate::text::is_han(c));
    han.clone().zip(han.skip(1))
}

/// The words without any 其中 that they begin with.
pub(super) fn past_among(mut words: &str) -> &str {
    while let Some(rest) = words.strip_prefix("其中") {
        words = rest;
    }
    words
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// The words around a figure are one text.
        #[test]
        fn read_as_one(lead in "[甲乙a]{0,4}", tail in "[甲乙a]{0,4}", word in "[甲乙a]{1,3}", a in "[甲乙a]", b in "[甲乙a]") {
            let one = format!("{lead}{tail}");
            let around = Around { lead: &lead, tail: &tail };
            prop_assert_eq!(around.holds(&word), one.contains(&word));
            let pair = format!("{a}{b}");
            let chars = (a.chars().next().unwrap(), b.chars().next().unwrap());
            prop_assert_eq!(around.holds_pair(chars), one.contains(&pair));
        }
    }

    /// Every word holds the empty one, and itself.
    #[test]
    fn holds_itself() {
        assert!(holds("", "") && holds("甲", "") && holds("甲乙", "甲乙") && !holds("甲", "甲乙"));
    }
}
