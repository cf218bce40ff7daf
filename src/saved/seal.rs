//! The checksum of a saved plan: over its values in the order in which a plan is written, so that it does not mind
//! white space and the ways in which a number is printed. It finds slips of an editor or a disk; it proves nothing
//! against somebody who makes a new one.

use std::{
    cell::RefCell,
    io::{self, Write},
    ops::Range,
};

use crc32fast::Hasher;
use serde::Serialize;
use serde_json::ser::Formatter;

use crate::plan::document::{Checksum, PlanDocument};

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
const KIND: &str = "values-crc32:";

/// Adds a document as one line of JSON, with the checksum of what is before it, and returns the checksum.
pub(super) fn write(document: PlanDocument<'_>, to: &mut Vec<u8>) -> String {
    let written = RefCell::new(Written { begin: to.len(), text: to, zeros: Vec::new() });
    let checksum = RefCell::new(String::new());
    let made = || {
        *checksum.borrow_mut() = written.borrow().checksum();
        checksum.borrow().clone()
    };
    // Shortens the lifetime of the document to that of what makes its checksum.
    let mut document = document;
    document.provenance.checksum = Some(Checksum::OfAllBefore(&made));
    let mut serializer = serde_json::Serializer::with_formatter(Writer(&written), Figures(&written));
    document.serialize(&mut serializer).expect("a plan is made of text and numbers");
    drop(document);
    checksum.into_inner()
}

/// What was written of a document so far.
struct Written<'t> {
    text: &'t mut Vec<u8>,
    begin: usize,
    /// Where decimals end in zeros, which say nothing of the value.
    zeros: Vec<Range<usize>>,
}

impl Written<'_> {
    fn checksum(&self) -> String {
        let mut hasher = Hasher::new();
        let mut from = self.begin;
        for zeros in &self.zeros {
            hasher.update(&self.text[from..zeros.start]);
            from = zeros.end;
        }
        hasher.update(&self.text[from..]);
        format!("{KIND}{:08x}", hasher.finalize())
    }
}

struct Writer<'w, 't>(&'w RefCell<Written<'t>>);

impl Write for Writer<'_, '_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.write_all(bytes).map(|()| bytes.len())
    }

    /// A plan is written in thousands of small pieces.
    #[inline]
    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.0.borrow_mut().text.extend_from_slice(bytes);
        Ok(())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Writes without white space, and notes where decimals end in zeros.
struct Figures<'w, 't>(&'w RefCell<Written<'t>>);

impl Formatter for Figures<'_, '_> {
    /// Decimals are written by their digits.
    fn write_raw_fragment<W: Write + ?Sized>(&mut self, writer: &mut W, digits: &str) -> io::Result<()> {
        writer.write_all(digits.as_bytes())?;
        if digits.contains('.') {
            let says = digits.trim_end_matches('0').trim_end_matches('.').len();
            let mut written = self.0.borrow_mut();
            let end = written.text.len();
            written.zeros.push(end - (digits.len() - says)..end);
        }
        Ok(())
    }
}
