//! What each is given times how many there are: 每村补助15万元, 24个村, 共360万元.

use crate::claim::exact::{Exact, Interval, whole};
use crate::claim::quantity::{Hedge, Quantity, Unit};
use crate::claim::sign::Sign;
use crate::claim::verdict::{Verdict, Why, Working};
use crate::claim::{Around, Claim, Kind, Part, Role, Scene, growth, han_pairs, holds, totals};
use crate::text::{WordList, is_han, trim_blank_start, words};

/// Words of an amount that is the same for each.
const FIXED: WordList = WordList::new(&[
    "标准", "补助", "补贴", "奖", "资助", "救助", "给予", "发放", "安排", "拨付", "下达", "扶持", "慰问", "缴", "收取",
    "单价", "价格", "收购", "配套",
]);
/// What may be said of the total amount of what was given, and of nothing else; 累计 and 实际 tell of instalments and of what
/// was paid of it.
const PAID: WordList = WordList::new(&[
    "补助",
    "补贴",
    "奖补",
    "奖励",
    "资助",
    "救助",
    "资金",
    "发放",
    "拨付",
    "下达",
    "兑付",
    "兑现",
    "支付",
    "安排",
    "需",
    "经费",
    "金额",
    "款",
    "计",
    "合",
    "共",
    "总",
    "应",
    "缴",
    "收取",
    "慰问",
    "收购",
    "为",
    "达",
    "了",
    "的",
    "元",
    "县财政",
    "财政",
]);
/// Words of a rate by time, of steps, of bounds, of parts and of further amounts: nothing follows from them.
const OTHERWISE: WordList = WordList::new(&[
    "每年",
    "每月",
    "每天",
    "每日",
    "每次",
    "每学期",
    "每学年",
    "连续",
    "个月",
    "季度",
    "首批",
    "预拨",
    "先行",
    "已拨",
    "剩余",
    "缺口",
    "扣除",
    "除",
    "最高",
    "最低",
    "封顶",
    "上限",
    "不超过",
    "至少",
    "不少于",
    "不低于",
    "以内",
    "以上",
    "以下",
    "档",
    "梯",
    "一类",
    "二类",
    "甲类",
    "分类",
    "另",
    "还有",
    "同时",
    "加上",
    "连同",
    "其他",
    "均",
    "不等",
    "现有",
    "空缺",
    "缺编",
    "在岗",
    "到位",
    "第一年",
    "第二年",
    "两年",
    "三年",
    "原则上",
    "或",
    "可",
    "分批",
    "分期",
    "其中",
]);
/// Times, of which an amount falls on each.
const TIMES: WordList = WordList::new(&[
    "年", "月", "季", "周", "天", "日", "次", "期", "场", "小时", "学", "届", "轮", "批", "百", "千", "万",
]);

/// How many figures of a sentence are looked at.
const MOST: usize = 12;

pub(super) fn find(scene: &Scene<'_>, out: &mut Vec<Claim>) {
    let list = scene.sentence.quantities;
    if !(3..=MOST).contains(&list.len()) {
        return;
    }
    let mut each = list.iter().enumerate().filter_map(|(at, q)| Some((at, thing(scene, q)?)));
    // Of two amounts, be it for villages and for towns, the total may be of both.
    let (Some((at, thing)), None) = (each.next(), each.next()) else { return };
    out.extend(judge(scene, at, thing));
}

/// What an amount is for each of: 村 in 每村补助15万元, 亩 in 每亩120元 and 120元/亩.
fn thing<'a>(scene: &'a Scene<'_>, q: &Quantity) -> Option<&'a str> {
    if !matches!(q.unit, Unit::Counter(_)) || q.masked {
        return None;
    }
    let (lead, tail) = (scene.lead(q), scene.tail(q));
    if let Some(per) = tail.strip_prefix('/') {
        let len = per.chars().take_while(|&c| is_han(c)).map(char::len_utf8).sum::<usize>();
        return (1..=2 * '亩'.len_utf8()).contains(&len).then(|| &per[..len]).filter(|t| TIMES.begins(t).is_none());
    }
    if !q.signs.may(Sign::Every) {
        return None;
    }
    let at = lead.rfind('每')?;
    let named = &lead[at + '每'.len_utf8()..];
    let named = named.strip_prefix(['个', '名', '位', '所', '家', '座']).map_or(named, trim_blank_start);
    let other = TIMES.begins(named).is_some() || lead[..at].contains('每') || lead[..at].ends_with("平均");
    (!named.is_empty() && !other).then_some(named)
}

