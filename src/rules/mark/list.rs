//! Marks after the numbers of headings and items.

use super::{Part, Scene, before};
use crate::diagnostic::{Diagnostic, Edit, Fix, Safety, Words};
use crate::outline::{Heading, Item, ItemKind};
use crate::rules::declare_rule;
use crate::text::{Class, Span, chinese_integer, half_width, is_blank, is_chinese_numeral, is_digit, is_han};

declare_rule! {
    /// 结构层次序数后面的标点：“一、”用顿号，“（一）”之后不加标点，“1.”用下脚点，“（1）”之后不加标点。“1、”“（一）、”是常见的误用。
    ///
    /// ```hit
    /// 1、完善制度。修订文件3件。
    /// 2、强化培训。办班2期。
    /// ```
    ///
    /// ```hit
    /// 重点抓好：（一）、清理文件；（二）、公开结果。
    /// ```
    ///
    /// ```hit
    /// 一．摸清底数
    /// 二．分类处置
    /// 第一、提高站位。第二、压实责任。
    /// ```
    ///
    /// 同一写法在一份文件里只报一次，注明处数。“一，”“①、”“第一、”“第一章、”之类要前后相连的两处才报。“第1、2项”“1、2、3号标段”“第一、第二
    /// 产业”是并列，不是序数；表格里的编号不报。
    ///
    /// ```miss
    /// 1. 完善制度，第1、2项由司法局负责，第一、第二产业分别统计。
    /// （二）强化培训，对照1、2、3号清单核查，①、②号机组检修。
    /// ```
    ///
    /// 依据：《党政机关公文格式》（GB/T 9704—2012）7.3.3，《标点符号用法》（GB/T 15834—2011）附录B。
    ///
    /// `data`：`found` 首处的写法，`expected` 应为，`count` 处数。
    ///
    /// `1、`, `（一）、`, `一．`, `①、`, `第一、`, each told once a paper with their count.
    MARK_LIST = "mark-list", Warning,
    zh: "层次序数后的标点不当",
    en: "the wrong mark after the number of a heading or an item",
}

/// How many further places are shown.
const SHOWN: usize = 3;

/// A wrong way of writing the number of a heading or an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    /// `1、`
    Digit,
    /// `（一）、`
    Bracket,
    /// `1.、`
    Doubled,
    /// `一．`
    Han,
    /// `①、`
    Circled,
    /// `第一、`
    Ordinal,
    /// `第一章、`
    Part,
}

impl Style {
    const ALL: [Self; 7] =
        [Self::Digit, Self::Bracket, Self::Doubled, Self::Han, Self::Circled, Self::Ordinal, Self::Part];

    /// Whether one place proves it; else it takes two that follow one another.
    fn is_certain(self) -> bool {
        matches!(self, Self::Digit | Self::Bracket | Self::Doubled)
    }

    /// The mark that belongs behind the number.
    fn mark(self) -> &'static str {
        match self {
            Self::Digit => ".",
            Self::Han => "、",
            Self::Ordinal => "，",
            Self::Bracket | Self::Doubled | Self::Circled | Self::Part => "",
        }
    }

    /// What says so.
    fn source(self) -> &'static str {
        match self {
            Self::Ordinal | Self::Circled | Self::Part => "《标点符号用法》（GB/T 15834—2011）",
            _ => "《党政机关公文格式》（GB/T 9704—2012）7.3.3",
        }
    }

    /// What is wrong, in both languages.
    fn words(self, number: &str, found: &str, expected: &str) -> (String, String) {
        match self {
            Self::Digit => (
                format!("序数“{number}”之后用下脚点“{expected}”，不用顿号"),
                format!("a full stop follows the number: {expected}, not {found}"),
            ),
            Self::Bracket => (
                format!("“{number}”之后不加标点"),
                format!("no mark follows a number in brackets: {expected}, not {found}"),
            ),
            Self::Han => (
                format!("序数“{number}”之后用顿号“{expected}”"),
                format!("、 follows the number: {expected}, not {found}"),
            ),
            Self::Ordinal => (
                format!("“{number}”之后用逗号“{expected}”，不用顿号"),
                format!("a comma follows the ordinal: {expected}, not {found}"),
            ),
            Self::Doubled | Self::Circled | Self::Part => {
                (format!("“{number}”之后不加顿号"), format!("no 、 follows the number: {expected}, not {found}"))
            }
        }
    }
}

