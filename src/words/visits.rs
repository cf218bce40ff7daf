//! The words of a visit: what is checked, at which value the dose is held, why it was moved. All are short, for the
//! cells of a table.

use chrono::NaiveDate;

use super::spoken::{self, day, weekday};
use crate::{
    patient::Weekday,
    plan::{Before, Moved},
    quantity::AmountRange,
    regimen::{Subject, Verification},
};

/// What is checked.
pub fn check(subject: Subject, verification: Option<Verification>) -> String {
    spoken::marked(in_short(subject), verification)
}

/// What is checked at a visit, with the value at which the dose is held: "creatinine, hold at 136 µmol/L or above".
pub fn checks(checks: &[String], hold_at: Option<&str>) -> String {
    let creatinine = in_short(Subject::Creatinine);
    let hold = hold_at.map(|value| format!("hold at {value}"));
    let with_hold = |check: &String| match &hold {
        Some(hold) if check == creatinine => format!("{check}, {hold}"),
        _ => check.clone(),
    };
    let mut said: Vec<String> = checks.iter().map(with_hold).collect();
    // A calcium at which the dose is held is named with its limit.
    said.extend(hold.clone().filter(|_| !checks.iter().any(|check| check == creatinine)));
    said.join("; ")
}

/// What is given at a visit: "dose 2: 3.5 mg", "supply 1: 56 capsules for 28 days".
pub fn given(it: Before, dose: &str) -> String {
    match it {
        Before::Dose(number) => format!("dose {number}: {dose}"),
        Before::Supply(number) => format!("supply {number}: {dose}"),
    }
}

/// The columns of the visits as text.
pub const COLUMNS: [&str; 3] = ["Date", "Given", "Checks first"];

/// What is said beside a check.
pub fn of_check(subject: Subject, text: &str) -> String {
    format!("{}: {text}", in_short(subject))
}

/// A check that is not needed, because the value that was entered suffices.
pub fn done(subject: Subject) -> String {
    format!("{} done", in_short(subject))
}

fn in_short(subject: Subject) -> &'static str {
    match subject {
        Subject::Dental => "teeth",
        Subject::UrineAlbumin => "urine albumin",
        Subject::Electrolytes => "calcium, phosphate, magnesium",
        Subject::Creatinine
        | Subject::Calcium
        | Subject::Phosphate
        | Subject::Magnesium
        | Subject::VitaminD
        | Subject::ParathyroidHormone => spoken::subject(subject),
    }
}

/// A calcium at which the dose is held.
pub fn calcium_below(normal: AmountRange, ionised: bool) -> String {
    let what = if ionised { "ionised" } else { "corrected" };
    format!("{what} calcium below {} {}", normal.low, normal.unit)
}

/// The day of the calcium that a dose depends on.
pub fn by_calcium_of(on: NaiveDate) -> String {
    format!("by the calcium of {}", day(on))
}

/// Said of the first dose after an old creatinine.
pub const BECOMES_BASELINE: &str = "this creatinine becomes the baseline: plan again with it";
/// A review.
pub const REVIEW: &str = "review";
/// The review with which a course ends.
pub const LAST_REVIEW: &str = "review, end of the course";
/// The last check of an emergency.
pub const LAST_CHECK: &str = "last check";

/// The clearance that a result must keep.
pub fn must_keep(band: &str) -> String {
    format!("only if the clearance is still {band}")
}

/// Why a visit is not on the day it was planned for.
pub fn moved(planned: NaiveDate, why: Moved) -> String {
    let planned = day(planned);
    match why {
        Moved::ClinicClosed => format!("moved from {planned}, closed"),
        Moved::MinimumGap => format!("moved from {planned}, to keep the minimum gap"),
    }
}

/// What was moved onto the day of another thing: "teeth moved from Sat 05-Jun-2027, closed".
pub fn moved_too(what: &str, planned: NaiveDate, why: Moved) -> String {
    format!("{what} {}", moved(planned, why))
}

/// The mark of a visit of which it is said above the table why it is moved.
pub const MOVED: &str = "moved";

/// Why several visits are so many days later than planned, instead of a remark on each: "Visits 2 to 13 are 1 day later
/// than planned, to keep the minimum gap."
pub fn moved_together(numbers: &[u16], later: i64, why: Moved) -> String {
    let why = match why {
        Moved::ClinicClosed => "because the clinic is closed",
        Moved::MinimumGap => "to keep the minimum gap",
    };
    format!("Visits {} are {} later than planned, {why}.", numbered(numbers), spoken::counted(later, "day"))
}

/// A note of several visits, said once: "Visits 2 to 13: only if the clearance is still 30 to below 50 mL/min."
pub fn shared(numbers: &[u16], note: &str) -> String {
    format!("Visits {}: {note}.", numbered(numbers))
}

/// The numbers of visits: "2, 5 and 7 to 13".
fn numbered(numbers: &[u16]) -> String {
    let mut runs: Vec<(u16, u16)> = Vec::new();
    for &number in numbers {
        match runs.last_mut() {
            Some((_, last)) if number == *last + 1 => *last = number,
            _ => runs.push((number, number)),
        }
    }
    let said = |(first, last): (u16, u16)| match last - first {
        0 => vec![first.to_string()],
        1 => vec![first.to_string(), last.to_string()],
        _ => vec![format!("{first} to {last}")],
    };
    let which: Vec<String> = runs.into_iter().flat_map(said).collect();
    spoken::all_of(&which)
}

/// Every visit is moved from the same weekday: why, and the visits that go to another day than the others.
pub fn moved_alike(from: NaiveDate, to: NaiveDate, gap_keeps_it: bool, others: &[(u16, NaiveDate)]) -> String {
    let why = if gap_keeps_it {
        format!("the clinic is closed on {}, and the minimum gap keeps the shift", day(from))
    } else {
        "the clinic is closed".to_owned()
    };
    let [from, to] = [from, to].map(|day| weekday(Weekday::of(day)));
    let mut said = vec![format!("Every visit is moved from a {from} to a {to}: {why}.")];
    said.extend(others.iter().map(|(number, to)| format!("Visit {number} is on {}.", day(*to))));
    said.join(" ")
}
