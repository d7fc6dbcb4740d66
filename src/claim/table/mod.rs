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

fn at<'a>(grid: &'a Grid, place: (usize, usize)) -> &'a Cell {
    &grid.rows[place.0].cells[place.1]
}

fn span(grid: &Grid, place: (usize, usize)) -> Span {
    at(grid, place).span
}

fn claim(grid: &Grid, found: &Found) -> Claim {
    let cell = span(grid, found.target);
    let parts = match found.relation {
        Relation::Share => (Part::Numerator, Part::Denominator),
        _ => (Part::Addend, Part::Deducted),
    };
    let mut roles = vec![Role::new(if found.relation == Relation::Share { Part::Rate } else { Part::Total }, cell)];
    roles.extend(found.plus.iter().map(|&p| Role::new(parts.0, span(grid, p))));
    roles.extend(found.minus.iter().map(|&p| Role::new(parts.1, span(grid, p))));
    let working = || {
        let stated = at(grid, found.target).number()?;
        let mut working = Working::plain(found.computed.lo, stated.value, found.computed, stated.means, cell);
        working.decimals = stated.decimals;
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

/// A row total and a column total that are off by the same amount share the wrong cell.
fn merge(grid: &Grid, found: &mut Vec<Found>) {
    let mut gone: Vec<usize> = Vec::new();
    let mut moved: Vec<(usize, Found)> = Vec::new();
    for i in 0..found.len() {
        for j in 0..found.len() {
            let (row, column) = (&found[i], &found[j]);
            let open = |k: usize| !gone.contains(&k) && found[k].outcome == Outcome::Fails;
            if row.relation != Relation::Row || column.relation != Relation::Column || !open(i) || !open(j) {
                continue;
            }
            let shared = (row.target.0, column.target.1);
            let (Some(off_row), Some(off_column)) = (row.off(grid), column.off(grid)) else { continue };
            if shared == row.target && column.plus.contains(&shared) && off_row == -off_column {
                gone.push(j); // A wrong row total makes the total of its column wrong.
            } else if shared == column.target && row.plus.contains(&shared) && off_row == -off_column {
                gone.push(i);
            } else if off_row == off_column && row.plus.contains(&shared) && column.plus.contains(&shared) {
                gone.push(j);
                moved.extend(row.solved_for(grid, shared).map(|f| (i, f)));
            }
        }
    }
    for (i, f) in moved {
        found[i] = f;
    }
    let mut k = 0;
    found.retain(|_| {
        k += 1;
        !gone.contains(&(k - 1))
    });
}
