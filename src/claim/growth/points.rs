//! Rates compared in points: 达到97.6%，较上年的95.2%提高2.4个百分点; 增长5.8%，高于全省平均增速（5.2%）0.6个百分点.

use super::pairs::{Pair, Way, difference, growth, run, way};
use crate::claim::exact::{Interval, half, whole};
use crate::claim::quantity::{Quantity, Unit};
use crate::claim::verdict::{Fit, Verdict, Why, Working, fit};
use crate::claim::{Claim, Kind, Part, Role, Scene};
use crate::text::{WordList, words};

/// Words of one rate among several, or of several at once.
const SEVERAL: WordList =
    WordList::new(&["其中", "分别", "各", "均为", "均达", "均较", "均比", "均高", "均低", "均提", "均上", "均下"]);

/// Two rates and what the words say of them.
struct Compared {
    now: usize,
    then: usize,
    /// Where the words put the first against the second.
    way: Way,
    /// Whether it is the size that moved: 降幅扩大, 增幅收窄.
    sized: bool,
    /// Whether both are said to be falls (降幅比一季度（7.2%）…).
    falls: bool,
    /// Whether the words may speak of another rate than the one right before.
    vague: bool,
}

/// The stated difference `at` of two rates that the words bind to it; nothing where they bind none.
pub(super) fn compared(scene: &Scene<'_>, at: usize, pairs: &[Pair]) -> Option<Claim> {
    if scene.sentence.quantities[at].masked {
        return None;
    }
    let found = against(scene, at)
        .or_else(|| followed(scene, at))
        .or_else(|| beside(scene, at))
        .or_else(|| arrived(scene, at))?;
    judge(scene, at, &found, pairs)
}

/// Whether a figure is a rate that is printed as one: 95.2%, not 九成, 95%以上 or -2.3%.
fn is_rate(scene: &Scene<'_>, i: usize, at: usize) -> bool {
    scene.sentence.quantities[i].hedge.is_none() && is_printed(scene, i, at)
}

/// The same with any hedge.
fn is_printed(scene: &Scene<'_>, i: usize, at: usize) -> bool {
    let q = &scene.sentence.quantities[i];
    q.unit == Unit::Percent
        && !q.masked
        && !q.chinese
        && q.group == scene.sentence.quantities[at].group
        && q.span.of(scene.text).ends_with(['%', '％'])
        && !scene.text[..q.span.start].ends_with(['-', '－', '—', '–', '−', '负', '~', '～'])
}

/// Whether the hedge of a rate is the comparison with it: 高于90%的目标3.7个百分点.
fn than_itself(scene: &Scene<'_>, q: &Quantity) -> bool {
    let hedge = scene.text.get(q.said.start..q.span.start).map(str::trim);
    matches!(hedge, Some("高于" | "低于")) && q.said.end == q.span.end
}

