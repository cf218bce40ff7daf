//! Requests from a table as spreadsheets and hospital systems write them: the first row names the fields, and each
//! other row is a patient.
//!
//! A row becomes the text of a request and is read like any other, so the same rules apply to both. What a table
//! leaves in doubt is refused and never guessed; what is another spelling of the same thing is taken.

mod cell;
mod columns;
mod day;
pub mod encoding;
mod fault;
mod fields;
mod form;
mod head;
pub mod kind;
mod number;
mod rows;
mod spelling;
pub mod words;

use std::{
    collections::VecDeque,
    io::{self, BufRead},
};

pub use columns::{Column, Columns, ColumnsFormat, Heading, Literal, OfFields, Words, read, schema};
pub use day::DateOrder;
pub use fault::{Broken, CellFault, ColumnsDefect, ColumnsFlaw, HeadFault, Holds, Problem, RowFault};
pub use number::DecimalSign;

use crate::{json::printable, regimen::Library};
use form::Form;
use number::Signs;
use rows::{Row, Rows};

/// A table that is being read.
pub struct Table<R> {
    rows: Rows<R>,
    /// Rows that were read to learn how the table is written.
    ahead: VecDeque<(Row, Result<(), Broken>)>,
    /// The row that was read last.
    row: Row,
    form: Form,
    signs: Signs,
}

/// A table of which no plan may be made, as its columns are not all known.
pub struct Refused<R> {
    /// Everything that is wrong with its first row.
    pub faults: Vec<HeadFault>,
    /// Its rows with the columns that are known, so that their faults can be said too; none without a first row.
    pub rows: Option<Table<R>>,
}

/// How a table is to be read.
#[derive(Clone, Copy)]
pub struct Manner<'a> {
    /// The separator, where the name of the file says it.
    pub separator: Option<u8>,
    /// What a columns file states.
    pub columns: Option<&'a Columns>,
    /// The library whose words its cells may hold.
    pub library: &'static Library,
}

/// What came of a row.
#[derive(Debug)]
pub enum Record {
    /// A request, and what its cells cannot say and it therefore lacks.
    Request {
        /// The line it begins in, from 1.
        line: u64,
        /// What is wrong with its cells.
        faults: Vec<CellFault>,
    },
    /// No request.
    Refused {
        /// The line it begins in, from 1.
        line: u64,
        /// The patient's identifier, where it is known.
        id: Option<String>,
        /// Why.
        why: RowFault,
    },
}

/// The most rows that are read ahead.
const MOST_AHEAD: usize = 256;
/// The most different texts that are shown of a column.
const MOST_SHOWN: usize = 8;
/// No row is read ahead after so many bytes.
const FAR_ENOUGH: u64 = 256 * 1024;

impl<R: BufRead> Table<R> {
    /// Reads the first row, and the first rows of patients, which show how numbers are written.
    ///
    /// # Errors
    /// Where the table cannot be read; within, where its first row cannot be used.
    pub fn open(from: R, manner: Manner<'_>) -> io::Result<Result<Self, Box<Refused<R>>>> {
        let refused = |faults, rows| Ok(Err(Box::new(Refused { faults, rows })));
        let mut rows = Rows::new(from);
        let separator = separator(&mut rows, manner.separator)?;
        rows.separate_by(separator);
        let mut first = Row::default();
        match rows.read_row(&mut first)? {
            None => return refused(vec![HeadFault::Empty], None),
            Some(Err(_)) => return refused(vec![HeadFault::Unreadable], None),
            Some(Ok(())) => refuse_other_than_text(&first)?,
        }
        let name = |at| String::from_utf8_lossy(first.cell(at)).trim().to_owned();
        let names: Vec<String> = (0..first.len()).map(name).collect();
        let (form, mut faults) = head::read(&names, manner.columns, manner.library);
        rows.expect(form.columns);
        let stated = manner.columns.and_then(|columns| columns.decimal);
        let signs = Signs::new(separator == b',', stated);
        let mut table = Self { rows, ahead: VecDeque::new(), row: Row::default(), form, signs };
        faults.extend(table.look_ahead()?);
        for fault in &mut faults {
            if let HeadFault::Unknown { column, holds, .. } = fault {
                *holds = table.holds(*column - 1);
            }
        }
        if faults.is_empty() { Ok(Ok(table)) } else { refused(faults, Some(table)) }
    }

