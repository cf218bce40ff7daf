//! What the engine says of today's dose: the verdict, the dose and how it is prepared, what was found, what to do.
//! The dates of the plan are not shown: those of the course are computed from its entries.

use crate::{
    plan::{Plan, PlanStatus},
    present::{CardItem, CardLine, card, finding, lines::Page, verdict, what_now},
    regimen::Severity,
    ward::event::HoldReason,
    words::register::command as words,
};

/// The verdict of a day, as text.
pub fn said_of_today(plan: &Plan, hold: Option<HoldReason>) -> String {
    let mut page = Page::default();
    let word = match plan.status() {
        PlanStatus::Ready => words::GO,
        PlanStatus::NeedsConfirmation => words::CONFIRM,
        PlanStatus::Stopped => words::HOLD,
    };
    page.text(&format!("{word}. {}", verdict(plan).sentence));
    if plan.status() != PlanStatus::Stopped {
        let of_dose = |it: &&CardLine| {
            matches!(it.item, CardItem::Drug | CardItem::Product | CardItem::Dose | CardItem::WhyThisDose)
                || it.item.is_of_preparation()
        };
        for CardLine { label, value, .. } in card(plan).iter().filter(of_dose) {
            page.row(label, value);
        }
    }
    for it in plan.findings().iter().filter(|it| it.severity != Severity::Note) {
        page.point(&match plan.confirmation(it) {
            Some(by) => words::confirmed(&finding(plan, it), by.by.as_str()),
            None => finding(plan, it),
        });
    }
    for step in what_now(plan) {
        page.text(&step);
    }
    if let Some(reason) = hold {
        page.text(&words::hold_with(reason.as_str()));
    }
    page.into_text()
}
