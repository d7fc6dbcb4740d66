//! Growth and fall: a rate, a number of points or a multiple, against the values before and after.

use super::exact::{Exact, Interval, whole};
use super::quantity::{Quantity, Unit};
use super::verdict::{Fit, Verdict, Why, Working, fit};
use super::{Claim, Kind, Part, Role, Scene};
use crate::text::Span;

/// Which way a value moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    Up,
    Down,
}

const UP: &[&str] = &[
    "增长了",
    "增长",
    "提高了",
    "提高",
    "提升了",
    "提升",
    "上升了",
    "上升",
    "增加了",
    "增加",
    "上涨了",
    "上涨",
    "增幅",
    "涨幅",
    "升幅",
    "扩大了",
    "扩大",
    "扩充",
    "攀升",
    "增速",
    "净增",
    "新增",
    "增",
    "前移",
    "多出",
    "上浮",
];
const DOWN: &[&str] = &[
    "下降了",
    "下降",
    "减少了",
    "减少",
    "压减了",
    "压减",
    "压缩了",
    "压缩",
    "降低了",
    "降低",
    "缩短了",
    "缩短",
    "回落",
    "下跌",
    "下滑",
    "降幅",
    "跌幅",
    "精简了",
    "精简",
    "压降",
    "压缩率",
    "压减率",
    "净减少",
    "净减",
    "减",
    "降",
    "收窄",
];

/// The move that the words before a figure speak of, if they end with one.
pub(super) fn way(lead: &str) -> Option<(Way, &str)> {
    const LINKS: &[&str] = &[
        "幅度", "达到", "达", "为", "约", "超过", "超", "将近", "接近", "近", "了", "不足", "不到", "逾", "实现", "：",
        ":", "较快", "率", "比例",
    ];
    let mut head = lead.trim();
    while let Some(rest) = LINKS.iter().find_map(|w| head.strip_suffix(w)) {
        head = rest.trim_end();
    }
    let ends = |words: &[&str]| words.iter().find(|w| head.ends_with(**w)).map(|w| head.len() - w.len());
    match (ends(UP), ends(DOWN)) {
        (Some(at), None) => Some((Way::Up, &head[..at])),
        (None, Some(at)) => Some((Way::Down, &head[..at])),
        (Some(up), Some(down)) => Some(if up < down { (Way::Up, &head[..up]) } else { (Way::Down, &head[..down]) }),
        (None, None) => None,
    }
}

/// A value before and a value after, and how the text binds them.
#[derive(Debug, Clone)]
pub(super) struct Pair {
    pub(super) before: Term,
    pub(super) after: Term,
    /// 由X到Y in so many words.
    pub(super) spelled: bool,
    /// The value before is worked out from a stated difference.
    pub(super) derived: bool,
}

/// A value and the figures it comes from.
#[derive(Debug, Clone)]
pub(super) struct Term {
    pub(super) means: Interval,
    pub(super) of: Vec<usize>,
}

impl Term {
    fn one(list: &[Quantity], i: usize) -> Self {
        Self { means: list[i].means, of: vec![i] }
    }
}

