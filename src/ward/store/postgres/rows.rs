//! Rows of the database as records. A row is none where a value is not as the register writes it.

use chrono::NaiveDate;
use postgres::{Row, types::FromSql};

use super::super::{
    DamagedPatient, Hash, Header, KeptLibrary, Stored, Uid, Ward,
    due::Listed,
    projection::CourseRow,
    rows::{self, PatientRow},
};
use crate::{json::Text, ward::namesake::Person};

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

/// The columns of a course, as [`course`] reads them from this column on.
pub(super) const COURSE: &str = "c.course, c.state, c.drug, c.dose, c.next_dose, c.next_due, c.look_again, c.no_date, \
                                 c.given, c.last_given, c.open, c.fold, c.regimens_sha256, c.as_of";

/// A value in a column.
pub(super) fn value<'r, T: FromSql<'r>>(row: &'r Row, column: usize) -> Option<T> {
    row.try_get(column).ok()
}

/// A whole number from 0 in a column.
pub(super) fn number(row: &Row, column: usize) -> Option<u64> {
    value::<i64>(row, column)?.try_into().ok()
}

/// A small one.
fn small<T: TryFrom<i32>>(row: &Row, column: usize) -> Option<T> {
    value::<i32>(row, column)?.try_into().ok()
}

/// A small one where there is one; the error is a value that is none.
fn optional_small<T: TryFrom<i32>>(row: &Row, column: usize) -> Result<Option<T>, ()> {
    value::<Option<i32>>(row, column).ok_or(())?.map(T::try_from).transpose().map_err(drop)
}

/// What a text in a column says.
pub(super) fn parsed<T: std::str::FromStr>(row: &Row, column: usize) -> Option<T> {
    value::<&str>(row, column)?.parse().ok()
}

/// A hash in a column.
pub(super) fn hash(row: &Row, column: usize) -> Option<Hash> {
    value::<&[u8]>(row, column)?.try_into().ok()
}

/// An entry of a ward.
pub(super) fn entry(ward: Uid, row: &Row) -> Option<Stored> {
    let header = Header {
        ward,
        number: number(row, 0)?,
        patient: value::<Option<&str>>(row, 1)?.map(str::parse).transpose().ok()?,
        seq: optional_small(row, 2).ok()?,
        course: optional_small(row, 3).ok()?,
        kind: value(row, 4)?,
        on: value(row, 5)?,
        recorded_ms: value(row, 6)?,
        offset_min: value(row, 7)?,
        by: value(row, 8)?,
        os_user: value(row, 9)?,
        host: value(row, 10)?,
        program: value(row, 11)?,
    };
    let salt = value::<Option<&[u8]>>(row, 13)?.map(TryInto::try_into).transpose().ok()?;
    Some(Stored { header, body: value(row, 12)?, salt, body_hash: hash(row, 14)?, hash: hash(row, 15)? })
}

/// What the database knows of a patient.
pub(super) fn patient(row: &Row) -> Option<PatientRow> {
    Some(PatientRow {
        key: value(row, 0)?,
        uid: parsed(row, 1)?,
        id: value(row, 2)?,
        name: value(row, 3)?,
        birth_date: value(row, 4)?,
        last_seq: small(row, 5)?,
        is_erased: value(row, 6)?,
    })
}

/// Who the row of a patient names, as far as it can be read.
pub(super) fn named(row: &Row) -> DamagedPatient {
    DamagedPatient {
        uid: parsed(row, 1),
        id: value(row, 2).unwrap_or_default(),
        name: value(row, 3).unwrap_or_default(),
        birth_date: value(row, 4).unwrap_or_default(),
        entries: Vec::new(),
    }
}

/// A person by identifier, name and birth date.
pub(super) fn person(row: &Row) -> Option<Person> {
    let name = value::<Option<&str>>(row, 1)?.map(str::parse).transpose().ok()?;
    Some(Person { id: parsed(row, 0)?, name, birth_date: value(row, 2)? })
}

/// The ward, by its name in the chain, its name, settings and open days.
pub(super) fn ward(row: &Row) -> Option<Ward> {
    rows::ward(parsed(row, 0)?, parsed::<Text>(row, 1)?, value(row, 2)?, value(row, 3)?).ok()
}

/// A course as the register keeps it.
pub(super) fn course(row: &Row, at: usize) -> Option<CourseRow> {
    Some(CourseRow {
        course: small(row, at)?,
        state: value(row, at + 1)?,
        drug: value(row, at + 2)?,
        dose: value(row, at + 3)?,
        next_dose: optional_small(row, at + 4).ok()?,
        next_due: value(row, at + 5)?,
        look_again: value(row, at + 6)?,
        no_date: value(row, at + 7)?,
        given: small(row, at + 8)?,
        last_given: value::<Option<NaiveDate>>(row, at + 9)?,
        open: value(row, at + 10)?,
        fold: value::<i32>(row, at + 11)?.cast_unsigned(),
        regimens: value(row, at + 12)?,
        as_of: number(row, at + 13)?,
    })
}

/// A course of a list: its patient, then the course.
pub(super) fn listed(row: &Row) -> Option<Listed> {
    Some(Listed {
        uid: parsed(row, 1)?,
        id: value::<Option<String>>(row, 2)?.unwrap_or_default(),
        name: value(row, 3)?,
        birth_date: value(row, 4)?,
        course: course(row, 5)?,
    })
}

/// A library that is kept.
pub(super) fn library(row: &Row) -> Option<KeptLibrary> {
    Some(KeptLibrary { sha256: value(row, 0)?, files: value(row, 1)? })
}
