//! A register, whatever database it is kept in: what commands and screens are given.

use std::{
    ops::{Deref, DerefMut},
    path::Path,
};

#[cfg(feature = "ward-postgres")]
use super::Postgres;
use super::{Backup, BackupTo, Clock, Sqlite, Store, StoreError};

/// A register in one of the databases that this program knows. It does what every [`Store`] does.
pub enum Register {
    /// In one file.
    Sqlite(Box<Sqlite>),
    /// On a server.
    #[cfg(feature = "ward-postgres")]
    Postgres(Box<Postgres>),
}

/// Whether a place is the address of a register on a server, and no file.
pub fn is_address(place: &Path) -> bool {
    let place = place.as_os_str().as_encoded_bytes();
    [&b"postgresql://"[..], b"postgres://"].iter().any(|scheme| place.starts_with(scheme))
}

impl Register {
    /// Where it is.
    pub fn path(&self) -> &Path {
        match self {
            Self::Sqlite(it) => it.path(),
            #[cfg(feature = "ward-postgres")]
            Self::Postgres(it) => it.path(),
        }
    }

    /// What is done when another program is waited for. It is called once a save, after half a second. On a server it is not:
    /// who waits there is served in turn.
    pub fn when_waiting(&mut self, say: impl FnMut() + Send + 'static) {
        match self {
            Self::Sqlite(it) => it.when_waiting(say),
            #[cfg(feature = "ward-postgres")]
            Self::Postgres(_) => {}
        }
    }

    /// Writes a copy of the register that opens anywhere, proved before it has its name.
    ///
    /// # Errors
    /// When something has that name, or the copy cannot be written or is not whole; and for a register on a server, of which
    /// the administrator makes backups.
    pub fn backup(&self, to: &BackupTo, clock: &dyn Clock) -> Result<Backup, StoreError> {
        match self {
            Self::Sqlite(it) => it.backup(to, clock),
            #[cfg(feature = "ward-postgres")]
            Self::Postgres(it) => Err(StoreError::OnServer { path: it.path().to_owned() }),
        }
    }
}

impl From<Sqlite> for Register {
    fn from(register: Sqlite) -> Self {
        Self::Sqlite(Box::new(register))
    }
}

#[cfg(feature = "ward-postgres")]
impl From<Postgres> for Register {
    fn from(register: Postgres) -> Self {
        Self::Postgres(Box::new(register))
    }
}

impl Deref for Register {
    type Target = dyn Store;

    fn deref(&self) -> &(dyn Store + 'static) {
        match self {
            Self::Sqlite(it) => &**it,
            #[cfg(feature = "ward-postgres")]
            Self::Postgres(it) => &**it,
        }
    }
}

impl DerefMut for Register {
    fn deref_mut(&mut self) -> &mut (dyn Store + 'static) {
        match self {
            Self::Sqlite(it) => &mut **it,
            #[cfg(feature = "ward-postgres")]
            Self::Postgres(it) => &mut **it,
        }
    }
}
