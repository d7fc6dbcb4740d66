//! Lists that stand before their number: 《…》《…》两项制度, 市、县、乡三级, 东部片区、西部片区两个片区.

mod bare;

use super::{List, WINDOW, counts, ends_noun, last_han, list, same_end, shares_noun, trimmed};
use crate::claim::count::stated::Stated;
use crate::text::{Class, Event, Span, WordList, half_width, is_blank, is_chinese_numeral, is_han, words};

/// Whether no list runs across the mark.
fn ends_sentence(mark: char) -> bool {
    matches!(half_width(mark), '。' | ';' | '!' | '?' | '\n' | '\r')
}

/// Whether no plain list runs across the mark.
fn ends_clause(mark: char) -> bool {
    matches!(half_width(mark), ',' | ':' | '(' | ')' | '“' | '”' | '《' | '》')
}

/// What ends sentences, clauses, titles and quotations, or divides the items of a list.
const MARKS: Class = Class::CLAUSE_END.or(Class::BRACKET).or(Class::QUOTE);

/// The list right before the number, with the events `before` it.
pub(super) fn before_number(text: &str, block: Span, before: &[Event], stated: &Stated) -> Option<List> {
    let levelled = stated.counter.of(text) == "级";
    // A list ends with a title, a quotation or a level, or nothing but 、 divides the items of a plain one.
    let farthest = stated.number.start.saturating_sub(WINDOW * 3);
    let mut marks = before.iter().rev().take_while(|e| e.at >= farthest).filter(|e| e.class.is(MARKS));
    let nearest = marks.clone().map(|e| e.c).find(|&c| c == '、' || ends_sentence(c) || ends_clause(c));
    if !levelled && !matches!(nearest, Some('、' | '》' | '”')) {
        return None;
    }
    let low = window_start(text, block.start, farthest);
    let words = text[low..stated.number.start].trim_end_matches(is_blank);
    let words = words!["共计", "一共", "总共", "共", "这"].cut_end(words).unwrap_or(words).trim_end_matches(is_blank);
    let (open, words) = words.strip_suffix('等').map_or((false, words), |w| (true, w.trim_end_matches(is_blank)));
    let last = words.chars().next_back()?;
    // The last item of a plain list shows at once whether it is one.
    let plain_end = || nearest == Some('、') && may_end_plain(last, stated.noun.of(text));
    let kind = if nearest == Some('、') { bare::kind(text, stated) } else { None };
    if !(levelled || matches!(last, '》' | '”') || kind.is_some() || plain_end()) {
        return None;
    }
    let start = marks.find(|e| ends_sentence(e.c)).map_or(low, Event::end);
    let head = Span::new(start, low + words.len());
    let mut list = match last {
        _ if head.is_empty() => return None,
        '》' => names(text, head, '《', '》', stated)?,
        '”' => slogan_list(text, head).or_else(|| names(text, head, '“', '”', stated))?,
        _ if levelled => levels(text, head)?,
        _ => plain(text, head, stated).or_else(|| bare::names(text, head, stated, kind?))?,
    };
    list.open |= open;
    Some(list)
}

fn window_start(text: &str, from: usize, at: usize) -> usize {
    let mut low = at.max(from);
    while !text.is_char_boundary(low) {
        low += 1;
    }
    low
}

/// What titles are counted as.
const PAPERS: WordList = WordList::new(&[
    "办法", "制度", "文件", "规定", "规范", "方案", "意见", "法律", "法规", "条例", "规章", "标准", "清单", "指引",
    "指南", "细则", "规则", "规程", "通知", "报告", "预案", "规划", "读本", "文书", "措施", "决定", "政策", "议案",
]);

