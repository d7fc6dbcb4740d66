//! Markdown: headings, paragraphs, list items and table rows, with everything that is not shown to a reader blanked.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd};

use crate::text::{Block, BlockKind, Span, is_blank, is_han};

/// What a text is made of.
pub(super) struct Parsed {
    /// What is shown to a reader, in text order.
    pub(super) blocks: Vec<Block>,
    /// The text with markup and code blanked byte for byte.
    pub(super) prose: String,
    /// Where HTML stands, and with it its comments.
    pub(super) html: Vec<Span>,
}

/// Reads a text.
pub(super) fn parse(text: &str) -> Parsed {
    // The parser does not end a line at a lone CR everywhere; offsets stay the same with LF in its place.
    let source: String = {
        let mut rest = text.chars().peekable();
        let mut next = || {
            let c = rest.next()?;
            Some(if c == '\r' && rest.peek() != Some(&'\n') { '\n' } else { c })
        };
        std::iter::from_fn(&mut next).collect()
    };
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
        | Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS;
    let mut reader = Reader::new(text);
    for (event, range) in Parser::new_ext(&source, options).into_offset_iter() {
        reader.take(event, range);
    }
    reader.finish()
}

/// Puts back, event by event, what a reader sees.
struct Reader<'a> {
    text: &'a str,
    /// Blank but for line ends and for what was put back; always whole characters.
    prose: Vec<u8>,
    blocks: Vec<Block>,
    /// The block that is being filled.
    open: Option<Block>,
    /// What text would belong to, for each block-level tag that is open.
    kinds: Vec<BlockKind>,
    lists: Vec<List>,
    /// The numbers of ordered lists that are shown as they are written.
    numbers: Vec<Span>,
    /// How many tags are open whose text is not shown.
    hidden: usize,
    /// For each open link and strike-through, whether its text is hidden.
    inline: Vec<bool>,
    /// Whether the open code block is an indented paragraph.
    indented: bool,
    html: Vec<Span>,
}

/// A list: the numbers that its items are shown with, and whether the text says the same.
struct List {
    next: Option<u64>,
    agrees: bool,
    numbers: Vec<Span>,
}

