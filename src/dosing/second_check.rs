//! The second check: what a second person entered again, compared with the request.

use crate::{json::vocabulary, request::Request};

vocabulary! {
    /// The result of the second check.
    pub enum SecondCheckResult {
        /// Nobody entered the figures again.
        NotDone = "not-done",
        /// They are the same.
        Agrees = "agrees",
        /// They differ.
        Differs = "differs",
    }
}

/// The paths of the figures that differ; none where nobody checked.
pub(crate) fn differences(request: &Request) -> Vec<&'static str> {
    let Some(second) = &request.second_check else { return Vec::new() };
    let patient = &request.patient;
    // A creatinine agrees when number and unit do: the unit is what a second person is asked for.
    let compared = [
        ("birth_date", second.birth_date == patient.birth_date),
        ("weight_kg", second.weight_kg == patient.weight_kg),
        ("creatinine", second.creatinine == request.labs.creatinine),
    ];
    compared.into_iter().filter(|(_, same)| !same).map(|(path, _)| path).collect()
}

/// The result of the second check.
pub(super) fn compare(request: &Request) -> SecondCheckResult {
    match &request.second_check {
        None => SecondCheckResult::NotDone,
        Some(_) if differences(request).is_empty() => SecondCheckResult::Agrees,
        Some(_) => SecondCheckResult::Differs,
    }
}
