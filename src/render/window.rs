//! A window on a line: lines of a draft are paragraphs of thousands of characters, and a reader wants the dozen words
//! around what is found.

use crate::render::cells::Cells;
use crate::text::Span;

/// One row of a picture: what is seen of a line.
#[derive(Debug)]
pub(super) struct Window {
    /// The text, fit to be shown.
    pub(super) text: String,
    /// Its width in cells.
    pub(super) width: usize,
    /// For every character that is seen and every cut: its offset in the draft, in `text`, and its first cell.
    stops: Vec<Stop>,
}

#[derive(Debug, Clone, Copy)]
struct Stop {
    offset: usize,
    at: usize,
    cell: usize,
}

impl Window {
    /// The cells of a span.
    pub(super) fn cells(&self, span: Span) -> (usize, usize) {
        let start = self.stop(span.start).cell;
        (start, self.stop(span.end).cell.max(start))
    }

    /// The bytes of [`Self::text`] that show a span.
    pub(super) fn bytes(&self, span: Span) -> Span {
        let start = self.stop(span.start).at;
        Span::new(start, self.stop(span.end).at.max(start))
    }

    fn stop(&self, offset: usize) -> Stop {
        let i = self.stops.partition_point(|s| s.offset <= offset);
        self.stops.get(i.saturating_sub(1)).copied().unwrap_or(Stop { offset, at: 0, cell: 0 })
    }
}

/// A stretch of the line between the marks, of which little or all may be seen.
struct Gap {
    span: Span,
    /// Its width, or a little more than the whole window.
    full: usize,
    /// How much of it is seen beside the mark before it and beside the mark after it.
    seen: (usize, usize),
}

impl Gap {
    /// The cells that it takes: all of it where that is no wider than what is seen with the dots.
    fn cost(&self, dots: usize) -> usize {
        self.full.min(self.seen.0 + self.seen.1 + dots)
    }

    fn is_open(&self, dots: usize) -> bool {
        self.full > self.seen.0 + self.seen.1 + dots
    }
}

/// Whether a stretch of a line is seen whole, with words around it, in `room` cells.
pub(super) fn fits_whole(text: &str, span: Span, room: usize, cells: Cells) -> bool {
    cells.reach(span.of(text), room.saturating_sub(around(room, cells))).1
}

/// The fewest cells at both ends of a window: some words, and the dots.
fn around(room: usize, cells: Cells) -> usize {
    2 * (room / 16 + cells.of(cells.dots()))
}

