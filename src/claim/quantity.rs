//! Quantities of a sentence: number, hedge, unit and the words around it; and what looks like a quantity but is none.

use num_traits::Zero;

use super::exact::{Exact, Interval, half, whole};
use super::lexicon::{ClassId, Lexicon};
use super::numeral::{Numeral, numeral};
use super::sign::Signs;
use crate::text::{
    Class, Event, Span, Stretch, WordList, half_width, is_chinese_numeral, is_han, leads_han, trim_blank_end,
    trim_blank_start, words,
};

/// What a number counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unit {
    /// Percent; ‰, 成, 百分之 and N分之M are converted to it.
    Percent,
    /// 个百分点.
    Points,
    /// 倍.
    Times,
    /// 位 of a ranking (第38位).
    Rank,
    /// A measure word; words of one class count the same things.
    Counter(ClassId),
    /// None stands there.
    Bare,
}

/// A word that widens what a number says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hedge {
    /// 余, 多: from the number up to one unit of its last non-zero digit.
    Over,
    /// 近, 将近: up to one such unit below.
    Nearly,
    /// 约, 左右: a tenth either way.
    About,
    /// 超, 逾, 以上, 不少于: from the number.
    AtLeast,
    /// 不足, 不到, 以下: up to the number.
    AtMost,
}

/// A number of a sentence with what belongs to it.
#[derive(Debug, Clone)]
pub struct Quantity {
    /// Number and unit, hedges included where they stand between the two.
    pub span: Span,
    /// Number and unit with the hedges around them (约120件, 三成以上).
    pub said: Span,
    /// The value; percentages in percent.
    pub value: Exact,
    /// One unit of the last printed place, in the same measure as `value`.
    pub ulp: Exact,
    /// Printed decimals.
    pub decimals: u32,
    /// What the printed number means, hedge and precision considered.
    pub means: Interval,
    /// The hedge, if any.
    pub hedge: Option<Hedge>,
    /// Whether it is a whole count that means exactly what it says.
    pub exact: bool,
    /// What 万 and 亿 multiply by.
    pub scale: i128,
    /// Whether it is written in Chinese numerals.
    pub chinese: bool,
    /// Whether digits of it are masked (`1X6件`): nothing can be computed with it.
    pub masked: bool,
    /// Its unit.
    pub unit: Unit,
    /// The words before it, back to the last mark or number.
    pub lead: Span,
    /// Which words that finders look for may stand there.
    pub(super) signs: Signs,
    /// The words after it, up to the next mark or number.
    pub tail: Span,
    /// Which clause of the sentence it stands in (marks other than 、 divide clauses).
    pub clause: usize,
    /// Which group of the sentence it stands in (semicolons divide groups).
    pub group: usize,
    /// How many brackets are open around it.
    pub depth: u8,
}

/// A sentence: its clauses and quantities.
#[derive(Debug, Clone, Copy)]
pub struct Sentence<'a> {
    /// Its bytes, without its final mark.
    pub span: Span,
    /// Where its clauses are; none in a sentence without figures.
    pub clauses: &'a [Span],
    /// Its quantities, in text order.
    pub quantities: &'a [Quantity],
}

/// The sentences of a block, read one block after another into the same memory.
#[derive(Debug, Default)]
pub(super) struct Sentences {
    /// Each sentence with the numbers of the clauses and quantities that are read up to its end.
    list: Vec<(Span, usize, usize)>,
    clauses: Vec<Span>,
    quantities: Vec<Quantity>,
}

/// Titles and quotations are closed within this many characters, or not at all.
const MAX_TITLE: usize = 120;

/// A "sentence" with more figures than this is a table that lost its lines; it is cut at the next mark, so that no
/// line, however long, costs more than its length.
const MOST: usize = 64;

/// What the scanner stops at: nothing else can mean anything to it.
const STOPS: Class = Class::NUMBER
    .or(Class::VAGUE)
    .or(Class::POINT)
    .or(Class::CALL)
    .or(Class::LINE_END)
    .or(Class::BRACKET)
    .or(Class::QUOTE);

