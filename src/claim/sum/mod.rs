//! Sums: a total and its parts, before it or after it.

mod numbered;
mod parts;
mod whole;

use super::exact::{Interval, whole};
use super::growth::years;
use super::quantity::{Quantity, Unit};
use super::sign::Sign;
use super::verdict::{Fit, Verdict, Why, Working, fit};
use super::{CARRIED, Claim, Kind, Part, Role, Scene, among, each, totals};
use crate::text::{WordList, words};
pub(super) use numbered::totals_of_several;
use parts::{
    NEW_MATTER, OUTCOMES, as_many, deducted, left_of_more, made_up, of_two_columns, overlapping, parallel, shared,
    sibling, spent,
};

pub(super) fn find(scene: &Scene<'_>, out: &mut Vec<Claim>) {
    // Rates between the parts (1303件，占86.92%；172件，占11.47%) belong to the parts and are stepped over.
    let list = scene.sentence.quantities;
    if list.len() > 2 {
        rows(scene, out);
    }
    if list.len() > 1 {
        whole::sides(scene, out);
    }
}

/// Totals with their parts in one sentence.
fn rows(scene: &Scene<'_>, out: &mut Vec<Claim>) {
    let list = scene.sentence.quantities;
    for chinese in [false, true] {
        let is_count = |q: &Quantity| q.chinese == chinese && matches!(q.unit, Unit::Counter(_));
        if list.iter().filter(|q| is_count(q)).nth(2).is_none() {
            continue;
        }
        let mut counts = Vec::with_capacity(list.len());
        counts.extend((0..list.len()).filter(|&i| is_count(&list[i])));
        for k in 0..counts.len() {
            if let Some(claim) = whole::named(scene, &counts, k) {
                out.push(claim);
            } else if let Some(parts) = after(scene, &counts, k) {
                out.extend(judge_after(scene, counts[k], &parts));
            }
            if k > 1 && LEFT.begins(scene.lead(&list[counts[k]])).is_some() {
                out.extend(remainder(scene, &counts, k));
            }
            if let Some(parts) = before(scene, &counts, k) {
                out.extend(judge_before(scene, counts[k], &parts));
            }
        }
    }
}

/// Parts that follow their total.
struct Parts {
    of: Vec<usize>,
    /// The text says that the parts are all: 分别, a closing 其他, a list in brackets or after a colon.
    all: bool,
    /// A rest, or the plain members of a body, closes the list: a count that is far from their sum is one of a row with
    /// them, and the whole is elsewhere.
    rest: bool,
    /// The list stands in brackets or after a colon without more ado: usually all, but a rest may be left out.
    mostly: bool,
    /// The things counted are sorted one by one (18个乡镇中，…): every part counts.
    sorted: bool,
}

/// Words and marks one of which stands between a total and a list of its parts, unless the words of the parts make them
/// one.
const SIGNS: WordList =
    WordList::new(&["其中", "分别", "包括", "包含", "即", "，由", ",由", "资金来源", "（", "(", "：", ":"]);
/// Those of them that are words.
const OPENERS: WordList = WordList::new(&["其中", "分别", "包括", "包含", "即", "，由", ",由", "资金来源"]);
/// Words of a part that is what the others leave.
const REST: WordList = WordList::new(&["其他", "其它", "其余", "剩余", "余下"]);

/// Words between a count and a list which say that the list is of other things: of another period, of what 分别 adds to
/// counts or leaves them short of (18家、276家，分别新增3家和40家), or of the first in a ranking.
const APART: WordList = WordList::new(&[
    "同比",
    "较上年",
    "比上年",
    "另有",
    "此外",
    "当时",
    "下辖",
    "不含",
    "分别新增",
    "分别增",
    "分别达",
    "分别提高",
    "分别减",
    "分别下降",
    "分别较",
    "分别比",
    "分别欠",
    "分别差",
    "分别少",
    "分别多",
    "分别超",
    "居前",
    "前三位",
    "前五位",
    "前十位",
    "名列",
    "排名",
]);

