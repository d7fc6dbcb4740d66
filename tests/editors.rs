//! The files under `editors/`, in the editors themselves: each finds the words that a finding is about.

#[path = "common/place.rs"]
mod place;
#[path = "common/tools.rs"]
mod tools;

use std::fs;
use std::io::Write as _;
use std::process::{Command, Stdio};

use place::Place;
use serde_json::Value;
use tools::{ask, project, system, tools};

/// A draft whose lines begin with characters that the units of columns count differently: 𠮷 and 😀 are one character,
/// two UTF-16 units, four bytes and two cells.
const DRAFT: &str = "\
😀关于复议工作的通报

𠮷县😀2024年共收到行政复议申请412件，依法受理389件，受理率96.4%；举办讲座xx场。
\t👨‍👩‍👧各县区开展法制宣传教育，全年办结372件，其中维持201件、驳回98件、终止80件。
";

const NAME: &str = "测 试.txt";

/// What `lint` says of the draft: rule, severity, words, line and the message.
struct Said {
    rule: String,
    severity: String,
    text: String,
    line: u64,
    message: String,
}

/// A place with the draft in it, and what `lint` says of it there.
fn draft() -> (Place, Vec<Said>) {
    let place = Place::new();
    place.write(NAME, DRAFT);
    let mut lint = Command::new(snapbox::cmd::cargo_bin!("lint"));
    lint.args(["--output-format", "json", NAME]);
    let out = place.command(lint).output().expect("lint");
    let report: Value = serde_json::from_slice(&out.stdout).expect("a report");
    let word = |v: &Value| v.as_str().expect("a string").to_owned();
    let said: Vec<Said> = report["diagnostics"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|d| Said {
            rule: word(&d["rule"]),
            severity: word(&d["severity"]),
            text: word(&d["text"]),
            line: d["span"]["start"]["line"].as_u64().expect("a line"),
            message: word(&d["message"]),
        })
        .collect();
    assert!(said.len() >= 4, "the draft has at least four faults, on two lines");
    (place, said)
}

/// The command in a place, with `lint` on the path and `EDITORS` naming the folder of the files.
fn at(place: &Place, command: Command) -> Command {
    let mut command = place.command(command);
    let lint = snapbox::cmd::cargo_bin!("lint").parent().expect("a directory").to_owned();
    let path = std::env::var_os("PATH").unwrap_or_default();
    let path = std::env::join_paths(std::iter::once(lint).chain(std::env::split_paths(&path))).expect("a path");
    // Nothing of the tester's own set-up has a say.
    for home in ["HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"] {
        command.env(home, place.path().join("home"));
    }
    command.env("PATH", path).env("EDITORS", project().join("editors")).env("LC_ALL", "C.UTF-8").stdin(Stdio::null());
    command
}

/// What the script that an editor ran has written down.
fn found(place: &Place, mut editor: Command) -> Value {
    let (good, said) = ask(&mut editor);
    let found = fs::read_to_string(place.at("found.json")).unwrap_or_else(|e| panic!("{editor:?}: {e}: {said}"));
    assert!(good, "{editor:?}: {said}");
    serde_json::from_str(&found).expect("JSON")
}

/// Each entry of a list of places stands where `lint` says, and the cursor before the words.
fn stand(places: &Value, said: &[Said]) {
    let places = places.as_array().expect("a list");
    assert_eq!(places.len(), said.len(), "{places:?}");
    for (place, said) in places.iter().zip(said) {
        let rest = place["rest"].as_str().unwrap_or_else(|| panic!("{place}"));
        assert!(rest.starts_with(&said.text), "{place}: {}", said.text);
        assert_eq!(place["line"], said.line);
    }
}

/// The quickfix list that the compiler file fills in an editor of the family.
fn quickfix(editor: Command) {
    let (place, said) = draft();
    let mut editor = at(&place, editor);
    // Where the script fails, the editor ends all the same.
    editor.arg(project().join("tests/editors/quickfix.vim")).args(["-c", "cquit!"]);
    let found = found(&place, editor);
    stand(&found["places"], &said);
    for (entry, said) in found["places"].as_array().expect("a list").iter().zip(&said) {
        assert_eq!(entry["type"], said.severity[..1]);
        assert_eq!(entry["message"], format!("[{}] {}", said.rule, said.message));
    }
    // A file that cannot be read has no line, and is in the list all the same.
    let fault = found["fault"].as_array().expect("four parts");
    assert_eq!((&fault[0], &fault[1], &fault[2]), (&"nosuch.txt".into(), &0.into(), &"e".into()), "{fault:?}");
}

