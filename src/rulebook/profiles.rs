//! Kinds of document: how to recognise one and what it must contain (`rules/profiles/*.toml`).

use std::cell::OnceCell;
use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, MatchKind};
use jiff::civil::Date;
use serde::Deserialize;

use super::pairs::Pairs;
use super::source::{Source, source};
use crate::diagnostic::{Severity, Words};
use crate::text::{is_han, plain};

/// The kinds that the binary carries, in the order in which they are tried: the narrower before the wider.
const EMBEDDED: [Source; 23] = [
    source!("profiles/command"),
    source!("profiles/notice"),
    source!("profiles/circular"),
    source!("profiles/announcement"),
    source!("profiles/public-notice"),
    source!("profiles/communique"),
    source!("profiles/minutes"),
    source!("profiles/request"),
    source!("profiles/reply"),
    source!("profiles/letter"),
    source!("profiles/proposal"),
    source!("profiles/resolution"),
    source!("profiles/decision"),
    source!("profiles/opinion"),
    source!("profiles/plan"),
    source!("profiles/list"),
    source!("profiles/self-inspection"),
    source!("profiles/open-government-annual-report"),
    source!("profiles/government-work-report"),
    source!("profiles/rule-of-law-annual-report"),
    source!("profiles/work-summary"),
    source!("profiles/normative"),
    source!("profiles/report"),
];

/// All kinds.
#[derive(Debug)]
pub struct Profiles {
    list: Vec<Profile>,
}

/// One kind.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// The file it stands in.
    #[serde(skip)]
    pub file: String,
    /// Whether the binary carries it.
    #[serde(skip)]
    pub ours: bool,
    /// Kebab-case name (`rule-of-law-annual-report`).
    pub id: String,
    /// Its name in Chinese.
    pub zh: String,
    /// Its name in English.
    pub en: String,
    /// The rule that demands its parts; empty where none does.
    #[serde(default)]
    pub authority: String,
    /// The day from which the rule applies: of older papers nothing is asked.
    #[serde(default, deserialize_with = "day")]
    pub since: Option<Date>,
    /// The kind that it is one of: what must not stand there must not stand here.
    #[serde(default)]
    pub is: Option<String>,
    /// Nothing is asked of a text with fewer headings, however long: without them it is taken for an extract.
    #[serde(default)]
    pub headings: Option<usize>,
    /// Nothing is asked of a text without at least two articles (第一条).
    #[serde(default)]
    pub articles: bool,
    /// Titles and openings that are of this kind, and others that are not.
    #[serde(default)]
    pub examples: Examples,
    /// How it is recognised: any one of these is enough.
    recognise: Vec<Recognise>,
    /// What it must contain, in the usual order; may be empty.
    #[serde(default, rename = "part")]
    pub parts: Vec<Part>,
    /// What it must not contain.
    #[serde(default)]
    pub forbidden: Vec<Forbidden>,
}

/// What a kind promises to recognise and to leave alone.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Examples {
    /// Titles of this kind.
    #[serde(default)]
    pub titles: Vec<String>,
    /// Titles of another kind or of none.
    #[serde(default)]
    pub not_titles: Vec<String>,
    /// Openings of papers of this kind whose title is lost.
    #[serde(default)]
    pub openings: Vec<String>,
    /// Openings of papers of another kind or of none.
    #[serde(default)]
    pub not_openings: Vec<String>,
}

/// One way to recognise a kind. All of its conditions must hold.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Recognise {
    r#where: Where,
    /// Of each group at least one word is there, wherever.
    #[serde(default)]
    each: Vec<Vec<Word>>,
    /// It ends in one of these, a bracket after it aside.
    #[serde(default)]
    ends: Vec<Word>,
    /// None of these is there.
    #[serde(default)]
    none: Vec<Word>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Where {
    /// In the title.
    Title,
    /// In the first lines of a paper that has no title.
    Opening,
}

