//! Exact numbers and the intervals that printed numbers stand for. No floats anywhere.

use std::cmp::Ordering;
use std::fmt;
use std::ops::{Add, Div, Mul, Neg, Sub};

use num_rational::Ratio;
use num_traits::{CheckedAdd, CheckedDiv, CheckedMul};

/// An exact rational number: a reduced fraction whose denominator is positive.
///
/// Nearly all figures of papers, and what is reckoned with them, fit into 64 bits, where it takes a few instructions; the
/// others are left to [`Ratio`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exact {
    numer: i128,
    denom: i128,
}

impl Exact {
    /// The fraction `n / d`, reduced.
    ///
    /// # Panics
    /// When `d` is zero.
    #[must_use]
    pub fn new(n: i128, d: i128) -> Self {
        match (i64::try_from(n), i64::try_from(d)) {
            (Ok(n), Ok(d)) if d > 0 => Self::reduced(n, d),
            _ => Ratio::new(n, d).into(),
        }
    }

    /// The same of 64 bits; `d` is positive.
    pub(super) fn reduced(n: i64, d: i64) -> Self {
        if d == 1 {
            return whole(n.into());
        }
        // A divisor of `d` is no greater than it.
        let by = gcd(n.unsigned_abs(), d.unsigned_abs()).cast_signed();
        Self { numer: (n / by).into(), denom: (d / by).into() }
    }

    /// Numerator and denominator, where both have 64 bits.
    pub(super) fn narrow(self) -> Option<(i64, i64)> {
        Some((i64::try_from(self.numer).ok()?, i64::try_from(self.denom).ok()?))
    }

    fn wide(self) -> Ratio<i128> {
        Ratio::new_raw(self.numer, self.denom)
    }

    /// The numerator.
    #[must_use]
    pub fn numer(&self) -> &i128 {
        &self.numer
    }

    /// The denominator.
    #[must_use]
    pub fn denom(&self) -> &i128 {
        &self.denom
    }

    /// Whether it is a whole number.
    #[must_use]
    pub fn is_integer(&self) -> bool {
        self.denom == 1
    }

    /// Whether it is zero.
    #[must_use]
    pub fn is_zero(&self) -> bool {
        self.numer == 0
    }

    /// Its whole part.
    #[must_use]
    pub fn to_integer(&self) -> i128 {
        if self.is_integer() { self.numer } else { self.numer / self.denom }
    }

    /// Its whole part, as a fraction.
    #[must_use]
    pub fn trunc(&self) -> Self {
        whole(self.to_integer())
    }

    /// The greatest whole number that is no greater.
    #[must_use]
    pub fn floor(&self) -> Self {
        self.wide().floor().into()
    }

    /// The least whole number that is no less.
    #[must_use]
    pub fn ceil(&self) -> Self {
        self.wide().ceil().into()
    }

    /// How far it is from zero.
    #[must_use]
    pub fn abs(&self) -> Self {
        if self.numer < 0 { -*self } else { *self }
    }

    /// `self + other`; `None` on overflow.
    fn checked_add(self, other: Self) -> Option<Self> {
        self.narrow_sum(other).or_else(|| self.wide().checked_add(&other.wide()).map(Self::from))
    }

    /// `self * other`; `None` on overflow.
    fn checked_mul(self, other: Self) -> Option<Self> {
        self.narrow_product(other).or_else(|| self.wide().checked_mul(&other.wide()).map(Self::from))
    }

    fn narrow_sum(self, other: Self) -> Option<Self> {
        let ((an, ad), (bn, bd)) = (self.narrow()?, other.narrow()?);
        if ad == bd {
            return an.checked_add(bn).map(|n| Self::reduced(n, ad));
        }
        let n = an.checked_mul(bd)?.checked_add(bn.checked_mul(ad)?)?;
        Some(Self::reduced(n, ad.checked_mul(bd)?))
    }

    fn narrow_product(self, other: Self) -> Option<Self> {
        let ((an, ad), (bn, bd)) = (self.narrow()?, other.narrow()?);
        Some(Self::reduced(an.checked_mul(bn)?, ad.checked_mul(bd)?))
    }

    fn narrow_quotient(self, other: Self) -> Option<Self> {
        let ((an, ad), (bn, bd)) = (self.narrow()?, other.narrow()?);
        let (n, d) = (an.checked_mul(bd)?, ad.checked_mul(bn)?);
        (d > 0).then(|| Self::reduced(n, d))
    }

