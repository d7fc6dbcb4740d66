//! Words that are mentioned and not used: “登陆”应写作“登录” (`rules/mentions.toml`).

use memchr::memmem;
use serde::Deserialize;

use super::pairs::{Pairs, Sought};
use super::source::source;
use crate::text::{Span, is_blank, quotation, sentence};

/// What tells a mention from a use.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mentions {
    /// For words and signs alike.
    words: Cues,
    /// What says of a quoted sign what it stands for.
    sign: Vec<String>,
    /// For the signs of placeholders alone, which are spoken of wherever formats are.
    signs: Cues,
}

/// What makes a quotation a mention.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Cues {
    /// Words of its sentence.
    sentence: Sought,
    /// What stands right before it.
    before: Vec<String>,
    /// What stands right behind it.
    after: Vec<String>,
}

impl Cues {
    /// Whether the quotation is one, given the text before and behind it and its sentence.
    fn tell(&self, head: &str, tail: &str, words: &str) -> bool {
        self.before.iter().any(|w| head.ends_with(w.as_str()))
            || self.after.iter().any(|w| tail.starts_with(w.as_str()))
            || self.sentence.is_in(words, &Pairs::of(words))
    }
}

impl Mentions {
    /// The words that the binary carries.
    ///
    /// # Panics
    /// Never in a tested build: the file is part of the source.
    pub(super) fn embedded() -> Self {
        source!("mentions").read()
    }

    /// Whether the word at `span` of a paragraph is quoted in order to speak of it.
    #[must_use]
    pub fn covers(&self, text: &str, span: Span) -> bool {
        self.told(text, span, &[&self.words])
    }

    /// Whether the sign of a placeholder at `span` is quoted in order to speak of it, or explained.
    #[must_use]
    pub fn covers_sign(&self, text: &str, span: Span) -> bool {
        self.told(text, span, &[&self.words, &self.signs]) || self.explains(text, span)
    }

    fn told(&self, text: &str, span: Span, cues: &[&Cues]) -> bool {
        let Some(quoted) = quotation(text, span) else { return false };
        // “甲”“乙”“丙”字样: what stands around a list of quotations stands around each of them, and the marks within
        // them (“。。”“，，”) end no sentence.
        let (head, tail) = (row(&text[..quoted.start], true), row(&text[quoted.end..], false));
        let quoted = Span::new(head.len(), text.len() - tail.len());
        let around = sentence(text, quoted, &[]);
        let (head, tail) = (&text[around.start..quoted.start], &text[quoted.end..around.end]);
        cues.iter().any(|c| c.tell(head, tail, around.of(text)))
    }

    /// Whether the sentence around `span` says what the sign there stands for: it has it alone in quotation marks before
    /// such a word, or behind one (“□”表示缺字，以“××”代替).
    fn explains(&self, text: &str, span: Span) -> bool {
        let sign = span.of(text);
        let around = sentence(text, span, &[]);
        // Between a sign that is alone and its marks there is room for a blank at most, whatever kinds of marks they are.
        let is_opened = |at: usize| {
            let opens = |c| matches!(c, '“' | '「' | '『' | '"' | '＂');
            text[..at].chars().rev().take('“'.len_utf8() + '”'.len_utf8()).any(opens)
        };
        memmem::find_iter(around.of(text).as_bytes(), sign).any(|at| {
            let here = Span::new(around.start + at, around.start + at + sign.len());
            let quoted = if is_opened(here.start) { quotation(text, here) } else { None };
            quoted.is_some_and(|q| {
                let is_alone = q.len() == sign.len() + '“'.len_utf8() + '”'.len_utf8();
                let (head, tail) = (&text[..q.start], &text[q.end..]);
                is_alone && (self.sign.iter().any(|w| tail.starts_with(w.as_str())) || head.ends_with(['以', '用']))
            })
        })
    }
}

/// The text without the quotations that end it (`back`) or begin it, and what may stand between them.
fn row(text: &str, back: bool) -> &str {
    let joins = |c: char| is_blank(c) || matches!(c, '、' | '，' | ',' | '和' | '或' | '及' | '与');
    let mut text = text;
    loop {
        let next = if back {
            let inner = text.trim_end_matches(joins);
            inner.strip_suffix('”').and_then(|t| t.rfind('“').map(|at| &t[..at]))
        } else {
            let inner = text.trim_start_matches(joins);
            inner.strip_prefix('“').and_then(|t| t.split_once('”')).map(|(_, rest)| rest)
        };
        match next {
            Some(rest) => text = rest,
            None => return if back { text.trim_end_matches(is_blank) } else { text.trim_start_matches(is_blank) },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn covers(text: &str, word: &str) -> bool {
        let at = text.find(word).expect("the word");
        Mentions::embedded().covers(text, Span::new(at, at + word.len()))
    }

    /// A quotation is a mention by what stands in its sentence or around it; words without quotation marks never are.
    #[test]
    fn mentions() {
        for text in [
            "校对时把“登陆平台”改过来。",
            "“登陆平台”应当写作“登录平台”。",
            "拆除印有“登陆平台”的标牌。",
            "错：“登陆平台”；对：“登录平台”。",
            "不得使用“帐号”“登陆平台”等写法。",
            "不得出现“帐号。”“登陆平台”。",
        ] {
            assert!(covers(text, "登陆平台"), "{text}");
        }
        let sign = "文件按“XX局”命名。";
        let at = Span::new("文件按“".len(), "文件按“XX".len());
        assert!(Mentions::embedded().covers_sign(sign, at) && !Mentions::embedded().covers(sign, at));
        for text in ["请登陆平台查询，写作要规范。", "推广“登陆平台”应用。", "“登陆平台。", "“一网通办”登陆平台”格式”"]
        {
            assert!(!covers(text, "登陆平台"), "{text}");
        }
    }

    /// A sign that is set in quotation marks and explained is explained in all of its sentence.
    #[test]
    fn explanations() {
        let explains = |text: &str| {
            let at = text.find("□□").expect("the sign");
            Mentions::embedded().explains(text, Span::new(at, at + "□□".len()))
        };
        assert!(explains("碑文缺字以“□□”标出，如重修□□桥记。") && explains("□□桥记中，“□□”表示缺字。"));
        assert!(!explains("由□□局负责。") && !explains("推进“□□”工程。"));
    }
}
