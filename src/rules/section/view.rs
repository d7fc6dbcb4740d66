//! A paper as its parts are looked for in it: headings, lines that stand for headings, sentences, and the lines of form
//! around them.

use std::cell::OnceCell;

use super::Evidence;
use crate::outline::{DateSource, Paper};
use crate::rulebook::{Clues, Forbidden, Part, Plain, Position, Profile, Question, Shape};
use crate::rules::Context;
use crate::text::{
    Class, Span, Stretch, each_filled_line, ends_sentence, filled_lines, half_width, is_blank, is_gap, words,
};

/// A line or a lead no longer than this, in characters, may stand for a heading.
const LEAD: usize = 24;
/// A line no longer than this, in characters, may name who issues the paper or its date.
const SIGNATURE: usize = 60;
/// The words up to the colon of an addressee line are at most this long, in characters.
const ADDRESSEE: usize = 200;
/// How many lines below the title may hold the addressees.
const ADDRESSEE_LINES: usize = 4;
/// What a sentence may end with.
const ENDS: Class = Class::POINT.or(Class::CALL).or(Class::ELLIPSIS).or(Class::LINE_END);
/// How the name of an office ends.
const OFFICES: &str = "府局厅委办部院会室处所队站心司校学馆团联社行厂组科署店场区";

/// A sentence of a paper.
struct Sentence<'a> {
    span: Span,
    position: Position,
    written: &'a str,
    year: Option<i16>,
    // Nothing is asked of what stands behind the first sentence that is the part.
    plain: OnceCell<Plain<'a>>,
}

impl<'a> Sentence<'a> {
    fn plain(&self) -> &Plain<'a> {
        self.plain.get_or_init(|| Plain::new(self.written, self.year))
    }
}

/// A paper as its parts are looked for in it.
pub(super) struct View<'a> {
    cx: &'a Context<'a>,
    text: &'a str,
    paper: &'a Paper,
    profile: &'a Profile,
    // A paper of which nothing is asked is not read at all, and one whose headings show all of its parts no further.
    clues: OnceCell<Clues<'a>>,
    headings: OnceCell<Vec<OnceCell<Plain<'a>>>>,
    opened: OnceCell<Vec<(usize, usize)>>,
    lines: OnceCell<Vec<Span>>,
    sentences: OnceCell<Vec<Sentence<'a>>>,
}

impl<'a> View<'a> {
    pub(super) fn new(cx: &'a Context<'a>, paper: &'a Paper, profile: &'a Profile) -> Self {
        Self {
            cx,
            text: cx.document.prose(),
            paper,
            profile,
            clues: OnceCell::new(),
            headings: OnceCell::new(),
            opened: OnceCell::new(),
            lines: OnceCell::new(),
            sentences: OnceCell::new(),
        }
    }

