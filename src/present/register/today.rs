//! What the engine says of today's dose: the verdict, the dose and how it is prepared, what was found, what to do.
//! The dates of the plan are not shown: those of the course are computed from its entries.

use super::steps;
use crate::{
    patient::Route,
    plan::{Event, Outcome, Plan, PlanStatus},
    present::{CardItem, CardLine, card, finding, lines::Page, verdict, what_now_but_checks},
    regimen::Severity,
    ward::{event::HoldReason, fold::OpenHold},
    words::{register::command as words, summary},
};

/// The verdict of a day, as text: with the holds of which the engine is not told, and the reason to put the course on
/// hold that it suggests.
pub fn said_of_today(plan: &Plan, untold: &[OpenHold], hold: Option<HoldReason>) -> String {
    let mut page = Page::default();
    let word = match plan.status() {
        PlanStatus::Ready if !untold.is_empty() => words::CONFIRM,
        PlanStatus::Ready => words::GO,
        PlanStatus::NeedsConfirmation => words::CONFIRM,
        PlanStatus::Stopped => words::HOLD,
    };
    if untold.is_empty() || plan.status() == PlanStatus::Stopped {
        page.text(&format!("{word}. {}", verdict(plan).sentence));
    } else {
        page.text(&format!("{word}. {}", words::untold_holds(untold)));
    }
    if plan.status() != PlanStatus::Stopped {
        // A dose on the ward is one of a course whose days the register has; what is taken at home needs to be said.
        let at_home = plan.listed().regimen.route == Route::Oral;
        let of_dose = |it: &&CardLine| {
            matches!(it.item, CardItem::Drug | CardItem::Product | CardItem::Dose | CardItem::WhyThisDose)
                || it.item.is_of_preparation()
                || at_home && matches!(it.item, CardItem::Frequency | CardItem::Intake(_))
        };
        for CardLine { label, value, .. } in card(plan).iter().filter(of_dose) {
            page.row(label, value);
        }
        by_mouth(plan, &mut page);
    }
    for it in plan.findings().iter().filter(|it| it.severity != Severity::Note) {
        page.point(&match plan.confirmation(it) {
            Some(by) => words::confirmed(&finding(plan, it), by.by.as_str()),
            None => finding(plan, it),
        });
    }
    for step in what_now_but_checks(plan) {
        page.text(&step);
    }
    if let Some(reason) = hold {
        page.text(&words::hold_with(reason.as_str()));
    }
    page.into_text()
}

/// The steps of a dose that goes down, and what is handed out.
fn by_mouth(plan: &Plan, page: &mut Page) {
    let Outcome::Dosed(dosed) = plan.outcome() else { return };
    for step in steps(&dosed.dosing) {
        page.row(words::STEP, &step);
    }
    let supplies = dosed.schedule.entries.iter().filter_map(|entry| match &entry.event {
        Event::Supply { units, days, .. } => Some(summary::supply(*units, dosed.dosing.product.form, *days)),
        _ => None,
    });
    supplies.take(1).for_each(|supply| page.row(words::SUPPLY, &supply));
}
