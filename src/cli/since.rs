//! `--since`: which files changed, by the word of the `git` program.

use std::collections::HashSet;
use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use crate::diagnostic::Words;

use super::usage::Fault;

/// What changed since a revision: in commits, in the index, in the working tree, and what is new and not ignored.
#[derive(Debug, Default)]
pub(super) struct Since {
    /// Absolute paths; a directory where git speaks of one as a whole, as of another repository inside.
    changed: HashSet<PathBuf>,
}

impl Since {
    /// What changed since `rev` in the repositories that hold `paths`. Where the branches have parted, it is what this
    /// one did since then: what others did meanwhile is theirs to answer for.
    pub(super) fn new(rev: &str, paths: &[PathBuf]) -> Result<Self, Fault> {
        let mut since = Self::default();
        let (mut asked, mut roots) = (HashSet::new(), HashSet::new());
        for path in paths {
            let directory = if path.is_dir() { Some(path.as_path()) } else { path.parent() };
            let directory = directory.filter(|d| !d.as_os_str().is_empty()).unwrap_or(Path::new("."));
            // A path that leads nowhere is told of when it is read.
            if !directory.is_dir() || !asked.insert(directory) {
                continue;
            }
            let root = root(directory)?;
            if roots.insert(root.clone()) {
                since.add(rev, &root)?;
            }
        }
        Ok(since)
    }

    /// Whether the file with this absolute path changed.
    pub(super) fn has(&self, path: &Path) -> bool {
        path.ancestors().any(|p| self.changed.contains(p))
    }

    fn add(&mut self, rev: &str, root: &Path) -> Result<(), Fault> {
        let commit = git(root, &["rev-parse", "--verify", "--quiet", &format!("{rev}^{{commit}}")])?;
        if !commit.status.success() {
            return Err(Fault(Words::new(
                format!("--since：没有“{rev}”这个版本；浅克隆里没有的，请先用 git fetch 取来"),
                format!("--since: no revision {rev:?}; what a shallow clone lacks has to be fetched first (git fetch)"),
            )));
        }
        let commit = String::from_utf8_lossy(&commit.stdout).trim().to_owned();
        let base = git(root, &["merge-base", &commit, "HEAD"])?;
        if base.status.code() == Some(1) {
            return Err(Fault(Words::new(
                format!("--since：“{rev}”与当前版本没有共同的历史；浅克隆请先取全（git fetch --unshallow）"),
                format!(
                    "--since: {rev:?} shares no history with HEAD; complete a shallow clone (git fetch --unshallow)"
                ),
            )));
        }
        let base = String::from_utf8_lossy(&succeeded(base)?).trim().to_owned();
        // A renamed file is a new one here; the configuration of the user must not hide or move a path.
        let diff = ["diff", "--name-only", "-z", "--no-renames", "--no-relative", "--diff-filter=d", &base, "--"];
        let untracked = ["ls-files", "-z", "--others", "--exclude-standard"];
        for list in [&diff[..], &untracked] {
            let out = succeeded(git(root, list)?)?;
            self.changed.extend(out.split(|b| *b == 0).filter(|name| !name.is_empty()).map(|n| root.join(path(n))));
        }
        Ok(())
    }
}

/// The top directory of the repository that holds a directory.
fn root(directory: &Path) -> Result<PathBuf, Fault> {
    let out = git(directory, &["rev-parse", "--show-toplevel"])?;
    if String::from_utf8_lossy(&out.stderr).contains("not a git repository") {
        let shown = fs::canonicalize(directory).unwrap_or_else(|_| directory.to_owned());
        let shown = shown.display();
        return Err(Fault(Words::new(
            format!("--since 要有 git 仓库，{shown} 不在仓库里"),
            format!("--since needs a git repository, and {shown} is in none"),
        )));
    }
    let out = succeeded(out)?;
    let root = path(out.strip_suffix(b"\n").unwrap_or(&out));
    Ok(fs::canonicalize(&root).unwrap_or(root))
}

/// Runs `git` in a directory.
fn git(directory: &Path, args: &[&str]) -> Result<Output, Fault> {
    let mut command = Command::new("git");
    command.arg("-C").arg(directory).args(args).env("LC_ALL", "C").stdin(Stdio::null());
    // A hook that runs us has these set, for its own repository and directory.
    for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"] {
        command.env_remove(name);
    }
    command.output().map_err(|e| match e.kind() {
        io::ErrorKind::NotFound => Fault(Words::new(
            "--since 要用 git 程序，没有找到；请先安装 git",
            "--since needs the program git, which was not found; install it first",
        )),
        _ => failed(&e.to_string()),
    })
}

/// What `git` printed, where it did its work.
fn succeeded(out: Output) -> Result<Vec<u8>, Fault> {
    if out.status.success() {
        return Ok(out.stdout);
    }
    Err(failed(String::from_utf8_lossy(&out.stderr).lines().next().unwrap_or_default()))
}

fn failed(why: &str) -> Fault {
    Fault(Words::new(format!("--since：git 出错：{why}"), format!("--since: git failed: {why}")))
}

/// A path as git prints it.
#[cfg(unix)]
fn path(name: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt as _;
    // A directory has a slash at its end.
    Path::new(OsStr::from_bytes(name)).components().collect()
}

/// A path as git prints it.
#[cfg(not(unix))]
fn path(name: &[u8]) -> PathBuf {
    Path::new(OsStr::new(&*String::from_utf8_lossy(name))).components().collect()
}
