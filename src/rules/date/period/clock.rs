//! Hours that something lasted: 上午9时开始，11时30分结束，历时2个半小时.

use std::sync::LazyLock;

use memchr::memmem::Finder;

use super::{DATE_PERIOD, any_number, any_number_before};
use crate::diagnostic::{Diagnostic, Words};
use crate::text::{Class, Span, Stretch, WordList, sentence, trim_blank_end, trim_blank_start, words};

/// Words of a beginning and of an end.
const BEGUN: WordList = WordList::new(&[
    "开始", "启动", "打响", "拉开", "开赛", "开幕", "出发", "起跑", "开机", "召开", "点火", "准时", "发生",
]);
const DONE: WordList =
    WordList::new(&["结束", "完成", "收官", "收队", "闭幕", "散会", "解除", "抵达", "到达", "恢复", "扑灭", "返回"]);
/// Words of a time that is not counted through, or of several.
const BROKEN: WordList = WordList::new(&[
    "休",
    "中断",
    "暂停",
    "扣除",
    "不含",
    "每",
    "各",
    "分别",
    "两场",
    "次日",
    "翌日",
    "第二天",
    "其中",
    "当晚",
    "其间",
]);
const DAY: i32 = 24 * 60;

/// Looks for lengths of time that two times of day do not give, in a block with these events.
pub(in crate::rules::date) fn find(prose: &str, block: Span, events: Stretch<'_>, out: &mut Vec<Diagnostic>) {
    if !events.has(Class::NUMBER) {
        return;
    }
    let text = block.of(prose);
    for said in lasted(text) {
        let at = said.start;
        let Some((length, tail)) = length(&text[said.end..]) else { continue };
        let around = sentence(text, said, &['；', ';']);
        let said = Span::new(at, text.len() - tail.len());
        if let Some((first, last)) = times(&text[around.start..at]).filter(|_| !BROKEN.is_in(around.of(text))) {
            let shifted = |time: Time| Time { span: time.span.shifted(around.start + block.start), ..time };
            out.extend(judge(prose, (shifted(first), shifted(last)), length, said.shifted(block.start)));
        }
    }
}

/// The words of what is said to have lasted: 历时, 用时, 耗时, 为时; 持续. Most blocks have none.
fn lasted(text: &str) -> impl Iterator<Item = Span> + '_ {
    static HOUR: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("时"));
    static WENT_ON: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("持续"));
    let found = |word: &'static Finder<'static>| {
        word.find_iter(text.as_bytes()).map(|at| Span::new(at, at + word.needle().len()))
    };
    let verb = |hour: Span| {
        let before = text[..hour.start].chars().next_back().filter(|c| matches!(c, '历' | '用' | '耗' | '为'))?;
        Some(Span::new(hour.start - before.len_utf8(), hour.end))
    };
    found(&HOUR).filter_map(verb).chain(found(&WENT_ON))
}

/// A time of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Time {
    span: Span,
    minutes: i32,
    /// Whether it is said which half of the day it is of.
    half: Option<Half>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Half {
    Morning,
    Evening,
}

/// A length of time in minutes, and by how much less or more the words may mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Length {
    minutes: i32,
    give: i32,
}

