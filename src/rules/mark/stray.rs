//! A full stop at the end of a line, within a sentence that goes on in the next one.

use super::{Part, Scene};
use crate::diagnostic::{Diagnostic, Edit, Fix, Safety, Words};
use crate::rules::declare_rule;
use crate::text::{
    BlockKind, Class, Span, each_filled_line, ends_sentence, half_width, is_blank, is_chinese_numeral, is_han,
};

declare_rule! {
    /// 句子没有完就点了句号、换了行，下文落在另一行。多半是识别、粘贴、合并文稿时添上的。
    ///
    /// ```hit
    /// 工作措施有三项。一是整合力量。二是健全。
    /// 矛盾纠纷多元化解机制。三是加强考核。
    /// ```
    ///
    /// ```hit
    /// （三）完善集贸市场管理，促进交易秩序规。
    /// 范有序。全年开展巡查62次。
    /// ```
    ///
    /// ```hit
    /// 一是做好渔船检验和登记。
    /// 工作。全年检验渔船340艘。
    /// ```
    ///
    /// 只报能证明的：要带宾语的词后面没有宾语（二是健全。），下一行以“的”起头，一个词割在两行（规。/范），下一行的第一句只有一个要带定语的名词
    /// （工作。）。下一行是标题、序号、条目或者表格的，上一行末尾、下一行开头各自成词的（法规。/范围），前后几行都以短语起头的，不报。
    ///
    /// ```miss
    /// 各村修订村规。
    /// 范围包括红白事办理和环境卫生。制度予以修改、完善。
    /// 的确需要延期的，报县政府批准，贵在坚持。
    /// ```
    ///
    /// ```miss
    /// 组织。成立工作专班。
    /// 制度。实行周例会制度。
    /// ```
    ///
    /// 句号表示句子的末尾，见《标点符号用法》（GB/T 15834—2011）4.1。修改要人看过，因为两行要接起来。
    ///
    /// `data`：`found` 句号和它前面的词，`next` 下一行的开头，`kind`（`object` 缺宾语、`particle` 下一行以“的”起头、`word` 一个词割在两行、
    /// `noun` 下一行只有一个名词）。
    ///
    /// A full stop and a line end that cut a sentence: an object, a particle, half a word or a lone noun follows.
    MARK_STRAY = "mark-stray", Warning,
    zh: "句号割断了句子，下文在另一行",
    en: "a full stop cuts a sentence that goes on in the next line",
}

/// What proves that the sentence goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Object,
    Particle,
    Word,
    Noun,
}

impl Kind {
    fn as_str(self) -> &'static str {
        match self {
            Self::Object => "object",
            Self::Particle => "particle",
            Self::Word => "word",
            Self::Noun => "noun",
        }
    }
}

/// A full stop too many.
#[derive(Debug, Clone, Copy)]
struct Stray {
    kind: Kind,
    /// The word that it stands behind, with it.
    span: Span,
    /// What the next line begins with.
    next: Span,
}

/// A line without the blanks around it, and its part.
#[derive(Clone, Copy)]
struct Line<'a> {
    span: Span,
    part: &'a Part<'a>,
    /// The first of its part.
    leads: bool,
}

/// How many characters of the next line are shown where nothing tells its first word.
const SHOWN: usize = 6;
/// A sentence that opens a line and has at most so many characters, full stop included, may be the head of what follows.
const SHORT: usize = 6;

pub(super) fn find(scene: Scene<'_>, out: &mut Vec<Diagnostic>) {
    let mut lines = Vec::with_capacity(scene.parts.len());
    for part in scene.parts {
        if part.events.has(Class::LINE_END) {
            let of_part = each_filled_line(scene.prose, part.block.span);
            lines.extend(of_part.enumerate().map(|(i, span)| Line { span, part, leads: i == 0 }));
        } else if !part.words.is_empty() {
            lines.push(Line { span: part.words, part, leads: true });
        }
    }
    for (i, pair) in lines.windows(2).enumerate() {
        if let Some(stray) = stray(scene, pair[0], pair[1], lines.get(i + 2)) {
            out.push(report(scene, stray, pair[1].span.start));
        }
    }
}

