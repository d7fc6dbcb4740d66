//! Fixing: what changes, what stays, and what is left of a tree when the run is killed.

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use encoding_rs::GB18030;
use gongwen_lint::config::Plan;
use gongwen_lint::diagnostic::Safety;
use gongwen_lint::engine;
use gongwen_lint::engine::fix::{self, Fixed};
use gongwen_lint::read::{Original, read};
use gongwen_lint::report::Checked;
use gongwen_lint::rulebook::Rulebook;
use gongwen_lint::text::{Document, Span, is_chinese_numeral};
use proptest::prelude::*;
use snapbox::dir::DirRoot;

static BOOK: LazyLock<Rulebook> = LazyLock::new(Rulebook::embedded);

fn check(document: Document) -> Checked {
    engine::check(document, &Plan::new(common::AS_OF), &BOOK)
}

/// A draft fixed, in memory.
fn fixed(name: &str, bytes: &[u8], level: Safety) -> Fixed {
    let first = check(read(name, bytes, None).unwrap_or_else(|fault| panic!("{name}: {fault:?}")));
    fix::fix(bytes, &first, level, None, check).unwrap_or_else(|fault| panic!("{name}: {fault:?}"))
}

/// The new bytes and text, or the old ones where nothing was fixed.
fn after(name: &str, bytes: &[u8], level: Safety) -> (Vec<u8>, String) {
    let new = fixed(name, bytes, level).after.map_or_else(|| bytes.to_vec(), |(bytes, _)| bytes);
    let text = read(name, &new, None).unwrap_or_else(|fault| panic!("{name}: {fault:?}")).text;
    (new, text)
}

/// Every draft of the fixtures with its bytes.
fn fixtures() -> Vec<(PathBuf, Vec<u8>)> {
    let mut folders: Vec<PathBuf> = ["drafts", "clean", "profiles"].map(|f| common::fixtures().join(f)).to_vec();
    let rules = fs::read_dir(common::fixtures().join("rules")).expect("fixtures");
    folders.extend(rules.map(|e| e.expect("an entry").path()).filter(|p| p.is_dir()));
    folders.sort();
    let drafts = folders.iter().flat_map(|folder| common::drafts(folder));
    drafts.map(|path| (path.clone(), fs::read(path).expect("a readable fixture"))).collect()
}

/// The digits and numerals of a text, in their order.
fn numerals(text: &str) -> String {
    text.chars().filter(|&c| c.is_numeric() || is_chinese_numeral(c)).collect()
}

/// The line ends of a text, in their order.
fn line_ends(text: &str) -> String {
    text.chars().filter(|c| matches!(c, '\r' | '\n')).collect()
}

/// No safe fix changes a digit or a numeral of any fixture, nor its line ends; every fix makes sense and can be applied;
/// what was fixed once is fixed; and clean papers are left alone.
#[test]
fn fixtures_fixed() {
    let mut rules: BTreeMap<&str, usize> = BTreeMap::new();
    for (path, bytes) in fixtures() {
        let name = path.display().to_string();
        let first = check(read(&name, &bytes, None).expect("readable"));
        for fix in first.findings.iter().filter_map(|f| f.diagnostic.fix.as_ref()) {
            let mut end = 0;
            for edit in &fix.edits {
                assert!(edit.span.start >= end && first.document.text.get(edit.span.range()).is_some(), "{name}");
                end = edit.span.end;
            }
            assert_eq!(fix.safety, fix::safety(&first.document, fix), "{name}");
        }
        for level in [Safety::Safe, Safety::Review] {
            let done = fixed(&name, &bytes, level);
            assert_eq!(done.held, [], "{name}");
            let Some((new, last)) = done.after else { continue };
            assert!(!path.starts_with(common::fixtures().join("clean")), "{name} is clean");
            assert!(fixed(&name, &new, level).after.is_none(), "{name} is fixed twice");
            let left = fix::offer(&new, &last);
            assert!(left.safe == 0 && (level == Safety::Safe || left.review == 0), "{name}");
            if level == Safety::Safe {
                assert_eq!(numerals(&last.document.text), numerals(&first.document.text), "{name}");
                assert_eq!(line_ends(&last.document.text), line_ends(&first.document.text), "{name}");
            }
            for (rule, n) in done.applied {
                *rules.entry(rule).or_default() += n;
            }
        }
    }
    for rule in ["mark-doubled", "residue", "term-outdated", "term-typo", "mark-quote"] {
        assert!(rules.contains_key(rule), "nothing was fixed by {rule}");
    }
}

