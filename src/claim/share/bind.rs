//! Which one reading of a share the words bind so tightly that it may be called wrong.

use super::Stated;
use super::form::{Form, form};
use super::terms::{FAR, Term, exclude, is_denied, is_own_base, said_behind, stem};
use crate::claim::exact::{Interval, whole};
use crate::claim::lexicon::RateName;
use crate::claim::quantity::{Hedge, Quantity, Unit};
use crate::claim::verdict::{Fit, Verdict, Why, Working, fit_share};
use crate::claim::{
    Around, CARRIED, Claim, Kind, Part, Role, Scene, each, han_pairs, holds, holds_pair, past_among, totals,
};
use crate::text::{WordList, is_han, words};

/// The count right before (or, in brackets or after 即, right behind) the rate over some base, where that fits.
pub(super) fn unnamed(case: Stated<'_>, pool: &[usize], denominators: &[Term<'_>]) -> Option<Claim> {
    let Stated { scene, form, at, name, range, .. } = case;
    let list = scene.sentence.quantities;
    let rate = &list[at];
    if matches!(form, Form::OfPrevious) {
        return None;
    }
    let before = pool.iter().copied().rfind(|&i| i < at && rate.clause - list[i].clause <= 1);
    let behind = pool.iter().copied().find(|&i| i > at && list[i].clause - rate.clause <= 1);
    let part = before.into_iter().chain(behind);
    for i in part {
        let part = &list[i];
        for base in denominators.iter().filter(|b| b.of.len() == 1 && b.of[0] != i && b.unit == part.unit) {
            if range.excludes(&part.means, &base.means) {
                continue;
            }
            let Some(computed) = part.means.ratio(&base.means, whole(100)) else { continue };
            if fit_share(&computed, rate) == Fit::Fits {
                let roles = vec![
                    Role::new(Part::Rate, rate.span),
                    Role::new(Part::Numerator, list[i].span),
                    Role::new(Part::Denominator, list[base.of[0]].span),
                ];
                let working = Working::new(part.means.at, base.means.at, computed, rate, 1);
                let verdict = Verdict::Agrees(working);
                return Some(Claim { name, ..Claim::new(Kind::Share, rate.span, roles, verdict) });
            }
        }
    }
    None
}

/// Whether another reading of what stands before the rate makes it true: then it is no slip.
pub(super) fn holds_otherwise(case: Stated<'_>, part: &Term, base: &Term) -> bool {
    let Stated { scene, form, at, .. } = case;
    let list = scene.sentence.quantities;
    let [own] = part.of[..] else { return false };
    // 不到七成 is true of many a pair; 女学员占52.5% leaves no other count than theirs.
    if matches!(list[at].hedge, Some(Hedge::AtLeast | Hedge::AtMost)) {
        return false;
    }
    let (named, named_base) = match form {
        Form::Of { subject, base } => (own < at && !subject.is_empty(), !is_generic(base)),
        _ => (false, false),
    };
    let fits = |part: &Interval, base: &Interval| {
        part.ratio(base, whole(100)).is_some_and(|computed| fit_share(&computed, &list[at]) == Fit::Fits)
    };
    let of_one_unit: Vec<usize> =
        (0..at).filter(|&i| list[i].unit == list[own].unit && list[i].group.abs_diff(list[at].group) < 2).collect();
    let others = || of_one_unit.iter().copied().filter(|&i| i != own);
    // 人均标准1100元，其中补助700元、缴费400元，缴费占36.4%; 直接答复32.3万件，答复率66.4%；转办16.4万件，占33.6%: another
    // base, or the two counts together.
    let other_base = |i: usize| {
        let together = part.means.add(&list[i].means);
        fits(&part.means, &list[i].means) || together.is_some_and(|all| fits(&part.means, &all))
    };
    // 480条中已整改436条，未整改44条，“假整改”比例9.2%: another part of the same base, or two of them.
    let parts: Vec<usize> = others().filter(|i| !base.of.contains(i)).collect();
    let other_part = || parts.iter().any(|&i| fits(&list[i].means, &base.means));
    let two_parts = || {
        let sums = parts.windows(2).filter_map(|pair| Term::sum(list, pair));
        sums.into_iter().any(|sum| fits(&sum.means, &base.means))
    };
    !named_base && others().any(other_base)
        || !named && (other_part() || is_of_row(case, own, fits) || is_of_another_measure(case, fits))
        || two_parts()
}

