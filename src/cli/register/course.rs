//! `osteodose ward hold`, `resume` and `end`: what becomes of a course.

use std::io::Write;

use chrono::NaiveDate;
use clap::Args;

use super::{
    entry::EntryArgs,
    failed::refused,
    values::{self, word},
};
use crate::{
    cli::Failure,
    json::Text,
    ward::{
        checks,
        event::{EndReason, Ended, Held, HoldReason, Resumed},
        fold::{CourseState, Refused, newest_assessment},
    },
    words::{manual::exit_status, register::command as words},
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
    /// Entry of a hold that is lifted, once for each; it can be left out where one alone is open
    #[arg(long, value_name = "ENTRY")]
    hold: Vec<u64>,
    /// Entry of the assessment it rests on; by default the newest one of that day
    #[arg(long, value_name = "ENTRY")]
    assessed: Option<u64>,
    /// Why a hold for the creatinine is lifted without an assessment that says so
    #[arg(long, value_name = "TEXT", value_parser = values::text)]
    without_go_because: Option<Text>,
    /// Who prescribed it all the same
    #[arg(long, value_name = "NAME", value_parser = values::name)]
    prescriber: Option<Text>,
    /// More about it
    #[arg(long, value_name = "TEXT", value_parser = values::text)]
    note: Option<Text>,
}

impl Resume {
    pub(super) fn run(&self, out: &mut impl Write) -> Result<u8, Failure> {
        let opened = self.entry.open()?;
        let course = opened.course()?;
        let holds = if self.hold.is_empty() { the_hold(course)? } else { self.hold.clone() };
        let newest = newest_assessment(&opened.events, course.number, opened.on).map(|(number, _)| number);
        let resumed = Resumed {
            holds,
            assessed: self.assessed.or(newest),
            without_go_because: self.without_go_because.clone(),
            prescriber: self.prescriber.clone(),
            note: self.note.clone(),
        };
        opened.record_in_course(resumed, out)
    }
}

/// The entry of the hold that is open, none where none is. Of several, nobody lifts one without having read of it.
pub(super) fn the_hold(course: &CourseState) -> Result<Vec<u64>, Failure> {
    if course.holds.len() > 1 {
        return Err(refused(&Refused::WhichHold(course.holds.clone())));
    }
    Ok(course.holds.iter().map(|hold| hold.number).collect())
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
        let opened = self.entry.open()?;
        let checks = checks::open(opened.course()?);
        let status = opened.record_in_course(ended, out)?;
        // With the course they leave the list.
        if !checks.is_empty() {
            writeln!(out, "{}", words::leaves_open(&checks)).map_err(|error| Failure::output(&error))?;
        }
        Ok(status)
    }
}
