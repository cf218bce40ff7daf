//! The codes of findings, the severities, and the concerns a regimen must answer. All are closed
//! lists: a regimen file cannot invent one.

use crate::{
    json::vocabulary,
    patient::{Condition, Dental, Medicine},
};

vocabulary! {
    /// The severity of a finding.
    pub enum Severity {
        /// Treatment is not planned; it cannot be overridden.
        Stop = "stop",
        /// A named person must confirm it with a reason.
        Confirm = "confirm",
        /// It is shown.
        Note = "note",
    }
}

vocabulary! {
    /// The severity of a concern for a drug; `none` means that it was considered and does not apply.
    pub enum Gravity {
        /// Stops the plan.
        Stop = "stop",
        /// Must be confirmed.
        Confirm = "confirm",
        /// Is shown.
        Note = "note",
        /// Does not apply to this drug.
        None = "none",
    }
}

impl Gravity {
    /// The severity of the finding, if there is one.
    pub fn severity(self) -> Option<Severity> {
        match self {
            Self::Stop => Some(Severity::Stop),
            Self::Confirm => Some(Severity::Confirm),
            Self::Note => Some(Severity::Note),
            Self::None => None,
        }
    }
}

vocabulary! {
    /// What a regimen must answer for: each of these is given a weight, so that none is forgotten.
    pub enum Concern {
        /// Younger than the least age.
        AgeUnder18 = "age-under-18",
        /// Pregnant.
        Pregnant = "pregnant",
        /// Breast-feeding.
        BreastFeeding = "breast-feeding",
        /// Hypersensitivity to bisphosphonates.
        HypersensitivityBisphosphonate = "hypersensitivity-bisphosphonate",
        /// Hypersensitivity to denosumab.
        HypersensitivityDenosumab = "hypersensitivity-denosumab",
        /// Calcium below normal.
        CalciumLow = "calcium-low",
        /// Calcium not known.
        CalciumUnknown = "calcium-unknown",
        /// Calcium above normal.
        CalciumHigh = "calcium-high",
        /// Another antiresorptive is current.
        OtherAntiresorptive = "other-antiresorptive",
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
        /// An abnormality of the oesophagus.
        OesophagealAbnormality = "oesophageal-abnormality",
        /// Osteonecrosis of the jaw.
        JawOsteonecrosis = "jaw-osteonecrosis",
        /// Atypical femoral fracture.
        AtypicalFemoralFracture = "atypical-femoral-fracture",
        /// Fructose intolerance.
        FructoseIntolerance = "fructose-intolerance",
        /// Asthma brought on by aspirin.
        AspirinAsthma = "aspirin-asthma",
        /// Vitamin D deficiency.
        VitaminDDeficiency = "vitamin-d-deficiency",
        /// Little muscle.
        LowMuscleMass = "low-muscle-mass",
        /// A creatinine so low that the clearance may be overestimated.
        LowCreatinine = "low-creatinine",
        /// Conditions that were not asked for.
        ConditionsNotAsked = "conditions-not-asked",
        /// Medicines that were not asked for.
        MedicinesNotAsked = "medicines-not-asked",
        /// An earlier antiresorptive dose that was not asked for.
        LastAntiresorptiveNotAsked = "last-antiresorptive-not-asked",
        /// Open lesion or unhealed extraction.
        DentalUnhealed = "dental-unhealed",
        /// Poor dental status.
        DentalPoor = "dental-poor",
        /// Invasive dental procedure planned.
        DentalProcedurePlanned = "dental-procedure-planned",
        /// Teeth not examined.
        DentalNotExamined = "dental-not-examined",
        /// Aminoglycoside.
        MedicineAminoglycoside = "medicine-aminoglycoside",
        /// Loop diuretic.
        MedicineLoopDiuretic = "medicine-loop-diuretic",
        /// Calcitonin.
        MedicineCalcitonin = "medicine-calcitonin",
        /// Nephrotoxic medicine.
        MedicineNephrotoxic = "medicine-nephrotoxic",
        /// Anti-inflammatory drug.
        MedicineNsaid = "medicine-nsaid",
        /// Thalidomide.
        MedicineThalidomide = "medicine-thalidomide",
        /// Anti-angiogenic medicine.
        MedicineAntiAngiogenic = "medicine-anti-angiogenic",
        /// Estramustine.
        MedicineEstramustine = "medicine-estramustine",
    }
}

