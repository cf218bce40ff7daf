//! The courses of a register, for the commands that read saved plans and can read those of a register instead.

use std::path::PathBuf;

use clap::Args;

use super::place::RegisterArgs;
use crate::{
    cli::Failure,
    forecast::{Forecast, OfRegister, OfWard, Place, Scope, Tally},
    regimen::Library,
    ward::{
        event::Identity,
        flow,
        fold::{self, CourseState, Status},
        store::{Anchor, PatientKey, Sqlite, Store},
    },
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
    pub(in crate::cli) fn open(&self) -> Result<Option<Sqlite>, Failure> {
        self.register.clone().map(|register| RegisterArgs { register }.open()).transpose()
    }
}

/// Visits every course that has not ended, in the order of the patients' identifiers.
pub(in crate::cli) fn each_course(
    store: &mut Sqlite,
    mut visit: impl FnMut(&Identity, &CourseState) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let mut after = None;
    loop {
        let page = store.patients(after.as_ref(), PAGE)?;
        if page.is_empty() {
            return Ok(());
        }
        for id in page {
            let state = fold::state(&store.patient(&PatientKey::Id(id.clone()))?.events());
            if let Some(identity) = &state.identity {
                let courses = state.courses.iter().filter(|course| course.status != Status::Ended);
                courses.into_iter().try_for_each(|course| visit(identity, course))?;
            }
            after = Some(id);
        }
    }
}

/// A forecast of the open doses of a register, and how many courses were left out since their plans were altered.
pub(in crate::cli) fn forecast(
    store: &mut Sqlite,
    scope: Scope,
    library: &'static Library,
) -> Result<(Forecast, usize), Failure> {
    let mut tally = Tally::new(scope);
    let clinic = store.ward().clinic.open_days();
    let register = crate::cli::failure::name(store.path());
    let (number, hash) = store.head()?;
    each_course(store, |patient, course| {
        let dates = flow::dates(course, &flow::calendar(course, &clinic));
        let place = Place::of_course(&register, patient.id.as_str(), course.number);
        tally.add_course(place, OfRegister { patient, course, dates: &dates });
        Ok(())
    })?;
    let left_out = tally.left_out();
    let ward = store.ward().name.to_string();
    let of_ward = OfWard { ward, entry: number, anchor: Anchor::new(number, &hash).to_string() };
    Ok((Forecast { of_ward: Some(of_ward), ..tally.finish(library) }, left_out))
}
