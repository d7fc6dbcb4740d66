//! Comments in a draft that say which findings it allows.

use super::Span;

/// `<!-- lint-disable-next-line claim-share: 理由 -->`: as it is written, sound or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Directive {
    /// The whole comment.
    pub span: Span,
    /// Its first word.
    pub word: Span,
    /// What the word asks for; none where there is no such word.
    pub verb: Option<Verb>,
    /// The names of rules or classes.
    pub rules: Vec<Span>,
    /// The reason, where one is given.
    pub reason: Option<Span>,
}

/// What a directive asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verb {
    /// To allow what begins on the next line that is not blank.
    DisableNextLine,
    /// To allow what follows, up to an `lint-enable`.
    Disable,
    /// To allow no longer.
    Enable,
    /// To allow it in the whole file.
    DisableFile,
}

impl Verb {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::DisableNextLine, Self::Disable, Self::Enable, Self::DisableFile];

    /// The word that stands for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::DisableNextLine => "lint-disable-next-line",
            Self::Disable => "lint-disable",
            Self::Enable => "lint-enable",
            Self::DisableFile => "lint-disable-file",
        }
    }
}
