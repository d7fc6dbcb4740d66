//! Means beside the values that they are of: 最高96分，最低88分，平均92分; 三镇得分92分、88分、90分，平均90分.

use super::fit_mean;
use crate::claim::exact::{Interval, whole};
use crate::claim::numeral::numeral;
use crate::claim::quantity::{Quantity, Unit};
use crate::claim::sign::Sign;
use crate::claim::verdict::{Fit, Verdict, Why, Working};
use crate::claim::{Claim, Kind, Part, Role, Scene, growth};
use crate::text::{WordList, is_chinese_numeral, is_digit, is_han, words};

/// Words of a mean of others, or of another time.
const ELSE: WordList = WordList::new(&[
    "全国",
    "全省",
    "全市",
    "全县",
    "全区",
    "全州",
    "高于",
    "低于",
    "超",
    "较",
    "比",
    "上年",
    "去年",
    "行业",
    "往年",
    "历史",
    "每",
    "同类",
    "同期",
    "达到平均",
    "目标",
]);
const HIGHEST: WordList = WordList::new(&["最高", "最大", "最多"]);
const LOWEST: WordList = WordList::new(&["最低", "最小", "最少"]);

/// The claim that the mean with this index makes of the values beside it.
pub(super) fn find(scene: &Scene<'_>, at: usize) -> Option<Claim> {
    let list = scene.sentence.quantities;
    let mean = &list[at];
    if !mean.signs.may(Sign::Mean) || mean.masked || list.len() < 3 || mean.unit == Unit::Bare {
        return None;
    }
    let lead = scene.lead(mean);
    let at_mean = lead.find("平均")?;
    let (of, name) = (&lead[..at_mean], &lead[at_mean + "平均".len()..]);
    // 抽查3个镇…，全县14个乡镇平均86分: a mean of others.
    let clause = scene.sentence.clauses.get(mean.clause).map_or(lead, |c| &scene.text[c.start..mean.span.start]);
    if ELSE.is_in(clause) || growth::way(lead).is_some() {
        return None;
    }
    // 年平均降水量 is no mean of what fell in a month.
    let plain = of.is_empty() || matches!(of, "总体" | "整体" | "综合" | "总" | "得分" | "满意度");
    plain.then(|| between_extremes(scene, at, name)).flatten().or_else(|| of_listed(scene, at))
}

/// Without the words that join a name to its figure.
fn bare(name: &str) -> &str {
    let name = name.trim_start_matches(['的', '个']);
    let mut name = name;
    while let Some(rest) = words!["为", "是", "达到", "达", "得", "约", "有", "的"].cut_end(name) {
        name = rest;
    }
    name
}

/// A mean lies between the least and the greatest of the values, whatever their weights.
fn between_extremes(scene: &Scene<'_>, at: usize, name: &str) -> Option<Claim> {
    let list = scene.sentence.quantities;
    let mean = &list[at];
    let only = |words: &WordList, others: &WordList| {
        let fits = |q: &Quantity| {
            let lead = scene.lead(q);
            q.unit == mean.unit && q.group == mean.group && words.is_in(lead) && !others.is_in(lead)
        };
        let mut found = (0..list.len()).filter(|&i| i != at && fits(&list[i]));
        found.next().filter(|_| found.next().is_none())
    };
    let (high, low) = (only(&HIGHEST, &LOWEST)?, only(&LOWEST, &HIGHEST)?);
    if high.abs_diff(low) > 2 || list[low].value > list[high].value || list[high].masked || list[low].masked {
        return None;
    }
    // 最高单价120元，最低单价80元，平均亩产…: all three are of one thing.
    let name = bare(name);
    let of_one = |i: usize, words: &WordList| {
        let lead = scene.lead(&list[i]);
        let own = words.find(lead).map_or("", |(at, word)| bare(&lead[at + word.len()..]));
        own.is_empty() || name.is_empty() || own.contains(name) || name.contains(own) || is_score(own) && is_score(name)
    };
    let before = &scene.text[scene.sentence.span.start..mean.lead.start];
    let named = name.is_empty() || is_score(name) || before.contains(name);
    let range = Interval { lo: list[low].means.lo, hi: list[high].means.hi, at: list[low].value };
    let working = Working::new(list[low].value, list[high].value, range, mean, 1);
    let scoped = ELSE.is_in(&scene.text[list[low.min(high)].lead.start..list[low.max(high)].span.end]);
    let verdict = if range.meets(&mean.means) {
        Verdict::Agrees(working)
    } else if named && !scoped && of_one(high, &HIGHEST) && of_one(low, &LOWEST) {
        Verdict::Conflicts(working)
    } else {
        Verdict::Unknown(Why::Ambiguous)
    };
    let roles = vec![
        Role::new(Part::Mean, mean.span),
        Role::new(Part::Item, list[low].span),
        Role::new(Part::Item, list[high].span),
    ];
    let firm = [low, high, at].iter().all(|&i| list[i].hedge.is_none());
    Some(Claim::new(Kind::Average, mean.span, roles, verdict).firm(firm))
}

