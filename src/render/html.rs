//! The page for the drafter: the papers with their marks, the proof beside each mark, the claims one by one.
//!
//! Here facts become views; how these look is a matter of `templates/`: `report.html` (the page), `file.html` (a file of
//! it), `note.html` (a proof), `chart.html`, and the style and the script that the page carries within itself.

mod pieces;

use std::collections::HashMap;
use std::hash::Hash;

use askama::Template;
use base64ct::{Base64, Encoding as _};
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use crate::diagnostic::{Fix, Lang, Safety, Severity};
use crate::render::place::Places;
use crate::render::{Format, json_text, names, printable, summary};
use crate::report::{Checked, ClaimCounts, ClaimRecord, FileReport, Finding, Outcome, PaperInfo, Summary};
use crate::text::{BlockKind, Document, Span, ends_sentence, sentence};

use pieces::{Line, Piece, Run, Wanted, What};

const STYLE: &str = include_str!("../../templates/report.css");
const SCRIPT: &str = include_str!("../../templates/report.js");

/// How many characters of the draft an entry of the lists shows.
const QUOTE: usize = 24;

/// One page over all files, written at the end, since it begins with an index.
#[derive(Debug)]
pub struct Html {
    lang: Lang,
    files: Vec<File>,
}

impl Html {
    /// With messages in one language.
    #[must_use]
    pub fn new(lang: Lang) -> Self {
        Self { lang, files: Vec::new() }
    }
}

impl Format for Html {
    fn file(&mut self, file: &FileReport) -> String {
        let number = self.files.len() + 1;
        self.files.push(File::new(file, number, self.lang));
        String::new()
    }

    fn end(&mut self, run: &Summary) -> String {
        let lang = self.lang;
        let page = Page {
            lang,
            style: STYLE,
            script: SCRIPT,
            policy: policy(),
            version: env!("CARGO_PKG_VERSION"),
            gist: summary(run, lang),
            severities: SEVERITIES.map(|s| (s.as_str(), names::severity(s, lang), run.count(s))),
            aside: run.aside.values().sum(),
            chart: Chart::new(&run.claims, "chart", lang),
            classes: classes(&self.files, lang),
            rules: rules(&self.files),
            files: &self.files,
        };
        page.render().expect("a page is written into memory") + "\n"
    }
}

const SEVERITIES: [Severity; 3] = [Severity::Error, Severity::Warning, Severity::Info];

/// What the page may do: be styled by its own style, run its own script, and load nothing.
fn policy() -> String {
    let hash = |text: &str| Base64::encode_string(&Sha256::digest(text));
    format!(
        "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; base-uri 'none'; form-action 'none'",
        hash(STYLE),
        hash(SCRIPT)
    )
}

/// Words of the page itself, which its templates give in both languages.
trait Say {
    fn say<'s>(&self, zh: &'s str, en: &'s str) -> &'s str;
}

impl Say for Lang {
    fn say<'s>(&self, zh: &'s str, en: &'s str) -> &'s str {
        match self {
            Self::Zh => zh,
            Self::En => en,
        }
    }
}

#[derive(Template)]
#[template(path = "report.html")]
struct Page<'a> {
    lang: Lang,
    style: &'static str,
    script: &'static str,
    policy: String,
    version: &'static str,
    gist: String,
    /// The id of a severity, its name, and how many findings count.
    severities: [(&'static str, &'static str, usize); 3],
    /// How many findings do not count.
    aside: usize,
    chart: Option<Chart>,
    classes: Vec<Class>,
    rules: Vec<Rule<'a>>,
    files: &'a [File],
}

/// A class of rules that spoke, for the filter.
struct Class {
    id: &'static str,
    name: &'static str,
    rules: Vec<&'static str>,
}

/// A rule and where it spoke.
struct Rule<'a> {
    id: &'static str,
    summary: &'static str,
    /// How many of its findings count.
    open: usize,
    entries: Vec<(&'a File, &'a Entry)>,
}

