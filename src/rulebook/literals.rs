//! The words of all rules in one automaton: one pass over a paragraph tells each rule where to look closer.

use std::fmt;

use daachorse::charwise::iter::FindOverlappingStepper;
use daachorse::{CharwiseDoubleArrayAhoCorasick, CharwiseDoubleArrayAhoCorasickBuilder};

use super::placeholders::Sign;
use super::starts::{Places, Read, Starts};
use super::terms::Terms;
use crate::text::{Joined, Span, is_blank, is_gap, is_han, tear};

/// Whose word it is, and which of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Owner {
    /// A spelling of a term.
    Spelling(usize),
    /// The name of a list or of a stretch of years.
    Name(usize),
    /// One of the first two items of a list: which list, and which item.
    Item(usize, usize),
    /// What opens a phrase that was left behind.
    Phrase(usize),
    /// A word that was written twice.
    Twice,
    /// What a placeholder begins with.
    Placeholder(Sign),
    /// A word that tells where a question about a kind of paper is worth asking.
    Key(usize),
}

/// Kinds of owners.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Kinds(u8);

impl Kinds {
    pub(super) const SPELLING: Self = Self(1);
    pub(super) const NAME: Self = Self(1 << 1);
    pub(super) const ITEM: Self = Self(1 << 2);
    pub(super) const PHRASE: Self = Self(1 << 3);
    pub(super) const TWICE: Self = Self(1 << 4);
    pub(super) const PLACEHOLDER: Self = Self(1 << 5);
    pub(super) const KEY: Self = Self(1 << 6);
}

impl Owner {
    fn kind(self) -> Kinds {
        match self {
            Self::Spelling(_) => Kinds::SPELLING,
            Self::Name(_) => Kinds::NAME,
            Self::Item(..) => Kinds::ITEM,
            Self::Phrase(_) => Kinds::PHRASE,
            Self::Twice => Kinds::TWICE,
            Self::Placeholder(_) => Kinds::PLACEHOLDER,
            Self::Key(_) => Kinds::KEY,
        }
    }
}

/// Most texts have less than one word in so many bytes.
const BYTES_A_WORD: usize = 64;

type Automaton = CharwiseDoubleArrayAhoCorasick<u32>;

/// The words of all rules.
pub struct Literals {
    /// Yields the index of a word; `None` where there is no word.
    automaton: Option<Automaton>,
    /// Where it has to be asked at all.
    starts: Starts,
    /// The words of one character with their indices, in order. Where nothing longer stands they are found without it.
    singles: Vec<(char, u32)>,
    /// The owners, word by word.
    owners: Vec<Owner>,
    /// Where those of a word end, and those of the next one begin; the first ones at the start.
    ends: Vec<u32>,
}

impl fmt::Debug for Literals {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Literals").field("words", &(self.ends.len() - 1)).finish_non_exhaustive()
    }
}

/// What stands in the paragraphs of a text: in those in which something does.
#[derive(Debug, Default)]
pub struct Sightings<'t> {
    paragraphs: Vec<Paragraph<'t>>,
    /// The words in the joined texts, paragraph by paragraph, in the order of their ends.
    words: Vec<(Owner, Span)>,
    /// Where a placeholder may begin in the paragraphs as written, in order.
    signs: Vec<(Sign, usize)>,
}

/// A paragraph in which something stands.
#[derive(Debug)]
struct Paragraph<'t> {
    span: Span,
    /// It with its words whole again.
    joined: Joined<'t>,
    /// Whose words stand there.
    kinds: Kinds,
    /// Where its words and its signs end, and those of the next one begin.
    words: usize,
    signs: usize,
}

/// What stands in a paragraph.
#[derive(Debug, Clone, Copy)]
pub struct Sighting<'s> {
    /// The paragraph in its text.
    pub span: Span,
    joined: &'s Joined<'s>,
    kinds: Kinds,
    words: &'s [(Owner, Span)],
    signs: &'s [(Sign, usize)],
}

