//! The small language of spellings and contexts: words, with digits, numerals and gaps in them.
//!
//! | written | stands for |
//! |---|---|
//! | `#` | one digit |
//! | `{#}` | a written number: digits, with their points and commas |
//! | `{N}` | one digit or Chinese numeral, 几 and 数 included |
//! | `{6}` | at most six characters of the same clause, no digits among them |
//! | `{.}` | no character: the edge of the Han text (its end, a mark, a blank, a letter) |
//!
//! Everything else stands for itself, the two widths of a mark being one. Blanks around a number do not count.

use std::sync::OnceLock;

use serde::Deserialize;

use crate::diagnostic::Words;
use crate::text::{Span, half_width, is_blank, is_chinese_numeral, is_digit, is_han, leads_han};

/// One piece of a pattern.
#[derive(Clone, Copy)]
enum Piece {
    Char(char),
    Digit,
    Number,
    Numeral,
    Gap(usize),
    Edge,
}

impl Piece {
    fn named(name: &str) -> Option<Self> {
        match name {
            "#" => Some(Self::Number),
            "N" => Some(Self::Numeral),
            "." => Some(Self::Edge),
            // The longest gap keeps a search around one hit short.
            _ => name.parse().ok().filter(|n| (1..=30).contains(n)).map(Self::Gap),
        }
    }
}

/// What is wrong with a pattern: a `{…}` that means nothing.
pub(super) fn fault(pattern: &str) -> Option<Words> {
    let mut rest = pattern;
    while let Some(open) = rest.find('{') {
        let (name, tail) = rest[open + 1..].split_once('}').unwrap_or((&rest[open + 1..], ""));
        if Piece::named(name).is_none() {
            return Some(Words::new(
                format!("没有 `{{{name}}}` 这种写法；可用的是 {{#}}、{{N}}、{{.}} 和 {{1}} 至 {{30}}"),
                format!("`{{{name}}}` is none of {{#}}, {{N}}, {{.}} and {{1}} to {{30}}"),
            ));
        }
        rest = tail;
    }
    None
}

/// Splits a spelling at its rarest word, which is what is looked for: the longest, of two equal ones a mark, else
/// the first. Digits make a word only where there is no other: they are everywhere.
///
/// `None` where there is no word in it.
pub(super) fn split(spelling: &str) -> Option<(&str, &str, &str)> {
    let mut best: Option<(usize, usize)> = None;
    let rank = |from: usize, to: usize| {
        let word = &spelling[from..to];
        if word.chars().all(is_digit) { 0 } else { 2 * word.chars().count() + usize::from(!word.contains(is_han)) }
    };
    let mut start = 0;
    let mut at = 0;
    let mut keep = |from: usize, to: usize| {
        if to > from && best.is_none_or(|(f, t)| rank(f, t) < rank(from, to)) {
            best = Some((from, to));
        }
    };
    while let Some(c) = spelling[at..].chars().next() {
        let len = match c {
            '#' => 1,
            '{' => spelling[at..].find('}').map_or(spelling.len() - at, |end| end + 1),
            _ => {
                at += c.len_utf8();
                continue;
            }
        };
        keep(start, at);
        at += len;
        start = at;
    }
    keep(start, at);
    best.map(|(from, to)| (&spelling[..from], &spelling[from..to], &spelling[to..]))
}

/// The length of what the pattern matches at the start of `text`.
pub(super) fn ahead(pattern: &str, text: &str) -> Option<usize> {
    if pattern.is_empty() {
        return Some(0);
    }
    // Nearly all patterns begin with a Han character, and nearly none of them stands there.
    if let Some(han @ &[0xe4..=0xe9, _, _]) = pattern.as_bytes().first_chunk()
        && text.as_bytes().first_chunk() != Some(han)
    {
        return None;
    }
    // Nor do digits, where a Han character stands.
    if let [b'#', ..] | [b'{', b'#', ..] = pattern.as_bytes()
        && text.as_bytes().first().is_some_and(|&b| leads_han(b))
    {
        return None;
    }
    let Some((piece, rest)) = first(pattern) else { return Some(0) };
    let then = |n: usize| ahead(rest, &text[n..]).map(|m| n + m);
    if let Piece::Char(w) = piece {
        return text.chars().next().filter(|&c| same(c, w)).and_then(|c| then(c.len_utf8()));
    }
    let blank = text.len() - text.trim_start_matches(is_blank).len();
    let number = |len: usize| {
        let end = blank + len;
        then(end + text[end..].len() - text[end..].trim_start_matches(is_blank).len())
    };
    match piece {
        Piece::Char(_) => None,
        Piece::Digit => text[blank..].chars().next().filter(|&c| is_digit(c)).and_then(|c| number(c.len_utf8())),
        Piece::Numeral => text[blank..].chars().next().filter(|&c| is_numeral(c)).and_then(|c| number(c.len_utf8())),
        Piece::Number => number_at(text[blank..].char_indices().map(|(at, c)| (at + c.len_utf8(), c))).and_then(number),
        Piece::Gap(most) => {
            let ends = text.char_indices().take_while(|&(_, c)| !ends_gap(c)).map(|(at, c)| at + c.len_utf8());
            std::iter::once(0).chain(ends.take(most)).find_map(then)
        }
        Piece::Edge => text.chars().next().is_none_or(|c| !is_han(c)).then(|| then(0)).flatten(),
    }
}

