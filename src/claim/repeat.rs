//! Repeats: the same quantity stated twice in one paragraph, and one amount given in two measures.

use std::collections::HashMap;

use super::exact::{Exact, Interval, whole};
use super::lexicon::Lexicon;
use super::quantity::{Quantity, Sentence, Sentences, Unit};
use super::verdict::{Verdict, Why, Working};
use super::{CARRIED, Claim, Kind, PRIOR, Part, Role, totals, trimmed};
use crate::text::{Span, WordList, half_width, is_han};

/// A count with words of its own before it.
struct Candidate<'a> {
    q: &'a Quantity,
    sentence: usize,
    /// What two mentions share that have the same subject.
    trace: u64,
}

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
    /// What its part of the sentence has said before it: 农村低保17866户 before 支出低保金3555万元 says whose money that is.
    topic: String,
}

/// Finds the repeats of one paragraph.
pub(super) fn find(text: &str, measures: &Measures, sentences: &Sentences, out: &mut Vec<Claim>) {
    // Nothing is said twice by one figure.
    if sentences.figures() < 2 {
        return;
    }
    let mut candidates = Vec::new();
    for (k, sentence) in sentences.iter().enumerate() {
        two_measures(text, measures, sentence, out);
        for q in sentence.quantities {
            if bears_words(text, sentence, q) {
                candidates.push(Candidate { q, sentence: k, trace: trace(text, q) });
            }
        }
    }
    // Hardly any leaves the trace of another; those that do stay in the order of the text.
    candidates.sort_by_key(|c| c.trace);
    if candidates.windows(2).all(|pair| pair[0].trace != pair[1].trace) {
        return;
    }
    let twins = candidates.chunk_by(|a, b| a.trace == b.trace).filter(|same| same.len() > 1);
    let mentions: Vec<Mention<'_>> = twins.flatten().filter_map(|c| mention(text, c)).collect();
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

/// Whom a mention is about.
const SCOPES: WordList = WordList::new(&[
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
]);
/// Words of figures that are of whatever was named before: a target, a mean, a difference.
const RELATIVE: WordList =
    WordList::new(&["目标", "任务", "计划", "预算", "相比", "较", "增加", "减少", "平均", "均", "每", "标准"]);
/// Words that say nothing of the thing.
const FILLERS: WordList = WordList::new(&[
    "截至目前",
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
    "其中",
    "另外",
    "此外",
    "同时",
    "了",
]);
/// Which time a mention is about.
const TIMES: WordList = WordList::new(&[
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
]);

/// The lowest ten bits of the characters that scopes, times, fillers and dates are written with.
const BESIDES: [u64; 16] = {
    let mut set = [0; 16];
    let lists = [SCOPES.list(), TIMES.list(), FILLERS.list(), &[DATE_MARKS]];
    let (mut list, mut nth, mut at) = (0, 0, 0);
    while list < lists.len() {
        let word = lists[list][nth].as_bytes();
        // Each is of three bytes: four of these bits are in the second, and six in the third.
        set[(word[at + 1] & 0x0f) as usize] |= 1 << (word[at + 2] & 0x3f);
        at += 3;
        if at == word.len() {
            (nth, at) = (nth + 1, 0);
        }
        if nth == lists[list].len() {
            (list, nth) = (list + 1, 0);
        }
    }
    set
};

/// Whether the character may be one of a scope, a time, a filler or a date.
fn may_be_beside(c: char) -> bool {
    let code = c as usize;
    BESIDES[code >> 6 & 0x0f] >> (code & 0x3f) & 1 == 1
}

/// What the words of a mention bear besides the name of the thing, and where: scopes, times and fillers, the longest that
/// stands at a place.
fn besides(words: &str) -> impl Iterator<Item = (usize, &'static str)> + '_ {
    let mut next = 0;
    std::iter::from_fn(move || {
        loop {
            let (at, rest) = (next, &words[next..]);
            let first = rest.chars().next()?;
            next += first.len_utf8();
            if may_be_beside(first) {
                let known = [SCOPES, TIMES, FILLERS].map(|list| list.begins(rest));
                if let Some(word) = known.into_iter().flatten().max_by_key(|word| word.len()) {
                    next = at + word.len();
                    return Some((at, word));
                }
            }
        }
    })
}

/// Whether a plain count has words of its own before it.
fn bears_words(text: &str, sentence: Sentence<'_>, q: &Quantity) -> bool {
    const ENOUGH: usize = SHORTEST * '件'.len_utf8();
    let plain = matches!(q.unit, Unit::Counter(_)) && !q.masked && !q.chinese && q.hedge.is_none() && q.depth == 0;
    // Behind a 、 or another figure the words are only the end of a list; behind a colon, the list of a named subject.
    let opens = || {
        text[sentence.span.start..q.lead.start].chars().next_back().is_none_or(|c| matches!(half_width(c), ',' | ';'))
    };
    q.lead.len() >= ENOUGH && plain && opens() && trimmed(q.lead.of(text)).len() >= ENOUGH
}

/// The measure of a count and the words before it, as far as they belong to its subject in any case: a number that two
/// mentions share which have the same subject.
fn trace(text: &str, q: &Quantity) -> u64 {
    let unit = if let Unit::Counter(class) = q.unit { class.0 } else { 0 };
    let own = q.lead.of(text).chars().filter(|&c| is_han(c) && !may_be_beside(c));
    // The multiplier is an odd number without a pattern: no two words of a paper are likely to meet.
    own.fold(unit.into(), |trace: u64, c| (trace ^ u64::from(c)).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(23))
}

/// The mention of a count by words of its own.
fn mention<'a>(text: &str, &Candidate { q, sentence, .. }: &Candidate<'a>) -> Option<Mention<'a>> {
    let own = trimmed(q.lead.of(text));
    // A part belongs to whatever total was named before it.
    let other_time = |w: &str| own.contains(w) && !matches!(w, "去年" | "上年");
    let is_of_other_time = PRIOR.is_in(own) && PRIOR.list().iter().any(|w| other_time(w));
    if own.contains("其中") || CARRIED.is_in(own) || RELATIVE.is_in(own) || is_of_other_time {
        return None;
    }
    let words = undated(own);
    let mut scope = None;
    let mut subject = String::with_capacity(words.len());
    let mut kept = 0;
    for (at, word) in besides(&words) {
        subject.push_str(&words[kept..at]);
        // 全市某系统: the scope is whom the mention is about; a second one belongs to the name.
        if SCOPES.list().contains(&word) && *scope.get_or_insert(word) != word {
            subject.push_str(word);
        }
        kept = at + word.len();
    }
    subject.push_str(&words[kept..]);
    (subject.chars().count() >= SHORTEST).then_some(Mention { q, sentence, subject })
}

