//! Where the clearance and the corrected calcium come from: the formula, and the formula with the figures.

use super::{About, Reason};
use crate::{
    patient::{CalciumKind, Condition, WeightBasis},
    plan::{CalciumClass, CalciumGap, Evidence, Plan, Renal},
    quantity::{Calcium, Decimal, ideal_weight},
    words::{spoken, spoken::NOT_RECORDED, summary, why as words},
};

pub(super) fn clearance(plan: &Plan) -> Reason {
    let title = "Creatinine clearance";
    let Some(renal) = plan.renal() else {
        let dialysis = plan.request().has(Condition::Dialysis);
        return Reason::new(About::Clearance, title, summary::no_clearance(dialysis)).says(words::clearance_formula());
    };
    let request = plan.request();
    Reason::new(About::Clearance, title, renal.shown.to_string())
        .says(words::clearance_is(renal))
        .worked_out(words::clearance_in_columns(renal))
        .says(words::CLEARANCE_CUT)
        .says_all(weight(plan, renal))
        .says(words::age(renal.age_years, request.labs.date, request.patient.birth_date))
        .says_all(renal.band.map(words::band))
        .says(words::clearance_formula())
}

/// Which weight it was, and how it was computed.
fn weight(plan: &Plan, renal: &Renal) -> Vec<String> {
    let patient = &plan.request().patient;
    let kg = renal.weight_kg_used;
    let asked = plan.request().weight_basis.unwrap_or_default();
    let ideal = patient.height_cm.and_then(|cm| ideal_weight(patient.sex, cm).map(|ideal| (cm, ideal)));
    let (Some((cm, ideal)), false) = (ideal, renal.weight_basis == WeightBasis::Actual) else {
        let not_applied = (asked != renal.weight_basis).then(|| words::weight_not_applied(spoken::weight_basis(asked)));
        return [words::actual_weight(kg)].into_iter().chain(not_applied).collect();
    };
    let ideal: Decimal = ideal.round_half_up(2).trimmed();
    let mut said = vec![words::ideal_weight(patient.sex, cm, ideal)];
    if renal.weight_basis == WeightBasis::Adjusted {
        said.push(words::adjusted_weight(ideal, patient.weight_kg, kg));
    }
    said
}

pub(super) fn calcium(plan: &Plan) -> Reason {
    let (library, request) = (plan.library(), plan.request());
    let limits = library.limits();
    let title = "Corrected calcium";
    let result = plan.calcium();
    let class = spoken::calcium_class(result.class);
    let Some(entry) = &request.labs.calcium else {
        let gap = words::calcium_gap(CalciumGap::NotMeasured);
        return Reason::new(About::CorrectedCalcium, title, NOT_RECORDED).says(gap);
    };
    let kind = entry.kind.unwrap_or_default();
    let ionised = kind == CalciumKind::Ionised;
    let shown = result.corrected.unwrap_or(entry.measured());
    let known = result.class != CalciumClass::Unknown;
    let value = if known { format!("{shown} ({class})") } else { class.to_owned() };
    let mut reason = Reason::new(About::CorrectedCalcium, if ionised { "Ionised calcium" } else { title }, value);
    reason = reason.says_all(derivation(plan, kind, entry.measured()));
    if !known {
        return reason;
    }
    let range = limits.calcium_range(ionised);
    reason = reason
        .says(words::calcium_class(class, range.normal.0.in_unit(entry.unit)))
        .written(library, &range.sources)
        .marked(range.verification);
    if !ionised {
        let severe = limits.severe_calcium.limit.0;
        reason = reason
            .says(words::severe_from(severe.in_unit(entry.unit)))
            .written(library, &limits.severe_calcium.sources);
    }
    match &plan.listed().regimen.calcium_limit {
        None => reason,
        Some(limit) => {
            let needed = limit.corrected.0.in_unit(limits.calcium.normal.0, entry.unit);
            reason.says(words::calcium_needed(needed)).written(library, &limit.sources)
        }
    }
}

/// How the calcium was corrected, or why it was not.
fn derivation(plan: &Plan, kind: CalciumKind, entered: Calcium) -> Vec<String> {
    if let Some(why) = gap(plan) {
        return vec![words::calcium_gap(why)];
    }
    match (kind, plan.request().labs.albumin, plan.calcium().corrected) {
        (CalciumKind::Total, Some(albumin), Some(corrected)) => {
            vec![words::calcium_formula(entered.unit), words::calcium_working(entered, albumin, corrected)]
        }
        (CalciumKind::Total, ..) => vec![words::calcium_gap(CalciumGap::NoAlbumin)],
        (CalciumKind::Corrected, ..) => vec![words::CORRECTED_BY_LABORATORY.to_owned()],
        (CalciumKind::Ionised, ..) => vec![words::IONISED.to_owned()],
    }
}

/// Why the calcium counts as not known, where it does.
fn gap(plan: &Plan) -> Option<CalciumGap> {
    plan.findings().iter().find_map(|finding| match finding.evidence {
        Evidence::CalciumUnknown { why } => Some(why),
        _ => None,
    })
}
