//! The cases under tests/: worked cases of the dossiers, every limit from both sides, every finding
//! raised and not raised. Each is a request with what its plan must say.

use std::{collections::BTreeMap, fs, path::Path};

use osteodose::{quantity::Decimal, regimen::Code};
use serde_json::Value;

use crate::{
    answer::plan,
    support::{files, json, tests},
};

/// One case, with its request complete.
struct Case {
    name: String,
    request: Value,
    expect: Value,
}

/// The cases of a folder that are run, and how many are skipped with a reason.
fn cases(folder: &str) -> (Vec<Case>, usize) {
    let (mut cases, mut skipped) = (Vec::new(), 0);
    for file in files(folder, ".json") {
        let document = json(&file);
        for case in document["cases"].as_array().unwrap() {
            let name = format!("{} {}", file.file_name().unwrap().to_string_lossy(), case["id"].as_str().unwrap());
            if let Some(reason) = case.get("skipped") {
                assert!(reason.as_str().is_some_and(|it| it.len() > 10), "{name}: skipped without a reason");
                skipped += 1;
                continue;
            }
            let request = match case.get("from") {
                Some(base) => changed(&document["bases"][base.as_str().unwrap()], case, &name),
                None => case["request"].clone(),
            };
            let expect = case["expect"].clone();
            assert!(expect.as_object().is_some_and(|it| !it.is_empty()), "{name}: expects nothing");
            cases.push(Case { name, request, expect });
        }
    }
    (cases, skipped)
}

/// A base request with the values that the case sets and without those that it takes away.
fn changed(base: &Value, case: &Value, name: &str) -> Value {
    assert!(base.is_object(), "{name}: no such base");
    let mut request = base.clone();
    for (path, value) in case["set"].as_object().into_iter().flatten() {
        *at_mut(&mut request, path) = value.clone();
    }
    for path in case["unset"].as_array().into_iter().flatten() {
        let path = path.as_str().unwrap();
        let (parent, key) = path.rsplit_once('.').unwrap_or(("", path));
        let parent = if parent.is_empty() { &mut request } else { at_mut(&mut request, parent) };
        parent.as_object_mut().unwrap().remove(key);
    }
    request
}

fn at_mut<'v>(value: &'v mut Value, path: &str) -> &'v mut Value {
    path.split('.').fold(value, |value, key| {
        if value.is_null() {
            *value = Value::Object(serde_json::Map::new());
        }
        &mut value[key]
    })
}

fn at<'v>(value: &'v Value, path: &str) -> &'v Value {
    path.split('.').fold(value, |value, key| match key.parse::<usize>() {
        Ok(index) => &value[index],
        Err(_) => &value[key],
    })
}

/// What a plan says otherwise than the case expects.
fn differences(case: &Case) -> Vec<String> {
    let mut wrong = Vec::new();
    let answer = plan(case.request.to_string().as_bytes());
    let plan: Value = match (&answer, case.expect.get("error")) {
        (Err(message), Some(expected)) => {
            if !message.contains(expected.as_str().unwrap()) {
                wrong.push(format!("the message \"{message}\" does not name {expected}"));
            }
            return wrong;
        }
        (Err(message), None) => return vec![format!("not usable: {message}")],
        (Ok(_), Some(expected)) => return vec![format!("usable, and an error at {expected} was expected")],
        (Ok(plan), None) => serde_json::from_str(plan).unwrap(),
    };
    let mut compare = |what: &str, found: &Value, expected: &Value| {
        if found != expected && found.as_f64().zip(expected.as_f64()).is_none_or(|(a, b)| a != b) {
            wrong.push(format!("{what} is {found}, expected {expected}"));
        }
    };
    for (key, expected) in case.expect.as_object().unwrap() {
        match key.as_str() {
            "status" => compare("status", &plan["status"], expected),
            "plan" => {
                for (path, expected) in expected.as_object().unwrap() {
                    compare(path, at(&plan, path), expected);
                }
            }
            "rounded" => {
                for (path, expected) in expected.as_object().unwrap() {
                    let shown = expected.as_str().unwrap();
                    let places = shown.split_once('.').map_or(0, |(_, decimals)| decimals.len());
                    let found: Decimal = at(&plan, path).to_string().parse().unwrap();
                    let rounded = found.ratio().round_half_up(u8::try_from(places).unwrap());
                    compare(path, &Value::String(rounded.to_string()), expected);
                }
            }
            "findings" | "no_findings" => {}
            "dose_dates" => {
                let dates: Vec<&Value> = entries(&plan, "dose").map(|entry| &entry["date"]).collect();
                for (index, expected) in expected.as_array().unwrap().iter().enumerate() {
                    compare(
                        &format!("dose {}", index + 1),
                        dates.get(index).copied().unwrap_or(&Value::Null),
                        expected,
                    );
                }
            }
            "reviews" => {
                let dates: Vec<Value> = entries(&plan, "review").map(|entry| entry["date"].clone()).collect();
                compare("reviews", &Value::Array(dates), expected);
            }
            "checks" => {
                for expected in expected.as_array().unwrap() {
                    let there = entries(&plan, "check")
                        .any(|entry| entry["what"] == expected[0] && entry["date"] == expected[1]);
                    compare(&format!("check {expected}"), &Value::Bool(there), &Value::Bool(true));
                }
            }
            "no_checks" => {
                for expected in expected.as_array().unwrap() {
                    let there = entries(&plan, "check")
                        .any(|entry| entry["what"] == expected[0] && entry["date"] == expected[1]);
                    compare(&format!("check {expected}"), &Value::Bool(there), &Value::Bool(false));
                }
            }
            other => panic!("{}: the runner does not know \"{other}\"", case.name),
        }
    }
    let raised = raised(&plan);
    for (code, severity) in case.expect["findings"].as_object().into_iter().flatten() {
        if raised.get(code.as_str()) != severity.as_str().as_ref() {
            wrong.push(format!("{code} is {:?}, expected {severity}", raised.get(code.as_str())));
        }
    }
    for code in case.expect["no_findings"].as_array().into_iter().flatten() {
        if raised.contains_key(code.as_str().unwrap()) {
            wrong.push(format!("{code} is raised"));
        }
    }
    wrong
}

