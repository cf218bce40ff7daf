//! `osteodose ward hold`, `resume` and `end`: what becomes of a course.

use std::io::Write;

use chrono::NaiveDate;
use clap::Args;

use super::{
    entry::EntryArgs,
    values::{self, word},
};
use crate::{
    cli::Failure,
    json::Text,
    ward::event::{EndReason, Ended, Held, HoldReason, Resumed},
    words::manual::exit_status,
};

/// Record that a course is on hold
#[derive(Args)]
#[command(after_help = exit_status("ward"))]
pub(in crate::cli) struct Hold {
    #[command(flatten)]
    entry: EntryArgs,
    /// Why
    #[arg(long, value_name = "REASON", value_parser = word!(HoldReason))]
    because: HoldReason,
    /// Day on which to look at it again, such as 2026-12-08
    #[arg(long, value_name = "DAY", value_parser = values::day)]
    look_again: Option<NaiveDate>,
    /// Entry of the assessment it rests on
    #[arg(long, value_name = "ENTRY")]
    assessed: Option<u64>,
    /// More about it; required for the reason other
    #[arg(long, value_name = "TEXT", value_parser = values::text)]
    note: Option<Text>,
}

impl Hold {
    pub(super) fn run(&self, out: &mut impl Write) -> Result<u8, Failure> {
        let Self { because, look_again, assessed, .. } = *self;
        let held = Held { because, look_again, assessed, note: self.note.clone() };
        self.entry.open()?.record_in_course(held, out)
    }
}

/// Record that a course is resumed
#[derive(Args)]
#[command(after_help = exit_status("ward"))]
pub(in crate::cli) struct Resume {
    #[command(flatten)]
    entry: EntryArgs,
    /// Entry of a hold that is lifted, once for each; by default every open one
    #[arg(long, value_name = "ENTRY")]
    hold: Vec<u64>,
    /// Entry of the assessment it rests on
    #[arg(long, value_name = "ENTRY")]
    assessed: Option<u64>,
    /// More about it
    #[arg(long, value_name = "TEXT", value_parser = values::text)]
    note: Option<Text>,
}

impl Resume {
    pub(super) fn run(&self, out: &mut impl Write) -> Result<u8, Failure> {
        let opened = self.entry.open()?;
        let open = opened.course()?.holds.iter().map(|hold| hold.number);
        let holds = if self.hold.is_empty() { open.collect() } else { self.hold.clone() };
        opened.record_in_course(Resumed { holds, assessed: self.assessed, note: self.note.clone() }, out)
    }
}

/// Record that a course is ended
#[derive(Args)]
#[command(after_help = exit_status("ward"))]
pub(in crate::cli) struct End {
    #[command(flatten)]
    entry: EntryArgs,
    /// Why
    #[arg(long, value_name = "REASON", value_parser = word!(EndReason))]
    because: EndReason,
    /// More about it; required for the reason other
    #[arg(long, value_name = "TEXT", value_parser = values::text)]
    note: Option<Text>,
}

impl End {
    pub(super) fn run(&self, out: &mut impl Write) -> Result<u8, Failure> {
        let ended = Ended { because: self.because, note: self.note.clone() };
        self.entry.open()?.record_in_course(ended, out)
    }
}