    /// `self / other * scale`; `None` on overflow and where `other` is zero.
    fn ratio(self, other: Self, scale: Self) -> Option<Self> {
        let narrow = || {
            let ((an, ad), (bn, bd), (sn, sd)) = (self.narrow()?, other.narrow()?, scale.narrow()?);
            let n = an.checked_mul(bd)?.checked_mul(sn)?;
            let d = ad.checked_mul(bn)?.checked_mul(sd)?;
            (d > 0).then(|| Self::reduced(n, d))
        };
        let wide = || self.wide().checked_div(&other.wide())?.checked_mul(&scale.wide()).map(Self::from);
        narrow().or_else(wide)
    }
}

impl Default for Exact {
    fn default() -> Self {
        whole(0)
    }
}

impl From<i128> for Exact {
    fn from(n: i128) -> Self {
        whole(n)
    }
}

impl fmt::Display for Exact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.wide().fmt(f)
    }
}

impl From<Ratio<i128>> for Exact {
    fn from(reduced: Ratio<i128>) -> Self {
        let (numer, denom) = reduced.into_raw();
        Self { numer, denom }
    }
}

impl Ord for Exact {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self.narrow(), other.narrow()) {
            (Some((an, ad)), Some((bn, bd))) => {
                (i128::from(an) * i128::from(bd)).cmp(&(i128::from(bn) * i128::from(ad)))
            }
            _ => self.wide().cmp(&other.wide()),
        }
    }
}

impl PartialOrd for Exact {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Neg for Exact {
    type Output = Self;

    fn neg(self) -> Self {
        Self { numer: -self.numer, ..self }
    }
}

impl Add for Exact {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        self.narrow_sum(other).unwrap_or_else(|| (self.wide() + other.wide()).into())
    }
}

impl Sub for Exact {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        self + -other
    }
}

impl Mul for Exact {
    type Output = Self;

    fn mul(self, other: Self) -> Self {
        self.narrow_product(other).unwrap_or_else(|| (self.wide() * other.wide()).into())
    }
}

impl Div for Exact {
    type Output = Self;

    fn div(self, other: Self) -> Self {
        self.narrow_quotient(other).unwrap_or_else(|| (self.wide() / other.wide()).into())
    }
}

/// A whole number.
#[must_use]
pub fn whole(n: i128) -> Exact {
    Exact { numer: n, denom: 1 }
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
    // A reduced fraction stays reduced: of an odd numerator the denominator is doubled, an even one is halved.
    if v.numer % 2 == 0 {
        Exact { numer: v.numer / 2, ..v }
    } else {
        v.denom.checked_mul(2).map_or_else(|| v / whole(2), |denom| Exact { denom, ..v })
    }
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
        Self { lo, hi: Some(hi), at: half(lo + hi) }
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
        let (lo, hi) = less_and_more(v, by).unwrap_or_else(|| (v - by, v + by));
        Self { lo, hi: Some(hi), at: v }
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
            (Some(a), Some(b)) => Some(a.checked_add(b)?),
            _ => None,
        };
        Some(Self { lo: self.lo.checked_add(other.lo)?, hi, at: self.at.checked_add(other.at)? })
    }

    /// The difference of two bounded intervals; `None` where `other` is unbounded or the result overflows.
    #[must_use]
    pub fn sub(&self, other: &Self) -> Option<Self> {
        let hi = match self.hi {
            Some(hi) => Some(hi.checked_add(-other.lo)?),
            None => None,
        };
        Some(Self { lo: self.lo.checked_add(-other.hi?)?, hi, at: self.at.checked_add(-other.at)? })
    }

    /// The quotient of two intervals that are not negative, times `scale`; `None` where the divisor touches zero.
    #[must_use]
    pub fn ratio(&self, other: &Self, scale: Exact) -> Option<Self> {
        if other.lo <= whole(0) || self.lo < whole(0) {
            return None;
        }
        let lo = match other.hi {
            Some(hi) => self.lo.ratio(hi, scale)?,
            None => whole(0),
        };
        let hi = match self.hi {
            Some(hi) => Some(hi.ratio(other.lo, scale)?),
            None => None,
        };
        Some(Self { lo, hi, at: self.at.ratio(other.at, scale)? })
    }

    /// The whole numbers in it, first and last; `None` where there is none or no end.
    #[must_use]
    pub fn integers(&self) -> Option<(i128, i128)> {
        let first = self.lo.ceil().to_integer();
        let last = self.hi?.floor().to_integer();
        (first <= last).then_some((first, last))
    }
}

