//! Saving: one transaction, which is on the disk before anything is said to be recorded. Several entries are stored
//! together or not at all.

use std::{fs::File, path::Path};

use chrono::Datelike;
use rusqlite::{OptionalExtension, Transaction, TransactionBehavior, named_params};

use super::{
    super::{
        Appended, Behind, Clock, Hash, Header, History, Now, PatientKey, StoreError, Stored, Uid, Ward, Who, chain,
    },
    Sqlite, projection, read, refuse_invented,
    rows::{self, PatientRow},
    trouble::{of_database, of_system},
};
use crate::{
    json::{Text, YEARS},
    regimen::Library,
    ward::{
        LEAST_LETTERS, drafted,
        event::{Body, ClinicSet, Draft, Event, What},
        fold,
    },
};

/// A save under way. Nothing of it stays unless it is finished.
pub(super) struct Saving<'s> {
    pub(super) transaction: Transaction<'s>,
    pub(super) path: &'s Path,
    pub(super) ward: (i64, Uid),
    pub(super) now: Now,
    who: &'s Who,
    head: (u64, Hash),
    /// The last entry before the save.
    before: (u64, Hash),
    behind: Option<Behind>,
    stored: Vec<Stored>,
}

impl<'s> Saving<'s> {
    /// Begins a save in a register whose lock is held. The last entry must be the one that the ward says it is.
    pub(super) fn begin(
        transaction: Transaction<'s>,
        path: &'s Path,
        ward: (i64, Uid),
        who: &'s Who,
        now: Now,
    ) -> Result<Self, StoreError> {
        let told = |error: &rusqlite::Error| of_database(path, error);
        let head = rows::head(&transaction, ward.0).map_err(|error| told(&error))?;
        let last = last(&transaction, ward).map_err(|error| told(&error))?;
        let behind = match &last {
            None if head.0 == 0 => None,
            Some(last) if (last.header.number, last.hash) == head => Behind::of(&last.header, now),
            Some(_) | None => return Err(StoreError::Damaged { path: path.to_owned(), number: Some(head.0) }),
        };
        Ok(Self { transaction, path, ward, now, who, head, before: head, behind, stored: Vec::new() })
    }

    /// Stores an entry behind the last one.
    pub(super) fn insert(
        &mut self,
        patient: Option<(i64, Uid)>,
        seq: Option<u32>,
        draft: &Draft,
    ) -> Result<(), StoreError> {
        if draft.by.as_str().trim().chars().count() < LEAST_LETTERS {
            return Err(StoreError::NoName { least: LEAST_LETTERS });
        }
        if !YEARS.contains(&draft.on.year()) {
            return Err(StoreError::NoDay { on: draft.on });
        }
        let body = draft.body.text();
        // What is stored is read by every program that opens the register, for ever.
        if What::read(draft.body.kind().as_str(), Some(&body)) != What::Body(draft.body.clone()) {
            return Err(StoreError::Refused(fold::Refused::NotReadable));
        }
        let salt = random().map_err(|error| of_system(self.path, &error))?;
        let body_hash = chain::body_hash(salt, &body);
        let header = Header {
            ward: self.ward.1,
            number: self.head.0 + 1,
            patient: patient.map(|(_, uid)| uid),
            seq,
            course: draft.course,
            kind: draft.body.kind().as_str().to_owned(),
            on: draft.on,
            recorded_ms: self.now.ms,
            offset_min: self.now.offset_min,
            by: draft.by.to_string(),
            os_user: self.who.os_user.clone(),
            host: self.who.host.clone(),
            program: self.who.program.clone(),
        };
        let hash = chain::hash(&self.head.1, &header, &body_hash);
        let entry = Stored { header, body: Some(body), salt: Some(salt), body_hash, hash };
        rows::insert(&self.transaction, self.ward.0, patient.map(|(key, _)| key), &entry)
            .map_err(|error| self.told(&error))?;
        self.head = (entry.header.number, hash);
        self.stored.push(entry);
        Ok(())
    }