/// A number with its wrong mark.
#[derive(Debug, Clone, Copy)]
struct Place {
    style: Style,
    span: Span,
    /// How much of it is the number.
    len: usize,
    number: u64,
}

pub(super) fn find(scene: Scene<'_>, out: &mut Vec<Diagnostic>) {
    let mut places: Vec<Place> = scene
        .paper
        .headings
        .iter()
        .chain(&scene.paper.annexes)
        .filter_map(|h| of_heading(scene.prose, h))
        .chain(scene.paper.items.iter().filter_map(|i| of_item(scene.prose, i)))
        .collect();
    for &Part { block, text, words, marks, is_row, .. } in scene.parts {
        if is_row {
            places.retain(|p| !block.span.contains(p.span));
        } else {
            let circles = marks.iter().filter(|mark| mark.class.is(Class::CIRCLED));
            let circled = circles.filter_map(|e| circled(text, e.at - block.span.start, e.c));
            places.extend(circled.map(|p| p.shifted(block.span.start)));
            places.extend(of_line(words.of(scene.prose)).map(|p| p.shifted(words.start)));
        }
    }
    if places.is_empty() {
        return;
    }
    places.sort_by_key(|p| p.span.start);
    for style in Style::ALL {
        let places: Vec<Place> = places.iter().copied().filter(|p| p.style == style).collect();
        let goes_on = || places.windows(2).any(|w| w[1].number == w[0].number + 1);
        if style.is_certain() || goes_on() {
            out.extend(report(scene, &places));
        }
    }
}

fn report(scene: Scene<'_>, places: &[Place]) -> Option<Diagnostic> {
    let (first, further) = places.split_first()?;
    let found = first.span.of(scene.prose);
    let number = &found[..first.number_len(scene.prose)];
    let expected = format!("{number}{}", first.style.mark());
    let (zh, en) = first.style.words(number, found, &expected);
    let more = further.len();
    let (again_zh, again_en) = match more {
        0 => (String::new(), String::new()),
        _ => (format!("（全文共{}处）", more + 1), format!(" ({} places in this paper)", more + 1)),
    };
    let words = Words::new(format!("{zh}{again_zh}"), format!("{en}{again_en}"));
    let mut finding = Diagnostic::at(&MARK_LIST, first.span, words);
    for place in further.iter().take(SHOWN) {
        finding = finding.label(place.span, Words::new("同样写法", "the same again"));
    }
    // What stands between 第一章 and its title is a matter of layout.
    if first.style != Style::Part {
        let title = Words::new(format!("“{found}”改为“{expected}”"), format!("write {expected} for {found}"));
        let mut edits: Vec<Edit> = places.iter().map(|p| p.edit(scene.prose)).collect();
        edits.dedup();
        finding = finding.fix(Fix { title, safety: Safety::Review, edits });
    }
    Some(finding.source(first.style.source()).data("found", found).data("expected", expected).data("count", more + 1))
}

impl Place {
    fn shifted(self, by: usize) -> Self {
        Self { span: self.span.shifted(by), ..self }
    }

    /// How much of it is the number without blanks behind it.
    fn number_len(self, prose: &str) -> usize {
        self.span.of(prose)[..self.len].trim_end_matches(is_blank).len()
    }

    /// The right mark in the place of the wrong one.
    fn edit(self, prose: &str) -> Edit {
        let number = self.span.start + self.number_len(prose);
        Edit { span: Span::new(number, self.span.end), text: self.style.mark().to_owned() }
    }
}

/// `1、` and `（一）、`, also `（一）.`.
fn of_heading(prose: &str, heading: &Heading) -> Option<Place> {
    let (span, number) = (heading.marker, heading.number);
    let marker = span.of(prose);
    if heading.level == 3 && marker.ends_with('、') {
        return Some(Place { style: Style::Digit, span, len: marker.len() - '、'.len_utf8(), number });
    }
    let rest = &prose[span.end..];
    let words = rest.trim_start_matches(is_blank);
    let mark = words.chars().next().filter(|c| matches!(c, '、' | '.' | '．'))?;
    let closed = marker.chars().next_back().map(half_width) == Some(')');
    let end = span.end + (rest.len() - words.len()) + mark.len_utf8();
    let leads = mark == '、' || words[mark.len_utf8()..].trim_start_matches(is_blank).starts_with(is_han);
    (closed && leads).then(|| Place {
        style: Style::Bracket,
        span: Span::new(span.start, end),
        len: marker.len(),
        number,
    })
}

