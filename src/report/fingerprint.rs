//! Names for findings that survive edits elsewhere in the text.

use std::fmt;

use xxhash_rust::xxh3::xxh3_64;

use crate::diagnostic::Diagnostic;
use crate::text::{Document, is_chinese_numeral, is_digit, is_gap, plain};

/// How many characters to each side of a place are compared, blanks and line ends not counted: those that wrap a
/// sentence anew must not move the place where a long one is cut.
const REACH: usize = 300;

/// How many of these remain: a number that grows by a character (九 → 十一) must not move the cut either.
const KEPT: usize = 240;

/// Names for a finding: its rule, the words found, and what stands around them. Whatever is edited elsewhere, wrapped
/// anew or numbered anew, at least one of them stays the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint {
    /// By the sentence, as far as it stands on the same line.
    pub on_line: u64,
    /// By the sentence, wherever its lines end.
    pub across_lines: u64,
    /// By the sentences before and behind.
    pub between: u64,
}

impl fmt::Display for Fingerprint {
    /// The name that is shown: sixteen hexadecimal digits.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.on_line)
    }
}

impl Fingerprint {
    /// The names of a finding in a document. Blanks, widths, comments and the numbers of parts change nothing.
    #[must_use]
    pub fn of(document: &Document, diagnostic: &Diagnostic) -> Self {
        let said = |key: &str| diagnostic.data.get(key).and_then(|v| v.as_str());
        let mut rule = String::from(diagnostic.rule.id);
        let part = said("part");
        for what in part.into_iter().chain(said("fault")) {
            rule.push('\0');
            rule.push_str(what);
        }
        let Some(span) = diagnostic.place.span() else {
            let name = xxh3_64(rule.as_bytes());
            return Self { on_line: name, across_lines: name, between: name };
        };
        let mut found = without_numbers(document.slice(span));
        if said("fault").is_some() {
            // What is wrong with the number of a part is the same after the parts before it were numbered anew.
            found.retain(|&c| !is_numeral(c));
        }
        let text = document.prose();
        let line = |c: char| ends(c) || matches!(c, '\n' | '\r');
        let before = text[..span.start - back(text, span.start, ends)].trim_end_matches(|c| ends(c) || is_gap(c)).len();
        let behind = &text[span.end + forth(text, span.end, ends)..];
        let behind = text.len() - behind.trim_start_matches(|c| ends(c) || is_gap(c)).len();
        let name = |found: &[char], before: (usize, usize), behind: (usize, usize)| {
            let mut key: Vec<char> = rule.chars().chain(['\0']).chain(found.iter().copied()).chain(['\0']).collect();
            let head = without_numbers(&text[before.0 - before.1..before.0]);
            let tail = without_numbers(&text[behind.0..behind.0 + behind.1]);
            key.extend(&head[head.len().saturating_sub(KEPT)..]);
            key.push('\0');
            key.extend(&tail[..tail.len().min(KEPT)]);
            xxh3_64(key.into_iter().collect::<String>().as_bytes())
        };
        let around = |ends: &dyn Fn(char) -> bool| {
            name(&found, (span.start, back(text, span.start, ends)), (span.end, forth(text, span.end, ends)))
        };
        // A part that is missing is missing from its paper, under whatever title.
        let found_between = if part.is_some() { &[][..] } else { &found };
        Self {
            on_line: around(&line),
            across_lines: around(&ends),
            between: name(found_between, (before, back(text, before, ends)), (behind, forth(text, behind, ends))),
        }
    }
}

/// How many bytes before `at` belong to its sentence, as far as that is followed.
fn back(text: &str, at: usize, ends: impl Fn(char) -> bool) -> usize {
    reach(text[..at].chars().rev(), ends)
}

/// How many bytes from `at` on belong to its sentence, as far as that is followed.
fn forth(text: &str, at: usize, ends: impl Fn(char) -> bool) -> usize {
    reach(text[at..].chars(), ends)
}

fn reach(chars: impl Iterator<Item = char>, ends: impl Fn(char) -> bool) -> usize {
    let mut solid = 0;
    let within = |c: &char| {
        solid += usize::from(!is_gap(*c));
        !ends(*c) && solid <= REACH
    };
    chars.take_while(within).map(char::len_utf8).sum()
}

/// Whether the character ends a sentence wherever its lines end.
fn ends(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '!' | '?')
}

fn is_numeral(c: char) -> bool {
    is_digit(c) || is_chinese_numeral(c) || is_circled(c)
}