impl Sentences {
    /// Reads a block with its events in place of the one before.
    pub(super) fn read(&mut self, text: &str, block: Span, events: Stretch<'_>, lexicon: &Lexicon) {
        self.list.clear();
        self.clauses.clear();
        self.quantities.clear();
        let mut start = block.start;
        let mut walk = events.walk();
        for end in ends(text, block, events) {
            let mut own = walk.next(Span::new(start, end));
            while start < end {
                let mut span = Span::new(start, end);
                // Most sentences of most papers hold no figure; 几, 数 and 过 alone make none.
                if own.of(Class::NUMBER.or(Class::VAGUE)).any(|e| !matches!(e.c, '几' | '数' | '过')) {
                    span.end = Scanner::new(text, span, own.all(), lexicon, self).run();
                }
                self.list.push((span, self.clauses.len(), self.quantities.len()));
                start = span.end;
                if start < end {
                    own = own.from(start);
                }
            }
            start = end + text[end..].chars().next().map_or(0, char::len_utf8);
        }
    }

    /// The sentences in text order.
    pub(super) fn iter(&self) -> impl Iterator<Item = Sentence<'_>> {
        (0..self.list.len()).map(|i| self.get(i))
    }

    /// How many quantities they have.
    pub(super) fn figures(&self) -> usize {
        self.quantities.len()
    }

    /// The sentence with this number.
    pub(super) fn get(&self, i: usize) -> Sentence<'_> {
        let (clause, quantity) = i.checked_sub(1).map_or((0, 0), |before| (self.list[before].1, self.list[before].2));
        let (span, clauses, quantities) = self.list[i];
        Sentence { span, clauses: &self.clauses[clause..clauses], quantities: &self.quantities[quantity..quantities] }
    }

    /// From the first sentence to the last.
    pub(super) fn span(&self) -> Option<Span> {
        Some(Span::new(self.list.first()?.0.start, self.list.last()?.0.end))
    }
}

/// Where the sentences of a block end: at the marks, and at the end of the block.
fn ends<'a>(text: &'a str, block: Span, events: Stretch<'a>) -> impl Iterator<Item = usize> + 'a {
    let marks = events.of(Class::CLAUSE_END).filter(|e| e.class.is(Class::CALL.or(Class::LINE_END)) || e.c == '。');
    // 其中 speaks of the sentence before it.
    let goes_on = move |e: &Event| e.c == '。' && trim_blank_start(&text[e.end()..block.end]).starts_with("其中");
    marks.filter(move |e| !goes_on(e)).map(|e| e.at).chain([block.end])
}

struct Scanner<'a> {
    text: &'a str,
    span: Span,
    /// The events that are still ahead.
    events: &'a [Event],
    lexicon: &'a Lexicon,
    at: usize,
    lead_from: usize,
    clause_from: usize,
    group: usize,
    depth: u8,
    /// Where clauses and quantities are read to, and how many of each are of the sentences before.
    out: &'a mut Sentences,
    before: (usize, usize),
}

impl<'a> Scanner<'a> {
    fn new(text: &'a str, span: Span, events: &'a [Event], lexicon: &'a Lexicon, out: &'a mut Sentences) -> Self {
        let before = (out.clauses.len(), out.quantities.len());
        Self {
            text,
            span,
            events,
            lexicon,
            at: span.start,
            lead_from: span.start,
            clause_from: span.start,
            group: 0,
            depth: 0,
            out,
            before,
        }
    }

    /// Reads the sentence, and tells where it ends.
    fn run(mut self) -> usize {
        while let Some(Event { at, c, class }) = self.next_stop() {
            self.at = at;
            match half_width(c) {
                _ if class.is(Class::DIGIT) => self.arabic(),
                '《' => self.skip_to('》'),
                '“' => self.quoted(),
                ',' | ';' if self.out.quantities.len() - self.before.1 >= MOST => {
                    self.at += c.len_utf8();
                    self.span.end = self.at;
                }
                '(' => match self.gloss_end() {
                    Some(end) => self.at = end,
                    None => self.boundary(c),
                },
                ',' | ';' | '。' | ':' | ')' | '〔' | '〕' | '[' | ']' => self.boundary(c),
                '、' => {
                    self.close_tail(at);
                    self.at += c.len_utf8();
                    self.lead_from = self.at;
                }
                half if is_mask(half) => self.arabic(),
                _ if class.is(Class::NUMERAL.or(Class::VAGUE)) => self.chinese(c),
                _ => self.at += c.len_utf8(),
            }
        }
        self.close_tail(self.span.end);
        self.out.clauses.push(Span::new(self.clause_from, self.span.end));
        self.span.end
    }

