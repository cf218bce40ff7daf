//! The days on which the doses of a course are due, after what was given, deferred and omitted. The rule of a day is
//! that of a plan, [`dosing::flow`](crate::dosing::flow); the planned days are those of the plan in force.

use std::{collections::BTreeMap, iter::Peekable, vec};

use chrono::{Datelike, NaiveDate, TimeDelta};

use super::{
    event::{Counted, DeferReason, Deferred, Then},
    fold::{Answer, CourseState, DoseGiven, Refused, SlotState},
};
use crate::{
    dosing::{
        Calendar,
        flow::{self, Gaps},
    },
    json::{YEARS, vocabulary},
    quantity::Days,
    request::Clinic,
};

vocabulary! {
    /// Whether an open dose has a day.
    pub enum Standing {
        /// It is due on its day.
        Due = "due",
        /// It was deferred, or the dose is struck by which it was planned, and the new day is not known yet.
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
    let (mut flow, slots) = Flow::new(course, calendar);
    let mut dates: Vec<SlotDate> = slots.iter().filter_map(|slot| flow.take(slot)).collect();
    dates.sort_by_key(|it| it.dose);
    dates
}

/// The doses of a course as they came, each on the planned day that is the next one: the given ones of a plan in the order
/// of their days, an omitted one before those that were given in its place, and behind them those that are open. So a dose
/// that was missed in the middle, or was entered under another number, moves none of the others: what counts is how many
/// were given, and when. One that was given too close to the one before takes no planned day: it is one too many, and the
/// next is due a whole interval after it.
fn as_they_came(course: &CourseState, all_extra: &BTreeMap<u16, NaiveDate>) -> Vec<SlotState> {
    let given = |slot: &SlotState| match slot.answer {
        Some(Answer::Given { on, .. }) => Some(on),
        Some(Answer::Omitted { .. }) | None => None,
    };
    let mut all = Vec::with_capacity(course.slots.len());
    for of_plan in course.slots.chunk_by(|one, other| one.plan == other.plan) {
        let last_given = of_plan.iter().rposition(|slot| given(slot).is_some());
        let (until, after) = of_plan.split_at(last_given.map_or(0, |at| at + 1));
        let (mut answered, open): (Vec<&SlotState>, Vec<&SlotState>) =
            until.iter().partition(|slot| slot.answer.is_some());
        answered.sort_by_cached_key(|slot| {
            let later = until.iter().filter(|it| it.number > slot.number).filter_map(given).min();
            let omitted = slot.answer.map(Answer::on).into_iter().chain(later).min();
            (given(slot).or(omitted), given(slot).is_some(), slot.number)
        });
        let (extra, answered): (Vec<&SlotState>, Vec<&SlotState>) =
            answered.into_iter().partition(|slot| all_extra.contains_key(&slot.number));
        // One that waits for a day keeps no other waiting.
        let (waiting, missed): (Vec<&SlotState>, Vec<&SlotState>) =
            open.into_iter().partition(|slot| slot.waits_for_a_day(course.ends()));
        let came = answered.into_iter().chain(missed).chain(after).chain(waiting).chain(extra).zip(of_plan);
        all.extend(came.map(|(slot, place)| SlotState {
            planned: place.planned,
            urgent: place.urgent,
            ..slot.clone()
        }));
    }
    all
}

/// The doses of a course by weeks that were given too close to the one before, with their days. In a loading phase none
/// is: one that was given twice leaves no room for another of them.
fn extra(course: &CourseState) -> BTreeMap<u16, NaiveDate> {
    let gaps = course.gaps();
    let given = |slot: &SlotState| match slot.answer {
        Some(Answer::Given { on, .. }) => Some((on, slot.number)),
        Some(Answer::Omitted { .. }) | None => None,
    };
    let mut all: Vec<(NaiveDate, u16)> = course.slots.iter().filter_map(given).collect();
    all.sort_unstable();
    let mut extra = BTreeMap::new();
    let mut last: Option<NaiveDate> = None;
    for (on, number) in all.into_iter().filter(|_| course.plan.rule.weeks.is_some()) {
        let first = course.first_dose.unwrap_or(on);
        let is_loading = gaps.phase_end(first).is_some_and(|end| on < end);
        if !is_loading && last.is_some_and(|last| on < gaps.after(first, last).after(last)) {
            extra.insert(number, on);
        } else {
            last = Some(on);
        }
    }
    extra
}

/// The first day of the next dose after those that were too close to another, and after one of which the plan knows
/// nothing: a whole interval after the newest of them. In a loading phase the least gap is that interval.
fn after_extra(course: &CourseState, extra: &BTreeMap<u16, NaiveDate>) -> Option<NaiveDate> {
    let phase_end = course.first_dose.and_then(|first| course.gaps().phase_end(first));
    let not_stated = course.not_stated.filter(|day| phase_end.is_none_or(|end| *day >= end));
    let newest = extra.values().copied().max().max(not_stated)?;
    newest.checked_add_signed(TimeDelta::weeks(course.plan.rule.weeks?.into()))
}

/// The next open dose that has a day, or that waits for one. Where none is left but those past the end of the course, it
/// is the first of them: somebody must decide.
pub fn next(dates: &[SlotDate]) -> Option<&SlotDate> {
    let is_next = |it: &&SlotDate| matches!(it.standing, Standing::Due | Standing::NoDate | Standing::NeverOpen);
    dates.iter().find(is_next).or_else(|| dates.iter().find(|it| it.standing == Standing::PastEnd))
}

/// The days of a course while its doses are taken in their order.
struct Flow<'a> {
    course: &'a CourseState,
    calendar: &'a Calendar<'a>,
    gaps: Gaps<'a>,
    ends: Option<NaiveDate>,
    /// The first dose, given or due, from which a loading phase is counted.
    first: Option<NaiveDate>,
    /// The newest dose, given or due.
    before: Option<NaiveDate>,
    /// Whether a dose was given or due before the one that is taken.
    has_begun: bool,
    /// The plan by whose days it is counted.
    plan: u64,
    /// How many doses of that plan were taken.
    taken: usize,
    /// How many of them used up no planned day: loading begins with the first dose that is given.
    left_out: usize,
    /// By how much the planned days have moved.
    shift: TimeDelta,
    /// The first day of an open dose after one that was one too many.
    after_extra: Option<NaiveDate>,
    /// The supplies that were not planned and put off no planned one yet.
    unplanned: Peekable<vec::IntoIter<Supplied>>,
}