fn judge(prose: &str, (first, last): (Time, Time), length: Length, said: Span) -> Option<Diagnostic> {
    let all = |time: Time| match time.half {
        Some(Half::Morning) => [time.minutes, time.minutes],
        Some(Half::Evening) => [time.minutes.max((time.minutes + DAY / 2) % DAY); 2],
        // 2时30分 may be of the afternoon, whatever stands before.
        None => [time.minutes, if time.minutes < DAY / 2 { time.minutes + DAY / 2 } else { time.minutes }],
    };
    let mut least = DAY;
    for from in all(first) {
        for to in all(last) {
            let lasted = (to - from).rem_euclid(DAY);
            if (lasted - length.minutes).abs() <= length.give || lasted == 0 {
                return None;
            }
            least = least.min(lasted);
        }
    }
    let (hours, minutes) = (least / 60, least % 60);
    let (right, count) = match (hours, minutes) {
        (0, _) => (format!("{minutes}分钟"), format!("{minutes} minutes")),
        (_, 0) => (format!("{hours}小时"), format!("{hours} hours")),
        _ => (format!("{hours}小时{minutes}分钟"), format!("{hours} hours and {minutes} minutes")),
    };
    let (from, to, stated) = (first.span.of(prose), last.span.of(prose), said.of(prose));
    let words = Words::new(
        format!("时长与起止时刻不符：{from}至{to}是{right}，此处写作“{stated}”"),
        format!("the time does not agree: from {from} to {to} it is {count}, not {stated}"),
    );
    Some(
        Diagnostic::at(&DATE_PERIOD, said, words)
            .help(Words::new("请核对起止时刻和时长。", "Check both times and the length."))
            .data("reason", "hours")
            .data("stated", stated)
            .data("expected", right)
            .label(first.span, Words::new("起", "its beginning"))
            .label(last.span, Words::new("止", "its end")),
    )
}

/// The two times of day that the words before a length hold, if there are no more: a beginning and an end, or a period.
fn times(text: &str) -> Option<(Time, Time)> {
    let mut found = Vec::with_capacity(2);
    for (at, mark) in text.match_indices(['时', '点', '：', ':']) {
        let Some(time) = time(text, at, mark) else { continue };
        if found.len() == 2 {
            return None;
        }
        found.push(time?);
    }
    let &[first, last] = found.as_slice() else { return None };
    let (link, tail) = (&text[first.span.end..last.span.start], &text[last.span.end..]);
    let period = matches!(trim_blank_end(link), "至" | "到" | "-" | "—" | "——" | "~" | "～" | "－");
    let begun = period || BEGUN.is_in(link);
    let done = DONE.find(tail).is_some_and(|(at, _)| at <= 12) || period && !tail.chars().any(crate::text::is_han);
    let dated = link.contains(['日', '天']) || link.chars().count() > 40;
    (begun && done && !dated).then_some((first, last))
}

/// The time of day whose mark stands at `at`: none where no hour stands before it, `Some(None)` where it is vague.
#[expect(clippy::option_option, reason = "no time at all is another thing than a vague one")]
fn time(text: &str, at: usize, mark: &str) -> Option<Option<Time>> {
    let head = trim_blank_end(&text[..at]);
    let hour = any_number_before(head).filter(|&(hour, _)| hour <= 24)?;
    let before = trim_blank_end(&head[..hour.1]);
    if before.ends_with(['.', '第', '：', ':', '/']) {
        return None;
    }
    let rest = trim_blank_start(&text[at + mark.len()..]);
    let colon = matches!(mark, ":" | "：");
    let (minutes, tail) = match number(rest) {
        Some((minutes, tail)) if minutes < 60 && colon => (minutes, tail),
        Some((minutes, tail)) if minutes < 60 => (minutes, tail.strip_prefix('分').unwrap_or(tail)),
        _ if colon => return None,
        _ => match rest.strip_prefix('半') {
            Some(tail) => (30, tail),
            None => (0, rest.strip_prefix(['整', '正']).filter(|t| !t.starts_with('式')).unwrap_or(rest)),
        },
    };
    if tail.starts_with(['许', '左', '前', '后', '多']) || before.ends_with(['约', '近']) {
        return Some(None);
    }
    let noon = before.ends_with("中午");
    let half = if words!["上午", "早上", "凌晨", "清晨", "早晨"].ends(before).is_some() {
        Some(Half::Morning)
    } else if words!["下午", "晚上", "傍晚", "晚", "夜间"].ends(before).is_some() || noon {
        Some(Half::Evening)
    } else {
        None
    };
    let word = if half.is_some() { before.chars().rev().take(2).map(char::len_utf8).sum() } else { 0 };
    let span = Span::new(before.len() - word, text.len() - tail.len());
    // At noon 11 is no hour of the evening.
    let half = half.filter(|_| !(noon && hour.0 > 10 || hour.0 > 12));
    Some(Some(Time { span, minutes: i32::from(hour.0) * 60 + minutes, half }))
}

