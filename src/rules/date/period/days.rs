//! Days that are said of a period, behind it or before it.

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::{counted, number, number_before};
use crate::diagnostic::Diagnostic;
use crate::rules::date::{Passage, has, is_row};
use crate::text::{Span, half_width, is_blank, trim_blank_end};

/// `6月1日至6月10日，共7天`, `6月1日至6月10日开展为期7天的培训`, `公示期7天，自6月1日至6月10日`: both ways of counting the
/// days must disagree.
pub(super) fn find(passage: &Passage<'_>, i: usize, out: &mut Vec<Diagnostic>) {
    // 共8天（不含周末）, 分两期
    const OTHER: [&str; 15] =
        ["周末", "双休", "休息", "节", "假", "除", "扣", "其中", "每", "分", "各", "批", "轮", "场", "晴"];
    let dated = passage.day(i).zip(passage.day(i + 1));
    let Some((from, to)) = dated.or_else(|| without_year(passage, i)) else { return };
    let range = passage.dates[i].span.to(passage.dates[i + 1].span);
    // 16—20日、23—27日，共10天: of several periods together.
    if i > 0 && is_row(passage.between(i - 1)) {
        return;
    }
    let behind = days_after(passage.after(i + 1)).map(|said| said.shifted(range.end));
    let ahead = || days_before(passage.before(i)).map(|said| said.shifted(passage.span.start));
    let Some(said) = behind.or_else(ahead) else { return };
    let Some(length) = days_of(from, to) else { return };
    let sentence = passage.sentence(range);
    let may_be = if said.working {
        // Holidays and Saturdays that were worked on are not known, but there are no more working days than days.
        said.days <= length.all
    } else {
        let fewer = said.loose && said.days < length.all;
        // Where no year is written, nobody knows which days were worked on.
        let working = dated.is_none() && said.days < length.all && said.days * 7 + 14 >= length.all * 5;
        working
            || length.may_be(said.days)
            || sentence.contains("工作日")
            || has(sentence, &OTHER)
            || fewer && length.holidays
    };
    if !may_be {
        let right = (format!("{}天", length.all), format!("{} days", length.all));
        out.push(counted(passage, (i, i + 1), said.span, "days", &right));
    }
}

/// The days of a period without a year, 6月1日至6月5日, in a year like most.
fn without_year(passage: &Passage<'_>, i: usize) -> Option<(Date, Date)> {
    let (first, last) = (&passage.dates[i], &passage.dates[i + 1]);
    if last.year.is_some() || passage.year(i).is_some() {
        return None;
    }
    let (from, to) = (Date::new(2023, first.month?, first.day?).ok()?, Date::new(2023, last.month?, last.day?).ok()?);
    let leaps = from.month() <= 2 && to.month() > 2;
    (from < to && !leaps).then_some((from, to))
}

/// The days of a period, as they may be counted.
#[derive(Debug, Clone, Copy)]
pub(super) struct Days {
    /// With both ends.
    pub(super) all: i16,
    /// From Monday to Friday.
    working: i16,
    /// Whether there may be public holidays among them.
    holidays: bool,
}

impl Days {
    pub(super) fn may_be(self, said: i16) -> bool {
        [self.all - 1, self.all, self.working].contains(&said)
    }
}

pub(super) fn days_of(from: Date, to: Date) -> Option<Days> {
    /// Longer periods than this have holidays.
    const LOOKED_AT: usize = 90;
    let between = from.until(to).ok().and_then(|s| i16::try_from(s.get_days()).ok()).filter(|&n| n >= 1)?;
    let all = || from.series(1.day()).take_while(|&d| d <= to);
    let working = all().filter(|d| d.weekday().to_monday_zero_offset() < 5).count();
    let holidays = all().take(LOOKED_AT).any(|d| {
        matches!(
            (d.month(), d.day()),
            (1, 1..=3 | 20..) | (2 | 10, _) | (4, 2..=8 | 28..) | (5, ..=6 | 25..) | (6, ..=25) | (9, 10..)
        )
    });
    Some(Days { all: between + 1, working: i16::try_from(working).unwrap_or(0), holidays })
}

/// Days that are said of a period.
#[derive(Debug, Clone, Copy)]
struct Said {
    days: i16,
    span: Span,
    /// Whether they are working days.
    working: bool,
    /// Whether they may leave out holidays without a word.
    loose: bool,
}

impl Said {
    fn shifted(self, by: usize) -> Self {
        Self { span: self.span.shifted(by), ..self }
    }
}

