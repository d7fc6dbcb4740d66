//! What a notice says that it prints: in its title, and in its text.

use super::{Cited, normal, two_names};
use crate::diagnostic::{Diagnostic, Severity};
use crate::outline::Paper;
use crate::rulebook::{Letters, Titles};
use crate::rules::Context;
use crate::text::{Span, WordList, book_titles, is_blank, sentence, words};

/// 关于印发《公路养护管理办法》的通知, and 现将《公路养护管理实施细则》印发给你们.
pub(super) fn find(cx: &Context<'_>, paper: &Paper, cited: &[Cited<'_>], told: &mut [bool], out: &mut Vec<Diagnostic>) {
    let Some(name) = paper.title.and_then(|title| named(cx.document.prose(), title)) else { return };
    let mut printed = (0..cited.len()).filter(|&i| cited[i].span.start >= paper.body.start && is_printed(&cited[i]));
    // A second one is of another notice in the same file.
    let (Some(i), None) = (printed.next(), printed.next()) else { return };
    let titles = &cx.book.titles;
    if !told[i] && !cited[i].sentence_has(&titles.replaced) && differ(titles, &name.body, &cited[i].body) {
        told[i] = true;
        let found =
            two_names(&name, &cited[i], "printed", "题目和正文印发的是同一文件", "title and text print one document");
        out.push(found.severity(Severity::Warning));
    }
}

/// The one document that the title of a notice says to be printed, with or without its marks.
fn named(prose: &str, title: Span) -> Option<Cited<'_>> {
    const SEVERAL: WordList =
        words!["》《", "》和《", "》及《", "》、《", "等", "有关", "系列", "修订", "修改", "废止"];
    let text = title.of(prose).trim_end_matches(is_blank);
    let end = ["的通知", "的公告", "的通告"].iter().find_map(|kind| text.strip_suffix(kind))?.len();
    let (at, verb) = words!["印发", "公布", "发布"].find(text)?;
    let start = at + verb.len();
    let place = Span::new(start, end.max(start));
    let name = place.of(text);
    let marked = book_titles(name);
    let whole = match marked[..] {
        [] => true,
        [only] => only == Span::new(0, name.len()),
        _ => false,
    };
    if !whole || SEVERAL.is_in(name) || words!["印发", "公布", "发布"].is_in(name) {
        return None;
    }
    let body: String = name.chars().filter_map(normal).collect();
    let span = place.shifted(title.start);
    Some(Cited { span, text, place, letters: Letters::of(&body), body, years: None, number: None })
}

/// Whether the sentence of a title prints it, and nothing else: 现将《甲》印发给你们, 《甲》已经…同意，现印发给你们.
fn is_printed(cited: &Cited<'_>) -> bool {
    const NOW: WordList = words!["现将", "现把"];
    const PRINTED: WordList = words!["印发", "公布", "发布", "予以印发", "予以公布", "予以发布"];
    const AFTER: WordList = words![
        "现印发",
        "现予印发",
        "现予以印发",
        "现公布",
        "现予公布",
        "现予以公布",
        "现发布",
        "现予发布",
        "现予以发布",
    ];
    let around = sentence(cited.text, cited.place, &[]);
    let head = &cited.text[around.start..cited.place.start];
    let tail = &cited.text[cited.place.end..around.end.max(cited.place.end)];
    if tail.contains("转发") {
        return false;
    }
    let alone = || book_titles(around.of(cited.text)).len() == 1;
    let behind = past_note(tail);
    NOW.ends(head.trim_end_matches(is_blank)).is_some() && PRINTED.begins(behind).is_some()
        || head.chars().all(is_blank) && AFTER.is_in(tail) && alone()
}

/// The text behind a note in brackets that it begins with: （以下简称《办法》）印发.
fn past_note(text: &str) -> &str {
    let inner = text.strip_prefix(['（', '(']);
    inner.and_then(|inner| inner.split_once(['）', ')'])).map_or(text, |(_, rest)| rest)
}

/// Whether two names are of one document and no short form makes the difference: each has words in its middle that the
/// other has not, between what they begin and end with alike.
fn differ(titles: &Titles, one: &str, other: &str) -> bool {
    /// The least that both have in common, in characters.
    const ALIKE: usize = 6;
    // 我县, 全县 and 青溪县 are one place; a title may say 关于…的意见 of what the text calls …意见.
    const LOOSE: [&str; 16] = [
        "关于",
        "若干",
        "进一步",
        "工作",
        "全县",
        "全市",
        "全区",
        "全省",
        "我县",
        "我市",
        "我区",
        "本县",
        "本市",
        "本区",
        "实施",
        "年度",
    ];
    let bare = |body: &str| LOOSE.iter().fold(titles.bare(body), |body, word| body.replace(word, ""));
    let (one, other): (Vec<char>, Vec<char>) = (bare(one).chars().collect(), bare(other).chars().collect());
    let begin = one.iter().zip(&other).take_while(|(a, b)| a == b).count();
    let (one, other) = (&one[begin..], &other[begin..]);
    let end = one.iter().rev().zip(other.iter().rev()).take_while(|(a, b)| a == b).count();
    let (one, other) = (&one[..one.len() - end], &other[..other.len() - end]);
    let within = |short: &[char], long: &[char]| {
        let mut rest = long.iter();
        short.iter().all(|c| rest.any(|l| l == c))
    };
    let moved = || {
        let (mut a, mut b) = (one.to_vec(), other.to_vec());
        a.sort_unstable();
        b.sort_unstable();
        a == b
    };
    begin + end >= ALIKE && !within(one, other) && !within(other, one) && !moved()
}
