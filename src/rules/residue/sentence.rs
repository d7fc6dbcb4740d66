//! Sentences written twice.

use super::{Found, Kind, Line};
use crate::outline::Paper;
use crate::text::{Span, WordList, is_blank, is_digit, is_han, words};

/// The shortest sentence of which a second one is told within its paragraph, and as a paragraph of its own, in characters.
const SHORTEST: usize = 16;
const SHORTEST_ALONE: usize = 22;
/// How many paragraphs on a paragraph is looked for again.
const NEAR: usize = 2;

/// How many sentences on a sentence is looked for again.
const WINDOW: usize = 40;

/// Finds the sentences that stand twice in a paragraph, and the paragraphs that stand twice near one another.
pub(super) fn find(text: &str, paper: &Paper, lines: &[Line<'_>], out: &mut Vec<Found>) {
    let body = &lines[lines.partition_point(|l| l.span.start < paper.body.start)..];
    let is_prose = |line: &Line<'_>| line.span.of(text).ends_with('。');
    let mut sentences = Vec::new();
    for (i, line) in body.iter().enumerate().filter(|(_, line)| is_prose(line)) {
        let words = line.span.of(text);
        let before = &body[i.saturating_sub(NEAR)..i];
        let first = before.iter().find(|l| l.span.of(text) == words);
        match first.filter(|_| before.iter().all(is_prose) && is_unique(words, SHORTEST_ALONE)) {
            Some(first) => out.push(Found::new(line.span, Kind::Sentence).instead("").beside(first.span)),
            None => within(text, line.span, &mut sentences, out),
        }
    }
}

/// Tells the sentences of a paragraph that stand in it before; the room for its sentences is lent.
fn within(text: &str, line: Span, sentences: &mut Vec<Span>, out: &mut Vec<Found>) {
    sentences.clear();
    let mut start = line.start;
    for (at, mark) in line.of(text).match_indices('。') {
        let end = line.start + at + mark.len();
        let words = Span::new(start, end).of(text).trim_start_matches(is_blank);
        start = end;
        let again = Span::new(end - words.len(), end);
        if again.len() < SHORTEST * '件'.len_utf8() {
            continue;
        }
        let near = &sentences[sentences.len().saturating_sub(WINDOW)..];
        let first = near.iter().find(|first| first.of(text) == words);
        if let Some(&first) = first
            && is_unique(words, SHORTEST)
            && !lists(&text[first.end..again.start])
        {
            out.push(Found::new(again, Kind::Sentence).instead("").beside(first));
        }
        sentences.push(again);
    }
}

/// Whether a sentence says something that is said once: long enough, of words only, and nothing in it points to what
/// stands before it, of which the like may be said again (已责令其限期整改).
fn is_unique(sentence: &str, shortest: usize) -> bool {
    const POINTING: WordList = words![
        "其",
        "该",
        "此",
        "已",
        "上述",
        "前款",
        "同日",
        "当日",
        "双方",
        "甲方",
        "乙方",
        "本人",
        "构成犯罪",
        "处以",
        "罚款",
        "并处",
        "承办",
        "完成领导",
        "交办",
        "申请人",
        "当事人",
        "原告",
        "被告",
        "违反",
        "予以",
        "责令",
        "依法",
    ];
    const MARKS: [char; 10] = ['《', '》', '“', '”', '：', ':', '（', '）', '(', '|'];
    let plain = !sentence.contains(MARKS) && !sentence.contains(is_digit) && sentence.starts_with(is_han);
    let parts = sentence.matches(['，', '、', '；']).count() > 0;
    plain && parts && sentence.chars().nth(shortest - 1).is_some() && !POINTING.is_in(sentence)
}

/// Whether words count things off, of each of which the same may be said: 一是…二是…, ①….
fn lists(words: &str) -> bool {
    const ORDINALS: WordList = words![
        "一是", "二是", "三是", "四是", "五是", "其一", "其二", "第一", "第二", "第三", "首先", "其次", "（", "(", "①",
        "②", "③", "“", "《", "：",
    ];
    ORDINALS.is_in(words) || words.contains(is_digit)
}
