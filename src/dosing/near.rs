//! How near this patient stands to another dose: limits, the choice of weight, and the creatinine at
//! which the dose would change.

use super::{
    calcium::CalciumState,
    choice::Choice,
    course::{dose_in_use, threshold},
    dose::allowed,
    finding::{DoseThere, Evidence, Findings},
    kidney::{Kidney, State, edges},
};
use crate::{
    plan::{Outcome, Plan},
    quantity::{
        Calcium, Clearance, Comparison, Creatinine, CreatinineUnit, DEVINE_LOWEST_HEIGHT_CM, Days, Decimal, Edge, Mass,
        Ratio, adjusted_weight, ideal_weight, told_places,
    },
    regimen::{self, CalciumBand, DoseRow, Limits, Regimen, Severity},
    request::Request,
    words,
};

/// A creatinine above which the dose would be another.
#[derive(Clone, Debug)]
pub struct DoseChange {
    /// The largest creatinine at which the dose has not yet changed, in the unit that was entered.
    pub when_creatinine_above: Creatinine,
    /// The dose above it; none where nothing is given.
    pub dose: Option<Mass>,
    /// How often it is taken above it, where a dose by mouth changes only in that.
    pub frequency: Option<String>,
}

/// The limit of clearance at which what is given changes next, as the kidney gets worse.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NextLimit {
    /// The limit in mL/min.
    pub limit: u16,
    /// How far the clearance lies above it, in mL/min: one decimal, cut off.
    pub distance: Decimal,
}

/// Adds what stands near a limit.
pub(super) fn assess(
    request: &Request,
    limits: &'static Limits,
    choice: &Choice,
    kidney: Kidney,
    calcium: CalciumState,
    findings: &mut Findings,
) {
    let regimen = choice.listed.regimen;
    let watched = watched(request, regimen);
    if let Some(clearance) = kidney.clearance()
        && let Some(edge) = watched.iter().find(|edge| clearance.is_near(**edge, limits.near.clearance_ml_per_min))
    {
        let evidence = Evidence::NearClearance {
            kidney: kidney.shown(regimen),
            limit: edge.at,
            above: dose_beside(request, choice, *edge, true),
            below: dose_beside(request, choice, *edge, false),
        };
        findings.add(Severity::Note, evidence, limits.near.sources.iter().map(|it| &it.0));
    }
    if regimen.near_limits.as_ref().and_then(|near| near.calcium) == Some(true)
        && let Some(calcium) = calcium.corrected()
    {
        near_calcium(regimen, limits, kidney, calcium, findings);
    }
    weight_basis(request, limits, regimen, &watched, kidney, findings);
}

/// The edges near which both doses are shown.
fn watched(request: &Request, regimen: &Regimen) -> Vec<Edge> {
    let Some(near) = &regimen.near_limits else { return Vec::new() };
    let in_course = near.clearance_in_course.as_ref().filter(|_| request.course.is_some());
    let limits = in_course.unwrap_or(&near.clearance);
    edges(regimen).into_iter().filter(|edge| limits.contains(&edge.at)).collect()
}

/// The row of a table that begins or ends at an edge; rows of one calcium make one table.
fn row_beside(regimen: &Regimen, table: Option<CalciumBand>, edge: Edge, above: bool) -> Option<&DoseRow> {
    regimen.doses.iter().filter(|row| row.calcium.map(|it| it.0) == table).find(|row| {
        match row.clearance.map(|it| it.0) {
            Some(regimen::Kidney::Range(range)) => (if above { range.low } else { range.high }) == Some(edge),
            _ => false,
        }
    })
}

/// The dose of a row for this request: the dose in use where that stands, else what the row allows.
fn dose_of(request: &Request, choice: &Choice, row: &DoseRow) -> Option<Mass> {
    let regimen = choice.listed.regimen;
    let by_row = allowed(regimen, row, choice.daily_dose)?;
    Some(dose_in_use(request, choice.listed).unwrap_or(by_row))
}

fn dose_beside(request: &Request, choice: &Choice, edge: Edge, above: bool) -> DoseThere {
    let row = row_beside(choice.listed.regimen, None, edge, above)?;
    let dose = dose_of(request, choice, row)?;
    Some(words::dose(dose, row.every.map(|it| it.0)))
}

fn near_calcium(regimen: &Regimen, limits: &'static Limits, kidney: Kidney, calcium: Calcium, findings: &mut Findings) {
    // The bands of calcium, the highest first, each with its lower limit and the dose for this kidney,
    // or the first where the table has none for it.
    let mut rows: Vec<(Calcium, &DoseRow)> = Vec::new();
    let fits = |row: &&DoseRow| row.clearance.is_none_or(|it| kidney.is(it.0));
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
    let dose = |row: &DoseRow| row.dose.map(|it| it.0.to_string());
    let (limit, above) = rows[at];
    let below = rows.get(at + 1).and_then(|(_, row)| dose(row));
    let evidence = Evidence::NearCalcium { calcium, limit, above: dose(above), below };
    findings.add(Severity::Note, evidence, limits.near.sources.iter().map(|it| &it.0));
}

