//! Pure: a document and a plan to what was found in it.

mod baseline;
pub mod fix;
mod suppress;
mod trial;

pub use baseline::{Baseline, BaselineFault};
pub use trial::{Flaw, FlawKind, Trial, trial};

use crate::claim::{Claim, Claims, Verdict};
use crate::config::Plan;
use crate::diagnostic::{Diagnostic, Words};
use crate::outline::{Outline, Paper};
use crate::report::{Checked, ClaimCounts, ClaimRecord, Finding, Outcome, PaperInfo};
use crate::rulebook::{Profile, Rulebook};
use crate::rules::{ALL, Context, working};
use crate::text::{Document, Span, is_gap};

/// Checks one document.
#[must_use]
pub fn check(document: Document, plan: &Plan, book: &Rulebook) -> Checked {
    let outline = Outline::new(&document);
    let claims = Claims::new(&document, &book.lexicon);
    let kinds: Vec<Option<&Profile>> = outline.papers.iter().map(|p| kind_of(&document, p, plan, book)).collect();
    let sightings = book.sight(&document);
    let mut found = Vec::new();
    let context = Context {
        document: &document,
        outline: &outline,
        claims: &claims,
        sightings: &sightings,
        book,
        kinds: &kinds,
        as_of: plan.as_of,
    };
    for check in ALL.iter().filter(|c| c.rules.iter().any(|r| plan.rules.runs(r))) {
        (check.run)(&context, &mut found);
    }
    settle(&mut found, plan);
    for fix in found.iter_mut().filter_map(|d| d.fix.as_mut()) {
        fix.safety = fix::safety(&document, fix);
    }
    let outcomes = suppress::outcomes(&document, &mut found, plan);
    let findings = found
        .into_iter()
        .zip(outcomes)
        .map(|(diagnostic, outcome)| Finding {
            paper: diagnostic.place.span().map_or(0, |s| outline.paper_at(s.start)),
            outcome,
            diagnostic,
        })
        .collect();
    let papers = outline
        .papers
        .iter()
        .zip(&kinds)
        .map(|(paper, kind)| PaperInfo {
            title: paper.title.map(|s| document.excerpt(s).into_owned()),
            span: paper.span,
            headings: headings(paper),
            profile: kind.map(|k| k.id.clone()),
            kind: kind.map(|k| Words::new(k.zh.as_str(), k.en.as_str())),
            date: paper.date.map_or(plan.as_of, |d| d.date).to_string(),
            date_source: paper.date.map_or("as-of", |d| d.source.as_str()),
        })
        .collect();
    let ticks = if plan.show_claims { ticks(&document, &claims) } else { Vec::new() };
    Checked { papers, findings, claims: counts(&claims), ticks, document }
}

/// Leaves what the plan asks for, at the severity that it asks for, in the total order of a report.
fn settle(found: &mut Vec<Diagnostic>, plan: &Plan) {
    found.retain(|d| plan.rules.runs(d.rule));
    for diagnostic in &mut *found {
        if let Some(severity) = plan.severity_of(diagnostic.rule) {
            diagnostic.severity = severity;
        }
    }
    found.sort_by_key(|d| {
        let span = d.place.span().map(|s| (s.start, s.end));
        (span, d.rule.id, std::cmp::Reverse(d.severity))
    });
    found.dedup_by(|b, a| a.place == b.place && a.rule.id == b.rule.id && a.message == b.message);
}

/// A file of the configuration and what is wrong with it, as a part of the report.
#[must_use]
pub fn of_config(document: Document, diagnostics: Vec<Diagnostic>) -> Checked {
    let findings =
        diagnostics.into_iter().map(|diagnostic| Finding { paper: 0, outcome: Outcome::Open, diagnostic }).collect();
    Checked { papers: Vec::new(), findings, claims: ClaimCounts::default(), ticks: Vec::new(), document }
}

/// How many characters of the body say what kind of paper it is; blanks are not counted, so that no comment shifts them.
const OPENING: usize = 300;

fn kind_of<'b>(document: &Document, paper: &Paper, plan: &Plan, book: &'b Rulebook) -> Option<&'b Profile> {
    if let Some(id) = &plan.profile {
        return book.profiles.get(id);
    }
    let title = paper.title.map_or("", |t| document.slice(t));
    if !title.is_empty() {
        return book.profiles.classify(title, "");
    }
    let body = paper.body.of(document.prose());
    let opening = body.char_indices().filter(|&(_, c)| !is_gap(c)).nth(OPENING).map_or(body, |(end, _)| &body[..end]);
    book.profiles.classify("", opening)
}

/// Where the lines of a paper begin that are headings, or divisions of another kind.
fn headings(paper: &Paper) -> Vec<Span> {
    let headings = paper.headings.iter().filter(|h| h.opens_line).map(|h| Span::new(h.marker.start, h.text.end));
    let mut all: Vec<Span> = headings.chain(paper.divisions.iter().copied()).collect();
    all.sort_unstable_by_key(|s| s.start);
    all
}

fn ticks(document: &Document, claims: &Claims) -> Vec<ClaimRecord> {
    let record = |claim: &Claim| {
        let (verdict, why) = match &claim.verdict {
            Verdict::Agrees(_) => ("agree", None),
            Verdict::Near(_) => ("near", None),
            Verdict::Conflicts(_) => ("conflict", None),
            Verdict::Unknown(why) => ("unknown", Some(why.as_str())),
        };
        ClaimRecord {
            kind: claim.kind.as_str(),
            span: claim.at,
            figures: claim.roles.iter().map(|r| (r.part.as_str(), r.span)).collect(),
            verdict,
            why,
            working: working(document, claim),
        }
    };
    claims.list.iter().map(record).collect()
}

fn counts(claims: &Claims) -> ClaimCounts {
    let mut counts = ClaimCounts { seen: claims.list.len(), ..ClaimCounts::default() };
    for claim in &claims.list {
        match &claim.verdict {
            Verdict::Agrees(_) => counts.agree += 1,
            Verdict::Near(_) => counts.near += 1,
            Verdict::Conflicts(_) => counts.conflict += 1,
            Verdict::Unknown(why) => *counts.unknown.entry(why.as_str()).or_default() += 1,
        }
    }
    counts
}
