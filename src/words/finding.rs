//! The sentence of each finding.

use std::fmt;

use super::{date, dose, quantity, spoken, spoken::all_of};
use crate::{
    patient::{Condition, Region},
    plan::{Age, CalciumGap, DoseThere, Evidence, Figure, Finding, KidneyShown, Unusual},
    quantity::{Comparison, Days},
    regimen::{Concern, Kidney},
};

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&finding(&self.evidence))
    }
}

/// The sentence of a finding, from its figures.
#[expect(clippy::too_many_lines, reason = "a flat catalogue, one arm a sentence")]
pub fn finding(evidence: &Evidence) -> String {
    match evidence {
        Evidence::Stated { concern } => stated(*concern).to_owned(),
        Evidence::AgeUnder { age_years, least_years } => format!(
            "The patient is {age_years} years old on the start date; plans are for patients aged {least_years} and over."
        ),
        Evidence::CalciumLow { calcium, normal } => {
            format!("Calcium is {calcium}, below normal ({normal}). Correct it first.")
        }
        Evidence::CalciumUnknown { why } => calcium_unknown(*why),
        Evidence::CalciumHigh { calcium, severe: false } => {
            format!("Calcium is {calcium}, above normal. Find the cause before this dose.")
        }
        Evidence::CalciumHigh { calcium, severe: true } => {
            format!("Calcium is {calcium}: severe hypercalcaemia. Treat the hypercalcaemia now.")
        }
        Evidence::CalciumNotRaised { calcium, ionised, needed } => {
            let (is, needs) = if *ionised { ("Ionised calcium", "an ionised") } else { ("Calcium", "a corrected") };
            format!("{is} is {calcium}; this regimen needs {needs} calcium {}.", quantity::bound(*needed))
        }
        Evidence::CalciumIonised { calcium, needed } => format!(
            "Only ionised calcium is known: {calcium} ({} opens this regimen). Confirm it, or enter a corrected calcium.",
            quantity::bound(*needed)
        ),
        Evidence::CalciumOld(age) => old("calcium", *age),
        Evidence::CreatinineOld(age) => old("creatinine", *age),
        Evidence::CreatinineUnknown { age_days: None, .. } => {
            "No creatinine is recorded: renal function, and with it the risk of low calcium, is not known.".to_owned()
        }
        Evidence::CreatinineUnknown { age_days: Some(days), limit } => {
            format!(
                "The creatinine is {days} days old on the start date, more than {limit}, and is treated as not known."
            )
        }
        Evidence::CreatinineTooHigh { creatinine, limit } => {
            format!("Creatinine is {creatinine}, {}: the drug was not studied at this level.", quantity::bound(*limit))
        }
        Evidence::CreatinineRisen { now, baseline, resume_at_most, held: false } => format!(
            "Creatinine has risen from {baseline} at baseline to {now}: hold the course. Resume at the previous dose when creatinine is {resume_at_most} or below."
        ),
        Evidence::CreatinineRisen { now, baseline, resume_at_most, held: true } => format!(
            "The course stays on hold: creatinine is {now}, baseline {baseline}. Resume at the previous dose when creatinine is {resume_at_most} or below."
        ),
        Evidence::CreatinineRisenRelative { now, baseline, at_least_percent } => format!(
            "Creatinine has risen from {baseline} at baseline to {now}, to at least {at_least_percent} % of it, without reaching the limit for a hold. Find the cause before this dose."
        ),
        Evidence::LowCreatinine { creatinine, reference, as_entered, at_reference } => format!(
            "A creatinine of {creatinine} is below {reference}: with little muscle the clearance is overestimated. At {creatinine} the table has {}, at {reference} {}.",
            there(*as_entered),
            there(*at_reference)
        ),
        Evidence::RenalTooLow { kidney, band, single_dose: true } => format!(
            "{}: a single large dose is for normal renal function only. Use the daily scheme.",
            clearance(kidney, *band)
        ),
        Evidence::RenalTooLow { kidney, band, single_dose: false } => {
            format!("{}: the drug is not recommended.", clearance(kidney, *band))
        }
        Evidence::HypocalcaemiaRisk { kidney, calcium_check_days } => format!(
            "{}: high risk of low calcium, which can be severe.{}",
            clearance(kidney, None),
            calcium_checks(calcium_check_days)
        ),
        Evidence::DoseChoice { kidney, band, lowest, highest } => {
            let range = match (lowest, highest) {
                (Some(low), Some(high)) => {
                    format!("{low} to {high} a day; the lower is used unless the prescriber chooses another")
                }
                _ => "a range".to_owned(),
            };
            format!("{}: the label gives {range}. The dose is the prescriber's choice.", clearance(kidney, *band))
        }
        Evidence::EveryDoseAboveRenalLimit { kidney, band } => {
            format!("{}: every dose of this regimen is too high for this clearance.", clearance(kidney, *band))
        }
        Evidence::SevereRenalImpairment { kidney, band, .. } => {
            format!("{}: severe renal impairment. Weigh benefit against risk.", clearance(kidney, *band))
        }
        Evidence::BaselineTooLow { clearance } => {
            format!("The clearance at baseline was {clearance}: the drug is not recommended at this level.")
        }
        Evidence::DoseAboveMaximum { chosen, highest, other } => {
            let other = other.as_ref().map_or_else(String::new, |it| format!(" ({} says {})", it.source, it.dose));
            format!("{chosen} a day is above the largest documented dose of {highest} a day{other}.")
        }
        Evidence::DoseAboveRenalLimit { chosen, highest, kidney } => {
            format!(
                "{chosen} a day is too much for a clearance of {}; at most {highest} a day is allowed.",
                shown(kidney)
            )
        }
        Evidence::HighDose { chosen, above, kidney, .. } => format!(
            "{chosen} a day with a clearance of {}: doses above {above} a day are not for long-term use in renal impairment.",
            shown(kidney)
        ),
        Evidence::TooSoon { last, drug, route, gap, first_possible, loading_needs_course } => {
            let loading = if *loading_needs_course { " In a loading phase, enter the course under way." } else { "" };
            format!(
                "The last {} of {drug} was on {}; at least {gap} must pass. Earliest date: {}.{loading}",
                spoken::given(*route),
                date(*last),
                date(*first_possible)
            )
        }
        Evidence::PreviousLongActing { drug, last, lasts } => {
            format!("The last {drug} was on {}; its effect lasts about {lasts}.", date(*last))
        }
        Evidence::RefractoryNotShown { within } => format!(
            "No intravenous bisphosphonate is recorded in the {within} before the start: this regimen is for hypercalcaemia not controlled by one."
        ),
        Evidence::NotLicensed { region } => {
            let region = match region {
                Region::Eu => "the European Union",
                Region::Us => "the United States",
            };
            format!("This regimen is not licensed in {region}.")
        }
        Evidence::OutsideLabel { tumour } => {
            format!("The label of this regimen does not include this tumour ({}).", spoken(tumour.as_str()))
        }
        Evidence::CourseBaselineUnknown { drug, last } => format!(
            "The last {drug} was on {}: if a course is under way, its dose was set by the creatinine before dose 1. Enter the course, or confirm that a new course begins.",
            date(*last)
        ),
        Evidence::CourseDose { in_use, by_baseline, clearance } => {
            let side = if in_use > by_baseline { "above" } else { "below" };
            format!(
                "The dose in use, {in_use}, is {side} the dose for the clearance at baseline ({clearance}): {by_baseline}."
            )
        }
        Evidence::CourseBandLower { in_use, by_today, clearance } => format!(
            "Today's clearance of {clearance} would begin a course at {by_today}; the label keeps the dose in use, {in_use}."
        ),
        Evidence::CourseHeld { reason } => {
            format!("The course is on hold ({}). Settle the reason before it goes on.", spoken::held_because(*reason))
        }
        Evidence::LongGap { last, route, days, limit } => format!(
            "The last {} was on {}, {days} days before the start, more than {limit}. Look at teeth, calcium and baseline again.",
            spoken::given(Some(*route)),
            date(*last)
        ),
        Evidence::NearClearance { kidney, limit_ml_per_min, within_ml_per_min, above, below } => format!(
            "The clearance of {} is within {within_ml_per_min} mL/min of the limit of {limit_ml_per_min} mL/min: above it {}, below it {}.",
            shown(kidney),
            there(*above),
            there(*below)
        ),
        Evidence::NearCalcium { calcium, limit, above, below } => format!(
            "The corrected calcium of {calcium} is close to the limit of {limit}: above it {}, below it {}.",
            there(*above),
            there(*below)
        ),
        Evidence::WeightBasisMatters { actual, ideal, adjusted } => format!(
            "The dose depends on the weight used: the clearance is {actual} with actual weight, {ideal} with ideal weight, {adjusted} with adjusted weight. This dose is for actual weight. Confirm it, or choose another weight."
        ),
        Evidence::WeightBasisUnknown { weight_kg, from_kg, clearance } => format!(
            "The weight is {weight_kg} kg ({from_kg} kg or more) and no height is recorded: with another weight the clearance of {clearance}, and with it the dose, could be lower. Enter the height."
        ),
        Evidence::WeightBasisNotApplied {} => {
            "Actual weight is not above ideal weight: actual weight was used.".to_owned()
        }
        Evidence::IntervalGuideline { weeks } => {
            format!("Every {weeks} weeks is an option from a guideline, not from the label.")
        }
        Evidence::CourseLengthNotDocumented { months } => {
            format!("No length is documented for this course; {months} months are planned, then a review.")
        }
        Evidence::CourseLengthExceeded { months, documented_months } => {
            format!("{months} months is longer than the documented {documented_months} months.")
        }
        Evidence::CourseLongerThanUsual { days, usual_days } => {
            format!("{days} days is longer than the usual {usual_days} days.")
        }
        Evidence::LongMove { doses, more_than } => {
            let doses: Vec<String> = doses.iter().map(u16::to_string).collect();
            format!("Moved by more than {more_than}: dose {}.", doses.join(", "))
        }
        Evidence::LastDoseDropped { planned, end } => format!(
            "The dose planned for {} is omitted: its earliest possible day is not before the end of the course on {}.",
            date(*planned),
            date(*end)
        ),
        Evidence::UnderReview { owner } => format!("This regimen is under review by its owner ({owner})."),
        Evidence::Draft { owner } => {
            format!("This regimen is a draft: its owner ({owner}) has not endorsed it for treatment.")
        }
        Evidence::ReviewOverdue { due } => format!("The review of this regimen was due on {}.", date(*due)),
        Evidence::Unusual(unusual) => unusual_value(unusual),
        Evidence::Supplements {} => {
            "Give calcium and vitamin D by mouth throughout the course, unless calcium is raised.".to_owned()
        }
        Evidence::Note { text, .. } => (*text).to_owned(),
    }
}

