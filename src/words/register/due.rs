//! The words of the list of who is due.

use chrono::{DateTime, FixedOffset, NaiveDate};

use crate::{
    json::{Text, unhidden},
    quantity::Creatinine,
    request::DatedCreatinine,
    ward::{
        fold::{EngineHold, OpenHold},
        store::{DamagedPatient, DueLine, Group},
    },
    words::{
        date,
        spoken::{capital, counted, day, subject},
        verdict,
    },
};

/// Said where the list is empty.
pub const NOBODY_DUE: &str = "Nobody is due, overdue, without a date or on hold, and nothing is to be checked.";
/// Said where the list is empty, and only of those without a date and those who are late.
pub const NOBODY_OVERDUE: &str = "Nobody is overdue or without a date.";
/// A patient whose identifier cannot be read.
const NO_IDENTIFIER: &str = "identifier not readable";
/// What is to be done with a course of which every dose is answered.
const ALL_ANSWERED: &str = "all doses recorded: end the course or plan the next";
/// The review of a treatment.
const REVIEW: &str = "review the treatment";
/// Said of a regimen that no creatinine holds.
pub const NO_HOLD_VALUE: &str = "no hold value";
/// Said where the value of the hold is not known.
pub const HOLD_NOT_KNOWN: &str = "hold value not known: see the plan";
/// Said where no creatinine was entered.
pub const NO_CREATININE: &str = "not recorded";
/// The columns of the sheet.
pub const DUE_COLUMNS: [&str; 7] =
    ["Due", "Patient", "Drug and dose", "Creatinine", "Result", "Given, batch", "Signatures"];

/// A verdict of hold on the next dose that stands.
pub fn engine_hold(stopped: EngineHold) -> String {
    format!("HOLD said on {} (entry {}): assess again", date(stopped.on), super::number(stopped.number))
}

/// Why a course is on hold.
pub fn on_hold_for(holds: &[OpenHold]) -> String {
    let reasons: Vec<&str> = holds.iter().map(|it| super::hold(it.because)).collect();
    format!("on hold: {}", reasons.join("; "))
}

/// Said of a patient of whom something does not fit.
pub const LOOK_AT_PAGE: &str = "to be cleared up: see the page (osteodose ward show)";

/// The title of the list.
pub fn due_title(ward: &Text, of: NaiveDate) -> String {
    format!("{ward}: due list for {}", day(of))
}

/// When the list was made, and how far it looks.
pub fn as_of(at: DateTime<FixedOffset>, ahead: u16) -> String {
    format!("As of {}; {} ahead.", moment(at), counted(ahead.into(), "day"))
}

/// When the list was made, where it is only of those without a date and those who are late.
pub fn as_of_overdue(at: DateTime<FixedOffset>) -> String {
    format!("As of {}; only who is overdue or without a date.", moment(at))
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
        Group::Checks => "CHECKS AND REVIEWS".to_owned(),
    }
}

/// The day of a course in the list, and by how much it is late; nothing where it has none.
pub fn due_day(line: &DueLine) -> String {
    match sheet_day(line) {
        _ if line.group != Group::Held && list_day(line).is_none() => String::new(),
        (day, late) if late.is_empty() => day,
        (day, late) => format!("{day}, {late}"),
    }
}

/// The day of a course on the sheet, and by how much it is late.
pub fn sheet_day(line: &DueLine) -> (String, String) {
    if line.group == Group::Held {
        return (look_again(line.look_again), String::new());
    }
    let late = if line.late_days > 0 { format!("{} late", counted(line.late_days, "day")) } else { String::new() };
    list_day(line).map_or_else(|| ("no date".to_owned(), String::new()), |on| (day(on), late))
}

/// The day for which a course is in the list: that of its dose, or of its first check.
fn list_day(line: &DueLine) -> Option<NaiveDate> {
    match line.group {
        Group::NoDate | Group::Held => None,
        Group::Checks => line.checks.first().map(|check| check.on),
        Group::Overdue | Group::Today | Group::Ahead => line.due,
    }
}

fn look_again(on: Option<NaiveDate>) -> String {
    on.map_or_else(|| "no day to look again".to_owned(), |on| format!("look again {}", day(on)))
}