/// The text in every encoding that is recognised without help, the mark of each included.
fn encoded(text: &str) -> Vec<Vec<u8>> {
    let utf16 =
        |bytes_of: fn(u16) -> [u8; 2]| format!("\u{feff}{text}").encode_utf16().flat_map(bytes_of).collect::<Vec<u8>>();
    let gb = GB18030.encode(text).0.into_owned();
    vec![
        text.as_bytes().to_vec(),
        [b"\xef\xbb\xbf", text.as_bytes()].concat(),
        utf16(u16::to_le_bytes),
        utf16(u16::to_be_bytes),
        [b"\x84\x31\x95\x33", &*gb].concat(),
        gb,
    ]
}

/// Long enough to be taken for Chinese in GB18030, whatever rare characters follow.
const TITLE: &str = "青溪县人民政府办公室关于印发青溪县优化营商环境提升政务服务水平有关工作安排的通知";

/// Pieces of drafts that want fixing, with every line end.
fn draft() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "全县推进法制政府建设",
        "法\r\n制政府",
        "**法**制政府",
        "，，",
        "。。",
        "、、",
        "\u{200b}",
        "\u{200b}\u{feff}",
        "52",
        "3.5%",
        "二十",
        "认真贯切执行",
        "设备按装",
        "\"加强\"领导",
        "县国土资源局",
        "《侵权责任法》",
        "增强政治意识、大局意识、核心意识、责任意识等“四个意识”",
        "政府[2023]5号",
        "&nbsp;",
        "6.26",
        "的的",
        "# ",
        "- ",
        "|",
        "件",
        "，",
        "。",
        "\n",
        "\r\n",
        "\r",
        "\n\n",
        "𠮷",
    ]);
    prop::collection::vec(piece, 0..30).prop_map(|pieces| format!("{TITLE}\n{}", pieces.concat()))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    /// A second run changes nothing, and the figures stay under safe fixes. The line ends stay with them.
    #[test]
    fn idempotent(text in draft(), name in prop::sample::select(vec!["a.txt", "a.md"])) {
        for level in [Safety::Safe, Safety::Review] {
            let (new, fixed_text) = after(name, text.as_bytes(), level);
            prop_assert!(fixed(name, &new, level).after.is_none(), "{fixed_text:?}");
            if level == Safety::Safe {
                prop_assert_eq!(numerals(&fixed_text), numerals(&text));
                prop_assert_eq!(line_ends(&fixed_text), line_ends(&text));
            }
        }
    }

    /// The same draft is fixed in the same way in every encoding, and comes out in its own with its mark and line ends.
    #[test]
    fn encodings(text in draft()) {
        for level in [Safety::Safe, Safety::Review] {
            let (_, expected) = after("a.txt", text.as_bytes(), level);
            let (old, new) = (encoded(&text), encoded(&expected));
            for (old, new) in old.iter().zip(new) {
                prop_assert_eq!(&after("a.txt", old, level).0, &new);
            }
        }
    }

    /// Whatever is edited, the bytes around it are those of the original.
    #[test]
    fn around_the_edits(text in "青溪县[青溪县a0%，“\r\n\u{3000}𠮷é]{1,40}", cuts in prop::collection::vec((any::<prop::sample::Index>(), "[法治a。\n]{0,3}"), 0..4)) {
        let places: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let mut places: Vec<(usize, String)> = cuts.into_iter().map(|(i, new)| (*i.get(&places), new)).collect();
        places.sort();
        places.dedup_by_key(|(at, _)| *at);
        let pairs: Vec<(Span, &str)> =
            places.chunks_exact(2).map(|w| (Span::new(w[0].0, w[1].0), w[0].1.as_str())).collect();
        let mut expected = text.clone();
        for (span, new) in pairs.iter().rev() {
            expected.replace_range(span.range(), new);
        }
        for (old, new) in encoded(&text).iter().zip(encoded(&expected)) {
            let Ok(document) = read("a.txt", old, None) else { continue };
            // Short texts of rare bytes are taken for other encodings.
            prop_assume!(document.text == text);
            let edited = Original::new(old, document.encoding).edited(&text, pairs.iter().copied());
            prop_assert_eq!(edited, Some(new));
        }
    }
}

