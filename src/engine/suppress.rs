//! What a draft's own comments and the configuration allow, and what is wrong with those comments.

use crate::config::Plan;
use crate::diagnostic::{Diagnostic, RuleMeta, Words};
use crate::report::{Allower, Outcome, Suppression};
use crate::rules::{ALLOW_UNUSED, DIRECTIVE_INVALID, metas};
use crate::text::{Directive, Document, Span, Verb, nearest, sentence};

/// What one sound comment allows.
struct Allowance {
    /// The findings that begin here; all of the file, where there is none.
    reach: Option<Span>,
    /// Its names of rules and classes, and whether each has allowed something.
    rules: Vec<(Span, bool)>,
    suppression: Suppression,
}

/// What becomes of each finding. Faults of the comments are added to the findings, in their order.
pub(super) fn outcomes(document: &Document, found: &mut Vec<Diagnostic>, plan: &Plan) -> Vec<Outcome> {
    let mut faults = Vec::new();
    let mut allowances = allowances(document, &mut faults);
    let mut outcomes: Vec<Outcome> = found.iter().map(|d| outcome(document, d, &mut allowances, plan)).collect();
    faults.extend(allowances.iter().flat_map(|a| unused(document, a, plan)));
    if !faults.is_empty() {
        // What is wrong with an allowance cannot be allowed.
        let silenced = std::mem::take(&mut outcomes);
        let mut silenced: Vec<_> = std::mem::take(found).into_iter().zip(silenced).collect();
        super::settle(&mut faults, plan);
        silenced.extend(faults.into_iter().map(|d| (d, Outcome::Open)));
        silenced.sort_by_key(|(d, _)| d.place.span().map(|s| (s.start, s.end)));
        (*found, outcomes) = silenced.into_iter().unzip();
    }
    outcomes
}

fn outcome(document: &Document, finding: &Diagnostic, allowances: &mut [Allowance], plan: &Plan) -> Outcome {
    let start = finding.place.span().map(|s| s.start);
    for allowance in allowances {
        let reaches = match (allowance.reach, start) {
            (None, _) => true,
            (Some(reach), Some(start)) => (reach.start..reach.end).contains(&start),
            (Some(_), None) => false,
        };
        let named = allowance.rules.iter_mut().find(|(name, _)| reaches && names(document, *name, finding.rule));
        if let Some((_, used)) = named {
            *used = true;
            return Outcome::Suppressed(allowance.suppression.clone());
        }
    }
    let around = finding.place.span().map_or("", |s| document.slice(sentence(&document.text, s, &[])));
    let allowed = plan.allows.iter().find_map(|allow| allow.allows(finding.rule, around, plan.day));
    allowed.map_or(Outcome::Open, |suppression| Outcome::Suppressed(suppression.clone()))
}

fn names(document: &Document, name: Span, rule: &RuleMeta) -> bool {
    let name = document.slice(name);
    rule.id == name || rule.class() == name
}

/// The comments that are sound; of the others it is said why they are not.
fn allowances(document: &Document, faults: &mut Vec<Diagnostic>) -> Vec<Allowance> {
    let mut out = Vec::new();
    let mut open: Vec<(&Directive, Allowance)> = Vec::new();
    for directive in &document.directives {
        let fault = match directive.verb {
            None => Some(unknown(document, directive)),
            Some(Verb::Enable) => end(document, directive, &mut open, &mut out),
            Some(verb) => match allowance(document, directive) {
                Err(fault) => Some(*fault),
                Ok(allowance) => {
                    match verb {
                        Verb::DisableNextLine => {
                            out.push(Allowance { reach: Some(next_line(document, directive.span.end)), ..allowance });
                        }
                        Verb::Disable => open.push((directive, allowance)),
                        Verb::DisableFile | Verb::Enable => out.push(allowance),
                    }
                    None
                }
            },
        };
        faults.extend(fault);
    }
    for (directive, _) in open {
        faults.push(invalid(
            document,
            directive,
            directive.word,
            Words::new(
                "lint-disable 到文末也没有 lint-enable，不起作用",
                "this lint-disable is never followed by lint-enable, and allows nothing",
            ),
            Words::new(
                "在放行的部分之后写上 <!-- lint-enable -->；整份文件都放行的，用 lint-disable-file。",
                "Write <!-- lint-enable --> behind what is allowed, or use lint-disable-file for the whole file.",
            ),
        ));
    }
    out
}

