//! Exact numbers and the intervals that printed numbers stand for. No floats anywhere.

use num_rational::Ratio;
use num_traits::{CheckedAdd, CheckedDiv, CheckedMul, Signed, Zero};

/// An exact rational number.
pub type Exact = Ratio<i128>;

/// A whole number.
#[must_use]
pub fn whole(n: i128) -> Exact {
    Exact::from_integer(n)
}

/// The fraction `n / d`, where `d` is positive. Figures of papers fit into 64 bits, and are reduced there.
pub(super) fn fraction(n: i128, d: i128) -> Exact {
    match (i64::try_from(n), i64::try_from(d)) {
        (Ok(_), Ok(1)) => whole(n),
        (Ok(a), Ok(b)) if b > 0 => {
            let by = i128::from(gcd(a.unsigned_abs(), b.unsigned_abs()));
            Exact::new_raw(n / by, d / by)
        }
        _ => Exact::new(n, d),
    }
}

/// The greatest common divisor of two numbers, the second of which is not zero.
fn gcd(mut a: u64, mut b: u64) -> u64 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

/// Half of `v`.
pub(super) fn half(v: Exact) -> Exact {
    let (n, d) = (*v.numer(), *v.denom());
    // A reduced fraction stays reduced: of an odd numerator the denominator is doubled, an even one is halved.
    if n % 2 == 0 {
        Exact::new_raw(n / 2, d)
    } else {
        d.checked_mul(2).map_or_else(|| v / whole(2), |d| Exact::new_raw(n, d))
    }
}

/// Whether `a` is at most `b`.
pub(super) fn at_most(a: Exact, b: Exact) -> bool {
    let crossed = a.numer().checked_mul(b.denom()).zip(b.numer().checked_mul(a.denom()));
    crossed.map_or_else(|| a <= b, |(a, b)| a <= b)
}

/// `a + b`, where both are as small as the figures of papers.
fn plus(a: Exact, b: Exact) -> Exact {
    sum(a, b).unwrap_or_else(|| a + b)
}

/// A closed interval around what is printed; `hi` is `None` where it is unbounded above.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Interval {
    /// Lower end.
    pub lo: Exact,
    /// Upper end.
    pub hi: Option<Exact>,
    /// What is printed, or what the printed figures give if each is taken at its word.
    pub at: Exact,
}

impl Interval {
    /// A single point.
    #[must_use]
    pub fn point(v: Exact) -> Self {
        Self { lo: v, hi: Some(v), at: v }
    }

    /// From `lo` to `hi`, where no figure is printed: its middle stands for one.
    #[must_use]
    pub fn new(lo: Exact, hi: Exact) -> Self {
        Self { lo, hi: Some(hi), at: half(plus(lo, hi)) }
    }

    /// The same about another printed figure.
    #[must_use]
    pub fn at(self, at: Exact) -> Self {
        Self { at, ..self }
    }

    /// What is left of `whole` without `self`; `None` where `self` has no upper end.
    #[must_use]
    pub fn rest_of(&self, whole: Exact) -> Option<Self> {
        Some(Self { lo: plus(whole, -self.hi?), hi: Some(plus(whole, -self.lo)), at: plus(whole, -self.at) })
    }

    /// Less `by`.
    #[must_use]
    pub fn less(&self, by: Exact) -> Self {
        Self { lo: plus(self.lo, -by), hi: self.hi.map(|h| plus(h, -by)), at: plus(self.at, -by) }
    }

    /// `v` give or take `by`.
    #[must_use]
    pub fn around(v: Exact, by: Exact) -> Self {
        Self { lo: plus(v, -by), hi: Some(plus(v, by)), at: v }
    }

    /// Whether it is one point.
    #[must_use]
    pub fn is_point(&self) -> bool {
        self.hi == Some(self.lo)
    }

    /// Whether the two share a point.
    #[must_use]
    pub fn meets(&self, other: &Self) -> bool {
        self.hi.is_none_or(|hi| at_most(other.lo, hi)) && other.hi.is_none_or(|hi| at_most(self.lo, hi))
    }

    /// Widened on both sides.
    #[must_use]
    pub fn widened(&self, by: Exact) -> Self {
        Self { lo: plus(self.lo, -by), hi: self.hi.map(|h| plus(h, by)), at: self.at }
    }

    /// The sum of two; `None` on overflow.
    #[must_use]
    pub fn add(&self, other: &Self) -> Option<Self> {
        let hi = match (self.hi, other.hi) {
            (Some(a), Some(b)) => Some(sum(a, b)?),
            _ => None,
        };
        Some(Self { lo: sum(self.lo, other.lo)?, hi, at: sum(self.at, other.at)? })
    }

    /// The difference of two bounded intervals; `None` where `other` is unbounded or the result overflows.
    #[must_use]
    pub fn sub(&self, other: &Self) -> Option<Self> {
        let hi = match self.hi {
            Some(hi) => Some(sum(hi, -other.lo)?),
            None => None,
        };
        Some(Self { lo: sum(self.lo, -other.hi?)?, hi, at: sum(self.at, -other.at)? })
    }

