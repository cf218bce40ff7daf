//! The register as people read it: what was recorded and what is next, the page of a patient.

mod log;
mod patient;
mod today;

pub use log::log_line;
pub use patient::{entry_lines, next, patient};
pub use today::said_of_today;

use crate::{
    plan::Dosing,
    quantity::Decimal,
    regimen::Library,
    request::Clinic,
    ward::{
        by_mouth::{At, ByMouth, by_mouth},
        event::{Body, Event, What},
        fold::{self, CourseState},
        store::Appended,
    },
    words::{
        register::{self as said, command as words},
        spoken::{capital, day},
        summary,
    },
};

/// What was recorded, in lines: the numbers of the entries, what was given, and what is next and when.
pub fn recorded(appended: &Appended, clinic: &Clinic, library: &'static Library) -> Vec<String> {
    let numbers: Vec<u64> = appended.stored.iter().map(|it| it.header.number).collect();
    let mut lines = vec![words::recorded(&numbers)];
    let Some(history) = &appended.history else { return lines };
    let events = history.events();
    let state = fold::state(&events);
    let (new, before): (Vec<Event>, Vec<Event>) =
        events.iter().cloned().partition(|event| numbers.contains(&event.number));
    let was = fold::state(&before);
    for event in &new {
        let course = event.course.and_then(|course| state.course(course));
        lines.extend(course.and_then(|course| amount(event, course, &events, library)));
        let was = course.and_then(|course| was.course(course.number));
        let both = was.zip(course).map(|(was, course)| [(was, before.as_slice()), (course, events.as_slice())]);
        lines.extend(both.and_then(|both| changes(event, both, library)));
        lines.extend(course.filter(|course| is_unassessed(event, course)).map(|_| words::UNASSESSED.to_owned()));
    }
    let course = new.iter().find_map(|event| event.course).and_then(|number| state.course(number));
    lines.extend(course.map(|course| next(course, clinic)));
    let faults = state.faults.iter().filter(|fault| !was.faults.contains(fault));
    lines.extend(faults.map(|fault| words::to_clear_up(&said::fault(fault))));
    lines
}

/// Whether a dose was given without an assessment, where each assessment decides it anew.
fn is_unassessed(event: &Event, course: &CourseState) -> bool {
    let What::Body(body) = &event.what else { return false };
    body.drug().is_some_and(|drug| drug.assessed.is_none()) && !course.plan.rule.needs_baseline
}

/// What was given or supplied.
fn amount(event: &Event, course: &CourseState, events: &[Event], library: &'static Library) -> Option<String> {
    let What::Body(body) = &event.what else { return None };
    let drug = body.drug()?;
    let given = course.doses.iter().find(|dose| dose.number == event.number)?;
    let by_mouth = by_mouth(course, events, At::of(drug.assessed, event.on), library);
    let taken = by_mouth.as_ref().map(|it| taken(given.dose_mg, it));
    let amount = words::amount(course.plan.name.as_str(), given, taken.as_deref());
    let supplied = match body {
        Body::Supplied(it) => format!(", {}", said::handed_out(it.units, it.days)),
        _ => String::new(),
    };
    Some(format!("{}: {amount}{supplied}, {}.", capital(&said::what(&event.what)), day(event.on)))
}

/// What an assessment changes in what is taken by mouth, where both are known: tablets of one strength taken less often
/// look like the dose before. The course is that before the new entries, and that with them.
fn changes(event: &Event, courses: [(&CourseState, &[Event]); 2], library: &'static Library) -> Option<String> {
    let What::Body(Body::Assessed(assessed)) = &event.what else { return None };
    let [was, is] = courses.map(|(course, events)| by_mouth(course, events, At::Newest, library));
    let is = is.filter(|it| it.assessed == Some(assessed.day));
    let [was, is] = [was?.dosing?, is?.dosing?].map(|it| super::dose_and_frequency(&it));
    (was != is).then(|| words::taken_from_now(&was, &is))
}

/// The dose that comes next in a course: what is taken by mouth with how often, else in mg.
pub fn amount_in_use(course: &CourseState, events: &[Event], library: &'static Library) -> String {
    let taken_home = by_mouth(course, events, At::Newest, library);
    taken_home.map_or_else(|| said::milligrams(course.dose_mg), |it| taken(course.dose_mg, &it))
}

/// The next steps of a verdict of today, in order; without the check that follows, whose day is that of the course.
pub fn what_now(plan: &crate::plan::Plan) -> Vec<String> {
    super::what_now_but_checks(plan)
}

/// What is taken by mouth, with how often: "50 mg every second day".
pub fn taken(mg: Decimal, by_mouth: &ByMouth) -> String {
    match &by_mouth.dosing {
        Some(dosing) if dosing.mass.in_milligrams() == mg => super::dose_and_frequency(dosing),
        Some(dosing) => words::taken(mg, &dosing.frequency),
        None => words::taken_as_said(mg, by_mouth.assessed),
    }
}

/// The steps of a dose that goes down, by the days of taking.
fn steps(dosing: &Dosing) -> Vec<String> {
    let first = dosing.steps.first().map(|step| step.date);
    let step = |step: &crate::plan::Step| {
        let form = dosing.product.form;
        let intakes: Vec<String> =
            step.intakes.iter().map(|it| summary::intake(it.mass, it.units, form, it.when)).collect();
        let day = first.map_or(1, |first| (step.date - first).num_days() + 1);
        words::step(day, &words::in_parts(step.mass, &intakes), step.only)
    };
    dosing.steps.iter().map(step).collect()
}
