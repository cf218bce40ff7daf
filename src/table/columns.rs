//! The columns file: what a hospital's own table calls the fields of a request, and how it writes them.

use std::{borrow::Cow, collections::BTreeMap};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Serialize;

use crate::{
    json::{
        AtLeastOne, Fault, Faults, FromJson, Kind as Written, Node, Object, Path, Problem, Text, nearest, printable,
        read_document, record, vocabulary,
    },
    regimen::Library,
    request::NONE,
    schema,
    table::{
        cell,
        day::DateOrder,
        fault::{ColumnsDefect, ColumnsFlaw},
        fields::{self, Kind},
        number::{self, DecimalSign, Signs},
        spelling,
    },
};

vocabulary! {
    /// The form of a columns file.
    pub enum ColumnsFormat {
        /// The first form.
        V1 = "osteodose-columns/1",
    }
}

record! {
    /// What the columns of a table are.
    pub struct Columns {
        /// The form of the file.
        format: ColumnsFormat,
        /// The sign before decimals; where it is left out, a number in which it could part thousands is refused.
        decimal: Option<DecimalSign>,
        /// The fields of a request whose column has another name, or whose cells are written in another way.
        #[serde(default)]
        columns: OfFields,
        /// Columns that are not read, by name or number.
        leave_out: Option<AtLeastOne<Heading>>,
    }
}

record! {
    /// Where a field comes from, and how it is written.
    pub struct Column {
        /// The column, by its name or its number from 1; the one with the name of the field when left out.
        column: Option<Heading>,
        /// The value of every row, where there is no column.
        value: Option<Literal>,
        /// The order of a date.
        date: Option<DateOrder>,
        /// What the words of the table are in a request; a word for nothing leaves the field out.
        words: Option<Words>,
    }
}

/// A column, by its name or its number from 1.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum Heading {
    /// Its name in the first row.
    Name(Text),
    /// Its number.
    Number(u16),
}

impl FromJson for Heading {
    fn from_json(node: Node<'_>, path: &Path<'_>, faults: &mut Faults) -> Option<Self> {
        match node.kind() {
            Written::Number => u16::from_json(node, path, faults).map(Self::Number),
            _ => Text::from_json(node, path, faults).map(Self::Name),
        }
    }
}

/// What a cell would hold: a text, or a number or truth value as it is written.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Literal(pub(super) String);

impl FromJson for Literal {
    fn from_json(node: Node<'_>, path: &Path<'_>, faults: &mut Faults) -> Option<Self> {
        match node.kind() {
            Written::Number | Written::Flag => Some(Self(node.source().to_owned())),
            _ => String::from_json(node, path, faults).map(|text| Self(text.trim().to_owned())),
        }
    }
}

impl JsonSchema for Literal {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Literal".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": ["string", "number", "boolean"] })
    }
}

/// The words of a table, each with what it is in a request.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(transparent)]
pub struct Words(pub(super) BTreeMap<String, Literal>);

impl FromJson for Words {
    fn from_json(node: Node<'_>, path: &Path<'_>, faults: &mut Faults) -> Option<Self> {
        Object::open_any(node, path, faults)?;
        let read = node.members()?.into_iter().map(|(word, meant)| {
            let meant = Literal::from_json(meant, &Path::Key(path, &word), faults)?;
            Some((word, meant))
        });
        read.collect::<Option<_>>().map(Self)
    }
}

/// The fields of a request that the file names.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(transparent)]
pub struct OfFields(pub(super) BTreeMap<String, Column>);

impl FromJson for OfFields {
    fn from_json(node: Node<'_>, path: &Path<'_>, faults: &mut Faults) -> Option<Self> {
        Object::open_any(node, path, faults)?;
        let mut columns = BTreeMap::new();
        for (field, column) in node.members()? {
            let path = Path::Key(path, &field);
            if fields::find(&field).is_none() {
                let known = fields::names();
                faults.note(
                    &path,
                    column,
                    Problem::UnknownKey { nearest: nearest(&field, known.iter().copied()), known },
                );
            } else if let Some(column) = Column::from_json(column, &path, faults) {
                columns.insert(field, column);
            }
        }
        Some(Self(columns))
    }

