//! The words of the list of who is due.

use chrono::{DateTime, FixedOffset, NaiveDate};

use super::number;
use crate::{
    json::Text,
    quantity::Creatinine,
    request::DatedCreatinine,
    ward::store::{Anchor, DueLine, Group},
    words::{
        date,
        spoken::{counted, day},
        verdict,
    },
};

/// Said where the list is empty.
pub const NOBODY_DUE: &str = "Nobody is due, overdue, without a date or on hold.";
/// Said of a regimen that no creatinine holds.
pub const NO_HOLD_VALUE: &str = "no hold value";
/// Said where the value of the hold is not known.
pub const HOLD_NOT_KNOWN: &str = "hold value not known: see the plan";
/// Said where no creatinine was entered.
pub const NO_CREATININE: &str = "not recorded";
/// The columns of the sheet.
pub const DUE_COLUMNS: [&str; 7] =
    ["Due", "Patient", "Drug and dose", "Creatinine", "Result", "Given, batch", "Signatures"];

/// The title of the list.
pub fn due_title(ward: &Text, of: NaiveDate) -> String {
    format!("{ward}: due list for {}", day(of))
}

/// When the list was made, and how far it looks.
pub fn as_of(at: DateTime<FixedOffset>, ahead: u16) -> String {
    format!("As of {}; {} ahead.", moment(at), counted(ahead.into(), "day"))
}

/// A moment: "01-Dec-2026 at 10:42".
fn moment(at: DateTime<FixedOffset>) -> String {
    format!("{} at {}", date(at.date_naive()), at.format("%H:%M"))
}

/// A part of the list.
fn group(group: Group, ahead: u16) -> String {
    match group {
        Group::NoDate => "NO DATE".to_owned(),
        Group::Overdue => "OVERDUE".to_owned(),
        Group::Today => "TODAY".to_owned(),
        Group::Ahead => format!("NEXT {}", counted(ahead.into(), "day").to_uppercase()),
        Group::Held => "ON HOLD".to_owned(),
    }
}

/// The day of a course in the list.
pub fn due_day(line: &DueLine) -> String {
    match (line.group, line.due) {
        (Group::Held, _) => line.look_again.map_or_else(|| "no day to look again".to_owned(), look_again),
        (_, None) => "no date".to_owned(),
        (_, Some(due)) if line.late_days > 0 => format!("{}, {} late", day(due), counted(line.late_days, "day")),
        (_, Some(due)) => day(due),
    }
}

fn look_again(on: NaiveDate) -> String {
    format!("look again {}", day(on))
}

/// The day of a course on the sheet, and by how much it is late.
pub fn sheet_day(line: &DueLine) -> (String, String) {
    match (line.group, line.due) {
        (Group::NoDate | Group::Held, _) | (_, None) => (due_day(line), String::new()),
        (_, Some(due)) if line.late_days > 0 => (day(due), format!("{} late", counted(line.late_days, "day"))),
        (_, Some(due)) => (day(due), String::new()),
    }
}

/// A part of the list with the number of its courses.
pub fn counted_group(of: Group, ahead: u16, courses: usize) -> String {
    format!("{} ({courses})", group(of, ahead))
}

/// The patient of a course in the list.
pub fn due_patient(line: &DueLine) -> String {
    let name = line.name.as_ref().map_or_else(String::new, |name| format!("{name}; "));
    format!("{name}{}", due_identity(line))
}

/// The identifier and the date of birth.
fn due_identity(line: &DueLine) -> String {
    let born = due_born(line);
    let born = if born.is_empty() { born } else { format!("; {born}") };
    format!("identifier {}{born}", line.id)
}

/// The date of birth; nothing where it is not known.
pub fn due_born(line: &DueLine) -> String {
    line.birth_date.map_or_else(String::new, |born| format!("born {}", date(born)))
}

/// What is due: "zoledronic acid 3.5 mg, dose 4; 3 given here, last on 29-Dec-2026".
pub fn due_dose(line: &DueLine, drug: &str) -> String {
    format!("{drug} {}; {}", due_next(line), due_given(line))
}

/// The next dose: "3.5 mg, dose 4".
pub fn due_next(line: &DueLine) -> String {
    let dose = line.dose.iter().cloned();
    let next = line.next_dose.map(|next| format!("dose {next}"));
    dose.chain(next).collect::<Vec<_>>().join(", ")
}

/// What was given before.
pub fn due_given(line: &DueLine) -> String {
    let last = line.last_given.map_or_else(String::new, |last| format!(", last on {}", date(last)));
    format!("{} given here{last}", line.given)
}

/// What is looked at before a dose.
pub fn due_checks(value: &str, creatinine: &str) -> String {
    format!("creatinine: {value}; {}", last(creatinine))
}

/// The last creatinine, or that none is recorded.
pub fn last(creatinine: &str) -> String {
    format!("last {creatinine}")
}

/// The creatinine from which a dose is held.
pub fn hold_from(value: Creatinine) -> String {
    format!("hold at {}", verdict::or_above(value))
}

/// The creatinine up to which a held course is resumed.
pub fn resume_up_to(value: Creatinine) -> String {
    format!("resume at {}", verdict::or_below(value))
}

/// A creatinine with its day: "92 µmol/L on 18-Nov-2026".
pub fn creatinine(creatinine: &DatedCreatinine) -> String {
    format!("{} on {}", creatinine.measured(), date(creatinine.date))
}

/// The last entry of the register, at the foot of every list.
pub fn due_foot(anchor: &Anchor) -> String {
    format!("Register entry {}, {}", number(anchor.number()), anchor.digits())
}

/// What made the sheet, of which ward and day, and when.
pub fn sheet_foot(ward: &Text, of: NaiveDate, at: DateTime<FixedOffset>) -> String {
    format!("{ward}, {}, as of {}, osteodose {}", day(of), moment(at), env!("CARGO_PKG_VERSION"))
}
