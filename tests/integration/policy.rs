//! What the repository promises of itself: the embedded library is the folder, the schema is that of
//! the code, every file of the tests is run.

use std::fs;

use osteodose::{
    regimen::{Library, SHIPPED, difference},
    schema,
};
use serde_json::Value;

use crate::support::{LIBRARY, files, json, tests};

#[test]
fn the_shipped_library_is_the_folder() {
    let mut folder: Vec<String> = files("../regimens", ".json")
        .iter()
        .map(|path| path.file_name().unwrap().to_string_lossy().into_owned())
        .filter(|name| name != "schema.json")
        .collect();
    folder.sort();
    let shipped: Vec<&str> = SHIPPED.iter().map(|(name, _)| *name).collect();
    assert_eq!(shipped, folder);
    for (name, bytes) in SHIPPED {
        assert_eq!(*bytes, fs::read(tests("../regimens").join(name)).unwrap(), "{name}");
    }
}

#[test]
fn the_schema_in_the_folder_is_that_of_the_code() {
    let folder = json(&tests("../regimens/schema.json"));
    let code: Value = serde_json::to_value(schema::regimen()).unwrap();
    assert_eq!(folder, code, "write it anew: osteodose schema regimen > regimens/schema.json");
}

#[test]
fn the_schema_of_the_request_knows_every_key() {
    let schema = serde_json::to_value(schema::request()).unwrap().to_string();
    for key in [
        "birth_date",
        "weight_kg",
        "calcium_date",
        "last_antiresorptive",
        "open_weekdays",
        "baseline_creatinine",
        "daily_dose_mg",
    ] {
        assert!(schema.contains(&format!("\"{key}\"")), "{key}");
    }
    assert!(schema.contains("giant-cell-tumour-of-bone"));
}

#[test]
fn the_digest_names_the_library() {
    assert_eq!(LIBRARY.digest().len(), 64);
    let again = Library::shipped();
    assert_eq!(again.digest(), LIBRARY.digest());
    let files = SHIPPED
        .iter()
        .map(|(name, bytes)| osteodose::regimen::LibraryFile {
            name: (*name).to_owned(),
            bytes: bytes.to_vec(),
            origin: osteodose::regimen::Origin::Local,
        })
        .collect();
    assert_eq!(Library::with_local(files).unwrap().digest(), LIBRARY.digest());
}

/// The program reads its library without proving it: this proof is of the same bytes.
#[test]
fn the_shipped_library_holds() {
    let proved = Library::with_local(Vec::new()).unwrap_or_else(|faults| panic!("{faults:#?}"));
    let read = Library::shipped();
    assert_eq!(proved.digest(), read.digest());
    assert!(difference::differences(proved, read).is_empty());
}

#[test]
fn every_drug_says_who_stands_behind_it_and_until_when() {
    for listed in LIBRARY.regimens() {
        assert!(listed.drug.next_review > listed.drug.reviewed, "{}", listed.drug.name);
        assert!(!listed.drug.owner.as_str().is_empty());
    }
}
