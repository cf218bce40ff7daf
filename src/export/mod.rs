//! What leaves the program for its readers: a plan as JSON, text, spreadsheet, calendar, FHIR bundle or page.
//!
//! Exporters repeat what the plan holds and compute nothing. A stopped plan has no dose to hand on: it can be
//! shown, as JSON and as text, and every other form takes a [`Given`] plan, which a stopped one never becomes.

mod calendar;
mod cell;
mod fhir;
#[cfg(feature = "pdf")]
pub mod pdf;
mod spreadsheet;

pub(crate) use cell::Cell;

use std::fmt;
#[cfg(feature = "pdf")]
use std::sync::Arc;

use chrono::{DateTime, Utc};
use clap::ValueEnum;

use crate::{
    plan::{Dosed, Entry, Event, Outcome, Plan, PlanStatus},
    present::{self, CardLine},
    regimen::Severity,
    saved,
    words::{export as words, spoken},
};

pub use calendar::Earlier;

/// The program that made a plan, with its version.
const PROGRAM: &str = concat!("osteodose ", env!("CARGO_PKG_VERSION"));

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
    /// A row for each entry of the schedule, for a spreadsheet
    Csv,
    /// An all-day event for each entry of the schedule, for a calendar
    Ics,
    /// The page for the patient's folder, to print and sign
    #[cfg(feature = "pdf")]
    Pdf,
}

/// What is asked of an export besides its form.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// The moment of the export, where a form states one.
    pub at: DateTime<Utc>,
    /// Whether the name of the patient goes along, where the identifier alone does otherwise.
    pub with_name: bool,
    /// The plan whose calendar is replaced.
    pub replaces: Option<Earlier>,
    /// The paper of the page for the folder.
    #[cfg(feature = "pdf")]
    pub paper: pdf::Paper,
    /// The file of the font of that page, in place of the shipped one.
    #[cfg(feature = "pdf")]
    pub font: Option<Arc<Vec<u8>>>,
}

/// Why a plan does not leave the program in the form that was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// Something stands against treatment; the status of the plan, in words.
    Stopped(String),
    /// A calendar knows its events by the identifier of the patient, and there is none.
    NoIdentifier,
    /// The plan to be replaced cannot be read; why.
    NotAPlan(String),
    /// The plan to be replaced has no dates.
    NoDates,
    /// The plan to be replaced is that of another patient.
    OtherPatient {
        /// What differs, by its path.
        what: &'static str,
        /// What the plan to be replaced says.
        earlier: String,
        /// What this plan says.
        this: String,
    },
    /// A character that the page cannot show as it is.
    #[cfg(feature = "pdf")]
    Character {
        /// The field it was typed into, or the text it stands in.
        place: String,
        /// The character.
        character: char,
        /// Why not.
        why: pdf::Unset,
    },
    /// A text that fits on no page.
    #[cfg(feature = "pdf")]
    TooLong(String),
    /// What names patient and drug on every page would leave no room on it.
    #[cfg(feature = "pdf")]
    HeadTooLong,
    /// The file that was given is no font.
    #[cfg(feature = "pdf")]
    NotAFont,
    /// The font that was given cannot be embedded in a document for the archive.
    #[cfg(feature = "pdf")]
    FontNotEmbeddable,
    /// The page was laid out and not drawn: a fault of the program.
    #[cfg(feature = "pdf")]
    NotDrawn,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&words::refused(self))
    }
}

/// The plan in the form that is asked for.
///
/// # Errors
/// [`Refused::Stopped`] for a stopped plan in any form but JSON and text, and what a form lacks besides.
pub fn export(plan: &Plan, format: Format, asked: &Asked) -> Result<Vec<u8>, Refused> {
    match format {
        Format::Json => Ok(saved::file(plan).into_bytes()),
        Format::Text => Ok(present::summary(plan).into_bytes()),
        Format::Fhir => Given::of(plan).map(|given| fhir::bundle(given, asked).into_bytes()),
        Format::Csv => Given::of(plan).map(|given| spreadsheet::spreadsheet(given, asked)),
        Format::Ics => calendar::calendar(plan, asked),
        #[cfg(feature = "pdf")]
        Format::Pdf => pdf::pdf(Given::of(plan)?, asked),
    }
}

