//! The page of a rule, from the Markdown of its doc comment to plain text for a terminal.

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};
use unicode_width::UnicodeWidthChar as _;

use crate::diagnostic::{Lang, RuleMeta};
use crate::render::cells::Cells;
use crate::render::names;
use crate::render::terminal::{TerminalOptions, painted, tint, tint_of};

/// Renders what `lint explain` says of a rule.
#[must_use]
pub fn explain(rule: &RuleMeta, lang: Lang, options: &TerminalOptions) -> String {
    let weight = names::severity(rule.severity, lang);
    let title = match (lang, rule.by_default) {
        (Lang::Zh, true) => format!("{}（{weight}）", rule.id),
        (Lang::Zh, false) => format!("{}（{weight}，默认不运行）", rule.id),
        (Lang::En, true) => format!("{} ({weight})", rule.id),
        (Lang::En, false) => format!("{} ({weight}, off by default)", rule.id),
    };
    let mut sheet = Sheet::new(lang, options);
    sheet.out.push(painted(options.color, tint_of(rule.severity), &title));
    sheet.out.push(String::new());
    let source = markdown(rule);
    let summary = rule.summary(lang);
    if !source.starts_with(summary) {
        sheet.paragraph(summary);
        sheet.gap();
    }
    sheet.read(&source);
    while sheet.out.last().is_some_and(String::is_empty) {
        sheet.out.pop();
    }
    let mut text = sheet.out.join("\n");
    text.push('\n');
    text
}

/// The page as Markdown: a line of a doc comment begins with a blank.
pub(super) fn markdown(rule: &RuleMeta) -> String {
    let lines: Vec<&str> = rule.page.lines().map(|l| l.strip_prefix(' ').unwrap_or(l)).collect();
    lines.join("\n")
}

/// What an example of a page shows, by the tag of its fence.
pub(super) fn example(tag: &str, lang: Lang) -> Option<&'static str> {
    match (tag, lang) {
        ("hit", Lang::Zh) => Some("会报："),
        ("hit", Lang::En) => Some("Reported:"),
        ("miss", Lang::Zh) => Some("不报："),
        ("miss", Lang::En) => Some("Not reported:"),
        _ => None,
    }
}

/// The first paragraph of a page in one language, as plain text, where there is one.
pub(super) fn opening(rule: &RuleMeta, lang: Lang) -> Option<String> {
    let source = markdown(rule);
    let (mut depth, mut text, mut balance) = (0usize, String::new(), 0isize);
    for event in Parser::new_ext(&source, Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::Paragraph) => (text, balance) = (String::new(), 0),
            Event::Start(Tag::List(_) | Tag::CodeBlock(_) | Tag::Table(_)) => depth += 1,
            Event::End(TagEnd::List(_) | TagEnd::CodeBlock | TagEnd::Table) => depth -= 1,
            Event::Text(part) => {
                text.push_str(&part);
                // Code is in no language.
                balance +=
                    part.chars().map(|c| isize::from(c.is_ascii_alphabetic()) - isize::from(is_wide(c))).sum::<isize>();
            }
            Event::Code(part) => text.push_str(&part),
            Event::SoftBreak => text.push('\n'),
            Event::End(TagEnd::Paragraph) if depth == 0 && (balance > 0) == (lang == Lang::En) => {
                let text = joined(&text);
                return Some(text.strip_prefix("English. ").unwrap_or(&text).to_owned());
            }
            _ => {}
        }
    }
    None
}

/// A page being set.
struct Sheet {
    lang: Lang,
    width: usize,
    color: bool,
    cells: Cells,
    out: Vec<String>,
    /// The running text of the current block; a line feed is a line end of the source.
    text: String,
    /// The number of the next item of each open list, `None` where it has bullets.
    lists: Vec<Option<u64>>,
    /// What the next line of the current item begins with.
    bullet: String,
    /// The target of the open link.
    target: String,
}

impl Sheet {
    fn new(lang: Lang, options: &TerminalOptions) -> Self {
        Self {
            lang,
            width: options.room(),
            color: options.color,
            cells: options.cells(),
            out: Vec::new(),
            text: String::new(),
            lists: Vec::new(),
            bullet: String::new(),
            target: String::new(),
        }
    }

    fn read(&mut self, source: &str) {
        let mut code: Option<String> = None;
        for event in Parser::new_ext(source, Options::ENABLE_TABLES) {
            match event {
                Event::Start(Tag::CodeBlock(kind)) => {
                    self.flush();
                    let tag = match &kind {
                        CodeBlockKind::Fenced(tag) => tag.as_ref(),
                        CodeBlockKind::Indented => "",
                    };
                    if let Some(says) = example(tag, self.lang) {
                        let color = if tag == "hit" { tint::ERROR } else { tint::GOOD };
                        self.out.push(painted(self.color, color, says));
                    }
                    code = Some(String::new());
                }
                Event::End(TagEnd::CodeBlock) => {
                    self.code(&code.take().unwrap_or_default());
                    self.gap();
                }
                Event::Text(text) => code.as_mut().unwrap_or(&mut self.text).push_str(&text),
                Event::Code(text) => {
                    self.text.push('`');
                    self.text.push_str(&text);
                    self.text.push('`');
                }
                Event::InlineHtml(text) | Event::Html(text) => self.text.push_str(&text),
                Event::SoftBreak => self.text.push('\n'),
                Event::HardBreak => self.flush(),
                Event::Start(Tag::List(number)) => {
                    self.flush();
                    self.lists.push(number);
                }
                Event::End(TagEnd::List(_)) => {
                    self.lists.pop();
                    if self.lists.is_empty() {
                        self.gap();
                    }
                }
                Event::Start(Tag::Item) => {
                    self.bullet = match self.lists.last_mut() {
                        Some(Some(n)) => {
                            *n += 1;
                            format!("{}. ", *n - 1)
                        }
                        _ => String::from("- "),
                    };
                }
                Event::End(TagEnd::Item) => self.flush(),
                Event::End(TagEnd::Paragraph) => {
                    self.flush();
                    if self.lists.is_empty() {
                        self.gap();
                    }
                }
                Event::End(TagEnd::Heading(_)) => {
                    let from = self.out.len();
                    self.flush();
                    for line in &mut self.out[from..] {
                        *line = painted(self.color, tint::STRONG, line);
                    }
                }
                Event::Start(Tag::Link { dest_url, .. }) => self.target = dest_url.into_string(),
                Event::End(TagEnd::Link) => {
                    let target = std::mem::take(&mut self.target);
                    if !self.text.ends_with(&target) {
                        self.text.push_str(&format!(" <{target}>"));
                    }
                }
                Event::End(TagEnd::TableCell) => self.text.push_str("  "),
                Event::End(TagEnd::TableRow | TagEnd::TableHead) => self.flush(),
                Event::End(TagEnd::Table) => self.gap(),
                Event::Rule => self.gap(),
                _ => {}
            }
        }
        self.flush();
    }

