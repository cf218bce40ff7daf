//! The words of the form for exports.

use std::path::Path;

#[cfg(feature = "pdf")]
use crate::export::pdf::Unset;
use crate::{export::Refused, form::words::shown, words::spoken::capital};

/// What is said above the list of exports.
pub(crate) const EXPORT: &str = "Export the plan. An export is not a saved plan and cannot be opened again.";
/// Which forms name the patient.
pub(crate) const WHO_IS_NAMED: &str =
    "Calendar, table and FHIR bundle contain the patient's identifier and no name. The others contain the name.";
/// Said of a key that does nothing in the list of forms.
pub(crate) const EXPORT_KEYS: &str = "Press one of the listed letters, or Esc to go back.";
/// The keys of the list of forms.
pub(crate) const KEYS_OF_EXPORT: [(&str, &str); 3] = [("Up Down", "choose"), ("Enter", "take"), ("Esc", "back")];
/// The keys of the name of the file of another form.
pub(crate) const KEYS_OF_WRITE: [(&str, &str); 2] = [("Enter", "write the file"), ("Esc", "back")];

/// A form by its key: what it is, and what for.
pub(crate) fn export_form(key: char) -> (&'static str, &'static str) {
    match key {
        'p' => ("printed page, A4 (.pdf)", "to sign and file"),
        'l' => ("printed page, Letter (.pdf)", "the same on US paper"),
        'c' => ("calendar (.ics)", "a day for each dose and each check"),
        'r' => ("text (.txt)", "to paste into the record"),
        's' => ("table (.csv)", "for a spreadsheet"),
        _ => ("FHIR bundle (.fhir.json)", "for the record system"),
    }
}

/// Asks for the name of the file.
pub(crate) fn export_question(form: &str) -> String {
    format!("Export as {form}. Name of the file:")
}

/// Why an export is not possible, in the words of the form.
pub(crate) fn not_exported(why: &Refused) -> String {
    match why {
        Refused::NoIdentifier => "The identifier is missing (step 1). A calendar needs it, because a calendar program \
                                  distinguishes the events of two patients by it alone."
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
pub(crate) fn exported(path: &Path, provisional: bool) -> String {
    let mark = if provisional { "Marked PROVISIONAL. " } else { "" };
    format!("{mark}Exported: {}", shown(path))
}

/// Said of a file in another form that was not written.
pub(crate) fn not_written(path: &Path, why: &str) -> String {
    format!("Not exported: {why} ({})", shown(path))
}
