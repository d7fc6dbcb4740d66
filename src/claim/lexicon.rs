//! The words that claims turn on: measure words, rate names, words of parts and bases. Filled from `rules/` by the rulebook.

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
#[derive(Debug)]
pub struct Lexicon {
    /// Measure words by the lowest bits of their first character ([`bucket`]), the longest first.
    units: [Vec<(String, ClassId)>; BUCKETS],
    rates: Vec<RateName>,
    partitions: Vec<Vec<String>>,
}

const BUCKETS: usize = 64;

/// Where the measure words that begin with this character are kept.
fn bucket(first: char) -> usize {
    first as usize % BUCKETS
}

impl Lexicon {
    /// A lexicon of classes of measure words, of rate names, and of outcomes that exclude each other.
    #[must_use]
    pub fn new(classes: Vec<Vec<String>>, mut rates: Vec<RateName>, mut partitions: Vec<Vec<String>>) -> Self {
        let mut units = [const { Vec::<(String, ClassId)>::new() }; BUCKETS];
        for (id, words) in (0u16..).zip(classes) {
            for word in words {
                let Some(first) = word.chars().next() else { continue };
                let known = &mut units[bucket(first)];
                known.retain(|(w, _)| *w != word);
                known.push((word, ClassId(id)));
            }
        }
        for words in &mut units {
            words.sort_by_key(|(w, _)| std::cmp::Reverse(w.len()));
        }
        rates.sort_by_key(|r| std::cmp::Reverse(r.name.len()));
        // 不予受理 before 受理: the longest word that fits is the one meant.
        for words in &mut partitions {
            words.sort_by_key(|w| std::cmp::Reverse(w.len()));
        }
        Self { units, rates, partitions }
    }

    /// The longest measure word at the start of `rest`: its class and its length in bytes.
    #[must_use]
    pub fn unit(&self, rest: &str) -> Option<(ClassId, usize)> {
        let words = &self.units[bucket(rest.chars().next()?)];
        words.iter().find(|(w, _)| rest.starts_with(w.as_str())).map(|(w, class)| (*class, w.len()))
    }

    /// The class of a measure word.
    #[must_use]
    pub fn class(&self, word: &str) -> Option<ClassId> {
        let words = &self.units[bucket(word.chars().next()?)];
        words.iter().find(|(w, _)| w == word).map(|(_, class)| *class)
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
