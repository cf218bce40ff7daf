//! A visit: the request that is made of the entries and of what is entered, the verdict on it, and what a deferral
//! would do.

use chrono::NaiveDate;
use osteodose::{
    patient::{Condition, HeldBecause},
    request::{EarlierDose, Request},
    ward::{
        event::{DeferReason, Deferred, Event, HoldReason, Then, Verdict as Assessment},
        flow::{self, SlotDate},
        fold::{PatientState, Refused, is_late, state},
        visit::{self, Entered, Verdict},
    },
    words::register as words,
};
use serde_json::{Value, json};

use super::{REGISTERED, body, day, event, plan, planned, request};
use crate::support::LIBRARY;

fn history(patch: &Value, given: &[(u16, &str, &str)]) -> Vec<Event> {
    let plan = plan(request(patch));
    let mut events = vec![
        event(1, None, day("2026-11-19"), body(REGISTERED)),
        event(2, Some(1), day("2026-11-20"), planned(&plan, None)),
    ];
    for (number, (dose, mg, on)) in (3..).zip(given) {
        let text = format!(r#"{{"kind":"given","dose":{dose},"dose_mg":{mg},"complete":true,"where":"ward"}}"#);
        events.push(event(number, Some(1), day(on), body(&text)));
    }
    events
}

/// The values of the example, with another creatinine in µmol/L, of the day before.
fn entered(today: NaiveDate, creatinine: u32) -> Entered {
    let taken = today.pred_opt().unwrap();
    let of_today = request(&json!({"labs": {"date": taken, "creatinine": {"value": creatinine}}}));
    let history = of_today.history.unwrap();
    Entered {
        weight_kg: of_today.patient.weight_kg,
        height_cm: None,
        allergies: None,
        labs: of_today.labs,
        dental: Some(osteodose::patient::Dental::Fit),
        conditions: history.conditions,
        medicines: history.medicines,
        last_antiresorptive: None,
        baseline: None,
        product: None,
        confirmations: Vec::new(),
        prepared_by: None,
        second_check: None,
    }
}

fn asked(state: &PatientState, today: &str, creatinine: u32) -> Request {
    let today = day(today);
    visit::request(state, entered(today, creatinine), today, None).expect("a request")
}

const GIVEN: &[(u16, &str, &str)] = &[(1, "3.5", "2026-12-01"), (2, "3.5", "2026-12-29")];

#[test]
fn the_engine_says_go_or_hold_of_the_course_of_the_entries() {
    let mut events = history(&json!({}), GIVEN);
    let request = asked(&state(&events), "2027-01-26", 95);
    assert_eq!(request.patient.height_cm, Some("164".parse().unwrap()));
    assert_eq!(request.course.as_ref().map(|course| course.doses_given), Some(Some(2)));
    let go = visit::verdict(request, *LIBRARY);
    assert!(matches!(go, Verdict::Go(_)), "{go:?}");
    let assessed = go.assessed(Some(3)).unwrap();
    assert_eq!((assessed.verdict, assessed.day, assessed.dose), (Assessment::Go, day("2027-01-26"), Some(3)));
    assert_eq!(assessed.dose_mg.unwrap().to_string(), "3.5");
    assert_eq!(assessed.plan_sha256.as_str().len(), 64);

    // The baseline is 92: a dose is held from 136.
    let hold = visit::verdict(asked(&state(&events), "2027-01-26", 136), *LIBRARY);
    assert!(matches!(hold, Verdict::Hold(_)));
    assert_eq!((hold.assessment(), hold.hold_reason()), (Some(Assessment::Hold), Some(HoldReason::CreatinineRisen)));
    assert_eq!(hold.assessed(Some(3)).unwrap().dose_mg, None);

    // Held for its creatinine, it is resumed up to 101.2; held for the teeth, a named person confirms.
    events.push(event(5, Some(1), day("2027-01-26"), body(r#"{"kind":"held","because":"creatinine-risen"}"#)));
    let while_held = asked(&state(&events), "2027-02-09", 102);
    assert_eq!(while_held.course.as_ref().unwrap().hold(), Some(HeldBecause::Creatinine));
    assert!(matches!(visit::verdict(while_held, *LIBRARY), Verdict::Hold(_)));
    assert!(matches!(visit::verdict(asked(&state(&events), "2027-02-09", 101), *LIBRARY), Verdict::Go(_)));
    events[4] = event(5, Some(1), day("2027-01-26"), body(r#"{"kind":"held","because":"jaw"}"#));
    assert!(matches!(visit::verdict(asked(&state(&events), "2027-02-09", 102), *LIBRARY), Verdict::Confirm(_)));
}

#[test]
fn what_was_not_asked_today_is_not_taken_from_the_plan() {
    let state = state(&history(&json!({}), GIVEN));
    let today = day("2027-01-26");
    let mut values = entered(today, 95);
    values.conditions = None;
    values.dental = None;
    let request = visit::request(&state, values, today, None).unwrap();
    let history = request.history.clone().unwrap();
    assert_eq!((history.conditions, history.dental), (None, None));
    assert!(request.confirmations.is_empty());
    let verdict = visit::verdict(request, *LIBRARY);
    let codes: Vec<&str> = verdict.plan().unwrap().findings().iter().map(|it| it.code().as_str()).collect();
    assert!(codes.contains(&"conditions-not-asked") && codes.contains(&"dental-not-examined"), "{codes:?}");
}

#[test]
fn a_newer_dose_from_elsewhere_counts_and_an_older_one_does_not() {
    let state = state(&history(&json!({}), GIVEN));
    let today = day("2027-01-26");
    for (date, expected) in [("2027-01-20", "2027-01-20"), ("2026-12-01", "2026-12-29")] {
        let mut values = entered(today, 95);
        let of = json!({"history": {"last_antiresorptive": {"drug": "denosumab", "date": date}}});
        values.last_antiresorptive = super::request(&of).history.unwrap().last_antiresorptive;
        let request = visit::request(&state, values, today, None).unwrap();
        assert_eq!(request.last_antiresorptive().unwrap().date, day(expected));
    }
    let mut values = entered(today, 95);
    values.last_antiresorptive = Some(EarlierDose::None);
    let request = visit::request(&state, values, today, None).unwrap();
    assert_eq!(request.last_antiresorptive().unwrap().date, day("2026-12-29"));
}

#[test]
fn infusions_on_consecutive_days_are_not_earlier_treatment_of_each_other() {
    let daily = json!({
        "indication": "hypercalcaemia",
        "labs": {"date": "2026-12-01", "calcium": {"value": 3.2}},
        "treatment": {"drug": "clodronate", "scheme": "daily", "product": "concentrate-60mg-per-ml", "interval_weeks": null},
    });
    let plan = plan(request(&daily));
    let planned_mg = match plan.outcome() {
        osteodose::plan::Outcome::Dosed(dosed) => dosed.dosing.mass.in_milligrams().to_string(),
        osteodose::plan::Outcome::Stopped => panic!("stopped"),
    };
    let state = state(&history(&daily, &[(1, &planned_mg, "2026-12-01")]));
    assert!(state.faults.is_empty());
    let today = day("2026-12-02");
    let mut values = entered(today, 92);
    values.labs = request(&json!({"labs": {"date": "2026-12-02", "calcium": {"value": 3.1}}})).labs;
    let of_today = visit::request(&state, values, today, None).unwrap();
    assert_eq!(of_today.history.clone().unwrap().last_antiresorptive, Some(EarlierDose::None));
    assert!(!matches!(visit::verdict(of_today, *LIBRARY), Verdict::Hold(_) | Verdict::Unusable(_)));
}

#[test]
fn no_request_is_made_without_an_open_course() {
    let today = day("2027-01-26");
    let none = |events: &[Event]| visit::request(&state(events), entered(today, 95), today, None).unwrap_err();
    assert_eq!(none(&[]), Refused::NotRegistered);
    let mut events = history(&json!({}), GIVEN);
    assert_eq!(none(&events[..1]), Refused::NoCourse { course: None });
    events.push(event(5, Some(1), today, body(r#"{"kind":"ended","because":"completed"}"#)));
    assert_eq!(none(&events), Refused::NoCourse { course: None });
    let pregnant = request(&json!({"history": {"conditions": ["pregnant"]}}));
    assert!(pregnant.has(Condition::Pregnant));
    assert!(visit::verdict(pregnant, *LIBRARY).hold_reason().is_none());
}

#[test]
fn a_deferral_shows_both_ways_before_it_is_stored() {
    let state = state(&history(&json!({}), &GIVEN[..1]));
    let course = state.course(1).unwrap();
    let clinic = request(&json!({})).clinic.unwrap();
    let calendar = flow::calendar(course, &clinic);
    let days = |dates: &[SlotDate]| dates.iter().map(|it| it.due.unwrap().to_string()).collect::<Vec<_>>();
    // Seven days are no long move; eight are.
    for (to, first_offered, keep, moved) in [
        ("2027-01-05", Then::KeepDates, ["2027-01-26", "2027-02-23"], ["2027-02-02", "2027-03-02"]),
        ("2027-01-06", Then::MoveDates, ["2027-02-03", "2027-03-03"], ["2027-02-03", "2027-03-03"]),
    ] {
        let shown = flow::deferral(course, 2, day(to), &calendar);
        assert_eq!(shown.first_offered, first_offered, "{to}");
        assert_eq!(
            (days(&shown.keep), days(&shown.moved)),
            (keep.map(String::from).to_vec(), moved.map(String::from).to_vec())
        );
        assert_eq!(flow::is_open(course, 2, day(to), &calendar), Ok(()));
    }
    // Where the dates cannot be kept, nobody is promised that they are.
    for (to, then, refused) in [
        ("2027-01-05", Then::KeepDates, None),
        ("2027-01-06", Then::MoveDates, None),
        ("2027-01-06", Then::KeepDates, Some("06-Jan-2027 is 8 days after 29-Dec-2026, the day of dose 2.")),
    ] {
        let reason = DeferReason::NoChair;
        let deferred = Deferred { dose: 2, to: Some(day(to)), then, reason, note: None, tell: None };
        let said = flow::can_keep_dates(course, &deferred, &calendar).err().map(|refused| words::refused(&refused));
        assert_eq!(said.is_some(), refused.is_some(), "{to}");
        assert!(said.iter().zip(refused).all(|(said, expected)| said.contains(expected)), "{said:?}");
    }
    let closed = Refused::Closed { to: day("2026-12-25"), next: Some(day("2026-12-28")) };
    assert_eq!(flow::is_open(course, 2, day("2026-12-25"), &calendar), Err(closed));
}

#[test]
fn an_entry_of_more_than_thirty_days_ago_is_asked_about() {
    assert!(!is_late(day("2026-12-01"), day("2026-12-31")));
    assert!(is_late(day("2026-12-01"), day("2027-01-01")));
}
