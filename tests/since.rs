//! `--since`: what changed in git is linted, and the rest is counted as unchanged.

#[path = "common/place.rs"]
mod place;

use std::fs;

use snapbox::cmd::{Command, OutputAssert};

use place::Place;

/// A draft with one defect, so that whoever is read can be seen in the output.
const DEFECT: &str = "全年共办结xx件。\n";

/// A repository with one commit of drafts by these names.
fn with(names: &[&str]) -> Place {
    let place = Place::repository();
    for name in names {
        // Each file another text: git must not take one for the other.
        place.write(name, &format!("{DEFECT}{name}\n"));
    }
    place.commit("first");
    place
}

/// `lint` somewhere in the place.
fn lint(place: &Place, within: &str, args: &[&str]) -> OutputAssert {
    Command::new(snapbox::cmd::cargo_bin!("lint"))
        .current_dir(place.at(within))
        .args(["check", "--as-of", "2026-01-01", "--output-format", "concise"])
        .args(args)
        .assert()
}

/// The files that were linted, by their findings, and what standard error says of the run.
fn seen(place: &Place, within: &str, args: &[&str]) -> (Vec<String>, String) {
    let out = lint(place, within, args).get_output().clone();
    let text = String::from_utf8(out.stdout).expect("UTF-8");
    let files = text.lines().map(|l| l.split(':').next().unwrap_or_default().to_owned());
    (files.collect(), String::from_utf8(out.stderr).expect("UTF-8"))
}

/// What was changed, staged, added, renamed or is new is linted, under whatever name; what is deleted, ignored or as
/// it was is not.
#[test]
fn what_changed_is_linted() {
    let place = with(&["a.txt", "b.txt", "c.txt", "gone.txt", "old.txt", "staged.txt", "年度 报告/第一 稿.md"]);
    place.write(".gitignore", "ignored.txt\n");
    place.write("committed.txt", DEFECT);
    place.commit("second");
    place.write("a.txt", &format!("{DEFECT}改过。\n"));
    place.write("staged.txt", &format!("{DEFECT}也改过。\n"));
    place.git(&["add", "staged.txt"]);
    place.git(&["mv", "old.txt", "new name.txt"]);
    fs::remove_file(place.at("gone.txt")).expect("removed");
    place.write("年度 报告/第一 稿.md", DEFECT);
    place.write("年度 报告/新“稿”.txt", DEFECT);
    place.write("ignored.txt", DEFECT);

    let changed = ["a.txt", "new name.txt", "staged.txt", "年度 报告/新“稿”.txt", "年度 报告/第一 稿.md"];
    let (files, said) = seen(&place, ".", &["--since", "HEAD"]);
    assert_eq!(files, changed);
    assert!(said.contains("未改动 3"), "{said}");
    let (files, said) = seen(&place, ".", &["--since", "HEAD~1", "--lang", "en"]);
    assert_eq!(files, ["a.txt", "committed.txt", "new name.txt", "staged.txt", changed[3], changed[4]]);
    assert!(said.contains("unchanged 2"), "{said}");
}

/// Only what is named is linted, wherever one stands; a file that is not there is a fault, changed or not.
#[test]
fn paths_limit_what_is_linted() {
    let place = with(&["a.txt", "sub/b.txt", "sub/c.txt"]);
    for name in ["a.txt", "sub/b.txt"] {
        place.write(name, DEFECT);
    }
    assert_eq!(seen(&place, "sub", &["--since", "HEAD"]).0, ["b.txt"]);
    assert_eq!(seen(&place, "sub", &["--since", "HEAD", ".."]).0, ["../a.txt", "../sub/b.txt"]);
    assert_eq!(seen(&place, "sub", &["--since", "HEAD", "../a.txt", "c.txt"]).0, ["../a.txt"]);
    // Settings that change how git prints paths, and a hook's own, are not obeyed.
    place.git(&["config", "diff.relative", "true"]);
    place.git(&["config", "diff.renames", "copies"]);
    assert_eq!(seen(&place, "sub", &["--since", "HEAD", ".."]).0, ["../a.txt", "../sub/b.txt"]);
    let hook = Command::new(snapbox::cmd::cargo_bin!("lint")).current_dir(place.at("sub")).env("GIT_DIR", "/nowhere");
    hook.args(["check", "--since", "HEAD", "--output-format", "concise", "c.txt"]).assert().code(0);
    lint(&place, ".", &["--since", "HEAD", "-q", "no.txt"])
        .code(2)
        .stdout_eq("no.txt: error: 没有这个文件或目录。[..]\n");
}

/// Nothing changed is nothing found, and says so.
#[test]
fn nothing_changed() {
    let place = with(&["a.txt", "b.txt"]);
    lint(&place, ".", &["--since", "HEAD"]).code(0).stdout_eq("").stderr_eq("没有检查任何文件；略过：未改动 2。\n");
    let json = ["--since", "HEAD", "--output-format", "json"];
    let out = Command::new(snapbox::cmd::cargo_bin!("lint")).current_dir(place.path()).arg("check").args(json);
    let report: serde_json::Value = serde_json::from_slice(&out.assert().code(0).get_output().stdout).expect("JSON");
    assert_eq!(report["summary"]["skipped"], serde_json::json!({"unchanged": 2}));
}