impl<'t> Sightings<'t> {
    /// Ends a paragraph, before which so many words and signs were known.
    fn end(&mut self, span: Span, joined: Joined<'t>, (words, signs): (usize, usize)) {
        let mut kinds = Kinds(0);
        for &(owner, span) in &self.words[words..] {
            kinds.0 |= owner.kind().0;
            if let Owner::Placeholder(sign) = owner {
                self.signs.push((sign, joined.original(span).start));
            }
        }
        if kinds.0 & Kinds::PLACEHOLDER.0 != 0 {
            self.signs[signs..].sort_by_key(|&(_, at)| at);
        }
        self.paragraphs.push(Paragraph { span, joined, kinds, words: self.words.len(), signs: self.signs.len() });
    }

    /// Paragraph by paragraph, in the order of the text.
    pub fn iter(&self) -> impl Iterator<Item = Sighting<'_>> {
        self.from(0)
    }

    /// The same for the paragraphs that overlap a span.
    pub(super) fn within(&self, span: Span) -> impl Iterator<Item = Sighting<'_>> {
        let first = self.paragraphs.partition_point(|p| p.span.end <= span.start);
        self.from(first).take_while(move |sighting| sighting.span.start < span.end)
    }

    fn from(&self, first: usize) -> impl Iterator<Item = Sighting<'_>> {
        let before = first.checked_sub(1).map(|i| &self.paragraphs[i]);
        let (mut words, mut signs) = before.map_or((0, 0), |p| (p.words, p.signs));
        self.paragraphs[first..].iter().map(move |p| Sighting {
            span: p.span,
            joined: &p.joined,
            kinds: p.kinds,
            words: &self.words[std::mem::replace(&mut words, p.words)..p.words],
            signs: &self.signs[std::mem::replace(&mut signs, p.signs)..p.signs],
        })
    }
}

impl Literals {
    /// An automaton of words and their owners.
    ///
    /// # Panics
    /// When the words are more than an automaton holds: some millions.
    pub(super) fn new(words: impl IntoIterator<Item = (String, Owner)>) -> Self {
        let mut words: Vec<(String, Owner)> = words.into_iter().collect();
        words.sort_by(|(a, _), (b, _)| a.cmp(b));
        let shared = || words.chunk_by(|(a, _), (b, _)| a == b);
        let distinct = || shared().map(|same| same[0].0.as_str());
        let owners = words.iter().map(|&(_, owner)| owner).collect();
        let mut end = 0;
        let behind = shared().map(|same| {
            end += same.len() as u32;
            end
        });
        let ends = std::iter::once(0).chain(behind).collect();
        let starts = Starts::of(distinct());
        let single = |(word, nth): (&str, u32)| {
            let mut chars = word.chars();
            chars.next().filter(|_| chars.next().is_none()).map(|c| (c, nth))
        };
        let singles = distinct().zip(0..).filter_map(single).collect();
        let automaton = (!words.is_empty()).then(|| {
            let builder = CharwiseDoubleArrayAhoCorasickBuilder::new().use_prefilter(false);
            let mut automaton =
                builder.build_with_values(distinct().zip(0u32..)).expect("fewer words than an automaton holds");
            automaton.cache_depths().expect("it was just built");
            automaton
        });
        Self { automaton, starts, singles, owners, ends }
    }

    /// An automaton of the entries alone.
    #[must_use]
    pub fn of(terms: &Terms) -> Self {
        Self::new(terms.literals())
    }

