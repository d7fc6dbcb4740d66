//! The relations of a table's lines, each judged by how many lines bear it out.

use super::grid::{Grid, Number, Says};
use crate::claim::Relation;
use crate::claim::exact::{Exact, Interval, whole};
use crate::claim::growth::PRICED;
use crate::text::{is_chinese_numeral, words};

/// A cell: row and column.
type Place = (usize, usize);

/// One cell that a relation states, and the cells that it follows from.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub(super) relation: Relation,
    pub(super) target: Place,
    pub(super) plus: Vec<Place>,
    pub(super) minus: Vec<Place>,
    pub(super) computed: Interval,
    pub(super) outcome: Outcome,
    /// How many readings were tried.
    pub(super) tried: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    Holds,
    /// A rate that is truncated rather than rounded.
    Near,
    Fails,
    /// A cell is masked or says words.
    Masked,
    /// The relation is not proved for this table.
    Open,
}

impl Found {
    /// How far the stated value is from the computed one.
    pub(super) fn off(&self, grid: &Grid) -> Option<Exact> {
        let stated = super::at(grid, self.target).number()?;
        Some(stated.value - self.computed.at)
    }

    /// By how much `place` must be wrong to account for the difference alone; `None` where it takes no part.
    pub(super) fn error_at(&self, grid: &Grid, place: Place) -> Option<Exact> {
        let off = self.off(grid)?;
        if self.target == place || self.minus.contains(&place) {
            Some(off)
        } else {
            self.plus.contains(&place).then_some(-off)
        }
    }

    /// The same relation, read for one of its parts.
    pub(super) fn solved_for(&self, grid: &Grid, place: Place) -> Option<Self> {
        let rest = |list: &[Place]| list.iter().copied().filter(|&p| p != place).collect::<Vec<_>>();
        let (plus, minus) = if self.plus.contains(&place) {
            ([vec![self.target], self.minus.clone()].concat(), rest(&self.plus))
        } else {
            (self.plus.clone(), [vec![self.target], rest(&self.minus)].concat())
        };
        let computed = total(grid, &plus, &minus)?;
        Some(Self { target: place, plus, minus, computed, ..self.clone() })
    }

    /// Whether its cells stand in one row (else in one column).
    pub(super) fn in_row(&self) -> bool {
        self.plus.iter().chain(&self.minus).all(|p| p.0 == self.target.0)
    }
}

/// Rows or columns of a grid, to be read by the same rules.
struct View<'a> {
    grid: &'a Grid,
    rows: bool,
    /// What each line is.
    lines: Vec<Line>,
}

#[derive(Debug, Clone)]
struct Line {
    label: String,
    class: Class,
}

/// What a line is by its label and its cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    /// WordList: the labels of the other lines.
    Label,
    /// Numbers that may be added.
    Plain,
    /// 其中: a part of the line before.
    Among,
    /// 小计
    Subtotal,
    /// 合计, 总计
    Total,
    /// A rate.
    Rate,
    /// A difference to another line.
    Difference,
    /// Numbers that nobody adds: averages, ranks, scores, years.
    Other,
}

/// What a column is by its header.
fn class(label: &str) -> Class {
    let has = |words: &[&str]| words.iter().any(|w| label.contains(w));
    if let Some(class) = sum_class(label) {
        class
    } else if has(&["率", "占比", "比重", "比例", "%", "％", "百分比", "增幅", "增速", "占总", "占全"])
    {
        Class::Rate
    } else if has(&["增减", "增长", "增加", "减少", "变化", "差额", "净增", "同比", "环比", "较上年", "比上年"])
    {
        Class::Difference
    } else if has(&[
        "平均", "人均", "户均", "单价", "排名", "名次", "得分", "分数", "评分", "时限", "时间", "日期", "天数", "电话",
        "代码", "文号", "标准", "密度", "指数", "系数",
    ]) {
        Class::Other
    } else {
        Class::Plain
    }
}

