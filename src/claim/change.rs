//! Changes: a stated difference against the values before and after.

use super::exact::{Interval, whole};
use super::growth::{PRICED, Pair, Way, difference, speaks_of_before, way, years};
use super::quantity::{Quantity, Unit};
use super::sign::Sign;
use super::verdict::{Fit, Verdict, Why, Working, fit};
use super::{Claim, Kind, Part, Role, Scene};
use crate::text::{Span, WordList, words};

pub(super) fn find(scene: &Scene<'_>, pairs: &[Pair], out: &mut Vec<Claim>) {
    compared(scene, out);
    grown(scene, out);
    turned(scene, pairs, out);
    with_itself(scene, out);
    let list = scene.sentence.quantities;
    for pair in pairs {
        let (b, a) = (pair.before.of, pair.after.of);
        if list[b].unit == Unit::Percent {
            continue; // Differences of rates are points: a matter of growth.
        }
        let up = list[a].value > list[b].value;
        // The figure right after the pair, in the next clause or the one after it.
        let of_pair = |i: &usize| list[*i].unit == list[b].unit && list[*i].group == list[a].group;
        let net = (a + 1..list.len().min(a + 6)).filter(of_pair).find(|&i| scene.lead(&list[i]).starts_with('净'));
        let Some(d) = net.or_else(|| {
            (a + 1..list.len()).find(|&i| {
                list[i].unit == list[b].unit || (list[b].unit == Unit::Rank && list[i].unit != Unit::Percent)
            })
        }) else {
            continue;
        };
        let delta = &list[d];
        let far = d > a + 2 || delta.clause.saturating_sub(list[a].clause) > 2;
        if far && net.is_none() || delta.group != list[a].group || delta.depth != list[a].depth {
            continue;
        }
        let lead = scene.lead(delta);
        let Some((stated, rest)) = way(lead) else { continue };
        // 净增46家和24家 deals two differences out to two changes.
        let dealt =
            list.get(d + 1).is_some_and(|n| n.unit == delta.unit && matches!(scene.lead(n), "和" | "与" | "及" | ""));
        let rank = list[b].unit == Unit::Rank;
        let expected = if up { Way::Up } else { Way::Down };
        let at = delta.span;
        if delta.masked {
            out.push(Claim::unknown(Kind::Change, at, Why::Masked));
            continue;
        }
        // 比上年多2个 compares with another value unless that is where the pair began; 其中取消52项 is a part.
        let per_year =
            rest.contains('均') && !scene.text[scene.sentence.span.start..list[b].span.start].contains("平均");
        let other = per_year
            || rest.contains("其中")
            // 由37个减至12个，由21个减至8个，两者合计减少38个: of more pairs than this one.
            || words!["合计", "总计", "两者", "两项", "共"].is_in(rest)
            || (rest.contains("上年") || rest.contains("去年")) && !scene.lead(&list[b]).contains('年');
        let opposite = !rank && stated != expected;
        if let Some(sides) = gross(scene, pair, d) {
            out.extend(balanced(scene, pair, sides));
            continue;
        }
        let Some(computed) = difference(pair, if rank { if up { Way::Up } else { Way::Down } } else { expected })
        else {
            continue;
        };
        let roles = vec![
            Role::new(Part::Delta, delta.span),
            Role::new(Part::Before, list[b].span),
            Role::new(Part::After, list[a].span),
        ];
        // 由412项减少到352项，再减少到328项，累计减少84项: of the last step or of the whole way.
        let steps = || pairs.iter().filter(|p| p.after.of == pair.after.of);
        let holds = |p: &Pair| difference(p, expected).is_some_and(|c| fit(&c, delta) == Fit::Fits);
        if steps().count() > 1 && !holds(pair) {
            let last = steps().all(|p| p.before.of <= b);
            if last && !steps().any(holds) {
                out.push(Claim::unknown(Kind::Change, at, Why::Ambiguous));
            }
            continue;
        }
        let working = Working::new(list[b].value, list[a].value, computed, delta, 1);
        let firm = [b, a, d].iter().all(|&i| list[i].hedge.is_none());
        let verdict = match fit(&computed, delta) {
            Fit::Fits => Verdict::Agrees(working),
            Fit::Near => Verdict::Near(working),
            Fit::Off if dealt || other || opposite || computed.lo <= whole(0) => Verdict::Unknown(Why::Ambiguous),
            Fit::Off => Verdict::Conflicts(working),
        };
        out.push(Claim::new(Kind::Change, at, roles, verdict).firm(firm));
    }
}

