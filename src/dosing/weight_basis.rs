//! Whether the choice of weight decides the dose of a patient much heavier than the ideal weight.

use super::{case::Case, kidney::State, near_limits::watched};
use crate::{
    plan::{Evidence, Findings},
    quantity::{Clearance, Edge, Ratio, Sex, adjusted_weight, ideal_weight_to_judge},
    regimen::{Severity, edges},
};

/// Adds what the choice of weight means, where nobody has made it.
pub(super) fn assess(case: &Case<'_>, findings: &mut Findings) {
    if case.request.weight_basis.is_some() {
        return;
    }
    match case.request.patient.height_cm {
        Some(height_cm) => matters(case, ideal_weight_to_judge(case.request.patient.sex, height_cm), findings),
        None => height_unknown(case, findings),
    }
}

/// The three weights give other bands.
fn matters(case: &Case<'_>, ideal: Ratio, findings: &mut Findings) {
    let State::Cleared { clearance, creatinine, age } = case.kidney.state else { return };
    let patient = &case.request.patient;
    let rule = &case.limits().weight_ratio;
    let actual = patient.weight_kg.ratio();
    if actual / ideal <= rule.above.0.ratio() {
        return;
    }
    let with = |kg: Ratio| Clearance::cockcroft_gault(age, patient.sex, kg, creatinine);
    let (by_ideal, by_adjusted) = (with(ideal), with(adjusted_weight(ideal, actual)));
    let watched = watched(case);
    let actual_band = band(&watched, clearance);
    if actual_band == band(&watched, by_ideal) && actual_band == band(&watched, by_adjusted) {
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

/// A heavy patient whose height, and with it the ideal weight, is not known.
fn height_unknown(case: &Case<'_>, findings: &mut Findings) {
    let State::Cleared { clearance, .. } = case.kidney.state else { return };
    let patient = &case.request.patient;
    let Some(rule) = &case.limits().heavy_without_height else { return };
    let heavy_from = match patient.sex {
        Sex::Female => rule.female_kg,
        Sex::Male => rule.male_kg,
    };
    let is_heavy = patient.weight_kg.ratio() >= Ratio::whole(i64::from(heavy_from));
    let low = clearance.times(Ratio::new(i128::from(rule.clearance_percent), 100));
    let watched = watched(case);
    if is_heavy && band(&watched, clearance) != band(&watched, low) {
        let evidence = Evidence::WeightBasisUnknown {
            weight_kg: patient.weight_kg,
            from_kg: heavy_from,
            clearance: clearance.shown(&edges(case.regimen())),
        };
        findings.add_marked(Severity::Confirm, evidence, &rule.sources, rule.verification);
    }
}

/// On which side of each limit that is watched a clearance lies.
fn band(watched: &[Edge], clearance: Clearance) -> Vec<bool> {
    watched.iter().map(|edge| clearance.is_above(*edge)).collect()
}
