//! The dates of the doses.

use chrono::NaiveDate;

use super::clinic::Calendar;
use crate::{
    plan::{Moved, Unusable},
    quantity::Days,
    regimen::Interval,
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
    /// Whether the course begins with this plan, and so with its loading doses.
    pub(super) is_new: bool,
    /// The first day.
    pub(super) start: NaiveDate,
    /// The day before which doses are given.
    pub(super) end: NaiveDate,
}

/// The doses of a course, before its end: dose k on the first open day on or after the later of
/// start + k × interval and the previous dose + the minimum gap. Where the gap is shorter than the
/// interval the grid stays anchored at the start; where they are equal a shift is kept.
pub(super) fn every(course: &Course<'_>, calendar: &Calendar<'_>) -> Result<Doses, Unusable> {
    let Course { weeks, interval, is_new, start, end } = *course;
    let mut doses = Doses::default();
    let mut planner = Planner { doses: &mut doses, end, calendar };
    if !planner.plan(start, start)? {
        return Ok(doses);
    }
    let loading = interval.loading.as_ref().filter(|_| is_new);
    // With loading doses, all that follow are counted from the first dose as it was given.
    let anchor = if loading.is_some() { planner.last_date() } else { start };
    let later = |from: NaiveDate, days: u64| from + chrono::Days::new(days);
    let loading_days = loading.map_or(&[][..], |it| &it.days).iter().map(|days| u64::from(*days));
    let step = u64::from(weeks) * 7;
    for (number, days) in (2..).zip(loading_days.chain((1..).map(|k| step * k))) {
        let gap = minimum_gap(interval, is_new, number);
        let earliest = later(anchor, days).max(gap.after(planner.last_date()));
        if !planner.plan(later(start, days), earliest)? {
            break;
        }
    }
    Ok(doses)
}

/// The least number of days between a dose of a course, by its number in the plan, and the one before it.
pub fn minimum_gap(interval: &Interval, new_course: bool, number: u16) -> Days {
    match &interval.loading {
        Some(loading) if is_loading(interval, new_course, number) => loading.minimum_gap.0,
        _ => interval.minimum_gap.0,
    }
}

/// Whether a dose of a course, by its number in the plan, is one of the loading doses, the first before them or
/// the first after them.
pub fn is_loading(interval: &Interval, new_course: bool, number: u16) -> bool {
    let doses = interval.loading.as_ref().filter(|_| new_course).map(|loading| loading.days.len() + 2);
    doses.is_some_and(|doses| usize::from(number) <= doses)
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
    fn plan(&mut self, planned: NaiveDate, earliest: NaiveDate) -> Result<bool, Unusable> {
        if planned >= self.end {
            return Ok(false);
        }
        let date = self.calendar.on_or_after(earliest)?;
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
