//! The floor of a bench: the least that `serde_json` must do to read a request.

use serde::Deserialize;
use serde_json::Number;

/// The same request as plain records, the least that `serde_json` must do to read it.
#[derive(Deserialize)]
#[allow(dead_code, reason = "it is read, and that is what is measured")]
pub(crate) struct Floor<'a> {
    #[serde(borrow)]
    patient: FloorPatient<'a>,
    tumour: &'a str,
    indication: &'a str,
    labs: FloorLabs<'a>,
    history: FloorHistory<'a>,
    treatment: FloorTreatment<'a>,
    clinic: FloorClinic<'a>,
    confirmations: Vec<FloorConfirmation<'a>>,
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "it is read, and that is what is measured")]
struct FloorPatient<'a> {
    id: &'a str,
    birth_date: chrono::NaiveDate,
    sex: &'a str,
    weight_kg: Number,
    height_cm: Number,
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "it is read, and that is what is measured")]
struct FloorLabs<'a> {
    date: chrono::NaiveDate,
    #[serde(borrow)]
    creatinine: FloorValue<'a>,
    calcium: FloorValue<'a>,
    albumin: FloorValue<'a>,
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "it is read, and that is what is measured")]
struct FloorValue<'a> {
    value: Number,
    unit: &'a str,
    kind: Option<&'a str>,
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "it is read, and that is what is measured")]
struct FloorHistory<'a> {
    dental: &'a str,
    #[serde(borrow)]
    conditions: Vec<&'a str>,
    medicines: Vec<&'a str>,
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "it is read, and that is what is measured")]
struct FloorTreatment<'a> {
    drug: &'a str,
    route: &'a str,
    start_date: chrono::NaiveDate,
    interval_weeks: u16,
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "it is read, and that is what is measured")]
struct FloorClinic<'a> {
    #[serde(borrow)]
    open_weekdays: Vec<&'a str>,
    closed_dates: Vec<chrono::NaiveDate>,
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "it is read, and that is what is measured")]
struct FloorConfirmation<'a> {
    finding: &'a str,
    by: &'a str,
    reason: &'a str,
}
