//! Entries as a FHIR bundle: as reviewed for three patients, right by the rules of the specification, and complete.

use std::collections::{BTreeMap, BTreeSet};

use osteodose::{
    export::register::{Handed, Options, bundle},
    regimen::Library,
    ward::{
        event::Kind,
        store::{Anchor, Stored},
    },
};
use serde_json::Value;

use super::{
    assert_reviewed,
    chained::{Chained, PATIENTS, WARD, request, ward},
    table::bodies,
};

fn options(since: u64) -> Options {
    Options {
        at: "2027-06-01T09:30:00Z".parse().unwrap(),
        with_name: false,
        since,
        anchor: Anchor::new(24, &[0x9f; 32]),
        library: Library::shipped(),
    }
}

fn handed(ward: &Chained, patients: &[usize], options: &Options) -> Handed {
    let histories: Vec<Vec<Stored>> = patients.iter().map(|at| ward.of(*at)).collect();
    bundle(histories.iter().map(Vec::as_slice), options)
}

fn resources(text: &str) -> Vec<Value> {
    let bundle: Value = serde_json::from_str(text).unwrap();
    let entries = bundle["entry"].as_array().unwrap().iter();
    entries.map(|it| it["resource"].clone()).collect()
}

/// The resource of an entry.
fn of_entry(ward: &Chained, patient: usize, kind: &str, number: u64) -> Option<Value> {
    let all = resources(&handed(ward, &[patient], &options(0)).text);
    let id = format!("{WARD}-{number}");
    all.into_iter().find(|it| it["resourceType"] == kind && it["id"] == id.as_str())
}

/// Everything that is wrong with a bundle by the rules of R4 that concern it.
fn faults(text: &str) -> Vec<String> {
    let bundle: Value = serde_json::from_str(text).unwrap();
    let mut faults = Vec::new();
    let entries = bundle["entry"].as_array().unwrap();
    let urls: BTreeMap<&str, &str> = entries
        .iter()
        .map(|it| (it["fullUrl"].as_str().unwrap(), it["resource"]["resourceType"].as_str().unwrap()))
        .collect();
    if urls.len() != entries.len() || bundle["type"] != "collection" {
        faults.push("a resource twice, or no collection".to_owned());
    }
    for resource in entries.iter().map(|it| &it["resource"]) {
        let (kind, id) = (resource["resourceType"].as_str().unwrap(), resource["id"].as_str().unwrap());
        let mut fault = |why: &str| faults.push(format!("{kind}/{id}: {why}"));
        if id.len() > 64 || !id.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') {
            fault("id");
        }
        let statuses: &[&str] = match kind {
            "MedicationRequest" => &["active", "on-hold", "completed", "stopped", "entered-in-error"],
            "MedicationAdministration" => &["completed", "stopped", "not-done", "entered-in-error"],
            "MedicationDispense" => &["completed", "entered-in-error"],
            "Task" => &["requested", "completed", "cancelled", "entered-in-error"],
            _ => &[],
        };
        if !statuses.is_empty() && !resource["status"].as_str().is_some_and(|it| statuses.contains(&it)) {
            fault("status");
        }
        let one = |names: &[&str]| names.iter().filter(|it| !resource[**it].is_null()).count() == 1;
        let needs_medication = kind.starts_with("Medication");
        if needs_medication && !one(&["medicationReference", "medicationCodeableConcept"]) {
            fault("medication[x] is 1..1");
        }
        if kind == "MedicationAdministration" {
            if !one(&["effectiveDateTime", "effectivePeriod"]) {
                fault("effective[x] is 1..1");
            }
            if !resource["dosage"].is_null() && resource["dosage"]["dose"].is_null() {
                fault("mad-1");
            }
            let is_not_done = ["not-done", "stopped"].iter().any(|it| resource["status"] == *it);
            if is_not_done && resource["statusReason"].is_null() {
                fault("no reason");
            }
        }
        if kind != "Patient" && resource["subject"].is_null() && resource["for"].is_null() {
            fault("of nobody");
        }
        let contained: Vec<String> = resource["contained"]
            .as_array()
            .map_or_else(Vec::new, |all| all.iter().map(|it| format!("#{}", it["id"].as_str().unwrap())).collect());
        let mut used = BTreeSet::new();
        walk(resource, &mut |name, value| {
            let is_empty = match value {
                Value::Null => true,
                Value::String(text) => text.trim().is_empty() || text == "unknown",
                Value::Array(all) => all.is_empty(),
                Value::Object(all) => all.is_empty(),
                Value::Bool(_) | Value::Number(_) => false,
            };
            if is_empty {
                fault(&format!("{name} is {value}"));
            }
            if let (Some(reference), "reference") = (value.as_str(), name) {
                used.insert(reference.to_owned());
                if !urls.contains_key(reference) && !contained.contains(&reference.to_owned()) {
                    fault(&format!("{reference} is not there"));
                }
            }
            // A moment has its offset, and a day has none.
            if ["start", "end", "effectiveDateTime", "whenHandedOver", "authoredOn"].contains(&name) {
                let text = value.as_str().unwrap_or_default();
                let is_day = text.parse::<chrono::NaiveDate>().is_ok();
                if !is_day && chrono::DateTime::parse_from_rfc3339(text).is_err() {
                    fault(&format!("{name} is {text}"));
                }
            }
            if value["start"].as_str() > value["end"].as_str() {
                fault("per-1");
            }
        });
        if contained.iter().any(|it| !used.contains(it)) {
            fault("dom-3");
        }
    }
    faults
}

