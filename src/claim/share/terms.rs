//! Which counts of a sentence may be the part of a share, and which its base.

use crate::claim::exact::{Interval, whole};
use crate::claim::lexicon::RateName;
use crate::claim::quantity::{Quantity, Unit};
use crate::claim::verdict::{Fit, fit_share};
use crate::claim::{CARRIED, Scene, namely};
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
    let list = &scene.sentence.quantities;
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
    let list = &scene.sentence.quantities;
    let rate = &list[at];
    let next = list.get(at + 1).filter(|q| matches!(q.unit, Unit::Counter(_)) && !q.masked)?;
    let between = &scene.text[rate.said.end..next.span.start];
    let closed = scene.text[next.span.end..].trim_start().starts_with(['）', ')']);
    let bracket = closed
        && next.depth == rate.depth.saturating_add(1)
        && matches!(between.trim(), "（" | "(" | "（即" | "(即" | "（共" | "(共");
    let said = namely(between.trim_start_matches(['，', ',']).trim_start());
    let therefore = said.is_some() && between.chars().count() <= 8;
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
    let list = &scene.sentence.quantities;
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
        matching.extend(pool.iter().copied().filter(before).rfind(|&i| shares_word(scene.lead(&list[i]), own)));
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
    let pairs = || chars.windows(2).map(|w| w.iter().collect::<String>());
    let verb = pairs().next_back().is_some_and(|w| lead.contains(&w));
    verb || pairs().any(|w| lead.trim_end_matches(['的', '了']).ends_with(&w) && THINGS.ends(&w).is_none())
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
    let list = &scene.sentence.quantities;
    // Behind a 、 the words are only the end of the subject.
    let lead_start = list[at].lead.start;
    if scene.text[..lead_start].ends_with('、') {
        return (Vec::new(), None);
    }
    let counted = ["次数", "件数", "人数", "户数", "总数", "数量", "数"];
    let subject = counted.iter().find_map(|w| subject.strip_suffix(w)).unwrap_or(subject);
    let chars: Vec<char> = subject.chars().filter(|c| c.is_alphanumeric()).collect();
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
pub(super) fn counted_before(
    scene: &Scene<'_>,
    at: usize,
    run: (usize, usize),
    pool: &[usize],
) -> (Vec<Term>, Option<usize>) {
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
pub(super) fn denominators(scene: &Scene<'_>, pool: &[usize]) -> Vec<Term> {
    let list = &scene.sentence.quantities;
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
    let carried = pool.iter().copied().filter(|&i| CARRIED.is_in(scene.lead(&list[i])));
    for i in carried.take(2) {
        for &j in pool.iter().filter(|&&j| j != i && list[j].unit == list[i].unit) {
            terms.extend(Term::sum(list, vec![i, j]));
        }
    }
    terms
}
