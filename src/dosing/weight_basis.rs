//! Whether the choice of weight decides the dose of a patient much heavier than the ideal weight.

use super::{case::Case, kidney::State, near_limits::watched};
use crate::{
    plan::{Evidence, Findings},
    quantity::{Clearance, DEVINE_LOWEST_HEIGHT_CM, Ratio, adjusted_weight, ideal_weight},
    regimen::{Severity, edges},
};

/// Adds what the choice of weight means, where nobody has made it.
pub(super) fn assess(case: &Case<'_>, findings: &mut Findings) {
    let State::Cleared { clearance, creatinine, age } = case.kidney.state else { return };
    let patient = &case.request.patient;
    let Some(height) = patient.height_cm.filter(|height| *height >= DEVINE_LOWEST_HEIGHT_CM) else { return };
    let Some(ideal) = ideal_weight(patient.sex, height) else { return };
    let rule = &case.limits().weight_ratio;
    let actual = patient.weight_kg.ratio();
    let heavy = actual / ideal > rule.above.0.ratio();
    if case.request.weight_basis.is_some() || !heavy {
        return;
    }
    let with = |kg: Ratio| Clearance::cockcroft_gault(age, patient.sex, kg, creatinine);
    let (by_ideal, by_adjusted) = (with(ideal), with(adjusted_weight(ideal, actual)));
    let watched = watched(case);
    let band = |clearance: Clearance| -> Vec<bool> { watched.iter().map(|edge| clearance.is_above(*edge)).collect() };
    if band(clearance) == band(by_ideal) && band(clearance) == band(by_adjusted) {
        return;
    }
    let edges = edges(case.regimen());
    let evidence = Evidence::WeightBasisMatters {
        actual: clearance.shown(&edges),
        ideal: by_ideal.shown(&edges),
        adjusted: by_adjusted.shown(&edges),
    };
    findings.add(Severity::Confirm, evidence, &rule.sources);
}
