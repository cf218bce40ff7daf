//! The format in which a plan is written, with the options of each format.

use std::{
    io::Write,
    path::{Path, PathBuf},
    time::SystemTime,
};

use clap::Args;

use super::{Failure, target::Job};
use crate::{
    export::{Earlier, Format, Options, Refused, export},
    files,
    plan::{Plan, PlanStatus},
    words::command as words,
};

/// The format of a plan.
#[derive(Args)]
pub(super) struct FormatArgs {
    /// Output format
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,
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
    /// How the name of a file in this format ends.
    pub(super) fn ending(&self) -> &'static str {
        self.format.ending()
    }

    /// The plan whose calendar is replaced.
    pub(super) fn replaced(&self) -> Option<&Path> {
        self.replaces.as_deref()
    }

    /// The file of the font.
    #[cfg_attr(not(feature = "pdf"), expect(clippy::unused_self, reason = "there is no page that needs one"))]
    pub(super) fn font(&self) -> Option<&Path> {
        #[cfg(feature = "pdf")]
        return self.page.font_file();
        #[cfg(not(feature = "pdf"))]
        None
    }

    /// Writes a plan in the format asked for and returns the exit status.
    pub(super) fn write(&self, plan: &Plan, job: &Job, options: &Options, out: &mut impl Write) -> Result<u8, Failure> {
        let run = || export(plan, self.format, options);
        #[cfg(feature = "pdf")]
        let exported = self.page.quietly(run);
        #[cfg(not(feature = "pdf"))]
        let exported = run();
        let content = exported.map_err(|why| match why {
            Refused::Stopped(_) => Failure::stopped(&job.input, &why),
            #[cfg(feature = "pdf")]
            _ => self.page.refused(&job.input, &why),
            #[cfg(not(feature = "pdf"))]
            _ => Failure::of_file(&job.input, &why),
        })?;
        let status = status(plan.status());
        // Whoever reads no more of a stopped plan has it by the status.
        job.target.write(&content, out).map_err(|failure| failure.with_own(status))?;
        Ok(status)
    }

    /// The options besides the format. An option that does not apply to the format is an error.
    pub(super) fn options(&self, jobs: &[Job]) -> Result<Options, Failure> {
        if self.with_name && !matches!(self.format, Format::Csv | Format::Ics | Format::Fhir) {
            return Err(Failure::out_of_place("--with-name", "--format csv, ics or fhir"));
        }
        #[cfg(feature = "pdf")]
        self.page.check(self.format, jobs.iter().all(|job| job.target.path().is_some()))?;
        let at = now();
        Ok(Options {
            at,
            with_name: self.with_name,
            replaces: self.replaces(jobs.len())?,
            #[cfg(feature = "pdf")]
            paper: self.page.paper(),
            #[cfg(feature = "pdf")]
            pages: self.page.pages(),
            #[cfg(feature = "pdf")]
            offset: self.offset(at)?,
            #[cfg(feature = "pdf")]
            font: self.page.font()?,
        })
    }

    /// How far the clock is ahead of UTC, for the printed page alone.
    #[cfg(feature = "pdf")]
    fn offset(&self, at: chrono::DateTime<chrono::Utc>) -> Result<Option<chrono::FixedOffset>, Failure> {
        if self.format != Format::Pdf {
            return Ok(None);
        }
        super::time_zone::check()?;
        Ok(Some(ahead_of_utc(at)))
    }

    /// The plan whose calendar is replaced.
    fn replaces(&self, files: usize) -> Result<Option<Earlier>, Failure> {
        let Some(path) = &self.replaces else { return Ok(None) };
        if self.format != Format::Ics {
            return Err(Failure::out_of_place("--replaces", "--format ics"));
        }
        if files > 1 {
            return Err(Failure::out_of_place("--replaces", words::ONE_FILE));
        }
        let bytes = files::read(path).map_err(|error| Failure::unreadable(path, &error))?;
        Earlier::read(&bytes).map(Some).map_err(|why| Failure::of_file(path, &why))
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
#[cfg(any(feature = "pdf", feature = "tui", feature = "ward"))]
pub(super) fn ahead_of_utc(at: chrono::DateTime<chrono::Utc>) -> chrono::FixedOffset {
    use chrono::TimeZone;
    chrono::Local.offset_from_utc_datetime(&at.naive_utc())
}
