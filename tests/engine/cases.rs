//! The cases under tests/: worked cases of the dossiers, every limit from both sides, every finding
//! raised and not raised. Each is a request with what its plan must say.

use std::{collections::BTreeMap, fs, path::Path};

use osteodose::{quantity::Decimal, regimen::Code};
use serde_json::Value;

use crate::{
    answer::plan,
    support::{
        cases::{Case, cases, names_rules},
        json, tests,
    },
};

fn at<'v>(value: &'v Value, path: &str) -> &'v Value {
    path.split('.').fold(value, |value, key| match key.parse::<usize>() {
        Ok(index) => &value[index],
        Err(_) => &value[key],
    })
}

/// What a plan says otherwise than the case expects.
fn differences(case: &Case) -> Vec<String> {
    let answer = plan(case.request.to_string().as_bytes());
    let plan: Value = match (&answer, case.expect.get("error")) {
        (Err(message), Some(expected)) if message.contains(expected.as_str().unwrap()) => return Vec::new(),
        (Err(message), Some(expected)) => return vec![format!("the message \"{message}\" does not name {expected}")],
        (Err(message), None) => return vec![format!("not usable: {message}")],
        (Ok(_), Some(expected)) => return vec![format!("usable, and an error at {expected} was expected")],
        (Ok(plan), None) => serde_json::from_str(plan).unwrap(),
    };
    let mut wrong = Vec::new();
    for (key, expected) in case.expect.as_object().unwrap() {
        match key.as_str() {
            "status" | "second_check" => compare(&mut wrong, key, &plan[key], expected),
            "plan" => {
                for (path, expected) in expected.as_object().unwrap() {
                    compare(&mut wrong, path, at(&plan, path), expected);
                }
            }
            "rounded" => {
                for (path, expected) in expected.as_object().unwrap() {
                    let shown = expected.as_str().unwrap();
                    let places = shown.split_once('.').map_or(0, |(_, decimals)| decimals.len());
                    let found: Decimal = at(&plan, path).to_string().parse().unwrap();
                    let rounded = found.ratio().round_half_up(u8::try_from(places).unwrap());
                    compare(&mut wrong, path, &Value::String(rounded.to_string()), expected);
                }
            }
            "absent" => {
                for path in words(expected) {
                    let (parent, key) = path.rsplit_once('.').unwrap_or(("", path));
                    let parent = if parent.is_empty() { &plan } else { at(&plan, parent) };
                    let there = parent.as_object().is_none_or(|it| it.contains_key(key));
                    compare(&mut wrong, path, &Value::Bool(there), &Value::Bool(false));
                }
            }
            "findings" | "no_findings" | "evidence" | "marks" => wrong.extend(findings(&plan, key, expected)),
            "directions" | "no_directions" | "disagreements" | "no_disagreements" => {
                let (list, there) = key.strip_prefix("no_").map_or((key.as_str(), true), |list| (list, false));
                let said = |id: &str| plan["dosing"][list].as_array().into_iter().flatten().any(|it| it["id"] == id);
                for id in words(expected).filter(|id| said(id) != there) {
                    wrong.push(format!("{id} is {} the {list}", if there { "not among" } else { "among" }));
                }
            }
            _ => wrong.extend(schedule(&plan, key, expected, &case.name)),
        }
    }
    wrong
}

fn compare(wrong: &mut Vec<String>, what: &str, found: &Value, expected: &Value) {
    if found != expected && found.as_f64().zip(expected.as_f64()).is_none_or(|(a, b)| a != b) {
        wrong.push(format!("{what} is {found}, expected {expected}"));
    }
}

/// The texts of a list.
fn words(list: &Value) -> impl Iterator<Item = &str> {
    list.as_array().unwrap().iter().map(|it| it.as_str().unwrap())
}

/// What the findings of a plan are otherwise than expected: raised, not raised, their figures.
fn findings(plan: &Value, key: &str, expected: &Value) -> Vec<String> {
    let (raised, mut wrong) = (raised(plan), Vec::new());
    match key {
        "findings" => {
            for (code, severity) in expected.as_object().unwrap() {
                if raised.get(code.as_str()) != severity.as_str().as_ref() {
                    wrong.push(format!("{code} is {:?}, expected {severity}", raised.get(code.as_str())));
                }
            }
        }
        "no_findings" => {
            wrong.extend(words(expected).filter(|code| raised.contains_key(code)).map(|it| format!("{it} is raised")));
        }
        "marks" => {
            for (code, marked) in expected.as_object().unwrap() {
                let finding = plan["findings"].as_array().unwrap().iter().find(|it| it["code"] == code.as_str());
                let found = finding.map(|it| Value::Bool(it["verification"] == "unverified")).unwrap_or_default();
                compare(&mut wrong, &format!("mark of {code}"), &found, marked);
            }
        }
        _ => {
            for (code, figures) in expected.as_object().unwrap() {
                let finding = plan["findings"].as_array().unwrap().iter().find(|it| it["code"] == code.as_str());
                for (path, expected) in figures.as_object().unwrap() {
                    let found = finding.map_or(&Value::Null, |it| at(&it["evidence"], path));
                    compare(&mut wrong, &format!("{path} of {code}"), found, expected);
                }
            }
        }
    }
    wrong
}

