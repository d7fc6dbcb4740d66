//! Globs as ignore files write them: `草稿/`, `*.txt`, `/2019/**`.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use ignore::gitignore::{Gitignore, GitignoreBuilder};

use crate::text::Span;

/// A glob, where it stands, and whether it has fitted anything yet.
#[derive(Debug)]
pub(super) struct Glob {
    matcher: Gitignore,
    fitted: AtomicBool,
    /// As it is written.
    pub(super) text: String,
    /// Where it is written.
    pub(super) span: Span,
    /// In which file of the configuration.
    pub(super) file: usize,
}

impl Glob {
    /// Reads a glob, or says what is wrong with it.
    pub(super) fn new(text: &str, span: Span, file: usize) -> Result<Self, String> {
        let mut builder = GitignoreBuilder::new("");
        builder.allow_unclosed_class(false);
        builder.add_line(None, text).map_err(|e| e.to_string())?;
        let matcher = builder.build().map_err(|e| e.to_string())?;
        Ok(Self { matcher, fitted: AtomicBool::new(false), text: text.to_owned(), span, file })
    }

    /// Whether it names nothing: it is blank, a comment, or an exception to nothing.
    pub(super) fn is_void(&self) -> bool {
        self.matcher.num_ignores() == 0
    }

    /// Whether it fits a file, or a directory above it; the path is relative.
    pub(super) fn fits(&self, path: &Path) -> bool {
        let fits = self.matcher.matched_path_or_any_parents(path, false).is_ignore();
        if fits {
            self.fitted.store(true, Ordering::Relaxed);
        }
        fits
    }

    /// Whether it has fitted a file that it was asked about.
    pub(super) fn has_fitted(&self) -> bool {
        self.fitted.load(Ordering::Relaxed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Globs mean what they mean in ignore files.
    #[test]
    fn as_in_ignore_files() {
        let fits = |glob: &str, path: &str| Glob::new(glob, Span::new(0, 0), 0).expect("a glob").fits(Path::new(path));
        for (glob, path) in
            [("归档/", "归档/a.txt"), ("*.log", "sub/x.log"), ("/2019/**", "2019/a/b.txt"), ("归档/", "sub/归档/b.txt")]
        {
            assert!(fits(glob, path), "{glob} {path}");
        }
        for (glob, path) in [("/归档/", "sub/归档/a.txt"), ("归档/", "归档"), ("*.log", "log.txt")] {
            assert!(!fits(glob, path), "{glob} {path}");
        }
        assert!(Glob::new("a[", Span::new(0, 0), 0).is_err());
        assert!(Glob::new("# 注释", Span::new(0, 0), 0).expect("a line").is_void());
    }
}
