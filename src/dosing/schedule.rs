//! The dated schedule: doses, supplies, checks and reviews, in the order in which they happen.

use chrono::NaiveDate;

use super::{
    checks,
    choice::Choice,
    clinic::Calendar,
    dose::{Dose, step_doses},
    doses::{self, DoseDay, Doses, Moved},
    finding::{Evidence, Findings},
    unusable::{Unusable, Why},
};
use crate::{
    quantity::{Days, Mass, plus_months},
    regimen::{CheckRule, Code, Library, Regimen, Severity, Subject, Verification},
    request::Request,
};

/// The schedule of a plan.
#[derive(Clone, Debug)]
pub struct Schedule {
    /// The day that was asked for.
    pub start_date: NaiveDate,
    /// The day before which every dose is given; the last check of an emergency.
    pub end_date: NaiveDate,
    /// First day of the course, which may lie before this plan.
    pub first_dose: NaiveDate,
    /// Length of the course in months; none for a single dose or daily infusions.
    pub months: Option<u16>,
    /// The entries, in order of date, and on the same day check, dose, supply, review.
    pub entries: Vec<Entry>,
}

/// An entry of the schedule.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The day.
    pub date: NaiveDate,
    /// The day it was planned for.
    pub planned_date: NaiveDate,
    /// Why it is not on that day.
    pub moved_because: Option<Moved>,
    /// What happens.
    pub event: Event,
}

/// What happens on a day.
#[derive(Clone, Debug)]
pub enum Event {
    /// A check.
    Check {
        /// What is checked.
        what: Subject,
        /// The number of the dose it goes before, on the same day.
        before_dose: Option<u16>,
        /// The band that the result must keep, where the dose rests on an old value.
        must_keep_band: Option<String>,
        /// The rule of the check.
        rule: &'static CheckRule,
        /// Whether the rule of the check was read in its source.
        verification: Option<Verification>,
    },
    /// A dose.
    Dose {
        /// Its number in this plan, from 1.
        number: u16,
        /// The dose.
        mass: Mass,
        /// What it depends on.
        only: Option<&'static str>,
    },
    /// Tablets or capsules handed out.
    Supply {
        /// Its number in this plan, from 1.
        number: u16,
        /// How many tablets or capsules.
        units: u32,
        /// For how many days.
        days: u16,
    },
    /// The review of the course.
    Review {
        /// What it is for.
        text: &'static str,
    },
}

/// The course that a schedule fills.
#[derive(Clone, Copy, Debug)]
pub(super) struct Span {
    /// First day of this plan.
    pub(super) start: NaiveDate,
    /// First day of the course, which may lie before.
    pub(super) first: NaiveDate,
    /// The day before which doses are given.
    pub(super) end: NaiveDate,
    /// Length in months; none for a single dose or daily infusions.
    pub(super) months: Option<u16>,
}

/// Decides the length of the course and says how well it is documented.
pub(super) fn span(
    request: &Request,
    library: &'static Library,
    choice: &Choice,
    findings: &mut Findings,
) -> Result<Span, Unusable> {
    let regimen = choice.listed.regimen;
    let start = request.treatment.start_date;
    let first = request.course.as_ref().map_or(start, |course| course.first_dose);
    if !regimen.has_length() {
        return Ok(Span { start, first, end: NaiveDate::MAX, months: None });
    }
    let limits = &library.limits().course;
    let documented = regimen.course_lengths.iter().find(|length| length.tumours.contains(&request.tumour));
    let months = choice.months.or(documented.map(|it| it.months)).unwrap_or(limits.default_months);
    match documented {
        None => {
            let sources = limits.sources.iter().map(|it| &it.0);
            findings.add(Severity::Note, Evidence::CourseLengthNotDocumented { months }, sources);
        }
        Some(documented) if months > documented.months => {
            let severity = if months > limits.noted_up_to_months { Severity::Confirm } else { Severity::Note };
            let evidence = Evidence::CourseLengthExceeded { months, documented: documented.months };
            findings.add(severity, evidence, documented.sources.iter().map(|it| &it.0));
        }
        Some(_) => {}
    }
    let end = plus_months(first, months);
    if start >= end {
        return Err(Unusable::new("treatment.start_date", Why::CourseOver { start, end }));
    }
    Ok(Span { start, first, end, months: Some(months) })
}

/// The days of daily infusions: as asked, or by default, and not more than the row allows.
pub(super) fn infusion_days(choice: &Choice, dose: Option<&Dose>, findings: &mut Findings) -> Result<u16, Unusable> {
    let Some(daily) = &choice.listed.regimen.daily else { return Ok(1) };
    let longest = dose.and_then(|dose| dose.row.longest_course).map(|it| it.0);
    if let (Some(days), Some(longest)) = (choice.days, longest)
        && i64::from(days) > longest.count()
    {
        let why = Why::FixedOnDialysis { found: format!("{days} days"), fixed: format!("at most {longest}") };
        return Err(Unusable::new("treatment.course_days", why));
    }
    let days = choice.days.unwrap_or(daily.default_days);
    if days > daily.usual_days {
        let evidence = Evidence::CourseLongerThanUsual { days, usual: daily.usual_days };
        findings.add(Severity::Note, evidence, daily.sources.iter().map(|it| &it.0));
    }
    Ok(longest.map_or(days, |longest| days.min(u16::try_from(longest.count()).unwrap_or(days))))
}

