//! Each finding in a short sentence with the figure that decides and its limit, as verdicts and comparisons say it.

use super::{
    date,
    finding::{finding, shown},
    spoken::{self, capital},
};
use crate::{
    patient::Region,
    plan::{Age, CalciumGap, Evidence, Finding, KidneyShown, Unusual},
    quantity::{AmountRange, AnyUnit, Bound, CalciumUnit, ClearanceRange, Comparison, Creatinine, Edge},
    regimen::{Concern, Kidney, Severity},
};

/// What stands around the findings of a plan: limits that their own figures do not have.
#[derive(Clone, Copy, Debug, Default)]
pub struct Around {
    /// The normal range that the calcium was compared with.
    pub normal_calcium: Option<AmountRange>,
    /// The clearance range of this patient.
    pub band: Option<ClearanceRange>,
    /// The limit below which the table has no dose.
    pub lowest_clearance: Option<Edge>,
    /// The figure that a risen creatinine has reached.
    pub risen_to: Option<Creatinine>,
}

/// A finding in a short sentence.
#[expect(clippy::too_many_lines, reason = "a flat catalogue, one arm a sentence")]
pub fn in_short(found: &Finding, around: &Around) -> String {
    match &found.evidence {
        Evidence::Stated { concern } => stated(*concern).to_owned(),
        Evidence::AgeUnder { age_years, least_years } => {
            format!("The patient is {age_years} years old; it is given from {least_years} years.")
        }
        Evidence::CalciumLow { calcium, normal } => {
            format!("Calcium {calcium} is below {}. Correct it first.", limit(normal.low, normal.unit, calcium.unit))
        }
        Evidence::CalciumUnknown { why } => calcium_unknown(*why, found.severity),
        Evidence::CalciumHigh { calcium, severe } => {
            let than = around
                .normal_calcium
                .map_or_else(|| "normal".to_owned(), |normal| limit(normal.high, normal.unit, calcium.unit));
            let severe = if *severe { ": severe hypercalcaemia" } else { "" };
            format!("Calcium {calcium} is above {than}{severe}.")
        }
        Evidence::CalciumNotRaised { calcium, ionised, needed } => {
            let what = if *ionised { "Ionised calcium" } else { "Calcium" };
            format!("{what} {calcium} is {}.", not_yet(*needed))
        }
        Evidence::CalciumIonised { calcium, needed } => {
            format!("Only ionised calcium is known: {calcium}; it is given {}.", from(*needed))
        }
        Evidence::CalciumOld(age) => old("Calcium", *age),
        Evidence::CreatinineOld(age) => old("Creatinine", *age),
        Evidence::CreatinineUnknown { age_days: None, .. } => "Creatinine is not recorded.".to_owned(),
        Evidence::CreatinineUnknown { age_days: Some(days), limit } => {
            format!("Creatinine is {days} days old, more than {}, and treated as not known.", limit.count())
        }
        Evidence::CreatinineTooHigh { creatinine, limit } => {
            let side = match limit.comparison {
                Comparison::AtLeast => format!("{} or above", limit.figure.value),
                Comparison::Above => format!("above {}", limit.figure.value),
            };
            format!("Creatinine {creatinine} is {side}, the limit of this drug.")
        }
        Evidence::CreatinineRisen { now, baseline, held: false, .. } => match around.risen_to {
            Some(reached) => format!("Creatinine {now} is {} or above.", beside(reached, *now)),
            None => format!("Creatinine has risen from {baseline} at baseline to {now}."),
        },
        Evidence::CreatinineRisen { now, resume_at_most, held: true, .. } => {
            format!("Creatinine {now} is above {}: the course stays on hold.", beside(*resume_at_most, *now))
        }
        Evidence::CreatinineRisenRelative { now, baseline, at_least_percent } => {
            format!("Creatinine {now} is {at_least_percent} % or more of the baseline, {baseline}.")
        }
        Evidence::LowCreatinine { creatinine, reference, .. } => {
            format!("Creatinine {creatinine} is below {}: the clearance may be too high.", reference.value)
        }
        Evidence::RenalTooLow { kidney, band, .. } | Evidence::EveryDoseAboveRenalLimit { kidney, band } => {
            too_low(kidney, *band)
        }
        Evidence::HypocalcaemiaRisk { kidney, .. } => {
            format!("{}: calcium can fall too low.", in_band(kidney, around.band.map(Kidney::Range)))
        }
        Evidence::DoseChoice { kidney, band, .. } => {
            format!("{}: the label gives a range of doses.", in_band(kidney, *band))
        }
        Evidence::SevereRenalImpairment { kidney, band, .. } => {
            format!("{}: severe renal impairment.", in_band(kidney, *band))
        }
        Evidence::BaselineTooLow { clearance } => match around.lowest_clearance {
            Some(edge) => format!("Clearance at baseline {clearance} is {}.", under(edge)),
            None => format!("Clearance at baseline {clearance} is too low for this drug."),
        },
        Evidence::DoseAboveMaximum { chosen, highest, .. } => {
            format!("{chosen} a day is above {highest} a day, the largest documented dose.")
        }
        Evidence::DoseAboveRenalLimit { chosen, highest, kidney } => {
            format!("{chosen} a day is above {highest} a day, the most {}.", with(kidney))
        }
        Evidence::HighDose { chosen, above, kidney, .. } => {
            format!("{chosen} a day is above {above} a day: not for long-term use {}.", with(kidney))
        }
        Evidence::TooSoon { last, drug, gap, first_possible, .. } => {
            format!("{gap} must pass after {drug} on {}: {} at the earliest.", date(*last), date(*first_possible))
        }
        Evidence::PreviousLongActing { drug, last, lasts } => {
            format!("{} on {} still acts: about {lasts}.", capital(drug), date(*last))
        }
        Evidence::RefractoryNotShown { within } => {
            format!("No intravenous bisphosphonate is recorded in the {within} before.")
        }
        Evidence::NotLicensed { region: Region::Eu } => "It is not licensed in the European Union.".to_owned(),
        Evidence::NotLicensed { region: Region::Us } => "It is not licensed in the United States.".to_owned(),
        Evidence::OutsideLabel { tumour } => format!("{} is not in its label.", capital(spoken::tumour(*tumour))),
        Evidence::CourseBaselineUnknown { drug, last } => {
            format!("{} was given on {}: a course may be under way.", capital(drug), date(*last))
        }
        Evidence::CourseDose { in_use, by_baseline, clearance } => {
            let side = if in_use > by_baseline { "above" } else { "below" };
            format!("The dose of this course, {in_use}, is {side} {by_baseline}, that of {clearance} at baseline.")
        }
        Evidence::CourseBandLower { in_use, by_today, clearance } => {
            format!("{clearance} today would begin a course at {by_today}; the dose stays {in_use}.")
        }
        Evidence::CourseHeld { reason } => {
            format!("The course is on hold ({}).", spoken::held_because(*reason))
        }
        Evidence::LongGap { route, days, limit, .. } => {
            format!("The last {} was {days} days ago, more than {}.", spoken::given(Some(*route)), limit.count())
        }
        Evidence::NearClearance { kidney, limit_ml_per_min, within_ml_per_min, .. } => format!(
            "Clearance {} is within {within_ml_per_min} mL/min of the limit of {limit_ml_per_min}.",
            shown(kidney)
        ),
        Evidence::NearCalcium { calcium, limit, .. } => {
            format!("Calcium {calcium} is close to the limit of {}.", limit.value)
        }
        Evidence::WeightBasisMatters { actual, ideal, adjusted } => format!(
            "The weight that is used decides the dose: clearance {actual} (actual), {ideal} (ideal), {adjusted} (adjusted)."
        ),
        Evidence::WeightBasisUnknown { weight_kg, from_kg, .. } => {
            format!("Weight {weight_kg} kg is {from_kg} or above, and the height is not recorded.")
        }
        Evidence::WeightBasisNotApplied {}
        | Evidence::IntervalGuideline { .. }
        | Evidence::CourseLengthNotDocumented { .. }
        | Evidence::CourseLengthExceeded { .. }
        | Evidence::CourseLongerThanUsual { .. }
        | Evidence::LongMove { .. }
        | Evidence::LastDoseDropped { .. }
        | Evidence::UnderReview { .. }
        | Evidence::Draft { .. }
        | Evidence::ReviewOverdue { .. }
        | Evidence::Supplements {}
        | Evidence::Note { .. } => finding(&found.evidence),
        Evidence::Unusual(unusual) => unusual_value(unusual).unwrap_or_else(|| finding(&found.evidence)),
    }
}

