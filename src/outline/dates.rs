//! Dates as drafts write them, and the year that a text speaks of.

use jiff::civil::Date;

use crate::text::{Class, Span, Stretch, chinese_integer, half_width, is_blank, is_chinese_numeral};

/// A date as far as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Written {
    pub(super) year: i16,
    month: Option<i8>,
    day: Option<i8>,
    /// Where it stands in the text that was searched.
    pub(super) span: Span,
}

impl Written {
    /// The same date, found `by` bytes further on.
    pub(super) fn shifted(self, by: usize) -> Self {
        Self { span: self.span.shifted(by), ..self }
    }

    /// Whether a day is written.
    pub(super) fn is_full(self) -> bool {
        self.day.is_some()
    }

    /// Whether a month is written.
    pub(super) fn has_month(self) -> bool {
        self.month.is_some()
    }

    /// The day; the first of the month where the day is not written or does not exist (2月30日), so that a term that
    /// changed within the month is not called outdated.
    pub(super) fn date(self) -> Option<Date> {
        let month = self.month.unwrap_or(1);
        let day = self.day.unwrap_or(1);
        Date::new(self.year, month, day).or_else(|_| Date::new(self.year, month, 1)).ok()
    }
}

/// The first date in the text that names at least a month.
pub(super) fn first_date(text: &str) -> Option<Written> {
    let mut before = None;
    for (i, c) in text.char_indices() {
        if starts_year(c)
            && !before.is_some_and(starts_year)
            && let Some(date) = date_at(text, i).filter(|d| d.has_month())
        {
            return Some(date);
        }
        before = Some(c);
    }
    None
}

/// The years (`2021年`, `二〇二一年`, `2021-2025年`) named in the text, in order.
pub(super) fn years(text: &str) -> impl Iterator<Item = (i16, Span)> + '_ {
    let mut before = None;
    text.char_indices().filter_map(move |(i, c)| {
        let open = starts_year(c) && !before.is_some_and(starts_year);
        before = Some(c);
        if !open {
            return None;
        }
        let (year, len) = year_at(&text[i..])?;
        Some((year, Span::new(i, i + len)))
    })
}

fn starts_year(c: char) -> bool {
    half_width(c).is_ascii_digit() || (is_chinese_numeral(c) && !matches!(c, '十' | '百' | '千' | '万' | '亿'))
}

/// Whether a year from 1949 to 2099 may begin with the character.
fn starts_century(c: char) -> bool {
    matches!(half_width(c), '1' | '2' | '一' | '壹' | '二' | '两' | '贰')
}

/// A plausible year of four digits at the start of the text: its value and length.
fn year_at(text: &str) -> Option<(i16, usize)> {
    text.strip_prefix(starts_century)?;
    let mut year = 0i16;
    let mut len = 0;
    let mut count = 0;
    for c in text.chars() {
        let digit = match half_width(c).to_digit(10) {
            Some(d) => i16::try_from(d).ok()?,
            None if starts_year(c) => i16::try_from(chinese_integer(c.encode_utf8(&mut [0; 4]))?).ok()?,
            None => break,
        };
        count += 1;
        if count > 4 {
            return None;
        }
        year = year * 10 + digit;
        len += c.len_utf8();
    }
    (count == 4 && (1949..=2099).contains(&year)).then_some((year, len))
}

/// The date at byte `at`: `2021年3月5日`, `2021-03-05`, `2021/3/5`, `2021.3.5`, `二〇二一年三月五日`, or less of it.
fn date_at(text: &str, at: usize) -> Option<Written> {
    let (year, len) = year_at(&text[at..])?;
    let mut end = at + len;
    let mut date = Written { year, month: None, day: None, span: Span::new(at, end) };
    let rest = text[end..].trim_start_matches(is_blank);
    if let Some(after) = rest.strip_prefix('年') {
        end = text.len() - after.len();
        date.span.end = end;
        if let Some((month, after)) = small_number(after)
            && let Some(after) = after.trim_start_matches(is_blank).strip_prefix('月')
        {
            date.month = (1..=12).contains(&month).then_some(month);
            date.span.end = text.len() - after.len();
            if let Some((day, after)) = small_number(after)
                && let Some(after) = after.trim_start_matches(is_blank).strip_prefix(['日', '号'])
            {
                date.day = (date.month.is_some() && (1..=31).contains(&day)).then_some(day);
                date.span.end = text.len() - after.len();
            }
        }
        return Some(date);
    }
    let mark = text[end..].chars().next().filter(|c| matches!(half_width(*c), '-' | '/' | '.'))?;
    let (month, after) = small_number(&text[end + mark.len_utf8()..])?;
    let (day, after) = small_number(after.strip_prefix(mark)?)?;
    if !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    date.month = Some(month);
    date.day = Some(day);
    date.span.end = text.len() - after.len();
    Some(date)
}

