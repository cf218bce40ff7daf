//! `osteodose batch`: one request a line in, one plan a line out, in the same order.

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

use super::{Failure, LibraryArgs, ward::WardArgs};
use crate::{
    files::{self, Lines},
    words::manual::exit_status,
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
    /// File of requests, or - for standard input
    #[arg(default_value = "-")]
    file: PathBuf,
    /// One short line per patient: id, status, clearance, dose, volume and dose dates
    #[arg(long)]
    brief: bool,
    /// Read a CSV table whose first row names the fields, such as labs.creatinine.value; this is the default for files
    /// ending in .csv
    #[arg(long)]
    csv: bool,
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
        let input = self.input()?;
        let mut output = Output::open(self.output.as_deref())?;
        let interrupt = Interrupt::listen();
        let mut progress = Progress::new(lines::size(&self.file));
        let mut tally = Tally::default();
        let answers = Arc::new(Answers::new(library, ward, self.brief));
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
                Err(Failure::not_usable("a part of the program failed; no more plans were made"))
            }
        };
        answered.and_then(|()| output.finish())?;
        tally.print();
        Ok(u8::from(tally.has_unusable()))
    }

    fn input(&self) -> Result<Box<dyn Input>, Failure> {
        let unreadable = |error| Failure::unreadable(&self.file, &error);
        let from = files::open(&self.file).map_err(unreadable)?;
        let named_csv = self.file.extension().is_some_and(|it| it.eq_ignore_ascii_case("csv"));
        if !self.csv && !named_csv {
            return Ok(Box::new(Lines::new(from, LONGEST_LINE)));
        }
        let table = Table::new(from).map_err(unreadable)?;
        table.map(|table| Box::new(table) as Box<dyn Input>).map_err(|why| self.no_table(&why))
    }

    fn no_table(&self, why: &str) -> Failure {
        let name = if self.file == Path::new("-") { "standard input".into() } else { self.file.to_string_lossy() };
        Failure::not_usable(format!("{}: {why}", crate::json::printable(&name)))
    }
}
