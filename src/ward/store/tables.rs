//! What each database does for itself: its questions and its statements. What is decided by the answers is beside this
//! file, once for every register.

use std::{collections::BTreeMap, path::Path};

use chrono::NaiveDate;

use super::{
    DamagedPatient, Fault, Hash, KeptLibrary, PatientKey, StoreError, Stored, Uid, Ward, Who, due::Listed,
    projection::CourseRow, rows::PatientRow,
};
use crate::{
    json::Text,
    ward::{event::Identity, namesake::Person},
};

/// What kept a database from doing something.
#[derive(Debug)]
pub(super) struct Trouble {
    pub(super) error: Box<StoreError>,
    /// What the database says.
    pub(super) message: String,
    pub(super) kind: Kind,
}

/// What kind of trouble it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A value is not as the register writes it, in a database that can be read.
    Value,
    /// The rules of the database refuse a row.
    Rule,
    /// Anything else.
    Other,
}

impl Trouble {
    /// Whether it says that what is in the database is not as it was written.
    pub(super) fn is_damage(&self) -> bool {
        matches!(*self.error, StoreError::Damaged { .. } | StoreError::NotARegister { .. })
    }

    /// Whether it says that a value is not as it was written, in a database that can be read.
    pub(super) fn is_of_value(&self) -> bool {
        self.kind == Kind::Value
    }
}

impl From<Trouble> for StoreError {
    fn from(trouble: Trouble) -> Self {
        *trouble.error
    }
}

/// What comes of a question or a statement.
pub(super) type Done<T> = Result<T, Trouble>;

/// What the tables of a register are asked. A ward and a patient are named by the keys of their rows.
pub(super) trait Reading {
    /// Where the register is, as an error names it.
    fn path(&self) -> &Path;

    /// The ward as the register keeps it, and its key.
    fn ward(&self) -> Done<(i64, Ward)>;

    /// The key and the name of the ward, if there is one.
    fn ward_name(&self) -> Done<Option<(i64, Uid)>>;

    /// How many wards there are: one, unless somebody has added another.
    fn wards(&self) -> Done<u64>;

    /// The number and the hash of the last entry, as the ward says it.
    fn head(&self, ward: i64) -> Done<(u64, Hash)>;

    /// The same by the entries.
    fn last_hash(&self, ward: (i64, Uid)) -> Done<(u64, Hash)>;

    /// The last entry.
    fn last(&self, ward: (i64, Uid)) -> Done<Option<Stored>>;

    /// The entry with a number.
    fn entry(&self, ward: (i64, Uid), number: u64) -> Done<Option<Stored>>;

    /// The hash of the entry with a number.
    fn hash_of(&self, ward: i64, number: u64) -> Done<Option<Hash>>;

    /// Entries in the order of their numbers, from one on.
    fn events(&self, ward: (i64, Uid), from: u64, most: usize) -> Done<Vec<Stored>>;

    /// The entries after one with their numbers; none of one that cannot be read.
    fn numbered(&self, ward: (i64, Uid), after: u64, most: usize) -> Done<Vec<(u64, Option<Stored>)>>;

    /// The entries that are of no patient.
    fn of_ward(&self, ward: (i64, Uid)) -> Done<Vec<Stored>>;

    /// The row of a patient. A person who was erased is found by the name of the register alone.
    fn find(&self, ward: i64, key: &PatientKey) -> Done<Option<PatientRow>>;

    /// The row of a patient who is there, or what of it can be read.
    fn row(&self, patient: i64) -> Done<Result<PatientRow, DamagedPatient>>;

    /// The entries of a patient in order; none of one that cannot be read.
    fn entries(&self, ward: Uid, patient: i64) -> Done<Vec<Option<Stored>>>;

    /// The same in the chain.
    fn chained(&self, ward: Uid, patient: i64) -> Done<Vec<Chained>>;

    /// The identifiers of patients with their keys, in their order, those after one.
    fn ids(&self, ward: i64, after: Option<&Text>, most: usize) -> Done<Vec<(Text, i64)>>;

    /// Everybody who was not erased.
    fn persons(&self, ward: i64) -> Done<Vec<Person>>;

    /// Patients by their keys, at most so many, those after one; if so asked, only those who were not erased.
    fn keys(&self, after: i64, most: usize, only_kept: bool) -> Done<Vec<i64>>;

    /// The day on which the register was last copied to another place.
    fn last_backup(&self, ward: i64) -> Done<Option<NaiveDate>>;

    /// The courses that are kept of a patient, in the order of their numbers; none of one that cannot be read.
    fn courses(&self, ward: i64, patient: i64) -> Done<Vec<Option<CourseRow>>>;

    /// The courses that can be in a list up to a day, each with the key of its patient; none of one that cannot be read.
    fn listed(&self, ward: i64, last: NaiveDate) -> Done<Vec<(i64, Option<Listed>)>>;

    /// The patients with a course whose day is none that the register writes.
    fn without_day(&self, ward: i64) -> Done<Vec<i64>>;

    /// The patients with a course that was computed by another fold, with the fold of one of them.
    fn of_other_fold(&self, fold: u32) -> Done<BTreeMap<i64, i64>>;

