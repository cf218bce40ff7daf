//! The figures that the dose rests on: weight, height, laboratory values and what was computed of them.

use chrono::NaiveDate;

use super::{
    Course, codes,
    element::{Annotation, Concept, Quantity, Reference, Unknown, elements},
};
use crate::{
    patient::{CalciumKind, WeightBasis},
    plan::{Renal, SecondCheckResult},
    quantity::{Calcium, Creatinine},
    request::CalciumEntry,
    words::{fhir as words, spoken},
};

elements! {
    /// A figure.
    struct Observation {
        id: String,
        status: &'static str,
        category: Vec<Concept>,
        code: Concept,
        subject: Reference,
        effective_date_time: Option<NaiveDate>,
        #[serde(rename = "_effectiveDateTime")]
        effective_unknown: Option<Unknown>,
        value_quantity: Quantity,
        interpretation: Vec<Concept>,
        note: Vec<Annotation>,
        method: Option<Concept>,
        derived_from: Vec<Reference>,
    }
}

/// The parts that observations are known by.
pub(super) const CLEARANCE: &str = "clearance";
const WEIGHT: &str = "weight";
const HEIGHT: &str = "height";
const CREATININE: &str = "creatinine";
const BASELINE: &str = "baseline-creatinine";
const CALCIUM: &str = "calcium";
const ALBUMIN: &str = "albumin";
const CORRECTED: &str = "corrected-calcium";

/// Every figure that was entered or computed.
pub(super) fn observations(course: &Course<'_>) -> Vec<Observation> {
    let request = course.plan().request();
    let (patient, labs) = (&request.patient, &request.labs);
    let mut all = vec![vital_sign(course, WEIGHT, codes::body_weight(), codes::kilograms(patient.weight_kg))];
    all.extend(patient.height_cm.map(|cm| vital_sign(course, HEIGHT, codes::body_height(), codes::centimetres(cm))));
    all.extend(labs.creatinine.map(|it| creatinine(course, CREATININE, it, labs.date)));
    let baseline = request.baseline();
    all.extend(baseline.map(|baseline| {
        let mut observation = creatinine(course, BASELINE, baseline.measured(), baseline.date);
        observation.note.push(Annotation::new(words::BASELINE));
        observation
    }));
    all.extend(course.plan().renal().map(|renal| clearance(course, renal, labs.date)));
    let day = labs.calcium_date.unwrap_or(labs.date);
    if let Some(entry) = &labs.calcium {
        all.push(entered_calcium(course, entry, day));
    }
    all.extend(labs.albumin.map(|it| {
        laboratory(course, ALBUMIN, codes::albumin(), codes::albumin_quantity(it.value, it.unit), labs.date)
    }));
    all.extend(corrected_calcium(course).map(|it| computed_calcium(course, it, day)));
    all
}

/// What a dose rests on: the clearance, the calcium, and the creatinine before the course.
pub(super) fn basis(course: &Course<'_>) -> Vec<Reference> {
    let request = course.plan().request();
    let calcium = if corrected_calcium(course).is_some() { CORRECTED } else { CALCIUM };
    [
        course.plan().renal().map(|_| CLEARANCE),
        request.labs.calcium.as_ref().map(|_| calcium),
        request.baseline().map(|_| BASELINE),
    ]
    .into_iter()
    .flatten()
    .map(|part| course.ids.to(part))
    .collect()
}

/// The calcium that was corrected here; none where the laboratory did it, or nobody.
fn corrected_calcium(course: &Course<'_>) -> Option<Calcium> {
    let entry = course.plan().request().labs.calcium.as_ref()?;
    course.plan().calcium().corrected.filter(|_| entry.kind.unwrap_or_default() == CalciumKind::Total)
}

fn observation(course: &Course<'_>, part: &str, code: Concept, value: Quantity, category: Concept) -> Observation {
    // A second person read something else in the record: none of the figures is settled.
    let differs = course.plan().second_check() == SecondCheckResult::Differs;
    Observation {
        id: course.ids.id(part),
        status: if differs { "preliminary" } else { "final" },
        category: vec![category],
        code,
        subject: course.patient(),
        effective_date_time: None,
        effective_unknown: None,
        value_quantity: value,
        interpretation: Vec::new(),
        note: Vec::new(),
        method: None,
        derived_from: Vec::new(),
    }
}

/// A weight or a height. A request does not say when it was taken.
fn vital_sign(course: &Course<'_>, part: &str, code: Concept, value: Quantity) -> Observation {
    let category = codes::category("vital-signs", "Vital Signs");
    Observation { effective_unknown: Some(Unknown::new()), ..observation(course, part, code, value, category) }
}

fn laboratory(course: &Course<'_>, part: &str, code: Concept, value: Quantity, day: NaiveDate) -> Observation {
    let category = codes::category("laboratory", "Laboratory");
    Observation { effective_date_time: Some(day), ..observation(course, part, code, value, category) }
}

fn creatinine(course: &Course<'_>, part: &str, value: Creatinine, day: NaiveDate) -> Observation {
    let quantity = codes::creatinine_quantity(value.value, value.unit);
    laboratory(course, part, codes::creatinine(value.unit), quantity, day)
}

/// The clearance as people read it, which always lies in the band of the clearance itself.
fn clearance(course: &Course<'_>, renal: &Renal, day: NaiveDate) -> Observation {
    let value = codes::millilitres_per_minute(renal.shown.value());
    let basis = spoken::weight_basis(renal.weight_basis);
    let height = (renal.weight_basis != WeightBasis::Actual).then_some(HEIGHT);
    Observation {
        note: renal.band.iter().map(|band| Annotation::new(words::band(&band.to_string()))).collect(),
        method: Some(Concept::text(words::method(renal.age_years, basis, renal.weight_kg_used))),
        derived_from: [Some(WEIGHT), height, Some(CREATININE)]
            .into_iter()
            .flatten()
            .map(|part| course.ids.to(part))
            .collect(),
        ..laboratory(course, CLEARANCE, codes::clearance(), value, day)
    }
}

fn entered_calcium(course: &Course<'_>, entry: &CalciumEntry, day: NaiveDate) -> Observation {
    let kind = entry.kind.unwrap_or_default();
    let code = codes::calcium(kind, entry.unit, &words::calcium(spoken::calcium_kind(kind)));
    let judged = corrected_calcium(course).is_none();
    Observation {
        interpretation: judged.then(|| class(course)).into_iter().collect(),
        ..laboratory(course, CALCIUM, code, codes::calcium_quantity(entry.value, entry.unit), day)
    }
}

fn computed_calcium(course: &Course<'_>, value: Calcium, day: NaiveDate) -> Observation {
    let code = codes::calcium(CalciumKind::Corrected, value.unit, words::CORRECTED_CALCIUM);
    Observation {
        interpretation: vec![class(course)],
        method: Some(Concept::text(words::CORRECTION)),
        derived_from: vec![course.ids.to(CALCIUM), course.ids.to(ALBUMIN)],
        ..laboratory(course, CORRECTED, code, codes::calcium_quantity(value.value, value.unit), day)
    }
}

fn class(course: &Course<'_>) -> Concept {
    Concept::text(spoken::calcium_class(course.plan().calcium().class))
}
