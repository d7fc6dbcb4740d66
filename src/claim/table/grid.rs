//! Tables of a document as grids: cells with what they say, lines with their labels.

use crate::claim::exact::{Exact, Interval, whole};
use crate::claim::numeral::numeral;
use crate::text::{Block, BlockKind, Span, half_width, is_blank, is_han, words};

/// A table with a header and a column of labels.
#[derive(Debug)]
pub(super) struct Grid {
    /// The labels of the columns; header rows are joined.
    pub(super) columns: Vec<String>,
    /// The rows below the header: label and cells, the label cells included as text.
    pub(super) rows: Vec<Row>,
    /// Which columns hold the labels of the rows.
    pub(super) labels: usize,
}

#[derive(Debug)]
pub(super) struct Row {
    pub(super) label: String,
    pub(super) cells: Vec<Cell>,
}

/// A cell: where it stands and what it says.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cell {
    pub(super) span: Span,
    pub(super) says: Says,
}

/// What a cell says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Says {
    /// Nothing: empty, `—`, `/`.
    Nothing,
    /// WordList, masks, anything that nobody can compute with.
    WordList,
    Number(Number),
}

/// A number of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Number {
    pub(super) value: Exact,
    /// What the printed number stands for.
    pub(super) means: Interval,
    /// One unit of its last place.
    pub(super) ulp: Exact,
    pub(super) decimals: u32,
    pub(super) percent: bool,
}

impl Cell {
    pub(super) fn number(&self) -> Option<&Number> {
        match &self.says {
            Says::Number(n) => Some(n),
            _ => None,
        }
    }
}

/// The tables of a document, each with at least a header and one row.
pub(super) fn grids(written: &str, text: &str, blocks: &[Block]) -> Vec<Grid> {
    let mut out = Vec::new();
    let mut run: Vec<Vec<Span>> = Vec::new();
    let mut caption = "";
    let mut last_end = 0;
    for block in blocks {
        let row = block.kind == BlockKind::Row;
        let cells = if row { cells(text, block.span) } else { Vec::new() };
        let apart = || written.get(last_end..block.span.start).is_none_or(blank_line);
        if run.last().is_some_and(|last| !row || last.len() != cells.len() || apart()) {
            out.extend(Grid::new(text, caption, &std::mem::take(&mut run)));
        }
        if row {
            run.push(cells);
        } else {
            caption = block.span.of(text);
        }
        last_end = block.span.end;
    }
    out.extend(Grid::new(text, caption, &run));
    out
}

/// Whether a blank line stands between two blocks.
fn blank_line(gap: &str) -> bool {
    let mut previous = None;
    gap.chars().filter(|&c| !is_blank(c)).any(|c| {
        // CRLF is one line end.
        let second = matches!((previous, c), (Some('\n'), '\n' | '\r') | (Some('\r'), '\r'));
        previous = Some(c);
        second
    })
}

/// The cells of a row, trimmed.
fn cells(text: &str, span: Span) -> Vec<Span> {
    let raw = span.of(text);
    let trimmed = raw.trim_matches(is_blank);
    let mut start = span.start + raw.len() - raw.trim_start_matches(is_blank).len();
    let mut inner = trimmed;
    let separator = if trimmed.contains('|') { '|' } else { '\t' };
    if separator == '|' {
        if let Some(rest) = inner.strip_prefix('|') {
            inner = rest;
            start += 1;
        }
        inner = inner.strip_suffix('|').unwrap_or(inner);
    }
    let mut out = Vec::new();
    for piece in inner.split(separator) {
        let lead = piece.len() - piece.trim_start_matches(is_blank).len();
        let bare = piece.trim_matches(is_blank);
        let at = if bare.is_empty() { start } else { start + lead };
        out.push(Span::new(at, at + bare.len()));
        start += piece.len() + separator.len_utf8();
    }
    out
}

/// Rows and columns beyond this are no table of a paper.
const MOST_COLUMNS: usize = 64;

