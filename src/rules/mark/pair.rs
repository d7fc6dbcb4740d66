//! Brackets, quotation marks and book title marks without their other half.

use super::Scene;
use crate::diagnostic::{Diagnostic, Words};
use crate::rules::{Context, declare_rule};
use crate::text::{Class, Span, ends_sentence, half_width, is_blank, is_chinese_numeral, is_han, leads_han};

declare_rule! {
    /// 《》“”（）【】〔〕缺了一半：只有左没有右，或者只有右没有左。
    ///
    /// ```hit
    /// 依照《行政许可法第十二条设定许可。
    /// ```
    ///
    /// ```hit
    /// 全年办理提案28件（其中重点提案5件，均已答复。
    /// ```
    ///
    /// ```hit
    /// 防汛工作总结 根据《关于报送防汛备汛工作下面是小编为大家整理的防汛工作总结，供大家参考。
    /// ```
    ///
    /// 标题以上、文末以下的网页文字不查，只有模板的话插进了书名号里面（如上例）才报。被断开的行先接起来再配对；全角与半角相配
    /// （“（”与“)”）算一对；跨段的引文、“1）”“a)”式的序号（选项B）、第3）项）、半开区间（[60，80））、表格的单元格、没有写完的末段不报；
    /// 通篇只有一个方向的引号，是转换造成的，也不报。
    ///
    /// ```miss
    /// 印发《关于贯彻〈档案法〉的意见》，重点做好：1）清点；2）移交(含电子档案）。
    /// ```
    ///
    /// ```miss
    /// 得分在[60，80）的为合格，选项B）和第3）项不计分。
    /// ```
    ///
    /// `data`：`mark` 落单的符号，`missing` 缺少的符号。
    ///
    /// Marks that come in pairs and stand alone, after broken lines were joined.
    MARK_PAIR = "mark-pair", Error,
    zh: "括号、引号或书名号不成对",
    en: "a bracket, quotation mark or title mark stands alone",
}

/// The marks that come in pairs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Title,
    Inner,
    Quote,
    /// A straight quotation mark: it opens and closes, and it may stand for one half of a curly pair.
    Straight,
    Round,
    Square,
    Lens,
}

/// How many kinds there are.
const KINDS: usize = 7;

impl Kind {
    /// The kind that may stand for it.
    fn twin(self) -> Self {
        match self {
            Self::Quote => Self::Straight,
            Self::Straight => Self::Quote,
            other => other,
        }
    }

    fn pairs_with(self, other: Self) -> bool {
        self == other || self.twin() == other
    }
}

/// One mark.
#[derive(Debug, Clone, Copy)]
struct Mark {
    kind: Kind,
    opens: bool,
    /// Where it stands in the text.
    span: Span,
    /// The paragraph it belongs to, broken lines joined.
    group: usize,
    /// The first mark of its line.
    leads: bool,
}

fn kind(c: char) -> Option<(Kind, bool)> {
    Some(match c {
        '《' => (Kind::Title, true),
        '》' => (Kind::Title, false),
        '〈' => (Kind::Inner, true),
        '〉' => (Kind::Inner, false),
        '“' => (Kind::Quote, true),
        '”' => (Kind::Quote, false),
        '"' | '＂' => (Kind::Straight, true),
        '（' | '(' => (Kind::Round, true),
        '）' | ')' => (Kind::Round, false),
        '〔' | '［' | '[' => (Kind::Square, true),
        '〕' | '］' | ']' => (Kind::Square, false),
        '【' => (Kind::Lens, true),
        '】' => (Kind::Lens, false),
        _ => return None,
    })
}

/// How many paragraphs a quotation may run over.
const QUOTED: usize = 60;
/// How many paragraphs a bracket may run over.
const BRACKETED: usize = 3;
/// So many marks of one direction, and none of the other, were made by a conversion.
const CONVERTED: usize = 3;

