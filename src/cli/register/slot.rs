//! `osteodose ward defer` and `omit`: what becomes of a dose that is not given on its day.

use std::io::Write;

use chrono::NaiveDate;
use clap::{ArgGroup, Args};

use super::{
    entry::{EntryArgs, dose},
    values::{self, word},
};
use crate::{
    cli::Failure,
    json::Text,
    ward::{
        event::{DeferReason, Deferred, OmitReason, Omitted, Then},
        flow,
    },
    words::manual::exit_status,
};

/// Record that a dose is deferred to another day, or to none yet
#[derive(Args)]
#[command(after_help = exit_status("ward"), group = ArgGroup::new("day").required(true))]
pub(in crate::cli) struct Defer {
    #[command(flatten)]
    entry: EntryArgs,
    /// Number of the dose; the next open one by default
    #[arg(long, value_name = "NUMBER")]
    dose: Option<u16>,
    /// New day, such as 2026-12-08
    #[arg(long, value_name = "DAY", value_parser = values::day, group = "day")]
    to: Option<NaiveDate>,
    /// That no new day is known yet; the dose is first on the list until one is set
    #[arg(long, group = "day")]
    no_date: bool,
    /// What becomes of the doses after it; by default they keep their dates after a short move, and move with it after a long one
    #[arg(long, value_name = "WHAT", value_parser = word!(Then))]
    then: Option<Then>,
    /// Why
    #[arg(long, value_name = "REASON", value_parser = word!(DeferReason))]
    because: DeferReason,
    /// More about it; required for the reason other
    #[arg(long, value_name = "TEXT", value_parser = values::text)]
    note: Option<Text>,
    /// Who was told
    #[arg(long, value_name = "TEXT", value_parser = values::text)]
    tell: Option<Text>,
}

impl Defer {
    pub(super) fn run(&self, out: &mut impl Write) -> Result<u8, Failure> {
        let opened = self.entry.open()?;
        let course = opened.course()?;
        let dose = dose(course, self.dose)?;
        let offered = |to| {
            let clinic = opened.store.ward().clinic.open_days();
            flow::deferral(course, dose, to, &flow::calendar(course, &clinic)).first_offered
        };
        let then = self.then.or(self.to.map(offered)).unwrap_or(Then::MoveDates);
        let (note, tell) = (self.note.clone(), self.tell.clone());
        opened.record_in_course(Deferred { dose, to: self.to, then, reason: self.because, note, tell }, out)
    }
}

/// Record that a dose is omitted: it is not given later either
#[derive(Args)]
#[command(after_help = exit_status("ward"))]
pub(in crate::cli) struct Omit {
    #[command(flatten)]
    entry: EntryArgs,
    /// Number of the dose; the next open one by default
    #[arg(long, value_name = "NUMBER")]
    dose: Option<u16>,
    /// Why
    #[arg(long, value_name = "REASON", value_parser = word!(OmitReason))]
    because: OmitReason,
    /// More about it; required for the reason other
    #[arg(long, value_name = "TEXT", value_parser = values::text)]
    note: Option<Text>,
}

impl Omit {
    pub(super) fn run(&self, out: &mut impl Write) -> Result<u8, Failure> {
        let opened = self.entry.open()?;
        let dose = dose(opened.course()?, self.dose)?;
        opened.record_in_course(Omitted { dose, reason: self.because, note: self.note.clone() }, out)
    }
}