impl Grid {
    fn new(text: &str, caption: &str, rows: &[Vec<Span>]) -> Option<Self> {
        let width = rows.first()?.len();
        let rule = |row: &Vec<Span>| {
            row.iter().all(|s| s.of(text).chars().all(|c| matches!(c, '-' | ':' | '='))) // |---|---|
                && row.iter().any(|s| !s.is_empty())
        };
        let rows: Vec<&Vec<Span>> = rows.iter().filter(|r| !rule(r)).collect();
        if !(2..=MOST_COLUMNS).contains(&width) {
            return None;
        }
        // Amounts in 万元 are rounded, whatever their decimals.
        let unit = |s: &str| s.contains(['万', '亿']);
        let unit_of_all = caption.chars().count() <= 80 && unit(caption);
        let numeric = |row: &[Span]| row.iter().filter(|s| read(s.of(text), false).is_some()).count();
        let head = rows.iter().take_while(|r| numeric(r) == 0).count();
        if head == 0 || head > 3 || head == rows.len() {
            return None;
        }
        let columns: Vec<String> = (0..width)
            .map(|c| {
                let mut words: Vec<String> = rows[..head].iter().map(|r| bare(r[c].of(text))).collect();
                words.dedup();
                words.concat()
            })
            .collect();
        let rounded: Vec<bool> =
            columns.iter().map(|c| (unit_of_all || unit(c)) && words!["件", "个", "人数"].ends(c).is_none()).collect();
        let body = &rows[head..];
        let says = |c: usize, s: Span| {
            let words = s.of(text);
            match read(words, rounded[c]) {
                Some(n) => Says::Number(n),
                None if nothing(words) => Says::Nothing,
                None => Says::WordList,
            }
        };
        let mut table: Vec<Vec<Cell>> = body
            .iter()
            .map(|r| r.iter().enumerate().map(|(c, &span)| Cell { span, says: says(c, span) }).collect())
            .collect();
        // Labels: the leading columns that are words, and serial numbers.
        let is_label = |c: usize| {
            serial(&columns[c])
                || table.iter().filter(|r| r[c].number().is_some()).count() * 2 < table.len()
                    && table.iter().any(|r| r[c].says == Says::WordList)
        };
        let labels = (0..width).take_while(|&c| is_label(c)).count();
        if labels == 0 || labels == width {
            return None;
        }
        for row in &mut table {
            row[..labels].iter_mut().for_each(|c| c.says = Says::WordList);
        }
        let rows = table
            .into_iter()
            .map(|cells| {
                let words = cells[..labels].iter().map(|c| bare(c.span.of(text)));
                let label = words.filter(|w| w.contains(is_han)).collect();
                Row { label, cells }
            })
            .collect();
        Some(Self { columns, rows, labels })
    }
}

/// Columns that number or date the rows.
fn serial(label: &str) -> bool {
    words!["序号", "编号", "项次", "行次", "年份", "年度", "月份", "No", "NO"].begins(label).is_some()
}

/// A label without blanks.
fn bare(text: &str) -> String {
    text.chars().filter(|c| !is_blank(*c)).collect()
}

fn nothing(words: &str) -> bool {
    words.chars().all(|c| matches!(half_width(c), '-' | '—' | '–' | '/' | '\\' | '－' | '―' | '…') || is_blank(c))
}

/// The number that a cell consists of, its unit included; `None` where it holds anything else.
fn read(words: &str, rounded: bool) -> Option<Number> {
    let (negative, digits) = match words.strip_prefix(['-', '−', '－', '—', '▲', '△', '↓']) {
        Some(rest) => (true, rest.trim_start_matches(is_blank)),
        None => (false, words.strip_prefix(['+', '＋', '↑']).unwrap_or(words).trim_start_matches(is_blank)),
    };
    let n = numeral(digits).filter(|n| !n.chinese)?;
    let unit = digits[n.len..].trim_matches(is_blank);
    let percent = matches!(unit, "%" | "％");
    const UNITS: &[&str] = &[
        "",
        "%",
        "％",
        "件",
        "个",
        "人",
        "名",
        "元",
        "项",
        "条",
        "次",
        "家",
        "户",
        "份",
        "起",
        "宗",
        "场",
        "处",
        "篇",
        "人次",
        "批次",
        "件次",
        "吨",
        "亩",
        "公里",
        "分",
        "天",
        "个百分点",
        "百分点",
        "所",
        "支",
        "部",
        "册",
        "位",
        "辆",
        "台",
    ];
    if !UNITS.contains(&unit) {
        return None;
    }
    let value = if negative { -n.value } else { n.value };
    let plain = n.is_exact() && !rounded && !percent;
    let means = if plain { Interval::point(value) } else { Interval::around(value, n.ulp / whole(2)) };
    Some(Number { value, means, ulp: n.ulp, decimals: n.decimals, percent })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Cells read as numbers with their sign, separators and unit; words, masks and ranges do not.
    #[test]
    fn cells_as_numbers() {
        let value = |s: &str| read(s, false).map(|n| crate::claim::decimal(n.value, 2));
        for (cell, number) in
            [("1,234", "1234.00"), ("-1.5", "-1.50"), ("４２件", "42.00"), ("25.00%", "25.00"), ("1.2万", "12000.00")]
        {
            assert_eq!(value(cell).as_deref(), Some(number), "{cell}");
        }
        for cell in ["", "—", "1X", "12-15", "3月", "12（含2件）", "一、"] {
            assert_eq!(value(cell), None, "{cell}");
        }
    }

    /// Leading and trailing bars are borders; an empty cell stays a cell.
    #[test]
    fn cells_of_a_row() {
        let text = "| 甲 |  | 3 |";
        let cells = cells(text, Span::new(0, text.len()));
        assert_eq!(cells.iter().map(|s| s.of(text)).collect::<Vec<_>>(), ["甲", "", "3"]);
    }
}