/// `公示期7天，自` before a period.
fn days_before(before: &str) -> Option<Said> {
    const WORDS: [&str; 9] = ["公示期", "公示期限", "公示时间", "公示", "公告期", "为期", "会期", "展期", "征求意见期"];
    let mut head = before;
    for _ in 0..3 {
        head = head.trim_end_matches(|c| is_blank(c) || matches!(half_width(c), ',' | ':' | '('));
        head = ["时间", "自", "从", "即", "为"].into_iter().find_map(|w| head.strip_suffix(w)).unwrap_or(head);
    }
    let (count, working) = match head.strip_suffix("个工作日") {
        Some(count) => (count, true),
        None => (head.strip_suffix(['天', '日'])?, false),
    };
    let (days, at) = number_before(count)?;
    let lead = count[..at].trim_end_matches(|c| is_blank(c) || matches!(c, '为' | '共' | '：' | ':' | '是'));
    let span = Span::new(at, head.len());
    (head.len() < before.len() && WORDS.iter().any(|w| lead.ends_with(w))).then_some(Said {
        days,
        span,
        working,
        loose: true,
    })
}

/// The days that are said of a period, right after it or in the same clause.
fn days_after(after: &str) -> Option<Said> {
    const WORDS: [&str; 9] =
        ["共计", "为期", "历时", "公示期限为", "公示期限", "公示期为", "公示期", "公示时间为", "共"];
    let own = after.trim_start_matches(|c: char| is_blank(c) || matches!(half_width(c), ',' | '(' | ')' | '止'));
    let word = WORDS.into_iter().find(|w| own.starts_with(w));
    let bracket = trim_blank_end(&after[..after.len() - own.len()]).ends_with(['（', '(']);
    let at = match word {
        Some(word) if after.len() - own.len() <= 12 => after.len() - own.len() + word.len(),
        None if bracket => after.len() - own.len(),
        _ => {
            let clause = after.split(|c: char| !crate::text::is_han(c)).next()?;
            clause.find("为期").filter(|&at| at <= 24)? + "为期".len()
        }
    };
    let rest = after[at..].trim_start_matches(is_blank);
    let (days, tail) = number(rest)?;
    let tail = tail.trim_start_matches(is_blank);
    let (tail, working) = match tail.strip_prefix("个工作日") {
        Some(tail) => (tail, true),
        None => (whole_days(tail)?, false),
    };
    // ，共3天有雨 counts something else; 为期3天的培训 is this period, and （7天） too.
    let own = if word.is_none() && bracket {
        tail.starts_with(['）', ')'])
    } else {
        word.is_none() || !tail.starts_with(crate::text::is_han)
    };
    let span = Span::new(after.len() - rest.len(), after.len() - tail.len());
    let loose = bracket || word.is_some_and(|w| w.starts_with("公示"));
    own.then_some(Said { days, span, working, loose })
}

/// What follows 天, unless it is hedged.
pub(super) fn whole_days(text: &str) -> Option<&str> {
    let tail = text.strip_prefix(['天', '日'])?;
    (!tail.starts_with(['内', '多', '余', '半', '以', '左'])).then_some(tail)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Days are said right after a period or in its clause.
    #[test]
    fn days_said() {
        let days = |after: &str| days_after(after).map(|said| (said.days, said.span.of(after).to_owned()));
        assert_eq!(days("，共12天。"), Some((12, "12天".to_owned())));
        assert_eq!(days("（7天）"), Some((7, "7天".to_owned())));
        assert!(days_after("，共5个工作日").is_some_and(|said| said.working));
        assert_eq!(days("（共十二天）"), Some((12, "十二天".to_owned())));
        assert_eq!(days("举办为期5天的培训"), Some((5, "5天".to_owned())));
        for after in ["（7天内）", "（7天晴）", "，共5场", "，全县开展为期5天的培训", "共5天左右"]
        {
            assert_eq!(days(after), None, "{after}");
        }
    }

    /// Days are said right before a period.
    #[test]
    fn days_said_before() {
        let days = |before: &'static str| days_before(before).map(|s| (s.days, s.span.of(before), s.working));
        assert_eq!(days("公示期7天，自"), Some((7, "7天", false)));
        assert_eq!(days("公示时间为5个工作日（"), Some((5, "5个工作日", true)));
        assert_eq!(days("展期十天，时间为"), Some((10, "十天", false)));
        for before in ["公示期7天内，自", "公示期7天", "有雨3天，自", "公示期不少于7天。自"] {
            assert_eq!(days(before), None, "{before}");
        }
    }
}
