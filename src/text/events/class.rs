//! What each character is to the checks.

use crate::text::{half_width, is_blank, is_chinese_numeral, is_han};

/// What a character is to the checks: a set of the classes below.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Class(u32);

impl Class {
    pub(super) const NONE: Self = Self(0);
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
    pub(super) const HAN: Self = Self(1 << 21);
    /// What masks digits, or begins a number that nobody knows: 几, 数, 半, 过.
    pub const VAGUE: Self = Self(1 << 22);
    /// An event that stands right behind a mark, a blank or a line end, or at the beginning of the text: nothing else
    /// opens a clause, an item or a quotation.
    pub const LED: Self = Self(1 << 23);
    /// What leads the event behind it.
    pub(super) const LEADS: Self =
        Self::CLAUSE_END.or(Self::BLANK).or(Self::QUOTE).or(Self::BRACKET).or(Self::DASH).or(Self::ELLIPSIS);
    /// What may number something where it is led.
    pub(super) const NUMBERS: Self =
        Self::NUMBER.or(Self::ITEM).or(Self::BRACKET).or(Self::CIRCLED).or(Self::LETTER).or(Self::COUNTER);
    /// What makes an event.
    pub(super) const EVENT: Self = Self(!Self::HAN.0);

    /// Whether the two sets share a class.
    #[inline]
    #[must_use]
    pub const fn is(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether every class of the other set is in this one.
    pub(super) const fn holds(self, other: Self) -> bool {
        other.0 & !self.0 == 0
    }

    /// What is in either.
    #[inline]
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(super) const fn of(c: char) -> Self {
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
    pub(super) const fn with(self, class: Self, holds: bool) -> Self {
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
pub(super) struct Classes {
    /// Which page the characters with these upper bits have; beyond the basic plane none has a class.
    index: [u8; 0x1_0000 >> Self::BITS],
    pages: [[Class; 1 << Self::BITS]; Self::ROOM],
    /// The classes of ASCII, which is half of what has a class.
    ascii: [Class; 1 << 7],
}

pub(super) static CLASSES: Classes = Classes::new();

impl Classes {
    /// The bits of a place on a page.
    const BITS: u32 = 6;
    /// Room for all different pages: one more would not build.
    const ROOM: usize = 64;

    const fn new() -> Self {
        let mut classes = Self { index: [0; _], pages: [[Class::NONE; _]; _], ascii: [Class::NONE; _] };
        let (mut count, mut nth) = (0, 0);
        while nth < classes.index.len() {
            let mut page = [Class::NONE; 1 << Self::BITS];
            let mut place = 0;
            while place < page.len() {
                if let Some(c) = char::from_u32((nth << Self::BITS | place) as u32) {
                    page[place] = Class::of(c);
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
        let mut code = 0;
        while code < classes.ascii.len() {
            classes.ascii[code] = Class::of(code as u8 as char);
            code += 1;
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

    /// The class of the character.
    #[inline]
    pub(super) fn of(&self, c: char) -> Class {
        let code = c as usize;
        let page = self.index.get(code >> Self::BITS).map(|&page| &self.pages[usize::from(page) % Self::ROOM]);
        page.map_or(Class::NONE, |page| page[code % page.len()])
    }

    /// The class of a byte of ASCII.
    #[inline]
    pub(super) fn of_ascii(&self, byte: u8) -> Class {
        self.ascii[usize::from(byte) % self.ascii.len()]
    }
}
