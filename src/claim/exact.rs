//! Exact numbers and the intervals that printed numbers stand for. No floats anywhere.

use num_rational::Ratio;
use num_traits::{CheckedAdd, CheckedDiv, CheckedMul, CheckedSub, Signed, Zero};

/// An exact rational number.
pub type Exact = Ratio<i128>;

/// A whole number.
#[must_use]
pub fn whole(n: i128) -> Exact {
    Exact::from_integer(n)
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
        Self { lo, hi: Some(hi), at: (lo + hi) / whole(2) }
    }

    /// The same about another printed figure.
    #[must_use]
    pub fn at(self, at: Exact) -> Self {
        Self { at, ..self }
    }

    /// What is left of `whole` without `self`; `None` where `self` has no upper end.
    #[must_use]
    pub fn rest_of(&self, whole: Exact) -> Option<Self> {
        Some(Self { lo: whole - self.hi?, hi: Some(whole - self.lo), at: whole - self.at })
    }

    /// Less `by`.
    #[must_use]
    pub fn less(&self, by: Exact) -> Self {
        Self { lo: self.lo - by, hi: self.hi.map(|h| h - by), at: self.at - by }
    }

    /// `v` give or take `by`.
    #[must_use]
    pub fn around(v: Exact, by: Exact) -> Self {
        Self { lo: v - by, hi: Some(v + by), at: v }
    }

    /// Whether it is one point.
    #[must_use]
    pub fn is_point(&self) -> bool {
        self.hi == Some(self.lo)
    }

    /// Whether the two share a point.
    #[must_use]
    pub fn meets(&self, other: &Self) -> bool {
        self.hi.is_none_or(|hi| other.lo <= hi) && other.hi.is_none_or(|hi| self.lo <= hi)
    }

    /// Widened on both sides.
    #[must_use]
    pub fn widened(&self, by: Exact) -> Self {
        Self { lo: self.lo - by, hi: self.hi.map(|h| h + by), at: self.at }
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
        let lo = self.lo.checked_sub(&other.hi?)?;
        let hi = match self.hi {
            Some(hi) => Some(hi.checked_sub(&other.lo)?),
            None => None,
        };
        Some(Self { lo, hi, at: self.at.checked_sub(&other.at)? })
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

/// `a + b`; `None` on overflow. Most figures are whole, and whole numbers need no common denominator.
fn sum(a: Exact, b: Exact) -> Option<Exact> {
    if a.is_integer() && b.is_integer() {
        return a.numer().checked_add(b.numer()).map(whole);
    }
    a.checked_add(&b)
}

/// `a / b * scale`; `None` on overflow and where `b` is zero. Of whole numbers it is one fraction, reduced once.
fn quotient(a: Exact, b: Exact, scale: Exact) -> Option<Exact> {
    if a.is_integer() && b.is_integer() && scale.is_integer() && b.is_positive() {
        let scaled = a.numer().checked_mul(scale.numer());
        return scaled.map(|scaled| Exact::new(scaled, *b.numer()));
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
        assert_eq!(sum(whole(i128::MAX), whole(1)), None);
        assert_eq!(quotient(whole(145), whole(431), whole(100)), Some(Exact::new(14500, 431)));
        assert_eq!(quotient(half, whole(4), whole(100)), Some(Exact::new(25, 2)));
        assert_eq!(quotient(whole(0), whole(4), whole(100)), Some(whole(0)));
        assert_eq!(quotient(whole(1), whole(0), whole(100)), None);
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
