//! Measure words, rate names and partitions (`rules/units.toml`, `rates.toml`, `partitions.toml`) as the lexicon of the
//! arithmetic.

use serde::Deserialize;

use crate::claim::{Lexicon, RateName};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Units {
    class: Vec<Class>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Class {
    #[serde(rename = "id")]
    _id: String,
    words: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rates {
    rate: Vec<Rate>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rate {
    name: String,
    #[serde(default)]
    parts: Vec<String>,
    #[serde(default)]
    bases: Vec<String>,
    #[serde(default)]
    over: bool,
    #[serde(default)]
    carry: bool,
    #[serde(default)]
    items: bool,
    #[serde(default)]
    outside: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Partitions {
    partition: Vec<Partition>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Partition {
    #[serde(rename = "of")]
    _of: String,
    words: Vec<String>,
}

/// The lexicon that the binary carries.
///
/// # Panics
/// When the embedded files are broken; a test reads them.
pub(super) fn embedded() -> Lexicon {
    let units: Units = toml::from_str(include_str!("../../rules/units.toml")).expect("rules/units.toml");
    let rates: Rates = toml::from_str(include_str!("../../rules/rates.toml")).expect("rules/rates.toml");
    let rates = rates
        .rate
        .into_iter()
        .map(|r| RateName {
            name: r.name,
            parts: r.parts,
            bases: r.bases,
            over: r.over,
            carry: r.carry,
            items: r.items,
            outside: r.outside,
        })
        .collect();
    let partitions: Partitions =
        toml::from_str(include_str!("../../rules/partitions.toml")).expect("rules/partitions.toml");
    let partitions = partitions.partition.into_iter().map(|p| p.words).collect();
    Lexicon::new(units.class.into_iter().map(|c| c.words).collect(), rates, partitions)
}