/// `lint` in a directory, on drafts of a fixed day.
fn lint(dir: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(snapbox::cmd::cargo_bin!("lint"));
    command.current_dir(dir).args(args).args(["--as-of", "2026-01-01", "--output-format", "concise"]);
    command
}

fn run(dir: &Path, args: &[&str]) -> Output {
    lint(dir, args).output().expect("a process")
}

/// What was said, the report first.
fn said(output: &Output) -> String {
    [&output.stdout, &output.stderr].map(|bytes| String::from_utf8_lossy(bytes).into_owned()).concat()
}

fn folder() -> DirRoot {
    DirRoot::mutable_temp().expect("a temporary directory")
}

/// The files of a folder by name, hidden ones too.
fn contents(dir: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(dir).expect("a directory").map(|e| e.expect("an entry").path());
    entries
        .map(|p| (p.file_name().expect("a name").to_string_lossy().into_owned(), fs::read(p).expect("a file")))
        .collect()
}

/// A draft with something to fix.
const DRAFT: &str = "青溪县推进法制政府建设，，办结52件。\r\n";

/// `--fix` writes, keeps the permissions and leaves nothing beside; `--diff` and `--unsafe-fixes` alone write nothing.
#[test]
fn written_and_not_written() {
    let root = folder();
    let dir = root.path().expect("a directory");
    let file = dir.join("a.txt");
    fs::write(&file, DRAFT).expect("a file");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).expect("permissions");
    }
    for args in [&["--diff"][..], &["--unsafe-fixes"], &["fix", "--diff"], &["--fix", "--diff"], &[]] {
        assert_eq!(run(dir, args).status.code(), Some(1), "{args:?}");
        assert_eq!(fs::read_to_string(&file).expect("a file"), DRAFT, "{args:?}");
    }
    assert_eq!(run(dir, &["fix"]).status.code(), Some(0));
    let files = contents(dir);
    assert_eq!(files.keys().collect::<Vec<_>>(), ["a.txt"]);
    assert_eq!(String::from_utf8_lossy(&files["a.txt"]), "青溪县推进法治政府建设，办结52件。\r\n");
    assert_eq!(run(dir, &["fix", "--diff"]).status.code(), Some(0));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(fs::metadata(&file).expect("a file").permissions().mode() & 0o777, 0o640);
    }
}

/// What is allowed or known is not fixed, nor what is not selected; a fix beside it does not make it new.
#[test]
fn only_what_is_open() {
    let root = folder();
    let dir = root.path().expect("a directory");
    let allowed = "<!-- lint-disable-next-line term-outdated: 引文 -->\n推进法制政府建设，，办结2件。\n";
    fs::write(dir.join("a.txt"), allowed).expect("a file");
    let known = "第一句话在前。推进法制政府建设，完成。最后一句话在后。\n";
    fs::write(dir.join("b.txt"), known).expect("a file");
    let written = Command::new(snapbox::cmd::cargo_bin!("lint")).current_dir(dir).args(["baseline", "b.txt"]).output();
    assert!(written.expect("a process").status.success());
    fs::write(dir.join("b.txt"), known.replace("完成", "完成。")).expect("a file");
    fs::write(dir.join("c.txt"), "推进法制政府建设。\n").expect("a file");
    let done = run(dir, &["fix", "--baseline", "lint-baseline.json", "a.txt", "b.txt"]);
    assert_eq!(done.status.code(), Some(0), "{}", said(&done));
    let done = run(dir, &["fix", "--select", "mark", "c.txt"]);
    assert_eq!(done.status.code(), Some(0), "{}", said(&done));
    let files = contents(dir);
    for (name, text) in
        [("a.txt", allowed.replace("，，", "，").as_str()), ("b.txt", known), ("c.txt", "推进法制政府建设。\n")]
    {
        assert_eq!(String::from_utf8_lossy(&files[name]), text, "{name}");
    }
    let refused = Command::new(snapbox::cmd::cargo_bin!("lint")).current_dir(dir).args(["baseline", "--fix"]).output();
    assert_eq!(refused.expect("a process").status.code(), Some(2));
}

