//! What differs between two libraries, rule by rule. Whether a file is shipped or local is not a difference.

use super::Library;
use crate::json::{self, Difference, Identity, Step, Value};

/// All that differs between two libraries.
pub fn differences(was: &Library, now: &Library) -> Vec<Difference> {
    between(&document(was), &document(now))
}

/// All that differs between two libraries as documents.
pub fn between(was: &Value, now: &Value) -> Vec<Difference> {
    json::differences(was, now, &name)
}

/// A library as one document: its drugs, the limits common to them, its sources.
pub fn document(library: &Library) -> Value {
    let drugs = library.drugs.iter().map(|(drug, _)| Value::written(drug)).collect();
    let sources = library.sources.values().map(Value::written).collect();
    Value::Object(vec![
        ("drugs".to_owned(), Value::List(drugs)),
        ("limits".to_owned(), Value::written(&library.limits)),
        ("sources".to_owned(), Value::List(sources)),
    ])
}

/// By what an entry of a list of a library is known again.
fn name(path: &[Step], entry: &Value) -> Identity {
    let (firm, loose) = (Identity::firm, Identity::loose);
    let member = |key| entry.member(key).to_string();
    let list = path.last().and_then(Step::key).unwrap_or_default();
    match list {
        "drugs" | "after" => firm(member("drug")),
        "regimens" => firm(regimen(entry)),
        "products" | "containers" | "statements" | "disagreements" | "sources" | "other_antiresorptives" => {
            firm(member("id"))
        }
        "safety" => firm(member("when")),
        "findings" => firm(member("finding")),
        "prepare" => firm(member("product")),
        "laboratory_ages" => firm(member("name")),
        "doses" | "infusions" => loose(patients(entry)),
        "course_lengths" => loose(member("tumours")),
        "checks" => loose(member("what")),
        "notes" => loose(member("finding")),
        _ => loose(entry.to_string()),
    }
}

/// A regimen by its indication, route and scheme: `hypercalcaemia/intravenous/daily`.
fn regimen(regimen: &Value) -> String {
    let parts = ["indication", "route", "scheme"].map(|key| regimen.member(key));
    let parts: Vec<String> = parts.into_iter().filter(|it| !it.is_nothing()).map(Value::to_string).collect();
    parts.join("/")
}

/// For whom a row of a table is; nothing where it is for every patient.
fn patients(row: &Value) -> String {
    let conditions = [("", "clearance"), ("calcium ", "calcium"), ("", "tumours")];
    let said = conditions.into_iter().filter(|(_, key)| !row.member(key).is_nothing());
    let said: Vec<String> = said.map(|(word, key)| format!("{word}{}", row.member(key))).collect();
    said.join(" and ")
}
