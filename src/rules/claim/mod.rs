//! Figures that contradict each other: the claims of the text that do not hold, put in words with their working.

mod average;
mod bound;
mod change;
mod count;
mod growth;
mod reach;
mod repeat;
mod session;
mod share;
mod sum;
mod table;

use serde_json::Value;

use crate::claim::{Claim, Exact, Kind, Part, Verdict, Working, decimal, print, whole};
use crate::diagnostic::{Diagnostic, RuleMeta, Severity, Words};
use crate::rules::{Check, Context};
use crate::text::{Document, half_width, is_blank, is_chinese_numeral};

pub(super) static CHECK: Check = Check {
    rules: &[
        &share::CLAIM_SHARE,
        &sum::CLAIM_SUM,
        &growth::CLAIM_GROWTH,
        &change::CLAIM_CHANGE,
        &average::CLAIM_AVERAGE,
        &bound::CLAIM_BOUND,
        &repeat::CLAIM_REPEAT,
        &reach::CLAIM_REACH,
        &count::CLAIM_COUNT,
        &table::CLAIM_TABLE,
    ],
    run,
};

/// What a kind of claim says: the working, what the text states instead, and the way out.
struct Account {
    rule: &'static RuleMeta,
    /// The working alone, for a claim that holds.
    holds: Words,
    /// The computation and what the text states instead.
    message: Words,
    help: Words,
    /// The keys of the rule's page.
    data: Vec<(&'static str, Value)>,
}

fn run(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for claim in &cx.claims.list {
        let (working, near) = match &claim.verdict {
            Verdict::Conflicts(working) => (working, false),
            Verdict::Near(working) => (working, true),
            Verdict::Agrees(_) | Verdict::Unknown(_) => continue,
        };
        let case = Case { document: cx.document, claim, working };
        out.push(diagnostic(&case, account(&case), near));
    }
    session::find(cx.document, cx.outline, out);
}

/// The working of a claim that was decided, in words; what the text states instead where it does not hold.
#[must_use]
pub(crate) fn working(document: &Document, claim: &Claim) -> Option<Words> {
    let (working, holds) = match &claim.verdict {
        Verdict::Agrees(working) => (working, true),
        Verdict::Near(working) | Verdict::Conflicts(working) => (working, false),
        Verdict::Unknown(_) => return None,
    };
    let account = account(&Case { document, claim, working });
    Some(if holds { account.holds } else { account.message })
}

fn account(case: &Case<'_>) -> Account {
    match case.claim.kind {
        Kind::Share => share::account(case),
        Kind::Sum => sum::account(case),
        Kind::Growth => growth::account(case),
        Kind::Change => change::account(case),
        Kind::Average => average::account(case),
        Kind::Bound => bound::account(case),
        Kind::Repeat => repeat::account(case),
        Kind::Reach => reach::account(case),
        Kind::Count => count::account(case),
        Kind::Table(relation) => table::account(case, relation),
    }
}

fn diagnostic(case: &Case<'_>, account: Account, near: bool) -> Diagnostic {
    let message = if near {
        let up = case.working.stated.at > case.working.computed.at;
        let (zh, en) = if up { ("进一", "rounded up") } else { ("截尾", "truncated") };
        Words::new(
            format!("{}（相差不到末位一个单位，像是{zh}而不是四舍五入）", account.message.zh),
            format!("{} (within one unit of the last place: {en} rather than rounded)", account.message.en),
        )
    } else {
        account.message
    };
    let severity = match (near, case.claim.firm) {
        (true, _) => Severity::Info,
        (false, true) => account.rule.severity,
        (false, false) => account.rule.severity.min(Severity::Warning),
    };
    let mut d = Diagnostic::at(account.rule, case.claim.at, message).severity(severity).help(account.help);
    for role in case.claim.roles.iter().filter(|r| r.span != case.claim.at) {
        d = d.label(role.span, role_words(role.part, case.claim.kind));
    }
    for (key, value) in account.data {
        d = d.data(key, value);
    }
    let figures: Vec<String> = case
        .claim
        .roles
        .iter()
        .map(|r| case.document.excerpt(r.span).chars().filter(|c| !is_blank(*c)).collect())
        .collect();
    d.data("figures", figures).data("tried", case.working.tried)
}

/// What a figure is called beside the text.
fn role_words(part: Part, kind: Kind) -> Words {
    match (part, kind) {
        (Part::Rate, _) => Words::new("比率", "rate"),
        (Part::Numerator, _) => Words::new("分子", "part"),
        (Part::Denominator, _) => Words::new("分母", "whole"),
        (Part::Total, Kind::Bound) => Words::new("整体", "whole"),
        (Part::Total, Kind::Change) => Words::new("被减数", "minuend"),
        (Part::Total, _) => Words::new("总数", "total"),
        (Part::Addend, Kind::Bound) => Words::new("部分", "part"),
        (Part::Addend, _) => Words::new("分项", "part"),
        (Part::Before, Kind::Repeat) => Words::new("前文", "before"),
        (Part::Before, _) => Words::new("原值", "before"),
        (Part::After, _) => Words::new("现值", "after"),
        (Part::Delta, _) => Words::new("增减数", "difference"),
        (Part::Mean, _) => Words::new("平均数", "average"),
        (Part::Each, _) => Words::new("标准", "for each"),
        (Part::Item, _) => Words::new("所列", "listed"),
        (Part::Deducted, _) => Words::new("减项", "deducted"),
        (Part::Count, _) => Words::new("份数", "count"),
    }
}

/// A claim in its text.
struct Case<'a> {
    document: &'a Document,
    claim: &'a Claim,
    working: &'a Working,
}

