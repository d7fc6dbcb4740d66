//! claim-average: a mean against its total and the number of things it falls on.

use super::{Account, Case, computed, equals, number};
use crate::claim::Part;
use crate::diagnostic::Words;
use crate::rules::declare_rule;

declare_rule! {
    /// 文中写了平均数，也写了总数和份数，三者对不上。
    ///
    /// “人均”“户均”“村均”“平均每件”等字眼决定总数由什么来分；总数要和平均数同一个量词，且写在它前面不远。
    /// “每千人口”“平均亩产”按各自的单位折算；“每村补助15万元，24个村，共……”是反过来，用标准乘数量算总数。平均数总在最高数和
    /// 最低数之间；写明“三镇平均”的，由所列三镇的得分算出。写明“全年”的，平均每月按十二个月算。
    /// “25台，单价……，总价……”“5天，80人，每人每天……，共需……”按单价乘数量算。
    ///
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
    /// ```hit
    /// 按照每亩150元的标准，对2400亩油菜给予补助，共需补助资金360万元。
    /// ```
    ///
    /// ```hit
    /// 各科室测评得分最高的为96.5分，最低的为88.2分，平均得分87.6分。
    /// ```
    ///
    /// ```hit
    /// 采购打印机12台，单价2600元，总价3.32万元。
    /// ```
    ///
    /// ```miss
    /// 采购打印机12台，单价2600元，总价3万元，按优惠价结算。
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
    /// ```miss
    /// 每村补助不超过15万元，24个村共下达补助资金320万元。
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
    if case.claim.roles.iter().any(|r| r.part == Part::Item) {
        return of_extremes(case);
    }
    if case.claim.roles.iter().any(|r| r.part == Part::Addend) {
        return of_listed(case);
    }
    if case.claim.roles.iter().any(|r| r.part == Part::Each) {
        return of_each(case);
    }
    let working = case.working;
    // 6480吨 over 1.2万亩 are kilograms for each mu.
    let plain = working.left / working.right == working.computed.at;
    let per = if case.numbers(Part::Denominator).is_empty() { String::new() } else { case.figure(Part::Denominator) };
    let operand = |part| if plain || !per.is_empty() { case.operand(part) } else { case.figure(part) };
    // The days or months of a year need not be written.
    let count =
        if case.numbers(Part::Count).is_empty() { super::decimal(working.right, 0) } else { operand(Part::Count) };
    let total = operand(Part::Total);
    let (stated, equals) = (case.stated(), equals(working));
    let eq = equals.replace('＝', "=");
    let computed = if working.scale > 1 { super::in_scale(working.computed.at, working) } else { computed(working) };
    // 6480吨÷1.2万亩≈540公斤, 1971张÷36.5万人≈每千人口5.4张
    let measure = if plain && per.is_empty() { String::new() } else { case.measure(Part::Mean) };
    let given = format!("{per}{computed}{measure}");
    account_of(
        case,
        Words::new(format!("{total}÷{count}{equals}{given}"), format!("{total} ÷ {count} {eq} {given}")),
        Words::new(
            format!("{total}÷{count}{equals}{given}，文中写{stated}"),
            format!("{total} ÷ {count} {eq} {given}, the text says {stated}"),
        ),
        computed,
    )
}

fn account_of(case: &Case<'_>, holds: Words, message: Words, computed: String) -> Account {
    let working = case.working;
    Account {
        rule: &CLAIM_AVERAGE,
        holds,
        message,
        help: Words::new(
            "请核对总数、份数和平均数；按别的范围平均的，请在文中写明",
            "Check the total, the count and the average; if it is taken over another set, say so",
        ),
        data: vec![
            ("total", number(working.left)),
            ("count", number(working.right)),
            ("computed", computed.into()),
            ("stated", case.stated().into()),
        ],
    }
}

/// 每村15万元×24个村＝360万元.
fn of_each(case: &Case<'_>) -> Account {
    let working = case.working;
    let (each, count, stated, equals) =
        (case.figure(Part::Each), case.figures(Part::Count).join("×"), case.stated(), equals(working));
    let eq = equals.replace('＝', "=");
    let measure = case.measure(Part::Total);
    let computed =
        if working.scale > 1 { super::exact_in_scale(working.computed.at, working) } else { computed(working) };
    let mut account = account_of(
        case,
        Words::new(
            format!("{each}×{count}{equals}{computed}{measure}"),
            format!("{each} × {count} {eq} {computed}{measure}"),
        ),
        Words::new(
            format!("{each}×{count}{equals}{computed}{measure}，文中写{stated}"),
            format!("{each} × {count} {eq} {computed}{measure}, the text says {stated}"),
        ),
        computed.clone(),
    );
    account.help = Words::new(
        "请核对标准、数量和合计；另有减免、追加的，请在文中写明",
        "Check the amount for each, the count and the total; if more or less was given, say so",
    );
    account
}

/// Means of the values that are listed.
fn of_listed(case: &Case<'_>) -> Account {
    let working = case.working;
    let (values, stated) = (case.numbers(Part::Addend), case.stated());
    let (sum, n, computed) = (values.join("＋"), values.len(), computed(working));
    let mut account = account_of(
        case,
        Words::new(format!("（{sum}）÷{n}≈{computed}"), format!("({sum}) ÷ {n} ≈ {computed}")),
        Words::new(
            format!("（{sum}）÷{n}≈{computed}，文中写{stated}"),
            format!("({sum}) ÷ {n} ≈ {computed}, the text says {stated}"),
        ),
        computed,
    );
    account.help = Words::new(
        "请核对所列各数和平均数；按别的范围平均或加权平均的，请在文中写明",
        "Check the values and the average; if it is taken over another set or weighted, say so",
    );
    account
}

/// Means of values whose least and greatest are given.
fn of_extremes(case: &Case<'_>) -> Account {
    let (values, stated) = (case.figures(Part::Item), case.stated());
    let (low, high) = (values.first().cloned().unwrap_or_default(), values.last().cloned().unwrap_or_default());
    let between = format!("{low}—{high}");
    let mut account = account_of(
        case,
        Words::new(format!("{stated}在{low}和{high}之间"), format!("{stated} lies between {low} and {high}")),
        Words::new(
            format!("平均数应在最低{low}和最高{high}之间，文中写{stated}"),
            format!("an average lies between the lowest, {low}, and the highest, {high}, the text says {stated}"),
        ),
        between,
    );
    account.help = Words::new(
        "请核对最高数、最低数和平均数；平均的是别的范围的，请在文中写明",
        "Check the highest, the lowest and the average; if it is taken over another set, say so",
    );
    account
}