    /// What is in a column in the rows that were read ahead.
    fn holds(&self, column: usize) -> Holds {
        let mut holds = Holds::default();
        for (row, _) in &self.ahead {
            let text = printable(String::from_utf8_lossy(row.cell(column)).trim());
            if text.is_empty() || holds.texts.contains(&text) {
                continue;
            }
            if holds.texts.len() == MOST_SHOWN {
                holds.more = true;
                break;
            }
            holds.texts.push(text);
        }
        holds
    }

    /// Whether a column is this field of a request, or a part of it.
    pub fn has(&self, path: &str) -> bool {
        self.form.has(path)
    }

    /// Reads rows ahead; returns the columns without a name that are not empty.
    fn look_ahead(&mut self) -> io::Result<Vec<HeadFault>> {
        let mut faults: Vec<HeadFault> = Vec::new();
        while self.ahead.len() < MOST_AHEAD && self.rows.read() < FAR_ENOUGH {
            let mut row = Row::default();
            let Some(read) = self.rows.read_row(&mut row)? else { break };
            refuse_other_than_text(&row)?;
            self.form.note_signs(&row, &mut self.signs);
            if faults.is_empty() {
                faults.extend(self.form.nameless_cell(&row));
            }
            self.ahead.push_back((row, read));
        }
        Ok(faults)
    }

    /// Reads the next row, and appends its request to `text`; none at the end.
    pub fn next(&mut self, text: &mut Vec<u8>) -> io::Result<Option<Record>> {
        if let Some((row, read)) = self.ahead.pop_front() {
            return Ok(Some(self.record(&row, read, text)));
        }
        let mut row = std::mem::take(&mut self.row);
        let read = self.rows.read_row(&mut row)?;
        refuse_other_than_text(&row)?;
        let record = read.map(|read| self.record(&row, read, text));
        self.row = row;
        Ok(record)
    }

    fn record(&mut self, row: &Row, read: Result<(), Broken>, text: &mut Vec<u8>) -> Record {
        let line = row.line;
        if let Err(broken) = read {
            let id = self.form.id(row).map(str::to_owned);
            return Record::Refused { line, id, why: RowFault::Broken(broken) };
        }
        let needed = self.form.columns;
        let is_longer = (needed..row.len()).any(|at| !row.cell(at).trim_ascii().is_empty());
        if row.len() < needed || is_longer {
            let id = self.form.id_of_long(row);
            let why = RowFault::Cells { found: row.len(), needed, begins: row.beginning() };
            return Record::Refused { line, id, why };
        }
        if let Some(fault) = self.form.nameless_cell(row) {
            let id = self.form.id(row).map(str::to_owned);
            return Record::Refused { line, id, why: RowFault::Nameless(fault) };
        }
        self.form.note_signs(row, &mut self.signs);
        let faults = self.form.write(row, self.signs, text);
        Record::Request { line, faults }
    }

    /// How many bytes were read.
    pub fn read_to(&self) -> u64 {
        self.rows.read()
    }
}

/// A file was looked through before; input that comes through a pipe was not.
fn refuse_other_than_text(row: &Row) -> io::Result<()> {
    if row.is_text() {
        return Ok(());
    }
    let why = words::not_in_encoding(row.line, "UTF-8", Some(encoding::LooksLike::Windows1252));
    Err(io::Error::new(io::ErrorKind::InvalidData, why))
}

/// The separator of a table: what a first line `sep=;` says, what its file's name says, or the sign that parts the
/// names of the first row.
fn separator<R: BufRead>(rows: &mut Rows<R>, of_name: Option<u8>) -> io::Result<u8> {
    let line = rows.peek_line()?;
    let stated = line.get(..4).is_some_and(|start| start.eq_ignore_ascii_case(b"sep=")) && line.len() == 5;
    if stated {
        let stated = line[4];
        rows.skip_line()?;
        return Ok(stated);
    }
    let mut in_quotes = false;
    let mut counts = [0_usize; 3];
    for byte in line {
        in_quotes ^= *byte == b'"';
        for (count, separator) in counts.iter_mut().zip(SEPARATORS) {
            *count += usize::from(*byte == separator && !in_quotes);
        }
    }
    let most = counts.iter().zip(SEPARATORS).rev().max_by_key(|(count, _)| **count);
    Ok(of_name.or(most.map(|(_, separator)| separator)).unwrap_or(b','))
}

/// What parts cells: commas, semicolons where a comma is before decimals, tabs where a table was copied.
const SEPARATORS: [u8; 3] = [b',', b';', b'\t'];