    fn absent() -> Option<Self> {
        Some(Self::default())
    }

    fn is_absent(&self) -> bool {
        self.0.is_empty()
    }
}

impl JsonSchema for OfFields {
    fn schema_name() -> Cow<'static, str> {
        "OfFields".into()
    }

    /// The entry of a list is named by its place, here the first.
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let column = generator.subschema_for::<Column>();
        let fields: BTreeMap<&str, &Schema> = fields::names().iter().map(|field| (*field, &column)).collect();
        let later = r"^confirmations\[[0-9]+\]\.(finding|by|reason)$";
        json_schema!({
            "type": "object",
            "properties": fields,
            "patternProperties": { later: column },
            "additionalProperties": false
        })
    }
}

impl Columns {
    /// Whether a column is to be left out.
    fn leaves_out(&self, heading: &Heading) -> bool {
        self.leave_out.iter().flatten().any(|left_out| match (left_out, heading) {
            (Heading::Name(one), Heading::Name(other)) => spelling::is_same(one.as_str(), other.as_str()),
            (Heading::Number(one), Heading::Number(other)) => one == other,
            _ => false,
        })
    }
}

/// The schema of a columns file.
pub fn schema() -> Schema {
    schema::document::<Columns>("columns")
}

/// Reads a columns file, and holds its words against those of a request and a library.
///
/// # Errors
/// Everything that is wrong with its form; or where nothing is, everything that is wrong with its meaning.
pub fn read(document: &[u8], library: &'static Library) -> Result<Columns, Vec<Fault<ColumnsFlaw>>> {
    let of_form = |faults: Vec<Fault>| faults.into_iter().map(|fault| fault.map(ColumnsFlaw::Form)).collect::<Vec<_>>();
    let columns: Columns = read_document(document).map_err(of_form)?;
    let mut faults = Vec::new();
    for (field, column) in &columns.columns.0 {
        let mut defects = defects(field, column, library);
        if column.column.as_ref().is_some_and(|heading| columns.leaves_out(heading)) {
            defects.push((vec!["column".to_owned()], ColumnsDefect::LeftOut));
        }
        faults.extend(defects.into_iter().map(|(steps, defect)| placed(document, field, &steps, defect)));
    }
    faults.sort_by_key(|fault| (fault.line, fault.column));
    if faults.is_empty() { Ok(columns) } else { Err(faults) }
}

/// What is wrong with a field, each with the keys that lead to it.
fn defects(field: &str, column: &Column, library: &'static Library) -> Vec<(Vec<String>, ColumnsDefect)> {
    let mut found = Vec::new();
    let kind = cell::kind(field, library);
    if column.column.is_some() && column.value.is_some() {
        found.push((vec!["value".to_owned()], ColumnsDefect::TwoSources));
    }
    let is_date = matches!(&kind, Kind::Date) || matches!(&kind, Kind::List(of) if **of == Kind::Date);
    if column.date.is_some() && !is_date {
        found.push((vec!["date".to_owned()], ColumnsDefect::NoDateField));
    }
    let literals = column.value.iter().map(|value| (vec!["value".to_owned()], value));
    let words = column.words.iter().flat_map(|words| &words.0);
    let meant = words.clone().map(|(word, meant)| (vec!["words".to_owned(), word.clone()], meant));
    for (steps, literal) in literals.chain(meant).filter(|(_, literal)| !literal.0.is_empty()) {
        found.extend(unknown(&kind, &literal.0).map(|defect| (steps, defect)));
    }
    let mut earlier = Vec::new();
    for (word, _) in words {
        let plain = spelling::plain(word);
        if earlier.contains(&plain) {
            let word_of = printable(word);
            found.push((vec!["words".to_owned(), word.clone()], ColumnsDefect::Twice { word: word_of }));
        }
        earlier.push(plain);
    }
    found
}

