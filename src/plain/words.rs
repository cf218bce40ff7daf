//! The words of the form line by line: questions, answers to mistakes, what can be done.

pub(super) use crate::form::words::*;
use crate::{
    form::{Choice, Field, Kind, Step, TypedUnit},
    json::printable,
    plan::Plan,
    present::{self, Offer, Possible, Row, Verdict},
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
pub(super) const CHOOSE: &str = "Answer with one of the numbers or letters.";
/// Said where "none of these" is named with others.
pub(super) const NONE_AND_OTHERS: &str = "\"None of these\" cannot be combined with another number.";
/// Said where nothing is there to be taken.
pub(super) const NOTHING_OFFERED: &str = "Nothing is offered for this question; type the answer.";
/// Said where nothing can be chosen yet.
pub(super) const NO_COMPARISON: &str = "Drug: nothing to choose yet. Enter continues:";
/// Said of a confirmation whose finding has changed.
pub(super) const CHANGED_SINCE: &str =
    "This was confirmed for other figures. Check name and reason, then confirm it again, or leave it open.";
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
/// The word that confirms a finding.
pub(super) const CONFIRM_VERB: &str = "confirm";
/// The word that saves a plan.
pub(super) const SAVE_VERB: &str = "save";
/// The word that replaces a file.
pub(super) const REPLACE_VERB: &str = "replace";
/// The word that deletes entries.
pub(super) const DELETE_VERB: &str = "delete";
/// Asks whether a file is replaced.
pub(super) const REPLACE: &str = "Type replace to replace it, Enter for another name:";
/// Said of a finding that was confirmed.
pub(super) const CONFIRMED: &str = "Confirmed.";
/// Said of a finding that was not confirmed.
pub(super) const LEFT_OPEN: &str = "Not confirmed. Name and reason are kept.";
/// The answer that takes what is offered.
pub(super) const TAKE_OFFER: &str = "=";
/// Said before drugs that are compared without a start date.
pub(super) const START_ASSUMED: &str = "Compared with today as the first day, until the start date is entered.";
/// The verdict where there is no plan, with what is wrong and what is missing.
pub(super) fn not_yet(reasons: impl Iterator<Item = String>) -> String {
    std::iter::once(format!("{NOT_YET}.")).chain(reasons).collect::<Vec<_>>().join(" ")
}

/// Asks for the word that confirms a finding.
pub(super) fn confirm_question(name: &str) -> String {
    format!("Type confirm if {} confirms this, Enter leaves it open:", printable(name.trim()))
}

/// Asks for the word that saves a plan.
pub(super) fn save_question(path: &std::path::Path) -> String {
    format!("Type save to save it as {}, Enter for another name:", shown(path))
}

/// Asks for the word that deletes entries.
pub(super) fn delete_question(leftover: &str) -> String {
    format!("Type delete to delete {leftover}, Enter to keep it:")
}

/// Said of an answer that is not the word of an act.
pub(super) fn type_verb(verb: &str) -> String {
    format!("Nothing was done. Only the word {verb}, in full, does it.")
}

/// What may be done with a plan, by its word, and what to do next.
pub(super) fn verdict(plan: &Plan) -> String {
    let Verdict { word, sentence } = present::verdict(plan);
    let steps = (1..).zip(present::what_now(plan)).map(|(number, step)| format!("\n{number} {step}"));
    steps.fold(format!("{}. {sentence}", crate::form::words::verdict(word)), |said, step| said + &step)
}

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
    let asked = format!("{}{unit}{optional}{there}{offer}", field.full_label());
    if asked.ends_with('?') { asked } else { asked + ":" }
}

/// The value of the plan before.
pub(super) fn before(value: &str) -> String {
    format!("Before: {value}")
}

fn offered(field: Field, offer: &str) -> String {
    let day = parse_date(offer).map_or_else(|| offer.to_owned(), spoken::day);
    match field {
        Field::LabDate | Field::StartDate => format!("t is today, {day}"),
        _ => format!("{TAKE_OFFER} takes {day}"),
    }
}

/// A question about the unit of a value.
pub(super) fn unit_question(measured: &str) -> String {
    format!("Unit of {measured}:")
}

/// A unit as something to choose, by its letters too.
pub(super) fn unit(unit: &TypedUnit) -> Choice {
    Choice { word: unit.letters.clone().into(), label: unit.label.clone().into(), key: ' ' }
}

/// A choice with its number, and its letter where it has one.
pub(super) fn numbered(at: usize, choice: &Choice) -> String {
    match choice.key {
        ' ' => format!("{} {}", at + 1, choice.label),
        key if key.is_ascii_digit() => format!("{} {}", at + 1, choice.label),
        key => format!("{} or {key}: {}", at + 1, choice.label),
    }
}

/// A choice that can be marked, with its digit or letter.
pub(super) fn lettered(choice: &Choice) -> String {
    format!("{} {}", choice.key, choice.label)
}

/// What can be answered to a list.
pub(super) fn allowed(kind: Kind, choices: &[Choice]) -> String {
    match (kind, choices.last()) {
        (Kind::Many, Some(last)) if choices.len() > 9 => format!("n, 1 to 9, or a to {}", last.key),
        (Kind::Many, Some(last)) if choices[0].key == 'n' => format!("n, or 1 to {}", last.key),
        _ => format!("a number from 1 to {}", choices.len()),
    }
}

/// What holds where nothing is chosen.
pub(super) fn usual(label: &str) -> String {
    format!("{label}, the usual")
}

/// Said of a field that is needed and empty.
pub(super) fn needed(field: Field) -> String {
    format!("This is needed. {} Or: skip.", field.full_help())
}

/// An answer said again in full, with its change against the plan before.
pub(super) fn taken(field: Field, full: &str, change: Option<&str>) -> String {
    let label = field.full_label();
    let label = label.strip_suffix('?').map_or_else(|| format!("{label}:"), |asked| format!("{asked}?"));
    match (full, change) {
        ("", _) => format!("{label} empty."),
        (full, None) => format!("{label} {full}"),
        (full, Some(change)) => format!("{label} {full}, {change} than before"),
    }
}

/// A large change against the plan before.
pub(super) fn jumped(jump: &str) -> String {
    format!("Please check: {jump}.")
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
pub(super) fn not_in_the_list(answer: &str, allowed: &str) -> String {
    format!("\"{}\" is not in the list. Answer with {allowed}.", printable(answer))
}

/// Said of an answer that can mean more than one of a list.
pub(super) fn more_than_one(answer: &str, lines: &[String]) -> String {
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    format!("\"{}\" fits {}. Type more of it.", printable(answer), one_of(&lines))
}

/// A drug of the comparison, its verdict first.
pub(super) fn drug(row: &Row) -> String {
    let word = match row.verdict {
        Possible::CanBeGiven(_) => CAN_BE_GIVEN,
        Possible::NeedsConfirmation { .. } => CONFIRM,
        Possible::Cannot { .. } | Possible::NotUsable { .. } => CANNOT,
    };
    let name = regimen(row.listed);
    let offer = row.offer().map_or_else(String::new, |it| format!(" {}", offer(it)));
    let reasons = row.reasons().join(" ");
    format!("{word} {name}:{offer} {reasons}").trim_end().to_owned()
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
pub(super) fn only_a_refusal(name: &str, reasons: &[String]) -> String {
    format!(
        "{}: cannot be given. {} It can only be saved as a refusal. >5 goes back to the others.",
        capital(name),
        reasons.join(" ")
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
