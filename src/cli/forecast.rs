//! `osteodose forecast`: what many plans need together.

use std::{
    io::{self, BufRead, Write},
    path::{Path, PathBuf},
    rc::Rc,
    str::FromStr,
};

use chrono::NaiveDate;
use clap::{Args, ValueEnum};

use super::{Failure, LibraryArgs, environment::knows_more_than_ascii, waiting};
use crate::{
    files::{self, LARGEST_INPUT, Length, Lines, Source},
    forecast::{Chairs, Contradiction, Line, Look, Place, Scope, Tally, Unread, read, table, text},
    json::printable,
    quantity::parse_date,
    words::{command, forecast as words, manual::exit_status, recheck},
};

/// Count what many plans need: containers by week, chair minutes by day, doses by drug
#[derive(Args)]
#[command(after_help = exit_status("forecast"))]
pub(super) struct Forecast {
    /// Files with one plan or one plan a line, folders (every .json and .jsonl in them), or - for standard input
    #[arg(default_value = "-", value_name = "PLAN")]
    plans: Vec<PathBuf>,
    #[cfg(feature = "ward")]
    #[command(flatten)]
    register: super::register::InsteadOfPlans,
    /// First day to count, such as 2026-12-01; by default the first day of the plans
    #[arg(long, value_name = "DATE", value_parser = day)]
    from: Option<NaiveDate>,
    /// Last day to count, inclusive; by default the last day of the plans
    #[arg(long, value_name = "DATE", value_parser = day)]
    to: Option<NaiveDate>,
    /// Chair minutes available each day; days above it are marked, and doses that could move are listed
    #[arg(long, value_name = "MINUTES", value_parser = minutes::<u32>)]
    chair_minutes: Option<u32>,
    /// Chair minutes for each injection, which plans do not state
    #[arg(long, value_name = "MINUTES", default_value_t = 0, value_parser = minutes::<u16>)]
    injection_minutes: u16,
    /// Chair minutes for each infusion beyond its minimum time, which plans do not state
    #[arg(long, value_name = "MINUTES", default_value_t = 0, value_parser = minutes::<u16>)]
    turnover_minutes: u16,
    /// Also count plans that were altered since they were saved; by default they are left out and named
    #[arg(long)]
    altered: bool,
    /// Output format
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Form,
    /// Draw bars with ASCII characters only
    #[arg(long)]
    ascii: bool,
    #[command(flatten)]
    library: LibraryArgs,
}

/// The format of a forecast.
#[derive(Clone, Copy, Default, ValueEnum)]
enum Form {
    /// Tables with bars, for a terminal
    #[default]
    Text,
    /// One table, for a spreadsheet
    Csv,
    /// One document, for other programs
    Json,
}

/// The most faults that are listed; no one corrects more at once.
const MOST_FAULTS: usize = 100;
/// The width of a line if there is no terminal.
const COLUMNS: usize = 80;

impl Forecast {
    pub(super) fn run(&self, out: &mut impl Write) -> Result<u8, Failure> {
        if let (Some(from), Some(to)) = (self.from, self.to)
            && to < from
        {
            return Err(Failure::not_usable(words::no_days(from, to)));
        }
        let library = self.library.load()?;
        let chairs =
            Chairs { capacity: self.chair_minutes, injection: self.injection_minutes, turnover: self.turnover_minutes };
        let scope = Scope { from: self.from, to: self.to, chairs, altered: self.altered };
        #[cfg(feature = "ward")]
        if let Some(mut store) = self.register.open().map_err(Failure::of_reading)? {
            let (forecast, left_out) =
                super::register::forecast(&mut store, scope, library).map_err(Failure::of_reading)?;
            return self.write(&forecast, left_out, out);
        }
        let mut reading = Reading::new(scope);
        for path in &self.plans {
            waiting::say(path, command::PLANS);
            reading.path(path)?;
        }
        let tally = reading.tally()?;
        let left_out = tally.left_out();
        self.write(&tally.finish(library), left_out, out)
    }

    fn write(
        &self,
        forecast: &crate::forecast::Forecast,
        left_out: usize,
        out: &mut impl Write,
    ) -> Result<u8, Failure> {
        let content = match self.format {
            Form::Text => text(forecast, self.look()).into_bytes(),
            Form::Csv => table(forecast),
            Form::Json => forecast.to_json().into_bytes(),
        };
        out.write_all(&content).map_err(|error| Failure::output(&error))?;
        Ok(u8::from(left_out > 0))
    }

    fn look(&self) -> Look {
        Look { width: width(), ascii: self.ascii || !knows_more_than_ascii() }
    }
}

