//! The characters that checks turn on: one pass over a text finds them, and every check goes from one to the next.

mod class;
mod echoes;

use std::ops::Range;

use super::{Span, leads_han};
use class::CLASSES;
pub use class::{Class, is_invisible};
use echoes::Echoes;

/// A character that a check may turn on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Event {
    /// Its first byte in the text.
    pub at: usize,
    /// The character.
    pub c: char,
    /// What it is.
    pub class: Class,
}

impl Event {
    /// The first byte after it.
    #[inline]
    #[must_use]
    pub fn end(&self) -> usize {
        self.at + self.c.len_utf8()
    }

    /// Where it stands.
    #[inline]
    #[must_use]
    pub fn span(&self) -> Span {
        Span::new(self.at, self.end())
    }
}

/// The events of a text, in its order.
#[derive(Debug, Clone)]
pub struct Events {
    list: Vec<Event>,
    /// The places in the list of those that are led and may number something.
    led: Vec<usize>,
    /// All lines: the last one has no end.
    lines: Vec<Line>,
}

/// A line without its end, and what stands in it.
#[derive(Debug, Clone)]
struct Line {
    span: Span,
    /// It without the blanks around it.
    words: Span,
    /// The places of its events in the list.
    events: Range<usize>,
    /// Those of the events among the words.
    own: Range<usize>,
    /// Where the places of those that are led stand.
    led: Range<usize>,
    /// The classes of its events.
    classes: Class,
}

impl Events {
    /// The shortest and the longest run of Han characters that [`Class::ECHO`] tells of, where it is written twice in a
    /// row.
    pub const REPEAT: (usize, usize) = (4, 12);

    /// Reads a text.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let mut reading = Reading::of(text.len());
        let mut echoes = Echoes::new(text);
        let mut at = 0;
        while let Some(&(mut first)) = text.as_bytes().get(at) {
            // Most of a text is no event: it is passed over before there is a character.
            if leads_han(first) {
                let passed = echoes.pass(at);
                if passed > at {
                    reading.pass();
                    at = passed;
                }
                let Some(&next) = text.as_bytes().get(at) else { break };
                first = next;
            }
            let (c, width, class) = if first.is_ascii() {
                echoes.part();
                (char::from(first), 1, CLASSES.of_ascii(first))
            } else {
                let Some((c, width)) = char_at(text, at) else { break };
                let class = CLASSES.of(c);
                if class.is(Class::HAN) {
                    (c, width, class.or(echoes.push(at)))
                } else {
                    echoes.part();
                    (c, width, class)
                }
            };
            reading.take(at, c, class);
            at += width;
        }
        reading.end(text.len())
    }

    /// The events within a span.
    #[must_use]
    pub fn within(&self, span: Span) -> Stretch<'_> {
        let first = self.list.partition_point(|e| e.at < span.start);
        self.all().up_to(first, span.end)
    }

    /// All of them, without their classes.
    fn all(&self) -> Stretch<'_> {
        Stretch { events: &self.list, base: 0, led: &self.led, classes: Class::NONE }
    }

    /// The events between two places, without their classes.
    #[must_use]
    pub fn between(&self, span: Span) -> &[Event] {
        let first = self.list.partition_point(|e| e.at < span.start);
        let len = self.list[first..].partition_point(|e| e.at < span.end);
        &self.list[first..first + len]
    }

    /// The lines of a span without their ends, each with its events.
    pub fn lines(&self, span: Span) -> impl Iterator<Item = (Span, Stretch<'_>)> {
        self.lines_in(span).map(move |line| {
            if span.contains(line.span) {
                return (line.span, line.stretch(self.all()));
            }
            let cut = Span::new(line.span.start.max(span.start), line.span.end.min(span.end));
            (cut, self.within(cut))
        })
    }

    /// The lines of a span that are not blank, without the blanks around them, each with its events.
    pub fn filled_lines(&self, span: Span) -> impl Iterator<Item = (Span, Stretch<'_>)> {
        let words = self.lines_in(span).map(move |line| {
            if span.contains(line.span) {
                return (line.words, line.words_stretch(self.all()));
            }
            let cut = Span::new(line.span.start.max(span.start), line.span.end.min(span.end));
            let events = self.within(cut);
            let (words, own) = trim_blanks(cut, events.events);
            (words, events.part(own))
        });
        words.filter(|(words, _)| !words.is_empty())
    }

    /// All lines that are not blank, without the blanks around them.
    pub fn words_of_lines(&self) -> impl Iterator<Item = Span> {
        self.lines.iter().map(|line| line.words).filter(|words| !words.is_empty())
    }

    /// The lines that a span begins in, ends in and holds.
    fn lines_in(&self, span: Span) -> impl Iterator<Item = &Line> {
        let first = self.lines.partition_point(|line| line.span.end < span.start);
        self.lines[first..].iter().take_while(move |line| line.span.start <= span.end)
    }

    /// Hands out the events of spans that come in the order of the text, apart from one another and none before `start`.
    #[must_use]
    pub fn walk(&self, start: usize) -> Walk<'_> {
        let next = self.list.partition_point(|e| e.at < start);
        let line = self.lines.partition_point(|line| line.span.end < start);
        Walk { all: self.all(), next, lines: &self.lines[line..] }
    }
}

