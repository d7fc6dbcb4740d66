//! Entries put to the question: can any text match them, does another always hide them, do their contexts matter?

use crate::text::sentence;

use super::Rulebook;
use super::literals::Sightings;
use super::spelling::{ahead, behind, overlaps, sample};
use super::terms::{Match, Term, longest};

/// Whether a spelling can ever be reported as its entry's.
#[derive(Debug, Clone, Copy)]
pub enum Reach<'b> {
    /// It can.
    Speaks,
    /// No text can match it: its contexts contradict each other, or what excuses it is part of it.
    Dead,
    /// Wherever it stands, the longer spelling of this entry stands as well.
    Hidden(&'b Term),
}

impl Rulebook {
    /// Whether the `nth` spelling of `term`, one of the entries, can be reported as its own.
    ///
    /// Tries the smallest texts for all the contexts that the entry asks for, and its examples. What cancels the hit there
    /// is there in every other text as well.
    #[must_use]
    pub fn reach(&self, term: &Term, nth: usize) -> Reach<'_> {
        if let (Some(since), Some(end)) = (term.since, term.end())
            && since >= end
        {
            return Reach::Dead;
        }
        let mut reach = Reach::Dead;
        for text in smallest(term, nth).chain(term.hits.iter().cloned()) {
            let sightings = self.literals().sight(&text);
            let Some(sighting) = sightings.iter().next() else { continue };
            let matches = self.terms.matches(sighting);
            for own in matches.iter().filter(|m| m.is(term, nth) && self.terms.stands(m, sighting.joined())) {
                match longest(&matches).find(|m| m.span.overlaps(own.span)) {
                    Some(over) if !std::ptr::eq(over.term, term) => reach = Reach::Hidden(over.term),
                    _ => return Reach::Speaks,
                }
            }
        }
        reach
    }

    /// The contexts of an entry that decide nothing in any of its examples, as key and words.
    #[must_use]
    pub fn idle<'t>(&self, term: &'t Term) -> Vec<(&'static str, Vec<&'t str>)> {
        let examples: Vec<Sightings> = term.hits.iter().chain(&term.misses).map(|s| self.literals().sight(s)).collect();
        let hits: Vec<(&str, Match)> = examples
            .iter()
            .flat_map(Sightings::iter)
            .flat_map(|e| self.terms.matches(e).into_iter().map(move |m| (e.joined().text(), m)))
            .filter(|(_, m)| std::ptr::eq(m.term, term))
            .collect();
        let applies = |key: &str, word: &str| {
            hits.iter().any(|&(text, Match { span: hit, .. })| match key {
                "before" | "not_before" => behind(word, &text[..hit.start]).is_some(),
                "after" | "not_after" => ahead(word, &text[hit.end..]).is_some(),
                "without" => hit.of(text).contains(word),
                "except" => overlaps(text, hit, word),
                _ => sentence(text, hit, &[]).of(text).contains(word),
            })
        };
        [
            ("before", term.before.as_slice()),
            ("not_before", &term.not_before),
            ("after", &term.after),
            ("not_after", &term.not_after),
            ("without", &term.without),
            ("except", &term.except),
            ("context", &term.context),
            ("cancel", &term.cancel),
        ]
        .into_iter()
        .map(|(key, words)| (key, words.iter().map(String::as_str).filter(|w| !applies(key, w)).collect()))
        .filter(|(_, words): &(_, Vec<_>)| !words.is_empty())
        .collect()
    }
}

/// The smallest texts in which the `nth` spelling of an entry stands as its contexts ask, one after the other.
fn smallest(term: &Term, nth: usize) -> impl Iterator<Item = String> {
    let or_none = |list: &[String]| if list.is_empty() { vec![String::new()] } else { list.to_vec() };
    let spelling = term.spellings().nth(nth).cloned().unwrap_or_default();
    let (before, after, context) = (or_none(&term.before), or_none(&term.after), or_none(&term.context));
    [false, true].into_iter().flat_map(move |filled| {
        let written = sample(&spelling, filled);
        let (after, context) = (after.clone(), context.clone());
        before.clone().into_iter().flat_map(move |before| {
            let head = format!("{}{written}", sample(&before, filled));
            let context = context.clone();
            after.clone().into_iter().flat_map(move |after| {
                let text = format!("{head}{}", sample(&after, filled));
                context.clone().into_iter().flat_map(move |word| {
                    // A word of the context may be part of the spelling, or stand on either side of it.
                    let (first, last) = (format!("{word}，{text}"), format!("{text}，{word}"));
                    // What must not stand at the edge of the text needs a neighbour.
                    [text.clone(), format!("某{text}某")]
                        .into_iter()
                        .chain((!word.is_empty()).then_some([first, last]).into_iter().flatten())
                })
            })
        })
    })
}

