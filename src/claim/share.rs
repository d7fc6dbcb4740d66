//! Shares: a rate and the two counts it is the quotient of.

use super::exact::{Interval, whole};
use super::lexicon::RateName;
use super::quantity::{Hedge, Quantity, Unit};
use super::verdict::{Fit, Verdict, Why, Working, fit_share, reachable};
use super::{CARRIED, Claim, Kind, Part, Role, Scene};
use crate::text::{Span, is_blank, is_han};

/// How the words before a percentage make it a share.
enum Form<'a> {
    /// `…结案率达98.1%`: a rate with a name.
    Named { name: &'a str, span: Span, known: Option<&'a RateName> },
    /// `占比35%`, `执法类问题占全部问题的46.5%`: the count before it, or the one that the subject names, of a base
    /// that may be named.
    Of { subject: &'a str, base: &'a str },
    /// `为任务8.8万亩的95.2%`: of the count right before it.
    OfPrevious,
}

pub(super) fn find(scene: &Scene<'_>, out: &mut Vec<Claim>) {
    let list = &scene.sentence.quantities;
    let mut i = 0;
    while i < list.len() {
        if list[i].unit != Unit::Percent {
            i += 1;
            continue;
        }
        // 分别占45.7%和19.1%: the rates of a run share one form.
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

/// What may stand between a rate's name and its figure.
const LINKS: &[&str] = &[
    "达到了",
    "达到",
    "达",
    "均为",
    "分别为",
    "均达",
    "为",
    "是",
    "均",
    "都",
    "约为",
    "约",
    "将近",
    "接近",
    "近",
    "不超过",
    "超过",
    "超出",
    "超",
    "逾",
    "突破",
    "仅为",
    "仅",
    "高达",
    "不低于",
    "不少于",
    "不足",
    "不到",
    "低于",
    "高于",
    "保持在",
    "稳定在",
    "维持在",
    "控制在",
    "提高到",
    "提升到",
    "提升至",
    "提高至",
    "上升到",
    "上升至",
    "增长到",
    "下降到",
    "下降至",
    "降至",
    "降到",
    "升至",
    "到",
    "至",
    "在",
    "有",
    "也",
    "已",
    "的",
    "了",
    "：",
    ":",
];

/// Words after which a figure is a growth or a fall, not a share.
const MOVES: &[&str] = &[
    "增长",
    "提高",
    "提升",
    "上升",
    "下降",
    "减少",
    "压减",
    "压缩",
    "增加",
    "降低",
    "缩短",
    "上涨",
    "回落",
    "下跌",
    "下滑",
    "增幅",
    "降幅",
    "涨幅",
    "升幅",
    "跌幅",
    "增速",
    "增收",
    "减",
    "增",
    "降",
    "压降",
    "精简",
    "扩大",
    "收窄",
    "幅度",
    "攀升",
    "增至",
    "负增长",
    "翻",
    "快",
    "慢",
];

fn form<'a>(scene: &'a Scene<'_>, at: usize) -> Option<Form<'a>> {
    let q = &scene.sentence.quantities[at];
    let raw = q.lead.of(scene.text);
    let mut head = raw.trim_end_matches(is_blank);
    loop {
        let cut = LINKS.iter().find_map(|w| head.strip_suffix(w)).map(|h| h.trim_end_matches(is_blank));
        match cut {
            Some(h) => head = h,
            None => break,
        }
    }
    if let Some(start) = share_verb(head) {
        let base = head[start + '占'.len_utf8()..].trim();
        let base =
            base.strip_prefix('比').map_or(base, |b| if b.starts_with('例') { &b['例'.len_utf8()..] } else { b });
        let base = base.trim_start_matches(['到', '了']).trim();
        let base = base.trim_end_matches("比重").trim_end_matches("比例").trim_end_matches('的').trim();
        return Some(Form::Of { subject: subject(&head[..start]), base });
    }
    if MOVES.iter().any(|w| head.ends_with(w) || head.strip_suffix('率').is_some_and(|h| h.ends_with(w))) {
        return None;
    }
    let named = ["率", "度", "比重", "比例", "占比", "面"].iter().any(|w| head.ends_with(w));
    if named
        && ![
            "力度", "进度", "年度", "季度", "角度", "幅度", "速度", "程度", "温度", "湿度", "浓度", "方面", "全面",
            "利率", "汇率", "费率", "税率",
        ]
        .iter()
        .any(|w| head.ends_with(w))
    {
        let start = head
            .char_indices()
            .rev()
            .take_while(|(_, c)| is_han(*c) || matches!(c, '“' | '”'))
            .last()
            .map_or(head.len(), |(i, _)| i);
        let name = &head[start..];
        // 报备率、审查率均为100%: several rates share one figure, and none of them is taken of the counts at hand.
        let listed = scene.text[..q.lead.start].strip_suffix('、').is_some_and(|t| t.ends_with(['率', '度']));
        if listed {
            return Some(Form::Named { name, span: q.lead, known: None });
        }
        let base = q.lead.start + (head.as_ptr() as usize - raw.as_ptr() as usize) + start;
        return Some(Form::Named { name, span: Span::new(base, base + name.len()), known: scene.lexicon.rate(name) });
    }
    // 为…任务8.8万亩的95.2%, 完成…的…
    let previous = at.checked_sub(1).map(|p| &scene.sentence.quantities[p])?;
    let close = matches!(scene.lead(q), "的") && matches!(previous.unit, Unit::Counter(_));
    close.then_some(Form::OfPrevious)
}

/// The words before 占 that name what is counted, without those that name nothing.
fn subject(words: &str) -> &str {
    let mut words = words.trim_matches(is_blank);
    loop {
        let cut = [
            "其中", "分别", "各", "约", "共", "合计", "均", "也", "已经", "已", "就", "仅", "总计", "总", "则", "只",
            "还",
        ]
        .iter()
        .find_map(|w| words.strip_suffix(w).or_else(|| words.strip_prefix(w)));
        match cut {
            Some(rest) => words = rest.trim_matches(is_blank),
            None => return words,
        }
    }
}

/// The byte of the 占 that makes a share; 占地, 占用 and 侵占 do not.
fn share_verb(head: &str) -> Option<usize> {
    let at = head.rfind('占')?;
    let after = head[at + '占'.len_utf8()..].chars().next();
    let before = head[..at].chars().next_back();
    let verb = after.is_some_and(|c| matches!(c, '用' | '地' | '道' | '有' | '领' | '据' | '线'));
    let noun = before.is_some_and(|c| matches!(c, '侵' | '抢' | '强' | '挤' | '霸'));
    (!verb && !noun).then_some(at)
}

/// A count that may be numerator or base: one quantity, or a sum of several.
#[derive(Clone)]
struct Term {
    means: Interval,
    of: Vec<usize>,
    exact: bool,
}

impl Term {
    fn one(list: &[Quantity], i: usize) -> Self {
        Self { means: list[i].means, of: vec![i], exact: list[i].exact }
    }

    fn sum(list: &[Quantity], of: Vec<usize>) -> Option<Self> {
        let mut means = list[*of.first()?].means;
        for &i in &of[1..] {
            means = means.add(&list[i].means)?;
        }
        let exact = of.iter().all(|&i| list[i].exact);
        Some(Self { means, of, exact })
    }
}

fn judge(scene: &Scene<'_>, form: &Form<'_>, at: usize, run: (usize, usize)) -> Claim {
    let list = &scene.sentence.quantities;
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
    // Chinese numerals bind with each other and digits with digits: 三项制度 is no base of 145项.
    let fits_script = |q: &Quantity| matches!(q.unit, Unit::Counter(_)) && usable(scene, q);
    for chinese in [false, true] {
        let pool: Vec<usize> = (at.saturating_sub(2 * FAR)..list.len().min(at + FAR))
            .filter(|&i| fits_script(&list[i]) && list[i].chinese == chinese)
            .collect();
        if pool.is_empty() {
            continue;
        }
        return judge_pool(scene, form, at, run, &pool, name, known);
    }
    unknown(Why::NoPart)
}

/// Whether a count may take part at all: not of another period.
fn usable(scene: &Scene<'_>, q: &Quantity) -> bool {
    !scene.is_prior(q)
}

/// Words of plans and targets in the clause of a rate.
const TARGETS: &[&str] = &[
    "力争",
    "确保",
    "争取",
    "预计",
    "预期",
    "目标",
    "要求",
    "明年",
    "下一年",
    "规划",
    "拟",
    "计划到",
    "不得低于",
    "原则上",
    "应达到",
    "标准",
];

fn is_target(scene: &Scene<'_>, rate: &Quantity) -> bool {
    let clause = scene.clause(rate);
    TARGETS.iter().any(|w| clause.contains(w)) && !clause.contains("目标任务")
}

fn judge_pool(
    scene: &Scene<'_>,
    form: &Form<'_>,
    at: usize,
    run: (usize, usize),
    pool: &[usize],
    name: Option<Span>,
    known: Option<&RateName>,
) -> Claim {
    let list = &scene.sentence.quantities;
    let rate = &list[at];
    let unknown = |why| Claim { name, ..Claim::unknown(Kind::Share, rate.span, why) };
    let over = known.is_some_and(|k| k.over) || matches!(form, Form::OfPrevious) || rate.value > whole(100);

    let (numerators, bound) = match form {
        _ if said_behind(scene, at).is_some() && !matches!(form, Form::OfPrevious) => {
            let part = said_behind(scene, at).filter(|i| pool.contains(i));
            (part.map(|i| Term::one(list, i)).into_iter().collect(), part)
        }
        Form::Named { name, known, .. } => named_numerators(scene, name, *known, at, pool),
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
        _ => denominators(scene, pool),
    };
    if numerators.is_empty() {
        if let Some(claim) = unnamed(scene, form, at, pool, &denominators, name) {
            return claim;
        }
        let near_masked = list[..at].iter().rev().take(2).any(|q| q.masked);
        return unknown(if near_masked { Why::Masked } else { Why::NoPart });
    }

    let mut best: Option<(Fit, Working, &Term, &Term)> = None;
    let mut tried = 0;
    for part in &numerators {
        for base in &denominators {
            if same_figures(part, base) || !same_class(list, part, base) {
                continue;
            }
            if !over && base.means.hi.is_some_and(|hi| hi < part.means.lo) {
                continue;
            }
            for (computed, left) in readings(scene, part, base, form) {
                tried += 1;
                let fit = fit_share(&computed, rate);
                if best.as_ref().is_none_or(|(f, ..)| fit > *f) {
                    let working = Working::new(left, base.means.lo, computed, rate, 0);
                    best = Some((fit, working, part, base));
                }
            }
        }
    }
    // The base may stand in the sentence before; there it can prove that a rate is right, never that it is wrong.
    if best.as_ref().is_none_or(|(f, ..)| *f < Fit::Fits)
        && let Some(claim) = leaning(scene, rate, &numerators, name)
    {
        return claim;
    }
    // A name that no count bears leaves every pair open: the count right before the rate may well be meant, and where
    // it fits, the rate is settled.
    if bound.is_none()
        && best.as_ref().is_none_or(|(f, ..)| *f < Fit::Fits)
        && let Some(claim) = unnamed(scene, form, at, pool, &denominators, name)
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
            match tight(scene, form, at, run, bound, &numerators, &denominators, known) {
                Ok((part, base)) => match part.means.ratio(&base.means, whole(100)) {
                    Some(computed) if fit_share(&computed, rate) == Fit::Off => {
                        let working = Working::new(part.means.lo, base.means.lo, computed, rate, tried);
                        claim(Verdict::Conflicts(working), roles(part, base), false)
                    }
                    _ => claim(Verdict::Agrees(working), roles(part, base), true),
                },
                Err(_) => claim(Verdict::Agrees(working), roles(part, base), true),
            }
        }
        Fit::Fits => claim(Verdict::Agrees(working), roles(part, base), true),
        Fit::Near if bound.is_some_and(|i| !qualifies(scene, form, i, known)) => unknown(Why::NoPart),
        Fit::Near => claim(Verdict::Near(working), roles(part, base), true),
        Fit::Off => match tight(scene, form, at, run, bound, &numerators, &denominators, known) {
            Err(why) => unknown(why),
            Ok((part, base)) => {
                let Some(computed) = part.means.ratio(&base.means, whole(100)) else { return unknown(Why::Ambiguous) };
                let reachable = if base.exact { reachable(rate, base.means.lo, over) } else { None };
                let working =
                    Working { reachable, ..Working::new(part.means.lo, base.means.lo, computed, rate, tried) };
                let firm =
                    rate.hedge.is_none() && [part, base].iter().all(|t| t.of.iter().all(|&i| list[i].hedge.is_none()));
                claim(Verdict::Conflicts(working), roles(part, base), firm)
            }
        },
    }
}

