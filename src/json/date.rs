//! Dates as files write them.

use chrono::{Datelike, NaiveDate};
use serde::{Serializer, ser::Error};

/// A date of four figures a year as files write it: 2026-12-01.
fn iso(date: NaiveDate) -> [u8; 10] {
    let (year, month, day) = (date.year().unsigned_abs(), date.month(), date.day());
    let figure = |number: u32| b'0' + u8::try_from(number % 10).unwrap_or_default();
    [
        figure(year / 1000),
        figure(year / 100),
        figure(year / 10),
        figure(year),
        b'-',
        figure(month / 10),
        figure(month),
        b'-',
        figure(day / 10),
        figure(day),
    ]
}

/// Serializes a date as files write it.
#[allow(clippy::trivially_copy_pass_by_ref, reason = "the form that serde calls")]
pub(crate) fn iso_date<S: Serializer>(date: &NaiveDate, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(std::str::from_utf8(&iso(*date)).map_err(S::Error::custom)?)
}

/// Serializes a date that may be missing.
#[allow(clippy::ref_option, clippy::trivially_copy_pass_by_ref, reason = "the form that serde calls")]
pub(crate) fn iso_date_if_any<S: Serializer>(date: &Option<NaiveDate>, serializer: S) -> Result<S::Ok, S::Error> {
    match date {
        Some(date) => iso_date(date, serializer),
        None => serializer.serialize_none(),
    }
}
