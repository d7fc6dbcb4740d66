//! The picture of a few findings: the words around them, underlined, and what each proposes.

use std::collections::BTreeMap;
use std::fmt::{self, Write as _};

use miette::{
    GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents, SourceCode, SourceSpan,
    SpanContents,
};

use super::{GUTTER, NAMED, QUOTE, Screen, Topic, WINDOW, tint, tint_of};
use crate::diagnostic::{Lang, Severity};
use crate::render::names;
use crate::render::place::Places;
use crate::render::window::{self, Window};
use crate::report::Checked;
use crate::text::{Position, Span};

/// How many rows one picture has at most.
const ROWS: usize = 4;
/// A label with less room than this is told below the picture.
const LABEL: usize = 10;

/// A place to be underlined.
#[derive(Debug, Clone)]
struct Mark {
    span: Span,
    text: String,
    /// The severity where the finding itself stands there, nothing for evidence.
    finding: Option<Severity>,
    /// What it stands for.
    sources: Vec<Source>,
    /// Whether its whole text is in the picture.
    told: bool,
}

/// A finding or a piece of evidence, by its index in the list of the picture's findings or evidence.
#[derive(Debug, Clone, Copy)]
enum Source {
    Finding(usize),
    Evidence(usize),
}

impl Mark {
    /// Takes in a mark that it covers.
    fn absorb(&mut self, other: Self) {
        self.sources.extend(other.sources);
        if !other.text.is_empty() && self.text != other.text {
            if !self.text.is_empty() {
                self.text.push(' ');
            }
            self.text.push_str(&other.text);
        }
    }
}

/// One line of a picture.
struct Row {
    line: usize,
    window: Window,
    marks: Vec<Mark>,
}

impl Screen {
    pub(super) fn picture(
        &self,
        path: &str,
        checked: &Checked,
        places: &Places,
        topics: &[Topic],
        out: &mut Vec<String>,
    ) {
        let several = topics.len() > 1;
        let number = |i: usize| if several { format!("({}) ", i + 1) } else { String::new() };
        for (i, topic) in topics.iter().enumerate() {
            let d = topic.first();
            let lead = format!("{}{}[{}]", number(i), names::severity(d.severity, self.lang), d.rule.id);
            let mut text = format!("{}{}", self.say("：", ": "), d.message.get(self.lang));
            let n = topic.findings.len();
            if n > 1 {
                let _ = match self.lang {
                    Lang::Zh => write!(text, "（本段{n}处）"),
                    Lang::En => write!(text, " ({n} in this paragraph)"),
                };
            }
            self.write(&lead, tint_of(d.severity), &text, "  ", out);
        }

        let mut notes = Vec::new();
        match topics[0].first().place.span() {
            None => {
                let name = self.cells.shortened(path, self.width - 8);
                out.push(format!("  {}{}", self.frame_mark(), self.painted(tint::KEY, &format!("[{name}]"))));
            }
            Some(span) => {
                let at = places.of_span(span).0;
                self.drawing((path, at), checked, places, topics, &mut notes, out);
            }
        }

        // Advice that several findings share is said once, after what each has of its own.
        let mut said: Vec<(Vec<usize>, &str, String)> = Vec::new();
        for (i, topic) in topics.iter().enumerate() {
            for (key, text) in self.advice(checked, topic.first()) {
                match said.iter_mut().find(|(_, k, t)| *k == key && *t == text) {
                    Some((of, ..)) => of.push(i),
                    None => said.push((vec![i], key, text)),
                }
            }
        }
        said.sort_by_key(|(of, ..)| of.len());
        for note in notes {
            self.write("  ", "", &note, "    ", out);
        }
        for (of, key, text) in said {
            let numbers: String = of.iter().map(|&i| number(i)).collect();
            let numbers = if of.len() == topics.len() { "" } else { &numbers };
            self.write(&format!("  {numbers}{key}"), tint::KEY, &text, "    ", out);
        }
    }

    fn frame_mark(&self) -> String {
        self.painted(tint::FAINT, if self.cells.ascii { "`-" } else { "╰─" })
    }