/// What a row is by its label: matters are called by any word, so that only the words of sums count.
fn row_class(label: &str) -> Class {
    sum_class(label).unwrap_or_else(|| {
        let bare = bare(label);
        if bare.ends_with('率') || bare.ends_with("占比") || bare.ends_with("比重") {
            Class::Rate
        } else if words!["增减", "同比", "比上年", "较上年", "平均", "人均"].begins(bare).is_some() {
            Class::Other
        } else {
            Class::Plain
        }
    })
}

fn sum_class(label: &str) -> Option<Class> {
    let bare = bare(label);
    if label.contains("其中") || label.starts_with('#') {
        Some(Class::Among)
    } else if bare.ends_with("小计") {
        Some(Class::Subtotal)
    } else if words!["合计", "总计", "共计", "总数"].ends(bare).is_some() || bare.starts_with("合计") {
        Some(Class::Total)
    } else {
        None
    }
}

/// A label without what stands in brackets behind it.
fn bare(label: &str) -> &str {
    label.trim_end_matches(['）', ')']).split(['（', '(']).find(|s| !s.is_empty()).unwrap_or(label)
}

impl<'a> View<'a> {
    fn rows(grid: &'a Grid) -> Self {
        let lines = grid.rows.iter().map(|r| Line { label: r.label.clone(), class: row_class(&r.label) }).collect();
        Self { grid, rows: true, lines }
    }

    fn columns(grid: &'a Grid) -> Self {
        let line = |(c, label): (usize, &String)| {
            let cells = || grid.rows.iter().map(|r| &r.cells[c]);
            let numbers = cells().filter(|c| c.number().is_some()).count();
            let percent = cells().filter(|c| c.number().is_some_and(|n| n.percent)).count();
            let class = match class(label) {
                _ if c < grid.labels => Class::Label,
                _ if numbers == 0 => Class::Other,
                _ if percent * 2 > numbers => Class::Rate,
                class => class,
            };
            Line { label: label.clone(), class }
        };
        Self { grid, rows: false, lines: grid.columns.iter().enumerate().map(line).collect() }
    }

    /// How many cells a line has.
    fn across(&self) -> std::ops::Range<usize> {
        if self.rows { self.grid.labels..self.grid.columns.len() } else { 0..self.grid.rows.len() }
    }

    fn place(&self, line: usize, across: usize) -> Place {
        if self.rows { (line, across) } else { (across, line) }
    }

    fn says(&self, line: usize, across: usize) -> Says {
        super::at(self.grid, self.place(line, across)).says
    }

    fn class(&self, line: usize) -> Class {
        self.lines[line].class
    }

    fn label(&self, line: usize) -> &str {
        &self.lines[line].label
    }

    /// The lines of a class, in order.
    fn of(&self, class: Class) -> Vec<usize> {
        (0..self.lines.len()).filter(|&i| self.class(i) == class).collect()
    }
}

pub(super) fn find(grid: &Grid) -> Vec<Found> {
    let (rows, columns) = (View::rows(grid), View::columns(grid));
    let mut out = Vec::new();
    totals(&rows, &columns, &mut out);
    totals(&columns, &rows, &mut out);
    differences(&columns, &mut out);
    balances(&columns, &mut out);
    balances(&rows, &mut out);
    shares(&rows, &columns, &mut out);
    out
}

/// The sum of some cells less others; cells that say nothing add nothing.
fn total(grid: &Grid, plus: &[Place], minus: &[Place]) -> Option<Interval> {
    let number = |p: &Place| super::at(grid, *p).number().map(|n| n.means);
    let mut sum = Interval::point(whole(0));
    for n in plus.iter().filter_map(number) {
        sum = sum.add(&n)?;
    }
    for n in minus.iter().filter_map(number) {
        sum = sum.sub(&n)?;
    }
    Some(sum)
}

/// How a relation does on all lines that it crosses.
struct Trial {
    found: Vec<Found>,
    /// Lines on which it holds and says something (not 0 = 0 + 0).
    holds: usize,
    fails: usize,
}

