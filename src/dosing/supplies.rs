//! The supplies of tablets and capsules.

use super::{case::Case, clinic::Calendar, dose::step_doses, schedule::Given};
use crate::{
    json::Text,
    plan::{Dosing, Entry, Event, Moved, Unusable},
    quantity::Mass,
};

/// Supplies, each for the days until the next one; the last covers only the days that are left. They
/// are moved to an earlier open day, never to a later one.
pub(super) fn supplies(case: &Case<'_>, given: &Given<'_>, calendar: &Calendar<'_>) -> Result<Vec<Entry>, Unusable> {
    let span = given.on.span;
    let Some(supply) = &case.regimen().supply else { return Ok(Vec::new()) };
    let lasts = supply.every.0.count();
    let all_days = (span.end - span.start).num_days();
    let mut entries = Vec::new();
    for (number, from) in (1..).zip((0..all_days).step_by(usize::try_from(lasts).unwrap_or(1).max(1))) {
        let until = (from + lasts).min(all_days);
        let units: u32 = (from..until).map(|day| units_on(case, given, day)).sum();
        let planned_date = span.start + chrono::TimeDelta::days(from);
        let fixed = case.regimen().fixed_length.is_some();
        let date = if fixed { planned_date } else { calendar.on_or_before(planned_date)? };
        let days = u16::try_from(until - from).unwrap_or(u16::MAX);
        let moved_because = (date != planned_date).then_some(Moved::ClinicClosed);
        let text = supply.text.as_ref().map(Text::as_str);
        entries.push(Entry { date, planned_date, moved_because, event: Event::Supply { number, units, days, text } });
    }
    Ok(entries)
}

/// Tablets or capsules taken on a day, counted from the first.
fn units_on(case: &Case<'_>, given: &Given<'_>, day: i64) -> u32 {
    let every = given.dose.row.every.map_or(1, |it| it.0.count()).max(1);
    if day % every != 0 {
        return 0;
    }
    let dose = match &case.regimen().step_down {
        None => given.mass,
        Some(steps) => {
            let doses = step_doses(given.mass, steps.by.0, steps.to.0);
            let step = usize::try_from(day / steps.every.0.count().max(1)).unwrap_or(usize::MAX);
            doses.get(step).or(doses.last()).copied().unwrap_or(given.mass)
        }
    };
    dose.in_units_of(case.choice.product.contains.0).unwrap_or(0)
}

/// Tablets or capsules of a content that are taken in so many days, counted from the first day of the dosing: the fewest
/// and the most, by the day with which the count begins where a dose is not taken daily. None where a dose is no whole
/// number of them.
pub fn units_for(dosing: &Dosing, content: Mass, days: u16) -> Option<(u32, u32)> {
    let Some(first) = dosing.steps.first().map(|step| step.date) else {
        let a_dose = dosing.mass.in_units_of(content)?;
        let every = u32::try_from(dosing.row.every.map_or(1, |it| it.0.count())).unwrap_or(1).max(1);
        let days = u32::from(days);
        return Some(((days / every).checked_mul(a_dose)?, days.div_ceil(every).checked_mul(a_dose)?));
    };
    let mass_on = |day: i64| {
        let begun = dosing.steps.iter().rev().find(|step| (step.date - first).num_days() <= day);
        begun.map_or(dosing.mass, |step| step.mass)
    };
    let units = (0..i64::from(days)).map(|day| mass_on(day).in_units_of(content)).sum::<Option<u32>>()?;
    Some((units, units))
}
