//! What leaves the program for its readers: a plan as JSON, text, spreadsheet, calendar, FHIR bundle or page.
//!
//! Exporters repeat what the plan holds and compute nothing. A stopped plan has no dose to hand on: it can be
//! shown, as JSON and as text, and every other form takes a [`Given`] plan, which a stopped one never becomes.

mod fhir;

use std::fmt;

use chrono::{DateTime, Utc};
use clap::ValueEnum;

use crate::{
    plan::{Dosed, Outcome, Plan, PlanStatus},
    report, saved,
    wording::export as words,
};

/// The form in which a plan leaves the program.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// The plan itself, for other programs
    #[default]
    Json,
    /// Dose card and schedule as plain text, for a terminal or a record
    Text,
    /// FHIR R4 bundle, for the record system
    Fhir,
}

/// What is asked of an export besides its form.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The moment of the export, where a form states one.
    pub at: DateTime<Utc>,
    /// Whether the name of the patient goes along, where it is left out otherwise.
    pub with_name: bool,
}

/// Why a plan does not leave the program in the form that was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// Something stands against treatment; the status of the plan, in words.
    Stopped(String),
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&words::refused(self))
    }
}

/// The plan in the form that is asked for.
///
/// # Errors
/// [`Refused::Stopped`] for a stopped plan in any form but JSON and text.
pub fn export(plan: &Plan<'_>, format: Format, asked: &Asked) -> Result<Vec<u8>, Refused> {
    match format {
        Format::Json => Ok(saved::file(plan).into_bytes()),
        Format::Text => Ok(report::summary(plan).into_bytes()),
        Format::Fhir => Given::of(plan).map(|given| fhir::bundle(given, asked).into_bytes()),
    }
}

/// A plan that nothing stops, and therefore has a dose to hand on.
#[derive(Clone, Copy, Debug)]
pub struct Given<'p> {
    /// The plan.
    pub plan: &'p Plan<'p>,
    /// Its dose and its dates.
    pub dosed: &'p Dosed<'p>,
}

impl<'p> Given<'p> {
    /// The plan, where nothing stops it.
    ///
    /// # Errors
    /// [`Refused::Stopped`] otherwise.
    pub fn of(plan: &'p Plan<'p>) -> Result<Self, Refused> {
        match plan.outcome() {
            Outcome::Dosed(dosed) => Ok(Self { plan, dosed }),
            Outcome::Stopped => Err(Refused::Stopped(report::status_sentence(plan))),
        }
    }

    /// The drug with its strength, its interval and its indication, so that it is taken for no other product:
    /// "zoledronic acid concentrate, 4 mg in 5 mL; every 4 weeks; prevention of skeletal events; breast cancer".
    pub fn named(&self) -> String {
        let (dosing, request) = (&self.dosed.dosing, self.plan.request());
        words::named(dosing.preparation.product, &dosing.frequency, request.indication, request.tumour)
    }

    /// What marks a plan that must not be followed yet; none on one that may.
    pub fn provisional(&self) -> Option<String> {
        (self.plan.status() == PlanStatus::NeedsConfirmation)
            .then(|| words::provisional(&report::status_sentence(self.plan)))
    }
}
