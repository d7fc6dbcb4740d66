//! A row of numbers that should climb by one: what fits it, and what a number that does not fit does to it.

use crate::text::{Span, chinese_integer, half_width, is_chinese_numeral, is_digit, trim_blank_start};

/// The most characters of a number (一千二百三十四).
const NUMERALS: usize = 9;
/// More numbers missing from a row than these are no slip.
const WIDEST_GAP: u64 = 2;

/// The number at the start of the text, and what follows it, blanks around both left out.
pub(super) fn number(text: &str) -> Option<(u64, &str)> {
    let text = trim_blank_start(text);
    let first = text.chars().next()?;
    let is_in_digits = is_digit(first);
    if !is_in_digits && !is_chinese_numeral(first) {
        return None;
    }
    let (mut len, mut count, mut value) = (0, 0, 0);
    for c in text.chars() {
        let digit = if is_in_digits { half_width(c).to_digit(10) } else { is_chinese_numeral(c).then_some(0) };
        let Some(digit) = digit else { break };
        if count == NUMERALS {
            return None;
        }
        (len, count, value) = (len + c.len_utf8(), count + 1, 10 * value + u64::from(digit));
    }
    let (run, after) = text.split_at(len);
    let value = if is_in_digits { value } else { chinese_integer(run)? };
    (1..=2000).contains(&value).then(|| (value, trim_blank_start(after)))
}

/// A numbered mark that is no heading of the four levels: ②, 第二步, B.
#[derive(Debug, Clone)]
pub(super) struct Numbered {
    /// What the marks of a row have in common.
    pub(super) key: String,
    pub(super) number: u64,
    pub(super) span: Span,
    /// Whether it opens its line.
    pub(super) opens_line: bool,
}

/// The places where a row of marks leaves out a number: each mark with the one before it. A row begins at 1 and has
/// gone on to 2 before it can have a gap; `parted` tells that two marks are of different rows.
pub(super) fn gaps(marks: &[Numbered], parted: impl Fn(&Numbered, &Numbered) -> bool) -> Vec<(&Numbered, &Numbered)> {
    let mut rows: Vec<(&Numbered, usize)> = Vec::new();
    let mut out = Vec::new();
    for mark in marks {
        let at = rows.iter().position(|(last, _)| last.key == mark.key);
        let row = at.map(|at| rows.swap_remove(at)).filter(|(last, _)| !parted(last, mark));
        match row {
            Some((last, len)) if mark.number == last.number + 1 => rows.push((mark, len + 1)),
            Some((last, len)) if len > 1 && (2..=WIDEST_GAP + 1).contains(&mark.number.saturating_sub(last.number)) => {
                out.push((last, mark));
                rows.push((mark, len + 1));
            }
            _ if mark.number == 1 => rows.push((mark, 1)),
            _ => {}
        }
    }
    out
}

/// What is wrong with a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// Numbers before it are missing.
    Gap,
    /// It is the number before it once more.
    Repeat,
    /// It is lower than the number before it.
    Back,
}

impl Fault {
    /// The name used in `data.fault`.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Gap => "gap",
            Self::Repeat => "repeat",
            Self::Back => "back",
        }
    }
}

/// The numbers of one list as far as they have been read.
#[derive(Debug, Clone)]
pub(super) struct Series {
    /// The last number.
    pub(super) last: u64,
    /// The index, among all markers, of the last one.
    pub(super) at: usize,
    /// How many numbers were read.
    pub(super) len: usize,
    /// Further numbers that may follow after a fault: the fault was told once and its consequences are not.
    may: Vec<u64>,
}

impl Series {
    /// A list that begins with this number.
    pub(super) fn new(number: u64, at: usize) -> Self {
        Self { last: number, at, len: 1, may: Vec::new() }
    }

    /// The number that should come next.
    pub(super) fn next(&self) -> u64 {
        self.last + 1
    }

    /// Whether the number may come next.
    pub(super) fn fits(&self, number: u64) -> bool {
        number == self.next() || self.may.contains(&number)
    }

    /// Takes a number that fits.
    pub(super) fn push(&mut self, number: u64, at: usize) {
        if number == self.next() {
            self.may.clear();
        } else {
            self.may.retain(|&m| m != number);
        }
        // A missing number that turns up late does not lead the list back.
        self.last = self.last.max(number);
        self.at = at;
        self.len += 1;
    }

