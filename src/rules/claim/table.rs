//! claim-table: a cell of a table against the cells that it follows from.

use super::{Account, Case, computed, equals};
use crate::claim::{Part, Relation, decimal};
use crate::diagnostic::Words;
use crate::rules::declare_rule;
use crate::text::Span;

declare_rule! {
    /// 表格里的合计、小计、增减、结转、占比，与同一张表里的其他数字对不上。
    ///
    /// 表头和行名说明哪一格该等于什么：“合计”“总计”行是各行之和，“合计”“小计”列是各列之和，“增减”是两期之差，
    /// 收案加上年结转等于办结加结转下年，“占比”是本行占合计的比例。同一关系在这张表的其他行（列）大多成立，个别一格不成立，
    /// 才报这一格；只有一列数字的，看“合计”与各行之和。“其中”不另加；有小计的按小计或按明细，哪种对得上用哪种；空格、
    /// “—”、遮住的数字不参加计算；万元、小数允许四舍五入。行合计和列合计差同一个数时，只报它们相交的那一格。
    ///
    /// ```hit
    /// 单位 | 受理 | 办结
    /// 河东局 | 31 | 30
    /// 河西局 | 22 | 20
    /// 合计 | 53 | 52
    /// ```
    ///
    /// ```hit
    /// 类别 | 2023年 | 2024年 | 增减
    /// 民事 | 310 | 342 | 32
    /// 刑事 | 95 | 88 | -7
    /// 行政 | 40 | 52 | 22
    /// ```
    ///
    /// ```miss
    /// 单位 | 受理 | 其中：网上受理 | 办结
    /// 河东局 | 31 | 12 | 30
    /// 河西局 | 22 | — | 20
    /// 合计 | 53 | 12 | 50
    /// ```
    ///
    /// `data`：`kind` 关系（column 列合计、row 行合计、difference 增减和结转、share 占比和比率、growth 增长率），`computed` 算得的数，
    /// `stated` 表中的数，`tried` 试过的算法数。
    ///
    /// A total, a difference, a balance or a share of a table that the other cells of the table do not give.
    CLAIM_TABLE = "claim-table", Error,
    zh: "表格中的数与同表其他数字不符",
    en: "a cell of a table does not follow from the others",
}

/// How many numbers of a sum a message spells out.
const SPELT: usize = 8;

pub(super) fn account(case: &Case<'_>, relation: Relation) -> Account {
    let working = case.working;
    let stated = case.stated();
    // Printed cells add up exactly, whatever they were rounded from.
    let (computed, equals) = match relation.adds() {
        true => (decimal(working.computed.at, working.decimals), "＝"),
        false => (computed(working), equals(working)),
    };
    let line = |span: Span| case.document.lines.line_of(span.start);
    let across = case.claim.roles.iter().all(|r| line(r.span) == line(case.claim.at));
    let formula = match relation {
        Relation::Share => format!("{}÷{}", case.operand(Part::Numerator), case.operand(Part::Denominator)),
        Relation::Growth => {
            let before = case.operand(Part::Before);
            format!("（{}－{before}）÷{before}", case.operand(Part::After))
        }
        _ => {
            let plus = spelt(&case.numbers(Part::Addend), "＋");
            let minus = spelt(&case.numbers(Part::Deducted), "－");
            if minus.is_empty() { plus } else { format!("{plus}－{minus}") }
        }
    };
    let percent = if relation.adds() { "" } else { "%" };
    let (kind, zh, en) = match relation {
        Relation::Column => ("column", "本列", "the column gives"),
        Relation::Row => ("row", "本行", "the row gives"),
        Relation::Difference => ("difference", if across { "本行" } else { "本列" }, "the other cells give"),
        Relation::Share => ("share", "本行", "the counts give"),
        Relation::Growth => ("growth", "本行", "the two periods give"),
    };
    Account {
        rule: &CLAIM_TABLE,
        holds: Words::new(
            format!("{zh}{formula}{equals}{computed}{percent}"),
            format!("{en} {formula} {equals} {computed}{percent}"),
        ),
        message: Words::new(
            format!("{zh}{formula}{equals}{computed}{percent}，表中写{stated}"),
            format!("{en} {formula} {equals} {computed}{percent}, the table says {stated}"),
        ),
        help: Words::new("请核对这一格和参加计算的各格", "Check this cell and those that it follows from"),
        data: vec![("kind", kind.into()), ("computed", computed.into()), ("stated", stated.into())],
    }
}

/// The numbers with signs between them; of a long row of them, the first and the last.
fn spelt(numbers: &[String], sign: &str) -> String {
    let signed: Vec<String> =
        numbers.iter().map(|n| if n.starts_with(['-', '−', '－']) { format!("（{n}）") } else { n.clone() }).collect();
    match signed.split_last() {
        Some((last, rest)) if signed.len() > SPELT => {
            format!("{}{sign}…{sign}{last}", rest[..SPELT - 2].join(sign))
        }
        _ => signed.join(sign),
    }
}
