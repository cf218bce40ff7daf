//! The exports of a plan: JSON, text, table, calendar, FHIR bundle and printed page.
//!
//! Exporters repeat what is in the plan and compute nothing. A stopped plan has no dose to export: it can be shown as
//! JSON, as text and as a page for the doctor, and every other format takes a [`Given`] plan, which a stopped one
//! never becomes.

mod calendar;
mod cell;
mod fhir;
#[cfg(feature = "pdf")]
pub mod pdf;
mod refused;
#[cfg(feature = "ward")]
pub mod register;
mod spreadsheet;

pub(crate) use cell::Cell;

#[cfg(feature = "pdf")]
use std::sync::Arc;

use chrono::{DateTime, Utc};
#[cfg(feature = "pdf")]
use chrono::{FixedOffset, Offset};
use clap::ValueEnum;

#[cfg(feature = "pdf")]
use crate::patient::Route;
use crate::{
    plan::{Dosed, Entry, Event, Outcome, Plan, PlanStatus},
    present::{self, CardLine},
    regimen::Severity,
    saved,
    words::{export as words, spoken, summary},
};

pub use calendar::Earlier;
pub use refused::Refused;

/// A spreadsheet that opens a file by a double click takes it for UTF-8 only with this mark before it; without it
/// "µmol/L" and "Åse" come out as other characters. Programs that do not know the mark read it as part of the name
/// of the first column, so that column only numbers the rows, and the plan as JSON has no mark.
const BYTE_ORDER_MARK: &str = "\u{FEFF}";
/// The program that made a plan, with its version.
const PROGRAM: &str = concat!("osteodose ", env!("CARGO_PKG_VERSION"));

/// The format of an export.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// The plan itself, for other programs
    #[default]
    Json,
    /// Dose card and schedule as plain text, for a terminal or the patient's record
    Text,
    /// FHIR R4 bundle, for an electronic record system
    Fhir,
    /// Table with a row for each visit, for a spreadsheet
    Csv,
    /// Calendar with an all-day event for each entry of the schedule
    Ics,
    /// Printed page: a card to give the next dose, the visits to sign, directions for the patient
    #[cfg(feature = "pdf")]
    Pdf,
}

impl Format {
    /// How the name of a file in this format ends.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Json => ".json",
            Self::Text => ".txt",
            Self::Fhir => ".fhir.json",
            Self::Csv => ".csv",
            Self::Ics => ".ics",
            #[cfg(feature = "pdf")]
            Self::Pdf => ".pdf",
        }
    }
}

/// The options of an export besides its format.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The moment of the export, for formats that state one.
    pub at: DateTime<Utc>,
    /// Whether to include the patient's name in formats that otherwise hold the identifier alone.
    pub with_name: bool,
    /// The plan whose calendar is replaced.
    pub replaces: Option<Earlier>,
    /// The paper of the printed page.
    #[cfg(feature = "pdf")]
    pub paper: pdf::Paper,
    /// Its parts.
    #[cfg(feature = "pdf")]
    pub pages: pdf::Parts,
    /// How far its clock is ahead of UTC; UTC itself when left out.
    #[cfg(feature = "pdf")]
    pub offset: Option<FixedOffset>,
    /// A font file for the characters that the built-in font lacks.
    #[cfg(feature = "pdf")]
    pub font: Option<Arc<Vec<u8>>>,
}

#[cfg(feature = "pdf")]
impl Options {
    /// The moment of the export by the clock on the wall.
    fn local(&self) -> DateTime<FixedOffset> {
        self.at.with_timezone(&self.offset.unwrap_or_else(|| Utc.fix()))
    }
}

/// The plan in a format.
///
/// # Errors
/// [`Refused::Stopped`] for a stopped plan as a table or a bundle, and whatever else a format lacks.
pub fn export(plan: &Plan, format: Format, options: &Options) -> Result<Vec<u8>, Refused> {
    match format {
        Format::Json => Ok(saved::file(plan).into_bytes()),
        Format::Text => Ok(present::summary(plan).into_bytes()),
        Format::Fhir => Given::of(plan).map(|given| fhir::bundle(given, options).into_bytes()),
        Format::Csv => Given::of(plan).map(|given| spreadsheet::spreadsheet(given, options)),
        Format::Ics => calendar::calendar(plan, options),
        #[cfg(feature = "pdf")]
        Format::Pdf => pdf::pdf(plan, options),
    }
}

/// A plan that nothing stops, which therefore has a dose to export.
#[derive(Clone, Copy, Debug)]
pub struct Given<'p> {
    /// The plan.
    pub plan: &'p Plan,
    /// Its dose and its dates.
    pub dosed: &'p Dosed,
}

impl<'p> Given<'p> {
    /// The plan, if nothing stops it.
    ///
    /// # Errors
    /// [`Refused::Stopped`] otherwise.
    pub fn of(plan: &'p Plan) -> Result<Self, Refused> {
        match plan.outcome() {
            Outcome::Dosed(dosed) => Ok(Self { plan, dosed }),
            Outcome::Stopped => Err(Refused::Stopped(present::status_sentence(plan))),
        }
    }

    /// Whether it is taken by mouth, and so handed out and not given.
    #[cfg(feature = "pdf")]
    pub fn is_by_mouth(&self) -> bool {
        self.dosed.dosing.listed.regimen.route == Route::Oral
    }

    /// The drug with its strength, dose, interval and indication, so that it is not confused with another product:
    /// "zoledronic acid concentrate, 4 mg in 5 mL; 3.5 mg every 4 weeks; prevention of skeletal events; breast cancer".
    pub fn named(&self) -> String {
        let (dosing, request) = (&self.dosed.dosing, self.plan.request());
        let dose = present::dose_and_frequency(dosing);
        words::named(dosing.product.name.as_str(), &dose, request.indication, request.tumour)
    }

    /// The mark of a plan that must not be followed yet; none if it may be followed.
    pub fn provisional(&self) -> Option<String> {
        (self.plan.status() == PlanStatus::NeedsConfirmation)
            .then(|| words::provisional(&present::status_sentence(self.plan)))
    }

    /// Every finding in words, with who confirmed it and why, or that it is open.
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

    /// An entry in words, without its notes: "dose 2: 3.5 mg", "check creatinine before dose 2".
    pub fn entry_said(&self, entry: &Entry) -> String {
        let line = present::entry_line(self.dosed, entry);
        let before = entry.event.before().map(summary::before);
        words::entry(&line.what, &line.number, &line.dose, before.as_deref())
    }

    /// The notes of an entry: its condition, and why it was moved.
    pub fn notes_said(&self, entry: &Entry) -> Vec<String> {
        let notes = present::entry_line(self.dosed, entry).notes;
        // The first note of a check, the dose or the supply it comes before, is part of the entry itself.
        let in_entry = usize::from(entry.event.before().is_some());
        notes.into_iter().skip(in_entry).collect()
    }

    /// The sources of the dose, each once.
    pub fn sources_said(&self) -> String {
        let cited: Vec<String> = self.dosed.dosing.cited().into_iter().map(ToString::to_string).collect();
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