    /// What is wrong with a number that does not fit.
    pub(super) fn fault(&self, number: u64) -> Fault {
        match number.cmp(&self.last) {
            std::cmp::Ordering::Greater => Fault::Gap,
            std::cmp::Ordering::Equal => Fault::Repeat,
            std::cmp::Ordering::Less => Fault::Back,
        }
    }

    /// Takes a number that does not fit, after telling so: whether it is the author's slip for the right number or the
    /// list has really moved there, the list may go on.
    pub(super) fn push_fault(&mut self, number: u64, at: usize) {
        let slip = self.next();
        match self.fault(number) {
            Fault::Gap => {
                // What was missing may come late, and the number after the slip for the right one may be any of these.
                self.may = (slip..number).collect();
                self.may.push(slip + 1);
                self.may.push(number);
                self.last = number;
            }
            Fault::Repeat => self.may = vec![slip + 1],
            Fault::Back => self.may = vec![slip + 1, number + 1],
        }
        self.at = at;
        self.len += 1;
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::diagnostic::Diagnostic;

    /// The number found and the one expected, of every finding of a rule on series.
    pub(in crate::rules) fn found_expected(diagnostics: &[Diagnostic]) -> Vec<(String, String)> {
        let word = |d: &Diagnostic, key: &str| d.data[key].as_str().unwrap_or_default().to_owned();
        diagnostics.iter().map(|d| (word(d, "found"), word(d, "expected"))).collect()
    }

    /// One finding, as [`found_expected`] gives it.
    pub(in crate::rules) fn one(found: &str, expected: &str) -> Vec<(String, String)> {
        vec![(found.to_owned(), expected.to_owned())]
    }

    fn faults(numbers: &[u64]) -> Vec<(usize, Fault)> {
        let mut series = Series::new(numbers[0], 0);
        let mut out = Vec::new();
        for (i, &n) in numbers.iter().enumerate().skip(1) {
            if series.fits(n) {
                series.push(n, i);
            } else {
                out.push((i, series.fault(n)));
                series.push_fault(n, i);
            }
        }
        out
    }

    /// A row of marks begins at 1, goes on to 2 and may then leave out a number or two.
    #[test]
    fn rows_of_marks() {
        let gaps = |numbers: &[u64]| {
            let mark = |&number| Numbered { key: String::new(), number, span: Span::new(0, 0), opens_line: false };
            let marks: Vec<Numbered> = numbers.iter().map(mark).collect();
            super::gaps(&marks, |_, _| false).iter().map(|(a, b)| (a.number, b.number)).collect::<Vec<_>>()
        };
        assert_eq!(gaps(&[1, 2, 4, 5, 7]), [(2, 4), (5, 7)]);
        assert_eq!(gaps(&[1, 2, 3, 1, 2, 5]), [(2, 5)]);
        for numbers in [&[1, 3][..], &[2, 3, 5], &[1, 2, 6], &[1, 2, 2, 4], &[1, 2, 3]] {
            assert_eq!(gaps(numbers), [], "{numbers:?}");
        }
    }

    /// One fault is told once, whether the author slipped or the numbers moved on.
    #[test]
    fn one_fault_once() {
        assert_eq!(faults(&[1, 2, 3, 4]), []);
        assert_eq!(faults(&[1, 2, 4, 5]), [(2, Fault::Gap)]);
        assert_eq!(faults(&[1, 2, 4, 4, 5]), [(2, Fault::Gap)]);
        assert_eq!(faults(&[1, 2, 5, 4, 5]), [(2, Fault::Gap)]);
        assert_eq!(faults(&[1, 2, 4, 3, 5]), [(2, Fault::Gap)]);
        assert_eq!(faults(&[1, 2, 2, 3]), [(2, Fault::Repeat)]);
        assert_eq!(faults(&[1, 2, 2, 4]), [(2, Fault::Repeat)]);
        assert_eq!(faults(&[1, 2, 3, 2]), [(3, Fault::Back)]);
        assert_eq!(faults(&[1, 2, 3, 2, 5]), [(3, Fault::Back)]);
        assert_eq!(faults(&[1, 2, 4, 5, 7]), [(2, Fault::Gap), (4, Fault::Gap)]);
        assert_eq!(faults(&[1, 3, 5, 7]), [(1, Fault::Gap), (2, Fault::Gap), (3, Fault::Gap)]);
    }
}
