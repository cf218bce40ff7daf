//! The words of the printed page.

use chrono::{DateTime, FixedOffset, NaiveDate, Timelike};

use super::{
    date,
    spoken::{self, NOT_RECORDED},
};
use crate::{json::printable, patient::Route, regimen::Topic};

/// The title of the document.
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
/// The label of the sex.
pub const SEX: &str = "Sex";
/// The label of the drug.
pub const DRUG: &str = "Drug";
/// The label of the brands.
pub const BRAND: &str = "Brand";
/// The label of the indication.
pub const GIVEN_FOR: &str = "Given for";
/// The labels of the dose box.
pub const DOSE_BOX: [&str; 4] = ["Dose", "How often", "Route", "Next"];

/// The next dose or supply, with its day.
pub fn next(by_mouth: bool, number: u16, day: NaiveDate) -> String {
    let what = if by_mouth { "supply" } else { "dose" };
    format!("{what} {number}, {}", spoken::day(day))
}

/// The label of what is checked before the next dose.
pub const CHECK_FIRST: &str = "Check first";
/// The heading of how a dose is prepared, or of how a medicine is taken.
pub fn preparation(by_mouth: bool) -> &'static str {
    if by_mouth { "How it is taken" } else { "Preparation" }
}

/// The boxes for what was given and when, each with its share of the width.
pub fn given_boxes(route: Route) -> &'static [(&'static str, i32)] {
    match route {
        Route::Intravenous => &[("Brand", 5), ("Batch", 5), ("Time begun", 4), ("Time ended", 4)],
        Route::Subcutaneous => &[("Brand", 3), ("Batch", 3), ("Time given", 2)],
        Route::Oral => &[("Brand", 1), ("Batch", 1), ("Date handed out", 1)],
    }
}

/// The boxes for who answers for it.
pub fn signature_boxes(route: Route) -> &'static [(&'static str, i32)] {
    match route {
        Route::Intravenous | Route::Subcutaneous => {
            &[("Prescriber, signature", 1), ("Prepared by, signature", 1), ("Given by, signature", 1)]
        }
        Route::Oral => &[("Prescriber, signature", 1), ("Handed out by, signature", 1)],
    }
}

/// The heading of the dates.
pub const VISITS: &str = "Visits";
/// Refers from the row of a visit to what is said of it above the table.
pub const SEE_ABOVE: &str = "see above";
/// The columns of the visits.
pub const COLUMNS: [&str; 8] =
    ["No.", "Date", "Dose", "Checks first, notes", "Result", "Given, batch", "Signature", "Second signature"];

/// The heading of findings that wait for a confirmation.
pub const OPEN_FINDINGS: &str = "Open: must be confirmed by a named person";
/// The heading of those that found no room beside the others.
pub const OPEN_FINDINGS_CONTINUED: &str = "Open, continued: must be confirmed by a named person";
/// The heading of findings that were confirmed.
pub const CONFIRMED_FINDINGS: &str = "Confirmed by a named person";
/// Said on the card where open findings found no room on it.
pub const MORE_FINDINGS: &str = "More open findings on the back.";
/// Said on the card where something else found no room on it.
pub const CONTINUED: &str = "Continued on the back.";
/// The heading of notes, and of what else is said of the course.
pub const NOTES: &str = "Notes";
/// The heading of what stops a plan.
pub const STOPS: &str = "Stops the plan";
/// The heading of who entered and who checked the figures.
pub const ENTERED: &str = "Entered and checked";
/// The heading of whose regimen it is.
pub const SOURCE: &str = "Source of the plan";
/// The heading of the sources.
pub const SOURCES: &str = "Sources";
/// The label of those of the dose.
pub const OF_THE_DOSE: &str = "Of the dose";
/// What the patient's sheet says, for the staff.
pub fn on_the_patients_sheet(text: &str) -> String {
    format!("On the patient's sheet: {text}")
}

/// A side that nothing is printed on.
pub const LEFT_BLANK: &str = "This side is blank.";

/// The title of what a patient takes home.
pub fn for_the_patient(drug: &str) -> String {
    format!("For the patient: {drug}")
}

/// A medicine by its generic name, with the names on the packet.
pub fn medicine(drug: &str, brands: &str) -> String {
    if brands.is_empty() { drug.to_owned() } else { format!("{drug} ({brands})") }
}

/// How often a medicine is given, and how.
pub fn how_often(often: &str, route: &str) -> String {
    format!("{often}, {route}")
}

/// The headings of what a patient takes home.
pub const PATIENT_TOPICS: [(Topic, &str); 5] = [
    (Topic::Intake, "How to take it"),
    (Topic::Hydration, "Drinking"),
    (Topic::Symptoms, "What to watch for"),
    (Topic::MouthAndBones, "Mouth, teeth and bones"),
    (Topic::Contraception, "Pregnancy"),
];
/// The heading of what is taken beside the treatment.
pub const SUPPLEMENTS: &str = "Calcium and vitamin D";
/// The labels of what a patient is given.
pub const PATIENT_LABELS: [&str; 3] = ["Medicine", "How often", "Next visit"];
/// The box for the number to call.
pub const CALL: &str = "Telephone of the ward";

/// The boxes of an open finding.
pub const CONFIRMATION: [(&str, i32); 3] = [("Name", 30), ("Reason", 42), ("Signature", 28)];
/// The patient, at the head of every page.
pub fn belongs_to(name: Option<&str>, id: Option<&str>, born: NaiveDate) -> String {
    let name = name.map_or_else(String::new, |name| format!("{name}; "));
    format!("{name}identifier {}; born {}", id.unwrap_or(NOT_RECORDED), date(born))
}

/// What made the page, and when.
pub fn printed(at: DateTime<FixedOffset>) -> String {
    let day = date(at.date_naive());
    let (hour, minute, offset) = (at.hour(), at.minute(), at.offset());
    format!("{TITLE}, osteodose {}, printed {day} at {hour:02}:{minute:02} {offset}", env!("CARGO_PKG_VERSION"))
}

/// The fingerprint of all regimens.
pub fn regimens(digest: &str) -> String {
    format!("Regimens (SHA-256) {digest}")
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
