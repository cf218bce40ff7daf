//! What a command says of a file that is not what it reads: everything that is wrong, under the name of the file, and
//! what the file is instead.

use std::fs;

use serde_json::Value;
use tempfile::TempDir;

use crate::{
    cli::{osteodose, text},
    support::tests,
};

fn example() -> String {
    fs::read_to_string(tests("requests/a-request.json")).unwrap()
}

fn saved() -> String {
    text(&osteodose(&["plan"], example().as_bytes()).stdout)
}

/// A file in a folder, and what a command says of it: on standard error, or in its output, without the folder.
fn told(command: &[&str], file: &str, content: &[u8]) -> String {
    let folder: TempDir = tempfile::tempdir().unwrap();
    let path = folder.path().join(file);
    fs::write(&path, content).unwrap();
    let output = osteodose(&[command, &[path.to_str().unwrap()]].concat(), b"");
    assert_eq!(output.status.code(), Some(2), "{command:?}");
    text(&output.stderr).replace(&format!("{}/", folder.path().display()), "")
}

#[test]
fn every_fault_of_a_request_is_told_at_once_under_the_name_of_its_file() {
    let wrong = example()
        .replace("1958-03-14", "14.03.1958")
        .replace("\"female\"", "\"F\"")
        .replace("\"breast\"", "\"Brest\"")
        .replace("\"value\": 92", "\"value\": \"<10\"")
        .replace("\"umol/L\"", "\"mval/L\"")
        .replace("\"zoledronic-acid\"", "\"Zometa\"");
    let told = told(&["plan"], "request.json", wrong.as_bytes());
    let fields: Vec<&str> = told.lines().map(|line| line.split(": ").nth(1).unwrap()).collect();
    let expected = [
        "patient.birth_date",
        "patient.sex",
        "tumour",
        "labs.creatinine.value",
        "labs.creatinine.unit",
        "treatment.drug",
    ];
    assert_eq!(fields, expected, "{told}");
    assert!(told.lines().all(|line| line.starts_with("request.json: ")), "{told}");
    let output = osteodose(&["plan"], wrong.as_bytes());
    assert_eq!(text(&output.stderr), told.replace("request.json: ", "standard input: "));
}

