//! `osteodose batch`: one request a line in, one plan a line out, in the same order.

mod answer;
mod input;
mod interrupt;
mod lines;
mod output;
mod progress;
mod relay;
mod roster;
mod summary;
mod table;
mod tally;

use std::{io::Write, path::PathBuf, sync::Arc};

use clap::Args;

use super::{
    Failure, LibraryArgs,
    failure::name,
    several::graver,
    target::{Job, TargetArgs},
    waiting,
    ward::WardArgs,
};
use crate::{
    table::words::ROWS_WAY_ON,
    words::{command as words, manual::exit_status},
};
use answer::Answers;
pub(super) use answer::Line;
use input::{InputArgs, Requests};
use interrupt::Interrupt;
pub(super) use output::End;
use output::Output;
use progress::Progress;
use relay::{Block, Relayed};
use roster::Roster;
use tally::Tally;

/// Make plans for many patients
///
/// The input is JSON Lines with one request a line, or a CSV table with one patient a row. The output has one line for
/// each, in the same order. A request that cannot be used gives its line number and the reason, and the rest
/// continues. A summary is written to standard error.
#[derive(Args)]
#[command(after_help = exit_status("batch"))]
pub(super) struct Batch {
    /// File of requests, or - for standard input; several files with --output-dir
    #[arg(default_value = "-", value_name = "FILE")]
    files: Vec<PathBuf>,
    /// One short line per patient: id, status, clearance, dose, volume and dose dates
    #[arg(long)]
    brief: bool,
    /// Write the summary as one JSON object, for other programs
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    input: InputArgs,
    #[command(flatten)]
    target: TargetArgs,
    #[command(flatten)]
    library: LibraryArgs,
    #[command(flatten)]
    ward: WardArgs,
}

/// The most patients in a block of whole plans, so that little memory is used.
const WHOLE_PLANS: usize = 64;
/// The most patients in a block of short lines.
const SHORT_LINES: usize = 256;

impl Batch {
    pub(super) fn run(&self, _out: &mut impl Write) -> Result<u8, Failure> {
        let jobs = self.target.jobs(
            &self.files,
            &[self.library.folder(), self.ward.file(), self.input.columns()],
            ".jsonl",
        )?;
        let library = self.library.load()?;
        let ward = self.ward.load(library)?;
        let answers = Arc::new(Answers::new(library, ward, self.brief));
        let interrupt = Interrupt::listen();
        let mut all = Tally::default();
        let mut remarks = Vec::new();
        let mut gravest = 0;
        // One for all files: a patient is one person, whichever file he is in.
        let mut roster = Roster::default();
        for (at, job) in jobs.iter().enumerate() {
            roster.begin(name(&job.input));
            match self.file(job, &answers, &interrupt, &mut roster) {
                Ok((tally, of_file)) => {
                    all.add(&tally);
                    let named =
                        |remark| if jobs.len() == 1 { remark } else { format!("{}: {remark}", name(&job.input)) };
                    remarks.extend(of_file.into_iter().map(named));
                }
                Err(failure) if jobs.len() == 1 => return Err(failure),
                Err(failure) if interrupt.signal().is_some() => {
                    return Err(failure.about(&job.input).and(words::files_left(at, jobs.len() - at - 1)));
                }
                Err(failure) => {
                    gravest = graver(gravest, failure.status());
                    failure.about(&job.input).print();
                }
            }
        }
        remarks.extend(roster.lines());
        if !self.target.quiet {
            all.print(&remarks, self.json);
        }
        Ok(graver(gravest, u8::from(all.has_unusable())))
    }

    /// Answers every request of a file, and returns what else is to be said of it.
    fn file(
        &self,
        job: &Job,
        answers: &Arc<Answers>,
        interrupt: &Interrupt,
        roster: &mut Roster,
    ) -> Result<(Tally, Vec<String>), Failure> {
        if !self.target.quiet {
            waiting::say(&job.input, words::REQUESTS);
        }
        let Requests { input, needs_columns } = self.input.open(&job.input, answers.library())?;
        interrupt.begin();
        let mut output = Output::open(&job.target)?;
        let mut progress = Progress::new(lines::size(&job.input), self.target.quiet);
        let mut tally = Tally::default();
        let at_a_time = if self.brief { SHORT_LINES } else { WHOLE_PLANS };

        let again = Arc::clone(answers);
        let answers = Arc::clone(answers);
        let work = move |block: &mut Block| answers.answer(block);
        let relayed = relay::relay(input, at_a_time, work, interrupt, |block| {
            if roster.enter(block) {
                again.answer(block);
            }
            output.write(&block.output)?;
            tally.add(&block.tally);
            progress.show(tally.patients(), block.read_to);
            Ok(())
        });
        progress.clear();
        match relayed {
            Ok(Relayed::Whole) => Ok(()),
            Ok(Relayed::Interrupted(signal)) => Err(Failure::interrupted(signal, tally.patients(), output.end_whole())),
            Err(relay::Broken::Reading(error)) => Err(Failure::unreadable(&job.input, &error)),
            Err(relay::Broken::Writing(error)) => Err(Failure::cut_off(&error, tally.patients(), output.end_whole())),
            Err(relay::Broken::Working) => {
                Err(Failure::not_usable("a part of the program failed; no more plans were made"))
            }
        }?;
        output.finish()?;
        let mut remarks = Vec::new();
        if needs_columns && tally.has_foreign() {
            remarks.push(ROWS_WAY_ON.to_owned());
        }
        Ok((tally, remarks))
    }
}