/// The same for a stopped plan, without the doses of findings that do not stop it.
pub fn in_short_without_dose(found: &Finding, around: &Around) -> String {
    match super::finding_without_dose(&found.evidence) {
        Some(text) if found.severity != Severity::Stop => text,
        _ => in_short(found, around),
    }
}

/// A creatinine beside another: its unit is said only where it is another one.
pub(super) fn beside(it: Creatinine, other: Creatinine) -> String {
    if it.unit == other.unit { it.value.to_string() } else { it.to_string() }
}

/// A limit beside a value: its unit is said only where it is another one.
fn limit(figure: crate::quantity::Decimal, unit: AnyUnit, of: CalciumUnit) -> String {
    if unit == of.into() { figure.to_string() } else { format!("{figure} {unit}") }
}

/// A figure that has not reached a limit, with the limit.
fn not_yet(needed: Bound<CalciumUnit>) -> String {
    match needed.comparison {
        Comparison::AtLeast => format!("below {}, the lowest it is given at", needed.figure.value),
        Comparison::Above => format!("not above {}, and it is given only above that", needed.figure.value),
    }
}

/// "from 1.6", "above 1.32".
fn from(needed: Bound<CalciumUnit>) -> String {
    match needed.comparison {
        Comparison::AtLeast => format!("from {}", needed.figure.value),
        Comparison::Above => format!("above {}", needed.figure.value),
    }
}

