//! The requests of a batch as they are read: JSON Lines, or any input of one request after another.

use std::{
    fs::{self, File},
    io::{self, BufRead, BufReader, Read},
    path::Path,
};

use super::relay::Item;

/// A line longer than this is not a request.
const LONGEST_LINE: usize = 1024 * 1024;

/// Where requests come from.
pub(super) trait Input: Send {
    /// Appends the text of the next request to `text` and returns its place; none at the end.
    fn next(&mut self, text: &mut Vec<u8>) -> io::Result<Option<Item>>;

    /// How many bytes were read.
    fn read_to(&self) -> u64;
}

/// Opens a file, or standard input for `-`.
pub(super) fn open(path: &Path) -> io::Result<Box<dyn BufRead + Send>> {
    if path == Path::new("-") {
        return Ok(Box::new(BufReader::new(io::stdin())));
    }
    if path.is_dir() {
        return Err(io::Error::new(io::ErrorKind::IsADirectory, "it is a folder"));
    }
    Ok(Box::new(BufReader::with_capacity(1 << 16, File::open(path)?)))
}

/// The bytes of a file, where they are known.
pub(super) fn size(path: &Path) -> Option<u64> {
    fs::metadata(path).ok().filter(fs::Metadata::is_file).map(|it| it.len())
}

/// JSON Lines: one request a line; empty lines are skipped.
pub(super) struct Lines<R> {
    from: R,
    line: u64,
    read: u64,
}

impl<R: BufRead> Lines<R> {
    pub(super) fn new(from: R) -> Self {
        Self { from, line: 0, read: 0 }
    }

    /// Skips the rest of a line.
    fn skip_line(&mut self) -> io::Result<()> {
        loop {
            let held = self.from.fill_buf()?;
            let end = held.iter().position(|byte| *byte == b'\n');
            let passed = end.map_or(held.len(), |end| end + 1);
            self.from.consume(passed);
            self.read += passed as u64;
            if end.is_some() || passed == 0 {
                return Ok(());
            }
        }
    }
}

impl<R: BufRead + Send> Input for Lines<R> {
    fn next(&mut self, text: &mut Vec<u8>) -> io::Result<Option<Item>> {
        let start = text.len();
        loop {
            text.truncate(start);
            let length = (&mut self.from).take(LONGEST_LINE as u64 + 1).read_until(b'\n', text)?;
            if length == 0 {
                return Ok(None);
            }
            self.line += 1;
            self.read += length as u64;
            if length > LONGEST_LINE && !text.ends_with(b"\n") {
                text.truncate(start);
                self.skip_line()?;
                let error = "the line is longer than 1 MiB, too long for a request".to_owned();
                return Ok(Some(Item::Unusable { line: self.line, error }));
            }
            if !text[start..].iter().all(u8::is_ascii_whitespace) {
                return Ok(Some(Item::Request { line: self.line, text: start..text.len() }));
            }
        }
    }

    fn read_to(&self) -> u64 {
        self.read
    }
}
