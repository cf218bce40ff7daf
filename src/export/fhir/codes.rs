//! Codes of other people's systems, each confirmed in a published page (docs/exports/fhir.md), and our own.
//!
//! What has no confirmed code is said in words: a wrong code is worse than none, because nobody reads it.

use super::element::{Coding, Concept, Quantity};
use crate::{
    patient::{CalciumKind, Indication, Route, Tumour},
    quantity::{AlbuminUnit, CalciumUnit, CreatinineUnit, Decimal},
    regimen::{Form, Origin},
};

const LOINC: &str = "http://loinc.org";
pub(super) const SNOMED: &str = "http://snomed.info/sct";
const ATC: &str = "http://www.whocc.no/atc";
const ICD_O: &str = "http://terminology.hl7.org/CodeSystem/icd-o-3";
const UCUM: &str = "http://unitsofmeasure.org";

/// Our codes of findings, as the JSON interface has them.
pub(super) const FINDING: &str = "urn:osteodose:finding";
/// Our marks of resources.
const STATUS: &str = "urn:osteodose:status";

/// A code with its name.
pub(super) fn coding(system: &'static str, code: &str, display: &str) -> Coding {
    Coding { system, code: code.to_owned(), display: Some(display.to_owned()) }
}

/// The mark of what must not be followed yet.
pub(super) fn provisional() -> Coding {
    coding(STATUS, "provisional", "Provisional, not to be followed yet")
}

/// The mark of a dose that the program computed.
pub(super) fn calculated() -> Concept {
    Concept::code(coding("http://terminology.hl7.org/CodeSystem/dose-rate-type", "calculated", "Calculated"))
}

/// A kind of observations: `vital-signs` or `laboratory`.
pub(super) fn category(code: &str, display: &str) -> Concept {
    Concept::code(coding("http://terminology.hl7.org/CodeSystem/observation-category", code, display))
}

/// The part that somebody took in a plan.
pub(super) fn participant(code: &str, display: &str) -> Concept {
    Concept::code(coding("http://terminology.hl7.org/CodeSystem/provenance-participant-type", code, display))
}

/// The state of an allergy that holds today.
pub(super) fn active_allergy() -> Concept {
    Concept::code(coding("http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical", "active", "Active"))
}

/// That somebody asked, and no allergy is known.
pub(super) fn no_known_allergy() -> Concept {
    Concept { coding: vec![coding(SNOMED, "716186003", "No known allergy")], text: Some("No known allergy".to_owned()) }
}

/// The weight of a body.
pub(super) fn body_weight() -> Concept {
    Concept::code(coding(LOINC, "29463-7", "Body weight"))
}

/// The height of a body.
pub(super) fn body_height() -> Concept {
    Concept::code(coding(LOINC, "8302-2", "Body height"))
}

/// Creatinine in serum, whose code goes with the unit.
pub(super) fn creatinine(unit: CreatinineUnit) -> Concept {
    Concept::code(match unit {
        CreatinineUnit::MicromolesPerLitre => coding(LOINC, "14682-9", "Creatinine [Moles/volume] in Serum or Plasma"),
        CreatinineUnit::MilligramsPerDecilitre => {
            coding(LOINC, "2160-0", "Creatinine [Mass/volume] in Serum or Plasma")
        }
    })
}

/// The clearance by Cockcroft and Gault.
pub(super) fn clearance() -> Concept {
    Concept::code(coding(LOINC, "35591-7", "Creatinine renal clearance predicted by Cockcroft-Gault formula"))
}

/// Calcium in serum. Ionised calcium has one code for blood and another for serum, and a request does not say
/// which was drawn; corrected calcium in mg/dL has no confirmed code. Both are said in words alone.
pub(super) fn calcium(kind: CalciumKind, unit: CalciumUnit, words: &str) -> Concept {
    let coding = match (kind, unit) {
        (CalciumKind::Total, CalciumUnit::MillimolesPerLitre) => {
            Some(coding(LOINC, "2000-8", "Calcium [Moles/volume] in Serum or Plasma"))
        }
        (CalciumKind::Total, CalciumUnit::MilligramsPerDecilitre) => {
            Some(coding(LOINC, "17861-6", "Calcium [Mass/volume] in Serum or Plasma"))
        }
        (CalciumKind::Corrected, CalciumUnit::MillimolesPerLitre) => {
            Some(coding(LOINC, "29265-6", "Calcium [Moles/volume] corrected for albumin in Serum or Plasma"))
        }
        (CalciumKind::Corrected, CalciumUnit::MilligramsPerDecilitre) | (CalciumKind::Ionised, _) => None,
    };
    Concept { coding: coding.into_iter().collect(), text: Some(words.to_owned()) }
}

/// Albumin in serum.
pub(super) fn albumin() -> Concept {
    Concept::code(coding(LOINC, "1751-7", "Albumin [Mass/volume] in Serum or Plasma"))
}

