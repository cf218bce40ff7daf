//! What a register keeps beside its entries, written as the entries say it: who the patients are, their courses, and the
//! name, the settings and the open days of the ward.

use super::{
    Stored, Uid, Ward,
    projection::CourseRow,
    read,
    tables::{Done, Reading, Writing},
    verify::Said,
};
use crate::ward::{
    event::{Body, ClinicSet, SettingsSet},
    fold,
};

/// The ward of a register and its key: as the register keeps it, and where that cannot be read, as the entries say it.
pub(super) fn ward(tables: &dyn Reading) -> Done<(i64, Ward)> {
    let kept = tables.ward();
    if !kept.as_ref().is_err_and(super::tables::Trouble::is_of_value) {
        return kept;
    }
    let Some((key, uid)) = tables.ward_name()? else { return kept };
    match said(tables, (key, uid))? {
        Said { name: Some(name), settings: Some(SettingsSet { settings }), clinic: Some(clinic) } => {
            Ok((key, Ward { uid, name, settings, clinic }))
        }
        _ => kept,
    }
}

/// Writes name, settings and open days of the ward. Returns the open days; nothing, and nothing is written, where the
/// entries do not say what a ward must have.
pub(super) fn of_ward(tables: &dyn Writing, ward: (i64, Uid)) -> Done<Option<ClinicSet>> {
    let Said { name: Some(name), settings: Some(settings), clinic: Some(clinic) } = said(tables, ward)? else {
        return Ok(None);
    };
    tables.set_name(ward.0, &name)?;
    tables.set_settings(ward.0, &Body::from(settings).text())?;
    tables.set_clinic(ward.0, &Body::from(clinic.clone()).text())?;
    Ok(Some(clinic))
}

/// Writes all of it. Returns whether the entries say what a ward must have: without a name, settings and open days it is
/// none, and nothing is written.
pub(super) fn all(tables: &dyn Writing, ward: (i64, Uid)) -> Done<bool> {
    let Some(clinic) = of_ward(tables, ward)? else { return Ok(false) };
    tables.without_ids(ward.0)?;
    for patient in tables.keys(i64::MIN, usize::MAX, false)? {
        self::patient(tables, ward, patient, &clinic)?;
    }
    Ok(true)
}

/// What the entries of a ward say of it.
fn said(tables: &dyn Reading, ward: (i64, Uid)) -> Done<Said> {
    let mut said = Said::default();
    tables.of_ward(ward)?.iter().for_each(|entry| said.take(entry));
    Ok(said)
}

/// Writes who a patient is, how many entries there are, and the courses.
fn patient(tables: &dyn Writing, ward: (i64, Uid), patient: i64, clinic: &ClinicSet) -> Done<()> {
    let (stored, _) = read::history(tables, ward.1, patient)?;
    let events = Stored::events(&stored);
    let state = fold::state(&events);
    tables.set_identity(patient, state.identity.as_ref())?;
    tables.set_last(patient, u32::try_from(stored.len()).unwrap_or(u32::MAX))?;
    tables.set_erased(patient, state.erased)?;
    let courses = CourseRow::of_state(&state, CourseRow::as_of(&events), clinic);
    tables.replace(ward.0, patient, &courses)
}
