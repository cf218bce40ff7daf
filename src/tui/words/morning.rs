//! The words of the screens of a ward: what keys do, headings, what is said of a key.

use super::super::morning::deed_in_short;
use crate::morning::Deed;

pub(crate) const A_PATIENT: &str = "patient";
pub(crate) const A_LIST: &str = "list";
pub(crate) const OPEN_PAGE: &str = "open";
pub(crate) const VISIT: &str = "visit";
pub(crate) const VISIT_TODAY: &str = "visit of today";
pub(crate) const ROUND: &str = "round";
pub(crate) const NEW_PATIENT_HERE: &str = "new patient";
pub(crate) const LOOK_FOR: &str = "find";
pub(crate) const SHOW_ALL: &str = "show all again";
pub(crate) const READ_AGAIN: &str = "read the register again";
pub(crate) const QUIT_HERE: &str = "leave";
pub(crate) const LEAVE_NOW: &str = "leave now";
pub(crate) const BACK_TO_LIST: &str = "list";
pub(crate) const BACK_DRAFT_KEPT: &str = "back, draft kept";
pub(crate) const ANOTHER_DAY: &str = "another day";
pub(crate) const LEAVE_OUT: &str = "leave out";
pub(crate) const HOLD: &str = "hold";
pub(crate) const RESUME: &str = "resume";
pub(crate) const GIVE: &str = "give";
pub(crate) const HAND_OUT: &str = "hand out";
pub(crate) const END_COURSE: &str = "end the course";
pub(crate) const STRIKE: &str = "strike this entry";
pub(crate) const NOTE: &str = "note";
pub(crate) const REPLAN: &str = "change plan";
pub(crate) const NEXT_PLAN: &str = "next plan";
pub(crate) const CONFIRM_THIS: &str = "confirm";
pub(crate) const SAVE_VERDICT: &str = "save the verdict";
pub(crate) const CORRECT: &str = "correct";
pub(crate) const FIELD: &str = "field";
pub(crate) const ENTER_DOES_NOTHING: &str = "does nothing in this row";
pub(crate) const NEXT_PATIENT: &str = "next patient";
pub(crate) const PATIENT_BEFORE: &str = "patient before";
pub(crate) const END_OF_ROUND_KEY: &str = "end of the round";

/// The round, with how many are due.
pub(crate) fn round(due: usize) -> String {
    format!("round: {due} due, one after the other")
}

/// The next patient of the round.
pub(crate) fn next_patient(name: &str) -> String {
    format!("next: {name}")
}

/// What the letter of an act does.
pub(crate) fn does_it(deed: Deed) -> &'static str {
    deed_in_short(deed)
}

pub(crate) const INTO_REGISTER: &str = "into the register";
pub(crate) const WHO_RECORDS: &str = "Step 1, Entered by: the name of who takes the plan into the register is missing.";
pub(crate) const OPEN_PLANS: &str = "open plans";
pub(crate) const TAKE_IN: &str = "take in a table";
pub(crate) const EXAMPLE: &str = "example";
pub(crate) const OPEN_PLANS_BY: &str =
    "Leave with q, then: osteodose ward import PLAN... takes saved plans in. osteodose PLAN opens one.";
pub(crate) const TAKE_IN_BY: &str =
    "Leave with q, then: osteodose batch makes plans of a table, and osteodose ward import takes them in.";
pub(crate) const EXAMPLE_OPEN: &str =
    "A made-up ward: nobody in it exists, and what you record is gone when you leave.";
pub(crate) const NOT_ANSWERED_YET: &str = "[not answered]";
pub(crate) const NOT_SIGNED_IN: &str = "not signed in";
pub(crate) const NOT_READ: &str = "not read";
pub(crate) const FIND_LEAD: &str = " Find: ";
pub(crate) const FIND_HINT: &str = "name, number or birth date; Esc shows all again";
pub(crate) const STATE: &str = "State";
pub(crate) const PATIENT: &str = "Patient";
pub(crate) const BORN: &str = "Born";
pub(crate) const BORN_ON: &str = "born";
pub(crate) const DRUG: &str = "Drug";
pub(crate) const NEEDS: &str = "Needs";
pub(crate) const NOTHING_LISTED: &str = "nothing due soon";
pub(crate) const NOTHING_DUE_SOON: &str = "Nothing is due in the next seven days. Enter opens the page.";
pub(crate) const VISIT_LEFT: &str = "A visit is begun and not finished. v goes on with it.";
pub(crate) const VISIT_TAKEN_UP: &str = "What was typed before is here again. Check that it is of today.";
pub(crate) const WHO_NOT_KNOWN: &str = "Who this patient is cannot be read in the register.";
pub(crate) const KEYS_HERE: &str = "Keys of this screen";
pub(crate) const VALUES: &str = "Values by date, the newest first";
pub(crate) const NEXT: &str = "Next";
pub(crate) const NO_COURSE: &str = "No course is planned for this patient. e plans one.";
pub(crate) const NO_DAY: &str = "no day";
pub(crate) const TODAY_WORD: &str = "today";
pub(crate) const CREATININE: &str = "Creatinine";
pub(crate) const ALBUMIN: &str = "Albumin";
pub(crate) const WEIGHT: &str = "Weight";
pub(crate) const GO_ON: &str = "GO ON";
pub(crate) const NO_OPEN_DOSE: &str = "No open dose";
pub(crate) const DRAFT_IS_KEPT: &str = "draft kept";
pub(crate) const TO_VERDICT: &str = "the verdict";
pub(crate) const THIS_IS_OPEN: &str = "answer this first";
/// The columns of the timeline.
pub(crate) const TIMELINE: [&str; 5] = ["Visit", "Day", "What", "Creatinine", "By"];
/// The ways on from an empty register: the letter, what it does, and more about it.
pub(crate) const WAYS_ON: &[(&str, &str, &str)] = &[
    ("n", "new patient", "enter one now; it takes about 3 minutes"),
    ("o", "open saved plans", "a file, or a folder of plans (.json)"),
    ("i", "take in a table", "many patients at once (.csv or .jsonl)"),
    ("e", "made-up example", "a day unit that does not exist, to try the keys on"),
];

