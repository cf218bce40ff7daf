//! The words of the form for handing a plan on in another form.

use std::path::Path;

use super::{screen::shown, spoken::capital};
use crate::export::Refused;
#[cfg(feature = "pdf")]
use crate::export::pdf::Unset;

/// What stands before the forms.
pub const HAND_ON: &str =
    "Hand the plan on in another form. That does not save it: only the JSON file can be opened again.";
/// Which forms name the patient.
pub const WHO_IS_NAMED: &str =
    "Calendar, table and FHIR bundle hold the identifier of the patient and no name. The others name the patient.";
/// Said of a key that does nothing in the list of forms.
pub const HAND_ON_KEYS: &str = "Press one of the letters that are listed, or Esc to go back.";
/// The keys of the list of forms.
pub const KEYS_OF_HAND_ON: [(&str, &str); 3] = [("Up Down", "choose"), ("Enter", "take"), ("Esc", "back")];
/// The keys of the name of the file of another form.
pub const KEYS_OF_WRITE: [(&str, &str); 2] = [("Enter", "write the file"), ("Esc", "back")];

/// A form by its key: what it is, and what for.
pub fn handed_on_form(key: char) -> (&'static str, &'static str) {
    match key {
        'p' => ("page for the folder, A4 (.pdf)", "to print and sign"),
        'l' => ("page for the folder, Letter (.pdf)", "the same on US paper"),
        'c' => ("calendar (.ics)", "a day for each dose and each check"),
        'r' => ("text (.txt)", "to paste into the record"),
        's' => ("table (.csv)", "for a spreadsheet"),
        _ => ("FHIR bundle (.fhir.json)", "for the record system"),
    }
}

/// Asks for the name of the file.
pub fn hand_on_question(form: &str) -> String {
    format!("Hand on as {form}. Name of the file:")
}

/// Why a plan is not handed on, in the words of the form.
pub fn not_handed_on(why: &Refused) -> String {
    match why {
        Refused::NoIdentifier => "The identifier is missing (step 1). A calendar needs it, because a calendar program \
                                  tells the events of two patients apart by it alone."
            .to_owned(),
        #[cfg(feature = "pdf")]
        Refused::Character { why: Unset::Missing | Unset::Adrift, .. } => {
            format!("{why}. The form has no other font: save the plan, and use osteodose export.")
        }
        Refused::Stopped(_) => capital(&why.to_string()),
        _ => why.to_string(),
    }
}

/// Said of a file in another form.
pub fn handed_on(path: &Path, provisional: bool) -> String {
    let mark = if provisional { "Marked PROVISIONAL. " } else { "" };
    format!("{mark}Written: {}", shown(path))
}

/// Said of a file in another form that was not written.
pub fn not_written(path: &Path, why: &str) -> String {
    format!("Not written: {why} ({})", shown(path))
}
