//! The course as a timeline: one row a visit, what was given, held, moved or left out, and by whom; and the values by date.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::Chart;
use crate::{
    plan::DatedCheck,
    quantity::Creatinine,
    request::Request,
    ward::{
        checks,
        event::{Body, Event, HoldReason},
        flow::{SlotDate, Standing},
        fold::{CourseState, DoseGiven},
    },
};

/// What became of a visit.
#[derive(Clone, Debug, PartialEq)]
pub enum Became {
    /// Its dose was given, or supplied.
    Given(DoseGiven),
    /// Its dose was left out.
    LeftOut,
    /// The course was put on hold.
    Held(HoldReason),
    /// The hold was lifted.
    Resumed,
    /// Its dose is due today, or was before.
    Due,
    /// Its dose is planned.
    Planned,
    /// It waits while the course is on hold.
    Waits,
    /// It has no day.
    NoDay(Standing),
    /// A check or review, without a dose.
    Check(DatedCheck),
    /// The course ended.
    Ended,
}

/// A visit of a course.
#[derive(Clone, Debug, PartialEq)]
pub struct VisitRow {
    /// The number of the dose; none of a visit without one.
    pub dose: Option<u16>,
    /// The day; none where there is none yet.
    pub on: Option<NaiveDate>,
    /// What became of it.
    pub became: Became,
    /// The creatinine by which it was judged.
    pub creatinine: Option<Creatinine>,
    /// Who recorded it, and who checked it.
    pub by: Vec<String>,
    /// The day from which it was moved, where it was, and why.
    pub moved_from: Option<NaiveDate>,
    /// The entry that says so; none of what is planned.
    pub entry: Option<u64>,
}

/// Every visit of a course, past and to come, in the order of their days.
pub fn timeline(chart: &Chart, course: &CourseState) -> Vec<VisitRow> {
    let mut rows: Vec<VisitRow> = Vec::new();
    let by_number: BTreeMap<u64, (&Event, &Body)> =
        chart.standing().map(|(event, body)| (event.number, (event, body))).collect();
    let creatinine_on = |dose: Option<u16>, on: NaiveDate| {
        let of = |(event, body): &(&Event, &Body)| match body {
            Body::Assessed(it) if event.course == Some(course.number) && event.on == on && it.dose == dose => {
                it.request.labs.creatinine
            }
            _ => None,
        };
        by_number.values().rev().find_map(of)
    };
    for dose in &course.doses {
        let mut by = Vec::new();
        if let Some((event, body)) = by_number.get(&dose.number) {
            by.push(event.by.to_string());
            by.extend(body.drug().and_then(|drug| drug.second).map(ToString::to_string));
        }
        rows.push(VisitRow {
            dose: dose.dose,
            on: Some(dose.on),
            became: Became::Given(dose.clone()),
            creatinine: creatinine_on(dose.dose, dose.on),
            by,
            moved_from: None,
            entry: Some(dose.number),
        });
    }
    for (event, body) in by_number.values().filter(|(event, _)| event.course == Some(course.number)) {
        let (became, dose) = match body {
            Body::Held(it) => (Became::Held(it.because), None),
            Body::Resumed(_) => (Became::Resumed, None),
            Body::Omitted(it) => (Became::LeftOut, Some(it.dose)),
            Body::Ended(_) => (Became::Ended, None),
            _ => continue,
        };
        rows.push(VisitRow {
            dose,
            on: Some(event.on),
            became,
            creatinine: creatinine_on(dose, event.on),
            by: vec![event.by.to_string()],
            moved_from: None,
            entry: Some(event.number),
        });
    }
    for check in checks::open(course) {
        rows.push(planned_row(None, Some(check.on), Became::Check(check)));
    }
    rows.sort_by_key(|row| (row.on, row.entry.is_none(), row.entry));
    let dates = chart.dates(course);
    let open = course.slots.iter().filter(|slot| slot.answer.is_none());
    for slot in open {
        let date = dates.iter().find(|it| it.dose == slot.number);
        let mut row = planned_row(Some(slot.number), date.and_then(|it| it.due), open_dose(chart, course, date));
        if let Some((number, deferred)) = &slot.deferred {
            row.moved_from = Some(slot.planned).filter(|_| deferred.to.is_some());
            row.by = by_number.get(number).map(|(event, _)| event.by.to_string()).into_iter().collect();
        }
        let place =
            row.on.map_or(rows.len(), |on| rows.iter().take_while(|it| it.on.is_some_and(|it| it <= on)).count());
        rows.insert(place, row);
    }
    rows
}

fn planned_row(dose: Option<u16>, on: Option<NaiveDate>, became: Became) -> VisitRow {
    VisitRow { dose, on, became, creatinine: None, by: Vec::new(), moved_from: None, entry: None }
}

fn open_dose(chart: &Chart, course: &CourseState, date: Option<&SlotDate>) -> Became {
    match date {
        Some(SlotDate { standing: Standing::Due, due: Some(_), .. }) if !course.holds.is_empty() => Became::Waits,
        Some(SlotDate { standing: Standing::Due, due: Some(due), .. }) if *due <= chart.today => Became::Due,
        Some(SlotDate { standing: Standing::Due, .. }) => Became::Planned,
        Some(SlotDate { standing, .. }) => Became::NoDay(*standing),
        None => Became::NoDay(Standing::Ended),
    }
}

/// The values of a day, as they were entered.
#[derive(Clone, Debug, PartialEq)]
pub struct Dated {
    /// The day on which they were taken.
    pub on: NaiveDate,
    /// The request.
    pub request: Request,
}

/// The values of a course by date, the newest first, each day once.
pub fn values(chart: &Chart, course: &CourseState) -> Vec<Dated> {
    let mut all: Vec<Dated> = Vec::new();
    for (_, request) in chart.requests(course.number).into_iter().rev() {
        let on = request.labs.date;
        if all.iter().all(|it| it.on != on) {
            all.push(Dated { on, request });
        }
    }
    all.sort_by_key(|it| std::cmp::Reverse(it.on));
    all
}
