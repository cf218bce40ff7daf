//! Loading doses: which are still due in a course under way, and how soon a dose may follow another.

use chrono::NaiveDate;

use super::flow::Gaps;
use crate::{
    quantity::Days,
    regimen::{Interval, Loading},
};

/// The day on which the loading phase of a course is over: the first dose that is counted in intervals.
fn phase_end(interval: &Interval, first: NaiveDate) -> NaiveDate {
    first + chrono::Days::new(u64::from(interval.default_weeks) * 7)
}

/// The loading doses of a course, while it is in its loading phase.
pub(super) fn in_phase(interval: &Interval, first: NaiveDate, last: NaiveDate) -> Option<&Loading> {
    interval.loading.as_ref().filter(|_| last < phase_end(interval, first))
}

/// The days, counted from the first dose, of the loading doses that lie after `last`.
pub(super) fn still_due(loading: &Loading, first: NaiveDate, last: NaiveDate) -> impl Iterator<Item = u16> + '_ {
    loading.days.iter().copied().filter(move |day| Days::new(*day).after(first) > last)
}

/// Whether a loading dose can still be made up on a day.
pub(super) fn can_be_made_up(interval: &Interval, first: NaiveDate, day: NaiveDate) -> bool {
    day < phase_end(interval, first)
}

/// The first possible day of the next dose of a course in its loading phase; none once that is over.
pub(super) fn next_possible(interval: &Interval, first: NaiveDate, last: NaiveDate) -> Option<NaiveDate> {
    Gaps::of(interval).in_loading(first, last)
}

/// The least number of days from a dose of a course to the next one: short after a loading dose, and after the
/// first dose before them.
pub fn gap_after(interval: &Interval, first: NaiveDate, dose: NaiveDate) -> Days {
    Gaps::of(interval).after(first, dose)
}

/// Whether a dose of a course belongs to its loading phase: a loading dose, the first before them or the first after.
/// `before` is the day of the dose before it in the plan.
pub fn is_loading(interval: &Interval, first: NaiveDate, dose: NaiveDate, before: Option<NaiveDate>) -> bool {
    [Some(dose), before].into_iter().flatten().any(|day| in_phase(interval, first, day).is_some())
}
