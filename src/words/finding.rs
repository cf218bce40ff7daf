//! The sentence of each finding.

use super::{date, spoken};
use crate::{
    dosing::{CalciumGap, Evidence, Unusual},
    patient::{Condition, Region},
    quantity::{Days, Mass},
    regimen::{Code, Concern},
};

/// The sentence of a finding, from its figures.
#[expect(clippy::too_many_lines, reason = "a flat catalogue, one arm a sentence")]
pub fn finding(evidence: &Evidence) -> String {
    match evidence {
        Evidence::Stated(concern) => stated(*concern).to_owned(),
        Evidence::AgeUnder { age, least } => {
            format!("The patient is {age} years old on the start date; this program plans from {least} years.")
        }
        Evidence::CalciumLow { calcium, normal } => {
            format!("Calcium is {calcium}, below normal ({normal}). Correct it first.")
        }
        Evidence::CalciumUnknown { why } => calcium_unknown(*why),
        Evidence::CalciumHigh { calcium, severe: false } => {
            format!("Calcium is {calcium}, above normal. Find out why before this dose.")
        }
        Evidence::CalciumHigh { calcium, severe: true } => {
            format!("Calcium is {calcium}: this is severe hypercalcaemia. Treat as hypercalcaemia now.")
        }
        Evidence::CalciumNotRaised { calcium, needed } => {
            format!("Calcium is {calcium}; this regimen needs a corrected calcium {needed}.")
        }
        Evidence::CalciumOld { days, limit, emergency } => old("calcium", *days, *limit, *emergency),
        Evidence::CreatinineOld { days, limit, emergency } => old("creatinine", *days, *limit, *emergency),
        Evidence::CreatinineUnknown { days: None, .. } => {
            "No creatinine is recorded: how weak the kidney is, and with it the risk of low calcium, is not known."
                .to_owned()
        }
        Evidence::CreatinineUnknown { days: Some(days), limit } => {
            format!("The creatinine is {days} days old on the start date, more than {limit}: it counts as not known.")
        }
        Evidence::CreatinineTooHigh { creatinine, limit } => {
            format!("Creatinine is {creatinine}, {limit}: the drug was not studied there.")
        }
        Evidence::CreatinineRisen { now, baseline, resume_at, held: false } => format!(
            "Creatinine has risen from {baseline} at baseline to {now}: hold the course. It may resume at the dose given before when creatinine is {resume_at} or below."
        ),
        Evidence::CreatinineRisen { now, baseline, resume_at, held: true } => format!(
            "The course stays on hold: creatinine is {now}, baseline {baseline}. It may resume at the dose given before when creatinine is {resume_at} or below."
        ),
        Evidence::Row { code, kidney, band, dose, highest, single } => {
            row(*code, kidney, band, *dose, *highest, *single)
        }
        Evidence::BaselineTooLow { kidney } => {
            format!("The clearance at baseline was {kidney}: the drug is not recommended there.")
        }
        Evidence::DoseAboveMaximum { chosen, highest, other } => {
            let other = other.map_or_else(String::new, |(dose, source)| format!(" ({source} says {dose})"));
            format!("{chosen} a day is above the largest documented dose of {highest} a day{other}.")
        }
        Evidence::DoseAboveRenalLimit { chosen, highest, kidney } => {
            format!("{chosen} a day is too much for a clearance of {kidney}: not above {highest} a day.")
        }
        Evidence::HighDose { chosen, above, kidney, .. } => format!(
            "{chosen} a day with a clearance of {kidney}: doses above {above} a day are not given continuously when the kidney is weak."
        ),
        Evidence::TooSoon { last, name, gap, first } => format!(
            "The last dose of {name} was on {}; {gap} must lie between. First possible date: {}.",
            date(*last),
            date(*first)
        ),
        Evidence::PreviousLongActing { name, last, lasts } => {
            format!("The last {name} was on {}; its effect lasts about {lasts}.", date(*last))
        }
        Evidence::RefractoryNotShown { within } => format!(
            "No bisphosphonate into a vein is recorded within {within} before the start: this regimen is for hypercalcaemia that such a dose did not control."
        ),
        Evidence::NotLicensed { region } => {
            let region = match region {
                Region::Eu => "the European Union",
                Region::Us => "the United States",
            };
            format!("This regimen is not licensed in {region}.")
        }
        Evidence::OutsideLabel { tumour } => {
            format!("This tumour ({}) is not in the label for this regimen.", spoken(tumour.as_str()))
        }
        Evidence::CourseBaselineUnknown { name, last } => format!(
            "The last {name} was on {}: if a course is under way, its dose was set by the creatinine before its first dose. Enter the course, or confirm that a new one begins.",
            date(*last)
        ),
        Evidence::CourseDose { in_use, by_baseline, kidney } => {
            let side = if in_use > by_baseline { "above" } else { "below" };
            format!(
                "The dose in use, {in_use}, is {side} the dose for the clearance at baseline ({kidney}): {by_baseline}."
            )
        }
        Evidence::NearClearance { kidney, limit, above, below } => format!(
            "The clearance of {kidney} is within 1 mL/min of the limit of {limit} mL/min: above it {}, below it {}.",
            there(above.as_deref()),
            there(below.as_deref())
        ),
        Evidence::NearCalcium { calcium, limit, above, below } => format!(
            "The corrected calcium of {calcium} is close to the limit of {limit}: above it {}, below it {}.",
            there(above.as_deref()),
            there(below.as_deref())
        ),
        Evidence::WeightBasisMatters { actual, ideal, adjusted } => format!(
            "The choice of weight decides the dose: the clearance is {actual} with actual weight, {ideal} with ideal weight, {adjusted} with adjusted weight. The dose here is that of actual weight. Confirm it, or choose another weight and plan anew."
        ),
        Evidence::WeightBasisNotApplied => {
            "Actual weight is not above ideal weight: actual weight was used.".to_owned()
        }
        Evidence::IntervalGuideline { weeks } => {
            format!("Every {weeks} weeks is an option of a guideline, not of the label.")
        }
        Evidence::CourseLengthNotDocumented { months } => {
            format!("No length of this course is documented; {months} months are planned, then a review.")
        }
        Evidence::CourseLengthExceeded { months, documented } => {
            format!("{months} months are longer than the documented {documented} months.")
        }
        Evidence::CourseLongerThanUsual { days, usual } => {
            format!("{days} days are more than the usual {usual} days.")
        }
        Evidence::LongMove { doses } => {
            let doses: Vec<String> = doses.iter().map(u16::to_string).collect();
            format!("Moved by more than 7 days: dose {}.", doses.join(", "))
        }
        Evidence::LastDoseDropped { planned, end } => format!(
            "The dose planned for {} was left out: its first possible day is not before the end of the course on {}.",
            date(*planned),
            date(*end)
        ),
        Evidence::UnderReview { owner } => format!("This regimen is under review by its owner ({owner})."),
        Evidence::ReviewOverdue { due } => format!("The review of this regimen was due on {}.", date(*due)),
        Evidence::Unusual(unusual) => unusual_value(unusual),
        Evidence::Supplements => {
            "Calcium and vitamin D by mouth go with every course, unless calcium is raised.".to_owned()
        }
        Evidence::Note { text, .. } => (*text).to_owned(),
    }
}