pub(crate) const HOME_IS_FIRST: &str = "This is the first screen. q leaves.";
pub(crate) const FIRST_LIST: &str = "This is the first list.";
pub(crate) const LAST_LIST: &str = "This is the last list.";
pub(crate) const NOBODY_MARKED: &str = "Nobody is marked.";
pub(crate) const NOBODY_DUE: &str = "Nobody is due today, so there is no round.";
pub(crate) const FIRST_OF_ROUND: &str = "This is the first patient of the round.";
pub(crate) const READ_NOW: &str = "The register was read again.";
pub(crate) const STILL_YOU: &str = "Nobody pressed a key for 10 minutes: the name of who records is asked again.";
pub(crate) const BACK_KEPT: &str = "Back. What was typed is kept as a draft.";
pub(crate) const BACK_NOTHING_TYPED: &str = "Back.";
pub(crate) const FORM_LEFT: &str = "Back. What was typed in the form is kept as a draft.";
pub(crate) const NEW_PATIENT_OPEN: &str = "New patient. On the plan, a takes the patient into the register.";
pub(crate) const REPLAN_OPEN: &str = "Change what is different. On the plan, a puts it in the place of the open doses.";
pub(crate) const NEXT_PLAN_OPEN: &str = "The next plan of this patient. On the plan, a takes it into the register.";
pub(crate) const NOT_COMPLETE_ACT: &str = "Something is missing.";
pub(crate) const HELP_OF_ACT: &str =
    "Fill in the rows; in the last row its letter alone writes it down. Esc goes back, nothing is written.";
pub(crate) const LEAVE_ACT_FIRST: &str = "Something is being written down. Esc first, then leave.";
pub(crate) const WRITE_HOLD: &str = "h writes down the hold, its reason, and the day of the next value.";
pub(crate) const HOLD_MEANS: &str = "No dose is given until the course is resumed. Its dates wait.";
pub(crate) const VERDICT_TOO: &str = "Today's verdict is recorded with it.";
pub(crate) const LEAVE_ALL_RECORDED: &str = "Everything is recorded. Nothing is left as a draft.";
pub(crate) const LEAVE_WITH_DRAFTS: &str =
    "What was typed and is not recorded is kept as a draft, and offered at the next start.";
pub(crate) const HELP_HOME: &str = "The lists stand in the second line, the marked patient below or beside. Nothing is recorded on this \
    screen. Left and right change the list; / looks for a patient in the whole register.";
pub(crate) const HELP_PATIENT: &str = "One row is one visit: what was given, held, moved or left out, and by whom. A letter opens what \
    is written down; nothing is recorded until its last row. A wrong entry is struck on page 3, and then recorded again.";
pub(crate) const HELP_VISIT: &str = "Write a value with its unit: 98u is 98 µmol/L, 1.1mg is mg/dL. Enter goes to the next question \
    that is open. Once all are answered, the verdict stands here and letters are keys; e opens the questions again.";

/// The heading of a list that the screen does not show.
pub(crate) fn other_list(list: crate::morning::List) -> &'static str {
    match list {
        crate::morning::List::Week => "This week, after today",
        crate::morning::List::Held => "On hold",
        other => crate::morning::words::list(other),
    }
}

/// Visits that earlier sessions left.
pub(crate) fn visits_left(count: usize) -> String {
    match count {
        1 => "A visit was begun and not finished. It is marked below its patient; v goes on with it.".to_owned(),
        _ => format!("{count} visits were begun and not finished. They are marked below their patients; v goes on."),
    }
}

