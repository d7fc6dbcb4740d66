//! What this project gives to pre-commit, GitHub and GitLab is sound, and its scripts run.

#[path = "common/place.rs"]
mod place;
#[path = "common/tools.rs"]
mod tools;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use place::Place;
use tools::{ask, project, python, yaml};

/// What the program of the ecosystem says of a file that is named as on the page it is shown on.
fn faults(name: &str, file: &Path) -> String {
    let schema = |name: &str| {
        let mut command = python("check-jsonschema");
        command.args(["--builtin-schema", name]);
        command
    };
    let pre_commit = |command_name: &str| {
        let mut command = python("pre-commit");
        command.arg(command_name);
        command
    };
    let mut command = match name {
        ".pre-commit-hooks.yaml" => pre_commit("validate-manifest"),
        ".pre-commit-config.yaml" => pre_commit("validate-config"),
        "action.yml" => schema("vendor.github-actions"),
        ".github/workflows/lint.yml" => schema("vendor.github-workflows"),
        ".gitlab-ci.yml" | "ci/gitlab.yml" => schema("vendor.gitlab-ci"),
        _ => panic!("{name}: nothing is known of such a file"),
    };
    let (good, said) = ask(command.arg(file));
    if good { String::new() } else { said }
}

/// The files are what their readers want, and the check can fail.
#[test]
fn the_files_are_sound() {
    let changes = [
        (".pre-commit-hooks.yaml", "language: rust", "language: rusty"),
        ("action.yml", "using: composite", "using: compost"),
        ("ci/gitlab.yml", "  script:\n", "  scripts:\n"),
    ];
    for (name, from, to) in changes {
        assert_eq!(faults(name, &project().join(name)), "", "{name}");
        let text = fs::read_to_string(project().join(name)).expect("a file");
        assert_eq!(text.matches(from).count(), 1, "{name}: {from}");
        let place = Place::new();
        place.write(name, &text.replace(from, to));
        assert_ne!(faults(name, &place.at(name)), "", "{name}: {to}");
    }
    let config = "fixtures/repository/.pre-commit-config.yaml";
    assert_eq!(faults(".pre-commit-config.yaml", &project().join(config)), "");
}

/// So are the files that the pages show, by the name that their first line gives.
#[test]
fn the_pages_show_sound_files() {
    let place = Place::new();
    for page in ["docs/ci.md", "docs/ci.zh-CN.md"] {
        let text = fs::read_to_string(project().join(page)).expect("a page");
        let fences = text.split("\n```yaml\n# ").skip(1).filter_map(|rest| rest.split("\n```").next());
        let mut names = Vec::new();
        for (name, file) in fences.filter_map(|fence| fence.split_once('\n')) {
            place.write(name, file);
            assert_eq!(faults(name, &place.at(name)), "", "{page}:\n{file}");
            names.push(name);
        }
        assert_eq!(names, [".pre-commit-config.yaml", ".github/workflows/lint.yml", ".gitlab-ci.yml"], "{page}");
    }
}

/// Both hooks ask the same of the same files.
#[test]
fn the_hooks_are_alike() {
    let mut hooks = yaml(&project().join(".pre-commit-hooks.yaml"));
    for hook in hooks.as_array_mut().expect("hooks") {
        let hook = hook.as_object_mut().expect("a hook");
        for own in ["id", "language", "description"] {
            assert!(hook.remove(own).is_some(), "{own}");
        }
    }
    assert_eq!(hooks[0], hooks[1]);
    assert_eq!(hooks[0]["entry"], "lint check --force-exclude");
}

/// A repository of two papers, committed on a day of the past: one has a defect, and one, which shows no date, is right
/// by the names of that day.
fn papers() -> Place {
    let place = Place::repository();
    place.write("年度 报告/总结.txt", "全年共办结xx件。\n");
    place.write("说明.txt", "由县国土资源局负责。\n");
    place.git(&["add", "-A"]);
    let mut git = Command::new("git");
    git.args(["commit", "-q", "-m", "papers"]).env("GIT_COMMITTER_DATE", DAY);
    assert!(ask(&mut place.command(git)).0);
    place
}

const DAY: &str = "2016-05-06T07:08:09+08:00";

