//! Shares whose two counts the words spell out, so that no other pair is left: what was done of a plan that is given
//! right before it (年初安排18.6亿元，实际执行17.91亿元，完成年初预算的96.3%), what was saved of a budget (预算340万元，成交289万元，
//! 节约51万元，节约率15%), and what a rate means by 即 (参保率98.2%，即应参保的21500人中，已有21113人参保).

use super::form::{Form, form, is_target};
use super::{is_slip, reachable};
use crate::claim::exact::{Exact, whole};
use crate::claim::quantity::{Quantity, Unit};
use crate::claim::verdict::{Fit, Verdict, Working, fit_share};
use crate::claim::{Claim, Kind, Part, Role, Scene, among};
use crate::text::{Span, WordList, words};

/// The claim of the rate at `at`, where its words spell out both counts.
pub(super) fn spelled(scene: &Scene<'_>, at: usize) -> Option<Claim> {
    let rate = &scene.sentence.quantities[at];
    if rate.masked || rate.hedge.is_some() || is_target(scene, rate) {
        return None;
    }
    planned(scene, at).or_else(|| saved(scene, at)).or_else(|| meant(scene, at))
}

/// What words call a plan by: 年初预算 is no 调整预算, and either may be meant by 预算 alone.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Plan {
    First,
    Adjusted,
    Either,
}

/// The plan that the words before a rate take it of: 完成年初预算的, 为预算的, 完成全年任务.
fn plan_of(lead: &str) -> Option<(Plan, &str)> {
    let named = words!["完成", "为", "是", "达到", "相当于", "占"].begins(lead).map(|verb| &lead[verb.len()..])?;
    let named = named.trim_end_matches('的');
    let plan = match named {
        "年初预算" | "年初预算数" | "年初安排" | "年初计划" => Plan::First,
        "调整预算" | "调整预算数" | "调整后预算" | "调整后预算数" | "变动预算" | "变动预算数" => {
            Plan::Adjusted
        }
        "预算" | "预算数" | "年度预算" | "全年预算" | "当年预算" | "本年预算" | "计划" | "年度计划" | "全年计划"
        | "任务" | "年度任务" | "全年任务" | "任务数" => Plan::Either,
        _ => return None,
    };
    Some((plan, named))
}

/// What names the words before a figure end with where it is a plan.
const PLANS: WordList = WordList::new(&[
    "预算",
    "预算数",
    "预算金额",
    "预算安排",
    "安排预算",
    "年初安排",
    "计划",
    "年初计划",
    "任务",
    "任务数",
]);
/// What stands before a figure that was done.
const DONE: WordList = WordList::new(&["决算", "实际", "执行", "完成", "支出", "支付", "实现"]);

/// The plan that a figure is, and the words that call it so.
fn plan<'a>(scene: &'a Scene<'_>, i: usize) -> Option<(Plan, &'a str)> {
    let lead = scene.lead(&scene.sentence.quantities[i]).trim_end_matches(['为', '是', '：', ':']);
    let word = PLANS.ends(lead)?;
    // 一般公共预算18.6亿元 is the name of a fund.
    let fund = words!["公共预算", "基金预算", "经营预算", "基金收入预算"].ends(lead).is_some();
    if fund || words!["其中", "追加", "累计", "上年", "去年"].is_in(lead) {
        return None;
    }
    let kind = match (lead.contains("年初"), lead.contains("调整") || lead.contains("变动")) {
        (true, false) => Plan::First,
        (false, true) => Plan::Adjusted,
        (false, false) => Plan::Either,
        (true, true) => return None,
    };
    Some((kind, word))
}