/// How many characters after a total its first part begins at the latest.
const FARTHEST: usize = 60;

/// Where the first part of the count `counts[k]` may stand: the next count of its unit.
fn first_part(scene: &Scene<'_>, counts: &[usize], k: usize) -> Option<usize> {
    let list = scene.sentence.quantities;
    // 培训4批次、260人次，其中线上3批次: other counts may stand between a total and its 其中.
    (k + 1..counts.len().min(k + 4)).find(|&n| {
        let q = &list[counts[n]];
        // Right before the first part: 机构38家，床位860个，其中普惠620个；12家机构… speaks of beds.
        let opened = || words!["其中"].is_in(&scene.text[list[counts[n - 1]].span.end..q.span.start]);
        q.unit == list[counts[k]].unit && (n == k + 1 || opened())
    })
}

/// The run of parts after the count `counts[k]`, if the words open one.
fn after(scene: &Scene<'_>, counts: &[usize], k: usize) -> Option<Parts> {
    let list = scene.sentence.quantities;
    let total = &list[counts[k]];
    let start = first_part(scene, counts, k)?;
    let (first, second) = (&list[counts[start]], &list[*counts.get(start + 1)?]);
    // A second part stands right behind the first, and both in the same brackets as the total or one further in.
    let level = first.depth == total.depth || first.depth == total.depth.saturating_add(1);
    if second.unit != total.unit || second.depth < first.depth || !level {
        return None;
    }
    if total.masked || nearer(scene, counts, k, start) {
        return None;
    }
    let between = &scene.text[total.span.end..first.span.start];
    if between.len() > FARTHEST && between.chars().count() > FARTHEST {
        return None;
    }
    let (a, b) = (scene.lead(first), scene.lead(second));
    // 工作队由7人组成，设队长1名、…: what makes up the whole was named before its parts.
    let formed = scene.lead(total).ends_with('由') && words!["组成", "构成"].begins(scene.tail(total)).is_some();
    let signed = formed || SIGNS.is_in(between);
    // 全区14个镇街中，已挂牌的9个…: the things counted are sorted.
    let sorted = among(scene.tail(total)) && !a.is_empty();
    // 覆盖93个乡镇；实施“1+7+93”行动，即…: behind a semicolon only 其中 still speaks of the total.
    if between.contains(['；', ';']) && !between.contains("其中") && !sorted {
        return None;
    }
    // Without more ado no list crosses a semicolon or runs into another matter.
    if !signed && !sorted && (second.group != first.group || NEW_MATTER.begins(b).is_some()) {
        return None;
    }
    // 收到40件，受理36件，不予受理3件…: outcomes that exclude each other.
    let outcomes = || {
        // A count that bears a word of the same partition is one of the parts.
        start == k + 1
            && !a.is_empty()
            && !b.is_empty()
            && scene.lexicon.partition(&[a, b])
            && !scene.lexicon.partition(&[scene.lead(total), a, b])
    };
    // 公开61件、部分公开17件，两项合计78件；不予公开13件，无法提供36件…: what closes a list opens none by its bare words.
    let among = sorted || !CLOSING.is_in(scene.lead(total)) && outcomes();
    if !among && !signed {
        return None;
    }
    // A bracket lists the parts of the count right before it, not of one that a clause ago was divided by its noun.
    let apart = between.split(['（', '(']).next().is_some_and(|head| head.contains(['，', ',', '；', ';', '。']));
    let bracket = !apart
        && first.depth == total.depth.saturating_add(1)
        && between.trim_start_matches(|c| !matches!(c, '(' | '（')).len() > 1;
    let opened = formed || OPENERS.is_in(between);
    // 制造业10471万人，占27.3%：建筑业5809万人，占15.2%: behind a share of the count a colon only parts it from the next.
    let shared_out =
        || list.get(counts[k] + 1).is_some_and(|q| q.unit == Unit::Percent && q.span.end < first.span.start);
    let colon = between.contains(['：', ':']) && !bracket && !shared_out();
    if !(opened || bracket || colon || among) || first.depth < total.depth || scene.is_prior(first) {
        return None;
    }
    if first.depth > total.depth && !bracket {
        return None;
    }
    if APART.is_in(between) || bracket && is_of_one_year(between, b) {
        return None;
    }
    // 即由5个达标增加到6个达标: a count and what became of it.
    let becomes = words!["由", "从"].is_in(a)
        && words!["到", "至", "为", "成"].is_in(&scene.text[first.span.end..second.span.start]);
    if becomes {
        return None;
    }
    let mut of = Vec::new();
    let mut rest = None;
    for &i in &counts[start..] {
        let q = &list[i];
        let lead = scene.lead(q);
        let later = !of.is_empty();
        let broken = q.depth < first.depth
            || q.group != first.group && !listed_by_semicolon(scene, &of, i)
            || (later && scene.says(q, Sign::Among));
        let closing = || {
            (q.signs.may(Sign::Total) || q.signs.may(Sign::Compares))
                && words!["共", "合计", "总计", "同比", "较上", "比上"].is_in(lead)
        };
        let another = (among || of.len() > 1 && words!["新增", "另"].begins(lead).is_some())
            && later
            && NEW_MATTER.begins(lead).is_some();
        let crossed = among && q.group != first.group;
        if another || crossed || q.unit != total.unit || broken || (later && closing()) || scene.is_prior(q) {
            break;
        }
        // Gains and losses do not add, a mean is no part, and 含…8人 repeats what was counted.
        if scene.says(q, Sign::Signed) || lead.starts_with('含') {
            return None;
        }
        if q.depth > first.depth {
            continue;
        }
        of.push(i);
        if rest.is_none() && REST.begins(lead).is_some() {
            rest = Some(of.len());
        }
    }
    // 两期，其中一期1240万元、二期1620万元: the first and the second, and no parts.
    let ordinal = |(n, &i): (usize, &usize)| i128::try_from(n + 1).is_ok_and(|n| list[i].value == whole(n));
    if of.len() < 2 || total.chinese && of.iter().enumerate().all(ordinal) {
        return None;
    }
    // 其他 closes a list, unless what follows it is a part as well: 其他结果14件、尚未审结8件.
    if let Some(closed) = rest {
        let adds_up = |&end: &usize| sum(list, &of[..end]).is_some_and(|s| fit(&s, total) == Fit::Fits);
        let runs_on = of.get(closed).is_some_and(|&i| scene.text[..list[i].lead.start].ends_with('、'));
        let end = if runs_on { of.len() } else { closed };
        of.truncate((closed..=of.len()).find(adds_up).unwrap_or(end));
        if of.len() < 2 {
            return None;
        }
    }
    // 43人，按岗位分三类：管理岗位9人、…: as many parts as the words say there are kinds, and no other.
    let kinds = numbered::kinds(scene, total, between);
    let mark = |i: usize| scene.text[..list[i].lead.start].chars().next_back().map(crate::text::half_width);
    let ended = |n: usize| of.len() == n || of.len() > n && mark(of[n]) != mark(of[1]);
    let sorted_out = match kinds {
        Some(n) if n > 1 && ended(n) && of[1..n].iter().all(|&i| mark(i) == mark(of[1])) => {
            of.truncate(n);
            true
        }
        _ => false,
    };
    let rest = rest.is_some();
    let composed =
        between.contains('由') && words!["组成", "构成"].is_in(&scene.text[total.span.end..scene.sentence.span.end]);
    // 设组长1名、副组长2名、联络员1名 may leave the plain members out.
    let members = words!["成员", "队员", "委员", "组员", "审判员", "陪审员"];
    let manned = formed && of.last().is_some_and(|&i| members.ends(scene.lead(&list[i])).is_some());
    let all_named = || {
        let includes = colon && between.contains("包括") && !between.contains("其中");
        includes || between.contains('即') || deals_out(scene, total, between)
    };
    let all = rest || composed || manned || sorted_out || opened && all_named();
    let sources = between.contains("资金来源")
        && !words!["不足部分", "缺口", "差额"]
            .is_in(&scene.text[list[of[of.len() - 1]].span.end..scene.sentence.span.end]);
    // 主要用于道路300万元、…: the others go unnamed.
    // 检查企业120家，问题分三类：…: kinds of something else.
    if kinds.is_none() && numbered::says_kinds(between) {
        return None;
    }
    let some = colon && words!["其中", "主要"].is_in(between) || between.contains("其中") || between.contains('含');
    let mostly = (bracket || colon && (sorted_out || kinds.is_none()) || sources) && !some;
    // A bracket list is closed by its bracket: parts that run on behind it are none.
    Some(Parts { of, all, rest: rest || manned, mostly, sorted: among })
}