impl<'a> Reader<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            text,
            prose: text.bytes().map(|b| if matches!(b, b'\n' | b'\r') { b } else { b' ' }).collect(),
            blocks: Vec::new(),
            open: None,
            kinds: Vec::new(),
            lists: Vec::new(),
            numbers: Vec::new(),
            hidden: 0,
            inline: Vec::new(),
            indented: false,
            html: Vec::new(),
        }
    }

    fn take(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag),
            Event::InlineHtml(_) => self.html.push(Span::new(range.start, range.end)),
            Event::Text(_) if self.indented => self.keep_lines(range),
            Event::Text(shown) if self.hidden == 0 => self.keep(&shown, range),
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Heading { level, .. } => self.enter(BlockKind::Heading(depth(level))),
            Tag::Paragraph if self.kinds.last() == Some(&BlockKind::ListItem) => self.enter(BlockKind::ListItem),
            Tag::Paragraph | Tag::BlockQuote(_) | Tag::FootnoteDefinition(_) => self.enter(BlockKind::Paragraph),
            Tag::Item => {
                self.enter(BlockKind::ListItem);
                self.number(range.start);
            }
            Tag::List(next) => self.lists.push(List { next, agrees: true, numbers: Vec::new() }),
            Tag::TableHead | Tag::TableRow => {
                self.enter(BlockKind::Row);
                self.row(range);
            }
            // Drafts indent paragraphs by blanks; code in Han characters is no code.
            Tag::CodeBlock(CodeBlockKind::Indented) if self.text[range.clone()].contains(is_han) => {
                self.flush();
                self.indented = true;
            }
            Tag::CodeBlock(_) | Tag::HtmlBlock | Tag::MetadataBlock(_) => {
                if tag == Tag::HtmlBlock {
                    self.html.push(Span::new(range.start, range.end));
                }
                self.flush();
                self.hidden += 1;
            }
            Tag::Image { .. } => self.hidden += 1,
            Tag::Link { link_type, .. } => self.inline(matches!(link_type, LinkType::Autolink | LinkType::Email)),
            Tag::Strikethrough => {
                let struck = self.text[range.clone()].starts_with("~~");
                if !struck && self.hidden == 0 {
                    // 15~20 … 25~30 are ranges, whatever single tildes mean elsewhere.
                    self.keep("~", range.start..range.start + 1);
                    self.prose[range.end - 1] = b'~';
                }
                self.inline(struck);
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_)
            | TagEnd::Paragraph
            | TagEnd::BlockQuote(_)
            | TagEnd::FootnoteDefinition
            | TagEnd::Item
            | TagEnd::TableHead
            | TagEnd::TableRow => {
                self.flush();
                self.kinds.pop();
            }
            TagEnd::List(_) => {
                if let Some(list) = self.lists.pop()
                    && list.agrees
                {
                    self.numbers.extend(list.numbers);
                }
            }
            TagEnd::CodeBlock if self.indented => self.indented = false,
            TagEnd::CodeBlock | TagEnd::HtmlBlock | TagEnd::MetadataBlock(_) | TagEnd::Image => self.hidden -= 1,
            TagEnd::Link | TagEnd::Strikethrough => self.hidden -= usize::from(self.inline.pop() == Some(true)),
            _ => {}
        }
    }

    fn enter(&mut self, kind: BlockKind) {
        self.flush();
        self.kinds.push(kind);
    }

    fn inline(&mut self, hide: bool) {
        self.hidden += usize::from(hide);
        self.inline.push(hide);
    }

    fn flush(&mut self) {
        self.blocks.extend(self.open.take());
    }

    /// Puts back one piece of text. An entity stands as its character, followed by blanks.
    fn keep(&mut self, shown: &str, range: Range<usize>) {
        let row = self.kinds.last() == Some(&BlockKind::Row);
        let source = &self.text[range.clone()];
        if shown.len() > source.len() || (shown != source && source.contains(['\n', '\r'])) {
            return;
        }
        let place = &mut self.prose[range.start..range.start + shown.len()];
        place.copy_from_slice(shown.as_bytes());
        if row {
            // The row is open already; a bar inside a cell would look like the border of one.
            place.iter_mut().filter(|b| **b == b'|').for_each(|b| *b = b' ');
            return;
        }
        if shown.trim().is_empty() {
            return;
        }
        let span = Span::new(range.start, range.end);
        match &mut self.open {
            Some(block) => block.span = block.span.to(span),
            None => {
                let kind = self.kinds.last().copied().unwrap_or(BlockKind::Paragraph);
                self.open = Some(Block { kind, span });
            }
        }
    }

    /// Puts back the lines of an indented paragraph, each a block.
    fn keep_lines(&mut self, range: Range<usize>) {
        let mut at = range.start;
        for line in self.text[range].split_inclusive(['\n', '\r']) {
            let bare = line.trim_end_matches(['\n', '\r']);
            self.keep(bare, at..at + bare.len());
            self.flush();
            at += line.len();
        }
    }

    /// Opens a row and puts back the bars between its cells.
    fn row(&mut self, range: Range<usize>) {
        let source = &self.text[range.clone()];
        let mut escaped = false;
        for (i, b) in source.bytes().enumerate() {
            if b == b'|' && !escaped {
                self.prose[range.start + i] = b'|';
            }
            escaped = b == b'\\' && !escaped;
        }
        let end = range.start + source.trim_end().len();
        let start = range.end - source.trim_start().len();
        if start < end {
            self.open = Some(Block { kind: BlockKind::Row, span: Span::new(start, end) });
        }
    }

    /// Notes the number of an item, and whether it is the one that is shown.
    fn number(&mut self, item: usize) {
        let Some(List { next: Some(next), agrees, numbers }) = self.lists.last_mut() else { return };
        let rest = &self.text[item..];
        let start = item + rest.len() - rest.trim_start_matches(is_blank).len();
        let digits = self.text[start..].bytes().take_while(u8::is_ascii_digit).count();
        *agrees &= self.text[start..start + digits].parse() == Ok(*next);
        numbers.push(Span::new(start, (start + digits + 1).min(self.text.len())));
        *next = next.saturating_add(1);
    }

    fn finish(mut self) -> Parsed {
        self.flush();
        // A number belongs to the block that follows it on its line.
        for number in std::mem::take(&mut self.numbers) {
            let next = self.blocks.partition_point(|b| b.span.start < number.end);
            if let Some(block) = self.blocks.get_mut(next)
                && !self.text[number.end..block.span.start].contains(['\n', '\r'])
            {
                self.prose[number.range()].copy_from_slice(number.of(self.text).as_bytes());
                block.span = block.span.to(number);
            }
        }
        let prose = String::from_utf8(self.prose).expect("only whole characters are put back");
        // A row without bars whose cell is an image or a tag shows nothing.
        self.blocks.retain(|block| !block.span.of(&prose).trim().is_empty());
        Parsed { blocks: self.blocks, prose, html: self.html }
    }
}