/// Words of what came and of what went: where a text gives both beside a change, neither is the change itself.
const CAME: WordList = WordList::new(&[
    "新增",
    "增加",
    "增设",
    "增补",
    "新设",
    "新建",
    "新招",
    "新聘",
    "新办",
    "新开",
    "新成立",
    "招录",
    "招聘",
    "引进",
    "调入",
    "迁入",
    "转入",
    "纳入",
    "补充",
    "扩充",
    "承接",
    "拆分",
    "购置",
    "新购",
    "投放",
    "增",
]);
const WENT: WordList = WordList::new(&[
    "减少", "删", "撤销", "撤并", "撤", "退出", "核销", "核减", "注销", "取消", "关停", "关闭", "淘汰", "整合", "合并",
    "归并", "调出", "迁出", "转出", "离职", "辞职", "退休", "解聘", "死亡", "下放", "废止", "拆除", "剔除", "清退",
    "销号", "销户", "报废", "流失", "减",
]);

/// 由30个增加到50个，新增40个、撤并20个: the figure `d` and its counterpart near by, what came before what went.
fn gross(scene: &Scene<'_>, pair: &Pair, d: usize) -> Option<(usize, usize)> {
    let list = scene.sentence.quantities;
    let came = |i: usize| {
        let lead = scene.lead(&list[i]);
        let lead = lead.strip_prefix("其中").unwrap_or(lead);
        let bears = |words: WordList| words.begins(lead).is_some() || words.ends(lead).is_some();
        let (came, went) = (bears(CAME), bears(WENT));
        (came != went && !lead.contains('净')).then_some(came)
    };
    let own = came(d)?;
    let other = (pair.after.of + 1..list.len().min(d + 4)).find(|&i| {
        let q = &list[i];
        q.unit == list[d].unit && q.group == list[d].group && !q.masked && came(i) == Some(!own)
    })?;
    Some(if own { (d, other) } else { (other, d) })
}

/// What came less what went is the change, where no more than these two made it up; where it is not, others did.
fn balanced(scene: &Scene<'_>, pair: &Pair, (came, went): (usize, usize)) -> Option<Claim> {
    let list = scene.sentence.quantities;
    let (b, a) = (pair.before.of, pair.after.of);
    let up = list[a].value > list[b].value;
    let (more, less) = if up { (came, went) } else { (went, came) };
    let change = difference(pair, if up { Way::Up } else { Way::Down })?;
    let made = list[more].means.sub(&list[less].means)?;
    let at = list[more].span;
    if !change.meets(&made) {
        return Some(Claim::unknown(Kind::Change, at, Why::Ambiguous));
    }
    let roles = vec![
        Role::new(Part::Delta, at),
        Role::new(Part::Deducted, list[less].span),
        Role::new(Part::Before, list[b].span),
        Role::new(Part::After, list[a].span),
    ];
    let working = Working::new(list[b].value, list[a].value, change, &list[more], 1);
    Some(Claim::new(Kind::Change, at, roles, Verdict::Agrees(working)))
}