/// 97.6%，较上年的95.2%提高…, 97.6%，比上年（95.2%）提高…, 5.8%，低于全省平均增速（5.2%）…: the earlier or the other
/// rate right before the difference, and the rate that is compared with it before that.
fn against(scene: &Scene<'_>, at: usize) -> Option<Compared> {
    let (list, text) = (scene.sentence.quantities, scene.text);
    let q = &list[at];
    let then = at.checked_sub(1)?;
    if !is_printed(scene, then, at) || list[then].hedge.is_some() && !than_itself(scene, &list[then]) {
        return None;
    }
    let last = (0..then).rev().find(|&i| list[i].depth <= q.depth)?;
    // 增长5.8%，居全省第4位，高于…; 5.8%，高于全省（5.2%）0.6个百分点，低于…: what is said of the rate in between.
    let now = match list[last].unit {
        Unit::Rank => last.checked_sub(1)?,
        Unit::Points => against(scene, last).map(|c| c.now).or(last.checked_sub(1))?,
        _ => last,
    };
    let bracketed = list[then].depth == q.depth + 1;
    if !is_rate(scene, now, at) || list[now].depth != q.depth || !bracketed && list[then].depth != q.depth {
        return None;
    }
    let gap = text.get(list[last].span.end..list[then].span.start)?;
    let (outer, inner) = if bracketed { gap.rsplit_once(['（', '('])? } else { (gap, "") };
    // （全国5.2%、全省5.6%）: which of them is meant, nothing says.
    if list[then - 1].span.end > list[last].span.end + outer.len() || inner.contains(['，', '；', '、']) {
        return None;
    }
    let outside = outer.rsplit(['）', ')']).next()?;
    let mut clauses = outside.rsplit(['，', ',']);
    let clause = clauses.next()?.trim();
    if clauses.count() > 1 {
        return None;
    }
    let behind = text.get(list[then].span.end..q.said.start)?.trim();
    let behind = if bracketed { behind.strip_prefix(['）', ')'])?.trim_start() } else { behind };
    let (subject, than, other) = comparison(clause, behind)?;
    let (to, sized) = match than {
        "高于" | "快于" | "低于" | "慢于" | "高出" => {
            // 高于60%的要求3.9个百分点
            let ended = behind.is_empty() || behind.starts_with('的') && behind.chars().count() <= 8;
            if !ended || behind.contains(['，', '、']) {
                return None;
            }
            (if matches!(than, "高于" | "快于" | "高出") { Way::Up } else { Way::Down }, false)
        }
        _ => moved(behind)?,
    };
    // 比上年提高2.1%，提高…: a change is no rate to compare with; 比上年增长的6.8%, 全省平均增速 are.
    let named = words!["的", "增速", "增幅", "降幅", "增长率", "水平", "为"].ends(other).is_some();
    if way(other).is_some() && !named || words!["提高", "降低", "提升", "达到", "增至", "降至"].is_in(other)
    {
        return None;
    }
    let lead = scene.lead(&list[now]);
    let (subject, of_growth, of_fall) = bare_subject(subject);
    let fell = way(lead).is_some_and(|(to, _)| to == Way::Down);
    let own = subject.is_empty() || subject.chars().count() > 1 && lead.contains(subject);
    if !own || of_fall && !fell || of_growth && way(lead).is_none() {
        return None;
    }
    let other_fell = way(inner).or(way(other)).is_some_and(|(to, _)| to == Way::Down);
    if fell != (other_fell || of_fall) {
        return None;
    }
    let vague = [lead, clause, scene.clause(q)].iter().any(|w| SEVERAL.is_in(w)) || run(scene, now).len() > 1;
    Some(Compared { now, then, way: to, sized, falls: fell, vague })
}

/// What may stand behind the place or the time of a rate without saying another one.
const PLAIN: &[&str] = &["", "末", "底", "平均", "水平", "平均水平", "平均值", "均值", "增速", "平均增速"];

/// 97.6%，同比提高2.4个百分点，上年为95.2%; 高于全省平均水平0.6个百分点（全省为5.2%）: the other rate right behind.
fn followed(scene: &Scene<'_>, at: usize) -> Option<Compared> {
    let (list, text) = (scene.sentence.quantities, scene.text);
    let q = &list[at];
    let (now, then) = (at.checked_sub(1)?, at + 1);
    let rates = then < list.len() && is_rate(scene, then, at) && is_rate(scene, now, at);
    if !rates || list[now].depth != q.depth {
        return None;
    }
    let mut clauses = text.get(list[now].span.end..q.said.start)?.rsplit(['，', ',']);
    let clause = clauses.next()?.trim();
    if clauses.count() > 1 {
        return None;
    }
    let (other, to, sized) = match comparison(clause, "") {
        Some(("", "高于" | "快于" | "高出", other)) => (other, Way::Up, false),
        Some(("", "低于" | "慢于", other)) => (other, Way::Down, false),
        _ => {
            let (to, sized, before) = move_behind(clause)?;
            // 增速较1—5月加快
            let (subject, other) = comparison(before, "").map_or(("", before), |(subject, _, other)| (subject, other));
            let (subject, of_growth, of_fall) = bare_subject(subject);
            if !subject.is_empty() || of_fall || of_growth && way(scene.lead(&list[now])).is_none() {
                return None;
            }
            (other, to, sized)
        }
    };
    // 上年为95.2%, （2020年为58.9%）, （全省平均5.2%）: what it was compared with, and no other figure with it.
    let between = text.get(q.span.end..list[then].span.start)?.trim_start_matches(['，', ',', '（', '(']).trim();
    let named = words!["为", "是"].cut_end(between).unwrap_or(between);
    let last_year = |words: &str| matches!(words, "上年" | "去年" | "上年同期" | "去年同期" | "上一年");
    let same = last_year(named) && (last_year(other) || matches!(other, "同比" | ""))
        || named.chars().count() > 1 && other.strip_prefix(named).is_some_and(|rest| PLAIN.contains(&rest));
    let fell = way(scene.lead(&list[now])).is_some_and(|(to, _)| to == Way::Down);
    if !same || fell {
        return None;
    }
    let lead = scene.lead(&list[now]);
    let vague = SEVERAL.is_in(lead) || SEVERAL.is_in(clause) || run(scene, now).len() > 1;
    Some(Compared { now, then, way: to, sized, falls: false, vague })
}

