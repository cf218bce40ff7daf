//! The checks of a course: what is looked at on which day, once per subject and day.

use chrono::NaiveDate;

use super::{clinic::Calendar, doses::DoseDay, span::Span};
use crate::{
    plan::{Entry, Event, Moved, Unusable},
    quantity::{Days, plus_months},
    regimen::{CheckRule, Code, Kidney, Regimen, Subject, Verification},
    request::Request,
};

/// What the checks of a plan depend on.
pub(super) struct Facts<'f> {
    pub(super) request: &'f Request,
    pub(super) regimen: &'static Regimen,
    pub(super) span: Span,
    pub(super) doses: &'f [DoseDay],
    pub(super) calendar: &'f Calendar<'f>,
    /// The band that the check before the first dose must keep, where the creatinine is old.
    pub(super) keep_band: Option<Kidney>,
}

/// A check on its day.
#[derive(Clone, Copy)]
struct Planned {
    date: NaiveDate,
    /// The day it was planned for.
    day: NaiveDate,
    before_dose: Option<u16>,
    rule: &'static CheckRule,
    verification: Option<Verification>,
}

impl Planned {
    /// What remains of two checks of one subject that meet on a day: the one before a dose, or else the one that
    /// was planned for that day.
    fn meet(&mut self, next: &Self) {
        if next.before_dose.is_some() {
            *self = *next;
        } else if self.before_dose.is_none() && next.day == next.date {
            self.day = next.day;
            self.rule = next.rule;
        }
    }
}

/// All checks of a plan.
pub(super) fn checks(facts: &Facts<'_>, raised: impl Fn(Code) -> bool) -> Result<Vec<Entry>, Unusable> {
    let mut planned: Vec<Planned> = Vec::with_capacity(facts.doses.len() + 16);
    for rule in &facts.regimen.checks {
        if rule.with_finding.is_some_and(|code| !raised(code)) {
            continue;
        }
        for (date, number) in before_doses(facts, rule) {
            planned.push(Planned { date, day: date, before_dose: Some(number), rule, verification: rule.verification });
        }
        for (day, after_dose) in other_days(facts, rule) {
            let date = open_day(facts.calendar, day, after_dose)?;
            planned.push(Planned { date, day, before_dose: None, rule, verification: rule.verification });
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
    let entry = |Planned { date, day: planned, before_dose, rule, verification }: Planned| {
        let what = rule.what;
        let keeps = what == Subject::Creatinine && before_dose == Some(1);
        let must_keep_band = facts.keep_band.filter(|_| keeps);
        Entry {
            date,
            planned_date: planned,
            moved_because: (date != planned).then_some(Moved::ClinicClosed),
            event: Event::Check { what, before_dose, must_keep_band, rule, verification },
        }
    };
    Ok(planned.into_iter().map(entry).collect())
}

/// The days and numbers of the doses that a rule puts a check before.
fn before_doses<'f>(facts: &'f Facts<'_>, rule: &'f CheckRule) -> impl Iterator<Item = (NaiveDate, u16)> + 'f {
    let checked = move |number: u16, date: NaiveDate| {
        if let Some(within) = rule.before_every_dose_unless_within {
            return number > 1 || older(facts.request, rule.what, date, within.0);
        }
        rule.before_every_dose == Some(true) || rule.before_doses.contains(&number)
    };
    let numbered = facts.doses.iter().zip(1_u16..);
    numbered.map(|(day, number)| (day.date, number)).filter(move |(date, number)| checked(*number, *date))
}

/// Whether the value is older than `within` on the day of the dose.
fn older(request: &Request, what: Subject, day: NaiveDate, within: Days) -> bool {
    let taken = match what {
        Subject::Calcium => request.labs.calcium_date.unwrap_or(request.labs.date),
        Subject::Creatinine | Subject::Dental => request.labs.date,
    };
    (day - taken).num_days() > within.count()
}

/// The day on which a check is done: the open day on or before the planned one. A check after a dose that
/// did not wait for the clinic does not wait either.
fn open_day(calendar: &Calendar<'_>, planned: NaiveDate, after_dose: Option<NaiveDate>) -> Result<NaiveDate, Unusable> {
    if after_dose.is_some_and(|dose| calendar.ignores_closed_days_on(dose)) {
        return Ok(planned);
    }
    calendar.on_or_before(planned)
}

/// The days of a rule that are not tied to a dose of that day, with the dose they follow.
fn other_days(facts: &Facts<'_>, rule: &CheckRule) -> Vec<(NaiveDate, Option<NaiveDate>)> {
    let span = facts.span;
    let first = facts.doses.first().map_or(span.start, |day| day.date);
    // By mouth, the last dose is taken on the last day of the course.
    let last = facts.doses.last().map_or_else(|| span.end.pred_opt().unwrap_or(span.end), |day| day.date);
    let after = |from: NaiveDate, days: &[u16]| -> Vec<(NaiveDate, Option<NaiveDate>)> {
        days.iter().map(|n| (Days::new(*n).after(from), Some(from))).collect()
    };
    let mut days = after(first, &rule.days_after_first_dose);
    days.extend(after(last, &rule.days_after_last_dose));
    if let (Some(every), Some(_)) = (rule.every_months.filter(|months| *months > 0), span.months) {
        let on = |n: u16| plus_months(span.start, n.saturating_mul(every));
        days.extend((1..).map(on).take_while(|day| *day < span.end).map(|day| (day, None)));
    }
    days
}
