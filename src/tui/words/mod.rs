//! The words of the full screen: keys, messages, headings, and the help.

mod export;
mod keys;
mod plan;

use std::path::Path;

use chrono::NaiveDate;

pub(super) use self::{export::*, keys::*, plan::*};
pub(super) use crate::{form::words::*, words::frequency};
use crate::{
    form::{Field, Kind},
    words::{date, spoken},
};

/// Said at the last step.
pub(crate) const LAST_STEP: &str = "This is the last step. PgUp goes back, Esc opens the menu.";
/// Said at the first step.
pub(crate) const FIRST_STEP: &str = "This is the first field. Tab moves on, Esc opens the menu.";
/// Said of a key that does nothing in the menu.
pub(crate) const MENU_KEYS: &str = "Press one of the listed keys, or Esc to go back.";
/// Said of a key that does nothing at a stop.
pub(crate) const STEP_KEYS: &str = "That key does nothing here. Arrows and Tab move, w explains, Esc opens the menu.";
/// Said of a key that does nothing in the question on leaving.
pub(crate) const LEAVE_KEYS: &str = "Press s, k, d or Esc.";
/// Said of a key that does nothing in the list of leftovers.
pub(crate) const LEFTOVER_KEYS: &str = "Press Enter to continue with it, n for a new patient, or d to delete it.";
/// Said before a leftover is deleted.
pub(crate) const DELETE_AGAIN: &str = "This deletes the marked entry permanently. Press d again to delete it.";
/// Said where "none of these" would take other marks away.
pub(crate) const MARKS_STAND: &str = "Other marks are set in this list. Remove them first, with Space on each.";
/// Said of a key that does nothing in the list of reasons.
pub(crate) const WHY_KEYS: &str = "Up and Down choose, Right and Left scroll the text, Esc goes back.";
/// Said of a key that does nothing while a file name is typed.
pub(crate) const SAVE_KEYS: &str = "Type the name of the file. Enter writes it, Esc goes back.";
/// Said of a key that does nothing in the question on replacing.
pub(crate) const REPLACE_KEYS: &str = "Press r to replace the file, or Esc for another name.";
/// Said where a file name is empty.
pub(crate) const SAVE_NEEDS_A_NAME: &str = "Type a file name first.";
/// Said where nothing can be saved or checked yet.
pub(crate) const NOT_COMPLETE: &str = "Not complete yet: what is missing or wrong is marked with ! in each step.";
/// Said where there is no plan to ask about.
pub(crate) const WHY_NEEDS_A_PLAN: &str = "There is no plan to explain yet. Fill in what is missing first.";
/// Said where nothing is offered for a field.
pub(crate) const NOTHING_OFFERED: &str = "Nothing is offered for this field. Type it in.";
/// Said where a list has nothing in it.
pub(crate) const NOTHING_TO_CHOOSE: &str = "nothing to choose";
/// Said of a drug that cannot be looked at.
pub(crate) const DRUG_NOT_THERE: &str =
    "No plan can be made for this drug with what is entered; the reason is below it.";
/// Said where text is pasted that is typed nowhere.
pub(crate) const PASTE_NOT_HERE: &str = "Nothing can be typed here, so nothing was pasted.";
/// Said where something of a pasted text does not fit.
pub(crate) const PASTE_LEFT_OUT: &str = "Only the part that fits this field was pasted. Please check it.";
/// Said where no plan can be printed.
pub(crate) const NOTHING_TO_PRINT: &str = "There is no plan to show yet. Fill in what is missing first.";
/// Said where the plan is not saved.
pub(crate) const NEXT_VISIT_NEEDS_SAVING: &str = "Save this plan first (Ctrl+S): the next visit starts from it.";
/// Said during the second check.
pub(crate) const SECOND_CHECK_FIRST: &str = "Finish the second check first: Enter on the last field, or Esc.";
/// Said where the second check cannot be read.
pub(crate) const SECOND_CHECK_WRONG: &str = "This cannot be read. Correct it, or empty the field and press Esc.";
/// What the second check asks.
pub(crate) const SECOND_CHECK: &str = "Second check. A second person enters these figures from the patient's record. The first entries are hidden on purpose.";
/// The question of saving.
pub(crate) const SAVE_QUESTION: &str = "Save the plan. Name of the file:";
/// What is said above the list of leftovers.
pub(crate) const LEFTOVERS: &str = "Entries from an earlier session were not saved. Enter continues with them, n starts a new patient (they are kept for later), d deletes them.";
/// Heading of the plan so far.
pub(crate) const PLAN_SO_FAR: &str = "Plan so far (F2: why)";
/// Label of the clearance.
pub(crate) const CLEARANCE: &str = "Clearance";
/// Label of the calcium.
pub(crate) const CALCIUM: &str = "Calcium";
/// Label of the dose.
pub(crate) const DOSE: &str = "Dose";
/// Label of the findings.
pub(crate) const FINDINGS: &str = "Findings";
/// Heading of what a stopped plan was made from.
pub(crate) const FIGURES: &str = "Based on";
/// Heading of the dose card.
pub(crate) const DOSE_CARD: &str = "Dose card";
/// Heading of the dates.
pub(crate) const DATES: &str = "Dates";
/// Heading of the directions.
pub(crate) const DIRECTIONS: &str = "Directions";
/// Heading of what is to be done.
pub(crate) const TO_DO: &str = "To finish";
/// Said of a confirmation whose finding has changed.
pub(crate) const CHANGED_SINCE: &str =
    "This was confirmed for other figures. To confirm again, type the name or the reason again.";
