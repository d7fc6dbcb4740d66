//! Numerals as real papers print them: half- and full-width digits, separators, decimals, 万 and 亿, Chinese numerals.

use super::exact::{Exact, whole};
use crate::text::{chinese_integer, half_width, is_chinese_numeral, is_han};

/// A numeral read from text: its value and one unit of its last printed place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Numeral {
    /// The value.
    pub value: Exact,
    /// One unit of the last printed place: 1 for `185`, 0.1 for `41.3`, 1000 for `1.2万`.
    pub ulp: Exact,
    /// How many decimals are printed before any 万 or 亿.
    pub decimals: u32,
    /// What 万 and 亿 multiply by (1 where there are none).
    pub scale: i128,
    /// Whether it is written in Chinese numerals.
    pub chinese: bool,
    /// Bytes read.
    pub len: usize,
}

impl Numeral {
    /// Whether it is a plain integer, so that it means exactly what it says.
    #[must_use]
    pub fn is_exact(&self) -> bool {
        self.decimals == 0 && self.scale == 1
    }

    /// The same in another measure.
    pub(super) fn times(&self, by: Exact) -> Self {
        Self { value: self.value * by, ulp: self.ulp * by, ..*self }
    }
}

/// Longer runs of digits are numbers of things (cards, telephones), not counts.
const MAX_DIGITS: usize = 15;
const MAX_DECIMALS: u32 = 6;
const MAX_VALUE: i64 = 1_000_000_000_000_000_000;

/// Reads a numeral at the start of `text`; `None` where none stands there.
#[must_use]
pub fn numeral(text: &str) -> Option<Numeral> {
    let first = half_width(text.chars().next()?);
    if first.is_ascii_digit() {
        arabic(text)
    } else if is_chinese_numeral(first) {
        chinese(text)
    } else {
        None
    }
}

fn arabic(text: &str) -> Option<Numeral> {
    figure(text).or_else(|| grouped(text))
}

/// Reads digits of either width, with separators and decimals, and 万 and 亿 behind them or between them.
fn grouped(text: &str) -> Option<Numeral> {
    let (mut total, mut unit, mut decimals, mut scale, mut len) = (0i128, 1i128, 0, 1i64, 0);
    let mut last_scale = i64::MAX;
    // 3亿5000万 is two groups; a group without 万 or 亿 is the last.
    loop {
        let group = group(&text[len..])?;
        if len > 0 && group.decimals > 0 {
            break;
        }
        let (by, by_len) = scale_mark(&text[len + group.len..]);
        if by >= last_scale {
            break;
        }
        unit = 10i128.pow(group.decimals);
        total += i128::from(group.digits) * i128::from(by);
        decimals = group.decimals;
        scale = by;
        last_scale = by;
        len += group.len + by_len;
        if by == 1 || group.decimals > 0 || !starts_with_digit(&text[len..]) {
            break;
        }
    }
    // Beyond this no paper counts anything, and exact products of two such numbers stay within an i128.
    (total <= i128::from(MAX_VALUE) * unit).then(|| Numeral {
        value: Exact::new(total, unit),
        ulp: Exact::new(scale.into(), unit),
        decimals,
        scale: scale.into(),
        chinese: false,
        len,
    })
}

