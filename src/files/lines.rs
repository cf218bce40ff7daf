//! An input line by line, however long it is.

use std::io::{self, BufRead, Read};

/// The lines of an input, one at a time, those without content left out.
pub(crate) struct Lines<R> {
    input: R,
    longest: u64,
    number: u64,
    read: u64,
    has_ended: bool,
}

/// What came of reading a line, or what follows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Length {
    /// It was appended.
    Fits,
    /// It is longer than allowed, and was skipped.
    TooLong,
}

impl<R: BufRead> Lines<R> {
    /// The lines of an input, of which none is longer than this many bytes, its end not counted.
    pub(crate) fn new(input: R, longest: u64) -> Self {
        Self { input, longest, number: 0, read: 0, has_ended: false }
    }

    /// The number of the line that was read last, or that could not be read, from 1.
    pub(crate) fn number(&self) -> u64 {
        self.number
    }

    /// How many bytes were read.
    pub(crate) fn read(&self) -> u64 {
        self.read
    }

    /// Appends the next line to `text`; none at the end.
    pub(crate) fn next_line(&mut self, text: &mut Vec<u8>) -> io::Result<Option<Length>> {
        let start = text.len();
        // A terminal that is read again after its end waits for another one.
        while !self.has_ended {
            text.truncate(start);
            self.number += 1;
            let length = (&mut self.input).take(self.longest + 1).read_until(b'\n', text)? as u64;
            if length == 0 {
                self.has_ended = true;
                break;
            }
            self.read += length;
            if length > self.longest && text.last() != Some(&b'\n') {
                self.read += skip_line(&mut self.input)?;
                text.truncate(start);
                return Ok(Some(Length::TooLong));
            }
            if !text[start..].iter().all(u8::is_ascii_whitespace) {
                return Ok(Some(Length::Fits));
            }
        }
        Ok(None)
    }

    /// Appends everything that follows to `text`, which holds the line that was read last: a document that is
    /// spread over lines.
    pub(crate) fn rest(&mut self, text: &mut Vec<u8>) -> io::Result<Length> {
        let left = (self.longest + 1).saturating_sub(text.len() as u64);
        self.read += (&mut self.input).take(left).read_to_end(text)? as u64;
        if text.len() as u64 <= self.longest {
            return Ok(Length::Fits);
        }
        self.read += io::copy(&mut self.input, &mut io::sink())?;
        Ok(Length::TooLong)
    }
}

/// Skips the rest of a line; returns how many bytes that were.
fn skip_line(input: &mut impl BufRead) -> io::Result<u64> {
    let mut skipped = 0;
    loop {
        let held = input.fill_buf()?;
        let end = held.iter().position(|byte| *byte == b'\n');
        let passed = end.map_or(held.len(), |end| end + 1);
        input.consume(passed);
        skipped += passed as u64;
        if end.is_some() || passed == 0 {
            return Ok(skipped);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str, longest: u64) -> Vec<(u64, Result<String, Length>)> {
        let mut lines = Lines::new(text.as_bytes(), longest);
        let (mut line, mut found) = (Vec::new(), Vec::new());
        while let Some(length) = lines.next_line(&mut line).expect("it can be read") {
            let text = String::from_utf8(std::mem::take(&mut line)).expect("it is UTF-8");
            found.push((lines.number(), if length == Length::Fits { Ok(text) } else { Err(length) }));
        }
        assert_eq!(lines.read(), text.len() as u64);
        found
    }

    #[test]
    fn a_line_that_is_too_long_is_skipped_and_blank_ones_are_counted() {
        let expected = [
            (1, Ok("ab\n".to_owned())),
            (3, Err(Length::TooLong)),
            (4, Ok("abcd\n".to_owned())),
            (5, Ok("xyz".to_owned())),
        ];
        assert_eq!(lines("ab\n\nabcdef\nabcd\nxyz", 4), expected);
    }

    #[test]
    fn what_follows_a_line_is_read_whole_or_not_at_all() {
        for (longest, length) in [(5, Length::Fits), (4, Length::TooLong)] {
            let mut lines = Lines::new(&b"{\n1\n}"[..], longest);
            let mut text = Vec::new();
            assert_eq!(lines.next_line(&mut text).expect("it can be read"), Some(Length::Fits));
            assert_eq!(lines.rest(&mut text).expect("it can be read"), length);
        }
    }
}
