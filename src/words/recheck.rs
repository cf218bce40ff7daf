//! The sentences on saved plans that are made again and compared.

mod places;

use std::fmt::Display;

pub use places::{is_a_word, label, unit};

use super::spoken::{all_of, counted};
use crate::{
    identity::Differs,
    json::{Fault, Problem, Syntax},
};

/// The heading of the changes of a plan that would differ today.
const WOULD_CHANGE: &str = "WOULD CHANGE";
/// The heading of the changes of a file that was altered.
const ALTERED: &str = "ALTERED since it was saved";
/// An entry of the schedule that would be removed.
pub const GONE: &str = "would be removed";
/// An entry of the schedule that would be added.
pub const NEW: &str = "would be added";
/// The order of a list.
pub const ORDER: &str = "the order";
/// Why an alteration cannot be excluded.
pub const NO_CHECKSUM: &str = "the file has no checksum, so an alteration cannot be distinguished from a change";
/// Why a file without a checksum must have been altered.
pub const OTHER_HAND: &str =
    "the file has no checksum; it names this program and these regimens, which make a different plan";
/// Of a file with a checksum of the first kind, whose letters and figures are no longer those that were written.
pub const REPRINTED: &str = "the text of the file changed since it was saved, by another program or by hand; its checksum \
                             does not show which";
/// What is wrong with a file whose checksum fits and whose content does not.
pub const SEALED_AGAIN: &str = "the file names this program and these regimens, which make a different plan; its checksum \
                                may have been recalculated";

/// Shown if the file has no id.
pub const NO_ID: &str = "(no id)";
/// A request instead of a plan.
pub const A_REQUEST: &str = "a request, not a plan; osteodose plan --format makes its plan and exports it";
/// A short line of a batch instead of a plan.
pub const A_BRIEF_LINE: &str =
    "a short line of osteodose batch --brief, not a plan; it does not contain the request; run batch without --brief";
/// A list instead of a plan.
pub const A_LIST: &str = "a list, not a plan; give each plan a file or a line of its own";
/// Something else instead of a plan.
pub const NO_PLAN: &str = "not a plan: a plan is an object with \"format\": \"osteodose-plan/1\"";
/// A file of plans without any.
pub const NO_LINE: &str = "it contains no plan";
/// What to do with a saved plan that cannot be exported.
pub const WHAT_TO_DO: &str = "Nothing was exported. Open the file in the form (osteodose FILE), check the changes and \
                              save it as a new plan; or make the plan again from its request (osteodose plan); or \
                              name the regimens it was made with (--regimens DIR).";

/// The message on opening a file that was altered.
pub const OPENED_ALTERED: &str =
    "This file was altered since it was saved. osteodose recheck FILE lists the differences.";
/// The message on opening a plan that would differ.
pub const OPENED_OTHERWISE: &str =
    "With the rules in use this plan differs from the saved one. osteodose recheck FILE lists the differences.";
/// The message on opening a plan made with other rules, with the same outcome.
pub const OPENED_BY_OTHER_RULES: &str = "This plan was made with other rules; with those in use it is the same.";

/// What is wrong with the form of a document, and what to do with more than one plan.
pub fn fault(fault: &Fault) -> String {
    match fault.problem {
        Problem::Syntax(Syntax::Trailing) => format!("{fault}; give each plan a file or a line of its own"),
        _ => fault.to_string(),
    }
}

/// A line of a batch for a request that was not usable.
pub fn batch_error(line: &str, error: &str) -> String {
    format!("not a plan: osteodose batch could not use the request in line {line}: {error}")
}

/// The plan of a register, by its entry.
#[cfg(feature = "ward")]
pub fn entry(number: u64) -> String {
    format!("entry {}", super::register::number(number))
}

/// A file that cannot be read.
pub fn unreadable(error: &impl Display) -> String {
    format!("cannot be read: {error}")
}

/// A document that is no plan.
pub fn not_usable(why: &str) -> String {
    format!("NOT USABLE: {why}")
}

/// Why a saved plan is not exported.
pub fn not_exported(headline: &str) -> String {
    format!("not exported: {headline}")
}

