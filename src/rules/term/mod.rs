//! The rules that speak through the dictionary: one pass over a paragraph finds the entries of all of them.

mod history;
mod institution;
mod law;
mod outdated;
mod phrase;
mod title;
mod typo;

use jiff::civil::Date;

use crate::diagnostic::{Diagnostic, Edit, Fix, RuleMeta, Safety, Severity, Words};
use crate::outline::DateSource;
use crate::rulebook::{Term, TermHit};
use crate::rules::{Check, Context};
use crate::text::{Span, book_titles, is_blank, quotation, sentence};

use history::{in_force_since, is_history, is_recent_past};
pub(in crate::rules) use title::CHECK as TITLES;

pub(super) static CHECK: Check = Check {
    rules: &[
        &outdated::TERM_OUTDATED,
        &institution::TERM_INSTITUTION,
        &law::TERM_LAW,
        &phrase::TERM_PHRASE,
        &typo::TERM_TYPO,
    ],
    run,
};

/// When a paper was written, as far as it tells.
#[derive(Clone, Copy)]
struct Written {
    date: Date,
    /// Whether the paper shows the day of itself.
    shown: bool,
}

/// When each paper was written, worked out where it is asked for.
struct Calendar<'a> {
    cx: &'a Context<'a>,
    papers: Vec<Option<Written>>,
}

impl Calendar<'_> {
    /// When the paper was written that `offset` of the text lies in.
    fn at(&mut self, offset: usize) -> Written {
        let paper = self.cx.outline.paper_at(offset);
        if paper >= self.papers.len() {
            self.papers.resize(paper + 1, None);
        }
        let cx = self.cx;
        *self.papers[paper].get_or_insert_with(|| {
            let known = cx.outline.papers.get(paper);
            let dated = known.and_then(|p| p.date);
            let date = dated.map_or(cx.as_of, |d| d.date);
            let shown = dated.is_some_and(|d| matches!(d.source, DateSource::Issued | DateSource::Published));
            // A law that shows no date was not written today: it was before the day from which it is in force.
            let in_force = known.filter(|_| !shown).and_then(|p| in_force_since(p.body.of(cx.document.prose())));
            Written { date: in_force.map_or(date, |day| date.min(day)), shown }
        })
    }
}

fn run(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let mut calendar = Calendar { cx, papers: Vec::new() };
    for sighting in cx.sightings.iter() {
        let block = sighting.span;
        let text = block.of(cx.document.prose());
        if sighting.has_phrases() {
            phrase::check(&mut calendar, text, sighting, out);
        }
        let hits = cx.book.terms.find(sighting);
        if hits.is_empty() {
            continue;
        }
        let titles = book_titles(text);
        for hit in hits {
            let Some(rule) = CHECK.rules.iter().copied().find(|r| r.id == hit.term.rule) else { continue };
            let span = hit.span.shifted(block.start);
            let Written { date, shown } = calendar.at(span.start);
            // A term that came up later than its paper proves something only if the paper says when it was written.
            let stands = hit.term.judges(date)
                && (shown || !hit.term.is_newcomer())
                && (hit.term.in_title || !is_part_of(&titles, hit.span))
                && !hit.term.since.is_some_and(|since| {
                    is_history(text, hit.span, since, &titles) || is_recent_past(text, hit.span, since, date)
                })
                && !is_name_of_record(rule, &hit, text)
                && !cx.book.mentions.covers(text, hit.span);
            if stands {
                out.push(finding(rule, &hit, span, text, date));
            }
        }
    }
}

/// Whether the name of a body or a law is given beside that of its successor, or a body's as it stands written somewhere:
/// 县工商局（现县市场监督管理局）, 加盖“县国土资源局”印章.
fn is_name_of_record(rule: &RuleMeta, hit: &TermHit<'_>, text: &str) -> bool {
    let is_body = rule.id == institution::TERM_INSTITUTION.id;
    if !is_body && rule.id != law::TERM_LAW.id {
        return false;
    }
    let around = sentence(text, hit.span, &[]);
    let beside = [&text[around.start..hit.span.start], &text[hit.span.end..around.end]];
    // 《民法典》（合同编）
    let successor = |right: &String| {
        let name = right.split('（').next().unwrap_or(right);
        beside.iter().any(|words| words.contains(name))
    };
    hit.term.right.iter().any(successor) || is_body && quotation(text, hit.span).is_some()
}

