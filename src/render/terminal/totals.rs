//! What was found and checked, counted, and what was not read or passed over.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::{Screen, tint, tint_of};
use crate::diagnostic::{Lang, Severity};
use crate::render::names;
use crate::report::Summary;

impl Screen {
    /// What was found and checked, counted.
    pub(super) fn counts(&self, run: &Summary, out: &mut Vec<String>) {
        let rules: BTreeMap<_, _> =
            run.open.iter().map(|(&(severity, id), &n)| ((std::cmp::Reverse(severity), id), n)).collect();
        let failed = run.failed.len();
        let read = run.checked();
        let total: usize = rules.values().sum();
        let claims = &run.claims;
        let unknown: usize = claims.unknown.values().sum();

        if total > 0 {
            self.table(&rules, out);
        }
        let mut line = String::new();
        let mut lead = if read == 0 {
            self.say("没有可检查的文件。", "No file was checked.").to_owned()
        } else if total == 0 && failed > 0 {
            self.say("在可读的文件中未发现问题。", "No problems in the files that could be read.").to_owned()
        } else if total == 0 {
            self.say("未发现问题。", "No problems found.").to_owned()
        } else {
            match self.lang {
                Lang::Zh => format!("共{total}处："),
                Lang::En => format!("{} in all: ", count(total, "finding")),
            }
        };
        if total > 0 {
            let n = |s| run.count(s);
            let (e, w, i) = (n(Severity::Error), n(Severity::Warning), n(Severity::Info));
            let _ = match self.lang {
                Lang::Zh => write!(line, "错误{e}，警告{w}，提示{i}。"),
                Lang::En => write!(line, "{}, {}, {i} info.", count(e, "error"), count(w, "warning")),
            };
            self.write(&lead, tint::STRONG, &line, "  ", out);
            line.clear();
            lead.clear();
        }
        if read > 0 {
            let _ = match self.lang {
                Lang::Zh => write!(line, "已检查{read}份文件"),
                Lang::En => write!(line, "{}Checked {}", if total == 0 { " " } else { "" }, count(read, "file")),
            };
            if claims.seen > 0 {
                let reasons = self.listed(claims.unknown.iter().map(|(why, n)| (*why, *n)));
                let reasons = match self.lang {
                    Lang::Zh if unknown > 0 => format!("（{reasons}）"),
                    Lang::En if unknown > 0 => format!(" ({reasons})"),
                    _ => reasons,
                };
                let (seen, agree, near, conflict) = (claims.seen, claims.agree, claims.near, claims.conflict);
                let _ = match self.lang {
                    Lang::Zh => write!(
                        line,
                        "、{seen}条数字关系：相符{agree}，近似{near}，矛盾{conflict}，未判{unknown}{reasons}"
                    ),
                    Lang::En => write!(
                        line,
                        " and {}: {agree} agree, {near} near, {conflict} conflict, {unknown} unknown{reasons}",
                        count(seen, "numeric claim")
                    ),
                };
            }
            line.push_str(self.say("。", "."));
        }
        let clean = total == 0 && failed == 0 && read > 0;
        if !(lead.is_empty() && line.is_empty()) {
            self.write(&lead, if clean { tint::GOOD } else { tint::STRONG }, &line, "  ", out);
        }

        if !run.aside.is_empty() {
            let lead = self.say("未列出：", "Not shown: ");
            let list = self.listed(run.aside.iter().map(|(why, n)| (*why, *n))) + self.say("。", ".");
            self.write(lead, tint::STRONG, &list, "  ", out);
        }
        if run.gone > 0 {
            let gone = run.gone;
            let text = match self.lang {
                Lang::Zh => format!("基线中有{gone}处已不再出现，可用 lint baseline --prune 清理。"),
                Lang::En => format!("{gone} in the baseline are gone: strike them out with `lint baseline --prune`."),
            };
            self.write("", "", &text, "  ", out);
        }
    }

    /// The files that could not be read, with what to do.
    pub(super) fn unread(&self, run: &Summary, out: &mut Vec<String>) {
        let failed = run.failed.len();
        if failed > 0 {
            let lead = match self.lang {
                Lang::Zh => format!("{failed}份文件无法读取，未经检查："),
                Lang::En => format!("{} could not be read and went unchecked:", count(failed, "file")),
            };
            self.write(&lead, tint::ERROR, "", "  ", out);
            for (path, fault) in &run.failed {
                let text = format!("{}{}", self.say("：", ": "), fault.message.get(self.lang));
                self.write(&format!("  {}", self.cells.shown(path)), tint::STRONG, &text, "    ", out);
                self.write("    ", "", fault.advice.get(self.lang), "    ", out);
            }
        }
    }

    /// The files that a walk did not look at.
    pub(super) fn passed_over(&self, run: &Summary, out: &mut Vec<String>) {
        let passed: usize = run.skipped.values().sum();
        if passed > 0 {
            let reasons = self.listed(run.skipped.iter().map(|(why, n)| (*why, *n)));
            let text = match self.lang {
                Lang::Zh => format!("略过{passed}份文件（{reasons}）。"),
                Lang::En => format!("{} passed over ({reasons}).", count(passed, "file")),
            };
            self.write("", "", &text, "  ", out);
        }
    }

    /// How often each rule spoke.
    fn table(&self, rules: &BTreeMap<(std::cmp::Reverse<Severity>, &str), usize>, out: &mut Vec<String>) {
        let widest = rules.keys().map(|(_, id)| id.len()).max().unwrap_or(0);
        let pad = |text: &str, width: usize| " ".repeat(width.saturating_sub(self.cells.of(text)));
        let severity_width = match self.lang {
            Lang::Zh => 4,
            Lang::En => "severity".len(),
        };
        let bar = if self.cells.ascii { "-" } else { "─" };
        let number_width = 5;
        let width = widest + severity_width + number_width + 4;
        out.push(self.painted(tint::FAINT, &bar.repeat(width)));
        let (rule, severity, number) =
            (self.say("规则", "rule"), self.say("级别", "severity"), self.say("处数", "count"));
        let head = format!(
            "{rule}{}  {severity}{}  {}{number}",
            pad(rule, widest),
            pad(severity, severity_width),
            pad(number, number_width)
        );
        out.push(self.painted(tint::FAINT, &head));
        for ((std::cmp::Reverse(severity), id), n) in rules {
            let name = names::severity(*severity, self.lang);
            out.push(format!(
                "{id}{}  {}{}  {n:>number_width$}",
                pad(id, widest),
                self.painted(tint_of(*severity), name),
                pad(name, severity_width)
            ));
        }
        out.push(self.painted(tint::FAINT, &bar.repeat(width)));
    }

    /// Reasons and their counts.
    fn listed<'s>(&self, reasons: impl Iterator<Item = (&'s str, usize)>) -> String {
        let named: Vec<String> = reasons
            .map(|(why, n)| match self.lang {
                Lang::Zh => format!("{}{n}", names::reason(why, self.lang)),
                Lang::En => format!("{n} {}", names::reason(why, self.lang)),
            })
            .collect();
        named.join(self.say("，", ", "))
    }
}

/// `1 file`, `2 files`.
fn count(n: usize, noun: &str) -> String {
    format!("{n} {noun}{}", if n == 1 { "" } else { "s" })
}
