//! Dates exactly as they are written, whether or not the calendar has them.

use crate::text::{
    Class, Event, Span, Stretch, chinese_integer, half_width, is_blank, is_chinese_numeral, is_digit, leads_han,
    trim_blank_start,
};

/// A date as far as it is written; month and day are as written and may not exist.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Written {
    /// All of it.
    pub(super) span: Span,
    /// The year in four digits.
    pub(super) year: Option<i16>,
    /// The month, 0 to 99.
    pub(super) month: Option<i8>,
    /// The day, 0 to 99.
    pub(super) day: Option<i8>,
    /// How it is written.
    pub(super) form: Form,
}

/// How a date is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// 2024年3月5日.
    Arabic,
    /// 二〇二四年三月五日.
    Chinese,
    /// 2024-03-05.
    Marked,
    /// 2021 in 2021—2025年: a year whose 年 stands after the next one.
    Bare,
    /// 16日 in 6月12日至16日: a day of the month that stands before it.
    Day,
}

/// What a day is written with.
const DAY: &[&str] = &["日", "号"];
/// How many days may share one 日 (3、12、16日).
const SHARED: usize = 6;

/// The dates of a paragraph, whose events are these, in order, not overlapping.
pub(super) fn written(prose: &str, paragraph: Span, events: Stretch<'_>) -> Vec<Written> {
    let mut out = Vec::new();
    if !events.has(Class::NUMBER) {
        return out;
    }
    let text = paragraph.of(prose);
    let mut next = 0;
    let events = events.all();
    for (nth, last) in events.iter().enumerate() {
        // What stands behind a number tells most of them to be no date: the number itself is read after that.
        if !last.class.is(Class::NUMBER) || !leads_on(text, last.end() - paragraph.start) {
            continue;
        }
        let i = start_of_run(&events[..nth], last.at) - paragraph.start;
        if i < next {
            continue;
        }
        if !text.as_bytes()[..i].last().is_some_and(|&b| b.is_ascii_alphabetic() || b == b'.')
            && !is_code(&text[..i])
            && let Some(date) = at(text, i)
        {
            let mut last = Some(date);
            while let Some(date) = last {
                next = date.span.end;
                out.push(Written { span: date.span.shifted(paragraph.start), ..date });
                last = if date.form == Form::Bare { second(text, &date) } else { next_day(text, &date) };
            }
        }
    }
    out
}

/// Where the run of digits and numerals begins that goes on at `at`, behind these events.
fn start_of_run(before: &[Event], at: usize) -> usize {
    let mut start = at;
    for e in before.iter().rev() {
        if !e.class.is(Class::NUMBER) || e.end() != start {
            break;
        }
        start = e.at;
    }
    start
}

/// Whether what follows from the byte `at` on can stand behind the number that a date begins with.
#[inline]
fn leads_on(text: &str, at: usize) -> bool {
    const YEAR: &[u8] = "年".as_bytes();
    const MONTH: &[u8] = "月".as_bytes();
    const TO: [&[u8]; 2] = ["至".as_bytes(), "到".as_bytes()];
    match text.as_bytes().get(at) {
        // Behind most numbers stands what they count.
        Some(&b) if leads_han(b) => {
            let han = &text.as_bytes()[at..at + YEAR.len()];
            han == YEAR || han == MONTH || han == TO[0] || han == TO[1]
        }
        Some(b'0'..=b'9') | None => false,
        Some(b'/' | b'.') => true,
        Some(_) => text[at..].chars().next().is_some_and(is_link),
    }
}