impl Trial {
    /// A total that lies among its parts may be a mean, and one far below their sum a count without repetitions.
    fn doubt(&mut self, grid: &Grid) {
        for found in self.found.iter_mut().filter(|f| f.outcome == Outcome::Fails) {
            let parts = || found.plus.iter().filter_map(|&p| super::at(grid, p).number());
            let most = parts().map(|n| n.value).max().unwrap_or_default();
            let stated = super::at(grid, found.target).number().map_or_else(|| whole(0), |n| n.value);
            let sum = found.computed.lo;
            if stated <= most || stated * whole(2) < sum || stated > sum * whole(3) {
                found.outcome = Outcome::Open;
                self.fails -= 1;
            }
        }
    }
}

/// Tries `target` = sum of `plus` less `minus` on every crossing line that `applies`.
fn attempt(
    view: &View<'_>,
    relation: Relation,
    target: usize,
    plus: &[usize],
    minus: &[usize],
    applies: impl Fn(usize) -> bool,
) -> Trial {
    let mut trial = Trial { found: Vec::new(), holds: 0, fails: 0 };
    for across in view.across().filter(|&a| applies(a)) {
        let Says::Number(stated) = view.says(target, across) else { continue };
        let places = |lines: &[usize]| lines.iter().map(|&l| view.place(l, across)).collect::<Vec<_>>();
        let all = || plus.iter().chain(minus).map(|&l| view.says(l, across));
        let (plus_places, minus_places) = (places(plus), places(minus));
        let Some(computed) = total(view.grid, &plus_places, &minus_places) else { continue };
        let numbers = all().filter(|s| matches!(s, Says::Number(_))).count();
        if numbers == 0 {
            continue;
        }
        let agrees = computed.meets(&stated.means);
        let outcome = if all().any(|s| s == Says::WordList) {
            Outcome::Masked
        } else if agrees {
            Outcome::Holds
        } else if all().any(|s| s == Says::Nothing) {
            Outcome::Open
        } else {
            Outcome::Fails
        };
        let telling = all().filter(|s| matches!(s, Says::Number(n) if !n.value.is_zero())).count() >= 2;
        trial.holds += usize::from(outcome == Outcome::Holds && telling);
        trial.fails += usize::from(outcome == Outcome::Fails);
        trial.found.push(Found {
            relation,
            target: view.place(target, across),
            plus: plus_places,
            minus: minus_places,
            computed,
            outcome,
            tried: 1,
        });
    }
    trial
}

/// Keeps the failures of a trial only where the other lines prove the relation.
fn keep(trial: Trial, proved: bool, tried: usize, out: &mut Vec<Found>) {
    out.extend(trial.found.into_iter().map(|mut f| {
        f.tried = tried;
        if matches!(f.outcome, Outcome::Fails | Outcome::Near) && !proved {
            f.outcome = Outcome::Open;
        }
        f
    }));
}

// ── Totals ───────────────────────────────────────────────────────────────────────────────────────────────────────

/// No table of a paper has more total lines; each is tried against all lines.
const MOST_TOTALS: usize = 40;

fn totals(view: &View<'_>, other: &View<'_>, out: &mut Vec<Found>) {
    let relation = if view.rows { Relation::Column } else { Relation::Row };
    let closing: Vec<usize> =
        (0..view.lines.len()).filter(|&i| matches!(view.class(i), Class::Total | Class::Subtotal)).collect();
    if closing.len() > MOST_TOTALS {
        return;
    }
    for &target in &closing {
        let readings = readings(view, &closing, target);
        let tried = readings.len();
        let trials = readings.into_iter().map(|parts| {
            let trial = attempt(view, relation, target, &parts, &[], |a| {
                !matches!(other.class(a), Class::Label | Class::Rate | Class::Other)
            });
            (parts, trial)
        });
        let Some((parts, mut trial)) = trials.rev().max_by_key(|(_, t)| (t.holds, std::cmp::Reverse(t.fails))) else {
            continue;
        };
        trial.doubt(view.grid);
        let proved = if trial.holds > 0 {
            trial.holds >= trial.fails
        } else {
            tried == 1 && trial.fails == 1 && view.rows && alone(view, &parts, &trial)
        };
        keep(trial, proved, tried, out);
    }
}

