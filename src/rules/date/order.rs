//! Dates in an order that cannot be: periods that run backwards, figures up to a day after the paper.

use jiff::civil::Date;

use super::written::{Form, Written};
use super::{Passage, is_range, issued, words};
use crate::diagnostic::{Diagnostic, Words};
use crate::outline::{DateSource, Paper};
use crate::rules::declare_rule;
use crate::text::{Document, Span, is_blank, sentence};

declare_rule! {
    /// 先后颠倒的日期：
    ///
    /// - 起止倒置：“2025年至2021年”“2024年6月30日至2024年6月3日”“自2023年10月1日起施行，有效期至2023年5月1日”；
    /// - 截至的日期晚于文件自己的成文（发布）日期：12月13日的报告不会有截至12月31日的数字；
    /// - 施行日期早于成文日期；
    /// - 年度报告的年份晚于成文日期的年份。
    ///
    /// ```hit
    /// 公示时间：2025年4月18日至2025年4月8日。
    /// ```
    ///
    /// ```hit
    /// 青溪县2024年度依法行政情况的报告
    /// 2024年11月25日
    /// 截至2024年12月31日，全县评查案卷64卷。
    /// ```
    ///
    /// 以下写法不报：没有写明年份的跨年起止（“11月至次年3月”“10月至3月”）；报名、公示、有效期等截止的期限，以及预计、计划的
    /// 数字；倒查、回溯；修订后重新公布的旧文件；追溯执行的规定。文件没有成文、发布日期的，不作比较。
    ///
    /// ```miss
    /// 供暖期为每年11月1日至3月31日，报名截至2026年12月31日。
    /// ```
    ///
    /// `data`：`reason`（`backwards` 起止倒置、`as-of` 截至晚于成文、`effective` 施行早于成文、`report-year` 报告年份晚于成文），
    /// `first`、`second` 两个日期的原文。
    ///
    /// Periods that run backwards, figures up to a day after the paper's own date, force before issue.
    DATE_ORDER = "date-order", Warning,
    zh: "日期先后颠倒",
    en: "dates in an order that cannot be",
}

/// How many bytes after the head of a paper may speak of its revision.
const HEAD: usize = 900;

pub(super) fn find(passage: &Passage<'_>, out: &mut Vec<Diagnostic>) {
    for i in 0..passage.dates.len() {
        if i + 1 < passage.dates.len() {
            backwards(passage, i, out);
            expired(passage, i, out);
        }
        as_of(passage, i, out);
        effective(passage, i, out);
    }
}

/// The sentence around a date, half-width semicolons included.
fn sentence_of<'a>(passage: &Passage<'a>, span: Span) -> &'a str {
    let inner = Span::new(span.start - passage.span.start, span.end - passage.span.start);
    let text = passage.span.of(passage.prose);
    sentence(text, inner, &['；', ';']).of(text)
}

fn has(text: &str, list: &[&str]) -> bool {
    list.iter().any(|w| text.contains(w))
}

/// 2025年至2021年.
fn backwards(passage: &Passage<'_>, i: usize, out: &mut Vec<Diagnostic>) {
    const BACK: [&str; 12] =
        ["倒查", "回溯", "追溯", "倒推", "倒排", "逐年", "往前", "上溯", "下降", "减少", "由近及远", "公元前"];
    let (first, second) = (&passage.dates[i], &passage.dates[i + 1]);
    if !is_range(passage.between(i)) || !is_after(first, second) {
        return;
    }
    let span = first.span.to(second.span);
    // 3-5月 is a range of its own; 从2025年下降到2021年 compares.
    if has(sentence_of(passage, span), &BACK) || passage.before(i).ends_with(['前', '较', '比']) {
        return;
    }
    let (a, b) = (first.span.of(passage.prose), second.span.of(passage.prose));
    let words =
        Words::new(format!("起止倒置：起于“{a}”，止于“{b}”"), format!("the period runs backwards: from {a} to {b}"));
    out.push(report(span, words, "backwards", a, b).label(second.span, Words::new("止", "its end")));
}

/// Whether a period's first date is after its second. A second date without a year counts only within the same month:
/// 11月至3月 runs into the next year.
fn is_after(first: &Written, second: &Written) -> bool {
    let Some(month) = second.month else {
        return match (first.year, second.year) {
            (Some(a), Some(b)) => a > b,
            _ => false,
        };
    };
    match (first.year, second.year) {
        (Some(a), Some(b)) if a != b => a > b,
        (_, Some(_)) if first.year.is_none() => false,
        (Some(_), Some(_)) => {
            first.month.is_some_and(|m| (m, first.day.unwrap_or(0)) > (month, second.day.unwrap_or(99)))
        }
        _ => {
            first.month == second.month
                && first.day.zip(second.day).is_some_and(|(a, b)| a > b)
                && first.form != Form::Marked
        }
    }
}

