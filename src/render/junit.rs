//! JUnit's XML, which every CI server shows as tests.
//!
//! A file is a suite and every rule that spoke of it a case, since servers merge cases of one name and follow a case from
//! run to run: a case named after a line would be a new one after each edit. As with other linters, errors and warnings
//! are failures whatever the run was told to fail on; infos are told in a case that passes. A rule whose findings are all
//! allowed or known is a skipped case. A clean file has one case that passes, an unreadable one a case in error.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::diagnostic::{Lang, Severity};
use crate::render::place::Places;
use crate::render::{Format, names, printable};
use crate::report::{FileReport, Finding, Outcome, Summary};

/// All findings, by file and rule, and the files that could not be read.
#[derive(Debug)]
pub struct Junit {
    lang: Lang,
    begun: bool,
}

/// A case, and what became of it.
struct Case<'a> {
    name: &'a str,
    verdict: Verdict,
    body: String,
}

#[derive(PartialEq, Eq)]
enum Verdict {
    Passed,
    Failed,
    Skipped,
    Broken,
}

impl Junit {
    /// With messages in one language.
    #[must_use]
    pub fn new(lang: Lang) -> Self {
        Self { lang, begun: false }
    }

    /// What stands before the first suite, where it was not written yet.
    fn head(&mut self) -> &'static str {
        if std::mem::replace(&mut self.begun, true) {
            return "";
        }
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"lint\">\n"
    }

    /// What one rule says of a file.
    fn case<'a>(&self, rule: &'a str, findings: &[&Finding], places: &Places) -> Case<'a> {
        let open = |f: &&&Finding| f.outcome == Outcome::Open;
        let failing: Vec<&Finding> =
            findings.iter().filter(open).filter(|f| f.diagnostic.severity > Severity::Info).copied().collect();
        let others: Vec<&Finding> =
            findings.iter().filter(|f| !failing.iter().any(|x| std::ptr::eq(*x, **f))).copied().collect();
        let lines = |list: &[&Finding]| list.iter().map(|f| self.line(f, places)).collect::<Vec<_>>().join("\n");
        let mut body = String::new();
        let verdict = if let Some(worst) = failing.iter().max_by_key(|f| f.diagnostic.severity) {
            let message = self.counted(failing[0].diagnostic.message.get(self.lang), failing.len());
            let _ = writeln!(
                body,
                "      <failure type=\"{}\" message=\"{}\">{}</failure>",
                worst.diagnostic.severity,
                xml(&message),
                xml(&lines(&failing))
            );
            Verdict::Failed
        } else if findings.iter().any(|f| f.outcome == Outcome::Open) {
            Verdict::Passed
        } else {
            let reasons: BTreeSet<&str> = findings.iter().map(|f| names::excuse(&f.outcome, self.lang)).collect();
            let reasons: Vec<&str> = reasons.into_iter().collect();
            let gap = if self.lang == Lang::Zh { "；" } else { "; " };
            let _ = writeln!(body, "      <skipped message=\"{}\"/>", xml(&reasons.join(gap)));
            Verdict::Skipped
        };
        if !others.is_empty() {
            let _ = writeln!(body, "      <system-out>{}</system-out>", xml(&lines(&others)));
        }
        Case { name: rule, verdict, body }
    }

    /// The first of several, and how many there are.
    fn counted(&self, first: &str, count: usize) -> String {
        match self.lang {
            _ if count == 1 => first.to_owned(),
            Lang::Zh => format!("{first}（共{count}处）"),
            Lang::En => format!("{first} ({count} in all)"),
        }
    }

    fn line(&self, finding: &Finding, places: &Places) -> String {
        let d = &finding.diagnostic;
        let at = d.place.span().map(|s| places.of_span(s).0).map(|p| format!("{}:{}: ", p.line, p.column));
        let excuse = match finding.outcome {
            Outcome::Open => String::new(),
            ref other => format!(" [{}]", names::excuse(other, self.lang)),
        };
        format!("{}{}: {}{excuse}", at.unwrap_or_default(), d.severity, d.message.get(self.lang))
    }
}

impl Format for Junit {
    fn file(&mut self, file: &FileReport) -> String {
        let cases = match &file.outcome {
            Err(error) => {
                let message = xml(&names::fault(error, self.lang));
                let body = format!("      <error type=\"unreadable\" message=\"{message}\"/>\n");
                vec![Case { name: "unreadable", verdict: Verdict::Broken, body }]
            }
            Ok(checked) if checked.findings.is_empty() => {
                vec![Case { name: "lint", verdict: Verdict::Passed, body: String::new() }]
            }
            Ok(checked) => {
                let places = Places::new(checked);
                let mut rules: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
                for finding in &checked.findings {
                    rules.entry(finding.diagnostic.rule.id).or_default().push(finding);
                }
                rules.iter().map(|(rule, findings)| self.case(rule, findings, &places)).collect()
            }
        };
        let count = |verdict| cases.iter().filter(|c| c.verdict == verdict).count();
        let path = xml(&file.path);
        let mut out = self.head().to_owned();
        let _ = writeln!(
            out,
            "  <testsuite name=\"{path}\" tests=\"{}\" failures=\"{}\" errors=\"{}\" skipped=\"{}\" time=\"0\">",
            cases.len(),
            count(Verdict::Failed),
            count(Verdict::Broken),
            count(Verdict::Skipped)
        );
        for case in &cases {
            let _ = write!(out, "    <testcase name=\"{}\" classname=\"{path}\" time=\"0\"", case.name);
            out.push_str(&match case.body.as_str() {
                "" => String::from("/>\n"),
                body => format!(">\n{body}    </testcase>\n"),
            });
        }
        out + "  </testsuite>\n"
    }

    fn end(&mut self, _: &Summary) -> String {
        self.head().to_owned() + "</testsuites>\n"
    }
}

/// A text as content or as the value of an attribute. What XML 1.0 forbids is spelt out with what a terminal must not
/// see; the line feeds of our own lists stay.
fn xml(text: &str) -> String {
    let lines: Vec<String> = text
        .split('\n')
        .map(|line| {
            let line = printable(line).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
            line.replace('"', "&quot;").replace('\'', "&apos;")
        })
        .collect();
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What markup or XML itself would stumble over is escaped or spelt out.
    #[test]
    fn text_is_escaped() {
        assert_eq!(
            xml("<a b='c'>\"&\"\u{1b}\u{fffe}\n二"),
            "&lt;a b=&apos;c&apos;&gt;&quot;&amp;&quot;\\u{1b}\\u{fffe}\n二"
        );
    }
}
