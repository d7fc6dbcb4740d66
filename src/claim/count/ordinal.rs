//! Items that number themselves (一是…二是…; 第一，…第二，…; （一）…；（二）…) and the number that announces or sums them up.

use super::stated::{Stated, numbers};
use super::{Items, conflict_or, settle};
use crate::claim::verdict::{Verdict, Why};
use crate::claim::{Claim, Kind, Part, Role};
use crate::text::{
    Block, BlockKind, Class, Document, Event, Span, Stretch, WordList, half_width, is_blank, is_chinese_numeral,
    is_digit, is_han, leads_han, words,
};

/// How an item is numbered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    /// 一是
    Is,
    /// 一要
    Must,
    /// 第一，
    Nth,
    /// 其一，
    Of,
    /// ①
    Circled,
    /// （一）
    Bracketed,
    /// （1）
    Digits,
    /// 1. at the start of a paragraph
    Dotted,
}

/// The number of an item.
#[derive(Debug, Clone, Copy)]
pub(super) struct Marker {
    style: Style,
    number: usize,
    span: Span,
    block: usize,
}

/// Items numbered 1 to k in one style.
#[derive(Debug)]
struct Run {
    markers: Vec<Marker>,
    /// Whether a marker follows that continues neither this run nor begins another: an item went unseen.
    broken: bool,
}

impl Run {
    fn first(&self) -> Marker {
        self.markers[0]
    }

    fn last(&self) -> Marker {
        self.markers[self.markers.len() - 1]
    }
}

/// What a list of numbered items is called.
const LISTED: &[&str] = &[
    "方面",
    "问题",
    "工作",
    "任务",
    "措施",
    "举措",
    "要求",
    "环节",
    "重点",
    "原则",
    "建议",
    "意见",
    "特点",
    "特征",
    "原因",
    "不足",
    "短板",
    "方向",
    "内容",
    "事项",
    "步骤",
    "阶段",
    "抓手",
    "机制",
    "经验",
    "情形",
    "条件",
    "材料",
    "做法",
    "体会",
    "要点",
    "情况",
    "困难",
    "差距",
    "难点",
    "目标",
    "关系",
    "成效",
    "亮点",
    "路径",
    "层面",
    "维度",
    "举措如下",
    "措施如下",
    "问题如下",
    "要求如下",
    "建议如下",
    "意见如下",
];
/// Measure words that count numbered items.
const COUNTERS: WordList = WordList::new(&["个", "项", "点", "条", "大", "类", "种", "方面", "部分", "步"]);
/// What the items answer rather than name: 针对三个问题：一是加强…
const ANSWERED: WordList = WordList::new(&["针对", "对照", "聚焦", "根据", "按照", "结合", "对于", "落实", "紧扣"]);
/// Words of a further item that bears no number.
const FURTHER: &[&str] = &["此外", "另外", "还有", "最后", "除此之外", "再就是"];

/// Words of a paragraph that is numbered on behind a list and belongs to no list.
const APART: WordList = WordList::new(&[
    "联系",
    "其他",
    "其它",
    "未尽",
    "本通知",
    "本意见",
    "本方案",
    "本办法",
    "以上",
    "上述",
    "请",
    "备注",
    "说明",
    "注",
    "附",
    "有关",
    "报送",
    "报名",
    "时间",
    "地点",
    "电话",
    "会议",
    "监督",
    "保障",
    "组织",
    "工作要求",
    "有效期",
]);

pub(super) fn find(document: &Document, markers: &[Marker], out: &mut Vec<Claim>) {
    let (text, blocks) = (document.prose(), document.blocks.as_slice());
    let runs = runs(text, blocks, markers);
    let mut reached = None; // the last block of the runs before
    for (i, run) in runs.iter().enumerate() {
        if let Some(stated) = announced(document, run.first()) {
            out.push(judge(text, blocks, &runs, i, &stated));
        }
        // 以上 may take in a second list of the same paragraphs.
        let next = runs.get(i + 1).map(|r| r.first().block);
        if reached.is_none_or(|b| b < run.first().block) && next.is_none_or(|b| b > run.last().block) {
            out.extend(summed_up(document, run));
        }
        reached = reached.max(Some(run.last().block));
    }
    paragraphs(document, markers, out);
}