/// `v - by` and `v + by`; `None` beyond 64 bits.
fn less_and_more(v: Exact, by: Exact) -> Option<(Exact, Exact)> {
    let ((n, d), (by, by_d)) = (v.narrow()?, by.narrow()?);
    let (n, by, d) = (n.checked_mul(by_d)?, by.checked_mul(d)?, d.checked_mul(by_d)?);
    Some((Exact::reduced(n.checked_sub(by)?, d), Exact::reduced(n.checked_add(by)?, d)))
}

/// `v` rounded half away from zero to `places` decimals, printed.
#[must_use]
pub fn decimal(v: Exact, places: u32) -> String {
    let scale = 10i128.pow(places);
    let scaled = v.abs().checked_mul(whole(scale)).map_or(0, |s| (s + Exact::new(1, 2)).floor().to_integer());
    let sign = if v < whole(0) && scaled != 0 { "-" } else { "" };
    if places == 0 {
        return format!("{sign}{scaled}");
    }
    format!("{sign}{}.{:0width$}", scaled / scale, scaled % scale, width = places as usize)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Rounding is half away from zero and keeps trailing zeros.
    #[test]
    fn decimals() {
        assert_eq!(decimal(Exact::new(14500, 431), 2), "33.64");
        assert_eq!(decimal(Exact::new(1, 2), 0), "1");
        assert_eq!(decimal(Exact::new(-1, 8), 2), "-0.13");
        assert_eq!(decimal(Exact::new(44, 1), 2), "44.00");
    }

    /// Numbers within 64 bits, at their end and beyond.
    fn exact() -> impl Strategy<Value = Exact> {
        let numer = prop_oneof![-1000..1000i128, Just(i64::MAX.into()), Just(i64::MIN.into()), Just(5i128 << 61)];
        (numer, prop_oneof![1..=1000i128, Just(1i128 << 40)]).prop_map(|(n, d)| Exact::new(n, d))
    }

    proptest! {
        /// All is reckoned as the library does it.
        #[test]
        fn as_the_library(a in exact(), b in exact()) {
            let (x, y) = (a.wide(), b.wide());
            prop_assert_eq!(Exact::from(Ratio::new(a.numer, a.denom)), a);
            prop_assert_eq!((a + b, a - b, a * b), ((x + y).into(), (x - y).into(), (x * y).into()));
            prop_assert_eq!((a.checked_add(b), a.checked_mul(b)), (Some(a + b), Some(a * b)));
            prop_assert_eq!((a.cmp(&b), a == b), (x.cmp(&y), x == y));
            prop_assert_eq!((half(a), -a, a.abs()), ((x / 2).into(), (-x).into(), if a.numer < 0 { -a } else { a }));
            prop_assert_eq!((a.floor(), a.ceil(), a.trunc()), (x.floor().into(), x.ceil().into(), x.trunc().into()));
            prop_assert_eq!((a.to_integer(), a.is_integer()), (x.to_integer(), x.is_integer()));
            prop_assert_eq!(a.ratio(b, whole(100)), x.checked_div(&y).and_then(|q| q.checked_mul(&100.into())).map(Exact::from));
            if !b.is_zero() {
                prop_assert_eq!(a / b, (x / y).into());
            }
        }
    }

    /// What is too large for the sum is none.
    #[test]
    fn overflow() {
        assert_eq!(whole(i128::MAX).checked_add(whole(1)), None);
        assert_eq!(whole(i128::MAX).checked_mul(whole(2)), None);
        assert_eq!(whole(1).ratio(whole(0), whole(100)), None);
    }

    /// An interval around a figure ends where sum and difference are.
    #[test]
    fn around() {
        let big = Exact::new(i128::from(i64::MAX) + 1, 3);
        for (v, by) in [(Exact::new(413, 10), Exact::new(1, 20)), (whole(0), whole(5)), (big, Exact::new(1, 7))] {
            assert_eq!(Interval::around(v, by), Interval { lo: v - by, hi: Some(v + by), at: v });
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
