//! Characters and marks that are no writing: page numbers, entities, tags, Markdown, invisible characters.

use super::{Found, Kind, Line};
use crate::rulebook::Residue;
use crate::text::{Class, Event, Span, half_width, is_blank, is_digit, is_han, is_invisible, trim_blank_start};

/// The longest entity or tag, in bytes.
const LONGEST: usize = 200;
/// A page number has at most so many digits.
const DIGITS: usize = 3;

/// What they begin with.
const WITNESSES: Class =
    Class::ESCAPE.or(Class::DASH).or(Class::LETTER).or(Class::DOT).or(Class::ITEM).or(Class::INVISIBLE);

/// Finds them in the lines of a paper; a format with markup of its own may contain entities and tags.
pub(super) fn find(text: &str, lines: &[Line<'_>], has_markup: bool, book: &Residue, out: &mut Vec<Found>) {
    for (i, &Line { span: line, events }) in lines.iter().enumerate() {
        let words = line.of(text);
        let is_last = i + 1 == lines.len();
        // Between the bars of a table a dash is an empty cell.
        let is_row = || events.has(Class::BAR) || words.contains('\t');
        if let Some(number) = whole_page_number(words) {
            out.push(Found::new(Span::new(line.start, line.start + number), Kind::PageNumber).instead(""));
            continue;
        }
        if !has_markup && let Some(len) = markdown(words) {
            out.push(Found::new(Span::new(line.start, line.start + len), Kind::Markup).instead(""));
        }
        let mut next = 0;
        for Event { at, c, class } in events.of(WITNESSES) {
            let at = at - line.start;
            if at < next {
                continue;
            }
            let before = || words[..at].chars().next_back();
            let rest = &words[at..];
            let found = match c {
                '&' if !has_markup => entity(rest, book).map(|(len, is)| (len, Kind::Entity, is)),
                '<' if !has_markup => tag(rest, book).map(|len| (len, Kind::Tag, Some(String::new()))),
                '—' | '–' | '―' | '-' | '－' => page_number(rest, before(), c, is_last)
                    .filter(|_| !is_row())
                    .map(|len| (len, Kind::PageNumber, Some(String::new()))),
                'm' | 'n' | 'l' | 'r' | 'h' | 'e'
                    if !has_markup && !before().is_some_and(|b| b == '&' || b.is_ascii_alphanumeric()) =>
                {
                    bare_entity(rest, book)
                }
                '%' | '％' if before().is_some_and(|b| half_width(b).is_ascii_digit()) => {
                    doubled_percent(rest).map(|len| (len, Kind::Doubled, Some(c.to_string())))
                }
                '%' if !before().is_some_and(|b| b.is_ascii_graphic()) => escapes(rest),
                '.' if rest.starts_with("..") && before().is_some_and(|b| half_width(b).is_ascii_digit()) => {
                    doubled_point(rest).map(|len| (len, Kind::Doubled, Some(c.to_string())))
                }
                '第' => pages(rest).map(|len| (len, Kind::PageNumber, Some(String::new()))),
                _ if class.is(Class::INVISIBLE) => invisible(rest, before()),
                _ => None,
            };
            if let Some((len, kind, instead)) = found {
                let span = Span::new(line.start + at, line.start + at + len);
                out.push(Found { instead, ..Found::new(span, kind) });
                next = at + len;
            }
        }
    }
}

/// A line that is nothing but a page number.
fn whole_page_number(words: &str) -> Option<usize> {
    let dash = |c: char| matches!(c, '—' | '–' | '―' | '-' | '－');
    words.chars().next().filter(|&c| matches!(c, '第' | 'P') || dash(c))?;
    // 第3页, Page 3 of 12
    let bare = |text: &str| {
        let text = text.trim_matches(is_blank);
        !text.is_empty() && text.chars().count() <= DIGITS && text.chars().all(|c| half_width(c).is_ascii_digit())
    };
    let in_chinese = words.strip_prefix('第').and_then(|w| w.strip_suffix('页')).is_some_and(bare);
    let in_english = words.strip_prefix("Page ").is_some_and(|w| w.split(" of ").take(3).all(bare));
    if in_chinese || in_english {
        return Some(words.len());
    }
    let inner = words.strip_prefix(dash)?.strip_suffix(dash)?;
    let number = inner.trim_matches(|c| is_blank(c) || dash(c));
    let digits = number.chars().count();
    let whole = (1..=DIGITS).contains(&digits) && number.chars().all(|c| half_width(c).is_ascii_digit());
    (whole && words.chars().filter(|&c| dash(c)).count() <= 4).then_some(words.len())
}

/// `—2—` or `- 5 -` in running text: one dash on either side, and neither a range nor a sum.
fn page_number(rest: &str, before: Option<char>, dash: char, is_last: bool) -> Option<usize> {
    let joins =
        |c: char| half_width(c).is_ascii_alphanumeric() || matches!(c, '—' | '–' | '―' | '-' | '－' | '.' | '%');
    let inner = &rest[dash.len_utf8()..];
    let number = trim_blank_start(inner);
    if !number.starts_with(is_digit) {
        return None;
    }
    let after = number.trim_start_matches(|c| half_width(c).is_ascii_digit());
    let digits = number[..number.len() - after.len()].chars().count();
    let close = after.trim_start_matches(is_blank);
    let spaced = number.len() < inner.len() && close.len() < after.len();
    let end = close.strip_prefix(dash)?;
    // A hyphen joins numbers and models: only with blanks does it stand for a dash.
    let is_hyphen = matches!(dash, '-' | '－' | '–');
    let next = end.trim_start_matches(is_blank).chars().next();
    let apart = before.is_none_or(|b| !joins(b) && (!is_hyphen || is_blank(b) || is_han(b)));
    let fits = (1..=DIGITS).contains(&digits)
        && (!is_hyphen || spaced || before.is_none())
        && apart
        && next.map_or(!is_last && before.is_some(), |c| !joins(c));
    fits.then(|| rest.len() - end.len())
}

/// `第 3 页 共 12 页`.
fn pages(rest: &str) -> Option<usize> {
    if !trim_blank_start(&rest["第".len()..]).starts_with(is_digit) {
        return None;
    }
    let number = |text: &str| {
        let text = text.trim_start_matches(is_blank);
        let after = text.trim_start_matches(|c| half_width(c).is_ascii_digit());
        let digits = text[..text.len() - after.len()].chars().count();
        (1..=4).contains(&digits).then(|| text.len() - after.trim_start_matches(is_blank).len())
    };
    let strip = |text: &'static str, from: usize| rest[from..].strip_prefix(text).map(|_| from + text.len());
    let skip = |from: usize| rest[from..].len() - rest[from..].trim_start_matches(is_blank).len() + from;
    let numbered = |from: usize| {
        let from = skip(from);
        number(&rest[from..]).map(|len| from + len)
    };
    let page = numbered("第".len()).and_then(|at| strip("页", at))?;
    let at = skip(page);
    let at = strip("/", at).or_else(|| strip("，", at)).or_else(|| strip(",", at)).unwrap_or(at);
    numbered(strip("共", skip(at))?).and_then(|at| strip("页", at))
}

/// `&nbsp;`, `&#8221;` and what it stands for.
fn entity(rest: &str, book: &Residue) -> Option<(usize, Option<String>)> {
    let end = rest.bytes().take(12).position(|b| b == b';')?;
    let name = rest.get(1..end)?;
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16),
            None => number.parse(),
        };
        let c = char::from_u32(code.ok()?)?;
        return Some((end + 1, Some(c.to_string())));
    }
    book.entity(name).map(|c| (end + 1, Some(c.to_owned())))
}

