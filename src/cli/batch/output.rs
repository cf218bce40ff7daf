//! The output of a batch, which never ends in half a line that could be taken for a whole one.

use std::{
    fs::File,
    io::{self, Write},
    path::PathBuf,
};

use super::super::{Failure, target::Target};
use crate::files::{Pending, Saved};

/// Where answers go.
pub(super) struct Output {
    to: File,
    /// The file, created at the end, by its name.
    pending: Option<(PathBuf, Pending)>,
    /// How many bytes of the last write were taken after its last whole line.
    half_line: u64,
}

impl Output {
    /// Standard output, or a file that is there only when it is complete.
    pub(super) fn open(target: &Target) -> Result<Self, Failure> {
        let Target::File { path, replace } = target else {
            let to = standard_output().map_err(|error| Failure::output(&error))?;
            return Ok(Self { to, pending: None, half_line: 0 });
        };
        let unwritable = |error| Failure::unwritable(path, &error);
        let mut pending = Pending::new(path, *replace).map_err(unwritable)?.ok_or_else(|| Failure::exists(path))?;
        let to = pending.file().map_err(unwritable)?;
        Ok(Self { to, pending: Some((path.clone(), pending)), half_line: 0 })
    }

    /// Writes whole lines.
    pub(super) fn write(&mut self, lines: &[u8]) -> io::Result<()> {
        let mut taken = 0;
        while taken < lines.len() {
            match self.to.write(&lines[taken..]) {
                Ok(0) => return Err(self.cut(&lines[..taken], io::ErrorKind::WriteZero.into())),
                Ok(more) => taken += more,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(self.cut(&lines[..taken], error)),
            }
        }
        Ok(())
    }

    fn cut(&mut self, taken: &[u8], error: io::Error) -> io::Error {
        let whole = taken.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
        self.half_line = (taken.len() - whole) as u64;
        error
    }

    /// Removes a half-written last line; returns how the output ends now.
    pub(super) fn end_whole(&self) -> End {
        if self.pending.is_some() {
            return End::Discarded;
        }
        let without = |half: u64| {
            let length = self.to.metadata().ok().filter(std::fs::Metadata::is_file)?.len();
            self.to.set_len(length.checked_sub(half)?).ok()
        };
        if self.half_line == 0 || without(self.half_line).is_some() { End::Whole } else { End::HalfLine }
    }

    /// Puts a file in its place.
    pub(super) fn finish(self) -> Result<(), Failure> {
        let Some((path, pending)) = self.pending else { return Ok(()) };
        match pending.finish() {
            Ok(Saved::Written) => Ok(()),
            Ok(Saved::Exists) => Err(Failure::exists(&path)),
            Err(error) => Err(Failure::unwritable(&path, &error)),
        }
    }
}

/// How an output ends that could not be written to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::cli) enum End {
    /// With a whole line.
    Whole,
    /// With half a line, which cannot be removed.
    HalfLine,
    /// There is none: the file was not created.
    Discarded,
}

/// Standard output, unbuffered, so that what was written is known.
fn standard_output() -> io::Result<File> {
    #[cfg(unix)]
    let to = std::os::fd::AsFd::as_fd(&io::stdout()).try_clone_to_owned()?;
    #[cfg(windows)]
    let to = std::os::windows::io::AsHandle::as_handle(&io::stdout()).try_clone_to_owned()?;
    Ok(File::from(to))
}
