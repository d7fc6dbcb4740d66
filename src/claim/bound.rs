//! Bounds: a part is at most the whole, what was done at most what was due, and most rates at most 100%.

use super::exact::{Interval, whole};
use super::growth::{way, years};
use super::quantity::{Hedge, Quantity, Unit};
use super::sign::Sign;
use super::verdict::{Verdict, Why, Working};
use super::{Around, Claim, Kind, Part, Role, SETTLED, Scene, han_pairs};
use crate::text::{WordList, words};

pub(super) fn find(scene: &Scene<'_>, out: &mut Vec<Claim>) {
    parts(scene, out);
    among(scene, out);
    returned(scene, out);
    due(scene, out);
    extremes(scene, out);
    days(scene, out);
    rates(scene, out);
}

fn claim(whole_q: &Quantity, part: &Quantity, firm: bool) -> Option<Claim> {
    let (w, p) = (whole_q.means, part.means);
    let roles = vec![Role::new(Part::Addend, part.span), Role::new(Part::Total, whole_q.span)];
    let working = Working::new(part.value, whole_q.value, p, whole_q, 1);
    let verdict = match w.hi {
        Some(hi) if p.lo > hi => Verdict::Conflicts(working),
        _ => Verdict::Agrees(working),
    };
    let firm = firm && whole_q.hedge.is_none() && part.hedge.is_none();
    Some(Claim::new(Kind::Bound, part.span, roles, verdict).firm(firm))
}

/// 共20件，其中25件: the part right after 其中 against the count right before it.
fn parts(scene: &Scene<'_>, out: &mut Vec<Claim>) {
    let list = scene.sentence.quantities;
    for i in 1..list.len() {
        let part = &list[i];
        if !part.signs.may(Sign::Among) || !matches!(part.unit, Unit::Counter(_)) {
            continue;
        }
        // 培训4批次、260人次，其中线上3批次: other counts may stand between.
        let before =
            (0..i).rev().map(|k| &list[k]).filter(|q| matches!(q.unit, Unit::Counter(_)) && q.depth == part.depth);
        let Some(total) = before.take(3).find(|q| q.unit == part.unit) else {
            continue;
        };
        if total.chinese != part.chinese || total.group != part.group {
            continue;
        }
        let lead = part.lead.of(scene.text);
        let Some((at, _)) = Sign::Among.words().find(lead) else { continue };
        let before_it = lead[..at].trim();
        // 其中负债200万元以上的27个: a threshold is no part.
        let limit = matches!(part.hedge, Some(Hedge::AtLeast | Hedge::AtMost)) && scene.tail(part).starts_with('的');
        if limit || scene.is_prior(total) || is_mean_or_price(scene, total) || lead.contains(['比', '较']) {
            continue;
        }
        if part.masked || total.masked {
            out.push(Claim::unknown(Kind::Bound, part.span, Why::Masked));
            continue;
        }
        if !before_it.is_empty() && part.clause != total.clause {
            continue;
        }
        // Where an earlier count of the group is large enough, 其中 may speak of that one.
        let mut others =
            list[..i].iter().filter(|q| q.unit == part.unit && q.group == part.group && q.depth <= part.depth);
        let enough = others.any(|q| q.means.hi.is_none_or(|hi| hi >= part.means.lo));
        let listed = scene.text[..total.lead.start].ends_with('、') || scene.lead(total).ends_with(JOINS);
        // 增减相抵，净增加2.3亿元，其中支出3.8亿元; 学生减少1874人，其中小学生减少3126人、初中生增加1638人: parts of a
        // balance may be more than it.
        let balance = words!["净", "相抵", "差额", "结余", "利润", "盈亏"].is_in(scene.clause(total))
            || way(scene.lead(total)).is_some_and(|(_, rest)| {
                // 同比增加17个，其中首次分红的21个，今年没有分红的4个: what came less what went.
                way(lead).is_some() || words!["比", "较"].is_in(rest)
            });
        // 经费120万元，开发37个产品，其中“冷泡茶”销售4600万元: 其中 speaks of what stands right before it.
        let nearer = list[..i].iter().rfind(|q| matches!(q.unit, Unit::Counter(_)) && q.depth == part.depth);
        let parted = nearer.is_some_and(|q| q.clause != total.clause);
        if total.value < part.value && (enough || listed || parted || balance) {
            continue;
        }
        out.extend(claim(total, part, true));
        // Later parts of the list that name the same things again; hardly any is more than the total.
        let exceeds = |later: &Quantity| {
            later.unit == total.unit && later.means.hi.is_some() && total.means.hi.is_some_and(|hi| later.means.lo > hi)
        };
        let last = list[i + 1..].iter().rposition(exceeds).map_or(i, |n| i + 1 + n);
        for later in &list[i + 1..=last] {
            let here = scene.lead(later);
            if later.group != part.group || later.depth != part.depth || later.masked || balance {
                break;
            }
            // 其中博士0.3万人，在学研究生7.2万人: a stock, or another scheme, is no part of this year's.
            if STOCKS.is_in(here) {
                break;
            }
            if !exceeds(later) || later.chinese != total.chinese || scene.is_prior(later) {
                continue;
            }
            if SETTLED.is_in(here) || shares_noun(scene.around(total), here) {
                out.extend(claim(total, later, false));
            }
        }
    }
}

