//! Values before and after: how the words of a sentence bind them into pairs.

use crate::claim::Scene;
use crate::claim::exact::{Interval, whole};
use crate::claim::quantity::{Quantity, Unit};
use crate::claim::sign::Sign;
use crate::text::{WordList, half_width, words};

/// Which way a value moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::claim) enum Way {
    Up,
    Down,
}

const UP: WordList = WordList::new(&[
    "增长了",
    "增长",
    "提高了",
    "提高",
    "提升了",
    "提升",
    "上升了",
    "上升",
    "增加了",
    "增加",
    "上涨了",
    "上涨",
    "增幅",
    "涨幅",
    "升幅",
    "扩大了",
    "扩大",
    "扩充",
    "攀升",
    "增速",
    "净增",
    "新增",
    "增",
    "前移",
    "多出",
    "上浮",
]);

const DOWN: WordList = WordList::new(&[
    "下降了",
    "下降",
    "减少了",
    "减少",
    "压减了",
    "压减",
    "压缩了",
    "压缩",
    "降低了",
    "降低",
    "缩短了",
    "缩短",
    "回落",
    "下跌",
    "下滑",
    "降幅",
    "跌幅",
    "精简了",
    "精简",
    "压降",
    "压缩率",
    "压减率",
    "净减少",
    "净减",
    "减",
    "降",
    "收窄",
]);

/// The move that the words before a figure speak of, if they end with one.
pub(in crate::claim) fn way(lead: &str) -> Option<(Way, &str)> {
    const LINKS: WordList = WordList::new(&[
        "幅度", "达到", "达", "为", "约", "超过", "超", "将近", "接近", "近", "了", "不足", "不到", "逾", "实现", "：",
        ":", "较快", "率", "比例",
    ]);
    let mut head = lead.trim();
    while let Some(rest) = LINKS.cut_end(head) {
        head = rest.trim_end();
    }
    let ends = |words: WordList| words.ends(head).map(|w| head.len() - w.len());
    match (ends(UP), ends(DOWN)) {
        (Some(at), None) => Some((Way::Up, &head[..at])),
        (None, Some(at)) => Some((Way::Down, &head[..at])),
        (Some(up), Some(down)) => Some(if up < down { (Way::Up, &head[..up]) } else { (Way::Down, &head[..down]) }),
        (None, None) => None,
    }
}

/// A value before and a value after, and how the text binds them.
#[derive(Debug, Clone, Copy)]
pub(in crate::claim) struct Pair {
    pub(in crate::claim) before: Term,
    pub(in crate::claim) after: Term,
    /// 由X到Y in so many words.
    pub(in crate::claim) spelled: bool,
    /// The value before is worked out from a stated difference.
    pub(in crate::claim) derived: bool,
}

/// A value and the figure it comes from.
#[derive(Debug, Clone, Copy)]
pub(in crate::claim) struct Term {
    pub(in crate::claim) means: Interval,
    pub(in crate::claim) of: usize,
}

impl Pair {
    /// The counts with these indices, as they are written.
    pub(in crate::claim) fn of(list: &[Quantity], before: usize, after: usize) -> Self {
        Self { before: Term::one(list, before), after: Term::one(list, after), spelled: false, derived: false }
    }
}

impl Term {
    pub(super) fn one(list: &[Quantity], i: usize) -> Self {
        Self { means: list[i].means, of: i }
    }
}

