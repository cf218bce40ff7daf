//! What keys do, in the few words that the key bar has room for.

use chrono::NaiveDate;

use super::super::{drugs::May, screen::Page};
use super::step_name;
use crate::{
    form::{Choice, Field, Step},
    words::spoken,
};

pub(crate) const UP_DOWN: &str = "↑ ↓";
pub(crate) const LEFT_RIGHT: &str = "← →";
pub(crate) const ARROWS: &str = "← → Space";

pub(crate) const NEXT_ROW: &str = "next row";
pub(crate) const NEXT_FIELD: &str = "next field";
pub(crate) const A_FIELD: &str = "field";
pub(crate) const ACTS_BY_ITS_LETTER: &str = "does nothing in this row";
pub(crate) const NOTHING: &str = "nothing: the letters write";
pub(crate) const CHOOSE: &str = "choose";
pub(crate) const MARK: &str = "mark";
pub(crate) const MARK_HERE: &str = "mark here";
pub(crate) const A_DRUG: &str = "drug";
pub(crate) const A_VISIT: &str = "visit";
pub(crate) const A_LINE: &str = "line";
pub(crate) const A_FINDING: &str = "finding";
pub(crate) const A_PLACE: &str = "choose";
pub(crate) const AN_ENTRY: &str = "draft";
pub(crate) const AN_EXPORT: &str = "choose";
pub(crate) const AN_OPEN_ENTRY: &str = "open entry";
pub(crate) const MORE_LINES: &str = "more lines";
pub(crate) const SCROLL: &str = "scroll";
pub(crate) const PAGE: &str = "page";
pub(crate) const AS_MONTHS: &str = "month view";
pub(crate) const AS_LIST: &str = "list";
pub(crate) const COURSE_AND_CLINIC: &str = "course, product, clinic";
pub(crate) const COURSE_IN_SHORT: &str = "course";
pub(crate) const NEXT_QUESTION: &str = "next question";
pub(crate) const WHY: &str = "why";
pub(crate) const HELP: &str = "help";
pub(crate) const HELP_IN_FULL: &str = "help: all keys of this screen";
pub(crate) const GO_TO: &str = "go to";
pub(crate) const GO_THERE: &str = "go there";
pub(crate) const GO_TO_ENTRY: &str = "its entry";
pub(crate) const NEXT_OPEN: &str = "next open";
pub(crate) const BACK: &str = "back";
pub(crate) const BACK_THERE: &str = "back to where you were";
pub(crate) const BACK_TO_DATES: &str = "6 Dates";
pub(crate) const BACK_NOTHING_WRITTEN: &str = "back, nothing is written";
pub(crate) const BACK_NOTHING_DELETED: &str = "back, nothing is deleted";
pub(crate) const SAVE: &str = "save";
pub(crate) const SAVE_UNDER: &str = "save under another name";
pub(crate) const SAVE_UNDER_THIS: &str = "save under this name";
pub(crate) const REPLACE: &str = "replace it";
pub(crate) const ANOTHER_NAME: &str = "another name";
pub(crate) const EXPORT: &str = "export";
pub(crate) const SECOND_CHECK: &str = "second check";
pub(crate) const COMPARE: &str = "compare";
pub(crate) const LEAVE_SECOND_CHECK: &str = "leave, not done";
pub(crate) const NEXT_VISIT: &str = "next visit";
pub(crate) const CHANGE_ENTRIES: &str = "change";
pub(crate) const CONFIRM_FIRST: &str = "confirm";
pub(crate) const CONFIRM_MARKED: &str = "confirm";
pub(crate) const WITHDRAW: &str = "take the confirmation back";
pub(crate) const CONFIRM_IT: &str = "confirm this";
pub(crate) const WRITE_IT: &str = "write it";
pub(crate) const ANOTHER_PLACE: &str = "another place";
pub(crate) const KEEP_THE_DAY: &str = "keep the day";
pub(crate) const SAVE_FIRST: &str = "save first";
pub(crate) const DELETE_AND_QUIT: &str = "delete the entries and quit";
pub(crate) const STAY: &str = "stay";
pub(crate) const CONTINUE: &str = "continue with it";
pub(crate) const NEW_PATIENT: &str = "new patient";
pub(crate) const DELETE: &str = "delete it";
pub(crate) const CLEAR_OLD: &str = "delete old ones";
pub(crate) const CLEAR_FOR_GOOD: &str = "delete them for good";
pub(crate) const DELETE_FOR_GOOD: &str = "delete it for good";
pub(crate) const QUIT: &str = "quit";
pub(crate) const SHOW_AS_TEXT: &str = "show the plan as text and quit";
pub(crate) const REDRAW: &str = "redraw the screen";
pub(crate) const SUSPEND: &str = "suspend";
pub(crate) const MOUSE_TO_OFF: &str = "mouse off, to select text";
pub(crate) const MOUSE_TO_ON: &str = "mouse on";

