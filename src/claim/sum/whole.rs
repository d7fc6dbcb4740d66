//! Parts that are all by their names (男性49名，女性37名; 第一产业、第二产业、第三产业), and lists that a look from one side
//! opens (从学历看，…): each such list is of all that was counted.

use super::parts::{deducted, shared, uncover};
use super::{APART, FARTHEST, claim, firm, first_part, listed_by_semicolon, sum, working};
use crate::claim::exact::whole as number;
use crate::claim::lexicon::Whole;
use crate::claim::quantity::{Quantity, Unit};
use crate::claim::sign::Sign;
use crate::claim::verdict::{Fit, Verdict, Working, fit};
use crate::claim::{CARRIED, Claim, Kind, Part, Role, Scene, past_among};
use crate::text::{Span, WordList, words};

/// How many parts a whole has at most.
const MOST: usize = 5;

/// The parts after the count `counts[k]` where their names say that they are all, or that none lies in another.
pub(super) fn named(scene: &Scene<'_>, counts: &[usize], k: usize) -> Option<Claim> {
    let list = scene.sentence.quantities;
    let (total, start) = (&list[counts[k]], first_part(scene, counts, k)?);
    let first = &list[counts[start]];
    if !scene.lexicon.may_be_part(name(scene, counts[start])) {
        return None;
    }
    let row = row(scene, &counts[start..]);
    let whole = together(scene, &row)?;
    let of = &row[..whole.left.len()];
    let between = &scene.text[total.span.end..first.span.start];
    let among = between.contains("其中");
    // 规模以上工业增加值100亿元，第一产业增加值20亿元，…: what no word opens is a pair, or the parts of something else.
    let opened = among || of.len() == 2 || words!["包括", "分别", "：", ":", "（", "("].is_in(between);
    let apart = between.contains(['；', ';']) && !among
        || between.len() > FARTHEST && between.chars().count() > FARTHEST
        || APART.is_in(between)
        // 涉及52个单位，整改48个: of the places that were concerned, and not of what was found there.
        || words!["涉及", "覆盖", "惠及"].is_in(scene.lead(total))
        || first.depth < total.depth
        // 其中1月42件、2月37件、3月51件: the months of a quarter, where it is one that was counted.
        || name(scene, counts[start]).starts_with(|c: char| c.is_ascii_digit())
            && !scene.text[scene.sentence.span.start..total.span.start].contains("季度")
        // 优秀118卷、合格229卷、不合格13卷: a count of the row is no total of it.
        || scene.text[..first.lead.start].ends_with('、')
        || scene.lexicon.is_of_whole(name(scene, counts[k]), &whole);
    // 46处一般隐患和6处重大隐患共52处: what stands right behind a count is its own name, and not of the next.
    let behind_count = |i: usize| {
        let lead = scene.lead(&list[i]);
        let after = i.checked_sub(1).is_some_and(|p| !list[p].chinese && list[p].said.end == list[i].lead.start);
        after && !lead.starts_with(['和', '与', '及', '以']) && !lead.starts_with("其中")
    };
    let apart = apart || of.iter().any(|&i| behind_count(i));
    if apart || !opened || !of_one_kind(scene, total, &whole) || !countable(scene, counts[k], of) {
        return None;
    }
    let s = sum(list, of)?;
    let agrees = |at: usize| Some(claim(scene, at, of, Verdict::Agrees(working(list, at, s, 1)), true));
    match fit(&s, total) {
        Fit::Fits => return agrees(counts[k]),
        Fit::Near => return Some(claim(scene, counts[k], of, Verdict::Near(working(list, counts[k], s, 1)), true)),
        Fit::Off => {}
    }
    // 党员412名，其中女党员120名，正式党员400名，预备党员12名: of an earlier count, or of the one in the sentence before.
    let same = |q: &Quantity| q.unit == total.unit && q.chinese == total.chinese;
    if let Some(earlier) = (0..counts[k]).rev().filter(|&i| same(&list[i])).find(|&i| fit(&s, &list[i]) == Fit::Fits) {
        return agrees(earlier);
    }
    let told = |q: &Quantity, computed| same(q) && fit(computed, q) == Fit::Fits;
    let with_total = s.add(&total.means)?;
    let before = scene.previous.map_or(&[][..], |p| p.quantities);
    let later = list.iter().skip(of.last().map_or(0, |&last| last + 1));
    if list[..counts[k]].iter().any(|q| told(q, &with_total)) || before.iter().chain(later).any(|q| told(q, &s)) {
        return None;
    }
    // One of a row of counts (甲村120人、乙村85人，男…) is not their total.
    let in_row = scene.text[..total.lead.start].ends_with('、') || scene.lead(total).ends_with(['和', '与', '及']);
    let off = in_row || deducted(scene, counts[k], of, &s) || shared(scene, counts[k], of);
    let short = s.at < total.value;
    let proven = !short || whole.all && !goes_on(scene, counts, of);
    if off || !proven || !near(s.at, total.value) {
        return None;
    }
    let tried = of.len() - 1;
    let conflict = Verdict::Conflicts(working(list, counts[k], s, tried));
    Some(claim(scene, counts[k], of, conflict, firm(list, counts[k], of)))
}