impl Case<'_> {
    /// The figures with one role, as written but without their units.
    fn numbers(&self, part: Part) -> Vec<String> {
        self.claim.roles.iter().filter(|r| r.part == part).map(|r| bare(&self.document.excerpt(r.span))).collect()
    }

    /// The figures with one role as one operand: `119`, or `（48＋71）`.
    fn operand(&self, part: Part) -> String {
        let numbers = self.numbers(part);
        match numbers.as_slice() {
            [one] => one.clone(),
            several => format!("（{}）", several.join("＋")),
        }
    }

    /// Whether the figure with this role is a rate: 95.2%, 百分之九十五, 九成五.
    fn is_rate(&self, part: Part) -> bool {
        let figure = self.claim.roles.iter().find(|r| r.part == part).map(|r| self.document.excerpt(r.span));
        figure.is_some_and(|f| f.ends_with(['%', '％', '﹪', '‰', '成']) || f.contains("分之"))
    }

    /// The figures with one role, as written with their units.
    fn figures(&self, part: Part) -> Vec<String> {
        let words = |span| self.document.excerpt(span).chars().filter(|c| !is_blank(*c)).collect();
        self.claim.roles.iter().filter(|r| r.part == part).map(|r| words(r.span)).collect()
    }

    /// The first of them.
    fn figure(&self, part: Part) -> String {
        self.figures(part).into_iter().next().unwrap_or_default()
    }

    /// The unit of the first figure with one role.
    fn measure(&self, part: Part) -> String {
        let figure = self.figure(part);
        figure[bare(&figure).len()..].to_owned()
    }

    /// What the text states, hedges included, as written.
    fn stated(&self) -> String {
        self.document.excerpt(self.working.said).chars().filter(|c| !is_blank(*c)).collect()
    }
}

/// A figure without its unit: `1.2万件` → `1.2万`.
fn bare(text: &str) -> String {
    let number = |c: char| half_width(c).is_ascii_digit() || is_chinese_numeral(c);
    let figure = text.trim_end_matches(|c| !number(c));
    // 3.6亿千瓦时: the 千 of a unit is no numeral.
    let of_unit = text[figure.len()..].starts_with(['瓦', '米', '克']);
    let without = figure
        .strip_suffix('千')
        .filter(|f| of_unit && f.ends_with(|c: char| !is_chinese_numeral(c) || "万亿".contains(c)));
    without.unwrap_or(figure).chars().filter(|c| !is_blank(*c)).collect()
}

/// What the figures give as they are printed, printed with a place more than stated, without idle zeros.
fn computed(working: &Working) -> String {
    let value = working.computed.at;
    let places = (working.decimals + 1).max(2);
    let text = decimal(value, places);
    let shifted = value * whole(10i128.pow(places));
    // A whole number that is only measured is printed as one: 16807－16373≈434.
    let exact = (working.computed.is_point() || value.is_integer() && working.decimals == 0) && shifted.is_integer();
    if exact { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

/// `＝` where the figures are exact, `≈` where their printed precision leaves room.
fn equals(working: &Working) -> &'static str {
    if working.computed.is_point() { "＝" } else { "≈" }
}

/// An exact value for machines: a whole number, or a decimal in words.
fn number(v: Exact) -> Value {
    if v.is_integer() {
        i64::try_from(v.to_integer()).map_or_else(|_| Value::from(v.to_integer().to_string()), Value::from)
    } else {
        Value::from(decimal(v, 4))
    }
}

/// The same with all the places that a product has: 42.72万.
fn exact_in_scale(v: Exact, working: &Working) -> String {
    let places = working.decimals + 2;
    let text = decimal(v / whole(working.scale), places);
    let scale = match working.scale {
        10_000 => "万",
        100_000_000 => "亿",
        _ => return in_scale(v, working),
    };
    format!("{}{scale}", text.trim_end_matches('0').trim_end_matches('.'))
}

/// A value in the 万 or 亿 of the stated figure, without its sign.
fn in_scale(v: Exact, working: &Working) -> String {
    let size = if v < whole(0) { -v } else { v };
    print(size, working.decimals, working.scale)
}