/// 年初安排18.6亿元，实际执行17.91亿元，完成年初预算的96.3%: what was done stands right before the rate, and the plan right
/// before that; the first plan may have been adjusted in between.
fn planned(scene: &Scene<'_>, at: usize) -> Option<Claim> {
    let list = scene.sentence.quantities;
    let rate = &list[at];
    let (wanted, named) = plan_of(scene.lead(rate))?;
    let part_at = at.checked_sub(1)?;
    let part = &list[part_at];
    let lead = scene.lead(part);
    let plain = |q: &Quantity| {
        matches!(q.unit, Unit::Counter(_))
            && (q.unit, q.group, q.depth, q.chinese) == (part.unit, rate.group, rate.depth, part.chinese)
            && !q.masked
            && q.hedge.is_none()
    };
    let done = DONE.is_in(lead) && !words!["其中", "累计"].is_in(lead) && plan(scene, part_at).is_none();
    if !done || !plain(part) || rate.clause > part.clause + 1 || scene.is_prior(part) {
        return None;
    }
    let of_money = |word: &str| word.contains("预算") || word.contains("安排");
    let fits = |i: usize| {
        plan(scene, i).is_some_and(|(kind, word)| {
            let same = wanted == kind
                || wanted == Plan::Either && i + 1 == part_at
                || kind == Plan::Either && wanted == Plan::First;
            same && of_money(named) == of_money(word)
        })
    };
    // Of several plans of one name none is meant before the others.
    let mut plans = (0..part_at).filter(|&i| list[i].unit == part.unit && fits(i));
    let base_at = plans.next().filter(|_| plans.next().is_none())?;
    let base = &list[base_at];
    let adjusted = base_at + 2 == part_at && list[base_at + 1].unit == base.unit && plan(scene, base_at + 1).is_some();
    if !plain(base) || !(base_at + 1 == part_at || adjusted) || part.clause > base.clause + 2 {
        return None;
    }
    // 上半年计划500人: no plan of the year, and what was planned for some years none either.
    let until = &scene.text[scene.sentence.span.start..part.span.start];
    let other_span = words!["月", "季", "半年", "规划", "三年", "五年", "期间", "以来", "阶段"].is_in(until);
    if other_span || each_of_several(scene, base_at, part_at) {
        return None;
    }
    settled(scene, at, (part_at, base_at), true)
}

/// 支出预算分别为20万元、30万元: of several.
fn each_of_several(scene: &Scene<'_>, base: usize, part: usize) -> bool {
    let list = scene.sentence.quantities;
    [base, part].iter().any(|&i| {
        let q = &list[i];
        let listed = list.get(i + 1).is_some_and(|next| {
            next.unit == q.unit
                && matches!(scene.text.get(q.span.end..next.span.start), Some("、" | "和" | "及" | "与"))
        });
        listed || words!["分别", "各"].is_in(scene.lead(q)) || scene.text[..q.lead.start].ends_with('、')
    })
}

/// 预算340万元，成交289万元，节约51万元，节约率15%: what was saved or cut is taken of what there was before, where the one less the
/// other is just that.
fn saved(scene: &Scene<'_>, at: usize) -> Option<Claim> {
    let list = scene.sentence.quantities;
    let rate = &list[at];
    let head = scene.lead(rate).trim_end_matches(['为', '达', '到', '是']);
    let name = words!["节约率", "节资率", "核减率", "审减率"].ends(head)?;
    // 净核减率, 平均节约率 are of other figures.
    if !matches!(head.strip_suffix(name), Some("" | "资金" | "财政资金" | "采购" | "采购资金" | "投资" | "预算"))
    {
        return None;
    }
    let [before_at, after_at, saved_at] = [at.checked_sub(3)?, at - 2, at - 1];
    let figures = [before_at, after_at, saved_at].map(|i| &list[i]);
    let alike = figures.iter().all(|q| {
        matches!(q.unit, Unit::Counter(_))
            && (q.unit, q.group, q.depth) == (figures[0].unit, rate.group, rate.depth)
            && !q.masked
            && q.hedge.is_none()
    });
    let [before, after, saved] = figures;
    let verb = if name.starts_with('节') { words!["节约", "节省", "节资"] } else { words!["核减", "审减"] };
    let left = before.means.sub(&after.means);
    let scheme = before.value - after.value == saved.value && left.is_some_and(|left| left.lo > whole(0));
    if !alike
        || !scheme
        || !verb.is_in(scene.lead(saved))
        || rate.clause > saved.clause + 1
        || saved.clause > before.clause + 4
        || !words!["预算", "控制价", "限价", "概算", "估算", "送审", "报审"].is_in(scene.lead(before))
        || !words!["成交", "中标", "采购", "合同", "审定", "以", "决算"].is_in(scene.around(after).lead)
            && !words!["成交", "中标"].is_in(scene.tail(after))
    {
        return None;
    }
    settled(scene, at, (saved_at, before_at), false)
}

