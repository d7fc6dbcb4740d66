//! Outdated and mistaken terms (`rules/terms/*.toml`): typed entries and one automaton over all their spellings.
//!
//! A file names its `rule` and may set, for all its entries, `in_title`, `cancel`, `not_before` and `not_after`. Spellings
//! and the words of the contexts may hold digits, numerals and gaps, written as [`super::spelling`] says.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::fmt;

use daachorse::CharwiseDoubleArrayAhoCorasick;
use jiff::civil::Date;
use serde::{Deserialize, Deserializer, de::Error as _};

use crate::diagnostic::Severity;
use crate::text::{Joined, Span, half_width, is_blank, sentence};

use super::spelling;

/// A file of the repository, by the name that a fault is reported under.
macro_rules! file {
    ($name:literal) => {
        (concat!("rules/terms/", $name, ".toml"), include_str!(concat!("../../rules/terms/", $name, ".toml")))
    };
}

/// The files that the binary carries.
const FILES: &[(&str, &str)] = &[
    file!("fazhi"),
    file!("institution-central"),
    file!("institution-local"),
    file!("institution-legal"),
    file!("law"),
    file!("measure"),
    file!("phrase"),
    file!("newer"),
    file!("typo"),
    file!("numeral"),
];

/// The entries, ready to be matched.
pub struct Terms {
    list: Vec<Term>,
    boundaries: Vec<Boundary>,
    /// The spellings that share a word.
    spellings: Vec<Vec<Spelling>>,
    /// Finds the words and yields an index into `spellings`; `None` where there is no entry.
    words: Option<CharwiseDoubleArrayAhoCorasick<u32>>,
}

/// A spelling of an entry, around the word that the automaton looks for.
#[derive(Debug)]
struct Spelling {
    /// The index of the entry.
    term: u32,
    /// What stands before the word.
    head: String,
    /// What stands behind it.
    tail: String,
    /// Whether it counts only where the text as written has a blank in it.
    torn: bool,
}

impl fmt::Debug for Terms {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Terms").field("list", &self.list).field("boundaries", &self.boundaries).finish_non_exhaustive()
    }
}

/// One entry: a spelling that is wrong from some day on, and what must or must not stand around it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// The id of the rule that reports it, from its file.
    #[serde(skip)]
    pub rule: String,
    /// The wrong form. A blank in it means that the text must have one there or elsewhere within the form.
    pub wrong: String,
    /// Further spellings of the wrong form.
    #[serde(default)]
    pub also: Vec<String>,
    /// The hit counts only directly after one of these.
    #[serde(default)]
    pub before: Vec<String>,
    /// The hit does not count directly after one of these.
    #[serde(default)]
    pub not_before: Vec<String>,
    /// The hit counts only directly before one of these.
    #[serde(default)]
    pub after: Vec<String>,
    /// The hit does not count directly before one of these.
    #[serde(default)]
    pub not_after: Vec<String>,
    /// Words that cancel the hit wherever they stand in its sentence.
    #[serde(default)]
    pub cancel: Vec<String>,
    /// Words of which the sentence must have at least one; none are asked for where the list is empty.
    #[serde(default)]
    pub context: Vec<String>,
    /// The hit does not count where one of these stands inside it, in a gap or as its number.
    #[serde(default)]
    pub without: Vec<String>,
    /// Whether the form is wrong even inside a book title. A form that is itself a whole title needs no leave.
    #[serde(default)]
    pub in_title: bool,
    /// Longer wordings in which the form is right: one that overlaps the hit cancels it.
    #[serde(default)]
    pub except: Vec<String>,
    /// The right forms; exactly one where there is no choice, none where a `note` says what to do or where the term
    /// only came too early.
    #[serde(default)]
    pub right: Vec<String>,
    /// What to do, or what became of the thing, where no right form can be named.
    pub note: Option<String>,
    /// Papers dated before this day are not judged; `None`: the form was never right.
    #[serde(default, deserialize_with = "day")]
    pub since: Option<Date>,
    /// Papers of this day and later are not judged. Alone, it is the day on which the term came up: an older paper
    /// cannot know it, and only a paper that shows its date is asked.
    #[serde(default, deserialize_with = "day")]
    pub until: Option<Date>,
    /// The day from which papers can speak of what comes up on `until`: the meeting was announced, the bill was read.
    /// Papers of this day and later are not judged.
    #[serde(default, deserialize_with = "day")]
    pub heralded: Option<Date>,
    /// How bad it is.
    #[serde(deserialize_with = "severity")]
    pub severity: Severity,
    /// The authority, as it is shown to the reader.
    pub source: String,
    /// Whether the authority was looked up.
    pub verified: bool,
    /// Sentences in which this entry speaks.
    pub hits: Vec<String>,
    /// Sentences in which it is silent.
    pub misses: Vec<String>,
}