/// Whether a bracket tells of one year by name, and so is set against the count before it: 疏浚120公里（2025年完成112公里，在建6公里）.
/// Where its next part names a year as well (`lead`), the years are the parts.
fn is_of_one_year(between: &str, lead: &str) -> bool {
    let Some((_, inside)) = between.split_once(['（', '(']) else { return false };
    let Some((year, said)) = inside.split_once('年') else { return false };
    let named = year.trim().chars().count() == 4 && years(&inside[..inside.len() - said.len()]).next().is_some();
    named && words!["完成", "建成", "实际", "实现", "已", "为"].begins(said).is_some() && !lead.contains('年')
}

/// Whether the 分别 between a total and its parts deals the total out: where others are named before it (检查酒店62家，学校、
/// 养老机构分别为54家和34家), only what is called a total is theirs.
fn deals_out(scene: &Scene<'_>, total: &Quantity, between: &str) -> bool {
    let Some(at) = between.find("分别") else { return false };
    let clause = between[..at].rsplit(['，', ',', '：', ':', '（', '(']).next().unwrap_or_default().trim();
    let named = !matches!(clause, "" | "各" | "其中");
    // 企业43家，其中从事茶叶和油茶加工的分别有11家和16家: those that 其中 names may be some of them.
    !named || totals(scene.lead(total)) && !between.contains("其中")
}

