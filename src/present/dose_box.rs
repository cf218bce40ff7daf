//! The dose by itself, and below it how it is prepared and given.

use super::{
    CardItem, CardLine, Labelled, Visit,
    card::{self, given, in_use},
    visits,
};
use crate::{
    plan::{Dosed, Dosing, Frequency, Hold, Outcome, Plan, Reduced},
    regimen::Topic,
    words::{self as said, spoken, summary, table as words, verdict},
};

/// The dose, as it is shown in the box.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DoseBox {
    /// "3.5 mg".
    pub dose: String,
    /// "zoledronic acid".
    pub drug: String,
    /// "every 4 weeks".
    pub how_often: String,
    /// "intravenous".
    pub route: String,
    /// Why it is another than the full dose: "reduced from 4 mg: clearance 55.9 mL/min, 50 to 60".
    pub because: Option<String>,
}

/// The dose of a plan; none where the plan is stopped.
pub fn dose_box(plan: &Plan) -> Option<DoseBox> {
    let Outcome::Dosed(dosed) = plan.outcome() else { return None };
    let dosing = &dosed.dosing;
    let in_parts = matches!(dosing.frequency, Frequency::Every { in_two_parts: true, .. }) || dosing.steps.len() > 1;
    let dose = if in_parts { given(dosing, dosing.mass) } else { dosing.mass.to_string() };
    Some(DoseBox {
        dose: spoken::marked(&dose, dosing.row.verification),
        drug: plan.listed().drug.name.to_string(),
        how_often: said::frequency(&dosing.frequency),
        route: spoken::route(plan.listed().regimen.route).to_owned(),
        because: because(plan, dosing),
    })
}

/// Why the dose is another than the full one, in one line.
fn because(plan: &Plan, dosing: &Dosing) -> Option<String> {
    let (mass, full) = (dosing.mass, dosing.full);
    if in_use(plan, dosing) {
        return Some(words::of_course((mass < full).then_some(full)));
    }
    if dosing.steps.len() > 1 {
        return Some(words::THEN_LESS.to_owned());
    }
    let of_row = dosing.row.dose.map(|it| it.0);
    if of_row != Some(mass) {
        return Some(words::chosen(of_row));
    }
    let clearance = plan.renal().map(|renal| renal.shown);
    match (dosing.reduced, dosing.row.calcium) {
        (Some(Reduced::ForKidney(kidney)), _) if mass < full => Some(words::reduced_from(full, kidney, clearance)),
        (Some(Reduced::ForKidney(kidney)), _) => Some(words::less_often(kidney, clearance)),
        (_, Some(band)) => Some(words::by_calcium(band.0)),
        _ => None,
    }
}

/// The items of the dose card below the box, in the order in which a dose is prepared and given.
fn place(item: CardItem) -> Option<u8> {
    Some(match item {
        CardItem::DrawUp => 0,
        CardItem::Remove => 1,
        CardItem::Open => 2,
        CardItem::Product => 3,
        CardItem::Bag => 4,
        CardItem::Diluent => 5,
        CardItem::MinimumTime => 6,
        CardItem::PumpRate => 7,
        CardItem::Intake(_) | CardItem::Step(_) => 8,
        CardItem::Route => 9,
        CardItem::Indication => 10,
        CardItem::Course => 11,
        CardItem::Hold => 12,
        CardItem::Brand => 13,
        CardItem::Drug | CardItem::Dose | CardItem::WhyThisDose | CardItem::Frequency => return None,
    })
}

/// The lines of the dose card that the box does not have; of a stopped plan what is not a dose.
pub fn card_below(plan: &Plan) -> Vec<CardLine> {
    let mut lines: Vec<CardLine> = card::card(plan).into_iter().filter(|line| place(line.item).is_some()).collect();
    lines.sort_by_key(|line| place(line.item));
    // A product that is its own container is named where it is opened.
    let named = |product: &str| lines.iter().any(|it| it.item == CardItem::Open && it.value.contains(product));
    let twice = lines.iter().position(|it| it.item == CardItem::Product && named(&it.value));
    if let Some(at) = twice {
        lines.remove(at);
    }
    if let Some(line) = lines.iter_mut().find(|line| line.item == CardItem::Indication) {
        line.label = words::GIVEN_FOR;
    }
    let Outcome::Dosed(dosed) = plan.outcome() else { return lines };
    let visits = visits(plan);
    for line in &mut lines {
        match line.item {
            CardItem::Course => line.value = course(plan, dosed, &visits),
            CardItem::Hold => {
                line.label = words::HOLD_AT;
                line.value = hold(dosed, &visits).unwrap_or_else(|| line.value.clone());
            }
            _ => {}
        }
    }
    lines
}

fn course(plan: &Plan, dosed: &Dosed, visits: &[Visit]) -> String {
    let numbered = || visits.iter().filter(|visit| visit.number.is_some());
    let next = numbered().next().map(|visit| visit.date);
    words::course(dosed.schedule.months, numbered().count(), next, plan.request().course.is_some())
}

/// At which creatinine a dose is held, and from which visit on that is looked at.
fn hold(dosed: &Dosed, visits: &[Visit]) -> Option<String> {
    let Hold::At(figures) = dosed.dosing.hold? else { return None };
    let figure = verdict::or_above(figures.hold_at_least);
    let mut numbered = visits.iter().filter(|visit| visit.number.is_some());
    let first = numbered.clone().next().and_then(|visit| visit.number);
    let held = numbered.find(|visit| visit.hold_at.is_some())?;
    Some(words::hold_at(&figure, held.number.filter(|number| Some(*number) != first)))
}

/// Products that must not be taken for this one, and what must be known to prepare and give the dose.
pub fn not_these(plan: &Plan) -> Vec<String> {
    let listed = plan.listed();
    let products = listed.not_these_products();
    let products = products.map(|it| words::not_this(&spoken::marked(it.text.as_str(), it.verification)));
    let Outcome::Dosed(dosed) = plan.outcome() else { return products.collect() };
    let must_know =
        dosed.dosing.directions.iter().filter(|it| matches!(it.about, Topic::Preparation | Topic::Administration));
    let must_know = must_know.map(|it| spoken::marked(it.text.as_str(), it.verification));
    products.chain(must_know).collect()
}

/// What the plan is based on, in few words.
pub fn based_on(plan: &Plan) -> Vec<Labelled> {
    let request = plan.request();
    let labs = &request.labs;
    let not_recorded = || spoken::NOT_RECORDED.to_owned();
    let creatinine = labs.creatinine.map_or_else(not_recorded, |it| words::taken(&it.to_string(), labs.date));
    let weight = plan.renal().map_or_else(
        || words::kg(request.patient.weight_kg, None),
        |renal| words::kg(renal.weight_kg_used, Some(renal.weight_basis)),
    );
    let mut rows = vec![("Creatinine", creatinine), ("Weight", weight)];
    if let Some(renal) = plan.renal() {
        rows.push(("Age", words::age(renal.age_years, labs.date)));
        rows.push(("Clearance", renal.shown.to_string()));
    } else {
        rows.push(("Clearance", summary::no_clearance(request.has(crate::patient::Condition::Dialysis)).to_owned()));
    }
    let calcium = match (plan.calcium().corrected, &labs.calcium) {
        (Some(corrected), _) => words::corrected(corrected),
        (None, Some(entry)) => {
            words::uncorrected(entry.measured(), spoken::calcium_kind(entry.kind.unwrap_or_default()))
        }
        (None, None) => not_recorded(),
    };
    rows.push(("Calcium", calcium));
    rows
}
