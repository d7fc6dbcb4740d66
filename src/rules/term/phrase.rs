//! Fixed phrases: their wording, the lists that spell them out, and the years that belong to them.

use super::Calendar;
use crate::diagnostic::{Diagnostic, Edit, Fix, Safety, Severity, Words};
use crate::rulebook::{Enumeration, Name, Period, Phrases, Sighting};
use crate::rules::declare_rule;
use crate::text::{Span, book_titles, half_width, is_blank, is_han, is_within, sentence};

declare_rule! {
    /// # term-phrase：固定提法写错
    ///
    /// 政治用语和固定提法一字不能错。本规则检查四种错处：
    ///
    /// - **字句**：漏字、错字、搭配不当（习近平新时代特色社会主义思想、“五位一体”战略布局、有件必审、坚定“两个自信”）；
    /// - **内容**：名称前后列出的几项与名称不符（“四个意识”只列了三个，“四个自信”列成了别的），固定的几项里有一项写错
    ///   （乡风文明、治理有效、生活富足）；
    /// - **年份**：与名称不符的起止年份（“八五”普法（2021—2026年）；五年规划的年份见 `date-period`）；
    /// - **时间**：文件写明的日期早于提法问世的日期（2019年的文件不会有“两个确立”）。
    ///
    /// ```hit
    /// 树牢“四个意识”，坚定“两个自信”，做到“两个维护”。
    /// ```
    ///
    /// ```hit
    /// 关于2019年普法工作的总结
    /// 2019年12月20日
    /// 全面落实党的十九届五中全会部署。
    /// ```
    ///
    /// ```hit
    /// 增强“四个意识”（政治意识、大局意识、看齐意识）。
    /// ```
    ///
    /// ```hit
    /// 按照产业兴旺、生态宜居、乡风文明、治理有效、生活富足的总要求，推进乡村振兴。
    /// ```
    ///
    /// ```hit
    /// 制定“八五”普法规划（2021—2026年）。
    /// ```
    ///
    /// **不报的情形：** 书名号内的旧文件名；“2020年以前的提法”这类历史；部分年份（“八五”普法期间的2021—2023年）；
    /// 列举中带“等”的；提法问世之前的“迎接”“谋划”“编制”；没有写明日期的文件不论时间。
    ///
    /// ```miss
    /// 增强政治意识、大局意识、核心意识、看齐意识，坚定“四个自信”。
    /// ```
    ///
    /// ```miss
    /// “八五”普法期间（2021—2023年），累计培训2300人次。
    /// ```
    ///
    /// ```miss
    /// 坚持“四个最严”，即最严谨的标准、最严格的监管、最严厉的处罚、最严肃的问责。
    /// ```
    ///
    /// `data`：词条同其他 `term-` 规则（`term`、`right`、`since`、`until` 提法问世日期、`paper_date`）；
    /// 内容有误为 `name`、`items`（应有的几项）、`listed`（列出的几项）；年份有误为 `name`、`years`、`written`。
    ///
    /// **English.** Reports fixed political phrases in the wrong words, with the wrong list or the wrong years behind them, or
    /// in a paper that is older than they are.
    TERM_PHRASE = "term-phrase", Warning,
    zh: "固定提法写错",
    en: "a fixed phrase in the wrong words",
}

/// What stands between the items of a list.
const SEPARATORS: &[char] = &['、', '，', ',', '和', '与', '及'];

/// Judges the lists and the years behind the names of a paragraph.
pub(super) fn check(calendar: &mut Calendar<'_>, text: &str, sighting: Sighting<'_>, out: &mut Vec<Diagnostic>) {
    let base = sighting.span.start;
    let phrases = &calendar.cx.book.phrases;
    let mut titles = None;
    let before = out.len();
    for (name, at) in phrases.names(sighting) {
        let end = at.end;
        match name {
            Name::List(list) => {
                let found =
                    judge_list(phrases, list, text, end, base).or_else(|| judge_list_before(list, text, at, base));
                if let Some(found) = found {
                    let date = calendar.at(base).date;
                    out.extend(list.since.is_none_or(|since| date >= since).then_some(found));
                }
            }
            Name::Period(period) => {
                // The quotes may close within the name: “七五”普法.
                let rest = text[end..].trim_start_matches(QUOTES);
                let Some(rest) = rest.strip_prefix(period.tail()) else { continue };
                let Some((from, to, years)) = years_behind(phrases, text, text.len() - rest.len()) else { continue };
                let titles: &Vec<Span> = titles.get_or_insert_with(|| book_titles(text));
                if !is_right(period, from, to) && !is_within(titles, at) {
                    out.push(wrong_years(period, years.shifted(base), from, to));
                }
            }
        }
    }
    let items = check_items(calendar, text, sighting, &out[before..]);
    out.extend(items);
}