/// 企业2168户；个体户7512户；合作社94户: every part so far, and this one, stands behind a semicolon.
fn listed_by_semicolon(scene: &Scene<'_>, of: &[usize], i: usize) -> bool {
    let list = scene.sentence.quantities;
    let semicolon = |i: usize| scene.text[..list[i].lead.start].ends_with(['；', ';']);
    semicolon(i) && of.iter().skip(1).all(|&k| semicolon(k))
}

/// Whether another count of the unit stands between the total and the first part.
fn nearer(scene: &Scene<'_>, counts: &[usize], k: usize, start: usize) -> bool {
    let list = scene.sentence.quantities;
    counts[k + 1..start].iter().any(|&i| list[i].unit == list[counts[k]].unit)
}

fn sum(list: &[Quantity], of: &[usize]) -> Option<Interval> {
    let (first, rest) = of.split_first()?;
    rest.iter().try_fold(list[*first].means, |acc, &i| acc.add(&list[i].means))
}

fn claim(scene: &Scene<'_>, total: usize, of: &[usize], verdict: Verdict, firm: bool) -> Claim {
    let list = scene.sentence.quantities;
    let mut roles = vec![Role::new(Part::Total, list[total].span)];
    roles.extend(of.iter().map(|&i| Role::new(Part::Addend, list[i].span)));
    Claim::new(Kind::Sum, list[total].span, roles, verdict).firm(firm)
}

fn working(list: &[Quantity], total: usize, sum: Interval, tried: usize) -> Working {
    Working::new(sum.at, list[total].value, sum, &list[total], tried)
}

/// Whether every figure is printed without a hedge.
fn firm(list: &[Quantity], total: usize, of: &[usize]) -> bool {
    list[total].hedge.is_none() && of.iter().all(|&i| list[i].hedge.is_none())
}

