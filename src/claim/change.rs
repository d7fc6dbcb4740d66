//! Changes: a stated difference against the values before and after.

use super::exact::whole;
use super::growth::{Way, difference, from_to, way};
use super::quantity::Unit;
use super::verdict::{Fit, Verdict, Why, Working, fit};
use super::{Claim, Kind, Part, Role, Scene};

pub(super) fn find(scene: &Scene<'_>, out: &mut Vec<Claim>) {
    let list = &scene.sentence.quantities;
    for pair in from_to(scene) {
        let (b, a) = (pair.before.of[0], pair.after.of[0]);
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
            || (rest.contains("上年") || rest.contains("去年")) && !scene.lead(&list[b]).contains('年');
        let opposite = !rank && stated != expected;
        let gross = ["新增", "减"].iter().any(|w| lead.ends_with(w))
            && list[d + 1..].iter().any(|q| {
                q.unit == delta.unit && q.group == delta.group && way(scene.lead(q)).is_some_and(|(w, _)| w != stated)
            });
        let Some(computed) = difference(&pair, if rank { if up { Way::Up } else { Way::Down } } else { expected })
        else {
            continue;
        };
        let roles = vec![
            Role::new(Part::Delta, delta.span),
            Role::new(Part::Before, list[b].span),
            Role::new(Part::After, list[a].span),
        ];
        let working = Working::new(list[b].value, list[a].value, computed, delta, 1);
        let firm = [b, a, d].iter().all(|&i| list[i].hedge.is_none());
        let verdict = match fit(&computed, delta) {
            Fit::Fits => Verdict::Agrees(working),
            Fit::Near => Verdict::Near(working),
            Fit::Off if dealt || other || opposite || gross || computed.lo <= whole(0) => {
                Verdict::Unknown(Why::Ambiguous)
            }
            Fit::Off => Verdict::Conflicts(working),
        };
        out.push(Claim::new(Kind::Change, at, roles, verdict).firm(firm));
    }
}
