//! Official titles of documents, and the words by which a text speaks of one document or of two (`rules/titles.toml`).

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
    /// Words before a title by which it is a document of the writer's own.
    pub own: Vec<String>,
    /// Words whose presence or absence makes no other document.
    connectives: Vec<String>,
    /// Words that differ between names of one document, and the one that stands for both.
    alike: Vec<(String, String)>,
    document: Vec<KnownTitle>,
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
}

impl KnownTitle {
    /// The years it was issued for.
    pub fn years(&self) -> impl Iterator<Item = (u16, u16)> {
        self.years.iter().filter_map(|y| {
            let (from, to) = y.split_once('-')?;
            Some((from.parse().ok()?, to.parse().ok()?))
        })
    }

    /// Whether `body`, a title without its years, can only mean this document although it is not its title.
    #[must_use]
    pub fn is_miswritten(&self, body: &str) -> bool {
        body != self.title && self.is_near(body) && self.bare(body) == self.bare(&self.title)
    }

    /// Whether `body` has every character of the title that no loose word and no swap can take away or bring in: nearly
    /// no title has, and to see that costs a small part of a comparison.
    fn is_near(&self, body: &str) -> bool {
        let swapped = self.swaps.iter().flat_map(|(word, other)| [word, other]);
        let varies = |c: char| self.loose.iter().chain(swapped.clone()).any(|word| word.contains(c));
        self.title.chars().all(|c| body.contains(c) || varies(c))
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

    /// The documents whose titles are known.
    #[must_use]
    pub fn known(&self) -> &[KnownTitle] {
        &self.document
    }
}

#[cfg(test)]
mod tests {
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
        let says = |body: &str| titles.known().iter().find(|k| k.is_miswritten(body)).map(|k| k.title.as_str());
        for body in ["法治政府建设与责任落实督查工作规定", "法治政府建设和责任落实督察规定"]
        {
            assert_eq!(says(body), Some("法治政府建设与责任落实督察工作规定"), "{body}");
        }
        for body in
            ["党政主要负责人履行推进法治建设第一责任人职责规定", "法治政府建设督察工作办法", "法治政府建设实施方案", ""]
        {
            assert_eq!(says(body), None, "{body}");
        }
        let near = titles.known().iter().filter(|k| k.is_near("中华人民共和国行政处罚法")).count();
        assert!(near * 4 < titles.known().len(), "{near} titles are compared in vain");
    }
}
