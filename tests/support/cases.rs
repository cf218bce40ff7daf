//! The cases under tests/: each is a request, often a base with some values changed, with what its plan must say.

use serde_json::Value;

use super::{files, json};

/// One case, with its request complete.
pub struct Case {
    /// Its file and its name there.
    pub name: String,
    /// The request.
    pub request: Value,
    /// What its plan must say.
    pub expect: Value,
}

/// The cases of a folder that are run, and how many are skipped with a reason.
pub fn cases(folder: &str) -> (Vec<Case>, usize) {
    let (mut cases, mut skipped) = (Vec::new(), 0);
    for file in files(folder, ".json") {
        let document = json(&file);
        for case in document["cases"].as_array().unwrap() {
            let name = format!("{} {}", file.file_name().unwrap().to_string_lossy(), case["id"].as_str().unwrap());
            if let Some(reason) = case.get("skipped") {
                assert!(reason.as_str().is_some_and(|it| it.len() > 10), "{name}: skipped without a reason");
                skipped += 1;
                continue;
            }
            let request = match case.get("from") {
                Some(base) => changed(&document["bases"][base.as_str().unwrap()], case, &name),
                None => case["request"].clone(),
            };
            if let Some(because) = case.get("because") {
                assert!(names_rules(because.as_str().unwrap()), "{name}: \"{because}\" names no changed rule");
            }
            let expect = case["expect"].clone();
            assert!(expect.as_object().is_some_and(|it| !it.is_empty()), "{name}: expects nothing");
            cases.push(Case { name, request, expect });
        }
    }
    (cases, skipped)
}

/// Whether the text names the rules of the second edition that changed a case: `E12`, or `E12, E30`.
pub fn names_rules(text: &str) -> bool {
    text.split(", ").all(|rule| {
        let digits = rule.strip_prefix('E').unwrap_or_default();
        !digits.is_empty() && digits.chars().all(|it| it.is_ascii_digit())
    })
}

/// A base request with the values that the case sets and without those that it takes away.
fn changed(base: &Value, case: &Value, name: &str) -> Value {
    assert!(base.is_object(), "{name}: no such base");
    let mut request = base.clone();
    for (path, value) in case["set"].as_object().into_iter().flatten() {
        *at_mut(&mut request, path) = value.clone();
    }
    for path in case["unset"].as_array().into_iter().flatten() {
        let path = path.as_str().unwrap();
        let (parent, key) = path.rsplit_once('.').unwrap_or(("", path));
        let parent = if parent.is_empty() { &mut request } else { at_mut(&mut request, parent) };
        parent.as_object_mut().unwrap().remove(key);
    }
    request
}

fn at_mut<'v>(value: &'v mut Value, path: &str) -> &'v mut Value {
    path.split('.').fold(value, |value, key| {
        if value.is_null() {
            *value = Value::Object(serde_json::Map::new());
        }
        &mut value[key]
    })
}