fn judge_after(scene: &Scene<'_>, total: usize, parts: &Parts) -> Option<Claim> {
    let list = scene.sentence.quantities;
    let t = &list[total];
    let of = &parts.of;
    if of.iter().any(|&i| list[i].masked) {
        return Some(claim(scene, total, of, Verdict::Unknown(Why::Masked), false));
    }
    if let Some(claim) = dealt_out(scene, total, of) {
        return Some(claim);
    }
    // 18个项目，分别为7个、5个和6个，上半年开工12个，下半年开工6个: the same things are parted twice.
    let parts_twice = (2..of.len() - 1).find(|&end| {
        [&of[..end], &of[end..]].iter().all(|run| sum(list, run).is_some_and(|s| fit(&s, t) == Fit::Fits))
    });
    if let Some(end) = parts_twice {
        let s = sum(list, &of[..end])?;
        return Some(claim(scene, total, &of[..end], Verdict::Agrees(working(list, total, s, 1)), true));
    }
    // The list may run on into another matter: a first stretch of it that adds up settles the claim.
    for end in (2..=of.len()).rev() {
        let s = sum(list, &of[..end])?;
        match fit(&s, t) {
            Fit::Fits if end == of.len() || !(parts.sorted || parts.all) => {
                return Some(claim(scene, total, &of[..end], Verdict::Agrees(working(list, total, s, 1)), true));
            }
            Fit::Near if end == of.len() => {
                return Some(claim(scene, total, of, Verdict::Near(working(list, total, s, 1)), true));
            }
            _ => {}
        }
    }
    let s = sum(list, of)?;
    // 受理520件，审结498件，其中…: 其中 may speak of an earlier count.
    let earlier = |s: &Interval| {
        // 签约10个以上的有4个地区，分别是16个、14个…: a threshold is no total.
        let same = |i: &usize| {
            let q = &list[*i];
            q.unit == t.unit && q.chinese == t.chinese && q.means.hi.is_some()
        };
        (0..total).rev().filter(same).find(|&i| fit(s, &list[i]) == Fit::Fits)
    };
    if let Some(other) = earlier(&s) {
        return Some(claim(scene, other, of, Verdict::Agrees(working(list, other, s, 2)), true));
    }
    // 共412处，水务集团管护229处，物业管理151处，其余32处: the count before the list is the first part of an earlier one.
    if let Some(all) = s.add(&t.means)
        && let Some(whole) = earlier(&all)
    {
        let of: Vec<usize> = std::iter::once(total).chain(of.iter().copied()).collect();
        return Some(claim(scene, whole, &of, Verdict::Agrees(working(list, whole, all, 2)), true));
    }
    let tried = of.len() - 1;
    let conflict =
        || Some(claim(scene, total, of, Verdict::Conflicts(working(list, total, s, tried)), firm(list, total, of)));
    let open = || Some(claim(scene, total, of, Verdict::Unknown(Why::OpenParts), false));
    let within =
        |low: i128, high: i128| s.lo * whole(100) >= t.value * whole(low) && s.lo * whole(100) <= t.value * whole(high);
    let parted_otherwise = || deducted(scene, total, of, &s) || shared(scene, total, of) || sibling(scene, total, of);
    // 共有组织367.7万个。委员会0.3万个，支部349.0万个。其中学生183.8万个…: parts of what the sentence before told.
    let before = scene.previous.map_or(&[][..], |p| p.quantities);
    let told_before = || before.iter().any(|q| q.unit == t.unit && q.chinese == t.chinese && fit(&s, q) == Fit::Fits);
    if told_before()
        || parted_otherwise()
        || of_two_columns(scene, of)
        || left_of_more(scene, total, of)
        || made_up(scene, total, of, &s)
    {
        return open();
    }
    let (low, high) = if parts.rest { (80, 125) } else { (50, 200) };
    if parts.all && within(low, high) {
        return conflict();
    }
    if parts.mostly && within(80, 150) && !overlapping(scene, of) {
        return conflict();
    }
    if exceeds(&s, t) && !overlapping(scene, of) && parallel(scene, total, parts) {
        return conflict();
    }
    if within(80, 125) && as_many(scene, total, of) {
        return conflict();
    }
    open()
}

