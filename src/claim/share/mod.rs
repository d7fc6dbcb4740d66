//! Shares: a rate and the two counts it is the quotient of.

mod bind;
mod form;
mod terms;

use super::exact::{Exact, Interval, whole};
use super::lexicon::RateName;
use super::quantity::{Hedge, Quantity, Unit};
use super::sign::Sign;
use super::verdict::{Fit, Verdict, Why, Working, fit_share, reachable};
use super::{Claim, Kind, Part, Role, Scene};
use crate::text::{Span, words};
use bind::{leaning, names_base, qualifies, tight, unnamed};
use form::{Form, form, is_target};
use terms::{
    FAR, Term, counted_as, counted_before, denominators, exclude, holds_of_several, is_own_base, named_numerators,
    said_behind, stem,
};

/// A rate of the text: where it stands, and what its words say of it.
#[derive(Clone, Copy)]
struct Stated<'a> {
    scene: &'a Scene<'a>,
    form: &'a Form<'a>,
    /// The index of the rate.
    at: usize,
    /// The rates that share its form: `分别占52%和30%`, half open.
    run: (usize, usize),
    /// The words that name it, where it has a name.
    name: Option<Span>,
    /// What is known of that name.
    known: Option<&'a RateName>,
}

pub(super) fn find(scene: &Scene<'_>, out: &mut Vec<Claim>) {
    let list = scene.sentence.quantities;
    let mut i = 0;
    while i < list.len() {
        if list[i].unit != Unit::Percent {
            i += 1;
            continue;
        }
        // 分别占52%和30%: the rates of a run share one form.
        let mut end = i + 1;
        while end < list.len() && list[end].unit == Unit::Percent && joins(scene.lead(&list[end])) {
            end += 1;
        }
        if let Some(form) = form(scene, i) {
            for k in i..end {
                out.push(judge(scene, &form, k, (i, end)));
            }
        }
        i = end;
    }
}

/// Whether the words between two figures only join them.
fn joins(lead: &str) -> bool {
    matches!(lead, "" | "和" | "及" | "与" | "以及")
}

fn judge<'a>(scene: &'a Scene<'a>, form: &'a Form<'a>, at: usize, run: (usize, usize)) -> Claim {
    let list = scene.sentence.quantities;
    let rate = &list[at];
    let (name, known) = match form {
        Form::Named { span, known, .. } => (Some(*span), *known),
        _ => (None, None),
    };
    let unknown = |why| Claim { name, ..Claim::unknown(Kind::Share, rate.span, why) };
    if rate.masked {
        return unknown(Why::Masked);
    }
    if is_target(scene, rate) {
        return unknown(Why::Target);
    }
    if known.is_some_and(|k| k.outside) {
        return unknown(Why::NoBase);
    }
    // Chinese numerals bind with each other and digits with digits: 三项制度 is no base of 60项.
    let fits_script = |q: &Quantity| matches!(q.unit, Unit::Counter(_)) && usable(scene, q);
    for chinese in [false, true] {
        let pool: Vec<usize> = (at.saturating_sub(2 * FAR)..list.len().min(at + FAR))
            .filter(|&i| fits_script(&list[i]) && list[i].chinese == chinese)
            .collect();
        if pool.is_empty() {
            continue;
        }
        return judge_pool(Stated { scene, form, at, run, name, known }, &pool);
    }
    unknown(Why::NoPart)
}

/// Whether a count may take part at all: not of another period.
fn usable(scene: &Scene<'_>, q: &Quantity) -> bool {
    let mean = || words!["人均", "平均", "户均", "日均", "月均", "年均"].is_in(scene.lead(q));
    !scene.is_prior(q) && !(q.signs.may(Sign::Mean) && mean())
}

