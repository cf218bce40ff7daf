//! How typed dates are read: as people write them, with or without the year.

use chrono::{Datelike, Days, NaiveDate};

use super::NotRead;
use crate::{json::YEARS, words::MONTHS};

/// What a typed date is read against.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reference {
    /// Today, on the day on which the date was typed.
    pub today: NaiveDate,
    /// Which year is meant where none is typed.
    pub without_year: WithoutYear,
    /// The day from which "+28" counts; none where that has no meaning.
    pub start: Option<NaiveDate>,
}

/// Which year is meant where none is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WithoutYear {
    /// That of the nearest such day past. Today counts as past.
    Past,
    /// That of the nearest such day to come. Today counts as to come.
    ToCome,
    /// None: the year must be typed.
    Refused,
}

/// Reads one date: 29.12., 29.12.2026, 29122026, 29 Dec, 2026-12-29, 1950/01/02, t for today, +28 for days after the
/// start date.
pub fn read_date(text: &str, reference: &Reference) -> Result<NaiveDate, NotRead> {
    let (day, rest) = Day::scan(text.trim(), true)?;
    if !rest.trim().is_empty() {
        return Err(NotRead::Date);
    }
    day.resolved(reference)
}

/// A date as it was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Day {
    /// Today.
    Today,
    /// So many days after the start date.
    AfterStart(u32),
    /// A day of a month, with or without the year.
    Of { day: u32, month: u32, year: Option<i32> },
    /// A day alone, whose month follows with another: "24." of "24.-26.12.".
    Alone { day: u32 },
}

impl Day {
    /// The date at the beginning of a text, and what follows it. A date that is `alone` has nothing behind it but a
    /// year.
    pub(super) fn scan(text: &str, alone: bool) -> Result<(Self, &str), NotRead> {
        if let Some(rest) = text.strip_prefix('+') {
            let (count, rest) = digits(rest.trim_start());
            return match count.parse() {
                Ok(count) if count <= 3660 => Ok((Self::AfterStart(count), rest)),
                _ => Err(NotRead::Date),
            };
        }
        let (word, rest) = letters(text);
        if word.eq_ignore_ascii_case("t") || word.eq_ignore_ascii_case("today") {
            return Ok((Self::Today, rest));
        }
        let (first, rest) = digits(text);
        match first.len() {
            8 => {
                let (day, rest_of_it) = first.split_at(2);
                let (month, year) = rest_of_it.split_at(2);
                Ok((Self::of(day, month, Some(year))?, rest))
            }
            4 => Self::year_first(first, rest),
            1 | 2 => Self::day_first(first, rest, alone),
            6 => Err(NotRead::ShortYear),
            _ => Err(NotRead::Date),
        }
    }

    /// "2026-12-29", "2026/12/29", "2026.12.29": the year first leaves no doubt about day and month.
    fn year_first<'t>(year: &str, rest: &'t str) -> Result<(Self, &'t str), NotRead> {
        let parted = |text: &'t str| text.strip_prefix(['-', '/', '.']).map(digits);
        let (month, after_month) = parted(rest).ok_or(NotRead::Date)?;
        let (day, after_day) = parted(after_month).ok_or(NotRead::Date)?;
        if rest.chars().next() != after_month.chars().next() {
            return Err(NotRead::Date);
        }
        Ok((Self::of(day, month, Some(year))?, after_day))
    }

    /// "29.12.", "29.12.2026", "29 Dec", "29. Dec 2026", "29-Dec-2026".
    fn day_first<'t>(day: &str, rest: &'t str, alone: bool) -> Result<(Self, &'t str), NotRead> {
        if rest.starts_with('/') {
            return Err(NotRead::Order);
        }
        let after_point = rest.strip_prefix('.');
        let behind = after_point.unwrap_or(rest).trim_start();
        let (month, after_month) = digits(behind);
        if after_point.is_some() && !month.is_empty() {
            if month.len() > 2 {
                return Err(NotRead::Date);
            }
            let (year, rest) = year_after(after_month, &['.', ' '], alone)?;
            // The point after the month belongs to the date.
            let rest = if year.is_none() { rest.strip_prefix('.').unwrap_or(rest) } else { rest };
            return Ok((Self::of(day, month, year)?, rest));
        }
        let named = behind.strip_prefix('-').unwrap_or(behind).trim_start();
        let (name, after_name) = letters(named);
        if name.chars().count() >= 3 {
            let month = month_of(name).ok_or(NotRead::UnknownMonth)?;
            let (year, rest) = year_after(after_name, &['.', ' ', '-', ','], alone)?;
            let rest = if year.is_none() { rest.strip_prefix('.').unwrap_or(rest) } else { rest };
            return Ok((Self::Of { day: number(day)?, month, year: year.map(in_years).transpose()? }, rest));
        }
        if after_point.is_some() && behind.starts_with(['-', '–']) {
            return Ok((Self::Alone { day: number(day)? }, behind));
        }
        // "01-12-2026" and "1 2 2026" can be either.
        let is_two_numbers = behind.trim_start_matches('-').trim_start().starts_with(|c: char| c.is_ascii_digit());
        Err(if is_two_numbers { NotRead::Order } else { NotRead::Date })
    }

    fn of(day: &str, month: &str, year: Option<&str>) -> Result<Self, NotRead> {
        Ok(Self::Of { day: number(day)?, month: number(month)?, year: year.map(in_years).transpose()? })
    }

    /// The day that is meant.
    pub(super) fn resolved(self, reference: &Reference) -> Result<NaiveDate, NotRead> {
        let is_refused = reference.without_year == WithoutYear::Refused;
        match self {
            Self::Today if is_refused => Err(NotRead::NoYear),
            Self::Today => Ok(reference.today),
            Self::AfterStart(count) => {
                let start = reference.start.ok_or(NotRead::FromStart)?;
                start
                    .checked_add_days(Days::new(count.into()))
                    .filter(|it| in_range(it.year()))
                    .ok_or(NotRead::NoSuchYear)
            }
            Self::Of { day, month, year: Some(year) } => in_calendar(year, month, day, true),
            Self::Of { .. } if is_refused => Err(NotRead::NoYear),
            Self::Of { day, month, year: None } if reference.without_year == WithoutYear::Past => {
                latest_until(day, month, reference.today)
            }
            Self::Of { day, month, year: None } => earliest_from(day, month, reference.today),
            Self::Alone { .. } => Err(NotRead::Date),
        }
    }
}

