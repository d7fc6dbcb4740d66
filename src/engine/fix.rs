//! The cures that findings carry, applied: a document and its findings to another document.

use std::collections::BTreeMap;

use crate::diagnostic::{Edit, Fix, Safety};
use crate::read::{self, Encoding, Original};
use crate::report::{Checked, Outcome};
use crate::text::{Document, Span, is_blank, is_chinese_numeral};

/// How often a document is fixed and checked again. Fixes that touch each other wait for the next round, and hardly any
/// draft needs a third; those that undo one another would go on for ever.
const ROUNDS: usize = 32;

/// What fixing came to.
#[derive(Debug)]
pub struct Fixed {
    /// The new bytes and what stands in them; `None` where there was nothing to fix.
    pub after: Option<(Vec<u8>, Checked)>,
    /// How many fixes were applied, by rule id.
    pub applied: BTreeMap<&'static str, usize>,
    /// Fixes that were asked for and cannot be applied.
    pub held: Vec<Held>,
}

/// A fix that cannot be applied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// The rule of its finding.
    pub rule: &'static str,
    /// Its first place in the document as it stands after fixing.
    pub span: Span,
    /// Why.
    pub why: Hindrance,
}

/// Why a fix cannot be applied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Hindrance {
    /// This text cannot be written in the encoding of the file.
    Encoding(String),
    /// Markup of the format (`**`, a link) lies within what would be replaced.
    Markup,
}

/// Why a document was not fixed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FixFault {
    /// The fixes of these rules make each other necessary again and again.
    Circle(Vec<&'static str>),
    /// Read again, the new bytes would be another text.
    Unstable,
}

/// How many open findings could be fixed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Offer {
    /// Safely.
    pub safe: usize,
    /// After a look at them.
    pub review: usize,
}

/// Applies the fixes of the open findings, up to `level`, checks what comes out, and so on until nothing is left to be
/// applied. A fix is applied as a whole or not at all; of those that touch each other the first in the text comes first.
///
/// `bytes` are those of the document in `first`; `encoding` is the one that they were said to be in, `check` what found
/// the findings.
///
/// # Errors
/// When there is no end to it, or the new bytes could not be read as what they are. Nothing is half fixed then.
pub fn fix(
    bytes: &[u8],
    first: &Checked,
    level: Safety,
    encoding: Option<Encoding>,
    check: impl Fn(Document) -> Checked,
) -> Result<Fixed, FixFault> {
    let label = first.document.encoding;
    let mut applied: BTreeMap<&'static str, usize> = BTreeMap::new();
    let mut after: Option<(Vec<u8>, Checked)> = None;
    for _ in 0..ROUNDS {
        let (bytes, checked) = after.as_ref().map_or((bytes, first), |(bytes, checked)| (bytes, checked));
        let original = Original::new(bytes, label);
        let chosen = choose(checked, level, &original);
        if chosen.is_empty() {
            let held = held(checked, level, &original);
            return Ok(Fixed { after, applied, held });
        }
        let mut edits: Vec<Edit> = Vec::new();
        for (rule, fix) in chosen {
            *applied.entry(rule).or_default() += 1;
            edits.extend(fix);
        }
        edits.sort_by_key(|e| e.span);
        let old = &checked.document;
        let text = edited(&old.text, Span::new(0, old.text.len()), &edits);
        let pairs = edits.iter().map(|e| (e.span, e.text.as_str()));
        let bytes = original.edited(&old.text, pairs).ok_or(FixFault::Unstable)?;
        let mut document = read::read(&old.name, &bytes, encoding).map_err(|_| FixFault::Unstable)?;
        if document.text != text {
            return Err(FixFault::Unstable);
        }
        // Without its last Chinese character a GB18030 file is UTF-8 as well; what comes next is still written in its own.
        document.encoding = label;
        after = Some((bytes, check(document)));
    }
    Err(FixFault::Circle(applied.into_keys().collect()))
}

/// How many of the open findings could be fixed, one after the other.
#[must_use]
pub fn offer(bytes: &[u8], checked: &Checked) -> Offer {
    let original = Original::new(bytes, checked.document.encoding);
    let mut offer = Offer::default();
    for (_, fix) in open(checked) {
        if !ready(&checked.document, fix).is_ok_and(|edits| edits.is_some_and(|e| writable(&e, &original).is_ok())) {
            continue;
        }
        match safety(&checked.document, fix) {
            Safety::Safe => offer.safe += 1,
            Safety::Review => offer.review += 1,
        }
    }
    offer
}