/// A word that also arises across two words (依法|制定), and how to tell.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Boundary {
    /// The word.
    word: String,
    /// Characters with which its first half makes a word of its own (依 for 依法).
    before: String,
    /// Characters with which its last half makes a word of its own (定 for 制定).
    after: String,
    /// What may follow the word itself although it begins with one of `after`.
    compounds: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    /// The rule that reports the entries of the file.
    rule: String,
    /// Words that cancel every entry of the file that has a `since` or an `until`.
    #[serde(default)]
    cancel: Vec<String>,
    /// What must not stand directly before or behind any entry of the file.
    #[serde(default)]
    not_before: Vec<String>,
    #[serde(default)]
    not_after: Vec<String>,
    /// Whether every entry of the file is wrong even inside a book title.
    #[serde(default)]
    in_title: bool,
    #[serde(default)]
    boundary: Vec<Boundary>,
    #[serde(default)]
    term: Vec<Term>,
}

/// What is wrong with a file of terms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TermFault {
    /// The name of the file.
    pub file: String,
    /// What is wrong, naming the entry where it is one entry's fault.
    pub message: String,
}

impl fmt::Display for TermFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.file, self.message)
    }
}

impl std::error::Error for TermFault {}

/// A wrong form in a text; its context has been looked at, its time has not.
#[derive(Debug, Clone, Copy)]
pub struct TermHit<'a> {
    /// The entry.
    pub term: &'a Term,
    /// Where it stands in the text as written.
    pub span: Span,
    /// Whether the spelling is a plain word, so that the right form can stand in its place.
    pub literal: bool,
}

impl Term {
    /// A day on which the entry judges, `day` if it does: the date of a paper that carries its examples.
    #[must_use]
    pub fn judged_day(&self, day: Date) -> Date {
        let last = self.end().and_then(|until| until.yesterday().ok());
        let day = last.map_or(day, |last| day.min(last));
        self.since.map_or(day, |since| day.max(since))
    }

    /// Whether the entry says on which day its term came up, and nothing else: it is an anachronism before.
    #[must_use]
    pub fn is_newcomer(&self) -> bool {
        self.until.is_some() && self.since.is_none()
    }

    /// Whether the form is wrong in a paper of this day.
    #[must_use]
    pub fn judges(&self, date: Date) -> bool {
        self.since.is_none_or(|since| date >= since) && self.end().is_none_or(|end| date < end)
    }

    /// The first day on which it judges no more.
    fn end(&self) -> Option<Date> {
        self.heralded.or(self.until)
    }

    fn fault(&self) -> Option<String> {
        let blank = |list: &[String]| list.iter().any(String::is_empty);
        if self.wrong.trim_matches(is_blank).is_empty() || blank(&self.also) {
            return Some("an empty spelling".into());
        }
        if blank(&self.right) || (self.right.is_empty() && self.note.is_none() && !self.is_newcomer()) {
            return Some("no right form".into());
        }
        if self.heralded.is_some() && self.until.is_none() {
            return Some("`heralded` without the day of `until`".into());
        }
        if self.hits.is_empty() || self.misses.is_empty() {
            return Some("`hits` and `misses` must each hold at least one sentence".into());
        }
        let contexts = [&self.also, &self.before, &self.not_before, &self.after, &self.not_after, &self.without];
        let mut patterns = std::iter::once(&self.wrong).chain(contexts.into_iter().flatten());
        if let Some(fault) = patterns.find_map(|p| spelling::fault(p)) {
            return Some(fault);
        }
        // What was never right is a misspelling and needs no authority; what became wrong does.
        if !self.verified && self.severity == Severity::Error && self.since.is_some() {
            return Some("an unverified entry is a warning at most".into());
        }
        None
    }
}

impl Boundary {
    /// Whether the word at `at..` of `text` is two halves of its neighbours.
    fn splits(&self, text: &str, at: usize) -> bool {
        let rest = &text[at + self.word.len()..];
        text[..at].chars().next_back().is_some_and(|c| self.before.contains(c))
            && rest.chars().next().is_some_and(|c| self.after.contains(c))
            && !self.compounds.iter().any(|c| rest.starts_with(c.as_str()))
    }
}

