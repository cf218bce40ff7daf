//! An entry as it is stored: its header, its body, and the two hashes that hold it in its place.

use chrono::{DateTime, NaiveDate};

use super::Uid;
use crate::ward::event::{Event, What};

/// A SHA-256.
pub type Hash = [u8; 32];

/// What every entry says beside its body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// The ward.
    pub ward: Uid,
    /// Its number in the ward, from 1 without gaps.
    pub number: u64,
    /// The patient; none for an entry of the ward itself.
    pub patient: Option<Uid>,
    /// Its number in the history of the patient, from 1 without gaps.
    pub seq: Option<u32>,
    /// The course of the patient, from 1.
    pub course: Option<u32>,
    /// What happened.
    pub kind: String,
    /// The day of the ward's calendar on which it happened.
    pub on: NaiveDate,
    /// When it was recorded, by the clock of the computer: milliseconds of UTC since 1970.
    pub recorded_ms: i64,
    /// The minutes by which that clock was ahead of UTC.
    pub offset_min: i32,
    /// Who recorded it, as typed.
    pub by: String,
    /// The user of the computer.
    pub os_user: String,
    /// The computer.
    pub host: String,
    /// The program.
    pub program: String,
}

impl Header {
    /// The day on which it was recorded, on the calendar of the ward; none where its moment is none.
    pub fn recorded_on(&self) -> Option<NaiveDate> {
        let there = self.recorded_ms.checked_add(i64::from(self.offset_min) * 60_000)?;
        DateTime::from_timestamp_millis(there).map(|moment| moment.date_naive())
    }
}

/// An entry as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// What it says beside its body.
    pub header: Header,
    /// The body, byte for byte; none once it is erased.
    pub body: Option<String>,
    /// What was hashed before the body, so that nobody can guess an erased one; none once it is erased.
    pub salt: Option<[u8; 16]>,
    /// The hash of salt and body.
    pub body_hash: Hash,
    /// The hash of the entry before, the header, and the hash of the body.
    pub hash: Hash,
}

impl Stored {
    /// What it says of a patient; nothing where it is an entry of the ward, or who recorded it cannot be read.
    pub fn event(&self) -> Option<Event> {
        let header = &self.header;
        Some(Event {
            number: header.number,
            seq: header.seq?,
            course: header.course,
            on: header.on,
            recorded_ms: header.recorded_ms,
            offset_min: header.offset_min,
            by: header.by.parse().ok()?,
            what: What::read(&header.kind, self.body.as_deref()),
        })
    }

    /// What entries say, without those of which the patient has none.
    pub fn events(stored: &[Self]) -> Vec<Event> {
        stored.iter().filter_map(Self::event).collect()
    }
}