fn entries<'v>(plan: &'v Value, kind: &'v str) -> impl Iterator<Item = &'v Value> {
    plan["schedule"]["entries"].as_array().into_iter().flatten().filter(move |entry| entry["kind"] == kind)
}

fn raised(plan: &Value) -> BTreeMap<&str, &str> {
    let findings = plan["findings"].as_array().into_iter().flatten();
    findings.map(|it| (it["code"].as_str().unwrap(), it["severity"].as_str().unwrap())).collect()
}

fn run(folder: &str, at_least: usize) -> usize {
    let (cases, skipped) = cases(folder);
    let failed: Vec<String> = cases
        .iter()
        .filter_map(|case| {
            let wrong = differences(case);
            (!wrong.is_empty()).then(|| format!("{}: {}", case.name, wrong.join("; ")))
        })
        .collect();
    assert!(failed.is_empty(), "{} of {} cases differ:\n{}", failed.len(), cases.len(), failed.join("\n"));
    assert!(cases.len() >= at_least, "only {} cases in {folder}, {skipped} skipped", cases.len());
    cases.len()
}

#[test]
fn worked_cases_of_the_dossiers() {
    run("golden", 150);
}

#[test]
fn every_limit_from_both_sides() {
    run("limits", 300);
}

#[test]
fn findings_are_raised_and_not_raised() {
    run("findings", 146);
}

#[test]
fn every_code_has_a_case_that_raises_it_and_one_that_does_not() {
    let (cases, _) = cases("findings");
    let mentions = |key: &str, code: &str| {
        cases.iter().any(|case| match &case.expect[key] {
            Value::Object(codes) => codes.contains_key(code),
            Value::Array(codes) => codes.iter().any(|it| it == code),
            _ => false,
        })
    };
    // Under review and overdue are states of a file: the tests of libraries change the file.
    let by_library = [Code::RegimenUnderReview, Code::RegimenReviewOverdue];
    let missing: Vec<&str> = Code::ALL
        .iter()
        .filter(|code| !by_library.contains(code))
        .map(|code| code.as_str())
        .filter(|code| !mentions("findings", code) || !mentions("no_findings", code))
        .collect();
    assert!(missing.is_empty(), "codes without both cases: {missing:?}");
}

#[test]
fn a_case_that_is_wrong_is_seen() {
    let request = json(&tests("requests/a-request.json"));
    let expect =
        serde_json::json!({"status": "stopped", "plan": {"dosing.dose_mg": 4}, "findings": {"pregnant": "stop"}});
    let case = Case { name: "control".to_owned(), request, expect };
    assert_eq!(differences(&case).len(), 3);
}

#[test]
fn the_example_of_the_interface_is_met_to_the_last_figure() {
    let bytes = fs::read(tests("requests/a-request.json")).unwrap();
    let plan: Value = serde_json::from_str(&plan(&bytes).unwrap()).unwrap();
    let expected = json(&tests("requests/a-request.expected.json"));
    contains(&plan, &expected, Path::new(""));
    let doses: Vec<&Value> = entries(&plan, "dose").map(|entry| &entry["date"]).collect();
    assert_eq!(doses.len(), 14);
    assert_eq!((doses[0].as_str(), doses[13].as_str()), (Some("2026-12-01"), Some("2027-11-30")));

    let mut unconfirmed = json(&tests("requests/a-request.json"));
    unconfirmed["confirmations"] = Value::Array(Vec::new());
    let plan: Value = serde_json::from_str(&crate::answer::plan(unconfirmed.to_string().as_bytes()).unwrap()).unwrap();
    assert_eq!(plan["status"], "needs-confirmation");
    assert_eq!(plan["schedule"]["provisional"], true);
}

/// Every key of the expected document is in the plan with the same value.
fn contains(plan: &Value, expected: &Value, at: &Path) {
    match expected {
        Value::Object(members) => {
            for (key, expected) in members {
                contains(&plan[key], expected, &at.join(key));
            }
        }
        _ => assert_eq!(plan, expected, "{}", at.display()),
    }
}
