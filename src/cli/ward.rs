//! The settings of a ward that a command was given.

use std::path::{Path, PathBuf};

use clap::Args;

use super::Failure;
use crate::{
    dosing, files,
    plan::{Plan, Unusable},
    regimen::Library,
    request::Request,
    ward::{Refused, Settings, read},
};

/// The settings of the ward that a command uses, if it is given any.
#[derive(Args)]
pub(super) struct WardArgs {
    /// Ward settings that fill in what a request leaves out: open days, closed days, product; none are used unless
    /// they are named here
    #[arg(long, value_name = "FILE")]
    ward: Option<PathBuf>,
}

impl WardArgs {
    /// The file that is named.
    pub(super) fn file(&self) -> Option<&Path> {
        self.ward.as_deref()
    }

    /// The settings, where a file is named.
    pub(super) fn load(&self, library: &'static Library) -> Result<Option<Settings>, Failure> {
        self.ward.as_deref().map(|path| load(path, library)).transpose()
    }
}

/// Loads the settings of a ward.
pub(super) fn load(path: &Path, library: &'static Library) -> Result<Settings, Failure> {
    let (bytes, exposed) = files::ward(path).map_err(|error| Failure::unreadable(path, &error))?;
    let settings = read(&bytes, library).map_err(|faults| Failure::ward(path, &faults))?;
    match exposed {
        // Whoever can write the file can take the line out that names the library.
        Some(exposure) if settings.library.is_some() => Err(Failure::exposed_ward(path, exposure)),
        _ => Ok(settings),
    }
}

/// Makes the plan of a request, filled in from the settings of its ward where there are any.
pub(super) fn plan(request: Request, library: &'static Library, ward: Option<&Settings>) -> Result<Plan, Refused> {
    let alone = |unusable: Unusable| Refused { unusable, inputs: Vec::new() };
    match ward {
        Some(settings) => settings.plan(request, library),
        None => dosing::plan(request, library).map_err(alone),
    }
}
