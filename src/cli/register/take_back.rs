//! `osteodose ward import --jsonl`: the way back from an export to a register, whatever became of the database.

use std::{
    io::{BufRead, Write},
    path::{Path, PathBuf},
};

use clap::Args;

use super::{
    clock::{ComputerClock, who},
    create::sharing,
    values,
};
use crate::{
    cli::{Failure, failure::name, time_zone, waiting},
    export::register::Reading,
    files::{self, LARGEST_INPUT, Length, Lines, too_large},
    json::Text,
    ward::store::{Anchor, HandedOn, Part, Restoring, Sqlite, Store},
    words::{
        command::ENTRIES,
        register::{command as words, in_line},
    },
};

/// What is taken back, and where it becomes a register.
#[derive(Args)]
pub(super) struct TakeBack {
    /// Take back what "ward export --format jsonl" wrote of a whole register (- for standard input)
    #[arg(
        long,
        value_name = "FILE",
        requires = "into",
        conflicts_with_all = ["plans", "given_until", "accept", "register", "regimens", "require_library"]
    )]
    jsonl: Option<PathBuf>,
    /// With --jsonl: file of the new register, which is not there yet
    #[arg(long, value_name = "NEWFILE", requires = "jsonl", conflicts_with = "plans")]
    into: Option<PathBuf>,
    /// With --jsonl: anchor of the register that was exported, such as 8813:9f3c0d7be1a24f55; once for each
    #[arg(long, value_name = "ANCHOR", value_parser = values::anchor, requires = "jsonl", conflicts_with = "plans")]
    against: Vec<Anchor>,
    /// With --jsonl: group of users who share the new register, by name or number; by default it is for this user alone
    #[arg(long, value_name = "GROUP", requires = "jsonl", conflicts_with = "plans")]
    group: Option<String>,
}

impl TakeBack {
    /// The file that is taken back, and the new register.
    pub(super) fn asked(&self) -> Option<(&Path, &Path)> {
        self.jsonl.as_deref().zip(self.into.as_deref())
    }

    pub(super) fn run(&self, file: &Path, into: &Path, by: &Text, out: &mut impl Write) -> Result<u8, Failure> {
        time_zone::check()?;
        let sharing = sharing(self.group.as_deref())?;
        let restoring = Restoring { sharing, by: by.clone(), against: self.against.clone() };
        waiting::say(file, ENTRIES);
        let input = files::open(file).map_err(|error| Failure::unreadable(file, &error))?;
        let parts = Parts { file, lines: Lines::new(input, LARGEST_INPUT), reading: Reading::default() };
        let taken = Sqlite::take_back(HandedOn { file, parts }, into, &restoring, who(), &ComputerClock);
        let (mut store, missing) = taken.map_err(|failure: Failure| failure.and(words::NO_REGISTER_MADE.to_owned()))?;
        let (number, hash) = store.head()?;
        let line = words::taken_back(&name(store.path()), number, &Anchor::new(number, &hash).to_string(), missing);
        let status = u8::from(missing > 0);
        let in_vain = |error: std::io::Error| Failure::told_in_vain(&words::made_but(&line), &error).with_own(status);
        writeln!(out, "{line}").and_then(|()| out.flush()).map_err(in_vain)?;
        Ok(status)
    }
}

/// The entries and libraries of a file, each proved as it is read.
struct Parts<'p, R> {
    file: &'p Path,
    lines: Lines<R>,
    reading: Reading,
}

impl<R: BufRead> Parts<'_, R> {
    fn read(&mut self) -> Result<Option<Part>, Failure> {
        let mut line = Vec::new();
        let length = self.lines.next_line(&mut line).map_err(|error| Failure::unreadable(self.file, &error))?;
        let refused = |why: String| Failure::of_file(self.file, in_line(self.lines.number(), &why));
        match length {
            None if self.reading.head().is_none() => Err(Failure::of_file(self.file, words::NO_ENTRY)),
            None => Ok(None),
            Some(Length::TooLong) => Err(refused(too_large().to_string())),
            Some(Length::Fits) => self.reading.part(&line).map(Some).map_err(|why| refused(why.to_string())),
        }
    }
}

impl<R: BufRead> Iterator for Parts<'_, R> {
    type Item = Result<Part, Failure>;

    fn next(&mut self) -> Option<Self::Item> {
        self.read().transpose()
    }
}