    /// Writes the head of the chain, and all of it to the disk.
    pub(super) fn finish(self) -> Result<(Vec<Stored>, Option<Behind>), StoreError> {
        let Self { transaction, path, ward, head, before, behind, stored, .. } = self;
        let told = |error: &rusqlite::Error| of_database(path, error);
        let of = named_params! {":head": head.0.cast_signed(), ":hash": head.1, ":ward": ward.0};
        transaction
            .prepare("UPDATE ward SET head = :head, hash = :hash WHERE ward = :ward")
            .and_then(|mut update| update.execute(of))
            .map_err(|error| told(&error))?;
        // A trigger of another program can keep a row from being written without an error.
        if !is_written(&transaction, ward, [before, head], &stored).map_err(|error| told(&error))? {
            return Err(StoreError::Damaged { path: path.to_owned(), number: None });
        }
        transaction.commit().map_err(|error| told(&error))?;
        Ok((stored, behind))
    }

    pub(super) fn told(&self, error: &rusqlite::Error) -> StoreError {
        of_database(self.path, error)
    }
}

/// Whether the entries of a save are in the register as they are said to be recorded: each of them, behind the one that was
/// the last, and the ward says so.
fn is_written(
    transaction: &Transaction<'_>,
    (ward, uid): (i64, Uid),
    [before, head]: [(u64, Hash); 2],
    stored: &[Stored],
) -> rusqlite::Result<bool> {
    let mut asked = transaction.prepare(&format!("{} WHERE e.ward = :ward AND e.number = :number", rows::ENTRY))?;
    for entry in stored {
        let of = named_params! {":ward": ward, ":number": entry.header.number.cast_signed()};
        if asked.query_row(of, |row| rows::entry(uid, row)).optional()?.as_ref() != Some(entry) {
            return Ok(false);
        }
    }
    let is_before = before.0 == 0 || rows::hash_of(transaction, ward, before.0)? == Some(before.1);
    Ok(is_before && rows::head(transaction, ward)? == head && rows::last(transaction, (ward, uid))? == head)
}

/// The last entry of a ward.
fn last(transaction: &Transaction<'_>, (ward, uid): (i64, Uid)) -> rusqlite::Result<Option<Stored>> {
    let asked = format!("{} WHERE e.ward = :ward ORDER BY e.number DESC LIMIT 1", rows::ENTRY);
    let mut asked = transaction.prepare(&asked)?;
    asked.query_map(named_params! {":ward": ward}, |row| rows::entry(uid, row))?.next().transpose()
}

/// Random bytes of the system.
pub(super) fn random() -> std::io::Result<[u8; 16]> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(std::io::Error::other)?;
    Ok(bytes)
}

/// Takes the lock and begins a save; the lock is held until the file is dropped.
pub(super) fn begin<'s>(
    store: &'s mut Sqlite,
    clock: &dyn Clock,
) -> Result<(File, Saving<'s>, &'s mut Ward), StoreError> {
    let held = store.hold()?;
    let Sqlite { connection, path, key, ward, who, .. } = store;
    let told = |error: &rusqlite::Error| of_database(path, error);
    let transaction =
        connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(|error| told(&error))?;
    // Another program may have set other open days since this one opened the register.
    (_, *ward) = rows::ward(&transaction).map_err(|error| told(&error))?;
    let saving = Saving::begin(transaction, path, (*key, ward.uid), who, clock.now())?;
    Ok((held, saving, ward))
}

/// Records entries of a patient, if none came since those that were seen.
pub(super) fn append(
    store: &mut Sqlite,
    of: &PatientKey,
    seen: u32,
    new: &[Draft],
    clock: &dyn Clock,
) -> Result<Appended, StoreError> {
    let misplaced = new.iter().find(|it| it.body.kind().is_of_ward() || matches!(it.body, Body::Erased(_)));
    if let Some(draft) = misplaced {
        return Err(misplaced_kind(draft));
    }
    let (held, mut saving, ward) = begin(store, clock)?;
    let Unchanged { patient, stored, events } = unchanged(&saving, of, seen)?;
    let (history, events) = store_all(&mut saving, &patient, (stored, events), new, &ward.clinic)?;
    projection::write(&saving, patient.key, &events, &ward.clinic)?;
    let saved = saving.finish()?;
    recorded(store, held, saved, Some(history))
}

