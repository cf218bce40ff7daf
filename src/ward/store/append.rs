//! Saving: one transaction, which is on the disk before anything is said to be recorded. Several entries are stored
//! together or not at all.

use chrono::Datelike;

use super::{
    Appended, Behind, Clock, Hash, Header, History, Now, PatientKey, StoreError, Stored, Uid, Ward, Who, chain,
    made::refuse_invented,
    projection, read,
    rows::PatientRow,
    tables::{Begun, Database, Done, Writing},
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
    pub(super) tables: Box<dyn Writing + 's>,
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
    /// Begins a save where nobody else can record. The last entry must be the one that the ward says it is.
    pub(super) fn begin(
        tables: Box<dyn Writing + 's>,
        ward: (i64, Uid),
        who: &'s Who,
        now: Now,
    ) -> Result<Self, StoreError> {
        let head = tables.head(ward.0)?;
        let behind = match tables.last(ward)? {
            None if head.0 == 0 => None,
            Some(last) if (last.header.number, last.hash) == head => Behind::of(&last.header, now),
            Some(_) | None => {
                return Err(StoreError::Damaged { path: tables.path().to_owned(), number: Some(head.0) });
            }
        };
        Ok(Self { tables, ward, now, who, head, before: head, behind, stored: Vec::new() })
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
        let salt = random(self.tables.path())?;
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
        self.tables.insert(self.ward.0, patient.map(|(key, _)| key), &entry)?;
        self.head = (entry.header.number, hash);
        self.stored.push(entry);
        Ok(())
    }

    /// Writes the head of the chain, and all of it to the disk.
    pub(super) fn finish(self) -> Result<(Vec<Stored>, Option<Behind>), StoreError> {
        self.tables.set_head(self.ward.0, self.head)?;
        // A trigger of another program can keep a row from being written without an error.
        if !self.is_written()? {
            return Err(self.damaged(None));
        }
        self.tables.commit()?;
        Ok((self.stored, self.behind))
    }

    /// Whether the entries of the save are in the register as they are said to be recorded: each of them, behind the one that
    /// was the last, and the ward says so.
    fn is_written(&self) -> Done<bool> {
        let tables = &*self.tables;
        for entry in &self.stored {
            if tables.entry(self.ward, entry.header.number)?.as_ref() != Some(entry) {
                return Ok(false);
            }
        }
        let is_before = self.before.0 == 0 || tables.hash_of(self.ward.0, self.before.0)? == Some(self.before.1);
        Ok(is_before && tables.head(self.ward.0)? == self.head && tables.last_hash(self.ward)? == self.head)
    }

    /// What is in the register is not as it was written.
    pub(super) fn damaged(&self, number: Option<u64>) -> StoreError {
        StoreError::Damaged { path: self.tables.path().to_owned(), number }
    }
}

/// Random bytes of the system.
pub(super) fn random(register: &std::path::Path) -> Result<[u8; 16], StoreError> {
    let mut bytes = [0; 16];
    match getrandom::fill(&mut bytes) {
        Ok(()) => Ok(bytes),
        Err(error) => Err(StoreError::System { path: register.to_owned(), message: error.to_string() }),
    }
}

/// Begins a save.
pub(super) fn begin<'s>(
    database: &'s mut dyn Database,
    clock: &dyn Clock,
) -> Result<(Saving<'s>, &'s mut Ward), StoreError> {
    let Begun { tables, key, ward, who } = database.begin()?;
    // Another program may have set other open days since this one opened the register.
    (_, *ward) = tables.ward()?;
    Ok((Saving::begin(tables, (key, ward.uid), who, clock.now())?, ward))
}

/// Records entries of a patient, if none came since those that were seen.
pub(super) fn append(
    database: &mut dyn Database,
    of: &PatientKey,
    seen: u32,
    new: &[Draft],
    clock: &dyn Clock,
) -> Result<Appended, StoreError> {
    let misplaced = new.iter().find(|it| it.body.kind().is_of_ward() || matches!(it.body, Body::Erased(_)));
    if let Some(draft) = misplaced {
        return Err(misplaced_kind(draft));
    }
    let (mut saving, ward) = begin(database, clock)?;
    let Unchanged { patient, stored, events } = unchanged(&saving, of, seen)?;
    let (history, events) = store_all(&mut saving, &patient, (stored, events), new, &ward.clinic)?;
    projection::write(&saving, patient.key, &events, &ward.clinic)?;
    recorded(saving, Some(history))
}

/// A patient of whom nothing was recorded since what was seen: the entries, and what they say.
pub(super) struct Unchanged {
    pub(super) patient: PatientRow,
    pub(super) stored: Vec<Stored>,
    events: Vec<Event>,
}

