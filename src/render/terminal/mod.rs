//! For people: each finding with its proof and the words around it, then what was checked. The only room of miette.

mod picture;
mod totals;

use std::collections::HashMap;
use std::fmt::Write as _;

use crate::diagnostic::{Diagnostic, Lang, Safety, Severity};
use crate::render::cells::Cells;
use crate::render::concise::tick_line;
use crate::render::place::Places;
use crate::render::window;
use crate::render::{Format, names};
use crate::report::{Checked, FileReport, Finding, Outcome, Summary};
use crate::text::Span;

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
/// How many findings with different messages share a picture at most.
const TOPICS: usize = 9;
/// How many further places of a group are named.
const NAMED: usize = 8;
/// How wide a quotation from a draft may be.
const QUOTE: usize = 24;
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

#[cfg(test)]
mod tests;
