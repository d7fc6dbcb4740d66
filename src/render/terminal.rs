//! For people: each finding with its proof and the words around it, then what was checked. The only room of miette.

use std::collections::{BTreeMap, HashMap};
use std::fmt::{self, Write as _};

use miette::{
    GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents, SourceCode, SourceSpan,
    SpanContents,
};

use crate::diagnostic::{Diagnostic, Lang, Safety, Severity};
use crate::render::cells::Cells;
use crate::render::concise::tick_line;
use crate::render::place::Places;
use crate::render::window::{self, Window};
use crate::render::{Format, names};
use crate::report::{Checked, FileReport, Finding, Outcome, Summary};
use crate::text::{Position, Span};

/// How the terminal draws.
#[derive(Debug, Clone, Copy)]
pub struct TerminalOptions {
    /// How many cells a line may take; fewer than 40 count as 40.
    pub width: usize,
    /// Whether to colour.
    pub color: bool,
    /// Whether frames are drawn in ASCII.
    pub ascii: bool,
    /// Whether the marks of ambiguous width (“ ” … — ·) take two cells; frames are then drawn in ASCII, since theirs
    /// are ambiguous too.
    pub wide_ambiguous: bool,
    /// Whether to close with the counts. Files that could not be read are told in any case.
    pub counts: bool,
}

impl Default for TerminalOptions {
    fn default() -> Self {
        Self { width: 80, color: false, ascii: false, wide_ambiguous: false, counts: true }
    }
}

impl TerminalOptions {
    /// The width that is kept.
    pub(super) fn room(&self) -> usize {
        self.width.max(40)
    }

    pub(super) fn cells(&self) -> Cells {
        Cells { wide: self.wide_ambiguous, ascii: self.ascii || self.wide_ambiguous }
    }
}

/// How much of a paragraph is seen at most.
const WINDOW: usize = 72;
/// How many rows one picture has at most.
const ROWS: usize = 4;
/// How many findings with different messages share a picture at most.
const TOPICS: usize = 9;
/// How many further places of a group are named.
const NAMED: usize = 8;
/// How wide a quotation from a draft may be.
const QUOTE: usize = 24;
/// A label with less room than this is told below the picture.
const LABEL: usize = 10;
/// What a row takes besides the line number and the text: frame and blanks, and a cell for a pointer behind the text.
const GUTTER: usize = 5;

/// The findings with the words around them, paragraph by paragraph, then the counts.
#[derive(Debug)]
pub struct Full {
    screen: Screen,
    counts: bool,
}

impl Full {
    /// For a screen, with messages in one language.
    #[must_use]
    pub fn new(lang: Lang, options: &TerminalOptions) -> Self {
        let screen = Screen { lang, width: options.room(), color: options.color, cells: options.cells() };
        Self { screen, counts: options.counts }
    }
}

impl Format for Full {
    fn file(&mut self, file: &FileReport) -> String {
        let mut out = Vec::new();
        if let Ok(checked) = &file.outcome {
            self.screen.file(&file.path, checked, &mut out);
        }
        lines(&out)
    }

    fn end(&mut self, summary: &Summary) -> String {
        let mut out = Vec::new();
        if self.counts {
            self.screen.counts(summary, &mut out);
        }
        self.screen.unread(summary, &mut out);
        if self.counts {
            self.screen.passed_over(summary, &mut out);
        }
        lines(&out)
    }
}

fn lines(list: &[String]) -> String {
    list.iter().flat_map(|line| [line.as_str(), "\n"]).collect()
}

/// Terminal colours (SGR parameters).
pub(super) mod tint {
    pub(in crate::render) const ERROR: &str = "1;31";
    pub(in crate::render) const WARNING: &str = "1;33";
    pub(in crate::render) const INFO: &str = "1;36";
    pub(in crate::render) const GOOD: &str = "1;32";
    pub(in crate::render) const STRONG: &str = "1";
    pub(in crate::render) const FAINT: &str = "2";
    pub(in crate::render) const KEY: &str = "36";
}

pub(super) fn tint_of(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => tint::ERROR,
        Severity::Warning => tint::WARNING,
        Severity::Info => tint::INFO,
    }
}

/// A text in a colour, where colour is wanted.
pub(super) fn painted(color: bool, tint: &str, text: &str) -> String {
    if color && !text.is_empty() { format!("\u{1b}[{tint}m{text}\u{1b}[0m") } else { text.to_owned() }
}