/// The codes of a drug: ATC first, where the file of the drug has a code of that form, then the substance.
pub(super) fn drug(atc: &str, name: &str) -> Vec<Coding> {
    let form = |c: char, letter: bool| if letter { c.is_ascii_uppercase() } else { c.is_ascii_digit() };
    let letters = [true, false, false, true, true, false, false];
    if atc.chars().count() != letters.len() || !atc.chars().zip(letters).all(|(c, letter)| form(c, letter)) {
        return Vec::new();
    }
    let substance = match atc {
        "M05BA08" => Some(coding(SNOMED, "395926009", "Zoledronic acid (substance)")),
        "M05BX04" => Some(coding(SNOMED, "446321003", "Denosumab (substance)")),
        _ => None,
    };
    std::iter::once(coding(ATC, atc, name)).chain(substance).collect()
}

/// A route of administration.
pub(super) fn route(route: Route, words: &str) -> Concept {
    let coding = match route {
        Route::Intravenous => coding(SNOMED, "47625008", "Intravenous route"),
        Route::Oral => coding(SNOMED, "26643006", "Oral route"),
        Route::Subcutaneous => coding(SNOMED, "34206005", "Subcutaneous route"),
    };
    Concept { coding: vec![coding], text: Some(words.to_owned()) }
}

/// Why treatment is given: the disease of the indication, in words and, where one is confirmed, with its code.
pub(super) fn reason(indication: Indication, tumour: Tumour, origin: Origin, words: String) -> Concept {
    let coding = match indication {
        Indication::SkeletalEvents => disease_of_bone(tumour, origin),
        Indication::Hypercalcaemia => Some(coding(SNOMED, "66931009", "Hypercalcemia")),
        Indication::GiantCellTumour => Some(giant_cell_tumour()),
    };
    Concept { coding: coding.into_iter().collect(), text: Some(words) }
}

/// The disease in which events of the skeleton are prevented. A solid tumour has spread to bone where the regimen is
/// the program's own; a hospital may give its own regimens for something else. Blood cancers and giant cell tumour do not
/// spread to bone: they begin in it.
fn disease_of_bone(tumour: Tumour, origin: Origin) -> Option<Coding> {
    match tumour {
        Tumour::Breast | Tumour::Prostate | Tumour::Lung | Tumour::Kidney | Tumour::Thyroid | Tumour::OtherSolid => {
            let spread = || coding(SNOMED, "94222008", "Secondary malignant neoplasm of bone");
            (origin == Origin::Shipped).then(spread)
        }
        Tumour::Myeloma => Some(coding(SNOMED, "109989006", "Multiple myeloma")),
        Tumour::Lymphoma => Some(coding(SNOMED, "118600007", "Malignant lymphoma")),
        Tumour::GiantCell => Some(giant_cell_tumour()),
        Tumour::OtherHaematological | Tumour::Unknown => None,
    }
}

fn giant_cell_tumour() -> Coding {
    coding(ICD_O, "9250/1", "Giant cell tumor of bone")
}

fn quantity(value: Decimal, unit: &'static str, code: &'static str) -> Quantity {
    Quantity { value, unit, system: UCUM, code }
}

/// A mass of drug, in mg.
pub(super) fn milligrams(value: Decimal) -> Quantity {
    quantity(value, "mg", "mg")
}

/// A pump rate.
pub(super) fn millilitres_per_hour(rate: u32) -> Quantity {
    quantity(Decimal::whole(rate.into()), "mL/h", "mL/h")
}

/// A weight.
pub(super) fn kilograms(value: Decimal) -> Quantity {
    quantity(value, "kg", "kg")
}

/// A height.
pub(super) fn centimetres(value: Decimal) -> Quantity {
    quantity(value, "cm", "cm")
}

/// A clearance.
pub(super) fn millilitres_per_minute(value: Decimal) -> Quantity {
    quantity(value, "mL/min", "mL/min")
}

/// A length of time in days.
pub(super) fn days(count: u16) -> Quantity {
    let unit = if count == 1 { "day" } else { "days" };
    quantity(Decimal::whole(count.into()), unit, "d")
}

/// Tablets or capsules that are handed out.
pub(super) fn units(count: u32, form: Form) -> Quantity {
    let (unit, code) = match form {
        Form::Tablet => ("tablet", "{tablet}"),
        Form::Capsule => ("capsule", "{capsule}"),
        Form::Concentrate | Form::ReadyToUse | Form::Vial | Form::Syringe => ("unit", "{unit}"),
    };
    quantity(Decimal::whole(count.into()), unit, code)
}

/// A creatinine.
pub(super) fn creatinine_quantity(value: Decimal, unit: CreatinineUnit) -> Quantity {
    match unit {
        CreatinineUnit::MicromolesPerLitre => quantity(value, "µmol/L", "umol/L"),
        CreatinineUnit::MilligramsPerDecilitre => quantity(value, "mg/dL", "mg/dL"),
    }
}

/// A calcium.
pub(super) fn calcium_quantity(value: Decimal, unit: CalciumUnit) -> Quantity {
    match unit {
        CalciumUnit::MillimolesPerLitre => quantity(value, "mmol/L", "mmol/L"),
        CalciumUnit::MilligramsPerDecilitre => quantity(value, "mg/dL", "mg/dL"),
    }
}

/// An albumin.
pub(super) fn albumin_quantity(value: Decimal, unit: AlbuminUnit) -> Quantity {
    match unit {
        AlbuminUnit::GramsPerLitre => quantity(value, "g/L", "g/L"),
        AlbuminUnit::GramsPerDecilitre => quantity(value, "g/dL", "g/dL"),
    }
}
