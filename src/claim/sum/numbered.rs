//! Totals and lists whose words say how many the parts are (三个片区共…, 两类会议合计…, 分三类：…), and those of a body whose
//! parts stand in a series (七年级…，八年级…，九年级…，全校共…): nothing is left out, and nothing is among them twice.

use crate::claim::exact::{Interval, whole};
use crate::claim::lexicon::Lexicon;
use crate::claim::quantity::{Quantity, Sentences, Unit};
use crate::claim::sign::Sign;
use crate::claim::verdict::{Fit, Verdict, fit};
use crate::claim::{Claim, Kind, Part, Role, Scene, han_pairs, totals};
use crate::text::{WordList, chinese_integer, is_chinese_numeral, is_han, words};

/// How many parts a number of them says at the most.
const MOST: u64 = 10;
/// How many sentences before the one of its total a part may stand.
const FARTHEST: usize = 6;

/// The number of several things that the words begin with, and the words behind it.
fn several(words: &str) -> Option<(usize, &str)> {
    let len: usize = words.chars().take_while(|&c| is_chinese_numeral(c)).map(char::len_utf8).sum();
    let (number, rest) = words.split_at(len);
    let parts = chinese_integer(number).filter(|parts| (2..=MOST).contains(parts))?;
    Some((usize::try_from(parts).ok()?, rest))
}

/// What the words before a total say of its parts: three of them, called 片区, and what was done to them, in
/// 三个片区共排查2954栋.
struct Named<'a> {
    parts: usize,
    noun: &'a str,
    verb: &'a str,
}

fn named<'a>(scene: &Scene<'a>, total: &Quantity) -> Option<Named<'a>> {
    let clause = scene.sentence.clauses.get(total.clause)?;
    let before = scene.text[clause.start..total.span.start].trim();
    let (parts, rest) = several(before)?;
    let (at, word) = words!["合计", "共计", "总计", "一共", "总共", "累计", "共"].find(rest)?;
    let noun = &rest[..at];
    // 两个片区: what is counted, and not how; 两镇 and 两年 have no measure word.
    let noun = match words!["个", "类", "项", "种", "家", "所", "座", "批", "支", "条", "处", "大"].begins(noun)
    {
        Some(counter) if counter.len() < noun.len() => &noun[counter.len()..],
        _ => noun,
    };
    let verb = rest[at + word.len()..].trim();
    let short = (1..=8).contains(&noun.chars().count()) && verb.chars().count() <= 8;
    (short && noun.chars().all(is_han)).then_some(Named { parts, noun, verb })
}

/// Words of what is counted twice, or of what is not all.
const TWICE: WordList = WordList::new(&[
    "重复", "交叉", "去重", "重叠", "扣除", "剔除", "同时", "兼", "含", "包括", "联合", "除外", "另有", "此外",
]);

/// 东片区排查房屋1312栋。西片区排查987栋。北片区排查645栋。三个片区共排查2954栋: as many counts of a paragraph as the total says it
/// has parts, each of them with a name in which the noun of the total stands.
pub(in crate::claim) fn totals_of_several(text: &str, lexicon: &Lexicon, sentences: &Sentences, out: &mut Vec<Claim>) {
    if sentences.figures() < 3 {
        return;
    }
    for (k, sentence) in sentences.iter().enumerate() {
        let scene = Scene { text, lexicon, sentence, previous: None };
        for total in sentence.quantities {
            let may = total.signs.may(Sign::Total) && matches!(total.unit, Unit::Counter(_)) && !total.masked;
            if !may || !totals(scene.lead(total)) || total.hedge.is_some() || scene.is_prior(total) {
                continue;
            }
            let Some(named) = named(&scene, total) else { continue };
            let known = |c: &Claim| c.kind == Kind::Sum && c.at == total.span;
            if out.iter().rev().take_while(|c| c.at.end >= sentence.span.start).any(known) {
                continue;
            }
            out.extend(of_several(&scene, k, sentences, total, &named));
        }
    }
}

/// A count before a total, with the words before it.
struct Told<'a> {
    q: &'a Quantity,
    lead: &'a str,
}

