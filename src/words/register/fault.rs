//! What of a patient's entries does not fit, with what to do about it.

use chrono::NaiveDate;

use super::{entries, milligrams, number};
use crate::{
    json::printable,
    ward::fold::FoldFault,
    words::{
        date,
        spoken::{capital, counted},
    },
};

/// What does not fit.
pub fn fault(fault: &FoldFault) -> String {
    match fault {
        FoldFault::Unknown { number: entry, kind } => format!(
            "Entry {} (\"{}\") was written by a newer osteodose and cannot be read here. Use the newer program.",
            number(*entry),
            printable(kind)
        ),
        FoldFault::OfWard { number: entry } => {
            format!("Entry {} is one of the ward, not of a patient.", number(*entry))
        }
        FoldFault::OutsideCourse { number: entry } => {
            format!("Entry {} names no course, so it does not count. Strike it and record it again.", number(*entry))
        }
        FoldFault::WithoutPlan { course } => {
            format!("Course {course} has entries and no plan, so its doses do not count. Plan it again.")
        }
        FoldFault::StruckNothing { number: strike, entry } => {
            format!("Entry {} strikes entry {}, which is not there.", number(*strike), number(*entry))
        }
        FoldFault::StruckStrike { number: strike, entry } => {
            format!(
                "Entry {} strikes entry {}, which is a strike itself; nothing changes.",
                number(*strike),
                number(*entry)
            )
        }
        FoldFault::StruckTwice { number: strike, entry } => {
            format!("Entry {} strikes entry {} a second time; nothing changes.", number(*strike), number(*entry))
        }
        FoldFault::WithoutAssessment { number: entry, assessed } => format!(
            "Entry {} rests on a struck assessment (entry {}), or on one that is not there or of another course.",
            number(*entry),
            number(*assessed)
        ),
        FoldFault::BaselineUnknown { course, first_dose } => format!(
            "Course {course}: the creatinine before the first dose, on {}, is not known. Enter it at the next visit.",
            date(*first_dose)
        ),
        FoldFault::AnotherBaseline { number: entry, course } => format!(
            "Course {course}: entry {} was made with another creatinine before the first dose than the entries have now. \
             Assess again.",
            number(*entry)
        ),
        FoldFault::Twice { dose, first, second } => format!(
            "Dose {dose} is recorded as given twice (entries {} and {}); both count. Strike the wrong one.",
            number(*first),
            number(*second)
        ),
        FoldFault::AlreadyAnswered { number: entry, dose, first } => format!(
            "Entry {} defers or omits dose {dose}, which was settled before (entry {}); it stays as it was.",
            number(*entry),
            number(*first)
        ),
        FoldFault::NoSuchDose { number: entry, dose } => {
            format!("Entry {} is about dose {dose}, which the plan does not have.", number(*entry))
        }
        FoldFault::AnotherDose { number: entry, given_mg, planned_mg, .. } => format!(
            "Entry {}: {} was given and {} was planned. Note why, or plan again.",
            number(*entry),
            milligrams(*given_mg),
            milligrams(*planned_mg)
        ),
        FoldFault::OtherDose { number: entry, planned_mg, in_use_mg } => format!(
            "Entry {} plans {} in a course in which {} is in use; the dose in use stands. Note why, or plan again.",
            number(*entry),
            milligrams(*planned_mg),
            milligrams(*in_use_mg)
        ),
        FoldFault::GivenOnHold { number: entry, holds } => format!(
            "Entry {}: a dose was given while the course was on hold ({}); it counts.",
            number(*entry),
            entries(holds)
        ),
        FoldFault::TooClose { number, before, days, least } => too_close([*before, *number], *days, *least),
        FoldFault::SuppliedEarly { number, before, days } => supplied_early(*number, *before, *days),
        FoldFault::NotStated { number, on, last } => not_stated(*number, *on, *last),
        FoldFault::StatedNotRecorded { number, on } => stated_not_recorded(*number, *on),
        FoldFault::OtherCount { number, stated, recorded } => other_count(*number, *stated, *recorded),
        FoldFault::ResumedUnassessed { number: entry, hold } => format!(
            "Entry {} lifts a hold for the creatinine (entry {}) without an assessment that says so. Look at the \
             creatinine before the next dose.",
            number(*entry),
            number(*hold)
        ),
        FoldFault::AfterEnd { number: entry, end } => format!(
            "Entry {} is dated after the end of the course (entry {}). A dose counts; anything else does not.",
            number(*entry),
            number(*end)
        ),
        FoldFault::NoOpenHold { number, hold } => no_open_hold(*number, *hold),
        FoldFault::TwoOpen { first, second } => {
            format!("{} No dose is assessed until then.", capital(&super::two_open(*first, *second)))
        }
        FoldFault::OtherRegimen { number: entry, course } => {
            format!("{} No dose is assessed until then.", capital(&super::other_regimen(*course, *entry)))
        }
        FoldFault::OtherDrug { number: entry } => {
            format!("Entry {} plans another drug in a course under way; the plan does not count.", number(*entry))
        }
    }
}

/// Two doses that lie too near to each other.
fn too_close([first, second]: [u64; 2], days: i64, least: i64) -> String {
    let within = if days == 0 { "on one day".to_owned() } else { format!("within {}", counted(days, "day")) };
    let unknown = if first < second { "no go for the second" } else { "the first was recorded after the second" };
    format!(
        "Two doses {within} (entries {} and {}), where at least {} must lie between, and {unknown}. Both count. Strike \
         one that was not given.",
        number(first),
        number(second),
        counted(least, "day")
    )
}

/// A supply long before what was supplied before it is used up.
fn supplied_early(entry: u64, before: u64, days: i64) -> String {
    format!(
        "Entry {} supplies again {} before the supplies up to then (the last is entry {}) are used up. Both count. Strike \
         one that was not supplied, else note why.",
        number(entry),
        counted(days, "day"),
        number(before)
    )
}

/// A plan that does not know of a dose before it.
fn not_stated(plan: u64, on: NaiveDate, last: Option<NaiveDate>) -> String {
    let stated = last.map_or("no last dose".to_owned(), |last| format!("{} as the last dose", date(last)));
    format!(
        "The plan in force (entry {}) states {stated}, and one of {} is recorded. Plan again.",
        number(plan),
        date(on)
    )
}

/// A plan that was made with a dose that is struck.
fn stated_not_recorded(plan: u64, on: NaiveDate) -> String {
    format!(
        "The plan in force (entry {}) states a dose of {} that is no longer recorded. Plan again.",
        number(plan),
        date(on)
    )
}

/// A plan that was made with another number of doses.
fn other_count(plan: u64, stated: u16, recorded: u16) -> String {
    let is = if recorded == 1 { "is" } else { "are" };
    format!(
        "The plan in force (entry {}) states {} before it, and {recorded} {is} recorded. Plan again.",
        number(plan),
        counted(stated.into(), "dose")
    )
}

/// A hold that is lifted and is not there, or is lifted already.
fn no_open_hold(entry: u64, hold: Option<u64>) -> String {
    let entry = number(entry);
    match hold {
        Some(hold) => {
            format!("Entry {entry} resumes a hold that is not open (entry {}); nothing changes.", number(hold))
        }
        None => format!("Entry {entry} resumes no hold; nothing changes."),
    }
}
