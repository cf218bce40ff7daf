//! What may be done with a plan, and what its second check says.

use crate::json::vocabulary;

vocabulary! {
    /// What may be done with a plan.
    pub enum PlanStatus {
        /// It may be followed.
        Ready = "ready",
        /// Something must be confirmed by a named person first.
        NeedsConfirmation = "needs-confirmation",
        /// There is no plan: something argues against treatment.
        Stopped = "stopped",
    }
}

vocabulary! {
    /// The result of the second check.
    pub enum SecondCheckResult {
        /// Nobody entered the figures again.
        NotDone = "not-done",
        /// They are the same.
        Agrees = "agrees",
        /// They differ.
        Differs = "differs",
        /// They were entered again by who had entered them.
        SamePerson = "same-person",
    }
}

/// What a second person's figures say of the request.
#[derive(Clone, Debug)]
pub struct SecondCheck {
    /// The result.
    pub result: SecondCheckResult,
    /// The paths of the figures that differ.
    pub differences: Vec<&'static str>,
}

vocabulary! {
    /// A figure that a second person enters again, by its key in the request.
    pub enum CheckedFigure {
        /// Date of birth.
        BirthDate = "birth_date",
        /// Sex.
        Sex = "sex",
        /// Weight in kg.
        Weight = "weight_kg",
        /// Creatinine.
        Creatinine = "creatinine",
        /// Calcium, with its kind.
        Calcium = "calcium",
        /// Albumin.
        Albumin = "albumin",
        /// Height in cm.
        Height = "height_cm",
        /// The dose in use of a course under way.
        CourseDose = "course_dose_mg",
        /// The baseline creatinine of a course under way.
        Baseline = "baseline_creatinine",
    }
}
