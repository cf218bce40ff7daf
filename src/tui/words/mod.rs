//! The words of the full screen: messages, the key bar, headings, questions.

mod export;
mod keys;
#[cfg(feature = "ward")]
mod morning;
mod plan;
mod ward;

use std::path::Path;

use chrono::NaiveDate;
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

#[cfg(feature = "ward")]
pub(super) use self::morning::*;
pub(super) use self::{export::*, keys::*, plan::*, ward::*};
pub(super) use crate::{
    form::words::*,
    words::{frequency, spoken::capital},
};
use crate::{
    form::{Field, Kind, Step},
    words::{date, spoken},
};

/// Said of Esc where nothing is to go back to.
pub(crate) const FIRST_LEVEL: &str =
    "Esc goes back, and this is the first level. Ctrl+Q quits, F9 goes to another screen.";
/// Said at the first row of a step.
pub(crate) const FIRST_ROW: &str = "This is the first row of this step.";
/// Said at the last row of a step.
pub(crate) const LAST_ROW: &str = "This is the last row of this step. Enter goes on.";
/// Said at the end of a list.
pub(crate) const END_OF_LIST: &str = "End of the list.";
/// Said of the way to the screen that is there.
pub(crate) const HERE_ALREADY: &str = "This is that page.";
/// Said at the end of a page.
pub(crate) const END_OF_PAGE: &str = "This is the end of the page.";
/// Said at the top of a page.
pub(crate) const TOP_OF_PAGE: &str = "This is the top of the page.";
/// Said at the end of the fields of a dialog.
pub(crate) const END_OF_FIELDS: &str = "There is no further field here.";
/// Said where a page has no rows.
pub(crate) const NO_ROWS: &str = "Nothing can be marked on this page.";
/// Said at the first page of the plan.
pub(crate) const FIRST_PAGE: &str = "This is the first page.";
/// Said at the last page of the plan.
pub(crate) const LAST_PAGE: &str = "This is the last page.";
/// Said where an entry takes no more letters.
pub(crate) const FULL: &str = "This entry is full: it takes at most 1000 characters.";
/// Said where text is pasted that is typed nowhere.
pub(crate) const PASTE_NOT_HERE: &str = "Nothing can be typed here, so nothing was pasted.";
/// Said where something of a pasted text was not taken.
pub(crate) const PASTE_CUT: &str = "Only the beginning was pasted: an entry takes at most 1000 characters. Check it.";
/// Said where more than one line was pasted.
pub(crate) const PASTE_FIRST_LINE: &str = "Only the first line was pasted. Check it.";
/// Said of a key of text that finds nothing to do.
pub(crate) const NOTHING_THERE: &str = "There is nothing further in this direction.";
/// Said where something of a pasted text cannot be seen.
pub(crate) const PASTE_LEFT_OUT: &str = "Characters that cannot be seen were not pasted. Check the entry.";
/// Said where nothing is offered for a field.
pub(crate) const NOTHING_OFFERED: &str = "Nothing is offered for this field. Type it in.";
/// Said where a list has nothing in it.
pub(crate) const NOTHING_TO_CHOOSE: &str = "nothing to choose";
/// Said where "none of these" would take other marks away.
pub(crate) const MARKS_STAND: &str = "Other marks are set in this list. Remove them first, with their own letters.";
/// Said of a drug that cannot be looked at.
pub(crate) const DRUG_NOT_THERE: &str =
    "No plan can be made for this drug with what is entered; the reason is below it.";
/// Said where nothing can be saved or checked yet.
pub(crate) const NOT_COMPLETE: &str = "Not complete yet: page 1 of the plan lists what is open.";
/// Said where no plan can be printed.
pub(crate) const NOTHING_TO_PRINT: &str = "There is no plan to show yet. Fill in what is missing first.";
/// Said where nothing can be explained.
pub(crate) const NOTHING_COMPUTED: &str = "Nothing is computed yet.";
/// Said where the plan is not saved.
pub(crate) const NEXT_VISIT_NEEDS_SAVING: &str = "Save this plan first (s): the next visit starts from it.";
/// Said where a new patient would take the place of entries that are not saved.
pub(crate) const NEW_NEEDS_SAVING: &str = "Save this plan first (s), or quit and keep the draft.";
/// Said of an empty form.
pub(crate) const NEW_PATIENT_BEGUN: &str = "New patient.";
/// Said where a dialog was left.
pub(crate) const NOTHING_WRITTEN: &str = "Back. Nothing was written.";
/// Said where a question or a page was closed.
pub(crate) const BACK_AGAIN: &str = "Back. Nothing was changed.";
/// Said where the first day was kept.
pub(crate) const DAY_KEPT: &str = "The day is kept.";
/// Said of a letter that acts, where what it acts on cannot be seen.
pub(crate) const TOO_SMALL_TO_ACT: &str =
    "The window is too small to see what this does. Enlarge it; nothing was done.";
