//! The command line as a user meets it: the sessions under `tests/cmd/`, and what needs files of its own.

use std::fs;
use std::io::Read as _;
use std::path::Path;
use std::process::{Command as Process, Stdio};

use snapbox::cmd::{Command, OutputAssert};
use snapbox::dir::DirRoot;

/// `lint` in a directory, on drafts of a fixed day, in the short format unless the arguments name another.
fn lint(dir: &DirRoot, args: &[&str]) -> OutputAssert {
    let short: &[&str] = if args.contains(&"--output-format") { &[] } else { &["--output-format", "concise"] };
    Command::new(snapbox::cmd::cargo_bin!("lint"))
        .current_dir(path(dir))
        .args(["check", "--as-of", "2026-01-01"])
        .args(short)
        .args(args)
        .assert()
}

fn path(dir: &DirRoot) -> &Path {
    dir.path().expect("a directory")
}

/// An empty directory outside of any repository, with these drafts.
fn drafts(files: &[(&str, &str)]) -> DirRoot {
    let dir = DirRoot::mutable_temp().expect("a temporary directory");
    for (name, text) in files {
        let file = path(&dir).join(name);
        fs::create_dir_all(file.parent().expect("a parent")).expect("a directory");
        fs::write(file, text).expect("a file");
    }
    dir
}

/// Every recorded session prints and ends as written.
#[test]
fn sessions() {
    trycmd::TestCases::new()
        .default_bin_path(snapbox::cmd::cargo_bin!("lint"))
        .register_bin("lint", snapbox::cmd::cargo_bin!("lint").to_owned())
        .case("tests/cmd/*.trycmd")
        .case("tests/cmd/*.toml")
        .case("README*.md")
        .case("docs/*.md")
        .case("editors/*.md");
}

/// Ignore files count where there is no repository, and a file that is named is read even so.
#[test]
fn ignore_files_outside_a_repository() {
    let dir = drafts(&[("a.txt", "甲"), ("b.txt", "乙"), ("c.txt", "丙"), (".gitignore", "b.txt"), (".ignore", "c.*")]);
    lint(&dir, &[]).code(0).stderr_eq("检查1个文件，没有发现问题。\n");
    lint(&dir, &["b.txt"]).code(0).stderr_eq("检查1个文件，没有发现问题。\n");
}

/// Links on a walk are counted, not followed; a link that is named is read, and a circle is an error.
#[cfg(unix)]
#[test]
fn links() {
    use std::os::unix::fs::symlink;
    let dir = drafts(&[("a.txt", "甲"), ("sub/b.txt", "乙")]);
    let at = |name: &str| path(&dir).join(name);
    symlink("a.txt", at("same.txt")).expect("a link");
    symlink("..", at("sub/up")).expect("a link");
    lint(&dir, &["."]).code(0).stderr_eq("检查2个文件，没有发现问题；略过：符号链接 2。\n");
    lint(&dir, &["same.txt", "a.txt"]).code(0).stderr_eq("检查1个文件，没有发现问题。\n");
    symlink("round.txt", at("round.txt")).expect("a link");
    lint(&dir, &["-q", "round.txt"]).code(2).stdout_eq("round.txt: error: 无法读取：[..]\n");
}

/// A directory that may not be entered is a failed file: what it holds was not checked.
#[cfg(unix)]
#[test]
fn unreadable_directory() {
    use std::os::unix::fs::PermissionsExt as _;
    let dir = drafts(&[("a.txt", "甲"), ("closed/b.txt", "乙")]);
    let closed = path(&dir).join("closed");
    let mode = |bits| fs::set_permissions(&closed, fs::Permissions::from_mode(bits)).expect("permissions");
    mode(0o000);
    // Root may enter everything, and then there is nothing to be seen.
    if fs::read_dir(&closed).is_err() {
        let said = "closed: error: 没有读取权限。请检查文件和目录的权限。\n";
        lint(&dir, &["-q"]).code(2).stdout_eq(said);
    }
    mode(0o755);
}

