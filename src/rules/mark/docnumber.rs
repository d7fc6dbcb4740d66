//! Document numbers (发文字号) in the wrong form.

use super::Scene;
use crate::diagnostic::{Diagnostic, Edit, Fix, Safety, Words};
use crate::rules::declare_rule;
use crate::text::{
    Class, Event, Span, WordList, chinese_integer, half_width, is_blank, is_chinese_numeral, is_digit, is_han,
    trim_blank_end, words,
};

declare_rule! {
    /// 发文字号由机关代字、年份、发文顺序号组成：年份用四位数，括以六角括号“〔〕”；顺序号不加“第”，不编虚位（1不编为01）。
    ///
    /// ```hit
    /// 按照青政办发[2024]15号文件要求办理。
    /// ```
    ///
    /// ```hit
    /// 按照青政发〔2024〕第3号、青政函〔2024〕009号文件要求办理。
    /// ```
    ///
    /// ```hit
    /// 落实《关于加强预算管理的通知》（青财预（2024）6号）和青政发〔2024年〕8号、青政函2024〔5〕号文件。
    /// ```
    ///
    /// 只看机关代字（以发、函、办、电、文、规、政、罚、政字等结尾）后面的年份；别的代字，要紧跟在《……的通知》之类的标题后面，或者
    /// 写作“根据……号文件”，才看。令号（国务院令第713号）、标准号（GB/T 9704—2012）、裁判文书号（（2024）青01行初2号）、案件和证照编号
    /// （青劳人仲案字〔2024〕第12号）不报，作为错误举出的（不得写成“……”）也不报。
    ///
    /// ```miss
    /// 依据国务院令第713号、青政办发〔2024〕15号和（2024）青01行初2号行政判决、青卫证字（2024）第0021号许可证办理。
    /// ```
    ///
    /// 依据：《党政机关公文格式》（GB/T 9704—2012）7.2.5。
    ///
    /// `data`：`found` 原文，`expected` 应为（年份只有两位数时没有），`reason`（`bracket` 括号、`year` 年份、`ordinal` 第、
    /// `padding` 虚位、`numeral` 顺序号用了汉字、`suffix` 缺“号”）。
    ///
    /// A document number is written 青政发〔2024〕3号: hexagonal brackets, the full year, no 第, no leading zero.
    MARK_DOCNUMBER = "mark-docnumber", Error,
    zh: "发文字号的写法不合规定",
    en: "a document number in the wrong form",
}

/// Ends of an office's code.
const CODES: [char; 8] = ['发', '函', '办', '电', '文', '规', '政', '罚'];
/// Ends of a code with 字; other numbers with it are those of certificates and cases, whose forms are their own.
const OFFICES: WordList = words!["政字", "办字", "发字", "党字", "委字", "府字", "文字", "函字"];
/// Ends of a code that nothing but a document number has: after them even its parts may change places.
const CERTAIN: [char; 4] = ['发', '函', '电', '规'];
/// Ends that are whole words: an order to issue something, not a code.
const VERBS: WordList = words!["印发", "转发", "下发", "制发", "签发", "研发", "开发", "批办", "经办", "公文"];
/// What a number that is no document number stands behind (临国用（2010）第3号), and what no code ends in.
const OTHERS: [char; 30] = [
    '字', '罚', '号', '令', '告', '裁', '决', '判', '证', '用', '审', '检', '许', '案', '诉', '初', '终', '书', '第',
    '评', '验', '鉴', '权', '会', '稿', '版', '本', '件', '表', '图',
];
/// How the title of a document ends that has a number of its own; orders to one party (《限期整改通知》) do not begin with 关于.
const TITLES: WordList =
    words!["通知》", "意见》", "批复》", "函》", "通报》", "请示》", "办法》", "方案》", "规定》", "细则》", "规划》"];