/// Ends the allowances that an `lint-enable` names, or all that are open.
fn end(
    document: &Document,
    directive: &Directive,
    open: &mut Vec<(&Directive, Allowance)>,
    out: &mut Vec<Allowance>,
) -> Option<Diagnostic> {
    let named = |name: Span| {
        directive.rules.is_empty() || directive.rules.iter().any(|r| document.slice(*r) == document.slice(name))
    };
    let mut ended = false;
    let mut still = Vec::new();
    for (begun, allowance) in open.drain(..) {
        let reach = Some(Span::new(begun.span.end, directive.span.start));
        let (done, left): (Vec<_>, Vec<_>) = allowance.rules.iter().partition(|(name, _)| named(*name));
        if !done.is_empty() {
            ended = true;
            out.push(Allowance { reach, rules: done, suppression: allowance.suppression.clone() });
        }
        if !left.is_empty() {
            still.push((begun, Allowance { rules: left, ..allowance }));
        }
    }
    *open = still;
    (!ended).then(|| {
        invalid(
            document,
            directive,
            directive.word,
            Words::new(
                "前面没有与这个 lint-enable 相应的 lint-disable",
                "no lint-disable stands before this lint-enable",
            ),
            Words::new("请核对规则名，或者删去这条注释。", "Check the names of the rules, or delete the comment."),
        )
    })
}

fn allowance(document: &Document, directive: &Directive) -> Result<Allowance, Box<Diagnostic>> {
    let form = || {
        let word = document.slice(directive.word);
        Words::new(
            format!("写成 <!-- {word} 规则: 理由 --> 的样子；全部规则见 lint rules。"),
            format!("Write it like <!-- {word} rule: reason -->; `lint rules` lists the rules."),
        )
    };
    if directive.rules.is_empty() {
        let message = Words::new("没有写放行哪条规则，不起作用", "it names no rule, and allows nothing");
        return Err(invalid(document, directive, directive.word, message, form()).into());
    }
    for &name in &directive.rules {
        let said = document.slice(name);
        if !metas().any(|r| r.id == said || r.class() == said) {
            let hint = nearest(said, metas().flat_map(|r| [r.id, r.class()]));
            let message = Words::new(
                format!(
                    "没有规则“{said}”{}，这条注释不起作用",
                    hint.map(|h| format!("，是不是 {h}")).unwrap_or_default()
                ),
                format!(
                    "no rule {said:?}{}: the comment allows nothing",
                    hint.map(|h| format!(" (did you mean {h}?)")).unwrap_or_default()
                ),
            );
            return Err(invalid(document, directive, name, message, form()).into());
        }
    }
    let Some(reason) = directive.reason else {
        let message = Words::new("没有写理由，不起作用", "it gives no reason, and allows nothing");
        return Err(invalid(document, directive, directive.word, message, form()).into());
    };
    Ok(Allowance {
        reach: None,
        rules: directive.rules.iter().map(|&name| (name, false)).collect(),
        suppression: Suppression {
            by: Allower::Directive,
            reason: document.slice(reason).to_owned(),
            until: None,
            path: document.name.clone(),
            line: document.lines.line_of(directive.span.start) + 1,
        },
    })
}

fn unknown(document: &Document, directive: &Directive) -> Diagnostic {
    let word = document.slice(directive.word);
    let hint = nearest(word, Verb::ALL.map(Verb::as_str));
    let message = Words::new(
        format!("没有“{word}”这种写法{}，不起作用", hint.map(|h| format!("，是不是 {h}")).unwrap_or_default()),
        format!(
            "no directive {word:?}{}: it allows nothing",
            hint.map(|h| format!(" (did you mean {h}?)")).unwrap_or_default()
        ),
    );
    let list = Verb::ALL.map(Verb::as_str).join("、");
    let help =
        Words::new(format!("可用的有：{list}。"), format!("There are {}.", Verb::ALL.map(Verb::as_str).join(", ")));
    invalid(document, directive, directive.word, message, help)
}

fn invalid(document: &Document, directive: &Directive, at: Span, message: Words, help: Words) -> Diagnostic {
    let word = document.slice(directive.word);
    Diagnostic::at(&DIRECTIVE_INVALID, at, message).help(help).data("directive", word)
}

/// The names of a comment under which nothing was found, although their rules ran.
fn unused<'a>(
    document: &'a Document,
    allowance: &'a Allowance,
    plan: &'a Plan,
) -> impl Iterator<Item = Diagnostic> + 'a {
    let idle = allowance.rules.iter().filter(|(_, used)| !used).map(|&(name, _)| name);
    let ran = |name: &Span| metas().any(|r| names(document, *name, r) && plan.rules.runs(r));
    idle.filter(ran).map(|name| {
        let rule = document.slice(name);
        let message =
            Words::new(format!("这里没有要放行的 {rule} 问题"), format!("there is no finding of {rule} to allow here"));
        let help = Words::new("问题已经改好的，删去这条注释。", "Delete the comment if what it allowed is mended.");
        Diagnostic::at(&ALLOW_UNUSED, name, message).help(help).data("rule", rule)
    })
}

/// The next line that is not blank, comments left out.
fn next_line(document: &Document, from: usize) -> Span {
    let end = document.prose().len();
    let lines = &document.lines;
    let after = (lines.line_of(from) + 1..lines.count()).map(|line| lines.span(document.prose(), line));
    after.into_iter().find(|line| !line.of(document.prose()).trim().is_empty()).unwrap_or(Span::new(end, end))
}
