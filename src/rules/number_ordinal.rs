//! Item ordinals (一是…二是…) that skip or repeat.

use crate::diagnostic::{Diagnostic, Words};
use crate::outline::{Item, ItemKind, Paper};
use crate::rules::series::{Fault, Numbered, Series, gaps, number};
use crate::rules::{Check, Context, declare_rule};
use crate::text::{
    Class, Document, Span, Stretch, chinese_numeral, ends_sentence, half_width, is_blank, is_chinese_numeral, is_han,
};

declare_rule! {
    /// “一是…二是…三是…”“一要…二要…”“第一，…第二，…”“其一，…其二，…”应当逐项连续。跳号、重号多半是增删内容后没有重排。
    ///
    /// ```hit
    /// 重点抓好几件事：一是健全机制；二是充实力量；四是严格考核。
    /// ```
    ///
    /// ```hit
    /// 下一步，一要完善制度，二要严格执行，二要强化监督。
    /// ```
    ///
    /// “第一步…第二步…”“第一阶段…”“一抓…二抓…”“首先…其次…第四”等，同一段里从一、二数起又缺了一项的，也报。
    ///
    /// ```hit
    /// 第一步划定范围，第二步登记造册，第四步张榜公布。
    /// ```
    ///
    /// 以下写法不报：
    ///
    /// - “三要三不要”“五要五不准”之类的口号；
    /// - 另起一组“一是”；几段之中每段以“一是”“二是”开头的大组，以及大组里再分的小组；
    /// - “统一是”“之一是”“唯一是”“二是二”“三要素”“第二产业”“位列第三，”；
    /// - 摘录的片段从“二是”开始；
    /// - “首先…其次…最后”：中间一项可以省略；
    /// - 缺少的一项在前后两项之间以别的写法出现过（“二要”“第二”“其次”）。
    ///
    /// ```miss
    /// 在制度上，一是修订文件，二是废止文件。在执法上，一是评查案卷，二是开展督察，三是通报案例。
    /// ```
    ///
    /// ```miss
    /// 党的领导统一是方向，亮点之一是创新，二是二、三是三地逐项核对。
    /// ```
    ///
    /// `data`：`fault`（`gap` 跳号、`repeat` 重号、`back` 倒退），`previous`、`expected`、`found`。
    ///
    /// The items of a sentence or a run of paragraphs must climb by one. A new group may begin at any 一是.
    NUMBER_ORDINAL = "number-ordinal", Error,
    zh: "“一是…二是…”等分项序号跳号或重号",
    en: "item ordinals (一是, 二是 …) skip or repeat",
}

pub(super) static CHECK: Check = Check { rules: &[&NUMBER_ORDINAL], run };

/// More missing items than these are no slip.
const WIDEST_GAP: u64 = 2;
/// The most groups that may be open, one within the other.
const DEEPEST: usize = 4;

fn run(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for paper in &cx.outline.papers {
        for kind in [ItemKind::Is, ItemKind::Must, ItemKind::Ordinal, ItemKind::Among] {
            read(cx.document, paper, kind, out);
        }
        let mut events = cx.document.events().walk(paper.body.start);
        for block in cx.document.blocks_in(paper.body) {
            steps(cx.document, block.span, events.next(block.span), out);
        }
    }
}

/// A group of items that is being read.
struct Group {
    series: Series,
    /// The line that its last item stands on.
    line: usize,
    /// Whether its items open their lines.
    opens_line: bool,
    /// What stands before its last item.
    mark: Option<char>,
    /// Whether a sentence has ended since its last item.
    ended: bool,
}