/// Reads what nearly all figures are: half-width digits, with decimals or without, with 万 or 亿 or without, and behind
/// them a word or a mark that no numeral goes on with, and that masks no digits. `None` where it may be otherwise.
pub(super) fn figure(text: &str) -> Option<Numeral> {
    let bytes = text.as_bytes();
    let (number, before) = digits(0, bytes);
    let (number, behind) = match &bytes[before..] {
        [b'.', rest @ ..] => digits(number, rest),
        _ => (number, 0),
    };
    let mut len = if behind > 0 { before + 1 + behind } else { before };
    if before == 0 || before + behind > MAX_DIGITS || behind > MAX_DECIMALS as usize {
        return None;
    }
    let rest = &text[len..];
    let mut scale = 1;
    match rest.chars().next() {
        Some('万' | '亿') => {
            let (by, by_len) = scale_mark(rest);
            if behind == 0 && starts_with_digit(&rest[by_len..]) {
                return None;
            }
            scale = by;
            len += by_len;
        }
        Some(c @ (',' | '，')) if starts_with_digit(&rest[c.len_utf8()..]) => return None,
        Some(c) if !ends_figure(c) => return None,
        _ => {}
    }
    if behind == 0 && scale == 1 {
        return Some(Numeral {
            value: whole(number.into()),
            ulp: whole(1),
            decimals: 0,
            scale: 1,
            chinese: false,
            len,
        });
    }
    let unit = 10i64.pow(behind as u32);
    let total = number.checked_mul(scale).filter(|&total| total <= MAX_VALUE)?;
    let (value, ulp) = (Exact::reduced(total, unit), Exact::reduced(scale, unit));
    Some(Numeral { value, ulp, decimals: behind as u32, scale: scale.into(), chinese: false, len })
}

/// The digits that the text begins with, read on from the number before them, and how many they are; more than
/// [`MAX_DIGITS`] give no number.
fn digits(mut number: i64, text: &[u8]) -> (i64, usize) {
    let mut count = 0;
    while let Some(digit) = text.get(count).map(|b| b.wrapping_sub(b'0')).filter(|&digit| digit < 10) {
        number = number.wrapping_mul(10).wrapping_add(digit.into());
        count += 1;
    }
    (number, count)
}

/// Whether nothing that belongs to a figure may stand behind it where this character does.
fn ends_figure(c: char) -> bool {
    match c {
        '%' | '(' | ')' | '-' | '/' | ';' | ':' | ',' => true,
        '％' | '（' | '）' | '—' | '～' | '；' | '：' | '，' | '、' | '。' | '》' | '〕' | '”' | '‰' => {
            true
        }
        _ => is_han(c),
    }
}

/// Digits with separators and decimals, read as one integer without their point.
struct Group {
    /// At most [`MAX_DIGITS`] digits.
    digits: i64,
    decimals: u32,
    len: usize,
}

/// Reads the group that `text`, which begins with a digit, begins with.
fn group(text: &str) -> Option<Group> {
    let (mut value, mut digits, mut decimals, mut len) = (0i64, 0usize, 0u32, 0);
    let mut seen_point = false;
    let mut since_comma = None;
    while let Some(c) = text[len..].chars().next() {
        let half = half_width(c);
        let rest = &text[len + c.len_utf8()..];
        if let Some(d) = half.to_digit(10) {
            if digits == MAX_DIGITS {
                return None;
            }
            digits += 1;
            decimals += u32::from(seen_point);
            value = value * 10 + i64::from(d);
            since_comma = since_comma.map(|n: usize| n + 1);
        } else if half == '.' && !seen_point && starts_with_digit(rest) {
            seen_point = true;
        } else if is_separator(c) && !seen_point && thousands_follow(rest, since_comma.unwrap_or(digits)) {
            since_comma = Some(0);
        } else {
            break;
        }
        len += c.len_utf8();
    }
    // 1.2.3 is an outline number, not a quantity.
    let mut rest = text[len..].chars();
    let outline = seen_point && rest.next().map(half_width) == Some('.') && starts_with_digit(rest.as_str());
    (decimals <= MAX_DECIMALS && !outline).then_some(Group { digits: value, decimals, len })
}

fn starts_with_digit(text: &str) -> bool {
    text.chars().next().is_some_and(|c| half_width(c).is_ascii_digit())
}

/// What may separate thousands: a comma of either width, or a typesetter's space.
fn is_separator(c: char) -> bool {
    matches!(c, ',' | '，' | ' ' | '\u{a0}' | '\u{2009}' | '\u{202f}')
}

