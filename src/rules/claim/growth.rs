//! claim-growth: a growth or fall against the values before and after.

use super::{Account, Case, computed, equals, number};
use crate::claim::Part;
use crate::diagnostic::Words;
use crate::rules::declare_rule;

declare_rule! {
    /// 文中写了增幅（降幅），也写了前后两个数，三者对不上。
    ///
    /// 前后两个数来自“由X增加到Y”“去年同期X…今年Y”“比上年的X”“（上年X）”，或由“比上年增加N”推出。
    /// 百分比之间的差是百分点，也在这里核对。年均增幅、可比价增幅、目标和计划不核对。
    ///
    /// ```hit
    /// 全年受理投诉1320件，去年同期为1100件，同比增长25.4%。
    /// ```
    ///
    /// ```hit
    /// 办理时限由20个工作日压缩至8个工作日，压缩70%。
    /// ```
    ///
    /// ```miss
    /// 全年受理投诉1320件，去年同期为1100件，同比增长20%。
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
    // The computation; what the text states follows where the two differ.
    let (zh, en) = if stated.ends_with(['倍', '番']) {
        (format!("由{before}到{after}，算得{computed}倍"), format!("from {before} to {after} makes {computed} times"))
    } else if stated.contains('点') {
        (format!("{high}％－{low}％{equals}{computed}个百分点"), format!("{high}% - {low}% {eq} {computed} points"))
    } else if case.claim.derived {
        (
            format!("按文中的增减数推算，幅度{equals}{computed}％"),
            format!("worked out from the stated difference, the rate {eq} {computed}%"),
        )
    } else {
        (
            format!("（{high}－{low}）÷{before}{equals}{computed}％"),
            format!("({high} - {low}) ÷ {before} {eq} {computed}%"),
        )
    };
    Account {
        rule: &CLAIM_GROWTH,
        message: Words::new(format!("{zh}，文中写{stated}"), format!("{en}, the text says {stated}")),
        holds: Words::new(zh, en),
        help: Words::new(
            "请核对前后两个数和增减幅度；口径有调整（可比口径、扣除因素）的，请在文中写明",
            "Check both values and the rate; if another basis of comparison is meant, say so",
        ),
        data: vec![
            ("before", number(working.left)),
            ("after", number(working.right)),
            ("computed", computed.into()),
            ("stated", stated.into()),
        ],
    }
}
