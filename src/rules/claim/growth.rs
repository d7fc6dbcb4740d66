//! claim-growth: a growth or fall against the values before and after.

use super::{Account, Case, computed, equals, number};
use crate::claim::{Interval, Part, Working, decimal, whole};
use crate::diagnostic::Words;
use crate::rules::declare_rule;

declare_rule! {
    /// 文中写了增幅（降幅），也写了前后两个数，三者对不上，或者增减的方向相反。
    ///
    /// 前后两个数来自“由X增加到Y”“去年同期X…今年Y”“某年X，某年Y”“比上年的X”“（上年X）”，或由“比上年增加N”、
    /// “比上年增加N，达到Y”推出；“前者是后者的3倍”取紧挨着的两个数。
    /// 百分比之间的差是百分点，也在这里核对，比上年、比计划、高于（低于）全省平均都算；差数写成了“%”、
    /// 数量的增幅写成了“个百分点”，也指出来。
    /// 由某年到某年（某年X，某年Y）的年均增幅按复合增长核对，多算一年也算对。可比价增幅、目标和计划不核对。
    ///
    /// ```hit
    /// 全年受理投诉1320件，去年同期为1100件，同比增长25.4%。
    /// ```
    ///
    /// ```hit
    /// 办理时限由20个工作日压缩至8个工作日，压缩70%。
    /// ```
    ///
    /// ```hit
    /// 森林覆盖率43.6%，低于全省平均水平（42.8%）0.8个百分点。
    /// ```
    ///
    /// ```hit
    /// 接待游客由2021年的80万人次增加到2024年的128万人次，年均增长20%。
    /// ```
    ///
    /// ```miss
    /// 全年受理投诉1320件，去年同期为1100件，同比增长20%。
    /// ```
    ///
    /// ```miss
    /// 接待游客由2021年的80万人次增加到2024年的128万人次，年均增长17%。
    /// ```
    ///
    /// ```miss
    /// 满意率由94.2%提高到97.5%，提高3.3个百分点；全年受理咨询1.3万人次，同比增长8%。
    /// ```
    ///
    /// `data`：`before` 原值，`after` 现值，`computed` 算得的幅度，`stated` 文中的幅度，`figures` 参加计算的各数（照录），`tried` 试过的搭配数。
    ///
    /// A growth, fall or difference of rates that does not follow from the values before and after.
    CLAIM_GROWTH = "claim-growth", Error,
    zh: "增减幅度与前后两个数不符",
    en: "a growth does not follow from the values before and after",
}

pub(super) fn account(case: &Case<'_>) -> Account {
    let working = case.working;
    let (before, after) = (case.operand(Part::Before), case.operand(Part::After));
    let (stated, computed, equals) = (case.stated(), computed(working), equals(working));
    let eq = equals.replace('＝', "=");
    let falls = working.right < working.left;
    let (high, low) = if falls { (&before, &after) } else { (&after, &before) };
    let in_points = stated.contains('点');
    let of_rates = [Part::Before, Part::After].iter().all(|&part| case.is_rate(part));
    // A move the other way than the words say is reckoned below zero.
    let times = stated.ends_with(['倍', '番']);
    let back = !times && working.computed.at < whole(0);
    let size = computed.trim_start_matches('-');
    // The computation; what the text states follows where the two differ.
    let (zh, en) = if times {
        (format!("由{before}到{after}，算得{computed}倍"), format!("from {before} to {after} makes {computed} times"))
    } else if in_points && back {
        let (zh, en) = if falls { ("小", "less") } else { ("大", "more") };
        let points = decimal(working.computed.at.abs(), working.decimals);
        (
            format!("{after}％比{before}％{zh}{points}个百分点"),
            format!("{after}% is {points} points {en} than {before}%"),
        )
    } else if in_points && of_rates {
        (format!("{high}％－{low}％{equals}{computed}个百分点"), format!("{high}% - {low}% {eq} {computed} points"))
    } else if of_rates {
        let points = decimal((working.left - working.right).abs(), working.decimals);
        (
            format!("{high}％与{low}％相差{points}个百分点，按百分比算是{size}％"),
            format!("{high}% and {low}% are {points} points apart, {size}% as a rate"),
        )
    } else if working.years > 0 {
        let (years, zh, en) =
            (working.years, if falls { "下降" } else { "增长" }, if falls { "fall" } else { "growth" });
        (
            format!("由{before}到{after}，{years}年的年均{zh}{equals}{size}％"),
            format!("from {before} to {after} in {years} years is a yearly {en} of {size}%"),
        )
    } else if case.claim.derived {
        (
            format!("按文中的增减数推算，幅度{equals}{computed}％"),
            format!("worked out from the stated difference, the rate {eq} {computed}%"),
        )
    } else if back {
        let (zh, en) = if falls { ("减少", "a fall") } else { ("增加", "a rise") };
        (
            format!("由{before}到{after}是{zh}，（{high}－{low}）÷{before}{equals}{size}％"),
            format!("from {before} to {after} is {en}, ({high} - {low}) ÷ {before} {eq} {size}%"),
        )
    } else {
        (
            format!("（{high}－{low}）÷{before}{equals}{computed}％"),
            format!("({high} - {low}) ÷ {before} {eq} {computed}%"),
        )
    };
    let (zh_said, en_said) = if back {
        (format!("文中写{stated}，方向相反"), format!("the text says {stated} the other way"))
    } else if working.years > 0 && is_simple(working) {
        // 10.4%: all of the growth, divided by the years.
        let years = working.years;
        (
            format!("文中写{stated}，是总幅度除以{years}，没有按复合计算"),
            format!("the text says {stated}, the whole of it divided by {years} and not compounded"),
        )
    } else {
        (format!("文中写{stated}"), format!("the text says {stated}"))
    };
    let help = if of_rates != in_points {
        Words::new(
            "两个百分数相差多少用“个百分点”，比原值增减了百分之几用“%”；请核对用的是哪一个",
            "The difference of two rates is one of points, a rate of growth is in %: check which is meant",
        )
    } else {
        Words::new(
            "请核对前后两个数和增减幅度；口径有调整（可比口径、扣除因素）的，请在文中写明",
            "Check both values and the rate; if another basis of comparison is meant, say so",
        )
    };
    Account {
        rule: &CLAIM_GROWTH,
        message: Words::new(format!("{zh}，{zh_said}"), format!("{en}, {en_said}")),
        holds: Words::new(zh, en),
        help,
        data: vec![
            ("before", number(working.left)),
            ("after", number(working.right)),
            ("computed", computed.into()),
            ("stated", stated.into()),
        ],
    }
}

/// Whether what the text states is the growth of all the years divided by their number.
fn is_simple(working: &Working) -> bool {
    let grown = (working.right - working.left).abs() * whole(100) / working.left;
    working.stated.meets(&Interval::point(grown / whole(working.years.into())))
}
