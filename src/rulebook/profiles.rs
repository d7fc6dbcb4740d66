//! Kinds of document: how to recognise one and what it must contain (`rules/profiles/*.toml`).

/// All kinds.
#[derive(Debug)]
pub struct Profiles {
    list: Vec<Profile>,
}

/// One kind.
#[derive(Debug)]
pub struct Profile {
    /// Kebab-case name (`rule-of-law-annual-report`).
    pub id: String,
}

impl Profiles {
    /// The kinds that the binary carries.
    pub(super) fn embedded() -> Self {
        Self { list: Vec::new() }
    }

    /// The kind with this id.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Profile> {
        self.list.iter().find(|p| p.id == id)
    }

    /// The ids of all kinds.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.list.iter().map(|p| p.id.as_str())
    }

    /// The kind of a paper with this title and these opening lines; `None` where it is not sure.
    #[must_use]
    pub fn classify(&self, _title: &str, _opening: &str) -> Option<&Profile> {
        None
    }
}