/// The sentence of a finding that names doses, without them; none where the sentence names none.
pub fn finding_without_dose(evidence: &Evidence) -> Option<String> {
    Some(match evidence {
        Evidence::DoseChoice { kidney, band, .. } => {
            format!("{}: the label gives a range of doses.", clearance(kidney, *band))
        }
        Evidence::NearClearance { kidney, limit_ml_per_min, within_ml_per_min, .. } => format!(
            "The clearance of {} is within {within_ml_per_min} mL/min of the limit of {limit_ml_per_min} mL/min.",
            shown(kidney)
        ),
        Evidence::NearCalcium { calcium, limit, .. } => {
            format!("The corrected calcium of {calcium} is close to the limit of {limit}.")
        }
        Evidence::LowCreatinine { creatinine, reference, .. } => format!(
            "A creatinine of {creatinine} is below {reference}: with little muscle the clearance is overestimated."
        ),
        Evidence::CourseDose { in_use, by_baseline, clearance } => {
            let side = if in_use > by_baseline { "above" } else { "below" };
            format!("The dose in use is {side} the dose for the clearance at baseline ({clearance}).")
        }
        Evidence::CourseBandLower { clearance, .. } => {
            format!("Today's clearance of {clearance} alone would begin a course at a lower dose.")
        }
        Evidence::HighDose { kidney, .. } => {
            format!("The chosen dose is not for long-term use with a clearance of {}.", shown(kidney))
        }
        _ => return None,
    })
}

