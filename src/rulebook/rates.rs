//! Measure words, rate names and partitions (`rules/units.toml`, `rates.toml`, `partitions.toml`) as the lexicon of the
//! arithmetic.

use serde::Deserialize;

use crate::claim::{Lexicon, RateName, WholeNames};
use crate::diagnostic::Words;

use super::sheet::{Fault, Sheet};
use super::source::{Source, source};

/// The files that the binary carries, one for each list.
const FILES: [Source; 3] = [source!("units"), source!("rates"), source!("partitions")];

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Class {
    id: String,
    words: Vec<String>,
    #[serde(default)]
    measured: bool,
}

#[derive(Debug, Deserialize)]
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

/// Outcomes of which one thing has exactly one.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Partition {
    of: String,
    words: Vec<String>,
}

/// Kinds of which one thing is of exactly one, and which of them leave nothing out.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Whole {
    of: String,
    words: Vec<String>,
    #[serde(default)]
    all: Vec<Vec<String>>,
    #[serde(default)]
    most: Vec<Vec<String>>,
}

/// Measure words, rate names and partitions on their way into the lexicon.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Collection {
    #[serde(rename = "class")]
    classes: Vec<Class>,
    #[serde(rename = "rate")]
    rates: Vec<Rate>,
    #[serde(rename = "partition")]
    partitions: Vec<Partition>,
    #[serde(rename = "whole")]
    wholes: Vec<Whole>,
}

impl Collection {
    /// What the binary carries.
    ///
    /// # Panics
    /// When the embedded files are broken; a test reads them.
    pub(super) fn embedded() -> Self {
        let [units, rates, partitions] = FILES.map(|file| file.read::<Self>());
        Self {
            classes: units.classes,
            rates: rates.rates,
            partitions: partitions.partitions,
            wholes: partitions.wholes,
        }
    }

    /// Adds what a file says: a rate takes the place of the one with its name, a class adds its words to the one with
    /// its id.
    pub(super) fn extend(&mut self, sheet: &mut Sheet<'_>) {
        for class in sheet.each::<Class>("class") {
            if class.value.words.iter().any(String::is_empty) || class.value.words.is_empty() {
                let message = Words::new(
                    "`words` 至少写一个量词，且不能是空的",
                    "`words` must hold measure words, none of them empty",
                );
                sheet.fault(Fault::new(class.span, message));
                continue;
            }
            match self.classes.iter_mut().find(|c| c.id == class.value.id) {
                Some(known) => known.words.extend(class.value.words),
                None => self.classes.push(class.value),
            }
        }
        for rate in sheet.each::<Rate>("rate") {
            if rate.value.name.is_empty() {
                let message = Words::new("`name` 是空的", "`name` is empty");
                sheet.fault(Fault::new(rate.span, message));
                continue;
            }
            match self.rates.iter_mut().find(|r| r.name == rate.value.name) {
                Some(known) => *known = rate.value,
                None => self.rates.push(rate.value),
            }
        }
        for partition in sheet.each::<Partition>("partition") {
            match self.partitions.iter_mut().find(|p| p.of == partition.value.of) {
                Some(known) => *known = partition.value,
                None => self.partitions.push(partition.value),
            }
        }
        for whole in sheet.each::<Whole>("whole") {
            match self.wholes.iter_mut().find(|w| w.of == whole.value.of) {
                Some(known) => *known = whole.value,
                None => self.wholes.push(whole.value),
            }
        }
    }

    /// The lexicon of all of them.
    pub(super) fn build(self) -> Lexicon {
        let rates = self
            .rates
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
        let partitions = self.partitions.into_iter().map(|p| p.words).collect();
        let wholes = self.wholes.into_iter().map(|w| WholeNames { words: w.words, all: w.all, most: w.most }).collect();
        let measured = self.classes.iter().map(|c| c.measured).collect();
        let classes = self.classes.into_iter().map(|c| c.words).collect();
        Lexicon::new(classes, rates, partitions).with_wholes(wholes).with_measured(measured)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Our own files are as sound as a user's have to be, and nothing in them takes the place of anything.
    #[test]
    fn sound() {
        let mut all = Collection::default();
        for file in FILES {
            let mut sheet = Sheet::parse(file.toml).expect("the file is TOML");
            all.extend(&mut sheet);
            assert_eq!(sheet.finish(), []);
        }
        assert_eq!(format!("{all:?}"), format!("{:?}", Collection::embedded()));
    }
}