/// Opens a window of at most `room` cells on `line` that shows all `marks` (sorted, disjoint, within the line, at least
/// one), leaving out what lies between where it must; `None` where they do not fit. A single mark always fits: of a
/// long one the head and the tail are seen.
pub(super) fn open(text: &str, line: Span, marks: &[Span], room: usize, cells: Cells) -> Option<Window> {
    let dots = cells.of(cells.dots());
    // Less is seen at the ends, since what is left over goes there.
    let (keep, edge) = (room / 8, room / 16);
    let line = trimmed(text, line, marks);
    let width = |span: Span| {
        let (end, all) = cells.reach(span.of(text), room + 1);
        if all { cells.of(&cells.shown(&span.of(text)[..end])) } else { room + 2 }
    };

    // What is seen in any case: marks, or the ends of long ones.
    let mut cores = Vec::with_capacity(marks.len());
    let long = if width(line) <= room {
        room
    } else if let [_] = marks {
        room.saturating_sub(around(room, cells))
    } else {
        room / 2
    };
    for &mark in marks {
        if width(mark) <= long {
            cores.push(mark);
        } else {
            let half = long.saturating_sub(dots) / 2;
            let first = mark.of(text).chars().next().map_or(0, char::len_utf8);
            let head = cells.reach(mark.of(text), half).0.max(first);
            let tail = cells.reach_back(mark.of(text), half);
            cores.push(Span::new(mark.start, mark.start + head));
            cores.push(Span::new((mark.start + tail).max(mark.start + head), mark.end));
        }
    }
    let mut gaps = Vec::with_capacity(cores.len() + 1);
    let mut from = line.start;
    for (i, core) in cores.iter().enumerate() {
        let span = Span::new(from, core.start.max(from));
        let within = marks.iter().any(|m| !m.is_empty() && m.contains(span) && !span.is_empty());
        let seen = match i {
            0 => (0, edge),
            _ if within => (0, 0),
            _ => (keep, keep),
        };
        gaps.push(Gap { span, full: width(span), seen });
        from = core.end;
    }
    let last = Span::new(from, line.end.max(from));
    gaps.push(Gap { span: last, full: width(last), seen: (edge, 0) });

    let core: usize = cores.iter().map(|&c| width(c)).sum();
    let mut used = core + gaps.iter().map(|g| g.cost(dots)).sum::<usize>();
    if used > room && marks.len() > 1 {
        return None;
    }

    // Close the gaps that are nearly closed, then widen what is still open.
    let n = gaps.len();
    let mut order: Vec<usize> = (1..n - 1).filter(|&i| gaps[i].is_open(dots)).collect();
    order.sort_by_key(|&i| gaps[i].full);
    for i in order {
        let more = gaps[i].full - gaps[i].cost(dots);
        if used + more <= room && gaps[i].seen != (0, 0) {
            used += more;
            gaps[i].seen = (gaps[i].full, 0);
        }
    }
    let between = gaps[1..n - 1].iter().filter(|g| g.is_open(dots) && g.seen != (0, 0)).count();
    let mut slack = room.saturating_sub(used);
    if between > 0 {
        let share = slack / (2 * between + 2);
        for gap in gaps[1..n - 1].iter_mut().filter(|g| g.seen != (0, 0)) {
            if gap.is_open(dots) {
                let before = gap.cost(dots);
                gap.seen = (gap.seen.0 + share, gap.seen.1 + share);
                slack -= gap.cost(dots) - before;
            }
        }
    }
    // A third of what is left goes before the first mark, the rest after the last, where labels need the room.
    for (i, share) in [(0, slack / 3), (n - 1, slack), (0, slack)] {
        if gaps[i].is_open(dots) {
            let share = share.min(slack);
            let before = gaps[i].cost(dots);
            if i == 0 {
                gaps[i].seen.1 += share;
            } else {
                gaps[i].seen.0 += share;
            }
            slack -= gaps[i].cost(dots) - before;
        }
    }

    Some(draw(text, &cores, &gaps, cells))
}

/// Puts the seen parts together, dots where something is left out.
fn draw(text: &str, cores: &[Span], gaps: &[Gap], cells: Cells) -> Window {
    let mut window = Window { text: String::new(), width: 0, stops: Vec::new() };
    let dots = cells.of(cells.dots());
    for (i, gap) in gaps.iter().enumerate() {
        if gap.is_open(dots) {
            let part = gap.span.of(text);
            let head = cells.reach(part, gap.seen.0).0;
            let tail = cells.reach_back(part, gap.seen.1).max(head);
            window.push(text, Span::new(gap.span.start, gap.span.start + head), cells);
            window.push_dots(gap.span.start + head, cells);
            window.push(text, Span::new(gap.span.start + tail, gap.span.end), cells);
        } else {
            window.push(text, gap.span, cells);
        }
        if let Some(&core) = cores.get(i) {
            window.push(text, core, cells);
        }
    }
    window
}

impl Window {
    fn push(&mut self, text: &str, span: Span, cells: Cells) {
        for (at, c) in span.of(text).char_indices() {
            self.stops.push(Stop { offset: span.start + at, at: self.text.len(), cell: self.width });
            let before = self.text.len();
            cells.push_shown(c, &mut self.text);
            self.width += cells.of(&self.text[before..]);
        }
        self.mark(span.end);
    }

    fn push_dots(&mut self, offset: usize, cells: Cells) {
        self.mark(offset);
        self.text.push_str(cells.dots());
        self.width += cells.of(cells.dots());
    }

    /// Notes where an offset stands, unless the last stop says so already.
    fn mark(&mut self, offset: usize) {
        if self.stops.last().is_none_or(|s| s.offset < offset) {
            self.stops.push(Stop { offset, at: self.text.len(), cell: self.width });
        }
    }
}

