//! Averages: a total, the number of things it is spread over, and what falls on each.

mod bill;
mod per;
mod price;
mod spread;

use super::exact::{Interval, whole};
use super::quantity::{Quantity, Unit};
use super::sign::Sign;
use super::verdict::{Fit, Verdict, Why, Working, fit};
use super::{Around, Claim, Kind, Part, Role, Scene, han_pairs, holds, totals};
use crate::text::{WordList, is_han, words};

/// The words that announce an average, and how one of the things is called.
const HEADS: &[(&str, Each<'_>)] = &[
    ("人均", Each("人", Some("名"))),
    ("户均", Each("户", None)),
    ("村均", Each("村", Some("社区"))),
    ("场均", Each("场", Some("场次"))),
    ("日均", Each("天", Some("日"))),
    ("天均", Each("天", Some("日"))),
    ("月均", MONTHS),
    ("件均", Each("件", None)),
    ("案均", Each("件", Some("案"))),
    ("班均", Each("班", Some("教学班"))),
    ("镇均", Each("镇", Some("乡镇"))),
    ("校均", Each("校", Some("学校"))),
    ("每期平均", Each("期", None)),
];

/// Months, of which a year has twelve.
const MONTHS: Each<'static> = Each("个月", Some("月"));

pub(super) fn find(scene: &Scene<'_>, out: &mut Vec<Claim>) {
    let list = scene.sentence.quantities;
    per::find(scene, out);
    price::find(scene, out);
    bill::find(scene, out);
    for (at, mean) in list.iter().enumerate().skip(1) {
        out.extend(spread::find(scene, at));
        if !matches!(mean.unit, Unit::Counter(_)) {
            continue;
        }
        if let Some(each) = each(scene, mean) {
            out.extend(judge(scene, at, each));
        }
    }
}

/// What one of the things is called: by one name or by either of two.
#[derive(Debug, Clone, Copy)]
struct Each<'a>(&'a str, Option<&'a str>);

impl<'a> Each<'a> {
    fn names(self) -> impl Iterator<Item = &'a str> {
        std::iter::once(self.0).chain(self.1)
    }

    fn is_called(self, name: &str) -> bool {
        self.names().any(|n| n == name)
    }
}

/// What one of the things is called, if the words before a figure announce an average.
fn each<'a>(scene: &'a Scene<'_>, mean: &Quantity) -> Option<Each<'a>> {
    if !scene.says(mean, Sign::Mean) {
        return None;
    }
    let lead = scene.lead(mean);
    if words!["较", "比", "高于", "低于", "法定"].is_in(lead) {
        return None; // 较上年日均多86件 compares averages.
    }
    if let Some((_, each)) = HEADS.iter().find(|(head, _)| holds(lead, head)) {
        return Some(*each);
    }
    let at = lead.rfind("平均")?;
    let (before, rest) = (&lead[..at], &lead[at + "平均".len()..]);
    if let Some(every) = rest.strip_prefix('每') {
        let every = every.strip_prefix('个').unwrap_or(every);
        if every.starts_with('月') {
            return Some(MONTHS);
        }
        if every.starts_with("季度") {
            return Some(Each("季度", None));
        }
        let first = |n: usize| every.char_indices().nth(n).map_or(every, |(end, _)| &every[..end]);
        return (!every.is_empty()).then(|| Each(first(2), Some(first(1))));
    }
    let mut last = before.chars().rev();
    match (last.next()?, last.next()) {
        (one @ ('期' | '件' | '人' | '户' | '村' | '场'), Some('每')) => {
            Some(Each(&before[before.len() - one.len_utf8()..], None))
        }
        ('位', Some('单')) => Some(Each("单位", None)),
        ('件', Some('案')) => Some(Each("件", Some("案"))),
        _ => None,
    }
}

