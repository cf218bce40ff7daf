//! Where this patient's dose would change as the kidney gets worse: the limits of clearance below, and the
//! creatinine values that reach them.

use super::{case::Case, course::Judged, dose::allowed, hold::last_below, kidney::State};
use crate::{
    plan::{DoseChange, DoseThere, NextLimit, Outcome, Plan},
    quantity::{Clearance, Creatinine, Days, Edge, Mass, limit_places},
    regimen::{CalciumBand, DoseRow, Kidney, Regimen, edges},
};

/// What is given: the dose, none where nothing is given, and the days to the next one by mouth.
type Given = (Option<Mass>, Option<Days>);

/// A limit of clearance, with what is given above and below it where that is not the same.
struct Step {
    edge: Edge,
    above: Given,
    below: Given,
}

/// The row of a table that begins or ends at an edge; rows of one calcium make one table.
pub(super) fn row_beside(regimen: &Regimen, table: Option<CalciumBand>, edge: Edge, above: bool) -> Option<&DoseRow> {
    regimen.doses.iter().filter(|row| row.calcium.map(|it| it.0) == table).find(|row| {
        match row.clearance.map(|it| it.0) {
            Some(Kidney::Range(range)) => (if above { range.low } else { range.high }) == Some(edge),
            _ => false,
        }
    })
}

/// The dose of a row for this patient: the dose in use where that is kept, else what the row allows.
pub(super) fn dose_of(case: &Case<'_>, row: &DoseRow) -> Option<Mass> {
    let by_row = allowed(case.regimen(), row, case.choice.daily_dose)?;
    Some(case.dose_in_use().unwrap_or(by_row))
}

/// The limits under this clearance at which what is given changes, the highest first. Where nothing is
/// given any more, nothing changes further down.
fn steps_down(case: &Case<'_>, clearance: Clearance, row: &DoseRow) -> Vec<Step> {
    let regimen = case.regimen();
    let given = |row: &DoseRow| (dose_of(case, row), row.every.map(|it| it.0));
    let mut steps = Vec::new();
    let mut above = given(row);
    for edge in edges(regimen).into_iter().filter(|edge| clearance.is_above(*edge)) {
        let table = row.calcium.map(|it| it.0);
        let Some(below) = row_beside(regimen, table, edge, false).map(given) else { continue };
        if below != above && above.0.is_some() {
            steps.push(Step { edge, above, below });
            above = below;
        }
    }
    steps
}

/// Where the dose changes as the kidney gets worse.
pub(super) struct Changes {
    /// The creatinine values.
    pub(super) dose_changes: Vec<DoseChange>,
    /// The next limit of clearance.
    pub(super) next_limit: Option<NextLimit>,
}

/// Where the dose of this row changes as the kidney gets worse; nowhere without a clearance.
pub(super) fn below(case: &Case<'_>, row: &DoseRow) -> Changes {
    let State::Cleared { clearance, creatinine, .. } = case.kidney.state else {
        return Changes { dose_changes: Vec::new(), next_limit: None };
    };
    let steps = steps_down(case, clearance, row);
    let next_limit = steps.first().map(|Step { edge, below: (dose, every), .. }| NextLimit {
        limit: edge.at,
        distance: clearance.above_by(*edge),
        below: dose.map(|mass| DoseThere { mass, every: *every, infusion: None }),
    });
    Changes { dose_changes: dose_changes(case, &steps, clearance, creatinine), next_limit }
}

/// The nearest limit below this patient's clearance at which the dose, or how often it is taken,
/// changes, or it is no longer given; none where a plan has no dose, no clearance, or no such limit.
pub fn next_limit(plan: &Plan) -> Option<NextLimit> {
    match plan.outcome() {
        Outcome::Dosed(dosed) => dosed.next_limit,
        Outcome::Stopped => None,
    }
}

/// The creatinine values that reach these limits.
fn dose_changes(case: &Case<'_>, steps: &[Step], clearance: Clearance, creatinine: Creatinine) -> Vec<DoseChange> {
    let mut changes: Vec<DoseChange> = Vec::new();
    for Step { edge, above, below } in steps {
        let every = below.1.filter(|_| below.0 == above.0);
        let when_creatinine_above = clearance.creatinine_above(creatinine, *edge);
        // Two limits that show the same figure are listed once, with what holds above both.
        changes.retain(|change| change.when_creatinine_above != when_creatinine_above);
        changes.push(DoseChange { when_creatinine_above, dose: below.0, every });
    }
    if let Some(end) = creatinine_end(case, creatinine) {
        changes.retain(|change| change.when_creatinine_above.value < end.value);
        if changes.last().is_none_or(|change| change.dose.is_some()) {
            changes.push(DoseChange { when_creatinine_above: end, dose: None, every: None });
        }
    }
    changes
}

/// The largest creatinine, in the unit entered, that neither a limit of creatinine itself nor the rule
/// of a course under way refuses.
pub(super) fn creatinine_end(case: &Case<'_>, now: Creatinine) -> Option<Creatinine> {
    let regimen = case.regimen();
    let places = limit_places(now.unit);
    let by_limit = regimen.creatinine_limit.as_ref().and_then(|limit| last_below(limit, now.unit));
    let thresholds = Judged::of(case).map(|judged| judged.thresholds(now.unit)).unwrap_or_default();
    let by_course = thresholds
        .into_iter()
        .map(|threshold| threshold.held_when.last_before(threshold.unit.convert(threshold.at, now.unit), places));
    let value = by_limit.into_iter().chain(by_course).min()?;
    Some(Creatinine { value: value.trimmed(), unit: now.unit })
}
