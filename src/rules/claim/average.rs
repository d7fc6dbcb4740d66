//! claim-average: a mean against its total and the number of things it falls on.

use super::{Account, Case, computed, equals, number};
use crate::claim::Part;
use crate::diagnostic::Words;
use crate::rules::declare_rule;

declare_rule! {
    /// 文中写了平均数，也写了总数和份数，三者对不上。
    ///
    /// “人均”“户均”“村均”“平均每件”等字眼决定总数由什么来分；总数要和平均数同一个量词，且写在它前面不远。
    /// 平均数按写出的位数判断（写整数的允许四舍五入），带“约”“近”的报警告。
    ///
    /// ```hit
    /// 全镇15个村共选聘法律明白人90名，平均每村8名。
    /// ```
    ///
    /// ```hit
    /// 全年举办讲座120场，参加群众18000人次，场均130人次。
    /// ```
    ///
    /// ```miss
    /// 全镇15个村共选聘法律明白人92名，平均每村6名。
    /// ```
    ///
    /// ```miss
    /// 农村居民人均可支配收入21350元，全年接听来电36.5万件，日均1000件。
    /// ```
    ///
    /// ```miss
    /// 全年接待游客54.8万人次，日均1500人次，最多的一天接待7200人次。
    /// ```
    ///
    /// `data`：`total` 总数，`count` 份数，`computed` 算得的平均数，`stated` 文中的平均数，`figures` 参加计算的各数（照录），`tried` 试过的搭配数。
    ///
    /// A mean that its total and the number of things it falls on do not give.
    CLAIM_AVERAGE = "claim-average", Error,
    zh: "平均数与总数、份数不符",
    en: "an average does not follow from its total and count",
}

pub(super) fn account(case: &Case<'_>) -> Account {
    let working = case.working;
    // The days or months of a year need not be written.
    let count =
        if case.numbers(Part::Count).is_empty() { super::decimal(working.right, 0) } else { case.operand(Part::Count) };
    let total = case.operand(Part::Total);
    let (stated, equals) = (case.stated(), equals(working));
    let eq = equals.replace('＝', "=");
    let computed = if working.scale > 1 { super::in_scale(working.computed.at, working) } else { computed(working) };
    Account {
        rule: &CLAIM_AVERAGE,
        holds: Words::new(format!("{total}÷{count}{equals}{computed}"), format!("{total} ÷ {count} {eq} {computed}")),
        message: Words::new(
            format!("{total}÷{count}{equals}{computed}，文中写{stated}"),
            format!("{total} ÷ {count} {eq} {computed}, the text says {stated}"),
        ),
        help: Words::new(
            "请核对总数、份数和平均数；按别的范围平均的，请在文中写明",
            "Check the total, the count and the average; if it is taken over another set, say so",
        ),
        data: vec![
            ("total", number(working.left)),
            ("count", number(working.right)),
            ("computed", computed.into()),
            ("stated", stated.into()),
        ],
    }
}