fn weight_basis(
    request: &Request,
    limits: &'static Limits,
    regimen: &Regimen,
    watched: &[Edge],
    kidney: Kidney,
    findings: &mut Findings,
) {
    let State::Cleared { clearance, creatinine, age } = kidney.state else { return };
    let patient = &request.patient;
    let Some(height) = patient.height_cm.filter(|height| *height >= DEVINE_LOWEST_HEIGHT_CM) else { return };
    let Some(ideal) = ideal_weight(patient.sex, height) else { return };
    let actual = patient.weight_kg.ratio();
    let heavy = actual / ideal > limits.weight_ratio.above.0.ratio();
    if request.weight_basis.is_some() || !heavy {
        return;
    }
    let with = |kg: Ratio| Clearance::cockcroft_gault(age, patient.sex, kg, creatinine);
    let (by_ideal, by_adjusted) = (with(ideal), with(adjusted_weight(ideal, actual)));
    let band = |clearance: Clearance| -> Vec<bool> { watched.iter().map(|edge| clearance.is_above(*edge)).collect() };
    if band(clearance) == band(by_ideal) && band(clearance) == band(by_adjusted) {
        return;
    }
    let edges = edges(regimen);
    let shown = |clearance: Clearance| clearance.displayed(&edges);
    let evidence =
        Evidence::WeightBasisMatters { actual: shown(clearance), ideal: shown(by_ideal), adjusted: shown(by_adjusted) };
    findings.add(Severity::Confirm, evidence, limits.weight_ratio.sources.iter().map(|it| &it.0));
}

/// What is given: the dose, none where nothing is given, and the days to the next one by mouth.
type Given = (Option<Mass>, Option<Days>);

/// A limit of clearance, with what is given above and below it where that is not the same.
struct Step {
    edge: Edge,
    above: Given,
    below: Given,
}

/// The limits under this clearance at which what is given changes, the highest first. Where nothing is
/// given any more, nothing changes further down.
fn steps_down(request: &Request, choice: &Choice, clearance: Clearance, row: &DoseRow) -> Vec<Step> {
    let regimen = choice.listed.regimen;
    let given = |row: &DoseRow| (dose_of(request, choice, row), row.every.map(|it| it.0));
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

/// The next of these limits for a dose that is given.
pub(super) fn next(request: &Request, choice: &Choice, kidney: Kidney, row: &DoseRow) -> Option<NextLimit> {
    let clearance = kidney.clearance()?;
    let edge = steps_down(request, choice, clearance, row).first()?.edge;
    Some(NextLimit { limit: edge.at, distance: clearance.above_by(edge) })
}

/// The nearest limit below this patient's clearance at which the dose, or how often it is taken,
/// changes, or it is no longer given; none where a plan has no dose, no clearance, or no such limit.
pub fn next_limit(plan: &Plan) -> Option<NextLimit> {
    match plan.outcome() {
        Outcome::Dosed(dosed) => dosed.next_limit,
        Outcome::Stopped => None,
    }
}

/// The creatinine values at which this patient's dose would change, as the kidney gets worse.
pub(super) fn dose_changes(request: &Request, choice: &Choice, kidney: Kidney, row: &DoseRow) -> Vec<DoseChange> {
    let State::Cleared { clearance, creatinine, .. } = kidney.state else { return Vec::new() };
    let mut changes: Vec<DoseChange> = Vec::new();
    for Step { edge, above, below } in steps_down(request, choice, clearance, row) {
        let frequency = (below.0 == above.0).then(|| below.1.map(words::every)).flatten();
        let when_creatinine_above = clearance.creatinine_above(creatinine, edge);
        // Two limits that are told by the same figure are told once, with what holds above both.
        changes.retain(|change| change.when_creatinine_above != when_creatinine_above);
        changes.push(DoseChange { when_creatinine_above, dose: below.0, frequency });
    }
    if let Some(end) = creatinine_end(request, choice, creatinine) {
        changes.retain(|change| change.when_creatinine_above.value < end.value);
        if changes.last().is_none_or(|change| change.dose.is_some()) {
            changes.push(DoseChange { when_creatinine_above: end, dose: None, frequency: None });
        }
    }
    changes
}

/// The largest creatinine, in the unit entered, that neither a limit of creatinine itself nor the rule
/// of a course under way refuses.
fn creatinine_end(request: &Request, choice: &Choice, now: Creatinine) -> Option<Creatinine> {
    let regimen = choice.listed.regimen;
    let places = told_places(now.unit);
    let last = |at: Ratio, refused_when: Comparison| match refused_when {
        Comparison::Above => at.floor(places),
        Comparison::AtLeast => at.below(places),
    };
    let by_limit = regimen
        .creatinine_limit
        .as_ref()
        .filter(|rule| rule.severity == Severity::Stop)
        .map(|rule| last(rule.limit.0.pair.in_unit(now.unit).ratio(), rule.limit.0.comparison));
    let by_course = regimen.baseline.as_ref().zip(request.course.as_ref()).map(|(rules, course)| {
        let threshold = threshold(rules, course, now.unit);
        let in_now_unit = match (threshold.unit, now.unit) {
            (CreatinineUnit::MilligramsPerDecilitre, CreatinineUnit::MicromolesPerLitre) => {
                Creatinine::micromoles_per_litre(threshold.at)
            }
            _ => threshold.at,
        };
        last(in_now_unit, threshold.held_when)
    });
    let value = by_limit.into_iter().chain(by_course).min()?;
    Some(Creatinine { value: value.trimmed(), unit: now.unit })
}
