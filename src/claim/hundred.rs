//! Shares that must make 100: the parts of a structure (三次产业结构为11.3∶42.6∶46.1), and shares whose names are all there is.

use super::exact::{Interval, half, whole};
use super::quantity::{Quantity, Unit};
use super::verdict::{Verdict, Working};
use super::{Claim, Kind, Part, Role, Scene, past_among};
use crate::text::{WordList, words};

pub(super) fn find(scene: &Scene<'_>, out: &mut Vec<Claim>) {
    let list = scene.sentence.quantities;
    if list.len() < 3 {
        return;
    }
    structure(scene, out);
    if list.iter().filter(|q| q.unit == Unit::Percent).nth(1).is_some() {
        shares(scene, out);
    }
}

/// What shares make together, against 100: within half a unit of each they agree, and one unit more may still be a slip of
/// rounding.
fn judge(list: &[Quantity], of: &[usize], short: bool) -> Option<Claim> {
    let hundred = whole(100);
    if of.iter().any(|&i| list[i].masked || list[i].hedge.is_some()) {
        return None;
    }
    let printed = |i: &usize| Interval::around(list[*i].value, half(list[*i].ulp));
    let (first, others) = of.split_first()?;
    let sum = others.iter().try_fold(printed(first), |sum, i| sum.add(&printed(i)))?;
    let ulp = of.iter().map(|&i| list[i].ulp).max()?;
    let last = &list[*of.last()?];
    let point = Interval::point(hundred);
    let working = Working::plain(sum.at, hundred, Interval::point(sum.at), point, last.said);
    let verdict = if sum.meets(&point) {
        Verdict::Agrees(working)
    } else if sum.meets(&point.widened(ulp)) || (sum.at - hundred).abs() > whole(SLIP) || sum.at < hundred && !short {
        return None;
    } else {
        Verdict::Conflicts(working)
    };
    let roles = of.iter().map(|&i| Role::new(Part::Addend, list[i].span)).collect();
    Some(Claim::new(Kind::Sum, last.span, roles, verdict))
}

/// What is further from 100 is no slip of the pen, but another set than it seems.
const SLIP: i128 = 10;

/// Words before the parts of the product or of the persons in work, that are all there is of it.
const STRUCTURE: WordList =
    WordList::new(&["三次产业", "一二三产", "一、二、三产", "一二三次产业", "产业结构", "三产结构", "产业比例"]);

/// How many bytes before the first of them the words stand at the most.
const FAR: usize = 120;

/// 三次产业结构由12.3∶38.5∶49.2调整为11.8∶38.9∶49.3: each run of three numbers that colons join.
fn structure(scene: &Scene<'_>, out: &mut Vec<Claim>) {
    let list = scene.sentence.quantities;
    let joined = |a: usize, b: usize| {
        let mark = scene.text.get(list[a].span.end..list[b].span.start).map(str::trim);
        matches!(mark, Some("∶" | ":" | "：" | "︰" | "﹕" | "ː" | "比"))
            && matches!(list[b].unit, Unit::Bare | Unit::Percent)
    };
    let percent = |k: usize| list.get(k).is_some_and(|q| q.unit == Unit::Percent && !compared(scene, q));
    let listed = |k: usize| percent(k) && matches!(scene.lead(&list[k]), "" | "和" | "与" | "及");
    for i in (0..list.len() - 2).filter(|&i| percent(i) && listed(i + 1) && listed(i + 2) && !listed(i + 3)) {
        if of_product(scene, i) {
            out.extend(judge(list, &[i, i + 1, i + 2], true));
        }
    }
    let mut i = 0;
    while i + 2 < list.len() {
        if !matches!(list[i].unit, Unit::Bare | Unit::Percent) || !joined(i, i + 1) {
            i += 1;
            continue;
        }
        let end = (i + 1..list.len()).take_while(|&k| joined(k - 1, k)).last().unwrap_or(i) + 1;
        let head = &scene.text[scene.sentence.span.start..list[i].span.start];
        let near = || STRUCTURE.list().iter().filter_map(|word| head.rfind(word)).any(|at| head.len() - at <= FAR);
        if end == i + 3 && near() {
            out.extend(judge(list, &[i, i + 1, i + 2], true));
        }
        i = end;
    }
}

/// 一、二、三产业增加值占地区生产总值的比重分别为11.8%、38.9%和49.3%: three shares that a list joins.
fn of_product(scene: &Scene<'_>, i: usize) -> bool {
    let list = scene.sentence.quantities;
    let first = &list[i];
    let Some(clause) = scene.sentence.clauses.get(first.clause) else { return false };
    let head = &scene.text[clause.start..first.span.start];
    let sectors = words![
        "三次产业",
        "一二三产",
        "一、二、三产业",
        "一、二、三次产业",
        "第一、二、三产业",
        "第一、第二、第三产业"
    ];
    let share = words!["比重", "占比", "结构", "占地区生产总值", "占GDP", "占生产总值"];
    // 占全省的比重: each of another whole.
    let other =
        words!["全省", "全市", "全国", "全区", "增长", "增速", "贡献", "拉动", "提高", "下降", "投资率", "税负"];
    sectors.is_in(head) && share.is_in(head) && !other.is_in(head)
}

