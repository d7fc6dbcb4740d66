//! The report of `json`, one object a line: for programs that read it while it grows.

use serde_json::{Map, Value, json};

use crate::diagnostic::Lang;
use crate::render::json::{Entries, SCHEMA_ID, numbers, tool};
use crate::render::{Format, json_text};
use crate::report::{FileReport, Summary};

/// A line for the report, then for each file its own line, its findings and its claims, then one for the summary. Every
/// line names its `type` and otherwise has the keys that the same thing has in [`super::Json`].
#[derive(Debug)]
pub struct JsonLines {
    lang: Lang,
    begun: bool,
}

impl JsonLines {
    /// With messages in one language.
    #[must_use]
    pub fn new(lang: Lang) -> Self {
        Self { lang, begun: false }
    }

    /// The first line, where it was not written yet.
    fn head(&mut self) -> String {
        if std::mem::replace(&mut self.begun, true) {
            return String::new();
        }
        line("report", &json!({"schema": SCHEMA_ID, "tool": tool()}))
    }
}

impl Format for JsonLines {
    fn file(&mut self, file: &FileReport) -> String {
        let entries = Entries::new(file, self.lang);
        let mut out = self.head();
        out.push_str(&line("file", &entries.file));
        out.extend(entries.diagnostics.iter().map(|d| line("diagnostic", d)));
        out.extend(entries.claims.iter().map(|c| line("claim", c)));
        out
    }

    fn end(&mut self, summary: &Summary) -> String {
        self.head() + &line("summary", &numbers(summary))
    }
}

fn line(kind: &str, value: &Value) -> String {
    let mut typed = Map::from_iter([(String::from("type"), Value::from(kind))]);
    typed.extend(value.as_object().cloned().unwrap_or_default());
    json_text::line(&Value::Object(typed)) + "\n"
}