    /// Sets the running text as a block of its own.
    fn flush(&mut self) {
        let text = joined(&std::mem::take(&mut self.text));
        if !text.trim().is_empty() {
            self.paragraph(text.trim_end());
        }
    }

    fn paragraph(&mut self, text: &str) {
        let bullet = std::mem::take(&mut self.bullet);
        let depth = "  ".repeat(self.lists.len().saturating_sub(1));
        let hang = format!("{depth}{}", if self.lists.is_empty() { "" } else { "  " });
        let lead = if bullet.is_empty() { hang.clone() } else { format!("{depth}{bullet}") };
        self.out.extend(self.cells.wrapped(&format!("{lead}{text}"), self.width, &hang));
    }

    /// Sets an example, its lines behind a bar.
    fn code(&mut self, text: &str) {
        let bar = if self.cells.ascii { "  | " } else { "  │ " };
        for line in text.lines() {
            for part in self.cells.wrapped(line, self.width - self.cells.of(bar), "") {
                self.out.push(format!("{bar}{part}").trim_end().to_owned());
            }
        }
    }

    fn gap(&mut self) {
        if self.out.last().is_some_and(|l| !l.is_empty()) {
            self.out.push(String::new());
        }
    }
}

/// Joins the lines of a paragraph: Chinese has no blank between words, so a line end beside a wide character is nothing.
fn joined(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if c != '\n' {
            out.push(c);
        } else if !out.chars().next_back().is_some_and(is_wide) && !chars.peek().copied().is_some_and(is_wide) {
            out.push(' ');
        }
    }
    out
}

fn is_wide(c: char) -> bool {
    c.width() == Some(2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Severity;

    static RULE: RuleMeta = RuleMeta {
        id: "claim-share",
        severity: Severity::Error,
        by_default: true,
        zh: "比率与写出的两个数对不上",
        en: "a rate does not fit its two counts",
        page: " 比率与写出的两个数对不上。\n 同一段里写出了总数、其中数和比率，\n 三者却不能同时成立。\n\n ## 不报的情形\n\n - 分母不在文中\n - 两个数各有口径，\n   或者 `约` 字在前\n\n 1. 先看总数\n 2. 再看比率\n\n ```hit\n 受理80件，其中网上受理12件，占25%。\n ```\n\n ```miss\n 受理80件，其中网上受理12件，占15%。\n ```\n\n See [the guide](https://example.org/guide) for\n details.\n",
    };

    /// Headings, lists, examples and paragraphs of a page come out as plain text.
    #[test]
    fn a_page_for_the_terminal() {
        let text = explain(&RULE, Lang::Zh, &TerminalOptions { width: 40, ..TerminalOptions::default() });
        let expected = "\
claim-share（错误）

比率与写出的两个数对不上。同一段里写出了
总数、其中数和比率，三者却不能同时成立。

不报的情形
- 分母不在文中
- 两个数各有口径，或者 `约` 字在前

1. 先看总数
2. 再看比率

会报：
  │ 受理80件，其中网上受理12件，占25%。

不报：
  │ 受理80件，其中网上受理12件，占15%。

See the guide
<https://example.org/guide> for details.
";
        assert_eq!(text, expected);
    }

    /// The opening of a page is its first paragraph in the language that is asked for.
    #[test]
    fn openings() {
        let page = " # a：甲\n\n 比率与 `x`\n 对不上。\n\n - item\n\n `data`：`numerator` 分子。\n\n **English.** A rate\n is wrong.\n";
        let rule = RuleMeta { page, ..RULE };
        assert_eq!(opening(&rule, Lang::Zh).as_deref(), Some("比率与 x对不上。"));
        assert_eq!(opening(&rule, Lang::En).as_deref(), Some("A rate is wrong."));
        assert_eq!(opening(&RuleMeta { page: "", ..RULE }, Lang::En), None);
    }

    /// The English page says in English what the rule is about and what the examples show.
    #[test]
    fn a_page_in_english() {
        let text = explain(&RULE, Lang::En, &TerminalOptions::default());
        assert!(text.starts_with("claim-share (error)\n\na rate does not fit its two counts\n\n"), "{text}");
        assert!(text.contains("Reported:\n  │ ") && text.contains("Not reported:\n  │ "), "{text}");
    }
}