    /// Those who have a plan, of whom no course is kept.
    fn lost(&self, ward: i64) -> Done<Vec<i64>>;

    /// The libraries that are kept, in the order of their digests.
    fn libraries(&self) -> Done<Vec<KeptLibrary>>;

    /// Whether a library is kept.
    fn has_library(&self, digest: &str) -> Done<bool>;

    /// The entries that are not under their number, and those that are empty though nobody erased them, or the other way
    /// round.
    fn misplaced(&self, ward: i64) -> Done<Vec<u64>>;

    /// The patients of whom every entry is empty, so that nothing says who erased them, each with the number of an entry.
    fn without_erasure(&self, ward: i64) -> Done<Vec<(i64, u64)>>;

    /// What is wrong with the database itself: its pages, its references, its form.
    fn own_faults(&self) -> Done<Vec<Fault>>;

    /// Holds what is read until this is dropped as it is in one moment.
    fn snapshot(&self) -> Done<Box<dyn Snapshot + '_>>;
}

/// An entry with its number, and the hash of the one before.
pub(super) struct Chained {
    pub(super) number: u64,
    /// The entry, where it can be read.
    pub(super) entry: Option<Stored>,
    pub(super) before: Option<Hash>,
}

/// What holds the tables as they are in one moment.
pub(super) trait Snapshot {}

/// What is written into the tables of a register, in one transaction. Nothing of it stays without [`Writing::commit`].
pub(super) trait Writing: Reading {
    /// Stores an entry.
    fn insert(&self, ward: i64, patient: Option<i64>, entry: &Stored) -> Done<()>;

    /// A row for a patient of whom nothing is recorded yet; its key.
    fn insert_patient(&self, ward: i64, uid: Uid) -> Done<i64>;

    /// A row for a ward of which nothing is recorded yet; its key.
    fn insert_ward(&self, new: &NewWard<'_>) -> Done<i64>;

    /// Writes who a patient is: nobody, once the patient is erased.
    fn set_identity(&self, patient: i64, identity: Option<&Identity>) -> Done<()>;

    /// Writes the number of the last entry of a patient.
    fn set_last(&self, patient: i64, seq: u32) -> Done<()>;

    /// Writes whether a patient is erased.
    fn set_erased(&self, patient: i64, erased: bool) -> Done<()>;

    /// Writes the head of the chain.
    fn set_head(&self, ward: i64, head: (u64, Hash)) -> Done<()>;

    /// Writes the name of a ward.
    fn set_name(&self, ward: i64, name: &Text) -> Done<()>;

    /// Writes the settings of a ward, as its entry says them.
    fn set_settings(&self, ward: i64, body: &str) -> Done<()>;

    /// Writes the open days of a ward, as its entry says them.
    fn set_clinic(&self, ward: i64, body: &str) -> Done<()>;

    /// Takes the identifier from every patient, before each gets the one that the entries say: two may have each other's.
    fn without_ids(&self, ward: i64) -> Done<()>;

    /// Empties the entries of a patient, and deletes the courses.
    fn empty(&self, patient: i64) -> Done<()>;

    /// Writes the courses of a patient in the place of those that are kept.
    fn replace(&self, ward: i64, patient: i64, courses: &[CourseRow]) -> Done<()>;

    /// Writes of all courses of a ward by which fold they were computed.
    fn set_folds(&self, ward: i64, fold: u32) -> Done<()>;

    /// The same of the courses of a patient.
    fn set_fold(&self, patient: i64, fold: u32) -> Done<()>;

    /// Keeps a library; one that is there stays as it is.
    fn insert_library(&self, library: &KeptLibrary) -> Done<()>;

    /// Writes all of it to the disk, where others read it from then on.
    fn commit(self: Box<Self>) -> Result<(), StoreError>;
}

/// What the row of a new ward has.
pub(super) struct NewWard<'n> {
    pub(super) uid: Uid,
    pub(super) name: &'n str,
    pub(super) settings: &'n str,
    pub(super) clinic: &'n str,
    /// The hash before its first entry.
    pub(super) hash: Hash,
}

/// A register, by its database.
pub(super) trait Database {
    /// Whether something may be recorded in it.
    fn can_write(&self) -> bool;

    /// Its tables, each question for itself: for what takes long.
    fn apart(&mut self) -> Result<Opened<'_>, StoreError>;

    /// Its tables as they stand in one moment.
    fn moment(&mut self) -> Result<Opened<'_>, StoreError>;

    /// Its tables, in which nobody else writes until it is committed or dropped.
    fn begin(&mut self) -> Result<Begun<'_>, StoreError>;
}

/// The tables of a register, its ward as it was read last, and the key of that.
pub(super) struct Opened<'s> {
    pub(super) tables: Box<dyn Reading + 's>,
    pub(super) key: i64,
    pub(super) ward: &'s mut Ward,
}

/// The same for a save.
pub(super) struct Begun<'s> {
    pub(super) tables: Box<dyn Writing + 's>,
    pub(super) key: i64,
    pub(super) ward: &'s mut Ward,
    pub(super) who: &'s Who,
}
