//! Lists beside their number: behind it (四个片区（东部、西部…）, 五项行动，即…) or before it.

mod before;
mod dated;

use super::stated::{Slogan, Stated, numbers_behind, slogans};
use super::{Items, conflict_or, settle};
use crate::claim::verdict::Why;
use crate::claim::{Claim, Kind, Part, Role, namely};
use crate::text::{
    Span, Stretch, WordList, half_width, is_blank, is_chinese_numeral, is_digit, is_han, trim_blank_start, words,
};
use before::before_number;

/// A list as it stands beside a number.
#[derive(Debug, Default)]
struct List {
    items: Vec<Span>,
    /// How many items it holds at least, and at most where every 和 joins two.
    least: usize,
    most: usize,
    /// 等, or an item that may stand outside of what was read: there may be more.
    open: bool,
    /// The text shows where it ends: it holds no further item.
    closed: bool,
    /// The items are of one form, so that none of them is a part of another.
    alike: bool,
}

/// How a list is opened behind its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Opener {
    /// 即, 分别为
    Namely,
    Colon,
    Bracket,
}

/// How far a list is looked for, in characters.
const WINDOW: usize = 400;
const LONGEST_ITEM: usize = 40;

pub(super) fn find(text: &str, block: Span, events: Stretch<'_>, out: &mut Vec<Claim>) {
    for (stated, before) in numbers_behind(text, block, events) {
        let before = before_number(text, block, before, &stated).or_else(|| dated::before_number(text, block, &stated));
        let list = match (after_number(text, block, &stated), before) {
            // The list that bears the number out, else the first.
            (Some(first), Some(second)) if !first.bears_out(&stated) && second.bears_out(&stated) => Some(second),
            (first, second) => first.or(second),
        };
        if let Some(list) = list {
            out.push(judge(text, &stated, list));
        }
    }
    for slogan in slogans(text, block, events) {
        if let Some(list) = after_slogan(text, block, &slogan) {
            out.push(judge(text, &slogan.stated, list));
        }
    }
}

impl List {
    /// Whether it may have as many items as the text says.
    fn bears_out(&self, stated: &Stated) -> bool {
        (self.least..=self.most).contains(&stated.value)
    }
}

/// The claim of the list.
fn judge(text: &str, stated: &Stated, list: List) -> Claim {
    let said = name(text, stated);
    let (least, most, value, agrees) = (list.least, list.most, stated.value, list.bears_out(stated));
    let doubt = if value > most {
        // 12个镇街（街道、乡镇） speaks of kinds, not of all twelve.
        let close = value - most == 1 || most * 10 >= value * 6;
        if list.open || !list.closed || !close { Some(Why::OpenParts) } else { None }
    } else if list.alike && least <= value * 2 {
        None
    } else {
        Some(Why::Ambiguous)
    };
    let items = Items { listed: if agrees { value } else { list.items.len() }, spans: list.items };
    let verdict = if agrees { settle(&items, said, value) } else { conflict_or(&items, said, value, doubt) };
    let mut roles = vec![Role::new(Part::Total, said)];
    roles.extend(items.spans.iter().map(|&s| Role::new(Part::Item, s)));
    Claim::new(Kind::Count, said, roles, verdict)
}

/// The number with its noun, as far as it is short.
fn name(text: &str, stated: &Stated) -> Span {
    let noun = stated.noun.of(text);
    let noun = ["即", "分别", "依次", "具体"].iter().filter_map(|w| noun.find(w)).min().map_or(noun, |i| &noun[..i]);
    const VERBS: &[&str] = &[
        "的", "开展", "进行", "推进", "实行", "统筹", "同步", "着力", "着重", "发力", "试点", "先行", "参与", "联动",
        "一起", "推开", "推广",
    ];
    let noun = VERBS.iter().filter_map(|w| noun.find(w)).min().map_or(noun, |i| &noun[..i]);
    // 四级 is all that needs no noun: 四级应急联动机制 counts the levels, not the mechanism.
    let long = noun.chars().count() > 8 || stated.counter.of(text) == "级";
    Span::new(stated.number.start, if long { stated.number.end } else { stated.counter.end + noun.len() })
}

/// Words of the noun that make the list one of something else: 5个村获得荣誉，分别为….
const OTHER_THINGS: WordList = WordList::new(&[
    "获", "荣誉", "被", "建成", "完成", "召开", "举办", "列入", "入选", "评为", "申报", "提出", "开展", "提供", "进行",
    "实施",
]);

