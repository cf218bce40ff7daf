//! The FHIR bundle: as reviewed for six patients, right by the rules that validators do not know, and the same as
//! the plan for many more.

mod against_plan;
mod controls;
mod rules;
mod tables;

use std::{fs, path::Path};

use osteodose::{
    dosing,
    export::{Format, Options, Refused, export},
    plan::Plan,
    regimen::{Library, LibraryFile, Origin},
    request::Request,
};
use serde_json::{Value, json};

use crate::{
    strategy,
    support::{LIBRARY, files, json, tests},
};

/// The moment of every export here.
fn asked(with_name: bool) -> Options {
    Options { at: "2026-11-21T09:30:00Z".parse().unwrap(), with_name, ..Options::default() }
}

/// What is made of a request, where a plan can be made of it.
fn with_plan<T>(request: &Value, look: impl FnOnce(&Plan) -> T) -> Option<T> {
    let request = Request::parse(&serde_json::to_vec(request).unwrap()).unwrap();
    let plan = dosing::plan(request.clone(), &LIBRARY).ok()?;
    Some(look(&plan))
}

fn text(plan: &Plan, with_name: bool) -> Result<String, Refused> {
    export(plan, Format::Fhir, &asked(with_name)).map(|bytes| String::from_utf8(bytes).unwrap())
}

fn bundle(plan: &Plan) -> Value {
    serde_json::from_str(&text(plan, true).unwrap()).unwrap()
}

/// The plan as JSON, to hold a bundle against.
fn document(plan: &Plan) -> Value {
    serde_json::from_str(&plan.to_json()).unwrap()
}

/// The bundle of a request that is known to be good.
fn bundle_of(file: &str) -> Value {
    with_plan(&json(&tests(&format!("exports/requests/{file}.json"))), bundle).unwrap()
}

/// All resources of a kind.
fn of_kind<'b>(bundle: &'b Value, kind: &str) -> Vec<&'b Value> {
    let resources = bundle["entry"].as_array().unwrap().iter().map(|entry| &entry["resource"]);
    resources.filter(|it| it["resourceType"] == kind).collect()
}

/// The text of a bundle without what changes with every change of the program and of any regimen.
fn settled(text: &str) -> String {
    let version = concat!("osteodose ", env!("CARGO_PKG_VERSION"));
    text.replace(LIBRARY.digest(), "(fingerprint)").replace(version, "osteodose (version)")
}

fn requests() -> Vec<std::path::PathBuf> {
    files("exports/requests", ".json")
}

fn name_of(file: &Path) -> String {
    file.file_stem().unwrap().to_string_lossy().into_owned()
}

#[test]
fn six_bundles_are_as_reviewed() {
    let rewrite = std::env::var_os("OSTEODOSE_REWRITE").is_some();
    let mut differs = Vec::new();
    for file in requests() {
        let golden = tests("exports/fhir").join(file.file_name().unwrap());
        let made = with_plan(&json(&file), |plan| settled(&text(plan, false).unwrap())).unwrap();
        if rewrite {
            fs::create_dir_all(golden.parent().unwrap()).unwrap();
            fs::write(&golden, &made).unwrap();
        }
        let expected = fs::read_to_string(&golden).unwrap_or_default();
        if let Some(line) = (0..).zip(made.lines()).find(|(at, line)| expected.lines().nth(*at) != Some(line)) {
            differs.push(format!("{}: line {}: {}", name_of(&file), line.0 + 1, line.1));
        } else if made != expected {
            differs.push(format!("{}: ends otherwise", name_of(&file)));
        }
    }
    let how = "OSTEODOSE_REWRITE=1 cargo test --test integration fhir, then read the difference";
    assert!(differs.is_empty(), "{differs:#?}\n{how}");
}

#[test]
fn every_rule_holds_for_the_six() {
    for file in requests() {
        let (faults, against) = with_plan(&json(&file), |plan| {
            let bundle = bundle(plan);
            (rules::faults(&bundle), against_plan::faults(&bundle, &document(plan)))
        })
        .unwrap();
        assert!(faults.is_empty() && against.is_empty(), "{}: {faults:#?} {against:#?}", name_of(&file));
    }
}

