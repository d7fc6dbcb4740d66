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
    units: [Vec<Measure>; BUCKETS],
    /// The names of rates, the longest first.
    rates: Vec<RateName>,
    /// Those of them that may be meant, by the lowest bits of the last character but one: nearly all end with 率.
    by_ending: [Vec<usize>; BUCKETS],
    outcomes: Outcomes,
    wholes: Wholes,
    /// By class: whether it is measured.
    measured: Vec<bool>,
}

/// Kinds of which one thing is of exactly one, and which of them leave nothing out.
#[derive(Debug, Clone)]
pub struct WholeNames {
    /// All words by which a thing may be told to be of one of the kinds, those of `all` and `most` included.
    pub words: Vec<String>,
    /// Words that between them are all there is (男, 女).
    pub all: Vec<Vec<String>>,
    /// Words that exclude each other and may leave a rest (满意, 基本满意, 不满意).
    pub most: Vec<Vec<String>>,
}

/// Names of parts that make up a whole.
#[derive(Debug)]
struct Wholes {
    names: Outcomes,
    /// For each of them the sets of places that `all` and `most` name, and whether it is `all`.
    sets: Vec<Vec<(Vec<usize>, bool)>>,
}

/// What the names of some parts say of them together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Whole<'a> {
    /// What is left of each name without its word: what stands before it, and what behind it.
    pub left: Vec<[&'a str; 2]>,
    /// Whether the parts are all there is, and not only apart from each other.
    pub all: bool,
    /// Which of the lists they are of.
    kind: usize,
}

/// A measure word. Its first two characters turn nearly all words of a text away before they are compared.
#[derive(Debug)]
struct Measure {
    first: char,
    second: Option<char>,
    word: String,
    class: ClassId,
}

/// Outcomes that exclude each other, where they are found: by the lowest bits of the first character of their words, and
/// of the last ([`bucket`]).
#[derive(Debug)]
struct Outcomes {
    by_first: [Vec<Outcome>; BUCKETS],
    by_last: [Vec<Outcome>; BUCKETS],
}

/// A word of a partition.
#[derive(Debug, Clone)]
struct Outcome {
    partition: usize,
    /// Its place among the words of the partition, the longest first: 不予受理 before 受理, which it holds.
    place: usize,
    word: String,
}

impl Outcomes {
    fn new(partitions: Vec<Vec<String>>) -> Self {
        let mut all = Self { by_first: [const { Vec::new() }; BUCKETS], by_last: [const { Vec::new() }; BUCKETS] };
        for (partition, mut words) in partitions.into_iter().enumerate() {
            words.sort_by_key(|w| std::cmp::Reverse(w.len()));
            for (place, word) in words.into_iter().enumerate() {
                let (Some(first), Some(last)) = (word.chars().next(), word.chars().next_back()) else { continue };
                let outcome = Outcome { partition, place, word };
                all.by_first[bucket(first)].push(outcome.clone());
                all.by_last[bucket(last)].push(outcome);
            }
        }
        all
    }

    /// The words that the lead begins or ends with.
    fn of<'a>(&'a self, lead: &'a str) -> impl Iterator<Item = &'a Outcome> {
        let at = |c: Option<char>, lists: &'a [Vec<Outcome>; BUCKETS]| c.map_or(&[][..], |c| &lists[bucket(c)]).iter();
        let begun = at(lead.chars().next(), &self.by_first).filter(move |o| lead.starts_with(o.word.as_str()));
        let ended = at(lead.chars().next_back(), &self.by_last).filter(move |o| lead.ends_with(o.word.as_str()));
        begun.chain(ended)
    }

    /// The place in a partition of the word that the lead begins or ends with.
    fn in_partition(&self, lead: &str, partition: usize) -> Option<usize> {
        self.outcome(lead, partition).map(|o| o.place)
    }

    /// The longest word of a partition that the lead begins or ends with.
    fn outcome<'a>(&'a self, lead: &'a str, partition: usize) -> Option<&'a Outcome> {
        self.of(lead).filter(|o| o.partition == partition).min_by_key(|o| o.place)
    }
}

impl Wholes {
    fn new(wholes: Vec<WholeNames>) -> Self {
        let names = Outcomes::new(wholes.iter().map(|whole| whole.words.clone()).collect());
        let sets = |(kind, whole): (usize, WholeNames)| {
            let places = |set: Vec<String>| {
                let mut places: Vec<usize> = set.iter().filter_map(|word| names.in_partition(word, kind)).collect();
                places.sort_unstable();
                places
            };
            let all = whole.all.into_iter().map(|set| (places(set), true));
            all.chain(whole.most.into_iter().map(|set| (places(set), false))).collect()
        };
        let sets = wholes.into_iter().enumerate().map(sets).collect();
        Self { names, sets }
    }
}

const BUCKETS: usize = 256;

/// Where the words that begin, or end, with this character are kept.
fn bucket(first: char) -> usize {
    first as usize % BUCKETS
}