/// A patient and the history, if nothing came since what was seen, and all of it is as it was stored.
pub(super) fn unchanged(saving: &Saving<'_>, of: &PatientKey, seen: u32) -> Result<Unchanged, StoreError> {
    let found = saving.tables.find(saving.ward.0, of)?;
    let patient = found.filter(|it| !it.is_erased).ok_or(StoreError::UnknownPatient)?;
    let (stored, altered) = read::history(&*saving.tables, saving.ward.1, patient.key)?;
    if let Some(number) = altered.first() {
        return Err(saving.damaged(Some(*number)));
    }
    // An entry for this identifier must not come to the patient who has it by the row alone, nor after a gap.
    let is_last = usize::try_from(patient.last_seq) == Ok(stored.len());
    let events = Stored::events(&stored);
    if !is_last || !patient.is_said(&fold::state(&events)) {
        return Err(saving.damaged(None));
    }
    if patient.last_seq != seen {
        let since = stored.into_iter().filter(|it| it.header.seq > Some(seen)).collect();
        return Err(StoreError::Changed { since });
    }
    Ok(Unchanged { patient, stored, events })
}

/// Records a patient who is new to the register.
pub(super) fn register(database: &mut dyn Database, new: &[Draft], clock: &dyn Clock) -> Result<Appended, StoreError> {
    let Some(Body::Registered(registered)) = new.first().map(|it| &it.body) else {
        return Err(new.first().map_or(StoreError::UnknownPatient, misplaced_kind));
    };
    if let Some(draft) = new.iter().find(|it| it.body.kind().is_of_ward() || matches!(it.body, Body::Erased(_))) {
        return Err(misplaced_kind(draft));
    }
    let (mut saving, ward) = begin(database, clock)?;
    refuse_taken(&saving, &registered.patient.id, None)?;
    let uid = Uid::new(random(saving.tables.path())?);
    saving.tables.insert_patient(saving.ward.0, uid)?;
    let patient = saving.tables.find(saving.ward.0, &PatientKey::Uid(uid))?.ok_or(StoreError::UnknownPatient)?;
    let (history, events) = store_all(&mut saving, &patient, (Vec::new(), Vec::new()), new, &ward.clinic)?;
    projection::write(&saving, patient.key, &events, &ward.clinic)?;
    recorded(saving, Some(history))
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
    saving.tables.set_identity(patient.key, identity.as_ref())?;
    saving.tables.set_last(patient.key, seq)?;
    Ok((History { uid: patient.uid, last_seq: seq, stored, altered: Vec::new() }, events))
}

/// Refuses an identifier that another patient has.
fn refuse_taken(saving: &Saving<'_>, id: &Text, but: Option<i64>) -> Result<(), StoreError> {
    match saving.tables.find(saving.ward.0, &PatientKey::Id(id.clone()))? {
        Some(other) if Some(other.key) != but => Err(StoreError::IdTaken { id: id.clone() }),
        _ => Ok(()),
    }
}

/// Finishes a save, and says what was recorded.
pub(super) fn recorded(saving: Saving<'_>, history: Option<History>) -> Result<Appended, StoreError> {
    let (stored, behind) = saving.finish()?;
    Ok(Appended { stored, history, behind })
}

/// Records entries of the ward itself.
pub(super) fn append_to_ward(
    database: &mut dyn Database,
    new: &[Draft],
    clock: &dyn Clock,
) -> Result<Appended, StoreError> {
    let is_allowed =
        |body: &Body| matches!(body, Body::SettingsSet(_) | Body::ClinicSet(_) | Body::Anchored(_) | Body::Copied(_));
    if let Some(draft) = new.iter().find(|it| !is_allowed(&it.body)) {
        return Err(misplaced_kind(draft));
    }
    let (mut saving, ward) = begin(database, clock)?;
    let mut set = ward.clone();
    for draft in new {
        saving.insert(None, None, draft)?;
        set_ward(&saving, &draft.body)?;
        set.set(&draft.body);
    }
    if saving.tables.ward()?.1 != set {
        return Err(saving.damaged(None));
    }
    let appended = recorded(saving, None)?;
    *ward = set;
    Ok(appended)
}

/// Writes what an entry of the ward sets. Other open days move the dates of all open doses, so these are computed
/// again before they are shown.
fn set_ward(saving: &Saving<'_>, body: &Body) -> Done<()> {
    match body {
        Body::SettingsSet(_) => saving.tables.set_settings(saving.ward.0, &body.text()),
        Body::ClinicSet(_) => {
            saving.tables.set_clinic(saving.ward.0, &body.text())?;
            projection::outdate(saving)
        }
        _ => Ok(()),
    }
}

fn misplaced_kind(draft: &Draft) -> StoreError {
    StoreError::Misplaced { kind: draft.body.kind().as_str().to_owned() }
}