/// What makes a concern one of this patient's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trigger {
    /// The age on the start date.
    Age,
    /// The class of the calcium.
    Calcium,
    /// The creatinine.
    Creatinine,
    /// A question that nobody asked.
    NotAsked(Question),
    /// A stated condition.
    Condition(Condition),
    /// The state of the teeth.
    Dental(Dental),
    /// A stated medicine.
    Medicine(Medicine),
}

/// A question of the history: leaving it out is not a "no".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Question {
    /// Conditions.
    Conditions,
    /// Medicines.
    Medicines,
    /// The last dose of a bisphosphonate or of denosumab.
    LastAntiresorptive,
}

impl Concern {
    /// What makes the concern one of this patient's.
    pub fn trigger(self) -> Trigger {
        use Trigger as T;
        match self {
            Self::AgeUnder18 => T::Age,
            Self::CalciumLow | Self::CalciumUnknown | Self::CalciumHigh => T::Calcium,
            Self::Pregnant => T::Condition(Condition::Pregnant),
            Self::BreastFeeding => T::Condition(Condition::BreastFeeding),
            Self::HypersensitivityBisphosphonate => T::Condition(Condition::HypersensitivityBisphosphonate),
            Self::HypersensitivityDenosumab => T::Condition(Condition::HypersensitivityDenosumab),
            Self::OtherAntiresorptive => T::Condition(Condition::OtherAntiresorptive),
            Self::Dehydrated => T::Condition(Condition::Dehydrated),
            Self::Dialysis => T::Condition(Condition::Dialysis),
            Self::AcuteKidneyInjury => T::Condition(Condition::AcuteKidneyInjury),
            Self::HeartFailure => T::Condition(Condition::HeartFailure),
            Self::CannotSitUpright => T::Condition(Condition::CannotSitUpright),
            Self::OesophagealAbnormality => T::Condition(Condition::OesophagealAbnormality),
            Self::JawOsteonecrosis => T::Condition(Condition::JawOsteonecrosis),
            Self::AtypicalFemoralFracture => T::Condition(Condition::AtypicalFemoralFracture),
            Self::FructoseIntolerance => T::Condition(Condition::FructoseIntolerance),
            Self::AspirinAsthma => T::Condition(Condition::AspirinAsthma),
            Self::VitaminDDeficiency => T::Condition(Condition::VitaminDDeficiency),
            Self::LowMuscleMass => T::Condition(Condition::LowMuscleMass),
            Self::LowCreatinine => T::Creatinine,
            Self::ConditionsNotAsked => T::NotAsked(Question::Conditions),
            Self::MedicinesNotAsked => T::NotAsked(Question::Medicines),
            Self::LastAntiresorptiveNotAsked => T::NotAsked(Question::LastAntiresorptive),
            Self::DentalUnhealed => T::Dental(Dental::Unhealed),
            Self::DentalPoor => T::Dental(Dental::Poor),
            Self::DentalProcedurePlanned => T::Dental(Dental::ProcedurePlanned),
            Self::DentalNotExamined => T::Dental(Dental::NotExamined),
            Self::MedicineAminoglycoside => T::Medicine(Medicine::Aminoglycoside),
            Self::MedicineLoopDiuretic => T::Medicine(Medicine::LoopDiuretic),
            Self::MedicineCalcitonin => T::Medicine(Medicine::Calcitonin),
            Self::MedicineNephrotoxic => T::Medicine(Medicine::Nephrotoxic),
            Self::MedicineNsaid => T::Medicine(Medicine::Nsaid),
            Self::MedicineThalidomide => T::Medicine(Medicine::Thalidomide),
            Self::MedicineAntiAngiogenic => T::Medicine(Medicine::AntiAngiogenic),
            Self::MedicineEstramustine => T::Medicine(Medicine::Estramustine),
        }
    }

    /// The code of the finding: the concern's own word, and one word for both hypersensitivities.
    ///
    /// # Panics
    /// Never: a test goes through all concerns.
    pub fn code(self) -> Code {
        match self {
            Self::HypersensitivityBisphosphonate | Self::HypersensitivityDenosumab => Code::Hypersensitivity,
            _ => Code::from_word(self.as_str()).expect("every other concern is a code"),
        }
    }
}

