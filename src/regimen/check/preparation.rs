//! Volumes and rates: what is drawn up holds the dose within what labels round, and no infusion ends
//! early.

use super::{Checked, Defect, Reporter};
use crate::{
    dosing::strength,
    patient::Route,
    quantity::{Mass, Ratio, Strength, Volume},
    regimen::document::{DoseRow, Form, Prepare, Product, VolumeRule},
};

/// Labels print volumes to draw up to 0.1 mL, so that they may be 0.05 mL away from the exact figure.
const DRAW_UP_ROUNDING: Volume = Volume::microlitres(50);
/// Volumes to remove from a bag are printed to whole mL.
const REMOVAL_ROUNDING: Volume = Volume::microlitres(500);

pub(super) fn check(it: Checked<'_>, report: &mut Reporter<'_>) {
    products(it, report);
    for (index, row) in it.regimen.doses.iter().enumerate() {
        if let Some(dose) = row.dose {
            volumes(it, index, row, dose.0, report);
        }
    }
    infusions(it, report);
}

/// The products that the regimen names and the drug has.
fn named(it: Checked<'_>) -> impl Iterator<Item = (usize, &Product)> {
    it.regimen.products.iter().enumerate().filter_map(move |(index, id)| {
        it.drug.products.iter().find(|product| product.id == *id).map(|product| (index, product))
    })
}

fn products(it: Checked<'_>, report: &mut Reporter<'_>) {
    for (index, product) in named(it) {
        let solid = matches!(product.form, Form::Tablet | Form::Capsule);
        let by_mouth = it.regimen.volume == VolumeRule::ByMouth;
        if solid == product.volume.is_some() || solid != by_mouth || product.contains.0 == Mass::micrograms(0) {
            let defect = Defect::ProductVolume { product: product.id.to_string(), needed: !by_mouth };
            report.note(it.path(&format!("products[{index}]")), defect);
        }
    }
}

fn volumes(it: Checked<'_>, index: usize, row: &DoseRow, dose: Mass, report: &mut Reporter<'_>) {
    let at = |rest: &str| it.path(&format!("doses[{index}]{rest}"));
    match it.regimen.volume {
        VolumeRule::Table => {
            for (_, product) in named(it) {
                let printed = row.prepare.iter().position(|prepare| prepare.product == product.id);
                match (printed, strength(product)) {
                    (Some(place), Some(strength)) => {
                        printed_volume(
                            &row.prepare[place],
                            product,
                            strength,
                            dose,
                            &at(&format!(".prepare[{place}]")),
                            report,
                        );
                    }
                    (None, _) => {
                        report.note(at(".prepare"), Defect::NoVolume { product: product.id.to_string(), dose });
                    }
                    (Some(_), None) => {}
                }
            }
        }
        VolumeRule::WholeContainer => {
            for (_, product) in named(it).filter(|(_, product)| product.contains.0 != dose) {
                let (product, contains) = (product.id.to_string(), product.contains.0);
                report.note(at(".dose"), Defect::NotTheWhole { product, contains, dose });
            }
        }
        VolumeRule::ByMouth => {
            if named(it).all(|(_, product)| dose.in_units_of(product.contains.0).is_none()) {
                report.note(at(".dose"), Defect::NotCountable { dose });
            }
        }
        // Computed from the strength, and so exact.
        VolumeRule::Strength => {}
    }
}

/// The volume that a label prints for a dose, against the strength of the product.
fn printed_volume(
    prepare: &Prepare,
    product: &Product,
    strength: Strength,
    dose: Mass,
    path: &str,
    report: &mut Reporter<'_>,
) {
    let holds = |volume: Volume, rounding: Volume| {
        let (held, slack) = (strength.micrograms_in(volume), strength.micrograms_in(rounding));
        let dose: Ratio = dose.ratio_in_micrograms();
        held <= dose + slack && held >= dose - slack
    };
    match (product.form, prepare.draw_up, prepare.remove_and_replace) {
        (Form::ReadyToUse, None, Some(removed)) => {
            let rest = product.volume.map_or(Volume::microlitres(0), |it| it.0.less(removed.0));
            if !holds(rest, REMOVAL_ROUNDING) {
                let right = product.volume.map_or(Volume::microlitres(0), |it| it.0.less(strength.volume_of(dose)));
                let defect = Defect::WrongRemoval { removed: removed.0, dose, right };
                report.note(format!("{path}.remove_and_replace"), defect);
            }
        }
        (Form::Concentrate | Form::Vial | Form::Syringe, Some(volume), None) => {
            if !holds(volume.0, DRAW_UP_ROUNDING) {
                let defect = Defect::WrongVolume { volume: volume.0, dose, right: strength.volume_of(dose) };
                report.note(format!("{path}.draw_up"), defect);
            }
        }
        _ => report.note(path.to_owned(), Defect::NoVolume { product: product.id.to_string(), dose }),
    }
}

fn infusions(it: Checked<'_>, report: &mut Reporter<'_>) {
    let infusions = &it.regimen.infusions;
    let infused = it.regimen.route == Route::Intravenous;
    if infused == infusions.is_empty() {
        report.note(it.path("infusions"), Defect::InfusionMismatch { infused });
    }
    for (index, infusion) in infusions.iter().enumerate() {
        let right = infusion.bag.0.rate_over(infusion.minimum_time.0);
        let rate = infusion.highest_rate_ml_per_h;
        if u32::from(rate) != right {
            let path = it.path(&format!("infusions[{index}].highest_rate_ml_per_h"));
            report.note(path, Defect::WrongRate { rate, right });
        }
    }
    if infusions.last().is_some_and(|last| last.clearance.is_some() || !last.tumours.is_empty()) {
        report.note(it.path(&format!("infusions[{}]", infusions.len() - 1)), Defect::NoInfusionForAll);
    }
}
