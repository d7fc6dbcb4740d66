//! Periods that do not last as long as is said.

mod anniversary;
mod clock;
mod days;
mod elapsed;

pub(super) use clock::find as find_hours;

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::{Passage, has, is_range, tail, words};
use crate::diagnostic::{Diagnostic, Words};
use crate::rules::declare_rule;
use crate::text::{
    Span, chinese_integer, chinese_numeral, half_width, is_blank, is_chinese_numeral, is_digit, sentence,
    trim_blank_end,
};

declare_rule! {
    /// 期限长短与起止年份、日期不符：
    ///
    /// - “2021—2025年，为期六年”“三年行动（2021—2024年）”：起止年份首尾都算在内；
    /// - “‘十四五’时期（2020—2024年）”：五年规划的起止年份是确定的；
    /// - “自2024年5月1日起施行，有效期5年，至2029年5月1日”：满五年的最后一天是2029年4月30日；合同期限、聘期、租期等写到满期的
    ///   次日（2029年5月1日）也可以；
    /// - “2024年6月1日至6月10日，共7天”“公示期7天，自2024年6月3日至6月6日”“工期6个月（2024年1月—2024年12月）”：首尾都算、只算一头，都
    ///   对不上；
    /// - “2022年3月动工，2024年5月完工，历时三年半”“上午9时开始，11时结束，历时3小时”：一头一尾各有动词写明的；
    /// - “创办于1958年，2028年将迎来建校80周年”：周年是两个年份之差。
    ///
    /// ```hit
    /// 实施期限为2022—2026年，为期四年。
    /// ```
    ///
    /// ```hit
    /// 本办法自2025年3月1日起施行，有效期3年，至2028年3月1日。
    /// ```
    ///
    /// ```hit
    /// 公示时间为2025年8月4日至8月13日，共7天。
    /// ```
    ///
    /// ```hit
    /// 演练上午8时30分开始，10时结束，历时2个半小时。
    /// ```
    ///
    /// 写明了月份的期限相差不足一年的，规划期中的一段，“近三年”“第三年”，学年、届次，几个规划连着算的（“两个五年规划（2016—2025
    /// 年）”是十年），恰为其间工作日的天数，“近”“多”“余”，中间停工、休会的，都不报。
    ///
    /// ```miss
    /// 实施期限为2022—2026年，为期五年；三年行动（2023年7月—2026年6月）同步推进。
    /// ```
    ///
    /// ```miss
    /// 本办法自2025年3月1日起施行，有效期3年，至2028年2月29日止。
    /// ```
    ///
    /// `data`：`reason`（`years` 年数、`months` 月数、`days` 天数、`hours` 时长、`anniversary` 周年、`plan` 五年规划、`validity` 有效期等期限），`stated` 原文所写，`expected` 按起止推算的结果。
    ///
    /// Years are counted with both ends; a term of validity ends the day before its anniversary.
    DATE_PERIOD = "date-period", Warning,
    zh: "期限与起止日期不符",
    en: "a period does not last as long as is said",
}

/// The longest name, in bytes, between 三年 and the bracket with its years.
const NAME: usize = 60;

pub(super) fn find(passage: &Passage<'_>, out: &mut Vec<Diagnostic>) {
    for i in 0..passage.dates.len().saturating_sub(1) {
        if is_range(passage.between(i)) {
            years(passage, i, out);
            months(passage, i, out);
            days::find(passage, i, out);
        }
        validity(passage, i, out);
        elapsed::find(passage, i + 1, out);
        elapsed::find_before(passage, i, out);
    }
    anniversary::find(passage, out);
}

/// A period between two dates, in years and in months.
#[derive(Clone, Copy)]
struct Length {
    first: i16,
    last: i16,
    years: i16,
    /// Both ends included, where both months are written.
    months: Option<i16>,
}

impl Length {
    fn new(passage: &Passage<'_>, i: usize) -> Option<Self> {
        let (a, b) = (&passage.dates[i], &passage.dates[i + 1]);
        let (first, last) = (a.year?, b.year?);
        let years = last - first + 1;
        let months = a.month.zip(b.month).map(|(m, n)| (last - first) * 12 + i16::from(n) - i16::from(m) + 1);
        (first < last && last - first < 60).then_some(Self { first, last, years, months })
    }

    /// Whether the period can be said to last so many years.
    fn agrees(self, name: &Name) -> bool {
        let years = name.years;
        let from_to = name.loose && years == self.last - self.first;
        years == self.years || from_to || self.months.is_some_and(|m| (m - years * 12).abs() < 12)
    }
}

