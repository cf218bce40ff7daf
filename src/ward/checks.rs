//! The checks and reviews of a course that have a day of their own: calcium after the first dose, teeth every six months,
//! the review at the end. Those before a dose belong to that dose.

use chrono::{NaiveDate, TimeDelta};

use super::fold::{Answer, CourseState, Status};
use crate::plan::{DatedCheck, dated_checks};

/// The checks and reviews of the plan in force that no assessment has answered since their day, in the order of their
/// days: a value by one that was taken on that day or later. They are counted from the first dose of the plan as it was given; before it there are none.
pub fn open(course: &CourseState) -> Vec<DatedCheck> {
    let Some(shift) = shift(course).filter(|_| course.status != Status::Ended) else { return Vec::new() };
    let moved = |it: DatedCheck| Some(DatedCheck { on: it.on.checked_add_signed(shift)?, ..it });
    let is_open = |it: &DatedCheck| !course.looked_at.since(it.on, it.what);
    let mut open: Vec<DatedCheck> =
        dated_checks(course.plan.plan.0.as_bytes()).into_iter().filter_map(moved).filter(is_open).collect();
    open.sort_by_key(|it| it.on);
    open
}

/// By how much the first dose of the plan was given later than it was due; none before it was answered.
fn shift(course: &CourseState) -> Option<TimeDelta> {
    let due = course.plan.slots.first()?.due;
    let first = course.slots.iter().find(|slot| slot.plan == course.plan_number)?;
    match first.answer? {
        Answer::Given { on, .. } => Some(on - due),
        Answer::Omitted { .. } => Some(TimeDelta::zero()),
    }
}

/// The day on which every dose of a course was answered; none where one is open, or a value is still to be checked: with
/// the course that check would end as well.
pub fn answered_on(course: &CourseState) -> Option<NaiveDate> {
    let days = course.slots.iter().map(|slot| slot.answer.map(Answer::on));
    let last = days.collect::<Option<Vec<_>>>()?.into_iter().max();
    last.filter(|_| course.status == Status::AllAnswered && open(course).iter().all(|it| it.what.is_none()))
}