/// Whether a mark separates thousands: one to three digits (or exactly three) `before` it, exactly three after.
///
/// A half-width comma is also how extraction leaves a clause mark, so `2020年,145` or `12,3456` are no thousands.
fn thousands_follow(rest: &str, before: usize) -> bool {
    let digits_after = rest.chars().take(4).take_while(|&c| half_width(c).is_ascii_digit()).count();
    (1..=3).contains(&before) && digits_after == 3
}

/// What the 万 or 亿 at the start of `rest` multiplies by, and how many bytes it takes; a typeset number may have a
/// blank before it.
fn scale_mark(rest: &str) -> (i64, usize) {
    let trimmed = rest.trim_start_matches([' ', '\u{3000}']);
    let skipped = rest.len() - trimmed.len();
    let mut chars = trimmed.chars();
    match (chars.next(), chars.next()) {
        (Some('万'), Some('亿')) => (1_000_000_000_000, skipped + "万亿".len()),
        (Some('亿'), _) => (100_000_000, skipped + '亿'.len_utf8()),
        (Some('万'), _) => (10_000, skipped + '万'.len_utf8()),
        _ => (1, 0),
    }
}

fn chinese(text: &str) -> Option<Numeral> {
    let run: usize = text.chars().take(24).take_while(|&c| is_chinese_numeral(c)).map(char::len_utf8).sum();
    let value = chinese_integer(&text[..run])?;
    if value > 1_000_000_000_000_000 {
        return None;
    }
    Some(Numeral { value: whole(i128::from(value)), ulp: whole(1), decimals: 0, scale: 1, chinese: true, len: run })
}

