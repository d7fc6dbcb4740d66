//! Which one pair the words bind so tightly to a rate that the rate may be called wrong.

use super::pairs::{Pair, difference, listed_years, month, run, way};
use crate::claim::Scene;
use crate::claim::quantity::{Quantity, Unit};
use crate::claim::verdict::{Fit, Why, fit};
use crate::text::words;

/// Whether the clause deals several rates out to several values.
fn clause_says_each(scene: &Scene<'_>, rate: &Quantity) -> bool {
    scene.clause(rate).contains("分别")
}

/// The one pair that the words bind to the rate; else why none is.
pub(super) fn tight<'p>(scene: &Scene<'_>, at: usize, rest: &str, candidates: &'p [Pair]) -> Result<&'p Pair, Why> {
    let list = scene.sentence.quantities;
    let rate = &list[at];
    // A list of yearly values leaves no doubt.
    let listed = listed_years(scene, at);
    let dealt = |p: &&Pair| listed.iter().any(|l| l.after.of == p.after.of && l.before.of == p.before.of);
    if let Some(pair) = candidates.iter().find(dealt) {
        return Ok(pair);
    }
    let last = |p: &Pair| p.before.of.max(p.after.of);
    let near = |p: &&Pair| {
        let end = last(p);
        let q = &list[end];
        let follows = end < at && rate.clause.saturating_sub(q.clause) <= 2 && q.group == rate.group;
        let bracketed = end > at && q.depth > rate.depth && q.clause <= rate.clause + 2;
        let dated = scene.is_prior(q) || month(scene, end).is_some();
        let colon = end > at && !bracketed && q.clause.saturating_sub(rate.clause) <= 3 && dated;
        // 比上年增加156户，增长12.5%，达到1404户
        let ahead = p.derived && end == at + 1 && p.before.of + 1 == at && q.clause == rate.clause + 1;
        follows || bracketed || colon || ahead
    };
    let fitting: Vec<&Pair> = candidates.iter().filter(near).collect();
    let pair = fitting.iter().copied().max_by_key(|p| (p.spelled, last(p))).ok_or(Why::NoBefore)?;
    let of_one_value = |p: &Pair| p.spelled && p.after.of == pair.after.of && p.before.of != pair.before.of;
    if pair.spelled && candidates.iter().any(of_one_value) {
        return Err(Why::Ambiguous);
    }
    // Which of several listed values a rate is of, their places say; that the rate has that place, nothing does.
    if !pair.spelled && !pair.derived && run(scene, pair.before.of).len() > 1 {
        return Err(Why::Ambiguous);
    }
    // 宣讲126场，较上年增加28场，受众2.1万人次，增长…: the count right before the rate is what grew.
    // 由40万元增至52万元，净增12万元，增长30%: their difference is no other count.
    let change = |q: &Quantity| {
        let by = way(scene.lead(q)).filter(|_| q.unit == list[pair.after.of].unit);
        by.and_then(|(way, _)| difference(pair, way)).is_some_and(|d| fit(&d, q) == Fit::Fits)
    };
    let mut behind = list[..at].iter().skip(last(pair) + 1);
    if behind.any(|q| matches!(q.unit, Unit::Counter(_)) && !scene.is_prior(q) && !change(q)) {
        return Err(Why::Ambiguous);
    }
    // A difference that several values before it may have undergone binds none of them.
    if pair.derived && candidates.iter().filter(|c| c.derived && c.before.of == pair.before.of).count() > 1 {
        return Err(Why::Ambiguous);
    }
    if list.iter().any(|q| q.masked && q.group == rate.group) {
        return Err(Why::Masked);
    }
    // The words before the verb must not name another subject, period or base.
    const NEUTRAL: &[&str] = &[
        "同比",
        "环比",
        "比上年",
        "较上年",
        "比去年",
        "较去年",
        "比上年同期",
        "较上年同期",
        "累计",
        "共",
        "两年",
        "三年",
        "四年",
        "五年",
        "间",
        "年",
        "总体",
        "实际",
        "办理",
        "时限",
        "时间",
        "数量",
        "整体",
        "幅度",
        "大幅",
        "分别",
        "平均",
        "了",
        "的",
        "，",
        " ",
        "仅",
        "也",
        "均",
        "再",
        "又",
        "相应",
    ];
    let mut subject = rest.trim().to_owned();
    for word in NEUTRAL {
        subject = subject.replace(word, "");
    }
    let before = &list[pair.before.of];
    let own_clause = before.clause == rate.clause || before.depth > rate.depth;
    let trivial = subject.trim().is_empty() || pair.spelled && subject.chars().count() <= 1;
    if !trivial && !own_clause {
        // 9月份…环比下降，8月份…: a subject repeated from the counted clause is the same subject.
        let after = scene.clause(&list[pair.after.of]);
        if !after.contains(subject.trim()) {
            return Err(Why::Ambiguous);
        }
    }
    if rest.contains("其中") || clause_says_each(scene, rate) {
        return Err(Why::Ambiguous);
    }
    // A span of years is no 同比.
    let clause = scene.clause(rate);
    let yearly = words!["同比", "比上年", "较上年", "较去年", "比去年", "环比"].is_in(clause);
    if pair.spelled
        && yearly
        && !scene.lead(before).contains("上年")
        && !scene.lead(before).contains("去年")
        && scene.lead(before).contains('年')
    {
        return Err(Why::Ambiguous);
    }
    Ok(pair)
}
