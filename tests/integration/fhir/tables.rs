//! What may stand in a bundle, written once more so that a slip of the program is seen: codes, units, references.

/// The system of units.
pub const UCUM: &str = "http://unitsofmeasure.org";

/// Where references stand, and to what they may lead.
pub const REFERENCES: &[(&str, &[&str])] = &[
    ("subject", &["Patient"]),
    ("patient", &["Patient"]),
    ("derivedFrom", &["Observation"]),
    ("supportingInformation", &["Observation"]),
    ("supportingInfo", &["AllergyIntolerance", "Observation", "DetectedIssue"]),
    ("activity.reference", &["RequestGroup"]),
    ("action.resource", &["MedicationRequest", "ServiceRequest"]),
    ("basedOn", &["CarePlan"]),
    ("implicated", &["RequestGroup"]),
    ("detectedIssue", &["DetectedIssue"]),
    ("target", &["CarePlan", "RequestGroup", "MedicationRequest", "ServiceRequest", "Observation"]),
];

/// Every code that may stand in a bundle, and where; those of LOINC and of findings apart.
pub const CODES: &[(&str, &str, &str)] = &[
    ("urn:osteodose:status", "provisional", "meta.tag"),
    ("http://terminology.hl7.org/CodeSystem/dose-rate-type", "calculated", "doseAndRate.type.coding"),
    ("http://terminology.hl7.org/CodeSystem/observation-category", "vital-signs", "category.coding"),
    ("http://terminology.hl7.org/CodeSystem/observation-category", "laboratory", "category.coding"),
    ("http://terminology.hl7.org/CodeSystem/provenance-participant-type", "author", "agent.type.coding"),
    ("http://terminology.hl7.org/CodeSystem/provenance-participant-type", "verifier", "agent.type.coding"),
    ("http://terminology.hl7.org/CodeSystem/provenance-participant-type", "assembler", "agent.type.coding"),
    ("http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical", "active", "clinicalStatus.coding"),
    ("http://snomed.info/sct", "716186003", "AllergyIntolerance.code.coding"),
    ("http://snomed.info/sct", "395926009", "medicationCodeableConcept.coding"),
    ("http://snomed.info/sct", "446321003", "medicationCodeableConcept.coding"),
    ("http://snomed.info/sct", "47625008", "route.coding"),
    ("http://snomed.info/sct", "26643006", "route.coding"),
    ("http://snomed.info/sct", "34206005", "route.coding"),
    ("http://snomed.info/sct", "94222008", "reasonCode.coding"),
    ("http://snomed.info/sct", "109989006", "reasonCode.coding"),
    ("http://snomed.info/sct", "118600007", "reasonCode.coding"),
    ("http://snomed.info/sct", "66931009", "reasonCode.coding"),
    ("http://terminology.hl7.org/CodeSystem/icd-o-3", "9250/1", "reasonCode.coding"),
    ("http://www.whocc.no/atc", "M05BA02", "medicationCodeableConcept.coding"),
    ("http://www.whocc.no/atc", "M05BA03", "medicationCodeableConcept.coding"),
    ("http://www.whocc.no/atc", "M05BA06", "medicationCodeableConcept.coding"),
    ("http://www.whocc.no/atc", "M05BA08", "medicationCodeableConcept.coding"),
    ("http://www.whocc.no/atc", "M05BX04", "medicationCodeableConcept.coding"),
];

/// LOINC codes, each with the units its property allows.
pub const LOINC: &[(&str, &[&str])] = &[
    ("29463-7", &["kg"]),
    ("8302-2", &["cm"]),
    ("14682-9", &["umol/L"]),
    ("2160-0", &["mg/dL"]),
    ("35591-7", &["mL/min"]),
    ("2000-8", &["mmol/L"]),
    ("17861-6", &["mg/dL"]),
    ("29265-6", &["mmol/L"]),
    ("1751-7", &["g/L", "g/dL"]),
];

/// The states of each kind.
pub const STATUSES: &[(&str, &[&str])] = &[
    ("CarePlan", &["draft", "active"]),
    ("RequestGroup", &["draft", "active"]),
    ("MedicationRequest", &["draft", "active"]),
    ("ServiceRequest", &["draft", "active"]),
    ("Observation", &["final", "preliminary"]),
    ("DetectedIssue", &["final", "preliminary"]),
];

/// Where quantities stand, and in which units.
pub const UNITS: &[(&str, &[&str])] = &[
    ("doseAndRate.doseQuantity", &["mg"]),
    ("doseAndRate.rateQuantity", &["mL/h"]),
    ("dispenseRequest.quantity", &["{tablet}", "{capsule}"]),
    ("dispenseRequest.expectedSupplyDuration", &["d"]),
    ("Observation.valueQuantity", &["kg", "cm", "umol/L", "mg/dL", "mL/min", "mmol/L", "g/L", "g/dL"]),
];

/// Units whose code is not what people read.
pub const READ_AS: &[(&str, &[&str])] =
    &[("umol/L", &["µmol/L"]), ("{tablet}", &["tablet"]), ("{capsule}", &["capsule"]), ("d", &["day", "days"])];
