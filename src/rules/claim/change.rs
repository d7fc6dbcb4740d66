//! claim-change: a stated difference against the values before and after.

use super::{Account, Case, computed, equals, number};
use crate::claim::{Part, decimal};
use crate::diagnostic::Words;
use crate::rules::declare_rule;

declare_rule! {
    /// 文中写了“由X增加（减少）到Y”，又写了增减的数量，三者对不上。新增和撤并、新招和退休这样有进有出的两个数，合起来才是
    /// 增减的数量，不单独与它比。“由X增加到Y”而Y比X小的，也指出来；把一年的数与同一年相比的，也指出来。写了现值、增幅，又写了增减数量的，由前两个推算。
    ///
    /// ```hit
    /// 规范性文件审核量由64件增加至97件，增加43件。
    /// ```
    ///
    /// ```hit
    /// 排名由第三十一位上升至第十八位，上升十五位。
    /// ```
    ///
    /// ```hit
    /// 全年税收收入4.5亿元，同比增长12.5%，增收0.8亿元。
    /// ```
    ///
    /// ```miss
    /// 执法中队由6支增加到9支，新增3支，全年新增装备12台。
    /// ```
    ///
    /// ```miss
    /// 服务点由26个增加到34个，新增13个、撤并5个。
    /// ```
    ///
    /// ```miss
    /// 许可事项由380项调整为361项，其中取消25项、新增6项，比上年减少19项。
    /// ```
    ///
    /// 计划与完成、预算与采购、送审与审定、应收与已收、收入合计与支出合计，后面又写了二者之差（超额、节约、核减、未收、结余）的，
    /// 也照此核对；收入、支出之间还可能有上年结转、调入、上解、补助的，不报。
    ///
    /// ```hit
    /// 全年计划改造农房420户，实际完成437户，超额完成27户。
    /// ```
    ///
    /// ```miss
    /// 收入总计3260万元，上年结转140万元，支出总计3180万元，年终结余220万元。
    /// ```
    ///
    /// `data`：`before` 原值（或减项），`after` 现值（或被减数），`computed` 算得的增减数，`stated` 文中的增减数，`figures` 参加计算的各数（照录），`tried` 试过的搭配数。
    ///
    /// A stated difference that is not the difference of the values before and after.
    CLAIM_CHANGE = "claim-change", Error,
    zh: "增减的数量与前后两个数不符",
    en: "a difference does not follow from the values before and after",
}

pub(super) fn account(case: &Case<'_>) -> Account {
    let working = case.working;
    if case.claim.derived {
        return grown(case);
    }
    let lacks = |part| case.numbers(part).is_empty();
    // The figures of an account (收入、支出、结余) are none of two times.
    let account = lacks(Part::Before) && !lacks(Part::Deducted);
    if lacks(Part::Before) && !account {
        return with_itself(case);
    }
    if lacks(Part::Delta) {
        return turned(case);
    }
    let (before, after) = if account {
        (case.operand(Part::Deducted), case.operand(Part::Total))
    } else {
        (case.operand(Part::Before), case.operand(Part::After))
    };
    let (high, low) = if working.right < working.left { (before, after) } else { (after, before) };
    let help = if account {
        Words::new("请核对这三个数，其中至少有一个不对", "Check the three figures: at least one of them is wrong")
    } else {
        Words::new("请核对前后两个数和增减的数量", "Check both values and the difference")
    };
    let (stated, equals) = (case.stated(), equals(working));
    let eq = equals.replace('＝', "=");
    let computed = if working.scale > 1 { super::in_scale(working.computed.at, working) } else { computed(working) };
    Account {
        rule: &CLAIM_CHANGE,
        holds: Words::new(format!("{high}－{low}{equals}{computed}"), format!("{high} - {low} {eq} {computed}")),
        message: Words::new(
            format!("{high}－{low}{equals}{computed}，文中写{stated}"),
            format!("{high} - {low} {eq} {computed}, the text says {stated}"),
        ),
        help,
        data: vec![
            ("before", number(working.left)),
            ("after", number(working.right)),
            ("computed", computed.into()),
            ("stated", stated.into()),
        ],
    }
}

/// 3.6亿元，增长12.5%，增加0.5亿元: the difference that a value and its growth make.
fn grown(case: &Case<'_>) -> Account {
    let working = case.working;
    let (after, rate) = (case.operand(Part::After), case.operand(Part::Rate));
    let (stated, equals) = (case.stated(), equals(working));
    let eq = equals.replace('＝', "=");
    let size = if working.scale > 1 { super::in_scale(working.computed.at, working) } else { computed(working) };
    let (sign, ascii) = if working.right < working.left { ('－', '-') } else { ('＋', '+') };
    let zh = format!("由现值和幅度推算，{after}÷（1{sign}{rate}％）×{rate}％{equals}{size}");
    let en = format!("by the value and its rate, {after} ÷ (1 {ascii} {rate}%) × {rate}% {eq} {size}");
    Account {
        rule: &CLAIM_CHANGE,
        message: Words::new(format!("{zh}，文中写{stated}"), format!("{en}, the text says {stated}")),
        holds: Words::new(zh, en),
        help: Words::new("请核对现值、增减幅度和增减的数量", "Check the value, its rate of growth and the difference"),
        data: vec![
            ("before", number(working.left)),
            ("after", number(working.right)),
            ("computed", size.into()),
            ("stated", stated.into()),
        ],
    }
}

/// 由20.1亿元增加到18.6亿元: what the verb says is not what the values do.
fn turned(case: &Case<'_>) -> Account {
    let working = case.working;
    let percent = if case.is_rate(Part::Before) { "％" } else { "" };
    let [before, after] = [Part::Before, Part::After].map(|part| case.operand(part) + percent);
    let stated = case.stated();
    let (zh, en) = if working.right < working.left { ("小于", "is less than") } else { ("大于", "is more than") };
    let (zh, en) = (format!("{after}{zh}{before}"), format!("{after} {en} {before}"));
    Account {
        rule: &CLAIM_CHANGE,
        message: Words::new(
            format!("{zh}，与“{stated}”的方向相反"),
            format!("{en}, the other way than “{stated}” says"),
        ),
        holds: Words::new(zh, en),
        help: Words::new(
            "请核对前后两个数是否写颠倒，或者增减的词是否用错",
            "Check the order of both values and the verb",
        ),
        data: vec![
            ("before", number(working.left)),
            ("after", number(working.right)),
            ("computed", decimal(working.computed.at, working.decimals).into()),
            ("stated", stated.into()),
        ],
    }
}

/// 2025年…，较2025年增加: which year is meant, the text does not say.
fn with_itself(case: &Case<'_>) -> Account {
    let (year, stated) = (number(case.working.left), case.stated());
    let (zh, en) = (format!("前面的数就是{year}年的"), format!("the value before is that of {year}"));
    Account {
        rule: &CLAIM_CHANGE,
        message: Words::new(
            format!("{zh}，“{stated}”是与同一年相比"),
            format!("{en}, “{stated}” compares the year with itself"),
        ),
        holds: Words::new(zh, en),
        help: Words::new("请核对与哪一年比较", "Check which year it is compared with"),
        data: vec![("before", year.clone()), ("after", year), ("computed", 0.into()), ("stated", stated.into())],
    }
}
