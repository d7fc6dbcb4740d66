//! Straight quotation marks in Chinese text.

use super::{Part, Scene, before};
use crate::diagnostic::{Diagnostic, Edit, Fix, Safety, Words};
use crate::rules::declare_rule;
use crate::text::{Class, Event, Span, half_width, is_blank, is_han, quotation};

declare_rule! {
    /// 中文里的引号用“ ”‘ ’，不用直引号 " " ' '。直引号多半是从网页、表格粘贴来的。
    ///
    /// ```hit
    /// 推行"一网通办"改革，上线事项86项。
    /// ```
    ///
    /// ```hit
    /// 坚持全市'一盘棋'，汇编见“附录”。
    /// ```
    ///
    /// 只看一对直引号之间有汉字、旁边也是中文的；英文、代码、撇号、英寸符号（55"）不报。长文通篇一个弯引号也没有，或者直引号很多的，是提取文字
    /// 造成的，也不报。
    ///
    /// ```miss
    /// 推行“一网通办”改革，更换55"显示屏2块，系统代号"Green Hall"。
    /// ```
    ///
    /// 依据：《标点符号用法》（GB/T 15834—2011）4.8。
    ///
    /// `data`：`found` 原文，`expected` 应为。
    ///
    /// Straight quotation marks around Chinese words; a text that has many and no curly ones was converted.
    MARK_QUOTE = "mark-quote", Warning,
    zh: "中文里用了直引号",
    en: "straight quotation marks in Chinese text",
}

/// The longest quotation, in bytes.
const LONGEST: usize = 600;
/// More pairs than these, without a curly one, were made by a conversion.
const CONVERTED: usize = 4;
/// So were those of a long text, in bytes: a short one shows too little of its habits.
const LONG: usize = 900;

pub(super) fn find(scene: Scene<'_>, out: &mut Vec<Diagnostic>) {
    let mut places = Vec::new();
    for &Part { block, text, marks, .. } in scene.parts {
        let of = |classes: Class| marks.iter().filter(move |mark| mark.class.is(classes));
        if !of(Class::QUOTE.or(Class::APOSTROPHE)).any(|e| half_width(e.c).is_ascii()) {
            continue;
        }
        let apostrophes = of(Class::APOSTROPHE).map(|e| (e.at - block.span.start, e.c));
        places.extend(singles(text, apostrophes).map(|s| s.shifted(block.span.start)));
        let mut open: Option<(usize, char)> = None;
        for &Event { at, c, .. } in of(Class::QUOTE) {
            let at = at - block.span.start;
            let end = at + c.len_utf8();
            let straight = half_width(c) == '"';
            match open {
                Some((start, first)) if c != '“' && end - start <= LONGEST => {
                    let span = Span::new(start, end);
                    if (straight || half_width(first) == '"') && is_chinese(text, span) {
                        places.push(span.shifted(block.span.start));
                    }
                    open = None;
                }
                _ => open = (c != '”').then_some((at, c)),
            }
        }
    }
    if places.is_empty() {
        return;
    }
    let body = scene.span.of(scene.prose);
    if (places.len() > CONVERTED || body.len() > LONG) && !body.contains(['“', '”']) {
        return;
    }
    places.sort_by_key(|p| p.start);
    for span in places {
        let found = span.of(scene.prose);
        let inner = found.trim_matches(['"', '＂', '“', '”', '\'', '＇']);
        let is_inner = found.starts_with(['\'', '＇']) && quotation(scene.prose, span).is_some();
        let (left, close) = if is_inner { ("‘", "’") } else { ("“", "”") };
        let right = format!("{left}{inner}{close}");
        let mark = |at: usize| scene.prose[at..].chars().next().map_or(0, char::len_utf8);
        let first = Span::new(span.start, span.start + mark(span.start));
        let last_at = span.end - found.chars().next_back().map_or(0, char::len_utf8);
        let words = Words::new(
            format!("中文引号应为{left} {close}，此处用了直引号：{found}"),
            format!("straight quotation marks in Chinese text: {found}"),
        );
        let title = Words::new(format!("改为{right}"), format!("write {right}"));
        let edits = vec![
            Edit { span: first, text: left.to_owned() },
            Edit { span: Span::new(last_at, span.end), text: close.to_owned() },
        ];
        out.push(
            Diagnostic::at(&MARK_QUOTE, span, words)
                .source("《标点符号用法》（GB/T 15834—2011）4.8")
                .data("found", found)
                .data("expected", right)
                .fix(Fix { title, safety: Safety::Review, edits }),
        );
    }
}

/// The longest quotation in single marks, in characters: an apostrophe finds another one farther off.
const SINGLE: usize = 20;

/// Words of Han alone between straight single marks, which stand in these places: '一盘棋'.
fn singles(text: &str, marks: impl Iterator<Item = (usize, char)>) -> impl Iterator<Item = Span> {
    let straight = |c: char| matches!(c, '\'' | '＇');
    let mut next = 0;
    marks.filter_map(move |(at, c)| {
        let start = at + c.len_utf8();
        let (len, close) = text[start..].char_indices().take(SINGLE + 1).find(|&(_, c)| !is_han(c))?;
        let end = start + len + close.len_utf8();
        let apart = |c: Option<char>| c.is_none_or(|c| !half_width(c).is_ascii_alphanumeric());
        let is_quoted = at >= next && straight(close) && len > 0;
        // name = '张三' is code.
        let in_code = text[..at].trim_end_matches(is_blank).ends_with(['=', '(', ',', ':', '[', '{']);
        let found = is_quoted && !in_code && apart(before(text, at)) && apart(text[end..].chars().next());
        next = if found { end } else { next };
        found.then(|| Span::new(at, end))
    })
}

/// Whether Chinese words are quoted in a Chinese sentence.
fn is_chinese(text: &str, span: Span) -> bool {
    let inner = span.of(text);
    let chinese = |c: char| is_han(c) || matches!(c, '，' | '。' | '、' | '；' | '：' | '（' | '）' | '《' | '》');
    let beside = before(text, span.start).is_none_or(|c| chinese(c) || !(c.is_ascii_alphanumeric() || c == '='));
    inner.contains(is_han) && !inner.contains(['\n', '{', '}', '=']) && beside
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::mark::found;

    /// Pairs around Chinese words, half-curly ones included.
    #[test]
    fn straight() {
        let all = |text| found(find, text);
        assert_eq!(all("推行\"一网通办\"，见“甲”。"), ["\"一网通办\""]);
        assert_eq!(all("推行“一网通办\"改革，落实\"三项制度”。"), ["“一网通办\"", "\"三项制度”"]);
        assert_eq!(all("坚持'一盘棋'，“弘扬'工匠'精神”。"), ["'一盘棋'", "'工匠'"]);
        for text in
            ["更换55\"屏2块。", "名为\"Hall\"。", "“甲”“乙”", "a=\"宽\"", "Li'an’s馆、O'Neil公司", "键入'y'或者'是否'n"]
        {
            assert_eq!(all(text), [""; 0], "{text}");
        }
        assert_eq!(all(&"推行\"甲\"改革。".repeat(9)), [""; 0]);
    }
}
