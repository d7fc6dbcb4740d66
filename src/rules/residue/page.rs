//! Words of a web page, of a template and of a word processor.

use super::{Found, Kind, Line};
use crate::outline::Paper;
use crate::rulebook::Residue;
use crate::rules::Context;
use crate::text::{Event, Span, sentence};

/// The longest name that a collection of papers repeats, in characters.
const NAME: usize = 40;

/// Lines of a page between the lines of the text; above its first sentence and below its last they are the page's.
pub(super) fn find_lines(text: &str, paper: &Paper, lines: &[Line<'_>], book: &Residue, out: &mut Vec<Found>) {
    let headed = |line: Span| {
        let next = paper.headings.partition_point(|h| h.marker.start < line.start);
        paper.headings.get(next).is_some_and(|h| h.opens_line && line.contains(h.marker))
    };
    let writing = |line: &Line<'_>| line.span.of(text).contains('。') || headed(line.span);
    let ends = |e: &Event| matches!(e.c, '。' | '；' | '！');
    // Most lines end in one.
    let is_sentence = |line: &Line<'_>| line.events.all().iter().rev().any(ends);
    let in_body = lines.partition_point(|l| l.span.start < paper.body.start);
    let body = &lines[in_body..];
    let Some(first) = body.iter().position(writing) else { return };
    let Some(last) = body.iter().rposition(writing) else { return };
    for (i, line) in body.iter().enumerate().take(last + 1).skip(first).filter(|(_, line)| !is_sentence(line)) {
        let line = line.span;
        // 延伸阅读 over a passage of its own is the paper's heading.
        let heads = || {
            book.is_sidebar(line.of(text)) && body[i + 1..].iter().take(2).any(|next| next.span.of(text).contains('。'))
        };
        if book.is_page_line(line.of(text)) && !heads() {
            out.push(Found::new(line, Kind::Web).instead(""));
        }
    }
}

/// Phrases: a template's wherever they stand, a page's inside the body; and the name of a collection written twice.
pub(super) fn find_phrases(cx: &Context<'_>, out: &mut Vec<Found>) {
    let (text, outline) = (cx.document.prose(), cx.outline);
    let bodies: Vec<Span> = outline
        .papers
        .iter()
        .map(|p| {
            let end = p.body.of(text).rfind('。').map_or(p.body.end, |i| p.body.start + i);
            Span::new(p.body.start, end)
        })
        .collect();
    let residue = &cx.book.residue;
    let phrases = cx.sightings.iter().flat_map(|sighting| residue.phrases(text, sighting));
    for (span, phrase) in phrases {
        let within = &bodies[outline.paper_at(span.start)];
        if !phrase.anywhere && !within.contains(span) {
            continue;
        }
        let kind = match phrase.kind.as_str() {
            "template" => Kind::Template,
            "field-code" => Kind::FieldCode,
            "doubled" => Kind::Doubled,
            _ => Kind::Web,
        };
        // A template's sentence goes as a whole, without the words of the draft that it follows.
        let found = match kind {
            Kind::Template => clause_before(text, sentence(text, span, &[]), span),
            _ => span,
        };
        out.push(Found::new(found, kind));
    }
    if let Some(span) = collection(text) {
        out.push(Found::new(span, Kind::Template));
    }
}

/// The phrase with the words that open its clause.
fn clause_before(text: &str, around: Span, span: Span) -> Span {
    let head = &text[around.start..span.start];
    let at = head
        .rfind(['，', ',', '：', ':', '；', ' ', '　', '、'])
        .map_or(0, |i| i + head[i..].chars().next().map_or(0, char::len_utf8));
    // Far more than a clause's opening is the draft's own sentence.
    let start = if head[at..].chars().count() <= 6 { around.start + at } else { span.start };
    Span::new(start, span.end)
}

/// `某某工作总结3篇某某工作总结`: the name of a collection, its count and the name again, at the head of a file.
fn collection(text: &str) -> Option<Span> {
    let line = text.trim_start_matches('\u{feff}').trim_start();
    let start = text.len() - line.len();
    let line = line.lines().next()?;
    let (at, mark) = line.char_indices().take(NAME + 8).find(|&(_, c)| c == '篇')?;
    let head = line[..at].trim_end_matches(|c: char| c.is_ascii_digit() || crate::text::is_chinese_numeral(c));
    let after = line[at + mark.len_utf8()..].trim_start();
    let repeats = head.len() < at && head.chars().count() >= 4 && after.starts_with(head);
    let end = line.len() - after.len() + head.len();
    repeats.then(|| Span::new(start, start + end))
}
