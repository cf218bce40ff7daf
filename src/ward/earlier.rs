//! The earlier dose that the engine is told of at a visit. A request has room for one, and the register may know several:
//! those of other courses, those that a plan states, and the one that is entered. Told is the one that keeps today's dose
//! from being given for longest, as the engine itself computes it.

use std::{cmp::Reverse, collections::BTreeSet};

use chrono::NaiveDate;

use super::fold::{CourseState, PatientState};
use crate::{
    dosing,
    plan::Evidence,
    regimen::{Library, Severity},
    request::{Course, EarlierDose, LastAntiresorptive, Request},
};

/// The earlier dose of a request of today. The doses that its `course` states are judged as that, and are not told again
/// in the place of another one.
pub(super) fn dose(
    state: &PatientState,
    course: &CourseState,
    entered: Option<EarlierDose>,
    request: &Request,
    library: &'static Library,
) -> Option<EarlierDose> {
    let under_way = request.course.as_ref();
    let counted = match under_way {
        Some(under_way) => days_of(course, under_way),
        None => course.running(request.treatment.start_date),
    };
    let is_counted = |it: &LastAntiresorptive| it.drug == *course.drug() && counted.contains(&it.date);
    let given = state.courses.iter().flat_map(CourseState::antiresorptives);
    let stated = state.courses.iter().flat_map(|it| &it.earlier);
    let stated = stated.chain(&entered).filter_map(|it| match it {
        EarlierDose::Last(last) => Some(last.clone()),
        EarlierDose::None => None,
    });
    let said = state.said.iter().cloned();
    let others: Vec<LastAntiresorptive> = given.chain(stated).chain(said).filter(|it| !is_counted(it)).collect();
    let newest = newest(others);
    // Asking the engine is needed only where there is something to choose.
    let told = match &newest[..] {
        [only] => Some(only.clone()),
        several => several.iter().max_by_key(|it| weight(request, it, library)).cloned(),
    };
    match (told, under_way) {
        (Some(told), _) => Some(EarlierDose::Last(told)),
        // What was not asked today was not asked: somebody else may have given a dose since.
        (None, Some(_)) => entered.and_then(|entered| state.last_antiresorptive().or(Some(entered))),
        (None, None) => entered.map(|_| EarlierDose::None),
    }
}

/// The days of the doses that a course under way states.
fn days_of(course: &CourseState, under_way: &Course) -> BTreeSet<NaiveDate> {
    let ends = [under_way.first_dose, under_way.last_dose];
    course.doses.iter().map(|dose| dose.on).chain(ends).collect()
}

/// The newest dose of each drug by each route: an older one of the same keeps nothing from being given for longer.
fn newest(mut doses: Vec<LastAntiresorptive>) -> Vec<LastAntiresorptive> {
    doses.sort_by_key(|it| Reverse(it.date));
    let mut newest: Vec<LastAntiresorptive> = Vec::new();
    for dose in doses {
        if !newest.iter().any(|it| it.drug == dose.drug && it.route == dose.route) {
            newest.push(dose);
        }
    }
    newest
}

/// How much an earlier dose keeps from being given, the most last: it cannot be used and somebody must look at it, stops
/// today's dose, and until when; then what must be confirmed, and of equal ones the newest.
fn weight(
    request: &Request,
    dose: &LastAntiresorptive,
    library: &'static Library,
) -> (bool, usize, Option<NaiveDate>, usize, NaiveDate) {
    let mut asked = request.clone();
    asked.history.get_or_insert_default().last_antiresorptive = Some(EarlierDose::Last(dose.clone()));
    let Ok(plan) = dosing::plan(asked, library) else { return (true, 0, None, 0, dose.date) };
    let count = |severity| plan.findings().iter().filter(|it| it.severity == severity).count();
    let first_possible = plan.findings().iter().find_map(|it| match it.evidence {
        Evidence::TooSoon { first_possible, .. } => Some(first_possible),
        _ => None,
    });
    (false, count(Severity::Stop), first_possible, count(Severity::Confirm), dose.date)
}