/// The length of time at the start of the text, and what follows it; 近3小时 and 3小时多 are none.
fn length(text: &str) -> Option<(Length, &str)> {
    let text = trim_blank_start(text);
    let text = ["长达", "整整", "共", "了", "时间"].iter().find_map(|w| text.strip_prefix(w)).unwrap_or(text);
    let exact = |tail: &str| !tail.starts_with(['多', '余', '左', '以', '内', '来']);
    if let Some(tail) = words!["半个小时", "半小时"].begins(text).map(|w| &text[w.len()..]) {
        return exact(tail).then_some((Length { minutes: 30, give: 10 }, tail));
    }
    let (count, tail) = number(text)?;
    let tail = trim_blank_start(tail);
    let (length, tail) = if let Some(tail) = tail.strip_prefix("个半小时") {
        (Length { minutes: count * 60 + 30, give: 20 }, tail)
    } else if let Some(tail) = tail.strip_prefix("分钟") {
        (Length { minutes: count, give: if count % 5 == 0 { 5 } else { 0 } }, tail)
    } else if let Some(word) = words!["个小时", "小时"].begins(tail) {
        let rest = trim_blank_start(&tail[word.len()..]);
        match number(rest).and_then(|(n, rest)| Some((n, rest.strip_prefix('分')?))) {
            Some((minutes, rest)) => {
                (Length { minutes: count * 60 + minutes, give: 5 }, rest.strip_prefix('钟').unwrap_or(rest))
            }
            None => (Length { minutes: count * 60, give: 30 }, rest),
        }
    } else if let Some(rest) = tail.strip_prefix('.')
        && let Some((tenths, rest)) = number(rest).filter(|&(n, _)| n < 10)
        && let Some(word) = words!["个小时", "小时"].begins(trim_blank_start(rest))
    {
        (Length { minutes: count * 60 + tenths * 6, give: 6 }, &trim_blank_start(rest)[word.len()..])
    } else {
        return None;
    };
    exact(tail).then_some((length, tail))
}

/// A number at the start of the text, and what follows it.
fn number(text: &str) -> Option<(i32, &str)> {
    any_number(text).map(|(n, tail)| (n.into(), tail))
}

#[cfg(test)]
mod tests {
    /// Two times of day and what lies between them.
    #[test]
    fn hours() {
        let found = |text: &str| crate::rules::date::found("date-period", text);
        for (text, said) in [
            ("演练上午9时开始，11时30分结束，历时3个半小时。", "历时3个半小时"),
            ("会议14:00开始，16:30结束，历时两小时。", ""),
            ("比赛9：00—11：00，历时4小时。", "历时4小时"),
            ("救援凌晨2点半启动，5点完成，历时90分钟。", "历时90分钟"),
            ("演练上午9时开始，11时结束，历时2小时。", ""),
            ("会议上午9时开始，下午2时结束，历时5小时。", ""),
            ("会议9时开始，2时结束，历时5小时。", ""),
            ("演练上午9时开始，中午12时结束，历时3小时。", ""),
            ("演练上午9时许开始，11时30分结束，历时3个半小时。", ""),
            ("演练上午9时开始，11时30分结束，历时近4小时。", ""),
            ("演练上午9时开始，16时结束，中间休息2小时，历时5小时。", ""),
            ("抢修22时开始，次日3时结束，历时2小时。", ""),
            ("抢修22时开始，3时结束，历时5小时。", ""),
        ] {
            let expected: Vec<String> = if said.is_empty() { Vec::new() } else { vec![said.to_owned()] };
            assert_eq!(found(text), expected, "{text}");
        }
    }
}
