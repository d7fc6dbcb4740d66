//! Dates: days that do not exist, wrong weekdays, periods that run backwards or do not last as long as is said.

mod due;
mod invalid;
mod order;
mod period;
mod weekday;
mod written;

use crate::diagnostic::Diagnostic;
use crate::outline::{DateSource, Dated, Paper};
use crate::rulebook::Mentions;
use crate::rules::{Check, Context};
use crate::text::{Document, Span, half_width, is_gap, sentence, trim_blank_end};

use jiff::civil::Date;
use written::{Form, Written, written};

pub(super) static CHECK: Check =
    Check { rules: &[&invalid::DATE_INVALID, &weekday::DATE_WEEKDAY, &order::DATE_ORDER, &period::DATE_PERIOD], run };

/// How many dates a date without a year is followed back over.
const LINKED: usize = 8;

/// A paragraph of a paper with its dates.
struct Passage<'a> {
    /// The whole text that the dates' spans belong to.
    prose: &'a str,
    /// The paragraph.
    span: Span,
    /// Its dates, in order.
    dates: Vec<Written>,
    /// The paper it belongs to.
    paper: &'a Paper,
    /// The date of its signature.
    signed: Option<Dated>,
    /// What tells a date that is quoted as words.
    mentions: &'a Mentions,
}

fn run(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for paper in &cx.outline.papers {
        check(cx.document, paper, &cx.book.mentions, out);
    }
}

fn check(document: &Document, paper: &Paper, mentions: &Mentions, out: &mut Vec<Diagnostic>) {
    let prose = document.prose();
    // What stands between the title and the body belongs to the paper: the line of the date.
    let start = paper.title.map_or(paper.body.start, |t| t.start.min(paper.body.start));
    let signed = paper.signed(prose);
    // Above it only what is labelled as a date of the paper: 发布日期：.
    let mut events = document.events().walk(paper.span.start);
    for block in document.blocks_in(Span::new(paper.span.start, start)) {
        let dates = written(prose, block.span, events.next(block.span));
        let mut passage = Passage { prose, span: block.span, dates, paper, signed, mentions };
        passage.dates.retain(|d| is_labelled(&prose[block.span.start..d.span.start]));
        invalid::find(&passage, out);
    }
    for block in document.blocks_in(Span::new(start, paper.body.end)) {
        let inside = events.next(block.span);
        period::find_hours(prose, block.span, inside, out);
        let dates = written(prose, block.span, inside);
        let passage = Passage { prose, span: block.span, dates, paper, signed, mentions };
        if !passage.dates.is_empty() {
            invalid::find(&passage, out);
            weekday::find(&passage, out);
            order::find(&passage, out);
            due::find(document, &passage, out);
            period::find(&passage, out);
        }
    }
    if let Some(signed) = signed {
        due::printed(document, paper, signed, out);
        due::number(document, paper, signed, out);
    }
    order::year_of_report(document, paper, out);
}

impl<'a> Passage<'a> {
    /// The text between the date with this index, or the start, and the next date.
    fn between(&self, i: usize) -> &'a str {
        let start = self.dates[i].span.end;
        let end = self.dates.get(i + 1).map_or(self.span.end, |d| d.span.start);
        &self.prose[start..end]
    }

    /// The paragraph up to the date with this index.
    fn before(&self, i: usize) -> &'a str {
        &self.prose[self.span.start..self.dates[i].span.start]
    }

    /// The paragraph after the date with this index.
    fn after(&self, i: usize) -> &'a str {
        &self.prose[self.dates[i].span.end..self.span.end]
    }

    /// The paragraph up to the date with this index, or up to the one that gives a bare day its month.
    fn lead(&self, i: usize) -> &'a str {
        self.before((0..=i).rfind(|&at| self.dates[at].form != Form::Day).unwrap_or(i))
    }

    /// The sentence around a date, half-width semicolons included.
    fn sentence(&self, span: Span) -> &'a str {
        let inner = Span::new(span.start - self.span.start, span.end - self.span.start);
        let text = self.span.of(self.prose);
        sentence(text, inner, &['；', ';']).of(text)
    }

    /// The year of the date with this index: its own, or that of the date that it forms a period or an enumeration with
    /// (2024年6月3日至6月12日, 2024年5月8日、6月2日).
    fn year(&self, i: usize) -> Option<i16> {
        let mut at = i;
        for _ in 0..LINKED {
            if let Some(year) = self.dates[at].year {
                return Some(year);
            }
            at = at.checked_sub(1)?;
            let link = self.between(at);
            let joined =
                is_range(link) || is_row(link) || ["同年", "当年"].iter().any(|w| link.ends_with(w) && link.len() < 60);
            let (earlier, later) = (&self.dates[at], &self.dates[i]);
            if !joined || earlier.month.is_none() || earlier.month > later.month {
                return None;
            }
        }
        None
    }

    /// The day of the date with this index, where it is a full and real one.
    fn day(&self, i: usize) -> Option<Date> {
        let date = &self.dates[i];
        Date::new(self.year(i)?, date.month?, date.day?).ok()
    }
}

