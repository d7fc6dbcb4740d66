//! Growths dealt out to the values of years: 2022年、2023年、2024年分别为12亿元、15亿元、18亿元，后两年分别增长25%、20%.

use super::pairs::{Pair, growth, run, way, years};
use super::{PRICED, TARGET};
use crate::claim::Scene;
use crate::claim::quantity::Unit;
use crate::claim::verdict::{Fit, Verdict, Working, fit};
use crate::claim::{Claim, Kind, Part, Role};
use crate::text::{half_width, words};

/// The growths whose list begins at `at`, each of its own two values; none where the lists do not belong together.
pub(super) fn dealt(scene: &Scene<'_>, at: usize) -> Vec<Claim> {
    claims(scene, at).unwrap_or_default()
}

fn claims(scene: &Scene<'_>, at: usize) -> Option<Vec<Claim>> {
    let list = scene.sentence.quantities;
    let lead = scene.lead(&list[at]);
    if list[at].unit != Unit::Percent || at < 2 || !lead.contains("分别") {
        return None;
    }
    let rates = run(scene, at);
    if rates.start != at || rates.len() < 2 {
        return None;
    }
    let (stated, rest) = way(lead.strip_suffix("分别为").or(lead.strip_suffix("分别")).unwrap_or(lead))?;
    // 受助学生分别增长: of something else.
    let mut subject = rest.trim();
    let idle = words!["同比", "分别", "比上年", "较上年", "比去年", "较去年", "后两年", "后三年", "后四年", "年", "、"];
    while let Some(before) = idle.cut_end(subject.trim_end_matches(|c| half_width(c).is_ascii_digit())) {
        subject = before.trim_end();
    }
    let values = run(scene, at - 1);
    let one_less = values.len() == rates.len() + 1;
    let steady = list[values.start..rates.end]
        .iter()
        .all(|q| q.hedge.is_none() && !q.masked && q.group == list[at].group && q.depth == list[at].depth);
    if values.end != at || !(one_less || values.len() == rates.len()) || !steady {
        return None;
    }
    let (first, last) = (&list[values.start], &list[at]);
    let head = &scene.text[scene.sentence.clauses.get(first.clause)?.start..first.span.start];
    let near = last.clause <= list[values.end - 1].clause + 1;
    let unlike = [head, scene.clause(last)].iter().any(|words| PRICED.is_in(words) || TARGET.is_in(words));
    if !near || unlike || !matches!(first.unit, Unit::Counter(_)) || !subject.is_empty() {
        return None;
    }
    // The years are those of the values, one after the other.
    let from = years(head).next()?;
    let named = years(head).count();
    let to = years(head).last()?;
    let follow = usize::from(to.checked_sub(from)?) + 1 == values.len();
    let each_named = named == values.len() || named == 2;
    // 2023年、2024年分别增长…: the growths of the last of them.
    let own =
        years(scene.clause(last)).next().is_none_or(|year| year == to + 1 - u16::try_from(rates.len()).unwrap_or(0));
    if !head.contains("分别") || !follow || !each_named || !own {
        return None;
    }
    let skipped = rates.len() + 1 - values.len();
    let steps = rates.clone().skip(skipped).zip(values.clone());
    let mut out = Vec::with_capacity(rates.len());
    for (r, before) in steps {
        let pair = Pair::of(list, before, before + 1);
        let computed = growth(&pair, stated)?;
        let roles = vec![
            Role::new(Part::Rate, list[r].span),
            Role::new(Part::Before, list[before].span),
            Role::new(Part::After, list[before + 1].span),
        ];
        let working = Working::new(list[before].value, list[before + 1].value, computed, &list[r], 1);
        let verdict = match fit(&computed, &list[r]) {
            Fit::Fits => Verdict::Agrees(working),
            Fit::Near => Verdict::Near(working),
            Fit::Off => Verdict::Conflicts(working),
        };
        out.push(Claim::new(Kind::Growth, list[r].span, roles, verdict));
    }
    // Where none fits, the rates are of other values, or reckoned otherwise.
    out.iter().any(|c| matches!(c.verdict, Verdict::Agrees(_))).then_some(out)
}