/// Finds the lists of a paragraph in which one item is miswritten, whether or not their name stands beside them; what is in
/// `told` is known.
fn check_items(
    calendar: &mut Calendar<'_>,
    text: &str,
    sighting: Sighting<'_>,
    told: &[Diagnostic],
) -> Vec<Diagnostic> {
    let base = sighting.span.start;
    let mut out: Vec<Diagnostic> = Vec::new();
    for (list, nth, at) in calendar.cx.book.phrases.items(sighting) {
        let Some((item, right)) = miswritten(list, nth, text, at) else { continue };
        let span = item.shifted(base);
        let overlaps = |d: &Diagnostic| d.place.span().is_some_and(|s| s.overlaps(span));
        let date = calendar.at(span.start).date;
        let stands = list.since.is_none_or(|since| date >= since)
            && !told.iter().chain(&out).any(overlaps)
            && !calendar.cx.book.mentions.covers(text, item);
        if stands {
            out.push(wrong_item(list, right, item, text, base));
        }
    }
    out
}

/// The item that is miswritten in the list whose `nth` item stands at `at`, and what it should be. All others stand in their
/// places, and the one has most of its own characters: what merely stands there instead is another list.
fn miswritten<'l>(list: &'l Enumeration, nth: usize, text: &str, at: Span) -> Option<(Span, &'l str)> {
    let count = list.items.len();
    if count < 4 {
        return None;
    }
    let around = sentence(text, at, &['，', ',', '；', ';', '：', ':', '（', '(', '）', ')']);
    let mut places = pieces(text, around, false);
    if places.len() + 1 == count {
        places = pieces(text, around, true);
    }
    let here = places.iter().position(|p| p.contains(at))?;
    let first = here.checked_sub(nth)?;
    let places = places.get(first..first + count)?;
    let mut odd = None;
    for (i, (place, right)) in places.iter().zip(&list.items).enumerate() {
        let (words, right_words) = (bare(place.of(text)), bare(right));
        let fits = match i {
            0 => words.ends_with(&right_words),
            i if i + 1 == count => words.starts_with(&right_words),
            _ => words == right_words,
        };
        if !fits && odd.replace((i, *place, right.as_str())).is_some() {
            return None;
        }
    }
    let (i, place, right) = odd?;
    let item = cut(text, place, right.chars().count(), i == 0, i + 1 == count);
    resembles(item.of(text), right, list.common_end()).then_some((item, right))
}

/// Without quotes and blanks, which stand around items or do not.
fn bare(words: &str) -> String {
    words.chars().filter(|&c| !is_blank(c) && !QUOTES.contains(&c)).collect()
}

/// The pieces of a clause between its 、, without quotes at their ends; `joined` parts the last one at its 和 as well.
fn pieces(text: &str, clause: Span, joined: bool) -> Vec<Span> {
    let quote = |c: char| is_blank(c) || QUOTES.contains(&c);
    let mut out = Vec::new();
    let mut start = clause.start;
    for (at, mark) in clause.of(text).match_indices('、').chain([(clause.len(), "")]) {
        let piece = Span::new(start, clause.start + at);
        start = clause.start + at + mark.len();
        let words = piece.of(text);
        let lead = words.len() - words.trim_start_matches(quote).len();
        let tail = words.trim_end_matches(quote).len();
        out.push(Span::new(piece.start + lead, piece.start + tail.max(lead)));
    }
    if joined && let Some(last) = out.pop() {
        match last.of(text).char_indices().find(|&(at, c)| at > 0 && matches!(c, '和' | '与' | '及')) {
            Some((at, c)) => {
                out.push(Span::new(last.start, last.start + at));
                out.push(Span::new(last.start + at + c.len_utf8(), last.end));
            }
            None => out.push(last),
        }
    }
    out
}

