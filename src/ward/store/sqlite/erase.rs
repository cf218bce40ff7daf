//! Erasing a patient: who it is and what was recorded are gone, and the chain stays whole. What stays of each entry is
//! its kind, its day and who recorded it, under a random name.

use rusqlite::named_params;

use super::{
    super::{Appended, Clock, Erasing, History, PatientKey, StoreError},
    Sqlite,
    append::{Unchanged, begin, recorded, set_last, unchanged},
    read, rows,
};
use crate::ward::event::{Draft, Erased};

/// Erases a patient.
pub(super) fn erase(
    store: &mut Sqlite,
    of: &PatientKey,
    seen: u32,
    erasing: &Erasing,
    clock: &dyn Clock,
) -> Result<Appended, StoreError> {
    let (held, mut saving, _) = begin(store, clock)?;
    let Unchanged { patient, stored, .. } = unchanged(&saving, of, seen)?;
    for erase in [
        "UPDATE event SET body = NULL, salt = NULL WHERE patient = :patient AND body IS NOT NULL",
        "UPDATE patient SET erased = 1 WHERE patient = :patient",
        "DELETE FROM course WHERE patient = :patient",
    ] {
        let done = saving.transaction.execute(erase, named_params! {":patient": patient.key});
        done.map_err(|error| saving.told(&error))?;
    }
    rows::set_identity(&saving.transaction, patient.key, None).map_err(|error| saving.told(&error))?;
    let seq = patient.last_seq + 1;
    let Erasing { on, by, because, authority } = erasing.clone();
    let events = u32::try_from(stored.len()).unwrap_or(u32::MAX);
    let draft = Draft { on, by, course: None, body: Erased { because, authority, events }.into() };
    saving.insert(Some((patient.key, patient.uid)), Some(seq), &draft)?;
    set_last(&saving, patient.key, seq)?;
    let (stored, altered) =
        read::history(&saving.transaction, saving.ward.1, patient.key).map_err(|error| saving.told(&error))?;
    // Nothing is said to be erased that a trigger of another program has kept.
    let row = read::row(&saving.transaction, patient.key).map_err(|error| saving.told(&error))?;
    let is_nobody = row.is_erased && row.id.is_none() && row.name.is_none() && row.birth_date.is_none();
    if !altered.is_empty() || !is_nobody || row.last_seq != seq {
        return Err(StoreError::Damaged { path: saving.path.to_owned(), number: None });
    }
    let history = History { uid: patient.uid, last_seq: seq, stored, altered };
    let saved = saving.finish()?;
    // The journal still has what was erased. If another program is reading it now, the next one to close the register
    // does this.
    let _ = store.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
    recorded(store, held, saved, Some(history))
}