/// 一至四季度分别971起、742起、655起和758起，一季度最多，占31.1%: one of a row over all of it.
fn is_of_row(case: Stated<'_>, own: usize, fits: impl Fn(&Interval, &Interval) -> bool) -> bool {
    let list = case.scene.sentence.quantities;
    let same = |i: &usize| list[*i].unit == list[own].unit && list[*i].group == list[own].group;
    let row: Vec<usize> = (0..case.at).filter(same).collect();
    row.len() > 2
        && Term::sum(list, row.as_slice()).is_some_and(|all| row.iter().any(|&i| fits(&list[i].means, &all.means)))
}

/// 11户企业中9户盈利、2户亏损，亏损合计3.5亿元，亏损面18.2%: of things of another measure, which bear the name as well.
fn is_of_another_measure(case: Stated<'_>, fits: impl Fn(&Interval, &Interval) -> bool) -> bool {
    let Form::Named { name, .. } = case.form else { return false };
    let before = &case.scene.sentence.quantities[..case.at];
    let bears = |q: &Quantity| {
        matches!(q.unit, Unit::Counter(_)) && han_pairs(stem(name)).any(|pair| case.scene.around(q).holds_pair(pair))
    };
    let of = |q: &Quantity| {
        before.iter().any(|whole| whole.span != q.span && whole.unit == q.unit && fits(&q.means, &whole.means))
    };
    before.iter().any(|q| bears(q) && of(q))
}

/// A pair across this sentence and the one before it that makes the rate true.
pub(super) fn leaning(case: Stated<'_>, numerators: &[Term<'_>]) -> Option<Claim> {
    let Stated { scene, at, name, range, .. } = case;
    let rate = &scene.sentence.quantities[at];
    let before = scene.previous?;
    let list = scene.sentence.quantities;
    let earlier: Vec<usize> = (before.quantities.len().saturating_sub(FAR)..before.quantities.len())
        .filter(|&i| matches!(before.quantities[i].unit, Unit::Counter(_)) && !before.quantities[i].masked)
        .collect();
    let of_one_unit =
        |of: &[usize]| of.windows(2).all(|w| before.quantities[w[0]].unit == before.quantities[w[1]].unit);
    let neighbours =
        earlier.windows(2).filter(|pair| of_one_unit(pair)).filter_map(|p| Term::sum(before.quantities, p));
    let all = if of_one_unit(&earlier) { Term::sum(before.quantities, earlier.as_slice()) } else { None };
    for base in Term::each(before.quantities, &earlier).chain(neighbours).chain(all) {
        for part in numerators {
            if base.unit != part.unit || range.excludes(&part.means, &base.means) {
                continue;
            }
            let Some(computed) = part.means.ratio(&base.means, whole(100)) else { continue };
            if fit_share(&computed, rate) == Fit::Fits {
                let mut roles = vec![Role::new(Part::Rate, rate.span)];
                roles.extend(part.of.iter().map(|&i| Role::new(Part::Numerator, list[i].span)));
                roles.extend(base.of.iter().map(|&i| Role::new(Part::Denominator, before.quantities[i].span)));
                let working = Working::new(part.means.at, base.means.at, computed, rate, 1);
                return Some(Claim {
                    kind: Kind::Share,
                    at: rate.span,
                    roles,
                    verdict: Verdict::Agrees(working),
                    firm: true,
                    name,
                    derived: false,
                });
            }
        }
    }
    None
}

