//! claim-sum: a total against its parts.

use super::{Account, Case, computed, equals, number};
use crate::claim::{Exact, Part, decimal};
use crate::diagnostic::Words;
use crate::rules::declare_rule;

declare_rule! {
    /// 文中写了总数，也写了各分项，加起来对不上。
    ///
    /// 分项写全了（分别、即、“其他”收尾、冒号或括号里的清单、“合计”“共计”收尾）时，多了少了都报；只写“其中”的，
    /// 分项可以不全，所以只在各项之和超过总数、各项不会互相重叠、并且是同一种写法时才报：用“、”相连，或者用同一个词开头或
    /// 收尾，或者是同一组办理结果。另起的一句（“其中集体访96人次；接听热线380人次”）不是分项。
    ///
    /// ```hit
    /// 全年办结复议案件96件，其中维持51件、撤销20件、驳回18件、终止11件。
    /// ```
    ///
    /// ```hit
    /// 共发现问题40个，其中制度类12个、执法类15个、其他14个。
    /// ```
    ///
    /// ```miss
    /// 全年查处案件230件，其中食品案件90件，药品案件40件。
    /// ```
    ///
    /// ```miss
    /// 全年发表文章86篇，其中调研报告41篇，获奖52篇。
    /// ```
    ///
    /// ```miss
    /// 现有企业120家，其中产值亿元以上企业70家，高新技术企业65家。
    /// ```
    ///
    /// 分项的名称本身就是全部的（男、女，正式党员、预备党员，第一、二、三产业，合格、不合格，见 `rules/partitions.toml` 的
    /// `whole`），不论多了少了都报；“从学历看”“按来源分”之后的清单不能超过前面唯一的总数；应到＝实到＋缺席，
    /// 年初＋新增＝减少＋年末，上年结转＋新收＝办结＋结转下年，两边必须相等；三次产业结构等全部所占的百分比加起来必须是100，
    /// 每个数可以有末位半个单位的舍入，再差一个单位也不报。
    ///
    /// 文字说明了分项有几项的（“按岗位分三类：…”“两类会议合计…”，或者前几句各写一处、最后“三个片区共…”），名称按序号连着的
    /// （七年级、八年级、九年级，“全校共有”），项数相符才算；“年初…”在前一句的，也与“新纳入”“退出”“年末”一起算；
    /// 总额、已用、剩余三个数连着写的，已用加剩余应当等于总额。
    ///
    /// ```hit
    /// 东片区登记商户210户。西片区登记商户185户。两个片区共登记商户405户。
    /// ```
    ///
    /// ```hit
    /// 维修资金360万元，已支付240万元，剩余140万元。
    /// ```
    ///
    /// ```miss
    /// 东片区登记商户210户。西片区登记商户185户。北片区登记商户90户。前两个片区共登记商户405户。
    /// ```
    ///
    /// ```hit
    /// 全校有教师128名，其中男教师53名、女教师76名。
    /// ```
    ///
    /// ```hit
    /// 三次产业结构调整为9.6∶41.2∶50.2。
    /// ```
    ///
    /// ```miss
    /// 三次产业结构调整为9.6∶41.2∶49.1。
    /// ```
    ///
    /// ```miss
    /// 共培训320人。从身份看，党员210人，村干部180人。
    /// ```
    ///
    /// `data`：`sum` 分项之和，`total` 文中的总数，`difference` 二者之差，`figures` 参加计算的各数（照录），`tried` 试过的搭配数。
    ///
    /// A total that is not the sum of its parts, where the text says that they are all or where they exceed it.
    CLAIM_SUM = "claim-sum", Error,
    zh: "总数与分项之和不符",
    en: "a total is not the sum of its parts",
}

pub(super) fn account(case: &Case<'_>) -> Account {
    let working = case.working;
    let parts = case.numbers(Part::Addend).join("＋");
    let (stated, computed, equals) = (case.stated(), computed(working), equals(working));
    let eq = equals.replace('＝', "=");
    let difference = working.computed.at - working.right;
    let off = decimal(if difference < 0.into() { -difference } else { difference }, working.decimals);
    let off = if working.scale > 1 { super::in_scale(difference, working) } else { off };
    let computed = if working.scale > 1 { super::in_scale(working.computed.at, working) } else { computed };
    let (more, more_en) = if difference < 0.into() { ("少", "less") } else { ("多", "more") };
    let totals = case.numbers(Part::Total);
    if totals.is_empty() {
        return of_hundred(case, &parts, difference);
    }
    let holds = Words::new(
        format!("{}＝{parts}{equals}{computed}", totals.join("＋")),
        format!("{} = {parts} {eq} {computed}", totals.join("＋")),
    );
    let message = if totals.len() > 1 {
        let came = totals.join("＋");
        Words::new(
            format!("{came}＝{}，{parts}＝{computed}，进出两边应当相等，相差{off}", working.right),
            format!(
                "{came} = {}, but {parts} = {computed}: what came in and what went out differ by {off}",
                working.right
            ),
        )
    } else {
        Words::new(
            format!("{parts}{equals}{computed}，文中总数写{stated}，分项之和{more}{off}"),
            format!("{parts} {eq} {computed}, the text gives {stated} as the total: the parts are {off} {more_en}"),
        )
    };
    Account {
        rule: &CLAIM_SUM,
        holds,
        message,
        help: Words::new(
            "请核对总数和各分项；分项没有列全的，写明“等”或补上其余部分",
            "Check the total and the parts; if parts were left out, say so or name the rest",
        ),
        data: vec![("sum", number(working.left)), ("total", number(working.right)), ("difference", number(difference))],
    }
}

/// Shares that are all there is make 100.
fn of_hundred(case: &Case<'_>, parts: &str, difference: Exact) -> Account {
    let computed = computed(case.working);
    Account {
        rule: &CLAIM_SUM,
        holds: Words::new(format!("{parts}＝{computed}"), format!("{parts} = {computed}")),
        message: Words::new(
            format!("{parts}＝{computed}，各部分所占的百分比加起来应为100"),
            format!("{parts} = {computed}, but the percentages of all parts make 100"),
        ),
        help: Words::new(
            "请核对各个百分比，其中至少有一个不对",
            "Check the percentages: at least one of them is wrong",
        ),
        data: vec![
            ("sum", number(case.working.left)),
            ("total", number(case.working.right)),
            ("difference", number(difference)),
        ],
    }
}
