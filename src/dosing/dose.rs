//! The dose: the row of the table that fits, and what the prescriber may choose within it.

use super::{
    calcium::{CalciumState, in_band},
    case::Case,
    kidney::{Kidney, State},
};
use crate::{
    json::Written,
    patient::Scheme,
    plan::{Evidence, Findings, OtherMaximum, Unusable, Why},
    quantity::Mass,
    regimen::{self, Code, DoseRow, Form, HighDose, Infusion, Limits, Regimen, Severity, Topic},
};

/// What is given each time, before anything speaks against it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Dose {
    /// The row of the table.
    pub(super) row: &'static DoseRow,
    /// The dose; none where the row stops.
    pub(super) mass: Option<Mass>,
    /// How it is infused, where it is.
    pub(super) infusion: Option<&'static Infusion>,
}

/// Finds the row for this kidney and this calcium; none where the patient has no place in the table,
/// which other findings then explain.
pub(super) fn row(
    regimen: &'static Regimen,
    limits: &Limits,
    kidney: Kidney,
    calcium: CalciumState,
) -> Option<&'static DoseRow> {
    regimen.doses.iter().find(|row| {
        let kidney_fits = row.clearance.is_none_or(|it| kidney.is(it.0));
        let calcium_fits =
            row.calcium.is_none_or(|band| calcium.corrected().is_some_and(|ca| in_band(&limits.calcium, ca, band.0)));
        kidney_fits && calcium_fits
    })
}

/// The dose of a row: what is chosen, if the row allows it, else what the row says.
pub(super) fn allowed(regimen: &Regimen, row: &DoseRow, chosen: Option<Mass>) -> Option<Mass> {
    let of_row = row.dose?.0;
    let Some(chosen) = chosen else { return Some(of_row) };
    let highest = row.highest.map_or(of_row, |it| it.0);
    let above_all = regimen.chosen_dose.as_ref().and_then(|rule| rule.highest).is_some_and(|it| chosen > it.0);
    (chosen <= highest && !above_all).then_some(chosen)
}

/// Decides the dose and says what the table says beside it.
pub(super) fn decide(case: &Case<'_>, findings: &mut Findings) -> Result<Option<Dose>, Unusable> {
    above_maximum(case, findings);
    let row = row(case.regimen(), case.limits(), case.kidney, case.calcium);
    high_dose(case, findings);
    row_findings(case, row, findings);
    let Some(row) = row else { return Ok(None) };
    chosen_in_row(case, row, findings)?;
    let mass = allowed(case.regimen(), row, case.choice.daily_dose);
    // What was asked for is counted out even where something stops it: no plan could be made of it.
    if let Some(dose) = case.choice.daily_dose.or(mass) {
        whole_units(case, dose)?;
    }
    let infusion = row.dose.and_then(|_| infusion(case, case.kidney));
    Ok(Some(Dose { row, mass, infusion }))
}

/// What the rows for this kidney say; where the calcium has no row, what they would say.
fn row_findings(case: &Case<'_>, row: Option<&'static DoseRow>, findings: &mut Findings) {
    let of_kidney = || case.regimen().doses.iter().find(|row| row.clearance.is_none_or(|it| case.kidney.is(it.0)));
    let Some(row) = row.or_else(of_kidney) else { return };
    for finding in &row.findings {
        let evidence = row_evidence(case, row, finding.finding);
        findings.add_marked(finding.severity, evidence, &row.sources, row.verification);
    }
}

/// What a row says with a code, with the figures of the row.
fn row_evidence(case: &Case<'_>, row: &DoseRow, code: Code) -> Evidence {
    let regimen = case.regimen();
    let kidney = case.kidney.shown(regimen);
    let band = row.clearance.map(|it| it.0);
    match code {
        Code::RenalTooLow => {
            Evidence::RenalTooLow { kidney, band, single_dose: regimen.scheme == Some(Scheme::Single) }
        }
        Code::RenalHypocalcaemiaRisk => {
            let checks = regimen.checks.iter().filter(|rule| rule.with_findings.contains(&code));
            let calcium_check_days = checks.flat_map(|rule| &rule.days_after_first_dose).copied().collect();
            Evidence::HypocalcaemiaRisk { kidney, calcium_check_days }
        }
        Code::DoseChoice => {
            let mass = |it: Option<Written<Mass>>| it.map(|it| it.0);
            Evidence::DoseChoice { kidney, band, lowest: mass(row.dose), highest: mass(row.highest) }
        }
        Code::DoseAboveRenalLimit => Evidence::EveryDoseAboveRenalLimit { kidney, band },
        code => Evidence::SevereRenalImpairment { code, kidney, band },
    }
}

/// A dose above what any label allows.
fn above_maximum(case: &Case<'_>, findings: &mut Findings) {
    let regimen = case.regimen();
    let Some(rule) = &regimen.chosen_dose else { return };
    if let (Some(chosen), Some(highest)) = (case.choice.daily_dose, rule.highest)
        && chosen > highest.0
    {
        let mut disputed = case.listed().disagreements().filter(|it| it.about == Topic::HighestDose);
        let other = disputed.find_map(|it| Some(OtherMaximum { dose: it.other.dose()?, source: it.source.0.id() }));
        let evidence = Evidence::DoseAboveMaximum { chosen, highest: highest.0, other };
        findings.add(Severity::Stop, evidence, &rule.sources);
    }
}

