//! The characters that arithmetic turns on: one pass over a block finds them, and every finder goes from one to the next.

use crate::text::{Span, half_width, is_chinese_numeral};

/// What a character is to the arithmetic: a set of the classes below.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Class(u8);

impl Class {
    /// A digit of either width.
    const DIGIT: Self = Self(1);
    /// A Chinese numeral.
    pub(super) const NUMERAL: Self = Self(2);
    /// A digit or a numeral.
    pub(super) const NUMBER: Self = Self::DIGIT.or(Self::NUMERAL);
    /// The end of a sentence or a line.
    pub(super) const END: Self = Self(4);
    /// What may begin the number of an item besides a numeral: 第, 其, ①.
    pub(super) const ITEM: Self = Self(8);
    /// An opening quotation mark.
    pub(super) const QUOTE: Self = Self(16);
    /// A mask of digits, or what begins a vague number (几, 数, 半, 过).
    pub(super) const VAGUE: Self = Self(32);
    /// Any other mark that divides clauses.
    const MARK: Self = Self(64);

    /// Whether the two sets share a class.
    pub(super) const fn is(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// What is in either.
    pub(super) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    const fn of(c: char) -> Self {
        let half = half_width(c);
        let number = if is_chinese_numeral(c) { Self::NUMERAL.0 } else { 0 };
        let rest = match half {
            '0'..='9' => Self::DIGIT.0,
            '。' | '!' | '?' | '\n' | '\r' => Self::END.0,
            '第' | '其' | '①'..='⑳' => Self::ITEM.0,
            '“' => Self::QUOTE.0,
            '《' | ',' | ';' | ':' | '(' | ')' | '〔' | '〕' | '[' | ']' | '、' => Self::MARK.0,
            'x' | 'X' | '×' | '*' | '○' | '□' | '_' | '几' | '数' | '半' | '过' => Self::VAGUE.0,
            _ => 0,
        };
        Self(number | rest)
    }
}

/// The classes of the characters of the basic plane; beyond it nothing matters.
static CLASSES: [Class; 0x1_0000] = {
    let mut table = [Class(0); 0x1_0000];
    let mut code = 0;
    while code < 0x1_0000 {
        if let Some(c) = char::from_u32(code) {
            table[code as usize] = Class::of(c);
        }
        code += 1;
    }
    table
};

/// Where such a character stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Site {
    /// Its first byte in the text.
    pub(super) at: usize,
    pub(super) class: Class,
}

/// The sites of a stretch of text, in text order.
#[derive(Debug, Default)]
pub(super) struct Sites {
    list: Vec<Site>,
}

impl Sites {
    /// The sites of the block.
    pub(super) fn of(text: &str, block: Span) -> Self {
        let mut sites = Self::default();
        sites.read(text, block);
        sites
    }

    /// Reads another block in place of the one before.
    pub(super) fn read(&mut self, text: &str, block: Span) {
        self.list.clear();
        self.list.extend(block.of(text).char_indices().filter_map(|(i, c)| {
            let class = CLASSES.get(c as usize).copied().filter(|class| class.0 != 0)?;
            Some(Site { at: block.start + i, class })
        }));
    }

    /// Whether a character of the class is there.
    pub(super) fn has(&self, class: Class) -> bool {
        self.list.iter().any(|site| site.class.is(class))
    }

    /// All of them.
    pub(super) fn all(&self) -> &[Site] {
        &self.list
    }

    /// Where those of the class stand.
    pub(super) fn each(&self, class: Class) -> impl Iterator<Item = usize> + '_ {
        self.list.iter().filter(move |site| site.class.is(class)).map(|site| site.at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Digits of both widths, numerals, marks and masks are sites; words and blanks are none.
    #[test]
    fn sites() {
        let text = "其中３件、四项“XX”。办结 5";
        let sites = Sites::of(text, Span::new(0, text.len()));
        let at: String = sites.all().iter().filter_map(|s| text[s.at..].chars().next()).collect();
        assert_eq!(at, "其３、四“XX。5");
        assert_eq!(sites.each(Class::NUMBER).count(), 3);
        assert!(sites.has(Class::END) && !Sites::of("办结", Span::new(0, 6)).has(Class::NUMBER));
    }
}
