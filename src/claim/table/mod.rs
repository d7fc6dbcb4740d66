//! Tables: totals of columns and rows, differences and balances of neighbouring columns, shares and rates.
//!
//! A header says what a column is, and the other cells of the table prove it: a relation is a conflict only where it
//! holds for most of the lines that it could be read off. Every total is tried under the few readings that its table
//! admits (all lines, subtotals only, the lines between two subtotals, the lines below it), and the one that most
//! lines bear out is taken. A cell that says nothing may stand for zero or for something that was left out, so with
//! one of those among the parts a total can agree but not conflict. Where a row and a column are off by the same
//! amount, they share the wrong cell, and only that one is reported.

mod grid;
mod relation;

use std::collections::HashSet;

use super::verdict::{Verdict, Why, Working};
use super::{Claim, Kind, Part, Relation, Role};
use crate::text::{Block, Span};
use grid::{Cell, Grid, grids};
use relation::{Found, Outcome};

pub(super) fn find(written: &str, text: &str, blocks: &[Block], out: &mut Vec<Claim>) {
    for grid in grids(written, text, blocks) {
        let mut found = relation::find(&grid);
        merge(&grid, &mut found);
        out.extend(found.iter().map(|f| claim(&grid, f)));
    }
}

fn at(grid: &Grid, place: (usize, usize)) -> &Cell {
    &grid.rows[place.0].cells[place.1]
}

fn span(grid: &Grid, place: (usize, usize)) -> Span {
    at(grid, place).span
}

fn claim(grid: &Grid, found: &Found) -> Claim {
    let cell = span(grid, found.target);
    let (stated, parts) = match found.relation {
        Relation::Share => (Part::Rate, (Part::Numerator, Part::Denominator)),
        Relation::Growth => (Part::Rate, (Part::After, Part::Before)),
        _ => (Part::Total, (Part::Addend, Part::Deducted)),
    };
    let mut roles = vec![Role::new(stated, cell)];
    roles.extend(found.plus.iter().map(|&p| Role::new(parts.0, span(grid, p))));
    roles.extend(found.minus.iter().map(|&p| Role::new(parts.1, span(grid, p))));
    let working = || {
        let stated = at(grid, found.target).number()?;
        let mut working = Working::plain(found.computed.lo, stated.value, found.computed, stated.means, cell);
        let parts = found.plus.iter().chain(&found.minus).filter_map(|&p| at(grid, p).number());
        // A rate has places of its own; a sum has those of its longest part.
        let longest = parts.map(|n| n.decimals).max().filter(|_| found.relation.adds()).unwrap_or(0);
        working.decimals = stated.decimals.max(longest);
        working.tried = found.tried;
        Some(working)
    };
    let verdict = match (found.outcome, working()) {
        (Outcome::Holds, Some(w)) => Verdict::Agrees(w),
        (Outcome::Near, Some(w)) => Verdict::Near(w),
        (Outcome::Fails, Some(w)) => Verdict::Conflicts(w),
        (Outcome::Masked, _) => Verdict::Unknown(Why::Masked),
        _ => Verdict::Unknown(Why::OpenParts),
    };
    Claim::new(Kind::Table(found.relation), cell, roles, verdict)
}

/// No table has more wrong lines than this that are worth telling apart.
const MOST_WRONG: usize = 64;

