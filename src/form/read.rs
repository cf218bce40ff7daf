//! How typed text is read: numbers with comma or point, words. Dates are read in `day.rs`, units in `measure.rs`.

use chrono::NaiveDate;

use crate::{
    json::{Problem, Text},
    quantity::{Decimal, NotADecimal},
};

/// Why typed text cannot be read, or cannot be read to its end. The sentence is in [`super::words`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotRead {
    /// No number.
    Number,
    /// A number with more than one comma or point.
    Thousands,
    /// A number whose comma can be a decimal one or one of thousands.
    OneOrThousand,
    /// A number with too many digits.
    LongNumber,
    /// A number that must be whole.
    Whole,
    /// A bound, such as "below 20", and no value.
    Bound,
    /// A number without its unit.
    NoUnit(Decimal),
    /// A number with a unit that is begun, and could still become one of several.
    UnitBegun(Decimal),
    /// A number with a unit that this value does not have.
    UnknownUnit,
    /// A number in a unit that is known and not taken.
    OtherUnit(OtherUnit),
    /// A date of which it is not known whether its day or its month is first.
    Order,
    /// A date whose year has not four digits.
    ShortYear,
    /// A date without the year that it must have.
    NoYear,
    /// A day after the last one of its month, which has this many.
    ShortMonth {
        /// The first day of the month.
        first: NaiveDate,
        /// How many days the month has.
        days: u32,
        /// Whether a year was typed.
        has_year: bool,
    },
    /// A month that is not one of the twelve.
    NoSuchMonth,
    /// A month in letters that is not English.
    UnknownMonth,
    /// A year that no patient has.
    NoSuchYear,
    /// Days counted from the start date, where that has no meaning.
    FromStart,
    /// No date.
    Date,
    /// A day after this one, which is today, of something that is past.
    AfterToday(NaiveDate),
    /// A dose not after this day, on which one was given that was due earlier.
    NotAfter(NaiveDate),
    /// A closure that ends before it begins.
    Backwards,
    /// A closure of too many days.
    LongClosure {
        /// Its first day.
        first: NaiveDate,
        /// Its last day.
        last: NaiveDate,
    },
    /// A choice that is not offered with what is entered now.
    NotOffered,
    /// Nothing readable.
    Blank,
    /// A name of fewer than two letters.
    ShortName,
    /// A character that cannot be seen.
    Hidden(char),
    /// Too many characters.
    LongText(usize),
}

impl NotRead {
    /// Whether nothing is wrong with the text, and something has to be added to it.
    pub fn is_open(&self) -> bool {
        matches!(self, Self::NoUnit(_) | Self::UnitBegun(_) | Self::NotOffered)
    }
}

/// A unit that is known by its name, and in which nothing is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OtherUnit {
    /// lb.
    Pounds,
    /// st.
    Stone,
    /// g.
    Grams,
    /// ft.
    Feet,
    /// in.
    Inches,
    /// m.
    Metres,
}

/// Reads a number with a decimal comma or a decimal point.
pub fn read_decimal(text: &str) -> Result<Decimal, NotRead> {
    let text = text.trim();
    if text.starts_with(['<', '>', '≤', '≥']) {
        return Err(NotRead::Bound);
    }
    if text.chars().filter(|c| matches!(c, ',' | '.')).count() > 1 {
        return Err(NotRead::Thousands);
    }
    if may_be_thousands(text) {
        return Err(NotRead::OneOrThousand);
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

/// Whether the comma of a number can be one of thousands: 1,034 is 1034 to some and 1.034 to others.
fn may_be_thousands(text: &str) -> bool {
    let are_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    text.split_once(',').is_some_and(|(whole, rest)| {
        (1..=3).contains(&whole.len())
            && rest.len() == 3
            && !whole.starts_with('0')
            && are_digits(whole)
            && are_digits(rest)
    })
}

/// Reads words.
pub fn read_text(text: &str) -> Result<Text, NotRead> {
    text.trim().parse().map_err(|problem| match problem {
        Problem::HiddenCharacter(c) => NotRead::Hidden(c),
        Problem::TooLong(most) => NotRead::LongText(most),
        _ => NotRead::Blank,
    })
}

/// Reads the name of a person, which has at least two letters: one is a key that was meant for something else.
pub(super) fn read_name(text: &str) -> Result<Text, NotRead> {
    let name = read_text(text)?;
    if name.as_str().chars().filter(|c| c.is_alphabetic()).count() < 2 { Err(NotRead::ShortName) } else { Ok(name) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comma_and_point_are_both_decimal() {
        let right =
            [("68,5", "68.5"), ("68.5", "68.5"), (" 92 ", "92"), ("2,30", "2.30"), ("92.", "92"), ("0,125", "0.125")];
        for (text, read) in right {
            assert_eq!(read_decimal(text).expect(text).to_string(), read);
        }
        for (text, why) in [
            ("1,234.5", NotRead::Thousands),
            ("1.234.5", NotRead::Thousands),
            ("68.5.", NotRead::Thousands),
            ("1,034", NotRead::OneOrThousand),
            ("", NotRead::Number),
            ("12a", NotRead::Number),
            ("9O", NotRead::Number),
            ("-5", NotRead::Number),
            ("1e3", NotRead::Number),
            (",5", NotRead::Number),
            ("<20", NotRead::Bound),
            (">500", NotRead::Bound),
            ("≥ 500", NotRead::Bound),
            ("1234567890", NotRead::LongNumber),
        ] {
            assert_eq!(read_decimal(text), Err(why), "{text}");
        }
        assert_eq!(read_decimal("1.034").expect("a number").to_string(), "1.034");
    }

    #[test]
    fn hidden_characters_are_no_words() {
        assert_eq!(read_text("a\u{1b}[2J"), Err(NotRead::Hidden('\u{1b}')));
        assert_eq!(read_text(" -- "), Err(NotRead::Blank));
        assert_eq!(read_text(" Anna Holm ").expect("words").as_str(), "Anna Holm");
    }

    #[test]
    fn one_letter_is_no_name() {
        assert_eq!(read_name("s"), Err(NotRead::ShortName));
        assert_eq!(read_name("s 1"), Err(NotRead::ShortName));
        assert_eq!(read_name("李四").expect("a name").as_str(), "李四");
    }
}
