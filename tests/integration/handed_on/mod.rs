//! What a register hands on: its entries as lines, as a table and as a FHIR bundle, the list of who is due, and what a
//! forecast counts of it.

mod chained;
mod due;
mod fhir;
mod forecast;
mod lines;
mod table;

use std::fs;

use crate::support::tests;

/// Holds a text against the reviewed one.
fn assert_reviewed(file: &str, made: &str) {
    let golden = tests("exports/register").join(file);
    if std::env::var_os("OSTEODOSE_REWRITE").is_some() {
        fs::create_dir_all(golden.parent().unwrap()).unwrap();
        fs::write(&golden, made).unwrap();
    }
    let expected = fs::read_to_string(&golden).unwrap_or_default();
    let other = (1..).zip(made.lines()).find(|(at, line)| expected.lines().nth(at - 1) != Some(line));
    let how = "OSTEODOSE_REWRITE=1 cargo test --test integration handed_on, then read the difference";
    assert!(other.is_none() && made == expected, "{file}: {other:?}\n{how}");
}
