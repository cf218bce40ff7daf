//! The dose of a plan: how much, how often, from which product, how it is prepared, and where it changes.

use chrono::NaiveDate;
use serde::Serialize;

use crate::{
    json::{Text, Written, vocabulary},
    quantity::{Creatinine, Days, Decimal, Mass, Volume},
    regimen::{Citation, DoseRow, Infusion, Kidney, Listed, Product, Statement},
};

/// The dose and how it is prepared.
#[derive(Clone, Debug)]
pub struct Dosing {
    /// The regimen.
    pub listed: Listed,
    /// The dose given each time, or on each dosing day.
    pub mass: Mass,
    /// The dose for a normal kidney.
    pub full: Mass,
    /// Why less is given than to a normal kidney, where it is.
    pub reduced: Option<Reduced>,
    /// How often.
    pub frequency: Frequency,
    /// The row of the dose table that fits this patient today.
    pub row: &'static DoseRow,
    /// The infusion, where the drug is infused.
    pub infusion: Option<&'static Infusion>,
    /// The product.
    pub product: &'static Product,
    /// How it is prepared.
    pub preparation: Preparation,
    /// The parts of a daily dose by mouth.
    pub intakes: Vec<Intake>,
    /// The steps of a falling dose.
    pub steps: Vec<Step>,
    /// What to do and what to tell this patient.
    pub directions: Vec<&'static Statement>,
    /// Calcium and vitamin D.
    pub supplements: Vec<&'static Statement>,
    /// When the course is held, where creatinine holds it.
    pub hold: Option<Hold>,
    /// Treatment that follows.
    pub follow_on: Option<FollowOn>,
    /// What here was not read in its source.
    pub unverified: Vec<Part>,
    /// Where dose, infusion, interval and product are written.
    pub sources: Vec<&'static Citation>,
}

impl Dosing {
    /// Where dose, infusion, interval and product are written, each place once.
    pub fn cited(&self) -> Vec<&'static Citation> {
        Citation::each_once(self.sources.iter().copied())
    }

    /// Weeks between doses, where the regimen has an interval.
    pub fn weeks(&self) -> Option<u16> {
        match self.frequency {
            Frequency::EveryWeeks { weeks, .. } => Some(weeks),
            Frequency::Every { .. } | Frequency::DailyFor(_) | Frequency::Once => None,
        }
    }

    /// Days from one dose to the next, by mouth.
    pub fn every(&self) -> Option<Days> {
        self.row.every.map(|it| it.0)
    }
}

/// How often a dose is given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Frequency {
    /// Every so many weeks.
    EveryWeeks {
        /// The weeks.
        weeks: u16,
        /// Days from the first dose to each of the loading doses; empty where there are none.
        loading: Vec<u16>,
    },
    /// By mouth, every so many days.
    Every {
        /// The days.
        days: Days,
        /// Whether it is taken in two parts.
        in_two_parts: bool,
    },
    /// Once a day on so many days.
    DailyFor(u16),
    /// One dose.
    Once,
}

/// Why less is given than for a normal kidney.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reduced {
    /// The row of this kidney has a smaller dose, or one taken less often.
    ForKidney(Kidney),
    /// The dose of the course under way is kept, whatever the kidney is now.
    DoseInUse,
}

vocabulary! {
    /// A part of a dosing that may not have been read in its source.
    pub enum Part {
        /// The row of the dose table.
        Dose = "dose",
        /// Bag, time and rate.
        Infusion = "infusion",
        /// The days between doses.
        Spacing = "spacing",
    }
}

