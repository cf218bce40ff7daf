//! Requests from a CSV table: the first row names the fields by their paths, and each other row is a patient.
//!
//! A row becomes the text of a request and is read like any other, so the same rules apply
//! to both. Which cells are numbers and which are lists is known from the schema of a request.

use std::{
    collections::BTreeMap,
    io::{self, BufRead},
};

use csv::{ByteRecord, ErrorKind, Reader, ReaderBuilder};
use serde_json::Value;

use super::{lines::Input, relay::Item};
use crate::{
    json::{nearest, printable},
    quantity::Decimal,
    request::NONE,
    schema,
};

/// A table that is being read.
pub(super) struct Table<R> {
    rows: Reader<R>,
    row: ByteRecord,
    form: Part,
}

/// What a cell holds.
#[derive(Clone, Copy)]
enum Cell {
    /// Words, a date or any other text.
    Text,
    /// A number, or true or false.
    Plain,
    /// Several texts, with semicolons, commas or spaces between them.
    List,
}

/// A part of a request, and the columns it is made of.
enum Part {
    Object(BTreeMap<String, Part>),
    List(BTreeMap<usize, Part>),
    Cell(usize, Cell),
}

/// A step of the path of a field.
enum Step<'n> {
    Key(&'n str),
    Place(usize),
}

/// The most entries of a list in a row.
const MOST_PLACES: usize = 100;

impl<R: BufRead> Table<R> {
    /// Reads the first row; returns what is wrong with it if it does not name fields.
    pub(super) fn new(mut from: R) -> io::Result<Result<Self, String>> {
        let delimiter = delimiter(from.fill_buf()?);
        let mut rows = ReaderBuilder::new().delimiter(delimiter).from_reader(from);
        let names = match rows.byte_headers() {
            Ok(names) => names.clone(),
            Err(error) => return failed(error).map(|why| Err(why.error)),
        };
        Ok(form(&names).map(|form| Self { rows, row: ByteRecord::new(), form }))
    }
}

impl<R> Table<R> {
    /// Why a row that begins in `line` contains the rows below it too: no field of a request contains a line break.
    fn swallowed(&self, line: u64) -> Option<String> {
        let lines = self.row.as_slice().split(|byte| *byte == b'\n').count() as u64;
        let last = line + lines - 1;
        (last > line).then(|| {
            format!(
                "lines {line} to {last} form one row: a quotation mark is opened and not closed; \
                 these patients have no plan"
            )
        })
    }
}

/// The separator of the first row: programs for countries with a decimal comma write semicolons.
fn delimiter(held: &[u8]) -> u8 {
    let first = held.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let count = |wanted: u8| first.split(|byte| *byte == wanted).count();
    [b',', b';', b'\t'].into_iter().max_by_key(|it| (count(*it), *it == b',')).unwrap_or(b',')
}

/// The request that the columns describe; an unknown or repeated name is an error.
fn form(names: &ByteRecord) -> Result<Part, String> {
    let schema = schema::request().to_value();
    let mut whole = Part::Object(BTreeMap::new());
    for (column, name) in names.iter().enumerate() {
        let name = std::str::from_utf8(name).map_err(|_| NOT_UTF8.to_owned())?;
        let name = name.trim_start_matches('\u{feff}').trim();
        let steps = steps(name).unwrap_or_default();
        let Some(cell) = cell(&schema, &steps) else { return Err(unknown(name, &schema)) };
        if !whole.put(&steps, Part::Cell(column, cell)) {
            return Err(format!("the column \"{}\" appears twice in the first row", printable(name)));
        }
    }
    Ok(whole)
}

const NOT_UTF8: &str = "the table is not in UTF-8: save it as \"CSV UTF-8\"";

fn unknown(name: &str, schema: &Value) -> String {
    let mut known = Vec::new();
    fields(schema, schema, "", &mut known);
    let meant = nearest(name, known.iter().map(String::as_str));
    let hint = meant.map_or_else(
        || "; the first row names the fields of a request, such as patient.id or labs.creatinine.value".to_owned(),
        |meant| format!("; did you mean \"{meant}\"?"),
    );
    format!("the first row has a column \"{}\", which is not a field of a request{hint}", printable(name))
}

