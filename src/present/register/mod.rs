//! The register as people read it: what was recorded and what is next, the page of a patient.

mod log;
mod patient;
mod today;

pub use log::log_line;
pub use patient::{next, patient};
pub use today::said_of_today;

use crate::request::Clinic;
use crate::{
    ward::{
        event::{Event, What},
        fold::{self, CourseState},
        store::Appended,
    },
    words::register::command as words,
};

/// What was recorded, in lines: the numbers of the entries, what was given, and what is next and when.
pub fn recorded(appended: &Appended, clinic: &Clinic) -> Vec<String> {
    let numbers: Vec<u64> = appended.stored.iter().map(|it| it.header.number).collect();
    let mut lines = vec![words::recorded(&numbers)];
    let Some(history) = &appended.history else { return lines };
    let events = history.events();
    let state = fold::state(&events);
    let new = |event: &&Event| numbers.contains(&event.number);
    for event in events.iter().filter(new) {
        let course = event.course.and_then(|course| state.course(course));
        lines.extend(course.and_then(|course| amount(event, course)));
        lines.extend(course.filter(|course| is_unassessed(event, course)).map(|_| words::UNASSESSED.to_owned()));
    }
    let course = events.iter().filter(new).find_map(|event| event.course).and_then(|number| state.course(number));
    lines.extend(course.map(|course| next(course, clinic)));
    lines
}

/// Whether a dose was given without an assessment, where each assessment decides it anew.
fn is_unassessed(event: &Event, course: &CourseState) -> bool {
    let What::Body(body) = &event.what else { return false };
    body.drug().is_some_and(|drug| drug.assessed.is_none()) && !course.plan.rule.needs_baseline
}

/// What was given or supplied.
fn amount(event: &Event, course: &CourseState) -> Option<String> {
    let What::Body(body) = &event.what else { return None };
    body.drug()?;
    let given = course.doses.iter().find(|dose| dose.number == event.number)?;
    let what = crate::words::register::what(&event.what);
    Some(format!(
        "{}: {}, {}.",
        crate::words::spoken::capital(&what),
        words::amount(course.plan.name.as_str(), given),
        crate::words::spoken::day(event.on)
    ))
}
