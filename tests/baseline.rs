//! A baseline knows what was there before, whatever is edited around it, and nothing else.

mod common;

use std::fs;
use std::ops::Range;
use std::sync::LazyLock;

use common::Dice;
use gongwen_lint::config::Plan;
use gongwen_lint::diagnostic::Diagnostic;
use gongwen_lint::engine::{self, Baseline};
use gongwen_lint::outline::Outline;
use gongwen_lint::read::read;
use gongwen_lint::report::{Checked, Outcome};
use gongwen_lint::rulebook::Rulebook;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

static BOOK: LazyLock<Rulebook> = LazyLock::new(Rulebook::embedded);

/// Drafts in which something is found, and whole papers; each as its lines.
static SOURCES: LazyLock<Vec<Vec<String>>> = LazyLock::new(|| {
    let root = common::fixtures();
    let mut files = common::drafts(&root.join("drafts"));
    let mut rules: Vec<_> =
        fs::read_dir(root.join("rules")).expect("fixtures").map(|e| e.expect("an entry").path()).collect();
    rules.sort();
    for rule in rules {
        let hits = |p: &std::path::PathBuf| p.file_name().is_some_and(|n| n.to_string_lossy().starts_with("hit-"));
        files.extend(common::drafts(&rule).into_iter().filter(hits));
    }
    let lines = |p: &std::path::PathBuf| {
        let text = String::from_utf8(fs::read(p).ok()?).ok()?;
        let lines = text.lines().filter(|l| !l.trim().is_empty()).map(str::to_owned).collect::<Vec<_>>();
        (!text.contains("<!--")).then_some(lines)
    };
    files.iter().filter_map(lines).collect()
});

/// What a paragraph that nobody objects to says.
const NEW: &[&str] = &[
    "会议听取了各部门的汇报，研究了下一阶段的安排。",
    "各单位要高度重视，精心组织，确保各项任务落到实处。",
    "有关材料已经报送县政府办公室备案。",
    "这项工作得到了群众的好评",
];

/// Some drafts one after the other, in one of the formats.
fn draft() -> impl Strategy<Value = (&'static str, String)> {
    let sources = prop::collection::vec(0..SOURCES.len(), 1..6);
    (sources, prop::sample::select(vec!["a.txt", "a.md"])).prop_map(|(list, name)| {
        let mut text = String::new();
        for line in list.iter().flat_map(|&i| &SOURCES[i]) {
            text.push_str(line);
            let row = line.contains(['|', '\t']);
            text.push_str(if name == "a.md" && !row { "\n\n" } else { "\n" });
        }
        (name, text)
    })
}

fn checked(name: &str, text: &str) -> Checked {
    let document = read(name, text.as_bytes(), None).expect("a text");
    engine::check(document, &Plan::new(common::AS_OF), &BOOK)
}

/// What is put in the place of what, in text order; an empty range is an insertion.
type Edits = Vec<(Range<usize>, String)>;

fn edited(text: &str, edits: &Edits) -> String {
    let mut out = String::new();
    let mut at = 0;
    for (range, new) in edits {
        out.push_str(&text[at..range.start]);
        out.push_str(new);
        at = range.end;
    }
    out + &text[at..]
}

/// Where a span is after the edits. What is put in at its very ends stands outside.
fn moved(span: Range<usize>, edits: &Edits) -> Range<usize> {
    let (mut start, mut end) = (span.start as isize, span.end as isize);
    for (range, new) in edits {
        let grown = new.len() as isize - range.len() as isize;
        if range.end <= span.start && (range.is_empty() || range.start != span.start) {
            start += grown;
        }
        if range.start < span.end {
            end += grown;
        }
    }
    start.unsigned_abs()..end.unsigned_abs()
}

/// Where new paragraphs may be put in: at the beginnings of lines that are not blank.
fn paragraphs(text: &str, dice: &mut Dice) -> Edits {
    let mut out = Edits::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if !line.trim().is_empty() && dice.roll(0, 3) == 0 && !line.contains(['|', '\t']) {
            let end = if text.contains("\n\n") { "\n\n" } else { "\n" };
            out.push((at..at, format!("{}{end}", dice.pick(NEW))));
        }
        at += line.len();
    }
    out
}

