//! Days on which things go wrong around the program: each ends in a message that names the file and the way out, with the
//! right exit code, and nothing is lost.

#![cfg(unix)]

mod common;

use std::ffi::OsStr;
use std::fs;
use std::io::{Read as _, Write as _};
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};
use std::os::unix::process::ExitStatusExt as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use common::{at, dir, lint};
use snapbox::dir::DirRoot;

const MASK: &str = "全年共办理xx件。\n";
const FOUND: &str = ":1:6: error[placeholder-mask] “xx”代替的数字或名称尚未填写\n";

/// The exit code of a run in a directory, what it printed, and what it said.
fn run(here: &Path, args: &[&str]) -> (Option<i32>, String, String) {
    end(&lint(here)
        .args(["check", "--as-of", "2026-01-01", "--output-format", "concise"])
        .args(args)
        .output()
        .expect("a run"))
}

fn end(out: &Output) -> (Option<i32>, String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("UTF-8");
    (out.status.code(), text(&out.stdout), text(&out.stderr))
}

/// A line of shell in a directory; `$lint` is the program.
fn shell(here: &Path, line: &str) -> Output {
    let lint = env!("CARGO_BIN_EXE_lint");
    Command::new("bash").current_dir(here).env("lint", lint).args(["-c", line]).output().expect("bash")
}

