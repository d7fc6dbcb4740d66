//! Document numbers (发文字号) in the wrong form.

use super::Scene;
use crate::diagnostic::{Diagnostic, Edit, Fix, Safety, Words};
use crate::rules::declare_rule;
use crate::text::{Span, half_width, is_blank, is_han};

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
    /// 只看机关代字（以发、函、办、电、文、规、政、字、罚等结尾）后面的年份。令号（国务院令第713号）、标准号（GB/T 9704—2012）、裁判
    /// 文书号（（2024）青01行初2号）和证照编号不报。
    ///
    /// ```miss
    /// 依据国务院令第713号、青政办发〔2024〕15号和（2024）青01行初2号行政判决办理。
    /// ```
    ///
    /// 依据：《党政机关公文格式》（GB/T 9704—2012）7.2.5。
    ///
    /// `data`：`found` 原文，`expected` 应为（年份只有两位数时没有），`reason`（`bracket` 括号、`year` 年份、`ordinal` 第、`padding` 虚位）。
    ///
    /// A document number is written 青政发〔2024〕3号: hexagonal brackets, the full year, no 第, no leading zero.
    MARK_DOCNUMBER = "mark-docnumber", Error,
    zh: "发文字号的写法不合规定",
    en: "a document number in the wrong form",
}

/// Ends of an office's code.
const CODES: [char; 9] = ['发', '函', '办', '电', '文', '规', '政', '字', '罚'];
/// Ends that are whole words: an order to issue something, not a code.
const VERBS: [&str; 10] = ["印发", "转发", "下发", "制发", "签发", "研发", "开发", "批办", "经办", "公文"];
/// Codes of certificates and of decisions on cases, whose forms put 第 before the number and pad it.
const CASES: [&str; 14] =
    ["罚字", "决字", "裁字", "证字", "许字", "可字", "准字", "告字", "立字", "结字", "仲字", "审字", "建字", "罚"];

pub(super) fn find(scene: Scene<'_>, out: &mut Vec<Diagnostic>) {
    // The paper's own number stands above the title or below it.
    let own = scene.paper.number.filter(|n| n.end <= scene.span.start).map(|n| scene.document.blocks_in(n));
    for block in own.into_iter().flatten().chain(scene.blocks()) {
        let text = block.span.of(scene.prose);
        for (at, c) in text.char_indices() {
            if matches!(c, '〔' | '[' | '［' | '(' | '（' | '【')
                && let Some(number) = Number::at(text, at, c)
            {
                out.extend(number.judge(text, block.span.start));
            }
        }
    }
}

/// `[2024]第007号` after an office's code.
struct Number {
    /// From the code's last characters to 号.
    span: Span,
    open: Span,
    close: Span,
    year: Span,
    /// 第, where it stands there.
    ordinal: Option<Span>,
    /// The zeros before the serial number.
    padding: Span,
}

impl Number {
    fn at(text: &str, at: usize, open: char) -> Option<Self> {
        let head = text[..at].trim_end_matches(is_blank);
        let last = head.chars().next_back().filter(|c| CODES.contains(c))?;
        let code: usize = head.chars().rev().take(8).take_while(|&c| is_han(c)).map(char::len_utf8).sum();
        let code = &head[head.len() - code..];
        if code.len() < last.len_utf8() * 2 || VERBS.iter().any(|w| code.ends_with(w)) {
            return None;
        }
        let open = Span::new(at, at + open.len_utf8());
        let digits = |from: usize| {
            let run = &text[from..];
            Span::new(from, text.len() - run.trim_start_matches(|c| half_width(c).is_ascii_digit()).len())
        };
        let skip = |from: usize| text.len() - text[from..].trim_start_matches(is_blank).len();
        let year = digits(skip(open.end));
        let count = year.of(text).chars().count();
        let close_at = skip(year.end);
        let close = text[close_at..].chars().next().filter(|c| matches!(c, '〕' | ']' | '］' | ')' | '）' | '】'))?;
        let close = Span::new(close_at, close_at + close.len_utf8());
        let mut next = skip(close.end);
        let ordinal = text[next..].starts_with('第').then(|| Span::new(next, next + '第'.len_utf8()));
        next = ordinal.map_or(next, |o| skip(o.end));
        let serial = digits(next);
        let end = skip(serial.end);
        let plain = text[end..].strip_prefix('号')?;
        let zeros = serial.of(text).chars().take_while(|&c| half_width(c) == '0').map(char::len_utf8).sum::<usize>();
        if !matches!(count, 2 | 4) || serial.is_empty() || zeros == serial.len() {
            return None;
        }
        let code_start = head.len() - code.len();
        Some(Self {
            span: Span::new(code_start, text.len() - plain.len()),
            open,
            close,
            year,
            ordinal,
            padding: Span::new(serial.start, serial.start + zeros),
        })
    }

    fn judge(&self, text: &str, at: usize) -> Option<Diagnostic> {
        let code = &text[self.span.start..self.open.start];
        let case = CASES.iter().any(|w| code.trim_end_matches(is_blank).ends_with(w));
        let brackets = self.open.of(text) != "〔" || self.close.of(text) != "〕";
        let short = self.year.of(text).chars().count() == 2;
        let (ordinal, padding) =
            (self.ordinal.filter(|_| !case), Some(self.padding).filter(|p| !case && !p.is_empty()));
        let mut edits = Vec::new();
        let (mut zh, mut en, mut reasons) = (Vec::new(), Vec::new(), Vec::new());
        if brackets {
            zh.push("年份应括以六角括号“〔〕”");
            en.push("the year stands in 〔〕");
            reasons.push("bracket");
            edits.push((self.open, "〔"));
            edits.push((self.close, "〕"));
        }
        if short {
            zh.push("年份应写四位数");
            en.push("the year has four digits");
            reasons.push("year");
        }
        if let Some(span) = ordinal {
            zh.push("顺序号前不加“第”");
            en.push("no 第 before the number");
            reasons.push("ordinal");
            edits.push((span, ""));
        }
        if let Some(span) = padding {
            zh.push("顺序号不编虚位");
            en.push("no leading zero");
            reasons.push("padding");
            edits.push((span, ""));
        }
        if reasons.is_empty() {
            return None;
        }
        let span = Span::new(code_start(text, self.span.start, self.open.start), self.span.end);
        let mut expected = String::new();
        let mut from = span.start;
        for (edit, with) in &edits {
            expected.push_str(&text[from..edit.start]);
            expected.push_str(with);
            from = edit.end;
        }
        expected.push_str(&text[from..span.end]);
        let found = span.of(text);
        let words = Words::new(
            format!("发文字号“{found}”：{}", zh.join("；")),
            format!("document number {found}: {}", en.join("; ")),
        );
        let mut finding = Diagnostic::at(&MARK_DOCNUMBER, span.shifted(at), words)
            .source("《党政机关公文格式》（GB/T 9704—2012）7.2.5")
            .data("found", found)
            .data("reason", reasons);
        if !short {
            let title = Words::new(format!("改为“{expected}”"), format!("write {expected}"));
            let edits =
                edits.into_iter().map(|(span, text)| Edit { span: span.shifted(at), text: text.to_owned() }).collect();
            finding = finding.data("expected", expected).fix(Fix { title, safety: Safety::Review, edits });
        }
        Some(finding)
    }
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
        assert_eq!(all("青政函（2024）3号、青办字【2024】 3 号").len(), 2);
        assert_eq!(all("青政规〔24〕3号、青政文〔2024〕03号、青政电〔2024〕第3号").len(), 3);
        for text in [
            "青政办发〔2024〕15号",
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