fn read(document: &Document, paper: &Paper, kind: ItemKind, out: &mut Vec<Diagnostic>) {
    let items: Vec<&Item> = paper.items.iter().filter(|i| i.kind == kind && !is_slogan(document.prose(), i)).collect();
    let mut headings = paper.headings.iter().map(|h| h.marker.start).peekable();
    let mut open: Vec<Group> = Vec::new();
    let mut read_to = paper.body.start;
    for (i, item) in items.iter().enumerate() {
        let ended = !open.is_empty() && document.prose()[read_to..item.marker.start].contains(ends_sentence);
        open.iter_mut().for_each(|g| g.ended |= ended);
        read_to = item.marker.end;
        let mut headed = false;
        while headings.next_if(|&at| at < item.marker.start).is_some() {
            headed = true;
        }
        if headed {
            open.clear();
        }
        let line = document.lines.line_of(item.marker.start);
        let mark = mark_before(document.prose(), item.marker.start);
        let n = item.number;
        if n == 1 || open.is_empty() {
            // 第三，… without 第一 is a rank, not an item, and 三要 a slogan's number.
            if n != 1 && (kind != ItemKind::Is && n > 2 || matches!(kind, ItemKind::Ordinal | ItemKind::Among)) {
                continue;
            }
            open.retain(|g| g.holds(item, line));
            if open.len() == DEEPEST {
                open.remove(0);
            }
            open.push(Group { series: Series::new(n, i), line, opens_line: item.opens_line, mark, ended: false });
            continue;
        }
        let top = open.len() - 1;
        let fits = |k: usize| open[k].series.fits(n) && (k == top || open[k].may_resume(line, item.opens_line, mark));
        if let Some(k) = (0..=top).rev().find(|&k| fits(k)) {
            open.truncate(k + 1);
            open[k].series.push(n, i);
        } else {
            let group = &mut open[top];
            let found = fault(document, &items, item, group, line);
            if found.is_some() {
                group.series.push_fault(n, i);
            } else {
                group.series = Series::new(n, i);
            }
            out.extend(found);
        }
        if let Some(group) = open.last_mut() {
            group.line = line;
            group.opens_line = item.opens_line;
            group.mark = mark;
            group.ended = false;
        }
    }
}

/// Whether 三要 is the number of a slogan's demands (三要三不要, 五要五不准), not an item.
fn is_slogan(text: &str, item: &Item) -> bool {
    item.kind == ItemKind::Must && text[item.marker.end..].starts_with(is_chinese_numeral)
}

/// Steps and verbs that number the items of one paragraph and leave one out: 第一步…第二步…第四步…, 一抓…二抓…四抓….
fn steps(document: &Document, paragraph: Span, events: Stretch<'_>, out: &mut Vec<Diagnostic>) {
    const STARTS: Class = Class::NUMERAL.or(Class::ITEM).or(Class::COUNTER);
    if !events.has(STARTS) {
        return;
    }
    let text = paragraph.of(document.prose());
    let openings = events.openings(paragraph.start, STARTS);
    // Where one is left out, two stand before it.
    if openings.clone().nth(2).is_none() {
        return;
    }
    let marks: Vec<Numbered> = openings.filter_map(|e| step(text, e.at - paragraph.start)).collect();
    for (last, mark) in gaps(&marks, |_, _| false) {
        let between = &text[last.span.end..mark.span.start];
        let there = (last.number + 1..mark.number).any(|k| between.contains(&chinese_numeral(k)));
        if there || between.chars().filter(|&c| is_han(c)).count() < 2 {
            continue;
        }
        let found = mark.span.of(text);
        let right = renumbered(found, last.number + 1);
        let previous = last.span.of(text);
        let words = Words::new(
            format!("分项序号跳号：“{previous}”之后应为“{right}”，此处写作“{found}”"),
            format!("an item is skipped: {previous} should be followed by {right}, not {found}"),
        );
        let spans = (last.span.shifted(paragraph.start), mark.span.shifted(paragraph.start));
        out.push(report(Fault::Gap, spans, words, [previous, &right, found]));
    }
}

/// The mark of a step at the start of a clause.
fn step(text: &str, at: usize) -> Option<Numbered> {
    const VERBS: [char; 20] = [
        '抓', '看', '查', '促', '强', '建', '管', '治', '盯', '防', '严', '问', '学', '讲', '访', '比', '评', '则',
        '来', '帮',
    ];
    const IN_WORDS: [(char, char, u64); 3] = [('首', '先', 1), ('其', '次', 2), ('再', '次', 3)];
    let rest = &text[at..];
    let mark = |key: &str, number, len| {
        Some(Numbered { key: key.to_owned(), number, span: Span::new(at, at + len), opens_line: at == 0 })
    };
    let mut chars = rest.chars();
    let first = chars.next()?;
    if let Some((a, b, n)) = IN_WORDS.into_iter().find(|&(a, ..)| a == first)
        && chars.next() == Some(b)
    {
        return mark("首先", n, a.len_utf8() + b.len_utf8());
    }
    let ordinal = rest.strip_prefix('第');
    if ordinal.is_none() && !is_chinese_numeral(first) {
        return None;
    }
    let (n, after) = number(ordinal.unwrap_or(rest))?;
    let head = rest.len() - after.len();
    if !rest[..head].ends_with(is_chinese_numeral) {
        return None;
    }
    if ordinal.is_none() {
        let verb = after.chars().next().filter(|c| VERBS.contains(c))?;
        let goes_on = after[verb.len_utf8()..].starts_with(is_han);
        return goes_on.then(|| mark(verb.encode_utf8(&mut [0; 4]), n, head + verb.len_utf8()))?;
    }
    // 首先…其次…第四，: a 第一 begins a row of its own.
    if after.starts_with(['，', ',', '、', '：', ':']) {
        return mark("首先", if n < 3 { 0 } else { n }, head);
    }
    let word = ["步", "阶段", "是"].into_iter().find(|w| after.starts_with(w))?;
    // 第一阶段12件，第二阶段5件: counts of what there was.
    let goes_on = after[word.len()..]
        .starts_with(|c: char| (is_han(c) && !is_chinese_numeral(c)) || matches!(half_width(c), ',' | ':'));
    goes_on.then(|| mark(word, n, head + word.len()))?
}

