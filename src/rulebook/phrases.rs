//! Fixed phrases that name a list (四个意识), are one (产业兴旺、生态宜居、…) or name a stretch of years (“八五”普法), in
//! `rules/phrases.toml`.

use jiff::civil::Date;
use serde::Deserialize;

use super::literals::{Kinds, Owner, Sighting};
use super::source::source;
use super::terms::day;
use crate::text::Span;

/// What a name names.
#[derive(Debug, Clone, Copy)]
pub enum Name<'a> {
    /// A list.
    List(&'a Enumeration),
    /// A stretch of years; only the first part of its name has been seen.
    Period(&'a Period),
}

/// The fixed phrases.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Phrases {
    /// What may stand between a name and the list that spells it out.
    opens: Vec<String>,
    /// What may stand between a name and its years.
    between: Vec<String>,
    /// What an item may have before it in full.
    full: Vec<String>,
    /// Names of lists.
    list: Vec<Enumeration>,
    /// Names of stretches of years.
    period: Vec<Period>,
}

/// A name and the items that it stands for.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Enumeration {
    /// The name, without quotes.
    pub name: String,
    /// The items in their order; none of them holds 和, 与, 及.
    pub items: Vec<String>,
    /// The day from which it has these items; a paper that is older has others.
    #[serde(default, deserialize_with = "day")]
    pub since: Option<Date>,
    /// The authority, as it is shown to the reader.
    pub source: String,
}

/// A name and its first and last year.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Period {
    /// The name, without quotes.
    pub name: String,
    /// The stretches of years that it can mean, both ends included.
    pub years: Vec<(i16, i16)>,
    /// The authority, as it is shown to the reader.
    pub source: String,
}

impl Enumeration {
    /// The end that all items share (意识 of 政治意识、大局意识), which tells none of them from another.
    #[must_use]
    pub fn common_end(&self) -> &str {
        let Some((first, rest)) = self.items.split_first() else { return "" };
        let shared = |end: &str| rest.iter().all(|item| item.ends_with(end));
        first.char_indices().map(|(at, _)| &first[at..]).find(|end| shared(end)).unwrap_or("")
    }
}

impl Period {
    /// The part of the name that may stand in quotes of its own (“七五”普法), or all of it.
    fn stem(&self) -> &str {
        self.name.strip_suffix("普法").unwrap_or(&self.name)
    }

    /// The rest of the name.
    #[must_use]
    pub fn tail(&self) -> &str {
        &self.name[self.stem().len()..]
    }
}

impl Phrases {
    /// The phrases that the binary carries.
    ///
    /// # Panics
    /// Never in a tested build: the file is part of the source.
    pub(super) fn embedded() -> Self {
        source!("phrases").read()
    }

    /// The names: those of the lists, behind them those of the periods.
    pub(super) fn literals(&self) -> impl Iterator<Item = (String, Owner)> {
        // One item may be miswritten: the other of the first two finds the list.
        let items = self.list.iter().enumerate().flat_map(|(i, list)| {
            list.items.iter().take(2).enumerate().map(move |(nth, item)| (item.clone(), Owner::Item(i, nth)))
        });
        let lists = self.list.iter().map(|l| l.name.as_str());
        let names = lists.chain(self.period.iter().map(Period::stem));
        names.enumerate().map(|(i, name)| (name.to_owned(), Owner::Name(i))).chain(items)
    }

    /// The names in a paragraph, in the order of their ends, as written.
    pub fn names<'a>(&'a self, sighting: Sighting<'a>) -> impl Iterator<Item = (Name<'a>, Span)> {
        let name = |owner| match owner {
            Owner::Name(i) => {
                Some(self.list.get(i).map_or_else(|| Name::Period(&self.period[i - self.list.len()]), Name::List))
            }
            _ => None,
        };
        sighting.words(Kinds::NAME, name).map(move |(name, span)| (name, sighting.joined().original(span)))
    }

    /// The first and second items of lists in a paragraph, in the order of their ends, as written.
    pub fn items<'a>(&'a self, sighting: Sighting<'a>) -> impl Iterator<Item = (&'a Enumeration, usize, Span)> + 'a {
        let item = |owner| match owner {
            Owner::Item(list, nth) => Some((&self.list[list], nth)),
            _ => None,
        };
        sighting.words(Kinds::ITEM, item).map(move |((list, nth), span)| (list, nth, sighting.joined().original(span)))
    }

    /// What may stand between a name and the list that spells it out.
    #[must_use]
    pub fn opens(&self) -> &[String] {
        &self.opens
    }

    /// An item without what it has before it in full (中国特色社会主义道路自信).
    #[must_use]
    pub fn short<'t>(&self, item: &'t str) -> &'t str {
        self.full.iter().find_map(|w| item.strip_prefix(w.as_str())).unwrap_or(item)
    }

    /// What may stand between a name and its years.
    #[must_use]
    pub fn between(&self) -> &[String] {
        &self.between
    }
}