/// Every 由X…到Y of the sentence.
pub(super) fn from_to(scene: &Scene<'_>) -> Vec<Pair> {
    let list = &scene.sentence.quantities;
    let mut out = Vec::new();
    for j in 1..list.len() {
        let i = j - 1;
        let (x, y) = (&list[i], &list[j]);
        if x.unit != y.unit
            || x.masked
            || y.masked
            || matches!(x.unit, Unit::Bare | Unit::Times | Unit::Points)
            || y.clause > x.clause + 1
        {
            continue;
        }
        let lead = scene.lead(y);
        let arrives = has_move(lead)
            && ["到", "至", "为", "成"].iter().any(|w| lead.rfind(w).is_some_and(|at| is_when(&lead[at + w.len()..])));
        // 分别从771家、481家增加到1076家、636家: the ends of a list belong together by their places in it.
        if scene.text[..x.lead.start].ends_with('、') {
            continue;
        }
        let head = scene.lead(x);
        let clause = &scene.text[scene.sentence.clauses[x.clause].start..x.span.start];
        let leaves = ["由", "从"].iter().any(|w| {
            clause.rfind(w).is_some_and(|at| {
                let rest = &clause[at + w.len()..];
                rest.chars().count() <= 14 && !rest.contains(['和', '与'])
            })
        }) || head.ends_with("起");
        if arrives && leaves {
            // 由61.7%提高到88.4%、97.2%: the last of a chain may be meant.
            if list
                .get(j + 1)
                .is_some_and(|z| z.unit == x.unit && !z.masked && scene.text[..z.lead.start].ends_with('、'))
            {
                out.push(Pair {
                    before: Term::one(list, i),
                    after: Term::one(list, j + 1),
                    spelled: true,
                    derived: false,
                });
            }
            out.push(Pair { before: Term::one(list, i), after: Term::one(list, j), spelled: true, derived: false });
        }
    }
    out
}

/// Whether the words only date or hedge a figure: 2023年的, 目前的, 约, 第.
fn is_when(words: &str) -> bool {
    let mut rest = words.trim();
    while let Some(r) = [
        "约", "近", "超过", "超", "今年", "目前", "现在", "当前", "年末", "年底", "同期", "的", "第", "年", "月", "底",
        "末",
    ]
    .iter()
    .find_map(|w| rest.strip_prefix(w).or_else(|| rest.strip_suffix(w)))
    {
        rest = r.trim();
    }
    rest.chars().all(|c| crate::text::half_width(c).is_ascii_digit() || c == '版')
}

/// Whether the words hold a verb of change, so that 由A组成为B is none.
fn has_move(lead: &str) -> bool {
    const MORE: &[&str] = &[
        "增", "减", "升", "降", "提", "压", "缩", "扩", "调整", "精简", "上涨", "前移", "变", "改", "起", "发展", "跃",
        "到", "至",
    ];
    MORE.iter().any(|w| lead.contains(w))
}

pub(super) fn find(scene: &Scene<'_>, out: &mut Vec<Claim>) {
    let list = &scene.sentence.quantities;
    let pairs = from_to(scene);
    doubled(scene, &pairs, out);
    for (at, q) in list.iter().enumerate() {
        if q.unit == Unit::Times && at > 0 {
            out.extend(times(scene, at, &pairs));
            continue;
        }
        if !matches!(q.unit, Unit::Percent | Unit::Points)
            || pairs.iter().any(|p| p.before.of == [at] || p.after.of == [at])
        {
            continue;
        }
        if let Some((way, rest)) = way(scene.lead(q)) {
            out.push(judge(scene, at, way, rest, &pairs));
        }
    }
}

/// 是上年1.2万件的2倍, 增长3倍; a fall by more than all of it is none.
fn times(scene: &Scene<'_>, at: usize, pairs: &[Pair]) -> Option<Claim> {
    let list = &scene.sentence.quantities;
    let rate = &list[at];
    let lead = scene.lead(rate);
    let moved = way(lead);
    if rate.masked
        || rate.hedge.is_some()
        || !(lead == "的"
            || moved.is_some_and(|(_, rest)| {
                rest.is_empty() || rest == "同比" || rest.ends_with('的') || scene.is_prior(&list[at - 1])
            }))
    {
        return None;
    }
    let mut candidates = prior_pairs(scene, at);
    if moved.is_some() {
        candidates.extend(pairs.iter().cloned());
    }
    // 为上年120万次的3倍: of the figure right before it.
    if moved.is_none() {
        candidates.retain(|p| p.before.of == [at - 1]);
    }
    let last = |p: &Pair| p.before.of[0].max(p.after.of[0]);
    let pair = candidates
        .iter()
        .filter(|p| list[p.before.of[0]].group == rate.group && last(p) < at)
        .max_by_key(|p| last(p))?;
    let ratio = pair.after.means.ratio(&pair.before.means, whole(1))?;
    let one = whole(1);
    let computed = match moved {
        None => ratio,
        Some((Way::Up, _)) => Interval { lo: ratio.lo - one, hi: ratio.hi.map(|h| h - one) },
        Some((Way::Down, _)) => Interval { lo: one - ratio.hi?, hi: Some(one - ratio.lo) },
    };
    let roles = vec![
        Role::new(Part::Rate, rate.span),
        Role::new(Part::Before, list[pair.before.of[0]].span),
        Role::new(Part::After, list[pair.after.of[0]].span),
    ];
    let working = Working::new(pair.before.means.lo, pair.after.means.lo, computed, rate, candidates.len());
    // One unit of a multiple is all of the value before: nothing is near.
    let verdict =
        if fit(&computed, rate) == Fit::Fits { Verdict::Agrees(working) } else { Verdict::Conflicts(working) };
    Some(Claim::new(Kind::Growth, rate.span, roles, verdict))
}

