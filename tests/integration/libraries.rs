//! Regimen libraries: a sound one is accepted, a broken one is told fault by fault with its place.

use std::{collections::BTreeSet, fs, path::Path};

use osteodose::{
    dosing,
    regimen::{Code, Library, LibraryFile, Origin, SHIPPED},
    request::Request,
};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::{
    cli::{osteodose, text},
    support::{files, own_copy, tests},
};

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

/// What a check of a library says, and its exit status. A folder is checked as a copy that nobody else can write.
fn check(arguments: &[&str]) -> (String, Option<i32>) {
    let folders = arguments.iter().map(|it| tests("..").join(it)).map(|it| it.is_dir().then(|| own_copy(&it)));
    let folders: Vec<Option<TempDir>> = folders.collect();
    let given = arguments.iter().zip(&folders);
    let given = given.map(|(word, folder)| folder.as_ref().map_or(*word, |it| it.path().to_str().unwrap()));
    let output = osteodose(&["regimens", "check"].into_iter().chain(given).collect::<Vec<_>>(), b"");
    (text(&output.stdout), output.status.code())
}

#[test]
fn a_sound_library_is_accepted() {
    for folder in ["tests/libraries/sound", "regimens"] {
        for strict in [&[][..], &["--strict"]] {
            let (told, status) = check(&[&[folder], strict].concat());
            assert_eq!(status, Some(0), "{folder}: {told}");
        }
    }
    let (told, status) = check(&["--strict"]);
    assert!(status == Some(0) && told.ends_with(&format!("{}\n", Library::shipped().digest())), "{told}");
}