/// Whether the words bind one reading so tightly that a rate which no reading makes true is wrong; else why not.
pub(super) fn tight<'t>(
    case: Stated<'_>,
    bound: Option<usize>,
    numerators: &'t [Term<'t>],
    denominators: &'t [Term<'t>],
) -> Result<(&'t Term<'t>, &'t Term<'t>), Why> {
    let Stated { scene, form, at, run, known, .. } = case;
    let list = scene.sentence.quantities;
    let rate = &list[at];
    let part_at = bound.ok_or(Why::NoPart)?;
    let part = &list[part_at];
    if list.iter().any(|q| q.masked && q.unit == part.unit && q.group == part.group) {
        return Err(Why::Masked);
    }
    // The count must stand right before the rate: in its clause or in the clause before.
    let named = matches!(form, Form::Named { .. });
    let reach = if (named || matches!(form, Form::OfPrevious)) && part.group == rate.group { 4 } else { 2 };
    let behind = part_at == at + 1 && said_behind(scene, at) == Some(part_at);
    if !behind && (rate.clause.saturating_sub(part.clause) > reach || part.depth > rate.depth) {
        return Err(Why::NoPart);
    }
    // Another rate on the way has taken the count.
    let taken = part_at < at && list[part_at..at].iter().any(|q| q.unit == Unit::Percent);
    if taken && rate.clause.saturating_sub(part.clause) > 2 {
        return Err(Why::NoPart);
    }
    // 调解结案718件，调解率67.3%，仲裁终结率82.5%: a count that has a rate already has another only by its name.
    if taken
        && let Form::Named { name, .. } = form
        && !scene.lead(part).contains(stem(name))
        && !known.is_some_and(|k| k.parts.iter().any(|word| scene.lead(part).contains(word.as_str())))
    {
        return Err(Why::NoPart);
    }
    // 合格率98%，其中大宗食品1200批次、合格率98.5%: a rate behind 其中 is of what 其中 names.
    if part_at < at && named && scene.text[part.span.end..rate.span.start].contains("其中") {
        return Err(Why::NoPart);
    }
    // 签约19.8万人，其中重点人群签约9.62万人，重点人群签约率79.2%: of the group that 其中 names, how many there are is not said.
    if let Form::Named { name, .. } = form
        && let Some(own) = scene.lead(part).strip_prefix("其中")
        && own.trim() == stem(name)
        && own.chars().count() > 3
    {
        return Err(Why::NoBase);
    }
    if is_own_base(scene, part_at) || is_kind_of(scene, form, part_at) || excused(scene, at, part) {
        return Err(Why::NoPart);
    }
    // 不予许可6件，准予率…: what the rate affirms in other words is given by no count.
    if let Form::Named { name, .. } = form
        && is_denied(scene, part_at, name)
        && !scene.lead(part).contains(stem(name))
    {
        return Err(Why::NoPart);
    }
    let term = numerators.iter().find(|t| *t.of == [part_at]).ok_or(Why::NoPart)?;
    if !named && part_at < at && sums_up(&scene.text[part.span.end..rate.span.start]) {
        return Err(Why::Ambiguous);
    }
    if siblings_agree(scene, at, part) {
        return Err(Why::NoBase);
    }
    if reckoned(scene, rate) {
        return Err(Why::NoBase);
    }
    // 2020年外出9.46万人，占15.2万人的62.2%，去年是8.71万人，占14.9万人的58.5%: a count of another period has come between.
    if list.get(part_at + 1..at).is_some_and(|between| between.iter().any(|q| q.unit == part.unit && scene.is_prior(q)))
    {
        return Err(Why::NoPart);
    }
    let lead = |i: usize| scene.lead(&list[i]);
    let first = (0..list.len()).find(|&i| matches!(list[i].unit, Unit::Counter(_)));
    let closes = |i: usize| words!["合计", "总计", "共计"].is_in(lead(i));
    let by_name = |i: usize| known.is_some_and(|k| k.bases.iter().any(|b| holds(lead(i), b)));
    let topical = |i: usize| {
        list[i].group == part.group
            || closes(i)
            || Some(i) == first && (matches!(form, Form::Of { .. }) || by_name(i))
            || named && i + 3 >= part_at && list[i].group + 1 == part.group && by_name(i)
    };
    // The counts that a run of rates deals with are no bases of one another.
    let size = run.1 - run.0;
    let outside_run = |i: usize| size == 1 || i + at - run.0 < part_at || i > at;
    let beyond = rate.value > whole(100);
    let generic = matches!(form, Form::Of { base, .. } if is_generic(base));
    let fits = |i: usize| {
        let q = &list[i];
        i != part_at
            && q.unit == part.unit
            && q.chinese == part.chinese
            && !q.masked
            && !scene.is_prior(q)
            && topical(i)
            && !shared_itself(scene, i)
            && (i + 1 == at || !is_own_base(scene, i))
            && !exclude(scene, i, part_at)
            && !(generic && siblings(scene, i, part_at))
            && !same_deed(case, i, part)
            && outside_run(i)
            && (q.value >= part.value || known.is_some_and(|k| k.over) || beyond || matches!(form, Form::OfPrevious))
    };
    let single = |i: usize| denominators.iter().find(|t| *t.of == [i]);
    let nearest =
        || (0..part_at).rev().find(|&i| fits(i)).or_else(|| (part_at + 1..list.len()).find(|&i| fits(i) && closes(i)));
    // Where no single count is large enough, several that stand together are the base: 建议48件、提案71件; 结转与新收.
    let together = || {
        denominators
            .iter()
            .filter(|t| {
                t.of.len() > 1
                    && t.of.iter().all(|&i| outside_run(i) && i < part_at && topical(i) && list[i].unit == part.unit)
            })
            .find(|t| {
                let carried = t.of.iter().any(|&i| CARRIED.is_in(lead(i)));
                (carried || joined(scene, &t.of)) && t.means.lo >= part.means.lo
            })
    };
    // 执法类问题占全部问题的…: all that the list names.
    let whole_list = |base: &str| {
        let all = words!["全部", "所有", "总数"].is_in(base);
        let listed = |t: &&Term<'_>| t.of.len() > 2 && t.of.contains(&part_at) && joined(scene, &t.of);
        denominators.iter().filter(listed).find(|t| all || are_votes_of(scene, t, base))
    };
    let base_term = match form {
        Form::OfPrevious => single(run.0 - 1),
        Form::Of { base, .. } if !is_generic(base) => {
            let name = BaseName::of(base);
            (0..list.len())
                .filter(|&i| {
                    let named = || name.is_of(scene.around(&list[i])) || is_plan_of_year(scene, i, base);
                    fits(i) && (named() || glossed(scene, at, i, base))
                })
                .min_by_key(|&i| i.abs_diff(part_at))
                .and_then(single)
                .or_else(|| whole_list(base))
        }
        _ => {
            let by_word = known.filter(|k| !k.bases.is_empty()).map(|k| {
                // What comes behind the rate is of another matter, unless it sums up.
                (0..list.len()).filter(|&i| fits(i) && (i < at || totals(lead(i)))).rev().find(|&i| {
                    k.bases.iter().any(|b| holds(lead(i), b) || scene.tail(&list[i]).starts_with(b.as_str()))
                })
            });
            let carried = known.is_some_and(|k| k.carry).then(&together).flatten();
            carried.or_else(|| by_word.unwrap_or_else(nearest).and_then(single)).or_else(together)
        }
    }
    .ok_or(Why::NoBase)?;
    if base_term.of.iter().chain([&part_at]).any(|&i| each(lead(i)).is_some()) {
        return Err(Why::Ambiguous);
    }
    // A figure of one or two digits in 万 says too little to be divided by.
    if [&term.means, &base_term.means].iter().any(|m| is_coarse(m)) {
        return Err(Why::Ambiguous);
    }
    let base = base_term.of[0];
    if known.is_some_and(|k| k.carry) {
        let fresh = words!["新收", "新受理", "本年", "新立", "今年新"].is_in(lead(base));
        let carried = CARRIED.is_in(scene.sentence.span.of(scene.text));
        if fresh && !carried {
            return Err(Why::CarriedOver);
        }
    }
    if !qualifies(scene, form, part_at, &base_term.of, known) {
        return Err(Why::NoPart);
    }
    // 重大隐患86处已全部整改，整改率100%: all of these, whatever the whole.
    let between = scene.text.get(part.span.end..rate.span.start).unwrap_or("");
    let own = format!("{}{between}", lead(part_at));
    if rate.value == whole(100) && words!["全部", "均已", "均得到", "都已", "悉数"].is_in(&own) {
        return Err(Why::NoBase);
    }
    // 新收5216件，旧存412件，办结5301件，新收案件结案率: a rate of the new ones alone.
    if let Form::Named { name, .. } = form
        && base_term.of.len() > 1
        && words!["新收", "新受理", "旧存", "存案"].is_in(name)
    {
        return Err(Why::NoBase);
    }
    if matches!(rate.hedge, Some(Hedge::AtLeast | Hedge::AtMost)) && rate.value == whole(100) {
        return Err(Why::Ambiguous);
    }
    Ok((term, base_term))
}

