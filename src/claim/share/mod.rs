//! Shares: a rate and the two counts it is the quotient of.

mod bind;
mod form;
mod range;
mod spelled;
mod terms;

use std::cell::OnceCell;

use super::exact::{Exact, Interval, whole};
use super::lexicon::RateName;
use super::quantity::{Hedge, Quantity, Unit};
use super::verdict::{Fit, Verdict, Why, Working, fit_share, reachable};
use super::{Claim, Kind, Part, Role, Scene, holds};
use crate::text::{Span, words};
use bind::{base_name, holds_otherwise, leaning, qualifies, shared_itself, tight, unnamed};
use form::{Form, form, is_target};
use range::Range;
use spelled::spelled;
use terms::{
    Chosen, Counts, Term, counted_as, counted_before, denominators, exclude, holds_of_several, is_own_base,
    named_numerators, said_behind, stem,
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
    /// What it admits.
    range: Range,
}

/// The counts of a sentence, and the bases that those around its last rate make: they are read where the first rate asks
/// for them, and other rates mostly stand among the same.
struct Bases<'s> {
    counts: &'s Counts,
    pool: &'s [usize],
    terms: Vec<Term<'s>>,
}

impl<'s> Bases<'s> {
    fn new(counts: &'s Counts) -> Self {
        Self { counts, pool: &[], terms: Vec::new() }
    }

    /// The counts around the rate at `at`, and the bases that they make.
    fn near(&mut self, scene: &Scene<'_>, at: usize) -> (&'s [usize], &[Term<'s>]) {
        let pool = self.counts.near(at);
        if pool != self.pool {
            (self.pool, self.terms) = (pool, denominators(scene, pool));
        }
        (pool, &self.terms)
    }
}

pub(super) fn find(scene: &Scene<'_>, out: &mut Vec<Claim>) {
    let list = scene.sentence.quantities;
    let counts = OnceCell::new();
    let mut bases = None;
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
        if end == i + 1
            && let Some(claim) = spelled(scene, i)
        {
            out.push(claim);
        } else if let Some(form) = form(scene, i) {
            for at in i..end {
                let case = stated(scene, &form, at, (i, end));
                out.push(undecided(case).map_or_else(
                    || {
                        let counts = counts.get_or_init(|| Counts::new(scene));
                        judge(case, bases.get_or_insert_with(|| Bases::new(counts)))
                    },
                    |why| case.unknown(why),
                ));
            }
        }
        i = end;
    }
}

/// Whether the words between two figures only join them.
fn joins(lead: &str) -> bool {
    matches!(lead, "" | "和" | "及" | "与" | "以及")
}

impl Stated<'_> {
    fn rate(&self) -> &Quantity {
        &self.scene.sentence.quantities[self.at]
    }

    /// A claim that was seen and not decided.
    fn unknown(&self, why: Why) -> Claim {
        Claim { name: self.name, ..Claim::unknown(Kind::Share, self.rate().span, why) }
    }
}

fn stated<'a>(scene: &'a Scene<'a>, form: &'a Form<'a>, at: usize, run: (usize, usize)) -> Stated<'a> {
    let (name, known) = match form {
        Form::Named { span, known, .. } => (Some(*span), *known),
        _ => (None, None),
    };
    Stated { scene, form, at, run, name, known, range: Range::of(&scene.sentence.quantities[at]) }
}

/// Why no count can decide the rate, if so.
fn undecided(case: Stated<'_>) -> Option<Why> {
    if case.rate().masked {
        Some(Why::Masked)
    } else if is_target(case.scene, case.rate()) {
        Some(Why::Target)
    } else if case.known.is_some_and(|k| k.outside) {
        Some(Why::NoBase)
    } else {
        None
    }
}