fn stray(scene: Scene<'_>, line: Line<'_>, next: Line<'_>, third: Option<&Line<'_>>) -> Option<Stray> {
    let text = scene.prose;
    let words = line.span.of(text).strip_suffix('。')?;
    let after = next.span.of(text);
    // Whatever goes on with a sentence begins with a word.
    if !after.starts_with(is_han) {
        return None;
    }
    let cuts = &scene.book.cuts;
    let object = || missing_object(scene, words);
    let noun = || cuts.lone_noun(after).filter(|_| !heads(scene, line, third));
    let shown = |chars| after.char_indices().nth(chars).map_or(after.len(), |(at, _)| at);
    let (kind, before, len) = if let Some(particle) = cuts.particle(after) {
        (Kind::Particle, last(words, 1), particle.len())
    } else if let Some(verb) = object() {
        (Kind::Object, verb.len(), shown(SHOWN))
    } else if cuts.torn(words, after).is_some() {
        (Kind::Word, last(words, 1), shown(1))
    } else {
        let noun = noun()?;
        (Kind::Noun, last(words, 2), noun.len())
    };
    if before == 0 || line.part.is_row || next.part.is_row || opens(scene, next) {
        return None;
    }
    let end = line.span.end;
    let span = Span::new(end - '。'.len_utf8() - before, end);
    Some(Stray { kind, span, next: Span::new(next.span.start, next.span.start + len) })
}

/// How long the last characters are, as far as they are Han.
fn last(words: &str, count: usize) -> usize {
    words.chars().rev().take(count).take_while(|&c| is_han(c)).map(char::len_utf8).sum()
}

/// The verb that is all of the last sentence (二是健全) and has no object. Where the sentence before it is as bare
/// (一要严格。二要规范), they are meant so.
fn missing_object<'t>(scene: Scene<'_>, words: &'t str) -> Option<&'t str> {
    let (verb, head) = bare_verb(scene, words)?;
    let before = head.strip_suffix(['。', '；', ';']).and_then(|h| bare_verb(scene, h));
    before.is_none().then_some(verb)
}

/// A word that needs an object and is all of the last sentence, its number aside, and what stands before the sentence.
fn bare_verb<'t>(scene: Scene<'_>, words: &'t str) -> Option<(&'t str, &'t str)> {
    if !scene.book.cuts.may_end_transitive(words) {
        return None;
    }
    let start = words
        .rfind(|c| ends_sentence(c) || matches!(half_width(c), ';' | ':'))
        .map_or(0, |i| i + words[i..].chars().next().map_or(0, char::len_utf8));
    let (head, clause) = words.split_at(start);
    let clause = clause.trim_start_matches(is_blank);
    let verb = clause.trim_start_matches(is_chinese_numeral);
    let verb = match verb.len() < clause.len() {
        true => verb.strip_prefix(['是', '要'])?,
        // At the head of a line it may be the end of a sentence that was wrapped.
        false if start == 0 => return None,
        false => verb,
    };
    scene.book.cuts.is_transitive(verb).then_some((verb, head))
}

/// Whether a noun that is a sentence may head its line: a line beside it opens with as short a sentence and no number,
/// or the line before it is a heading.
fn heads(scene: Scene<'_>, line: Line<'_>, third: Option<&Line<'_>>) -> bool {
    let is_short = |l: &Line<'_>| l.span.of(scene.prose).chars().take(SHORT).any(|c| c == '。') && !opens(scene, *l);
    let headings = &scene.paper.headings;
    let is_heading = headings
        .binary_search_by_key(&line.span.start, |h| h.marker.start)
        .is_ok_and(|i| headings[i].text.end >= line.span.end - '。'.len_utf8());
    is_heading
        || matches!(line.part.block.kind, BlockKind::Heading(_))
        || is_short(&line)
        || third.is_some_and(is_short)
}

