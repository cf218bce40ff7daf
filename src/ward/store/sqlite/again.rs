//! What a register keeps beside its entries, written as the entries say it: who the patients are, their courses, and the
//! name, the settings and the open days of the ward.

use rusqlite::{Connection, OptionalExtension, named_params};

use super::{
    super::{Stored, Uid, Ward},
    projection::{self, CourseRow},
    read, rows,
    trouble::is_of_value,
    verify::Said,
};
use crate::ward::{
    event::{Body, ClinicSet, SettingsSet},
    fold,
};

/// The ward of a register and its key: as the register keeps it, and where that cannot be read, as the entries say it.
pub(super) fn ward(connection: &Connection) -> rusqlite::Result<(i64, Ward)> {
    let kept = rows::ward(connection);
    if !kept.as_ref().is_err_and(is_of_value) {
        return kept;
    }
    let named = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, rows::parsed(row, 1)?));
    let Some((key, uid)) = connection.query_row("SELECT ward, uid FROM ward", [], named).optional()? else {
        return kept;
    };
    match said(connection, (key, uid))? {
        Said { name: Some(name), settings: Some(SettingsSet { settings }), clinic: Some(clinic) } => {
            Ok((key, Ward { uid, name, settings, clinic }))
        }
        _ => kept,
    }
}

/// Writes name, settings and open days of the ward. Returns the open days; nothing, and nothing is written, where the
/// entries do not say what a ward must have.
pub(super) fn of_ward(connection: &Connection, ward: (i64, Uid)) -> rusqlite::Result<Option<ClinicSet>> {
    let Said { name: Some(name), settings: Some(settings), clinic: Some(clinic) } = said(connection, ward)? else {
        return Ok(None);
    };
    let update = "UPDATE ward SET name = :name, settings = :settings, clinic = :clinic WHERE ward = :ward";
    let of = named_params! {
        ":name": name.as_str(), ":settings": Body::from(settings).text(), ":clinic": Body::from(clinic.clone()).text(),
        ":ward": ward.0,
    };
    connection.execute(update, of)?;
    Ok(Some(clinic))
}

/// Writes all of it. Returns whether the entries say what a ward must have: without a name, settings and open days it is
/// none, and nothing is written.
pub(super) fn all(connection: &Connection, ward: (i64, Uid)) -> rusqlite::Result<bool> {
    let Some(clinic) = of_ward(connection, ward)? else { return Ok(false) };
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