/// The lines that a total may add up, each a reading.
fn readings(view: &View<'_>, closing: &[usize], target: usize) -> Vec<Vec<usize>> {
    let plain =
        |range: std::ops::Range<usize>| -> Vec<usize> { range.filter(|&i| view.class(i) == Class::Plain).collect() };
    let before = closing.iter().copied().rfind(|&c| c < target);
    let after = closing.iter().copied().find(|&c| c > target);
    let subtotals =
        |range: std::ops::Range<usize>| -> Vec<usize> { range.filter(|&i| view.class(i) == Class::Subtotal).collect() };
    let end = view.lines.len();
    let mut all = vec![plain(before.map_or(0, |b| b + 1)..target), plain(target + 1..after.unwrap_or(end))];
    if view.class(target) == Class::Total {
        let own = |i: usize| closing.iter().copied().rfind(|&c| c < i && view.class(c) == Class::Total);
        let start = own(target).map_or(0, |b| b + 1);
        let next = closing.iter().copied().find(|&c| c > target && view.class(c) == Class::Total).unwrap_or(end);
        all.extend([
            subtotals(start..target),
            subtotals(target + 1..next),
            plain(start..target),
            plain(target + 1..next),
        ]);
        // Subtotals with lines that belong to none of them.
        let last = subtotals(start..target).last().map(|&s| s + 1);
        all.extend(last.map(|s| [subtotals(start..target), plain(s..target)].concat()));
        // 一、 … （一） …: the upper level alone.
        all.push(plain(start..target).into_iter().filter(|&i| top_level(view.label(i))).collect());
        all.push(plain(target + 1..next).into_iter().filter(|&i| top_level(view.label(i))).collect());
        // 三、办理结果 … （七）总计: the lines of its own heading.
        all.extend((start..target).rfind(|&i| top_level(view.label(i))).map(|heading| plain(heading..target)));
    }
    let mut out: Vec<Vec<usize>> = Vec::new();
    for parts in all {
        if parts.len() >= 2 && !out.contains(&parts) {
            out.push(parts);
        }
    }
    out
}

/// 一、农业农村: a label of the first outline level.
fn top_level(label: &str) -> bool {
    let rest = label.trim_start_matches(is_chinese_numeral);
    rest.len() < label.len() && rest.starts_with('、')
}

/// Whether a table of one column leaves no doubt that its total adds up all its rows: no levels among them, a sum near
/// the total, and no row that is a sum or a part of others.
fn alone(view: &View<'_>, parts: &[usize], trial: &Trial) -> bool {
    let Some(found) = trial.found.iter().find(|f| f.outcome == Outcome::Fails) else { return false };
    let levels = view.lines.iter().any(|l| {
        l.class == Class::Among || top_level(&l.label) || l.label.starts_with(['（', '(', '-', '—', '·', '1', '①'])
    });
    let Some(stated) = super::at(view.grid, found.target).number() else { return false };
    let sum = found.computed.lo;
    let near = sum * whole(2) >= stated.value && sum <= stated.value * whole(2);
    let off = sum - stated.value;
    let values = found.plus.iter().filter_map(|&p| super::at(view.grid, p).number());
    let nested = values.clone().any(|n| n.value == off) || values.clone().any(|n| n.value * whole(2) == sum);
    let lines = view.lines.iter().filter(|l| l.class == Class::Plain).count();
    !levels && near && !nested && parts.len() == lines && values.count() == parts.len()
}

// ── Differences and balances ─────────────────────────────────────────────────────────────────────────────────────

