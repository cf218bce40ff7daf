//! The words of the form: steps, labels, choices, hints, and what is said about an entry.

use crate::{
    form::{Field, Kind, NotRead, Refused, Step},
    patient::{
        CalciumKind, Condition, Dental, Indication, Medicine, Region, Route, Scheme, Tumour, Weekday, WeightBasis,
    },
    plan::Unusable,
    quantity::Sex,
    regimen::Listed,
};

/// The name of a step.
pub fn step(step: Step) -> &'static str {
    match step {
        Step::Patient => "Patient",
        Step::Disease => "Disease",
        Step::Laboratory => "Laboratory",
        Step::Safety => "Safety",
        Step::Drug => "Drug",
        Step::Schedule => "Schedule",
        Step::Review => "Review",
    }
}

/// What is wrong with an entry, in one sentence for the person who entered it.
pub fn refused(field: Field, text: &str, refused: &Refused) -> String {
    match refused {
        Refused::NotRead(why) => not_read(field, text, why),
        Refused::Unusable(unusable) => beside_the_field(unusable),
    }
}

fn not_read(field: Field, text: &str, why: &NotRead) -> String {
    let text = crate::json::printable(text.trim());
    match why {
        NotRead::Number => format!("\"{text}\" is no number. Write it like 68.5 or 68,5."),
        NotRead::Thousands => format!("\"{text}\" has more than one comma or point. Write only the decimal one."),
        NotRead::LongNumber => format!("\"{text}\" has too many digits."),
        NotRead::Whole => format!("\"{text}\" is no whole number."),
        NotRead::Unit => {
            let units = match field {
                Field::Calcium => "mmol/L or mg/dL",
                Field::Albumin => "g/L or g/dL",
                _ => "µmol/L or mg/dL",
            };
            format!("{text} what? Press Space to choose {units}.")
        }
        NotRead::Slash => {
            format!("\"{text}\": is the day first or the month? Write 2026-12-01, 1.12.2026 or 1 Dec 2026.")
        }
        NotRead::ShortYear => format!("\"{text}\": write the year with four digits, such as 1.12.2026."),
        NotRead::NoSuchDay => format!("\"{text}\" is not a day between {}.", super::years()),
        NotRead::Date => format!("\"{text}\" is no date yet. Write 2026-12-01, 1.12.2026 or 1 Dec 2026."),
        NotRead::Blank => "Nothing in it can be read. Write a letter or a digit.".to_owned(),
        NotRead::Hidden(c) => {
            format!("It holds a character that cannot be seen ({}). Take it out.", c.escape_unicode())
        }
        NotRead::LongText(most) => format!("It is too long: at most {most} letters."),
    }
}

/// The sentence of the engine without the name that the field has in files.
fn beside_the_field(unusable: &Unusable) -> String {
    let sentence = super::unusable(unusable);
    let bare = sentence.split_once(": ").map_or(sentence.as_str(), |(_, bare)| bare);
    let mut spoken = bare.to_owned();
    for (path, words) in PATHS {
        spoken = spoken.replace(path, words);
    }
    let mut letters = spoken.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// What the fields are called in files, and by people.
const PATHS: &[(&str, &str)] = &[
    ("treatment.start_date", "the start date"),
    ("course.last_dose", "the last dose"),
    ("labs.date", "the date of the values"),
    ("labs.calcium_date", "the date of the calcium"),
    ("course.baseline_creatinine.date", "the date of the baseline"),
    ("patient.height_cm", "the height"),
];

/// What may be wrong with the kind of field when a key does nothing in it.
pub fn wrong_key(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "That key does nothing here. Letters and digits are typed; Tab goes on.",
        Kind::Date | Kind::Dates => "A date is typed here, such as 1.12.2026. Tab goes on.",
        Kind::Number(_) => "Digits, and a comma or a point, are typed here. Tab goes on.",
        Kind::Measured => "Digits, and a comma or a point, are typed here. Space changes the unit.",
        Kind::One => "Choose with the arrows Left and Right, or the first letter. Tab goes on.",
        Kind::Many => "Go with the arrows or a first letter, mark with Space. Tab goes on.",
    }
}

/// A sex.
pub fn sex(sex: Sex) -> &'static str {
    sex.as_str()
}

