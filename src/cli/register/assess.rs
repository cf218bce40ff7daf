//! `osteodose ward assess`: what the engine says of today's dose, with the course as the entries have it.

use std::{io::Write, path::PathBuf};

use clap::Args;

use super::{
    entry::{EntryArgs, Opened, dose, say_with, unsaid},
    failed::{failed, refused},
};
use crate::{
    cli::{Failure, LibraryArgs, waiting},
    files,
    present::register::said_of_today,
    request::Request,
    ward::{
        event::{Assessed, Body, HoldReason},
        is_about,
        store::{Appended, Store},
        visit::{self, Entered, Verdict},
    },
    words::{command::A_REQUEST, manual::exit_status, register::command as words},
};

/// Ask whether today's dose can be given, and record the answer
#[derive(Args)]
#[command(after_help = exit_status("ward assess"))]
pub(in crate::cli) struct Assess {
    #[command(flatten)]
    entry: EntryArgs,
    /// Request with the values of the day, or - for standard input; drug, course and open days are those of the register
    #[arg(value_name = "REQUEST")]
    request: PathBuf,
    /// Number of the dose; the next open one by default
    #[arg(long, value_name = "NUMBER")]
    dose: Option<u16>,
    /// Show the verdict and record nothing
    #[arg(long)]
    check: bool,
    #[command(flatten)]
    library: LibraryArgs,
}

impl Assess {
    pub(super) fn run(&self, out: &mut impl Write) -> Result<u8, Failure> {
        let library = self.library.load()?;
        waiting::say(&self.request, A_REQUEST);
        let bytes = files::read(&self.request).map_err(|error| Failure::unreadable(&self.request, &error))?;
        let of_day = Request::parse(&bytes).map_err(|faults| {
            let reasons: Vec<String> = faults.iter().map(ToString::to_string).collect();
            Failure::faulty(&self.request, &reasons)
        })?;
        let mut opened = self.entry.open()?;
        let course = opened.course()?;
        let (number, dose) = (course.number, dose(course, self.dose).ok());
        is_about(&opened.state, course, &of_day, opened.on).map_err(|why| refused(&why))?;
        let entered = Entered::of(of_day, Some(self.entry.by()));
        let clinic = opened.store.ward().clinic.open_days();
        let (holds, untold) = (course.holds.clone(), course.untold_holds());
        let request = visit::request((&opened.state, number), entered, opened.on, Some(clinic), library)
            .map_err(|why| refused(&why))?;
        let verdict = visit::verdict(request, library);
        let status = match &verdict {
            Verdict::Unusable(why) => return Err(Failure::of_file(&self.request, why)),
            // The engine does not know of the hold.
            Verdict::Go(_) if !untold.is_empty() => 3,
            Verdict::Go(_) => 0,
            Verdict::Confirm(_) => 3,
            Verdict::Hold(_) => 4,
        };
        let (Some(plan), Some(body)) = (verdict.plan(), verdict.assessed(dose)) else { return Ok(2) };
        let is_held_for = |reason: &HoldReason| holds.iter().any(|hold| hold.because == *reason);
        let to_hold = verdict.hold_reason().filter(|reason| !is_held_for(reason));
        // Whoever reads no more of it has the verdict by the status.
        let unread = |error: std::io::Error| Failure::output(&error).with_own(status);
        let said = said_of_today(plan, &untold, to_hold);
        if self.check {
            out.write_all(said.as_bytes()).map_err(unread)?;
            writeln!(out, "{}", words::NOT_STORED).map_err(unread)?;
            return Ok(status);
        }
        // It is recorded before it is shown: by the status alone, nobody would know that it is not.
        match self.record(&mut opened, number, body) {
            Ok(appended) => {
                let in_vain = |error: std::io::Error| unsaid(&appended, &error).with_own(status);
                out.write_all(said.as_bytes()).map_err(in_vain)?;
                say_with(&mut opened.store, &appended, library, out).map_err(|failure| failure.with_own(status))?;
                Ok(status)
            }
            Err(failure) => {
                // The verdict is that of the engine, whether or not it could be recorded.
                let _ = out.write_all(said.as_bytes()).and_then(|()| out.flush());
                Err(failure)
            }
        }
    }

    fn record(&self, opened: &mut Opened<'_>, course: u32, body: Assessed) -> Result<Appended, Failure> {
        opened.store.keep_library(&self.library.files()?).map_err(|error| failed(&error))?;
        opened.append(Some(course), vec![Body::from(body)])
    }
}