#[test]
fn every_rule_holds_for_three_hundred_random_patients() {
    let mut count = 0;
    let mut drugs = std::collections::BTreeSet::new();
    let mut steps = 0;
    for seed in 0_u64.. {
        let mut request = strategy::request(seed);
        vary(&mut request, seed);
        let checked = with_plan(&request, |plan| {
            if plan.status() == osteodose::plan::PlanStatus::Stopped {
                assert!(matches!(text(plan, false), Err(Refused::Stopped(_))));
                return false;
            }
            let bundle = bundle(plan);
            let faults = [rules::faults(&bundle), against_plan::faults(&bundle, &document(plan))].concat();
            assert!(faults.is_empty(), "seed {seed}: {faults:#?}\n{request}");
            let dosage = |it: &Value| it["dosageInstruction"].as_array().unwrap().last().unwrap()["sequence"] == 2;
            steps += usize::from(of_kind(&bundle, "MedicationRequest").into_iter().any(dosage));
            true
        });
        if checked == Some(true) {
            drugs.insert(request["treatment"]["drug"].to_string() + &request["treatment"]["route"].to_string());
            count += 1;
        }
        if count == 300 {
            break;
        }
    }
    assert!(drugs.len() == 7 && steps > 2, "{drugs:?}, {steps} that go down");
}

/// What the generator leaves alone: units, persons, confirmations, the weight that is used.
fn vary(request: &mut Value, seed: u64) {
    if seed.is_multiple_of(2) {
        let micromoles = 50 + seed % 100;
        request["labs"]["creatinine"] = json!({"value": micromoles, "unit": "umol/L"});
        request["patient"]["id"] = json!(format!("R-{seed}"));
    }
    if seed.is_multiple_of(3) {
        let value = if request["indication"] == "hypercalcaemia" { 12.9 } else { 9.4 };
        request["labs"]["calcium"] = json!({"value": value, "unit": "mg/dL", "kind": "corrected"});
        request["labs"]["albumin"] = json!({"value": 3.9, "unit": "g/dL"});
        request["patient"]["allergies"] = json!(["none-known", "latex"][usize::from(seed.is_multiple_of(2))]);
    }
    if seed.is_multiple_of(5) {
        request["weight_basis"] = json!("ideal");
        request["patient"]["height_cm"] = json!(171);
    }
    if seed.is_multiple_of(4) {
        request["prepared_by"] = json!("N. Berg");
        request["second_check"] = json!({
            "by": "P. Lund", "birth_date": request["patient"]["birth_date"], "sex": request["patient"]["sex"],
            "weight_kg": if seed.is_multiple_of(8) { json!(99.9) } else { request["patient"]["weight_kg"].clone() },
            "creatinine": request["labs"]["creatinine"], "calcium": request["labs"]["calcium"],
            "albumin": request["labs"]["albumin"], "height_cm": request["patient"]["height_cm"],
            "course_dose_mg": request["course"]["dose_mg"],
        });
        if let Value::Object(baseline) = &request["course"]["baseline_creatinine"] {
            request["second_check"]["baseline_creatinine"] =
                json!({"value": baseline["value"], "unit": baseline["unit"]});
        }
        request["confirmations"] = json!([
            {"finding": "dental-not-examined", "by": "Dr K. Holm", "reason": "seen next week"},
            {"finding": "tumour-not-in-label", "by": "Dr K. Holm", "reason": "agreed"},
        ]);
    }
}

/// The code of the reason, the same in every resource that has one; nothing where it is said in words alone.
fn reason(bundle: &Value) -> Value {
    let reasons = [of_kind(bundle, "MedicationRequest"), of_kind(bundle, "RequestGroup")].concat();
    let first = reasons[0]["reasonCode"].clone();
    assert!(reasons.iter().all(|it| it["reasonCode"] == first), "{reasons:?}");
    assert!(first[0]["text"].is_string(), "{first}");
    first[0]["coding"][0]["code"].clone()
}

