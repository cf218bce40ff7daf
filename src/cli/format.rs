//! The export of a plan: its format and its file.

use std::{io::Write, path::PathBuf, time::SystemTime};

use clap::Args;

use super::Failure;
use crate::{
    export::{Earlier, Format, Options, Refused, export},
    files::{self, Saved, save},
    plan::{Plan, PlanStatus},
};

/// The format of a plan, and its file.
#[derive(Args)]
pub(super) struct FormatArgs {
    /// Output format
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,
    /// Write to this file instead of standard output; an existing file is not replaced
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Include the patient's name in a table, calendar or FHIR bundle; by default only the identifier
    #[arg(long)]
    with_name: bool,
    /// Saved plan whose calendar this one replaces; dates that are no longer planned are cancelled
    #[arg(long, value_name = "PLAN")]
    replaces: Option<PathBuf>,
    #[cfg(feature = "pdf")]
    #[command(flatten)]
    page: super::page::PageArgs,
}

impl FormatArgs {
    /// Writes a plan in the format asked for and returns the exit status.
    pub(super) fn write(&self, plan: &Plan, out: &mut impl Write) -> Result<u8, Failure> {
        let asked = self.asked()?;
        let run = || export(plan, self.format, &asked);
        #[cfg(feature = "pdf")]
        let exported = self.page.quietly(run);
        #[cfg(not(feature = "pdf"))]
        let exported = run();
        let content = exported.map_err(|why| match why {
            Refused::Stopped(_) => Failure::stopped(&why),
            #[cfg(feature = "pdf")]
            _ => self.page.refused(&why),
            #[cfg(not(feature = "pdf"))]
            _ => Failure::not_usable(&why),
        })?;
        self.put(&content, out)?;
        Ok(status(plan.status()))
    }

    /// The options besides the format. An option that does not apply to the format is an error.
    fn asked(&self) -> Result<Options, Failure> {
        if self.with_name && !matches!(self.format, Format::Csv | Format::Ics | Format::Fhir) {
            return Err(Failure::out_of_place("--with-name", "--format csv, ics or fhir"));
        }
        #[cfg(feature = "pdf")]
        self.page.check(self.format, self.output.is_some())?;
        let at = now();
        Ok(Options {
            at,
            with_name: self.with_name,
            replaces: self.replaces()?,
            #[cfg(feature = "pdf")]
            paper: self.page.paper(),
            #[cfg(feature = "pdf")]
            pages: self.page.pages(),
            #[cfg(feature = "pdf")]
            offset: Some(ahead_of_utc(at)),
            #[cfg(feature = "pdf")]
            font: self.page.font()?,
        })
    }

    /// The plan whose calendar is replaced.
    fn replaces(&self) -> Result<Option<Earlier>, Failure> {
        let Some(path) = &self.replaces else { return Ok(None) };
        if self.format != Format::Ics {
            return Err(Failure::out_of_place("--replaces", "--format ics"));
        }
        let bytes = files::read(path).map_err(|error| Failure::unreadable(path, &error))?;
        Earlier::read(&bytes).map(Some).map_err(|why| Failure::of_file(path, &why))
    }

    fn put(&self, content: &[u8], out: &mut impl Write) -> Result<(), Failure> {
        let Some(path) = &self.output else {
            return out.write_all(content).map_err(|error| Failure::output(&error));
        };
        match save(path, content, false) {
            Ok(Saved::Written) => Ok(()),
            Ok(Saved::Exists) => Err(Failure::exists(path)),
            Err(error) => Err(Failure::unwritable(path, &error)),
        }
    }
}

/// The exit status of a plan.
fn status(status: PlanStatus) -> u8 {
    match status {
        PlanStatus::Ready => 0,
        PlanStatus::NeedsConfirmation => 3,
        PlanStatus::Stopped => 4,
    }
}

#[expect(clippy::disallowed_methods, reason = "the moment of an export, on which nothing in a plan depends")]
pub(super) fn now() -> chrono::DateTime<chrono::Utc> {
    SystemTime::now().into()
}

/// How far the clock of this computer is ahead of UTC at a moment.
#[cfg(any(feature = "pdf", feature = "tui"))]
pub(super) fn ahead_of_utc(at: chrono::DateTime<chrono::Utc>) -> chrono::FixedOffset {
    use chrono::TimeZone;
    chrono::Local.offset_from_utc_datetime(&at.naive_utc())
}
