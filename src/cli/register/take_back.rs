//! `osteodose ward import --jsonl`: the way back from an export to a register, whatever became of the database.

use std::{
    io::{BufRead, Write},
    path::{Path, PathBuf},
};

use clap::Args;

use super::{
    clock::{ComputerClock, who},
    create::sharing,
    failed::failed,
    values,
};
use crate::{
    cli::{Failure, failure::name, time_zone, waiting},
    export::register::{Reading, Unread},
    files::{self, LARGEST_INPUT, Length, Lines, too_large},
    json::Text,
    ward::store::{Anchor, HandedOn, Part, Restoring, Sqlite, Store, StoreError},
    words::{
        command::ENTRIES,
        register::{command as words, impossible_line, in_line},
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
        let lines = Lines::new(input, LARGEST_INPUT);
        let mut parts = Parts { file, lines, reading: Reading::default(), against: &self.against, places: Vec::new() };
        let handed_on = HandedOn { file, parts: &mut parts };
        let taken = Sqlite::take_back(handed_on, into, &restoring, who(), &ComputerClock);
        let (mut store, missing) =
            taken.map_err(|why: NotTaken| parts.failure(why).and(words::NO_REGISTER_MADE.to_owned()))?;
        let (number, hash) = store.head()?;
        let line = words::taken_back(&name(store.path()), number, &Anchor::new(number, &hash).to_string(), missing);
        let status = u8::from(missing > 0);
        let in_vain = |error: std::io::Error| Failure::told_in_vain(&words::made_but(&line), &error).with_own(status);
        writeln!(out, "{line}").and_then(|()| out.flush()).map_err(in_vain)?;
        Ok(status)
    }
}

/// Why no register is made.
enum NotTaken {
    /// A line is none that follows.
    Line(Failure),
    /// The register refuses it.
    Register(StoreError),
}

impl From<StoreError> for NotTaken {
    fn from(error: StoreError) -> Self {
        Self::Register(error)
    }
}

/// The entries and libraries of a file, each proved as it is read.
struct Parts<'p, R> {
    file: &'p Path,
    lines: Lines<R>,
    reading: Reading,
    /// The anchors of the register.
    against: &'p [Anchor],
    /// The line of each entry, in the order of their numbers.
    places: Vec<u64>,
}

impl<R: BufRead> Parts<'_, R> {
    fn read(&mut self) -> Result<Option<Part>, Failure> {
        let mut line = Vec::new();
        let length = self.lines.next_line(&mut line).map_err(|error| Failure::unreadable(self.file, &error))?;
        let refused = |why: String| Failure::of_file(self.file, in_line(self.lines.number(), &why));
        match length {
            None if self.reading.head().is_none() => Err(Failure::of_file(self.file, words::NO_ENTRY)),
            None => match self.reading.end(self.is_cut()) {
                Err(why @ Unread::Emptied { number }) => Err(self.refused(number, &why.to_string())),
                Err(why) => Err(refused(why.to_string())),
                Ok(()) => Ok(None),
            },
            Some(Length::TooLong) => Err(refused(too_large().to_string())),
            Some(Length::Fits) => {
                let part = self.reading.part(&line).map_err(|why| refused(why.to_string()))?;
                if matches!(part, Part::Entry(_)) {
                    self.places.push(self.lines.number());
                }
                Ok(Some(part))
            }
        }
    }

    /// Whether an anchor says that entries are missing at the end.
    fn is_cut(&self) -> bool {
        let last = self.reading.head().map_or(0, |(number, _)| number);
        self.against.iter().any(|anchor| anchor.number() > last)
    }

    /// An entry that is refused after other lines were read.
    fn refused(&self, number: u64, why: &str) -> Failure {
        let place = number.checked_sub(1).and_then(|at| usize::try_from(at).ok()).and_then(|at| self.places.get(at));
        Failure::of_file(self.file, place.map_or_else(|| why.to_owned(), |line| in_line(*line, why)))
    }

    /// Why no register is made, with the line where one can be named.
    fn failure(&self, why: NotTaken) -> Failure {
        match why {
            NotTaken::Line(failure) => failure,
            NotTaken::Register(StoreError::Damaged { path, number }) if path == self.file => match number {
                Some(number) => self.refused(number, &impossible_line(number)),
                None => Failure::of_file(self.file, words::NO_REGISTER_OF_THESE),
            },
            NotTaken::Register(error) => failed(&error),
        }
    }
}

impl<R: BufRead> Iterator for Parts<'_, R> {
    type Item = Result<Part, NotTaken>;

    fn next(&mut self) -> Option<Self::Item> {
        self.read().map_err(NotTaken::Line).transpose()
    }
}