#[test]
fn each_indication_has_its_own_code() {
    let file = json(&tests("exports/requests/denosumab.json"));
    for (indication, tumour, code) in [
        ("skeletal-events", "breast", json!("94222008")),
        ("skeletal-events", "other-solid", json!("94222008")),
        ("skeletal-events", "myeloma", json!("109989006")),
        ("skeletal-events", "lymphoma", json!("118600007")),
        ("skeletal-events", "giant-cell-tumour-of-bone", json!("9250/1")),
        ("skeletal-events", "other-haematological", Value::Null),
        ("skeletal-events", "unknown-primary", Value::Null),
        ("hypercalcaemia", "breast", json!("66931009")),
        ("hypercalcaemia", "myeloma", json!("66931009")),
        ("giant-cell-tumour", "giant-cell-tumour-of-bone", json!("9250/1")),
    ] {
        let mut request = file.clone();
        request["indication"] = json!(indication);
        request["tumour"] = json!(tumour);
        let calcium = if indication == "hypercalcaemia" { 3.2 } else { 2.3 };
        request["labs"]["calcium"] = json!({"value": calcium, "unit": "mmol/L"});
        request["labs"]["date"] = json!("2026-11-28");
        let found = with_plan(&request, |plan| reason(&bundle(plan)));
        assert_eq!(found, Some(code), "{indication}, {tumour}");
    }
}

#[test]
fn a_hospitals_own_regimen_claims_no_spread_to_bone() {
    let local = files("libraries/sound", ".json").into_iter().map(|path| LibraryFile {
        name: path.file_name().unwrap().to_string_lossy().into_owned(),
        bytes: fs::read(&path).unwrap(),
        origin: Origin::Local,
    });
    let library = Library::with_local(local.collect()).unwrap();
    let reason_of = |drug: &str, tumour: &str| {
        let mut request = json(&tests("exports/requests/zoledronic-acid.json"));
        request["treatment"]["drug"] = json!(drug);
        request["tumour"] = json!(tumour);
        let request = Request::parse(request.to_string().as_bytes()).unwrap();
        reason(&bundle(&dosing::plan(request, library).unwrap()))
    };
    assert_eq!(reason_of("zoledronic-acid", "breast"), "94222008");
    assert_eq!(reason_of("testbisphosphonate", "breast"), Value::Null);
    assert_eq!(reason_of("testbisphosphonate", "myeloma"), "109989006");
}

