//! Growth and fall: a rate, a number of points or a multiple, against the values before and after.

mod bind;
mod dealt;
mod pairs;
mod points;
mod yearly;

use super::exact::{Exact, Interval, whole};
use super::quantity::{Quantity, Unit};
use super::verdict::{Fit, Verdict, Why, Working, fit};
use super::{Claim, Kind, Part, Role, Scene};
use crate::text::{Span, WordList, words};
use bind::tight;
pub(crate) use pairs::years;
pub(super) use pairs::{Pair, Way, difference, from_to, speaks_of_before, way};
use pairs::{dated_before, dated_pair, delta_pairs, growth, listed_years, month_pairs, prior_pairs, rate_pair};

pub(super) fn find(scene: &Scene<'_>, pairs: &[Pair], out: &mut Vec<Claim>) {
    let list = scene.sentence.quantities;
    doubled(scene, pairs, out);
    let mut dealt_to = 0;
    for (at, q) in list.iter().enumerate() {
        if q.unit == Unit::Times && at > 0 {
            out.extend(times(scene, at, pairs));
            continue;
        }
        if !matches!(q.unit, Unit::Percent | Unit::Points)
            || pairs.iter().any(|p| p.before.of == at || p.after.of == at)
        {
            continue;
        }
        if at < dealt_to {
            continue;
        }
        let dealt = dealt::dealt(scene, at);
        if !dealt.is_empty() {
            dealt_to = pairs::run(scene, at).end;
            out.extend(dealt);
        } else if let Some(claim) = points::compared(scene, at, pairs) {
            out.push(claim);
        } else if let Some((way, rest)) = way(scene.lead(q)) {
            let claim = yearly::yearly(scene, at, way, rest, pairs);
            out.push(claim.unwrap_or_else(|| judge(scene, at, way, rest, pairs)));
        }
    }
}

/// 是上年3.5万件的2倍, 增长3倍; a fall by more than all of it is none.
fn times(scene: &Scene<'_>, at: usize, pairs: &[Pair]) -> Option<Claim> {
    let list = scene.sentence.quantities;
    let rate = &list[at];
    let lead = scene.lead(rate);
    let moved = way(lead);
    // 由30件增至90件，是上年的3倍: a level against the pair that was spelled out.
    let level = moved.is_none()
        && words!["上年的", "去年的", "上年同期的", "去年同期的"].ends(lead).is_some()
        && pairs.iter().any(|p| p.spelled && p.after.of + 1 == at);
    let of_two = of_two(scene, at);
    if rate.masked
        || rate.hedge.is_some()
        || !(lead == "的"
            || level
            || of_two.is_some()
            || moved.is_some_and(|(_, rest)| {
                rest.is_empty()
                    || rest == "同比"
                    || rest.ends_with('的')
                    || rest.ends_with('年')
                    || scene.is_prior(&list[at - 1])
            }))
    {
        return None;
    }
    let mut candidates = prior_pairs(scene, at);
    if moved.is_some() || level {
        candidates.extend(pairs);
    }
    // 为上年45万次的3倍: of the figure right before it.
    if let Some(pair) = of_two {
        candidates = vec![pair];
    } else if moved.is_none() && !level {
        candidates.retain(|p| p.before.of == at - 1);
    }
    let last = |p: &Pair| p.before.of.max(p.after.of);
    let pair =
        candidates.iter().filter(|p| list[p.before.of].group == rate.group && last(p) < at).max_by_key(|p| last(p))?;
    let ratio = pair.after.means.ratio(&pair.before.means, whole(1))?;
    let one = whole(1);
    let computed = match moved {
        None => ratio,
        Some((Way::Up, _)) => ratio.less(one),
        Some((Way::Down, _)) => ratio.rest_of(one)?,
    };
    let roles = vec![
        Role::new(Part::Rate, rate.span),
        Role::new(Part::Before, list[pair.before.of].span),
        Role::new(Part::After, list[pair.after.of].span),
    ];
    let working = Working::new(pair.before.means.at, pair.after.means.at, computed, rate, candidates.len());
    // 增长一倍 is no rounding of half as much again.
    let stated = if rate.decimals == 0 { Interval::around(rate.value, Exact::new(1, 4)) } else { rate.means };
    // One unit of a multiple is all of the value before: nothing is near.
    let verdict = if computed.meets(&stated) { Verdict::Agrees(working) } else { Verdict::Conflicts(working) };
    Some(Claim::new(Kind::Growth, rate.span, roles, verdict))
}