fn judge(scene: &Scene<'_>, at: usize, each: Each<'_>) -> Option<Claim> {
    let list = scene.sentence.quantities;
    let mean = &list[at];
    if mean.masked {
        return Some(Claim::unknown(Kind::Average, mean.span, Why::Masked));
    }
    // 户均增收5200元 is no share of the money spent: what falls on each must be what was counted.
    let content = content(scene.lead(mean));
    // 去年拿出57万元用于分红，人均分得…: what is shared out is what falls on each, be it of last year.
    let received = RECEIVED.begins(content).is_some();
    let usable = |i: &usize| {
        let q = &list[*i];
        let mean_itself =
            || scene.says(q, Sign::Mean) && (!scene.lead(q).contains("均衡") || scene.lead(q).contains("平均"));
        *i != at
            && matches!(q.unit, Unit::Counter(_))
            && !q.masked
            && !mean_itself()
            && super::growth::way(scene.lead(q)).is_none()
            && (!scene.is_prior(q) || received && mean.clause.abs_diff(q.clause) <= 1)
            && !announces(scene, *i)
            // 从起涨的53.16米到峰顶历时17小时, 由147人优化为96人: where something began is no sum.
            && !(words!["从", "由"].is_in(scene.lead(q))
                && (scene.tail(q).starts_with(['到', '至']) || scene.tail(q).ends_with(['到', '至', '为'])))
    };
    let same_thing = |i: usize| {
        let around = scene.around(&list[i]);
        let shared_out = || received && (SHARED_OUT.is_in(around.lead) || SHARED_OUT.is_in(around.tail));
        content.is_empty() || follows_loosely(around, content) || shared_out()
    };
    // 一线办案法官人均…: a narrower group than the one that was counted.
    if words!["一线", "专职", "骨干"].is_in(scene.lead(mean)) {
        return Some(Claim::unknown(Kind::Average, mean.span, Why::NoBase));
    }
    let totals: Vec<usize> =
        (0..at).filter(|i| comparable(scene, &list[*i], mean) && usable(i) && same_thing(*i)).collect();
    if totals.is_empty() {
        return Some(Claim::unknown(Kind::Average, mean.span, Why::NoBase));
    }
    let year = year_in(each);
    let counts: Vec<usize> = (0..list.len())
        .filter(|&i| counts_them(scene, i, each) && (year.is_none() || spans_total(scene, i, at)))
        .filter(usable)
        .collect();
    let mut best: Option<(Fit, usize, Option<usize>, Interval)> = None;
    let mut tried = 0;
    let mut consider = |total: usize, count: Option<usize>, by: Interval| {
        let Some(computed) = list[total].means.ratio(&by, whole(1)) else { return };
        tried += 1;
        let fit = fit_mean(&computed, mean);
        if best.as_ref().is_none_or(|(f, ..)| fit > *f) {
            best = Some((fit, total, count, computed));
        }
    };
    for &total in totals.iter().rev() {
        for &count in counts.iter().filter(|&&c| c != total) {
            consider(total, Some(count), list[count].means);
        }
        // A year has 365 days or 366 and twelve months, and this can only show that a mean is right.
        let holds = |year: &Interval| {
            let computed = list[total].means.ratio(year, whole(1));
            computed.is_some_and(|computed| fit_mean(&computed, mean) == Fit::Fits)
        };
        if let Some(year) = year.filter(|year| counts.is_empty() && holds(year)) {
            consider(total, None, year);
        }
    }
    let (fit, total, count, computed) = match best {
        Some(best) => best,
        None => return Some(of_a_year(scene, at, each, &totals)),
    };
    let working = |total: usize, count: Option<usize>, computed| {
        let by = count.map(|c| list[c].value).or(year.map(|year| year.lo));
        Working::new(list[total].value, by.unwrap_or(whole(0)), computed, mean, tried)
    };
    let roles = |total: usize, count: Option<usize>| {
        let mut roles = vec![Role::new(Part::Mean, mean.span), Role::new(Part::Total, list[total].span)];
        roles.extend(count.map(|c| Role::new(Part::Count, list[c].span)));
        roles
    };
    let claim = |verdict, roles, firm| Claim::new(Kind::Average, mean.span, roles, verdict).firm(firm);
    Some(match fit {
        Fit::Fits => claim(Verdict::Agrees(working(total, count, computed)), roles(total, count), true),
        Fit::Near => claim(Verdict::Near(working(total, count, computed)), roles(total, count), true),
        Fit::Off => {
            // The total right before the mean, in its group, over a count of the very things that the words name.
            let total = totals
                .iter()
                .rev()
                .copied()
                .find(|&i| list[i].group == mean.group && mean.clause - list[i].clause <= 2);
            // 人均2.6次，不合格的10人…: what comes behind the mean is another matter, unless its words say that it is not.
            let behind = |c: usize| {
                list[c].depth > mean.depth
                    || super::totals(scene.lead(&list[c]))
                    || words!["按", "以"].is_in(scene.lead(&list[c]))
            };
            let near = |&c: &usize| Some(c) != total && (c < at || behind(c));
            let count = counts.iter().copied().rfind(near);
            match (total, count) {
                // 获赔917万元，去掉2件百万元以上的，人均约1.7万元: a mean of what is left.
                (Some(total), _)
                    if words!["去掉", "扣除", "剔除", "除去", "不含", "不计"]
                        .is_in(&scene.text[list[total].span.end..mean.span.start]) =>
                {
                    Claim::unknown(Kind::Average, mean.span, Why::NoPart)
                }
                // 共性清单46部，个性清单平均每个单位23部: a mean of other things than the total counts.
                (Some(total), _) if !speaks_of(scene, mean, &list[total]) => {
                    Claim::unknown(Kind::Average, mean.span, Why::NoPart)
                }
                // 运行7300小时，日均20小时，检修期十天日均6小时: the total has its mean, and this is one of a part.
                // 3467件，罚没5843.7万元，案均1.69万元，上年为3619件、5412.6万元，案均1.50万元: and this one of another period.
                (Some(total), _) if (total + 1..at).any(|i| announces(scene, i) || scene.is_prior(&list[i])) => {
                    Claim::unknown(Kind::Average, mean.span, Why::NoPart)
                }
                // 救助23445人次，支出652.45万元，人均328元: how many persons that were is not said.
                (Some(total), _)
                    if each.is_called("人") && (0..at).any(|i| i != total && comes_often(scene, i, mean)) =>
                {
                    Claim::unknown(Kind::Average, mean.span, Why::NoBase)
                }
                (Some(total), Some(count))
                    if counts.len() == 1 || each.1.is_none() || list[count].group == mean.group =>
                {
                    let computed = list[total].means.ratio(&list[count].means, whole(1))?;
                    let firm = [total, count, at].iter().all(|&i| list[i].hedge.is_none());
                    claim(Verdict::Conflicts(working(total, Some(count), computed)), roles(total, Some(count)), firm)
                }
                (None, _) => Claim::unknown(Kind::Average, mean.span, Why::NoPart),
                _ => Claim::unknown(Kind::Average, mean.span, Why::NoBase),
            }
        }
    })
}

