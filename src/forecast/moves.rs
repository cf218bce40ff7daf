//! Which doses of a crowded day could be given on another day.
//!
//! Naming such a day is information only: nothing is moved, each dose is judged alone, and moving one means making the
//! plan again.

use std::collections::BTreeMap;

use chrono::{Days as Later, NaiveDate};

use super::{
    Place, Scope,
    chairs::Day,
    saved_plan::{DoseDay, Planned},
};
use crate::{
    dosing::{Calendar, gap_after, is_loading},
    json::vocabulary,
    quantity::Days,
    regimen::{Interval, Library},
    request::Clinic,
    words::forecast as words,
};

vocabulary! {
    /// Why no other day is named for a dose.
    pub enum Fixed {
        /// The regimen is for an emergency.
        Emergency = "emergency",
        /// The regimen has no doses every so many weeks.
        NoInterval = "no-interval",
        /// It is a loading dose, or the first dose before or after them.
        LoadingDose = "loading-dose",
        /// The regimen is not in the library in use, so its minimum gap is not known.
        RegimenNotInLibrary = "regimen-not-in-library",
        /// No day fits.
        NoDay = "no-day",
    }
}

impl Fixed {
    /// The reason as people read it.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::Emergency => words::EMERGENCY,
            Self::NoInterval => words::NO_INTERVAL,
            Self::LoadingDose => words::LOADING_DOSE,
            Self::RegimenNotInLibrary => words::NOT_IN_LIBRARY,
            Self::NoDay => words::NO_DAY,
        }
    }
}

/// A day above the capacity.
#[derive(Clone, Debug)]
pub struct Crowded {
    /// The day.
    pub date: NaiveDate,
    /// Its minutes of chair.
    pub minutes: u64,
    /// The doses that take a chair on it, in the order of the plans.
    pub doses: Vec<CrowdedDose>,
}

/// A dose on a crowded day.
#[derive(Clone, Debug)]
pub struct CrowdedDose {
    /// The patient.
    pub patient: Option<String>,
    /// The place of the plan: its file and line.
    pub place: Place,
    /// The drug's name.
    pub drug: String,
    /// The dose's number in its plan.
    pub number: u16,
    /// The minutes of chair that it takes.
    pub minutes: u32,
    /// Whether it could be moved.
    pub verdict: Verdict,
}

/// Whether a dose could be given on another day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It could, on at least one of two days.
    Movable {
        /// The nearest day before.
        earlier: Option<NaiveDate>,
        /// The nearest day after.
        later: Option<NaiveDate>,
        /// The least number of days between this dose and the one before.
        minimum_gap: Days,
    },
    /// It could not.
    Fixed(Fixed),
}

/// What is kept of a plan until all are there and the crowded days are known.
#[derive(Debug)]
pub(super) struct Kept {
    patient: Option<String>,
    place: Place,
    drug: String,
    regimen: String,
    first: NaiveDate,
    clinic: Option<Clinic>,
    minutes: u32,
    start: NaiveDate,
    end: NaiveDate,
    doses: Vec<DoseDay>,
}

impl Kept {
    pub(super) fn of(patient: Option<String>, place: Place, planned: Planned, minutes: u32) -> Self {
        let Planned { drug, regimen, first, clinic, start, end, doses, .. } = planned;
        Self { patient, place, drug, regimen, first, clinic, minutes, start, end, doses }
    }
}

/// The crowded days of those asked for.
pub(super) fn crowded(
    scope: &Scope,
    chairs: &BTreeMap<NaiveDate, Day>,
    plans: Vec<Kept>,
    library: &'static Library,
) -> Vec<Crowded> {
    let over = |(date, day): &(&NaiveDate, &Day)| scope.holds(**date) && scope.chairs.are_exceeded_by(day.minutes.all);
    let empty =
        |(date, day): (&NaiveDate, &Day)| (*date, Crowded { date: *date, minutes: day.minutes.all, doses: Vec::new() });
    let mut crowded: BTreeMap<NaiveDate, Crowded> = chairs.iter().filter(over).map(empty).collect();
    let room = Room { scope, chairs, library };
    for plan in plans {
        for (at, dose) in plan.doses.iter().enumerate() {
            let Some(day) = crowded.get_mut(&dose.date) else { continue };
            day.doses.push(CrowdedDose {
                patient: plan.patient.clone(),
                place: plan.place.clone(),
                drug: plan.drug.clone(),
                number: dose.number,
                minutes: plan.minutes,
                verdict: room.verdict(&plan, at),
            });
        }
    }
    crowded.into_values().collect()
}