/// Said where the settings of the ward make another plan of what was opened or saved.
pub(crate) const WARD_CHANGES_PLAN: &str =
    "The ward settings change this plan: other days or another product than in the file. It is not saved.";
/// Said where nothing was deleted.
pub(crate) const NOTHING_DELETED: &str = "Back. Nothing was deleted.";
/// Said where drafts are left for later.
pub(crate) const DRAFTS_STAY: &str = "New patient. The drafts are kept.";
/// Said of a draft that was deleted.
pub(crate) const DRAFT_DELETED: &str = "The draft was deleted.";
/// Said of Enter in the row that confirms.
pub(crate) const ENTER_DOES_NOT_CONFIRM: &str = "Enter does nothing in this row: c confirms, Esc goes back.";
/// Said of Enter in the row that compares.
pub(crate) const ENTER_DOES_NOT_COMPARE: &str = "Enter does nothing in this row: k compares, Esc leaves.";
/// Said of Enter in the row that saves.
pub(crate) const ENTER_DOES_NOT_SAVE: &str = "Enter does nothing in this row: s saves, Esc goes back.";
/// Said of Enter in the list of exports.
pub(crate) const ENTER_DOES_NOT_EXPORT: &str = "Enter writes nothing. Press the letter of the export.";
/// Said when the second check was left.
pub(crate) const SECOND_CHECK_LEFT: &str = "The second check was left. It counts as it did before.";
/// Said when the second check is whole.
pub(crate) const SECOND_CHECK_DONE: &str = "The second check is complete.";
/// Said where the wheel and clicks no longer reach the form.
pub(crate) const MOUSE_OFF: &str = "Mouse off: text can be selected with it. F9 turns it on again.";
/// Said where they reach it again.
pub(crate) const MOUSE_ON: &str = "Mouse on: the wheel scrolls, a click marks.";
/// Said in the banner while the mouse is off.
pub(crate) const MOUSE_IS_OFF: &str = "mouse off";
/// Said under a field that was left empty.
pub(crate) const MISSING: &str = "Missing: the plan needs it.";
/// Said of a usual field that was passed.
pub(crate) const NOT_ENTERED: &str = "not entered";
/// Said of a name that nobody entered.
pub(crate) const NOT_RECORDED: &str = "not recorded";
/// Said where there is no place of such a name.
pub(crate) const NO_SUCH_PLACE: &str = "No place has these words in its name.";
/// Said of a file that holds another plan.
pub(crate) const ANOTHER_PLAN_STAYS: &str = "It holds another plan or an earlier visit, and is kept.";
/// The names of the columns of entries.
pub(crate) const ENTRY_COLUMNS: [&str; 3] = ["As typed", "Read as", "Before"];

/// What is said above the list of leftovers.
pub(crate) const LEFTOVERS: &str = "These entries of earlier sessions were not saved. Enter continues with the marked ones; n starts a new patient and keeps them for later.";
/// The title of that list.
pub(crate) const LEFTOVERS_TITLE: &str = "Drafts that were not saved";
/// The title of the question on deleting.
pub(crate) const DELETE_TITLE: &str = "Delete a draft";
/// The question on deleting.
pub(crate) const DELETE_ASKS: &str = "Its entries are deleted for good.";
/// The title of the question on old drafts.
pub(crate) const CLEAR_TITLE: &str = "Delete old drafts";
/// The title of the places.
pub(crate) const GO_TO_TITLE: &str = "Go to";
/// The label of what is looked for.
pub(crate) const FIND: &str = "Find: ";
/// Said below the places.
pub(crate) const IT_ONLY_GOES: &str = "Nothing is confirmed, saved or deleted from this list.";
/// The title of the help.
pub(crate) const HELP_TITLE: &str = "Help: the keys of this screen";
/// The title of the question on leaving.
pub(crate) const LEAVE_TITLE: &str = "Quit?";
/// The question on leaving.
pub(crate) const LEAVE_ASKS: &str = "This plan is not saved.";
/// The title of the question on the first day.
pub(crate) const START_TITLE: &str = "The first day";

