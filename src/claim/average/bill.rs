//! Bills: things at a price (显微镜25台，单价1.68万元，总价42万元), and persons over days (5天，80人，每人每天100元，共需4万元).
//!
//! They are told in one row of clauses, and only money that is fixed for each follows the rule.

use crate::claim::exact::{Interval, whole};
use crate::claim::quantity::{Quantity, Unit};
use crate::claim::sign::Sign;
use crate::claim::verdict::{Fit, Verdict, Working, fit};
use crate::claim::{Claim, Kind, Part, Role, Scene};
use crate::text::{WordList, words};

/// Words of what is added to the price, or taken off it, or of what is not all of it.
const OTHERWISE: WordList = WordList::new(&[
    "优惠",
    "折",
    "税",
    "运费",
    "安装",
    "另",
    "含",
    "最高",
    "最低",
    "上限",
    "不超过",
    "以内",
    "以上",
    "以下",
    "暂",
    "预留",
    "下浮",
    "上浮",
    "其他",
    "其中",
    "已付",
    "首付",
    "预付",
    "减免",
    "加上",
    "连同",
    "讲课",
    "师资",
    "住宿",
    "场地",
    "交通",
    "资料",
    "工作人员",
    "半天",
    "均",
    "约",
    "左右",
    "起",
    "同时",
    "不可预见",
    "服务费",
    "人次",
    "降",
    "减",
]);
/// Words of the whole of a bill.
const WHOLE: WordList = WordList::new(&[
    "总价",
    "总价款",
    "总金额",
    "金额",
    "合计",
    "共计",
    "总计",
    "共",
    "共需",
    "合计需",
    "需",
    "资金",
    "经费",
    "补助",
    "补贴",
    "费",
    "伙食",
    "支出",
    "为",
    "合同",
    "采购",
    "预算",
    "发放",
    "拨付",
    "支付",
]);

pub(super) fn find(scene: &Scene<'_>, out: &mut Vec<Claim>) {
    let list = scene.sentence.quantities;
    if !(3..=8).contains(&list.len()) {
        return;
    }
    for at in 1..list.len() - 1 {
        let q = &list[at];
        if !matches!(q.unit, Unit::Counter(_)) || q.unit != list[at + 1].unit {
            continue;
        }
        let lead = scene.lead(q);
        let counts = if words!["单价", "单价为"].ends(lead).is_some() && lead.chars().count() <= 6 {
            at.checked_sub(1).filter(|&i| list[i].clause + 1 == q.clause).map(|i| [Some(i), None])
        } else if q.signs.may(Sign::Every) && words!["每人每天", "每人每日"].ends(lead).is_some() {
            persons_and_days(scene, at)
        } else {
            None
        };
        out.extend(counts.and_then(|counts| judge(scene, at, counts)));
    }
}

/// The one number of persons and the one of days before an amount for each person and day.
fn persons_and_days(scene: &Scene<'_>, at: usize) -> Option<[Option<usize>; 2]> {
    let list = scene.sentence.quantities;
    let one = |word: &str| {
        let unit = Unit::Counter(scene.lexicon.class(word)?);
        let mut found = (0..list.len()).filter(|&i| list[i].unit == unit);
        found.next().filter(|&i| found.next().is_none() && i < at)
    };
    let (persons, days) = (one("人")?, one("天")?);
    // 每期5天，每期80人: of each of several courses.
    let each = [persons, days].iter().any(|&i| words!["每", "各", "均"].is_in(scene.lead(&list[i])));
    (at == 2 && !each).then_some([Some(persons), Some(days)])
}

fn judge(scene: &Scene<'_>, at: usize, counts: [Option<usize>; 2]) -> Option<Claim> {
    let list = scene.sentence.quantities;
    let (each, total) = (&list[at], &list[at + 1]);
    let money = scene.lexicon.class("元").map(Unit::Counter)? == each.unit;
    let plain = |q: &Quantity| q.hedge.is_none() && !q.masked && !q.chinese && q.depth == each.depth;
    let alone = list.iter().filter(|q| q.unit == each.unit).nth(2).is_none();
    let next = total.clause == each.clause + 1 && total.group == each.group;
    if !money || !alone || !next || !plain(each) || !plain(total) || !is_whole(scene.lead(total)) {
        return None;
    }
    let mut times = whole(1);
    for &i in counts.iter().flatten() {
        let q = &list[i];
        let counted = plain(q) && q.exact && q.group == each.group && matches!(q.unit, Unit::Counter(_));
        if !counted || q.unit == each.unit || q.value <= whole(1) {
            return None;
        }
        times = times * q.value;
    }
    if OTHERWISE.is_in(scene.sentence.span.of(scene.text)) {
        return None;
    }
    // A price is what it says: 1.68万元 is no rounding, and what it makes is rounded only where it has more places.
    let computed = Interval::point(each.value * times);
    let rounded = !(computed.at / total.ulp).is_integer();
    let working = Working::new(each.value, times, computed, total, 1);
    let verdict = match fit(&computed, total) {
        Fit::Fits => Verdict::Agrees(working),
        Fit::Near if rounded => Verdict::Near(working),
        Fit::Near | Fit::Off => Verdict::Conflicts(working),
    };
    let mut roles = vec![Role::new(Part::Total, total.span), Role::new(Part::Each, each.span)];
    roles.extend(counts.iter().flatten().map(|&i| Role::new(Part::Count, list[i].span)));
    Some(Claim::new(Kind::Average, total.span, roles, verdict))
}

/// Whether the words say nothing but that an amount is the whole of the bill.
fn is_whole(words: &str) -> bool {
    let mut rest = words;
    while let Some(word) = WHOLE.begins(rest) {
        rest = &rest[word.len()..];
    }
    rest.is_empty() && words!["共", "合计", "总", "需"].is_in(words)
}