/// 得分 and 分: what anything may be judged by.
fn is_score(name: &str) -> bool {
    matches!(name, "分" | "分数" | "得分" | "成绩" | "值" | "数" | "水平")
}

/// The values right before a mean, where the words say that it is of so many: 三镇平均, 三个镇得分分别为….
fn of_listed(scene: &Scene<'_>, at: usize) -> Option<Claim> {
    let list = scene.sentence.quantities;
    let mean = &list[at];
    let is_value = |q: &&Quantity| {
        let lead = scene.lead(q);
        let other = q.masked || q.group != mean.group || scene.says(q, Sign::Mean) || scene.is_prior(q);
        q.unit == mean.unit && !other && growth::way(lead).is_none() && !ELSE.is_in(lead)
    };
    // 三个镇平均: the number of those it is of may stand between the values and the mean.
    let own = own_number(scene, mean);
    let counted = at.checked_sub(1).filter(|&i| list[i].value == whole(own.unwrap_or(0)) && list[i].unit != mean.unit);
    let end = if counted.is_some_and(|i| list[i].clause == mean.clause) { at - 1 } else { at };
    let first = end - list[..end].iter().rev().take_while(is_value).count();
    let listed = i128::try_from(end - first).ok().filter(|n| (2..=20).contains(n))?;
    let before = first.checked_sub(1).map(|i| &list[i]);
    let announced = || {
        let number = before.filter(|q| matches!(q.unit, Unit::Counter(_)) && q.exact && q.group == mean.group)?;
        // 前三名 are not all.
        let some = scene.lead(number).ends_with(['前', '后', '首', '末', '余', '他']);
        let link = &scene.text[number.span.end..list[first].span.start];
        (!some && words!["分别", "依次"].is_in(link) && link.chars().count() <= 24).then(|| *number.value.numer())
    };
    let said = own.or_else(announced)?;
    if said != listed {
        return None;
    }
    let values = &list[first..end];
    let sum = values.iter().skip(1).try_fold(values[0].means, |sum, q| sum.add(&q.means))?;
    let computed = sum.ratio(&Interval::point(whole(listed)), whole(1))?;
    let lo = values.iter().map(|q| q.means.lo).min()?;
    let hi = values.iter().map(|q| q.means.hi).max().flatten()?;
    let at_sum = values.iter().map(|q| q.value).fold(whole(0), |a, b| a + b);
    let working = Working::new(at_sum, whole(listed), computed, mean, 1);
    let outside = !Interval::new(lo, hi).meets(&mean.means);
    // Scores of so many are added and divided; a rate of all may be weighted, and then lies between theirs.
    let score = scene.lexicon.class("分").map(Unit::Counter) == Some(mean.unit);
    let verdict = match fit_mean(&computed, mean) {
        Fit::Fits => Verdict::Agrees(working),
        Fit::Near if score => Verdict::Near(working),
        Fit::Off if outside || score => Verdict::Conflicts(working),
        Fit::Near | Fit::Off => Verdict::Unknown(Why::Ambiguous),
    };
    let mut roles = vec![Role::new(Part::Mean, mean.span)];
    roles.extend(values.iter().map(|q| Role::new(Part::Addend, q.span)));
    let firm = outside && values.iter().all(|q| q.hedge.is_none()) && mean.hedge.is_none();
    Some(Claim::new(Kind::Average, mean.span, roles, verdict).firm(firm))
}

/// The number right before 平均, of those that a mean is of: 三镇平均, 3个镇平均得分.
fn own_number(scene: &Scene<'_>, mean: &Quantity) -> Option<i128> {
    let clause = scene.sentence.clauses.get(mean.clause)?;
    let words = &scene.text[clause.start..mean.span.start];
    let words = &words[..words.find("平均")?];
    let numeric = |c: char| is_digit(c) || is_chinese_numeral(c);
    let start = words.find(numeric)?;
    let n = numeral(&words[start..])?;
    let noun = &words[start + n.len..];
    let plain =
        !words[..start].ends_with(['第', '前', '后', '其']) && noun.chars().count() <= 6 && noun.chars().all(is_han);
    (plain && n.is_exact()).then(|| *n.value.numer())
}
