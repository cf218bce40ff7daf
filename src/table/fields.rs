//! The fields of a request that can be columns of a table, and what their cells hold: both known from its schema.

use std::sync::LazyLock;

use serde_json::Value;

use crate::{request::NONE, schema};

/// What a cell holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Any text.
    Text,
    /// One of these words.
    Word(Vec<String>),
    /// A date.
    Date,
    /// A number.
    Number {
        /// Whether it must be whole.
        whole: bool,
    },
    /// True or false.
    Flag,
    /// Several words or dates.
    List(Box<Self>),
}

/// A field of a request. In a list it is that of the first place: `confirmations[0].by`.
#[derive(Clone, Debug)]
pub(super) struct Field {
    pub(super) path: String,
    pub(super) kind: Kind,
}

/// A step of the path of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step<'n> {
    /// A key of an object.
    Key(&'n str),
    /// A place in a list, from 0.
    Place(usize),
}

/// The most entries of a list in a row.
const MOST_PLACES: usize = 100;

static SCHEMA: LazyLock<Value> = LazyLock::new(|| schema::request().to_value());

static FIELDS: LazyLock<Vec<Field>> = LazyLock::new(|| {
    let mut found = Vec::new();
    collect(&SCHEMA, String::new(), &mut found);
    found
});

static NAMES: LazyLock<Vec<&'static str>> = LazyLock::new(|| FIELDS.iter().map(|it| it.path.as_str()).collect());

/// The names of every field.
pub(super) fn names() -> &'static [&'static str] {
    &NAMES
}

/// The field of a path, at any place of a list.
pub(super) fn find(path: &str) -> Option<&'static Field> {
    let at_first_place: String = steps(path)?
        .iter()
        .map(|step| match step {
            Step::Key(key) => format!(".{key}"),
            Step::Place(_) => "[0]".to_owned(),
        })
        .collect();
    FIELDS.iter().find(|field| Some(field.path.as_str()) == at_first_place.strip_prefix('.'))
}

/// The steps of a path such as `confirmations[0].by`.
pub(super) fn steps(path: &str) -> Option<Vec<Step<'_>>> {
    let mut steps = Vec::new();
    for part in path.split('.') {
        let (key, place) = match part.split_once('[') {
            Some((key, place)) => (key, Some(place.strip_suffix(']')?.parse().ok().filter(|at| *at < MOST_PLACES)?)),
            None => (part, None),
        };
        steps.push(Step::Key(key));
        steps.extend(place.map(Step::Place));
    }
    Some(steps)
}

/// The fields that a table with these fields lacks: what every request must have, and what a part of a request must
/// have of which it has another field.
pub(super) fn missing(has: &dyn Fn(&str) -> bool) -> Vec<String> {
    let mut missing = Vec::new();
    lacking(&SCHEMA, "", has, &mut missing);
    missing
}

fn lacking(part: &'static Value, path: &str, has: &dyn Fn(&str) -> bool, missing: &mut Vec<String>) {
    let here = resolved(part);
    let Some(properties) = here.get("properties").and_then(Value::as_object) else { return };
    let required: Vec<&str> =
        here.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect();
    for (key, inner) in properties {
        let path = joined(path, key);
        let is_required = required.contains(&key.as_str());
        let place = format!("{path}[");
        let inside = resolved(inner);
        if inside.get("properties").is_some() {
            // Of an earlier dose the word for none is enough.
            let within = format!("{path}.");
            if (is_required || has(&within)) && !may_be_none(inner) {
                lacking(inner, &path, has, missing);
            }
        } else if let Some(items) = inside.get("items").filter(|_| has(&place)) {
            for at in (0..MOST_PLACES).filter(|at| has(&format!("{path}[{at}]"))) {
                lacking(items, &format!("{path}[{at}]"), has, missing);
            }
        } else if is_required && !has(&path) {
            missing.push(path);
        }
    }
}

fn collect(part: &'static Value, path: String, found: &mut Vec<Field>) {
    let here = resolved(part);
    if let Some(properties) = here.get("properties").and_then(Value::as_object) {
        for (key, inner) in properties {
            collect(inner, joined(&path, key), found);
        }
        return;
    }
    match here.get("items").map(resolved) {
        Some(items) if items.get("properties").is_some() => collect(items, format!("{path}[0]"), found),
        Some(items) => found.push(Field { path, kind: Kind::List(Box::new(kind(items))) }),
        None => found.push(Field { path, kind: kind(here) }),
    }
}

fn joined(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }
}

