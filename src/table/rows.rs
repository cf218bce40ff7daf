//! The rows of a table, each with the line it begins in.
//!
//! Strict about quotation marks: where one is not closed at the end of its cell, the line is refused and the lines
//! below it are read on their own. A reader that makes the best of it would give a patient the values of the next one.
//! Lines are counted here: with LF, CRLF and CR, blank lines, and line breaks inside of cells.

use std::io::{self, BufRead};

use crate::json::printable;

/// The most bytes of a row in one line.
const LONGEST_ROW: usize = 1024 * 1024;
/// The most bytes of a cell in quotation marks: far more than any text of a request.
const LONGEST_CELL: usize = 64 * 1024;
/// The most cells of a row: more than any spreadsheet has columns.
const MOST_CELLS: usize = 20_000;

/// Rows that are read from text in UTF-8.
pub(super) struct Rows<R> {
    from: R,
    separator: u8,
    /// How many cells the rows have, once that is known.
    columns: usize,
    /// What was read and not yet left behind.
    held: Vec<u8>,
    /// Where the next row begins in what is held.
    next: usize,
    /// The line of that place.
    line: u64,
    /// How many bytes were read.
    read: u64,
}

/// The cells of a row.
#[derive(Clone, Debug, Default)]
pub(super) struct Row {
    /// The line it begins in, from 1.
    pub(super) line: u64,
    text: Vec<u8>,
    ends: Vec<usize>,
}

/// Why a row cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Broken {
    /// A quotation mark is not closed at the end of its cell.
    Quotation {
        /// The line in which it is opened.
        line: u64,
    },
    /// The line is longer than a row can be.
    TooLong,
}

impl Row {
    /// How many cells it has.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// A cell; nothing where the row has none at this place.
    pub(super) fn cell(&self, at: usize) -> &[u8] {
        let Some(end) = self.ends.get(at) else { return &[] };
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.text[start..*end]
    }

    /// Whether nothing is in it but white space.
    pub(super) fn is_blank(&self) -> bool {
        std::str::from_utf8(&self.text).is_ok_and(|text| text.trim().is_empty())
    }

    /// Whether all of it is UTF-8.
    pub(super) fn is_text(&self) -> bool {
        std::str::from_utf8(&self.text).is_ok()
    }

    /// The first cells, as a message may repeat them.
    pub(super) fn beginning(&self) -> String {
        let cells: Vec<_> = (0..self.len().min(3)).map(|at| String::from_utf8_lossy(self.cell(at))).collect();
        printable(cells.join(", ").trim())
    }

    fn begin(&mut self, line: u64) {
        self.line = line;
        self.text.clear();
        self.ends.clear();
    }
}

/// Where a quoted cell was opened, and where to go on if it is not closed.
struct Opened {
    line: u64,
    /// The start of the next line, as soon as it is known.
    next_line: Option<usize>,
}

impl<R: BufRead> Rows<R> {
    pub(super) fn new(from: R) -> Self {
        Self { from, separator: b',', columns: 0, held: Vec::new(), next: 0, line: 1, read: 0 }
    }

    /// Reads what follows with this separator.
    pub(super) fn separate_by(&mut self, separator: u8) {
        self.separator = separator;
    }

    /// How many cells a row has from now on.
    pub(super) fn expect(&mut self, columns: usize) {
        self.columns = columns;
    }

    /// How many bytes were read.
    pub(super) fn read(&self) -> u64 {
        self.read
    }

    /// The line that follows, without its end, as far as it is not longer than a row.
    pub(super) fn peek_line(&mut self) -> io::Result<&[u8]> {
        self.skip_blank_lines()?;
        let mut at = self.next;
        while at - self.next < LONGEST_ROW && !matches!(self.byte(at)?, None | Some(b'\n' | b'\r')) {
            at += 1;
        }
        Ok(&self.held[self.next..at])
    }

    /// Passes over the line that follows.
    pub(super) fn skip_line(&mut self) -> io::Result<()> {
        self.next = self.end_of_line(self.next)?;
        self.line += 1;
        Ok(())
    }

    /// Reads the next row that is not blank; none at the end. Of a row that is broken, the cells before the fault
    /// are there.
    pub(super) fn read_row(&mut self, row: &mut Row) -> io::Result<Option<Result<(), Broken>>> {
        loop {
            self.skip_blank_lines()?;
            self.leave_behind();
            row.begin(self.line);
            if self.byte(self.next)?.is_none() {
                return Ok(None);
            }
            match self.cells(row)? {
                Ok(()) if row.is_blank() => {}
                read => return Ok(Some(read)),
            }
        }
    }

