//! Heading numbers that skip, repeat or step back.

use crate::diagnostic::{Diagnostic, Words};
use crate::outline::{Heading, Paper};
use crate::rules::series::{Fault, Series};
use crate::rules::{Check, Context, declare_rule, number_row};
use crate::text::{
    Document, Span, chinese_integer, chinese_numeral, ends_sentence, half_width, is_blank, is_chinese_numeral, words,
};

declare_rule! {
    /// 标题序号应当逐级连续：一、二、三、；（一）（二）（三）；1. 2. 3.；（1）（2）（3）。跳号、重号、倒退多半是增删段落后没有重排，
    /// 读者会以为缺了一段。
    ///
    /// ```hit
    /// 一、加强领导
    /// 成立工作专班，定期会商。
    /// 二、强化协同
    /// 建立联席会议制度。
    /// 四、严格考核
    /// 结果纳入年度考评。
    /// ```
    ///
    /// ```hit
    /// （一）规范流程。编制指南12份。
    /// （二）压缩时限。平均压缩3天。
    /// （二）公开结果。上网公开40条。
    /// ```
    ///
    /// “①②③”“1) 2) 3)”“A. B. C.”“第一部分”“1.1 1.2”同样应当连续；这些只报跳号，并且要从头数到第二个之后才缺。
    ///
    /// ```hit
    /// 申请人应当提交：①申请表；②身份证明；④场地证明。
    /// ```
    ///
    /// 以下写法不报：
    ///
    /// - （一）（二）在每个“一、”之下重新起号，或者全文连续编号（从正文判断用的是哪一种）；
    /// - 附件清单、附件正文、“第一部分”“篇一”之后重新起号；
    /// - 摘录的片段从“二、”或者更后的序号开始，或者题目注明“节选”；
    /// - 行中或段中孤立的序号、“一、二、三产业”“（一）项”、小数和年份；
    /// - 缺少的序号在前后两个标题之间以别的写法出现过；
    /// - 写明有并列的名次。
    ///
    /// ```miss
    /// 一、总体要求
    /// （一）指导思想
    /// （二）工作目标
    /// 二、重点任务
    /// （三）强化宣传
    /// （四）强化培训
    /// ```
    ///
    /// ```miss
    /// 1. 前期准备
    /// 2. 集中攻坚
    /// 附件：1. 任务清单
    /// 2. 联系人名单
    /// ```
    ///
    /// 层次序数的写法见《党政机关公文格式》（GB/T 9704—2012）7.3.3。
    ///
    /// `data`：`fault`（`gap` 跳号、`repeat` 重号、`back` 倒退），`level`（1～4；不属于四级标题的没有），`previous`、`expected`、`found`
    /// （带标点的序号）。
    ///
    /// Heading numbers must climb by one within their level. Restarting under a new parent and numbering through the
    /// whole paper are both fine; an extract may begin anywhere.
    NUMBER_HEADING = "number-heading", Error,
    zh: "标题序号跳号、重号或倒退",
    en: "heading numbers skip, repeat or step back",
}

pub(super) static CHECK: Check = Check { rules: &[&NUMBER_HEADING], run };

const SOURCE: &str = "《党政机关公文格式》（GB/T 9704—2012）7.3.3";
/// More missing numbers than these are no slip: the marker is a stray number.
const WIDEST_GAP: u64 = 3;
/// The most lists that may be open at one level, one within the other.
const DEEPEST: usize = 4;
/// A line no longer than this, in characters, may be a heading or a label of its own.
const SHORT_LINE: usize = 40;

fn run(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for paper in &cx.outline.papers {
        read(cx.document, paper, &paper.headings, out);
        read(cx.document, paper, &paper.annexes, out);
        // Of these only gaps are told.
        if !paper.is_extract(cx.document.prose()) {
            number_row::read(cx.document, paper, out);
        }
    }
}

/// The lists of one level.
#[derive(Debug, Default)]
struct Level {
    /// Lists that are open: the last is being read, those below were interrupted by one that began at 1.
    open: Vec<Series>,
    /// Whether a heading of a higher level came since the last one of this level.
    new_parent: bool,
    /// How often the numbers went on across a new parent.
    continued: usize,
    /// How often they began anew under one.
    restarted: usize,
    /// A number was passed over as stray: the next one that does not fit proves nothing.
    doubtful: bool,
}