fn day(text: &str) -> Result<NaiveDate, String> {
    parse_date(text).ok_or_else(|| words::no_day(&printable(text)))
}

/// The width of the terminal that the forecast is written to.
fn width() -> usize {
    #[cfg(feature = "tui")]
    if std::io::IsTerminal::is_terminal(&io::stdout())
        && let Ok((columns, _)) = crossterm::terminal::size()
        && columns > 0
    {
        return columns.into();
    }
    COLUMNS
}

/// The plans read so far, and what is wrong with them.
struct Reading {
    tally: Tally,
    faults: Vec<String>,
    /// Faults that are only counted.
    more: usize,
}

impl Reading {
    fn new(asked: Scope) -> Self {
        Self { tally: Tally::new(asked), faults: Vec::new(), more: 0 }
    }

    /// Reads a file, a folder or standard input.
    fn path(&mut self, path: &Path) -> Result<(), Failure> {
        let sources = Source::all(path).map_err(|error| Failure::unreadable(path, &error))?;
        sources.iter().try_for_each(|source| self.file(source))
    }

    fn file(&mut self, source: &Source) -> Result<(), Failure> {
        let path = source.path();
        let read = source.open().and_then(|input| self.plans(path, Lines::new(input, LARGEST_INPUT)));
        read.map_err(|error| Failure::unreadable(path, &error))
    }

    /// Reads one plan, or one plan a line; the second if the first line holds a whole plan.
    fn plans(&mut self, path: &Path, mut lines: Lines<impl BufRead>) -> io::Result<()> {
        let file: Rc<str> = printable(&path.to_string_lossy()).into();
        let mut line = Vec::new();
        let mut is_first = true;
        while let Some(mut length) = lines.next_line(&mut line)? {
            let is_spread = is_first && length == Length::Fits && line.trim_ascii_end().last() != Some(&b'}');
            if is_spread {
                length = lines.rest(&mut line)?;
            }
            if length == Length::TooLong {
                return Err(files::too_large());
            }
            let number = (!is_spread).then(|| lines.number());
            self.plan(Place { file: Rc::clone(&file), line: number }, &line);
            line.clear();
            is_first = false;
        }
        if is_first && path != Path::new("-") {
            return Err(io::Error::new(io::ErrorKind::UnexpectedEof, words::EMPTY_FILE));
        }
        Ok(())
    }

    fn plan(&mut self, place: Place, document: &[u8]) {
        match read(document) {
            Ok(Line::Plan(plan)) => self.tally.add(place, *plan),
            Ok(Line::Error) => self.tally.add_error(),
            Err(_) if self.faults.len() >= MOST_FAULTS => self.more += 1,
            Err(unread) => self.faults.push(format!("{place}: {}", why(unread, &place))),
        }
    }

    /// The plans, if all of them could be read.
    fn tally(mut self) -> Result<Tally, Failure> {
        if !self.faults.is_empty() {
            if self.more > 0 {
                self.faults.push(words::and_more(self.more));
            }
            self.faults.push(words::NOTHING_COUNTED.to_owned());
            return Err(Failure::several(self.faults));
        }
        match (self.tally.plans(), self.tally.left_out()) {
            (0, 0) => return Err(Failure::not_usable(words::NO_PLAN)),
            (0, altered) => return Err(Failure::not_usable(words::all_altered(altered))),
            _ => {}
        }
        Ok(self.tally)
    }
}

fn why(unread: Unread, place: &Place) -> String {
    match unread {
        Unread::Fault(mut fault) => {
            // A document on one line has the line of its file.
            fault.line = place.line.and_then(|line| usize::try_from(line).ok()).unwrap_or(fault.line);
            recheck::fault(&fault)
        }
        Unread::Contradiction(contradiction) => {
            words::contradiction(contradiction.part(), &contradiction_in_words(contradiction))
        }
        Unread::List => recheck::A_LIST.to_owned(),
        Unread::Other => recheck::NO_PLAN.to_owned(),
        Unread::Brief => words::BRIEF.to_owned(),
        Unread::Request => words::REQUEST.to_owned(),
    }
}

fn contradiction_in_words(contradiction: Contradiction) -> String {
    match contradiction {
        Contradiction::Provisional(status) => words::other_status(status),
        Contradiction::NoDose(status) => words::no_dose(status),
        Contradiction::NoInfusionTime => words::NO_INFUSION_TIME.to_owned(),
        Contradiction::DosesOutOfOrder => words::DOSES_OUT_OF_ORDER.to_owned(),
    }
}

/// Reads whole minutes.
fn minutes<T: FromStr>(text: &str) -> Result<T, String> {
    text.parse().map_err(|_| words::MINUTES.to_owned())
}
