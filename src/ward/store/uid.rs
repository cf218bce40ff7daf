//! The name that a ward or a patient has in the register and nowhere else.

use std::{fmt, str::FromStr};

use crate::json::{from_hex, hex};

/// A random name of 16 bytes. It says nothing about whom it names, so it can stay when the person's name is erased.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Uid([u8; 16]);

/// A text that is no such name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAUid;

impl Uid {
    /// A name of these bytes.
    pub const fn new(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }
}

impl fmt::Display for Uid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex(&self.0))
    }
}

impl FromStr for Uid {
    type Err = NotAUid;

    fn from_str(text: &str) -> Result<Self, NotAUid> {
        from_hex(text).map(Self).ok_or(NotAUid)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_read_as_it_is_written_and_in_no_other_form() {
        let uid = Uid::new([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 0xab, 0xcd, 0xef, 0xfe, 0xff]);
        assert_eq!(uid.to_string(), "000102030405060708090aabcdeffeff");
        assert_eq!(uid.to_string().parse(), Ok(uid));
        for wrong in ["", "00", "000102030405060708090AABCDEFFEFF", "000102030405060708090aabcdeffef", "ä"] {
            assert_eq!(wrong.parse::<Uid>(), Err(NotAUid), "{wrong}");
        }
    }
}
