//! The words of the interface as people say them: a tumour, a condition, a time, a day.

use std::fmt::Display;

use chrono::{Datelike, NaiveDate};

use super::date;
use crate::{
    patient::{CalciumKind, Condition, Dental, HeldBecause, Indication, Medicine, Route, Tumour, Weekday, WeightBasis},
    plan::CalciumClass,
    quantity::{Mass, Sex},
    regimen::{ContainerKind, Form, Severity, Subject, Verification},
};

/// Shown if nothing was entered; never a blank.
pub const NOT_RECORDED: &str = "not recorded";
/// The mark of what was not read in its source.
pub const UNVERIFIED: &str = "[unverified]";
/// What the mark means.
pub const UNVERIFIED_MEANS: &str = "[unverified]: not confirmed in the source itself; check before relying on it.";

/// A text, with the mark where it was not read in its source.
pub fn marked(text: &str, verification: Option<Verification>) -> String {
    if verification.is_some() { format!("{text} {UNVERIFIED}") } else { text.to_owned() }
}

/// Whether a text has the mark of what was not read in its source.
pub fn is_marked(text: &str) -> bool {
    text.contains(UNVERIFIED)
}

/// A text without that mark, for readers who cannot act on it.
pub fn unmarked(text: &str) -> String {
    text.replace(&format!(" {UNVERIFIED}"), "")
}

/// A sex.
pub fn sex(sex: Sex) -> &'static str {
    match sex {
        Sex::Female => "Female",
        Sex::Male => "Male",
    }
}

/// Allergies, as they were entered.
pub fn allergies(entered: Option<&str>) -> &str {
    match entered {
        None => NOT_RECORDED,
        Some("none-known") => "none known",
        Some(text) => text,
    }
}

/// A tumour.
pub fn tumour(tumour: Tumour) -> &'static str {
    match tumour {
        Tumour::Breast => "breast cancer",
        Tumour::Prostate => "prostate cancer",
        Tumour::Myeloma => "multiple myeloma",
        Tumour::Lung => "lung cancer",
        Tumour::Kidney => "kidney cancer",
        Tumour::Thyroid => "thyroid cancer",
        Tumour::OtherSolid => "another solid tumour",
        Tumour::GiantCell => "giant cell tumour of bone",
        Tumour::Lymphoma => "lymphoma",
        Tumour::OtherHaematological => "another haematological malignancy",
        Tumour::Unknown => "cancer with an unknown primary",
    }
}

/// A tumour in a list to choose from.
pub fn tumour_in_short(tumour: Tumour) -> &'static str {
    match tumour {
        Tumour::Breast => "breast",
        Tumour::Prostate => "prostate",
        Tumour::Myeloma => "myeloma",
        Tumour::Lung => "lung",
        Tumour::Kidney => "kidney",
        Tumour::Thyroid => "thyroid",
        Tumour::OtherSolid => "other solid tumour",
        Tumour::OtherHaematological => "other blood cancer",
        Tumour::Unknown => "unknown primary",
        Tumour::GiantCell | Tumour::Lymphoma => self::tumour(tumour),
    }
}

/// An indication.
pub fn indication(indication: Indication) -> &'static str {
    match indication {
        Indication::SkeletalEvents => "prevention of skeletal events",
        Indication::Hypercalcaemia => "hypercalcaemia of malignancy",
        Indication::GiantCellTumour => "treatment of giant cell tumour of bone",
    }
}

/// An indication in a list to choose from.
pub fn indication_in_short(indication: Indication) -> &'static str {
    match indication {
        Indication::SkeletalEvents => "skeletal events (bone metastases, myeloma)",
        Indication::Hypercalcaemia => self::indication(indication),
        Indication::GiantCellTumour => "giant cell tumour",
    }
}

/// A route.
pub fn route(route: Route) -> &'static str {
    match route {
        Route::Intravenous => "intravenous infusion",
        Route::Oral => "by mouth",
        Route::Subcutaneous => "subcutaneous injection",
    }
}

/// A route beside the name of a drug.
pub fn route_in_short(route: Route) -> &'static str {
    match route {
        Route::Intravenous => "intravenous",
        Route::Oral => self::route(route),
        Route::Subcutaneous => "subcutaneous",
    }
}

/// The state of mouth and teeth.
pub fn dental(dental: Dental) -> &'static str {
    match dental {
        Dental::Fit => "examined and fit",
        Dental::NotExamined => "not examined",
        Dental::Poor => "poor",
        Dental::ProcedurePlanned => "an invasive procedure is planned",
        Dental::Unhealed => "an open lesion or an unhealed extraction",
    }
}