pub(super) fn find(scene: Scene<'_>, out: &mut Vec<Diagnostic>) {
    let Marks { list: marks, unfinished, after_rows } = marks(scene);
    let mut alone = alone(&marks);
    if alone.is_empty() {
        return;
    }
    alone.retain(|m| match m.opens {
        true => Some(m.group) != unfinished,
        false => after_rows.binary_search(&m.group).is_err(),
    });
    across(&mut alone, &marks);
    for kind in [Kind::Title, Kind::Inner, Kind::Quote, Kind::Round, Kind::Square, Kind::Lens] {
        let of = |opens| marks.iter().filter(|m| m.kind == kind && m.opens == opens).count();
        if (of(true) == 0 || of(false) == 0) && of(true) + of(false) >= CONVERTED {
            alone.retain(|m| m.kind != kind);
        }
    }
    let mut i = 0;
    while i < alone.len() {
        let mark = alone[i];
        // ”三项制度”: one pair, of which one half is turned the wrong way.
        let twin = alone.get(i + 1).filter(|t| {
            let between = &scene.prose[mark.span.end..t.span.start];
            t.kind == mark.kind && t.opens == mark.opens && t.group == mark.group && !between.contains(ends_sentence)
        });
        out.push(report(scene.prose, mark, twin));
        i += if twin.is_some() { 2 } else { 1 };
    }
}

/// How far before a template's words the title may begin that they cut off, and behind them end, in characters.
const CUT_OFF: usize = 60;

/// Titles outside the papers whose end a template's words have taken: what stands there is the page's and else nobody's
/// business, but no page writes its own words into a title.
pub(super) fn find_cut_off(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let (text, residue) = (cx.document.prose(), &cx.book.residue);
    let mut told = None;
    let in_body = |span: Span| cx.outline.papers.iter().any(|p| p.body.contains(span));
    for sighting in cx.sightings.iter().filter(|s| !in_body(s.span)) {
        let block = sighting.span;
        for (phrase, _) in residue.phrases(text, sighting).filter(|(_, p)| p.kind == "template") {
            let Some(at) = open_title(&text[block.start..phrase.start]) else { continue };
            let span = Span::new(at, at + '《'.len_utf8()).shifted(block.start);
            if told == Some(span) || is_closed(&text[phrase.start..]) || is_in_paper(cx, span) {
                continue;
            }
            told = Some(span);
            let mark = Mark { kind: Kind::Title, opens: true, span, group: 0, leads: false };
            let words = Words::new("模板的话插在这里", "words of a template stand within the title");
            out.push(report(text, mark, None).label(phrase, words));
        }
    }
}

/// Whether the place belongs to a paper, whose marks are paired with one another.
fn is_in_paper(cx: &Context<'_>, span: Span) -> bool {
    let mut papers = cx.outline.papers.iter();
    papers.any(|p| p.body.contains(span) || p.title.is_some_and(|t| t.contains(span)))
}

/// Where the title begins that is open at the end of the text, in the last sentence.
fn open_title(text: &str) -> Option<usize> {
    let mut closed = 0;
    for (at, c) in text.char_indices().rev().take(CUT_OFF) {
        match c {
            '》' => closed += 1,
            '《' if closed == 0 => return Some(at),
            '《' => closed -= 1,
            c if closed == 0 && ends_sentence(c) => return None,
            _ => {}
        }
    }
    None
}

/// Whether a title that is open at the beginning of the text is closed on this line or on the next one, nearby.
fn is_closed(text: &str) -> bool {
    let mut open = 0;
    for c in text.lines().take(2).flat_map(str::chars).take(CUT_OFF) {
        match c {
            '《' => open += 1,
            '》' if open == 0 => return true,
            '》' => open -= 1,
            _ => {}
        }
    }
    false
}

/// The marks of a body.
struct Marks {
    /// Paragraph by paragraph, in text order.
    list: Vec<Mark>,
    /// The last paragraph, where it breaks off.
    unfinished: Option<usize>,
    /// The paragraphs right after the row of a table: they may be the end of its last cell.
    after_rows: Vec<usize>,
}

