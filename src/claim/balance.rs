//! Accounts that must balance: who was called and who came, the plan and what went beyond it, what came in, what went out
//! and what is left.
//!
//! Each is one scheme of figures that the words name: 应到＝实到＋缺席, 超额＝完成－计划, 结余＝收入－支出, 年初＋新增－减少＝年末.
//! Where another flow may stand between (上年结转, 调入, 上解), where a figure is hedged, or where one of the names is
//! given twice, nothing is said.

use super::exact::{Exact, Interval, whole};
use super::quantity::{Quantity, Unit};
use super::sign::Sign;
use super::verdict::{Fit, Verdict, Working, fit};
use super::{Claim, Kind, Part, Role, Scene};
use crate::text::{Span, WordList, words};

pub(super) fn find(scene: &Scene<'_>, out: &mut Vec<Claim>) {
    let list = scene.sentence.quantities;
    if list.len() < 2 {
        return;
    }
    attendance(scene, out);
    if list.len() < 3 {
        return;
    }
    for (i, q) in list.iter().enumerate().skip(2) {
        // Each is of at least two counts before it.
        if matches!(q.unit, Unit::Counter(_)) && !q.masked && before(scene, i).nth(1).is_some() {
            out.extend(beyond(scene, i));
            out.extend(surplus(scene, i));
            out.extend(stock(scene, i));
        }
    }
    if list.iter().any(|q| scene.says(q, Sign::Carried)) {
        for chinese in [false, true] {
            let count = |q: &Quantity| q.chinese == chinese && matches!(q.unit, Unit::Counter(_));
            let counts: Vec<usize> = (0..list.len()).filter(|&i| count(&list[i])).collect();
            // Three of one unit at the least.
            let makes_sum = |&i: &usize| counts.iter().filter(|&&n| list[n].unit == list[i].unit).nth(2).is_some();
            if counts.iter().any(makes_sum) {
                out.extend(carried(scene, &counts));
            }
        }
    }
}

/// The counts right before this one, the nearest first, that are of its unit and stand in its group and in the same
/// brackets; rates between them are stepped over (完成560万元，为任务的112%，超收60万元).
fn before<'a>(scene: &Scene<'a>, i: usize) -> impl Iterator<Item = usize> + use<'a> {
    let list = scene.sentence.quantities;
    let of = &list[i];
    let rate = |q: &Quantity| matches!(q.unit, Unit::Percent | Unit::Points | Unit::Times);
    let counts = (0..i).rev().filter(move |&k| !rate(&list[k]) && list[k].depth <= of.depth);
    counts.take_while(move |&k| {
        let q = &list[k];
        q.unit == of.unit && q.group == of.group && q.depth == of.depth && q.chinese == of.chinese && !q.masked
    })
}

/// Whether none of them is hedged.
fn plain(scene: &Scene<'_>, of: &[usize]) -> bool {
    of.iter().all(|&i| scene.sentence.quantities[i].hedge.is_none())
}

/// The words without any of these at their end.
fn bare<'a>(mut words: &'a str, tails: &WordList) -> &'a str {
    while let Some(rest) = tails.cut_end(words) {
        words = rest.trim_end();
    }
    words
}

