//! How often each rule speaks, instead of the findings: where to begin in a large tree.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::diagnostic::{Lang, RuleMeta, Safety};
use crate::render::cells::Cells;
use crate::render::{Format, TerminalOptions, names, printable};
use crate::report::{FileReport, Summary};

/// A line a rule, the most frequent first: how often, whether something can be fixed, and what it is about.
#[derive(Debug)]
pub struct Statistics {
    lang: Lang,
    width: usize,
    cells: Cells,
    rules: BTreeMap<&'static str, Row>,
}

#[derive(Debug)]
struct Row {
    rule: &'static RuleMeta,
    count: usize,
    /// How many of the findings carry a fix that needs no look, and how many one that does.
    safe: usize,
    review: usize,
}

impl Statistics {
    /// For a screen, with messages in one language.
    #[must_use]
    pub fn new(lang: Lang, options: &TerminalOptions) -> Self {
        Self { lang, width: options.room(), cells: options.cells(), rules: BTreeMap::new() }
    }
}

impl Row {
    fn mark(&self) -> &'static str {
        match (self.safe, self.review) {
            (1.., _) => "[*]",
            (0, 1..) => "[?]",
            (0, 0) => "   ",
        }
    }
}

impl Format for Statistics {
    fn file(&mut self, file: &FileReport) -> String {
        for finding in file.open() {
            let d = &finding.diagnostic;
            let row = self.rules.entry(d.rule.id).or_insert(Row { rule: d.rule, count: 0, safe: 0, review: 0 });
            row.count += 1;
            match d.fix.as_ref().map(|fix| fix.safety) {
                Some(Safety::Safe) => row.safe += 1,
                Some(Safety::Review) => row.review += 1,
                None => {}
            }
        }
        // What could not be read is in no count and must not go unsaid.
        file.outcome.as_ref().err().map_or_else(String::new, |error| {
            format!("{}: error: {}\n", printable(&file.path), printable(&names::fault(error, self.lang)))
        })
    }

    fn end(&mut self, _: &Summary) -> String {
        let mut rows: Vec<Row> = std::mem::take(&mut self.rules).into_values().collect();
        rows.sort_by_key(|row| (Reverse(row.count), row.rule.id));
        let digits = rows.first().map_or(0, |row| row.count.to_string().len());
        let id = rows.iter().map(|row| row.rule.id.len()).max().unwrap_or(0);
        let mut out = String::new();
        for row in &rows {
            let lead = format!("{:>digits$}  {:id$}  {}  ", row.count, row.rule.id, row.mark());
            let room = self.width.saturating_sub(lead.len());
            out.push_str(&format!("{lead}{}\n", self.cells.shortened(row.rule.summary(self.lang), room)));
        }
        let legend = [
            (rows.iter().any(|r| r.mark() == "[*]"), "[*]", "有可直接采用的修改", "some can be fixed without a look"),
            (
                rows.iter().any(|r| r.mark() == "[?]"),
                "[?]",
                "有修改建议，须由人核对",
                "some have a fix that needs a look",
            ),
        ];
        for (_, mark, zh, en) in legend.into_iter().filter(|(met, ..)| *met) {
            out.push_str(&format!("{mark} {}\n", if self.lang == Lang::Zh { zh } else { en }));
        }
        out
    }
}