    fn skip_blank_lines(&mut self) -> io::Result<()> {
        while let Some(end @ (b'\n' | b'\r')) = self.byte(self.next)? {
            self.next = self.after_end_of_line(self.next, end)?;
            self.line += 1;
        }
        Ok(())
    }

    /// Reads the cells of one row.
    fn cells(&mut self, row: &mut Row) -> io::Result<Result<(), Broken>> {
        let start = self.next;
        let mut line = self.line;
        let mut at = start;
        loop {
            let after = if self.byte(at)? == Some(b'"') {
                let mut opened = Opened { line, next_line: None };
                match self.quoted(at + 1, row, &mut line, &mut opened)? {
                    Some(after) => after,
                    None => return self.go_on_below(at, &opened).map(Err),
                }
            } else {
                self.plain(start, at, row)?
            };
            row.ends.push(row.text.len());
            match self.byte(after)? {
                Some(byte) if byte == self.separator && row.len() < MOST_CELLS => at = after + 1,
                Some(end @ (b'\n' | b'\r')) => {
                    self.next = self.after_end_of_line(after, end)?;
                    self.line = line + 1;
                    return Ok(Ok(()));
                }
                None => {
                    self.next = after;
                    self.line = line;
                    return Ok(Ok(()));
                }
                Some(_) => {
                    self.next = self.end_of_line(after)?;
                    self.line = line + 1;
                    return Ok(Err(Broken::TooLong));
                }
            }
        }
    }

    /// Reads a cell without quotation marks; returns where it ends.
    fn plain(&mut self, start: usize, from: usize, row: &mut Row) -> io::Result<usize> {
        let separator = self.separator;
        let mut at = from;
        loop {
            let end = self.held[at..].iter().position(|byte| *byte == separator || matches!(byte, b'\n' | b'\r'));
            let to = end.map_or(self.held.len(), |end| at + end);
            row.text.extend_from_slice(&self.held[at..to]);
            at = to;
            if end.is_some() || to - start > LONGEST_ROW || !self.fill()? {
                return Ok(at);
            }
        }
    }

    /// Reads a cell after its quotation mark; returns where it ends, or none if the mark is not closed there.
    fn quoted(&mut self, from: usize, row: &mut Row, line: &mut u64, opened: &mut Opened) -> io::Result<Option<usize>> {
        let mut at = from;
        let mut separators = 0;
        while at - from <= LONGEST_CELL {
            let Some(byte) = self.byte(at)? else { return Ok(None) };
            at += 1;
            match byte {
                b'"' if self.byte(at)? == Some(b'"') => {
                    row.text.push(b'"');
                    at += 1;
                }
                b'"' => {
                    // A cell that holds as many separators as a row, over a line break, holds rows.
                    let holds_a_row = opened.next_line.is_some() && separators + 1 >= self.columns.max(2);
                    while self.byte(at)? == Some(b' ') {
                        at += 1;
                    }
                    let byte = self.byte(at)?;
                    let closed = byte.is_none_or(|byte| byte == self.separator || matches!(byte, b'\n' | b'\r'));
                    return Ok((closed && !holds_a_row).then_some(at));
                }
                b'\n' | b'\r' => {
                    at = self.after_end_of_line(at - 1, byte)?;
                    *line += 1;
                    opened.next_line.get_or_insert(at);
                    // No field of a request has lines.
                    row.text.push(b' ');
                }
                _ => {
                    separators += usize::from(byte == self.separator);
                    row.text.push(byte);
                }
            }
        }
        Ok(None)
    }

    /// Goes on with the line below the one in which a quotation mark was opened.
    fn go_on_below(&mut self, at: usize, opened: &Opened) -> io::Result<Broken> {
        self.next = match opened.next_line {
            Some(next) => next,
            None => self.end_of_line(at)?,
        };
        self.line = opened.line + 1;
        Ok(Broken::Quotation { line: opened.line })
    }

    /// The place after the end of the line of `at`. A line that is too long is not kept.
    fn end_of_line(&mut self, at: usize) -> io::Result<usize> {
        let mut at = at;
        loop {
            match self.byte(at)? {
                None => return Ok(at),
                Some(end @ (b'\n' | b'\r')) => return self.after_end_of_line(at, end),
                Some(_) => at += 1,
            }
            if at - self.next > LONGEST_ROW {
                self.held.drain(..at);
                (self.next, at) = (0, 0);
            }
        }
    }

