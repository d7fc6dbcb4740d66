//! The sessions of a congress that are told under two numbers: 第五次会议…举行, 第六次会议…闭幕.

use super::repeat::CLAIM_REPEAT;
use crate::claim::years;
use crate::diagnostic::{Diagnostic, Words};
use crate::outline::Outline;
use crate::rules::series::number;
use crate::text::{Document, Span, WordList, is_chinese_numeral, is_digit, sentence, words};

/// A session of a congress: 县第十八届人民代表大会第五次会议, 县十八届人大五次会议.
#[derive(Debug, Clone, Copy)]
struct Session {
    /// From the number of its congress to 会议.
    span: Span,
    /// Whether it is one of the standing committee.
    standing: bool,
    /// The level of the place whose congress it is: 县.
    level: char,
    congress: u64,
    number: u64,
}

pub(super) fn find(document: &Document, outline: &Outline, out: &mut Vec<Diagnostic>) {
    let prose = document.prose();
    if !prose.contains("次会议") {
        return;
    }
    for paper in &outline.papers {
        for block in document.blocks_in(paper.body) {
            let text = block.span.of(prose);
            if text.contains("闭幕") && text.contains("次会议") {
                one_session(text, block.span.start, out);
            }
        }
    }
}

/// A paragraph that tells how a session began and how another one ended.
fn one_session(text: &str, base: usize, out: &mut Vec<Diagnostic>) {
    const OTHER_YEAR: WordList = words!["去年", "上年", "次年", "明年", "上次", "上一次", "前次", "历次"];
    let sessions = sessions(text);
    let tail = |s: &Session| &text[s.span.end..sentence(text, s.span, &['；']).end.max(s.span.end)];
    let began = sessions.iter().find(|s| begins(tail(s)) && !tail(s).contains("闭幕"));
    let Some(began) = began.filter(|_| !OTHER_YEAR.is_in(text)) else { return };
    // What follows tells of the same days: no other session begins, and there is no second year.
    let later = || sessions.iter().filter(|s| s.span.start > began.span.start);
    let again = later().any(|s| begins(tail(s)) && s.number != began.number);
    let Some(ended) = later().find(|s| tail(s).contains("闭幕")) else { return };
    let same = (began.standing, began.level, began.congress) == (ended.standing, ended.level, ended.congress);
    if same && began.number != ended.number && !again && !names_several_years(text) {
        out.push(report(text, began, ended, base));
    }
}

/// Whether the words behind a session tell that it began: 于1月15日召开, and no 召开以来.
fn begins(tail: &str) -> bool {
    const BEGUN: WordList = words!["召开", "举行", "开幕"];
    const SINCE: WordList = words!["以来", "后", "之后", "期间", "前", "时", "的"];
    BEGUN.find(tail).is_some_and(|(at, word)| SINCE.begins(&tail[at + word.len()..]).is_none())
}

/// Whether a text names more than one year.
fn names_several_years(text: &str) -> bool {
    let mut named = years(text);
    let first = named.next();
    named.any(|year| Some(year) != first)
}

/// The sessions of congresses that a text names.
fn sessions(text: &str) -> Vec<Session> {
    text.match_indices('届').filter_map(|(at, _)| session(text, at)).collect()
}

/// The session whose congress has its 届 at a byte.
fn session(text: &str, at: usize) -> Option<Session> {
    let numeral = |c: char| is_digit(c) || is_chinese_numeral(c);
    let head = text[..at].trim_end_matches(numeral);
    let (congress, _) = number(&text[head.len()..at])?;
    let head = head.strip_suffix('第').unwrap_or(head);
    let level =
        head.chars().next_back().filter(|c| matches!(c, '省' | '市' | '县' | '区' | '州' | '旗' | '镇' | '乡'))?;
    let rest = &text[at + '届'.len_utf8()..];
    let rest = ["人民代表大会", "人大"].into_iter().find_map(|w| rest.strip_prefix(w))?;
    let standing = ["常务委员会", "常委会"].into_iter().find_map(|w| rest.strip_prefix(w));
    let rest = standing.map_or(rest, |rest| rest);
    let (number, rest) = number(rest.strip_prefix('第').unwrap_or(rest))?;
    let rest = rest.strip_prefix("次会议")?;
    let span = Span::new(head.len(), text.len() - rest.len());
    Some(Session { span, standing: standing.is_some(), level, congress, number })
}

fn report(text: &str, began: &Session, ended: &Session, base: usize) -> Diagnostic {
    let (first, second) = (began.span.of(text), ended.span.of(text));
    let zh = format!("前文写“{first}”召开，此处写“{second}”闭幕");
    let en = format!("it begins as {first} and ends as {second}");
    Diagnostic::at(&CLAIM_REPEAT, ended.span.shifted(base), Words::new(zh, en))
        .label(began.span.shifted(base), Words::new("前文", "before"))
        .help(Words::new("核对会议的届次，两处写成一次", "look the session up and write one number in both places"))
        .data("first", began.number)
        .data("second", ended.number)
}
