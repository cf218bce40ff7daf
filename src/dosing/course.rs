//! A course under way: the dose in use is kept, and today's creatinine says go, hold or resume.

use std::cmp::Ordering;

use super::{case::Case, kidney::State};
use crate::{
    patient::age_on,
    plan::{Evidence, Findings},
    quantity::{Clearance, Comparison, Creatinine, CreatinineUnit, Decimal, Mass, Pair, Ratio},
    regimen::{self, Baseline, Listed, Severity, edges},
    request::{Course, Request},
};

/// The creatinine at which a course is held, or up to which a held course resumes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Threshold {
    /// The figure, in `unit`.
    pub(super) at: Ratio,
    /// The unit of the figure.
    pub(super) unit: CreatinineUnit,
    /// The side on which the course is held.
    pub(super) held_when: Comparison,
}

impl Threshold {
    /// Whether today's creatinine holds the course. Two values in different units are compared in mg/dL.
    pub(super) fn holds(self, now: Creatinine) -> bool {
        self.held_when.holds(&in_unit(now, self.unit), &self.at)
    }
}

fn in_unit(creatinine: Creatinine, unit: CreatinineUnit) -> Ratio {
    if creatinine.unit == unit { creatinine.value.ratio() } else { creatinine.in_mg_per_dl() }
}

/// The dose in use, where the regimen's dose is kept for the whole course.
pub(super) fn dose_in_use(request: &Request, listed: Listed) -> Option<Mass> {
    listed.regimen.baseline.as_ref()?;
    Mass::milligrams(request.course.as_ref()?.dose_mg)
}

/// The threshold of this course for a creatinine in `unit`.
pub(super) fn threshold(rules: &Baseline, course: &Course, unit: CreatinineUnit) -> Threshold {
    let baseline = course.baseline_creatinine.measured();
    let unit = if baseline.unit == unit { unit } else { CreatinineUnit::MilligramsPerDecilitre };
    let from = in_unit(baseline, unit);
    if course.held == Some(true) {
        let at = from * Ratio::new(i128::from(rules.resume_at_percent), 100);
        return Threshold { at, unit, held_when: Comparison::Above };
    }
    let normal = baseline.value <= rules.normal_up_to.0.in_unit(baseline.unit);
    let rise: Pair<CreatinineUnit> = if normal { rules.rise_from_normal.0 } else { rules.rise_from_abnormal.0 };
    Threshold { at: from + rise.in_unit(unit).ratio(), unit, held_when: Comparison::AtLeast }
}

/// Adds what today's creatinine and the baseline say about the course.
pub(super) fn assess(case: &Case<'_>, findings: &mut Findings) {
    let (request, regimen, kidney) = (case.request, case.regimen(), case.kidney);
    let (Some(course), Some(rules), Some(in_use)) = (&request.course, &regimen.baseline, case.dose_in_use()) else {
        return;
    };
    let baseline = course.baseline_creatinine.measured();
    if let Some(now) = request.labs.creatinine
        && threshold(rules, course, now.unit).holds(now)
    {
        let resume = baseline.value.ratio() * Ratio::new(i128::from(rules.resume_at_percent), 100);
        let resume_at_most = Creatinine { value: as_limit(resume, baseline.unit), unit: baseline.unit };
        let held = course.held == Some(true);
        findings.add(Severity::Stop, Evidence::CreatinineRisen { now, baseline, resume_at_most, held }, &rules.sources);
    }
    if matches!(kidney.state, State::Dialysis) {
        return;
    }
    let age = age_on(request.patient.birth_date, course.baseline_creatinine.date).unwrap_or(0);
    let clearance = Clearance::cockcroft_gault(age, request.patient.sex, kidney.weight.kg, baseline);
    let at_baseline = |row: &&regimen::DoseRow| match row.clearance.map(|it| it.0) {
        Some(regimen::Kidney::Range(range)) => range.contains(clearance),
        _ => false,
    };
    let Some(row) = regimen.doses.iter().find(at_baseline) else { return };
    let clearance = clearance.shown(&edges(regimen));
    let Some(by_baseline) = row.dose.map(|it| it.0) else {
        findings.add(Severity::Stop, Evidence::BaselineTooLow { clearance }, &rules.sources);
        return;
    };
    let severity = match in_use.cmp(&by_baseline) {
        Ordering::Greater => Severity::Confirm,
        Ordering::Less => Severity::Note,
        Ordering::Equal => return,
    };
    findings.add(severity, Evidence::CourseDose { in_use, by_baseline, clearance }, &rules.sources);
}

/// A creatinine with one decimal in µmol/L and two in mg/dL, cut off.
fn as_limit(value: Ratio, unit: CreatinineUnit) -> Decimal {
    value.floor(crate::quantity::limit_places(unit)).trimmed()
}
