//! Terms that were right some years ago, or never.

use jiff::civil::Date;

use crate::diagnostic::{Diagnostic, Edit, Fix, RuleMeta, Safety, Severity, Words};
use crate::rulebook::{Term, TermHit};
use crate::rules::{Check, Context, declare_rule};
use crate::text::{Span, book_titles, is_blank, is_within, sentence};

declare_rule! {
    /// # term-outdated：用语已过时或写错
    ///
    /// “法治”是治国方略，“法制”是法律制度，两词各有法定用处；写反了，或者沿用早已更改的提法，文件一发布就是硬伤。
    /// 本规则按词条检查“法制/法治”一族及近旁用语，每个词条都注明正确写法、起用日期和依据。
    ///
    /// ```hit
    /// 全县加快建设法制政府，各项工作取得新成效。
    /// ```
    ///
    /// ```hit
    /// 严格落实重大执法决定法治审核制度。
    /// ```
    ///
    /// **按文件自己的日期判断。** 成文日期在词条起用日期之前的文件不报：2010年的通知写“法制宣传教育”是对的。
    /// 文中找不到日期，就按正在起草看待（`--as-of` 可改）。
    ///
    /// **不报的情形：**
    ///
    /// - 法定用语：法制审核、法制机构、公安机关法制部门、人大法制委员会、法制工作委员会、法制统一；
    /// - 跨词：依法制定、学法制度、非法制售、普法制度化；
    /// - 历史：同一句里有更早的年份（“2013年，市法制办……”；“……以来”“……至今”不算），或有时任、当时、原、更名、不再保留等字样；
    /// - 书名号内的旧文件名，从来不曾用作文件名的词条（法制政府、习近平法制思想等）除外。
    ///
    /// ```miss
    /// 重大执法决定未经法制审核不得作出；维护国家法制统一。
    /// ```
    ///
    /// ```miss
    /// 完善会前学法制度，依法制定裁量基准，打击非法制售行为。
    /// ```
    ///
    /// ```miss
    /// 2013年，市政府法制办牵头清理规范性文件。
    /// ```
    ///
    /// 词条查证过、错处确定的报错误，其余报警告。只有一个正确写法且只差一字的错误可以放心自动改，其余修改须人工确认。
    ///
    /// `data`：`term` 词条，`right` 正确写法（数组），`since` 起用日期（词条没有则无此键），`paper_date` 据以判断的文件日期。
    ///
    /// **English.** Reports terms that were never right or went out of use before the date of the paper (法制 for 法治 and
    /// the reverse, renamed offices of legal affairs). History, titles of older documents and words that only arise across
    /// two words are left alone.
    TERM_OUTDATED = "term-outdated", Error,
    zh: "用语已过时或写错（法制/法治等）",
    en: "an outdated or mistaken term (法制 for 法治 and others)",
}

pub(super) static CHECK: Check = Check { rules: &[&TERM_OUTDATED], run };

fn run(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for block in &cx.document.blocks {
        let text = block.span.of(cx.document.prose());
        let hits = cx.book.terms.find(text);
        if hits.is_empty() {
            continue;
        }
        let titles = book_titles(text);
        for hit in hits {
            let Some(rule) = CHECK.rules.iter().copied().find(|r| r.id == hit.term.rule) else { continue };
            let span = hit.span.shifted(block.span.start);
            let date = cx.date(cx.outline.paper_at(span.start));
            let in_title = is_within(&titles, hit.span);
            let stands = hit.term.judges(date)
                && (hit.term.in_title || !in_title)
                && !hit.term.since.is_some_and(|since| is_history(text, hit.span, since, &titles));
            if stands {
                out.push(finding(rule, &hit, span, text, date));
            }
        }
    }
}

/// Whether the words around the hit speak of a time before `since`: a year in its part of the sentence, or 原 before it.
fn is_history(text: &str, hit: Span, since: Date, titles: &[Span]) -> bool {
    let around = sentence(text, hit, &['；', ';']);
    follows_former(&text[around.start..hit.start])
        || dates(text, around)
            .filter(|d| !is_within(titles, d.span) && !lasts(&text[d.span.end..around.end]))
            .any(|d| (d.year, d.month.unwrap_or(12)) < (since.year(), since.month()))
}

/// Whether the text ends with 原, or with a list that begins with it (原市编办、…).
fn follows_former(head: &str) -> bool {
    let clause = head.rfind(['，', ',', '：', ':', '（', '(', '。']).map_or(head, |at| &head[at..]);
    // In a list, 原 opens the first name; before the list may stand a word that leads to it.
    let opens_a_name = |c: Option<char>| {
        c.is_none_or(|c| {
            matches!(
                c,
                '，' | ',' | '：' | ':' | '（' | '(' | '、' | '由' | '经' | '将' | '对' | '与' | '和' | '及' | '向'
            )
        })
    };
    clause.ends_with('原')
        || (clause.contains('、')
            && clause.match_indices('原').any(|(at, _)| {
                let name = &clause[at + '原'.len_utf8()..];
                opens_a_name(clause[..at].chars().next_back())
                    && !name.starts_with(['则', '因', '有', '来', '本', '始', '告', '先'])
            }))
}

/// Whether a stretch of time that has just been named reaches to the present (以来, 至今).
fn lasts(tail: &str) -> bool {
    let tail = tail.trim_start_matches(is_blank);
    let near = tail.char_indices().nth(6).map_or(tail, |(at, _)| &tail[..at]);
    near.contains("以来") || near.contains("至今")
}

