//! Which counts of a sentence may be the part of a share, and which its base.

use std::borrow::Cow;

use super::form::{Form, form};
use crate::claim::exact::{Interval, whole};
use crate::claim::lexicon::RateName;
use crate::claim::quantity::{Quantity, Unit};
use crate::claim::sign::Sign;
use crate::claim::verdict::{Fit, fit_share};
use crate::claim::{Scene, han_pairs, holds, holds_pair, namely, past_among};
use crate::text::{WordList, is_han, words};

/// The counts of a sentence that may take part in its shares. Chinese numerals bind with each other and digits with
/// digits: 三项制度 is no base of 60项.
pub(super) struct Counts {
    digits: Vec<usize>,
    numerals: Vec<usize>,
}

impl Counts {
    pub(super) fn new(scene: &Scene<'_>) -> Self {
        let list = scene.sentence.quantities;
        let (mut digits, mut numerals) = (Vec::with_capacity(list.len()), Vec::new());
        for (i, q) in list.iter().enumerate() {
            if matches!(q.unit, Unit::Counter(_)) && usable(scene, q) {
                if q.chinese { &mut numerals } else { &mut digits }.push(i);
            }
        }
        Self { digits, numerals }
    }

    /// Those around the rate at `at`: in digits, or else in Chinese numerals.
    pub(super) fn near(&self, at: usize) -> &[usize] {
        let near = |of: &[usize]| {
            let start = of.partition_point(|&i| i + 2 * FAR < at);
            let end = of.partition_point(|&i| i < at + FAR);
            start..end
        };
        let digits = &self.digits[near(&self.digits)];
        if digits.is_empty() { &self.numerals[near(&self.numerals)] } else { digits }
    }
}

/// Whether a count may take part at all: it is of this period, and neither a mean nor a price (每人每月1350元).
fn usable(scene: &Scene<'_>, q: &Quantity) -> bool {
    let lead = scene.lead(q);
    let mean = q.signs.may(Sign::Mean) && words!["人均", "平均", "户均", "日均", "月均", "年均"].is_in(lead);
    let price = words!["每人", "每户", "每亩", "每月", "每年", "每件", "每吨", "每生"];
    !mean && price.ends(lead).is_none() && !scene.is_prior(q)
}

/// A count that may be numerator or base: one quantity, or a sum of several of one unit.
pub(super) struct Term<'p> {
    pub(super) means: Interval,
    pub(super) of: Cow<'p, [usize]>,
    pub(super) unit: Unit,
    pub(super) exact: bool,
}

impl<'p> Term<'p> {
    pub(super) fn one(list: &[Quantity], i: usize) -> Self {
        Self::summed(list[i].means, list, vec![i])
    }

    /// Each of the counts alone.
    pub(super) fn each<'l>(list: &'l [Quantity], of: &'p [usize]) -> impl Iterator<Item = Self> + use<'l, 'p> {
        of.iter().map(|i| Self::summed(list[*i].means, list, std::slice::from_ref(i)))
    }

    pub(super) fn sum(list: &[Quantity], of: impl Into<Cow<'p, [usize]>>) -> Option<Self> {
        let of = of.into();
        let (&first, rest) = of.split_first()?;
        let means = rest.iter().try_fold(list[first].means, |sum, &i| sum.add(&list[i].means))?;
        Some(Self::summed(means, list, of))
    }

    fn summed(means: Interval, list: &[Quantity], of: impl Into<Cow<'p, [usize]>>) -> Self {
        let of = of.into();
        let exact = of.iter().all(|&i| list[i].exact);
        Self { means, unit: list[of[0]].unit, exact, of }
    }
}

/// The counts that the words choose for the part of a share.
pub(super) struct Chosen {
    pub(super) of: Vec<usize>,
    pub(super) together: Together,
    /// The one that they bind to the rate.
    pub(super) bound: Option<usize>,
}

/// Which of the chosen counts may make up the part together.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Together {
    No,
    /// 满意180份、基本满意12份: any of one unit in a row.
    Rows,
    /// 国家级3个、省级28个，占…: those from the first on.
    FromFirst,
}

