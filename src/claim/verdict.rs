//! Whether figures agree: exact interval arithmetic on the printed precision, and nothing else.

use super::exact::{Exact, Interval, half, whole};
use super::quantity::Quantity;
use crate::text::Span;

/// Whether a claim holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Some admissible reading holds.
    Agrees(Working),
    /// Off by more than half a unit of the last place and by no more than one: truncated rather than rounded.
    Near(Working),
    /// No admissible reading holds.
    Conflicts(Working),
    /// Not decided.
    Unknown(Why),
}

/// Why a claim was not decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Why {
    /// The count that the rate is taken of is not in the text.
    NoBase,
    /// The count of the part is not in the text.
    NoPart,
    /// A figure is masked.
    Masked,
    /// It is a target or a plan, not a result.
    Target,
    /// Cases carried over from last year belong to the base and are not stated.
    CarriedOver,
    /// The value of the earlier period is not in the text.
    NoBefore,
    /// Parts may overlap or leave a rest, so that their sum proves nothing.
    OpenParts,
    /// Several readings are possible and the words decide for none.
    Ambiguous,
}

impl Why {
    /// The name used in JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NoBase => "no-base",
            Self::NoPart => "no-part",
            Self::Masked => "masked",
            Self::Target => "target",
            Self::CarriedOver => "carried-over",
            Self::NoBefore => "no-before",
            Self::OpenParts => "open-parts",
            Self::Ambiguous => "ambiguous",
        }
    }
}

/// The computation that decided, so that a reader can follow it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Working {
    /// The first operand: numerator, sum of the parts, value before, part.
    pub left: Exact,
    /// The second operand: denominator, stated total, value after, whole.
    pub right: Exact,
    /// What the figures give, in the measure of the stated value.
    pub computed: Interval,
    /// What the text states.
    pub stated: Interval,
    /// For a rate of an exact base: which whole-number numerators would make it true.
    pub reachable: Option<Reach>,
    /// The stated figure with its hedges.
    pub said: Span,
    /// How many readings were tried.
    pub tried: usize,
    /// Printed decimals of the stated figure.
    pub decimals: u32,
    /// What 万 or 亿 multiply the stated figure by (1 where it has neither).
    pub scale: i128,
    /// Over how many years a yearly growth is spread (0 for what is none).
    pub years: u32,
}

impl Working {
    /// The working of operands that give `computed`, against what `stated` says.
    pub(crate) fn new(left: Exact, right: Exact, computed: Interval, stated: &Quantity, tried: usize) -> Self {
        Self {
            left,
            right,
            computed,
            stated: stated.means,
            said: stated.said,
            reachable: None,
            tried,
            decimals: stated.decimals,
            scale: stated.scale,
            years: 0,
        }
    }

    /// The working of operands that no [`Quantity`] of prose stands for, against what `said` states.
    pub(crate) fn plain(left: Exact, right: Exact, computed: Interval, stated: Interval, said: Span) -> Self {
        Self { left, right, computed, stated, reachable: None, said, tried: 1, decimals: 0, scale: 1, years: 0 }
    }
}

/// The whole numbers that would make a rate true.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// From the first to the last.
    Range(i128, i128),
    /// None would.
    Nothing,
}

/// How well a computed interval fits a stated one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Fit {
    Off,
    Near,
    Fits,
}

/// Compares what the figures give with a stated quantity: within its meaning it fits, within half a unit more it is near.
pub(crate) fn fit(computed: &Interval, stated: &Quantity) -> Fit {
    if computed.meets(&stated.means) {
        Fit::Fits
    } else if !stated.exact && stated.hedge.is_none() && computed.meets(&stated.means.widened(half(stated.ulp))) {
        Fit::Near
    } else {
        Fit::Off
    }
}

/// The same for a share: 100% says "all", so that fewer than all are at most a rounding (99.5% and more).
pub(crate) fn fit_share(computed: &Interval, stated: &Quantity) -> Fit {
    let hundred = whole(100);
    if stated.value == hundred && stated.hedge.is_none() && computed.hi.is_some_and(|hi| hi < hundred) {
        let enough = hundred - half(stated.ulp);
        return if computed.hi.is_some_and(|hi| hi >= enough) { Fit::Near } else { Fit::Off };
    }
    fit(computed, stated)
}

/// The whole-number numerators that give the stated rate on the base `denominator`; beyond the base only where `over`.
pub(crate) fn reachable(stated: &Quantity, denominator: Exact, over: bool) -> Option<Reach> {
    let low = stated.means.lo * denominator / whole(100);
    let high = stated.means.hi? * denominator / whole(100);
    let high = if over { high } else { high.min(denominator) };
    if high < low {
        return Some(Reach::Nothing);
    }
    Some(Interval::new(low, high).integers().map_or(Reach::Nothing, |(a, b)| Reach::Range(a, b)))
}

