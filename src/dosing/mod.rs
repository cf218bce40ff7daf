//! The engine: from a request and a library to a plan, by pure functions over exact quantities.
//!
//! A request is *not usable* when it names something that does not exist or cannot be; a patient who
//! must not get an existing regimen is *stopped*. All findings are always gathered, never the first
//! alone.

mod calcium;
mod checks;
mod choice;
mod clinic;
mod course;
mod dose;
mod doses;
mod finding;
mod kidney;
mod laboratory;
mod near;
mod plausible;
mod preparation;
mod preview;
mod safety;
mod schedule;
mod second_check;
mod spacing;
mod stated;
mod unusable;

pub use calcium::CalciumClass;
pub use clinic::Calendar;
pub use doses::{Moved, is_loading, minimum_gap};
pub use finding::{CalciumGap, DoseThere, Evidence, Finding, Findings, Unusual};
pub(crate) use kidney::edges;
pub use near::{DoseChange, NextLimit, next_limit};
pub use plausible::{Asked, impossible, unusual};
pub(crate) use preparation::strength;
pub use preparation::{Open, Preparation};
pub use preview::{Preview, preview};
pub use schedule::{Entry, Event, Schedule};
pub use second_check::SecondCheckResult;
pub(crate) use second_check::differences;
pub use stated::Stated;
pub use unusable::{Unusable, Why};

use chrono::NaiveDate;

use crate::{
    json::Text,
    plan::{Dosed, Dosing, FollowOn, Intake, Outcome, Plan, Step},
    quantity::{Days, Mass},
    regimen::{Citation, DoseRow, Library, Listed, Severity, Statement, Verification},
    request::Request,
    words,
};
use calcium::CalciumState;
use choice::Choice;
use dose::Dose;
use kidney::Kidney;
use schedule::Span;

/// The regimen a request asks for.
///
/// # Errors
/// When the library has none that the request names without doubt.
pub fn regimen(request: &Request, library: &'static Library) -> Result<Listed, Unusable> {
    choice::regimen(request, library)
}

/// Makes the plan for a request, with the library at hand.
///
/// # Errors
/// When the request is not usable: it names what the library does not have, or a figure that cannot
/// be.
pub fn plan(request: Request, library: &'static Library) -> Result<Plan, Unusable> {
    let mut findings = Findings::default();
    let limits = library.limits();
    let judged = plausible::judge(&Stated::from(&request), limits);
    if let Some(first) = judged.impossible.into_iter().next() {
        return Err(first);
    }
    for asked in judged.unusual {
        findings.add_finding(asked.finding);
    }
    let choice = choice::choose(&request, library)?;
    let listed = choice.listed;
    let kidney_facts = kidney::Facts::from(&request);
    let kidney = kidney::kidney(&kidney_facts)?;
    kidney::assess(&kidney_facts, kidney, &mut findings);
    let calcium = calcium::calcium(&request, library, listed);
    let dose = dose::decide(&choice, request.tumour, limits, kidney, calcium, &mut findings)?;
    let span = schedule::span(&request, library, &choice, &mut findings)?;
    let days = schedule::infusion_days(&choice, dose.as_ref(), &mut findings)?;
    laboratory::assess(&request, library, listed, &mut findings);
    calcium::assess(calcium, library, listed, &mut findings);
    safety::assess(&request, library, listed, dose.as_ref().and_then(|dose| dose.infusion), &mut findings);
    spacing::assess(&request, library, listed, &mut findings)?;
    course::assess(&request, listed, kidney, &mut findings);
    near::assess(&request, limits, &choice, kidney, calcium, &mut findings);
    notes(&choice, &request, calcium, &mut findings);

    let mass = dose.as_ref().and_then(|dose| course::dose_in_use(&request, listed).or(dose.mass));
    let outcome = match (dose, mass) {
        _ if findings.stop() => Outcome::Stopped,
        (Some(dose), Some(mass)) => {
            let schedule = schedule::schedule(&request, library, &choice, span, &dose, mass, days, &mut findings)?;
            let dosing = dosing(&request, library, &choice, kidney, calcium, &dose, mass, span, days, &schedule);
            let dose_changes = near::dose_changes(&request, &choice, kidney, dose.row);
            let next_limit = near::next(&request, &choice, kidney, dose.row);
            Outcome::Dosed(Box::new(Dosed { dosing, schedule, dose_changes, next_limit }))
        }
        // A proved library has a dose for every patient whom nothing stops.
        _ => return Err(Unusable::new("treatment.drug", Why::NoDose)),
    };
    let second_check = second_check::compare(&request);
    Ok(Plan::new(
        request,
        library,
        listed,
        kidney.renal(&kidney_facts, Some(listed.regimen)),
        calcium_of(calcium),
        outcome,
        findings.into_sorted(),
        second_check,
    ))
}

/// What is said with every plan of a regimen.
fn notes(choice: &Choice, request: &Request, calcium: CalciumState, findings: &mut Findings) {
    let regimen = choice.listed.regimen;
    for note in &regimen.notes {
        let evidence = Evidence::Note { code: note.finding, text: note.text.as_str() };
        findings.add(Severity::Note, evidence, note.sources.iter().map(|it| &it.0));
    }
    if !regimen.supplements.is_empty() && !calcium.is_raised() {
        let sources = regimen.supplements.iter().flat_map(|it| &it.sources).map(|it| &it.0);
        findings.add(Severity::Note, Evidence::Supplements, sources);
    }
    if let Some(guideline) = regimen.interval.as_ref().and_then(|interval| interval.guideline.as_ref())
        && choice.weeks == Some(guideline.weeks)
    {
        let noted = guideline.noted.contains(&request.tumour);
        let severity = if noted { Severity::Note } else { Severity::Confirm };
        let evidence = Evidence::IntervalGuideline { weeks: guideline.weeks };
        findings.add(severity, evidence, guideline.sources.iter().map(|it| &it.0));
    }
}

