//! A register in one file, by the database `SQLite`.
//!
//! A save is one transaction, which is on the disk before it is said to be recorded. A lock file stands in front of
//! the database, the file must be the one that was opened, and its file system one of this computer.

mod again;
mod append;
mod backup;
mod create;
mod due;
mod erase;
mod fresh;
mod library;
mod lock;
mod made;
mod moment;
mod open;
mod place;
mod projection;
mod read;
mod restore;
mod rows;
mod schema;
mod taken_back;
mod trouble;
mod verify;

use std::{
    fs::File,
    path::{Path, PathBuf},
    time::Duration,
};

use rusqlite::Connection;

pub use backup::{Backup, BackupTo};
pub use create::New;
pub use fresh::Sharing;
pub use made::refuse_invented;
pub use moment::{Moment, OfPatient};
pub use projection::Recomputed;
pub use restore::Restoring;
pub use taken_back::{HandedOn, Part};

use super::{
    Anchor, Appended, Asked, Clock, DueLine, Erasing, History, KeptLibrary, PatientKey, Refreshed, Store, StoreError,
    Stored, Verified, Ward, Who,
};
use crate::{
    regimen::LibraryFile,
    ward::{event::Draft, namesake::Person},
};
use place::{FileId, refuse_two_names};

/// How long a register is waited for that another program holds.
const PATIENCE: Duration = Duration::from_secs(10);
/// The rights of a file for its owner alone.
const PRIVATE: u32 = 0o600;

/// What may be done with an open register.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Reading and recording.
    Write,
    /// Reading, since the file cannot be written to.
    ReadOnly,
    /// Reading, since the file is a copy of a register, as a backup is.
    Copy,
}

/// A register in one file.
pub struct Sqlite {
    connection: Connection,
    path: PathBuf,
    file: FileId,
    access: Access,
    /// The key of the ward's row.
    key: i64,
    ward: Ward,
    who: Who,
    say_waiting: Box<dyn FnMut() + Send>,
}

impl Sqlite {
    /// Opens a register that is there.
    ///
    /// # Errors
    /// When there is none, when it cannot be used safely, or when a newer program made it.
    pub fn open(path: &Path, who: Who) -> Result<Self, StoreError> {
        open::open(path, who)
    }

    /// Makes a register where none is, and opens it.
    ///
    /// # Errors
    /// When something is there, or the place cannot be used safely.
    pub fn create(path: &Path, new: &New, who: Who, clock: &dyn Clock) -> Result<Self, StoreError> {
        create::create(path, new, &who, clock)?;
        Self::open_made(path, who)
    }

    /// Makes a register of a backup, where none is, and says how many entries it lacks of what an anchor proves.
    ///
    /// # Errors
    /// When the backup is not whole, when it does not lead to an anchor, or when something is in the place.
    pub fn restore(
        backup: &Path,
        to: &Path,
        restoring: &Restoring,
        who: Who,
        clock: &dyn Clock,
    ) -> Result<(Self, u64), StoreError> {
        let missing = restore::restore(backup, to, restoring, &who, clock)?;
        Ok((Self::open_made(to, who)?, missing))
    }

    /// Makes a register of the entries and libraries of another one, where none is, and says how many entries it lacks
    /// of what an anchor proves. Numbers, hashes and the name of the ward stay as they are.
    ///
    /// # Errors
    /// With the first part that could not be had, when the entries are not those of a register from its first one on or
    /// do not lead to an anchor, or when something is in the place. Then nothing is made.
    pub fn take_back<E: From<StoreError>>(
        handed_on: HandedOn<'_, impl Iterator<Item = Result<Part, E>>>,
        to: &Path,
        restoring: &Restoring,
        who: Who,
        clock: &dyn Clock,
    ) -> Result<(Self, u64), E> {
        let missing = taken_back::take_back(handed_on, to, restoring, &who, clock)?;
        Ok((Self::open_made(to, who)?, missing))
    }

    /// Opens a register that was made just now. One for which there is no room is not left behind.
    fn open_made(path: &Path, who: Who) -> Result<Self, StoreError> {
        let opened = Self::open(path, who);
        match &opened {
            Ok(_) => create::notice(path),
            Err(StoreError::Full { .. }) => create::take_away(path),
            Err(_) => {}
        }
        opened
    }

