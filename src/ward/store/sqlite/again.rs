//! What a register keeps beside its entries, written as the entries say it: who the patients are, their courses, and the
//! name, the settings and the open days of the ward.

use rusqlite::{Connection, named_params};

use super::{
    super::{Stored, Uid},
    projection::{self, CourseRow},
    read, rows,
    verify::Said,
};
use crate::ward::{
    event::{Body, ClinicSet},
    fold,
};

/// Writes all of it. Returns whether the entries say what a ward must have: without a name, settings and open days it is
/// none, and nothing is written.
pub(super) fn all(connection: &Connection, ward: (i64, Uid)) -> rusqlite::Result<bool> {
    let Said { name: Some(name), settings: Some(settings), clinic: Some(clinic) } = said(connection, ward)? else {
        return Ok(false);
    };
    let update = "UPDATE ward SET name = :name, settings = :settings, clinic = :clinic WHERE ward = :ward";
    let of = named_params! {
        ":name": name.as_str(), ":settings": Body::from(settings).text(), ":clinic": Body::from(clinic.clone()).text(),
        ":ward": ward.0,
    };
    connection.execute(update, of)?;
    // Two patients may have each other's identifier, which no two may have at once.
    connection.execute("UPDATE patient SET id = NULL WHERE ward = :ward", named_params! {":ward": ward.0})?;
    let keys: Vec<i64> = connection
        .prepare("SELECT patient FROM patient")?
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    for patient in keys {
        self::patient(connection, ward, patient, &clinic)?;
    }
    Ok(true)
}

/// What the entries of a ward say of it.
fn said(connection: &Connection, (ward, uid): (i64, Uid)) -> rusqlite::Result<Said> {
    let asked = format!("{} WHERE e.ward = :ward AND e.patient IS NULL ORDER BY e.number", rows::ENTRY);
    let mut asked = connection.prepare(&asked)?;
    let mut said = Said::default();
    for entry in asked.query_map(named_params! {":ward": ward}, |row| rows::entry(uid, row))? {
        said.take(&entry?);
    }
    Ok(said)
}

/// Writes who a patient is, how many entries there are, and the courses.
fn patient(connection: &Connection, ward: (i64, Uid), patient: i64, clinic: &ClinicSet) -> rusqlite::Result<()> {
    let (stored, _) = read::history(connection, ward.1, patient)?;
    let events = Stored::events(&stored);
    let state = fold::state(&events);
    rows::set_identity(connection, patient, state.identity.as_ref())?;
    let update = "UPDATE patient SET last_seq = :seq, erased = :erased WHERE patient = :patient";
    let of = named_params! {
        ":seq": u32::try_from(stored.len()).unwrap_or(u32::MAX), ":erased": state.erased, ":patient": patient,
    };
    connection.execute(update, of)?;
    let courses = CourseRow::of_state(&state, CourseRow::as_of(&events), clinic);
    projection::replace(connection, ward.0, patient, &courses)
}