/// 停车收费36件，窗口态度12件，前者是后者的3倍: the two values right before a multiple, of which the words say which is which.
fn of_two(scene: &Scene<'_>, at: usize) -> Option<Pair> {
    let list = scene.sentence.quantities;
    let latter_first = match scene.lead(&list[at]) {
        "前者是后者的" | "前者为后者的" => false,
        "后者是前者的" | "后者为前者的" => true,
        _ => return None,
    };
    let (x, y) = (at.checked_sub(2)?, at - 1);
    let alike = [x, y].iter().all(|&i| {
        let q = &list[i];
        matches!(q.unit, Unit::Counter(_))
            && (q.unit, q.group, q.depth) == (list[y].unit, list[at].group, list[at].depth)
            && !q.masked
            && q.hedge.is_none()
    });
    // Of more values of one unit none is the former: 安排13624万元，乡镇均2271万元；…安排15273万元，乡镇均1388万元，前者是后者的1.6倍.
    let more = list[..x].iter().filter(|q| q.unit == list[x].unit).count();
    let third = more > usize::from(scene.lead(&list[x]).starts_with("其中"));
    if !alike || third || list[at].clause != list[y].clause + 1 {
        return None;
    }
    Some(if latter_first { Pair::of(list, x, y) } else { Pair::of(list, y, x) })
}

/// Whether a stated percentage is the difference of the two rates right before it.
fn in_points(scene: &Scene<'_>, p: &Pair, rate: &Quantity, way: Way) -> bool {
    let list = scene.sentence.quantities;
    let rates = [p.before.of, p.after.of].iter().all(|&i| {
        // 增长1.6%，占比由六成半降至63.3%: the pair stands before the rate, and both are printed.
        let q = &list[i];
        q.unit == Unit::Percent && q.hedge.is_none() && !q.chinese && q.span.end <= rate.span.start
    });
    let next = rate.clause.saturating_sub(list[p.after.of].clause) <= 1 && rate.group == list[p.after.of].group;
    // 由80%提升至84%，提升5%: the growth of the rate as it is printed is as good a reading.
    let grown = || growth(p, way).is_some_and(|g| fit(&Interval::point(g.at), rate) != Fit::Off);
    rates && next && difference(p, way).is_some_and(|d| fit(&d, rate) == Fit::Fits) && !grown()
}

/// 由92.1%提升至95.8%，提升4.7%: a percentage that is neither the difference of two rates nor the growth of the one.
fn in_neither(scene: &Scene<'_>, p: &Pair, at: usize, way: Way, rest: &str) -> bool {
    let list = scene.sentence.quantities;
    let (before, after, rate) = (&list[p.before.of], &list[p.after.of], &list[at]);
    let printed = [before, after].iter().all(|q| q.unit == Unit::Percent && q.hedge.is_none() && !q.chinese);
    let bound = p.spelled && p.after.of == p.before.of + 1 && p.after.of + 1 == at && rest.trim().is_empty();
    let next = rate.clause == after.clause + 1 && rate.group == after.group && rate.hedge.is_none();
    let off = |computed: Option<Interval>| computed.is_some_and(|c| c.lo > whole(0) && fit(&c, rate) == Fit::Off);
    printed && bound && next && off(difference(p, way)) && off(growth(p, way))
}

/// The words for doubling, and what they multiply by.
const DOUBLINGS: &[(&str, i128)] =
    &[("翻两番", 4), ("翻了两番", 4), ("翻一番", 2), ("翻了一番", 2), ("翻番", 2), ("翻了番", 2)];

/// 由85万元增加到160万元，实现翻番: twice the value before, within a twentieth.
fn doubled(scene: &Scene<'_>, pairs: &[Pair], out: &mut Vec<Claim>) {
    let list = scene.sentence.quantities;
    for pair in pairs {
        let (b, a) = (pair.before.of, pair.after.of);
        if list[b].unit == Unit::Percent {
            continue;
        }
        let from = list[a].span.end;
        let end = list.get(a + 1).map_or(scene.sentence.span.end, |q| q.span.start);
        let words = &scene.text[from..end];
        if !words.contains('翻') {
            continue;
        }
        let Some((at, word, twice)) = DOUBLINGS.iter().find_map(|&(w, n)| words.find(w).map(|at| (at, w, n))) else {
            continue;
        };
        if words!["力争", "目标", "计划", "预计", "近"].is_in(&words[..at]) {
            continue;
        }
        let Some(ratio) = pair.after.means.ratio(&pair.before.means, whole(1)) else { continue };
        let span = Span::new(from + at, from + at + word.len());
        let stated = Interval { lo: whole(twice) * Exact::new(19, 20), hi: None, at: whole(twice) };
        let said = Quantity { said: span, ..list[a].clone() };
        let working = Working {
            stated,
            decimals: 1,
            scale: 1,
            ..Working::new(pair.before.means.at, pair.after.means.at, ratio, &said, 1)
        };
        let roles = vec![Role::new(Part::Before, list[b].span), Role::new(Part::After, list[a].span)];
        let verdict = if ratio.meets(&stated) { Verdict::Agrees(working) } else { Verdict::Conflicts(working) };
        out.push(Claim::new(Kind::Growth, span, roles, verdict));
    }
}