    /// The register as it stands now. What is shown together is read in one moment, and shown after it.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn moment(&mut self) -> Result<Moment<'_>, StoreError> {
        Moment::of(self)
    }

    /// The libraries that are kept, in the order of their digests.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn libraries(&self) -> Result<Vec<KeptLibrary>, StoreError> {
        self.is_still_there()?;
        library::all(&self.connection).map_err(|error| self.told(&error))
    }

    /// Writes a copy of the register that opens anywhere, proved before it has its name.
    ///
    /// # Errors
    /// When something has that name, or the copy cannot be written or is not whole.
    pub fn backup(&self, to: &BackupTo, clock: &dyn Clock) -> Result<Backup, StoreError> {
        backup::backup(self, to, clock)
    }

    /// Computes the courses again that must be before a list is shown. Where nothing can be written now, a list computes
    /// them for itself alone.
    ///
    /// # Errors
    /// When the register cannot be read.
    pub fn make_current(&mut self) -> Result<(), StoreError> {
        projection::make_current(self)
    }

    /// Computes the courses of every patient again from the entries, whatever is kept of them or lost; with them the name,
    /// the settings and the open days of the ward. Those whose entries cannot be relied on are left as they are.
    ///
    /// # Errors
    /// When the register cannot be written to.
    pub fn compute_again(&mut self) -> Result<Recomputed, StoreError> {
        projection::compute_again(self)
    }

    /// The day of the last backup that is recorded in the register.
    ///
    /// # Errors
    /// When the register cannot be read.
    pub fn last_backup(&mut self) -> Result<Option<chrono::NaiveDate>, StoreError> {
        self.moment()?.last_backup()
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What may be done with it.
    pub fn access(&self) -> Access {
        self.access
    }

    /// What is done when another program is waited for. It is called once a save, after half a second.
    pub fn when_waiting(&mut self, say: impl FnMut() + Send + 'static) {
        self.say_waiting = Box::new(say);
    }

    /// Takes the lock of a register in which something may be recorded.
    fn hold(&mut self) -> Result<File, StoreError> {
        match self.access {
            Access::Write => {}
            Access::ReadOnly => return Err(StoreError::ReadOnly { path: self.path.clone() }),
            Access::Copy => return Err(StoreError::Copy { path: self.path.clone() }),
        }
        self.is_still_there()?;
        refuse_two_names(&self.path)?;
        let held = lock::hold(&self.path, PATIENCE, &mut self.say_waiting)?;
        self.is_still_there()?;
        Ok(held)
    }

    /// Refuses a file that is gone, or that another one replaced: what is recorded in it now would be lost.
    fn is_still_there(&self) -> Result<(), StoreError> {
        if FileId::of(&self.path) == Some(self.file) {
            return Ok(());
        }
        Err(StoreError::Replaced { path: self.path.clone() })
    }

    /// What an error of the database means for this register.
    fn told(&self, error: &rusqlite::Error) -> StoreError {
        trouble::of_database(&self.path, error)
    }
}

impl Store for Sqlite {
    fn ward(&self) -> &Ward {
        &self.ward
    }

    fn patient(&mut self, key: &PatientKey) -> Result<History, StoreError> {
        self.moment()?.patient(key)
    }

    fn persons(&mut self) -> Result<Vec<Person>, StoreError> {
        read::persons(self)
    }

    fn register(&mut self, new: &[Draft], clock: &dyn Clock) -> Result<Appended, StoreError> {
        append::register(self, new, clock)
    }

    fn append(&mut self, of: &PatientKey, seen: u32, new: &[Draft], clock: &dyn Clock) -> Result<Appended, StoreError> {
        append::append(self, of, seen, new, clock)
    }

    fn append_to_ward(&mut self, new: &[Draft], clock: &dyn Clock) -> Result<Appended, StoreError> {
        append::append_to_ward(self, new, clock)
    }

    fn due(&mut self, asked: Asked) -> Result<Vec<DueLine>, StoreError> {
        self.make_current()?;
        self.moment()?.kept_lines(asked)
    }

    fn refresh(&mut self, most: usize) -> Result<Refreshed, StoreError> {
        projection::refresh(self, most)
    }

    fn head(&mut self) -> Result<(u64, super::Hash), StoreError> {
        self.moment()?.head()
    }

    fn events(&mut self, from: u64, most: usize) -> Result<Vec<Stored>, StoreError> {
        self.moment()?.events(from, most)
    }

    fn verify(&mut self, against: &[Anchor]) -> Result<Verified, StoreError> {
        verify::verify(self, against)
    }

    fn keep_library(&mut self, files: &[LibraryFile]) -> Result<String, StoreError> {
        library::keep(self, files)
    }

    fn erase(
        &mut self,
        of: &PatientKey,
        seen: u32,
        erasing: &Erasing,
        clock: &dyn Clock,
    ) -> Result<Appended, StoreError> {
        erase::erase(self, of, seen, erasing, clock)
    }
}
