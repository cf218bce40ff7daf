//! Reading: the history of a patient, and whether it can be relied on.

use super::{
    DamagedPatient, History, PatientKey, Stored, Uid, chain,
    rows::PatientRow,
    tables::{Chained, Done, Reading},
};
use crate::ward::{
    event::{Event, Kind},
    fold::{self, PatientState},
};

/// A patient, and the entries as they stand in one moment.
pub(super) fn patient(tables: &dyn Reading, ward: (i64, Uid), key: &PatientKey) -> Done<Option<History>> {
    let Some(row) = tables.find(ward.0, key)? else { return Ok(None) };
    let (stored, altered) = history(tables, ward.1, row.key)?;
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
pub(super) fn relied(tables: &dyn Reading, ward: Uid, patient: i64) -> Done<Result<Relied, DamagedPatient>> {
    let row = tables.row(patient)?;
    let (stored, altered) = history(tables, ward, patient)?;
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

/// The entries of a patient in order, and the numbers of those that are not as they were stored. One that cannot be read is
/// among these numbers alone.
pub(super) fn history(tables: &dyn Reading, uid: Uid, patient: i64) -> Done<(Vec<Stored>, Vec<u64>)> {
    let (mut entries, mut altered) = (Vec::new(), Vec::new());
    for Chained { number, entry, before } in tables.chained(uid, patient)? {
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