/// A supply that was not planned.
#[derive(Clone, Copy)]
struct Supplied {
    number: u64,
    on: NaiveDate,
    lasts: Days,
}

/// The supplies of a course that were not planned, in the order of their days.
fn unplanned(course: &CourseState) -> Vec<Supplied> {
    let supplied = |it: &DoseGiven| {
        let DoseGiven { number, on, lasts, .. } = *it;
        Some(Supplied { number, on, lasts: lasts? })
    };
    course.doses.iter().filter(|it| it.dose.is_none()).filter_map(supplied).collect()
}

impl<'a> Flow<'a> {
    /// The days of a course before its first dose was taken, and its doses as they came.
    fn new(course: &'a CourseState, calendar: &'a Calendar<'a>) -> (Self, Vec<SlotState>) {
        let extra = extra(course);
        let flow = Self {
            course,
            calendar,
            gaps: course.gaps(),
            ends: course.ends(),
            first: course.first_dose,
            before: course.last_dose,
            has_begun: course.before.is_some(),
            plan: 0,
            taken: 0,
            left_out: 0,
            shift: TimeDelta::zero(),
            after_extra: after_extra(course, &extra),
            unplanned: unplanned(course).into_iter().peekable(),
        };
        (flow, as_they_came(course, &extra))
    }

