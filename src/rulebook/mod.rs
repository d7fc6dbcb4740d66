//! The data under `rules/`, read into types. It is embedded in the binary; what a user adds comes as text.

mod cues;
mod cuts;
mod literals;
mod mentions;
mod pairs;
mod phrases;
mod placeholders;
mod profiles;
mod rates;
mod residue;
mod sheet;
mod source;
mod spelling;
mod starts;
mod terms;
mod titles;
mod trial;

pub use cues::{Plain, Position};
pub use cuts::Cuts;
pub use literals::{Literals, Sighting, Sightings};
pub use mentions::Mentions;
pub use pairs::{Pairs, Sought};
pub use phrases::{Enumeration, Name, Period, Phrases};
pub use placeholders::{Blanks, Example, Masks, Placeholders, Sign};
pub use profiles::{Clues, Examples, Forbidden, Part, Profile, Profiles, Question, Shape};
pub use residue::{Phrase, Residue};
pub use sheet::{Fault, Placed, Sheet};
pub use terms::{Term, TermFault, TermHit, Terms};
pub use titles::{KnownTitle, Letters, Titles};
pub use trial::Reach;

use std::sync::OnceLock;

use crate::claim::Lexicon;
use crate::text::{Document, LineIndex};

/// The data of all rules.
#[derive(Debug)]
pub struct Rulebook {
    /// Outdated and mistaken terms.
    pub terms: Terms,
    /// Fixed phrases that name a list or a stretch of years.
    pub phrases: Phrases,
    /// What tells a word that is spoken of from one that is used.
    pub mentions: Mentions,
    /// Official titles of documents.
    pub titles: Titles,
    /// Shapes of what nobody filled in, and their false friends.
    pub placeholders: Placeholders,
    /// Kinds of document.
    pub profiles: Profiles,
    /// What pasting leaves behind.
    pub residue: Residue,
    /// What proves that a line end cuts a sentence.
    pub cuts: Cuts,
    /// Measure words and rate names.
    pub lexicon: Lexicon,
    // Not made before there is a paragraph to look in.
    literals: OnceLock<Literals>,
}

impl Rulebook {
    /// The data that the binary carries.
    #[must_use]
    pub fn embedded() -> Self {
        let (placeholders, lexicon) =
            (placeholders::Collection::embedded().build(), rates::Collection::embedded().build());
        Self::new(Terms::embedded(), placeholders, Profiles::embedded(), lexicon)
    }

    /// The same without its examples, read in a small part of the time: all that a check needs.
    #[must_use]
    pub fn prepared() -> Self {
        let lexicon = rates::Collection::embedded().build();
        Self::new(Terms::prepared(), Placeholders::prepared(), Profiles::prepared(), lexicon)
    }

    fn new(terms: Terms, placeholders: Placeholders, profiles: Profiles, lexicon: Lexicon) -> Self {
        let (phrases, titles, residue) = (Phrases::embedded(), Titles::embedded(), Residue::embedded());
        let (mentions, cuts) = (Mentions::embedded(), Cuts::embedded());
        Self {
            terms,
            phrases,
            mentions,
            titles,
            placeholders,
            profiles,
            residue,
            cuts,
            lexicon,
            literals: OnceLock::new(),
        }
    }

    /// The words that stand in the blocks of a document.
    #[must_use]
    pub fn sight<'t>(&self, document: &'t Document) -> Sightings<'t> {
        if document.blocks.is_empty() {
            return Sightings::default();
        }
        self.literals().sight_in(document.prose(), document.blocks.iter().map(|block| block.span))
    }

    /// The words of all rules that are looked for in every paragraph.
    ///
    /// # Panics
    /// When all the entries together are more than an automaton holds: some millions.
    pub fn literals(&self) -> &Literals {
        self.literals.get_or_init(|| {
            let terms = self.terms.literals().chain(self.phrases.literals()).chain(self.residue.literals());
            Literals::new(terms.chain(self.profiles.literals()).chain(self.placeholders.blanks.literals()))
        })
    }

    /// The data that the binary carries with the users' files, given as name and text: what has a name of ours takes
    /// its place, lists of words grow. `rules` are the ids of the rules that report entries. Of each file the faults
    /// are told; whatever is sound in it counts.
    #[must_use]
    pub fn with(files: &[(&str, &str)], rules: &[&str]) -> (Self, Vec<Vec<Fault>>) {
        let mut terms = terms::Collection::embedded();
        let mut placeholders = placeholders::Collection::embedded();
        let mut lexicon = rates::Collection::embedded();
        let mut profiles = Profiles::embedded();
        let faults = files
            .iter()
            .map(|&(name, text)| {
                let mut sheet = match Sheet::parse(text) {
                    Ok(sheet) => sheet,
                    Err(faults) => return faults,
                };
                if sheet.keys().any(|key| key == "recognise" || key == "id") {
                    return profile(name, text, &mut profiles);
                }
                let entries = terms::read(name, text, &mut sheet, Some(rules));
                for fault in terms.extend(entries) {
                    sheet.fault(fault);
                }
                placeholders.extend(name, text, &mut sheet);
                lexicon.extend(&mut sheet);
                sheet.finish()
            })
            .collect();
        (Self::new(terms.build(), placeholders.build(), profiles, lexicon.build()), faults)
    }
}

/// Reads a file that describes a kind of document.
fn profile(name: &str, text: &str, profiles: &mut Profiles) -> Vec<Fault> {
    match Profile::parse(text) {
        Ok(mut profile) => {
            if let Some(message) = profile.fault() {
                // It is the file as a whole that lacks something: its first line stands for it.
                return vec![Fault::new(LineIndex::new(text).span(text, 0), message)];
            }
            name.clone_into(&mut profile.file);
            profiles.add(profile);
            Vec::new()
        }
        Err(error) => vec![Fault::of(&error, text)],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is prepared when the program is built is all that the files say, save the examples.
    #[test]
    fn prepared() {
        let without_examples = |mut book: Rulebook| {
            book.terms.forget_examples();
            book.profiles.forget_examples();
            book.placeholders.examples.clear();
            format!("{book:#?}")
        };
        assert_eq!(without_examples(Rulebook::prepared()), without_examples(Rulebook::embedded()));
    }
}
