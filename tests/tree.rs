//! A repository of five hundred papers: what was there is known, what is new is told, in every encoding, in flat memory.

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::sync::LazyLock;

use common::{Dice, at, dir};
use serde_json::Value;
use snapbox::dir::DirRoot;

const PAPERS: usize = 500;
/// How many defects are put in.
const TRIALS: usize = 200;
/// What the papers come to, in bytes.
const TOTAL: usize = 20 << 20;
/// The baseline that the tree is checked with.
const KNOWN: [&str; 2] = ["--baseline", "lint-baseline.json"];
const DAY: [&str; 2] = ["--as-of", "2026-01-01"];

/// Texts of the fixtures in a folder, by name.
fn texts(folder: &Path) -> Vec<String> {
    let text = |p: &PathBuf| String::from_utf8(fs::read(p).ok()?).ok();
    common::drafts(folder).iter().filter_map(text).filter(|t| !t.contains("<!--")).collect()
}

/// The lines that papers are made of: clean ones, and those in which something is found.
static LINES: LazyLock<(Vec<String>, Vec<String>)> = LazyLock::new(|| {
    let root = common::fixtures();
    let mut clean = [texts(&root.join("clean")), texts(&root.join("profiles")), texts(&root.join("drafts"))].concat();
    clean.retain(|t| !encoding_rs::GB18030.encode(t).2);
    let lines = |texts: &[String]| texts.iter().flat_map(|t| t.lines()).map(str::to_owned).collect::<Vec<_>>();
    let prose = |line: &String| line.contains('。') && !line.contains(['|', '\t', '<', '`']);
    let mut rules: Vec<_> =
        fs::read_dir(root.join("rules")).expect("fixtures").map(|e| e.expect("an entry").path()).collect();
    rules.sort();
    let hits: Vec<String> = rules
        .iter()
        .flat_map(|rule| common::drafts(rule))
        .filter(|p| p.file_name().is_some_and(|n| n.to_string_lossy().starts_with("hit-")))
        .filter_map(|p| String::from_utf8(fs::read(p).ok()?).ok())
        .collect();
    (lines(&clean).into_iter().filter(prose).collect(), lines(&hits).into_iter().filter(prose).collect())
});

/// A paper of about `size` bytes: a title, headings, paragraphs of the fixtures, and a few defects.
fn paper(number: usize, size: usize, dice: &mut Dice) -> String {
    let (clean, hits) = &*LINES;
    let mut out = format!("青溪县第{number}号工作情况通报\n\n");
    let chapters = ["一", "二", "三", "四", "五", "六", "七", "八"];
    for (i, chapter) in chapters.iter().enumerate() {
        out.push_str(&format!("{chapter}、第{}方面工作\n", ["一", "二", "三", "四", "五", "六", "七", "八"][i]));
        while out.len() < size * (i + 1) / chapters.len() {
            out.push_str(&clean[dice.below(clean.len())]);
            out.push('\n');
        }
        if dice.roll(0, 3) == 0 {
            out.push_str(&hits[dice.below(hits.len())]);
            out.push('\n');
        }
    }
    out.push_str("青溪县人民政府办公室\n2025年3月5日\n");
    out
}

/// The papers, in folders as a document repository has them.
fn papers(count: usize, size: usize) -> Vec<(String, String)> {
    let mut dice = Dice(20_260_101);
    (0..count)
        .map(|i| (format!("{}/{:02}/第{i:03}号.txt", 2016 + i % 10, i % 12 + 1), paper(i, size, &mut dice)))
        .collect()
}

fn tree(papers: &[(String, String)], bytes: impl Fn(&str) -> Vec<u8>) -> DirRoot {
    let here = dir(&[]);
    for (name, text) in papers {
        let path = at(&here).join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, bytes(text)).expect("a paper");
    }
    here
}

/// The exit code of a run and its report.
fn json(here: &Path, args: &[&str]) -> (Option<i32>, Value) {
    let out =
        common::lint(here).args(["check", "--output-format", "json"]).args(DAY).args(args).output().expect("a run");
    let report = serde_json::from_slice(&out.stdout);
    (out.status.code(), report.unwrap_or_else(|e| panic!("{e}: {}", String::from_utf8_lossy(&out.stderr))))
}

fn open(report: &Value) -> Vec<&Value> {
    report["diagnostics"].as_array().expect("a list").iter().filter(|d| d["outcome"] == "open").collect()
}