/// The date that begins at byte `i`.
fn at(text: &str, i: usize) -> Option<Written> {
    let first = text[i..].chars().next()?;
    let form = if is_chinese_numeral(first) { Form::Chinese } else { Form::Arabic };
    let mut date = Written { span: Span::new(i, i), year: None, month: None, day: None, form };
    let (run, rest) = run(&text[i..])?;
    let Some(year) = year(run) else {
        let rest = unit(rest, &["月"])?;
        return Some(day(text, Written { month: Some(small(run)?), ..date }, rest));
    };
    date.year = Some(year);
    if let Some(rest) = unit(rest, &["年"]) {
        date.span.end = text.len() - rest.len();
        let month = self::run(trim_blank_start(rest)).and_then(|(run, rest)| Some((small(run)?, unit(rest, &["月"])?)));
        return Some(match month {
            Some((month, rest)) => day(text, Written { month: Some(month), ..date }, rest),
            None => date,
        });
    }
    if form == Form::Chinese {
        return None;
    }
    if let Some(mark) = rest.chars().next().filter(|c| matches!(c, '-' | '/' | '.'))
        && let Some((month, rest)) = self::run(&rest[mark.len_utf8()..])
        && let Some((day, rest)) = rest.strip_prefix(mark).and_then(self::run)
        && let (Some(month), Some(day)) = (small(month), small(day))
        && !rest.starts_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '/'))
        && (mark != '.' || is_dated(&text[..i], rest))
    {
        let span = Span::new(i, text.len() - rest.len());
        return Some(Written { span, month: Some(month), day: Some(day), form: Form::Marked, ..date });
    }
    // 2021—2025年, （2021—2025）: the first of two years.
    let end = text.len() - rest.len();
    let link = rest.trim_start_matches(is_link);
    let (second, after) = self::run(link).filter(|_| link.len() < rest.len())?;
    self::year(second)?;
    let after = after.trim_start_matches(is_blank);
    let opened = text[..i].trim_end_matches(is_blank).ends_with(['（', '(']);
    let closed = after.starts_with(['）', ')']);
    (after.starts_with('年') || (opened && closed)).then_some(Written {
        span: Span::new(i, end),
        form: Form::Bare,
        ..date
    })
}

/// Whether 2024.3.5 between these two texts is a date and no version: 竣工时间：2024.3.5, 2024.3.5（星期二）.
fn is_dated(before: &str, after: &str) -> bool {
    const LEADS: [&str; 7] = ["时间", "日期", "于", "自", "从", "截至", "截止"];
    let head = before.trim_end_matches(|c: char| is_blank(c) || matches!(c, '：' | ':'));
    let day = after.trim_start_matches(is_blank).strip_prefix(['（', '(']);
    let weekday = day.is_some_and(|t| t.starts_with('周') || t.starts_with("星期"));
    !after.starts_with(['.', '版']) && (weekday || LEADS.iter().any(|w| head.ends_with(w)))
}

/// The second of two years in brackets, whose first was just read: （2021—2025）.
fn second(text: &str, first: &Written) -> Option<Written> {
    let rest = &text[first.span.end..];
    let link = rest.trim_start_matches(is_link);
    let (run, after) = run(link)?;
    let start = text.len() - link.len();
    let span = Span::new(start, start + run.len());
    let closed = after.trim_start_matches(is_blank).starts_with(['）', ')']);
    closed.then_some(Written { span, year: year(run), ..*first })
}

/// The next day of the same month, written without it: 6月12日（星期五）至16日, 6月12、16日.
fn next_day(text: &str, date: &Written) -> Option<Written> {
    // 5日内, 3日游, 2日间: a stretch of time.
    const STRETCH: [char; 15] =
        ['内', '后', '游', '间', '均', '产', '常', '报', '照', '历', '工', '期', '程', '夜', '用'];
    date.day?;
    let after = &text[date.span.end..];
    let rest = past_bracket(trim_blank_start(after));
    let link = rest.trim_start_matches(|c| is_link(c) || matches!(c, '起' | '、' | '和' | '及' | '与'));
    if link.len() == rest.len() || after.len() - link.len() > 48 {
        return None;
    }
    let (number, tail) = run(link)?;
    let day = small(number)?;
    let start = text.len() - link.len();
    let bare = start + number.len();
    let end = match unit(tail, DAY) {
        Some(tail) if !tail.starts_with(STRETCH) => text.len() - tail.len(),
        Some(_) => return None,
        // The 日 of 12、16、20日 stands behind the last of them.
        None => shares_unit(tail).then_some(bare)?,
    };
    Some(Written { span: Span::new(start, end), year: None, month: date.month, day: Some(day), form: Form::Day })
}