/// 由85万元增加到160万元，实现翻番: twice the value before, within a twentieth.
fn doubled(scene: &Scene<'_>, pairs: &[Pair], out: &mut Vec<Claim>) {
    let list = &scene.sentence.quantities;
    for pair in pairs {
        let (b, a) = (pair.before.of[0], pair.after.of[0]);
        if list[b].unit == Unit::Percent {
            continue;
        }
        let from = list[a].span.end;
        let end = list.get(a + 1).map_or(scene.sentence.span.end, |q| q.span.start);
        let words = &scene.text[from..end];
        let Some((at, word, twice)) =
            [("翻两番", 4), ("翻一番", 2), ("翻番", 2)].iter().find_map(|&(w, n)| words.find(w).map(|at| (at, w, n)))
        else {
            continue;
        };
        if ["力争", "目标", "计划", "预计", "近"].iter().any(|w| words[..at].contains(w)) {
            continue;
        }
        let Some(ratio) = pair.after.means.ratio(&pair.before.means, whole(1)) else { continue };
        let span = Span::new(from + at, from + at + word.len());
        let stated = Interval { lo: whole(twice) * Exact::new(19, 20), hi: None };
        let said = Quantity { said: span, ..list[a].clone() };
        let working = Working {
            stated,
            decimals: 1,
            scale: 1,
            ..Working::new(pair.before.means.lo, pair.after.means.lo, ratio, &said, 1)
        };
        let roles = vec![Role::new(Part::Before, list[b].span), Role::new(Part::After, list[a].span)];
        let verdict = if ratio.meets(&stated) { Verdict::Agrees(working) } else { Verdict::Conflicts(working) };
        out.push(Claim::new(Kind::Growth, span, roles, verdict));
    }
}

fn judge(scene: &Scene<'_>, at: usize, way: Way, rest: &str, pairs: &[Pair]) -> Claim {
    let list = &scene.sentence.quantities;
    let rate = &list[at];
    let unknown = |why| Claim::unknown(Kind::Growth, rate.span, why);
    if rate.masked {
        return unknown(Why::Masked);
    }
    let clause = scene.clause(rate);
    if ["力争", "确保", "目标", "预计", "预期", "年均", "月均", "可比价", "不变价", "平均每年", "计划"]
        .iter()
        .any(|w| clause.contains(w))
    {
        return unknown(Why::Target);
    }
    let points = rate.unit == Unit::Points;
    let fits_unit = |p: &Pair| (list[p.before.of[0]].unit == Unit::Percent) == points;
    let mut candidates: Vec<Pair> = pairs.iter().filter(|p| fits_unit(p)).cloned().collect();
    if !points {
        candidates.extend(prior_pairs(scene, at));
        candidates.extend(month_pairs(scene, at));
        candidates.extend(listed_years(scene, at));
        candidates.extend(delta_pairs(scene, at));
    }
    let compute = |p: &Pair| if points { difference(p, way) } else { growth(p, way) };
    let mut best: Option<(Fit, &Pair, Interval)> = None;
    for p in &candidates {
        let Some(computed) = compute(p) else { continue };
        let fit = fit(&computed, rate);
        if best.as_ref().is_none_or(|(f, ..)| fit > *f) {
            best = Some((fit, p, computed));
        }
    }
    let Some((fit, pair, computed)) = best else { return unknown(Why::NoBefore) };
    let make = |verdict: fn(Working) -> Verdict, p: &Pair, computed: Interval, firm: bool| {
        let mut roles = vec![Role::new(Part::Rate, rate.span)];
        roles.extend(p.before.of.iter().map(|&i| Role::new(Part::Before, list[i].span)));
        roles.extend(p.after.of.iter().map(|&i| Role::new(Part::After, list[i].span)));
        let working = Working::new(p.before.means.lo, p.after.means.lo, computed, rate, candidates.len());
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
        Fit::Off => match tight(scene, at, rest, &candidates) {
            Err(why) => unknown(why),
            Ok(p) => match compute(p) {
                // Moving the other way than the word says is another fault than a wrong rate; the words may mean another pair.
                Some(computed) if computed.hi.is_some_and(|hi| hi > whole(0)) => {
                    let firm =
                        rate.hedge.is_none() && p.before.of.iter().chain(&p.after.of).all(|&i| list[i].hedge.is_none());
                    make(Verdict::Conflicts, p, computed, firm)
                }
                _ => unknown(Why::Ambiguous),
            },
        },
    }
}

