//! Making a register: it is there whole, with its first entries, or not at all.

use std::path::Path;

use rusqlite::Connection;

use super::{
    super::{Clock, New, StoreError, Who, new::open_ward},
    fresh::{Fresh, Sharing},
    lock, open,
    place::{JOURNALS, beside, refuse_network, refuse_no_folder},
    schema,
    tables::Tables,
    trouble::of_database,
};
use crate::{files, words::store as words};

/// A file for a register where none is, in a folder that is made if need be, and on a disk that can be relied on.
pub(super) fn at(path: &Path, sharing: Sharing) -> Result<Fresh, StoreError> {
    refuse_no_folder(path)?;
    let left = sharing.folder(path)?;
    refuse_network(files::folder_of(path))?;
    Fresh::new(path, sharing, left)
}

/// A register in which nothing is yet, not even its ward.
pub(super) fn empty(path: &Path, sharing: Sharing) -> Result<(Fresh, Connection), StoreError> {
    open::refuse_old_database(rusqlite::version_number())?;
    let fresh = at(path, sharing)?;
    let mut connection = fresh.connect()?;
    let told = |error: &rusqlite::Error| of_database(path, error);
    open::configure(&connection).map_err(|error| told(&error))?;
    schema::bring_up(&mut connection, 0, schema::STEPS).map_err(|error| told(&error))?;
    Ok((fresh, connection))
}

/// Makes a register where none is.
pub(super) fn create(path: &Path, new: &New, who: &Who, clock: &dyn Clock) -> Result<(), StoreError> {
    let (fresh, connection) = empty(path, new.sharing)?;
    open_ward(Box::new(Tables::together(&connection, path)?), new, who, clock)?;
    settle(fresh, connection, new.sharing)
}

/// Makes a register of a database that is whole: with its journal and its lock beside it. The lock is there first, so that
/// no register is left where it cannot be.
pub(super) fn settle(fresh: Fresh, connection: Connection, sharing: Sharing) -> Result<(), StoreError> {
    let told = |error: &rusqlite::Error| of_database(fresh.path(), error);
    let journal: String = connection
        .pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get(0))
        .map_err(|error| told(&error))?;
    if journal != open::JOURNAL {
        return Err(StoreError::NoJournal { path: fresh.place().to_owned() });
    }
    connection.close().map_err(|(_, error)| told(&error))?;
    let place = fresh.place().to_owned();
    let is_new = lock::make(&place, sharing)?;
    match fresh.put() {
        Ok(_) => Ok(()),
        Err(error) => {
            // Where another register has come to the place meanwhile, the lock is that of it.
            if is_new && !matches!(error, StoreError::Exists { .. }) {
                lock::take_away(&place);
            }
            Err(error)
        }
    }
}

/// Writes the notice beside a register. One of another register, or a text of the hospital, is left as it is; and a register
/// is one without it.
pub(super) fn notice(place: &Path) {
    let _ = files::save(&files::folder_of(place).join("README"), words::NOTICE.as_bytes(), false);
}

/// Takes away a register that was made just now and cannot be opened, as there is no room for what lies beside it.
pub(super) fn take_away(place: &Path) {
    let _ = std::fs::remove_file(place);
    for ending in JOURNALS {
        let _ = std::fs::remove_file(beside(place, ending));
    }
    lock::take_away(place);
}
