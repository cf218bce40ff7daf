//! The plan as people read it: the dose card, the rows of the schedule, drugs compared, where every figure
//! comes from, and a summary for the record.
//!
//! Nothing is computed here that the plan does not hold: the report repeats its figures, and shows the formulas
//! with them.

mod comparison;
mod document;
mod lines;
mod sections;
mod summary;
mod why;

pub use comparison::{Offer, Row, Verdict, compare};
#[cfg(feature = "cli")]
pub(crate) use lines::{Page, columns};
pub use sections::{Labelled, allergies, basis, directions, legend, origin, patient, prepared, second_check, unused};
pub use summary::summary;
pub use why::{About, Cited, Reason, why};

use crate::{
    patient::Route,
    plan::{Dosed, Dosing, Entry, Event, Intake, Outcome, Plan, PlanStatus},
    quantity::{Mass, Volume, plus_months},
    regimen::{Form, Severity, VolumeRule},
    words::{self as said, one_of, spoken, summary as words},
};

/// A row of the schedule as people read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryLine {
    /// The date with its weekday: "Tue 29-Dec-2026".
    pub day: String,
    /// What happens: "dose", "check creatinine", "supply", "review".
    pub what: String,
    /// Its number: "2"; empty where entries of this kind have none.
    pub number: String,
    /// The dose, or the tablets or capsules handed out.
    pub dose: String,
    /// What else there is to say: on what it depends, and why it was moved.
    pub notes: Vec<String>,
}

/// What may be done with the plan, in one sentence.
pub fn status_sentence(plan: &Plan) -> String {
    match plan.status() {
        PlanStatus::Ready => words::READY.to_owned(),
        PlanStatus::NeedsConfirmation => {
            let differs = plan.second_check() == crate::plan::SecondCheckResult::Differs;
            words::needs_confirmation(plan.open_findings().count(), differs)
        }
        PlanStatus::Stopped => {
            let mut stops = plan.findings().iter().filter(|finding| finding.severity == Severity::Stop);
            let first = stops.next().map_or_else(String::new, ToString::to_string);
            words::stopped(&first, stops.count())
        }
    }
}

/// A line of the dose card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardLine {
    /// What it is called.
    pub label: &'static str,
    /// What stands there, with its unit.
    pub value: String,
    /// What tells where it comes from.
    pub about: Option<About>,
}

/// A dose card that is being written.
struct Card(Vec<CardLine>);

impl Card {
    fn line(&mut self, about: impl Into<Option<About>>, label: &'static str, value: impl Into<String>) {
        self.0.push(CardLine { label, value: value.into(), about: about.into() });
    }
}

/// The dose card: what is given and how it is made ready. A stopped plan has neither dose nor volume.
pub fn card(plan: &Plan) -> Vec<CardLine> {
    let listed = plan.listed();
    let mut card = Card(Vec::new());
    card.line(None, "Drug", listed.drug.name.as_str());
    let brands: Vec<&str> = listed.drug.brands.iter().map(crate::json::Text::as_str).collect();
    if !brands.is_empty() {
        card.line(None, "Brand", one_of(&brands));
    }
    let request = plan.request();
    let purpose = format!("{}; {}", spoken::indication(request.indication), spoken::tumour(request.tumour));
    card.line(None, "Indication", purpose);
    match plan.outcome() {
        Outcome::Stopped => card.line(None, "Dose", words::NO_DOSE),
        Outcome::Dosed(dosed) => {
            dose_lines(plan, &dosed.dosing, &mut card);
            preparation_lines(&dosed.dosing, &mut card);
        }
    }
    card.line(None, "Route", spoken::route(listed.regimen.route));
    if let Outcome::Dosed(dosed) = plan.outcome() {
        card.line(About::Frequency, "How often", said::frequency(&dosed.dosing.frequency));
        card.line(About::Course, "Course", course(dosed));
    }
    card.0
}

fn dose_lines(plan: &Plan, dosing: &Dosing, card: &mut Card) {
    card.line(About::Product, "Product", spoken::marked(dosing.product.name.as_str(), dosing.product.verification));
    card.line(About::Dose, "Dose", spoken::marked(&given(dosing, dosing.mass), dosing.row.verification));
    if let Some(text) = why_this_dose(plan, dosing) {
        card.line(About::Dose, "Why this dose", text);
    }
    let form = dosing.product.form;
    let intake = |it: &Intake| words::intake(it.mass, it.units, form, it.when);
    // A dose that goes down is not taken in the same parts on every day.
    for (at, it) in dosing.intakes.iter().enumerate().filter(|_| dosing.steps.is_empty()) {
        card.line(About::Intake(at), "Take", intake(it));
    }
    let verification = dosing.listed.regimen.step_down.as_ref().and_then(|rule| rule.verification);
    for (at, it) in dosing.steps.iter().enumerate() {
        let intakes: Vec<String> = it.intakes.iter().map(intake).collect();
        let step = words::step_taken(it.date, it.mass, &intakes);
        card.line(About::Step(at), "Step", spoken::marked(&step, verification));
    }
}

