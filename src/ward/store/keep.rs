//! What a register keeps that no list needs: who is in it, and the libraries with which the plans can be made again.

use super::{
    KeptLibrary, StoreError,
    tables::{Begun, Database, Opened},
};
use crate::{regimen::LibraryFile, ward::namesake::Person};

/// Keeps a library, once, under its digest.
pub(super) fn library(database: &mut dyn Database, files: &[LibraryFile]) -> Result<String, StoreError> {
    let library = KeptLibrary::of(files);
    let Begun { tables, .. } = database.begin()?;
    tables.insert_library(&library)?;
    if !tables.has_library(&library.sha256)? {
        return Err(StoreError::Damaged { path: tables.path().to_owned(), number: None });
    }
    tables.commit()?;
    Ok(library.sha256)
}

/// The libraries that are kept, in the order of their digests.
pub(super) fn libraries(database: &mut dyn Database) -> Result<Vec<KeptLibrary>, StoreError> {
    Ok(database.apart()?.tables.libraries()?)
}

/// Everybody who was not erased.
pub(super) fn persons(database: &mut dyn Database) -> Result<Vec<Person>, StoreError> {
    let Opened { tables, key, .. } = database.apart()?;
    Ok(tables.persons(key)?)
}
