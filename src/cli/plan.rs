//! `osteodose plan`: one request in, one plan out.

use std::{io::Write, path::PathBuf};

use clap::Args;

use super::{Failure, LibraryArgs, format::FormatArgs};
use crate::{dosing, files, request::Request};

/// Make the plan for one request: exit status 0 ready, 3 needs confirmation, 4 stopped, 2 not usable
#[derive(Args)]
pub(super) struct Plan {
    /// File of the request, or - for standard input
    #[arg(default_value = "-")]
    file: PathBuf,
    #[command(flatten)]
    format: FormatArgs,
    #[command(flatten)]
    library: LibraryArgs,
}

impl Plan {
    pub(super) fn run(&self, out: &mut impl Write) -> Result<u8, Failure> {
        let bytes = files::read(&self.file).map_err(|error| Failure::unreadable(&self.file, &error))?;
        let library = self.library.load()?;
        let request = Request::parse(&bytes).map_err(|faults| Failure::not_usable(&faults[0]))?;
        let plan = dosing::plan(request, library).map_err(Failure::not_usable)?;
        self.format.write(&plan, out)
    }
}