/// Said where the patient has no name yet.
pub(crate) const NO_NAME: &str = "Patient not named";
/// Said where the patient has no number yet.
pub(crate) const NO_NUMBER: &str = "No number";
/// Said where the date of birth is not known yet.
pub(crate) const NOT_BORN: &str = "date of birth not entered";
/// What the banner says of entries that are in a file.
pub(crate) const SAVED: &str = "saved";
/// What it says of an empty form.
pub(crate) const NEW_PATIENT_STATE: &str = "new patient";
/// What it says of entries in no file.
pub(crate) const NOT_SAVED: &str = "NOT SAVED, draft kept";
/// What it says of entries that are kept nowhere.
pub(crate) const NO_DRAFT_KEPT: &str = "NOT SAVED, NO DRAFT KEPT";
/// Said where a hospital's own file is in use.
pub(crate) const LOCAL_REGIMEN: &str = "LOCAL REGIMEN";
pub(crate) const LOCAL_DRAFT: &str = "LOCAL REGIMEN, DRAFT";
/// The banner of the second check.
pub(crate) const SECOND_CHECK_BANNER: &str = "Second check: the patient is hidden on purpose";

/// Who handed the second check over.
pub(crate) fn hidden_on_purpose(by: &str) -> String {
    let by = if by.is_empty() { String::new() } else { format!("  Entered by {by}.") };
    format!("The first entries stay hidden until you have finished.{by}")
}

/// Said below the drafts where older ones are not shown.
pub(crate) fn more_drafts(count: usize) -> String {
    let drafts = if count == 1 { "1 older draft is".to_owned() } else { format!("{count} older drafts are") };
    format!("{drafts} not shown. o deletes old ones.")
}

/// The question on old drafts.
pub(crate) fn clear_asks(days: u16) -> String {
    format!("Every draft that was last changed more than {days} days ago is deleted for good, shown here or not.")
}

/// Said where what an earlier session left cannot be deleted.
pub(crate) fn draft_not_deleted(why: &str) -> String {
    format!("The draft cannot be deleted: {why}")
}

/// Asks about a file that is there.
pub(crate) fn exists(path: &Path) -> String {
    format!("A file of this name exists: {}", shown(path))
}

/// The birth date with the age in the banner.
pub(crate) fn born(day: NaiveDate, today: NaiveDate) -> String {
    match today.years_since(day) {
        Some(years) => format!("born {} ({years} years)", date(day)),
        None => born_on(day),
    }
}

/// The birth date alone.
pub(crate) fn born_on(day: NaiveDate) -> String {
    format!("born {}", date(day))
}

/// The number in the banner.
pub(crate) fn number(id: &str) -> String {
    format!("No. {id}")
}

/// The allergies in the banner.
pub(crate) fn known_allergies(allergies: &str) -> String {
    format!("Known allergies: {allergies}")
}

/// The weight in the banner.
pub(crate) fn weight(kilograms: &str) -> String {
    format!("Weight {kilograms} kg")
}

/// What is said when the window is too small for anything.
pub(crate) fn too_small(least: (u16, u16), now: (u16, u16)) -> String {
    format!(
        "osteodose needs {} columns and {} lines to be read; this window has {} and {}. Enlarge it: nothing is lost. osteodose --plain asks line by line.",
        least.0, least.1, now.0, now.1
    )
}

/// What is said when the window is too small to enter anything.
pub(crate) fn too_small_to_enter(least: (u16, u16), now: (u16, u16)) -> String {
    format!(
        "To enter something, {} columns and {} lines are needed: this window has {} by {}. Make it larger, or use osteodose --plain. Nothing is lost.",
        least.0, least.1, now.0, now.1
    )
}

/// Said where a sheet is longer than the screen.
pub(crate) fn more_lines(lines: usize) -> String {
    if lines == 1 { "1 more line".to_owned() } else { format!("{lines} more lines") }
}

/// Said of a choice that is open.
pub(crate) fn not_answered(field: Field) -> &'static str {
    if field == Field::Weekdays {
        EVERY_DAY
    } else if field.kind() == Kind::Many || matches!(field, Field::Dental | Field::LastDrug) {
        "[not answered]"
    } else {
        "[not chosen]"
    }
}

