//! What came of one saved plan, as a JSON object for other programs.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Rechecked, Verdict};
use crate::{
    identity::Differs,
    json::{Difference, Value, vocabulary},
    saved::Seal,
};

vocabulary! {
    /// The form of the object.
    pub enum RecheckFormat {
        /// The first form.
        V1 = "osteodose-recheck/1",
    }
}

vocabulary! {
    /// What came of a file.
    pub enum RecheckResult {
        /// The plan is the same.
        Same = "same",
        /// The file is as it was saved, and the plan would differ.
        WouldChange = "would-change",
        /// The file was altered.
        Altered = "altered",
        /// It is no plan, or cannot be read.
        Unusable = "unusable",
    }
}

vocabulary! {
    /// What the checksum of a file says.
    pub enum ChecksumResult {
        /// Every value is as it was written.
        Whole = "whole",
        /// A value was altered.
        Broken = "broken",
        /// The file was printed again, or altered: a checksum of the first kind does not show which.
        Reprinted = "reprinted",
        /// There is none.
        Missing = "missing",
    }
}

/// What came of one saved plan.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct RecheckDocument<'a> {
    /// The form of the object.
    pub format: RecheckFormat,
    /// The file, `-` for standard input.
    pub file: String,
    /// The line of the plan; null if the file holds one plan.
    pub line: Option<u64>,
    /// The entry of the plan in a register, which the file then is; left out for files of plans.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entry: Option<u64>,
    /// The identifier of the patient.
    pub id: Option<&'a str>,
    /// What came of it.
    pub result: RecheckResult,
    /// What its checksum says; null if it cannot be read.
    pub checksum: Option<ChecksumResult>,
    /// Whether dose, volume or preparation would differ, also where there would be no plan; null if that is not known.
    pub changes_a_dose: Option<bool>,
    /// Why it is not usable, or can no longer be planned.
    pub message: Option<String>,
    /// What would differ.
    pub changes: Vec<ChangeDocument<'a>>,
    /// What differs in what made the plan: program, library, owner, day of review.
    pub made_by_other_rules: Vec<ChangeDocument<'a>>,
    /// The earlier plan with the same identifier and another patient.
    pub other_patient: Option<OtherPatientDocument>,
}

/// Where a plan is.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct PlaceDocument {
    /// The file, `-` for standard input.
    pub file: String,
    /// The line of the plan; null if the file holds one plan.
    pub line: Option<u64>,
}

/// An earlier plan with the same identifier and another patient.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct OtherPatientDocument {
    /// What differs: `birth_date` or `name`.
    pub differs: &'static str,
    /// Where the earlier plan is.
    pub earlier: PlaceDocument,
}

impl OtherPatientDocument {
    /// What differs, and the place of the earlier plan.
    pub fn of(differs: Differs, earlier: PlaceDocument) -> Self {
        Self { differs: differs.as_str(), earlier }
    }
}

/// One difference.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct ChangeDocument<'a> {
    /// The place, such as `dosing.dose_mg` or `schedule.entries[dose 3].date`.
    pub what: String,
    /// What the file says; null if it says nothing.
    #[schemars(with = "serde_json::Value")]
    pub was: &'a Value,
    /// What the plan made today says.
    #[schemars(with = "serde_json::Value")]
    pub now: &'a Value,
}

impl<'a> RecheckDocument<'a> {
    /// A file that is not usable, or a line of it.
    pub fn unusable(place: PlaceDocument, why: String) -> Self {
        Self {
            format: RecheckFormat::V1,
            file: place.file,
            line: place.line,
            entry: None,
            id: None,
            result: RecheckResult::Unusable,
            checksum: None,
            changes_a_dose: None,
            message: Some(why),
            changes: Vec::new(),
            made_by_other_rules: Vec::new(),
            other_patient: None,
        }
    }

    /// A plan that was made again.
    pub fn of(place: PlaceDocument, id: Option<&'a str>, rechecked: &'a Rechecked) -> Self {
        Self {
            format: RecheckFormat::V1,
            file: place.file,
            line: place.line,
            entry: None,
            id,
            result: match rechecked.verdict {
                Verdict::Same => RecheckResult::Same,
                Verdict::Changed => RecheckResult::WouldChange,
                Verdict::Altered => RecheckResult::Altered,
            },
            checksum: Some(match rechecked.seal {
                Seal::Whole => ChecksumResult::Whole,
                Seal::Broken => ChecksumResult::Broken,
                Seal::Reprinted => ChecksumResult::Reprinted,
                Seal::Missing => ChecksumResult::Missing,
            }),
            changes_a_dose: Some(rechecked.changes_a_dose() || rechecked.impossible.is_some()),
            message: rechecked.impossible.as_ref().map(ToString::to_string),
            changes: changes(&rechecked.changes),
            made_by_other_rules: changes(&rechecked.makers),
            other_patient: None,
        }
    }
}

fn changes(differences: &[Difference]) -> Vec<ChangeDocument<'_>> {
    differences.iter().map(|it| ChangeDocument { what: it.place(), was: &it.was, now: &it.now }).collect()
}
