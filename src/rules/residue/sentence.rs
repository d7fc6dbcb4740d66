//! Sentences written twice.

use super::{Found, Kind, Line};
use crate::outline::Paper;
use crate::text::{Class, Span, WordList, is_blank, is_digit, is_han, words};

/// The shortest sentence of which a second one is told within its paragraph, and as a paragraph of its own, in characters.
const SHORTEST: usize = 16;
const SHORTEST_ALONE: usize = 22;
/// How many paragraphs on a paragraph is looked for again.
const NEAR: usize = 2;

/// Finds the sentences that stand twice in a paragraph, and the paragraphs that stand twice near one another.
pub(super) fn find(text: &str, paper: &Paper, lines: &[Line<'_>], out: &mut Vec<Found>) {
    let body = &lines[lines.partition_point(|l| l.span.start < paper.body.start)..];
    for (i, line) in body.iter().enumerate() {
        let words = line.span.of(text);
        if !words.ends_with('。') {
            continue;
        }
        let sentences: Vec<Span> = sentences(words);
        match sentences[..] {
            [] => {}
            [_] => {
                let before = body[..i].iter().rev().take(NEAR);
                let prose = before.clone().all(|l| l.span.of(text).ends_with('。'));
                let first = before.clone().find(|l| l.span.of(text) == words);
                if let Some(first) = first
                    && prose
                    && is_unique(words, SHORTEST_ALONE)
                {
                    out.push(Found::new(line.span, Kind::Sentence).instead("").beside(first.span));
                }
            }
            _ if line.events.of(Class::CLAUSE_END).count() < 2 => {}
            _ => within(words, &sentences, line.span.start, out),
        }
    }
}

/// The sentences of a paragraph, each with its full stop.
fn sentences(words: &str) -> Vec<Span> {
    let mut start = 0;
    let ends = words.match_indices('。').map(|(at, mark)| at + mark.len());
    ends.map(|end| Span::new(std::mem::replace(&mut start, end), end)).collect()
}

/// Tells the sentences of a paragraph that stand in it before.
fn within(words: &str, sentences: &[Span], base: usize, out: &mut Vec<Found>) {
    let said = |span: Span| span.of(words).trim_start_matches(is_blank);
    for (i, &span) in sentences.iter().enumerate().skip(1) {
        let again = said(span);
        if again.len() < SHORTEST * '件'.len_utf8() {
            continue;
        }
        let Some(first) = sentences[..i].iter().find(|&&s| said(s) == again) else { continue };
        let between = &words[first.end..span.end - again.len()];
        if is_unique(again, SHORTEST) && !lists(between) {
            let place = Span::new(span.end - again.len(), span.end).shifted(base);
            out.push(Found::new(place, Kind::Sentence).instead("").beside(first.shifted(base)));
        }
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