/// Control characters of a file name are spelt out in the report and in errors.
#[cfg(unix)]
#[test]
fn control_characters_in_names() {
    let dir = drafts(&[("a\u{1b}[31m\n.txt", "\0")]);
    let shown = |out: OutputAssert| {
        let out = out.code(2).get_output().clone();
        String::from_utf8([out.stdout, out.stderr].concat()).expect("UTF-8")
    };
    assert!(shown(lint(&dir, &["-q"])).starts_with("a\\u{1b}[31m\\n.txt: error:"));
    let complaint = shown(lint(&dir, &["-o", "no\u{1b}dir/x"]));
    assert!(complaint.contains("no\\u{1b}dir/x") && !complaint.contains('\u{1b}'));
}

/// Every format of the report.
const FORMATS: [&str; 10] =
    ["full", "concise", "json", "json-lines", "sarif", "github", "gitlab", "junit", "rdjson", "html"];

/// The exit code says the same whatever the format, and so it does where only statistics are asked for.
#[test]
fn exit_codes_of_every_format() {
    let dir = drafts(&[
        ("clean.txt", "甲"),
        ("wrong.txt", "共xx件。"),
        ("binary.txt", "\0"),
        ("bad/lint.toml", "slect = 1"),
        ("bad/a.txt", "甲"),
    ]);
    for (path, code) in [("clean.txt", 0), ("wrong.txt", 1), ("binary.txt", 2), ("bad", 2)] {
        for format in FORMATS {
            lint(&dir, &["-q", "--output-format", format, path]).code(code);
        }
        lint(&dir, &["-q", "--statistics", path]).code(code);
    }
}

/// A name that is no Unicode breaks no format.
#[cfg(target_os = "linux")]
#[test]
fn names_that_are_no_unicode() {
    use std::os::unix::ffi::OsStrExt as _;
    let dir = drafts(&[]);
    let name = std::ffi::OsStr::from_bytes(b"\xb8\xe5.txt");
    fs::write(path(&dir).join(name), "共xx件。").expect("a file");
    for format in FORMATS {
        let out = lint(&dir, &["-q", "--output-format", format]).code(1).get_output().clone();
        let text = String::from_utf8(out.stdout).expect("UTF-8");
        assert!(text.contains("placeholder-mask") && text.contains(".txt"), "{format}: {text}");
    }
}

/// Statistics are for people: most frequent rule first, then the counts; a machine's format refuses them.
#[test]
fn statistics() {
    let dir = drafts(&[("a.txt", "推进法制政府建设，走访xx家、xx户。"), ("b.txt", "\0")]);
    lint(&dir, &["--statistics"])
        .code(2)
        .stdout_eq(
            "b.txt: error: 不是文本文件。[..]\n\
             2  placeholder-mask       x、X 或星号代替的数字和名称尚未填写\n\
             1  term-outdated     [*]  用语已过时或写错（法制/法治等）\n\
             [*] 有可直接采用的修改\n",
        )
        .stderr_eq("检查1个文件：错误3，警告0，提示0；无法读取1个。\n");
    lint(&dir, &["--statistics", "--output-format", "sarif"])
        .code(2)
        .stdout_eq("")
        .stderr_eq("错误：--statistics 是给人看的，只能与 full 或 concise 同用\n");
}

/// `-o` replaces a file in one step, leaves nothing beside it, and prints nothing.
#[test]
fn output_file() {
    let dir = drafts(&[("a.txt", "甲"), ("out/report.json", "an older report")]);
    lint(&dir, &["--output-format", "json", "-o", "out/report.json", "a.txt"]).code(0).stdout_eq("");
    let report = fs::read_to_string(path(&dir).join("out/report.json")).expect("a report");
    assert!(report.starts_with("{\n  \"schema\": \"gongwen-lint/1\""));
    assert_eq!(fs::read_dir(path(&dir).join("out")).expect("a directory").count(), 1);
    lint(&dir, &["-o", "nowhere/report", "a.txt"]).code(2).stderr_eq("错误：无法写入 nowhere/report：[..]\n");
}

