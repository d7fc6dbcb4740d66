//! The numbers that stand at the head of a clause: headings (一、 （一） 1. （1）) and items (一是 一要 第一， 其一).
//!
//! One pass over each line. A number is a marker only where a clause begins and only where what follows lets it be
//! one: `1.5`, dates, `一、二、三产业` and `（一）项` are not.

use super::{Heading, Item, ItemKind};
use crate::text::{
    Class, Event, Span, Stretch, WordList, chinese_integer, half_width, is_blank, is_chinese_numeral, is_han,
    trim_blank_start, words,
};

/// The longest run of Chinese numerals that numbers a heading (九十九 has three).
const NUMERALS: usize = 4;
/// A run-in heading is cut at a blank only where its sentence is longer than this many bytes.
const LONG_HEADING: usize = 120;
/// How far into a long sentence a blank may end the heading, in bytes.
const HEADING_REACH: usize = 180;

/// What a marker may begin with.
const STARTS: Class = Class::NUMBER.or(Class::ITEM).or(Class::BRACKET);
/// What a sentence may end with.
const ENDS: Class = Class::POINT.or(Class::CALL).or(Class::DOT);

/// The markers of one line.
#[derive(Debug, Default)]
pub(super) struct Marks {
    pub(super) headings: Vec<Heading>,
    pub(super) items: Vec<Item>,
}

impl Marks {
    /// Adds the markers of `line`, a span of `prose` without blanks around it, whose events these are.
    pub(super) fn read(&mut self, prose: &str, line: Span, events: Stretch<'_>) {
        let text = line.of(prose);
        let open = page_residue(text);
        let (first_heading, first_item) = (self.headings.len(), self.items.len());
        let mut next = open;
        for (before, event) in events.led(line.start, STARTS) {
            let before = before.last();
            let i = event.at - line.start;
            let opens_line = i == open;
            let breaks = opens_line || before.is_some_and(breaks_heading);
            if i < next || !breaks && !before.is_some_and(lists) {
                continue;
            }
            let rest = &text[i..];
            if breaks && let Some(found) = heading_at(rest, opens_line, &text[..i]) {
                let marker = Span::new(i, i + found.len).shifted(line.start);
                let text_start = line.start + i + found.len + leading(&rest[found.len..]);
                self.headings.push(Heading {
                    level: found.level,
                    number: found.number,
                    marker,
                    text: Span::new(text_start, line.end.max(text_start)),
                    opens_line,
                });
                next = i + found.len;
            }
            if i >= next
                && event.class.is(Class::NUMERAL.or(Class::ITEM))
                && let Some((kind, number, len)) = item_at(rest)
            {
                let marker = Span::new(i, i + len).shifted(line.start);
                self.items.push(Item { kind, number, marker, opens_line });
                next = i + len;
            }
        }
        self.end_headings(prose, events, first_heading, first_item);
    }

    /// Ends the text of each heading of a line at its sentence, at the next marker, or at the blank that parts it from
    /// running text.
    fn end_headings(&mut self, prose: &str, events: Stretch<'_>, first_heading: usize, first_item: usize) {
        let mut items = self.items[first_item..].iter().map(|i| i.marker.start).peekable();
        for i in first_heading..self.headings.len() {
            let start = self.headings[i].text.start;
            let mut end = self.headings[i].text.end;
            if let Some(next) = self.headings.get(i + 1) {
                end = end.min(next.marker.start.max(start));
            }
            while items.next_if(|&at| at < start).is_some() {}
            if let Some(&at) = items.peek() {
                end = end.min(at);
            }
            let text = &prose[start..end];
            let mut stop = sentence_end(text, events.from(start).of(ENDS).map(|e| (e.at - start, e.c)));
            if stop > LONG_HEADING {
                stop = blank_between_han(&text[..stop]).unwrap_or(stop);
            }
            let words = text[..stop].trim_end_matches(|c| is_blank(c) || matches!(c, '：' | ':' | '，' | ','));
            self.headings[i].text = Span::new(start, start + words.len());
        }
    }
}

/// Whether the line begins with a heading's number or an item's.
pub(super) fn opens_with_number(line: &str) -> bool {
    let rest = &line[page_residue(line)..];
    heading_at(rest, true, "").is_some() || item_at(rest).is_some()
}

/// Whether a heading may begin behind this character.
fn breaks_heading(before: &Event) -> bool {
    before.class.is(Class::BLANK) || matches!(half_width(before.c), '。' | '!' | '?' | ';' | ':' | '”' | ')' | '—')
}

