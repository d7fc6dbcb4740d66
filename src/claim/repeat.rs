//! Repeats: the same quantity stated twice in one paragraph, and one amount given in two measures.

use std::collections::HashMap;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};

use super::exact::{Exact, Interval, whole};
use super::lexicon::Lexicon;
use super::quantity::{Quantity, Sentence, Sentences, Unit};
use super::verdict::{Verdict, Why, Working};
use super::{CARRIED, Claim, Kind, PRIOR, Part, Role, totals, trimmed};
use crate::text::{Span, half_width, is_han};

/// A mention of a quantity, reduced to what must be equal for two mentions to speak of the same thing.
struct Mention<'a> {
    q: &'a Quantity,
    sentence: usize,
    /// The words before the figure, without periods, scopes and fillers.
    subject: String,
}

/// Whom and when a mention is about.
struct Told {
    /// 全县, 全区, …: whom it is about.
    scope: Option<&'static str>,
    /// 2023年, 全年, 上半年, 截至11月底, …: which time it is about.
    period: Vec<String>,
    /// Whether 共, 累计 or the like says that it is a total.
    total: bool,
}

/// Finds the repeats of one paragraph.
pub(super) fn find(text: &str, measures: &Measures, sentences: &Sentences, out: &mut Vec<Claim>) {
    for sentence in sentences.iter() {
        two_measures(text, measures, sentence, out);
    }
    let candidates: Vec<(usize, Sentence<'_>, &Quantity)> = sentences
        .iter()
        .enumerate()
        .flat_map(|(k, s)| s.quantities.iter().map(move |q| (k, s, q)))
        .filter(|&(_, s, q)| bears_words(text, s, q))
        .collect();
    // Only what is counted in the same measure can be the same thing.
    let in_one_measure = |a: Unit| candidates.iter().filter(|(.., b)| b.unit == a).nth(1).is_some();
    let mentions: Vec<Mention<'_>> = candidates
        .iter()
        .filter(|(.., q)| in_one_measure(q.unit))
        .filter_map(|&(k, _, q)| mention(text, k, q))
        .collect();
    if mentions.len() < 2 {
        return;
    }
    // Whom and when a mention is about is asked only where another has its words.
    let mut said: HashMap<(&str, Unit), Vec<&Mention<'_>>> = HashMap::new();
    for mention in &mentions {
        said.entry((mention.subject.as_str(), mention.q.unit)).or_default().push(mention);
    }
    said.retain(|_, same| same.len() > 1);
    if said.is_empty() {
        return;
    }
    let scopes = sentences.span().map_or_else(Vec::new, |span| scopes(text, span));
    for same in said.values() {
        let told: Vec<Told> = same.iter().map(|m| told(text, &scopes, sentences.get(m.sentence), m.q)).collect();
        for later in 1..same.len() {
            // The last mentions before it in the same words.
            let close = (later.saturating_sub(4)..later).rev();
            let Some(earlier) = close.into_iter().find(|&i| agree((same[i], &told[i]), (same[later], &told[later])))
            else {
                continue;
            };
            let (a, b) = (same[earlier].q, same[later].q);
            let working = Working::new(a.value, b.value, a.means, b, 1);
            let verdict = if a.means.meets(&b.means) { Verdict::Agrees(working) } else { Verdict::Conflicts(working) };
            let roles = vec![Role::new(Part::After, b.span), Role::new(Part::Before, a.span)];
            out.push(Claim::new(Kind::Repeat, b.span, roles, verdict).firm(false));
        }
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

/// What the words of a mention may bear besides the name of the thing: [`SCOPES`], [`TIMES`] and [`FILLERS`] in turn.
static BESIDES: LazyLock<AhoCorasick> = LazyLock::new(|| {
    AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostLongest)
        .build(SCOPES.iter().chain(TIMES).chain(FILLERS))
        .expect("few short words")
});

/// Whether a plain count has words of its own before it.
fn bears_words(text: &str, sentence: Sentence<'_>, q: &Quantity) -> bool {
    if !matches!(q.unit, Unit::Counter(_)) || q.masked || q.chinese || q.hedge.is_some() || q.depth > 0 {
        return false;
    }
    // Behind a 、 or another figure the words are only the end of a list; behind a colon, the list of a named subject.
    let before = text[sentence.span.start..q.lead.start].chars().next_back();
    trimmed(q.lead.of(text)).len() >= SHORTEST * '件'.len_utf8() && before.is_none_or(|c| ",，；;".contains(c))
}

/// The mention of a count by words of its own.
fn mention<'a>(text: &str, k: usize, q: &'a Quantity) -> Option<Mention<'a>> {
    let own = trimmed(q.lead.of(text));
    // A part belongs to whatever total was named before it.
    let other_time = |w: &str| own.contains(w) && !matches!(w, "去年" | "上年");
    let is_of_other_time = PRIOR.is_in(own) && PRIOR.list().iter().any(|w| other_time(w));
    if own.contains("其中") || CARRIED.is_in(own) || is_of_other_time {
        return None;
    }
    let mut dated = false;
    let mut words = String::with_capacity(own.len());
    for c in own.chars().map(half_width) {
        dated = c.is_ascii_digit() || dated && DATE_MARKS.contains(c);
        if is_han(c) && !dated {
            words.push(c);
        }
    }
    let mut scope = None;
    let mut subject = String::with_capacity(words.len());
    BESIDES.replace_all_with(&words, &mut subject, |found, word, kept| {
        // 全市某系统: the scope is whom the mention is about; a second one belongs to the name.
        let id = found.pattern().as_usize();
        if id < SCOPES.len() && *scope.get_or_insert(id) != id {
            kept.push_str(word);
        }
        true
    });
    (subject.chars().count() >= SHORTEST).then_some(Mention { q, sentence: k, subject })
}

