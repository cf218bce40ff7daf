//! The words of the full screen: keys, messages, headings, and the help.

use std::path::Path;

use chrono::NaiveDate;

use super::{date, spoken::capital};
use crate::{
    dosing::Preview,
    form::{Field, Kind, Step},
    plan::{Plan, PlanStatus, SecondCheckResult},
    present::{Cited, Offer},
    quantity::Mass,
    regimen::Severity,
};

/// A key and what it does.
type Key = (&'static str, &'static str);

/// Said at the last step.
pub const LAST_STEP: &str = "This is the last step. PgUp goes back, Esc opens the menu.";
/// Said at the first step.
pub const FIRST_STEP: &str = "This is the first field. Tab goes on, Esc opens the menu.";
/// Said of a key that does nothing in the menu.
pub const MENU_KEYS: &str = "Press one of the keys that are listed, or Esc to go back.";
/// Said of a key that does nothing at a stop.
pub const STEP_KEYS: &str = "That key does nothing here. Arrows and Tab move, w says why, Esc opens the menu.";
/// Said of a key that does nothing in the question on leaving.
pub const LEAVE_KEYS: &str = "Press s, k, d or Esc.";
/// Said of a key that does nothing in the list of leftovers.
pub const LEFTOVER_KEYS: &str = "Press Enter to go on with it, n for a new patient, or d to delete it.";
/// Said before a leftover is deleted.
pub const DELETE_AGAIN: &str = "This deletes the marked entry for good. Press d again to delete it.";
/// Said where "none of these" would take other marks away.
pub const MARKS_STAND: &str = "Other marks stand in this list. Take them off first, with Space on each.";
/// Said of a key that does nothing in the list of reasons.
pub const WHY_KEYS: &str = "Up and Down choose, Right and Left scroll the text, Esc goes back.";
/// Said of a key that does nothing while a file name is typed.
pub const SAVE_KEYS: &str = "Type the name of the file. Enter writes it, Esc goes back.";
/// Said of a key that does nothing in the question on replacing.
pub const REPLACE_KEYS: &str = "Press r to replace the file, or Esc for another name.";
/// Said where a file name is empty.
pub const SAVE_NEEDS_A_NAME: &str = "Type the name of a file first.";
/// Said where nothing can be saved or checked yet.
pub const NOT_COMPLETE: &str = "Not complete yet: what is missing or wrong is marked with ! in each step.";
/// Said where there is no plan to ask about.
pub const WHY_NEEDS_A_PLAN: &str = "There is no plan yet to ask about. Fill in what is missing first.";
/// Said where nothing is offered for a field.
pub const NOTHING_OFFERED: &str = "Nothing is offered for this field. Type it in.";
/// Said where a list has nothing in it.
pub const NOTHING_TO_CHOOSE: &str = "nothing to choose";
/// Said of a drug that cannot be looked at.
pub const DRUG_NOT_THERE: &str = "There is no plan for this drug with what is entered; the reason stands beside it.";
/// Said where text is pasted that is typed nowhere.
pub const PASTE_NOT_HERE: &str = "Nothing is typed here, so that nothing was pasted.";
/// Said where something of a pasted text does not fit.
pub const PASTE_LEFT_OUT: &str = "Only what fits this field was pasted. Please read it again.";
/// Said where no plan can be printed.
pub const NOTHING_TO_PRINT: &str = "There is no plan yet to print. Fill in what is missing first.";
/// Said when a next visit begins.
pub const NEXT_VISIT: &str = "Next visit: check the dates of the course; weight, labs, safety are asked anew.";
/// Said where there is no plan to go on from.
pub const NEXT_VISIT_NEEDS_A_PLAN: &str = "A next visit begins from a finished plan.";
/// Said where the plan is not saved.
pub const NEXT_VISIT_NEEDS_SAVING: &str = "Save this plan first (Ctrl+S): the next visit begins with it.";
/// Said where no dose lies behind.
pub const NEXT_VISIT_NEEDS_A_DOSE: &str = "No dose of this plan lies behind yet, so that there is no next visit.";
/// Said during the second check.
pub const SECOND_CHECK_FIRST: &str = "Finish the second check first: Enter on the last field, or Esc.";
/// Said where the second check cannot be read.
pub const SECOND_CHECK_WRONG: &str = "This cannot be read yet. Mend it, or empty the field and press Esc.";
/// What the second check asks.
pub const SECOND_CHECK: &str = "Second check. A second person enters these figures from the patient's papers. The first entries are hidden on purpose.";
/// The question of saving.
pub const SAVE_QUESTION: &str = "Save the plan as a JSON file. Name of the file:";
/// What stands before leftovers.
pub const LEFTOVERS: &str = "Something was entered before and not saved. Enter goes on with it, n begins anew (it stays for later), d deletes it.";
/// The verdict while there is no plan.
pub const NOT_YET: &str = "NOT YET";
/// The verdict on a drug.
pub const CAN_BE_GIVEN: &str = "CAN";
/// The verdict on a drug with something to confirm.
pub const CONFIRM: &str = "CONFIRM";
/// The verdict on a drug that is refused.
pub const CANNOT: &str = "CANNOT";
/// Heading of the answer.
pub const ANSWER: &str = "Answer so far (F2 says why)";
/// Label of the clearance.
pub const CLEARANCE: &str = "Clearance";
/// Label of the calcium.
pub const CALCIUM: &str = "Calcium";
/// Label of the dose.
pub const DOSE: &str = "Dose";
/// Label of the findings.
pub const FINDINGS: &str = "Findings";
/// Heading of the dose card.
pub const DOSE_CARD: &str = "Dose card";
/// Heading of the dates.
pub const DATES: &str = "Dates";
/// Heading of the directions.
pub const DIRECTIONS: &str = "Directions";
/// Heading of what is to be done.
pub const TO_DO: &str = "To finish";
/// Said of a confirmation whose finding has changed.
pub const CHANGED_SINCE: &str =
    "The finding has changed since it was confirmed. Confirm again: type the name or the reason anew.";