/// A file of the page.
#[derive(Debug)]
struct File {
    number: usize,
    path: String,
    /// The titles of its papers.
    titles: Vec<String>,
    /// What is wrong with a file that could not be read, and the way out.
    fault: Option<(String, String)>,
    /// How many findings count, by severity.
    counts: [usize; 3],
    aside: usize,
    entries: Vec<Entry>,
    /// Its section, written.
    section: String,
}

/// A finding in the lists.
#[derive(Debug)]
struct Entry {
    finding: Key,
    href: String,
    line: Option<usize>,
    quote: String,
    summary: &'static str,
}

/// What the filters and the lists know of a finding.
#[derive(Debug, Clone)]
struct Key {
    /// Its name on the page: of the file, and of the finding by its place in the report.
    id: String,
    /// The number that people read: those that count come first.
    number: usize,
    severity: &'static str,
    severity_name: &'static str,
    class: &'static str,
    rule: &'static str,
    open: bool,
}

impl File {
    fn new(file: &FileReport, number: usize, lang: Lang) -> Self {
        let path = printable(&file.path).into_owned();
        let mut view = Self {
            number,
            path,
            titles: Vec::new(),
            fault: None,
            counts: [0; 3],
            aside: 0,
            entries: Vec::new(),
            section: String::new(),
        };
        match &file.outcome {
            Ok(checked) => view.read(checked, lang),
            Err(error) => {
                let said = |words: &str| printable(words).into_owned();
                view.fault = Some((said(error.message.get(lang)), said(error.advice.get(lang))));
            }
        }
        view
    }

    fn read(&mut self, checked: &Checked, lang: Lang) {
        let document = &checked.document;
        let places = Places::new(checked);
        let keys = keys(self.number, &checked.findings, lang);
        for finding in &checked.findings {
            match SEVERITIES.iter().position(|s| *s == finding.diagnostic.severity) {
                Some(i) if finding.outcome == Outcome::Open => self.counts[i] += 1,
                _ => self.aside += 1,
            }
        }
        self.titles = checked.papers.iter().filter_map(|p| p.title.as_deref()).map(|t| printable(t).into()).collect();
        let wanted = wanted(self.number, checked, &keys);
        let mut sheet = Sheet::new(self.number, checked, &wanted, &keys);
        let desk = Desk { number: self.number, lang, document, places: &places, keys: &keys, sheet: &sheet };
        self.entries = (0..keys.len()).map(|i| desk.entry(i, &checked.findings[i])).collect();
        let (whole, placed): (Vec<usize>, Vec<usize>) =
            (0..keys.len()).partition(|&i| checked.findings[i].diagnostic.place.span().is_none());
        let heads = desk.notes(&whole, &checked.findings);
        let by_line: Vec<(usize, Vec<Note>)> = placed
            .chunk_by(|&a, &b| desk.line(&checked.findings[a]) == desk.line(&checked.findings[b]))
            .filter_map(|of_line| {
                Some((desk.line(&checked.findings[of_line[0]])?, desk.notes(of_line, &checked.findings)))
            })
            .collect();
        let ticks = checked.ticks.iter().enumerate().map(|(i, t)| desk.tick(i, t)).collect();
        for (line, notes) in by_line {
            sheet.rows[line - 1].notes = notes;
        }
        let section = Section {
            lang,
            number: self.number,
            path: &self.path,
            encoding: document.encoding,
            papers: checked.papers.iter().map(|p| Paper::new(p, lang)).collect(),
            severities: [0, 1, 2]
                .map(|i| (SEVERITIES[i].as_str(), names::severity(SEVERITIES[i], lang), self.counts[i])),
            aside: self.aside,
            heads,
            rows: sheet.rows,
            chart: Chart::new(&checked.claims, &format!("chart{}", self.number), lang),
            ticks,
        };
        self.section = section.render().expect("a section is written into memory");
    }
}

