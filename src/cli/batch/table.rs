//! Requests from a table, as a batch reads them.

use std::io::{self, BufRead};

use super::{lines::Input, relay::Item};
use crate::{
    json::printable,
    table::{Record, Table, words::row_fault},
};

impl<R: BufRead + Send> Input for Table<R> {
    fn next(&mut self, text: &mut Vec<u8>) -> io::Result<Option<Item>> {
        let start = text.len();
        let record = Self::next(self, text)?;
        Ok(record.map(|record| match record {
            Record::Request { line, faults } => Item::Request { line, text: start..text.len(), faults },
            Record::Refused { line, id, why } => {
                Item::Unusable { line, id: id.as_deref().map(printable), error: row_fault(&why) }
            }
        }))
    }

    fn read_to(&self) -> u64 {
        Self::read_to(self)
    }
}
