//! The words of the form line by line: questions, answers to mistakes, what can be done.

pub(super) use crate::form::words::*;
use crate::{
    form::{Choice, Field, Kind, Step},
    json::printable,
    present::{Offer, Row, Verdict},
    quantity::parse_date,
    words::{frequency, one_of, reduced, spoken, spoken::capital},
};

/// Said first.
pub(super) const WELCOME: &str = "osteodose, line by line. Answer each question on a line of its own.\n\
    Enter alone keeps what is there. A minus (-) empties it. ? explains.\n\
    < goes back. > goes to the next step, >3 to step 3. skip continues without an answer.\n\
    >n begins the next visit of the patient of a saved plan.\n\
    ! quits and keeps what is entered.\n\
    Decision support for trained staff, who stay responsible.";
/// Said of a line that is no answer.
pub(super) const TOO_LONG: &str = "That line is too long. Please answer again.";
/// Said of bytes that are no text.
pub(super) const NO_TEXT: &str = "That cannot be read as text (UTF-8). Please answer again.";
/// Said at the first question.
pub(super) const FIRST: &str = "This is the first question.";
/// Said where something must be chosen.
pub(super) const CHOOSE: &str = "Answer with one of the numbers.";
/// Said where "none of these" is named with others.
pub(super) const NONE_AND_OTHERS: &str = "\"None of these\" cannot be combined with another number.";
/// Said where nothing is there to be taken.
pub(super) const NOTHING_OFFERED: &str = "Nothing is offered for this question; type the answer.";
/// Said where nothing can be chosen yet.
pub(super) const NO_COMPARISON: &str = "Drug: nothing to choose yet. Enter continues:";
/// Said of a confirmation whose finding has changed.
pub(super) const CHANGED_SINCE: &str =
    "This was confirmed for other figures. Type the name again to confirm it again; Enter leaves it open.";
/// Asks for the file.
pub(super) const SAVE: &str = "Save the plan. Name of the file";
/// Asks for the file of a plan that gives nothing.
pub(super) const SAVE_REFUSAL: &str = "Save the refusal. Name of the file";
/// Explains the file.
pub(super) const SAVE_EXPLAINED: &str =
    "Enter takes the name in brackets. ! quits without saving and keeps what is entered.";
/// Asks for the second check.
pub(super) const SECOND_CHECK: &str = "Second check by a second person [not now]:";
/// Asks for the second check where there is one.
pub(super) const SECOND_CHECK_AGAIN: &str = "Second check by a second person [as it is]:";
/// What the second check asks.
pub(super) const SECOND_CHECK_BEGINS: &str =
    "A second person enters these figures from the patient's record, without looking at the answers above.";
/// Asks what to do with leftovers.
pub(super) const LEFTOVERS: &str = "Entries from an earlier session were not saved. What now:";
/// Starts a new patient beside leftovers.
pub(super) const NEW_PATIENT: &str = "new patient; they are kept for later";
/// Asks whether a file is replaced.
pub(super) const REPLACE: &str = "Replace it [no]:";
/// Said on leaving.
pub(super) const KEPT: &str = "Not saved. What is entered is kept and offered at the next start.";
/// Said on leaving where nothing is lost.
pub(super) const LEFT: &str = "Closed.";
/// Said on leaving where drafts cannot be kept.
pub(super) const LOST: &str = "Not saved, and what is entered could not be kept.";

/// A step that begins.
pub(super) fn step(step: Step) -> String {
    format!("Step {} of {}: {}", step.index() + 1, Step::ALL.len(), crate::form::words::step(step))
}

/// What an empty field means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Empty {
    /// There is no plan.
    Never,
    /// The plan says that it was not asked.
    NotAsked,
    /// The weight cannot be judged.
    HeightNeeded,
    /// Nothing.
    Allowed,
}

/// A question: the name of the field, its unit, what is there, what is offered.
pub(super) fn question(field: Field, empty: Empty, there: Option<&str>, offer: Option<&str>) -> String {
    let unit = match field.kind() {
        // "Days of infusion" and "doses given" say it.
        Kind::Number(unit) if !matches!(unit, "days" | "doses") => format!(" in {unit}"),
        Kind::Many | Kind::Dates => ", separated by commas".to_owned(),
        _ => String::new(),
    };
    let optional = match (field, empty) {
        _ if there.is_some() => String::new(),
        (_, Empty::Never) => String::new(),
        (_, Empty::NotAsked) => ", Enter leaves it unanswered".to_owned(),
        (_, Empty::HeightNeeded) => format!(", {HEIGHT_NEEDED}"),
        (Field::ConfirmedBy(_) | Field::ConfirmedBecause(_), _) => ", Enter leaves it open".to_owned(),
        _ if Field::SECOND_CHECK.contains(&field) => String::new(),
        _ => ", may be left empty".to_owned(),
    };
    let there = there.map_or_else(String::new, |there| format!(" [{there}]"));
    let offer = offer.map_or_else(String::new, |offer| format!(" ({})", offered(field, offer)));
    format!("{}{unit}{optional}{there}{offer}:", field.full_label())
}

fn offered(field: Field, offer: &str) -> String {
    let day = parse_date(offer).map_or_else(|| offer.to_owned(), spoken::day);
    let today = if matches!(field, Field::LabDate | Field::StartDate) { "today, " } else { "" };
    format!("t takes {today}{day}")
}

/// A question about the unit of a value, with the one that is there.
pub(super) fn unit_question(measured: &str, there: Option<&str>) -> String {
    let there = there.map_or_else(String::new, |there| format!(" [{there}]"));
    format!("Unit of {measured}{there}:")
}

