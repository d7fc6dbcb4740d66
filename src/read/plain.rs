//! Plain text: every line that is not blank is a paragraph, and lines of equal cells in a row are a table.

use crate::text::{Block, BlockKind, Directive, LineIndex, is_blank};

/// The blocks of a text with these lines, in which the directives are blank already. A line that held nothing else is
/// not there: it must not part the rows of a table.
pub(super) fn blocks(text: &str, lines: &LineIndex, directives: &[Directive]) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut table: Option<(usize, Shape)> = None; // where the run of equal shapes begins among the blocks
    let mut separators = memchr::memchr2_iter(b'|', b'\t', text.as_bytes()).peekable();
    for span in (0..lines.count()).map(|line| lines.span(text, line)) {
        let blank = span.of(text).trim_start().is_empty();
        if blank && !directives.is_empty() {
            let next = directives.partition_point(|d| d.span.start < span.start);
            if directives.get(next).is_some_and(|d| span.contains(d.span)) {
                continue;
            }
        }
        while separators.next_if(|&at| at < span.start).is_some() {}
        let shape = separators.peek().filter(|&&at| at < span.end).and_then(|_| shape(span.of(text)));
        match table {
            Some((_, known)) if Some(known) == shape => {}
            _ => {
                close(&mut blocks, table);
                table = shape.map(|shape| (blocks.len(), shape));
            }
        }
        if !blank {
            blocks.push(Block { kind: BlockKind::Paragraph, span });
        }
    }
    close(&mut blocks, table);
    blocks
}

/// Makes rows of the blocks since the run began, if they are at least two.
fn close(blocks: &mut [Block], table: Option<(usize, Shape)>) {
    if let Some((first, _)) = table
        && blocks.len() - first >= 2
    {
        for block in &mut blocks[first..] {
            block.kind = BlockKind::Row;
        }
    }
}

/// What the rows of one table have in common: the separator and the number of cells.
type Shape = (char, usize);

/// The shape of a line that could be a row of a table.
fn shape(line: &str) -> Option<Shape> {
    let line = line.trim_matches(is_blank);
    let separator = ['|', '\t'].into_iter().find(|c| line.contains(*c))?;
    let inner = match separator {
        '|' => {
            let inner = line.strip_prefix('|').unwrap_or(line);
            inner.strip_suffix('|').unwrap_or(inner)
        }
        _ => line,
    };
    let cells = || inner.split(separator).map(|c| c.trim_matches(is_blank));
    let count = cells().count();
    // `1.<tab>text` is a numbered paragraph, and `来源：… | 日期：…` the head of a web page.
    let numbered = cells().next().is_some_and(|c| c.ends_with(['、', '.', '．', ')', '）', '•', '·', '●']) || c == "-");
    let fields = cells().filter(|c| !c.is_empty()).all(|c| c.contains([':', '：']));
    (count >= 2 && !numbered && !fields).then_some((separator, count))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<BlockKind> {
        blocks(text, &LineIndex::new(text), &[]).iter().map(|b| b.kind).collect()
    }

    /// Two or more lines of the same cells are rows; prose, single lines and blank lines between are not.
    #[test]
    fn rows() {
        use BlockKind::{Paragraph, Row};
        assert_eq!(kinds("事项\t件数\n复议\t52\n诉讼\t8\n说明如下。"), [Row, Row, Row, Paragraph]);
        assert_eq!(kinds("| 事项 | 件数 |\n|---|---|\n| 复议 | 52 |"), [Row, Row, Row]);
        assert_eq!(kinds("事项\t件数\n\n复议\t52"), [Paragraph, Paragraph]);
        assert_eq!(kinds("事项\t件数\n复议\t52\t份"), [Paragraph, Paragraph]);
    }

    /// Numbered paragraphs with tabs, indented paragraphs and the fields above a web page are no table.
    #[test]
    fn no_rows() {
        for text in
            ["一、\t总体情况\n二、\t存在问题", "\t第一段。\n\t第二段。", "来源：县府办 | 日期：1月\n字号：大 | 打印："]
        {
            assert!(kinds(text).iter().all(|k| *k == BlockKind::Paragraph), "{text}");
        }
    }
}
