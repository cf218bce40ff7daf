//! Who acts on a direction: the nurse who gives the dose, the patient at home, or the staff who see the course through.

use super::{
    CardItem, CardLine, card, not_these,
    sections::{follows, point, steps},
};
use crate::{
    plan::{Dosed, Plan},
    regimen::{Statement, Topic},
    words::{page as words, spoken},
};

/// Who acts on a direction.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reader {
    Nurse,
    Patient,
    Staff,
}

/// Who acts on a direction about this. An emergency is treated on the ward, where the nurse sees to drinking.
fn reader(about: Topic, is_emergency: bool) -> Reader {
    match about {
        Topic::Preparation
        | Topic::Administration
        | Topic::InfusionTime
        | Topic::Storage
        | Topic::Dose
        | Topic::HighestDose
        | Topic::Frequency
        | Topic::Spacing
        | Topic::Supplements
        | Topic::OtherProduct => Reader::Nurse,
        Topic::Hydration if is_emergency => Reader::Nurse,
        Topic::Hydration | Topic::Intake | Topic::Symptoms | Topic::MouthAndBones | Topic::Contraception => {
            Reader::Patient
        }
        Topic::Course
        | Topic::Stopping
        | Topic::CalciumSupplement
        | Topic::VitaminD
        | Topic::CorrectedCalcium
        | Topic::Checks
        | Topic::Licence
        | Topic::Age
        | Topic::Other => Reader::Staff,
    }
}

/// The directions of a plan that are for one reader, in the order of the regimen.
fn directions(dosed: &Dosed, of: Reader) -> impl Iterator<Item = &'static Statement> {
    let is_emergency = dosed.dosing.listed.regimen.emergency.is_some();
    dosed.dosing.directions.iter().copied().filter(move |it| reader(it.about, is_emergency) == of)
}

/// Calcium and vitamin D: what the patient takes, or else what the ward does not give.
fn supplements(dosed: &Dosed, taken: bool) -> impl Iterator<Item = &'static Statement> {
    dosed.dosing.supplements.iter().copied().filter(move |it| (it.about != Topic::Supplements) == taken)
}

/// What the nurse must know to prepare and give the dose.
pub fn for_the_nurse(plan: &Plan, dosed: &Dosed) -> Vec<String> {
    let mut points = not_these(plan);
    for it in directions(dosed, Reader::Nurse).chain(supplements(dosed, false)).map(point) {
        // A product that must not be taken for this one is often named in a direction too.
        if !points.iter().any(|point| point.ends_with(&it)) {
            points.push(it);
        }
    }
    points
}

/// How a medicine is taken by mouth, a line for each part of a day or each step.
pub fn taken(plan: &Plan) -> Vec<CardLine> {
    card(plan).into_iter().filter(|line| matches!(line.item, CardItem::Intake(_) | CardItem::Step(_))).collect()
}

/// What each step of a dose that is taken down depends on, for the patient who takes it: what is directed about the
/// dose, or else the rule of the steps, which is written for the staff.
pub fn conditions_of_steps(dosed: &Dosed) -> Vec<String> {
    let rule: Vec<String> = steps(dosed).collect();
    let directed: Vec<String> =
        directions(dosed, Reader::Nurse).filter(|it| it.about == Topic::Dose).map(point).collect();
    if rule.is_empty() || directed.is_empty() { rule } else { directed }
}

/// What the patient does and reports, under its headings.
pub fn for_the_patient(dosed: &Dosed) -> Vec<(&'static str, Vec<String>)> {
    let about = |topic: Topic| directions(dosed, Reader::Patient).filter(move |it| it.about == topic).map(point);
    let headed = words::PATIENT_TOPICS.map(|(topic, heading)| (heading, about(topic).collect()));
    let supplements = [(words::SUPPLEMENTS, supplements(dosed, true).map(point).collect())];
    headed.into_iter().chain(supplements).filter(|(_, points): &(_, Vec<String>)| !points.is_empty()).collect()
}

/// What the patient's sheet says that was not read in its source, with the mark that the sheet itself does not carry:
/// the staff check it.
pub fn marked_for_the_patient(dosed: &Dosed) -> Vec<String> {
    let said = for_the_patient(dosed).into_iter().flat_map(|(_, points)| points);
    said.filter(|text| spoken::is_marked(text)).map(|text| words::on_the_patients_sheet(&text)).collect()
}

/// What else there is to know of the course.
pub fn for_the_staff(dosed: &Dosed) -> Vec<String> {
    let of_course = directions(dosed, Reader::Staff).map(point).chain(steps(dosed));
    of_course.chain(dosed.dosing.follow_on.iter().map(follows)).collect()
}
