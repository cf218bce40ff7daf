//! What is said of a saved plan that is made again.

mod places;

use std::fmt::Display;

pub use places::{is_a_word, label, unit};

use super::spoken::{all_of, counted};

/// What stands before the changes of a plan that would be another today.
const WOULD_CHANGE: &str = "WOULD CHANGE";
/// What stands before the changes of a file that somebody altered.
const ALTERED: &str = "ALTERED since it was written";
/// An entry of the schedule that would not be there.
pub const GONE: &str = "would be gone";
/// An entry of the schedule that is not there yet.
pub const NEW: &str = "would be new";
/// The order of a list.
pub const ORDER: &str = "the order";
/// Why an alteration cannot be excluded.
pub const NO_CHECKSUM: &str = "the file carries no checksum, so an alteration cannot be told from a change";
/// Why a file without a checksum is known to be altered.
pub const OTHER_HAND: &str =
    "the file carries no checksum; it names the program and the regimens at hand, and these write something else";
/// What is said of a file of the first kind whose letters changed and whose figures are others now.
pub const REPRINTED: &str = "the letters of the file changed since it was written, by another program or by hand; \
                             its checksum cannot tell which";
/// What is odd about a file whose checksum fits and whose content does not.
pub const SEALED_AGAIN: &str = "the file names the program and the regimens at hand, which write something else; \
                                somebody may have made its checksum anew";

/// What stands in the place of an id that the file does not have.
pub const NO_ID: &str = "(no id)";
/// A request in the place of a plan.
pub const A_REQUEST: &str = "a request, not a plan; osteodose plan --format makes its plan and hands it on";
/// A short line of a batch in the place of a plan.
pub const A_BRIEF_LINE: &str =
    "a short line of osteodose batch --brief, not a plan; it repeats no request; run batch without --brief";
/// Something else in the place of a plan.
pub const NO_PLAN: &str = "not a plan: a plan is an object with \"format\": \"osteodose-plan/1\"";
/// A file of lines without any.
pub const NO_LINE: &str = "no plan is in it";
/// What to do with a saved plan that cannot be handed on.
pub const WHAT_TO_DO: &str = "Nothing was handed on. Open the file in the form (osteodose FILE), look at what changes \
                              and save it as a new plan; or make the plan anew from its request (osteodose plan); or \
                              name the regimens it was made with (--regimens DIR).";

/// What is said on opening a file that was altered.
pub const OPENED_ALTERED: &str =
    "This file was altered since it was written. osteodose recheck FILE says what differs.";
/// What is said on opening a plan that would be another.
pub const OPENED_OTHERWISE: &str =
    "By the rules at hand this plan is another than the saved one. osteodose recheck FILE says what differs.";
/// What is said on opening a plan that other rules made, with the same outcome.
pub const OPENED_BY_OTHER_RULES: &str = "This plan was made by other rules; by those at hand it is the same.";

/// What a batch says of a request that was not usable.
pub fn batch_error(line: &str, error: &str) -> String {
    format!("not a plan: osteodose batch could not use the request in line {line}: {error}")
}

/// A file that cannot be read.
pub fn unreadable(error: &impl Display) -> String {
    format!("cannot be read: {error}")
}

/// A document that is no plan.
pub fn not_usable(why: &str) -> String {
    format!("NOT USABLE: {why}")
}

/// Why a saved plan is not handed on.
pub fn not_handed_on(headline: &str) -> String {
    format!("not handed on: {headline}")
}

/// How many came out how, in the last line: the same, changed, altered, not usable.
pub fn summary([same, changed, altered, unusable]: [usize; 4], doses: usize, impossible: usize) -> String {
    let all = same + changed + altered + unusable;
    let gone = if impossible == 0 { String::new() } else { format!("; {impossible} can no longer be planned") };
    format!(
        "{all} read: {same} the same, {changed} would change, {altered} altered, {unusable} not usable; another dose \
         or volume in {doses}{gone}"
    )
}

/// A plan that is the same.
pub fn the_same(makers: Option<&str>, no_checksum: bool) -> String {
    let makers = makers.map_or_else(String::new, |it| format!(" ({})", made_by_others(it)));
    let seal = if no_checksum { "; it carries no checksum" } else { "" };
    format!("the same{makers}{seal}")
}

/// A plan that would be another.
pub fn would_change(parts: &[String]) -> String {
    format!("{WOULD_CHANGE}: {}", parts.join("; "))
}

/// A plan whose file was altered.
pub fn altered(parts: &[String]) -> String {
    if parts.is_empty() {
        return format!("{ALTERED}, though what it says is the same");
    }
    format!("{ALTERED}: {}", parts.join("; "))
}

/// Why no plan can be made any more.
pub fn impossible(why: &str) -> String {
    format!("can no longer be planned: {why}")
}

/// How much the first line leaves to the others.
pub fn counts(schedule: usize, findings: usize, others: usize) -> Vec<String> {
    let counts =
        [(schedule, "change", " of the schedule"), (findings, "change", " of findings"), (others, "other change", "")];
    let count =
        |count: usize, word, after| format!("{}{after}", counted(i64::try_from(count).unwrap_or(i64::MAX), word));
    counts.into_iter().filter(|(n, ..)| *n > 0).map(|(n, word, after)| count(n, word, after)).collect()
}

