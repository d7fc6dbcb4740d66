//! Empty places, prompts, template variables, hidden names and to-dos.

use super::{Question, Scan, Shape, is_blank_before};
use crate::text::{Span, half_width, is_blank, is_digit, is_han};

/// Longer brackets hold text, not prompts or variables.
const BRACKET_CHARS: usize = 60;

/// Marks that end a field or a clause.
fn is_stop(c: char) -> bool {
    matches!(c, '，' | ',' | '。' | '；' | ';' | '、' | '|' | '\t' | '）' | ')' | '！' | '\n' | '\r')
}

fn closing(open: char) -> char {
    match half_width(open) {
        '(' => ')',
        '[' => ']',
        '{' => '}',
        '【' => '】',
        _ => '〕',
    }
}

impl Scan<'_> {
    /// The underscores from `at` on; returns where they end.
    pub(super) fn underscores(&mut self, at: usize) -> usize {
        let is_line = |c: char| matches!(c, '_' | '＿');
        let end = self.run_end(at, is_line);
        let span = Span::new(at, end);
        let is_one = span.of(self.text).chars().nth(1).is_none();
        let is_identifier = self.before(at).is_some_and(|c| c.is_ascii_alphanumeric())
            || self.at(end).is_some_and(|c| c.is_ascii_alphabetic());
        // A line of nothing else separates.
        let is_rule = self.before_blanks(at).is_none() && self.at(self.skip_blanks(end)).is_none();
        // 20_年
        let is_year = self.before(at).is_some_and(is_digit) && self.at(end) == Some('年');
        if ((!is_one && !is_identifier) || is_year) && !is_rule {
            self.report(span, Shape::Underscores);
        }
        end
    }

    /// The 某 from `at` on; returns where they end. A single one always hides on purpose.
    pub(super) fn hidden_names(&mut self, at: usize) -> usize {
        let end = self.run_end(at, |c| c == '某');
        let span = Span::new(at, end);
        let count = span.len() / '某'.len_utf8();
        let blanks = &self.book.blanks;
        let rest = &self.text[end..];
        let person = count == 2 && self.before(at).is_some_and(|c| blanks.is_surname(c, rest));
        let field = self.before_blanks(at).is_some_and(|c| matches!(c, '：' | ':'));
        let stands = count >= 2 && !person && !blanks.is_body(rest) && (count > 2 || field || blanks.is_named(rest));
        if stands && !self.is_quoted(span) && !self.says(span, Question::Case) {
            self.report(span, Shape::HiddenName);
        }
        end
    }

    /// The bracket that opens at `at`; returns where to go on.
    pub(super) fn bracket(&mut self, at: usize) -> usize {
        let Some(open) = self.at(at) else { return self.text.len() };
        let inside = at + open.len_utf8();
        if half_width(open) == '{' {
            return self.braces(at, inside);
        }
        let close = closing(open);
        let is_round = close == ')';
        // Nearly every bracket begins with a word that leaves nothing open.
        let may_be_open = self
            .at(self.skip_blanks(inside))
            .is_some_and(|c| half_width(c) == close || !is_round && is_digit(c) || self.book.blanks.may_be_open(c));
        if !may_be_open {
            return inside;
        }
        let found = self.text[inside..]
            .char_indices()
            .take(BRACKET_CHARS)
            .take_while(|&(_, c)| c != '\n' && c != '\r')
            .find(|&(_, c)| half_width(c) == close);
        let Some((length, mark)) = found else { return inside };
        let span = Span::new(at, inside + length + mark.len_utf8());
        let content = self.text[inside..inside + length].trim_matches(is_blank);
        if content.is_empty() {
            if self.is_empty_field(span, is_round) {
                self.report(span, Shape::Bracket);
            }
            return span.end;
        }
        if self.book.blanks.is_prompt(content, is_round) || self.book.blanks.is_note(content) {
            self.report(span, Shape::Prompt);
            return span.end;
        }
        let clause = || self.text[..at].rsplit(is_stop).next().unwrap_or("");
        if self.is_beside_a_figure(at)
            && self.book.blanks.is_unchecked(content, clause())
            && !self.says(span, Question::Checking)
        {
            self.report(span, Shape::Note);
            return span.end;
        }
        if !is_round && self.book.blanks.is_variable(content) && self.is_in_prose(span) {
            self.report(span, Shape::Variable);
            return span.end;
        }
        // 发放补贴（金额）万元，
        let rest = &self.text[span.end..];
        let is_counted = || self.book.masks.is_unit(rest) && !is_blank_before(rest);
        if is_round && self.book.blanks.is_variable(content) && is_counted() && self.is_in_a_clause(span) {
            self.report(span, Shape::Variable);
            return span.end;
        }
        // 〔2024〕 号
        let number = self.skip_blanks(span.end);
        if matches!(close, '〕' | ']')
            && content.chars().count() == 4
            && content.chars().all(is_digit)
            && self.text[number..].starts_with('号')
        {
            self.report(Span::new(at, number + '号'.len_utf8()), Shape::Number);
            return number;
        }
        inside
    }

    /// Whether a number belongs into the empty bracket.
    fn is_empty_field(&mut self, span: Span, is_round: bool) -> bool {
        let rest = &self.text[span.end..];
        let masks = &self.book.masks;
        let before = self.before(span.start);
        let touches =
            (masks.is_unit(rest) || masks.is_place(rest) || rest.starts_with("同志")) && !is_blank_before(rest);
        let stands = touches || before == Some('第');
        if !stands || (is_round && before.is_some_and(|c| c.is_ascii_alphanumeric() || c == '_')) {
            return false;
        }
        !self.says(span, Question::Quiz)
    }

    /// Whether words stand before the bracket and a mark behind it: in the head of a table it names a column.
    fn is_in_a_clause(&self, span: Span) -> bool {
        self.before(span.start).is_some_and(is_han) && self.text[span.end..].contains(['，', ',', '。', '；', '、'])
    }

    /// Whether a number stands right before the byte, with what it counts or without: 2315人（, 96.4%（.
    fn is_beside_a_figure(&self, at: usize) -> bool {
        const UNIT_CHARS: usize = 3;
        let head = self.text[..at].trim_end_matches(is_blank);
        let bare =
            head.char_indices().rev().take(UNIT_CHARS + 1).find(|&(_, c)| is_digit(c) || matches!(c, '%' | '％'));
        bare.is_some_and(|(at, c)| {
            let unit = head[at + c.len_utf8()..].trim_start_matches(is_blank);
            unit.is_empty() || self.book.masks.is_unit(unit)
        })
    }

    /// Whether the bracket stands where a word would, and not as a label before its text.
    fn is_in_prose(&self, span: Span) -> bool {
        // Another label before it in the same paragraph: this one is a label as well.
        let label = span.of(self.text).starts_with('【') && self.text[..span.start].trim_start().starts_with('【');
        if label {
            return false;
        }
        let before = self.before(span.start);
        let after = self.at(self.skip_blanks(span.end));
        let ends = after.is_none_or(is_stop);
        match before {
            Some('：' | ':') => ends,
            Some(c) => (is_han(c) || is_digit(c)) && (ends || after.is_some_and(is_han)),
            None => self.text[span.end..].starts_with("关于"),
        }
    }

    /// `{{…}}`, `${…}` and `{变量}`.
    fn braces(&mut self, at: usize, inside: usize) -> usize {
        let is_double = self.at(inside).is_some_and(|c| half_width(c) == '{');
        let found = self.text[inside..].char_indices().take(BRACKET_CHARS).find(|&(_, c)| half_width(c) == '}');
        let Some((length, mark)) = found else { return inside };
        let content = self.text[inside..inside + length].trim_start_matches(['{', '｛']).trim_matches(is_blank);
        let mut end = inside + length + mark.len_utf8();
        let mut start = at;
        if is_double {
            let Some(second) = self.at(end).filter(|&c| half_width(c) == '}') else { return inside };
            end += second.len_utf8();
        } else if self.before(at) == Some('$') {
            start -= 1;
        } else if !self.book.blanks.is_variable(content) {
            return inside;
        }
        if content.is_empty() {
            return inside;
        }
        self.report(Span::new(start, end), Shape::Variable);
        end
    }

    /// 待定 and its like as the whole value of a field; returns where to go on.
    pub(super) fn pending(&mut self, at: usize) -> usize {
        let Some(length) = self.book.blanks.pending(&self.text[at..]) else { return at };
        let span = Span::new(at, at + length);
        let before = self.before_blanks(at);
        let after = self.at(self.skip_blanks(span.end));
        let is_value = before.is_some_and(|c| matches!(c, '：' | ':' | '|')) && after.is_none_or(is_stop);
        let is_note = before.is_none() && matches!(after, Some('：' | ':'));
        if (is_value || is_note) && !self.says(span, Question::Decided) {
            self.report(span, Shape::Pending);
        }
        span.end
    }

    /// A prompt without brackets that is a paragraph or a field of its own; returns where to go on.
    pub(super) fn bare_prompt(&mut self, at: usize) -> usize {
        let alone = self.before_blanks(at).is_none_or(|c| matches!(c, '：' | ':' | '|'));
        if !alone || !self.book.blanks.is_bare_prompt(&self.text[at..]) {
            return at;
        }
        let end = self.run_end(at, |c| !is_stop(c));
        let span = Span::new(at, end);
        if span.of(self.text).chars().nth(BRACKET_CHARS).is_none() {
            self.report(span, Shape::Prompt);
        }
        end
    }

    /// TODO and its like; returns where to go on.
    pub(super) fn todo(&mut self, at: usize) -> usize {
        if self.before(at).is_some_and(|c| c.is_ascii_alphanumeric() || c == '_') {
            return at;
        }
        let end = self.text[at..].find(|c: char| !c.is_ascii_uppercase()).map_or(self.text.len(), |n| at + n);
        let goes_on = self.at(end).is_some_and(|c| c.is_ascii_alphanumeric() || c == '_');
        let span = Span::new(at, end);
        if !goes_on && self.book.blanks.is_todo(span.of(self.text), &self.text[end..]) {
            self.report(span, Shape::Todo);
            return end;
        }
        // An x further on in the word is a sign of its own.
        at
    }

    /// A date without its month or day, from 年 at `at` on; returns where to go on.
    pub(super) fn date(&mut self, at: usize) -> usize {
        let after = at + '年'.len_utf8();
        let first = self.skip_blanks(after);
        if first == after {
            return after;
        }
        let head = self.text[..at].trim_end_matches(is_blank);
        let has_year = head.chars().rev().take(4).filter(|&c| is_digit(c)).count() == 4;
        // Without any number it is a date of the text only where the text goes on around it.
        let from = if has_year {
            after
        } else if head.len() < at && head.chars().next_back().is_some_and(is_han) {
            head.len()
        } else {
            return first;
        };
        let end = match self.at(first) {
            Some('月') => {
                let month = first + '月'.len_utf8();
                let day = self.skip_blanks(month);
                let empty_day = day > month && self.text[day..].starts_with('日') && self.is_date_end(day);
                let given_day = self.at(day).is_some_and(is_digit);
                if empty_day {
                    day
                } else if given_day || self.is_date_end(first) {
                    first
                } else {
                    return first;
                }
            }
            Some('日') if self.is_date_end(first) => first,
            _ => return first,
        };
        let goes_on = || self.at(end + '日'.len_utf8()).is_some_and(is_han);
        let span = Span::new(from, end);
        if has_year || (self.text[end..].starts_with('日') && goes_on()) {
            self.report(span, Shape::Date);
            return end + '日'.len_utf8();
        }
        first
    }

    /// A date without its day, from 月 at `at` on; returns where to go on.
    pub(super) fn day(&mut self, at: usize) -> usize {
        let after = at + '月'.len_utf8();
        let day = self.skip_blanks(after);
        let has_month = self.before_blanks(at).is_some_and(is_digit);
        if day > after && has_month && self.text[day..].starts_with('日') && self.is_date_end(day) {
            self.report(Span::new(after, day), Shape::Date);
        }
        day
    }

    /// Whether the 月 or 日 at `at` ends a date and does not begin a word such as 月均 or 日报.
    fn is_date_end(&self, at: usize) -> bool {
        let next = self.text[at..].chars().nth(1);
        !next.is_some_and(|c| {
            matches!(
                c,
                '均' | '报'
                    | '度'
                    | '薪'
                    | '平'
                    | '常'
                    | '产'
                    | '益'
                    | '志'
                    | '本'
                    | '元'
                    | '供'
                    | '子'
                    | '程'
                    | '处'
            )
        })
    }

    /// 第 with nothing but blanks before its counter; returns where to go on.
    pub(super) fn ordinal(&mut self, at: usize) -> usize {
        let after = at + '第'.len_utf8();
        let end = self.skip_blanks(after);
        if end > after && self.text[end..].starts_with(['次', '届', '号', '期', '批']) {
            let span = Span::new(at, end + self.at(end).map_or(0, char::len_utf8));
            self.report(span, Shape::Number);
        }
        end
    }
}