/// The latest such day of a month that is not after `until`.
pub(super) fn latest_until(day: u32, month: u32, until: NaiveDate) -> Result<NaiveDate, NotRead> {
    let is_later = (month, day) > (until.month(), until.day());
    in_calendar(until.year() - i32::from(is_later), month, day, false)
}

/// The earliest such day of a month that is not before `from`.
pub(super) fn earliest_from(day: u32, month: u32, from: NaiveDate) -> Result<NaiveDate, NotRead> {
    let is_earlier = (month, day) < (from.month(), from.day());
    in_calendar(from.year() + i32::from(is_earlier), month, day, false)
}

/// A day of the calendar, or what is wrong with it.
pub(super) fn in_calendar(year: i32, month: u32, day: u32, has_year: bool) -> Result<NaiveDate, NotRead> {
    let first = NaiveDate::from_ymd_opt(year, month, 1).ok_or(NotRead::NoSuchMonth)?;
    if !in_range(year) {
        return Err(NotRead::NoSuchYear);
    }
    let days = u32::from(first.num_days_in_month());
    first.with_day(day).ok_or(NotRead::ShortMonth { first, days, has_year })
}

fn in_range(year: i32) -> bool {
    YEARS.contains(&year)
}

/// A year of four digits behind a month, where there is one.
fn year_after<'t>(text: &'t str, separators: &[char], alone: bool) -> Result<(Option<&'t str>, &'t str), NotRead> {
    let (year, rest) = digits(text.trim_start_matches(separators));
    match year.len() {
        4 => Ok((Some(year), rest)),
        0 => Ok((None, text)),
        // "1.12.26", while "24.12. 3 visits" has a name behind it.
        _ if alone || text.strip_prefix('.').unwrap_or(text).starts_with(|c: char| c.is_ascii_digit()) => {
            Err(NotRead::ShortYear)
        }
        _ => Ok((None, text)),
    }
}

fn in_years(year: &str) -> Result<i32, NotRead> {
    let year: i32 = year.parse().map_err(|_| NotRead::Date)?;
    if year < 1000 { Err(NotRead::ShortYear) } else { Ok(year) }
}

fn number(text: &str) -> Result<u32, NotRead> {
    text.parse().map_err(|_| NotRead::Date)
}

/// The digits at the beginning of a text, and the rest.
fn digits(text: &str) -> (&str, &str) {
    text.split_at(text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len()))
}

/// The letters at the beginning of a text, and the rest.
fn letters(text: &str) -> (&str, &str) {
    text.split_at(text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len()))
}