fn read(document: &Document, paper: &Paper, headings: &[Heading], out: &mut Vec<Diagnostic>) {
    let extract = paper.is_extract(document.prose());
    let mut levels: [Level; 4] = Default::default();
    let mut divisions = paper.divisions.iter().map(|d| d.start).peekable();
    for (i, heading) in headings.iter().enumerate() {
        let mut divided = false;
        while divisions.next_if(|&at| at <= heading.marker.start).is_some() {
            divided = true;
        }
        if divided {
            levels.iter_mut().for_each(|l| l.open.clear());
        }
        let depth = usize::from(heading.level.clamp(1, 4)) - 1;
        levels[depth + 1..].iter_mut().for_each(|l| l.new_parent = true);
        let level = &mut levels[depth];
        let fresh = std::mem::take(&mut level.new_parent);
        let step = Step { document, headings, extract, i, heading };
        if let Some(found) = if fresh { step.under_new_parent(level) } else { step.within(level) } {
            out.push(found);
        }
    }
}

/// One heading, about to be read.
struct Step<'a> {
    document: &'a Document,
    headings: &'a [Heading],
    /// Whether the paper is an extract, in which no missing number is missed.
    extract: bool,
    i: usize,
    heading: &'a Heading,
}

impl Step<'_> {
    /// The first heading of its level under a new parent.
    fn under_new_parent(&self, level: &mut Level) -> Option<Diagnostic> {
        let n = self.heading.number;
        let Some(mut last) = level.open.pop() else {
            level.open.push(Series::new(n, self.i));
            level.restarted += usize::from(n == 1);
            return None;
        };
        level.open.clear();
        level.doubtful = false;
        if n == 1 {
            level.restarted += 1;
        } else if last.fits(n) {
            level.continued += 1;
            last.push(n, self.i);
            level.open.push(last);
            return None;
        } else if self.is_sure() && level.continued >= 2 && level.restarted <= 1 {
            // The paper numbers through.
            let found = self.fault(&last);
            last.push_fault(n, self.i);
            level.open.push(last);
            return found;
        } else if self.is_sure() && n == 2 && level.restarted >= 2 && level.continued == 0 {
            level.open.push(Series::new(n, self.i));
            return self.missing_first();
        }
        level.open.push(Series::new(n, self.i));
        None
    }

    /// A heading after another of its level, under the same parent.
    fn within(&self, level: &mut Level) -> Option<Diagnostic> {
        let n = self.heading.number;
        let Some(top) = level.open.last() else {
            level.open.push(Series::new(n, self.i));
            level.restarted += usize::from(n == 1);
            return None;
        };
        if n == 1 {
            let found = self.repeated_first(top);
            if found.is_some() {
                level.open.last_mut()?.push_fault(n, self.i);
                return found;
            }
            if level.open.len() == DEEPEST {
                level.open.remove(0);
            }
            level.open.push(Series::new(n, self.i));
            level.doubtful = false;
            return None;
        }
        if let Some(k) = level.open.iter().rposition(|s| s.fits(n)) {
            level.open.truncate(k + 1);
            level.open[k].push(n, self.i);
            level.doubtful = false;
            return None;
        }
        let stray = !self.is_sure() || n > top.next() + WIDEST_GAP;
        if stray {
            level.doubtful = true;
            return None;
        }
        if std::mem::take(&mut level.doubtful) {
            level.open = vec![Series::new(n, self.i)];
            return None;
        }
        let found = self.fault(top);
        let top = level.open.last_mut()?;
        if found.is_some() {
            top.push_fault(n, self.i);
        } else {
            *top = Series::new(n, self.i);
        }
        found
    }

    /// Whether the marker certainly opens a heading: it opens its line, and the line before it is complete or short; or
    /// it stands right after a mark that ends a clause.
    fn is_sure(&self) -> bool {
        let text = self.document.prose();
        let before = text[..self.heading.marker.start].trim_end_matches(is_blank);
        let Some(last) = before.chars().next_back() else { return true };
        if !self.heading.opens_line {
            return ends_sentence(last) || matches!(half_width(last), ';' | ':');
        }
        let above = before.trim_end_matches(|c: char| is_blank(c) || c == '\n' || c == '\r');
        let Some(last) = above.chars().next_back() else { return true };
        let closes = ends_sentence(last) || matches!(half_width(last), ';' | ':' | '”' | ')' | '》' | '.' | ',');
        let line = || above.rfind(['\n', '\r']).map_or(above, |i| &above[i + 1..]);
        closes || line().chars().nth(SHORT_LINE).is_none()
    }

    /// The text between the heading with this index and this one.
    fn since(&self, index: usize) -> &str {
        let start = self.headings[index].marker.end;
        &self.document.prose()[start..self.heading.marker.start.max(start)]
    }

    /// The finding that this heading does not follow the last of its list; none where the text between the two lets a
    /// missing number be there in another form, or lets a list begin that was not recognised.
    fn fault(&self, list: &Series) -> Option<Diagnostic> {
        let (n, expected) = (self.heading.number, list.next());
        let between = self.since(list.at);
        let fault = list.fault(n);
        let explained = match fault {
            Fault::Gap => {
                self.extract
                    || n - expected > WIDEST_GAP
                    || (expected..n).any(|k| mentions(between, self.heading.level, k))
            }
            Fault::Repeat | Fault::Back => mentions(between, self.heading.level, 1),
        };
        // 1.甲；3.乙（并列）: ranks, of which one is shared.
        let ranks = between.contains("并列") || self.document.slice(self.heading.text).contains("并列");
        if explained || ranks {
            return None;
        }
        let previous = &self.headings[list.at];
        let marker = self.document.slice(previous.marker);
        let found = self.document.slice(self.heading.marker);
        let right = self.renumbered(expected);
        let (zh, en) = match fault {
            Fault::Gap => (
                format!("标题序号跳号：“{marker}”之后应为“{right}”，此处写作“{found}”"),
                format!("a heading number is skipped: {marker} should be followed by {right}, not {found}"),
            ),
            Fault::Repeat => (
                format!("标题序号重复：“{marker}”之后应为“{right}”，此处又写作“{found}”"),
                format!("a heading number is repeated: {found} stands before already, {right} is expected here"),
            ),
            Fault::Back => (
                format!("标题序号倒退：“{marker}”之后应为“{right}”，此处写作“{found}”"),
                format!("heading numbers step back: {marker} should be followed by {right}, not {found}"),
            ),
        };
        Some(self.report(fault, list.at, expected, Words::new(zh, en)))
    }

    /// The finding that a list begins at 2 where every other list of its level begins at 1.
    fn missing_first(&self) -> Option<Diagnostic> {
        let parent = self.i.checked_sub(1)?;
        let below = self.headings[parent].level < self.heading.level;
        if self.extract || !below || mentions(self.since(parent), self.heading.level, 1) {
            return None;
        }
        let above = self.document.slice(self.headings[parent].marker);
        let found = self.document.slice(self.heading.marker);
        let right = self.renumbered(1);
        let words = Words::new(
            format!("标题序号跳号：“{above}”之下应从“{right}”起，此处写作“{found}”"),
            format!("a heading number is skipped: the list under {above} should begin with {right}, not {found}"),
        );
        Some(self.report(Fault::Gap, parent, 1, words))
    }

    /// The finding that the first number stands twice (一、 一、 二、): only where nothing between the two can be a parent
    /// and the list goes on.
    fn repeated_first(&self, list: &Series) -> Option<Diagnostic> {
        let adjacent = list.last == 1 && list.len == 1 && list.at + 1 == self.i;
        let next = self.headings.get(self.i + 1)?;
        let goes_on = next.level == self.heading.level && (next.number == 2 || next.number == 3);
        if !adjacent || !goes_on || !self.is_sure() || !self.heading.opens_line || !self.headings[list.at].opens_line {
            return None;
        }
        // Every line between the two must be a sentence: a short line could be a heading without a number.
        let between = self.since(list.at);
        let own = between.find(['\n', '\r'])?;
        let sentences = between[own..]
            .split(['\n', '\r'])
            .map(|l| l.trim_matches(is_blank))
            .filter(|l| !l.is_empty())
            .all(|l| l.ends_with(ends_sentence));
        sentences.then(|| self.fault_of_first(list))
    }

    fn fault_of_first(&self, list: &Series) -> Diagnostic {
        let found = self.document.slice(self.heading.marker);
        let right = self.renumbered(2);
        let words = Words::new(
            format!("标题序号重复：“{found}”之后应为“{right}”，此处又写作“{found}”"),
            format!("a heading number is repeated: {found} stands before already, {right} is expected here"),
        );
        self.report(Fault::Repeat, list.at, 2, words)
    }

    fn report(&self, fault: Fault, previous: usize, expected: u64, words: Words) -> Diagnostic {
        let before = &self.headings[previous];
        let help = match fault {
            Fault::Gap => Words::new(
                "请核对是否漏写、误删了一段；没有缺漏的，把此处及以后的同级序号依次改正。",
                "Check whether a section was left out; if not, renumber from here on.",
            ),
            Fault::Repeat | Fault::Back => {
                Words::new("请把此处及以后的同级序号依次改正。", "Renumber the headings of this level from here on.")
            }
        };
        Diagnostic::at(&NUMBER_HEADING, self.heading.marker, words)
            .label(before.marker.to(before.text), Words::new("前一个标题", "the heading before"))
            .help(help)
            .source(SOURCE)
            .data("fault", fault.as_str())
            .data("level", self.heading.level)
            .data("previous", self.document.slice(before.marker))
            .data("expected", self.renumbered(expected))
            .data("found", self.document.slice(self.heading.marker))
    }

    /// The marker with another number, in the same marks.
    fn renumbered(&self, n: u64) -> String {
        let marker = self.document.slice(self.heading.marker);
        let numeral = |c: char| is_chinese_numeral(c) || half_width(c).is_ascii_digit();
        let number = if marker.contains(is_chinese_numeral) { chinese_numeral(n) } else { n.to_string() };
        let start = marker.find(numeral).unwrap_or(0);
        let end = marker.rfind(numeral).map_or(start, |i| i + marker[i..].chars().next().map_or(0, char::len_utf8));
        format!("{}{number}{}", &marker[..start], &marker[end..])
    }
}