fn marks(scene: Scene<'_>) -> Marks {
    let mut out = Vec::new();
    let mut after_rows = Vec::new();
    let mut group = 0;
    let mut open_end = false;
    let mut in_table = false;
    for part in scene.parts {
        let (block, text) = (part.block, part.text);
        let words = part.words.of(scene.prose);
        if part.is_row || words.is_empty() {
            open_end = false;
            in_table = part.is_row;
            group += 1;
            continue;
        }
        let start = part.words.start;
        let is_headed = || {
            scene.paper.headings.binary_search_by_key(&start, |h| h.marker.start).is_ok()
                || scene.paper.divisions.binary_search_by_key(&start, |d| d.start).is_ok()
        };
        if !open_end || is_headed() {
            group += 1;
        }
        if std::mem::take(&mut in_table) {
            after_rows.push(group);
        }
        let mut leads = true;
        let mut skipped = 0;
        for event in part.marks.iter().filter(|mark| mark.class.is(Class::BRACKET.or(Class::QUOTE))) {
            let (at, c) = (event.at - block.span.start, event.c);
            let Some((kind, opens)) = kind(c) else { continue };
            if opens && matches!(kind, Kind::Round | Kind::Square) {
                skipped = skipped.max(at + interval(&text[at..]).unwrap_or(0));
            }
            if at >= skipped {
                // 1） numbers an item, :) smiles: unless a bracket is open that they close.
                let head = &text[..at];
                let no_bracket = kind == Kind::Round
                    && !opens
                    && (ends_in_item(head) || (c.is_ascii() && head.ends_with([':', ';', '-'])));
                if !no_bracket || open_bracket(&out, group) {
                    out.push(Mark { kind, opens, span: event.span(), group, leads });
                }
                leads = false;
            }
        }
        open_end =
            !words.ends_with(|c| ends_sentence(c) || matches!(half_width(c), ';' | ':' | '”' | ')' | '》' | '】'));
    }
    Marks { list: out, unfinished: open_end.then_some(group), after_rows }
}

/// How far a bound of an interval and the longest interval may reach, in characters.
const INTERVAL: usize = 24;

/// The length of a half-open interval at the start of the text, whose brackets differ by right: `[80，90）`, `（0，5%]`.
fn interval(text: &str) -> Option<usize> {
    let open = text.chars().next()?;
    let (round, true) = (bracket(open)?, kind(open)?.1) else { return None };
    // Nearly all brackets begin with a word.
    if text.as_bytes().get(open.len_utf8()).is_some_and(|&b| leads_han(b)) {
        return None;
    }
    let (at, close) = text.char_indices().skip(1).take(INTERVAL).find(|&(_, c)| bracket(c).is_some())?;
    let (low, high) = text[open.len_utf8()..at].split_once(['，', ',', '、', '～', '~', '—'])?;
    let differs = !kind(close)?.1 && bracket(close)? != round;
    (differs && is_bound(low) && is_bound(high)).then(|| at + close.len_utf8())
}

/// Whether a bracket is round; none if it bounds no interval.
fn bracket(c: char) -> Option<bool> {
    match half_width(c) {
        '(' | ')' => Some(true),
        '[' | ']' => Some(false),
        _ => None,
    }
}

/// Whether the words are a number with at most a short unit: `80`, `+∞`, `100万元`.
fn is_bound(words: &str) -> bool {
    let sign = |c: char| is_blank(c) || matches!(half_width(c), '+' | '-' | '−' | '＜' | '≤');
    let words = words.trim_matches(sign);
    let unit = words.trim_start_matches(|c| matches!(half_width(c), '0'..='9' | '.' | '%' | '‰' | '∞'));
    unit.len() < words.len() && unit.chars().count() <= 3 && unit.chars().all(|c| is_han(c) || half_width(c) == '%')
}

/// Whether a round bracket is open in this paragraph.
fn open_bracket(marks: &[Mark], group: usize) -> bool {
    let mut depth = 0usize;
    for mark in marks.iter().rev().take(16).filter(|m| m.kind == Kind::Round && m.group == group) {
        if mark.opens && depth == 0 {
            return true;
        }
        depth = if mark.opens { depth - 1 } else { depth + 1 };
    }
    false
}

/// The most characters of the number of an item.
const NUMBER: usize = 3;

/// Whether the text ends in the number of an item: one that stands at the start of a clause.
fn ends_in_item(text: &str) -> bool {
    let is_number =
        |c: char| half_width(c).is_ascii_alphanumeric() || is_chinese_numeral(c) || ('①'..='⑳').contains(&c);
    let digits = text.chars().rev().take(NUMBER + 1).take_while(|&c| is_number(c)).count();
    let head = text.chars().rev().nth(digits);
    // 第1）项 and 选项A） name an item.
    let opens = |c: char| matches!(c, '第' | '项' | '选') || is_blank(c) || !is_han(c) && !matches!(c, '(' | '（');
    (1..=NUMBER).contains(&digits) && head.is_none_or(opens)
}