const RULES: WordList = words!["办法》", "方案》", "规定》", "细则》", "规划》"];
/// What a document is cited with.
const CITING: WordList = words!["根据", "按照", "依据", "依照"];
/// What follows the number of a document that is cited without its title.
const CITED: WordList = words!["文", "精神", "通知", "要求", "规定", "批复"];

pub(super) fn find(scene: Scene<'_>, out: &mut Vec<Diagnostic>) {
    // The paper's own number stands above the title or below it.
    let own = scene.paper.number.filter(|n| n.end <= scene.span.start).map(|n| scene.document.blocks_in(n));
    let own = own.into_iter().flatten().map(|block| (block.span, scene.document.events().between(block.span)));
    for (block, marks) in own.chain(scene.parts.iter().map(|part| (part.block.span, part.marks))) {
        let text = block.of(scene.prose);
        // A number follows, or a blank before it.
        let is_number = |c: char| is_digit(c) || is_chinese_numeral(c) || is_blank(c);
        let leads = |mark: &&Event| {
            mark.class.is(Class::BRACKET) && is_open(mark.c) && text[mark.end() - block.start..].starts_with(is_number)
        };
        for open in marks.iter().filter(leads) {
            if let Some(number) = Number::at(text, open.at - block.start)
                && !scene.book.mentions.covers(text, number.span)
            {
                out.extend(number.judge(block.start));
            }
        }
    }
}

/// Whether the character may open the year; ﹝ is 〔 in a small form.
fn is_open(c: char) -> bool {
    matches!(c, '〔' | '﹝' | '[' | '［' | '(' | '（' | '【' | '〖' | '{' | '｛')
}

fn is_close(c: char) -> bool {
    matches!(c, '〕' | '﹞' | ']' | '］' | ')' | '）' | '】' | '〗' | '}' | '｝')
}

/// What is wrong with a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reason {
    Bracket,
    Year,
    Unit,
    Ordinal,
    Padding,
    Numeral,
    Suffix,
}

impl Reason {
    /// Its name in reports, and what is right, in both languages.
    fn words(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Bracket => ("bracket", "年份应括以六角括号“〔〕”", "the year stands in 〔〕"),
            Self::Year => ("year", "年份应写四位阿拉伯数字", "the year has four digits"),
            Self::Unit => ("year", "年份后不加“年”", "no 年 after the year"),
            Self::Ordinal => ("ordinal", "顺序号前不加“第”", "no 第 before the number"),
            Self::Padding => ("padding", "顺序号不编虚位", "no leading zero"),
            Self::Numeral => ("numeral", "顺序号用阿拉伯数字", "the number is written in digits"),
            Self::Suffix => ("suffix", "顺序号后缺“号”", "号 is missing behind the number"),
        }
    }
}

/// Reads the parts of a number one by one, over the blanks between them.
struct Reader<'t> {
    text: &'t str,
    next: usize,
}

impl Reader<'_> {
    fn skip(&mut self) {
        let rest = &self.text[self.next..];
        self.next += rest.len() - rest.trim_start_matches(is_blank).len();
    }

    /// The next character, if it is one of these.
    fn one(&mut self, fits: impl Fn(char) -> bool) -> Option<Span> {
        self.skip();
        let c = self.text[self.next..].chars().next().filter(|&c| fits(c))?;
        let span = Span::new(self.next, self.next + c.len_utf8());
        self.next = span.end;
        Some(span)
    }

    /// The digits that come next, or the Chinese numerals.
    fn digits(&mut self) -> Option<Span> {
        self.skip();
        let rest = &self.text[self.next..];
        let fits = [is_digit, is_chinese_numeral].into_iter().find(|fits| rest.starts_with(fits))?;
        let len = rest.len() - rest.trim_start_matches(fits).len();
        self.next += len;
        Some(Span::new(self.next - len, self.next))
    }
}

