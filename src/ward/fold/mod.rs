//! What the entries of a patient amount to: who the patient is, the courses with their doses, and what does not fit.
//!
//! The fold never fails: an entry that does not fit is a fault, which the patient's page shows on top, and everything
//! else counts all the same.

mod admit;
mod build;
mod course;
mod entries;
mod fault;
mod go;
mod refused;

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::event::{Assessed, Body, Event, Identity, What};
use crate::request::{EarlierDose, LastAntiresorptive, Request};
use build::Building;
use entries::{Entry, standing};

pub(super) use admit::reads_as;
pub use admit::{admit, has_not_ended, is_late, is_one_person};
pub use course::{Answer, CourseState, DoseGiven, EndedOn, EngineHold, LookedAt, OpenHold, SlotState, Status};
pub use fault::FoldFault;
pub use go::{newest_assessment, standing_assessment};
pub use refused::{Recorded, Refused};

/// The version of the fold. It is raised when the same entries amount to something else, so that whatever was kept of an
/// older one is computed again.
pub const VERSION: u32 = 6;

/// What the entries of a patient amount to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PatientState {
    /// Who the patient is; none before registration and after erasure.
    pub identity: Option<Identity>,
    /// The courses, in the order of their numbers.
    pub courses: Vec<CourseState>,
    /// The laboratory values of its assessments.
    pub labs: Vec<LabsOn>,
    /// Doses given elsewhere, as they were said at its assessments.
    pub said: Vec<LastAntiresorptive>,
    /// What does not fit.
    pub faults: Vec<FoldFault>,
    /// Whether a newer program wrote an entry that this one cannot read, so that nothing may be recorded.
    pub read_only: bool,
    /// Whether the patient's entries were erased.
    pub erased: bool,
}

/// The laboratory values of an assessment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LabsOn {
    /// The entry.
    pub number: u64,
    /// The day of the assessment.
    pub on: NaiveDate,
    /// The day of the values.
    pub date: NaiveDate,
}

impl PatientState {
    /// Whether a dose of a course may be judged on a day by laboratory values of this date: they are the newest that are
    /// recorded, and where a creatinine decides on the dose it was taken after the last one.
    ///
    /// # Errors
    /// Where they are older.
    pub fn are_newest(&self, course: &CourseState, on: NaiveDate, date: NaiveDate) -> Result<(), Refused> {
        let before = self.labs.iter().filter(|it| it.on <= on);
        if let Some(it) = before.max_by_key(|it| (it.date, it.number)).filter(|it| it.date > date) {
            return Err(Refused::OlderLabs { date, newest: it.date, entry: it.number });
        }
        match course.first_possible().filter(|_| course.plan.rule.needs_baseline) {
            // Before another dose is possible it can only be the rest of the last one.
            Some((possible, last)) if possible <= on && date <= last => Err(Refused::LabsBeforeDose { date, last }),
            _ => Ok(()),
        }
    }

    /// The newest dose of an antiresorptive that is known: of any course here, or as the plans have it.
    pub fn last_antiresorptive(&self) -> Option<EarlierDose> {
        let stated = || self.courses.iter().flat_map(|course| &course.earlier);
        let elsewhere = stated().filter_map(|earlier| match earlier {
            EarlierDose::Last(last) => Some(last.clone()),
            EarlierDose::None => None,
        });
        let here = self.courses.iter().flat_map(CourseState::antiresorptives);
        let newest = elsewhere.chain(here).max_by_key(|last| last.date);
        newest.map(EarlierDose::Last).or_else(|| stated().next_back().cloned())
    }

    /// A course by its number.
    pub fn course(&self, number: u32) -> Option<&CourseState> {
        self.courses.iter().find(|course| course.number == number)
    }

    /// The course that has not ended; none where a new one can be planned.
    pub fn open_course(&self) -> Option<&CourseState> {
        self.courses.iter().rev().find(|course| course.status != Status::Ended)
    }

    /// The course of a number, where the engine can be asked about it: it has not ended, it is the only one, and all of
    /// it is one treatment.
    ///
    /// # Errors
    /// Where it cannot.
    pub fn assessable(&self, number: u32, on: NaiveDate) -> Result<&CourseState, Refused> {
        for fault in &self.faults {
            match *fault {
                FoldFault::TwoOpen { first, second } => return Err(Refused::TwoOpen { first, second }),
                FoldFault::OtherRegimen { number: entry, course } if course == number => {
                    return Err(Refused::OtherRegimen { course, entry });
                }
                _ => {}
            }
        }
        let open = self.course(number).filter(|course| course.status != Status::Ended);
        let open = open.ok_or(Refused::NoOpenCourse { course: number })?;
        match open.ends().filter(|ends| *ends <= on) {
            Some(ends) => Err(Refused::CourseOver { course: number, ends }),
            None => Ok(open),
        }
    }
}

/// What is known of the patient beside a course.
struct Facts<'e> {
    /// The assessments that were not struck, by the numbers of their entries.
    assessed: BTreeMap<u64, AssessedOn<'e>>,
}

/// An assessment, with the day and the course of its entry.
#[derive(Clone, Copy)]
struct AssessedOn<'e> {
    on: NaiveDate,
    course: Option<u32>,
    assessed: &'e Assessed,
}

/// What the entries of one patient amount to, whatever they are.
pub fn state(events: &[Event]) -> PatientState {
    let is_erased = |event: &Event| matches!(event.what, What::Erased { .. } | What::Body(Body::Erased(_)));
    if events.iter().any(is_erased) {
        return PatientState { erased: true, ..PatientState::default() };
    }
    let mut state = PatientState::default();
    let entries = standing(events, &mut state.faults);
    state.read_only = events.iter().any(|event| matches!(event.what, What::Unknown { .. }));
    let mut facts = Facts { assessed: BTreeMap::new() };
    let mut said = Vec::new();
    for Entry { event, body } in &entries {
        match body {
            Body::Registered(it) => state.identity = Some(it.patient.clone()),
            Body::IdentityCorrected(it) => state.identity = Some(it.patient.clone()),
            Body::Assessed(assessed) => {
                let it = AssessedOn { on: event.on, course: event.course, assessed };
                facts.assessed.insert(event.number, it);
                let Request { labs, history, .. } = &assessed.request;
                state.labs.push(LabsOn { number: event.number, on: event.on, date: labs.date });
                if let Some(EarlierDose::Last(last)) = history.as_ref().and_then(|it| it.last_antiresorptive.as_ref()) {
                    said.push(last.clone());
                }
            }
            _ => {}
        }
    }
    let numbers: BTreeSet<u32> = entries.iter().filter_map(|entry| entry.event.course).collect();
    for number in numbers {
        state.courses.extend(Building::course(number, &entries, &facts, &mut state.faults));
    }
    // What the register itself had told the engine is no dose given elsewhere, and goes with its entry if that is struck.
    let is_own = |it: &LastAntiresorptive| {
        state.courses.iter().any(|course| course.plan.drug == it.drug)
            && events.iter().any(|event| event.on == it.date && admit::is_given(event))
    };
    said.retain(|it| !is_own(it));
    state.said = said;
    let mut open = state.courses.iter().filter(|course| course.status != Status::Ended).map(|course| course.number);
    if let (Some(first), Some(second)) = (open.next(), open.next()) {
        state.faults.insert(0, FoldFault::TwoOpen { first, second });
    }
    state
}
