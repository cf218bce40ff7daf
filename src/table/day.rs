//! Dates in a cell: year-month-day, or in the order that a columns file states.

use chrono::NaiveDate;

use crate::{
    json::{parse_date, vocabulary},
    words::MONTHS,
};

vocabulary! {
    /// The order in which the dates of a column are written, between points, slashes, hyphens or spaces.
    #[derive(Default)]
    pub enum DateOrder {
        /// 2026-12-01.
        #[default]
        YearFirst = "year-month-day",
        /// 01.12.2026.
        DayFirst = "day-month-year",
        /// 12/01/2026.
        MonthFirst = "month-day-year",
        /// 2026-12-01T08:15:00; the time is left out.
        YearFirstWithTime = "year-month-day time",
        /// 01.12.2026 08:15; the time is left out.
        DayFirstWithTime = "day-month-year time",
        /// 12/01/2026 08:15; the time is left out.
        MonthFirstWithTime = "month-day-year time",
    }
}

impl DateOrder {
    fn has_time(self) -> bool {
        matches!(self, Self::YearFirstWithTime | Self::DayFirstWithTime | Self::MonthFirstWithTime)
    }
}

/// Reads a date in this order. Years have four figures; months may have their English names.
pub(super) fn read(text: &str, order: DateOrder) -> Option<NaiveDate> {
    let text = if order.has_time() { without_time(text)? } else { text };
    let mut parts = text.split(['.', '/', '-', ' ']);
    let (Some(a), Some(b), Some(c), None) = (parts.next(), parts.next(), parts.next(), parts.next()) else {
        return None;
    };
    let (year, month, day) = match order {
        DateOrder::YearFirst | DateOrder::YearFirstWithTime => (a, b, c),
        DateOrder::DayFirst | DateOrder::DayFirstWithTime => (c, b, a),
        DateOrder::MonthFirst | DateOrder::MonthFirstWithTime => (c, a, b),
    };
    let month = named_month(month).or_else(|| figures(month))?;
    let is_year = year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit());
    is_year.then(|| parse_date(&format!("{year}-{month:02}-{:02}", figures(day)?))).flatten()
}

/// The date before a time such as T08:15:00 or 08:15, where there is one.
fn without_time(text: &str) -> Option<&str> {
    let Some(at) = text.find(':') else { return Some(text) };
    let (date, _) = text[..at].rsplit_once(['T', ' '])?;
    let time = &text[date.len() + 1..];
    time.bytes().all(|byte| byte.is_ascii_digit() || b":.".contains(&byte)).then_some(date)
}

fn named_month(text: &str) -> Option<u32> {
    let is_it = |month: &str| text.eq_ignore_ascii_case(month) || text.eq_ignore_ascii_case(&month[..3]);
    let at = MONTHS.iter().position(|month| is_it(month))?;
    u32::try_from(at + 1).ok()
}

/// A number of one or two figures.
fn figures(text: &str) -> Option<u32> {
    let two = matches!(text.len(), 1 | 2) && text.bytes().all(|byte| byte.is_ascii_digit());
    two.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_in_the_order_that_is_stated_and_in_no_other() {
        use DateOrder::*;
        let first = parse_date("2026-12-01");
        for (text, order) in [
            ("2026/12/1", YearFirst),
            ("01.12.2026", DayFirst),
            ("1-Dec-2026", DayFirst),
            ("1 december 2026", DayFirst),
            ("12/01/2026", MonthFirst),
            ("2026-12-01T08:15:00", YearFirstWithTime),
            ("2026-12-01", YearFirstWithTime),
            ("01.12.2026 08:15", DayFirstWithTime),
        ] {
            assert_eq!(read(text, order), first, "{text}");
        }
        for (text, order) in [
            ("01.12.26", DayFirst),
            ("13/14/2026", DayFirst),
            ("31.02.2026", DayFirst),
            ("13/01/2026", MonthFirst),
            ("2026-12-01T08:15:00", YearFirst),
            ("2026-12-01T8 o'clock: early", YearFirstWithTime),
            ("01.12.2026.1", DayFirst),
            ("0x.12.2026", DayFirst),
            ("", DayFirst),
        ] {
            assert_eq!(read(text, order), None, "{text}");
        }
    }
}
