//! The JSON Schema of `lint.toml`, by which an editor completes and checks it.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::rules::metas;

/// The schema, with the names of all rules and classes. Kinds of paper are not listed: a file of rules may add some.
#[must_use]
pub fn schema() -> String {
    let mut schema: Value = serde_json::from_str(include_str!("config.schema.json")).expect("the schema is JSON");
    let names: BTreeSet<&str> = metas().flat_map(|r| [r.id, r.class()]).collect();
    schema["$defs"]["rule"]["enum"] = names.into_iter().collect();
    serde_json::to_string_pretty(&schema).expect("a JSON value prints") + "\n"
}
