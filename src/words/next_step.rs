//! What to do about each finding: whom to ask, which value to take again, at which value treatment goes on.

use super::{Around, date, finding::figure, in_short::beside, spoken};
use crate::{
    plan::{Age, CalciumGap, Evidence, Finding, Unusual},
    quantity::{Bound, CalciumUnit, Comparison, Mass},
    regimen::Concern,
};

/// What the steps of a plan are made of, besides its findings.
#[derive(Clone, Copy, Debug, Default)]
pub struct Next<'p> {
    /// What stands around the findings.
    pub around: Around,
    /// What the regimen says of rehydration, where it is an emergency.
    pub rehydrate: Option<&'p str>,
    /// The dose of a course under way.
    pub in_use: Option<Mass>,
}

/// What to do about a finding, in order; nothing where it is only to be known.
#[expect(clippy::too_many_lines, reason = "a flat catalogue, one arm a finding")]
pub fn next_steps(found: &Finding, next: &Next<'_>) -> Vec<String> {
    let said = match &found.evidence {
        Evidence::Stated { concern: Concern::Dehydrated } => return rehydrate(next.rehydrate),
        Evidence::Stated { concern } => stated(*concern).to_owned(),
        Evidence::AgeUnder { least_years, .. } => {
            format!("Check the date of birth. Plans are for patients from {least_years} years.")
        }
        Evidence::CalciumLow { normal, .. } => {
            return vec![
                "Correct the low calcium first, as prescribed.".to_owned(),
                format!(
                    "Take calcium and albumin again. At {} {} or above it no longer stops the plan.",
                    normal.low, normal.unit
                ),
            ];
        }
        Evidence::CalciumUnknown { why } => match why {
            CalciumGap::NotMeasured => "Take calcium and albumin, and enter both.".to_owned(),
            CalciumGap::NoAlbumin => "Enter the albumin of the same blood test, or take both again.".to_owned(),
            CalciumGap::Ionised => "Take a total calcium with albumin.".to_owned(),
            CalciumGap::Old { limit } => {
                format!("Take calcium and albumin again: at most {limit} old on the day of the first dose.")
            }
        },
        Evidence::CalciumHigh { severe: true, .. } => {
            "Treat the hypercalcaemia now: plan a regimen for hypercalcaemia.".to_owned()
        }
        Evidence::CalciumHigh { severe: false, .. } => {
            "Find the cause of the raised calcium before this dose.".to_owned()
        }
        Evidence::CalciumNotRaised { needed, .. } => {
            format!("Check what it is given for. {} it can be planned for hypercalcaemia.", at(*needed))
        }
        Evidence::CalciumIonised { .. } => {
            "Take a total calcium with albumin, or confirm the ionised calcium.".to_owned()
        }
        Evidence::CalciumOld(age) => again("calcium and albumin", *age),
        Evidence::CreatinineOld(age) => again("creatinine", *age),
        Evidence::CreatinineUnknown { .. } => "Take creatinine, and enter it.".to_owned(),
        Evidence::CreatinineTooHigh { .. } => {
            "Find the cause of the high creatinine, and take creatinine again.".to_owned()
        }
        Evidence::CreatinineRisen { now, baseline, resume_at_most, held } => {
            let hold = if *held {
                "Write down the day of the next creatinine."
            } else {
                "Write down the hold with its reason, and the day of the next creatinine."
            };
            let dose = next.in_use.map_or_else(String::new, |mass| format!(", at {mass} as before"));
            return vec![
                format!(
                    "Give nothing today. Tell the prescriber both values: {} at baseline, {now} today.",
                    beside(*baseline, *now)
                ),
                hold.to_owned(),
                format!("At {resume_at_most} or below the course goes on{dose}."),
            ];
        }
        Evidence::CreatinineRisenRelative { .. } => {
            "Find the cause of the risen creatinine before this dose.".to_owned()
        }
        Evidence::LowCreatinine { .. } => {
            "Have the prescriber judge renal function otherwise before the dose is set.".to_owned()
        }
        Evidence::RenalTooLow { single_dose: true, .. } => {
            "Plan the daily scheme instead, or choose another drug.".to_owned()
        }
        Evidence::RenalTooLow { single_dose: false, .. } | Evidence::EveryDoseAboveRenalLimit { .. } => {
            "Compare the other drugs: one may be given at this clearance.".to_owned()
        }
        Evidence::HypocalcaemiaRisk { .. } => {
            "Make every check planned before the dose, and tell the patient the signs of low calcium.".to_owned()
        }
        Evidence::DoseChoice { .. } => "Have the prescriber choose the dose.".to_owned(),
        Evidence::SevereRenalImpairment { .. } => {
            "Have the prescriber weigh benefit against risk at this clearance.".to_owned()
        }
        Evidence::BaselineTooLow { .. } => {
            "Check the creatinine before dose 1 and its date. Ask the prescriber how the course goes on.".to_owned()
        }
        Evidence::DoseAboveMaximum { highest, .. } | Evidence::DoseAboveRenalLimit { highest, .. } => {
            format!("Ask the prescriber for a dose of at most {highest} a day.")
        }
        Evidence::HighDose { .. } => "Ask the prescriber for how long this dose is meant.".to_owned(),
        Evidence::TooSoon { first_possible, loading_needs_course, .. } => {
            let loading = if *loading_needs_course { " In a loading phase, enter the course under way." } else { "" };
            format!("Plan it for {} or later.{loading}", spoken::day(*first_possible))
        }
        Evidence::PreviousLongActing { .. } => {
            "Have the prescriber decide whether to wait for the end of its effect.".to_owned()
        }
        Evidence::RefractoryNotShown { .. } => {
            "Find out whether an intravenous bisphosphonate was given, and when, and enter it.".to_owned()
        }
        Evidence::NotLicensed { .. } => "Have the prescriber decide on unlicensed use.".to_owned(),
        Evidence::OutsideLabel { .. } => "Have the prescriber decide on use outside the label.".to_owned(),
        Evidence::CourseBaselineUnknown { .. } => {
            "Find out whether a course is under way, and enter it with its first creatinine.".to_owned()
        }
        Evidence::CourseDose { .. } => "Check the dose in use against the record of the first dose.".to_owned(),
        Evidence::CourseHeld { reason } => {
            format!("Settle the reason of the hold first ({}).", spoken::held_because(*reason))
        }
        Evidence::LongGap { last, .. } => {
            format!("Look at teeth, calcium and the baseline again: the last dose was on {}.", date(*last))
        }
        Evidence::WeightBasisMatters { .. } => {
            "Have the prescriber choose the weight: actual, ideal or adjusted.".to_owned()
        }
        Evidence::WeightBasisUnknown { .. } => "Measure the height, and enter it.".to_owned(),
        Evidence::IntervalGuideline { .. } => "Have the prescriber confirm the interval.".to_owned(),
        Evidence::CourseLengthExceeded { .. } => "Have the prescriber confirm the length of the course.".to_owned(),
        Evidence::Unusual(unusual) => check_again(unusual),
        Evidence::CourseBandLower { .. }
        | Evidence::NearClearance { .. }
        | Evidence::NearCalcium { .. }
        | Evidence::WeightBasisNotApplied {}
        | Evidence::CourseLengthNotDocumented { .. }
        | Evidence::CourseLongerThanUsual { .. }
        | Evidence::LongMove { .. }
        | Evidence::LastDoseDropped { .. }
        | Evidence::UnderReview { .. }
        | Evidence::Draft { .. }
        | Evidence::ReviewOverdue { .. }
        | Evidence::Supplements {}
        | Evidence::Note { .. } => return Vec::new(),
    };
    vec![said]
}

