//! The data under `rules/`, read into types. It is embedded in the binary: nothing is looked up at run time.

mod placeholders;
mod profiles;
mod rates;
mod residue;
mod terms;
mod titles;

pub use placeholders::{Blanks, Masks, Placeholders};
pub use profiles::{Examples, Forbidden, Part, Plain, Position, Profile, Profiles, Shape};
pub use residue::{Phrase, Residue};
pub use terms::{Term, TermFault, TermHit, Terms};
pub use titles::{KnownTitle, Titles};

use crate::claim::Lexicon;

/// The data of all rules.
#[derive(Debug)]
pub struct Rulebook {
    /// Outdated and mistaken terms.
    pub terms: Terms,
    /// Official titles of documents.
    pub titles: Titles,
    /// Shapes of what nobody filled in, and their false friends.
    pub placeholders: Placeholders,
    /// Kinds of document.
    pub profiles: Profiles,
    /// What pasting leaves behind.
    pub residue: Residue,
    /// Measure words and rate names.
    pub lexicon: Lexicon,
}

impl Rulebook {
    /// The data that the binary carries.
    #[must_use]
    pub fn embedded() -> Self {
        Self {
            terms: Terms::embedded(),
            titles: Titles::embedded(),
            placeholders: Placeholders::embedded(),
            profiles: Profiles::embedded(),
            residue: Residue::embedded(),
            lexicon: rates::embedded(),
        }
    }
}