/// A choice with its number.
pub(super) fn numbered(at: usize, label: &str) -> String {
    format!("{} {label}", at + 1)
}

/// What holds where nothing is chosen.
pub(super) fn usual(label: &str) -> String {
    format!("{label}, the usual")
}

/// Said of a field that is needed and empty.
pub(super) fn needed(field: Field) -> String {
    format!("This is needed. {} Or: skip.", field.full_help())
}

/// An answer said again in full.
pub(super) fn taken(field: Field, full: &str) -> String {
    if full.is_empty() { format!("{}: empty.", field.full_label()) } else { format!("{}: {full}", field.full_label()) }
}

/// A value that is possible, but unusual.
pub(super) fn unusual(finding: &str) -> String {
    format!("Unusual: {finding}")
}

/// Another field that an answer has made wrong.
pub(super) fn elsewhere(field: Field, sentence: &str) -> String {
    format!("Please check: {}. {sentence}", field.full_label())
}

/// Said of an answer that names nothing of a list.
pub(super) fn not_in_the_list(answer: &str, count: usize) -> String {
    format!("\"{}\" is not in the list. Answer with a number from 1 to {count}.", printable(answer))
}

/// Said of an answer that can mean more than one of a list.
pub(super) fn more_than_one(answer: &str, lines: &[String]) -> String {
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    format!("\"{}\" fits {}. Type more of it.", printable(answer), one_of(&lines))
}

/// Said of a unit that is none of this value.
pub(super) fn no_such_unit(written: &str, units: &[Choice]) -> String {
    let units: Vec<&str> = units.iter().map(|it| &*it.label).collect();
    format!("\"{}\" is not a unit of this value. Write {}.", printable(written), one_of(&units))
}

/// A drug of the comparison, its verdict first.
pub(super) fn drug(row: &Row) -> String {
    let word = match row.verdict {
        Verdict::CanBeGiven(_) => CAN_BE_GIVEN,
        Verdict::NeedsConfirmation { .. } => CONFIRM,
        Verdict::Cannot { .. } | Verdict::NotUsable { .. } => CANNOT,
    };
    let name = regimen(row.listed);
    let offer = row.offer().map_or_else(String::new, |it| format!(" {}", offer(it)));
    let reason = row.reason().map_or_else(String::new, |reason| format!(" {}", capital(&reason_in_full(row, reason))));
    format!("{word} {name}:{offer}{reason}")
}

fn reason_in_full(row: &Row, reason: &str) -> String {
    match row.verdict {
        // It is a sentence.
        Verdict::NotUsable { .. } => reason.to_owned(),
        _ => drug_reason(reason, row.open_confirmations()),
    }
}

fn offer(offer: &Offer) -> String {
    let dose = dose_of_full(offer.dose, offer.full_dose);
    let minutes = offer.minutes.map_or_else(String::new, |minutes| format!(" {minutes} minutes,"));
    let count = |number: u32, one: &str, more: &str| format!("{number} {}", if number == 1 { one } else { more });
    let (visits, doses) = (count(offer.visits, "visit", "visits"), count(offer.doses, "dose", "doses"));
    let less = offer
        .reduced_because
        .map_or_else(String::new, |because| format!(" Less than the full dose: {}.", reduced(because)));
    let next = offer.next_limit.as_ref().map_or_else(String::new, |next| {
        format!(" Clearance {} mL/min above the next limit of {}.", next.distance, next.limit)
    });
    format!("{dose} {},{minutes} {visits}, {doses}.{less}{next}", frequency(&offer.frequency))
}

/// Said of a drug that cannot be given and was chosen.
pub(super) fn only_a_refusal(name: &str, reason: &str) -> String {
    format!(
        "{}: cannot be given ({reason}). It can only be saved as a refusal. >5 goes back to the others.",
        capital(name)
    )
}

/// Said of a drug that no plan can be made for.
pub(super) fn no_plan_for(name: &str, why: &str) -> String {
    format!("{}: no plan can be made with what is entered. {}", capital(name), capital(why))
}

/// What can be done with leftovers: each gone on with, a new beginning, each deleted.
pub(super) fn go_on_with(leftover: &str) -> String {
    format!("continue with: {leftover}")
}

/// Deletes a leftover.
pub(super) fn delete(leftover: &str) -> String {
    format!("delete: {leftover}")
}

/// Said where a draft is deleted.
pub(super) const DELETED: &str = "Deleted.";
/// Said where a draft cannot be deleted.
pub(super) fn not_deleted(why: &str) -> String {
    format!("It cannot be deleted: {why}")
}

/// Does nothing now.
pub(super) const NOT_NOW: &str = "not now";
/// Leaves what is there.
pub(super) const AS_IT_IS: &str = "as it is";
/// Begins the second check.
pub(super) const DO_IT_NOW: &str = "do it now";
/// No.
pub(super) const NO: &str = "no";
/// Yes.
pub(super) const YES: &str = "yes";

/// Said where the plan is not saved.
pub(super) const NEXT_VISIT_NEEDS_SAVING: &str = "Save this plan first: the next visit starts from it.";

/// Said of a file that is not replaced.
pub(super) fn stays(path: &std::path::Path) -> String {
    format!("A file of this name exists and is kept: {}. Another name is offered.", path.to_string_lossy())
}

/// Said of a file that is there.
pub(super) fn is_there(path: &std::path::Path) -> String {
    format!("A file of this name exists: {}.", path.to_string_lossy())
}
