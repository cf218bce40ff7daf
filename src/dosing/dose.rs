//! The dose: the row of the table that fits, and what the prescriber may choose within it.

use super::{
    calcium::{CalciumState, in_band},
    choice::Choice,
    finding::{Evidence, Findings},
    kidney::{Kidney, State},
    unusable::{Unusable, Why},
};
use crate::{
    patient::{Scheme, Tumour},
    quantity::Mass,
    regimen::{DoseRow, Form, HighDose, Infusion, Limits, Listed, Regimen, Severity},
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
            row.calcium.is_none_or(|band| calcium.corrected().is_some_and(|ca| in_band(limits, ca, band.0)));
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
pub(super) fn decide(
    choice: &Choice,
    tumour: Tumour,
    limits: &Limits,
    kidney: Kidney,
    calcium: CalciumState,
    findings: &mut Findings,
) -> Result<Option<Dose>, Unusable> {
    let regimen = choice.listed.regimen;
    above_maximum(choice, findings);
    let row = row(regimen, limits, kidney, calcium);
    high_dose(choice, kidney, findings);
    row_findings(regimen, row, kidney, findings);
    let Some(row) = row else { return Ok(None) };
    chosen_in_row(choice, row, kidney, findings)?;
    let mass = allowed(regimen, row, choice.daily_dose);
    // What was asked for is counted out even where something stops it: no plan could be made of it.
    if let Some(dose) = choice.daily_dose.or(mass) {
        whole_units(choice, dose)?;
    }
    let infusion = row.dose.and_then(|_| infusion(choice.listed, tumour, kidney));
    Ok(Some(Dose { row, mass, infusion }))
}

/// What the rows for this kidney say; where the calcium has no row, what they would say.
fn row_findings(regimen: &'static Regimen, row: Option<&'static DoseRow>, kidney: Kidney, findings: &mut Findings) {
    let of_kidney = || regimen.doses.iter().find(|row| row.clearance.is_none_or(|it| kidney.is(it.0)));
    let Some(row) = row.or_else(of_kidney) else { return };
    let band = row.clearance.map_or_else(String::new, |it| it.0.to_string());
    for finding in &row.findings {
        let evidence = Evidence::Row {
            code: finding.finding,
            kidney: kidney.shown(regimen),
            band: band.clone(),
            dose: row.dose.map(|it| it.0),
            highest: row.highest.map(|it| it.0),
            single: regimen.scheme == Some(Scheme::Single),
        };
        findings.add_marked(finding.severity, evidence, row.sources.iter().map(|it| &it.0), row.verification);
    }
}

/// A dose above what any label allows.
fn above_maximum(choice: &Choice, findings: &mut Findings) {
    let regimen = choice.listed.regimen;
    let Some(rule) = &regimen.chosen_dose else { return };
    if let (Some(chosen), Some(highest)) = (choice.daily_dose, rule.highest)
        && chosen > highest.0
    {
        let shown = highest.0.to_string();
        let other = regimen
            .disagreements
            .iter()
            .find(|it| it.applied.as_str() == shown)
            .map(|it| (it.other.as_str(), it.source.0.id.as_str()));
        let evidence = Evidence::DoseAboveMaximum { chosen, highest: highest.0, other };
        findings.add(Severity::Stop, evidence, rule.sources.iter().map(|it| &it.0));
    }
}

/// A high dose for this kidney.
fn high_dose(choice: &Choice, kidney: Kidney, findings: &mut Findings) {
    let regimen = choice.listed.regimen;
    let Some(rule) = &regimen.chosen_dose else { return };
    let Some(HighDose { above, clearance, finding, severity, sources }) = &rule.high_dose else { return };
    let default = regimen.doses.iter().find(|row| row.clearance.is_none_or(|it| kidney.is(it.0)));
    let dose = choice.daily_dose.or_else(|| default?.dose.map(|it| it.0));
    if let Some(chosen) = dose
        && chosen > above.0
        && kidney.is(clearance.0)
    {
        let kidney = kidney.shown(regimen);
        let evidence = Evidence::HighDose { code: *finding, chosen, above: above.0, kidney };
        findings.add(*severity, evidence, sources.iter().map(|it| &it.0));
    }
}

/// A chosen dose against the row: below it is no dose of this table, above it stops.
fn chosen_in_row(
    choice: &Choice,
    row: &'static DoseRow,
    kidney: Kidney,
    findings: &mut Findings,
) -> Result<(), Unusable> {
    let (Some(chosen), Some(of_row), Some(rule)) =
        (choice.daily_dose, row.dose, choice.listed.regimen.chosen_dose.as_ref())
    else {
        return Ok(());
    };
    let path = "treatment.daily_dose_mg";
    let highest = row.highest.map_or(of_row.0, |it| it.0);
    if matches!(kidney.state, State::Dialysis) && chosen != of_row.0 {
        let why = Why::FixedOnDialysis { found: chosen.to_string(), fixed: of_row.0.to_string() };
        return Err(Unusable::new(path, why));
    }
    let lowest = rule.lowest.or(row.lowest).unwrap_or(of_row).0;
    if chosen < lowest {
        let offered = if lowest == highest { lowest.to_string() } else { format!("{lowest} to {highest}") };
        let offered = format!("{offered} at a clearance of {}", kidney.shown(choice.listed.regimen));
        return Err(Unusable::new(path, Why::NotOffered { found: chosen.to_string(), offered }));
    }
    // Where the row reaches up to the largest dose of all, that limit has spoken already.
    let row_limits = rule.highest.is_none_or(|all| highest < all.0);
    if chosen > highest && row_limits {
        let kidney = kidney.shown(choice.listed.regimen);
        let evidence = Evidence::DoseAboveRenalLimit { chosen, highest, kidney };
        findings.add_marked(Severity::Stop, evidence, row.sources.iter().map(|it| &it.0), row.verification);
    }
    Ok(())
}

/// A dose by mouth is made of whole tablets or capsules: a score line is not for dosing.
fn whole_units(choice: &Choice, dose: Mass) -> Result<(), Unusable> {
    let product = choice.product;
    let unit = match product.form {
        Form::Tablet => "tablet",
        Form::Capsule => "capsule",
        Form::Concentrate | Form::ReadyToUse | Form::Vial | Form::Syringe => return Ok(()),
    };
    let regimen = choice.listed.regimen;
    let above_all = regimen.chosen_dose.as_ref().and_then(|rule| rule.highest).is_some_and(|it| dose > it.0);
    if above_all {
        return Ok(());
    }
    let steps = regimen.step_down.as_ref().map(|steps| step_doses(dose, steps.by.0, steps.to.0));
    let parts = steps.unwrap_or_else(|| vec![dose]);
    let Some(part) = parts.into_iter().find(|part| part.in_units_of(product.contains.0).is_none()) else {
        return Ok(());
    };
    let instead = choice
        .listed
        .products()
        .find(|other| part.in_units_of(other.contains.0).is_some())
        .map(|other| other.id.to_string());
    let why = Why::NotWholeUnits { dose: part, unit, content: product.contains.0, instead };
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

/// The first infusion that fits.
fn infusion(listed: Listed, tumour: Tumour, kidney: Kidney) -> Option<&'static Infusion> {
    listed.regimen.infusions.iter().find(|it| {
        let tumour_fits = it.tumours.is_empty() || it.tumours.contains(&tumour);
        tumour_fits && it.clearance.is_none_or(|clearance| kidney.is(clearance.0))
    })
}

/// The row of a normal kidney, for the calcium of the row that is given.
pub(super) fn full_row(regimen: &'static Regimen, given: &DoseRow) -> Option<&'static DoseRow> {
    regimen.doses.iter().find(|row| row.calcium == given.calcium && row.dose.is_some())
}