fn judge(scene: &Scene<'_>, at: usize, thing: &str) -> Option<Claim> {
    let list = scene.sentence.quantities;
    let each = &list[at];
    let is_total = |i: usize| {
        let q = &list[i];
        let lead = scene.lead(q);
        i != at && q.unit == each.unit && q.group == each.group && (totals(lead) || lead.contains('需'))
    };
    // 共少跑37次，折算每个行业少跑1次: what stands behind its total is a mean of it.
    let total = (at + 1..list.len()).find(|&i| is_total(i))?;
    let counts: Vec<usize> = (0..list.len())
        .filter(|&i| i != at && i != total && list[i].group == each.group && counts_them(scene, i, thing))
        .collect();
    let (&first, last) = (counts.first()?, &list[total]);
    let product = |count: usize| times(each.value, &list[count].means);
    let fits = |count: usize| product(count).is_some_and(|p| p.meets(&last.means));
    let (count, fit) = counts.iter().copied().find(|&c| fits(c)).map_or((first, false), |c| (c, true));
    let computed = product(count)?;
    let working = Working::new(each.value, list[count].value, computed, last, counts.len());
    let roles = vec![
        Role::new(Part::Total, last.span),
        Role::new(Part::Each, each.span),
        Role::new(Part::Count, list[count].span),
    ];
    let verdict = if fit {
        Verdict::Agrees(working)
    } else if counts.len() > 1 || !is_provable(scene, at, total, count) {
        Verdict::Unknown(Why::Ambiguous)
    } else {
        Verdict::Conflicts(working)
    };
    // Money is paid as it is fixed; of persons and things there may be more or fewer than there should be.
    let money = scene.lexicon.class("元").map(Unit::Counter) == Some(each.unit);
    Some(Claim::new(Kind::Average, last.span, roles, verdict).firm(money))
}

/// A fixed amount, which is what it says, times a count.
fn times(each: Exact, count: &Interval) -> Option<Interval> {
    Some(Interval { lo: count.lo * each, hi: Some(count.hi? * each), at: count.at * each })
}

/// Whether the total can only be that of the amounts: nothing else is counted in the measure, nothing is hedged, and both
/// are said of the same thing.
fn is_provable(scene: &Scene<'_>, at: usize, total: usize, count: usize) -> bool {
    let list = scene.sentence.quantities;
    let (each, all) = (&list[at], &list[total]);
    let (first, last) = (at.min(count), total.max(count));
    let plain = |i: usize| {
        let q = &list[i];
        !q.masked && q.hedge.is_none() && !scene.is_prior(q) && growth::way(scene.lead(q)).is_none()
    };
    let within = &scene.text[list[first].lead.start..list[last].span.end];
    let alone = (first..=last).all(|i| i == at || i == total || list[i].unit != each.unit);
    let rated = (first..=last).any(|i| matches!(list[i].unit, Unit::Percent | Unit::Times | Unit::Points));
    let money = scene.lexicon.class("元").map(Unit::Counter) == Some(each.unit);
    let own = Around { lead: after_thing(scene, each), tail: scene.tail(each) };
    let altogether = scene.around(all);
    let fixed = !money || FIXED.is_in(own.lead) || FIXED.is_in(own.tail);
    let slip = || is_slip(*all.value.numer(), *(each.value * list[count].value).numer());
    let alike = if money {
        is_paid(altogether.lead)
    } else {
        each.exact && all.exact && of_one_thing(own, altogether) && slip()
    };
    plain(at)
        && plain(total)
        && plain(count)
        && alone
        && !rated
        && fixed
        && alike
        && !OTHERWISE.is_in(within)
        && list[count].value > whole(1)
        && each.hedge != Some(Hedge::AtLeast)
}

/// Whether a number looks like another that was mistyped: one digit other than the last is wrong, two are in each other's
/// place, or there is a nought too many or too few. Of persons and things there may be some more or fewer than was laid
/// down, and their number then differs in other ways.
fn is_slip(written: i128, meant: i128) -> bool {
    let digits = |n: i128| std::iter::successors(Some(n), |n| Some(n / 10)).take_while(|&n| n > 0).map(|n| n % 10);
    let same_length = digits(written).count() == digits(meant).count();
    let mut wrong = digits(written).zip(digits(meant)).enumerate().filter(|(_, (a, b))| a != b);
    let one_or_two = match (wrong.next(), wrong.next(), wrong.next()) {
        (Some((place, _)), None, None) => place > 0,
        (Some((_, (a, b))), Some((_, (c, d))), None) => a == d && b == c,
        _ => false,
    };
    same_length && one_or_two || written == meant * 10 || written * 10 == meant
}

