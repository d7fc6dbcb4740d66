//! Numbers of things as prose states them: 四个方面, 3项制度, 五级, “五个统一”.

use crate::claim::numeral::numeral;
use crate::text::{
    Class, Span, Stretch, WordList, half_width, is_blank, is_chinese_numeral, is_han, trim_blank_end, trim_blank_start,
    words,
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

/// Measure words that count what a list can name; a longer one stands before its beginning.
const COUNTERS: WordList = WordList::new(&[
    "批次", "方面", "部分", "环节", "个", "项", "点", "条", "大", "类", "种", "级", "步", "批", "次", "场", "期", "轮",
    "家", "名", "位", "部", "件", "处", "份", "块", "支", "座", "所", "套", "篇", "本", "册", "门", "道", "对",
]);
/// Lists are not longer than this; greater numbers count something else.
const MOST: u64 = 30;
const LONGEST_NOUN: usize = 16;
const LONGEST_SLOGAN: usize = 14;

/// The numbers of things in a block, in text order.
pub(super) fn numbers(text: &str, block: Span, events: Stretch<'_>) -> Vec<Stated> {
    let mut out = Vec::new();
    let mut next = block.start;
    for at in events.of(Class::NUMBER).map(|e| e.at) {
        if at < next {
            continue;
        }
        // Most numbers count no list: of the parts of a longer one, 1,234 or 1.5万, none is small, joined to no other and
        // followed by a measure word.
        if let Some(len) = uncounted(&text[at..block.end]) {
            next = at + len;
            continue;
        }
        let previous = text[block.start..at].chars().next_back();
        if previous.is_some_and(|p| half_width(p).is_ascii_alphanumeric() || is_chinese_numeral(p)) {
            continue;
        }
        let Some(n) = numeral(&text[at..block.end]) else { continue };
        next = at + n.len;
        let value = n.value.to_integer();
        if n.is_exact() && (2..=i128::from(MOST)).contains(&value) {
            let value = usize::try_from(value).unwrap_or_default();
            out.extend(counted(text, block, Span::new(at, next), value).filter(|_| !is_other(text, block.start, at)));
        }
    }
    out
}

/// The length of half-width digits or of numerals that count no list: no measure word stands behind them, or they say
/// less or more than a list can hold.
fn uncounted(rest: &str) -> Option<usize> {
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let len = if digits > 0 { digits } else { rest.find(|c| !is_chinese_numeral(c)).filter(|&len| len > 0)? };
    // 一 by itself, and what is greater than any list.
    let other = &rest[..len] == "一" || digits > 0 && !rest[..len].parse().is_ok_and(|n| (2..=MOST).contains(&n));
    (other || COUNTERS.begins(trim_blank_start(&rest[len..])).is_none()).then_some(len)
}

/// The number with its measure word and noun; `None` where none stands there.
fn counted(text: &str, block: Span, number: Span, value: usize) -> Option<Stated> {
    let rest = &text[number.end..block.end];
    let start = number.end + rest.len() - trim_blank_start(rest).len();
    let rest = &text[start..block.end];
    let counter = COUNTERS.begins(rest)?;
    let counter = Span::new(start, start + counter.len());
    let noun = han_run(text, counter.end, block.end);
    // 三个以上, 五项左右 say no number of things.
    let vague = words!["以上", "以下", "以内", "左右", "多", "余"].begins(noun.of(text)).is_some();
    (!vague).then_some(Stated { value, number: Span::new(number.start, counter.end), counter, noun })
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
pub(super) fn slogans(text: &str, block: Span, events: Stretch<'_>) -> Vec<Slogan> {
    let mut out = Vec::new();
    for at in events.of(Class::QUOTE).filter(|e| e.c == '“').map(|e| e.at) {
        let start = at + '“'.len_utf8();
        let Some(n) = numeral(&text[start..block.end]).filter(|n| n.chinese) else { continue };
        let value = usize::try_from(n.value.to_integer()).unwrap_or_default();
        let rest = start + n.len;
        let noun = han_run(text, rest, block.end);
        let name = noun.of(text);
        let single = name == "个一" || !name.replace("统一", "").chars().any(|c| is_chinese_numeral(c) || c == '双');
        let closed = text[noun.end..block.end].starts_with('”');
        if (2..=12).contains(&value) && !noun.is_empty() && noun.len() <= LONGEST_SLOGAN * 3 && single && closed {
            let stated = Stated { value, number: Span::new(start, rest), counter: Span::new(rest, rest), noun };
            out.push(Slogan { stated, end: noun.end + '”'.len_utf8() });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Events;

    fn read(text: &str) -> Vec<(usize, &str, &str)> {
        let whole = Span::new(0, text.len());
        numbers(text, whole, Events::new(text).within(whole))
            .iter()
            .map(|s| (s.value, s.number.of(text), s.noun.of(text)))
            .collect()
    }

    /// A number with its measure word and noun is read in either script.
    #[test]
    fn numbers_of_things() {
        assert_eq!(read("存在四个方面的问题：一是"), [(4, "四个", "方面的问题")]);
        assert_eq!(read("划分为 3 个片区（东部）"), [(3, "3 个", "片区")]);
        assert_eq!(read("市县两级、１２项任务"), [(2, "两级", ""), (12, "１２项", "任务")]);
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
            slogans(text, span, Events::new(text).within(span)).len()
        };
        assert_eq!(count("坚持“四不”原则，落实“五个统一”，开展“五个一”活动"), 3);
        assert_eq!(count("落实“三重一大”、“1+4”、“八五”普法、“双随机、一公开”"), 0);
    }
}
