//! Schemas of values at a path of a document, and schemas that depend on one another.

use serde_json::{Value, json};

/// A schema of the value at a path, where there is one: everything above it may be left out.
pub(super) fn at(path: &str, schema: Value) -> Value {
    path.rsplit('.').fold(schema, |inner, key| json!({ "properties": { key: inner } }))
}

/// A schema that the value at a path must be there for.
pub(super) fn there(path: &str, schema: Value) -> Value {
    let above = |inner, key: &str| json!({ "type": "object", "properties": { key: inner }, "required": [key] });
    path.rsplit('.').fold(schema, above)
}

/// Something must be at a path; `null` says the same as leaving the key out.
pub(super) fn given(path: &str) -> Value {
    there(path, not(json!({ "type": "null" })))
}

/// Nothing may be at a path.
pub(super) fn left_out(path: &str) -> Value {
    at(path, json!({ "type": "null" }))
}

/// Where one schema fits, the other must fit too.
pub(super) fn when(this: Value, that: Value) -> Value {
    Value::from_iter([("if", this), ("then", that)])
}

/// Every schema must fit.
pub(super) fn all(schemas: Vec<Value>) -> Value {
    Value::from_iter([("allOf", schemas)])
}

/// The schema must not fit.
pub(super) fn not(schema: Value) -> Value {
    Value::from_iter([("not", schema)])
}
