//! A register as it stands in one moment. Whatever is shown together, such as a list with its last entry, is read by one of
//! these: somebody may record or erase something between two reads.

use chrono::NaiveDate;

use super::{
    Asked, DamagedPatient, Due, DueLine, Hash, History, PatientKey, StoreError, Stored, Uid, Ward, again, due, read,
    tables::{Database, Opened, Reading, Trouble},
};
use crate::{
    json::Text,
    ward::{
        event::Event,
        fold::{CourseState, PatientState},
    },
};

/// A register as it stands in one moment. It is let go before anything is shown: while it is held the database keeps what
/// was changed since.
pub struct Moment<'s> {
    tables: Box<dyn Reading + 's>,
    key: i64,
    ward: Ward,
}

/// What a patient's entries amount to, or who it is whose entries cannot be relied on.
pub type OfPatient = Result<PatientState, DamagedPatient>;

impl<'s> Moment<'s> {
    /// What is in the register now.
    pub(super) fn of(database: &'s mut dyn Database) -> Result<Self, StoreError> {
        let Opened { tables, ward, .. } = database.moment()?;
        // The open days and settings of the same moment.
        let (key, now) = again::ward(&*tables)?;
        ward.clone_from(&now);
        Ok(Self { tables, key, ward: now })
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
        let said = self.tables.head(self.key);
        // What the ward says of it cannot be read: nothing is recorded then, and the entries are read all the same.
        let head =
            if said.as_ref().is_err_and(Trouble::is_of_value) { self.tables.last_hash(self.named()) } else { said };
        Ok(head?)
    }

    /// A patient's entries.
    ///
    /// # Errors
    /// When there is no such patient.
    pub fn patient(&self, key: &PatientKey) -> Result<History, StoreError> {
        read::patient(&*self.tables, self.named(), key)?.ok_or(StoreError::UnknownPatient)
    }

    /// At most so many patients in the order of their identifiers, those after one, with what their entries amount to.
    ///
    /// # Errors
    /// When the register cannot be read.
    pub fn patients(&self, after: Option<&Text>, most: usize) -> Result<Vec<(Text, OfPatient)>, StoreError> {
        let of = |(id, patient)| {
            let relied = read::relied(&*self.tables, self.ward.uid, patient)?;
            Ok((id, relied.map(|it| it.state)))
        };
        self.tables.ids(self.key, after, most)?.into_iter().map(of).collect()
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
        Ok(due::with_entries(&*self.tables, (self.key, &self.ward), asked, beside)?)
    }

    /// The lines of the list by what the register keeps of each course.
    pub(super) fn kept_lines(&self, asked: Asked) -> Result<Vec<DueLine>, StoreError> {
        Ok(due::kept_lines(&*self.tables, (self.key, &self.ward), asked)?)
    }

    /// Entries of the ward in the order of their numbers, from one on.
    ///
    /// # Errors
    /// When the register cannot be read.
    pub fn events(&self, from: u64, most: usize) -> Result<Vec<Stored>, StoreError> {
        Ok(self.tables.events(self.named(), from, most)?)
    }

    /// The day of the last backup that is recorded in the register.
    ///
    /// # Errors
    /// When the register cannot be read.
    pub fn last_backup(&self) -> Result<Option<NaiveDate>, StoreError> {
        Ok(self.tables.last_backup(self.key)?)
    }

    fn named(&self) -> (i64, Uid) {
        (self.key, self.ward.uid)
    }
}