/// Findings that say the same of different words of one paragraph.
struct Topic<'a> {
    findings: Vec<&'a Finding>,
}

impl<'a> Topic<'a> {
    fn first(&self) -> &'a Diagnostic {
        &self.findings[0].diagnostic
    }
}

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

#[derive(Debug)]
struct Screen {
    lang: Lang,
    width: usize,
    color: bool,
    cells: Cells,
}

impl Screen {
    fn say<'s>(&self, zh: &'s str, en: &'s str) -> &'s str {
        match self.lang {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }

    fn painted(&self, tint: &str, text: &str) -> String {
        painted(self.color, tint, text)
    }

    /// Adds a text, broken into lines; `lead` is what its first line begins with, in its colour.
    fn write(&self, lead: &str, tint: &str, text: &str, hang: &str, out: &mut Vec<String>) {
        let lines = self.cells.wrapped(&format!("{lead}{text}"), self.width, hang);
        for (i, line) in lines.into_iter().enumerate() {
            match line.strip_prefix(lead) {
                Some(rest) if i == 0 => out.push(format!("{}{rest}", self.painted(tint, lead))),
                _ => out.push(line),
            }
        }
    }

    fn file(&self, path: &str, checked: &Checked, out: &mut Vec<String>) {
        let places = Places::new(checked);
        let lines = &checked.document.lines;
        let open: Vec<&Finding> = checked.findings.iter().filter(|f| f.outcome == Outcome::Open).collect();
        let paragraph = |f: &Finding| f.diagnostic.place.span().map(|s| lines.line_of(s.start));
        for group in open.chunk_by(|a, b| paragraph(a) == paragraph(b)) {
            let mut pictures: Vec<(Vec<Topic>, Option<Span>)> = Vec::new();
            for topic in self.topics(checked, group) {
                let extent = extent(checked, &topic);
                if let (Some((topics, Some(whole))), Some(extent)) = (pictures.last_mut(), extent)
                    && topics.len() < TOPICS
                    && (whole.contains(extent) || self.fits(checked, whole.to(extent)))
                {
                    *whole = whole.to(extent);
                    topics.push(topic);
                } else {
                    pictures.push((vec![topic], extent));
                }
            }
            for (topics, _) in &pictures {
                self.picture(path, checked, &places, topics, out);
                out.push(String::new());
            }
        }
        self.ticks(path, checked, &places, out);
    }

    /// The tick list: every claim with its verdict and its working, for whoever audits the paper.
    fn ticks(&self, path: &str, checked: &Checked, places: &Places, out: &mut Vec<String>) {
        if checked.ticks.is_empty() {
            return;
        }
        let title = self.say("数字关系逐条核对：", "Claims, one by one: ");
        self.write(title, "1", path, "  ", out);
        for tick in &checked.ticks {
            let at = places.of_span(tick.span).0;
            let tint = match tick.verdict {
                "agree" => "32",
                "conflict" => "31",
                "near" => "33",
                _ => "2",
            };
            let (verdict, kind) = (names::verdict(tick.verdict, self.lang), names::kind(tick.kind, self.lang));
            let said = tick_line(&checked.document, tick, self.lang);
            self.write(
                &format!("  {verdict} "),
                tint,
                &format!("{}:{} [{kind}] {said}", at.line, at.column),
                "       ",
                out,
            );
        }
        out.push(String::new());
    }

    /// Whether a stretch of a line fits into a window of a draft with lines below ten thousand.
    fn fits(&self, checked: &Checked, span: Span) -> bool {
        window::fits_whole(&checked.document.text, span, WINDOW.min(self.width - GUTTER - 4), self.cells)
    }

    /// The findings of one paragraph, those together that say the same.
    fn topics<'a>(&self, checked: &Checked, findings: &[&'a Finding]) -> Vec<Topic<'a>> {
        let mut topics: Vec<Topic> = Vec::new();
        let mut known = HashMap::new();
        for &finding in findings {
            let d = &finding.diagnostic;
            if let (Some(span), true) = (d.place.span(), d.labels.is_empty()) {
                let cure: Vec<&str> = d.fix.iter().flat_map(|f| f.edits.iter().map(|e| e.text.as_str())).collect();
                let pattern = without_quoted(d.message.get(self.lang), checked.document.slice(span));
                let at = *known.entry((d.rule.id, d.severity, cure, pattern)).or_insert(topics.len());
                if let Some(topic) = topics.get_mut(at) {
                    topic.findings.push(finding);
                    continue;
                }
            }
            topics.push(Topic { findings: vec![finding] });
        }
        topics
    }

    fn picture(&self, path: &str, checked: &Checked, places: &Places, topics: &[Topic], out: &mut Vec<String>) {
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

    /// What a finding proposes: its help, its cure, its authority.
    fn advice(&self, checked: &Checked, d: &Diagnostic) -> Vec<(&'static str, String)> {
        let mut out = Vec::new();
        if let Some(help) = &d.help {
            out.push((self.say("建议：", "help: "), help.get(self.lang).to_owned()));
        }
        if let Some(fix) = &d.fix {
            let quoted = |s: &str| self.cells.shortened(s, QUOTE);
            let (key, mut text) = match fix.edits.as_slice() {
                [] => (self.say("改法：", "fix: "), fix.title.get(self.lang).to_owned()),
                [edit] => {
                    let old = checked.document.slice(edit.span);
                    if old.is_empty() {
                        (self.say("补上：", "add: "), self.cells.shown(&edit.text))
                    } else if edit.text.is_empty() {
                        (self.say("删去：", "delete: "), quoted(old))
                    } else if d.place.span() == Some(edit.span) {
                        (self.say("改为：", "write: "), self.cells.shown(&edit.text))
                    } else {
                        (self.say("改为：", "write: "), format!("{} → {}", quoted(old), self.cells.shown(&edit.text)))
                    }
                }
                edits => {
                    let mut text = fix.title.get(self.lang).to_owned();
                    for (i, edit) in edits.iter().take(NAMED).enumerate() {
                        text.push_str(if i == 0 { self.say("：", ": ") } else { self.say("；", "; ") });
                        let _ = write!(text, "{} → {}", quoted(checked.document.slice(edit.span)), quoted(&edit.text));
                    }
                    if edits.len() > NAMED {
                        let _ = match self.lang {
                            Lang::Zh => write!(text, "；等{}处", edits.len()),
                            Lang::En => write!(text, "; {} places", edits.len()),
                        };
                    }
                    (self.say("改法：", "fix: "), text)
                }
            };
            if fix.safety == Safety::Review {
                text.push_str(self.say("（请核对后再改）", " (check before changing)"));
            }
            out.push((key, text));
        }
        // A message that names its authority has said it.
        if !d.source.is_empty() && !d.message.get(self.lang).contains(&d.source) {
            out.push((self.say("依据：", "source: "), d.source.clone()));
        }
        out
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

    /// What was found and checked, counted.
    fn counts(&self, run: &Summary, out: &mut Vec<String>) {
        let rules: BTreeMap<_, _> =
            run.open.iter().map(|(&(severity, id), &n)| ((std::cmp::Reverse(severity), id), n)).collect();
        let failed = run.failed.len();
        let read = run.checked();
        let total: usize = rules.values().sum();
        let claims = &run.claims;
        let unknown: usize = claims.unknown.values().sum();

        if total > 0 {
            self.table(&rules, out);
        }
        let mut line = String::new();
        let mut lead = if read == 0 {
            self.say("没有可检查的文件。", "No file was checked.").to_owned()
        } else if total == 0 && failed > 0 {
            self.say("在可读的文件中未发现问题。", "No problems in the files that could be read.").to_owned()
        } else if total == 0 {
            self.say("未发现问题。", "No problems found.").to_owned()
        } else {
            match self.lang {
                Lang::Zh => format!("共{total}处："),
                Lang::En => format!("{} in all: ", count(total, "finding")),
            }
        };
        if total > 0 {
            let n = |s| run.count(s);
            let (e, w, i) = (n(Severity::Error), n(Severity::Warning), n(Severity::Info));
            let _ = match self.lang {
                Lang::Zh => write!(line, "错误{e}，警告{w}，提示{i}。"),
                Lang::En => write!(line, "{}, {}, {i} info.", count(e, "error"), count(w, "warning")),
            };
            self.write(&lead, tint::STRONG, &line, "  ", out);
            line.clear();
            lead.clear();
        }
        if read > 0 {
            let _ = match self.lang {
                Lang::Zh => write!(line, "已检查{read}份文件"),
                Lang::En => write!(line, "{}Checked {}", if total == 0 { " " } else { "" }, count(read, "file")),
            };
            if claims.seen > 0 {
                let reasons = self.listed(claims.unknown.iter().map(|(why, n)| (*why, *n)));
                let reasons = match self.lang {
                    Lang::Zh if unknown > 0 => format!("（{reasons}）"),
                    Lang::En if unknown > 0 => format!(" ({reasons})"),
                    _ => reasons,
                };
                let (seen, agree, near, conflict) = (claims.seen, claims.agree, claims.near, claims.conflict);
                let _ = match self.lang {
                    Lang::Zh => write!(
                        line,
                        "、{seen}条数字关系：相符{agree}，近似{near}，矛盾{conflict}，未判{unknown}{reasons}"
                    ),
                    Lang::En => write!(
                        line,
                        " and {}: {agree} agree, {near} near, {conflict} conflict, {unknown} unknown{reasons}",
                        count(seen, "numeric claim")
                    ),
                };
            }
            line.push_str(self.say("。", "."));
        }
        let clean = total == 0 && failed == 0 && read > 0;
        if !(lead.is_empty() && line.is_empty()) {
            self.write(&lead, if clean { tint::GOOD } else { tint::STRONG }, &line, "  ", out);
        }

        if !run.aside.is_empty() {
            let lead = self.say("未列出：", "Not shown: ");
            let list = self.listed(run.aside.iter().map(|(why, n)| (*why, *n))) + self.say("。", ".");
            self.write(lead, tint::STRONG, &list, "  ", out);
        }
        if run.gone > 0 {
            let gone = run.gone;
            let text = match self.lang {
                Lang::Zh => format!("基线中有{gone}处已不再出现，可用 lint baseline --prune 清理。"),
                Lang::En => format!("{gone} in the baseline are gone: strike them out with `lint baseline --prune`."),
            };
            self.write("", "", &text, "  ", out);
        }
    }

    /// The files that could not be read, with what to do.
    fn unread(&self, run: &Summary, out: &mut Vec<String>) {
        let failed = run.failed.len();
        if failed > 0 {
            let lead = match self.lang {
                Lang::Zh => format!("{failed}份文件无法读取，未经检查："),
                Lang::En => format!("{} could not be read and went unchecked:", count(failed, "file")),
            };
            self.write(&lead, tint::ERROR, "", "  ", out);
            for (path, fault) in &run.failed {
                let text = format!("{}{}", self.say("：", ": "), fault.message.get(self.lang));
                self.write(&format!("  {}", self.cells.shown(path)), tint::STRONG, &text, "    ", out);
                self.write("    ", "", fault.advice.get(self.lang), "    ", out);
            }
        }
    }

    /// The files that a walk did not look at.
    fn passed_over(&self, run: &Summary, out: &mut Vec<String>) {
        let passed: usize = run.skipped.values().sum();
        if passed > 0 {
            let reasons = self.listed(run.skipped.iter().map(|(why, n)| (*why, *n)));
            let text = match self.lang {
                Lang::Zh => format!("略过{passed}份文件（{reasons}）。"),
                Lang::En => format!("{} passed over ({reasons}).", count(passed, "file")),
            };
            self.write("", "", &text, "  ", out);
        }
    }

    /// How often each rule spoke.
    fn table(&self, rules: &BTreeMap<(std::cmp::Reverse<Severity>, &str), usize>, out: &mut Vec<String>) {
        let widest = rules.keys().map(|(_, id)| id.len()).max().unwrap_or(0);
        let pad = |text: &str, width: usize| " ".repeat(width.saturating_sub(self.cells.of(text)));
        let severity_width = match self.lang {
            Lang::Zh => 4,
            Lang::En => "severity".len(),
        };
        let bar = if self.cells.ascii { "-" } else { "─" };
        let number_width = 5;
        let width = widest + severity_width + number_width + 4;
        out.push(self.painted(tint::FAINT, &bar.repeat(width)));
        let (rule, severity, number) =
            (self.say("规则", "rule"), self.say("级别", "severity"), self.say("处数", "count"));
        let head = format!(
            "{rule}{}  {severity}{}  {}{number}",
            pad(rule, widest),
            pad(severity, severity_width),
            pad(number, number_width)
        );
        out.push(self.painted(tint::FAINT, &head));
        for ((std::cmp::Reverse(severity), id), n) in rules {
            let name = names::severity(*severity, self.lang);
            out.push(format!(
                "{id}{}  {}{}  {n:>number_width$}",
                pad(id, widest),
                self.painted(tint_of(*severity), name),
                pad(name, severity_width)
            ));
        }
        out.push(self.painted(tint::FAINT, &bar.repeat(width)));
    }

    /// Reasons and their counts.
    fn listed<'s>(&self, reasons: impl Iterator<Item = (&'s str, usize)>) -> String {
        let named: Vec<String> = reasons
            .map(|(why, n)| match self.lang {
                Lang::Zh => format!("{}{n}", names::reason(why, self.lang)),
                Lang::En => format!("{n} {}", names::reason(why, self.lang)),
            })
            .collect();
        named.join(self.say("，", ", "))
    }
}