/// Names for the findings of a file. Those that count are numbered first, so that none is missed among them while the
/// others are not shown.
fn keys(file: usize, findings: &[Finding], lang: Lang) -> Vec<Key> {
    let open = findings.iter().filter(|f| f.outcome == Outcome::Open).count();
    let (mut counting, mut aside) = (1.., open + 1..);
    let key = |(i, f): (usize, &Finding)| {
        let d = &f.diagnostic;
        let is_open = f.outcome == Outcome::Open;
        Key {
            id: format!("{file}-{i}"),
            number: if is_open { counting.next() } else { aside.next() }.expect("numbers do not end"),
            severity: d.severity.as_str(),
            severity_name: names::severity(d.severity, lang),
            class: d.rule.class(),
            rule: d.rule.id,
            open: is_open,
        }
    };
    findings.iter().enumerate().map(key).collect()
}

/// What is to be found in the text of a file: the findings first, by their index, then all evidence.
fn wanted(file: usize, checked: &Checked, keys: &[Key]) -> Vec<Wanted> {
    let findings = checked.findings.iter().enumerate();
    let marks =
        findings.clone().filter_map(|(i, f)| Some(Wanted { span: f.diagnostic.place.span()?, what: What::Finding(i) }));
    let labels = findings.flat_map(|(i, f)| {
        let id = &keys[i].id;
        f.diagnostic.labels.iter().map(move |l| Wanted { span: l.span, what: What::Evidence(id.clone()) })
    });
    let figures = checked.ticks.iter().enumerate().flat_map(|(i, t)| {
        t.figures.iter().map(move |&(_, span)| Wanted { span, what: What::Evidence(tick_id(file, i)) })
    });
    marks.chain(labels).chain(figures).collect()
}

fn tick_id(file: usize, tick: usize) -> String {
    format!("{file}-t{tick}")
}

fn classes(files: &[File], lang: Lang) -> Vec<Class> {
    let mut out: Vec<Class> = Vec::new();
    for key in files.iter().flat_map(|f| &f.entries).map(|e| &e.finding) {
        let at = out.iter().position(|c| c.id == key.class).unwrap_or_else(|| {
            out.push(Class { id: key.class, name: names::class(key.class, lang), rules: Vec::new() });
            out.len() - 1
        });
        if !out[at].rules.contains(&key.rule) {
            out[at].rules.push(key.rule);
        }
    }
    out
}

/// The findings by rule: those with the most that count first.
fn rules(files: &[File]) -> Vec<Rule<'_>> {
    let mut out: Vec<Rule> = Vec::new();
    for (file, entry) in files.iter().flat_map(|f| f.entries.iter().map(move |e| (f, e))) {
        let id = entry.finding.rule;
        let at = out.iter().position(|r| r.id == id).unwrap_or_else(|| {
            out.push(Rule { id, summary: entry.summary, open: 0, entries: Vec::new() });
            out.len() - 1
        });
        out[at].open += usize::from(entry.finding.open);
        out[at].entries.push((file, entry));
    }
    out.sort_by_key(|r| std::cmp::Reverse(r.open));
    out
}

#[derive(Template)]
#[template(path = "file.html")]
struct Section<'a> {
    lang: Lang,
    number: usize,
    path: &'a str,
    encoding: &'static str,
    papers: Vec<Paper>,
    severities: [(&'static str, &'static str, usize); 3],
    aside: usize,
    /// The findings about the file as a whole.
    heads: Vec<Note>,
    rows: Vec<Row<'a>>,
    chart: Option<Chart>,
    ticks: Vec<Tick>,
}

impl Section<'_> {
    /// Whether nothing was found in it.
    fn is_clean(&self) -> bool {
        self.aside == 0 && self.severities.iter().all(|(_, _, n)| *n == 0)
    }
}

