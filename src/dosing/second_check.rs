//! The second check: what a second person entered again, compared with the request.

use crate::{
    plan::{SecondCheck, SecondCheckResult},
    request::Request,
};

/// Compares what a second person entered with the request.
pub(super) fn compare(request: &Request) -> SecondCheck {
    let Some(second) = &request.second_check else {
        return SecondCheck { result: SecondCheckResult::NotDone, differences: Vec::new() };
    };
    let patient = &request.patient;
    // A creatinine agrees when number and unit do: the unit is what a second person is asked for.
    let compared = [
        ("birth_date", second.birth_date == patient.birth_date),
        ("weight_kg", second.weight_kg == patient.weight_kg),
        ("creatinine", second.creatinine == request.labs.creatinine),
    ];
    let differences: Vec<&str> = compared.into_iter().filter(|(_, same)| !same).map(|(path, _)| path).collect();
    let result = if differences.is_empty() { SecondCheckResult::Agrees } else { SecondCheckResult::Differs };
    SecondCheck { result, differences }
}