/// The readings of one pair: the part over the base, and, where the part is what failed (不合格), the rest over the base.
fn readings(scene: &Scene<'_>, part: &Term, base: &Term, form: &Form<'_>) -> Vec<(Interval, super::Exact)> {
    let mut out = Vec::new();
    if let Some(r) = part.means.ratio(&base.means, whole(100)) {
        out.push((r, part.means.lo));
    }
    let list = &scene.sentence.quantities;
    let (named, negated) = match form {
        Form::Named { name, known, .. } => {
            let words: Vec<&str> = match known {
                Some(k) if !k.parts.is_empty() => k.parts.iter().map(String::as_str).collect(),
                _ => vec![stem(name)],
            };
            let denied = |lead: &str| {
                words.iter().any(|w| lead.match_indices(w).any(|(at, _)| lead[..at].ends_with(['不', '未', '无'])))
            };
            (true, part.of.iter().any(|&i| denied(scene.lead(&list[i]))))
        }
        _ => (false, false),
    };
    if named
        && negated
        && let Some(rest) = base.means.sub(&part.means).filter(|r| r.lo >= whole(0))
        && let Some(r) = rest.ratio(&base.means, whole(100))
    {
        out.push((r, rest.lo));
    }
    out
}

/// Whether a figure would be divided by itself; the sum of the list that it stands in is a base like any other.
fn same_figures(a: &Term, b: &Term) -> bool {
    a.of.iter().any(|i| b.of.contains(i)) && b.of.len() <= a.of.len().max(2)
}

