//! Chinese integers as they number headings, articles and items, and as prose counts with them.

/// The characters of the integers, and what each is worth: from ten on it is a scale.
const NUMERALS: [(char, u64); 30] = [
    ('零', 0),
    ('〇', 0),
    ('○', 0),
    ('一', 1),
    ('壹', 1),
    ('二', 2),
    ('两', 2),
    ('贰', 2),
    ('三', 3),
    ('叁', 3),
    ('四', 4),
    ('肆', 4),
    ('五', 5),
    ('伍', 5),
    ('六', 6),
    ('陆', 6),
    ('七', 7),
    ('柒', 7),
    ('八', 8),
    ('捌', 8),
    ('九', 9),
    ('玖', 9),
    ('十', 10),
    ('拾', 10),
    ('百', 100),
    ('佰', 100),
    ('千', 1000),
    ('仟', 1000),
    ('万', 10_000),
    ('亿', 100_000_000),
];

/// The same by their places, with the codes of the characters: one look tells whether a character is among them.
static PLACES: [(u32, u64); 64] = {
    let mut places = [(u32::MAX, 0); _];
    let mut i = 0;
    while i < NUMERALS.len() {
        let (c, value) = NUMERALS[i];
        assert!(places[place(c)].0 == u32::MAX, "a place for each");
        places[place(c)] = (c as u32, value);
        i += 1;
    }
    places
};

/// Where the character stands, if it stands anywhere: this factor gives each of them a place of its own.
const fn place(c: char) -> usize {
    ((c as u32).wrapping_mul(19_343) >> 10) as usize % 64
}

#[inline]
const fn value(c: char) -> Option<u64> {
    let (code, value) = PLACES[place(c)];
    if code == c as u32 { Some(value) } else { None }
}

/// Whether the character can stand in a Chinese integer.
#[inline]
#[must_use]
pub const fn is_chinese_numeral(c: char) -> bool {
    value(c).is_some()
}

/// The value of a Chinese integer (二十, 一百零五, 两千, 三亿五千万); `None` where the characters do not form one.
///
/// Digits in a row without a scale (二〇二四, 三四个) are years and approximations, not integers: `None`,
/// except for a single digit.
#[must_use]
pub fn chinese_integer(text: &str) -> Option<u64> {
    let first = text.chars().next()?;
    // Most have one character.
    if text.len() == first.len_utf8() {
        return value(first).filter(|&value| value <= 10);
    }
    let mut total = 0u64; // what 亿 has closed
    let mut section = 0u64; // below the next 万 or 亿
    let mut pending: Option<u64> = None;
    let mut last_small = u64::MAX; // scales within a section must fall
    let mut last_big = u64::MAX;
    let mut zero = false;
    let mut last_scale = 0u64;
    for c in text.chars() {
        let s = value(c)?;
        if s < 10 {
            if pending.is_some() {
                return None;
            }
            if s == 0 {
                if section == 0 && total == 0 {
                    return None;
                }
                zero = true;
                continue;
            }
            pending = Some(s);
            continue;
        }
        if s < 10_000 {
            if s >= last_small {
                return None;
            }
            let d = match pending.take() {
                Some(d) => d,
                None if s == 10 && section == 0 => 1,
                None => return None,
            };
            section = section.checked_add(d * s)?;
            last_small = s;
        } else {
            section += pending.take().unwrap_or(0);
            if s == 100_000_000 {
                // 三万亿: all before 亿 counts in it, 万 included; a second 亿 counts in nothing.
                let below = total.checked_add(section)?;
                if below == 0 || total >= s {
                    return None;
                }
                total = below.checked_mul(s)?;
            } else {
                if section == 0 || last_big <= s {
                    return None;
                }
                total = total.checked_add(section.checked_mul(s)?)?;
            }
            section = 0;
            last_small = u64::MAX;
            last_big = s;
        }
        last_scale = s;
        zero = false;
    }
    if let Some(d) = pending {
        // 二百三 means 230, 一万二 means 12000: the last digit stands one scale lower unless 零 came before it.
        let unit = if zero || last_scale <= 10 { 1 } else { last_scale / 10 };
        section = section.checked_add(d * unit)?;
    } else if zero {
        return None;
    }
    total.checked_add(section)
}

/// The everyday Chinese numeral of an integer below 10000 (十二, 一百零五); larger ones are written in digits.
#[must_use]
pub fn chinese_numeral(n: u64) -> String {
    const DIGITS: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    const SCALES: [Option<char>; 4] = [Some('千'), Some('百'), Some('十'), None];
    let Ok(small) = u16::try_from(n).map(usize::from) else { return n.to_string() };
    if small >= 10_000 {
        return n.to_string();
    }
    if small == 0 {
        return DIGITS[0].to_string();
    }
    let mut out = String::new();
    let mut zero = false;
    for (unit, scale) in [1000, 100, 10, 1].into_iter().zip(SCALES) {
        let digit = small / unit % 10;
        if digit == 0 {
            zero = !out.is_empty();
            continue;
        }
        if zero {
            out.push(DIGITS[0]);
            zero = false;
        }
        if !(digit == 1 && unit == 10 && out.is_empty()) {
            out.push(DIGITS[digit]);
        }
        out.extend(scale);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every integer that a heading may bear survives being written and read.
    #[test]
    fn written_and_read() {
        for n in 0..10_000 {
            assert_eq!(chinese_integer(&chinese_numeral(n)), Some(n), "{}", chinese_numeral(n));
        }
        assert_eq!(chinese_numeral(12), "十二");
        assert_eq!(chinese_numeral(110), "一百一十");
        assert_eq!(chinese_numeral(10_000), "10000");
    }

    /// The numerals that real papers use have their everyday values.
    #[test]
    fn everyday_integers() {
        for (text, value) in [
            ("一", 1),
            ("十", 10),
            ("十二", 12),
            ("二十", 20),
            ("三十四", 34),
            ("一百零五", 105),
            ("一百二十", 120),
            ("二百三", 230),
            ("两千", 2000),
            ("一千零二十", 1020),
            ("一万二", 12_000),
            ("三万五千", 35_000),
            ("三亿五千万", 350_000_000),
            ("三万亿", 3_000_000_000_000),
            ("一万二千亿", 1_200_000_000_000),
            ("一百一十", 110),
            ("零", 0),
            ("两百一十人", 0),
        ] {
            let expected = if text.ends_with('人') { None } else { Some(value) };
            assert_eq!(chinese_integer(text), expected, "{text}");
        }
    }

    /// Years written digit by digit, neighbouring digits and broken forms are not integers.
    #[test]
    fn not_integers() {
        for text in ["", "二〇二四", "三四", "十百", "百", "万", "一百百", "一百零", "三亿五千万亿", "二亿亿"]
        {
            assert_eq!(chinese_integer(text), None, "{text}");
        }
    }
}