/// Said of a question that was not asked before.
pub(crate) const NOT_ASKED_BEFORE: &str = "not asked";
/// Said of a value before, where there is none: "none" beside a plan that was opened, nothing beside a new one.
pub(crate) fn none_before(has_before: bool) -> &'static str {
    if has_before { "none" } else { "" }
}

/// What holds where nothing is chosen.
pub(crate) fn usual(label: &str) -> String {
    format!("{label} (usual)")
}

/// What holds from the ward settings.
pub(crate) fn from_ward(what: &str) -> String {
    format!("{what} (from the ward)")
}

/// What is offered for a field.
pub(crate) fn offered(field: Field, offer: &str, is_today: bool) -> String {
    let day = || crate::quantity::parse_date(offer).map_or_else(|| offer.to_owned(), spoken::day);
    match field.kind() {
        Kind::Date if is_today => format!("t takes today, {}.", day()),
        Kind::Date => format!("Ctrl+T takes {}.", day()),
        _ => format!("Ctrl+T takes {offer}."),
    }
}

/// The name of a person of the ward that Enter takes.
pub(crate) fn takes_name(name: &str) -> String {
    format!("Enter takes: {name}")
}

/// Said where no choice has a letter.
pub(crate) fn no_choice(letter: char) -> String {
    format!("No choice has the letter {}. Nothing was changed.", letter.escape_default())
}

/// Said of a key that does nothing.
pub(crate) fn no_key(key: KeyEvent) -> String {
    let name = match key.code {
        KeyCode::Char(' ') => "Space".to_owned(),
        KeyCode::Char(letter) if letter.is_control() => "This".to_owned(),
        KeyCode::Char(letter) if key.modifiers.contains(KeyModifiers::CONTROL) => {
            format!("Ctrl+{}", letter.to_ascii_uppercase())
        }
        KeyCode::Char(letter) if key.modifiers.contains(KeyModifiers::ALT) => format!("Alt+{letter}"),
        KeyCode::Char(letter) => letter.to_string(),
        KeyCode::F(number) => format!("F{number}"),
        KeyCode::Enter => "Enter".to_owned(),
        KeyCode::Tab => "Tab".to_owned(),
        KeyCode::BackTab => "Shift+Tab".to_owned(),
        KeyCode::Left => "Left".to_owned(),
        KeyCode::Right => "Right".to_owned(),
        KeyCode::Up => "Up".to_owned(),
        KeyCode::Down => "Down".to_owned(),
        KeyCode::Home => "Home".to_owned(),
        KeyCode::End => "End".to_owned(),
        KeyCode::PageUp => "PgUp".to_owned(),
        KeyCode::PageDown => "PgDn".to_owned(),
        KeyCode::Backspace => "Backspace".to_owned(),
        KeyCode::Delete => "Delete".to_owned(),
        KeyCode::Insert => "Insert".to_owned(),
        KeyCode::Esc => "Esc".to_owned(),
        _ => "This".to_owned(),
    };
    format!("{name} is no key of this screen. The keys below are, and F1 lists them all.")
}

/// Where the first open entry is, where nothing can be explained.
pub(crate) fn nothing_computed(step: Step, field: Field) -> String {
    format!("{NOTHING_COMPUTED} The next: {}, {}.", step_name(step), field.label())
}

/// Said where a plan is not complete: how much is open, and the first of it.
pub(crate) fn not_complete(count: usize, first: Option<(Step, Field)>) -> String {
    match first {
        Some((step, field)) => {
            format!("Not complete yet: {} open, the first in {}: {}.", entries(count), step_name(step), field.label())
        }
        None => NOT_COMPLETE.to_owned(),
    }
}

fn entries(count: usize) -> String {
    if count == 1 { "1 entry is".to_owned() } else { format!("{count} entries are") }
}

/// The number and the name of a step.
pub(crate) fn step_name(of: Step) -> String {
    format!("{} {}", of.index() + 1, step(of))
}

/// The question on the first day.
pub(crate) fn closed_on(start: NaiveDate, open: NaiveDate) -> String {
    format!("The clinic is closed on {}. Start {} instead?", spoken::day(start), spoken::day(open))
}

/// Said of another first day.
pub(crate) fn starts_on(day: NaiveDate) -> String {
    format!("The first day is {}.", spoken::day(day))
}

/// A day with its weekday.
pub(crate) fn day(day: NaiveDate) -> String {
    spoken::day(day)
}