impl Group {
    /// Whether a new group that begins with `first` may stand within the last item of this one: within an item that
    /// opens a line, or within an item of the same line unless the sentence that holds the group's items has ended.
    fn holds(&self, first: &Item, line: usize) -> bool {
        if first.opens_line {
            return false;
        }
        let sentences = self.series.len == 1 || self.mark.is_some_and(ends_sentence);
        self.opens_line || (self.line == line && (sentences || !self.ended))
    }

    /// Whether an item may go on with this group after a group within it: at the start of a line where its items are,
    /// else after the same mark as its items.
    fn may_resume(&self, line: usize, opens_line: bool, mark: Option<char>) -> bool {
        if opens_line && self.opens_line {
            return true;
        }
        self.line == line && (self.series.len == 1 || self.mark == mark)
    }
}

/// The mark before an item, in half width.
fn mark_before(text: &str, at: usize) -> Option<char> {
    text[..at].chars().next_back().map(half_width)
}

fn fault(document: &Document, items: &[&Item], item: &Item, group: &Group, line: usize) -> Option<Diagnostic> {
    let list = &group.series;
    let (n, expected) = (item.number, list.next());
    let previous = items[list.at];
    let between = &document.prose()[previous.marker.end..item.marker.start];
    // Items of different paragraphs belong together only where both open their lines, or where a line was broken.
    let together = group.line == line || (group.opens_line && item.opens_line) || !between.contains(ends_sentence);
    let fault = list.fault(n);
    let explained = match fault {
        Fault::Gap => n - expected > WIDEST_GAP || (expected..n).any(|k| mentions(between, k)),
        Fault::Repeat | Fault::Back => mentions(between, 1),
    };
    if !together || explained {
        return None;
    }
    let marker = document.slice(previous.marker);
    let found = document.slice(item.marker);
    let right = renumbered(found, expected);
    let (zh, en) = match fault {
        Fault::Gap => (
            format!("分项序号跳号：“{marker}”之后应为“{right}”，此处写作“{found}”"),
            format!("an item is skipped: {marker} should be followed by {right}, not {found}"),
        ),
        Fault::Repeat => (
            format!("分项序号重复：“{marker}”之后应为“{right}”，此处又写作“{found}”"),
            format!("an item number is repeated: {found} stands before already, {right} is expected here"),
        ),
        Fault::Back => (
            format!("分项序号倒退：“{marker}”之后应为“{right}”，此处写作“{found}”"),
            format!("item numbers step back: {marker} should be followed by {right}, not {found}"),
        ),
    };
    let words = Words::new(zh, en);
    Some(report(fault, (previous.marker, item.marker), words, [marker, &right, found]))
}

/// The finding on an item that does not follow the one before it: their spans, and both and the right one in words.
fn report(fault: Fault, (last, here): (Span, Span), words: Words, [previous, right, found]: [&str; 3]) -> Diagnostic {
    let help = Words::new(
        format!("请核对是否漏写了一项；没有缺漏的，把此处改为“{right}”，以后各项依次改正。"),
        format!("Check whether an item was left out; if not, write {right} here and renumber what follows."),
    );
    Diagnostic::at(&NUMBER_ORDINAL, here, words)
        .label(last, Words::new("前一项", "the item before"))
        .help(help)
        .data("fault", fault.as_str())
        .data("previous", previous)
        .data("expected", right)
        .data("found", found)
}

/// The marker with another number.
fn renumbered(marker: &str, n: u64) -> String {
    let start = marker.find(is_chinese_numeral).unwrap_or(0);
    let end = marker[start..].find(|c| !is_chinese_numeral(c)).map_or(marker.len(), |i| start + i);
    format!("{}{}{}", &marker[..start], chinese_numeral(n), &marker[end..])
}