/// A required part of a kind.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// Kebab-case name (`responsibility`), the same in every report.
    pub id: String,
    /// Its name in Chinese.
    pub zh: String,
    /// Its name in English.
    pub en: String,
    /// The words of the authority, in Chinese.
    pub demand: String,
    /// The same in English.
    pub demand_en: String,
    /// The rule that demands it, where it is not that of the kind.
    #[serde(default)]
    pub authority: Option<String>,
    /// Where it stands, where that is not beside another part.
    #[serde(default)]
    pub place: Option<String>,
    /// The same in English.
    #[serde(default)]
    pub place_en: Option<String>,
    /// How bad it is when the part is missing.
    #[serde(default = "warning", deserialize_with = "severity")]
    pub severity: Severity,
    /// The first report year from which it is asked for.
    #[serde(default)]
    since: Option<i16>,
    /// The last report year for which it is asked for.
    #[serde(default)]
    until: Option<i16>,
    /// The part without which this one is not asked for.
    #[serde(default)]
    pub needs: Option<String>,
    /// So many level 1 headings that belong to no other part are the part.
    #[serde(default)]
    pub themes: Option<usize>,
    /// So many characters under no other part's heading are the part.
    #[serde(default)]
    pub elsewhere: Option<usize>,
    /// So many characters above the first heading are the part.
    #[serde(default)]
    pub opening: Option<usize>,
    /// The form by which it is seen, whatever its words.
    #[serde(default)]
    pub shape: Option<Shape>,
    /// Headings, and lines or leads that stand for headings, that open it.
    #[serde(default)]
    heading: Vec<Cue>,
    /// Sentences that are it, whatever heading they stand under.
    #[serde(default)]
    sentence: Vec<Cue>,
}

/// A part that has a form rather than words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Shape {
    /// The line under the title that names the addressees and ends with a colon.
    Addressee,
    /// The line under the text that names who issues it.
    Signature,
    /// The date of the paper.
    Date,
}

/// What must not stand in a kind.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Forbidden {
    /// Kebab-case name (`request`), the same in every report.
    pub id: String,
    /// Its name in Chinese.
    pub zh: String,
    /// Its name in English.
    pub en: String,
    /// What the authority says, in Chinese, as a clause that follows its name.
    pub demand: String,
    /// The same in English.
    pub demand_en: String,
    /// The rule that forbids it.
    pub authority: String,
    /// How bad it is.
    #[serde(default = "warning", deserialize_with = "severity")]
    pub severity: Severity,
    /// The form by which it is seen.
    #[serde(default)]
    pub shape: Option<Shape>,
    /// Sentences that are it.
    #[serde(default)]
    sentence: Vec<Cue>,
    /// Titles that end so are it.
    #[serde(default)]
    title: Vec<Word>,
    /// Finds the words that a sentence has one of; none where they are not all known as they are written.
    #[serde(skip)]
    heralds: OnceLock<Option<AhoCorasick>>,
}

/// Where a sentence stands in its paper.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Position {
    /// Above the first heading, where parts are announced rather than given.
    pub in_opening: bool,
    /// Above the second article.
    pub in_first_article: bool,
}

/// Words by which a part is recognised.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Cue {
    /// Of each group one word is there, in this order.
    words: Vec<Group>,
    /// None of these is there.
    #[serde(default)]
    none: Vec<Word>,
    /// Whether it counts above the first heading, where a part is announced rather than given.
    #[serde(default = "yes")]
    in_opening: bool,
    /// Whether it counts only above the second article.
    #[serde(default)]
    in_first_article: bool,
}

/// Words of which one must be there.
#[derive(Debug, Deserialize)]
#[serde(from = "Vec<Word>")]
struct Group {
    words: Vec<Word>,
    /// The first pair of each word; `None` where a word is not known beforehand.
    firsts: Option<Pairs>,
}

impl From<Vec<Word>> for Group {
    fn from(words: Vec<Word>) -> Self {
        let firsts = words.iter().try_fold(Pairs::default(), |mut firsts, word| {
            match word {
                Word::Plain(word, _) if !word.is_empty() => firsts.extend(&Pairs::first(word)),
                _ => return None,
            }
            Some(firsts)
        });
        Self { words, firsts }
    }
}

impl Group {
    /// Whether one of the words may stand in the text: to ask so spares most texts the search for each of them.
    fn may_be_in(&self, text: &Plain<'_>) -> bool {
        self.firsts.as_ref().is_none_or(|firsts| text.pairs.meet(firsts))
    }
}

/// A word of the data, as it is compared: half-width and without blanks. `{next-year}` is the year after the one that
/// the title names, with 年.
#[derive(Debug, Deserialize)]
#[serde(from = "String")]
enum Word {
    Plain(String, Pairs),
    NextYear,
}

