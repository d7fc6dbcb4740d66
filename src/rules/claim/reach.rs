//! claim-reach: a rate or growth that no whole number gives on the stated base.

use super::{Account, Case, number};
use crate::claim::{Part, decimal};
use crate::diagnostic::Words;
use crate::rules::declare_rule;

declare_rule! {
    /// 基数是件、卷、批次这样的整数时，比率只能取有限的几个值；文中的比率哪个整数都得不出来。
    ///
    /// 只在基数精确、与比率写在同一分句（增幅紧跟在后），且放宽到末位一个单位仍没有整数能得出时报警告。满意率、知晓率之类
    /// 不按件数计算的比率不报。
    ///
    /// ```hit
    /// 全年受理的13件案件结案率为95%。
    /// ```
    ///
    /// ```hit
    /// 全年挂牌督办案件9件，同比增长40%。
    /// ```
    ///
    /// ```miss
    /// 全年受理的13件案件结案率为92.3%，本年立案18件，同比增长20%。
    /// ```
    ///
    /// ```miss
    /// 全年办理建议11件，满意率97%，13个镇街平均知晓率94.1%。
    /// ```
    ///
    /// `data`：`base` 基数，`nearest` 离文中比率最近的两个可能值（百分比）。
    ///
    /// A rate or growth that no whole number gives on the stated base.
    CLAIM_REACH = "claim-reach", Warning,
    zh: "基数是整数时得不出这样的比率",
    en: "no whole number gives this rate on the stated base",
}

pub(super) fn account(case: &Case<'_>) -> Account {
    let working = case.working;
    let grown = case.claim.roles.iter().any(|r| r.part == Part::After);
    let base = case.operand(if grown { Part::After } else { Part::Denominator });
    let stated = case.stated();
    let places = (working.decimals + 1).max(2);
    let low = decimal(working.computed.lo, places);
    let high = working.computed.hi.map_or_else(|| low.clone(), |hi| decimal(hi, places));
    let (zh, en) = if grown {
        (
            format!("现值为{base}时，上年数取任何整数，增减幅度都得不出{stated}，最接近的是{low}％和{high}％"),
            format!("with {base} now, no whole number before gives {stated}; the nearest are {low}% and {high}%"),
        )
    } else {
        (
            format!("基数为{base}时，没有哪个整数能得出{stated}，最接近的是{low}％和{high}％"),
            format!("no whole number out of {base} gives {stated}; the nearest are {low}% and {high}%"),
        )
    };
    Account {
        rule: &CLAIM_REACH,
        holds: Words::new(format!("基数{base}"), format!("base {base}")),
        message: Words::new(zh, en),
        help: Words::new(
            "请核对基数和比率；另有口径的，请在文中写明",
            "Check the base and the rate; if another base is meant, say so",
        ),
        data: vec![("base", number(working.right)), ("nearest", vec![format!("{low}%"), format!("{high}%")].into())],
    }
}