/// `[2024]第007号` after an office's code.
struct Number<'t> {
    text: &'t str,
    /// From the code to 号.
    span: Span,
    /// Where the code ends.
    code_end: usize,
    reasons: Vec<Reason>,
    /// The year has two digits, and what mends it is not known.
    is_short: bool,
    /// What mends it.
    edits: Vec<(Span, String)>,
}

impl<'t> Number<'t> {
    fn at(text: &'t str, at: usize) -> Option<Self> {
        let head = trim_blank_end(&text[..at]);
        // Most brackets number something or hold a year, and no code stands before them.
        head.chars().next_back().filter(|&c| is_han(c) || is_digit(c))?;
        let mut reader = Reader { text, next: at };
        let open = reader.one(is_open)?;
        let inner = reader.digits()?;
        let unit = reader.one(|c| c == '年');
        let close = reader.one(is_close)?;

        // 青政发第〔2024〕3号, 青政发2024〔3〕号: what stands before the bracket in the wrong place.
        let early = head.strip_suffix('第').map(|h| Span::new(h.len(), head.len()));
        let head = early.map_or(head, |e| text[..e.start].trim_end_matches(is_blank));
        let outer = early.is_none().then(|| year_at_end(head)).flatten();
        let head = outer.map_or(head, |y| text[..y.start].trim_end_matches(is_blank));
        if (early.is_some() || outer.is_some()) && !head.ends_with(CERTAIN) {
            return None;
        }

        let late = reader.one(|c| c == '第');
        let serial = if outer.is_some() { inner } else { reader.digits()? };
        let suffix = reader.one(|c| c == '号');
        let end = suffix.map_or(serial.end, |s| s.end);
        let start = code(head, &text[end..], suffix.is_some())?;

        let (span, code_end) = (Span::new(start, end), head.len());
        let mut number = Self { text, span, code_end, reasons: Vec::new(), is_short: false, edits: Vec::new() };
        match outer {
            Some(year) => {
                number.mend(Reason::Bracket, Span::new(year.start, year.start), "〔");
                number.mend(Reason::Bracket, open, "〕");
                number.mend(Reason::Bracket, close, "");
            }
            None => {
                if !(matches!(open.of(text), "〔" | "﹝") && matches!(close.of(text), "〕" | "﹞")) {
                    number.mend(Reason::Bracket, open, "〔");
                    number.mend(Reason::Bracket, close, "〕");
                }
                number.year(inner, unit)?;
            }
        }
        // Decisions on cases have 第 and padding by their own forms.
        if !head.ends_with('罚') {
            for ordinal in early.into_iter().chain(late) {
                number.mend(Reason::Ordinal, ordinal, "");
            }
            number.serial(serial)?;
        }
        if suffix.is_none() {
            number.mend(Reason::Suffix, Span::new(end, end), "号");
        }
        number.edits.sort_by_key(|(span, _)| span.start);
        Some(number)
    }

    fn mend(&mut self, reason: Reason, span: Span, with: impl Into<String>) {
        if !self.reasons.contains(&reason) {
            self.reasons.push(reason);
        }
        self.edits.push((span, with.into()));
    }

    /// Judges the year, which is none if it has neither two nor four digits.
    fn year(&mut self, year: Span, unit: Option<Span>) -> Option<()> {
        let words = year.of(self.text);
        if let Some(written) = in_digits(words) {
            self.mend(Reason::Year, year, written);
        } else if !words.starts_with(is_digit) || !matches!(words.chars().count(), 2 | 4) {
            return None;
        } else if words.chars().count() == 2 {
            // Nobody knows its century.
            self.reasons.push(Reason::Year);
            self.is_short = true;
        }
        if let Some(unit) = unit {
            self.mend(Reason::Unit, unit, "");
        }
        Some(())
    }

    fn serial(&mut self, serial: Span) -> Option<()> {
        let words = serial.of(self.text);
        if !words.starts_with(is_digit) {
            let n = chinese_integer(words)?;
            self.mend(Reason::Numeral, serial, n.to_string());
            return Some(());
        }
        let rest = words.trim_start_matches(|c| half_width(c) == '0');
        if rest.is_empty() {
            return None;
        }
        if rest.len() < words.len() {
            self.mend(Reason::Padding, Span::new(serial.start, serial.end - rest.len()), "");
        }
        Some(())
    }

