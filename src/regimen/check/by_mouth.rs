//! Doses by mouth: how often, when, and in whole tablets or capsules.

use super::{Checked, Defect, Reporter, products};
use crate::{
    patient::Route,
    quantity::{Days, Mass},
    regimen::document::{Intakes, Product, StepDown},
};

pub(super) fn check(it: Checked<'_>, report: &mut Reporter<'_>) {
    if it.regimen.route == Route::Oral {
        timing(it, report);
        whole_units(it, report);
    } else if it.regimen.supply.is_some() {
        report.note(it.path("supply"), Defect::SupplyNotByMouth);
    }
    if let Some(intakes) = &it.regimen.intakes {
        parts(it, intakes, report);
    }
    if let Some(steps) = &it.regimen.step_down {
        steps_down(it, steps, report);
    }
}

fn timing(it: Checked<'_>, report: &mut Reporter<'_>) {
    let nothing = Days::new(0);
    for (index, row) in it.regimen.doses.iter().enumerate().filter(|(_, row)| row.dose.is_some()) {
        match row.every {
            None => report.note(it.path(&format!("doses[{index}]")), Defect::NoFrequency),
            Some(every) if every.0 == nothing => {
                report.note(it.path(&format!("doses[{index}].every")), Defect::NoFrequency);
            }
            Some(_) => {}
        }
    }
    match &it.regimen.supply {
        None => report.note(it.path(""), Defect::NoSupply),
        Some(supply) if supply.every.0 == nothing => report.note(it.path("supply.every"), Defect::NoDays),
        Some(_) => {}
    }
    if it.regimen.intakes.is_none() {
        report.note(it.path(""), Defect::NoIntakes);
    }
}

/// What a dose is counted out in: the default product, or where there is none, any of them.
fn counted_in(it: Checked<'_>) -> Vec<&Product> {
    let sound = |product: &&Product| product.contains.0 > Mass::micrograms(0);
    let all: Vec<&Product> = products::usable(it).filter(sound).collect();
    let default = all.iter().copied().filter(|product| it.regimen.default_product.as_ref() == Some(&product.id));
    let default: Vec<&Product> = default.collect();
    if default.is_empty() { all } else { default }
}

fn whole_units(it: Checked<'_>, report: &mut Reporter<'_>) {
    let products = counted_in(it);
    // Products that the route rules out, or with no content, were reported above.
    if products.is_empty() {
        return;
    }
    for (path, mass) in counted(it) {
        if products.iter().all(|product| mass.in_units_of(product.contains.0).is_none()) {
            let units = products.iter().map(|product| product.id.to_string()).collect();
            report.note(it.path(&path), Defect::NotCountable { mass, units });
        }
    }
}

/// Every mass that is counted out, with its path.
fn counted(it: Checked<'_>) -> Vec<(String, Mass)> {
    let regimen = it.regimen;
    let rows = regimen.doses.iter().enumerate();
    let mut counted: Vec<(String, Mass)> =
        rows.filter_map(|(index, row)| Some((format!("doses[{index}].dose"), row.dose?.0))).collect();
    let once = [
        ("chosen_dose.step", regimen.chosen_dose.as_ref().map(|rule| rule.step.0)),
        ("intakes.together_up_to", regimen.intakes.as_ref().map(|intakes| intakes.together_up_to.0)),
        ("step_down.by", regimen.step_down.as_ref().map(|steps| steps.by.0)),
        ("step_down.to", regimen.step_down.as_ref().map(|steps| steps.to.0)),
    ];
    counted.extend(once.into_iter().filter_map(|(path, mass)| Some((path.to_owned(), mass?))));
    counted
}

/// The largest dose of the regimen.
fn largest(it: Checked<'_>) -> Option<Mass> {
    let rows = it.regimen.doses.iter().filter_map(|row| row.highest.or(row.dose));
    rows.map(|it| it.0).max()
}

fn parts(it: Checked<'_>, intakes: &Intakes, report: &mut Reporter<'_>) {
    let together = intakes.together_up_to.0;
    if let Some(dose) = largest(it).filter(|dose| *dose > together && intakes.second.is_none()) {
        report.note(it.path("intakes"), Defect::RestOfDose { dose, together });
    }
}

fn steps_down(it: Checked<'_>, steps: &StepDown, report: &mut Reporter<'_>) {
    if steps.every.0 == Days::new(0) {
        report.note(it.path("step_down.every"), Defect::NoDays);
    }
    if steps.by.0 == Mass::micrograms(0) {
        report.note(it.path("step_down.by"), Defect::NoStep);
    }
    let least = it.regimen.doses.iter().filter_map(|row| row.dose).map(|it| it.0).min();
    if let Some(dose) = least.filter(|dose| steps.to.0 > *dose) {
        report.note(it.path("step_down.to"), Defect::StepUp { to: steps.to.0, dose });
    }
}