fn same_class(list: &[Quantity], a: &Term, b: &Term) -> bool {
    a.of.iter().all(|&i| b.of.iter().all(|&j| list[i].unit == list[j].unit))
}

/// How many figures away a count may stand that a rate's name speaks of.
const FAR: usize = 10;

/// 结业率99.2%（1250名）, 组建率71%，即61个: the count that a bracket or 即 gives right behind the rate.
fn said_behind(scene: &Scene<'_>, at: usize) -> Option<usize> {
    let list = &scene.sentence.quantities;
    let rate = &list[at];
    let next = list.get(at + 1).filter(|q| matches!(q.unit, Unit::Counter(_)) && !q.masked)?;
    let between = &scene.text[rate.said.end..next.span.start];
    let closed = scene.text[next.span.end..].trim_start().starts_with(['）', ')']);
    let bracket = closed
        && next.depth == rate.depth + 1
        && matches!(between.trim(), "（" | "(" | "（即" | "(即" | "（共" | "(共");
    let therefore =
        between.trim_start_matches(['，', ',']).trim_start().starts_with('即') && between.chars().count() <= 8;
    (bracket || therefore).then_some(at + 1)
}

/// The counts that the rate's name speaks of, and the one that stands nearest before the rate.
fn named_numerators(
    scene: &Scene<'_>,
    name: &str,
    known: Option<&RateName>,
    at: usize,
    pool: &[usize],
) -> (Vec<Term>, Option<usize>) {
    let list = &scene.sentence.quantities;
    let stem = stem(name);
    let speaks = |i: usize| {
        let q = &list[i];
        let lead = scene.lead(q);
        let tail = scene.tail(q);
        match known {
            Some(k) if !k.parts.is_empty() => k
                .parts
                .iter()
                .any(|p| lead.contains(p.as_str()) || tail.starts_with(p.as_str()) || tail.ends_with(p.as_str())),
            _ => !stem.is_empty() && (follows_in(lead, stem) || follows_in(tail, stem)),
        }
    };
    let mut matching: Vec<usize> = pool.iter().copied().filter(|&i| speaks(i)).collect();
    // What stands far off is another matter.
    matching.retain(|i| i.abs_diff(at) <= FAR);
    let nearest = matching.iter().copied().rfind(|&i| i < at);
    let mut terms: Vec<Term> = matching.iter().map(|&i| Term::one(list, i)).collect();
    // 满意1705份、基本满意102份: several counts may make up the part.
    for (k, &first) in matching.iter().enumerate() {
        let mut of = vec![first];
        for &next in &matching[k + 1..] {
            if list[next].unit != list[first].unit {
                break;
            }
            of.push(next);
            terms.extend(Term::sum(list, of.clone()));
        }
    }
    (terms, nearest)
}