/// What made a plan, where it was something else than what is at hand.
pub fn made_by_others(makers: &str) -> String {
    format!("made by other rules: {makers}")
}

/// The fingerprint of a library, shortened.
pub fn fingerprint(digest: &str) -> String {
    format!("fingerprint {}", digest.chars().take(12).collect::<String>())
}

/// A program with its version.
pub fn program(name: &str) -> String {
    format!("program {name}")
}

/// Whose file a regimen stands in.
pub fn origin(origin: &str) -> String {
    format!("{origin} regimens")
}

/// Sources that come or go.
pub fn sources(ids: &[&str], what: &str) -> String {
    let many = if ids.len() == 1 { "source" } else { "sources" };
    format!("{many} {} {what}", all_of(ids))
}

/// A creatinine above which a dose changes.
pub fn above(value: &impl Display, unit: &impl Display) -> String {
    format!("above {value} {unit}")
}

/// Who stands behind a regimen.
pub fn owner(owner: &str) -> String {
    format!("owner {owner}")
}

/// When a regimen was reviewed.
pub fn reviewed(day: &str) -> String {
    format!("reviewed {day}")
}

/// What would be something else, come or go. An empty text stands for nothing.
pub fn changed(label: &str, was: &str, now: &str) -> String {
    let space = if label.is_empty() { "" } else { " " };
    match (was.is_empty(), now.is_empty()) {
        (true, true) => format!("{label}{space}would be written otherwise"),
        (true, false) => format!("{label}{space}{}", new(now)),
        (false, true) => format!("{label}{space}{}", gone(was)),
        (false, false) => would_be(label, was, now),
    }
}

/// What would be something else.
pub fn would_be(label: &str, was: &str, now: &str) -> String {
    let space = if label.is_empty() { "" } else { " " };
    format!("{label}{space}{was} would be {now}")
}

/// What would be gone.
pub fn gone(was: &str) -> String {
    format!("{was} {GONE}")
}

/// What would be new.
pub fn new(now: &str) -> String {
    format!("{now} {NEW}")
}

/// What is said of entries of the schedule.
pub fn said_of(entries: &str, what: &str) -> String {
    format!("{entries}: {what}")
}

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

/// The dose at which the list of changing doses arrives.
pub fn dose_there(mass: &str) -> String {
    if mass == "nothing" { "no dose".to_owned() } else { format!("{mass} mg") }
}

/// Entries in a row: "doses 3 to 14", "creatinine checks before doses 2 to 5".
pub fn run(stem: &str, first: u64, last: u64) -> String {
    let many = match stem {
        "supply" => "supplies".to_owned(),
        _ => stem.replace("check before dose", "checks before dose") + "s",
    };
    format!("{many} {first} to {last}")
}

/// By how many days something moves.
pub fn moved(days: i64) -> String {
    let count = counted(days.abs(), "day");
    if days < 0 { format!("{count} earlier") } else { format!("{count} later") }
}

/// The same for the day something was planned for.
pub fn planned(moved: &str) -> String {
    format!("planned {moved}")
}

/// A key of an entry of the schedule.
pub fn aspect(key: &str) -> String {
    match key {
        "moved_because" => "moved because".to_owned(),
        "planned_date" => "planned for".to_owned(),
        "must_keep_band" => "band to keep".to_owned(),
        "text" => String::new(),
        _ => key.replace('_', " "),
    }
}

/// A dose that would begin or end.
pub fn dosing(was: Option<&str>, now: Option<&str>) -> String {
    match (was, now) {
        (Some(was), _) => format!("dose {was} would not be given any more"),
        (None, Some(now)) => format!("no dose would be {now}"),
        (None, None) => "the dose would be written otherwise".to_owned(),
    }
}

/// Dates that would begin or end.
pub fn schedule(was: Option<usize>, now: Option<usize>) -> String {
    let doses = |count: usize| counted(i64::try_from(count).unwrap_or(i64::MAX), "dose");
    match (was, now) {
        (Some(was), _) => format!("the schedule with {} would be gone", doses(was)),
        (None, Some(now)) => format!("a schedule with {} would be new", doses(now)),
        (None, None) => "the schedule would be written otherwise".to_owned(),
    }
}

/// A finding, by its code.
pub fn finding(code: &str) -> String {
    format!("finding {code}:")
}

/// A finding that would come.
pub fn finding_new(code: &str, severity: &str, message: &str) -> String {
    format!("finding {code} ({severity}) would come: {message}")
}

/// A finding that would go.
pub fn finding_gone(code: &str, severity: &str, message: &str) -> String {
    format!("finding {code} ({severity}) would go: {message}")
}

/// A confirmation that meets its finding again, or none any more.
pub fn confirmation(code: &str, used: bool) -> String {
    let what = if used { "would meet its finding" } else { "would meet no finding" };
    format!("the confirmation of {code} {what}")
}

/// A list that stands in another order.
pub fn order_of(what: &str) -> String {
    format!("the order of {what}")
}
