//! `[[allow]]`: findings that somebody answers for, with a reason and perhaps a last day.

use std::sync::atomic::{AtomicBool, Ordering};

use jiff::civil::Date;

use crate::diagnostic::{Diagnostic, RuleMeta, Words};
use crate::report::{Allower, Suppression};
use crate::rulebook::{Fault, Sheet};
use crate::rules::ALLOW_UNUSED;
use crate::text::{Span, plain};

use super::glob::Glob;
use super::settings::{date, is_known};

/// One entry, and what became of it in this run.
#[derive(Debug)]
pub struct Allow {
    /// The files in which it allows; all, where there is none.
    pub(super) files: Vec<Glob>,
    /// A rule or a class.
    rule: String,
    /// The words that the sentence of a finding must hold, in the form that texts are compared in.
    text: Option<String>,
    until: Option<Date>,
    suppression: Suppression,
    /// Where the entry is written, and in which file of the configuration.
    span: Span,
    pub(super) file: usize,
    asked: AtomicBool,
    used: AtomicBool,
    late: AtomicBool,
}

impl Allow {
    /// Reads an entry of the file `file`, which is shown as `path`; none if it lacks what it needs.
    pub(super) fn read(
        sheet: &mut Sheet<'_>,
        files: Vec<Glob>,
        file: usize,
        path: String,
        line: usize,
    ) -> Option<Self> {
        let span = sheet.span();
        for (key, what) in [("rule", ("放行哪条规则", "which rule")), ("reason", ("为什么放行", "why"))] {
            if !sheet.has(key) {
                sheet.fault(missing(span, key, what));
            }
        }
        let (dated, worded) = (sheet.has("until"), sheet.has("text"));
        let rule = sheet.value::<String>("rule").filter(|rule| is_known(sheet, rule));
        let text = sheet.value::<String>("text");
        let reason = sheet.value::<String>("reason");
        let until = date(sheet, "until");
        if let Some(blank) = reason.as_ref().filter(|r| r.value.trim().is_empty()) {
            sheet.fault(missing(blank.span, "reason", ("为什么放行", "why")));
            return None;
        }
        // What is half understood allows nothing.
        let (rule, reason) = (rule?, reason?.value);
        if dated && until.is_none() || worded && text.is_none() {
            return None;
        }
        let suppression = Suppression { by: Allower::Allow, reason, until: until.map(|d| d.to_string()), path, line };
        Some(Self {
            files,
            rule: rule.value,
            text: text.map(|t| plain(&t.value).collect()),
            until,
            suppression,
            span: rule.span,
            file,
            asked: AtomicBool::new(false),
            used: AtomicBool::new(false),
            late: AtomicBool::new(false),
        })
    }

    /// Whether it speaks of the rule.
    #[must_use]
    pub fn names(&self, rule: &RuleMeta) -> bool {
        rule.id == self.rule || rule.class() == self.rule
    }

    /// Notes that a file was checked in which it could have allowed something.
    pub(super) fn note_asked(&self) {
        self.asked.store(true, Ordering::Relaxed);
    }

    /// Whether, and why, it allows a finding of `rule` in this sentence on this day. It remembers that it did.
    #[must_use]
    pub fn allows(&self, rule: &RuleMeta, sentence: &str, day: Date) -> Option<&Suppression> {
        let said = || plain(sentence).collect::<String>();
        if !self.names(rule) || self.text.as_ref().is_some_and(|text| !said().contains(text.as_str())) {
            return None;
        }
        let late = self.until.is_some_and(|until| day > until);
        let note = if late { &self.late } else { &self.used };
        note.store(true, Ordering::Relaxed);
        (!late).then_some(&self.suppression)
    }

    /// That it allowed nothing, where that is known: where it was asked, and all files were seen that it could fit, or
    /// where its time is over.
    pub(super) fn unused(&self, walked: bool) -> Option<Diagnostic> {
        let is = |flag: &AtomicBool| flag.load(Ordering::Relaxed);
        let rule = &self.rule;
        let (message, help) = if is(&self.late) {
            let until = self.suppression.until.as_deref().unwrap_or_default();
            (
                Words::new(
                    format!("对 {rule} 的放行到{until}为止，已经过期，不再起作用"),
                    format!("this allowance of {rule} ended on {until}"),
                ),
                Words::new(
                    "请改好问题后删去这一条；确实还要放行的，改写 until。",
                    "Mend what it allowed and delete it, or set another `until`.",
                ),
            )
        } else if walked && is(&self.asked) && !is(&self.used) {
            (
                Words::new(format!("这一条没有放行任何 {rule} 问题"), format!("this allows no finding of {rule}")),
                Words::new(
                    "问题已经改好的，删去这一条；没有改的，请核对 path 和 text。",
                    "Delete it if what it allowed is mended; else check `path` and `text`.",
                ),
            )
        } else {
            return None;
        };
        Some(Diagnostic::at(&ALLOW_UNUSED, self.span, message).help(help).data("rule", rule.as_str()))
    }
}

fn missing(span: Span, key: &str, what: (&str, &str)) -> Fault {
    Fault::new(span, Words::new(format!("`{key}` 没有写：{}", what.0), format!("`{key}` is missing: {}", what.1)))
}
