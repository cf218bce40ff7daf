//! What is given, put together: the dose with its frequency, preparation, parts, steps and what follows.

use chrono::NaiveDate;

use super::{
    calcium::CalciumState,
    case::Case,
    dose::{self, Dose},
    preparation,
    schedule::{self, Given},
};
use crate::{
    json::Text,
    plan::{CalciumGap, Dosing, Event, FollowOn, Frequency, Hold, Intake, Part, Reduced, Schedule, Step},
    quantity::{self, Mass},
    regimen::{Citation, DoseRow, Listed, Statement},
};

/// The dosing of a plan that nothing stops.
pub(super) fn dosing(case: &Case<'_>, given: &Given<'_>, schedule: &Schedule, hold: Option<Hold>) -> Dosing {
    let schedule::Given { dose, mass, on } = *given;
    let regimen = case.regimen();
    let full_row = dose::full_row(regimen, dose.row);
    let supplements = case.listed().supplements().filter(|_| !case.calcium.is_raised());
    let intakes = intakes(case, mass);
    Dosing {
        listed: case.listed(),
        mass,
        full: full_row.and_then(|row| row.dose).map_or(mass, |it| it.0),
        reduced: full_row.and_then(|full| reduced(case.dose_in_use(), dose.row, full)),
        frequency: frequency(case, dose.row, on.days, intakes.len() > 1),
        row: dose.row,
        infusion: dose.infusion,
        product: case.choice.product,
        preparation: preparation::prepare(&case.choice, dose, mass),
        intakes,
        steps: steps(case, mass, on.span.start),
        directions: directions(case),
        supplements: supplements.collect(),
        hold,
        follow_on: follow_on(case, schedule),
        unverified: unverified(case, dose),
        sources: sources(case, dose),
    }
}

/// What is said to this patient.
fn directions(case: &Case<'_>) -> Vec<&'static Statement> {
    let (sex, age_years) = (case.request.patient.sex, case.age_years());
    let said = |it: &&'static Statement| it.only_for.as_ref().is_none_or(|only| only.includes(sex, age_years));
    case.listed().directions().filter(said).collect()
}

fn frequency(case: &Case<'_>, row: &DoseRow, days: u16, in_two_parts: bool) -> Frequency {
    let regimen = case.regimen();
    match (case.choice.weeks, row.every, &regimen.daily) {
        (Some(weeks), ..) => {
            let loading = regimen.interval.as_ref().and_then(|it| it.loading.as_ref());
            let loading = loading.filter(|_| case.request.course.is_none());
            Frequency::EveryWeeks { weeks, loading: loading.map(|it| it.days.clone()).unwrap_or_default() }
        }
        (None, Some(every), _) => Frequency::Every { days: every.0, in_two_parts },
        (None, None, Some(_)) => Frequency::DailyFor(days),
        (None, None, None) => Frequency::Once,
    }
}

fn unverified(case: &Case<'_>, dose: &Dose) -> Vec<Part> {
    let marks = [
        (Part::Dose, dose.row.verification),
        (Part::Infusion, dose.infusion.and_then(|it| it.verification)),
        (Part::Spacing, case.regimen().spacing.verification),
    ];
    marks.into_iter().filter(|(_, mark)| mark.is_some()).map(|(part, _)| part).collect()
}

fn sources(case: &Case<'_>, dose: &Dose) -> Vec<&'static Citation> {
    let infusion = dose.infusion.iter().flat_map(|it| &it.sources);
    let interval = case.regimen().interval.iter().flat_map(|it| &it.sources);
    dose.row
        .sources
        .iter()
        .chain(infusion)
        .chain(interval)
        .chain(&case.choice.product.sources)
        .map(|it| &it.0)
        .collect()
}

/// Why less is given than for a normal kidney: the kidney of the row where its dose is smaller or taken
/// less often, or the course whose dose is kept whatever the kidney is now.
fn reduced(in_use: Option<Mass>, row: &DoseRow, full: &DoseRow) -> Option<Reduced> {
    let dose = |row: &DoseRow| row.dose.map(|it| it.0);
    let days = |row: &DoseRow| row.every.map(|it| it.0);
    if let Some(in_use) = in_use {
        return (Some(in_use) < dose(full)).then_some(Reduced::DoseInUse);
    }
    let is_reduced = dose(row) < dose(full) || days(row) > days(full);
    row.clearance.filter(|_| is_reduced).map(|it| Reduced::ForKidney(it.0))
}

/// The parts of a daily dose by mouth, the first as large as may be taken together.
fn intakes(case: &Case<'_>, mass: Mass) -> Vec<Intake> {
    let Some(rule) = &case.regimen().intakes else { return Vec::new() };
    let first = mass.min(rule.together_up_to.0);
    let second = mass.less(first);
    let intake = |when: &'static Text, mass: Mass| Intake {
        when: when.as_str(),
        mass,
        units: mass.in_units_of(case.choice.product.contains.0).unwrap_or(0),
    };
    let mut intakes = vec![intake(&rule.first, first)];
    if second > Mass::micrograms(0) {
        intakes.extend(rule.second.as_ref().map(|when| intake(when, second)));
    }
    intakes
}

fn steps(case: &Case<'_>, mass: Mass, start: NaiveDate) -> Vec<Step> {
    let Some(rule) = &case.regimen().step_down else { return Vec::new() };
    let doses = dose::step_doses(mass, rule.by.0, rule.to.0);
    let on = |n: i64| start + chrono::TimeDelta::days(n * rule.every.0.count());
    let only = |n: i64| (n > 0).then_some(rule.only.as_str());
    let step = |(n, mass)| Step { date: on(n), mass, only: only(n), intakes: intakes(case, mass) };
    (0..).zip(doses).map(step).collect()
}

/// The treatment that follows, with the dose of its own table for this kidney.
fn follow_on(case: &Case<'_>, schedule: &Schedule) -> Option<FollowOn> {
    let rule = case.regimen().follow_on.as_ref()?;
    let drug = case.listed().drug;
    let next: Listed = case.library.regimens().find(|it| {
        it.drug.drug == drug.drug && it.regimen.indication == rule.indication && it.regimen.route == rule.route
    })?;
    let unknown = CalciumState::Unknown(CalciumGap::NotMeasured);
    let row = dose::row(next.regimen, case.limits(), case.kidney, unknown)?;
    let mass = row.dose?.0;
    let last = schedule.entries.iter().rev().find(|entry| matches!(entry.event, Event::Dose { .. }))?.date;
    let from = quantity::Days::new(1).after(last);
    Some(FollowOn { text: rule.text.as_str(), regimen: next, from, mass, row, sources: &rule.sources })
}
