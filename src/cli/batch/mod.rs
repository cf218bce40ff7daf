//! `osteodose batch`: one request a line in, one plan a line out, in the same order.

mod answer;
mod interrupt;
mod lines;
mod output;
mod progress;
mod relay;
mod summary;
mod table;
mod tally;

use std::{
    io::Write,
    path::{Path, PathBuf},
    sync::Arc,
};

use clap::Args;

use super::{
    Failure, LibraryArgs,
    several::graver,
    target::{Job, TargetArgs},
    waiting,
    ward::WardArgs,
};
use crate::{
    files::{self, Lines},
    words::{command as words, manual::exit_status},
};
use answer::Answers;
pub(super) use answer::Line;
use interrupt::Interrupt;
use lines::{Input, LONGEST_LINE};
pub(super) use output::End;
use output::Output;
use progress::Progress;
use relay::{Block, Relayed};
use table::Table;
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
    /// Read a CSV table whose first row names the fields, such as labs.creatinine.value; this is the default for files
    /// ending in .csv
    #[arg(long)]
    csv: bool,
    /// Write the summary as one JSON object, for other programs
    #[arg(long)]
    json: bool,
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
        let jobs = self.target.jobs(&self.files, ".jsonl")?;
        let library = self.library.load()?;
        let ward = self.ward.load(library)?;
        let answers = Arc::new(Answers::new(library, ward, self.brief));
        let interrupt = Interrupt::listen();
        let mut all = Tally::default();
        let mut gravest = 0;
        for job in &jobs {
            match self.file(job, &answers, &interrupt) {
                Ok(tally) => all.add(&tally),
                Err(failure) if jobs.len() == 1 => return Err(failure),
                Err(failure) if interrupt.signal().is_some() => return Err(failure.about(&job.input)),
                Err(failure) => {
                    gravest = graver(gravest, failure.status());
                    failure.about(&job.input).print();
                }
            }
        }
        if !self.target.quiet {
            all.print(self.json);
        }
        Ok(graver(gravest, u8::from(all.has_unusable())))
    }

    /// Answers every request of a file.
    fn file(&self, job: &Job, answers: &Arc<Answers>, interrupt: &Interrupt) -> Result<Tally, Failure> {
        if !self.target.quiet {
            waiting::say(&job.input, words::REQUESTS);
        }
        let input = self.input(&job.input)?;
        let mut output = Output::open(&job.target)?;
        let mut progress = Progress::new(lines::size(&job.input), self.target.quiet);
        let mut tally = Tally::default();
        let at_a_time = if self.brief { SHORT_LINES } else { WHOLE_PLANS };

        let answers = Arc::clone(answers);
        let work = move |block: &mut Block| answers.answer(block);
        let relayed = relay::relay(input, at_a_time, work, interrupt, |block| {
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
        Ok(tally)
    }

    fn input(&self, file: &Path) -> Result<Box<dyn Input>, Failure> {
        let unreadable = |error| Failure::unreadable(file, &error);
        let from = files::open(file).map_err(unreadable)?;
        let named_csv = file.extension().is_some_and(|it| it.eq_ignore_ascii_case("csv"));
        if !self.csv && !named_csv {
            return Ok(Box::new(Lines::new(from, LONGEST_LINE)));
        }
        let table = Table::new(from).map_err(unreadable)?;
        table.map(|table| Box::new(table) as Box<dyn Input>).map_err(|why| Failure::of_file(file, why))
    }
}
