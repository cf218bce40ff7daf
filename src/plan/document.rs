//! The plan as the JSON interface has it, field by field.

use chrono::NaiveDate;
use serde::{Serialize, Serializer};

use super::{CalciumClass, Evidence, Moved, Part, PlanStatus, SecondCheckResult};
use crate::{
    json::{Text, Written, iso_date, iso_date_if_any},
    patient::WeightBasis,
    quantity::{Calcium, Creatinine, Decimal, Mass, Volume},
    regimen::{Citation, Code, Origin, Severity, Statement, Subject, Verification},
    request::{Confirmation, Request},
};

/// The form of a plan file.
pub(crate) const FORMAT: &str = "osteodose-plan/1";

/// A plan as JSON.
#[derive(Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema), schemars(rename = "Plan"))]
pub struct PlanDocument<'a> {
    /// The form of the file.
    pub(crate) format: &'static str,
    /// What may be done with the plan.
    pub(crate) status: PlanStatus,
    /// The request, as it was entered.
    pub(crate) request: &'a Request,
    /// The kidney; null where no clearance is computed.
    pub(crate) renal: Option<RenalDocument>,
    /// The calcium.
    pub(crate) calcium: CalciumDocument,
    /// The dose; null when stopped.
    pub(crate) dosing: Option<DosingDocument<'a>>,
    /// The dates; null when stopped.
    pub(crate) schedule: Option<ScheduleDocument<'a>>,
    /// Everything that was found.
    pub(crate) findings: Vec<FindingDocument<'a>>,
    /// Confirmations of findings that are not there.
    pub(crate) unused_confirmations: Vec<&'a Confirmation>,
    /// Who entered the request.
    pub(crate) prepared_by: Option<&'a Text>,
    /// The result of the second check.
    pub(crate) second_check: SecondCheckResult,
    /// Who checked.
    pub(crate) second_check_by: Option<&'a Text>,
    /// What the second person entered otherwise.
    pub(crate) second_check_differences: &'a [&'static str],
    /// The sources of every number.
    pub(crate) sources: Vec<SourceDocument<'a>>,
    /// What made the plan.
    pub(crate) provenance: Provenance<'a>,
}

#[derive(Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema), schemars(rename = "Renal"))]
pub(crate) struct RenalDocument {
    pub(crate) age_years: u16,
    pub(crate) weight_kg_used: Decimal,
    pub(crate) weight_basis: WeightBasis,
    /// Six decimals, cut off.
    pub(crate) creatinine_clearance_ml_per_min: Decimal,
    pub(crate) displayed: String,
    pub(crate) band: Option<String>,
    pub(crate) dose_changes: Vec<DoseChangeDocument>,
}

#[derive(Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema), schemars(rename = "DoseChange"))]
pub(crate) struct DoseChangeDocument {
    pub(crate) when_creatinine_above: Creatinine,
    pub(crate) dose_mg: Option<Mass>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) frequency: Option<String>,
}

#[derive(Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema), schemars(rename = "CalciumResult"))]
pub(crate) struct CalciumDocument {
    pub(crate) corrected: Option<Calcium>,
    pub(crate) class: CalciumClass,
}

#[derive(Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema), schemars(rename = "Dosing"))]
pub(crate) struct DosingDocument<'a> {
    pub(crate) regimen: String,
    pub(crate) regimen_origin: Origin,
    pub(crate) title: &'a str,
    pub(crate) drug: &'a str,
    pub(crate) brands: &'a [Text],
    pub(crate) route: &'a str,
    pub(crate) dose_mg: Mass,
    pub(crate) full_dose_mg: Mass,
    pub(crate) frequency: String,
    pub(crate) preparation: PreparationDocument<'a>,
    pub(crate) intakes: Vec<IntakeDocument<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) steps: Option<StepsDocument<'a>>,
    pub(crate) directions: &'a [Statement],
    pub(crate) supplements: &'a [&'a Statement],
    pub(crate) disagreements: Vec<DisagreementDocument<'a>>,
    pub(crate) course_notes: &'a [Statement],
    pub(crate) not_these_products: &'a [Statement],
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) follow_on: Option<FollowOnDocument<'a>>,
    /// What of the dose was not read in its source.
    pub(crate) unverified: &'a [Part],
    /// Where dose, infusion, interval and product stand.
    pub(crate) sources: Vec<&'a Citation>,
}

#[derive(Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema), schemars(rename = "Preparation"))]
pub(crate) struct PreparationDocument<'a> {
    pub(crate) product: &'a str,
    pub(crate) open: Vec<OpenDocument<'a>>,
    pub(crate) draw_up_ml: Option<Volume>,
    pub(crate) remove_and_replace_ml: Option<Volume>,
    pub(crate) bag_ml: Option<Volume>,
    pub(crate) diluents: &'a [Text],
    pub(crate) minimum_minutes: Option<u16>,
    pub(crate) maximum_rate_ml_per_h: Option<u32>,
}

#[derive(Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema), schemars(rename = "Open"))]
pub(crate) struct OpenDocument<'a> {
    pub(crate) product: &'a str,
    pub(crate) count: u32,
}

#[derive(Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema), schemars(rename = "Intake"))]
pub(crate) struct IntakeDocument<'a> {
    pub(crate) when: &'a str,
    pub(crate) dose_mg: Mass,
    pub(crate) units: u32,
}