/// `1 file`, `2 files`.
fn count(n: usize, noun: &str) -> String {
    format!("{n} {noun}{}", if n == 1 { "" } else { "s" })
}

/// All that a topic underlines, where that is on one line.
fn extent(checked: &Checked, topic: &Topic) -> Option<Span> {
    let spans = topic.findings.iter().flat_map(|f| {
        let d = &f.diagnostic;
        d.place.span().into_iter().chain(d.labels.iter().map(|l| l.span))
    });
    let whole = spans.reduce(Span::to)?;
    let line = checked.document.lines.line_of(whole.start);
    checked.document.lines.span(&checked.document.text, line).contains(whole).then_some(whole)
}

/// A message without what it quotes of the text found: messages that differ in nothing else say the same.
fn without_quoted(message: &str, text: &str) -> String {
    let mut out = String::with_capacity(message.len());
    let mut rest = message;
    while let Some((before, tail)) = rest.split_once('“') {
        let Some((quoted, after)) = tail.split_once('”') else { break };
        out.push_str(before);
        out.push('“');
        if !(text.contains(quoted) || (!text.is_empty() && quoted.contains(text))) {
            out.push_str(quoted);
        }
        out.push('”');
        rest = after;
    }
    out.push_str(rest);
    out
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

#[cfg(test)]
mod tests {
    use unicode_width::UnicodeWidthStr as _;

    use super::*;
    use crate::diagnostic::{Edit, Fix, RuleMeta, Words};
    use crate::render::whole;
    use crate::report::{ClaimCounts, FileError, Report};
    use crate::text::Document;

    static SHARE: RuleMeta =
        RuleMeta { id: "claim-share", severity: Severity::Error, by_default: true, zh: "", en: "", page: "" };
    static MASK: RuleMeta =
        RuleMeta { id: "placeholder-mask", severity: Severity::Error, by_default: true, zh: "", en: "", page: "" };
    static TERM: RuleMeta =
        RuleMeta { id: "term-outdated", severity: Severity::Error, by_default: true, zh: "", en: "", page: "" };
    static PART: RuleMeta =
        RuleMeta { id: "section-missing", severity: Severity::Warning, by_default: true, zh: "", en: "", page: "" };

    /// A paragraph as reports have them, with figures that do not agree and words that were right once.
    const LONG: &str = "　　（三）深化“放管服”改革。全面梳理行政权力事项，编制公布青溪县权责清单并实行动态调整，\
        推动更多事项“一网通办”“掌上可办”。截至年底，县本级依申请政务服务事项共有418项，其中可全程网办事项132项，\
        占38%，较上年大幅提升；设立“办不成事”反映窗口12个，受理并办结群众诉求96件。坚持把法制政府建设作为\
        优化营商环境的重要抓手，组织法制宣传教育活动xx场，覆盖企业xx家、群众xxx人次，发放资料X万份，\
        解答咨询xx人次，化解纠纷xx件，回访xx次，满意率XX%，群众对法治建设的获得感、幸福感、安全感持续增强。";

    struct Draft {
        text: String,
        found: Vec<Diagnostic>,
    }

    impl Draft {
        fn new(text: impl Into<String>) -> Self {
            Self { text: text.into(), found: Vec::new() }
        }

        fn span(&self, part: &str, nth: usize) -> Span {
            let (at, _) = self.text.match_indices(part).nth(nth).expect("the part is in the text");
            Span::new(at, at + part.len())
        }

        fn find(&mut self, d: Diagnostic) {
            self.found.push(d);
        }

        fn file(self, path: &str) -> FileReport {
            let document = Document::new(path.to_owned(), self.text, "UTF-8", Vec::new(), None);
            let findings =
                self.found.into_iter().map(|diagnostic| Finding { diagnostic, paper: 0, outcome: Outcome::Open });
            let mut findings: Vec<Finding> = findings.collect();
            findings.sort_by_key(|f| f.diagnostic.place.span());
            let unknown = BTreeMap::from([("no-base", 12), ("masked", 9)]);
            let claims = ClaimCounts { seen: 40, agree: 18, near: 0, conflict: 1, unknown };
            FileReport {
                path: path.to_owned(),
                outcome: Ok(Checked { document, papers: Vec::new(), findings, claims, ticks: Vec::new() }),
            }
        }
    }

    fn share(draft: &Draft, near: bool) -> Diagnostic {
        let d = Diagnostic::at(
            &SHARE,
            draft.span("38%", 0),
            Words::new(
                "132÷418＝31.58％，文中写38％；若38％无误，分子应为157～160",
                "132 ÷ 418 = 31.58%, the text says 38%; if 38% is right, the numerator is 157 to 160",
            ),
        )
        .label(draft.span("418项", 0), Words::new("总数", "total"))
        .label(draft.span("132项", 0), Words::new("其中", "part"));
        if near { d } else { d.label(draft.span("青溪县", 0), Words::new("全县口径", "county figures")) }
    }

    fn term(draft: &Draft, nth: usize) -> Diagnostic {
        let wrong = ["法制政府", "法制宣传教育"][nth];
        let right = ["法治政府", "法治宣传教育"][nth];
        let span = draft.span(wrong, 0);
        Diagnostic::at(
            &TERM,
            span,
            Words::new(format!("“{wrong}”应写作“{right}”"), format!("“{wrong}” is now written “{right}”")),
        )
        .fix(Fix {
            title: Words::new("改用现行说法", "use the current term"),
            safety: Safety::Safe,
            edits: vec![Edit { span, text: right.to_owned() }],
        })
        .source("《法治政府建设实施纲要（2021－2025年）》")
    }

    fn masks(draft: &mut Draft) {
        let spans: Vec<Span> = draft
            .text
            .match_indices("xx")
            .map(|(at, m)| Span::new(at, at + m.len()))
            .chain(draft.text.match_indices("XX%").map(|(at, m)| Span::new(at, at + m.len())))
            .collect();
        for span in spans {
            let text = draft.text[span.range()].to_owned();
            draft.find(
                Diagnostic::at(
                    &MASK,
                    span,
                    Words::new(format!("“{text}”尚未填写"), format!("“{text}” is still to be filled in")),
                )
                .help(Words::new("填入实际数字，或删去整句", "fill in the number or drop the sentence")),
            );
        }
    }

    fn sample() -> Report {
        let mut draft = Draft::new(format!(
            "青溪县2023年法治政府建设年度报告\r\n\r\n　　2023年，全县共受理行政复议申请209件。\r\n{LONG}\r\n"
        ));
        draft.find(Diagnostic::whole(&PART, Words::new("全文没有成文日期", "the paper has no date")));
        let title = draft.span("青溪县2023年法治政府建设年度报告", 0);
        draft.find(Diagnostic::at(&PART, title, Words::new("缺少“第一责任人履职情况”部分", "the part is missing")));
        draft.find(Diagnostic::at(&PART, title, Words::new("缺少“下一年度主要安排”部分", "the plan is missing")));
        draft.find(share(&draft, false).label(draft.span("209件", 0), Words::new("另见全文口径", "see also")));
        draft.find(term(&draft, 0));
        draft.find(term(&draft, 1));
        masks(&mut draft);
        let unreadable = FileError {
            message: Words::new("这是 Word 文档，不是文本", "this is a Word document, not text"),
            advice: Words::new("请另存为 UTF-8 纯文本后再检查。", "Save it as plain UTF-8 text first."),
        };
        Report {
            files: vec![
                draft.file("送审稿/年度报告.txt"),
                FileReport { path: "送审稿/\u{1b}[31m附件.docx".to_owned(), outcome: Err(unreadable) },
            ],
            skipped: BTreeMap::from([("extension", 3)]),
        }
    }

    fn full(report: &Report, lang: Lang, options: &TerminalOptions) -> String {
        whole(Full::new(lang, options), report)
    }

    fn plain(width: usize) -> TerminalOptions {
        TerminalOptions { width, ..TerminalOptions::default() }
    }

    fn expect(text: String, name: &str) {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/render").join(name);
        let expected = snapbox::Data::read_from(&path, None);
        snapbox::Assert::new().action_env("SNAPSHOTS").eq(text, expected.raw());
    }

    /// A report with everything in it reads as it should: in both languages, on a narrow screen, in ASCII, in colour.
    #[test]
    fn a_whole_report() {
        let report = sample();
        expect(full(&report, Lang::Zh, &plain(80)), "full.zh.out");
        expect(full(&report, Lang::En, &plain(80)), "full.en.out");
        expect(full(&report, Lang::Zh, &plain(40)), "full.narrow.out");
        expect(full(&report, Lang::Zh, &TerminalOptions { wide_ambiguous: true, ..plain(80) }), "full.wide.out");
        expect(full(&report, Lang::Zh, &TerminalOptions { color: true, ..plain(80) }), "full.color.out");
    }

    /// Colour adds nothing but colour.
    #[test]
    fn colour_is_only_colour() {
        let report = sample();
        let coloured = full(&report, Lang::Zh, &TerminalOptions { color: true, ..plain(80) });
        assert_eq!(without_colour(&coloured), full(&report, Lang::Zh, &plain(80)));
    }

    /// A clean run says in one line what was checked, and never that a file is clean that was not read.
    #[test]
    fn clean_runs() {
        let mut report = Report { files: vec![Draft::new(LONG).file("a.txt")], ..Report::default() };
        let text = full(&report, Lang::Zh, &plain(120));
        assert_eq!(
            text,
            "未发现问题。已检查1份文件、40条数字关系：相符18，近似0，矛盾1，未判21（数字未填9，缺分母12）。\n"
        );
        let fault = FileError { message: Words::new("不是文本", "no text"), advice: Words::new("另存", "save") };
        report.files.push(FileReport { path: "b.doc".to_owned(), outcome: Err(fault) });
        assert!(full(&report, Lang::Zh, &plain(120)).starts_with("在可读的文件中未发现问题。"));
        let quiet = TerminalOptions { counts: false, ..plain(80) };
        assert_eq!(full(&report, Lang::Zh, &quiet), "1份文件无法读取，未经检查：\n  b.doc：不是文本\n    另存\n");
        report.files.remove(0);
        let text = full(&report, Lang::En, &plain(80));
        assert_eq!(
            text,
            "No file was checked.\n1 file could not be read and went unchecked:\n  b.doc: no text\n    save\n"
        );
        assert_eq!(full(&Report::default(), Lang::Zh, &plain(80)), "没有可检查的文件。\n");
    }

    /// A group names the places that its picture cannot show, and counts them all.
    #[test]
    fn a_crowd_is_counted() {
        let mut draft = Draft::new("走访企业xx家，".repeat(60));
        masks(&mut draft);
        let report = Report { files: vec![draft.file("a.txt")], ..Report::default() };
        let text = full(&report, Lang::Zh, &plain(80));
        assert!(text.contains("（本段60处）"), "{text}");
        let rest = text.lines().find(|l| l.contains("另有")).expect("the rest is told");
        let shown =
            text.lines().filter(|l| l.trim_start().starts_with('·')).flat_map(str::split_whitespace).count() - 2;
        assert!(rest.contains(&format!("另有{}处：", 60 - shown)), "{text}");
        assert!(text.lines().count() < 20, "{text}");
    }

    /// A span over several lines is shown where it begins and where it ends; an empty one and one at the very end of
    /// the file are pointed at.
    #[test]
    fn odd_spans() {
        let text = "第一行说明情况。\r\n第二行。\r\n\r\n第四行到此为止。\r\n末行";
        for (start, end, rows) in [
            ("说明", "为止", "1 │ 第一行说明情况。\n   ·       ──────────\n"),
            ("说明", "为止", "4 │ 第四行到此为止。\n   · ───────┬──────\n   ·        ╰── 到此\n"),
            ("末", "", "5 │ 末行\n   ·     ▲\n"),
            ("\r", "\n", "1 │ 第一行说明情况。\n   ·                 ▲\n"),
        ] {
            let start = if end.is_empty() { text.len() } else { text.find(start).expect("there") };
            let end = if end.is_empty() { text.len() } else { text.find(end).expect("there") + end.len() };
            let mut draft = Draft::new(text);
            draft.find(Diagnostic::at(&TERM, Span::new(start, end), Words::new("此处有误", "wrong")));
            let report = Report { files: vec![draft.file("a.txt")], ..Report::default() };
            let out = full(&report, Lang::Zh, &plain(80));
            assert!(out.contains(rows), "{rows}\n{out}");
        }
    }

    /// Evidence inside the finding, around it and astride its edge is told, and the finding keeps its underline.
    #[test]
    fn overlapping_evidence() {
        let mut draft = Draft::new("全年受理投诉举报418件，办结率达到98%，群众满意。");
        let (inside, around, astride) =
            (draft.span("98%", 0), draft.span("办结率达到98%，群众", 0), draft.span("达到98", 0));
        draft.find(
            Diagnostic::at(&SHARE, draft.span("率达到98%", 0), Words::new("不符", "no"))
                .label(inside, Words::new("比率", "rate"))
                .label(around, Words::new("整句", "clause"))
                .label(astride, Words::new("跨界", "astride")),
        );
        let report = Report { files: vec![draft.file("a.txt")], ..Report::default() };
        let out = full(&report, Lang::Zh, &plain(80));
        for said in ["比率", "整句", "跨界"] {
            assert_eq!(out.matches(said).count(), 1, "{said}\n{out}");
        }
    }

    /// The text without SGR sequences.
    fn without_colour(text: &str) -> String {
        let mut parts = text.split("\u{1b}[");
        let mut out = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            out.push_str(part.split_once('m').expect("an SGR sequence ends").1);
        }
        out
    }

    /// Lines of characters that make trouble on a screen.
    const TROUBLE: &str = "[一二县的法治件，。“”…—·（）0-9%xa-z \t\u{3000}\u{300}\u{200b}\u{202e}\u{feff}\u{1b}\u{7}\u{9b}😀Ａ％①\u{fffe}]{0,120}";

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig::with_cases(192))]

        /// Whatever stands in a draft and wherever findings stand in it: no panic, no line wider than asked, nothing raw,
        /// the place and the line numbers are the true ones.
        #[test]
        fn any_draft_any_span(
            lines in proptest::collection::vec((TROUBLE, "\r\n|\n|\r"), 1..5),
            ends in proptest::collection::vec((0usize..400, 0usize..90), 1..12),
            width in 40usize..110,
            (color, ascii, wide_ambiguous) in (proptest::bool::ANY, proptest::bool::ANY, proptest::bool::ANY),
        ) {
            let text: String = lines.iter().map(|(line, end)| format!("{line}{end}")).collect();
            let mut stops: Vec<usize> = text.char_indices().map(|(i, _)| i).collect();
            stops.push(text.len());
            let spans: Vec<Span> = ends.iter().map(|&(start, len)| {
                let start = start % stops.len();
                Span::new(stops[start], stops[(start + len).min(stops.len() - 1)])
            }).collect();
            let mut draft = Draft::new(text);
            for (i, &span) in spans.iter().enumerate() {
                let quoted = &draft.text[span.range()];
                let mut d = Diagnostic::at(
                    [&SHARE, &MASK, &TERM][i % 3],
                    span,
                    Words::new(format!("“{quoted}”有误"), format!("“{quoted}” is wrong")),
                );
                if i % 3 == 0 {
                    for &label in spans.iter().skip(i + 1).take(6) {
                        d = d.label(label, Words::new("甲乙丙丁戊己庚辛壬癸甲乙", "a label"));
                    }
                }
                draft.find(d);
            }
            let file = draft.file("送审/一份名字很长很长很长很长很长很长很长很长很长很长很长很长很长的报告.txt");
            let report = Report { files: vec![file], ..Report::default() };
            let options = TerminalOptions { width, color, ascii, wide_ambiguous, counts: true };
            for lang in [Lang::Zh, Lang::En] {
                let out = full(&report, lang, &options);
                let out = if color { without_colour(&out) } else { out };
                for line in out.lines() {
                    let cells: usize = line.chars().map(|c| options.cells().of_char(c)).sum();
                    proptest::prop_assert!(cells <= width, "{cells} > {width}: {line}");
                    proptest::prop_assert!(wide_ambiguous || line.width() <= width, "{line}");
                    let raw = line.chars().find(|c| c.is_control() || "\u{200b}\u{202e}\u{feff}\u{fffe}".contains(*c));
                    proptest::prop_assert!(raw.is_none(), "{raw:?} in {line}");
                }
                let (_, checked) = report.checked().next().expect("one file");
                let spans = checked.findings.iter().flat_map(|f| {
                    f.diagnostic.place.span().into_iter().chain(f.diagnostic.labels.iter().map(|l| l.span))
                });
                let lines = &checked.document.lines;
                let known: Vec<String> = spans
                    .flat_map(|s| [lines.line_of(s.start), lines.line_of(s.end.max(s.start + 1) - 1)])
                    .map(|line| (line + 1).to_string())
                    .collect();
                let bar = if options.cells().ascii { '|' } else { '│' };
                for line in out.lines() {
                    if let Some((number, _)) = line.split_once(bar)
                        && !number.trim().is_empty()
                        && number.trim().bytes().all(|b| b.is_ascii_digit())
                    {
                        proptest::prop_assert!(known.iter().any(|k| k == number.trim()), "{line}");
                    }
                }
            }
        }
    }
}
