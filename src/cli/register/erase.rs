//! `osteodose ward erase`: erases who a patient is and what was recorded; the chain stays whole.

use std::io::Write;

use clap::Args;

use super::{
    clock::{ComputerClock, today},
    entry::{say, unsaid},
    failed::failed,
    place::{RegisterArgs, history},
    values,
};
use crate::{
    cli::Failure,
    json::Text,
    ward::store::Erasing,
    words::{manual::exit_status, register::command as words},
};

/// Erase a patient for ever: name, identifier and what was recorded
#[derive(Args)]
#[command(after_help = exit_status("ward"))]
pub(in crate::cli) struct Erase {
    /// Identifier of the patient
    #[arg(value_parser = values::text)]
    patient: Text,
    /// Who does it
    #[arg(long, value_name = "NAME", value_parser = values::name)]
    by: Text,
    /// Why
    #[arg(long, value_name = "TEXT", value_parser = values::text)]
    because: Text,
    /// Who ordered it
    #[arg(long, value_name = "NAME", value_parser = values::name)]
    authority: Text,
    /// Number that "ward show" gave: only who has seen the page erases it
    #[arg(long, value_name = "SEQ")]
    seen: u32,
    #[command(flatten)]
    register: RegisterArgs,
}

impl Erase {
    pub(super) fn run(&self, out: &mut impl Write) -> Result<u8, Failure> {
        let mut store = self.register.open()?;
        let (key, _) = history(&mut store, &self.patient)?;
        let (by, because, authority) = (self.by.clone(), self.because.clone(), self.authority.clone());
        let erasing = Erasing { on: today(), by, because, authority };
        let appended = store.erase(&key, self.seen, &erasing, &ComputerClock).map_err(|error| failed(&error))?;
        writeln!(out, "{}", words::erased(self.seen)).map_err(|error| unsaid(&appended, &error))?;
        say(&mut store, &appended, out)
    }
}
