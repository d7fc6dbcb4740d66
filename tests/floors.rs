//! The house stands on its floors: imports only run down, and only `cli` touches the world outside.

use std::fs;
use std::path::{Path, PathBuf};

/// Each room, and the rooms that it may import.
const ROOMS: &[(&str, &[&str])] = &[
    ("text", &[]),
    ("claim", &["text"]),
    ("diagnostic", &["text"]),
    ("outline", &["text"]),
    ("read", &["text"]),
    ("report", &["diagnostic", "text"]),
    ("rulebook", &["claim", "diagnostic", "text"]),
    ("render", &["report", "diagnostic", "text"]),
    ("rules", &["claim", "outline", "rulebook", "diagnostic", "text"]),
    ("config", &["rules", "rulebook", "report", "diagnostic", "text"]),
    ("engine", &["config", "rules", "rulebook", "report", "claim", "outline", "read", "diagnostic", "text"]),
    (
        "cli",
        &[
            "engine",
            "config",
            "rules",
            "rulebook",
            "render",
            "report",
            "claim",
            "outline",
            "read",
            "diagnostic",
            "text",
        ],
    ),
];

/// What only `cli` may use: files, the environment, processes, streams, clocks.
const OUTSIDE: &[&str] = &[
    "std::fs",
    "std::env",
    "std::process",
    "std::io",
    "std::net",
    "std::time::SystemTime",
    "Timestamp::now",
    "ZonedDateTime::now",
    "println!",
    "eprintln!",
];

fn sources(dir: &Path, out: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(dir).expect("src is readable") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, out);
        } else if path.extension().is_some_and(|e| e == "rs") {
            out.push(path);
        }
    }
}

/// The lines of code of a source, without comments.
fn code(source: &str) -> impl Iterator<Item = (usize, &str)> {
    source.lines().enumerate().map(|(i, l)| (i + 1, l)).filter(|(_, l)| !l.trim_start().starts_with("//"))
}

/// Every `crate::room` in a source names a room that its own room may import.
#[test]
fn imports_run_down() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    let mut faults = Vec::new();
    for file in files {
        let relative = file.strip_prefix(&root).expect("under src");
        let first = relative.components().next().expect("a component").as_os_str().to_string_lossy().into_owned();
        let room = first.strip_suffix(".rs").unwrap_or(&first).to_owned();
        if room == "main" || room == "lib" {
            continue;
        }
        let Some((_, allowed)) = ROOMS.iter().find(|(name, _)| *name == room) else {
            faults.push(format!("{}: the room {room} has no floor", relative.display()));
            continue;
        };
        let source = fs::read_to_string(&file).expect("a readable source");
        for (line, text) in code(&source) {
            for (at, _) in text.match_indices("crate::") {
                let rest = &text[at + "crate::".len()..];
                let target: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                let known = ROOMS.iter().any(|(name, _)| *name == target);
                if known && target != room && !allowed.contains(&target.as_str()) {
                    faults.push(format!("{}:{line}: {room} may not import {target}", relative.display()));
                }
            }
            if room != "cli" {
                for word in OUTSIDE.iter().filter(|w| text.contains(**w)) {
                    faults.push(format!("{}:{line}: only cli may use {word}", relative.display()));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// `lib.rs` names every room, in the order of the floors.
#[test]
fn the_module_list_is_in_floor_order() {
    let lib = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs")).expect("src/lib.rs");
    let listed: Vec<&str> =
        lib.lines().filter_map(|l| l.strip_prefix("pub mod ")).filter_map(|l| l.split(';').next()).collect();
    let rooms: Vec<&str> = ROOMS.iter().map(|(name, _)| *name).collect();
    assert_eq!(listed, rooms);
}