/// 自2023年10月1日起施行，有效期至2023年5月1日.
fn expired(passage: &Passage<'_>, i: usize, out: &mut Vec<Diagnostic>) {
    let link = passage.between(i);
    let starts = ["起", "开始"].iter().any(|w| link.trim_start_matches(is_blank).starts_with(w));
    let ends = link.trim_end_matches(is_blank).ends_with(['至', '到']);
    if !starts || !ends || is_range(link) || link.contains(['。', '；', ';']) || link.len() > 90 {
        return;
    }
    let (Some(from), Some(to)) = (passage.day(i), passage.day(i + 1)) else { return };
    if to >= from {
        return;
    }
    let (first, second) = (&passage.dates[i], &passage.dates[i + 1]);
    let (a, b) = (first.span.of(passage.prose), second.span.of(passage.prose));
    let words =
        Words::new(format!("起止倒置：自“{a}”起，却至“{b}”止"), format!("it ends before it begins: from {a} to {b}"));
    out.push(report(second.span, words, "backwards", a, b).label(first.span, Words::new("起", "its beginning")));
}

/// 截至2023年12月31日 in a paper of 13 December.
fn as_of(passage: &Passage<'_>, i: usize, out: &mut Vec<Diagnostic>) {
    const AHEAD: [&str; 24] = [
        "预计",
        "计划",
        "拟",
        "将",
        "力争",
        "争取",
        "确保",
        "目标",
        "须",
        "应当",
        "视为",
        "逾期",
        "不再",
        "未提交",
        "报名",
        "申报",
        "报送",
        "公示期",
        "有效期",
        "征集",
        "征求",
        "到期",
        "届满",
        "可以",
    ];
    let written = &passage.dates[i];
    let Some((paper, shown)) = issued(passage.paper, &[DateSource::Issued, DateSource::Published]) else { return };
    let head = passage.before(i).trim_end_matches(is_blank);
    let Some(word) = ["截至", "截止到", "截止至", "截止"].into_iter().find(|w| head.ends_with(w)) else {
        return;
    };
    let start = head.len() - word.len();
    // 报名截至, 有效期截至 set a term: 截至 must open its clause.
    let clause = head[..start].trim_end_matches(is_blank);
    let opens = clause.is_empty() || clause.ends_with(['。', '，', '；', ',', ';', '：', ':', '（', '(', '、']);
    let after = passage.after(i).trim_start_matches(is_blank);
    let limit = ["前", "止", "为止", "之前", "以前"].iter().any(|w| after.starts_with(w));
    if !opens || limit || written.month.is_none() {
        return;
    }
    let year = written.year.or_else(|| passage.paper.year.filter(|&y| y == paper.year()));
    let Some(day) = year.and_then(|y| Date::new(y, written.month?, written.day.unwrap_or(1)).ok()) else { return };
    if day <= paper || has(sentence_of(passage, written.span), &AHEAD) {
        return;
    }
    let span = Span::new(passage.span.start + start, written.span.end);
    let (a, b) = (written.span.of(passage.prose), shown.of(passage.prose));
    let words_zh = format!("“截至{a}”晚于本文自己的日期（{}）", words(paper));
    let words_en = format!("figures up to {a}, but the paper is of {paper}");
    out.push(
        report(span, Words::new(words_zh, words_en), "as-of", a, b)
            .label(shown, Words::new("本文的日期", "the date of the paper")),
    );
}