/// Whether the number `n` stands in the text in any form that may be a heading of this level which was not recognised
/// as one (`3、` for `3.`, a marker glued to the words before it, `三 ` at the start of a line).
fn mentions(text: &str, level: u8, n: u64) -> bool {
    match level {
        1 => numerals(text, n).any(|at| {
            !opens_bracket(text, at.start)
                && (is_followed(text, at, &['、', '.'])
                    || (opens_line(text, at.start) && (is_parted(text, at) || is_followed(text, at, &[',', ':']))))
        }),
        2 => numerals(text, n).any(|at| {
            // （星期三） is a day.
            let day = || words!["星期", "礼拜", "周"].ends(&text[..at.start]).is_some();
            opens_bracket(text, at.start)
                || is_followed(text, at, &[')']) && !day()
                || (opens_line(text, at.start) && is_followed(text, at, &['、', '.']))
        }),
        _ => {
            let circled =
                u32::try_from(n).ok().filter(|n| (1..=20).contains(n)).and_then(|n| char::from_u32(0x245f + n));
            circled.is_some_and(|c| text.contains(c))
                || digits(text, n).any(|at| {
                    is_followed(text, at, &['.', '、', ')']) || (opens_line(text, at.start) && is_parted(text, at))
                })
        }
    }
}

