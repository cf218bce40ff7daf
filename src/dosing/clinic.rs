//! The clinic's calendar: which days are open, and the nearest open day.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::{
    patient::Weekday,
    plan::{Unusable, Why},
    quantity::Days,
    request::Clinic,
};

/// The days on which the clinic is open.
#[derive(Debug)]
pub struct Calendar<'a> {
    open_weekdays: Option<&'a [Weekday]>,
    closed: BTreeSet<NaiveDate>,
    search: Days,
}

impl<'a> Calendar<'a> {
    /// A clinic, searched this far for an open day; where none is stated, every day is open.
    pub fn new(clinic: Option<&'a Clinic>, search: Days) -> Self {
        Self {
            open_weekdays: clinic.and_then(|clinic| clinic.open_weekdays.as_deref()),
            closed: clinic.map(|clinic| clinic.closed_dates.iter().copied().collect()).unwrap_or_default(),
            search,
        }
    }

    /// Whether something can be done on this day.
    pub fn is_open(&self, day: NaiveDate) -> bool {
        self.open_weekdays.is_none_or(|open| open.contains(&Weekday::of(day))) && !self.closed.contains(&day)
    }

    /// The first open day on or after `day`.
    ///
    /// # Errors
    /// When there is none within reach.
    pub fn on_or_after(&self, day: NaiveDate) -> Result<NaiveDate, Unusable> {
        self.nearest(day, day.iter_days())
    }

    /// The last open day on or before `day`.
    ///
    /// # Errors
    /// When there is none within reach.
    pub fn on_or_before(&self, day: NaiveDate) -> Result<NaiveDate, Unusable> {
        self.nearest(day, std::iter::successors(Some(day), NaiveDate::pred_opt))
    }

    fn nearest(&self, from: NaiveDate, days: impl Iterator<Item = NaiveDate>) -> Result<NaiveDate, Unusable> {
        let within = usize::try_from(self.search.count()).unwrap_or(0) + 1;
        days.take(within)
            .find(|day| self.is_open(*day))
            .ok_or_else(|| Unusable::new("clinic", Why::NeverOpen { from, within: self.search }))
    }
}