    /// Draws the text of the topics with everything underlined that has a place, and notes what found none.
    fn drawing(
        &self,
        (path, at): (&str, Position),
        checked: &Checked,
        places: &Places,
        topics: &[Topic],
        notes: &mut Vec<String>,
        out: &mut Vec<String>,
    ) {
        let document = &checked.document;
        let mut evidence = Vec::new();
        let mut found = Vec::new();
        let mut marks = Vec::new();
        for (i, topic) in topics.iter().enumerate() {
            let number = if topics.len() > 1 { format!("({})", i + 1) } else { String::new() };
            for finding in &topic.findings {
                let d = &finding.diagnostic;
                let Some(span) = d.place.span() else { continue };
                let mark = Mark {
                    span,
                    text: number.clone(),
                    finding: Some(d.severity),
                    sources: vec![Source::Finding(found.len())],
                    told: false,
                };
                found.push(span);
                self.on_lines(checked, &mark, &mut marks);
                for label in &d.labels {
                    let text = label.message.get(self.lang);
                    let text = if number.is_empty() {
                        text.to_owned()
                    } else {
                        format!("{number} {text}").trim_end().to_owned()
                    };
                    let mark = Mark {
                        span: label.span,
                        text,
                        finding: None,
                        sources: vec![Source::Evidence(evidence.len())],
                        told: false,
                    };
                    evidence.push(label);
                    self.on_lines(checked, &mark, &mut marks);
                }
            }
        }
        let last_line = marks.iter().map(|(line, _)| line + 1).max().unwrap_or(1);
        let digits = last_line.to_string().len();
        let room = self.width - digits - GUTTER;
        let grouped = topics.iter().any(|t| t.findings.len() > 1);

        // Rows by line, as many marks in one as it holds.
        marks.sort_by_key(|(line, m)| (*line, m.finding.is_none(), m.span));
        let mut rows = Vec::new();
        for of_line in marks.chunk_by(|a, b| a.0 == b.0) {
            let line = of_line[0].0;
            let extent = document.lines.span(&document.text, line);
            let mut pending: Vec<Mark> = Vec::new();
            let mut window = None;
            for mark in disjoint(of_line.iter().map(|(_, m)| m.clone())) {
                pending.push(mark);
                let spans: Vec<Span> = pending.iter().map(|m| m.span).collect();
                if let Some(wider) = window::open(&document.text, extent, &spans, room.min(WINDOW), self.cells) {
                    window = Some(wider);
                    continue;
                }
                let mark = pending.pop();
                rows.extend(window.take().map(|window| Row { line, window, marks: std::mem::take(&mut pending) }));
                if rows.len() > 2 * ROWS && grouped {
                    break;
                }
                pending.extend(mark);
                let spans: Vec<Span> = pending.iter().map(|m| m.span).collect();
                window = window::open(&document.text, extent, &spans, room.min(WINDOW), self.cells);
            }
            rows.extend(window.map(|window| Row { line, window, marks: pending }));
        }

        // The rows of findings first, then those of evidence as far as there is room; then in text order again.
        let limit = if grouped { 2 } else { ROWS };
        rows.sort_by_key(|r| r.marks.iter().all(|m| m.finding.is_none()));
        rows.truncate(limit);
        rows.sort_by_key(|r| (r.line, r.marks.first().map(|m| m.span)));

        let mut found_shown = vec![false; found.len()];
        let mut told = vec![false; evidence.len()];
        let mut lines = Vec::new();
        for row in &mut rows {
            self.settle_labels(checked, row, room);
            for mark in &row.marks {
                for source in &mark.sources {
                    match *source {
                        Source::Finding(i) => found_shown[i] = true,
                        Source::Evidence(i) => told[i] |= mark.told,
                    }
                }
            }
            lines.extend(self.drawn(row, digits));
        }
        let bar = if self.cells.ascii { '-' } else { '─' };
        let (top, bottom) = if self.cells.ascii { (',', '`') } else { ('╭', '╰') };
        let indent = " ".repeat(digits + 2);
        let head = self.painted(tint::FAINT, &format!("{top}{bar}"));
        let place = format!(":{}:{}", at.line, at.column);
        let name = self.cells.shortened(path, self.width - indent.len() - 4 - place.len());
        out.push(format!("{indent}{head}{}", self.painted(tint::KEY, &format!("[{name}{place}]"))));
        out.extend(lines);
        let foot = std::iter::once(bottom).chain(std::iter::repeat_n(bar, 4)).collect::<String>();
        out.push(format!("{indent}{}", self.painted(tint::FAINT, &foot)));

        for (label, _) in evidence.iter().zip(told).filter(|(_, told)| !told) {
            let at = places.of_span(label.span).0;
            let quote = self.cells.shortened(document.excerpt(label.span).as_ref(), QUOTE);
            let message = label.message.get(self.lang);
            notes.push(match self.lang {
                Lang::Zh => format!("第{}行第{}列“{quote}”：{message}", at.line, at.column),
                Lang::En => format!("{}:{} “{quote}”: {message}", at.line, at.column),
            });
        }
        let rest: Vec<Span> = found.iter().zip(found_shown).filter(|(_, shown)| !shown).map(|(s, _)| *s).collect();
        if !rest.is_empty() {
            let mut named: Vec<String> = Vec::new();
            for &span in rest.iter().take(NAMED) {
                let quote = self.cells.shortened(document.excerpt(span).as_ref(), QUOTE);
                let column = places.of_span(span).0.column;
                named.push(match self.lang {
                    Lang::Zh => format!("“{quote}”第{column}列"),
                    Lang::En => format!("“{quote}” column {column}"),
                });
            }
            let more = if rest.len() > NAMED { self.say("等", ", …") } else { "" };
            let named = named.join(self.say("，", ", "));
            notes.push(match self.lang {
                Lang::Zh => format!("另有{}处：{named}{more}", rest.len()),
                Lang::En => format!("{} more: {named}{more}", rest.len()),
            });
        }
    }