    /// Takes a dose, and returns it with its day where it is open.
    fn take(&mut self, slot: &SlotState) -> Option<SlotDate> {
        let asked = self.asked(slot);
        self.taken += 1;
        match slot.answer {
            Some(Answer::Given { number, on }) => {
                self.follow(slot, asked, on, self.usual_of_given(slot, asked, number, on));
                if let Some(lasts) = self.course.doses.iter().find(|dose| dose.number == number).and_then(|it| it.lasts)
                {
                    self.supply_lasts(asked.max(on), lasts);
                }
                None
            }
            Some(Answer::Omitted { .. }) => {
                if self.gaps.loading.is_some() && !self.has_begun_before(asked) {
                    self.left_out += 1;
                }
                None
            }
            None => {
                let (standing, due) = self.day(slot, asked);
                if let Some(due) = due.filter(|_| standing == Standing::Due) {
                    let usual = self.usual(slot, asked).filter(|_| !self.is_moved_by_unplanned(self.before));
                    let usual = usual.unwrap_or(asked);
                    self.first = self.first.or(Some(due));
                    self.follow(slot, asked, due, usual);
                    self.before = Some(due);
                }
                Some(SlotDate { dose: slot.number, planned: slot.planned, due, standing })
            }
        }
    }

    /// The day for which a dose is planned, after all that has moved the plan.
    fn asked(&mut self, slot: &SlotState) -> NaiveDate {
        if slot.plan != self.plan {
            (self.plan, self.taken, self.left_out) = (slot.plan, 0, 0);
            self.shift = TimeDelta::zero();
        }
        let of_plan = (slot.plan == self.course.plan_number).then_some(&self.course.plan.slots);
        let takes_place_of = of_plan
            .filter(|_| self.left_out > 0 && self.has_begun_before(slot.planned))
            .and_then(|slots| slots.get(self.taken - self.left_out));
        let planned = takes_place_of.map_or(slot.planned, |it| it.planned);
        let asked = planned.checked_add_signed(self.shift).unwrap_or(planned);
        let asked = self.after_unplanned(slot, asked);
        match self.after_extra.filter(|first| slot.answer.is_none() && asked < *first) {
            Some(first) => {
                self.shift += first - asked;
                first
            }
            None => asked,
        }
    }

    /// Whether the course had begun before a day, so that no loading begins with the dose that is planned for it.
    fn has_begun_before(&self, asked: NaiveDate) -> bool {
        self.has_begun || self.course.doses.iter().any(|dose| dose.dose.is_none() && dose.on < asked)
    }

    /// Takes the day of a dose as that from which those after it are counted, where it is.
    ///
    /// A dose that is later than it was due restarts the plan from its day. Its later doses keep their days only where
    /// somebody chose that, for a short move, and it was given in time for that. A loading phase is always counted from
    /// the first dose of the course.
    fn follow(&mut self, slot: &SlotState, asked: NaiveDate, day: NaiveDate, usual: NaiveDate) {
        let has_begun = self.has_begun_before(asked);
        self.has_begun = true;
        let first = self.first.unwrap_or(day);
        let restarts = match self.gaps.phase_end(first) {
            Some(_) if !has_begun => {
                let begins = self.course.plan.slots.first().map_or(asked, |slot| slot.planned);
                return self.shift = first - begins;
            }
            Some(end) if day < end => false,
            // A supply that is late lasts as long as any other.
            _ if self.course.plan.unit == Counted::Supplies => day > asked,
            _ => match slot.deferred.as_ref().map(|(_, it)| (it.then, it.to)) {
                Some((Then::MoveDates, Some(_))) => true,
                Some((Then::KeepDates, Some(to))) if !is_long(self.course, asked, to) => day > usual.max(to),
                _ => day > usual,
            },
        };
        if restarts {
            self.shift += day - asked;
        }
    }