/// A primary tumour.
pub fn tumour(tumour: Tumour) -> &'static str {
    match tumour {
        Tumour::Breast => "breast",
        Tumour::Prostate => "prostate",
        Tumour::Myeloma => "myeloma",
        Tumour::Lung => "lung",
        Tumour::Kidney => "kidney",
        Tumour::Thyroid => "thyroid",
        Tumour::OtherSolid => "other solid tumour",
        Tumour::GiantCell => "giant cell tumour of bone",
        Tumour::Lymphoma => "lymphoma",
        Tumour::OtherHaematological => "other blood cancer",
        Tumour::Unknown => "unknown primary",
    }
}

/// Why treatment is given.
pub fn indication(indication: Indication) -> &'static str {
    match indication {
        Indication::SkeletalEvents => "skeletal events (bone metastases, myeloma)",
        Indication::Hypercalcaemia => "hypercalcaemia of malignancy",
        Indication::GiantCellTumour => "giant cell tumour",
    }
}

/// Where the licence must hold.
pub fn region(region: Region) -> &'static str {
    match region {
        Region::Eu => "European Union",
        Region::Us => "United States",
    }
}

/// A kind of calcium.
pub fn calcium_kind(kind: CalciumKind) -> &'static str {
    match kind {
        CalciumKind::Total => "total",
        CalciumKind::Corrected => "corrected by the laboratory",
        CalciumKind::Ionised => "ionised",
    }
}

/// A weight for the clearance.
pub fn weight_basis(basis: WeightBasis) -> &'static str {
    match basis {
        WeightBasis::Actual => "actual",
        WeightBasis::Ideal => "ideal",
        WeightBasis::Adjusted => "adjusted",
    }
}

/// The state of mouth and teeth.
pub fn dental(dental: Dental) -> &'static str {
    match dental {
        Dental::Fit => "examined and fit",
        Dental::NotExamined => "not examined",
        Dental::Poor => "poor",
        Dental::ProcedurePlanned => "procedure planned",
        Dental::Unhealed => "open lesion or unhealed extraction",
    }
}

/// A condition, of at most 34 letters.
pub fn condition(condition: Condition) -> &'static str {
    match condition {
        Condition::Pregnant => "pregnant",
        Condition::BreastFeeding => "breast-feeding",
        Condition::Dehydrated => "dehydrated",
        Condition::Dialysis => "on dialysis",
        Condition::AcuteKidneyInjury => "acute kidney injury",
        Condition::HeartFailure => "heart failure",
        Condition::CannotSitUpright => "cannot stay upright for an hour",
        Condition::OesophagealAbnormality => "oesophagus abnormal",
        Condition::HypersensitivityBisphosphonate => "allergic to bisphosphonates",
        Condition::HypersensitivityDenosumab => "allergic to denosumab",
        Condition::JawOsteonecrosis => "jaw osteonecrosis, now or before",
        Condition::AtypicalFemoralFracture => "atypical femur fracture before",
        Condition::FructoseIntolerance => "fructose intolerance, inherited",
        Condition::AspirinAsthma => "asthma from aspirin",
        Condition::VitaminDDeficiency => "vitamin D deficiency",
        Condition::OtherAntiresorptive => "gets another bone drug now",
    }
}

/// A medicine, of at most 34 letters.
pub fn medicine(medicine: Medicine) -> &'static str {
    match medicine {
        Medicine::Aminoglycoside => "aminoglycoside antibiotic",
        Medicine::LoopDiuretic => "loop diuretic",
        Medicine::Calcitonin => "calcitonin",
        Medicine::Nephrotoxic => "other medicine that harms kidneys",
        Medicine::Nsaid => "NSAID",
        Medicine::Thalidomide => "thalidomide",
        Medicine::AntiAngiogenic => "anti-angiogenic medicine",
        Medicine::Estramustine => "estramustine",
    }
}

/// A route.
pub fn route(route: Route) -> &'static str {
    match route {
        Route::Intravenous => "into a vein",
        Route::Oral => "by mouth",
        Route::Subcutaneous => "subcutaneous",
    }
}

/// A drug with its route and scheme, as one line to choose.
pub fn regimen(listed: Listed) -> String {
    let scheme = match listed.regimen.scheme {
        Some(Scheme::Single) => ", one dose",
        Some(Scheme::Daily) => ", daily",
        None => "",
    };
    format!("{} {}{scheme}", listed.drug.name, route(listed.regimen.route))
}

/// Whether a course is under way.
pub fn course(under_way: bool) -> &'static str {
    if under_way { "under way" } else { "new course" }
}

/// Whether a course is held.
pub fn held(held: bool) -> &'static str {
    if held { "yes, on hold" } else { "no" }
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