/// Words of quantities whose growth is reckoned at constant prices, or with what changed in between left out.
pub(super) const PRICED: WordList = WordList::new(&[
    "增加值",
    "生产总值",
    "经济总量",
    "总产值",
    "GDP",
    "实际增长",
    "实际下降",
    "可比",
    "不变价",
    "同口径",
    "同一口径",
    "自然口径",
    "原口径",
    "剔除",
    "扣除",
]);

/// Words of what is to come about.
const TARGET: WordList = WordList::new(&["力争", "确保", "目标", "预计", "预期", "计划"]);

/// Whether the words around a rate and its values speak of such a quantity, or those in brackets behind it do.
fn at_constant_prices(scene: &Scene<'_>, rate: &Quantity, pair: &Pair) -> bool {
    let list = scene.sentence.quantities;
    let behind = &scene.text[rate.said.end..scene.sentence.span.end.max(rate.said.end)];
    let gloss = behind.strip_prefix(['（', '(']).and_then(|b| b.split(['）', ')']).next());
    [&list[pair.before.of], &list[pair.after.of], rate].iter().any(|q| PRICED.is_in(scene.clause(q)))
        || gloss.is_some_and(|g| PRICED.is_in(g) || words!["不含", "不包括", "除外"].is_in(g))
}

fn judge(scene: &Scene<'_>, at: usize, way: Way, rest: &str, pairs: &[Pair]) -> Claim {
    let list = scene.sentence.quantities;
    let rate = &list[at];
    let unknown = |why| Claim::unknown(Kind::Growth, rate.span, why);
    if rate.masked {
        return unknown(Why::Masked);
    }
    let clause = scene.clause(rate);
    if TARGET.is_in(clause) || words!["年均", "月均", "可比价", "不变价", "平均每年"].is_in(clause) {
        return unknown(Why::Target);
    }
    let points = rate.unit == Unit::Points;
    let fits_unit = |p: &Pair| (list[p.before.of].unit == Unit::Percent) == points;
    let mut candidates: Vec<Pair> = pairs.iter().filter(|p| fits_unit(p)).copied().collect();
    if points {
        candidates.extend(rate_pair(scene, at));
    } else {
        candidates.extend(prior_pairs(scene, at));
        candidates.extend(month_pairs(scene, at));
        candidates.extend(listed_years(scene, at));
        candidates.extend(delta_pairs(scene, at));
        candidates.extend(dated_pair(scene, at, rest));
    }
    // 收入76.3亿元，增长7.6%，其中新业态14.2亿元，增长两成以上（上年为11.6亿元）: values behind it that have their own rate.
    let of_another = |p: &Pair| {
        let (first, last) = (p.before.of.min(p.after.of), p.before.of.max(p.after.of));
        first > at && list[first..last].iter().any(|q| q.unit == Unit::Percent)
    };
    // 比上年的612元少27元，降低4.4%: the difference is no value.
    let is_value =
        |p: &Pair| !matches!(scene.lead(&list[p.after.of]), "少" | "多" | "低" | "高" | "少了" | "多了" | "多出");
    candidates.retain(|p| !of_another(p) && is_value(p));
    candidates.retain(|p| p.spelled || ![p.before.of, p.after.of].into_iter().any(|i| scene.is_base_of_share(i)));
    let compute = |p: &Pair| if points { difference(p, way) } else { growth(p, way) };
    let mut best: Option<(Fit, &Pair, Interval)> = None;
    for p in &candidates {
        let Some(computed) = compute(p) else { continue };
        let fit = fit(&computed, rate);
        if best.as_ref().is_none_or(|(f, ..)| fit > *f) {
            best = Some((fit, p, computed));
        }
    }
    let by_points =
        pairs.iter().find(|p| !points && (in_points(scene, p, rate, way) || in_neither(scene, p, at, way, rest)));
    if let (None, Some(p)) = (&best, by_points) {
        best = growth(p, way).map(|computed| (fit(&computed, rate).min(Fit::Off), p, computed));
    }
    if points && best.is_none() {
        return as_points(scene, at, (way, rest), pairs).unwrap_or_else(|| unknown(Why::NoBefore));
    }
    let Some((fit, pair, computed)) = best else { return unknown(Why::NoBefore) };
    let make = |verdict: fn(Working) -> Verdict, p: &Pair, computed: Interval, firm: bool| {
        let roles = vec![
            Role::new(Part::Rate, rate.span),
            Role::new(Part::Before, list[p.before.of].span),
            Role::new(Part::After, list[p.after.of].span),
        ];
        let working = Working::new(p.before.means.at, p.after.means.at, computed, rate, candidates.len());
        Claim {
            kind: Kind::Growth,
            at: rate.span,
            roles,
            verdict: verdict(working),
            firm,
            name: None,
            derived: p.derived,
        }
    };
    match fit {
        Fit::Fits => make(Verdict::Agrees, pair, computed, true),
        Fit::Near => make(Verdict::Near, pair, computed, true),
        // 由88.4%提高到97.4%，提高9.0%: the difference fits and is one of points, not of percent.
        Fit::Off if by_points.is_some_and(|p| p.spelled) => {
            let p = by_points.unwrap_or(pair);
            match growth(p, way) {
                Some(computed) => make(Verdict::Conflicts, p, computed, true),
                None => unknown(Why::Ambiguous),
            }
        }
        Fit::Off => match tight(scene, at, rest, &candidates) {
            Err(why) => unknown(why),
            // The growth of value added is given at constant prices, whether the text says so or not.
            Ok(p) if at_constant_prices(scene, rate, p) => unknown(Why::Target),
            Ok(p) => match compute(p) {
                // Moving the other way than the word says is another fault than a wrong rate; the words may mean another pair.
                Some(computed) if computed.hi.is_some_and(|hi| hi > whole(0)) => {
                    let figures = [rate, &list[p.before.of], &list[p.after.of]];
                    let firm = figures.iter().all(|q| q.hedge.is_none());
                    make(Verdict::Conflicts, p, computed, firm)
                }
                Some(computed) if opposite(scene, rate, p, way) => make(Verdict::Conflicts, p, computed, true),
                _ => unknown(Why::Ambiguous),
            },
        },
    }
}

