//! Reads the files of `rules/` when the program is built, so that no run has to: each becomes JSON, which is read many
//! times faster than TOML, without the examples, which no check needs.

use std::fmt::Display;
use std::path::{Path, PathBuf};
use std::{env, fs};

use serde_json::{Map, Value};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

fn main() {
    println!("cargo::rerun-if-changed=rules");
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it"));
    prepare(Path::new("rules"), &out.join("rules"));
}

/// Writes every TOML file under `from` as JSON under `to`.
fn prepare(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap_or_else(|e| fail(to, e));
    for entry in fs::read_dir(from).unwrap_or_else(|e| fail(from, e)) {
        let path = entry.unwrap_or_else(|e| fail(from, e)).path();
        let target = to.join(path.file_name().expect("it stands in a directory"));
        if path.is_dir() {
            prepare(&path, &target);
        } else if path.extension().is_some_and(|e| e == "toml") {
            let text = fs::read_to_string(&path).unwrap_or_else(|e| fail(&path, e));
            let table = DeTable::parse(&text).unwrap_or_else(|e| fail(&path, e));
            let file = without_examples(table.into_inner(), &text);
            fs::write(target.with_extension("json"), file.to_string()).unwrap_or_else(|e| fail(&path, e));
        }
    }
}

fn fail(path: &Path, error: impl Display) -> ! {
    panic!("{}: {error}", path.display())
}

/// A file of `rules/` without its examples. An entry of a dictionary (`[[term]]`) becomes a pair: its line and itself.
fn without_examples(file: DeTable<'_>, text: &str) -> Value {
    let keys = file.into_iter().map(|(key, value)| (key.into_inner().into_owned(), value));
    let kept = keys.filter(|(key, _)| !matches!(key.as_str(), "hits" | "misses" | "examples"));
    kept.map(|(key, value)| match value.into_inner() {
        DeValue::Array(entries) if key == "term" => {
            (key, entries.into_iter().map(|entry| numbered(entry, text)).collect())
        }
        value => (key, json(value)),
    })
    .collect::<Map<_, _>>()
    .into()
}

/// An entry with its 1-based line. Its examples are asked for and stay, as empty lists.
fn numbered(entry: Spanned<DeValue<'_>>, text: &str) -> Value {
    let line = 1 + text[..entry.span().start].matches('\n').count();
    let mut entry = json(entry.into_inner());
    for examples in ["hits", "misses"] {
        entry[examples] = Value::Array(Vec::new());
    }
    Value::Array(vec![line.into(), entry])
}

fn json(value: DeValue<'_>) -> Value {
    match value {
        DeValue::String(s) => s.into_owned().into(),
        DeValue::Boolean(b) => b.into(),
        DeValue::Integer(n) => i64::from_str_radix(n.as_str(), n.radix()).expect("the data has small numbers").into(),
        DeValue::Array(list) => list.into_iter().map(|v| json(v.into_inner())).collect(),
        DeValue::Table(table) => table
            .into_iter()
            .map(|(key, value)| (key.into_inner().into_owned(), json(value.into_inner())))
            .collect::<Map<_, _>>()
            .into(),
        DeValue::Float(_) | DeValue::Datetime(_) => panic!("the data has neither floats nor bare dates"),
    }
}
