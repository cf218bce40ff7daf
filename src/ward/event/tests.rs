//! Bodies of every kind, read, written, faulty and lacking something.

use super::*;
use crate::{dosing, json::Problem, plan::Plan, regimen::Library, request::Request};

const REQUEST: &[u8] = include_bytes!("../../../tests/requests/a-request.json");

/// A body of each kind, as another program may write it.
const BODIES: &[&str] = &[
    r#"{"kind":"registered","patient":{"id":"A-1042","name":"Eva Lund","birth_date":"1958-03-14","sex":"female"}}"#,
    r#"{"kind":"identity-corrected","patient":{"id":"A-1042","birth_date":"1958-03-14","sex":"female"},"was":{"birth_date":"1958-04-13"},"reason":"day and month were confused"}"#,
    r#"{"kind":"given","dose":3,"at":"10:40","until":"10:55","dose_mg":3.5,"complete":true,"product":"concentrate-4mg-5ml","containers":[{"brand":"Zometa","batch":"SX4417","expires":"2028-04","count":1}],"site":"left forearm","second":{"by":"B. Lind"},"assessed":8812,"where":"ward"}"#,
    r#"{"kind":"supplied","dose":2,"dose_mg":1600,"units":112,"days":28,"where":"elsewhere"}"#,
    r#"{"kind":"deferred","dose":4,"to":"2027-01-28","then":"keep-dates","reason":"labs-not-back","note":"lab closed 24-26 Dec"}"#,
    r#"{"kind":"omitted","dose":4,"reason":"patient-refused"}"#,
    r#"{"kind":"held","because":"creatinine-risen","look_again":"2027-02-02","assessed":8841}"#,
    r#"{"kind":"resumed","holds":[8842,8850]}"#,
    r#"{"kind":"ended","because":"completed"}"#,
    r#"{"kind":"struck","event":8813,"reason":"wrong-patient","note":"was given to A-1055, bed beside"}"#,
    r#"{"kind":"noted","text":"telephoned"}"#,
    r#"{"kind":"erased","because":"court order","authority":"Data protection officer","events":12}"#,
    r#"{"kind":"ward-opened","name":"Oncology 3"}"#,
    r#"{"kind":"clinic-set","open_weekdays":["tue","thu"],"closed":[{"first":"2026-12-24","last":"2026-12-26"}]}"#,
    r#"{"kind":"settings-set","settings":{"format":"osteodose-ward/1","name":"Oncology 3"}}"#,
    r#"{"kind":"anchored","number":8813,"hash":"9f3c5a7d11e0b2c4"}"#,
    r#"{"kind":"restored","number":8813,"hash":"9f3c5a7d11e0b2c4"}"#,
    r#"{"kind":"copied","to":"onco-db","number":8813,"hash":"9f3c5a7d11e0b2c4"}"#,
];

fn read(text: &str) -> Body {
    Body::parse(text.as_bytes()).unwrap_or_else(|faults| panic!("{text}: {}", faults[0]))
}

fn plan() -> Plan {
    dosing::plan(Request::parse(REQUEST).unwrap(), Library::shipped()).unwrap()
}