/// 应到215名，实到203名，请假12名: those who came and those who did not are all that were called.
fn attendance(scene: &Scene<'_>, out: &mut Vec<Claim>) {
    let list = scene.sentence.quantities;
    let bearing = |words: WordList, not: WordList| {
        let mut found = (0..list.len()).filter(move |&i| {
            let lead = scene.lead(&list[i]);
            words.is_in(lead) && !not.is_in(lead)
        });
        found.next().filter(|_| found.next().is_none())
    };
    let Some(due) = bearing(words!["应到", "应出席", "应参会"], words!["未"]) else { return };
    let there = words!["实到", "到会", "出席", "实参会", "实际参会"];
    let Some(came) = bearing(there, words!["应", "未", "缺", "列席", "请假", "共"]) else { return };
    let alike = |i: usize| {
        let q = &list[i];
        q.unit == list[due].unit && matches!(q.unit, Unit::Counter(_)) && q.exact && !q.masked
    };
    if came < due || !alike(due) || !alike(came) {
        return;
    }
    out.extend(majority(scene, due, came));
    let absent = words!["请假", "缺席", "未到", "缺勤", "未出席"];
    let Some(away) = bearing(absent, words!["应到", "其中"]).filter(|&i| i > came && alike(i)) else { return };
    let (all, there, not) = (&list[due], &list[came], &list[away]);
    let Some(sum) = there.means.add(&not.means) else { return };
    // Who is absent without leave may go unmentioned; whom the text calls absent is all.
    let short = sum.at < all.value;
    let lead = scene.lead(not);
    let agrees = fit(&sum, all) == Fit::Fits;
    // 出席开幕式的领导12名: what is far from the count is of others.
    let far = sum.at * whole(4) < all.value * whole(3) || sum.at * whole(3) > all.value * whole(4);
    // 应到党员30名，其中正式党员28名，实到正式党员26名，缺席2名: those who came may be of a part of them.
    let of_part = list[due + 1..came].iter().any(|q| matches!(q.unit, Unit::Counter(_)));
    if !agrees && (far || short && (of_part || lead.contains("请假"))) {
        return;
    }
    let roles =
        vec![Role::new(Part::Total, all.span), Role::new(Part::Addend, there.span), Role::new(Part::Addend, not.span)];
    let working = Working::new(sum.at, all.value, sum, all, 1);
    let verdict = if agrees { Verdict::Agrees(working) } else { Verdict::Conflicts(working) };
    out.push(Claim::new(Kind::Sum, all.span, roles, verdict).firm(!short));
}

/// 应到81名，实到38名，超过全体委员的半数: more than half, or two thirds and more, of those who were called.
pub(super) fn majority(scene: &Scene<'_>, due: usize, came: usize) -> Option<Claim> {
    let list = scene.sentence.quantities;
    let from = list[came].span.end;
    let rest = &scene.text[from..scene.sentence.span.end];
    let (at, word) = words!["半数", "一半", "二分之一", "三分之二"].find(rest)?;
    let start = rest[..at]
        .rfind(['，', ',', '；', ';', '、'])
        .map_or(0, |mark| mark + rest[mark..].chars().next().map_or(1, char::len_utf8));
    let head = rest[start..at].trim_start();
    let stop = at + word.len();
    let above = rest[stop..].starts_with("以上");
    let over = words!["超过"].is_in(head) || words!["已过", "过"].begins(head).is_some() || head.ends_with('过');
    let of_all = over || above && (head.is_empty() || words!["达到", "达", "占"].begins(head).is_some());
    // 赞成的超过半数, 不足半数: of the votes, or the other way.
    let other = words!["未", "不", "非", "票", "赞成", "同意", "通过", "女", "其中", "反对", "征"].is_in(head);
    let counted = list[came + 1..].iter().any(|q| matches!(q.unit, Unit::Counter(_)) && q.span.start < from + at);
    if other || counted || !of_all {
        return None;
    }
    let bound = if word == "三分之二" { Exact::new(200, 3) } else { whole(50) };
    let share = list[came].means.ratio(&list[due].means, whole(100))?;
    let holds = if over && !above { share.at > bound } else { share.at >= bound };
    let said = Span::new(
        from + start + (rest[start..at].len() - head.len()),
        from + stop + if above { "以上".len() } else { 0 },
    );
    let stated = Interval { lo: bound, hi: None, at: bound };
    let working = Working::plain(list[came].value, list[due].value, share, stated, said);
    let roles = vec![
        Role::new(Part::Rate, said),
        Role::new(Part::Numerator, list[came].span),
        Role::new(Part::Denominator, list[due].span),
    ];
    let verdict = if holds { Verdict::Agrees(working) } else { Verdict::Conflicts(working) };
    Some(Claim::new(Kind::Share, said, roles, verdict))
}

