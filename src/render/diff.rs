//! What fixing changes, as a unified diff that `git apply` and `patch` understand.

use std::fmt::Write as _;

use similar::udiff::UnifiedHunkHeader;
use similar::{ChangeTag, TextDiff};

use crate::render::printable;

/// How many unchanged lines stand around a change.
const AROUND: usize = 3;

/// How a diff is drawn.
#[derive(Debug, Clone, Copy, Default)]
pub struct DiffOptions {
    /// Whether a person reads it on a terminal: control characters are spelt out. Programs get the lines as they are.
    pub seen: bool,
    /// Whether it is coloured.
    pub color: bool,
}

/// The difference between two texts of the file at `path`; empty where there is none. Only LF ends a line here, as in
/// every tool that reads diffs; a CR before it is a part of the line.
#[must_use]
pub fn diff(path: &str, old: &str, new: &str, options: DiffOptions) -> String {
    let (before, after): (Vec<&str>, Vec<&str>) =
        (old.split_inclusive('\n').collect(), new.split_inclusive('\n').collect());
    let diff = TextDiff::from_slices(&before, &after);
    let mut out = String::new();
    let mut line = |tint: &str, mark: &str, text: &str| {
        let (on, off) = if options.color && !tint.is_empty() { (tint, "\u{1b}[0m") } else { ("", "") };
        let _ = writeln!(out, "{on}{mark}{text}{off}");
    };
    let path = printable(path);
    let path = path.trim_start_matches('/');
    for (i, ops) in diff.grouped_ops(AROUND).iter().enumerate() {
        if i == 0 {
            line("\u{1b}[1m", "--- ", &format!("a/{path}"));
            line("\u{1b}[1m", "+++ ", &format!("b/{path}"));
        }
        line("\u{1b}[36m", "", &UnifiedHunkHeader::new(ops).to_string());
        for change in ops.iter().flat_map(|op| diff.iter_changes(op)) {
            let (tint, mark) = match change.tag() {
                ChangeTag::Equal => ("", " "),
                ChangeTag::Delete => ("\u{1b}[31m", "-"),
                ChangeTag::Insert => ("\u{1b}[32m", "+"),
            };
            let text = change.value();
            let ended = text.strip_suffix('\n');
            let text = ended.unwrap_or(text);
            if options.seen {
                line(tint, mark, &printable(text.strip_suffix('\r').unwrap_or(text)));
            } else {
                line(tint, mark, text);
            }
            if ended.is_none() {
                line("", "", "\\ No newline at end of file");
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Hunks, lines without an end, and nothing at all.
    #[test]
    fn unified() {
        let plain = DiffOptions::default();
        assert_eq!(diff("a.txt", "甲\n", "甲\n", plain), "");
        let expected = "--- a/稿/a.txt\n+++ b/稿/a.txt\n@@ -1,2 +1,2 @@\n 甲\r\n-乙\n\\ No newline at end of file\n\
                        +丙\r丁\n\\ No newline at end of file\n";
        assert_eq!(diff("/稿/a.txt", "甲\r\n乙", "甲\r\n丙\r丁", plain), expected);
    }

    /// On a terminal nothing of the draft acts on it.
    #[test]
    fn on_a_terminal() {
        let seen = DiffOptions { seen: true, color: true };
        let expected = "\u{1b}[1m--- a/a\\n.txt\u{1b}[0m\n\u{1b}[1m+++ b/a\\n.txt\u{1b}[0m\n\u{1b}[36m@@ -1 +1 @@\u{1b}[0m\n\
                        \u{1b}[31m-甲\\u{1b}[2J\u{1b}[0m\n\u{1b}[32m+乙\u{1b}[0m\n";
        assert_eq!(diff("a\n.txt", "甲\u{1b}[2J\r\n", "乙\n", seen), expected);
    }
}
