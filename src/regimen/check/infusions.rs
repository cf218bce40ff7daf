//! Infusions: one for every patient, none that ends early, and none faster for the weaker kidney.

use super::{Checked, Defect, Reporter, products};
use crate::{
    patient::Route,
    quantity::Volume,
    regimen::{
        document::{Form, Infusion, Product, VolumeRule},
        phrase::Kidney,
    },
};

pub(super) fn check(it: Checked<'_>, report: &mut Reporter<'_>) {
    let infusions = &it.regimen.infusions;
    let infused = it.regimen.route == Route::Intravenous;
    if infused == infusions.is_empty() {
        report.note(it.path("infusions"), Defect::InfusionMismatch { infused });
    }
    let diluted = products::usable(it).any(|product| product.form != Form::ReadyToUse);
    if !infusions.is_empty() && diluted && it.regimen.diluents.is_empty() {
        report.note(it.path("diluents"), Defect::NoDiluent);
    }
    let into_bag = drawn_up(it);
    for (index, infusion) in infusions.iter().enumerate() {
        let at = |rest: &str| it.path(&format!("infusions[{index}]{rest}"));
        if infusion.bag.0 == Volume::microlitres(0) {
            report.note(at(".bag"), Defect::EmptyBag);
        } else {
            rate(infusion, at, report);
            bag(it, infusion, into_bag, at, report);
        }
        if let Some(before) = infusions[..index].iter().position(for_everybody) {
            report.note(at(""), Defect::NeverReached { list: "infusions", before });
        }
        if let Some(stronger) = infusions.iter().find(|other| is_weaker(infusion, other))
            && infusion.minimum_time.0 < stronger.minimum_time.0
        {
            let (time, stronger) = (infusion.minimum_time.0, stronger.minimum_time.0);
            report.note(at(".minimum_time"), Defect::FasterForWeakKidney { time, stronger });
        }
    }
    if infusions.last().is_some_and(|last| !for_everybody(last)) {
        // Where an earlier one is for everybody, the last is never reached, and nobody is left out.
        if !infusions.iter().any(for_everybody) {
            report.note(it.path(&format!("infusions[{}]", infusions.len() - 1)), Defect::NoInfusionForAll);
        }
    }
}

fn for_everybody(infusion: &Infusion) -> bool {
    infusion.clearance.is_none() && infusion.tumours.is_empty()
}

/// Whether one infusion is for a weaker kidney than another, for the same tumours.
fn is_weaker(infusion: &Infusion, other: &Infusion) -> bool {
    let band = |infusion: &Infusion| match infusion.clearance.map(|it| it.0) {
        Some(Kidney::Range(range)) => Some((range.low, range.high)),
        _ => None,
    };
    if infusion.tumours != other.tumours {
        return false;
    }
    match (band(infusion), band(other)) {
        (Some((_, Some(high))), Some((Some(low), _))) => high.at <= low.at,
        // What is for everybody takes those whom the others leave.
        (None, Some((_, None))) => infusion.clearance.is_none(),
        (Some((None, _)), None) => other.clearance.is_none(),
        _ => false,
    }
}

fn rate(infusion: &Infusion, at: impl Fn(&str) -> String, report: &mut Reporter<'_>) {
    let right = infusion.bag.0.rate_over(infusion.minimum_time.0);
    let rate = infusion.highest_rate_ml_per_h;
    if right == 0 {
        report.note(at(".minimum_time"), Defect::NoRate { bag: infusion.bag.0, time: infusion.minimum_time.0 });
    } else if u32::from(rate) != right {
        report.note(at(".highest_rate_ml_per_h"), Defect::WrongRate { rate, right });
    }
}

fn bag(
    it: Checked<'_>,
    infusion: &Infusion,
    into_bag: Option<Volume>,
    at: impl Fn(&str) -> String,
    report: &mut Reporter<'_>,
) {
    let bag = infusion.bag.0;
    if let Some(drawn_up) = into_bag.filter(|drawn_up| *drawn_up > bag) {
        report.note(at(".bag"), Defect::SmallBag { bag, drawn_up });
    }
    for product in products::usable(it).filter(|product| product.form == Form::ReadyToUse) {
        if let Some(ready) = product.volume.map(|it| it.0).filter(|ready| *ready != bag) {
            report.note(at(".bag"), Defect::OtherBag { bag, product: product.id.to_string(), ready });
        }
    }
}

/// The largest volume that is drawn up for a bag, as printed or computed.
fn drawn_up(it: Checked<'_>) -> Option<Volume> {
    let rows = &it.regimen.doses;
    match it.regimen.volume {
        VolumeRule::Table => rows
            .iter()
            .filter(|row| row.dose.is_some())
            .flat_map(|row| &row.prepare)
            .filter_map(|it| it.draw_up)
            .map(|it| it.0)
            .max(),
        VolumeRule::Strength => {
            let largest = rows.iter().filter_map(|row| row.highest.or(row.dose)).map(|it| it.0).max()?;
            products::usable(it).filter_map(Product::strength).map(|strength| strength.volume_holding(largest)).max()
        }
        VolumeRule::WholeContainer | VolumeRule::ByMouth => None,
    }
}
