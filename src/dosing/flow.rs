//! When a dose is due: the one rule by which a plan and the register of a ward find its day.

use chrono::NaiveDate;

use super::clinic::Calendar;
use crate::{plan::Unusable, quantity::Days, regimen::Interval};

/// How soon a dose may follow another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gaps {
    /// The least number of days between two doses.
    pub minimum: Days,
    /// The least number in a loading phase, and the days from the first dose for which that lasts.
    pub loading: Option<(Days, Days)>,
}

impl Gaps {
    /// Those of an interval.
    pub fn of(interval: &Interval) -> Self {
        let phase = Days::new(interval.default_weeks.saturating_mul(7));
        let loading = interval.loading.as_ref().map(|loading| (loading.minimum_gap.0, phase));
        Self { minimum: interval.minimum_gap.0, loading }
    }

    /// The day from which a loading phase is over, counted from the first dose of a course; none where there is none.
    pub fn phase_end(self, first: NaiveDate) -> Option<NaiveDate> {
        self.loading.map(|(_, phase)| phase.after(first))
    }

    /// The least number of days from a dose to the next one: short after a loading dose, and after the first dose
    /// before them.
    pub fn after(self, first: NaiveDate, dose: NaiveDate) -> Days {
        match self.loading {
            Some((gap, phase)) if dose < phase.after(first) => gap,
            _ => self.minimum,
        }
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

/// The first open day on or after the later of the planned day and the day of the dose before plus the minimum gap. A
/// dose that is urgent does not wait for the clinic.
///
/// # Errors
/// When the clinic is not open on any day within reach.
pub fn due(
    planned: NaiveDate,
    before: Option<(NaiveDate, Days)>,
    is_urgent: bool,
    calendar: &Calendar<'_>,
) -> Result<Due, Unusable> {
    let earliest = before.map_or(planned, |(day, gap)| planned.max(gap.after(day)));
    let date = if is_urgent { earliest } else { calendar.on_or_after(earliest)? };
    Ok(Due { earliest, date })
}
