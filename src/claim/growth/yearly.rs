//! Yearly growth: 由2022年的4.8亿元增加到2025年的6.3亿元，年均增长9.5%.

use super::pairs::{Pair, Way, year_of};
use super::{TARGET, at_constant_prices};
use crate::claim::exact::{Exact, Interval, whole};
use crate::claim::quantity::Unit;
use crate::claim::verdict::{Fit, Verdict, Working, fit};
use crate::claim::{Claim, Kind, Part, Role, Scene};
use crate::text::words;

/// The yearly growth `at` of the values of two years that are spelled out right before it; nothing where they are not.
pub(super) fn yearly(scene: &Scene<'_>, at: usize, way: Way, rest: &str, pairs: &[Pair]) -> Option<Claim> {
    let list = scene.sentence.quantities;
    let rate = &list[at];
    let said = words!["年均", "年平均", "平均每年", "每年平均"].ends(rest)?;
    // 五年年均增长, 年均名义增长 are of another span or another value than 年均增长 alone may be.
    let before = rest[..rest.len() - said.len()].trim();
    if rate.unit != Unit::Percent || rate.hedge.is_some() || rate.masked || !before.is_empty() {
        return None;
    }
    let mut near = pairs.iter().filter(|p| {
        let last = &list[p.after.of];
        p.spelled && p.after.of + 1 == at && last.group == rate.group && rate.clause <= last.clause + 2
    });
    let pair = near.next().filter(|_| near.next().is_none())?;
    let figures = [&list[pair.before.of], &list[pair.after.of]];
    let plans = figures.iter().chain([&rate]).any(|q| TARGET.is_in(scene.clause(q)));
    let sure = figures.iter().all(|q| matches!(q.unit, Unit::Counter(_)) && q.hedge.is_none() && q.depth == rate.depth);
    if !sure || plans || at_constant_prices(scene, rate, pair) {
        return None;
    }
    let [first, last] = figures.map(|q| year_of(scene.lead(q)));
    let years = u32::from(last?.checked_sub(first?)?);
    if !(2..=15).contains(&years) {
        return None;
    }
    let ratio = pair.after.means.ratio(&pair.before.means, whole(1))?;
    let computed = |years: u32| -> Option<Interval> {
        let of = |ratio: Exact| {
            let grown = each_year(ratio, years)?;
            Some(if way == Way::Up { grown - whole(100) } else { whole(100) - grown })
        };
        let (low, high) = (of(ratio.lo)?, of(ratio.hi?)?);
        Some(Interval { lo: low.min(high), hi: Some(low.max(high)), at: of(ratio.at)? })
    };
    // 2020年至2025年 are five steps; whoever counts six years spreads the growth over one more.
    let (spread, wider) = (computed(years)?, computed(years + 1)?);
    let roles = vec![
        Role::new(Part::Rate, rate.span),
        Role::new(Part::Before, figures[0].span),
        Role::new(Part::After, figures[1].span),
    ];
    let working = |computed, years| Working {
        years,
        ..Working::new(pair.before.means.at, pair.after.means.at, computed, rate, 2)
    };
    let verdict = match (fit(&spread, rate), fit(&wider, rate)) {
        (Fit::Off, Fit::Fits) => Verdict::Agrees(working(wider, years + 1)),
        (Fit::Fits, _) => Verdict::Agrees(working(spread, years)),
        (Fit::Near, _) => Verdict::Near(working(spread, years)),
        (Fit::Off, _) if spread.hi? > whole(0) => Verdict::Conflicts(working(spread, years)),
        _ => return None,
    };
    Some(Claim::new(Kind::Growth, rate.span, roles, verdict))
}

/// What a value that grows to `ratio` times itself in some years becomes each year, in percent of the year before; to a
/// millionth of one, which no printed rate shows.
fn each_year(ratio: Exact, years: u32) -> Option<Exact> {
    const ONE: i128 = 1_000_000_000;
    let goal = (ratio * whole(ONE)).to_integer();
    let (mut low, mut high) = (0, goal.max(ONE) + 1);
    if goal > 1_000 * ONE {
        return None;
    }
    while high - low > 1 {
        let middle = i128::midpoint(low, high);
        let power = (0..years).try_fold(ONE, |power, _| power.checked_mul(middle).map(|p| p / ONE));
        if power.is_some_and(|p| p <= goal) { low = middle } else { high = middle }
    }
    Some(Exact::new(low, ONE / 100))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claim::decimal;

    /// Roots of whole powers, of a fall, and of what no exact root has.
    #[test]
    fn roots() {
        for (ratio, years, expected) in [
            (Exact::new(121, 100), 2, "110.0000"),
            (Exact::new(1331, 1000), 3, "110.0000"),
            (Exact::new(81, 100), 2, "90.0000"),
            (Exact::new(63, 48), 3, "109.4880"),
            (whole(1), 10, "100.0000"),
        ] {
            let grown = each_year(ratio, years).map(|g| decimal(g, 4));
            assert_eq!(grown.as_deref(), Some(expected), "{ratio} in {years}");
        }
        assert_eq!(each_year(whole(1024), 10), None);
    }
}