    /// The quotient of two intervals that are not negative, times `scale`; `None` where the divisor touches zero.
    #[must_use]
    pub fn ratio(&self, other: &Self, scale: Exact) -> Option<Self> {
        if !other.lo.is_positive() || self.lo.is_negative() {
            return None;
        }
        let lo = match other.hi {
            Some(hi) => quotient(self.lo, hi, scale)?,
            None => Exact::zero(),
        };
        let hi = match self.hi {
            Some(hi) => Some(quotient(hi, other.lo, scale)?),
            None => None,
        };
        Some(Self { lo, hi, at: quotient(self.at, other.at, scale)? })
    }

    /// The whole numbers in it, first and last; `None` where there is none or no end.
    #[must_use]
    pub fn integers(&self) -> Option<(i128, i128)> {
        let first = self.lo.ceil().to_integer();
        let last = self.hi?.floor().to_integer();
        (first <= last).then_some((first, last))
    }
}

/// `a + b`; `None` on overflow.
fn sum(a: Exact, b: Exact) -> Option<Exact> {
    if a.denom() == b.denom() {
        return a.numer().checked_add(b.numer()).map(|n| fraction(n, *a.denom()));
    }
    let crossed = || {
        let n = a.numer().checked_mul(b.denom())?.checked_add(b.numer().checked_mul(a.denom())?)?;
        Some(fraction(n, a.denom().checked_mul(b.denom())?))
    };
    crossed().or_else(|| a.checked_add(&b))
}

/// `a / b * scale`; `None` on overflow and where `b` is zero. Of whole numbers it is one fraction, reduced once.
fn quotient(a: Exact, b: Exact, scale: Exact) -> Option<Exact> {
    if a.is_integer() && b.is_integer() && scale.is_integer() && b.is_positive() {
        let scaled = a.numer().checked_mul(scale.numer());
        return scaled.map(|scaled| fraction(scaled, *b.numer()));
    }
    a.checked_div(&b)?.checked_mul(&scale)
}

/// `v` rounded half away from zero to `places` decimals, printed.
#[must_use]
pub fn decimal(v: Exact, places: u32) -> String {
    let scale = 10i128.pow(places);
    let scaled = v.abs().checked_mul(&whole(scale)).map_or(0, |s| (s + Exact::new(1, 2)).floor().to_integer());
    let sign = if v.is_negative() && scaled != 0 { "-" } else { "" };
    if places == 0 {
        return format!("{sign}{scaled}");
    }
    format!("{sign}{}.{:0width$}", scaled / scale, scaled % scale, width = places as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rounding is half away from zero and keeps trailing zeros.
    #[test]
    fn decimals() {
        assert_eq!(decimal(Exact::new(14500, 431), 2), "33.64");
        assert_eq!(decimal(Exact::new(1, 2), 0), "1");
        assert_eq!(decimal(Exact::new(-1, 8), 2), "-0.13");
        assert_eq!(decimal(Exact::new(44, 1), 2), "44.00");
    }

    /// Whole numbers and fractions are reckoned alike.
    #[test]
    fn whole_numbers_and_fractions() {
        let half = Exact::new(1, 2);
        assert_eq!((sum(whole(2), whole(3)), sum(whole(2), half)), (Some(whole(5)), Some(Exact::new(5, 2))));
        assert_eq!((sum(half, half), sum(half, Exact::new(-1, 6))), (Some(whole(1)), Some(Exact::new(1, 3))));
        assert_eq!(sum(whole(i128::MAX), whole(1)), None);
        assert_eq!(quotient(whole(145), whole(431), whole(100)), Some(Exact::new(14500, 431)));
        assert_eq!(quotient(half, whole(4), whole(100)), Some(Exact::new(25, 2)));
        assert_eq!(quotient(whole(0), whole(4), whole(100)), Some(whole(0)));
        assert_eq!(quotient(whole(1), whole(0), whole(100)), None);
    }

    /// Fractions are reduced and halved as the library does it, within 64 bits and beyond.
    #[test]
    fn fractions() {
        let big = i128::from(i64::MAX) * 6;
        for (n, d) in [(0, 7), (6, 4), (-6, 4), (35, 1000), (7, 1), (big, 12), (5, big), (i128::from(i64::MIN), 2)] {
            assert_eq!(fraction(n, d), Exact::new(n, d));
            assert_eq!(half(Exact::new(n, d)), Exact::new(n, d) / whole(2));
            assert!(at_most(Exact::new(n, d), Exact::new(n, d)) && !at_most(Exact::new(n + 1, d), Exact::new(n, d)));
        }
    }

    /// A ratio of intervals covers every ratio of their points.
    #[test]
    fn ratios() {
        let a = Interval::new(whole(1), whole(2));
        let b = Interval::new(whole(4), whole(5));
        assert_eq!(a.ratio(&b, whole(100)), Some(Interval::new(whole(20), whole(50)).at(Exact::new(100, 3))));
        assert_eq!(a.ratio(&Interval::new(whole(0), whole(5)), whole(1)), None);
    }
}
