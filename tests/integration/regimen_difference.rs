//! Nothing in a library differs silently: every leaf of every shipped file is changed, and the difference named.

use std::str::FromStr;

use osteodose::{
    json::{self, Difference},
    quantity::{AlbuminUnit, CalciumUnit, CreatinineUnit, Days, Limit, Minutes, Pair, Span},
    regimen::{Kidney, Library, LibraryFile, Origin, SHIPPED, difference},
    words,
};
use serde_json::Value;

use crate::support::LIBRARY;

/// Every plain value of a document, by its pointer.
fn leaves(value: &Value, place: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            for (key, member) in members {
                leaves(member, &format!("{place}/{key}"), found);
            }
        }
        Value::Array(entries) => {
            for (at, entry) in entries.iter().enumerate() {
                leaves(entry, &format!("{place}/{at}"), found);
            }
        }
        _ => found.push(place.to_owned()),
    }
}

/// The document with one plain value changed.
fn changed(document: &Value, leaf: &str) -> Value {
    let mut document = document.clone();
    let value = document.pointer_mut(leaf).unwrap();
    *value = match value {
        Value::String(text) => Value::from(format!("{text} 7")),
        Value::Number(number) => Value::from(number.as_u64().unwrap() + 1),
        Value::Bool(flag) => Value::from(!*flag),
        other => panic!("{leaf}: {other}"),
    };
    document
}

fn value(document: &Value) -> json::Value {
    json::Value::parse(document.to_string().as_bytes()).unwrap()
}

/// A file as the part of a library it is.
fn in_library(name: &str, document: &Value) -> json::Value {
    let part = match name {
        "limits.json" => serde_json::json!({"limits": document}),
        "sources.json" => serde_json::json!({"sources": document["sources"]}),
        _ => serde_json::json!({"drugs": [document]}),
    };
    value(&part)
}

/// The document with every phrase spelled as its type prints it: "2 hours" and "120 minutes" say the same.
fn spelled(document: &Value) -> Value {
    fn printed<T: FromStr + ToString>(text: &str) -> Option<String> {
        text.parse::<T>().ok().map(|phrase| phrase.to_string())
    }
    match document {
        Value::Object(members) => members.iter().map(|(key, member)| (key.clone(), spelled(member))).collect(),
        Value::Array(entries) => entries.iter().map(spelled).collect(),
        Value::String(text) => {
            let phrase = printed::<Minutes>(text)
                .or_else(|| printed::<Days>(text))
                .or_else(|| printed::<Kidney>(text))
                .or_else(|| printed::<Limit<CreatinineUnit>>(text))
                .or_else(|| printed::<Limit<CalciumUnit>>(text))
                .or_else(|| printed::<Pair<CreatinineUnit>>(text))
                .or_else(|| printed::<Pair<CalciumUnit>>(text))
                .or_else(|| printed::<Span<CreatinineUnit>>(text))
                .or_else(|| printed::<Span<CalciumUnit>>(text))
                .or_else(|| printed::<Span<AlbuminUnit>>(text));
            Value::from(phrase.unwrap_or_else(|| text.clone()))
        }
        other => other.clone(),
    }
}

fn lines(found: &[Difference]) -> Vec<String> {
    found.iter().map(words::difference::line).collect()
}

#[test]
fn a_change_of_any_leaf_is_named() {
    for (name, bytes) in SHIPPED {
        let document: Value = serde_json::from_slice(bytes).unwrap();
        let was = in_library(name, &document);
        assert!(difference::between(&was, &was).is_empty());
        let mut all = Vec::new();
        leaves(&document, "", &mut all);
        for leaf in all.iter().filter(|leaf| *leaf != "/format") {
            let after = changed(&document, leaf);
            let lines = lines(&difference::between(&was, &in_library(name, &after)));
            let new = match after.pointer(leaf).unwrap() {
                Value::String(text) => text.clone(),
                Value::Bool(flag) => if *flag { "yes" } else { "no" }.to_owned(),
                other => other.to_string(),
            };
            assert!(!lines.is_empty(), "{name}{leaf}");
            assert!(lines.iter().any(|line| line.contains(&new)), "{name}{leaf}: {lines:?}");
        }
    }
}

#[test]
fn a_missing_member_or_entry_is_named() {
    for (name, bytes) in SHIPPED {
        let document: Value = serde_json::from_slice(bytes).unwrap();
        let was = in_library(name, &document);
        let mut all = Vec::new();
        leaves(&document, "", &mut all);
        for leaf in all.iter().filter(|leaf| *leaf != "/format") {
            let mut after = document.clone();
            let (above, last) = leaf.rsplit_once('/').unwrap();
            match after.pointer_mut(above).unwrap() {
                Value::Object(members) => drop(members.remove(last)),
                Value::Array(entries) => drop(entries.remove(last.parse().unwrap())),
                _ => unreachable!(),
            }
            assert!(!difference::between(&was, &in_library(name, &after)).is_empty(), "{name}{leaf}");
        }
    }
}

#[test]
fn reading_a_library_loses_nothing_that_is_written_in_it() {
    // Both sides are spelled alike: some words that are free text look like a phrase.
    let read = serde_json::to_string(&difference::document(&LIBRARY)).unwrap();
    let read = value(&spelled(&serde_json::from_str(&read).unwrap()));
    let mut drugs = Vec::new();
    for (name, bytes) in SHIPPED {
        let document = spelled(&serde_json::from_slice(bytes).unwrap());
        match *name {
            "limits.json" => assert_eq!(lines(&difference::between(&value(&document), read.member("limits"))), [""; 0]),
            "sources.json" => {
                let was = in_library(name, &document);
                let now = json::Value::Object(vec![("sources".to_owned(), read.member("sources").clone())]);
                assert_eq!(lines(&difference::between(&was, &now)), [""; 0]);
            }
            _ => drugs.push(value(&document)),
        }
    }
    let of = |drugs: &[json::Value]| json::Value::Object(vec![("drugs".to_owned(), json::Value::List(drugs.to_vec()))]);
    assert_eq!(lines(&difference::between(&of(&drugs), &of(read.member("drugs").entries()))), [""; 0]);
}

#[test]
fn a_change_that_a_library_is_loaded_with_is_named() {
    let mut loaded = 0;
    for (name, bytes) in SHIPPED.iter().filter(|(name, _)| ["zoledronic-acid.json", "limits.json"].contains(name)) {
        let mut document: Value = serde_json::from_slice(bytes).unwrap();
        if document["owner"].is_string() {
            document["owner"] = "the pharmacy".into();
            document["reviewed"] = "2026-11-25".into();
        }
        let library = |document: &Value| {
            let bytes = document.to_string().into_bytes();
            Library::with_local(vec![LibraryFile { name: (*name).to_owned(), bytes, origin: Origin::Local }])
        };
        let own = library(&document).unwrap();
        let mut all = Vec::new();
        leaves(&document, "", &mut all);
        for leaf in all.iter().filter(|leaf| *leaf != "/format").step_by(3) {
            let Ok(changed) = library(&changed(&document, leaf)) else { continue };
            loaded += 1;
            assert!(!difference::differences(own, changed).is_empty(), "{name}{leaf}");
        }
    }
    assert!(loaded > 20, "{loaded}");
}
