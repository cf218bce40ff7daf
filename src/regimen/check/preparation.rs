//! Volumes: what is drawn up holds the dose within what labels round.

use super::{Checked, Defect, Named, Reporter, products};
use crate::{
    quantity::{Mass, Ratio, Strength, Volume},
    regimen::document::{DoseRow, Form, Prepare, Product, VolumeRule},
};

/// Labels print volumes to draw up to 0.1 mL, so that they may be 0.05 mL away from the exact figure;
/// one with more places is as near as it says.
const DRAW_UP: Rounding = Rounding { places: 1, printed: Volume::microlitres(50), finer: Volume::microlitres(5) };
/// Volumes to remove from a bag are printed to whole mL.
const REMOVAL: Rounding = Rounding { places: 0, printed: Volume::microlitres(500), finer: Volume::microlitres(50) };
/// Rounding never changes a dose by more than one part in so many: 5 percent.
const LEAST_PART: i64 = 20;

/// How far a printed volume may be away from the exact one.
#[derive(Clone, Copy)]
struct Rounding {
    /// The decimal places that labels print.
    places: u8,
    /// How far away a volume of so many places may be.
    printed: Volume,
    /// How far away one of more places may be.
    finer: Volume,
}

impl Rounding {
    fn of(self, volume: Volume) -> Volume {
        if volume.in_millilitres().in_parts(self.places).is_some() { self.printed } else { self.finer }
    }
}

pub(super) fn check(it: Checked<'_>, report: &mut Reporter<'_>) {
    for (index, row) in it.regimen.doses.iter().enumerate() {
        printed_where_none_belongs(it, index, row, report);
        if let Some(dose) = row.dose {
            volumes(it, index, row, dose.0, report);
        }
    }
}

fn printed_where_none_belongs(it: Checked<'_>, index: usize, row: &DoseRow, report: &mut Reporter<'_>) {
    let at = |rest: &str| it.path(&format!("doses[{index}].prepare{rest}"));
    if !row.prepare.is_empty() {
        if row.dose.is_none() {
            report.note(at(""), Defect::VolumeWithoutDose);
        } else if it.regimen.volume != VolumeRule::Table {
            report.note(at(""), Defect::VolumeNotPrinted);
        }
    }
    let products = row.prepare.iter().map(|prepare| prepare.product.as_str());
    report.twice(|place| at(&format!("[{place}]")), Named::VolumeOfProduct, products);
}

fn volumes(it: Checked<'_>, index: usize, row: &DoseRow, dose: Mass, report: &mut Reporter<'_>) {
    let at = |rest: &str| it.path(&format!("doses[{index}]{rest}"));
    match it.regimen.volume {
        VolumeRule::Table => {
            for product in products::usable(it) {
                let mut printed = row.prepare.iter().enumerate().filter(|(_, it)| it.product == product.id).peekable();
                if printed.peek().is_none() {
                    report.note(at(".prepare"), Defect::NoVolume { product: product.id.to_string(), dose });
                }
                for (place, prepare) in printed {
                    printed_volume(prepare, product, dose, &at(&format!(".prepare[{place}]")), report);
                }
            }
        }
        VolumeRule::WholeContainer => {
            for product in products::usable(it).filter(|product| product.contains.0 != dose) {
                let (product, contains) = (product.id.to_string(), product.contains.0);
                report.note(at(".dose"), Defect::NotTheWhole { product, contains, dose });
            }
        }
        // Computed from the strength, and so exact; or counted out.
        VolumeRule::Strength | VolumeRule::ByMouth => {}
    }
}

/// The volume that a label prints for a dose, against the strength of the product.
fn printed_volume(prepare: &Prepare, product: &Product, dose: Mass, path: &str, report: &mut Reporter<'_>) {
    let Some(strength) = product.strength() else { return };
    match (product.form, prepare.draw_up, prepare.remove_and_replace) {
        (Form::ReadyToUse, None, Some(removed)) => {
            let whole = strength.volume;
            if !holds(strength, whole.less(removed.0), dose, REMOVAL.of(removed.0)) {
                let right = whole.less(strength.volume_holding(dose));
                let defect = Defect::WrongRemoval { removed: removed.0, dose, right };
                report.note(format!("{path}.remove_and_replace"), defect);
            }
        }
        (Form::Concentrate | Form::Vial | Form::Syringe, Some(volume), None) => {
            if !holds(strength, volume.0, dose, DRAW_UP.of(volume.0)) {
                let defect = Defect::WrongVolume { volume: volume.0, dose, right: strength.volume_holding(dose) };
                report.note(format!("{path}.draw_up"), defect);
            }
        }
        (_, None, None) => report.note(path.to_owned(), Defect::NoVolume { product: product.id.to_string(), dose }),
        (form, ..) => {
            let ready = form == Form::ReadyToUse;
            report.note(path.to_owned(), Defect::WrongWay { product: product.id.to_string(), ready });
        }
    }
}

/// Whether a volume holds the dose within what a label rounds.
fn holds(strength: Strength, volume: Volume, dose: Mass, rounding: Volume) -> bool {
    let (held, dose) = (strength.micrograms_in(volume), dose.ratio_in_micrograms());
    let slack = strength.micrograms_in(rounding).min(dose / Ratio::whole(LEAST_PART));
    held <= dose + slack && held >= dose - slack
}