/// The scopes that a paragraph names, with their ends, in text order.
fn scopes(text: &str, paragraph: Span) -> Vec<(usize, &'static str)> {
    let found = BESIDES.find_iter(paragraph.of(text));
    found.filter_map(|m| Some((paragraph.start + m.end(), *SCOPES.get(m.pattern().as_usize())?))).collect()
}

/// Whom and when the mention of `q` is about; a scope holds until the next one.
fn told(text: &str, scopes: &[(usize, &'static str)], sentence: Sentence<'_>, q: &Quantity) -> Told {
    let words = &text[sentence.span.start..q.span.start];
    let times = BESIDES.find_iter(words).filter_map(|m| {
        let time = m.pattern().as_usize().checked_sub(SCOPES.len())?;
        TIMES.get(time).map(|t| (*t).to_owned())
    });
    let mut period: Vec<String> = times.chain(dates(words)).collect();
    period.sort();
    period.dedup();
    // 2023年11月底 holds 2023年: the longer word says it.
    let longer = period.clone();
    period.retain(|p| !longer.iter().any(|o| o != p && o.contains(p.as_str())));
    let own = q.lead.of(text);
    let before = scopes.partition_point(|&(end, _)| end <= q.span.start);
    Told { scope: before.checked_sub(1).map(|i| scopes[i].1), period, total: totals(own) || own.contains("累计") }
}

/// What stands behind the digits of a date.
const DATE_MARKS: &str = "年月日底末初度份";

/// 2023年, 11月底, 10月31日, as they stand.
fn dates(words: &str) -> Vec<String> {
    let chars: Vec<char> = words.chars().map(half_width).collect();
    let mut out = Vec::new();
    let mut i = 0;
    while i < chars.len() {
        let digits = chars[i..].iter().take_while(|c| c.is_ascii_digit()).count();
        if digits > 0 {
            let mut end = i + digits;
            while end < chars.len() && (chars[end].is_ascii_digit() || DATE_MARKS.contains(chars[end])) {
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

/// Whether a later mention in the words of an earlier one speaks of the same thing, as far as the text proves.
fn agree((a, earlier): (&Mention<'_>, &Told), (b, later): (&Mention<'_>, &Told)) -> bool {
    let apart = a.sentence != b.sentence;
    let same = earlier.period == later.period && earlier.scope == later.scope;
    // The second mention may leave out whom and when, if it says in another sentence that it is the total.
    let wordy = b.subject.chars().count() >= WORDY && later.period.is_empty();
    let shortened = earlier.total
        && (later.total || wordy)
        && apart
        && later.period.iter().all(|p| earlier.period.contains(p))
        && (later.scope.is_none() || earlier.scope == later.scope);
    same && (apart || earlier.total || !earlier.period.is_empty())
        && (earlier.scope.is_some() || !earlier.period.is_empty() || earlier.total)
        || shortened
}

/// The measures that amounts are converted between, as far as the lexicon knows them.
pub(super) struct Measures {
    yuan: Option<Unit>,
    mu: Option<Unit>,
    hectare: Option<Unit>,
    square_kilometre: Option<Unit>,
    tonne: Option<Unit>,
    kilogram: Option<Unit>,
}

impl Measures {
    pub(super) fn new(lexicon: &Lexicon) -> Self {
        let class = |word: &str| lexicon.class(word).map(Unit::Counter);
        Self {
            yuan: class("元"),
            mu: class("亩"),
            hectare: class("公顷"),
            square_kilometre: class("平方公里"),
            tonne: class("吨"),
            kilogram: class("公斤"),
        }
    }

    /// What an amount in the one measure is multiplied by to be one in the other.
    fn factor(&self, from: Unit, to: Unit) -> Option<Exact> {
        match (Some(from), Some(to)) {
            (a, b) if a == b => (a == self.yuan).then(|| whole(1)),
            (a, b) if a == self.mu && b == self.hectare => Some(Exact::new(1, 15)),
            (a, b) if a == self.hectare && b == self.mu => Some(whole(15)),
            (a, b) if a == self.square_kilometre && b == self.hectare => Some(whole(100)),
            (a, b) if a == self.tonne && b == self.kilogram => Some(whole(1000)),
            _ => None,
        }
    }
}

/// 1.8亿元（即18000万元）, 4.5万亩，折合3000公顷: one amount in two measures.
fn two_measures(text: &str, measures: &Measures, sentence: Sentence<'_>, out: &mut Vec<Claim>) {
    for pair in sentence.quantities.windows(2) {
        let (a, b) = (&pair[0], &pair[1]);
        if a.masked || b.masked {
            continue;
        }
        let Some(factor) = measures.factor(a.unit, b.unit) else { continue };
        if a.scale == b.scale && factor == whole(1) {
            continue; // Two sums of one measure are no conversion.
        }
        let between = &text[a.span.end..b.span.start];
        let words = between.trim_matches(|c: char| !is_han(c) && !c.is_ascii_alphanumeric());
        let words = words.strip_suffix('约').unwrap_or(words);
        let says = |w: &str| words == w;
        let bracket = b.depth == a.depth.saturating_add(1)
            && (says("即") || says("合") || says("折合") || says("") && a.scale != b.scale);
        let inline = says("折合") || says("即") || says("约合") || says("合");
        if !(bracket || inline) {
            continue;
        }
        let converted =
            Interval { lo: a.means.lo * factor, hi: a.means.hi.map(|h| h * factor), at: a.means.at * factor };
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
