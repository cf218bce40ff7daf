//! What `osteodose ward record` answers to another program: what was recorded, the state of the patient, what is next.

use chrono::NaiveDate;
use serde::Serialize;

use crate::{
    quantity::Decimal,
    request::Clinic,
    ward::{
        event::Event,
        flow::{self, Standing},
        fold::{self, CourseState, Status},
        store::{Hash, Stored},
    },
    words::register::fault,
};

/// The answer to an entry that is recorded, or would be.
#[derive(Serialize)]
pub(super) struct Answer {
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<u64>,
    seq: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    hash: Option<String>,
    state: State,
    next: Option<Next>,
}

/// The state of a patient.
#[derive(Serialize)]
struct State {
    courses: Vec<Course>,
    faults: Vec<String>,
}

#[derive(Serialize)]
struct Course {
    #[serde(rename = "course")]
    number: u32,
    drug: String,
    status: Status,
    dose_mg: Decimal,
    doses_given: Option<u16>,
    first_dose: Option<NaiveDate>,
    last_dose: Option<NaiveDate>,
    holds: Vec<u64>,
}

/// The next dose of the course that is open.
#[derive(Serialize)]
struct Next {
    course: u32,
    dose: u16,
    due: Option<NaiveDate>,
    standing: Standing,
}

/// The answer to an entry that is not recorded.
#[derive(Serialize)]
pub(super) struct ErrorAnswer {
    line: u64,
    error: String,
    since: Vec<Since>,
}

/// An entry that came between.
#[derive(Serialize)]
struct Since {
    number: u64,
    seq: u32,
    kind: String,
    on: NaiveDate,
    by: String,
}

impl Answer {
    /// The state of a patient after an entry.
    pub(super) fn of(events: &[Event], clinic: &Clinic) -> Self {
        let state = fold::state(events);
        let next = state.open_course().and_then(|course| next(course, clinic));
        let courses = state.courses.iter().map(Course::of).collect();
        let faults = state.faults.iter().map(fault).collect();
        let seq = events.last().map_or(0, |event| event.seq);
        Self { number: None, seq, hash: None, state: State { courses, faults }, next }
    }

    /// The number of the entry; none where it is not stored.
    pub(super) fn number(&self) -> Option<u64> {
        self.number
    }

    /// The answer with the entry as it is stored.
    pub(super) fn stored(self, stored: &[Stored]) -> Self {
        let last = stored.last();
        Self { number: last.map(|it| it.header.number), hash: last.map(|it| digits(&it.hash)), ..self }
    }
}

impl Course {
    fn of(course: &CourseState) -> Self {
        Self {
            number: course.number,
            drug: course.drug().to_string(),
            status: course.status,
            dose_mg: course.dose_mg,
            doses_given: course.doses_given,
            first_dose: course.first_dose,
            last_dose: course.last_dose,
            holds: course.holds.iter().map(|hold| hold.number).collect(),
        }
    }
}

fn next(course: &CourseState, clinic: &Clinic) -> Option<Next> {
    let dates = flow::dates(course, &flow::calendar(course, clinic));
    let next = flow::next(&dates)?;
    Some(Next { course: course.number, dose: next.dose, due: next.due, standing: next.standing })
}

fn digits(hash: &Hash) -> String {
    let digit = |value: u8| char::from_digit(value.into(), 16).unwrap_or('0');
    hash.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

impl ErrorAnswer {
    /// Why a line is not recorded, with what came between.
    pub(super) fn of(line: u64, error: String, since: &[Event]) -> Self {
        let of = |event: &Event| Since {
            number: event.number,
            seq: event.seq,
            kind: event.what.kind().to_owned(),
            on: event.on,
            by: event.by.to_string(),
        };
        Self { line, error, since: since.iter().map(of).collect() }
    }
}
