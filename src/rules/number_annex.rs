//! References to annexes that the paper's own list of annexes does not have.

use super::number_article::NUMBER_ARTICLE;
use super::series::number;
use crate::diagnostic::{Diagnostic, Words};
use crate::outline::Paper;
use crate::text::{Document, Span, WordList, is_blank, is_digit, sentence, trim_blank_end, trim_blank_start, words};

const ANNEX: &str = "附件";

/// The list of annexes of a paper: 附件：1.任务分工表 2.联络员名单.
struct List {
    /// Where its label begins: what stands before it is the paper itself.
    start: usize,
    /// Its last entry.
    last: Span,
    /// The number of that entry.
    count: u64,
}

/// Tells the references before the list that go beyond it.
pub(super) fn find(document: &Document, paper: &Paper, out: &mut Vec<Diagnostic>) {
    let prose = document.prose();
    let Some(list) = list(prose, paper) else { return };
    let body = Span::new(paper.body.start, list.start);
    let text = body.of(prose);
    for (at, word) in text.match_indices(ANNEX) {
        let Some((n, rest)) = number(&text[at + word.len()..]) else { continue };
        // 附件3-1 is a part of 附件3; 附件3个 are three of them.
        if n <= list.count || rest.starts_with(['个', '份', '项', '件', '种', '类', '张', '页']) {
            continue;
        }
        let span = Span::new(at, text.len() - rest.len());
        if is_own(text, span) && !stands_elsewhere(prose, paper, n) {
            out.push(report(prose, span.shifted(body.start), &list, n));
        }
    }
}

/// The list, where there is one and it is whole: entries 1 to n, and no entry that a line without a number hides.
fn list(prose: &str, paper: &Paper) -> Option<List> {
    if paper.annexes.is_empty() {
        return only(prose, paper);
    }
    const FEW_LINES: usize = 8;
    // 附件1—5.zip, 3.……等: one entry for several annexes.
    const SEVERAL: WordList = words!["附件", "打包", "合集", "全套", "等", "zip", "rar", "略"];
    let (first, last) = (paper.annexes.first()?, paper.annexes.last()?);
    let counted = paper.annexes.iter().zip(1..).all(|(entry, n)| entry.number == n);
    let label = trim_blank_end(&prose[paper.body.start..first.marker.start]);
    let label = label.strip_suffix(['：', ':']).and_then(|head| trim_blank_end(head).strip_suffix(ANNEX))?;
    let opens = label.trim_end_matches(is_blank).ends_with(['\n', '\r']);
    let several = paper.annexes.iter().any(|entry| SEVERAL.is_in(entry.text.of(prose)));
    if !counted || !opens || several {
        return None;
    }
    // A name that goes on in a second line ends the list too early.
    let below = prose[last.text.end..paper.body.end].lines().skip(1).filter(|line| !line.trim().is_empty());
    let mut next = below.take(FEW_LINES);
    let hidden = next.any(|line| number(line).is_some_and(|(n, rest)| n == last.number + 1 && !rest.starts_with('年')));
    let start = paper.body.start + label.len();
    // 1.甲表 2.乙表: an entry that was not read as one.
    let next = (last.number + 1).to_string();
    let run_on = last
        .text
        .of(prose)
        .match_indices(&next)
        .any(|(at, n)| last.text.of(prose)[at + n.len()..].starts_with(['.', '．', '、', '）', ')']));
    (!hidden && !run_on).then(|| List { start, last: last.marker.to(last.text), count: last.number })
}

/// The one annex that a paper names without a number, right above its signature: 附件：任务分工表.
fn only(prose: &str, paper: &Paper) -> Option<List> {
    const SEVERAL: WordList =
        words!["附件", "打包", "合集", "全套", "等", "、", "；", "和", "及", "zip", "rar", "略", "《", "。"];
    // The name, the signature and its date.
    const LINES: usize = 3;
    let body = paper.body.of(prose);
    let opens = |&(at, _): &(usize, &str)| trim_blank_end(&body[..at]).ends_with(['\n', '\r']);
    let mut labels = body.match_indices("附件：").filter(opens);
    let (Some((at, label)), None) = (labels.next(), labels.next()) else { return None };
    let name = body[at + label.len()..].lines().next()?.trim_matches(is_blank);
    let start = paper.body.start + at;
    let signed = paper.signed(prose).filter(|signed| signed.span.start > start)?;
    let rest = &prose[start..signed.span.end];
    let above = rest.lines().filter(|line| !line.trim().is_empty()).count() <= LINES;
    let single = name.chars().nth(2).is_some() && !name.contains(is_blank) && !SEVERAL.is_in(name);
    let last = start + rest.find(name)?;
    (above && single).then(|| List { start, last: Span::new(last, last + name.len()), count: 1 })
}

/// Whether a reference is to an annex of the paper itself: （见附件3）, and nothing in the sentence names another paper.
fn is_own(text: &str, span: Span) -> bool {
    const LEADS: WordList = words!["见", "详见", "（", "(", "填写", "填报", "填好", "按", "按照", "参照", "对照"];
    const PAPERS: WordList =
        words!["通知》", "意见》", "办法》", "方案》", "规定》", "函》", "纲要》", "号）", "号)", "号文", "原附件"];
    let head = trim_blank_end(&text[..span.start]);
    let around = sentence(text, span, &['；', ';']);
    LEADS.ends(head).is_some() && !PAPERS.is_in(&text[around.start..span.start])
}

/// Whether the paper has the annex after all, though its list leaves it out.
fn stands_elsewhere(prose: &str, paper: &Paper, n: u64) -> bool {
    let label = |line: &str| {
        let line = trim_blank_start(line).trim_start_matches(['#', '*', ' ']);
        line.strip_prefix(ANNEX).and_then(number).is_some_and(|(k, _)| k == n)
    };
    prose[paper.body.start..paper.span.end].lines().any(label)
}

fn report(prose: &str, span: Span, list: &List, n: u64) -> Diagnostic {
    let said: String = span.of(prose).chars().filter(|&c| !is_blank(c)).collect();
    let digits = said.chars().any(is_digit);
    let last = if digits {
        format!("{ANNEX}{}", list.count)
    } else {
        ANNEX.to_owned() + &crate::text::chinese_numeral(list.count)
    };
    let words = Words::new(
        format!("所指的附件不存在：{said}，而附件清单只列到{last}"),
        format!("no such annex: {n}, but the list of annexes ends with {}", list.count),
    );
    Diagnostic::at(&NUMBER_ARTICLE, span, words)
        .label(list.last, Words::new("清单的最后一项", "the last entry of the list"))
        .help(Words::new(
            "请核对附件的序号，或者把漏列的附件补进清单。",
            "Check the number, or add the annex to the list.",
        ))
        .data("fault", "beyond")
        .data("last", last)
        .data("found", said)
}