/// The state of mouth and teeth in a list to choose from.
pub fn dental_in_short(dental: Dental) -> &'static str {
    match dental {
        Dental::ProcedurePlanned => "procedure planned",
        Dental::Unhealed => "open lesion or unhealed extraction",
        Dental::Fit | Dental::NotExamined | Dental::Poor => self::dental(dental),
    }
}

/// A condition.
pub fn condition(condition: Condition) -> &'static str {
    match condition {
        Condition::Pregnant => "pregnant",
        Condition::BreastFeeding => "breast-feeding",
        Condition::Dehydrated => "dehydrated",
        Condition::Dialysis => "on dialysis",
        Condition::AcuteKidneyInjury => "acute kidney injury",
        Condition::HeartFailure => "heart failure",
        Condition::CannotSitUpright => "cannot stay upright",
        Condition::OesophagealAbnormality => "abnormality of the oesophagus",
        Condition::HypersensitivityBisphosphonate => "hypersensitivity to a bisphosphonate",
        Condition::HypersensitivityDenosumab => "hypersensitivity to denosumab",
        Condition::JawOsteonecrosis => "osteonecrosis of the jaw, now or in the past",
        Condition::AtypicalFemoralFracture => "previous atypical femoral fracture",
        Condition::FructoseIntolerance => "hereditary fructose intolerance",
        Condition::AspirinAsthma => "aspirin-sensitive asthma",
        Condition::VitaminDDeficiency => "vitamin D deficiency",
        Condition::OtherAntiresorptive => "another bisphosphonate or denosumab product in use",
        Condition::LowMuscleMass => "low muscle mass (amputation, paralysis, wasting)",
    }
}

/// A condition in a list to choose from, of at most 31 letters.
pub fn condition_in_short(condition: Condition) -> &'static str {
    match condition {
        Condition::CannotSitUpright => "cannot stay upright for an hour",
        Condition::HypersensitivityBisphosphonate => "bisphosphonate hypersensitivity",
        Condition::HypersensitivityDenosumab => "denosumab hypersensitivity",
        Condition::JawOsteonecrosis => "jaw osteonecrosis, now or past",
        Condition::AtypicalFemoralFracture => "past atypical femoral fracture",
        Condition::OtherAntiresorptive => "another antiresorptive now",
        Condition::LowMuscleMass => "low muscle mass",
        _ => self::condition(condition),
    }
}

/// A medicine.
pub fn medicine(medicine: Medicine) -> &'static str {
    match medicine {
        Medicine::Aminoglycoside => "aminoglycoside",
        Medicine::LoopDiuretic => "loop diuretic",
        Medicine::Calcitonin => "calcitonin",
        Medicine::Nephrotoxic => "another nephrotoxic medicine",
        Medicine::Nsaid => "anti-inflammatory drug (NSAID)",
        Medicine::Thalidomide => "thalidomide",
        Medicine::AntiAngiogenic => "anti-angiogenic medicine",
        Medicine::Estramustine => "estramustine",
    }
}

/// A medicine in a list to choose from, of at most 31 letters.
pub fn medicine_in_short(medicine: Medicine) -> &'static str {
    match medicine {
        Medicine::Nephrotoxic => "other nephrotoxic medicine",
        Medicine::Nsaid => "NSAID",
        _ => self::medicine(medicine),
    }
}

/// The weight that a clearance is computed with.
pub fn weight_basis(basis: WeightBasis) -> &'static str {
    match basis {
        WeightBasis::Actual => "actual weight",
        WeightBasis::Ideal => "ideal weight",
        WeightBasis::Adjusted => "adjusted weight",
    }
}

/// Why a course is on hold.
pub fn held_because(reason: HeldBecause) -> &'static str {
    match reason {
        HeldBecause::Creatinine => "creatinine",
        HeldBecause::Calcium => "calcium",
        HeldBecause::Dental => "mouth or teeth",
        HeldBecause::Other => "another reason",
    }
}

/// What a dose that was given is called, by its route where that is known.
pub fn given(route: Option<Route>) -> &'static str {
    match route {
        Some(Route::Intravenous) => "infusion",
        Some(Route::Subcutaneous) => "injection",
        Some(Route::Oral) | None => "dose",
    }
}

/// The kind of a calcium.
pub fn calcium_kind(kind: CalciumKind) -> &'static str {
    match kind {
        CalciumKind::Total => "total",
        CalciumKind::Corrected => "corrected by the laboratory",
        CalciumKind::Ionised => "ionised",
    }
}

