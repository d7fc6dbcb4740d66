//! Outdated and mistaken terms (`rules/terms/*.toml`).

/// The entries, ready to be matched.
#[derive(Debug)]
pub struct Terms {}

impl Terms {
    /// The entries that the binary carries.
    pub(super) fn embedded() -> Self {
        Self {}
    }
}
