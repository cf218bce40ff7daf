//! The dose card: what is given and how it is prepared, a line for each figure.

use super::About;
use crate::{
    json::Text,
    patient::Route,
    plan::{Dosed, Dosing, Intake, Outcome, Plan},
    quantity::{Mass, Volume, plus_months},
    regimen::{DoseRow, Form, VolumeRule},
    words::{self as said, one_of, spoken, summary as words},
};

/// What a line of the dose card is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CardItem {
    /// The drug.
    Drug,
    /// Its brand names.
    Brand,
    /// The indication, with the tumour.
    Indication,
    /// The product.
    Product,
    /// The dose, or that there is none.
    Dose,
    /// Why the dose is another than the full one.
    WhyThisDose,
    /// A part of a daily dose by mouth, by its place in the plan.
    Intake(usize),
    /// A step of a falling dose, by its place in the plan.
    Step(usize),
    /// Containers to open.
    Open,
    /// The volume to draw up, or to inject.
    DrawUp,
    /// The creatinine at which the course is held.
    Hold,
    /// The volume to remove from the bag and to replace.
    Remove,
    /// The bag.
    Bag,
    /// What the bag may hold.
    Diluent,
    /// The least time.
    MinimumTime,
    /// The pump rate.
    PumpRate,
    /// The route.
    Route,
    /// How often the dose is given.
    Frequency,
    /// The length and the end of the course.
    Course,
}

impl CardItem {
    /// What says where it comes from.
    pub fn about(self) -> Option<About> {
        Some(match self {
            Self::Drug | Self::Brand | Self::Indication | Self::Route => return None,
            Self::Product => About::Product,
            Self::Dose | Self::WhyThisDose | Self::Hold => About::Dose,
            Self::Intake(at) => About::Intake(at),
            Self::Step(at) => About::Step(at),
            Self::Open => About::Open,
            Self::DrawUp => About::DrawUp,
            Self::Remove => About::Remove,
            Self::Bag | Self::Diluent => About::Bag,
            Self::MinimumTime => About::MinimumTime,
            Self::PumpRate => About::PumpRate,
            Self::Frequency => About::Frequency,
            Self::Course => About::Course,
        })
    }

    /// Whether it says how a dose is prepared.
    pub fn is_of_preparation(self) -> bool {
        matches!(
            self,
            Self::Open | Self::DrawUp | Self::Remove | Self::Bag | Self::Diluent | Self::MinimumTime | Self::PumpRate
        )
    }
}

/// A line of the dose card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardLine {
    /// What it is.
    pub item: CardItem,
    /// What it is called.
    pub label: &'static str,
    /// What stands there, with its unit.
    pub value: String,
}

/// A dose card that is being written.
struct Card(Vec<CardLine>);

impl Card {
    fn line(&mut self, item: CardItem, label: &'static str, value: impl Into<String>) {
        self.0.push(CardLine { item, label, value: value.into() });
    }
}

/// The dose card: what is given and how it is prepared. A stopped plan has neither dose nor volume.
pub fn card(plan: &Plan) -> Vec<CardLine> {
    let listed = plan.listed();
    let mut card = Card(Vec::new());
    card.line(CardItem::Drug, "Drug", listed.drug.name.as_str());
    let brands: Vec<&str> = listed.drug.brands.iter().map(Text::as_str).collect();
    if !brands.is_empty() {
        card.line(CardItem::Brand, "Brand", one_of(&brands));
    }
    let request = plan.request();
    let purpose = format!("{}; {}", spoken::indication(request.indication), spoken::tumour(request.tumour));
    card.line(CardItem::Indication, "Indication", purpose);
    match plan.outcome() {
        Outcome::Stopped => card.line(CardItem::Dose, "Dose", words::NO_DOSE),
        Outcome::Dosed(dosed) => {
            dose_lines(plan, &dosed.dosing, &mut card);
            preparation_lines(&dosed.dosing, &mut card);
        }
    }
    card.line(CardItem::Route, "Route", spoken::route(listed.regimen.route));
    if let Outcome::Dosed(dosed) = plan.outcome() {
        card.line(CardItem::Frequency, "How often", said::frequency(&dosed.dosing.frequency));
        card.line(CardItem::Course, "Course", course(dosed));
        if let Some(hold) = dosed.dosing.hold {
            card.line(CardItem::Hold, "Hold", words::hold_with_baseline(hold));
        }
    }
    card.0
}

fn dose_lines(plan: &Plan, dosing: &Dosing, card: &mut Card) {
    card.line(CardItem::Product, "Product", spoken::marked(dosing.product.name.as_str(), dosing.product.verification));
    card.line(CardItem::Dose, "Dose", spoken::marked(&given(dosing, dosing.mass), dosing.row.verification));
    if let Some(text) = why_this_dose(plan, dosing) {
        card.line(CardItem::WhyThisDose, "Why this dose", text);
    }
    let form = dosing.product.form;
    let intake = |it: &Intake| words::intake(it.mass, it.units, form, it.when);
    // A dose that goes down is not taken in the same parts on every day.
    for (at, it) in dosing.intakes.iter().enumerate().filter(|_| dosing.steps.is_empty()) {
        card.line(CardItem::Intake(at), "Take", intake(it));
    }
    let verification = dosing.listed.regimen.step_down.as_ref().and_then(|rule| rule.verification);
    for (at, it) in dosing.steps.iter().enumerate() {
        let intakes: Vec<String> = it.intakes.iter().map(intake).collect();
        let step = words::step_taken(it.date, it.mass, &intakes);
        card.line(CardItem::Step(at), "Step", spoken::marked(&step, verification));
    }
}

