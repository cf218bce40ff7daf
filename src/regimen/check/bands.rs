//! The bands of one table: every clearance has exactly one row, and no dose rises as the kidney gets
//! weaker.

use super::{Checked, Defect, Reporter, defect::Side};
use crate::{
    quantity::{ClearanceRange, Edge, Mass},
    regimen::document::DoseRow,
};

/// A row with its place in the list and the clearances it is for.
pub(super) type Banded<'a> = (usize, ClearanceRange, &'a DoseRow);

/// Where an edge stands among the clearances: the figure itself lies between two marks.
fn mark(edge: Edge) -> u32 {
    2 * u32::from(edge.at) + u32::from(!edge.belongs_above)
}

/// Where a band begins.
fn bottom(band: ClearanceRange) -> u32 {
    band.low.map_or(0, mark)
}

/// Where a band ends.
fn top(band: ClearanceRange) -> u32 {
    band.high.map_or(u32::MAX, mark)
}

/// Whether two bands have a clearance in common.
pub(super) fn overlap(a: ClearanceRange, b: ClearanceRange) -> bool {
    bottom(a) < top(b) && bottom(b) < top(a)
}

/// Proves one table, its rows sorted from the strongest kidney.
pub(super) fn check(it: Checked<'_>, mut table: Vec<Banded<'_>>, report: &mut Reporter<'_>) {
    table.sort_by_key(|(_, band, _)| std::cmp::Reverse(top(*band)));
    each_clearance_once(it, &table, report);
    no_dose_rises(it, &table, report);
}

/// From the highest: each band begins where those above it end.
fn each_clearance_once(it: Checked<'_>, table: &[Banded<'_>], report: &mut Reporter<'_>) {
    let at = |index: usize| it.path(&format!("doses[{index}].clearance"));
    let Some((first, rest)) = table.split_first() else {
        report.note(it.path("doses"), Defect::NoBand);
        return;
    };
    if first.1.high.is_some() {
        report.note(at(first.0), Defect::Gap { band: first.1, side: Side::Above });
    }
    // The band that reaches down furthest so far.
    let mut lowest = first;
    for row in rest {
        let (index, band, _) = *row;
        if let Some(defect) = meeting(lowest.1, band) {
            report.note(at(index), defect);
        }
        if bottom(band) < bottom(lowest.1) {
            lowest = row;
        }
    }
    if lowest.1.low.is_some() {
        report.note(at(lowest.0), Defect::Gap { band: lowest.1, side: Side::Below });
    }
}

/// What is wrong where a band meets the one above it.
fn meeting(above: ClearanceRange, band: ClearanceRange) -> Option<Defect> {
    let (from, to) = (bottom(above), top(band));
    let edge = band.high.filter(|edge| above.low.is_some_and(|low| low.at == edge.at));
    match (edge, from.cmp(&to)) {
        (_, std::cmp::Ordering::Equal) => None,
        (_, std::cmp::Ordering::Less) => Some(Defect::Overlap { band, other: above }),
        (Some(edge), std::cmp::Ordering::Greater) => Some(Defect::GapOfOneFigure { at: edge.at }),
        (None, std::cmp::Ordering::Greater) => Some(Defect::Gap { band, side: Side::Above }),
    }
}

fn no_dose_rises(it: Checked<'_>, table: &[Banded<'_>], report: &mut Reporter<'_>) {
    for pair in table.windows(2) {
        let ((_, _, upper), (index, weaker, lower)) = (pair[0], pair[1]);
        let at = |key: &str| it.path(&format!("doses[{index}].{key}"));
        if let Some(defect) = rise(upper, lower, weaker) {
            report.note(at("dose"), defect);
        }
        if let (Some(often), Some(seldom)) = (lower.every, upper.every)
            && often.0 < seldom.0
        {
            report.note(at("every"), Defect::RisingFrequency { weaker });
        }
    }
}

/// A row that gives the weaker kidney more.
fn rise(upper: &DoseRow, lower: &DoseRow, weaker: ClearanceRange) -> Option<Defect> {
    let largest = |row: &DoseRow| -> Option<Mass> { Some(row.highest.or(row.dose)?.0).filter(|_| row.dose.is_some()) };
    let dose = largest(lower)?;
    let Some(stronger_dose) = largest(upper) else { return Some(Defect::DoseBelowStop { dose, weaker }) };
    let rises = dose > stronger_dose || lower.dose.map(|it| it.0) > upper.dose.map(|it| it.0);
    rises.then_some(Defect::RisingDose { dose, weaker, stronger_dose })
}