/// The name of a rate without 率 and without words that say nothing about its counts.
fn stem(name: &str) -> &str {
    let mut stem = name;
    for tail in ["比率", "率", "占比", "比重", "比例", "度"] {
        if let Some(s) = stem.strip_suffix(tail) {
            stem = s;
            break;
        }
    }
    for head in
        ["其中", "总体", "综合", "整体", "平均", "实际", "累计", "群众", "全年", "全市", "全县", "全区", "全省", "总"]
    {
        if let Some(s) = stem.strip_prefix(head) {
            stem = s;
        }
    }
    stem
}

/// Whether the characters of `stem` follow one another in `words`, with little between them (网办 in 可网上办理).
fn follows_in(words: &str, stem: &str) -> bool {
    if words.contains(stem) {
        return true;
    }
    let stem: Vec<char> = stem.chars().collect();
    if stem.len() < 2 || stem.len() > 6 {
        return false;
    }
    let words: Vec<char> = words.chars().collect();
    (0..words.len()).filter(|&s| words[s] == stem[0]).any(|start| {
        let mut pos = start;
        stem[1..].iter().all(|c| match words[pos + 1..].iter().take(4).position(|w| w == c) {
            Some(step) => {
                pos += step + 1;
                true
            }
            None => false,
        })
    })
}