/// Every heading, item and article gets another number, as if others stood before it.
fn numbers(name: &str, text: &str, dice: &mut Dice) -> Edits {
    let document = read(name, text.as_bytes(), None).expect("a text");
    let outline = Outline::new(&document);
    let by = dice.roll(1, 4);
    let mut out = Edits::new();
    let marks = outline.papers.iter().flat_map(|p| {
        let headings = p.headings.iter().map(|h| (h.marker, h.number));
        headings.chain(p.items.iter().map(|i| (i.marker, i.number)))
    });
    for (marker, number) in marks {
        let said = &text[marker.start..marker.end];
        let is_numeral = |c: char| "一二三四五六七八九十百0123456789０１２３４５６７８９".contains(c);
        let (Some(from), Some(to)) = (said.find(is_numeral), said.rfind(is_numeral)) else { continue };
        let to = to + said[to..].chars().next().map_or(0, char::len_utf8);
        let chinese = said[from..to].starts_with(|c: char| "一二三四五六七八九十百".contains(c));
        let new = number + by;
        let new = if chinese { gongwen_lint::text::chinese_numeral(new) } else { new.to_string() };
        out.push((marker.start + from..marker.start + to, new));
    }
    for (at, _) in text.match_indices("\n第") {
        let from = at + "\n第".len();
        let rest = &text[from..];
        let len = rest.find(|c: char| !"一二三四五六七八九十".contains(c)).unwrap_or(0);
        let taken = out.iter().any(|(r, _)| r.start < from + len && from < r.end);
        if len > 0 && rest[len..].starts_with(['条', '章', '节']) && !taken {
            out.push((from..from + len, "三十".to_owned() + &rest[..3]));
        }
    }
    out.sort_by_key(|(r, _)| r.start);
    out
}

/// Running text is broken after every so many characters, or joined where it was broken.
fn lines(text: &str, dice: &mut Dice) -> Edits {
    let width = dice.roll(7, 60) as usize;
    let joins = dice.roll(0, 1) == 0;
    let running = |line: &str| line.contains('。') && !line.contains(['|', '\t']);
    let mut out = Edits::new();
    let mut at = 0;
    let all: Vec<&str> = text.split_inclusive('\n').collect();
    for (i, line) in all.iter().enumerate() {
        if running(line) {
            let bare = line.trim_end();
            for (n, (place, c)) in bare.char_indices().enumerate() {
                if n > 0 && n % width == 0 && c != ' ' {
                    out.push((at + place..at + place, "\n".to_owned()));
                }
            }
            if joins && all.get(i + 1).is_some_and(|next| running(next)) {
                out.push((at + bare.len()..at + line.len(), String::new()));
            }
        }
        at += line.len();
    }
    out
}

/// The sentences of a text, cut at line ends too, without the marks that end them.
fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut from = 0;
    for (at, c) in text.char_indices().chain([(text.len(), '\n')]) {
        if matches!(c, '。' | '！' | '？' | '!' | '?' | '\n' | '\r') {
            if !text[from..at].trim().is_empty() {
                out.push(from..at);
            }
            from = at + c.len_utf8();
        }
    }
    out
}

fn spans(checked: &Checked) -> Vec<Range<usize>> {
    checked.findings.iter().filter_map(|f| f.diagnostic.place.span()).map(|s| s.range()).collect()
}

/// Sentences in which nothing is found are worded anew.
fn neighbours(text: &str, old: &Checked, dice: &mut Dice) -> Edits {
    let found = spans(old);
    // What was found may itself hold marks that end a sentence (？？); what touches it is in its sentence.
    let free = |s: &Range<usize>| !found.iter().any(|f| f.start <= s.end && s.start <= f.end);
    let list = sentences(text).into_iter().filter(free).filter(|s| !text[s.clone()].contains(['|', '\t']));
    list.filter(|_| dice.roll(0, 1) == 0).map(|s| (s.end..s.end, "，下同".to_owned())).collect()
}

/// A word is put into a sentence in which something is found, beside what was found.
fn words(text: &str, old: &Checked, dice: &mut Dice) -> Edits {
    let found = spans(old);
    if found.is_empty() {
        return Edits::new();
    }
    let one = &found[dice.below(found.len())];
    let sentence = sentences(text).into_iter().find(|s| s.start <= one.start && one.start < s.end);
    let Some(sentence) = sentence else { return Edits::new() };
    let inside = |at: usize| found.iter().any(|f| f.start < at && at < f.end);
    let places: Vec<usize> = text[sentence.clone()].char_indices().map(|(i, _)| sentence.start + i).skip(1).collect();
    let places: Vec<usize> = places.into_iter().filter(|&at| !inside(at)).collect();
    if places.is_empty() {
        return Edits::new();
    }
    let at = places[dice.below(places.len())];
    vec![(at..at, "也".to_owned())]
}