/// Figures of which the third is the first less the second: the words before each of them.
struct Scheme {
    high: WordList,
    low: WordList,
    /// Words that the third ends with.
    delta: WordList,
}

const PLAN: WordList = WordList::new(&["任务", "计划", "目标", "预算", "指标", "下达"]);
const MADE: WordList = WordList::new(&[
    "完成", "实际", "入库", "实现", "收入", "达", "种植", "征收", "到位", "建成", "决算", "支出", "采购", "成交",
]);
const SCHEMES: [Scheme; 5] = [
    // 计划造林3.5万亩，实际完成3.82万亩，超额完成0.32万亩
    Scheme {
        high: MADE,
        low: PLAN,
        delta: words![
            "超额完成",
            "超额",
            "超收",
            "超计划完成",
            "超计划",
            "超任务",
            "超目标",
            "超额实现",
            "超额入库",
            "超出计划",
            "超出任务",
            "超出目标",
            "比计划多",
            "较计划多",
            "比任务多",
            "较任务多",
            "比计划增加",
            "较计划增加",
            "比计划多完成",
            "较计划多完成"
        ],
    },
    // 任务1200万元，实际入库1180万元，短收20万元
    Scheme {
        high: PLAN,
        low: MADE,
        delta: words![
            "短收",
            "欠收",
            "欠产",
            "尚差",
            "还差",
            "比计划少",
            "较计划少",
            "比任务少",
            "较任务少",
            "比计划少完成"
        ],
    },
    // 采购预算1.5亿元，实际采购1.38亿元，节约资金1200万元
    Scheme {
        high: words!["预算", "控制价", "概算", "限价", "拦标价", "估算"],
        low: words!["采购", "成交", "中标", "合同", "支出", "决算", "执行", "实际"],
        delta: words!["节约", "节省", "节支", "节约资金", "节省资金", "节约财政资金", "节约经费", "节余", "节约支出"],
    },
    // 送审金额2.35亿元，审定金额2.21亿元，核减1400万元
    Scheme {
        high: words!["送审", "报审", "申报造价"],
        low: words!["审定", "审核后", "核定"],
        delta: words!["核减", "审减", "核减额", "审减额", "核减金额", "审减金额", "净核减", "核减资金", "审减资金"],
    },
    // 应收260户，已收234户，未收26户
    Scheme {
        high: words!["应收", "应缴", "应征", "应还", "应付"],
        low: words!["已收", "实收", "已缴", "实缴", "已征", "已还", "已付", "入库"],
        delta: words!["未收", "未缴", "欠缴", "尚欠", "未征", "未还", "未付", "欠"],
    },
];