/// The steps of a path such as `confirmations[0].by`.
fn steps(name: &str) -> Option<Vec<Step<'_>>> {
    let mut steps = Vec::new();
    for part in name.split('.') {
        let (key, place) = match part.split_once('[') {
            Some((key, place)) => (key, Some(place.strip_suffix(']')?.parse::<usize>().ok()?)),
            None => (part, None),
        };
        steps.push(Step::Key(key));
        steps.extend(place.filter(|place| *place < MOST_PLACES).map(Step::Place));
    }
    Some(steps)
}

/// The kind of cell at a path of the schema, if it is one cell.
fn cell(schema: &Value, steps: &[Step<'_>]) -> Option<Cell> {
    let mut here = resolved(schema, schema);
    for step in steps {
        let next = match step {
            Step::Key(key) => here.get("properties")?.get(*key)?,
            Step::Place(_) => here.get("items")?,
        };
        here = resolved(schema, next);
    }
    if here.get("properties").is_some() {
        return None;
    }
    let of_type = |wanted: &str| match here.get("type") {
        Some(Value::String(found)) => found == wanted,
        Some(Value::Array(found)) => found.iter().any(|it| it == wanted),
        _ => false,
    };
    if of_type("array") {
        let item = resolved(schema, here.get("items")?);
        return item.get("properties").is_none().then_some(Cell::List);
    }
    let plain = ["number", "integer", "boolean"].into_iter().any(of_type);
    Some(if plain { Cell::Plain } else { Cell::Text })
}

/// What a reference of the schema refers to, and what a value is that may be left out.
fn resolved<'s>(schema: &'s Value, part: &'s Value) -> &'s Value {
    if let Some(name) = part.get("$ref").and_then(Value::as_str).and_then(|it| it.strip_prefix("#/$defs/")) {
        return schema.get("$defs").and_then(|defs| defs.get(name)).map_or(part, |it| resolved(schema, it));
    }
    let others = part.get("anyOf").and_then(Value::as_array).into_iter().flatten();
    let value = others.into_iter().find(|it| it.get("type").is_none_or(|kind| kind != "null"));
    value.map_or(part, |it| resolved(schema, it))
}

/// The paths of all fields, those of lists at their first place.
fn fields(schema: &Value, part: &Value, path: &str, found: &mut Vec<String>) {
    let here = resolved(schema, part);
    let properties = here.get("properties").and_then(Value::as_object);
    for (key, inner) in properties.into_iter().flatten() {
        let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
        fields(schema, inner, &path, found);
    }
    if let Some(items) = here.get("items").map(|it| resolved(schema, it)).filter(|it| it.get("properties").is_some()) {
        fields(schema, items, &format!("{path}[0]"), found);
    } else if properties.is_none() {
        found.push(path.to_owned());
    }
}

impl Part {
    /// Puts a part in its place, unless the place is taken.
    fn put(&mut self, steps: &[Step<'_>], part: Self) -> bool {
        let [step, rest @ ..] = steps else {
            let empty = matches!(self, Self::Object(members) if members.is_empty());
            if empty {
                *self = part;
            }
            return empty;
        };
        let empty = || Self::Object(BTreeMap::new());
        match (&mut *self, step) {
            (Self::Object(members), Step::Place(_)) if members.is_empty() => {
                *self = Self::List(BTreeMap::new());
                self.put(steps, part)
            }
            (Self::Object(members), Step::Key(key)) => {
                members.entry((*key).to_owned()).or_insert_with(empty).put(rest, part)
            }
            (Self::List(elements), Step::Place(place)) => elements.entry(*place).or_insert_with(empty).put(rest, part),
            _ => false,
        }
    }

    /// Writes what a row says of this part as JSON; nothing if its cells are empty.
    fn write(&self, row: &[&str], to: &mut Vec<u8>) -> bool {
        let start = to.len();
        match self {
            Self::Cell(column, cell) => return cell.write(row.get(*column).copied().unwrap_or_default().trim(), to),
            // "none" in the column of the drug says that nothing was given before.
            Self::Object(members) if says_none(members, row) => quote(NONE, to),
            Self::Object(members) => {
                to.push(b'{');
                for (key, part) in members {
                    let before = to.len();
                    quote(key, to);
                    to.push(b':');
                    if part.write(row, to) {
                        to.push(b',');
                    } else {
                        to.truncate(before);
                    }
                }
                close(b'}', to);
            }
            Self::List(elements) => {
                to.push(b'[');
                for part in elements.values() {
                    if part.write(row, to) {
                        to.push(b',');
                    }
                }
                close(b']', to);
            }
        }
        let says_something = to.len() > start + 2;
        if !says_something {
            to.truncate(start);
        }
        says_something
    }
}

/// Whether these are the columns of an earlier dose, and their row says that there was none.
fn says_none(members: &BTreeMap<String, Part>, row: &[&str]) -> bool {
    let cell = |key: &str| match members.get(key) {
        Some(Part::Cell(column, _)) => Some(row.get(*column).copied().unwrap_or_default().trim()),
        _ => None,
    };
    let others = ["date", "route"].map(|key| cell(key).unwrap_or_default());
    cell("date").is_some() && cell("drug") == Some(NONE) && others.iter().all(|it| it.is_empty())
}

fn close(with: u8, to: &mut Vec<u8>) {
    if to.last() == Some(&b',') {
        to.pop();
    }
    to.push(with);
}

impl Cell {
    fn write(self, text: &str, to: &mut Vec<u8>) -> bool {
        match self {
            _ if text.is_empty() => return false,
            Self::Text => quote(text, to),
            Self::Plain => {
                let number = text.replace(',', ".");
                match text {
                    "true" | "false" => to.extend_from_slice(text.as_bytes()),
                    _ => match number.parse::<Decimal>() {
                        // A spreadsheet may write 068.5, which is no number of JSON.
                        Ok(number) => to.extend_from_slice(number.to_string().as_bytes()),
                        // The reader of requests says what is wrong with it.
                        Err(_) => quote(text, to),
                    },
                }
            }
            Self::List if text == NONE => to.extend_from_slice(b"[]"),
            Self::List => {
                to.push(b'[');
                for word in text.split([';', ',', ' ']).filter(|word| !word.is_empty()) {
                    quote(word, to);
                    to.push(b',');
                }
                close(b']', to);
            }
        }
        true
    }
}

fn quote(text: &str, to: &mut Vec<u8>) {
    serde_json::to_writer(to, text).expect("text is JSON");
}

/// A row that is not a request.
struct Fault {
    line: Option<u64>,
    error: String,
}

/// What is wrong with a row; an error where the table cannot be read further.
fn failed(error: csv::Error) -> io::Result<Fault> {
    let line = error.position().map(csv::Position::line);
    match error.into_kind() {
        ErrorKind::Io(error) => Err(error),
        ErrorKind::UnequalLengths { expected_len, len, .. } => {
            let error = format!("the row has {len} cells, and the first row names {expected_len}");
            Ok(Fault { line, error })
        }
        _ => Ok(Fault { line, error: "the row cannot be read".to_owned() }),
    }
}

impl<R: BufRead + Send> Input for Table<R> {
    fn next(&mut self, text: &mut Vec<u8>) -> io::Result<Option<Item>> {
        let read = self.rows.read_byte_record(&mut self.row);
        let line = match read {
            Ok(false) => return Ok(None),
            Ok(true) => self.row.position().map(csv::Position::line).unwrap_or_default(),
            Err(error) => {
                let Fault { line, error } = failed(error)?;
                let line = line.unwrap_or_default();
                let error = self.swallowed(line).unwrap_or(error);
                return Ok(Some(Item::Unusable { line, error }));
            }
        };
        if let Some(error) = self.swallowed(line) {
            return Ok(Some(Item::Unusable { line, error }));
        }
        let cells: Result<Vec<&str>, _> = self.row.iter().map(std::str::from_utf8).collect();
        let Ok(cells) = cells else {
            return Ok(Some(Item::Unusable { line, error: NOT_UTF8.to_owned() }));
        };
        let start = text.len();
        if !self.form.write(&cells, text) {
            text.extend_from_slice(b"{}");
        }
        Ok(Some(Item::Request { line, text: start..text.len() }))
    }

    fn read_to(&self) -> u64 {
        self.rows.position().byte()
    }
}