/// Whether a figure tells how high something is, as a mean or a price does, and not how much there is of it: 次均费用6842元，其中县医院
/// 7316元.
fn is_mean_or_price(scene: &Scene<'_>, q: &Quantity) -> bool {
    const LEVELS: WordList =
        WordList::new(&["每", "最高", "最低", "价格", "单价", "标准", "得分", "评分", "满意度", "指数"]);
    scene.says(q, Sign::Mean) || LEVELS.is_in(scene.lead(q)) || q.span.of(scene.text).ends_with('分')
}

/// Words of a figure that counts more than this year's.
const STOCKS: WordList = WordList::new(&[
    "累计", "现行", "有效", "在学", "在建", "在册", "在校", "在岗", "总数", "总量", "存量", "现有", "拥有", "城乡",
    "居民", "全省", "全市", "全国", "以来",
]);

/// What joins a count to the one before it.
const JOINS: [char; 3] = ['和', '与', '及'];

/// 37个县直部门中，有39个部门…: of N things, M.
fn among(scene: &Scene<'_>, out: &mut Vec<Claim>) {
    for (i, pair) in scene.sentence.quantities.windows(2).enumerate() {
        let (n, m) = (&pair[0], &pair[1]);
        let sorted = || {
            m.clause <= n.clause + 1
                && matches!(scene.lead(m), "" | "有" | "已有" | "共有")
                // 8个县和2个功能区中，有7个…: of both together.
                && !scene.lead(n).ends_with(JOINS)
                && !scene.text[..n.lead.start].ends_with('、')
                && super::among(scene.tail(n))
        };
        if comparable(n, m) && n.chinese == m.chinese && sorted() {
            out.extend(claim(n, m, false));
            out.extend(more_than_half(scene, i));
        }
    }
}

/// 42个村中，已有19个…，超过半数: of N things M, and the very next clause says no more than that these are more than half.
fn more_than_half(scene: &Scene<'_>, n: usize) -> Option<Claim> {
    const MARKS: [char; 6] = ['，', ',', '；', ';', '（', '('];
    let list = scene.sentence.quantities;
    let m = &list[n + 1];
    // 占半数以上 is a share of its own.
    if list.get(n + 2).is_some_and(|q| q.unit == Unit::Percent && scene.lead(q).contains('占')) {
        return None;
    }
    let rest = &scene.text[m.span.end..scene.sentence.span.end];
    let mut clauses = rest.split(MARKS);
    let (told, said) = (clauses.next()?, clauses.next()?.trim());
    // 42家企业中，19家规上企业贡献税收，占一半以上: half of what they yield may be meant, where 半数 is one of things.
    const YIELDS: WordList = WordList::new(&[
        "税", "收入", "产值", "产量", "利润", "投资", "销", "贡献", "面积", "资金", "额", "用电", "能耗", "元", "债",
        "款", "规模", "业务",
    ]);
    if said.contains("一半") && YIELDS.is_in(told) {
        return None;
    }
    let bare = words!["已超过", "超过", "已占", "占比", "占", "已", "过", "达到", "达"];
    let mut head = said.strip_suffix("以上").unwrap_or(said);
    head = words!["半数", "一半"].cut_end(head)?;
    while let Some(word) = bare.begins(head) {
        head = &head[word.len()..];
    }
    let sure = m.hedge.is_none() && list[n].hedge.is_none() && head.is_empty();
    if sure { super::balance::majority(scene, n, n + 1) } else { None }
}