    fn plain(&self, span: Span) -> Plain<'a> {
        Plain::new(span.of(self.text), self.paper.year)
    }

    /// From the title on.
    fn whole(&self) -> Span {
        Span::new(start(self.paper), self.paper.body.end)
    }

    /// Where a question is worth asking.
    fn clues(&self) -> &Clues<'a> {
        self.clues.get_or_init(|| self.cx.book.profiles.clues(self.profile, self.cx.sightings, self.whole()))
    }

    /// The heading with this index.
    fn heading(&self, i: usize) -> &Plain<'a> {
        let all = &self.paper.headings;
        let known = self.headings.get_or_init(|| all.iter().map(|_| OnceCell::new()).collect());
        known[i].get_or_init(|| self.plain(all[i].text))
    }

    /// Which headings open which parts, in the order of the headings.
    fn opened(&self) -> &[(usize, usize)] {
        self.opened.get_or_init(|| {
            let headings = &self.paper.headings;
            let mut all = Vec::new();
            for part in 0..self.profile.parts.len() {
                let question = Question::Heading(part);
                if self.clues().is_anywhere(question) {
                    all.extend((0..headings.len()).map(|i| (i, part)));
                    continue;
                }
                let at = |place: usize| {
                    let i = headings.partition_point(|h| h.text.end <= place);
                    headings.get(i).is_some_and(|h| h.text.start <= place).then_some((i, part))
                };
                all.extend(self.clues().places(question).filter_map(at));
            }
            all.sort_unstable();
            all.dedup();
            all.retain(|&(i, part)| self.profile.parts[part].opens_with(self.heading(i)));
            all
        })
    }

    /// The lines from the title on that are not blank, without the blanks around them.
    fn lines(&self) -> &[Span] {
        self.lines.get_or_init(|| filled_lines(self.text, self.whole()))
    }

    /// Where the first heading stands. What stands above it announces; without headings everything is text.
    fn first_heading(&self) -> usize {
        self.paper.headings.first().map_or(0, |h| h.marker.start)
    }

    /// Whether a line or the beginning of a line that stands for a heading opens the part.
    fn has_lead(&self, part: usize) -> bool {
        let question = Question::Heading(part);
        let from = self.first_heading().max(self.paper.body.start);
        let opens = |&line: &Span| {
            let lead = || lead(self.text, line, self.cx.document.events().within(line));
            line.start >= from
                && !is_date(line.of(self.text))
                && lead().is_some_and(|span| self.profile.parts[part].opens_with(&self.plain(span)))
        };
        if self.clues().is_anywhere(question) {
            return self.lines().iter().any(opens);
        }
        let mut asked = None;
        self.clues().places(question).any(|place| {
            let i = self.lines().partition_point(|line| line.end <= place);
            asked.replace(i) != Some(i) && self.lines().get(i).is_some_and(opens)
        })
    }

    /// The sentences from the title on: what stands between it and the text (公布于……，自……起施行) speaks of the paper as
    /// well.
    fn sentences(&self) -> &[Sentence<'a>] {
        self.sentences.get_or_init(|| {
            let first = self.first_heading();
            let second_article = articles(self.text, self.paper).nth(1).map_or(0, |a| a.start);
            let whole = self.whole();
            let ends = |c: char| ends_sentence(c) || matches!(half_width(c), ';' | '\n' | '\r');
            let events = self.cx.document.events().within(whole);
            let marks = events.of(ENDS).filter(|e| ends(e.c)).map(|e| e.end());
            let mut at = whole.start;
            let mut sentences = Vec::new();
            for end in marks.chain([whole.end]) {
                let span = Span::new(at, end);
                let position = Position { in_opening: at < first, in_first_article: at < second_article };
                let written = span.of(self.text);
                if !written.chars().all(is_gap) {
                    let year = self.paper.year;
                    sentences.push(Sentence { span, position, written, year, plain: OnceCell::new() });
                }
                at = end;
            }
            sentences
        })
    }

    /// The sentences in which a question is worth asking.
    fn worth_asking(&self, question: Question) -> impl Iterator<Item = &Sentence<'a>> {
        let everywhere = self.clues().is_anywhere(question);
        let all = if everywhere { self.sentences() } else { &[] };
        let mut asked = None;
        let some = self.clues().places(question).filter_map(move |place| {
            let i = self.sentences().partition_point(|s| s.span.end <= place);
            if everywhere || asked.replace(i) == Some(i) { None } else { self.sentences().get(i) }
        });
        all.iter().chain(some)
    }

    /// The sentences that are what must not stand there.
    pub(super) fn told(&self, nth: usize, forbidden: &Forbidden) -> impl Iterator<Item = Span> {
        self.worth_asking(Question::Forbidden(nth)).filter(|s| forbidden.is_told_by(s.plain())).map(|s| s.span)
    }

    /// By what the part with this index is found.
    pub(super) fn find(&self, nth: usize) -> Option<Evidence> {
        if let Some(&(i, _)) = self.opened().iter().find(|&&(_, part)| part == nth) {
            return Some(Evidence::Heading(i));
        }
        let part = &self.profile.parts[nth];
        if self.has_lead(nth)
            || self.worth_asking(Question::Sentence(nth)).any(|s| part.is_told_by(s.plain(), s.position))
            || part.shape.is_some_and(|shape| self.shape(shape).is_some())
        {
            return Some(Evidence::Text);
        }
        self.by_volume(part)
    }

    /// The part as so much text that belongs to no other part.
    fn by_volume(&self, part: &Part) -> Option<Evidence> {
        if part.themes.is_none() && part.opening.is_none() && part.elsewhere.is_none() {
            return None;
        }
        let others = |heading: usize| {
            let first = self.opened().partition_point(|&(i, _)| i < heading);
            let opened = self.opened()[first..].iter().take_while(|&&(i, _)| i == heading);
            opened.into_iter().any(|&(_, other)| self.profile.parts[other].id != part.id)
        };
        let top: Vec<usize> = (0..self.paper.headings.len()).filter(|&i| self.paper.headings[i].level == 1).collect();
        let themes: Vec<usize> = top.iter().copied().filter(|&i| !others(i)).collect();
        if part.themes.is_some_and(|n| themes.len() >= n) {
            return themes.last().map(|&i| Evidence::Heading(i));
        }
        let start = |i: usize| self.paper.headings[i].marker.start;
        let chars = |span: Span| span.of(self.text).chars().filter(|&c| !is_gap(c)).count();
        let above = Span::new(self.paper.body.start, top.first().map_or(self.paper.body.end, |&i| start(i)));
        if part.opening.is_some_and(|n| chars(above) >= n) {
            return Some(Evidence::Text);
        }
        let written = || {
            let sections = themes.iter().map(|&i| {
                let end = top.iter().find(|&&next| next > i).map_or(self.paper.body.end, |&next| start(next));
                chars(Span::new(start(i), end))
            });
            chars(above) + sections.sum::<usize>()
        };
        part.elsewhere.is_some_and(|n| written() >= n).then_some(Evidence::Text)
    }

    /// Where a part of this form stands; a date that stands nowhere in particular is at the start of the paper.
    pub(super) fn shape(&self, shape: Shape) -> Option<Span> {
        match shape {
            Shape::Addressee => self.addressee(),
            Shape::Signature => self.signature(),
            Shape::Date => {
                let known = |d: &crate::outline::Dated| matches!(d.source, DateSource::Issued | DateSource::Published);
                let written = || self.lines().iter().copied().find(|&line| is_date(line.of(self.text)));
                self.paper.date.filter(known).map(|d| d.span).or_else(written)
            }
        }
    }

    fn addressee(&self) -> Option<Span> {
        // The names stand above the text: up to its first paragraph.
        let text = |line: &Span| line.of(self.text).contains('。');
        let lines: Vec<Span> = each_filled_line(self.text, self.whole()).take(ADDRESSEE_LINES).collect();
        let first = lines.iter().position(text).map_or(lines.len(), |i| i + 1);
        lines[..first].iter().copied().map(|line| (line, line.of(self.text))).find_map(|(line, words)| {
            if let Some(at) = words.find("主送") {
                return Some(Span::new(line.start + at, line.end));
            }
            let colon = words.find(['：', ':']);
            let head = &words[..colon.unwrap_or(words.len())];
            let named = !head.is_empty()
                && head.chars().nth(ADDRESSEE).is_none()
                && !head.contains(['。', '；', ';', '“', '《'])
                && !head.starts_with(|c: char| c.is_ascii_digit());
            // A colon ends the line, or the text follows the names on the same line; without one it was lost.
            let names = |head: &str| head.trim_end_matches([')', '）', ' ']).ends_with(|c| OFFICES.contains(c));
            let announces =
                ["如下", "意见", "决定", "通知", "报告", "事项", "情况", "联系人", "电话", "附件", "日期", "时间"];
            let fits = match colon {
                Some(at) if words[at..].chars().nth(1).is_none() => !announces.iter().any(|w| head.ends_with(w)),
                Some(_) => names(head) && !head.contains(['，', ',']),
                None => names(head) && !head.contains(['，', ',']) && words.chars().nth(SIGNATURE).is_none(),
            };
            (named && fits).then(|| Span::new(line.start, line.start + head.len()))
        })
    }

    /// The name of the issuer: above a date, before one on its line, or a line that is an office's name below the text.
    fn signature(&self) -> Option<Span> {
        let text = self.text;
        let addressee = self.addressee();
        let sentence_end =
            |words: &str| words.ends_with(|c| matches!(half_width(c), '。' | ':' | ';' | ',' | '!' | '?'));
        let clause = |words: &str| words.contains(['。', '，', ',', '；', ';', '：', ':']);
        let lines = self.lines().iter().enumerate().filter(|(_, line)| addressee.is_none_or(|a| !a.overlaps(**line)));
        lines.filter(|(_, line)| line.of(text).chars().nth(SIGNATURE).is_none()).find_map(|(i, &line)| {
            let words = line.of(text);
            if is_date(words) {
                let before = words.find(|c: char| half_width(c).is_ascii_digit() || c == '二').unwrap_or(0);
                let named = words[..before].trim_matches(|c: char| is_blank(c) || matches!(half_width(c), '(' | ')'));
                let above = i.checked_sub(1).map(|k| self.lines()[k]).filter(|above| {
                    let words = above.of(text);
                    addressee.is_none_or(|a| !a.overlaps(*above))
                        && words.chars().nth(SIGNATURE).is_none()
                        && !clause(words)
                        && !words.starts_with(['附', '1', '2', '3', '4', '5', '6', '7', '8', '9'])
                });
                return if named.is_empty() { above } else { Some(line) };
            }
            let name = words.trim_end_matches(|c: char| is_blank(c) || matches!(half_width(c), ')' | '印' | '章'));
            let name = name.trim_end_matches(['盖', '(', '（', '公']).trim_end_matches(is_blank);
            let office = name.ends_with(|c| OFFICES.contains(c)) || name.ends_with("公司");
            (office && !clause(words) && !sentence_end(words) && !words.starts_with("附")).then_some(line)
        })
    }
}