/// The character that begins at a byte of a text, and how many bytes it has.
#[inline]
fn char_at(text: &str, at: usize) -> Option<(char, usize)> {
    match text.as_bytes()[at..] {
        [a @ ..0x80, ..] => Some((char::from(a), 1)),
        [a @ 0xe0..0xf0, b, c, ..] => {
            let code = u32::from(a & 0xf) << 12 | u32::from(b & 0x3f) << 6 | u32::from(c & 0x3f);
            char::from_u32(code).map(|c| (c, 3))
        }
        _ => text[at..].chars().next().map(|c| (c, c.len_utf8())),
    }
}

/// The events and lines of a text as far as it was read.
struct Reading {
    list: Vec<Event>,
    places: Vec<usize>,
    lines: Vec<Line>,
    /// Where the line begins that is being read.
    start: usize,
    /// The place of its first event in the list.
    first: usize,
    /// Where the place of its first event that is led stands.
    first_led: usize,
    /// The classes of its events.
    classes: Class,
    /// What the next character is besides its class.
    led: Class,
}

impl Reading {
    /// Nothing of a text of so many bytes.
    fn of(len: usize) -> Self {
        // About every third character of official prose is an event, and few lines are shorter than this.
        let (list, lines) = (Vec::with_capacity(len / 8), Vec::with_capacity(len / 128 + 1));
        let places = Vec::with_capacity(len / 64);
        Self { list, places, lines, start: 0, first: 0, first_led: 0, classes: Class::NONE, led: Class::LED }
    }

    /// Takes characters that are no events.
    #[inline]
    fn pass(&mut self) {
        self.led = Class::NONE;
    }

    /// Takes the next character.
    #[inline]
    fn take(&mut self, at: usize, c: char, class: Class) {
        if !class.is(Class::EVENT) {
            return self.pass();
        }
        if class.is(Class::LINE_END) {
            self.close(at);
            self.list.push(Event { at, c, class: class.or(self.led) });
            (self.start, self.first, self.first_led) = (at + c.len_utf8(), self.list.len(), self.places.len());
            (self.classes, self.led) = (Class::NONE, Class::LED);
            return;
        }
        if self.led.is(Class::LED) && class.is(Class::NUMBERS) {
            self.places.push(self.list.len());
        }
        let class = class.or(self.led);
        self.led = Class::NONE.with(Class::LED, class.is(Class::LEADS));
        self.classes = self.classes.or(class);
        self.list.push(Event { at, c, class });
    }

    /// Ends the line.
    #[inline(never)]
    fn close(&mut self, end: usize) {
        let (span, events) = (Span::new(self.start, end), self.first..self.list.len());
        let (words, own) = match self.classes.is(Class::BLANK) {
            true => trim_blanks(span, &self.list[events.clone()]),
            false => (span, 0..events.len()),
        };
        let own = events.start + own.start..events.start + own.end;
        let led = self.first_led..self.places.len();
        self.lines.push(Line { span, words, events, own, led, classes: self.classes });
    }

