//! The days on which the doses of a course are due, after what was given, deferred and omitted. The rule of a day is
//! that of a plan, [`dosing::flow`](crate::dosing::flow); the planned days are those of the plan in force.

use chrono::{Datelike, NaiveDate, TimeDelta};

use super::{
    event::{Counted, DeferReason, Deferred, Then},
    fold::{Answer, CourseState, Refused, SlotState},
};
use crate::{
    dosing::{Calendar, flow},
    json::{YEARS, vocabulary},
    quantity::Days,
    request::Clinic,
};

vocabulary! {
    /// Whether an open dose has a day.
    pub enum Standing {
        /// It is due on its day.
        Due = "due",
        /// It was deferred, and the new day is not known yet.
        NoDate = "no-date",
        /// Its day is past the end of the course: it is not booked.
        PastEnd = "past-end",
        /// A loading dose that cannot be made up any more.
        NotMadeUp = "not-made-up",
        /// The clinic is not open on any day within reach.
        NeverOpen = "never-open",
        /// The course has ended.
        Ended = "ended",
    }
}

/// An open dose with its day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SlotDate {
    /// The number of the dose.
    pub dose: u16,
    /// The day it was planned for.
    pub planned: NaiveDate,
    /// The day on which it is due; none where it has no day.
    pub due: Option<NaiveDate>,
    /// Whether it has one.
    pub standing: Standing,
}

/// The calendar of a clinic, as far as the plan of a course looks for an open day.
pub fn calendar<'c>(course: &CourseState, clinic: &'c Clinic) -> Calendar<'c> {
    Calendar::new(Some(clinic), Days::new(course.plan.rule.search_days))
}

/// The open doses of a course with their days, in the order of their numbers.
pub fn dates(course: &CourseState, calendar: &Calendar<'_>) -> Vec<SlotDate> {
    let mut flow = Flow {
        course,
        calendar,
        first: course.first_dose,
        before: course.last_dose,
        ends: course.ends(),
        shift: TimeDelta::zero(),
        plan: 0,
    };
    course.slots.iter().filter_map(|slot| flow.take(slot)).collect()
}

/// The next open dose that has a day, or that waits for one.
pub fn next(dates: &[SlotDate]) -> Option<&SlotDate> {
    dates.iter().find(|it| matches!(it.standing, Standing::Due | Standing::NoDate | Standing::NeverOpen))
}

/// The days of a course while its doses are taken in their order.
struct Flow<'a> {
    course: &'a CourseState,
    calendar: &'a Calendar<'a>,
    /// The first dose, from which a loading phase is counted.
    first: Option<NaiveDate>,
    /// The dose before, given or due.
    before: Option<NaiveDate>,
    ends: Option<NaiveDate>,
    /// By how much the planned days have moved.
    shift: TimeDelta,
    /// The plan by whose days it is counted.
    plan: u64,
}