/// A patient of whom nothing was recorded since what was seen: the entries, and what they say.
pub(super) struct Unchanged {
    pub(super) patient: PatientRow,
    pub(super) stored: Vec<Stored>,
    events: Vec<Event>,
}

/// A patient and the history, if nothing came since what was seen, and all of it is as it was stored.
pub(super) fn unchanged(saving: &Saving<'_>, of: &PatientKey, seen: u32) -> Result<Unchanged, StoreError> {
    let found = read::find(&saving.transaction, saving.ward.0, of).map_err(|error| saving.told(&error))?;
    let patient = found.filter(|it| !it.is_erased).ok_or(StoreError::UnknownPatient)?;
    let (stored, altered) =
        read::history(&saving.transaction, saving.ward.1, patient.key).map_err(|error| saving.told(&error))?;
    if let Some(number) = altered.first() {
        return Err(StoreError::Damaged { path: saving.path.to_owned(), number: Some(*number) });
    }
    // An entry for this identifier must not come to the patient who has it by the row alone, nor after a gap.
    let is_last = usize::try_from(patient.last_seq) == Ok(stored.len());
    let events = Stored::events(&stored);
    if !is_last || !patient.is_said(&fold::state(&events)) {
        return Err(StoreError::Damaged { path: saving.path.to_owned(), number: None });
    }
    if patient.last_seq != seen {
        let since = stored.into_iter().filter(|it| it.header.seq > Some(seen)).collect();
        return Err(StoreError::Changed { since });
    }
    Ok(Unchanged { patient, stored, events })
}

/// Records a patient who is new to the register.
pub(super) fn register(store: &mut Sqlite, new: &[Draft], clock: &dyn Clock) -> Result<Appended, StoreError> {
    let Some(Body::Registered(registered)) = new.first().map(|it| &it.body) else {
        return Err(new.first().map_or(StoreError::UnknownPatient, misplaced_kind));
    };
    if let Some(draft) = new.iter().find(|it| it.body.kind().is_of_ward() || matches!(it.body, Body::Erased(_))) {
        return Err(misplaced_kind(draft));
    }
    let (held, mut saving, ward) = begin(store, clock)?;
    refuse_taken(&saving, &registered.patient.id, None)?;
    let uid = Uid::new(random().map_err(|error| of_system(saving.path, &error))?);
    rows::insert_patient(&saving.transaction, saving.ward.0, uid).map_err(|error| saving.told(&error))?;
    let found =
        read::find(&saving.transaction, saving.ward.0, &PatientKey::Uid(uid)).map_err(|error| saving.told(&error))?;
    let patient = found.ok_or(StoreError::UnknownPatient)?;
    let (history, events) = store_all(&mut saving, &patient, (Vec::new(), Vec::new()), new, &ward.clinic)?;
    projection::write(&saving, patient.key, &events, &ward.clinic)?;
    let saved = saving.finish()?;
    recorded(store, held, saved, Some(history))
}

/// Stores entries behind a history, each of which must be allowed by what stands before it. Returns the history with
/// them, and what it says.
fn store_all(
    saving: &mut Saving<'_>,
    patient: &PatientRow,
    (mut stored, mut events): (Vec<Stored>, Vec<Event>),
    new: &[Draft],
    clinic: &ClinicSet,
) -> Result<(History, Vec<Event>), StoreError> {
    let mut seq = patient.last_seq;
    for draft in new {
        refuse_invented(&draft.body, Library::shipped()).map_err(StoreError::Refused)?;
        fold::admit(&events, draft, saving.now.day).map_err(StoreError::Refused)?;
        drafted::refuse_deferral(&events, draft, clinic).map_err(StoreError::Refused)?;
        seq += 1;
        saving.insert(Some((patient.key, patient.uid)), Some(seq), draft)?;
        let entry = saving.stored.last().ok_or(StoreError::UnknownPatient)?;
        events.extend(entry.event());
        stored.push(entry.clone());
        match &draft.body {
            Body::Registered(it) => refuse_taken(saving, &it.patient.id, Some(patient.key))?,
            Body::IdentityCorrected(it) => refuse_taken(saving, &it.patient.id, Some(patient.key))?,
            _ => {}
        }
    }
    // As the entries say it: a correction of an earlier day may not be the newest one.
    let identity = fold::state(&events).identity;
    rows::set_identity(&saving.transaction, patient.key, identity.as_ref()).map_err(|error| saving.told(&error))?;
    set_last(saving, patient.key, seq)?;
    Ok((History { uid: patient.uid, last_seq: seq, stored, altered: Vec::new() }, events))
}