/// A reader that closes the pipe ends the run quietly.
#[test]
fn closed_pipe() {
    let dir = DirRoot::mutable_temp().expect("a temporary directory");
    let names: Vec<String> = (0..2000).map(|i| format!("no-such-file-{i}.txt")).collect();
    let mut child = Process::new(snapbox::cmd::cargo_bin!("lint"))
        .current_dir(path(&dir))
        .args(["check", "-q"])
        .args(&names)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("a process");
    drop(child.stdout.take());
    let mut said = String::new();
    child.stderr.take().expect("stderr").read_to_string(&mut said).expect("UTF-8");
    assert_eq!(said, "");
    assert_eq!(child.wait().expect("an end").code(), Some(2));
}

/// `lint init` writes a configuration that changes nothing, and never a second one.
#[test]
fn init() {
    let dir = drafts(&[("a.txt", "共xx件。")]);
    let init = || Command::new(snapbox::cmd::cargo_bin!("lint")).current_dir(path(&dir)).arg("init").assert();
    let found = "a.txt:1:2: error[placeholder-mask] “xx”代替的数字或名称尚未填写\n";
    lint(&dir, &["-q"]).code(1).stdout_eq(found);
    init().code(0).stdout_eq("已写好 lint.toml，各项都还注释着，按需启用。\n");
    lint(&dir, &["-q"]).code(1).stdout_eq(found);
    let written = fs::read_to_string(path(&dir).join("lint.toml")).expect("a file");
    init().code(2).stderr_eq("错误：这里已有 lint.toml，没有改动它；要重来，请先改名或移走\n");
    assert_eq!(fs::read_to_string(path(&dir).join("lint.toml")).expect("a file"), written);
}

/// A `lint.toml` that cannot be read is told of, not passed over, and the nearest one holds.
#[cfg(unix)]
#[test]
fn nearest_configuration() {
    use std::os::unix::fs::symlink;
    let dir = drafts(&[
        ("lint.toml", "ignore = [\"placeholder\"]"),
        ("a.txt", "共xx件。"),
        ("sub/lint.toml", "fail-on = \"never\""),
        ("sub/deep/a.txt", "共xx件。"),
        ("bad/lint.toml", "\0"),
        ("bad/a.txt", "甲"),
        ("gone/a.txt", "甲"),
    ]);
    lint(&dir, &["-q", "a.txt"]).code(0).stdout_eq("");
    let found = "sub/deep/a.txt:1:2: error[placeholder-mask] “xx”代替的数字或名称尚未填写\n";
    lint(&dir, &["-q", "sub"]).code(0).stdout_eq(found);
    lint(&dir, &["-q", "sub", "a.txt", "--fail-on", "error"]).code(1).stdout_eq(found);
    lint(&dir, &["-q", "bad"]).code(2).stdout_eq("bad/lint.toml: error: 不是文本文件。[..]\n");
    symlink("nowhere.toml", path(&dir).join("gone/lint.toml")).expect("a link");
    lint(&dir, &["-q", "gone"]).code(2).stdout_eq("gone/lint.toml: error: 没有这个文件或目录。请检查路径。\n");
}

/// Output that cannot be written is an error.
#[cfg(target_os = "linux")]
#[test]
fn full_device() {
    let full = fs::OpenOptions::new().write(true).open("/dev/full").expect("/dev/full");
    let out = Process::new(snapbox::cmd::cargo_bin!("lint")).arg("rules").stdout(full).output().expect("a process");
    assert_eq!(out.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&out.stderr).starts_with("错误：无法写到标准输出："));
}

/// Standard input is read in every encoding, under the name that it is given.
#[test]
fn standard_input() {
    let (gb, _, _) = encoding_rs::GB18030.encode("青溪县工作总结");
    for (args, name) in
        [(&["-"][..], "<stdin>"), (&["--stdin-filename", "草稿.txt"], "草稿.txt"), (&["-", "-"], "<stdin>")]
    {
        let out = Command::new(snapbox::cmd::cargo_bin!("lint"))
            .args(["--output-format", "json", "--as-of", "2026-01-01"])
            .args(args)
            .stdin(gb.to_vec())
            .assert()
            .code(0);
        let report: serde_json::Value = serde_json::from_slice(&out.get_output().stdout).expect("JSON");
        assert_eq!(report["files"].as_array().map(Vec::len), Some(1));
        assert_eq!(report["files"][0]["path"], name);
        assert_eq!(report["files"][0]["encoding"], "GB18030");
    }
}