impl Flow<'_> {
    /// Takes a dose, and returns it with its day where it is open.
    fn take(&mut self, slot: &SlotState) -> Option<SlotDate> {
        if slot.plan != self.plan {
            self.plan = slot.plan;
            self.shift = TimeDelta::zero();
        }
        let then = slot.deferred.as_ref().map(|(_, deferred)| deferred.then);
        let moves = slot.is_counted_from || then == Some(Then::MoveDates);
        match slot.answer {
            Some(Answer::Given { on, .. }) => {
                if moves {
                    self.shift = on - slot.planned;
                }
                None
            }
            Some(Answer::Omitted { .. }) => None,
            None => {
                let (standing, due) = self.day(slot);
                if let Some(due) = due.filter(|_| standing == Standing::Due) {
                    if moves {
                        self.shift = due - slot.planned;
                    }
                    self.first = self.first.or(Some(due));
                    self.before = Some(due);
                }
                Some(SlotDate { dose: slot.number, planned: slot.planned, due, standing })
            }
        }
    }

    /// The day of an open dose.
    fn day(&self, slot: &SlotState) -> (Standing, Option<NaiveDate>) {
        if self.course.ended.is_some() {
            return (Standing::Ended, None);
        }
        let asked = match slot.deferred.as_ref().map(|(_, deferred)| deferred.to) {
            Some(None) => return (Standing::NoDate, None),
            Some(Some(to)) => Some(to),
            None => slot.planned.checked_add_signed(self.shift),
        };
        let is_deferred = slot.deferred.is_some();
        let day = asked.filter(|day| is_readable(*day)).and_then(|asked| match self.course.plan.unit {
            Counted::Supplies if !is_deferred => self.supply(asked),
            Counted::Supplies | Counted::Doses => self.dose(slot, asked),
        });
        match day.filter(|day| is_readable(*day)) {
            None => (Standing::NeverOpen, None),
            Some(day) if self.is_past_making_up(slot, day) => (Standing::NotMadeUp, None),
            Some(day) if self.ends.is_some_and(|ends| day >= ends) => (Standing::PastEnd, Some(day)),
            Some(day) => (Standing::Due, Some(day)),
        }
    }

    fn dose(&self, slot: &SlotState, asked: NaiveDate) -> Option<NaiveDate> {
        let gaps = self.course.gaps();
        let after = |before| (before, gaps.after(self.first.unwrap_or(before), before));
        flow::due(asked, self.before.map(after), slot.urgent, self.calendar).ok().map(|due| due.date)
    }

    /// A supply is collected on the open day before, never later, as long as that is after the one before it.
    fn supply(&self, asked: NaiveDate) -> Option<NaiveDate> {
        let is_after = |day: &NaiveDate| self.before.is_none_or(|before| *day > before);
        let planned =
            if self.course.plan.rule.fixed_length { Some(asked) } else { self.calendar.on_or_before(asked).ok() };
        planned.filter(is_after).or_else(|| {
            let earliest = self.before.and_then(|before| before.succ_opt()).map_or(asked, |next| next.max(asked));
            self.calendar.on_or_after(earliest).ok()
        })
    }

    /// Whether a dose is a loading dose whose day lies after the loading phase. The dose from which they are counted is
    /// none, and neither is the one that follows them.
    fn is_past_making_up(&self, slot: &SlotState, day: NaiveDate) -> bool {
        let end = self.first.and_then(|first| self.course.gaps().phase_end(first));
        let planned = slot.planned.checked_add_signed(self.shift);
        let is_loading = |end: NaiveDate| !slot.is_counted_from && planned.is_some_and(|planned| planned < end);
        let is_first = self.course.next_slot().is_some_and(|next| next.number == slot.number && next.plan == slot.plan);
        // What is next is given even so: it takes the place of the dose that follows.
        !is_first && end.is_some_and(|end| is_loading(end) && day >= end)
    }
}

/// Whether a day can be written and read again.
fn is_readable(day: NaiveDate) -> bool {
    YEARS.contains(&day.year())
}

/// What a deferral would do to the doses after it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deferral {
    /// The next two, if they keep their dates.
    pub keep: Vec<SlotDate>,
    /// The next two, if they move with it.
    pub moved: Vec<SlotDate>,
    /// Which of the two is offered first.
    pub first_offered: Then,
}

/// What it would do to defer a dose to a day.
pub fn deferral(course: &CourseState, dose: u16, to: NaiveDate, calendar: &Calendar<'_>) -> Deferral {
    let after = |then: Then| -> Vec<SlotDate> {
        let mut course = course.clone();
        for slot in course.slots.iter_mut().filter(|slot| slot.number == dose) {
            let reason = DeferReason::PrescriberDecided;
            slot.deferred = Some((0, Deferred { dose, to: Some(to), then, reason, note: None, tell: None }));
        }
        dates(&course, calendar).into_iter().filter(|it| it.dose > dose).take(2).collect()
    };
    let planned = course.slot(dose).map_or(to, |slot| slot.planned);
    let is_long = (to - planned).num_days() > i64::from(course.plan.rule.long_move_days);
    let first_offered = if is_long { Then::MoveDates } else { Then::KeepDates };
    Deferral { keep: after(Then::KeepDates), moved: after(Then::MoveDates), first_offered }
}

/// Whether a dose may be deferred to a day as far as the clinic is concerned; [`admit`](super::fold::admit) knows no
/// calendar and looks at everything else.
///
/// # Errors
/// Where the clinic is closed on that day.
pub fn is_open(course: &CourseState, dose: u16, to: NaiveDate, calendar: &Calendar<'_>) -> Result<(), Refused> {
    let is_urgent = course.slot(dose).is_some_and(|slot| slot.urgent);
    if is_urgent || calendar.is_open(to) {
        return Ok(());
    }
    Err(Refused::Closed { to, next: calendar.on_or_after(to).ok() })
}
