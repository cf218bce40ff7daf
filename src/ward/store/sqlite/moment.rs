//! A register as it stands in one moment. Whatever is shown together, such as a list with its last entry, is read by one of
//! these: somebody may record or erase something between two reads.

use std::path::Path;

use chrono::NaiveDate;
use rusqlite::Transaction;

use super::{
    super::{Asked, DamagedPatient, Due, DueLine, Hash, History, PatientKey, StoreError, Stored, Ward},
    Sqlite, again, due, read, rows,
    trouble::{is_of_value, of_database},
};
use crate::{
    json::Text,
    ward::{
        event::Event,
        fold::{CourseState, PatientState},
    },
};

/// A register as it stands in one moment. It is let go before anything is shown: while it is held the journal cannot shrink.
pub struct Moment<'s> {
    snapshot: Transaction<'s>,
    path: &'s Path,
    key: i64,
    ward: Ward,
}

/// What a patient's entries amount to, or who it is whose entries cannot be relied on.
pub type OfPatient = Result<PatientState, DamagedPatient>;

impl<'s> Moment<'s> {
    /// What is in the register now.
    pub(super) fn of(store: &'s mut Sqlite) -> Result<Self, StoreError> {
        store.is_still_there()?;
        let Sqlite { connection, path, ward, .. } = store;
        let told = |error: &rusqlite::Error| of_database(path, error);
        let snapshot = connection.transaction().map_err(|error| told(&error))?;
        // The open days and settings of the same moment.
        let (key, now) = again::ward(&snapshot).map_err(|error| told(&error))?;
        ward.clone_from(&now);
        Ok(Self { snapshot, path, key, ward: now })
    }

    /// The ward.
    pub fn ward(&self) -> &Ward {
        &self.ward
    }

    /// The number and the hash of the last entry.
    ///
    /// # Errors
    /// When the register cannot be read, as for all that follow.
    pub fn head(&self) -> Result<(u64, Hash), StoreError> {
        let said = rows::head(&self.snapshot, self.key);
        // What the ward says of it cannot be read: nothing is recorded then, and the entries are read all the same.
        let head = if said.as_ref().is_err_and(is_of_value) {
            rows::last(&self.snapshot, (self.key, self.ward.uid))
        } else {
            said
        };
        self.read(head)
    }

    /// A patient's entries.
    ///
    /// # Errors
    /// When there is no such patient.
    pub fn patient(&self, key: &PatientKey) -> Result<History, StoreError> {
        self.read(read::patient(&self.snapshot, (self.key, self.ward.uid), key))?.ok_or(StoreError::UnknownPatient)
    }

    /// At most so many patients in the order of their identifiers, those after one, with what their entries amount to.
    ///
    /// # Errors
    /// When the register cannot be read.
    pub fn patients(&self, after: Option<&Text>, most: usize) -> Result<Vec<(Text, OfPatient)>, StoreError> {
        let all = self.read(read::patients(&self.snapshot, self.key, after, most))?;
        let of = |(id, patient)| {
            let relied = read::relied(&self.snapshot, self.ward.uid, patient)?;
            Ok((id, relied.map(|it| it.state)))
        };
        self.read(all.into_iter().map(of).collect())
    }

    /// Who is due, with what is made of the entries beside each line. The lines are those of the entries, whatever the
    /// register keeps of them.
    ///
    /// # Errors
    /// When the register cannot be read.
    pub fn due<T: Clone>(
        &self,
        asked: Asked,
        beside: impl FnMut(&PatientState, &CourseState, &[Event]) -> T,
    ) -> Result<Due<T>, StoreError> {
        self.read(due::with_entries(&self.snapshot, (self.key, &self.ward), asked, beside))
    }

    /// The lines of the list by what the register keeps of each course.
    pub(super) fn kept_lines(&self, asked: Asked) -> Result<Vec<DueLine>, StoreError> {
        self.read(due::kept_lines(&self.snapshot, (self.key, &self.ward), asked))
    }

    /// Entries of the ward in the order of their numbers, from one on.
    ///
    /// # Errors
    /// When the register cannot be read.
    pub fn events(&self, from: u64, most: usize) -> Result<Vec<Stored>, StoreError> {
        self.read(read::events(&self.snapshot, (self.key, self.ward.uid), from, most))
    }

    /// The day of the last backup that is recorded in the register.
    ///
    /// # Errors
    /// When the register cannot be read.
    pub fn last_backup(&self) -> Result<Option<NaiveDate>, StoreError> {
        self.read(read::last_backup(&self.snapshot, self.key))
    }

    fn read<T>(&self, read: rusqlite::Result<T>) -> Result<T, StoreError> {
        read.map_err(|error| of_database(self.path, &error))
    }
}
