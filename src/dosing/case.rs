//! One patient and what is asked for, looked up and computed once: what every rule of the engine is given.

use super::{
    calcium::{self, CalciumState},
    choice::{self, Choice},
    course,
    kidney::{self, Kidney},
};
use crate::{
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
    /// The calcium on the start date.
    pub(super) calcium: CalciumState,
}

impl<'r> Case<'r> {
    /// Finds what a request asks for, and what is known of kidney and calcium.
    pub(super) fn of(request: &'r Request, library: &'static Library) -> Result<Self, Unusable> {
        let choice = choice::choose(request, library)?;
        let kidney_facts = kidney::Facts::from(request);
        let kidney = kidney::kidney(&kidney_facts)?;
        let calcium = calcium::on_start(request, library, choice.listed);
        Ok(Self { request, library, choice, kidney_facts, kidney, calcium })
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
