//! A file line by line, however long it is.

use std::{
    fs,
    io::{self, BufRead, BufReader, Read},
    path::Path,
};

use super::{LARGEST_INPUT, too_large};

/// The lines of a file, or of standard input for `-`, one at a time, those without content left out. A
/// document that is spread over lines and begins with a brace alone comes as one.
pub(crate) struct Lines {
    input: Box<dyn BufRead>,
    number: u64,
}

impl Lines {
    /// Opens a file.
    pub(crate) fn open(path: &Path) -> io::Result<Self> {
        let input: Box<dyn BufRead> = if path == Path::new("-") {
            Box::new(io::stdin().lock())
        } else {
            Box::new(BufReader::new(fs::File::open(path)?))
        };
        Ok(Self { input, number: 0 })
    }

    fn line(&mut self) -> io::Result<Option<Vec<u8>>> {
        let mut line = Vec::new();
        (&mut self.input).take(LARGEST_INPUT + 1).read_until(b'\n', &mut line)?;
        if line.len() as u64 > LARGEST_INPUT {
            if line.last() != Some(&b'\n') {
                self.input.skip_until(b'\n')?;
            }
            return Err(too_large());
        }
        if line.trim_ascii() == b"{" {
            (&mut self.input).take(LARGEST_INPUT + 1).read_to_end(&mut line)?;
            if line.len() as u64 > LARGEST_INPUT {
                return Err(too_large());
            }
        }
        Ok((!line.is_empty()).then_some(line))
    }
}

impl Iterator for Lines {
    /// A line with its number, or why it cannot be used.
    type Item = (u64, io::Result<Vec<u8>>);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            self.number += 1;
            match self.line() {
                Ok(Some(line)) if line.iter().all(u8::is_ascii_whitespace) => {}
                Ok(Some(line)) => return Some((self.number, Ok(line))),
                Ok(None) => return None,
                Err(error) => {
                    if error.kind() != io::ErrorKind::FileTooLarge {
                        // What cannot be read now will not be read by trying for ever.
                        self.input = Box::new(io::empty());
                    }
                    return Some((self.number, Err(error)));
                }
            }
        }
    }
}
