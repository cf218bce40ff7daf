//! The dated schedule of a plan: doses, supplies, checks and reviews.

use chrono::NaiveDate;

use crate::{
    json::vocabulary,
    quantity::Mass,
    regimen::{CheckRule, Kidney, Subject, Verification},
};

/// The schedule of a plan.
#[derive(Clone, Debug)]
pub struct Schedule {
    /// The day that was asked for.
    pub start_date: NaiveDate,
    /// The day before which every dose is given; the last check of an emergency.
    pub end_date: NaiveDate,
    /// First day of the course, which may be before this plan.
    pub first_dose: NaiveDate,
    /// Length of the course in months; none for a single dose or daily infusions.
    pub months: Option<u16>,
    /// The entries, in order of date, and on the same day check, dose, supply, review.
    pub entries: Vec<Entry>,
}

/// An entry of the schedule.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The day.
    pub date: NaiveDate,
    /// The day it was planned for.
    pub planned_date: NaiveDate,
    /// Why it is not on that day.
    pub moved_because: Option<Moved>,
    /// What happens.
    pub event: Event,
}

/// What a check goes before, on the same day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Before {
    /// The dose of this number.
    Dose(u16),
    /// The supply of this number.
    Supply(u16),
}

impl Before {
    /// The number of the dose.
    pub(crate) fn dose(self) -> Option<u16> {
        match self {
            Self::Dose(number) => Some(number),
            Self::Supply(_) => None,
        }
    }

    /// The number of the supply.
    pub(crate) fn supply(self) -> Option<u16> {
        match self {
            Self::Supply(number) => Some(number),
            Self::Dose(_) => None,
        }
    }
}

/// What happens on a day.
#[derive(Clone, Debug)]
pub enum Event {
    /// A check.
    Check {
        /// What is checked.
        what: Subject,
        /// The dose or the supply it goes before.
        before: Option<Before>,
        /// The band that the result must keep, where the dose or the supply rests on it.
        must_keep_band: Option<Kidney>,
        /// The rule of the check.
        rule: &'static CheckRule,
        /// Whether the rule of the check was read in its source.
        verification: Option<Verification>,
    },
    /// A dose.
    Dose {
        /// Its number in the course where that is known, else in this plan.
        number: u16,
        /// The dose.
        mass: Mass,
        /// What it depends on.
        only: Option<&'static str>,
    },
    /// Tablets or capsules supplied.
    Supply {
        /// Its number in this plan, from 1.
        number: u16,
        /// How many tablets or capsules.
        units: u32,
        /// For how many days.
        days: u16,
        /// What is said with it.
        text: Option<&'static str>,
    },
    /// The review of the course.
    Review {
        /// What it is for.
        text: &'static str,
    },
}

impl Event {
    /// What a check goes before; none of everything else.
    pub fn before(&self) -> Option<Before> {
        match self {
            Self::Check { before, .. } => *before,
            Self::Dose { .. } | Self::Supply { .. } | Self::Review { .. } => None,
        }
    }
}

vocabulary! {
    /// Why an entry is not on the day it was planned for.
    pub enum Moved {
        /// The clinic is closed on that day.
        ClinicClosed = "clinic-closed",
        /// The dose before it was given too late.
        MinimumGap = "minimum-gap",
    }
}