fn names(here: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(here)
        .expect("a directory")
        .map(|e| e.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

fn fifo(path: &Path) {
    let made = Command::new("mkfifo").arg(path).status().expect("mkfifo");
    assert!(made.success());
}

/// A file that vanishes between the walk and the reading is an error that names it; the others are checked.
#[test]
fn a_vanished_file() {
    let here = dir(&[("sub/a.txt", MASK.as_bytes()), ("sub/b.txt", MASK.as_bytes())]);
    fifo(&at(&here).join("first.txt"));
    let child = lint(at(&here))
        .args(["check", "-q", "-j", "1", "--output-format", "concise", "first.txt", "sub"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("a run");
    // That the pipe is opened shows that all is gathered; until it ends, nothing else is read.
    let mut first = fs::OpenOptions::new().write(true).open(at(&here).join("first.txt")).expect("a pipe");
    fs::remove_file(at(&here).join("sub/a.txt")).expect("a removed file");
    first.write_all("无事。\n".as_bytes()).expect("a text");
    drop(first);
    let (code, printed, said) = end(&child.wait_with_output().expect("an end"));
    assert_eq!(printed, format!("sub/a.txt: error: 没有这个文件或目录。请检查路径。\nsub/b.txt{FOUND}"));
    assert_eq!((code, said.as_str()), (Some(2), ""));

    let (code, printed, _) = run(at(&here), &["-q", "gone.txt", "sub"]);
    assert_eq!(
        (code, printed),
        (Some(2), format!("gone.txt: error: 没有这个文件或目录。请检查路径。\nsub/b.txt{FOUND}"))
    );
}

/// How to run the program as somebody who may not read everything: the tests may run as root.
fn as_nobody(here: &Path) -> Option<Vec<String>> {
    let root = fs::metadata(here).expect("a directory").uid() == 0;
    let program = here.join("lint-of-nobody");
    fs::copy(env!("CARGO_BIN_EXE_lint"), &program).expect("a copy");
    let program = program.to_str()?.to_owned();
    if !root {
        return Some(vec![program]);
    }
    let as_nobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"].map(str::to_owned);
    let command = [&as_nobody[..], &[program]].concat();
    let works = Command::new(&command[0]).current_dir(here).args(&command[1..]).arg("--version").output();
    works.is_ok_and(|out| out.status.success()).then_some(command)
}

/// What may not be read is told of, what may not be written leaves what was there.
#[test]
fn permissions() {
    let here = dir(&[
        ("a.txt", MASK.as_bytes()),
        ("shut.txt", MASK.as_bytes()),
        ("closed/b.txt", MASK.as_bytes()),
        ("fixed/report.txt", b"an older report"),
        ("fixed/c.txt", MASK.as_bytes()),
    ]);
    let here = at(&here);
    let mode =
        |name: &str, bits| fs::set_permissions(here.join(name), fs::Permissions::from_mode(bits)).expect("permissions");
    mode(".", 0o755);
    let command = as_nobody(here);
    mode("shut.txt", 0o000);
    mode("closed", 0o000);
    mode("fixed", 0o555);
    mode("fixed/report.txt", 0o444);
    if let Some(command) = command {
        let run = |args: &[&str]| {
            let mut process = Command::new(&command[0]);
            end(&process.current_dir(here).args(&command[1..]).args(args).output().expect("a run"))
        };
        let (code, printed, _) = run(&["--output-format", "concise", "-q", "a.txt", "shut.txt", "closed"]);
        let denied = "没有读取权限。请检查文件和目录的权限。";
        assert_eq!(printed, format!("a.txt{FOUND}shut.txt: error: {denied}\nclosed: error: {denied}\n"));
        assert_eq!(code, Some(2));
        let (code, _, said) = run(&["-o", "fixed/report.txt", "a.txt"]);
        assert_eq!(code, Some(2));
        assert!(said.starts_with("错误：无法写入 fixed/report.txt：") && said.contains("请检查目录的权限"), "{said}");
        let (code, _, said) = run(&["baseline", "--baseline", "fixed/known.json", "a.txt"]);
        assert_eq!(code, Some(2));
        assert!(said.contains("fixed/known.json") && said.contains("请检查目录的权限"), "{said}");
    }
    mode("shut.txt", 0o644);
    mode("closed", 0o755);
    mode("fixed", 0o755);
    assert_eq!(names(&here.join("fixed")), ["c.txt", "report.txt"]);
    assert_eq!(fs::read(here.join("fixed/report.txt")).expect("a report"), b"an older report");
}

/// Where there is no room, a report and a baseline stay as they were, and nothing is left beside them.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk() {
    let draft: String = (0..400).map(|i| format!("第{i}个站点全年共办理xx件。\n")).collect();
    let here = dir(&[("a.txt", draft.as_bytes()), ("report.json", b"old"), ("known.json", b"")]);
    let here = at(&here);
    let (code, _, said) = run(here, &["-o", "/dev/full", "a.txt"]);
    assert_eq!(code, Some(2));
    assert!(said.starts_with("错误：无法写入 /dev/full：") && said.contains("请清出空间"), "{said}");

    let baseline = "{\n  \"schema\": \"gongwen-lint-baseline/1\",\n  \"files\": {}\n}\n";
    fs::write(here.join("known.json"), baseline).expect("a baseline");
    // A limit on the size of files stands for a disk that is full: some of the report fits.
    let limited = |args: &str| end(&shell(here, &format!("trap '' XFSZ; ulimit -f 4; exec \"$lint\" {args}")));
    for (args, file) in [
        ("check --output-format json -o report.json a.txt", "report.json"),
        ("baseline --lang en --baseline known.json a.txt", "known.json"),
    ] {
        let (code, _, said) = limited(args);
        assert_eq!(code, Some(2), "{said}");
        assert!(said.contains(file) && (said.contains("请清出空间") || said.contains("make room")), "{said}");
    }
    assert_eq!(fs::read(here.join("report.json")).expect("a report"), b"old");
    assert_eq!(fs::read_to_string(here.join("known.json")).expect("a baseline"), baseline);
    assert_eq!(names(here), ["a.txt", "known.json", "report.json"]);

    let (code, _, said) = run(here, &["--baseline", "/dev/full", "a.txt"]);
    assert_eq!(code, Some(2));
    assert!(said.contains("/dev/full"), "{said}");
}

/// Links in a circle are passed over in a walk, and an error where they are named.
#[test]
fn link_loops() {
    let here = dir(&[("a.txt", "无事。\n".as_bytes()), ("one/b.txt", "无事。\n".as_bytes())]);
    let here = at(&here);
    symlink("../one", here.join("one/again")).expect("a link");
    symlink("two.txt", here.join("three.txt")).expect("a link");
    symlink("three.txt", here.join("two.txt")).expect("a link");
    let (code, printed, said) = run(here, &[]);
    assert_eq!(
        (code, printed.as_str(), said.as_str()),
        (Some(0), "", "检查2个文件，没有发现问题；略过：符号链接 3。\n")
    );
    let (code, printed, _) = run(here, &["-q", "two.txt", "one/again/again/b.txt"]);
    assert_eq!(code, Some(2));
    assert!(
        printed.starts_with("two.txt: error: 无法读取：") && printed.ends_with("请检查路径和权限。\n"),
        "{printed}"
    );
}

/// A directory of a hundred thousand files is checked to the last, and the one bad file is found.
#[test]
fn a_hundred_thousand_files() {
    let here = dir(&[]);
    let here = at(&here);
    for i in 0..100_000 {
        fs::write(here.join(format!("{i:06}.txt")), if i == 77_777 { MASK } else { "无事。\n" }).expect("a file");
    }
    let (code, printed, said) = run(here, &[]);
    assert_eq!(printed, format!("077777.txt{FOUND}"));
    assert_eq!((code, said.as_str()), (Some(1), "检查100000个文件：错误1，警告0，提示0。\n"));
}

/// A file larger than any draft is refused at once, with its name and advice; a long line below that is checked.
#[test]
fn enormous_files() {
    let here = dir(&[("b.txt", MASK.as_bytes())]);
    let here = at(&here);
    for (name, size) in [("a.txt", (64 << 20) + 1), ("line.txt", 1 << 30)] {
        fs::File::create(here.join(name)).and_then(|f| f.set_len(size)).expect("a sparse file");
    }
    let begun = Instant::now();
    let (code, printed, _) = run(here, &["-q"]);
    let refused = "error: 超过64MB，不像是文稿，没有检查。请核对是不是拿错了文件；";
    let lines: Vec<&str> = printed.lines().collect();
    assert_eq!(code, Some(2));
    assert!(
        lines[0].starts_with(&format!("a.txt: {refused}")) && lines[2].starts_with(&format!("line.txt: {refused}")),
        "{printed}"
    );
    assert_eq!(format!("{}\n", lines[1]), format!("b.txt{FOUND}"));
    // From a pipe it is not known beforehand: it is read no further than that.
    let out = shell(here, "head -c 1073741824 line.txt | \"$lint\" check -q --lang en --output-format concise -");
    let (code, printed, _) = end(&out);
    assert_eq!(code, Some(2));
    assert!(printed.starts_with("<stdin>: error: larger than 64 MB"), "{printed}");
    assert!(begun.elapsed() < Duration::from_secs(60), "{:?}", begun.elapsed());

    let sentence = "各镇要高度重视，把各项要求落到实处，";
    let long = format!("{}全年共办理xx件", sentence.repeat((12 << 20) / sentence.len()));
    fs::write(here.join("long.txt"), &long).expect("a long line");
    let (code, printed, _) = run(here, &["-q", "long.txt"]);
    let column = long.chars().count() - 2;
    assert_eq!(printed, format!("long.txt:1:{column}: error[placeholder-mask] “xx”代替的数字或名称尚未填写\n"));
    assert_eq!(code, Some(1));
}

/// What is no text is told of whatever its name says.
#[test]
fn binaries() {
    let program = fs::read(env!("CARGO_BIN_EXE_lint")).expect("the program");
    let here = dir(&[
        ("a.txt", &program[..1 << 16]),
        ("b.txt", MASK.as_bytes()),
        ("c.txt", &[0x89, b'P', b'N', b'G', 13, 10, 26, 10, 0, 1]),
    ]);
    let (code, printed, _) = run(at(&here), &["-q"]);
    let lines: Vec<&str> = printed.lines().collect();
    assert!(lines[0].starts_with("a.txt: error: ") && lines[2].starts_with("c.txt: error: "), "{printed}");
    assert_eq!((code, format!("{}\n", lines[1])), (Some(2), format!("b.txt{FOUND}")));
}

/// A reader that has seen enough changes neither the exit code nor what is said, in any format.
#[test]
fn closed_pipes() {
    let here = dir(&[("a.txt", MASK.repeat(3000).as_bytes()), ("b.txt", MASK.repeat(3000).as_bytes())]);
    let formats = ["full", "concise", "json", "json-lines", "sarif", "github", "gitlab", "junit", "rdjson", "html"];
    let mut known = 0;
    for format in formats {
        let (_, _, refused) = end(&shell(at(&here), &format!("\"$lint\" check --output-format {format} /dev/null")));
        if refused.contains("--output-format") {
            continue;
        }
        known += 1;
        let line =
            format!("\"$lint\" check -q --output-format {format} . | head -1 >/dev/null; exit ${{PIPESTATUS[0]}}");
        let (code, _, said) = end(&shell(at(&here), &line));
        assert_eq!((code, said.as_str()), (Some(1), ""), "{format}");
    }
    assert!(known >= 3);
}

/// Ctrl-C ends a run at once by its signal, and no half of a report is left.
#[test]
fn interrupted() {
    let here = dir(&[("b.txt", MASK.as_bytes()), ("out/report.json", b"old")]);
    fifo(&at(&here).join("a.txt"));
    let mut child = lint(at(&here))
        .args(["check", "--output-format", "json", "-o", "out/report.json", "b.txt", "a.txt"])
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("a run");
    let writer = fs::OpenOptions::new().write(true).open(at(&here).join("a.txt")).expect("a pipe");
    let killed = Command::new("bash").args(["-c", &format!("kill -INT {}", child.id())]).status().expect("bash");
    assert!(killed.success());
    let status = child.wait().expect("an end");
    drop(writer);
    assert_eq!((status.signal(), status.code()), (Some(2), None));
    let mut said = String::new();
    child.stderr.take().expect("stderr").read_to_string(&mut said).expect("UTF-8");
    assert_eq!(said, "");
    assert_eq!(fs::read(at(&here).join("out/report.json")).expect("a report"), b"old");
    assert_eq!(names(&at(&here).join("out")), ["report.json"]);
    // What a kill between writing and renaming leaves is no draft.
    fs::write(at(&here).join("out/.report.txt.4711.tmp"), MASK).expect("a file");
    let (code, printed, said) = run(at(&here), &["out"]);
    assert_eq!(
        (code, printed.as_str(), said.as_str()),
        (Some(0), "", "没有检查任何文件；略过：其他格式 1，隐藏文件 1。\n")
    );
}

/// Streams that are closed are no fault of the draft, and end in no panic.
#[test]
fn closed_streams() {
    let here = dir(&[("a.txt", MASK.as_bytes())]);
    for (line, code) in [
        ("\"$lint\" check - <&-", 0),
        ("\"$lint\" check a.txt <&-", 1),
        ("\"$lint\" check a.txt >&-", 1),
        ("\"$lint\" check a.txt no.txt 2>&-", 2),
    ] {
        let out = shell(at(&here), line);
        assert_eq!(out.status.code(), Some(code), "{line}: {}", String::from_utf8_lossy(&out.stderr));
        assert!(!String::from_utf8_lossy(&out.stderr).contains("panic"), "{line}");
    }
}

/// A name that is no UTF-8, or holds line ends and escapes, is read, shown harmlessly, and known to a baseline.
#[test]
fn strange_names() {
    let here = dir(&[]);
    let here = at(&here);
    let strange: [&[u8]; 3] = [b"\xc7\xe0\xcf\xaa.txt", b"a\nb.txt", b"c\x1b[31md.txt"];
    for name in strange {
        // Some file systems take no such names.
        if fs::write(here.join(OsStr::from_bytes(name)), MASK).is_err() {
            return;
        }
    }
    for format in ["full", "concise", "json"] {
        let out = lint(here).args(["check", "--output-format", format]).output().expect("a run");
        assert_eq!(out.status.code(), Some(1), "{format}");
        let printed = String::from_utf8(out.stdout).expect("UTF-8");
        assert!(!printed.contains('\u{1b}') && !printed.contains("a\nb"), "{format}: {printed}");
        if format == "json" {
            let report: serde_json::Value = serde_json::from_str(&printed).expect("JSON");
            assert_eq!(report["summary"]["errors"], 3);
        }
    }
    for args in [&["baseline"][..], &["--baseline", "lint-baseline.json"]] {
        let out = lint(here).args(args).output().expect("a run");
        assert_eq!(out.status.code(), Some(0), "{}", String::from_utf8_lossy(&out.stdout));
        assert!(!String::from_utf8_lossy(&out.stderr).contains('\u{1b}'));
    }
}

/// A configuration that is a directory is told of, named or found.
#[test]
fn a_configuration_that_is_a_directory() {
    let here = dir(&[("a.txt", MASK.as_bytes()), ("lint.toml/b.txt", "无事。\n".as_bytes()), ("conf/c.txt", b"")]);
    let told = |name: &str| format!("a.txt{FOUND}{name}: error: 这是目录，不是文件。请换一个文件，或给目录改名。\n");
    let (code, printed, _) = run(at(&here), &["-q", "a.txt"]);
    assert_eq!((code, printed), (Some(2), told("lint.toml")));
    let (code, printed, _) = run(at(&here), &["-q", "--config", "conf", "a.txt"]);
    assert_eq!((code, printed), (Some(2), told("conf")));
}

/// A baseline that is broken, of another version, no file, or not there is an error with its name, and stays as it is.
#[test]
fn bad_baselines() {
    let here: DirRoot = dir(&[
        ("a.txt", MASK.as_bytes()),
        ("torn.json", b"{\n  \"schema\": \"gongwen-lint-baseline/1\",\n  \"fil"),
        ("later.json", b"{\"schema\": \"gongwen-lint-baseline/9\", \"files\": {}}"),
        ("gbk.json", b"\xc7\xe0\xcf\xaa"),
        ("other.json", b"[]"),
        ("folder.json/b.txt", b""),
    ]);
    let here = at(&here);
    for (name, way_out) in [
        ("torn.json", "重新写出"),
        ("later.json", "重新写出"),
        ("gbk.json", "重新写出"),
        ("other.json", "重新写出"),
        ("folder.json", "请换一个文件"),
        ("gone.json", "请先用 lint baseline 写出"),
    ] {
        let (code, printed, said) = run(here, &["--baseline", name, "a.txt"]);
        assert_eq!((code, printed.as_str()), (Some(2), ""), "{said}");
        assert!(said.contains(name) && said.contains(way_out), "{said}");
        if name != "gone.json" {
            let before = fs::read(here.join(name)).ok();
            let (code, _, said) =
                end(&lint(here).args(["baseline", "--baseline", name, "a.txt"]).output().expect("a run"));
            assert_eq!(code, Some(2), "{said}");
            assert!(said.contains(name), "{said}");
            assert_eq!(fs::read(here.join(name)).ok(), before);
        }
    }
    // A file that cannot be read leaves the baseline as it was.
    assert!(end(&lint(here).args(["baseline", "a.txt"]).output().expect("a run")).0 == Some(0));
    let before = fs::read(here.join("lint-baseline.json")).expect("a baseline");
    let (code, _, said) = end(&lint(here).args(["baseline", "a.txt", "no.txt"]).output().expect("a run"));
    assert_eq!(code, Some(2));
    assert!(said.contains("no.txt") && said.contains("基线没有改动"), "{said}");
    assert_eq!(fs::read(here.join("lint-baseline.json")).expect("a baseline"), before);
}

/// In a directory that was removed nothing is said to be clean.
#[cfg(target_os = "linux")]
#[test]
fn a_removed_directory() {
    let here = dir(&[("gone/a.txt", MASK.as_bytes())]);
    let (code, printed, said) = end(&shell(at(&here), "cd gone && rm -r ../gone && exec \"$lint\""));
    assert_eq!((code, printed.as_str()), (Some(2), ""));
    assert_eq!(said, "错误：当前目录已被删除或进不去；请先进入别的目录再运行\n");
}
