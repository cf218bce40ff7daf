//! The words in which a clinician states a patient: tumour, indication, history, medicines.

use chrono::NaiveDate;

use crate::json::vocabulary;

vocabulary! {
    /// The primary tumour.
    pub enum Tumour {
        /// Breast cancer.
        Breast = "breast",
        /// Prostate cancer.
        Prostate = "prostate",
        /// Multiple myeloma.
        Myeloma = "myeloma",
        /// Lung cancer.
        Lung = "lung",
        /// Kidney cancer.
        Kidney = "kidney",
        /// Thyroid cancer.
        Thyroid = "thyroid",
        /// Any other solid tumour.
        OtherSolid = "other-solid",
        /// Giant cell tumour of bone.
        GiantCell = "giant-cell-tumour-of-bone",
        /// Lymphoma.
        Lymphoma = "lymphoma",
        /// Another haematological malignancy.
        OtherHaematological = "other-haematological",
        /// A primary that was not found.
        Unknown = "unknown-primary",
    }
}

vocabulary! {
    /// Why a bone-modifying agent is given.
    pub enum Indication {
        /// Prevention of skeletal events, or treatment of osteolysis.
        SkeletalEvents = "skeletal-events",
        /// Hypercalcaemia of malignancy.
        Hypercalcaemia = "hypercalcaemia",
        /// Giant cell tumour of bone.
        GiantCellTumour = "giant-cell-tumour",
    }
}

vocabulary! {
    /// The way a drug enters the body.
    pub enum Route {
        /// Infusion into a vein.
        Intravenous = "intravenous",
        /// By mouth.
        Oral = "oral",
        /// Injection under the skin.
        Subcutaneous = "subcutaneous",
    }
}

vocabulary! {
    /// Whether one dose is given, or one each day.
    pub enum Scheme {
        /// One dose.
        Single = "single",
        /// A dose on each of several days.
        Daily = "daily",
    }
}

vocabulary! {
    /// The state of mouth and teeth.
    #[derive(Default)]
    pub enum Dental {
        /// Examined and fit.
        Fit = "fit",
        /// Not examined.
        #[default]
        NotExamined = "not-examined",
        /// Poor dental status.
        Poor = "poor",
        /// An invasive procedure is planned.
        ProcedurePlanned = "procedure-planned",
        /// An open lesion or an unhealed extraction.
        Unhealed = "unhealed",
    }
}

vocabulary! {
    /// A condition or a history that bears on the choice.
    pub enum Condition {
        /// Pregnant.
        Pregnant = "pregnant",
        /// Breast-feeding.
        BreastFeeding = "breast-feeding",
        /// Dehydrated.
        Dehydrated = "dehydrated",
        /// On dialysis.
        Dialysis = "dialysis",
        /// Acute kidney injury.
        AcuteKidneyInjury = "acute-kidney-injury",
        /// Heart failure.
        HeartFailure = "heart-failure",
        /// Cannot sit or stand upright for an hour.
        CannotSitUpright = "cannot-sit-upright",
        /// An abnormality of the oesophagus that delays emptying.
        OesophagealAbnormality = "oesophageal-abnormality",
        /// Hypersensitivity to a bisphosphonate.
        HypersensitivityBisphosphonate = "hypersensitivity-bisphosphonate",
        /// Hypersensitivity to denosumab.
        HypersensitivityDenosumab = "hypersensitivity-denosumab",
        /// Osteonecrosis of the jaw, now or in the past.
        JawOsteonecrosis = "jaw-osteonecrosis",
        /// An atypical fracture of the femur in the past.
        AtypicalFemoralFracture = "atypical-femoral-fracture",
        /// Hereditary fructose intolerance.
        FructoseIntolerance = "fructose-intolerance",
        /// Asthma brought on by aspirin.
        AspirinAsthma = "aspirin-asthma",
        /// Vitamin D deficiency.
        VitaminDDeficiency = "vitamin-d-deficiency",
        /// Another bisphosphonate or denosumab product is current.
        OtherAntiresorptive = "other-antiresorptive",
        /// Little muscle, by amputation, paralysis or wasting: less creatinine than the formula expects.
        LowMuscleMass = "low-muscle-mass",
    }
}

vocabulary! {
    /// A medicine that bears on the choice.
    pub enum Medicine {
        /// An aminoglycoside.
        Aminoglycoside = "aminoglycoside",
        /// A loop diuretic.
        LoopDiuretic = "loop-diuretic",
        /// Calcitonin.
        Calcitonin = "calcitonin",
        /// Another medicine that harms the kidney.
        Nephrotoxic = "nephrotoxic",
        /// A non-steroidal anti-inflammatory drug.
        Nsaid = "nsaid",
        /// Thalidomide.
        Thalidomide = "thalidomide",
        /// An anti-angiogenic medicine.
        AntiAngiogenic = "anti-angiogenic",
        /// Estramustine.
        Estramustine = "estramustine",
    }
}