/// Said where a list is longer than the screen.
pub(crate) const MORE_WITH_WHY: &str = "More: F2 lists everything.";
/// Said where there are no dates.
pub(crate) const NO_DATES_YET: &str = "No dates yet: something is missing or wrong.";
/// A list of safety without an answer.
pub(crate) const NOT_ANSWERED: &str = "not answered yet";
/// Said where a hospital's own file is in use.
pub(crate) const LOCAL_REGIMEN: &str = "LOCAL REGIMEN  ";
/// Said of a number that was not read in a source.
pub(crate) const UNVERIFIED: &str = "Unverified: not read in an authoritative source. Check it against your label.";
/// Heads of the comparison.
pub(crate) const DRUG_COLUMNS: [&str; 5] = ["Drug", "Dose", "Min.", "Visits", "Doses"];

/// Said where what an earlier session left cannot be deleted.
pub(crate) fn draft_not_deleted(why: &str) -> String {
    format!("The draft cannot be deleted: {why}")
}

/// Said of a file that is not replaced, where another name is offered.
pub(crate) fn file_stays(path: &Path) -> String {
    let name = path.file_name().map_or(path, Path::new);
    format!("{} exists and is kept. Enter takes the name above.", shown(name))
}

/// Asks about a file that is there.
pub(crate) fn exists(path: &Path) -> String {
    format!("A file of this name exists: {}. Replace it?", shown(path))
}

/// The file in the title.
pub(crate) fn in_file(path: &Path) -> String {
    format!("saved in {}", shown(path))
}

/// Said in the title where entries are in no file, and whether they are kept for a next start.
pub(crate) fn not_in_file(kept: bool) -> &'static str {
    if kept { "not saved (draft kept)" } else { "not saved, NO DRAFT KEPT" }
}

/// The birth date in the title.
pub(crate) fn born(day: NaiveDate) -> String {
    format!("born {}", date(day))
}

/// What is said when the window is too small.
pub(crate) fn too_small(least: (u16, u16), now: (u16, u16)) -> String {
    format!(
        "osteodose needs {} columns and {} lines; this window has {} and {}. Enlarge it: nothing is lost. osteodose --plain asks line by line.",
        least.0, least.1, now.0, now.1
    )
}

/// Said where a field that is needed was left empty.
pub(crate) fn still_missing(field: Field) -> String {
    format!("Missing. {}", field.help())
}

/// Said where a sheet is longer than the screen.
pub(crate) fn more_lines(lines: usize) -> String {
    if lines == 1 { "1 more line".to_owned() } else { format!("{lines} more lines") }
}

/// What is offered for a field.
pub(crate) fn offered(field: Field, offer: &str) -> String {
    match field.kind() {
        Kind::Date => {
            let day = crate::quantity::parse_date(offer).map_or_else(|| offer.to_owned(), spoken::day);
            let what = if matches!(field, Field::LabDate | Field::StartDate) { "today, " } else { "" };
            format!("t takes {what}{day}.")
        }
        _ => format!("Ctrl+T takes {offer}."),
    }
}

/// Said when a number was cleared with its unit.
pub(crate) fn number_cleared(unit: &str) -> String {
    format!("The number was cleared: it was in the other unit. Enter it in {unit}.")
}

/// Said where no choice begins with a letter.
pub(crate) fn no_choice_begins_with(letter: char) -> String {
    format!("No choice begins with {}. Left and Right choose.", letter.escape_default())
}

/// What may be wrong with the kind of field when a key does nothing in it.
pub(crate) fn wrong_key(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "That key does nothing here. Type letters and digits; Tab moves on.",
        Kind::Date | Kind::Dates => "Type a date, such as 1.12.2026. Tab moves on.",
        Kind::Number(_) => "Type digits, and a comma or a point. Tab moves on.",
        Kind::Measured => "Type digits, and a comma or a point. Space changes the unit.",
        Kind::One => "Choose with Left and Right, or the first letter. Tab moves on.",
        Kind::Many => "Move with the arrows or a first letter, mark with Space. Tab moves on.",
    }
}
