//! What is said of a plan, and of the drugs that are compared.

use crate::{
    dosing::Preview,
    plan::{CalciumClass, Dosing, Plan, PlanStatus, SecondCheckResult},
    present::{Cited, Offer},
    regimen::Severity,
    words::{frequency, reduced, spoken, spoken::capital, why},
};

/// What a plan's status means, after its word.
pub(crate) fn verdict(plan: &Plan) -> String {
    let open = plan.open_findings().count();
    match plan.status() {
        PlanStatus::Ready => "Nothing is missing.".to_owned(),
        PlanStatus::NeedsConfirmation => {
            let to_confirm = match open {
                0 => String::new(),
                1 => "1 finding to confirm by name and reason. ".to_owned(),
                _ => format!("{open} findings to confirm by name and reason. "),
            };
            let checked = match plan.second_check() {
                SecondCheckResult::Differs => "The second check differs. ",
                SecondCheckResult::SamePerson => "The second check was made by the same person. ",
                SecondCheckResult::NotDone | SecondCheckResult::Agrees => "",
            };
            format!("{to_confirm}{checked}Provisional until then.")
        }
        PlanStatus::Stopped => {
            let mut stops = plan.findings().iter().filter(|it| it.severity == Severity::Stop);
            let first = stops.next().map_or_else(String::new, ToString::to_string);
            match stops.count() {
                0 => first,
                others => format!("{first} And {others} more."),
            }
        }
    }
}

/// A plan's status in a word.
pub(crate) fn status_word(status: PlanStatus) -> &'static str {
    match status {
        PlanStatus::Ready => "READY",
        PlanStatus::NeedsConfirmation => "CONFIRM",
        PlanStatus::Stopped => "STOP",
    }
}

/// How many findings there are.
pub(crate) fn found(stop: usize, confirm: usize, note: usize) -> String {
    format!("{stop} STOP, {confirm} CONFIRM, {note} NOTE")
}

/// The clearance with its working, from what is entered so far.
pub(crate) fn clearance_now(preview: &Preview, plan: Option<&Plan>) -> String {
    let renal = plan.map_or(preview.renal.as_ref(), Plan::renal);
    renal.map_or_else(
        || "not known yet".to_owned(),
        |renal| {
            let band = renal.band.map_or_else(String::new, |band| format!(" (band: {band})"));
            format!("{}{band}: {}", renal.shown, why::clearance_working(renal))
        },
    )
}

/// The calcium from what is entered so far.
pub(crate) fn calcium_now(preview: &Preview, plan: Option<&Plan>) -> String {
    let (corrected, class) = plan.map_or((preview.corrected_calcium, preview.calcium_class), |plan| {
        (plan.calcium().corrected, plan.calcium().class)
    });
    match corrected {
        Some(calcium) => format!("corrected {calcium}, {}", class.as_str()),
        None if class == CalciumClass::Unknown => "not known".to_owned(),
        None => format!("ionised, {}", class.as_str()),
    }
}

/// Drug, dose and how often in one line, always in sight on the review.
pub(crate) fn dose_in_short(dosing: &Dosing) -> String {
    let route = spoken::route(dosing.listed.regimen.route);
    format!("{} {}, {}, {route}", dosing.listed.drug.name, dosing.mass, frequency(&dosing.frequency))
}

/// What a drug would mean: how often, why less, how near the next limit.
pub(crate) fn offer(offer: &Offer) -> String {
    let reduced = offer.reduced_because.map_or_else(String::new, |because| format!(" Reduced: {}.", reduced(because)));
    let next = offer
        .next_limit
        .as_ref()
        .map_or_else(String::new, |next| format!(" Next limit {} mL/min, {} away.", next.limit, next.distance));
    format!("{}.{reduced}{next}", capital(&frequency(&offer.frequency)))
}

/// A source with its place.
pub(crate) fn source(cited: &Cited) -> String {
    let locator = if cited.locator.is_empty() { String::new() } else { format!(", {}", cited.locator) };
    format!("Source: {} ({}){locator}", cited.title, cited.id)
}

/// What another source says.
pub(crate) fn other_source(other: &str) -> String {
    format!("Sources disagree: {other}")
}