/// What one figure is less another that stands with it, where their words name a scheme.
fn beyond(scene: &Scene<'_>, i: usize) -> Option<Claim> {
    let list = scene.sentence.quantities;
    let delta = &list[i];
    let whole_lead = scene.lead(delta);
    let lead = bare(whole_lead, &words!["了", "任务", "计划", "目标", "年度", "数", "为"]);
    let ends = |words: &WordList| words.ends(lead).is_some() || words.ends(whole_lead).is_some();
    let scheme = SCHEMES.iter().find(|scheme| ends(&scheme.delta))?;
    if words!["分别", "各", "同比", "上年", "去年", "累计", "合计", "共", "户均", "平均", "其中"].is_in(whole_lead)
    {
        return None;
    }
    let mut counts = before(scene, i);
    let (second, first) = (counts.next()?, counts.next()?);
    let says = |words: &WordList, k: usize| {
        let lead = scene.lead(&list[k]);
        words.is_in(lead) && !words!["上年", "去年", "同期", "其中", "分别", "平均"].is_in(lead)
    };
    let ways = |high: usize, low: usize| says(&scheme.high, high) && says(&scheme.low, low);
    // 决算86.4万元，比预算数96万元节约9.6万元: either may stand first. Where the words fit both ways, they tell nothing.
    let (high, low) = match (ways(first, second), ways(second, first)) {
        (true, false) => (first, second),
        (false, true) => (second, first),
        (true, true) if list[first].value > list[second].value => (first, second),
        (true, true) => (second, first),
        (false, false) => return None,
    };
    // 实收286万元（含往年欠费12万元），未收46万元; 欠缴36万元（含上年欠缴10万元）: of more than this year's.
    let between = &scene.text[list[high.min(low)].span.end..delta.span.start];
    let behind = scene.text[delta.said.end..scene.sentence.span.end].trim_start();
    let more = between.contains('含') || behind.starts_with(['（', '(']) && behind.contains('含');
    if more || list[high].value <= list[low].value || !plain(scene, &[high, low, i]) {
        return None;
    }
    let (fits, claim) = taken_off(list, (high, low), i)?;
    // 年初任务500万元，调整后任务550万元，完成560万元，超收60万元; 甲项目预算20万元、乙项目预算200万元，支出190万元，节约30万元:
    // of another plan, or of several.
    let other = |k: usize| says(&scheme.high, k) || says(&scheme.low, k);
    Some(claim).filter(|_| fits != Fit::Off || !counts.any(other))
}

/// The claim that a figure is what one count leaves of another, and how well it fits.
fn taken_off(list: &[Quantity], (high, low): (usize, usize), left: usize) -> Option<(Fit, Claim)> {
    let (high, low, left) = (&list[high], &list[low], &list[left]);
    let computed = high.means.sub(&low.means)?;
    let working = Working::new(low.value, high.value, computed, left, 1);
    let fits = fit(&computed, left);
    let verdict = match fits {
        Fit::Fits => Verdict::Agrees(working),
        Fit::Near => Verdict::Near(working),
        Fit::Off => Verdict::Conflicts(working),
    };
    let roles =
        vec![Role::new(Part::Delta, left.span), Role::new(Part::Total, high.span), Role::new(Part::Deducted, low.span)];
    Some((fits, Claim::new(Kind::Change, left.span, roles, verdict)))
}

/// Flows between what came in and what went out that a text may name or leave unnamed.
const FLOWS: WordList = WordList::new(&[
    "上年结转",
    "结转收入",
    "调入",
    "调出",
    "上解",
    "补助",
    "债务",
    "债券",
    "转移支付",
    "转移性",
    "加上",
    "加",
    "动用",
    "滚存",
    "年初",
    "上年结余",
    "稳定调节",
    "税",
    "分配",
    "提取",
]);

/// 收入合计2846.5万元，支出合计2619.8万元，收支结余226.7万元: what is left is what came in less what went out.
fn surplus(scene: &Scene<'_>, i: usize) -> Option<Claim> {
    let list = scene.sentence.quantities;
    let left = &list[i];
    let lead = bare(scene.lead(left), &words!["为", "资金", "额", "了", "数"]);
    words!["结余", "节余", "盈余"].ends(lead)?;
    if words!["累计", "滚存", "历年", "上年", "预计", "净", "累积", "其中"].is_in(lead) {
        return None;
    }
    let mut counts = before(scene, i);
    let (spent, came) = (counts.next()?, counts.next()?);
    let (out, into) = (scene.lead(&list[spent]), scene.lead(&list[came]));
    let ends = |lead: &str, word: &str| bare(lead, &TOTALS).ends_with(word);
    if !ends(out, "支出") || !ends(into, "收入") || scene.is_prior(&list[came]) {
        return None;
    }
    // 保费收入12亿元、财政补贴收入20亿元，支出30亿元，当期结余2亿元; 收入40亿元，其中保费收入35亿元，支出…: a part of what came in.
    let part = |lead: &str| lead.contains("其中");
    if part(out) || part(into) || counts.any(|k| scene.lead(&list[k]).contains("收入")) {
        return None;
    }
    let between = &scene.text[list[came].span.end..left.span.start];
    // 收支相抵, or the balance of a year by its name; else only the grand totals of both sides are known to be all.
    let balanced = words![
        "收支相抵",
        "收支结余",
        "收支差",
        "当年结余",
        "当期结余",
        "本年结余",
        "本期结余",
        "当年收支",
        "当期收支"
    ]
    .is_in(between);
    let grand = |lead: &str| lead.ends_with("总计");
    let all = balanced || grand(out) && grand(into);
    if !all || FLOWS.is_in(between) || !plain(scene, &[spent, came, i]) || list[came].value < list[spent].value {
        return None;
    }
    taken_off(list, (came, spent), i).map(|(_, claim)| claim)
}