    /// Ends the text.
    fn end(mut self, len: usize) -> Events {
        self.close(len);
        Events { list: self.list, led: self.places, lines: self.lines }
    }
}

impl Line {
    /// Its events among all of a text.
    fn stretch<'e>(&self, all: Stretch<'e>) -> Stretch<'e> {
        Stretch { led: &all.led[self.led.clone()], classes: self.classes, ..all.part(self.events.clone()) }
    }

    /// Those of its words.
    fn words_stretch<'e>(&self, all: Stretch<'e>) -> Stretch<'e> {
        Stretch { led: &all.led[self.led.clone()], classes: self.classes, ..all.part(self.own.clone()) }
    }
}

/// A line without the blanks around it, and which of its events stand among its words.
fn trim_blanks(mut line: Span, events: &[Event]) -> (Span, Range<usize>) {
    let mut own = 0..events.len();
    while let Some(first) = events[own.clone()].first()
        && first.class.is(Class::BLANK)
        && first.at == line.start
    {
        line.start = first.end();
        own.start += 1;
    }
    while let Some(last) = events[own.clone()].last()
        && last.class.is(Class::BLANK)
        && last.end() == line.end
    {
        line.end = last.at;
        own.end -= 1;
    }
    (line, own)
}

/// Goes through the events of a text once.
#[derive(Debug, Clone)]
pub struct Walk<'e> {
    all: Stretch<'e>,
    /// The place of the next event among them.
    next: usize,
    /// The lines from the next event on, where they are known.
    lines: &'e [Line],
}

impl<'e> Walk<'e> {
    /// The events within the next span.
    pub fn next(&mut self, span: Span) -> Stretch<'e> {
        while let Some((line, further)) = self.lines.split_first()
            && line.span.end < span.start
        {
            self.lines = further;
        }
        // Most spans are whole lines, or their words.
        if let Some(line) = self.lines.first()
            && (line.span == span || line.words == span)
        {
            let (stretch, end) = match line.span == span {
                true => (line.stretch(self.all), line.events.end),
                false => (line.words_stretch(self.all), line.own.end),
            };
            self.next = end;
            return stretch;
        }
        let rest = &self.all.events[self.next..];
        let first = self.next + rest.iter().position(|e| e.at >= span.start).unwrap_or(rest.len());
        let stretch = self.all.up_to(first, span.end);
        self.next = first + stretch.events.len();
        stretch
    }
}

/// The events of a stretch of text, and all their classes.
#[derive(Debug, Clone, Copy)]
pub struct Stretch<'e> {
    events: &'e [Event],
    /// The place of the first of them in the text's list.
    base: usize,
    /// The places of those that are led and may number something, and perhaps of others around them.
    led: &'e [usize],
    classes: Class,
}

impl<'e> Stretch<'e> {
    /// A part of the events, with the classes of all.
    fn part(self, range: Range<usize>) -> Self {
        Self { base: self.base + range.start, events: &self.events[range], ..self }
    }

    /// The events from the first of these on that stand before a place, with their classes.
    fn up_to(self, first: usize, end: usize) -> Self {
        let events = &self.events[first..];
        let mut classes = Class::NONE;
        let mut rest = events;
        // By fours, as long as the last of them is within: only the end is looked for one by one.
        while let Some((four, further)) = rest.split_first_chunk::<4>()
            && four[3].at < end
        {
            classes = four.iter().fold(classes, |all, e| all.or(e.class));
            rest = further;
        }
        while let Some((e, further)) = rest.split_first()
            && e.at < end
        {
            classes = classes.or(e.class);
            rest = further;
        }
        let part = self.part(first..self.events.len() - rest.len());
        Self { classes, ..part }
    }

    /// Whether there is an event of one of the classes.
    #[inline]
    #[must_use]
    pub fn has(self, classes: Class) -> bool {
        self.classes.is(classes)
    }

