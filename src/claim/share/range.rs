//! A quick look at two counts: most cannot give a rate, and need not be divided to tell.

use crate::claim::exact::{Exact, Interval};
use crate::claim::quantity::Quantity;

/// What a rate admits, and one unit of its last place on either side: beyond that no count is even near. There is none
/// for figures that are too large for a quick look.
#[derive(Debug, Clone, Copy)]
pub(super) struct Range(Option<Ends>);

/// The ends as fractions of one.
#[derive(Debug, Clone, Copy)]
struct Ends {
    low: Small,
    high: Option<Small>,
}

/// A fraction of such small numbers that the products of three of them hold.
#[derive(Debug, Clone, Copy)]
struct Small {
    n: i64,
    d: i64,
}

impl Small {
    /// Three factors of less than this make a product of less than 2¹²⁰.
    const LIMIT: u64 = 1 << 40;

    fn new(n: i64, d: i64) -> Option<Self> {
        (n.unsigned_abs() < Self::LIMIT && d.unsigned_abs() < Self::LIMIT).then_some(Self { n, d })
    }

    fn of(v: Exact) -> Option<Self> {
        let (n, d) = v.narrow()?;
        Self::new(n, d)
    }

    /// The end of an interval, where it has one.
    fn end(v: Option<Exact>) -> Option<Option<Self>> {
        v.map_or(Some(None), |v| Self::of(v).map(Some))
    }

    /// `self` percent and `by` of such units more.
    fn percent_and(self, by: Self, units: i64) -> Option<Self> {
        let n = self.n.checked_mul(by.d)?.checked_add(by.n.checked_mul(self.d)?.checked_mul(units)?)?;
        Self::new(n, self.d.checked_mul(by.d)?.checked_mul(100)?)
    }

    /// Whether `part / base` is less than it, where the base is positive.
    fn is_above(self, part: Self, base: Self) -> bool {
        let product = |a: i64, b: i64, c: i64| i128::from(a) * i128::from(b) * i128::from(c);
        product(part.n, base.d, self.d) < product(self.n, base.n, part.d)
    }

    /// Whether `part / base` is more than it, where the base is positive.
    fn is_below(self, part: Self, base: Self) -> bool {
        Self { n: -self.n, ..self }.is_above(Self { n: -part.n, ..part }, base)
    }
}

impl Range {
    pub(super) fn of(rate: &Quantity) -> Self {
        let ends = || {
            let (low, high, ulp) = (Small::of(rate.means.lo)?, Small::end(rate.means.hi)?, Small::of(rate.ulp)?);
            let high = high.map_or(Some(None), |high| high.percent_and(ulp, 1).map(Some))?;
            Some(Ends { low: low.percent_and(ulp, -1)?, high })
        };
        Self(ends())
    }

    /// Whether the part over the base is a rate, and certainly another.
    pub(super) fn excludes(&self, part: &Interval, base: &Interval) -> bool {
        let certain = || {
            let Ends { low, high } = self.0?;
            let (part_lo, base_lo) = (Small::of(part.lo)?, Small::of(base.lo)?);
            // What is printed must divide as well.
            let (_, base_at) = (Small::of(part.at)?, Small::of(base.at)?);
            if part_lo.n < 0 || base_lo.n <= 0 || base_at.n <= 0 {
                return None;
            }
            let (part_hi, base_hi) = (Small::end(part.hi)?, Small::end(base.hi)?);
            let less = part_hi.is_some_and(|hi| low.is_above(hi, base_lo));
            let more = base_hi.zip(high).is_some_and(|(hi, high)| high.is_below(part_lo, hi));
            Some(less || more)
        };
        certain().unwrap_or(false)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::claim::exact::whole;
    use crate::claim::lexicon::Lexicon;
    use crate::claim::quantity::Sentences;
    use crate::claim::verdict::{Fit, fit_share};
    use crate::text::{Events, Span};

    /// The figures of a text.
    fn figures(text: &str) -> Vec<Quantity> {
        let span = Span::new(0, text.len());
        let lexicon = Lexicon::new(vec![vec!["件".to_owned()]], Vec::new(), Vec::new());
        let mut sentences = Sentences::default();
        sentences.read(text, span, Events::new(text).within(span), &lexicon);
        sentences.iter().flat_map(|s| s.quantities).cloned().collect()
    }

    proptest! {
        /// What is excluded is a rate, and not near the stated one.
        #[test]
        fn excludes_none_that_is_near(
            (part, base) in (0i64..300, 0i64..300),
            hedge in "(近|约|超|不足)?",
            rate in "(近|超|不足|约)?(100|[0-9]{2}|[0-9]{1,2}\\.[0-9]{1,2})%",
        ) {
            let text = format!("{hedge}{part}件，{base}件，{rate}");
            let [part, base, rate] = &figures(&text)[..] else { return Ok(()) };
            if Range::of(rate).excludes(&part.means, &base.means) {
                let computed = part.means.ratio(&base.means, whole(100));
                prop_assert_eq!(computed.map(|computed| fit_share(&computed, rate)), Some(Fit::Off), "{}", text);
            }
        }
    }

    /// Most pairs are excluded, and those that fit or are too large are not.
    #[test]
    fn excludes_the_others() {
        for (text, excluded) in [
            ("30件，100件，41%", true),
            ("60件，100件，41%", true),
            ("41件，100件，41%", false),
            ("42件，100件，41%", false),
            ("60件，100件，41%以上", false),
            ("30件，100件，41%以上", true),
            ("30件，0件，41%", false),
            ("30件，99999999999999件，41%", false),
        ] {
            let [part, base, rate] = &figures(text)[..] else { panic!("{text}") };
            assert_eq!(Range::of(rate).excludes(&part.means, &base.means), excluded, "{text}");
        }
    }
}
