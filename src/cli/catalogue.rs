//! `lint explain` and `lint rules`: what the rules say about themselves.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::diagnostic::{Lang, RuleMeta, Severity, Words};
use crate::rules::metas;

use super::args::ListFormat;
use super::check::{en_hint, zh_hint};
use super::suggest;
use super::usage::Fault;

/// The page of one rule.
pub(super) fn explain(id: &str, lang: Lang) -> Result<String, Fault> {
    let Some(rule) = metas().find(|r| r.id == id) else {
        let hint = suggest::nearest(id, metas().map(|r| r.id));
        return Err(Fault(Words::new(
            format!("没有规则“{id}”{}全部规则见 lint rules", zh_hint(hint)),
            format!("no rule {id:?}; {}all are listed by `lint rules`", en_hint(hint)),
        )));
    };
    let mut out = format!("# {id}\n\n");
    let _ = match lang {
        Lang::Zh => writeln!(out, "级别：{}（{}）\n", severity_name(rule.severity), rule.severity),
        // The pages are written in Chinese.
        Lang::En => writeln!(out, "Severity: {}. {}.\n", rule.severity, rule.en),
    };
    out.push_str(page(rule).trim_end());
    out.push('\n');
    Ok(out)
}

/// Every rule with its weight and its summary.
pub(super) fn list(format: ListFormat, lang: Lang) -> String {
    match format {
        ListFormat::Text => {
            let width = metas().map(|r| r.id.len()).max().unwrap_or(0);
            metas().fold(String::new(), |mut out, r| {
                let _ = writeln!(out, "{:width$}  {:<7}  {}", r.id, r.severity.as_str(), r.summary(lang));
                out
            })
        }
        ListFormat::Json => {
            let rules: Vec<Value> = metas()
                .map(|r| {
                    json!({
                        "id": r.id, "class": r.class(), "severity": r.severity.as_str(), "summary": r.summary(lang),
                    })
                })
                .collect();
            format!("{:#}\n", Value::Array(rules))
        }
    }
}

/// A rule's page without the blank that begins each line of a doc comment.
fn page(rule: &RuleMeta) -> String {
    rule.page.lines().fold(String::new(), |mut out, line| {
        out.push_str(line.strip_prefix(' ').unwrap_or(line));
        out.push('\n');
        out
    })
}

fn severity_name(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "错误",
        Severity::Warning => "警告",
        Severity::Info => "提示",
    }
}