/// The marks that find no partner in their paragraph, in text order.
fn alone(marks: &[Mark]) -> Vec<Mark> {
    let mut out = Vec::new();
    let (mut open, mut left) = (Vec::<Mark>::new(), Vec::<Mark>::new());
    for group in marks.chunk_by(|a, b| a.group == b.group) {
        // How many of each kind are open, so that a mark that closes none is not sought for in vain.
        let mut count = [0usize; KINDS];
        for &mark in group {
            let fits = |o: &Mark| o.kind.pairs_with(mark.kind);
            if mark.kind == Kind::Straight && open.last().is_some_and(fits) {
                count[open.pop().map_or(mark.kind, |o| o.kind) as usize] -= 1;
            } else if mark.opens {
                open.push(mark);
                count[mark.kind as usize] += 1;
            } else if count[mark.kind as usize] + count[mark.kind.twin() as usize] > 0 {
                // What was opened after the mark that this one closes stays open.
                while let Some(top) = open.pop() {
                    count[top.kind as usize] -= 1;
                    if fits(&top) {
                        break;
                    }
                    left.push(top);
                }
            } else {
                left.push(mark);
            }
        }
        left.append(&mut open);
        if left.is_empty() {
            continue;
        }
        left.retain(|m| m.kind != Kind::Straight);
        left.sort_by_key(|m| m.span.start);
        // Marks that cross one another are in disorder, but none is missing.
        cancel(&mut left, 0);
        out.append(&mut left);
    }
    out
}

/// Takes out marks that find their partner in another paragraph: quotations of several paragraphs.
fn across(alone: &mut Vec<Mark>, marks: &[Mark]) {
    cancel(alone, QUOTED);
    // A quotation of several paragraphs may open each of them and close only the last.
    let leads = |m: &&Mark| m.kind == Kind::Quote && m.opens && m.leads;
    let led: Vec<usize> = marks.iter().filter(leads).map(|m| m.group).collect();
    alone.retain(|m| !(leads(&m) && led.binary_search(&(m.group + 1)).is_ok()));
}

/// Takes out an opening mark and the closing mark of its kind that comes next among those alone, if it is near.
fn cancel(alone: &mut Vec<Mark>, reach: usize) {
    if alone.len() < 2 {
        return;
    }
    let mut gone = vec![false; alone.len()];
    let mut open: [Vec<usize>; KINDS] = Default::default();
    for (i, mark) in alone.iter().enumerate() {
        let stack = &mut open[mark.kind as usize];
        if mark.opens {
            stack.push(i);
            continue;
        }
        let reach = if mark.kind == Kind::Quote { reach } else { reach.min(BRACKETED) };
        if let Some(partner) = stack.pop_if(|o| mark.group - alone[*o].group <= reach) {
            gone[partner] = true;
            gone[i] = true;
        }
    }
    let mut gone = gone.into_iter();
    alone.retain(|_| !gone.next().unwrap_or(false));
}

fn report(text: &str, mark: Mark, twin: Option<&Mark>) -> Diagnostic {
    let found = mark.span.of(text);
    let missing = other(found);
    let (here, there) = (name(found), name(missing));
    let (span, words) = match twin {
        Some(twin) => (
            mark.span.to(twin.span),
            Words::new(
                format!("前后两个都是{here}，应为一左一右"),
                format!("both marks of the pair are {found}: one of them should be {missing}"),
            ),
        ),
        None if mark.opens => (
            mark.span,
            Words::new(format!("{here}没有与它相配的{there}"), format!("{found} is never closed by {missing}")),
        ),
        None => (
            mark.span,
            Words::new(
                format!("{here}前面没有与它相配的{there}"),
                format!("{found} closes nothing: {missing} is missing before it"),
            ),
        ),
    };
    let help = match twin {
        Some(_) => Words::new(format!("把其中一个改为{there}。"), format!("Make one of them {missing}.")),
        None => Words::new(format!("补上{there}，或者删去这个符号。"), format!("Add {missing}, or remove {found}.")),
    };
    Diagnostic::at(&MARK_PAIR, span, words)
        .help(help)
        .source("《标点符号用法》（GB/T 15834—2011）")
        .data("mark", found)
        .data("missing", missing)
}

