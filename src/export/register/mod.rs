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
