//! The checksum of a saved plan: over its values in the order in which a plan is written, so that it does not mind
//! white space and the ways in which a number is printed. It finds slips of an editor or a disk; it proves nothing
//! against somebody who makes a new one.

use std::{
    cell::RefCell,
    io::{self, Write},
    mem,
};

use crc32fast::Hasher;

/// Whether a saved plan was altered, as far as its checksum can say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seal {
    /// Every value is as it was written.
    Whole,
    /// A value was altered.
    Broken,
    /// The letters are not those that were written, and its checksum, of the first kind, covers letters: it was
    /// printed again by another program, or altered.
    Reprinted,
    /// It has no checksum.
    Missing,
}

/// What a checksum of this kind begins with.
pub(super) const KIND: &str = "values-crc32:";

/// The text that a checksum covers: all that was written so far, without white space between values and without
/// zeros at the end of decimals.
#[derive(Default)]
pub(super) struct Covered {
    hasher: Hasher,
    text: Vec<u8>,
    within: Within,
    /// A point and the zeros behind it, which count only if another digit follows.
    point: bool,
    zeros: usize,
}

/// Where the next byte is.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Within {
    /// Between texts.
    #[default]
    Values,
    /// Behind the point of a number.
    Decimals,
    /// In a text.
    Text,
    /// In a text, behind a backslash.
    Escape,
}

/// The bytes that are gathered before they are hashed.
const BLOCK: usize = 8192;

impl Covered {
    fn add(&mut self, bytes: &[u8]) {
        for byte in bytes.iter().copied() {
            self.add_byte(byte);
        }
        if self.text.len() > BLOCK {
            self.hasher.update(&self.text);
            self.text.clear();
        }
    }

    fn add_byte(&mut self, byte: u8) {
        self.within = match (self.within, byte) {
            (Within::Text, b'"') => Within::Values,
            (Within::Text, b'\\') => Within::Escape,
            (Within::Text | Within::Escape, _) => Within::Text,
            (Within::Values, b'.') => {
                self.point = true;
                Within::Decimals
            }
            (Within::Decimals, b'0') => {
                self.zeros += 1;
                Within::Decimals
            }
            (Within::Decimals, b'1'..=b'9') => {
                if mem::take(&mut self.point) {
                    self.text.push(b'.');
                }
                let zeros = self.text.len() + mem::take(&mut self.zeros);
                self.text.resize(zeros, b'0');
                self.text.push(byte);
                Within::Decimals
            }
            (Within::Values | Within::Decimals, byte) => {
                (self.point, self.zeros) = (false, 0);
                if byte.is_ascii_whitespace() {
                    self.within = Within::Values;
                    return;
                }
                if byte == b'"' { Within::Text } else { Within::Values }
            }
        };
        if self.within != Within::Decimals {
            self.text.push(byte);
        }
    }

    /// The checksum of everything so far.
    pub(super) fn checksum(&mut self) -> String {
        self.hasher.update(&mem::take(&mut self.text));
        format!("{KIND}{:08x}", self.hasher.clone().finalize())
    }
}

/// A writer that takes in what it passes on.
pub(super) struct Covering<'c, W> {
    pub(super) to: W,
    pub(super) covered: &'c RefCell<Covered>,
}

impl<W: Write> Write for Covering<'_, W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.to.write(bytes)?;
        self.covered.borrow_mut().add(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn covered(text: &str) -> String {
        let mut covered = Covered::default();
        covered.add(text.as_bytes());
        String::from_utf8(covered.text).expect("UTF-8")
    }

    #[test]
    fn white_space_and_the_print_of_numbers_do_not_count() {
        assert_eq!(covered("{ \"a b\" : \"c \\\" 1.50\" , \"e\\\\\" : 1 }\n"), r#"{"a b":"c \" 1.50","e\\":1}"#);
        assert_eq!(covered("[55.946630, 2.30, 3.0, 1.050,100, 0.0]"), "[55.94663,2.3,3,1.05,100,0]");
    }

    #[test]
    fn it_does_not_matter_in_which_pieces_a_text_comes() {
        let text = r#"{"a": 1.2050, "b": "x\"1.0"}"#;
        let mut pieces = Covered::default();
        for byte in text.bytes() {
            pieces.add(&[byte]);
        }
        let mut whole = Covered::default();
        whole.add(text.as_bytes());
        assert_eq!(pieces.checksum(), whole.checksum());
        assert_ne!(whole.checksum(), Covered::default().checksum());
    }
}
