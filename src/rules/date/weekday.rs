//! Weekdays that are not those of their dates.

use jiff::civil::{Date, Weekday};

use super::{Passage, issued, words};
use crate::diagnostic::{Diagnostic, Words};
use crate::outline::DateSource;
use crate::rules::declare_rule;
use crate::text::{Span, half_width, is_blank, is_han, trim_blank_end, trim_blank_start};

declare_rule! {
    /// 日期后面注明的星期与日历不符。会议通知照上年的改，最容易改了日期忘了星期；收文人不知道该信哪一个。
    ///
    /// ```hit
    /// 培训定于2025年3月12日（星期四）上午9时举行。
    /// ```
    ///
    /// ```hit
    /// 例会改在本周二（2025年3月12日）下午召开。
    /// ```
    ///
    /// 只在年份能够确定时判断：日期自带年份，或者与前一个日期构成起止（“2025年3月12日至3月14日”）；没有年份的，文件自己的成文日期在
    /// 三个月之内才据以推定。
    ///
    /// ```miss
    /// 培训定于2025年3月12日（星期三）上午9时举行，每周四下午集中自习。
    /// ```
    ///
    /// ```miss
    /// 活动定于3月12日（星期四）举行。
    /// ```
    ///
    /// `data`：`date` 日期（ISO 8601），`found` 原文所写，`expected` 应为。
    ///
    /// A weekday beside a date whose year is known, checked against the calendar.
    DATE_WEEKDAY = "date-weekday", Error,
    zh: "星期与日期不符",
    en: "the weekday is not that of the date",
}

/// How far, in days, the date of a paper tells the year of a date in it.
const NEAR: i32 = 92;
/// What a weekday is called before its number.
const NAMES: [&str; 3] = ["星期", "礼拜", "周"];

pub(super) fn find(passage: &Passage<'_>, out: &mut Vec<Diagnostic>) {
    for (i, written) in passage.dates.iter().enumerate() {
        let behind =
            weekday(passage.after(i)).map(|(day, at, len)| (day, Span::new(at, at + len).shifted(written.span.end)));
        let Some((found, span)) = behind.or_else(|| weekday_before(passage, i)) else { continue };
        let known = passage.day(i);
        let Some(date) = known.or_else(|| inferred(passage, i)) else { continue };
        if date.weekday() == found {
            continue;
        }
        let said = span.of(passage.prose);
        let right =
            said.chars().rev().skip(1).collect::<Vec<_>>().into_iter().rev().collect::<String>() + name(date.weekday());
        let words_zh = format!("{}是{right}，此处写作“{said}”", words(date));
        let words_en = format!("{date} is a {}, not {said}", english(date.weekday()));
        let mut finding = Diagnostic::at(&DATE_WEEKDAY, span, Words::new(words_zh, words_en))
            .label(written.span, Words::new("日期", "the date"))
            .help(Words::new("请核对是日期有误还是星期有误。", "Check whether the date or the weekday is wrong."))
            .data("date", date.to_string())
            .data("found", said)
            .data("expected", right);
        if known.is_none()
            && let Some((_, day)) = issued(passage.paper, &[DateSource::Issued])
        {
            finding =
                finding.label(day, Words::new("据以推定年份的成文日期", "the paper's date, which gives the year"));
        }
        out.push(finding);
    }
}

/// The weekday beside a date: which, where in the text after the date, and its length.
fn weekday(after: &str) -> Option<(Weekday, usize, usize)> {
    let skip = |text: &str| text.len() - trim_blank_start(text).len();
    let mut at = skip(after);
    // Nearly every date goes on otherwise.
    let leads = |c| matches!(half_width(c), ',' | '(' | '[' | '〔') || "上下晚早凌中星礼周".contains(c);
    if !after[at..].starts_with(leads) {
        return None;
    }
    // 2024年6月18日，星期二，
    let comma = after[at..].chars().next().filter(|&c| half_width(c) == ',');
    at += comma.map_or(0, char::len_utf8);
    at += skip(&after[at..]);
    // 2024年6月18日下午（星期二）
    let part = ["上午", "下午", "晚上", "晚", "早上", "凌晨", "中午"].into_iter().find(|w| after[at..].starts_with(w));
    at += part.filter(|w| after[at + w.len()..].starts_with(['（', '('])).map_or(0, str::len);
    let open = after[at..].chars().next().filter(|&c| matches!(half_width(c), '(' | '[' | '〔'));
    at += open.map_or(0, char::len_utf8);
    at += skip(&after[at..]);
    if open.is_some() {
        at += lunar_note(&after[at..]);
        // （本周五）
        at += after[at..].chars().next().filter(|c| matches!(c, '本' | '下' | '上')).map_or(0, char::len_utf8);
    }
    let rest = &after[at..];
    let head = NAMES.into_iter().find(|w| rest.starts_with(w))?;
    let c = rest[head.len()..].chars().next()?;
    let day = named(c)?;
    let len = head.len() + c.len_utf8();
    let tail = rest[len..].trim_start_matches(is_blank);
    let next = tail.chars().next();
    // （星期一至星期五） speaks of several days.
    let several = next.is_some_and(|c| matches!(c, '至' | '到' | '、' | '—' | '-' | '－' | '～' | '~' | '和' | '或'));
    // 周一 without a bracket may be a person, and 星期一 after a comma any Monday.
    let apart = open.is_some()
        || (head != "周" && comma.is_none())
        || next.is_none_or(|c| !is_han(c))
        || ["上", "下", "早", "晚", "中午", "全天"].iter().any(|w| tail.starts_with(w));
    (!several && apart).then_some((day, at, len))
}