/// 提出如下四条意见： with 1. to 5. behind it, each a paragraph. Fewer than were announced may go on unseen.
fn paragraphs(document: &Document, markers: &[Marker], out: &mut Vec<Claim>) {
    let (text, blocks) = (document.prose(), document.blocks.as_slice());
    let dotted = || markers.iter().filter(|m| m.style == Style::Dotted);
    if dotted().nth(1).is_none() {
        return;
    }
    let runs = bracketed_runs(text, blocks, dotted());
    for (i, run) in runs.iter().enumerate().filter(|(_, run)| !run.broken) {
        let (first, listed) = (run.first(), run.markers.len());
        let Some(before) = blocks[..first.block].last().filter(|b| b.kind != BlockKind::Row) else { continue };
        if !before.span.of(text).trim_end_matches(is_blank).ends_with(['：', ':']) {
            continue;
        }
        // 2.重点任务 with a list of two, and 3. behind it: the heading may be what counts on.
        let outer = dotted().take_while(|m| m.span.start < first.span.start).last();
        if outer.is_some_and(|m| m.number < listed || m.block + 1 == first.block) {
            continue;
        }
        // 4.联系人：…: another matter that goes on with the numbers.
        let other = |m: &Marker| {
            let item = text[m.span.end..blocks[m.block].span.end].trim_start_matches(is_blank);
            FURTHER.iter().any(|word| item.starts_with(word)) || APART.begins(item).is_some()
        };
        let counted = |a: &Announced| a.stated.value <= listed && !run.markers[a.stated.value..].iter().any(other);
        if let Some(announced) = announced(document, first).filter(counted) {
            out.push(judge(text, blocks, &runs, i, &announced));
        }
    }
}

/// Gathers the markers of the block of this number: each stands at its start or after a mark.
pub(super) fn markers(text: &str, block: usize, span: Span, events: Stretch<'_>, out: &mut Vec<Marker>) {
    let first = span.of(text).trim_start_matches(is_blank);
    if let Some((number, len)) = dotted(first) {
        let at = span.end - first.len();
        out.push(Marker { style: Style::Dotted, number, span: Span::new(at, at + len), block });
    }
    let opening = Class::NUMERAL.or(Class::ITEM).or(Class::CIRCLED).or(Class::BRACKET);
    if !events.has(opening) {
        return;
    }
    for &Event { at, c, class } in events.all() {
        if class.is(Class::BRACKET) && half_width(c) != '(' {
            continue;
        }
        // Most numerals stand behind a Han character, and no item begins there.
        let within = || at - span.start >= '一'.len_utf8() && leads_han(text.as_bytes()[at - '一'.len_utf8()]);
        if !class.is(opening) || !class.is(Class::CIRCLED) && within() {
            continue;
        }
        let Some((style, number, len)) = marker(&text[at..span.end]) else { continue };
        let words = text[span.start..at].chars().rev().find(|&c| !is_blank(c) && c != '\n' && c != '\r');
        let open = words.is_none_or(|c| !is_han(c) && !half_width(c).is_ascii_alphanumeric());
        if open || style == Style::Circled {
            out.push(Marker { style, number, span: Span::new(at, at + len), block });
        }
    }
}

/// The marker at the start of `rest`: its style, number and length.
fn marker(rest: &str) -> Option<(Style, usize, usize)> {
    let first = rest.chars().next()?;
    if ('①'..='⑳').contains(&first) {
        return Some((Style::Circled, first as usize - '①' as usize + 1, first.len_utf8()));
    }
    let (head, body) = match first {
        '（' | '(' => return bracketed(rest, first.len_utf8()),
        '第' | '其' => (Some(first), &rest[first.len_utf8()..]),
        _ if is_chinese_numeral(first) => (None, rest),
        _ => return None,
    };
    // No number of an item is longer.
    let (numeral, next) =
        body.char_indices().take(5).find(|&(_, c)| !is_chinese_numeral(c)).filter(|&(len, _)| len > 0)?;
    let (style, next_len) = match (head, half_width(next)) {
        (None, '是') => (Style::Is, next.len_utf8()),
        (None, '要') => (Style::Must, next.len_utf8()),
        (Some('第'), ',' | '、' | ':' | '是') => (Style::Nth, 0),
        (Some('其'), ',' | '、' | ':' | '是') => (Style::Of, 0),
        _ => return None,
    };
    let number = usize::try_from(crate::text::chinese_integer(&body[..numeral])?).ok()?;
    let len = head.map_or(0, char::len_utf8) + numeral + next_len;
    (1..=30).contains(&number).then_some((style, number, len))
}