/// 2021—2025年 and the years that are said of it, before or after.
fn years(passage: &Passage<'_>, i: usize, out: &mut Vec<Diagnostic>) {
    let Some(length) = Length::new(passage, i) else { return };
    let span = passage.dates[i].span.to(passage.dates[i + 1].span);
    let after = passage.after(i + 1);
    let tail = after.strip_prefix('年').unwrap_or(after).trim_start_matches(is_blank);
    if ["学年", "赛季", "届", "级", "度报告"].iter().any(|w| tail.starts_with(w)) {
        return;
    }
    if let Some(name) = said_after(after) {
        if !length.agrees(&name) {
            let stated = Span::new(name.start, name.end).shifted(span.end);
            out.push(mismatch(passage, stated, span, length));
        }
        return;
    }
    let before = passage.before(i);
    let Some(head) = before.trim_end_matches(is_blank).strip_suffix(['（', '(']) else {
        if let Some(name) = said_before(before) {
            let stated = Span::new(passage.span.start + name.start, passage.span.start + name.end);
            if !length.agrees(&name) {
                out.push(mismatch(passage, stated, span, length));
            }
        }
        return;
    };
    // The closing bracket belongs to what is shown.
    let close = after.chars().next().filter(|&c| half_width(c) == ')').map_or(0, char::len_utf8);
    if let Some(name) = named(head) {
        if !length.agrees(&name) {
            let stated = Span::new(passage.span.start + name.start, span.end + close);
            out.push(mismatch(passage, stated, span, length));
        }
    } else if let Some((first, last, start)) = plan(head) {
        let within = first <= length.first && length.last <= last;
        if !within && length.last - length.first <= 5 {
            let (years, name) = (format!("{first}—{last}年"), head[start..].trim_end());
            let words = Words::new(
                format!("{name}是{years}，此处写作“{}”", span.of(passage.prose)),
                format!("the period of this plan is {first}–{last}, not {}", span.of(passage.prose)),
            );
            let stated = Span::new(passage.span.start + start, span.end + close);
            out.push(report(stated, words, "plan", span.of(passage.prose), years));
        }
    }
}

fn mismatch(passage: &Passage<'_>, stated: Span, range: Span, length: Length) -> Diagnostic {
    let (said, dates) = (stated.of(passage.prose), range.of(passage.prose));
    let (right, count) = match length.months {
        Some(months) => (format!("{months}个月"), format!("{months} months")),
        None => (format!("{}年", length.years), format!("{} years", length.years)),
    };
    let words = if stated.contains(range) {
        Words::new(
            format!("年数与起止不符：{dates}首尾合计{right}，与“{said}”所说不符"),
            format!("the years do not agree: {dates} is {count}, both ends included, but the text says {said}"),
        )
    } else {
        Words::new(
            format!("年数与起止不符：{dates}首尾合计{right}，此处写作“{said}”"),
            format!("the years do not agree: {dates} is {count}, both ends included, not {said}"),
        )
    };
    report(stated, words, "years", said, right).label(range, Words::new("起止", "the period"))
}

fn report(span: Span, words: Words, reason: &str, stated: &str, expected: String) -> Diagnostic {
    Diagnostic::at(&DATE_PERIOD, span, words)
        .help(Words::new("请核对期限和起止日期。", "Check the period and its ends."))
        .data("reason", reason)
        .data("stated", stated)
        .data("expected", expected)
}

/// `，为期六年` after a period.
fn said_after(after: &str) -> Option<Name> {
    const WORDS: [&str; 11] =
        ["为期", "历时", "周期为", "周期", "期限为", "期限", "规划期为", "规划期", "实施期", "共计", "共"];
    const INEXACT: [&str; 8] = ["内", "多", "余", "级", "半", "以上", "左右", "以来"];
    let skip = |c: char| is_blank(c) || matches!(half_width(c), ')' | ',' | '年' | '止' | '的');
    let rest = after.trim_start_matches(skip);
    let start = after.len() - rest.len();
    if start > 24 || after[..start].matches('年').count() > 1 {
        return None;
    }
    let word = WORDS.into_iter().find(|w| rest.starts_with(w));
    let words = rest[word.map_or(0, str::len)..].trim_start_matches(is_blank);
    let (years, tail) = number(words)?;
    let tail = tail.trim_start_matches(is_blank).strip_prefix('年')?;
    // 2018—2022年五年间
    let bare = word.is_none() && ["间", "时间", "里"].iter().any(|w| tail.starts_with(w));
    let exact = !INEXACT.iter().any(|w| tail.starts_with(w));
    let end = after.len() - tail.len();
    ((word.is_some() || bare) && exact).then_some(Name { years, start, end, loose: bare || word == Some("历时") })
}

