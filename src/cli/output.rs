//! Where the bytes of a report go.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use crate::diagnostic::{Lang, Words};
use crate::render::printable;

use super::usage::Fault;

/// Writes to standard output. A reader that has seen enough (`| head`) is no fault.
pub(super) fn stdout(text: &str) -> Result<(), Fault> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(e) if e.kind() != io::ErrorKind::BrokenPipe => {
            Err(Fault(Words::new(format!("无法写到标准输出：{e}"), format!("cannot write to standard output: {e}"))))
        }
        _ => Ok(()),
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
