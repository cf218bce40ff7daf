//! Requests that are not usable, each with the exact message.

use std::fs;

use crate::{answer::plan, support::files};

#[test]
fn every_bad_request_has_its_message() {
    let requests = files("bad-requests", ".json");
    assert!(requests.len() >= 430, "only {} bad requests", requests.len());
    let mut wrong = Vec::new();
    for path in &requests {
        let name = path.file_stem().unwrap().to_string_lossy();
        let expected = fs::read_to_string(path.with_extension("message")).unwrap_or_default();
        match plan(&fs::read(path).unwrap()) {
            Err(message) if message == expected.trim_end() => {}
            Err(message) => wrong.push(format!("{name}\n  found    {message}\n  expected {}", expected.trim_end())),
            Ok(_) => wrong.push(format!("{name}: accepted")),
        }
    }
    assert!(wrong.is_empty(), "{} of {} differ:\n{}", wrong.len(), requests.len(), wrong.join("\n"));
}

#[test]
fn no_message_repeats_a_hidden_character_or_breaks_the_line() {
    for path in files("bad-requests", ".json") {
        let message = plan(&fs::read(&path).unwrap()).unwrap_err();
        let hidden = |c: char| {
            c.is_control() || ('\u{202a}'..='\u{202e}').contains(&c) || ('\u{2066}'..='\u{2069}').contains(&c)
        };
        assert!(!message.contains(hidden), "{}: {message:?}", path.display());
    }
}
