//! Words written twice.

use super::{Found, Kind, Line};
use crate::rulebook::Residue;
use crate::text::{Class, Event, Events, Span, ends_sentence, half_width, is_gap, is_han};

/// The shortest and the longest run of characters that is looked for twice in a row.
const SHORTEST: usize = Events::REPEAT.0;
const LONGEST: usize = Events::REPEAT.1;

/// Finds them in the lines of a paper; `twice` are the words that stand there twice in a row.
pub(super) fn find(text: &str, lines: &[Line<'_>], twice: &[Span], book: &Residue, out: &mut Vec<Found>) {
    for line in lines {
        doubled_characters(text, line, book, out);
        doubled_words(text, line.span, twice, book, out);
        if line.events.has(Class::ECHO) {
            repeated_runs(text, line, out);
        }
    }
}

fn doubled_characters(text: &str, line: &Line<'_>, book: &Residue, out: &mut Vec<Found>) {
    let Line { span: line, events } = *line;
    // A word may begin on the line before and end on the next one.
    let torn_off = || text[..line.start].trim_end_matches(is_gap);
    let torn_on = || text[line.end..].trim_start_matches(is_gap);
    let mut twins = events.of(Class::TWIN).filter(|twin| twin.at > line.start).peekable();
    while let Some(second) = twins.next() {
        let c = second.c;
        let start = second.at - c.len_utf8();
        let (mut count, mut end) = (2, second.end());
        while twins.next_if(|next| next.at == end).is_some() {
            (count, end) = (count + 1, end + c.len_utf8());
        }
        let head = if start == line.start { torn_off() } else { &text[line.start..start] };
        let tail = if end == line.end { torn_on() } else { &text[end..line.end] };
        // Three in a row are one too many even where two are right.
        let fault = match count {
            2 => book.is_doubled(c, head, tail),
            _ => count == 3 && book.is_doubled(c, "", ""),
        };
        if fault {
            let right = if count == 3 && !book.is_doubled(c, head, tail) { 2 } else { 1 };
            out.push(Found::new(Span::new(start, end), Kind::Doubled).instead(c.to_string().repeat(right)));
        }
    }
}

fn doubled_words(text: &str, line: Span, twice: &[Span], book: &Residue, out: &mut Vec<Found>) {
    let first = twice.partition_point(|t| t.start < line.start);
    let mut reached = line.start;
    for &span in twice[first..].iter().take_while(|t| t.end <= line.end) {
        let goes_on = text[span.end..line.end].starts_with(['再', '又']);
        if span.start >= reached && !book.meets(&text[span.start..line.end]) && !goes_on {
            let once = Span::new(span.start, span.start + span.len() / 2);
            out.push(Found::new(span, Kind::Doubled).instead(once.of(text)));
            reached = span.end;
        }
    }
}

/// The same four to twelve Han characters twice in a row within a sentence. Lines without marks are tables and names.
fn repeated_runs(text: &str, line: &Line<'_>, out: &mut Vec<Found>) {
    let Line { span: line, events } = *line;
    let words = line.of(text);
    let parts = |e: Event| ends_sentence(e.c) || matches!(half_width(e.c), ',' | ';');
    if !events.of(Class::CLAUSE_END.or(Class::ELLIPSIS)).any(parts) {
        return;
    }
    let chars: Vec<(usize, char)> = words.char_indices().collect();
    let mut told = vec![false; chars.len()];
    let same = |i: usize, len: usize| i >= len && chars[i].1 == chars[i - len].1 && is_han(chars[i].1);
    // Four characters that come again do so at one distance or two, and each look at a whole line is dear.
    let echoes =
        || events.of(Class::ECHO).filter_map(|e| chars.binary_search_by_key(&(e.at - line.start), |c| c.0).ok());
    let comes_again =
        |len: &usize| echoes().any(|last| (0..SHORTEST).all(|back| last >= back && same(last - back, *len)));
    for len in (SHORTEST..=LONGEST).rev().filter(comes_again) {
        let mut run = 0;
        for i in len..chars.len() {
            run = if same(i, len) { run + 1 } else { 0 };
            if run < len {
                continue;
            }
            let first = i + 1 - 2 * len;
            let unit = &chars[first..first + len];
            // 人人人人, 研究研究: a run that repeats within itself is another thing.
            let repeats = (1..len).any(|k| len % k == 0 && (k..len).all(|j| unit[j].1 == unit[j - k].1));
            let end = chars.get(i + 1).map_or(words.len(), |c| c.0);
            let span = Span::new(line.start + chars[first].0, line.start + end);
            if !repeats && !told[first] && !told[i] {
                told[first..=i].fill(true);
                let once: String = unit.iter().map(|&(_, c)| c).collect();
                out.push(Found::new(span, Kind::Doubled).instead(once));
            }
            run = 0;
        }
    }
}
