//! Regimen libraries: a sound one is accepted, a broken one is told fault by fault with its place.

use std::{fs, process::Command};

use osteodose::{
    dosing,
    regimen::{Code, Library, LibraryFile, Origin, SHIPPED},
    request::Request,
};
use serde_json::{Value, json};

use crate::support::{files, own_copy, tests};

fn zoledronic_acid_with(changes: &[(&str, String)]) -> &'static Library {
    Library::with_local(vec![zoledronic_acid(changes)]).unwrap()
}

/// The shipped zoledronic acid with some words changed, as a hospital's own file.
fn zoledronic_acid(changes: &[(&str, String)]) -> LibraryFile {
    let (name, bytes) = SHIPPED.iter().find(|(name, _)| *name == "zoledronic-acid.json").unwrap();
    let mut text = String::from_utf8(bytes.to_vec()).unwrap();
    for (from, to) in changes {
        assert!(text.contains(from), "{from}");
        text = text.replacen(from, to, 1);
    }
    text = text.replacen("\"owner\": \"osteodose, clinical specification\"", "\"owner\": \"the pharmacy\"", 1);
    LibraryFile { name: (*name).to_owned(), bytes: text.into_bytes(), origin: Origin::Local }
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

#[test]
fn a_plan_says_whose_limits_and_sources_it_was_made_with() {
    let origins = |library: &'static Library| {
        let request = Request::parse(&fs::read(tests("requests/a-request.json")).unwrap()).unwrap();
        let plan: Value = serde_json::from_str(&dosing::plan(request, library).unwrap().to_json()).unwrap();
        [&plan["provenance"]["limits_origin"], &plan["provenance"]["sources_origin"], &plan["dosing"]["regimen_origin"]]
            .map(|it| it.as_str().unwrap().to_owned())
    };
    assert_eq!(origins(Library::shipped()), ["shipped", "shipped", "shipped"]);
    let own = |name: &str, bytes: Vec<u8>| LibraryFile { name: name.to_owned(), bytes, origin: Origin::Local };
    let (name, limits) = SHIPPED.iter().find(|(name, _)| *name == "limits.json").unwrap();
    assert_eq!(
        origins(Library::with_local(vec![own(name, limits.to_vec())]).unwrap()),
        ["local", "shipped", "shipped"]
    );
    let register = own("sources.json", fs::read(tests("libraries/sound/sources.json")).unwrap());
    let drug = zoledronic_acid(&[("\"ilive Z5\"", "\"TEST-1\"".to_owned())]);
    assert_eq!(origins(Library::with_local(vec![register, drug]).unwrap()), ["shipped", "local", "local"]);
}

#[test]
fn of_two_checks_that_meet_on_a_day_one_remains() {
    // The clinic is closed on Sundays: day 26 is Sunday 27-Dec-2026, and its check moves to the Saturday, day 25.
    let rules = |rules: &str| {
        let first = "\"checks\": [\n";
        zoledronic_acid_with(&[(first, format!("{first}{rules},\n"))])
    };
    let on = |library: &'static Library, date: &str, what: &str| -> Vec<Value> {
        let mut request: Value = serde_json::from_slice(&fs::read(tests("requests/a-request.json")).unwrap()).unwrap();
        request["clinic"] = json!({"open_weekdays": ["mon", "tue", "wed", "thu", "fri", "sat"]});
        let request = Request::parse(request.to_string().as_bytes()).unwrap();
        let plan: Value = serde_json::from_str(&dosing::plan(request, library).unwrap().to_json()).unwrap();
        let entries = plan["schedule"]["entries"].as_array().unwrap().iter();
        entries.filter(|it| it["date"] == date && it["what"] == what).cloned().collect()
    };
    let days = |what: &str, day: u16, text: &str| {
        format!(
            "{{\"what\": \"{what}\", \"days_after_first_dose\": [{day}], \"text\": \"{text}\", \"sources\": [\"US-1\"]}}"
        )
    };
    // The one before a dose stays, whichever rule comes first.
    let before_dose = on(rules(&days("creatinine", 28, "four weeks on")), "2026-12-29", "creatinine");
    assert_eq!(before_dose.len(), 1);
    assert_eq!(before_dose[0]["before_dose"], 2);
    // Of two others, the one that was planned for that day.
    let moved_first = format!("{},\n{}", days("dental", 26, "moved"), days("dental", 25, "of that day"));
    let moved_last = format!("{},\n{}", days("dental", 25, "of that day"), days("dental", 26, "moved"));
    for both in [moved_first, moved_last] {
        let dental = on(rules(&both), "2026-12-26", "dental");
        assert_eq!(dental.len(), 1, "{both}");
        assert_eq!(dental[0]["text"], "of that day", "{both}");
    }
}

fn check(folder: &str) -> (String, Option<i32>) {
    let folder = own_copy(&tests("..").join(folder));
    let output = Command::new(env!("CARGO_BIN_EXE_osteodose"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env("XDG_CONFIG_HOME", tests("no-configuration"))
        .args(["regimens", "check", folder.path().to_str().unwrap()])
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