struct Paper {
    title: Option<String>,
    /// What kind of paper it is, where that was recognised.
    kind: Option<String>,
    date: String,
    date_source: &'static str,
}

impl Paper {
    fn new(paper: &PaperInfo, lang: Lang) -> Self {
        Self {
            title: paper.title.as_deref().map(|t| printable(t).into_owned()),
            kind: paper.kind.as_ref().map(|k| printable(k.get(lang)).into_owned()),
            date: paper.date.clone(),
            date_source: names::date_source(paper.date_source, lang),
        }
    }
}

/// A line of the text with the proofs that stand beside it.
struct Row<'a> {
    number: usize,
    kind: &'static str,
    pieces: Vec<Bit<'a>>,
    notes: Vec<Note>,
}

/// A piece of the text on the page.
struct Bit<'a> {
    runs: Vec<Run<'a>>,
    mark: Option<Mark>,
    /// The findings and claims that it is evidence of.
    evidence: String,
}

/// A piece that findings stand at.
struct Mark {
    id: String,
    /// The worst severity of those that count, or that none does.
    kind: &'static str,
    findings: String,
    /// The proof of the narrowest.
    href: String,
    /// The numbers of those that end here.
    numbers: String,
    is_point: bool,
    /// Whether there is nothing that could name its link.
    is_blank: bool,
}

/// The text of a file as it lies on the page.
struct Sheet<'a> {
    rows: Vec<Row<'a>>,
    /// For each finding, the name of its first mark.
    first: Vec<Option<String>>,
}

impl<'a> Sheet<'a> {
    fn new(file: usize, checked: &'a Checked, wanted: &[Wanted], keys: &[Key]) -> Self {
        let document = &checked.document;
        let mut first: Vec<Option<String>> = vec![None; keys.len()];
        let mut marks = 0;
        let mut bit = |piece: Piece<'a>| {
            let mut findings: Vec<(usize, Span)> = Vec::new();
            let mut evidence: Vec<&str> = Vec::new();
            for wanted in piece.here.iter().map(|&w| &wanted[w]) {
                match &wanted.what {
                    What::Finding(i) => findings.push((*i, wanted.span)),
                    What::Evidence(of) => evidence.push(of),
                }
            }
            findings.sort_unstable_by_key(|&(i, _)| i);
            let narrowest = findings.iter().min_by_key(|(_, span)| span.len());
            let mark = narrowest.map(|&(narrowest, _)| {
                marks += 1;
                let id = format!("m{file}-{marks}");
                for &(i, _) in &findings {
                    first[i].get_or_insert_with(|| id.clone());
                }
                let worst = findings.iter().filter(|(i, _)| keys[*i].open).map(|(i, _)| *i);
                let worst = worst.max_by_key(|&i| checked.findings[i].diagnostic.severity);
                let ending = findings.iter().filter(|(_, span)| span.end == piece.span.end);
                Mark {
                    id,
                    kind: worst.map_or("aside", |i| keys[i].severity),
                    findings: list(findings.iter().map(|(i, _)| keys[*i].id.as_str()), " "),
                    href: format!("#n{}", keys[narrowest].id),
                    numbers: list(ending.map(|(i, _)| keys[*i].number.to_string()), ","),
                    is_point: piece.span.is_empty(),
                    is_blank: document.slice(piece.span).trim().is_empty(),
                }
            });
            Bit { runs: piece.runs, mark, evidence: list(evidence, " ") }
        };
        let lines = pieces::cut(document, wanted).into_iter().enumerate();
        let rows = lines.map(|(i, Line { pieces })| Row {
            number: i + 1,
            kind: line_kind(checked, i),
            pieces: pieces.into_iter().map(&mut bit).collect(),
            notes: Vec::new(),
        });
        Self { rows: rows.collect(), first }
    }
}

/// How many characters a line has at most that a heading begins and no sentence follows.
const HEADING: usize = 40;