/// What would have to be otherwise for a finding not to stop the plan: the value and the limit.
pub fn would_have_to_change(evidence: &Evidence) -> String {
    match evidence {
        Evidence::AgeUnder { age_years, least_years } => {
            format!("Age: {age_years} years; at least {least_years} years are needed.")
        }
        Evidence::CalciumLow { calcium, normal } => {
            format!("Calcium: {calcium}; at least {} {} is needed.", normal.low, normal.unit)
        }
        Evidence::CalciumNotRaised { calcium, needed, .. } => {
            format!("Calcium: {calcium}; this regimen needs one {}.", quantity::bound(*needed))
        }
        Evidence::CalciumUnknown { why: CalciumGap::Ionised } => {
            "Calcium: only ionised is known; a corrected calcium, or a total with albumin, is needed.".to_owned()
        }
        Evidence::CalciumUnknown { .. } => {
            "Calcium: not known; a corrected calcium, or a total with albumin, is needed.".to_owned()
        }
        Evidence::CalciumOld(age) => format!("Calcium: {} days old; at most {} is needed.", age.days, age.limit),
        Evidence::CreatinineOld(age) => format!("Creatinine: {} days old; at most {} is needed.", age.days, age.limit),
        Evidence::CreatinineTooHigh { creatinine, limit } => {
            let side = match limit.comparison {
                Comparison::AtLeast => "below",
                Comparison::Above => "at most",
            };
            format!("Creatinine: {creatinine}; {side} {} is needed.", limit.figure)
        }
        Evidence::CreatinineRisen { now, resume_at_most, .. } => {
            format!("Creatinine: {now}; the course resumes at {resume_at_most} or below.")
        }
        Evidence::RenalTooLow { kidney, band, .. } | Evidence::EveryDoseAboveRenalLimit { kidney, band } => {
            let band = band.map_or_else(|| "no such clearance".to_owned(), |band| format!("none that is {band}"));
            format!("Clearance: {}; {band} can be treated with this regimen.", shown(kidney))
        }
        Evidence::BaselineTooLow { clearance } => {
            format!("Clearance at baseline: {clearance}; no course is begun at this level.")
        }
        Evidence::TooSoon { first_possible, .. } => format!("Start: {} or later.", date(*first_possible)),
        Evidence::NotLicensed { .. } => "Region: another one, where the regimen is licensed.".to_owned(),
        other => format!("While this holds, nothing is planned: {}", finding(other)),
    }
}