impl Chosen {
    pub(super) const NONE: Self = Self { of: Vec::new(), together: Together::No, bound: None };

    /// One count, which the words bind.
    pub(super) fn one(i: usize) -> Self {
        Self { of: vec![i], together: Together::No, bound: Some(i) }
    }

    /// The parts that they make.
    pub(super) fn terms(&self, list: &[Quantity]) -> Vec<Term<'_>> {
        let mut terms: Vec<Term<'_>> = Vec::with_capacity(2 * self.of.len());
        let alone = if self.together == Together::FromFirst { 1 } else { self.of.len() };
        terms.extend(Term::each(list, &self.of[..alone]));
        let heads = match self.together {
            Together::No => 0,
            Together::Rows => self.of.len(),
            Together::FromFirst => 1,
        };
        for k in 0..heads {
            let alike = |&&i: &&usize| list[i].unit == list[self.of[k]].unit;
            let row = self.of[k..].iter().take_while(alike).count();
            terms.extend((2..=row).filter_map(|n| Term::sum(list, &self.of[k..k + n])));
        }
        terms
    }
}

/// Whether the rate holds for more than the one count it is bound to: for a run of counts with it (撤销9件、变更2件、
/// 责令履行4件，综合纠错率…), or for a row of pairs (一审97件，出庭93件；二审24件，出庭22件，出庭率…).
pub(super) fn holds_of_several(scene: &Scene<'_>, at: usize, bound: usize, pool: &[usize]) -> bool {
    let list = scene.sentence.quantities;
    let counts: Vec<usize> = pool.iter().copied().filter(|&i| i < at && list[i].unit == list[bound].unit).collect();
    let Some(place) = counts.iter().position(|&i| i == bound) else { return false };
    let holds = |part: &[usize], base: &[usize]| {
        let terms = Term::sum(list, part).zip(Term::sum(list, base));
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
        let mut pairs = han_pairs(said).peekable();
        pairs.peek().is_none() || pairs.any(|pair| holds_pair(scene.lead(rate), pair))
    };
    let therefore = said.is_some_and(own) && between.chars().count() <= 8;
    (bracket || therefore).then_some(at + 1)
}

