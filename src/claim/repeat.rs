//! Repeats: the same quantity stated twice in one paragraph, and one amount given in two measures.

use std::collections::HashMap;

use super::exact::{Exact, Interval, whole};
use super::lexicon::Lexicon;
use super::quantity::{Quantity, Sentence, Unit};
use super::verdict::{Verdict, Why, Working};
use super::{CARRIED, Claim, Kind, PRIOR, Part, Role};
use crate::text::{half_width, is_han};

/// A mention of a quantity, reduced to what must be equal for two mentions to speak of the same thing.
struct Mention<'a> {
    q: &'a Quantity,
    sentence: usize,
    /// The words before the figure, without periods, scopes and fillers.
    subject: String,
    /// 全县, 全区, …: whom it is about.
    scope: Option<&'static str>,
    /// 2023年, 全年, 上半年, 截至11月底, …: which time it is about.
    period: Vec<String>,
    /// Whether 共, 累计 or the like says that it is a total.
    total: bool,
}

/// Finds the repeats of one paragraph.
pub(super) fn find(text: &str, lexicon: &Lexicon, sentences: &[Sentence], out: &mut Vec<Claim>) {
    for sentence in sentences {
        two_measures(text, lexicon, sentence, out);
    }
    let paragraph = sentences.first().map_or(0, |s| s.span.start);
    let mentions: Vec<Mention<'_>> = sentences
        .iter()
        .enumerate()
        .flat_map(|(k, s)| s.quantities.iter().filter_map(move |q| mention(text, paragraph, s, k, q)))
        .collect();
    let mut seen: HashMap<(&str, Unit), Vec<&Mention<'_>>> = HashMap::new();
    for later in &mentions {
        // The last mentions before it in the same words.
        let before = seen.entry((later.subject.as_str(), later.q.unit)).or_default();
        let earlier = before.iter().rev().take(4).find(|m| same(m, later)).copied();
        before.push(later);
        let Some(earlier) = earlier else { continue };
        let (a, b) = (earlier.q, later.q);
        let working = Working::new(a.value, b.value, a.means, b, 1);
        let verdict = if a.means.meets(&b.means) { Verdict::Agrees(working) } else { Verdict::Conflicts(working) };
        let roles = vec![Role::new(Part::After, b.span), Role::new(Part::Before, a.span)];
        out.push(Claim::new(Kind::Repeat, b.span, roles, verdict).firm(false));
    }
}

/// Fewer characters than this name too little: 办结案件 is said of many things in one paragraph.
const SHORTEST: usize = 5;
/// So many characters name a thing so closely that a second mention need not say that it is the total.
const WORDY: usize = 8;

const SCOPES: &[&str] = &[
    "全国",
    "全省",
    "全市",
    "全县",
    "全区",
    "全镇",
    "全州",
    "全盟",
    "全旗",
    "全局",
    "全系统",
    "市本级",
    "县本级",
    "区本级",
    "省本级",
    "本级",
    "中院",
    "本院",
    "我院",
    "我省",
    "我市",
    "我县",
    "我区",
    "我局",
    "我镇",
];
const FILLERS: &[&str] = &[
    "截至",
    "通过",
    "发挥",
    "的",
    "截止",
    "共计",
    "累计",
    "总计",
    "合计",
    "共",
    "已经",
    "已",
    "先后",
    "目前",
    "截至目前",
    "其中",
    "另外",
    "此外",
    "同时",
    "了",
];
const TIMES: &[&str] = &[
    "今年以来",
    "本年度",
    "全年",
    "今年",
    "本年",
    "年内",
    "上半年",
    "下半年",
    "一季度",
    "二季度",
    "三季度",
    "四季度",
    "前三季度",
    "去年",
    "上年",
    "本次会议",
    "会上",
];

fn mention<'a>(text: &str, paragraph: usize, sentence: &Sentence, k: usize, q: &'a Quantity) -> Option<Mention<'a>> {
    if !matches!(q.unit, Unit::Counter(_)) || q.masked || q.chinese || q.hedge.is_some() || q.depth > 0 {
        return None;
    }
    let own = q.lead.of(text).trim();
    // Behind a 、 or another figure the words are only the end of a list; behind a colon, the list of a named subject.
    let before = &text[sentence.span.start..q.lead.start];
    if before.ends_with('、') || before.chars().next_back().is_some_and(|c| !",，；;".contains(c)) {
        return None;
    }
    let mut words: String = own.chars().map(half_width).filter(|c| !c.is_whitespace()).collect();
    let mut period = Vec::new();
    for source in [before, own] {
        period.extend(TIMES.iter().filter(|t| source.contains(**t)).map(|t| (*t).to_owned()));
        period.extend(dates(source));
    }
    // A part belongs to whatever total was named before it.
    if own.contains("其中") {
        return None;
    }
    if PRIOR.iter().chain(CARRIED).any(|w| own.contains(w) && !matches!(*w, "去年" | "上年")) {
        return None;
    }
    period.sort();
    period.dedup();
    // 今年以来 holds 今年: the longer word says it.
    let longer: Vec<String> = period.clone();
    period.retain(|p| !longer.iter().any(|o| o != p && o.contains(p.as_str())));
    for date in dates(&words) {
        words = words.replace(&date, "");
    }
    for word in TIMES {
        words = words.replace(word, "");
    }
    if let Some(own) = SCOPES.iter().copied().find(|s| words.contains(s)) {
        words = words.replace(own, "");
    }
    // A scope holds until the next one.
    let told = &text[paragraph..q.span.start];
    let scope = SCOPES
        .iter()
        .copied()
        .filter_map(|s| told.rfind(s).map(|at| (at, s)))
        .max_by_key(|&(at, s)| (at, s.len()))
        .map(|(_, s)| s);
    let total = ["共", "累计", "总计"].iter().any(|w| words.contains(w));
    for filler in FILLERS {
        words = words.replace(filler, "");
    }
    let subject: String = words.chars().filter(|c| is_han(*c)).collect();
    (subject.chars().count() >= SHORTEST).then_some(Mention { q, sentence: k, subject, scope, period, total })
}

