//! The characters that checks turn on: one pass over a text finds them, and every check goes from one to the next.

use super::{Span, half_width, is_blank, is_chinese_numeral, is_han};

/// What a character is to the checks: a set of the classes below.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Class(u32);

impl Class {
    const NONE: Self = Self(0);
    /// A digit of either width.
    pub const DIGIT: Self = Self(1);
    /// A Chinese numeral.
    pub const NUMERAL: Self = Self(1 << 1);
    /// A digit or a numeral.
    pub const NUMBER: Self = Self::DIGIT.or(Self::NUMERAL);
    /// A point within or at the end of a sentence: 。，、；：.
    pub const POINT: Self = Self(1 << 2);
    /// ！ and ？.
    pub const CALL: Self = Self(1 << 3);
    /// A line feed or a carriage return.
    pub const LINE_END: Self = Self(1 << 4);
    /// A blank.
    pub const BLANK: Self = Self(1 << 5);
    /// A double quotation mark.
    pub const QUOTE: Self = Self(1 << 6);
    /// A straight single quotation mark.
    pub const APOSTROPHE: Self = Self(1 << 7);
    /// One half of brackets or title marks.
    pub const BRACKET: Self = Self(1 << 8);
    /// A dot in the middle or at the foot of the line.
    pub const DOT: Self = Self(1 << 9);
    /// A dash or a hyphen of any length.
    pub const DASH: Self = Self(1 << 10);
    /// A number in a circle.
    pub const CIRCLED: Self = Self(1 << 11);
    /// What may stand before the number of an item: 第, 其.
    pub const ITEM: Self = Self(1 << 12);
    /// A letter of ASCII.
    pub const LETTER: Self = Self(1 << 13);
    /// What entities, tags and escapes begin with, in either width: `&`, `<`, `%`.
    pub const ESCAPE: Self = Self(1 << 14);
    /// What shows nothing or has no agreed shape.
    pub const INVISIBLE: Self = Self(1 << 15);
    /// The same Han character as the one before it.
    pub const TWIN: Self = Self(1 << 16);
    /// The last of four Han characters that stand a few characters before in the same order.
    pub const ECHO: Self = Self(1 << 17);
    /// A bar between the cells of a table.
    pub const BAR: Self = Self(1 << 18);
    /// What numbers an item or a row besides numerals, digits and letters of ASCII: 首, 再, the full-width letters.
    pub const COUNTER: Self = Self(1 << 19);
    /// What ends a clause.
    pub const CLAUSE_END: Self = Self::POINT.or(Self::CALL).or(Self::LINE_END);
    /// Half of an ellipsis.
    pub const ELLIPSIS: Self = Self(1 << 20);
    /// A Han character: no event by itself.
    const HAN: Self = Self(1 << 21);
    /// What masks digits, or begins a number that nobody knows: 几, 数, 半, 过.
    pub const VAGUE: Self = Self(1 << 22);
    /// What makes an event.
    const EVENT: Self = Self(!Self::HAN.0);