/// The text behind a short note in brackets that it begins with: （星期五）至16日.
pub(super) fn past_bracket(text: &str) -> &str {
    let Some(inner) = text.strip_prefix(['（', '(']) else { return text };
    let close = inner.char_indices().take_while(|&(at, _)| at <= 24).find(|&(_, c)| matches!(c, '）' | ')'));
    close.map_or(text, |(at, c)| &inner[at + c.len_utf8()..])
}

/// Whether a day before this text is followed by others that share its 日: 12、16日, 28—31日.
fn shares_unit(text: &str) -> bool {
    let mut rest = text;
    for _ in 0..SHARED {
        let link = rest.trim_start_matches(|c| is_link(c) || c == '、');
        let Some((number, tail)) = run(link).filter(|_| link.len() < rest.len()) else { return false };
        if small(number).is_none() {
            return false;
        }
        if unit(tail, DAY).is_some() {
            return true;
        }
        rest = tail;
    }
    false
}

/// Whether a number here goes on a code: the 2025 of HT-2025-02-30.
fn is_code(before: &str) -> bool {
    let Some(head) = before.strip_suffix(['-', '/', '_']) else { return false };
    let run = head.trim_end_matches(|c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '/' | '_'));
    head[run.len()..].contains(|c: char| c.is_ascii_alphabetic())
}

fn is_link(c: char) -> bool {
    is_blank(c) || matches!(c, '—' | '－' | '–' | '―' | '─' | '-' | '～' | '~' | '至' | '到')
}

/// Adds the day that follows a month, and ends the date.
fn day(text: &str, date: Written, rest: &str) -> Written {
    let day = run(trim_blank_start(rest)).and_then(|(run, rest)| {
        let end = unit(rest, DAY).or_else(|| shares_unit(rest).then_some(rest))?;
        Some((small(run)?, end))
    });
    let end = text.len() - day.map_or(rest, |(_, rest)| rest).len();
    Written { span: Span::new(date.span.start, end), day: day.map(|(day, _)| day), ..date }
}

/// What follows the unit at the start of the text, blanks before it left out.
fn unit<'a>(text: &'a str, units: &[&str]) -> Option<&'a str> {
    let text = trim_blank_start(text);
    units.iter().find_map(|&unit| text.strip_prefix(unit))
}

/// The run of digits or of Chinese numerals at the start of the text, and what follows it.
fn run(text: &str) -> Option<(&str, &str)> {
    let ascii = text.bytes().take_while(u8::is_ascii_digit).count();
    // A digit is hardly ever followed by one of another width.
    let goes_on = text.as_bytes().get(ascii).is_some_and(|b| !b.is_ascii() && !leads_han(*b));
    let rest = match ascii {
        1.. if !goes_on => &text[ascii..],
        1.. => text.trim_start_matches(is_digit),
        0 if text.starts_with(is_digit) => text.trim_start_matches(is_digit),
        0 => text.trim_start_matches(is_chinese_numeral),
    };
    (rest.len() < text.len()).then(|| text.split_at(text.len() - rest.len()))
}

/// A year of four digits.
fn year(run: &str) -> Option<i16> {
    // Four characters of one byte or of three.
    if !(4..=12).contains(&run.len()) || run.chars().count() != 4 {
        return None;
    }
    let mut year = 0;
    for c in run.chars() {
        let digit = match half_width(c).to_digit(10) {
            Some(digit) => u64::from(digit),
            None => chinese_integer(c.encode_utf8(&mut [0; 4])).filter(|&d| d < 10)?,
        };
        year = year * 10 + i16::try_from(digit).ok()?;
    }
    (1900..=2099).contains(&year).then_some(year)
}