/// Whether a label before a date says what it is: 发布日期：.
fn is_labelled(before: &str) -> bool {
    let head = trim_blank_end(trim_blank_end(before).strip_suffix(['：', ':']).unwrap_or(""));
    head.ends_with("日期") || head.ends_with("时间")
}

/// Whether the text holds one of the words.
fn has(text: &str, list: &[&str]) -> bool {
    list.iter().any(|w| text.contains(w))
}

/// The day that the paper says it was issued on or published on.
fn issued(paper: &Paper, source: &[DateSource]) -> Option<(Date, Span)> {
    paper.date.filter(|d| source.contains(&d.source)).map(|d| (d.date, d.span))
}

/// Whether the text between two dates sets one beside the other: 6月17日（星期三）、18日.
fn is_row(link: &str) -> bool {
    matches!(written::past_bracket(link.trim()).trim(), "、" | "和" | "及" | "与")
}

/// Whether the text between two dates makes a period of them.
fn is_range(link: &str) -> bool {
    const LINKS: [&str; 17] = [
        "至",
        "到",
        "—",
        "——",
        "–",
        "―",
        "─",
        "-",
        "--",
        "~",
        "起至",
        "起到",
        "开始至",
        "开始,至",
        "起,至",
        "始至",
        "开始到",
    ];
    // All of them end so, whatever stands before.
    let ends = |c: char| matches!(half_width(c), '至' | '到' | '—' | '–' | '―' | '─' | '-' | '~');
    if link.len() > 48 || !link.trim_end_matches(is_gap).ends_with(ends) {
        return false;
    }
    let plain: String = crate::text::plain(link).collect();
    // 2024年6月3日（星期一）至6月5日
    let words =
        plain.strip_prefix('(').and_then(|rest| rest.split_once(')')).map_or(plain.as_str(), |(_, words)| words);
    // 2024年6月3日上午8:30至6月5日
    LINKS.contains(&words.trim_start_matches(|c: char| c.is_ascii_digit() || ":上下午早晚时点分整半".contains(c)))
}

/// The last `len` bytes of the text, or a little less.
fn tail(text: &str, len: usize) -> &str {
    let from = text.len().saturating_sub(len);
    (from..=text.len()).find_map(|at| text.get(at..)).unwrap_or("")
}

/// A date as a message writes it.
fn words(date: Date) -> String {
    format!("{}年{}月{}日", date.year(), date.month(), date.day())
}

/// What a rule finds in a draft, as the words under its spans; for the unit tests of the rules.
#[cfg(test)]
fn found(rule: &str, text: &str) -> Vec<String> {
    let document = crate::rules::draft(text);
    let outline = crate::outline::Outline::new(&document);
    let mentions = crate::rulebook::Rulebook::embedded().mentions;
    let mut out = Vec::new();
    for paper in &outline.papers {
        check(&document, paper, &mentions, &mut out);
    }
    let of_rule = out.iter().filter(|d| d.rule.id == rule);
    of_rule.filter_map(|d| d.place.span()).map(|s| document.slice(s).to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What makes a period of two dates, a weekday in brackets notwithstanding.
    #[test]
    fn ranges() {
        for link in ["至", "—", " - ", "～", "－", "（星期一）至", "起至", "上午8：30至", "24时—"] {
            assert!(is_range(link), "{link}");
        }
        for link in ["", "、", "，", "起施行，有效期至", "（星期一）", "8:30", "下午"] {
            assert!(!is_range(link), "{link}");
        }
    }

    /// The end of a text is cut at a character.
    #[test]
    fn tails() {
        assert_eq!((tail("甲乙丙", 7), tail("甲", 9), tail("甲乙", 3)), ("乙丙", "甲", "乙"));
    }
}
