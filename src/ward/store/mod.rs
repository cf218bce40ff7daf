//! The register of a ward where it is kept: entries in order, held in their places by a chain of hashes.
//!
//! What is shown of a patient is computed from the entries; what the register keeps beside them (who is due, the
//! settings of the ward) can be computed from them again. [`Store`] is what every register does, [`Sqlite`] one in a
//! file, `Postgres` one on a server, [`Register`] any of them.

mod again;
mod anchor;
mod append;
pub mod chain;
mod clock;
mod due;
mod entry;
mod erase;
mod error;
mod keep;
mod library;
mod list;
mod made;
mod moment;
mod new;
#[cfg(feature = "ward-postgres")]
mod postgres;
mod projection;
mod read;
mod register;
mod restored;
mod rows;
mod sqlite;
mod tables;
mod taken_back;
mod uid;
mod verified;
mod verify;

use crate::{
    json::Text,
    regimen::LibraryFile,
    ward::{
        Settings,
        event::{Body, ClinicSet, Draft, Event},
        namesake::Person,
    },
};

pub use anchor::{Anchor, NotAnAnchor};
pub use clock::{Clock, Now, Who};
pub use entry::{Hash, Header, Stored};
pub use error::{AddressFault, Behind, StoreError};
pub use library::KeptLibrary;
pub use list::{Asked, DamagedPatient, Due, DueLine, Group};
pub use made::refuse_invented;
pub use moment::{Moment, OfPatient};
pub use new::New;
#[cfg(feature = "ward-postgres")]
pub use postgres::Postgres;
pub use projection::Recomputed;
pub use register::{Register, is_address};
pub use restored::Restoring;
pub use sqlite::{Access, Backup, BackupTo, Sharing, Sqlite};
pub use taken_back::{HandedOn, Part};
pub use uid::{NotAUid, Uid};
pub use verified::{Fault, Verified};

/// A register of one ward.
///
/// # Errors
/// Each of these fails with what kept it from being done. A save that fails has stored nothing.
pub trait Store {
    /// The ward.
    fn ward(&self) -> &Ward;

    /// The register as it stands now. What is shown together is read in one moment, and shown after it.
    fn moment(&mut self) -> Result<Moment<'_>, StoreError>;

    /// The number and the hash of the last entry.
    fn head(&mut self) -> Result<(u64, Hash), StoreError> {
        self.moment()?.head()
    }

    /// A patient's entries, as they stand in one moment.
    fn patient(&mut self, key: &PatientKey) -> Result<History, StoreError> {
        self.moment()?.patient(key)
    }

    /// Entries of the ward in the order of their numbers, from one on.
    fn events(&mut self, from: u64, most: usize) -> Result<Vec<Stored>, StoreError> {
        self.moment()?.events(from, most)
    }

    /// The day of the last backup that is recorded in the register.
    fn last_backup(&mut self) -> Result<Option<chrono::NaiveDate>, StoreError> {
        self.moment()?.last_backup()
    }

    /// Everybody in the register who was not erased.
    fn persons(&mut self) -> Result<Vec<Person>, StoreError>;

    /// Records a patient who is new to the register: the first entry says who it is.
    fn register(&mut self, new: &[Draft], clock: &dyn Clock) -> Result<Appended, StoreError>;

    /// Records entries of a patient, all or none, if none came since the last one that was seen.
    fn append(&mut self, of: &PatientKey, seen: u32, new: &[Draft], clock: &dyn Clock) -> Result<Appended, StoreError>;

    /// Records entries of the ward itself, all or none: settings, open days, an anchor that was printed.
    fn append_to_ward(&mut self, new: &[Draft], clock: &dyn Clock) -> Result<Appended, StoreError>;

    /// Who is due, in the order in which a ward looks at it, by what the register keeps of each course. What cannot be read
    /// of that is computed from the entries. A list for people is read with the entries themselves ([`Moment::due`]).
    fn due(&mut self, asked: Asked) -> Result<Vec<DueLine>, StoreError> {
        self.make_current()?;
        self.moment()?.kept_lines(asked)
    }

    /// Computes the courses again that must be before a list is shown. Where nothing can be written now, a list computes
    /// them for itself alone.
    fn make_current(&mut self) -> Result<(), StoreError>;

