//! When a dose is due: the one rule by which a plan and the register of a ward find its day.

use chrono::NaiveDate;

use super::clinic::Calendar;
use crate::{plan::Unusable, quantity::Days, regimen::Interval};

/// How soon a dose may follow another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gaps<'a> {
    /// The least number of days between two doses.
    pub minimum: Days,
    /// The loading phase, where there is one.
    pub loading: Option<Phase<'a>>,
}

/// The loading phase of a course.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Phase<'a> {
    /// The days after the first dose on which the loading doses are due.
    pub days: &'a [u16],
    /// The least number of days from a dose in it to the next one.
    pub gap: Days,
    /// The days from the first dose for which it lasts.
    pub lasts: Days,
}

impl<'a> Gaps<'a> {
    /// Those of an interval.
    pub fn of(interval: &'a Interval) -> Self {
        let lasts = Days::new(interval.default_weeks.saturating_mul(7));
        let loading = interval.loading.as_ref();
        let phase = loading.map(|loading| Phase { days: &loading.days, gap: loading.minimum_gap.0, lasts });
        Self { minimum: interval.minimum_gap.0, loading: phase }
    }

    /// The day from which a loading phase is over, counted from the first dose of a course; none where there is none.
    pub fn phase_end(self, first: NaiveDate) -> Option<NaiveDate> {
        self.loading.map(|phase| phase.lasts.after(first))
    }

    /// The least number of days from a dose to the next one: short after a loading dose, and after the first dose
    /// before them.
    pub fn after(self, first: NaiveDate, dose: NaiveDate) -> Days {
        match self.loading {
            Some(phase) if dose < phase.lasts.after(first) => phase.gap,
            _ => self.minimum,
        }
    }

    /// The first day on which a dose may follow the last one of a course. In its loading phase that is the next loading
    /// dose that lies after the last one, else the end of the phase: a loading dose that is missed leaves no room for
    /// another between them.
    pub fn first_possible(self, first: NaiveDate, last: NaiveDate) -> NaiveDate {
        self.in_loading(first, last).unwrap_or_else(|| self.minimum.after(last))
    }

    /// The same of a course in its loading phase; none once that is over.
    pub(super) fn in_loading(self, first: NaiveDate, last: NaiveDate) -> Option<NaiveDate> {
        let phase = self.loading?;
        let days = phase.days.iter().map(|days| Days::new(*days)).chain([phase.lasts]).map(|days| days.after(first));
        let next = days.filter(|day| *day > last).min().filter(|_| last < phase.lasts.after(first))?;
        Some(next.max(phase.gap.after(last)))
    }
}

/// The day on which a dose is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due {
    /// The first day on which it may be given.
    pub earliest: NaiveDate,
    /// The day.
    pub date: NaiveDate,
}

/// The first open day on or after the later of the planned day and the first one that is possible after the dose before.
/// A dose that is urgent does not wait for the clinic.
///
/// # Errors
/// When the clinic is not open on any day within reach.
pub fn due(
    planned: NaiveDate,
    possible: Option<NaiveDate>,
    is_urgent: bool,
    calendar: &Calendar<'_>,
) -> Result<Due, Unusable> {
    let earliest = possible.map_or(planned, |possible| planned.max(possible));
    let date = if is_urgent { earliest } else { calendar.on_or_after(earliest)? };
    Ok(Due { earliest, date })
}