/// Whether two figures of a group count things in the same measure, and can be reckoned with.
#[inline]
fn comparable(a: &Quantity, b: &Quantity) -> bool {
    a.unit == b.unit && matches!(a.unit, Unit::Counter(_)) && a.group == b.group && !a.masked && !b.masked
}

/// Whether the words hold the noun of two characters that the others end with.
fn shares_noun(a: Around<'_>, b: &str) -> bool {
    han_pairs(b).last().is_some_and(|noun| a.holds_pair(noun))
}

/// 应当回访60户，实际回访64户: what was done exceeds what was due.
fn due(scene: &Scene<'_>, out: &mut Vec<Claim>) {
    let list = scene.sentence.quantities;
    for i in 1..list.len() {
        let done = &list[i];
        if !done.signs.may(Sign::Done) {
            continue;
        }
        let mut before = (i.saturating_sub(2)..i).rev().filter(|&k| comparable(&list[k], done)).peekable();
        if before.peek().is_none() {
            continue;
        }
        let Some(verb) = after_word(scene.lead(done), *Sign::Done.words()) else { continue };
        for k in before {
            let owed = &list[k];
            let Some(what) = after_word(scene.lead(owed), words!["应当", "应该", "依法应", "应"]) else {
                continue;
            };
            let same = what.chars().zip(verb.chars()).take(2).all(|(a, b)| a == b)
                && what.chars().count() >= 2
                && verb.chars().count() >= 2;
            // 应当归档的案卷250卷，已装订256卷: right behind one another, with a verb for the other's noun.
            let must = words!["应当", "应该", "依法应"].is_in(scene.lead(owed));
            let next =
                must && k + 1 == i && done.clause == owed.clause + 1 && verb.chars().count() <= 4 && !verb.is_empty();
            if same || next {
                out.extend(claim(owed, done, false));
            }
        }
    }
}

/// 最高报价276万元，最低报价298万元: of one kind of values the highest is not less than the lowest.
fn extremes(scene: &Scene<'_>, out: &mut Vec<Claim>) {
    for pair in scene.sentence.quantities.windows(2) {
        let (a, b) = (&pair[0], &pair[1]);
        if !comparable(a, b) || a.chinese != b.chinese || a.depth != b.depth || b.clause > a.clause + 1 {
            continue;
        }
        let (first, second) = (scene.lead(a), scene.lead(b));
        // Whose they are stands before the first alone: 甲市最高, 最低; 南部最高5度，北部最低12度 are of two places.
        let Some((at, word)) = words!["最高", "最低"].find(first) else { continue };
        let other = if word == "最高" { "最低" } else { "最高" };
        let Some(what) = second.strip_prefix(other) else { continue };
        let own = &first[at + word.len()..];
        let named = |words: &str| !matches!(words, "" | "为" | "达" | "是" | "的" | "分别为");
        // 最高补助5000元，最低档标准6000元: of the same values only where they are called alike.
        let alike = own == what || !named(own) && !named(what);
        let (high, low) = if word == "最高" { (a, b) } else { (b, a) };
        let text = &scene.text[a.lead.start..b.span.end];
        let below = words!["零下", "负", "-", "－", "−", "限价", "控制价", "气温"].is_in(text);
        let plain = a.hedge.is_none() && b.hedge.is_none() && !scene.is_prior(a) && !scene.is_prior(b);
        if !alike || below || !plain || low.means.hi.is_none() {
            continue;
        }
        let working = Working::new(low.value, high.value, low.means, high, 1);
        let verdict = match high.means.hi {
            Some(hi) if low.means.lo > hi => Verdict::Conflicts(working),
            _ => Verdict::Agrees(working),
        };
        let roles = vec![Role::new(Part::Item, low.span), Role::new(Part::Item, high.span)];
        out.push(Claim::new(Kind::Bound, high.span, roles, verdict));
    }
}