/// Where a paper is read from: behind its title.
fn start(paper: &Paper) -> usize {
    paper.title.map_or(paper.body.start, |t| t.end.min(paper.body.start))
}

/// The articles (第一条) of a paper.
pub(super) fn articles<'a>(text: &'a str, paper: &'a Paper) -> impl Iterator<Item = Span> + 'a {
    paper.divisions.iter().copied().filter(|d| d.of(text).ends_with('条'))
}

/// The words of a line that stand for a heading: the whole short line, or what leads its text. These are the events of
/// the line.
fn lead(text: &str, line: Span, events: Stretch<'_>) -> Option<Span> {
    let mark = events.of(Class::POINT).find(|e| matches!(half_width(e.c), '。' | ':' | ',' | ';'));
    let words = mark.map_or(line, |mark| Span::new(line.start, mark.at));
    let leads = mark.is_none_or(|mark| matches!(half_width(mark.c), '。' | ':'));
    // Four bytes are the most of a character.
    (leads && words.len() <= 4 * LEAD && words.of(text).chars().nth(LEAD).is_none()).then_some(words)
}

/// Whether a short line is or ends in a date, however incomplete.
fn is_date(words: &str) -> bool {
    let words = words.trim_end_matches(|c: char| is_blank(c) || matches!(half_width(c), ')'));
    // The words before the day are looked at only where one ends the line: （二〇二二年六月十五日公告）.
    words.ends_with(['日', '发', '告', '布'])
        && words!["印发", "公告", "发布", "公布"].cut_end(words).unwrap_or(words).ends_with('日')
        && words.chars().nth(SIGNATURE).is_none()
        && words.contains('年')
        && words.contains('月')
        && !words.contains(['，', ',', '。', '：', ':', '；', ';'])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::Events;

    proptest! {
        /// What leads a line ends where a walk over its characters ends it.
        #[test]
        fn leads(text in "[甲乙一1，。：:；、]{0,40}") {
            let found = text.char_indices().take(LEAD + 1).find(|&(_, c)| matches!(half_width(c), '。' | ':' | ',' | ';'));
            let expected = match found {
                Some((end, c)) if matches!(half_width(c), '。' | ':') => Some(end),
                None if text.chars().nth(LEAD).is_none() => Some(text.len()),
                _ => None,
            };
            let whole = Span::new(0, text.len());
            prop_assert_eq!(lead(&text, whole, Events::new(&text).within(whole)), expected.map(|end| Span::new(0, end)));
        }
    }
}
