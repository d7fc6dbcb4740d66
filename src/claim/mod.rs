//! The arithmetic of prose: which figures a text binds together, and whether they agree.
//!
//! How it decides, for an auditor. A text is cut into sentences, clauses and groups (a semicolon ends a group), and
//! every number in it becomes a [`Quantity`]: its exact value, the interval that its printed form and its hedge stand
//! for, its measure word, and the words around it. Years, dates, document and hotline numbers, ranges, slogans and
//! numbers inside titles are none. Around each trigger (a rate, a total with parts, a growth, a change) the finders of
//! this room list every reading that the words admit: which count may be the numerator, which the base, which the
//! value before. Each reading is computed exactly on the printed precision ([`verdict`]). One that holds settles the
//! claim: it agrees. Only where none holds, and the words bind one reading tightly (same sentence, same measure word,
//! the count named by the rate or standing right before it), do the figures conflict. All else is `Unknown`, with its
//! reason, and is counted: nothing is guessed, and nothing is dropped in silence.

mod around;
mod average;
mod balance;
mod bound;
mod change;
mod count;
mod exact;
mod growth;
mod hundred;
mod lexicon;
mod numeral;
mod quantity;
mod reach;
mod repeat;
mod share;
mod sign;
mod sum;
mod table;
mod verdict;

pub use exact::{Exact, Interval, decimal, whole};
pub(crate) use growth::years;
pub use lexicon::{ClassId, Lexicon, RateName, WholeNames};
pub use numeral::{Numeral, numeral, print};
pub use quantity::{Hedge, Quantity, Sentence, Unit};
pub use verdict::{Reach, Verdict, Why, Working};

use crate::text::{BlockKind, Class, Document, Span, WordList, leads_han, words};
use around::{Around, han_pairs, holds, holds_pair, past_among};
use quantity::{Sentences, counts_one_thing};
use sign::Sign;

/// What a claim says about its figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A rate is the quotient of two counts.
    Share,
    /// A total is the sum of its parts.
    Sum,
    /// A value grew or fell by a rate.
    Growth,
    /// A value changed by an amount.
    Change,
    /// A total spread over a number of things.
    Average,
    /// A part is at most the whole; a rate is at most 100%.
    Bound,
    /// The same quantity is stated twice.
    Repeat,
    /// A rate of whole things is the quotient of whole numbers.
    Reach,
    /// A number of things is the length of the list that names them.
    Count,
    /// A cell of a table follows from others.
    Table(Relation),
}

impl Kind {
    /// The name used in JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Share => "share",
            Self::Sum => "sum",
            Self::Growth => "growth",
            Self::Change => "change",
            Self::Average => "average",
            Self::Bound => "bound",
            Self::Repeat => "repeat",
            Self::Reach => "reach",
            Self::Count => "count",
            Self::Table(_) => "table",
        }
    }
}

/// How a cell of a table follows from others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    /// It totals its column.
    Column,
    /// It totals its row.
    Row,
    /// It is the difference or the balance of other cells of its line.
    Difference,
    /// It is the share of one cell in another.
    Share,
    /// It is the rate by which one cell grew over another.
    Growth,
}

impl Relation {
    /// Whether it adds and deducts cells, rather than dividing them.
    #[must_use]
    pub fn adds(self) -> bool {
        matches!(self, Self::Column | Self::Row | Self::Difference)
    }
}

/// What a figure is to its claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The stated rate.
    Rate,
    /// The count of the part.
    Numerator,
    /// The count of the whole that a rate is taken of.
    Denominator,
    /// The stated total.
    Total,
    /// A part of the total.
    Addend,
    /// The earlier value.
    Before,
    /// The later value.
    After,
    /// The stated difference.
    Delta,
    /// The stated average.
    Mean,
    /// The amount that is laid down for each thing.
    Each,
    /// The number of things that an average falls on.
    Count,
    /// A thing that a list names.
    Item,
    /// What is taken off the addends of a table's cell.
    Deducted,
}

impl Part {
    /// The name used in JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Rate => "rate",
            Self::Numerator => "numerator",
            Self::Denominator => "denominator",
            Self::Total => "total",
            Self::Addend => "addend",
            Self::Before => "before",
            Self::After => "after",
            Self::Delta => "delta",
            Self::Mean => "mean",
            Self::Each => "each",
            Self::Count => "count",
            Self::Item => "item",
            Self::Deducted => "deducted",
        }
    }
}

