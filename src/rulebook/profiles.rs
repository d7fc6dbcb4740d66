//! Kinds of document: how to recognise one and what it must contain (`rules/profiles/*.toml`).

use std::sync::OnceLock;

use jiff::civil::Date;
use serde::Deserialize;

use super::cues::{Cue, Plain, Position, Word};
use super::literals::{Kinds, Owner, Sightings};
use super::source::{Source, source};
use crate::diagnostic::{Severity, Words};
use crate::text::Span;

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
    /// What tells where their questions are worth asking, once somebody wants to know.
    keys: OnceLock<Keys>,
}

/// What the words of a paper are asked, each question with the index of what it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Question {
    /// Does a heading open the part?
    Heading(usize),
    /// Is a sentence the part?
    Sentence(usize),
    /// Is a sentence what must not stand there?
    Forbidden(usize),
}

/// What tells where the questions of all kinds are worth asking.
#[derive(Debug)]
struct Keys {
    /// The words of which one stands wherever a cue fits, in order.
    words: Vec<String>,
    /// The questions of each kind.
    of: Vec<Asked>,
}

/// The questions of a kind.
#[derive(Debug, Default)]
struct Asked {
    /// Those of each key, in the order of the keys.
    by_key: Vec<Question>,
    /// Where those of a key end, and those of the next one begin; the first ones at the start.
    ends: Vec<usize>,
    /// Those for which no key is known.
    anywhere: Vec<Question>,
}

impl Keys {
    fn of(profiles: &Profiles) -> Self {
        type Cues<'c> = Vec<(Question, Option<Vec<&'c str>>)>;
        let cues = |profile| profiles.cues(profile).map(|(question, cue)| (question, cue.keys())).collect();
        let kinds: Vec<Cues<'_>> = profiles.list.iter().map(cues).collect();
        let mut words: Vec<&str> =
            kinds.iter().flatten().filter_map(|(_, keys)| keys.as_ref()).flatten().copied().collect();
        words.sort_unstable();
        words.dedup();
        let asked = |cues: &Cues<'_>| {
            let mut asked = Asked::default();
            let mut by_key: Vec<(usize, Question)> = Vec::new();
            for (question, keys) in cues {
                let Some(keys) = keys else {
                    asked.anywhere.push(*question);
                    continue;
                };
                by_key.extend(keys.iter().filter_map(|key| Some((words.binary_search(key).ok()?, *question))));
            }
            by_key.sort_unstable();
            by_key.dedup();
            let ends = (0..=words.len()).scan(0, |end, key| {
                *end += by_key[*end..].iter().take_while(|&&(own, _)| own < key).count();
                Some(*end)
            });
            asked.ends = ends.collect();
            asked.by_key = by_key.iter().map(|&(_, question)| question).collect();
            asked
        };
        Self { of: kinds.iter().map(asked).collect(), words: words.iter().map(|&word| word.to_owned()).collect() }
    }
}

impl Asked {
    /// The questions that are worth asking where the key stands.
    fn at(&self, key: usize) -> &[Question] {
        &self.by_key[self.ends[key]..self.ends[key + 1]]
    }
}

/// Where the questions of a kind are worth asking.
#[derive(Debug)]
pub struct Clues<'p> {
    found: Vec<(Question, usize)>,
    anywhere: &'p [Question],
}

impl Clues<'_> {
    /// The places in which the question has to be asked, in the order of the text, as far as they are known.
    pub fn places(&self, question: Question) -> impl Iterator<Item = usize> {
        self.found.iter().filter(move |(asked, _)| *asked == question).map(|&(_, at)| at)
    }

    /// Whether the question has to be asked everywhere.
    #[must_use]
    pub fn is_anywhere(&self, question: Question) -> bool {
        self.anywhere.contains(&question)
    }
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
}

fn warning() -> Severity {
    Severity::Warning
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

impl Part {
    /// Whether a heading with these words opens the part.
    #[must_use]
    pub fn opens_with(&self, heading: &Plain<'_>) -> bool {
        self.heading.iter().any(|c| c.fits(heading))
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
    /// Whether the sentence is what must not stand there.
    #[must_use]
    pub fn is_told_by(&self, sentence: &Plain<'_>) -> bool {
        self.sentence.iter().any(|c| c.fits(sentence))
    }

    /// Whether the title is what must not stand there.
    #[must_use]
    pub fn is_title(&self, title: &str) -> bool {
        !self.title.is_empty() && Plain::new(title, None).ends_in(&self.title)
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
        Self { list: EMBEDDED.iter().map(own).collect(), keys: OnceLock::new() }
    }

    fn keys(&self) -> &Keys {
        self.keys.get_or_init(|| Keys::of(self))
    }

    /// The words that tell where questions are worth asking.
    pub(super) fn literals(&self) -> impl Iterator<Item = (String, Owner)> {
        self.keys().words.iter().enumerate().map(|(i, word)| (word.clone(), Owner::Key(i)))
    }

    /// Where in a span of a text the questions of a kind are worth asking.
    #[must_use]
    pub fn clues(&self, profile: &Profile, sightings: &Sightings<'_>, within: Span) -> Clues<'_> {
        let nth = self.list.iter().position(|p| std::ptr::eq(p, profile));
        let Some(asked) = nth.map(|nth| &self.keys().of[nth]) else {
            return Clues { found: Vec::new(), anywhere: &[] };
        };
        let key = |owner| match owner {
            Owner::Key(key) => Some(key),
            _ => None,
        };
        let mut found = Vec::new();
        for sighting in sightings.within(within) {
            for (key, word) in sighting.words(Kinds::KEY, key) {
                let questions = asked.at(key);
                if !questions.is_empty() {
                    let at = sighting.span.start + sighting.joined().original(word).start;
                    found.extend(questions.iter().map(|&question| (question, at)));
                }
            }
        }
        Clues { found, anywhere: &asked.anywhere }
    }

    /// All cues of a kind, each with the question that it answers.
    fn cues<'a>(&'a self, profile: &'a Profile) -> impl Iterator<Item = (Question, &'a Cue)> {
        let parts = profile.parts.iter().enumerate().flat_map(|(i, part)| {
            let headings = part.heading.iter().map(move |cue| (Question::Heading(i), cue));
            headings.chain(part.sentence.iter().map(move |cue| (Question::Sentence(i), cue)))
        });
        let forbidden = self.forbidden(profile).enumerate();
        parts.chain(forbidden.flat_map(|(i, f)| f.sentence.iter().map(move |cue| (Question::Forbidden(i), cue))))
    }

    /// Adds a kind: in the place of the one with its id, else before all others, since a user's kind is the narrower.
    pub(super) fn add(&mut self, profile: Profile) {
        self.keys = OnceLock::new();
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
    use super::super::literals::Literals;
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

    /// Wherever a cue fits one of its keys stands, and its question is asked there.
    #[test]
    fn clues() {
        let profiles = Profiles::embedded();
        let literals = Literals::new(profiles.literals());
        for profile in profiles.iter() {
            for (question, cue) in profiles.cues(profile) {
                let text = format!("现{}。", cue.sample());
                assert!(cue.fits(&Plain::new(&text, Some(2021))), "{text}");
                let clues = profiles.clues(profile, &literals.sight(&text), Span::new(0, text.len()));
                assert!(clues.is_anywhere(question) || clues.places(question).next().is_some(), "{text}");
            }
        }
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