/// Whether parts that need not be all are more than their total, and by no more than a slip of the pen.
fn exceeds(sum: &Interval, total: &Quantity) -> bool {
    total.means.hi.is_some_and(|hi| sum.lo > hi) && sum.lo * whole(100) <= total.value * whole(150)
}

/// 组长、副组长各1名，成员6名，共8名: what 各 deals out counts once for each name before it. Where a name holds a 和 of
/// its own, or 各 speaks of others than those named, the words prove nothing.
fn dealt_out(scene: &Scene<'_>, total: usize, of: &[usize]) -> Option<Claim> {
    let list = scene.sentence.quantities;
    if of.iter().all(|&i| names_before(scene, i).is_none()) {
        return None;
    }
    let times = |i| names_before(scene, i).unwrap_or(1);
    let all: Vec<usize> = of.iter().flat_map(|&i| std::iter::repeat_n(i, times(i))).collect();
    let holds = |of: &[usize]| {
        let s = sum(list, of).filter(|s| fit(s, &list[total]) == Fit::Fits)?;
        Some(claim(scene, total, of, Verdict::Agrees(working(list, total, s, 2)), true))
    };
    let open = || claim(scene, total, of, Verdict::Unknown(Why::Ambiguous), false);
    Some(holds(&all).or_else(|| holds(of)).unwrap_or_else(open))
}

/// How many names a count is dealt out to by a 各 before it.
fn names_before(scene: &Scene<'_>, i: usize) -> Option<usize> {
    let list = scene.sentence.quantities;
    let q = &list[i];
    if !q.signs.may(Sign::Each) {
        return None;
    }
    each(q.lead.of(scene.text))?;
    let clause = scene.sentence.clauses.get(q.clause)?.start;
    let from = i.checked_sub(1).map_or(clause, |p| list[p].span.end.max(clause));
    let names = &scene.text[from..q.span.start];
    let names = names[..names.rfind('各')?].split(['、', '和', '与', '及']);
    Some(names.filter(|name| !name.trim().is_empty()).count().max(1))
}

/// Words of a total that closes the list before it.
const CLOSING: WordList = WordList::new(&["合计", "总计", "共计", "总数"]);

/// The run of parts before the count `counts[k]`, if its words close one.
fn before(scene: &Scene<'_>, counts: &[usize], k: usize) -> Option<Vec<usize>> {
    let list = scene.sentence.quantities;
    let total = &list[counts[k]];
    if total.masked || k < 2 {
        return None;
    }
    // The last two parts stand right before it.
    if counts[k - 2..k].iter().any(|&i| list[i].unit != total.unit || list[i].depth != total.depth) {
        return None;
    }
    let lead = scene.lead(total);
    if !total.signs.may(Sign::Total) || !totals(lead) || lead.contains('占') || scene.is_prior(total) {
        return None;
    }
    let mut of: Vec<usize> = counts[..k]
        .iter()
        .rev()
        .copied()
        .take_while(|&i| {
            let q = &list[i];
            q.unit == total.unit
                && q.depth == total.depth
                && !scene.says(q, Sign::Mean)
                && (q.group == total.group || lead.starts_with("合计"))
        })
        .collect();
    of.reverse();
    // A total among the parts opens the run anew, unless it is the first of the list that 合计 closes:
    // 共有2个总站、6个分站，合计8个站点.
    if let Some(cut) = of.iter().rposition(|&i| totals(scene.lead(&list[i]))) {
        let next = of.get(cut + 1).is_some_and(|&i| scene.text[..list[i].lead.start].ends_with('、'));
        of.drain(..if next && CLOSING.is_in(lead) { cut } else { cut + 1 });
    }
    let nested = of.iter().any(|&i| scene.lead(&list[i]).starts_with("其中"));
    // 取消35项、下放12项，共取消79项: what was handed down was not abolished.
    let other = words!["下放", "承接", "调整", "整合"];
    let mixed = of.iter().any(|&i| other.begins(scene.lead(&list[i])).is_some() && !other.is_in(lead))
        && words!["取消", "精简"].is_in(lead);
    // 新增8家和36家，总数达到37家和168家: several totals close no one list, and what is reached is more than what was added.
    let next = list.get(counts[k] + 1).filter(|q| q.unit == total.unit);
    if next.is_some_and(|q| matches!(&scene.text[total.span.end..q.span.start], "、" | "和" | "与" | "及")) {
        return None;
    }
    let merged = of.first().is_some_and(|&i| {
        let words = &scene.text[list[i].lead.start..total.span.start];
        lead.contains('达') && words.contains("新增")
            // 折合教师总数1310人（外聘教师按二分之一折算）
            || lead.contains("折合")
            || words!["扣除", "去除", "合并", "剔除", "去重", "重复", "增加", "减少", "增长", "下降"].is_in(words)
    });
    (of.len() >= 2 && !nested && !merged && !mixed).then_some(of)
}

