//! The way through the fields: those at which a form stops, those that hold a person, and the field that a finding is
//! about.

use super::Field;
use crate::regimen::Code;

impl Field {
    /// Whether it is usually known, so that a form stops at it once although a plan needs nothing in it.
    pub fn is_usual(self) -> bool {
        matches!(self, Self::Id | Self::Name | Self::Allergies | Self::Creatinine | Self::Calcium | Self::Albumin)
    }

    /// Whether the name of a person is entered.
    pub fn is_person(self) -> bool {
        matches!(self, Self::PreparedBy | Self::SecondBy | Self::ConfirmedBy(_))
    }

    /// Whether a dose is entered.
    pub fn is_dose(self) -> bool {
        matches!(self, Self::DoseInUse | Self::DailyDose | Self::SecondCourseDose)
    }

    /// The entry that a finding is about, where it can be corrected or answered there; none where the regimen or
    /// the calendar alone decides.
    pub fn of_finding(code: Code) -> Option<Self> {
        Some(match code {
            Code::AgeUnder18 | Code::UnusualValueAge => Self::BirthDate,
            Code::UnusualValueSex => Self::Sex,
            Code::UnusualValueWeight | Code::UnusualValueClearance => Self::Weight,
            Code::UnusualValueHeight | Code::UnusualValueBmi | Code::WeightBasisMatters | Code::WeightBasisUnknown => {
                Self::Height
            }
            Code::WeightBasisNotApplied => Self::WeightBasis,
            Code::CreatinineOld => Self::LabDate,
            Code::CreatinineUnknown
            | Code::CreatinineTooHigh
            | Code::CreatinineRisen
            | Code::CreatinineRisenRelative
            | Code::LowCreatinine
            | Code::RenalTooLow
            | Code::RenalSevere
            | Code::RenalHypocalcaemiaRisk
            | Code::NearBandLimit
            | Code::UnusualValueCreatinine => Self::Creatinine,
            Code::CalciumNotRaised
            | Code::CalciumIonised
            | Code::CalciumLow
            | Code::CalciumUnknown
            | Code::CalciumHigh
            | Code::UnusualValueCalcium => Self::Calcium,
            Code::CalciumOld => Self::CalciumDate,
            Code::UnusualValueAlbumin => Self::Albumin,
            Code::DentalUnhealed | Code::DentalPoor | Code::DentalProcedurePlanned | Code::DentalNotExamined => {
                Self::Dental
            }
            Code::Pregnant
            | Code::BreastFeeding
            | Code::Hypersensitivity
            | Code::ConditionsNotAsked
            | Code::LowMuscleMass
            | Code::OtherAntiresorptive
            | Code::Dehydrated
            | Code::Dialysis
            | Code::AcuteKidneyInjury
            | Code::HeartFailure
            | Code::CannotSitUpright
            | Code::OesophagealAbnormality
            | Code::JawOsteonecrosis
            | Code::AtypicalFemoralFracture
            | Code::FructoseIntolerance
            | Code::AspirinAsthma
            | Code::VitaminDDeficiency => Self::Conditions,
            Code::MedicinesNotAsked
            | Code::MedicineAminoglycoside
            | Code::MedicineLoopDiuretic
            | Code::MedicineCalcitonin
            | Code::MedicineNephrotoxic
            | Code::MedicineNsaid
            | Code::MedicineThalidomide
            | Code::MedicineAntiAngiogenic
            | Code::MedicineEstramustine => Self::Medicines,
            Code::LastAntiresorptiveNotAsked | Code::PreviousLongActing | Code::RefractoryNotShown => Self::LastDrug,
            Code::TooSoon | Code::LongGap => Self::StartDate,
            Code::DoseAboveMaximum | Code::DoseAboveRenalLimit | Code::DoseChoice | Code::HighDoseNotContinuous => {
                Self::DailyDose
            }
            Code::CourseBaselineUnknown => Self::Baseline,
            Code::CourseDoseAboveBaseline | Code::CourseDoseBelowBaseline | Code::CourseBandLower => Self::DoseInUse,
            Code::CourseHeld => Self::Held,
            Code::IntervalGuideline => Self::Interval,
            Code::CourseLengthNotDocumented | Code::CourseLengthExceeded | Code::CourseLongerThanUsual => Self::Months,
            Code::LongMove | Code::LastDoseDropped => Self::ClosedDates,
            Code::NotLicensedInRegion | Code::UsLabelNarrower => Self::Region,
            Code::OutsideLabel
            | Code::RegimenUnderReview
            | Code::RegimenReviewOverdue
            | Code::Supplements
            | Code::StoppingDenosumab
            | Code::PreferIntravenous => return None,
        })
    }
}