impl From<String> for Word {
    fn from(word: String) -> Self {
        if word == "{next-year}" {
            return Self::NextYear;
        }
        let word: String = plain(&word).collect();
        let pairs = Pairs::of(&word);
        Self::Plain(word, pairs)
    }
}

fn warning() -> Severity {
    Severity::Warning
}

fn yes() -> bool {
    true
}

fn severity<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Severity, D::Error> {
    match String::deserialize(from)?.as_str() {
        "info" => Ok(Severity::Info),
        "warning" => Ok(Severity::Warning),
        "error" => Ok(Severity::Error),
        other => Err(serde::de::Error::unknown_variant(other, &["info", "warning", "error"])),
    }
}

fn day<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Option<Date>, D::Error> {
    String::deserialize(from)?.parse().map(Some).map_err(serde::de::Error::custom)
}

/// A text as the cues of a profile see it.
#[derive(Debug)]
pub struct Plain<'t> {
    written: &'t str,
    pairs: Pairs,
    next_year: Option<i16>,
    // Nearly every text is turned away by its pairs.
    text: OnceCell<String>,
}

impl<'t> Plain<'t> {
    /// `text`, in a paper that names `year` in its title.
    #[must_use]
    pub fn new(text: &'t str, year: Option<i16>) -> Self {
        let pairs = Pairs::between(plain(text));
        Self { written: text, pairs, next_year: year.map(|y| y + 1), text: OnceCell::new() }
    }

    /// The text as it is compared.
    fn text(&self) -> &str {
        self.text.get_or_init(|| {
            let mut text = String::with_capacity(self.written.len());
            text.extend(plain(self.written));
            text
        })
    }

    /// Where the word ends in the text from byte `from` on.
    fn find(&self, word: &Word, from: usize) -> Option<usize> {
        let end = |word: &str| self.text()[from..].find(word).map(|i| from + i + word.len());
        match word {
            Word::Plain(word, pairs) if self.pairs.hold(pairs) => end(word),
            Word::NextYear if self.written.contains('年') => end(&format!("{}年", self.next_year?)),
            _ => None,
        }
    }

    fn has_any(&self, words: &[Word]) -> bool {
        words.iter().any(|w| self.find(w, 0).is_some())
    }

    fn ends_in(&self, words: &[Word]) -> bool {
        let text = self.text();
        let text = text.strip_suffix(')').and_then(|t| t.rfind('(')).map_or(text, |open| &text[..open]);
        words.iter().any(|w| matches!(w, Word::Plain(w, _) if text.ends_with(w.as_str())))
    }
}

impl Cue {
    fn fits(&self, text: &Plain<'_>) -> bool {
        if !self.words.iter().all(|group| group.may_be_in(text)) {
            return false;
        }
        let mut from = 0;
        for group in &self.words {
            // The word that ends first leaves the most for the next group.
            let Some(end) = group.words.iter().filter_map(|w| text.find(w, from)).min() else { return false };
            from = end;
        }
        !text.has_any(&self.none)
    }

    fn counts_at(&self, position: Position) -> bool {
        (self.in_opening || !position.in_opening) && (!self.in_first_article || position.in_first_article)
    }
}

impl Part {
    /// Whether a heading with these words opens the part.
    #[must_use]
    pub fn opens_with(&self, heading: &Plain<'_>) -> bool {
        self.heading.iter().any(|c| c.fits(heading))
    }

    /// Whether any sentence can be the part.
    #[must_use]
    pub fn is_told(&self) -> bool {
        !self.sentence.is_empty()
    }

    /// Whether the sentence is the part.
    #[must_use]
    pub fn is_told_by(&self, sentence: &Plain<'_>, position: Position) -> bool {
        self.sentence.iter().any(|c| c.counts_at(position) && c.fits(sentence))
    }

    /// Whether the part is asked for in a report on `year`.
    #[must_use]
    pub fn applies_to(&self, year: i16) -> bool {
        self.since.is_none_or(|since| year >= since) && self.until.is_none_or(|until| year <= until)
    }
}

impl Forbidden {
    /// Whether any sentence can be what must not stand there.
    #[must_use]
    pub fn is_told(&self) -> bool {
        !self.sentence.is_empty()
    }