fn after_number(text: &str, block: Span, stated: &Stated) -> Option<List> {
    let noun = stated.noun.of(text);
    let (open_at, head) = match namely_within(noun) {
        Some(i) => (stated.counter.end + i, &noun[..i]),
        None => (stated.noun.end, noun),
    };
    let (opener, from) = opener(text, block, open_at)?;
    if head.chars().count() > 12 || OTHER_THINGS.is_in(head) {
        return None;
    }
    let list = listing(text, block, from, opener)?;
    let own = |s: &Span| shares_noun(s.of(text), head);
    let dated = stated_by_date(text, &list);
    let counted = list.items.iter().any(|s| counts(s.of(text)));
    if counted && !dated {
        return None; // 5个（城关镇3个、河口镇2个）: parts of a sum.
    }
    match opener {
        Opener::Bracket => {
            let titled = list.items.iter().all(|s| is_name(s.of(text)));
            let sided = list.items.iter().all(|s| DIRECTIONS.contains(&s.of(text)));
            let named = list.items.iter().all(own) || titled || dated || sided || same_end(text, &list.items);
            named.then_some(list)
        }
        Opener::Namely | Opener::Colon => Some(list),
    }
}

const DIRECTIONS: &[&str] = &["东", "南", "西", "北", "中", "东南", "东北", "西南", "西北", "中部", "上", "下"];

/// Where 即 or 分别为 stands within the Han characters behind a measure word.
fn namely_within(noun: &str) -> Option<usize> {
    let mut from = 0;
    while let Some((at, _)) = OPENINGS.find(&noun[from..]) {
        let at = from + at;
        if opens(&noun[at..]).is_some() && !noun[..at].ends_with(['立', '随', '当', '亦']) {
            return Some(at);
        }
        from = at + '即'.len_utf8();
    }
    None
}

/// Words that open a full list.
const OPENINGS: WordList =
    WordList::new(&["分别是", "分别为", "依次是", "依次为", "具体是", "具体为", "也就是", "是指", "即"]);

/// The length of the words that open a full list, at the start of `rest`.
fn opens(rest: &str) -> Option<usize> {
    match OPENINGS.begins(rest)? {
        "即" => namely(rest).map(|meant| rest.len() - meant.len()),
        word => Some(word.len()),
    }
}

/// What opens a list at `at`, and where the list begins.
fn opener<'t>(text: &'t str, block: Span, at: usize) -> Option<(Opener, usize)> {
    let rest = trim_blank_start(&text[at..block.end]);
    let from = |rest: &str| block.end - rest.len();
    let colon = |rest: &'t str| rest.strip_prefix("——").or_else(|| rest.strip_prefix(['：', ':']));
    let words = match rest.chars().next()? {
        '—' | '：' | ':' => return Some((Opener::Colon, from(colon(rest)?))),
        first @ ('(' | '（') => return Some((Opener::Bracket, from(&rest[first.len_utf8()..]))),
        first @ (',' | '，') => trim_blank_start(&rest[first.len_utf8()..]),
        _ => rest,
    };
    let list = &words[opens(words)?..];
    Some((Opener::Namely, from(colon(trim_blank_start(list)).unwrap_or(list))))
}

/// Words that make a list one of examples, of exceptions, of references.
const NOT_ALL: WordList = WordList::new(&[
    "如",
    "例如",
    "含",
    "包括",
    "其中",
    "诸如",
    "不含",
    "除",
    "见",
    "详见",
    "或",
    "原",
    "以下简称",
    "简称",
    "每",
    "主要",
    "特别",
    "尤其",
]);

/// Reads the list that begins at `from`.
fn listing(text: &str, block: Span, from: usize, opener: Opener) -> Option<List> {
    let rest = text[from..block.end].trim_start_matches(is_blank);
    let from = block.end - rest.len();
    if NOT_ALL.begins(rest).is_some() {
        return None;
    }
    let (mut pieces, mut start, mut depth, mut last) = (Vec::new(), from, 0usize, ' ');
    let mut end = None;
    for (i, c) in rest.char_indices().take(WINDOW) {
        let at = from + i;
        match half_width(c) {
            '《' | '“' | '(' if depth == 0 && matches!(last, '》' | '”') && half_width(c) != '(' => {
                // 《甲》《乙》: two items without a mark between them.
                pieces.push(Span::new(start, at));
                start = at;
                depth += 1;
            }
            '《' | '“' | '(' => depth += 1,
            '》' | '”' | ')' if depth > 0 => depth -= 1,
            '、' if depth == 0 => {
                pieces.push(Span::new(start, at));
                start = at + c.len_utf8();
            }
            ',' | ';' | '。' | ':' | '!' | '?' | ')' | '”' if depth == 0 => {
                end = Some((at, c));
                break;
            }
            _ => {}
        }
        if !is_blank(c) {
            last = c;
        }
    }
    let (end, mark) = end.or_else(|| rest.chars().nth(WINDOW).is_none().then_some((block.end, ' ')))?;
    pieces.push(Span::new(start, end));
    let pieces: Vec<Span> = pieces.into_iter().map(|s| trimmed(text, s)).collect();
    if pieces.len() < 2 || pieces.iter().any(|s| s.is_empty() || s.of(text).chars().count() > LONGEST_ITEM) {
        return None;
    }
    let tail = &text[end..block.end];
    let tail = tail[mark.len_utf8().min(tail.len())..].trim_start_matches(is_blank);
    let runs_on = words!["和", "以及", "及", "与", "还有", "并", "另有", "此外"].begins(tail).is_some();
    let clause: String =
        tail.chars().take(WINDOW).take_while(|c| !matches!(half_width(*c), ',' | ';' | '。')).collect();
    let mut list = list(text, pieces);
    let joined = list.items.len() > list.least;
    list.open |= runs_on;
    list.closed = match half_width(mark) {
        ')' => opener == Opener::Bracket,
        _ if opener == Opener::Bracket => false,
        '。' | '!' | '?' => true,
        ';' => joined,
        ',' => joined || (list.alike && list.items.len() >= 3 && !clause.contains('、')),
        _ => false,
    };
    Some(list)
}