/// Prints a value as papers do: with thousands separators if asked, in 万 or 亿 where `scale` says so, `decimals` kept.
#[must_use]
pub fn print(value: Exact, decimals: u32, scale: i128) -> String {
    let mark = match scale {
        10_000 => "万",
        100_000_000 => "亿",
        1_000_000_000_000 => "万亿",
        _ => "",
    };
    format!("{}{mark}", super::exact::decimal(value / whole(scale.max(1)), decimals))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str) -> Option<(String, usize)> {
        numeral(text).map(|n| (super::super::exact::decimal(n.value, 3), n.len))
    }

    /// The printed forms of real papers have their values, and the reading stops where the numeral does.
    #[test]
    fn printed_forms() {
        for (text, value, len) in [
            ("431项", "431.000", 3),
            ("１２３家", "123.000", 9),
            ("1,234件", "1234.000", 5),
            ("1 268件", "1268.000", 5),
            ("18，400人", "18400.000", 8),
            ("2024 145", "2024.000", 4),
            ("12,345,678元", "12345678.000", 10),
            ("2020,145", "2020.000", 4),
            ("12,34", "12.000", 2),
            ("98.1%", "98.100", 4),
            ("９８．１％", "98.100", 12),
            ("1.2万件", "12000.000", 6),
            ("3亿5000万元", "350000000.000", 11),
            ("2万亿元", "2000000000000.000", 7),
            ("二十三件", "23.000", 9),
            ("一百零五人", "105.000", 12),
            ("两千户", "2000.000", 6),
            ("7.", "7.000", 1),
            ("0.5‰", "0.500", 3),
            ("1\u{a0}268件", "1268.000", 6),
            ("1\u{2009}268件", "1268.000", 7),
            ("1\u{202f}268件", "1268.000", 7),
            ("1\u{3000}268件", "1.000", 1),
            ("123,456", "123456.000", 7),
            ("1234,567", "1234.000", 4),
            ("12,345,6789", "12345.000", 6),
            ("1,2345", "1.000", 1),
            ("1.5,234", "1.500", 3),
            ("1.2.", "1.200", 3),
            ("5 万户", "50000.000", 5),
            ("5\u{3000}亿元", "500000000.000", 7),
            ("5 户", "5.000", 1),
            ("3万5户", "30005.000", 5),
            ("3万5万", "30000.000", 4),
            ("3万5亿", "30000.000", 4),
            ("3亿2.5万元", "300000000.000", 4),
            ("2.5亿3万元", "250000000.000", 6),
            ("3亿元5万", "300000000.000", 4),
            ("一千万亿", "1000000000000000.000", 12),
        ] {
            assert_eq!(read(text), Some((value.to_owned(), len)), "{text}");
        }
    }

    /// Outline numbers, card numbers and years in Chinese digits are no numerals.
    #[test]
    fn not_numerals() {
        for text in ["1.2.3节", "1234567890123456", "二〇二四年", "件", "", "百余", ".5", "两千万亿"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    /// Fifteen digits, six decimals and a million of million of millions are the most that is read.
    #[test]
    fn limits() {
        let value = |text: &str| numeral(text).map(|n| n.value);
        assert_eq!(value("123456789012345"), Some(whole(123_456_789_012_345)));
        assert_eq!(value("0.123456"), Some(Exact::new(123_456, 1_000_000)));
        assert_eq!(value("0.1234567"), None);
        assert_eq!(value("10000000000亿"), Some(whole(MAX_VALUE.into())));
        assert_eq!(value("10000000001亿"), None);
        assert_eq!(value("999999.9万亿"), Some(whole(999_999_900_000_000_000)));
        assert_eq!(value("1000000.1万亿"), None);
    }

    proptest! {
        /// A figure that is read at once is what it is when it is read group by group.
        #[test]
        fn at_once(text in "[0-9.]{0,9}[0-9.,，万亿%％件至 Xx*（。０]{0,4}[0-9.]{0,6}") {
            if let Some(n) = figure(&text) {
                prop_assert_eq!(Some(n), grouped(&text), "{}", text);
            }
        }
    }

    /// What papers print is read at once, and what may go on is not.
    #[test]
    fn short_way() {
        for figure in ["0", "7", "007", "41", "41.3", "41.30", "0.05", "999999999999999", "123456789.123456"] {
            for mark in ["%", "％", "件", "，", "", "）"] {
                assert_eq!(
                    super::figure(&format!("{figure}{mark}")).map(|n| n.len),
                    Some(figure.len()),
                    "{figure}{mark}"
                );
            }
        }
        for text in
            ["1,234件", "3亿5000万", "12.", "12X", "1 268", "1.2.3", "1.2345678%", "1234567890123456%", "2000万万亿"]
        {
            assert_eq!(figure(text).filter(|n| n.len == text.len()), None, "{text}");
        }
        assert_eq!((numeral("1.2345678%"), numeral("1234567890123456%")), (None, None));
    }

    /// The last printed place, the decimals and the scale are those of the last group.
    #[test]
    fn precision() {
        let read = |text: &str| numeral(text).map(|n| (n.ulp, n.decimals, n.scale, n.chinese, n.is_exact()));
        assert_eq!(read("185"), Some((whole(1), 0, 1, false, true)));
        assert_eq!(read("41.30"), Some((Exact::new(1, 100), 2, 1, false, false)));
        assert_eq!(read("1.2万"), Some((whole(1000), 1, 10_000, false, false)));
        assert_eq!(read("12万"), Some((whole(10_000), 0, 10_000, false, false)));
        assert_eq!(read("3亿5000万"), Some((whole(10_000), 0, 10_000, false, false)));
        assert_eq!(read("2万亿"), Some((whole(1_000_000_000_000), 0, 1_000_000_000_000, false, false)));
        assert_eq!(read("三万"), Some((whole(1), 0, 1, true, true)));
    }

    /// Values are printed in the scale that they were written in.
    #[test]
    fn printed() {
        assert_eq!(print(whole(12_000), 1, 10_000), "1.2万");
        assert_eq!(print(whole(350_000_000), 1, 100_000_000), "3.5亿");
        assert_eq!(print(whole(2_000_000_000_000), 0, 1_000_000_000_000), "2万亿");
        assert_eq!(print(Exact::new(1, 3), 2, 1), "0.33");
        assert_eq!(print(whole(7), 0, 0), "7");
    }
}