/// Makes the schedule of a dose that nothing stops.
#[allow(clippy::too_many_arguments, reason = "each is one fact of the plan, and they are used once")]
pub(super) fn schedule(
    request: &Request,
    library: &'static Library,
    choice: &Choice,
    span: Span,
    dose: &Dose,
    mass: Mass,
    days: u16,
    findings: &mut Findings,
) -> Result<Schedule, Unusable> {
    let regimen = choice.listed.regimen;
    let limits = &library.limits().calendar;
    let through = |first: NaiveDate| emergency_through(regimen, first);
    // A course under way has left the first doses of an emergency behind.
    let under_way = request.course.is_some() && regimen.interval.is_some();
    let doses_through = if under_way { NaiveDate::MIN } else { through(span.start) };
    let calendar = Calendar::new(request.clinic.as_ref(), limits.search.0, doses_through);
    let given = match (&regimen.interval, choice.weeks) {
        (Some(interval), Some(weeks)) => {
            doses::every(weeks, interval, request.course.is_none(), span.start, span.end, &calendar)?
        }
        _ if regimen.supply.is_some() => Doses::default(),
        _ => doses::daily(span.start, days),
    };
    moves(&given, span.end, limits.long_move.0, findings);
    // Its checks are counted from the first dose of this plan all the same.
    let first_dose = given.days.first().map_or(span.start, |day| day.date);
    let checks_through = through(first_dose);
    let other_calendar = (checks_through != doses_through)
        .then(|| Calendar::new(request.clinic.as_ref(), limits.search.0, checks_through));
    let checks_calendar = other_calendar.as_ref().unwrap_or(&calendar);
    let doses = dose_entries(regimen, &given.days, mass);
    let supplies = supplies(choice, dose, mass, span, &calendar)?;
    let keep_band = findings.has(Code::CreatinineOld).then(|| dose.row.clearance.map(|it| it.0.to_string())).flatten();
    let facts = checks::Facts { request, regimen, span, doses: &given.days, calendar: checks_calendar, keep_band };
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

fn moves(given: &Doses, end: NaiveDate, long: Days, findings: &mut Findings) {
    let far = |day: &DoseDay| (day.date - day.planned).num_days() > long.count();
    let doses: Vec<u16> = (1..).zip(&given.days).filter(|(_, day)| far(day)).map(|(number, _)| number).collect();
    if !doses.is_empty() {
        findings.add(Severity::Note, Evidence::LongMove { doses }, []);
    }
    if let Some(planned) = given.dropped {
        findings.add(Severity::Note, Evidence::LastDoseDropped { planned, end }, []);
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

/// Supplies, each for the days until the next one; the last covers only the days that are left. They
/// are moved to an earlier open day, never to a later one.
fn supplies(
    choice: &Choice,
    dose: &Dose,
    mass: Mass,
    span: Span,
    calendar: &Calendar<'_>,
) -> Result<Vec<Entry>, Unusable> {
    let Some(supply) = &choice.listed.regimen.supply else { return Ok(Vec::new()) };
    let lasts = supply.every.0.count();
    let all_days = (span.end - span.start).num_days();
    let mut entries = Vec::new();
    for (number, from) in (1..).zip((0..all_days).step_by(usize::try_from(lasts).unwrap_or(1).max(1))) {
        let until = (from + lasts).min(all_days);
        let units: u32 = (from..until).map(|day| units_on(choice, dose, mass, day)).sum();
        let planned_date = span.start + chrono::TimeDelta::days(from);
        let date = calendar.on_or_before(planned_date)?;
        let days = u16::try_from(until - from).unwrap_or(u16::MAX);
        let moved_because = (date != planned_date).then_some(Moved::ClinicClosed);
        entries.push(Entry { date, planned_date, moved_because, event: Event::Supply { number, units, days } });
    }
    Ok(entries)
}

/// Tablets or capsules taken on a day, counted from the first.
fn units_on(choice: &Choice, dose: &Dose, mass: Mass, day: i64) -> u32 {
    let every = dose.row.every.map_or(1, |it| it.0.count()).max(1);
    if day % every != 0 {
        return 0;
    }
    let dose = match &choice.listed.regimen.step_down {
        None => mass,
        Some(steps) => {
            let doses = step_doses(mass, steps.by.0, steps.to.0);
            let step = usize::try_from(day / steps.every.0.count().max(1)).unwrap_or(usize::MAX);
            doses.get(step).or(doses.last()).copied().unwrap_or(mass)
        }
    };
    dose.in_units_of(choice.product.contains.0).unwrap_or(0)
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
        // Of two that meet on a day, the last one stands.
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
