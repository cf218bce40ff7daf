//! The checks of a course: what is looked at on which day, once per subject and day.

use chrono::NaiveDate;

use super::{calcium, case::Case, clinic::Calendar, doses::DoseDay, span::Span};
use crate::{
    plan::{Before, Entry, Event, Findings, Moved, Unusable},
    quantity::{Days, plus_months},
    regimen::{CheckRule, Code, Kidney, Subject, SupplyChecks},
    request::Request,
};

/// What the checks of a plan depend on.
pub(super) struct Facts<'f> {
    pub(super) case: &'f Case<'f>,
    pub(super) findings: &'f Findings,
    pub(super) span: Span,
    pub(super) doses: &'f [DoseDay],
    /// The number of the first of them.
    pub(super) first_number: u16,
    pub(super) supplies: &'f [Entry],
    pub(super) calendar: &'f Calendar<'f>,
    /// The band of the dose.
    pub(super) band: Option<Kidney>,
}

/// A check on its day.
#[derive(Clone, Copy)]
struct Planned {
    date: NaiveDate,
    /// The day it was planned for.
    day: NaiveDate,
    before: Option<Before>,
    rule: &'static CheckRule,
}

impl Planned {
    /// What remains of two checks of one subject that meet on a day: the one before a dose, or else the one that
    /// was planned for that day.
    fn meet(&mut self, next: &Self) {
        if next.before.is_some() {
            *self = *next;
        } else if self.before.is_none() && next.day == next.date {
            self.day = next.day;
            self.rule = next.rule;
        }
    }
}

/// All checks of a plan.
pub(super) fn checks(facts: &Facts<'_>) -> Result<Vec<Entry>, Unusable> {
    let mut planned: Vec<Planned> = Vec::with_capacity(facts.doses.len() + 16);
    for rule in facts.case.regimen().checks.iter().filter(|rule| concerns(facts, rule)) {
        for (date, before) in before_doses(facts, rule).into_iter().chain(before_supplies(facts, rule)) {
            planned.push(Planned { date, day: date, before: Some(before), rule });
        }
        for (day, after_dose) in other_days(facts, rule) {
            let date = open_day(facts, rule, day, after_dose)?;
            planned.push(Planned { date, day, before: None, rule });
        }
    }
    // On the same day, those of one subject stay in the order of the rules.
    planned.sort_by_key(|it| (it.date, it.rule.what));
    planned.dedup_by(|next, standing| {
        let meet = (next.date, next.rule.what) == (standing.date, standing.rule.what);
        if meet {
            standing.meet(next);
        }
        meet
    });
    Ok(planned.into_iter().map(|planned| entry(facts, planned)).collect())
}

fn entry(facts: &Facts<'_>, Planned { date, day, before, rule }: Planned) -> Entry {
    let what = rule.what;
    // A dose that rests on an old value, and every further supply, is right only as long as the kidney is.
    let rests_on_it = match before {
        Some(Before::Dose(number)) => number == facts.first_number && facts.findings.has(Code::CreatinineOld),
        Some(Before::Supply(_)) => true,
        None => false,
    };
    let must_keep_band = facts.band.filter(|_| what == Subject::Creatinine && rests_on_it);
    Entry {
        date,
        planned_date: day,
        moved_because: (date != day).then_some(Moved::ClinicClosed),
        event: Event::Check { what, before, must_keep_band, rule, verification: rule.verification },
    }
}

/// Whether a rule speaks of this patient's course.
fn concerns(facts: &Facts<'_>, rule: &CheckRule) -> bool {
    let request = facts.case.request;
    let of_tumour = rule.tumours.is_empty() || rule.tumours.contains(&request.tumour);
    let of_course = rule.new_course != Some(true) || request.course.is_none();
    let of_findings = rule.with_findings.is_empty() || rule.with_findings.iter().any(|code| facts.findings.has(*code));
    let replaced = rule.without_findings.iter().any(|code| facts.findings.has(*code));
    of_tumour && of_course && of_findings && !replaced
}

