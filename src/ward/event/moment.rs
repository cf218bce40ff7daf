//! How an entry writes what a record of medicines needs beside dates: the time of day, the expiry of a batch, and a
//! document that is kept letter for letter.

use std::{fmt, str::FromStr};

use chrono::NaiveDate;

use crate::json::{Expected, Faults, FromJson, Node, Notation, Path, Phrase, parse_date, read_text};

/// A time on the clock of the ward: "09:40".
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TimeOfDay {
    minutes: u16,
}

impl TimeOfDay {
    /// A time of day; none where no clock shows it.
    pub fn new(hour: u16, minute: u16) -> Option<Self> {
        (hour < 24 && minute < 60).then_some(Self { minutes: hour * 60 + minute })
    }

    /// Whether an infusion that began at `other` cannot have ended at this time. It may have ended after midnight, but
    /// none takes half a day.
    pub(super) fn is_before(self, other: Self) -> bool {
        const DAY: u16 = 24 * 60;
        (self.minutes + DAY - other.minutes) % DAY > DAY / 2
    }
}

impl fmt::Display for TimeOfDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.minutes / 60, self.minutes % 60)
    }
}

impl FromStr for TimeOfDay {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (hour, minute) = text.split_once(':').ok_or(())?;
        Self::new(two_digits(hour)?, two_digits(minute)?).ok_or(())
    }
}

impl Phrase for TimeOfDay {
    const NOTATION: Notation = Notation::TimeOfDay;
}

fn two_digits(text: &str) -> Result<u16, ()> {
    let is_shaped = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
    if is_shaped { text.parse().map_err(drop) } else { Err(()) }
}

/// When a batch expires, as its label says it: a month, or a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Expiry {
    first: NaiveDate,
    has_day: bool,
}

impl Expiry {
    /// Whether the label says the day, and not the month alone.
    pub fn has_day(self) -> bool {
        self.has_day
    }

    /// The last day on which the batch may be used.
    pub fn last_day(self) -> NaiveDate {
        let next_month = || self.first.checked_add_months(chrono::Months::new(1))?.pred_opt();
        if self.has_day { self.first } else { next_month().unwrap_or(self.first) }
    }
}

impl fmt::Display for Expiry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let format = if self.has_day { "%Y-%m-%d" } else { "%Y-%m" };
        write!(f, "{}", self.first.format(format))
    }
}

impl FromStr for Expiry {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let has_day = text.len() > 7;
        let day = if has_day { parse_date(text) } else { parse_date(&format!("{text}-01")) };
        day.map(|first| Self { first, has_day }).ok_or(())
    }
}

impl Phrase for Expiry {
    const NOTATION: Notation = Notation::Expiry;
}

/// A document inside an entry, kept letter for letter.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, schemars::JsonSchema)]
#[serde(transparent)]
pub struct Letters(pub String);

impl FromJson for Letters {
    fn from_json(node: Node<'_>, path: &Path<'_>, faults: &mut Faults) -> Option<Self> {
        read_text(Expected::Text, node, path, faults).map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_of_day_is_one_that_a_clock_shows() {
        for text in ["00:00", "09:40", "23:59"] {
            assert_eq!(text.parse::<TimeOfDay>().unwrap().to_string(), text);
        }
        for text in ["24:00", "9:40", "09:60", "09.40", "0940", "+9:40", "09:4", ""] {
            assert_eq!(text.parse::<TimeOfDay>(), Err(()), "{text}");
        }
    }

    #[test]
    fn a_month_of_expiry_ends_with_its_last_day() {
        let day = |text| parse_date(text).unwrap();
        for (text, last) in [("2028-02", "2028-02-29"), ("2028-04-12", "2028-04-12"), ("2199-12", "2199-12-31")] {
            let expiry: Expiry = text.parse().unwrap();
            assert_eq!((expiry.to_string().as_str(), expiry.last_day()), (text, day(last)));
        }
        for text in ["2028", "2028-13", "2028-4", "04-2028", "2028-02-30", ""] {
            assert_eq!(text.parse::<Expiry>(), Err(()), "{text}");
        }
    }
}