/// Whether the sum is off by no more than a slip of the pen.
fn near(sum: crate::claim::Exact, total: crate::claim::Exact) -> bool {
    sum * number(100) >= total * number(75) && sum * number(100) <= total * number(133)
}

/// The counts from the first of these on that stand in one row, without what is told among one of them.
fn row(scene: &Scene<'_>, counts: &[usize]) -> Vec<usize> {
    let list = scene.sentence.quantities;
    let first = &list[counts[0]];
    let mut row = Vec::with_capacity(MOST);
    for &i in counts {
        let q = &list[i];
        let inner = !row.is_empty() && (q.depth > first.depth || scene.says(q, Sign::Among));
        if inner {
            continue;
        }
        let ends = q.unit != first.unit
            || q.depth != first.depth
            || q.group != first.group && !listed_by_semicolon(scene, &row, i)
            || row.len() == MOST;
        if ends {
            break;
        }
        row.push(i);
    }
    row
}

/// What the names of a row say of it together.
fn together<'a>(scene: &'a Scene<'_>, row: &[usize]) -> Option<Whole<'a>> {
    let names: Vec<&str> = row.iter().map(|&i| name(scene, i)).collect();
    scene.lexicon.whole(&names)
}

/// The words that name a part: those before its count, or behind it where none of its own stands there (还有9个正在整改).
fn name<'a>(scene: &'a Scene<'_>, i: usize) -> &'a str {
    const HEADS: WordList = WordList::new(&[
        "和",
        "与",
        "及",
        "以及",
        "包括",
        "包含",
        "分别为",
        "已经",
        "已",
        "尚",
        "仍",
        "仅",
        "检出",
        "评定",
        "实现",
    ]);
    const TAILS: WordList = WordList::new(&["的", "有", "为", "共", "达"]);
    let list = scene.sentence.quantities;
    let q = &list[i];
    // 一日游游客401.7万人次: a numeral of the name is no figure before it.
    let of_name = |k: &usize| list[*k].chinese && list[*k].said.end == list[*k + 1].lead.start;
    let from = (0..i).rev().take_while(|k| !q.chinese && of_name(k)).last().unwrap_or(i);
    let lead = crate::claim::trimmed(&scene.text[list[from].lead.start..q.span.start]);
    let lead = uncover(past_among(lead), HEADS);
    let mut words = if matches!(lead, "" | "有" | "还有" | "另有") { scene.tail(q) } else { lead };
    while let Some(rest) = TAILS.cut_end(words) {
        words = rest.trim_end();
    }
    words
}

/// Whether what the names hold beside the words of the whole is of no other kind than the total: nothing, one character
/// (男性, 女性), or words of the total (男教师, 女教师 of 教师).
fn of_one_kind(scene: &Scene<'_>, total: &Quantity, whole: &Whole<'_>) -> bool {
    let around = scene.around(total);
    let known = |words: &str| {
        words.chars().count() < 2
            || matches!(words, "游客" | "旅游者" | "职工" | "同志" | "增加值" | "案件" | "产品" | "样品" | "项目")
            || around.holds(words)
    };
    whole.left.iter().all(|left| left.iter().all(|words| known(words)))
}