fn there(there: Option<DoseThere>) -> String {
    let Some(DoseThere { mass, every, infusion }) = there else { return "no dose".to_owned() };
    let infused = infusion.map_or_else(String::new, |it| format!(" in {} over {} minutes", it.bag, it.minimum_minutes));
    format!("{}{infused}", dose(mass, every))
}

/// The kidney as a sentence names it.
pub(super) fn shown(kidney: &KidneyShown) -> String {
    match kidney {
        KidneyShown::Clearance(clearance) => clearance.to_string(),
        KidneyShown::OnDialysis => Kidney::Dialysis.to_string(),
        KidneyShown::NotKnown => Kidney::NotKnown.to_string(),
    }
}

/// "Clearance 25.4 mL/min (below 30 mL/min)".
fn clearance(kidney: &KidneyShown, band: Option<Kidney>) -> String {
    let band = band.map_or_else(String::new, |band| format!(" ({band})"));
    format!("Clearance {}{band}", shown(kidney))
}

/// When calcium is checked after the first dose: every week where the days are whole weeks one after the other.
fn calcium_checks(days: &[u16]) -> String {
    let weekly = (1..).zip(days).all(|(week, day)| *day == 7 * week);
    match days {
        [] => String::new(),
        [only] => format!(" Check calcium {} after the first dose.", Days::new(*only)),
        _ if weekly => format!(" Check calcium every week for the first {} weeks.", days.len()),
        _ => {
            let days: Vec<String> = days.iter().map(u16::to_string).collect();
            let days: Vec<&str> = days.iter().map(String::as_str).collect();
            format!(" Check calcium {} days after the first dose.", all_of(&days))
        }
    }
}

fn old(what: &str, age: Age) -> String {
    let Age { days, limit, emergency } = age;
    let again = if emergency { " Repeat it after rehydration." } else { " Repeat it." };
    format!("The {what} is {days} days old on the start date, more than {limit}.{again}")
}

fn calcium_unknown(why: CalciumGap) -> String {
    match why {
        CalciumGap::NotMeasured => "Calcium is not recorded.".to_owned(),
        CalciumGap::NoAlbumin => {
            "Total calcium without albumin cannot be corrected and is treated as not known.".to_owned()
        }
        CalciumGap::Ionised => {
            "Ionised calcium does not select a dose: a corrected calcium is needed in hypercalcaemia.".to_owned()
        }
        CalciumGap::Old { limit } => {
            format!("The calcium is more than {limit} old on the start date and is treated as not known.")
        }
    }
}

fn unusual_value(unusual: &Unusual) -> String {
    match unusual {
        Unusual::Age { age_years } => format!("Is the patient really {age_years} years old? Check the date of birth."),
        Unusual::Value { what, entered, usual, meant } => {
            let meant = meant.map_or_else(String::new, |unit| format!(" Did you mean {unit}?"));
            format!("The {} of {entered} is unusual (usual: {usual}).{meant} Please check.", figure(*what))
        }
        Unusual::Clearance { clearance, highest_ml_per_min } => format!(
            "A clearance of {clearance} is unusual (usual: up to {highest_ml_per_min} mL/min). Check date of birth, weight and creatinine with its unit."
        ),
        Unusual::BodyMassIndex { bmi_kg_per_m2, lowest, highest } => format!(
            "Weight and height give a body mass index of {bmi_kg_per_m2} kg/m² (usual: {lowest} to {highest}). Check both."
        ),
        Unusual::FemaleProstate {} => "Female with prostate cancer: please check sex and tumour.".to_owned(),
        Unusual::Male { condition: Condition::BreastFeeding } => "Male and breast-feeding: please check.".to_owned(),
        Unusual::Male { .. } => "Male and pregnant: please check.".to_owned(),
    }
}