/// 2022年 | 2023年 | 增减, and 预算 | 调整 | 执行.
fn differences(view: &View<'_>, out: &mut Vec<Found>) {
    for target in view.of(Class::Difference) {
        let near: Vec<usize> = (0..target)
            .rev()
            .filter(|&i| !matches!(view.class(i), Class::Label | Class::Rate | Class::Difference))
            .take(2)
            .collect();
        let [later, earlier] = near[..] else { continue };
        // 增减 over two years, not over two matters of one year.
        let dated = period(view.label(earlier)).zip(period(view.label(later))).is_some();
        let trials = [(later, earlier), (earlier, later)]
            .map(|(plus, minus)| attempt(view, Relation::Difference, target, &[plus], &[minus], |_| true));
        let [a, b] = trials;
        let best = if b.holds > a.holds { b } else { a };
        let proved = best.holds > best.fails && (dated || best.holds >= 3);
        keep(best, proved, 2, out);
    }
    let find = |words: &[&str]| {
        (0..view.lines.len())
            .find(|&i| view.class(i) == Class::Plain && words.iter().any(|w| view.label(i).contains(w)))
    };
    if let (Some(planned), Some(target)) = (find(&["年初预算", "预算数"]), find(&["执行", "决算", "调整后"]))
        && let Some(change) =
            (planned + 1..target).find(|&i| view.label(i).contains("调整") || view.label(i).contains("追加"))
        && planned < target
    {
        let trial = attempt(view, Relation::Difference, target, &[planned, change], &[], |_| true);
        let proved = trial.holds >= 3 && trial.holds >= trial.fails * 3;
        keep(trial, proved, 1, out);
    }
}

/// What tells the period of a column.
fn period(label: &str) -> Option<&str> {
    const WORDS: &[&str] = &[
        "上年", "去年", "同期", "本年", "今年", "本期", "上期", "年初", "年末", "期初", "期末", "上月", "本月", "年度",
        "年",
    ];
    WORDS.iter().copied().find(|w| label.contains(w))
}

/// 上年结转 + 新收 = 办结 + 结转下年, as columns or as rows.
fn balances(view: &View<'_>, out: &mut Vec<Found>) {
    let find = |words: &[&str], not: &[&str]| {
        let fits = |l: &Line| words.iter().any(|w| l.label.contains(w)) && !not.iter().any(|w| l.label.contains(w));
        let mut all = (0..view.lines.len()).filter(|&i| matches!(view.class(i), Class::Plain) && fits(&view.lines[i]));
        all.next().filter(|_| all.next().is_none())
    };
    let carried_in = find(&["上年结转", "结转上年", "上年未结", "旧存", "年初未结", "上期结转"], &[]);
    let new = find(&["新收", "受理", "收案", "收到"], &["不予受理", "未受理", "结转", "待受理"]);
    let done = find(&["办结", "审结", "结案", "办理结果", "已结"], &["未", "率"]);
    let left = find(
        &["结转", "未结", "在办", "未审结", "尚未"],
        &["上年结转", "结转上年", "上年未结", "年初未结", "上期结转"],
    );
    let (Some(new), Some(left)) = (new, left) else { return };
    let plus: Vec<usize> = carried_in.into_iter().chain([new]).collect();
    // What was done may itself be a total: （七）总计 of the results.
    let totals = view.of(Class::Total).into_iter().filter(|&i| new < i && i < left);
    let trials =
        done.into_iter().chain(totals).map(|done| attempt(view, Relation::Difference, left, &plus, &[done], |_| true));
    if let Some(trial) = trials.max_by_key(|t| (t.holds, std::cmp::Reverse(t.fails))) {
        let proved = trial.holds >= 2 && trial.holds > trial.fails;
        keep(trial, proved, 1, out);
    }
}

// ── Shares ───────────────────────────────────────────────────────────────────────────────────────────────────────