/// Words of what each is given, and of what is shared out.
const RECEIVED: WordList = WordList::new(&["分得", "分到", "得到", "领到", "领取", "拿到"]);
const SHARED_OUT: WordList = WordList::new(&["分红", "分配", "发放", "兑付", "兑现"]);

/// 全年开展84场次，平均每月8场次: a total of the whole year against its twelve months or four quarters, where no rounding
/// gives the mean.
fn of_a_year(scene: &Scene<'_>, at: usize, each: Each<'_>, totals: &[usize]) -> Claim {
    /// Words of a time that is no whole year.
    const PART: WordList = WordList::new(&["半年", "截至", "截止", "季度", "学", "以来", "自", "起", "月"]);
    let list = scene.sentence.quantities;
    let mean = &list[at];
    let unknown = || Claim::unknown(Kind::Average, mean.span, Why::NoBase);
    let &[total] = totals else { return unknown() };
    let (total, parts) =
        (&list[total], if each.is_called("季度") { Some(4) } else { each.is_called("个月").then_some(12) });
    let months = whole(parts.unwrap_or(1));
    let clause = mean.lead.start.max(total.span.end);
    let before = &scene.text[scene.sentence.span.start..clause];
    let whole_year = words!["全年", "一整年"].is_in(before) && !PART.is_in(before);
    let near = total.group == mean.group && mean.clause - total.clause <= 1 && list[..at].len() <= 2;
    let Some(computed) = total.means.ratio(&Interval::point(months), whole(1)) else { return unknown() };
    let exact = total.exact && mean.hedge.is_none() && !mean.masked;
    if parts.is_none()
        || !whole_year
        || !near
        || !exact
        || !speaks_of(scene, mean, total)
        || fit_mean(&computed, mean) != Fit::Off
    {
        return unknown();
    }
    let working = Working::new(total.value, months, computed, mean, 1);
    let roles = vec![Role::new(Part::Mean, mean.span), Role::new(Part::Total, total.span)];
    Claim::new(Kind::Average, mean.span, roles, Verdict::Conflicts(working)).firm(false)
}