/// A plan that nothing stops, and therefore has a dose to hand on.
#[derive(Clone, Copy, Debug)]
pub struct Given<'p> {
    /// The plan.
    pub plan: &'p Plan,
    /// Its dose and its dates.
    pub dosed: &'p Dosed,
}

impl<'p> Given<'p> {
    /// The plan, where nothing stops it.
    ///
    /// # Errors
    /// [`Refused::Stopped`] otherwise.
    pub fn of(plan: &'p Plan) -> Result<Self, Refused> {
        match plan.outcome() {
            Outcome::Dosed(dosed) => Ok(Self { plan, dosed }),
            Outcome::Stopped => Err(Refused::Stopped(present::status_sentence(plan))),
        }
    }

    /// The drug with its strength, its dose and interval, and its indication, so that it is taken for no other product:
    /// "zoledronic acid concentrate, 4 mg in 5 mL; 3.5 mg every 4 weeks; prevention of skeletal events; breast cancer".
    pub fn named(&self) -> String {
        let (dosing, request) = (&self.dosed.dosing, self.plan.request());
        let dose = present::dose_and_frequency(dosing);
        words::named(dosing.product.name.as_str(), &dose, request.indication, request.tumour)
    }

    /// What marks a plan that must not be followed yet; none on one that may.
    pub fn provisional(&self) -> Option<String> {
        (self.plan.status() == PlanStatus::NeedsConfirmation)
            .then(|| words::provisional(&present::status_sentence(self.plan)))
    }

    /// Every finding in words, with who confirmed it and why, or that nobody has.
    pub fn findings_said(&self) -> Vec<String> {
        let said = |finding: &crate::plan::Finding| {
            let message = spoken::marked(&finding.to_string(), finding.verification);
            let confirmed = self.plan.confirmation(finding).map(|it| (it.by.as_str(), it.reason.as_str()));
            words::finding(finding.severity == Severity::Confirm, &message, confirmed)
        };
        self.plan.findings().iter().map(said).chain(present::unused(self.plan)).collect()
    }

    /// The dose card, a line each.
    pub fn preparation_said(&self) -> Vec<String> {
        let said = |line: CardLine| words::labelled(line.label, &line.value);
        present::card(self.plan).into_iter().map(said).collect()
    }

    /// What happens by an entry, without its notes: "dose 2: 3.5 mg", "check creatinine before dose 2".
    pub fn entry_said(&self, entry: &Entry) -> String {
        let line = present::entry_line(self.dosed, entry);
        let before_dose = match &entry.event {
            Event::Check { before_dose, .. } => *before_dose,
            _ => None,
        };
        words::entry(&line.what, &line.number, &line.dose, before_dose)
    }

    /// What else there is to say of an entry: on what it depends, and why it was moved.
    pub fn notes_said(&self, entry: &Entry) -> Vec<String> {
        let notes = present::entry_line(self.dosed, entry).notes;
        // The dose that a check goes before is its first note, and stands with the check.
        let told = usize::from(matches!(entry.event, Event::Check { before_dose: Some(_), .. }));
        notes.into_iter().skip(told).collect()
    }

    /// The sources of the dose, each once.
    pub fn sources_said(&self) -> String {
        let mut cited: Vec<String> = Vec::new();
        for source in &self.dosed.dosing.sources {
            let source = source.to_string();
            if !cited.contains(&source) {
                cited.push(source);
            }
        }
        cited.join("; ")
    }
}

/// The kind of an entry, in the word of the interface.
fn kind(event: &Event) -> &'static str {
    match event {
        Event::Dose { .. } => "dose",
        Event::Supply { .. } => "supply",
        Event::Check { .. } => "check",
        Event::Review { .. } => "review",
    }
}
