//! Letters, asterisks, crosses, circles and boxes that stand for digits or names.

use super::{Question, Scan, Shape, is_blank_before};
use crate::text::{Span, half_width, is_blank, is_chinese_numeral, is_digit, is_han};

/// Beyond this many bytes to a side nobody looks for the rest of an address.
const ADDRESS_REACH: usize = 120;

fn is_x(c: char) -> bool {
    matches!(half_width(c), 'x' | 'X')
}

fn is_alnum(c: char) -> bool {
    half_width(c).is_ascii_alphanumeric()
}

impl Scan<'_> {
    /// The word of letters and digits around the x at `at`; returns where it ends.
    pub(super) fn letters(&mut self, at: usize) -> usize {
        let span = self.word(at);
        let token: String = span.of(self.text).chars().map(half_width).collect();
        let chars = token.chars().count();
        let length = if token.chars().all(is_token) { Some(chars) } else { self.book.masks.without_unit(&token) };
        // The letters of a unit that is written behind the mask are no part of it.
        let end = length.filter(|&n| n > 0).and_then(|n| {
            let mask = &token[..n.min(token.len())];
            let end = span.start + span.of(self.text).char_indices().nth(n).map_or(span.len(), |(i, _)| i);
            (mask.chars().all(is_token) && mask.chars().any(is_x)).then_some((mask, end))
        });
        if let Some((mask, end)) = end
            && self.is_mask(mask, Span::new(span.start, end))
        {
            let end = match self.at(end) {
                Some(c) if matches!(c, '%' | '％' | '‰') => end + c.len_utf8(),
                _ => end,
            };
            let shape = if mask.chars().any(|c| c.is_ascii_digit()) { Shape::Digits } else { Shape::Letters };
            self.report(Span::new(span.start, end), shape);
            return end.max(span.end);
        }
        span.end
    }

    /// The letters and digits around `at`, with points between them.
    fn word(&self, at: usize) -> Span {
        let is_point = |c: Option<char>| c.is_some_and(|c| matches!(c, '.' | '．'));
        let mut start = at;
        loop {
            start = self.text[..start]
                .char_indices()
                .rev()
                .find(|&(_, c)| !is_alnum(c))
                .map_or(0, |(i, c)| i + c.len_utf8());
            let Some(point) = self.before(start).filter(|&c| is_point(Some(c))) else { break };
            let left = start - point.len_utf8();
            if !self.before(left).is_some_and(is_alnum) {
                break;
            }
            start = left;
        }
        let mut end = self.run_end(at, is_alnum);
        while is_point(self.at(end)) {
            let right = end + self.at(end).map_or(0, char::len_utf8);
            if !self.at(right).is_some_and(is_alnum) {
                break;
            }
            end = self.run_end(right, is_alnum);
        }
        Span::new(start, end)
    }

    /// Whether a token of digits, points and at least one x is a mask.
    fn is_mask(&mut self, token: &str, span: Span) -> bool {
        let masks = &self.book.masks;
        let (before, after) = (self.before(span.start), self.at(span.end));
        let rest = &self.text[span.end..];
        let xs = token.chars().filter(|&c| is_x(c)).count();
        let digits = token.chars().filter(char::is_ascii_digit).count();
        let percent = after.is_some_and(|c| matches!(c, '%' | '％' | '‰'));

        if masks.is_word(token)
            || masks.not_after.iter().any(|w| rest.starts_with(w.as_str()))
            || is_number_in_full(token)
            || self.is_address(span)
            || self.is_file_name(span)
            || token.matches('.').count() == 3
            || (digits > 0 && self.is_notation(span))
            || matches!(before, Some('_' | '\\' | '$')) && xs == 1
            || (digits > 0 && (rest.starts_with("表示") || rest.starts_with("代表")))
            || (token.contains('.') && rest.trim_start_matches(is_blank).starts_with('版'))
        {
            return false;
        }
        if is_product(token) && (masks.is_length(rest) || self.says(span, Question::Sizes)) {
            return false;
        }
        // 4xx and 5xx are classes of answers, unless something is counted.
        let is_class = token.len() == 3 && digits == 1 && !token.starts_with(is_x) && !token.contains('.');
        if is_class && !percent && !masks.is_unit_like(rest) {
            return false;
        }
        // 202X, 19XX: nothing else has this shape before 年, a bracket or a dash.
        let is_year = token.len() == 4 && (token.starts_with("19") || token.starts_with("20"));
        if xs >= 2 || (is_year && !self.is_quoted(span)) {
            let means_itself = digits == 0 && (self.is_concept(span) || self.is_list_number(span));
            return !means_itself && !self.is_notation(span) && !self.is_hidden(span);
        }
        if digits > 0 {
            let is_plate = token.starts_with(is_x) && digits >= 4 && before.is_some_and(|c| masks.is_plate(c));
            // X15次列车, X2号楼, X1字签证: an X before digits names a kind.
            let names = token.starts_with(is_x) && rest.starts_with(['号', '次', '字', '线', '路', '座', '栋']);
            return (percent || masks.is_unit_like(rest)) && !is_plate && !names;
        }
        let is_named = (masks.is_place(rest) && !is_blank_before(rest)) || masks.is_agency(rest);
        (percent || masks.is_unit(rest) || is_named || before == Some('第'))
            && !self.is_concept(span)
            && !self.is_quoted(span)
            && !self.before_blanks(span.start).is_some_and(|c| c.is_ascii_alphanumeric() || c == '+')
    }

    /// Whether the token is a part of a formula or a concept: 5G+X, X+1, x=3, X-1, 川X·…
    fn is_concept(&self, span: Span) -> bool {
        let operator = |c: char| matches!(half_width(c), '+' | '=' | '<' | '>' | '^' | '&');
        let left = self.before_blanks(span.start);
        let right = self.at(self.skip_blanks(span.end));
        let one = span.of(self.text).chars().nth(1).is_none();
        left.is_some_and(operator)
            || right.is_some_and(operator)
            || (one && (right == Some('·') || self.at(span.end).is_some_and(|c| matches!(c, '-' | '－' | '/'))))
            || (one && self.before(span.start).is_some_and(|c| matches!(c, '-' | '－' | '/')))
    }

    /// Whether the span is a part of a number plate (鄂D×××36).
    fn is_plate(&self, span: Span) -> bool {
        let sign = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || matches!(c, '×' | '*' | '·' | '.');
        let head = self.text[..span.start].trim_end_matches(sign);
        self.text[head.len()..].starts_with(|c: char| c.is_ascii_uppercase())
            && head.chars().next_back().is_some_and(|c| self.book.masks.is_plate(c))
    }

    /// Whether the sentence speaks of codes, genes or figures in which an x has a meaning of its own.
    fn is_notation(&mut self, span: Span) -> bool {
        self.says(span, Question::Notates)
    }

    /// Whether the token is a part of the name of a file (附件1-XX单位汇总表.xlsx): a pattern by which to name one.
    fn is_file_name(&self, span: Span) -> bool {
        let ends = |c: char| is_blank(c) || matches!(c, '，' | '。' | '；' | '、' | '：' | '“' | '”' | '《' | '》');
        let tail = &self.text[span.end..];
        let name = &tail[..tail.find(ends).unwrap_or(tail.len())];
        name.rsplit_once('.').is_some_and(|(head, kind)| {
            head.chars().nth(ADDRESS_REACH).is_none()
                && self.book.masks.files.iter().any(|f| kind.eq_ignore_ascii_case(f))
        })
    }

    /// Whether the token numbers an item in Roman figures at the start of its paragraph.
    fn is_list_number(&self, span: Span) -> bool {
        self.text[..span.start].chars().all(is_blank)
            && span.of(self.text).chars().all(|c| c == 'X')
            && self.at(span.end).is_some_and(|c| matches!(c, '.' | '、' | '．'))
    }

    /// Whether the token stands inside an address or a path.
    fn is_address(&self, span: Span) -> bool {
        let touches =
            |c: Option<char>| c.is_some_and(|c| matches!(c, '.' | '/' | '@' | ':' | '\\' | '-' | '_' | '&' | '='));
        if !touches(self.before(span.start)) && !touches(self.at(span.end)) {
            return false;
        }
        let inside = |c: char| c.is_ascii_graphic();
        let head = &self.text[..span.start];
        let start = head.char_indices().rev().take(ADDRESS_REACH).take_while(|&(_, c)| inside(c)).last();
        let start = start.map_or(span.start, |(i, _)| i);
        let tail = &self.text[span.end..];
        let end = tail.char_indices().take(ADDRESS_REACH).take_while(|&(_, c)| inside(c)).last();
        let end = end.map_or(span.end, |(i, c)| span.end + i + c.len_utf8());
        let run = &self.text[start..end];
        ["://", "www.", "@", "\\", ".cn", ".com", ".org", ".net", ".gov", ".htm"].iter().any(|mark| run.contains(mark))
    }

    /// The asterisks from `at` on; returns where they end.
    pub(super) fn asterisks(&mut self, at: usize) -> usize {
        let end = self.run_end(at, |c| matches!(c, '*' | '＊'));
        let span = Span::new(at, end);
        if self.is_star_mask(span) {
            self.report(span, Shape::Asterisks);
        }
        end
    }

    fn is_star_mask(&mut self, span: Span) -> bool {
        let masks = &self.book.masks;
        let rest = &self.text[span.end..];
        let stars = span.of(self.text).chars().count();
        let (before, after) = (self.before(span.start), self.at(span.end));
        // A number or a name with its middle hidden, a product, a file pattern.
        let surname = before.is_some_and(|c| self.book.blanks.is_surname(c, rest));
        if before.is_some_and(is_digit) && after.is_some_and(is_digit)
            || after.is_some_and(|c| c.is_ascii_alphabetic())
            || before.is_some_and(|c| c.is_ascii_alphabetic() || matches!(c, '/' | '\\' | '='))
            || (after == Some('.') && rest[1..].starts_with(|c: char| c.is_ascii_alphabetic()))
            || (surname && stars <= 2 && !self.is_touched(rest))
        {
            return false;
        }
        let led = masks.star_not_before.iter().find(|w| self.text[..span.start].ends_with(w.as_str()));
        let followed = masks.star_not_after.iter().any(|w| rest.starts_with(w.as_str()));
        let spoken_of = led.is_some() || followed;
        let touches = self.is_touched(rest);
        if stars == 1 {
            return touches && !spoken_of && !self.is_quoted(span) && !self.is_markup(span);
        }
        let in_prose = touches
            || before.is_some_and(|c| is_han(c) || matches!(c, '：' | ':'))
            || after.is_some_and(|c| is_han(c) || matches!(c, '、' | '，'));
        // 带**号的, 标有**的
        let is_led = led.is_some_and(|w| followed || w.chars().nth(1).is_some());
        let is_sign = is_led
            || spoken_of && (self.is_quoted(span) || before.is_none_or(|c| !is_han(c) && !matches!(c, '：' | ':')));
        in_prose && !is_sign && !self.is_secret(span) && !self.is_markup(span) && !self.is_hidden(span)
    }

    /// Whether a unit follows, or the end of a name follows at once.
    fn is_touched(&self, rest: &str) -> bool {
        let masks = &self.book.masks;
        masks.is_unit(rest) || ((masks.is_place(rest) || masks.is_agency(rest)) && !is_blank_before(rest))
    }

    fn is_secret(&mut self, span: Span) -> bool {
        self.says(span, Question::Secret)
    }

    /// Whether the run of asterisks opens or closes an emphasis, or is a bullet or a rule.
    fn is_markup(&mut self, span: Span) -> bool {
        let opens_block = self.text[..span.start].chars().all(is_blank);
        if opens_block && self.at(span.end).is_none_or(is_blank) {
            return true;
        }
        let found = match self.emphasis.take() {
            Some(known) => known,
            None => self.emphases(),
        };
        let is_one = found.binary_search(&span.start).is_ok();
        self.emphasis = Some(found);
        is_one
    }

    /// The starts of the runs of one or two asterisks that pair up around words, as Markdown would pair them.
    fn emphases(&self) -> Vec<usize> {
        let mut found = Vec::new();
        let mut open: [Option<Span>; 2] = [None, None];
        let mut at = 0;
        while let Some(start) = self.text[at..].find('*').map(|n| at + n) {
            let span = Span::new(start, self.run_end(start, |c| c == '*'));
            at = span.end;
            let Some(slot) = open.get_mut(span.len() - 1) else { continue };
            let (before, after) = (self.before(span.start), self.at(span.end));
            // Unlike CommonMark, a full stop may stand before the closing run and a word right behind it: that is how
            // Chinese drafts are marked up.
            let closes =
                before.is_some_and(|c| !is_blank(c) && !matches!(c, '，' | ',' | '、' | '；' | '（' | '《' | '“'));
            let opens = after
                .is_some_and(|c| !is_blank(c) && !matches!(c, '，' | ',' | '、' | '；' | '。' | '）' | '》' | '”'));
            match slot.take() {
                // Two masks look like an emphasis: both stand before a unit or the end of a name.
                Some(first)
                    if closes
                        && !(self.is_touched(&self.text[first.end..]) && self.is_touched(&self.text[span.end..])) =>
                {
                    found.extend([first.start, span.start]);
                }
                first => *slot = if opens { Some(span) } else { first },
            }
        }
        found.sort_unstable();
        found
    }

    /// The crosses from `at` on; returns where they end.
    pub(super) fn crosses(&mut self, at: usize) -> usize {
        let end = self.run_end(at, |c| c == '×');
        let span = Span::new(at, end);
        let rest = &self.text[end..];
        let is_one = span.len() == '×'.len_utf8();
        let is_blank_sign = if is_one {
            // A single cross multiplies, ticks off or crosses breeds, unless it stands where a number or a name would.
            let factor =
                self.before_blanks(at).is_some_and(|c| is_digit(c) || c.is_ascii_alphabetic() || is_chinese_numeral(c));
            (self.is_touched(rest) && !rest.starts_with('号') || self.before(at) == Some('第'))
                && !factor
                && !self.is_quoted(span)
        } else {
            !(self.before(at).is_some_and(is_digit) && self.at(end).is_some_and(is_digit))
        };
        if is_blank_sign && !self.is_hidden(span) && !self.is_file_name(span) && !self.is_plate(span) {
            self.report(span, Shape::Crosses);
        }
        end
    }

    /// The circles from `at` on; returns where they end.
    pub(super) fn circles(&mut self, at: usize) -> usize {
        let end = self.run_end(at, |c| matches!(c, '○' | '◯' | '〇'));
        let span = Span::new(at, end);
        let rest = &self.text[end..];
        let zero = self.before(at).is_some_and(|c| is_chinese_numeral(c) || is_digit(c))
            || self.at(end).is_some_and(|c| is_chinese_numeral(c) || is_digit(c))
            || rest.starts_with('后')
            || rest.starts_with("年代");
        let is_one = span.of(self.text).chars().nth(1).is_none();
        let stands = if is_one { rest.starts_with(['月', '日', '次']) } else { true };
        if stands && !zero && !self.is_hidden(span) {
            self.report(span, Shape::Circles);
        }
        end
    }

    /// The boxes from `at` on; returns where they end. One box is there to be ticked.
    pub(super) fn boxes(&mut self, at: usize) -> usize {
        let end = self.run_end(at, |c| c == '□');
        let span = Span::new(at, end);
        if span.len() > '□'.len_utf8() {
            self.report(span, Shape::Boxes);
        }
        end
    }

    /// The run of one geometric figure from `at` on; returns where it ends. Bullets and stars are figures as well: only
    /// where a unit or the end of a name follows do they stand for something.
    pub(super) fn figures(&mut self, at: usize) -> usize {
        let Some(figure) = self.at(at) else { return at };
        let end = self.run_end(at, |c| c == figure);
        let span = Span::new(at, end);
        if span.len() > figure.len_utf8() && self.is_touched(&self.text[end..]) {
            self.report(span, Shape::Figures);
        }
        end
    }

    /// The question marks from `at` on; returns where they end. Two before a unit, behind words, stand for a number.
    pub(super) fn queries(&mut self, at: usize) -> usize {
        let end = self.run_end(at, |c| half_width(c) == '?');
        let span = Span::new(at, end);
        let several = span.of(self.text).chars().nth(1).is_some();
        let rest = &self.text[end..];
        if several && self.before(at).is_some_and(is_han) && self.book.masks.is_unit(rest) && !is_blank_before(rest) {
            self.report(span, Shape::Queries);
        }
        end
    }
}

fn is_token(c: char) -> bool {
    c.is_ascii_digit() || is_x(c) || c == '.'
}

/// Whether the token is numbers joined by single x (3x5, 3x5x2).
fn is_product(token: &str) -> bool {
    token.contains(is_x) && token.split(is_x).all(|part| part.starts_with(|c: char| c.is_ascii_digit()))
}

/// Whether the token is a whole number of an identity card, a book or a telephone: the check digit X, or a hidden middle.
fn is_number_in_full(token: &str) -> bool {
    let head = token.chars().take_while(char::is_ascii_digit).count();
    let tail = token.chars().rev().take_while(char::is_ascii_digit).count();
    let middle = token.chars().filter(|&c| is_x(c)).count();
    (head >= 9 && head + middle == token.len() && middle == 1)
        || (head >= 3 && tail >= 3 && middle >= 4 && head + middle + tail == token.len())
}