/// The length of what the pattern matches at the end of `text`.
pub(super) fn behind(pattern: &str, text: &str) -> Option<usize> {
    if pattern.is_empty() {
        return Some(0);
    }
    if let Some(han @ &[0xe4..=0xe9, _, _]) = pattern.as_bytes().last_chunk()
        && text.as_bytes().last_chunk() != Some(han)
    {
        return None;
    }
    if let [.., b'#'] | [.., b'#', b'}'] = pattern.as_bytes()
        && text.as_bytes().last_chunk().is_some_and(|&[lead, _, _]| leads_han(lead))
    {
        return None;
    }
    let Some((piece, rest)) = last(pattern) else { return Some(0) };
    let then = |n: usize| behind(rest, &text[..text.len() - n]).map(|m| n + m);
    if let Piece::Char(w) = piece {
        return text.chars().next_back().filter(|&c| same(c, w)).and_then(|c| then(c.len_utf8()));
    }
    let full = text.trim_end_matches(is_blank);
    let blank = text.len() - full.len();
    let number = |len: usize| {
        let head = &full[..full.len() - len];
        then(blank + len + head.len() - head.trim_end_matches(is_blank).len())
    };
    match piece {
        Piece::Char(_) => None,
        Piece::Digit => full.chars().next_back().filter(|&c| is_digit(c)).and_then(|c| number(c.len_utf8())),
        Piece::Numeral => full.chars().next_back().filter(|&c| is_numeral(c)).and_then(|c| number(c.len_utf8())),
        Piece::Number => number_at(full.char_indices().rev().map(|(at, c)| (full.len() - at, c))).and_then(number),
        Piece::Gap(most) => {
            let chars = text.char_indices().rev();
            let ends = chars.take_while(|&(_, c)| !ends_gap(c)).map(|(at, _)| text.len() - at);
            std::iter::once(0).chain(ends.take(most)).find_map(then)
        }
        Piece::Edge => text.chars().next_back().is_none_or(|c| !is_han(c)).then(|| then(0)).flatten(),
    }
}

/// Whether the pattern stands in `text` so that it shares a character with the hit.
pub(super) fn overlaps(text: &str, hit: Span, pattern: &str) -> bool {
    let from = before(text, hit, pattern.chars().count());
    text[from..hit.end].char_indices().any(|(at, _)| {
        let start = from + at;
        ahead(pattern, &text[start..]).is_some_and(|len| start + len > hit.start)
    })
}

/// The byte of `text` that is so many characters before the hit.
fn before(text: &str, hit: Span, chars: usize) -> usize {
    text[..hit.start].char_indices().rev().take(chars).last().map_or(hit.start, |(at, _)| at)
}

/// A long list of patterns of which one may stand at a place. Those that begin or end in a character are known by it, so
/// that nearly none of them is compared.
#[derive(Debug, Default, Deserialize)]
#[serde(from = "Vec<String>")]
pub(super) struct Patterns {
    list: Vec<String>,
    lasts: OnceLock<Edges>,
    firsts: OnceLock<Edges>,
}

impl From<Vec<String>> for Patterns {
    fn from(list: Vec<String>) -> Self {
        Self { list, ..Self::default() }
    }
}

impl Patterns {
    fn firsts(&self) -> &Edges {
        self.firsts.get_or_init(|| Edges::new(&self.list, first))
    }

    /// Whether one of them stands at the end of the text.
    pub(super) fn any_behind(&self, text: &str) -> bool {
        let lasts = self.lasts.get_or_init(|| Edges::new(&self.list, last));
        let stands = |i: &usize| behind(&self.list[*i], text).is_some();
        lasts.others.iter().any(stands) || lasts.at(text.chars().rev()).any(|i| stands(&i))
    }