#[test]
fn a_drug_is_asked_for_in_the_library_only_where_the_request_names_one() {
    let without = told(&["plan"], "a.json", br#"{"patient": {}, "treatment": "Zometa"}"#);
    assert!(!without.contains("\"Zometa\" is not allowed"), "{without}");
    let named = told(&["plan"], "a.json", br#"{"treatment": {"drug": "denosumab-60mg"}}"#);
    assert!(named.contains("a.json: treatment.drug: denosumab 60 mg"), "{named}");
    let known = told(&["plan"], "a.json", br#"{"treatment": {"drug": "denosumab"}}"#);
    assert!(!known.contains("treatment.drug"), "{known}");
}

#[test]
fn a_fault_that_the_library_finds_has_the_name_of_the_file_too() {
    let implausible = example().replace("\"value\": 92", "\"value\": 1.1");
    let told = told(&["plan"], "request.json", implausible.as_bytes());
    assert!(told.starts_with("request.json: labs.creatinine.value: 1.1 µmol/L is not possible"), "{told}");
    assert_eq!(told.lines().count(), 1);
}

#[test]
fn a_file_in_utf_16_is_named() {
    let utf_16 = |text: &str, mark: bool, big: bool| -> Vec<u8> {
        let units = mark.then_some(0xFEFF).into_iter().chain(text.encode_utf16());
        units.flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
    };
    let said = "this file is UTF-16, as PowerShell writes it with >; write it with --output, or save it as UTF-8\n";
    for (mark, big) in [(true, false), (true, true), (false, false), (false, true)] {
        let request = utf_16(&example(), mark, big);
        assert_eq!(told(&["plan"], "a.json", &request), format!("a.json: {said}"), "{mark} {big}");
    }
    let plan = utf_16(&saved(), true, false);
    assert_eq!(told(&["export"], "a.json", &plan), format!("a.json: {said}"));
    assert_eq!(told(&["recheck"], "a.json", &plan), format!("a.json: {said}"));
    assert!(told(&["forecast"], "a.json", &plan).contains(said.trim_end()));
    #[cfg(feature = "tui")]
    assert_eq!(told(&[], "a.json", &plan), format!("a.json: {said}"));
}

#[test]
fn more_than_one_document_is_named_with_the_way_on() {
    let list = format!("[{}]", example());
    let said = told(&["plan"], "a.json", list.as_bytes());
    let batch = "a.json: A list is not a request: osteodose batch plans many, with one request on each line.\n";
    assert!(said.ends_with(batch) && said.lines().count() == 2, "{said}");
    let two = format!("{}\n{}", example(), example());
    let said = told(&["plan"], "a.json", two.as_bytes());
    let batch = "a.json: For more than one request use osteodose batch, with one request on each line.\n";
    assert!(said.ends_with(batch) && said.lines().count() == 2, "{said}");

    let plans = format!("{}{}", saved(), saved());
    let list = format!("[{}]", saved());
    for command in ["export", "recheck", "forecast"] {
        let said = told(&[command], "plans.json", plans.as_bytes());
        assert!(said.contains("give each plan a file or a line of its own"), "{command}: {said}");
        let said = told(&[command], "plans.json", list.as_bytes());
        assert!(said.contains("a list, not a plan; give each plan a file or a line of its own"), "{command}: {said}");
    }
}

#[test]
fn a_saved_plan_given_to_plan_is_named_with_the_way_on() {
    let expected = "a.json: this is a saved plan, not a request; osteodose recheck makes it again and compares, \
                    osteodose export writes it in another format\n";
    assert_eq!(told(&["plan"], "a.json", saved().as_bytes()), expected);
    // Another document with a format is not taken for one.
    let ward = told(&["plan"], "a.json", br#"{"format": "osteodose-ward/1"}"#);
    assert!(ward.starts_with("a.json: format: this key is unknown"), "{ward}");
    assert!(!ward.contains("saved plan"), "{ward}");
}

#[test]
fn recheck_answers_programs_in_a_form_that_has_a_name() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.json"), saved()).unwrap();
    fs::write(folder.path().join("b.json"), saved().replacen("\"dose_mg\": 3.5", "\"dose_mg\": 5", 1)).unwrap();
    fs::write(folder.path().join("c.json"), "{}").unwrap();
    let output = osteodose(&["recheck", "--json", folder.path().to_str().unwrap()], b"");
    let objects: Vec<Value> = text(&output.stdout).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let keys = [
        "changes",
        "changes_a_dose",
        "checksum",
        "file",
        "format",
        "id",
        "line",
        "made_by_other_rules",
        "message",
        "other_patient",
        "result",
    ];
    for object in &objects {
        let mut found: Vec<&str> = object.as_object().unwrap().keys().map(String::as_str).collect();
        found.sort_unstable();
        assert_eq!(found, keys);
        assert_eq!(object["format"], "osteodose-recheck/1");
    }
    let results: Vec<&str> = objects.iter().map(|it| it["result"].as_str().unwrap()).collect();
    assert_eq!(results, ["same", "altered", "unusable"]);
    assert_eq!(objects[1]["changes"][0], serde_json::json!({"what": "dosing.dose_mg", "was": 5, "now": 3.5}));
}

#[test]
fn recheck_without_a_summary_names_the_plans_alone() {
    let output = osteodose(&["recheck", "-q", "-"], saved().as_bytes());
    assert_eq!(text(&output.stdout).lines().count(), 1, "{}", text(&output.stdout));
}

#[test]
fn options_may_be_written_before_their_command() {
    let after = osteodose(&["plan", "--regimens", "tests/libraries/sound", "--format", "text"], example().as_bytes());
    let before = osteodose(&["--regimens", "tests/libraries/sound", "--format", "text", "plan"], example().as_bytes());
    assert_eq!((before.status.code(), before.stdout), (after.status.code(), after.stdout));
    let list = osteodose(&["--regimens", "tests/libraries/sound", "regimens", "list"], b"");
    assert!(text(&list.stdout).contains("testbisphosphonate"), "{}", text(&list.stderr));
}