    /// The place after a line end of one byte or two.
    fn after_end_of_line(&mut self, at: usize, end: u8) -> io::Result<usize> {
        let two = end == b'\r' && self.byte(at + 1)? == Some(b'\n');
        Ok(at + 1 + usize::from(two))
    }

    /// A byte of what is held, read if it is not yet there; none at the end.
    fn byte(&mut self, at: usize) -> io::Result<Option<u8>> {
        while at >= self.held.len() {
            if !self.fill()? {
                return Ok(None);
            }
        }
        Ok(Some(self.held[at]))
    }

    /// Reads more; returns whether there was any.
    fn fill(&mut self) -> io::Result<bool> {
        let more = self.from.fill_buf()?;
        let length = more.len();
        self.held.extend_from_slice(more);
        self.from.consume(length);
        self.read += length as u64;
        Ok(length > 0)
    }

    /// Lets go of the rows that were read.
    fn leave_behind(&mut self) {
        if self.next > 0 && (self.next > LONGEST_CELL || self.next == self.held.len()) {
            self.held.drain(..self.next);
            self.next = 0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The rows of a table with their lines, and the lines that are broken.
    fn rows(table: &str, columns: usize) -> Vec<(u64, Result<Vec<String>, Broken>)> {
        // One byte at a time: no line end falls apart between two reads.
        let mut rows = Rows::new(io::BufReader::with_capacity(1, table.as_bytes()));
        rows.expect(columns);
        let (mut row, mut found) = (Row::default(), Vec::new());
        while let Some(read) = rows.read_row(&mut row).expect("memory can be read") {
            let cells = (0..row.len()).map(|at| String::from_utf8_lossy(row.cell(at)).into_owned()).collect();
            found.push((row.line, read.map(|()| cells)));
        }
        found
    }

    fn lines(table: &str, columns: usize) -> Vec<u64> {
        rows(table, columns).into_iter().map(|(line, _)| line).collect()
    }

    #[test]
    fn every_line_end_is_counted_once() {
        for end in ["\n", "\r\n", "\r"] {
            assert_eq!(lines(&["a,b", "", "c,d", " , ", "\"e", "x\",f", "g,h"].join(end), 2), [1, 3, 5, 7], "{end:?}");
        }
        assert_eq!(lines("a\r\n\n\r\nb\n\rc", 1), [1, 4, 6]);
    }

    #[test]
    fn a_quoted_cell_may_hold_marks_separators_and_line_breaks() {
        let cells = |table| rows(table, 9).remove(0).1.expect("a row");
        assert_eq!(cells("\"a \"\"b\"\"\",\"c,d\",\"e\r\nf\" ,\"\""), ["a \"b\"", "c,d", "e f", ""]);
        assert_eq!(cells("a\"b,5' 6\",c"), ["a\"b", "5' 6\"", "c"]);
    }

    #[test]
    fn an_open_quotation_mark_costs_its_own_line_only() {
        let broken = |line| (line, Err(Broken::Quotation { line }));
        let row = |line, cells: [&str; 3]| (line, Ok(cells.map(str::to_owned).to_vec()));
        let (first, last) = (row(1, ["a", "b", "c"]), row(3, ["g", "h", "i"]));
        for second in ["d,\"e,f", "d,e,\"f", "\"d,e,f", "d,\"e\"x,f", "d,\"e\",\"f"] {
            let table = format!("a,b,c\n{second}\ng,h,i\n");
            assert_eq!(rows(&table, 3), [first.clone(), broken(2), last.clone()], "{second}");
        }
        // The mark of the next row would close it, and that row would have the right number of cells.
        assert_eq!(rows("a,b,c\nd,\"e,f\ng,\"h\",i\n", 3), [first.clone(), broken(2), last.clone()]);
        assert_eq!(rows("a,b,c\nd,\"e,f\ng,h\",i\n", 3), [first, broken(2), row(3, ["g", "h\"", "i"])]);
    }

    #[test]
    fn a_line_without_end_is_passed_over() {
        let table = format!("a,b\n{}\nc,d\n\"{}\ne,f", "x".repeat(3 << 20), "y".repeat(3 << 20));
        let found = rows(&table, 2);
        assert_eq!(found[1], (2, Err(Broken::TooLong)));
        assert_eq!(found[3], (4, Err(Broken::Quotation { line: 4 })));
        assert_eq!(found.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [1, 2, 3, 4, 5]);
    }
}
