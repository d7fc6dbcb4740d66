//! What the fixture tests share: drafts in, findings out.

#![allow(unreachable_pub, dead_code, reason = "each test crate compiles it as a private module and uses a part")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use gongwen_lint::config::Plan;
use gongwen_lint::diagnostic::{Diagnostic, Edit, Fix, Lang, RuleMeta, Safety, Severity, Words};
use gongwen_lint::render::{self, Concise, Format, TerminalOptions};
use gongwen_lint::report::{
    Allower, Checked, ClaimCounts, ClaimRecord, FileError, FileReport, Finding, Outcome, PaperInfo, Report, Suppression,
};
use gongwen_lint::rulebook::Rulebook;
use gongwen_lint::text::{ColumnUnit, LineIndex, Span};
use gongwen_lint::{engine, read};
use snapbox::dir::DirRoot;

/// Fixtures that show no date of their own are drafts of this day.
pub const AS_OF: jiff::civil::Date = jiff::civil::date(2026, 1, 1);

/// The folder of the fixtures.
pub fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures")
}

/// The report on one draft under `name`, with only the `select`ed rules (all, if none is named).
pub fn report(name: &str, bytes: &[u8], select: &[&str], book: &Rulebook) -> Report {
    let mut plan = Plan::new(AS_OF);
    plan.rules.select = select.iter().map(|s| (*s).to_owned()).collect();
    let document = read::read(name, bytes, None).unwrap_or_else(|fault| panic!("{name}: {fault:?}"));
    let outcome = Ok(engine::check(document, &plan, book));
    Report { files: vec![FileReport { path: name.to_owned(), outcome }], ..Report::default() }
}

/// The report in the short format.
pub fn concise(report: &Report, lang: Lang) -> String {
    render::whole(Concise { lang, unit: ColumnUnit::Char }, report)
}

/// The drafts (`.txt`, `.md`) in a folder, sorted.
pub fn drafts(dir: &Path) -> Vec<PathBuf> {
    let mut list: Vec<PathBuf> = fs::read_dir(dir)
        .unwrap_or_else(|e| panic!("{}: {e}", dir.display()))
        .map(|entry| entry.expect("an entry").path())
        .filter(|p| p.extension().is_some_and(|e| e == "txt" || e == "md"))
        .collect();
    list.sort();
    list
}

static SHARE: RuleMeta = RuleMeta {
    id: "claim-share",
    severity: Severity::Error,
    by_default: true,
    zh: "比率与文中的分子、分母不符",
    en: "a rate does not follow from its two counts",
    page: " # claim-share：比率不符\n\n 比率与 `data` 里的两个数\n 对不上。\n\n ```hit\n 共400件，其中130件，占41%。\n ```\n\n **English.** A rate that its two counts do\n not give.\n",
};

static TERM: RuleMeta = RuleMeta {
    id: "term-outdated",
    severity: Severity::Warning,
    by_default: true,
    zh: "用语已过时",
    en: "an outdated term",
    page: "",
};

/// The span of the first `word` in `text`.
fn span(text: &str, word: &str) -> Span {
    let start = text.find(word).expect("a word of the text");
    Span::new(start, start + word.len())
}

