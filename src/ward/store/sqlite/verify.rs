//! Proving a register: that the database is sound, that no entry was altered, removed or moved, and that what is kept
//! beside the entries is what they say. Everything is read in parts, so that nobody waits for it.

use std::path::Path;

use rusqlite::{Connection, Statement, named_params};

use super::{
    super::{Anchor, Behind, Fault, Hash, StoreError, Stored, Uid, Verified, Ward, chain},
    Sqlite, again, library,
    projection::{self, CourseRow},
    rows, schema,
    trouble::{is_damage, is_of_value, of_database},
};
use crate::{
    json::Text,
    ward::{
        event::{Body, ClinicSet, Event, SettingsSet, What},
        fold,
    },
};

/// How many entries, or patients, are read at once.
const PAGE: usize = 500;
/// How many faults are listed.
const MOST_FAULTS: usize = 1000;

/// Proves all of a register.
pub(super) fn verify(store: &mut Sqlite, against: &[Anchor]) -> Result<Verified, StoreError> {
    store.is_still_there()?;
    proved(&store.connection, (store.key, store.ward.uid), against).map_err(|error| store.told(&error))
}

/// Proves all of a database with this ward.
pub(super) fn proved(connection: &Connection, ward: (i64, Uid), against: &[Anchor]) -> rusqlite::Result<Verified> {
    let mut proof = Proof::new(connection, ward, against);
    proof.tried(Proof::database)?;
    proof.tried(Proof::rows)?;
    // What the ward must say is known when all entries were read.
    let is_read = proof.tried(Proof::chain)?;
    proof.tried(Proof::patients)?;
    if is_read {
        proof.tried(Proof::ward)?;
    }
    proof.tried(Proof::libraries)?;
    Ok(proof.verified())
}

/// Refuses a copy that is damaged, or whose chain is; the error names the register.
pub(super) fn is_whole(connection: &Connection, register: &Path) -> Result<(), StoreError> {
    let told = |error: &rusqlite::Error| of_database(register, error);
    let (key, ward) = rows::ward(connection).map_err(|error| told(&error))?;
    let mut proof = Proof::new(connection, (key, ward.uid), &[]);
    proof.database().and_then(|()| proof.rows()).and_then(|()| proof.chain()).map_err(|error| told(&error))?;
    refuse(proof.faults.first(), register)
}

/// Refuses a copy in which anything is wrong that a restored register must not have; the error names the register. The
/// courses are left out, since they are computed again.
pub(super) fn is_sound(connection: &Connection, register: &Path) -> Result<(), StoreError> {
    let told = |error: &rusqlite::Error| of_database(register, error);
    let (key, ward) = rows::ward(connection).map_err(|error| told(&error))?;
    let verified = proved(connection, (key, ward.uid), &[]).map_err(|error| told(&error))?;
    refuse(verified.faults.iter().find(|fault| !matches!(fault, Fault::Course { .. })), register)
}

fn refuse(fault: Option<&Fault>, register: &Path) -> Result<(), StoreError> {
    let number = |fault: &Fault| match fault {
        Fault::Altered { number } | Fault::Unreadable { number } => Some(*number),
        Fault::Missing { first, .. } => Some(*first),
        _ => None,
    };
    match fault {
        None => Ok(()),
        Some(fault) => Err(StoreError::Damaged { path: register.to_owned(), number: number(fault) }),
    }
}

/// What is proved so far.
struct Proof<'c> {
    connection: &'c Connection,
    ward: (i64, Uid),
    against: &'c [Anchor],
    head: (u64, Hash),
    patients: u64,
    faults: Vec<Fault>,
    is_more: bool,
    steps: Vec<Behind>,
    /// What the entries of the ward say.
    said: Said,
}

/// What the entries of a ward say of it.
#[derive(Default)]
pub(super) struct Said {
    pub(super) name: Option<Text>,
    pub(super) settings: Option<SettingsSet>,
    pub(super) clinic: Option<ClinicSet>,
}

