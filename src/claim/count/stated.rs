//! Numbers of things as prose states them: 四个方面, 3项制度, 五级, “五个统一”.

use crate::claim::numeral::numeral;
use crate::text::{
    Class, Event, Span, Stretch, chinese_integer, half_width, is_blank, is_chinese_numeral, is_han, trim_blank_end,
    trim_blank_start, words,
};

/// A number, its measure word and what it counts.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stated {
    /// How many.
    pub(super) value: usize,
    /// The number and its measure word; of a slogan, the number alone.
    pub(super) number: Span,
    /// The measure word; empty in a slogan.
    pub(super) counter: Span,
    /// The Han characters after the measure word, up to the next mark.
    pub(super) noun: Span,
}

/// A slogan that begins with a number: “五不开会”.
#[derive(Debug, Clone, Copy)]
pub(super) struct Slogan {
    /// Its number; its noun is what the quotation marks hold after it.
    pub(super) stated: Stated,
    /// The closing quotation mark.
    pub(super) end: usize,
}

/// The bytes of the measure word that counts what a list can name, at the start of the words.
fn measure_word(words: &str) -> Option<usize> {
    let mut chars = words.chars();
    let first = chars.next()?;
    let count = match first {
        '个' | '项' | '点' | '条' | '大' | '类' | '种' | '级' | '步' | '次' | '场' | '期' | '轮' | '家' | '名'
        | '位' | '件' | '处' | '份' | '块' | '支' | '座' | '所' | '套' | '篇' | '本' | '册' | '门' | '道' | '对' => {
            1
        }
        '批' => 1 + usize::from(chars.next() == Some('次')),
        '部' => 1 + usize::from(chars.next() == Some('分')),
        '方' if chars.next() == Some('面') => 2,
        '环' if chars.next() == Some('节') => 2,
        _ => return None,
    };
    Some(count * first.len_utf8())
}

/// Lists are not longer than this; greater numbers count something else.
const MOST: usize = 30;
/// Longer runs are no numbers of things, leading zeros or not.
const MOST_DIGITS: usize = 15;
const MOST_NUMERALS: usize = 24;
/// What full-width digits begin with; no numeral does.
const FULL_WIDTH: u8 = "０".as_bytes()[0];
const LONGEST_NOUN: usize = 16;
const LONGEST_SLOGAN: usize = 14;

/// A run of digits or numerals with a measure word behind it. Most of them count no list.
#[derive(Debug, Clone, Copy)]
struct Counted {
    /// The digits or numerals.
    number: Span,
    /// Their value, where it took reading to find their end.
    value: Option<usize>,
    counter: Span,
}

/// The numbers of things in a block, in text order.
pub(super) fn numbers<'a>(text: &'a str, block: Span, events: Stretch<'a>) -> impl Iterator<Item = Stated> + 'a {
    numbers_behind(text, block, events).map(|(stated, _)| stated)
}