/// What a line is, as far as the report knows: the title of a paper, a heading, or a plain line.
fn line_kind(checked: &Checked, line: usize) -> &'static str {
    let document = &checked.document;
    let span = document.lines.span(&document.text, line);
    let words = document.slice(span).trim();
    let is_title = |title: &str| !words.is_empty() && words.trim_start_matches('#').trim_start() == title;
    if checked.papers.iter().any(|p| p.span.contains(span) && p.title.as_deref().is_some_and(is_title)) {
        return "title";
    }
    let marked = || document.blocks_in(span).any(|b| matches!(b.kind, BlockKind::Heading(_)));
    // 第三条 and a heading with its text behind it open a paragraph.
    let numbered = || {
        let begins = |p: &PaperInfo| {
            let next = p.headings.partition_point(|h| h.start < span.start);
            p.headings.get(next).is_some_and(|h| h.start < span.end)
        };
        words.chars().nth(HEADING).is_none() && !words.contains(ends_sentence) && checked.papers.iter().any(begins)
    };
    if marked() || numbered() {
        "heading"
    } else if words.is_empty() {
        "blank"
    } else {
        "plain"
    }
}

/// One or more findings of a paragraph that say the same, with their proof.
struct Note {
    finding: Key,
    /// The names of all.
    ids: String,
    names: Vec<String>,
    numbers: String,
    message: String,
    places: Vec<Link>,
    evidence: Vec<Evidence>,
    cure: Option<String>,
    /// The sentences with the cure applied.
    corrected: Vec<Corrected>,
    help: Option<String>,
    source: Option<String>,
    /// Why it does not count.
    excuse: Option<Excuse>,
}

/// A place in the text, as a link to it.
struct Link {
    href: String,
    line: usize,
    column: usize,
}

struct Evidence {
    what: String,
    quote: String,
    /// Its line, where the finding stands in another.
    elsewhere: Option<Link>,
}

struct Corrected {
    parts: Vec<Part>,
    /// The sentence as a JSON string, so that it comes out of an attribute unaltered.
    copy: String,
}

/// A stretch of a sentence that is corrected.
struct Part {
    kind: PartKind,
    text: String,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum PartKind {
    Kept,
    Taken,
    Put,
}

struct Excuse {
    outcome: &'static str,
    reason: String,
    until: Option<String>,
    by: Option<String>,
}

/// A claim of the tick list.
struct Tick {
    id: String,
    number: usize,
    verdict: &'static str,
    verdict_name: String,
    kind: String,
    line: usize,
    quote: String,
    /// The working, or the reason why there is none.
    working: String,
}

/// What the views of one file are made from.
struct Desk<'a> {
    number: usize,
    lang: Lang,
    document: &'a Document,
    places: &'a Places,
    keys: &'a [Key],
    sheet: &'a Sheet<'a>,
}

