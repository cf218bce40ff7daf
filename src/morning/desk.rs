//! What the screens of a ward ask of its register. The register and the clock stand behind it.

use chrono::{NaiveDate, NaiveTime};

use super::Line;
use crate::json::Text;
use crate::ward::{
    event::Draft,
    namesake::Person,
    store::{Appended, DamagedPatient, History, Now, PatientKey, StoreError, Ward},
};

/// The register of a ward, as a nurse sits before it.
///
/// # Errors
/// Each of these fails with what kept it from being done; nothing is recorded then.
pub trait Desk {
    /// The ward.
    fn ward(&self) -> &Ward;

    /// The clock on the wall.
    fn now(&self) -> Now;

    /// The file or database of the register, as messages name it.
    fn place(&self) -> String;

    /// Who is due, up to so many days ahead, and who was given something today.
    fn morning(&mut self, ahead: u16) -> Result<Morning, StoreError>;

    /// Everybody in the register.
    fn everybody(&mut self) -> Result<Vec<Person>, StoreError>;

    /// A patient's entries.
    fn patient(&mut self, key: &PatientKey) -> Result<History, StoreError>;

    /// Records entries of a patient, all or none, if none came since the last one that was seen.
    fn record(&mut self, of: &PatientKey, seen: u32, new: &[Draft]) -> Result<Appended, StoreError>;

    /// Registers the patient of a saved plan, or plans a course of one who is known; what is said of it. A plan that replaces
    /// another takes the place of the open doses of the course under way. The error says why nothing was recorded.
    fn add(&mut self, plan: &[u8], replaces: bool, by: &Text) -> Result<Vec<String>, String>;

    /// Puts a made-up ward in the place of a register in which nobody is, to try the keys on, until the program is closed. The
    /// error says why it was not done.
    fn make_example(&mut self) -> Result<(), String>;
}

/// The list of a day, of one moment.
#[derive(Clone, Debug)]
pub struct Morning {
    /// The day.
    pub day: NaiveDate,
    /// When it was read.
    pub at: NaiveTime,
    /// The courses, in the order in which a ward looks at them.
    pub lines: Vec<Line>,
    /// Patients whose entries cannot be relied on.
    pub damaged: Vec<DamagedPatient>,
    /// The day of the last backup; none where there was none.
    pub last_backup: Option<NaiveDate>,
    /// Whether anybody is in the register.
    pub is_empty: bool,
}
