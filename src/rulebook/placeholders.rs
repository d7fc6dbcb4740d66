//! Shapes of what nobody filled in, and their false friends (`rules/placeholders/*.toml`).

/// The entries, ready to be matched.
#[derive(Debug)]
pub struct Placeholders {}

impl Placeholders {
    /// The entries that the binary carries.
    pub(super) fn embedded() -> Self {
        Self {}
    }
}
