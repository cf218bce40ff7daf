//! `osteodose batch`: one request a line in, one plan a line out, in the same order, for a whole hospital.

mod answer;
mod interrupt;
mod lines;
mod output;
mod progress;
mod relay;
mod table;
mod tally;

use std::{
    io::Write,
    path::{Path, PathBuf},
    sync::Arc,
};

use clap::Args;

use super::{Failure, LibraryArgs};
use answer::Answers;
use interrupt::Interrupt;
use lines::{Input, Lines};
pub(super) use output::End;
use output::Output;
use progress::Progress;
use relay::{Block, Relayed};
use table::Table;
use tally::Tally;

/// Make plans for many patients: exit status 0 all usable, 1 some were not, 2 it could not be done
///
/// The input is JSON Lines, one request a line, or a CSV table, one patient a line. Each gives one line, in the same
/// order; one that cannot be used gives its line number and the reason, and the rest goes on. A summary stands on
/// standard error.
#[derive(Args)]
pub(super) struct Batch {
    /// File of the requests, or - for standard input
    #[arg(default_value = "-")]
    file: PathBuf,
    /// One short line a patient: id, status, clearance, dose, volume and dose dates
    #[arg(long)]
    brief: bool,
    /// The input is a CSV table with the names of the fields in its first row, such as labs.creatinine.value; so it
    /// is for a file whose name ends in .csv
    #[arg(long)]
    csv: bool,
    /// File to write, whole or not at all, in place of standard output; one that is there is kept
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    library: LibraryArgs,
}

/// The most patients in a block where each gives a whole plan, so that little memory is held.
const WHOLE_PLANS: usize = 64;
/// The most patients in a block where each gives a short line.
const SHORT_LINES: usize = 256;

impl Batch {
    pub(super) fn run(&self, _out: &mut impl Write) -> Result<u8, Failure> {
        let library = self.library.load()?;
        let input = self.input()?;
        let mut output = Output::open(self.output.as_deref())?;
        let interrupt = Interrupt::listen();
        let mut progress = Progress::new(lines::size(&self.file));
        let mut tally = Tally::default();
        let answers = Arc::new(Answers::new(library, self.brief));
        let at_a_time = if self.brief { SHORT_LINES } else { WHOLE_PLANS };

        let work = move |block: &mut Block| answers.answer(block);
        let relayed = relay::relay(input, at_a_time, work, &interrupt, |block| {
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
                Err(Failure::not_usable("a part of the program failed; nothing more was made"))
            }
        };
        answered.and_then(|()| output.finish())?;
        tally.print();
        Ok(u8::from(tally.has_unusable()))
    }

    fn input(&self) -> Result<Box<dyn Input>, Failure> {
        let unreadable = |error| Failure::unreadable(&self.file, &error);
        let from = lines::open(&self.file).map_err(unreadable)?;
        let named_csv = self.file.extension().is_some_and(|it| it.eq_ignore_ascii_case("csv"));
        if !self.csv && !named_csv {
            return Ok(Box::new(Lines::new(from)));
        }
        let table = Table::new(from).map_err(unreadable)?;
        table.map(|table| Box::new(table) as Box<dyn Input>).map_err(|why| self.no_table(&why))
    }

    fn no_table(&self, why: &str) -> Failure {
        let name = if self.file == Path::new("-") { "standard input".into() } else { self.file.to_string_lossy() };
        Failure::not_usable(format!("{}: {why}", crate::json::printable(&name)))
    }
}
