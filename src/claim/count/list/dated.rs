//! Lists of months or days on which something took place, before its number: 于2月、4月、7月、9月先后召开会议4次.

use std::cmp::Ordering;

use super::List;
use crate::claim::count::stated::Stated;
use crate::text::{Span, WordList, is_digit, is_han, trim_blank_end, words};

/// What took place.
const HELD: WordList = WordList::new(&["召开", "举办", "开展", "组织", "举行", "进行", "实施", "发布", "开放", "印发"]);
/// Words of one for each.
const ONE_EACH: WordList = WordList::new(&["先后", "分别", "依次"]);
/// The fewest dates that are taken for a list.
const FEWEST: usize = 3;
/// How far before its number a list may end, in bytes.
const LINK: usize = 60;

/// The list of dates before a number of times. In one month there may have been several, so that more times than months
/// are a slip only where the words say that each had one.
pub(super) fn before_number(text: &str, block: Span, stated: &Stated) -> Option<List> {
    if !matches!(stated.counter.of(text), "次" | "场" | "期" | "轮" | "批" | "批次") {
        return None;
    }
    let head = &text[block.start..stated.number.start];
    let run = head.trim_end_matches(is_han);
    let link = &head[run.len()..];
    let unit = link.chars().next().filter(|c| matches!(c, '月' | '日'))?;
    let words = &link[unit.len_utf8()..];
    if !run.ends_with(is_digit) || link.len() > LINK || !HELD.is_in(words) || words.contains(['各', '每', '等', '均'])
    {
        return None;
    }
    let mut items = Vec::new();
    let mut end = block.start + run.len() + unit.len_utf8();
    let open = loop {
        let before = &text[block.start..end];
        let start = start_of_date(before)?;
        items.push(Span::new(block.start + start, end));
        let rest = trim_blank_end(&before[..start]);
        match words!["、", "和", "及", "与"].cut_end(rest) {
            Some(joined) if joined.ends_with(['月', '日']) => end = block.start + joined.len(),
            Some(_) => break true,
            // 1月，3月、5月…, 至9月、10月: the list may have begun before.
            None => {
                let mark = rest.strip_suffix(['，', ',', '至', '-', '—', '）', ')']);
                break mark.is_some_and(|m| m.ends_with(['月', '日', '次', '场', '期']))
                    || rest.ends_with(['至', '-', '—', '~', '～']);
            }
        }
    };
    items.reverse();
    let (least, value) = (items.len(), stated.value);
    let one_each = ONE_EACH.is_in(words);
    // 9月、10月、11月开展回头看2次, 5日、6日、7日举办培训班1期: what goes on may last from one to the next.
    let met = unit == '月' && words!["召开", "举行", "举办"].is_in(words);
    let doubtful = match value.cmp(&least) {
        Ordering::Greater => !one_each || value > least + 1,
        Ordering::Less => !(one_each || met) || value + 2 < least,
        Ordering::Equal => false,
    };
    if least < FEWEST || doubtful {
        return None;
    }
    Some(List { least, most: least, items, open, closed: true, alike: true })
}

/// Where the date begins that the words end with: 2月, 3月5日, 2024年3月, 8日.
fn start_of_date(words: &str) -> Option<usize> {
    let mut rest = words;
    for unit in ['日', '月', '年'] {
        let Some(head) = rest.strip_suffix(unit) else { continue };
        let bare = head.trim_end_matches(is_digit);
        if bare.len() == head.len() {
            break;
        }
        rest = bare;
    }
    (rest.len() < words.len()).then_some(rest.len())
}