    /// Whether one of them stands at the start of the text.
    pub(super) fn any_ahead(&self, text: &str) -> bool {
        let stands = |i: &usize| ahead(&self.list[*i], text).is_some();
        self.firsts().others.iter().any(stands) || self.firsts().at(text.chars()).any(|i| stands(&i))
    }

    /// Whether one of them shares a character with the hit.
    pub(super) fn any_overlaps(&self, text: &str, hit: Span) -> bool {
        let firsts = self.firsts();
        let from = before(text, hit, firsts.longest);
        let near = text[from..hit.end].chars().flat_map(|c| Edges::led_by(&firsts.near, c));
        let far = firsts.far.iter().map(|edge| edge.1);
        near.chain(far).chain(firsts.others.iter().copied()).any(|i| overlaps(text, hit, &self.list[i]))
    }
}

/// The characters of patterns at the side from which they are read, in half width and in order, and whose they are.
#[derive(Debug, Default)]
struct Edges {
    /// Those that stand right there.
    near: Vec<(char, usize)>,
    /// Those behind a gap, and the longest of these gaps.
    far: Vec<(char, usize)>,
    reach: usize,
    /// The patterns that are led by something else.
    others: Vec<usize>,
    /// The characters that the longest pattern is written with.
    longest: usize,
}

impl Edges {
    /// The edges of patterns whose pieces `next` takes off one by one.
    fn new(list: &[String], next: fn(&str) -> Option<(Piece, &str)>) -> Self {
        let mut edges = Self::default();
        for (i, pattern) in list.iter().enumerate() {
            edges.longest = edges.longest.max(pattern.chars().count());
            match next(pattern).map(|(piece, rest)| (piece, next(rest))) {
                Some((Piece::Char(c), _)) => edges.near.push((half_width(c), i)),
                Some((Piece::Gap(most), Some((Piece::Char(c), _)))) => {
                    edges.far.push((half_width(c), i));
                    edges.reach = edges.reach.max(most);
                }
                _ => edges.others.push(i),
            }
        }
        edges.near.sort_unstable();
        edges.far.sort_unstable();
        edges
    }

    /// Those of the edges that are the character.
    fn led_by(edges: &[(char, usize)], c: char) -> impl Iterator<Item = usize> + '_ {
        let c = half_width(c);
        let from = edges.partition_point(|edge| edge.0 < c);
        edges[from..].iter().take_while(move |edge| edge.0 == c).map(|edge| edge.1)
    }

    /// The patterns that these characters can lead, which come from the place on.
    fn at(&self, chars: impl Iterator<Item = char>) -> impl Iterator<Item = usize> {
        chars.take(self.reach + 1).enumerate().flat_map(|(i, c)| {
            let near = if i == 0 { &self.near[..] } else { &[] };
            Self::led_by(near, c).chain(Self::led_by(&self.far, c))
        })
    }
}

/// A small text that the pattern matches; `filled` has something in its gaps and at its edges, and other digits.
pub(super) fn sample(pattern: &str, filled: bool) -> String {
    let mut out = String::new();
    let mut rest = pattern;
    while let Some((piece, tail)) = first(rest) {
        match (piece, filled) {
            (Piece::Char(c), _) => out.push(c),
            (Piece::Digit | Piece::Number, false) => out.push('3'),
            (Piece::Digit, true) => out.push('8'),
            (Piece::Number, true) => out.push_str("1600"),
            (Piece::Numeral, false) => out.push('三'),
            (Piece::Numeral, true) => out.push('八'),
            (Piece::Gap(_) | Piece::Edge, false) => {}
            (Piece::Gap(_), true) => out.push('某'),
            (Piece::Edge, true) => out.push('，'),
        }
        rest = tail;
    }
    out
}

fn first(pattern: &str) -> Option<(Piece, &str)> {
    let c = pattern.chars().next()?;
    let rest = &pattern[c.len_utf8()..];
    if c == '{'
        && let Some((name, rest)) = rest.split_once('}')
        && let Some(piece) = Piece::named(name)
    {
        return Some((piece, rest));
    }
    Some((if c == '#' { Piece::Digit } else { Piece::Char(c) }, rest))
}

