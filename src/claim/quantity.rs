//! Quantities of a sentence: number, hedge, unit and the words around it.

mod scanner;

use super::exact::{Exact, Interval};
use super::lexicon::{ClassId, Lexicon};
use super::sign::Signs;
use crate::text::{Class, Event, Span, Stretch, is_blank, trim_blank_start};
use scanner::Scanner;

/// What a number counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unit {
    /// Percent; ‰, 成, 百分之 and N分之M are converted to it.
    Percent,
    /// 个百分点.
    Points,
    /// 倍.
    Times,
    /// 位 of a ranking (第38位).
    Rank,
    /// A measure word; words of one class count the same things.
    Counter(ClassId),
    /// None stands there.
    Bare,
}

/// A word that widens what a number says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hedge {
    /// 余, 多: from the number up to one unit of its last non-zero digit.
    Over,
    /// 近, 将近: up to one such unit below.
    Nearly,
    /// 约, 左右: a tenth either way.
    About,
    /// 超, 逾, 以上, 不少于: from the number.
    AtLeast,
    /// 不足, 不到, 以下: up to the number.
    AtMost,
}

/// A number of a sentence with what belongs to it.
#[derive(Debug, Clone)]
pub struct Quantity {
    /// Number and unit, hedges included where they stand between the two.
    pub span: Span,
    /// Number and unit with the hedges around them (约120件, 三成以上).
    pub said: Span,
    /// The value; percentages in percent.
    pub value: Exact,
    /// One unit of the last printed place, in the same measure as `value`.
    pub ulp: Exact,
    /// Printed decimals.
    pub decimals: u32,
    /// What the printed number means, hedge and precision considered.
    pub means: Interval,
    /// The hedge, if any.
    pub hedge: Option<Hedge>,
    /// Whether it is a whole count that means exactly what it says.
    pub exact: bool,
    /// What 万 and 亿 multiply by.
    pub scale: i128,
    /// Whether it is written in Chinese numerals.
    pub chinese: bool,
    /// Whether digits of it are masked (`1X6件`): nothing can be computed with it.
    pub masked: bool,
    /// Its unit.
    pub unit: Unit,
    /// The words before it, back to the last mark or number.
    pub lead: Span,
    /// Which words that finders look for may stand there.
    pub(super) signs: Signs,
    /// The words after it, up to the next mark or number.
    pub tail: Span,
    /// Which clause of the sentence it stands in (marks other than 、 divide clauses).
    pub clause: usize,
    /// Which group of the sentence it stands in (semicolons divide groups).
    pub group: usize,
    /// How many brackets are open around it.
    pub depth: u8,
}

/// A sentence: its clauses and quantities.
#[derive(Debug, Clone, Copy)]
pub struct Sentence<'a> {
    /// Its bytes, without its final mark.
    pub span: Span,
    /// Where its clauses are; none in a sentence without figures.
    pub clauses: &'a [Span],
    /// Its quantities, in text order.
    pub quantities: &'a [Quantity],
}

/// The sentences of a block, read one block after another into the same memory.
#[derive(Debug, Default)]
pub(super) struct Sentences {
    /// Each sentence with the numbers of the clauses and quantities that are read up to its end.
    list: Vec<(Span, usize, usize)>,
    clauses: Vec<Span>,
    quantities: Vec<Quantity>,
}

impl Sentence<'_> {
    /// Whether anything can be claimed of its figures: of two of them, or of a rate that stands alone.
    pub(super) fn may_claim(&self) -> bool {
        match self.quantities {
            [] => false,
            [alone] => matches!(alone.unit, Unit::Percent | Unit::Points),
            _ => true,
        }
    }

    /// Whether one of its figures tells how two others are to each other.
    pub(super) fn has_rates(&self) -> bool {
        self.quantities.iter().any(|q| matches!(q.unit, Unit::Percent | Unit::Points | Unit::Times))
    }
}

impl Sentences {
    /// Reads a block with its events in place of the one before.
    pub(super) fn read(&mut self, text: &str, block: Span, events: Stretch<'_>, lexicon: &Lexicon) {
        self.list.clear();
        self.clauses.clear();
        self.quantities.clear();
        let (upto, events) = (&text[..block.end], events.all());
        let (mut start, mut first, mut has_figures) = (block.start, 0, false);
        for (i, event) in events.iter().enumerate() {
            if begins_figure(event) {
                has_figures = true;
            } else if ends_sentence(event, upto) {
                self.read_sentence(text, Span::new(start, event.at), &events[first..i], has_figures, lexicon);
                (start, first, has_figures) = (event.end(), i + 1, false);
            }
        }
        self.read_sentence(text, Span::new(start, block.end), &events[first..], has_figures, lexicon);
    }

