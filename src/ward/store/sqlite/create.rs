//! Making a register: it is there whole, with its first entries, or not at all.

use std::path::Path;

use rusqlite::{Connection, named_params};

use super::{
    super::{Clock, StoreError, Uid, Who, chain},
    append::{Saving, random},
    fresh::{Fresh, Sharing},
    lock, open,
    place::{JOURNALS, beside, refuse_network, refuse_no_folder},
    schema,
    trouble::{of_database, of_system},
};
use crate::{
    files,
    json::Text,
    ward::{
        Settings,
        event::{Body, ClinicSet, Draft, SettingsSet, WardOpened},
    },
    words::store as words,
};

/// What a new register is made with.
#[derive(Clone, Debug, PartialEq)]
pub struct New {
    /// The name of the ward.
    pub name: Text,
    /// Its settings, with its open days.
    pub settings: Settings,
    /// For whom it is.
    pub sharing: Sharing,
    /// Who makes it.
    pub by: Text,
}

impl New {
    /// The first entries of the register.
    fn bodies(&self) -> [Body; 3] {
        let Settings { open_weekdays, closed, .. } = self.settings.clone();
        let settings = Settings { open_weekdays: None, closed: Vec::new(), ..self.settings.clone() };
        [
            WardOpened { name: self.name.clone() }.into(),
            ClinicSet { open_weekdays, closed }.into(),
            SettingsSet { settings }.into(),
        ]
    }
}

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
    let (fresh, mut connection) = empty(path, new.sharing)?;
    let told = |error: &rusqlite::Error| of_database(path, error);
    let uid = Uid::new(random().map_err(|error| of_system(path, &error))?);
    let ward = ward(&connection, uid, new).map_err(|error| told(&error))?;
    let transaction = connection.transaction().map_err(|error| told(&error))?;
    let now = clock.now();
    let mut saving = Saving::begin(transaction, path, (ward, uid), who, now)?;
    for body in new.bodies() {
        saving.insert(None, None, &Draft { on: now.day, by: new.by.clone(), course: None, body })?;
    }
    saving.finish()?;
    settle(fresh, connection, new.sharing)
}

/// The row of the ward, before its first entry.
fn ward(connection: &Connection, uid: Uid, new: &New) -> rusqlite::Result<i64> {
    let insert =
        "INSERT INTO ward (uid, name, settings, clinic, head, hash) VALUES (:uid, :name, :settings, :clinic, 0, :hash)";
    let [_, clinic, settings] = new.bodies().map(|body| body.text());
    connection.execute(
        insert,
        named_params! {
            ":uid": uid.to_string(), ":name": new.name.as_str(), ":settings": settings, ":clinic": clinic,
            ":hash": chain::origin(uid),
        },
    )?;
    Ok(connection.last_insert_rowid())
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