/// The diff is one that `patch` and `git apply` take: applying it by hand gives the fixed file.
#[test]
fn diffs_apply() {
    let root = folder();
    let dir = root.path().expect("a directory");
    fs::write(dir.join("a.txt"), format!("{DRAFT}第二行\n{DRAFT}")).expect("a file");
    let diff = run(dir, &["--diff", "-q"]);
    assert_eq!(String::from_utf8_lossy(&diff.stderr), "");
    fs::write(dir.join("diff"), &diff.stdout).expect("a file");
    let git = Command::new("git").current_dir(dir).args(["apply", "diff"]).output();
    let Ok(git) = git else { return };
    assert!(git.status.success(), "{}", said(&git));
    assert_eq!(run(dir, &["--diff", "-q"]).status.code(), Some(0));
}

/// The fixed text of standard input is on standard output in its encoding, the report on standard error; what cannot be
/// read comes out as it went in.
#[test]
fn standard_input() {
    let root = folder();
    let dir = root.path().expect("a directory");
    let through = |bytes: &[u8]| {
        fs::write(dir.join("in"), bytes).expect("a file");
        let file = fs::File::open(dir.join("in")).expect("a file");
        lint(dir, &["--fix", "-"]).stdin(file).output().expect("a process")
    };
    let gb = |text: &str| GB18030.encode(text).0.into_owned();
    let done = through(&gb(&format!("{DRAFT}共xx件。")));
    assert_eq!(done.status.code(), Some(1));
    assert_eq!(done.stdout, gb("青溪县推进法治政府建设，办结52件。\r\n共xx件。"));
    let told = String::from_utf8_lossy(&done.stderr).into_owned();
    assert!(told.starts_with("<stdin>:2:2: error[placeholder-mask]"), "{told}");
    assert!(told.contains("改正2处，1个文件（mark-doubled 1，term-outdated 1）。\n"), "{told}");
    let torn = &DRAFT.as_bytes()[..DRAFT.len() - 3];
    let done = through(torn);
    assert_eq!((done.status.code(), done.stdout.as_slice()), (Some(2), torn));
}

/// What cannot be written in the encoding of the file is told and left, and all else is fixed.
#[test]
fn unwritable_characters() {
    let root = folder();
    let dir = root.path().expect("a directory");
    fs::write(
        dir.join("terms.toml"),
        "rule = \"term-typo\"\n\n[[term]]\nwrong = \"青犀县\"\nright = [\"青𠮷县\"]\nseverity = \"error\"\n\
         source = \"县名\"\nverified = true\nhits = [\"青犀县\"]\nmisses = [\"青溪县\"]\n",
    )
    .expect("a file");
    fs::write(dir.join("lint.toml"), "rules = [\"terms.toml\"]\n").expect("a file");
    fs::write(dir.join("a.txt"), GB18030.encode("青犀县推进法制政府建设。").0).expect("a file");
    let done = run(dir, &["fix", "--unsafe-fixes"]);
    let told = said(&done);
    assert!(told.contains("a.txt:1:1: [term-typo] 没有改正：“青𠮷县”不能用文件的编码（GBK）写出"), "{told}");
    assert!(told.contains("改正1处，1个文件（term-outdated 1）"), "{told}");
    assert_eq!(done.status.code(), Some(1));
    assert_eq!(contents(dir)["a.txt"], &*GB18030.encode("青犀县推进法治政府建设。").0);
}

