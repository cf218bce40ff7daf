//! What a patient takes of a course by mouth, and how often. Entries keep the dose in mg and the request that it comes
//! from; how often it is taken is said by the engine, which makes the same of that request again.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::{
    event::{Assessed, Body, Counted, Event, What},
    fold::CourseState,
};
use crate::{
    dosing,
    json::Text,
    plan::{Dosing, Outcome, reopen},
    regimen::Library,
    request::Request,
};

/// What a patient takes by mouth.
#[derive(Clone, Debug)]
pub struct ByMouth {
    /// The dosing; none where the library at hand is not the one that it was made with.
    pub dosing: Option<Box<Dosing>>,
    /// The day of the assessment that decides it; none where that is the plan.
    pub assessed: Option<NaiveDate>,
}

/// What is taken in a course: by the assessment that is named, else by the newest assessment or plan. None of a course
/// whose doses are given on the ward.
pub fn by_mouth(
    course: &CourseState,
    events: &[Event],
    assessed: Option<u64>,
    library: &'static Library,
) -> Option<ByMouth> {
    if course.plan.unit != Counted::Supplies {
        return None;
    }
    let struck: BTreeSet<u64> = events.iter().filter_map(|event| event.what.strikes()).collect();
    let is_of_course = |event: &&Event| event.course == Some(course.number) && !struck.contains(&event.number);
    let plan = events.iter().find(|event| event.number == course.plan_number).map(|it| (it.on, it.number));
    let is_meant = |event: &&Event| match assessed {
        Some(named) => event.number == named,
        None => Some((event.on, event.number)) > plan,
    };
    let meant = events.iter().filter(is_of_course).filter(is_meant).filter(|event| assessment(event).is_some());
    let newest = meant.max_by_key(|event| (event.on, event.number));
    match newest.and_then(assessment) {
        Some(it) => {
            let dosing = made_again(it.request.clone(), &it.regimens_sha256, library);
            Some(ByMouth { dosing, assessed: Some(it.day) })
        }
        None => Some(planned(course, library)),
    }
}

/// What is taken by the plan in force.
pub fn planned(course: &CourseState, library: &'static Library) -> ByMouth {
    let request = reopen(course.plan.plan.0.as_bytes()).ok();
    let dosing = request.and_then(|request| made_again(request, &course.plan.regimens_sha256, library));
    ByMouth { dosing, assessed: None }
}

/// An assessment that decides a dose.
fn assessment(event: &Event) -> Option<&Assessed> {
    match &event.what {
        What::Body(Body::Assessed(it)) if it.dose_mg.is_some() => Some(it),
        _ => None,
    }
}

/// The dosing of a request with the library that it was made with.
fn made_again(request: Request, made_with: &Text, library: &'static Library) -> Option<Box<Dosing>> {
    if made_with.as_str() != library.digest() {
        return None;
    }
    match dosing::plan(request, library).ok()?.outcome() {
        Outcome::Dosed(dosed) => Some(Box::new(dosed.dosing.clone())),
        Outcome::Stopped => None,
    }
}