fn is_gap(c: char) -> bool {
    is_blank(c) || c == '\n' || c == '\r'
}

/// Whether one of the marks (in half width) comes next, blanks and a broken line aside.
fn is_followed(text: &str, at: Span, marks: &[char]) -> bool {
    let next = text[at.end..].trim_start_matches(is_gap).chars().next();
    next.is_some_and(|c| marks.contains(&half_width(c)))
}

/// Whether a blank comes next.
fn is_parted(text: &str, at: Span) -> bool {
    text[at.end..].starts_with(is_blank)
}

fn opens_line(text: &str, at: usize) -> bool {
    let before = text[..at].trim_end_matches(|c: char| is_blank(c) || matches!(c, '（' | '('));
    before.is_empty() || before.ends_with(['\n', '\r'])
}

fn opens_bracket(text: &str, at: usize) -> bool {
    text[..at].trim_end_matches(is_gap).ends_with(['（', '('])
}

/// Where the Chinese number `n` stands as a whole number.
fn numerals(text: &str, n: u64) -> impl Iterator<Item = Span> + '_ {
    let word = chinese_numeral(n);
    runs(text, is_chinese_numeral).filter(move |s| s.of(text) == word || chinese_integer(s.of(text)) == Some(n))
}

/// Where the number `n` stands in digits as a whole number.
fn digits(text: &str, n: u64) -> impl Iterator<Item = Span> + '_ {
    let word = n.to_string();
    runs(text, |c| half_width(c).is_ascii_digit())
        .filter(move |s| s.of(text).chars().map(half_width).eq(word.chars()))
        // 1.3 is no 3
        .filter(|s| !text[..s.start].ends_with(['.', '．']))
        .filter(|s| {
            !text[s.end..].strip_prefix(['.', '．']).is_some_and(|t| t.starts_with(|c: char| c.is_ascii_digit()))
        })
}