/// What is to be checked or done: "check mouth and teeth; on Tue 08-Jun-2027: check calcium". The first day is said
/// beside it.
fn to_do(line: &DueLine) -> String {
    let mut said = None;
    let mut all: Vec<String> = Vec::new();
    for check in &line.checks {
        let what = check.what.map_or_else(|| REVIEW.to_owned(), |what| format!("check {}", subject(what)));
        all.push(match said {
            Some(before) if before != check.on => format!("on {}: {what}", day(check.on)),
            _ => what,
        });
        said = Some(check.on);
    }
    all.extend(line.all_answered.then(|| ALL_ANSWERED.to_owned()));
    all.join("; ")
}

/// A part of the list with the number of its courses.
pub fn counted_group(of: Group, ahead: u16, courses: usize) -> String {
    format!("{} ({courses})", group(of, ahead))
}

/// The part of the list with those of whom nothing can be said.
pub fn damaged_group(patients: usize) -> String {
    format!("ENTRIES DAMAGED ({patients})")
}

/// Why nothing can be said of a patient, and what to do.
pub fn damaged(entries: &[u64]) -> String {
    let what = match entries {
        [] => "Entries of this patient are missing, or belong to somebody else.".to_owned(),
        [_] => {
            format!("{} was altered after it was written, or the disk is damaged.", capital(&super::entries(entries)))
        }
        _ => format!(
            "{} were altered after they were written, or the disk is damaged.",
            capital(&super::entries(entries))
        ),
    };
    format!(
        "{what} Whether a dose is due is not known: look at the paper record, and have the register verified (osteodose \
         ward verify)."
    )
}

/// A patient of whom nothing can be said, as far as the register still knows who it is.
pub fn damaged_patient(DamagedPatient { uid, id, name, birth_date, .. }: &DamagedPatient) -> String {
    let born = birth_date.map(|born| format!("born {}", date(born)));
    let id = id.clone().or_else(|| uid.map(|uid| uid.to_string())).unwrap_or_else(|| NO_IDENTIFIER.to_owned());
    unhidden(&name.iter().cloned().chain(born).chain([id]).collect::<Vec<_>>().join(", "))
}

/// The patient of a course in the list.
pub fn due_patient(line: &DueLine) -> String {
    let born = Some(due_born(line)).filter(|born| !born.is_empty());
    let all: Vec<String> = line.name.iter().cloned().chain(born).chain([line.id.clone()]).collect();
    // What is kept beside the entries can be anything in a file that somebody else has written to.
    unhidden(&all.join(", "))
}

/// The date of birth; nothing where it is not known.
pub fn due_born(line: &DueLine) -> String {
    line.birth_date.map_or_else(String::new, |born| format!("born {}", date(born)))
}

/// What is due: "zoledronic acid 3.5 mg, dose 4; doses given: 3, last on 29-Dec-2026".
pub fn due_dose(line: &DueLine, drug: &str) -> String {
    let drug = if line.group == Group::Checks { format!("{drug}:") } else { drug.to_owned() };
    format!("{drug} {}; {}", due_next(line), due_given(line))
}

/// The next dose: "3.5 mg, dose 4"; or what is to be checked.
pub fn due_next(line: &DueLine) -> String {
    if line.group == Group::Checks {
        return to_do(line);
    }
    let dose = line.dose.iter().cloned();
    let next = line.next_dose.map(|next| format!("dose {next}"));
    let past_end = line.past_end.map(past_end);
    let all: Vec<String> = dose.chain(next).chain(past_end).chain(line.lapsed.map(lapsed)).collect();
    unhidden(&all.join(", "))
}

/// A dose that is past the end of its course.
pub(super) fn past_end(on: NaiveDate) -> String {
    format!("would be on {}, past the end of the course: not booked", day(on))
}

/// A dose that was due before the end of its course, and was not given by then.
fn lapsed(on: NaiveDate) -> String {
    format!("was due on {}, and the course has reached its end: not booked", day(on))
}

/// What was given before.
pub fn due_given(line: &DueLine) -> String {
    if line.given == 0 && line.last_given.is_none() {
        return "none given yet".to_owned();
    }
    let last = line.last_given.map_or_else(String::new, |last| format!(", last on {}", date(last)));
    format!("doses given: {}{last}", line.given)
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

/// What made the sheet, of which ward and day, and when.
pub fn sheet_foot(ward: &Text, of: NaiveDate, at: DateTime<FixedOffset>) -> String {
    format!("{ward}, {}, as of {}, osteodose {}", day(of), moment(at), env!("CARGO_PKG_VERSION"))
}
