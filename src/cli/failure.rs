//! How a command fails: what is said on standard error, and the exit status.

use std::{
    fmt::Display,
    io::{self, Write},
    path::Path,
    process::ExitCode,
};

use super::batch::End;
#[cfg(feature = "tui")]
use crate::json::Fault;
use crate::{json::printable, regimen::LibraryFault};

/// How the output of a batch ends that did not come to its end.
fn batch_end(patients: u64, end: End) -> String {
    match end {
        End::Whole => format!("patients written: at least {patients}, each line whole; the rest is missing"),
        End::HalfLine => format!("patients written: at least {patients}, and the last line is cut off"),
        End::Discarded => "no file was written".to_owned(),
    }
}

/// Why a command did not do what it was asked.
pub(super) struct Failure {
    lines: Vec<String>,
    status: u8,
}

impl Failure {
    /// Something that was given is not usable.
    pub(super) fn not_usable(message: impl Display) -> Self {
        Self { lines: vec![message.to_string()], status: 2 }
    }

    /// Several things that were given are not usable.
    pub(super) fn several(lines: Vec<String>) -> Self {
        Self { lines, status: 2 }
    }

    /// A file or directory cannot be read.
    pub(super) fn unreadable(path: &Path, error: &io::Error) -> Self {
        let name = printable(&path.to_string_lossy());
        Self::not_usable(format!("{name}: cannot be read: {error}"))
    }

    /// A file that is neither a request nor a plan.
    #[cfg(feature = "tui")]
    pub(super) fn not_a_request(path: &Path, faults: &[Fault]) -> Self {
        let name = printable(&path.to_string_lossy());
        let why = faults.first().map(Fault::to_string).unwrap_or_default();
        Self::not_usable(format!("{name}: {why}"))
    }

    /// A file that cannot serve what it was named for.
    pub(super) fn of_file(path: &Path, why: impl Display) -> Self {
        let name = printable(&path.to_string_lossy());
        Self::not_usable(format!("{name}: {why}"))
    }

    /// An option that means nothing for the form that is asked for.
    pub(super) fn out_of_place(option: &str, only_for: &str) -> Self {
        Self::not_usable(format!("{option}: only for {only_for}"))
    }

    /// A name that is neither that of a file nor that of a command.
    #[cfg(feature = "tui")]
    pub(super) fn misspelt(path: &Path, command: &str) -> Self {
        let name = printable(&path.to_string_lossy());
        Self::not_usable(format!("{name}: no file has this name; did you mean the command \"{command}\"?"))
    }

    /// A library with faults, every one of them named.
    pub(super) fn library(directory: &Path, faults: &[LibraryFault]) -> Self {
        let name = printable(&directory.to_string_lossy());
        let mut lines = vec![format!("{name}: the regimens cannot be used; nothing was computed")];
        lines.extend(faults.iter().map(LibraryFault::to_string));
        Self { lines, status: 2 }
    }

    /// What was computed cannot be written. A reader who has gone away is no failure.
    pub(super) fn output(error: &io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            return Self { lines: Vec::new(), status: 0 };
        }
        Self::not_usable(format!("the output cannot be written: {error}"))
    }

    /// A plan that is stopped is not handed on.
    pub(super) fn stopped(message: impl Display) -> Self {
        Self { lines: vec![message.to_string()], status: 4 }
    }

    /// What was asked for is not done, for reasons that stand in lines.
    pub(super) fn refused(lines: Vec<String>) -> Self {
        Self { lines, status: 1 }
    }

    /// A file that is there is not replaced.
    pub(super) fn exists(path: &Path) -> Self {
        let name = printable(&path.to_string_lossy());
        Self::not_usable(format!("{name}: a file of this name is there and is kept; give another name"))
    }

    /// A file cannot be written.
    pub(super) fn unwritable(path: &Path, error: &io::Error) -> Self {
        let name = printable(&path.to_string_lossy());
        Self::not_usable(format!("{name}: cannot be written: {error}"))
    }

    /// A batch that was interrupted.
    pub(super) fn interrupted(signal: i32, patients: u64, end: End) -> Self {
        let status = u8::try_from(128 + signal).unwrap_or(2);
        Self { lines: vec![format!("interrupted; {}", batch_end(patients, end))], status }
    }

    /// A batch whose output cannot be written to its end.
    pub(super) fn cut_off(error: &io::Error, patients: u64, end: End) -> Self {
        let why = if error.kind() == io::ErrorKind::BrokenPipe {
            "the reader of the output has gone".to_owned()
        } else {
            format!("the output cannot be written: {error}")
        };
        Self::not_usable(format!("{why}; {}", batch_end(patients, end)))
    }

    /// Says on standard error what is wrong.
    pub(super) fn print(&self) {
        let mut err = io::stderr().lock();
        for line in &self.lines {
            // Where standard error is gone too, nobody is left to tell.
            let _ = writeln!(err, "{line}");
        }
    }

    /// The exit status.
    pub(super) fn status(&self) -> ExitCode {
        ExitCode::from(self.status)
    }
}