/// Every 由X…到Y of the sentence.
pub(in crate::claim) fn from_to(scene: &Scene<'_>) -> Vec<Pair> {
    let list = scene.sentence.quantities;
    let mut out = Vec::new();
    for j in 1..list.len() {
        let i = j - 1;
        let (x, y) = (&list[i], &list[j]);
        if !y.signs.may(Sign::Arrives)
            || x.unit != y.unit
            || x.masked
            || y.masked
            || matches!(x.unit, Unit::Bare | Unit::Times | Unit::Points)
            || y.clause > x.clause + 1
        {
            continue;
        }
        let lead = scene.lead(y);
        let arrives = has_move(lead)
            && ['到', '至', '为', '成']
                .into_iter()
                .any(|c| lead.rfind(c).is_some_and(|at| is_when(&lead[at + c.len_utf8()..])));
        if !arrives {
            continue;
        }
        // 分别从771家、481家增加到1076家、636家: the ends of a list belong together by their places in it.
        if scene.text[..x.lead.start].ends_with('、') {
            continue;
        }
        let head = scene.lead(x);
        let clause = &scene.text[scene.sentence.clauses[x.clause].start..x.span.start];
        let leaves = ['由', '从'].into_iter().any(|c| {
            clause.rfind(c).is_some_and(|at| {
                let rest = &clause[at + c.len_utf8()..];
                rest.chars().count() <= 14 && !rest.contains(['和', '与'])
            })
        }) || head.ends_with("起");
        if leaves {
            // 由61.7%提高到88.4%、97.2%: the last of a chain may be meant.
            if list
                .get(j + 1)
                .is_some_and(|z| z.unit == x.unit && !z.masked && scene.text[..z.lead.start].ends_with('、'))
            {
                out.push(Pair {
                    before: Term::one(list, i),
                    after: Term::one(list, j + 1),
                    spelled: true,
                    derived: false,
                });
            }
            let mut spell = |i: usize, j: usize| {
                if !out.iter().any(|p| p.before.of == i && p.after.of == j) {
                    out.push(Pair { spelled: true, ..Pair::of(list, i, j) });
                }
            };
            spell(i, j);
            // 由9.8%降至7.4%，再降至5.1%: what follows may speak of the last step or of the whole way.
            let mut last = j;
            while list.get(last + 1).is_some_and(|z| {
                z.unit == y.unit && !z.masked && z.clause <= list[last].clause + 1 && goes_on(scene.lead(z))
            }) {
                spell(last, last + 1);
                spell(i, last + 1);
                last += 1;
            }
        }
    }
    out
}

/// Whether the words before a value carry a change on: 再降至, 又提升到, 2023年达.
fn goes_on(lead: &str) -> bool {
    words!["再", "又", "继续", "进一步"].is_in(lead) && words!["到", "至", "为", "成"].is_in(lead)
        || lead.contains('年') && words!["达", "达到", "为", "是", "增至", "降至", "升至", "减至"].ends(lead).is_some()
}

/// Whether the words only date or hedge a figure: 2023年的, 目前的, 约, 第.
fn is_when(words: &str) -> bool {
    let mut rest = words.trim();
    while let Some(r) = [
        "约", "近", "超过", "超", "今年", "目前", "现在", "当前", "月均", "日均", "年均", "平均", "年末", "年底",
        "同期", "的", "第", "年", "月", "底", "末",
    ]
    .iter()
    .find_map(|w| rest.strip_prefix(w).or_else(|| rest.strip_suffix(w)))
    {
        rest = r.trim();
    }
    rest.chars().all(|c| half_width(c).is_ascii_digit() || c == '版')
}

/// Whether the words hold a verb of change, so that 由A组成为B is none.
fn has_move(lead: &str) -> bool {
    const MORE: WordList = WordList::new(&[
        "增", "减", "升", "降", "提", "压", "缩", "扩", "调整", "精简", "上涨", "前移", "变", "改", "起", "发展", "跃",
        "到", "至",
    ]);
    MORE.is_in(lead)
}

pub(in crate::claim) fn difference(p: &Pair, way: Way) -> Option<Interval> {
    match way {
        Way::Up => p.after.means.sub(&p.before.means),
        Way::Down => p.before.means.sub(&p.after.means),
    }
}

pub(super) fn growth(p: &Pair, way: Way) -> Option<Interval> {
    let ratio = p.after.means.ratio(&p.before.means, whole(100))?;
    let hundred = whole(100);
    match way {
        Way::Up => Some(ratio.less(hundred)),
        Way::Down => ratio.rest_of(hundred),
    }
}