/// What F2 explains.
pub(crate) fn why_of(title: &str) -> String {
    format!("why: {title}")
}

/// The next open field of this step.
pub(crate) fn next_open(field: Field) -> String {
    format!("next open: {}", field.label())
}

/// The next open field, in another step.
pub(crate) fn next_open_in(step: Step, field: Field) -> String {
    format!("next open: {}, {}", step_name(step), field.label())
}

/// The letters of the choices, as few words: "f m", "n 1-9 a-g".
pub(crate) fn letters(options: &[Choice]) -> String {
    if !options.iter().any(|it| it.key.is_ascii_digit()) {
        return options.iter().map(|it| it.key.to_string()).collect::<Vec<_>>().join(" ");
    }
    let mut runs: Vec<(char, char)> = Vec::new();
    for choice in options {
        match runs.last_mut() {
            Some((_, last)) if u32::from(choice.key) == u32::from(*last) + 1 => *last = choice.key,
            _ => runs.push((choice.key, choice.key)),
        }
    }
    let run = |(first, last): &(char, char)| if first == last { first.to_string() } else { format!("{first}-{last}") };
    runs.iter().map(run).collect::<Vec<_>>().join(" ")
}

/// What is offered for a field.
pub(crate) fn takes(offer: &str, is_today: bool) -> String {
    match crate::quantity::parse_date(offer) {
        Some(_) if is_today => "today".to_owned(),
        Some(day) => spoken::day(day),
        None => format!("take {offer}"),
    }
}

/// What Enter does with the marked drug.
pub(crate) fn takes_drug(name: &str, may: May) -> String {
    match may {
        May::Choose => format!("choose {name}"),
        May::Look => format!("look at the refusal of {name}"),
        May::Nothing => format!("{name} cannot be chosen"),
    }
}

/// What Enter does with the marked drug, in a word.
pub(crate) fn takes_it(may: May) -> &'static str {
    match may {
        May::Choose => "choose it",
        May::Look => "look at the refusal",
        May::Nothing => "cannot be chosen",
    }
}

/// Starts on another day.
pub(crate) fn start_on(day: NaiveDate) -> String {
    format!("start {}", spoken::day(day))
}

/// Quits with the entries kept, or without.
pub(crate) fn keep_and_quit(keeps_drafts: bool) -> &'static str {
    if keeps_drafts { "keep the draft and quit" } else { "quit; the entries are LOST" }
}

/// The page of the plan among the places.
pub(crate) fn page_of_plan(page: Page) -> String {
    format!("{}, {}", step_name(Step::Review), super::page_name(page))
}

/// What the help says beside the keys.
pub(crate) const HELP_TEXT: [&str; 8] = [
    "Enter goes to the next open entry, Esc goes back, a named letter acts. Enter never confirms, saves or deletes.",
    "Units are typed with the number: 92u is µmol/L, 1.04mg is mg/dL; 2.31mm is mmol/L; 38gl is g/L, 3.8gd is g/dL. 68,5 and 68.5 are the same.",
    "Dates: 29.12. or 29.12.2026 or 29 Dec or 2026-12-29; t is today. A year that was left out is shown.",
    "In a text: Left, Right, Home, End, Backspace and Delete. What you type is kept letter for letter.",
    "The wheel scrolls what is under it. A click marks, or opens; it never acts. To select text, hold Shift (Option in iTerm2, Fn in Terminal) and drag, or turn the mouse off with F9.",
    "STOP and HOLD: do not give. CONFIRM: do not give until a named person has confirmed. NOTE informs.",
    "What you type is kept at once as a draft on this computer, even if the computer crashes.",
    "Decision support for trained staff, who stay responsible.",
];
