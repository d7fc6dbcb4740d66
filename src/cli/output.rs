//! Where the bytes of a report go.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use crate::diagnostic::{Lang, Words};
use crate::render::printable;

use super::fault::{self, Refusal};
use super::usage::Fault;

/// Where a report is written as it grows.
pub(super) enum Sink<'a> {
    /// Standard output; `false` once its reader has gone away.
    Stdout(bool),
    /// Standard error, where standard output is taken by a fixed draft.
    Stderr,
    /// A file, which is written in one step when the report is whole.
    File(&'a Path, String),
}

impl<'a> Sink<'a> {
    /// The file that was named, else standard output, unless that is taken.
    pub(super) fn new(path: Option<&'a Path>, taken: bool) -> Self {
        let stream = if taken { Self::Stderr } else { Self::Stdout(true) };
        path.map_or(stream, |path| Self::File(path, String::new()))
    }

    /// Writes the next piece.
    pub(super) fn write(&mut self, text: &str) -> Result<(), Fault> {
        match self {
            Self::File(_, whole) => whole.push_str(text),
            Self::Stdout(open) if *open && !text.is_empty() => *open = to_stdout(text.as_bytes())?,
            Self::Stdout(_) => {}
            Self::Stderr => {
                let _ = io::stderr().lock().write_all(text.as_bytes());
            }
        }
        Ok(())
    }

    /// Makes the report seen.
    pub(super) fn close(self) -> Result<(), Fault> {
        match self {
            Self::File(path, whole) => file(path, &whole),
            Self::Stdout(_) | Self::Stderr => Ok(()),
        }
    }
}

/// Writes a text to standard output.
pub(super) fn stdout(text: &(impl AsRef<[u8]> + ?Sized)) -> Result<(), Fault> {
    to_stdout(text.as_ref()).map(|_| ())
}

/// Whether anybody still reads standard output after this: a reader that has seen enough (`| head`) is no fault.
fn to_stdout(bytes: &[u8]) -> Result<bool, Fault> {
    let mut out = io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
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
    replace(path, text.as_bytes()).map_err(|e| fault::of_write(path, &e))
}

/// Puts `new` in the place of `old` in one step, unless the file holds anything but `old` by now.
pub(super) fn exchange(path: &Path, old: &[u8], new: &[u8]) -> Result<(), Refusal> {
    let target = fs::canonicalize(path)?;
    let metadata = fs::metadata(&target)?;
    if !metadata.is_file() {
        return Err(Refusal::Special);
    }
    // Renaming asks the directory alone; what the file itself forbids is asked here.
    if metadata.permissions().readonly() {
        return Err(Refusal::ReadOnly);
    }
    fs::OpenOptions::new().write(true).open(&target)?;
    put(&target, new, Some(&metadata), || fs::read(&target).is_ok_and(|now| now == old))
}

fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    // A link is written through; pipes and devices have no content to be kept.
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let old = fs::metadata(&target).ok();
    if old.as_ref().is_some_and(|m| !m.is_file()) {
        return fs::OpenOptions::new().write(true).open(&target)?.write_all(bytes);
    }
    put(&target, bytes, old.as_ref(), || true).map_err(|refusal| match refusal {
        Refusal::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    })
}

/// Writes the bytes beside the target and gives them its name if it is `unchanged` then. The bytes are on the disk before
/// they get the name, so that neither a kill nor a power failure leaves an empty file under it.
fn put(
    target: &Path,
    bytes: &[u8],
    old: Option<&fs::Metadata>,
    unchanged: impl FnOnce() -> bool,
) -> Result<(), Refusal> {
    let (mut file, beside) = beside(target)?;
    let written = old
        .map_or(Ok(()), |old| dress(&file, &beside, old))
        .and_then(|()| file.write_all(bytes))
        .and_then(|()| file.sync_all())
        .map_err(Refusal::Io)
        .and_then(|()| if unchanged() { Ok(()) } else { Err(Refusal::Changed) })
        .and_then(|()| Ok(fs::rename(&beside, target)?));
    if written.is_err() {
        let _ = fs::remove_file(&beside);
    }
    written
}

/// Gives the new file the permissions of the old one before anything stands in it, and the owner where that is allowed.
fn dress(file: &fs::File, beside: &Path, old: &fs::Metadata) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::{MetadataExt as _, chown};
        let new = file.metadata()?;
        if (new.uid(), new.gid()) != (old.uid(), old.gid()) {
            let _ = chown(beside, Some(old.uid()), Some(old.gid()));
        }
    }
    #[cfg(not(unix))]
    let _ = beside;
    file.set_permissions(old.permissions())
}

/// How many bytes of the old name stand in the new one: there is room for what is added within the usual 255.
const STEM: usize = 200;

/// How many leftovers of killed runs are gone round.
const TRIES: usize = 1000;

/// A new file in the same directory, so that it can be renamed. Its name is hidden: should the run be killed, no walk
/// takes what is left for a draft.
fn beside(target: &Path) -> io::Result<(fs::File, PathBuf)> {
    let name = target.file_name().ok_or(io::ErrorKind::InvalidFilename)?.to_string_lossy();
    let stem: &str = &name;
    let end = (0..=stem.len().min(STEM)).rev().find(|&i| stem.is_char_boundary(i)).unwrap_or(0);
    let stem = &stem[..end];
    let process = std::process::id();
    // In a container every run may have the number of one that was killed.
    let mut tries = 0;
    loop {
        let again = if tries == 0 { String::new() } else { format!(".{tries}") };
        let path = target.with_file_name(format!(".{stem}.{process}{again}.tmp"));
        match fs::OpenOptions::new().write(true).create_new(true).open(&path) {
            Err(e) if e.kind() == io::ErrorKind::AlreadyExists && tries < TRIES => tries += 1,
            file => return file.map(|file| (file, path)),
        }
    }
}