/// The line without blanks at its ends that no mark touches: the indentation of a paragraph says nothing.
fn trimmed(text: &str, line: Span, marks: &[Span]) -> Span {
    let whole = line.of(text);
    let first = marks.first().map_or(line.end, |m| m.start);
    let last = marks.last().map_or(line.start, |m| m.end);
    let start = line.end - whole.trim_start().len();
    let end = line.start + whole.trim_end().len();
    let start = start.min(first);
    Span::new(start, end.max(last).max(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    const CELLS: Cells = Cells { wide: false, ascii: false };

    fn seen(text: &str, parts: &[&str], room: usize) -> Option<String> {
        let marks: Vec<Span> = parts
            .iter()
            .map(|p| {
                let at = text.find(p).expect("the part is in the text");
                Span::new(at, at + p.len())
            })
            .collect();
        open(text, Span::new(0, text.len()), &marks, room, CELLS).map(|w| {
            assert_eq!(w.width, CELLS.of(&w.text));
            for (mark, part) in marks.iter().zip(parts) {
                assert!(w.bytes(*mark).of(&w.text).starts_with(&part[..3]), "{part} in {}", w.text);
            }
            w.text
        })
    }

    /// A line that fits is seen whole, without its indentation; a long one is cut at both ends.
    #[test]
    fn what_fits_is_seen() {
        assert_eq!(seen("　　一份报告。", &["报告"], 40).as_deref(), Some("一份报告。"));
        let long = format!("{}目标{}", "前文".repeat(50), "后文".repeat(50));
        assert_eq!(seen(&long, &["目标"], 24).as_deref(), Some("…文前文目标后文后文后文…"));
    }

    /// Marks far apart are seen with the text between them left out, as long as each has some words beside it.
    #[test]
    fn the_middle_may_be_left_out() {
        let long = format!("共有418项，{}占38%。", "此处省略".repeat(30));
        assert_eq!(seen(&long, &["418项", "38%"], 40).as_deref(), Some("共有418项，此处省…处省略占38%。"));
        let crowd = format!("甲1{0}乙2{0}丙3{0}丁4", "此处省略".repeat(30));
        assert_eq!(seen(&crowd, &["甲1", "乙2", "丙3", "丁4"], 30), None);
    }

    /// Of a mark that is longer than the window, the head and the tail are seen.
    #[test]
    fn a_long_mark_loses_its_middle() {
        let long = format!("前文{}后文", "甲乙丙丁".repeat(40));
        let text = seen(&long, &[&"甲乙丙丁".repeat(40)], 40).expect("a single mark always fits");
        assert_eq!(text, "…文甲乙丙丁甲乙丙丁…甲乙丙丁甲乙丙丁后文");
    }

    /// A combining mark stays with its base, and what cannot be seen is spelt out.
    #[test]
    fn characters_stay_whole() {
        let text = format!("{}目标", "e\u{301}".repeat(60));
        let seen = seen(&text, &["目标"], 24).expect("fits");
        assert!(seen.starts_with("…e\u{301}"), "{seen}");
        let text = "法\u{200b}治\t政府";
        assert_eq!(self::seen(text, &["治"], 40).as_deref(), Some("法\\u{200b}治  政府"));
    }

    proptest::proptest! {
        /// Every part of a window is a part of the line, whole characters only, and no window is wider than its room.
        #[test]
        fn windows_are_made_of_the_line(
            text in "[一二三a-c0-9，\u{301}\t\u{200b}\u{1b}😀]{1,200}",
            ends in proptest::collection::vec((0usize..200, 0usize..30), 1..5),
            room in 30usize..90,
        ) {
            let mut stops: Vec<usize> = text.char_indices().map(|(i, _)| i).collect();
            stops.push(text.len());
            let mut marks: Vec<Span> = ends
                .iter()
                .map(|&(start, len)| {
                    let start = start % stops.len();
                    Span::new(stops[start], stops[(start + len).min(stops.len() - 1)])
                })
                .collect();
            marks.sort();
            marks.dedup_by(|b, a| b.start < a.end || b.start == a.start);
            let window = open(&text, Span::new(0, text.len()), &marks, room, CELLS);
            proptest::prop_assert!(window.is_some() || marks.len() > 1);
            if let Some(window) = window {
                proptest::prop_assert!(window.width <= room, "{} > {room}", window.width);
                proptest::prop_assert_eq!(window.width, CELLS.of(&window.text));
                let whole = CELLS.shown(&text);
                for part in window.text.split('…') {
                    proptest::prop_assert!(whole.contains(part), "{part}");
                }
                for mark in marks {
                    let (start, end) = window.cells(mark);
                    proptest::prop_assert!(start <= end && end <= window.width);
                    let first = mark.of(&text).chars().next().map(|c| CELLS.shown(&c.to_string())).unwrap_or_default();
                    proptest::prop_assert!(window.text[window.bytes(mark).start..].starts_with(&first));
                }
            }
        }
    }
}