    /// Whether the two sets share a class.
    #[inline]
    #[must_use]
    pub const fn is(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// What is in either.
    #[inline]
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    const fn of(c: char) -> Self {
        let mark = match half_width(c) {
            '0'..='9' => Self::DIGIT,
            'a'..='z' | 'A'..='Z' => {
                if c.is_ascii() {
                    Self::LETTER
                } else {
                    Self::COUNTER
                }
            }
            '。' | ',' | '、' | ';' | ':' => Self::POINT,
            '!' | '?' => Self::CALL,
            '\n' | '\r' => Self::LINE_END,
            '“' | '”' | '"' => Self::QUOTE,
            '\'' => Self::APOSTROPHE,
            '《' | '》' | '〈' | '〉' | '(' | ')' | '〔' | '〕' | '﹝' | '﹞' | '[' | ']' | '【' | '】' | '〖'
            | '〗' | '{' | '}' => Self::BRACKET,
            '.' | '・' | '•' | '‧' | '∙' | '⋅' | '･' => Self::DOT,
            '…' => Self::ELLIPSIS,
            '—' | '–' | '―' | '-' | '~' => Self::DASH,
            '①'..='⑳' => Self::CIRCLED,
            '第' | '其' => Self::ITEM,
            '首' | '再' => Self::COUNTER,
            '&' | '<' | '%' => Self::ESCAPE,
            '|' if c.is_ascii() => Self::BAR,
            _ if is_invisible(c) => Self::INVISIBLE,
            _ => Self::NONE,
        };
        mark.or(Self::NONE.with(Self::NUMERAL, is_chinese_numeral(c)))
            .with(Self::BLANK, is_blank(c))
            .with(
                Self::VAGUE,
                matches!(half_width(c), 'x' | 'X' | '×' | '*' | '○' | '□' | '_' | '几' | '数' | '半' | '过'),
            )
            .with(Self::HAN, is_han(c))
    }

    #[inline]
    const fn with(self, class: Self, holds: bool) -> Self {
        if holds { self.or(class) } else { self }
    }
}

/// Whether the character shows nothing or has no agreed shape.
#[must_use]
pub const fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{ad}' | '\u{fffd}'
        | '\u{e000}'..='\u{f8ff}' | '\u{fff9}'..='\u{fffc}' | '\u{1}'..='\u{8}' | '\u{b}' | '\u{e}'..='\u{1f}' | '\u{7f}'..='\u{9f}')
}

/// The classes of all characters, by pages of 64: most pages of Han characters are the same one, so that what a paper
/// turns over stays in the nearest cache.
struct Classes {
    /// Which page the characters with these upper bits have; beyond the basic plane none has a class.
    index: [u8; 0x1_0000 >> Self::BITS],
    pages: [[Class; 1 << Self::BITS]; Self::ROOM],
    /// Which characters are Han and nothing else, a bit for each.
    plain: [u64; 0x1_0000 >> Self::BITS],
}

static CLASSES: Classes = Classes::new();

impl Classes {
    /// The bits of a place on a page.
    const BITS: u32 = 6;
    /// Room for all different pages: one more would not build.
    const ROOM: usize = 64;

    const fn new() -> Self {
        let mut classes = Self { index: [0; _], pages: [[Class::NONE; _]; _], plain: [0; _] };
        let (mut count, mut nth) = (0, 0);
        while nth < classes.index.len() {
            let mut page = [Class::NONE; 1 << Self::BITS];
            let mut place = 0;
            while place < page.len() {
                if let Some(c) = char::from_u32((nth << Self::BITS | place) as u32) {
                    page[place] = Class::of(c);
                    if page[place].0 == Class::HAN.0 {
                        classes.plain[nth] |= 1 << place;
                    }
                }
                place += 1;
            }
            let mut same = 0;
            while same < count && !Self::are_equal(&page, &classes.pages[same]) {
                same += 1;
            }
            if same == count {
                classes.pages[count] = page;
                count += 1;
            }
            classes.index[nth] = same as u8;
            nth += 1;
        }
        classes
    }

    const fn are_equal(a: &[Class; 1 << Self::BITS], b: &[Class; 1 << Self::BITS]) -> bool {
        let mut place = 0;
        while place < a.len() && a[place].0 == b[place].0 {
            place += 1;
        }
        place == a.len()
    }

    /// Whether the character that is written with these bytes is Han and nothing else. The first two of them are the
    /// number of its page.
    #[inline]
    fn is_plain(&self, [a, b, c]: [u8; 3]) -> bool {
        self.plain[usize::from(a & 0x0f) << Self::BITS | usize::from(b & 0x3f)] >> (c & 0x3f) & 1 != 0
    }

    /// The class of the character.
    #[inline]
    fn of(&self, c: char) -> Class {
        let code = c as usize;
        self.index
            .get(code >> Self::BITS)
            .map_or(Class::NONE, |&page| self.pages[usize::from(page)][code & ((1 << Self::BITS) - 1)])
    }
}

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
    #[must_use]
    pub fn span(&self) -> Span {
        Span::new(self.at, self.end())
    }
}

/// The events of a text, in its order.
#[derive(Debug, Clone, Default)]
pub struct Events {
    list: Vec<Event>,
}