/// The count that the words before 占 name: the one that shares most of their words, if only one does.
fn counted_as(scene: &Scene<'_>, subject: &str, at: usize, pool: &[usize]) -> (Vec<Term>, Option<usize>) {
    let list = &scene.sentence.quantities;
    // Behind a 、 the words are only the end of the subject.
    let lead_start = list[at].lead.start;
    if scene.text[..lead_start].ends_with('、') {
        return (Vec::new(), None);
    }
    let chars: Vec<char> = subject.chars().filter(|c| is_han(*c)).collect();
    let words: Vec<String> = chars.windows(2).map(|w| w.iter().collect()).collect();
    let score = |i: usize| {
        let own = format!("{}{}", scene.lead(&list[i]), scene.tail(&list[i]));
        words.iter().filter(|w| own.contains(w.as_str())).count()
    };
    let best = pool.iter().map(|&i| score(i)).max().unwrap_or(0);
    let mut top = pool.iter().copied().filter(|&i| score(i) == best);
    match (top.next(), top.next()) {
        (Some(i), None) if best * 2 >= words.len().max(2) => (vec![Term::one(list, i)], Some(i)),
        _ => (Vec::new(), None),
    }
}

/// For 占比: the count right before the rate, or the whole list before it; in a run of rates, each its own count.
fn counted_before(scene: &Scene<'_>, at: usize, run: (usize, usize), pool: &[usize]) -> (Vec<Term>, Option<usize>) {
    let list = &scene.sentence.quantities;
    let before: Vec<usize> = pool.iter().copied().filter(|&i| i < run.0).collect();
    let size = run.1 - run.0;
    let Some(&last) = before.last() else { return (Vec::new(), None) };
    // Another rate between the count and this one has taken the count.
    if list[last + 1..run.0].iter().any(|q| q.unit == Unit::Percent) {
        return (Vec::new(), None);
    }
    if size > 1 {
        let Some(k) = before.len().checked_sub(size) else { return (Vec::new(), None) };
        let i = before[k + at - run.0];
        return (vec![Term::one(list, i)], Some(i));
    }
    let mut terms = vec![Term::one(list, last)];
    // 国家级3个、省级28个，占…: the list may be meant as one.
    let mut of = vec![last];
    for &i in before.iter().rev().skip(1) {
        let next = *of.last().unwrap_or(&last);
        if list[i].unit != list[last].unit || next != i + 1 || list[i].group != list[last].group {
            break;
        }
        of.push(i);
        terms.extend(Term::sum(list, of.clone()));
    }
    (terms, Some(last))
}

/// Every count of the sentence that may be a base, alone or summed with its neighbours.
fn denominators(scene: &Scene<'_>, pool: &[usize]) -> Vec<Term> {
    let list = &scene.sentence.quantities;
    let mut terms: Vec<Term> = pool.iter().map(|&i| Term::one(list, i)).collect();
    // Neighbours of one unit: 建议48件、政协提案71件; 上年结转18件，本年新收162件; or a whole list of results.
    let mut k = 0;
    while k < pool.len() {
        let mut end = k + 1;
        while end < pool.len() && pool[end] == pool[end - 1] + 1 && list[pool[end]].unit == list[pool[k]].unit {
            end += 1;
        }
        let chunk = &pool[k..end];
        if chunk.len() > 1 {
            terms.extend(Term::sum(list, chunk.to_vec()));
        }
        // Within it, each list that only 、 divides.
        for run in chunk.chunk_by(|_, &b| scene.text[..list[b].lead.start].ends_with('、')) {
            if run.len() > 2 && run.len() < chunk.len() {
                terms.extend(Term::sum(list, run.to_vec()));
            }
        }
        for pair in chunk.windows(2) {
            if chunk.len() > 2 {
                terms.extend(Term::sum(list, pair.to_vec()));
            }
        }
        k = end;
    }
    let carried = pool.iter().copied().filter(|&i| CARRIED.iter().any(|w| scene.lead(&list[i]).contains(w)));
    for i in carried.take(2) {
        for &j in pool.iter().filter(|&&j| j != i && list[j].unit == list[i].unit) {
            terms.extend(Term::sum(list, vec![i, j]));
        }
    }
    terms
}