/// Whether part and base bear the qualifier of the rate's name: 法定审限内结案率 is no 结案率 of all cases, and
/// 农村集贸市场合格率 none of all batches. Words that part or base bear themselves, and words for all, qualify nothing.
pub(super) fn qualifies(
    scene: &Scene<'_>,
    form: &Form<'_>,
    part: usize,
    base: &[usize],
    known: Option<&RateName>,
) -> bool {
    let (Form::Named { name, .. }, Some(known)) = (form, known) else { return true };
    let list = scene.sentence.quantities;
    let qualifier = stem(name).strip_suffix(stem(&known.name)).unwrap_or("");
    if qualifier.is_empty() {
        return true;
    }
    let words = |i: usize| format!("{}{}", scene.lead(&list[i]), scene.tail(&list[i]));
    let own: String = std::iter::once(part).chain(base.iter().copied()).map(words).collect();
    if QUALIFIERS.is_in(qualifier) {
        return own.contains(qualifier);
    }
    // 签约19.8万人，其中重点人群签约9.62万人，重点人群签约率79.2%: of a group that the base is not confined to.
    if GROUPS.ends(qualifier).is_some() && !base.iter().any(|&i| scene.around(&list[i]).holds(qualifier)) {
        return false;
    }
    let mut pairs = han_pairs(qualifier).peekable();
    pairs.peek().is_none() || pairs.any(|pair| holds_pair(&own, pair))
}

