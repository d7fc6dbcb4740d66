//! How long a work took from the day it began to the day it was done: 2023年4月初动工，2025年9月底完工，历时两年六个月.

use jiff::civil::Date;

use super::days::{days_of, whole_days};
use super::{counted, number, number_before};
use crate::diagnostic::Diagnostic;
use crate::rules::date::{Passage, has, is_range};
use crate::text::{Span, WordList, half_width, is_blank, is_han, trim_blank_end, trim_blank_start};

/// Words of what is said to have lasted.
const LASTED: WordList = WordList::new(&["历时", "为期", "耗时", "用时"]);
/// Words of a beginning, right behind its date.
const BEGUN: WordList = WordList::new(&[
    "动工", "开工", "启动", "开始", "始建", "奠基", "立项", "开建", "着手", "施工", "动土", "进场", "筹建", "立案",
]);
/// Words of an end, right behind its date.
const DONE: WordList = WordList::new(&[
    "完工",
    "竣工",
    "建成",
    "通车",
    "结束",
    "完成",
    "投产",
    "验收",
    "交付",
    "收官",
    "落成",
    "投入使用",
    "审结",
    "结案",
    "闭幕",
    "落幕",
]);
/// Words of a time that is not counted through.
const BROKEN: [&str; 9] = ["停工", "停建", "暂停", "中断", "中止", "扣除", "除去", "不含", "复工"];
/// By how many days a length in whole months may be rounded.
const MONTH_GIVE: i16 = 20;
/// How far behind a date its verb stands, and how long the words between two dates may be, in bytes.
const VERB: usize = 48;
const LINK: usize = 120;

/// What is said of the time up to the date with this index.
pub(super) fn find(passage: &Passage<'_>, last: usize, out: &mut Vec<Diagnostic>) {
    let after = passage.between(last);
    let Some((at, word)) = LASTED.find(after).filter(|&(at, _)| at <= VERB) else { return };
    let words = &after[..at];
    // Nothing but the verb and a mark stands before what is said: the time of another matter is told in other words.
    let gap = DONE.find(words).map(|(done, verb)| &words[done + verb.len()..]);
    if words.contains(['。', '；', ';', '、']) || gap.is_some_and(|gap| gap.chars().count() > 6) {
        return;
    }
    let Some(first) = beginning(passage, last, gap.is_some() || is_bare(words)) else { return };
    let rest = &after[at + word.len()..];
    let Some((length, tail)) = length(rest) else { return };
    let range = passage.dates[first].span.to(passage.dates[last].span);
    if has(passage.sentence(range), &BROKEN) {
        return;
    }
    let end = passage.dates[last].span.end + after.len();
    let stated = Span::new(end - rest.len() - word.len(), end - tail.len());
    match length {
        Length::Days(said) => days(passage, (first, last), said, stated, out),
        Length::Months { least, most } => months(passage, (first, last), (least, most), stated, out),
    }
}

/// `为期三个月，自2025年3月1日至5月31日`: the months that are said right before a period.
pub(super) fn find_before(passage: &Passage<'_>, first: usize, out: &mut Vec<Diagnostic>) {
    let before = passage.before(first);
    let mut head = before;
    for _ in 0..3 {
        head = head.trim_end_matches(|c| is_blank(c) || matches!(half_width(c), ',' | ':' | '('));
        head = ["时间", "自", "从", "即", "为"].into_iter().find_map(|w| head.strip_suffix(w)).unwrap_or(head);
    }
    let Some((count, at)) = head.strip_suffix("个月").and_then(number_before) else { return };
    let lasted = head[..at].trim_end_matches(is_blank).ends_with("为期");
    let range = passage.dates[first].span.to(passage.dates[first + 1].span);
    if lasted && head.len() < before.len() && is_range(passage.between(first)) && !has(passage.sentence(range), &BROKEN)
    {
        let stated = Span::new(at, head.len()).shifted(passage.span.start);
        months(passage, (first, first + 1), (count, count), stated, out);
    }
}