fn calcium_of(state: CalciumState) -> crate::plan::CalciumResult {
    crate::plan::CalciumResult { corrected: state.corrected(), class: state.class() }
}

#[allow(clippy::too_many_arguments, reason = "each is one fact of the plan, and they are used once")]
fn dosing(
    request: &Request,
    library: &'static Library,
    choice: &Choice,
    kidney: Kidney,
    calcium: CalciumState,
    dose: &Dose,
    mass: Mass,
    span: Span,
    days: u16,
    schedule: &Schedule,
) -> Dosing {
    let listed = choice.listed;
    let regimen = listed.regimen;
    let every = dose.row.every.map(|it| it.0);
    let frequency = match (choice.weeks, every, &regimen.daily) {
        (Some(weeks), ..) => {
            let loading = regimen.interval.as_ref().and_then(|it| it.loading.as_ref());
            words::every_weeks(weeks, loading.filter(|_| request.course.is_none()).map(|it| it.days.as_slice()))
        }
        (None, Some(every), _) => words::every(every),
        (None, None, Some(_)) => words::daily_for(days),
        (None, None, None) => "once".to_owned(),
    };
    let mut unverified = Vec::new();
    let mut mark = |what, verification: Option<Verification>| {
        if verification.is_some() {
            unverified.push(what);
        }
    };
    mark("dose", dose.row.verification);
    mark("infusion", dose.infusion.and_then(|it| it.verification));
    mark("spacing", regimen.spacing.verification);
    let sources: Vec<&Citation> = dose
        .row
        .sources
        .iter()
        .chain(dose.infusion.iter().flat_map(|it| &it.sources))
        .chain(regimen.interval.iter().flat_map(|it| &it.sources))
        .chain(&choice.product.sources)
        .map(|it| &it.0)
        .collect();
    let full_row = dose::full_row(regimen, dose.row);
    let full = full_row.and_then(|row| row.dose).map_or(mass, |it| it.0);
    Dosing {
        listed,
        mass,
        full,
        reduced_for: full_row.and_then(|full| reduced_for(course::dose_in_use(request, listed), dose.row, full)),
        frequency,
        every,
        row: dose.row,
        infusion: dose.infusion,
        product: choice.product,
        weeks: choice.weeks,
        preparation: preparation::prepare(choice, dose, mass),
        intakes: intakes(choice, mass),
        steps: steps(choice, mass, span.start),
        supplements: regimen.supplements.iter().filter(|_| !calcium.is_raised()).collect::<Vec<&Statement>>(),
        follow_on: follow_on(choice, library, kidney, schedule),
        unverified,
        sources,
    }
}

/// Why less is given than to a normal kidney: the kidney of the row where its dose is smaller or taken
/// less often, or the course whose dose stands whatever the kidney is now.
fn reduced_for(in_use: Option<Mass>, row: &DoseRow, full: &DoseRow) -> Option<String> {
    let dose = |row: &DoseRow| row.dose.map(|it| it.0);
    let days = |row: &DoseRow| row.every.map(|it| it.0);
    if let Some(in_use) = in_use {
        return (Some(in_use) < dose(full)).then(|| words::DOSE_IN_USE.to_owned());
    }
    let reduced = dose(row) < dose(full) || days(row) > days(full);
    reduced.then(|| row.clearance.map(|it| it.0.to_string())).flatten()
}

/// The parts of a daily dose by mouth, the first as large as may be taken together.
fn intakes(choice: &Choice, mass: Mass) -> Vec<Intake> {
    let Some(rule) = &choice.listed.regimen.intakes else { return Vec::new() };
    let first = mass.min(rule.together_up_to.0);
    let second = mass.less(first);
    let intake = |when: &'static Text, mass: Mass| Intake {
        when: when.as_str(),
        mass,
        units: mass.in_units_of(choice.product.contains.0).unwrap_or(0),
    };
    let mut intakes = vec![intake(&rule.first, first)];
    if second > Mass::micrograms(0) {
        intakes.extend(rule.second.as_ref().map(|when| intake(when, second)));
    }
    intakes
}

fn steps(choice: &Choice, mass: Mass, start: NaiveDate) -> Vec<Step> {
    let Some(rule) = &choice.listed.regimen.step_down else { return Vec::new() };
    let doses = dose::step_doses(mass, rule.by.0, rule.to.0);
    let on = |n: i64| start + chrono::TimeDelta::days(n * rule.every.0.count());
    (0..).zip(doses).map(|(n, mass)| Step { date: on(n), mass, intakes: intakes(choice, mass) }).collect()
}

/// The treatment that follows, with the dose of its own table for this kidney.
fn follow_on(choice: &Choice, library: &'static Library, kidney: Kidney, schedule: &Schedule) -> Option<FollowOn> {
    let rule = choice.listed.regimen.follow_on.as_ref()?;
    let drug = choice.listed.drug;
    let next: Listed = library.regimens().find(|it| {
        it.drug.drug == drug.drug && it.regimen.indication == rule.indication && it.regimen.route == rule.route
    })?;
    let unknown = CalciumState::Unknown(CalciumGap::NotMeasured);
    let row = dose::row(next.regimen, library.limits(), kidney, unknown)?;
    let mass = row.dose?.0;
    let last = schedule.entries.iter().rev().find(|entry| matches!(entry.event, Event::Dose { .. }))?.date;
    Some(FollowOn {
        text: rule.text.as_str(),
        regimen: next,
        from: Days::new(1).after(last),
        mass,
        row,
        sources: &rule.sources,
    })
}