#[cfg(test)]
mod tests {
    use super::super::{Literals, Terms};
    use super::*;

    fn book(entries: &[&str]) -> Rulebook {
        let mut text = String::from("rule = \"term-outdated\"\n");
        for entry in entries {
            text.push_str("[[term]]\nright = [\"甲\"]\nseverity = \"warning\"\nsource = \"\"\nverified = true\n");
            text.push_str(entry);
            if !entry.contains("hits") {
                text.push_str("\nhits = [\"甲\"]\nmisses = [\"乙\"]");
            }
            text.push('\n');
        }
        let terms = Terms::parse(&[("x.toml", &text)]).unwrap_or_else(|fault| panic!("{fault}"));
        let literals = Literals::of(&terms);
        Rulebook { terms, literals: literals.into(), ..Rulebook::embedded() }
    }

    fn reach(entries: &[&str]) -> String {
        let book = book(entries);
        let term = &book.terms.entries()[0];
        match book.reach(term, 0) {
            Reach::Speaks => String::from("speaks"),
            Reach::Dead => String::from("dead"),
            Reach::Hidden(by) => format!("hidden by {}", by.wrong),
        }
    }

    /// Contexts that contradict each other and excuses that are part of the spelling kill an entry; others do not.
    #[test]
    fn dead_entries() {
        for entry in [
            "wrong = \"法制政府\"\nexcept = [\"法制政府\"]",
            "wrong = \"法制政府\"\ncancel = [\"法制\"]",
            "wrong = \"法制政府\"\nbefore = [\"建设\"]\nnot_before = [\"设\"]",
            "wrong = \"法制政府\"\nafter = [\"建设\"]\nnot_after = [\"建\"]",
            "wrong = \"法制政府\"\nbefore = [\"建设\"]\nexcept = [\"设法\"]",
            "wrong = \"法制 ，政府\"",
            "wrong = \"法制政府\"\ncontext = [\"建设\"]\ncancel = [\"设\"]",
            "wrong = \"约{#}{4}左右\"\nwithout = [\"约\"]",
            "wrong = \"新会\"\nsince = \"2021-09-01\"\nuntil = \"2021-11-11\"\nheralded = \"2021-08-01\"",
            "wrong = \"法制政府\"\nsince = \"2020-01-01\"\nuntil = \"2019-01-01\"",
        ] {
            assert_eq!(reach(&[entry]), "dead", "{entry}");
        }
        for entry in [
            "wrong = \"法制政府\"",
            "wrong = \"法制政府\"\nexcept = [\"法制政府网\"]",
            "wrong = \"法制政府\"\nbefore = [\"建设\", \"打造\"]\nnot_before = [\"设\"]",
            "wrong = \"互联网+监管(系统)\"",
            "wrong = \"法制 政府\"",
            "wrong = \"法制政府\"\ncontext = [\"建设\"]\nnot_before = [\"，\"]",
            "wrong = \"约{#}{4}左右\"\nbefore = [\"{.}\"]\nnot_before = [\"，\"]",
            "wrong = \"约{#}左右\"\nafter = [\"{N}月\"]",
            "wrong = \"一{8}又\"\nwithout = [\"某\"]\ncontext = [\"又\"]",
        ] {
            assert_eq!(reach(&[entry]), "speaks", "{entry}");
        }
    }

    /// A longer spelling that always stands over it hides an entry, even where that one is excused.
    #[test]
    fn hidden_entries() {
        let longer = "wrong = \"法制政府建设\"";
        assert_eq!(reach(&["wrong = \"法制政府\"\nafter = [\"建设\"]", longer]), "hidden by 法制政府建设");
        let excused = "wrong = \"法制政府建设\"\nnot_after = [\"年\"]\nbefore = [\"推进\"]";
        assert_eq!(reach(&["wrong = \"法制政府\"\nafter = [\"建设\"]", excused]), "hidden by 法制政府建设");
        assert_eq!(reach(&["wrong = \"法制政府\"\nafter = [\"建设\", \"工作\"]", longer]), "speaks");
        assert_eq!(reach(&["wrong = \"法制政府\"", longer]), "speaks");
    }

    /// A context that decides nothing in the examples is named.
    #[test]
    fn idle_contexts() {
        let entry = "wrong = \"法制政府\"\nnot_after = [\"网\", \"报\"]\nexcept = [\"旧法制政府\"]\ncancel = [\"曾\"]\n\
                     hits = [\"建设法制政府。\"]\nmisses = [\"打开法制政府网。\", \"曾称法制政府。\"]";
        let book = book(&[entry]);
        assert_eq!(book.idle(&book.terms.entries()[0]), [("not_after", vec!["报"]), ("except", vec!["旧法制政府"])]);
    }
}