/// Said where a list is longer than the screen.
pub const MORE_WITH_WHY: &str = "More: F2 lists everything.";
/// Said where there are no dates.
pub const NO_DATES_YET: &str = "No dates yet: something is missing or wrong.";
/// A list of safety without an answer.
pub const NOT_ANSWERED: &str = "not answered yet";
/// A clinic without weekdays.
pub const EVERY_DAY: &str = "every day";
/// Said where a hospital's own file is in use.
pub const LOCAL_REGIMEN: &str = "LOCAL REGIMEN  ";
/// Said of a number that was not read in a source.
pub const UNVERIFIED: &str = "Unverified: not read in a source that settles it. Check it against your label.";
/// Heads of the comparison.
pub const DRUG_COLUMNS: [&str; 5] = ["Drug", "Dose", "Min.", "Visits", "Doses"];

/// The keys of the help.
pub const KEYS_OF_HELP: [Key; 1] = [("any key", "back")];
/// The keys of the menu.
pub const KEYS_OF_MENU: [Key; 2] = [("1-7 s x w c n p q ?", "as listed"), ("Esc", "back")];
/// The keys of the list of reasons.
pub const KEYS_OF_WHY: [Key; 4] =
    [("Up Down", "choose"), ("PgUp PgDn", "faster"), ("Right Left", "scroll the text"), ("Esc", "back")];
/// The keys of saving.
pub const KEYS_OF_SAVE: [Key; 2] = [("Enter", "save"), ("Esc", "back")];
/// The keys of replacing.
pub const KEYS_OF_REPLACE: [Key; 2] = [("r", "replace the file"), ("Esc", "another name")];
/// The keys of leaving.
pub const KEYS_OF_LEAVE: [Key; 4] = [("s", "save first"), ("k", "leave"), ("d", "delete and leave"), ("Esc", "stay")];
/// The keys of leftovers.
pub const KEYS_OF_LEFTOVERS: [Key; 4] =
    [("Up Down", "choose"), ("Enter", "go on with it"), ("n", "begin anew"), ("d", "delete it")];

/// The keys of a step, by what is in hand and whether something is offered for it.
pub fn keys_of_a_step(kind: Option<Kind>, step: Step, offered: bool) -> Vec<Key> {
    let own: &[Key] = match (kind, step) {
        (Some(Kind::Measured), _) => &[("Space", "unit")],
        (Some(Kind::One), _) => &[("Arrows", "choose")],
        (Some(Kind::Many), _) => &[("Space", "mark")],
        (Some(Kind::Date), _) if offered => &[("t", "take offer")],
        (None, Step::Drug) => &[("Enter", "take")],
        (Some(_) | None, _) => &[],
    };
    let common = [("Tab Shift+Tab", "move"), ("PgUp PgDn", "step"), ("F2", "why"), ("F1", "help"), ("Esc", "menu")];
    own.iter().copied().chain(common).collect()
}