/// Titles or quotations that stand in a row right before the number.
fn names(text: &str, head: Span, open: char, close: char, stated: &Stated) -> Option<List> {
    let mut items = Vec::new();
    let mut end = head.end;
    loop {
        let bare = head_of(text, head.start, end);
        let inside = bare.strip_suffix(close)?;
        let mut depth = 1usize;
        let (at, _) = inside.char_indices().rev().find(|&(_, c)| {
            depth = if c == close {
                depth + 1
            } else if c == open {
                depth - 1
            } else {
                depth
            };
            depth == 0
        })?;
        items.push(Span::new(head.start + at, head.start + bare.len()));
        end = head.start + at;
        let before = without_joint(head_of(text, head.start, end));
        if !before.ends_with(close) {
            break;
        }
        end = head.start + before.len();
    }
    items.reverse();
    let titles = close == '》';
    let noun: String = stated.noun.of(text).chars().take(10).collect();
    let noun_fits = if titles {
        PAPERS.is_in(&noun)
    } else {
        matches!(stated.counter.of(text), "大" | "项" | "个" | "类") && !noun.is_empty()
    };
    if items.len() < 2 || !noun_fits {
        return None;
    }
    // 三项制度 is also the name of a reform that papers with other titles carry out.
    let fixed = stated.value == 3 && noun.starts_with("制度");
    let own = items.iter().any(|s| s.of(text).trim_end_matches(close).ends_with(['度', '法', '则', '程']));
    let before = head_of(text, head.start, end);
    let more = before.contains(open) || before.ends_with(['、', '和', '与', '及', '》', '”']);
    let least = items.len();
    Some(List { least, most: least, items, open: more || (titles && fixed && !own), closed: true, alike: true })
}

fn head_of(text: &str, start: usize, end: usize) -> &str {
    text[start..end].trim_end_matches(is_blank)
}

/// Without a mark or word that joins two titles, and without the document number behind a title.
fn without_joint(head: &str) -> &str {
    let bare = words!["以及", "、", "和", "及", "与", "，", ","].cut_end(head).unwrap_or(head);
    let bare = bare.trim_end_matches(is_blank);
    if !bare.ends_with(['）', ')']) {
        return bare;
    }
    bare.rfind(['（', '(']).map_or(bare, |i| bare[..i].trim_end_matches(is_blank))
}

/// A quotation that holds a list: “放、管、服”四个环节.
fn slogan_list(text: &str, head: Span) -> Option<List> {
    let inside = head.of(text).strip_suffix('”')?;
    let open = inside.rfind('“')?;
    let before = inside[..open].trim_end_matches(is_blank);
    let from = head.start + open + '“'.len_utf8();
    let body = &text[from..head.end - '”'.len_utf8()];
    if body.contains(['，', ',', '。', '；', '《', '+']) || !body.contains('、') {
        return None;
    }
    // 双随机、一公开 counts within itself.
    if body.chars().any(|c| is_chinese_numeral(c) || c == '双' || half_width(c).is_ascii_digit()) {
        return None;
    }
    let mut list = list(text, pieces(text, Span::new(from, from + body.len()))?);
    list.open |= before.ends_with(['、', '和', '与', '及', '”', '》']);
    list.closed = true;
    list.alike = true;
    Some(list)
}

/// The stretches between the 、 of a span; `None` where one is empty or there is only one.
fn pieces(text: &str, span: Span) -> Option<Vec<Span>> {
    let mut start = span.start;
    let mut out = Vec::new();
    for (i, mark) in span.of(text).match_indices('、') {
        out.push(trimmed(text, Span::new(start, span.start + i)));
        start = span.start + i + mark.len();
    }
    out.push(trimmed(text, Span::new(start, span.end)));
    (out.len() >= 2 && out.iter().all(|s| !s.is_empty())).then_some(out)
}

/// Levels of government, longest first; those of two kinds may be one level or two.
const LEVELS: &[(&str, usize)] = &[
    ("村民居民小组", 1),
    ("村（居）民小组", 1),
    ("村民小组", 1),
    ("居民小组", 1),
    ("乡镇", 2),
    ("镇街", 2),
    ("镇乡", 2),
    ("村居", 2),
    ("村社", 2),
    ("区县", 2),
    ("县区", 2),
    ("市县", 2),
    ("县市", 2),
    ("社区", 1),
    ("街道", 1),
    ("网格", 1),
    ("楼栋", 1),
    ("小组", 1),
    ("中央", 1),
    ("国家", 1),
    ("国", 1),
    ("省", 1),
    ("市", 1),
    ("州", 1),
    ("盟", 1),
    ("县", 1),
    ("区", 1),
    ("旗", 1),
    ("镇", 1),
    ("乡", 1),
    ("街", 1),
    ("村", 1),
    ("居", 1),
    ("社", 1),
    ("组", 1),
    ("户", 1),
];

