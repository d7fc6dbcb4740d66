//! Which counts of a sentence may be the part of a share, and which its base.

use super::form::{Form, form};
use crate::claim::exact::{Interval, whole};
use crate::claim::lexicon::RateName;
use crate::claim::quantity::{Quantity, Unit};
use crate::claim::verdict::{Fit, fit_share};
use crate::claim::{CARRIED, Scene, holds_pair, namely};
use crate::text::{WordList, is_han};

/// A count that may be numerator or base: one quantity, or a sum of several.
#[derive(Clone)]
pub(super) struct Term {
    pub(super) means: Interval,
    pub(super) of: Vec<usize>,
    pub(super) exact: bool,
}

impl Term {
    pub(super) fn one(list: &[Quantity], i: usize) -> Self {
        Self { means: list[i].means, of: vec![i], exact: list[i].exact }
    }

    pub(super) fn sum(list: &[Quantity], of: Vec<usize>) -> Option<Self> {
        let mut means = list[*of.first()?].means;
        for &i in &of[1..] {
            means = means.add(&list[i].means)?;
        }
        let exact = of.iter().all(|&i| list[i].exact);
        Some(Self { means, of, exact })
    }
}

/// Whether the rate holds for more than the one count it is bound to: for a run of counts with it (撤销9件、变更2件、
/// 责令履行4件，综合纠错率…), or for a row of pairs (一审97件，出庭93件；二审24件，出庭22件，出庭率…).
pub(super) fn holds_of_several(scene: &Scene<'_>, at: usize, bound: usize, pool: &[usize]) -> bool {
    let list = scene.sentence.quantities;
    let counts: Vec<usize> = pool.iter().copied().filter(|&i| i < at && list[i].unit == list[bound].unit).collect();
    let Some(place) = counts.iter().position(|&i| i == bound) else { return false };
    let holds = |part: &[usize], base: &[usize]| {
        let terms = Term::sum(list, part.to_vec()).zip(Term::sum(list, base.to_vec()));
        let share = terms.and_then(|(part, base)| part.means.ratio(&base.means, whole(100)));
        share.is_some_and(|share| fit_share(&share, &list[at]) == Fit::Fits)
    };
    let runs = (0..=place).flat_map(|from| (place + 1..=counts.len()).map(move |to| from..to));
    let held_by_a_run = runs
        .filter(|r| r.len() > 1)
        .any(|r| counts.iter().enumerate().any(|(k, &base)| !r.contains(&k) && holds(&counts[r.clone()], &[base])));
    let every_other = |from: usize| -> Vec<usize> { counts[..=from].iter().rev().step_by(2).copied().collect() };
    held_by_a_run
        || place > 2 && {
            let (parts, bases) = (every_other(place), every_other(place - 1));
            (2..=bases.len()).any(|n| n <= parts.len() && holds(&parts[..n], &bases[..n]))
        }
}

/// How many figures away a count may stand that a rate's name speaks of.
pub(super) const FAR: usize = 10;

/// 结业率98%（245名）, 组建率71%，即61个: the count that a bracket or 即 gives right behind the rate.
pub(super) fn said_behind(scene: &Scene<'_>, at: usize) -> Option<usize> {
    let list = scene.sentence.quantities;
    let rate = &list[at];
    let next = list.get(at + 1).filter(|q| matches!(q.unit, Unit::Counter(_)) && !q.masked)?;
    let between = &scene.text[rate.said.end..next.span.start];
    let closed = scene.text[next.span.end..].trim_start().starts_with(['）', ')']);
    let bracket = closed
        && next.depth == rate.depth.saturating_add(1)
        && matches!(between.trim(), "（" | "(" | "（即" | "(即" | "（共" | "(共");
    let said = namely(between.trim_start_matches(['，', ',']).trim_start());
    // 合格率96%，即优秀40卷、…: a count with a name of its own is of the rate that bears it.
    let own = |said: &str| {
        let chars: Vec<char> = said.chars().filter(|c| is_han(*c)).collect();
        chars.len() < 2 || chars.windows(2).any(|w| holds_pair(scene.lead(rate), w))
    };
    let therefore = said.is_some_and(own) && between.chars().count() <= 8;
    (bracket || therefore).then_some(at + 1)
}

