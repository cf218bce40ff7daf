//! The courses of a register, for the commands that read saved plans and can read those of a register instead.

use std::{
    io::{self, Write},
    path::PathBuf,
};

use clap::Args;

use super::place::RegisterArgs;
use crate::{
    cli::Failure,
    forecast::{Forecast, OfRegister, OfWard, Place, Scope, Tally},
    json::Text,
    regimen::Library,
    ward::{
        event::Identity,
        flow,
        fold::{CourseState, PatientState, Status},
        store::{Anchor, OfPatient, Register},
    },
    words::register::command as words,
};

/// How many patients are looked up at a time.
const PAGE: usize = 500;

/// The register of a command that reads it only where it is asked to.
#[derive(Args)]
pub(in crate::cli) struct InsteadOfPlans {
    /// Read the register of the ward instead of files: the one named here, else the one that the ward commands use
    #[arg(long, value_name = "PATH", conflicts_with = "plans")]
    #[expect(clippy::option_option, reason = "not asked for; asked for; asked for by its path")]
    register: Option<Option<PathBuf>>,
}

impl InsteadOfPlans {
    /// Opens the register; none where it is not asked for.
    pub(in crate::cli) fn open(&self) -> Result<Option<Register>, Failure> {
        self.register.clone().map(|register| RegisterArgs { register }.open()).transpose()
    }
}

/// Visits what the entries of every patient amount to, in the order of the identifiers, and who it is whose entries cannot be
/// relied on. What is visited is read in parts, since a visitor may write it out and wait for a reader.
pub(in crate::cli) fn each_patient(
    store: &mut Register,
    mut visit: impl FnMut(&Text, &OfPatient) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let mut after = None;
    loop {
        let page = store.moment()?.patients(after.as_ref(), PAGE)?;
        let Some((last, _)) = page.last() else { return Ok(()) };
        after = Some(last.clone());
        page.iter().try_for_each(|(id, of)| visit(id, of))?;
    }
}

/// The courses of a patient that have not ended.
pub(in crate::cli) fn not_ended(state: &PatientState) -> impl Iterator<Item = (&Identity, &CourseState)> {
    let of = |identity| state.courses.iter().filter(|it| it.status != Status::Ended).map(move |it| (identity, it));
    state.identity.iter().flat_map(of)
}

/// A forecast of the open doses of a register, and how much was left out: courses whose plans were altered, and patients
/// whose entries cannot be relied on, who are named. All of it is of one moment.
pub(in crate::cli) fn forecast(
    store: &mut Register,
    scope: Scope,
    library: &'static Library,
) -> Result<(Forecast, usize), Failure> {
    let mut tally = Tally::new(scope);
    let register = crate::cli::failure::name(store.path());
    let moment = store.moment()?;
    let clinic = moment.ward().clinic.open_days();
    let (number, hash) = moment.head()?;
    let (mut after, mut damaged) = (None, Vec::new());
    loop {
        let page = moment.patients(after.as_ref(), PAGE)?;
        let Some((last, _)) = page.last() else { break };
        after = Some(last.clone());
        for (id, of) in &page {
            let Ok(state) = of else {
                damaged.push(id.to_string());
                continue;
            };
            for (patient, course) in not_ended(state) {
                let dates = flow::dates(course, &flow::calendar(course, &clinic));
                let place = Place::of_course(&register, patient.id.as_str(), course.number);
                tally.add_course(place, OfRegister { patient, course, dates: &dates });
            }
        }
    }
    let ward = moment.ward().name.to_string();
    drop(moment);
    if !damaged.is_empty() {
        // If standard error is closed, there is nowhere to say it.
        let _ = writeln!(io::stderr(), "{}", words::not_counted(&damaged));
    }
    let left_out = tally.left_out() + damaged.len();
    let of_ward = OfWard { ward, entry: number, anchor: Anchor::new(number, &hash).to_string() };
    Ok((Forecast { of_ward: Some(of_ward), ..tally.finish(library) }, left_out))
}
