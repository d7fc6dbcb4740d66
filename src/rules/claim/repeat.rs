//! claim-repeat: one quantity with two values.

use super::{Account, Case, number};
use crate::claim::Part;
use crate::diagnostic::Words;
use crate::rules::declare_rule;

declare_rule! {
    /// 同一段里同一个数说了两遍，两遍不一样；或同一个量用两种单位写，换算不上。
    ///
    /// 只在主语、量词、时间、范围都能从文中证明相同时才报，而且只报警告：时间不同（上半年与全年）、范围不同（全县与县本级）的
    /// 都不算。
    ///
    /// ```hit
    /// 2024年，全区共办结行政复议案件312件，其中调解86件。经过努力，2024年全区共办结行政复议案件321件。
    /// ```
    ///
    /// ```hit
    /// 本级财政投入2.4亿元（即2400万元）。
    /// ```
    ///
    /// 一次会议开幕时是第五次、闭幕时是第六次，也是这样。
    ///
    /// ```hit
    /// 青溪县第十八届人民代表大会第五次会议于1月15日举行。县第十八届人民代表大会第六次会议完成各项议程后，于1月18日闭幕。
    /// ```
    ///
    /// ```miss
    /// 上半年全区共开展会前学法活动5次。全年全区共开展会前学法活动11次。
    /// ```
    ///
    /// ```miss
    /// 本级财政投入2.4亿元（24000万元），完成造林4.5万亩，折合约3000公顷。
    /// ```
    ///
    /// `data`：`first` 先前的值（换算后），`second` 此处的值。
    ///
    /// The same quantity stated twice with different values, or one amount in two measures that do not convert.
    CLAIM_REPEAT = "claim-repeat", Warning,
    zh: "同一个数前后不一致",
    en: "one quantity is stated with two values",
}

pub(super) fn account(case: &Case<'_>) -> Account {
    let working = case.working;
    let stated = case.stated();
    let earlier = case.claim.roles.iter().find(|r| r.part == Part::Before);
    let before = earlier.map_or(String::new(), |r| case.document.excerpt(r.span).into_owned());
    let (zh, en) = if case.claim.derived {
        let converted = working.computed.at;
        let value = if working.scale > 1 {
            super::in_scale(converted, working)
        } else {
            crate::claim::decimal(converted, working.decimals)
        };
        (format!("{before}折合{value}，文中写{stated}"), format!("{before} makes {value}, the text says {stated}"))
    } else {
        (format!("前文写{before}，此处写{stated}"), format!("stated as {before} before and as {stated} here"))
    };
    Account {
        rule: &CLAIM_REPEAT,
        holds: Words::new(format!("前文{before}，此处{stated}"), format!("{before} before, {stated} here")),
        message: Words::new(zh, en),
        help: Words::new(
            "两处应当一致；如果说的不是同一件事，请在文中写明范围或时间",
            "The two must agree; if they are not the same thing, name the scope or the time",
        ),
        data: vec![("first", number(working.left)), ("second", number(working.right))],
    }
}