vocabulary! {
    /// Why a course is on hold.
    #[derive(Default)]
    pub enum HeldBecause {
        /// Creatinine rose.
        #[default]
        Creatinine = "creatinine",
        /// Calcium was low.
        Calcium = "calcium",
        /// Mouth and teeth.
        Dental = "dental",
        /// Another reason.
        Other = "other",
    }
}

vocabulary! {
    /// What kind of calcium the laboratory reported.
    #[derive(Default)]
    pub enum CalciumKind {
        /// Total, not yet corrected for albumin.
        #[default]
        Total = "total",
        /// Corrected for albumin by the laboratory.
        Corrected = "corrected",
        /// Ionised.
        Ionised = "ionised",
    }
}

vocabulary! {
    /// The body weight that the clearance is computed with.
    #[derive(Default)]
    pub enum WeightBasis {
        /// The weight of the scales.
        #[default]
        Actual = "actual",
        /// Devine's ideal weight.
        Ideal = "ideal",
        /// Ideal weight and 0.4 of what is above it.
        Adjusted = "adjusted",
    }
}

vocabulary! {
    /// Where a licence must hold.
    #[derive(Default)]
    pub enum Region {
        /// European Union.
        #[default]
        Eu = "eu",
        /// United States.
        Us = "us",
    }
}

vocabulary! {
    /// A day of the week.
    pub enum Weekday {
        /// Monday.
        Monday = "mon",
        /// Tuesday.
        Tuesday = "tue",
        /// Wednesday.
        Wednesday = "wed",
        /// Thursday.
        Thursday = "thu",
        /// Friday.
        Friday = "fri",
        /// Saturday.
        Saturday = "sat",
        /// Sunday.
        Sunday = "sun",
    }
}

impl Weekday {
    /// The weekday of a date.
    pub fn of(date: NaiveDate) -> Self {
        use chrono::Datelike;
        Self::ALL[date.weekday().num_days_from_monday() as usize]
    }
}

/// Completed years between birth and `day`; a birthday on 29 February counts from 1 March in other
/// years. `None` before birth.
pub fn age_on(birth: NaiveDate, day: NaiveDate) -> Option<u16> {
    day.years_since(birth).and_then(|years| u16::try_from(years).ok())
}

/// Whether an identifier is a number as a spreadsheet shortens it, such as `4.01E+09`: the digits that it stood for
/// are lost, and those of several patients are shortened to the same text.
pub fn damaged_by_a_spreadsheet(identifier: &str) -> bool {
    let are_digits = |text: &str| !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit());
    let Some((number, exponent)) = identifier.trim().split_once(['E', 'e']) else { return false };
    let number = number.strip_prefix('-').unwrap_or(number);
    let (whole, decimals) = number.split_once(['.', ',']).unwrap_or((number, "0"));
    // The sign is always written; without it, 4E09 may be a ward's own way to number its patients.
    exponent.strip_prefix(['+', '-']).is_some_and(are_digits) && are_digits(whole) && are_digits(decimals)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quantity::parse_date;

    #[test]
    fn age_is_in_completed_years() {
        let date = |text| parse_date(text).expect("a date");
        assert_eq!(age_on(date("1958-03-14"), date("2026-03-13")), Some(67));
        assert_eq!(age_on(date("1958-03-14"), date("2026-03-14")), Some(68));
        assert_eq!(age_on(date("1956-02-29"), date("2026-02-28")), Some(69));
        assert_eq!(age_on(date("1956-02-29"), date("2026-03-01")), Some(70));
        assert_eq!(age_on(date("2026-03-02"), date("2026-03-01")), None);
    }

    #[test]
    fn weekdays_begin_on_monday() {
        assert_eq!(Weekday::of(parse_date("2026-12-01").expect("a date")), Weekday::Tuesday);
    }

    #[test]
    fn an_identifier_that_a_spreadsheet_shortened_is_seen() {
        for damaged in ["4.01E+09", "4,01E+09", "4E+09", "4.01e+9", "1.23457E-05", "-4.01E+09", " 4.01E+09 "] {
            assert!(damaged_by_a_spreadsheet(damaged), "{damaged}");
        }
        for sound in ["", "A-1042", "4010000123", "4E09", "E+09", "4.01E+", "4.E+09", ".5E+09", "4.01E+09A", "1E2-3"] {
            assert!(!damaged_by_a_spreadsheet(sound), "{sound}");
        }
    }
}