/// 今年285件，较上年的231件多54件; 去年同期7016批次，同比少596批次: a difference right behind the value of an earlier
/// period that the words name, and of the value of this one before it.
fn compared(scene: &Scene<'_>, out: &mut Vec<Claim>) {
    let list = scene.sentence.quantities;
    for d in 2..list.len() {
        let delta = &list[d];
        if !matches!(delta.unit, Unit::Counter(_)) || delta.masked || delta.hedge.is_some() {
            continue;
        }
        let alike = |i: usize| {
            let q = &list[i];
            q.unit == delta.unit
                && q.group == delta.group
                && q.depth == delta.depth
                && !q.masked
                && q.chinese == delta.chinese
        };
        let (x, y) = (d - 2, d - 1);
        if !alike(x) || !alike(y) || delta.clause > list[y].clause + 1 {
            continue;
        }
        let Some(stated) = way_of_comparison(scene.lead(delta)) else { continue };
        // Which of the two is the earlier value, the words must say.
        let (before, after) = match (speaks_of_before(scene, x, d), speaks_of_before(scene, y, d)) {
            (true, false) => (x, y),
            (false, true) => (y, x),
            _ => continue,
        };
        // 年初340名，新增56名，减少21名: a count that came or went is no value of this period.
        if way(scene.lead(&list[after])).is_some() {
            continue;
        }
        let pair = Pair::of(list, before, after);
        let up = list[after].value > list[before].value;
        let Some(computed) = difference(&pair, if up { Way::Up } else { Way::Down }) else { continue };
        let roles = vec![
            Role::new(Part::Delta, delta.span),
            Role::new(Part::Before, list[before].span),
            Role::new(Part::After, list[after].span),
        ];
        let working = Working::new(list[before].value, list[after].value, computed, delta, 1);
        let opposite = (stated == Way::Up) != up;
        let verdict = match fit(&computed, delta) {
            Fit::Fits if !opposite => Verdict::Agrees(working),
            Fit::Near if !opposite => Verdict::Near(working),
            Fit::Off if !opposite => Verdict::Conflicts(working),
            _ => Verdict::Unknown(Why::Ambiguous),
        };
        let firm = [before, after].iter().all(|&i| list[i].hedge.is_none());
        out.push(Claim::new(Kind::Change, delta.span, roles, verdict).firm(firm));
    }
}

/// The way of a difference whose words say nothing else: 多, 同比少, 增加, 净增, 一年新增.
fn way_of_comparison(lead: &str) -> Option<Way> {
    let mut rest = lead.trim();
    while let Some(word) =
        words!["同比", "比上年", "较上年", "比去年", "较去年", "一年", "净", "共", "累计"].begins(rest)
    {
        rest = rest[word.len()..].trim();
    }
    match rest {
        "多" | "多出" | "高出" | "增" | "增加" | "增加了" | "新增" | "多了" | "增长" | "上升" | "提高" => {
            Some(Way::Up)
        }
        "少" | "减" | "减少" | "减少了" | "少了" | "下降" | "降低" => Some(Way::Down),
        _ => None,
    }
}

