//! Changes: a stated difference against the values before and after.

use super::exact::whole;
use super::growth::{Pair, Way, difference, speaks_of_before, way};
use super::quantity::Unit;
use super::verdict::{Fit, Verdict, Why, Working, fit};
use super::{Claim, Kind, Part, Role, Scene};
use crate::text::{WordList, words};

pub(super) fn find(scene: &Scene<'_>, pairs: &[Pair], out: &mut Vec<Claim>) {
    compared(scene, out);
    let list = scene.sentence.quantities;
    for pair in pairs {
        let (b, a) = (pair.before.of, pair.after.of);
        if list[b].unit == Unit::Percent {
            continue; // Differences of rates are points: a matter of growth.
        }
        let up = list[a].value > list[b].value;
        // The figure right after the pair, in the next clause or the one after it.
        let of_pair = |i: &usize| list[*i].unit == list[b].unit && list[*i].group == list[a].group;
        let net = (a + 1..list.len().min(a + 6)).filter(of_pair).find(|&i| scene.lead(&list[i]).starts_with('净'));
        let Some(d) = net.or_else(|| {
            (a + 1..list.len()).find(|&i| {
                list[i].unit == list[b].unit || (list[b].unit == Unit::Rank && list[i].unit != Unit::Percent)
            })
        }) else {
            continue;
        };
        let delta = &list[d];
        let far = d > a + 2 || delta.clause.saturating_sub(list[a].clause) > 2;
        if far && net.is_none() || delta.group != list[a].group || delta.depth != list[a].depth {
            continue;
        }
        let lead = scene.lead(delta);
        let Some((stated, rest)) = way(lead) else { continue };
        // 净增46家和24家 deals two differences out to two changes.
        let dealt =
            list.get(d + 1).is_some_and(|n| n.unit == delta.unit && matches!(scene.lead(n), "和" | "与" | "及" | ""));
        let rank = list[b].unit == Unit::Rank;
        let expected = if up { Way::Up } else { Way::Down };
        let at = delta.span;
        if delta.masked {
            out.push(Claim::unknown(Kind::Change, at, Why::Masked));
            continue;
        }
        // 比上年多2个 compares with another value unless that is where the pair began; 其中取消52项 is a part.
        let per_year =
            rest.contains('均') && !scene.text[scene.sentence.span.start..list[b].span.start].contains("平均");
        let other = per_year
            || rest.contains("其中")
            // 由37个减至12个，由21个减至8个，两者合计减少38个: of more pairs than this one.
            || words!["合计", "总计", "两者", "两项", "共"].is_in(rest)
            || (rest.contains("上年") || rest.contains("去年")) && !scene.lead(&list[b]).contains('年');
        let opposite = !rank && stated != expected;
        if let Some(sides) = gross(scene, pair, d) {
            out.extend(balanced(scene, pair, sides));
            continue;
        }
        let Some(computed) = difference(pair, if rank { if up { Way::Up } else { Way::Down } } else { expected })
        else {
            continue;
        };
        let roles = vec![
            Role::new(Part::Delta, delta.span),
            Role::new(Part::Before, list[b].span),
            Role::new(Part::After, list[a].span),
        ];
        // 由412项减少到352项，再减少到328项，累计减少84项: of the last step or of the whole way.
        let steps = || pairs.iter().filter(|p| p.after.of == pair.after.of);
        let holds = |p: &Pair| difference(p, expected).is_some_and(|c| fit(&c, delta) == Fit::Fits);
        if steps().count() > 1 && !holds(pair) {
            let last = steps().all(|p| p.before.of <= b);
            if last && !steps().any(holds) {
                out.push(Claim::unknown(Kind::Change, at, Why::Ambiguous));
            }
            continue;
        }
        let working = Working::new(list[b].value, list[a].value, computed, delta, 1);
        let firm = [b, a, d].iter().all(|&i| list[i].hedge.is_none());
        let verdict = match fit(&computed, delta) {
            Fit::Fits => Verdict::Agrees(working),
            Fit::Near => Verdict::Near(working),
            Fit::Off if dealt || other || opposite || computed.lo <= whole(0) => Verdict::Unknown(Why::Ambiguous),
            Fit::Off => Verdict::Conflicts(working),
        };
        out.push(Claim::new(Kind::Change, at, roles, verdict).firm(firm));
    }
}

/// Words of what came and of what went: where a text gives both beside a change, neither is the change itself.
const CAME: WordList = WordList::new(&[
    "新增",
    "增加",
    "增设",
    "增补",
    "新设",
    "新建",
    "新招",
    "新聘",
    "新办",
    "新开",
    "新成立",
    "招录",
    "招聘",
    "引进",
    "调入",
    "迁入",
    "转入",
    "纳入",
    "补充",
    "扩充",
    "承接",
    "拆分",
    "购置",
    "新购",
    "投放",
    "增",
]);
const WENT: WordList = WordList::new(&[
    "减少", "删", "撤销", "撤并", "撤", "退出", "核销", "核减", "注销", "取消", "关停", "关闭", "淘汰", "整合", "合并",
    "归并", "调出", "迁出", "转出", "离职", "辞职", "退休", "解聘", "死亡", "下放", "废止", "拆除", "剔除", "清退",
    "销号", "销户", "报废", "流失", "减",
]);