/// Pairs of a value of an earlier period, named as such, and the value of this one.
pub(super) fn prior_pairs(scene: &Scene<'_>, at: usize) -> Vec<Pair> {
    let list = scene.sentence.quantities;
    let rate = &list[at];
    let mut out = Vec::new();
    for (i, q) in list.iter().enumerate() {
        if !matches!(q.unit, Unit::Counter(_))
            || q.masked
            || !speaks_of_before(scene, i, at)
            || q.group.abs_diff(rate.group) > 0
        {
            continue;
        }
        // 分别为86件、82件（上年为80件、75件）: what is listed belongs together by its places.
        let listed = run(scene, i);
        if listed.len() > 1 {
            let now = (0..i).rev().map(|j| run(scene, j)).find(|now| {
                now.len() == listed.len() && list[now.start].unit == q.unit && list[now.start].group == q.group
            });
            out.extend(now.into_iter().flat_map(|now| listed.clone().zip(now)).map(|(b, a)| Pair::of(list, b, a)));
            continue;
        }
        // 比2019年的80件增长90%，达到152件: the value that the growth of an earlier one leads to.
        let arrived = list.get(at + 1).is_some_and(|now| {
            let lead = words!["达到", "达", "增至", "升至", "降至", "减至"].begins(scene.lead(now));
            i + 1 == at && lead.is_some() && now.unit == q.unit && !now.masked && now.clause <= rate.clause + 1
        });
        if arrived {
            out.push(Pair::of(list, i, at + 1));
        }
        // The value of this period: the nearest before the rate that speaks of no earlier one.
        let now = (0..list.len().min(at.max(i) + 1)).rev().filter(|&j| j != i && j != at).find(|&j| {
            list[j].unit == q.unit
                && !list[j].masked
                && !speaks_of_before(scene, j, at)
                && way(scene.lead(&list[j])).is_none()
                && list[j].group == q.group
                && list[j].chinese == q.chinese
        });
        // 两年合计347件 is the value of neither year.
        let several = |j: usize| words!["两年", "三年", "四年", "五年"].is_in(scene.lead(&list[j]));
        if let Some(j) = now.filter(|&j| !several(j)) {
            out.push(Pair::of(list, i, j));
        }
    }
    // 比2019年的80件增长…: a growth over a value that stands right before it is of no other.
    let own = at.checked_sub(1).filter(|&i| list[i].clause == rate.clause && out.iter().any(|p| p.before.of == i));
    out.retain(|p| own.is_none_or(|i| p.before.of == i));
    out
}

/// The counts of one unit that stand with this one in a list and bear no words of their own: 80件、75件和62件.
pub(super) fn run(scene: &Scene<'_>, i: usize) -> std::ops::Range<usize> {
    let list = scene.sentence.quantities;
    let goes_on = |j: usize| {
        let q = &list[j];
        let bare = matches!(scene.lead(q), "和" | "与" | "及")
            || scene.lead(q).is_empty() && scene.text[..q.lead.start].ends_with('、');
        bare && q.unit == list[i].unit && !q.masked
    };
    let start = (1..=i).rev().take_while(|&j| goes_on(j)).last().map_or(i, |j| j - 1);
    let end = (i + 1..list.len()).take_while(|&j| goes_on(j)).last().map_or(i + 1, |j| j + 1);
    start..end
}

/// 公开率为88.6%，上年为84.2%，提高…个百分点: the rate of this year and that of the one before, side by side right
/// before their difference.
pub(super) fn rate_pair(scene: &Scene<'_>, at: usize) -> Option<Pair> {
    let list = scene.sentence.quantities;
    let (x, y) = (at.checked_sub(2)?, at - 1);
    let alike = [x, y].iter().all(|&i| {
        let q = &list[i];
        q.unit == Unit::Percent && !q.masked && q.hedge.is_none() && q.group == list[at].group
    });
    if !alike || list[at].clause > list[y].clause + 1 || list[y].clause > list[x].clause + 2 {
        return None;
    }
    let (before, after) = match (scene.is_prior(&list[x]), scene.is_prior(&list[y])) {
        (true, false) => (x, y),
        (false, true) => (y, x),
        _ => return None,
    };
    // The earlier rate names itself no otherwise than the later one.
    let own = words!["比", "较", "上年", "去年", "同期", "度", "全年", "的", "为", "是", "达", "同"];
    let mut name = scene.lead(&list[before]);
    while let Some(rest) = own.cut_end(name).or_else(|| own.begins(name).map(|w| &name[w.len()..])) {
        name = rest.trim();
    }
    (name.is_empty() || scene.lead(&list[after]).contains(name)).then(|| Pair::of(list, before, after))
}

/// 8月受理31240件，环比下降4.2%，7月为32610件: the values of a month and of the month before it.
pub(super) fn month_pairs(scene: &Scene<'_>, at: usize) -> Vec<Pair> {
    let list = scene.sentence.quantities;
    if !scene.clause(&list[at]).contains("环比") {
        return Vec::new();
    }
    let near = at.saturating_sub(4)..list.len().min(at + 4);
    let months: Vec<(usize, u8)> = near
        .filter(|&i| matches!(list[i].unit, Unit::Counter(_)) && !list[i].masked)
        .filter_map(|i| month(scene, i).map(|m| (i, m)))
        .collect();
    let mut out = Vec::new();
    for &(before, earlier) in &months {
        for &(after, later) in &months {
            if later == earlier % 12 + 1 && list[before].unit == list[after].unit {
                out.push(Pair::of(list, before, after));
            }
        }
    }
    out
}