/// 1. or 1、 at the start of a paragraph: its number and length.
fn dotted(rest: &str) -> Option<(usize, usize)> {
    let digits = rest.bytes().take(3).take_while(u8::is_ascii_digit).count();
    let mut behind = rest[digits..].chars();
    let dot = behind.next().filter(|c| digits > 0 && matches!(c, '.' | '．' | '、'))?;
    // 1.5万元 is no item.
    let item = behind.next().is_some_and(|c| !is_digit(c));
    let number = rest[..digits].parse().ok()?;
    (item && (1..=30).contains(&number)).then_some((number, digits + dot.len_utf8()))
}

/// （一） or （1） at the start of `rest`, whose bracket has this length.
fn bracketed(rest: &str, bracket: usize) -> Option<(Style, usize, usize)> {
    let body = &rest[bracket..];
    let (end, close) = body.char_indices().take(4).find(|&(_, c)| !is_chinese_numeral(c) && !is_digit(c))?;
    if half_width(close) != ')' {
        return None;
    }
    let (inside, len) = (&body[..end], bracket + end + close.len_utf8());
    let (style, number) = if inside.starts_with(is_chinese_numeral) {
        (Style::Bracketed, usize::try_from(crate::text::chinese_integer(inside)?).ok()?)
    } else {
        (Style::Digits, inside.parse().ok()?)
    };
    (1..=30).contains(&number).then_some((style, number, len))
}

/// The runs of markers that count up from one without a gap, in the order of their first items.
fn runs(text: &str, blocks: &[Block], markers: &[Marker]) -> Vec<Run> {
    let mut out: Vec<Run> = Vec::new();
    for style in [Style::Bracketed, Style::Digits] {
        out.extend(bracketed_runs(text, blocks, markers.iter().filter(|m| m.style == style)));
    }
    for style in [Style::Is, Style::Must, Style::Nth, Style::Of, Style::Circled] {
        let mut open = false;
        for marker in markers.iter().filter(|m| m.style == style) {
            if marker.number == 1 {
                out.push(Run { markers: vec![*marker], broken: false });
                open = true;
            } else if let Some(run) = out.last_mut().filter(|_| open) {
                open = run.last().number + 1 == marker.number;
                if open {
                    run.markers.push(*marker);
                } else {
                    run.broken = true;
                }
            }
        }
    }
    out.sort_by_key(|r| r.first().span.start);
    out
}

/// The same of markers in brackets, which number headings too: a list of them stands in one paragraph, or each item but
/// the last ends with a semicolon.
fn bracketed_runs<'m>(text: &str, blocks: &[Block], markers: impl Iterator<Item = &'m Marker>) -> Vec<Run> {
    let mut out: Vec<Run> = Vec::new();
    let mut open = false;
    for &marker in markers {
        if marker.number == 1 {
            out.push(Run { markers: vec![marker], broken: false });
            open = true;
        } else if let Some(run) = out.last_mut().filter(|_| open) {
            let last = run.last();
            let goes_on = || {
                let item = blocks[last.block].span.of(text).trim_end_matches(is_blank);
                marker.block == last.block + 1 && (marker.style == Style::Dotted || item.ends_with(['；', ';']))
            };
            open = last.number + 1 == marker.number && (marker.block == last.block || goes_on());
            if open {
                run.markers.push(marker);
            } else {
                // A heading that begins anew is no item of the list.
                run.broken |= marker.block == last.block || last.number + 1 == marker.number;
            }
        }
    }
    out.retain(|run| run.markers.len() > 1);
    out
}