/// Of a piece at either end of its list, the part that can be the item: what leads to the list or goes on behind it is none.
fn cut(text: &str, piece: Span, chars: usize, is_first: bool, is_last: bool) -> Span {
    let words = piece.of(text);
    let extra = words.chars().count().saturating_sub(chars);
    if is_first {
        let at = words.char_indices().nth(extra).map_or(words.len(), |(at, _)| at);
        Span::new(piece.start + at, piece.end)
    } else if is_last {
        let at = words.char_indices().nth(chars).map_or(words.len(), |(at, _)| at);
        Span::new(piece.start, piece.start + at)
    } else {
        piece
    }
}

/// Whether two different items, their common end aside, share at least half of their characters.
fn resembles(item: &str, right: &str, end: &str) -> bool {
    let (item, right) = (item.strip_suffix(end).unwrap_or(item), right.strip_suffix(end).unwrap_or(right));
    let longer = item.chars().count().max(right.chars().count());
    let shared = item.chars().filter(|&c| right.contains(c)).count();
    item != right && !item.is_empty() && shared * 2 >= longer
}

fn wrong_item(list: &Enumeration, right: &str, item: Span, text: &str, base: usize) -> Diagnostic {
    let (written, all) = (item.of(text), list.items.join("、"));
    let message = Words::new(
        format!("“{written}”应为“{right}”：固定提法是{all}。依据：{}", list.source),
        format!("“{written}” must be “{right}”: the phrase is {all}. Authority: {}", list.source),
    );
    let span = item.shifted(base);
    let found = Diagnostic::at(&TERM_PHRASE, span, message)
        .severity(Severity::Warning)
        .source(list.source.as_str())
        .data("name", list.name.as_str())
        .data("items", list.items.clone())
        .data("listed", vec![written]);
    // Where the sentence runs on behind the last item, nobody knows where that ends.
    if text[item.end..].starts_with(is_han) && !text[item.end..].starts_with(['的', '等', '和', '与', '及', '这'])
    {
        return found;
    }
    found.fix(Fix {
        title: Words::new(format!("改为“{right}”"), format!("replace with “{right}”")),
        safety: Safety::Review,
        edits: vec![Edit { span, text: right.to_owned() }],
    })
}

/// Compares the list that leads up to a name (增强政治意识、…、责任意识等“四个意识”) with the one that it names: as many items,
/// and one of them another.
fn judge_list_before(list: &Enumeration, text: &str, name: Span, base: usize) -> Option<Diagnostic> {
    let head = text[..name.start].trim_end_matches(|c| is_blank(c) || QUOTES.contains(&c));
    let head = ["等", "的", "这"].iter().find_map(|w| head.strip_suffix(w)).unwrap_or(head);
    let here = Span::new(head.len(), head.len());
    let start = sentence(head, here, &['，', ',', '；', ';', '：', ':', '（', '(']).start;
    let clause = Span::new(start, head.len());
    let mut places = pieces(text, clause, false);
    if places.len() + 1 == list.items.len() {
        places = pieces(text, clause, true);
    }
    // 完整、准确、全面贯彻创新、…: the list may stand at the end of another.
    let places = places.get(places.len().checked_sub(list.items.len())?..).filter(|p| p.len() >= 3)?;
    let known = |(i, place): (usize, &Span)| {
        let words = place.of(text);
        list.items.iter().any(|item| words == item || i == 0 && words.ends_with(item.as_str()))
    };
    let mut strange = places.iter().enumerate().filter(|&p| !known(p)).map(|(_, place)| *place);
    let (Some(odd), None) = (strange.next(), strange.next()) else { return None };
    let missing = list.items.iter().find(|item| !places.iter().any(|p| p.of(text).ends_with(item.as_str())))?;
    let odd = cut(text, odd, missing.chars().count(), odd == places[0], false);
    Some(wrong_item(list, missing, odd, text, base))
}

const QUOTES: &[char] = &['“', '”', '"', '＂'];

/// Whether the years can be those of the period, or a part of them.
fn is_right(period: &Period, from: i16, to: i16) -> bool {
    period.years.iter().any(|&(first, last)| first <= from && to <= last)
}