/// The keys of the second check.
pub fn keys_of_second_check(kind: Option<Kind>) -> Vec<Key> {
    let unit = matches!(kind, Some(Kind::Measured)).then_some(("Space", "unit"));
    unit.into_iter().chain([("Enter", "next"), ("Shift+Tab", "back"), ("Esc", "finish")]).collect()
}

/// The menu.
pub fn menu() -> Vec<String> {
    let steps: Vec<String> =
        (1..).zip(Step::ALL).map(|(number, it)| format!("{number} {}", super::step(*it))).collect();
    let lines = [
        String::new(),
        format!("Go to: {}", steps.join("   ")),
        String::new(),
        "s  save the plan as a JSON file (Ctrl+S anywhere)".to_owned(),
        "x  hand on in another form: page for the folder, calendar, text, table".to_owned(),
        "w  why: where each number comes from (F2 anywhere)".to_owned(),
        "c  second check by a second person".to_owned(),
        "n  next visit of this patient".to_owned(),
        "p  leave, and print the plan as text for the record".to_owned(),
        "q  leave (Ctrl+Q anywhere)".to_owned(),
        "?  help: all keys (F1 anywhere)".to_owned(),
        String::new(),
        "Esc  back to the form".to_owned(),
    ];
    lines.to_vec()
}

/// The help.
pub fn help() -> Vec<String> {
    [
        "Moving",
        "  Tab, Enter, Down     next field          Shift+Tab, Up       field before",
        "  PgDn                 next step           PgUp                step before",
        "  Esc then 1 to 7      any step            Ctrl+S              save",
        "  Esc then x           hand the plan on in another form",
        "Filling in",
        "  Space                the other unit, the next choice, or a mark [x]",
        "  Left, Right          choose; a first letter chooses too",
        "  t, or Ctrl+T         take what is offered, such as today's date",
        "  68,5 and 68.5 are the same. Dates: 2026-12-01, 1.12.2026 or 1 Dec 2026.",
        "Reading",
        "  F2, or w             why: formula, band, sources, disagreements",
        "  >  in hand   !  wrong or missing   ?  unusual   (*) [x]  chosen",
        "  STOP cannot be given. CONFIRM needs a name and a reason. NOTE is for reading.",
        "Nothing is lost: what you type is kept at once, also if the line breaks.",
        "Ctrl+Q leaves, Ctrl+Z suspends, Ctrl+L draws the screen anew.",
        "Decision support for trained staff, who stay responsible.",
    ]
    .map(str::to_owned)
    .to_vec()
}

/// The question on leaving.
pub fn leave(kept: bool) -> Vec<String> {
    let keep = if kept {
        "k    leave, and keep what is entered: it is offered at the next start"
    } else {
        "k    leave; what is entered could NOT be kept, and is lost"
    };
    [
        "",
        "Leave? This plan is not saved.",
        "",
        "s    save it first",
        keep,
        "d    leave, and delete what is entered",
        "Esc  stay",
    ]
    .map(str::to_owned)
    .to_vec()
}

/// What can be done on the review: name and what it does.
pub fn action(key: char) -> (&'static str, &'static str) {
    match key {
        'c' => ("second check", "a second person enters the figures again"),
        's' => ("save", "the plan as a JSON file"),
        'x' => ("hand on", "in another form: page for the folder, calendar, text, table"),
        'p' => ("print", "leave, and put the plan as text on the screen"),
        _ => ("next visit", "same patient, new values, course under way"),
    }
}

/// Said of a saved file.
pub fn saved(path: &Path) -> String {
    format!("Saved: {}", shown(path))
}

/// Said of a file that was not saved.
pub fn not_saved(path: &Path, why: &str) -> String {
    format!("Not saved: {why} ({})", shown(path))
}

/// Said where drafts cannot be kept.
pub fn draft_not_kept(why: &str) -> String {
    format!("What you type is NOT kept in case of a crash: {why}")
}

/// Said where what an earlier session left cannot be deleted.
pub fn draft_not_deleted(why: &str) -> String {
    format!("The draft cannot be deleted: {why}")
}

/// Asks about a file that is there.
pub fn exists(path: &Path) -> String {
    format!("A file of this name is there: {}. Replace it?", shown(path))
}

/// The file in the title.
pub fn in_file(path: &Path) -> String {
    format!("saved in {}", shown(path))
}

pub(super) fn shown(path: &Path) -> String {
    path.to_string_lossy().chars().map(|c| if c.is_control() { '?' } else { c }).collect()
}

