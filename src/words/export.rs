//! The sentences of the exports.

use super::summary::{self, purpose};
use crate::{
    patient::{Indication, Tumour},
    quantity::Mass,
    regimen::Origin,
};

/// Shown instead of the mark on a plan that may be followed.
pub const NOT_PROVISIONAL: &str = "no";

/// A drug with its strength, interval and indication.
pub fn named(product: &str, dose: &str, indication: Indication, tumour: Tumour) -> String {
    format!("{product}; {dose}; {}", purpose(indication, tumour))
}

/// The mark of a plan that must not be followed yet.
pub fn provisional(status: &str) -> String {
    format!("PROVISIONAL, not to be followed yet. {status}")
}

/// A finding: open, confirmed, or a note.
pub fn finding(must_be_confirmed: bool, message: &str, confirmed: Option<(&str, &str)>) -> String {
    match (must_be_confirmed, confirmed) {
        (true, None) => format!("{}: {message}", summary::OPEN),
        (true, Some((by, reason))) => format!("Confirmed: {message} {}", summary::confirmed(by, reason)),
        (false, _) => format!("Note: {message}"),
    }
}

/// A line with its label.
pub fn labelled(label: &str, value: &str) -> String {
    format!("{label}: {value}")
}

/// An entry of the schedule without its notes: "dose 2: 3.5 mg", "check creatinine before dose 2".
pub fn entry(what: &str, number: &str, dose: &str, before: Option<&str>) -> String {
    let mut said = what.to_owned();
    if !number.is_empty() {
        said = format!("{said} {number}");
    }
    if !dose.is_empty() {
        said = format!("{said}: {dose}");
    }
    match before {
        Some(before) => format!("{said} {before}"),
        None => said,
    }
}

/// An entry by its number, without a dose.
pub fn mark(what: &str, number: Option<u16>, before: Option<&str>) -> String {
    let number = number.map_or_else(String::new, |number| number.to_string());
    entry(what, &number, "", before)
}

/// A dose after the name of its drug: " 3.5 mg, dose 2".
pub fn dose(mass: Mass, number: u16, only: Option<&str>) -> String {
    let only = only.map_or_else(String::new, |only| format!(" ({only})"));
    format!(" {mass}, dose {number}{only}")
}

/// The patient of a calendar: the identifier, and the name if it was asked for.
pub fn who(id: &str, name: Option<&str>) -> String {
    name.map_or_else(|| id.to_owned(), |name| format!("{id}, {name}"))
}

/// The patient as a line, with the allergies.
pub fn patient(who: &str, allergies: &str) -> String {
    format!("Patient: {who}. Allergies: {allergies}")
}

/// The title of an event: the generic name first, the patient last.
pub fn event(provisional: bool, drug: &str, what: &str, who: &str) -> String {
    let mark = if provisional { "PROVISIONAL: " } else { "" };
    format!("{mark}{drug}{what} ({who})")
}

/// The title of a cancelled event: of a date that is no longer planned, or of one that has its own event now. It
/// gives no dose.
pub fn cancelled_event(is_planned: bool, drug: &str, what: &str, who: &str) -> String {
    let mark = if is_planned { "REPLACED" } else { "CANCELLED" };
    format!("{mark}: {drug}, {what} ({who})")
}

/// Why an event is cancelled.
pub fn cancelled(is_planned: bool, stopped: Option<&str>) -> String {
    match stopped {
        _ if is_planned => {
            "Replaced: this event is from an earlier version of osteodose. The plan has its own event for \
                            the same entry; delete this one if your calendar still shows it."
                .to_owned()
        }
        Some(status) => format!("Cancelled: the plan is stopped, and no dose is to be given. {status}"),
        None => "Cancelled: this date is no longer part of the plan.".to_owned(),
    }
}

/// The regimen and its origin.
pub fn regimen(path: &str, origin: Origin) -> String {
    format!("Regimen: {path}, {}", summary::origin(origin))
}

/// What made a plan.
pub fn made_by(program: &str, digest: &str) -> String {
    format!("Made by {program} with regimens {digest} (SHA-256)")
}
