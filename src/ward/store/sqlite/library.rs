//! The libraries that a register keeps.

use rusqlite::{Connection, OptionalExtension, named_params};

use super::{
    super::{KeptLibrary, StoreError},
    Sqlite,
};
use crate::regimen::LibraryFile;

/// Keeps a library, once, under its digest, so that anybody can make the plans again that were made with it.
pub(super) fn keep(store: &mut Sqlite, files: &[LibraryFile]) -> Result<String, StoreError> {
    let library = KeptLibrary::of(files);
    let held = store.hold()?;
    insert(&store.connection, &library).map_err(|error| store.told(&error))?;
    let asked = "SELECT 1 FROM library WHERE sha256 = :digest";
    let of = named_params! {":digest": library.sha256};
    let kept = store.connection.query_row(asked, of, |_| Ok(())).optional().map_err(|error| store.told(&error))?;
    drop(held);
    kept.map(|()| library.sha256).ok_or_else(|| StoreError::Damaged { path: store.path.clone(), number: None })
}

/// Writes a library; one that is there stays as it is.
pub(super) fn insert(connection: &Connection, library: &KeptLibrary) -> rusqlite::Result<()> {
    let insert = "INSERT INTO library (sha256, files) VALUES (:digest, :files) ON CONFLICT DO NOTHING";
    let of = named_params! {":digest": library.sha256, ":files": library.files};
    connection.execute(insert, of).map(drop)
}

/// The libraries, in the order of their digests.
pub(super) fn all(connection: &Connection) -> rusqlite::Result<Vec<KeptLibrary>> {
    let mut asked = connection.prepare("SELECT sha256, files FROM library ORDER BY sha256")?;
    asked.query_map([], |row| Ok(KeptLibrary { sha256: row.get(0)?, files: row.get(1)? }))?.collect()
}