/// Words of a total behind the name of what it totals.
const TOTALS: WordList = WordList::new(&["合计", "总计", "总额", "共计", "共", "为", "达", "安排", "完成", "实现"]);

/// Words of what a stock gains, each with those of what it loses: no other way leads in or out.
const WAYS: [(WordList, WordList); 9] = [
    (words!["新开工"], words!["竣工", "完工"]),
    (words!["新纳入", "纳入"], words!["退出", "清退", "取消", "停发"]),
    (words!["新增", "增加"], words!["减少", "销号", "注销", "核减", "退出"]),
    (words!["收案", "立案", "受理", "新收"], words!["办结", "审结", "结案"]),
    (words!["新排查", "新发现", "新发生"], words!["化解", "整改", "销号"]),
    (words!["新登记", "新设立"], words!["注销", "注吊销"]),
    (words!["入库", "购入", "收入"], words!["出库", "领用", "支出"]),
    (words!["入院"], words!["出院"]),
    (words!["新入", "入住"], words!["退住", "退出"]),
];

/// 年初在建项目73个，年内新开工28个、竣工34个，年末在建项目67个: what there was and what came is what went and what is left.
fn stock(scene: &Scene<'_>, i: usize) -> Option<Claim> {
    const FIRST: WordList = WordList::new(&["年初", "期初", "月初", "季初", "上年末", "上年底"]);
    const LAST: WordList = WordList::new(&["年末", "期末", "月末", "季末", "年底", "期末"]);
    let list = scene.sentence.quantities;
    // What is counted must be the same: 年初在建项目, 年末在建项目.
    let noun = |lead: &'_ str, words: WordList| {
        let (at, word) = words.find(lead)?;
        Some(at + word.len())
    };
    let end = scene.lead(&list[i]);
    let end = &end[noun(end, LAST)?..];
    let mut counts = before(scene, i);
    let (second, first) = (counts.next()?, counts.next()?);
    let tails = words!["为", "共", "有", "达", "数"];
    let start = match counts.next() {
        Some(start) => {
            let begin = scene.lead(&list[start]);
            let begin = bare(&begin[noun(begin, FIRST)?..], &tails);
            let end = bare(bare(end, &tails), &words!["实", "在册", "共", "保"]);
            (begin.starts_with(end) || end.starts_with(begin)).then_some(&list[start])?
        }
        None if first == 0 => opened(scene, i, bare(end, &tails), FIRST)?,
        None => return None,
    };
    let says = |words: &WordList, k: usize| words.ends(bare(scene.lead(&list[k]), &tails)).is_some();
    let ways = |came: usize, went: usize| WAYS.iter().any(|(a, b)| says(a, came) && says(b, went));
    let (came, went) = match () {
        () if ways(first, second) => (first, second),
        () if ways(second, first) => (second, first),
        () => return None,
    };
    // 年末共有226家（含预备会员2家）
    let more = scene.text[list[i].span.end..scene.sentence.span.end].contains('含');
    if more || start.hedge.is_some() || !plain(scene, &[came, went, i]) {
        return None;
    }
    let there = start.means.add(&list[came].means)?;
    let gone = list[went].means.add(&list[i].means)?;
    let roles = vec![
        Role::new(Part::Total, start.span),
        Role::new(Part::Total, list[came].span),
        Role::new(Part::Addend, list[went].span),
        Role::new(Part::Addend, list[i].span),
    ];
    let working = Working { stated: there, ..Working::new(gone.at, there.at, gone, &list[i], 1) };
    let verdict = if there.meets(&gone) { Verdict::Agrees(working) } else { Verdict::Conflicts(working) };
    Some(Claim::new(Kind::Sum, list[i].span, roles, verdict))
}