    /// Whether a sentence of this text may be what must not stand there, where no blank tears a word of the text.
    #[must_use]
    pub fn may_be_told_by(&self, text: &str) -> bool {
        let heralds = self.heralds.get_or_init(|| {
            // Characters of other kinds are compared in half width.
            let known = |word: &Word| match word {
                Word::Plain(word, _) if !word.is_empty() && word.chars().all(is_han) => Some(word.clone()),
                _ => None,
            };
            let firsts: Option<Vec<&Group>> = self.sentence.iter().map(|cue| cue.words.first()).collect();
            let words: Option<Vec<String>> = firsts?.iter().flat_map(|group| &group.words).map(known).collect();
            // The leftmost word is found by many characters at once.
            AhoCorasick::builder().match_kind(MatchKind::LeftmostFirst).build(words?).ok()
        });
        heralds.as_ref().is_none_or(|words| words.is_match(text))
    }

    /// Whether the sentence is what must not stand there.
    #[must_use]
    pub fn is_told_by(&self, sentence: &Plain<'_>) -> bool {
        self.sentence.iter().any(|c| c.fits(sentence))
    }

    /// Whether the title is what must not stand there.
    #[must_use]
    pub fn is_title(&self, title: &Plain<'_>) -> bool {
        !self.title.is_empty() && title.ends_in(&self.title)
    }
}

impl Profile {
    /// Reads a kind from TOML.
    ///
    /// # Errors
    /// When the text is no TOML, a key is unknown or missing, or a value is of the wrong form.
    pub fn parse(toml: &str) -> Result<Self, toml::de::Error> {
        toml::from_str(toml)
    }

    /// What is wrong with the kind as a whole.
    pub(super) fn fault(&self) -> Option<Words> {
        if self.recognise.is_empty() {
            return Some(Words::new(
                "缺少 `[[recognise]]`：怎样认出这一文种",
                "`[[recognise]]` is missing: how it is told",
            ));
        }
        self.parts.iter().filter_map(|p| p.needs.as_ref()).find(|id| !self.parts.iter().any(|p| p.id == **id)).map(
            |id| {
                Words::new(
                    format!("`needs` 所指的部分“{id}”不在这一文种里"),
                    format!("`needs` names {id:?}, which is no part of it"),
                )
            },
        )
    }

    fn recognises(&self, place: Where, text: &Plain<'_>) -> bool {
        self.recognise.iter().filter(|r| r.r#where == place).any(|r| {
            r.each.iter().all(|group| text.has_any(group))
                && (r.ends.is_empty() || text.ends_in(&r.ends))
                && !text.has_any(&r.none)
        })
    }
}

impl Profiles {
    /// The kinds that the binary carries.
    pub(super) fn embedded() -> Self {
        Self::ours(|source| Profile::parse(source.toml).expect("the embedded profiles are sound"))
    }

    /// The same without their examples.
    pub(super) fn prepared() -> Self {
        Self::ours(Source::read)
    }

    fn ours(read: impl Fn(&Source) -> Profile) -> Self {
        let own = |source: &Source| Profile { file: source.name.to_owned(), ours: true, ..read(source) };
        Self { list: EMBEDDED.iter().map(own).collect() }
    }

    /// Adds a kind: in the place of the one with its id, else before all others, since a user's kind is the narrower.
    pub(super) fn add(&mut self, profile: Profile) {
        match self.list.iter_mut().find(|p| p.id == profile.id) {
            Some(known) => *known = profile,
            None => self.list.insert(0, profile),
        }
    }

    /// Leaves the kinds without their examples.
    #[cfg(test)]
    pub(super) fn forget_examples(&mut self) {
        for profile in &mut self.list {
            profile.examples = Examples::default();
        }
    }