/// Whether an item may begin behind this character though no heading may.
fn lists(before: &Event) -> bool {
    matches!(half_width(before.c), ',' | '、' | '“' | '"' | '(' | '《' | '…' | '-')
}

struct Found {
    level: u8,
    number: u64,
    len: usize,
}

/// The heading's number that `rest` begins with, which stands behind `before` on its line.
fn heading_at(rest: &str, opens_line: bool, before: &str) -> Option<Found> {
    let first = half_width(rest.chars().next()?);
    if first == '(' {
        return bracketed(rest);
    }
    if first.is_ascii_digit() {
        return dotted(rest, opens_line, before);
    }
    if is_chinese_numeral(first) {
        return chinese(rest, opens_line);
    }
    None
}

/// `（一）` and `（1）`.
fn bracketed(rest: &str) -> Option<Found> {
    let mut inner = trim_blank_start(&rest[rest.chars().next()?.len_utf8()..]);
    let (level, number, len) = match number_run(inner)? {
        Run::Chinese(n, len) => (2, n, len),
        Run::Digits(n, len) => (4, n, len),
    };
    inner = trim_blank_start(&inner[len..]);
    let close = inner.chars().next().filter(|&c| half_width(c) == ')')?;
    let after = &inner[close.len_utf8()..];
    // （一）项, （一）、（二）款, （一）至（三）: references.
    let listed = after
        .strip_prefix(['、', '至', '和', '及', '或', '-', '—', '～', '~'])
        .is_some_and(|t| t.trim_start_matches(is_blank).starts_with(['（', '(', '第']));
    let item = (after.starts_with('项') && !after.starts_with("项目"))
        || (after.starts_with('款') && !after.starts_with("款项"));
    if listed || item {
        return None;
    }
    Some(Found { level, number, len: rest.len() - after.len() })
}

/// `1.`, `1．` and `1、`.
fn dotted(rest: &str, opens_line: bool, before: &str) -> Option<Found> {
    let Some(Run::Digits(number, len)) = number_run(rest) else { return None };
    if number == 0 || rest.starts_with(['0', '０']) {
        return None;
    }
    if !opens_line {
        // 表 1. and the like name a figure; 增长 2. 5% is a broken decimal.
        let named =
            |c| matches!(c, '表' | '图' | '式' | '注' | '第' | '件' | '版' | '约' | '近' | '超' | '达' | '至' | '到');
        if before.trim_end_matches(is_blank).ends_with(named) {
            return None;
        }
    }
    let after = trim_blank_start(&rest[len..]);
    let mark = after.chars().next().filter(|c| matches!(c, '.' | '．' | '、'))?;
    let tail = &after[mark.len_utf8()..];
    let words = trim_blank_start(tail);
    let digits = words.chars().map(half_width).take_while(char::is_ascii_digit).count();
    if digits > 0 {
        let year = digits == 4 && {
            let end: usize = words.chars().take(4).map(char::len_utf8).sum();
            words[end..].trim_start_matches(is_blank).starts_with('年')
        };
        let spaced = mark != '、' && opens_line && words.len() < tail.len();
        if !year && !spaced {
            return None;
        }
    }
    if words.starts_with(['%', '％', '.', '．', '、', '‰']) {
        return None;
    }
    Some(Found { level: 3, number, len: rest.len() - tail.len() })
}

/// `一、`, and `一.` or `一．` where it opens a line.
fn chinese(rest: &str, opens_line: bool) -> Option<Found> {
    let Some(Run::Chinese(number, len)) = number_run(rest) else { return None };
    let after = trim_blank_start(&rest[len..]);
    let mark = after.chars().next().filter(|&c| c == '、' || (opens_line && matches!(c, '.' | '．')))?;
    let tail = &after[mark.len_utf8()..];
    let words = trim_blank_start(tail);
    let run = words.chars().take(NUMERALS).take_while(|&c| is_chinese_numeral(c)).map(char::len_utf8).sum();
    if run > 0 {
        // 一、二、三产业; 三、四季度; 一、三年级: neighbours in an enumeration, not the first words of a heading.
        let next = chinese_integer(&words[..run]);
        let then = &words[run..];
        let class = [
            "产业",
            "次产业",
            "年级",
            "线",
            "类",
            "级",
            "等",
            "档",
            "环",
            "批次",
            "批",
            "轮",
            "号",
            "、",
            "和",
            "及",
            "至",
        ];
        if next == Some(number + 1) || class.iter().any(|w| then.starts_with(w)) {
            return None;
        }
    }
    Some(Found { level: 1, number, len: rest.len() - tail.len() })
}

