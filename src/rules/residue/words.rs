//! Words written twice.

use super::{Found, Kind};
use crate::rulebook::Residue;
use crate::text::{Span, ends_sentence, half_width, is_blank, is_han};

/// The shortest and the longest run of characters that is looked for twice in a row.
const SHORTEST: usize = 4;
const LONGEST: usize = 12;

/// Finds them in the lines of a paper; `twice` are the words that stand there twice in a row.
pub(super) fn find(text: &str, lines: &[Span], twice: &[Span], book: &Residue, out: &mut Vec<Found>) {
    for &line in lines {
        doubled_characters(text, line, book, out);
        doubled_words(text, line, twice, book, out);
        repeated_runs(text, line, out);
    }
}

fn doubled_characters(text: &str, line: Span, book: &Residue, out: &mut Vec<Found>) {
    // A word may begin on the line before and end on the next one.
    let torn = |c: &char| !is_blank(*c) && *c != '\n' && *c != '\r';
    let torn_off = text[..line.start].trim_end_matches(|c| !torn(&c));
    let torn_on = text[line.end..].trim_start_matches(|c| !torn(&c));
    let mut chars = line.of(text).char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let mut count = 1;
        while chars.next_if(|&(_, next)| next == c).is_some() {
            count += 1;
        }
        let end = at + count * c.len_utf8();
        let head = if at == 0 { torn_off } else { &text[line.start..line.start + at] };
        let tail = if line.start + end == line.end { torn_on } else { &text[line.start + end..line.end] };
        // Three in a row are one too many even where two are right.
        let fault = match count {
            1 => false,
            2 => book.is_doubled(c, head, tail),
            _ => count == 3 && book.is_doubled(c, "", ""),
        };
        if fault {
            let start = line.start + at;
            let span = Span::new(start, line.start + end);
            let right = if count == 3 && !book.is_doubled(c, head, tail) { 2 } else { 1 };
            out.push(Found::new(span, Kind::Doubled).instead(c.to_string().repeat(right)));
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
fn repeated_runs(text: &str, line: Span, out: &mut Vec<Found>) {
    let words = line.of(text);
    if !words.contains(|c| ends_sentence(c) || matches!(half_width(c), ',' | ';')) {
        return;
    }
    let chars: Vec<(usize, char)> = words.char_indices().collect();
    let mut told = vec![false; chars.len()];
    for len in (SHORTEST..=LONGEST).rev() {
        let mut run = 0;
        for i in len..chars.len() {
            let same = chars[i].1 == chars[i - len].1 && is_han(chars[i].1);
            run = if same { run + 1 } else { 0 };
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