#[cfg(test)]
mod tests {
    use super::super::lexicon::Lexicon;
    use super::super::quantity::Sentences;
    use super::*;
    use crate::text::Events;

    /// The first quantity of a text.
    fn stated(text: &str) -> Quantity {
        let span = Span::new(0, text.len());
        let lexicon = Lexicon::new(vec![vec!["件".to_owned()]], Vec::new(), Vec::new());
        let mut sentences = Sentences::default();
        sentences.read(text, span, Events::new(text).within(span), &lexicon);
        sentences.get(0).quantities[0].clone()
    }

    fn point(n: i128, of: i128) -> Interval {
        Interval::point(Exact::new(n, of))
    }

    /// The reasons that a report names are those that its schema lists.
    #[test]
    fn reasons() {
        let all = [
            (Why::NoBase, "no-base"),
            (Why::NoPart, "no-part"),
            (Why::Masked, "masked"),
            (Why::Target, "target"),
            (Why::CarriedOver, "carried-over"),
            (Why::NoBefore, "no-before"),
            (Why::OpenParts, "open-parts"),
            (Why::Ambiguous, "ambiguous"),
        ];
        assert!(all.iter().all(|(why, name)| why.as_str() == *name));
    }

    /// Half a unit of the last place either way fits, up to one unit is near, and all beyond is off.
    #[test]
    fn fits_and_nears() {
        let rate = stated("41%");
        for (computed, expected) in [
            (point(405, 10), Fit::Fits),
            (point(415, 10), Fit::Fits),
            (point(4151, 100), Fit::Near),
            (point(42, 1), Fit::Near),
            (point(4201, 100), Fit::Off),
            (point(40, 1), Fit::Near),
            (point(3999, 100), Fit::Off),
            (Interval { lo: whole(30), hi: None, at: whole(30) }, Fit::Fits),
        ] {
            assert_eq!(fit(&computed, &rate), expected, "{computed:?}");
        }
        assert_eq!(fit(&point(9899, 1000), &stated("9.89%")), Fit::Near);
    }

    /// What is exact or hedged has no near miss: a count is what it says, and a hedge is wide by itself.
    #[test]
    fn no_near_miss() {
        assert_eq!(fit(&point(185, 1), &stated("185件")), Fit::Fits);
        assert_eq!(fit(&point(371, 2), &stated("185件")), Fit::Off);
        assert_eq!(fit(&point(40, 1), &stated("41%以上")), Fit::Off);
        assert_eq!(fit(&point(41, 1), &stated("41%以上")), Fit::Fits);
    }

    /// 100% says all: fewer are a rounding from half a unit below on, and never a fit.
    #[test]
    fn all_means_all() {
        for (text, computed, expected) in [
            ("100%", point(100, 1), Fit::Fits),
            ("100%", point(995, 10), Fit::Near),
            ("100%", point(9949, 100), Fit::Off),
            ("100.0%", point(9995, 100), Fit::Near),
            ("100.0%", point(9994, 100), Fit::Off),
            ("100%", point(1004, 10), Fit::Fits),
            ("近100%", point(97, 1), Fit::Fits),
            ("99%", point(992, 10), Fit::Fits),
        ] {
            assert_eq!(fit_share(&computed, &stated(text)), expected, "{text} {computed:?}");
        }
        assert_eq!(fit_share(&Interval { lo: whole(90), hi: None, at: whole(90) }, &stated("100%")), Fit::Fits);
    }

    /// The numerators that a rate admits, none where the rate falls between two of them or beyond the base.
    #[test]
    fn reachable_numerators() {
        for (text, base, over, expected) in [
            ("41%", 431, false, Reach::Range(175, 178)),
            ("30%", 7, false, Reach::Nothing),
            ("100%", 10, false, Reach::Range(10, 10)),
            ("110%", 10, false, Reach::Nothing),
            ("110%", 10, true, Reach::Range(11, 11)),
        ] {
            assert_eq!(reachable(&stated(text), whole(base), over), Some(expected), "{text} of {base}");
        }
        assert_eq!(reachable(&stated("90%以上"), whole(10), false), None);
        let from_all = Quantity { means: Interval::new(whole(100), whole(101)), ..stated("100%") };
        assert_eq!(reachable(&from_all, whole(10), false), Some(Reach::Range(10, 10)));
    }
}