/// The longest runs of characters of one class.
fn runs<'a>(text: &'a str, class: impl Fn(char) -> bool + Copy + 'a) -> impl Iterator<Item = Span> + 'a {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text[at..].find(class)?;
        let end = text[start..].find(|c| !class(c)).map_or(text.len(), |i| start + i);
        at = end;
        Some(Span::new(start, end))
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
        for paper in &outline.papers {
            read(&document, paper, &paper.headings, &mut out);
            read(&document, paper, &paper.annexes, &mut out);
        }
        found_expected(&out)
    }

    /// The level 2 lists of a paper may begin anew or run on; each style has its own faults.
    #[test]
    fn styles() {
        let through = "一、甲\n（一）子\n（二）丑\n二、乙\n（三）寅\n三、丙\n（四）卯\n四、丁\n";
        assert_eq!(found(&format!("{through}（五）辰")), []);
        assert_eq!(found(&format!("{through}（六）辰")), one("（六）", "（五）"));
        let anew = "一、甲\n（一）子\n（二）丑\n二、乙\n（一）寅\n（二）卯\n三、丙\n";
        assert_eq!(found(&format!("{anew}（一）辰")), []);
        assert_eq!(found(&format!("{anew}（二）辰")), one("（二）", "（一）"));
        assert_eq!(found("二、乙\n（二）寅\n（三）卯"), []);
    }

    /// A list within a list of the same level (a table, a quotation) interrupts it and is left again.
    #[test]
    fn lists_within_lists() {
        assert_eq!(found("一、甲\n二、乙\n一、子\n二、丑\n三、寅\n三、丙\n四、丁"), []);
        assert_eq!(found("一、甲\n二、乙\n一、子\n二、丑\n四、丁"), one("四、", "三、"));
    }

    /// A number that is there in another form is not missing.
    #[test]
    fn other_forms() {
        assert_eq!(found("1.甲。\n2.乙，其中3、丙。\n4.丁。"), []);
        assert_eq!(found("一、甲。\n二、乙丙三、丁。\n四、戊。"), []);
        assert_eq!(found("一、甲\n二、乙\n（一）子\n（二）丑\n（三）寅\n四、丁"), one("四、", "三、"));
        assert_eq!(found("1.甲，增长4.5%。\n2.乙，达到3.2%。\n4.丁。"), one("4.", "3."));
    }

    /// Stray numbers neither break a list nor begin one.
    #[test]
    fn strays() {
        assert_eq!(found("1.甲。\n2.乙。\n12.丙。\n3.丁。"), []);
        assert_eq!(found(&format!("1.甲。\n2.{}\n5.的尾数\n3.丁。", "乙".repeat(60))), []);
    }

    /// The first number twice, where nothing between can be a heading without a number.
    #[test]
    fn first_twice() {
        assert_eq!(found("一、甲\n做了许多工作。\n一、乙\n又做了许多。\n二、丙"), one("一、", "二、"));
        assert_eq!(found("（一）甲\n做了许多工作。\n成效\n（一）乙\n（二）丙"), []);
    }
}