    /// Moves the plan so that the next supply is due when this one is used up.
    fn supply_lasts(&mut self, from: NaiveDate, lasts: Days) {
        let slots = &self.course.plan.slots;
        let next = slots.get(self.taken).filter(|_| self.plan == self.course.plan_number && is_readable(from));
        if let Some(next) = next {
            self.shift = lasts.after(from) - next.planned;
        }
    }

    /// The day for which a supply is planned after those before it that were not planned: each puts it off until it is
    /// used up. The plan in force was made knowing of those before it.
    fn after_unplanned(&mut self, slot: &SlotState, asked: NaiveDate) -> NaiveDate {
        let CourseState { plan_number, planned_on, .. } = *self.course;
        let is_before = |it: &Supplied| slot.answer.is_none_or(|answer| it.on <= answer.on());
        let mut due = asked;
        while let Some(Supplied { number, on, lasts }) = self.unplanned.next_if(is_before) {
            let from = due.max(on);
            let is_known = slot.plan == plan_number && (on, number) < (planned_on, plan_number);
            if !is_known && is_readable(from) {
                due = lasts.after(from);
            }
        }
        self.shift += due - asked;
        due
    }

    /// The day of an open dose.
    fn day(&self, slot: &SlotState, asked: NaiveDate) -> (Standing, Option<NaiveDate>) {
        if self.course.ended.is_some() {
            return (Standing::Ended, None);
        }
        let day = match slot.deferred.as_ref().map(|(_, deferred)| deferred.to) {
            Some(None) => return (Standing::NoDate, None),
            // A day that a dose before it has overtaken is no longer one that somebody chose.
            Some(Some(to)) if self.possible().is_none_or(|possible| to >= possible) => {
                self.dose(slot, to, self.possible())
            }
            // The planned days follow from a dose that is struck: somebody must decide.
            Some(Some(_)) | None if self.course.last_stated_is_struck() => return (Standing::NoDate, None),
            Some(Some(_)) | None => self.usual(slot, asked),
        };
        match day.filter(|day| is_readable(*day)) {
            None => (Standing::NeverOpen, None),
            Some(day) if self.is_past_making_up(slot, asked, day) => (Standing::NotMadeUp, None),
            Some(day) if self.ends.is_some_and(|ends| day >= ends) => (Standing::PastEnd, Some(day)),
            Some(day) => (Standing::Due, Some(day)),
        }
    }

    /// The day on which an open dose is due where it is not deferred.
    fn usual(&self, slot: &SlotState, asked: NaiveDate) -> Option<NaiveDate> {
        match self.course.plan.unit {
            Counted::Supplies => self.supply(asked),
            Counted::Doses => self.dose(slot, asked, self.possible()),
        }
    }

    /// Whether the newest dose before another one was not planned. Where such a dose moves the next one, that restarts the
    /// plan as a late one does: else all that follow would come at the least gap until they are on their days again.
    fn is_moved_by_unplanned(&self, before: Option<NaiveDate>) -> bool {
        self.course.doses.iter().any(|dose| dose.dose.is_none() && Some(dose.on) == before)
    }

    /// The day on which a dose that was given had been due, were it not deferred.
    fn usual_of_given(&self, slot: &SlotState, asked: NaiveDate, number: u64, on: NaiveDate) -> NaiveDate {
        let others = self.course.doses.iter().filter(|dose| dose.number != number && dose.on <= on).map(|dose| dose.on);
        let before = others.chain(self.course.before.as_ref().map(|before| before.last_dose)).max();
        if self.is_moved_by_unplanned(before) {
            return asked;
        }
        let possible = self.first.zip(before).map(|(first, before)| self.gaps.first_possible(first, before));
        self.dose(slot, asked, possible).unwrap_or(asked)
    }

    /// The first day on which another dose is possible.
    fn possible(&self) -> Option<NaiveDate> {
        self.first.zip(self.before).map(|(first, before)| self.gaps.first_possible(first, before))
    }

