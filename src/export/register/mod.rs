//! What a register hands on: its entries as JSON Lines, as a table and as a FHIR bundle, and the list of who is due.

mod due;
mod known;
mod lines;
mod reason;
mod table;

pub use super::fhir::register::{Handed, Options, bundle};
#[cfg(feature = "pdf")]
pub use super::pdf::due_list::{Sheet, sheet, sheet_pages};
pub use due::{Beside, DueDocument, DueList, DueRow, HoldValue, json, table as due_table, text};
pub use known::Known;
pub use lines::{EntryLine, LibraryFormat, LibraryLine, Line, LineFormat, Reading, Unread, library_line, line};
pub(super) use reason::{Reason, another, reason};
pub use table::Table;

use csv::{Terminator, Writer, WriterBuilder};
use serde::Serialize;

use crate::export::BYTE_ORDER_MARK;

/// What every table is written with: RFC 4180, with a byte order mark for spreadsheets.
fn table_writer() -> Writer<Vec<u8>> {
    WriterBuilder::new().terminator(Terminator::CRLF).from_writer(BYTE_ORDER_MARK.as_bytes().to_vec())
}

/// A table without a row: the names of its columns alone, so that whoever reads it by names finds them.
///
/// # Panics
/// Never: a row is made of text and numbers, and is written to memory.
fn empty_table<T: Default + Serialize>() -> Vec<u8> {
    let mut writer = table_writer();
    writer.serialize(T::default()).expect("a row is made of text and numbers");
    let mut table = writer.into_inner().expect("memory takes what is written");
    // No name of a column has the end of a line in it.
    let names = table.iter().position(|byte| *byte == b'\n').map_or(table.len(), |end| end + 1);
    table.truncate(names);
    table
}
