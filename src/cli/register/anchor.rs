//! `osteodose ward anchor`: prints the head of the chain, to be kept outside this computer.

use std::io::Write;

use clap::Args;

use super::{
    clock::{ComputerClock, today},
    entry::{say, unsaid},
    failed::failed,
    place::RegisterArgs,
    values,
};
use crate::{
    cli::Failure,
    json::Text,
    ward::{event::Draft, store},
    words::{manual::exit_status, register::command as words, store as said},
};

/// Print the head of the chain, against which the register can be verified later
#[derive(Args)]
#[command(after_help = exit_status("ward"))]
pub(in crate::cli) struct Anchor {
    /// Who keeps it
    #[arg(long, value_name = "NAME", value_parser = values::name)]
    by: Text,
    #[command(flatten)]
    register: RegisterArgs,
}

impl Anchor {
    pub(super) fn run(&self, out: &mut impl Write) -> Result<u8, Failure> {
        let mut store = self.register.open()?;
        let (number, hash) = store.head().map_err(|error| failed(&error))?;
        let anchor = store::Anchor::new(number, &hash);
        let moment = store.events(number, 1).map_err(|error| failed(&error))?.first().map(said::moment);
        let draft = Draft { on: today(), by: self.by.clone(), course: None, body: anchor.entry().into() };
        let appended = store.append_to_ward(&[draft], &ComputerClock).map_err(|error| failed(&error))?;
        let line = words::anchored(number, &moment.unwrap_or_default(), &anchor.to_string());
        writeln!(out, "{line}").map_err(|error| unsaid(&appended, &error))?;
        say(&mut store, &appended, out)
    }
}
