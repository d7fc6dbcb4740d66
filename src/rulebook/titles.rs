//! Official titles of documents, and the words by which a text speaks of one document or of two (`rules/titles.toml`).

use std::sync::OnceLock;

use serde::Deserialize;

use super::source::source;

/// What is known of titles.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Titles {
    /// Words by which the text itself says that two names are one document.
    pub same: Vec<String>,
    /// What turns `same` into its opposite when it stands before it.
    pub not_same: Vec<String>,
    /// Words of a sentence that speaks of one document taking the place of another, or of a short name.
    pub replaced: Vec<String>,
    /// Words of a sentence that tells of a wrong title.
    pub mistaken: Vec<String>,
    /// Words before a title by which it is a document of the writer's own.
    pub own: Vec<String>,
    /// Words whose presence or absence makes no other document.
    connectives: Vec<String>,
    /// Words that differ between names of one document, and the one that stands for both.
    alike: Vec<(String, String)>,
    document: Vec<KnownTitle>,
    /// The characters of the words that make no other document.
    #[serde(skip)]
    loose: OnceLock<Letters>,
}

/// The characters of a name as a set of their lowest six bits: never without one of them, often with another.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Letters(u64);

impl Letters {
    /// The characters of a name.
    #[must_use]
    pub fn of(name: &str) -> Self {
        name.chars().collect()
    }

    fn hold(self, others: Self) -> bool {
        others.0 & !self.0 == 0
    }
}

impl FromIterator<char> for Letters {
    fn from_iter<I: IntoIterator<Item = char>>(chars: I) -> Self {
        Self(chars.into_iter().fold(0, |set, c| set | 1 << (u32::from(c) & 63)))
    }
}

/// A document whose official title is known.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KnownTitle {
    /// The official title, without its years.
    pub title: String,
    /// The only years that it was issued for, `2021-2025`; empty where its title has none.
    #[serde(default)]
    years: Vec<String>,
    /// Words that make no other document: with them or without them, this one is meant.
    #[serde(default)]
    loose: Vec<String>,
    /// A wrong word and the right one.
    #[serde(default)]
    swaps: Vec<(String, String)>,
    /// The authority, as it is shown to the reader.
    pub source: String,
    /// The characters that every name which means it has, and those that any such name may have.
    #[serde(skip)]
    bounds: OnceLock<(Letters, Letters)>,
}

impl KnownTitle {
    /// The years it was issued for.
    pub fn years(&self) -> impl Iterator<Item = (u16, u16)> {
        self.years.iter().filter_map(|y| {
            let (from, to) = y.split_once('-')?;
            Some((from.parse().ok()?, to.parse().ok()?))
        })
    }

    /// Whether `body`, a title without its years that has these letters, can only mean this document although it is not
    /// its title.
    #[must_use]
    pub fn is_miswritten(&self, body: &str, letters: Letters) -> bool {
        self.is_near(letters) && body != self.title && self.bare(body) == self.bare(&self.title)
    }

    /// Whether a name may have every character of the title that no loose word and no swap can take away or bring in,
    /// and no other than those and the title's: nearly none has, and to see that costs a small part of a comparison.
    fn is_near(&self, letters: Letters) -> bool {
        let (needed, allowed) = *self.bounds.get_or_init(|| {
            let swapped = self.swaps.iter().flat_map(|(word, other)| [word, other]);
            let varying = self.loose.iter().chain(swapped).flat_map(|word| word.chars());
            let varies = |c: char| varying.clone().any(|other| other == c);
            let needed = self.title.chars().filter(|&c| !varies(c)).collect();
            (needed, self.title.chars().chain(varying.clone()).collect())
        });
        letters.hold(needed) && allowed.hold(letters)
    }

    fn bare(&self, body: &str) -> String {
        bare(body, &self.swaps, &self.loose)
    }
}

/// A name with some words for others and without some.
fn bare(body: &str, swaps: &[(String, String)], loose: &[String]) -> String {
    let swapped = swaps.iter().fold(body.to_owned(), |body, (word, other)| body.replace(word.as_str(), other));
    loose.iter().fold(swapped, |body, word| body.replace(word.as_str(), ""))
}