/// Whether the count is of the kind that the rate's name begins with, and so its base: 调解39件，调解履行率97.4%; 其中村调委会调解
/// 138件，调解成功率97.5%.
fn is_kind_of(scene: &Scene<'_>, form: &Form<'_>, part: usize) -> bool {
    let Form::Named { name, known, .. } = form else { return false };
    let kind = past_among(scene.lead(&scene.sentence.quantities[part]));
    // 出庭136件，出庭应诉率: what the rate is known to count.
    if known.is_some_and(|k| k.parts.iter().any(|word| kind.ends_with(word.as_str()))) {
        return false;
    }
    // 整改47个，整改到位率: the same deed, done.
    let same = words!["到位", "完成", "覆盖"];
    let several = |words: &str| words.chars().nth(1).is_some();
    let stem = stem(name);
    let mut heads = stem.char_indices().map(|(at, _)| stem.split_at(at)).filter(|(head, _)| several(head));
    heads.any(|(head, deed)| several(deed) && kind.ends_with(head) && same.begins(deed).is_none())
}

/// 按时办结率100%，其余8件尚在法定期限之内: the rest is not due, and no part of the base.
fn excused(scene: &Scene<'_>, at: usize, part: &Quantity) -> bool {
    scene.sentence.quantities[at + 1..].iter().any(|q| {
        q.unit == part.unit
            && words!["其余", "其他", "剩余", "余下", "另", "未"].begins(scene.lead(q)).is_some()
            && words!["期限", "到期", "未届", "未满"].is_in(scene.clause(q))
    })
}

/// Whether the words tell how a rate is reckoned, and so not by the plain counts: 按金额计清偿率96.4%; 查实率46.7%（2条仍在核查，
/// 未计入分母）.
fn reckoned(scene: &Scene<'_>, rate: &Quantity) -> bool {
    let behind = scene.text[rate.said.end..scene.sentence.span.end].trim_start();
    let bracket = behind.strip_prefix(['（', '(']).map_or("", |b| b.split(['）', ')']).next().unwrap_or(b));
    let clause = &scene.text[scene.sentence.clauses[rate.clause].start..rate.span.start];
    words!["按金额", "按面积", "按户数", "按人数", "按件数", "按户计", "按人计"].is_in(clause)
        || words!["分母", "未计", "不计", "不含", "剔除", "扣除", "口径"].is_in(bracket)
}

/// Whether a count tells of the very deed that the rate's name and its part tell of, and so is no base of it: 实际支出13728万元，
/// 其中中央资金支出7706万元，支出率98%; what was due (应回访60户) may be told in the same words.
fn same_deed(case: Stated<'_>, i: usize, part: &Quantity) -> bool {
    let Form::Named { name, known, .. } = case.form else { return false };
    let (lead, own) = (case.scene.lead(&case.scene.sentence.quantities[i]), case.scene.lead(part));
    let both_end = |deed: &str| !deed.is_empty() && lead.ends_with(deed) && own.ends_with(deed);
    let told = both_end(stem(name)) || known.is_some_and(|k| k.parts.iter().any(|deed| both_end(deed)));
    told && !words!["应", "需", "拟", "计划", "任务", "目标", "要求", "预算", "批准"].is_in(lead)
}