/// Sentences in each of which exactly one thing is wrong, whatever stands around them, and by which rule.
fn defect(dice: &mut Dice) -> (&'static str, String) {
    let n = dice.roll(201, 899);
    let part = dice.roll(n / 3, n / 2);
    let county = ["东岭", "白塔", "西溪", "南浦", "北屯"][dice.below(5)];
    match dice.below(12) {
        0 => ("placeholder-mask", format!("{county}乡另有xx名护林员参加了演练。")),
        1 => ("placeholder-blank", format!("{county}乡另有____名护林员参加了演练。")),
        2 => {
            let wrong = format!("{}.{}%", part * 100 / n + 7, dice.roll(0, 9));
            ("claim-share", format!("{county}乡共登记古树{n}株，其中挂牌{part}株，占{wrong}。"))
        }
        3 => {
            let total = n + part - 3;
            ("claim-sum", format!("{county}乡共配发雨衣{total}件，其中成人款{n}件、儿童款{part}件。"))
        }
        4 => {
            let (before, after) = (n, n + part);
            ("claim-change", format!("{county}乡护林员由{before}名增加到{after}名，增加{}名。", part + 5))
        }
        5 => ("term-outdated", format!("{county}乡要求进一步加快建设法制政府。")),
        6 => ("mark-doubled", format!("{county}乡的台账已经整理完毕。，由专人保管。")),
        7 => ("date-invalid", format!("{county}乡的护林演练定于2025年6月31日举行。")),
        8 => ("date-weekday", format!("{county}乡的护林演练定于2025年4月16日（星期四）举行。")),
        9 => ("term-typo", format!("{county}乡的护林员按装了监控。")),
        10 => ("mark-pair", format!("{county}乡印发了《护林员管理细则，抓紧落实。")),
        _ => ("residue", format!("{county}乡的护林员&nbsp;已经到岗。")),
    }
}

/// Where a defect may be put in: as a paragraph of its own, or behind a sentence within one.
fn places(text: &str, whole: bool) -> Vec<usize> {
    let mut out = Vec::new();
    let mut line_start = 0;
    for line in text.split_inclusive('\n') {
        let body = line_start > 0 && line.contains('。');
        if body && whole {
            out.push(line_start);
        } else if body && !line.contains(['“', '《', '（', '(', '"', '｛', '‘']) {
            let ends = line.match_indices('。').map(|(i, _)| line_start + i + '。'.len_utf8());
            out.extend(ends);
        }
        line_start += line.len();
    }
    out
}

/// With its baseline the tree passes; a defect put into a paper is the only thing that is told of it, two hundred times;
/// and in GB18030 the tree reads as it does in UTF-8.
#[test]
fn five_hundred_papers() {
    let papers = papers(PAPERS, TOTAL / PAPERS);
    assert!(papers.iter().map(|(_, text)| text.len()).sum::<usize>() >= TOTAL);
    let here = tree(&papers, |text| text.as_bytes().to_vec());
    let here = at(&here);
    let out = common::lint(here).arg("baseline").args(DAY).output().expect("a run");
    assert_eq!(out.status.code(), Some(0), "{}", String::from_utf8_lossy(&out.stderr));
    let (code, report) = json(here, &KNOWN);
    assert_eq!(code, Some(0));
    let summary = &report["summary"];
    assert!(summary["baselined"].as_u64() > Some(300), "{summary}");
    assert_eq!((&summary["files"], &summary["gone"]), (&PAPERS.into(), &0.into()));
    assert_eq!(open(&report).len(), 0);

    new_defects_are_told(here, &papers);
    encodings_make_no_difference(here, &papers, report);
}

