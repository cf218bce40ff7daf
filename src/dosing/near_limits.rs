//! Limits of clearance and of calcium that this patient is close to, with the dose on either side.

use super::{
    case::Case,
    dose::infusion_of_row,
    dose_changes::{dose_of, row_beside},
};
use crate::{
    plan::{DoseThere, Evidence, Findings, InfusionThere},
    quantity::{Calcium, Edge},
    regimen::{CalciumBand, DoseRow, Severity, edges},
};

/// Adds the limits that are near.
pub(super) fn assess(case: &Case<'_>, findings: &mut Findings) {
    let near = &case.limits().near;
    let within = near.clearance_ml_per_min;
    if let Some(clearance) = case.kidney.clearance()
        && let Some(edge) = watched(case).into_iter().find(|edge| clearance.is_near(*edge, within))
    {
        let evidence = Evidence::NearClearance {
            kidney: case.kidney.shown(case.regimen()),
            limit_ml_per_min: edge.at,
            within_ml_per_min: within,
            above: dose_beside(case, edge, true),
            below: dose_beside(case, edge, false),
        };
        findings.add(Severity::Note, evidence, &near.sources);
    }
    if case.regimen().near_limits.as_ref().and_then(|near| near.calcium) == Some(true)
        && let Some(calcium) = case.calcium.corrected()
    {
        near_calcium(case, calcium, findings);
    }
}

/// The limits of clearance that are watched, the highest first.
pub(super) fn watched(case: &Case<'_>) -> Vec<Edge> {
    let Some(near) = &case.regimen().near_limits else { return Vec::new() };
    let in_course = near.clearance_in_course.as_ref().filter(|_| case.request.course.is_some());
    let for_tumour = near.for_tumours.iter().filter(|it| it.tumours.contains(&case.request.tumour));
    let is_watched = |limit: u16| match in_course {
        Some(limits) => limits.contains(&limit),
        None => near.clearance.contains(&limit) || for_tumour.clone().any(|it| it.clearance.contains(&limit)),
    };
    edges(case.regimen()).into_iter().filter(|edge| is_watched(edge.at)).collect()
}

/// What is given beside a limit; how it is infused only where that differs from one side to the other.
fn dose_beside(case: &Case<'_>, edge: Edge, above: bool) -> Option<DoseThere> {
    let beside = |above| row_beside(case.regimen(), None, edge, above);
    let row = beside(above)?;
    let infusion = infusion_of_row(case, row).map(InfusionThere::of);
    let other = beside(!above).and_then(|row| infusion_of_row(case, row)).map(InfusionThere::of);
    Some(DoseThere {
        mass: dose_of(case, row)?,
        every: row.every.map(|it| it.0),
        infusion: infusion.filter(|_| infusion != other),
    })
}

fn near_calcium(case: &Case<'_>, calcium: Calcium, findings: &mut Findings) {
    let (regimen, limits) = (case.regimen(), case.limits());
    // The bands of calcium, the highest first, each with its lower limit and the dose for this kidney,
    // or the first where the table has none for it.
    let mut rows: Vec<(Calcium, &DoseRow)> = Vec::new();
    let fits = |row: &&DoseRow| row.clearance.is_none_or(|it| case.kidney.is(it.0));
    for row in regimen.doses.iter().filter(fits).chain(&regimen.doses) {
        let Some(band) = row.calcium else { continue };
        let pair = match band.0 {
            CalciumBand::AboveNormal => limits.calcium.normal.0.high,
            CalciumBand::Limit(limit) => limit.pair,
        };
        let limit = pair.measured(calcium.unit);
        if rows.iter().all(|(other, _)| *other != limit) {
            rows.push((limit, row));
        }
    }
    let near = limits.near.calcium.0.in_unit(calcium.unit);
    let is_near = |limit: Calcium| calcium.value <= limit.value + near && calcium.value >= limit.value - near;
    let Some(at) = rows.iter().position(|(limit, _)| is_near(*limit)) else { return };
    let dose = |row: &DoseRow| row.dose.map(|it| DoseThere { mass: it.0, every: None, infusion: None });
    let (limit, above) = rows[at];
    let below = rows.get(at + 1).and_then(|(_, row)| dose(row));
    let evidence = Evidence::NearCalcium { calcium, limit, above: dose(above), below };
    findings.add(Severity::Note, evidence, &limits.near.sources);
}