/// A visit that was typed on another day.
pub(crate) fn visit_of_day(on: &str) -> String {
    let on = crate::quantity::parse_date(on).map_or_else(|| on.to_owned(), crate::words::spoken::day);
    format!("This was typed on {on}. Check every value, or type it again.")
}

/// Names the file or database of the register.
pub(crate) fn register_place(place: &str) -> String {
    format!("The register: {place}. Nothing is sent anywhere.")
}

/// An age.
pub(crate) fn years_old(years: u16) -> String {
    format!("{years} years")
}

/// The dose, in a sentence.
pub(crate) fn dose_is(amount: &str) -> String {
    format!("DOSE {amount}")
}

/// A tab of the page of a patient.
pub(crate) fn page_tab(at: usize) -> &'static str {
    ["Course", "Values", "Entries"][at.min(2)]
}

/// From which list the page was opened.
pub(crate) fn in_list(list: &str) -> String {
    format!("list {list}")
}

/// A finding that was confirmed at the visit before.
pub(crate) fn confirmed_before(finding: &str, by: &str) -> String {
    let finding =
        crate::regimen::Code::from_word(finding).map_or_else(|| finding.to_owned(), crate::words::code_in_few_words);
    format!("{finding} ({by}); asked again each time")
}

/// What was confirmed, and when.
pub(crate) fn confirmed_on(day: &str) -> String {
    format!("Confirmed for {day} only")
}

/// A course on hold.
pub(crate) fn held_since(day: &str) -> String {
    format!("Held since {day}")
}

/// Which visit it is.
pub(crate) fn visit_of(dose: u16, of: usize) -> String {
    format!("Visit {dose} of {of}")
}

/// The place in the round.
pub(crate) fn round_place(at: usize, of: usize) -> String {
    format!("round: {at} of {of}")
}

/// The round is through.
pub(crate) fn round_done(of: usize) -> String {
    format!("The round of {of} is through. What was not written down is kept as drafts.")
}

/// The verdict is recorded.
pub(crate) fn verdict_recorded(entry: u64) -> String {
    format!("verdict in entry {}", crate::words::register::number(entry))
}

/// Where Enter leads.
pub(crate) fn next_open_is(label: &str) -> String {
    format!("next open: {label}")
}

/// A question that is still open.
pub(crate) fn still_open(label: &str) -> String {
    format!("{label} is still open.")
}

/// Everything that is still open.
pub(crate) fn still_open_all(labels: &[String]) -> String {
    format!("Still open: {}.", labels.join(", "))
}

/// The creatinine against its limit.
pub(crate) fn below_hold(today: &str, hold_at: &str) -> String {
    format!("Creatinine {today}; held at {hold_at}.")
}

/// The creatinine against the value up to which the course is resumed.
pub(crate) fn below_resume(today: &str, resume_at: &str) -> String {
    format!("Creatinine {today}; resumed at {resume_at}.")
}

/// Nothing speaks against it.
pub(crate) fn nothing_against(figure: &str) -> String {
    format!("{figure} Nothing else speaks against it.")
        .trim_start()
        .replace("Nothing else", if figure.is_empty() { "Nothing" } else { "Nothing else" })
}

/// The course may be resumed.
pub(crate) fn may_go_on(figure: &str) -> String {
    format!("{figure} The course may be resumed.").trim_start().to_owned()
}

/// A patient whose entries cannot be relied on.
pub(crate) fn entries_damaged(who: &str) -> String {
    format!("ENTRIES DAMAGED: {who}. Nobody can say what is due. Enter in the list All opens the page.")
}

/// A value of an earlier day that counts today.
pub(crate) fn of_day(value: &str, on: chrono::NaiveDate) -> String {
    format!("{value} of {}, not taken today", crate::words::date(on))
}

/// Enter takes what is offered.
pub(crate) fn enter_takes(offered: &str) -> String {
    format!("Enter takes {offered}.")
}

/// Enter does nothing in the last row.
pub(crate) fn enter_does_not_act(letter: char) -> String {
    format!("Enter does nothing here. {letter} writes it down, Esc goes back.")
}

/// The letter alone acts.
pub(crate) fn only_the_letter(letter: char) -> String {
    format!("In the last row {letter} writes it down; Enter does nothing there.")
}

/// A finding was confirmed for this visit.
pub(crate) fn confirmed_for_visit(by: &str) -> String {
    format!("Confirmed by {by}, for this visit. It is recorded with the verdict.")
}

/// The dates, if the doses after it keep theirs.
pub(crate) fn kept_dates(dates: &str) -> String {
    format!("If later doses keep their days: {dates}.")
}

/// The dates, if the doses after it move.
pub(crate) fn moved_dates(dates: &str) -> String {
    format!("If they move with it: {dates}.")
}

/// What is struck.
pub(crate) fn strikes(what: &str, on: &str, by: &str) -> String {
    format!("{what}, {on}, by {by}. It stays readable and counts no more.")
}