/// The counts that the rate's name speaks of, and the one that stands nearest before the rate.
pub(super) fn named_numerators(
    scene: &Scene<'_>,
    name: &str,
    known: Option<&RateName>,
    at: usize,
    pool: &[usize],
) -> (Vec<Term>, Option<usize>) {
    let list = scene.sentence.quantities;
    let stem = stem(name);
    // Of a known name only its own words count: 评价性抽检合格率 is about 合格, not about 抽检.
    let own = known.map_or(stem, |k| self::stem(&k.name));
    let speaks = |i: usize| {
        let q = &list[i];
        let lead = scene.lead(q);
        let tail = scene.tail(q);
        match known {
            Some(k) if !k.parts.is_empty() => {
                k.parts.iter().any(|p| lead.contains(p.as_str()) || tail.contains(p.as_str()))
            }
            _ => !stem.is_empty() && (follows_in(lead, stem) || follows_in(tail, stem)),
        }
    };
    // A count behind the rate belongs to what follows.
    let before = |i: &usize| *i < at;
    let mut matching: Vec<usize> = pool.iter().copied().filter(before).filter(|&i| speaks(i)).collect();
    let named = !matching.is_empty();
    if !named {
        let shares = |i: &usize| shares_word(scene.lead(&list[*i]), own);
        let denied = |i: &usize| is_denied(scene, *i, name);
        let sharing = || pool.iter().copied().filter(before).filter(shares);
        matching.extend(sharing().rfind(|i| !denied(i)).or_else(|| sharing().next_back()));
    }
    // 已整改71个，正在整改2个，整改率…: what was not done, or not yet, is no part where what was done is given.
    if matching.iter().any(|&i| !is_denied(scene, i, name)) {
        matching.retain(|&i| !is_denied(scene, i, name));
    }
    // What stands far off is another matter.
    matching.retain(|i| i.abs_diff(at) <= FAR);
    // 不合格11批次，不合格产品处置率100%: of a count that its words only resemble, 100% may well be all.
    let all = list[at].value == whole(100);
    let nearest = matching.iter().copied().rfind(|&i| i < at && (named || !all));
    let mut terms: Vec<Term> = matching.iter().map(|&i| Term::one(list, i)).collect();
    // 满意180份、基本满意12份: several counts may make up the part.
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

/// Words that deny or put off what follows them.
const DENIALS: WordList = WordList::new(&["尚未", "未能", "未", "不予", "不能", "不", "没有", "无", "正在", "拒绝"]);
/// Nouns and kinds that only begin with one.
const NO_DENIALS: WordList = WordList::new(&[
    "未成年",
    "未来",
    "不动产",
    "不良",
    "不锈",
    "不超过",
    "不少于",
    "不低于",
    "无人",
    "无障碍",
    "无线",
    "无偿",
]);

/// What the words before a count, or else behind it, deny: 合格点位 in 不合格点位54个.
fn denied<'a>(scene: &'a Scene<'_>, i: usize) -> Option<&'a str> {
    let q = &scene.sentence.quantities[i];
    let lead = scene.lead(q).trim_start_matches("其中");
    let words = if lead.is_empty() { scene.tail(q) } else { lead };
    let denial = DENIALS.begins(words).filter(|_| NO_DENIALS.begins(words).is_none())?;
    Some(&words[denial.len()..])
}

/// Whether a count is of what the rate's name affirms, denied: 未签约14户 to 签约率, but not to 未签约率.
pub(super) fn is_denied(scene: &Scene<'_>, i: usize, name: &str) -> bool {
    denied(scene, i).is_some() && !DENIALS.is_in(name)
}

/// Words of two halves that make up a whole between them.
const HALVES: &[(&str, &str)] = &[
    ("男", "女"),
    ("首次", "重复"),
    ("初次", "重复"),
    ("城镇", "农村"),
    ("城市", "农村"),
    ("城镇", "乡村"),
    ("线上", "线下"),
    ("网上", "窗口"),
    ("公办", "民办"),
    ("市内", "市外"),
    ("县内", "县外"),
    ("省内", "省外"),
    ("境内", "境外"),
    ("国内", "国外"),
];

/// What every half holds.
const HALF: WordList = WordList::new(&[
    "男", "女", "首次", "初次", "重复", "城镇", "城市", "农村", "乡村", "线上", "线下", "网上", "窗口", "公办", "民办",
    "市内", "市外", "县内", "县外", "省内", "省外", "境内", "境外", "国内", "国外",
]);

/// Whether two counts exclude each other, so that neither is the whole of the other: 签约86户，未签约14户.
pub(super) fn exclude(scene: &Scene<'_>, i: usize, j: usize) -> bool {
    let list = scene.sentence.quantities;
    let words = |i: usize| [scene.lead(&list[i]), scene.tail(&list[i])];
    let (a, b) = (words(i), words(j));
    let says = |words: [&str; 2], word: &str| words.iter().any(|w| w.contains(word));
    let denies = |what: Option<&str>, other: [&str; 2]| {
        let what: Vec<char> = what.unwrap_or("").chars().take(2).collect();
        other.iter().any(|words| holds_pair(words, &what))
    };
    let halves = |a, b| HALVES.iter().any(|(x, y)| says(a, x) && says(b, y));
    let (not_a, not_b) = (denied(scene, i), denied(scene, j));
    not_a.is_some() != not_b.is_some() && (denies(not_a, b) || denies(not_b, a))
        || [a, b].iter().all(|words| words.iter().any(|w| HALF.is_in(w))) && (halves(a, b) || halves(b, a))
        || scene.lexicon.partition(&[a[0], b[0]])
}

/// Whether a count stands directly before the noun phrase of a rate and is what that rate is taken of:
/// 24家重点企业检查覆盖率100%, but not 办结132件办结率38%.
pub(super) fn is_own_base(scene: &Scene<'_>, i: usize) -> bool {
    let list = scene.sentence.quantities;
    let q = &list[i];
    let Some(rate) = list.get(i + 1).filter(|r| r.unit == Unit::Percent && r.clause == q.clause) else {
        return false;
    };
    let Some(Form::Named { name, known, .. }) = form(scene, i + 1) else { return false };
    let between = &scene.text[q.span.end..rate.span.start];
    let lead = scene.lead(q);
    let own = known.map_or(stem(name), |k| stem(&k.name));
    let part = known.is_some_and(|k| k.parts.iter().any(|p| lead.contains(p.as_str())));
    !between.contains('、') && !part && !shares_word(lead, own)
}

/// Nouns of what is counted, which a name shares with its count without making it the part.
const THINGS: WordList = WordList::new(&[
    "案件", "项目", "党员", "公路", "农村", "企业", "人员", "群众", "产品", "事项", "干部", "学生", "职工", "社区",
    "建议", "农户",
]);

/// Whether the words right before a count share a word of two characters with the name of the rate (已完成整改47个,
/// 整改到位率), or, where they are few, a character of its verb (已设125处, 设置率).
fn shares_word(lead: &str, stem: &str) -> bool {
    let chars: Vec<char> = stem.chars().filter(|c| is_han(*c)).collect();
    let short = lead.chars().count() <= 4;
    // 农村公路15.6万公里，农村公路优良率: what is rated shares its noun with the name, and is no part.
    if lead.chars().count() > 2 && stem.len() > lead.len() && stem.starts_with(lead) {
        return false;
    }
    // The word must be the verb of the name, or stand right before the figure (完成整改47个) and be no mere noun.
    let pairs = || chars.windows(2);
    let verb = pairs().next_back().is_some_and(|w| holds_pair(lead, w));
    let close = lead.trim_end_matches(['的', '了']);
    let ends = |w: &[char]| close.strip_suffix(w[1]).is_some_and(|head| head.ends_with(w[0]));
    verb || pairs().any(ends) && THINGS.ends(close).is_none()
        || short
            && chars.iter().rev().take(2).any(|c| lead.contains(*c) && !"数的率总人户有中位路案件品员名等".contains(*c))
}

/// The name of a rate without 率 and without words that say nothing about its counts.
pub(super) fn stem(name: &str) -> &str {
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
pub(super) fn counted_as(scene: &Scene<'_>, subject: &str, at: usize, pool: &[usize]) -> (Vec<Term>, Option<usize>) {
    let list = scene.sentence.quantities;
    // Behind a 、 the words are only the end of the subject.
    let lead_start = list[at].lead.start;
    if scene.text[..lead_start].ends_with('、') {
        return (Vec::new(), None);
    }
    let counted = ["次数", "件数", "人数", "户数", "总数", "数量", "数"];
    let subject = counted.iter().find_map(|w| subject.strip_suffix(w)).unwrap_or(subject);
    let chars: Vec<char> = subject.chars().filter(|c| c.is_alphanumeric()).collect();
    let words: Vec<&[char]> = chars.windows(2).collect();
    let score = |i: usize| {
        let own = format!("{}{}", scene.lead(&list[i]), scene.tail(&list[i]));
        words.iter().filter(|w| holds_pair(&own, w)).count()
    };
    let best = pool.iter().map(|&i| score(i)).max().unwrap_or(0);
    let mut top = pool.iter().copied().filter(|&i| score(i) == best);
    match (top.next(), top.next()) {
        (Some(i), None) if best * 2 >= words.len().max(2) => (vec![Term::one(list, i)], Some(i)),
        _ => (Vec::new(), None),
    }
}

/// For 占比: the count right before the rate, or the whole list before it; in a run of rates, each its own count.
pub(super) fn counted_before(
    scene: &Scene<'_>,
    at: usize,
    run: (usize, usize),
    pool: &[usize],
) -> (Vec<Term>, Option<usize>) {
    let list = scene.sentence.quantities;
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
pub(super) fn denominators(scene: &Scene<'_>, pool: &[usize]) -> Vec<Term> {
    let list = scene.sentence.quantities;
    let mut terms: Vec<Term> = pool.iter().map(|&i| Term::one(list, i)).collect();
    // Neighbours of one unit: 建议30件、政协提案45件; 上年结转7件，本年新收85件; or a whole list of results.
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
    // 脱贫户632户2214人、监测户41户137人: a list whose every item has a second figure of another unit.
    for (n, &first) in pool.iter().enumerate() {
        let mut of = vec![first];
        for &i in &pool[n + 1..] {
            let next = of.last().is_some_and(|&last| i == last + 2);
            if next && list[i].unit == list[first].unit && scene.text[..list[i].lead.start].ends_with('、') {
                of.push(i);
            }
        }
        if of.len() > 1 {
            terms.extend(Term::sum(list, of));
        }
    }
    let carried = pool.iter().copied().filter(|&i| CARRIED.is_in(scene.lead(&list[i])));
    for i in carried.take(2) {
        for &j in pool.iter().filter(|&&j| j != i && list[j].unit == list[i].unit) {
            terms.extend(Term::sum(list, vec![i, j]));
        }
    }
    terms
}
