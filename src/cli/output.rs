//! Where the bytes of a report go.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use crate::diagnostic::{Lang, Words};
use crate::render::printable;

use super::usage::Fault;

/// Where a report is written as it grows.
pub(super) enum Sink<'a> {
    /// Standard output; `false` once its reader has gone away.
    Stdout(bool),
    /// A file, which is written in one step when the report is whole.
    File(&'a Path, String),
}

impl<'a> Sink<'a> {
    /// The file that was named, else standard output.
    pub(super) fn new(path: Option<&'a Path>) -> Self {
        path.map_or(Self::Stdout(true), |path| Self::File(path, String::new()))
    }

    /// Writes the next piece.
    pub(super) fn write(&mut self, text: &str) -> Result<(), Fault> {
        match self {
            Self::File(_, whole) => whole.push_str(text),
            Self::Stdout(open) if *open && !text.is_empty() => *open = to_stdout(text)?,
            Self::Stdout(_) => {}
        }
        Ok(())
    }

    /// Makes the report seen.
    pub(super) fn close(self) -> Result<(), Fault> {
        match self {
            Self::File(path, whole) => file(path, &whole),
            Self::Stdout(_) => Ok(()),
        }
    }
}

/// Writes a text to standard output.
pub(super) fn stdout(text: &str) -> Result<(), Fault> {
    to_stdout(text).map(|_| ())
}

/// Whether anybody still reads standard output after this: a reader that has seen enough (`| head`) is no fault.
fn to_stdout(text: &str) -> Result<bool, Fault> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Ok(()) => Ok(true),
        Err(e) if e.kind() == io::ErrorKind::BrokenPipe => Ok(false),
        Err(e) => {
            Err(Fault(Words::new(format!("无法写到标准输出：{e}"), format!("cannot write to standard output: {e}"))))
        }
    }
}

/// Writes a line to standard error; where nobody listens, nothing can be said.
pub(super) fn stderr(line: &str) {
    let _ = writeln!(io::stderr().lock(), "{line}");
}

/// Says why nothing was run.
pub(super) fn complain(fault: &Fault, lang: Lang) {
    let word = match lang {
        Lang::Zh => "错误：",
        Lang::En => "error: ",
    };
    stderr(&format!("{word}{}", printable(fault.0.get(lang))));
}

/// Writes a file in one step: whoever reads `path` sees the old content or the new, never half of it.
pub(super) fn file(path: &Path, text: &str) -> Result<(), Fault> {
    replace(path, text.as_bytes()).map_err(|e| {
        let path = path.display();
        Fault(Words::new(format!("无法写入 {path}：{e}"), format!("cannot write {path}: {e}")))
    })
}

fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    // A link is written through; pipes and devices have no content to be kept.
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let old = fs::metadata(&target).ok();
    if old.as_ref().is_some_and(|m| !m.is_file()) {
        return fs::OpenOptions::new().write(true).open(&target)?.write_all(bytes);
    }
    let beside = beside(&target)?;
    let mut file = fs::OpenOptions::new().write(true).create_new(true).open(&beside)?;
    let written = file
        .write_all(bytes)
        .and_then(|()| old.map_or(Ok(()), |m| file.set_permissions(m.permissions())))
        .and_then(|()| fs::rename(&beside, &target));
    if written.is_err() {
        let _ = fs::remove_file(&beside);
    }
    written
}

/// A name for the new content, in the same directory so that it can be renamed.
fn beside(target: &Path) -> io::Result<PathBuf> {
    let mut name = std::ffi::OsString::from(".");
    name.push(target.file_name().ok_or(io::ErrorKind::InvalidFilename)?);
    name.push(format!(".{}.tmp", std::process::id()));
    Ok(target.with_file_name(name))
}