/// Which entry to check again.
fn check_again(unusual: &Unusual) -> String {
    match unusual {
        Unusual::Value { what, .. } => format!("Check the {} and its unit.", figure(*what)),
        Unusual::Age { .. } => "Check the date of birth.".to_owned(),
        Unusual::Clearance { .. } => "Check date of birth, weight, and creatinine with its unit.".to_owned(),
        Unusual::BodyMassIndex { .. } => "Check weight and height.".to_owned(),
        Unusual::FemaleProstate {} => "Check sex and tumour.".to_owned(),
        Unusual::Male { .. } => "Check sex and conditions.".to_owned(),
    }
}

/// Rehydration, in the words of the regimen where it is an emergency, and what it means for the values.
fn rehydrate(regimen: Option<&str>) -> Vec<String> {
    match regimen {
        Some(text) => {
            vec![
                text.to_owned(),
                "Take creatinine and calcium again after it. Today's values do not count then.".to_owned(),
            ]
        }
        None => {
            vec!["Rehydrate, then take creatinine and calcium again. Today's values do not count then.".to_owned()]
        }
    }
}

fn again(what: &str, Age { limit, emergency, .. }: Age) -> String {
    let after = if emergency { " after rehydration" } else { "" };
    format!("Take {what} again{after}: at most {limit} old on the day of the first dose.")
}

/// "At 3.0 mmol/L or above".
fn at(needed: Bound<CalciumUnit>) -> String {
    match needed.comparison {
        Comparison::AtLeast => format!("At {} or above", needed.figure),
        Comparison::Above => format!("Above {}", needed.figure),
    }
}