fn walk(value: &Value, look: &mut impl FnMut(&str, &Value)) {
    match value {
        Value::Object(members) => members.iter().for_each(|(name, member)| {
            look(name, member);
            walk(member, look);
        }),
        Value::Array(all) => all.iter().for_each(|it| walk(it, look)),
        _ => {}
    }
}

/// The text without what changes with every change of the program and of any regimen.
fn settled(text: &str) -> String {
    text.replace(Library::shipped().digest(), "(fingerprint)")
}

#[test]
fn three_patients_are_as_reviewed_and_every_rule_holds() {
    let ward = ward();
    for (at, name) in ["zoledronic-acid", "denosumab", "clodronate-by-mouth"].into_iter().enumerate() {
        let Handed { text, left_out } = handed(&ward, &[at], &options(0));
        assert!(left_out.is_empty());
        assert_eq!(faults(&text), Vec::<String>::new(), "{name}");
        assert_reviewed(&format!("{name}.fhir.json"), &settled(&text));
    }
    let all = handed(&ward, &[0, 1, 2], &options(0)).text;
    assert_eq!(faults(&all), Vec::<String>::new());
    let named = handed(&ward, &[0], &Options { with_name: true, ..options(0) }).text;
    assert!(named.contains("LUND, Eva") && !all.contains("LUND, Eva"));
    assert_eq!(all, handed(&ward, &[0, 1, 2], &options(0)).text, "the same bytes");
}

#[test]
fn the_requests_of_doses_are_those_of_the_bundle_of_the_plan() {
    let asked = request("zoledronic-acid");
    let plan = osteodose::dosing::plan(
        osteodose::request::Request::parse(asked.to_string().as_bytes()).unwrap(),
        Library::shipped(),
    );
    let format = osteodose::export::Format::Fhir;
    let of_plan = osteodose::export::export(&plan.unwrap(), format, &osteodose::export::Options::default()).unwrap();
    let of_plan: Value = serde_json::from_slice(&of_plan).unwrap();
    let urls: BTreeMap<&str, &Value> = of_plan["entry"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| (it["fullUrl"].as_str().unwrap(), &it["resource"]))
        .collect();
    let ward = ward();
    let mut doses = 0;
    for resource in resources(&handed(&ward, &[0], &options(0)).text) {
        let value = |value: &Value| value["identifier"]["value"].as_str().map(str::to_owned);
        if let Some(url) = value(&resource["request"]) {
            let dose = urls[url.as_str()];
            assert_eq!(dose["resourceType"], "MedicationRequest");
            doses += 1;
        }
        if resource["resourceType"] == "MedicationRequest" {
            let url = value(&resource["basedOn"][0]).unwrap();
            assert_eq!(urls[url.as_str()]["resourceType"], "CarePlan");
        }
    }
    assert_eq!(doses, 7);
}