/// Whether the span stands within one of `titles` and is not the whole of it.
fn is_part_of(titles: &[Span], span: Span) -> bool {
    let next = titles.partition_point(|t| t.start <= span.start);
    next.checked_sub(1).is_some_and(|i| titles[i].contains(span) && titles[i] != span)
}

/// 2021年11月11日
fn in_chinese(date: Date) -> String {
    format!("{}年{}月{}日", date.year(), date.month(), date.day())
}

fn finding(rule: &'static RuleMeta, hit: &TermHit<'_>, span: Span, text: &str, date: Date) -> Diagnostic {
    let term = hit.term;
    let written: String = hit.span.of(text).chars().filter(|&c| !is_blank(c) && c != '\n' && c != '\r').collect();
    let mut found = Diagnostic::at(rule, span, account(rule, term, &written, date))
        .severity(term.severity)
        .source(term.source.as_str())
        .data("term", term.wrong.as_str())
        .data("right", term.right.clone())
        .data("paper_date", date.to_string());
    for (key, day) in [("since", term.since), ("until", term.until)] {
        if let Some(day) = day {
            found = found.data(key, day.to_string());
        }
    }
    if let ([right], true) = (term.right.as_slice(), hit.literal) {
        let safety = if is_certain(term, &written, right) { Safety::Safe } else { Safety::Review };
        found = found.fix(Fix {
            title: Words::new(format!("改为{}", quoted(right)), format!("replace with {}", quoted(right))),
            safety,
            edits: vec![Edit { span, text: right.clone() }],
        });
    }
    found
}

/// In quotes, unless the words begin with marks of their own.
fn quoted(words: &str) -> String {
    if words.starts_with(['《', '“', '"']) {
        words.to_owned()
    } else {
        format!("“{}”", words.replace('“', "‘").replace('”', "’"))
    }
}

/// What is wrong, since when, and on whose authority.
fn account(rule: &RuleMeta, term: &Term, written: &str, date: Date) -> Words {
    let written = quoted(written);
    let right = term.right.iter().map(|r| quoted(r)).collect::<Vec<_>>().join("或");
    let (mut zh, mut en) = match (&term.note, right.as_str()) {
        (Some(note), "") => (format!("{written}：{note}"), format!("{written}: {note}")),
        (_, "") => {
            let until = term.until.unwrap_or(date);
            (
                format!("文件日期是{}，{written}到{}才有", in_chinese(date), in_chinese(until)),
                format!("the paper is of {date}, but {written} dates from {until}"),
            )
        }
        _ if rule.id == institution::TERM_INSTITUTION.id => {
            (format!("{written}现为{right}"), format!("{written} is now {right}"))
        }
        _ if rule.id == law::TERM_LAW.id => {
            (format!("{written}已由{right}取代"), format!("{written} has been replaced by {right}"))
        }
        _ if term.severity == Severity::Error => {
            (format!("{written}应为{right}"), format!("{written} must be {right}"))
        }
        _ => (format!("{written}宜改为{right}"), format!("{written} had better be {right}")),
    };
    if let (Some(note), false) = (&term.note, right.is_empty()) {
        zh.push_str(&format!("，{note}"));
        en.push_str(&format!(", {note}"));
    }
    if let Some(since) = term.since {
        zh.push_str(&format!("（{}起）", in_chinese(since)));
        en.push_str(&format!(" (since {since})"));
    }
    Words::new(format!("{zh}。依据：{}", term.source), format!("{en}. Authority: {}", term.source))
}

/// Whether the right form may be put in unseen: a proved error that differs from it by one character. A body with a new
/// name may have to be told as history instead.
fn is_certain(term: &Term, written: &str, right: &str) -> bool {
    term.severity == Severity::Error
        && term.verified
        && written.chars().count() == right.chars().count()
        && written.chars().zip(right.chars()).filter(|(a, b)| a != b).count() == 1
}