    /// Adds a mark on the line where it begins, and where it runs over several, on the line where it ends.
    fn on_lines(&self, checked: &Checked, mark: &Mark, out: &mut Vec<(usize, Mark)>) {
        let document = &checked.document;
        let first = document.lines.line_of(mark.span.start);
        let extent = document.lines.span(&document.text, first);
        let start = mark.span.start.min(extent.end);
        let end = mark.span.end.clamp(start, extent.end);
        out.push((first, Mark { span: Span::new(start, end), ..mark.clone() }));
        let last = document.lines.line_of(mark.span.end.max(mark.span.start + 1) - 1);
        if last > first {
            let extent = document.lines.span(&document.text, last);
            let end = mark.span.end.min(extent.end);
            if end > extent.start {
                let text = self.say("到此", "to here").to_owned();
                out.push((
                    last,
                    Mark { span: Span::new(extent.start, end), text, sources: Vec::new(), ..mark.clone() },
                ));
            }
        }
    }

    /// Decides what each underline says: where one has a label, all have, and none runs over the edge.
    fn settle_labels(&self, checked: &Checked, row: &mut Row, room: usize) {
        // miette draws a label from the middle of its underline, behind a hook of four cells.
        let left = |window: &Window, mark: &Mark| {
            let (start, end) = window.cells(mark.span);
            room.saturating_sub((start + end.max(start + 1)) / 2 + 4)
        };
        let narrow = |window: &Window, marks: &[Mark]| {
            marks.iter().any(|m| left(window, m) < LABEL && left(window, m) < self.cells.of(&m.text))
        };
        if narrow(&row.window, &row.marks) {
            // A window that ends earlier leaves room for the labels.
            let document = &checked.document;
            let spans: Vec<Span> = row.marks.iter().map(|m| m.span).collect();
            let extent = document.lines.span(&document.text, row.line);
            let shorter = room.saturating_sub(LABEL + 4).min(WINDOW);
            if let Some(window) = window::open(&document.text, extent, &spans, shorter, self.cells) {
                row.window = window;
            }
        }
        let labelled = row.marks.iter().any(|m| !m.text.is_empty());
        if !labelled || narrow(&row.window, &row.marks) {
            row.marks.iter_mut().for_each(|m| m.text.clear());
            return;
        }
        for mark in &mut row.marks {
            let left = left(&row.window, mark);
            mark.told = true;
            if !mark.text.is_empty() {
                mark.text = self.cells.wrapped(&mark.text, left, "").join("\n");
            } else if left >= LABEL {
                mark.text =
                    if mark.finding.is_some() { self.say("此处", "here") } else { self.say("相关", "related") }
                        .to_owned();
            }
        }
    }