/// 由30个增加到50个，新增40个、撤并20个: the figure `d` and its counterpart near by, what came before what went.
fn gross(scene: &Scene<'_>, pair: &Pair, d: usize) -> Option<(usize, usize)> {
    let list = scene.sentence.quantities;
    let came = |i: usize| {
        let lead = scene.lead(&list[i]);
        let lead = lead.strip_prefix("其中").unwrap_or(lead);
        let bears = |words: WordList| words.begins(lead).is_some() || words.ends(lead).is_some();
        let (came, went) = (bears(CAME), bears(WENT));
        (came != went && !lead.contains('净')).then_some(came)
    };
    let own = came(d)?;
    let other = (pair.after.of + 1..list.len().min(d + 4)).find(|&i| {
        let q = &list[i];
        q.unit == list[d].unit && q.group == list[d].group && !q.masked && came(i) == Some(!own)
    })?;
    Some(if own { (d, other) } else { (other, d) })
}

/// What came less what went is the change, where no more than these two made it up; where it is not, others did.
fn balanced(scene: &Scene<'_>, pair: &Pair, (came, went): (usize, usize)) -> Option<Claim> {
    let list = scene.sentence.quantities;
    let (b, a) = (pair.before.of, pair.after.of);
    let up = list[a].value > list[b].value;
    let (more, less) = if up { (came, went) } else { (went, came) };
    let change = difference(pair, if up { Way::Up } else { Way::Down })?;
    let made = list[more].means.sub(&list[less].means)?;
    let at = list[more].span;
    if !change.meets(&made) {
        return Some(Claim::unknown(Kind::Change, at, Why::Ambiguous));
    }
    let roles = vec![
        Role::new(Part::Delta, at),
        Role::new(Part::Deducted, list[less].span),
        Role::new(Part::Before, list[b].span),
        Role::new(Part::After, list[a].span),
    ];
    let working = Working::new(list[b].value, list[a].value, change, &list[more], 1);
    Some(Claim::new(Kind::Change, at, roles, Verdict::Agrees(working)))
}

/// 今年285件，较上年的231件多54件; 去年同期7016批次，同比少596批次: a difference right behind the value of an earlier
/// period that the words name, and of the value of this one before it.
fn compared(scene: &Scene<'_>, out: &mut Vec<Claim>) {
    let list = scene.sentence.quantities;
    for d in 2..list.len() {
        let delta = &list[d];
        if !matches!(delta.unit, Unit::Counter(_)) || delta.masked || delta.hedge.is_some() {
            continue;
        }
        let alike = |i: usize| {
            let q = &list[i];
            q.unit == delta.unit
                && q.group == delta.group
                && q.depth == delta.depth
                && !q.masked
                && q.chinese == delta.chinese
        };
        let (x, y) = (d - 2, d - 1);
        if !alike(x) || !alike(y) || delta.clause > list[y].clause + 1 {
            continue;
        }
        let Some(stated) = way_of_comparison(scene.lead(delta)) else { continue };
        // Which of the two is the earlier value, the words must say.
        let (before, after) = match (speaks_of_before(scene, x, d), speaks_of_before(scene, y, d)) {
            (true, false) => (x, y),
            (false, true) => (y, x),
            _ => continue,
        };
        // 年初340名，新增56名，减少21名: a count that came or went is no value of this period.
        if way(scene.lead(&list[after])).is_some() {
            continue;
        }
        let pair = Pair::of(list, before, after);
        let up = list[after].value > list[before].value;
        let Some(computed) = difference(&pair, if up { Way::Up } else { Way::Down }) else { continue };
        let roles = vec![
            Role::new(Part::Delta, delta.span),
            Role::new(Part::Before, list[before].span),
            Role::new(Part::After, list[after].span),
        ];
        let working = Working::new(list[before].value, list[after].value, computed, delta, 1);
        let opposite = (stated == Way::Up) != up;
        let verdict = match fit(&computed, delta) {
            Fit::Fits if !opposite => Verdict::Agrees(working),
            Fit::Near if !opposite => Verdict::Near(working),
            Fit::Off if !opposite => Verdict::Conflicts(working),
            _ => Verdict::Unknown(Why::Ambiguous),
        };
        let firm = [before, after].iter().all(|&i| list[i].hedge.is_none());
        out.push(Claim::new(Kind::Change, delta.span, roles, verdict).firm(firm));
    }
}

/// The way of a difference whose words say nothing else: 多, 同比少, 增加, 净增, 一年新增.
fn way_of_comparison(lead: &str) -> Option<Way> {
    let mut rest = lead.trim();
    while let Some(word) =
        words!["同比", "比上年", "较上年", "比去年", "较去年", "一年", "净", "共", "累计"].begins(rest)
    {
        rest = rest[word.len()..].trim();
    }
    match rest {
        "多" | "多出" | "高出" | "增" | "增加" | "增加了" | "新增" | "多了" | "增长" | "上升" | "提高" => {
            Some(Way::Up)
        }
        "少" | "减" | "减少" | "减少了" | "少了" | "下降" | "降低" => Some(Way::Down),
        _ => None,
    }
}