/// Runs a script of a CI file among the papers by this shell; its exit code and what it printed.
fn run<'v>(
    papers: &Place,
    shell: &[&str],
    script: &Value,
    variables: impl IntoIterator<Item = (&'v str, &'v str)>,
) -> (Option<i32>, String) {
    let lint = snapbox::cmd::cargo_bin!("lint").parent().expect("a directory").to_owned();
    let path = std::env::var_os("PATH").unwrap_or_default();
    let path = std::iter::once(lint).chain(std::env::split_paths(&path));
    let mut command = Command::new(shell[0]);
    command.args(&shell[1..]).arg("-c").arg(script.as_str().expect("a script"));
    command.env("PATH", std::env::join_paths(path).expect("a path")).envs(variables);
    let out = papers.command(command).output().expect("a shell");
    let said = [out.stdout, out.stderr].concat();
    (out.status.code(), String::from_utf8(said).expect("UTF-8"))
}

const MASK: &str = "错误[placeholder-mask]";
const NAME: &str = "警告[term-institution]";

/// The job of GitLab judges by the day of the commit, shows in the log what it found and writes the report of it, and
/// ends with the code of `lint`.
#[test]
fn the_job_of_gitlab() {
    let job = &yaml(&project().join("ci/gitlab.yml"))["gongwen-lint"];
    let script = &job["script"][0];
    let usual = job["variables"].as_object().expect("variables");
    let usual = usual.iter().map(|(name, value)| (name.as_str(), value.as_str().expect("a text")));
    let usual: BTreeMap<&str, &str> = usual.chain([("CI_COMMIT_TIMESTAMP", DAY)]).collect();
    let papers = papers();
    for shell in [&["sh", "-e"][..], &["bash", "-e", "-o", "pipefail"]] {
        let job = |variables: &[(&str, &str)]| {
            let mut all = usual.clone();
            all.extend(variables.iter().copied());
            let (code, said) = run(&papers, shell, script, all);
            let report = fs::read_to_string(papers.at("gl-code-quality-report.json")).expect("a report");
            (code, said, report)
        };
        let (code, said, report) = job(&[("LINT_FAIL_ON", "warning")]);
        assert_eq!(code, Some(1), "{said}");
        assert!(said.contains(MASK) && !said.contains(NAME), "{said}");
        assert!(report.contains("placeholder-mask") && !report.contains("term-institution"), "{report}");
        assert!(!said.contains("check_name"), "{said}");

        let (code, said, _) = job(&[("LINT_FAIL_ON", "warning"), ("LINT_ARGS", "--ignore placeholder")]);
        assert_eq!(code, Some(0), "{said}");
        let later = ("CI_COMMIT_TIMESTAMP", "2026-01-01T00:00:00Z");
        let (code, said, report) = job(&[later, ("LINT_FAIL_ON", "warning"), ("LINT_PATHS", "说明.txt")]);
        assert_eq!(code, Some(1), "{said}");
        assert!(said.contains(NAME) && report.contains("term-institution"), "{said}");
        assert_eq!(job(&[later, ("LINT_PATHS", "说明.txt")]).0, Some(0));
        assert_eq!(job(&[("LINT_PATHS", "none.txt 说明.txt")]).0, Some(2));
    }
}

/// The action judges by the day of the commit too; its paths are taken as they are, its further options as words.
#[test]
fn the_action_of_github() {
    let steps = &yaml(&project().join("action.yml"))["runs"]["steps"];
    let script = &steps[1]["run"];
    let (papers, temp) = (papers(), Place::new());
    let temp = temp.path().display().to_string();
    let shell = ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail"];
    let act = |paths: &str, args: &str, format: &str| {
        let variables = [
            ("LINT_PATHS", paths),
            ("LINT_ARGS", args),
            ("LINT_FAIL_ON", "warning"),
            ("LINT_OUTPUT_FORMAT", format),
            ("RUNNER_TEMP", &temp),
        ];
        run(&papers, &shell, script, variables)
    };
    let (code, said) = act("年度 报告\n\n说明.txt\n", "", "full");
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains(MASK) && !said.contains(NAME) && said.contains("已检查2份文件"), "{said}");
    assert_eq!(act("说明.txt", "", "github").0, Some(0));
    assert_eq!(act(".", " --ignore\nplaceholder  --show-claims ", "github").0, Some(0));
    // Neither a path nor an option is ever a command or a pattern.
    assert_eq!(act("--version", "", "full").0, Some(2));
    assert_eq!(act("$(touch made)", "$(touch made) *", "full").0, Some(2));
    assert!(!papers.at("made").exists());

    let (code, said) = act(".", "", "sarif");
    assert_eq!((code, said.as_str()), (Some(1), ""));
    assert!(Path::new(&temp).join("lint.sarif").exists());
}