/// The length of the day of the moon that opens a bracket: （农历五月初四，星期四）.
fn lunar_note(text: &str) -> usize {
    let note = text.starts_with("农历").then(|| text.find(['，', ',', '、', ' ', '　'])).flatten();
    note.filter(|&at| at <= 36).map_or(0, |at| at + text[at..].chars().next().map_or(0, char::len_utf8))
}

/// The weekday that the date in brackets explains: 本周五（2024年6月21日）.
fn weekday_before(passage: &Passage<'_>, i: usize) -> Option<(Weekday, Span)> {
    let head = trim_blank_end(passage.before(i)).strip_suffix(['（', '('])?;
    let alone = passage.after(i).trim_start_matches(is_blank).starts_with(['）', ')']);
    let c = head.chars().next_back()?;
    let day = named(c)?;
    let words = &head[..head.len() - c.len_utf8()];
    let start = NAMES.into_iter().find_map(|w| words.strip_suffix(w))?.len();
    // 每周五, 周一至周五: no single day.
    let any = words[..start].ends_with(['每', '逢', '各', '个', '至', '到', '、', '—', '-', '和', '或', '及']);
    (alone && !any).then(|| (day, Span::new(start, head.len()).shifted(passage.span.start)))
}

/// The day that a character after 星期 names.
fn named(c: char) -> Option<Weekday> {
    Some(match c {
        '一' => Weekday::Monday,
        '二' => Weekday::Tuesday,
        '三' => Weekday::Wednesday,
        '四' => Weekday::Thursday,
        '五' => Weekday::Friday,
        '六' => Weekday::Saturday,
        '日' | '天' => Weekday::Sunday,
        _ => return None,
    })
}

/// The day that a date without a year means in a paper that was issued not long before or after it.
fn inferred(passage: &Passage<'_>, i: usize) -> Option<Date> {
    let written = &passage.dates[i];
    let (paper, _) = issued(passage.paper, &[DateSource::Issued]).filter(|_| written.year.is_none())?;
    let head = passage.lead(i).trim_end_matches(is_blank);
    if head.ends_with('年') || head.ends_with("农历") {
        return None;
    }
    (-1..=1)
        .filter_map(|step| Date::new(paper.year() + step, written.month?, written.day?).ok())
        .find(|day| paper.until(*day).is_ok_and(|span| span.get_days().abs() <= NEAR))
}

fn name(day: Weekday) -> &'static str {
    ["一", "二", "三", "四", "五", "六", "日"][day.to_monday_zero_offset() as usize]
}

fn english(day: Weekday) -> &'static str {
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"][day.to_monday_zero_offset() as usize]
}

#[cfg(test)]
mod tests {
    use crate::rules::date::found;

    /// Weekdays beside a date whose year is known.
    #[test]
    fn weekdays() {
        let all = |text| found("date-weekday", text);
        assert_eq!(all("定于2025年4月16日（星期四）召开。"), ["星期四"]);
        assert_eq!(all("定于 2025 年 4 月 16 日 ( 周日 ) 召开。"), ["周日"]);
        assert_eq!(all("于2025年4月16日星期天召开。"), ["星期天"]);
        assert_eq!(all("自2025年4月14日（星期一）至4月18日（星期四）开放。"), ["星期四"]);
        assert_eq!(all("自2025年4月14日（星期一）至18日（星期四）开放。"), ["星期四"]);
        assert_eq!(all("定于2025年4月16日上午（周四）召开。"), ["周四"]);
        assert_eq!(all("定于2025.4.16（农历三月十九，本周四）召开。"), ["周四"]);
        assert_eq!(all("定于下周四（2025年4月16日）召开。"), ["周四"]);
        for text in [
            "定于2025年4月16日（星期三）召开。",
            "定于4月16日（星期四）召开。",
            "定于2025年4月14日（星期二至星期五）。",
            "2025年4月16日周四平到会。",
            "2025年4月16日（周末）开放。",
            "每周四（2025年4月16日）开放。",
            "每周四（2025年4月16日除外）开放。",
            "定于2025年4月16日上午周四组到会。",
            "定于本周三（2025年4月16日）召开。",
        ] {
            assert_eq!(all(text), [""; 0], "{text}");
        }
    }
}