fn judge_pool(case: Stated<'_>, pool: &[usize]) -> Claim {
    let Stated { scene, form, at, run, name, known } = case;
    let list = scene.sentence.quantities;
    let rate = &list[at];
    let unknown = |why| Claim { name, ..Claim::unknown(Kind::Share, rate.span, why) };
    let over = known.is_some_and(|k| k.over) || matches!(form, Form::OfPrevious) || rate.value > whole(100);

    let (numerators, bound) = match form {
        _ if said_behind(scene, at).is_some() && !matches!(form, Form::OfPrevious) => {
            let part = said_behind(scene, at).filter(|i| pool.contains(i));
            (part.map(|i| Term::one(list, i)).into_iter().collect(), part)
        }
        Form::Named { name, known, .. } => {
            let (terms, bound) = by_place(list, named_numerators(scene, name, *known, at, pool), at, run);
            // Of two counts that stand closer together than the one the name speaks of.
            let nearer = |i: &usize| terms.is_empty() || bound.is_none_or(|b| b + 1 < *i);
            match within(scene, at, pool).filter(nearer).filter(|_| !name.is_empty()) {
                Some(i) => (vec![Term::one(list, i)], Some(i)),
                None => (terms, bound),
            }
        }
        Form::Of { subject, .. } if !subject.is_empty() => counted_as(scene, subject, at, pool),
        Form::Of { .. } => counted_before(scene, at, run, pool),
        Form::OfPrevious => {
            let before: Vec<usize> = pool.iter().copied().filter(|&i| i + 1 < run.0).collect();
            let part = (before.len() + at - run.0).checked_sub(run.1 - run.0).and_then(|k| before.get(k)).copied();
            (part.map(|i| Term::one(list, i)).into_iter().collect(), part)
        }
    };
    let denominators = match form {
        Form::OfPrevious => vec![Term::one(list, run.0 - 1)],
        Form::Named { .. } => denominators(scene, pool),
        // 占受理总数的55%: a base that the words name leaves no other.
        Form::Of { base, .. } => {
            let all = denominators(scene, pool);
            let named: Vec<Term> =
                all.iter().filter(|t| t.of.len() == 1 && names_base(scene, t.of[0], base)).cloned().collect();
            // 全部问题 of a list of problems is their sum, none of them.
            if named.len() == 1 { named } else { all }
        }
    };
    if numerators.is_empty() {
        if let Some(claim) = unnamed(case, pool, &denominators) {
            return claim;
        }
        let near_masked = list[..at].iter().rev().take(2).any(|q| q.masked);
        return unknown(if near_masked { Why::Masked } else { Why::NoPart });
    }

    let mut best: Option<(Fit, Working, &Term, &Term)> = None;
    let mut tried = 0;
    for part in &numerators {
        let failed = has_failed(scene, part, form);
        for base in &denominators {
            if same_figures(scene, part, base) || !same_class(list, part, base) {
                continue;
            }
            if !over && base.means.hi.is_some_and(|hi| hi < part.means.lo) {
                continue;
            }
            for (computed, left) in readings(part, base, failed).into_iter().flatten() {
                tried += 1;
                let fit = fit_share(&computed, rate);
                if best.as_ref().is_none_or(|(f, ..)| fit > *f) {
                    let working = Working::new(left, base.means.at, computed, rate, 0);
                    best = Some((fit, working, part, base));
                }
            }
        }
    }
    // The base may stand in the sentence before; there it can prove that a rate is right, never that it is wrong.
    if best.as_ref().is_none_or(|(f, ..)| *f < Fit::Fits)
        && let Some(claim) = leaning(case, &numerators)
    {
        return claim;
    }
    // A name that no count bears leaves every pair open: the count right before the rate may well be meant, and where
    // it fits, the rate is settled.
    if bound.is_none()
        && best.as_ref().is_none_or(|(f, ..)| *f < Fit::Fits)
        && let Some(claim) = unnamed(case, pool, &denominators)
    {
        return claim;
    }
    let Some((fit, mut working, part, base)) = best else {
        let masked = list.iter().any(|q| q.masked);
        return unknown(if masked { Why::Masked } else { Why::NoBase });
    };
    working.tried = tried;
    let roles = |part: &Term, base: &Term| {
        let mut roles = vec![Role::new(Part::Rate, rate.span)];
        roles.extend(part.of.iter().map(|&i| Role::new(Part::Numerator, list[i].span)));
        roles.extend(base.of.iter().map(|&i| Role::new(Part::Denominator, list[i].span)));
        roles
    };
    let claim = |verdict, roles, firm| Claim { name, ..Claim::new(Kind::Share, rate.span, roles, verdict).firm(firm) };
    match fit {
        // 不到七成 is true of many a pair; only the pair that the words bind can make it true.
        Fit::Fits if matches!(rate.hedge, Some(Hedge::AtLeast | Hedge::AtMost)) => {
            match tight(case, bound, &numerators, &denominators) {
                Ok((part, base)) => match part.means.ratio(&base.means, whole(100)) {
                    Some(computed) if fit_share(&computed, rate) == Fit::Off => {
                        let working = Working::new(part.means.at, base.means.at, computed, rate, tried);
                        claim(Verdict::Conflicts(working), roles(part, base), false)
                    }
                    _ => claim(Verdict::Agrees(working), roles(part, base), true),
                },
                Err(_) => claim(Verdict::Agrees(working), roles(part, base), true),
            }
        }
        Fit::Fits => claim(Verdict::Agrees(working), roles(part, base), true),
        Fit::Near if part.of.iter().any(|&i| is_own_base(scene, i)) => unknown(Why::NoPart),
        Fit::Near if bound.is_some_and(|i| !qualifies(scene, form, i, &base.of, known)) => unknown(Why::NoPart),
        Fit::Near => claim(Verdict::Near(working), roles(part, base), true),
        Fit::Off => match tight(case, bound, &numerators, &denominators) {
            Err(why) => unknown(why),
            Ok((part, _)) if part.of.iter().any(|&i| holds_of_several(scene, at, i, pool)) => unknown(Why::Ambiguous),
            Ok((part, base)) => {
                let Some(computed) = part.means.ratio(&base.means, whole(100)) else { return unknown(Why::Ambiguous) };
                let reachable = if base.exact { reachable(rate, base.means.lo, over) } else { None };
                let working =
                    Working { reachable, ..Working::new(part.means.at, base.means.at, computed, rate, tried) };
                let firm =
                    rate.hedge.is_none() && [part, base].iter().all(|t| t.of.iter().all(|&i| list[i].hedge.is_none()));
                claim(Verdict::Conflicts(working), roles(part, base), firm)
            }
        },
    }
}