fn there(dose: Option<&str>) -> &str {
    dose.unwrap_or("no dose")
}

fn old(what: &str, days: i64, limit: Days, emergency: bool) -> String {
    let again = if emergency { " Take it again after rehydration." } else { " Take it again." };
    format!("The {what} is {days} days old on the start date, more than {limit}.{again}")
}

fn calcium_unknown(why: CalciumGap) -> String {
    match why {
        CalciumGap::NotMeasured => "Calcium is not recorded.".to_owned(),
        CalciumGap::NoAlbumin => {
            "Total calcium without albumin cannot be corrected: it counts as not known.".to_owned()
        }
        CalciumGap::Ionised => {
            "Ionised calcium selects no dose: a corrected calcium is needed for hypercalcaemia.".to_owned()
        }
        CalciumGap::Old(limit) => {
            format!("The calcium is more than {limit} old on the start date: it counts as not known.")
        }
    }
}

fn row(code: Code, kidney: &str, band: &str, dose: Option<Mass>, highest: Option<Mass>, single: bool) -> String {
    match code {
        Code::RenalTooLow if single => {
            format!("Clearance {kidney} ({band}): one large dose is only for a normal kidney. Use the daily scheme.")
        }
        Code::RenalTooLow => format!("Clearance {kidney} ({band}): the drug is not recommended."),
        Code::RenalHypocalcaemiaRisk => format!(
            "Clearance {kidney}: high risk of low calcium, which can be severe. Check calcium every week for the first 4 weeks."
        ),
        Code::DoseChoice => {
            let range = match (dose, highest) {
                (Some(low), Some(high)) => format!("{low} to {high} a day; the lower is applied unless one is chosen"),
                _ => "a range".to_owned(),
            };
            format!("Clearance {kidney} ({band}): the label gives {range}. The dose is the prescriber's choice.")
        }
        Code::DoseAboveRenalLimit => {
            format!("Clearance {kidney} ({band}): every dose of this regimen is too much for this kidney.")
        }
        _ => format!("Clearance {kidney} ({band}): severe renal impairment. Weigh benefit against risk."),
    }
}