    /// All of them.
    #[must_use]
    pub fn all(self) -> &'e [Event] {
        self.events
    }

    /// Goes through them once, span by span.
    #[must_use]
    pub fn walk(self) -> Walk<'e> {
        Walk { all: self, next: 0, lines: &[] }
    }

    /// Those at and behind a place.
    #[must_use]
    pub fn from(self, at: usize) -> Self {
        self.part(self.events.partition_point(|e| e.at < at)..self.events.len())
    }

    /// Those before a place.
    #[must_use]
    pub fn before(self, at: usize) -> Self {
        self.part(0..self.events.partition_point(|e| e.at < at))
    }

    /// The events of the classes: nothing is walked over where there is none.
    #[inline]
    pub fn of(self, classes: Class) -> Of<'e> {
        let events = if self.has(classes) { self.events } else { &[] };
        Of { events: events.iter(), classes }
    }

    /// The events of the classes that stand at `start` or right behind a mark, a blank or a line end, each with those that
    /// stand before it. The classes are those of what may number something.
    #[inline]
    pub fn led(self, start: usize, classes: Class) -> Led<'e> {
        debug_assert!(Class::NUMBERS.holds(classes), "{classes:?}");
        let led = if self.has(classes) { self.led } else { &[] };
        let led = led[led.partition_point(|&place| place < self.base)..].iter();
        // What begins in the middle of a line is led by nothing.
        let first = self.events.first().filter(|e| e.at == start && e.class.is(classes) && !e.class.is(Class::LED));
        Led { first, led, base: self.base, events: self.events, classes }
    }

    /// The runs of events of the classes that stand side by side.
    pub fn runs(self, classes: Class) -> impl Iterator<Item = Span> + 'e {
        let mut rest = if self.has(classes) { self.events } else { &[] };
        std::iter::from_fn(move || {
            let first = rest.iter().position(|e| e.class.is(classes))?;
            let mut run = rest[first].span();
            rest = &rest[first + 1..];
            while let [event, further @ ..] = rest
                && event.at == run.end
                && event.class.is(classes)
            {
                run.end = event.end();
                rest = further;
            }
            Some(run)
        })
    }

    /// The events of the classes that a clause of a text begins with that begins at `start`: at its start and behind the
    /// marks that end one, blanks left out.
    pub fn openings(self, start: usize, classes: Class) -> impl Iterator<Item = Event> + Clone + 'e {
        let opens = move |before: &[Event], event: &Event| {
            let mut at = event.at;
            for before in before.iter().rev() {
                if at == start || before.end() != at || !before.class.is(Class::BLANK) {
                    return at == start || before.end() == at && before.class.is(Class::CLAUSE_END);
                }
                at = before.at;
            }
            at == start
        };
        self.led(start, classes).filter(move |(before, event)| opens(before, event)).map(|(_, event)| *event)
    }
}

/// The events of some classes that something leads, each with those before it.
#[derive(Debug, Clone)]
pub struct Led<'e> {
    first: Option<&'e Event>,
    led: std::slice::Iter<'e, usize>,
    base: usize,
    events: &'e [Event],
    classes: Class,
}

impl<'e> Iterator for Led<'e> {
    type Item = (&'e [Event], &'e Event);

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        if let Some(first) = self.first.take() {
            return Some((&[], first));
        }
        for place in &mut self.led {
            let (before, rest) = self.events.split_at_checked(place - self.base)?;
            let event = rest.first()?;
            if event.class.is(self.classes) {
                return Some((before, event));
            }
        }
        None
    }
}

/// The events of some classes.
#[derive(Debug, Clone)]
pub struct Of<'e> {
    events: std::slice::Iter<'e, Event>,
    classes: Class,
}