/// The count right before (or, in brackets or after 即, right behind) the rate over some base, where that fits.
fn unnamed(
    scene: &Scene<'_>,
    form: &Form<'_>,
    at: usize,
    pool: &[usize],
    denominators: &[Term],
    name: Option<Span>,
) -> Option<Claim> {
    let list = &scene.sentence.quantities;
    let rate = &list[at];
    if matches!(form, Form::OfPrevious) {
        return None;
    }
    let before = pool.iter().copied().rfind(|&i| i < at && rate.clause - list[i].clause <= 1);
    let behind = pool.iter().copied().find(|&i| i > at && list[i].clause - rate.clause <= 1);
    let part = before.into_iter().chain(behind);
    for i in part {
        let part = Term::one(list, i);
        for base in
            denominators.iter().filter(|b| b.of.len() == 1 && !b.of.contains(&i) && list[b.of[0]].unit == list[i].unit)
        {
            let Some(computed) = part.means.ratio(&base.means, whole(100)) else { continue };
            if fit_share(&computed, rate) == Fit::Fits {
                let roles = vec![
                    Role::new(Part::Rate, rate.span),
                    Role::new(Part::Numerator, list[i].span),
                    Role::new(Part::Denominator, list[base.of[0]].span),
                ];
                let working = Working::new(part.means.lo, base.means.lo, computed, rate, 1);
                let verdict = Verdict::Agrees(working);
                return Some(Claim { name, ..Claim::new(Kind::Share, rate.span, roles, verdict) });
            }
        }
    }
    None
}