fn depth(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(text: &str) -> Vec<(BlockKind, String)> {
        let Parsed { blocks, prose, .. } = parse(text);
        assert_eq!(prose.len(), text.len());
        blocks.iter().map(|b| (b.kind, b.span.of(&prose).to_owned())).collect()
    }

    fn words(text: &str) -> Vec<String> {
        seen(text).into_iter().map(|(_, s)| s.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
    }

    /// Headings, soft-wrapped paragraphs, items and rows are one block each, in text order.
    #[test]
    fn kinds() {
        use BlockKind::{Heading, ListItem, Paragraph, Row};
        let text =
            "# 工作报告\n\n全年办理\n案件52件。\n\n- 复议\n  - 其中撤销\n- 诉讼\n\n|事项|件数|\n|---|---|\n|复议|52|\n";
        let expected = [
            (Heading(1), "工作报告"),
            (Paragraph, "全年办理\n案件52件。"),
            (ListItem, "复议"),
            (ListItem, "其中撤销"),
            (ListItem, "诉讼"),
            (Row, "|事项|件数|"),
            (Row, "|复议|52|"),
        ];
        assert_eq!(seen(text), expected.map(|(kind, s)| (kind, s.to_owned())));
    }

    /// Marks, code, targets, comments and HTML are blank; the words between them are not.
    #[test]
    fn blanked() {
        assert_eq!(
            words("办理**52**件，`xx`见[公报](http://a.cn/xx)<b>和</b>![图](xx.png)。"),
            ["办理 52 件， 见 公报 和 。"]
        );
        assert_eq!(words("<!-- XX县 -->\n\n```\nXX县\n```\n\n<div>XX</div>\n\n正文"), ["正文"]);
        assert_eq!(words("---\ntitle: XX\n---\n\n正文<http://a.cn/xx>"), ["正文"]);
        assert_eq!(words("- [ ] 核对数字"), ["核对数字"]);
        assert_eq!(words("原~~旧~~新"), ["原 新"]);
    }

    /// What looks like markup and is none stays: masks, blanks, ranges, brackets.
    #[test]
    fn kept() {
        for text in ["经费**万元", "办理____件", "约15~20件、25~30件", "[日期]前报送", "××县*区", "{{单位}}"]
        {
            assert_eq!(words(text), [text]);
        }
        assert_eq!(words("1\\*2 A&amp;B"), ["1 *2 A& B"]);
    }

    /// Numbers of lists stand where they are the ones shown; lazy numbers are markup.
    #[test]
    fn list_numbers() {
        assert_eq!(words("1. 甲\n2. 乙\n"), ["1. 甲", "2. 乙"]);
        assert_eq!(words("3) 甲\n\n4) 乙\n"), ["3) 甲", "4) 乙"]);
        assert_eq!(words("1. 甲\n1. 乙\n"), ["甲", "乙"]);
    }

    /// A paragraph indented by blanks is prose, not code, and every line of it counts.
    #[test]
    fn indented_paragraphs() {
        assert_eq!(words("标题\n\n    办理XX件。\n    另有2件。\n"), ["标题", "办理XX件。", "另有2件。"]);
        assert_eq!(words("标题\n\n    let xx = 1;\n"), ["标题"]);
    }

    /// CRLF and CR read like LF.
    #[test]
    fn line_ends() {
        let text = "# 报告\n\n第一\n第二\n\n1. 甲\n2. 乙\n\n|a|b|\n|-|-|\n|1|2|\n";
        for end in ["\r\n", "\r"] {
            assert_eq!(words(&text.replace('\n', end)), words(text), "{end:?}");
        }
    }

    /// A bar inside a cell is no border.
    #[test]
    fn bars_in_cells() {
        assert_eq!(words("|a|b|\n|-|-|\n|甲\\|乙|2|\n"), ["|a|b|", "|甲 乙|2|"]);
    }

    /// A row that shows nothing is no block; one with bars is, empty as it may be.
    #[test]
    fn empty_rows() {
        assert_eq!(words("|a|\n|-|\n<br>\n![图](a.png)\n甲\n"), ["|a|", "甲"]);
        assert_eq!(words("|a|b|\n|-|-|\n|<br>||\n"), ["|a|b|", "| ||"]);
    }
}
