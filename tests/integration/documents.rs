//! The pages and the picture in docs: what the program makes today, with no key or screen of yesterday.

use std::fs;

use crate::{picture, support::tests, walkthrough};

/// Whether a file in docs is what an example prints.
fn assert_printed(file: &str, printed: &str, example: &str) {
    let there = fs::read_to_string(tests("../docs").join(file)).unwrap();
    let differs = there.lines().zip(printed.lines()).find(|(there, printed)| there != printed);
    assert!(there == printed, "write it anew: cargo run --example {example} > docs/{file}\n{differs:?}");
}

#[test]
fn the_picture_is_what_the_form_shows() {
    assert_printed("wizard.svg", &picture::page(), "picture");
}

#[test]
#[cfg_attr(not(feature = "pdf"), ignore = "it hands the page on")]
fn the_walkthrough_is_what_the_form_shows() {
    assert_printed("walkthrough.md", &walkthrough::page(), "walkthrough");
}