/// 2021年至2023年分别为390件、430件和401件，其中2023年同比下降…: the value of the year that the clause of the rate
/// begins with, and the one before it.
pub(super) fn listed_years(scene: &Scene<'_>, at: usize) -> Option<Pair> {
    let list = scene.sentence.quantities;
    let mut named = years(scene.clause(&list[at]));
    let year = named.next()?;
    // 2023年较2021年增长…
    let earlier = named.next().unwrap_or(year - 1);
    for first in (0..at).rev().take(12) {
        // A list begins with the first figure of its clause.
        if first > 0 && list[first - 1].clause == list[first].clause {
            continue;
        }
        let head = &scene.text[scene.sentence.clauses[list[first].clause].start..list[first].span.start];
        let mut bounds = years(head);
        let Some(from) = bounds.next() else { continue };
        let to = bounds.last().unwrap_or(from);
        let Some(length) = to.checked_sub(from).map(|d| usize::from(d) + 1).filter(|&n| (2..=10).contains(&n)) else {
            continue;
        };
        let run = first..first + length;
        let whole_list = run.end <= at && run.clone().all(|i| list[i].unit == list[first].unit && !list[i].masked);
        if head.contains("分别") && whole_list && (from..year).contains(&earlier) && year <= to {
            let before = first + usize::from(earlier - from);
            let after = first + usize::from(year - from);
            return Some(Pair::of(list, before, after));
        }
    }
    None
}

/// 2024年完成289万元，2025年完成326万元，增长12.8%: the values of two named years that say the same of themselves.
pub(super) fn dated_pair(scene: &Scene<'_>, at: usize, rest: &str) -> Option<Pair> {
    let list = scene.sentence.quantities;
    let (x, y) = (at.checked_sub(2)?, at - 1);
    let alike = list[x].unit == list[y].unit
        && matches!(list[x].unit, Unit::Counter(_))
        && [x, y].iter().all(|&i| {
            let q = &list[i];
            q.signs.may(Sign::Year) && !q.masked && q.group == list[at].group && q.depth == list[at].depth
        });
    if !alike || list[at].clause != list[y].clause + 1 || list[y].clause != list[x].clause + 1 {
        return None;
    }
    // 2024年|完成; the first may bear the name of both: 经营收入2023年|为
    let dated = |i: usize| {
        let lead = scene.lead(&list[i]);
        let (dated, said) = lead.split_at(lead.find('年')? + '年'.len_utf8());
        let (name, _) = dated.char_indices().rev().nth(4).map(|(at, _)| dated.split_at(at))?;
        let named = i == x && !name.ends_with(['比', '较', '由', '从', '自', '与', '和', '到', '至', '前', '在', '第']);
        let year = years(dated).next().filter(|_| name.is_empty() || named)?;
        Some((year, said.trim(), !name.is_empty()))
    };
    let ((first, said, named), (second, of_it, _)) = (dated(x)?, dated(y)?);
    if named && (said.contains('年') || !matches!(said, "" | "为" | "是" | "完成" | "达到" | "达" | "实现")) {
        return None;
    }
    let same = said == of_it || matches!(of_it, "" | "为" | "是" | "达到" | "达" | "完成" | "增至" | "降至" | "减至");
    let yearly = matches!(rest.trim(), "同比" | "比上年" | "较上年") && first.abs_diff(second) == 1;
    if !same || first == second || !(rest.trim().is_empty() || yearly) {
        return None;
    }
    Some(if first < second { Pair::of(list, x, y) } else { Pair::of(list, y, x) })
}

/// Whether each of two values is that of a year of its own, the first of the earlier one.
pub(super) fn dated_before(scene: &Scene<'_>, first: &Quantity, second: &Quantity) -> bool {
    let year = |q: &Quantity| years(scene.lead(q)).next();
    year(first).zip(year(second)).is_some_and(|(first, second)| first < second)
}

