//! How a command fails: the message on standard error, and the exit status.

use std::{
    fmt::Display,
    io::{self, Write},
    path::Path,
};

use super::batch::End;
use crate::{
    json::{Fault, unhidden},
    regimen::{Exposure, LibraryFault},
    table::{self, ColumnsFlaw},
    ward::Flaw,
    words::{command, ward as words},
};

/// What a file that was named is called in a message.
pub(super) fn name(path: &Path) -> String {
    if path == Path::new("-") { command::STANDARD_INPUT.to_owned() } else { unhidden(&path.to_string_lossy()) }
}

/// How the output of an unfinished batch ends.
fn batch_end(patients: u64, end: End) -> String {
    match end {
        End::Whole => format!("patients written: at least {patients}, each line whole; the rest is missing"),
        End::HalfLine => format!("patients written: at least {patients}, and the last line is cut off"),
        End::Discarded => "no file was written".to_owned(),
    }
}

/// Why a command failed.
pub(super) struct Failure {
    lines: Vec<String>,
    status: u8,
    /// What is said in place of the first line by a command that only reads, and had nothing to record.
    #[cfg(feature = "ward")]
    reading: Option<String>,
}

impl Failure {
    fn of(lines: Vec<String>, status: u8) -> Self {
        Self {
            lines,
            status,
            #[cfg(feature = "ward")]
            reading: None,
        }
    }

    /// Why it failed, in one text, for a screen.
    #[cfg(all(feature = "tui", feature = "ward"))]
    pub(super) fn said(&self) -> String {
        self.lines.join(" ")
    }

    /// An input that is not usable.
    pub(super) fn not_usable(message: impl Display) -> Self {
        Self::of(vec![message.to_string()], 2)
    }

    /// Several inputs that are not usable.
    pub(super) fn several(lines: Vec<String>) -> Self {
        Self::of(lines, 2)
    }

    /// A file or directory cannot be read.
    pub(super) fn unreadable(path: &Path, error: &io::Error) -> Self {
        let name = name(path);
        Self::not_usable(format!("{name}: cannot be read: {error}"))
    }

    /// The configured regimens cannot be read. The shipped ones in their place would be other rules than those that
    /// the hospital wants, without a word.
    pub(super) fn configured(directory: &Path, error: &io::Error) -> Self {
        let name = name(directory);
        let what_to_do = "Nothing was calculated, since the shipped regimens may not be those of this hospital. Restore \
                          the folder, or remove it to use the shipped regimens.";
        let lines = vec![format!("{name}: the configured regimens cannot be read: {error}"), what_to_do.to_owned()];
        Self::of(lines, 2)
    }

    /// A library that is not the one that was asked for.
    pub(super) fn other_library(required: &str, found: &str) -> Self {
        Self::not_usable(format!(
            "--require-library: {}; nothing was calculated",
            words::other_library(required, found)
        ))
    }

    /// A file that is neither a request nor a plan.
    #[cfg(feature = "tui")]
    pub(super) fn not_a_request(path: &Path, faults: &[Fault]) -> Self {
        let name = name(path);
        let why = faults.first().map(Fault::to_string).unwrap_or_default();
        Self::not_usable(format!("{name}: {why}"))
    }

    /// A file that is not what is needed.
    pub(super) fn of_file(path: &Path, why: impl Display) -> Self {
        let name = name(path);
        Self::not_usable(format!("{name}: {why}"))
    }

    /// A file that is not what is needed, with each reason on a line of its own.
    pub(super) fn faulty(path: &Path, reasons: &[String]) -> Self {
        let name = name(path);
        Self::several(reasons.iter().map(|why| format!("{name}: {why}")).collect())
    }

    /// An option that does not apply to the format.
    pub(super) fn out_of_place(option: &str, only_for: &str) -> Self {
        Self::not_usable(format!("{option}: only for {only_for}"))
    }

    /// A name of neither a file nor a command.
    #[cfg(feature = "tui")]
    pub(super) fn misspelt(path: &Path, command: &str) -> Self {
        let name = name(path);
        Self::not_usable(format!("{name}: no file has this name; did you mean the command \"{command}\"?"))
    }

    /// A library with faults, all of them listed.
    pub(super) fn library(directory: &Path, faults: &[LibraryFault]) -> Self {
        let name = name(directory);
        let mut lines = vec![format!("{name}: the regimens cannot be used; nothing was calculated")];
        lines.extend(faults.iter().map(LibraryFault::to_string));
        Self::of(lines, 2)
    }

    /// Settings of a ward with faults, all of them listed.
    pub(super) fn ward(path: &Path, faults: &[Fault<Flaw>]) -> Self {
        let name = name(path);
        let mut lines = vec![format!("{name}: {}", words::NOT_USABLE)];
        lines.extend(faults.iter().map(|fault| format!("{name}:{}", words::fault(fault))));
        lines.push(words::what_to_do(faults).to_owned());
        Self::of(lines, 2)
    }