    /// Computes courses again that an older program, or other open days, computed: of at most so many patients.
    fn refresh(&mut self, most: usize) -> Result<Refreshed, StoreError>;

    /// Computes the courses of every patient again from the entries, whatever is kept of them or lost; with them the name,
    /// the settings and the open days of the ward. Those whose entries cannot be relied on are left as they are.
    fn compute_again(&mut self) -> Result<Recomputed, StoreError>;

    /// The anchor of the last entry, to be printed. That it was is recorded.
    fn anchor(&mut self, by: &Text, clock: &dyn Clock) -> Result<Anchor, StoreError> {
        let (number, hash) = self.head()?;
        let anchor = Anchor::new(number, &hash);
        let draft = Draft { on: clock.now().day, by: by.clone(), course: None, body: anchor.entry().into() };
        self.append_to_ward(&[draft], clock)?;
        Ok(anchor)
    }

    /// Everything that can be proved of the register, and what is wrong with it.
    fn verify(&mut self, against: &[Anchor]) -> Result<Verified, StoreError>;

    /// Keeps the files of a library, and returns their digest.
    fn keep_library(&mut self, files: &[LibraryFile]) -> Result<String, StoreError>;

    /// The libraries that are kept, in the order of their digests.
    fn libraries(&mut self) -> Result<Vec<KeptLibrary>, StoreError>;

    /// Erases who a patient is and what was recorded of it. The chain stays whole.
    fn erase(
        &mut self,
        of: &PatientKey,
        seen: u32,
        erasing: &Erasing,
        clock: &dyn Clock,
    ) -> Result<Appended, StoreError>;
}

/// The ward of a register.
#[derive(Clone, Debug, PartialEq)]
pub struct Ward {
    /// Its name in the chain.
    pub uid: Uid,
    /// Its name.
    pub name: Text,
    /// What was set last, but for its open days.
    pub settings: Settings,
    /// Its open days, as they were set last.
    pub clinic: ClinicSet,
}

impl Ward {
    /// All its settings, with its open days.
    pub fn all_settings(&self) -> Settings {
        Settings {
            open_weekdays: self.clinic.open_weekdays.clone(),
            closed: self.clinic.closed.clone(),
            ..self.settings.clone()
        }
    }

    /// Takes over what an entry sets.
    fn set(&mut self, body: &Body) {
        match body {
            Body::SettingsSet(set) => self.settings.clone_from(&set.settings),
            Body::ClinicSet(set) => self.clinic.clone_from(set),
            _ => {}
        }
    }
}

/// Which patient is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PatientKey {
    /// The one with this identifier of the hospital.
    Id(Text),
    /// The one with this name in the register.
    Uid(Uid),
}

/// The entries of a patient, as they stand in one moment.
#[derive(Clone, Debug, PartialEq)]
pub struct History {
    /// The patient's name in the register.
    pub uid: Uid,
    /// The number of the last entry in the history: what was seen by whoever reads it.
    pub last_seq: u32,
    /// The entries, in order.
    pub stored: Vec<Stored>,
    /// The numbers of those that are not as they were stored.
    pub altered: Vec<u64>,
}

impl History {
    /// What they say.
    pub fn events(&self) -> Vec<Event> {
        Stored::events(&self.stored)
    }
}

/// What was recorded.
#[derive(Clone, Debug, PartialEq)]
pub struct Appended {
    /// The new entries, with their numbers and hashes.
    pub stored: Vec<Stored>,
    /// The history of the patient with them; none for entries of the ward.
    pub history: Option<History>,
    /// By how much the clock of this computer is behind the entry before, where it is.
    pub behind: Option<Behind>,
}

/// What came of computing courses again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Refreshed {
    /// Of how many patients.
    pub patients: usize,
    /// Whether there are more.
    pub is_more: bool,
}

/// Why a patient is erased.
#[derive(Clone, Debug, PartialEq)]
pub struct Erasing {
    /// The day.
    pub on: chrono::NaiveDate,
    /// Who does it.
    pub by: Text,
    /// Why.
    pub because: Text,
    /// Who ordered it.
    pub authority: Text,
}
