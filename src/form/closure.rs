//! How days on which a clinic is closed are read: a day or a range, and a name.

use chrono::{Datelike, NaiveDate};

use super::{
    NotRead, Reference, WithoutYear,
    day::{Day, earliest_from, in_calendar, latest_until},
    read::read_text,
};
use crate::json::Text;

/// The most days of one closure: a longer one is a slip in its year or month.
const MOST_DAYS: i64 = 60;

/// Days on which a clinic is closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Closure {
    /// The first day.
    pub first: NaiveDate,
    /// The last day; the first one where it is one day alone.
    pub last: NaiveDate,
    /// What it is called.
    pub name: Option<Text>,
}

impl Closure {
    /// Its days.
    pub fn days(&self) -> impl Iterator<Item = NaiveDate> + use<> {
        let last = self.last;
        self.first.iter_days().take_while(move |day| *day <= last)
    }
}

/// Reads a closure: `24.12.-25.12. Christmas`, `24.-26.12.`, `2026-12-24 to 2026-12-26`, `1 May Labour Day`. Without
/// a year it is the nearest one that is not over.
pub fn read_closure(text: &str, today: NaiveDate) -> Result<Closure, NotRead> {
    read_against(text, &Reference { today, without_year: WithoutYear::ToCome, start: None })
}

/// Reads closures with commas or semicolons between them.
pub(super) fn read_closures(text: &str, reference: &Reference) -> Result<Vec<Closure>, NotRead> {
    let parts = text.split([',', ';']).filter(|part| !part.trim().is_empty());
    parts.map(|part| read_against(part, reference)).collect()
}

/// Whether dates are the same whenever they are read: every one names its year.
pub(super) fn names_its_years(text: &str) -> bool {
    let read = |year| {
        let today = NaiveDate::from_ymd_opt(year, 1, 1)?;
        read_closures(text, &Reference { today, without_year: WithoutYear::ToCome, start: None }).ok()
    };
    read(2000).is_some_and(|once| read(2001).is_some_and(|again| once == again))
}

/// The days as they are typed, with those that follow one another as a range.
pub(super) fn written(days: &[NaiveDate]) -> String {
    let mut ranges: Vec<(NaiveDate, NaiveDate)> = Vec::new();
    for day in days {
        match ranges.last_mut() {
            Some((first, last)) if last.succ_opt() == Some(*day) && (*day - *first).num_days() < MOST_DAYS => {
                *last = *day;
            }
            _ => ranges.push((*day, *day)),
        }
    }
    let range = |(first, last): &(NaiveDate, NaiveDate)| {
        if first == last { first.to_string() } else { format!("{first} to {last}") }
    };
    ranges.iter().map(range).collect::<Vec<_>>().join(", ")
}

fn read_against(text: &str, reference: &Reference) -> Result<Closure, NotRead> {
    let (first, rest) = Day::scan(text.trim(), false)?;
    let (last, name) = match after_a_dash(rest.trim_start()) {
        Some(last) => {
            let (last, name) = Day::scan(last.trim_start(), false)?;
            (Some(last), name)
        }
        None => (None, rest),
    };
    let (first, last) = if let Some(last) = last {
        range(first, last, reference)?
    } else {
        let day = first.resolved(reference)?;
        (day, day)
    };
    if last < first {
        return Err(NotRead::Backwards);
    }
    if (last - first).num_days() >= MOST_DAYS {
        return Err(NotRead::LongClosure { first, last });
    }
    let name = name.trim();
    // Two dates without a comma between them are not one with a name.
    if name.starts_with(|c: char| c.is_ascii_digit()) && Day::scan(name, false).is_ok() {
        return Err(NotRead::Date);
    }
    let name = if name.is_empty() { None } else { Some(read_text(name)?) };
    Ok(Closure { first, last, name })
}

/// What follows the sign of a range.
fn after_a_dash(text: &str) -> Option<&str> {
    text.strip_prefix(['-', '–', '—']).or_else(|| text.strip_prefix("to "))
}

