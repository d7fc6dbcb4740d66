//! claim-count: a number of things against the list that names them.

use serde_json::Value;

use super::{Account, Case, number};
use crate::claim::Part;
use crate::diagnostic::Words;
use crate::rules::declare_rule;
use crate::text::is_blank;

declare_rule! {
    /// 文中说了有几项，也一一列了出来，项数对不上。
    ///
    /// 只在看得出“列全了”时才报：一是、二是或（一）（二）……逐项编号的（前面“N个方面：”，或后面“以上N点要求”）；四个以上的地名、人名
    /// 紧挨着“N个乡镇”“N名同志”的；“于3月、6月、9月先后召开会议4次”这样逐次写明月份、日期的；“即”“分别为”
    /// 冒号、括号引出并且收了尾的（冒号后逐段写1. 2. 3.的，只有列出来的多了才报）；几个书名、几个引号紧挨着“N项制度”“N大行动”的；“市、县、乡、村五级”这样数层级的；
    /// “甲、乙、丙”四位一体这样的提法。“等”表示没有列全，只有列出来的反而多了才报；“和”可能在一项名称里面，所以
    /// 两种数法都对不上才报；“如”“包括”“其中”引出的是举例，不管；“三项制度”“双随机、一公开”只提名称的，不管。
    ///
    /// ```hit
    /// 目前存在四个方面的问题：一是学法不够深入；二是执法力量不足；三是普法形式单一。
    /// ```
    ///
    /// ```hit
    /// 先后印发《执法公示办法》《执法记录办法》《案卷评查办法》四项制度。
    /// ```
    ///
    /// ```hit
    /// 建立市、县、乡、村五级法律服务网络。
    /// ```
    ///
    /// ```hit
    /// 上半年在青山、白石、双桥、江口5个乡镇开展试点。
    /// ```
    ///
    /// ```miss
    /// 目前存在三个方面的问题：一是学法不够深入；二是执法力量不足；三是普法形式单一。
    /// ```
    ///
    /// ```miss
    /// 在城市管理、文化旅游等20个领域开展综合执法，落实行政执法“三项制度”。
    /// ```
    ///
    /// ```miss
    /// 涉及三个部门，即县发展和改革局、县人力资源和社会保障局、县文化和旅游局。
    /// ```
    ///
    /// `data`：`stated` 文中说的项数，`listed` 列出的项数，`items` 列出的各项，`figures` 参加计算的各数（照录），`tried` 试过的搭配数。
    ///
    /// A number of things that is not the length of the list that names them all.
    CLAIM_COUNT = "claim-count", Warning,
    zh: "所说的项数与列出的项数不符",
    en: "a number of things is not the length of their list",
}

/// How many items, and how much of each, a message names.
const NAMED: usize = 8;
const LONGEST: usize = 16;

pub(super) fn account(case: &Case<'_>) -> Account {
    let working = case.working;
    let (stated, listed) = (case.stated(), working.left);
    let items: Vec<String> = case
        .claim
        .roles
        .iter()
        .filter(|r| r.part == Part::Item)
        .map(|r| case.document.excerpt(r.span).chars().filter(|c| !is_blank(*c)).collect())
        .collect();
    let short = |item: &String| {
        let head: String = item.chars().take(LONGEST).collect();
        if head.len() < item.len() { format!("{head}…") } else { head }
    };
    let mut named = items.iter().take(NAMED).map(short).collect::<Vec<_>>().join("、").replace("》、《", "》《");
    if items.len() > NAMED {
        named.push('…');
    }
    Account {
        rule: &CLAIM_COUNT,
        holds: Words::new(format!("列出{listed}项：{named}"), format!("lists {listed}: {named}")),
        message: Words::new(
            format!("文中说“{}”，列出的是{listed}项：{named}", stated.trim_matches(['“', '”'])),
            format!("the text says “{stated}” and lists {listed}: {named}"),
        ),
        help: Words::new(
            "请核对项数和所列各项；没有列全的，写明“等”",
            "Check the number and the list; if the list is not complete, say so (等)",
        ),
        data: vec![("stated", number(working.right)), ("listed", number(listed)), ("items", Value::from(items))],
    }
}