/// A high dose for this kidney.
fn high_dose(case: &Case<'_>, findings: &mut Findings) {
    let (regimen, kidney) = (case.regimen(), case.kidney);
    let Some(rule) = &regimen.chosen_dose else { return };
    let Some(HighDose { above, clearance, finding, severity, sources }) = &rule.high_dose else { return };
    let default = regimen.doses.iter().find(|row| row.clearance.is_none_or(|it| kidney.is(it.0)));
    let dose = case.choice.daily_dose.or_else(|| default?.dose.map(|it| it.0));
    if let Some(chosen) = dose
        && chosen > above.0
        && kidney.is(clearance.0)
    {
        let kidney = kidney.shown(regimen);
        let evidence = Evidence::HighDose { code: *finding, chosen, above: above.0, kidney };
        findings.add(*severity, evidence, sources);
    }
}

/// A chosen dose against the row: below it is no dose of this table, above it stops.
fn chosen_in_row(case: &Case<'_>, row: &'static DoseRow, findings: &mut Findings) -> Result<(), Unusable> {
    let regimen = case.regimen();
    let (Some(chosen), Some(of_row), Some(rule)) = (case.choice.daily_dose, row.dose, regimen.chosen_dose.as_ref())
    else {
        return Ok(());
    };
    let path = "treatment.daily_dose_mg";
    let kidney = case.kidney.shown(regimen);
    let highest = row.highest.map_or(of_row.0, |it| it.0);
    if matches!(case.kidney.state, State::Dialysis) && chosen != of_row.0 {
        return Err(Unusable::new(path, Why::DoseFixedOnDialysis { found: chosen, fixed: of_row.0 }));
    }
    let lowest = rule.lowest.or(row.lowest).unwrap_or(of_row).0;
    if chosen < lowest {
        return Err(Unusable::new(path, Why::DoseNotInRow { found: chosen, lowest, highest, kidney }));
    }
    // Where the row reaches up to the largest dose of all, that limit has spoken already.
    let row_limits = rule.highest.is_none_or(|all| highest < all.0);
    if chosen > highest && row_limits {
        let evidence = Evidence::DoseAboveRenalLimit { chosen, highest, kidney };
        findings.add_marked(Severity::Stop, evidence, &row.sources, row.verification);
    }
    Ok(())
}

/// A dose by mouth is made of whole tablets or capsules: a score line is not for dosing.
fn whole_units(case: &Case<'_>, dose: Mass) -> Result<(), Unusable> {
    let (product, regimen) = (case.choice.product, case.regimen());
    if !matches!(product.form, Form::Tablet | Form::Capsule) {
        return Ok(());
    }
    let above_all = regimen.chosen_dose.as_ref().and_then(|rule| rule.highest).is_some_and(|it| dose > it.0);
    if above_all {
        return Ok(());
    }
    let steps = regimen.step_down.as_ref().map(|steps| step_doses(dose, steps.by.0, steps.to.0));
    let parts = steps.unwrap_or_else(|| vec![dose]);
    let Some(part) = parts.into_iter().find(|part| part.in_units_of(product.contains.0).is_none()) else {
        return Ok(());
    };
    let instead = case
        .listed()
        .products()
        .find(|other| part.in_units_of(other.contains.0).is_some())
        .map(|other| other.id.as_str());
    let why = Why::NotWholeUnits { dose: part, form: product.form, content: product.contains.0, instead };
    Err(Unusable::new("treatment.product", why))
}

/// The doses of a step-down, from the first to the last.
pub(super) fn step_doses(first: Mass, by: Mass, to: Mass) -> Vec<Mass> {
    let mut doses = vec![first];
    let mut dose = first;
    while dose > to && by > Mass::micrograms(0) {
        dose = dose.less(by).max(to);
        doses.push(dose);
    }
    doses
}

/// The first infusion that fits this patient with a kidney.
pub(super) fn infusion(case: &Case<'_>, kidney: Kidney) -> Option<&'static Infusion> {
    infusions(case).find(|it| it.clearance.is_none_or(|clearance| kidney.is(clearance.0)))
}

/// The first infusion that fits this patient with a kidney of this row.
pub(super) fn infusion_of_row(case: &Case<'_>, row: &DoseRow) -> Option<&'static Infusion> {
    infusions(case).find(|it| match (it.clearance.map(|it| it.0), row.clearance.map(|it| it.0)) {
        (Some(regimen::Kidney::Range(whole)), Some(regimen::Kidney::Range(part))) => whole.includes(part),
        (whole, part) => whole.is_none() || whole == part,
    })
}

fn infusions(case: &Case<'_>) -> impl Iterator<Item = &'static Infusion> {
    let tumour = case.request.tumour;
    case.regimen().infusions.iter().filter(move |it| it.tumours.is_empty() || it.tumours.contains(&tumour))
}

/// The row of a normal kidney, for the calcium of the row that is given.
pub(super) fn full_row(regimen: &'static Regimen, given: &DoseRow) -> Option<&'static DoseRow> {
    regimen.doses.iter().find(|row| row.calcium == given.calcium && row.dose.is_some())
}
