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

use crate::diagnostic::Words;
use crate::text::{half_width, is_blank, is_chinese_numeral, is_digit, is_han};

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
    // Nearly all patterns begin with a Han character, and nearly none of them stands there.
    if let Some(han @ &[0xe4..=0xe9, _, _]) = pattern.as_bytes().first_chunk()
        && text.as_bytes().first_chunk() != Some(han)
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
    if let Some(han @ &[0xe4..=0xe9, _, _]) = pattern.as_bytes().last_chunk()
        && text.as_bytes().last_chunk() != Some(han)
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
    let named =
        pattern.strip_prefix('{').and_then(|p| p.split_once('}')).and_then(|(n, rest)| Some((Piece::named(n)?, rest)));
    named.or_else(|| Some((if c == '#' { Piece::Digit } else { Piece::Char(c) }, &pattern[c.len_utf8()..])))
}

fn last(pattern: &str) -> Option<(Piece, &str)> {
    let c = pattern.chars().next_back()?;
    let named =
        pattern.strip_suffix('}').and_then(|p| p.rsplit_once('{')).and_then(|(rest, n)| Some((Piece::named(n)?, rest)));
    named.or_else(|| {
        Some((if c == '#' { Piece::Digit } else { Piece::Char(c) }, &pattern[..pattern.len() - c.len_utf8()]))
    })
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
