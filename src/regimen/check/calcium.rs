//! Doses that go by the corrected calcium: the bands stand from the highest to the lowest, and below
//! the lowest the regimen is not given.

use super::{Checked, Defect, Reporter, bands, doses::band, safety};
use crate::{
    quantity::{CalciumUnit, Comparison, Decimal, Unit},
    regimen::{document::DoseRow, finding_code::Concern, limits::Limits, phrase::CalciumBand},
};

pub(super) fn check(it: Checked<'_>, limits: Option<&Limits>, report: &mut Reporter<'_>) {
    let rows = &it.regimen.doses;
    if rows.iter().all(|row| row.calcium.is_none()) {
        return;
    }
    for (index, _) in rows.iter().enumerate().filter(|(_, row)| row.calcium.is_none()) {
        report.note(it.path(&format!("doses[{index}]")), Defect::RowWithoutCalcium);
    }
    for index in 1..rows.len() {
        if let Some(before) = rows[..index].iter().position(|before| takes(before, &rows[index], limits)) {
            let path = it.path(&format!("doses[{index}]"));
            report.note(path, Defect::NeverReached { list: "doses", before });
        }
    }
    below_the_lowest(it, limits, report);
}

/// Whether a row takes patients of a later one because it asks for less calcium.
fn takes(before: &DoseRow, row: &DoseRow, limits: Option<&Limits>) -> bool {
    let (Some(lower), Some(higher)) = (before.calcium, row.calcium) else { return false };
    let same_kidney = match (band(before), band(row)) {
        (Some(a), Some(b)) => bands::overlap(a, b),
        _ => before.clearance == row.clearance || before.clearance.is_none(),
    };
    lower != higher && same_kidney && !stands_above(lower.0, higher.0, limits)
}

/// Whether every calcium of the one band is one of the other too, and not the reverse.
fn stands_above(higher: CalciumBand, lower: CalciumBand, limits: Option<&Limits>) -> bool {
    CalciumUnit::BOTH.into_iter().all(|unit| begins(higher, unit, limits) > begins(lower, unit, limits))
}

/// Where a band begins: its figure, and whether the figure itself lies below it.
fn begins(band: CalciumBand, unit: CalciumUnit, limits: Option<&Limits>) -> (Decimal, bool) {
    match band {
        CalciumBand::Limit(limit) => (limit.pair.in_unit(unit), limit.comparison == Comparison::Above),
        // Where the normal range is not known, it is taken to lie below every figure.
        CalciumBand::AboveNormal => {
            let range = limits.map(|it| &it.calcium);
            let sound = range.filter(|it| it.normal.0.high.in_unit(unit) <= it.possible.0.high.in_unit(unit));
            (sound.map_or(Decimal::whole(0), |it| it.normal.0.high.in_unit(unit)), true)
        }
    }
}

/// The calcium that must be reached is that of the lowest band, and a calcium that is not known stops.
fn below_the_lowest(it: Checked<'_>, limits: Option<&Limits>, report: &mut Reporter<'_>) {
    let named = it.regimen.doses.iter().filter_map(|row| row.calcium.map(|it| it.0));
    let Some(lowest) = named.reduce(|a, b| if stands_above(a, b, limits) { b } else { a }) else { return };
    let needed = it.regimen.calcium_limit.as_ref().map(|it| it.corrected.0);
    match needed {
        None => report.note(it.path("doses"), Defect::NoCalciumLimit { lowest }),
        Some(needed) if needed != lowest => {
            report.note(it.path("calcium_limit.corrected"), Defect::OtherCalciumLimit { needed, lowest });
        }
        Some(_) => {}
    }
    if !safety::stops_everyone(it, Concern::CalciumUnknown) {
        report.note(it.path("doses"), Defect::NoRowForUnknownCalcium);
    }
}