fn growth(p: &Pair, way: Way) -> Option<Interval> {
    let ratio = p.after.means.ratio(&p.before.means, whole(100))?;
    let hundred = whole(100);
    match way {
        Way::Up => Some(Interval { lo: ratio.lo - hundred, hi: ratio.hi.map(|h| h - hundred) }),
        Way::Down => Some(Interval { lo: hundred - ratio.hi?, hi: Some(hundred - ratio.lo) }),
    }
}

pub(super) fn difference(p: &Pair, way: Way) -> Option<Interval> {
    match way {
        Way::Up => p.after.means.sub(&p.before.means),
        Way::Down => p.before.means.sub(&p.after.means),
    }
}

/// Pairs of a value of an earlier period, named as such, and the value of this one.
fn prior_pairs(scene: &Scene<'_>, at: usize) -> Vec<Pair> {
    let list = &scene.sentence.quantities;
    let rate = &list[at];
    let mut out = Vec::new();
    for (i, q) in list.iter().enumerate() {
        if !matches!(q.unit, Unit::Counter(_))
            || q.masked
            || !speaks_of_before(scene, i, at)
            || q.group.abs_diff(rate.group) > 0
        {
            continue;
        }
        // The value of this period: the nearest before the rate that speaks of no earlier one.
        let now = (0..list.len().min(at.max(i) + 1)).rev().filter(|&j| j != i && j != at).find(|&j| {
            list[j].unit == q.unit
                && !list[j].masked
                && !speaks_of_before(scene, j, at)
                && list[j].group == q.group
                && list[j].chinese == q.chinese
        });
        if let Some(j) = now {
            out.push(Pair { before: Term::one(list, i), after: Term::one(list, j), spelled: false, derived: false });
        }
    }
    out
}

/// 8月受理31240件，环比下降4.2%，7月为32610件: the values of a month and of the month before it.
fn month_pairs(scene: &Scene<'_>, at: usize) -> Vec<Pair> {
    let list = &scene.sentence.quantities;
    if !scene.clause(&list[at]).contains("环比") {
        return Vec::new();
    }
    let near = at.saturating_sub(4)..list.len().min(at + 4);
    let months: Vec<(usize, u8)> = near
        .filter(|&i| matches!(list[i].unit, Unit::Counter(_)) && !list[i].masked)
        .filter_map(|i| month(scene, i).map(|m| (i, m)))
        .collect();
    let mut out = Vec::new();
    for &(before, earlier) in &months {
        for &(after, later) in &months {
            if later == earlier % 12 + 1 && list[before].unit == list[after].unit {
                out.push(Pair {
                    before: Term::one(list, before),
                    after: Term::one(list, after),
                    spelled: false,
                    derived: false,
                });
            }
        }
    }
    out
}

