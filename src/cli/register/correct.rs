//! `osteodose ward strike` and `note`: a wrong entry is struck and stays readable, and what else there is to say is
//! noted.

use std::io::Write;

use clap::Args;

use super::{
    entry::EntryArgs,
    values::{self, word},
};
use crate::{
    cli::Failure,
    json::Text,
    ward::event::{Noted, StrikeReason, Struck},
    words::manual::exit_status,
};

/// Strike a wrong entry: it stays readable and counts no more
#[derive(Args)]
#[command(after_help = exit_status("ward"))]
pub(in crate::cli) struct Strike {
    #[command(flatten)]
    entry: EntryArgs,
    /// Number of the entry, as "ward show" has it
    #[arg(value_name = "ENTRY")]
    struck: u64,
    /// Why
    #[arg(long, value_name = "REASON", value_parser = word!(StrikeReason))]
    because: StrikeReason,
    /// More about it; required for the reason other
    #[arg(long, value_name = "TEXT", value_parser = values::text)]
    note: Option<Text>,
}

impl Strike {
    pub(super) fn run(&self, out: &mut impl Write) -> Result<u8, Failure> {
        let opened = self.entry.open()?;
        let course = opened.events.iter().find(|event| event.number == self.struck).and_then(|event| event.course);
        let struck = Struck { event: self.struck, reason: self.because, note: self.note.clone() };
        opened.record(course, struck, out)
    }
}

/// Note something about a patient
#[derive(Args)]
#[command(after_help = exit_status("ward"))]
pub(in crate::cli) struct Note {
    #[command(flatten)]
    entry: EntryArgs,
    /// What there is to say
    #[arg(value_parser = values::text)]
    text: Text,
}

impl Note {
    pub(super) fn run(&self, out: &mut impl Write) -> Result<u8, Failure> {
        let opened = self.entry.open()?;
        let course = opened.course().ok().map(|course| course.number);
        opened.record(course, Noted { text: self.text.clone() }, out)
    }
}
