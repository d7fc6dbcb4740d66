//! Yearly growth: 由2022年的4.8亿元增加到2025年的6.3亿元，年均增长9.5%.

use super::pairs::{Pair, Way, dated_pair, way, year_of, years};
use super::{TARGET, at_constant_prices};
use crate::claim::exact::{Exact, Interval, whole};
use crate::claim::quantity::Unit;
use crate::claim::verdict::{Fit, Verdict, Working, fit};
use crate::claim::{Claim, Kind, Part, Role, Scene, numeral};
use crate::text::words;

/// The yearly growth `at` of the values of two years that are spelled out right before it; nothing where they are not.
pub(super) fn yearly(scene: &Scene<'_>, at: usize, way: Way, rest: &str, pairs: &[Pair]) -> Option<Claim> {
    let list = scene.sentence.quantities;
    let rate = &list[at];
    let said = words!["年均", "年平均", "平均每年", "每年平均"].ends(rest)?;
    // 年均名义增长 is of another value than 年均增长 may be; 三年年均增长 says how many years they are.
    let before = rest[..rest.len() - said.len()].trim();
    if rate.unit != Unit::Percent || rate.hedge.is_some() || rate.masked {
        return None;
    }
    let (pair, span) = spelled(scene, at, pairs).or_else(|| since(scene, at)).or_else(|| dated(scene, at))?;
    if !before.is_empty() && years_said(before) != Some(span) {
        return None;
    }
    let figures = [&list[pair.before.of], &list[pair.after.of]];
    let plans = figures.iter().chain([&rate]).any(|q| TARGET.is_in(scene.clause(q)));
    let sure = figures.iter().all(|q| matches!(q.unit, Unit::Counter(_)) && q.hedge.is_none() && q.depth == rate.depth);
    if !sure || plans || at_constant_prices(scene, rate, &pair) {
        return None;
    }
    let years = u32::from(span);
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
    // What households have is said to grow in real terms as often as not; all of it divided by the years, it does not.
    let real = words!["可支配收入", "纯收入", "居民收入", "消费支出"]
        .is_in(&scene.text[scene.sentence.span.start..rate.span.start]);
    let simple = (ratio.at - whole(1)).abs() * whole(100) / whole(years.into());
    let simple = fit(&Interval::point(simple), rate) == Fit::Fits;
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
        (Fit::Off, _) if spread.hi? > whole(0) && (!real || simple) => Verdict::Conflicts(working(spread, years)),
        _ => return None,
    };
    Some(Claim::new(Kind::Growth, rate.span, roles, verdict))
}

/// Whether a figure is the last before the rate, or but for the growth of all the years (增长51.3%，年均增长8.6%).
fn next_before(scene: &Scene<'_>, i: usize, at: usize) -> bool {
    let list = scene.sentence.quantities;
    let whole = i + 2 == at && list[i + 1].unit == Unit::Percent && way(scene.lead(&list[i + 1])).is_some();
    (i + 1 == at || whole) && list[i].group == list[at].group && list[at].clause <= list[i].clause + 2
}

/// The one pair of values that is spelled out right before a rate, and how many years lie between them.
fn spelled(scene: &Scene<'_>, at: usize, pairs: &[Pair]) -> Option<(Pair, u16)> {
    let list = scene.sentence.quantities;
    let mut near = pairs.iter().filter(|p| p.spelled && next_before(scene, p.after.of, at));
    let pair = near.next().filter(|_| near.next().is_none())?;
    let [first, last] = [pair.before.of, pair.after.of].map(|i| year_of(scene.lead(&list[i])));
    Some((*pair, last?.checked_sub(first?)?))
}

/// 2025年旅游收入72.6亿元，比2020年的48亿元增长51.3%，年均增长8.6%: the same of a value that is compared with an earlier
/// one.
fn since(scene: &Scene<'_>, at: usize) -> Option<(Pair, u16)> {
    let list = scene.sentence.quantities;
    let before = [at.checked_sub(2)?, at - 1].into_iter().find(|&i| matches!(list[i].unit, Unit::Counter(_)))?;
    let after = before.checked_sub(1)?;
    let lead = scene.lead(&list[before]);
    let compared = lead.strip_prefix(['比', '较'])?;
    let begun = &scene.text[scene.sentence.span.start..list[after].span.start];
    let whole_year = !words!["月", "季", "半年", "上年", "去年", "其中"].is_in(begun);
    let next = list[before].clause == list[after].clause + 1 && list[before].unit == list[after].unit;
    if !next_before(scene, before, at)
        || !next
        || !whole_year
        || list[after].masked
        || way(scene.lead(&list[after])).is_some()
    {
        return None;
    }
    let mut named = years(begun);
    let last = named.next().filter(|_| named.next().is_none())?;
    Some((Pair::of(list, before, after), last.checked_sub(year_of(compared)?)?))
}

/// 经营性收入2023年为400万元，2025年达到484万元，年均增长10%: the values of two named years, side by side.
fn dated(scene: &Scene<'_>, at: usize) -> Option<(Pair, u16)> {
    let list = scene.sentence.quantities;
    let pair = dated_pair(scene, at, "")?;
    let [first, last] = [pair.before.of, pair.after.of].map(|i| years(scene.lead(&list[i])).next());
    Some((pair, last?.checked_sub(first?)?))
}

/// The number of years that the words say and nothing else: 两年, 三年; 两 where 年 is that of 年平均.
fn years_said(words: &str) -> Option<u16> {
    let number = words.strip_suffix('年').unwrap_or(words);
    if number == "两" {
        return Some(2);
    }
    let n = numeral(number).filter(|n| n.len == number.len() && n.value.is_integer())?;
    u16::try_from(*n.value.numer()).ok()
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
