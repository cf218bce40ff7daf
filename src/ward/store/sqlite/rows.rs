//! Rows of the database as records, and records as rows.

use chrono::NaiveDate;
use rusqlite::{
    Connection, OptionalExtension, Row, named_params,
    types::{FromSqlError, Type},
};

use super::super::{
    DamagedPatient, Hash, Header, PatientKey, Stored, Uid, Ward, chain,
    rows::{self, PatientRow},
    tables::NewWard,
};
use crate::{
    json::{Text, parse_date},
    ward::{event::Identity, namesake::Person},
};

/// The columns of an entry, as [`entry`] reads them.
pub(super) const ENTRY: &str = "\
    SELECT e.number, p.uid, e.seq, e.course, e.kind, e.on_date, e.recorded_ms, e.offset_min, e.by_name, e.os_user, \
    e.host, e.program, e.body, e.salt, e.body_hash, e.hash FROM event e LEFT JOIN patient p ON p.patient = e.patient ";

/// The same columns, and the hash of the entry before.
pub(super) const ENTRY_AFTER: &str = "\
    SELECT e.number, p.uid, e.seq, e.course, e.kind, e.on_date, e.recorded_ms, e.offset_min, e.by_name, e.os_user, \
    e.host, e.program, e.body, e.salt, e.body_hash, e.hash, b.hash FROM event e \
    LEFT JOIN event b ON b.ward = e.ward AND b.number = e.number - 1 LEFT JOIN patient p ON p.patient = e.patient ";
/// Where that hash is.
pub(super) const HASH_BEFORE: usize = 16;

/// The columns of a patient, as [`patient`] reads them.
pub(super) const PATIENT: &str = "SELECT patient, uid, id, name, birth_date, last_seq, erased FROM patient ";

pub(super) fn patient(row: &Row<'_>) -> rusqlite::Result<PatientRow> {
    Ok(PatientRow {
        key: row.get(0)?,
        uid: parsed(row, 1)?,
        id: row.get(2)?,
        name: row.get(3)?,
        birth_date: optional_date(row, 4)?,
        last_seq: row.get(5)?,
        is_erased: row.get(6)?,
    })
}

/// A row for a patient of whom nothing is recorded yet; its key.
pub(super) fn insert_patient(connection: &Connection, ward: i64, uid: Uid) -> rusqlite::Result<i64> {
    let insert = "INSERT INTO patient (ward, uid, last_seq) VALUES (:ward, :uid, 0)";
    connection.execute(insert, named_params! {":ward": ward, ":uid": uid.to_string()})?;
    Ok(connection.last_insert_rowid())
}

/// Writes who a patient is: nobody, once the patient is erased.
pub(super) fn set_identity(connection: &Connection, patient: i64, identity: Option<&Identity>) -> rusqlite::Result<()> {
    let update = "UPDATE patient SET id = :id, name = :name, birth_date = :birth_date WHERE patient = :patient";
    let of = named_params! {
        ":id": identity.map(|it| it.id.as_str()),
        ":name": identity.and_then(|it| it.name.as_ref()).map(Text::as_str),
        ":birth_date": identity.map(|it| it.birth_date.to_string()), ":patient": patient,
    };
    connection.execute(update, of).map(drop)
}

/// Who the row of a patient names, as far as it can be read.
pub(super) fn named(row: &Row<'_>) -> DamagedPatient {
    DamagedPatient {
        uid: parsed(row, 1).ok(),
        id: row.get(2).unwrap_or_default(),
        name: row.get(3).unwrap_or_default(),
        birth_date: optional_date(row, 4).unwrap_or_default(),
        entries: Vec::new(),
    }
}

/// The row of a patient. A person who was erased is found by the name of the register alone.
pub(super) fn find(connection: &Connection, ward: i64, key: &PatientKey) -> rusqlite::Result<Option<PatientRow>> {
    let (column, value) = match key {
        PatientKey::Id(id) => ("id", id.to_string()),
        PatientKey::Uid(uid) => ("uid", uid.to_string()),
    };
    let asked = format!("{PATIENT} WHERE ward = :ward AND {column} = :value");
    let mut asked = connection.prepare(&asked)?;
    asked.query_row(named_params! {":ward": ward, ":value": value}, patient).optional()
}

/// A person by identifier, name and birth date.
pub(super) fn person(row: &Row<'_>) -> rusqlite::Result<Person> {
    let name: Option<String> = row.get(1)?;
    Ok(Person { id: parsed(row, 0)?, name: name.map(|_| parsed(row, 1)).transpose()?, birth_date: date(row, 2)? })
}

/// The ward of a register, of which there is one, and its key.
pub(super) fn ward(connection: &Connection) -> rusqlite::Result<(i64, Ward)> {
    connection.prepare("SELECT ward, uid, name, settings, clinic FROM ward")?.query_row([], |row| {
        let (settings, clinic): (String, String) = (row.get(3)?, row.get(4)?);
        let ward = rows::ward(parsed(row, 1)?, parsed(row, 2)?, &settings, &clinic);
        Ok((row.get(0)?, ward.map_err(|_| broken(3))?))
    })
}