/// 满意的占72.4%，基本满意的占21.3%，不满意的占6.3%: shares whose names make up a whole, or exclude each other.
fn shares(scene: &Scene<'_>, out: &mut Vec<Claim>) {
    let list = scene.sentence.quantities;
    let mut i = 0;
    while i + 1 < list.len() {
        let end = run(scene, i);
        if end < i + 2 {
            i = end.max(i + 1);
            continue;
        }
        let names = dealt(scene, i, end).unwrap_or_else(|| (i..end).map(|k| name(scene.lead(&list[k]))).collect());
        let whole = if names.len() == end - i { scene.lexicon.whole(&names) } else { None };
        if whole.is_none() && closed(scene, i, end, &names) {
            let of: Vec<usize> = (i..end).collect();
            out.extend(judge(list, &of, true));
            i = end;
            continue;
        }
        match whole {
            Some(whole) => {
                let of: Vec<usize> = (i..i + whole.left.len()).collect();
                let alike = whole.left.iter().skip(1).all(|left| left[0].is_empty() && left[1] == whole.left[0][1]);
                // 满意和基本满意的占93.7%, 总体满意的占93.7%: that holds the others.
                let sums = words!["总体", "和", "及", "与", "以上", "率", "合计"].is_in(whole.left[0][0]);
                let rest = &scene.text[list[i + of.len() - 1].span.end..scene.sentence.span.end];
                let more = of.len() < end - i || words!["其他", "其它", "其余", "未", "另"].is_in(rest);
                out.extend(judge(list, &of, whole.all && !more).filter(|_| alike && !sums));
                i += of.len();
            }
            None => i += 1,
        }
    }
}

/// 甲类占32.5%、乙类占41.2%、其他占26.3%: whether a rest closes the first shares of the sentence, each of which is said
/// to be one.
fn closed(scene: &Scene<'_>, from: usize, end: usize, names: &[&str]) -> bool {
    let list = scene.sentence.quantities;
    let rest = |name: &&str| words!["其他", "其它", "其余"].begins(name).is_some();
    let share = |i: usize| scene.lead(&list[i]).contains('占');
    let dealt = scene.lead(&list[from]).contains("分别占");
    names.len() == end - from
        && names.len() > 2
        && names.iter().position(rest) == Some(names.len() - 1)
        && names.iter().all(|name| !name.is_empty())
        && (dealt || (from..end).all(share))
        && list[..from].iter().all(|q| q.unit != Unit::Percent)
        && list.get(end).is_none_or(|q| q.unit != Unit::Percent || q.group != list[from].group)
        && (from + 1..end).all(|i| !scene.lead(&list[i]).contains("其中"))
        && !words!["选", "认为", "希望", "受访", "问卷", "调查", "反映", "兼", "同时", "交叉", "重复"]
            .is_in(scene.sentence.span.of(scene.text))
}

/// The end of the run of shares of one set that begins with this one: each stands behind the mark after the one before.
fn run(scene: &Scene<'_>, i: usize) -> usize {
    let list = scene.sentence.quantities;
    let first = &list[i];
    let share = |q: &Quantity| {
        q.unit == Unit::Percent && !q.masked && q.group == first.group && q.depth == first.depth && !compared(scene, q)
    };
    if !share(first) {
        return i;
    }
    (i..list.len()).take_while(|&k| share(&list[k])).last().map_or(i, |last| last + 1)
}

/// Whether a rate is one of growth, or of another time.
fn compared(scene: &Scene<'_>, q: &Quantity) -> bool {
    words!["同比", "增长", "下降", "提高", "提升", "上升", "降低", "比上", "较上", "由", "从", "率"]
        .is_in(scene.lead(q))
        || scene.is_prior(q)
}

/// The name of a share: 满意的占 → 满意.
fn name(lead: &str) -> &str {
    const TAILS: WordList = WordList::new(&[
        "占比", "占", "比例", "比重", "为", "达到", "达", "的", "是", "各", "分别", "人员", "者", "”", "人数",
    ]);
    let mut words = past_among(lead).trim_start_matches('“');
    while let Some(rest) = TAILS.cut_end(words) {
        words = rest.trim_end();
    }
    words
}

/// 满意、基本满意、不满意的分别占72.4%、21.3%、6.3%: the names that 分别 deals the shares out to.
fn dealt<'a>(scene: &Scene<'a>, from: usize, end: usize) -> Option<Vec<&'a str>> {
    let list = scene.sentence.quantities;
    let first = &list[from];
    let silent = |k: usize| matches!(scene.lead(&list[k]), "" | "和" | "与" | "及");
    if !scene.lead(first).contains("分别") || !(from + 1..end).all(silent) {
        return None;
    }
    let clause = scene.sentence.clauses.get(first.clause)?;
    let names = &scene.text[clause.start..first.span.start];
    let names = names[..names.rfind("分别")?].split(['、', '和', '与', '及']).map(|words| name(words.trim()));
    Some(names.collect())
}