    /// The next event at or behind the place that has been reached that can mean anything.
    fn next_stop(&mut self) -> Option<Event> {
        let ahead = self.events.iter().position(|e| e.at >= self.at && e.class.is(STOPS))?;
        self.events = &self.events[ahead..];
        self.events.first().copied().filter(|e| e.at < self.span.end)
    }

    fn peek(&self, at: usize) -> Option<char> {
        if at >= self.span.end { None } else { self.text[at..self.span.end].chars().next() }
    }

    fn rest(&self, at: usize) -> &'a str {
        &self.text[at..self.span.end]
    }

    fn before(&self, at: usize) -> &'a str {
        &self.text[self.span.start..at]
    }

    fn skip_to(&mut self, close: char) {
        let rest = self.rest(self.at);
        // An unclosed title hides nothing.
        let end = rest.char_indices().take(MAX_TITLE).find(|(_, c)| *c == close);
        self.at += end.map_or('《'.len_utf8(), |(i, c)| i + c.len_utf8());
    }

    /// A slogan such as “4611”, “1+4” or “一次办” is a name, not a quantity; other quotations are read on.
    fn quoted(&mut self) {
        let rest = self.rest(self.at);
        let inner = &rest['“'.len_utf8()..];
        let Some((end, _)) = inner.char_indices().take(MAX_TITLE).find(|(_, c)| *c == '”') else {
            self.at += '“'.len_utf8();
            return;
        };
        let body = &inner[..end];
        let short = body.chars().count() <= 16;
        let names = short && !body.contains(['，', ',', '。', '；', ';']);
        self.at += if names { '“'.len_utf8() + end + '”'.len_utf8() } else { '“'.len_utf8() };
    }

    /// 村（社区）, 乡镇（街道）: the end of a short bracket without figures, which is part of the name before it.
    fn gloss_end(&self) -> Option<usize> {
        let inside = |c: char| (is_han(c) || c == '、') && !matches!(c, '含' | '即' | '共' | '不' | '占');
        let mut chars = self.rest(self.at).char_indices().take(8).skip(1);
        let (end, close) = chars.by_ref().enumerate().find(|&(_, (_, c))| !inside(c)).filter(|&(n, _)| n > 0)?.1;
        (half_width(close) == ')').then(|| self.at + end + close.len_utf8())
    }

    fn boundary(&mut self, c: char) {
        self.close_tail(self.at);
        self.out.clauses.push(Span::new(self.clause_from, self.at));
        self.at += c.len_utf8();
        self.lead_from = self.at;
        self.clause_from = self.at;
        match half_width(c) {
            ';' | '。' => self.group += 1,
            '(' | '[' | '〔' => self.depth = self.depth.saturating_add(1),
            ')' | ']' | '〕' => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
    }

    /// Ends the tail of the last quantity at `end`.
    fn close_tail(&mut self, end: usize) {
        if let Some(last) = self.out.quantities.last_mut()
            && last.tail.end == usize::MAX
        {
            last.tail.end = end.max(last.tail.start);
        }
    }

    fn push(&mut self, q: Quantity, end: usize) {
        self.out.quantities.push(q);
        self.at = end;
        self.lead_from = end;
    }

    fn blank(&self, at: usize) -> usize {
        self.span.end - trim_blank_start(self.rest(at)).len()
    }

    fn arabic(&mut self) {
        let start = self.at;
        // Most numbers are half-width digits with a word behind them.
        let digits = self.rest(start).bytes().take_while(u8::is_ascii_digit).count();
        let bare = digits > 0 && self.rest(start + digits).as_bytes().first().is_some_and(|&b| leads_han(b));
        let token = if bare { start + digits } else { self.token_end(start) };
        if !bare && self.text[start..token].chars().any(|c| is_mask(half_width(c))) {
            self.masked(start, token);
            return;
        }
        let previous = self.before(start).chars().next_back().map(half_width);
        let Some(n) = numeral(self.rest(start)) else {
            self.at = token.max(start + 1);
            return;
        };
        let end = start + n.len;
        let next = self.peek(end).map(half_width);
        // Letters, +, / and ~ around a number make it a name, a ratio or a range.
        let joined = |c: Option<char>| {
            c.is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '#' | '_' | '.' | '·'))
        };
        if joined(next) || joined(previous) || self.is_range(start, end) || self.is_calendar(start, end, &n) {
            self.at = end;
            return;
        }
        if trim_blank_end(self.before(start)).ends_with('第') {
            self.ordinal(start, end, &n);
            return;
        }
        self.measure(start, end, n);
    }

    /// The end of the run of digits, letters and masks that begins at `start`.
    fn token_end(&self, start: usize) -> usize {
        let run = |c: char| c.is_ascii_alphanumeric() || is_mask(c) || c == '.';
        start + self.rest(start).chars().take_while(|&c| run(half_width(c))).map(char::len_utf8).sum::<usize>()
    }

    /// `1X6件`: a quantity that nobody can compute with. Masks without digits count where a unit follows.
    fn masked(&mut self, start: usize, end: usize) {
        let unit_at = self.blank(end);
        let rest = self.rest(unit_at);
        let scaled = rest.strip_prefix(['万', '亿']).unwrap_or(rest);
        let over = scaled.strip_prefix(['余', '多']).unwrap_or(scaled);
        let unit = if over.starts_with(['%', '％', '‰']) { Some((Unit::Percent, 1)) } else { self.counter(over) };
        if let Some((unit, len)) = unit {
            let stop = self.span.end - over.len() + len;
            let stop = self.char_end(stop);
            let zero = Numeral { value: whole(0), ulp: whole(1), decimals: 0, scale: 1, chinese: false, len: 0 };
            let mut q = self.quantity(Span::new(start, stop), zero, unit, None);
            q.masked = true;
            self.push(q, stop);
        } else {
            self.at = end.max(start + 1);
            self.at = self.char_end(self.at);
        }
    }

    fn char_end(&self, mut at: usize) -> usize {
        while !self.text.is_char_boundary(at) {
            at += 1;
        }
        at.min(self.span.end)
    }

    /// 2021-2025, 15—20件, 3至5个: ends of a range, not quantities of their own.
    fn is_range(&self, start: usize, end: usize) -> bool {
        let dash = |c: char| matches!(half_width(c), '-' | '—' | '–' | '~' | '～' | '―' | '至');
        let before = self.before(start);
        let after = self.rest(end);
        let digit = |c: Option<char>| c.is_some_and(|c| half_width(c).is_ascii_digit());
        let after_unit = after.trim_start_matches([
            '%', '％', '年', '月', '日', '个', '件', '万', '亿', '元', '人', '名', '家', '次', '天',
        ]);
        let left = before.strip_suffix(dash).is_some_and(|b| {
            let b = b.trim_end_matches(dash);
            digit(b.chars().next_back()) || b.ends_with(['%', '％', '年', '月', '日', '件', '万', '亿', '个', '元'])
        });
        let right = after_unit.strip_prefix(dash).is_some_and(|a| digit(a.trim_start_matches(dash).chars().next()));
        left || right
    }

    /// Years, months, days, clock times, document and hotline numbers.
    fn is_calendar(&self, start: usize, end: usize, n: &Numeral) -> bool {
        let after = self.rest(self.blank(end));
        let next = after.chars().next();
        if next == Some('日') && trim_blank_end(self.before(start)).ends_with(['月', '至', '—', '-', '日', '、'])
        {
            return true;
        }
        if !n.is_exact() {
            return false;
        }
        let digits = end - start;
        let year = || (digits == 4 || digits == 12) && (1900..=2100).contains(n.value.numer());
        let called = || {
            words!["热线", "平台", "政务", "便民", "市民", "举报", "服务", "法律咨询", "投诉", "消费"]
                .begins(after)
                .is_some()
        };
        match next {
            Some('月' | '时' | '号') => true,
            Some(c) if is_han(c) && !matches!(c, '年' | '版') => digits >= 5 && called(),
            _ => year(),
        }
    }

    fn ordinal(&mut self, start: usize, end: usize, n: &Numeral) {
        let unit_at = self.blank(end);
        if self.rest(unit_at).starts_with(['位', '名']) {
            let stop = unit_at + '位'.len_utf8();
            let q = self.quantity(Span::new(start, stop), *n, Unit::Rank, None);
            self.push(q, stop);
        } else {
            self.at = end;
        }
    }

    fn chinese(&mut self, c: char) {
        let start = self.at;
        let rest = self.rest(start);
        let read = match c {
            '百' | '千' | '万' => self.per(start, rest),
            '过' | '半' => self.half(start, rest),
            _ => false,
        };
        if read {
            return;
        }
        let run =
            |words: &str| -> usize { words.chars().take_while(|&c| is_chinese_numeral(c)).map(char::len_utf8).sum() };
        if matches!(c, '几' | '数' | '半' | '过') {
            // 几十个, 数百家: nobody knows how many; step over the whole approximation. 总数三百 and 超过六成 are numbers.
            let next = &rest[c.len_utf8()..];
            let vague = matches!(c, '几' | '数') && next.starts_with(['十', '百', '千', '万', '亿']) && !is_per(next);
            self.at = start + c.len_utf8() + if vague { run(next) } else { 0 };
            return;
        }
        // 统一, 一是, 三农: most numerals are part of a word, and nothing behind them makes them a count.
        let len = run(rest).max(c.len_utf8());
        let behind = trim_blank_start(&rest[len..]);
        let marked = matches!(
            behind.chars().next(),
            Some('分' | '余' | '多' | '个' | '成' | '倍' | '位' | '名' | '%' | '％' | '﹪' | '‰')
        );
        let read = if marked || self.counter(behind).is_some() { numeral(rest) } else { None };
        let Some(n) = read else {
            self.at = start + len;
            return;
        };
        let end = start + n.len;
        let tail = self.rest(end);
        if let Some(top) = tail.strip_prefix("分之").and_then(numeral) {
            let stop = end + "分之".len() + top.len;
            if n.value > whole(0) && top.value <= n.value {
                let share = top.value / n.value * whole(100);
                let before = self.hedge_before(start);
                let mut q = self.quantity(Span::new(start, stop), plain(0), Unit::Percent, before.map(|(h, _)| h));
                q.said.start = before.map_or(start, |(_, at)| at);
                q.value = share;
                q.ulp = whole(5);
                q.means = hedged(share, whole(5), || whole(5), false, q.hedge);
                self.push(q, stop);
            } else {
                self.at = stop;
            }
            return;
        }
        let previous = trim_blank_end(self.before(start));
        if previous.ends_with('第') {
            self.ordinal(start, end, &n);
            return;
        }
        // 一是, 三月, 二十大, 六届: names, dates and ordinals; a count needs its measure word.
        self.measure(start, end, n);
    }

    /// Reads 百分之三十 and its like, if one begins here.
    fn per(&mut self, start: usize, rest: &str) -> bool {
        let Some(head) = PER.begins(rest) else { return false };
        let scale = match head {
            "百分之" => whole(1),
            "千分之" => Exact::new(1, 10),
            _ => Exact::new(1, 100),
        };
        let tail = &rest[head.len()..];
        let gap = tail.len() - trim_blank_start(tail).len();
        let Some(n) = numeral(&tail[gap..]) else { return false };
        let end = start + head.len() + gap + n.len;
        let end = end + self.decimal_point(end);
        self.percent(start, end, Numeral { value: n.value * scale, ulp: n.ulp * scale, ..n });
        true
    }

    /// Reads 过半 and its like, if one begins here.
    fn half(&mut self, start: usize, rest: &str) -> bool {
        let Some(word) = words!["过半数", "过半", "半数以上"].begins(rest) else { return false };
        let end = start + word.len();
        let mut q = self.quantity(Span::new(start, end), plain(50), Unit::Percent, Some(Hedge::AtLeast));
        q.means = Interval { lo: whole(50), hi: None, at: whole(50) };
        self.push(q, end);
        true
    }

    /// 百分之三十四点五: the decimals after 点.
    fn decimal_point(&self, end: usize) -> usize {
        let rest = self.rest(end);
        rest.strip_prefix('点').map_or(0, |d| {
            '点'.len_utf8() + d.chars().take_while(|&c| is_chinese_numeral(c)).map(char::len_utf8).sum::<usize>()
        })
    }

    fn percent(&mut self, start: usize, end: usize, n: Numeral) {
        let (hedge_after, stop) = self.hedge_after(end);
        let before = self.hedge_before(start);
        let hedge = before.map(|(h, _)| h).or(hedge_after);
        let mut q = self.quantity(Span::new(start, end), n, Unit::Percent, hedge);
        q.said = Span::new(before.map_or(start, |(_, at)| at), stop.max(end));
        self.push(q, stop.max(end));
    }

    /// Reads unit and hedges after a number and records the quantity.
    fn measure(&mut self, start: usize, end: usize, n: Numeral) {
        let mut at = self.blank(end);
        let mut hedge = None;
        // 1.2余万, 10万余: the scale may follow the hedge.
        let mut n = n;
        if let Some(c @ ('余' | '多')) = self.peek(at) {
            hedge = Some(Hedge::Over);
            at = self.blank(at + c.len_utf8());
        }
        if hedge.is_some()
            && n.scale == 1
            && let Some((by, len)) = [('亿', 100_000_000), ('万', 10_000)]
                .iter()
                .find(|(c, _)| self.rest(at).starts_with(*c))
                .map(|(c, by)| (*by, c.len_utf8()))
        {
            n = Numeral { value: n.value * whole(by), ulp: n.ulp * whole(by), scale: by, ..n };
            at = self.blank(at + len);
        }
        let rest = self.rest(at);
        let (unit, stop, n) = match self.rate(rest, n) {
            Some((unit, len, n)) => (unit, at + len, n),
            None => match self.counter(rest) {
                Some((unit, len)) => (unit, at + len, n),
                None if n.chinese => {
                    self.at = end;
                    return;
                }
                None => (Unit::Bare, end, n),
            },
        };
        let (after, stop_after) = self.hedge_after(stop);
        let before = self.hedge_before(start);
        let tenths = unit == Unit::Percent && rest.starts_with('成');
        // 过六成 is more than that; 通过三项 is three.
        let over = || (tenths && self.before(start).ends_with('过')).then_some(Hedge::AtLeast);
        let hedge = hedge.or(after).or(before.map(|(h, _)| h)).or_else(over);
        let mut q = self.quantity(Span::new(start, stop), n, unit, hedge);
        q.said = Span::new(before.map_or(start, |(_, at)| at), stop_after.max(stop));
        self.push(q, stop_after.max(stop));
    }

    /// The measure of a rate or a multiple at the start of `rest`, with its length and the number in that measure.
    fn rate(&self, rest: &str, n: Numeral) -> Option<(Unit, usize, Numeral)> {
        let scaled = |by: Exact| Numeral { value: n.value * by, ulp: n.ulp * by, ..n };
        let first = rest.chars().next()?;
        let (unit, len, n) = match half_width(first) {
            '%' | '﹪' => (Unit::Percent, first.len_utf8(), n),
            '‰' => (Unit::Percent, first.len_utf8(), scaled(Exact::new(1, 10))),
            '个' | '百' => {
                let points = words!["个百分点", "个 百分点", "百分点"].begins(rest)?;
                (Unit::Points, points.len(), n)
            }
            '成' => {
                const WORDS: WordList = WordList::new(&[
                    "成员", "成功", "成立", "成效", "成果", "成为", "成本", "成年", "成绩", "成品", "成套",
                ]);
                let tenths = WORDS.begins(rest).is_none() && n.value <= whole(10) && n.is_exact();
                (Unit::Percent, first.len_utf8(), tenths.then(|| scaled(whole(10)))?)
            }
            '倍' => (Unit::Times, first.len_utf8(), n),
            _ => return None,
        };
        Some((unit, len, n))
    }

    fn counter(&self, rest: &str) -> Option<(Unit, usize)> {
        self.lexicon.unit(rest).map(|(class, len)| (Unit::Counter(class), len))
    }

    fn hedge_before(&self, start: usize) -> Option<(Hedge, usize)> {
        let head = trim_blank_end(self.before(start));
        let word = words![
            "不超过",
            "不多于",
            "不高于",
            "不少于",
            "不低于",
            "将近",
            "接近",
            "超过",
            "超出",
            "突破",
            "高于",
            "多于",
            "至少",
            "不足",
            "不到",
            "低于",
            "少于",
            "最多",
            "至多",
            "近",
            "超",
            "逾",
            "约",
        ]
        .ends(head)?;
        let hedge = match word {
            "约" => Hedge::About,
            "近" | "将近" | "接近" => Hedge::Nearly,
            "不超过" | "不多于" | "不高于" | "不足" | "不到" | "低于" | "少于" | "最多" | "至多" => {
                Hedge::AtMost
            }
            _ => Hedge::AtLeast,
        };
        let outer = &head[..head.len() - word.len()];
        // 节约12万元, 签约30个, 附近3个 are no hedges.
        let taken = match word {
            "约" => outer.ends_with(['节', '签', '预', '公', '条', '违', '履', '解', '合', '集', '缩', '制']),
            "近" => outer.ends_with(['附', '最', '邻', '靠', '临', '贴', '亲', '相']),
            _ => false,
        };
        (!taken).then_some((hedge, self.span.start + outer.len()))
    }

    fn hedge_after(&self, stop: usize) -> (Option<Hedge>, usize) {
        let at = self.blank(stop);
        let rest = self.rest(at);
        let Some(word) = words!["及以上", "以上", "及以下", "以下", "以内", "左右", "上下"].begins(rest)
        else {
            return (None, stop);
        };
        let hedge = match word {
            "左右" | "上下" => Hedge::About,
            "以上" | "及以上" => Hedge::AtLeast,
            _ => Hedge::AtMost,
        };
        (Some(hedge), at + word.len())
    }

    fn quantity(&mut self, span: Span, n: Numeral, unit: Unit, hedge: Option<Hedge>) -> Quantity {
        self.close_tail(span.start);
        let exact = n.is_exact() && hedge.is_none() && !matches!(unit, Unit::Percent | Unit::Points | Unit::Times);
        let margin = if exact { whole(0) } else { half(n.ulp) };
        let lead = Span::new(self.lead_from.min(span.start), span.start);
        Quantity {
            span,
            said: span,
            value: n.value,
            ulp: n.ulp,
            decimals: n.decimals,
            means: hedged(n.value, margin, || last_place(&n), exact, hedge),
            hedge,
            exact,
            scale: n.scale,
            chinese: n.chinese,
            masked: false,
            unit,
            lead,
            signs: Signs::of(lead.of(self.text)),
            tail: Span { start: span.end, end: usize::MAX },
            clause: self.out.clauses.len() - self.before.0,
            group: self.group,
            depth: self.depth,
        }
    }
}

