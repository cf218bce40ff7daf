//! A dose that the prescriber may choose: whole steps, between two limits, of a volume that is
//! computed.

use super::{Checked, Defect, Reporter};
use crate::{
    quantity::Mass,
    regimen::document::{ChosenDose, VolumeRule},
};

pub(super) fn check(it: Checked<'_>, report: &mut Reporter<'_>) {
    let Some(rule) = &it.regimen.chosen_dose else { return };
    if matches!(it.regimen.volume, VolumeRule::Table | VolumeRule::WholeContainer) {
        report.note(it.path("chosen_dose"), Defect::ChosenWithoutVolume);
    }
    let step = rule.step.0;
    if step == Mass::micrograms(0) {
        report.note(it.path("chosen_dose.step"), Defect::NoStep);
        return;
    }
    for (path, mass) in offered(it, rule).into_iter().filter(|(_, mass)| mass.in_units_of(step).is_none()) {
        let above = step.times(mass.containers_of(step));
        report.note(it.path(&path), Defect::OffStep { mass, step, below: above.less(step), above });
    }
    if let (Some(lowest), Some(highest)) = (rule.lowest, rule.highest)
        && lowest.0 > highest.0
    {
        let defect = Defect::ChosenLimits { lowest: lowest.0, highest: highest.0 };
        report.note(it.path("chosen_dose.lowest"), defect);
    }
}

/// Every dose that the rule or a row offers, with its path.
fn offered(it: Checked<'_>, rule: &ChosenDose) -> Vec<(String, Mass)> {
    let of_rule = [("lowest", rule.lowest), ("highest", rule.highest)];
    let mut offered: Vec<(String, Mass)> =
        of_rule.iter().filter_map(|(key, mass)| Some((format!("chosen_dose.{key}"), (*mass)?.0))).collect();
    for (index, row) in it.regimen.doses.iter().enumerate() {
        let of_row = [("lowest", row.lowest), ("highest", row.highest)];
        offered.extend(of_row.iter().filter_map(|(key, mass)| Some((format!("doses[{index}].{key}"), (*mass)?.0))));
    }
    offered
}