    fn judge(self, at: usize) -> Option<Diagnostic> {
        let text = self.text;
        if self.reasons.is_empty() {
            return None;
        }
        let words: Vec<_> = self.reasons.iter().map(|r| r.words()).collect();
        let join = |part: fn(&(&'static str, &'static str, &'static str)) -> &'static str, mark: &str| {
            words.iter().map(part).collect::<Vec<_>>().join(mark)
        };
        let span = Span::new(code_start(text, self.span.start, self.code_end), self.span.end);
        let found = span.of(text);
        let message = Words::new(
            format!("发文字号“{found}”：{}", join(|w| w.1, "；")),
            format!("document number {found}: {}", join(|w| w.2, "; ")),
        );
        let mut finding = Diagnostic::at(&MARK_DOCNUMBER, span.shifted(at), message)
            .source("《党政机关公文格式》（GB/T 9704—2012）7.2.5")
            .data("found", found)
            .data("reason", words.iter().map(|w| w.0).collect::<Vec<_>>());
        if !self.is_short {
            let mut expected = String::new();
            let mut from = span.start;
            for (edit, with) in &self.edits {
                expected.push_str(&text[from..edit.start]);
                expected.push_str(with);
                from = edit.end;
            }
            expected.push_str(&text[from..span.end]);
            let title = Words::new(format!("改为“{expected}”"), format!("write {expected}"));
            let edits = self.edits.into_iter().map(|(span, text)| Edit { span: span.shifted(at), text }).collect();
            finding = finding.data("expected", expected).fix(Fix { title, safety: Safety::Review, edits });
        }
        Some(finding)
    }
}

/// The year of four digits that ends the text.
fn year_at_end(head: &str) -> Option<Span> {
    let digits = head.len() - head.trim_end_matches(is_digit).len();
    let year = Span::new(head.len() - digits, head.len());
    (year.of(head).chars().count() == 4).then_some(year)
}

/// A year of this century in Chinese numerals (二〇二四), in digits; older numbers were written so.
fn in_digits(year: &str) -> Option<String> {
    let digit =
        |c: char| "〇一二三四五六七八九".chars().position(|d| d == if matches!(c, '○' | '零') { '〇' } else { c });
    let digits: Option<Vec<usize>> = year.chars().map(digit).collect();
    let digits = digits.filter(|d| d.len() == 4 && d[0] == 2)?;
    Some(digits.into_iter().map(|d| d.to_string()).collect())
}

/// Where the code that ends `head` begins, given the text behind the number and whether that ends in 号.
fn code(head: &str, rest: &str, is_whole: bool) -> Option<usize> {
    let run: usize = head.chars().rev().take(8).take_while(|&c| is_han(c)).map(char::len_utf8).sum();
    let start = head.len() - run;
    let code = &head[start..];
    let is_enclosed =
        head[..start].ends_with(['（', '(']) && rest.trim_start_matches(is_blank).starts_with(['）', ')']);
    if !is_whole && !is_enclosed {
        return None;
    }
    let is_office = (code.ends_with(CODES) || OFFICES.ends(code).is_some()) && VERBS.ends(code).is_none();
    if is_office && code.chars().nth(1).is_some() {
        return Some(start);
    }
    // 根据青教〔2024〕6号文件.
    let cited = || {
        let at = CITING.list().iter().filter_map(|w| code.rfind(w).map(|at| at + w.len())).max()?;
        CITED.begins(rest).map(|_| start + at)
    };
    let named = is_enclosed.then(|| title(&head[..start])).flatten();
    let from = if named.is_some() { start } else { cited()? };
    let is_code = (named == Some(true) && code.ends_with('字')) || !head.ends_with(OTHERS);
    (is_code && (2..=6).contains(&head[from..].chars().count())).then_some(from)
}

/// Whether the title of a document stands before the bracket that ends the text, and whether it says 关于, alone or behind its
/// issuer: 《关于……的通知》（, 《省教育厅关于……的意见》（.
fn title(head: &str) -> Option<bool> {
    let head = head.trim_end_matches(['（', '(']).trim_end_matches(is_blank);
    TITLES.ends(head)?;
    let is_about = head.rsplit_once("关于").is_some_and(|(before, words)| {
        let issuer = before.rsplit('《').next().filter(|issuer| issuer.len() < before.len());
        issuer.is_some_and(|issuer| issuer.chars().all(is_han)) && !words.contains("》《")
    });
    (is_about || RULES.ends(head).is_some()).then_some(is_about)
}

/// Where the code begins to be shown: after the words that cite it, as far as they are known, and a few characters long.
fn code_start(text: &str, from: usize, open: usize) -> usize {
    const CITING: [char; 14] = ['据', '照', '按', '依', '见', '和', '及', '与', '经', '对', '在', '由', '以', '将'];
    let head = text[from..open].trim_end_matches(is_blank);
    let shown = head.chars().rev().take(6).take_while(|c| !CITING.contains(c)).map(char::len_utf8).sum::<usize>();
    from + head.len() - shown
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::mark::found;

    /// Brackets, years, 第 and zeros.
    #[test]
    fn numbers() {
        let all = |text| found(find, text);
        assert_eq!(all("青政办发[2024]15号"), ["青政办发[2024]15号"]);
        assert_eq!(all("青政函（2024）3号、青政字【2024】 3 号").len(), 2);
        assert_eq!(all("青政规〔24〕3号、青政文〔2024〕03号、青政电〔2024〕第3号").len(), 3);
        for (text, found) in [
            ("《关于移交的通知》（青财预[2024]15号）", "青财预[2024]15号"),
            ("《关于移交的通知》（青财字[2024]15号）", "青财字[2024]15号"),
            ("《青溪县教育局关于移交的意见》（青教基[2024]15号）", "青教基[2024]15号"),
            ("依据青教（2024）15号文件办理。", "青教（2024）15号"),
            ("青政发〔2024年〕5号", "青政发〔2024年〕5号"),
            ("青政发2024〔5〕号", "青政发2024〔5〕号"),
            ("青政发第〔2024〕5号", "青政发第〔2024〕5号"),
            ("青政发｛2024｝5号", "青政发｛2024｝5号"),
            ("青政发〔二〇二四〕5号", "青政发〔二〇二四〕5号"),
            ("（青政函〔2024〕19）", "青政函〔2024〕19"),
            ("青政发〔2024〕十五号", "青政发〔2024〕十五号"),
        ] {
            assert_eq!(all(text), [found], "{text}");
        }
        for text in [
            "青政办发〔2024〕15号",
            "青政发﹝2024﹞15号",
            "不得写成“青政发[2024]05号”。",
            "青劳人仲案字[2024]第015号裁决",
            "《移交合同》（青采合（2024）015号）",
            "《移交通知》，关于青采合（2024）015号合同",
            "《限期移交通知》（青环责改字（2024）第015号）、《责令改正通知》（青环改（2024）15号）",
            "《移交办法》（青国用（2024）第015号）",
            "依据青国土（2024）15号图纸",
            "《移交方案》（征求意见稿（2024）1号）",
            "青政函〔2024〕19、20号",
            "国发〔一九八三〕15号",
            "国务院令第713号",
            "GB/T 9704-2012",
            "（2024）青01行初2号",
            "青市监罚〔2024〕第3号",
            "印发（2024）3号",
            "建设办法(2024)",
            "采购项目(2024)3号",
        ] {
            assert_eq!(all(text), [""; 0], "{text}");
        }
    }
}