impl Lexicon {
    /// A lexicon of classes of measure words, of rate names, and of outcomes that exclude each other.
    #[must_use]
    pub fn new(classes: Vec<Vec<String>>, mut rates: Vec<RateName>, partitions: Vec<Vec<String>>) -> Self {
        let mut units = [const { Vec::<Measure>::new() }; BUCKETS];
        for (id, words) in (0u16..).zip(classes) {
            for word in words {
                let mut chars = word.chars();
                let (Some(first), second) = (chars.next(), chars.next()) else { continue };
                let known = &mut units[bucket(first)];
                known.retain(|m| m.word != word);
                known.push(Measure { first, second, word, class: ClassId(id) });
            }
        }
        for words in &mut units {
            words.sort_by_key(|m| std::cmp::Reverse(m.word.len()));
        }
        rates.sort_by_key(|r| std::cmp::Reverse(r.name.len()));
        let mut by_ending = [const { Vec::new() }; BUCKETS];
        for (i, rate) in rates.iter().enumerate() {
            match rate.name.chars().rev().nth(1) {
                Some(c) => by_ending[bucket(c)].push(i),
                None => by_ending.iter_mut().for_each(|known| known.push(i)),
            }
        }
        let (outcomes, wholes) = (Outcomes::new(partitions), Wholes::new(Vec::new()));
        Self { units, rates, by_ending, outcomes, wholes, measured: Vec::new() }
    }

    /// The lexicon told which of its classes are measured and not counted, so that even whole numbers are rounded.
    #[must_use]
    pub fn with_measured(self, measured: Vec<bool>) -> Self {
        Self { measured, ..self }
    }

    /// Whether the words of the class are of what is measured (公里, 吨).
    #[must_use]
    pub fn is_measured(&self, class: ClassId) -> bool {
        self.measured.get(usize::from(class.0)).copied().unwrap_or(false)
    }

    /// The lexicon with these names of parts that make up a whole.
    #[must_use]
    pub fn with_wholes(self, wholes: Vec<WholeNames>) -> Self {
        Self { wholes: Wholes::new(wholes), ..self }
    }

    /// The longest measure word at the start of `rest`: its class and its length in bytes.
    #[must_use]
    pub fn unit(&self, rest: &str) -> Option<(ClassId, usize)> {
        let mut chars = rest.chars();
        let (first, second) = (chars.next()?, chars.next());
        let begins = |m: &&Measure| {
            m.first == first && (m.second.is_none() || m.second == second && rest.starts_with(m.word.as_str()))
        };
        self.units[bucket(first)].iter().find(begins).map(|m| (m.class, m.word.len()))
    }

    /// The class of a measure word.
    #[must_use]
    pub fn class(&self, word: &str) -> Option<ClassId> {
        self.units[bucket(word.chars().next()?)].iter().find(|m| m.word == word).map(|m| m.class)
    }

    /// Whether the words before some counts name different outcomes of one partition.
    #[must_use]
    pub fn partition(&self, leads: &[&str]) -> bool {
        let Some(first) = leads.first() else { return false };
        self.outcomes.of(first).any(|outcome| {
            let mut seen = Vec::with_capacity(leads.len());
            leads.iter().all(|lead| {
                let place = self.outcomes.in_partition(lead, outcome.partition);
                place.filter(|place| !seen.contains(place)).map(|place| seen.push(place)).is_some()
            })
        })
    }

    /// What the names of parts that stand in a row say of them together, up to the first that bears no word of theirs.
    #[must_use]
    pub fn whole<'a>(&self, names: &[&'a str]) -> Option<Whole<'a>> {
        let known = &self.wholes.names;
        known.of(names.first()?).find_map(|first| {
            let run = names.iter().map_while(|name| Some((*name, known.outcome(name, first.partition)?)));
            let mut places: Vec<usize> = run.clone().map(|(_, outcome)| outcome.place).collect();
            places.sort_unstable();
            let (_, all) = self.wholes.sets[first.partition].iter().find(|(set, _)| *set == places)?;
            let left = |(name, outcome): (&'a str, &Outcome)| match name.strip_suffix(outcome.word.as_str()) {
                Some(before) => [before, ""],
                None => ["", &name[outcome.word.len()..]],
            };
            Some(Whole { left: run.map(left).collect(), all: *all, kind: first.partition })
        })
    }

    /// Whether the name of a part bears a word of parts that may make up a whole.
    #[must_use]
    pub fn may_be_part(&self, name: &str) -> bool {
        self.wholes.names.of(name).next().is_some()
    }

    /// Whether the name bears a word of the same list as the parts of the whole.
    #[must_use]
    pub fn is_of_whole(&self, name: &str, whole: &Whole<'_>) -> bool {
        self.wholes.names.in_partition(name, whole.kind).is_some()
    }

    /// What is known of the rate that `name` ends with.
    #[must_use]
    pub fn rate(&self, name: &str) -> Option<&RateName> {
        // A name of one character alone is in each of the lists.
        let known = &self.by_ending[bucket(name.chars().rev().nth(1).unwrap_or_default())];
        known.iter().map(|&i| &self.rates[i]).find(|r| name.ends_with(&r.name))
    }
}