impl Events {
    /// The shortest and the longest run of Han characters that [`Class::ECHO`] tells of, where it is written twice in a
    /// row.
    pub const REPEAT: (usize, usize) = (4, 12);

    /// Reads a text.
    #[must_use]
    pub fn new(text: &str) -> Self {
        // About every third character of official prose is one.
        let mut list = Vec::with_capacity(text.len() / 8);
        let mut echoes = Echoes::new(text);
        // What is no event is most of a text: it is passed over before there is a character.
        let mut at = echoes.pass(0);
        while let Some(c) = text[at..].chars().next() {
            let mut class = CLASSES.of(c);
            if class.is(Class::HAN) {
                class = class.or(echoes.push(at));
            } else {
                echoes.part();
            }
            if class.is(Class::EVENT) {
                list.push(Event { at, c, class });
            }
            at = echoes.pass(at + c.len_utf8());
        }
        Self { list }
    }

    /// The events within a span.
    #[must_use]
    pub fn within(&self, span: Span) -> Stretch<'_> {
        self.walk(span.start).next(span)
    }

    /// The lines of a span without their ends, each with its events.
    pub fn lines(&self, span: Span) -> impl Iterator<Item = (Span, Stretch<'_>)> {
        let first = self.list.partition_point(|e| e.at < span.start);
        let mut rest = Some(&self.list[first..]);
        let mut start = span.start;
        std::iter::from_fn(move || {
            let all = rest?;
            let ends = |e: &Event| e.at >= span.end || e.class.is(Class::LINE_END);
            let len = all.iter().position(ends).unwrap_or(all.len());
            let (events, further) = all.split_at(len);
            let end = further.first().filter(|e| e.at < span.end);
            let line = Span::new(start, end.map_or(span.end, |e| e.at));
            rest = end.map(|_| &further[1..]);
            start = end.map_or(span.end, Event::end);
            let classes = events.iter().fold(Class::NONE, |all, e| all.or(e.class));
            Some((line, Stretch { events, classes }))
        })
    }

    /// Hands out the events of spans that come in the order of the text, apart from one another and none before `start`.
    #[must_use]
    pub fn walk(&self, start: usize) -> Walk<'_> {
        let first = self.list.partition_point(|e| e.at < start);
        Walk { rest: &self.list[first..] }
    }
}

/// Goes through the events of a text once.
#[derive(Debug, Clone)]
pub struct Walk<'e> {
    rest: &'e [Event],
}

impl<'e> Walk<'e> {
    /// The events within the next span.
    pub fn next(&mut self, span: Span) -> Stretch<'e> {
        let skipped = self.rest.iter().position(|e| e.at >= span.start).unwrap_or(self.rest.len());
        self.rest = &self.rest[skipped..];
        let mut classes = 0;
        let mut rest = self.rest;
        // By fours, as long as the last of them is within: only the end is looked for one by one.
        while let Some((four, further)) = rest.split_first_chunk::<4>()
            && four[3].at < span.end
        {
            classes |= four.iter().fold(0, |all, e| all | e.class.0);
            rest = further;
        }
        while let Some((e, further)) = rest.split_first()
            && e.at < span.end
        {
            classes |= e.class.0;
            rest = further;
        }
        let events = &self.rest[..self.rest.len() - rest.len()];
        self.rest = rest;
        Stretch { events, classes: Class(classes) }
    }
}

/// The events of a stretch of text, and all their classes.
#[derive(Debug, Clone, Copy)]
pub struct Stretch<'e> {
    events: &'e [Event],
    classes: Class,
}

