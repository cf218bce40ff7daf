//! Clearance and corrected calcium as soon as enough is stated, before there is a request.

use super::{
    calcium::{CalciumState, corrected_and_classed},
    kidney::{Facts, kidney},
    plausible::impossible,
    stated::Stated,
};
use crate::{
    plan::{CalciumClass, CalciumGap, Renal, Unusable},
    quantity::Calcium,
    regimen::Library,
};

/// What can be computed of what was stated so far.
#[derive(Clone, Debug)]
pub struct Preview {
    /// The clearance, without a band; none while a figure is missing or cannot be, and on dialysis.
    pub renal: Option<Renal>,
    /// Why the weight that was asked for cannot be computed.
    pub weight_not_usable: Option<Unusable>,
    /// Calcium corrected for albumin; none while it counts as not known.
    pub corrected_calcium: Option<Calcium>,
    /// The class of the calcium. A regimen may count an old calcium as not known later on.
    pub calcium_class: CalciumClass,
}

/// The fields whose figures a clearance is computed from.
const OF_CLEARANCE: &[&str] =
    &["patient.birth_date", "patient.weight_kg", "patient.height_cm", "labs.date", "labs.creatinine.value"];
/// The fields whose figures a corrected calcium is computed from.
const OF_CALCIUM: &[&str] = &["labs.calcium.value", "labs.albumin.value", "labs.calcium_date"];

/// Computes what can be computed, by the rules of a plan. No figure that cannot be is computed with.
pub fn preview(stated: &Stated<'_>, library: &'static Library) -> Preview {
    let impossible = impossible(stated, library.limits());
    let possible = |fields: &[&str]| impossible.iter().all(|it| !fields.contains(&it.path));
    let facts = Facts::of_stated(stated).filter(|_| possible(OF_CLEARANCE));
    let (renal, weight_not_usable) = match facts.map(|facts| (facts, kidney(&facts))) {
        Some((facts, Ok(kidney))) => (kidney.renal(&facts, None), None),
        Some((_, Err(unusable))) => (None, Some(unusable)),
        None => (None, None),
    };
    let calcium = match &stated.calcium {
        Some(entry) if possible(OF_CALCIUM) => {
            corrected_and_classed(entry, stated.albumin, stated.indication, library.limits())
        }
        _ => CalciumState::Unknown(CalciumGap::NotMeasured),
    };
    Preview { renal, weight_not_usable, corrected_calcium: calcium.corrected(), calcium_class: calcium.class() }
}