/// What the schedule of a plan is otherwise than expected.
fn schedule(plan: &Value, key: &str, expected: &Value, name: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    let dates = |kind: &str| Value::Array(entries(plan, kind).map(|entry| entry["date"].clone()).collect());
    match key {
        "dose_dates" => {
            let dates = dates("dose");
            for (index, expected) in expected.as_array().unwrap().iter().enumerate() {
                compare(&mut wrong, &format!("dose {}", index + 1), &dates[index], expected);
            }
        }
        "all_doses" => compare(&mut wrong, key, &dates("dose"), expected),
        "supplies" => compare(&mut wrong, key, &dates("supply"), expected),
        "reviews" => compare(&mut wrong, key, &dates("review"), expected),
        // A date that a check has, and where it is said, what else its entry says.
        "checks" | "no_checks" => {
            for expected in expected.as_array().unwrap() {
                let says = |entry: &Value| {
                    let mut more = expected[2].as_object().into_iter().flatten();
                    more.all(|(key, value)| entry[key.as_str()] == *value)
                };
                let there = entries(plan, "check")
                    .any(|entry| entry["what"] == expected[0] && entry["date"] == expected[1] && says(entry));
                compare(&mut wrong, &format!("check {expected}"), &Value::Bool(there), &Value::Bool(key == "checks"));
            }
        }
        // Every check of a subject, none left out.
        "all_checks" => {
            for (subject, expected) in expected.as_object().unwrap() {
                let of_subject = entries(plan, "check").filter(|entry| entry["what"] == subject.as_str());
                let found = Value::Array(of_subject.map(|entry| entry["date"].clone()).collect());
                compare(&mut wrong, &format!("checks of {subject}"), &found, expected);
            }
        }
        "counts" => {
            for (kind, expected) in expected.as_object().unwrap() {
                compare(&mut wrong, &format!("number of {kind}"), &Value::from(entries(plan, kind).count()), expected);
            }
        }
        other => panic!("{name}: the runner does not know \"{other}\""),
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
    run("golden", 300);
}

#[test]
fn every_limit_from_both_sides() {
    run("limits", 2300);
}

#[test]
fn findings_are_raised_and_not_raised() {
    run("findings", 1500);
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
fn each_kind_of_expectation_is_able_to_fail() {
    let wrong = serde_json::json!({
        "status": "stopped",
        "second_check": "agrees",
        "plan": {"dosing.dose_mg": 4},
        "rounded": {"renal.creatinine_clearance_ml_per_min": "56.0"},
        "absent": ["dosing.hold", "dosing.no.such.parent"],
        "findings": {"supplements": "confirm"},
        "no_findings": ["supplements"],
        "evidence": {"dental-not-examined": {"severity": "stop"}},
        "marks": {"dental-not-examined": true},
        "directions": ["no-such-direction"],
        "no_directions": ["own-line"],
        "disagreements": ["no-such-row"],
        "no_disagreements": ["storage"],
        "dose_dates": ["2026-12-02"],
        "all_doses": ["2026-12-01"],
        "supplies": ["2026-12-01"],
        "reviews": [],
        "checks": [["electrolytes", "2026-12-29", {"before_dose": 3}]],
        "no_checks": [["electrolytes", "2026-12-29"]],
        "all_checks": {"dental": []},
        "counts": {"dose": 13},
    });
    for (key, expected) in wrong.as_object().unwrap() {
        let request = json(&tests("requests/a-request.json"));
        let case = Case { name: key.clone(), request, expect: serde_json::json!({key: expected}) };
        let least = expected.as_array().filter(|_| key == "absent").map_or(1, Vec::len);
        assert_eq!(differences(&case).len(), least, "{key}: {:?}", differences(&case));
    }
    assert!(names_rules("E12") && names_rules("E1, E30"));
    assert!(!["", "E", "12", "E1,E2", "e12", "E1 and more"].into_iter().any(names_rules));
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