/// 2021年至2023年分别为390件、430件和401件，其中2023年同比下降…: the value of the year that the clause of the rate
/// begins with, and the one before it.
fn listed_years(scene: &Scene<'_>, at: usize) -> Vec<Pair> {
    let list = &scene.sentence.quantities;
    let none = Vec::new();
    let named = years(scene.clause(&list[at]));
    let Some(year) = named.first().copied() else { return none };
    // 2023年较2021年增长…
    let earlier = named.get(1).copied().unwrap_or(year - 1);
    for first in (0..at).rev().take(12) {
        let head = &scene.text[scene.sentence.clauses[list[first].clause].start..list[first].span.start];
        let bounds = years(head);
        let (Some(from), Some(to)) = (bounds.first().copied(), bounds.last().copied()) else { continue };
        let Some(length) = to.checked_sub(from).map(|d| usize::from(d) + 1).filter(|&n| (2..=10).contains(&n)) else {
            continue;
        };
        let run = first..first + length;
        let whole_list = run.end <= at && run.clone().all(|i| list[i].unit == list[first].unit && !list[i].masked);
        if head.contains("分别") && whole_list && (from..year).contains(&earlier) && year <= to {
            let before = first + usize::from(earlier - from);
            let after = first + usize::from(year - from);
            return vec![Pair {
                before: Term::one(list, before),
                after: Term::one(list, after),
                spelled: false,
                derived: false,
            }];
        }
    }
    none
}

/// The years named in some words.
fn years(words: &str) -> Vec<u16> {
    let digits: String = words.chars().map(crate::text::half_width).collect();
    digits
        .match_indices('年')
        .filter_map(|(at, _)| {
            let head = digits[..at].trim_end();
            let start = head.char_indices().rev().take(4).take_while(|(_, c)| c.is_ascii_digit()).last()?.0;
            head[start..].parse().ok().filter(|y| (1949..2100).contains(y))
        })
        .collect()
}

/// The month that the clause of a count begins with.
fn month(scene: &Scene<'_>, i: usize) -> Option<u8> {
    let q = &scene.sentence.quantities[i];
    let head = &scene.text[scene.sentence.clauses.get(q.clause)?.start..q.span.start];
    let number = head[..head.find('月')?].trim();
    let digits: String = number.chars().map(crate::text::half_width).skip_while(|c| !c.is_ascii_digit()).collect();
    digits.parse().ok().filter(|m| (1..=12).contains(m))
}

/// Whether the words before a count put it in an earlier period, or compare with it (较2022年的214件).
fn speaks_of_before(scene: &Scene<'_>, i: usize, at: usize) -> bool {
    let list = &scene.sentence.quantities;
    let q = &list[i];
    if scene.is_prior(q) {
        return !change_follows(scene, q);
    }
    let lead = scene.lead(q);
    let compared = lead.rfind(['比', '较']).is_some_and(|b| {
        let tail = &lead[b..];
        tail.ends_with('的') && tail.contains('年') || tail.ends_with("年的")
    });
    compared && i < at
}

/// 比上年增加1240人次: the count is a difference, not a value of last year.
fn change_follows(scene: &Scene<'_>, q: &Quantity) -> bool {
    let lead = scene.lead(q);
    let compares = lead.contains(['比', '较']);
    let valued = ["的", "为", "是", "同期", "上年", "去年", "年"].iter().any(|w| lead.ends_with(w));
    way(lead).is_some() || compares && !valued
}

/// The way of a stated difference: 比上年增收, 比上年多发, 较去年减支.
fn way_of_difference(lead: &str) -> Option<Way> {
    const THEN: &[&str] = &["上年同期", "上年", "去年同期", "去年", "上一年", "同比", "上期"];
    let at = THEN.iter().find_map(|w| lead.rfind(w).map(|at| at + w.len()))?;
    let rest = lead[at..].trim();
    match rest.chars().next()? {
        '增' | '多' | '净' if !rest.starts_with("净减") => Some(Way::Up),
        '减' | '少' | '短' | '净' | '下' | '压' | '降' => Some(Way::Down),
        _ => way(lead).map(|(way, _)| way),
    }
}