/// The years named in some words.
pub(crate) fn years(words: &str) -> impl Iterator<Item = u16> + '_ {
    words.match_indices('年').filter_map(|(at, _)| {
        let last_four = words[..at].trim_end().chars().rev().take(4);
        let digits = last_four.map_while(|c| half_width(c).to_digit(10)).zip([1, 10, 100, 1000]);
        let year = digits.map(|(digit, worth)| digit * worth).sum::<u32>();
        u16::try_from(year).ok().filter(|year| (1949..2100).contains(year))
    })
}

/// The whole year that the words put a value in, and nothing less than it: 由2022年的, 增加到2025年末的, 至2025年.
pub(super) fn year_of(lead: &str) -> Option<u16> {
    let behind = &lead[lead.rfind('年')? + '年'.len_utf8()..];
    let whole_year = behind.trim().chars().all(|c| matches!(c, '末' | '底' | '的' | '为'));
    whole_year.then(|| years(lead).last()).flatten()
}

/// The month that the clause of a count begins with.
pub(super) fn month(scene: &Scene<'_>, i: usize) -> Option<u8> {
    let q = &scene.sentence.quantities[i];
    let head = &scene.text[scene.sentence.clauses.get(q.clause)?.start..q.span.start];
    let number = head[..head.find('月')?].trim();
    let digits: String = number.chars().map(half_width).skip_while(|c| !c.is_ascii_digit()).collect();
    digits.parse().ok().filter(|m| (1..=12).contains(m))
}

/// Whether the words before a count put it in an earlier period, or compare with it (较2022年的214件).
pub(in crate::claim) fn speaks_of_before(scene: &Scene<'_>, i: usize, at: usize) -> bool {
    let list = scene.sentence.quantities;
    let q = &list[i];
    if scene.is_prior(q) {
        return !change_follows(scene, q);
    }
    // Any other earlier period is a year.
    if i >= at || !q.signs.may(Sign::Year) {
        return false;
    }
    let lead = scene.lead(q);
    // 2022年为0.45万辆, 2023年末1043名: a year of its own, with nothing else.
    let dated = lead.find('年').is_some_and(|at| {
        let year = lead[..at].trim();
        let rest = lead[at + '年'.len_utf8()..].trim();
        year.chars().count() == 4
            && year.chars().all(|c| half_width(c).is_ascii_digit())
            && matches!(rest, "为" | "仅为" | "是")
    });
    let compared = || lead.ends_with('的') && lead.rfind(['比', '较']).is_some_and(|b| lead[b..].contains('年'));
    dated || compared()
}

/// 比上年增加350人次: the count is a difference, not a value of last year.
fn change_follows(scene: &Scene<'_>, q: &Quantity) -> bool {
    let lead = scene.lead(q);
    let compares = lead.contains(['比', '较']);
    let valued = words!["的", "为", "是", "同期", "上年", "去年", "年"].ends(lead).is_some();
    way(lead).is_some() || compares && !valued
}

/// Where the words that compare with a named year end: 比2023年, 较2023年度, 与2023年相比.
fn since_a_year(lead: &str) -> Option<usize> {
    let from = lead.rfind(['比', '较']).filter(|&at| !lead[..at].ends_with('相')).or_else(|| lead.rfind('与'))?;
    let from = from + '比'.len_utf8();
    let end = from + lead[from..].find('年')? + '年'.len_utf8();
    let year = lead[from..end].chars().count() == 5 && years(&lead[from..end]).next().is_some();
    let behind = lead[end..].strip_prefix('度').unwrap_or(&lead[end..]);
    let behind = behind.strip_prefix("相比").unwrap_or(behind);
    year.then_some(lead.len() - behind.len())
}

/// The way of a stated difference: 比上年增收, 比上年多发, 较去年减支.
fn way_of_difference(lead: &str) -> Option<Way> {
    const THEN: &[&str] = &["上年同期", "上年", "去年同期", "去年", "上一年", "同比", "上期"];
    let named = || THEN.iter().find_map(|w| lead.rfind(w).map(|at| at + w.len()));
    let at = named().or_else(|| since_a_year(lead))?;
    let rest = lead[at..].trim();
    match rest.chars().next()? {
        '增' | '多' | '净' if !rest.starts_with("净减") => Some(Way::Up),
        '减' | '少' | '短' | '净' | '下' | '压' | '降' => Some(Way::Down),
        _ => way(lead).map(|(way, _)| way),
    }
}