vocabulary! {
    /// The code of a finding; the list is complete.
    #[allow(missing_docs, reason = "each code says itself what it means; its sentence stands in `words`")]
    pub enum Code {
        AgeUnder18 = "age-under-18",
        Pregnant = "pregnant",
        BreastFeeding = "breast-feeding",
        Hypersensitivity = "hypersensitivity",
        ConditionsNotAsked = "conditions-not-asked",
        MedicinesNotAsked = "medicines-not-asked",
        LastAntiresorptiveNotAsked = "last-antiresorptive-not-asked",
        LowMuscleMass = "low-muscle-mass",
        LowCreatinine = "low-creatinine",
        CalciumNotRaised = "calcium-not-raised",
        CalciumIonised = "calcium-ionised",
        CalciumLow = "calcium-low",
        CalciumUnknown = "calcium-unknown",
        CalciumHigh = "calcium-high",
        CalciumOld = "calcium-old",
        CreatinineOld = "creatinine-old",
        CreatinineUnknown = "creatinine-unknown",
        CreatinineTooHigh = "creatinine-too-high",
        CreatinineRisen = "creatinine-risen",
        CreatinineRisenRelative = "creatinine-risen-relative",
        RenalTooLow = "renal-too-low",
        RenalSevere = "renal-severe",
        RenalHypocalcaemiaRisk = "renal-hypocalcaemia-risk",
        DoseAboveMaximum = "dose-above-maximum",
        DoseAboveRenalLimit = "dose-above-renal-limit",
        DoseChoice = "dose-choice",
        HighDoseNotContinuous = "high-dose-not-continuous",
        OtherAntiresorptive = "other-antiresorptive",
        TooSoon = "too-soon",
        PreviousLongActing = "previous-long-acting",
        RefractoryNotShown = "refractory-not-shown",
        NotLicensedInRegion = "not-licensed-in-region",
        OutsideLabel = "outside-label",
        CourseBaselineUnknown = "course-baseline-unknown",
        CourseDoseAboveBaseline = "course-dose-above-baseline",
        CourseDoseBelowBaseline = "course-dose-below-baseline",
        CourseBandLower = "course-band-lower",
        CourseHeld = "course-held",
        LongGap = "long-gap",
        Dehydrated = "dehydrated",
        Dialysis = "dialysis",
        AcuteKidneyInjury = "acute-kidney-injury",
        HeartFailure = "heart-failure",
        CannotSitUpright = "cannot-sit-upright",
        OesophagealAbnormality = "oesophageal-abnormality",
        DentalUnhealed = "dental-unhealed",
        DentalPoor = "dental-poor",
        DentalProcedurePlanned = "dental-procedure-planned",
        DentalNotExamined = "dental-not-examined",
        JawOsteonecrosis = "jaw-osteonecrosis",
        AtypicalFemoralFracture = "atypical-femoral-fracture",
        FructoseIntolerance = "fructose-intolerance",
        AspirinAsthma = "aspirin-asthma",
        VitaminDDeficiency = "vitamin-d-deficiency",
        MedicineAminoglycoside = "medicine-aminoglycoside",
        MedicineLoopDiuretic = "medicine-loop-diuretic",
        MedicineCalcitonin = "medicine-calcitonin",
        MedicineNephrotoxic = "medicine-nephrotoxic",
        MedicineNsaid = "medicine-nsaid",
        MedicineThalidomide = "medicine-thalidomide",
        MedicineAntiAngiogenic = "medicine-anti-angiogenic",
        MedicineEstramustine = "medicine-estramustine",
        NearBandLimit = "near-band-limit",
        WeightBasisMatters = "weight-basis-matters",
        WeightBasisUnknown = "weight-basis-unknown",
        WeightBasisNotApplied = "weight-basis-not-applied",
        IntervalGuideline = "interval-guideline",
        CourseLengthNotDocumented = "course-length-not-documented",
        CourseLengthExceeded = "course-length-exceeded",
        CourseLongerThanUsual = "course-longer-than-usual",
        LongMove = "long-move",
        LastDoseDropped = "last-dose-dropped",
        RegimenUnderReview = "regimen-under-review",
        RegimenReviewOverdue = "regimen-review-overdue",
        UnusualValueAge = "unusual-value-age",
        UnusualValueWeight = "unusual-value-weight",
        UnusualValueHeight = "unusual-value-height",
        UnusualValueCreatinine = "unusual-value-creatinine",
        UnusualValueCalcium = "unusual-value-calcium",
        UnusualValueAlbumin = "unusual-value-albumin",
        UnusualValueSex = "unusual-value-sex",
        UnusualValueClearance = "unusual-value-clearance",
        UnusualValueBmi = "unusual-value-bmi",
        Supplements = "supplements",
        StoppingDenosumab = "stopping-denosumab",
        PreferIntravenous = "prefer-intravenous",
        UsLabelNarrower = "us-label-narrower",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_concern_has_a_code() {
        for concern in Concern::ALL {
            let word = concern.code().as_str();
            assert!(concern.as_str().starts_with(word), "{word}");
        }
    }
}
