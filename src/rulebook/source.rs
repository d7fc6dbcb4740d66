//! The files of `rules/` as the binary carries them: as they are, and as `build.rs` has read them.

use serde::de::DeserializeOwned;

/// A file of `rules/`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Source {
    /// The name that it is reported under.
    pub(super) name: &'static str,
    /// As it is.
    pub(super) toml: &'static str,
    /// Without its examples, in a form that is read many times faster.
    pub(super) json: &'static str,
}

/// The file of `rules/` with this path, which has no ending.
macro_rules! source {
    ($path:literal) => {
        $crate::rulebook::source::Source {
            name: concat!("rules/", $path, ".toml"),
            toml: include_str!(concat!("../../rules/", $path, ".toml")),
            json: include_str!(concat!(env!("OUT_DIR"), "/rules/", $path, ".json")),
        }
    };
}
pub(super) use source;

impl Source {
    /// What it says, save its examples.
    ///
    /// # Panics
    /// Never in a tested build: the files are part of the source.
    pub(super) fn read<T: DeserializeOwned>(&self) -> T {
        serde_json::from_str(self.json).unwrap_or_else(|e| panic!("{}: {e}", self.name))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    /// The prepared form says what the file says, without the examples and with the lines of the entries.
    #[test]
    fn prepared() {
        let whole: Value = toml::from_str(source!("terms/fazhi").toml).expect("it is TOML");
        let prepared: Value = source!("terms/fazhi").read();
        let (entries, pairs) =
            (whole["term"].as_array().expect("entries"), prepared["term"].as_array().expect("pairs"));
        assert_eq!(entries.len(), pairs.len());
        for (entry, pair) in entries.iter().zip(pairs) {
            let mut entry = entry.clone();
            (entry["hits"], entry["misses"]) = (Value::Array(Vec::new()), Value::Array(Vec::new()));
            assert_eq!(entry, pair[1]);
            let line = pair[0].as_u64().expect("a line") as usize;
            assert_eq!(source!("terms/fazhi").toml.lines().nth(line - 1), Some("[[term]]"));
        }
        let (whole, prepared) = (source!("profiles/notice"), source!("profiles/notice").read::<Value>());
        assert!(whole.toml.contains("[examples]") && prepared.get("examples").is_none());
    }
}