#[test]
fn the_name_goes_along_only_when_it_is_asked_for() {
    let request = json(&tests("exports/requests/ibandronic-acid.json"));
    let (without, with) = with_plan(&request, |plan| (text(plan, false).unwrap(), text(plan, true).unwrap())).unwrap();
    assert!(!without.contains("Øster") && without.contains(r#""value": "B-2001""#));
    assert_eq!(with.matches("Åse Øster").count(), 1);
    assert_eq!(of_kind(&serde_json::from_str(&with).unwrap(), "Patient")[0]["name"], json!([{"text": "Åse Øster"}]));
}

#[test]
fn what_people_typed_stays_text() {
    let hostile = r#"O'Ne"il\ <b onload=x>&amp; [x](javascript:y) "}],"status":"active ${jndi} 山田"#;
    let mut request = json(&tests("exports/requests/to-be-confirmed.json"));
    for path in ["id", "name", "allergies"] {
        request["patient"][path] = json!(hostile);
    }
    request["prepared_by"] = json!(hostile);
    request["confirmations"][0]["by"] = json!(hostile);
    request["confirmations"][0]["reason"] = json!(hostile);
    request["confirmations"][1]["finding"] = json!(hostile);
    let (bundle, plan) = with_plan(&request, |plan| (bundle(plan), document(plan))).unwrap();
    assert_eq!(rules::faults(&bundle), Vec::<String>::new());
    assert_eq!(against_plan::faults(&bundle, &plan), Vec::<String>::new());
    let patient = of_kind(&bundle, "Patient")[0];
    assert_eq!((&patient["identifier"][0]["value"], &patient["name"][0]["text"]), (&json!(hostile), &json!(hostile)));
    assert_eq!(of_kind(&bundle, "AllergyIntolerance")[0]["code"], json!({"text": hostile}));
    let mitigation = &of_kind(&bundle, "DetectedIssue")[0]["mitigation"][0];
    assert_eq!((&mitigation["action"]["text"], &mitigation["author"]["display"]), (&json!(hostile), &json!(hostile)));
    // A remark may be shown as markdown.
    let mut notes = Vec::new();
    rules::walk(&bundle, "", &mut |path, value| {
        if path.ends_with("note") {
            notes.push(value.to_string());
        }
    });
    assert!(!notes.is_empty() && !notes.iter().any(|note| note.contains("onload") || note.contains("javascript")));
}

#[test]
fn numbers_are_those_of_the_plan_to_the_last_digit() {
    let request = json(&tests("exports/requests/zoledronic-acid.json"));
    let source = serde_json::to_string(&request).unwrap().replace("2.31", "2.30");
    let request = Request::parse(source.as_bytes()).unwrap();
    let text = text(&dosing::plan(request.clone(), &LIBRARY).unwrap(), false).unwrap();
    for (number, what) in [("2.30", "calcium"), ("68.5", "weight"), ("2.34", "corrected"), ("55.9", "clearance")] {
        assert!(text.contains(&format!("\"value\": {number},")), "{what}: {number}");
    }
}

#[test]
fn allergies_that_nobody_recorded_are_not_told_as_none() {
    let bundle = bundle_of("to-be-confirmed");
    assert!(of_kind(&bundle, "AllergyIntolerance").is_empty());
    assert!(!bundle.to_string().contains("716186003"));
    let description = of_kind(&bundle, "CarePlan")[0]["description"].as_str().unwrap().to_owned();
    assert!(description.contains("Allergies: not recorded"), "{description}");
    let known = bundle_of("denosumab");
    assert_eq!(of_kind(&known, "AllergyIntolerance")[0]["code"]["coding"][0]["code"], "716186003");
}

#[test]
fn nobody_is_made_an_author_or_a_verifier() {
    let agents = |bundle: &Value| {
        let agents = of_kind(bundle, "Provenance")[0]["agent"].as_array().unwrap().clone();
        let told = |it: &Value| format!("{} {}", it["type"]["coding"][0]["code"], it["who"]["display"]);
        agents.iter().map(told).collect::<Vec<_>>().join(", ").replace('"', "")
    };
    let program = concat!("assembler osteodose ", env!("CARGO_PKG_VERSION"));
    let file = json(&tests("exports/requests/zoledronic-acid.json"));
    let made = |change: &dyn Fn(&mut Value)| {
        let mut request = file.clone();
        change(&mut request);
        with_plan(&request, bundle).unwrap()
    };
    assert_eq!(agents(&made(&|_| {})), format!("author N. Berg, verifier P. Lund, {program}"));
    let differs = made(&|it| it["second_check"]["weight_kg"] = json!(86.5));
    assert_eq!(agents(&differs), format!("author N. Berg, {program}"));
    assert!(of_kind(&differs, "Observation").iter().all(|it| it["status"] == "preliminary"));
    assert!(of_kind(&differs, "MedicationRequest").iter().all(|it| it["status"] == "draft"));
    let nobody = made(&|it| {
        it.as_object_mut().unwrap().remove("second_check");
        it.as_object_mut().unwrap().remove("prepared_by");
    });
    assert_eq!(agents(&nobody), program);
}

#[test]
fn a_draft_that_is_confirmed_keeps_its_ids() {
    let request = json(&tests("exports/requests/to-be-confirmed.json"));
    let ids = |request: &Value| {
        let bundle = with_plan(request, bundle).unwrap();
        let statuses: Vec<Value> = of_kind(&bundle, "CarePlan").iter().map(|it| it["status"].clone()).collect();
        let ids: Vec<Value> = of_kind(&bundle, "MedicationRequest").iter().map(|it| it["id"].clone()).collect();
        (statuses, ids)
    };
    let mut confirmed = request.clone();
    let more = json!({"finding": "medicine-loop-diuretic", "by": "Dr K. Holm", "reason": "rehydrated"});
    confirmed["confirmations"].as_array_mut().unwrap().push(more);
    assert_eq!((ids(&request).0, ids(&confirmed).0), (vec![json!("draft")], vec![json!("active")]));
    assert_eq!(ids(&request).1, ids(&confirmed).1);
    let mut other = request.clone();
    other["patient"]["weight_kg"] = json!(70);
    assert_ne!(ids(&request).1, ids(&other).1);
}