/// Whether the words before 平均 name nothing else than what the total counts.
fn speaks_of(scene: &Scene<'_>, mean: &Quantity, total: &Quantity) -> bool {
    let lead = scene.lead(mean);
    let subject = lead.find("平均").map_or("", |at| lead[..at].trim());
    subject.is_empty()
        || subject.starts_with('每')
        || scene.lead(total).contains(subject)
        || scene.tail(total).contains(subject)
}

/// How many of the things a year has, where they are days or months.
fn year_in(each: Each<'_>) -> Option<Interval> {
    let days = each.is_called("天").then(|| Interval { at: whole(365), ..Interval::new(whole(365), whole(366)) });
    days.or_else(|| each.is_called("个月").then(|| Interval::point(whole(12))))
}

/// Whether a number of days or months is the period of the total: said before the mean, or right behind it in a bracket
/// or with 共 (日均90件，按273天计). 最忙的一天, 国庆七天 and 第四季度三个月 are parts of it.
fn spans_total(scene: &Scene<'_>, i: usize, mean: usize) -> bool {
    const PART: WordList = WordList::new(&[
        "最", "节", "假", "国庆", "春运", "高峰", "旺季", "淡季", "汛期", "季度", "月", "周末", "单日", "其中", "首",
        "某",
    ]);
    let list = scene.sentence.quantities;
    let clause = &scene.text[scene.sentence.clauses[list[i].clause].start..list[i].span.start];
    let behind = i > mean && list[i].depth == list[mean].depth && !totals(scene.lead(&list[i]));
    // 4月份共30天，累计接待…: all days of one month, right before the total and its mean.
    let month = || {
        let told = &scene.text[scene.sentence.span.start..list[mean].span.start];
        let before = words!["共有", "共"].cut_end(clause).and_then(|words| words!["月份", "月"].cut_end(words));
        before.is_some_and(|words| words.ends_with(|c: char| c.is_ascii_digit()))
            && told.matches('月').count() == 1
            && list[mean].clause == list[i].clause + 2
            && !words!["截至", "截止", "期间", "节", "假", "其中", "开放日", "工作日"].is_in(told)
    };
    list[i].value != whole(1) && !behind && (!PART.is_in(clause) || month())
}

