//! The records of a ward's own entries, which belong to no patient.

use chrono::NaiveDate;

use crate::{
    json::{Text, record},
    patient::Weekday,
    request::Clinic,
    ward::{Closure, Settings},
};

record! {
    /// The register of a ward was opened.
    pub struct WardOpened(kind = "ward-opened") {
        /// The name of the ward.
        name: Text,
    }
}

record! {
    /// When the ward is open was set.
    pub struct ClinicSet(kind = "clinic-set") {
        /// Weekdays on which it is open; every day when left out.
        open_weekdays: Option<Vec<Weekday>>,
        /// Days on which it is closed.
        #[serde(default)]
        closed: Vec<Closure>,
    }
}

impl ClinicSet {
    /// The open days as a request has them, and as dates are computed with them.
    pub fn open_days(&self) -> Clinic {
        let settings = Settings { closed: self.closed.clone(), ..Settings::default() };
        let closed_dates = settings.closed_dates(NaiveDate::MIN, NaiveDate::MAX);
        Clinic { open_weekdays: self.open_weekdays.clone(), closed_dates }
    }
}

record! {
    /// The other settings of the ward were set.
    pub struct SettingsSet(kind = "settings-set") {
        /// All of them.
        settings: Settings,
    }
}

record! {
    /// The head of the chain was printed.
    pub struct Anchored(kind = "anchored") {
        /// The number of the entry.
        number: u64,
        /// The first digits of its hash.
        hash: Text,
    }
}

record! {
    /// The register was restored from a backup.
    pub struct Restored(kind = "restored") {
        /// The last entry of the backup.
        number: u64,
        /// The first digits of its hash.
        hash: Text,
    }
}

record! {
    /// The register was copied.
    pub struct Copied(kind = "copied") {
        /// From where, in the copy.
        from: Option<Text>,
        /// To where, in the original.
        to: Option<Text>,
        /// The last entry that was copied.
        number: u64,
        /// The first digits of its hash.
        hash: Text,
    }
}
