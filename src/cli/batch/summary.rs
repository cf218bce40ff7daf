//! The summary of a batch as a JSON object, for other programs.

use serde::Serialize;

use super::tally::{OfDrug, Tally};
use crate::regimen::{Code, Severity};

/// The form of the object.
const FORMAT: &str = "osteodose-batch-summary/1";

/// What was counted.
#[derive(Serialize)]
pub(super) struct Summary<'t> {
    format: &'static str,
    patients: u64,
    ready: u64,
    to_confirm: u64,
    stopped: u64,
    not_usable: u64,
    drugs: Vec<DrugSummary<'t>>,
    reasons_not_usable: Vec<FieldCount<'t>>,
    /// What else is to be said: patients who are in it twice.
    remarks: &'t [String],
}

#[derive(Serialize)]
struct DrugSummary<'t> {
    drug: &'t str,
    ready: u64,
    to_confirm: u64,
    stopped: u64,
    second_check_differs: u64,
    findings: Vec<FindingCount>,
}

/// How often a finding stopped a plan, or is to be confirmed.
#[derive(Serialize)]
struct FindingCount {
    code: Code,
    severity: Severity,
    count: u64,
}

/// How many requests cannot be used because of a field; null if no field is wrong, but the whole.
#[derive(Serialize)]
struct FieldCount<'t> {
    field: Option<&'t str>,
    count: u64,
}

impl<'t> Summary<'t> {
    /// What a tally has counted.
    pub(super) fn of(tally: &'t Tally, remarks: &'t [String]) -> Self {
        let sum = |of: fn(&OfDrug) -> u64| tally.drugs.iter().map(of).sum::<u64>();
        let mut drugs: Vec<DrugSummary<'t>> = tally.drugs.iter().map(DrugSummary::of).collect();
        drugs.sort_by_key(|it| it.drug);
        let fields = tally.unusable.iter();
        Self {
            format: FORMAT,
            patients: tally.patients(),
            ready: sum(|it| it.ready),
            to_confirm: sum(|it| it.to_confirm),
            stopped: sum(|it| it.stopped),
            not_usable: tally.unusable.values().sum(),
            drugs,
            reasons_not_usable: fields
                .map(|(field, count)| FieldCount {
                    field: Some(field.as_str()).filter(|it| !it.is_empty()),
                    count: *count,
                })
                .collect(),
            remarks,
        }
    }

    /// One line of JSON.
    pub(super) fn to_json(&self) -> String {
        serde_json::to_string(self).expect("made of text and numbers") + "\n"
    }
}

impl<'t> DrugSummary<'t> {
    fn of(of_drug: &'t OfDrug) -> Self {
        let findings = of_drug.reasons.iter();
        Self {
            drug: &of_drug.drug,
            ready: of_drug.ready,
            to_confirm: of_drug.to_confirm,
            stopped: of_drug.stopped,
            second_check_differs: of_drug.differing,
            findings: findings
                .map(|((severity, code), count)| FindingCount { code: *code, severity: *severity, count: *count })
                .collect(),
        }
    }
}
