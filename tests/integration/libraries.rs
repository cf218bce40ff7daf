//! Regimen libraries: a sound one is accepted, a broken one is told fault by fault with its place.

use std::{fs, process::Command};

use crate::support::{files, tests};

fn check(folder: &str) -> (String, Option<i32>) {
    let output = Command::new(env!("CARGO_BIN_EXE_osteodose"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(["regimens", "check", folder])
        .output()
        .unwrap();
    (String::from_utf8(output.stdout).unwrap(), output.status.code())
}

#[test]
fn a_sound_library_is_accepted() {
    for folder in ["tests/libraries/sound", "regimens"] {
        let (told, status) = check(folder);
        assert_eq!(status, Some(0), "{folder}: {told}");
    }
}

#[test]
fn every_broken_library_is_told_with_file_and_place() {
    let expected = files("libraries/broken", ".expected");
    assert!(expected.len() >= 15, "only {} broken libraries", expected.len());
    let folders =
        fs::read_dir(tests("libraries/broken")).unwrap().filter(|it| it.as_ref().unwrap().path().is_dir()).count();
    assert_eq!(folders, expected.len(), "a broken library without what is expected of it");
    let mut wrong = Vec::new();
    for file in &expected {
        let kind = file.file_stem().unwrap().to_string_lossy();
        let (told, status) = check(&format!("tests/libraries/broken/{kind}"));
        if status != Some(1) || told != fs::read_to_string(file).unwrap() {
            wrong.push(format!("{kind} (status {status:?}):\n{told}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {} differ:\n{}", wrong.len(), expected.len(), wrong.join("\n"));
}