fn judge(case: Stated<'_>, bases: &mut Bases<'_>) -> Claim {
    let Stated { scene, form, at, run, name, known, range } = case;
    let list = scene.sentence.quantities;
    let rate = &list[at];
    let (pool, all) = bases.near(scene, at);
    if pool.is_empty() {
        return case.unknown(Why::NoPart);
    }
    let over = known.is_some_and(|k| k.over) || matches!(form, Form::OfPrevious) || rate.value > whole(100);
    let chosen = chosen(case, pool);
    let (bound, numerators) = (chosen.bound, chosen.terms(list));
    let previous;
    let denominators = match form {
        Form::OfPrevious => {
            previous = [Term::one(list, run.0 - 1)];
            &previous
        }
        Form::Named { .. } => all,
        // 占受理总数的55%: a base that the words name leaves no other.
        Form::Of { base, .. } => base_name(base).and_then(|base| only(all, |t| base.names(scene, t))).unwrap_or(all),
    };
    if numerators.is_empty() {
        if let Some(claim) = unnamed(case, pool, denominators) {
            return claim;
        }
        let near_masked = list[..at].iter().rev().take(2).any(|q| q.masked);
        return case.unknown(if near_masked { Why::Masked } else { Why::NoPart });
    }

    // The first reading of those that hold best, if one holds at least nearly.
    let mut best: Option<(Fit, Reading, &Term<'_>, &Term<'_>)> = None;
    let mut tried = 0;
    for part in &numerators {
        let failed = has_failed(scene, part, form);
        for base in denominators {
            if part.unit != base.unit || same_figures(scene, part, base) {
                continue;
            }
            if !over && base.means.hi.is_some_and(|hi| part.means.lo > hi) {
                continue;
            }
            if !failed && range.excludes(&part.means, &base.means) {
                tried += 1;
                continue;
            }
            for reading in readings(part, base, failed).into_iter().flatten() {
                tried += 1;
                let fit = fit_share(&reading.computed, rate);
                if fit > best.as_ref().map_or(Fit::Off, |(fit, ..)| *fit) {
                    best = Some((fit, reading, part, base));
                }
            }
        }
    }
    let fits = matches!(best, Some((Fit::Fits, ..)));
    // The base may stand in the sentence before; there it can prove that a rate is right, never that it is wrong.
    if !fits && let Some(claim) = leaning(case, &numerators) {
        return claim;
    }
    // A name that no count bears leaves every pair open: the count right before the rate may well be meant, and where
    // it fits, the rate is settled.
    if bound.is_none()
        && !fits
        && let Some(claim) = unnamed(case, pool, denominators)
    {
        return claim;
    }
    if tried == 0 {
        let masked = list.iter().any(|q| q.masked);
        return case.unknown(if masked { Why::Masked } else { Why::NoBase });
    }
    let roles = |reading: &Reading, part: &Term<'_>, base: &Term<'_>| {
        let mut roles = Vec::with_capacity(1 + part.of.len() + base.of.len());
        roles.push(Role::new(Part::Rate, rate.span));
        let own = if reading.of_rest { Part::Deducted } else { Part::Numerator };
        roles.extend(part.of.iter().map(|&i| Role::new(own, list[i].span)));
        roles.extend(base.of.iter().map(|&i| Role::new(Part::Denominator, list[i].span)));
        roles
    };
    let claim = |verdict, roles, firm| Claim { name, ..Claim::new(Kind::Share, rate.span, roles, verdict).firm(firm) };
    let working =
        |reading: &Reading, base: &Term<'_>| Working::new(reading.left, base.means.at, reading.computed, rate, tried);
    let Some((fit, reading, part, base)) = best else {
        return match tight(case, bound, &numerators, denominators) {
            Err(why) => case.unknown(why),
            Ok((part, _)) if part.of.iter().any(|&i| holds_of_several(scene, at, i, pool)) => {
                case.unknown(Why::Ambiguous)
            }
            Ok((part, base)) => {
                let failed = has_failed(scene, part, form);
                // Of what failed the rest is meant: 不合格18批次，合格率95.3%.
                let Some(reading) = readings(part, base, failed).into_iter().flatten().last() else {
                    return case.unknown(Why::Ambiguous);
                };
                let computed = reading.computed;
                // 自然资源371件、公安268件、人社189件，三者合计828件，占66.4%: what sums up a list is no share of that list.
                let of_itself = base.of.len() > 1 && computed.meets(&Interval::point(whole(100)));
                let of_rest = may_be_of_rest(case, part) && is_of_rest(part, base, rate);
                if of_itself || of_rest || !failed && !is_slip(&computed, rate) || holds_otherwise(case, part, base) {
                    return case.unknown(Why::NoBase);
                }
                let reachable = if base.exact { reachable(rate, base.means.lo, over) } else { None };
                let working = Working { reachable, ..working(&reading, base) };
                let firm =
                    rate.hedge.is_none() && [part, base].iter().all(|t| t.of.iter().all(|&i| list[i].hedge.is_none()));
                claim(Verdict::Conflicts(working), roles(&reading, part, base), firm)
            }
        };
    };
    // 103个，通达率95.4%，建制村40个以上: a whole of 40 or more may be large enough, but nobody means it.
    if !over && part.means.at > base.means.at {
        return case.unknown(Why::NoBase);
    }
    if fit == Fit::Near {
        // 不到全市平均8.7家的六成: less than said is what the words say.
        let vague = words!["不到", "不足", "超过", "高于", "低于"].is_in(scene.clause(rate));
        let unbound = vague
            || part.of.iter().any(|&i| is_own_base(scene, i))
            || base.of.iter().any(|&i| shared_itself(scene, i))
            // 东部68710亿元，中部、西部和东北分别为14853亿元、7400亿元和988亿元，占全国的1.1%: no sum of some neighbours.
            || base.of.len() > 1 && !part.of.iter().any(|i| base.of.contains(i)) && matches!(form, Form::Of { .. })
            || bound.is_some_and(|i| !qualifies(scene, form, i, &base.of, known));
        return if unbound {
            case.unknown(Why::NoPart)
        } else {
            claim(Verdict::Near(working(&reading, base)), roles(&reading, part, base), true)
        };
    }
    // 不到七成 is true of many a pair; only the pair that the words bind can make it true.
    if matches!(rate.hedge, Some(Hedge::AtLeast | Hedge::AtMost))
        && let Ok((part, base)) = tight(case, bound, &numerators, denominators)
    {
        let [own, _] = readings(part, base, false);
        return match own.filter(|own| fit_share(&own.computed, rate) == Fit::Off) {
            Some(own) => claim(Verdict::Conflicts(working(&own, base)), roles(&own, part, base), false),
            None => claim(Verdict::Agrees(working(&reading, base)), roles(&reading, part, base), true),
        };
    }
    claim(Verdict::Agrees(working(&reading, base)), roles(&reading, part, base), true)
}