/// 年初，全县有低保对象1846户。全年新纳入132户，退出97户，年末实有1881户: the count of the sentence before that tells what there was,
/// where it is the only one there and the last names nothing else.
fn opened<'a>(scene: &Scene<'a>, i: usize, end: &str, first: WordList) -> Option<&'a Quantity> {
    let before = scene.previous?;
    let [start] = before.quantities else { return None };
    let last = &scene.sentence.quantities[i];
    let noun = match bare(end, &words!["实", "在册", "共", "保", "仍"]) {
        "" => true,
        end => scene.text[start.lead.range()].ends_with(end),
    };
    let same = start.unit == last.unit && start.chinese == last.chinese && !start.masked && start.depth == 0;
    (noun && same && first.is_in(&scene.text[before.span.start..start.span.start])).then_some(start)
}

/// 上年结转4件，本年新收52件，办结49件，结转下年7件: what came in and what was carried over is done or carried on.
fn carried(scene: &Scene<'_>, counts: &[usize]) -> Option<Claim> {
    let list = scene.sentence.quantities;
    let bearing = |words: WordList, not: Option<WordList>| {
        counts.iter().copied().filter(move |&i| {
            let lead = scene.lead(&list[i]);
            list[i].depth == 0 && words.is_in(lead) && not.is_none_or(|not| !not.is_in(lead))
        })
    };
    let one = |words, not| {
        let mut found = bearing(words, not);
        found.next().filter(|_| found.next().is_none())
    };
    const ON: WordList = WordList::new(&["结转下", "结转至下", "转入下", "留待下"]);
    let over = one(words!["上年结转", "上年度结转", "旧存", "上期结转"], Some(ON))?;
    let done = one(words!["办结", "审结", "结案", "答复"], Some(words!["未办结", "未审结"]))?;
    let on = one(ON, None)?;
    let same = |i: usize| list[i].unit == list[over].unit && !list[i].masked && list[i].exact;
    if ![over, done, on].into_iter().all(same) {
        return None;
    }
    let went = list[done].means.add(&list[on].means)?;
    let judged = |fresh: usize| {
        let came = list[over].means.add(&list[fresh].means)?;
        let roles = vec![
            Role::new(Part::Total, list[fresh].span),
            Role::new(Part::Total, list[over].span),
            Role::new(Part::Addend, list[done].span),
            Role::new(Part::Addend, list[on].span),
        ];
        let working = Working { stated: came, ..Working::new(went.at, came.at, went, &list[fresh], 1) };
        let verdict = if came.meets(&went) { Verdict::Agrees(working) } else { Verdict::Conflicts(working) };
        Some(Claim::new(Kind::Sum, list[fresh].span, roles, verdict))
    };
    // 新收62件，受理58件，连同上年结转4件…: what was received or what was taken on, whichever it is that was dealt with.
    let came = words!["新收", "收到", "受理", "本年收", "当年收"];
    let intakes: Vec<usize> =
        bearing(came, Some(words!["结转", "不予受理", "未受理"])).filter(|&i| same(i) && i != done).collect();
    if let Some(claim) = intakes.iter().filter_map(|&i| judged(i)).find(|c| matches!(c.verdict, Verdict::Agrees(_))) {
        return Some(claim);
    }
    let fresh = one(words!["新收", "新受理", "本年受理", "本年收", "当年受理", "当年收"], Some(words!["结转"]))?;
    judged(fresh).filter(|_| intakes == [fresh])
}