fn unusual_value(unusual: &Unusual) -> String {
    match unusual {
        Unusual::Age(age) => format!("Is the patient really {age} years old? Check the date of birth."),
        Unusual::Value { name, shown, usual, meant, .. } => {
            let meant = meant.as_ref().map_or_else(String::new, |unit| format!(" Did you mean {unit}?"));
            format!("The {name} of {shown} is unusual (usual: {usual}).{meant} Please check.")
        }
        Unusual::FemaleProstate => "Female with prostate cancer: please check sex and tumour.".to_owned(),
        Unusual::Male(Condition::BreastFeeding) => "Male and breast-feeding: please check.".to_owned(),
        Unusual::Male(_) => "Male and pregnant: please check.".to_owned(),
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
        Concern::OtherAntiresorptive => "Another bisphosphonate or denosumab product is current: never both.",
        Concern::Dehydrated => "The patient is dehydrated: rehydrate first.",
        Concern::Dialysis => "On dialysis no clearance is computed, and this drug needs a specialist's decision.",
        Concern::AcuteKidneyInjury => "Acute kidney injury: the computed clearance is not valid.",
        Concern::HeartFailure => "Heart failure: the volume of fluid can be too much.",
        Concern::CannotSitUpright => "The patient cannot stay upright: the drug can injure the oesophagus.",
        Concern::OesophagealAbnormality => "An abnormality of the oesophagus: the drug can injure it.",
        Concern::JawOsteonecrosis => "Osteonecrosis of the jaw, now or before: treatment can make it worse.",
        Concern::AtypicalFemoralFracture => "Atypical femoral fracture before: treatment can cause another.",
        Concern::FructoseIntolerance => "Hereditary fructose intolerance: the product contains sorbitol.",
        Concern::AspirinAsthma => "Asthma brought on by aspirin: watch for bronchoconstriction.",
        Concern::VitaminDDeficiency => "Vitamin D deficiency: correct it first, or calcium can fall.",
        Concern::DentalUnhealed => {
            "An open lesion or an unhealed extraction in the mouth: risk of osteonecrosis of the jaw."
        }
        Concern::DentalPoor => "Poor dental status: have the teeth treated first; risk of osteonecrosis of the jaw.",
        Concern::DentalProcedurePlanned => {
            "An invasive dental procedure is planned: have it done and healed first; risk of osteonecrosis of the jaw."
        }
        Concern::DentalNotExamined => "The teeth were not examined: have a dentist look before treatment.",
        Concern::MedicineAminoglycoside => "Aminoglycoside: calcium can fall for long; check calcium and magnesium.",
        Concern::MedicineLoopDiuretic => "Loop diuretic: calcium can fall; not before the patient is rehydrated.",
        Concern::MedicineCalcitonin => "Calcitonin: calcium can fall further.",
        Concern::MedicineNephrotoxic => "Another medicine harms the kidney.",
        Concern::MedicineNsaid => "Anti-inflammatory drug: it can harm kidney and stomach together with this drug.",
        Concern::MedicineThalidomide => "Thalidomide: the risk for kidney and jaw is higher.",
        Concern::MedicineAntiAngiogenic => "Anti-angiogenic medicine: the risk of osteonecrosis of the jaw is higher.",
        Concern::MedicineEstramustine => "Estramustine: its level in the blood rises by up to 80 %.",
    }
}