/// Years that are said of a period, and where they stand.
struct Name {
    years: i16,
    start: usize,
    end: usize,
    /// They may count from year to year (2019年至2021年，历时两年), not both years in.
    loose: bool,
}

/// `为期五年，即2021—2025年`.
fn said_before(before: &str) -> Option<Name> {
    let head = before.trim_end_matches(is_blank);
    let head = ["即", "从", "自", "为"].into_iter().find_map(|w| head.strip_suffix(w))?;
    let head = head.trim_end_matches(|c: char| is_blank(c) || matches!(half_width(c), ',' | ':'));
    let head = head.strip_suffix('年')?;
    let (years, start) = number_before(head)?;
    let word =
        ["为期", "历时", "期限为"].into_iter().find(|w| head[..start].trim_end_matches(is_blank).ends_with(w))?;
    let start = head[..start].trim_end_matches(is_blank).len() - word.len();
    Some(Name { years, start, end: head.len() + '年'.len_utf8(), loose: true })
}

/// `三年行动计划》` before a bracket.
fn named(head: &str) -> Option<Name> {
    const KINDS: [&str; 12] =
        ["行动", "规划", "计划", "攻坚", "工程", "方案", "纲要", "整治", "提升", "倍增", "活动", "改造"];
    let near = tail(head, NAME);
    let from = head.len() - near.len();
    let year = from + near.rfind('年')?;
    let name = head[year + '年'.len_utf8()..].trim_end_matches(['》', '”', '〉', ' ']);
    // 五年来（2021—2025年）
    let name = if name == "来" { "" } else { name };
    if name.contains(['，', '。', '、', '；', ',', ';', '：', ':', '（', '(']) {
        return None;
    }
    let plain = name.is_empty();
    if !plain && !KINDS.iter().any(|w| name.contains(w)) {
        return None;
    }
    let (years, start) = number_before(&head[..year])?;
    let lead = head[..start].trim_end_matches(is_blank);
    let (years, start, lead) = several(years, start, lead)?;
    let loose = ["第", "近", "未来", "今后", "连续", "前", "后", "满", "约", "逾", "超", "每", "再", "隔", "用", "共"];
    (!loose.iter().any(|w| lead.ends_with(w)) && years > 1).then_some(Name {
        years,
        start,
        end: year + '年'.len_utf8(),
        loose: plain && !lead.ends_with("为期"),
    })
}

/// Several periods of so many years together: 两个五年规划 are ten years. How many 多个三年行动 are is not said, and 两轮
/// may be the second.
fn several(years: i16, start: usize, lead: &str) -> Option<(i16, usize, &str)> {
    let Some(unit) = ['个', '轮', '期'].into_iter().find(|&c| lead.ends_with(c)) else {
        return Some((years, start, lead));
    };
    let head = lead.strip_suffix(unit)?;
    let counted = number_before(head).filter(|&(_, at)| !head[..at].ends_with('第'));
    match (unit, counted) {
        ('个', Some((n, at))) => Some((years.checked_mul(n)?, at, head[..at].trim_end_matches(is_blank))),
        ('个', None) => (!head.ends_with(['多', '几', '数', '各', '每', '两'])).then_some((years, start, lead)),
        (_, Some((n, _))) if n > 1 => None,
        _ => Some((years, start, lead)),
    }
}

/// `工期6个月（2026年1月—2026年6月）`.
fn months(passage: &Passage<'_>, i: usize, out: &mut Vec<Diagnostic>) {
    const WORDS: [&str; 6] = ["工期", "建设期", "周期", "期限", "为期", "试点期"];
    let (a, b) = (&passage.dates[i], &passage.dates[i + 1]);
    let (Some(first), Some(m), Some(n)) = (a.year, a.month, b.month) else { return };
    // Days would decide where a month ends.
    if a.day.is_some() || b.day.is_some() || !(1..=12).contains(&m) || !(1..=12).contains(&n) {
        return;
    }
    let length = (b.year.unwrap_or(first) - first) * 12 + i16::from(n) - i16::from(m) + 1;
    let Some(head) = passage.before(i).trim_end_matches(is_blank).strip_suffix(['（', '(']) else { return };
    let Some(count) = head.trim_end_matches(is_blank).strip_suffix("个月") else { return };
    let Some((said, at)) = number_before(count) else { return };
    let lead = count[..at].trim_end_matches(|c: char| is_blank(c) || matches!(c, '为' | '：' | ':' | '共'));
    let closed = passage.after(i + 1).trim_start_matches(is_blank).starts_with(['）', ')']);
    if !closed || length < 1 || said == length || said == length - 1 || !WORDS.iter().any(|w| lead.ends_with(w)) {
        return;
    }
    let stated = Span::new(at, count.len() + "个月".len()).shifted(passage.span.start);
    let right = (format!("{length}个月"), format!("{length} months"));
    out.push(counted(passage, (i, i + 1), stated, "months", &right));
}

