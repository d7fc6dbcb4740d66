//! Workflow commands, which GitHub Actions shows beside the lines of a change.
//!
//! GitHub says of columns only that they begin at 1, and marks whole lines; they are counted here in characters, as
//! everywhere else. The runner drops the columns of an annotation over several lines, so those get none.

use crate::diagnostic::{Lang, Severity};
use crate::render::place::Places;
use crate::render::{Format, names, printable, rooted};
use crate::report::{FileReport, Summary};

/// The open findings and the files that could not be read, one command a line.
#[derive(Debug, Clone, Copy)]
pub struct Github {
    /// The language of messages.
    pub lang: Lang,
}

impl Format for Github {
    fn file(&mut self, file: &FileReport) -> String {
        let path = ("file", rooted(&file.path).to_owned());
        let checked = match &file.outcome {
            Ok(checked) => checked,
            Err(error) => return command("error", &[path], &names::fault(error, self.lang)),
        };
        let places = Places::new(checked);
        let mut out = String::new();
        for finding in file.open() {
            let d = &finding.diagnostic;
            let mut properties = vec![path.clone()];
            if let Some((start, end)) = d.place.span().map(|s| places.of_span(s)) {
                properties.push(("line", start.line.to_string()));
                if start.line == end.line {
                    properties.push(("col", start.column.to_string()));
                    properties.push(("endColumn", end.column.to_string()));
                } else {
                    properties.push(("endLine", end.line.to_string()));
                }
            }
            properties.push(("title", format!("lint {}", d.rule.id)));
            out.push_str(&command(level(d.severity), &properties, &names::said(d, self.lang)));
        }
        out
    }

    fn end(&mut self, _: &Summary) -> String {
        String::new()
    }
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "notice",
    }
}

/// A command in the escaping of the runner. What could steer a terminal is spelt out first, save the line ends of the
/// message, which are of our own making.
fn command(level: &str, properties: &[(&str, String)], message: &str) -> String {
    let property = |(key, value): &(&str, String)| {
        let value = printable(value).replace('%', "%25").replace(':', "%3A").replace(',', "%2C");
        format!("{key}={value}")
    };
    let properties: Vec<String> = properties.iter().map(property).collect();
    let lines: Vec<String> = message.lines().map(|line| printable(line).replace('%', "%25")).collect();
    format!("::{level} {}::{}\n", properties.join(","), lines.join("%0A"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Nothing in a value ends it, and the runner reads back what was meant.
    #[test]
    fn values_are_escaped() {
        let said = command("error", &[("file", "a,b:c%\r.txt".to_owned())], "增长50%：见\u{1b}[1m\n建议：核对, 50%");
        assert_eq!(said, "::error file=a%2Cb%3Ac%25\\r.txt::增长50%25：见\\u{1b}[1m%0A建议：核对, 50%25\n");
    }
}
