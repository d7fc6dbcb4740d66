//! claim-bound: a part against its whole, a rate against 100%.

use super::{Account, Case, number};
use crate::claim::Part;
use crate::diagnostic::Words;
use crate::rules::declare_rule;

declare_rule! {
    /// 部分大于整体，实际数大于应有数，或合格率、办结率之类超过百分之百。
    ///
    /// “其中”之后的数大于它前面唯一说得通的总数时是错误；“应当…，实际…”和清单里较远的分项只报警告。
    /// 完成率、增长率可以超过百分之百，不报。同一组数的最高不能低于最低，一年的优良天数不能超过366天。
    ///
    /// ```hit
    /// 最高报价186万元，最低报价198万元。
    /// ```
    ///
    /// ```miss
    /// 男子组最高分92分，女子组最低分95分。
    /// ```
    ///
    /// ```hit
    /// 全区共抽查企业280家，其中不合格企业296家。
    /// ```
    ///
    /// ```hit
    /// 全年药品抽检合格率106%。
    /// ```
    ///
    /// ```miss
    /// 全年任务完成率118%，抽检合格率99.2%。
    /// ```
    ///
    /// ```miss
    /// 上年结转8件，本年受理75件，审结79件，其中判决40件。
    /// ```
    ///
    /// `data`：`part` 部分，`whole` 整体，`figures` 参加计算的各数（照录），`tried` 试过的搭配数。
    ///
    /// A part exceeds its whole, or a rate that cannot exceed 100% does.
    CLAIM_BOUND = "claim-bound", Error,
    zh: "部分大于整体，或比率超过百分之百",
    en: "a part exceeds its whole, or a rate exceeds 100%",
}

pub(super) fn account(case: &Case<'_>) -> Account {
    let working = case.working;
    let stated = case.stated();
    if let [low, high] = case.figures(Part::Item).as_slice() {
        return of_extremes(case, low, high);
    }
    let of_days = case.claim.roles.iter().any(|r| r.part == Part::Count);
    let message = if of_days {
        Words::new(
            format!("一年最多有366天，文中写{stated}"),
            format!("a year has at most 366 days, the text says {stated}"),
        )
    } else if case.claim.roles.iter().any(|r| r.part == Part::Rate) {
        Words::new(
            format!("这一比率不可能超过100％，文中写{stated}"),
            format!("this rate cannot exceed 100%, the text says {stated}"),
        )
    } else {
        let stated = case.document.excerpt(case.claim.at);
        let total = case
            .claim
            .roles
            .iter()
            .find(|r| r.part == Part::Total)
            .map_or(String::new(), |r| case.document.excerpt(r.span).into_owned());
        Words::new(
            format!("部分（{stated}）大于整体（{total}）"),
            format!("the part, {stated}, exceeds the whole, {total}"),
        )
    };
    let total = case.numbers(Part::Total).join("");
    let part = case.numbers(Part::Addend).join("");
    Account {
        rule: &CLAIM_BOUND,
        holds: Words::new(format!("{part}≤{total}"), format!("{part} ≤ {total}")),
        message,
        help: if of_days {
            Words::new(
                "请核对天数；多年或多地合计的，请在文中写明",
                "Check the days; if they are of several years or places, say so",
            )
        } else {
            Words::new(
                "请核对两个数；若二者不是部分与整体，请换一种写法，不用“其中”或“应当…实际”",
                "Check both figures; if they are not part and whole, do not write 其中 or 应当…实际",
            )
        },
        data: vec![("part", number(working.left)), ("whole", number(working.right))],
    }
}

/// The highest of some values against the lowest of them.
fn of_extremes(case: &Case<'_>, low: &str, high: &str) -> Account {
    Account {
        rule: &CLAIM_BOUND,
        holds: Words::new(format!("最低{low}≤最高{high}"), format!("the lowest, {low} ≤ the highest, {high}")),
        message: Words::new(
            format!("最高（{high}）低于最低（{low}）"),
            format!("the highest, {high}, is below the lowest, {low}"),
        ),
        help: Words::new(
            "请核对两个数，或者最高、最低二字写反了；若二者不是同一组数，请分别写明",
            "Check both figures, or which is the highest; if they are of two sets, name both",
        ),
        data: vec![("part", number(case.working.left)), ("whole", number(case.working.right))],
    }
}