fn judge_before(scene: &Scene<'_>, total: usize, of: &[usize]) -> Option<Claim> {
    let list = scene.sentence.quantities;
    let t = &list[total];
    if of.iter().any(|&i| list[i].masked) {
        return Some(claim(scene, total, of, Verdict::Unknown(Why::Masked), false));
    }
    if let Some(claim) = dealt_out(scene, total, of) {
        return Some(claim);
    }
    for start in 0..of.len() - 1 {
        let s = sum(list, &of[start..])?;
        match fit(&s, t) {
            Fit::Fits => {
                return Some(claim(scene, total, &of[start..], Verdict::Agrees(working(list, total, s, 1)), true));
            }
            Fit::Near => {
                return Some(claim(scene, total, &of[start..], Verdict::Near(working(list, total, s, 1)), true));
            }
            Fit::Off => {}
        }
    }
    let lead = scene.lead(t);
    // 甲村1200亩，乙村800亩，丙村500亩，甲、乙两村共…: of fewer than stand before it.
    if numbered::of_fewer(scene, total, of) {
        return None;
    }
    let first_lead = scene.lead(&list[of[0]]);
    let opening = scene.clause(&list[of[0]]);
    let closes = CLOSING.is_in(lead) || lead == "共";
    let one_list = of.len() > 1 && of[1..].iter().all(|&i| scene.text[..list[i].lead.start].ends_with('、'));
    // 共新收409件 after 新收68件，新收351件: the same verb counts the same things.
    let verb = lead.rsplit_once('共').map_or("", |(_, v)| v.trim());
    let same_verb = verb.chars().count() >= 2
        && of.iter().filter(|&&i| scene.clause(&list[i]).contains(verb)).count()
            + usize::from(opening.contains("分别")) * of.len()
            >= of.len();
    let composed = lead == "共" && scene.text[list[of[0]].span.start..t.span.start].contains("组成");
    let dealt = first_lead.contains("分别") || opening.contains("分别");
    let listed = closes && (dealt || one_list || starts_list(scene, of[0]));
    let s = sum(list, of)?;
    if !(listed || same_verb || composed || numbered::series(scene, total, of, &s)) {
        return None;
    }
    // 加上补助112.3亿元、结转11.2亿元，收入总计218.9亿元: to what the sentence before has given.
    if words!["加上", "连同", "再加"].is_in(opening) {
        return None;
    }
    let plausible = s.lo * whole(100) >= t.value * whole(70) && s.lo * whole(100) <= t.value * whole(140);
    // 三局共牵头24个，其中两局联合牵头2个; 两县共220万元，省级补助15万元
    if !plausible || deducted(scene, total, of, &s) || made_up(scene, total, of, &s) {
        return None;
    }
    Some(claim(scene, total, of, Verdict::Conflicts(working(list, total, s, of.len() - 1)), firm(list, total, of)))
}

/// Words before a count of what is left.
const LEFT: WordList =
    WordList::new(&["其余", "剩余", "余下", "未完成的", "未办结的", "未结的", "未整改的", "未采纳的", "未通过的"]);