impl Desk<'_> {
    /// The 1-based line in which a finding begins.
    fn line(&self, finding: &Finding) -> Option<usize> {
        finding.diagnostic.place.span().map(|s| self.places.of_span(s).0.line)
    }

    fn entry(&self, i: usize, finding: &Finding) -> Entry {
        let d = &finding.diagnostic;
        let quote = d.place.span().map_or_else(String::new, |s| shortened(&self.document.excerpt(s)));
        Entry {
            finding: self.keys[i].clone(),
            href: self.href(i),
            line: self.line(finding),
            quote,
            summary: d.rule.summary(self.lang),
        }
    }

    /// To the mark of a finding, or to its proof where it has no place.
    fn href(&self, i: usize) -> String {
        match &self.sheet.first[i] {
            Some(mark) => format!("#{mark}"),
            None => format!("#n{}", self.keys[i].id),
        }
    }

    fn link(&self, href: String, span: Span) -> Link {
        let at = self.places.of_span(span).0;
        Link { href, line: at.line, column: at.column }
    }

    /// The proofs of a paragraph's findings, one for those that say the same without evidence of their own.
    fn notes(&self, list: &[usize], findings: &[Finding]) -> Vec<Note> {
        let mut out: Vec<Note> = Vec::new();
        let mut known = HashMap::new();
        for &i in list {
            let note = self.note(i, &findings[i]);
            match self.saying(&findings[i]).map(|key| *known.entry(key).or_insert(out.len())) {
                Some(at) if at < out.len() => out[at].join(note),
                _ => out.push(note),
            }
        }
        out
    }

    /// What a finding says, where it stands somewhere and brings no evidence of its own.
    fn saying<'f>(&self, finding: &'f Finding) -> Option<impl Eq + Hash + use<'f>> {
        let d = &finding.diagnostic;
        let lang = self.lang;
        let outcome = finding.outcome.suppression().map(|s| (s.path.as_str(), s.line));
        (d.labels.is_empty() && d.place.span().is_some()).then(|| {
            (
                (d.rule.id, d.severity, d.message.get(lang)),
                (finding.outcome.as_str(), outcome),
                d.help.as_ref().map(|h| h.get(lang)),
                d.fix.as_ref().map(|f| f.title.get(lang)),
            )
        })
    }

    fn note(&self, i: usize, finding: &Finding) -> Note {
        let Self { lang, document, .. } = *self;
        let d = &finding.diagnostic;
        let key = self.keys[i].clone();
        let said = |text: &str| printable(text).into_owned();
        let evidence = d.labels.iter().map(|l| Evidence {
            what: said(l.message.get(lang)),
            quote: shortened(&document.excerpt(l.span)),
            elsewhere: Some(l.span)
                .map(|s| self.link(self.line_href(s), s))
                .filter(|l| Some(l.line) != self.line(finding)),
        });
        let message = d.message.get(lang);
        Note {
            ids: key.id.clone(),
            names: vec![format!("n{}", key.id)],
            numbers: key.number.to_string(),
            message: said(message),
            places: d.place.span().map(|s| self.link(self.href(i), s)).into_iter().collect(),
            evidence: evidence.collect(),
            cure: d.fix.as_ref().map(|f| cure(f, lang)),
            corrected: d.fix.as_ref().and_then(|f| corrected(f, document)).into_iter().collect(),
            help: d.help.as_ref().map(|h| said(h.get(lang))),
            // A message that names its authority has said it.
            source: Some(&d.source).filter(|s| !s.is_empty() && !message.contains(s.as_str())).map(|s| said(s)),
            excuse: (finding.outcome != Outcome::Open).then(|| self.excuse(&finding.outcome)),
            finding: key,
        }
    }

    fn excuse(&self, outcome: &Outcome) -> Excuse {
        let suppression = outcome.suppression();
        Excuse {
            outcome: names::reason(outcome.as_str(), self.lang),
            reason: suppression.map_or_else(String::new, |s| printable(&s.reason).into_owned()),
            until: suppression.and_then(|s| s.until.clone()),
            by: suppression.map(|s| format!("{}:{}", printable(&s.path), s.line)),
        }
    }

    fn line_href(&self, span: Span) -> String {
        format!("#l{}-{}", self.number, self.places.of_span(span).0.line)
    }

    fn tick(&self, i: usize, tick: &ClaimRecord) -> Tick {
        let Self { lang, document, .. } = *self;
        let working = match (&tick.working, tick.why) {
            (Some(working), _) => printable(working.get(lang)).into_owned(),
            (None, why) => why.map_or_else(String::new, |why| names::reason(why, lang).to_owned()),
        };
        Tick {
            id: tick_id(self.number, i),
            number: i + 1,
            verdict: tick.verdict,
            verdict_name: names::verdict(tick.verdict, lang).to_owned(),
            kind: names::kind(tick.kind, lang).to_owned(),
            line: self.places.of_span(tick.span).0.line,
            quote: shortened(&document.excerpt(tick.span)),
            working,
        }
    }
}