/// What a mark is called in Chinese.
fn name(mark: &str) -> &'static str {
    match mark {
        "《" => "左书名号《",
        "》" => "右书名号》",
        "〈" => "左单书名号〈",
        "〉" => "右单书名号〉",
        "“" => "左引号",
        "”" => "右引号",
        "（" | "(" => "左括号（",
        "）" | ")" => "右括号）",
        "〔" => "左六角括号〔",
        "〕" => "右六角括号〕",
        "［" | "[" => "左方括号［",
        "］" | "]" => "右方括号］",
        "【" => "左方头括号【",
        "】" => "右方头括号】",
        _ => "符号",
    }
}

/// The other half of a mark.
fn other(mark: &str) -> &'static str {
    const PAIRS: [(&str, &str); 9] = [
        ("《", "》"),
        ("〈", "〉"),
        ("“", "”"),
        ("（", "）"),
        ("(", ")"),
        ("〔", "〕"),
        ("［", "］"),
        ("[", "]"),
        ("【", "】"),
    ];
    PAIRS.iter().find_map(|&(a, b)| if a == mark { Some(b) } else { (b == mark).then_some(a) }).unwrap_or("")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::rules::mark::found;

    /// Whether the text ends in the number of an item, character by character from its start.
    fn walks_to_item(text: &str) -> bool {
        let (mut len, mut numbered, mut open) = (0, false, true);
        for c in text.chars() {
            let is_number = c.is_ascii_alphanumeric() || is_chinese_numeral(c) || ('①'..='⑳').contains(&c);
            numbered = is_number && (numbered || open) && len < NUMBER;
            len = if numbered { len + 1 } else { 0 };
            open = !is_number && (matches!(c, '第' | '项' | '选') || !is_han(c) && !matches!(c, '(' | '（'));
        }
        numbered
    }

    proptest! {
        /// Only the last few characters decide whether a bracket closes the number of an item.
        #[test]
        fn items_end_the_text(text in "[甲第项一二1a①，（ ]{0,12}") {
            prop_assert_eq!(ends_in_item(&text), walks_to_item(&text), "{}", text);
        }
    }

    fn all(text: &str) -> Vec<String> {
        found(find, text)
    }

    /// A title that a template's words cut off is open wherever it stands, and one that is closed behind them is not.
    #[test]
    fn cut_off() {
        let open = |text: &str| open_title(text).map(|at| text[at..].to_owned());
        assert_eq!(open("按照《关于备汛的《甲》"), Some("《关于备汛的《甲》".to_owned()));
        assert_eq!((open("按照《通知》"), open("按照《通知。另外"), open("通知")), (None, None, None));
        assert!(
            is_closed("小编为大家整理的《范文》\n汇编》，共3篇") && !is_closed("小编为大家整理的《范文》\n汇编\n》")
        );
    }

    /// A mark alone is found, pairs around it notwithstanding.
    #[test]
    fn alone() {
        assert_eq!(all("依照《档案法第八条和《保密法》办理。"), ["《"]);
        assert_eq!(all("印发关于移交的通知》，共3项（含附件）。"), ["》"]);
        assert_eq!(all("坚持“先立后破、稳妥推进。做到“一网通办”。"), ["“"]);
        assert_eq!(all("落实”三项制度”要求。见《甲》。"), ["”三项制度”"]);
        assert_eq!(all("受理（其中网上5件），办结3件）。"), ["）"]);
        assert_eq!(all("共办结[3件，剩余2件）。"), ["[", "）"]);
    }

    /// Mixed widths, items, broken lines and quotations of several paragraphs are in order.
    #[test]
    fn in_order() {
        for text in [
            "印发《甲〈乙〉的意见》(试行）。",
            "做好：1）清点；2）移交。a)核对。",
            "落实《甲县\n乙办法》要求。",
            "修改为：“第五条 甲。\n第六条 乙。”\n删去第七条。",
            "“第一段。\n“第二段。”",
            "落实“三项制度\"要求。",
            "见图（1）、（2）。",
            "没有写完的一段（其中",
            "一、开展“甲（乙”丙）活动。",
            "得分在[80，90）的为良好，（0，10%]、［5，+∞）除外。",
            "选项A）、B）任选其一，第1）项除外。",
        ] {
            assert_eq!(all(text), [""; 0], "{text}");
        }
    }
}
