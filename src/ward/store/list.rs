//! The list of a ward: who is due, who is late, who waits for a date, and who is on hold.

use chrono::NaiveDate;

use super::Uid;

/// What is asked of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The day of which it is the list.
    pub today: NaiveDate,
    /// How many days ahead it looks.
    pub ahead: u16,
}

/// Where in the list a course is, in the order in which a ward looks at it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// Its next dose was deferred, and no day is set.
    NoDate,
    /// Its next dose was due before the day of the list.
    Overdue,
    /// Its next dose is due on the day of the list.
    Today,
    /// Its next dose is due within the days that are asked for.
    Ahead,
    /// It is on hold.
    Held,
}

/// A course in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DueLine {
    /// Where it is in the list.
    pub group: Group,
    /// The patient's name in the register.
    pub uid: Uid,
    /// The identifier.
    pub id: String,
    /// The name.
    pub name: Option<String>,
    /// The date of birth.
    pub birth_date: Option<NaiveDate>,
    /// The course.
    pub course: u32,
    /// The drug, by its word.
    pub drug: String,
    /// The dose, with its unit.
    pub dose: Option<String>,
    /// The number of the next dose.
    pub next_dose: Option<u16>,
    /// The day on which it is due.
    pub due: Option<NaiveDate>,
    /// By how many days it is late.
    pub late_days: i64,
    /// The day on which a course on hold is looked at again.
    pub look_again: Option<NaiveDate>,
    /// How many doses were given.
    pub given: u32,
    /// The day of the last of them.
    pub last_given: Option<NaiveDate>,
}

impl DueLine {
    /// What lines are sorted by: the group; in it the latest first, then by day; then by name.
    pub(super) fn order(&self) -> impl Ord + use<> {
        let day = if self.group == Group::Held { self.look_again } else { self.due };
        let name = self.name.as_deref().unwrap_or_default().to_lowercase();
        (self.group, day.unwrap_or(NaiveDate::MAX), name, self.id.clone(), self.course)
    }
}