/// Whether two counts are of two kinds of one thing: 食品案件90件，药品案件40件; 其中 between them makes one the whole.
fn siblings(scene: &Scene<'_>, i: usize, part: usize) -> bool {
    let list = scene.sentence.quantities;
    let (a, b) = (scene.lead(&list[i]), scene.lead(&list[part]));
    let among = list.get(i + 1..=part).is_some_and(|qs| qs.iter().any(|q| scene.lead(q).contains("其中")));
    let long = a.chars().count().abs_diff(b.chars().count()) < 2 && a.chars().count() > 2;
    long && !among && !a.ends_with(b) && !b.ends_with(a) && a.chars().next_back() == b.chars().next_back()
}

/// Whether the words before 占 sum up several counts (合计占, 共占, 两类占).
fn sums_up(between: &str) -> bool {
    let head = &between[..between.rfind('占').unwrap_or(0)];
    head.contains('前') || words!["合计", "共", "总计", "类", "两项", "三项", "者"].ends(head).is_some()
}

/// Whether a count carries a bare 占 of its own: then it is a part, and its siblings are no shares of it.
pub(super) fn shared_itself(scene: &Scene<'_>, i: usize) -> bool {
    let list = scene.sentence.quantities;
    // 收入35134万元，比上年增长2.7%，占总收入的92.6%: a growth may stand between.
    let rates = (i + 1..list.len()).take_while(|&j| matches!(list[j].unit, Unit::Percent | Unit::Points));
    let near = |j: &usize| list[*j].group == list[i].group && list[*j].clause <= list[i].clause + 2;
    rates
        .filter(near)
        .any(|j| matches!(form(scene, j), Some(Form::Of { subject: "", .. })) && !scene.lead(&list[j]).contains("其中"))
}

/// Whether another count of the sentence and its own share imply the same total as this one does: then the total
/// stands elsewhere, and the figures agree.
fn siblings_agree(scene: &Scene<'_>, at: usize, part: &Quantity) -> bool {
    let list = scene.sentence.quantities;
    let total = |count: &Quantity, rate: &Quantity| count.means.ratio(&rate.means, whole(100));
    let near = at.saturating_sub(FAR).max(1)..list.len().min(at + FAR + 1);
    let mut siblings = near
        .filter(|&j| j != at && list[j].unit == Unit::Percent && list[j - 1].unit == part.unit)
        .filter(|&j| matches!(form(scene, j), Some(Form::Of { .. })))
        .peekable();
    if siblings.peek().is_none() {
        return false;
    }
    let Some(own) = total(part, &list[at]) else { return false };
    siblings.any(|j| total(&list[j - 1], &list[j]).is_some_and(|other| other.meets(&own) && !is_coarse(&other)))
}

/// Whether an interval is wider than a twentieth of its middle.
fn is_coarse(means: &Interval) -> bool {
    means.hi.is_some_and(|hi| (hi - means.lo) * whole(40) > hi + means.lo)
}

/// 实到171名。…赞成163票、反对5票、弃权3票，赞成票占实到代表的95.3%: whether the counts are all votes, and as many as came.
fn are_votes_of(scene: &Scene<'_>, votes: &Term<'_>, base: &str) -> bool {
    const CAME: WordList = WordList::new(&["实到", "到会", "出席", "参会"]);
    let list = scene.sentence.quantities;
    let bears = |word: &str| votes.of.iter().any(|&i| scene.lead(&list[i]).ends_with(word));
    let all = || votes.of.len() == 3 && (bears("赞成") || bears("同意")) && bears("反对") && bears("弃权");
    if CAME.begins(base).is_none() || !all() {
        return false;
    }
    let came = |q: &Quantity| q.exact && q.value == votes.means.at && CAME.is_in(scene.lead(q));
    list.iter().chain(scene.previous.map_or(&[][..], |p| p.quantities)).any(came)
}

/// Whether the figures stand in one list, each right behind the 、 that ends the one before.
fn joined(scene: &Scene<'_>, of: &[usize]) -> bool {
    let list = scene.sentence.quantities;
    of.windows(2).all(|w| scene.text[list[w[0]].span.end..list[w[1]].span.start].starts_with('、'))
}

