//! Reading: the history of a patient, and the entries of the ward page by page. No read stays open while somebody looks at
//! what was read, since a long one keeps the journal from shrinking.

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Row, named_params};

use super::{
    super::{DamagedPatient, Hash, History, PatientKey, StoreError, Stored, Uid, chain},
    Sqlite,
    rows::{self, PatientRow},
};
use crate::{
    json::Text,
    ward::{
        event::{Event, Kind},
        fold::{self, PatientState},
        namesake::Person,
    },
};

/// A patient, and the entries as they stand in one moment.
pub(super) fn patient(
    connection: &Connection,
    ward: (i64, Uid),
    key: &PatientKey,
) -> rusqlite::Result<Option<History>> {
    let Some(row) = find(connection, ward.0, key)? else { return Ok(None) };
    let (stored, altered) = history(connection, ward.1, row.key)?;
    Ok(Some(History { uid: row.uid, last_seq: row.last_seq, stored, altered }))
}

/// A patient whose entries are as they were recorded, and what they say.
pub(super) struct Relied {
    pub(super) patient: PatientRow,
    pub(super) events: Vec<Event>,
    pub(super) state: PatientState,
}

/// A patient with what the entries say, if they can be relied on: each is as it was stored, none is missing, and they are
/// of the person who is named beside them.
pub(super) fn relied(
    connection: &Connection,
    ward: Uid,
    patient: i64,
) -> rusqlite::Result<Result<Relied, DamagedPatient>> {
    let mut asked = connection.prepare(&format!("{} WHERE patient = :patient", rows::PATIENT))?;
    let row =
        asked.query_row(named_params! {":patient": patient}, |row| Ok(rows::patient(row).map_err(|_| named(row))))?;
    let (stored, altered) = history(connection, ward, patient)?;
    let row = match row {
        Ok(row) => row,
        Err(damaged) => return Ok(Err(DamagedPatient { entries: altered, ..damaged })),
    };
    let is_in_order = (1..).zip(&stored).all(|(seq, it)| it.header.seq == Some(seq));
    let events = Stored::events(&stored);
    let state = fold::state(&events);
    let is_whole = is_in_order && usize::try_from(row.last_seq) == Ok(stored.len()) && row.is_said(&state);
    if altered.is_empty() && is_whole {
        return Ok(Ok(Relied { patient: row, events, state }));
    }
    let PatientRow { uid, id, name, birth_date, .. } = row;
    Ok(Err(DamagedPatient { uid: Some(uid), id, name, birth_date, entries: altered }))
}

/// The row of a patient who is there.
pub(super) fn row(connection: &Connection, patient: i64) -> rusqlite::Result<PatientRow> {
    let asked = format!("{} WHERE patient = :patient", rows::PATIENT);
    connection.prepare(&asked)?.query_row(named_params! {":patient": patient}, rows::patient)
}

/// Who the row of a patient names, as far as it can be read.
fn named(row: &Row<'_>) -> DamagedPatient {
    DamagedPatient {
        uid: rows::parsed(row, 1).ok(),
        id: row.get(2).unwrap_or_default(),
        name: row.get(3).unwrap_or_default(),
        birth_date: rows::optional_date(row, 4).unwrap_or_default(),
        entries: Vec::new(),
    }
}

/// The identifiers of patients with their keys, in their order.
pub(super) fn patients(
    connection: &Connection,
    ward: i64,
    after: Option<&Text>,
    most: usize,
) -> rusqlite::Result<Vec<(Text, i64)>> {
    let asked = "SELECT id, patient FROM patient WHERE ward = :ward AND id > :after ORDER BY id LIMIT :most";
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    let of = named_params! {":ward": ward, ":after": after.map_or("", Text::as_str), ":most": most};
    connection.prepare(asked)?.query_map(of, |row| Ok((rows::parsed(row, 0)?, row.get(1)?)))?.collect()
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

/// The entries of a patient in order, and the numbers of those that are not as they were stored. One that cannot be read is
/// among these numbers alone.
pub(super) fn history(connection: &Connection, uid: Uid, patient: i64) -> rusqlite::Result<(Vec<Stored>, Vec<u64>)> {
    let mut asked = connection.prepare(&format!("{} WHERE e.patient = :patient ORDER BY e.seq", rows::ENTRY_AFTER))?;
    let found = asked.query_map(named_params! {":patient": patient}, |row| {
        let before = row.get::<_, Option<Hash>>(rows::HASH_BEFORE).unwrap_or_default();
        Ok((rows::number(row, 0).unwrap_or_default(), rows::entry(uid, row).ok(), before))
    })?;
    let (mut entries, mut altered) = (Vec::new(), Vec::new());
    for read in found {
        let (number, entry, before) = read?;
        let before = if number == 1 { Some(chain::origin(uid)) } else { before };
        match entry {
            Some(entry) => {
                if !before.is_some_and(|before| chain::holds(&before, &entry)) {
                    altered.push(number);
                }
                entries.push(entry);
            }
            None => altered.push(number),
        }
    }
    altered.extend(not_erased(&entries));
    altered.sort_unstable();
    altered.dedup();
    Ok((entries, altered))
}

/// The entries that are empty though nobody erased the patient since, and those that are not though somebody did.
fn not_erased(entries: &[Stored]) -> impl Iterator<Item = u64> {
    let is_erasure = |it: &&Stored| it.header.kind == Kind::Erased.as_str() && it.body.is_some();
    let erased = entries.iter().filter(is_erasure).map(|it| it.header.number).max().unwrap_or_default();
    entries.iter().filter(move |it| it.body.is_none() != (it.header.number < erased)).map(|it| it.header.number)
}

/// The day on which the register was last copied to another place.
pub(super) fn last_backup(connection: &Connection, ward: i64) -> rusqlite::Result<Option<NaiveDate>> {
    // Entries of no patient are found by the index of patients, without a look at all others.
    let asked = "SELECT on_date FROM event WHERE patient IS NULL AND ward = :ward AND kind = :kind \
                 AND json_extract(body, '$.to') IS NOT NULL ORDER BY number DESC LIMIT 1";
    let of = named_params! {":ward": ward, ":kind": Kind::Copied.as_str()};
    connection.query_row(asked, of, |row| rows::date(row, 0)).optional()
}

/// Entries of the ward in the order of their numbers.
pub(super) fn events(
    connection: &Connection,
    (ward, uid): (i64, Uid),
    from: u64,
    most: usize,
) -> rusqlite::Result<Vec<Stored>> {
    let (from, most) = (from.min(i64::MAX.cast_unsigned()).cast_signed(), i64::try_from(most).unwrap_or(i64::MAX));
    let asked = format!("{} WHERE e.ward = :ward AND e.number >= :from ORDER BY e.number LIMIT :most", rows::ENTRY);
    let mut asked = connection.prepare(&asked)?;
    let found =
        asked.query_map(named_params! {":ward": ward, ":from": from, ":most": most}, |row| rows::entry(uid, row))?;
    found.collect()
}