fn old(what: &str, Age { days, limit, emergency }: Age) -> String {
    let again = if emergency { " Take it again after rehydration." } else { "" };
    format!("{what} is {days} days old, more than {}.{again}", limit.count())
}

fn calcium_unknown(why: CalciumGap, severity: Severity) -> String {
    let first = if severity == Severity::Stop { " Take it first." } else { "" };
    match why {
        CalciumGap::NotMeasured => format!("Calcium is not recorded.{first}"),
        CalciumGap::NoAlbumin => "Albumin is not recorded: the total calcium cannot be corrected.".to_owned(),
        CalciumGap::Ionised => "Only ionised calcium is known; corrected calcium is needed.".to_owned(),
        CalciumGap::Old { limit } => {
            format!("Calcium is more than {limit} old and treated as not known.{first}")
        }
    }
}

/// A clearance for which the table has no dose, with the limit it does not reach.
fn too_low(kidney: &KidneyShown, band: Option<Kidney>) -> String {
    match (kidney, band) {
        (KidneyShown::Clearance(clearance), Some(Kidney::Range(ClearanceRange { high: Some(edge), .. }))) => {
            format!("Clearance {clearance} is {}.", under(edge))
        }
        (KidneyShown::Clearance(clearance), _) => format!("Clearance {clearance} is too low for this drug."),
        (KidneyShown::OnDialysis, _) => "On dialysis it is not given.".to_owned(),
        (KidneyShown::NotKnown, _) => "The clearance is not known, and without it this drug is not given.".to_owned(),
    }
}

