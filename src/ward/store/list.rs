//! The list of a ward: who is due, who is late, who waits for a date, who is on hold, and what is to be checked.

use chrono::{Days, NaiveDate};

use super::Uid;
use crate::plan::DatedCheck;

/// What is asked of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The day of which it is the list.
    pub today: NaiveDate,
    /// How many days ahead it looks.
    pub ahead: u16,
}

impl Asked {
    /// The last day of the list.
    pub(super) fn last(self) -> NaiveDate {
        self.today.checked_add_days(Days::new(self.ahead.into())).unwrap_or(self.today)
    }
}

/// Where in the list a course is, in the order in which a ward looks at it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// Its next dose has no day, and somebody must decide: it was deferred and no day is set, no open day was found, or
    /// it is past the end of the course.
    NoDate,
    /// Its next dose was due before the day of the list.
    Overdue,
    /// Its next dose is due on the day of the list.
    Today,
    /// Its next dose is due within the days that are asked for.
    Ahead,
    /// It is on hold.
    Held,
    /// A check or a review has its day, or every dose is answered and the course has not ended.
    Checks,
}

/// A course in the list. It is there twice where a dose and a check of it have their day.
#[derive(Clone, Debug, PartialEq)]
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
    /// The day on which it would be due, where that is past the end of the course, so that it is not booked.
    pub past_end: Option<NaiveDate>,
    /// The day on which it was due, where the course has reached its end since, so that it is not booked.
    pub lapsed: Option<NaiveDate>,
    /// By how many days it, or the first check, is late.
    pub late_days: i64,
    /// The day on which a course on hold is looked at again.
    pub look_again: Option<NaiveDate>,
    /// How many doses were given.
    pub given: u32,
    /// The day of the last of them.
    pub last_given: Option<NaiveDate>,
    /// The checks and reviews up to the last day of the list; none outside their group.
    pub checks: Vec<DatedCheck>,
    /// Whether every dose is answered and no value is still to be checked, so that the course is ended or planned again.
    pub all_answered: bool,
}

/// A patient whose entries are not as they were recorded: nobody can say by them what is due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DamagedPatient {
    /// The patient's name in the register; none where it cannot be read.
    pub uid: Option<Uid>,
    /// The identifier, as far as the register still has it.
    pub id: Option<String>,
    /// The name.
    pub name: Option<String>,
    /// The date of birth.
    pub birth_date: Option<NaiveDate>,
    /// The entries that were altered or cannot be read; none where entries are missing, or are not of the person who is
    /// named beside them.
    pub entries: Vec<u64>,
}

/// The list of a ward, with what its entries say beside each line.
#[derive(Clone, Debug, PartialEq)]
pub struct Due<T> {
    /// The courses, in the order in which a ward looks at them.
    pub lines: Vec<(DueLine, T)>,
    /// Those of whom nothing can be said. They are on every list until it is cleared up.
    pub damaged: Vec<DamagedPatient>,
}

impl DueLine {
    /// What lines are sorted by: the group; in it the latest first, then by day; then by name.
    pub(super) fn order(&self) -> impl Ord + use<> {
        let day = match self.group {
            Group::Held => self.look_again,
            Group::Checks => self.checks.first().map(|check| check.on),
            Group::NoDate | Group::Overdue | Group::Today | Group::Ahead => self.due,
        };
        let name = self.name.as_deref().unwrap_or_default().to_lowercase();
        (self.group, day.unwrap_or(NaiveDate::MAX), name, self.id.clone(), self.course)
    }
}