/// The finding that the time from a date to another is not so long.
fn counted(
    passage: &Passage<'_>,
    (first, last): (usize, usize),
    stated: Span,
    reason: &str,
    (right, count): &(String, String),
) -> Diagnostic {
    let (from, to) = (passage.dates[first].span, passage.dates[last].span);
    let (said, range) = (stated.of(passage.prose), from.to(to));
    let dates = if first + 1 == last && is_range(passage.between(first)) {
        range.of(passage.prose).to_owned()
    } else {
        format!("{}至{}", from.of(passage.prose), to.of(passage.prose))
    };
    let words = Words::new(
        format!("期限与起止不符：{dates}首尾合计{right}，此处写作“{said}”"),
        format!("the period does not agree: {dates} is {count}, both ends included, not {said}"),
    );
    report(stated, words, reason, said, right.clone()).label(range, Words::new("起止", "the period"))
}

/// `“十四五”时期` before a bracket: the first and the last year, and where the name begins.
fn plan(head: &str) -> Option<(i16, i16, usize)> {
    const PLANS: [(&str, i16); 6] =
        [("十五五", 2026), ("十四五", 2021), ("十三五", 2016), ("十二五", 2011), ("十一五", 2006), ("十五", 2001)];
    let near = tail(head, NAME);
    let open = head.len() - near.len() + near.rfind('“')?;
    let inner = &head[open + '“'.len_utf8()..];
    let close = inner.find('”')?;
    let (name, tail) = (&inner[..close], &inner[close + '”'.len_utf8()..]);
    let (_, first) = PLANS.into_iter().find(|(plan, _)| *plan == name)?;
    let alone = !head[..open]
        .trim_end_matches(|c: char| is_blank(c) || matches!(c, '和' | '、' | '至' | '与' | '及'))
        .ends_with('”');
    let said = ["", "时期", "期间", "规划", "规划期", "规划期间", "五年规划"].contains(&tail.trim_matches(is_blank));
    (alone && said).then_some((first, first + 4, open))
}

/// 自2024年5月1日起施行，有效期5年，至2029年4月30日.
fn validity(passage: &Passage<'_>, i: usize, out: &mut Vec<Diagnostic>) {
    let link = passage.between(i);
    if link.len() > 120 || !trim_blank_end(link).ends_with(['至', '到']) || link.contains(['。', '；', ';']) {
        return;
    }
    let starts = link.trim_start_matches(is_blank);
    let (first, second) = (&passage.dates[i], &passage.dates[i + 1]);
    let head = passage.before(i).trim_end_matches(is_blank);
    let begins =
        head.ends_with(['自', '从']) && (starts.starts_with('起') || starts.starts_with("开始") || is_range(link));
    let (Some(from), Some(to)) = (passage.day(i), passage.day(i + 1)) else { return };
    if !begins || to <= from {
        return;
    }
    let text = passage.span.of(passage.prose);
    let inner = Span::new(first.span.start - passage.span.start, second.span.end - passage.span.start);
    let around = sentence(text, inner, &['；', ';']);
    let Some((word, years, stated)) = term(around.of(text)) else { return };
    let Some(last) = last_day(from, years) else { return };
    // A contract may count its first day out; a term that is counted from another day is another matter.
    let ended = has(around.of(text), &["提前", "解除", "终止", "延长", "续签", "剩余", "展期"]);
    let contract = word != "有效期" && last.tomorrow().is_ok_and(|day| day == to);
    if to == last || contract || ended || around.of(text).matches('自').count() > 1 {
        return;
    }
    let start = passage.prose[..second.span.start].trim_end_matches(is_blank).len() - '至'.len_utf8();
    let span = Span::new(start, second.span.end);
    let term = stated.shifted(passage.span.start + around.start);
    let (said, long) = (second.span.of(passage.prose), term.of(passage.prose));
    let words = Words::new(
        format!("{}起{long}，应到{}为止，此处写作“{said}”", words(from), words(last)),
        format!("{years} years from {from} end on {last}, not on {to}"),
    );
    out.push(
        report(span, words, "validity", said, self::words(last))
            .label(first.span, Words::new("起", "its beginning"))
            .label(term, Words::new("期限", "the term")),
    );
}

/// The last day of so many years that begin with a day.
fn last_day(from: Date, years: i16) -> Option<Date> {
    from.checked_add(years.years()).ok()?.yesterday().ok()
}