/// Fixes that undo each other are told of, with 2, and the file is as it was.
#[test]
fn circles() {
    let root = folder();
    let dir = root.path().expect("a directory");
    let entry = |wrong: &str, right: &str| {
        format!(
            "\n[[term]]\nwrong = \"{wrong}\"\nright = [\"{right}\"]\nseverity = \"error\"\n\
             source = \"甲\"\nverified = true\nhits = [\"{wrong}\"]\nmisses = [\"办件\"]\n"
        )
    };
    let terms = format!("rule = \"term-typo\"\n\n{}{}", entry("青犀县", "清西县"), entry("清西县", "青犀县"));
    fs::write(dir.join("terms.toml"), terms).expect("a file");
    fs::write(dir.join("lint.toml"), "rules = [\"terms.toml\"]\n").expect("a file");
    fs::write(dir.join("a.txt"), "青犀县。").expect("a file");
    for args in [&["--fix", "--unsafe-fixes"], &["--diff", "--unsafe-fixes"]] {
        let done = run(dir, args);
        assert_eq!(done.status.code(), Some(2));
        assert!(
            said(&done).contains("a.txt：没有改正：这些规则的改法互相抵触，改不完：term-typo。"),
            "{}",
            said(&done)
        );
        assert_eq!(fs::read_to_string(dir.join("a.txt")).expect("a file"), "青犀县。");
    }
}

/// A read-only file and a file in a read-only directory are left alone, with a message and 2; the others are fixed.
#[cfg(unix)]
#[test]
fn read_only() {
    use std::os::unix::fs::PermissionsExt as _;
    let root = folder();
    let dir = root.path().expect("a directory");
    let mode =
        |path: &str, bits| fs::set_permissions(dir.join(path), fs::Permissions::from_mode(bits)).expect("a mode");
    fs::create_dir(dir.join("closed")).expect("a directory");
    for name in ["a.txt", "b.txt", "closed/c.txt"] {
        fs::write(dir.join(name), DRAFT).expect("a file");
    }
    mode("a.txt", 0o444);
    mode("closed", 0o555);
    let done = run(dir, &["fix"]);
    let held = fs::write(dir.join("closed/probe"), "").is_err();
    mode("closed", 0o755);
    let told = said(&done);
    assert_eq!(done.status.code(), Some(2));
    assert!(told.contains("错误：a.txt：没有改正：文件是只读的。请先取消只读，再运行一次。\n"), "{told}");
    assert_eq!(fs::read_to_string(dir.join("a.txt")).expect("a file"), DRAFT);
    assert_ne!(fs::read_to_string(dir.join("b.txt")).expect("a file"), DRAFT);
    // Root may write everywhere.
    if held {
        assert!(told.contains("错误：closed/c.txt：没有改正：没有写入权限。"), "{told}");
        assert_eq!(fs::read_to_string(dir.join("closed/c.txt")).expect("a file"), DRAFT);
    }
}

/// A link is written through, and stays a link.
#[cfg(unix)]
#[test]
fn links() {
    let root = folder();
    let dir = root.path().expect("a directory");
    fs::create_dir(dir.join("deep")).expect("a directory");
    fs::write(dir.join("deep/a.txt"), DRAFT).expect("a file");
    std::os::unix::fs::symlink("deep/a.txt", dir.join("link.txt")).expect("a link");
    assert_eq!(run(dir, &["fix", "link.txt"]).status.code(), Some(0));
    assert!(fs::symlink_metadata(dir.join("link.txt")).expect("a link").is_symlink());
    assert_ne!(fs::read_to_string(dir.join("deep/a.txt")).expect("a file"), DRAFT);
}

/// A file that another program writes between the reading and the renaming is refused, and what that program wrote is
/// not lost.
#[test]
fn changed_meanwhile() {
    use std::io::Write as _;
    let root = folder();
    let dir = root.path().expect("a directory");
    let file = dir.join("a.txt");
    fs::write(&file, DRAFT.repeat(4000)).expect("a file");
    let mut expected = DRAFT.repeat(4000);
    let mut other = fs::OpenOptions::new().append(true).open(&file).expect("a file");
    let mut child =
        lint(dir, &["fix", "-q", "a.txt"]).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("a process");
    // Checking so many lines takes far longer than the time between two of these.
    while child.try_wait().expect("a process").is_none() {
        other.write_all("另一个程序写的。\n".as_bytes()).expect("a line");
        expected.push_str("另一个程序写的。\n");
        std::thread::sleep(Duration::from_millis(5));
    }
    let done = child.wait_with_output().expect("an end");
    let told = said(&done);
    assert_eq!(done.status.code(), Some(2), "{told}");
    assert!(told.starts_with("错误：a.txt：没有改正：检查之后，别的程序改动了这个文件。"), "{told}");
    assert_eq!(contents(dir), BTreeMap::from([(String::from("a.txt"), expected.into_bytes())]));
}