/// A row for a ward of which nothing is recorded yet; its key.
pub(super) fn insert_ward(connection: &Connection, new: &NewWard<'_>) -> rusqlite::Result<i64> {
    let insert =
        "INSERT INTO ward (uid, name, settings, clinic, head, hash) VALUES (:uid, :name, :settings, :clinic, 0, :hash)";
    let NewWard { uid, name, settings, clinic, hash } = new;
    connection.execute(
        insert,
        named_params! {":uid": uid.to_string(), ":name": name, ":settings": settings, ":clinic": clinic, ":hash": hash},
    )?;
    Ok(connection.last_insert_rowid())
}

/// The number and the hash of the last entry of a ward.
pub(super) fn head(connection: &Connection, ward: i64) -> rusqlite::Result<(u64, Hash)> {
    let mut asked = connection.prepare("SELECT head, hash FROM ward WHERE ward = :ward")?;
    asked.query_row(named_params! {":ward": ward}, |row| Ok((number(row, 0)?, row.get(1)?)))
}

/// The number and the hash of the last entry, by the entries; those before the first where there is none.
pub(super) fn last(connection: &Connection, (ward, uid): (i64, Uid)) -> rusqlite::Result<(u64, Hash)> {
    let mut asked =
        connection.prepare("SELECT number, hash FROM event WHERE ward = :ward ORDER BY number DESC LIMIT 1")?;
    let last = asked.query_row(named_params! {":ward": ward}, |row| Ok((number(row, 0)?, row.get(1)?))).optional()?;
    Ok(last.unwrap_or((0, chain::origin(uid))))
}

/// An entry of a ward.
pub(super) fn entry(ward: Uid, row: &Row<'_>) -> rusqlite::Result<Stored> {
    let patient: Option<String> = row.get(1)?;
    let header = Header {
        ward,
        number: number(row, 0)?,
        patient: patient.map(|uid| uid.parse().map_err(|_| broken(1))).transpose()?,
        seq: row.get(2)?,
        course: row.get(3)?,
        kind: row.get(4)?,
        on: date(row, 5)?,
        recorded_ms: row.get(6)?,
        offset_min: row.get(7)?,
        by: row.get(8)?,
        os_user: row.get(9)?,
        host: row.get(10)?,
        program: row.get(11)?,
    };
    Ok(Stored { header, body: row.get(12)?, salt: row.get(13)?, body_hash: row.get(14)?, hash: row.get(15)? })
}

/// Stores an entry. Its row has its number for a key, so that a row that was moved is seen.
pub(super) fn insert(connection: &Connection, ward: i64, patient: Option<i64>, entry: &Stored) -> rusqlite::Result<()> {
    let Stored { header, body, salt, body_hash, hash } = entry;
    let mut insert = connection.prepare(
        "INSERT INTO event (event, ward, number, patient, seq, course, kind, on_date, recorded_ms, offset_min, by_name, \
         os_user, host, program, body, salt, body_hash, hash) VALUES (:number, :ward, :number, :patient, :seq, :course, \
         :kind, :on, :recorded, :offset, :by, :os_user, :host, :program, :body, :salt, :body_hash, :hash)",
    )?;
    insert.execute(named_params! {
        ":number": header.number.cast_signed(), ":ward": ward, ":patient": patient, ":seq": header.seq,
        ":course": header.course, ":kind": header.kind, ":on": header.on.to_string(), ":recorded": header.recorded_ms,
        ":offset": header.offset_min, ":by": header.by, ":os_user": header.os_user, ":host": header.host,
        ":program": header.program, ":body": body, ":salt": salt, ":body_hash": body_hash, ":hash": hash,
    })?;
    Ok(())
}

/// A whole number from 0 in a column.
pub(super) fn number(row: &Row<'_>, column: usize) -> rusqlite::Result<u64> {
    row.get::<_, i64>(column)?.try_into().map_err(|_| broken(column))
}

/// A day in a column.
pub(super) fn date(row: &Row<'_>, column: usize) -> rusqlite::Result<NaiveDate> {
    parse_date(row.get_ref(column)?.as_str()?).ok_or_else(|| broken(column))
}

/// A day in a column, or none.
pub(super) fn optional_date(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<NaiveDate>> {
    row.get_ref(column)?.as_str_or_null()?.map(|text| parse_date(text).ok_or_else(|| broken(column))).transpose()
}

/// What a text in a column says.
pub(super) fn parsed<T: std::str::FromStr>(row: &Row<'_>, column: usize) -> rusqlite::Result<T> {
    row.get_ref(column)?.as_str()?.parse().map_err(|_| broken(column))
}

/// A text in a column is not what the register writes there.
fn broken(column: usize) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(column, Type::Text, Box::new(FromSqlError::InvalidType))
}