/// The counts that the rate's name speaks of; bound is the one that stands nearest before the rate.
pub(super) fn named_numerators(
    scene: &Scene<'_>,
    name: &str,
    known: Option<&RateName>,
    at: usize,
    pool: &[usize],
) -> Chosen {
    let list = scene.sentence.quantities;
    let stem = stem(name);
    let speaks = |i: usize| {
        let words = [scene.lead(&list[i]), scene.tail(&list[i])];
        match known {
            Some(k) if !k.parts.is_empty() => words.iter().any(|words| k.parts.iter().any(|p| holds(words, p))),
            _ => !stem.is_empty() && words.iter().any(|words| follows_in(words, stem)),
        }
    };
    // What the name itself denies is affirmed of no count.
    let affirms = !DENIALS.is_in(name);
    let denied = |i: usize| affirms && denied(scene, i).is_some();
    // A count behind the rate belongs to what follows.
    let before = &pool[..pool.partition_point(|&i| i < at)];
    let mut matching: Vec<usize> = before.iter().copied().filter(|&i| speaks(i)).collect();
    let named = !matching.is_empty();
    if !named {
        // Of a known name only its own words count: 评价性抽检合格率 is about 合格, not about 抽检.
        let own = known.map_or(stem, |k| self::stem(&k.name));
        let mut sharing = before.iter().copied().rev().filter(|&i| shares_word(scene.lead(&list[i]), own)).peekable();
        let last = sharing.peek().copied();
        matching.extend(sharing.find(|&i| !denied(i)).or(last));
    }
    // 已整改71个，正在整改2个，整改率…: what was not done, or not yet, is no part where what was done is given.
    if matching.len() > 1 && matching.iter().any(|&i| !denied(i)) {
        matching.retain(|&i| !denied(i));
    }
    // What stands far off is another matter.
    matching.retain(|i| i.abs_diff(at) <= FAR);
    // 不合格11批次，不合格产品处置率100%: of a count that its words only resemble, 100% may well be all.
    let all = *list[at].value.numer() == 100 && list[at].value.is_integer();
    let bound = matching.last().copied().filter(|_| named || !all);
    Chosen { of: matching, together: Together::Rows, bound }
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
    let lead = past_among(scene.lead(q));
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
    let says = |words: [&str; 2], word: &str| words.iter().any(|w| holds(w, word));
    let denies = |what: Option<&str>, other: [&str; 2]| {
        let mut what = what.unwrap_or("").chars();
        let pair = what.next().zip(what.next());
        pair.is_some_and(|pair| other.iter().any(|words| holds_pair(words, pair)))
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
    let part = known.is_some_and(|k| k.parts.iter().any(|p| holds(lead, p)));
    !between.contains('、') && !part && !shares_word(lead, own)
}

/// Nouns of what is counted, which a name shares with its count without making it the part.
const THINGS: WordList = WordList::new(&[
    "案件", "项目", "党员", "公路", "农村", "企业", "人员", "群众", "产品", "事项", "干部", "学生", "职工", "社区",
    "建议", "农户", "合同",
]);

/// Whether the words right before a count share a word of two characters with the name of the rate (已完成整改47个,
/// 整改到位率), or, where they are few, a character of its verb (已设125处, 设置率).
fn shares_word(lead: &str, stem: &str) -> bool {
    // 农村公路15.6万公里，农村公路优良率: what is rated shares its noun with the name, and is no part.
    if stem.len() > lead.len() && stem.starts_with(lead) && lead.chars().count() > 2 {
        return false;
    }
    // The word must be the verb of the name, or stand right before the figure (完成整改47个) and be no mere noun.
    let pairs = han_pairs(stem);
    let verb = || pairs.clone().last().is_some_and(|pair| holds_pair(lead, pair));
    let close = lead.trim_end_matches(['的', '了']);
    let ends = |(a, b): (char, char)| close.strip_suffix(b).is_some_and(|head| head.ends_with(a));
    let own = |c: char| lead.contains(c) && !"数的率总人户有中位路案件品员名等".contains(c);
    verb()
        || pairs.clone().any(ends) && THINGS.ends(close).is_none()
        || lead.chars().nth(4).is_none() && stem.chars().rev().filter(|&c| is_han(c)).take(2).any(own)
}

/// What the names of rates end with.
const RATES: WordList = WordList::new(&["比率", "率", "占比", "比重", "比例", "度"]);
/// What they begin with that says nothing about their counts.
const GENERAL: WordList = WordList::new(&[
    "其中", "总体", "综合", "整体", "平均", "实际", "累计", "群众", "全年", "全市", "全县", "全区", "全省", "总",
]);

/// The name of a rate without 率 and without words that say nothing about its counts.
pub(super) fn stem(name: &str) -> &str {
    let mut stem = RATES.cut_end(name).unwrap_or(name);
    if GENERAL.begins(stem).is_some() {
        for head in GENERAL.list() {
            stem = stem.strip_prefix(head).unwrap_or(stem);
        }
    }
    stem
}

/// Whether the characters of `stem` follow one another in `words`, with little between them (网办 in 可网上办理).
fn follows_in(words: &str, stem: &str) -> bool {
    if holds(words, stem) {
        return true;
    }
    let mut own = stem.chars();
    let Some(first) = own.next() else { return false };
    let length = 2..=6;
    length.contains(&stem.chars().count())
        && words.match_indices(first).any(|(at, _)| {
            let mut rest = words[at + first.len_utf8()..].chars();
            own.clone().all(|c| rest.by_ref().take(4).any(|w| w == c))
        })
}

/// The count that the words before 占 name: the one that shares most of their words, if only one does.
pub(super) fn counted_as(scene: &Scene<'_>, subject: &str, at: usize, pool: &[usize]) -> Chosen {
    let list = scene.sentence.quantities;
    // Behind a 、 the words are only the end of the subject.
    if scene.text[..list[at].lead.start].ends_with('、') {
        return Chosen::NONE;
    }
    let subject = words!["次数", "件数", "人数", "户数", "总数", "数量", "数"].cut_end(subject).unwrap_or(subject);
    let named = subject.chars().filter(|c| c.is_alphanumeric());
    let pairs = named.clone().zip(named.skip(1));
    // The best score, and whose it is, if only one count has it.
    let (mut best, mut own) = (0, None);
    for (nth, &i) in pool.iter().enumerate() {
        let words = scene.around(&list[i]);
        let score = pairs.clone().filter(|&pair| words.holds_pair(pair)).count();
        if score > best || nth == 0 {
            (best, own) = (score, Some(i));
        } else if score == best {
            own = None;
        }
    }
    own.filter(|_| best * 2 >= pairs.count().max(2)).map_or(Chosen::NONE, Chosen::one)
}

/// For 占比: the count right before the rate, or the whole list before it; in a run of rates, each its own count.
pub(super) fn counted_before(scene: &Scene<'_>, at: usize, run: (usize, usize), pool: &[usize]) -> Chosen {
    let list = scene.sentence.quantities;
    let before = &pool[..pool.partition_point(|&i| i < run.0)];
    let size = run.1 - run.0;
    let Some(&last) = before.last() else { return Chosen::NONE };
    // Another rate between the count and this one has taken the count; 626人，代表股份628万股，占比0.9% is of what stands
    // right before it, though its measure is not known.
    let nearer = |q: &Quantity| q.unit == Unit::Percent || q.unit == Unit::Bare && q.depth <= list[run.0].depth;
    if list[last + 1..run.0].iter().any(nearer) {
        return Chosen::NONE;
    }
    if size > 1 {
        return before.len().checked_sub(size).map_or(Chosen::NONE, |k| Chosen::one(before[k + at - run.0]));
    }
    // 国家级3个、省级28个，占…: the list may be meant as one.
    let mut of = vec![last];
    for &i in before.iter().rev().skip(1) {
        let next = *of.last().unwrap_or(&last);
        if list[i].unit != list[last].unit || next != i + 1 || list[i].group != list[last].group {
            break;
        }
        of.push(i);
    }
    Chosen { of, together: Together::FromFirst, bound: Some(last) }
}

/// Every count of the sentence that may be a base, alone or summed with its neighbours.
pub(super) fn denominators<'p>(scene: &Scene<'_>, pool: &'p [usize]) -> Vec<Term<'p>> {
    let list = scene.sentence.quantities;
    let mut terms = Vec::with_capacity(2 * pool.len());
    terms.extend(Term::each(list, pool));
    // Neighbours of one unit: 建议30件、政协提案45件; 上年结转7件，本年新收85件; or a whole list of results.
    let mut k = 0;
    while k < pool.len() {
        let mut end = k + 1;
        while end < pool.len() && pool[end] == pool[end - 1] + 1 && list[pool[end]].unit == list[pool[k]].unit {
            end += 1;
        }
        let chunk = &pool[k..end];
        if chunk.len() > 1 {
            terms.extend(Term::sum(list, chunk));
        }
        // Within it, each list that only 、 divides.
        for run in chunk.chunk_by(|_, &b| scene.text[..list[b].lead.start].ends_with('、')) {
            if run.len() > 2 && run.len() < chunk.len() {
                terms.extend(Term::sum(list, run));
            }
        }
        for pair in chunk.windows(2) {
            if chunk.len() > 2 {
                terms.extend(Term::sum(list, pair));
            }
        }
        k = end;
    }
    // 脱贫户632户2214人、监测户41户137人: a list whose every item has a second figure of another unit.
    let next = |&last: &usize| {
        let alike = |i: &usize| {
            pool.binary_search(i).is_ok()
                && list[*i].unit == list[last].unit
                && scene.text[..list[*i].lead.start].ends_with('、')
        };
        Some(last + 2).filter(alike)
    };
    for &first in pool {
        if next(&first).is_some() {
            let of: Vec<usize> = std::iter::successors(Some(first), next).collect();
            terms.extend(Term::sum(list, of));
        }
    }
    let carried = pool.iter().copied().filter(|&i| scene.says(&list[i], Sign::Carried));
    for i in carried.take(2) {
        for &j in pool.iter().filter(|&&j| j != i && list[j].unit == list[i].unit) {
            terms.extend(Term::sum(list, vec![i, j]));
        }
    }
    terms
}