    fn dose(&self, slot: &SlotState, asked: NaiveDate, possible: Option<NaiveDate>) -> Option<NaiveDate> {
        let asked = Some(asked).filter(|day| is_readable(*day))?;
        flow::due(asked, possible, slot.urgent, self.calendar).ok().map(|due| due.date)
    }

    /// A supply is collected on the open day before, never later, as long as that is after the one before it and not
    /// before the plan starts.
    fn supply(&self, asked: NaiveDate) -> Option<NaiveDate> {
        let asked = Some(asked).filter(|day| is_readable(*day))?;
        let start = self.course.plan.start;
        let is_after = |day: &NaiveDate| *day >= start && self.before.is_none_or(|before| *day > before);
        let planned =
            if self.course.plan.rule.fixed_length { Some(asked) } else { self.calendar.on_or_before(asked).ok() };
        planned.filter(is_after).or_else(|| {
            let earliest = self.before.and_then(|before| before.succ_opt()).map_or(asked, |next| next.max(asked));
            self.calendar.on_or_after(earliest).ok()
        })
    }

    /// Whether a dose is a loading dose whose day lies after the loading phase.
    fn is_past_making_up(&self, slot: &SlotState, asked: NaiveDate, day: NaiveDate) -> bool {
        let end = self.first.and_then(|first| self.gaps.phase_end(first));
        let is_first = self.course.next_slot().is_some_and(|next| next.number == slot.number && next.plan == slot.plan);
        // What is next is given even so: it takes the place of the dose that follows.
        !is_first && end.is_some_and(|end| asked < end && day >= end)
    }
}

/// Whether a day can be written and read again.
fn is_readable(day: NaiveDate) -> bool {
    YEARS.contains(&day.year())
}

/// Whether a move of a dose is a long one, after which the doses that follow cannot keep their days.
fn is_long(course: &CourseState, from: NaiveDate, to: NaiveDate) -> bool {
    (to - from).num_days() > i64::from(course.plan.rule.long_move_days)
}

/// The day for which an open dose is planned, after all that has moved the plan; none where the course has no such dose.
fn asked(course: &CourseState, dose: u16, calendar: &Calendar<'_>) -> Option<NaiveDate> {
    let (mut flow, slots) = Flow::new(course, calendar);
    let at = slots.iter().position(|slot| slot.number == dose && slot.answer.is_none())?;
    for slot in &slots[..at] {
        flow.take(slot);
    }
    Some(flow.asked(&slots[at]))
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
    let is_long = asked(course, dose, calendar).is_some_and(|asked| is_long(course, asked, to));
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

/// Whether a dose is deferred, and not brought forward by a slip: it goes to no day before the one it is planned for.
///
/// # Errors
/// Where the day is before that one.
pub fn is_later(course: &CourseState, deferred: &Deferred, calendar: &Calendar<'_>) -> Result<(), Refused> {
    let Deferred { dose, to: Some(to), .. } = *deferred else { return Ok(()) };
    match asked(course, dose, calendar).filter(|asked| to < *asked) {
        Some(planned) => Err(Refused::BroughtForward { dose, to, planned }),
        None => Ok(()),
    }
}

/// Whether the doses after a deferred one can keep their dates, where the entry says that they do: they cannot after a
/// long move.
///
/// # Errors
/// Where the move is a long one.
pub fn can_keep_dates(course: &CourseState, deferred: &Deferred, calendar: &Calendar<'_>) -> Result<(), Refused> {
    let Deferred { dose, to: Some(to), then: Then::KeepDates, .. } = *deferred else { return Ok(()) };
    match asked(course, dose, calendar).filter(|asked| is_long(course, *asked, to)) {
        Some(from) => Err(Refused::LongMove { dose, from, to, most: course.plan.rule.long_move_days }),
        None => Ok(()),
    }
}