/// The levels before 四级: 市、县、乡、村.
fn levels(text: &str, head: Span) -> Option<List> {
    let (mut items, mut least, mut most, mut end) = (Vec::new(), 0, 0, head.end);
    let mut joint = false;
    loop {
        let bare = head_of(text, head.start, end);
        let core = without_bracket(bare);
        let sole = core.len() < bare.len(); // 乡镇（街道） is one level
        let core = core.strip_suffix('级').unwrap_or(core);
        let Some((word, kinds)) = LEVELS.iter().find(|(w, _)| core.ends_with(w)) else { break };
        let start = head.start + core.len() - word.len();
        items.push(Span::new(start, head.start + bare.len()));
        least += 1;
        most += if sole { 1 } else { *kinds };
        let rest = head_of(text, head.start, start);
        let stripped = words!["以及", "、", "和", "与", "及", "到", "至"].cut_end(rest);
        joint = stripped.is_some();
        end = head.start + stripped.unwrap_or(rest).len();
    }
    items.reverse();
    let outside = head_of(text, head.start, end).trim_end_matches([',', '，', ' ']);
    // A word that is no level may be one more: 省直、市、县三级.
    let more = joint || LEVELS.iter().any(|(w, _)| outside.ends_with(w)) || outside.ends_with('、');
    (items.len() >= 2).then_some(List { least, most, items, open: more, closed: true, alike: !more })
}

fn without_bracket(head: &str) -> &str {
    if !head.ends_with(['）', ')']) {
        return head;
    }
    head.rfind(['（', '(']).map_or(head, |i| head[..i].trim_end_matches(is_blank))
}

/// Whether the items are of one body with what is counted: 村、镇、县一体.
fn is_united(noun: &str) -> bool {
    noun.starts_with("一体")
}

/// Whether an item with this last character is a side: 东部, 西.
fn is_side(last: char) -> bool {
    matches!(last, '东' | '南' | '西' | '北' | '中')
}

/// Whether an item with this last character may stand in a plain list of what the noun counts.
fn may_end_plain(last: char, noun: &str) -> bool {
    is_side(last) || ends_noun(last, noun) || is_united(noun)
}

/// Items without quotation marks right before the number, each called by the noun that is counted: 三个片区, 四个乡镇.
fn plain(text: &str, head: Span, stated: &Stated) -> Option<List> {
    let noun = stated.noun.of(text);
    let cut = head.of(text).rfind(ends_clause);
    let start =
        cut.map_or(head.start, |i| head.start + i + text[head.start + i..].chars().next().map_or(1, char::len_utf8));
    let span = Span::new(start, head.end);
    // Each item ends with a side or is called by the noun: most lists of other things show by their first that they are.
    let first = span.of(text).split('、').next()?.trim_matches(is_blank);
    let fits = last_han(first).map_or(is_united(noun), |last| may_end_plain(last, noun));
    if !fits || first.chars().count() > 24 {
        return None;
    }
    let side = |item: &str| last_han(item).is_some_and(is_side);
    let pieces = pieces(text, span)?;
    if pieces[1..].iter().any(|s| s.of(text).chars().count() > 14) {
        return None;
    }
    let mut list = list(text, pieces);
    let sides =
        list.items.iter().all(|s| side(s.of(text))) && list.items[1..].iter().all(|s| s.of(text).chars().count() == 1);
    let named = list.items.iter().all(|s| shares_noun(s.of(text), noun)) && !noun.is_empty();
    if !(sides || named || is_united(noun)) || list.items.iter().any(|s| counts(s.of(text))) {
        return None;
    }
    list.alike = sides || same_end(text, &list.items);
    if let Some(first) = list.items.first_mut() {
        let words = first.of(text);
        first.start = first.end - words.trim_start_matches(['在', '对', '由', '从', '将', '把', '以', '于']).len();
    }
    if sides && let Some(first) = list.items.first_mut() {
        first.start = first.end - first.of(text).chars().next_back().map_or(0, char::len_utf8); // 设立东、中、西
    }
    // 东部片区，西部片区、南部片区三个片区: the list may begin before the mark.
    let earlier = cut.map_or("", |i| &head.of(text)[..i]);
    let clause = &earlier
        [earlier.rfind(ends_clause).map_or(0, |i| i + earlier[i..].chars().next().map_or(1, char::len_utf8))..]
        .trim_start_matches(|c: char| !is_han(c));
    let may_begin = || {
        let item = clause.rsplit('、').next().unwrap_or(clause);
        // 采取随机抽查、入户走访的方式，检查了城关镇、…: what stands before is called otherwise.
        if named { shares_noun(item, noun) } else { clause.contains('、') || clause.chars().count() <= 6 }
    };
    let begun = text[..start].ends_with(['，', ',', '”', '》', '）', ')']) && !clause.is_empty();
    list.open |= begun && may_begin();
    list.closed = true;
    Some(list)
}