/// A figure that takes part in a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Role {
    /// What it is to the claim.
    pub part: Part,
    /// Where it stands, unit included.
    pub span: Span,
}

/// A relation between figures that the text states.
#[derive(Debug, Clone)]
pub struct Claim {
    /// What it says.
    pub kind: Kind,
    /// The figure that states it: the rate, the total, the difference.
    pub at: Span,
    /// All figures that take part, in the order of the working.
    pub roles: Vec<Role>,
    /// Whether it holds.
    pub verdict: Verdict,
    /// Whether every figure is exact or printed precisely and the words leave no other reading: an error, not a warning.
    pub firm: bool,
    /// The words that name the rate, where they have a name.
    pub name: Option<Span>,
    /// Whether an operand is worked out rather than written (比上年增加N names no value before, 折合 converts).
    pub derived: bool,
}

impl Claim {
    /// A claim stated at `at` by the figures `roles`.
    fn new(kind: Kind, at: Span, roles: Vec<Role>, verdict: Verdict) -> Self {
        Self { kind, at, roles, verdict, firm: true, name: None, derived: false }
    }

    /// A claim that was seen and not decided.
    fn unknown(kind: Kind, at: Span, why: Why) -> Self {
        Self::new(kind, at, vec![Role::new(Part::Rate, at)], Verdict::Unknown(why))
    }

    fn firm(mut self, firm: bool) -> Self {
        self.firm = firm;
        self
    }
}

impl Role {
    fn new(part: Part, span: Span) -> Self {
        Self { part, span }
    }
}

/// The figures of a document, judged.
#[derive(Debug, Default)]
pub struct Claims {
    /// Every claim seen, in text order.
    pub list: Vec<Claim>,
}

/// What the finders look at.
pub(crate) struct Scene<'a> {
    pub(crate) text: &'a str,
    pub(crate) lexicon: &'a Lexicon,
    /// The sentence that states the claim.
    pub(crate) sentence: Sentence<'a>,
    /// The sentence before it in the same paragraph.
    pub(crate) previous: Option<Sentence<'a>>,
}

impl Scene<'_> {
    /// The words before a quantity, back to the last mark or number.
    fn lead(&self, q: &Quantity) -> &str {
        trimmed(q.lead.of(self.text))
    }

    /// The words after a quantity, up to the next mark or number.
    fn tail(&self, q: &Quantity) -> &str {
        trimmed(q.tail.of(self.text))
    }

    /// Both.
    fn around(&self, q: &Quantity) -> Around<'_> {
        Around { lead: self.lead(q), tail: self.tail(q) }
    }

    /// The clause that a quantity stands in.
    fn clause(&self, q: &Quantity) -> &str {
        self.sentence.clauses.get(q.clause).map_or("", |s| s.of(self.text))
    }

    /// Whether a share names the count with this index as its base: 为年初预算196.30亿元的104.8%, 占专任教师8363人的98.8%.
    fn is_base_of_share(&self, i: usize) -> bool {
        let list = self.sentence.quantities;
        let next = list.get(i + 1).filter(|q| q.unit == Unit::Percent && list[i].unit != Unit::Percent);
        next.is_some_and(|rate| self.text.get(list[i].span.end..rate.span.start) == Some("的"))
    }

    /// Whether the words around a quantity put it in an earlier period (上年同期, 去年), unless they speak of what
    /// was carried over from it. In 上年为3619件、5412.6万元 they do so for both.
    fn is_prior(&self, q: &Quantity) -> bool {
        if self.says(q, Sign::Prior) {
            return !self.says(q, Sign::Carried);
        }
        let goes_on = self.lead(q).is_empty() && self.text[..q.lead.start].ends_with('、');
        let before = |q: &Quantity| self.sentence.quantities.iter().rfind(|b| b.span.end <= q.lead.start);
        goes_on && before(q).is_some_and(|b| b.unit != q.unit && self.is_prior(b))
    }

    /// Whether the words before a quantity hold one of the words of the sign.
    fn says(&self, q: &Quantity, sign: Sign) -> bool {
        q.signs.may(sign) && sign.words().is_in(self.lead(q))
    }
}

/// The words without the blanks around them: most begin and end with a Han character, and have none.
fn trimmed(words: &str) -> &str {
    let han_at = |at: usize| words.as_bytes().get(at).is_some_and(|&b| leads_han(b));
    let bare = han_at(0) && words.len().checked_sub('件'.len_utf8()).is_some_and(han_at);
    if bare || words.is_empty() { words } else { words.trim() }
}