fn of_several(
    scene: &Scene<'_>,
    k: usize,
    sentences: &Sentences,
    total: &Quantity,
    named: &Named<'_>,
) -> Option<Claim> {
    let text = scene.text;
    let mut told: Vec<Told<'_>> = Vec::with_capacity(named.parts + 1);
    'all: for s in (k.saturating_sub(FARTHEST)..=k).rev() {
        let sentence = sentences.get(s);
        let own = Scene { text, lexicon: scene.lexicon, sentence, previous: None };
        for q in sentence.quantities.iter().rev().filter(|q| s < k || q.clause < total.clause) {
            if q.unit != total.unit || q.chinese != total.chinese {
                continue;
            }
            let lead = crate::claim::trimmed(q.lead.of(text));
            let plain = q.hedge.is_none() && !q.masked && q.depth == total.depth;
            if told.len() < named.parts
                && (!plain || own.is_prior(q) || own.says(q, Sign::Among) || own.says(q, Sign::Mean) || totals(lead))
            {
                return None;
            }
            told.push(Told { q, lead });
            if told.len() > named.parts {
                break 'all;
            }
        }
    }
    // One more of the same kind before them, or a total of its own, shows that they are others than those meant.
    let more = (told.len() > named.parts).then(|| told.pop()).flatten();
    if told.len() != named.parts {
        return None;
    }
    told.reverse();
    let common = named.noun.chars().find(|&c| told.iter().all(|t| t.lead.contains(c)))?;
    if more.is_some_and(|more| more.lead.contains(common)) {
        return None;
    }
    let done: Vec<&str> =
        told.iter().map(|t| t.lead.rfind(common).map_or("", |at| &t.lead[at + common.len_utf8()..])).collect();
    let distinct = told.iter().enumerate().all(|(i, t)| told[..i].iter().all(|u| u.lead != t.lead));
    let verb: &str = named.verb.char_indices().nth(2).map_or(named.verb, |(end, _)| &named.verb[..end]);
    // 两类会议合计: each has no more than its name; 两镇共排查: the same was done in each.
    let alike = if verb.chars().count() < 2 {
        done.iter().all(|d| *d == done[0])
    } else {
        done.iter().all(|d| d.contains(verb)) || done.iter().all(|d| d.is_empty())
    };
    let first = &told[0];
    if !distinct || !alike || TWICE.is_in(&text[first.q.lead.start..scene.sentence.span.end]) {
        return None;
    }
    let s = told[1..].iter().try_fold(first.q.means, |sum, t| sum.add(&t.q.means))?;
    // 两校共招生620人，其中补录15人: what makes the difference is told behind.
    let told_of = |q: &Quantity| {
        q.unit == total.unit && [s.add(&q.means), s.sub(&q.means)].iter().flatten().any(|with| with.meets(&total.means))
    };
    if scene.sentence.quantities.iter().any(|q| q.span.start > total.span.start && told_of(q)) {
        return None;
    }
    let mut roles = vec![Role::new(Part::Total, total.span)];
    roles.extend(told.iter().map(|t| Role::new(Part::Addend, t.q.span)));
    let working = crate::claim::Working::new(s.at, total.value, s, total, 1);
    let verdict = match fit(&s, total) {
        Fit::Fits => Verdict::Agrees(working),
        Fit::Near => Verdict::Near(working),
        Fit::Off if within(&s, total, 75, 133) => Verdict::Conflicts(working),
        Fit::Off => return None,
    };
    Some(Claim::new(Kind::Sum, total.span, roles, verdict))
}

/// Whether the sum is between two percentages of the total.
fn within(sum: &Interval, total: &Quantity, low: i128, high: i128) -> bool {
    sum.at * whole(100) >= total.value * whole(low) && sum.at * whole(100) <= total.value * whole(high)
}