/// The words between what an amount is for each of and the amount.
fn after_thing<'a>(scene: &'a Scene<'_>, each: &Quantity) -> &'a str {
    let lead = scene.lead(each);
    lead.rfind('每').map_or(lead, |at| &lead[at + '每'.len_utf8()..])
}

/// Whether the words say only that it is what was paid, or is due, altogether.
fn is_paid(words: &str) -> bool {
    let mut rest = words;
    while let Some(word) = PAID.begins(rest) {
        rest = &rest[word.len()..];
    }
    rest.is_empty()
}

/// Whether what each has and what there is altogether are called alike, if they are called at all: 每村选派2名, 共选派172名;
/// 每村1名组长, 共配备网格员430名 are not.
fn of_one_thing(each: Around<'_>, all: Around<'_>) -> bool {
    let own = all.lead.rfind('共').map_or(all.lead, |at| &all.lead[at + '共'.len_utf8()..]);
    let own = words!["合计", "总计", "总数", "计"].begins(own).map_or(own, |word| &own[word.len()..]);
    let noun = |words: &str| words.chars().take_while(|&c| is_han(c)).count() > 1;
    let of_each = |pair| each.holds_pair(pair);
    if noun(each.tail) {
        // 每村1名书记: the total is of these, or has no words of its own.
        let alike = han_pairs(each.tail).any(|pair| all.holds_pair(pair));
        return alike || !noun(all.tail) && han_pairs(own).all(of_each);
    }
    !noun(own) || han_pairs(own).any(of_each) || each.lead.chars().count() <= 2
}

/// Whether a figure counts the things that an amount is for each of.
fn counts_them(scene: &Scene<'_>, i: usize, thing: &str) -> bool {
    let q = &scene.sentence.quantities[i];
    let Unit::Counter(own) = q.unit else { return false };
    if q.signs.may(Sign::Every) && scene.lead(q).ends_with('每') {
        return false;
    }
    let char_at = |n: usize| thing.char_indices().nth(n).map_or(thing, |(end, _)| &thing[..end]);
    let noun = scene.tail(q);
    let noun = &noun[..noun.char_indices().nth(6).map_or(noun.len(), |(end, _)| end)];
    [char_at(2), char_at(1)].into_iter().any(|name| {
        let two = name.chars().count() > 1;
        scene.lexicon.class(name) == Some(own) || if two { holds(noun, name) } else { names_place(name, noun) }
    })
}

/// Whether the noun ends, or begins, with a place or a body that is called by one character: 24个示范村, 12所学校.
fn names_place(name: &str, noun: &str) -> bool {
    if !matches!(name, "村" | "镇" | "乡" | "县" | "校" | "院" | "站" | "园" | "店" | "组") {
        return false;
    }
    let Some(at) = noun.find(name) else { return false };
    // 12个村级组织 are no villages.
    !noun[at + name.len()..].starts_with(['级', '民', '集', '干', '医'])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a place is called by, and what is only named after it.
    #[test]
    fn places() {
        for (name, noun, expected) in
            [("村", "示范村给予", true), ("村", "村级组织", false), ("校", "学校", true), ("户", "农户", false)]
        {
            assert_eq!(names_place(name, noun), expected, "{noun}");
        }
    }

    /// What looks like a slip, and what does not.
    #[test]
    fn slips() {
        for (written, meant, expected) in [
            (182, 172, true),
            (3400, 4300, true),
            (1720, 172, true),
            (52, 45, false),
            (176, 172, false),
            (97, 86, false),
            (172, 172, false),
        ] {
            assert_eq!(is_slip(written, meant), expected, "{written} {meant}");
        }
    }

    /// What each has and what there is in all are of one thing.
    #[test]
    fn one_thing() {
        let of = |each, all| {
            let around = |(lead, tail)| Around { lead, tail };
            of_one_thing(around(each), around(all))
        };
        assert!(of(("村选派", ""), ("村共选派", "")));
        assert!(of(("村", "书记"), ("村共", "")));
        assert!(of(("户发放鸡苗", ""), ("共发放", "")));
        assert!(of(("村", ""), ("共", "")));
        assert!(!of(("村配备", "组长"), ("村共配备网格员", "")));
        assert!(!of(("村配备", ""), ("共培训", "人")));
    }

    /// What is said of the total of what was paid.
    #[test]
    fn totals_of_payments() {
        assert!(["共需补助资金", "合计补助资金", "共下达资金", "共"].into_iter().all(is_paid));
        assert!(!["共带动投资", "带动增收", "共实现产值", "累计下达", "实际兑付"].into_iter().any(is_paid));
    }
}