/// Where branches have parted, it counts what this one did: the other's changes are not this one's.
#[test]
fn since_the_branches_parted() {
    let place = with(&["a.txt", "b.txt"]);
    place.git(&["checkout", "-q", "-b", "work"]);
    place.write("a.txt", DEFECT);
    place.commit("here");
    place.git(&["checkout", "-q", "main"]);
    place.write("b.txt", DEFECT);
    place.commit("there");
    place.git(&["checkout", "-q", "work"]);
    assert_eq!(seen(&place, ".", &["--since", "main"]).0, ["a.txt"]);
    place.git(&["checkout", "-q", "--orphan", "other"]);
    place.commit("anew");
    let told = "错误：--since：“main”与当前版本没有共同的历史；浅克隆请先取全（git fetch --unshallow）\n";
    lint(&place, ".", &["--since", "main"]).code(2).stderr_eq(told);
}

/// Another repository inside is linted whole where it is new; each of several repositories is asked.
#[test]
fn several_repositories() {
    let place = with(&["a.txt"]);
    let inner = with(&["x.txt", "y.txt"]);
    inner.write("y.txt", DEFECT);
    let inner_y = inner.at("y.txt").canonicalize().expect("a path").display().to_string();
    let other = inner.path().display().to_string();
    place.write("a.txt", DEFECT);
    assert_eq!(seen(&place, ".", &["--since", "HEAD", ".", &other]).0, ["a.txt".to_owned(), inner_y]);
    place.write("nested/b.txt", DEFECT);
    place.git(&["-C", "nested", "init", "-q"]);
    assert_eq!(seen(&place, ".", &["--since", "HEAD"]).0, ["a.txt", "nested/b.txt"]);
}

/// A glob of which it is not known whether it fits is not complained of.
#[test]
fn globs_are_not_judged_by_a_part() {
    let place = with(&["a.txt", "2019/b.txt"]);
    place.write("lint.toml", "[[section]]\nfiles = [\"2019/\"]\nignore = [\"term\"]\n");
    place.commit("second");
    lint(&place, ".", &["--since", "HEAD"]).code(0).stdout_eq("");
}

/// What keeps git from answering is said, and ends the run with 2.
#[test]
fn faults() {
    let place = Place::new();
    place.write("a.txt", DEFECT);
    let told = "错误：--since 要有 git 仓库，[..] 不在仓库里\n";
    lint(&place, ".", &["--since", "HEAD"]).code(2).stdout_eq("").stderr_eq(told);
    let told = "error: --since needs a git repository, and [..] is in none\n";
    lint(&place, ".", &["--since", "HEAD", "--lang", "en", "a.txt"]).code(2).stderr_eq(told);

    let place = with(&["a.txt"]);
    for unknown in ["nowhere", "HEAD~7", "--output=x", "HEAD:a.txt", ""] {
        let told = format!("错误：--since：没有“{unknown}”这个版本；浅克隆里没有的，请先用 git fetch 取来\n");
        lint(&place, ".", &[&format!("--since={unknown}")]).code(2).stdout_eq("").stderr_eq(told);
    }
    let told = "错误：--since 不能与标准输入同用：git 不知道它改动了没有\n";
    lint(&place, ".", &["--since", "HEAD", "-"]).code(2).stderr_eq(told);
    lint(&place, ".", &["--since", "HEAD", "--stdin-filename", "a.txt"]).code(2).stderr_eq(told);

    let run = Command::new(snapbox::cmd::cargo_bin!("lint")).current_dir(place.path()).env("PATH", "");
    let told = "错误：--since 要用 git 程序，没有找到；请先安装 git\n";
    run.args(["check", "--since", "HEAD"]).assert().code(2).stdout_eq("").stderr_eq(told);

    fs::write(place.at(".git/HEAD"), "no reference\n").expect("a broken repository");
    lint(&place, ".", &["--since", "HEAD"]).code(2).stdout_eq("").stderr_eq("错误：--since [..]\n");
}

/// `--force-exclude` passes over what is named and excluded: what names the files may not know the configuration.
#[test]
fn force_exclude() {
    let place = Place::new();
    place.write("lint.toml", "exclude = [\"old/\"]\n");
    place.write("old/a.txt", DEFECT);
    place.write("b.txt", DEFECT);
    let named = ["old/a.txt", "b.txt"];
    assert_eq!(seen(&place, ".", &named).0, named);
    let (files, said) = seen(&place, ".", &["--force-exclude", "old/a.txt", "b.txt"]);
    assert_eq!(files, ["b.txt"]);
    assert!(said.contains("略过：已排除 1"), "{said}");
}