/// What to do about what was stated.
fn stated(concern: Concern) -> &'static str {
    match concern {
        Concern::AgeUnder18 => "Check the date of birth.",
        Concern::CalciumLow | Concern::CalciumUnknown | Concern::CalciumHigh => "Take calcium and albumin again.",
        Concern::Pregnant => "Tell the prescriber that the patient is pregnant.",
        Concern::BreastFeeding => "Tell the prescriber that the patient is breast-feeding.",
        Concern::HypersensitivityBisphosphonate | Concern::HypersensitivityDenosumab => {
            "Check the record of the reaction. Compare the drugs of another class."
        }
        Concern::OtherAntiresorptive => {
            "Find out which product is in use and when it was given last. Never give both at the same time."
        }
        Concern::Dehydrated => "Rehydrate first.",
        Concern::Dialysis => "Ask the renal specialist before anything is given.",
        Concern::AcuteKidneyInjury => "Take creatinine again when renal function is stable.",
        Concern::HeartFailure => "Ask the prescriber whether this volume can be given.",
        Concern::CannotSitUpright | Concern::OesophagealAbnormality => "Compare the drugs that are not taken by mouth.",
        Concern::JawOsteonecrosis => "Have the mouth examined, and have the prescriber weigh benefit against risk.",
        Concern::AtypicalFemoralFracture => {
            "Ask about pain in thigh, hip and groin, and have the prescriber weigh benefit against risk."
        }
        Concern::FructoseIntolerance => "Have the prescriber decide: the product contains sorbitol.",
        Concern::AspirinAsthma => "Watch for bronchoconstriction.",
        Concern::LowMuscleMass | Concern::LowCreatinine => {
            "Have the prescriber judge renal function otherwise before the dose is set."
        }
        Concern::ConditionsNotAsked => "Ask for conditions, pregnancy and dialysis included, and enter the answer.",
        Concern::MedicinesNotAsked => "Ask for medicines, and enter the answer.",
        Concern::LastAntiresorptiveNotAsked => {
            "Ask when a bisphosphonate or denosumab was given last, and enter the answer."
        }
        Concern::VitaminDDeficiency => "Correct the vitamin D deficiency first, as prescribed.",
        Concern::DentalUnhealed => "Send the patient to a dentist, and wait until the mouth has healed.",
        Concern::DentalPoor => "Have the teeth treated first.",
        Concern::DentalProcedurePlanned => "Have the procedure completed and healed first.",
        Concern::DentalNotExamined => {
            "Have the teeth examined before treatment (in an emergency: as soon as possible)."
        }
        Concern::MedicineAminoglycoside => "Check calcium and magnesium.",
        Concern::MedicineLoopDiuretic => "Give no loop diuretic until the patient is rehydrated.",
        Concern::MedicineCalcitonin => "Check calcium.",
        Concern::MedicineNephrotoxic => "Ask the prescriber whether the nephrotoxic medicine can be stopped.",
        Concern::MedicineNsaid => "Ask the prescriber whether the anti-inflammatory drug can be stopped.",
        Concern::MedicineThalidomide | Concern::MedicineAntiAngiogenic => "Have the mouth examined.",
        Concern::MedicineEstramustine => "Have the prescriber decide on taking both.",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        quantity::{Creatinine, CreatinineUnit},
        regimen::Severity,
    };

    fn steps(evidence: Evidence, next: &Next<'_>) -> Vec<String> {
        next_steps(&Finding { severity: Severity::Stop, evidence, sources: Vec::new(), verification: None }, next)
    }

    #[test]
    fn a_hold_says_whom_to_tell_and_when_the_course_goes_on() {
        let micromoles =
            |value: &str| Creatinine { value: value.parse().unwrap(), unit: CreatinineUnit::MicromolesPerLitre };
        let risen = |held| Evidence::CreatinineRisen {
            now: micromoles("140"),
            baseline: micromoles("92"),
            resume_at_most: micromoles("101.2"),
            held,
        };
        let next = Next { in_use: Some(Mass::micrograms(3500)), ..Next::default() };
        assert_eq!(
            steps(risen(false), &next),
            [
                "Give nothing today. Tell the prescriber both values: 92 at baseline, 140 µmol/L today.",
                "Write down the hold with its reason, and the day of the next creatinine.",
                "At 101.2 µmol/L or below the course goes on, at 3.5 mg as before.",
            ]
        );
        assert_eq!(steps(risen(true), &next)[1], "Write down the day of the next creatinine.");
    }

    #[test]
    fn rehydration_makes_the_values_of_today_void() {
        let dehydrated = || Evidence::Stated { concern: Concern::Dehydrated };
        assert_eq!(
            steps(dehydrated(), &Next::default()),
            ["Rehydrate, then take creatinine and calcium again. Today's values do not count then."]
        );
        let next = Next { rehydrate: Some("Rehydrate with sodium chloride 0.9 % first."), ..Next::default() };
        assert_eq!(
            steps(dehydrated(), &next),
            [
                "Rehydrate with sodium chloride 0.9 % first.",
                "Take creatinine and calcium again after it. Today's values do not count then.",
            ]
        );
    }

    #[test]
    fn every_concern_has_a_step() {
        for concern in Concern::ALL {
            let said = stated(*concern);
            assert!(said.ends_with('.') && !said.contains('<'), "{said}");
        }
    }
}