/// How many kinds the words between a total and a list say that it has: 按岗位分三类：, 只有三种：.
pub(super) fn kinds(scene: &Scene<'_>, total: &Quantity, between: &str) -> Option<usize> {
    let head = &between[..between.find(['：', ':'])?];
    let head = head.rsplit(['，', ',', '。', '；', ';']).next()?;
    let verbs = words!["分为", "分成", "分作", "分", "只有", "仅有", "共有", "归为", "包括", "包含"];
    let (start, at) = verbs
        .list()
        .iter()
        .filter_map(|word| head.rfind(word).map(|at| (at, at + word.len())))
        .max_by_key(|&(_, end)| end)?;
    // 检查企业120家，问题分三类：…: the kinds are those of something else.
    let of = head[..start].trim();
    let around = scene.around(total);
    let side = words!["按", "依", "根据", "从", "其中", "共", "全部", "总体", "划", "细"].begins(of).is_some();
    if !(of.is_empty() || side || han_pairs(of).any(|pair| around.holds_pair(pair))) {
        return None;
    }
    let (parts, rest) = several(&head[at..])?;
    let counted = words!["类", "种", "个", "档", "级", "部分", "大类", "块", "项", "批", "段"].begins(rest).is_some();
    let all = !words!["主要", "重点", "大致", "大体"].is_in(head);
    (counted && all && rest.chars().count() <= 6).then_some(parts)
}

/// Whether the words between a total and a list say that there are kinds, be they of something else.
pub(super) fn says_kinds(between: &str) -> bool {
    let head = between.split(['：', ':']).next().unwrap_or_default();
    let mut at = head.match_indices(is_chinese_numeral).map(|(at, _)| at);
    at.any(|at| several(&head[at..]).is_some_and(|(_, rest)| words!["类", "种", "大类"].begins(rest) == Some(rest)))
}

/// Whether a total that closes a list is said to be of fewer things than stand there: 前两类会议合计8次, 甲、乙两村共2000亩, or of a
/// year of which not all quarters are told.
pub(super) fn of_fewer(scene: &Scene<'_>, total: usize, of: &[usize]) -> bool {
    let list = scene.sentence.quantities;
    let Some(clause) = scene.sentence.clauses.get(list[total].clause) else { return false };
    let before = &scene.text[clause.start..list[total].span.start];
    let quarters =
        || before.contains("全年") && of.len() < 4 && of.iter().all(|&i| scene.lead(&list[i]).contains("季度"));
    let fewer = || before.find(is_chinese_numeral).and_then(|at| several(&before[at..]));
    // 一组12人，三组14人，五组15人: others stand between.
    fewer().is_some_and(|(parts, _)| parts < of.len()) || quarters() || steps(scene, of) == Some(false)
}

/// Whether each name is the next of a series after the one before it (七年级, 八年级); `None` where they are no names of a series.
fn steps(scene: &Scene<'_>, of: &[usize]) -> Option<bool> {
    let list = scene.sentence.quantities;
    // 一组: the numeral of a name may be read as a figure of its own.
    let number = |k: usize| {
        let q = &list[of[k]];
        let clause = scene.sentence.clauses.get(q.clause)?.start;
        let from = k.checked_sub(1).map_or(clause, |before| clause.max(list[of[before]].span.end));
        let words = &scene.text[from..q.span.start];
        let (at, c) = words.char_indices().find(|&(_, c)| is_chinese_numeral(c))?;
        let (number, behind) = words[at..].split_at(c.len_utf8());
        Some((chinese_integer(number)?, behind)).filter(|_| !behind.is_empty())
    };
    let (first, behind) = number(0)?;
    let named = (1..of.len()).all(|k| number(k).is_some_and(|(_, own)| own == behind));
    named.then(|| (first..).zip(0..of.len()).all(|(n, k)| number(k).is_some_and(|(own, _)| own == n)))
}

/// Whether the words of a total are of a body as a whole: 全校共有, 全镇共.
fn of_body(lead: &str) -> bool {
    let Some(rest) = lead.strip_prefix('全') else { return false };
    let body = rest.chars().next().filter(|&c| "校镇村院局厂所园区县市乡站队库馆".contains(c));
    body.is_some_and(|c| words!["共", "合计", "总计"].begins(&rest[c.len_utf8()..]).is_some())
}

/// 七年级设8个班，八年级设7个班，九年级设7个班，全校共有22个教学班: parts that open the sentence and whose names are the numbers of
/// one series leave none out.
pub(super) fn series(scene: &Scene<'_>, total: usize, of: &[usize], sum: &Interval) -> bool {
    let total = &scene.sentence.quantities[total];
    let open = words!["其他", "其余", "另", "还有", "此外", "不含"];
    of.len() > 2
        && of[0] == 0
        && of_body(scene.lead(total))
        && steps(scene, of) == Some(true)
        && within(sum, total, 90, 110)
        && !open.is_in(scene.sentence.span.of(scene.text))
}