/// 2025年，优良天数371天: a year has 366 days at the most.
fn days(scene: &Scene<'_>, out: &mut Vec<Claim>) {
    let Some(day) = scene.lexicon.class("天").map(Unit::Counter) else { return };
    let most = whole(366);
    for q in scene.sentence.quantities.iter().filter(|q| q.unit == day && q.value > most) {
        let lead = scene.lead(q);
        let lead = words!["达到", "达", "为", "共"].cut_end(lead).unwrap_or(lead);
        let before = &scene.text[scene.sentence.span.start..q.span.start];
        let one_year = before.matches('年').count() == 1 && years(before).next().is_some();
        let longer = words!["累计", "连续", "以来", "自", "起", "截至", "至", "合计", "总", "各", "人天", "—", "站"]
            .is_in(before);
        if words!["优良天数", "优良天气天数", "达标天数", "良好天数", "优良以上天数"].ends(lead).is_none()
            || !one_year
            || longer
            || q.masked
            || q.hedge.is_some()
            || !q.exact
        {
            continue;
        }
        let stated = Interval::point(most);
        let working = Working { stated, ..Working::new(q.value, most, q.means, q, 1) };
        let roles = vec![Role::new(Part::Count, q.span)];
        out.push(Claim::new(Kind::Bound, q.span, roles, Verdict::Conflicts(working)));
    }
}

/// 发放征求意见函15份，收到回函17份: no more can come back than was sent out.
fn returned(scene: &Scene<'_>, out: &mut Vec<Claim>) {
    for pair in scene.sentence.quantities.windows(2) {
        let (sent, back) = (&pair[0], &pair[1]);
        let goes = || scene.says(sent, Sign::Sent);
        let comes = || words!["回函", "回收", "收回", "回执"].is_in(scene.lead(back));
        if back.clause == sent.clause + 1 && comparable(sent, back) && goes() && comes() {
            out.extend(claim(sent, back, false));
        }
    }
}

/// What stands behind the first of the words that is in the lead, at its last place there.
fn after_word(lead: &str, words: WordList) -> Option<&str> {
    if !words.is_in(lead) {
        return None;
    }
    words.list().iter().find_map(|w| lead.rfind(w).map(|at| &lead[at + w.len()..]))
}

/// 合格率112%: a share of what there is cannot exceed all of it.
fn rates(scene: &Scene<'_>, out: &mut Vec<Claim>) {
    for q in scene.sentence.quantities {
        if q.unit != Unit::Percent || q.masked || [q.value, q.means.lo].iter().any(|&v| v <= whole(100)) {
            continue;
        }
        let mut head = scene.lead(q);
        for link in ["达到", "高达", "达", "均为", "为", "是", "的", "超过", "超"] {
            head = head.strip_suffix(link).unwrap_or(head);
        }
        let capped = scene.lexicon.rate(head).is_some_and(|r| !r.over);
        let of_all = head.rfind('占').is_some_and(|at| head[at..].contains("全部") || head[at..].contains("总数"));
        if capped || of_all {
            let hundred = Interval::point(whole(100));
            let working = Working { stated: hundred, ..Working::new(q.value, whole(100), q.means, q, 1) };
            let roles = vec![Role::new(Part::Rate, q.span)];
            out.push(Claim {
                kind: Kind::Bound,
                at: q.span,
                roles,
                verdict: Verdict::Conflicts(working),
                firm: true,
                name: None,
                derived: false,
            });
        }
    }
}