/// Said in the title where entries are in no file, and whether they are kept for a next start.
pub fn not_in_file(kept: bool) -> &'static str {
    if kept { "not saved (draft kept)" } else { "not saved, NO DRAFT KEPT" }
}

/// The birth date in the title.
pub fn born(day: NaiveDate) -> String {
    format!("born {}", date(day))
}

/// What is said when the window is too small.
pub fn too_small(least: (u16, u16), now: (u16, u16)) -> String {
    format!(
        "osteodose needs {} columns and {} lines; this window has {} and {}. Make it larger: nothing is lost. osteodose --plain asks line by line.",
        least.0, least.1, now.0, now.1
    )
}

/// What a plan's status means, after its word.
pub fn verdict(plan: &Plan) -> String {
    let differs = plan.second_check() == SecondCheckResult::Differs;
    let open = plan.open_findings().count();
    match plan.status() {
        PlanStatus::Ready => "Nothing stands open.".to_owned(),
        PlanStatus::NeedsConfirmation => {
            let to_confirm = match open {
                0 => String::new(),
                1 => "1 finding to confirm by name and reason. ".to_owned(),
                _ => format!("{open} findings to confirm by name and reason. "),
            };
            let differs = if differs { "The second check differs. " } else { "" };
            format!("{to_confirm}{differs}Provisional until then.")
        }
        PlanStatus::Stopped => {
            let mut stops = plan.findings().iter().filter(|it| it.severity == Severity::Stop);
            let first = stops.next().map_or_else(String::new, ToString::to_string);
            match stops.count() {
                0 => first,
                others => format!("{first} And {others} more."),
            }
        }
    }
}

/// A plan's status in a word.
pub fn status_word(status: PlanStatus) -> &'static str {
    match status {
        PlanStatus::Ready => "READY",
        PlanStatus::NeedsConfirmation => "CONFIRM",
        PlanStatus::Stopped => "STOP",
    }
}

/// A severity in a word.
pub fn severity(severity: Severity, confirmed: bool) -> &'static str {
    match severity {
        Severity::Stop => "STOP",
        Severity::Confirm if confirmed => "CONFIRMED",
        Severity::Confirm => "CONFIRM",
        Severity::Note => "NOTE",
    }
}

/// What is missing, the first few by name.
pub fn missing(labels: &[&str]) -> String {
    format!("Still missing: {}.", some_of(labels))
}

/// What is wrong, the first few by name.
pub fn please_check(labels: &[&str]) -> String {
    format!("Please check: {}.", some_of(labels))
}

/// Said where drugs cannot be compared yet.
pub fn not_compared_yet(labels: &[&str]) -> String {
    format!("The drugs are compared here once the steps before are filled in. Still open: {}.", some_of(labels))
}

fn some_of(labels: &[&str]) -> String {
    const MOST: usize = 6;
    let named = labels.iter().take(MOST).copied().collect::<Vec<_>>().join(", ");
    let others = labels.len().saturating_sub(MOST);
    if others == 0 { named } else { format!("{named} and {others} more") }
}

/// Said where a field that is needed was left empty.
pub fn still_missing(field: Field) -> String {
    format!("Missing. {}", field.help())
}

/// Said where a sheet goes on.
pub fn more_lines(lines: usize) -> String {
    if lines == 1 { "1 more line".to_owned() } else { format!("{lines} more lines") }
}

/// How many findings there are.
pub fn found(stop: usize, confirm: usize, note: usize) -> String {
    format!("{stop} STOP, {confirm} CONFIRM, {note} NOTE")
}

/// The clearance with its working, from what is entered so far.
pub fn clearance_now(preview: &Preview, plan: Option<&Plan>) -> String {
    let renal = plan.map_or(preview.renal.as_ref(), Plan::renal);
    renal.map_or_else(
        || "not known yet".to_owned(),
        |renal| {
            let band = renal.band.map_or_else(String::new, |band| format!(" (band: {band})"));
            let working = super::why::clearance_working(
                renal.age_years,
                renal.sex,
                renal.weight_kg_used,
                renal.creatinine,
                renal.clearance,
                renal.shown,
            );
            format!("{}{band}: {working}", renal.shown)
        },
    )
}

/// The calcium from what is entered so far.
pub fn calcium_now(preview: &Preview, plan: Option<&Plan>) -> String {
    let (corrected, class) = plan.map_or((preview.corrected_calcium, preview.calcium_class), |plan| {
        (plan.calcium().corrected, plan.calcium().class)
    });
    match corrected {
        Some(calcium) => format!("corrected {calcium}, {}", class.as_str()),
        None if class == crate::plan::CalciumClass::Unknown => "not known".to_owned(),
        None => format!("ionised, {}", class.as_str()),
    }
}