    /// Settings of a ward that name the library, and that others could have written.
    pub(super) fn exposed_ward(path: &Path, exposure: Exposure) -> Self {
        Self::of_file(path, words::exposed(exposure))
    }

    /// A columns file with faults, all of them listed.
    pub(super) fn columns(path: &Path, faults: &[Fault<ColumnsFlaw>]) -> Self {
        let name = name(path);
        let mut lines = vec![format!("{name}: {}", table::words::COLUMNS_NOT_USABLE)];
        lines.extend(faults.iter().map(|fault| format!("{name}:{}", table::words::columns_fault(fault))));
        lines.push(table::words::COLUMNS_WAY_ON.to_owned());
        Self::of(lines, 2)
    }

    /// The output cannot be written. A reader that has closed the pipe is not a failure.
    pub(super) fn output(error: &io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            return Self::of(Vec::new(), 0);
        }
        Self::not_usable(format!("the output cannot be written: {error}"))
    }

    /// The output cannot be written, and what it would have told of is recorded: nobody may take it for not recorded and
    /// enter it again.
    #[cfg(feature = "ward")]
    pub(super) fn told_in_vain(what: &str, error: &io::Error) -> Self {
        let why = Self::output(error);
        let lines = why.lines.iter().map(|line| format!("{what} {line}")).collect();
        Self::of(lines, why.status.min(1))
    }

    /// The same failure. Where it is none, since only the reader has closed the pipe, the status is that of the command.
    pub(super) fn with_own(mut self, status: u8) -> Self {
        if self.lines.is_empty() {
            self.status = status;
        }
        self
    }

    /// A stopped plan cannot be exported.
    pub(super) fn stopped(path: &Path, why: impl Display) -> Self {
        Self { status: 4, ..Self::of_file(path, why) }
    }

    /// A refusal, with its reasons one a line.
    pub(super) fn refused(lines: Vec<String>) -> Self {
        Self::of(lines, 1)
    }

    /// Nothing was recorded in a register, or nothing read, with the exit status that says what kind of reason it is.
    #[cfg(feature = "ward")]
    pub(super) fn of_register(message: String, status: u8) -> Self {
        Self::of(vec![message], status)
    }

    /// The same failure, with what a command says of it that only reads.
    #[cfg(feature = "ward")]
    pub(super) fn for_reading(mut self, reading: Option<String>) -> Self {
        self.reading = reading;
        self
    }

    /// The same of a command that only reads, and had nothing to record.
    #[cfg(feature = "ward")]
    pub(super) fn of_reading(mut self) -> Self {
        if let (Some(first), Some(reading)) = (self.lines.first_mut(), self.reading.take()) {
            *first = reading;
        }
        self
    }

    /// An existing file is not replaced.
    pub(super) fn exists(path: &Path) -> Self {
        let name = name(path);
        Self::not_usable(format!("{name}: {}", command::EXISTS))
    }

    /// A file cannot be written.
    pub(super) fn unwritable(path: &Path, error: &io::Error) -> Self {
        let name = name(path);
        Self::not_usable(format!("{name}: cannot be written: {error}"))
    }

    /// A batch that was interrupted.
    pub(super) fn interrupted(signal: i32, patients: u64, end: End) -> Self {
        let status = u8::try_from(128 + signal).unwrap_or(2);
        Self::of(vec![format!("interrupted; {}", batch_end(patients, end))], status)
    }

    /// A batch whose output cannot be finished.
    pub(super) fn cut_off(error: &io::Error, patients: u64, end: End) -> Self {
        let why = if error.kind() == io::ErrorKind::BrokenPipe {
            "the reader of the output has closed it".to_owned()
        } else {
            format!("the output cannot be written: {error}")
        };
        Self::not_usable(format!("{why}; {}", batch_end(patients, end)))
    }

    /// A fault of the program.
    pub(super) fn fault() -> Self {
        Self::not_usable("osteodose failed, and nothing was calculated; please report it with the lines above")
    }

    /// The same failure, with the file in front of it that it is about.
    pub(super) fn about(mut self, path: &Path) -> Self {
        let name = name(path);
        if let Some(first) = self.lines.first_mut().filter(|first| !first.starts_with(&name)) {
            *first = format!("{name}: {first}");
        }
        self
    }

    /// The same failure, with something else to say of it.
    pub(super) fn and(mut self, line: String) -> Self {
        self.lines.push(line);
        self
    }

    /// Writes the message to standard error.
    pub(super) fn print(&self) {
        let mut err = io::stderr().lock();
        for line in &self.lines {
            // Whatever a message repeats of a file or a name: a terminal shows it and does not obey it.
            // If standard error is closed too, there is nowhere to report to.
            let _ = writeln!(err, "{}", unhidden(line));
        }
    }

    /// The exit status.
    pub(super) fn status(&self) -> u8 {
        self.status
    }
}