#[test]
fn each_kind_is_read_and_written_in_one_form() {
    let mut seen: Vec<Kind> = Vec::new();
    let made = [
        Body::from(Planned::of(&plan(), "\"saved\"\n1".to_owned()).unwrap()).text(),
        Body::from(Assessed::of(&plan(), Some(1))).text(),
    ];
    for text in BODIES.iter().copied().chain(made.iter().map(String::as_str)) {
        let body = read(text);
        assert_eq!(body.text(), text);
        assert!(text.starts_with(&format!(r#"{{"kind":"{}","#, body.kind().as_str())));
        assert_eq!(What::read(body.kind().as_str(), Some(text)), What::Body(body.clone()));
        seen.push(body.kind());
    }
    seen.sort_unstable();
    assert_eq!(seen, Kind::ALL);
}

#[test]
fn the_order_of_keys_and_null_change_nothing() {
    let text = r#"{"to": null, "then": "keep-dates", "note": null, "dose": 4, "reason": "did-not-attend", "kind": "deferred"}"#;
    let body = read(text);
    assert_eq!(body.text(), r#"{"kind":"deferred","dose":4,"then":"keep-dates","reason":"did-not-attend"}"#);
    assert_eq!(read(&body.text()), body);
}

#[test]
fn every_fault_is_reported_with_its_place() {
    let faults = |text: &str| Body::parse(text.as_bytes()).unwrap_err();
    let text = r#"{"kind":"given","dose":"3","at":"25:00","dose_mg":"x","complete":1,"batch":"A","containers":[{"count":1,"expires":"04-2028"}]}"#;
    let paths: Vec<String> = faults(text).into_iter().map(|fault| fault.path).collect();
    assert_eq!(paths, ["dose", "at", "dose_mg", "complete", "batch", "containers[0].expires", "where"]);
    assert!(matches!(faults(r#"{"kind":"gave"}"#)[0].problem, Problem::NotOneOf { .. }));
    assert_eq!(faults(r#"{"dose":3}"#)[0].path, "kind");
    assert!(matches!(faults("[]")[0].problem, Problem::WrongKind { .. }));
    let twice = r#"{"kind":"noted","text":"a","kind":"noted"}"#;
    assert!(faults(twice).iter().any(|fault| fault.problem == Problem::DuplicateKey));
    assert_eq!(faults(r#"{"kind":"struck","event":-1,"reason":"twice"}"#)[0].path, "event");
    read(r#"{"kind":"struck","event":18446744073709551615,"reason":"twice"}"#);
}

#[test]
fn what_a_newer_program_wrote_is_unknown_and_what_was_erased_is_known_by_its_kind() {
    let unknown = |kind: &str, body| assert_eq!(What::read(kind, Some(body)), What::Unknown { kind: kind.to_owned() });
    unknown("transferred", r#"{"kind":"transferred"}"#);
    unknown("noted", r#"{"kind":"noted","text":"a","urgent":true}"#);
    unknown("given", r#"{"kind":"noted","text":"a"}"#);
    assert_eq!(What::read("given", None), What::Erased { kind: "given".to_owned() });
}

#[test]
fn a_reason_that_no_list_has_needs_a_note() {
    let lack = |text: &str| read(text).lack();
    let note = Some(Lack::Note { least: 5 });
    for kind in [
        r#"{"kind":"deferred","dose":4,"then":"keep-dates","reason":"other""#,
        r#"{"kind":"omitted","dose":4,"reason":"other""#,
        r#"{"kind":"held","because":"other""#,
        r#"{"kind":"ended","because":"other""#,
        r#"{"kind":"struck","event":3,"reason":"other""#,
        r#"{"kind":"given","dose_mg":4,"complete":false,"because":"other","where":"ward""#,
        r#"{"kind":"given","dose_mg":4,"complete":true,"another_because":"error","where":"ward""#,
        r#"{"kind":"supplied","dose_mg":4,"units":1,"days":1,"another_because":"error","where":"ward""#,
    ] {
        assert_eq!(lack(&format!("{kind}}}")), note, "{kind}");
        assert_eq!(lack(&format!(r#"{kind},"note":" four "}}"#)), note, "{kind}");
        assert_eq!(lack(&format!(r#"{kind},"note":"fives"}}"#)), None, "{kind}");
    }
}

#[test]
fn what_an_entry_lacks_by_itself_is_seen() {
    let given = |rest: &str| read(&format!(r#"{{"kind":"given",{rest},"where":"ward"}}"#)).lack();
    assert_eq!(given(r#""dose_mg":4,"complete":true"#), None);
    assert_eq!(given(r#""dose_mg":0,"complete":true"#), Some(Lack::NothingGiven));
    assert_eq!(given(r#""dose_mg":-4,"complete":true"#), Some(Lack::NothingGiven));
    assert_eq!(given(r#""dose_mg":4,"complete":false"#), Some(Lack::WhyIncomplete));
    assert_eq!(given(r#""dose_mg":4,"complete":true,"because":"stopped-line""#), Some(Lack::NotIncomplete));
    assert_eq!(given(r#""dose_mg":4,"complete":true,"at":"10:40","until":"10:25""#), Some(Lack::EndsBeforeItBegins));
    assert_eq!(given(r#""dose_mg":4,"complete":true,"at":"23:50","until":"00:05""#), None);
    assert_eq!(read(r#"{"kind":"resumed","holds":[]}"#).lack(), Some(Lack::NoHold));
    let supplied = r#"{"kind":"supplied","dose_mg":1600,"units":0,"days":28,"where":"ward"}"#;
    assert_eq!(read(supplied).lack(), Some(Lack::NothingGiven));
}

#[test]
fn a_plan_is_kept_with_the_figures_of_its_course() {
    let planned = Planned::of(&plan(), "{}".to_owned()).unwrap();
    assert_eq!((planned.slots.len(), planned.rule.weeks, planned.rule.minimum_gap_days), (14, Some(4), 21));
    assert_eq!(
        (planned.slots[0].due.to_string(), planned.slots[13].due.to_string()),
        ("2026-12-01".into(), "2027-11-30".into())
    );
    assert!(planned.rule.needs_baseline && planned.rule.has_courses && !planned.rule.needs_batch);
    assert_eq!(planned.baseline.unwrap().date.to_string(), "2026-11-18");
    let mut request = Request::parse(REQUEST).unwrap();
    request.history.as_mut().unwrap().conditions = Some(vec![crate::patient::Condition::Pregnant]);
    let stopped = dosing::plan(request, Library::shipped()).unwrap();
    assert_eq!(Planned::of(&stopped, String::new()), None);
}
