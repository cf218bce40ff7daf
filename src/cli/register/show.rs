//! `osteodose ward show`: one patient, with the courses, their doses and every entry.

use std::io::Write;

use clap::Args;

use super::{
    place::{RegisterArgs, history},
    values,
};
use crate::{
    cli::{Failure, LibraryArgs},
    json::Text,
    present::register::patient,
    words::manual::exit_status,
};

/// Show a patient: courses, doses, and every entry
#[derive(Args)]
#[command(after_help = exit_status("ward"))]
pub(in crate::cli) struct Show {
    /// Identifier of the patient; the name in the register for one who was erased
    #[arg(value_parser = values::text)]
    patient: Text,
    #[command(flatten)]
    register: RegisterArgs,
    #[command(flatten)]
    library: LibraryArgs,
}

impl Show {
    pub(super) fn run(&self, out: &mut impl Write) -> Result<u8, Failure> {
        let library = self.library.load()?;
        let mut store = self.register.open()?;
        let (_, history) = history(&mut store, &self.patient)?;
        let page = patient(&history, &store.ward().clinic.open_days(), library);
        out.write_all(page.as_bytes()).map_err(|error| Failure::output(&error))?;
        Ok(0)
    }
}