    /// Reads a text that is one paragraph.
    #[must_use]
    pub fn sight<'t>(&self, text: &'t str) -> Sightings<'t> {
        self.sight_in(text, [Span::new(0, text.len())])
    }

    /// Reads the paragraphs of a text once. Blanks and line ends inside a word do not hide it.
    #[must_use]
    pub fn sight_in<'t>(&self, text: &'t str, paragraphs: impl IntoIterator<Item = Span>) -> Sightings<'t> {
        let mut all = Sightings::default();
        let mut gaps = Vec::new();
        // Room for the words of most texts.
        all.words.reserve(text.len() / BYTES_A_WORD);
        for span in paragraphs {
            let known = (all.words.len(), all.signs.len());
            self.read(span.of(text), &mut gaps, &mut all);
            if (all.words.len(), all.signs.len()) != known {
                all.end(span, Joined::new(span.of(text), &gaps), known);
            }
            gaps.clear();
        }
        all
    }

    /// Reads a paragraph: adds its words and signs, and the gaps that tear its words.
    fn read(&self, text: &str, gaps: &mut Vec<Span>, all: &mut Sightings<'_>) {
        let Sightings { words, signs, .. } = all;
        // How much was left out.
        let mut left_out = 0;
        let mut last = Read::default();
        // Where a word may have begun, it is followed.
        let mut word: Option<FindOverlappingStepper<'_, u32>> = None;
        let mut rest = text.as_bytes();
        loop {
            let found = match word {
                Some(_) => self.starts.first(rest, last),
                None => self.starts.next(&mut rest, &mut last),
            };
            let Some(now) = found else { break };
            let at = text.len() - rest.len();
            let Some(c) = text[at..].chars().next() else { break };
            if now.is(Places::GAP)
                && is_gap(c)
                && let Some(han) = before(text, at, gaps).map(|(_, c)| c).filter(|&c| is_han(c))
            {
                if is_blank(c)
                    && let Some(sign) = Sign::before_blank(han)
                {
                    signs.push((sign, at - han.len_utf8()));
                }
                if let Some(len) = tear(&text[at..]) {
                    gaps.push(Span::new(at, at + len));
                    left_out += len;
                    rest = &rest[len..];
                    continue;
                }
            }
            if now.is(Places::SIGN)
                && let Some(sign) = Sign::new(c)
            {
                signs.push((sign, at));
            }
            if word.is_none() && now.is(Places::PAIR | Places::TRIPLE) {
                word = self.begun(text, at, [last, now], gaps);
            }
            rest = &rest[c.len_utf8()..];
            last = now;
            let end = text.len() - rest.len() - left_out;
            let mut see = |word: u32, len: usize| {
                for &owner in self.owners(word) {
                    words.push((owner, Span::new(end - len, end)));
                }
            };
            if let Some(stepper) = &mut word {
                stepper.consume(c);
                for found in stepper.matches() {
                    see(found.value(), found.end() - found.start());
                }
                // With two characters of a word read, the next one tells whether it goes on.
                if stepper.depth().is_none_or(|depth| depth < 3) {
                    word = None;
                }
            } else if now.is(Places::WORD)
                && let Ok(nth) = self.singles.binary_search_by_key(&c, |&(c, _)| c)
            {
                see(self.singles[nth].1, c.len_utf8());
            }
        }
    }

    /// The automaton as it stands before the character at `at`, which is the second of these, if a word may have begun with
    /// those before it.
    fn begun(&self, text: &str, at: usize, read: [Read; 2], gaps: &[Span]) -> Option<FindOverlappingStepper<'_, u32>> {
        let (at, last) = before(text, at, gaps)?;
        let first = if self.starts.goes_on(read) { before(text, at, gaps).map(|(_, c)| c) } else { None };
        let first = first.filter(|&c| self.starts.opens(c, read[0]));
        if first.is_none() && !self.starts.is_whole(read) {
            return None;
        }
        let mut stepper = self.automaton.as_ref()?.find_overlapping_stepper();
        if let Some(first) = first {
            stepper.consume(first);
        }
        stepper.consume(last);
        stepper.depth().is_some_and(|depth| depth > 0).then_some(stepper)
    }

    /// Those who share the word with this index.
    fn owners(&self, word: u32) -> &[Owner] {
        let of = word as usize;
        &self.owners[self.ends[of] as usize..self.ends[of + 1] as usize]
    }
}

/// The character before the byte `at` of a text without its gaps, and where it stands.
fn before(text: &str, at: usize, gaps: &[Span]) -> Option<(usize, char)> {
    let gap = gaps.iter().rev().find(|gap| gap.end <= at).filter(|gap| gap.end == at);
    text[..gap.map_or(at, |gap| gap.start)].char_indices().next_back()
}

impl<'s> Sighting<'s> {
    /// The paragraph with its words whole again.
    pub(super) fn joined(&self) -> &'s Joined<'s> {
        self.joined
    }

    /// Whether there is a word of an owner of this kind.
    #[inline]
    pub(super) fn has(self, kind: Kinds) -> bool {
        self.kinds.0 & kind.0 != 0
    }

