//! Erasing a patient: who it is and what was recorded are gone, and the chain stays whole. What stays of each entry is
//! its kind, its day and who recorded it, under a random name.

use super::{
    Appended, Clock, Erasing, History, PatientKey, StoreError,
    append::{Unchanged, begin, recorded, unchanged},
    read,
    tables::Database,
};
use crate::ward::event::{Draft, Erased};

/// Erases a patient.
pub(super) fn erase(
    database: &mut dyn Database,
    of: &PatientKey,
    seen: u32,
    erasing: &Erasing,
    clock: &dyn Clock,
) -> Result<Appended, StoreError> {
    let (mut saving, _) = begin(database, clock)?;
    let Unchanged { patient, stored, .. } = unchanged(&saving, of, seen)?;
    saving.tables.empty(patient.key)?;
    saving.tables.set_erased(patient.key, true)?;
    saving.tables.set_identity(patient.key, None)?;
    let seq = patient.last_seq + 1;
    let Erasing { on, by, because, authority } = erasing.clone();
    let events = u32::try_from(stored.len()).unwrap_or(u32::MAX);
    let draft = Draft { on, by, course: None, body: Erased { because, authority, events }.into() };
    saving.insert(Some((patient.key, patient.uid)), Some(seq), &draft)?;
    saving.tables.set_last(patient.key, seq)?;
    let (stored, altered) = read::history(&*saving.tables, saving.ward.1, patient.key)?;
    // Nothing is said to be erased that a trigger of another program has kept.
    let is_nobody = saving.tables.row(patient.key)?.is_ok_and(|row| {
        row.is_erased && row.id.is_none() && row.name.is_none() && row.birth_date.is_none() && row.last_seq == seq
    });
    if !altered.is_empty() || !is_nobody {
        return Err(saving.damaged(None));
    }
    recorded(saving, Some(History { uid: patient.uid, last_seq: seq, stored, altered }))
}