/// A report in which every part that a format may have to show occurs both filled and empty: several papers, CRLF,
/// characters outside the first plane, evidence, fixes of one edit and of two, a finding over two lines and one without
/// a place, equal ones, every outcome, an info, claims, a clean file, one that cannot be read and what was passed over.
pub fn rich_report() -> Report {
    let text = "篇一：第一份\r\n😀办结130件，占400件的41%，详见附件。\r\n篇二：第二份\r\n正文。\r\n\
        \u{20bb7}法制政府、法制政府建设，<甲>&“乙”'丙'。\r\n";
    let second = text.find("篇二").expect("a second paper");
    let document = read::read("a.txt", text.as_bytes(), None).expect("readable");
    let words = || Words::new("与计算不符", "does not work out");
    let edit = |span, text: &str| Edit { span, text: text.to_owned() };
    let share = Diagnostic::at(&SHARE, span(text, "41%"), words())
        .label(span(text, "400件"), Words::new("总数", "total"))
        .label(span(text, "130件"), Words::new("分项", "part"))
        .help(Words::new("核对分子", "check the numerator"))
        .source("GB/T 15835—2011")
        .data("computed", "32.5%")
        .data("numerator", 130)
        .fix(Fix {
            title: Words::new("改为32.5%", "make it 32.5%"),
            safety: Safety::Review,
            edits: vec![edit(span(text, "41%"), "32.5%")],
        });
    let bare = Diagnostic::whole(&SHARE, words()).severity(Severity::Info);
    let late = Diagnostic::at(&SHARE, span(text, "正文"), words()).severity(Severity::Warning);
    let across = Diagnostic::at(
        &SHARE,
        span(text, "第二份\r\n正文"),
        Words::new("跨行：100%, 见“丙”", "over two lines: 100%, see \"c\""),
    );
    let wrong = span(text, "法制政府");
    let again = Span::new(wrong.end + "、".len(), wrong.end + "、法制政府".len());
    let term = |span| Diagnostic::at(&TERM, span, Words::new("应为“法治政府”", "should read 法治政府"));
    let both = term(wrong).fix(Fix {
        title: Words::new("改为法治", "use 法治"),
        safety: Safety::Safe,
        edits: [wrong, again].map(|s| edit(Span::new(s.start, s.start + "法制".len()), "法治")).into(),
    });
    let suppressed = |by, path: &str, until: Option<&str>| {
        Outcome::Suppressed(Suppression {
            by,
            reason: String::from("引文如此"),
            until: until.map(str::to_owned),
            path: path.to_owned(),
            line: 3,
        })
    };
    let finding = |diagnostic, paper, outcome| Finding { diagnostic, paper, outcome };
    let paper = |title: Option<&str>, span, profile: Option<&str>, date_source| PaperInfo {
        title: title.map(str::to_owned),
        span,
        headings: Vec::new(),
        profile: profile.map(str::to_owned),
        kind: profile.map(|_| Words::new("年度报告", "annual report")),
        date: "2026-01-01".to_owned(),
        date_source,
    };
    let tick = |verdict, why, working: Option<Words>| ClaimRecord {
        kind: "share",
        span: span(text, "41%"),
        figures: vec![("part", span(text, "130件")), ("stated", span(text, "41%"))],
        verdict,
        why,
        working,
    };
    let checked = Checked {
        papers: vec![
            paper(Some("第一份"), Span::new(0, second), Some("rule-of-law-annual-report"), "issued"),
            paper(None, Span::new(second, text.len()), None, "as-of"),
        ],
        findings: vec![
            finding(bare.clone(), 0, Outcome::BelowLevel),
            finding(share, 0, Outcome::Open),
            finding(across, 1, Outcome::Open),
            finding(late.clone(), 1, Outcome::Open),
            finding(late.clone(), 1, Outcome::Baselined),
            finding(late.clone(), 1, suppressed(Allower::Allow, "lint.toml", Some("2027-01-01"))),
            finding(late, 1, suppressed(Allower::Directive, "a.txt", None)),
            finding(both, 1, Outcome::Open),
            finding(term(again), 1, Outcome::Open),
        ],
        claims: ClaimCounts { seen: 3, agree: 1, near: 0, conflict: 1, unknown: [("no-base", 1)].into() },
        ticks: vec![
            tick("conflict", None, Some(Words::new("130÷400＝32.5%", "130 / 400 = 32.5%"))),
            tick("unknown", Some("no-base"), None),
        ],
        document,
    };
    let other = |name: &str, text: &str, findings| {
        let document = read::read(name, text.as_bytes(), None).expect("readable");
        let (papers, ticks) = (Vec::new(), Vec::new());
        let checked = Checked { papers, findings, claims: ClaimCounts::default(), ticks, document };
        FileReport { path: name.to_owned(), outcome: Ok(checked) }
    };
    let error =
        FileError { message: Words::new("读不出", "unreadable"), advice: Words::new("另存", "save it anew") };
    Report {
        files: vec![
            FileReport { path: "./送审/a b,1%:2.txt".to_owned(), outcome: Ok(checked) },
            FileReport { path: "b.docx".to_owned(), outcome: Err(error) },
            other("clean.txt", "一份没有问题的文稿。\n", Vec::new()),
            other("info.txt", "只有提示。\n", vec![finding(bare.clone(), 0, Outcome::Open)]),
            other("known.txt", "全都已知。\n", vec![finding(bare, 0, Outcome::Baselined)]),
        ],
        skipped: [("extension", 2), ("hidden", 1)].into(),
    }
}