impl Terms {
    /// The entries that the binary carries.
    ///
    /// # Panics
    /// Never in a tested build: the files are part of the source.
    pub(super) fn embedded() -> Self {
        Self::parse(FILES).unwrap_or_else(|fault| panic!("{fault}"))
    }

    /// Reads files of entries, given as name and text.
    ///
    /// # Errors
    /// The first fault of a file: no valid TOML, an unknown key, an entry without `hits` or `misses`, a spelling that
    /// two entries claim.
    pub fn parse(files: &[(&str, &str)]) -> Result<Self, TermFault> {
        let mut list: Vec<Term> = Vec::new();
        let mut boundaries = Vec::new();
        let mut owners: HashMap<String, usize> = HashMap::new();
        let mut spellings: Vec<Vec<Spelling>> = Vec::new();
        let mut words: HashMap<String, u32> = HashMap::new();
        for &(name, text) in files {
            let fault = |message: String| TermFault { file: name.to_owned(), message };
            let file: File = toml::from_str(text).map_err(|e| fault(e.to_string()))?;
            boundaries.extend(file.boundary);
            for mut term in file.term {
                if let Some(what) = term.fault() {
                    return Err(fault(format!("{}: {what}", term.wrong)));
                }
                let index = list.len();
                for written in std::iter::once(&term.wrong).chain(&term.also) {
                    if owners.insert(written.chars().map(half_width).collect(), index).is_some_and(|o| o != index) {
                        return Err(fault(format!("{}: another entry has the same spelling", term.wrong)));
                    }
                    let joined: String = written.chars().filter(|&c| !is_blank(c)).collect();
                    let Some((head, word, tail)) = spelling::split(&joined) else {
                        return Err(fault(format!("{}: a spelling without a word", term.wrong)));
                    };
                    for word in widths(word) {
                        let group = *words.entry(word).or_insert_with(|| {
                            spellings.push(Vec::new());
                            spellings.len() as u32 - 1
                        });
                        spellings[group as usize].push(Spelling {
                            term: index as u32,
                            head: head.to_owned(),
                            tail: tail.to_owned(),
                            torn: joined != *written,
                        });
                    }
                }
                if term.since.is_some() || term.until.is_some() {
                    term.cancel.extend(file.cancel.iter().cloned());
                }
                term.not_before.extend(file.not_before.iter().cloned());
                term.not_after.extend(file.not_after.iter().cloned());
                term.in_title |= file.in_title;
                term.rule.clone_from(&file.rule);
                list.push(term);
            }
        }
        let mut words: Vec<(String, u32)> = words.into_iter().collect();
        words.sort();
        let words = if words.is_empty() {
            None
        } else {
            let built = CharwiseDoubleArrayAhoCorasick::with_values(words);
            Some(built.map_err(|e| TermFault { file: String::new(), message: e.to_string() })?)
        };
        Ok(Self { list, boundaries, spellings, words })
    }

    /// All entries.
    #[must_use]
    pub fn entries(&self) -> &[Term] {
        &self.list
    }

    /// The wrong forms in `text`, a paragraph, in order. Blanks and line ends inside a word do not hide it.
    ///
    /// The longest form at a place is the one that stands there: where its context or its date excuses it, no shorter
    /// form inside it is looked at.
    #[must_use]
    pub fn find(&self, text: &str) -> Vec<TermHit<'_>> {
        let Some(words) = &self.words else { return Vec::new() };
        let joined = Joined::new(text);
        let joined_text = joined.text();
        let mut found: Vec<(Span, &Spelling)> = Vec::new();
        for m in words.find_overlapping_iter(joined_text) {
            for spelling in &self.spellings[m.value() as usize] {
                let head = spelling::behind(&spelling.head, &joined_text[..m.start()]);
                let tail = spelling::ahead(&spelling.tail, &joined_text[m.end()..]);
                if let (Some(head), Some(tail)) = (head, tail) {
                    found.push((Span::new(m.start() - head, m.end() + tail), spelling));
                }
            }
        }
        found.sort_by_key(|(span, _)| (span.start, Reverse(span.end)));
        let mut out = Vec::new();
        let mut reached = 0;
        for (span, spelling) in found {
            if span.start < reached {
                continue;
            }
            reached = span.end;
            let (term, written) = (&self.list[spelling.term as usize], joined.original(span));
            let whole = !spelling.torn || written.len() > span.len();
            if whole && self.is_word(joined_text, span) && fits(term, joined_text, span) {
                let literal = spelling.head.is_empty() && spelling.tail.is_empty() && !spelling.torn;
                out.push(TermHit { term, span: written, literal });
            }
        }
        out
    }

    /// Whether the hit is not made of the halves of two other words.
    fn is_word(&self, text: &str, hit: Span) -> bool {
        self.boundaries
            .iter()
            .all(|b| hit.of(text).match_indices(b.word.as_str()).all(|(at, _)| !b.splits(text, hit.start + at)))
    }
}