#[derive(Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema), schemars(rename = "Step"))]
pub(crate) struct StepsDocument<'a> {
    pub(crate) text: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) verification: Option<Verification>,
    pub(crate) sources: &'a [Written<Citation>],
    pub(crate) doses: Vec<StepDocument>,
}

#[derive(Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema), schemars(rename = "StepDose"))]
pub(crate) struct StepDocument {
    #[serde(serialize_with = "iso_date")]
    pub(crate) date: NaiveDate,
    pub(crate) dose_mg: Mass,
}

#[derive(Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema), schemars(rename = "DisagreementShown"))]
pub(crate) struct DisagreementDocument<'a> {
    pub(crate) what: &'a Text,
    pub(crate) applied: &'a Text,
    pub(crate) other: &'a Text,
    pub(crate) source: &'a str,
    pub(crate) locator: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) verification: Option<Verification>,
}

#[derive(Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema), schemars(rename = "FollowOnShown"))]
pub(crate) struct FollowOnDocument<'a> {
    pub(crate) text: &'a str,
    pub(crate) regimen: String,
    #[serde(serialize_with = "iso_date")]
    pub(crate) from: NaiveDate,
    pub(crate) dose_mg: Mass,
    pub(crate) sources: &'a [Written<Citation>],
}

#[derive(Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema), schemars(rename = "Schedule"))]
pub(crate) struct ScheduleDocument<'a> {
    #[serde(serialize_with = "iso_date")]
    pub(crate) start_date: NaiveDate,
    #[serde(serialize_with = "iso_date")]
    pub(crate) end_date: NaiveDate,
    pub(crate) provisional: bool,
    pub(crate) entries: Vec<EntryDocument<'a>>,
}

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema), schemars(rename = "Entry"))]
pub(crate) enum EntryDocument<'a> {
    /// A dose.
    Dose {
        number: u16,
        #[serde(serialize_with = "iso_date")]
        date: NaiveDate,
        #[serde(serialize_with = "iso_date")]
        planned_date: NaiveDate,
        #[serde(skip_serializing_if = "Option::is_none")]
        moved_because: Option<Moved>,
        dose_mg: Mass,
        #[serde(skip_serializing_if = "Option::is_none")]
        only: Option<&'a str>,
    },
    /// Tablets or capsules handed out.
    Supply {
        number: u16,
        #[serde(serialize_with = "iso_date")]
        date: NaiveDate,
        #[serde(serialize_with = "iso_date")]
        planned_date: NaiveDate,
        #[serde(skip_serializing_if = "Option::is_none")]
        moved_because: Option<Moved>,
        units: u32,
        days: u16,
    },
    /// A check.
    Check {
        #[serde(serialize_with = "iso_date")]
        date: NaiveDate,
        #[serde(skip_serializing_if = "Option::is_none", serialize_with = "iso_date_if_any")]
        planned_date: Option<NaiveDate>,
        #[serde(skip_serializing_if = "Option::is_none")]
        moved_because: Option<Moved>,
        what: Subject,
        #[serde(skip_serializing_if = "Option::is_none")]
        before_dose: Option<u16>,
        #[serde(skip_serializing_if = "Option::is_none")]
        must_keep_band: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        verification: Option<Verification>,
    },
    /// A review.
    Review {
        #[serde(serialize_with = "iso_date")]
        date: NaiveDate,
        #[serde(skip_serializing_if = "Option::is_none", serialize_with = "iso_date_if_any")]
        planned_date: Option<NaiveDate>,
        #[serde(skip_serializing_if = "Option::is_none")]
        moved_because: Option<Moved>,
        text: &'a str,
    },
}

#[derive(Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema), schemars(rename = "Finding"))]
pub(crate) struct FindingDocument<'a> {
    pub(crate) code: Code,
    pub(crate) severity: Severity,
    /// The sentence, which may be reworded in any version: programs compare code and evidence.
    pub(crate) message: String,
    /// The figures of the sentence.
    #[cfg_attr(feature = "cli", schemars(with = "serde_json::Map<String, serde_json::Value>"))]
    pub(crate) evidence: &'a Evidence,
    pub(crate) sources: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) verification: Option<Verification>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) confirmed: Option<ConfirmedDocument<'a>>,
}

#[derive(Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema), schemars(rename = "Confirmed"))]
pub(crate) struct ConfirmedDocument<'a> {
    pub(crate) by: &'a Text,
    pub(crate) reason: &'a Text,
}

/// A source of a plan.
#[derive(Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema), schemars(rename = "SourceShown"))]
pub struct SourceDocument<'a> {
    /// Its id in the register.
    pub id: &'a str,
    /// Its title.
    pub title: &'a str,
    /// The places in it.
    pub locator: String,
}

#[derive(Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub(crate) struct Provenance<'a> {
    pub(crate) program: &'static str,
    pub(crate) regimens_sha256: &'a str,
    pub(crate) regimen_owner: &'a Text,
    #[serde(serialize_with = "iso_date")]
    pub(crate) regimen_reviewed: NaiveDate,
    /// Of everything before it, in a file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) checksum: Option<String>,
}

#[cfg(feature = "cli")]
impl PlanDocument<'_> {
    /// Adds the checksum of everything else, with which the document ends.
    pub(crate) fn seal(&mut self, checksum: String) {
        self.provenance.checksum = Some(checksum);
    }
}

impl Serialize for Citation {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