/// 排查2164处，整改2098处，其余66处…: what was done and what is [`LEFT`], the count `counts[k]`, make up the whole.
fn remainder(scene: &Scene<'_>, counts: &[usize], k: usize) -> Option<Claim> {
    let list = scene.sentence.quantities;
    let left = &list[counts[k]];
    if left.masked {
        return None;
    }
    // What stands in brackets explains the count before it.
    let level: Vec<usize> = counts.iter().copied().filter(|&i| list[i].depth == left.depth).collect();
    let counts = level.as_slice();
    let k = counts.iter().position(|&i| list[i].span == left.span).filter(|&k| k >= 2)?;
    // 完成54个，占任务60个的90%，剩余6个: the whole is never less than what was done of it.
    let (x, y) = (counts[k - 2], counts[k - 1]);
    let due = words!["任务", "计划", "目标", "应", "占"].is_in(scene.lead(&list[y])) || scene.is_base_of_share(y);
    let task = due && list[y].value > list[x].value;
    let (total, done) = if task { (y, x) } else { (x, y) };
    let same = |i: usize| list[i].unit == left.unit && !list[i].masked && !scene.is_prior(&list[i]);
    // One count before the remainder and no other of the unit around the three, or the parts are more than two.
    let alone = |i: Option<usize>| i.is_none_or(|i| list[i].unit != left.unit || list[i].group != left.group);
    let before = k.checked_sub(3).map(|n| counts[n]);
    if !same(total) || !same(done) || list[total].group != left.group || !alone(counts.get(k + 1).copied()) {
        return None;
    }
    let of = [done, counts[k]];
    let s = sum(list, &of)?;
    let t = &list[total];
    match fit(&s, t) {
        Fit::Fits => Some(claim(scene, total, &of, Verdict::Agrees(working(list, total, s, 1)), true)),
        // 整改1310项（含上年结转90项）: what was done is not all of this total. A total may well include it.
        _ if CARRIED.is_in(&scene.text[list[done].span.start..scene.sentence.span.end]) => None,
        _ if task || sibling(scene, total, &[done]) || told_alike(scene, total, done) => None,
        // 博士学位的618人，占52.1%，硕士学位的497人，其余71人…: a count that is a share itself is no whole.
        _ if list.get(total + 1).is_some_and(|q| q.unit == Unit::Percent && scene.lead(q).starts_with('占')) => None,
        // 2026年46家，2027年44家，其余22家…: the first of a row is no whole.
        _ if OUTCOMES.begins(scene.lead(&list[done])).is_none()
            && (s.lo * whole(10) < t.value * whole(8) || s.lo * whole(8) > t.value * whole(10)) =>
        {
            None
        }
        // 下达640万元，已支付415万元，剩余235万元: printed in whole 万元, and off by more than that.
        Fit::Near => None,
        _ if !s.is_point() && !spent(scene, total, done, counts[k]) => None,
        _ if !alone(before) || scene.lead(&list[done]).contains("其中") => None,
        _ => Some(claim(scene, total, &of, Verdict::Conflicts(working(list, total, s, 1)), firm(list, total, &of))),
    }
}

/// Whether the words behind two counts are of one form, so that neither is the whole of the other: 8个6月底前完成，4个9月底前完成，
/// 其余3个年底前完成.
fn told_alike(scene: &Scene<'_>, a: usize, b: usize) -> bool {
    let list = scene.sentence.quantities;
    let (a, b) = (scene.tail(&list[a]), scene.tail(&list[b]));
    let same = |pairs: &mut dyn Iterator<Item = (char, char)>| pairs.take_while(|(x, y)| x == y).count() > 1;
    same(&mut a.chars().zip(b.chars())) || same(&mut a.chars().rev().zip(b.chars().rev()))
}

/// Whether the first part opens its sentence or follows a colon.
fn starts_list(scene: &Scene<'_>, first: usize) -> bool {
    let q = &scene.sentence.quantities[first];
    first == 0 && q.clause == 0 || scene.text[..q.lead.start].ends_with(['：', ':'])
}