/// "below 30, the lowest it is given at".
fn under(edge: Edge) -> String {
    if edge.belongs_above {
        format!("below {}, the lowest it is given at", edge.at)
    } else {
        format!("not above {}, and it is given only above that", edge.at)
    }
}

/// "Clearance 25.4 mL/min is below 30".
fn in_band(kidney: &KidneyShown, band: Option<Kidney>) -> String {
    match (kidney, band) {
        (KidneyShown::Clearance(clearance), Some(Kidney::Range(range))) => {
            let within = if range.low.is_some() && range.high.is_some() { "in the range " } else { "" };
            format!("Clearance {clearance} is {within}{}", without_unit(range))
        }
        (KidneyShown::Clearance(clearance), _) => format!("Clearance {clearance}"),
        (KidneyShown::OnDialysis, _) => "On dialysis".to_owned(),
        (KidneyShown::NotKnown, _) => "Clearance not known".to_owned(),
    }
}

fn with(kidney: &KidneyShown) -> String {
    match kidney {
        KidneyShown::Clearance(clearance) => format!("at a clearance of {clearance}"),
        KidneyShown::OnDialysis => "on dialysis".to_owned(),
        KidneyShown::NotKnown => "at an unknown clearance".to_owned(),
    }
}

/// A clearance range beside a clearance that has its unit: "50 to 60", "below 30".
pub(super) fn without_unit(range: ClearanceRange) -> String {
    range.to_string().replace(" mL/min", "")
}

fn unusual_value(unusual: &Unusual) -> Option<String> {
    match unusual {
        Unusual::Value { what, entered, usual, meant } => {
            let meant = meant.map_or_else(String::new, |unit| format!(" Did you mean {unit}?"));
            let what = capital(super::finding::figure(*what));
            Some(format!("{what} {entered} is unusual (usual: {} to {}).{meant}", usual.low, usual.high))
        }
        Unusual::Clearance { clearance, highest_ml_per_min } => {
            Some(format!("Clearance {clearance} is above {highest_ml_per_min}: check weight and creatinine."))
        }
        Unusual::BodyMassIndex { bmi_kg_per_m2, lowest, highest } => {
            Some(format!("Body mass index {bmi_kg_per_m2} kg/m² is unusual (usual: {lowest} to {highest})."))
        }
        Unusual::Age { .. } | Unusual::FemaleProstate {} | Unusual::Male { .. } => None,
    }
}