/// In Neovim's quickfix list, filled by the compiler file, the cursor goes to the words of the finding.
#[test]
fn neovim_quickfix() {
    let mut nvim = system("nvim");
    nvim.args(["--headless", "--clean", "-n", "-S"]);
    quickfix(nvim);
}

/// In Vim's quickfix list likewise.
#[test]
fn vim_quickfix() {
    let mut vim = system("vim");
    vim.args(["-N", "-u", "NONE", "-i", "NONE", "-n", "-es", "-S"]);
    quickfix(vim);
}

/// Neovim's diagnostics cover the words of the findings, and a fault of the `lint.toml` is among them.
#[test]
fn neovim_diagnostics() {
    let (place, said) = draft();
    let mut nvim = system("nvim");
    nvim.args(["--headless", "--clean", "-n", "-c"]);
    nvim.arg(format!("luafile {}", project().join("tests/editors/diagnostics.lua").display())).args(["-c", "cquit!"]);
    let found = found(&place, at(&place, nvim));
    let places = found["places"].as_array().expect("a list");
    assert_eq!(places.len(), said.len());
    for (place, said) in places.iter().zip(&said) {
        assert_eq!((&place["line"], &place["text"]), (&said.line.into(), &said.text[..].into()));
        assert_eq!((&place["rule"], &place["message"]), (&said.rule[..].into(), &said.message[..].into()));
        assert_eq!(place["type"].as_str().expect("a severity")[..4], said.severity.to_uppercase()[..4]);
    }
    assert_eq!(found["fault"][1], "config-invalid", "{found}");
    assert!(found["fault"][2].as_str().is_some_and(|m| m.contains("lint.toml: ")), "{found}");
}

/// In Emacs, `next-error` goes to the words of the finding, and Flymake covers them.
#[test]
fn emacs() {
    let (place, said) = draft();
    let mut emacs = system("emacs");
    emacs.args(["-Q", "--batch", "-l"]).arg(project().join("tests/editors/compile.el"));
    let found = found(&place, at(&place, emacs));
    stand(&found["places"], &said);
    let mut diagnostics = found["diagnostics"].as_array().expect("a list").clone();
    // Flymake tells them in an order of its own.
    diagnostics.sort_by_key(|d| said.iter().position(|s| d["message"] == format!("{} [{}]", s.message, s.rule)));
    assert_eq!(diagnostics.len(), said.len());
    for (place, said) in diagnostics.iter().zip(&said) {
        assert_eq!((&place["line"], &place["text"]), (&said.line.into(), &said.text[..].into()));
        assert_eq!(place["type"], format!(":{}", said.severity));
    }
}

/// The problem matchers of VS Code's tasks read every line that the task's own command prints, and count as VS Code does.
#[test]
fn vs_code_matchers() {
    let (place, said) = draft();
    let tasks = project().join("editors/vscode/tasks.json");
    let matched = |lines: &[u8]| -> Vec<Value> {
        let mut node = system("node");
        node.arg(project().join("tests/editors/matcher.mjs")).arg(&tasks).arg(tools().join("node_modules"));
        let mut node = node.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("node");
        node.stdin.take().expect("a pipe").write_all(lines).expect("lines");
        let out = node.wait_with_output().expect("node");
        assert!(out.status.success());
        serde_json::from_slice(&out.stdout).expect("JSON")
    };
    let lines: Vec<&str> = DRAFT.lines().collect();
    let file = Value::from("${file}");
    for (number, task) in matched(b"").iter().enumerate() {
        assert_eq!(task["command"], "lint");
        let args = task["args"].as_array().expect("a list").iter();
        let args = args.map(|a| if *a == file { NAME } else { a.as_str().expect("a string") });
        let mut lint = Command::new(snapbox::cmd::cargo_bin!("lint"));
        lint.args(args).arg("nosuch.txt");
        let out = place.command(lint).output().expect("lint");
        let found = matched(&out.stdout)[number]["found"].as_array().expect("a list").clone();
        assert_eq!(found.len(), said.len() + 1);
        for (problem, said) in found.iter().zip(&said) {
            let count = |part: &str| problem[part].as_str().expect("a number").parse::<usize>().expect("a number");
            let units: Vec<u16> = lines[count("line") - 1].encode_utf16().collect();
            let rest = String::from_utf16(&units[count("column") - 1..]).expect("no half of a character");
            assert!(rest.starts_with(&said.text), "{problem}");
            assert_eq!((&problem["file"], &problem["code"]), (&NAME.into(), &said.rule[..].into()));
            assert_eq!(
                (&problem["severity"], &problem["message"]),
                (&said.severity[..].into(), &said.message[..].into())
            );
        }
        let fault = found.last().expect("the file that is not there");
        assert_eq!((&fault["file"], &fault["severity"]), (&"nosuch.txt".into(), &"error".into()), "{fault}");
    }
}