fn trimmed(text: &str, span: Span) -> Span {
    let raw = span.of(text);
    let start = span.start + raw.len() - raw.trim_start_matches(is_blank).len();
    Span::new(start, start + raw.trim_matches(is_blank).len())
}

/// The list of these pieces, the last of which 和 may divide into two items.
fn list(text: &str, pieces: Vec<Span>) -> List {
    let least = pieces.len();
    let joined: usize = pieces.iter().map(|s| joints(s.of(text)).len()).sum();
    let open = pieces.iter().any(|s| is_open(s.of(text)));
    let mut items = pieces;
    if let Some(last) = items.pop() {
        match joints(last.of(text)).last() {
            Some(&(at, len)) if at > 0 && at + len < last.len() => {
                items.push(trimmed(text, Span::new(last.start, last.start + at)));
                items.push(trimmed(text, Span::new(last.start + at + len, last.end)));
            }
            _ => items.push(last),
        }
    }
    let alike = alike(text, &items);
    List { least, most: least + joined, items, open, closed: false, alike }
}

/// Names in which 和 joins no two items: what stands before it and behind it.
const NAMES: &[(&str, &str)] = &[
    ("发展", "改革"),
    ("工业", "信息化"),
    ("人力资源", "社会保障"),
    ("住房", "城乡建设"),
    ("文化", "旅游"),
    ("自然资源", "规划"),
    ("卫生", "计划生育"),
    ("国民经济", "社会发展"),
    ("规划", "自然资源"),
    ("住房", "建设"),
    ("教育", "体育"),
    ("科技", "工业"),
    ("城市管理", "综合"),
    ("信访", ""),
    ("应对", ""),
    ("退役军人", ""),
    ("宗教", ""),
    ("民族", ""),
];

/// Where 和, 及, 与 and the like stand outside of brackets, quotations and names: offset and length.
fn joints(piece: &str) -> Vec<(usize, usize)> {
    let mut depth = 0usize;
    let mut out: Vec<(usize, usize)> = Vec::new();
    for (i, c) in piece.char_indices() {
        match half_width(c) {
            '《' | '“' | '(' => depth += 1,
            '》' | '”' | ')' => depth = depth.saturating_sub(1),
            '和' | '及' | '与' | '或' | '暨' | '兼' | '并' | '+' | '/'
                if depth == 0 && !within_name(piece, i, c) && !within_word(piece, i, c) =>
            {
                let by = piece[..i].ends_with('以') && c == '及';
                out.push(if by { (i - '以'.len_utf8(), "以及".len()) } else { (i, c.len_utf8()) });
            }
            _ => {}
        }
    }
    out
}

/// Whether a joint is the 和 of a name.
fn within_name(piece: &str, at: usize, joint: char) -> bool {
    let (head, tail) = (&piece[..at], &piece[at + joint.len_utf8()..]);
    joint == '和' && NAMES.iter().any(|(before, behind)| head.ends_with(before) && tail.starts_with(behind))
}

/// Whether a joint is half of a word: 参与, 普及, 和谐.
fn within_word(piece: &str, at: usize, joint: char) -> bool {
    let (heads, tails) = match joint {
        '和' => ("温缓共饱总柔调", "谐睦"),
        '及' => ("涉普波危触顾惠提", "时"),
        '与' => ("参给赋授", ""),
        _ => ("", ""),
    };
    let rest = &piece[at + joint.len_utf8()..];
    piece[..at].chars().next_back().is_some_and(|c| heads.contains(c))
        || rest.chars().next().is_some_and(|c| tails.contains(c))
}

/// Whether the words of an item say that there are more: 等, 其他, ….
fn is_open(item: &str) -> bool {
    let more = words!["其他", "其它", "其余", "相关", "有关", "…", "若干", "之类"].is_in(item);
    more || item.match_indices('等').any(|(i, _)| {
        let head = item[..i].chars().next_back();
        let rank = head.is_some_and(|c| "平同高中初对均相劣优低上下".contains(c)) || item[i..].starts_with("等级");
        !rank
    })
}

