//! What makes a request usable beyond its form: limits of figures, words of the library, and what depends on what.
//!
//! Every number and word is that of the reader. What needs arithmetic or the calendar has no place in a schema.

use serde_json::{Value, json};

use super::{
    condition::{all, at, given, not, there, when},
    regimens,
};
use crate::{
    dosing::MOST_DOSES_GIVEN,
    patient::{CalciumKind, Condition, Indication, Route, Tumour, WeightBasis},
    quantity::{DEVINE_LOWEST_HEIGHT_CM, Decimal, Span, Unit},
    regimen::{ByMouth, Library, Limits, PlainSpan},
};

/// The conditions of a request that is planned with a library.
pub(super) fn conditions(library: &'static Library) -> Vec<Value> {
    let mut conditions = figures(library.limits());
    conditions.extend(choices());
    conditions.extend(earlier_dose(library));
    conditions.extend(second_check());
    conditions.extend(regimens::conditions(library));
    conditions
}

/// The figures a patient can have.
fn figures(limits: &Limits) -> Vec<Value> {
    let mut figures = Vec::new();
    for who in ["patient", "second_check"] {
        figures.push(at(&format!("{who}.weight_kg"), plain(&limits.weight.possible.0)));
        figures.push(at(&format!("{who}.height_cm"), plain(&limits.height.possible.0)));
    }
    for who in ["labs", "second_check"] {
        figures.extend(in_each_unit(&format!("{who}.albumin"), limits.albumin.possible.0, None));
        let (kind, ionised) = (format!("{who}.calcium.kind"), json!({ "const": CalciumKind::Ionised }));
        for (is_ionised, kind) in [(true, there(&kind, ionised.clone())), (false, at(&kind, not(ionised)))] {
            let possible = limits.calcium_range(is_ionised).possible.0;
            figures.extend(in_each_unit(&format!("{who}.calcium"), possible, Some(&kind)));
        }
    }
    let creatinine = limits.creatinine.possible.0;
    for path in
        ["labs.creatinine", "course.baseline_creatinine", "second_check.creatinine", "second_check.baseline_creatinine"]
    {
        figures.extend(in_each_unit(path, creatinine, None));
    }
    figures.push(at("course.doses_given", json!({ "minimum": 1, "maximum": MOST_DOSES_GIVEN })));
    figures
}

/// The range of a laboratory value in the unit that goes with it, where something else holds too.
fn in_each_unit<U: Unit>(path: &str, possible: Span<U>, only: Option<&Value>) -> Vec<Value> {
    let in_unit = |unit: U| {
        let stated = there(&format!("{path}.unit"), json!({ "const": unit.key() }));
        let stated = only.map_or_else(|| stated.clone(), |only| all(vec![only.clone(), stated.clone()]));
        let range = possible.in_unit(unit);
        when(stated, at(&format!("{path}.value"), between(range.low, range.high)))
    };
    U::BOTH.into_iter().map(in_unit).collect()
}

fn plain(span: &PlainSpan) -> Value {
    between(span.low, span.high)
}

fn between(low: Decimal, high: Decimal) -> Value {
    json!({ "minimum": low, "maximum": high })
}

/// What a choice needs beside it.
fn choices() -> Vec<Value> {
    let by_height = json!({ "enum": [WeightBasis::Ideal, WeightBasis::Adjusted] });
    let least = json!({ "type": "number", "minimum": DEVINE_LOWEST_HEIGHT_CM });
    vec![
        when(
            there("indication", json!({ "const": Indication::GiantCellTumour })),
            at("tumour", json!({ "const": Tumour::GiantCell })),
        ),
        when(all(vec![there("weight_basis", by_height), not(on_dialysis())]), there("patient.height_cm", least)),
        when(given("course.held_because"), there("course.held", json!({ "const": true }))),
        at("clinic.open_weekdays", json!({ "minItems": 1 })),
    ]
}

/// A patient for whom no clearance is computed.
pub(super) fn on_dialysis() -> Value {
    there("history.conditions", json!({ "type": "array", "contains": { "const": Condition::Dialysis } }))
}

/// The drugs that may have been given before, and those that nobody takes by mouth.
fn earlier_dose(library: &'static Library) -> Vec<Value> {
    let (drug, route) = ("history.last_antiresorptive.drug", "history.last_antiresorptive.route");
    let others = &library.limits().other_antiresorptives;
    let words: Vec<&str> = library.drug_words().chain(others.iter().map(|other| other.id.as_str())).collect();
    let by_mouth = |drug: &str| {
        let mut of_drug = library.regimens().filter(|it| it.drug.drug.as_str() == drug);
        of_drug.any(|it| it.regimen.route == Route::Oral)
    };
    let never = others.iter().filter(|other| other.by_mouth == ByMouth::Never).map(|other| other.id.as_str());
    let never: Vec<&str> = library.drug_words().filter(|drug| !by_mouth(drug)).chain(never).collect();
    vec![
        at(drug, json!({ "enum": words })),
        when(there(drug, json!({ "enum": never })), at(route, not(json!({ "const": Route::Oral })))),
    ]
}

/// What a second person enters again: what the request has, whichever drug it asks for.
fn second_check() -> Vec<Value> {
    let again = |what: &str, entered: &str| {
        when(all(vec![given("second_check"), given(what)]), given(&format!("second_check.{entered}")))
    };
    vec![
        again("patient.sex", "sex"),
        again("labs.creatinine", "creatinine"),
        again("course", "course_dose_mg"),
        again("course.baseline_creatinine", "baseline_creatinine"),
    ]
}
