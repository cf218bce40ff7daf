//! The sentence of each reason why a request is not usable.

use std::fmt;

use super::{date, one_of};
use crate::dosing::{Unusable, Why};

/// One sentence that names the field, the value and what is allowed.
pub fn unusable(unusable: &Unusable) -> String {
    let path = unusable.path;
    match &unusable.why {
        Why::Impossible { shown, possible, meant } => {
            let meant = meant.as_ref().map_or_else(String::new, |unit| format!("; did you mean {unit}?"));
            format!("{path}: {shown} is not possible (allowed: {possible}){meant}")
        }
        Why::After { date: day, other, other_date } => {
            format!("{path}: {} is after {other} ({}); it cannot be later", date(*day), date(*other_date))
        }
        Why::NotOneOf { found, nearest, allowed } => not_one_of(path, found, nearest.as_deref(), allowed),
        Why::OtherProduct { name, drugs } => {
            let drugs: Vec<&str> = drugs.iter().map(String::as_str).collect();
            format!("{path}: {name} is another product and is never planned here (allowed: {})", one_of(&drugs))
        }
        Why::Missing { because } => format!("{path}: missing; {because}"),
        Why::NotHere { regimen } => format!("{path}: has no meaning for {regimen}; leave it out"),
        Why::NotOffered { found, offered } => format!("{path}: {found} is not offered (allowed: {offered})"),
        Why::NoRegimen { drug, indication, offered } => {
            let offered: Vec<&str> = offered.iter().map(String::as_str).collect();
            format!("indication: {drug} has no regimen for {indication} (allowed: {})", one_of(&offered))
        }
        Why::NoRoute { drug, indication, found: Some(found), offered } => {
            format!("{path}: {drug} is not given by the route {found} for {indication} (allowed: {})", one_of(offered))
        }
        Why::NoRoute { drug, indication, found: None, offered } => {
            format!("{path}: missing; {drug} for {indication} has more than one route: {}", one_of(offered))
        }
        Why::WrongTumour { tumour, needed } => {
            format!("{path}: giant-cell-tumour goes with the tumour {needed} alone, not with {tumour}")
        }
        Why::WrongRoute { drug } => format!("{path}: {drug} is never taken by mouth; leave the route out"),
        Why::Superseded { drug } => format!("{path}: the regimens of {drug} are superseded and no longer planned"),
        Why::NotWholeUnits { dose, unit, content, instead } => {
            let instead = instead.as_ref().map_or_else(String::new, |product| format!("; use {product}"));
            format!("{path}: {dose} cannot be made of whole {unit}s of {content}, and they are not split{instead}")
        }
        Why::NeedsHeight { basis } => {
            format!(
                "{path}: \"{basis}\" needs the height, and patient.height_cm is missing (allowed without it: \"actual\")"
            )
        }
        Why::TooShort { basis, shown, least } => {
            format!(
                "{path}: \"{basis}\" is not defined for patient.height_cm {shown}, below {least} (allowed: \"actual\")"
            )
        }
        Why::NeverOpen { from, days } => {
            format!("{path}: no open day within {days} days of {} (allowed: at least one)", date(*from))
        }
        Why::NoWeekday => {
            format!("{path}: no weekday is open (allowed: at least one of mon, tue, wed, thu, fri, sat, sun)")
        }
        Why::ConfirmedTwice { code } => {
            format!("{path}: \"{code}\" is confirmed twice (allowed: once for each finding)")
        }
        Why::CourseOver { start, end } => {
            format!("{path}: {} is not before the end of the course on {}", date(*start), date(*end))
        }
        Why::FixedOnDialysis { found, fixed } => {
            format!("{path}: {found} is not offered on dialysis (allowed: {fixed})")
        }
        Why::NoDose => format!("{path}: the library has no dose for this patient"),
    }
}

/// "sex: "femal" is not allowed; did you mean "female"? (allowed: female or male)".
pub(super) fn not_one_of(path: &str, found: &str, nearest: Option<&str>, allowed: &[String]) -> String {
    let meant = nearest.map_or_else(String::new, |word| format!("; did you mean \"{word}\"?"));
    let words: Vec<&str> = allowed.iter().map(String::as_str).collect();
    format!("{path}: \"{found}\" is not allowed{meant} (allowed: {})", one_of(&words))
}

impl fmt::Display for Unusable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&unusable(self))
    }
}

impl std::error::Error for Unusable {}