impl Note {
    /// Takes in a finding that says the same of another place.
    fn join(&mut self, other: Self) {
        self.ids.push(' ');
        self.ids.push_str(&other.ids);
        self.names.extend(other.names);
        self.numbers.push(',');
        self.numbers.push_str(&other.numbers);
        self.places.extend(other.places);
        self.corrected.extend(other.corrected);
    }
}

/// What a fix does, in a few words.
fn cure(fix: &Fix, lang: Lang) -> String {
    let title = printable(fix.title.get(lang));
    match fix.safety {
        Safety::Safe => title.into_owned(),
        Safety::Review => format!("{title}{}", lang.say("（请核对后再改）", " (check before changing)")),
    }
}

/// The sentence that a fix is in, as it will be.
fn corrected(fix: &Fix, document: &Document) -> Option<Corrected> {
    let text = document.text.as_str();
    let (whole, _) = fix.joined(text)?;
    let span = sentence(text, whole, &[]);
    // The mark that ends a sentence belongs to it.
    let end = text[span.end..].chars().next().filter(|c| ends_sentence(*c)).map_or(0, char::len_utf8);
    let start = span.start + (span.of(text).len() - span.of(text).trim_start().len()).min(whole.start - span.start);
    let span = Span::new(start, span.end + end);
    let mut parts = Vec::new();
    let mut copy = String::new();
    let mut put = |kind, words: &str| {
        if kind != PartKind::Taken {
            copy.push_str(words);
        }
        if !words.is_empty() {
            parts.push(Part { kind, text: printable(words).into_owned() });
        }
    };
    let mut from = span.start;
    for edit in &fix.edits {
        put(PartKind::Kept, &text[from..edit.span.start]);
        put(PartKind::Taken, document.slice(edit.span));
        put(PartKind::Put, &edit.text);
        from = edit.span.end;
    }
    put(PartKind::Kept, &text[from..span.end]);
    Some(Corrected { parts, copy: json_text::line(&Value::String(copy)) })
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(QUOTE) {
        Some((at, _)) => format!("{}…", printable(&text[..at])),
        None => printable(text).into_owned(),
    }
}

fn list(parts: impl IntoIterator<Item = impl AsRef<str>>, gap: &str) -> String {
    let mut out = String::new();
    for part in parts {
        if !out.is_empty() {
            out.push_str(gap);
        }
        out.push_str(part.as_ref());
    }
    out
}

/// What became of the claims, drawn as one bar.
#[derive(Template)]
#[template(path = "chart.html")]
struct Chart {
    lang: Lang,
    id: String,
    seen: usize,
    bars: Vec<Bar>,
    /// Why claims were not checked, and how many.
    why: Vec<(String, usize)>,
}

/// A stretch of the bar, in tenths of a per cent.
struct Bar {
    verdict: &'static str,
    name: String,
    count: usize,
    start: usize,
    width: usize,
}

impl Chart {
    /// A chart of these counts, where there are any.
    fn new(claims: &ClaimCounts, id: &str, lang: Lang) -> Option<Self> {
        let unknown: usize = claims.unknown.values().sum();
        let parts =
            [("agree", claims.agree), ("near", claims.near), ("conflict", claims.conflict), ("unknown", unknown)];
        let all: usize = parts.iter().map(|(_, n)| n).sum();
        if all == 0 {
            return None;
        }
        let mut before = 0;
        let bars = parts.map(|(verdict, count)| {
            let start = before * 1000 / all;
            before += count;
            let width = before * 1000 / all - start;
            Bar { verdict, name: names::verdict(verdict, lang).to_owned(), count, start, width }
        });
        let why = claims.unknown.iter().map(|(why, n)| (names::reason(why, lang).to_owned(), *n));
        Some(Self { lang, id: id.to_owned(), seen: claims.seen, bars: bars.into(), why: why.collect() })
    }
}