/// Groups that a rate may be confined to.
const GROUPS: WordList = WordList::new(&[
    "人群",
    "人口",
    "对象",
    "老年人",
    "老人",
    "儿童",
    "学生",
    "患者",
    "妇女",
    "孕产妇",
    "居民",
    "职工",
    "党员",
    "残疾人",
    "农户",
    "脱贫户",
    "低保户",
    "企业",
    "项目",
    "产品",
    "案件",
    "学校",
    "医院",
    "社区",
]);

/// Qualifiers that change what a rate is taken of.
const QUALIFIERS: WordList = WordList::new(&[
    "按期",
    "按时",
    "及时",
    "限时",
    "一次",
    "当场",
    "到期",
    "提前",
    "准时",
    "首次",
    "自动",
    "规范",
    "审限",
    "期限",
    "即时",
    "当日",
    "当年",
    "当天",
    "网上",
    "正职",
    "主要负责人",
    "一般",
    "重大",
    "限期",
    "复查",
    "部分",
    "以上",
]);

/// 占全年任务的72.5%（全年任务8亿元）: a bracket right behind the rate that gives the base in its own words.
fn glossed(scene: &Scene<'_>, at: usize, i: usize, base: &str) -> bool {
    let list = scene.sentence.quantities;
    let (rate, q) = (&list[at], &list[i]);
    let bracket = i == at + 1
        && q.depth == rate.depth.saturating_add(1)
        && scene.text[rate.said.end..].trim_start().starts_with(['（', '(']);
    let own = scene.lead(q).trim_start_matches(['全', '市', '县', '区', '省']);
    bracket && (own.chars().count() >= 2 && base.contains(own) || BaseName::of(base).is_of(scene.around(q)))
}

/// 今年计划投资24.5亿元，完成18.2亿元，占年度计划的74.3%: whether a count is what was planned for the year that the base names. A
/// plan without its year may be one of many years.
fn is_plan_of_year(scene: &Scene<'_>, i: usize, base: &str) -> bool {
    const YEAR: WordList = WordList::new(&["年度", "全年", "今年", "当年", "本年"]);
    let plan = YEAR.begins(base).and_then(|year| words!["计划", "任务", "目标"].begins(&base[year.len()..]));
    plan.is_some_and(|plan| {
        let q = &scene.sentence.quantities[i];
        let lead = scene.lead(q);
        let before = &scene.text[scene.sentence.clauses[q.clause].start..q.span.start];
        lead.contains(plan) && YEAR.is_in(before) && !lead.contains('总')
    })
}

/// The name of a base that has one of its own.
pub(super) fn base_name(base: &str) -> Option<BaseName<'_>> {
    (!is_generic(base)).then(|| BaseName::of(base))
}

/// Whether the words of a base name nothing in particular.
fn is_generic(base: &str) -> bool {
    matches!(base, "" | "总数" | "全部" | "总量" | "其" | "其中" | "总额" | "总数的" | "比")
}

/// What a base is called, without the words that call it a whole: 执法人员 in 占执法人员总数.
pub(super) struct BaseName<'a>(&'a str);

impl<'a> BaseName<'a> {
    fn of(base: &'a str) -> Self {
        const WHOLES: WordList = WordList::new(&[
            "总数",
            "总量",
            "总额",
            "全部",
            "所有",
            "的",
            "人数",
            "户数",
            "件数",
            "家数",
            "数",
            "全省",
            "全市",
            "全县",
            "全区",
            "全国",
            "比重",
            "比例",
            "总面积",
            "面积",
        ]);
        let mut core = base;
        while WHOLES.begins(core).or_else(|| WHOLES.ends(core)).is_some() {
            let cut = |w: &&str| core.strip_suffix(w).or_else(|| core.strip_prefix(w));
            core = WHOLES.list().iter().find_map(cut).unwrap_or_default();
        }
        // One character names nothing.
        Self(if core.chars().filter(|c| is_han(*c)).nth(1).is_some() { core } else { "" })
    }

    /// Whether the words around a count give the name in full (行政执法人员350人).
    fn is_of(&self, words: Around<'_>) -> bool {
        // 进出口 holds 出口 and is another thing.
        let other = || matches!(self.0, "出口" | "进口") && words.holds("进出口");
        !self.0.is_empty() && words.holds(self.0) && !other()
    }

    /// Whether the term is a single count of that name.
    pub(super) fn names(&self, scene: &Scene<'_>, term: &Term<'_>) -> bool {
        matches!(*term.of, [i] if self.is_of(scene.around(&scene.sentence.quantities[i])))
    }
}