/// `第一、` at the beginning of a sentence or of a part of one.
fn of_item(prose: &str, item: &Item) -> Option<Place> {
    let marker = item.marker;
    let words = prose[marker.end..].strip_prefix('、')?;
    let begins = prose[..marker.start].trim_end_matches(is_blank).ends_with(['。', '；', '：', '\n', '\r']);
    (item.kind == ItemKind::Ordinal && (item.opens_line || begins) && is_word(words)).then(|| Place {
        style: Style::Ordinal,
        span: Span::new(marker.start, marker.end + '、'.len_utf8()),
        len: marker.len(),
        number: item.number,
    })
}

/// `一．`, `一，`, `1.、` and `第一章、` at the beginning of a line.
fn of_line(line: &str) -> Option<Place> {
    // Nearly no line begins with a number.
    line.chars().next().filter(|&c| c == '第' || is_digit(c) || is_chinese_numeral(c))?;
    let rest = line.strip_prefix('第').unwrap_or(line);
    let chinese = rest.trim_start_matches(is_chinese_numeral);
    let is_han_number = chinese.len() < rest.len();
    let after = if is_han_number { chinese } else { rest.trim_start_matches(is_digit) };
    let next = after.chars().next()?;
    let (style, end) = match half_width(next) {
        '编' | '章' | '节' | '条' if rest.len() < line.len() => (Style::Part, next.len_utf8()),
        '.' | ')' if rest.len() == line.len() && !is_han_number => (Style::Doubled, next.len_utf8()),
        '.' | ',' if rest.len() == line.len() && is_han_number => (Style::Han, 0),
        _ => return None,
    };
    let len = line.len() - after.len() + end;
    let mark = line[len..].chars().next().filter(|&m| style == Style::Han || m == '、')?;
    let end = len + mark.len_utf8();
    let run = &rest[..rest.len() - after.len()];
    let number = chinese_integer(run).or_else(|| run.chars().map(half_width).collect::<String>().parse().ok())?;
    (number < 100 && is_word(&line[end..])).then(|| Place { style, span: Span::new(0, end), len, number })
}

/// `①、` at the beginning of a clause.
fn circled(text: &str, at: usize, c: char) -> Option<Place> {
    let end = at + c.len_utf8();
    let words = text[end..].strip_prefix('、')?;
    let begins = before(text, at).is_none_or(|b| is_blank(b) || matches!(half_width(b), '。' | ';' | ':' | ','));
    let number = u64::from(u32::from(c) - u32::from('①')) + 1;
    let span = Span::new(at, end + '、'.len_utf8());
    (begins && is_word(words)).then(|| Place { style: Style::Circled, span, len: c.len_utf8(), number })
}

/// Whether the text begins with a word that is not another number: 第一、第二季度 and 一、二类 enumerate.
fn is_word(text: &str) -> bool {
    let text = text.trim_start_matches(is_blank);
    text.starts_with(is_han) && !text.starts_with('第') && !text.starts_with(is_chinese_numeral)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::mark::found;

    /// Each style is told once, the uncertain ones where two places follow one another.
    #[test]
    fn styles() {
        let all = |text| found(find, text);
        assert_eq!(all("1、清点。\n2、移交。\n（一）、核对\n（二）．归档"), ["1、", "（一）、"]);
        assert_eq!(all("1.、清点。\n2）、移交。"), ["1.、"]);
        assert_eq!(all("一．清点\n二．移交"), ["一．"]);
        assert_eq!(all("一，清点。\n二，移交。"), ["一，"]);
        assert_eq!(all("做法：①、清点；②、移交。"), ["①、"]);
        assert_eq!(all("要求如下：第一、清点。第二、移交。"), ["第一、"]);
        assert_eq!(all("第一章、总则\n第一条、为清点。\n第二条、本办法适用于移交。"), ["第一章、"]);
        for text in [
            "一，清点。\n移交。",
            "第一、第二产业。第二、三季度。",
            "第一章、第二章由法制科起草。\n第二章、第三章由业务科起草。",
            "①、②号机组检修，③、④号备用。",
            "| 1、 | 清点 |\n| 2、 | 移交 |",
            "1.5、2.5级。\n1)、2)项。",
            "一.五倍。",
        ] {
            assert_eq!(all(text), [""; 0], "{text}");
        }
    }
}
