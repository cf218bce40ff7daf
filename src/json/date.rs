//! Dates as files write them.

use std::ops::Range;

use chrono::{Datelike, NaiveDate};
use serde::{Deserializer, Serializer, ser::Error};

use super::{Expected, Faults, FromJson, Node, Notation, Path, Problem, printable, quick, read::text};

/// The years in which a date can be, the last one excluded; a date of any other year is a slip.
pub const YEARS: Range<i32> = 1900..2200;

/// Reads `2026-12-01`: exactly ten characters, a day of the calendar, one of [`YEARS`].
pub fn parse_date(text: &str) -> Option<NaiveDate> {
    let bytes = text.as_bytes();
    let shaped = bytes.len() == 10
        && bytes.iter().enumerate().all(|(at, byte)| match at {
            4 | 7 => *byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    if !shaped {
        return None;
    }
    let part = |range: Range<usize>| text[range].parse::<u32>().ok();
    let year = i32::try_from(part(0..4)?).ok()?;
    NaiveDate::from_ymd_opt(year, part(5..7)?, part(8..10)?).filter(|date| YEARS.contains(&date.year()))
}

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

impl FromJson for NaiveDate {
    fn from_json(node: Node<'_>, path: &Path<'_>, faults: &mut Faults) -> Option<Self> {
        let text = text(Expected::Notation(Notation::Date), node, path, faults)?;
        parse_date(&text).or_else(|| {
            let found = printable(&text);
            faults.note(path, node, Problem::Unreadable { found, expected: Notation::Date });
            None
        })
    }

    fn quick<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        quick::text(deserializer, parse_date)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_whole_calendar_date_is_a_date() {
        assert!(parse_date("2028-02-29").is_some());
        for text in ["2026-1-5", " 2026-01-05", "2026-02-29", "26-01-05", "1.12.2026", "0026-02-01", "2026-00-10"] {
            assert_eq!(parse_date(text), None, "{text}");
        }
    }
}
