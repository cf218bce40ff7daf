//! Taking back what a register handed on: its entries, as they were stored, become a register again. What is kept beside
//! them (who the patients are, the courses, the settings of the ward) is computed from them.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use super::{
    Anchor, Fault, KeptLibrary, StoreError, Stored, Uid, Verified, again, chain,
    restored::missing,
    tables::{Done, Kind, NewWard, Trouble, Writing},
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

/// What is proved of entries that were taken back.
pub(super) struct Taken {
    pub(super) verified: Verified,
    /// The patients of whom every entry is empty, and the entry on the erasure is missing.
    pub(super) emptied: Vec<i64>,
    /// How many entries are missing of those that an anchor proves.
    pub(super) missing: u64,
}

/// Writes the parts of another register into tables in which nothing is yet.
pub(super) fn take<E: From<StoreError>>(
    HandedOn { file, parts }: HandedOn<'_, impl Iterator<Item = Result<Part, E>>>,
    tables: &dyn Writing,
) -> Result<(i64, Uid), E> {
    let mut taking = Taking { tables, from: file, ward: None, patients: BTreeMap::new() };
    for part in parts {
        match part? {
            Part::Entry(entry) => taking.entry(&entry)?,
            Part::Library(kept) => tables.insert_library(&kept).map_err(StoreError::from)?,
        }
    }
    Ok(taking.finish()?)
}

/// Proves what was taken back from a file, against what was printed.
pub(super) fn prove(
    tables: &dyn Writing,
    ward: (i64, Uid),
    from: &Path,
    against: &[Anchor],
) -> Result<Taken, StoreError> {
    let mut verified = verify::proved(tables, ward, against)?;
    // Where the end is proved to be missing, the entry on an erasure can be missing with it. What it erased is empty.
    let mut emptied = Vec::new();
    if verified.faults.iter().any(|it| matches!(it, Fault::Cut { .. })) {
        let found = tables.without_erasure(ward.0)?;
        let numbers: BTreeSet<u64> = found.iter().map(|(_, number)| *number).collect();
        let patients: BTreeSet<i64> = found.into_iter().map(|(patient, _)| patient).collect();
        verified.faults.retain(|it| !matches!(it, Fault::Altered { number } if numbers.contains(number)));
        emptied = patients.into_iter().collect();
    }
    let missing = missing(from, &verified)?;
    Ok(Taken { verified, emptied, missing })
}

/// A register that is being made of entries.
struct Taking<'t> {
    tables: &'t dyn Writing,
    from: &'t Path,
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
        let key = match &self.ward {
            Some(ward) => ward.key,
            None => self.open(entry).map_err(|trouble| match trouble.kind {
                // A server can hold this ward already.
                Kind::Rule => StoreError::Exists { path: self.tables.path().to_owned() },
                _ => trouble.into(),
            })?,
        };
        self.insert(key, entry).map_err(|trouble| self.told(trouble, Some(entry.header.number)))
    }

    fn insert(&mut self, ward: i64, entry: &Stored) -> Done<()> {
        let patient = entry.header.patient.map(|uid| self.patient(ward, uid)).transpose()?;
        self.tables.insert(ward, patient, entry)?;
        if let Some(ward) = &mut self.ward {
            ward.last.clone_from(entry);
        }
        Ok(())
    }

    /// The row of the ward, which says nothing before the entries do.
    fn open(&mut self, first: &Stored) -> Done<i64> {
        let uid = first.header.ward;
        let new = NewWard { uid, name: "", settings: "{}", clinic: "{}", hash: chain::origin(uid) };
        let key = self.tables.insert_ward(&new)?;
        self.ward = Some(OfWard { key, uid, last: first.clone() });
        Ok(key)
    }

    /// The key of a patient, who gets a row with the first entry.
    fn patient(&mut self, ward: i64, uid: Uid) -> Done<i64> {
        if let Some(key) = self.patients.get(&uid) {
            return Ok(*key);
        }
        let key = self.tables.insert_patient(ward, uid)?;
        self.patients.insert(uid, key);
        Ok(key)
    }

    /// Writes what the entries amount to, and returns the ward.
    fn finish(self) -> Result<(i64, Uid), StoreError> {
        let is_none = || StoreError::NotARegister { path: self.from.to_owned() };
        let OfWard { key, uid, last } = self.ward.as_ref().ok_or_else(is_none)?;
        let written = self.tables.set_head(*key, (last.header.number, last.hash));
        let written = written.and_then(|()| again::all(self.tables, (*key, *uid)));
        if written.map_err(|trouble| self.told(trouble, None))? { Ok((*key, *uid)) } else { Err(is_none()) }
    }

    /// What a trouble means. What the rules of the database refuse is no entry that a register had.
    fn told(&self, trouble: Trouble, number: Option<u64>) -> StoreError {
        if trouble.kind == Kind::Rule {
            return StoreError::Damaged { path: self.from.to_owned(), number };
        }
        trouble.into()
    }
}
