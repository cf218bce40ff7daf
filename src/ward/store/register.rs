//! A register, whatever database it is kept in: what commands and screens are given.

use std::{
    ops::{Deref, DerefMut},
    path::Path,
};

use super::{Backup, BackupTo, Clock, Sqlite, Store, StoreError};

/// A register in one of the databases that this program knows. It does what every [`Store`] does.
pub enum Register {
    /// In one file.
    Sqlite(Sqlite),
}

impl Register {
    /// Where it is.
    pub fn path(&self) -> &Path {
        match self {
            Self::Sqlite(it) => it.path(),
        }
    }

    /// What is done when another program is waited for. It is called once a save, after half a second.
    pub fn when_waiting(&mut self, say: impl FnMut() + Send + 'static) {
        match self {
            Self::Sqlite(it) => it.when_waiting(say),
        }
    }

    /// Writes a copy of the register that opens anywhere, proved before it has its name.
    ///
    /// # Errors
    /// When something has that name, or the copy cannot be written or is not whole.
    pub fn backup(&self, to: &BackupTo, clock: &dyn Clock) -> Result<Backup, StoreError> {
        match self {
            Self::Sqlite(it) => it.backup(to, clock),
        }
    }
}

impl From<Sqlite> for Register {
    fn from(register: Sqlite) -> Self {
        Self::Sqlite(register)
    }
}

impl Deref for Register {
    type Target = dyn Store;

    fn deref(&self) -> &(dyn Store + 'static) {
        match self {
            Self::Sqlite(it) => it,
        }
    }
}

impl DerefMut for Register {
    fn deref_mut(&mut self) -> &mut (dyn Store + 'static) {
        match self {
            Self::Sqlite(it) => it,
        }
    }
}