fn is_circled(c: char) -> bool {
    matches!(c, '①'..='⑳')
}

/// The words of a text as they are compared, without what numbers its parts: `（二）`, `3.`, `一是`, the number of `第十二条`.
///
/// It goes by their shape alone: whether a number opens a line changes when lines are wrapped anew.
fn without_numbers(text: &str) -> Vec<char> {
    let chars: Vec<char> = plain(text).collect();
    let mut out: Vec<char> = Vec::with_capacity(chars.len());
    let mut at = 0;
    while let Some(&c) = chars.get(at) {
        let next = |i: usize| chars.get(i).copied().unwrap_or('\0');
        if is_circled(c) {
            at += 1;
            continue;
        }
        let same = if is_digit(c) { is_digit } else { is_chinese_numeral };
        let run = chars[at..].iter().take_while(|&&c| same(c)).count();
        if run == 0 {
            out.push(c);
            at += 1;
            continue;
        }
        let (last, after) = (out.last().copied().unwrap_or('\0'), next(at + run));
        let marks = match after {
            ')' => {
                if last == '(' {
                    out.pop();
                }
                true
            }
            '.' => !is_digit(next(at + run + 1)) || opens_with_year(&chars[at + run + 1..]),
            '、' | '是' | '要' => true,
            _ => false,
        };
        if marks {
            at += run + 1;
        } else if last == '第' && matches!(after, '条' | '章' | '节' | '款' | '项' | '编' | '部' | '步' | ',')
            || last == '其' && after == ','
        {
            at += run;
        } else {
            out.extend(&chars[at..at + run]);
            at += run;
        }
    }
    out
}

/// Whether a text begins with a year: `1.2024年` is no decimal.
fn opens_with_year(text: &[char]) -> bool {
    text.iter().take_while(|&&c| is_digit(c)).count() == 4 && text.get(4) == Some(&'年')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{RuleMeta, Severity, Words};
    use crate::text::Span;

    static RULE: RuleMeta =
        RuleMeta { id: "mark-test", severity: Severity::Error, by_default: true, zh: "", en: "", page: "" };

    /// The names of what is found at the first `word` of a text.
    fn names(text: &str, word: &str) -> Fingerprint {
        let document = Document::new(String::new(), text.to_owned(), "UTF-8", Vec::new(), None);
        let at = text.find(word).expect("the word");
        let found = Diagnostic::at(&RULE, Span::new(at, at + word.len()), Words::new("", ""));
        Fingerprint::of(&document, &found)
    }

    /// What is the same after an edit, by the three names.
    #[test]
    fn edits() {
        let of = |text: &str| names(text, "XX");
        let same = |a: Fingerprint, b: Fingerprint| {
            [a.on_line == b.on_line, a.across_lines == b.across_lines, a.between == b.between]
        };
        let old = of("总结\n一、成效\n办结3件。（二）支持XX县发展。其余照旧。\n二、问题\n力量不足。");
        let edit = |text: &str| same(old, of(text));
        // Another number, other blanks and widths.
        assert_eq!(
            edit("总结\n一、成效\n办结3件。（五）支持　XX　县发展。其余照旧。\n二、问题\n力量不足。"),
            [true; 3]
        );
        // Lines wrapped anew, a paragraph put in, the sentence itself edited.
        assert_eq!(
            edit("总结\n一、成效\n办结3件。（二）支持XX县\n发展。其余照旧。\n二、问题\n力量不足。"),
            [false, true, true]
        );
        assert_eq!(
            edit("总结\n一、成效\n办结3件。新的一句。\n（二）支持XX县发展。\n又一句。其余照旧。"),
            [true, true, false]
        );
        assert_eq!(
            edit("总结\n一、成效\n办结3件。（二）大力支持XX县发展。其余照旧。\n二、问题\n力量不足。"),
            [false, false, true]
        );
        assert_eq!(edit("总结\n一、成效\n办结5件。（二）大力支持XX县发展。其余照旧。"), [false; 3]);
        let article = |n: &str| names(&format!("办法\n第{n}条　支持XX县发展。"), "XX县");
        assert_eq!(article("三").on_line, article("十二").on_line);
        assert_eq!(names("第三条　支持XX县。", "第三条").on_line, names("第四条　支持XX县。", "第四条").on_line);
        assert_ne!(names("增长1.5%。", "1.5%").on_line, names("增长2.5%。", "2.5%").on_line);
        assert_ne!(names("占三成。", "三成").on_line, names("占四成。", "四成").on_line);
    }
}