/// 由480件增加到540件，增长12.5个百分点: the growth of a count is in percent.
fn as_points(scene: &Scene<'_>, at: usize, (way, rest): (Way, &str), pairs: &[Pair]) -> Option<Claim> {
    let list = scene.sentence.quantities;
    let rate = &list[at];
    let mut candidates: Vec<Pair> =
        pairs.iter().filter(|p| matches!(list[p.before.of].unit, Unit::Counter(_))).copied().collect();
    candidates.extend(prior_pairs(scene, at));
    let pair = tight(scene, at, rest, &candidates).ok()?;
    let computed = growth(pair, way)?;
    let rates = list.iter().any(|q| q.unit == Unit::Percent && q.group == rate.group);
    if rates || rate.hedge.is_some() || fit(&computed, rate) != Fit::Fits || at_constant_prices(scene, rate, pair) {
        return None;
    }
    let roles = vec![
        Role::new(Part::Rate, rate.span),
        Role::new(Part::Before, list[pair.before.of].span),
        Role::new(Part::After, list[pair.after.of].span),
    ];
    let working = Working::new(pair.before.means.at, pair.after.means.at, computed, rate, candidates.len());
    Some(Claim::new(Kind::Growth, rate.span, roles, Verdict::Conflicts(working)))
}

/// 完成18.6亿元，上年同期为20.1亿元，同比增长7.5%: the rate is that of the move the other way, and the words leave no doubt
/// which of the values is the earlier one.
fn opposite(scene: &Scene<'_>, rate: &Quantity, p: &Pair, stated: Way) -> bool {
    let list = scene.sentence.quantities;
    let (before, after) = (&list[p.before.of], &list[p.after.of]);
    // A saving is called a gain, and a loss that shrinks grows less.
    let plain = words![
        "增长",
        "增加",
        "增",
        "上升",
        "上涨",
        "增长了",
        "增加了",
        "增幅",
        "下降",
        "减少",
        "降低",
        "降幅",
        "下滑",
        "下跌",
        "下降了",
        "减少了"
    ]
    .ends(scene.lead(rate).trim_end_matches(['达', '为', '约']))
    .is_some();
    // 由480件增加到420件，增长12.5%: the values have changed places, which is another claim's to say.
    let verb = scene.lead(after).trim_end_matches(['到', '至']);
    let named = if p.spelled {
        way(verb).is_none_or(|(to, _)| to != stated)
    } else {
        scene.is_prior(before) || dated_before(scene, before, after)
    };
    let inverse = |q: &Quantity| words!["亏", "赤字", "逆差", "负", "缺口", "流出"].is_in(scene.clause(q));
    let (high, low, back) = match stated {
        Way::Up => (before, after, Way::Down),
        Way::Down => (after, before, Way::Up),
    };
    let moved = low.means.hi.is_some_and(|hi| hi < high.means.lo);
    let computed = if rate.unit == Unit::Points { difference(p, back) } else { growth(p, back) };
    let exact = [rate, before, after].iter().all(|q| q.hedge.is_none());
    plain
        && named
        && exact
        && moved
        && !p.derived
        && ![rate, before, after].into_iter().any(inverse)
        && computed.is_some_and(|c| fit(&c, rate) == Fit::Fits)
}