impl Titles {
    /// The titles that the binary carries.
    ///
    /// # Panics
    /// Never in a tested build: the file is part of the source.
    pub(super) fn embedded() -> Self {
        source!("titles").read()
    }

    /// A name without what makes no other document.
    #[must_use]
    pub fn bare(&self, body: &str) -> String {
        bare(body, &self.alike, &self.connectives)
    }

    /// A hash of the characters of a name in whatever order, those of the words that make no other document left out:
    /// names that are the same without these words have the same, and nearly no others.
    #[must_use]
    pub fn kin(&self, body: &str) -> u64 {
        let loose = *self.loose.get_or_init(|| {
            let words = self.alike.iter().flat_map(|(word, other)| [word, other]).chain(&self.connectives);
            words.flat_map(|word| word.chars()).collect()
        });
        let own = body.chars().filter(|&c| !loose.hold(std::iter::once(c).collect()));
        own.fold(0, |sum: u64, c| sum.wrapping_add(u64::from(c).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29)))
    }

    /// The documents whose titles are known.
    #[must_use]
    pub fn known(&self) -> &[KnownTitle] {
        &self.document
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Every years entry is a pair of years, so that none is silently left out.
    #[test]
    fn years_are_pairs() {
        for known in Titles::embedded().known() {
            assert_eq!(known.years().count(), known.years.len(), "{}", known.title);
        }
    }

    /// A dropped or added loose word and a swapped word are the same document; another title is another one.
    #[test]
    fn what_is_miswritten() {
        let titles = Titles::embedded();
        let is = |known: &KnownTitle, body: &str| known.is_miswritten(body, Letters::of(body));
        let says = |body: &str| titles.known().iter().find(|k| is(k, body)).map(|k| k.title.as_str());
        for body in ["法治政府建设与责任落实督查工作规定", "法治政府建设和责任落实督察规定"]
        {
            assert_eq!(says(body), Some("法治政府建设与责任落实督察工作规定"), "{body}");
        }
        for body in
            ["党政主要负责人履行推进法治建设第一责任人职责规定", "法治政府建设督察工作办法", "法治政府建设实施方案", ""]
        {
            assert_eq!(says(body), None, "{body}");
        }
        let near = titles.known().iter().filter(|k| k.is_near(Letters::of("中华人民共和国行政处罚法"))).count();
        assert!(near * 4 < titles.known().len(), "{near} titles are compared in vain");
    }

    proptest! {
        /// A name that means a known document passes for near it, and names that are the same are kin.
        #[test]
        fn gates(document in 0usize..64, pick in 0usize..64, at in 0usize..40, cut in 0usize..40) {
            let titles = Titles::embedded();
            let known = &titles.known()[document % titles.known().len()];
            let words = known.loose.iter().chain(known.swaps.iter().map(|(word, _)| word)).chain(&titles.connectives);
            let words: Vec<&String> = words.collect();
            let chars: Vec<char> = known.title.chars().collect();
            let (at, cut) = (at % (chars.len() + 1), cut % (chars.len() + 1));
            let mut name: String = chars[..at].iter().collect();
            name.push_str(words[pick % words.len()]);
            name.extend(&chars[at.max(cut)..]);
            let same = known.bare(&name) == known.bare(&known.title);
            prop_assert!(!same || known.is_near(Letters::of(&name)), "{}", name);
            let same = titles.bare(&name) == titles.bare(&known.title);
            prop_assert!(!same || titles.kin(&name) == titles.kin(&known.title), "{}", name);
        }
    }

    /// Names that are the same without what makes no other document are kin, and other names are not.
    #[test]
    fn kin() {
        let titles = Titles::embedded();
        let alike = ["档案管理暂行办法", "档案管理办法(试行)", "档案的管理试行办法", "办法试行管理档案"];
        let first = titles.kin(alike[0]);
        assert!(alike.iter().all(|name| titles.kin(name) == first));
        for other in ["档案馆管理暂行办法", "档案管理暂行规定", "档案管理"] {
            assert_ne!(titles.kin(other), first, "{other}");
        }
    }
}