/// The last line: how many plans are the same, changed, altered and not usable.
pub fn summary([same, changed, altered, unusable]: [usize; 4], doses: usize, impossible: usize) -> String {
    let all = same + changed + altered + unusable;
    let gone = if impossible == 0 { String::new() } else { format!("; {impossible} can no longer be planned") };
    format!(
        "{all} read: {same} the same, {changed} would change, {altered} altered, {unusable} not usable; dose or \
         volume differs in {doses}{gone}"
    )
}

/// A plan with the identifier of an earlier one, and another patient.
pub fn other_patient(differs: Differs, earlier: &str) -> String {
    match differs {
        Differs::BirthDate(there, here) => format!(
            "TWO PATIENTS: date of birth {} here, {} under the same identifier in {earlier}",
            super::date(here),
            super::date(there)
        ),
        Differs::Name => format!("TWO PATIENTS: another name under the same identifier in {earlier}"),
    }
}

/// How many plans have the identifier of another patient.
pub fn other_patients(count: usize) -> String {
    if count == 0 { String::new() } else { format!("; {count} with the identifier of another patient") }
}

/// A plan that is the same.
pub fn the_same(makers: Option<&str>, no_checksum: bool) -> String {
    let makers = makers.map_or_else(String::new, |it| format!(" ({})", made_by_others(it)));
    let seal = if no_checksum { "; no checksum" } else { "" };
    format!("the same{makers}{seal}")
}

/// A plan that would differ.
pub fn would_change(parts: &[String]) -> String {
    format!("{WOULD_CHANGE}: {}", parts.join("; "))
}

/// A plan whose file was altered.
pub fn altered(parts: &[String]) -> String {
    if parts.is_empty() {
        return format!("{ALTERED}, but its content is the same");
    }
    format!("{ALTERED}: {}", parts.join("; "))
}

/// Why no plan can be made any more.
pub fn impossible(why: &str) -> String {
    format!("can no longer be planned: {why}")
}

/// How many changes the first line leaves to the others.
pub fn counts(schedule: usize, findings: usize, others: usize) -> Vec<String> {
    let counts =
        [(schedule, "change", " of the schedule"), (findings, "change", " of findings"), (others, "other change", "")];
    let count =
        |count: usize, word, after| format!("{}{after}", counted(i64::try_from(count).unwrap_or(i64::MAX), word));
    counts.into_iter().filter(|(n, ..)| *n > 0).map(|(n, word, after)| count(n, word, after)).collect()
}

/// What made a plan, if it was another program version or library.
pub fn made_by_others(makers: &str) -> String {
    format!("made with other rules: {makers}")
}

/// The fingerprint of a library, shortened.
pub fn fingerprint(digest: &str) -> String {
    format!("fingerprint {}", digest.chars().take(12).collect::<String>())
}

/// A program with its version.
pub fn program(name: &str) -> String {
    format!("program {name}")
}

/// Whether a regimen is shipped or local.
pub fn origin(origin: &str) -> String {
    format!("{origin} regimens")
}

/// Sources that would be added or removed.
pub fn sources(ids: &[&str], what: &str) -> String {
    let many = if ids.len() == 1 { "source" } else { "sources" };
    format!("{many} {} {what}", all_of(ids))
}

/// A creatinine above which a dose changes.
pub fn above(value: &impl Display, unit: &impl Display) -> String {
    format!("above {value} {unit}")
}

/// The owner of a regimen.
pub fn owner(owner: &str) -> String {
    format!("owner {owner}")
}

/// The status of a regimen.
pub fn status(status: &str) -> String {
    format!("status {status}")
}

/// When a regimen was reviewed.
pub fn reviewed(day: &str) -> String {
    format!("reviewed {day}")
}

/// What would change, be added or be removed. An empty text means nothing.
pub fn changed(label: &str, was: &str, now: &str) -> String {
    let space = if label.is_empty() { "" } else { " " };
    match (was.is_empty(), now.is_empty()) {
        (true, true) => format!("{label}{space}would be written differently"),
        (true, false) => format!("{label}{space}{}", new(now)),
        (false, true) => format!("{label}{space}{}", gone(was)),
        (false, false) => would_be(label, was, now),
    }
}

