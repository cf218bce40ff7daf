//! The form and the register ask one function for the course of the next request, and so they agree on it.

use chrono::NaiveDate;
use osteodose::{
    form::{DueDose, Field, Form},
    plan::{Event as Planned, Outcome, Plan},
    request::{EarlierDose, Request},
    ward::{
        event::{Body, Event, What},
        fold::{PatientState, state},
    },
};

use super::{REGISTERED, body, event, planned};
use crate::support::{LIBRARY, cases::cases};

/// The days on which a plan has doses or supplies.
fn days(plan: &Plan) -> Vec<NaiveDate> {
    let Outcome::Dosed(dosed) = plan.outcome() else { return Vec::new() };
    let entries = dosed.schedule.entries.iter();
    let due = entries.filter(|entry| matches!(entry.event, Planned::Dose { .. } | Planned::Supply { .. }));
    due.map(|entry| entry.date).collect()
}

/// The history of a plan whose first doses were all given on their days.
fn given(plan: &Plan, days: &[NaiveDate]) -> Vec<Event> {
    let start = plan.request().treatment.start_date;
    let Outcome::Dosed(dosed) = plan.outcome() else { return Vec::new() };
    let mg = dosed.dosing.mass.in_milligrams();
    let is_supply = plan.listed().regimen.supply.is_some();
    let mut events =
        vec![event(1, None, start, body(REGISTERED)), event(2, Some(1), start.min(days[0]), planned(plan, None))];
    let slots = match &events[1].what {
        What::Body(Body::Planned(planned)) => planned.slots.clone(),
        _ => Vec::new(),
    };
    for (slot, (number, day)) in slots.iter().zip((3..).zip(days)) {
        let dose = slot.number;
        let text = if is_supply {
            format!(r#"{{"kind":"supplied","dose":{dose},"dose_mg":{mg},"units":28,"days":28,"where":"ward"}}"#)
        } else {
            format!(r#"{{"kind":"given","dose":{dose},"dose_mg":{mg},"complete":true,"where":"ward"}}"#)
        };
        events.push(event(number, Some(1), *day, body(&text)));
    }
    events
}

/// The form at the next visit, where every dose that was due was given on its day.
fn form(plan: &Plan, today: NaiveDate) -> Option<Form> {
    let mut form = Form::of_request(*LIBRARY, plan.request(), today).next_visit()?;
    for field in form.due_fields() {
        if matches!(field, Field::DueWas(_)) {
            form.set(field, DueDose::Given.as_str());
        }
    }
    for field in form.due_fields() {
        if let Field::DueOn(day) = field {
            form.set(field, day.to_string());
        }
    }
    Some(form)
}

/// What the fields of the next visit say, as the entries of the register have it.
fn register_says(state: &PatientState) -> Vec<String> {
    let course = state.courses[0].request_course();
    let course = course.as_ref();
    let said = |figure: Option<String>| figure.unwrap_or_default();
    let baseline = course.and_then(|it| it.baseline_creatinine.as_ref());
    let last = match state.last_antiresorptive() {
        Some(EarlierDose::Last(last)) => vec![last.drug.to_string(), last.date.to_string()],
        Some(EarlierDose::None) | None => Vec::new(),
    };
    let of_course = [
        said(course.map(|it| it.first_dose.to_string())),
        said(course.map(|it| it.last_dose.to_string())),
        said(course.and_then(|it| it.doses_given).map(|it| it.to_string())),
        said(course.map(|it| it.dose_mg.to_string())),
        said(baseline.map(|it| format!("{} {}", it.value, it.unit.as_str()))),
        said(baseline.map(|it| it.date.to_string())),
    ];
    of_course.into_iter().chain(last).collect()
}

/// What the fields of the next visit say in the form.
fn form_says(form: &Form) -> Vec<String> {
    const FIELDS: [Field; 8] = [
        Field::FirstDose,
        Field::LastDose,
        Field::DosesGiven,
        Field::DoseInUse,
        Field::Baseline,
        Field::BaselineDate,
        Field::LastDrug,
        Field::LastDate,
    ];
    // The form writes the unit as people do.
    FIELDS.into_iter().map(|field| form.text(field).replace('µ', "u")).collect()
}

#[test]
fn register_and_form_agree_on_the_next_visit() {
    let mut compared = 0;
    let mut differ = Vec::new();
    for case in cases("golden").0 {
        let Ok(request) = Request::parse(case.request.to_string().as_bytes()) else { continue };
        let Ok(plan) = osteodose::dosing::plan(request, *LIBRARY) else { continue };
        let days = days(&plan);
        for count in [1, 2, days.len()] {
            let Some(day) = days.get(..count).and_then(<[NaiveDate]>::last) else { continue };
            let today = day.succ_opt().unwrap();
            let Some(form) = form(&plan, today) else { continue };
            let state = state(&given(&plan, &days[..count]));
            let (of_register, of_form) = (register_says(&state), form_says(&form));
            if of_register != of_form || !state.faults.is_empty() {
                differ
                    .push(format!("{} after {count}: {of_register:?} and {of_form:?}, {:?}", case.name, state.faults));
            }
            compared += 1;
        }
    }
    assert!(differ.is_empty(), "{}", differ.join("\n"));
    assert!(compared > 300, "only {compared} plans");
}
