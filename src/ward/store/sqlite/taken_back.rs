//! Taking back what a register handed on: its entries, as they were stored, become a register again. What is kept beside
//! them (who the patients are, the courses, the settings of the ward) is computed from them.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use rusqlite::{Connection, ErrorCode, named_params};

use super::{
    super::{Clock, Fault, KeptLibrary, StoreError, Stored, Uid, Who, chain},
    again,
    create::empty,
    library,
    restore::{Restoring, missing, say_so},
    rows,
    trouble::of_database,
    verify,
};

/// What a register is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// An entry; they come in the order of their numbers, from the first one on.
    Entry(Box<Stored>),
    /// A library that was kept.
    Library(KeptLibrary),
}

/// The parts of a register, and the file that they are read from.
pub struct HandedOn<'f, P> {
    /// The file.
    pub file: &'f Path,
    /// The parts, each with what kept it from being had.
    pub parts: P,
}

/// Makes a register of the parts of another one. Returns how many entries it lacks of those that an anchor proves.
pub(super) fn take_back<E: From<StoreError>>(
    HandedOn { file: from, mut parts }: HandedOn<'_, impl Iterator<Item = Result<Part, E>>>,
    to: &Path,
    restoring: &Restoring,
    who: &Who,
    clock: &dyn Clock,
) -> Result<u64, E> {
    // A file of something else is refused before anything is made, its folder too.
    let first = parts.next().transpose()?;
    let (fresh, mut connection) = empty(to, restoring.sharing)?;
    let told = |error: &rusqlite::Error| of_database(to, error);
    // All of it in one transaction: nobody sees the file before it is whole, so nothing need be on the disk before.
    let transaction = connection.transaction().map_err(|error| told(&error))?;
    let mut taking = Taking { connection: &transaction, from, to, ward: None, patients: BTreeMap::new() };
    for part in first.into_iter().map(Ok).chain(parts) {
        match part? {
            Part::Entry(entry) => taking.entry(&entry)?,
            Part::Library(kept) => library::insert(&transaction, &kept).map_err(|error| told(&error))?,
        }
    }
    let ward = taking.finish()?;
    transaction.commit().map_err(|error| told(&error))?;
    let mut verified = verify::proved(&connection, ward, &restoring.against).map_err(|error| told(&error))?;
    // Where the end is proved to be missing, the entry on an erasure can be missing with it. What it erased is empty.
    let mut emptied = Vec::new();
    if verified.faults.iter().any(|it| matches!(it, Fault::Cut { .. })) {
        let (patients, numbers) = without_erasure(&connection).map_err(|error| told(&error))?;
        verified.faults.retain(|it| !matches!(it, Fault::Altered { number } if numbers.contains(number)));
        emptied = patients;
    }
    let missing = missing(from, &verified)?;
    say_so(fresh, connection, ward, (&verified, &emptied), (restoring, who, clock))?;
    Ok(missing)
}

/// The patients of whom every entry is empty, so that nothing says who erased them, and the numbers of these entries.
fn without_erasure(connection: &Connection) -> rusqlite::Result<(Vec<i64>, BTreeSet<u64>)> {
    let asked = "SELECT patient, number FROM event WHERE patient IN \
                 (SELECT patient FROM event GROUP BY patient HAVING count(body) = 0) ORDER BY number";
    let mut asked = connection.prepare(asked)?;
    let found = asked.query_map([], |row| Ok((row.get(0)?, rows::number(row, 1)?)))?;
    let found: Vec<(i64, u64)> = found.collect::<Result<_, _>>()?;
    let patients: BTreeSet<i64> = found.iter().map(|(patient, _)| *patient).collect();
    Ok((patients.into_iter().collect(), found.into_iter().map(|(_, number)| number).collect()))
}

/// A register that is being made of entries.
struct Taking<'t> {
    connection: &'t Connection,
    from: &'t Path,
    to: &'t Path,
    ward: Option<OfWard>,
    /// The keys of the patients so far.
    patients: BTreeMap<Uid, i64>,
}

/// The ward of the entries so far.
struct OfWard {
    key: i64,
    uid: Uid,
    last: Stored,
}

impl Taking<'_> {
    /// Stores the next entry.
    fn entry(&mut self, entry: &Stored) -> Result<(), StoreError> {
        let number = Some(entry.header.number);
        self.insert(entry).map_err(|error| self.told(&error, number))
    }

    fn insert(&mut self, entry: &Stored) -> rusqlite::Result<()> {
        let key = match &self.ward {
            Some(ward) => ward.key,
            None => self.open(entry)?,
        };
        let patient = entry.header.patient.map(|uid| self.patient(key, uid)).transpose()?;
        rows::insert(self.connection, key, patient, entry)?;
        if let Some(ward) = &mut self.ward {
            ward.last.clone_from(entry);
        }
        Ok(())
    }

    /// The row of the ward, which says nothing before the entries do.
    fn open(&mut self, first: &Stored) -> rusqlite::Result<i64> {
        let uid = first.header.ward;
        let insert =
            "INSERT INTO ward (uid, name, settings, clinic, head, hash) VALUES (:uid, '', '{}', '{}', 0, :hash)";
        self.connection.execute(insert, named_params! {":uid": uid.to_string(), ":hash": chain::origin(uid)})?;
        let key = self.connection.last_insert_rowid();
        self.ward = Some(OfWard { key, uid, last: first.clone() });
        Ok(key)
    }

    /// The key of a patient, who gets a row with the first entry.
    fn patient(&mut self, ward: i64, uid: Uid) -> rusqlite::Result<i64> {
        if let Some(key) = self.patients.get(&uid) {
            return Ok(*key);
        }
        let key = rows::insert_patient(self.connection, ward, uid)?;
        self.patients.insert(uid, key);
        Ok(key)
    }

    /// Writes what the entries amount to, and returns the ward.
    fn finish(self) -> Result<(i64, Uid), StoreError> {
        let is_none = || StoreError::NotARegister { path: self.from.to_owned() };
        let OfWard { key, uid, last } = self.ward.as_ref().ok_or_else(is_none)?;
        let told = |error: &rusqlite::Error| self.told(error, None);
        let update = "UPDATE ward SET head = :head, hash = :hash WHERE ward = :ward";
        let of = named_params! {":head": last.header.number.cast_signed(), ":hash": last.hash, ":ward": key};
        self.connection.execute(update, of).map_err(|error| told(&error))?;
        if again::all(self.connection, (*key, *uid)).map_err(|error| told(&error))? {
            Ok((*key, *uid))
        } else {
            Err(is_none())
        }
    }

    /// What an error means. What the rules of the database refuse is no entry that a register had.
    fn told(&self, error: &rusqlite::Error, number: Option<u64>) -> StoreError {
        if error.sqlite_error_code() == Some(ErrorCode::ConstraintViolation) {
            return StoreError::Damaged { path: self.from.to_owned(), number };
        }
        of_database(self.to, error)
    }
}
