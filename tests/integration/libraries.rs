//! Regimen libraries: a sound one is accepted, a broken one is told fault by fault with its place.

use std::{fs, process::Command};

use osteodose::{
    dosing,
    regimen::{Code, Library, LibraryFile, Origin, SHIPPED},
    request::Request,
};

use crate::support::{files, tests};

/// The shipped zoledronic acid with some words changed, as a hospital's own file.
fn zoledronic_acid_with(changes: &[(&str, String)]) -> &'static Library {
    let (name, bytes) = SHIPPED.iter().find(|(name, _)| *name == "zoledronic-acid.json").unwrap();
    let mut text = String::from_utf8(bytes.to_vec()).unwrap();
    for (from, to) in changes {
        assert!(text.contains(from), "{from}");
        text = text.replacen(from, to, 1);
    }
    text = text.replacen("\"owner\": \"osteodose, clinical specification\"", "\"owner\": \"the pharmacy\"", 1);
    let file = LibraryFile { name: (*name).to_owned(), bytes: text.into_bytes(), origin: Origin::Local };
    Library::with_local(vec![file]).unwrap()
}

fn with_status(status: &str) -> &'static Library {
    zoledronic_acid_with(&[("\"status\": \"endorsed\"", format!("\"status\": \"{status}\""))])
}

fn codes(library: &'static Library) -> Result<Vec<Code>, String> {
    let request = Request::parse(&fs::read(tests("requests/a-request.json")).unwrap()).unwrap();
    let plan = dosing::plan(request.clone(), library).map_err(|unusable| unusable.to_string())?;
    Ok(plan.findings().iter().map(osteodose::plan::Finding::code).collect())
}

#[test]
fn the_state_of_a_regimen_is_said_with_every_plan() {
    let shipped = codes(Library::shipped()).unwrap();
    assert!(!shipped.contains(&Code::RegimenUnderReview) && !shipped.contains(&Code::RegimenReviewOverdue));
    assert!(codes(with_status("under-review")).unwrap().contains(&Code::RegimenUnderReview));
    assert!(
        codes(with_status("superseded"))
            .unwrap_err()
            .starts_with("treatment.drug: the regimens of zoledronic acid are superseded")
    );
}

#[test]
fn a_review_is_overdue_from_the_day_after_it_was_due() {
    // The example starts on 2026-12-01.
    let due = |date: &str| {
        let dates = [
            ("\"reviewed\": \"2026-11-21\"", "\"reviewed\": \"2020-01-01\"".to_owned()),
            ("\"next_review\": \"2029-11-21\"", format!("\"next_review\": \"{date}\"")),
        ];
        codes(zoledronic_acid_with(&dates)).unwrap().contains(&Code::RegimenReviewOverdue)
    };
    assert!(due("2026-11-30"));
    assert!(!due("2026-12-01"));
    assert!(!due("2026-12-02"));
}

fn check(folder: &str) -> (String, Option<i32>) {
    let output = Command::new(env!("CARGO_BIN_EXE_osteodose"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env("XDG_CONFIG_HOME", tests("no-configuration"))
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
