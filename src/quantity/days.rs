//! Spans of time as labels write them.

use std::{fmt, str::FromStr};

use chrono::{Months, NaiveDate};

/// A number of days between two dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Days(u16);

impl Days {
    /// `n` days.
    pub const fn new(n: u16) -> Self {
        Self(n)
    }

    /// The days from one date to a later one; none where it is not later.
    pub fn between(from: NaiveDate, to: NaiveDate) -> Self {
        Self(u16::try_from((to - from).num_days()).unwrap_or_default())
    }

    /// The number of days.
    pub fn count(self) -> i64 {
        i64::from(self.0)
    }

    /// The day that lies this many days after `date`.
    pub fn after(self, date: NaiveDate) -> NaiveDate {
        date + chrono::Days::new(u64::from(self.0))
    }
}

impl fmt::Display for Days {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} day{}", self.0, if self.0 == 1 { "" } else { "s" })
    }
}

impl serde::Serialize for Days {
    /// The number of days.
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u16(self.0)
    }
}

impl FromStr for Days {
    type Err = ();

    /// Reads "21 days", "1 day" and "4 weeks".
    fn from_str(text: &str) -> Result<Self, ()> {
        let (number, unit) = text.split_once(' ').ok_or(())?;
        let count: u16 = number.parse().map_err(|_| ())?;
        match unit {
            "day" | "days" => Ok(Self(count)),
            "week" | "weeks" => count.checked_mul(7).map(Self).ok_or(()),
            _ => Err(()),
        }
    }
}

/// A number of minutes, the least time an infusion takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Minutes(u16);

impl Minutes {
    /// `n` minutes.
    pub const fn new(n: u16) -> Self {
        Self(n)
    }

    /// The number of minutes.
    pub fn count(self) -> u16 {
        self.0
    }
}

impl fmt::Display for Minutes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} minutes", self.0)
    }
}

impl FromStr for Minutes {
    type Err = ();

    /// Reads "15 minutes", "2 hours" and "1 hour".
    fn from_str(text: &str) -> Result<Self, ()> {
        let (number, unit) = text.split_once(' ').ok_or(())?;
        let count: u16 = number.parse().map_err(|_| ())?;
        let minutes = match unit {
            "minutes" => count,
            "hour" | "hours" => count.checked_mul(60).ok_or(())?,
            _ => return Err(()),
        };
        (minutes > 0).then_some(Self(minutes)).ok_or(())
    }
}

/// The same day `months` later, or the last day of a shorter month.
pub fn plus_months(date: NaiveDate, months: u16) -> NaiveDate {
    date + Months::new(u32::from(months))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::parse_date;

    #[test]
    fn spans_are_read_in_the_words_of_a_label() {
        assert_eq!("4 weeks".parse(), Ok(Days::new(28)));
        assert_eq!("1 day".parse(), Ok(Days::new(1)));
        assert_eq!("270 minutes".parse(), Ok(Minutes::new(270)));
        assert_eq!("2 hours".parse(), Ok(Minutes::new(120)));
        for text in ["21", "days", "3 months", "-1 days", "99999 weeks"] {
            assert_eq!(text.parse::<Days>(), Err(()), "{text}");
        }
        assert_eq!("0 minutes".parse::<Minutes>(), Err(()));
    }

    #[test]
    fn months_are_clamped_to_the_end_of_the_month() {
        let date = |text| parse_date(text).expect("a date");
        assert_eq!(plus_months(date("2027-08-31"), 6), date("2028-02-29"));
        assert_eq!(plus_months(date("2026-12-01"), 12), date("2027-12-01"));
    }
}
