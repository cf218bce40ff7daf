//! The words of the list of exports, and of saving.

use std::path::Path;

#[cfg(feature = "pdf")]
use crate::export::pdf::Unset;
use crate::{export::Refused, form::words::shown, words::spoken::capital};

/// The title of the list.
pub(crate) const EXPORT_TITLE: &str = "Export and print";
/// Said below it.
pub(crate) const EXPORT_IS_NO_PLAN: &str =
    "An export is not a saved plan and cannot be opened again. A plan that is not ready is marked PROVISIONAL in each.";
/// Which forms name the patient.
pub(crate) const WHO_IS_NAMED: &str =
    "Calendar, table and FHIR bundle contain the patient's number and no name. The others contain the name.";
/// The badge of a plan that cannot be exported.
pub(crate) const CANNOT_BE_WRITTEN: &str = "CANNOT";
/// The heading of what people read.
pub(crate) const FOR_PEOPLE: &str = "For people";
/// The heading of what programs read.
pub(crate) const FOR_PROGRAMS: &str = "For other programs";
/// The question of saving.
pub(crate) const SAVE_QUESTION: &str = "Save the plan under another name";
/// Said below the name of a file.
pub(crate) const S_SAVES: &str = "Enter goes to the last row, where s saves.";
/// Said where a file name is empty.
pub(crate) const SAVE_NEEDS_A_NAME: &str = "Type a file name first.";
/// The title of the question on a file that is there.
pub(crate) const EXISTS_TITLE: &str = "The name is taken";

/// A form by its key: its name, how its file ends, and what it is for.
pub(crate) fn export_form(key: char) -> [&'static str; 3] {
    match key {
        'a' => ["printed page, A4", "PDF", "to sign and file; names the patient"],
        'l' => ["printed page, US Letter", "PDF", "the same on US paper"],
        't' => ["text", ".txt", "to paste into the record"],
        'c' => ["calendar", ".ics", "a day for each dose and each check"],
        's' => ["table", ".csv", "for a spreadsheet"],
        _ => ["record system", ".json", "FHIR R4 bundle"],
    }
}

/// Asks for the name of the file.
pub(crate) fn export_question(form: &str) -> String {
    format!("Export as {form} under another name")
}

/// Where the marked export is written.
pub(crate) fn goes_to(path: &Path) -> String {
    format!("Goes to {}", shown(path))
}

/// Saves under the next name.
pub(crate) fn save_beside(path: &Path, is_plan: bool) -> String {
    let name = path.file_name().map_or(path, Path::new);
    format!("{} as {}", if is_plan { "save" } else { "write" }, shown(name))
}

/// Why an export is not possible, in the words of the form.
pub(crate) fn not_exported(why: &Refused) -> String {
    match why {
        Refused::NoIdentifier => "The number is missing (1 Patient). A calendar needs it, because a calendar program \
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
