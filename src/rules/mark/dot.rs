//! The middle dot of days and names written as another dot.

use super::{Part, Scene, before};
use crate::diagnostic::{Diagnostic, Edit, Fix, Safety, Words};
use crate::rules::declare_rule;
use crate::text::{
    Class, Event, Span, WordList, half_width, is_blank, is_chinese_numeral, is_digit, is_han, trim_blank_start, words,
};

declare_rule! {
    /// 以月、日命名的事件、节日，月日之间用间隔号“·”：“12·4”国家宪法日、“6·26”国际禁毒日，不用小数点；间隔号也不用项目符号“•”代替。
    ///
    /// ```hit
    /// 结合6.26国际禁毒日开展宣传，“3.15”消费者权益日设点咨询。
    /// ```
    ///
    /// ```hit
    /// “青溪•山水”品牌评选结束，“一二.九”歌会开幕。
    /// ```
    ///
    /// 小数（6.26亿元、3.15%、4.5级地震）、版本号、编号、行首的项目符号不报。
    ///
    /// ```miss
    /// “12·4”国家宪法日期间，投入6.26万元，同比增长3.15%；平均每校开课5.5节。
    /// ```
    ///
    /// 依据：《标点符号用法》（GB/T 15834—2011）4.14。
    ///
    /// `data`：`found` 原文，`expected` 应为。
    ///
    /// 6.26 and • where the middle dot belongs.
    MARK_DOT = "mark-dot", Warning,
    zh: "间隔号误用",
    en: "the wrong dot for a middle dot",
}

/// How a name of a day or an event begins, after its month and day.
const LEADS: WordList = words![
    "国家",
    "国际",
    "世界",
    "全国",
    "全球",
    "全民",
    "中国",
    "宪法",
    "禁毒",
    "消防",
    "消费",
    "法治",
    "法制",
    "普法",
    "防灾",
    "地震",
    "汶川",
    "知识产权",
    "讲话",
    "重要讲话",
    "专案",
    "案",
    "事故",
    "事件",
    "反恐",
    "爱耳",
    "爱眼",
    "爱牙",
    "打拐",
    "扫黄",
    "环境",
    "安全",
    "诚信",
    "残疾",
    "助残",
    "税收",
    "土地",
    "植树",
    "读书",
    "爱国",
    "学雷锋",
    "特大",
    "重大",
    "较大",
    "火灾",
    "国安",
];
/// How such a name ends.
const ENDS: [&str; 19] = [
    "日", "节", "周", "月", "讲话", "案", "事故", "事件", "地震", "火灾", "晚会", "活动", "维权", "宣传", "行动",
    "精神", "爆炸", "教育", "专题",
];
/// Days that name an event in Chinese numerals; others may be numbers (“一.五”标段).
const EVENTS: WordList = words![
    "一二.九",
    "五.四",
    "七.一",
    "八.一",
    "七.七",
    "九.一八",
    "三.八",
    "五.一",
    "十.一",
    "二.七",
    "三.一五",
    "一.二八",
    "八.一三",
    "一二.四",
    "一二.一三",
    "六.一",
    "六.二六",
    "五.一二",
];
/// How many characters such a name has at most.
const NAME: usize = 14;

pub(super) fn find(scene: Scene<'_>, out: &mut Vec<Diagnostic>) {
    for &Part { block, text, marks, .. } in scene.parts {
        for &Event { at, c, .. } in marks.iter().filter(|mark| mark.class.is(Class::DOT)) {
            let at = at - block.span.start;
            let span = Span::new(at, at + c.len_utf8());
            let is_bullet = matches!(c, '•' | '‧' | '∙' | '⋅');
            let is_within = || before(text, at).is_some_and(joins) && text[span.end..].starts_with(joins);
            let place = if let Some(day) = day(text, span).or_else(|| event(text, span)) {
                day
            } else if is_bullet && is_within() {
                // Two characters to each side show which dot it is.
                let from =
                    text[..at].chars().rev().take(2).take_while(|&c| joins(c)).map(char::len_utf8).sum::<usize>();
                let to = text[span.end..].chars().take(2).take_while(|&c| joins(c)).map(char::len_utf8).sum::<usize>();
                Span::new(at - from, span.end + to)
            } else {
                continue;
            };
            out.push(report(text, span, place, block.span.start));
        }
    }
}

/// Whether a middle dot may stand beside the character.
fn joins(c: char) -> bool {
    is_han(c) || half_width(c).is_ascii_alphanumeric()
}

/// The month and the day in Chinese numerals that name an event in quotation marks: `“一二.九”`.
fn event(text: &str, dot: Span) -> Option<Span> {
    before(text, dot.start).filter(|&c| is_chinese_numeral(c))?;
    let start = text[..dot.start].trim_end_matches(is_chinese_numeral).len();
    let rest = text[dot.end..].trim_start_matches(is_chinese_numeral);
    let span = Span::new(start, text.len() - rest.len());
    let is_quoted = text[..start].ends_with(['“', '"']) && rest.starts_with(['”', '"']);
    let name = || format!("{}.{}", &text[start..dot.start], &text[dot.end..span.end]);
    (is_quoted && EVENTS.list().contains(&name().as_str())).then_some(span)
}