impl Iterator for Of<'_> {
    type Item = Event;

    #[inline]
    fn next(&mut self) -> Option<Event> {
        for event in &mut self.events {
            if event.class.is(self.classes) {
                return Some(*event);
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::{half_width, is_blank, is_chinese_numeral, is_han};

    /// Every class has the characters that the tests of single characters name.
    #[test]
    fn classes() {
        for code in 0..0x11_0000 {
            let Some(c) = char::from_u32(code) else { continue };
            let text = c.to_string();
            let events = Events::new(&text);
            let is = |class| events.within(Span::new(0, text.len())).has(class);
            assert_eq!(is(Class::DIGIT), crate::text::is_digit(c), "{c:?}");
            assert_eq!(is(Class::NUMERAL), is_chinese_numeral(c), "{c:?}");
            assert_eq!(is(Class::BLANK), is_blank(c), "{c:?}");
            assert_eq!(is(Class::LETTER), c.is_ascii_alphabetic(), "{c:?}");
            assert_eq!(is(Class::INVISIBLE), is_invisible(c), "{c:?}");
        }
    }

    /// What begins a clause, character by character.
    fn clauses(text: &str) -> Vec<usize> {
        let mut opens = true;
        let mut out = Vec::new();
        for (at, c) in text.char_indices() {
            if opens && !is_blank(c) {
                out.push(at);
            }
            let ends = matches!(half_width(c), '。' | '!' | '?' | ';' | ':' | ',' | '、' | '\n' | '\r');
            opens = ends || (opens && is_blank(c));
        }
        out
    }

    /// Clauses begin at the start and behind marks, blanks aside.
    #[test]
    fn beginnings() {
        let text = " 一乙，再。 2丁";
        let begin = |e: Event| &text[e.at..];
        let events = Events::new(text);
        let whole = events.within(Span::new(0, text.len()));
        let found: Vec<_> = whole.openings(0, Class::NUMBER.or(Class::COUNTER)).map(begin).collect();
        assert_eq!(found, ["一乙，再。 2丁", "再。 2丁", "2丁"]);
    }

    proptest! {
        /// A walk hands out, span by span, the events that stand there.
        #[test]
        fn walks(text in "[甲一2，。 \nx（]{0,40}", cuts in proptest::collection::vec(0usize..100, 0..6)) {
            let events = Events::new(&text);
            let mut cuts: Vec<usize> = cuts.into_iter().filter(|&at| text.is_char_boundary(at)).collect();
            cuts.extend([0, text.len()]);
            cuts.sort_unstable();
            let mut walk = events.walk(0);
            for pair in cuts.windows(2) {
                let span = Span::new(pair[0], pair[1]);
                let marks: Vec<Event> = walk.next(span).of(Class::POINT).collect();
                let points = span.of(&text).match_indices(['，', '。']).map(|(at, _)| at + span.start);
                prop_assert!(marks.iter().map(|e| e.at).eq(points));
                prop_assert!(events.within(span).of(Class::POINT).eq(marks));
            }
        }

        /// Lines are the pieces between line ends, with what stands in them.
        #[test]
        fn lines_have_their_events(text in "[甲一2，\n\r]{0,20}", cut in 0usize..9) {
            let start = (0..=cut.min(text.len())).rfind(|&at| text.is_char_boundary(at)).unwrap_or(0);
            let events = Events::new(&text);
            let lines: Vec<_> = events.lines(Span::new(start, text.len())).collect();
            prop_assert!(lines.iter().map(|(line, _)| line.of(&text)).eq(text[start..].split(['\n', '\r'])));
            for (line, own) in lines {
                prop_assert_eq!(own.all(), events.within(line).all());
                prop_assert_eq!(own.has(Class::NUMBER), line.of(&text).contains(['一', '2']));
            }
        }

        /// Filled lines are what the lines are without blanks, with what stands in them, whether they are handed out or
        /// walked to.
        #[test]
        fn filled_lines_have_their_events(text in "[甲一2， \u{3000}\n\r]{0,24}", cut in 0usize..9) {
            let start = (0..=cut.min(text.len())).rfind(|&at| text.is_char_boundary(at)).unwrap_or(0);
            let events = Events::new(&text);
            let filled: Vec<_> = events.filled_lines(Span::new(start, text.len())).collect();
            let words = text[start..].split(['\n', '\r']).map(|line| line.trim_matches(is_blank));
            prop_assert!(filled.iter().map(|(line, _)| line.of(&text)).eq(words.filter(|words| !words.is_empty())));
            let whole = events.filled_lines(Span::new(0, text.len())).map(|(line, _)| line);
            prop_assert!(events.words_of_lines().eq(whole));
            let mut walk = events.walk(start);
            for (line, own) in filled {
                prop_assert_eq!(own.all(), events.within(line).all());
                prop_assert_eq!(walk.next(line).all(), own.all());
            }
        }

        /// What is led stands at the beginning or right behind a mark, a blank or a line end, with all that stand before.
        #[test]
        fn led_events(text in "[甲一2，” （\n]{0,24}", cut in 0usize..9) {
            let start = (0..=cut.min(text.len())).rfind(|&at| text.is_char_boundary(at)).unwrap_or(0);
            let events = Events::new(&text);
            let stretch = events.within(Span::new(start, text.len()));
            let numbers = text.char_indices().filter(|&(at, c)| at >= start && matches!(c, '一' | '2'));
            let is_led = |&at: &usize| at == start || text[..at].ends_with(['，', '”', ' ', '（', '\n']);
            let expected: Vec<usize> = numbers.map(|(at, _)| at).filter(is_led).collect();
            let found: Vec<usize> = stretch.led(start, Class::NUMBER).map(|(_, event)| event.at).collect();
            prop_assert_eq!(found, expected);
            for (before, event) in stretch.led(start, Class::NUMBER) {
                prop_assert_eq!(before, stretch.before(event.at).all());
            }
        }

        /// Runs are the longest stretches of characters of a class.
        #[test]
        fn runs_are_whole(text in "[甲一2，]{0,20}") {
            let events = Events::new(&text);
            let runs = events.within(Span::new(0, text.len())).runs(Class::NUMBER);
            let pieces = text.split(|c| !matches!(c, '一' | '2')).filter(|run| !run.is_empty());
            prop_assert!(runs.map(|run| run.of(&text)).eq(pieces));
        }

        /// From any place on, the same events follow.
        #[test]
        fn events_from(text in "[甲一2，。 ]{0,20}", from in 0usize..60) {
            let events = Events::new(&text);
            let whole = events.within(Span::new(0, text.len()));
            let rest = whole.of(Class::NUMBER).filter(|e| e.at >= from);
            prop_assert!(whole.from(from).of(Class::NUMBER).eq(rest));
        }

        /// Clauses begin where a walk over all characters finds them.
        #[test]
        fn clauses_begin(text in "[甲一2，。、！ \n\u{3000}第首Ｂ]{0,30}", cut in 0usize..9) {
            let start = (0..=cut.min(text.len())).rfind(|&at| text.is_char_boundary(at)).unwrap_or(0);
            let classes = Class::NUMBER.or(Class::ITEM).or(Class::COUNTER);
            let events = Events::new(&text);
            let found = events.within(Span::new(start, text.len())).openings(start, classes).map(|e| e.at);
            let starts = |at: &usize| text[*at..].starts_with(['一', '2', '第', '首', 'Ｂ']);
            let expected = clauses(&text[start..]).into_iter().map(|at| at + start).filter(starts);
            prop_assert_eq!(found.collect::<Vec<_>>(), expected.collect::<Vec<_>>());
        }

        /// Doubled characters and echoes are told wherever they are, and nowhere else: 洲 has the row of 甲, and ䷀ stands
        /// among the Han and is none.
        #[test]
        fn repeats(text in "[甲洲乙丙一䷀，]{0,40}") {
            let events = Events::new(&text);
            let told = |class| events.within(Span::new(0, text.len())).of(class).map(|e| e.at).collect::<Vec<_>>();
            let chars: Vec<(usize, char)> = text.char_indices().collect();
            let twins = (1..chars.len()).filter(|&i| chars[i].1 == chars[i - 1].1 && is_han(chars[i].1)).map(|i| chars[i].0);
            prop_assert_eq!(told(Class::TWIN), twins.collect::<Vec<_>>());
            let same = |i: usize, len: usize| i >= len && chars[i].1 == chars[i - len].1 && is_han(chars[i].1);
            let is_echo = |i: usize, len: usize| i >= 3 && (i - 3..=i).all(|i| same(i, len));
            let echoes = (0..chars.len()).filter(|&i| (4..=12).any(|len| is_echo(i, len)));
            prop_assert_eq!(told(Class::ECHO), echoes.map(|i| chars[i].0).collect::<Vec<_>>());
        }
    }
}