/// The only one of the terms that is meant, as a list of one.
fn only<'t, 's>(terms: &'t [Term<'s>], meant: impl Fn(&Term<'s>) -> bool) -> Option<&'t [Term<'s>]> {
    let first = terms.iter().position(&meant)?;
    let rest = &terms[first + 1..];
    (!rest.iter().any(meant)).then(|| std::slice::from_ref(&terms[first]))
}

/// The counts that the words choose for the part.
fn chosen(case: Stated<'_>, pool: &[usize]) -> Chosen {
    let Stated { scene, form, at, run, .. } = case;
    if !matches!(form, Form::OfPrevious)
        && let Some(part) = said_behind(scene, at)
    {
        return if pool.contains(&part) { Chosen::one(part) } else { Chosen::NONE };
    }
    match form {
        Form::OfPrevious => {
            let before = &pool[..pool.partition_point(|&i| i + 1 < run.0)];
            let part = (before.len() + at - run.0).checked_sub(run.1 - run.0).and_then(|k| before.get(k));
            part.map_or(Chosen::NONE, |&i| Chosen::one(i))
        }
        Form::Named { name, known, .. } => {
            let named = by_place(named_numerators(scene, name, *known, at, pool), at, run);
            // Of two counts that stand closer together than the one the name speaks of.
            let nearer = |i: &usize| named.of.is_empty() || named.bound.is_none_or(|b| b + 1 < *i);
            let close = if name.is_empty() { None } else { within(scene, at, pool).filter(nearer) };
            close.map_or(named, Chosen::one)
        }
        Form::Of { subject: "", .. } => counted_before(scene, at, run, pool),
        Form::Of { subject, .. } => counted_as(scene, subject, at, pool),
    }
}

/// Whether a rate that was worked out may be what the stated one was meant to say: not a third of it nor three times as
/// much, but for two points of percent, a slip of the point or what is left of a hundred. Anything farther off is a rate
/// of other counts.
fn is_slip(computed: &Interval, rate: &Quantity) -> bool {
    let (low, high) = (computed.lo, computed.hi.unwrap_or(computed.lo));
    let stated = rate.value;
    let near = stated * whole(3) > low && high * whole(3) > stated;
    let close = stated + whole(2) > low && high + whole(2) > stated;
    let same = |other: Exact| other * whole(101) > low * whole(100) && high * whole(101) > other * whole(100);
    let by_a_point = [10, 100].into_iter().any(|tens| same(stated * whole(tens)) || same(stated / whole(tens)));
    near || close || by_a_point || stated < whole(100) && same(whole(100) - stated)
}

/// Whether the rate may be of what the part leaves: 有53家不达标，达标率; 欠缴17家，征缴率. What the name and the count both affirm
/// (已办结658件，办结率) is of the count itself, and of two halves each has its own share (女588人，女的占51%).
fn may_be_of_rest(case: Stated<'_>, part: &Term<'_>) -> bool {
    let denies = |words: &str| words.contains(['不', '未', '无', '没', '缺', '欠']);
    part.of.iter().all(|&i| {
        let q = &case.scene.sentence.quantities[i];
        let words = [case.scene.lead(q), case.scene.tail(q)];
        let denied = words.iter().any(|w| denies(w));
        let Form::Named { name, known, .. } = case.form else { return denied };
        let affirms = |word: &str| words.iter().any(|w| holds(w, word));
        let told = affirms(stem(name)) || known.is_some_and(|k| k.parts.iter().any(|word| affirms(word)));
        denied || denies(name) || !told
    })
}

/// Whether the rate is that of what the part leaves of the base.
fn is_of_rest(part: &Term<'_>, base: &Term<'_>, rate: &Quantity) -> bool {
    // 不足五成 is true of the rest of many a pair.
    if matches!(rate.hedge, Some(Hedge::AtLeast | Hedge::AtMost)) {
        return false;
    }
    let [_, rest] = readings(part, base, true);
    rest.is_some_and(|rest| fit_share(&rest.computed, rate) == Fit::Fits)
}

/// 任务清单50项中完成40项，实现率80%: of N things, M; the rate right behind is of these two, whatever its name.
fn within(scene: &Scene<'_>, at: usize, pool: &[usize]) -> Option<usize> {
    let list = scene.sentence.quantities;
    let [.., base, part] = pool[..pool.partition_point(|&i| i < at)] else { return None };
    let (m, n) = (&list[part], &list[base]);
    let among = || {
        let tail = scene.tail(n).split(['“', '，']).next().unwrap_or_default().trim_end();
        super::among(tail.strip_suffix('的').unwrap_or(tail))
    };
    (m.unit == n.unit && m.group == n.group && part + 1 == at && list[at].clause <= m.clause + 1 && among())
        .then_some(part)
}

/// Whether the part is of those that failed in what the rate is called by: 不合格 to 合格率.
fn has_failed(scene: &Scene<'_>, part: &Term<'_>, form: &Form<'_>) -> bool {
    let Form::Named { name, known, .. } = form else { return false };
    let denied = |lead: &str, word: &str| {
        let ends = |(at, _): (usize, &str)| lead[..at].ends_with(['不', '未', '无']);
        holds(lead, word) && lead.match_indices(word).any(ends)
    };
    let said = |lead: &str| {
        lead.contains(['不', '未', '无'])
            && match known {
                Some(k) if !k.parts.is_empty() => k.parts.iter().any(|word| denied(lead, word)),
                _ => denied(lead, stem(name)),
            }
    };
    part.of.iter().any(|&i| said(scene.lead(&scene.sentence.quantities[i])))
}

/// How a rate may be reckoned from a pair of counts.
struct Reading {
    computed: Interval,
    /// What is divided by the base.
    left: Exact,
    /// It is what the part leaves of the base.
    of_rest: bool,
}

/// The readings of one pair: the part over the base, and, where the part is what failed, the rest over the base.
fn readings(part: &Term<'_>, base: &Term<'_>, failed: bool) -> [Option<Reading>; 2] {
    let over_base = |means: Interval, left: Exact, of_rest: bool| {
        means.ratio(&base.means, whole(100)).map(|computed| Reading { computed, left, of_rest })
    };
    let rest = if failed { base.means.sub(&part.means).filter(|r| r.lo >= whole(0)) } else { None };
    [over_base(part.means, part.means.at, false), rest.and_then(|rest| over_base(rest, rest.at, true))]
}

/// Whether a figure would be divided by itself; the sum of the list that it stands in is a base like any other, and so
/// is that of two halves (男612人，女588人，女的占49%).
fn same_figures(scene: &Scene<'_>, a: &Term<'_>, b: &Term<'_>) -> bool {
    let halves = || matches!((&*a.of, &*b.of), ([_], &[x, y]) if exclude(scene, x, y));
    a.of.iter().any(|i| b.of.contains(i)) && b.of.len() <= a.of.len().max(2) && !halves()
}

/// 甲类4.3万人，乙类1.5万人，规范管理率分别为76%、75%: of as many counts as the rates, each rate takes its own.
fn by_place(named: Chosen, at: usize, run: (usize, usize)) -> Chosen {
    let size = run.1 - run.0;
    match named.of.len().checked_sub(size).filter(|_| size > 1) {
        Some(first) => Chosen::one(named.of[first + at - run.0]),
        // 规范管理2.96万人，规范管理率分别为73.6%和76.1%: of fewer counts, the rates are of parts that are not given.
        None if size > 1 => Chosen { bound: None, ..named },
        None => named,
    }
}