fn plain(n: i128) -> Numeral {
    Numeral { value: whole(n), ulp: whole(1), decimals: 0, scale: 1, chinese: true, len: 0 }
}

/// The words of a rate in Chinese numerals.
const PER: WordList = WordList::new(&["百分之", "千分之", "万分之"]);

/// Whether a rate in Chinese numerals begins here.
fn is_per(rest: &str) -> bool {
    PER.begins(rest).is_some()
}

fn is_mask(c: char) -> bool {
    matches!(c, 'x' | 'X' | '×' | '*' | '○' | '□' | '_')
}

/// One unit of the last non-zero digit: 100 for 200, 1000 for 1.2万, 1 for 41.
fn last_place(n: &Numeral) -> Exact {
    if n.value.is_zero() {
        return n.ulp;
    }
    let mut place = n.ulp;
    for _ in 0..18 {
        let next = place * whole(10);
        if !(n.value / next).is_integer() {
            break;
        }
        place = next;
    }
    place
}

/// What a number stands for; `place`, one unit of its last non-zero digit, is asked only where a hedge turns on it.
fn hedged(value: Exact, half: Exact, place: impl Fn() -> Exact, exact: bool, hedge: Option<Hedge>) -> Interval {
    match hedge {
        None if exact => Interval::point(value),
        None => Interval::around(value, half),
        Some(Hedge::Over) => Interval::new(value, value + place()).at(value),
        Some(Hedge::Nearly) => Interval::new((value - place()).max(whole(0)), value).at(value),
        Some(Hedge::About) => Interval::around(value, (value / whole(10)).max(half)),
        Some(Hedge::AtLeast) => Interval { lo: value, hi: None, at: value },
        Some(Hedge::AtMost) => Interval::new(whole(0), value).at(value),
    }
}
