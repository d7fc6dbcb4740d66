//! Days that the calendar does not have.

use jiff::civil::Date;

use super::Passage;
use super::written::{Form, Written};
use crate::diagnostic::{Diagnostic, Words};
use crate::rules::declare_rule;
use crate::text::is_blank;

declare_rule! {
    /// 历法上没有的日期：2月30日、9月31日、13月5日、平年的2月29日。多半是把上一年的日期改了年份，或者手误。
    ///
    /// ```hit
    /// 请于2025年6月31日前报送自评材料。
    /// ```
    ///
    /// ```hit
    /// 2022年2月29日，县人民政府召开专题会议。
    /// ```
    ///
    /// 以下写法不报：农历、藏历等其他历法的日期；没有写明年份的2月29日；“第13批5日内”之类的序数和期限；“2月28—30日”
    /// 这样的日期段中只写了“日”的一端；版本号、比值、电话号码。
    ///
    /// ```miss
    /// 2024年2月29日，第13批5日内完成；农历二月三十前后组织走访。
    /// ```
    ///
    /// `data`：`found` 日期原文，`days` 该月的天数（月份不存在时没有）。
    ///
    /// A day that does not exist. Lunar dates, ordinals, ranges, versions and ratios are none.
    DATE_INVALID = "date-invalid", Error,
    zh: "日期不存在",
    en: "a day that the calendar does not have",
}

/// Words before a number of months that make it a duration.
const DURATIONS: [char; 7] = ['期', '共', '计', '时', '约', '第', '满'];
/// Other calendars.
const OTHER: [&str; 9] = ["农历", "阴历", "旧历", "夏历", "藏历", "彝历", "傣历", "回历", "伊斯兰历"];
/// How many characters before a date are asked for the name of another calendar.
const OTHER_REACH: usize = 20;

pub(super) fn find(passage: &Passage<'_>, out: &mut Vec<Diagnostic>) {
    for (i, date) in passage.dates.iter().enumerate() {
        let Some(month) = date.month else { continue };
        if date.form == Form::Chinese && date.year.is_none() {
            continue;
        }
        let before = passage.before(i);
        let other: usize = before.chars().rev().take(OTHER_REACH).map(char::len_utf8).sum();
        if OTHER.iter().any(|w| before[before.len() - other..].contains(w)) {
            continue;
        }
        let found = date.span.of(passage.prose);
        if (1..=12).contains(&month) {
            let Some(day) = date.day else { continue };
            let year = passage.year(i);
            // Without a year, February may have 29 days.
            let Ok(first) = Date::new(year.unwrap_or(2000), month, 1) else { continue };
            let days = first.days_in_month();
            if (1..=days).contains(&day) || !is_day(date, before) {
                continue;
            }
            let of = match year {
                Some(year) if month == 2 => format!("{year}年2月"),
                _ => format!("{month}月"),
            };
            let words = Words::new(
                format!("没有这一天：{of}只有{days}天，此处写作“{found}”"),
                format!("no such day: {found}, but month {month} has {days} days"),
            );
            out.push(report(date, words, found).data("days", days));
        } else if is_month(date, before, passage.after(i)) && date.form != Form::Marked {
            let words = Words::new(format!("没有这个月份：“{found}”"), format!("no such month: {found}"));
            out.push(report(date, words, found));
        }
    }
}

fn report(date: &Written, words: Words, found: &str) -> Diagnostic {
    Diagnostic::at(&DATE_INVALID, date.span, words)
        .help(Words::new("请核对月、日。", "Check the month and the day."))
        .data("found", found)
}

/// Whether a month and a day without a year are a date and no duration (工期4月31日).
fn is_day(date: &Written, before: &str) -> bool {
    let last = before.trim_end_matches(is_blank).chars().next_back();
    date.year.is_some() || !last.is_some_and(|c| DURATIONS.contains(&c) || matches!(c, '-' | '—' | '.' | '/' | '个'))
}

/// Whether 13月 is meant for a month: with a year and a day, or a year and nothing that makes it a count.
fn is_month(date: &Written, before: &str, after: &str) -> bool {
    if date.day.is_none() {
        let counted = ["龄", "期", "租", "薪", "票", "供", "刊"].iter().any(|w| after.starts_with(w));
        return date.year.is_some() && date.month.is_some_and(|m| m < 20) && !counted;
    }
    if date.year.is_some() {
        return true;
    }
    // Without a year, only where a clause begins or after 于, 在 and the like.
    let head = before.trim_end_matches(is_blank);
    head.is_empty()
        || head.ends_with(['，', '。', '；', '（', '(', ',', ';', '于', '在', '自', '从', '至', '到', '前', '年'])
}

#[cfg(test)]
mod tests {
    use crate::rules::date::found;

    /// Days and months that do not exist, with the year where it decides.
    #[test]
    fn days() {
        let all = |text| found("date-invalid", text);
        assert_eq!(all("于2023年2月29日、2024年2月29日开会"), ["2023年2月29日"]);
        assert_eq!(all("于4月31日至5月31日公示"), ["4月31日"]);
        assert_eq!(all("于2024年13月开工，在13月5日完工"), ["2024年13月", "13月5日"]);
        for text in ["2月29日", "农历二月三十", "藏历2月30日", "工期2月30日", "2月28—30日", "2023年24月龄"]
        {
            assert_eq!(all(text), [""; 0], "{text}");
        }
    }
}
