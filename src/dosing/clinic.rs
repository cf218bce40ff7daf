//! The clinic's calendar: which days are open, and the nearest open day.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::unusable::{Unusable, Why};
use crate::{patient::Weekday, quantity::Days, request::Request};

/// The days on which the clinic of a request is open.
#[derive(Debug)]
pub(super) struct Clinic<'a> {
    open_weekdays: Option<&'a [Weekday]>,
    closed: BTreeSet<NaiveDate>,
    search: Days,
}

/// The days on which something can be done, for this regimen.
#[derive(Clone, Copy, Debug)]
pub(super) struct Calendar<'c> {
    clinic: &'c Clinic<'c>,
    /// Through this day closed days are ignored: treatment does not wait.
    open_through: NaiveDate,
}

impl<'a> Clinic<'a> {
    /// The clinic of a request, searched this far for an open day.
    pub(super) fn of(request: &'a Request, search: Days) -> Self {
        let clinic = request.clinic.as_ref();
        Self {
            open_weekdays: clinic.and_then(|clinic| clinic.open_weekdays.as_deref()),
            closed: clinic.map(|clinic| clinic.closed_dates.iter().copied().collect()).unwrap_or_default(),
            search,
        }
    }

    /// Its calendar, for treatment that does not wait for an open day through this one.
    pub(super) fn calendar(&self, open_through: NaiveDate) -> Calendar<'_> {
        Calendar { clinic: self, open_through }
    }

    fn is_open(&self, day: NaiveDate) -> bool {
        self.open_weekdays.is_none_or(|open| open.contains(&Weekday::of(day))) && !self.closed.contains(&day)
    }
}

impl Calendar<'_> {
    /// Whether something can be done on this day.
    pub(super) fn is_open(&self, day: NaiveDate) -> bool {
        self.ignores_closed_days_on(day) || self.clinic.is_open(day)
    }

    /// Whether closed days are ignored on this day.
    pub(super) fn ignores_closed_days_on(&self, day: NaiveDate) -> bool {
        day <= self.open_through
    }

    /// The first open day on or after `day`.
    pub(super) fn on_or_after(&self, day: NaiveDate) -> Result<NaiveDate, Unusable> {
        self.nearest(day, day.iter_days())
    }

    /// The last open day on or before `day`.
    pub(super) fn on_or_before(&self, day: NaiveDate) -> Result<NaiveDate, Unusable> {
        self.nearest(day, std::iter::successors(Some(day), NaiveDate::pred_opt))
    }

    fn nearest(&self, from: NaiveDate, days: impl Iterator<Item = NaiveDate>) -> Result<NaiveDate, Unusable> {
        let within = usize::try_from(self.clinic.search.count()).unwrap_or(0) + 1;
        days.take(within)
            .find(|day| self.is_open(*day))
            .ok_or_else(|| Unusable::new("clinic", Why::NeverOpen { from, days: self.clinic.search.count() }))
    }
}