/// Whether only a mark stands between a period and what is said of it, or its own verb: 3月1日至6月30日在全县开展为期三个月的
/// 整治; 全年分批举办为期一个月的培训 is of something else.
fn is_bare(words: &str) -> bool {
    let mark = words.trim_matches(|c| is_blank(c) || matches!(c, '，' | ',' | '（' | '(' | '止' | '底' | '末'));
    let held = mark.chars().count() <= 10
        && mark.chars().all(|c| is_han(c) && !matches!(c, '分' | '各' | '每' | '多' | '先' | '轮'))
        && ["开展", "组织", "进行", "实施", "举办"].iter().any(|w| mark.ends_with(w));
    matches!(mark, "" | "前后" | "共" | "总") || held
}

/// The date of the beginning: the nearest before the last one of the sentence whose verb stands behind it, or the other
/// end of a period.
fn beginning(passage: &Passage<'_>, last: usize, told: bool) -> Option<usize> {
    for first in (0..last).rev().take(3) {
        let link = passage.between(first);
        if link.len() > LINK || link.contains(['。', '；', ';', '、']) {
            return None;
        }
        if BEGUN.find(link).is_some_and(|(at, _)| at <= VERB) || is_range(link) {
            return told.then_some(first);
        }
    }
    None
}

/// A length of time as it is said: days, or months from the least to the most that the words stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Length {
    Days(i16),
    Months { least: i16, most: i16 },
}

/// The length at the start of the text, and what follows it; 近三年 and 三年多 are none.
fn length(text: &str) -> Option<(Length, &str)> {
    let text = trim_blank_start(text);
    let text = ["长达", "整整", "共", "了"].iter().find_map(|w| text.strip_prefix(w)).unwrap_or(text);
    let (count, tail) = number(trim_blank_start(text))?;
    let tail = trim_blank_start(tail);
    let exact = |tail: &str| !tail.starts_with(['多', '余', '左', '以', '内', '来', '许', '零', '又']);
    let (length, tail) = if let Some(rest) = tail.strip_prefix('年') {
        let part = trim_blank_start(rest.strip_prefix(['零', '又']).unwrap_or(rest));
        if let Some(rest) = part.strip_prefix('半') {
            (Length::Months { least: count * 12, most: count * 12 + 11 }, rest)
        } else if let Some((months, rest)) = number(part).and_then(|(n, rest)| Some((n, months_of(rest)?))) {
            let all = count.checked_mul(12)?.checked_add(months)?;
            (Length::Months { least: all, most: all }, rest)
        } else {
            // 历时三年 may be of three calendar years, or three years and less than a half.
            (Length::Months { least: count * 12 - 11, most: count * 12 + 11 }, rest)
        }
    } else if let Some(rest) = tail.strip_prefix("个半月") {
        (Length::Months { least: count, most: count + 1 }, rest)
    } else if let Some(rest) = months_of(tail) {
        (Length::Months { least: count, most: count }, rest)
    } else {
        (Length::Days(count), whole_days(tail)?)
    };
    exact(tail).then_some((length, tail))
}

fn months_of(text: &str) -> Option<&str> {
    trim_blank_start(text).strip_prefix("个月")
}

/// Compares days with those from day to day; right behind a period they are looked at with it.
fn days(passage: &Passage<'_>, (first, last): (usize, usize), said: i16, stated: Span, out: &mut Vec<Diagnostic>) {
    let (Some(from), Some(to)) = (passage.day(first), day(passage, (first, last))) else { return };
    if !is_range(passage.between(last - 1))
        && let Some(length) = days_of(from, to).filter(|length| !length.may_be(said))
    {
        let right = (format!("{}天", length.all), format!("{} days", length.all));
        out.push(counted(passage, (first, last), stated, "days", &right));
    }
}

/// The day of the end, in the year of the beginning where none is written: 2025年3月3日启动，3月20日结束.
fn day(passage: &Passage<'_>, (first, last): (usize, usize)) -> Option<Date> {
    let date = &passage.dates[last];
    Date::new(end_year(passage, (first, last))?, date.month?, date.day?).ok()
}

