//! The repository of papers under `fixtures/repository`, under pre-commit itself.

#[path = "common/place.rs"]
mod place;
#[path = "common/tools.rs"]
mod tools;

use std::fs;
use std::path::Path;
use std::process::Command;

use place::Place;
use tools::{ask, project, python};

/// A place with what stands in a folder.
fn copy(from: &Path, place: &Place, to: &str) {
    for entry in fs::read_dir(from).expect("a folder").map(|e| e.expect("an entry")) {
        let name = entry.file_name().into_string().expect("UTF-8");
        if entry.path().is_dir() {
            copy(&entry.path(), place, &format!("{to}{name}/"));
        } else {
            place.write(&format!("{to}{name}"), &fs::read_to_string(entry.path()).expect("a text"));
        }
    }
}

/// The papers as their office keeps them: staged, and with the hook taken from a repository of ours on this machine.
struct Office {
    papers: Place,
    /// The hooks as published: a repository with the manifest and a tag.
    hooks: Place,
    /// Where pre-commit keeps what it fetches.
    cache: Place,
}

impl Office {
    fn new() -> Self {
        let (papers, hooks, cache) = (Place::repository(), Place::repository(), Place::new());
        let manifest = fs::read_to_string(project().join(".pre-commit-hooks.yaml")).expect("a manifest");
        hooks.write(".pre-commit-hooks.yaml", &manifest);
        hooks.commit("hooks");
        hooks.git(&["tag", "v0.1.0"]);
        copy(&project().join("fixtures/repository"), &papers, "");
        let office = Self { papers, hooks, cache };
        let url = office.hooks.path().display().to_string();
        office.edit(".pre-commit-config.yaml", "https://example.org/lint", &url);
        office
    }

    /// Replaces the one place where `from` stands, and stages all.
    fn edit(&self, name: &str, from: &str, to: &str) {
        let text = fs::read_to_string(self.papers.at(name)).expect("a text");
        assert_eq!(text.matches(from).count(), 1, "{from}");
        self.papers.write(name, &text.replace(from, to));
        self.papers.git(&["add", "-A"]);
    }

    /// Runs a program among the papers, with `lint` on the path.
    fn run(&self, program: Command) -> (bool, String) {
        let mut command = self.papers.command(program);
        let lint = snapbox::cmd::cargo_bin!("lint").parent().expect("a directory").to_owned();
        let path = std::env::var_os("PATH").unwrap_or_default();
        let path = std::env::join_paths(std::iter::once(lint).chain(std::env::split_paths(&path))).expect("a path");
        command.env("PATH", path).env("PRE_COMMIT_HOME", self.cache.path()).env_remove("PRE_COMMIT");
        ask(&mut command)
    }

    fn pre_commit(&self, args: &[&str]) -> (bool, String) {
        let mut command = python("pre-commit");
        command.args(args);
        self.run(command)
    }

    fn commit(&self) -> (bool, String) {
        let mut command = Command::new("git");
        command.args(["commit", "-m", "papers"]);
        self.run(command)
    }
}

/// pre-commit fails on the planted defect and shows it, leaves out what `lint.toml` excludes, and passes once the figure
/// is put right.
#[test]
fn the_whole_repository() {
    let office = Office::new();
    let (good, said) = office.pre_commit(&["run", "--all-files"]);
    assert!(!good && said.contains("Failed"), "{said}");
    assert!(said.contains("报告/行政复议情况报告.txt:4:26"), "{said}");
    assert!(said.contains("错误[claim-share]：80÷85＝94.12％，文中写96.1%"), "{said}");
    assert_eq!(said.matches("错误[").count(), 1, "{said}");
    assert!(said.contains("已检查9份文件") && !said.contains("归档/"), "{said}");

    office.edit("报告/行政复议情况报告.txt", "96.1%", "94.1%");
    let (good, said) = office.pre_commit(&["run", "--all-files"]);
    assert!(good && said.contains("Passed"), "{said}");
}

/// As a hook of git: a commit with a defect is refused and nothing is committed, for the staged files alone; put right,
/// it goes through.
#[test]
fn the_hook_of_git() {
    let office = Office::new();
    office.edit("报告/行政复议情况报告.txt", "96.1%", "94.1%");
    let (good, said) = office.pre_commit(&["install"]);
    assert!(good, "{said}");
    let (good, said) = office.commit();
    assert!(good && said.contains("Passed"), "{said}");

    office.edit("通知/关于召开座谈会的通知.txt", "三楼", "xx楼");
    let (good, said) = office.commit();
    assert!(!good && said.contains("通知/关于召开座谈会的通知.txt:5:7"), "{said}");
    assert!(said.contains("已检查1份文件"), "{said}");
    office.edit("通知/关于召开座谈会的通知.txt", "xx楼", "四楼");
    let (good, said) = office.commit();
    assert!(good && said.contains("Passed"), "{said}");
    let mut log = Command::new("git");
    log.args(["log", "--format=%s"]);
    assert_eq!(office.run(log).1, "papers\npapers\n");
}

/// The repository is as its own configuration wants it, but for the planted defect.
#[test]
fn without_pre_commit() {
    let office = Office::new();
    let mut lint = Command::new("lint");
    lint.args(["check", "--as-of", "2026-01-01", "--fail-on", "info", "--output-format", "concise"]);
    let (good, said) = office.run(lint);
    assert!(!good, "{said}");
    assert!(said.starts_with("报告/行政复议情况报告.txt:4:26: error[claim-share]"), "{said}");
    assert!(said.contains("检查9个文件：错误1，警告0，提示0；略过：已排除 1，"), "{said}");
}
