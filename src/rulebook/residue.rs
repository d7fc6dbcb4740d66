//! What pasting, converting and templates leave behind, and its false friends (`rules/residue.toml`).

use std::borrow::Cow;
use std::sync::OnceLock;

use memchr::memmem;
use serde::Deserialize;

use super::literals::{Kinds, Owner, Sighting};
use super::source::source;
use crate::text::{Span, is_blank, is_digit, sentence};

/// How far apart the words of a phrase may stand, in characters.
const GAP: usize = 12;

/// A line of a page has at most so many characters.
const LONGEST: usize = 60;

/// The words, ready to be asked.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Residue {
    phrase: Vec<Phrase>,
    lines: Lines,
    markup: Markup,
    doubled: Vec<Doubled>,
    stutter: Stutter,
    words: DoubledWords,
    /// The characters of `doubled`, in order.
    #[serde(skip)]
    doubled_chars: Vec<char>,
}

/// Words of a template, a page or a word processor.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Phrase {
    /// What it is, as it is named in reports (`template`, `web`, `field-code`).
    pub kind: String,
    /// Whether it counts above the title and below the text too.
    #[serde(default)]
    pub anywhere: bool,
    /// Of each group one word is there, in this order and near one another.
    words: Vec<Vec<String>>,
    /// None of these is in the sentence.
    #[serde(default)]
    none: Vec<String>,
}

/// Lines that are a page's.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Lines {
    buttons: Vec<String>,
    alone: Vec<String>,
    starts: Vec<String>,
    counters: Vec<String>,
    sidebars: Vec<String>,
    /// The characters that the words of a page begin with, sidebars aside, in order.
    #[serde(skip)]
    firsts: OnceLock<Vec<char>>,
}