/// What would change.
pub fn would_be(label: &str, was: &str, now: &str) -> String {
    let space = if label.is_empty() { "" } else { " " };
    format!("{label}{space}{was} would be {now}")
}

/// What would be removed.
pub fn gone(was: &str) -> String {
    format!("{was} {GONE}")
}

/// What would be added.
pub fn new(now: &str) -> String {
    format!("{now} {NEW}")
}

/// A change of entries of the schedule.
pub fn said_of(entries: &str, what: &str) -> String {
    format!("{entries}: {what}")
}

/// Doses of the schedule.
pub const DOSES: &str = "doses";
/// Supplies of the schedule.
pub const SUPPLIES: &str = "supplies";

/// A dose of the schedule.
pub fn dose(number: &impl Display) -> String {
    format!("dose {number}")
}

/// A supply of the schedule.
pub fn supply(number: &impl Display) -> String {
    format!("supply {number}")
}

/// A check.
pub fn check(what: &str) -> String {
    format!("{what} check")
}

/// A check before a dose.
pub fn before_dose(check: &str, number: &impl Display) -> String {
    format!("{check} before dose {number}")
}

/// Checks before several doses.
pub fn checks_before_doses(check: &str) -> String {
    format!("{check}s before doses")
}

/// Something on a day.
pub fn named_on(what: &str, day: &str) -> String {
    format!("{what} {}", on(day))
}

/// On a day.
pub fn on(day: &str) -> String {
    format!("on {day}")
}

/// A dose on a day.
pub fn dose_on(dose: &str, day: &str) -> String {
    named_on(dose, day)
}

/// The dose above a creatinine limit, in milligrams.
pub fn dose_there(mg: Option<&impl Display>) -> String {
    mg.map_or_else(|| "no dose".to_owned(), |mg| format!("{mg} mg"))
}

/// Entries in a row: "doses 3 to 14", "creatinine checks before doses 2 to 5".
pub fn run(plural: &str, first: u64, last: u64) -> String {
    format!("{plural} {first} to {last}")
}

/// By how many days something moves.
pub fn moved(days: i64) -> String {
    let count = counted(days.abs(), "day");
    if days < 0 { format!("{count} earlier") } else { format!("{count} later") }
}

/// The same for the planned day.
pub fn planned(moved: &str) -> String {
    format!("planned {moved}")
}

/// A key of an entry of the schedule.
pub fn aspect(key: &str) -> String {
    match key {
        "moved_because" => "moved because".to_owned(),
        "planned_date" => "planned for".to_owned(),
        "must_keep_band" => "range to keep".to_owned(),
        "text" => String::new(),
        _ => key.replace('_', " "),
    }
}

/// A dose that would be added or removed.
pub fn dosing(was: Option<&str>, now: Option<&str>) -> String {
    match (was, now) {
        (Some(was), _) => format!("dose {was} would no longer be given"),
        (None, Some(now)) => format!("no dose would become {now}"),
        (None, None) => "the dose would be written differently".to_owned(),
    }
}

/// A schedule that would be added or removed.
pub fn schedule(was: Option<usize>, now: Option<usize>) -> String {
    let doses = |count: usize| counted(i64::try_from(count).unwrap_or(i64::MAX), "dose");
    match (was, now) {
        (Some(was), _) => format!("the schedule with {} would be removed", doses(was)),
        (None, Some(now)) => format!("a schedule with {} would be added", doses(now)),
        (None, None) => "the schedule would be written differently".to_owned(),
    }
}

/// A finding, by its code.
pub fn finding(code: &str) -> String {
    format!("finding {code}:")
}

/// A finding that would be added.
pub fn finding_new(code: &str, severity: &str, message: &str) -> String {
    format!("finding {code} ({severity}) would be added: {message}")
}

/// A finding that would be removed.
pub fn finding_gone(code: &str, severity: &str, message: &str) -> String {
    format!("finding {code} ({severity}) would be removed: {message}")
}

/// A confirmation that would match its finding again, or no longer.
pub fn confirmation(code: &str, used: bool) -> String {
    let what = if used { "would match its finding" } else { "would match no finding" };
    format!("the confirmation of {code} {what}")
}

/// A list in another order.
pub fn order_of(what: &str) -> String {
    format!("the order of {what}")
}