/// The two ends of a range. A year that one of them has holds for the other; without any, the range is the nearest
/// one that is not over.
fn range(first: Day, last: Day, reference: &Reference) -> Result<(NaiveDate, NaiveDate), NotRead> {
    match (first, last) {
        (first @ (Day::Of { year: Some(_), .. } | Day::Today), Day::Of { day, month, year: None }) => {
            let first = first.resolved(reference)?;
            Ok((first, earliest_from(day, month, first)?))
        }
        (Day::Of { day, month, year: None }, last) => {
            let last = last.resolved(reference)?;
            Ok((latest_until(day, month, last)?, last))
        }
        (Day::Alone { day }, last @ Day::Of { year, .. }) => {
            let last = last.resolved(reference)?;
            Ok((in_calendar(last.year(), last.month(), day, year.is_some())?, last))
        }
        (first, last) => Ok((first.resolved(reference)?, last.resolved(reference)?)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quantity::parse_date;

    fn day(text: &str) -> NaiveDate {
        parse_date(text).expect("a date")
    }

    #[test]
    fn closures_are_days_or_ranges_with_a_name() {
        for (today, text, first, last, name) in [
            ("2026-11-30", "24.12.-25.12. Christmas", "2026-12-24", "2026-12-25", Some("Christmas")),
            ("2026-11-30", "24.12. - 25.12. Christmas", "2026-12-24", "2026-12-25", Some("Christmas")),
            ("2026-11-30", "24.-26.12. Christmas", "2026-12-24", "2026-12-26", Some("Christmas")),
            ("2026-11-30", "31.12.-1.1. New Year", "2026-12-31", "2027-01-01", Some("New Year")),
            ("2026-11-30", "24 Dec-1 Jan New Year", "2026-12-24", "2027-01-01", Some("New Year")),
            ("2026-11-30", "24-Dec-2026 to 1-Jan-2027", "2026-12-24", "2027-01-01", None),
            ("2026-11-30", "2026-12-24 to 2026-12-26 Christmas", "2026-12-24", "2026-12-26", Some("Christmas")),
            ("2026-11-30", "2026-12-24-2026-12-26", "2026-12-24", "2026-12-26", None),
            ("2026-11-30", "24.12.2026–1.1.", "2026-12-24", "2027-01-01", None),
            ("2026-11-30", "24.12.-1.1.2028", "2027-12-24", "2028-01-01", None),
            ("2026-11-30", "1.5. Labour Day", "2027-05-01", "2027-05-01", Some("Labour Day")),
            ("2026-11-30", "24.12. 3 visits move", "2026-12-24", "2026-12-24", Some("3 visits move")),
            ("2026-11-30", "26.3.2027", "2027-03-26", "2027-03-26", None),
            // One that has begun is the one that is meant.
            ("2026-12-27", "24.12.-1.1.", "2026-12-24", "2027-01-01", None),
            ("2027-01-02", "24.12.-1.1.", "2027-12-24", "2028-01-01", None),
        ] {
            let closure = read_closure(text, day(today)).expect(text);
            assert_eq!((closure.first, closure.last), (day(first), day(last)), "{text} on {today}");
            assert_eq!(closure.name.as_ref().map(Text::as_str), name, "{text}");
        }
    }

    #[test]
    fn what_is_no_closure_says_why() {
        let today = day("2026-11-30");
        let long = |first, last| NotRead::LongClosure { first: day(first), last: day(last) };
        for (text, why) in [
            ("25.12.2026-24.12.2026", NotRead::Backwards),
            ("26.-24.12.", NotRead::Backwards),
            ("1.1.2027-28.2.2028", long("2027-01-01", "2028-02-28")),
            ("26.12.-24.12.", long("2025-12-26", "2026-12-24")),
            ("1.1.2027-2.3.2027", long("2027-01-01", "2027-03-02")),
            ("24.12.-", NotRead::Date),
            ("Christmas", NotRead::Date),
            ("31.02.2027 x", NotRead::ShortMonth { first: day("2027-02-01"), days: 28, has_year: true }),
            ("24/12", NotRead::Order),
            ("24.12.26 Christmas", NotRead::ShortYear),
            ("24.12. ..", NotRead::Blank),
            ("+28", NotRead::FromStart),
        ] {
            assert_eq!(read_closure(text, today), Err(why), "{text}");
        }
        let most = read_closure("1.1.2027-1.3.2027", today).expect("sixty days");
        assert_eq!(most.days().count(), 60);
    }

    #[test]
    fn several_have_commas_or_semicolons_between_them() {
        let start = Some(day("2026-12-01"));
        let reference = Reference { today: day("2026-11-30"), without_year: WithoutYear::ToCome, start };
        let closures = read_closures("24.12.-26.12. Christmas; 1.1., +7 move,", &reference).expect("closures");
        let days: Vec<String> = closures.iter().flat_map(Closure::days).map(|day| day.to_string()).collect();
        assert_eq!(days, ["2026-12-24", "2026-12-25", "2026-12-26", "2027-01-01", "2026-12-08"]);
        assert_eq!(read_closures("24.12.2026 25.12.2026", &reference), Err(NotRead::Date));
    }

    #[test]
    fn dates_with_their_years_are_the_same_on_any_day() {
        for text in ["29.12.2026", "2026-12-29", "29122026", "1.12.2026, 2 Dec 2026", "24.12.-1.1.2027 Christmas"] {
            assert!(names_its_years(text), "{text}");
        }
        for text in ["29.12.", "t", "+28", "29 Dec", "1.12.2026, 2.12.", "24.12. Ward 1234", "x"] {
            assert!(!names_its_years(text), "{text}");
        }
    }

    #[test]
    fn days_are_written_as_they_are_read() {
        let reference = Reference { today: day("2026-11-30"), without_year: WithoutYear::ToCome, start: None };
        let days = ["2026-12-24", "2026-12-25", "2026-12-26", "2027-01-01", "2026-12-24", "2026-12-24"].map(day);
        let text = written(&days);
        assert_eq!(text, "2026-12-24 to 2026-12-26, 2027-01-01, 2026-12-24, 2026-12-24");
        let read: Vec<NaiveDate> =
            read_closures(&text, &reference).expect("closures").iter().flat_map(Closure::days).collect();
        assert_eq!(read, days);
        let long: Vec<NaiveDate> = day("2026-01-01").iter_days().take(200).collect();
        let read = read_closures(&written(&long), &reference).expect("closures");
        assert_eq!(read.iter().flat_map(Closure::days).collect::<Vec<_>>(), long);
    }
}
