//! Whether a creatinine is so low that the clearance, and with it the dose, may be too high: little muscle makes little
//! creatinine.

use super::{
    case::Case,
    dose::{infusion, row},
    kidney::{Kidney, State},
};
use crate::{
    plan::{DoseThere, Evidence, Findings, InfusionThere},
    quantity::Clearance,
    regimen::{Concern, DoseRow},
};

/// Adds what the table has at the creatinine below which the formula is not trusted, where that is another row.
pub(super) fn assess(case: &Case<'_>, findings: &mut Findings) {
    let State::Cleared { creatinine, age, .. } = case.kidney.state else { return };
    let Some(rule) = &case.limits().low_creatinine else { return };
    let reference = rule.below.0.measured(creatinine.unit);
    let Some(severity) = case.listed().safety(Concern::LowCreatinine).and_then(|it| it.severity.severity()) else {
        return;
    };
    if case.request.course.is_some() || creatinine.value >= reference.value {
        return;
    }
    let clearance = Clearance::cockcroft_gault(age, case.request.patient.sex, case.kidney.weight.kg, reference);
    let state = State::Cleared { clearance, creatinine: reference, age };
    let as_entered = there(case, case.kidney);
    let at_reference = there(case, Kidney { state, weight: case.kidney.weight });
    if as_entered != at_reference {
        let evidence = Evidence::LowCreatinine { creatinine, reference, as_entered, at_reference };
        findings.add_marked(severity, evidence, &rule.sources, rule.verification);
    }
}

/// What the table has for a kidney, whatever dose was chosen.
fn there(case: &Case<'_>, kidney: Kidney) -> Option<DoseThere> {
    let row: &DoseRow = row(case.regimen(), case.limits(), kidney, case.calcium)?;
    let infusion = infusion(case, kidney).map(InfusionThere::of);
    Some(DoseThere { mass: row.dose?.0, every: row.every.map(|it| it.0), infusion })
}
