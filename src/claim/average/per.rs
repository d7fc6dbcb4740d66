//! Means in another measure than their total: 每千人口 of a population, 亩产 of an area.

use super::{content, fit_mean, follows_loosely};
use crate::claim::exact::{Exact, Interval, whole};
use crate::claim::quantity::{Quantity, Unit};
use crate::claim::sign::Sign;
use crate::claim::verdict::{Fit, Verdict, Why, Working};
use crate::claim::{Claim, Kind, Part, Role, Scene, growth};
use crate::text::{Span, WordList, words};

pub(super) fn find(scene: &Scene<'_>, out: &mut Vec<Claim>) {
    let list = scene.sentence.quantities;
    for (at, mean) in list.iter().enumerate().skip(1) {
        if mean.masked {
            continue;
        }
        if mean.signs.may(Sign::Every) {
            out.extend(of_many(scene, at));
        }
        if mean.signs.may(Sign::Yield) {
            out.extend(of_area(scene, at));
        }
    }
}

/// A mean, the figures that may be its total, and those that may be what it is taken over.
struct Reading {
    mean: usize,
    totals: Vec<usize>,
    bases: Vec<usize>,
    /// How many of the base's measure the mean falls on.
    many: Exact,
    /// The words that say so: 每千人口.
    per: Option<Span>,
}

/// Words of a change, of a comparison and of an earlier mean.
const MOVED: WordList =
    WordList::new(&["由", "从", "比", "较", "上年", "去年", "提高", "增加", "高于", "低于", "全国", "全省"]);

/// 常住人口36.5万人，床位1971张，每千人口拥有床位5.4张.
fn of_many(scene: &Scene<'_>, at: usize) -> Option<Claim> {
    /// Populations that are a part of the whole one.
    const SOME: WordList = WordList::new(&[
        "流动", "农业", "农村", "城镇", "贫困", "脱贫", "出生", "老年", "老龄", "流出", "流入", "外来", "劳动", "残疾",
        "死亡", "新增", "迁", "搬", "就业", "低保",
    ]);
    let list = scene.sentence.quantities;
    let mean = &list[at];
    let lead = scene.lead(mean);
    let from = lead.rfind('每')?;
    let rest = &lead[from + '每'.len_utf8()..];
    let many = match rest.chars().next()? {
        '百' => 100,
        '千' => 1_000,
        '万' => 10_000,
        _ => return None,
    };
    let named = &rest['千'.len_utf8()..];
    let named = named.strip_prefix(['名', '位']).unwrap_or(named);
    let people = words!["常住人口", "户籍人口", "人口", "居民", "人"].begins(named)?;
    let thing = &named[people.len()..];
    let thing = words!["平均", "拥有", "占有", "享有", "配备", "有"].begins(thing).map_or(thing, |w| &thing[w.len()..]);
    let content = content(thing);
    if content.is_empty() || MOVED.is_in(thing) || growth::way(thing).is_some() {
        return None;
    }
    let person = Unit::Counter(scene.lexicon.class("人")?);
    let kind = people.strip_suffix("人口").filter(|kind| !kind.is_empty());
    let is_base = |q: &Quantity| {
        let words = scene.around(q);
        q.unit == person
            && words.holds("人口")
            && !SOME.is_in(words.lead)
            && kind.is_none_or(|kind| words.holds(kind))
            && q.value >= whole(many)
    };
    let bases: Vec<usize> = (0..list.len()).filter(|&i| i != at && is_base(&list[i])).collect();
    // What has the measure of the mean may be its total, whatever stands before it: 编制床位2864张，实际开放2715张.
    let totals: Vec<usize> = (0..at).filter(|&i| list[i].unit == mean.unit && !bases.contains(&i)).collect();
    let of_thing = |&i: &usize| follows_loosely(scene.around(&list[i]), content) && !scene.says(&list[i], Sign::Every);
    let raw = mean.lead.of(scene.text);
    let start = mean.lead.start + raw.len() - raw.trim_start().len() + from;
    let per = Span::new(start, start + lead.len() - from - (named.len() - people.len()));
    let reading = Reading { mean: at, bases, many: whole(many), per: Some(per), totals };
    // Of those who live there, or of all: a mean of the registered ones may be meant where nothing says which.
    let said = |&i: &usize| {
        let words = scene.around(&list[i]);
        kind.is_some() || words.holds("常住") || words.holds("总人口") || words.holds("服务人口")
    };
    let provable = reading.totals.iter().all(of_thing) && reading.bases.iter().all(said);
    let firm = reading.bases.iter().all(|&i| kind.is_some() || scene.around(&list[i]).holds("常住"));
    Some(judge(scene, &reading, whole(1), provable, firm))
}

