//! The dates of the doses.

use chrono::NaiveDate;

use super::{
    clinic::Calendar,
    flow::{self, Due, Gaps},
    loading,
};
use crate::{
    plan::{Moved, Unusable},
    quantity::Days,
    regimen::{Interval, Loading},
};

/// A dose on its day.
#[derive(Clone, Copy, Debug)]
pub(super) struct DoseDay {
    pub(super) date: NaiveDate,
    pub(super) planned: NaiveDate,
    pub(super) moved: Option<Moved>,
}

/// The doses of a course, and the plan of one that was moved past its end.
#[derive(Debug, Default)]
pub(super) struct Doses {
    pub(super) days: Vec<DoseDay>,
    pub(super) dropped: Option<NaiveDate>,
}

/// Doses on `count` consecutive days, the clinic open or not.
pub(super) fn daily(start: NaiveDate, count: u16) -> Doses {
    let day = |n| Days::new(n).after(start);
    let days = (0..count).map(|n| DoseDay { date: day(n), planned: day(n), moved: None }).collect();
    Doses { days, dropped: None }
}

/// A course of doses every so many weeks.
pub(super) struct Course<'i> {
    /// The weeks between doses.
    pub(super) weeks: u16,
    /// The rule of the interval.
    pub(super) interval: &'i Interval,
    /// The first and the last dose that were given, where the course is under way.
    pub(super) given: Option<(NaiveDate, NaiveDate)>,
    /// The first day.
    pub(super) start: NaiveDate,
    /// The day before which doses are given.
    pub(super) end: NaiveDate,
    /// Whether the first dose, the loading doses and the one after them do not wait for the clinic.
    pub(super) emergency: bool,
}

/// The doses of a course, before its end: dose k on the first open day on or after the later of
/// start + k × interval and the previous dose + the minimum gap. Where the gap is shorter than the
/// interval the grid stays anchored at the start; where they are equal a shift is kept.
///
/// With loading doses, all that follow are counted from the first dose as it was given.
pub(super) fn every(course: &Course<'_>, calendar: &Calendar<'_>) -> Result<Doses, Unusable> {
    let Course { weeks, interval, given, start, end, emergency } = *course;
    let most = usize::try_from((end - start).num_weeks() / i64::from(weeks.max(1)) + 2).unwrap_or(0);
    let mut doses = Doses { days: Vec::with_capacity(most), dropped: None };
    let mut planner = Planner { doses: &mut doses, end, calendar };
    let in_phase = |(first, last): (NaiveDate, NaiveDate)| loading::in_phase(interval, first, last);
    let phase = given.and_then(in_phase);
    let begins = given.is_none() || phase.is_some();
    if !planner.plan(start, Awaited { due: start, possible: None, is_urgent: emergency && begins })? {
        return Ok(doses);
    }
    let day_1 = planner.last_date();
    let slots = match (given, phase, interval.loading.as_ref()) {
        (None, _, Some(loading)) => Slots::of_new_course(loading, start, day_1),
        (Some((first, last)), Some(loading), _) => Slots::of_loading_phase(loading, first, last),
        _ => Slots { loading: Vec::new(), first: start, counted_from: start },
    };
    let step = u64::from(weeks) * 7;
    // The first dose that was given, from which the gaps of a loading phase are counted.
    let first = given.map_or(day_1, |(first, _)| first);
    let gaps = Gaps::of(interval);
    for days in slots.loading.iter().map(|days| u64::from(*days)).chain((1..).map(|k| step * k)) {
        let later = |from: NaiveDate| from + chrono::Days::new(days);
        let last = planner.last_date();
        let possible = Some(gaps.after(first, last).after(last));
        let is_loading = slots.loading.iter().any(|it| u64::from(*it) == days);
        let left_out = match (given, is_loading) {
            (None, _) => false,
            (Some(_), true) => {
                let day = flow::due(later(slots.counted_from), possible, emergency, calendar)?.date;
                !loading::can_be_made_up(interval, first, day)
            }
            // The first dose of this plan takes the place of what was due before it.
            (Some(_), false) => phase.is_some() && later(slots.counted_from) <= day_1,
        };
        if left_out {
            continue;
        }
        let is_urgent = emergency && (is_loading || days == step && (given.is_none() || phase.is_some()));
        let awaited = Awaited { due: later(slots.counted_from), possible, is_urgent };
        if !planner.plan(later(slots.first), awaited)? {
            break;
        }
    }
    Ok(doses)
}

/// The days on which the doses after the first one of a plan are due.
struct Slots {
    /// Days of loading doses that are still due.
    loading: Vec<u16>,
    /// The day from which the planned days are counted.
    first: NaiveDate,
    /// The day from which the days are counted on which a dose is due.
    counted_from: NaiveDate,
}

impl Slots {
    fn of_new_course(loading: &Loading, start: NaiveDate, day_1: NaiveDate) -> Self {
        Self { loading: loading.days.clone(), first: start, counted_from: day_1 }
    }

    /// What is due after the next dose, which takes the place of the first loading dose that is due while that can be
    /// made up.
    fn of_loading_phase(loading: &Loading, first: NaiveDate, last: NaiveDate) -> Self {
        let due: Vec<u16> = loading::still_due(loading, first, last).skip(1).collect();
        Self { loading: due, first, counted_from: first }
    }
}

/// A dose whose day is looked for.
#[derive(Clone, Copy)]
struct Awaited {
    /// The day on which it would be due if nothing were before it.
    due: NaiveDate,
    /// The first day that is possible after the dose before it.
    possible: Option<NaiveDate>,
    /// Whether it does not wait for the clinic.
    is_urgent: bool,
}

struct Planner<'a> {
    doses: &'a mut Doses,
    end: NaiveDate,
    calendar: &'a Calendar<'a>,
}

impl Planner<'_> {
    fn last_date(&self) -> NaiveDate {
        self.doses.days.last().map_or(self.end, |day| day.date)
    }

    /// Plans one dose, and returns whether there can be another.
    fn plan(&mut self, planned: NaiveDate, awaited: Awaited) -> Result<bool, Unusable> {
        if planned >= self.end {
            return Ok(false);
        }
        let Due { earliest, date } = flow::due(awaited.due, awaited.possible, awaited.is_urgent, self.calendar)?;
        if date >= self.end {
            self.doses.dropped = Some(planned);
            return Ok(false);
        }
        let moved = match (date == planned, date == earliest) {
            (true, _) => None,
            (false, true) => Some(Moved::MinimumGap),
            (false, false) => Some(Moved::ClinicClosed),
        };
        self.doses.days.push(DoseDay { date, planned, moved });
        Ok(true)
    }
}
