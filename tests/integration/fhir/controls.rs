//! Bundles that are broken on purpose: each rule is shown to find what it is for.

use serde_json::{Value, json};

use super::{against_plan, bundle, bundle_of, document, rules, with_plan};
use crate::support::{json, tests};

/// The value at a path such as "MedicationRequest.dosageInstruction.0.text" of the first resource of a kind.
fn at<'b>(bundle: &'b mut Value, path: &str) -> &'b mut Value {
    let (kind, rest) = path.split_once('.').unwrap();
    let entries = bundle["entry"].as_array_mut().unwrap();
    let resource = entries.iter_mut().map(|it| &mut it["resource"]).find(|it| it["resourceType"] == kind).unwrap();
    let pointer = format!("/{}", rest.replace('.', "/"));
    if resource.pointer(&pointer).is_none() {
        let (above, name) = pointer.rsplit_once('/').unwrap();
        resource.pointer_mut(above).unwrap()[name] = Value::Null;
    }
    resource.pointer_mut(&pointer).unwrap()
}

/// A change of a bundle, and the beginning of what must be said about it.
type Control = (&'static str, fn() -> Value, &'static str);

const CONTROLS: &[Control] = &[
    ("Patient.gender", || json!(""), "empty"),
    ("Patient.identifier", || json!([]), "empty"),
    ("CarePlan.period", || json!({}), "empty"),
    ("CarePlan.title", || Value::Null, "empty"),
    ("Patient.id", || json!("p 1"), "id"),
    ("Patient.id", || json!("p1"), "id"),
    ("CarePlan.subject.reference", || json!("Patient/p1"), "reference"),
    ("CarePlan.activity.0.reference.reference", || json!("urn:uuid:00000000-0000-8000-8000-000000000000"), "reference"),
    ("CarePlan.author", || json!({"reference": "urn:uuid:x"}), "reference"),
    ("Observation.code.coding.0.code", || json!("3141-9"), "code"),
    ("MedicationRequest.status", || json!("option"), "code"),
    ("MedicationRequest.intent", || json!("order"), "code"),
    ("MedicationRequest.medicationCodeableConcept.coding.0.code", || json!("M05BA07"), "code"),
    ("MedicationRequest.dosageInstruction.0.route.coding.0.code", || json!("395926009"), "code"),
    ("DetectedIssue.severity", || json!("confirm"), "code"),
    ("Provenance.entity.0.role", || json!("origin"), "code"),
    ("Provenance.agent.0.type.coding.0.code", || json!("approver"), "code"),
    ("MedicationRequest.dosageInstruction.0.doseAndRate.0.doseQuantity.code", || json!("milligram"), "unit"),
    ("MedicationRequest.dosageInstruction.0.doseAndRate.0.doseQuantity.code", || json!("mL"), "unit"),
    ("MedicationRequest.dosageInstruction.0.doseAndRate.0.doseQuantity.unit", || json!("g"), "unit"),
    ("MedicationRequest.dosageInstruction.0.doseAndRate.0.doseQuantity.value", || json!(0), "unit"),
    ("MedicationRequest.dosageInstruction.0.doseAndRate.0.rateQuantity.code", || json!("mL/min"), "unit"),
    ("Observation.valueQuantity.code", || json!("cm"), "unit"),
    ("MedicationRequest.dosageInstruction.0.timing.repeat.durationUnit", || Value::Null, "time: tim-1"),
    ("MedicationRequest.dosageInstruction.0.timing.repeat", || json!({"period": 4, "frequency": 1}), "time: tim-2"),
    ("MedicationRequest.dosageInstruction.0.timing.repeat.duration", || json!(-15), "time: tim-4"),
    (
        "MedicationRequest.dosageInstruction.0.timing.repeat",
        || json!({"frequency": 1, "period": -4, "periodUnit": "d"}),
        "time: tim-5",
    ),
    ("MedicationRequest.dosageInstruction.0.timing.repeat", || json!({"periodMax": 5}), "time: tim-6"),
    ("MedicationRequest.dosageInstruction.0.timing.repeat", || json!({"durationMax": 5}), "time: tim-7"),
    ("MedicationRequest.dosageInstruction.0.timing.repeat", || json!({"countMax": 5}), "time: tim-8"),
    ("MedicationRequest.dosageInstruction.0.timing.repeat", || json!({"offset": 5}), "time: tim-9"),
    (
        "MedicationRequest.dosageInstruction.0.timing.repeat",
        || json!({"timeOfDay": ["08:00:00"], "when": ["MORN"]}),
        "time: tim-10",
    ),
    ("MedicationRequest.dosageInstruction.0.timing.repeat.durationUnit", || json!("week"), "time: unit"),
    ("MedicationRequest.dosageInstruction.0.timing.event", || Value::Null, "time: neither"),
    ("CarePlan.period.end", || json!("2026-11-30"), "period"),
    ("CarePlan.period.end", || json!("2026-13-05"), "period"),
    ("MedicationRequest.dosageInstruction.0.timing.event.0", || json!("01-Dec-2026"), "period"),
    ("AllergyIntolerance.clinicalStatus", || Value::Null, "constraint: ait-1"),
    ("MedicationRequest.subject", || Value::Null, "constraint: a MedicationRequest of nobody"),
    ("RequestGroup.action.0.resource", || Value::Null, "constraint: rqg-1"),
    ("RequestGroup.action.1.relatedAction.0.actionId", || json!("dose-99"), "constraint: no action"),
    ("RequestGroup.action.1.id", || json!("dose-1"), "constraint: ids"),
    ("Observation.valueQuantity.system", || Value::Null, "constraint: qty-3"),
    ("MedicationRequest.status", || json!("draft"), "mark"),
    ("MedicationRequest.meta", || json!({"tag": [{"code": "provisional"}]}), "mark"),
];

