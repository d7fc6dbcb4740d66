//! The data under `rules/`, read into types. It is embedded in the binary: nothing is looked up at run time.

mod phrases;
mod placeholders;
mod profiles;
mod rates;
mod spelling;
mod terms;
mod titles;

pub use phrases::{Enumeration, Name, Period, Phrases};
pub use placeholders::{Blanks, Masks, Placeholders};
pub use profiles::{Part, Plain, Profile, Profiles};
pub use terms::{Term, TermFault, TermHit, Terms};
pub use titles::{KnownTitle, Titles};

use crate::claim::Lexicon;

/// The data of all rules.
#[derive(Debug)]
pub struct Rulebook {
    /// Outdated and mistaken terms.
    pub terms: Terms,
    /// Fixed phrases that name a list or a stretch of years.
    pub phrases: Phrases,
    /// Official titles of documents.
    pub titles: Titles,
    /// Shapes of what nobody filled in, and their false friends.
    pub placeholders: Placeholders,
    /// Kinds of document.
    pub profiles: Profiles,
    /// Measure words and rate names.
    pub lexicon: Lexicon,
}

impl Rulebook {
    /// The data that the binary carries.
    #[must_use]
    pub fn embedded() -> Self {
        Self {
            terms: Terms::embedded(),
            phrases: Phrases::embedded(),
            titles: Titles::embedded(),
            placeholders: Placeholders::embedded(),
            profiles: Profiles::embedded(),
            lexicon: rates::embedded(),
        }
    }
}