/// The same, each with the events before it.
pub(super) fn numbers_behind<'a>(
    text: &'a str,
    block: Span,
    events: Stretch<'a>,
) -> impl Iterator<Item = (Stated, &'a [Event])> + 'a {
    let all = if events.has(Class::NUMBER) { events.all() } else { &[] };
    let (mut next, mut reached) = (0, block.start);
    std::iter::from_fn(move || {
        while let Some(ahead) = all[next..].iter().position(|e| e.class.is(Class::NUMBER)) {
            let first = next + ahead;
            let mut run = all[first].span();
            next = first + 1;
            while let Some(e) = all.get(next)
                && e.at == run.end
                && e.class.is(Class::NUMBER)
            {
                run.end = e.end();
                next += 1;
            }
            if run.start >= reached
                && let Some(counted) = counted(text, block, run, &mut reached)
                && let Some(stated) = stated(text, block, counted)
            {
                return Some((stated, &all[..first]));
            }
        }
        None
    })
}

/// Reads a run of digits or numerals as far as its measure word, and notes what it `reached`.
fn counted(text: &str, block: Span, run: Span, reached: &mut usize) -> Option<Counted> {
    let (mut number, mut value) = (run, None);
    if text.as_bytes()[run.start] == FULL_WIDTH {
        // Only these may be separated or scaled and yet count a list.
        if is_joined(text, block, run.start) {
            return None;
        }
        let n = numeral(&text[run.start..block.end])?;
        number.end = run.start + n.len;
        value = Some(usize::try_from(n.value.to_integer()).ok().filter(|_| n.is_exact())?);
    }
    *reached = number.end;
    // Most numbers count no list: no measure word stands behind them. Of the parts of a longer one, 1,234 or 1.5万, none
    // is small, joined to no other and followed by a measure word.
    let words = trim_blank_start(&text[number.end..block.end]);
    let len = measure_word(words)?;
    let start = block.end - words.len();
    Some(Counted { number, value, counter: Span::new(start, start + len) })
}

/// The number of things, if it is small and of no other kind.
fn stated(text: &str, block: Span, Counted { number, value, counter }: Counted) -> Option<Stated> {
    let value = value.or_else(|| plain(number.of(text))).filter(|n| (2..=MOST).contains(n))?;
    if is_joined(text, block, number.start) || is_other(text, block.start, number.start) {
        return None;
    }
    let noun = han_run(text, counter.end, block.end);
    // 三个以上, 五项左右 say no number of things.
    let vague = words!["以上", "以下", "以内", "左右", "多", "余"].begins(noun.of(text)).is_some();
    (!vague).then_some(Stated { value, number: Span::new(number.start, counter.end), counter, noun })
}

/// Whether a letter or a digit stands right before the number.
fn is_joined(text: &str, block: Span, at: usize) -> bool {
    text[block.start..at].chars().next_back().is_some_and(|p| half_width(p).is_ascii_alphanumeric())
}

/// The value of half-width digits or of numerals; `None` where the two are mixed, or where they are too many.
fn plain(number: &str) -> Option<usize> {
    match number.as_bytes() {
        // 一个 is the most frequent of all, and counts no list.
        _ if number == "一" => None,
        [digits @ b'0'..=b'9'] => Some(usize::from(digits - b'0')),
        [b'0'..=b'9', ..] => number.parse().ok().filter(|_| number.len() <= MOST_DIGITS),
        _ => chinese_integer(number).filter(|_| number.len() <= MOST_NUMERALS * '一'.len_utf8())?.try_into().ok(),
    }
}

/// The Han characters from `from` on, blanks within them included.
fn han_run(text: &str, from: usize, to: usize) -> Span {
    let mut end = from;
    for (count, (i, c)) in text[from..to].char_indices().enumerate() {
        if count >= LONGEST_NOUN || !(is_han(c) || is_blank(c)) {
            break;
        }
        if is_han(c) {
            end = from + i + c.len_utf8();
        }
    }
    Span::new(from, end)
}

/// Whether the words before a number make it another kind of number: 第三个, 前三项, 三、四个, 近五年, 其余三个.
fn is_other(text: &str, from: usize, at: usize) -> bool {
    let before = trim_blank_end(&text[from..at]);
    let Some(last) = before.chars().next_back() else { return false };
    let numeral_before = |c: char| {
        let head = before.strip_suffix(c).unwrap_or(before).trim_end_matches([c, ' ']);
        head.chars().next_back().is_some_and(|p| is_chinese_numeral(p) || half_width(p).is_ascii_digit())
    };
    match half_width(last) {
        '第' | '每' | '各' | '几' | '前' | '后' | '首' | '另' | '余' | '近' | '约' | '超' | '逾' | '.' | '+' | '/' => {
            true
        }
        '数' => !before.ends_with("总数"),
        '上' => !before.ends_with("以上"),
        '下' => !before.ends_with("以下") && !before.ends_with("如下"),
        '至' | '到' | '-' | '—' | '–' | '~' | '、' => numeral_before(last),
        _ => words!["另外", "其他", "其它", "剩余", "还有", "另有", "其中"].ends(before).is_some(),
    }
}

/// The slogans of a block that begin with a number and hold no other: “四不”, “五个统一”, “五个一”, not “三重一大”.
pub(super) fn slogans<'a>(text: &'a str, block: Span, events: Stretch<'a>) -> impl Iterator<Item = Slogan> + 'a {
    let events = if events.has(Class::QUOTE) { events.all() } else { &[] };
    events.iter().filter(|e| e.c == '“').filter_map(move |e| {
        let start = e.end();
        let inside = &text[start..block.end];
        if !inside.starts_with(is_chinese_numeral) {
            return None;
        }
        let n = numeral(inside)?;
        let value = usize::try_from(n.value.to_integer()).ok().filter(|n| (2..=12).contains(n))?;
        let rest = start + n.len;
        let noun = han_run(text, rest, block.end);
        if noun.is_empty() || noun.len() > LONGEST_SLOGAN * 3 || !text[noun.end..block.end].starts_with('”') {
            return None;
        }
        let name = noun.of(text);
        let single = name == "个一" || !name.replace("统一", "").chars().any(|c| is_chinese_numeral(c) || c == '双');
        let stated = Stated { value, number: Span::new(start, rest), counter: Span::new(rest, rest), noun };
        single.then_some(Slogan { stated, end: noun.end + '”'.len_utf8() })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Events;

    fn read(text: &str) -> Vec<(usize, &str, &str)> {
        let whole = Span::new(0, text.len());
        numbers(text, whole, Events::new(text).within(whole))
            .map(|s| (s.value, s.number.of(text), s.noun.of(text)))
            .collect()
    }

    /// Of two measure words that begin alike the longer is read.
    #[test]
    fn measure_words() {
        let counter = |words: &'static str| measure_word(words).map(|len| &words[..len]);
        assert_eq!(["批次多", "批", "部分", "部门"].map(counter), [Some("批次"), Some("批"), Some("部分"), Some("部")]);
        assert_eq!(["方面", "方案", "环节", "环"].map(counter), [Some("方面"), None, Some("环节"), None]);
        assert_eq!(["个", "年", "", "%"].map(counter), [Some("个"), None, None, None]);
    }

    /// A number with its measure word and noun is read in either script.
    #[test]
    fn numbers_of_things() {
        assert_eq!(read("存在四个方面的问题：一是"), [(4, "四个", "方面的问题")]);
        assert_eq!(read("划分为 3 个片区（东部）"), [(3, "3 个", "片区")]);
        assert_eq!(read("市县两级、１２项任务"), [(2, "两级", ""), (12, "１２项", "任务")]);
        assert_eq!(read("０，003个"), [(3, "０，003个", "")]);
    }

    /// Ordinals, ranges, hedged numbers, the rest of a list and years are none.
    #[test]
    fn no_numbers_of_things() {
        for text in [
            "第三个方面",
            "三至五个方面",
            "三、四个方面",
            "十余个部门",
            "其余三个村",
            "近三项",
            "三个以上部门",
            "2024年",
            "一个目标",
        ] {
            assert!(read(text).is_empty(), "{text}: {:?}", read(text));
        }
    }

    /// A slogan has one number; “三重一大” and “1+4” have more.
    #[test]
    fn numbers_of_slogans() {
        let count = |text: &str| {
            let span = Span::new(0, text.len());
            slogans(text, span, Events::new(text).within(span)).count()
        };
        assert_eq!(count("坚持“四不”原则，落实“五个统一”，开展“五个一”活动"), 3);
        assert_eq!(count("落实“三重一大”、“1+4”、“八五”普法、“双随机、一公开”"), 0);
    }
}