/// 1—4月下降5.6%，而一季度为下降7.2%，降幅收窄1.6个百分点: two growths or two falls, of an earlier period and of a longer
/// one.
fn beside(scene: &Scene<'_>, at: usize) -> Option<Compared> {
    let (list, text) = (scene.sentence.quantities, scene.text);
    let q = &list[at];
    let (now, then) = (at.checked_sub(2)?, at - 1);
    let alike = |i: usize| is_rate(scene, i, at) && list[i].depth == q.depth;
    if !alike(now) || !alike(then) || q.clause > list[then].clause + 1 || list[then].clause != list[now].clause + 1 {
        return None;
    }
    let (subject, change) = scene.lead(q).split_at_checked("降幅".len())?;
    let of_fall = match subject {
        "降幅" | "跌幅" => true,
        "增速" | "增幅" | "涨幅" => false,
        _ => return None,
    };
    let (to, sized) = moved(change)?;
    let head = scene.lead(&list[then]);
    let head = head.strip_prefix(['而', '但']).unwrap_or(head);
    let period = words!["上年同期", "去年同期", "上年", "去年", "一季度", "上半年", "前三季度"].begins(head)?;
    let said = head[period.len()..].trim_start_matches(['则', '为', '是']);
    let fell = |to: Way| to == Way::Down;
    let ((then_to, rest), (now_to, _)) = (way(said)?, way(scene.lead(&list[now]))?);
    if !rest.is_empty() || fell(then_to) != of_fall || fell(now_to) != of_fall || scene.is_prior(&list[now]) {
        return None;
    }
    // 一季度 is the earlier one of 1—4月, 上半年 and 全年.
    let begun = &text[scene.sentence.span.start..list[now].span.start];
    let longer = words!["1—", "1-", "1－", "1至", "1～", "1~", "上半年", "前三季度", "全年"];
    let later = matches!(period, "上年同期" | "去年同期" | "上年" | "去年")
        || longer.is_in(begun) && !begun.contains(period) && !words!["上年", "去年", "同期"].is_in(begun);
    // 增速加快 compares two growths, 降幅扩大 the size of two falls.
    later.then_some(Compared { now, then, way: to, sized: sized || of_fall, falls: of_fall, vague: false })
}