/// A year in prose, with its month where one follows.
struct YearMonth {
    year: i16,
    month: Option<i8>,
    span: Span,
}

/// The years (`2013年`, `二○一三年`) that stand in `part` of the text, full-width digits included.
fn dates(text: &str, part: Span) -> impl Iterator<Item = YearMonth> {
    let digit = |c: char| match c {
        '0'..='9' => Some(c as i16 - '0' as i16),
        '０'..='９' => Some(c as i16 - '０' as i16),
        '零' | '〇' | '○' => Some(0),
        _ => "一二三四五六七八九".chars().position(|d| d == c).map(|i| i as i16 + 1),
    };
    part.of(text).match_indices('年').filter_map(move |(at, mark)| {
        let mut year = 0;
        let mut scale = 1;
        let head = text[part.start..part.start + at].trim_end_matches(is_blank);
        let mut start = head.len();
        for (i, c) in head.char_indices().rev().take(4) {
            year += digit(c)? * scale;
            scale = scale.saturating_mul(10);
            start = i;
        }
        if scale != 10_000 || !(1900..2100).contains(&year) {
            return None;
        }
        let end = part.start + at + mark.len();
        let rest = text[end..part.end].trim_start_matches(is_blank);
        let (number, after) = rest.split_at(rest.find(|c| digit(c).is_none()).unwrap_or(rest.len()));
        let month = number.chars().try_fold(0i16, |n, c| n.checked_mul(10)?.checked_add(digit(c)?));
        let month = month.filter(|m| (1..=12).contains(m) && after.trim_start_matches(is_blank).starts_with('月'));
        Some(YearMonth { year, month: month.map(|m| m as i8), span: Span::new(part.start + start, end) })
    })
}

fn finding(rule: &'static RuleMeta, hit: &TermHit<'_>, span: Span, text: &str, date: Date) -> Diagnostic {
    let term = hit.term;
    let written: String = hit.span.of(text).chars().filter(|&c| !is_blank(c) && c != '\n' && c != '\r').collect();
    let right = term.right.iter().map(|r| format!("“{r}”")).collect::<Vec<_>>().join("或");
    let (ought, should) = match term.severity {
        Severity::Error => ("应为", "must be"),
        Severity::Warning | Severity::Info => ("宜改为", "had better be"),
    };
    let (since_zh, since_en) = term.since.map_or_else(Default::default, |d| {
        (format!("（{}年{}月{}日起）", d.year(), d.month(), d.day()), format!(" (since {d})"))
    });
    let message = Words::new(
        format!("“{written}”{ought}{right}{since_zh}。依据：{}", term.source),
        format!("“{written}” {should} {right}{since_en}. Authority: {}", term.source),
    );
    let mut found = Diagnostic::at(rule, span, message)
        .severity(term.severity)
        .source(term.source.as_str())
        .data("term", term.wrong.as_str())
        .data("right", term.right.clone())
        .data("paper_date", date.to_string());
    if let Some(since) = term.since {
        found = found.data("since", since.to_string());
    }
    if let [right] = term.right.as_slice() {
        let safety = if is_certain(term, &written, right) { Safety::Safe } else { Safety::Review };
        found = found.fix(Fix {
            title: Words::new(format!("改为“{right}”"), format!("replace with “{right}”")),
            safety,
            edits: vec![Edit { span, text: right.clone() }],
        });
    }
    found
}

/// Whether the right form may be put in unseen: a proved error that differs from it by one character. A body with a new
/// name may have to be told as history instead.
fn is_certain(term: &Term, written: &str, right: &str) -> bool {
    term.severity == Severity::Error
        && term.verified
        && written.chars().count() == right.chars().count()
        && written.chars().zip(right.chars()).filter(|(a, b)| a != b).count() == 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn history(text: &str, word: &str, since: Date) -> bool {
        let at = text.find(word).expect("the word");
        is_history(text, Span::new(at, at + word.len()), since, &book_titles(text))
    }

    /// A year before the change in the same part of the sentence makes it history; later years, other sentences, document
    /// numbers, titles and stretches up to now do not.
    #[test]
    fn years_before_the_change() {
        let since = date(2014, 10, 23);
        for text in [
            "2013年开展法制宣传8场",
            "2014 年 3 月开展法制宣传",
            "二○一二年的法制宣传",
            "2001年至2013年，每年的法制宣传",
            "２０１２年的法制宣传",
        ] {
            assert!(history(text, "法制宣传", since), "{text}");
        }
        for text in [
            "2023年开展法制宣传8场",
            "2014年11月开展法制宣传",
            "2012年已经过去。开展法制宣传",
            "2012年已经过去；今年开展法制宣传",
            "按照某政发〔2012〕5号开展法制宣传",
            "按照《2012年工作要点》开展法制宣传",
            "2012年以来，开展法制宣传",
            "自2012年6月以来，开展法制宣传",
        ] {
            assert!(!history(text, "法制宣传", since), "{text}");
        }
    }

    /// 原 before a name, or before the list that it stands in, makes it history; 原则 and 平原 do not.
    #[test]
    fn former_bodies() {
        let since = date(2019, 3, 31);
        for text in ["原县法制办", "由原县编办、县法制办共同", "将原县编办、县法制办合署"]
        {
            assert!(history(text, "县法制办", since), "{text}");
        }
        for text in ["按照公平、原则送县法制办", "平原、山区的县法制办", "原则上由司法所、县法制办办理"]
        {
            assert!(!history(text, "县法制办", since), "{text}");
        }
    }
}