/// The number in the clause right before the first item, with what it counts.
fn announced(document: &Document, first: Marker) -> Option<Announced> {
    let (text, blocks) = (document.prose(), document.blocks.as_slice());
    let numbers_of = |span: Span| numbers(text, span, document.events().within(span));
    let own = blocks[first.block].span;
    let head = text[own.start..first.span.start].trim_end_matches(is_blank);
    let block = if head.is_empty() {
        let before = blocks[..first.block].last().filter(|b| b.kind != BlockKind::Row)?;
        before.span
    } else {
        Span::new(own.start, own.start + head.len())
    };
    let head = block.of(text).trim_end_matches(is_blank);
    let mark = head.chars().next_back()?;
    let colon = matches!(half_width(mark), ':') || head.ends_with("——");
    let words = head.trim_end_matches(|c: char| !is_han(c) && !half_width(c).is_ascii_alphanumeric());
    if words.len() == head.len() || words.is_empty() {
        return None;
    }
    let end = block.start + words.len();
    let start = clause_start(text, block.start, end);
    let clause = Span::new(start, end);
    let counted = |s: &Stated| COUNTERS.list().contains(&s.counter.of(text));
    let stated = numbers_of(clause).filter(counted).last()?;
    let tail = text[stated.counter.end..end].trim_matches(is_blank);
    let free = ["方面", "点"].contains(&stated.counter.of(text)) || tail.starts_with("方面");
    let noun = if free {
        tail.chars().count() <= 14
    } else {
        tail.chars().count() <= 8 && LISTED.iter().any(|w| tail.ends_with(w))
    };
    if !noun {
        return None;
    }
    let lead = &text[start..stated.number.start];
    let pointed = words!["以下", "如下"].is_in(clause.of(text));
    let refers = words!["这", "上述", "以上", "该", "那"].ends(lead).is_some();
    if refers || !(colon || free || pointed || mark == '。') {
        return None;
    }
    // Another number of the sentence may be the one that the items bear out.
    let sentence = sentence_start(text, block.start, end);
    let others = numbers_of(Span::new(sentence, end)).filter(counted).map(|s| s.value).collect();
    let answered = ANSWERED.is_in(lead);
    Some(Announced { stated, others, answered, name: name(text, &stated, end) })
}

struct Announced {
    stated: Stated,
    /// The values of all numbers of things in the sentence.
    others: Vec<usize>,
    /// Whether the items answer the things counted rather than name them.
    answered: bool,
    /// The number with its noun.
    name: Span,
}

/// The number with as much of the words after it as names the list: 四个方面的问题.
fn name(text: &str, stated: &Stated, end: usize) -> Span {
    let tail = &text[stated.counter.end..end];
    let named = LISTED
        .iter()
        .filter_map(|w| tail.find(w).map(|i| i + w.len()))
        .filter(|&len| tail[..len].chars().count() <= 8)
        .max()
        .unwrap_or(0);
    Span::new(stated.number.start, stated.counter.end + named)
}

/// How far back a clause or a sentence is looked for, in bytes.
const WINDOW: usize = 600;

fn clause_start(text: &str, from: usize, end: usize) -> usize {
    after_last(text, from, end, |c| matches!(half_width(c), ',' | ':' | ';' | '。' | '!' | '?' | '\n' | '\r'))
}

fn sentence_start(text: &str, from: usize, end: usize) -> usize {
    after_last(text, from, end, |c| matches!(half_width(c), '。' | '!' | '?' | '\n' | '\r'))
}

/// Past the last character before `end` that ends what is looked for, within the window.
fn after_last(text: &str, from: usize, end: usize, ends: impl Fn(char) -> bool) -> usize {
    let mut low = end.saturating_sub(WINDOW).max(from);
    while !text.is_char_boundary(low) {
        low += 1;
    }
    let head = &text[low..end];
    head.char_indices().rev().find(|&(_, c)| ends(c)).map_or(low, |(i, c)| low + i + c.len_utf8())
}

fn judge(text: &str, blocks: &[Block], runs: &[Run], i: usize, announced: &Announced) -> Claim {
    let run = &runs[i];
    let (listed, stated) = (run.markers.len(), announced.stated.value);
    let items = items(text, blocks, run);
    let others = announced.others.contains(&listed);
    let verdict = if listed == stated {
        settle(&items, announced.name, stated)
    } else if others || announced.answered || listed < 2 || listed.abs_diff(stated) > 3 || stated > 2 * listed {
        Verdict::Unknown(Why::Ambiguous)
    } else {
        conflict_or(
            &items,
            announced.name,
            stated,
            (listed < stated).then(|| open_end(text, blocks, runs, i)).flatten(),
        )
    };
    claim(announced.name, &items, verdict)
}

fn claim(at: Span, items: &Items, verdict: Verdict) -> Claim {
    let mut roles = vec![Role::new(Part::Total, at)];
    roles.extend(items.spans.iter().map(|&s| Role::new(Part::Item, s)));
    Claim::new(Kind::Count, at, roles, verdict)
}