/// The class of a calcium.
pub fn calcium_class(class: CalciumClass) -> &'static str {
    match class {
        CalciumClass::Low => "below normal",
        CalciumClass::Normal => "normal",
        CalciumClass::Raised => "above normal",
        CalciumClass::Severe => "severely raised",
        CalciumClass::Unknown => "treated as not known",
    }
}

/// What a check looks at.
pub fn subject(subject: Subject) -> &'static str {
    match subject {
        Subject::Creatinine => "creatinine",
        Subject::Calcium => "calcium",
        Subject::Electrolytes => "calcium, phosphate and magnesium",
        Subject::Phosphate => "phosphate",
        Subject::Magnesium => "magnesium",
        Subject::VitaminD => "vitamin D",
        Subject::ParathyroidHormone => "parathyroid hormone",
        Subject::UrineAlbumin => "albumin in the urine",
        Subject::Dental => "mouth and teeth",
    }
}

/// The severity of a finding.
pub fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Stop => "stops the plan",
        Severity::Confirm => "must be confirmed",
        Severity::Note => "note",
    }
}

/// Tablets or capsules: "1 tablet", "56 capsules".
pub fn units(count: u32, form: Form) -> String {
    let word = match form {
        Form::Tablet => "tablet",
        Form::Capsule => "capsule",
        Form::Concentrate | Form::ReadyToUse | Form::Vial | Form::Syringe => "unit",
    };
    counted(count.into(), word)
}

/// A container.
pub fn container(kind: ContainerKind) -> &'static str {
    match kind {
        ContainerKind::Vial => "vial",
        ContainerKind::Ampoule => "ampoule",
        ContainerKind::Bottle => "bottle",
        ContainerKind::Bag => "bag",
        ContainerKind::Syringe => "syringe",
    }
}

/// "1 day", "21 days".
pub fn counted(count: i64, word: &str) -> String {
    if count == 1 { format!("1 {word}") } else { format!("{count} {word}s") }
}

/// A time in whole hours and minutes: "15 minutes", "2 hours", "4 hours 30 minutes".
pub fn minutes(minutes: u16) -> String {
    let (hours, rest) = (i64::from(minutes / 60), i64::from(minutes % 60));
    match (hours, rest) {
        (0, rest) => counted(rest, "minute"),
        (hours, 0) => counted(hours, "hour"),
        (hours, rest) => format!("{} {}", counted(hours, "hour"), counted(rest, "minute")),
    }
}

/// A weekday.
pub fn weekday(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    }
}

/// A date with its weekday: "Tue 01-Dec-2026".
pub fn day(day: NaiveDate) -> String {
    format!("{} {}", day.weekday(), date(day))
}

/// A daily dose by mouth, or a dose given at once.
pub fn mass(mass: Mass, daily: bool) -> String {
    if daily { format!("{mass} a day") } else { mass.to_string() }
}

/// "a", "a or b", "a, b or c".
pub fn one_of(words: &[impl Display]) -> String {
    joined(words, "or")
}

/// "a", "a and b", "a, b and c".
pub fn all_of(words: &[impl Display]) -> String {
    joined(words, "and")
}

fn joined(words: &[impl Display], last_by: &str) -> String {
    let words: Vec<String> = words.iter().map(ToString::to_string).collect();
    match words.as_slice() {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} {last_by} {last}", first.join(", ")),
    }
}

/// A sentence or a heading with a capital letter.
pub fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quantity::parse_date;

    #[test]
    fn what_is_chosen_fits_its_column() {
        let conditions = Condition::ALL.iter().map(|it| condition_in_short(*it));
        let medicines = Medicine::ALL.iter().map(|it| medicine_in_short(*it));
        for label in conditions.chain(medicines) {
            assert!(label.chars().count() <= 31, "{label}");
        }
    }

    #[test]
    fn times_and_days_are_written_in_full() {
        assert_eq!([15, 60, 120, 270].map(minutes), ["15 minutes", "1 hour", "2 hours", "4 hours 30 minutes"]);
        assert_eq!(day(parse_date("2026-12-01").expect("a date")), "Tue 01-Dec-2026");
        assert_eq!((one_of(&["a"]), one_of(&["a", "b", "c"])), ("a".to_owned(), "a, b or c".to_owned()));
        assert_eq!(all_of(&["a", "b", "c"]), "a, b and c");
        assert_eq!((capital("dose"), capital("")), ("Dose".to_owned(), String::new()));
    }
}