/// 由上年的95.2%提高2.4个百分点，达到97.6%: the rate that the move leads to right behind it.
fn arrived(scene: &Scene<'_>, at: usize) -> Option<Compared> {
    let (list, text) = (scene.sentence.quantities, scene.text);
    let q = &list[at];
    let (then, now) = (at.checked_sub(1)?, at + 1);
    let alike = |i: usize| is_rate(scene, i, at) && list[i].depth == q.depth;
    if now >= list.len() || !alike(then) || !alike(now) || list[then].clause != q.clause {
        return None;
    }
    let behind = text.get(q.said.end..list[now].span.start)?.trim_start_matches(['，', ',']).trim();
    if !matches!(behind, "达到" | "达" | "至" | "到" | "升至" | "降至" | "增至" | "提高到" | "下降到" | "上升到")
    {
        return None;
    }
    let (to, sized) = moved(text.get(list[then].span.end..q.said.start)?)?;
    let begun = text.get(scene.sentence.clauses.get(q.clause)?.start..list[then].span.start)?;
    let from = begun.rfind(['由', '从', '比', '较'])?;
    let (subject, other) = begun.split_at(from);
    let (_, _, of_fall) = bare_subject(subject);
    if way(other).is_some() && !other.ends_with('的') || other.chars().count() > 14 {
        return None;
    }
    let vague = SEVERAL.is_in(begun) || run(scene, now).len() > 1 || run(scene, then).len() > 1;
    Some(Compared { now, then, way: to, sized: sized || of_fall, falls: of_fall, vague })
}

/// The words before a comparison, its word, and what it compares with (增速|比|上年的), of a clause that is cut off by the
/// rate that the words `behind` follow.
fn comparison<'t>(clause: &'t str, behind: &str) -> Option<(&'t str, &'static str, &'t str)> {
    let parted = |at: usize, word: &'static str| (clause[..at].trim(), word, clause[at + word.len()..].trim());
    if let Some((at, word)) = words!["高于", "低于", "快于", "慢于", "高出"].find(clause) {
        return Some(parted(at, word));
    }
    // 与上年的55.1%相比提高…
    if behind.starts_with("相比") {
        return clause.find('与').map(|at| parted(at, "与"));
    }
    let (at, c) = clause.char_indices().rev().find(|&(at, c)| {
        let behind = &clause[at + c.len_utf8()..];
        c == '较' || c == '比' && !behind.starts_with(['重', '例', '率', '较']) && !names_a_share(&clause[..at])
    })?;
    // 比较 is an adverb, 占比较上年 none.
    let adverb = c == '较' && clause[..at].strip_suffix('比').is_some_and(|before| !names_a_share(before));
    (!adverb).then(|| parted(at, if c == '比' { "比" } else { "较" }))
}

/// Whether a 比 behind the words is the end of a noun: 占比, 同比, 环比, 百分比.
fn names_a_share(before: &str) -> bool {
    before.ends_with(['占', '同', '环', '对', '分', '相'])
}

/// The words that name what is compared, without those that say nothing of it; whether a growth is, whether a fall is.
fn bare_subject(subject: &str) -> (&str, bool, bool) {
    let (mut rest, mut of_growth, mut of_fall) = (subject, false, false);
    let idle = words!["同比", "虽然", "虽", "但", "也", "仍", "已", "且", "并", "而", "总体", "整体", "还"];
    let growths = words!["增速", "增幅", "涨幅", "增长率"];
    let falls = words!["降幅", "跌幅"];
    loop {
        if let Some(word) = idle.begins(rest) {
            rest = &rest[word.len()..];
        } else if let Some(before) = idle.cut_end(rest) {
            rest = before;
        } else if let Some(before) = growths.cut_end(rest) {
            (rest, of_growth) = (before, true);
        } else if let Some(before) = falls.cut_end(rest) {
            (rest, of_fall) = (before, true);
        } else {
            return (rest, of_growth, of_fall);
        }
    }
}

/// The move that the words say and nothing else: 提高了, 又加快, 收窄; whether it is one of size.
fn moved(words: &str) -> Option<(Way, bool)> {
    let mut rest = words.trim_start_matches(['，', ',', ' ']);
    let idle = words![
        "进一步",
        "大幅",
        "明显",
        "略有",
        "略",
        "小幅",
        "有所",
        "相比",
        "同比",
        "又",
        "再",
        "仍",
        "还",
        "已",
        "也",
        "仅"
    ];
    while let Some(word) = idle.begins(rest) {
        rest = rest[word.len()..].trim_start();
    }
    let (to, sized, before) = move_behind(rest)?;
    before.is_empty().then_some((to, sized))
}