/// 占比 of the total row, and rates of two columns that most rows bear out.
fn shares(rows: &View<'_>, columns: &View<'_>, out: &mut Vec<Found>) {
    let total = rows.of(Class::Total);
    for target in columns.of(Class::Rate) {
        let label = columns.label(target);
        let counts: Vec<usize> = (columns.grid.labels..target)
            .rev()
            .filter(|&i| !matches!(columns.class(i), Class::Label | Class::Rate | Class::Other))
            .take(6)
            .collect();
        let share = words!["占", "比重", "比例", "百分比"].is_in(label);
        if let (true, &[whole_row], Some(&count)) = (share, &total[..], counts.first()) {
            let lines = (0..rows.lines.len()).filter(|&r| matches!(rows.class(r), Class::Plain | Class::Subtotal));
            let trial = rate(columns.grid, Relation::Share, target, lines.map(|r| (r, (r, count), (whole_row, count))));
            let proved = trial.holds >= 2 && trial.holds > trial.fails;
            if trial.holds > 0 {
                keep(trial, proved, 1, out);
                continue;
            }
        }
        if words!["增", "降", "同比", "环比"].is_in(label) {
            let dated: Vec<usize> =
                counts.iter().copied().filter(|&c| period(columns.label(c)).is_some()).take(2).collect();
            let [later, earlier] = dated[..] else { continue };
            let trial = |b: usize, a: usize| {
                // Rates move by points: 客房开房率 48.64 49.00 0.4.
                let is_rate = |label: &str| words!["率", "%", "％", "比重", "占比"].is_in(label);
                let nominal = (0..rows.lines.len()).filter(|&r| {
                    let label = &columns.grid.rows[r].label;
                    !PRICED.is_in(label) && !is_rate(label)
                });
                rate(columns.grid, Relation::Growth, target, nominal.map(|r| (r, (r, b), (r, a))))
            };
            let (forward, back) = (trial(later, earlier), trial(earlier, later));
            let best = if back.holds > forward.holds { back } else { forward };
            let proved = best.holds >= 2 && best.holds > best.fails;
            keep(best, proved, 2, out);
            continue;
        }
        let pairs = counts.iter().flat_map(|&n| counts.iter().filter(move |&&d| d != n).map(move |&d| (n, d)));
        let trials: Vec<(usize, Trial)> = pairs
            .map(|(n, d)| (n, (0..rows.lines.len()).map(move |r| (r, (r, n), (r, d)))))
            .map(|(n, cells)| (n, rate(columns.grid, Relation::Share, target, cells)))
            .collect();
        let tried = trials.len();
        if let Some((numerator, best)) = trials.into_iter().max_by_key(|(_, t)| (t.holds, std::cmp::Reverse(t.fails))) {
            // 办结率 names its numerator; the pair of any other rate must be borne out by more rows.
            let stem: String = label.split('率').next().unwrap_or_default().chars().take(4).collect();
            let named = stem.chars().count() >= 2 && label.contains('率') && columns.label(numerator).contains(&stem);
            let proved = if named {
                best.holds >= 2 && best.holds > best.fails
            } else {
                best.holds >= 3 && best.holds >= best.fails * 3
            };
            if proved {
                keep(best, proved, tried, out);
            }
        }
    }
}

/// Tries a rate column on rows, each with the places of its numerator and its denominator.
fn rate(grid: &Grid, relation: Relation, target: usize, rows: impl Iterator<Item = (usize, Place, Place)>) -> Trial {
    let mut trial = Trial { found: Vec::new(), holds: 0, fails: 0 };
    let number = |p: Place| super::at(grid, p).number().copied();
    for (row, numerator, denominator) in rows {
        let (Some(stated), Some(n), Some(d)) = (number((row, target)), number(numerator), number(denominator)) else {
            continue;
        };
        let Some(computed) = n.means.ratio(&d.means, whole(100)) else { continue };
        let growth = relation == Relation::Growth;
        let computed = if growth { computed.sub(&Interval::point(whole(100))).unwrap_or(computed) } else { computed };
        let outcome = fit(&computed, &stated);
        let telling = !n.value.is_zero() && n.value != d.value;
        trial.holds += usize::from(outcome == Outcome::Holds && telling);
        trial.fails += usize::from(outcome == Outcome::Fails);
        trial.found.push(Found {
            relation,
            target: (row, target),
            plus: vec![numerator],
            minus: vec![denominator],
            computed,
            outcome,
            tried: 1,
        });
    }
    trial
}

/// A rate is printed rounded; within a whole unit of its last place it may be truncated.
fn fit(computed: &Interval, stated: &Number) -> Outcome {
    let half = stated.ulp.abs() / whole(2);
    let printed = Interval::around(stated.value, half);
    if computed.meets(&printed) {
        Outcome::Holds
    } else if computed.meets(&printed.widened(half)) {
        Outcome::Near
    } else {
        Outcome::Fails
    }
}