/// Killed at a hundred moments, a run leaves every file as it was or wholly fixed, and nothing that a walk would read.
#[test]
fn killed() {
    let root = folder();
    let dir = root.path().expect("a directory");
    // Every third fixture has something to fix; each comes as it is and in GB18030.
    let mut old: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    for (i, (path, bytes)) in fixtures().into_iter().enumerate() {
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        let to_fix = name.starts_with("hit-") && fixed(&name, &bytes, Safety::Review).after.is_some();
        if to_fix {
            let text = String::from_utf8(bytes.clone()).expect("UTF-8");
            old.insert(format!("{i}-gb-{name}"), GB18030.encode(&text).0.into_owned());
        }
        if to_fix || i % 8 == 0 {
            old.insert(format!("{i}-{name}"), bytes);
        }
    }
    assert!(old.len() >= 200, "{}", old.len());
    let write = |name: &str, bytes: &[u8]| fs::write(dir.join(name), bytes).expect("a file");
    old.iter().for_each(|(name, bytes)| write(name, bytes));
    let args = ["fix", "--unsafe-fixes", "-q", "--isolated", "--select", "mark,residue,term"];
    let fix = || lint(dir, &args).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("a process");
    let begun = Instant::now();
    fix().wait().expect("an end");
    let whole = begun.elapsed();
    let new = contents(dir);
    assert_eq!(new.keys().collect::<Vec<_>>(), old.keys().collect::<Vec<_>>());
    let to_fix = old.iter().filter(|(name, bytes)| new[*name] != **bytes).count();
    assert!(to_fix >= 80, "{to_fix}");

    let (mut seed, mut midway, mut left) = (0x2545_f491_4f6c_dd1d_u64, 0, 0);
    let mut now = new.clone();
    for _ in 0..100 {
        now.iter().filter(|(name, bytes)| old[*name] != **bytes).for_each(|(name, _)| write(name, &old[name]));
        // xorshift
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        let moment = whole.mul_f64((seed % 10_000) as f64 / 10_000.0);
        let mut child = fix();
        std::thread::sleep(moment);
        child.kill().expect("a process to kill");
        child.wait().expect("an end");
        let mut done = 0;
        now = contents(dir);
        now.retain(|name, bytes| match old.get(name) {
            Some(before) => {
                assert!(bytes == before || *bytes == new[name], "{name} is neither the old one nor the new one");
                done += usize::from(bytes != before);
                true
            }
            None => {
                assert!(name.starts_with('.') && name.ends_with(".tmp"), "{name} is left behind");
                fs::remove_file(dir.join(name)).expect("a file");
                left += 1;
                false
            }
        });
        assert_eq!(now.len(), old.len());
        midway += usize::from(0 < done && done < to_fix);
    }
    assert!(midway >= 10, "of 100 runs only {midway} were killed while files were being written; {left} leftovers");
}

/// What a killed run left is not read, whatever the configuration includes, and a later run with its number goes round it.
#[test]
fn leftovers() {
    let root = folder();
    let dir = root.path().expect("a directory");
    fs::write(dir.join("a.txt"), DRAFT).expect("a file");
    fs::write(dir.join(".a.txt.17.tmp"), "共xx件").expect("a file");
    fs::write(dir.join("lint.toml"), "include = [\"*\"]\n").expect("a file");
    let done = run(dir, &["fix"]);
    assert_eq!(done.status.code(), Some(0), "{}", said(&done));
    assert!(said(&done).contains("检查1个文件"), "{}", said(&done));
    assert_eq!(contents(dir)[".a.txt.17.tmp"], "共xx件".as_bytes());
}