pub(super) fn figure(figure: Figure) -> &'static str {
    match figure {
        Figure::Weight => "weight",
        Figure::Height => "height",
        Figure::Creatinine => "creatinine",
        Figure::BaselineCreatinine => "baseline creatinine",
        Figure::Calcium => "calcium",
        Figure::IonisedCalcium => "ionised calcium",
        Figure::Albumin => "albumin",
    }
}

fn stated(concern: Concern) -> &'static str {
    match concern {
        Concern::AgeUnder18 => "Too young for this regimen.",
        Concern::CalciumLow => "Calcium is below normal.",
        Concern::CalciumUnknown => "Calcium is not known.",
        Concern::CalciumHigh => "Calcium is above normal.",
        Concern::Pregnant => "Not in pregnancy.",
        Concern::BreastFeeding => "Not while breast-feeding.",
        Concern::HypersensitivityBisphosphonate => "Hypersensitivity to a bisphosphonate: no drug of this class.",
        Concern::HypersensitivityDenosumab => "Hypersensitivity to denosumab.",
        Concern::OtherAntiresorptive => "Another bisphosphonate or denosumab product is in use: never give both.",
        Concern::Dehydrated => "The patient is dehydrated: rehydrate first.",
        Concern::Dialysis => "On dialysis: no clearance is calculated, and this drug needs a specialist's decision.",
        Concern::AcuteKidneyInjury => "Acute kidney injury: the calculated clearance is not valid.",
        Concern::HeartFailure => "Heart failure: the volume of fluid may be too large.",
        Concern::CannotSitUpright => "The patient cannot stay upright: the drug can injure the oesophagus.",
        Concern::OesophagealAbnormality => "An abnormality of the oesophagus: the drug can injure it.",
        Concern::JawOsteonecrosis => "Osteonecrosis of the jaw, now or in the past: treatment can make it worse.",
        Concern::AtypicalFemoralFracture => "Previous atypical femoral fracture: treatment can cause another.",
        Concern::FructoseIntolerance => "Hereditary fructose intolerance: the product contains sorbitol.",
        Concern::AspirinAsthma => "Aspirin-sensitive asthma: watch for bronchoconstriction.",
        Concern::LowMuscleMass => {
            "Low muscle mass: less creatinine is made, and the clearance is overestimated. Weigh the dose."
        }
        Concern::LowCreatinine => "The creatinine is so low that the clearance may be overestimated.",
        Concern::ConditionsNotAsked => {
            "Conditions were not asked for: pregnancy, dialysis and others that can stop this treatment are not known."
        }
        Concern::MedicinesNotAsked => "Medicines were not asked for: interactions are not known.",
        Concern::LastAntiresorptiveNotAsked => {
            "It was not asked when a bisphosphonate or denosumab was given last: this dose may be too soon."
        }
        Concern::VitaminDDeficiency => "Vitamin D deficiency: correct it first, or calcium can fall.",
        Concern::DentalUnhealed => {
            "An open lesion or an unhealed extraction in the mouth: risk of osteonecrosis of the jaw."
        }
        Concern::DentalPoor => "Poor dental status: dental treatment first; risk of osteonecrosis of the jaw.",
        Concern::DentalProcedurePlanned => {
            "An invasive dental procedure is planned: complete it and let it heal first; risk of osteonecrosis of the jaw."
        }
        Concern::DentalNotExamined => {
            "The teeth were not examined: dental examination before treatment (in an emergency: as soon as possible)."
        }
        Concern::MedicineAminoglycoside => {
            "Aminoglycoside: calcium can stay low for a long time; check calcium and magnesium."
        }
        Concern::MedicineLoopDiuretic => "Loop diuretic: calcium can fall; give none until the patient is rehydrated.",
        Concern::MedicineCalcitonin => "Calcitonin: calcium can fall further.",
        Concern::MedicineNephrotoxic => "Another nephrotoxic medicine: the risk to the kidney is higher.",
        Concern::MedicineNsaid => {
            "Anti-inflammatory drug: together with this drug it can harm the kidney and the stomach."
        }
        Concern::MedicineThalidomide => "Thalidomide: the risk to the kidney and the jaw is higher.",
        Concern::MedicineAntiAngiogenic => "Anti-angiogenic medicine: higher risk of osteonecrosis of the jaw.",
        Concern::MedicineEstramustine => "Estramustine: this drug raises its level in the blood.",
    }
}