impl Lines {
    /// Whether a word of a page may begin so.
    fn may_open(&self, text: &str) -> bool {
        let firsts = self.firsts.get_or_init(|| {
            let lists = [&self.buttons, &self.alone, &self.starts, &self.counters];
            let mut all: Vec<char> = lists.into_iter().flatten().filter_map(|w| w.chars().next()).collect();
            all.sort_unstable();
            all.dedup();
            all
        });
        text.chars().next().is_some_and(|c| firsts.binary_search(&c).is_ok())
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Markup {
    entities: Vec<(String, String)>,
    bare_entities: Vec<String>,
    tags: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Doubled {
    chars: String,
    /// What stands in front where two words meet.
    #[serde(default)]
    after: String,
    /// What follows where two words meet.
    #[serde(default)]
    before: String,
    /// One of these has to stand in front, if there are any; `#` is a digit.
    #[serde(default)]
    behind: Vec<String>,
    /// One of these has to follow, if there are any; `#` is a digit.
    #[serde(default)]
    then: Vec<String>,
}

impl Doubled {
    fn fits(&self, head: &str, tail: &str) -> bool {
        let (before, after) = (head.chars().next_back(), tail.chars().next());
        let digit = |c: Option<char>| c.is_some_and(is_digit);
        let one = |words: &[String], at: Option<char>, is: &dyn Fn(&str) -> bool| {
            words.is_empty() || words.iter().any(|w| if w == "#" { digit(at) } else { is(w) })
        };
        !before.is_some_and(|b| self.after.contains(b))
            && !after.is_some_and(|a| self.before.contains(a))
            && one(&self.behind, before, &|w| head.ends_with(w))
            && one(&self.then, after, &|w| tail.starts_with(w))
    }
}

/// Words of which one character is easily written twice.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Stutter {
    /// What may stand before a word whose first character is doubled, besides a mark.
    leads: Vec<String>,
    /// The words whose first character is.
    heads: Vec<String>,
    /// The words whose last character is.
    tails: Vec<Tails>,
    /// The characters that may be doubled, in order.
    #[serde(skip)]
    chars: Vec<char>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Tails {
    words: Vec<String>,
    /// What may follow them, besides a mark.
    then: Vec<String>,
}

impl Stutter {
    fn words(&self) -> impl Iterator<Item = (&str, bool)> {
        let tails = self.tails.iter().flat_map(|t| &t.words).map(|w| (w.as_str(), false));
        self.heads.iter().map(|w| (w.as_str(), true)).chain(tails)
    }

    /// Whether a character that stands twice between these two texts begins or ends a word twice.
    fn fits(&self, c: char, head: &str, tail: &str) -> bool {
        if self.chars.binary_search(&c).is_err() {
            return false;
        }
        self.begins(c, head, tail) || self.ends(c, head, tail)
    }

    /// ，提提高: and no 认认真真.
    fn begins(&self, c: char, head: &str, tail: &str) -> bool {
        let opened = || {
            head.chars().next_back().is_none_or(|b| matches!(b, '，' | '。' | '；' | '、' | '：' | '（' | '“' | '！'))
                || self.leads.iter().any(|w| head.ends_with(w.as_str()))
        };
        let mut words = self.heads.iter().filter_map(|w| w.strip_prefix(c));
        words.any(|rest| tail.strip_prefix(rest).is_some_and(|on| !on.starts_with(rest))) && opened()
    }

    /// 重视视，: and no 扎扎实实.
    fn ends(&self, c: char, head: &str, tail: &str) -> bool {
        let closed = tail.chars().next().is_none_or(|a| matches!(a, '，' | '。' | '；' | '、' | '）' | '”' | '！'));
        self.tails.iter().any(|set| {
            let mut words = set.words.iter().filter_map(|w| w.strip_suffix(c));
            words.any(|rest| head.strip_suffix(rest).is_some_and(|before| !before.ends_with(rest)))
                && (closed || set.then.iter().any(|w| tail.starts_with(w.as_str())))
        })
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct DoubledWords {
    doubled: Vec<String>,
    right: Vec<String>,
}

impl Residue {
    /// The data that the binary carries.
    pub(super) fn embedded() -> Self {
        let mut residue: Self = source!("residue").read();
        residue.doubled_chars = residue.doubled.iter().flat_map(|d| d.chars.chars()).collect();
        residue.doubled_chars.sort_unstable();
        let first_or_last = |(w, first): (&str, bool)| if first { w.chars().next() } else { w.chars().next_back() };
        residue.stutter.chars = residue.stutter.words().filter_map(first_or_last).collect();
        residue.stutter.chars.sort_unstable();
        residue
    }

    /// What opens the phrases, and the doubled words written twice.
    pub(super) fn literals(&self) -> impl Iterator<Item = (String, Owner)> {
        let phrases = self.phrase.iter().enumerate();
        let openers = phrases.flat_map(|(i, p)| p.words.first().into_iter().flatten().map(move |w| (w, i)));
        let openers = openers.map(|(word, i)| (word.clone(), Owner::Phrase(i)));
        openers.chain(self.words.doubled.iter().map(|w| (format!("{w}{w}"), Owner::Twice)))
    }

    /// The phrases of a paragraph of `text` without those that their sentence cancels; they may go on behind it.
    pub fn phrases<'a>(&'a self, text: &'a str, sighting: Sighting<'a>) -> impl Iterator<Item = (Span, &'a Phrase)> {
        let phrase = |owner| match owner {
            Owner::Phrase(i) => Some(&self.phrase[i]),
            _ => None,
        };
        sighting.words(Kinds::PHRASE, phrase).filter_map(move |(phrase, opener)| {
            let opener = sighting.joined().original(opener).shifted(sighting.span.start);
            let mut end = opener.end;
            for group in &phrase.words[1..] {
                let found = group.iter().filter_map(|w| {
                    let reach = GAP + w.chars().count();
                    let near = text[end..].char_indices().nth(reach).map_or(text.len(), |(i, _)| end + i);
                    memmem::find(&text.as_bytes()[end..near], w.as_bytes()).map(|i| end + i + w.len())
                });
                end = found.min()?;
            }
            let span = Span::new(opener.start, end);
            let around = sentence(text, span, &[]).of(text);
            (!phrase.none.iter().any(|w| around.contains(w.as_str()))).then_some((span, phrase))
        })
    }

    /// Whether a word that stands twice at the start of the text is two words that meet.
    #[must_use]
    pub fn meets(&self, text: &str) -> bool {
        self.words.right.iter().any(|w| text.starts_with(w.as_str()))
    }

    /// Whether a line without blanks around it, which holds no sentence, is a page's and not the paper's.
    #[must_use]
    pub fn is_page_line(&self, line: &str) -> bool {
        let lines = &self.lines;
        let between =
            |c: char| is_blank(c) || matches!(c, '|' | '｜' | '【' | '】' | '[' | ']' | '：' | ':' | '/' | '·');
        let is_path = line.contains('首') && line.contains("首页") && line.contains(['>', '＞', '»']);
        // Nearly no line begins like a page's.
        let bare = line.trim_start_matches(between);
        let opens = lines.may_open(line) || bare.len() < line.len() && lines.may_open(bare);
        if !is_path && !opens || line.chars().nth(LONGEST).is_some() {
            return false;
        }
        let line = if line.contains(':') { Cow::Owned(line.replace(':', "：")) } else { Cow::Borrowed(line) };
        if is_path || lines.starts.iter().any(|w| line.starts_with(w.as_str())) {
            return true;
        }
        let counts = |rest: &str| rest.trim_start().starts_with(|c: char| c.is_ascii_digit()) && rest.len() <= 24;
        if lines.counters.iter().filter_map(|w| line.strip_prefix(w.as_str())).any(counts) {
            return true;
        }
        let words = line.split(between).filter(|w| !w.is_empty());
        let Some(first) = words.clone().next() else { return false };
        let is_alone = |word: &str| lines.alone.iter().any(|b| b == word);
        let is_known = |word: &str| is_alone(word) || lines.buttons.iter().any(|b| b == word);
        words.clone().all(is_known) && (is_alone(first) || words.count() > 1)
    }

    /// Whether the words of a page also head a passage beside the text of a printed paper.
    #[must_use]
    pub fn is_sidebar(&self, line: &str) -> bool {
        let line = line.trim_start_matches(['【', '[', '◆', '■']);
        self.lines.sidebars.iter().any(|w| line.starts_with(w.as_str()))
    }

    /// The character that a named entity stands for.
    #[must_use]
    pub fn entity(&self, name: &str) -> Option<&str> {
        self.markup.entities.iter().find(|(n, _)| n == name).map(|(_, c)| c.as_str())
    }

    /// The names by which an entity is known without its `&`.
    pub fn bare_entities(&self) -> impl Iterator<Item = &str> {
        self.markup.bare_entities.iter().map(String::as_str)
    }

    /// Whether an element of a page has this name, or one of the word processor's own (`w:p`).
    #[must_use]
    pub fn is_tag(&self, name: &str) -> bool {
        let office = ["w:", "o:", "v:", "wp:"].iter().any(|p| name.starts_with(p));
        office || self.markup.tags.iter().any(|t| t.eq_ignore_ascii_case(name))
    }

    /// Whether a character written twice between these two texts is one too many.
    #[must_use]
    pub fn is_doubled(&self, c: char, head: &str, tail: &str) -> bool {
        // Most of what stands twice does so by right.
        self.doubled_chars.binary_search(&c).is_ok()
            && self.doubled.iter().any(|d| d.chars.contains(c) && d.fits(head, tail))
            || self.stutter.fits(c, head, tail)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::is_han;

    /// Every line is known that begins like a page's, whatever brackets stand around its words.
    #[test]
    fn lines_of_a_page() {
        let book = Residue::embedded();
        let Lines { buttons, alone, starts, counters, .. } = &book.lines;
        let led = starts.iter().map(|w| format!("{w}甲"));
        let counted = counters.iter().map(|w| format!("{w}3"));
        let buttons = buttons.iter().flat_map(|w| [format!("{w} 打印"), format!("【{w}】：[关闭]")]);
        let lines = alone.iter().cloned().chain(led).chain(counted).chain(buttons);
        for line in lines.flat_map(|line| [line.replace('：', ":"), line]) {
            assert!(book.is_page_line(&line), "{line}");
        }
        assert!(book.is_page_line("您好 » 首页") && !book.is_page_line("首页的更新") && !book.is_page_line("：【】"));
    }

    /// Only Han are looked for twice in a row.
    #[test]
    fn doubled_are_han() {
        for doubled in Residue::embedded().doubled {
            assert!(doubled.chars.chars().all(is_han), "{}", doubled.chars);
        }
    }
}