/// The year of the end: its own, the next one where the words say so, or that of the beginning.
fn end_year(passage: &Passage<'_>, (first, last): (usize, usize)) -> Option<i16> {
    let link = trim_blank_end(passage.between(last - 1));
    let next = i16::from(["次年", "翌年", "第二年"].iter().any(|w| link.ends_with(w)));
    Some(passage.dates[last].year.unwrap_or(passage.dates[first].year? + next))
}

/// Compares a length in months with the months from date to date: with both ends or with one, and a month more or less
/// for 初 and 底.
fn months(
    passage: &Passage<'_>,
    (first, last): (usize, usize),
    (least, most): (i16, i16),
    stated: Span,
    out: &mut Vec<Diagnostic>,
) {
    let (a, b) = (&passage.dates[first], &passage.dates[last]);
    let (Some(from), Some(m), Some(n)) = (a.year, a.month, b.month) else { return };
    let Some(to) = end_year(passage, (first, last)) else { return };
    if !(1..=12).contains(&m) || !(1..=12).contains(&n) {
        return;
    }
    let between = (to - from) * 12 + i16::from(n) - i16::from(m);
    let may_be = match a.day.zip(b.day) {
        // From the first of a month to the last of another, as from a day to the one before it, are whole months.
        Some((d, e)) if least == most => (between * 30 + i16::from(e) - i16::from(d) - least * 30).abs() <= MONTH_GIVE,
        _ => (least - 1..=most + 1).contains(&between),
    };
    if between < 1 || may_be {
        return;
    }
    let begun = a.day.zip(b.day).is_none_or(|(d, e)| e >= d);
    let all = between + i16::from(begun);
    let words = match (all / 12, all % 12) {
        (0, _) => format!("{all}个月"),
        (years, 0) => format!("{years}年"),
        (years, rest) => format!("{years}年{rest}个月"),
    };
    out.push(counted(passage, (first, last), stated, "months", &(words, format!("{all} months"))));
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A length is read with its parts, and none that is hedged.
    #[test]
    fn lengths() {
        let months = |least, most| Some(Length::Months { least, most });
        for (text, expected) in [
            ("三年六个月，", months(42, 42)),
            ("2年零3个月。", months(27, 27)),
            ("18个月", months(18, 18)),
            ("三年半", months(36, 47)),
            ("两年", months(13, 35)),
            ("长达28天", Some(Length::Days(28))),
            ("12天", Some(Length::Days(12))),
            ("近三年", None),
            ("三年多", None),
            ("18个月左右", None),
        ] {
            assert_eq!(length(text).map(|(length, _)| length), expected, "{text}");
        }
    }

    /// Work that began and was done, and what lasted otherwise.
    #[test]
    fn works() {
        let found = |text: &str| crate::rules::date::found("date-period", text);
        let long = "工程2023年4月初动工，2025年9月底完工，历时三年六个月。";
        assert_eq!(found(long), ["历时三年六个月"]);
        assert_eq!(found("2025年3月1日至6月30日在全县开展为期三个月的整治。"), ["为期三个月"]);
        assert_eq!(found("整治为期三个月，自2025年3月1日至6月30日。"), ["三个月"]);
        assert_eq!(found("演练从2025年3月3日启动，3月20日结束，历时12天。"), ["历时12天"]);
        for text in [
            "工程2023年4月初动工，2025年9月底完工，历时两年六个月。",
            "工程2023年4月动工，2025年9月完工，历时近三年。",
            "工程2023年4月动工，2025年9月完工，历时三年。",
            "工程2023年4月动工，2025年9月完工，其间停工六个月，历时一年半。",
            "工程2023年4月动工，2025年9月完工；调研历时三个月。",
            "工程2023年4月动工，2025年9月完工，随后开展的结算历时三个月。",
            "演练从2025年3月3日启动，3月20日结束，历时18天。",
            "2025年3月1日至5月31日在全县开展为期三个月的整治。",
            "2025年3月10日至6月5日，为期三个月。",
            "开展为期三个月（2025年3月至5月）的整治，为期一个月的培训。",
        ] {
            assert!(found(text).is_empty(), "{text}: {:?}", found(text));
        }
    }
}
