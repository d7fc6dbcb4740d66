//! claim-share: a rate against its two counts.

use serde_json::Value;

use super::{Account, Case, computed, equals, number};
use crate::claim::{Part, Reach, decimal, whole};
use crate::diagnostic::Words;
use crate::rules::declare_rule;

declare_rule! {
    /// 文中写了比率，也写了它的分子和分母，三者对不上。
    ///
    /// 比率的名称决定分子、分母是哪两个数（`rules/rates.toml`：结案率＝结案÷立案或受理）；“占比”“占…的”取紧挨着它的数作分子。
    /// 同一句里凡是说得通的搭配都试过，没有一种能得出文中的比率，才会报告。计算按原数精确进行，按文中写出的小数位判断：
    /// 差在末位半个单位以内算对，半个到一个单位之间只作提示（像是截尾或者进一），再多才是错误。带“约”“近”“超”等字眼的数按区间判断，
    /// 相离时报警告。
    ///
    /// ```hit
    /// 全年共承办代表建议418件，已办结132件，办结率38%。
    /// ```
    ///
    /// ```hit
    /// 现有事项520项，实现“一次办”的305项，占比61.4%。
    /// ```
    ///
    /// 应到、实到人数之后写“超过半数”“三分之二以上”的，“36个村中，已有17个…，超过半数”，也是这样的比率。
    /// “完成年初预算的…”以紧挨着的预算数为分母、决算（执行、完成）数为分子；节约率、核减率按原来的数算；
    /// “率……，即（应……的）N人中M人……”按N、M算。
    ///
    /// ```hit
    /// 2025年，项目支出年初预算412.6万元，支出决算398.4万元，完成年初预算的95.6%。
    /// ```
    ///
    /// 以下不报：分母在别处的比率、目标和计划、含上年结转的结案率、几个比率相互交叉、分子没有写出来的；紧接在比率名称前面的数
    /// （“24家重点企业核查覆盖率100%”）是这个比率自己的分母，“不合格”“未签约”“正在整改”的数不作合格率、签约率、整改率的分子。
    ///
    /// ```miss
    /// 全年共承办代表建议418件，已办结132件，办结率31.6%，群众知晓率达92%。
    /// ```
    ///
    /// ```miss
    /// 上年结转12件，本年新收140件，办结148件，结案率97.4%。
    /// ```
    ///
    /// ```miss
    /// 2025年，项目支出年初预算412.6万元，追加20万元，支出决算398.4万元，完成预算的92.1%。
    /// ```
    ///
    /// ```miss
    /// 62家加油站自查率100%，16家储油库核查覆盖率100%。
    /// ```
    ///
    /// ```miss
    /// 验收合格的57个，不合格的3个，合格率95%。
    /// ```
    ///
    /// `data`：`numerator` 分子，`denominator` 分母，`computed` 算得的百分比，`stated` 文中的比率，
    /// `reachable` 比率无误时分子的取值范围（整数，起止；空表示没有），`figures` 参加计算的各数（照录），`tried` 试过的搭配数。
    ///
    /// A stated rate that no admissible pair of counts of its sentence gives.
    CLAIM_SHARE = "claim-share", Error,
    zh: "比率与文中的分子、分母不符",
    en: "a rate does not follow from its two counts",
}

pub(super) fn account(case: &Case<'_>) -> Account {
    let working = case.working;
    let (base, deducted) = (case.operand(Part::Denominator), case.numbers(Part::Deducted));
    // What failed is taken off: （487－18）÷487.
    let part = if deducted.is_empty() {
        case.operand(Part::Numerator)
    } else {
        format!("（{base}－{}）", deducted.join("－"))
    };
    let (stated, computed, equals) = (case.stated(), computed(working), equals(working));
    let eq = equals.replace('＝', "=");
    let (computed, sign) =
        if stated.contains('‰') { (decimal(working.computed.at * whole(10), 1), "‰") } else { (computed, "％") };
    let mut zh = format!("{part}÷{base}{equals}{computed}{sign}，文中写{stated}");
    let mut en = format!("{part} ÷ {base} {eq} {computed}{}, the text says {stated}", sign.replace('％', "%"));
    let holds = Words::new(
        format!("{part}÷{base}{equals}{computed}{sign}"),
        format!("{part} ÷ {base} {eq} {computed}{}", sign.replace('％', "%")),
    );
    match working.reachable {
        Some(Reach::Range(low, high)) => {
            let range = if low == high { low.to_string() } else { format!("{low}～{high}") };
            zh.push_str(&format!("；若{stated}无误，分子应为{range}"));
            en.push_str(&format!("; for {stated} the part would have to be {range}"));
        }
        Some(Reach::Nothing) => {
            zh.push_str(&format!("；分母为{base}时，没有哪个整数能得出{stated}"));
            en.push_str(&format!("; no whole number out of {base} gives {stated}"));
        }
        None => {}
    }
    let reachable = match working.reachable {
        Some(Reach::Range(low, high)) => vec![number(low.into()), number(high.into())].into(),
        Some(Reach::Nothing) => Value::Array(Vec::new()),
        None => Value::Null,
    };
    Account {
        rule: &CLAIM_SHARE,
        holds,
        message: Words::new(zh, en),
        help: Words::new(
            "请对照台账核对这三个数，其中至少有一个不对；若另有统计口径，请在文中写明分母",
            "Check the three figures against the records: at least one is wrong. If another base is meant, name it",
        ),
        data: vec![
            ("numerator", number(working.left)),
            ("denominator", number(working.right)),
            ("computed", format!("{computed}{}", sign.replace('％', "%")).into()),
            ("stated", stated.into()),
            ("reachable", reachable),
        ],
    }
}