/// 自2023年1月1日起施行 in an instrument issued later.
fn effective(passage: &Passage<'_>, i: usize, out: &mut Vec<Diagnostic>) {
    const OWN: [&str; 7] = ["本办法", "本规定", "本细则", "本规则", "本制度", "本条例", "本规程"];
    const BACK: [&str; 5] = ["追溯", "溯及", "补发", "起算", "废止"];
    const REVISED: [&str; 7] = ["修正", "修订", "修改", "重新公布", "重新印发", "重新发布", "继续有效"];
    let Some((paper, shown)) = issued(passage.paper, &[DateSource::Issued]) else { return };
    if passage.day(i).is_none_or(|day| day >= paper) {
        return;
    }
    let head = passage.before(i).trim_end_matches(is_blank);
    let after = passage.after(i).trim_start_matches(is_blank);
    let own = head.strip_suffix('自').is_some_and(|h| OWN.iter().any(|w| h.trim_end_matches(is_blank).ends_with(w)));
    let force = ["起施行", "起正式施行", "起生效"].iter().any(|w| after.starts_with(w));
    if !own || !force || has(sentence_of(passage, passage.dates[i].span), &BACK) {
        return;
    }
    // A text that was amended after it came into force bears the date of the amendment.
    let whole = &passage.prose[passage.paper.span.start..];
    let mut end = whole.len().min(passage.paper.body.start - passage.paper.span.start + HEAD);
    while !whole.is_char_boundary(end) {
        end += 1;
    }
    if has(&whole[..end], &REVISED) {
        return;
    }
    let written = &passage.dates[i];
    let (a, b) = (written.span.of(passage.prose), shown.of(passage.prose));
    let words = Words::new(
        format!("施行日期（{a}）早于成文日期（{b}）"),
        format!("it takes effect on {a}, before it was issued on {b}"),
    );
    out.push(report(written.span, words, "effective", a, b).label(shown, Words::new("成文日期", "the date of issue")));
}

/// A report on a year that had not begun when the report was written.
pub(super) fn year_of_report(document: &Document, paper: &Paper, out: &mut Vec<Diagnostic>) {
    const FORWARD: [&str; 14] = [
        "计划",
        "预算",
        "方案",
        "安排",
        "要点",
        "思路",
        "打算",
        "展望",
        "通知",
        "目标",
        "政府工作报告",
        "任务",
        "规划",
        "预测",
    ];
    let (Some(title), Some(year)) = (paper.title, paper.year) else { return };
    let Some((day, shown)) = issued(paper, &[DateSource::Issued, DateSource::Published]) else { return };
    let text = document.slice(title);
    let reports = has(text, &["年度报告", "情况的报告", "情况报告", "总结", "年报"]);
    if !reports || has(text, &FORWARD) || day.year() >= year || title.overlaps(shown) {
        return;
    }
    let number = year.to_string();
    let Some(at) = text.find(&number) else { return };
    let span = Span::new(title.start + at, title.start + at + number.len());
    let date = document.slice(shown);
    let words_zh = format!("标题写的是{year}年，文件的日期却是{}", words(day));
    let words_en = format!("the title reports on {year}, but the paper is of {day}");
    out.push(
        report(span, Words::new(words_zh, words_en), "report-year", &number, date)
            .label(shown, Words::new("本文的日期", "the date of the paper")),
    );
}

fn report(span: Span, words: Words, reason: &str, first: &str, second: &str) -> Diagnostic {
    Diagnostic::at(&DATE_ORDER, span, words)
        .help(Words::new("请核对两个日期。", "Check the two dates."))
        .data("reason", reason)
        .data("first", first)
        .data("second", second)
}

#[cfg(test)]
mod tests {
    use crate::rules::date::found;

    /// Periods that run backwards; those without a year may run into the next one.
    #[test]
    fn backwards() {
        let all = |text| found("date-order", text);
        assert_eq!(all("为期2025—2021年。"), ["2025—2021年"]);
        assert_eq!(all("自2024年9月1日至2024年3月31日止。"), ["2024年9月1日至2024年3月31日"]);
        assert_eq!(all("自6月30日至6月3日公示。"), ["6月30日至6月3日"]);
        assert_eq!(all("自2024年9月1日起施行，有效期至2024年3月1日。"), ["2024年3月1日"]);
        for text in [
            "10月至3月",
            "2024年10月至3月",
            "2024年12月1日至2025年3月1日",
            "2025年比2021年增长",
            "由2025年至2021年倒查",
        ] {
            assert_eq!(all(text), [""; 0], "{text}");
        }
    }

    /// Figures up to a day after the paper's own, unless they are a term or a plan.
    #[test]
    fn after_the_paper() {
        let all = |text: &str| found("date-order", &format!("青溪县2024年度报告\n2024年12月10日\n{text}"));
        assert_eq!(all("截至2024年12月31日，共办理12件。"), ["截至2024年12月31日"]);
        assert_eq!(all("今年，截至 12月20日，共办理12件。"), ["截至 12月20日"]);
        for text in ["截至2024年11月30日，共办理12件。", "报名截至2025年1月5日。", "截至2024年12月31日，预计完成12件。"]
        {
            assert_eq!(all(text), [""; 0], "{text}");
        }
    }
}