fn stated(concern: Concern) -> &'static str {
    match concern {
        Concern::AgeUnder18 => "The patient is too young.",
        Concern::CalciumLow => "Calcium is below normal.",
        Concern::CalciumUnknown => "Calcium is not known.",
        Concern::CalciumHigh => "Calcium is above normal.",
        Concern::Pregnant => "The patient is pregnant.",
        Concern::BreastFeeding => "The patient is breast-feeding.",
        Concern::HypersensitivityBisphosphonate => "Hypersensitivity to a bisphosphonate.",
        Concern::HypersensitivityDenosumab => "Hypersensitivity to denosumab.",
        Concern::OtherAntiresorptive => "Another bisphosphonate or denosumab product is in use.",
        Concern::Dehydrated => "The patient is dehydrated: rehydrate first.",
        Concern::Dialysis => "The patient is on dialysis.",
        Concern::AcuteKidneyInjury => "Acute kidney injury: the clearance is not valid.",
        Concern::HeartFailure => "Heart failure: the volume of fluid may be too large.",
        Concern::CannotSitUpright => "The patient cannot stay upright.",
        Concern::OesophagealAbnormality => "The oesophagus is abnormal.",
        Concern::JawOsteonecrosis => "Osteonecrosis of the jaw, now or in the past.",
        Concern::AtypicalFemoralFracture => "Previous atypical femoral fracture.",
        Concern::FructoseIntolerance => "Hereditary fructose intolerance: it contains sorbitol.",
        Concern::AspirinAsthma => "Aspirin-sensitive asthma.",
        Concern::LowMuscleMass => "Low muscle mass: the clearance is overestimated.",
        Concern::LowCreatinine => "The creatinine is low: the clearance may be overestimated.",
        Concern::ConditionsNotAsked => "Conditions were not asked for.",
        Concern::MedicinesNotAsked => "Medicines were not asked for.",
        Concern::LastAntiresorptiveNotAsked => "The last bisphosphonate or denosumab was not asked for.",
        Concern::VitaminDDeficiency => "Vitamin D deficiency: correct it first.",
        Concern::DentalUnhealed => "An open lesion or an unhealed extraction in the mouth.",
        Concern::DentalPoor => "Poor dental status.",
        Concern::DentalProcedurePlanned => "An invasive dental procedure is planned.",
        Concern::DentalNotExamined => "The teeth were not examined.",
        Concern::MedicineAminoglycoside => "Aminoglycoside: calcium can stay low for a long time.",
        Concern::MedicineLoopDiuretic => "Loop diuretic: calcium can fall.",
        Concern::MedicineCalcitonin => "Calcitonin: calcium can fall further.",
        Concern::MedicineNephrotoxic => "Another nephrotoxic medicine is taken.",
        Concern::MedicineNsaid => "An anti-inflammatory drug is taken.",
        Concern::MedicineThalidomide => "Thalidomide: a risk to kidney and jaw.",
        Concern::MedicineAntiAngiogenic => "An anti-angiogenic medicine: a risk to the jaw.",
        Concern::MedicineEstramustine => "Estramustine: this drug raises its level in the blood.",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quantity::{ClearanceShown, CreatinineUnit, Measured};

    fn found(severity: Severity, evidence: Evidence) -> Finding {
        Finding { severity, evidence, sources: Vec::new(), verification: None }
    }

    fn clearance(of: i64) -> KidneyShown {
        let creatinine = Measured { value: "1".parse().unwrap(), unit: CreatinineUnit::MilligramsPerDecilitre };
        let kg = crate::quantity::Ratio::new(72 * i128::from(of), 1000);
        let of = crate::quantity::Clearance::cockcroft_gault(40, crate::quantity::Sex::Male, kg, creatinine);
        let shown: ClearanceShown = of.shown(&[]);
        KidneyShown::Clearance(shown)
    }

    #[test]
    fn a_clearance_is_said_with_the_limit_it_does_not_reach() {
        let said = |of, band: &str, single_dose| {
            let band = Some(band.parse().unwrap());
            let evidence = Evidence::RenalTooLow { kidney: clearance(of), band, single_dose };
            in_short(&found(Severity::Stop, evidence), &Around::default())
        };
        assert_eq!(
            said(254, "below 30 mL/min", false),
            "Clearance 25.4 mL/min is below 30, the lowest it is given at."
        );
        // The single dose of clodronate is given above 80, not at 80.
        assert_eq!(
            said(800, "up to 80 mL/min", true),
            "Clearance 80.0 mL/min is not above 80, and it is given only above that."
        );
        assert_eq!(said(254, "on dialysis", false), "Clearance 25.4 mL/min is too low for this drug.");
    }

    #[test]
    fn what_is_missing_is_said_with_what_to_do_only_where_it_stops() {
        let said = |severity| {
            let evidence = Evidence::CalciumUnknown { why: CalciumGap::NotMeasured };
            in_short(&found(severity, evidence), &Around::default())
        };
        assert_eq!(said(Severity::Confirm), "Calcium is not recorded.");
        assert_eq!(said(Severity::Stop), "Calcium is not recorded. Take it first.");
    }

    #[test]
    fn no_concern_is_a_word_of_the_interface() {
        for concern in Concern::ALL {
            let said = stated(*concern);
            assert!(said.ends_with('.') && said.chars().count() <= 62, "{said}");
        }
    }
}
