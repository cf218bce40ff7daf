//! The dated schedule: doses, supplies, checks and reviews, in the order in which they happen.

use chrono::{Datelike, NaiveDate};

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
    json::{Text, YEARS},
    plan::{Entry, Event, Evidence, Findings, Moved, Schedule, Unusable, Why},
    quantity::{self, Mass, plus_months},
    regimen::Severity,
    request::Request,
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
    let calendar = Calendar::new(request.clinic.as_ref(), limits.search.0);
    let dates = match (&regimen.interval, case.choice.weeks) {
        (Some(interval), Some(weeks)) => {
            let given = request.course.as_ref().map(|course| (course.first_dose, course.last_dose));
            let emergency = regimen.emergency.is_some();
            doses::every(&Course { weeks, interval, given, start: span.start, end: span.end, emergency }, &calendar)?
        }
        _ if regimen.supply.is_some() => Doses::default(),
        _ => doses::daily(span.start, days),
    };
    let first_number = first_number(request);
    moves(&dates, first_number, span.end, limits.long_move.0, findings);
    let doses = dose_entries(case, &dates.days, first_number, given.mass);
    let supplies = supplies(case, given, &calendar)?;
    let checks = checks::checks(&checks::Facts {
        case,
        findings,
        span,
        doses: &dates.days,
        first_number,
        supplies: &supplies,
        calendar: &calendar,
        band: given.dose.row.clearance.map(|it| it.0),
    })?;
    let last_check = checks.last().map(|entry| entry.date);
    let entries = in_order([checks, doses, supplies, reviews(case, span, &calendar)?]);
    // An emergency ends with its last check; a course on the day that its length leads to.
    let emergency = regimen.emergency.is_some() || span.months.is_none();
    let end_date = last_check.filter(|_| emergency && regimen.fixed_length.is_none()).unwrap_or(span.end);
    readable(entries.iter().flat_map(|it| [it.date, it.planned_date]).chain([end_date]))?;
    Ok(Schedule { start_date: span.start, end_date, first_dose: span.first, months: span.months, entries })
}

/// Whether a saved plan with these dates can be read again.
fn readable(mut dates: impl Iterator<Item = NaiveDate>) -> Result<(), Unusable> {
    let beyond = dates.find(|date| !YEARS.contains(&date.year()));
    beyond.map_or(Ok(()), |date| Err(Unusable::new("treatment.start_date", Why::BeyondYears { date })))
}

/// The number of the first dose of a plan: one more than were given, where that is known.
fn first_number(request: &Request) -> u16 {
    request.course.as_ref().and_then(|course| course.doses_given).unwrap_or(0).saturating_add(1)
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

fn moves(given: &Doses, first_number: u16, end: NaiveDate, long: quantity::Days, findings: &mut Findings) {
    let far = |day: &DoseDay| (day.date - day.planned).num_days() > long.count();
    let numbered = (first_number..).zip(&given.days);
    let doses: Vec<u16> = numbered.filter(|(_, day)| far(day)).map(|(number, _)| number).collect();
    if !doses.is_empty() {
        findings.add(Severity::Note, Evidence::LongMove { doses, more_than: long }, &[]);
    }
    if let Some(planned) = given.dropped {
        findings.add(Severity::Note, Evidence::LastDoseDropped { planned, end }, &[]);
    }
}

fn dose_entries(case: &Case<'_>, days: &[DoseDay], first_number: u16, mass: Mass) -> Vec<Entry> {
    let regimen = case.regimen();
    let of_daily = regimen.daily.as_ref().and_then(|daily| daily.after_first_day.as_ref());
    let of_course = regimen.interval.as_ref().and_then(|interval| interval.after_first_dose.as_ref());
    let later = of_daily.or(of_course).map(Text::as_str);
    // Of a course under way the first dose is given already.
    let is_first = |at: usize| at == 0 && case.request.course.is_none();
    let entry = |(at, (number, day)): (usize, (u16, &DoseDay))| Entry {
        date: day.date,
        planned_date: day.planned,
        moved_because: day.moved,
        event: Event::Dose { number, mass, only: later.filter(|_| !is_first(at)) },
    };
    (first_number..).zip(days).enumerate().map(entry).collect()
}

fn reviews(case: &Case<'_>, span: Span, calendar: &Calendar<'_>) -> Result<Vec<Entry>, Unusable> {
    let Some(review) = &case.regimen().review else { return Ok(Vec::new()) };
    let entry = |planned_date: NaiveDate, date: NaiveDate| Entry {
        date,
        planned_date,
        moved_because: (date != planned_date).then_some(Moved::ClinicClosed),
        event: Event::Review { text: review.text.as_str() },
    };
    // What has a fixed length is reviewed with its last check.
    let Some(months) = span.months else { return Ok(vec![entry(span.end, span.end)]) };
    let midway = (0..)
        .map(|n| review.also_at_months.saturating_add(review.then_every_months.saturating_mul(n)))
        .take_while(|at| *at < months)
        .map(|at| plus_months(span.first, at))
        .filter(|day| *day >= span.start);
    let mut entries: Vec<Entry> = Vec::new();
    let last = span.end.pred_opt();
    for planned_date in midway.chain(last) {
        let open = calendar.on_or_before(planned_date)?;
        // None lies before the start; the last one stays, since no course ends without it.
        let date = match (open >= span.start, Some(planned_date) == last) {
            (true, _) => open,
            (false, true) => planned_date,
            (false, false) => continue,
        };
        // Of two on the same day, the last one is kept.
        entries.retain(|entry| entry.date != date);
        entries.push(entry(planned_date, date));
    }
    Ok(entries)
}
