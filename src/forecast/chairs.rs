//! How long the chairs of a clinic are taken.

use super::{Count, saved_plan::Planned};
use crate::patient::Route;

/// How the chairs are counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Chairs {
    /// The minutes of chair that a day has; none where no day is marked.
    pub capacity: Option<u32>,
    /// Minutes that an injection takes; a plan does not say, so none when left out.
    pub injection: u16,
    /// Minutes between one infusion and the next; a plan does not say, so none when left out.
    pub turnover: u16,
}

/// The chairs on a day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Day {
    /// Minutes of chair.
    pub minutes: Count,
    /// Infusions.
    pub infusions: Count,
    /// Injections.
    pub injections: Count,
}

impl Chairs {
    /// The minutes that a dose of a plan takes: the least time of its infusion, and what was asked for besides.
    pub(super) fn minutes_of(self, planned: &Planned) -> u32 {
        match (planned.minutes, planned.route) {
            (Some(minutes), _) => u32::from(minutes) + u32::from(self.turnover),
            (None, Route::Subcutaneous) => self.injection.into(),
            (None, Route::Intravenous | Route::Oral) => 0,
        }
    }

    /// Whether a day has more minutes than it has room for.
    pub fn are_exceeded_by(self, minutes: u64) -> bool {
        self.capacity.is_some_and(|capacity| minutes > u64::from(capacity))
    }
}

impl Day {
    pub(super) fn add(&mut self, planned: &Planned, minutes: u32) {
        let one = Count::of(1, planned.provisional);
        self.minutes += Count::of(minutes.into(), planned.provisional);
        if planned.minutes.is_some() {
            self.infusions += one;
        } else {
            self.injections += one;
        }
    }
}