/// Whether what stands around the hit lets it count.
fn fits(term: &Term, text: &str, hit: Span) -> bool {
    let (head, tail) = (&text[..hit.start], &text[hit.end..]);
    let precedes = |word: &String| spelling::behind(word, head).is_some();
    let follows = |word: &String| spelling::ahead(word, tail).is_some();
    (term.before.is_empty() || term.before.iter().any(precedes))
        && !term.not_before.iter().any(precedes)
        && (term.after.is_empty() || term.after.iter().any(follows))
        && !term.not_after.iter().any(follows)
        && !term.without.iter().any(|word| hit.of(text).contains(word.as_str()))
        && !term.except.iter().any(|wording| overlaps(text, hit, wording))
        && ((term.cancel.is_empty() && term.context.is_empty()) || {
            let around = sentence(text, hit, &[]).of(text);
            let has = |word: &String| around.contains(word.as_str());
            !term.cancel.iter().any(has) && (term.context.is_empty() || term.context.iter().any(has))
        })
}

/// Whether `wording` stands in `text` so that it shares a character with the hit.
fn overlaps(text: &str, hit: Span, wording: &str) -> bool {
    let longest = wording.chars().count();
    let from = text[..hit.start].char_indices().rev().take(longest).last().map_or(hit.start, |(at, _)| at);
    text[from..hit.end].char_indices().any(|(at, _)| {
        let start = from + at;
        spelling::ahead(wording, &text[start..]).is_some_and(|len| start + len > hit.start)
    })
}

/// A word as written, and with all its marks in half and in full width.
fn widths(spelling: &str) -> Vec<String> {
    let full = |c: char| match c {
        ',' | ':' | ';' | '(' | ')' | '!' | '?' => char::from_u32(c as u32 + 0xfee0).unwrap_or(c),
        _ => c,
    };
    let mut all =
        vec![spelling.to_owned(), spelling.chars().map(half_width).collect(), spelling.chars().map(full).collect()];
    all.sort();
    all.dedup();
    all
}

/// A day written as text.
pub(super) fn day<'de, D: Deserializer<'de>>(input: D) -> Result<Option<Date>, D::Error> {
    let text = String::deserialize(input)?;
    text.parse().map(Some).map_err(|_| D::Error::custom(format!("`{text}` is no date (YYYY-MM-DD)")))
}

fn severity<'de, D: Deserializer<'de>>(input: D) -> Result<Severity, D::Error> {
    let text = String::deserialize(input)?;
    [Severity::Error, Severity::Warning, Severity::Info]
        .into_iter()
        .find(|s| s.as_str() == text)
        .ok_or_else(|| D::Error::custom(format!("`{text}` is no severity (error, warning, info)")))
}

#[cfg(test)]
mod tests {
    use super::*;

    const BARE: &str = r#"
        rule = "term-outdated"
        [[boundary]]
        word = "法制"
        before = "依非学"
        after = "定度售"
        compounds = ["定位"]
        [[term]]
        wrong = "法制"
        right = ["法治"]
        severity = "warning"
        source = ""
        verified = true
        hits = ["法制"]
        misses = ["法治"]
    "#;

    fn found(book: &Terms, text: &str) -> Vec<String> {
        book.find(text).iter().map(|h| h.span.of(text).to_owned()).collect()
    }

    /// Even the bare word is found only where it is a word.
    #[test]
    fn a_hit_is_a_word() {
        let book = Terms::parse(&[("bare.toml", BARE)]).expect("a sound file");
        for text in ["依法制定规划", "非法制售药品", "会前学法制度", "学 法 制 度"] {
            assert!(found(&book, text).is_empty(), "{text}");
        }
        for text in ["加强法制工作", "学法制、守纪律", "依法制定位开展工作"] {
            assert_eq!(found(&book, text), ["法制"], "{text}");
        }
        assert_eq!(found(&book, "加强法 制工作"), ["法 制"]);
    }

