//! A decimal number as a person enters it: exact, and repeated as it was written.

use std::{cmp::Ordering, fmt, str::FromStr};

/// A decimal number with the places it was written with: `2.30` stays `2.30` and equals `2.3`.
///
/// At most nine digits before the point and eight after it, so that every formula of this program
/// stays far inside 128 bits.
#[derive(Clone, Copy, Debug)]
pub struct Decimal {
    digits: i64,
    places: u8,
}

/// Why a text is no [`Decimal`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotADecimal {
    /// `1e3`: plain decimal notation only.
    Exponent,
    /// More than nine digits before the point, or more than eight after it.
    TooLong,
    /// Anything else.
    NotANumber,
}

impl Decimal {
    /// The most digits before the point that are read.
    pub const MOST_WHOLE_DIGITS: usize = 9;
    /// The most digits after the point that are read.
    pub const MOST_PLACES: usize = 8;

    /// A whole number.
    pub const fn whole(n: i64) -> Self {
        Self { digits: n, places: 0 }
    }

    /// `digits` divided by ten to the power of `places`: `new(35, 1)` is 3.5.
    pub const fn new(digits: i64, places: u8) -> Self {
        Self { digits, places }
    }

    /// The same value without trailing zeros, as a dose is printed.
    #[must_use]
    pub fn trimmed(self) -> Self {
        let mut trimmed = self;
        while trimmed.places > 0 && trimmed.digits % 10 == 0 {
            trimmed.digits /= 10;
            trimmed.places -= 1;
        }
        trimmed
    }

    /// The digits, and how many of them are decimals: 3.5 is `(35, 1)`.
    pub const fn parts(self) -> (i64, u8) {
        (self.digits, self.places)
    }

    /// The value counted in parts of which ten to the power of `places` make one, where that is a
    /// whole number: `4.4` in thousandths is 4400.
    pub fn in_parts(self, places: u8) -> Option<i64> {
        let trimmed = self.trimmed();
        let missing = places.checked_sub(trimmed.places)?;
        trimmed.digits.checked_mul(10_i64.checked_pow(u32::from(missing))?)
    }

    /// The whole number, where the value is one.
    pub fn as_whole(self) -> Option<i64> {
        self.in_parts(0)
    }

    /// Whether the value is below zero.
    pub fn is_negative(self) -> bool {
        self.digits < 0
    }

    fn aligned(self, other: Self) -> (i128, i128, u8) {
        let places = self.places.max(other.places);
        let scaled = |it: Self| i128::from(it.digits) * power_of_ten(places - it.places);
        (scaled(self), scaled(other), places)
    }

    fn exact(digits: i128, places: u8) -> Self {
        let digits = i64::try_from(digits).expect("entered quantities are bounded far below 2^63");
        Self { digits, places }
    }
}

/// Ten to the power of `places`.
pub(crate) fn power_of_ten(places: u8) -> i128 {
    10_i128.pow(u32::from(places))
}

impl std::ops::Add for Decimal {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        let (left, right, places) = self.aligned(other);
        Self::exact(left + right, places)
    }
}

impl std::ops::Sub for Decimal {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        let (left, right, places) = self.aligned(other);
        Self::exact(left - right, places)
    }
}

impl std::ops::Mul for Decimal {
    type Output = Self;
    fn mul(self, other: Self) -> Self {
        Self::exact(i128::from(self.digits) * i128::from(other.digits), self.places + other.places)
    }
}

impl PartialEq for Decimal {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Decimal {}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        let (left, right, _) = self.aligned(*other);
        left.cmp(&right)
    }
}

impl FromStr for Decimal {
    type Err = NotADecimal;