/// A pair across this sentence and the one before it that makes the rate true.
fn leaning(scene: &Scene<'_>, rate: &Quantity, numerators: &[Term], name: Option<Span>) -> Option<Claim> {
    let before = scene.previous?;
    let list = &scene.sentence.quantities;
    let earlier: Vec<usize> = (before.quantities.len().saturating_sub(FAR)..before.quantities.len())
        .filter(|&i| matches!(before.quantities[i].unit, Unit::Counter(_)) && !before.quantities[i].masked)
        .collect();
    let bases =
        earlier.iter().map(|&i| Term::one(&before.quantities, i)).chain(Term::sum(&before.quantities, earlier.clone()));
    for base in bases {
        for part in numerators {
            let unit = list[part.of[0]].unit;
            if base.of.iter().any(|&i| before.quantities[i].unit != unit) {
                continue;
            }
            let Some(computed) = part.means.ratio(&base.means, whole(100)) else { continue };
            if fit_share(&computed, rate) == Fit::Fits {
                let mut roles = vec![Role::new(Part::Rate, rate.span)];
                roles.extend(part.of.iter().map(|&i| Role::new(Part::Numerator, list[i].span)));
                roles.extend(base.of.iter().map(|&i| Role::new(Part::Denominator, before.quantities[i].span)));
                let working = Working::new(part.means.lo, base.means.lo, computed, rate, 1);
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
fn tight<'t>(
    scene: &Scene<'_>,
    form: &Form<'_>,
    at: usize,
    run: (usize, usize),
    bound: Option<usize>,
    numerators: &'t [Term],
    denominators: &'t [Term],
    known: Option<&RateName>,
) -> Result<(&'t Term, &'t Term), Why> {
    let list = &scene.sentence.quantities;
    let rate = &list[at];
    let part_at = bound.ok_or(Why::NoPart)?;
    let part = &list[part_at];
    if list.iter().any(|q| q.masked && q.unit == part.unit && q.group == part.group) {
        return Err(Why::Masked);
    }
    // The count must stand right before the rate: in its clause or in the clause before.
    let named = matches!(form, Form::Named { .. });
    let reach = if named && part.group == rate.group { 4 } else { 2 };
    let behind = part_at == at + 1 && said_behind(scene, at) == Some(part_at);
    if !behind && (rate.clause.saturating_sub(part.clause) > reach || part.depth > rate.depth) {
        return Err(Why::NoPart);
    }
    // Another rate on the way has taken the count.
    let taken = part_at < at && list[part_at..at].iter().any(|q| q.unit == Unit::Percent);
    if taken && rate.clause.saturating_sub(part.clause) > 2 {
        return Err(Why::NoPart);
    }
    // 合格率98%，其中大宗食品1200批次、合格率98.5%: a rate behind 其中 is of what 其中 names.
    if part_at < at && named && scene.text[part.span.end..rate.span.start].contains("其中") {
        return Err(Why::NoPart);
    }
    let term = numerators.iter().find(|t| t.of == [part_at]).ok_or(Why::NoPart)?;
    if !named && part_at < at && sums_up(&scene.text[part.span.end..rate.span.start]) {
        return Err(Why::Ambiguous);
    }
    if siblings_agree(scene, at, part) {
        return Err(Why::NoBase);
    }
    let lead = |i: usize| scene.lead(&list[i]);
    let words = |i: usize| format!("{}{}", lead(i), scene.tail(&list[i]));
    let first = (0..list.len()).find(|&i| matches!(list[i].unit, Unit::Counter(_)));
    let closes = |i: usize| ["合计", "总计", "共计"].iter().any(|w| lead(i).contains(w));
    let by_name = |i: usize| known.is_some_and(|k| k.bases.iter().any(|b| lead(i).contains(b.as_str())));
    let topical = |i: usize| {
        list[i].group == part.group || closes(i) || Some(i) == first && (matches!(form, Form::Of { .. }) || by_name(i))
    };
    // The counts that a run of rates deals with are no bases of one another.
    let size = run.1 - run.0;
    let outside_run = |i: usize| size == 1 || i + at - run.0 < part_at || i > at;
    let fits = |i: usize| {
        let q = &list[i];
        i != part_at
            && q.unit == part.unit
            && q.chinese == part.chinese
            && !q.masked
            && !scene.is_prior(q)
            && topical(i)
            && !shared_itself(scene, i)
            && outside_run(i)
            && (q.value >= part.value || known.is_some_and(|k| k.over) || matches!(form, Form::OfPrevious))
    };
    let single = |i: usize| denominators.iter().find(|t| t.of == [i]);
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
                let carried = t.of.iter().any(|&i| CARRIED.iter().any(|w| lead(i).contains(w)));
                let joined =
                    t.of.windows(2).all(|w| scene.text[list[w[0]].span.end..list[w[1]].span.start].starts_with('、'));
                (carried || joined) && t.means.lo >= part.means.lo
            })
    };
    // 执法类问题占全部问题的…: all that the list names.
    let whole_list = |base: &str| {
        let all = ["全部", "所有", "总数"].iter().any(|w| base.contains(w));
        let listed = |t: &&Term| t.of.len() > 2 && t.of.contains(&part_at) && joined(scene, &t.of);
        denominators.iter().filter(|_| all).find(listed)
    };
    let base_term = match form {
        Form::OfPrevious => single(run.0 - 1),
        Form::Of { base, .. } if !is_generic(base) => (0..list.len())
            .filter(|&i| fits(i) && (names(&words(i), base) || glossed(scene, at, i, base)))
            .min_by_key(|&i| i.abs_diff(part_at))
            .and_then(single)
            .or_else(|| whole_list(base)),
        _ => {
            let by_word = known.filter(|k| !k.bases.is_empty()).map(|k| {
                (0..list.len()).filter(|&i| fits(i)).rev().find(|&i| {
                    k.bases.iter().any(|b| lead(i).contains(b.as_str()) || scene.tail(&list[i]).starts_with(b.as_str()))
                })
            });
            let carried = known.is_some_and(|k| k.carry).then(&together).flatten();
            carried.or_else(|| by_word.unwrap_or_else(nearest).and_then(single)).or_else(together)
        }
    }
    .ok_or(Why::NoBase)?;
    if base_term.of.iter().any(|&i| each(lead(i))) || each(lead(part_at)) {
        return Err(Why::Ambiguous);
    }
    // A figure of one or two digits in 万 says too little to be divided by.
    if [&term.means, &base_term.means].iter().any(|m| is_coarse(m)) {
        return Err(Why::Ambiguous);
    }
    let base = base_term.of[0];
    if known.is_some_and(|k| k.carry) {
        let fresh = ["新收", "新受理", "本年", "新立", "今年新"].iter().any(|w| lead(base).contains(w));
        let carried = CARRIED.iter().any(|w| scene.sentence.span.of(scene.text).contains(w));
        if fresh && !carried {
            return Err(Why::CarriedOver);
        }
    }
    if !qualifies(scene, form, part_at, known) {
        return Err(Why::NoPart);
    }
    if matches!(rate.hedge, Some(Hedge::AtLeast | Hedge::AtMost)) && rate.value == whole(100) {
        return Err(Why::Ambiguous);
    }
    Ok((term, base_term))
}

/// Whether the count bears the qualifier of the rate's name: 按期办结率 is no 办结率.
fn qualifies(scene: &Scene<'_>, form: &Form<'_>, part: usize, known: Option<&RateName>) -> bool {
    let (Form::Named { name, .. }, Some(known)) = (form, known) else { return true };
    let qualifier = stem(name).strip_suffix(stem(&known.name)).unwrap_or("");
    let changes = QUALIFIERS.iter().any(|q| qualifier.ends_with(q));
    !changes || scene.lead(&scene.sentence.quantities[part]).contains(qualifier)
}

