//! Words written twice.

use super::{Found, Kind, Line};
use crate::rulebook::Residue;
use crate::text::{Class, Event, Events, Span, WordList, ends_sentence, half_width, is_gap};

/// The shortest and the longest run of characters that is looked for twice in a row.
const SHORTEST: usize = Events::REPEAT.0;
const LONGEST: usize = Events::REPEAT.1;
/// The bytes of a Han character.
const HAN: usize = '件'.len_utf8();

/// Finds them in the lines of a paper; `twice` are the words that stand there twice in a row.
pub(super) fn find(text: &str, lines: &[Line<'_>], twice: &[Span], book: &Residue, out: &mut Vec<Found>) {
    for line in lines {
        if line.events.has(Class::TWIN) {
            doubled_characters(text, line, book, out);
        }
        if !twice.is_empty() {
            doubled_words(text, line.span, twice, book, out);
        }
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

/// How what is done to one after another begins.
const ONE_BY_ONE: WordList = WordList::new(&[
    "一个", "一家", "一户", "一件", "一村", "一项", "一条", "一步", "一次", "一批", "一名", "一处", "一座", "一级",
    "一层", "一天", "一年",
]);

/// The same four to twelve Han characters twice in a row within a sentence. Lines without marks are tables and names.
fn repeated_runs(text: &str, line: &Line<'_>, out: &mut Vec<Found>) {
    let Line { span: line, events } = *line;
    let parts = |e: Event| ends_sentence(e.c) || matches!(half_width(e.c), ',' | ';');
    if !events.of(Class::CLAUSE_END.or(Class::ELLIPSIS)).any(parts) {
        return;
    }
    // A run that is written again ends in a run of echoes, which begins with the fourth character of the second time.
    let echoes: Vec<Span> = events.runs(Class::ECHO).collect();
    let mut told: Vec<Span> = Vec::new();
    for len in (SHORTEST..=LONGEST).rev() {
        let len = len * HAN;
        for again in &echoes {
            let first = again.start - (SHORTEST - 1) * HAN;
            let mut run = 0;
            for end in (first + HAN..=again.end).step_by(HAN) {
                let last = end - HAN;
                let before = last.checked_sub(len).filter(|&at| at >= line.start);
                let same = before.is_some_and(|at| text.as_bytes()[at..at + HAN] == text.as_bytes()[last..end]);
                run = if same { run + HAN } else { 0 };
                if run < len {
                    continue;
                }
                run = 0;
                let twice = Span::new(end - 2 * len, end);
                let unit = &text.as_bytes()[twice.start..twice.start + len];
                // 一个小区一个小区地: one by one.
                let one_by_one = ONE_BY_ONE.begins(&text[twice.start..]).is_some();
                // 人人人人, 研究研究: a run that repeats within itself is another thing.
                let repeats = one_by_one
                    || (HAN..len).step_by(HAN).any(|k| len.is_multiple_of(k) && unit[k..] == unit[..len - k]);
                let is_told = |at: usize| told.iter().any(|t| (t.start..t.end).contains(&at));
                if !repeats && !is_told(twice.start) && !is_told(last) {
                    told.push(twice);
                    out.push(Found::new(twice, Kind::Doubled).instead(&text[twice.start..twice.start + len]));
                }
            }
        }
    }
}