/// The value of one or two digits of either width.
fn number(digits: &str) -> Option<u32> {
    let value = |n, c| n * 10 + half_width(c).to_digit(10).unwrap_or_default();
    matches!(digits.chars().count(), 1 | 2).then(|| digits.chars().fold(0, value))
}

/// The length of the digits that come first, three at most.
fn digits(chars: impl Iterator<Item = char>) -> usize {
    chars.take(3).take_while(|&c| is_digit(c)).map(char::len_utf8).sum()
}

/// The month and the day around a dot that name an event: `6.26` in `6.26国际禁毒日`.
fn day(text: &str, dot: Span) -> Option<Span> {
    // Nearly all are decimals: behind them stands neither what such a name begins with nor the end of a quotation.
    let after = text[dot.end..].trim_start_matches(is_digit);
    let name = trim_blank_start(after);
    if LEADS.begins(name).is_none() && !name.starts_with(['”', '"']) {
        return None;
    }
    let head = digits(text[..dot.start].chars().rev());
    let tail = digits(text[dot.end..].chars());
    let span = Span::new(dot.start - head, dot.end + tail);
    let month = number(&text[span.start..dot.start]).filter(|m| (1..=12).contains(m))?;
    let day = number(&text[dot.end..span.end]).filter(|d| (1..=31).contains(d))?;
    if (month == 2 && day > 29)
        || (matches!(month, 4 | 6 | 9 | 11) && day > 30)
        || span.of(text).starts_with(['0', '０'])
    {
        return None;
    }
    let previous = before(text, span.start);
    if previous.is_some_and(|c| {
        c.is_ascii_alphanumeric() || matches!(half_width(c), '.' | '第' | '表' | '图' | '-' | '/' | '〔')
    }) {
        return None;
    }
    let rest = text[span.end..].trim_start_matches(is_blank);
    let quoted = previous.is_some_and(|c| matches!(c, '“' | '"'));
    // “3.15”消费者权益日, “12.4国家宪法日”, “3.15”活动.
    let (rest, closed) = match rest.strip_prefix(['”', '"']).filter(|_| quoted) {
        Some(rest) => (rest.trim_start_matches(is_blank), true),
        None => (rest, false),
    };
    let end = rest.char_indices().nth(NAME).map_or(rest.len(), |(at, _)| at);
    let name = &rest[..end];
    let name = &name[..name.find(|c: char| !is_han(c)).unwrap_or(name.len())];
    if name.is_empty() {
        return None;
    }
    let ends = || ENDS.iter().any(|w| name.find(w).is_some_and(|at| at > 0 || closed));
    let leads = LEADS.begins(name).is_some();
    ((leads || closed) && ends() || (name.starts_with("讲话") || name.starts_with("重要讲话"))).then_some(span)
}

fn report(text: &str, dot: Span, place: Span, at: usize) -> Diagnostic {
    let found = place.of(text);
    let right = format!("{}·{}", &text[place.start..dot.start], &text[dot.end..place.end]);
    let words = Words::new(
        format!("间隔号应为“·”：“{found}”应写作“{right}”"),
        format!("the middle dot is ·: write {right}, not {found}"),
    );
    let title = Words::new(format!("改为“{right}”"), format!("write {right}"));
    let fix = Fix { title, safety: Safety::Review, edits: vec![Edit { span: dot.shifted(at), text: "·".to_owned() }] };
    Diagnostic::at(&MARK_DOT, place.shifted(at), words)
        .source("《标点符号用法》（GB/T 15834—2011）4.14")
        .data("found", found)
        .data("expected", right)
        .fix(fix)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::mark::found;

    /// Days that name an event, and bullets within words.
    #[test]
    fn dots() {
        let all = |text| found(find, text);
        assert_eq!(all("“12.4国家宪法日”与“3.15”消费维权活动"), ["12.4", "3.15"]);
        assert_eq!(all("11．9消防宣传日，“5•12”防灾减灾日"), ["11．9", "5•12"]);
        assert_eq!(all("“山水•青溪”，买买提•艾力"), ["山水•青溪", "买提•艾力"]);
        assert_eq!(all("“一二.九”歌会，“五．四”青年节"), ["一二.九", "五．四"]);
        for text in [
            "“一.五”标段，一二.九",
            "6.26亿元",
            "增长3.15%",
            "4.5级地震",
            "平均5.5节课",
            "3.1国家标准化",
            "“1.5”模式",
            "版本3.12安全更新",
            "• 第一项",
            "同比增长2.3全国平均",
            "第3.2节",
        ] {
            assert_eq!(all(text), [""; 0], "{text}");
        }
    }
}
