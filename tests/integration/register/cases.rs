//! The cases of tests/register/fold: entries in, the state and the course of the next request out, and what is
//! refused after them. Each is named after its row in the table of the design.

use osteodose::{
    request::Clinic,
    ward::{
        event::{Body, Draft, Event, What},
        flow,
        fold::{CourseState, PatientState, admit, state},
    },
    words::register as words,
};
use serde::Serialize;
use serde_json::{Value, json as value};

use super::{REGISTERED, assessed, body, day, event, plan, planned, request};
use crate::support::{files, json};

/// The rows of the table.
const ROWS: usize = 37;

/// The day on which a case asks what is refused, where it names none.
const TODAY: &str = "2027-03-01";

/// The body of an entry: as it is written, or of the plan for a request.
fn body_of(written: &Value) -> Body {
    let of_request = || plan(request(&written["request"]));
    match written["kind"].as_str() {
        Some("planned") => {
            let replaces = written["replaces_course"].as_u64().map(|it| u32::try_from(it).unwrap());
            planned(&of_request(), replaces)
        }
        Some("assessed") => {
            let dose = written["dose"].as_u64().map(|it| u16::try_from(it).unwrap());
            assessed(&of_request(), dose)
        }
        _ => body(&written.to_string()),
    }
}

fn course_of(entry: &Value) -> Option<u32> {
    match &entry["course"] {
        Value::Null => Some(1),
        named => named.as_u64().filter(|it| *it > 0).map(|it| u32::try_from(it).unwrap()),
    }
}

fn events(case: &Value) -> Vec<Event> {
    let mut events = vec![event(1, None, day("2026-11-19"), body(REGISTERED))];
    for entry in case["events"].as_array().unwrap() {
        let number = entry["number"].as_u64().unwrap();
        let on = day(entry["on"].as_str().unwrap());
        let mut made = match entry["unknown"].as_str() {
            None => event(number, course_of(entry), on, body_of(&entry["event"])),
            Some(kind) => {
                Event { what: What::Unknown { kind: kind.to_owned() }, ..event(number, None, on, body(REGISTERED)) }
            }
        };
        if let Some(by) = entry["by"].as_str() {
            made.by = by.parse().unwrap();
        }
        events.push(made);
    }
    events
}

fn written(thing: &impl Serialize) -> Value {
    serde_json::to_value(thing).unwrap()
}

/// The days of the open doses: number, day, and how they stand where they are not simply due.
fn due(case: &Value, course: &CourseState) -> Value {
    let clinic: Clinic = match &case["clinic"] {
        Value::Null => request(&value!({})).clinic.unwrap(),
        stated => request(&value!({"clinic": stated})).clinic.unwrap(),
    };
    let dates = flow::dates(course, &flow::calendar(course, &clinic));
    let line = |it: &flow::SlotDate| {
        if it.standing == flow::Standing::Due {
            value!([it.dose, it.due])
        } else {
            value!([it.dose, it.due, it.standing])
        }
    };
    Value::Array(dates.iter().map(line).collect())
}

/// What a case names of the state.
fn found(case: &Value, state: &PatientState, key: &str) -> Value {
    let number = case["of"].as_u64().map_or(1, |it| u32::try_from(it).unwrap());
    let course = state.course(number);
    let of_course = |figure: fn(&CourseState) -> Value| course.map_or(Value::Null, figure);
    match key {
        "status" => of_course(|it| written(&it.status)),
        "first_dose" => of_course(|it| written(&it.first_dose)),
        "last_dose" => of_course(|it| written(&it.last_dose)),
        "doses_given" => of_course(|it| written(&it.doses_given)),
        "dose_mg" => of_course(|it| written(&it.dose_mg)),
        "dose_in_use" => of_course(|it| written(&it.dose_in_use)),
        "baseline" => of_course(|it| written(&it.baseline)),
        "ends" => of_course(|it| written(&it.ends())),
        "holds" => of_course(|it| it.holds.iter().map(|hold| hold.number).collect()),
        "had_go" => of_course(|it| it.doses.iter().map(|dose| dose.had_go).collect()),
        "course" => of_course(|it| written(&it.request_course())),
        "due" => course.map_or(Value::Null, |it| due(case, it)),
        "last" => written(&state.last_antiresorptive()),
        "faults" => state.faults.iter().map(words::fault).collect(),
        "courses" => written(&state.courses.len()),
        "read_only" => written(&state.read_only),
        "erased" => written(&state.erased),
        "id" => written(&state.identity.as_ref().map(|it| it.id.clone())),
        _ => panic!("the runner does not know \"{key}\""),
    }
}

/// What is otherwise than a case expects.
fn differences(case: &Value) -> Vec<String> {
    let events = events(case);
    let state = state(&events);
    let mut wrong = Vec::new();
    for (key, expected) in case["expect"].as_object().unwrap() {
        let mut found = found(case, &state, key);
        if let (Some(days), Some(first), "due") = (found.as_array_mut(), expected.as_array(), key.as_str()) {
            days.truncate(first.len());
        }
        if found != *expected {
            wrong.push(format!("{key} is {found}, expected {expected}"));
        }
    }
    for asked in case["asked"].as_array().into_iter().flatten() {
        let draft = Draft {
            on: day(asked["on"].as_str().unwrap()),
            by: asked["by"].as_str().unwrap_or("A. Berg").parse().unwrap(),
            course: course_of(asked),
            body: body_of(&asked["event"]),
        };
        let today = day(asked["today"].as_str().unwrap_or(TODAY));
        let said = admit(&events, &draft, today).err().map(|refused| words::refused(&refused));
        if said.as_deref() != asked["says"].as_str() {
            wrong.push(format!("said {said:?} of {}, expected {}", asked["event"], asked["says"]));
        }
    }
    wrong
}

#[test]
fn every_row_of_the_fold() {
    let mut failed = Vec::new();
    let mut rows = std::collections::BTreeSet::new();
    for path in files("register/fold", ".json") {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        rows.insert(name.split('-').nth(1).unwrap().to_owned());
        let wrong = differences(&json(&path));
        if !wrong.is_empty() {
            failed.push(format!("{name}:\n  {}", wrong.join("\n  ")));
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
    let missing: Vec<String> = (1..=ROWS).map(|row| format!("{row:02}")).filter(|row| !rows.contains(row)).collect();
    assert!(missing.is_empty(), "rows without a case: {missing:?}");
}

#[test]
fn a_case_that_is_wrong_is_seen() {
    let path = files("register/fold", ".json").into_iter().find(|path| path.ends_with("row-22-given-on-hold.json"));
    let mut case = json(&path.unwrap());
    assert_eq!(differences(&case), Vec::<String>::new());
    for (key, wrong) in [
        ("status", value!("active")),
        ("doses_given", value!(7)),
        ("course", value!(null)),
        ("due", value!([[2, "2026-12-30"]])),
        ("faults", value!(["none"])),
        ("last", value!("none")),
        ("holds", value!([])),
    ] {
        let right = case["expect"][key].clone();
        case["expect"][key] = wrong;
        assert_eq!(differences(&case).len(), 1, "{key}");
        if right.is_null() {
            case["expect"].as_object_mut().unwrap().remove(key)
        } else {
            case["expect"].as_object_mut().unwrap().insert(key.to_owned(), right)
        };
    }
    case["asked"][0]["says"] = value!(null);
    assert_eq!(differences(&case).len(), 1);
}
