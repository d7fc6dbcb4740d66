//! Entries put to the question: can any text match them, does another always hide them, do their contexts matter?

use crate::text::{Joined, Span, sentence};

use super::terms::{Term, Terms, ends_with, fits, overlaps, starts_with, widths};

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

impl Terms {
    /// Whether a spelling of `term`, one of the entries, can be reported as its own.
    ///
    /// Tries the smallest text for every pair of contexts that the entry asks for. What cancels the hit there is there
    /// in every other text as well.
    #[must_use]
    pub fn reach(&self, term: &Term, spelling: &str) -> Reach<'_> {
        if let (Some(since), Some(until)) = (term.since, term.until)
            && since >= until
        {
            return Reach::Dead;
        }
        let or_none = |list: &[String]| if list.is_empty() { vec![String::new()] } else { list.to_vec() };
        let mut reach = Reach::Dead;
        for before in or_none(&term.before) {
            for after in or_none(&term.after) {
                let text = format!("{before}{spelling}{after}");
                let joined = Joined::new(&text);
                let stands = spans(joined.text(), spelling)
                    .any(|hit| self.is_word(joined.text(), hit) && fits(term, joined.text(), hit));
                if !stands {
                    continue;
                }
                if self.find(&text).iter().any(|h| std::ptr::eq(h.term, term)) {
                    return Reach::Speaks;
                }
                let own = Span::new(before.len(), before.len() + spelling.len());
                reach = self.longest_over(joined.text(), own).map_or(reach, Reach::Hidden);
            }
        }
        reach
    }

    /// The contexts of an entry that decide nothing in any of its examples, as key and words.
    #[must_use]
    pub fn idle<'t>(&self, term: &'t Term) -> Vec<(&'static str, Vec<&'t str>)> {
        let examples: Vec<Joined> = term.hits.iter().chain(&term.misses).map(|s| Joined::new(s)).collect();
        let hits: Vec<(&str, Span)> = examples
            .iter()
            .flat_map(|e| term.spellings().flat_map(|s| spans(e.text(), s)).map(|span| (e.text(), span)))
            .collect();
        let applies = |key: &str, word: &str| {
            hits.iter().any(|&(text, hit)| match key {
                "before" | "not_before" => ends_with(&text[..hit.start], word),
                "after" | "not_after" => starts_with(&text[hit.end..], word).is_some(),
                "except" => overlaps(text, hit, word),
                _ => sentence(text, hit, &[]).of(text).contains(word),
            })
        };
        let own_cancel = &term.cancel[..term.own_cancel];
        [
            ("before", term.before.as_slice()),
            ("not_before", &term.not_before),
            ("after", &term.after),
            ("not_after", &term.not_after),
            ("except", &term.except),
            ("cancel", own_cancel),
        ]
        .into_iter()
        .map(|(key, words)| (key, words.iter().map(String::as_str).filter(|w| !applies(key, w)).collect()))
        .filter(|(_, words): &(_, Vec<_>)| !words.is_empty())
        .collect()
    }
}

/// Where a spelling stands in a text, in any of its widths.
fn spans<'t>(text: &'t str, spelling: &str) -> impl Iterator<Item = Span> + 't {
    widths(spelling).into_iter().flat_map(move |s| {
        text.match_indices(s.as_str()).map(|(at, s)| Span::new(at, at + s.len())).collect::<Vec<_>>()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn book(entries: &[&str]) -> Terms {
        let mut text = String::from("rule = \"term-outdated\"\n");
        for entry in entries {
            text.push_str("[[term]]\nright = [\"甲\"]\nseverity = \"warning\"\nsource = \"\"\nverified = true\n");
            text.push_str(entry);
            if !entry.contains("hits") {
                text.push_str("\nhits = [\"甲\"]\nmisses = [\"乙\"]");
            }
            text.push('\n');
        }
        Terms::parse(&[("x.toml", &text)]).unwrap_or_else(|fault| panic!("{fault}"))
    }

    fn reach(entries: &[&str]) -> String {
        let book = book(entries);
        let term = &book.entries()[0];
        match book.reach(term, &term.wrong) {
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
            "wrong = \"法制 政府\"",
            "wrong = \"法制政府\"\nsince = \"2020-01-01\"\nuntil = \"2019-01-01\"",
        ] {
            assert_eq!(reach(&[entry]), "dead", "{entry}");
        }
        for entry in [
            "wrong = \"法制政府\"",
            "wrong = \"法制政府\"\nexcept = [\"法制政府网\"]",
            "wrong = \"法制政府\"\nbefore = [\"建设\", \"打造\"]\nnot_before = [\"设\"]",
            "wrong = \"互联网+监管(系统)\"",
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
        assert_eq!(book.idle(&book.entries()[0]), [("not_after", vec!["报"]), ("except", vec!["旧法制政府"])]);
    }
}