/// `%%` behind a number in running text: 98%%。
fn doubled_percent(rest: &str) -> Option<usize> {
    let after = rest.trim_start_matches(['%', '％']);
    let two = rest[..rest.len() - after.len()].chars().count() == 2;
    let in_text = after.starts_with(|c| is_han(c) || "，。；、）”".contains(c));
    (two && in_text).then_some(rest.len() - after.len())
}

/// `..` between the digits of a share or an amount: 5..6%.
fn doubled_point(rest: &str) -> Option<usize> {
    let after = rest.strip_prefix("..")?;
    let unit = after.trim_start_matches(|c: char| c.is_ascii_digit());
    (unit.len() < after.len() && unit.starts_with(['%', '％', '亿'])).then_some("..".len())
}

/// `%E5%85%A8`: words that an address bar or a script wrote in escapes, outside an address.
fn escapes(rest: &str) -> Option<(usize, Kind, Option<String>)> {
    let byte = |part: &str| u8::from_str_radix(part.get(1..3)?, 16).ok().filter(|_| part.starts_with('%'));
    let bytes: Vec<u8> = (0..rest.len()).step_by(3).map_while(|at| byte(rest.get(at..at + 3)?)).collect();
    let len = bytes.len() * 3;
    let words = String::from_utf8(bytes).ok().filter(|w| !w.is_empty() && w.chars().all(is_han))?;
    Some((len, Kind::Entity, Some(words)))
}

