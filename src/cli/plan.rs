//! `osteodose plan`: one request in, one plan out.

use std::{io::Write, path::PathBuf};

use clap::Args;

use super::{
    Failure, LibraryArgs,
    format::FormatArgs,
    ward::{self, WardArgs},
};
use crate::{
    files,
    json::printable,
    patient::damaged_by_a_spreadsheet,
    request::Request,
    words::{manual::exit_status, summary::damaged_identifier},
};

/// Make a plan from a request
#[derive(Args)]
#[command(after_help = exit_status("plan"))]
pub(super) struct Plan {
    /// Request file, or - for standard input
    #[arg(default_value = "-")]
    file: PathBuf,
    #[command(flatten)]
    format: FormatArgs,
    #[command(flatten)]
    library: LibraryArgs,
    #[command(flatten)]
    ward: WardArgs,
}

impl Plan {
    pub(super) fn run(&self, out: &mut impl Write) -> Result<u8, Failure> {
        let bytes = files::read(&self.file).map_err(|error| Failure::unreadable(&self.file, &error))?;
        let library = self.library.load()?;
        let settings = self.ward.load(library)?;
        let request = Request::parse(&bytes).map_err(|faults| Failure::not_usable(&faults[0]))?;
        let id = request.patient.id.clone();
        let plan = ward::plan(request, library, settings.as_ref()).map_err(Failure::not_usable)?;
        if let Some(id) = id.filter(|id| damaged_by_a_spreadsheet(id.as_str())) {
            Failure::not_usable(damaged_identifier(&printable(id.as_str()))).print();
        }
        self.format.write(&plan, out)
    }
}