/// 完成3.6亿元，同比增长12.5%，增收0.4亿元: a value, the rate by which it grew, and by how much that is.
fn grown(scene: &Scene<'_>, out: &mut Vec<Claim>) {
    let list = scene.sentence.quantities;
    for d in 2..list.len() {
        let (now, rate, delta) = (&list[d - 2], &list[d - 1], &list[d]);
        let alike = rate.unit == Unit::Percent && now.unit == delta.unit && matches!(delta.unit, Unit::Counter(_));
        let figures = [now, rate, delta];
        let next_to = figures.windows(2).all(|w| w[1].clause == w[0].clause + 1);
        let plain = |q: &&Quantity| {
            !q.masked && !q.chinese && q.hedge.is_none() && q.group == now.group && q.depth == now.depth
        };
        if !alike || !next_to || !figures.iter().all(plain) {
            continue;
        }
        let Some((stated, since)) = way(scene.lead(rate)) else { continue };
        let this_year =
            matches!(since, "" | "同比" | "比上年" | "较上年" | "比去年" | "较去年" | "比上年同期" | "比去年同期");
        // 新增, 净增 and 较年初增加 have another beginning.
        let lead = scene.lead(delta);
        let by = match lead.strip_prefix("同比").filter(|_| !since.is_empty()).unwrap_or(lead) {
            "增收" | "增支" | "增加" | "增加了" | "增" | "多收" => Way::Up,
            "减收" | "减支" | "减少" | "减少了" | "减" | "少收" => Way::Down,
            _ => continue,
        };
        let priced = || figures.iter().any(|q| PRICED.is_in(scene.clause(q)));
        let value =
            !speaks_of_before(scene, d - 2, d) && way(scene.lead(now)).is_none() && !scene.is_base_of_share(d - 2);
        let dealt =
            list.get(d + 1).is_some_and(|n| n.unit == delta.unit && matches!(scene.lead(n), "和" | "与" | "及" | ""));
        if !this_year || by != stated || !value || dealt || priced() {
            continue;
        }
        // What the value was is to what it is as 100 to 100 and the rate.
        let of = |now: &Quantity| {
            let base = match by {
                Way::Up => rate.means.add(&Interval::point(whole(100)))?,
                Way::Down => rate.means.rest_of(whole(100))?,
            };
            let before = now.means.ratio(&base, whole(100))?;
            // The value and what it was move together: their difference is the rate of the one.
            let moved = before.ratio(&Interval::point(whole(100)), whole(1))?;
            let (lo, hi) = (moved.lo * rate.means.lo, moved.hi? * rate.means.hi?);
            Some((before, Interval { lo, hi: Some(hi), at: moved.at * rate.means.at }))
        };
        let Some((before, computed)) = of(now) else { continue };
        let fits = |q: &Quantity| q.unit == delta.unit && of(q).is_some_and(|(_, c)| fit(&c, delta) == Fit::Fits);
        let working = Working::new(before.at, now.value, computed, delta, 1);
        let roles = vec![
            Role::new(Part::Delta, delta.span),
            Role::new(Part::Rate, rate.span),
            Role::new(Part::After, now.span),
        ];
        let verdict = match fit(&computed, delta) {
            Fit::Fits => Verdict::Agrees(working),
            Fit::Near => Verdict::Near(working),
            // The rate may be of a value named before.
            Fit::Off if list[..d - 2].iter().any(fits) => Verdict::Unknown(Why::Ambiguous),
            Fit::Off => Verdict::Conflicts(working),
        };
        out.push(Claim { derived: true, ..Claim::new(Kind::Change, delta.span, roles, verdict) });
    }
}

/// 由20.1亿元增加到18.6亿元: the verb between two values says the other way than they go.
fn turned(scene: &Scene<'_>, pairs: &[Pair], out: &mut Vec<Claim>) {
    let list = scene.sentence.quantities;
    for pair in pairs {
        let (b, a) = (pair.before.of, pair.after.of);
        let (before, after) = (&list[b], &list[a]);
        let plain = [before, after].iter().all(|q| {
            let negative = scene.text[..q.span.start].ends_with(['-', '－', '—', '–', '−', '负']);
            // 由第369位上升到235位, 由三级升到二级: the higher place has the lower number.
            let placed =
                q.span.of(scene.text).ends_with(['位', '名', '级', '等', '档', '类']) || scene.lead(q).ends_with('第');
            !q.chinese && q.hedge.is_none() && q.unit != Unit::Rank && !placed && !negative
        });
        if a != b + 1 || !plain {
            continue;
        }
        let lead = scene.lead(after);
        let Some(at) = lead.rfind(['到', '至']).or_else(|| lead.rfind('为')) else { continue };
        let stated = match &lead[..at] {
            "增加" | "增长" | "上升" | "增" | "上涨" => Way::Up,
            "减少" | "下降" | "降低" | "减" | "降" | "缩减" | "压减" => Way::Down,
            // 由12个工作日压缩到15个工作日: less of whatever it is.
            "压缩" | "缩短" | "精简" | "压降" | "压" | "缩" => Way::Down,
            // A quicker or a better one may be less: of a time, 提升 says nothing of the value.
            "提高" | "提升" | "升" | "回升" | "攀升" | "扩大" if is_level(scene, after) => Way::Up,
            "回落" | "下滑" if is_level(scene, after) => Way::Down,
            _ => continue,
        };
        let (high, low) = if stated == Way::Up { (before, after) } else { (after, before) };
        // 亏损 and 逆差 may be meant below zero, and a rank rises to a lower number.
        let signed = words!["亏", "赤字", "逆差", "负", "流出", "零下", "排名", "位次", "名次", "等级"]
            .is_in(scene.clause(before));
        if signed || low.means.hi.is_none_or(|hi| hi >= high.means.lo) {
            continue;
        }
        let Some(size) = difference(pair, stated) else { continue };
        let roles = vec![Role::new(Part::Before, before.span), Role::new(Part::After, after.span)];
        let working = Working {
            said: Span::new(after.lead.start, after.span.end),
            ..Working::new(before.value, after.value, size, after, 1)
        };
        out.push(Claim::new(Kind::Change, after.span, roles, Verdict::Conflicts(working)));
    }
}