/// What stands behind the 即 that the words begin with, unless it is half of another word (即办, 即将, 即时).
fn namely(words: &str) -> Option<&str> {
    let meant = words.strip_prefix('即')?;
    let other = meant.starts_with(['将', '使', '可', '时', '日', '刻', '便', '办', '接', '行', '期', '应']);
    (!other).then_some(meant)
}

/// Words of things that were put right: a step of those that were found.
const SETTLED: WordList = WordList::new(&["已整改", "已办结", "已完成", "已化解", "已销号"]);
/// Words of an earlier period.
const PRIOR: WordList =
    WordList::new(&["上年", "去年", "同期", "上一年", "往年", "前年", "上月", "上季度", "上半年同", "年初"]);
/// Words of what an earlier period left over.
const CARRIED: WordList = WordList::new(&["结转", "转结", "旧存", "遗留", "积存", "结余", "上年未结"]);

/// Whether the words before a figure say that it is a total: 合计, 总计, 共计, or a 共 that is no part of a word.
fn totals(lead: &str) -> bool {
    let within_word = |(at, _): (usize, &str)| {
        let before = lead[..at].chars().next_back();
        let after = lead[at + '共'.len_utf8()..].chars().next();
        before.is_some_and(|c| "公中国".contains(c)) || after.is_some_and(|c| "同建享青产和治识性".contains(c))
    };
    match words!["共", "合计", "总计", "总数"].find(lead) {
        // Most leads hold none of the words.
        None => false,
        Some((_, "共")) => words!["合计", "总计", "总数"].is_in(lead) || !lead.match_indices('共').all(within_word),
        Some(_) => true,
    }
}

/// Where the words before a count mean it for each of several (各报备13件); 各类 and 各级 only say "all kinds".
fn each(lead: &str) -> Option<usize> {
    let (first, _) = words!["各"].find(lead)?;
    lead[first..].match_indices('各').map(|(at, _)| first + at).find(|at| {
        let after = lead[at + '各'.len_utf8()..].chars().next();
        !after.is_some_and(|c| "类级种项地部单乡镇村县区界方个科市级街相".contains(c))
    })
}

/// Whether the words behind a count speak of what is among the things counted (18个乡镇中); 高中 and 初中 are schools.
fn among(tail: &str) -> bool {
    tail.ends_with('中') && words!["高中", "初中", "完中", "职中", "集中", "空中"].ends(tail).is_none()
}

impl Claims {
    /// Finds and judges the claims of a document.
    #[must_use]
    pub fn new(document: &Document, lexicon: &Lexicon) -> Self {
        let text = document.prose();
        let (mut list, mut lists) = (Vec::new(), count::Lists::default());
        let mut walk = document.events().walk(0);
        let measures = repeat::Measures::new(lexicon);
        let mut sentences = Sentences::default();
        for (number, block) in document.blocks.iter().enumerate().filter(|(_, b)| b.kind != BlockKind::Row) {
            let events = walk.next(block.span);
            lists.read(text, number, block.span, events);
            // Prose without figures has no claims; most of it is passed over here.
            if !events.has(Class::NUMBER) || counts_one_thing(text, events) {
                continue;
            }
            sentences.read(text, block.span, events, lexicon);
            for (i, sentence) in sentences.iter().enumerate().filter(|(_, s)| s.may_claim()) {
                let previous = i.checked_sub(1).map(|before| sentences.get(before));
                let scene = Scene { text, lexicon, sentence, previous };
                let first = list.len();
                let has_rates = sentence.has_rates();
                if has_rates {
                    share::find(&scene, &mut list);
                }
                sum::find(&scene, &mut list);
                let pairs = growth::from_to(&scene);
                if has_rates || !pairs.is_empty() {
                    growth::find(&scene, &pairs, &mut list);
                }
                change::find(&scene, &pairs, &mut list);
                average::find(&scene, &mut list);
                bound::find(&scene, &mut list);
                if has_rates {
                    let reach = reach::find(&scene, &list[first..]);
                    list.extend(reach);
                }
                balance::find(&scene, &mut list);
                hundred::find(&scene, &mut list);
            }
            sum::totals_of_several(text, lexicon, &sentences, &mut list);
            repeat::find(text, &measures, &sentences, &mut list);
        }
        lists.find(document, &mut list);
        table::find(&document.text, text, &document.blocks, &mut list);
        list.sort_by_cached_key(|c| (c.at.start, c.kind));
        Self { list }
    }
}