/// The move that the words end with, whether it is one of size, and the words before it.
fn move_behind(words: &str) -> Option<(Way, bool, &str)> {
    let words = words.strip_suffix('了').unwrap_or(words);
    let sizes = [(words!["扩大", "加深"], Way::Up), (words!["收窄", "缩小"], Way::Down)];
    if let Some((before, to)) = sizes.iter().find_map(|&(list, to)| Some((list.cut_end(words)?, to))) {
        return Some((to, true, before));
    }
    if let Some((to, before)) = way(words) {
        return Some((to, false, before));
    }
    let moves = [
        (words!["加快", "回升", "高出", "高", "快", "多", "上调", "升高", "走高"], Way::Up),
        (words!["放缓", "减缓", "低", "慢", "少", "下调", "走低"], Way::Down),
    ];
    moves.iter().find_map(|&(list, to)| Some((to, false, list.cut_end(words)?)))
}

fn judge(scene: &Scene<'_>, at: usize, c: &Compared, pairs: &[Pair]) -> Option<Claim> {
    let list = scene.sentence.quantities;
    let q = &list[at];
    let mut pair = Pair::of(list, c.then, c.now);
    let then = &list[c.then];
    if then.hedge.is_some() {
        pair.before.means = Interval::around(then.value, half(then.ulp));
    }
    let up = list[c.now].value > list[c.then].value;
    let moved = if up { Way::Up } else { Way::Down };
    let size = difference(&pair, moved)?;
    let claim = |verdict: fn(Working) -> Verdict, computed: Interval| {
        let roles = vec![
            Role::new(Part::Rate, q.span),
            Role::new(Part::Before, list[c.then].span),
            Role::new(Part::After, list[c.now].span),
        ];
        let working = Working::new(list[c.then].value, list[c.now].value, computed, q, 1);
        Some(Claim::new(Kind::Growth, q.span, roles, verdict(working)))
    };
    let unknown = || Some(Claim::unknown(Kind::Growth, q.span, Why::Ambiguous));
    // The lower of two falls is the higher growth: a word of height may mean either.
    let either = c.falls && !c.sized;
    let along = either || c.way == moved;
    if q.unit == Unit::Percent {
        let relative = growth(&pair, moved)?;
        // 较上年的95.2%提高2.4%: the difference, and no growth of the rate as it is printed, is one of points.
        let in_points = size.at == q.value && fit(&Interval::point(relative.at), q) == Fit::Off;
        return match fit(&relative, q) {
            _ if !along || c.vague => None,
            _ if in_points => claim(Verdict::Conflicts, relative),
            // Neither the difference nor the growth.
            Fit::Off if fit(&size, q) == Fit::Off && !explained(scene, at, c, pairs) => {
                claim(Verdict::Conflicts, relative)
            }
            Fit::Off => None,
            Fit::Near | Fit::Fits => claim(Verdict::Agrees, relative),
        };
    }
    match fit(&size, q) {
        Fit::Fits if along => claim(Verdict::Agrees, size),
        Fit::Near if along => claim(Verdict::Near, size),
        // The other way than the words say.
        Fit::Fits if !c.vague => claim(Verdict::Conflicts, Interval::point(whole(0)).sub(&size)?),
        Fit::Off if along && !c.vague && !explained(scene, at, c, pairs) => claim(Verdict::Conflicts, size),
        _ => unknown(),
    }
}

/// Whether the difference is that of another rate of the sentence, or of two others.
fn explained(scene: &Scene<'_>, at: usize, c: &Compared, pairs: &[Pair]) -> bool {
    let list = scene.sentence.quantities;
    let q: &Quantity = &list[at];
    let fits =
        |p: &Pair| [Way::Up, Way::Down].iter().any(|&w| difference(p, w).is_some_and(|d| fit(&d, q) == Fit::Fits));
    let other = |i: usize| i != c.now && i != c.then && list[i].unit == Unit::Percent && !list[i].masked;
    pairs.iter().any(fits) || (0..at).filter(|&i| other(i)).any(|i| fits(&Pair::of(list, c.then, i)))
}