/// Writes the number of the last entry of a patient.
pub(super) fn set_last(saving: &Saving<'_>, patient: i64, seq: u32) -> Result<(), StoreError> {
    let update = "UPDATE patient SET last_seq = :seq WHERE patient = :patient";
    saving
        .transaction
        .prepare(update)
        .and_then(|mut update| update.execute(named_params! {":seq": seq, ":patient": patient}))
        .map(drop)
        .map_err(|error| saving.told(&error))
}

/// Refuses an identifier that another patient has.
fn refuse_taken(saving: &Saving<'_>, id: &Text, but: Option<i64>) -> Result<(), StoreError> {
    let found = read::find(&saving.transaction, saving.ward.0, &PatientKey::Id(id.clone()));
    match found.map_err(|error| saving.told(&error))? {
        Some(other) if Some(other.key) != but => Err(StoreError::IdTaken { id: id.clone() }),
        _ => Ok(()),
    }
}

/// What is said of a save that is on the disk. It is recorded only if the file is still the one that others open.
pub(super) fn recorded(
    store: &Sqlite,
    held: File,
    (stored, behind): (Vec<Stored>, Option<Behind>),
    history: Option<History>,
) -> Result<Appended, StoreError> {
    drop(held);
    store.is_still_there()?;
    Ok(Appended { stored, history, behind })
}

/// Records entries of the ward itself.
pub(super) fn append_to_ward(store: &mut Sqlite, new: &[Draft], clock: &dyn Clock) -> Result<Appended, StoreError> {
    let is_allowed =
        |body: &Body| matches!(body, Body::SettingsSet(_) | Body::ClinicSet(_) | Body::Anchored(_) | Body::Copied(_));
    if let Some(draft) = new.iter().find(|it| !is_allowed(&it.body)) {
        return Err(misplaced_kind(draft));
    }
    let (held, mut saving, ward) = begin(store, clock)?;
    let mut set = ward.clone();
    for draft in new {
        saving.insert(None, None, draft)?;
        set_ward(&saving, &draft.body)?;
        set.set(&draft.body);
    }
    let (_, found) = rows::ward(&saving.transaction).map_err(|error| saving.told(&error))?;
    if found != set {
        return Err(StoreError::Damaged { path: saving.path.to_owned(), number: None });
    }
    let saved = saving.finish()?;
    store.ward = set;
    recorded(store, held, saved, None)
}

/// Writes what an entry of the ward sets. Other open days move the dates of all open doses, so these are computed
/// again before they are shown.
fn set_ward(saving: &Saving<'_>, body: &Body) -> Result<(), StoreError> {
    let update = match body {
        Body::SettingsSet(_) => "UPDATE ward SET settings = :body WHERE ward = :ward",
        Body::ClinicSet(_) => "UPDATE ward SET clinic = :body WHERE ward = :ward",
        _ => return Ok(()),
    };
    let of = named_params! {":body": body.text(), ":ward": saving.ward.0};
    saving.transaction.execute(update, of).map_err(|error| saving.told(&error))?;
    if matches!(body, Body::ClinicSet(_)) {
        projection::outdate(&saving.transaction, saving.ward.0).map_err(|error| saving.told(&error))?;
    }
    Ok(())
}

fn misplaced_kind(draft: &Draft) -> StoreError {
    StoreError::Misplaced { kind: draft.body.kind().as_str().to_owned() }
}
