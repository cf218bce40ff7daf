//! The dated schedule: doses, supplies, checks and reviews, in the order in which they happen.

use chrono::NaiveDate;

use super::{
    Days,
    case::Case,
    checks,
    clinic::Calendar,
    dose::Dose,
    doses::{self, Course, DoseDay, Doses},
    span::Span,
    supplies::supplies,
};
use crate::{
    plan::{Entry, Event, Evidence, Findings, Moved, Schedule, Unusable},
    quantity::{self, Mass, plus_months},
    regimen::{Code, Regimen, Severity},
};

/// What is given, on which days.
pub(super) struct Given<'d> {
    /// The dose of the table.
    pub(super) dose: &'d Dose,
    /// The dose that is given.
    pub(super) mass: Mass,
    /// The course, and the number of daily infusions.
    pub(super) on: Days,
}

/// Makes the schedule of a dose that nothing stops.
pub(super) fn schedule(case: &Case<'_>, given: &Given<'_>, findings: &mut Findings) -> Result<Schedule, Unusable> {
    let (request, regimen) = (case.request, case.regimen());
    let Days { span, days } = given.on;
    let limits = &case.limits().calendar;
    let through = |first: NaiveDate| emergency_through(regimen, first);
    // A course under way has left the first doses of an emergency behind.
    let under_way = request.course.is_some() && regimen.interval.is_some();
    let doses_through = if under_way { NaiveDate::MIN } else { through(span.start) };
    let calendar = Calendar::new(request.clinic.as_ref(), limits.search.0, doses_through);
    let dates = match (&regimen.interval, case.choice.weeks) {
        (Some(interval), Some(weeks)) => {
            let course = Course { weeks, interval, is_new: request.course.is_none(), start: span.start, end: span.end };
            doses::every(&course, &calendar)?
        }
        _ if regimen.supply.is_some() => Doses::default(),
        _ => doses::daily(span.start, days),
    };
    moves(&dates, span.end, limits.long_move.0, findings);
    // Its checks are counted from the first dose of this plan all the same.
    let first_dose = dates.days.first().map_or(span.start, |day| day.date);
    let checks_through = through(first_dose);
    let other_calendar = (checks_through != doses_through)
        .then(|| Calendar::new(request.clinic.as_ref(), limits.search.0, checks_through));
    let checks_calendar = other_calendar.as_ref().unwrap_or(&calendar);
    let doses = dose_entries(regimen, &dates.days, given.mass);
    let supplies = supplies(case, given, &calendar)?;
    let keep_band = given.dose.row.clearance.map(|it| it.0).filter(|_| findings.has(Code::CreatinineOld));
    let facts = checks::Facts { request, regimen, span, doses: &dates.days, calendar: checks_calendar, keep_band };
    let checks = checks::checks(&facts, |code| findings.has(code))?;
    let last_check = checks.last().map(|entry| entry.date);
    let entries = in_order([checks, doses, supplies, reviews(regimen, span, &calendar)?]);
    // An emergency ends with its last check; a course on the day that its length leads to.
    let emergency = regimen.emergency.is_some() || span.months.is_none();
    let end_date = last_check.filter(|_| emergency).unwrap_or(span.end);
    Ok(Schedule { start_date: span.start, end_date, first_dose: span.first, months: span.months, entries })
}

/// The entries of all these lists, each in order of date, in order of date; on the same day in the order of the lists.
fn in_order(lists: [Vec<Entry>; 4]) -> Vec<Entry> {
    let mut entries = Vec::with_capacity(lists.iter().map(Vec::len).sum());
    let mut lists = lists.map(|list| list.into_iter().peekable());
    loop {
        let dated = lists.iter_mut().filter_map(|list| Some((list.peek()?.date, list)));
        let Some((_, list)) = dated.min_by_key(|(date, _)| *date) else { return entries };
        entries.extend(list.next());
    }
}

/// The day through which closed days are ignored, counted from a start.
fn emergency_through(regimen: &Regimen, start: NaiveDate) -> NaiveDate {
    match regimen.emergency.as_ref().map(|emergency| emergency.through) {
        None => NaiveDate::MIN,
        Some(None) => NaiveDate::MAX,
        Some(Some(days)) => days.0.after(start),
    }
}

fn moves(given: &Doses, end: NaiveDate, long: quantity::Days, findings: &mut Findings) {
    let far = |day: &DoseDay| (day.date - day.planned).num_days() > long.count();
    let doses: Vec<u16> = (1..).zip(&given.days).filter(|(_, day)| far(day)).map(|(number, _)| number).collect();
    if !doses.is_empty() {
        findings.add(Severity::Note, Evidence::LongMove { doses, more_than: long }, &[]);
    }
    if let Some(planned) = given.dropped {
        findings.add(Severity::Note, Evidence::LastDoseDropped { planned, end }, &[]);
    }
}

fn dose_entries(regimen: &'static Regimen, days: &[DoseDay], mass: Mass) -> Vec<Entry> {
    let later = regimen.daily.as_ref().and_then(|daily| daily.after_first_day.as_ref()).map(crate::json::Text::as_str);
    (1..)
        .zip(days)
        .map(|(number, day)| Entry {
            date: day.date,
            planned_date: day.planned,
            moved_because: day.moved,
            event: Event::Dose { number, mass, only: later.filter(|_| number > 1) },
        })
        .collect()
}

fn reviews(regimen: &'static Regimen, span: Span, calendar: &Calendar<'_>) -> Result<Vec<Entry>, Unusable> {
    let (Some(review), Some(months)) = (&regimen.review, span.months) else { return Ok(Vec::new()) };
    let last = span.end.pred_opt().unwrap_or(span.end);
    let midway = plus_months(span.first, review.also_at_months);
    let has_midway = months > review.also_at_months && midway >= span.start;
    let planned = [Some(last), has_midway.then_some(midway)];
    let mut entries: Vec<Entry> = Vec::new();
    for planned_date in planned.into_iter().flatten() {
        let date = calendar.on_or_before(planned_date)?;
        // Of two on the same day, the last one is kept.
        if entries.iter().any(|entry| entry.date == date) {
            continue;
        }
        let moved_because = (date != planned_date).then_some(Moved::ClinicClosed);
        let event = Event::Review { text: review.text.as_str() };
        entries.push(Entry { date, planned_date, moved_because, event });
    }
    entries.reverse();
    Ok(entries)
}
