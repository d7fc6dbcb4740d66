//! Anniversaries: 创办于1958年，2028年将迎来建校70周年.

use super::{any_number_before, report};
use crate::diagnostic::{Diagnostic, Words};
use crate::rules::date::Passage;
use crate::text::{Span, WordList, is_blank, is_han, trim_blank_end, trim_blank_start, words};

/// Words before the year in which something began, and words behind it.
const SINCE: WordList = WordList::new(&[
    "创办于",
    "成立于",
    "创建于",
    "始建于",
    "建校于",
    "建院于",
    "建厂于",
    "组建于",
    "创立于",
    "创刊于",
    "始创于",
    "始办于",
    "诞生于",
    "设立于",
    "建于",
]);
/// What may stand between the later year and its anniversary: nothing that names another thing.
const BETWEEN: WordList = WordList::new(&[
    "年", "是", "将是", "即将", "将", "迎来", "迎", "喜迎", "正值", "恰逢", "适逢", "正逢", "举行", "举办", "庆祝",
    "的", "其", "第", "我校", "学校", "我院", "我厂", "我馆", "我社", "建校", "建院", "建厂", "建馆", "建社", "建站",
    "建所", "建园", "建台", "建局", "建队", "办学", "创办", "创建", "创立", "创刊", "成立", "组建", "设立",
]);
/// What begins more than once.
const AGAIN: WordList =
    WordList::new(&["前身", "合并", "更名", "改制", "复办", "恢复", "重建", "复校", "升格", "改建"]);
/// How far behind a year its anniversary is looked for, in bytes.
const NEAR: usize = 90;

/// Words behind the year in which something began.
const BEGUN: WordList = WordList::new(&[
    "建校", "建院", "建厂", "建馆", "建站", "建所", "建园", "建台", "建局", "创办", "成立", "创建", "始建", "创立",
    "创刊", "组建", "设立",
]);
/// What everybody knows the year of.
const KNOWN: &[(&str, i16)] = &[
    ("中国共产党成立", 1921),
    ("中国共产党建党", 1921),
    ("建党", 1921),
    ("中国人民解放军建军", 1927),
    ("建军", 1927),
    ("长征胜利", 1936),
    ("抗日战争胜利", 1945),
    ("抗战胜利", 1945),
    ("中华人民共和国成立", 1949),
    ("新中国成立", 1949),
    ("香港回归祖国", 1997),
    ("澳门回归祖国", 1999),
];

/// Looks for anniversaries that are no difference of two years.
pub(super) fn find(passage: &Passage<'_>, out: &mut Vec<Diagnostic>) {
    let text = passage.span.of(passage.prose);
    if !text.contains("周年") {
        return;
    }
    let begun = beginning(passage).filter(|_| !AGAIN.is_in(text));
    for later in 0..passage.dates.len() {
        let (date, rest) = (&passage.dates[later], passage.between(later));
        let (Some(year), Some(at)) = (date.year, rest.find("周年").filter(|&at| at <= NEAR)) else { continue };
        let Some((said, start)) = any_number_before(&rest[..at]).filter(|&(n, _)| n > 0) else { continue };
        let lead = trim_blank_end(&rest[..start]);
        let known = KNOWN.iter().find(|(name, _)| lead.ends_with(name));
        let (first, begin) = match (known, begun) {
            (Some((name, begin)), _) if is_plain(&lead[..lead.len() - name.len()], "") => (None, *begin),
            (None, Some((first, begin, subject))) if first < later && is_plain(lead, subject) => (Some(first), begin),
            _ => continue,
        };
        // Any other year of the paragraph may be the one that it is counted from.
        let other = passage.dates.iter().any(|d| d.year.is_some_and(|y| year - y == said));
        if year <= begin || year - begin == said || known.is_none() && other {
            continue;
        }
        let years = year - begin;
        let stated = Span::new(start, at + "周年".len()).shifted(date.span.end);
        let written = stated.of(passage.prose);
        let words = Words::new(
            format!("周年数与年份不符：{begin}年到{year}年是{years}周年，此处写作“{written}”"),
            format!("from {begin} to {year} it is {years} years, not {said}"),
        );
        let mut found = report(stated, words, "anniversary", written, format!("{years}周年"));
        if let Some(first) = first {
            found = found.label(passage.dates[first].span, Words::new("起", "its beginning"));
        }
        out.push(found.label(date.span, Words::new("止", "its end")));
    }
}

/// The date on which what the paragraph speaks of began, if it tells of one, with its year and the words before it.
fn beginning<'a>(passage: &Passage<'a>) -> Option<(usize, i16, &'a str)> {
    let mut begun = (0..passage.dates.len()).filter_map(|i| {
        let before = trim_blank_end(passage.before(i));
        let subject = SINCE.cut_end(before).or_else(|| {
            let begins = BEGUN.begins(trim_blank_start(passage.after(i)))?;
            let rest = &trim_blank_start(passage.after(i))[begins.len()..];
            // 1958年创办的夜校, 1958年成立县志办: of something else.
            (!rest.starts_with(is_han)).then_some(before)
        })?;
        Some((i, passage.dates[i].year?, trim_blank_end(subject)))
    });
    begun.next().filter(|_| begun.next().is_none())
}

/// Whether the words say nothing but that it is the anniversary of what began: 将迎来建校.
fn is_plain(words: &str, subject: &str) -> bool {
    let mut rest = words;
    loop {
        rest = rest.trim_start_matches(|c| is_blank(c) || matches!(c, '，' | ','));
        let Some(word) = BETWEEN.begins(rest) else { return rest.is_empty() };
        // 学校附属幼儿园创办于…，…学校将迎来: the school is another thing.
        let named = words!["我校", "学校", "我院", "我厂", "我馆", "我社"].begins(word).is_some();
        let same = || subject.ends_with(word);
        if named && !same() {
            return false;
        }
        rest = &rest[word.len()..];
    }
}

#[cfg(test)]
mod tests {
    /// An anniversary is the difference of two years, and of one thing.
    #[test]
    fn anniversaries() {
        let found = |text: &str| crate::rules::date::found("date-period", text);
        assert_eq!(found("我校创办于1958年，2028年将迎来建校80周年。"), ["80周年"]);
        assert_eq!(found("医院始建于1962年。2022年恰逢建院五十周年。"), ["五十周年"]);
        assert_eq!(found("县化肥厂1970年建厂，2020年迎来建厂60周年。"), ["60周年"]);
        assert_eq!(found("2025年是新中国成立75周年。"), ["75周年"]);
        for text in [
            "2021年是中国共产党成立100周年，2022年是建军95周年。",
            "2021年以来，围绕建党105周年开展筹备。",
            "县化肥厂1970年成立供销科，2020年迎来建厂60周年。",
            "我校创办于1958年，2028年将迎来建校70周年。",
            "我校创办于1958年，2021年是中国共产党成立100周年。",
            "我校创办于1958年，2019年是新中国成立70周年。",
            "我校前身创办于1938年，1958年更名，2028年将迎来建校70周年。",
            "县志办成立于1983年，1986年开馆，2026年将迎来40周年。",
            "学校附属幼儿园创办于1988年，2028年学校将迎来建校70周年。",
            "我校创办于1958年，2028年将迎来第80个教师节。",
        ] {
            assert!(found(text).is_empty(), "{text}: {:?}", found(text));
        }
    }
}
