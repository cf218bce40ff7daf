//! JSON in which every value knows its place.
//!
//! A request or a regimen file is read into records by [`FromJson`], which reports every fault with
//! its path, line and column instead of stopping at the first one. Numbers are read from their text
//! and never pass through binary floating point; unknown and duplicate keys are faults. The syntax
//! itself is that of `serde_json`.

mod borrowed;
mod date;
mod decimal;
mod difference;
mod fault;
#[cfg(feature = "cli")]
mod hex;
mod node;
mod number;
pub(crate) mod quick;
mod read;
mod record;
mod text;
mod value;

pub use date::{YEARS, parse_date};
pub(crate) use date::{iso_date, iso_date_if_any};
pub(crate) use decimal::power_of_ten;
pub use decimal::{Decimal, NotADecimal};
pub use difference::{Difference, Identity, Names, Numbered, Step, differences};
pub use fault::{Expected, Fault, Faults, Notation, Path, Problem, Syntax, nearest};
#[cfg(feature = "ward")]
pub(crate) use hex::from_hex;
#[cfg(feature = "cli")]
pub(crate) use hex::hex;
pub use node::{Kind, Node};
#[cfg(feature = "cli")]
pub(crate) use read::text as read_text;
pub use read::{AtLeastOne, FromJson, Object, is_absent, read_document};
#[cfg(test)]
pub(crate) use read::{read_carefully, read_quickly};
pub(crate) use record::{key, read_word, record, vocabulary};
#[cfg(feature = "cli")]
pub(crate) use text::LONGEST_TEXT;
pub use text::{Phrase, Text, Written, escaped, printable, unhidden, visible};
pub(crate) use text::{as_read, sound};
pub use value::Value;