fn last(pattern: &str) -> Option<(Piece, &str)> {
    let c = pattern.chars().next_back()?;
    let rest = &pattern[..pattern.len() - c.len_utf8()];
    if c == '}'
        && let Some((rest, name)) = rest.rsplit_once('{')
        && let Some(piece) = Piece::named(name)
    {
        return Some((piece, rest));
    }
    Some((if c == '#' { Piece::Digit } else { Piece::Char(c) }, rest))
}

/// How far the digits at the beginning of `chars` reach, each given with the length up to its end; a point or a comma
/// counts between two digits.
fn number_at(chars: impl Iterator<Item = (usize, char)>) -> Option<usize> {
    let mut end = None;
    let mut after_mark = false;
    for (len, c) in chars {
        if is_digit(c) {
            end = Some(len);
            after_mark = false;
        } else if end.is_some() && !after_mark && matches!(half_width(c), '.' | ',') {
            after_mark = true;
        } else {
            break;
        }
    }
    end
}

fn same(a: char, b: char) -> bool {
    a == b || half_width(a) == half_width(b)
}

fn is_numeral(c: char) -> bool {
    is_digit(c) || is_chinese_numeral(c) || matches!(c, '几' | '数')
}

fn ends_gap(c: char) -> bool {
    is_digit(c) || matches!(half_width(c), ',' | ';' | ':' | '!' | '?' | '。' | '\n' | '\r')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each piece matches forward and backward, and not beyond its clause.
    #[test]
    fn pieces() {
        for (pattern, text, len) in [
            ("#年", "8年", Some("8年")),
            ("{#}年", "2021 年", Some("2021 年")),
            ("{#}万余", "1,203.5万余", Some("1,203.5万余")),
            ("{N}{N}年", "一九年", Some("一九年")),
            ("约{#}{6}左右", "约１２０户左右", Some("约１２０户左右")),
            ("即{6}又", "即便如此,又", None),
            ("即{2}又", "即一二三又", None),
            ("{#}～{#}万", "3～5.5万", Some("3～5.5万")),
            ("{#}人", "人", None),
            ("(甲){.}", "（甲）", Some("（甲）")),
        ] {
            assert_eq!(ahead(pattern, text), len.map(str::len), "{pattern} {text}");
            assert_eq!(behind(pattern, text), len.map(str::len), "{pattern} {text}");
            let samples = [false, true].map(|filled| sample(pattern, filled));
            assert!(samples.iter().all(|s| ahead(pattern, s).is_some()), "{pattern} {samples:?}");
        }
        assert_eq!(behind("{#}年", "于2021年"), Some("2021年".len()));
        assert_eq!((ahead("{.}", "甲"), ahead("{.}", ""), behind("{.}", "甲,")), (None, Some(0), Some(0)));
    }

    /// A list of patterns stands where one of them does.
    #[test]
    fn lists() {
        let lists =
            [vec!["美国{4}", "原", "(", "{#}年"], vec!["、{12}令第", "令", "{.}", "{2}{#}"], vec![], vec!["{4}"]];
        for list in lists.map(|list| list.into_iter().map(str::to_owned).collect::<Vec<_>>()) {
            let patterns = Patterns::from(list.clone());
            for text in
                ["", "原", "美国的农业部", "美国，农", "（", "令", "、公安部令第", "2年", "甲2", "甲乙3丙", "丁令"]
            {
                assert_eq!(
                    patterns.any_behind(text),
                    list.iter().any(|p| behind(p, text).is_some()),
                    "{list:?} {text}"
                );
                assert_eq!(patterns.any_ahead(text), list.iter().any(|p| ahead(p, text).is_some()), "{list:?} {text}");
                for hit in text.char_indices().map(|(at, c)| Span::new(at, at + c.len_utf8())) {
                    let expected = list.iter().any(|p| overlaps(text, hit, p));
                    assert_eq!(patterns.any_overlaps(text, hit), expected, "{list:?} {text}");
                }
            }
        }
    }

    /// The longest word is the one that is looked for, and an unknown piece is told.
    #[test]
    fn splitting() {
        assert_eq!(split("约{#}{6}左右"), Some(("约{#}{6}", "左右", "")));
        assert_eq!(split("##年度"), Some(("##", "年度", "")));
        assert_eq!(split("法制"), Some(("", "法制", "")));
        assert_eq!(split("{#}～{#}万"), Some(("{#}", "～", "{#}万")));
        assert_eq!(split("20##共"), Some(("20##", "共", "")));
        assert_eq!(split("{#}#"), None);
        assert!(fault("{#}年{N}{6}{.}").is_none());
        assert!(fault("{x}").is_some() && fault("{40}").is_some() && fault("{").is_some());
    }
}
