//! Two marks where one belongs.

use super::{Scene, before};
use crate::diagnostic::{Diagnostic, Edit, Fix, Safety, Words};
use crate::rules::declare_rule;
use crate::text::{Class, Span, half_width, is_blank, is_han};

declare_rule! {
    /// 两个点号叠在一起：“。。”“，，”“、、”“，。”“。；”。多半是增删词语后留下的。
    ///
    /// ```hit
    /// 压实工作责任，，确保按期完成。。
    /// ```
    ///
    /// 省略号“……”、破折号“——”、问号叹号连用（“？！”“！！”）、引号或书名号两侧的点号不报；网址、程序代码里的，没有填写的表单（姓名：、职务：。），
    /// 作为错误举出的（不得出现“，，”），不报。
    ///
    /// ```miss
    /// 群众问：“什么时候通水？！”干部答：“快了……”——三天后，水通了。
    /// ```
    ///
    /// ```miss
    /// 经办人：、联系电话：。行文不得出现“。。”“，。”。
    /// ```
    ///
    /// 标点的用法见《标点符号用法》（GB/T 15834—2011）。
    ///
    /// `data`：`found` 叠用的标点。
    ///
    /// Two points where one belongs; dots, dashes and 问号叹号 together are right.
    MARK_DOUBLED = "mark-doubled", Error,
    zh: "标点重复",
    en: "doubled punctuation",
}

pub(super) fn find(scene: Scene<'_>, out: &mut Vec<Diagnostic>) {
    for part in scene.parts {
        let (text, start) = (part.text, part.block.span.start);
        if !part.marks.iter().any(|mark| mark.class.is(Class::POINT)) {
            continue;
        }
        let mut runs = Vec::new();
        for span in part.events.runs(Class::POINT).map(|run| run.within(start)) {
            let marks = span.of(text);
            // ？。 and ！。 end the sentence twice.
            let ended = marks.starts_with('。') && before(text, span.start).is_some_and(|c| matches!(c, '？' | '！'));
            if !ended && marks.chars().nth(1).is_none() {
                continue;
            }
            let span = if ended { Span::new(span.start - '？'.len_utf8(), span.end) } else { span };
            if is_chinese(text, span) && !is_item(span.of(text)) {
                runs.push(span);
            }
        }
        if runs.is_empty() {
            continue;
        }
        let unfilled = usize::from(text.trim_end_matches(is_blank).ends_with('：'));
        if runs.iter().filter(|&&r| is_open(text, r)).count() + unfilled > 1 {
            runs.retain(|&r| !is_open(text, r));
        }
        runs.retain(|&r| !scene.book.mentions.covers(text, r));
        out.extend(runs.into_iter().map(|r| report(text, r, start)));
    }
}

/// Whether the marks begin with a colon: two places like this are the blanks of a form (姓名：、性别：。).
fn is_open(text: &str, span: Span) -> bool {
    span.of(text).starts_with(['：', ':'])
}

/// Whether marks are themselves the items between others: *、?、:、<.
fn is_item(marks: &str) -> bool {
    let is_between = |(i, c): (usize, char)| (c == '、') == (i % 2 == 0);
    marks.chars().count() > 2 && marks.chars().enumerate().all(is_between)
}

/// Whether the marks stand in Chinese text: in full width, or beside Han.
fn is_chinese(text: &str, span: Span) -> bool {
    let near = |c: Option<char>| c.is_some_and(is_han);
    let marks = span.of(text);
    // `::` and `;;` belong to code, ` ：：` to a form that nobody filled in.
    let opens = before(text, span.start).is_none_or(is_blank);
    !opens && (!marks.is_ascii() || near(before(text, span.start)) || near(text[span.end..].chars().next()))
}

fn report(text: &str, span: Span, at: usize) -> Diagnostic {
    let found = span.of(text);
    let mut marks = found.chars();
    let first = marks.next().unwrap_or_default();
    let same = marks.all(|c| half_width(c) == half_width(first));
    let (zh, en) = if same {
        (format!("标点重复：“{found}”"), format!("a doubled mark: {found}"))
    } else {
        (format!("两个标点叠用：“{found}”，只留一个"), format!("two marks in a row: {found}; keep one"))
    };
    let place = span.shifted(at);
    let mut finding = Diagnostic::at(&MARK_DOUBLED, place, Words::new(zh, en))
        .source("《标点符号用法》（GB/T 15834—2011）")
        .data("found", found);
    // 。。。 may be meant for dots.
    if same && found.chars().count() == 2 {
        finding = finding.fix(Fix {
            title: Words::new(format!("只留一个“{first}”"), format!("keep one {first}")),
            safety: Safety::Safe,
            edits: vec![Edit { span: place, text: first.to_string() }],
        });
    }
    finding
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::mark::found;

    /// Points in a row, in either width and of either kind.
    #[test]
    fn doubled() {
        let all = |text| found(find, text);
        assert_eq!(all("一是抓紧。。二是抓实，，做好、、"), ["。。", "，，", "、、"]);
        assert_eq!(all("已办结,,其余，。完成？。"), [",,", "，。", "？。"]);
        assert_eq!(all("等等。。。要求如下：。"), ["。。。", "：。"]);
        for text in [
            "std::vec",
            "甲……乙——丙？！",
            "“甲。”乙",
            "见http://a.cn",
            "12:30",
            "：：",
            "《甲？》。",
            "甲。 。",
            "不得含?、:、;等",
            "姓名：、职务：，电话：。",
            "姓名：，电话：",
            "不得出现“，，”“。。”。",
        ] {
            assert_eq!(all(text), [""; 0], "{text}");
        }
    }
}