/// 2023年, 11月底, 10月31日, as they stand.
fn dates(words: &str) -> Vec<String> {
    let chars: Vec<char> = words.chars().map(half_width).collect();
    let mut out = Vec::new();
    let mut i = 0;
    while i < chars.len() {
        let digits = chars[i..].iter().take_while(|c| c.is_ascii_digit()).count();
        if digits > 0 {
            let mut end = i + digits;
            while end < chars.len() && (chars[end].is_ascii_digit() || "年月日底末初度份".contains(chars[end]))
            {
                end += 1;
            }
            if end > i + digits {
                out.push(chars[i..end].iter().collect());
            }
            i = end;
        } else {
            i += 1;
        }
    }
    out
}

/// Whether two mentions speak of the same thing, as far as the text proves.
fn same(a: &Mention<'_>, b: &Mention<'_>) -> bool {
    let told = a.period == b.period && a.scope == b.scope;
    // The second mention may leave out whom and when, if it says in another sentence that it is the total.
    let wordy = b.subject.chars().count() >= WORDY && b.period.is_empty();
    let shortened = a.total
        && (b.total || wordy)
        && a.sentence != b.sentence
        && b.period.iter().all(|p| a.period.contains(p))
        && (b.scope.is_none() || a.scope == b.scope);
    told && (a.sentence != b.sentence || a.total || !a.period.is_empty())
        && (a.scope.is_some() || !a.period.is_empty() || a.total)
        || shortened
}

/// 1.8亿元（即18000万元）, 4.5万亩，折合3000公顷: one amount in two measures.
fn two_measures(text: &str, lexicon: &Lexicon, sentence: &Sentence, out: &mut Vec<Claim>) {
    let class = |word: &str| lexicon.class(word).map(Unit::Counter);
    for pair in sentence.quantities.windows(2) {
        let (a, b) = (&pair[0], &pair[1]);
        if a.masked || b.masked {
            continue;
        }
        let between = &text[a.span.end..b.span.start];
        let plain = |c: char| !is_han(c) && !c.is_ascii_alphanumeric();
        let says = |w: &str| between.trim_matches(plain).strip_suffix('约').unwrap_or(between.trim_matches(plain)) == w;
        let bracket = b.depth == a.depth.saturating_add(1)
            && (says("即") || says("合") || says("折合") || says("") && a.scale != b.scale);
        let inline = says("折合") || says("即") || says("约合") || says("合");
        if !(bracket || inline) {
            continue;
        }
        let factor = if a.unit == b.unit && a.unit == class("元").unwrap_or(Unit::Bare) {
            whole(1)
        } else if Some(a.unit) == class("亩") && Some(b.unit) == class("公顷") {
            Exact::new(1, 15)
        } else if Some(a.unit) == class("公顷") && Some(b.unit) == class("亩") {
            whole(15)
        } else if Some(a.unit) == class("平方公里") && Some(b.unit) == class("公顷") {
            whole(100)
        } else if Some(a.unit) == class("吨") && Some(b.unit) == class("公斤") {
            whole(1000)
        } else {
            continue;
        };
        if a.scale == b.scale && factor == whole(1) {
            continue; // Two sums of one measure are no conversion.
        }
        let converted = Interval { lo: a.means.lo * factor, hi: a.means.hi.map(|h| h * factor) };
        let working = Working::new(a.value * factor, b.value, converted, b, 1);
        let roles = vec![Role::new(Part::After, b.span), Role::new(Part::Before, a.span)];
        // 约 in a conversion rounds; a tenth either way would hide a wrong factor of ten only.
        let verdict = if converted.meets(&b.means.widened(b.ulp)) {
            Verdict::Agrees(working)
        } else {
            Verdict::Conflicts(working)
        };
        let verdict = if converted.hi.is_none() { Verdict::Unknown(Why::Ambiguous) } else { verdict };
        out.push(Claim { derived: true, ..Claim::new(Kind::Repeat, b.span, roles, verdict).firm(false) });
    }
}