/// The words between the announcement of a mean and its figure: 参训 in 人均参训4次.
fn content(lead: &str) -> &str {
    let at = lead.rfind('均').map_or(0, |at| at + '均'.len_utf8());
    let rest = &lead[at..];
    let rest = rest.strip_prefix('每').map_or(rest, |r| {
        let named = r.strip_prefix('个');
        let name = named.unwrap_or(r);
        // 每村, 每件, 每个组织: the thing itself is no content.
        let name = name.split(['（', '(']).next().unwrap_or(name);
        let short = named.is_none() && !name.starts_with("季度");
        let one = short || name.starts_with(['村', '镇', '乡', '县', '区', '市', '人', '户']);
        name.char_indices().nth(if one { 1 } else { 2 }).map_or("", |(i, _)| &name[i..])
    });
    let mut rest = rest.trim();
    while let Some(r) =
        words!["达到", "达", "为", "近", "约", "超过", "超", "共", "了", "镇", "街", "业", "庄", "位"].cut_end(rest)
    {
        rest = r.trim();
    }
    rest
}

/// Whether some two neighbouring characters of `content`, or its first and last, stand in the words.
fn follows_loosely(words: Around<'_>, content: &str) -> bool {
    let mut han = content.chars().filter(|&c| is_han(c));
    let Some(first) = han.next() else { return true };
    let bears = |c: char| words.lead.contains(c) || words.tail.contains(c);
    match han.next_back() {
        None => bears(first),
        Some(last) => han_pairs(content).any(|pair| words.holds_pair(pair)) || bears(first) && bears(last),
    }
}

/// A mean is printed rounded, whole numbers included: 16名 on each of 204 villages stands for 15.5 to 16.5.
fn fit_mean(computed: &Interval, mean: &Quantity) -> Fit {
    if mean.exact {
        let half = mean.ulp / whole(2);
        let stated = Interval::around(mean.value, half);
        // Exactly one more is neither rounded up nor cut off.
        let off = computed.is_point() && (computed.at - mean.value).abs() >= mean.ulp;
        return if computed.meets(&stated) {
            Fit::Fits
        } else if computed.meets(&stated.widened(half)) && !off {
            Fit::Near
        } else {
            Fit::Off
        };
    }
    fit(computed, mean)
}

/// Whether the words before a figure announce an average of their own.
fn announces(scene: &Scene<'_>, i: usize) -> bool {
    each(scene, &scene.sentence.quantities[i]).is_some()
}

/// Whether a count in the group of the mean is of persons as often as they came.
fn comes_often(scene: &Scene<'_>, i: usize, mean: &Quantity) -> bool {
    let q = &scene.sentence.quantities[i];
    q.group == mean.group && in_times(scene, q)
}

/// Whether a count is in 人次.
fn in_times(scene: &Scene<'_>, q: &Quantity) -> bool {
    scene.lexicon.class("人次").map(Unit::Counter) == Some(q.unit)
}

/// Whether a total and a mean count the same things: the same measure word, or 场次 and the like of persons.
fn comparable(scene: &Scene<'_>, total: &Quantity, mean: &Quantity) -> bool {
    total.unit == mean.unit
        // 累计出勤5400人次，人均出勤9次: times of persons fall on persons as times.
        || in_times(scene, total)
            && scene.lexicon.class("次").map(Unit::Counter) == Some(mean.unit)
}

/// Whether a count counts the things that the mean falls on.
fn counts_them(scene: &Scene<'_>, i: usize, each: Each<'_>) -> bool {
    let q = &scene.sentence.quantities[i];
    let unit = &scene.text[q.span.start..q.span.end];
    let tail = scene.tail(q);
    let lead = scene.lead(q);
    each.names().any(|name| {
        let same_class = match (scene.lexicon.class(name), q.unit) {
            (Some(class), Unit::Counter(own)) => class == own,
            _ => false,
        };
        same_class
            || unit.ends_with(name)
            // 共有调解组织412个，平均每个组织…: the noun before the figure is what is counted.
            || (name.chars().count() > 1 && (holds(tail, name) || lead.ends_with(name)))
            || (name.chars().count() == 1 && tail.starts_with(name))
            || (matches!(name, "村" | "社区" | "单位")
                && (lead.ends_with(name) || holds(tail, name) || holds(lead, "行政村")))
    })
}
