//! The words of the printed page.

use chrono::{DateTime, NaiveDate, Timelike, Utc};

use super::{date, spoken::NOT_RECORDED};
use crate::json::printable;

/// The title of the page.
pub const TITLE: &str = "Treatment plan";
/// The mark of a plan that may be followed.
pub const READY: &str = "READY";
/// The mark of a plan that may not.
pub const PROVISIONAL: &str = "PROVISIONAL, NOT TO BE FOLLOWED YET";
/// The title of the page of a stopped plan.
pub const STOPPED_TITLE: &str = "No treatment planned";
/// The mark of a stopped plan.
pub const STOPPED: &str = "STOPPED, NO DOSE";

/// A drug with what it is for, without a dose.
pub fn treatment(drug: &str, purpose: &str) -> String {
    format!("{drug}; {purpose}")
}

/// The label of the allergies.
pub const ALLERGIES: &str = "ALLERGIES";
/// The label beside a full dose.
pub const FULL_DOSE: &str = "Full dose";
/// The columns of the dates.
pub const COLUMNS: [&str; 7] = ["Date", "What", "Dose", "Given", "Batch", "Signature", "Second signature"];
/// The boxes of an open finding.
pub const CONFIRMATION: [&str; 3] = ["Name", "Reason", "Signature"];
/// The label of the box beside a check.
pub const RESULT: &str = "Result:";
/// Shown if there is nothing to list.
pub const NONE: &str = "None.";

/// The patient, at the head of every page.
pub fn belongs_to(name: Option<&str>, id: Option<&str>, born: NaiveDate) -> String {
    let name = name.map_or_else(String::new, |name| format!("{name}; "));
    format!("{name}identifier {}; born {}", id.unwrap_or(NOT_RECORDED), date(born))
}

/// What made the page, and when.
pub fn printed(at: DateTime<Utc>) -> String {
    format!("{TITLE}, osteodose {}, printed {}", env!("CARGO_PKG_VERSION"), moment(at))
}

/// A moment: "18-Nov-2026 at 12:05 UTC".
fn moment(at: DateTime<Utc>) -> String {
    format!("{} at {:02}:{:02} UTC", date(at.date_naive()), at.hour(), at.minute())
}

/// The number of a page.
pub fn page_of(number: usize, count: usize) -> String {
    format!("page {number} of {count}")
}

/// A source with the places in it.
pub fn source(id: &str, locator: &str, title: &str) -> String {
    if locator.is_empty() { format!("{id}: {title}") } else { format!("{id}, {locator}: {title}") }
}

/// A text that does not fit on a page.
pub fn too_long(text: &str) -> String {
    format!("\"{}\": this text is too long for a page; shorten it", printable(text))
}

/// A heading that would leave no room on its page.
pub const HEAD_TOO_LONG: &str =
    "patient.name, patient.id: together with the drug they fill more than a third of every page; shorten them";
/// A file that is not a font.
pub const NOT_A_FONT: &str = "not a readable font (allowed: a TrueType or OpenType file)";
/// A font that must not be embedded.
pub const NOT_EMBEDDABLE: &str = "the licence in this font does not allow it to be embedded in a document";
/// A page that could not be drawn.
pub const NOT_DRAWN: &str = "the page cannot be drawn; this is a fault of the program, please report it";
/// A page that would be written to a terminal.
pub const NO_TEXT: &str = "a PDF cannot be shown in a terminal; give --output FILE";

/// A flag that does not apply to other formats.
pub fn only_of_the_page(flag: &str) -> String {
    format!("{flag}: only for --format pdf")
}