fn new_defects_are_told(here: &Path, papers: &[(String, String)]) {
    let mut dice = Dice(7);
    let mut told: BTreeMap<&str, usize> = BTreeMap::new();
    // Twenty papers a run, each with one defect; the last time among all the others.
    let mut order: Vec<usize> = (0..PAPERS).collect();
    for i in 0..TRIALS {
        order.swap(i, i + dice.below(PAPERS - i));
    }
    for (batch, chosen) in order[..TRIALS].chunks(20).enumerate() {
        let mut expected: Vec<(&str, usize, &str)> = Vec::new();
        for (i, &index) in chosen.iter().enumerate() {
            let (name, text) = &papers[index];
            let (rule, sentence) = defect(&mut dice);
            let whole = i % 2 == 0;
            let places = places(text, whole);
            let place = places[dice.below(places.len())];
            let mut new = text.clone();
            new.insert_str(place, &if whole { format!("{sentence}\n") } else { sentence });
            fs::write(here.join(name), &new).expect("a paper");
            expected.push((name, new[..place].matches('\n').count() + 1, rule));
            *told.entry(rule).or_default() += 1;
        }
        let paths: Vec<&str> = match batch == TRIALS / 20 - 1 {
            true => vec!["."],
            false => expected.iter().map(|(name, ..)| *name).collect(),
        };
        let (code, report) = json(here, &[&KNOWN[..], &paths].concat());
        let found = open(&report);
        let line = |d: &Value| d["span"]["start"]["line"].as_u64().map_or(0, |n| usize::try_from(n).unwrap_or(0));
        let mut said: Vec<(&str, usize, &str)> = found
            .iter()
            .map(|d| (d["path"].as_str().unwrap_or_default(), line(d), d["rule"].as_str().unwrap_or_default()))
            .collect();
        said.sort_unstable();
        expected.sort_unstable();
        assert_eq!(said, expected, "batch {batch}");
        assert_eq!((code, &report["summary"]["gone"]), (Some(1), &0.into()));
        for &index in chosen {
            let (name, text) = &papers[index];
            fs::write(here.join(name), text).expect("a paper");
        }
    }
    assert_eq!(told.len(), 12, "{told:?}");
}

/// The same findings with the same words at the same places.
fn encodings_make_no_difference(here: &Path, papers: &[(String, String)], mut utf8: Value) {
    let other = tree(papers, |text| {
        let (bytes, _, lossy) = encoding_rs::GB18030.encode(text);
        assert!(!lossy);
        bytes.into_owned()
    });
    fs::copy(here.join(KNOWN[1]), at(&other).join(KNOWN[1])).expect("a copy");
    let (code, mut gb) = json(at(&other), &KNOWN);
    assert_eq!(code, Some(0));
    for (report, label) in [(&mut utf8, "UTF-8"), (&mut gb, "GB18030")] {
        for file in report["files"].as_array_mut().expect("a list") {
            assert_eq!(file["encoding"], label);
            file["encoding"] = Value::Null;
        }
    }
    let list = |report: &Value| report["diagnostics"].as_array().expect("a list").clone();
    let (left, right) = (list(&utf8), list(&gb));
    assert!(left.len() > 300);
    for (left, right) in left.iter().zip(&right) {
        assert_eq!(left, right);
    }
    assert_eq!(utf8, gb);
}

/// The most memory that a run held, in kilobytes: asked of the system until the run ends.
#[cfg(target_os = "linux")]
fn peak(child: &mut Child) -> u64 {
    let status = format!("/proc/{}/status", child.id());
    let mut peak = 0;
    loop {
        // The mark only rises, so that nothing between two looks is missed but what comes after the last.
        let said = fs::read_to_string(&status).unwrap_or_default();
        let high =
            said.lines().find_map(|l| l.strip_prefix("VmHWM:")).and_then(|l| l.trim().split(' ').next()?.parse().ok());
        peak = peak.max(high.unwrap_or(0));
        if child.try_wait().expect("a child").is_some() {
            return peak;
        }
        std::thread::sleep(std::time::Duration::from_millis(2));
    }
}

/// Ten times as many papers take hardly more memory, and no progress is shown where nobody watches.
#[cfg(target_os = "linux")]
#[test]
fn memory_is_flat() {
    let all = papers(PAPERS, TOTAL / PAPERS / 4);
    let run = |count: usize| {
        let here = tree(&all[..count], |text| text.as_bytes().to_vec());
        let mut child = common::lint(at(&here))
            .args(["check", "--output-format", "concise", "-j", "2"])
            .args(DAY)
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("a run");
        let peak = peak(&mut child);
        let out = child.wait_with_output().expect("an end");
        assert_eq!(out.status.code(), Some(1));
        let said = String::from_utf8(out.stderr).expect("UTF-8");
        assert!(!said.contains(['\r', '\u{1b}']) && said.lines().count() == 1, "{said:?}");
        peak
    };
    let (few, many) = (run(PAPERS / 10), run(PAPERS));
    assert!(few > 0 && many * 2 <= few * 3, "{few} KB for 50 papers, {many} KB for 500");
}
