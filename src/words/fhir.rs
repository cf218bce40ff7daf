//! The sentences inside a FHIR bundle.

use chrono::NaiveDate;

use super::{
    date,
    spoken::{self, NOT_RECORDED},
};
use crate::{
    quantity::{Days, Decimal, Mass},
    regimen::Form,
};

/// The remark on the creatinine before a course under way.
pub const BASELINE: &str = "Creatinine before the first dose of the course, which set its dose.";
/// The name of a corrected calcium.
pub const CORRECTED_CALCIUM: &str = "calcium corrected for albumin";
/// How a calcium was corrected.
pub const CORRECTION: &str = "Payne, BMJ 1973;4:643: total calcium corrected for albumin";
/// The remark on every dose of a plan that may be followed.
pub const NOT_AN_ORDER: &str = "A plan made by decision support, not an order: the prescriber decides.";
/// The beginning of an open finding.
pub const OPEN: &str = "OPEN, must be confirmed by a named person";

/// The clearance range of the regimen.
pub fn band(band: &str) -> String {
    format!("Clearance range of the regimen: {band}.")
}

/// How a clearance was computed.
pub fn method(age: u16, basis: &str, kg: Decimal) -> String {
    format!("Cockcroft-Gault, age {age}, {basis} {kg} kg")
}

/// A calcium of a kind.
pub fn calcium(kind: &str) -> String {
    format!("calcium, {kind}")
}

/// Lines of a dose card as one text.
pub fn card<'t>(lines: impl IntoIterator<Item = (&'t str, String)>) -> String {
    let lines: Vec<String> = lines.into_iter().map(|(label, value)| format!("{label}: {value}")).collect();
    lines.join("; ")
}

/// A part of a daily dose: "400 mg (1 capsule) once daily, in the morning".
pub fn intake(mass: Mass, units: u32, form: Form, every: Option<Days>, when: Option<&str>) -> String {
    let every = super::every(every.unwrap_or(Days::new(1)));
    let when = when.map_or_else(String::new, |when| format!(", {when}"));
    format!("{mass} ({}) {every}{when}", spoken::units(units, form))
}

/// The days on which a part is taken: "from 01-Dec-2026 to 28-Dec-2026".
pub fn on_days(first: NaiveDate, last: NaiveDate) -> String {
    format!("from {} to {}", date(first), date(last))
}

/// The day from which days without a dose are counted.
pub fn counted_from(first: NaiveDate) -> String {
    format!("counted from {}", date(first))
}

/// An entry with its number and its dose: "Dose 2: 3.5 mg".
pub fn title(what: &str, number: &str, dose: &str) -> String {
    let mut title = spoken::capital(what);
    if !number.is_empty() {
        title = format!("{title} {number}");
    }
    if dose.is_empty() { title } else { format!("{title}: {dose}") }
}

/// The description of a whole plan.
pub fn description(parts: &[(&str, String)]) -> String {
    parts.iter().map(|(label, text)| format!("{label}: {text}")).collect::<Vec<_>>().join("\n")
}

/// A text of a plan, with its heading.
pub fn headed(heading: &str, text: &str) -> String {
    format!("{heading}: {text}")
}

/// A finding, with the sources of its rule.
pub fn finding(open: bool, message: &str, sources: &str) -> String {
    let message = if open { format!("{OPEN}: {message}") } else { message.to_owned() };
    if sources.is_empty() { message } else { format!("{message} Sources: {sources}.") }
}

/// The regimen that a plan was made with.
pub fn regimen(path: &str, title: &str, origin: &str, owner: &str) -> String {
    format!("Regimen {path} ({title}); {origin}; {owner}")
}

/// A source with the place in it.
pub fn source(id: &str, title: Option<&str>, place: &str) -> String {
    let title = title.map_or_else(String::new, |title| format!(": {title}"));
    let place = if place.is_empty() { String::new() } else { format!(", {place}") };
    format!("{id}{title}{place}")
}

/// Allergies as they were recorded.
pub fn allergies(text: Option<&str>) -> String {
    match text {
        None => NOT_RECORDED.to_owned(),
        Some("none-known") => "none known".to_owned(),
        Some(text) => text.to_owned(),
    }
}
