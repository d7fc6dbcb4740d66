//! Reach: a rate or a growth that no whole number gives on the stated base.

use super::exact::{Exact, Interval, half, whole};
use super::growth::{Way, way};
use super::quantity::{Quantity, Unit};
use super::verdict::{Verdict, Working};
use super::{Claim, Kind, Part, Role, Scene};
use crate::text::words;

/// Beyond this every printed rate can be reached; below, the numerators are tried one by one.
const LARGEST: i128 = 2000;

/// Finds the rates that no count reaches, save those that `judged`, the other claims of the sentence, decide.
pub(super) fn find(scene: &Scene<'_>, judged: &[Claim]) -> Vec<Claim> {
    let list = scene.sentence.quantities;
    let mut out = Vec::new();
    for at in 1..list.len() {
        let rate = &list[at];
        if rate.unit != Unit::Percent || rate.masked || rate.hedge.is_some() || rate.chinese {
            continue;
        }
        let base = &list[at - 1];
        if !base.exact
            || base.chinese
            || !matches!(base.unit, Unit::Counter(_))
            || base.value > whole(LARGEST)
            || base.depth != rate.depth
        {
            continue;
        }
        // 24小时办结率97.4%: a time within which is no base.
        if words!["小时", "工作日", "天", "日", "分钟", "周", "月", "年"].ends(base.span.of(scene.text)).is_some()
        {
            continue;
        }
        // Where a reading was found, the rate has been judged on its two counts.
        if judged.iter().any(|c| c.at == rate.span && !matches!(c.verdict, Verdict::Unknown(_))) {
            continue;
        }
        // 7个断面达标率94.4%（按84个月次评价）: a bracket that tells how the rate is reckoned gives it another base.
        let behind = scene.text[rate.said.end..scene.sentence.span.end].trim_start();
        if behind.strip_prefix(['（', '(']).is_some_and(|b| words!["按", "以", "共", "据"].begins(b).is_some()) {
            continue;
        }
        // 全市20个区县排名第8，同比上升1.35%: the field of a ranking is no value.
        if words!["排名", "位列", "位居", "居第", "排第"].is_in(&scene.text[base.span.end..rate.span.start]) {
            continue;
        }
        let lead = scene.lead(rate);
        if let Some((way, rest)) = way(lead) {
            out.extend(grown(scene, base, rate, way, rest));
        } else if base.clause == rate.clause {
            out.extend(shared(scene, base, rate, lead));
        }
    }
    out
}

fn claim(base: &Quantity, rate: &Quantity, computed: Interval, way: Option<Way>) -> Claim {
    let part = if way.is_some() { Part::After } else { Part::Denominator };
    let roles = vec![Role::new(Part::Rate, rate.span), Role::new(part, base.span)];
    let working = Working::new(base.value, base.value, computed, rate, 1);
    Claim::new(Kind::Reach, rate.span, roles, Verdict::Conflicts(working)).firm(false)
}

/// 13件案件结案率为95%: no count of 13 is that share of them.
fn shared(scene: &Scene<'_>, base: &Quantity, rate: &Quantity, lead: &str) -> Option<Claim> {
    let mut name = lead;
    while let Some(rest) = words!["达到", "达", "均为", "为", "是", "仅", "只有", "约"].cut_end(name) {
        name = rest;
    }
    let known = scene.lexicon.rate(name).filter(|r| r.items)?;
    let mean = name.starts_with("综合") || words!["平均", "分别", "均", "投资", "计划"].is_in(name);
    if mean || known.over && rate.value > whole(100) {
        return None;
    }
    // 15个点位全年监测达标率97.6%: a place is measured many times over.
    if words!["监测", "点位", "断面", "站点", "测点"].is_in(&scene.text[base.span.end..rate.span.start]) {
        return None;
    }
    let n = base.value.to_integer();
    if n <= 0 {
        return None;
    }
    let share = |k: i128| Exact::new(k * 100, n);
    // The counts whose share lies in the rate's interval, of none up to all.
    let widened = rate.means.widened(half(rate.ulp));
    let count = |rate: Exact| rate * whole(n) / whole(100);
    let low = count(widened.lo).max(whole(0));
    let high = widened.hi.map_or(whole(n), |hi| count(hi).min(whole(n)));
    if low <= high && Interval::new(low, high).integers().is_some() {
        return None;
    }
    let below = (rate.value * base.value / whole(100)).floor().to_integer();
    let nearest = Interval::new(share(below.clamp(0, n)), share((below + 1).clamp(0, n)));
    Some(claim(base, rate, nearest, None))
}

/// 9件，同比增长40%: no whole number before gives that growth to 9.
fn grown(scene: &Scene<'_>, base: &Quantity, rate: &Quantity, way: Way, rest: &str) -> Option<Claim> {
    let plain = ["同比", "比上年", "较上年", "比去年", "较去年", "较上年同期", "比上年同期"].contains(&rest.trim());
    if !plain || rate.clause != base.clause + 1 || way_of(scene, base) {
        return None;
    }
    let now = base.value;
    let factor = |p: Exact| match way {
        Way::Up => whole(1) + p / whole(100),
        Way::Down => whole(1) - p / whole(100),
    };
    let ulp = rate.ulp;
    let (a, b) = (factor(rate.value - ulp), factor(rate.value + ulp));
    let (low, high) = if a < b { (a, b) } else { (b, a) };
    if low <= whole(0) {
        return None;
    }
    let before = Interval::new(now / high, now / low);
    if before.integers().is_some() {
        return None;
    }
    let change = |p: i128| (now / whole(p) - whole(1)) * whole(100);
    let floor = before.lo.floor().to_integer();
    if floor < 1 {
        return None;
    }
    let (x, y) = (change(floor), change(floor + 1));
    let (x, y) = if way == Way::Down { (-x, -y) } else { (x, y) };
    let computed = if x < y { Interval::new(x, y) } else { Interval::new(y, x) };
    Some(claim(base, rate, computed, Some(way)))
}

/// Whether the count itself is a difference (比上年增加10件，增长…).
fn way_of(scene: &Scene<'_>, q: &Quantity) -> bool {
    way(scene.lead(q)).is_some() || scene.is_prior(q)
}