fn preparation_lines(dosing: &Dosing, card: &mut Card) {
    let preparation = &dosing.preparation;
    let rule = dosing.listed.regimen.volume;
    let into_bag = preparation.bag.is_some();
    for text in containers(dosing) {
        card.line(CardItem::Open, "Open", text);
    }
    if let Some(volume) = preparation.draw_up {
        let drawn = preparation.drawn.map(|drawn| (drawn, dosing.mass));
        card.line(CardItem::DrawUp, words::volume_label(rule, false), words::drawn_up(volume, rule, into_bag, drawn));
    }
    if let Some(volume) = preparation.remove_and_replace {
        card.line(CardItem::Remove, words::volume_label(rule, true), words::removed(volume));
    }
    let infusion = dosing.infusion.and_then(|it| it.verification);
    let mut infused = |about, label, text: String| card.line(about, label, spoken::marked(&text, infusion));
    if let Some(bag) = preparation.bag {
        infused(CardItem::Bag, "Bag", words::bag(bag, dosing.product.form));
        if uses_diluent(dosing) {
            infused(CardItem::Diluent, "Diluent", diluents(dosing));
        }
    }
    if let Some(minutes) = preparation.minimum_minutes {
        infused(CardItem::MinimumTime, "Time", words::least_time(minutes));
    }
    if let Some(rate) = preparation.maximum_rate {
        infused(CardItem::PumpRate, "Pump rate", words::rate(rate));
    }
}

/// The dose, a day where it is taken in several parts or goes down.
pub(super) fn given(dosing: &Dosing, mass: Mass) -> String {
    spoken::mass(mass, is_daily(dosing))
}

/// The dose with how often it is given: "3.5 mg every 4 weeks", "2400 mg a day, then less".
#[cfg(feature = "cli")]
pub(crate) fn dose_and_frequency(dosing: &Dosing) -> String {
    if dosing.listed.regimen.route == Route::Oral && is_daily(dosing) {
        let given = given(dosing, dosing.mass);
        return if dosing.steps.len() > 1 { words::then_less(&given) } else { given };
    }
    format!("{} {}", dosing.mass, said::frequency(&dosing.frequency))
}

/// Whether a dose is what is taken on one day.
fn is_daily(dosing: &Dosing) -> bool {
    let regimen = dosing.listed.regimen;
    regimen.daily.is_some() || (regimen.route == Route::Oral && dosing.row.every.is_none_or(|it| it.0.count() == 1))
}

/// Why the dose is another than the full one; none where it is not.
pub(super) fn why_this_dose(plan: &Plan, dosing: &Dosing) -> Option<String> {
    let (mass, full) = (dosing.mass, dosing.full);
    let of_row = dosing.row.dose.map(|it| it.0);
    if in_use(plan, dosing) {
        return (mass != full).then(|| words::in_use(full));
    }
    if of_row != Some(mass) {
        return Some(words::chosen(mass, of_row));
    }
    if mass == full {
        return None;
    }
    let band = dosing.row.clearance.map(|it| it.0.to_string());
    Some(match (plan.renal(), band) {
        (Some(renal), Some(band)) if mass < full => words::reduced(full, &renal.shown.to_string(), &band),
        _ => words::by_row(full, &condition_of(dosing.row)),
    })
}

/// The length of the course, and the day with which it ends.
pub(super) fn course(dosed: &Dosed) -> String {
    let schedule = &dosed.schedule;
    let end = schedule.months.map(|months| plus_months(schedule.first_dose, months));
    words::course(schedule.months, schedule.end_date, end == Some(schedule.end_date))
}

/// Whether the dose stands from an earlier day of the course.
pub(super) fn in_use(plan: &Plan, dosing: &Dosing) -> bool {
    plan.request().course.is_some() && dosing.listed.regimen.baseline.is_some()
}

/// The containers to open, in words.
pub(super) fn containers(dosing: &Dosing) -> Vec<String> {
    let product = dosing.product;
    let strength = product.strength();
    let opened = dosing.preparation.open.iter().map(|open| {
        match product.containers.iter().find(|it| it.id.as_str() == open.container) {
            Some(container) => {
                let content = container.contains.0;
                let volume = strength.map(|it| it.volume_holding(content));
                words::containers(open.count, container.kind, content, volume)
            }
            None => words::products(open.count, dosing.product.name.as_str()),
        }
    });
    opened.collect()
}

/// Whether something is diluted: a ready bag of which nothing is removed is not.
pub(crate) fn uses_diluent(dosing: &Dosing) -> bool {
    let removed = dosing.preparation.remove_and_replace.is_some_and(|it| it > Volume::microlitres(0));
    dosing.product.form != Form::ReadyToUse || removed
}

pub(super) fn diluents(dosing: &Dosing) -> String {
    let names: Vec<&str> = dosing.preparation.diluents.iter().map(Text::as_str).collect();
    one_of(&names)
}

/// A condition of a row of the dose table, in words.
pub(super) fn condition_of(row: &DoseRow) -> String {
    said::why::row_condition(row.clearance.map(|it| it.0), row.calcium.map(|it| it.0))
}

/// Whether the volume of a dose is printed in a table.
pub(super) fn is_printed(dosing: &Dosing) -> bool {
    dosing.listed.regimen.volume == VolumeRule::Table
}