/// Whether all figures are plain counts of one time that can be added: no hedge, no mean, nothing carried over.
fn countable(scene: &Scene<'_>, total: usize, of: &[usize]) -> bool {
    let list = scene.sentence.quantities;
    let plain = |q: &Quantity| {
        !q.masked
            && q.hedge.is_none()
            && q.chinese == list[total].chinese
            && !scene.is_prior(q)
            && !scene.says(q, Sign::Mean)
            && !words!["标准", "每", "率", "价", "指数", "线"].is_in(scene.lead(q))
    };
    let end = of.last().map_or(0, |&i| list[i].span.end);
    plain(&list[total])
        && of.iter().all(|&i| plain(&list[i]))
        && !CARRIED.is_in(&scene.text[list[total].lead.start..end])
}

/// Whether the list may go on behind its last part: with another count of its unit in the same row, or in words.
fn goes_on(scene: &Scene<'_>, counts: &[usize], of: &[usize]) -> bool {
    let list = scene.sentence.quantities;
    let Some((&last, &before)) = of.last().zip(of.first()) else { return true };
    let next = counts.iter().find(|&&i| i > last).map(|&i| &list[i]);
    let rest = &scene.text[list[last].span.end..scene.sentence.span.end];
    let open = words!["其他", "其它", "其余", "另有", "另外", "还有", "此外", "未知", "不详", "待定", "尚有", "剩余"];
    next.is_some_and(|q| q.unit == list[last].unit && q.group == list[before].group && q.depth == list[before].depth)
        || open.is_in(rest)
        || rest.trim_start().starts_with('等')
}

/// A side from which all that was counted is sorted, so that nothing is in two parts of the list. Trades and sizes are none:
/// 从行业看，工业企业62家，制造业58家.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    /// It sorts persons as well; by other sides one person may be told several times.
    OfPersons,
    /// It sorts things.
    OfThings,
    /// It sorts things, but a writer may let its kinds overlap: no more than a slip of the pen is told of them.
    Loose,
}

/// What each side is called.
const SIDES: [(Side, WordList); 3] = [
    (
        Side::OfPersons,
        words![
            "性别",
            "学历",
            "文化程度",
            "年龄",
            "年龄段",
            "民族",
            "户籍",
            "级别",
            "职级",
            "政治面貌",
            "城乡",
            "学段",
        ],
    ),
    (
        Side::OfThings,
        words!["渠道", "来源", "途径", "层级", "地域", "辖区", "所有制", "结果", "程序", "季度", "月份", "等级",],
    ),
    (Side::Loose, words!["类型", "类别", "种类", "用途", "方式", "主体", "地区", "区域", "性质"]),
];

/// The side that a clause looks from: 从学历看, 按来源分, 分行业看.
fn side(clause: &str) -> Option<Side> {
    let clause = clause.trim();
    let rest = words!["从", "按", "分"].begins(clause).map(|head| &clause[head.len()..])?;
    let name = words!["来看", "看", "划分", "来分", "分"].cut_end(rest)?;
    SIDES.iter().find(|(_, names)| names.ends(name).is_some()).map(|(side, _)| *side)
}

/// 共录用64人。从性别看，男性35人，女性29人；从学历看，本科41人，硕士研究生及以上23人: each list against the one count
/// that stands before all of them, in this sentence or in the one before.
pub(super) fn sides(scene: &Scene<'_>, out: &mut Vec<Claim>) {
    let list = scene.sentence.quantities;
    let clauses = scene.sentence.clauses;
    let looks = |clauses: &[Span], from: usize| {
        (from..clauses.len()).find_map(|c| side(clauses[c].of(scene.text)).map(|side| (c, side)))
    };
    let mut next = looks(clauses, 0);
    let Some((opening, _)) = next else { return };
    while let Some((c, side)) = next {
        next = looks(clauses, c + 1);
        let end = next.map_or(clauses.len(), |(end, _)| end);
        let of = listed(scene, c, end);
        let told = |claim: &Claim| {
            claim.kind == Kind::Sum && of.iter().any(|&i| claim.roles.iter().any(|r| r.span == list[i].span))
        };
        if of.len() < 2 || out.iter().rev().take_while(|c| c.at.start >= scene.sentence.span.start).any(told) {
            continue;
        }
        let unit = list[of[0]].unit;
        let persons = scene.lexicon.class("人").map(Unit::Counter) == Some(unit);
        if persons && side != Side::OfPersons {
            continue;
        }
        let own = list.iter().filter(|q| q.unit == unit && q.clause < opening);
        let before = scene.previous.into_iter().flat_map(|p| {
            let until = looks(p.clauses, 0).map_or(usize::MAX, |(until, _)| until);
            p.quantities.iter().filter(move |q| q.unit == unit && q.clause < until)
        });
        let mut totals = own.clone().chain(before.filter(|_| own.clone().next().is_none()));
        let (Some(total), None) = (totals.next(), totals.next()) else { continue };
        out.extend(against(scene, total, &of, if side == Side::Loose { 105 } else { 115 }));
    }
}

