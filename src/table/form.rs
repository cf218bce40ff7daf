//! How the rows of a table become requests: each field with its column, in the order of the columns.

use std::collections::BTreeMap;

use super::{
    cell::{Reading, close, meant, quote},
    day::DateOrder,
    fault::{CellFault, HeadFault, Problem},
    fields::{self, Kind, Step},
    number::Signs,
    rows::Row,
    spelling,
};
use crate::{json::printable, patient::damaged_by_a_spreadsheet, request::NONE};

/// How the rows of a table become requests.
pub(super) struct Form {
    leaves: Vec<Leaf>,
    whole: Part,
    /// How many cells a row has.
    pub(super) columns: usize,
    /// Columns without a name, which must be empty.
    nameless: Vec<usize>,
    id: Option<usize>,
}

/// A field of a request that the table has.
pub(super) struct Leaf {
    pub(super) path: String,
    pub(super) kind: Kind,
    pub(super) source: Source,
    /// The order of dates, where the columns file states one.
    pub(super) order: Option<DateOrder>,
    /// The hospital's words, with what they are in a request.
    pub(super) words: Vec<(String, String)>,
    pub(super) unit: Unit,
}

/// Where a field comes from.
pub(super) enum Source {
    /// The column at this place, from 0.
    Column(usize),
    /// The same text for every row.
    Fixed(String),
}

/// The unit of a number.
#[derive(Clone, Copy)]
pub(super) enum Unit {
    None,
    /// The one that the field is named after.
    Named(&'static str),
    /// That of another field.
    Beside(usize),
}

/// A part of a request, and the fields it is made of, in the order of their columns.
enum Part {
    Object(Vec<(String, Part)>),
    List(BTreeMap<usize, Part>),
    Leaf(usize),
}

/// A row, and how its numbers are written.
#[derive(Clone, Copy)]
struct Written<'r> {
    row: &'r Row,
    signs: Signs,
}

/// The units that names of fields end in.
const NAMED_UNITS: &[&str] = &["kg", "cm", "mg", "weeks", "months", "days"];
/// The field of the identifier.
const ID: &str = "patient.id";

impl Form {
    /// The form of these fields, in a table of so many columns.
    pub(super) fn new(mut leaves: Vec<Leaf>, columns: usize, nameless: Vec<usize>) -> Self {
        leaves.sort_by_key(|leaf| match leaf.source {
            Source::Column(at) => at,
            Source::Fixed(_) => usize::MAX,
        });
        let mut whole = Part::Object(Vec::new());
        for (at, leaf) in leaves.iter().enumerate() {
            whole.put(&fields::steps(&leaf.path).unwrap_or_default(), at);
        }
        let id = leaves.iter().position(|leaf| leaf.path == ID);
        let mut form = Self { leaves, whole, columns, nameless, id };
        form.find_units();
        form
    }

    fn find_units(&mut self) {
        let units: Vec<Unit> = self.leaves.iter().map(|leaf| self.unit_of(&leaf.path)).collect();
        for (leaf, unit) in self.leaves.iter_mut().zip(units) {
            leaf.unit = unit;
        }
    }

    fn unit_of(&self, path: &str) -> Unit {
        if let Some(measured) = path.strip_suffix(".value") {
            let beside = self.leaves.iter().position(|leaf| leaf.path.strip_suffix(".unit") == Some(measured));
            return beside.map_or(Unit::None, Unit::Beside);
        }
        let named = NAMED_UNITS.iter().find(|unit| path.strip_suffix(**unit).is_some_and(|rest| rest.ends_with('_')));
        named.map_or(Unit::None, |unit| Unit::Named(unit))
    }

    /// Whether a column is this field, or a part of it.
    pub(super) fn has(&self, path: &str) -> bool {
        self.leaves.iter().any(|leaf| {
            leaf.path.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
        })
    }

    /// A column without a name that holds something in this row.
    pub(super) fn nameless_cell(&self, row: &Row) -> Option<HeadFault> {
        let held = |column: &usize| {
            let text = String::from_utf8_lossy(row.cell(*column)).trim().to_owned();
            (!text.is_empty()).then_some(text)
        };
        let (column, found) = self.nameless.iter().find_map(|column| Some((*column, held(column)?)))?;
        Some(HeadFault::Nameless { column: column + 1, line: row.line, found: printable(&found) })
    }

    /// The identifier of a row.
    pub(super) fn id<'r>(&'r self, row: &'r Row) -> Option<&'r str> {
        self.id.map(|at| self.text(at, row)).filter(|id| !id.is_empty())
    }

    /// The identifier of a row that has another number of cells than the table: where it comes first and cells are too
    /// many, it is in its place.
    pub(super) fn id_of_long(&self, row: &Row) -> Option<String> {
        let is_first = self.id.is_some_and(|at| matches!(self.leaves[at].source, Source::Column(0)));
        let id = self.id(row).filter(|_| is_first && row.len() > self.columns)?;
        Some(id.to_owned())
    }

