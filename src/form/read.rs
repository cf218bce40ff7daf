//! How typed text is read: numbers with comma or point, dates as people write them.

use chrono::{Datelike, NaiveDate};

use crate::{
    json::{Problem, Text, YEARS},
    quantity::{Decimal, NotADecimal},
    words::MONTHS,
};

/// Why typed text cannot be read. The sentence is in [`super::words`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotRead {
    /// No number.
    Number,
    /// A number with more than one comma or point.
    Thousands,
    /// A number with too many digits.
    LongNumber,
    /// A number that must be whole.
    Whole,
    /// A number without its unit.
    Unit,
    /// A date with slashes: day or month first?
    Slash,
    /// A date whose year has not four digits.
    ShortYear,
    /// A day that is not in the calendar, or a year that no patient has.
    NoSuchDay,
    /// No date.
    Date,
    /// A day after this one, which is today, of something that lies behind.
    AfterToday(NaiveDate),
    /// A dose not after this day, on which one was given that was due earlier.
    NotAfter(NaiveDate),
    /// Nothing readable.
    Blank,
    /// A character that cannot be seen.
    Hidden(char),
    /// Too many characters.
    LongText(usize),
}

/// Reads a number with a decimal comma or a decimal point.
pub fn read_decimal(text: &str) -> Result<Decimal, NotRead> {
    let text = text.trim();
    if text.chars().filter(|c| matches!(c, ',' | '.')).count() > 1 {
        return Err(NotRead::Thousands);
    }
    let plain = text.replace(',', ".");
    // What is still being typed is read as far as it goes: "92." is 92.
    let plain = plain.strip_suffix('.').unwrap_or(&plain);
    let number: Decimal = plain.parse().map_err(|why| match why {
        NotADecimal::TooLong => NotRead::LongNumber,
        NotADecimal::Exponent | NotADecimal::NotANumber => NotRead::Number,
    })?;
    if number.is_negative() { Err(NotRead::Number) } else { Ok(number) }
}

/// Reads a date written as 2026-12-01, 1.12.2026 or 1 Dec 2026.
pub fn read_date(text: &str) -> Result<NaiveDate, NotRead> {
    let text = text.trim();
    if text.contains('/') {
        return Err(NotRead::Slash);
    }
    let parts: Vec<&str> = text.split(['-', '.', ' ']).filter(|part| !part.is_empty()).collect();
    let [first, month, last] = parts[..] else { return Err(NotRead::Date) };
    let in_letters = month.chars().all(char::is_alphabetic);
    let (year, day) = match (text.contains('-') && !in_letters, text.contains('.') || in_letters) {
        (true, false) => (first, last),
        (false, true) => (last, first),
        _ => return Err(NotRead::Date),
    };
    let month = if in_letters { month_of(month).ok_or(NotRead::Date)? } else { digits(month)? };
    let day = digits(day)?;
    if digits(year)? < 1000 || year.len() != 4 {
        return Err(NotRead::ShortYear);
    }
    let year = i32::try_from(digits(year)?).map_err(|_| NotRead::Date)?;
    NaiveDate::from_ymd_opt(year, month, day).filter(|date| YEARS.contains(&date.year())).ok_or(NotRead::NoSuchDay)
}

/// Reads dates with commas or semicolons between them.
pub fn read_dates(text: &str) -> Result<Vec<NaiveDate>, NotRead> {
    text.split([',', ';']).filter(|part| !part.trim().is_empty()).map(read_date).collect()
}

/// Reads words.
pub fn read_text(text: &str) -> Result<Text, NotRead> {
    text.trim().parse().map_err(|problem| match problem {
        Problem::HiddenCharacter(c) => NotRead::Hidden(c),
        Problem::TooLong(most) => NotRead::LongText(most),
        _ => NotRead::Blank,
    })
}

fn digits(text: &str) -> Result<u32, NotRead> {
    if text.is_empty() || text.len() > 4 || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(NotRead::Date);
    }
    text.parse().map_err(|_| NotRead::Date)
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

    #[test]
    fn comma_and_point_are_both_decimal() {
        for (text, read) in [("68,5", "68.5"), ("68.5", "68.5"), (" 92 ", "92"), ("2,30", "2.30"), ("92.", "92")] {
            assert_eq!(read_decimal(text).expect(text).to_string(), read);
        }
        for (text, why) in [
            ("1,234.5", NotRead::Thousands),
            ("1.234.5", NotRead::Thousands),
            ("", NotRead::Number),
            ("12a", NotRead::Number),
            ("-5", NotRead::Number),
            ("1e3", NotRead::Number),
            (",5", NotRead::Number),
            ("1234567890", NotRead::LongNumber),
        ] {
            assert_eq!(read_decimal(text), Err(why), "{text}");
        }
    }

    #[test]
    fn dates_are_read_as_people_write_them() {
        let december = parse_date("2026-12-01").expect("a date");
        for text in
            ["2026-12-01", "1.12.2026", "01.12.2026", "1 Dec 2026", "1 december 2026", "01-Dec-2026", "1. Dec 2026"]
        {
            assert_eq!(read_date(text), Ok(december), "{text}");
        }
        for (text, why) in [
            ("1/12/2026", NotRead::Slash),
            ("1.12.26", NotRead::ShortYear),
            ("31.11.2026", NotRead::NoSuchDay),
            ("1.13.2026", NotRead::NoSuchDay),
            ("1 Mar 0026", NotRead::ShortYear),
            ("1.1.1899", NotRead::NoSuchDay),
            ("1 Ju 2026", NotRead::Date),
            ("2026-12", NotRead::Date),
            ("12", NotRead::Date),
            ("1 2 2026", NotRead::Date),
            ("01-12-2026", NotRead::ShortYear),
        ] {
            assert_eq!(read_date(text), Err(why), "{text}");
        }
    }

    #[test]
    fn several_dates_have_commas_between_them() {
        let dates = read_dates("24.12.2026, 2026-12-25; 26 Dec 2026,").expect("dates");
        assert_eq!(dates.len(), 3);
        assert!(read_dates("24.12.2026 25.12.2026").is_err());
    }

    #[test]
    fn hidden_characters_are_no_words() {
        assert_eq!(read_text("a\u{1b}[2J"), Err(NotRead::Hidden('\u{1b}')));
        assert_eq!(read_text(" -- "), Err(NotRead::Blank));
        assert_eq!(read_text(" Anna Holm ").expect("words").as_str(), "Anna Holm");
    }
}
