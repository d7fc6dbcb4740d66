//! JSON as the formats write it: on lines of its own, element by element, and fit to be shown on a terminal.

use std::fmt::Write as _;

use serde_json::Value;

use crate::render::printable::is_unsafe;

/// A value on one line.
pub(super) fn line(value: &Value) -> String {
    escaped(value.to_string())
}

/// A value on lines of its own, so many steps in, behind a line feed.
pub(super) fn indented(value: &Value, steps: usize) -> String {
    let gap = format!("\n{}", "  ".repeat(steps));
    let text = serde_json::to_string_pretty(value).expect("a JSON value prints");
    gap.clone() + &escaped(text).replace('\n', &gap)
}

/// JSON asks that the control characters below U+0020 be escaped. A report is also looked at in a terminal, where those
/// above and the marks that turn the direction of text do harm as well; escaped, they mean the same to a program.
fn escaped(json: String) -> String {
    // A line feed is the layout's own: inside a string it is escaped already.
    let harmful = |c: char| c != '\n' && is_unsafe(c);
    if !json.contains(harmful) {
        return json;
    }
    let mut out = String::with_capacity(json.len() + 16);
    for c in json.chars() {
        if harmful(c) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                let _ = write!(out, "\\u{unit:04x}");
            }
        } else {
            out.push(c);
        }
    }
    out
}

/// The elements of an array that is written after others are.
#[derive(Debug, Default)]
pub(super) struct Later(String);

impl Later {
    /// Adds an element, so many steps in.
    pub(super) fn push(&mut self, value: &Value, steps: usize) {
        self.0.push_str(if self.0.is_empty() { "" } else { "," });
        self.0.push_str(&indented(value, steps));
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The array with its brackets, whose elements are so many steps in.
    pub(super) fn array(&self, steps: usize) -> String {
        format!("[{}{}]", self.0, closing(self.is_empty(), steps))
    }
}

/// An array whose elements are written as they come.
#[derive(Debug)]
pub(super) struct Stream {
    head: String,
    steps: usize,
    begun: bool,
}

impl Stream {
    /// What stands before the first element, the opening bracket included, and how far in the elements are.
    pub(super) fn new(head: String, steps: usize) -> Self {
        Self { head, steps, begun: false }
    }

    /// The next element.
    pub(super) fn push(&mut self, value: &Value) -> String {
        let lead = if self.begun { String::from(",") } else { std::mem::take(&mut self.head) };
        self.begun = true;
        lead + &indented(value, self.steps)
    }

    /// The end of the array, which may be empty.
    pub(super) fn close(&mut self) -> String {
        format!("{}{}]", std::mem::take(&mut self.head), closing(!self.begun, self.steps))
    }
}

/// What stands before a closing bracket.
fn closing(empty: bool, steps: usize) -> String {
    if empty { String::new() } else { format!("\n{}", "  ".repeat(steps - 1)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    /// Whatever could steer a terminal is escaped and means the same to a program; the layout stays.
    #[test]
    fn harmless_and_the_same() {
        let value = json!({"a\u{9b}\n": "法\u{1b}\u{7f}\u{202e}\u{61c}\u{e0001}😀"});
        let text = indented(&value, 1);
        assert_eq!(text, "\n  {\n    \"a\\u009b\\n\": \"法\\u001b\\u007f\\u202e\\u061c\\udb40\\udc01😀\"\n  }");
        assert_eq!(serde_json::from_str::<Value>(&text).expect("JSON"), value);
        assert_eq!(serde_json::from_str::<Value>(&line(&value)).expect("JSON"), value);
    }
}