/// Whether the words before 占 sum up several counts (合计占, 共占, 两类占).
fn sums_up(between: &str) -> bool {
    let head = &between[..between.rfind('占').unwrap_or(0)];
    head.contains('前') || ["合计", "共", "总计", "类", "两项", "三项", "者"].iter().any(|w| head.ends_with(w))
}

/// Whether a count carries a bare 占 of its own: then it is a part, and its siblings are no shares of it.
fn shared_itself(scene: &Scene<'_>, i: usize) -> bool {
    let list = &scene.sentence.quantities;
    let Some(next) = list.get(i + 1).filter(|n| n.unit == Unit::Percent && n.clause <= list[i].clause + 1) else {
        return false;
    };
    matches!(form(scene, i + 1), Some(Form::Of { subject: "", .. })) && !scene.lead(next).contains("其中")
}

/// Whether another count of the sentence and its own share imply the same total as this one does: then the total
/// stands elsewhere, and the figures agree.
fn siblings_agree(scene: &Scene<'_>, at: usize, part: &Quantity) -> bool {
    let list = &scene.sentence.quantities;
    let total = |count: &Quantity, rate: &Quantity| count.means.ratio(&rate.means, whole(100));
    let Some(own) = total(part, &list[at]) else { return false };
    (1..list.len()).filter(|&j| j != at && list[j].unit == Unit::Percent && j.abs_diff(at) <= FAR).any(|j| {
        let count = &list[j - 1];
        count.unit == part.unit
            && matches!(form(scene, j), Some(Form::Of { .. }))
            && total(count, &list[j]).is_some_and(|other| other.meets(&own))
    })
}

/// Whether an interval is wider than a twentieth of its middle.
fn is_coarse(means: &Interval) -> bool {
    means.hi.is_some_and(|hi| (hi - means.lo) * whole(40) > hi + means.lo)
}

/// Whether the figures stand in one list, each after a 、.
fn joined(scene: &Scene<'_>, of: &[usize]) -> bool {
    let list = &scene.sentence.quantities;
    of.windows(2).all(|w| scene.text[..list[w[1]].lead.start].ends_with('、'))
}

/// Whether a count is meant for each of several (各报备13件); 各类 and 各级 only say "all kinds".
fn each(lead: &str) -> bool {
    lead.match_indices('各').any(|(at, _)| {
        let after = lead[at + '各'.len_utf8()..].chars().next();
        !after.is_some_and(|c| "类级种项地部单乡镇村县区界方个科市级街相".contains(c))
    })
}

/// Qualifiers that change what a rate is taken of.
const QUALIFIERS: &[&str] =
    &["按期", "按时", "及时", "限时", "一次", "当场", "到期", "提前", "准时", "首次", "自动", "规范"];

/// 占年度计划的86.3%（年度计划24.8亿元）: a bracket right behind the rate that gives the base in its own words.
fn glossed(scene: &Scene<'_>, at: usize, i: usize, base: &str) -> bool {
    let list = &scene.sentence.quantities;
    let (rate, q) = (&list[at], &list[i]);
    let bracket =
        i == at + 1 && q.depth == rate.depth + 1 && scene.text[rate.said.end..].trim_start().starts_with(['（', '(']);
    let own = scene.lead(q).trim_start_matches(['全', '市', '县', '区', '省']);
    bracket
        && (own.chars().count() >= 2 && base.contains(own)
            || names(&format!("{}{}", scene.lead(q), scene.tail(q)), base))
}

/// Whether the words of a base name nothing in particular.
fn is_generic(base: &str) -> bool {
    matches!(base, "" | "总数" | "全部" | "总量" | "其" | "其中" | "总额" | "总数的" | "比")
}

/// Whether the words around a count name the base in full (占执法人员总数 of 行政执法人员863人).
fn names(own: &str, base: &str) -> bool {
    let mut core = base;
    while let Some(rest) =
        ["总数", "总量", "总额", "全部", "所有", "的", "数", "全省", "全市", "全县", "全区", "全国", "比重", "比例"]
            .iter()
            .find_map(|w| core.strip_suffix(w).or_else(|| core.strip_prefix(w)))
    {
        core = rest;
    }
    let long = core.chars().filter(|c| is_han(*c)).count() >= 2;
    // 进出口 holds 出口 and is another thing.
    let other = matches!(core, "出口" | "进口") && own.contains("进出口");
    long && !other && own.contains(core)
}