/// Whether a part of the paper begins with the line: a heading, an item, an article, the entry of a list.
fn opens(scene: Scene<'_>, line: Line<'_>) -> bool {
    let paper = scene.paper;
    let start = line.span.start;
    let of_format = matches!(line.part.block.kind, BlockKind::Heading(_) | BlockKind::ListItem) && line.leads;
    of_format
        || paper.headings.binary_search_by_key(&start, |h| h.marker.start).is_ok()
        || paper.annexes.binary_search_by_key(&start, |h| h.marker.start).is_ok()
        || paper.items.binary_search_by_key(&start, |i| i.marker.start).is_ok()
        || paper.divisions.binary_search_by_key(&start, |d| d.start).is_ok()
}

fn report(scene: Scene<'_>, stray: Stray, next: usize) -> Diagnostic {
    let text = scene.prose;
    let (found, goes_on) = (stray.span.of(text), stray.next.of(text));
    let message = Words::new(
        format!("“{found}”的句号割断了句子，下文“{goes_on}”在下一行"),
        format!("the full stop of “{found}” cuts a sentence that goes on with “{goes_on}” in the next line"),
    );
    let mut diagnostic = Diagnostic::at(&MARK_STRAY, stray.span, message)
        .label(stray.next, Words::new("下文", "goes on here"))
        .help(Words::new("删去句号，与下一行接上。", "Delete the full stop and join the lines."))
        .source("《标点符号用法》（GB/T 15834—2011）4.1")
        .data("found", found)
        .data("next", goes_on)
        .data("kind", stray.kind.as_str());
    let gap = Span::new(stray.span.end - '。'.len_utf8(), next);
    // Markup and comments between the lines are not to be lost.
    let is_bare = scene.document.slice(gap).chars().skip(1).all(|c| is_blank(c) || matches!(c, '\n' | '\r'));
    if is_bare {
        let title = Words::new("删去句号，接上下一行", "delete the full stop and join the lines");
        let edits = vec![Edit { span: gap, text: String::new() }];
        diagnostic = diagnostic.fix(Fix { title, safety: Safety::Review, edits });
    }
    diagnostic
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::mark::found;

    fn all(text: &str) -> Vec<String> {
        found(find, text)
    }

    /// Each of the proofs, with the word before the full stop.
    #[test]
    fn cuts() {
        assert_eq!(all("一是整合。二是健全。\n多元化解机制。"), ["健全。"]);
        assert_eq!(all("各乡镇建立台账。\n的同时，公开收支。"), ["账。"]);
        assert_eq!(all("（一）促进交易秩序规。\n\n　　范有序。"), ["规。"]);
        assert_eq!(all("一是做好渔船检验。\n工作。全年检验340艘。"), ["检验。"]);
        assert_eq!(all("一是做好渔船检验。\n工作。\n二是登记。"), ["检验。"]);
    }

    /// Sentences that end by right, and lines that begin something.
    #[test]
    fn in_order() {
        for text in [
            "制度不健全。\n二是加强。\n三是推动。",
            "予以修改、完善。\n各单位执行。",
            "要坚持。",
            "要坚持。\n各单位执行。",
            "一要严格。二要规范。\n各单位执行。",
            "各村修订村规。\n范有序讲话。",
            "促进交易秩序规。\n范围另定。",
            "促进交易秩序规。\n一、范有序。",
            "组织。成立专班。\n制度。实行例会。",
            "全面推行网格管理。\n制度。实行例会。\n考核。按季打分。",
            "二是健全。\n（二）多元化解机制。",
            "二是健全。\n第三条　多元化解机制。",
            "网格|做好渔船检验。\n工作。|340",
            "的确如此。\n的确需要延期。",
            "促进交易秩序规范。\n范有序。",
        ] {
            assert_eq!(all(text), [""; 0], "{text}");
        }
    }
}