/// How safe a fix is: what its rule says, but never safe where a figure would change.
#[must_use]
pub fn safety(document: &Document, fix: &Fix) -> Safety {
    if fix.safety == Safety::Safe && keeps_figures(&document.text, &fix.edits) { Safety::Safe } else { Safety::Review }
}

/// The fixes of the findings that count, with the rules of these.
fn open(checked: &Checked) -> impl Iterator<Item = (&'static str, &Fix)> {
    let open = checked.findings.iter().filter(|f| matches!(f.outcome, Outcome::Open));
    open.filter_map(|f| f.diagnostic.fix.as_ref().map(|fix| (f.diagnostic.rule.id, fix)))
}

/// Those up to a level.
fn asked(checked: &Checked, level: Safety) -> impl Iterator<Item = (&'static str, &Fix)> {
    open(checked).filter(move |(_, fix)| level == Safety::Review || safety(&checked.document, fix) == Safety::Safe)
}

/// What is applied in one round: fixes that do not touch each other, with their rules.
fn choose(checked: &Checked, level: Safety, original: &Original<'_>) -> Vec<(&'static str, Vec<Edit>)> {
    let mut list: Vec<(&'static str, Vec<Edit>)> = asked(checked, level)
        .filter_map(|(rule, fix)| Some((rule, ready(&checked.document, fix).ok()??)))
        .filter(|(_, edits)| writable(edits, original).is_ok())
        .collect();
    list.sort_by_key(|(_, edits)| edits[0].span);
    let mut taken: BTreeMap<usize, usize> = BTreeMap::new();
    list.retain(|(_, edits)| {
        // The last that begins no later than the edit ends also ends last.
        let touches = |span: Span| taken.range(..=span.end).next_back().is_some_and(|(_, end)| *end >= span.start);
        let free = !edits.iter().any(|e| touches(e.span));
        if free {
            taken.extend(edits.iter().map(|e| (e.span.start, e.span.end)));
        }
        free
    });
    list
}

/// Why fixes that were asked for could not be applied.
fn held(checked: &Checked, level: Safety, original: &Original<'_>) -> Vec<Held> {
    let hindered = |(rule, fix): (&'static str, &Fix)| {
        let why = match ready(&checked.document, fix) {
            Ok(edits) => writable(&edits?, original).err()?,
            Err(why) => why,
        };
        Some(Held { rule, span: fix.edits.first()?.span, why })
    };
    asked(checked, level).filter_map(hindered).collect()
}

fn writable(edits: &[Edit], original: &Original<'_>) -> Result<(), Hindrance> {
    match edits.iter().find(|e| !original.can_hold(&e.text)) {
        Some(edit) => Err(Hindrance::Encoding(edit.text.clone())),
        None => Ok(()),
    }
}

/// The edits of a fix as they are applied, in text order; `None` where they change nothing or make no sense (out of the
/// text, one over the other).
fn ready(document: &Document, fix: &Fix) -> Result<Option<Vec<Edit>>, Hindrance> {
    let mut edits = Vec::new();
    for edit in &fix.edits {
        if document.text.get(edit.span.range()).is_none() {
            return Ok(None);
        }
        edits.extend(pieces(document, edit)?);
    }
    edits.retain(|e| document.slice(e.span) != e.text);
    edits.sort_by_key(|e| e.span);
    let apart = edits.windows(2).all(|w| w[0].span.end <= w[1].span.start && w[0].span != w[1].span);
    Ok((apart && !edits.is_empty()).then_some(edits))
}

/// An edit as it is applied. A rule reads prose, in which markup is blank, and a word that runs over a line's end; in
/// the text both stay: 法**制** becomes 法**治**, character by character.
fn pieces(document: &Document, edit: &Edit) -> Result<Vec<Edit>, Hindrance> {
    let (text, prose) = (document.slice(edit.span), edit.span.of(document.prose()));
    let has_markup = text != prose;
    if !has_markup && !text.contains(['\n', '\r']) {
        return Ok(vec![edit.clone()]);
    }
    let shown = prose.char_indices().filter(|(_, c)| !is_blank(*c) && !matches!(c, '\n' | '\r'));
    let shown: Vec<Span> = shown.map(|(at, c)| Span::new(at, at + c.len_utf8())).collect();
    let new: Vec<char> = edit.text.chars().collect();
    // An entity may be one character of prose and several of the text.
    let verbatim = shown.iter().all(|s| text.get(s.range()) == Some(s.of(prose)));
    if !new.is_empty() && shown.len() == new.len() && verbatim {
        let pieces = shown.iter().zip(new).map(|(s, c)| Edit { span: s.shifted(edit.span.start), text: c.to_string() });
        return Ok(pieces.collect());
    }
    if has_markup { Err(Hindrance::Markup) } else { Ok(vec![edit.clone()]) }
}

/// The part `within` of a text after `edits`, which lie in it in text order.
fn edited(text: &str, within: Span, edits: &[Edit]) -> String {
    let mut out = String::with_capacity(within.len());
    let mut kept = within.start;
    for edit in edits {
        out.push_str(&text[kept..edit.span.start]);
        out.push_str(&edit.text);
        kept = edit.span.end;
    }
    out.push_str(&text[kept..within.end]);
    out
}

/// Whether the figures in and beside the edits are the same afterwards. Edits that make no sense keep nothing.
fn keeps_figures(text: &str, edits: &[Edit]) -> bool {
    let mut edits = edits.to_vec();
    edits.sort_by_key(|e| e.span);
    let (Some(first), Some(last)) = (edits.first(), edits.last()) else { return true };
    let sound = edits.windows(2).all(|w| w[0].span.end <= w[1].span.start);
    let (Some(before), Some(behind)) = (text.get(..first.span.start), text.get(last.span.end..)) else { return false };
    if !sound || edits.iter().any(|e| text.get(e.span.range()).is_none()) {
        return false;
    }
    let start = before.trim_end_matches(is_of_figure).len();
    let end = text.len() - behind.trim_start_matches(is_of_figure).len();
    let within = Span::new(start, end);
    figures(within.of(text)).eq(figures(&edited(text, within, &edits)))
}

/// The figures of a text as they are written: digits and numerals with the marks that make one number or range of them.
fn figures(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c| !is_of_figure(c)).map(|run| run.trim_matches(is_joint)).filter(|run| !run.is_empty())
}