impl<'c> Proof<'c> {
    fn new(connection: &'c Connection, ward: (i64, Uid), against: &'c [Anchor]) -> Self {
        let head = (0, chain::origin(ward.1));
        let (faults, steps) = (Vec::new(), Vec::new());
        Self { connection, ward, against, head, patients: 0, faults, is_more: false, steps, said: Said::default() }
    }

    fn verified(self) -> Verified {
        let Self { head: (number, hash), patients, faults, is_more, steps, .. } = self;
        Verified { number, hash, patients, faults, is_more, steps }
    }

    /// Proves a part, and returns whether all of it was read. That it cannot be read is a fault like any other.
    fn tried(&mut self, part: impl FnOnce(&mut Self) -> rusqlite::Result<()>) -> rusqlite::Result<bool> {
        match part(self) {
            Ok(()) => Ok(true),
            Err(error) if is_damage(&error) => {
                self.note(Fault::Database { message: error.to_string() });
                Ok(false)
            }
            Err(error) => Err(error),
        }
    }

    fn note(&mut self, fault: Fault) {
        if self.faults.len() < MOST_FAULTS {
            self.faults.push(fault);
        } else {
            self.is_more = true;
        }
    }

    /// The database itself: its pages, its references, and its form.
    fn database(&mut self) -> rusqlite::Result<()> {
        let messages: Vec<String> = self
            .connection
            .prepare("PRAGMA integrity_check")?
            .query_map([], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        for message in messages.into_iter().filter(|message| message != "ok") {
            self.note(Fault::Database { message });
        }
        let tables: Vec<String> = self
            .connection
            .prepare("PRAGMA foreign_key_check")?
            .query_map([], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        for table in tables {
            self.note(Fault::Reference { table });
        }
        if schema::form(self.connection)? == Some(schema::newest()) {
            let (found, needed) = (schema::statements(self.connection)?, schema::newest_statements()?);
            let differing =
                found.iter().filter(|it| !needed.contains(it)).chain(needed.iter().filter(|it| !found.contains(it)));
            let names: std::collections::BTreeSet<String> = differing.map(|(name, _)| name.clone()).collect();
            for name in names {
                self.note(Fault::Form { name });
            }
        }
        Ok(())
    }

    /// Every row under the number of its entry, and with its body, unless the patient was erased: then without.
    fn rows(&mut self) -> rusqlite::Result<()> {
        let asked = "SELECT number FROM event e WHERE event <> number \
                     OR body IS NULL AND NOT EXISTS (SELECT 1 FROM event WHERE patient = e.patient AND kind = 'erased' \
                     AND body IS NOT NULL AND number > e.number) \
                     OR body IS NOT NULL AND e.patient IN (SELECT patient FROM event WHERE kind = 'erased') \
                     AND EXISTS (SELECT 1 FROM event WHERE patient = e.patient AND kind = 'erased' AND number > e.number) \
                     ORDER BY number";
        let moved: Vec<u64> =
            self.connection.prepare(asked)?.query_map([], |row| rows::number(row, 0))?.collect::<Result<_, _>>()?;
        for number in moved {
            self.note(Fault::Altered { number });
        }
        Ok(())
    }

    /// Every entry in its place.
    fn chain(&mut self) -> rusqlite::Result<()> {
        let mut recorded = None;
        loop {
            let page = self.page()?;
            if page.is_empty() {
                // Somebody may have recorded another entry meanwhile, and the ward then says its number.
                let said = match rows::head(self.connection, self.ward.0) {
                    Err(error) if is_of_value(&error) => None,
                    said => Some(said?),
                };
                let is_more = rows::hash_of(self.connection, self.ward.0, self.head.0 + 1)?.is_some();
                if is_more {
                    continue;
                }
                if said != Some(self.head) {
                    self.note(Fault::Head { said: said.map(|(number, _)| number), found: self.head.0 });
                }
                self.beyond();
                return Ok(());
            }
            for (number, entry) in page {
                self.entry(number, entry, &mut recorded);
            }
        }
    }

    /// The next entries, those that cannot be read by their numbers alone.
    fn page(&self) -> rusqlite::Result<Vec<(u64, Option<Stored>)>> {
        let asked = format!("{} WHERE e.ward = :ward AND e.number > :after ORDER BY e.number LIMIT :most", rows::ENTRY);
        let mut asked = self.connection.prepare(&asked)?;
        let most = i64::try_from(PAGE).unwrap_or(i64::MAX);
        let of = named_params! {":ward": self.ward.0, ":after": self.head.0.cast_signed(), ":most": most};
        let found = asked.query_map(of, |row| Ok((rows::number(row, 0)?, rows::entry(self.ward.1, row).ok())))?;
        found.collect()
    }

    fn entry(&mut self, number: u64, entry: Option<Stored>, recorded: &mut Option<i64>) {
        if number != self.head.0 + 1 {
            self.note(Fault::Missing { first: self.head.0 + 1, last: number - 1 });
        }
        let Some(entry) = entry else {
            self.note(Fault::Unreadable { number });
            // Whether the next one follows it cannot be known.
            self.head = (number, [0; 32]);
            return;
        };
        if !chain::holds(&self.head.1, &entry) {
            self.note(Fault::Altered { number });
        }
        if let Some(before) = *recorded
            && entry.header.recorded_ms < before
        {
            self.steps.push(Behind { number: self.head.0, ms: before.saturating_sub(entry.header.recorded_ms) });
        }
        *recorded = Some(entry.header.recorded_ms);
        for anchor in self.against.iter().filter(|it| it.number() == number && !it.is_of(&entry.hash)) {
            self.note(Fault::OtherChain { anchor: anchor.clone() });
        }
        if entry.header.patient.is_none() {
            self.said.take(&entry);
        }
        self.head = (number, entry.hash);
    }

    /// What was printed of entries that are not there.
    fn beyond(&mut self) {
        let last = self.head.0;
        for anchor in self.against.iter().filter(|it| it.number() > last) {
            self.note(Fault::Cut { anchor: anchor.clone(), missing: anchor.number() - last });
        }
    }

    /// Every patient: the history without gaps, and what is kept beside it.
    fn patients(&mut self) -> rusqlite::Result<()> {
        let mut of_patient = Asked::of(self.connection)?;
        let mut after = i64::MIN;
        loop {
            let asked = format!("{} WHERE patient > :after ORDER BY patient LIMIT :most", rows::PATIENT);
            let most = i64::try_from(PAGE).unwrap_or(i64::MAX);
            let of = named_params! {":after": after, ":most": most};
            let keys: Vec<i64> =
                self.connection.prepare(&asked)?.query_map(of, |row| row.get(0))?.collect::<Result<_, _>>()?;
            let Some(last) = keys.last() else { return Ok(()) };
            after = *last;
            let (_, ward) = again::ward(self.connection)?;
            for key in keys {
                self.patient(&mut of_patient, key, &ward.clinic)?;
            }
        }
    }

    fn patient(&mut self, asked: &mut Asked<'_>, key: i64, clinic: &ClinicSet) -> rusqlite::Result<()> {
        // Row, entries and courses as they stand in one moment.
        let snapshot = self.connection.unchecked_transaction()?;
        self.patients += 1;
        let of = named_params! {":patient": key};
        let (uid, patient): (String, _) =
            asked.patient.query_row(of, |row| Ok((row.get(1)?, rows::patient(row).ok())))?;
        let Some(patient) = patient else {
            if let Ok(patient) = uid.parse() {
                self.note(Fault::Identity { patient });
            }
            return Ok(());
        };
        let stored: Vec<Option<Stored>> =
            asked.entries.query_map(of, |row| Ok(rows::entry(self.ward.1, row).ok()))?.collect::<Result<_, _>>()?;
        let is_in_order = (1..).zip(&stored).all(|(seq, it)| it.as_ref().is_none_or(|it| it.header.seq == Some(seq)));
        if !is_in_order || usize::try_from(patient.last_seq) != Ok(stored.len()) {
            self.note(Fault::History { patient: patient.uid });
        }
        let events: Vec<Event> = stored.iter().flatten().filter_map(Stored::event).collect();
        let state = fold::state(&events);
        if !patient.is_said(&state) {
            self.note(Fault::Identity { patient: patient.uid });
        }
        let as_of = CourseRow::as_of(&events);
        let kept = asked.courses(key, self.ward.0)?;
        if differing(&kept, &CourseRow::of_state(&state, as_of, clinic)).is_empty() {
            return Ok(());
        }
        // Other open days may have been set since.
        let (_, ward) = again::ward(&snapshot)?;
        for course in differing(&kept, &CourseRow::of_state(&state, as_of, &ward.clinic)) {
            self.note(Fault::Course { patient: patient.uid, course });
        }
        Ok(())
    }

    /// The row of the ward.
    fn ward(&mut self) -> rusqlite::Result<()> {
        let wards: u64 = self.connection.query_row("SELECT count(*) FROM ward", [], |row| rows::number(row, 0))?;
        let Said { name: said, settings: set, clinic: open } = &self.said;
        let is_said = match rows::ward(self.connection) {
            Ok((_, Ward { name, settings, clinic, .. })) => {
                wards == 1
                    && said.as_ref() == Some(&name)
                    && set.as_ref().is_some_and(|it| it.settings == settings)
                    && open.as_ref() == Some(&clinic)
            }
            Err(error) if is_of_value(&error) => false,
            Err(error) => return Err(error),
        };
        if !is_said {
            self.note(Fault::Ward);
        }
        Ok(())
    }

    /// The libraries that are kept.
    fn libraries(&mut self) -> rusqlite::Result<()> {
        for kept in library::all(self.connection)?.into_iter().filter(|kept| !kept.is_whole()) {
            self.note(Fault::Library { digest: kept.sha256 });
        }
        Ok(())
    }
}

/// What is asked of the database for each patient, prepared once.
struct Asked<'c> {
    patient: Statement<'c>,
    entries: Statement<'c>,
    courses: Statement<'c>,
}

impl<'c> Asked<'c> {
    fn of(connection: &'c Connection) -> rusqlite::Result<Self> {
        let courses =
            format!("SELECT {} FROM course c WHERE c.patient = :patient AND c.ward = :ward", projection::COURSE);
        Ok(Self {
            patient: connection.prepare(&format!("{} WHERE patient = :patient", rows::PATIENT))?,
            entries: connection.prepare(&format!("{} WHERE e.patient = :patient ORDER BY e.seq", rows::ENTRY))?,
            courses: connection.prepare(&courses)?,
        })
    }

