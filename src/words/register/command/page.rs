//! The page of a patient: the courses, their doses and holds, and what is next.

use chrono::NaiveDate;

use super::super::{due, end, hold, number, place};
use crate::{
    plan::DatedCheck,
    quantity::{Creatinine, Decimal},
    ward::{
        event::{Place, Second},
        fold::{CourseState, DoseGiven, EndedOn, OpenHold, Status},
    },
    words::{
        date,
        spoken::{capital, counted, day, subject},
        verdict,
    },
};

/// What is said of a ward whose register was made without a name.
pub const UNNAMED: &str = "Ward";
/// The heading of what does not fit in a patient's entries.
pub const FAULTS: &str = "To be cleared up";
/// The heading of a patient's entries.
pub const ENTRIES: &str = "Entries";
/// The dose can be given.
pub const GO: &str = "GO";
/// A named person must confirm something first.
pub const CONFIRM: &str = "CONFIRM";
/// The dose must not be given.
pub const HOLD: &str = "HOLD";
/// The columns of the doses of a course.
pub const DOSES: [&str; 3] = ["Dose", "Planned", "What became of it"];
/// What is said of a patient whose entries were erased.
pub const ERASED: &str = "The entries of this patient were erased.";
/// What is said of a patient of whom no entry says who it is, though nobody erased it.
pub const WHO_NOT_READABLE: &str = "Who this patient is cannot be read: the entries are damaged.";
/// Said of a patient without a course.
pub const NO_COURSE: &str = "No course is planned.";
/// Mark of an entry that was struck.
pub const STRUCK: &str = "struck";

/// The checks and reviews of a course that have a day of their own and are open.
pub fn to_check(checks: &[DatedCheck]) -> String {
    let said = |it: &DatedCheck| format!("{} on {}", it.what.map_or("review", subject), day(it.on));
    format!("To check: {}.", checks.iter().map(said).collect::<Vec<_>>().join("; "))
}

/// The checks of a course that has ended, which nobody is reminded of any more.
pub fn leaves_open(checks: &[DatedCheck]) -> String {
    format!("No list reminds of them any more. {}", to_check(checks))
}

/// The next dose, with its day.
pub fn next(unit: &str, dose: u16, on: NaiveDate) -> String {
    format!("Next: {unit} {dose}, due {}.", day(on))
}

/// The next dose, which has no day.
pub fn no_date(unit: &str, dose: u16) -> String {
    format!("Next: {unit} {dose}, no date is set. It is first on the list until somebody sets one.")
}

/// The next dose, for which no open day was found.
pub fn never_open(unit: &str, dose: u16) -> String {
    format!("Next: {unit} {dose}, and no open day was found for it. Look at the open days of the ward.")
}

/// The next dose, which is past the end of the course.
pub fn past_end(unit: &str, dose: u16, on: NaiveDate) -> String {
    let would_be = due::past_end(on);
    format!("Next: {unit} {dose} {would_be}. Look at the days that were entered; else end the course or plan it again.")
}

/// A course on hold.
pub fn on_hold(OpenHold { on, because, look_again, .. }: &OpenHold) -> String {
    let again = look_again.map_or_else(
        || "no day is set on which to look at it again".to_owned(),
        |again| format!("look at it again on {}", day(again)),
    );
    format!("On hold since {} ({}); {again}.", date(*on), hold(*because))
}

/// A course of which nothing is open.
pub fn nothing_open(status: Status, ended: Option<EndedOn>) -> String {
    match status {
        Status::Ended => ended.map_or_else(
            || "The course has ended.".to_owned(),
            |it| format!("The course ended on {} ({}).", date(it.on), end(it.because)),
        ),
        Status::Planned | Status::Active | Status::OnHold | Status::AllAnswered => {
            "No dose of the plan is open. Plan again, or end the course.".to_owned()
        }
    }
}

/// The heading of a course. What is taken by mouth is said with how often.
pub fn course(course: &CourseState, taken: Option<&str>) -> String {
    let dose = taken.map_or_else(|| super::super::milligrams(course.dose_mg), str::to_owned);
    format!("Course {}: {} {dose}, {}", course.number, course.plan.name, super::super::status(course.status))
}