/// Why a field cannot hold this.
fn unknown(kind: &Kind, literal: &str) -> Option<ColumnsDefect> {
    match kind {
        Kind::Word(allowed) if !allowed.iter().any(|word| spelling::is_same(word, literal)) => {
            let nearest = nearest(literal, allowed.iter().map(String::as_str)).map(str::to_owned);
            Some(ColumnsDefect::UnknownWord { found: printable(literal), nearest, allowed: allowed.clone() })
        }
        Kind::Number { .. } if number::read(literal, Signs::default(), None).is_err() => {
            Some(ColumnsDefect::NoNumber { found: printable(literal) })
        }
        // Asked, none: as in a cell.
        Kind::List(_) if spelling::is_same(literal, NONE) => None,
        Kind::List(of) => cell::entries(literal).find_map(|entry| unknown(of, entry)),
        Kind::Word(_) | Kind::Number { .. } | Kind::Text | Kind::Date | Kind::Flag => None,
    }
}

/// A defect with its place in the file.
fn placed(document: &[u8], field: &str, steps: &[String], defect: ColumnsDefect) -> Fault<ColumnsFlaw> {
    let steps: Vec<&str> = ["columns", field].into_iter().chain(steps.iter().map(String::as_str)).collect();
    let mut node = Node::parse(document).ok();
    for step in &steps {
        let members = node.and_then(Node::members).unwrap_or_default();
        node = members.into_iter().find(|(key, _)| key == step).map(|(_, value)| value).or(node);
    }
    let (line, column) = node.map_or((1, 1), Node::place);
    Fault { path: shown(&Path::Root, &steps), line, column, problem: ColumnsFlaw::Meaning(defect) }
}

/// A path through these keys.
fn shown(path: &Path<'_>, keys: &[&str]) -> String {
    match keys {
        [] => path.to_string(),
        [key, rest @ ..] => shown(&Path::Key(path, key), rest),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(document: &str) -> Vec<String> {
        let faults = read(document.as_bytes(), Library::shipped()).expect_err("something is wrong");
        faults.iter().map(crate::table::words::columns_fault).collect()
    }

    const EXAMPLE: &str = include_str!("../cli/template/columns.json");

    #[test]
    fn the_example_is_read() {
        let columns = read(EXAMPLE.as_bytes(), Library::shipped()).expect("the example is right");
        assert!(columns.columns.0.contains_key("patient.birth_date"));
    }

    #[test]
    fn every_fault_is_said_with_its_place() {
        let document = r#"{
  "format": "osteodose-columns/1",
  "columns": {
    "patient.brith_date": {"column": "DOB"},
    "patient.sex": {"column": "Sex", "word": {"F": "female"}}
  },
  "leave_out": []
}"#;
        let found = faults(document);
        assert_eq!(found.len(), 3, "{found:#?}");
        assert!(
            found[0].starts_with(
                "4:27: columns.\"patient.brith_date\": this key is unknown; did you mean \"patient.birth_date\"?"
            ),
            "{found:#?}"
        );
        assert!(found[1].starts_with("5:46: columns.\"patient.sex\".word: this key is unknown"), "{found:#?}");
        let document = r#"{
  "format": "osteodose-columns/1",
  "columns": {
    "patient.sex": {"column": "Sex", "words": {"F": "femal", "f": "female"}},
    "patient.weight_kg": {"column": 3, "date": "day-month-year", "value": "heavy"},
    "clinic.open_weekdays": {"words": {"Mo-Fr": "mon tue wednesday"}},
    "history.conditions": {"words": {"nil": "none"}},
    "patient.height_cm": {"column": "Height"}
  },
  "leave_out": ["height"]
}"#;
        let found = faults(document);
        let places: Vec<&str> = found.iter().filter_map(|it| it.split(": ").nth(1)).collect();
        let expected = [
            "columns.\"patient.sex\".words.F",
            "columns.\"patient.sex\".words.f",
            "columns.\"patient.weight_kg\".date",
            "columns.\"patient.weight_kg\".value",
            "columns.\"patient.weight_kg\".value",
            "columns.\"clinic.open_weekdays\".words.Mo-Fr",
            "columns.\"patient.height_cm\".column",
        ];
        assert_eq!(places, expected, "{found:#?}");
    }
}
