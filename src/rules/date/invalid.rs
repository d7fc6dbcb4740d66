//! Days that the calendar does not have.

use jiff::civil::Date;

use super::written::{Form, Written};
use super::{Passage, has, is_row};
use crate::diagnostic::{Diagnostic, Words};
use crate::rules::declare_rule;
use crate::text::{Span, half_width, is_blank, is_chinese_numeral, is_digit, is_han};

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
    /// 只写了“日”的一端，按前面的月份算（“11月28日至31日”）；“2026年第五季度”同样不存在。
    ///
    /// ```hit
    /// 集中答疑安排在4月29日至31日，逾期不再受理。
    /// ```
    ///
    /// 以下写法不报：农历、藏历等其他历法的日期；没有写明年份的2月29日；“第13批5日内”之类的序数和期限；编号、版本号、比值、
    /// 电话号码；“13月账套”“2月30号库房”之类的名称；句中正是说这个日期不存在、填错了的。
    ///
    /// ```miss
    /// 2024年2月29日，第13批5日内完成；农历二月三十前后组织走访。
    /// ```
    ///
    /// ```miss
    /// 系统校验发现，出生日期误填为1987年2月29日的有3人。
    /// ```
    ///
    /// `data`：`found` 日期原文，`days` 该月的天数（月份、季度不存在时没有）。
    ///
    /// A day that does not exist. Lunar dates, ordinals, codes, versions and ratios are none, nor is a date that the
    /// sentence itself calls wrong.
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

/// Words of a sentence that speaks of a date which does not exist.
const DENIED: [&str; 17] = [
    "不存在",
    "当作",
    "当成",
    "之类",
    "误填",
    "误写",
    "误录",
    "误记",
    "误标",
    "误为",
    "错填",
    "错写",
    "无效日期",
    "日期无效",
    "无此日",
    "校验",
    "照录",
];

pub(super) fn find(passage: &Passage<'_>, out: &mut Vec<Diagnostic>) {
    for (i, date) in passage.dates.iter().enumerate() {
        if let Some(found) = fault(passage, i)
            && !is_other_calendar(passage, i)
            && !is_spoken_of(passage, date)
        {
            out.push(found);
        }
    }
}

/// The finding that the date with this index does not exist.
fn fault(passage: &Passage<'_>, i: usize) -> Option<Diagnostic> {
    let date = &passage.dates[i];
    let Some(month) = date.month else { return quarter(passage, i) };
    let (before, found) = (passage.lead(i), date.span.of(passage.prose));
    if !(1..=12).contains(&month) {
        let counts = date.form == Form::Marked || (date.form == Form::Chinese && date.year.is_none());
        let words = Words::new(format!("没有这个月份：“{found}”"), format!("no such month: {found}"));
        return (!counts && is_month(date, before, passage.after(i))).then(|| report(date.span, words, found));
    }
    let (day, year) = (date.day?, passage.year(i));
    // Without a year, February may have 29 days.
    let days = Date::new(year.unwrap_or(2000), month, 1).ok()?.days_in_month();
    // 二月三十 is a day of the moon; its months never have 31 (六月三十一日).
    let lunar = year.is_none() && day != 31 && found.starts_with(is_chinese_numeral);
    if (1..=days).contains(&day) || lunar || !is_day(date, before) || is_numbered(passage, i) {
        return None;
    }
    let of = match year {
        Some(year) if month == 2 => format!("{year}年2月"),
        _ => format!("{month}月"),
    };
    let words = Words::new(
        format!("没有这一天：{of}只有{days}天，此处写作“{found}”"),
        format!("no such day: {found}, but month {month} has {days} days"),
    );
    Some(report(date.span, words, found).data("days", days))
}

/// 2026年第五季度.
fn quarter(passage: &Passage<'_>, i: usize) -> Option<Diagnostic> {
    let after = passage.after(i);
    // 2026年5季度 may be a count.
    let number = after.strip_prefix('第')?;
    let fifth = number.chars().next().filter(|&c| matches!(half_width(c), '五' | '六' | '七' | '八' | '5'..='9'))?;
    number[fifth.len_utf8()..].strip_prefix("季度")?;
    let start = passage.dates[i].span.start;
    let end = passage.dates[i].span.end + (after.len() - number.len()) + fifth.len_utf8() + "季度".len();
    let found = &passage.prose[start..end];
    let words = Words::new(format!("没有这个季度：“{found}”"), format!("no such quarter: {found}"));
    Some(report(Span::new(start, end), words, found))
}

/// Whether the name of another calendar stands before the date, or in brackets behind it.
fn is_other_calendar(passage: &Passage<'_>, i: usize) -> bool {
    let before = passage.lead(i);
    let near: usize = before.chars().rev().take(OTHER_REACH).map(char::len_utf8).sum();
    let note = passage.after(i).trim_start_matches(is_blank).strip_prefix(['（', '(']);
    OTHER.iter().any(|w| before[before.len() - near..].contains(w) || note.is_some_and(|n| n.starts_with(w)))
}

