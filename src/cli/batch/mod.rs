//! `osteodose batch`: one request a line in, one plan a line out, in the same order.

mod answer;
mod input;
mod interrupt;
mod lines;
mod output;
mod progress;
mod relay;
mod roster;
mod table;
mod tally;

use std::{io::Write, path::PathBuf, sync::Arc};

use clap::Args;

use super::{Failure, LibraryArgs, ward::WardArgs};
use crate::{table::words, words::manual::exit_status};
use answer::Answers;
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
    /// File of requests, or - for standard input
    #[arg(default_value = "-")]
    file: PathBuf,
    /// One short line per patient: id, status, clearance, dose, volume and dose dates
    #[arg(long)]
    brief: bool,
    #[command(flatten)]
    input: InputArgs,
    /// Write to this file instead of standard output; an existing file is not replaced
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
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
        let library = self.library.load()?;
        let ward = self.ward.load(library)?;
        let Requests { input, needs_columns } = self.input.open(&self.file, library)?;
        let mut output = Output::open(self.output.as_deref())?;
        let interrupt = Interrupt::listen();
        let mut progress = Progress::new(lines::size(&self.file));
        let mut tally = Tally::default();
        let answers = Arc::new(Answers::new(library, ward, self.brief));
        let at_a_time = if self.brief { SHORT_LINES } else { WHOLE_PLANS };

        let mut roster = Roster::default();
        let again = Arc::clone(&answers);
        let work = move |block: &mut Block| answers.answer(block);
        let relayed = relay::relay(input, at_a_time, work, &interrupt, |block| {
            if roster.enter(block) {
                again.answer(block);
            }
            output.write(&block.output)?;
            tally.add(&block.tally);
            progress.show(tally.patients(), block.read_to);
            Ok(())
        });
        progress.clear();
        let answered = match relayed {
            Ok(Relayed::Whole) => Ok(()),
            Ok(Relayed::Interrupted(signal)) => Err(Failure::interrupted(signal, tally.patients(), output.end_whole())),
            Err(relay::Broken::Reading(error)) => Err(Failure::unreadable(&self.file, &error)),
            Err(relay::Broken::Writing(error)) => Err(Failure::cut_off(&error, tally.patients(), output.end_whole())),
            Err(relay::Broken::Working) => {
                Err(Failure::not_usable("a part of the program failed; no more plans were made"))
            }
        };
        answered.and_then(|()| output.finish())?;
        let mut remarks = roster.lines();
        if needs_columns && tally.has_foreign() {
            remarks.push(words::ROWS_WAY_ON.to_owned());
        }
        tally.print(&remarks);
        Ok(u8::from(tally.has_unusable()))
    }
}
