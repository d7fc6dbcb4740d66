//! Reads the quantities of a sentence, and steps over what looks like one and is none.

use super::{Hedge, Quantity, Sentences, Unit};
use crate::claim::exact::{Exact, Interval, half, whole};
use crate::claim::lexicon::Lexicon;
use crate::claim::numeral::{Numeral, figure, numeral};
use crate::claim::sign::Signs;
use crate::text::{
    Class, Event, Span, WordList, half_width, is_blank, is_chinese_numeral, is_digit, is_han, trim_blank_end,
    trim_blank_start, words,
};

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

/// Goes through a sentence from event to event.
pub(super) struct Scanner<'a> {
    /// The text up to the end of the sentence.
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
    pub(super) fn new(
        text: &'a str,
        span: Span,
        events: &'a [Event],
        lexicon: &'a Lexicon,
        out: &'a mut Sentences,
    ) -> Self {
        let before = (out.clauses.len(), out.quantities.len());
        Self {
            text: &text[..span.end],
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
    pub(super) fn run(mut self) -> usize {
        while let Some(Event { at, c, class }) = self.next_stop() {
            self.at = at;
            match half_width(c) {
                _ if class.is(Class::DIGIT) => self.arabic(),
                '《' => self.title(),
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
        self.text[at..].chars().next()
    }

    /// The first place at or behind this one where no blank stands, and what stands there.
    fn next(&self, at: usize) -> (usize, Option<char>) {
        let next = self.peek(at);
        if !next.is_some_and(is_blank) {
            return (at, next);
        }
        let rest = trim_blank_start(self.rest(at));
        (self.text.len() - rest.len(), rest.chars().next())
    }

    fn rest(&self, at: usize) -> &'a str {
        &self.text[at..]
    }

    fn before(&self, at: usize) -> &'a str {
        &self.text[self.span.start..at]
    }

    /// The mark that closes what the mark before `from` opens, at most [`MAX_TITLE`] characters behind this place.
    fn closing(&self, from: usize, close: char) -> Option<&'a Event> {
        let near = |e: &&Event| e.at < from + MAX_TITLE * char::MAX.len_utf8();
        let found = self.events.iter().take_while(near).find(|e| e.c == close)?;
        let inside = &self.text[from..found.at];
        (inside.len() < MAX_TITLE || inside.chars().count() < MAX_TITLE).then_some(found)
    }

    /// A figure of a title is no quantity; an unclosed title hides nothing.
    fn title(&mut self) {
        let close = self.closing(self.at, '》');
        self.at = close.map_or(self.at + '《'.len_utf8(), Event::end);
    }

    /// A slogan such as “4611”, “1+4” or “一次办” is a name, not a quantity; other quotations are read on.
    fn quoted(&mut self) {
        let from = self.at + '“'.len_utf8();
        self.at = match self.closing(from, '”') {
            Some(close) if self.is_name(Span::new(from, close.at)) => close.end(),
            _ => from,
        };
    }

    /// Whether what is quoted is short and of one piece; “每村选派2名” is said of figures.
    fn is_name(&self, quoted: Span) -> bool {
        let mut inside = self.events.iter().skip(1).take_while(|e| e.at < quoted.end);
        if self.text[quoted.range()].starts_with('每') && inside.clone().any(|e| e.class.is(Class::DIGIT)) {
            return false;
        }
        let parted = inside.any(|e| matches!(e.c, '，' | ',' | '。' | '；' | ';'));
        !parted && self.text[quoted.range()].chars().count() <= 16
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

    /// The last character before a place that is no blank.
    fn last_before(&self, at: usize) -> Option<char> {
        let before = self.before(at);
        let last = before.chars().next_back();
        if last.is_some_and(is_blank) { trim_blank_end(before).chars().next_back() } else { last }
    }

    fn arabic(&mut self) {
        let start = self.at;
        let rest = self.rest(start);
        // Nearly all figures are read at once; none of them is masked.
        let Some(n) = figure(rest).or_else(|| self.other_figure(start, rest)) else { return };
        let end = start + n.len;
        let before = self.before(start).chars().next_back();
        let behind = self.peek(end);
        let next = if behind.is_some_and(is_blank) { self.next(end) } else { (end, behind) };
        if is_joined(before)
            || is_joined(behind)
            || self.is_range(start, end, before, behind)
            || self.is_calendar(Span::new(start, end), next, &n)
        {
            self.at = end;
        } else {
            self.count(Span::new(start, end), next, n);
        }
    }

    /// Reads digits of full width, with separators, with 万 or 亿 behind them, or masked; where there is no number, it is
    /// stepped over.
    fn other_figure(&mut self, start: usize, rest: &str) -> Option<Numeral> {
        let token = self.token_end(start);
        if self.text[start..token].chars().any(|c| is_mask(half_width(c))) {
            self.masked(start, token);
            return None;
        }
        let n = numeral(rest);
        if n.is_none() {
            self.at = token.max(start + 1);
        }
        n
    }

    /// The end of the run of digits, letters and masks that begins at `start`.
    fn token_end(&self, start: usize) -> usize {
        let run = |c: char| c.is_ascii_alphanumeric() || is_mask(c) || c == '.';
        start + self.rest(start).chars().take_while(|&c| run(half_width(c))).map(char::len_utf8).sum::<usize>()
    }

    /// `1X6件`: a quantity that nobody can compute with. Masks without digits count where a unit follows.
    fn masked(&mut self, start: usize, end: usize) {
        let rest = self.rest(self.next(end).0);
        let scaled = rest.strip_prefix(['万', '亿']).unwrap_or(rest);
        let over = scaled.strip_prefix(['余', '多']).unwrap_or(scaled);
        let unit = if over.starts_with(['%', '％', '‰']) { Some((Unit::Percent, 1)) } else { self.counter(over) };
        if let Some((unit, len)) = unit {
            let stop = self.span.end - over.len() + len;
            let span = Span::new(start, self.char_end(stop));
            let zero = Numeral { value: whole(0), ulp: whole(1), decimals: 0, scale: 1, chinese: false, len: 0 };
            self.push(span, span, &zero, unit, None).masked = true;
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
    fn is_range(&self, start: usize, end: usize, before: Option<char>, behind: Option<char>) -> bool {
        let left = || {
            let left = self.before(start).trim_end_matches(is_dash);
            left.ends_with(|c| {
                is_digit(c) || matches!(c, '%' | '％' | '年' | '月' | '日' | '件' | '万' | '亿' | '个' | '元')
            })
        };
        let right = || {
            let mut behind = self.rest(end).chars();
            behind.find(|&c| !may_precede_dash(c)).is_some_and(is_dash)
                && behind.as_str().trim_start_matches(is_dash).starts_with(is_digit)
        };
        before.is_some_and(is_dash) && left() || behind.is_some_and(|c| is_dash(c) || may_precede_dash(c)) && right()
    }

    /// Years, months, days, clock times, document and hotline numbers.
    fn is_calendar(&self, figure: Span, (at, next): (usize, Option<char>), n: &Numeral) -> bool {
        if next == Some('日') && matches!(self.last_before(figure.start), Some('月' | '至' | '—' | '-' | '日' | '、'))
        {
            return true;
        }
        if !n.is_exact() {
            return false;
        }
        let digits = figure.len();
        let year = || (digits == 4 || digits == 12) && (1900..=2100).contains(n.value.numer());
        let called = || {
            words!["热线", "平台", "政务", "便民", "市民", "举报", "服务", "法律咨询", "投诉", "消费"]
                .begins(self.rest(at))
                .is_some()
        };
        match next {
            Some('月' | '时' | '号') => true,
            Some(c) if is_han(c) && !matches!(c, '年' | '版') => digits >= 5 && called(),
            _ => year(),
        }
    }

    /// Reads a rank or a quantity, if the number at `figure` is one; what stands behind it is `next`.
    fn count(&mut self, figure: Span, next: (usize, Option<char>), n: Numeral) {
        match self.last_before(figure.start) {
            Some('第') => self.ordinal(figure, next, &n),
            last => self.measure(figure, next, last, n),
        }
    }

    fn ordinal(&mut self, figure: Span, next: (usize, Option<char>), n: &Numeral) {
        if let (at, Some(unit @ ('位' | '名'))) = next {
            let span = Span::new(figure.start, at + unit.len_utf8());
            self.push(span, span, n, Unit::Rank, None);
        } else {
            self.at = figure.end;
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
        if matches!(c, '几' | '数' | '半' | '过') {
            // 几十个, 数百家: nobody knows how many; step over the whole approximation. 总数三百 and 超过六成 are numbers.
            let next = start + c.len_utf8();
            let vague = matches!(c, '几' | '数')
                && matches!(self.peek(next), Some('十' | '百' | '千' | '万' | '亿'))
                && !is_per(self.rest(next));
            self.at = if vague { self.numerals_end(next) } else { next };
            return;
        }
        // 统一, 一是, 三农: most numerals are part of a word, and nothing behind them makes them a count.
        let behind = self.numerals_end(start);
        let (unit_at, next) = self.next(behind);
        let marked =
            matches!(next, Some('分' | '余' | '多' | '个' | '成' | '倍' | '位' | '名' | '%' | '％' | '﹪' | '‰'));
        let read = if marked || self.counter(self.rest(unit_at)).is_some() { numeral(rest) } else { None };
        let Some(n) = read else {
            self.at = behind;
            return;
        };
        let end = start + n.len;
        if let Some(top) = self.rest(end).strip_prefix("分之").and_then(numeral) {
            self.fraction(Span::new(start, end + "分之".len() + top.len), &n, &top);
        } else {
            // 一是, 三月, 二十大, 六届: names, dates and ordinals; a count needs its measure word.
            self.count(Span::new(start, end), self.next(end), n);
        }
    }

    /// Where the run of Chinese numerals ends that begins here.
    fn numerals_end(&self, start: usize) -> usize {
        let mut end = start;
        for event in self.events.iter().skip_while(|e| e.at < start) {
            if event.at != end || !event.class.is(Class::NUMERAL) {
                break;
            }
            end = event.end();
        }
        end
    }

    /// Records N分之M, if it is a part.
    fn fraction(&mut self, span: Span, of: &Numeral, top: &Numeral) {
        if of.value <= whole(0) || top.value > of.value {
            self.at = span.end;
            return;
        }
        let share = top.value / of.value * whole(100);
        let before = self.hedge_before(span.start, self.last_before(span.start));
        let said = Span::new(before.map_or(span.start, |(_, at)| at), span.end);
        let hedge = before.map(|(hedge, _)| hedge);
        // Between 四分之一 and a third or a fifth lie some points; 十分之一 is not wide at all.
        let half = whole(5);
        let half = if top.value == whole(1) { half.min(whole(50) / (of.value * of.value)) } else { half };
        let n = Numeral { value: share, ulp: half, ..plain(0) };
        self.push(span, said, &n, Unit::Percent, hedge).means = hedged(share, half, || half, hedge);
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
        self.percent(start, end, &n.times(scale));
        true
    }

    /// Reads 过半 and its like, if one begins here.
    fn half(&mut self, start: usize, rest: &str) -> bool {
        let Some(word) = words!["过半数", "过半", "半数以上"].begins(rest) else { return false };
        let span = Span::new(start, start + word.len());
        let q = self.push(span, span, &plain(50), Unit::Percent, Some(Hedge::AtLeast));
        q.means = Interval { lo: whole(50), hi: None, at: whole(50) };
        true
    }

    /// 百分之三十四点五: the decimals after 点.
    fn decimal_point(&self, end: usize) -> usize {
        let rest = self.rest(end);
        rest.strip_prefix('点').map_or(0, |d| {
            '点'.len_utf8() + d.chars().take_while(|&c| is_chinese_numeral(c)).map(char::len_utf8).sum::<usize>()
        })
    }

    fn percent(&mut self, start: usize, end: usize, n: &Numeral) {
        let (hedge_after, stop) = self.hedge_after(end);
        let before = self.hedge_before(start, self.last_before(start));
        let hedge = before.map(|(h, _)| h).or(hedge_after);
        let said = Span::new(before.map_or(start, |(_, at)| at), stop);
        self.push(Span::new(start, end), said, n, Unit::Percent, hedge);
    }

    /// Reads unit and hedges after a number and records the quantity.
    fn measure(&mut self, figure: Span, (mut at, mut next): (usize, Option<char>), last: Option<char>, mut n: Numeral) {
        let mut hedge = None;
        // 1.2余万, 10万余: the scale may follow the hedge.
        if let Some(c @ ('余' | '多')) = next {
            hedge = Some(Hedge::Over);
            (at, next) = self.next(at + c.len_utf8());
            let scale = match next {
                Some('亿') => 100_000_000,
                Some('万') => 10_000,
                _ => 1,
            };
            if n.scale == 1 && scale > 1 {
                n = Numeral { scale, ..n.times(whole(scale)) };
                (at, _) = self.next(at + '万'.len_utf8());
            }
        }
        let rest = self.rest(at);
        let (unit, stop) = match rate(rest, &mut n).or_else(|| self.counter(rest)) {
            Some((unit, len)) => (unit, at + len),
            None if n.chinese => {
                self.at = figure.end;
                return;
            }
            None => (Unit::Bare, figure.end),
        };
        let (after, stop_after) = match self.peek(stop) {
            // 五成多, 两倍余
            Some(c @ ('多' | '余')) if rest.starts_with(['成', '倍']) => (Some(Hedge::Over), stop + c.len_utf8()),
            _ => self.hedge_after(stop),
        };
        let before = self.hedge_before(figure.start, last);
        // 过六成 is more than that; 通过三项 is three.
        let over = || {
            let tenths = unit == Unit::Percent && rest.starts_with('成');
            (tenths && self.before(figure.start).ends_with('过')).then_some(Hedge::AtLeast)
        };
        let hedge = hedge.or(after).or(before.map(|(h, _)| h)).or_else(over);
        let said = Span::new(before.map_or(figure.start, |(_, at)| at), stop_after);
        self.push(Span::new(figure.start, stop), said, &n, unit, hedge);
    }

    fn counter(&self, rest: &str) -> Option<(Unit, usize)> {
        self.lexicon.unit(rest).map(|(class, len)| (Unit::Counter(class), len))
    }

    /// The hedge that stands before a number and ends with `last`, and where it begins.
    fn hedge_before(&self, start: usize, last: Option<char>) -> Option<(Hedge, usize)> {
        let known = hedges_ending_with(last?);
        if known.is_empty() {
            return None;
        }
        let head = trim_blank_end(self.before(start));
        let &(word, hedge) = known.iter().find(|(word, _)| head.ends_with(word))?;
        let outer = &head[..head.len() - word.len()];
        // 节约12万元, 签约30个, 附近3个 are no hedges.
        let taken = match word {
            "约" => outer.ends_with(['节', '签', '预', '公', '条', '违', '履', '解', '合', '集', '缩', '制']),
            "近" => outer.ends_with(['附', '最', '邻', '靠', '临', '贴', '亲', '相']),
            _ => false,
        };
        (!taken).then_some((hedge, self.span.start + outer.len()))
    }

    /// The hedge that stands behind a quantity, and where both end.
    fn hedge_after(&self, stop: usize) -> (Option<Hedge>, usize) {
        let (at, next) = self.next(stop);
        let known: &[(&str, Hedge)] = match next {
            Some('及') => &[("及以上", Hedge::AtLeast), ("及以下", Hedge::AtMost)],
            Some('以') => &[("以上", Hedge::AtLeast), ("以下", Hedge::AtMost), ("以内", Hedge::AtMost)],
            Some('左') => &[("左右", Hedge::About)],
            Some('上') => &[("上下", Hedge::About)],
            _ => return (None, stop),
        };
        let rest = self.rest(at);
        let found = known.iter().find(|(word, _)| rest.starts_with(word));
        found.map_or((None, stop), |(word, hedge)| (Some(*hedge), at + word.len()))
    }

    /// Records a quantity whose number and unit stand at `span`, and goes on behind it and its hedges.
    fn push(&mut self, span: Span, said: Span, n: &Numeral, unit: Unit, hedge: Option<Hedge>) -> &mut Quantity {
        self.close_tail(span.start);
        // 1075公里 is a rounded number as well.
        let counted = match unit {
            Unit::Percent | Unit::Points | Unit::Times => false,
            Unit::Counter(class) => !self.lexicon.is_measured(class),
            Unit::Rank | Unit::Bare => true,
        };
        let exact = n.is_exact() && hedge.is_none() && counted;
        let lead = Span::new(self.lead_from.min(span.start), span.start);
        let means =
            if exact { Interval::point(n.value) } else { hedged(n.value, half(n.ulp), || last_place(n), hedge) };
        self.at = said.end;
        self.lead_from = said.end;
        self.out.quantities.push(Quantity {
            span,
            said,
            value: n.value,
            ulp: n.ulp,
            decimals: n.decimals,
            means,
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
        });
        let last = self.out.quantities.len() - 1;
        &mut self.out.quantities[last]
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

/// Letters, +, / and ~ around a number make it a name, a ratio or a range.
fn is_joined(beside: Option<char>) -> bool {
    let joins = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '#' | '_' | '.' | '·');
    // Mostly it is a word.
    beside.is_some_and(|c| !is_han(c) && joins(half_width(c)))
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '－' | '—' | '–' | '~' | '～' | '―' | '至')
}

/// What may stand between the first number of a range and its dash.
fn may_precede_dash(c: char) -> bool {
    matches!(c, '%' | '％' | '年' | '月' | '日' | '个' | '件' | '万' | '亿' | '元' | '人' | '名' | '家' | '次' | '天')
}

/// The measure of a rate or a multiple at the start of `rest`, and its length; the number is turned into that measure.
fn rate(rest: &str, n: &mut Numeral) -> Option<(Unit, usize)> {
    let first = rest.chars().next()?;
    let mut len = first.len_utf8();
    let unit = match half_width(first) {
        '%' | '﹪' => Unit::Percent,
        '‰' => {
            *n = n.times(Exact::new(1, 10));
            Unit::Percent
        }
        '个' | '百' => {
            len = words!["个百分点", "个 百分点", "百分点"].begins(rest)?.len();
            Unit::Points
        }
        '成' => {
            const WORDS: WordList = WordList::new(&[
                "成员", "成功", "成立", "成效", "成果", "成为", "成本", "成年", "成绩", "成品", "成套",
            ]);
            if WORDS.begins(rest).is_some() || n.value > whole(10) || !n.is_exact() {
                return None;
            }
            match half_of_tenth(&rest[len..]) {
                Some((tenths, digit)) => {
                    *n = Numeral { value: n.value * whole(10) + whole(tenths), ..*n };
                    len += digit;
                }
                None => *n = n.times(whole(10)),
            }
            Unit::Percent
        }
        '倍' => Unit::Times,
        _ => return None,
    };
    Some((unit, len))
}

/// 六成五, 六成半: the digit behind 成, which nothing is counted by, with its length.
fn half_of_tenth(rest: &str) -> Option<(i128, usize)> {
    let mut chars = rest.chars();
    let digit = chars.next().filter(|&c| is_chinese_numeral(c) || c == '半')?;
    let value = if digit == '半' { whole(5) } else { numeral(digit.encode_utf8(&mut [0; 4]))?.value };
    let ends = chars.next().is_none_or(|c| !is_han(c) || matches!(c, '的' | '以' | '左'));
    (ends && value < whole(10)).then(|| (*value.numer(), digit.len_utf8()))
}

/// The hedges before a number that end with this character, the longest first.
fn hedges_ending_with(last: char) -> &'static [(&'static str, Hedge)] {
    match last {
        '过' => &[("不超过", Hedge::AtMost), ("超过", Hedge::AtLeast)],
        '于' => &[
            ("不多于", Hedge::AtMost),
            ("不高于", Hedge::AtMost),
            ("不少于", Hedge::AtLeast),
            ("不低于", Hedge::AtLeast),
            ("高于", Hedge::AtLeast),
            ("多于", Hedge::AtLeast),
            ("低于", Hedge::AtMost),
            ("少于", Hedge::AtMost),
        ],
        '近' => &[("将近", Hedge::Nearly), ("接近", Hedge::Nearly), ("近", Hedge::Nearly)],
        '出' => &[("超出", Hedge::AtLeast)],
        '破' => &[("突破", Hedge::AtLeast)],
        '少' => &[("至少", Hedge::AtLeast)],
        '足' => &[("不足", Hedge::AtMost)],
        '到' => &[("不到", Hedge::AtMost)],
        '多' => &[("最多", Hedge::AtMost), ("至多", Hedge::AtMost)],
        '超' => &[("超", Hedge::AtLeast)],
        '逾' => &[("逾", Hedge::AtLeast)],
        '约' => &[("约", Hedge::About)],
        _ => &[],
    }
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

/// What a number stands for that is no plain count; `place`, one unit of its last non-zero digit, is asked only where a
/// hedge turns on it.
fn hedged(value: Exact, half: Exact, place: impl Fn() -> Exact, hedge: Option<Hedge>) -> Interval {
    match hedge {
        None => Interval::around(value, half),
        Some(Hedge::Over) => Interval::new(value, value + place()).at(value),
        Some(Hedge::Nearly) => Interval::new((value - place()).max(whole(0)), value).at(value),
        Some(Hedge::About) => Interval::around(value, (value / whole(10)).max(half)),
        Some(Hedge::AtLeast) => Interval { lo: value, hi: None, at: value },
        Some(Hedge::AtMost) => Interval::new(whole(0), value).at(value),
    }
}