impl<'e> Stretch<'e> {
    /// Whether there is an event of one of the classes.
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
        Walk { rest: self.events }
    }

    /// Those at and behind a place.
    #[must_use]
    pub fn from(self, at: usize) -> Self {
        let passed = self.events.partition_point(|e| e.at < at);
        Self { events: &self.events[passed..], ..self }
    }

    /// Those before a place.
    #[must_use]
    pub fn before(self, at: usize) -> Self {
        let passed = self.events.partition_point(|e| e.at < at);
        Self { events: &self.events[..passed], ..self }
    }

    /// The events of the classes: nothing is walked over where there is none.
    pub fn of(self, classes: Class) -> impl Iterator<Item = Event> + Clone + 'e {
        let events = if self.has(classes) { self.events } else { &[] };
        events.iter().filter(move |e| e.class.is(classes)).copied()
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
        let events = if self.has(classes) { self.events } else { &[] };
        let mut rest = events.iter();
        let mut next = start;
        std::iter::from_fn(move || {
            let opening = rest.find(|e| {
                let opens = e.at == next;
                if e.class.is(Class::CLAUSE_END) || opens && e.class.is(Class::BLANK) {
                    next = e.end();
                }
                opens && e.class.is(classes)
            });
            opening.copied()
        })
    }
}

/// Tells where a Han character is written twice in a row, and where four come again within a few characters: what every
/// longer run that is written twice in a row contains. A table remembers where a character was last seen, or another one
/// of its place in the table; only where it says that it was just now, the text itself is compared.
struct Echoes<'t> {
    text: &'t [u8],
    /// How many Han characters up to here may all have come within the reach before.
    again: usize,
    /// The last place of a character with these last bytes.
    seen: [usize; 256],
}

impl<'t> Echoes<'t> {
    /// The bytes of a Han character.
    const WIDTH: usize = 3;
    /// How many bytes before a character it may have come.
    const REACH: usize = Events::REPEAT.1 * Self::WIDTH;

    fn new(text: &'t str) -> Self {
        Self { text: text.as_bytes(), again: 0, seen: [0; _] }
    }

    /// The place in the table of a character with these last bytes.
    #[inline]
    fn place(b: u8, c: u8) -> usize {
        usize::from(b.wrapping_mul(4).wrapping_add(c))
    }

    /// Takes the next characters that are Han and nothing else and can be neither a twin nor an echo, and tells where they
    /// end.
    #[inline]
    fn pass(&mut self, mut at: usize) -> usize {
        while let Some(&[a @ 0xe0..=0xef, b, c]) = self.text.get(at..at + Self::WIDTH)
            && CLASSES.is_plain([a, b, c])
        {
            let seen = &mut self.seen[Self::place(b, c)];
            let back = at.wrapping_sub(*seen);
            if back > Self::REACH {
                self.again = 0;
            } else if back == Self::WIDTH || self.again + 1 >= Events::REPEAT.0 {
                break;
            } else {
                self.again += 1;
            }
            *seen = at;
            at += Self::WIDTH;
        }
        at
    }

    /// Takes another character than Han.
    #[inline]
    fn part(&mut self) {
        self.again = 0;
    }

    /// Takes the next Han character, and tells whether it is a twin, or the last of four that came before.
    #[inline]
    fn push(&mut self, at: usize) -> Class {
        let place = Self::place(self.text[at + 1], self.text[at + 2]);
        let back = at.wrapping_sub(std::mem::replace(&mut self.seen[place], at));
        if back > Self::REACH {
            self.again = 0;
            return Class::NONE;
        }
        self.again += 1;
        if back != Self::WIDTH && self.again < Events::REPEAT.0 { Class::NONE } else { self.compare(at) }
    }

    /// Like [`Self::push`], for a character that may be a twin or an echo.
    #[cold]
    #[inline(never)]
    fn compare(&self, at: usize) -> Class {
        let (before, from) = self.text.split_at(at);
        let twin = before.ends_with(&from[..Self::WIDTH]);
        let echo = self.again >= Events::REPEAT.0 && self.is_repeated(at + Self::WIDTH);
        Class::NONE.with(Class::TWIN, twin).with(Class::ECHO, echo)
    }

    /// Whether the four characters up to `end` came before.
    fn is_repeated(&self, end: usize) -> bool {
        let start = end - Events::REPEAT.0 * Self::WIDTH;
        let four = &self.text[start..end];
        (Events::REPEAT.0..=Events::REPEAT.1)
            .filter_map(|len| start.checked_sub(len * Self::WIDTH))
            .any(|from| self.text[from..].starts_with(four))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

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

        /// Doubled characters and echoes are told wherever they are, and nowhere else.
        #[test]
        fn repeats(text in "[甲乙丙一，]{0,40}") {
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
