//! The list of who is due as JSON.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Serialize;

use super::{DueList, DueRow, HoldValue, REVIEW, checked, moment, word};
use crate::{
    plan::HoldAt,
    quantity::Creatinine,
    regimen::Subject,
    ward::store::{DamagedPatient, Group},
};

/// The form of the document.
const FORMAT: &str = "osteodose-due/1";

/// Every word of a group, in the order of the list.
fn group_words() -> Vec<&'static str> {
    [Group::NoDate, Group::Overdue, Group::Today, Group::Ahead, Group::Held, Group::Checks].map(word).to_vec()
}

/// Every word of what is checked.
fn checked_words() -> Vec<&'static str> {
    Subject::ALL.iter().map(|it| it.as_str()).chain([REVIEW]).collect()
}

/// The list as it is written to JSON.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Due", deny_unknown_fields)]
pub struct DueDocument<'l> {
    /// The form of the document.
    format: &'static str,
    /// The name of the ward.
    ward: &'l str,
    /// The day of which it is the list.
    day: NaiveDate,
    /// How many days ahead it looks.
    ahead_days: u16,
    /// When it was made, by the clock of the ward.
    as_of: String,
    /// The last entry of the register then: its number and the first digits of its hash.
    anchor: String,
    /// The day of the last backup that the register knows of.
    last_backup: Option<NaiveDate>,
    /// Those whose entries cannot be relied on, so that nobody knows what is due. Their courses are not in the list.
    damaged: Vec<DamagedDocument<'l>>,
    /// The courses, in the order in which a ward looks at them.
    courses: Vec<CourseDocument<'l>>,
}

/// A course that is due, needs a day, or is on hold.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "DueCourse", deny_unknown_fields)]
struct CourseDocument<'l> {
    /// Where it is in the list.
    #[schemars(extend("enum" = group_words()))]
    group: &'static str,
    /// The patient.
    patient: PatientDocument<'l>,
    /// The number of the course in the patient.
    course: u32,
    /// The drug, by its word.
    drug: &'l str,
    /// The drug's name.
    drug_name: &'l str,
    /// The dose, with its unit.
    dose: Option<&'l str>,
    /// The number of the next dose.
    next_dose: Option<u16>,
    /// The day on which it is due; null where it has no day.
    due: Option<NaiveDate>,
    /// By how many days it, or the first check, is late.
    late_days: i64,
    /// The day on which a course on hold is looked at again.
    look_again: Option<NaiveDate>,
    /// How many doses were given.
    given: u32,
    /// The day of the last of them.
    last_given: Option<NaiveDate>,
    /// The checks and reviews up to the last day of the list, in the group of checks alone.
    checks: Vec<CheckDocument>,
    /// Whether every dose is answered, so that the course is ended or planned again.
    all_answered: bool,
    /// The creatinine from which a dose is held, and up to which a held course is resumed; null where there is none or
    /// it is not known.
    hold: Option<HoldDocument>,
    /// Whether the regimen holds a dose by its creatinine.
    has_hold: bool,
    /// The day of the newest verdict on the next dose, where it is hold: it is assessed again before a dose.
    hold_said: Option<NaiveDate>,
    /// The newest creatinine that was entered.
    creatinine: Option<CreatinineDocument>,
    /// What else there is to know, in words, as text and sheet say it: why the course is on hold, a verdict of hold that
    /// stands, and that something is to be cleared up.
    notices: Vec<String>,
}

/// A patient whose entries cannot be relied on.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "DueDamaged", deny_unknown_fields)]
struct DamagedDocument<'l> {
    /// The patient's name in the register, of 32 digits; null where it cannot be read.
    uid: Option<String>,
    /// The identifier.
    id: Option<&'l str>,
    /// The name.
    name: Option<&'l str>,
    /// The date of birth.
    birth_date: Option<NaiveDate>,
    /// The entries that were altered or cannot be read; none where entries are missing or are not of this patient.
    entries: &'l [u64],
}

/// A check or a review.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "DueCheck", deny_unknown_fields)]
struct CheckDocument {
    /// Its day.
    on: NaiveDate,
    /// What is checked, or that the treatment is reviewed.
    #[schemars(extend("enum" = checked_words()))]
    what: &'static str,
}

/// A patient of the list.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "DuePatient", deny_unknown_fields)]
struct PatientDocument<'l> {
    /// The patient's name in the register, of 32 digits.
    uid: String,
    /// The identifier.
    id: &'l str,
    /// The name.
    name: Option<&'l str>,
    /// The date of birth.
    birth_date: Option<NaiveDate>,
}

/// The figures of a hold.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "DueHold", deny_unknown_fields)]
struct HoldDocument {
    /// A dose is held from this value on.
    hold_at_least: Creatinine,
    /// A held course is resumed up to this value.
    resume_at_most: Creatinine,
}

/// A creatinine.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "DueCreatinine", deny_unknown_fields)]
struct CreatinineDocument {
    /// The value.
    value: Creatinine,
    /// Its day.
    date: NaiveDate,
}

/// The list as one JSON document, a key on each line.
///
/// # Panics
/// Never: a list is made of text and numbers, which JSON can hold.
pub fn json(list: &DueList) -> String {
    let document = DueDocument {
        format: FORMAT,
        ward: list.ward.as_str(),
        day: list.day,
        ahead_days: list.ahead,
        as_of: moment(list.as_of),
        anchor: list.anchor.to_string(),
        last_backup: list.last_backup,
        damaged: list.damaged.iter().map(DamagedDocument::of).collect(),
        courses: list.ordered().map(CourseDocument::of).collect(),
    };
    serde_json::to_string_pretty(&document).expect("a list is made of text and numbers") + "\n"
}

impl<'l> DamagedDocument<'l> {
    fn of(patient: &'l DamagedPatient) -> Self {
        Self {
            uid: patient.uid.map(|uid| uid.to_string()),
            id: patient.id.as_deref(),
            name: patient.name.as_deref(),
            birth_date: patient.birth_date,
            entries: &patient.entries,
        }
    }
}

impl<'l> CourseDocument<'l> {
    fn of(DueRow { line, beside }: &'l DueRow) -> Self {
        let hold = match beside.hold {
            HoldValue::At(HoldAt { hold_at_least, resume_at_most, .. }) => {
                Some(HoldDocument { hold_at_least, resume_at_most })
            }
            HoldValue::None | HoldValue::NotKnown => None,
        };
        Self {
            group: word(line.group),
            patient: PatientDocument {
                uid: line.uid.to_string(),
                id: &line.id,
                name: line.name.as_deref(),
                birth_date: line.birth_date,
            },
            course: line.course,
            drug: &line.drug,
            drug_name: &beside.drug,
            dose: line.dose.as_deref(),
            next_dose: line.next_dose,
            due: line.due,
            late_days: line.late_days,
            look_again: line.look_again,
            given: line.given,
            last_given: line.last_given,
            checks: line.checks.iter().map(|it| CheckDocument { on: it.on, what: checked(it) }).collect(),
            all_answered: line.all_answered,
            hold,
            has_hold: beside.hold != HoldValue::None,
            hold_said: beside.stopped.map(|it| it.on),
            creatinine: beside.creatinine.as_ref().map(|it| CreatinineDocument { value: it.measured(), date: it.date }),
            notices: beside.notices(),
        }
    }
}
