use std::collections::BTreeMap;

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
    let shown = text.lines().filter(|l| l.trim_start().starts_with('·')).flat_map(str::split_whitespace).count() - 2;
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
