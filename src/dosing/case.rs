//! One patient and what is asked for, looked up and computed once: what every rule of the engine is given.

use chrono::NaiveDate;

use super::{
    calcium::{self, CalciumState},
    choice::{self, Choice},
    clinic::Calendar,
    course,
    kidney::{self, Kidney},
};
use crate::{
    patient::{Route, age_on},
    plan::Unusable,
    quantity::Mass,
    regimen::{Library, Limits, Listed, Regimen},
    request::Request,
};

/// The facts that the rules judge.
pub(super) struct Case<'r> {
    /// The request.
    pub(super) request: &'r Request,
    /// The library in use.
    pub(super) library: &'static Library,
    /// The regimen that was asked for, with its product, interval and length.
    pub(super) choice: Choice,
    /// What the clearance is computed from.
    pub(super) kidney_facts: kidney::Facts,
    /// The kidney.
    pub(super) kidney: Kidney,
    /// The day of the first dose, on which the laboratory values are judged: the first open day on or after the start
    /// date; the start date itself in an emergency and by mouth.
    pub(super) first_day: NaiveDate,
    /// The calcium on that day.
    pub(super) calcium: CalciumState,
}

impl<'r> Case<'r> {
    /// Finds what a request asks for, and what is known of kidney and calcium.
    pub(super) fn of(request: &'r Request, library: &'static Library) -> Result<Self, Unusable> {
        let choice = choice::choose(request, library)?;
        let kidney_facts = kidney::Facts::from(request);
        let kidney = kidney::kidney(&kidney_facts)?;
        let first_day = first_day(request, library, choice.listed)?;
        let calcium = calcium::on_day(request, library, choice.listed, first_day);
        Ok(Self { request, library, choice, kidney_facts, kidney, first_day, calcium })
    }

    /// The age on the start date, in completed years.
    pub(super) fn age_years(&self) -> u16 {
        age_on(self.request.patient.birth_date, self.request.treatment.start_date).unwrap_or(0)
    }

    /// The regimen with the drug it belongs to.
    pub(super) fn listed(&self) -> Listed {
        self.choice.listed
    }

    /// The regimen.
    pub(super) fn regimen(&self) -> &'static Regimen {
        self.choice.listed.regimen
    }

    /// The limits common to all drugs.
    pub(super) fn limits(&self) -> &'static Limits {
        self.library.limits()
    }

    /// The dose of a course under way, where the regimen keeps it.
    pub(super) fn dose_in_use(&self) -> Option<Mass> {
        course::dose_in_use(self.request, self.listed())
    }
}

fn first_day(request: &Request, library: &Library, listed: Listed) -> Result<NaiveDate, Unusable> {
    let start = request.treatment.start_date;
    if listed.regimen.emergency.is_some() || listed.regimen.route == Route::Oral {
        return Ok(start);
    }
    Calendar::new(request.clinic.as_ref(), library.limits().calendar.search.0).on_or_after(start)
}