/// A dose that was decided anew since the plan was made.
pub fn as_assessed(dose: &str, planned: &str) -> String {
    format!(
        "{dose} is the dose of the newest assessment, and the plan says {planned}. The assessment of the day decides."
    )
}

/// A dose in mg.
pub fn milligrams(dose: Decimal) -> String {
    super::super::milligrams(dose)
}

/// Said of a dose that was given without an assessment, where each assessment decides it anew.
pub const UNASSESSED: &str =
    "No assessment of that day is behind this dose. It is that of the newest one, or of the plan: read it again.";

/// How many doses were given of a course.
pub fn given_so_far(course: &CourseState) -> String {
    let (Some(first), Some(last)) = (course.first_dose, course.last_dose) else {
        return "Nothing was given yet.".to_owned();
    };
    let count = course.doses_given.map_or_else(
        || "The number of doses given is not known".to_owned(),
        |doses| format!("{} given", counted(doses.into(), "dose")),
    );
    if first == last {
        format!("{count}, on {}.", date(first))
    } else {
        format!("{count}; the first on {}, the last on {}.", date(first), date(last))
    }
}

/// When a course began its plan, by its entry, and when it ends.
pub fn plan(course: &CourseState) -> String {
    let ends = course.ends().map_or_else(String::new, |ends| format!("; doses are given before {}", date(ends)));
    format!("Planned in entry {}{ends}.", number(course.plan_number))
}

/// The creatinine before the first dose.
pub fn baseline(value: Creatinine, on: NaiveDate) -> String {
    format!("Creatinine before the first dose: {}.", verdict::baseline(value, on))
}

/// A dose that was given, with what of it: "given 05-Jan-2026, 0.5 mg, not complete (entry 7)".
pub fn given(dose: &DoseGiven) -> String {
    let parts = [
        Some(format!("given {}", date(dose.on))),
        Some(super::super::milligrams(dose.dose_mg)),
        (!dose.complete).then(|| "not complete".to_owned()),
        (dose.place != Place::Ward).then(|| place(dose.place).to_owned()),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    format!("{} (entry {})", parts.join(", "), number(dose.number))
}

/// What is recorded of a dose, with the second person.
pub fn checked_by(said: &str, second: Option<&Second>) -> String {
    second.map_or_else(|| said.to_owned(), |second| format!("{said}; second person {}", second.by))
}

/// A dose that was left out.
pub fn omitted(on: NaiveDate, entry: u64) -> String {
    format!("omitted {} (entry {})", date(on), number(entry))
}

/// An open dose of a course on hold.
pub const WAITS: &str = "on hold";

/// A dose that is due.
pub fn due(on: NaiveDate, standing: &str) -> String {
    format!("{standing} {}", day(on))
}

/// That a dose was deferred, beside its day.
pub fn deferred(because: &str, entry: u64) -> String {
    format!("deferred: {because} (entry {})", number(entry))
}

/// A dose that was not planned.
pub fn unplanned(dose: &DoseGiven) -> String {
    format!("Not planned: {}", given(dose))
}

/// The last entry that whoever reads a page has seen.
pub fn seen(last_seq: u32) -> String {
    format!("Seen up to {last_seq} (for --seen).")
}

/// Entries that are not as they were stored.
pub fn altered(numbers: &[u64]) -> String {
    format!("Altered after it was written, or the disk is damaged: {}.", super::super::entries(numbers))
}

/// A finding that was confirmed.
pub fn confirmed(finding: &str, by: &str) -> String {
    format!("{finding} Confirmed by {by}.")
}

/// Holds of which the engine is not told: it does not judge them.
pub fn untold_holds(holds: &[OpenHold]) -> String {
    format!(
        "{} The engine cannot judge this hold, since no dose was given before it or the treatment has no length. Settle the \
         reason, then resume the course.",
        capital(&super::super::on_hold(holds))
    )
}

/// How the course is put on hold for what stops the dose.
pub fn hold_with(reason: &str) -> String {
    format!("To put the course on hold: osteodose ward hold --because {reason}.")
}
