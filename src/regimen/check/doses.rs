//! The dose table, row by row, and what is no clearance: dialysis and a missing creatinine.

use super::{
    Checked, Defect, Named, Reporter,
    bands::{self, Banded},
    safety,
};
use crate::{
    quantity::{ClearanceRange, Mass},
    regimen::{
        document::{DoseRow, Need},
        figures::edges,
        finding_code::{Concern, Severity},
        phrase::{CalciumBand, Kidney},
    },
};

pub(super) fn check(it: Checked<'_>, report: &mut Reporter<'_>) {
    for (index, row) in it.regimen.doses.iter().enumerate() {
        row_is_sound(it, index, row, report);
    }
    for calcium in tables(it) {
        bands::check(it, table(it, calcium), report);
    }
    other_kidneys(it, report);
    watched(it, report);
    reached(it, report);
}

/// The calcium of each table: rows of the same calcium make one.
fn tables(it: Checked<'_>) -> Vec<Option<CalciumBand>> {
    let mut tables = Vec::new();
    for row in &it.regimen.doses {
        let calcium = row.calcium.map(|it| it.0);
        if !tables.contains(&calcium) {
            tables.push(calcium);
        }
    }
    tables
}

/// The rows of a table that speak of a clearance.
fn table(it: Checked<'_>, calcium: Option<CalciumBand>) -> Vec<Banded<'_>> {
    let rows = it.regimen.doses.iter().enumerate();
    let of_table = rows.filter(|(_, row)| row.calcium.map(|it| it.0) == calcium);
    of_table.filter_map(|(index, row)| Some((index, band(row)?, row))).collect()
}

/// The clearances of a row: any where it names none, and no band where it speaks of something else.
pub(super) fn band(row: &DoseRow) -> Option<ClearanceRange> {
    match row.clearance.map(|it| it.0) {
        Some(Kidney::Range(range)) => Some(range),
        None => Some(ClearanceRange { low: None, high: None }),
        Some(Kidney::Dialysis | Kidney::NotKnown) => None,
    }
}

fn row_is_sound(it: Checked<'_>, index: usize, row: &DoseRow, report: &mut Reporter<'_>) {
    let at = |rest: &str| it.path(&format!("doses[{index}]{rest}"));
    let stops = row.findings.iter().any(|finding| finding.severity == Severity::Stop);
    if row.dose.is_some() == stops {
        report.note(at(""), Defect::DoseAndStop { has_dose: stops });
    }
    if let Some(dose) = row.dose {
        let (lowest, highest) = (row.lowest.unwrap_or(dose).0, row.highest.unwrap_or(dose).0);
        if dose.0 == Mass::micrograms(0) {
            report.note(at(".dose"), Defect::NoDose);
        }
        if lowest > dose.0 || highest < dose.0 {
            report.note(at(""), Defect::RowLimits { lowest, dose: dose.0, highest });
        }
    }
    let findings = row.findings.iter().map(|it| it.finding.as_str());
    report.twice(|place| at(&format!(".findings[{place}]")), Named::Finding, findings);
}

/// Dialysis and a missing creatinine need a row in every table, or something that stops every such
/// plan.
fn other_kidneys(it: Checked<'_>, report: &mut Reporter<'_>) {
    let has = |kidney: Kidney| {
        tables(it).into_iter().all(|calcium| {
            let fits = |row: &DoseRow| row.clearance.is_none_or(|it| it.0 == kidney);
            it.regimen.doses.iter().any(|row| row.calcium.map(|it| it.0) == calcium && fits(row))
        })
    };
    if !has(Kidney::Dialysis) && !safety::stops_everyone(it, Concern::Dialysis) {
        report.note(it.path("doses"), Defect::NoRowFor { kidney: Kidney::Dialysis });
    }
    if !has(Kidney::NotKnown) && it.regimen.creatinine == Need::Optional {
        report.note(it.path("doses"), Defect::NoRowFor { kidney: Kidney::NotKnown });
    }
}

fn watched(it: Checked<'_>, report: &mut Reporter<'_>) {
    let Some(near) = &it.regimen.near_limits else { return };
    let edges = edges(it.regimen);
    let edge = |limit: u16, path: String, report: &mut Reporter<'_>| {
        if edges.iter().all(|edge| edge.at != limit) {
            report.note(it.path(&path), Defect::NoEdge { limit, edges: edges.clone() });
        }
    };
    let lists = [("clearance", Some(&near.clearance)), ("clearance_in_course", near.clearance_in_course.as_ref())];
    for (key, limits) in lists {
        for (index, limit) in limits.into_iter().flatten().enumerate() {
            edge(*limit, format!("near_limits.{key}[{index}]"), report);
        }
    }
    for (place, of_tumours) in near.for_tumours.iter().enumerate() {
        let path = format!("near_limits.for_tumours[{place}]");
        if of_tumours.tumours.is_empty() {
            report.note(it.path(&format!("{path}.tumours")), Defect::NoTumour);
        }
        for (index, limit) in of_tumours.clearance.iter().enumerate() {
            edge(*limit, format!("{path}.clearance[{index}]"), report);
        }
    }
}

/// A row for dialysis or a missing creatinine that follows one which already covers such patients.
fn reached(it: Checked<'_>, report: &mut Reporter<'_>) {
    for (index, row) in it.regimen.doses.iter().enumerate().filter(|(_, row)| band(row).is_none()) {
        let takes = |before: &DoseRow| {
            before.calcium == row.calcium && (before.clearance.is_none() || before.clearance == row.clearance)
        };
        if let Some(before) = it.regimen.doses[..index].iter().position(takes) {
            let defect = Defect::NeverReached { list: "doses", before };
            report.note(it.path(&format!("doses[{index}]")), defect);
        }
    }
}