/// `mdash;` that lost its `&`, and the page number that it opens.
fn bare_entity(rest: &str, book: &Residue) -> Option<(usize, Kind, Option<String>)> {
    let name = book.bare_entities().find(|n| rest.strip_prefix(n).is_some_and(|r| r.starts_with(';')))?;
    let len = name.len() + 1;
    let digits: usize = rest[len..].chars().take_while(|&c| half_width(c).is_ascii_digit()).map(char::len_utf8).sum();
    let close = rest[len + digits..].chars().next().filter(|&c| digits > 0 && matches!(c, '—' | '–'));
    match close {
        Some(close) => Some((len + digits + close.len_utf8(), Kind::PageNumber, Some(String::new()))),
        None => Some((len, Kind::Entity, book.entity(name).map(str::to_owned))),
    }
}

/// `<br>`, `</p>`, `<span …>`, `<!-- … -->`.
fn tag(rest: &str, book: &Residue) -> Option<usize> {
    if let Some(comment) = rest.strip_prefix("<!--") {
        // A directive to this tool is meant.
        if comment.trim_start().starts_with("lint-") {
            return None;
        }
        let reach = rest.char_indices().nth(LONGEST).map_or(rest.len(), |(i, _)| i);
        return rest[..reach].find("-->").map(|i| i + "-->".len());
    }
    let end = rest.bytes().take(LONGEST).position(|b| b == b'>')?;
    let inner = rest[1..end].trim_start_matches('/').trim_end_matches('/');
    let name_end = inner.find(|c: char| c.is_ascii_whitespace()).unwrap_or(inner.len());
    let attributes = &inner[name_end..];
    (book.is_tag(&inner[..name_end]) && (attributes.trim().is_empty() || attributes.contains('='))).then_some(end + 1)
}

/// A Markdown heading mark, or words in double asterisks that lead a line.
fn markdown(words: &str) -> Option<usize> {
    if !matches!(words.as_bytes().first(), Some(b'#' | b'*')) {
        return None;
    }
    let rest = words.trim_start_matches('#');
    let marks = words.len() - rest.len();
    let after = rest.trim_start_matches(is_blank);
    // # 号键
    if (1..=6).contains(&marks)
        && !after.starts_with('号')
        && after.len() < rest.len()
        && after.starts_with(|c: char| is_han(c) || half_width(c).is_ascii_digit() || c == '（')
    {
        return Some(words.len() - after.len());
    }
    // A mask (**万元) has no mark at the end of its second pair.
    let inner = words.strip_prefix("**")?;
    let bold = &inner[..inner.find("**")?];
    let closed = bold.ends_with(['。', '：', ':'])
        || inner[bold.len() + 2..].chars().next().is_none_or(|c| "：:，。".contains(c));
    let is_bold =
        bold.chars().count() >= 4 && !bold.contains('*') && bold.starts_with(|c: char| is_han(c) || c == '（');
    (is_bold && closed).then_some(bold.len() + 4)
}

/// A run of characters that show nothing. Those that join and part the letters of other scripts and emoji are in their place there.
fn invisible(rest: &str, before: Option<char>) -> Option<(usize, Kind, Option<String>)> {
    let run: usize = rest.chars().take_while(|&c| is_invisible(c)).map(char::len_utf8).sum();
    let after = rest[run..].chars().next();
    let joins = rest.starts_with(['\u{200d}', '\u{200c}']);
    let ours = |c: Option<char>| {
        c.is_none_or(|c| is_han(c) || c.is_ascii() || crate::text::is_blank(c) || "，。、；：“”《》（）".contains(c))
    };
    if joins && !(ours(before) && ours(after)) {
        return None;
    }
    // What has no shape stood for something.
    let lost = rest[..run].chars().any(|c| matches!(c, '\u{fffd}' | '\u{e000}'..='\u{f8ff}'));
    Some((run, Kind::Character, (!lost).then(String::new)))
}