/// A report whose every text holds something nasty.
pub fn nasty_report(nasty: &str) -> Report {
    let nasty = || format!("甲{nasty}\n乙\r丙\r\n丁");
    let words = || Words::new(nasty(), nasty());
    let text = nasty();
    let whole = Span::new(0, text.len());
    let found = Diagnostic::at(&SHARE, whole, words())
        .label(Span::new(0, text.find('丙').expect("there")), words())
        .help(words())
        .source(nasty())
        .data(&nasty(), nasty())
        .fix(Fix { title: words(), safety: Safety::Review, edits: vec![Edit { span: whole, text: nasty() }] });
    let allowed =
        Outcome::Suppressed(Suppression { by: Allower::Allow, reason: nasty(), until: None, path: nasty(), line: 1 });
    let finding = |outcome| Finding { diagnostic: found.clone(), paper: 0, outcome };
    let mut document = read::read("a.txt", "甲".as_bytes(), None).expect("readable");
    document.lines = LineIndex::new(&text);
    document.text = text;
    let paper = PaperInfo {
        title: Some(nasty()),
        span: whole,
        headings: vec![whole],
        profile: Some(nasty()),
        kind: Some(words()),
        date: String::from("2026-01-01"),
        date_source: "as-of",
    };
    let tick = ClaimRecord {
        kind: "share",
        span: whole,
        figures: vec![("stated", whole)],
        verdict: "conflict",
        why: None,
        working: Some(words()),
    };
    let checked = Checked {
        papers: vec![paper],
        findings: vec![finding(Outcome::Open), finding(allowed)],
        claims: ClaimCounts::default(),
        ticks: vec![tick],
        document,
    };
    let error = FileError { message: words(), advice: words() };
    let path = nasty();
    Report {
        files: vec![
            FileReport { path: path.clone(), outcome: Ok(checked) },
            FileReport { path: path + "2", outcome: Err(error) },
        ],
        ..Report::default()
    }
}

/// Every format of the report under its name on the command line, those of people as they go into a file. The
/// page is not among them: it has tests of its own.
pub fn formats(lang: Lang) -> Vec<(&'static str, Box<dyn Format>)> {
    vec![
        ("full", Box::new(render::Full::new(lang, &TerminalOptions::default()))),
        ("concise", Box::new(Concise { lang, unit: ColumnUnit::Char })),
        ("statistics", Box::new(render::Statistics::new(lang, &TerminalOptions::default()))),
        ("json", Box::new(render::Json::new(lang))),
        ("json-lines", Box::new(render::JsonLines::new(lang))),
        ("sarif", Box::new(render::Sarif::new(lang))),
        ("github", Box::new(render::Github { lang })),
        ("gitlab", Box::new(render::Gitlab::new(lang))),
        ("junit", Box::new(render::Junit::new(lang))),
        ("rdjson", Box::new(render::Rdjson::new(lang))),
    ]
}

/// A small generator of numbers: the same at every run (xorshift, Marsaglia 2003).
pub struct Dice(pub u64);

impl Dice {
    pub fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// A number from `low` to `high`, both included.
    pub fn roll(&mut self, low: u64, high: u64) -> u64 {
        low + self.next() % (high - low + 1)
    }

    /// One of a list that is not empty.
    pub fn pick<'a, T: ?Sized>(&mut self, list: &[&'a T]) -> &'a T {
        list[self.roll(0, list.len() as u64 - 1) as usize]
    }

    /// A number below `count`.
    pub fn below(&mut self, count: usize) -> usize {
        self.roll(0, count as u64 - 1) as usize
    }
}

/// `lint` as it is built for the tests.
pub fn lint(dir: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lint"));
    command.current_dir(dir);
    command
}

/// An empty directory outside of any repository, with these files.
pub fn dir(files: &[(&str, &[u8])]) -> DirRoot {
    let dir = DirRoot::mutable_temp().expect("a temporary directory");
    for (name, bytes) in files {
        let file = at(&dir).join(name);
        fs::create_dir_all(file.parent().expect("a parent")).expect("a directory");
        fs::write(file, bytes).expect("a file");
    }
    dir
}

/// Where a directory is.
pub fn at(dir: &DirRoot) -> &Path {
    dir.path().expect("a directory")
}
