//! The form as a nurse uses it: the real program in a terminal, by keys alone.

use std::{fs, path::Path, process::Command};

use serde_json::Value;

use crate::{
    terminal::{Ended, Session},
    walks::{self, Walk},
};

/// Saves under a name: Ctrl+S, the offered name deleted, the new one typed.
pub fn save_as(session: &mut Session, path: &Path) {
    session.type_keys("\u{13}");
    session.wait_for("Name of the file");
    session.type_keys("\u{15}");
    session.type_keys(&path.to_string_lossy());
    session.type_keys("\r");
}

/// What `osteodose plan` prints for the request inside a saved plan.
fn plan_again(saved: &[u8], home: &Path) -> Vec<u8> {
    let plan: Value = serde_json::from_slice(saved).unwrap();
    let request = home.join("request.json");
    // The request as it is in the file: numbers keep the digits they were typed with.
    let text = std::str::from_utf8(saved).unwrap();
    let from = text.find("\"request\": ").unwrap() + "\"request\": ".len();
    let to = text.find(",\n  \"renal\"").unwrap();
    fs::write(&request, &text[from..to]).unwrap();
    assert!(plan["request"].is_object());
    let output = Command::new(env!("CARGO_BIN_EXE_osteodose"))
        .args(["plan", &request.to_string_lossy()])
        .env("XDG_CONFIG_HOME", home.join("config"))
        .output()
        .unwrap();
    output.stdout
}

fn walk(case: &Walk) {
    let home = tempfile::tempdir().unwrap();
    let mut session = Session::osteodose(&[], 24, 80, home.path());
    session.wait_for("Identifier");
    session.type_keys(&case.all_keys());
    session.wait_for(case.shows);
    let file = home.path().join("plan.json");
    save_as(&mut session, &file);
    session.wait_for("Saved:");
    let saved = fs::read(&file).unwrap();
    assert_eq!(String::from_utf8_lossy(&saved), String::from_utf8_lossy(&plan_again(&saved, home.path())));
    let plan: Value = serde_json::from_slice(&saved).unwrap();
    assert_eq!(plan["status"], case.status, "{}", case.name);
    // Nothing is unsaved, so that leaving asks nothing.
    session.type_keys("\u{11}");
    assert_eq!(session.wait_exit(), Ended::Status(0));
    session.assert_restored();
    assert_eq!(drafts(home.path()), 0, "a saved plan leaves no draft");
}

/// The drafts that are kept.
pub fn drafts(home: &Path) -> usize {
    let is_draft = |entry: &fs::DirEntry| entry.path().extension().is_some_and(|it| it == "jsonl");
    fs::read_dir(home.join("state/osteodose/drafts")).map_or(0, |all| all.flatten().filter(is_draft).count())
}

/// From the empty form to the saved plan: `cargo test --test integration few_keys -- --nocapture` prints
/// how many.
#[test]
fn a_reduced_dose_takes_few_keys() {
    let saved = walks::REDUCED.all_keys() + "\u{13}\r";
    let (all, moving) = walks::count(&saved);
    println!("{all} keys, {moving} of them to move and to save");
    // Every value is typed once and every field is passed once; more would be a step back.
    assert!(all <= 195 && moving <= 40, "{all} keys, {moving} of them to move and to save");
}

/// A plan takes longer than the rest of a key: it is made where the entries are read, and nowhere else.
#[test]
fn a_form_makes_its_plan_in_one_place() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    for folder in ["form", "tui", "plain"] {
        for entry in fs::read_dir(source.join(folder)).unwrap() {
            let path = entry.unwrap().path();
            let makes_plans =
                |text: &str| ["dosing::plan(", "present::compare(", "present::why("].iter().any(|it| text.contains(it));
            if path.is_file() && makes_plans(&fs::read_to_string(&path).unwrap()) {
                files.push(path.strip_prefix(&source).unwrap().to_owned());
            }
        }
    }
    assert_eq!(files, [Path::new("form/filled.rs")]);
}

#[test]
fn zoledronic_acid_with_a_reduced_dose() {
    walk(&walks::REDUCED);
}

#[test]
fn ibandronic_acid_by_mouth() {
    walk(&walks::BY_MOUTH);
}

#[test]
fn clodronate_for_hypercalcaemia() {
    walk(&walks::HYPERCALCAEMIA);
}

#[test]
fn denosumab_with_a_weak_kidney() {
    walk(&walks::WEAK_KIDNEY);
}

#[test]
fn a_course_that_must_be_held() {
    walk(&walks::HELD);
}

#[test]
fn a_patient_for_whom_every_drug_is_refused() {
    walk(&walks::REFUSED);
}