    /// Reads a sentence; most hold no figure.
    fn read_sentence(
        &mut self,
        text: &str,
        mut span: Span,
        events: &[Event],
        mut has_figures: bool,
        lexicon: &Lexicon,
    ) {
        let (mut events, end) = (events, span.end);
        while !span.is_empty() {
            if has_figures {
                span.end = Scanner::new(text, span, events, lexicon, self).run();
            }
            self.list.push((span, self.clauses.len(), self.quantities.len()));
            span = Span::new(span.end, end);
            if !span.is_empty() {
                events = &events[events.partition_point(|e| e.at < span.start)..];
                has_figures = events.iter().any(begins_figure);
            }
        }
    }

    /// The sentences in text order.
    pub(super) fn iter(&self) -> impl Iterator<Item = Sentence<'_>> {
        (0..self.list.len()).map(|i| self.get(i))
    }

    /// How many quantities they have.
    pub(super) fn figures(&self) -> usize {
        self.quantities.len()
    }

    /// The sentence with this number.
    pub(super) fn get(&self, i: usize) -> Sentence<'_> {
        let (clause, quantity) = i.checked_sub(1).map_or((0, 0), |before| (self.list[before].1, self.list[before].2));
        let (span, clauses, quantities) = self.list[i];
        Sentence { span, clauses: &self.clauses[clause..clauses], quantities: &self.quantities[quantity..quantities] }
    }

    /// From the first sentence to the last.
    pub(super) fn span(&self) -> Option<Span> {
        Some(Span::new(self.list.first()?.0.start, self.list.last()?.0.end))
    }
}

/// Whether no more is counted in a block than one thing, and that is no rate: nothing can be claimed of it.
pub(super) fn counts_one_thing(text: &str, events: Stretch<'_>) -> bool {
    if events.has(Class::ESCAPE) {
        return false; // It may be a percent sign.
    }
    let mut run: Option<(Event, Event)> = None;
    for &event in events.all().iter().filter(|e| begins_figure(e)) {
        let goes_on = |(first, last): (Event, Event)| {
            let fits = if event.class.is(Class::DIGIT) {
                last.class.is(Class::DIGIT)
            } else {
                !first.class.is(Class::DIGIT) || matches!(event.c, '万' | '亿')
            };
            fits && last.end() == event.at
        };
        // 过半 and 半数以上 are rates.
        if event.c == '半' || run.is_some_and(|run| !goes_on(run)) {
            return false;
        }
        run = Some((run.map_or(event, |(first, _)| first), event));
    }
    let may_be_rate = |(_, last): (Event, Event)| {
        let behind = text[last.end()..].trim_start_matches(|c| is_blank(c) || matches!(c, '余' | '多' | '.'));
        // 三成, 五分之一, 5百分点
        behind.starts_with(['成', '分', '‰', '﹪'])
    };
    !run.is_some_and(may_be_rate)
}

/// Whether there may be a figure: 几, 数 and 过 alone make none.
fn begins_figure(event: &Event) -> bool {
    event.class.is(Class::NUMBER.or(Class::VAGUE)) && !matches!(event.c, '几' | '数' | '过')
}

/// Whether a sentence of a block ends here; `text` ends where the block does.
fn ends_sentence(event: &Event, text: &str) -> bool {
    // 其中 speaks of the sentence before it.
    event.class.is(Class::CALL.or(Class::LINE_END))
        || event.c == '。' && !trim_blank_start(&text[event.end()..]).starts_with("其中")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::Events;

    proptest! {
        /// A paragraph that is not read has no rate, and no two figures that count anything.
        #[test]
        fn counts_one_thing_at_most(text in "[三百半过几0-9X.，。、 余多成分之个点件倍%‰至第]{0,12}") {
            let (span, events) = (Span::new(0, text.len()), Events::new(&text));
            let events = events.within(span);
            if counts_one_thing(&text, events) {
                let words = ["件", "个", "分"].map(|w| vec![w.to_owned()]).to_vec();
                let mut sentences = Sentences::default();
                sentences.read(&text, span, events, &Lexicon::new(words, Vec::new(), Vec::new()));
                let all: Vec<&Quantity> = sentences.iter().flat_map(|s| s.quantities).collect();
                prop_assert!(all.len() <= 1, "{}", text);
                prop_assert!(sentences.iter().all(|s| !s.may_claim()), "{}", text);
            }
        }
    }
}
