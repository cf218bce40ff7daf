//! The requests of a batch as they are read: JSON Lines, or any input of one request after another.

use std::{
    fs,
    io::{self, BufRead},
    path::Path,
};

use super::relay::Item;
use crate::files::{Length, Lines};

/// A line longer than this is not a request.
pub(super) const LONGEST_LINE: u64 = 1024 * 1024;

/// Where requests come from.
pub(super) trait Input: Send {
    /// Appends the text of the next request to `text` and returns its place; none at the end.
    fn next(&mut self, text: &mut Vec<u8>) -> io::Result<Option<Item>>;

    /// How many bytes were read.
    fn read_to(&self) -> u64;
}

/// The bytes of a file, where they are known.
pub(super) fn size(path: &Path) -> Option<u64> {
    fs::metadata(path).ok().filter(fs::Metadata::is_file).map(|it| it.len())
}

/// JSON Lines: one request a line; empty lines are skipped.
impl<R: BufRead + Send> Input for Lines<R> {
    fn next(&mut self, text: &mut Vec<u8>) -> io::Result<Option<Item>> {
        let start = text.len();
        let Some(length) = self.next_line(text)? else { return Ok(None) };
        let line = self.number();
        Ok(Some(match length {
            Length::Fits => Item::Request { line, text: start..text.len(), faults: Vec::new() },
            Length::TooLong => {
                let error = "the line is longer than 1 MiB, too long for a request".to_owned();
                Item::Unusable { line, id: None, error }
            }
        }))
    }

    fn read_to(&self) -> u64 {
        self.read()
    }
}
