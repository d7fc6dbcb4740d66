//! `lint init`: a `lint.toml` to start from.

use std::fs;
use std::io::{ErrorKind, Write as _};
use std::process::ExitCode;

use crate::config::{FILE_NAME, START};
use crate::diagnostic::{Lang, Words};

use super::output;
use super::usage::Fault;

/// Writes a commented `lint.toml` into the current directory, unless there is one.
pub(super) fn run(lang: Lang) -> Result<ExitCode, Fault> {
    let written = fs::OpenOptions::new().write(true).create_new(true).open(FILE_NAME);
    written.and_then(|mut file| file.write_all(START.as_bytes())).map_err(|e| {
        Fault(match e.kind() {
            ErrorKind::AlreadyExists => Words::new(
                "这里已有 lint.toml，没有改动它；要重来，请先改名或移走",
                "there is a lint.toml already; it was left alone: move it away to start anew",
            ),
            _ => Words::new(format!("无法写入 {FILE_NAME}：{e}"), format!("cannot write {FILE_NAME}: {e}")),
        })
    })?;
    let said = match lang {
        Lang::Zh => "已写好 lint.toml，各项都还注释着，按需启用。\n",
        Lang::En => "Wrote lint.toml; everything in it is a comment, to be put to use as needed.\n",
    };
    output::stdout(said).map(|()| ExitCode::SUCCESS)
}