    /// The kind with this id.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Profile> {
        self.list.iter().find(|p| p.id == id)
    }

    /// What must not stand in papers of this kind.
    pub fn forbidden<'a>(&'a self, profile: &'a Profile) -> impl Iterator<Item = &'a Forbidden> {
        let wider = profile.is.as_ref().and_then(|id| self.get(id));
        profile.forbidden.iter().chain(wider.into_iter().flat_map(|p| &p.forbidden))
    }

    /// Every kind, in the order in which they are tried.
    pub fn iter(&self) -> impl Iterator<Item = &Profile> {
        self.list.iter()
    }

    /// The kind of a paper with this title and these opening lines; `None` where it is not sure. The opening is asked
    /// only where there is no title.
    #[must_use]
    pub fn classify(&self, title: &str, opening: &str) -> Option<&Profile> {
        let (place, text) = if title.is_empty() { (Where::Opening, opening) } else { (Where::Title, title) };
        let text = Plain::new(text, None);
        self.list.iter().find(|p| p.recognises(place, &text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The data is strict: an unknown key, a broken date and an unknown severity are errors.
    #[test]
    fn strict() {
        let head = "id = \"x\"\nzh = \"甲\"\nen = \"x\"\nrecognise = []\n";
        assert!(Profile::parse(head).is_ok());
        for fault in ["titel = \"x\"", "since = \"2019-13-01\"", "[[part]]\nid = \"p\""] {
            assert!(Profile::parse(&format!("{head}{fault}\n")).is_err(), "{fault}");
        }
    }

    /// Ids are unique, and whatever a part needs is there.
    #[test]
    fn sound() {
        let profiles = Profiles::embedded();
        for profile in profiles.iter() {
            assert_eq!(profiles.iter().filter(|p| p.id == profile.id).count(), 1, "{}", profile.id);
            assert!(profile.parts.is_empty() || !profile.authority.is_empty(), "{}", profile.id);
            for part in &profile.parts {
                let needed = part.needs.as_ref().is_none_or(|id| profile.parts.iter().any(|p| &p.id == id));
                assert!(needed, "{}", part.id);
                assert_eq!(part.place.is_some(), part.place_en.is_some(), "{}", part.id);
            }
            assert!(profile.is.as_ref().is_none_or(|id| profiles.get(id).is_some()), "{}", profile.id);
        }
    }

    /// What must not stand in a paper is looked for where one of the words stands that its sentences begin with.
    #[test]
    fn heralds() {
        let profiles = Profiles::embedded();
        for forbidden in profiles.iter().flat_map(|p| &p.forbidden).filter(|f| f.is_told()) {
            let firsts = forbidden.sentence.iter().filter_map(|cue| cue.words.first()).flat_map(|group| &group.words);
            for word in firsts {
                assert!(matches!(word, Word::Plain(word, _) if forbidden.may_be_told_by(&format!("现{word}。"))));
            }
            assert!(!forbidden.may_be_told_by("全年办结案件12件。"));
        }
    }

    /// A word is found wherever it stands behind a place, blanks and widths aside.
    #[test]
    fn words() {
        let text = Plain::new("２０２２年 重点\n任务", Some(2021));
        for (word, end) in [
            ("2022年", Some("2022年")),
            ("点", Some("2022年重点")),
            ("重点任务", Some("2022年重点任务")),
            ("任重", None),
        ] {
            assert_eq!(text.find(&Word::from(word.to_owned()), 0), end.map(str::len), "{word}");
        }
        assert_eq!(text.find(&Word::from("{next-year}".to_owned()), 0), Some("2022年".len()));
        assert_eq!(text.find(&Word::from("2022年".to_owned()), 1), None);
    }

    /// Words of a cue stand in order, in any width and spacing.
    #[test]
    fn cues() {
        let profiles = Profiles::embedded();
        let report = profiles.get("rule-of-law-annual-report").expect("it is embedded");
        let part = |id: &str| report.parts.iter().find(|p| p.id == id).expect("a part");
        let opens = |id, heading| part(id).opens_with(&Plain::new(heading, Some(2021)));
        assert!(opens("problems", "存在的 主要问题"));
        assert!(opens("problems", "存在问题及下一步工作打算") && opens("plan", "存在问题及下一步工作打算"));
        assert!(!opens("problems", "聚焦解决群众反映的突出问题"));
        assert!(opens("plan", "2022 年工作") && !opens("plan", "2021年工作"));
        assert!(opens("plan", "２０２２年重点任务"));
        assert!(!opens("plan", "年度重点工作完成情况"));
        let told = |id, sentence, in_opening| {
            let position = Position { in_opening, in_first_article: false };
            part(id).is_told_by(&Plain::new(sentence, Some(2021)), position)
        };
        assert!(told("responsibility", "切实履行第一责任人职责，听取汇报", false));
        assert!(!told("responsibility", "切实履行第一责任人职责，成效明显", true));
        assert!(!told("responsibility", "行政机关主要负责人出庭应诉率达100%", false));
        assert!(told("problems", "虽取得成绩,但执法力量薄弱", false));
        assert!(!told("problems", "督促整改案卷评查中发现的问题", false));
    }
}
