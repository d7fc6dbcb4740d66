//! Lists of bare names before their number: 清河、柳湾、东岭、石门4个乡镇, 李明、王芳、张伟、刘洋4名同志.

use super::{ends_clause, pieces};
use crate::claim::count::list::{List, counts, list};
use crate::claim::count::stated::Stated;
use crate::text::{Span, WordList, is_han};

/// What bare names are names of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Place,
    Person,
}

/// Places that papers name without saying what they are.
const PLACES: WordList =
    WordList::new(&["乡镇", "镇乡", "镇街", "街镇", "街道", "行政村", "社区", "建制镇", "乡", "镇", "村", "县"]);
/// What makes another thing of a place: 3个县级项目, 4个村集体.
const OTHER: &str = "级域块场直民集干委务企政内外位长容党支产农组小校医卫派司法工商财税";
/// Family names, of which nearly everybody has one.
const FAMILIES: &str = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡\
                        贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段\
                        雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳\
                        邢路岳齐梅莫庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃\
                        霍翁隋植甘景薄单包司柏宁柯阮桂闵解强丘车房边吉";
/// The fewest names that are taken for a list.
const FEWEST: usize = 4;

/// What the number counts, where bare names may be counted so.
pub(super) fn kind(text: &str, stated: &Stated) -> Option<Kind> {
    let noun = stated.noun.of(text);
    match stated.counter.of(text) {
        "个" => {
            let place = PLACES.begins(noun)?;
            let next = noun[place.len()..].chars().next();
            (!next.is_some_and(|c| OTHER.contains(c))).then_some(Kind::Place)
        }
        "名" | "位" => Some(Kind::Person),
        _ => None,
    }
}

/// Names of one form right before the number: one more or one less than it says.
pub(super) fn names(text: &str, head: Span, stated: &Stated, kind: Kind) -> Option<List> {
    let cut = head.of(text).rfind(ends_clause).map(|i| head.start + i);
    let after = |i: usize| i + text[i..].chars().next().map_or(1, char::len_utf8);
    let span = Span::new(cut.map_or(head.start, after), head.end);
    let mut list = list(text, pieces(text, span)?);
    let (first, others) = list.items.split_first()?;
    let is_name = |item: &str| match kind {
        Kind::Place => item.chars().count() == 2 && item.chars().all(is_han),
        Kind::Person => is_person(item),
    };
    // 年内在清河: the first name has words before it.
    let own = tail(first.of(text), 2);
    let begins = match kind {
        Kind::Place => own.chars().all(is_han),
        Kind::Person => ends_with_person(first.of(text)),
    };
    let fits = list.items.len() >= FEWEST && begins && others.iter().all(|s| is_name(s.of(text)));
    let near = stated.value + 1 >= list.least && stated.value <= list.most + 1;
    if !fits || !near || first.of(text).chars().count() > 24 || counts(first.of(text)) {
        return None;
    }
    // 在城关，清河、…: the list may begin before the mark.
    let earlier = cut.map_or("", |i| text[head.start..i].trim_end());
    let earlier = &earlier[earlier
        .rfind(|c| ends_clause(c) || c == '、')
        .map_or(0, |i| i + earlier[i..].chars().next().map_or(1, char::len_utf8))..];
    list.open |= match kind {
        Kind::Place => earlier.chars().count() <= 3 && is_name(tail(earlier, 2)) && !ends_otherwise(earlier),
        Kind::Person => ends_with_person(earlier),
    };
    // No name of this form holds a 和.
    if list.most == list.items.len() {
        list.least = list.most;
    }
    if let Some(first) = list.items.first_mut() {
        let words = first.of(text);
        let name = if kind == Kind::Person && is_person(tail(words, 3)) { tail(words, 3) } else { tail(words, 2) };
        first.start = first.end - name.len();
    }
    list.closed = true;
    list.alike = true;
    Some(list)
}

/// Whether the words are an opening rather than a name: 今年, 目前, 经研究, 会后.
fn ends_otherwise(words: &str) -> bool {
    words.ends_with(|c| "年月日前后中来间时究下示求准署排上初底末".contains(c))
}

/// Whether a name of two or three characters stands there.
fn is_person(item: &str) -> bool {
    let mut chars = item.chars().filter(|&c| c != '\u{3000}' && c != ' ');
    let family = chars.next().is_some_and(|c| FAMILIES.contains(c));
    let given = chars.by_ref().take(2).take_while(|&c| is_han(c)).count();
    family && given > 0 && chars.next().is_none()
}

/// Whether a name stands at the end.
fn ends_with_person(words: &str) -> bool {
    [2, 3].into_iter().any(|len| is_person(tail(words, len)))
}

/// The last characters of the words.
fn tail(words: &str, len: usize) -> &str {
    let from = words.char_indices().rev().nth(len.saturating_sub(1)).map_or(0, |(at, _)| at);
    &words[from..]
}