fn item_at(rest: &str) -> Option<(ItemKind, u64, usize)> {
    let first = rest.chars().next()?;
    let lead = if first == '第' || first == '其' { first.len_utf8() } else { 0 };
    let Some(Run::Chinese(number, len)) = number_run(&rest[lead..]) else { return None };
    let head = lead + len;
    let after = &rest[head..];
    let next = after.chars().next()?;
    if lead > 0 {
        let mark = matches!(half_width(next), ',' | ':' | '、') || (is_blank(next) && first == '第');
        if first == '其' && next == '是' {
            return Some((ItemKind::Among, number, head));
        }
        let kind = if first == '第' { ItemKind::Ordinal } else { ItemKind::Among };
        return mark.then_some((kind, number, head));
    }
    let tail = &after[next.len_utf8()..];
    match next {
        '是' => {
            // 一是一，二是二: the saying.
            let same = tail.strip_prefix(&rest[..len]).and_then(|t| t.chars().next());
            if same.is_some_and(|c| !is_han(c)) {
                return None;
            }
            Some((ItemKind::Is, number, head + next.len_utf8()))
        }
        '要' => {
            let noun = tail.starts_with(['素', '点', '件', '害', '义', '领', '旨', '诀', '因', '道', '塞']);
            (!noun).then(|| (ItemKind::Must, number, head + next.len_utf8()))
        }
        _ => None,
    }
}

enum Run {
    Chinese(u64, usize),
    Digits(u64, usize),
}

/// The number at the start of the text, with its length in bytes; none if it is longer than a heading's number.
fn number_run(text: &str) -> Option<Run> {
    let first = text.chars().next()?;
    if half_width(first).is_ascii_digit() {
        let mut n = 0;
        let mut len = 0;
        for c in text.chars() {
            let Some(d) = half_width(c).to_digit(10) else { break };
            n = n * 10 + u64::from(d);
            len += c.len_utf8();
            if n > 99 {
                return None;
            }
        }
        return Some(Run::Digits(n, len));
    }
    if !is_chinese_numeral(first) {
        return None;
    }
    let mut run = 0;
    for c in text.chars().take(NUMERALS + 1) {
        if !is_chinese_numeral(c) {
            break;
        }
        run += c.len_utf8();
    }
    let n = chinese_integer(&text[..run]).filter(|n| (1..=199).contains(n))?;
    Some(Run::Chinese(n, run))
}

/// How many bytes of blanks and doubled marks (`（一）、`) stand between a marker and its words.
fn leading(text: &str) -> usize {
    text.len() - text.trim_start_matches(|c| is_blank(c) || matches!(c, '、' | '.' | '．')).len()
}

/// Where the first sentence of the text ends, among the marks from its start on; a half-width full stop counts after a
/// word.
fn sentence_end(text: &str, marks: impl Iterator<Item = (usize, char)>) -> usize {
    let word = |c: char| is_han(c) || matches!(half_width(c), '”' | ')' | '》');
    marks
        .take_while(|&(at, _)| at < text.len())
        .find(|&(at, c)| matches!(half_width(c), '。' | '!' | '?' | ';') || (c == '.' && text[..at].ends_with(word)))
        .map_or(text.len(), |(at, _)| at)
}

/// The first blank that has a Han character on both sides, near the start.
fn blank_between_han(text: &str) -> Option<usize> {
    let mut before = false;
    let mut chars = text.char_indices().take_while(|(i, _)| *i < HEADING_REACH).peekable();
    while let Some((i, c)) = chars.next() {
        if is_blank(c) && before && chars.peek().is_some_and(|&(_, next)| is_han(next)) {
            return Some(i);
        }
        before = is_han(c);
    }
    None
}