    /// The context of an entry is data, and the two widths of a mark are one.
    #[test]
    fn context_is_data() {
        let text = BARE.replace("source = \"\"", "source = \"\"\nnot_before = [\"镇(街道)\"]\nnot_after = [\"审核\"]\nexcept = [\"民主,法制\"]\ncancel = [\"旧称\"]");
        let book = Terms::parse(&[("context.toml", &text)]).expect("a sound file");
        for text in ["镇（街道）法制工作", "法制审核", "民主，法制", "旧称某地法制工作"] {
            assert!(found(&book, text).is_empty(), "{text}");
        }
        assert_eq!(found(&book, "民主、法制；前一句有旧称。法制工作").len(), 1);
        assert_eq!(found(&book, "前一句有旧称。法制工作"), ["法制"]);
    }

    /// Spellings and contexts may hold digits, numerals and gaps; a blank in a spelling must be there in the text.
    #[test]
    fn spellings_are_patterns() {
        let entry = |keys: &str| {
            let text = BARE.replace("wrong = \"法制\"\n        right = [\"法治\"]", keys);
            Terms::parse(&[("patterns.toml", &text)]).expect("a sound file")
        };
        let about = entry("wrong = \"约{#}{4}左右\"\nnote = \"一个就够\"\nnot_before = [\"节\"]\nwithout = [\"谈\"]");
        assert_eq!(found(&about, "约 300 人左右，节约5万左右，约30多年左右"), ["约 300 人左右", "约30多年左右"]);
        assert!(found(&about, "约30，左右；约30谈左右").is_empty());
        let day = entry("wrong = \"截止\"\nright = [\"截至\"]\nafter = [\"{#}月\", \"年底\"]\ncontext = [\"完成\"]");
        assert_eq!(found(&day, "截止 ６月，完成一半。截止年底。截止日期前完成"), ["截止"]);
        let twice = entry("wrong = \"二 二是\"\nright = [\"二是\"]");
        assert_eq!(found(&twice, "二 二是，二二是"), ["二 二是"]);
        assert!(!twice.find("二 二是")[0].literal && about.entries()[0].right.is_empty());
    }

    /// What came up on a day is an anachronism before, and may be spoken of from the day on which it was announced.
    #[test]
    fn newcomers() {
        let keys = "wrong = \"新会\"\nuntil = \"2021-11-11\"\nheralded = \"2021-08-01\"";
        let text = BARE.replace("wrong = \"法制\"\n        right = [\"法治\"]", keys);
        let book = Terms::parse(&[("new.toml", &text)]).expect("a sound file");
        let [term] = book.entries() else { panic!("one entry") };
        let day = jiff::civil::date;
        assert!(term.is_newcomer() && term.judges(day(2021, 7, 31)) && !term.judges(day(2021, 8, 1)));
        assert_eq!(term.judged_day(day(2025, 1, 1)), day(2021, 7, 31));
        assert_eq!(term.judged_day(day(2020, 1, 1)), day(2020, 1, 1));
    }

    /// An entry without misses, with an unknown key, or an unverified error is refused by name.
    #[test]
    fn unsound_files_are_refused() {
        for (from, to, says) in [
            ("misses = [\"法治\"]", "", "misses"),
            ("misses = [\"法治\"]", "misses = []", "法制: `hits` and `misses`"),
            ("verified = true", "verified = true\npattern = \"法制\"", "pattern"),
            ("\"warning\"", "\"grave\"", "grave"),
            ("right = [\"法治\"]", "", "no right form"),
            ("right = [\"法治\"]", "right = [\"法治\"]\nafter = [\"{x}\"]", "{x}"),
            ("wrong = \"法制\"", "wrong = \"{#}\"", "without a word"),
            ("severity = \"warning\"", "severity = \"error\"\nsince = \"2014-10-23\"", ""),
        ] {
            let text = BARE.replace(from, to);
            let fault = Terms::parse(&[("x.toml", &text.replace("verified = true", "verified = false"))]);
            let fault = fault.err().map(|f| f.to_string()).unwrap_or_else(|| panic!("accepted: {to}"));
            assert!(fault.starts_with("x.toml: ") && fault.contains(says), "{fault}");
        }
    }
}
