//! What the database and the system report, as figures of the register.

use std::{io, path::Path};

use rusqlite::{Error, ErrorCode};

use super::super::{
    StoreError,
    tables::{Kind, Trouble},
};
use crate::files::folder_of;

/// What an error of the database means for a register at this path.
pub(super) fn of_database(path: &Path, error: &Error) -> StoreError {
    let path = path.to_owned();
    let Some(failure) = error.sqlite_error() else {
        // A value of another type than the column has, or a text that is not UTF-8: the file is not as it was written.
        return StoreError::Damaged { path, number: None };
    };
    match failure.code {
        // The shared memory beside the journal could not be made as large as it must be.
        ErrorCode::SystemIoFailure if failure.extended_code == rusqlite::ffi::SQLITE_IOERR_SHMSIZE => {
            StoreError::Full { folder: folder_of(&path).to_owned() }
        }
        ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => StoreError::Busy { seconds: super::PATIENCE.as_secs() },
        ErrorCode::DiskFull => StoreError::Full { folder: folder_of(&path).to_owned() },
        ErrorCode::CannotOpen if !may_be_read(&path) => StoreError::Permission { path },
        // A register in a folder in which its journal cannot be opened is one that cannot be opened.
        ErrorCode::ReadOnly | ErrorCode::CannotOpen => StoreError::ReadOnly { path },
        // The questions are those of this program, so one that is not understood finds another table than was made.
        ErrorCode::DatabaseCorrupt | ErrorCode::Unknown => StoreError::Damaged { path, number: None },
        ErrorCode::NotADatabase => StoreError::NotARegister { path },
        ErrorCode::PermissionDenied | ErrorCode::AuthorizationForStatementDenied => StoreError::Permission { path },
        _ => StoreError::System { path, message: error.to_string() },
    }
}

/// The same, for who asks the tables.
pub(super) fn trouble(path: &Path, error: &Error) -> Trouble {
    let told = of_database(path, error);
    let kind = match error.sqlite_error() {
        None if matches!(told, StoreError::Damaged { .. }) => Kind::Value,
        Some(failure) if failure.code == ErrorCode::ConstraintViolation => Kind::Rule,
        _ => Kind::Other,
    };
    Trouble { error: Box::new(told), message: error.to_string(), kind }
}

/// Whether this user may read a file. It is not opened for it: closing it would take the locks from another register that
/// is open here.
#[cfg(unix)]
fn may_be_read(path: &Path) -> bool {
    rustix::fs::access(path, rustix::fs::Access::READ_OK) != Err(rustix::io::Errno::ACCESS)
}

#[cfg(not(unix))]
fn may_be_read(_: &Path) -> bool {
    true
}

/// What an error of the system means for a register at this path.
pub(super) fn of_system(path: &Path, error: &io::Error) -> StoreError {
    let path = path.to_owned();
    match error.kind() {
        io::ErrorKind::NotFound => StoreError::NotThere { path },
        io::ErrorKind::AlreadyExists => StoreError::Exists { path },
        io::ErrorKind::PermissionDenied => StoreError::Permission { path },
        io::ErrorKind::ReadOnlyFilesystem => StoreError::ReadOnly { path },
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            StoreError::Full { folder: folder_of(&path).to_owned() }
        }
        _ => StoreError::System { path, message: error.to_string() },
    }
}