/// 种植优质稻1.2万亩，总产量6480吨，平均亩产540公斤.
fn of_area(scene: &Scene<'_>, at: usize) -> Option<Claim> {
    /// What is not harvested from all of its area, or more than once.
    const OTHERWISE: WordList = WordList::new(&[
        "茶",
        "水果",
        "苹果",
        "林果",
        "果园",
        "果树",
        "芒果",
        "火龙果",
        "百香果",
        "坚果",
        "橘",
        "柑",
        "橙",
        "柚",
        "桃",
        "梨",
        "葡萄",
        "猕猴",
        "药",
        "板栗",
        "花椒",
        "枣",
        "桑",
        "竹",
        "橡胶",
        "咖啡",
        "枸杞",
        "林",
        "菌",
        "蔬菜",
        "藕",
        "再生",
        "双季",
        "两季",
        "复种",
        "耕地",
        "流转",
        "示范",
        "核心",
        "攻关",
        "基地",
        "投产",
        "挂果",
        "采摘",
        "受灾",
        "绝收",
        "测产面积",
        "套种",
        "间作",
        "轮作",
        "玉米大豆带状",
    ]);
    /// Words of a mean of some fields only.
    const BEST: WordList =
        WordList::new(&["最高", "最低", "高产", "示范", "核心", "测产", "攻关", "目标", "力争", "计划"]);
    let list = scene.sentence.quantities;
    let mean = &list[at];
    let lead = scene.lead(mean);
    if !Sign::Yield.words().is_in(lead) || MOVED.is_in(lead) || BEST.is_in(lead) || growth::way(lead).is_some() {
        return None;
    }
    // 总产值480万元，亩均产值4000元: money is spread over an area as crops are.
    let money = scene.lexicon.class("元").map(Unit::Counter) == Some(mean.unit);
    let worth = words!["产值", "收入", "收益", "效益", "利润"].ends(lead);
    if money && (worth.is_none() || !lead.contains("亩均")) {
        return None;
    }
    let weight =
        |q: &Quantity| if money { (q.unit == mean.unit).then_some(whole(1)) } else { kilograms(scene, q.unit) };
    let by = weight(mean)?;
    let hectares = lead.contains("公顷产");
    let area = |q: &Quantity| mu(scene, q.unit).map(|mu| if hectares { mu / whole(15) } else { mu });
    let usable = |&i: &usize| {
        let q = &list[i];
        !q.masked && growth::way(scene.lead(q)).is_none() && !scene.is_prior(q) && !scene.says(q, Sign::Yield)
    };
    let bases: Vec<usize> = (0..at).filter(|&i| area(&list[i]).is_some()).filter(usable).collect();
    let totals: Vec<usize> = (0..at).filter(|&i| weight(&list[i]).is_some()).filter(usable).collect();
    let (Some(&base), Some(&total)) = (bases.last(), totals.last()) else { return None };
    let sown = scene.around(&list[base]);
    let sown = ["种", "播", "栽", "面积"].iter().any(|w| sown.holds(w));
    let one_crop = crops(&scene.text[scene.sentence.span.start..mean.span.start]) <= 1;
    let whole_area = !OTHERWISE.is_in(scene.sentence.span.of(scene.text));
    let made = scene.around(&list[total]).holds(worth.filter(|_| money).unwrap_or("产"));
    let other = list.iter().enumerate().any(|(i, q)| i < at && !usable(&i) && q.unit == list[total].unit);
    let provable = sown && made && whole_area && one_crop && !other;
    let scale = weight(&list[total])? / by / area(&list[base])?;
    let same = totals.iter().all(|&i| list[i].unit == list[total].unit)
        && bases.iter().all(|&i| list[i].unit == list[base].unit);
    let reading = Reading { mean: at, totals, bases, many: whole(1), per: None };
    same.then(|| judge(scene, &reading, scale, provable, true))
}