/// The two years in brackets behind a name, and where they stand.
fn years_behind(phrases: &Phrases, text: &str, end: usize) -> Option<(i16, i16, Span)> {
    let mut rest = text[end..].trim_start_matches(|c| is_blank(c) || QUOTES.contains(&c));
    if let Some(word) = phrases.between().iter().filter(|w| rest.starts_with(w.as_str())).max_by_key(|w| w.len()) {
        rest = &rest[word.len()..];
    }
    let rest = rest.trim_start_matches(is_blank).strip_prefix(['（', '('])?;
    let start = text.len() - rest.len();
    let inner = &rest[..rest.find(['）', ')']).filter(|&at| at < 40)?];
    let plain: String = inner.chars().map(half_width).filter(|&c| !is_blank(c) && c != '年').collect();
    let (from, to) = plain.split_once(['-', '—', '–', '―', '~', '～', '至'])?;
    let to = to.trim_start_matches(['-', '—', '–', '―', '~', '～']);
    let year = |s: &str| s.parse().ok().filter(|y| (1900..2100).contains(y));
    Some((year(from)?, year(to)?, Span::new(start, start + inner.len())))
}

fn wrong_years(period: &Period, span: Span, from: i16, to: i16) -> Diagnostic {
    let years: Vec<String> = period.years.iter().map(|(first, last)| format!("{first}—{last}")).collect();
    let (name, right) = (&period.name, years.join("、"));
    let message = Words::new(
        format!("“{name}”是{right}年，不是{from}—{to}年。依据：{}", period.source),
        format!("“{name}” is {right}, not {from}—{to}. Authority: {}", period.source),
    );
    Diagnostic::at(&TERM_PHRASE, span, message)
        .severity(Severity::Warning)
        .source(period.source.as_str())
        .data("name", name.as_str())
        .data("years", years)
        .data("written", format!("{from}-{to}"))
}

/// Compares the list that stands behind a name with the one that it names.
///
/// It is that list where it is set off (即…, （…）) and most of its items are the known ones; another text that only follows
/// the name proves nothing.
fn judge_list(phrases: &Phrases, list: &Enumeration, text: &str, end: usize, base: usize) -> Option<Diagnostic> {
    let rest = text[end..].trim_start_matches(|c| is_blank(c) || QUOTES.contains(&c));
    let comma = rest.trim_start_matches(['，', ',', '：', ':']);
    let open = phrases.opens().iter().find(|o| comma.starts_with(o.as_str()))?;
    let rest = comma[open.len()..].trim_start_matches([':', '：']);
    let start = text.len() - rest.len();
    let bracket = open.starts_with(['（', '(']);
    let inner = if bracket {
        &rest[..rest.find(['）', ')'])?]
    } else {
        let here = Span::new(start, start);
        Span::new(start, sentence(text, here, &['；', ';', '（', '(']).end).of(text)
    };
    if inner.chars().nth(120).is_some() {
        return None;
    }
    let listed = bare(inner).replace("以及", "、");
    let listed: Vec<String> = listed.split(SEPARATORS).filter(|i| !i.is_empty()).map(str::to_owned).collect();
    let same = |a: &str, b: &str| {
        let plain = |s: &str| phrases.short(s).chars().filter(|&c| c != '的').collect::<String>();
        plain(a) == plain(b)
    };
    let known = |item: &str| list.items.iter().any(|k| same(item, k));
    let right = listed.iter().filter(|i| known(i)).count();
    // No more than half of its items: it is something else that stands there, or a choice of them.
    if right * 2 <= list.items.len() || listed.iter().any(|i| i.contains('等')) {
        return None;
    }
    let missing: Vec<&str> =
        list.items.iter().map(String::as_str).filter(|k| !listed.iter().any(|i| same(i, k))).collect();
    // Without a bracket the sentence may go on behind the list.
    let strange: Vec<&str> = listed.iter().filter(|i| bracket && !known(i)).map(String::as_str).collect();
    if missing.is_empty() && strange.is_empty() {
        return None;
    }
    let missing = missing.join("、");
    let strange = strange.join("、");
    let (zh, en) = match (missing.as_str(), strange.as_str()) {
        (m, "") => (format!("缺{m}"), format!("{m} is missing")),
        ("", s) => (format!("多出{s}"), format!("{s} is not one of them")),
        (m, s) => (format!("缺{m}，多出{s}"), format!("{m} is missing and {s} is not one of them")),
    };
    let (name, all) = (&list.name, list.items.join("、"));
    let message = Words::new(
        format!("“{name}”是{all}，文中{zh}。依据：{}", list.source),
        format!("“{name}” is {all}; here {en}. Authority: {}", list.source),
    );
    let span = Span::new(start, start + inner.trim_end().len()).shifted(base);
    Some(
        Diagnostic::at(&TERM_PHRASE, span, message)
            .severity(Severity::Warning)
            .source(list.source.as_str())
            .data("name", name.as_str())
            .data("items", list.items.clone())
            .data("listed", listed),
    )
}
