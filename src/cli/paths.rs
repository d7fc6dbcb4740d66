//! Paths as they are shown and as they are compared.

use std::fs;
use std::path::{MAIN_SEPARATOR, Path, PathBuf};

/// A path as every report shows it: with `/`, whatever the system writes; what is no Unicode is replaced.
pub(super) fn shown(path: &Path) -> String {
    path.display().to_string().replace(MAIN_SEPARATOR, "/")
}

/// A path as a user writes it: from the current directory on, where it is below that.
pub(super) fn shown_from(current: &Path, path: &Path) -> String {
    shown(path.strip_prefix(current).unwrap_or(path))
}

/// A path under the current directory without its `./`.
pub(super) fn bare(path: &Path) -> PathBuf {
    path.strip_prefix(".").unwrap_or(path).to_owned()
}

/// The absolute path of a file; a link stands for itself, the directories above it for what they are.
pub(super) fn absolute(path: &Path) -> PathBuf {
    let directory = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    match (fs::canonicalize(directory), path.file_name()) {
        (Ok(directory), Some(name)) => directory.join(name),
        _ => std::path::absolute(path).unwrap_or_else(|_| path.to_owned()),
    }
}