/// 任务清单50项中完成40项，实现率80%: of N things, M; the rate right behind is of these two, whatever its name.
fn within(scene: &Scene<'_>, at: usize, pool: &[usize]) -> Option<usize> {
    let list = scene.sentence.quantities;
    let part = pool.iter().copied().rfind(|&i| i < at)?;
    let base = pool.iter().copied().rfind(|&i| i < part)?;
    let (m, n) = (&list[part], &list[base]);
    let among = scene.tail(n).split(['“', '，']).next().is_some_and(|t| super::among(t.trim_end()));
    (among && m.unit == n.unit && m.group == n.group && part + 1 == at && list[at].clause <= m.clause + 1)
        .then_some(part)
}

/// Whether the part is of those that failed in what the rate is called by: 不合格 to 合格率.
fn has_failed(scene: &Scene<'_>, part: &Term, form: &Form<'_>) -> bool {
    let Form::Named { name, known, .. } = form else { return false };
    let denied = |lead: &str, word: &str| {
        lead.contains(['不', '未', '无'])
            && lead.match_indices(word).any(|(at, _)| lead[..at].ends_with(['不', '未', '无']))
    };
    let said = |lead: &str| match known {
        Some(k) if !k.parts.is_empty() => k.parts.iter().any(|word| denied(lead, word)),
        _ => denied(lead, stem(name)),
    };
    part.of.iter().any(|&i| said(scene.lead(&scene.sentence.quantities[i])))
}

/// The readings of one pair: the part over the base, and, where the part is what failed, the rest over the base.
fn readings(part: &Term, base: &Term, failed: bool) -> [Option<(Interval, Exact)>; 2] {
    let over_base = |means: Interval| means.ratio(&base.means, whole(100));
    let rest = if failed { base.means.sub(&part.means).filter(|r| r.lo >= whole(0)) } else { None };
    [over_base(part.means).map(|r| (r, part.means.at)), rest.and_then(|rest| over_base(rest).map(|r| (r, rest.lo)))]
}

/// Whether a figure would be divided by itself; the sum of the list that it stands in is a base like any other, and so
/// is that of two halves (男612人，女588人，女的占49%).
fn same_figures(scene: &Scene<'_>, a: &Term, b: &Term) -> bool {
    let halves = || matches!((a.of.as_slice(), b.of.as_slice()), ([_], &[x, y]) if exclude(scene, x, y));
    a.of.iter().any(|i| b.of.contains(i)) && b.of.len() <= a.of.len().max(2) && !halves()
}

/// 甲类4.3万人，乙类1.5万人，规范管理率分别为76%、75%: of as many counts as the rates, each rate takes its own.
fn by_place(
    list: &[Quantity],
    (terms, bound): (Vec<Term>, Option<usize>),
    at: usize,
    run: (usize, usize),
) -> (Vec<Term>, Option<usize>) {
    let size = run.1 - run.0;
    let single: Vec<usize> = terms.iter().filter(|t| t.of.len() == 1).map(|t| t.of[0]).collect();
    match single.len().checked_sub(size).filter(|_| size > 1) {
        Some(first) => {
            let own = single[first + at - run.0];
            (vec![Term::one(list, own)], Some(own))
        }
        None => (terms, bound),
    }
}

fn same_class(list: &[Quantity], a: &Term, b: &Term) -> bool {
    a.of.iter().all(|&i| b.of.iter().all(|&j| list[i].unit == list[j].unit))
}
