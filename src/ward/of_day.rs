//! A request of another program as what was entered at a visit: the values of the day. What the register knows better
//! (the course, its drug and its dates, the open days) is not taken from it.

use chrono::NaiveDate;

use super::{
    fold::{CourseState, PatientState, Refused, reads_as},
    visit::Entered,
};
use crate::{json::Text, request::Request};

impl Entered {
    /// What a request says of its day. Who entered it is who records the assessment, where it does not say.
    pub fn of(request: Request, by: Option<&Text>) -> Self {
        let history = request.history.unwrap_or_default();
        let patient = request.patient;
        Self {
            weight_kg: patient.weight_kg,
            height_cm: patient.height_cm,
            allergies: patient.allergies,
            labs: request.labs,
            dental: history.dental,
            conditions: history.conditions,
            medicines: history.medicines,
            last_antiresorptive: history.last_antiresorptive,
            baseline: request.course.and_then(|course| course.baseline_creatinine),
            product: request.treatment.product,
            weight_basis: request.weight_basis,
            daily_dose_mg: request.treatment.daily_dose_mg,
            confirmations: request.confirmations,
            prepared_by: request.prepared_by.or_else(|| by.cloned()),
            second_check: request.second_check,
        }
    }
}

/// Whether a request is about a course of a patient on a day: the same patient, a course that is open, the same drug, and
/// no older values than those that are recorded.
///
/// # Errors
/// Where it is of another patient, of a course that is not open or of another drug, or its values are older.
pub fn is_about(state: &PatientState, course: &CourseState, request: &Request, on: NaiveDate) -> Result<(), Refused> {
    let identity = state.identity.as_ref().ok_or(Refused::NotRegistered)?;
    if !reads_as(identity, &request.patient) {
        return Err(Refused::OtherPatient);
    }
    state.assessable(course.number, on)?;
    let asked = &request.treatment.drug;
    if asked != course.drug() {
        return Err(Refused::OtherDrug { drug: course.plan.name.clone(), planned: asked.clone() });
    }
    state.are_newest(course, on, request.labs.date)
}