/// Drug, dose and how often in one line, always in sight on the review.
pub fn dose_in_short(dosing: &crate::plan::Dosing) -> String {
    let route = super::spoken::route(dosing.listed.regimen.route);
    format!("{} {}, {}, {route}", dosing.listed.drug.name, dosing.mass, super::frequency(&dosing.frequency))
}

/// A dose with the full one where it is less.
pub fn dose_of_full(dose: Mass, full: Mass) -> String {
    if dose < full { format!("{} of {full}", dose.in_milligrams().trimmed()) } else { dose.to_string() }
}

/// What a drug would mean: how often, why less, how near the next limit.
pub fn offer(offer: &Offer) -> String {
    let reduced =
        offer.reduced_because.map_or_else(String::new, |because| format!(" Reduced: {}.", super::reduced(because)));
    let next = offer
        .next_limit
        .as_ref()
        .map_or_else(String::new, |next| format!(" Next limit {} mL/min, {} away.", next.limit, next.distance));
    format!("{}.{reduced}{next}", capital(&super::frequency(&offer.frequency)))
}

/// Why a drug may not be given as it stands.
pub fn drug_reason(reason: &str, open: usize) -> String {
    let reason = capital(reason.trim_end_matches('.'));
    match open {
        0 | 1 => format!("{reason}."),
        _ => format!("{reason} and {} more.", open - 1),
    }
}

/// What came of the second check; only what differs is told.
pub fn second_check(plan: &Plan, begun: bool) -> String {
    let request = plan.request();
    let by = request.second_check.as_ref().map_or("", |second| second.by.as_str());
    match plan.second_check() {
        SecondCheckResult::NotDone if begun => "Second check: begun, not complete; it counts as not done.".to_owned(),
        SecondCheckResult::NotDone => "Second check: not done.".to_owned(),
        SecondCheckResult::Agrees => format!("Second check: agrees ({by})."),
        SecondCheckResult::Differs => {
            format!("Second check by {by} DIFFERS: {}. The plan stays provisional.", differing(plan))
        }
    }
}

fn differing(plan: &Plan) -> String {
    let request = plan.request();
    let Some(second) = &request.second_check else { return String::new() };
    let creatinine =
        |it: Option<crate::quantity::Creatinine>| it.map_or_else(|| "none".to_owned(), |it| it.to_string());
    let told = |path: &&str| match *path {
        "birth_date" => {
            format!("date of birth {} against {}", date(second.birth_date), date(request.patient.birth_date))
        }
        "weight_kg" => format!("weight {} kg against {} kg", second.weight_kg, request.patient.weight_kg),
        _ => format!("creatinine {} against {}", creatinine(second.creatinine), creatinine(request.labs.creatinine)),
    };
    plan.second_check_differences().iter().map(told).collect::<Vec<_>>().join("; ")
}

/// A leftover in one line.
pub fn leftover(when: &str, patient: &str, fields: usize) -> String {
    let patient = if patient.is_empty() { "patient not named" } else { patient };
    format!("{when}  {patient}  ({fields} entries)")
}

/// What is offered for a field.
pub fn offered(field: Field, offer: &str) -> String {
    match field.kind() {
        Kind::Date => {
            let day = crate::quantity::parse_date(offer).map_or_else(|| offer.to_owned(), super::spoken::day);
            let what = if matches!(field, Field::LabDate | Field::StartDate) { "today, " } else { "" };
            format!("t takes {what}{day}.")
        }
        _ => format!("Ctrl+T takes {offer}."),
    }
}

/// Said when a number was cleared with its unit.
pub fn number_cleared(unit: &str) -> String {
    format!("The number was cleared: it was entered in the other unit. Enter it in {unit}.")
}

/// Said where no choice begins with a letter.
pub fn no_choice_begins_with(letter: char) -> String {
    format!("No choice begins with {}. Left and Right choose.", letter.escape_default())
}

/// A source with its place.
pub fn source(cited: &Cited) -> String {
    let locator = if cited.locator.is_empty() { String::new() } else { format!(", {}", cited.locator) };
    format!("Source: {} ({}){locator}", cited.title, cited.id)
}

/// What another source says.
pub fn other_source(other: &str) -> String {
    format!("Sources disagree: {other}")
}