/// How many crops the words name, up to two.
fn crops(words: &str) -> usize {
    const CROPS: WordList = WordList::new(&[
        "粮食",
        "小麦",
        "玉米",
        "水稻",
        "优质稻",
        "早稻",
        "晚稻",
        "中稻",
        "一季稻",
        "稻谷",
        "大豆",
        "油菜",
        "马铃薯",
        "红薯",
        "薯",
        "棉花",
        "花生",
        "高粱",
        "谷子",
        "甘蔗",
        "烟叶",
        "秋粮",
        "夏粮",
        "青稞",
        "辣椒",
        "甜菜",
        "向日葵",
    ]);
    let (mut first, mut rest) = (None, words);
    while let Some((at, crop)) = CROPS.find(rest) {
        if first.is_some_and(|first| first != crop) {
            return 2;
        }
        first = Some(crop);
        rest = &rest[at + crop.len()..];
    }
    usize::from(first.is_some())
}

/// How many kilograms a measure has.
fn kilograms(scene: &Scene<'_>, unit: Unit) -> Option<Exact> {
    let is = |word: &str| scene.lexicon.class(word).map(Unit::Counter) == Some(unit);
    let known = [("吨", whole(1000)), ("公斤", whole(1)), ("斤", Exact::new(1, 2))];
    known.into_iter().find(|(word, _)| is(word)).map(|(_, kilograms)| kilograms)
}

/// How many mu a measure has.
fn mu(scene: &Scene<'_>, unit: Unit) -> Option<Exact> {
    let is = |word: &str| scene.lexicon.class(word).map(Unit::Counter) == Some(unit);
    [("亩", whole(1)), ("公顷", whole(15))].into_iter().find(|(word, _)| is(word)).map(|(_, mu)| mu)
}

/// Judges a mean by all its readings; it conflicts only where there is one, and that is `provable`.
fn judge(scene: &Scene<'_>, reading: &Reading, scale: Exact, provable: bool, firm: bool) -> Claim {
    let list = scene.sentence.quantities;
    let mean = &list[reading.mean];
    let pairs = || reading.totals.iter().flat_map(|&t| reading.bases.iter().map(move |&b| (t, b)));
    let computed =
        |(t, b): (usize, usize)| -> Option<Interval> { list[t].means.ratio(&list[b].means, scale * reading.many) };
    let best =
        pairs().filter_map(|pair| computed(pair).map(|c| (fit_mean(&c, mean), pair, c))).max_by_key(|&(fit, ..)| fit);
    let Some((fit, (total, base), computed)) = best else {
        return Claim::unknown(Kind::Average, mean.span, Why::NoBase);
    };
    let tried = pairs().count();
    let working = Working::new(list[total].value, list[base].value, computed, mean, tried);
    let mut roles = vec![
        Role::new(Part::Mean, mean.span),
        Role::new(Part::Total, list[total].span),
        Role::new(Part::Count, list[base].span),
    ];
    roles.extend(reading.per.map(|per| Role::new(Part::Denominator, per)));
    let firm = firm && [total, base, reading.mean].iter().all(|&i| list[i].hedge.is_none());
    let verdict = match fit {
        Fit::Fits => Verdict::Agrees(working),
        Fit::Near => Verdict::Near(working),
        Fit::Off if provable && tried == 1 => Verdict::Conflicts(working),
        Fit::Off => Verdict::Unknown(Why::Ambiguous),
    };
    Claim::new(Kind::Average, mean.span, roles, verdict).firm(firm)
}