    /// Notes what the numbers of a row show of decimals.
    pub(super) fn note_signs(&self, row: &Row, signs: &mut Signs) {
        for (at, leaf) in self.leaves.iter().enumerate() {
            if matches!(leaf.kind, Kind::Number { .. }) && matches!(leaf.source, Source::Column(_)) {
                signs.note(self.text(at, row));
            }
        }
    }

    /// Writes the request of a row; what its cells cannot say is left out of it and listed.
    pub(super) fn write(&self, row: &Row, signs: Signs, to: &mut Vec<u8>) -> Vec<CellFault> {
        let mut faults = Vec::new();
        if !self.part(&self.whole, Written { row, signs }, to, &mut faults) {
            to.extend_from_slice(b"{}");
        }
        faults
    }

    /// Writes what a row says of a part as JSON; nothing if its cells are empty.
    fn part(&self, part: &Part, written: Written<'_>, to: &mut Vec<u8>, faults: &mut Vec<CellFault>) -> bool {
        let start = to.len();
        match part {
            Part::Leaf(at) => {
                return self.leaf(*at, written, to).unwrap_or_else(|fault| {
                    to.truncate(start);
                    faults.push(fault);
                    false
                });
            }
            // "none" in the column of the drug says that nothing was given before.
            Part::Object(members) if self.says_none(members, written.row) => quote(NONE, to),
            // Tables of laboratories have a unit in every row: beside an empty cell it says nothing.
            Part::Object(members) if self.was_not_measured(members, written.row) => return false,
            Part::Object(members) => {
                to.push(b'{');
                for (key, part) in members {
                    let before = to.len();
                    quote(key, to);
                    to.push(b':');
                    if self.part(part, written, to, faults) {
                        to.push(b',');
                    } else {
                        to.truncate(before);
                    }
                }
                close(b'}', to);
            }
            Part::List(elements) => {
                to.push(b'[');
                for part in elements.values() {
                    if self.part(part, written, to, faults) {
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

    /// Whether these are the fields of a measured value, and a row has no value.
    fn was_not_measured(&self, members: &[(String, Part)], row: &Row) -> bool {
        let value = members.iter().find(|(name, _)| name == "value");
        matches!(value, Some((_, Part::Leaf(at))) if self.text(*at, row).is_empty())
    }

    /// Whether these are the fields of an earlier dose, and a row says that there was none.
    fn says_none(&self, members: &[(String, Part)], row: &Row) -> bool {
        let leaf = |key: &str| match members.iter().find(|(name, _)| name == key) {
            Some((_, Part::Leaf(at))) => Some(*at),
            _ => None,
        };
        let Some(drug) = leaf("drug").filter(|at| self.leaves[*at].path.ends_with("last_antiresorptive.drug")) else {
            return false;
        };
        let others = ["date", "route"].map(|key| leaf(key).map_or("", |at| self.text(at, row)));
        spelling::is_same(self.text(drug, row), NONE) && others.iter().all(|it| it.is_empty())
    }

    fn leaf(&self, at: usize, written: Written<'_>, to: &mut Vec<u8>) -> Result<bool, CellFault> {
        let Written { row, signs } = written;
        let leaf = &self.leaves[at];
        let text = self.text(at, row);
        let fault = |problem| CellFault { path: leaf.path.clone(), problem };
        if text.is_empty() {
            return Ok(false);
        }
        if leaf.path == ID && damaged_by_a_spreadsheet(text) {
            return Err(fault(Problem::Damaged { found: printable(text) }));
        }
        let unit = match leaf.unit {
            Unit::None => None,
            Unit::Named(unit) => Some(unit),
            Unit::Beside(unit) => Some(self.text(unit, row)).filter(|unit| !unit.is_empty()),
        };
        let reading = Reading { kind: &leaf.kind, order: leaf.order, unit, signs, words: &leaf.words };
        reading.write(text, to).map(|()| true).map_err(fault)
    }

    /// What a row says of a field: its own text, or what the columns file says for it.
    fn text<'r>(&'r self, at: usize, row: &'r Row) -> &'r str {
        let leaf = &self.leaves[at];
        match &leaf.source {
            Source::Fixed(text) => text,
            Source::Column(column) => {
                let text = std::str::from_utf8(row.cell(*column)).unwrap_or_default().trim();
                if leaf.words.is_empty() || text.is_empty() { text } else { meant(&leaf.words, text).unwrap_or(text) }
            }
        }
    }
}

impl Part {
    /// Puts a field in its place.
    fn put(&mut self, steps: &[Step<'_>], leaf: usize) {
        let [step, rest @ ..] = steps else {
            *self = Self::Leaf(leaf);
            return;
        };
        let empty = || Self::Object(Vec::new());
        match (&mut *self, step) {
            (Self::Object(members), Step::Key(key)) => {
                let at = members.iter().position(|(name, _)| name == key).unwrap_or_else(|| {
                    members.push(((*key).to_owned(), empty()));
                    members.len() - 1
                });
                members[at].1.put(rest, leaf);
            }
            (Self::List(elements), Step::Place(place)) => elements.entry(*place).or_insert_with(empty).put(rest, leaf),
            (_, Step::Place(_)) => {
                *self = Self::List(BTreeMap::new());
                self.put(steps, leaf);
            }
            (_, Step::Key(_)) => {}
        }
    }
}