/// The parts that a list names between two clauses: counts of one unit, each with a name of its own.
fn listed(scene: &Scene<'_>, from: usize, end: usize) -> Vec<usize> {
    let list = scene.sentence.quantities;
    let counter = |q: &Quantity| matches!(q.unit, Unit::Counter(_));
    let mut of: Vec<usize> = Vec::new();
    for (i, q) in list.iter().enumerate().filter(|(_, q)| q.clause > from && q.clause < end && counter(q)) {
        let lead = scene.lead(q);
        let first = of.first().map_or(q, |&first| &list[first]);
        let part = q.unit == first.unit && q.group == first.group && q.depth == first.depth && !q.chinese;
        let named = lead.chars().count() > 1
            && words!["其中", "有", "涉及", "含", "共", "合计", "达", "另", "超过"].begins(lead).is_none()
            && !words!["合计", "总计", "同比", "比上", "较上", "比去年", "较去年"].is_in(lead);
        if !part || !named || scene.is_prior(q) || q.masked || q.hedge.is_some() || scene.says(q, Sign::Signed) {
            break;
        }
        of.push(i);
    }
    of
}

/// A list that sorts what a count before it has counted: its parts are no more than that. What is more than `most` percent
/// of it is no slip.
fn against(scene: &Scene<'_>, total: &Quantity, of: &[usize], most: i128) -> Option<Claim> {
    let list = scene.sentence.quantities;
    let s = sum(list, of)?;
    let made = |verdict| {
        let mut roles = vec![Role::new(Part::Total, total.span)];
        roles.extend(of.iter().map(|&i| Role::new(Part::Addend, list[i].span)));
        Some(Claim::new(Kind::Sum, total.span, roles, verdict))
    };
    let working = Working::new(s.at, total.value, s, total, of.len() - 1);
    if fit(&s, total) == Fit::Fits {
        return made(Verdict::Agrees(working));
    }
    let prior = total.signs.may(Sign::Prior) && Sign::Prior.words().is_in(scene.lead(total));
    let thresholds = thresholds(scene, of);
    let hedged = total.hedge.is_some() || total.masked || total.chinese || !s.is_point() && fit(&s, total) == Fit::Near;
    let twice =
        words!["多选", "可选", "交叉", "重复", "重叠", "同时", "兼", "不止", "两个以上", "多个", "若干", "并处", "含"];
    let open = twice.is_in(&scene.text[list[of[0]].lead.start..scene.sentence.span.end]);
    if prior || hedged || open || thresholds || total.value <= number(0) {
        return None;
    }
    let short = s.at < total.value;
    let all = || {
        let whole = together(scene, of);
        whole.is_some_and(|w| w.all && w.left.len() == of.len() && of_one_kind(scene, total, &w))
            && !goes_on(scene, &(0..list.len()).collect::<Vec<_>>(), of)
    };
    let slip = s.at * number(100) <= total.value * number(most);
    (near(s.at, total.value) && slip && (!short || all())).then(|| made(Verdict::Conflicts(working))).flatten()
}

/// Whether parts that reach from a threshold on may hold others: 大专以上60人，本科以上41人. One that is open at the end of
/// the list, and one at its begin, are the ends of a scale.
fn thresholds(scene: &Scene<'_>, of: &[usize]) -> bool {
    let open = |i: &usize, word: &str| {
        let q = &scene.sentence.quantities[*i];
        scene.lead(q).contains(word) || scene.tail(q).starts_with(word)
    };
    let at = |word| of.iter().enumerate().filter(move |(_, i)| open(i, word)).map(|(n, _)| n);
    let (mut above, mut below) = (at("以上"), at("以下"));
    let last = of.len() - 1;
    match (above.next(), above.next(), below.next(), below.next()) {
        (None, _, None, _) => false,
        (Some(a), None, None, _) => a != last,
        (None, _, Some(b), None) => b != last && b != 0,
        (Some(a), None, Some(b), None) => !(a == last && b == 0 || a == 0 && b == last),
        _ => true,
    }
}
