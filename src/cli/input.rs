//! Paths to documents.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::diagnostic::Words;
use crate::read;
use crate::report::FileError;
use crate::text::Document;

/// The files under `paths`, in a stable order, and how many were passed over, by reason.
pub(super) fn gather(paths: &[PathBuf]) -> (Vec<PathBuf>, BTreeMap<&'static str, usize>) {
    let mut files = Vec::new();
    let mut skipped = BTreeMap::new();
    for path in paths {
        if path.is_dir() {
            for entry in ignore::WalkBuilder::new(path).sort_by_file_path(Path::cmp).build().flatten() {
                if entry.file_type().is_some_and(|t| t.is_file()) {
                    if entry.path().extension().is_some_and(|e| e == "txt" || e == "md") {
                        files.push(entry.into_path());
                    } else {
                        *skipped.entry("extension").or_default() += 1;
                    }
                }
            }
        } else {
            files.push(path.clone());
        }
    }
    (files, skipped)
}

/// Reads one file.
pub(super) fn load(path: &Path) -> Result<Document, FileError> {
    let bytes = std::fs::read(path).map_err(|e| FileError {
        message: Words::new(format!("无法读取：{e}"), format!("cannot be read: {e}")),
        advice: Words::new("请检查路径和权限。", "Check the path and its permissions."),
    })?;
    read::read(&path.display().to_string(), &bytes).map_err(|_| FileError {
        message: Words::new("不是可读的文本", "not readable text"),
        advice: Words::new("请另存为 UTF-8 文本。", "Save it as UTF-8 text."),
    })
}