#[test]
fn a_deferral_asks_for_its_dose_until_it_is_given() {
    let mut ward = Chained::new();
    ward.register(0, "A-1042", "LUND, Eva");
    ward.plan(0, "2026-12-01", &request("zoledronic-acid"));
    let status = |ward: &Chained, number| of_entry(ward, 0, "Task", number).unwrap()["status"].clone();
    let deferred = r#"{"kind":"deferred","dose":1,"then":"keep-dates","reason":"no-chair"}"#;
    let first = ward.add(0, "2026-12-01", deferred);
    assert_eq!(status(&ward, first), "requested");
    let second = ward.add(0, "2026-12-02", &deferred.replace("\"then\"", "\"to\":\"2026-12-10\",\"then\""));
    assert_eq!([status(&ward, first), status(&ward, second)], ["cancelled", "requested"]);
    let task = of_entry(&ward, 0, "Task", second).unwrap();
    assert_eq!(task["restriction"]["period"]["start"], "2026-12-10");
    assert_eq!(task["description"], "Give dose 1 on 10-Dec-2026");
    let given = ward.add(0, "2026-12-10", r#"{"kind":"given","dose":1,"dose_mg":3.5,"complete":true,"where":"ward"}"#);
    assert_eq!([status(&ward, first), status(&ward, second)], ["cancelled", "completed"]);
    ward.add(0, "2026-12-10", &format!(r#"{{"kind":"struck","event":{given},"reason":"did-not-happen"}}"#));
    assert_eq!(status(&ward, second), "requested");
    assert_eq!(of_entry(&ward, 0, "MedicationAdministration", given).unwrap()["status"], "entered-in-error");
    ward.add(
        0,
        "2026-12-11",
        &format!(r#"{{"kind":"struck","event":{second},"reason":"other","note":"was not asked"}}"#),
    );
    assert_eq!([status(&ward, first), status(&ward, second)], ["requested", "entered-in-error"]);
    ward.add(0, "2026-12-12", r#"{"kind":"ended","because":"died"}"#);
    assert_eq!(status(&ward, first), "cancelled");
}

#[test]
fn the_request_says_how_far_the_course_is() {
    let mut ward = Chained::new();
    ward.register(0, "A-1042", "LUND, Eva");
    let plan = ward.plan(0, "2026-12-01", &request("zoledronic-acid"));
    let asked = |ward: &Chained, number| of_entry(ward, 0, "MedicationRequest", number).unwrap();
    assert_eq!(asked(&ward, plan)["status"], "active");
    let hold = ward.add(0, "2026-12-02", r#"{"kind":"held","because":"jaw"}"#);
    assert_eq!(asked(&ward, plan)["status"], "on-hold");
    assert_eq!(asked(&ward, plan)["statusReason"]["coding"][0]["code"], "jaw");
    ward.add(0, "2026-12-03", &format!(r#"{{"kind":"resumed","holds":[{hold}]}}"#));
    assert_eq!(asked(&ward, plan)["status"], "active");
    let again = ward.plan(0, "2026-12-04", &request("zoledronic-acid"));
    assert_eq!([&asked(&ward, plan)["status"], &asked(&ward, again)["status"]], ["stopped", "active"]);
    assert!(asked(&ward, again)["priorPrescription"]["reference"].is_string());
    let end = ward.add(0, "2026-12-05", r#"{"kind":"ended","because":"completed"}"#);
    assert_eq!(asked(&ward, again)["status"], "completed");
    ward.add(0, "2026-12-05", &format!(r#"{{"kind":"struck","event":{end},"reason":"twice"}}"#));
    ward.add(0, "2026-12-06", r#"{"kind":"ended","because":"moved-away"}"#);
    assert_eq!(asked(&ward, again)["status"], "stopped");
}

#[test]
fn every_kind_and_every_reason_has_its_place() {
    let mut seen = BTreeSet::from(["planned"]);
    for body in bodies() {
        let kind = body.kind();
        if kind.is_of_ward() {
            continue;
        }
        let mut ward = Chained::new();
        let registered = ward.register(0, "A-1042", "LUND, Eva");
        ward.plan(0, "2026-12-01", &request("zoledronic-acid"));
        let given = r#"{"kind":"given","dose":2,"dose_mg":3.5,"complete":true,"where":"ward"}"#;
        ward.add(0, "2026-12-01", r#"{"kind":"noted","text":"telephoned"}"#);
        ward.add(0, "2026-12-01", given);
        let before = handed(&ward, &[0], &options(0)).text;
        let number = ward.add(0, "2026-12-02", &body.text());
        let Handed { text, left_out } = handed(&ward, &[0], &options(0));
        assert!(left_out.is_empty(), "{}", body.text());
        let value: Value = serde_json::from_str(&body.text()).unwrap();
        let code = value["reason"].as_str().or(value["because"].as_str()).or(value["another_because"].as_str());
        let is_written = match kind {
            Kind::Given | Kind::Supplied | Kind::Deferred | Kind::Omitted => {
                assert!(text.contains(&format!("{WARD}-{number}")), "{}", body.text());
                code
            }
            Kind::Held | Kind::Ended | Kind::Struck => code,
            // An erased patient is in no bundle, and who is registered is the patient.
            Kind::Erased => {
                assert!(resources(&text).is_empty());
                None
            }
            _ => {
                let is_same = text == before;
                assert!(is_same || kind == Kind::IdentityCorrected, "{}", body.text());
                None
            }
        };
        if let Some(code) = is_written {
            assert!(text.contains(&format!("\"code\": \"{code}\"")), "{}", body.text());
            assert_eq!(faults(&text), Vec::<String>::new(), "{}", body.text());
        }
        assert!(registered > 0);
        seen.insert(kind.as_str());
    }
    let of_patients = Kind::ALL.iter().filter(|it| !it.is_of_ward() && **it != Kind::Assessed).count();
    assert_eq!(seen.len(), of_patients);
}

#[test]
fn only_what_came_since_is_handed_on_and_what_was_struck_since() {
    let ward = ward();
    let strike = 12;
    let some = resources(&handed(&ward, &[0, 1], &options(strike)).text);
    let of = |kind: &str| some.iter().filter(|it| it["resourceType"] == kind).collect::<Vec<_>>();
    // The struck dose, and the dose of the second patient, which came later.
    let ids: Vec<&str> = of("MedicationAdministration").iter().map(|it| it["id"].as_str().unwrap()).collect();
    assert_eq!(ids, [format!("{WARD}-11"), format!("{WARD}-17")]);
    assert_eq!(of("MedicationRequest").len(), 2);
    assert!(resources(&handed(&ward, &[0, 1, 2], &options(1000)).text).is_empty());
}

#[test]
fn what_cannot_be_read_is_named_and_an_erased_patient_is_gone() {
    let mut ward = ward();
    let unread = ward.add_unread(0, "transferred");
    let Handed { text, left_out } = handed(&ward, &[0], &options(0));
    assert_eq!(left_out, [unread]);
    assert!(!text.contains("transferred"));
    let outside = ward.add(0, "2027-01-02", r#"{"kind":"omitted","dose":1,"reason":"unwell"}"#);
    let last = ward.stored.len() - 1;
    ward.stored[last].header.course = Some(7);
    assert_eq!(handed(&ward, &[0], &options(0)).left_out, [unread, outside]);
    for entry in ward.stored.iter_mut().filter(|it| it.header.patient == Some(PATIENTS[1])) {
        (entry.body, entry.salt) = (None, None);
    }
    let gone = handed(&ward, &[1], &options(0));
    assert!(resources(&gone.text).is_empty() && gone.left_out.is_empty());
}

#[test]
fn a_time_is_written_where_its_offset_is_known() {
    let mut ward = Chained::new();
    ward.register(0, "A-1042", "LUND, Eva");
    ward.plan(0, "2026-12-01", &request("zoledronic-acid"));
    let body = r#"{"kind":"given","dose":1,"at":"23:50","until":"00:05","dose_mg":3.5,"complete":true,"where":"ward"}"#;
    let given = ward.add(0, "2026-12-01", body);
    let when = |ward: &Chained| of_entry(ward, 0, "MedicationAdministration", given).unwrap();
    assert_eq!(when(&ward)["effectivePeriod"]["start"], "2026-12-01T23:50:00+01:00");
    assert_eq!(when(&ward)["effectivePeriod"]["end"], "2026-12-02T00:05:00+01:00");
    // Recorded on another day, perhaps across a change of the clocks.
    ward.stored.last_mut().unwrap().header.recorded_ms += 86_400_000;
    assert_eq!(when(&ward)["effectiveDateTime"], "2026-12-01");
    let text = when(&ward)["dosage"]["text"].as_str().unwrap().to_owned();
    assert!(text.contains("begun 23:50, ended 00:05"), "{text}");
}

#[test]
fn a_rule_that_is_broken_is_seen() {
    let ward = ward();
    let text = handed(&ward, &[0], &options(0)).text;
    for (from, to) in [
        ("\"status\": \"completed\"", "\"status\": \"unknown\""),
        ("\"effectiveDateTime\"", "\"effectiveTime\""),
        ("2026-12-01T10:40:00+01:00", "2026-12-01T10:40:00"),
        ("\"reference\": \"#package\"", "\"reference\": \"#other\""),
        ("\"dose\": {", "\"doses\": {"),
        ("\"subject\"", "\"subjects\""),
        ("\"for\"", "\"four\""),
        ("\"statusReason\"", "\"reasons\""),
        ("abababab-4\"", "abababab_4\""),
    ] {
        assert!(text.contains(from), "{from}");
        assert!(!faults(&text.replace(from, to)).is_empty(), "{from}");
    }
}
