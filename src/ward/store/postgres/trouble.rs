//! What the server and the way to it report, as figures of the register.

use std::path::Path;

use postgres::{Error, error::SqlState};

use super::super::{
    StoreError,
    tables::{Kind, Trouble},
};
use crate::words::store as words;

/// The rules that two who record at the same moment can both run into: the numbers in a ward and in a history.
const OF_NUMBERS: [&str; 2] = ["event_pkey", "event_patient_seq_key"];

/// What an error means for a register at this place.
pub(super) fn of_server(path: &Path, error: &Error) -> StoreError {
    let path = path.to_owned();
    let Some(said) = error.as_db_error() else {
        // What the server does not say comes from the way to it.
        return StoreError::Unreachable { path, message: cause(error) };
    };
    match said.code() {
        &SqlState::T_R_SERIALIZATION_FAILURE | &SqlState::T_R_DEADLOCK_DETECTED => StoreError::Collided,
        &SqlState::UNIQUE_VIOLATION if said.constraint().is_some_and(|it| OF_NUMBERS.contains(&it)) => {
            StoreError::Collided
        }
        &SqlState::LOCK_NOT_AVAILABLE | &SqlState::QUERY_CANCELED => {
            StoreError::Busy { seconds: super::PATIENCE.as_secs() }
        }
        &SqlState::DISK_FULL => StoreError::Full { folder: path },
        &SqlState::INSUFFICIENT_PRIVILEGE
        | &SqlState::INVALID_PASSWORD
        | &SqlState::INVALID_AUTHORIZATION_SPECIFICATION => StoreError::Permission { path },
        &SqlState::READ_ONLY_SQL_TRANSACTION => StoreError::ReadOnly { path },
        &SqlState::INVALID_CATALOG_NAME => StoreError::NotThere { path },
        &SqlState::UNDEFINED_TABLE | &SqlState::UNDEFINED_COLUMN => StoreError::NotARegister { path },
        &SqlState::DATA_CORRUPTED | &SqlState::INDEX_CORRUPTED => StoreError::Damaged { path, number: None },
        code if is_of_connection(code) => StoreError::Unreachable { path, message: said.message().to_owned() },
        _ => StoreError::System { path, message: said.message().to_owned() },
    }
}

/// Whether the server is shutting down, starting, or has cut the connection.
fn is_of_connection(code: &SqlState) -> bool {
    let code = code.code();
    code.starts_with("08") || code.starts_with("57P") || code == "25P03" || code == "53300"
}

/// The same, for who asks the tables.
pub(super) fn trouble(path: &Path, error: &Error) -> Trouble {
    let is_rule = error.code().is_some_and(|code| code.code().starts_with("23"));
    let kind = if is_rule { Kind::Rule } else { Kind::Other };
    Trouble { error: Box::new(of_server(path, error)), message: cause(error), kind }
}

/// A row that is not as the register writes it.
pub(super) fn broken(path: &Path) -> Trouble {
    let error = StoreError::Damaged { path: path.to_owned(), number: None };
    Trouble { error: Box::new(error), message: words::BROKEN_VALUE.to_owned(), kind: Kind::Value }
}

/// The ward is none that this user of the server may see any more.
pub(super) fn gone(path: &Path) -> Trouble {
    let error = StoreError::NoWard { path: path.to_owned(), named: None };
    Trouble { error: Box::new(error), message: String::new(), kind: Kind::Other }
}

/// The first cause of an error.
fn cause(error: &Error) -> String {
    let causes = std::iter::successors(Some(error as &dyn std::error::Error), |error| error.source());
    causes.last().map(ToString::to_string).unwrap_or_default()
}