/// Names each wrong cell once: two relations that fail by the error of the cell where they cross, or on one cell.
fn merge(grid: &Grid, found: &mut Vec<Found>) {
    let wrong = |in_row: bool| -> Vec<usize> {
        let fails = |f: &Found| f.outcome == Outcome::Fails && f.relation.adds() && f.in_row() == in_row;
        (0..found.len()).filter(|&i| fails(&found[i])).take(MOST_WRONG).collect()
    };
    let (rows, columns) = (wrong(true), wrong(false));
    let mut gone = vec![false; found.len()];
    for &i in &rows {
        for &j in &columns {
            if gone[i] || gone[j] {
                continue;
            }
            let shared = (found[i].target.0, found[j].target.1);
            let (row, column) = (&found[i], &found[j]);
            let errors = row.error_at(grid, shared).zip(column.error_at(grid, shared));
            if errors.is_none_or(|(a, b)| a != b) {
                continue;
            }
            if column.target == shared && row.target != shared {
                gone[i] = true;
            } else {
                gone[j] = true;
                if row.target != shared
                    && let Some(solved) = row.solved_for(grid, shared)
                {
                    found[i] = solved;
                }
            }
        }
    }
    let mut seen = HashSet::new();
    let mut k = 0..;
    found.retain(|f| {
        let kept = k.next().is_some_and(|i: usize| !gone[i]);
        kept && (f.outcome != Outcome::Fails || seen.insert(f.target))
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::BlockKind;

    /// The cells of a table that conflict, with their relation.
    fn wrong(rows: &[&str]) -> Vec<(String, Relation)> {
        let text = rows.join("\n");
        let mut start = 0;
        let blocks: Vec<Block> = rows
            .iter()
            .map(|row| {
                let span = Span::new(start, start + row.len());
                start = span.end + 1;
                Block { kind: BlockKind::Row, span }
            })
            .collect();
        let mut claims = Vec::new();
        find(&text, &text, &blocks, &mut claims);
        let relation = |c: &Claim| match c.kind {
            Kind::Table(relation) => relation,
            kind => panic!("{kind:?} is no claim of a table"),
        };
        claims
            .iter()
            .filter(|c| matches!(c.verdict, Verdict::Conflicts(_)))
            .map(|c| (c.at.of(&text).to_owned(), relation(c)))
            .collect()
    }

    fn one(cell: &str, relation: Relation) -> Vec<(String, Relation)> {
        vec![(cell.to_owned(), relation)]
    }

    /// A wrong total is one finding, on the total.
    #[test]
    fn totals() {
        let rows = ["单位|受理|办结", "甲|31|30", "乙|22|20", "合计|53|52"];
        assert_eq!(wrong(&rows), one("52", Relation::Column));
        let rows = ["单位|一季度|二季度|合计", "甲|31|30|61", "乙|22|20|24", "丙|14|9|23"];
        assert_eq!(wrong(&rows), one("24", Relation::Row));
    }

    /// A wrong part makes its row and its column wrong, and is one finding, on the part.
    #[test]
    fn crossing() {
        let rows = ["单位|一季度|二季度|合计", "甲|31|39|61", "乙|22|20|42", "丙|14|9|23", "合计|67|59|126"];
        assert_eq!(wrong(&rows), one("39", Relation::Row));
        let rows = ["单位|一季度|二季度|合计", "甲|31|30|61", "乙|22|20|44", "丙|14|9|23", "合计|67|59|126"];
        assert_eq!(wrong(&rows), one("44", Relation::Row));
    }

    /// Where most lines speak against a relation, or a part is masked or missing, nothing conflicts.
    #[test]
    fn unproved() {
        for rows in [
            ["单位|受理|办结", "甲|31|30", "乙|22|20", "全县合计|153|152"],
            ["单位|受理|办结", "甲|3X|30", "乙|22|20", "合计|90|50"],
            ["单位|受理|办结", "甲||30", "乙|22|20", "合计|90|50"],
            ["单位|件数|用时", "甲|31|1.5", "乙|22|2.5", "合计|53|2.0"],
        ] {
            assert!(wrong(&rows).is_empty(), "{rows:?}");
        }
    }

    /// Differences go by the order of the years, whichever comes first.
    #[test]
    fn differences() {
        let rows = ["类别|2024年|2023年|增减", "甲|31|30|1", "乙|22|25|-3", "丙|40|20|10"];
        assert_eq!(wrong(&rows), one("10", Relation::Difference));
    }
}