/// How many bytes of a page number (`—2— `, `mdash;1— `, `- 3 -`) stand before the words of a line.
pub(super) fn page_residue(line: &str) -> usize {
    const DASHES: WordList = words!["&mdash;", "mdash;", "—", "–", "―", "－", "-"];
    let dash = |text: &str| DASHES.begins(text).map(str::len);
    let Some(open) = dash(line) else { return 0 };
    let rest = line[open..].trim_start_matches(is_blank);
    let after = rest.trim_start_matches(|c| half_width(c).is_ascii_digit());
    if after.len() == rest.len() {
        return 0;
    }
    let close = after.trim_start_matches(is_blank);
    match dash(close) {
        Some(len) => line.len() - close[len..].trim_start_matches(is_blank).len(),
        None => 0,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::Events;

    proptest! {
        /// A sentence ends where a walk over all of its characters ends it.
        #[test]
        fn ends_of_sentences(text in "[甲1。！；;.，”）》 ]{0,12}") {
            let mut word = false;
            let end = text.char_indices().find(|&(_, c)| {
                let ends = matches!(half_width(c), '。' | '!' | '?' | ';') || (c == '.' && word);
                word = is_han(c) || matches!(half_width(c), '”' | ')' | '》');
                ends
            });
            let events = Events::new(&text);
            let marks = events.within(Span::new(0, text.len())).of(ENDS).map(|e| (e.at, e.c));
            prop_assert_eq!(sentence_end(&text, marks), end.map_or(text.len(), |(at, _)| at));
        }
    }

    fn read(line: &str) -> Marks {
        let mut marks = Marks::default();
        let whole = Span::new(0, line.len());
        marks.read(line, whole, Events::new(line).within(whole));
        marks
    }

    fn headings(line: &str) -> Vec<(u8, u64, &str, &str)> {
        let marks = read(line);
        marks.headings.iter().map(|h| (h.level, h.number, h.marker.of(line), h.text.of(line))).collect()
    }

    fn items(line: &str) -> Vec<&str> {
        read(line).items.iter().map(|i| i.marker.of(line)).collect()
    }

    /// The four levels in both widths, on their own line and run into it.
    #[test]
    fn four_levels() {
        assert_eq!(headings("一、总体情况"), [(1, 1, "一、", "总体情况")]);
        assert_eq!(headings("十二、加强管理。建立制度"), [(1, 12, "十二、", "加强管理")]);
        assert_eq!(headings("（三）完善机制。一是健全"), [(2, 3, "（三）", "完善机制")]);
        assert_eq!(headings("(二十一) 公开"), [(2, 21, "(二十一)", "公开")]);
        assert_eq!(headings("3．提高效率"), [(3, 3, "3．", "提高效率")]);
        assert_eq!(headings("１.提高效率"), [(3, 1, "１.", "提高效率")]);
        assert_eq!(headings("(五)公开办理. 全年"), [(2, 5, "(五)", "公开办理")]);
        assert_eq!(headings("2、提高效率："), [(3, 2, "2、", "提高效率")]);
        assert_eq!(headings("(4)报送材料；"), [(4, 4, "(4)", "报送材料")]);
    }

    /// Headings glued to the sentence or the heading before them are found there.
    #[test]
    fn glued() {
        assert_eq!(headings("提供了保障。一、2020 年工作回顾"), [(1, 1, "一、", "2020 年工作回顾")]);
        assert_eq!(
            headings("二、主要做法 （一）建章立制。全年"),
            [(1, 2, "二、", "主要做法"), (2, 1, "（一）", "建章立制")]
        );
        assert_eq!(headings("—12— （二）完善机制。"), [(2, 2, "（二）", "完善机制")]);
        assert_eq!(headings("三、不足之处 一是力量薄弱；二是"), [(1, 3, "三、", "不足之处")]);
        let long = "五、问题与打算 一年来，全乡上下齐心协力，各项工作有了新的起色，群众的获得感也在不断增强，但是对照更高的要求，工作中还有一些地方需要改进";
        assert_eq!(headings(long)[0].3, "问题与打算");
    }

    /// Decimals, dates, enumerations and references are no headings.
    #[test]
    fn not_headings() {
        for line in [
            "1.5万人次",
            "12.4宪法日",
            "2021年，全县",
            "2021.3.5",
            "一、二、三产业协调发展",
            "一、三产业",
            "三、四季度",
            "（一）项规定的情形",
            "（二）、（三）款",
            "第二条第（一）项",
            "负责一、三类案件",
            "05.项目",
            "同比增长 2. 5个百分点",
            "如表 1. 所示",
        ] {
            assert_eq!(headings(line), [], "{line}");
        }
        assert_eq!(headings("1.2021年工作")[0].1, 1);
        assert_eq!(headings("一、三年来的工作").len(), 1);
        assert_eq!(headings("（一）项目建设").len(), 1);
    }

    /// Items stand at the start of a clause; 统一是, 之一是 and the saying are none.
    #[test]
    fn items_of_a_sentence() {
        assert_eq!(items("举措：一是学；二是做，三是三项制度全覆盖"), ["一是", "二是", "三是"]);
        assert_eq!(items("一要抓紧，二要抓实"), ["一要", "二要"]);
        assert_eq!(items("第一，认识；第二，行动。其一，早；其二是快"), ["第一", "第二", "其一", "其二"]);
        for line in
            ["统一是关键", "亮点之一是创新", "一是一，二是二。", "第二产业", "第一时间", "三要素", "位居全省第三，"]
        {
            assert_eq!(items(line), [""; 0], "{line}");
        }
    }
}