/// Whether a figure is a rate or a sum of money, of which no less is better called more.
fn is_level(scene: &Scene<'_>, q: &Quantity) -> bool {
    let of_better =
        words!["能耗", "漏损", "损耗", "不良", "负债", "失业", "误差", "差错", "成本", "费用", "价格", "效率"];
    (q.unit == Unit::Percent || q.span.of(scene.text).ends_with('元')) && !of_better.is_in(scene.clause(q))
}

/// 2025年，人均可支配收入达到21560元，较2025年增加1320元: the value of a year against that of the same one.
fn with_itself(scene: &Scene<'_>, out: &mut Vec<Claim>) {
    // What makes a value of the year another one than that of all of it, or none that has come about.
    const OTHERWISE: WordList = WordList::new(&[
        "月", "季", "半年", "末", "底", "初", "上年", "去年", "同期", "预算", "计划", "目标", "预计", "预测", "规划",
        "安排", "力争", "拟", "第", "年至", "年到", "年—", "年-", "年～", "以来", "年起", "下达", "调整",
    ]);
    for q in scene.sentence.quantities.iter().skip(1) {
        if !q.signs.may(Sign::Compares) || !q.signs.may(Sign::Year) {
            continue;
        }
        let lead = q.lead.of(scene.text);
        let Some(at) = lead.rfind(['比', '较']) else { continue };
        let against = &lead[at + '比'.len_utf8()..];
        let Some(end) = against.find('年') else { continue };
        let (Some(year), Some((_, ""))) =
            (years(&against[..end + '年'.len_utf8()]).next(), way(&against[end + '年'.len_utf8()..]))
        else {
            continue;
        };
        // The first clause says of which year the value is, and nothing before the comparison names another.
        let at = q.lead.start + at;
        let begun = &scene.text[scene.sentence.span.start..at];
        let Some(named) = begun.find('年').filter(|&n| !begun[..n].contains(['，', '、', '《', '“', '（', '到', '至']))
        else {
            continue;
        };
        let own = &begun[..named + '年'.len_utf8()];
        let alone = against[..end].chars().count() == 4 && years(begun).all(|y| y == year);
        // 同口径比2018年减少830万元，其中公务接待费比2018年减少38万元: the first year is itself that of a comparison.
        if own.contains(['比', '较', '与', '和', '从', '自', '由']) {
            continue;
        }
        if !alone || years(own).next() != Some(year) || OTHERWISE.is_in(begun) {
            continue;
        }
        let digits = begun[..named].char_indices().rev().nth(3).map_or(0, |(i, _)| i);
        let start = scene.sentence.span.start;
        let first = Span::new(start + digits, start + own.len());
        let said = Span::new(at, q.lead.start + (lead.len() - against.len()) + end + '年'.len_utf8());
        let (year, none) = (whole(year.into()), Interval::point(whole(0)));
        let working = Working::plain(year, year, none, none, said);
        out.push(Claim::new(Kind::Change, said, vec![Role::new(Part::After, first)], Verdict::Conflicts(working)));
    }
}