/// 参保率98.2%，即应参保的21500人中，已有21113人参保; 合格率98.2%（500批次中491批次合格）: of so many things, so many.
fn meant(scene: &Scene<'_>, at: usize) -> Option<Claim> {
    let list = scene.sentence.quantities;
    let rate = &list[at];
    let [base, part] = list.get(at + 1..at + 3)? else { return None };
    let counts = matches!(base.unit, Unit::Counter(_)) && base.unit == part.unit && base.chinese == part.chinese;
    if !counts || !among(scene.tail(base)) || part.clause > base.clause + 1 {
        return None;
    }
    let between = scene.text[rate.said.end..base.span.start].trim_start();
    let said = match between.strip_prefix(['，', ',']) {
        Some(said) => said.trim_start().strip_prefix('即')?,
        None => between.strip_prefix(['（', '('])?,
    };
    let plain = |q: &Quantity| q.exact && q.hedge.is_none() && !q.masked && q.group == rate.group && !scene.is_prior(q);
    // 即100人中有98人 says the rate once more, in round figures.
    let round = base.value < whole(20) || [100, 1000, 10_000].into_iter().any(|n| base.value == whole(n));
    let denied = words!["未", "不", "没", "无", "尚", "其中", "拒"];
    let other = denied.is_in(scene.lead(part)) || denied.is_in(scene.tail(part));
    if !plain(base) || !plain(part) || round || other || said.contains('每') || said.chars().count() > 12 {
        return None;
    }
    // What the name itself denies, or what no count of the text gives, is another matter.
    let affirmed = match form(scene, at)? {
        Form::Named { name, known, .. } => !denied.is_in(name) && !known.is_some_and(|k| k.outside),
        Form::Of { .. } | Form::OfPrevious => false,
    };
    if !affirmed || part.value > base.value {
        return None;
    }
    settled(scene, at, (at + 2, at + 1), false)
}

/// The claim of a part and a base that are bound; nothing where the rate is far from them, or, for an `open` pair, where
/// other figures of the sentence give it.
fn settled(scene: &Scene<'_>, at: usize, (part_at, base_at): (usize, usize), open: bool) -> Option<Claim> {
    let list = scene.sentence.quantities;
    let (rate, part, base) = (&list[at], &list[part_at], &list[base_at]);
    let computed = part.means.ratio(&base.means, whole(100))?;
    let mut working = Working::new(part.means.at, base.means.at, computed, rate, 1);
    let verdict = match fit_share(&computed, rate) {
        Fit::Fits => Verdict::Agrees(working),
        Fit::Near => Verdict::Near(working),
        Fit::Off if !is_slip(&computed, rate) || open && is_of_others(scene, at) => return None,
        Fit::Off => {
            working.reachable = if base.exact { reachable(rate, base.means.lo, open) } else { None };
            Verdict::Conflicts(working)
        }
    };
    let roles = vec![
        Role::new(Part::Rate, rate.span),
        Role::new(Part::Numerator, part.span),
        Role::new(Part::Denominator, base.span),
    ];
    let name = match form(scene, at) {
        Some(Form::Named { span, .. }) => Some(span),
        _ => None::<Span>,
    };
    Some(Claim { name, ..Claim::new(Kind::Share, rate.span, roles, verdict) })
}

/// Whether any two figures of the sentence give the rate.
fn is_of_others(scene: &Scene<'_>, at: usize) -> bool {
    let list = scene.sentence.quantities;
    let counts =
        || list.iter().filter(|q| matches!(q.unit, Unit::Counter(_)) && !q.masked && q.value > Exact::new(0, 1));
    counts().any(|part| {
        counts().any(|base| {
            let other = part.span != base.span && part.unit == base.unit;
            let share = if other { part.means.ratio(&base.means, whole(100)) } else { None };
            share.is_some_and(|share| fit_share(&share, &list[at]) == Fit::Fits)
        })
    })
}