/// A number of a month or a day after blanks, and the text after it.
fn small_number(text: &str) -> Option<(i8, &str)> {
    let text = text.trim_start_matches(is_blank);
    let first = text.chars().next()?;
    let numeral = if half_width(first).is_ascii_digit() {
        |c: char| half_width(c).is_ascii_digit()
    } else {
        |c: char| is_chinese_numeral(c)
    };
    let after = text.trim_start_matches(numeral);
    let run = &text[..text.len() - after.len()];
    if run.chars().count() > 3 {
        return None;
    }
    let value = match half_width(first).is_ascii_digit() {
        true => run.chars().map(half_width).collect::<String>().parse().ok()?,
        false => i8::try_from(chinese_integer(run)?).ok()?,
    };
    Some((value, after))
}

/// Words after a year that make it a target: what is said of it has not happened.
const AHEAD: [&str; 14] =
    ["将", "拟", "力争", "争取", "确保", "目标", "规划", "计划", "预计", "打算", "安排", "要点", "远景", "前"];
/// How many characters after a year are asked for a word of the future.
const AHEAD_REACH: usize = 24;

/// The latest year that a clause of the body opens with, or that stands after 截至, as past or present: a year that
/// something is planned for, or that stands in the name of a paper, never counts. These are the events of the body.
pub(super) fn spoken_year(prose: &str, body: Span, events: Stretch<'_>) -> Option<(i16, Span)> {
    let text = body.of(prose);
    let mut latest: Option<(i16, Span)> = None;
    // A year has four digits; most numbers are shorter than any four.
    for run in events.runs(Class::NUMBER).filter(|run| run.len() >= 4) {
        let mut within = false;
        for (at, c) in run.of(prose).char_indices() {
            let before = std::mem::replace(&mut within, starts_year(c));
            if before || !starts_century(c) {
                continue;
            }
            let i = run.start + at - body.start;
            let Some(date) = date_at(text, i) else { continue };
            let head = text[..i].trim_end_matches(is_blank);
            let clause = head.is_empty()
                || head.ends_with(['。', '；', ';', '，', ',', '：', ':', '（', '(', '\n', '\r'])
                || head.ends_with("截至")
                || head.ends_with("截止");
            let written_out = text[date.span.range()].ends_with(['年', '月', '日', '号']);
            let later = latest.is_none_or(|(year, _)| date.year > year);
            let after = &text[date.span.end..];
            if clause && written_out && later && !is_target(after) && !is_beginning(after) {
                latest = Some((date.year, date.span.shifted(body.start)));
            }
        }
    }
    latest
}

/// 2012年以来, 2012年起, 2012年至今: the year something began says little of the year that the paper is of.
fn is_beginning(after: &str) -> bool {
    let after = after.trim_start_matches(is_blank);
    ["以来", "起", "至今", "开始", "后", "之后", "以后", "年底以来", "底以来"].iter().any(|w| after.starts_with(w))
}

fn is_target(after: &str) -> bool {
    let end = after.char_indices().nth(AHEAD_REACH).map_or(after.len(), |(i, _)| i);
    let clause = &after[..end];
    let clause = clause.find(['。', '；', '\n', '《']).map_or(clause, |i| &clause[..i]);
    AHEAD.iter().any(|w| clause.contains(w))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Events;
    use jiff::civil::date;

    fn day(text: &str) -> Option<Date> {
        first_date(text).and_then(Written::date)
    }

    /// The forms in which drafts and web pages write a date.
    #[test]
    fn forms() {
        for text in [
            "2021年3月5日",
            "2021 年 3 月 5 日",
            "２０２１年３月５日",
            "二〇二一年三月五日",
            "二○二一年三月五号",
            "发布时间:2021-03-05 08:00:00",
            "日期：2021/3/5",
            "2021.03.05",
        ] {
            assert_eq!(day(text), Some(date(2021, 3, 5)), "{text}");
        }
        assert_eq!(day("（2023年12月）"), Some(date(2023, 12, 1)));
        assert_eq!(day("二〇二三年十二月三十一日"), Some(date(2023, 12, 31)));
    }

    /// Days that do not exist fall back to their month; what is no date is none.
    #[test]
    fn broken() {
        assert_eq!(day("2021年2月30日"), Some(date(2021, 2, 1)));
        for text in ["", "2021年", "12345678", "2021-13-01", "2021年第3期", "13570002/2021-00012", "20210305"] {
            assert_eq!(day(text), None, "{text}");
        }
    }

    /// Years of the past and the present count, targets and names of papers do not.
    #[test]
    fn years_spoken_of() {
        let year = |text: &str| {
            let whole = Span::new(0, text.len());
            spoken_year(text, whole, Events::new(text).within(whole)).map(|(y, _)| y)
        };
        assert_eq!(year("2021年，全县办理案件23件。2022年，我县将继续努力。"), Some(2021));
        assert_eq!(year("2012年以来，我县持续开展普法。2012年起每年考核。"), None);
        assert_eq!(year("截至2022年底，建成站点5个。到2025年全部建成。"), Some(2022));
        assert_eq!(year("培训执法人员36人次，2019年全部持证。自2021年1月1日起施行。"), Some(2019));
        assert_eq!(year("落实《2023年工作要点》，深化改革。"), None);
        assert_eq!(year("按照（2021—2025年）规划推进。"), None);
        assert_eq!(year("力争2030年前达到目标。"), None);
        assert_eq!(year("  2020年，我区坚持依法行政。"), Some(2020));
    }
}