/// The month of an English name, or of its first three letters or more.
fn month_of(name: &str) -> Option<u32> {
    let name = name.to_lowercase();
    let begins = |month: &&str| name.len() >= 3 && month.to_lowercase().starts_with(&name);
    let at = MONTHS.iter().position(begins)?;
    u32::try_from(at + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quantity::parse_date;

    fn day(text: &str) -> NaiveDate {
        parse_date(text).expect("a date")
    }

    fn against(today: &str, without_year: WithoutYear) -> Reference {
        Reference { today: day(today), without_year, start: None }
    }

    #[test]
    fn dates_are_read_as_people_write_them() {
        let past = against("2026-12-29", WithoutYear::Past);
        for text in [
            "29.12.",
            "29.12",
            "29. 12.",
            "29.12.2026",
            "29. 12. 2026",
            "29122026",
            "29 Dec",
            "29. Dec",
            "29-Dec-2026",
            "29 december 2026",
            "29 Dec, 2026",
            "29Dec2026",
            "29dec 2026",
            "2026-12-29",
            "2026/12/29",
            "2026.12.29",
            "t",
            "T",
            "today",
            " 29.12. ",
        ] {
            assert_eq!(read_date(text, &past), Ok(day("2026-12-29")), "{text}");
        }
        assert_eq!(read_date("1950/01/02", &past), Ok(day("1950-01-02")));
    }

    #[test]
    fn what_is_no_date_says_why() {
        let past = against("2026-12-29", WithoutYear::Past);
        let short = |first, days, has_year| NotRead::ShortMonth { first: day(first), days, has_year };
        for (text, why) in [
            ("18/11", NotRead::Order),
            ("1/12/2026", NotRead::Order),
            ("01-12-2026", NotRead::Order),
            ("18-11", NotRead::Order),
            ("1 2 2026", NotRead::Order),
            ("1.12.26", NotRead::ShortYear),
            ("1 Dec 26", NotRead::ShortYear),
            ("1 Mar 0026", NotRead::ShortYear),
            ("291226", NotRead::ShortYear),
            ("31.02.2026", short("2026-02-01", 28, true)),
            ("31.11.2026", short("2026-11-01", 30, true)),
            ("31.11.", short("2026-11-01", 30, false)),
            ("29.2.", short("2026-02-01", 28, false)),
            ("32.1.2026", short("2026-01-01", 31, true)),
            ("0.1.2026", short("2026-01-01", 31, true)),
            ("1.13.2026", NotRead::NoSuchMonth),
            ("20261229", NotRead::NoSuchMonth),
            ("1.1.1899", NotRead::NoSuchYear),
            ("1. März 1950", NotRead::UnknownMonth),
            ("1. Mrz 1950", NotRead::UnknownMonth),
            ("+28", NotRead::FromStart),
            ("1 Ju 2026", NotRead::Date),
            ("2026-12", NotRead::Date),
            ("2026-12.29", NotRead::Date),
            ("12", NotRead::Date),
            ("2912", NotRead::Date),
            ("29.12.2026 x", NotRead::Date),
            ("29.", NotRead::Date),
            ("29.-30.12.", NotRead::Date),
            ("x", NotRead::Date),
            ("", NotRead::Date),
        ] {
            assert_eq!(read_date(text, &past), Err(why), "{text}");
        }
    }

    #[test]
    fn a_year_that_is_left_out_is_the_nearest() {
        for (today, text, past, to_come) in [
            ("2026-12-29", "29.12.", "2026-12-29", "2026-12-29"),
            ("2026-12-29", "30.12.", "2025-12-30", "2026-12-30"),
            ("2026-12-29", "28 Dec", "2026-12-28", "2027-12-28"),
            ("2027-01-02", "18.11.", "2026-11-18", "2027-11-18"),
            ("2028-02-29", "29.2.", "2028-02-29", "2028-02-29"),
            ("2026-12-29", "1.1.", "2026-01-01", "2027-01-01"),
        ] {
            assert_eq!(read_date(text, &against(today, WithoutYear::Past)), Ok(day(past)), "{text} on {today}");
            assert_eq!(read_date(text, &against(today, WithoutYear::ToCome)), Ok(day(to_come)), "{text} on {today}");
            assert_eq!(read_date(text, &against(today, WithoutYear::Refused)), Err(NotRead::NoYear), "{text}");
        }
        let refused = against("2026-12-29", WithoutYear::Refused);
        assert_eq!(read_date("t", &refused), Err(NotRead::NoYear));
        assert_eq!(read_date("14.3.1958", &refused), Ok(day("1958-03-14")));
    }

    #[test]
    fn days_are_counted_from_the_start_where_that_has_a_meaning() {
        let start = Some(day("2026-12-01"));
        let counted = Reference { start, ..against("2026-11-30", WithoutYear::ToCome) };
        assert_eq!(read_date("+28", &counted), Ok(day("2026-12-29")));
        assert_eq!(read_date("+ 0", &counted), Ok(day("2026-12-01")));
        for text in ["+", "+x", "+99999", "+4294967296"] {
            assert_eq!(read_date(text, &counted), Err(NotRead::Date), "{text}");
        }
    }
}
