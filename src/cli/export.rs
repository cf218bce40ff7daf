//! `osteodose export`: saved plans in another format.

use std::{
    io::Write,
    path::{Path, PathBuf},
};

use clap::Args;

use super::{Failure, LibraryArgs, failure::name, format::FormatArgs, several::each, target::TargetArgs, waiting};
use crate::{
    files,
    plan::Plan,
    recheck::{Rechecked, Verdict, recheck},
    regimen::Library,
    saved,
    words::{command, manual::exit_status, recheck as words},
};

/// Export a saved plan in another format
#[derive(Args)]
#[command(after_help = exit_status("export"))]
pub(super) struct Export {
    /// Plan file, or - for standard input; several files with --output-dir
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    #[command(flatten)]
    format: FormatArgs,
    #[command(flatten)]
    target: TargetArgs,
    #[command(flatten)]
    library: LibraryArgs,
}

impl Export {
    pub(super) fn run(&self, out: &mut impl Write) -> Result<u8, Failure> {
        let jobs = self.target.jobs(
            &self.files,
            &[self.library.folder(), self.format.replaced(), self.format.font()],
            self.format.ending(),
        )?;
        let library = self.library.load()?;
        let options = self.format.options(&jobs)?;
        each(&jobs, self.target.quiet, |job| {
            if !self.target.quiet {
                waiting::say(&job.input, command::A_PLAN);
            }
            let plan = unchanged(&job.input, library)?;
            self.format.write(&plan, job, &options, out)
        })
    }
}

/// The plan made again from a file, if it says the same as the file.
fn unchanged(file: &Path, library: &'static Library) -> Result<Plan, Failure> {
    let bytes = files::read(file).map_err(|error| Failure::unreadable(file, &error))?;
    let saved = saved::open(&bytes).map_err(|why| Failure::of_file(file, why))?;
    let rechecked = recheck(saved, library);
    let Rechecked { verdict: Verdict::Same, plan: Some(plan), .. } = rechecked else {
        let mut lines = vec![format!("{}: {}", name(file), words::not_exported(&rechecked.headline()))];
        lines.extend(rechecked.details().into_iter().map(|line| format!("    {line}")));
        lines.push(words::WHAT_TO_DO.to_owned());
        return Err(Failure::refused(lines));
    };
    Ok(plan)
}
