//! The second check: what a second person entered again, compared with the request.

use super::case::Case;
use crate::{
    patient::{CalciumKind, WeightBasis},
    plan::{SecondCheck, SecondCheckResult, Unusable, Why},
    regimen::{Concern, Gravity},
    request::SecondCheck as Entered,
};

/// A figure that a second person is asked for: its path, and whether it is the same; none where it is missing.
type Asked = (&'static str, Option<bool>);

/// Compares what a second person entered with the request.
///
/// # Errors
/// When a figure that is asked for is missing.
pub(super) fn compare(case: &Case<'_>) -> Result<SecondCheck, Unusable> {
    let Some(second) = &case.request.second_check else {
        return Ok(SecondCheck { result: SecondCheckResult::NotDone, differences: Vec::new() });
    };
    let mut differences = Vec::new();
    for (path, same) in asked(case, second) {
        match same {
            None => return Err(Unusable::new(path, Why::SecondCheckLacks)),
            Some(false) => differences.push(path.trim_start_matches("second_check.")),
            Some(true) => {}
        }
    }
    let result = match (is_same_person(case, second), differences.is_empty()) {
        (true, _) => SecondCheckResult::SamePerson,
        (false, true) => SecondCheckResult::Agrees,
        (false, false) => SecondCheckResult::Differs,
    };
    Ok(SecondCheck { result, differences })
}

/// The figures that decide this plan and that the request has. Laboratory values agree when number and unit do: the
/// unit is what a second person is asked for.
fn asked(case: &Case<'_>, second: &Entered) -> Vec<Asked> {
    let request = case.request;
    let (patient, labs) = (&request.patient, &request.labs);
    let mut asked = vec![
        ("second_check.birth_date", Some(second.birth_date == patient.birth_date)),
        ("second_check.sex", second.sex.map(|it| it == patient.sex)),
        ("second_check.weight_kg", Some(second.weight_kg == patient.weight_kg)),
    ];
    if let Some(creatinine) = labs.creatinine {
        asked.push(("second_check.creatinine", second.creatinine.map(|it| it == creatinine)));
    }
    if let Some(calcium) = labs.calcium.as_ref().filter(|_| calcium_decides(case)) {
        let kind = calcium.kind.unwrap_or_default();
        let same = |it: &crate::request::CalciumEntry| {
            it.measured() == calcium.measured() && it.kind.unwrap_or_default() == kind
        };
        asked.push(("second_check.calcium", second.calcium.as_ref().map(same)));
        if let Some(albumin) = labs.albumin.filter(|_| kind == CalciumKind::Total) {
            asked.push(("second_check.albumin", second.albumin.map(|it| it == albumin)));
        }
    }
    if case.kidney.weight.basis != WeightBasis::Actual
        && let Some(height) = patient.height_cm
    {
        asked.push(("second_check.height_cm", second.height_cm.map(|it| it == height)));
    }
    if let Some(course) = &request.course {
        asked.push(("second_check.course_dose_mg", second.course_dose_mg.map(|it| it == course.dose_mg)));
        if let Some(baseline) = &course.baseline_creatinine {
            asked.push((
                "second_check.baseline_creatinine",
                second.baseline_creatinine.map(|it| it == baseline.measured()),
            ));
        }
    }
    asked
}

/// Whether nothing is given without a calcium.
fn calcium_decides(case: &Case<'_>) -> bool {
    case.listed().safety(Concern::CalciumUnknown).is_some_and(|rule| rule.severity == Gravity::Stop)
}

/// Whether who entered the figures entered them again: the same name, case and spaces aside.
fn is_same_person(case: &Case<'_>, second: &Entered) -> bool {
    let plain =
        |name: &str| -> String { name.chars().filter(|it| !it.is_whitespace()).flat_map(char::to_lowercase).collect() };
    let by = plain(second.by.as_str());
    case.request.prepared_by.as_ref().is_some_and(|it| plain(it.as_str()) == by)
}