/// How a dose is prepared.
#[derive(Clone, Debug)]
pub struct Preparation {
    /// The containers to open, and how many.
    pub open: Vec<Open>,
    /// The row of the dose table that prints the volume for this dose, where a table does.
    pub printed_in: Option<&'static DoseRow>,
    /// The volume to draw up, or to inject.
    pub draw_up: Option<Volume>,
    /// The drug in that volume, where a rounded volume holds another amount than was ordered.
    pub drawn: Option<Mass>,
    /// The volume to remove from the bag and to replace with diluent.
    pub remove_and_replace: Option<Volume>,
    /// The bag.
    pub bag: Option<Volume>,
    /// Diluents.
    pub diluents: &'static [Text],
    /// The least time, in minutes.
    pub minimum_minutes: Option<u16>,
    /// The highest pump rate, in whole mL per hour.
    pub maximum_rate: Option<u32>,
}

/// Containers to open.
#[derive(Clone, Copy, Debug)]
pub struct Open {
    /// The container's word.
    pub container: &'static str,
    /// How many.
    pub count: u32,
}

/// A part of a daily dose by mouth.
#[derive(Clone, Copy, Debug)]
pub struct Intake {
    /// When it is taken.
    pub when: &'static str,
    /// The part.
    pub mass: Mass,
    /// In tablets or capsules.
    pub units: u32,
}

/// A step of a falling dose.
#[derive(Clone, Debug)]
pub struct Step {
    /// From this day.
    pub date: NaiveDate,
    /// This dose a day.
    pub mass: Mass,
    /// What the step depends on.
    pub only: Option<&'static str>,
    /// Its parts.
    pub intakes: Vec<Intake>,
}

/// Treatment that follows, named and never counted as a dose.
#[derive(Clone, Copy, Debug)]
pub struct FollowOn {
    /// What follows, and on which condition.
    pub text: &'static str,
    /// Its regimen.
    pub regimen: Listed,
    /// From this day.
    pub from: NaiveDate,
    /// The dose of its own table for this kidney, a day.
    pub mass: Mass,
    /// The row of its own table.
    pub row: &'static DoseRow,
    /// Sources.
    pub sources: &'static [Written<Citation>],
}

/// A dose on one side of a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct DoseThere {
    /// The dose.
    #[serde(rename = "dose_mg")]
    pub mass: Mass,
    /// Days from one dose to the next, by mouth.
    #[serde(rename = "every_days", skip_serializing_if = "Option::is_none")]
    pub every: Option<Days>,
    /// How it is infused, where that is not the same on the other side.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub infusion: Option<InfusionThere>,
}

/// An infusion on one side of a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct InfusionThere {
    /// The bag.
    #[serde(rename = "bag_ml")]
    pub bag: Volume,
    /// The least time, in minutes.
    pub minimum_minutes: u16,
}

impl InfusionThere {
    /// The infusion of a regimen.
    pub fn of(infusion: &Infusion) -> Self {
        Self { bag: infusion.bag.0, minimum_minutes: infusion.minimum_time.0.count() }
    }
}

/// When a course is held for its creatinine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hold {
    /// At these figures.
    At(HoldAt),
    /// The creatinine before the first dose will be the baseline.
    AfterNextCreatinine,
}

/// The figures of a hold, in the unit of the baseline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HoldAt {
    /// The creatinine before the first dose.
    pub baseline: Creatinine,
    /// The creatinine from which a dose is held.
    pub hold_at_least: Creatinine,
    /// The creatinine up to which it is resumed.
    pub resume_at_most: Creatinine,
}

/// A creatinine above which the dose would be another.
#[derive(Clone, Debug)]
pub struct DoseChange {
    /// The largest creatinine at which the dose has not yet changed, in the unit that was entered.
    pub when_creatinine_above: Creatinine,
    /// The dose above it; none where nothing is given.
    pub dose: Option<Mass>,
    /// How often it is taken above it, where a dose by mouth changes only in that.
    pub every: Option<Days>,
}

/// The limit of clearance at which what is given changes next, as the kidney gets worse.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NextLimit {
    /// The limit in mL/min.
    pub limit: u16,
    /// How far the clearance is above it, in mL/min: one decimal, cut off.
    pub distance: Decimal,
    /// What is given below it; none where nothing is.
    pub below: Option<DoseThere>,
}