    /// Reads plain decimal notation, as JSON writes it: `92`, `2.30`, `-1`, never `.5`, `1,5` or `1e3`.
    fn from_str(text: &str) -> Result<Self, NotADecimal> {
        let (negative, unsigned) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
        let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        if !all_digits(whole) || !all_digits(fraction) {
            let exponent = unsigned.starts_with(|c: char| c.is_ascii_digit())
                && unsigned.bytes().all(|b| b.is_ascii_digit() || b".eE+-".contains(&b))
                && unsigned.contains(['e', 'E']);
            return Err(if exponent { NotADecimal::Exponent } else { NotADecimal::NotANumber });
        }
        let places = if unsigned.contains('.') { fraction.len() } else { 0 };
        if whole.len() > Self::MOST_WHOLE_DIGITS || places > Self::MOST_PLACES {
            return Err(NotADecimal::TooLong);
        }
        let value = |part: &str| part.parse::<i64>().map_err(|_| NotADecimal::TooLong);
        let places = u8::try_from(places).map_err(|_| NotADecimal::TooLong)?;
        let scale = 10_i64.pow(u32::from(places));
        let digits = value(whole)? * scale + if places > 0 { value(fraction)? } else { 0 };
        Ok(Self { digits: if negative { -digits } else { digits }, places })
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(Notation::of(*self).as_str())
    }
}

impl serde::Serialize for Decimal {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.places {
            0 => serializer.serialize_i64(self.digits),
            _ => super::number::digits(Notation::of(*self).as_str(), serializer),
        }
    }
}

/// A decimal as it is printed, without a string of its own: a plan holds dozens.
struct Notation {
    letters: [u8; Self::LONGEST],
    first: usize,
}

impl Notation {
    /// A sign, a zero, a point and as many places as a product of two decimals has.
    const LONGEST: usize = 24;

    /// Written from the last place to the first.
    fn of(decimal: Decimal) -> Self {
        let mut notation = Self { letters: [b'0'; Self::LONGEST], first: Self::LONGEST };
        let mut rest = decimal.digits.unsigned_abs();
        for place in 0.. {
            if place > decimal.places && rest == 0 {
                break;
            }
            if place == decimal.places && place > 0 {
                notation.put(b'.');
            }
            notation.put(b'0' + u8::try_from(rest % 10).unwrap_or_default());
            rest /= 10;
        }
        if decimal.digits < 0 {
            notation.put(b'-');
        }
        notation
    }

    fn put(&mut self, letter: u8) {
        self.first -= 1;
        self.letters[self.first] = letter;
    }

    fn as_str(&self) -> &str {
        std::str::from_utf8(&self.letters[self.first..]).expect("digits are ASCII")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal {
        text.parse().expect("a decimal")
    }

    #[test]
    fn a_number_is_printed_as_it_was_written() {
        for text in ["0", "92", "2.30", "0.05", "-0.5", "68.5", "999999999.99999999"] {
            assert_eq!(decimal(text).to_string(), text);
        }
        assert_eq!(decimal("2.30"), decimal("2.3"));
        assert_eq!(decimal("2.30").trimmed().to_string(), "2.3");
        assert_eq!(decimal("100").trimmed().to_string(), "100");
    }

    #[test]
    fn anything_but_plain_notation_is_refused() {
        for text in ["", ".", "5.", ".5", "+1", "1,5", "NaN", "0x1", "1 ", "--1", "1.2.3", "e5"] {
            assert_eq!(text.parse::<Decimal>(), Err(NotADecimal::NotANumber), "{text}");
        }
        for text in ["1e3", "1E-2", "2.5e+1"] {
            assert_eq!(text.parse::<Decimal>(), Err(NotADecimal::Exponent), "{text}");
        }
        for text in ["1234567890", "0.123456789"] {
            assert_eq!(text.parse::<Decimal>(), Err(NotADecimal::TooLong), "{text}");
        }
    }

    #[test]
    fn arithmetic_is_exact() {
        assert_eq!(decimal("13.12") + decimal("0.8") * (decimal("4") - decimal("5.4")), decimal("12"));
        assert!(decimal("0.30") < decimal("0.301"));
        assert_eq!(decimal("4.4").in_parts(3), Some(4400));
        assert_eq!(decimal("4.44").in_parts(1), None);
    }
}