/// 比上年增加156户，达到1404户，增长12.5%: the value that the difference `j` leads to, right behind it or behind the rate.
fn arrived_behind(scene: &Scene<'_>, at: usize, j: usize) -> Option<Pair> {
    let list = scene.sentence.quantities;
    let d = &list[j];
    if !d.signs.may(Sign::Compares) && !scene.lead(d).contains("同比")
        || !matches!(d.unit, Unit::Counter(_))
        || d.masked
        || d.group != list[at].group
    {
        return None;
    }
    let way = way_of_difference(scene.lead(d))?;
    let now_at = if at == j + 1 { j + 2 } else { j + 1 };
    let now = list.get(now_at)?;
    let alike = (now.unit, now.group, now.depth, now.masked) == (d.unit, d.group, d.depth, false)
        && now.hedge.is_none()
        && now.clause == list[now_at - 1].clause + 1;
    let arrives = match scene.lead(now) {
        "达到" | "达" | "达到了" | "为" => true,
        "增至" | "升至" | "增加到" | "增加至" | "上升到" | "上升至" | "提高到" => way == Way::Up,
        "降至" | "减至" | "减少到" | "减少至" | "下降到" | "下降至" | "降到" => way == Way::Down,
        _ => false,
    };
    // 收入500万元，比上年增加50万元，达到…: of a value that stands before it, it is the difference.
    let own = j > 0 && list[j - 1].unit == d.unit && list[j - 1].group == d.group;
    if !alike || !arrives || own {
        return None;
    }
    let before = match way {
        Way::Up => now.means.sub(&d.means),
        Way::Down => now.means.add(&d.means),
    };
    let before = Term { means: before.filter(|b| b.lo > whole(0))?, of: j };
    Some(Pair { before, after: Term::one(list, now_at), spelled: false, derived: true })
}

/// Pairs worked out from a value and its stated difference (4250人次，比上年增加350人次).
pub(super) fn delta_pairs(scene: &Scene<'_>, at: usize) -> Vec<Pair> {
    let list = scene.sentence.quantities;
    let mut out = Vec::new();
    out.extend((0..at).filter_map(|j| arrived_behind(scene, at, j)));
    for j in 1..at {
        let d = &list[j];
        if !matches!(d.unit, Unit::Counter(_)) || d.masked || d.group != list[at].group {
            continue;
        }
        let lead = scene.lead(d);
        // 比2023年决算数320.6万元减少26.4万元，下降8.2%: the difference from what stands right before it.
        let base = &list[j - 1];
        let from_base = base.signs.may(Sign::Compares)
            && (base.unit, base.clause, base.group, base.masked) == (d.unit, d.clause, d.group, false)
            && words!["比", "较"].is_in(scene.lead(base))
            && way(scene.lead(base)).is_none();
        if from_base && let Some((to, "")) = way(lead) {
            let means = if to == Way::Up { base.means.add(&d.means) } else { base.means.sub(&d.means) };
            out.extend(means.filter(|m| m.lo > whole(0)).map(|means| {
                let after = Term { means, of: j };
                Pair { before: Term::one(list, j - 1), after, spelled: false, derived: true }
            }));
        }
        let since = words!["比上", "较上", "比去", "较去", "同比"].is_in(lead) || since_a_year(lead).is_some();
        if !d.signs.may(Sign::Compares) || !since {
            continue;
        }
        if j > 0 && speaks_of_before(scene, j - 1, at) && list[j - 1].unit == d.unit && list[j - 1].group == d.group {
            let means = match way(lead) {
                Some((Way::Up, "")) => list[j - 1].means.add(&d.means),
                Some((Way::Down, "")) => list[j - 1].means.sub(&d.means),
                _ => None,
            };
            if let Some(means) = means.filter(|m| m.lo > whole(0)) {
                let after = Term { means, of: j };
                out.push(Pair { before: Term::one(list, j - 1), after, spelled: false, derived: true });
            }
        }
        let Some(way) = way_of_difference(lead) else { continue };
        // The value that it is the difference of: right before it, or before a budget or a target that stands between.
        for now_at in j.saturating_sub(3)..j {
            let now = &list[now_at];
            if now.unit != d.unit || now.masked || now.group != d.group || now.depth != d.depth {
                continue;
            }
            let before = match way {
                Way::Up => now.means.sub(&d.means),
                Way::Down => now.means.add(&d.means),
            };
            if let Some(means) = before.filter(|b| b.lo > whole(0)) {
                out.push(Pair {
                    before: Term { means, of: j },
                    after: Term::one(list, now_at),
                    spelled: false,
                    derived: true,
                });
            }
        }
    }
    out
}
