//! Whether figures agree: exact interval arithmetic on the printed precision, and nothing else.

use super::exact::{Exact, Interval, whole};
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
        }
    }

    /// The working of operands that no [`Quantity`] of prose stands for, against what `said` states.
    pub(crate) fn plain(left: Exact, right: Exact, computed: Interval, stated: Interval, said: Span) -> Self {
        Self { left, right, computed, stated, reachable: None, said, tried: 1, decimals: 0, scale: 1 }
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
    } else if !stated.exact && stated.hedge.is_none() && computed.meets(&stated.means.widened(stated.ulp / whole(2))) {
        Fit::Near
    } else {
        Fit::Off
    }
}

/// The same for a share: 100% says "all", so that fewer than all are at most a rounding (99.5% and more).
pub(crate) fn fit_share(computed: &Interval, stated: &Quantity) -> Fit {
    let hundred = whole(100);
    if stated.value == hundred && stated.hedge.is_none() && computed.hi.is_some_and(|hi| hi < hundred) {
        let enough = hundred - stated.ulp / whole(2);
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
