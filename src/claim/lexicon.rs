//! The words that claims turn on: measure words, rate names, words of parts and bases. Filled from `rules/` by the rulebook.

use std::collections::HashMap;

/// A class of measure words that count the same things (件, 起, 宗).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClassId(pub u16);

/// What is known of a rate by its name.
#[derive(Debug, Clone)]
pub struct RateName {
    /// The name's ending (`结案率`); the longest that fits wins.
    pub name: String,
    /// Words that mark the numerator (结案, 办结).
    pub parts: Vec<String>,
    /// Words that mark the denominator (立案, 受理); empty: any count.
    pub bases: Vec<String>,
    /// Whether more than 100% is possible (完成率).
    pub over: bool,
    /// Whether cases carried over from last year count in the base without being named.
    pub carry: bool,
    /// Whether it is always taken of whole things that are counted (案件, 案卷, 批次), never of money or persons asked.
    pub items: bool,
    /// Whether the rate is never a share of counts in the text (知晓率 from a survey).
    pub outside: bool,
}

/// The words of the arithmetic.
#[derive(Debug, Default)]
pub struct Lexicon {
    units: HashMap<String, ClassId>,
    longest_unit: usize,
    rates: Vec<RateName>,
    partitions: Vec<Vec<String>>,
}

impl Lexicon {
    /// A lexicon of classes of measure words, of rate names, and of outcomes that exclude each other.
    #[must_use]
    pub fn new(classes: Vec<Vec<String>>, mut rates: Vec<RateName>, mut partitions: Vec<Vec<String>>) -> Self {
        let mut units = HashMap::new();
        let mut longest_unit = 0;
        for (id, words) in (0u16..).zip(classes) {
            for word in words {
                longest_unit = longest_unit.max(word.chars().count());
                units.insert(word, ClassId(id));
            }
        }
        rates.sort_by_key(|r| std::cmp::Reverse(r.name.len()));
        // 不予受理 before 受理: the longest word that fits is the one meant.
        for words in &mut partitions {
            words.sort_by_key(|w| std::cmp::Reverse(w.len()));
        }
        Self { units, longest_unit, rates, partitions }
    }

    /// The longest measure word at the start of `rest`: its class and its length in bytes.
    #[must_use]
    pub fn unit(&self, rest: &str) -> Option<(ClassId, usize)> {
        let ends: Vec<usize> = rest.char_indices().map(|(i, c)| i + c.len_utf8()).take(self.longest_unit).collect();
        ends.into_iter().rev().find_map(|end| self.units.get(&rest[..end]).map(|&class| (class, end)))
    }

    /// The class of a measure word.
    #[must_use]
    pub fn class(&self, word: &str) -> Option<ClassId> {
        self.units.get(word).copied()
    }

    /// Whether the words before some counts name different outcomes of one partition.
    #[must_use]
    pub fn partition(&self, leads: &[&str]) -> bool {
        self.partitions.iter().any(|words| {
            let mut seen = Vec::new();
            leads.iter().all(|lead| {
                let word = words.iter().find(|w| lead.ends_with(w.as_str()) || lead.starts_with(w.as_str()));
                word.is_some_and(|w| {
                    let fresh = !seen.contains(&w);
                    seen.push(w);
                    fresh
                })
            })
        })
    }

    /// What is known of the rate that `name` ends with.
    #[must_use]
    pub fn rate(&self, name: &str) -> Option<&RateName> {
        self.rates.iter().find(|r| name.ends_with(&r.name))
    }
}
