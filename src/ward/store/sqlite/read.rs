//! Reading: the history of a patient, and the entries of the ward page by page. No read stays open between two calls,
//! since a long one keeps the journal from shrinking.

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Row, named_params};

use super::{
    super::{Hash, History, PatientKey, StoreError, Stored, Uid, chain},
    Sqlite,
    rows::{self, PatientRow},
};
use crate::{
    json::Text,
    ward::{event::Kind, namesake::Person},
};

/// A patient, and the entries as they stand in one moment.
pub(super) fn patient(store: &mut Sqlite, key: &PatientKey) -> Result<History, StoreError> {
    store.is_still_there()?;
    let ward = (store.key, store.ward.uid);
    let told = |error: &rusqlite::Error| super::trouble::of_database(&store.path, error);
    let snapshot = store.connection.transaction().map_err(|error| told(&error))?;
    // The open days and settings of the same moment.
    (_, store.ward) = rows::ward(&snapshot).map_err(|error| told(&error))?;
    let Some(row) = find(&snapshot, ward.0, key).map_err(|error| told(&error))? else {
        return Err(StoreError::UnknownPatient);
    };
    let (stored, altered) = history(&snapshot, ward.1, row.key).map_err(|error| told(&error))?;
    Ok(History { uid: row.uid, last_seq: row.last_seq, stored, altered })
}

/// The identifiers of patients, in their order.
pub(super) fn patients(store: &Sqlite, after: Option<&Text>, most: usize) -> Result<Vec<Text>, StoreError> {
    store.is_still_there()?;
    let asked = "SELECT id FROM patient WHERE ward = :ward AND id > :after ORDER BY id LIMIT :most";
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    let of = named_params! {":ward": store.key, ":after": after.map_or("", Text::as_str), ":most": most};
    let read = || {
        let mut asked = store.connection.prepare(asked)?;
        asked.query_map(of, |row| rows::parsed(row, 0))?.collect::<rusqlite::Result<_>>()
    };
    read().map_err(|error| store.told(&error))
}

/// Everybody who was not erased.
pub(super) fn persons(store: &Sqlite) -> Result<Vec<Person>, StoreError> {
    store.is_still_there()?;
    let asked =
        "SELECT id, name, birth_date FROM patient WHERE ward = :ward AND id IS NOT NULL AND birth_date IS NOT NULL";
    let person = |row: &Row<'_>| {
        let name: Option<String> = row.get(1)?;
        Ok(Person {
            id: rows::parsed(row, 0)?,
            name: name.map(|_| rows::parsed(row, 1)).transpose()?,
            birth_date: rows::date(row, 2)?,
        })
    };
    let read = || {
        let mut asked = store.connection.prepare(asked)?;
        asked.query_map(named_params! {":ward": store.key}, person)?.collect::<rusqlite::Result<_>>()
    };
    read().map_err(|error| store.told(&error))
}

/// The row of a patient. A person who was erased is found by the name of the register alone.
pub(super) fn find(connection: &Connection, ward: i64, key: &PatientKey) -> rusqlite::Result<Option<PatientRow>> {
    let (column, value) = match key {
        PatientKey::Id(id) => ("id", id.to_string()),
        PatientKey::Uid(uid) => ("uid", uid.to_string()),
    };
    let asked = format!("{} WHERE ward = :ward AND {column} = :value", rows::PATIENT);
    let mut asked = connection.prepare(&asked)?;
    asked.query_row(named_params! {":ward": ward, ":value": value}, rows::patient).optional()
}

/// The entries of a patient in order, and the numbers of those that are not as they were stored.
pub(super) fn history(connection: &Connection, uid: Uid, patient: i64) -> rusqlite::Result<(Vec<Stored>, Vec<u64>)> {
    let mut asked = connection.prepare(&format!("{} WHERE e.patient = :patient ORDER BY e.seq", rows::ENTRY_AFTER))?;
    let found = asked.query_map(named_params! {":patient": patient}, |row| {
        Ok((rows::entry(uid, row)?, row.get::<_, Option<Hash>>(rows::HASH_BEFORE)?))
    })?;
    let (mut entries, mut altered) = (Vec::new(), Vec::new());
    for read in found {
        let (entry, before) = read?;
        let number = entry.header.number;
        let before = if number == 1 { Some(chain::origin(uid)) } else { before };
        if !before.is_some_and(|before| chain::holds(&before, &entry)) {
            altered.push(number);
        }
        entries.push(entry);
    }
    Ok((entries, altered))
}

/// The number and the hash of the last entry.
pub(super) fn head(store: &Sqlite) -> Result<(u64, Hash), StoreError> {
    store.is_still_there()?;
    rows::head(&store.connection, store.key).map_err(|error| store.told(&error))
}

/// The day on which the register was last copied to another place.
pub(super) fn last_backup(store: &Sqlite) -> Result<Option<NaiveDate>, StoreError> {
    store.is_still_there()?;
    // Entries of no patient are found by the index of patients, without a look at all others.
    let asked = "SELECT on_date FROM event WHERE patient IS NULL AND ward = :ward AND kind = :kind \
                 AND json_extract(body, '$.to') IS NOT NULL ORDER BY number DESC LIMIT 1";
    let of = named_params! {":ward": store.key, ":kind": Kind::Copied.as_str()};
    let found = store.connection.query_row(asked, of, |row| rows::date(row, 0)).optional();
    found.map_err(|error| store.told(&error))
}

/// Entries of the ward in the order of their numbers.
pub(super) fn events(store: &Sqlite, from: u64, most: usize) -> Result<Vec<Stored>, StoreError> {
    store.is_still_there()?;
    page(&store.connection, (store.key, store.ward.uid), from, most).map_err(|error| store.told(&error))
}

fn page(connection: &Connection, (ward, uid): (i64, Uid), from: u64, most: usize) -> rusqlite::Result<Vec<Stored>> {
    let (from, most) = (from.min(i64::MAX.cast_unsigned()).cast_signed(), i64::try_from(most).unwrap_or(i64::MAX));
    let asked = format!("{} WHERE e.ward = :ward AND e.number >= :from ORDER BY e.number LIMIT :most", rows::ENTRY);
    let mut asked = connection.prepare(&asked)?;
    let found =
        asked.query_map(named_params! {":ward": ward, ":from": from, ":most": most}, |row| rows::entry(uid, row))?;
    found.collect()
}