fn kind(of: &Value) -> Kind {
    let is = |wanted: &str| match of.get("type") {
        Some(Value::String(found)) => found == wanted,
        Some(Value::Array(found)) => found.iter().any(|it| it == wanted),
        _ => false,
    };
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let described = of.get("oneOf").and_then(Value::as_array).into_iter().flatten();
    let mut words: Vec<String> = described.filter_map(|it| text(it.get("const")?)).collect();
    words.extend(of.get("enum").and_then(Value::as_array).into_iter().flatten().filter_map(text));
    if !words.is_empty() {
        Kind::Word(words)
    } else if is("integer") {
        Kind::Number { whole: true }
    } else if is("number") {
        Kind::Number { whole: false }
    } else if is("boolean") {
        Kind::Flag
    } else if of.get("format").is_some_and(|format| format == "date") {
        Kind::Date
    } else {
        Kind::Text
    }
}

/// What a reference of the schema refers to, and what a value is that may be left out.
fn resolved(part: &'static Value) -> &'static Value {
    if let Some(name) = part.get("$ref").and_then(Value::as_str).and_then(|it| it.strip_prefix("#/$defs/")) {
        return SCHEMA.get("$defs").and_then(|defs| defs.get(name)).map_or(part, resolved);
    }
    let others = part.get("anyOf").and_then(Value::as_array).into_iter().flatten();
    let value = others.into_iter().find(|it| it.get("type").is_none_or(|kind| kind != "null"));
    value.map_or(part, resolved)
}

/// Whether a word says that there is none of this.
fn may_be_none(part: &Value) -> bool {
    let says_none = |part: &Value| {
        let choices = part.get("anyOf").and_then(Value::as_array);
        choices.is_some_and(|choices| choices.iter().any(|it| it.get("const").is_some_and(|word| word == NONE)))
    };
    let referred = |part: &Value| {
        let name = part.get("$ref")?.as_str()?.strip_prefix("#/$defs/")?;
        SCHEMA.get("$defs")?.get(name)
    };
    let choices = part.get("anyOf").and_then(Value::as_array).into_iter().flatten();
    choices.chain([part]).any(|it| says_none(it) || referred(it).is_some_and(says_none))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_schema_says_what_a_cell_holds() {
        let kind = |path| find(path).map(|field| field.kind.clone());
        assert_eq!(kind("patient.weight_kg"), Some(Kind::Number { whole: false }));
        assert_eq!(kind("treatment.interval_weeks"), Some(Kind::Number { whole: true }));
        assert_eq!(kind("patient.birth_date"), Some(Kind::Date));
        assert_eq!(kind("course.held"), Some(Kind::Flag));
        assert_eq!(kind("treatment.drug"), Some(Kind::Text));
        let units = ["umol/L", "mg/dL"].map(str::to_owned).to_vec();
        assert_eq!(kind("course.baseline_creatinine.unit"), Some(Kind::Word(units)));
        assert_eq!(kind("clinic.closed_dates"), Some(Kind::List(Box::new(Kind::Date))));
        assert!(
            matches!(kind("clinic.open_weekdays"), Some(Kind::List(of)) if matches!(&*of, Kind::Word(days) if days.len() == 7))
        );
        assert_eq!(kind("confirmations[7].by"), Some(Kind::Text));
        for none in [
            "patient",
            "confirmations",
            "confirmations[0]",
            "confirmations[x].by",
            "confirmations[100].by",
            "",
            "labs.creatinine",
        ] {
            assert_eq!(kind(none), None, "{none}");
        }
    }

    #[test]
    fn what_is_missing_follows_from_what_is_there() {
        let missing = |there: &[&str]| {
            missing(&|path| {
                there.iter().any(|it| if path.ends_with(['.', '[', ']']) { it.starts_with(path) } else { *it == path })
            })
        };
        let needed = [
            "indication",
            "labs.date",
            "patient.birth_date",
            "patient.sex",
            "patient.weight_kg",
            "treatment.drug",
            "treatment.start_date",
            "tumour",
        ];
        assert_eq!(missing(&[]), needed);
        let mut there = needed.to_vec();
        there.extend([
            "labs.creatinine.value",
            "confirmations[1].by",
            "history.last_antiresorptive.drug",
            "course.held",
        ]);
        let lacking = missing(&there);
        for path in ["labs.creatinine.unit", "confirmations[1].finding", "confirmations[1].reason", "course.first_dose"]
        {
            assert!(lacking.iter().any(|it| it == path), "{path}: {lacking:?}");
        }
        assert!(!lacking.iter().any(|it| it.starts_with("history")), "{lacking:?}");
    }
}