/// The days and numbers of the doses that a rule puts a check before.
fn before_doses(facts: &Facts<'_>, rule: &CheckRule) -> Vec<(NaiveDate, Before)> {
    let request = facts.case.request;
    let mut last_apart: Option<NaiveDate> = None;
    let first_apart = if request.course.is_some() { 1 } else { 2 };
    let mut checked = |place: u16, date: NaiveDate| {
        if let Some(apart) = rule.before_doses_apart {
            let due = match last_apart {
                None => place >= first_apart,
                Some(last) => date >= apart.0.after(last),
            };
            if due {
                last_apart = Some(date);
            }
            return due;
        }
        if let Some(within) = rule.before_every_dose_unless_within {
            return place > 1 || older(request, rule.what, date, within.0);
        }
        rule.before_every_dose == Some(true) || rule.before_doses.contains(&place)
    };
    let mut days = Vec::with_capacity(facts.doses.len());
    for (place, (number, day)) in (1..).zip((facts.first_number..).zip(facts.doses)) {
        if checked(place, day.date) {
            days.push((day.date, Before::Dose(number)));
        }
    }
    days
}

/// Whether the value is older than `within` on the day of the dose.
fn older(request: &Request, what: Subject, day: NaiveDate, within: Days) -> bool {
    let age = match what {
        Subject::Calcium => calcium::age_in_days(request, day),
        _ => (day - request.labs.date).num_days(),
    };
    age > within.count()
}

/// The days and numbers of the supplies that a rule puts a check before.
fn before_supplies(facts: &Facts<'_>, rule: &CheckRule) -> Vec<(NaiveDate, Before)> {
    let Some(supplies) = &rule.before_supplies else { return Vec::new() };
    let always = always(facts, supplies);
    let first = supplies.first_with_findings.iter().any(|code| facts.findings.has(*code));
    let every = supplies.every.max(1);
    let is_checked = |number: u16| match number {
        1 => first,
        _ => always || (number - 2).is_multiple_of(every),
    };
    let number = |entry: &Entry| match entry.event {
        Event::Supply { number, .. } if is_checked(number) => Some((entry.date, Before::Supply(number))),
        _ => None,
    };
    facts.supplies.iter().filter_map(number).collect()
}

/// Whether every supply from the second on waits for a check.
fn always(facts: &Facts<'_>, supplies: &SupplyChecks) -> bool {
    let (case, findings) = (facts.case, facts.findings);
    supplies.always_in.is_some_and(|it| case.kidney.is(it.0))
        || supplies.always_with_findings.iter().any(|code| findings.has(*code))
        || supplies.always_with_medicines.iter().any(|medicine| case.request.takes(*medicine))
}

/// The day on which a check is done: the open day on or before the planned one, or where that would be the day of the
/// dose it follows, the open day after it. An emergency does not wait for the clinic, and neither do some checks.
fn open_day(
    facts: &Facts<'_>,
    rule: &CheckRule,
    planned: NaiveDate,
    after_dose: Option<NaiveDate>,
) -> Result<NaiveDate, Unusable> {
    if facts.case.regimen().emergency.is_some() || rule.ignores_closed_days == Some(true) {
        return Ok(planned);
    }
    match (facts.calendar.on_or_before(planned), after_dose) {
        (Ok(day), None) => Ok(day),
        (Ok(day), Some(dose)) if day > dose => Ok(day),
        (Err(never), None) => Err(never),
        (_, Some(_)) => facts.calendar.on_or_after(planned),
    }
}

/// The days of a rule that are not tied to a dose of that day, with the dose they follow.
fn other_days(facts: &Facts<'_>, rule: &CheckRule) -> Vec<(NaiveDate, Option<NaiveDate>)> {
    let span = facts.span;
    // By mouth, a dose is taken on every day of the course.
    let by_mouth = facts.case.regimen().supply.is_some();
    let first = facts.doses.first().map(|day| day.date).or(by_mouth.then_some(span.start));
    let last = facts.doses.last().map(|day| day.date).or(span.end.pred_opt().filter(|_| by_mouth));
    let after = |from: Option<NaiveDate>, days: &[u16]| -> Vec<(NaiveDate, Option<NaiveDate>)> {
        from.iter().flat_map(|from| days.iter().map(|n| (Days::new(*n).after(*from), Some(*from)))).collect()
    };
    let mut days = after(first, &rule.days_after_first_dose);
    days.extend(after(last, &rule.days_after_last_dose));
    if let (Some(every), Some(_)) = (rule.every_months.filter(|months| *months > 0), span.months) {
        let on = |n: u16| plus_months(span.start, n.saturating_mul(every));
        days.extend((1..).map(on).take_while(|day| *day < span.end).map(|day| (day, None)));
    }
    days
}
