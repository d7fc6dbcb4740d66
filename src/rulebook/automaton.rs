//! Many words looked for at once, by the automaton of Aho and Corasick.
//!
//! A program that runs for a few milliseconds needs one that is quickly built: this one is laid out from the sorted
//! words in one pass. Where it is asked, a word has most likely begun, so that a step may cost a search.

use std::ops::Range;

/// The automaton. A word is told by its place among the sorted words.
#[derive(Debug)]
pub(super) struct Automaton {
    /// Level by level, the beginnings of words, those of one beginning in a row and sorted. The first is empty.
    nodes: Vec<Node>,
    /// Where the first characters of each row of 64 begin among the nodes: there are too many of them to search.
    rows: [u32; Automaton::ROWS + 1],
}

/// What one or more words begin with.
#[derive(Debug)]
struct Node {
    /// Its last character.
    c: char,
    /// How many characters it has.
    depth: u32,
    /// How many bytes.
    len: usize,
    /// The beginnings that are a character longer.
    longer: Range<u32>,
    /// Its longest end that is a beginning too.
    end: u32,
    /// Its longest end that is a word.
    word_end: u32,
    /// The words that it is.
    words: Range<usize>,
}

impl Node {
    const NONE: Self = Self { c: '\0', depth: 0, len: 0, longer: 0..0, end: 0, word_end: 0, words: 0..0 };
}

impl Automaton {
    /// The rows of the basic plane, and one for what is beyond it.
    const ROWS: usize = (0x1_0000 >> Self::ROW) + 1;
    /// The bits of a place in a row.
    const ROW: u32 = 6;

    /// An automaton of words that are sorted; some may be the same, and none is empty.
    pub(super) fn new<W: AsRef<str>>(words: &[W]) -> Self {
        let mut all = Self { nodes: vec![Node { words: 0..words.len(), ..Node::NONE }], rows: [1; _] };
        let mut at = 0;
        while at < all.nodes.len() {
            // Until a node is read, its words are all that begin so.
            let Node { len, depth, end, words: ref begun, .. } = all.nodes[at];
            let mut rest = begun.clone();
            let word = |i: usize| words[i].as_ref();
            // Of the words that begin so, those that are no longer come first.
            let whole = rest.clone().take_while(|&i| word(i).len() == len).count();
            let first = all.nodes.len() as u32;
            let words = rest.start..rest.start + whole;
            rest.start = words.end;
            while let Some(c) = rest.clone().next().and_then(|i| word(i)[len..].chars().next()) {
                let same = rest.clone().take_while(|&i| word(i)[len..].starts_with(c)).count();
                // Behind the first character nothing is left of the beginning but the empty one.
                let end = if at == 0 { 0 } else { all.step(end, c) };
                let begun = rest.start..rest.start + same;
                rest.start = begun.end;
                let (depth, len) = (depth + 1, len + c.len_utf8());
                all.nodes.push(Node { c, depth, len, end, words: begun, ..Node::NONE });
                if at == 0 {
                    all.rows[Self::row(c) + 1..].fill(all.nodes.len() as u32);
                }
            }
            let longer = first..all.nodes.len() as u32;
            let shorter = &all.nodes[end as usize];
            let word_end = if shorter.words.is_empty() { shorter.word_end } else { end };
            let node = &mut all.nodes[at];
            (node.longer, node.words, node.word_end) = (longer, words, word_end);
            at += 1;
        }
        all
    }

    /// Before anything is read.
    pub(super) fn start(&self) -> Reader<'_> {
        Reader { automaton: self, node: 0 }
    }

    fn row(c: char) -> usize {
        (c as usize >> Self::ROW).min(Self::ROWS - 1)
    }

    /// The longest end of a beginning and one more character that is a beginning.
    fn step(&self, mut node: u32, c: char) -> u32 {
        loop {
            let Node { longer, end, .. } = &self.nodes[node as usize];
            let row = Self::row(c);
            let longer = if node == 0 { self.rows[row]..self.rows[row + 1] } else { longer.clone() };
            let next = &self.nodes[longer.start as usize..longer.end as usize];
            if let Ok(i) = next.binary_search_by_key(&c, |next| next.c) {
                return longer.start + i as u32;
            }
            if node == 0 {
                return 0;
            }
            node = *end;
        }
    }
}

/// Reads a text.
#[derive(Debug, Clone)]
pub(super) struct Reader<'a> {
    automaton: &'a Automaton,
    node: u32,
}

impl<'a> Reader<'a> {
    /// Reads the next character.
    pub(super) fn read(&mut self, c: char) {
        self.node = self.automaton.step(self.node, c);
    }

    /// The words that end here, the longest first, and the bytes of each.
    pub(super) fn words(&self) -> impl Iterator<Item = (Range<usize>, usize)> + 'a {
        let nodes = &self.automaton.nodes;
        let here = Some(self.node).filter(|&node| node != 0);
        std::iter::successors(here, |&node| Some(nodes[node as usize].word_end).filter(|&end| end != 0))
            .map(|node| &nodes[node as usize])
            .filter(|node| !node.words.is_empty())
            .map(|node| (node.words.clone(), node.len))
    }

    /// How many of the last characters begin a word.
    pub(super) fn depth(&self) -> u32 {
        self.automaton.nodes[self.node as usize].depth
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// At every place the words are told that end there, and the longest beginning of a word.
        #[test]
        fn every_word(words in proptest::collection::vec("[甲乙a𠮷]{1,5}", 0..12), text in "[甲乙a𠮷]{0,30}") {
            let mut words = words;
            words.sort();
            let automaton = Automaton::new(&words);
            let mut reader = automaton.start();
            for (at, c) in text.char_indices() {
                reader.read(c);
                let read = &text[..at + c.len_utf8()];
                let mut expected: Vec<usize> = (0..words.len()).filter(|&i| read.ends_with(&words[i])).collect();
                expected.sort_by_key(|&i| std::cmp::Reverse(words[i].len()));
                prop_assert_eq!(reader.words().flat_map(|(same, _)| same).collect::<Vec<_>>(), expected);
                prop_assert!(reader.words().all(|(same, len)| same.into_iter().all(|i| words[i].len() == len)));
                let begun = (1..=read.chars().count()).rev().find(|&n| {
                    let end: String = read.chars().skip(read.chars().count() - n).collect();
                    words.iter().any(|w| w.starts_with(&end))
                });
                prop_assert_eq!(reader.depth() as usize, begun.unwrap_or(0));
            }
        }
    }
}
