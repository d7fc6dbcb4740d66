//! `lint explain` and `lint rules`: what the rules say about themselves.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::config;
use crate::diagnostic::{Lang, Words};
use crate::render;
use crate::rules::metas;
use crate::text::nearest;

use super::args::{ColorArg, ListFormat, SchemaOf};
use super::screen;
use super::setup::{en_hint, zh_hint};
use super::usage::Fault;

/// The page of one rule.
pub(super) fn explain(id: &str, lang: Lang) -> Result<String, Fault> {
    let Some(rule) = metas().find(|r| r.id == id) else {
        let hint = nearest(id, metas().map(|r| r.id));
        return Err(Fault(Words::new(
            format!("没有规则“{id}”{}全部规则见 lint rules", zh_hint(hint)),
            format!("no rule {id:?}; {}all are listed by `lint rules`", en_hint(hint)),
        )));
    };
    Ok(render::explain(rule, lang, &screen::options(ColorArg::Auto, false)))
}

/// The JSON Schema of what lint writes or reads.
pub(super) fn schema(of: SchemaOf) -> String {
    match of {
        SchemaOf::Report => render::SCHEMA.to_owned(),
        SchemaOf::Config => config::schema(),
    }
}

/// What the list adds to a rule that does not run by default.
fn off(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "（默认不运行）",
        Lang::En => " (off by default)",
    }
}

/// Every rule with its weight and its summary.
pub(super) fn list(format: ListFormat, lang: Lang) -> String {
    match format {
        ListFormat::Text => {
            let width = metas().map(|r| r.id.len()).max().unwrap_or(0);
            metas().fold(String::new(), |mut out, r| {
                let off = if r.by_default { "" } else { off(lang) };
                let _ = writeln!(out, "{:width$}  {:<7}  {}{off}", r.id, r.severity.as_str(), r.summary(lang));
                out
            })
        }
        ListFormat::Json => {
            let rules: Vec<Value> = metas()
                .map(|r| {
                    json!({
                        "id": r.id, "class": r.class(), "severity": r.severity.as_str(), "default": r.by_default,
                        "summary": r.summary(lang),
                    })
                })
                .collect();
            format!("{:#}\n", Value::Array(rules))
        }
    }
}