#[test]
fn every_rule_finds_what_it_is_for() {
    let good = bundle_of("zoledronic-acid");
    assert_eq!(rules::faults(&good), Vec::<String>::new());
    for (path, value, expected) in CONTROLS {
        let mut broken = good.clone();
        *at(&mut broken, path) = value();
        let faults = rules::faults(&broken);
        assert!(faults.iter().any(|it| it.starts_with(expected)), "{path} = {}: {faults:?}", value());
    }
    let mut twice = good.clone();
    let first = twice["entry"][0].clone();
    twice["entry"].as_array_mut().unwrap().push(first);
    assert!(rules::faults(&twice).iter().any(|it| it.ends_with("stands twice")));
}

/// A request, and a change of its bundle that the plan does not have.
type Difference = (&'static str, &'static str, fn() -> Value);

const AGAINST: &[Difference] = &[
    ("zoledronic-acid", "RequestGroup.action.0.timingDateTime", || json!("2026-12-02")),
    ("zoledronic-acid", "MedicationRequest.dosageInstruction.0.timing.event.0", || json!("2026-12-02")),
    ("zoledronic-acid", "MedicationRequest.dosageInstruction.0.doseAndRate.0.doseQuantity.value", || json!(4)),
    ("zoledronic-acid", "MedicationRequest.dosageInstruction.0.doseAndRate.0.rateQuantity.value", || json!(401)),
    ("zoledronic-acid", "MedicationRequest.dosageInstruction.0.timing.repeat.duration", || json!(5)),
    ("zoledronic-acid", "MedicationRequest.dosageInstruction.0.text", || json!("3.5 mg")),
    ("zoledronic-acid", "MedicationRequest.medicationCodeableConcept.text", || json!("zoledronic acid")),
    ("zoledronic-acid", "MedicationRequest.detectedIssue", || json!([])),
    ("zoledronic-acid", "RequestGroup.action", || json!([])),
    ("zoledronic-acid", "CarePlan.period.end", || json!("2028-12-01")),
    ("zoledronic-acid", "ServiceRequest.occurrenceDateTime", || json!("2028-12-01")),
    ("zoledronic-acid", "Observation.valueQuantity.value", || json!(86.5)),
    ("zoledronic-acid", "Patient.birthDate", || json!("1985-03-14")),
    ("zoledronic-acid", "Provenance.agent", || json!([])),
    ("to-be-confirmed", "DetectedIssue.mitigation", || json!([])),
    ("to-be-confirmed", "DetectedIssue.status", || json!("preliminary")),
    ("to-be-confirmed", "DetectedIssue.detail", || json!("nothing")),
    ("to-be-confirmed", "CarePlan.status", || json!("active")),
    ("clodronate-by-mouth", "MedicationRequest.dispenseRequest.quantity.value", || json!(112)),
    ("clodronate-by-mouth", "MedicationRequest.dispenseRequest.expectedSupplyDuration.value", || json!(30)),
    ("clodronate-by-mouth", "MedicationRequest.dosageInstruction.0.timing.repeat.boundsPeriod.end", || {
        json!("2027-01-28")
    }),
    ("clodronate-by-mouth", "MedicationRequest.dosageInstruction.0.timing.repeat.period", || json!(2)),
    ("clodronate-by-mouth", "MedicationRequest.dosageInstruction.1", || json!({})),
];

#[test]
fn every_difference_from_the_plan_is_found() {
    for (file, path, value) in AGAINST {
        let request = json(&tests(&format!("exports/requests/{file}.json")));
        let (mut bundle, plan) = with_plan(&request, |plan| (bundle(plan), document(plan))).unwrap();
        assert_eq!(against_plan::faults(&bundle, &plan), Vec::<String>::new());
        *at(&mut bundle, path) = value();
        assert!(!against_plan::faults(&bundle, &plan).is_empty(), "{file}: {path} = {}", value());
    }
}
