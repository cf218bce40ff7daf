//! A register in one file, by the database `SQLite`.
//!
//! A save is one transaction, which is on the disk before it is said to be recorded. A lock file stands in front of
//! the database, the file must be the one that was opened, and its file system one of this computer.

mod backup;
mod courses;
mod create;
mod fresh;
mod lock;
mod open;
mod place;
mod restore;
mod rows;
mod schema;
mod tables;
mod trouble;

use std::{
    fs::File,
    path::{Path, PathBuf},
    time::Duration,
};

use rusqlite::Connection;

pub use backup::{Backup, BackupTo};
pub use fresh::Sharing;

use super::{
    Anchor, Appended, Clock, Erasing, HandedOn, KeptLibrary, Moment, New, Part, PatientKey, Recomputed, Refreshed,
    Restoring, Store, StoreError, Verified, Ward, Who, append, erase, keep, projection,
    tables::{Begun, Database, Opened},
    verify,
};
use crate::{
    json::Text,
    regimen::LibraryFile,
    ward::{event::Draft, namesake::Person},
};
use place::{FileId, refuse_two_names};
use tables::Tables;

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
        let missing = restore::take_back(handed_on, to, (restoring, None), &who, clock)?;
        Ok((Self::open_made(to, who)?, missing))
    }

    /// Makes a register of the entries and libraries of another one, where none is, and says in its chain where that is.
    ///
    /// # Errors
    /// As [`Sqlite::take_back`].
    pub fn copy<E: From<StoreError>>(
        handed_on: HandedOn<'_, impl Iterator<Item = Result<Part, E>>>,
        to: &Path,
        (from, by): (&Text, &Text),
        who: Who,
        clock: &dyn Clock,
    ) -> Result<Self, E> {
        let restoring = Restoring { sharing: Sharing::Owner, by: by.clone(), against: Vec::new() };
        restore::take_back(handed_on, to, (&restoring, Some(from)), &who, clock)?;
        Ok(Self::open_made(to, who)?)
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

    /// Writes a copy of the register that opens anywhere, proved before it has its name.
    ///
    /// # Errors
    /// When something has that name, or the copy cannot be written or is not whole.
    pub fn backup(&self, to: &BackupTo, clock: &dyn Clock) -> Result<Backup, StoreError> {
        backup::backup(self, to, clock)
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

    fn is_still_there(&self) -> Result<(), StoreError> {
        self.file.is_still_at(&self.path)
    }
}

impl Database for Sqlite {
    fn can_write(&self) -> bool {
        self.access == Access::Write
    }

    fn apart(&mut self) -> Result<Opened<'_>, StoreError> {
        self.is_still_there()?;
        let Self { connection, path, key, ward, .. } = self;
        Ok(Opened { tables: Box::new(Tables::apart(connection, path)), key: *key, ward })
    }

    fn moment(&mut self) -> Result<Opened<'_>, StoreError> {
        self.is_still_there()?;
        let Self { connection, path, key, ward, .. } = self;
        Ok(Opened { tables: Box::new(Tables::together(connection, path)?), key: *key, ward })
    }

    fn begin(&mut self) -> Result<Begun<'_>, StoreError> {
        let held = self.hold()?;
        let Self { connection, path, file, key, ward, who, .. } = self;
        let tables = Tables::alone(connection, path, (held, *file))?;
        Ok(Begun { tables: Box::new(tables), key: *key, ward, who })
    }
}

impl Store for Sqlite {
    fn ward(&self) -> &Ward {
        &self.ward
    }

    fn moment(&mut self) -> Result<Moment<'_>, StoreError> {
        Moment::of(self)
    }

    fn persons(&mut self) -> Result<Vec<Person>, StoreError> {
        keep::persons(self)
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

    fn make_current(&mut self) -> Result<(), StoreError> {
        projection::make_current(self)
    }

    fn refresh(&mut self, most: usize) -> Result<Refreshed, StoreError> {
        projection::refresh(self, most)
    }

    fn compute_again(&mut self) -> Result<Recomputed, StoreError> {
        projection::compute_again(self)
    }

    fn verify(&mut self, against: &[Anchor]) -> Result<Verified, StoreError> {
        verify::verify(self, against)
    }

    fn keep_library(&mut self, files: &[LibraryFile]) -> Result<String, StoreError> {
        keep::library(self, files)
    }

    fn libraries(&mut self) -> Result<Vec<KeptLibrary>, StoreError> {
        keep::libraries(self)
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