/// Each marker with its first clause.
fn items(text: &str, blocks: &[Block], run: &Run) -> Items {
    let spans = run.markers.iter().map(|m| {
        let block = blocks[m.block].span;
        let rest = &text[m.span.end..block.end];
        let mut end = m.span.end;
        for (i, c) in rest.char_indices().take(24) {
            let mark = matches!(half_width(c), ',' | ';' | '。' | ':' | '、' | '!' | '?' | '(' | '\n' | '\r');
            if mark && end > m.span.end {
                break;
            }
            end = m.span.end + i + c.len_utf8();
        }
        Span::new(m.span.start, end)
    });
    let spans: Vec<Span> = spans.collect();
    Items { listed: spans.len(), spans }
}

/// Why a list that looks too short may go on unseen, if it may.
fn open_end(text: &str, blocks: &[Block], runs: &[Run], i: usize) -> Option<Why> {
    let run = &runs[i];
    let last = run.last();
    let block = blocks[last.block].span;
    let whole = &text[last.span.end..block.end];
    let mut near = whole.len().min(WINDOW * 10);
    while !whole.is_char_boundary(near) {
        near -= 1;
    }
    let rest = &whole[..near];
    let next = last.number + 1;
    let digits = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];
    let unmarked = digits.get(next).is_none_or(|n| {
        ["是", "要", "、", "，", "则", "为", "）"].iter().any(|w| rest.contains(&format!("{n}{w}")))
            || rest.contains(&format!("第{n}"))
    });
    // A list within the last item, or after it: the next number may belong to either.
    let later = runs[i + 1..].iter().take_while(|r| r.first().block <= last.block).take(WINDOW);
    let nested = later.into_iter().any(|r| r.first().style == last.style && r.markers.len() >= next);
    let cut = !whole.trim_end_matches(is_blank).ends_with(['。', '！', '？', '；', '!', '?', ';', '”', '）', ')']);
    let further = FURTHER.iter().any(|w| {
        rest.match_indices(w).any(|(at, _)| {
            at > 0 && rest[..at].chars().next_back().is_some_and(|c| !is_han(c)) || rest[..at].trim().is_empty()
        })
    });
    let end = rest.find(['。', '；', ';', '\n']).unwrap_or(rest.len());
    let open = rest[..end].trim_end().ends_with('等') || rest[..end].contains("等等") || rest.contains('…');
    if unmarked || nested || run.broken {
        Some(Why::Ambiguous)
    } else if cut || further || open {
        Some(Why::OpenParts)
    } else {
        None
    }
}

/// 以上四条措施 after the items, in their last block or at the start of the next.
fn summed_up(document: &Document, run: &Run) -> Option<Claim> {
    let (text, blocks) = (document.prose(), document.blocks.as_slice());
    let last = run.last();
    if run.markers.len() < 2 || run.broken {
        return None;
    }
    let own = Span::new(last.span.end, blocks[last.block].span.end);
    let next = blocks.get(last.block + 1).filter(|b| b.kind != BlockKind::Row).map(|b| b.span);
    let opens = |span: Span| {
        let words = span.of(text).trim_start_matches(is_blank);
        words!["以上", "上述"].begins(words).is_some()
    };
    let spans = std::iter::once(own).chain(next.filter(|&s| opens(s)));
    let (stated, at) =
        spans.into_iter().flat_map(|span| numbers(text, span, document.events().within(span))).find_map(|stated| {
            let block = if own.contains(stated.number) { own } else { next? };
            let lead = text[block.start..stated.number.start].trim_end_matches(is_blank);
            let word = ["以上", "上述"].iter().find(|w| lead.ends_with(**w))?;
            let before = lead[..lead.len() - word.len()].trim_end_matches(is_blank).chars().next_back();
            let starts = before.is_none_or(|c| !is_han(c));
            let counter = stated.counter.of(text);
            let noun = stated.noun.of(text);
            let named = LISTED.iter().any(|w| noun.find(w).is_some_and(|at| noun[..at].chars().count() <= 4));
            let fits = COUNTERS.list().contains(&counter)
                && (named || (noun.is_empty() && matches!(counter, "点" | "条" | "方面")));
            (starts && fits).then(|| (stated, name(text, &stated, stated.noun.end)))
        })?;
    let items = items(text, blocks, run);
    let verdict = if items.listed == stated.value {
        settle(&items, at, stated.value)
    } else if items.listed.abs_diff(stated.value) > 3 {
        Verdict::Unknown(Why::Ambiguous)
    } else {
        conflict_or(&items, at, stated.value, None)
    };
    Some(claim(at, &items, verdict))
}
