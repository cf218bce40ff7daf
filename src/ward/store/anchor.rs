//! Anchors: what was printed of the chain, against which it can be verified later.

use std::{fmt, str::FromStr};

use super::Hash;
use crate::{
    json::{Text, hex},
    ward::event::{Anchored, Copied, Restored},
};

/// How many digits of a hash an anchor has at least and as it is printed.
const DIGITS: std::ops::RangeInclusive<usize> = 16..=64;

/// The numbers that an entry can have.
const NUMBERS: std::ops::RangeInclusive<u64> = 1..=i64::MAX.cast_unsigned();

/// The number of an entry and the beginning of its hash: `8813:9f3c0d7be1a24f55`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anchor {
    number: u64,
    digits: String,
}

/// A text that is no anchor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAnAnchor;

impl Anchor {
    /// The anchor of an entry.
    pub fn new(number: u64, hash: &Hash) -> Self {
        Self { number, digits: hex(&hash[..DIGITS.start() / 2]) }
    }

    /// The number of the entry.
    pub fn number(&self) -> u64 {
        self.number
    }

    /// The beginning of its hash.
    pub fn digits(&self) -> &str {
        &self.digits
    }

    /// The entry of the register on an anchor that is printed.
    ///
    /// # Panics
    /// Never: an anchor has digits.
    pub fn entry(&self) -> Anchored {
        Anchored { number: self.number, hash: self.digits.parse().expect("an anchor has digits") }
    }

    /// The entry of a register that was copied up to here, on where the copy is.
    pub fn copied_to(&self, to: Option<Text>) -> Copied {
        let Anchored { number, hash } = self.entry();
        Copied { from: None, to, number, hash }
    }

    /// The entry of a register that is a copy up to here, on where the original is.
    pub(super) fn copied_from(&self, from: Text) -> Copied {
        Copied { from: Some(from), ..self.copied_to(None) }
    }

    /// The entry of a register that was restored from a backup which ends here.
    pub(super) fn restored(&self) -> Restored {
        let Anchored { number, hash } = self.entry();
        Restored { number, hash }
    }

    /// Whether it is that of an entry with this hash.
    pub fn is_of(&self, hash: &Hash) -> bool {
        hex(hash).starts_with(&self.digits)
    }
}

impl fmt::Display for Anchor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.number, self.digits)
    }
}

impl FromStr for Anchor {
    type Err = NotAnAnchor;

    /// Reads an anchor as it was copied from paper: capital letters and blanks do not matter.
    fn from_str(text: &str) -> Result<Self, NotAnAnchor> {
        let plain: String = text.chars().filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_lowercase()).collect();
        let (number, digits) = plain.split_once(':').ok_or(NotAnAnchor)?;
        let is_number = !number.is_empty() && number.bytes().all(|it| it.is_ascii_digit());
        let is_hash =
            DIGITS.contains(&digits.len()) && digits.bytes().all(|it| matches!(it, b'0'..=b'9' | b'a'..=b'f'));
        match number.parse() {
            Ok(number) if is_number && is_hash && NUMBERS.contains(&number) => {
                Ok(Self { number, digits: digits.to_owned() })
            }
            _ => Err(NotAnAnchor),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_anchor_is_read_as_it_is_printed_and_as_it_is_copied() {
        let hash = std::array::from_fn(|at| u8::try_from(at * 7).unwrap());
        let anchor = Anchor::new(8813, &hash);
        assert_eq!(anchor.to_string(), "8813:00070e151c232a31");
        assert_eq!("8 813: 0007 0E15 1C23 2A31".parse(), Ok(anchor.clone()));
        assert!(anchor.is_of(&hash) && !anchor.is_of(&[0; 32]));
        assert!("9223372036854775807:00070e151c232a31".parse::<Anchor>().is_ok());
        for wrong in [
            "",
            "8813",
            "8813:",
            "8813:0007",
            ":00070e151c232a31",
            "+1:00070e151c232a31",
            "1:00070e151c232a3x",
            "0:00070e151c232a31",
            "9223372036854775808:00070e151c232a31",
            "18446744073709551615:00070e151c232a31",
        ] {
            assert_eq!(wrong.parse::<Anchor>(), Err(NotAnAnchor), "{wrong}");
        }
    }
}
