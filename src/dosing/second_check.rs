//! The second check: what a second person entered again, compared with the request.

use super::case::Case;
use crate::{
    json::as_read,
    patient::{CalciumKind, WeightBasis},
    plan::{CheckedFigure, SecondCheck, SecondCheckResult, Unusable, Why},
    regimen::Library,
    request::{CalciumEntry, DatedCreatinine, Request, SecondCheck as Entered},
};

/// Compares what a second person entered with the request.
///
/// # Errors
/// When a figure that is asked for is missing.
pub(super) fn compare(case: &Case<'_>) -> Result<SecondCheck, Unusable> {
    let Some(second) = &case.request.second_check else {
        return Ok(SecondCheck { result: SecondCheckResult::NotDone, differences: Vec::new() });
    };
    let mut differences = Vec::new();
    for figure in asked(case) {
        match same(figure, case.request, second) {
            None => return Err(Unusable::new(path(figure), Why::SecondCheckLacks)),
            Some(false) => differences.push(figure.as_str()),
            Some(true) => {}
        }
    }
    let by = second.by.as_str();
    let is_same = case.request.prepared_by.as_ref().is_some_and(|it| is_same_person(it.as_str(), by));
    let result = match (is_same, differences.is_empty()) {
        (true, _) => SecondCheckResult::SamePerson,
        (false, true) => SecondCheckResult::Agrees,
        (false, false) => SecondCheckResult::Differs,
    };
    Ok(SecondCheck { result, differences })
}

/// The figures of a request that a second person is asked for; none where the request names no regimen that can be
/// planned.
pub fn asked_again(request: &Request, library: &'static Library) -> Vec<CheckedFigure> {
    Case::of(request, library).map_or_else(|_| Vec::new(), |case| asked(&case))
}

/// The figures that decide a plan: one that the request does not have is left out.
fn asked(case: &Case<'_>) -> Vec<CheckedFigure> {
    let request = case.request;
    let labs = &request.labs;
    let calcium = labs.calcium.as_ref().filter(|_| case.listed().calcium_decides());
    let is_total = calcium.is_some_and(|it| it.kind.unwrap_or_default() == CalciumKind::Total);
    let of_weight = case.kidney.weight.basis != WeightBasis::Actual;
    let course = request.course.as_ref();
    let is_asked = |figure: &CheckedFigure| match figure {
        CheckedFigure::BirthDate | CheckedFigure::Sex | CheckedFigure::Weight => true,
        CheckedFigure::Creatinine => labs.creatinine.is_some(),
        CheckedFigure::Calcium => calcium.is_some(),
        CheckedFigure::Albumin => is_total && labs.albumin.is_some(),
        CheckedFigure::Height => of_weight && request.patient.height_cm.is_some(),
        CheckedFigure::CourseDose => course.is_some(),
        CheckedFigure::Baseline => course.is_some_and(|course| course.baseline_creatinine.is_some()),
    };
    CheckedFigure::ALL.iter().copied().filter(is_asked).collect()
}

/// The place of a figure in a request.
fn path(figure: CheckedFigure) -> &'static str {
    match figure {
        CheckedFigure::BirthDate => "second_check.birth_date",
        CheckedFigure::Sex => "second_check.sex",
        CheckedFigure::Weight => "second_check.weight_kg",
        CheckedFigure::Creatinine => "second_check.creatinine",
        CheckedFigure::Calcium => "second_check.calcium",
        CheckedFigure::Albumin => "second_check.albumin",
        CheckedFigure::Height => "second_check.height_cm",
        CheckedFigure::CourseDose => "second_check.course_dose_mg",
        CheckedFigure::Baseline => "second_check.baseline_creatinine",
    }
}

/// Whether a figure is the same; none where the second person did not enter it.
fn same(figure: CheckedFigure, request: &Request, second: &Entered) -> Option<bool> {
    let (patient, labs, course) = (&request.patient, &request.labs, request.course.as_ref());
    let kind = |calcium: &CalciumEntry| calcium.kind.unwrap_or_default();
    Some(match figure {
        CheckedFigure::BirthDate => second.birth_date == patient.birth_date,
        CheckedFigure::Sex => second.sex? == patient.sex,
        CheckedFigure::Weight => second.weight_kg == patient.weight_kg,
        CheckedFigure::Creatinine => Some(second.creatinine?) == labs.creatinine,
        CheckedFigure::Calcium => {
            let again = second.calcium.as_ref()?;
            labs.calcium.as_ref().is_some_and(|it| it.measured() == again.measured() && kind(it) == kind(again))
        }
        CheckedFigure::Albumin => Some(second.albumin?) == labs.albumin,
        CheckedFigure::Height => Some(second.height_cm?) == patient.height_cm,
        CheckedFigure::CourseDose => Some(second.course_dose_mg?) == course.map(|course| course.dose_mg),
        CheckedFigure::Baseline => {
            Some(second.baseline_creatinine?) == request.baseline().map(DatedCreatinine::measured)
        }
    })
}

/// Whether two names are of one person: the same, case, spaces, unseen joiners and full width aside. A blank name is
/// nobody's.
pub fn is_same_person(one: &str, other: &str) -> bool {
    let plain = |name: &str| -> String {
        as_read(name).filter(|it| !it.is_whitespace()).flat_map(char::to_lowercase).collect()
    };
    let one = plain(one);
    !one.is_empty() && one == plain(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_reads_the_same_is_of_the_same_person() {
        for other in ["a. berg", "A.Berg", "A. B\u{200D}erg", "A\u{200C}. Berg", "\u{FF21}. Berg", "A. Ｂｅｒｇ"] {
            assert!(is_same_person("A. Berg", other), "{other:?}");
        }
        assert!(!is_same_person("A. Berg", "B. Berg"));
        assert!(!is_same_person("", "\u{200D}"));
    }
}