/// The day of the dose before this one in its plan.
fn before(plan: &Kept, at: usize) -> Option<NaiveDate> {
    Some(plan.doses.get(at.checked_sub(1)?)?.date)
}

/// Where there is room for a dose.
struct Room<'f> {
    scope: &'f Scope,
    chairs: &'f BTreeMap<NaiveDate, Day>,
    library: &'static Library,
}

impl Room<'_> {
    /// Whether the dose at this place among those of its plan could be moved.
    fn verdict(&self, plan: &Kept, at: usize) -> Verdict {
        let interval = match self.interval(plan, at) {
            Ok(interval) => interval,
            Err(fixed) => return Verdict::Fixed(fixed),
        };
        let (earlier, later) = self.days(plan, at, interval);
        if earlier.is_none() && later.is_none() {
            return Verdict::Fixed(Fixed::NoDay);
        }
        let minimum_gap = gap_after(interval, plan.first, before(plan, at).unwrap_or(plan.first));
        Verdict::Movable { earlier, later, minimum_gap }
    }

    /// The rule by which doses of this plan follow each other, where it lets this one be moved.
    fn interval(&self, plan: &Kept, at: usize) -> Result<&Interval, Fixed> {
        let mut regimens = self.library.regimens();
        let found = regimens.find(|it| it.regimen.path(&it.drug.drug) == plan.regimen);
        let regimen = found.ok_or(Fixed::RegimenNotInLibrary)?.regimen;
        if regimen.emergency.is_some() {
            return Err(Fixed::Emergency);
        }
        let interval = regimen.interval.as_ref().ok_or(Fixed::NoInterval)?;
        if is_loading(interval, plan.first, plan.doses[at].date, before(plan, at)) {
            return Err(Fixed::LoadingDose);
        }
        Ok(interval)
    }

    /// The nearest days before and after on which the clinic is open and has room: each keeps the minimum gap to
    /// the doses around it, lies within the course, and is no longer move than a plan makes without a note.
    fn days(&self, plan: &Kept, at: usize, interval: &Interval) -> (Option<NaiveDate>, Option<NaiveDate>) {
        let limits = &self.library.limits().calendar;
        let dose = plan.doses[at];
        let long = Later::new(limits.long_move.0.count().unsigned_abs());
        let mut first = plan.start.max(dose.planned - long).max(self.scope.from.unwrap_or(NaiveDate::MIN));
        if let Some(before) = before(plan, at) {
            first = first.max(gap_after(interval, plan.first, before).after(before));
        }
        let mut last = plan.end.pred_opt().unwrap_or(plan.end).min(dose.planned + long);
        if let Some(after) = plan.doses.get(at + 1) {
            let gap = gap_after(interval, plan.first, dose.date);
            last = last.min(after.date - Later::new(gap.count().unsigned_abs()));
        }
        let calendar = Calendar::new(plan.clinic.as_ref(), limits.search.0);
        let fits = |day: &NaiveDate| calendar.is_open(*day) && self.has_room(*day, plan.minutes);
        let back = std::iter::successors(dose.date.pred_opt(), NaiveDate::pred_opt);
        let forth = std::iter::successors(dose.date.succ_opt(), NaiveDate::succ_opt);
        (back.take_while(|day| *day >= first).find(fits), forth.take_while(|day| *day <= last).find(fits))
    }

    fn has_room(&self, day: NaiveDate, minutes: u32) -> bool {
        let taken = self.chairs.get(&day).map_or(0, |day| day.minutes.all);
        !self.scope.chairs.are_exceeded_by(taken.saturating_add(minutes.into()))
    }
}
