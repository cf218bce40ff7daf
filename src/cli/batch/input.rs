//! What a batch reads: its file is looked at first, so that one that holds no requests as it is gets one message.

use std::{
    fs::{self, File},
    io::{self, BufRead, BufReader, Cursor, Read},
    path::{Path, PathBuf},
};

use clap::Args;
use encoding_rs::{Encoding, UTF_8};

use super::{
    super::{Failure, failure::name},
    answer::faults_of_known,
    lines::{Input, LONGEST_LINE},
};
use crate::{
    files::{self, Lines},
    json::printable,
    regimen::Library,
    table::{
        self, Columns, Manner, Record, Refused, RowFault, Table,
        encoding::{self, Decoded, LooksLike},
        kind::{self, Kind},
        words,
    },
};

/// How the input of a batch is read.
#[derive(Args)]
pub(super) struct InputArgs {
    /// Read a CSV table whose first row names the fields, such as labs.creatinine.value; the default for files that end
    /// in .csv or .tsv, and for others that look like a table
    #[arg(long)]
    csv: bool,
    /// What the columns of the table are: names, order of dates, words, fixed values, columns to leave out
    #[arg(long, value_name = "FILE")]
    columns: Option<PathBuf>,
    /// Encoding of the file, such as windows-1252; by default UTF-8, or UTF-16 where the file begins with its mark
    #[arg(long, value_name = "NAME")]
    encoding: Option<String>,
}

/// Requests that were opened.
pub(super) struct Requests {
    /// The requests.
    pub(super) input: Box<dyn Input>,
    /// Whether a columns file could explain what cannot be read.
    pub(super) needs_columns: bool,
}

/// The most bytes that are looked at.
const HEAD: usize = 64 * 1024;

/// A file that was opened, and what was read of it to know what it is.
struct Opened<'a> {
    path: &'a Path,
    head: Vec<u8>,
    rest: Box<dyn BufRead + Send>,
}

impl InputArgs {
    /// The columns file.
    pub(super) fn columns(&self) -> Option<&Path> {
        self.columns.as_deref()
    }

    /// Opens the requests of a file.
    pub(super) fn open(&self, path: &Path, library: &'static Library) -> Result<Requests, Failure> {
        let columns = self.columns.as_deref().map(|file| read_columns(file, library)).transpose()?;
        let opened = Opened::new(path).map_err(|error| Failure::unreadable(path, &error))?;
        if let Some(what) = kind::not_text(&opened.head) {
            return Err(opened.refused(words::not_text(what)));
        }
        let encoding = self.encoding_of(&opened)?;
        let is_table = self.is_table(&opened, encoding)?;
        if !is_table && self.columns.is_some() {
            return Err(Failure::out_of_place("--columns", "tables"));
        }
        if is_table {
            let separator = path.extension().is_some_and(|it| it.eq_ignore_ascii_case("tsv")).then_some(b'\t');
            let input = opened.table(encoding, Manner { separator, columns: columns.as_ref(), library })?;
            return Ok(Requests { input, needs_columns: columns.is_none() });
        }
        let input = Box::new(Lines::new(opened.text(encoding), LONGEST_LINE));
        Ok(Requests { input, needs_columns: false })
    }

    /// The encoding that is named, or that the file's mark says, or UTF-8.
    fn encoding_of(&self, opened: &Opened<'_>) -> Result<&'static Encoding, Failure> {
        let marked = encoding::marked(&opened.head);
        let Some(name) = &self.encoding else {
            return match encoding::looks_like_utf16(&opened.head) {
                Some(looks_like) if marked.is_none() => Err(opened.refused(words::not_utf8(looks_like))),
                _ => Ok(marked.unwrap_or(UTF_8)),
            };
        };
        let named = encoding::named(name).ok_or_else(|| Failure::not_usable(words::no_encoding(&printable(name))))?;
        match marked.filter(|marked| *marked != named) {
            Some(marked) => Err(opened.refused(words::other_mark(marked.name(), named.name()))),
            None => Ok(named),
        }
    }

    /// Whether the file is a table, by option, name or content.
    fn is_table(&self, opened: &Opened<'_>, encoding: &'static Encoding) -> Result<bool, Failure> {
        let is_named = |ending: &str| opened.path.extension().is_some_and(|it| it.eq_ignore_ascii_case(ending));
        if self.csv || is_named("csv") || is_named("tsv") {
            return Ok(true);
        }
        match kind::of_text(&encoding::text_of(&opened.head, encoding)) {
            Kind::Lines => Ok(false),
            Kind::Table => Ok(true),
            Kind::Array => Err(opened.refused(words::ARRAY)),
            Kind::Spread => Err(opened.refused(words::SPREAD)),
        }
    }
}

fn read_columns(path: &Path, library: &'static Library) -> Result<Columns, Failure> {
    let bytes = files::read_ordinary(path).map_err(|error| Failure::unreadable(path, &error))?;
    table::read(&bytes, library).map_err(|faults| Failure::columns(path, &faults))
}

impl<'a> Opened<'a> {
    /// Opens a file, and reads its first line.
    fn new(path: &'a Path) -> io::Result<Self> {
        let mut rest = files::open(path)?;
        let mut head = Vec::new();
        while head.len() < HEAD && !head.contains(&b'\n') {
            let more = rest.fill_buf()?;
            let length = more.len();
            if length == 0 {
                // A terminal that is read again after its end waits for another one.
                rest = Box::new(io::empty());
                break;
            }
            head.extend_from_slice(more);
            rest.consume(length);
        }
        Ok(Self { path, head, rest })
    }