    /// The courses that are kept of a patient. One that cannot be read is missing.
    fn courses(&mut self, patient: i64, ward: i64) -> rusqlite::Result<Vec<CourseRow>> {
        let of = named_params! {":patient": patient, ":ward": ward};
        let kept: Vec<Option<CourseRow>> =
            self.courses.query_map(of, |row| Ok(projection::course(row, 0).ok()))?.collect::<Result<_, _>>()?;
        Ok(kept.into_iter().flatten().collect())
    }
}

/// The courses of a patient that are kept otherwise than they are computed; none where they are computed again before
/// they are shown.
fn differing(kept: &[CourseRow], computed: &[CourseRow]) -> Vec<u32> {
    if kept.iter().any(|it| !it.is_current()) {
        return Vec::new();
    }
    let both = || computed.iter().chain(kept);
    let mut differing: Vec<u32> =
        both().filter(|it| !computed.contains(it) || !kept.contains(it)).map(|it| it.course).collect();
    differing.sort_unstable();
    differing.dedup();
    differing
}

impl Said {
    /// Takes over what an entry of the ward says.
    pub(super) fn take(&mut self, entry: &Stored) {
        match What::read(&entry.header.kind, entry.body.as_deref()) {
            What::Body(Body::WardOpened(opened)) => self.name = Some(opened.name),
            What::Body(Body::SettingsSet(set)) => self.settings = Some(set),
            What::Body(Body::ClinicSet(set)) => self.clinic = Some(set),
            _ => {}
        }
    }
}