fn part<'d>(d: &'d Diagnostic, key: &str) -> Option<&'d str> {
    d.data.get(key).and_then(|v| v.as_str())
}

/// The index of what was found before, among what is found after the edits.
fn same(old: &Diagnostic, new: &Checked, edits: &Edits) -> Option<usize> {
    let place = old.place.span().map(|s| moved(s.range(), edits));
    new.findings.iter().position(|f| {
        let d = &f.diagnostic;
        let is = |key: &str| part(d, key) == part(old, key);
        d.rule.id == old.rule.id && d.place.span().map(|s| s.range()) == place && is("part") && is("fault")
    })
}

/// Which of the old findings that are still found are not known.
fn forgotten(name: &str, text: &str, old: &Checked, edits: &Edits) -> Vec<String> {
    let mut baseline = Baseline::default();
    baseline.record(name, old);
    let after = edited(text, edits);
    let mut new = checked(name, &after);
    baseline.apply(name, &mut new);
    let mut out = Vec::new();
    for finding in &old.findings {
        if let Some(index) = same(&finding.diagnostic, &new, edits)
            && new.findings[index].outcome == Outcome::Open
        {
            let d = &finding.diagnostic;
            out.push(format!("{} {:?} {}", d.rule.id, d.place.span().map(|s| &text[s.range()]), d.message.en));
        }
    }
    out
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 384, rng_seed: RngSeed::Fixed(20_260_101), failure_persistence: None, max_global_rejects: 65536, ..ProptestConfig::default() })]

    /// What was known and is still found stays known, whatever one edits around it.
    #[test]
    fn edits_elsewhere(draft in draft(), kind in 0..5, seed in 1..u64::MAX) {
        let (name, text) = draft;
        let mut dice = Dice(seed);
        let old = checked(name, &text);
        let edits = match kind {
            0 => paragraphs(&text, &mut dice),
            1 => numbers(name, &text, &mut dice),
            2 => lines(&text, &mut dice),
            3 => neighbours(&text, &old, &mut dice),
            _ => words(&text, &old, &mut dice),
        };
        let forgotten = forgotten(name, &text, &old, &edits);
        prop_assert!(forgotten.is_empty(), "kind {kind} {edits:?}\n{forgotten:#?}\n{text}");
    }

    /// A second copy of a defect is new: it makes as many open findings as there are more of them.
    #[test]
    fn copies_are_new(draft in draft(), seed in 1..u64::MAX) {
        let (name, text) = draft;
        let mut dice = Dice(seed);
        let old = checked(name, &text);
        let found = spans(&old);
        prop_assume!(!found.is_empty());
        let one = &found[dice.below(found.len())];
        let sentence = sentences(&text).into_iter().find(|s| s.start <= one.start && one.end <= s.end);
        prop_assume!(sentence.is_some());
        let sentence = sentence.unwrap_or_default();
        let starts: Vec<usize> = text.match_indices('\n').map(|(at, _)| at + 1).collect();
        let at = starts[dice.below(starts.len())];
        let edits = vec![(at..at, format!("{}。\n{}", &text[sentence], if name == "a.md" { "\n" } else { "" }))];
        let mut new = checked(name, &edited(&text, &edits));
        let still = old.findings.iter().filter(|f| same(&f.diagnostic, &new, &edits).is_some()).count();
        let mut baseline = Baseline::default();
        let known = baseline.record(name, &old);
        prop_assert_eq!(known, old.findings.len());
        // The other file first: there nothing is known.
        prop_assert_eq!(baseline.apply("b.txt", &mut new), 0);
        prop_assert!(new.findings.iter().all(|f| f.outcome == Outcome::Open));
        prop_assume!(still == known);
        baseline.apply(name, &mut new);
        let open = new.findings.iter().filter(|f| f.outcome == Outcome::Open).count();
        prop_assert_eq!(open, new.findings.len() - known, "{}", text);
    }
}