/// Marks that belong to a figure only between others of its characters.
fn is_joint(c: char) -> bool {
    matches!(c, '.' | '．' | ',' | '/' | '／' | '~' | '～' | '-' | '－')
}

fn is_of_figure(c: char) -> bool {
    c.is_numeric()
        || is_chinese_numeral(c)
        || matches!(c, '廿' | '卅' | '卌' | '半' | '兆' | '%' | '％' | '‰' | '+' | '−')
        || is_joint(c)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Diagnostic, RuleMeta, Severity, Words};
    use crate::report::{ClaimCounts, Finding};

    static RULE: RuleMeta =
        RuleMeta { id: "mark-test", severity: Severity::Error, by_default: true, zh: "", en: "", page: "" };

    /// A fix from the words of the text to others.
    type Cure<'a> = (Safety, &'a [(&'a str, &'a str)]);

    /// The text checked by a rule that knows these cures and nothing else.
    fn checked(document: Document, cures: &[Cure<'_>]) -> Checked {
        let mut findings = Vec::new();
        for (safety, words) in cures {
            let prose = document.prose();
            let edits: Option<Vec<Edit>> = words
                .iter()
                .map(|(old, new)| {
                    let at = prose.find(old)?;
                    Some(Edit { span: Span::new(at, at + old.len()), text: (*new).to_owned() })
                })
                .collect();
            let Some(edits) = edits else { continue };
            let place = edits[0].span;
            let diagnostic = Diagnostic::at(&RULE, place, Words::new("", "")).fix(Fix {
                title: Words::new("", ""),
                safety: *safety,
                edits,
            });
            findings.push(Finding { diagnostic, paper: 0, outcome: Outcome::Open });
        }
        Checked { document, papers: Vec::new(), findings, claims: ClaimCounts::default(), ticks: Vec::new() }
    }

    fn run(name: &str, text: &str, level: Safety, cures: &[Cure<'_>]) -> Result<(String, Fixed), FixFault> {
        let document = read::read(name, text.as_bytes(), None).expect("readable");
        let first = checked(document, cures);
        let fixed = fix(text.as_bytes(), &first, level, None, |document| checked(document, cures))?;
        let bytes = fixed.after.as_ref().map_or(text.as_bytes(), |(bytes, _)| bytes);
        Ok((String::from_utf8(bytes.to_vec()).expect("UTF-8"), fixed))
    }

    fn text(name: &str, text: &str, cures: &[Cure<'_>]) -> String {
        run(name, text, Safety::Review, cures).expect("an end").0
    }

    /// Of two that touch, the first in the text comes first and the other waits until it is found again, or is not.
    #[test]
    fn one_after_the_other() {
        use Safety::Safe;
        let cures: &[Cure<'_>] = &[(Safe, &[("乙丙", "丁")]), (Safe, &[("甲乙", "乙")])];
        assert_eq!(text("a.txt", "甲乙丙", cures), "丁");
        let cures: &[Cure<'_>] = &[(Safe, &[("乙", "")]), (Safe, &[("甲", "子"), ("丙", "丑")])];
        let (text, fixed) = run("a.txt", "甲乙丙", Safe, cures).expect("an end");
        assert_eq!(text, "子丑");
        assert_eq!(fixed.applied, BTreeMap::from([("mark-test", 2)]));
        assert_eq!(fixed.held, []);
    }

    /// What has no end is told, and nothing of it is applied.
    #[test]
    fn circles() {
        use Safety::Safe;
        let cures: &[Cure<'_>] = &[(Safe, &[("甲", "乙")]), (Safe, &[("乙", "甲")])];
        assert_eq!(run("a.txt", "甲", Safe, cures).err(), Some(FixFault::Circle(vec!["mark-test"])));
        assert!(run("a.txt", "丙", Safe, cures).is_ok_and(|(_, fixed)| fixed.after.is_none()));
    }

    /// Cures that change nothing, lie over each other or outside of the text are none.
    #[test]
    fn senseless() {
        use Safety::Safe;
        let cures: &[Cure<'_>] = &[(Safe, &[("甲", "甲")]), (Safe, &[("甲乙", "丙"), ("乙", "丁")])];
        assert_eq!(text("a.txt", "甲乙", cures), "甲乙");
    }

    /// Markup and line ends within a word stay where they are; where that cannot be, the fix is held and told.
    #[test]
    fn markup_stays() {
        let cures: &[Cure<'_>] = &[(Safety::Safe, &[("法  制", "法治")])];
        assert_eq!(text("a.md", "推进法**制**政府", cures), "推进法**治**政府");
        assert_eq!(text("a.txt", "推进法  制政府", cures), "推进法治政府");
        let cures: &[Cure<'_>] = &[(Safety::Safe, &[("法\r\n制", "法治")])];
        assert_eq!(text("a.txt", "推进法\r\n制政府", cures), "推进法\r\n治政府");
        let cures: &[Cure<'_>] = &[(Safety::Safe, &[("法  制", "法治化")])];
        let (text, fixed) = run("a.md", "推进法**制**政府", Safety::Safe, cures).expect("an end");
        assert_eq!((text.as_str(), fixed.applied.len()), ("推进法**制**政府", 0));
        assert_eq!(fixed.held[0].why, Hindrance::Markup);
    }

    /// A figure is never changed by what calls itself safe.
    #[test]
    fn figures_stay() {
        for (old, new, kept) in [
            ("52", "53", false),
            ("二", "三", false),
            ("，，", "，", true),
            ("5", "５", false),
            ("%%", "%", false),
            ("件\u{200b}", "件", true),
            ("8\u{200b}", "8", false),
            ("..", ".", false),
        ] {
            let sentence = "共52件\u{200b}，，二类8\u{200b}9件，占30%%，合1..2元。";
            let cures: &[Cure<'_>] = &[(Safety::Safe, &[(old, new)])];
            let (text, fixed) = run("a.txt", sentence, Safety::Safe, cures).expect("an end");
            assert_eq!(text != sentence, kept, "{old}");
            assert_eq!(!fixed.applied.is_empty(), kept, "{old}");
            assert_eq!(run("a.txt", sentence, Safety::Review, cures).expect("an end").1.applied.len(), 1, "{old}");
        }
    }
}
