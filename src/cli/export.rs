//! `osteodose export`: a saved plan in another form.

use std::{io::Write, path::PathBuf};

use clap::Args;

use super::{Failure, LibraryArgs, format::FormatArgs};
use crate::{dosing, files, plan};

/// Hand on a saved plan in another form: exit status as of plan
#[derive(Args)]
pub(super) struct Export {
    /// File of the plan, or - for standard input
    file: PathBuf,
    #[command(flatten)]
    format: FormatArgs,
    #[command(flatten)]
    library: LibraryArgs,
}

impl Export {
    pub(super) fn run(&self, out: &mut impl Write) -> Result<u8, Failure> {
        let bytes = files::read(&self.file).map_err(|error| Failure::unreadable(&self.file, &error))?;
        let library = self.library.load()?;
        let request = plan::reopen(&bytes).map_err(|faults| Failure::not_a_request(&self.file, &faults))?;
        let plan = dosing::plan(&request, &library).map_err(Failure::not_usable)?;
        self.format.write(&plan, out)
    }
}