/// Whether an item bears a count of its own: 城关镇3个.
fn counts(item: &str) -> bool {
    let mut numeral = false;
    outside_names(item).any(|c| {
        let counted = numeral && "个名件项家人份处次条户起宗".contains(c);
        numeral = is_chinese_numeral(c);
        counted || is_digit(c)
    })
}

/// The words of an item outside of titles, quotations and brackets.
fn outside_names(item: &str) -> impl Iterator<Item = char> + '_ {
    let mut depth = 0usize;
    item.chars().filter(move |&c| match half_width(c) {
        '《' | '“' | '(' => {
            depth += 1;
            false
        }
        '》' | '”' | ')' => {
            depth = depth.saturating_sub(1);
            false
        }
        _ => depth == 0,
    })
}

/// Whether all items are dates (两批次（2021年5月、2022年8月）).
fn stated_by_date(text: &str, list: &List) -> bool {
    list.items.iter().all(|s| {
        let item = s.of(text);
        item.chars().any(|c| half_width(c).is_ascii_digit())
            && item.chars().all(|c| half_width(c).is_ascii_digit() || is_blank(c) || "年月日季度上下半初底".contains(c))
            && item.ends_with(['年', '月', '日', '度', '初', '底'])
    })
}

/// Whether an item is a title or a quotation as a whole.
fn is_name(item: &str) -> bool {
    (item.starts_with('《') && item.ends_with('》')) || (item.starts_with('“') && item.ends_with('”'))
}

fn last_han(item: &str) -> Option<char> {
    outside_names(item).filter(|&c| !is_blank(c)).last()
}

fn same_end(text: &str, items: &[Span]) -> bool {
    let mut ends = items.iter().map(|s| last_han(s.of(text)));
    let Some(Some(first)) = ends.next() else { return false };
    is_han(first) && ends.all(|e| e == Some(first))
}

/// Whether the items are of one form: all names, one ending, one beginning, one length.
fn alike(text: &str, items: &[Span]) -> bool {
    let words = || items.iter().map(|s| s.of(text));
    let one = |mut values: Box<dyn Iterator<Item = Option<char>> + '_>| {
        let first = values.next().flatten();
        first.is_some_and(is_han) && values.all(|v| v == first)
    };
    let lengths: Vec<usize> = words().map(|w| w.chars().count()).collect();
    let even = lengths.first().is_some_and(|&n| n >= 2 && lengths.iter().all(|&m| m == n));
    words().all(is_name)
        || same_end(text, items)
        || one(Box::new(words().map(|w| w.chars().next())))
        || (even && lengths.len() >= 2)
}

/// Whether an item is called by the noun that the number counts: 城关镇 of 三个乡镇, 司法局 of 三个部门.
fn shares_noun(item: &str, noun: &str) -> bool {
    last_han(item).is_some_and(|last| ends_noun(last, noun))
}

/// Whether the noun is one that an item with this last character is called by.
fn ends_noun(last: char, noun: &str) -> bool {
    let head = || noun.char_indices().nth(6).map_or(noun, |(end, _)| &noun[..end]);
    let body = || words!["部门", "单位", "机关", "机构"].is_in(head());
    noun.chars().take(6).any(|c| c == last) || "局委办院会厅部处科站所队".contains(last) && body()
}

/// 即 and the like after a slogan: “五不开会”要求，即….
fn after_slogan(text: &str, block: Span, slogan: &Slogan) -> Option<List> {
    let rest = &text[slogan.end..block.end];
    let run: usize = rest.chars().take(10).take_while(|&c| is_han(c)).map(char::len_utf8).sum();
    let tail = &rest[..run];
    let open_at = slogan.end + namely_within(tail).unwrap_or(run);
    let name: String = slogan.stated.noun.of(text).chars().filter(|c| !"个大项种条".contains(*c)).collect();
    let opened = opener(text, block, open_at);
    // “四不”原则，做到不再受理、不再交办: the items repeat the word of the slogan.
    let doing = || {
        let after = text[open_at..block.end].trim_start_matches([',', '，', ' ']);
        let from = block.end - after.len();
        ["做到", "坚持", "实现"].iter().find(|w| after.starts_with(**w)).map(|w| (Opener::Colon, from + w.len()))
    };
    let (opener, from) = opened.or_else(doing)?;
    let list = listing(text, block, from, opener)?;
    let repeats = list.items.iter().all(|s| s.of(text).chars().any(|c| name.contains(c)));
    let counted = list.items.iter().any(|s| counts(s.of(text)) && !repeats);
    ((opener == Opener::Namely || repeats) && !counted).then_some(list)
}