/// Pairs worked out from a value and its stated difference (9860人次，比上年增加1240人次).
fn delta_pairs(scene: &Scene<'_>, at: usize) -> Vec<Pair> {
    let list = &scene.sentence.quantities;
    let mut out = Vec::new();
    for j in 1..at {
        let d = &list[j];
        if !matches!(d.unit, Unit::Counter(_)) || d.masked || d.group != list[at].group {
            continue;
        }
        let lead = scene.lead(d);
        if !["比上", "较上", "比去", "较去", "同比"].iter().any(|w| lead.contains(w)) {
            continue;
        }
        let Some(way) = way_of_difference(lead) else { continue };
        // The value that it is the difference of: right before it, or before a budget or a target that stands between.
        for now_at in j.saturating_sub(3)..j {
            let now = &list[now_at];
            if now.unit != d.unit || now.masked || now.group != d.group || now.depth != d.depth {
                continue;
            }
            let before = match way {
                Way::Up => now.means.sub(&d.means),
                Way::Down => now.means.add(&d.means),
            };
            if let Some(means) = before.filter(|b| b.lo > whole(0)) {
                out.push(Pair {
                    before: Term { means, of: vec![j] },
                    after: Term::one(list, now_at),
                    spelled: false,
                    derived: true,
                });
            }
        }
    }
    out
}

/// Whether the clause deals several rates out to several values.
fn clause_says_each(scene: &Scene<'_>, rate: &Quantity) -> bool {
    scene.clause(rate).contains("分别")
}

/// The one pair that the words bind to the rate; else why none is.
fn tight<'p>(scene: &Scene<'_>, at: usize, rest: &str, candidates: &'p [Pair]) -> Result<&'p Pair, Why> {
    let list = &scene.sentence.quantities;
    let rate = &list[at];
    // A list of yearly values leaves no doubt.
    let listed = listed_years(scene, at);
    let dealt = |p: &&Pair| listed.iter().any(|l| l.after.of == p.after.of && l.before.of == p.before.of);
    if let Some(pair) = candidates.iter().find(dealt) {
        return Ok(pair);
    }
    let last = |p: &Pair| p.before.of.iter().chain(&p.after.of).copied().max().unwrap_or(0);
    let near = |p: &&Pair| {
        let end = last(p);
        let q = &list[end];
        let follows = end < at && rate.clause.saturating_sub(q.clause) <= 2 && q.group == rate.group;
        let bracketed = end > at && q.depth > rate.depth && q.clause <= rate.clause + 2;
        let dated = scene.is_prior(q) || month(scene, end).is_some();
        let colon = end > at && !bracketed && q.clause.saturating_sub(rate.clause) <= 3 && dated;
        follows || bracketed || colon
    };
    let fitting: Vec<&Pair> = candidates.iter().filter(near).collect();
    let pair = fitting.iter().copied().max_by_key(|p| (p.spelled, last(p))).ok_or(Why::NoBefore)?;
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
    let before = &list[pair.before.of[0]];
    let own_clause = before.clause == rate.clause || before.depth > rate.depth;
    let trivial = subject.trim().is_empty() || pair.spelled && subject.chars().count() <= 1;
    if !trivial && !own_clause {
        // 9月份…环比下降，8月份…: a subject repeated from the counted clause is the same subject.
        let after = scene.clause(&list[pair.after.of[0]]);
        if !after.contains(subject.trim()) {
            return Err(Why::Ambiguous);
        }
    }
    if rest.contains("其中") || clause_says_each(scene, rate) {
        return Err(Why::Ambiguous);
    }
    // A span of years is no 同比.
    let clause = scene.clause(rate);
    let yearly = ["同比", "比上年", "较上年", "较去年", "比去年", "环比"].iter().any(|w| clause.contains(w));
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