    /// A row as miette draws it, its line number ranged right in `digits` cells.
    fn drawn(&self, row: &Row, digits: usize) -> Vec<String> {
        let sketch = Sketch::new(row);
        let mut theme = match (self.color, self.cells.ascii) {
            (true, false) => GraphicalTheme::unicode(),
            (true, true) => GraphicalTheme::ascii(),
            (false, false) => GraphicalTheme::unicode_nocolor(),
            (false, true) => GraphicalTheme::none(),
        };
        if self.color {
            let styles = &theme.styles;
            theme.styles.highlights = row
                .marks
                .iter()
                .map(|m| match m.finding {
                    Some(Severity::Error) => styles.error.bold(),
                    Some(Severity::Warning) => styles.warning.bold(),
                    Some(Severity::Info) => styles.advice.bold(),
                    None => styles.advice,
                })
                .collect();
        }
        let handler = GraphicalReportHandler::new_themed(theme)
            .with_context_lines(0)
            .with_links(false)
            .without_primary_span_start()
            .without_syntax_highlighting();
        let mut text = String::new();
        if handler.render_report(&mut text, &sketch).is_err() {
            return vec![row.window.text.clone()];
        }
        // miette's own message line and frame are dropped; the stand-in gives way to the text that it measured for us.
        let lines: Vec<&str> = text.lines().collect();
        let inner = lines.get(2..lines.len().saturating_sub(1)).unwrap_or_default();
        let pad = " ".repeat(digits.saturating_sub((row.line + 1).to_string().len()));
        let mut drawn: Vec<String> = inner.iter().map(|l| format!("{pad}{}", l.trim_end())).collect();
        if let Some(first) = drawn.first_mut() {
            *first = first.replacen(&sketch.cells, &self.row_text(row), 1).trim_end().to_owned();
        }
        drawn
    }

    /// The text of a row, its findings in colour.
    fn row_text(&self, row: &Row) -> String {
        let text = &row.window.text;
        let mut out = String::with_capacity(text.len() + 16);
        let mut from = 0;
        for mark in &row.marks {
            let Some(severity) = mark.finding else { continue };
            let bytes = row.window.bytes(mark.span);
            out.push_str(&text[from..bytes.start.max(from)]);
            out.push_str(&self.painted(tint_of(severity), &text[bytes.start.max(from)..bytes.end.max(from)]));
            from = bytes.end.max(from);
        }
        out.push_str(&text[from..]);
        out
    }
}

/// The marks in text order and without overlaps: who comes first keeps what it covers, and what nothing is left of joins
/// the mark that covers it.
fn disjoint(marks: impl Iterator<Item = Mark>) -> Vec<Mark> {
    let mut taken: BTreeMap<usize, Mark> = BTreeMap::new();
    for mark in marks {
        let span = mark.span;
        let before = taken.range(..=span.start).next_back().map(|(key, m)| (*key, m.span));
        let start = before.map_or(span.start, |(_, b)| span.start.max(b.end));
        let next = taken.range(start..).next().map(|(key, _)| *key);
        let end = next.map_or(span.end, |n| span.end.min(n));
        let free = start < end || (span.is_empty() && start == span.start);
        if free && !taken.contains_key(&start) {
            taken.insert(start, Mark { span: Span::new(start, end.max(start)), ..mark });
        } else if let Some(into) = before.map(|(key, _)| key).or(next).and_then(|key| taken.get_mut(&key)) {
            into.absorb(mark);
        }
    }
    taken.into_values().collect()
}

/// A row as miette sees it: a line of stand-ins, one for each cell, so that it cannot count differently from us.
struct Sketch {
    cells: String,
    line: usize,
    labels: Vec<LabeledSpan>,
}

impl Sketch {
    fn new(row: &Row) -> Self {
        let labels = row.marks.iter().map(|m| {
            let (start, end) = row.window.cells(m.span);
            LabeledSpan::new((!m.text.is_empty()).then(|| m.text.clone()), start, end - start)
        });
        // One cell more than the text, for a mark at its very end.
        Self { cells: "x".repeat(row.window.width + 1), line: row.line, labels: labels.collect() }
    }
}

impl SourceCode for Sketch {
    fn read_span<'a>(
        &'a self,
        _span: &SourceSpan,
        _before: usize,
        _after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let whole = SourceSpan::from((0, self.cells.len()));
        Ok(Box::new(MietteSpanContents::new(self.cells.as_bytes(), whole, self.line, 0, 1)))
    }
}

impl fmt::Display for Sketch {
    fn fmt(&self, _f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Ok(())
    }
}

impl fmt::Debug for Sketch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sketch")
    }
}

impl std::error::Error for Sketch {}

impl miette::Diagnostic for Sketch {
    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(self)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.labels.iter().cloned()))
    }
}