fn preparation_lines(dosing: &Dosing, card: &mut Card) {
    let preparation = &dosing.preparation;
    let rule = dosing.listed.regimen.volume;
    let into_bag = preparation.bag.is_some();
    for text in containers(dosing) {
        card.line(About::Open, "Open", text);
    }
    if let Some(volume) = preparation.draw_up {
        card.line(About::DrawUp, words::volume_label(rule, false), words::drawn_up(volume, rule, into_bag));
    }
    if let Some(volume) = preparation.remove_and_replace {
        card.line(About::Remove, words::volume_label(rule, true), words::removed(volume));
    }
    let infusion = dosing.infusion.and_then(|it| it.verification);
    let mut infused = |about, label, text: String| card.line(about, label, spoken::marked(&text, infusion));
    if let Some(bag) = preparation.bag {
        infused(About::Bag, "Bag", words::bag(bag, dosing.product.form));
        if uses_diluent(dosing) {
            infused(About::Bag, "Diluent", diluents(dosing));
        }
    }
    if let Some(minutes) = preparation.minimum_minutes {
        infused(About::MinimumTime, "Time", words::least_time(minutes));
    }
    if let Some(rate) = preparation.maximum_rate {
        infused(About::PumpRate, "Pump rate", words::rate(rate));
    }
}

/// The dose, a day where it is taken in several parts or goes down.
fn given(dosing: &Dosing, mass: Mass) -> String {
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
fn why_this_dose(plan: &Plan, dosing: &Dosing) -> Option<String> {
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
fn course(dosed: &Dosed) -> String {
    let schedule = &dosed.schedule;
    let end = schedule.months.map(|months| plus_months(schedule.first_dose, months));
    words::course(schedule.months, schedule.end_date, end == Some(schedule.end_date))
}

/// Whether the dose stands from an earlier day of the course.
fn in_use(plan: &Plan, dosing: &Dosing) -> bool {
    plan.request().course.is_some() && dosing.listed.regimen.baseline.is_some()
}

/// The containers to open, in words.
fn containers(dosing: &Dosing) -> Vec<String> {
    let product = dosing.product;
    let strength = product.strength();
    let opened = dosing.preparation.open.iter().map(|open| {
        match product.containers.iter().find(|it| it.id.as_str() == open.container) {
            Some(container) => {
                let content = container.contains.0;
                let volume = strength.map(|it| it.volume_of(content));
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

fn diluents(dosing: &Dosing) -> String {
    let names: Vec<&str> = dosing.preparation.diluents.iter().map(crate::json::Text::as_str).collect();
    one_of(&names)
}

/// An entry of the schedule as people read it.
pub fn entry_line(dosed: &Dosed, entry: &Entry) -> EntryLine {
    let form = dosed.dosing.product.form;
    let (what, number, dose, mut notes) = match &entry.event {
        Event::Dose { number, mass, only } => {
            let notes = only.map(str::to_owned).into_iter().collect();
            ("dose".to_owned(), number.to_string(), mass.to_string(), notes)
        }
        Event::Supply { number, units, days } => {
            ("supply".to_owned(), number.to_string(), words::supply(*units, form, *days), Vec::new())
        }
        Event::Check { what, before_dose, must_keep_band, verification, .. } => {
            let what = spoken::marked(&words::check(spoken::subject(*what)), *verification);
            let notes = before_dose.map(words::before_dose).into_iter();
            let notes = notes.chain(must_keep_band.map(|band| words::must_keep(&band.to_string()))).collect();
            (what, String::new(), String::new(), notes)
        }
        Event::Review { text } => ("review".to_owned(), String::new(), String::new(), vec![(*text).to_owned()]),
    };
    notes.extend(moved(entry));
    EntryLine { day: spoken::day(entry.date), what, number, dose, notes }
}

/// Why an entry is not on the day it was planned for.
pub fn moved(entry: &Entry) -> Option<String> {
    entry.moved_because.map(|why| words::moved(entry.planned_date, why, entry.date > entry.planned_date))
}

/// A condition of a row of the dose table, in words.
fn condition_of(row: &crate::regimen::DoseRow) -> String {
    said::why::row_condition(row.clearance.map(|it| it.0), row.calcium.map(|it| it.0))
}

/// Whether the volume of a dose is printed in a table.
fn is_printed(dosing: &Dosing) -> bool {
    dosing.listed.regimen.volume == VolumeRule::Table
}
