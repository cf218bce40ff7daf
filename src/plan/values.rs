//! What a plan knows of the patient's kidney and calcium.

use serde::Serialize;

use crate::{
    json::vocabulary,
    patient::WeightBasis,
    quantity::{AmountRange, Calcium, ClearanceRange, ClearanceShown, Creatinine, Decimal, Sex},
};

/// The kidney, as it was computed.
#[derive(Clone, Debug)]
pub struct Renal {
    /// Completed years on the day of the creatinine.
    pub age_years: u16,
    /// The sex, whose factor the formula takes.
    pub sex: Sex,
    /// The weight used, in kg.
    pub weight_kg_used: Decimal,
    /// What kind of weight that is.
    pub weight_basis: WeightBasis,
    /// The creatinine, as it was entered.
    pub creatinine: Creatinine,
    /// Creatinine clearance in mL/min, cut off after six decimals, never compared.
    pub clearance: Decimal,
    /// The clearance as people read it.
    pub shown: ClearanceShown,
    /// The band of the regimen that holds it; none before a regimen is chosen.
    pub band: Option<ClearanceRange>,
}

/// The kidney as a sentence names it: its clearance, or why there is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum KidneyShown {
    /// A clearance.
    Clearance(ClearanceShown),
    /// On dialysis no clearance is computed.
    OnDialysis,
    /// There is no creatinine.
    NotKnown,
}

/// The calcium, as it was corrected and classed.
#[derive(Clone, Copy, Debug)]
pub struct CalciumResult {
    /// Corrected for albumin; none where it counts as not known.
    pub corrected: Option<Calcium>,
    /// The class.
    pub class: CalciumClass,
    /// The normal range it was compared with; none where there is no calcium.
    pub normal: Option<AmountRange>,
}

vocabulary! {
    /// The class of a calcium.
    pub enum CalciumClass {
        /// Below normal.
        Low = "low",
        /// Normal.
        Normal = "normal",
        /// Above normal.
        Raised = "raised",
        /// At or above the limit of severe hypercalcaemia.
        Severe = "severe",
        /// Not known.
        Unknown = "unknown",
    }
}