    /// Whether a name or an item of a list stands there.
    #[must_use]
    pub fn has_phrases(self) -> bool {
        self.has(Kinds::NAME) || self.has(Kinds::ITEM)
    }

    /// The words that `of` takes for its own, all of which have owners of this kind, with their places in the joined text,
    /// in the order of their ends.
    pub(super) fn words<T>(self, kind: Kinds, of: impl Fn(Owner) -> Option<T>) -> impl Iterator<Item = (T, Span)> {
        let words = if self.has(kind) { self.words } else { &[] };
        words.iter().filter_map(move |&(owner, span)| Some((of(owner)?, span)))
    }

    /// Where words that were written twice in a row stand in the paragraph: those without a gap between them.
    pub fn twice(self) -> impl Iterator<Item = Span> {
        self.words(Kinds::TWICE, |owner| (owner == Owner::Twice).then_some(())).filter_map(move |((), span)| {
            let written = self.joined.original(span);
            (written.len() == span.len()).then_some(written)
        })
    }

    /// Where a placeholder may begin, and by what sign, in the order of the text.
    #[must_use]
    pub fn signs(self) -> &'s [(Sign, usize)] {
        self.signs
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const WORDS: [&str; 8] = ["甲", "甲乙", "乙丙丁", "丙", "丁丁", "ab", "𠮷", "𠮷甲"];

    proptest! {
        /// Every place of every word is found, however words overlap and gaps tear them, and nothing else.
        #[test]
        fn finds_what_stands_there(text in "[甲乙丙丁ab𠮷 \n，x]{0,40}") {
            let literals = Literals::new(WORDS.iter().enumerate().map(|(i, w)| ((*w).to_owned(), Owner::Name(i))));
            let sightings = literals.sight(&text);
            let mut whole = String::new();
            for (at, c) in text.char_indices() {
                let torn = is_gap(c)
                    && whole.ends_with(is_han)
                    && text[at..].trim_start_matches(is_gap).starts_with(is_han);
                if !torn {
                    whole.push(c);
                }
            }
            for sighting in sightings.iter() {
                prop_assert_eq!(sighting.joined().text(), &whole);
            }
            let mut expected = Vec::new();
            for (i, word) in WORDS.iter().enumerate() {
                let places = (0..whole.len()).filter(|&at| whole.is_char_boundary(at) && whole[at..].starts_with(word));
                expected.extend(places.map(|at| (i, Span::new(at, at + word.len()))));
            }
            let name = |owner| if let Owner::Name(i) = owner { Some(i) } else { None };
            let mut found: Vec<_> = sightings.iter().flat_map(|s| s.words(Kinds::NAME, name)).collect();
            found.sort_by_key(|&(i, span)| (i, span.start));
            prop_assert_eq!(found, expected);
            let signs: Vec<usize> = sightings.iter().flat_map(|s| s.signs()).map(|&(_, at)| at).collect();
            prop_assert_eq!(signs, text.match_indices('x').map(|(at, _)| at).collect::<Vec<_>>());
        }

        /// Every paragraph has its own words and signs, whatever stands in those before it.
        #[test]
        fn paragraphs(lines in proptest::collection::vec("[甲乙丙x年 ，]{0,6}", 0..6)) {
            let literals = Literals::new([("甲乙".to_owned(), Owner::Name(0)), ("丙".to_owned(), Owner::Twice)]);
            let text = lines.join("\n");
            let spans: Vec<Span> = lines
                .iter()
                .scan(0, |end, line| {
                    let start = std::mem::replace(end, *end + line.len() + 1);
                    Some(Span::new(start, start + line.len()))
                })
                .collect();
            let all = literals.sight_in(&text, spans.iter().copied());
            let alone: Vec<_> = spans.iter().map(|span| (span, literals.sight(span.of(&text)))).collect();
            let expected = alone.iter().flat_map(|(span, own)| own.iter().map(|s| (**span, s.words, s.signs)));
            let found = all.iter().map(|s| (s.span, s.words, s.signs));
            prop_assert_eq!(found.collect::<Vec<_>>(), expected.collect::<Vec<_>>());
        }
    }
}