/// The scopes that a paragraph names, with their ends, in text order.
fn scopes(text: &str, paragraph: Span) -> Vec<(usize, &'static str)> {
    let found = besides(paragraph.of(text)).filter(|(_, word)| SCOPES.list().contains(word));
    found.map(|(at, word)| (paragraph.start + at + word.len(), word)).collect()
}

/// Whom and when the mention of `q` is about; a scope holds until the next one.
fn told(text: &str, scopes: &[(usize, &'static str)], sentence: Sentence<'_>, q: &Quantity) -> Told {
    let words = &text[sentence.span.start..q.span.start];
    let times = besides(words).filter(|(_, word)| TIMES.list().contains(word)).map(|(_, word)| word.to_owned());
    let mut period: Vec<String> = times.chain(dates(words)).collect();
    period.sort();
    period.dedup();
    // 2023年11月底 holds 2023年: the longer word says it.
    let longer = period.clone();
    period.retain(|p| !longer.iter().any(|o| o != p && o.contains(p.as_str())));
    let own = q.lead.of(text);
    let before = scopes.partition_point(|&(end, _)| end <= q.span.start);
    let scope = before.checked_sub(1).map(|i| scopes[i].1);
    let part = text[sentence.span.start..q.lead.start].rsplit(['；', ';']).next().unwrap_or_default();
    Told { scope, period, total: totals(own) || own.contains("累计"), topic: plain(part) }
}

/// The Han characters of the words without dates, scopes, times and fillers.
fn plain(words: &str) -> String {
    let mut rest = String::with_capacity(words.len());
    let mut kept = 0;
    for (at, word) in besides(words) {
        rest.push_str(&words[kept..at]);
        kept = at + word.len();
    }
    rest.push_str(&words[kept..]);
    undated(&rest)
}

/// The Han characters of the words without those of dates.
fn undated(words: &str) -> String {
    let mut dated = false;
    let mut own = String::with_capacity(words.len());
    for c in words.chars().map(half_width) {
        dated = c.is_ascii_digit() || dated && DATE_MARKS.contains(c);
        if is_han(c) && !dated {
            own.push(c);
        }
    }
    own
}

/// What stands behind the digits of a date.
const DATE_MARKS: &str = "年月日底末初度份";

/// 2023年, 11月底, 10月31日, 1—10月, as they stand.
fn dates(words: &str) -> Vec<String> {
    let chars: Vec<char> = words.chars().map(half_width).collect();
    let mut out = Vec::new();
    let mut i = 0;
    while i < chars.len() {
        let digits = chars[i..].iter().take_while(|c| c.is_ascii_digit()).count();
        if digits > 0 {
            let mut end = i + digits;
            // 1—10月 is another time than 10月.
            let to = &chars[end..];
            if to.first().is_some_and(|c| "-—–~～至到".contains(*c)) && to.get(1).is_some_and(char::is_ascii_digit)
            {
                end += 2;
            }
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
    // Of two topics none is the other's, unless one mention opens its part of the sentence and needs none.
    if !earlier.topic.is_empty() && !later.topic.is_empty() && earlier.topic != later.topic {
        return false;
    }
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

#[cfg(test)]
mod tests {
    use aho_corasick::{AhoCorasick, MatchKind};
    use proptest::prelude::*;

    use super::*;
    use crate::claim::lexicon::ClassId;

    proptest! {
        /// Scopes, times and fillers are found from the left, the longest that stands at a place.
        #[test]
        fn leftmost_and_longest(words in "[全市本级我院今年以来度上截至目前共计已经前三季某系统、]{0,30}") {
            let all: Vec<&str> = [SCOPES, TIMES, FILLERS].iter().flat_map(|list| list.list()).copied().collect();
            let plain = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(&all).unwrap();
            let expected = plain.find_iter(&words).map(|m| (m.start(), all[m.pattern().as_usize()]));
            prop_assert_eq!(besides(&words).collect::<Vec<_>>(), expected.collect::<Vec<_>>());
        }

        /// A subject leaves the trace of the words that it was taken from.
        #[test]
        fn same_subject_same_trace(lead in "[全市本级我今年以来截至底月日共计办结案件纠纷某系统1０ ]{0,30}") {
            let quantity = |lead: &str| {
                let text = format!("{lead}5件");
                let mut sentences = Sentences::default();
                let lexicon = Lexicon::new(vec![vec!["件".to_owned()]], Vec::new(), Vec::new());
                let whole = Span::new(0, text.len());
                let events = crate::text::Events::new(&text);
                sentences.read(&text, whole, events.within(whole), &lexicon);
                let last = sentences.iter().flat_map(|s| s.quantities).last().cloned();
                last.map(|q| Quantity { lead: Span::new(0, lead.len()), unit: Unit::Counter(ClassId(0)), ..q })
            };
            if let Some(q) = quantity(&lead)
                && let Some(mention) = mention(&lead, &Candidate { q: &q, sentence: 0, trace: 0 })
            {
                let subject = &mention.subject;
                let of_subject = Quantity { lead: Span::new(0, subject.len()), ..q.clone() };
                prop_assert_eq!(trace(&lead, &q), trace(subject, &of_subject));
            }
        }
    }
}