/// Checks every folder of a kind, and holds what is said against the file beside it.
fn all_as_expected(kind: &str, arguments: &[&str], expected_status: i32) {
    let expected = files(kind, ".expected");
    let folders = fs::read_dir(tests(kind)).unwrap().filter(|it| it.as_ref().unwrap().path().is_dir()).count();
    assert_eq!(folders, expected.len(), "a folder of {kind} without what is expected of it");
    let mut wrong = Vec::new();
    for file in &expected {
        let name = file.file_stem().unwrap().to_string_lossy();
        let (told, status) = check(&[&[&*format!("tests/{kind}/{name}")], arguments].concat());
        // The digest of a library that is accepted covers the shipped files too.
        let said = told.lines().map(|line| line.split("; library ").next().unwrap());
        if status != Some(expected_status) || !said.eq(fs::read_to_string(file).unwrap().lines()) {
            wrong.push(format!("{name} (status {status:?}):\n{told}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {} differ:\n{}", wrong.len(), expected.len(), wrong.join("\n"));
}

#[test]
fn every_broken_library_is_told_with_file_and_place() {
    assert!(files("libraries/broken", ".expected").len() >= 15);
    all_as_expected("libraries/broken", &[], 1);
}

#[test]
fn a_warning_is_told_and_refuses_nothing_unless_it_is_to_be_strict() {
    all_as_expected("libraries/warned", &[], 0);
    all_as_expected("libraries/warned", &["--strict"], 1);
    // Plans are made, and nobody at the bed is told.
    for file in files("libraries/warned", ".expected") {
        let folder = file.with_extension("");
        let arguments = ["plan", "tests/requests/a-request.json", "--regimens", folder.to_str().unwrap()];
        let output = osteodose(&arguments, b"");
        assert_eq!((output.status.code(), text(&output.stderr)), (Some(0), String::new()), "{}", folder.display());
    }
}

#[test]
fn every_kind_of_warning_has_a_library() {
    let codes: BTreeSet<String> =
        files("libraries/warned", ".expected").iter().flat_map(|file| codes_of(&file.with_extension(""))).collect();
    assert_eq!(codes, WARNINGS.map(str::to_owned).into());
}

/// The codes of all that is said of a library.
fn codes_of(folder: &Path) -> Vec<String> {
    let (told, _) = check(&["--json", folder.to_str().unwrap()]);
    let told: Value = serde_json::from_str(&told).unwrap();
    told["found"].as_array().unwrap().iter().map(|it| it["code"].as_str().unwrap().to_owned()).collect()
}

/// The codes of all warnings.
const WARNINGS: [&str; 4] = ["class-of-atc", "diluent-spoken-against", "other-strength", "shipped-review"];

#[test]
fn other_programs_get_the_weight_the_code_and_the_place() {
    let json = |arguments: &[&str]| -> (Value, Option<i32>) {
        let (told, status) = check(&[&["--json"], arguments].concat());
        (serde_json::from_str(&told).unwrap(), status)
    };
    let (shipped, status) = json(&[]);
    let library = Library::shipped();
    assert_eq!(status, Some(0));
    assert_eq!(
        shipped,
        json!({
            "format": "osteodose-regimens-check/1", "library": library.digest(), "regimens": library.count(),
            "faults": 0, "warnings": 0, "found": [],
        })
    );
    let folder = "tests/libraries/broken/draw-up-volume-off";
    let (broken, status) = json(&[folder]);
    assert_eq!(status, Some(1));
    assert_eq!((&broken["library"], &broken["regimens"]), (&Value::Null, &Value::Null));
    assert_eq!(
        broken["found"],
        json!([{
            "weight": "fault", "code": "wrong-volume", "file": "testbisphosphonate.json", "line": 79, "column": 60,
            "path": "regimens[0].doses[1].prepare[0].draw_up",
            "message": "regimens[0].doses[1].prepare[0].draw_up: 8.4 mL does not contain 6.6 mg within the rounding of a \
                        label; 8.25 mL would be exact",
        }])
    );
    let folder = "tests/libraries/warned/class-that-does-not-fit-the-atc-code";
    for (strict, expected) in [(&[folder][..], 0), (&[folder, "--strict"], 1)] {
        let (warned, status) = json(strict);
        assert_eq!(status, Some(expected));
        assert_eq!((&warned["faults"], &warned["warnings"]), (&json!(0), &json!(1)));
        assert_eq!(warned["found"][0]["weight"], "warning");
        assert!(warned["library"].is_string());
    }
}

#[test]
fn every_code_is_a_word_and_the_warnings_are_warnings() {
    let mut codes = BTreeSet::new();
    for file in files("libraries/broken", ".expected") {
        let (told, _) = check(&["--json", file.with_extension("").to_str().unwrap()]);
        let told: Value = serde_json::from_str(&told).unwrap();
        for found in told["found"].as_array().unwrap() {
            let code = found["code"].as_str().unwrap().to_owned();
            assert!(code.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'), "{code}");
            assert_eq!(found["weight"] == "warning", WARNINGS.contains(&&*code), "{code}");
            codes.insert(code);
        }
    }
    assert!(codes.len() > 80, "only {} codes", codes.len());
}

/// The plan of a request with a hospital's own files, as JSON and as text.
fn with_regimens(folder: &str, request: &Value) -> (Value, String) {
    let request = request.to_string();
    let plan = |arguments: &[&str]| {
        let output = osteodose(&[&["plan", "--regimens", folder], arguments].concat(), request.as_bytes());
        assert!(matches!(output.status.code(), Some(0 | 3 | 4)), "{}", text(&output.stderr));
        text(&output.stdout)
    };
    (serde_json::from_str(&plan(&["--format", "json"])).unwrap(), plan(&["--format", "text"]))
}

fn example() -> Value {
    crate::support::json(&tests("requests/a-request.json"))
}

#[test]
fn a_plan_with_own_limits_says_so_and_which_normal_range_it_used() {
    let (plan, said) = with_regimens("tests/libraries/own-limits", &example());
    assert_eq!(plan["provenance"]["limits_origin"], "local");
    assert_eq!(plan["dosing"]["regimen_origin"], "shipped");
    assert_eq!(plan["calcium"]["normal"], "2.10 to 2.55 mmol/L");
    let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
    let limits =
        "LOCAL: this hospital's own limits, not those shipped with the program; normal calcium 2.10 to 2.55 mmol/L";
    assert!(said.contains(limits), "{said}");
    let (_, shipped) = with_regimens("regimens", &example());
    assert!(shipped.contains("LOCAL: this hospital's own limits"));
    let output = osteodose(&["plan", "tests/requests/a-request.json", "--format", "text"], b"");
    assert!(!text(&output.stdout).contains("own limits"));
}

/// A folder with the shipped zoledronic acid, changed.
fn own_folder(changes: &[(&str, String)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let file = zoledronic_acid(changes);
    fs::write(folder.path().join(&file.name), &file.bytes).unwrap();
    folder
}

#[test]
fn every_plan_of_a_draft_says_that_it_is_one() {
    let folder = own_folder(&[("\"status\": \"endorsed\"", "\"status\": \"draft\"".to_owned())]);
    let folder = folder.path().to_str().unwrap();
    let mut stopped = example();
    stopped["history"]["conditions"] = json!(["pregnant"]);
    for request in [example(), stopped] {
        let (plan, said) = with_regimens(folder, &request);
        assert_eq!(plan["provenance"]["regimen_status"], "draft");
        let finding =
            plan["findings"].as_array().unwrap().iter().find(|it| it["code"] == "regimen-under-review").unwrap();
        assert_eq!(finding["severity"], "note");
        assert_eq!(
            finding["message"],
            "This regimen is a draft: its owner (the pharmacy) has not endorsed it for treatment."
        );
        let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(said.contains("LOCAL, DRAFT: this hospital's own file, not endorsed by its owner"), "{said}");
    }
    // In every export as well.
    let saved = tempfile::tempdir().unwrap();
    let file = saved.path().join("plan.json");
    let (plan, _) = with_regimens(folder, &example());
    fs::write(&file, plan.to_string()).unwrap();
    for (format, mark) in [("csv", ",\"local, draft\","), ("ics", "LOCAL\\, DRAFT"), ("fhir", "LOCAL, DRAFT")] {
        let arguments = ["export", file.to_str().unwrap(), "--format", format, "--regimens", folder];
        let output = osteodose(&arguments, b"");
        let exported = text(&output.stdout).replace("\r\n ", "");
        assert!(exported.contains(mark), "{format}: {}{exported}", text(&output.stderr));
    }
    let (told, status) = check(&[folder]);
    assert_eq!(status, Some(0), "{told}");
    // A plan with an endorsed regimen says nothing of its status.
    let endorsed = own_folder(&[]);
    let (plan, said) = with_regimens(endorsed.path().to_str().unwrap(), &example());
    assert_eq!(plan["provenance"].get("regimen_status"), None);
    assert!(!said.contains("DRAFT"));
}

#[test]
fn the_only_product_of_a_regimen_need_not_be_named() {
    let file = zoledronic_acid(&[]);
    let mut drug: Value = serde_json::from_slice(&file.bytes).unwrap();
    let regimen = drug["regimens"][0].as_object_mut().unwrap();
    regimen.remove("default_product");
    let mut request = example();
    request["treatment"].as_object_mut().unwrap().remove("product");
    let planned = |drug: &Value| {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(&file.name), drug.to_string()).unwrap();
        osteodose(&["plan", "--regimens", folder.path().to_str().unwrap()], request.to_string().as_bytes())
    };
    let of_two = planned(&drug);
    assert_eq!(of_two.status.code(), Some(2));
    assert!(text(&of_two.stderr).starts_with("standard input: treatment.product: "), "{}", text(&of_two.stderr));
    drug["regimens"][0]["products"].as_array_mut().unwrap().truncate(1);
    for row in drug["regimens"][0]["doses"].as_array_mut().unwrap() {
        if let Some(prepare) = row["prepare"].as_array_mut() {
            prepare.truncate(1);
        }
    }
    let of_one = planned(&drug);
    assert_eq!(of_one.status.code(), Some(0), "{}", text(&of_one.stderr));
    let plan: Value = serde_json::from_slice(&of_one.stdout).unwrap();
    assert_eq!(plan["dosing"]["preparation"]["open"], json!([{"product": "concentrate-4mg-5ml", "count": 1}]));
}