/// `有效期为五年`, `合同期限三年` in a sentence, if one stands there once.
fn term(text: &str) -> Option<(&'static str, i16, Span)> {
    const TERMS: [&str; 11] =
        ["有效期", "合同期", "聘期", "租期", "租赁期", "任期", "试点期", "承包期", "用地期", "挂职期", "聘用期"];
    let mut found = None;
    for (at, word) in TERMS.into_iter().flat_map(|w| text.match_indices(w).map(move |(at, _)| (at, w))) {
        let rest = &text[at + word.len()..];
        let lead = rest.trim_start_matches(|c: char| is_blank(c) || matches!(c, '为' | '限' | '是' | '：' | ':'));
        let Some((years, tail)) = number(lead) else { continue };
        let Some(tail) = tail.trim_start_matches(is_blank).strip_prefix('年') else { continue };
        // 每届任期五年 is another's term.
        if found.is_some() || tail.starts_with(['以', '至', '左', '内', '半']) || text[..at].ends_with('届') {
            return None;
        }
        let start = at + word.len() + (rest.len() - lead.len());
        found = Some((word, years, Span::new(start, text.len() - tail.len())));
    }
    found
}

/// A number of years at the start of the text, up to fifty, and what follows it.
fn number(text: &str) -> Option<(i16, &str)> {
    any_number(text).filter(|(n, _)| (1..=50).contains(n))
}

/// A number of years at the end of the text, up to fifty, and where it begins.
fn number_before(text: &str) -> Option<(i16, usize)> {
    any_number_before(text).filter(|(n, _)| (1..=50).contains(n))
}

/// A number at the start of the text, and what follows it.
fn any_number(text: &str) -> Option<(i16, &str)> {
    let first = text.chars().next()?;
    let tail =
        if is_digit(first) { text.trim_start_matches(is_digit) } else { text.trim_start_matches(is_chinese_numeral) };
    value(&text[..text.len() - tail.len()]).map(|n| (n, tail))
}

/// A number at the end of the text, and where it begins.
fn any_number_before(text: &str) -> Option<(i16, usize)> {
    let text = text.trim_end_matches(is_blank);
    let last = text.chars().next_back()?;
    let head = if is_digit(last) { text.trim_end_matches(is_digit) } else { text.trim_end_matches(is_chinese_numeral) };
    value(&text[head.len()..]).map(|n| (n, head.len()))
}

/// The value of a number.
fn value(run: &str) -> Option<i16> {
    if run.starts_with(is_chinese_numeral) {
        let n = chinese_integer(run).filter(|&n| chinese_numeral(n) == run || run == "两")?;
        i16::try_from(n).ok()
    } else if (1..=6).contains(&run.len()) {
        run.chars().map(half_width).collect::<String>().parse().ok()
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    /// A term ends the day before its anniversary, in leap years too.
    #[test]
    fn last_days() {
        assert_eq!(last_day(date(2024, 5, 1), 5), Some(date(2029, 4, 30)));
        assert_eq!(last_day(date(2025, 3, 1), 3), Some(date(2028, 2, 29)));
        assert_eq!(last_day(date(2024, 1, 1), 2), Some(date(2025, 12, 31)));
    }

    /// A term is said once, and of what is spoken of.
    #[test]
    fn terms() {
        let years = |text: &str| term(text).map(|(word, years, span)| (word, years, span.of(text).to_owned()));
        assert_eq!(years("租赁期限为三年"), Some(("租赁期", 3, "三年".to_owned())));
        for text in ["租期三年以上", "聘期三年，任期三年", "每届任期三年", "工期三年"] {
            assert_eq!(years(text), None, "{text}");
        }
    }

    /// The years before a bracket are those of its name, not an ordinal or a stretch of time.
    #[test]
    fn names() {
        let years = |head: &str| named(head).map(|n| n.years);
        assert_eq!(years("法治建设三年行动计划"), Some(3));
        assert_eq!(years("《综合整治5年攻坚方案》"), Some(5));
        assert_eq!(years("过去五年"), Some(5));
        assert_eq!(years("过去五年来"), Some(5));
        assert_eq!(years("三个五年规划"), Some(15));
        assert_eq!(years("新一轮三年行动"), Some(3));
        assert_eq!(years("第二个五年规划"), Some(5));
        for head in [
            "近三年",
            "第三年行动",
            "五年来，全县行动",
            "2024年行动计划",
            "三五年规划",
            "一年",
            "两轮三年行动",
            "多个五年规划",
        ] {
            assert_eq!(years(head), None, "{head}");
        }
    }
}
