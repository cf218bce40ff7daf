//! What an entry says of the moment and the computer at which it is recorded.

use chrono::{NaiveDate, NaiveTime};

/// A moment, as the computer of the ward tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Now {
    /// The day of the ward's calendar.
    pub day: NaiveDate,
    /// The time on the wall.
    pub time: NaiveTime,
    /// The minutes by which the ward is ahead of UTC.
    pub offset_min: i32,
    /// Milliseconds of UTC since 1970.
    pub ms: i64,
}

/// A clock. The register asks it when it holds the lock, so that entries have their numbers in the order of time.
pub trait Clock {
    /// What time it is.
    fn now(&self) -> Now;
}

/// Who uses which program on which computer: a statement of the computer, beside the name that was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Who {
    /// The user of the computer.
    pub os_user: String,
    /// The computer.
    pub host: String,
    /// The program and its version.
    pub program: String,
}