/// A number of at most two digits.
fn small(run: &str) -> Option<i8> {
    let value = if run.starts_with(is_chinese_numeral) {
        chinese_integer(run)?
    } else {
        let mut digits = run.chars().filter_map(|c| half_width(c).to_digit(10)).map(u64::from);
        let (first, second) = (digits.next()?, digits.next());
        if digits.next().is_some() {
            return None;
        }
        second.map_or(first, |second| first * 10 + second)
    };
    i8::try_from(value).ok().filter(|&v| v < 100)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::Events;

    proptest! {
        /// No date begins with a number that is followed by anything else.
        #[test]
        fn leads_on_to_a_date(text in "(2024|二〇二四|[2０十年月日号至甲/.（） —-]){0,9}") {
            let whole = Span::new(0, text.len());
            for number in Events::new(&text).within(whole).runs(Class::NUMBER) {
                prop_assert!(leads_on(&text, number.end) || at(&text, number.start).is_none());
            }
        }
    }

    fn all(text: &str) -> Vec<(Option<i16>, Option<i8>, Option<i8>)> {
        let whole = Span::new(0, text.len());
        written(text, whole, Events::new(text).within(whole)).iter().map(|d| (d.year, d.month, d.day)).collect()
    }

    /// Every form is read as it is written, whether or not the calendar has it.
    #[test]
    fn forms() {
        let day = vec![(Some(2024), Some(2), Some(30))];
        for text in
            ["于2024年2月30日前", "２０２４ 年 ２ 月 ３０ 日", "二〇二四年二月三十日", "2024-02-30", "2024/2/30 "]
        {
            assert_eq!(all(text), day, "{text}");
        }
        assert_eq!(all("9月31日"), [(None, Some(9), Some(31))]);
        assert_eq!(all("2023年度至3月底"), [(Some(2023), None, None), (None, Some(3), None)]);
        assert_eq!(all("2021—2025年"), [(Some(2021), None, None), (Some(2025), None, None)]);
        assert_eq!(all("（2021-2025）"), [(Some(2021), None, None), (Some(2025), None, None)]);
        assert_eq!(
            all("截止2024.3.5、2024.4.6（周六）"),
            [(Some(2024), Some(3), Some(5)), (Some(2024), Some(4), Some(6))]
        );
    }

    /// A day without its month is one of the month before it, unless it is a stretch of time.
    #[test]
    fn bare_days() {
        let days = |text: &str| all(text).iter().map(|d| (d.1, d.2)).collect::<Vec<_>>();
        let of_march = |days: &[i8]| days.iter().map(|&d| (Some(3), Some(d))).collect::<Vec<_>>();
        assert_eq!(days("3月5日至9日"), of_march(&[5, 9]));
        assert_eq!(days("3月5—9日"), of_march(&[5, 9]));
        assert_eq!(days("3月5、7、9日"), of_march(&[5, 7, 9]));
        assert_eq!(days("3月5日（星期二）、9日和12日"), of_march(&[5, 9, 12]));
        for text in ["3月5日、9日内", "3月5日和9日游", "3月5日9日", "3月5日，9日"] {
            assert_eq!(days(text), of_march(&[5]), "{text}");
        }
        assert_eq!(days("3月5、6个月"), [(Some(3), None)]);
    }

    /// Versions, numbers of standards, telephone numbers and counts are no dates.
    #[test]
    fn no_dates() {
        for text in [
            "v2024.2.30",
            "GB/T 9704-2012",
            "0518-85521086",
            "第13批5日内",
            "3个月",
            "2024-0012",
            "13571/2021-00012",
            "T2024-02-30",
            "HT-2024-02-30",
            "B/7-2024-02-30",
            "版本2024.2.30",
            "1:2",
        ] {
            assert_eq!(all(text), [], "{text}");
        }
    }
}