/// Whether item `n` stands in the text in another form, or glued to the words before it.
fn mentions(text: &str, n: u64) -> bool {
    const IN_WORDS: [(u64, &[&str]); 3] =
        [(1, &["首先", "一方面", "一个是"]), (2, &["其次", "另一方面"]), (3, &["再次"])];
    if IN_WORDS.iter().any(|(k, words)| *k == n && words.iter().any(|w| text.contains(w))) {
        return true;
    }
    let word = chinese_numeral(n);
    text.match_indices(&word).any(|(i, _)| {
        let before = text[..i].chars().next_back();
        let rest = &text[i + word.len()..];
        // A broken line may part 二 from its 是.
        let after = rest.trim_start_matches(['\n', '\r']).chars().next();
        let whole = !before.is_some_and(is_chinese_numeral) && !after.is_some_and(is_chinese_numeral);
        let said = after.is_some_and(|c| matches!(c, '是' | '要'));
        let opens = before.is_none_or(|c| !crate::text::is_han(c) || matches!(c, '第' | '其'));
        let unit = after.is_some_and(|c| is_blank(c) || matches!(half_width(c), '、' | ',' | ':' | ')' | '则' | '来'));
        whole && (said || (opens && unit))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outline::Outline;
    use crate::rules::series::tests::{found_expected, one};

    fn found(text: &str) -> Vec<(String, String)> {
        let document = Document::new("draft.txt".into(), text.to_owned(), "UTF-8", Vec::new(), None);
        let outline = Outline::new(&document);
        let mut out = Vec::new();
        for kind in [ItemKind::Is, ItemKind::Must, ItemKind::Ordinal, ItemKind::Among] {
            read(&document, &outline.papers[0], kind, &mut out);
        }
        found_expected(&out)
    }

    /// A group within an item is left again, by the mark of the outer items.
    #[test]
    fn groups_within_groups() {
        assert_eq!(found("一是抓实。做到：一是早；二是小。二是抓细。三是抓严。"), []);
        assert_eq!(found("制度上，一是修，二是废，三是立。执法上，一是查，二是督，四是评。"), one("四是", "三是"));
    }

    /// Groups that run over paragraphs, with groups of their own inside.
    #[test]
    fn over_paragraphs() {
        assert_eq!(found("一是甲。\n包括：一是子；二是丑。\n二是乙。\n三是丙。"), []);
        assert_eq!(found("一是甲。\n二是乙。\n四是丙。"), one("四是", "三是"));
        assert_eq!(found("工作中，一是甲；二是乙。\n成效上，三是丙。\n还有，二是丁。"), []);
        assert_eq!(found("（一）宣传。一是甲，二是乙。\n（二）执法。三是丙。"), []);
    }

    /// An item in another form is not missing.
    #[test]
    fn other_forms() {
        assert_eq!(found("一是甲，二要乙，三是丙。"), []);
        assert_eq!(found("一是甲，体现在二是乙，三是丙。"), []);
        assert_eq!(found("第一，甲；其次，乙；第三，丙。"), []);
        assert_eq!(found("主要表现在一是甲；二是乙。其次表现在一是丙；二是丁。"), []);
        assert_eq!(found("一是建设二级平台，三是抓考核。"), one("三是", "二是"));
    }

    /// Steps and verbs that number the items of a paragraph.
    #[test]
    fn rows_of_steps() {
        let all = |text: &str| {
            let document = Document::new("draft.txt".into(), text.to_owned(), "UTF-8", Vec::new(), None);
            let mut out = Vec::new();
            let whole = Span::new(0, text.len());
            steps(&document, whole, document.events().within(whole), &mut out);
            found_expected(&out)
        };
        assert_eq!(all("第一阶段甲乙，第二阶段丙丁，第四阶段戊己。"), one("第四阶段", "第三阶段"));
        assert_eq!(all("一看甲乙，二看丙丁，四看戊己。"), one("四看", "三看"));
        assert_eq!(all("首先，甲乙；其次，丙丁；第四，戊己。"), one("第四", "第三"));
        assert_eq!(all("第一是甲乙，第二是丙丁，第四是戊己。"), one("第四是", "第三是"));
        for text in [
            "第一步甲乙，第四步丙丁。",
            "第一步甲乙，第二步丙丁，第三阶段戊己，第四步庚辛。",
            "第一阶段12件，第二阶段5件，第四阶段3件。",
            "一类甲乙，二类丙丁，四类戊己。",
            "一看甲乙，二看丙丁，四查戊己。",
            "首先，甲乙；其次，丙丁。第一，甲乙；第二，丙丁；第三，戊己。",
            "第一步、第二步、第四步同步推进。",
        ] {
            assert_eq!(all(text), [], "{text}");
        }
        assert_eq!(found("做到三要三不要，五要五不准，一要甲，二要乙。"), []);
    }

    /// Ranks are no items.
    #[test]
    fn ranks() {
        assert_eq!(found("得分第一，增速第三，效益第二。"), []);
        assert_eq!(found("第一，提高认识；第三，严明纪律。"), one("第三", "第二"));
    }
}