/// Whether the text speaks of the date as one that does not exist, or quotes it as words.
fn is_spoken_of(passage: &Passage<'_>, date: &Written) -> bool {
    let inner = Span::new(date.span.start - passage.span.start, date.span.end - passage.span.start);
    let text = passage.span.of(passage.prose);
    let head = text[..inner.start].trim_end_matches(['“', '"']);
    has(passage.sentence(date.span), &DENIED)
        || head.ends_with("没有")
        || head.ends_with("并无")
        || passage.mentions.covers(text, inner)
}

/// Whether 2月30号 is a number that names a thing (2月30号、3月31号仓库), not a day.
fn is_numbered(passage: &Passage<'_>, i: usize) -> bool {
    const GOES_ON: [&str; 16] =
        ["前", "之", "以", "上午", "下午", "中午", "早", "晚", "起", "止", "至", "到", "后", "开", "召", "举"];
    // The name stands behind the last of an enumeration.
    let mut last = i;
    while last + 1 < passage.dates.len() && is_row(passage.between(last)) {
        last += 1;
    }
    let (date, after) = (&passage.dates[last], passage.after(last));
    let noun = after.chars().next().is_some_and(is_han) && !GOES_ON.iter().any(|w| after.starts_with(w));
    passage.year(i).is_none() && date.span.of(passage.prose).ends_with('号') && noun
}

fn report(span: Span, words: Words, found: &str) -> Diagnostic {
    Diagnostic::at(&DATE_INVALID, span, words)
        .help(Words::new("请核对月、日。", "Check the month and the day."))
        .data("found", found)
}

/// Whether a month and a day are a date: no code (批次号2025-02-30) and, without a year, no duration (工期4月31日).
fn is_day(date: &Written, before: &str) -> bool {
    const LABELS: [&str; 6] = ["号", "代码", "批次", "型号", "版本", "编码"];
    let head = before.trim_end_matches(|c: char| is_blank(c) || matches!(c, '：' | ':'));
    if date.form == Form::Marked && LABELS.iter().any(|w| head.ends_with(w)) {
        return false;
    }
    let mut last = before.trim_end_matches(is_blank).chars().rev();
    // 工龄3年2月30日, no year of two digits.
    let years = last.clone().take(3).collect::<Vec<_>>();
    let duration = matches!(years[..], ['年', n, ..] if is_numeral(n)) && !years.get(2).is_some_and(|&c| is_numeral(c));
    let last = last.next();
    date.year.is_some()
        || !duration && !last.is_some_and(|c| DURATIONS.contains(&c) || matches!(c, '-' | '—' | '.' | '/' | '个'))
}

fn is_numeral(c: char) -> bool {
    is_digit(c) || is_chinese_numeral(c)
}

/// Whether 13月 is meant for a month: with a year and a day, or a year and nothing that makes it a count.
fn is_month(date: &Written, before: &str, after: &str) -> bool {
    if date.day.is_none() {
        let counted = ["龄", "期", "租", "薪", "票", "供", "刊", "账", "帐", "凭证", "报表", "工资", "结"]
            .iter()
            .any(|w| after.starts_with(w));
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
        for text in ["2月29日", "农历二月三十", "藏历2月30日", "工期2月30日", "2023年24月龄"] {
            assert_eq!(all(text), [""; 0], "{text}");
        }
    }

    /// A bare day belongs to the month before it; without a year, a month in Chinese numerals may be one of the moon.
    #[test]
    fn bare_days() {
        let all = |text| found("date-invalid", text);
        assert_eq!(all("于2月28—30日公示"), ["30日"]);
        assert_eq!(all("于6月10日、20日、31日开庭"), ["31日"]);
        assert_eq!(all("于四月三十一日开庭"), ["四月三十一日"]);
        assert_eq!(all("2027年第六季度完工"), ["2027年第六季度"]);
        for text in [
            "于六月三十二日开庭",
            "农历二月三十一日",
            "于4月29日、31日内",
            "2027年四季度",
            "第五季度",
            "2027年5季度",
            "工龄3年2月30日",
        ] {
            assert_eq!(all(text), [""; 0], "{text}");
        }
    }

    /// What numbers a thing is no date, and a date may be spoken of as one that does not exist.
    #[test]
    fn spoken_of() {
        for text in [
            "4月31号、5月31号机组检修",
            "流水单号2023-02-29",
            "没有2月30日这一天",
            "表中“2023年2月29日”字样有3处",
            "2023年13月结账完毕",
        ] {
            assert_eq!(found("date-invalid", text), [""; 0], "{text}");
        }
        assert_eq!(found("date-invalid", "4月31号上午开庭"), ["4月31号"]);
    }
}