    /// Its text in UTF-8.
    fn text(self, encoding: &'static Encoding) -> Box<dyn BufRead + Send> {
        let whole = Cursor::new(self.head).chain(self.rest);
        // UTF-8 need not be decoded; the reader of requests skips its mark.
        if encoding == UTF_8 { Box::new(whole) } else { Box::new(Decoded::new(whole, encoding)) }
    }

    fn table(self, encoding: &'static Encoding, manner: Manner<'_>) -> Result<Box<dyn Input>, Failure> {
        let path = self.path;
        self.prove(encoding)?;
        let text = Decoded::new(Cursor::new(self.head).chain(self.rest), encoding);
        let table = Table::open(text, manner).map_err(|error| Failure::unreadable(path, &error))?;
        match table {
            Ok(table) => Ok(Box::new(table)),
            Err(refused) => Err(refused_table(path, *refused, manner.library)),
        }
    }

    /// Refuses a file that is not all in its encoding, before a plan is made of its first rows. A pipe can be read
    /// once only.
    fn prove(&self, encoding: &'static Encoding) -> Result<(), Failure> {
        let is_file = || fs::metadata(self.path).is_ok_and(|metadata| metadata.is_file());
        if self.path == Path::new("-") || !is_file() {
            return Ok(());
        }
        let again = File::open(self.path).map(|file| BufReader::with_capacity(1 << 16, file));
        let fault = again.and_then(|file| encoding::fault(file, encoding));
        match fault.map_err(|error| Failure::unreadable(self.path, &error))? {
            None => Ok(()),
            Some(line) => {
                let looks_like = (encoding == UTF_8).then_some(LooksLike::Windows1252);
                Err(self.refused(words::not_in_encoding(line, encoding.name(), looks_like)))
            }
        }
    }

    fn refused(&self, why: impl std::fmt::Display) -> Failure {
        Failure::of_file(self.path, why)
    }
}

/// The most different faults of rows that are listed beside those of a first row.
const MOST_OF_ROWS: usize = 20;

/// A table whose first row cannot be used, with everything that is wrong with it, and with its rows as far as their
/// columns are known: all of it is needed to mend the table at once.
fn refused_table<R: BufRead>(path: &Path, refused: Refused<R>, library: &'static Library) -> Failure {
    let name = name(path);
    let Refused { faults, rows } = refused;
    let mut lines = vec![words::NOT_USABLE.to_owned()];
    lines.extend(faults.iter().map(words::head_fault));
    if let Some(rows) = rows {
        match row_faults(rows, library) {
            Ok(faults) => lines.extend(faults),
            Err(error) => return Failure::unreadable(path, &error),
        }
    }
    let mut lines: Vec<String> = lines.into_iter().map(|line| format!("{name}: {line}")).collect();
    lines.extend(words::head_way_on(&faults));
    Failure::several(lines)
}

/// What is wrong with the rows of a table as far as its columns are known, the same fault once.
fn row_faults<R: BufRead>(mut table: Table<R>, library: &'static Library) -> io::Result<Vec<String>> {
    let mut found: Vec<OfRows> = Vec::new();
    let mut are_more = false;
    let mut text = Vec::new();
    while let Some(record) = table.next(&mut text)? {
        let (line, id, errors) = match record {
            Record::Request { line, faults } => {
                let (id, errors) = faults_of_known(&table, library, &text, line, &faults);
                (line, id, errors)
            }
            // The column without a name was named with the first row.
            Record::Refused { why: RowFault::Nameless(_), .. } => continue,
            Record::Refused { line, id, why } => (line, id.as_deref().map(printable), vec![words::row_fault(&why)]),
        };
        text.clear();
        for error in errors {
            if let Some(same) = found.iter_mut().find(|it| it.error == error) {
                same.others += 1;
            } else if found.len() < MOST_OF_ROWS {
                found.push(OfRows { line, id: id.clone(), error, others: 0 });
            } else {
                are_more = true;
            }
        }
    }
    let said = |it: &OfRows| words::of_rows(it.line, it.id.as_deref(), &it.error, it.others);
    let mut lines: Vec<String> = found.iter().map(said).collect();
    lines.extend(are_more.then(|| words::MORE_IN_ROWS.to_owned()));
    Ok(lines)
}

/// A fault of a row, and how many rows below it have the same.
struct OfRows {
    line: u64,
    id: Option<String>,
    error: String,
    others: u64,
}
