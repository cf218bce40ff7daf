//! The words of the page for the folder.

use chrono::{DateTime, NaiveDate, Timelike, Utc};

use super::{date, spoken::NOT_RECORDED};
use crate::{export::pdf::Unset, json::printable};

/// The title of the page.
pub const TITLE: &str = "Treatment plan";
/// The mark of a plan that may be followed.
pub const READY: &str = "READY";
/// The mark of a plan that may not.
pub const PROVISIONAL: &str = "PROVISIONAL, NOT TO BE FOLLOWED YET";
/// What stands before the allergies.
pub const ALLERGIES: &str = "ALLERGIES";
/// What stands beside the dose of a normal kidney.
pub const FULL_DOSE: &str = "Full dose";
/// The columns of the dates.
pub const COLUMNS: [&str; 7] = ["Date", "What", "Dose", "Given", "Batch", "Signature", "Second signature"];
/// What is written into the boxes of an open finding.
pub const CONFIRMATION: [&str; 3] = ["Name", "Reason", "Signature"];
/// What is written beside a check.
pub const RESULT: &str = "Result:";
/// What stands where there is nothing to list.
pub const NONE: &str = "None.";

/// Who the page belongs to, at the head of every page.
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

/// Why a character cannot be set.
pub fn unset(place: &str, character: char, why: Unset) -> String {
    let code = u32::from(character);
    let (said, instead) = match why {
        Unset::Missing => ("is not in the font", "give another font with --font FILE"),
        Unset::RightToLeft => ("is written from right to left, which the page cannot set", "write it in other letters"),
        Unset::Unknown => ("is of a script that the page cannot set", "write it in other letters"),
        Unset::Adrift => ("is an accent that the font cannot put on its letter", "give another font with --font FILE"),
    };
    // An accent alone would stand on the quotation mark.
    let shown =
        if why == Unset::Adrift { String::new() } else { format!("\"{}\" ", printable(&character.to_string())) };
    format!("{place}: the character {shown}(U+{code:04X}) {said}; {instead}")
}

/// A text that does not fit on a page.
pub fn too_long(text: &str) -> String {
    format!("\"{}\": this text is too long for a page; shorten it", printable(text))
}

/// A head that would leave no room on its page.
pub const HEAD_TOO_LONG: &str =
    "patient.name, patient.id: with the drug they take more than a third of every page; shorten them";
/// A file that is no font.
pub const NOT_A_FONT: &str = "not a font that can be read (allowed: a TrueType or OpenType file)";
/// A font that must not be embedded.
pub const NOT_EMBEDDABLE: &str = "the licence in this font does not allow it to be embedded in a document";
/// A page that was laid out and not drawn.
pub const NOT_DRAWN: &str = "the page cannot be drawn; this is a fault of the program";
/// A page that would be written to a terminal.
pub const NO_TEXT: &str = "a PDF is no text: give --output FILE";

/// A flag that another form than the page has no use for.
pub fn only_of_the_page(flag: &str) -> String {
    format!("{flag}: only for --format pdf")
}
