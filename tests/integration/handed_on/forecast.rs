//! What a forecast counts of a register.

use osteodose::{
    forecast::{Apart, Forecast, Look, OfRegister, Place, Scope, Tally, table, text},
    regimen::Library,
    request::Clinic,
    ward::{flow, fold},
};
use serde_json::Value;

use super::chained::{Chained, planned, request};
use crate::schemas::validator_of;

fn forecast(ward: &Chained, patients: &[usize]) -> Forecast {
    let mut tally = Tally::new(Scope::default());
    let clinic = Clinic { open_weekdays: None, closed_dates: Vec::new() };
    for patient in patients {
        let state = fold::state(&ward.events(*patient));
        let identity = state.identity.as_ref().unwrap();
        for course in &state.courses {
            let dates = flow::dates(course, &flow::calendar(course, &clinic));
            let place = Place::of_course("register.db", identity.id.as_str(), course.number);
            tally.add_course(place, OfRegister { patient: identity, course, dates: &dates });
        }
    }
    tally.finish(Library::shipped())
}

fn doses(forecast: &Forecast) -> u64 {
    forecast.given.values().map(|it| it.doses.all).sum()
}

#[test]
fn open_doses_are_counted_on_their_days_and_what_was_given_is_not() {
    let mut ward = Chained::new();
    ward.register(0, "A-1042", "LUND, Eva");
    ward.plan(0, "2026-12-01", &request("zoledronic-acid"));
    let slots = planned(&request("zoledronic-acid")).slots;
    let all = slots.len() as u64;
    let before = forecast(&ward, &[0]);
    assert_eq!(doses(&before), all);
    assert_eq!(before.days.unwrap().0, slots[0].due);
    ward.add(0, &slots[0].due.to_string(), r#"{"kind":"given","dose":1,"dose_mg":3.5,"complete":true,"where":"ward"}"#);
    ward.add(0, &slots[1].due.to_string(), r#"{"kind":"omitted","dose":2,"reason":"unwell"}"#);
    let after = forecast(&ward, &[0]);
    assert_eq!(doses(&after), all - 2);
    assert_eq!(after.days.unwrap().0, slots[2].due);
    let containers = |forecast: &Forecast| {
        forecast.containers.values().flat_map(|weeks| weeks.values()).map(|it| it.all).sum::<u64>()
    };
    assert_eq!(containers(&before) - containers(&after), 2 * containers(&before) / all);
    ward.add(0, "2027-05-01", r#"{"kind":"ended","because":"completed"}"#);
    assert_eq!(doses(&forecast(&ward, &[0])), 0);
}

#[test]
fn courses_on_hold_and_without_a_date_are_counted_apart_and_named() {
    let mut ward = Chained::new();
    for (patient, id, file) in
        [(0, "A-1042", "zoledronic-acid"), (1, "A-1055", "denosumab"), (2, "A-1060", "clodronate-by-mouth")]
    {
        ward.register(patient, id, "LUND, Eva");
        ward.plan(patient, "2026-12-01", &request(file));
    }
    let open = planned(&request("zoledronic-acid")).slots.len() as u64;
    let units = forecast(&ward, &[2]).units.values().flat_map(|it| it.values()).map(|it| it.all).sum::<u64>();
    ward.add(0, "2026-12-02", r#"{"kind":"held","because":"creatinine-risen"}"#);
    ward.add(1, "2026-12-02", r#"{"kind":"deferred","dose":1,"then":"keep-dates","reason":"no-chair"}"#);
    ward.add(2, "2026-12-02", r#"{"kind":"deferred","dose":2,"then":"keep-dates","reason":"no-chair"}"#);
    let forecast = forecast(&ward, &[0, 1, 2]);
    assert_eq!((doses(&forecast), forecast.plans.all), (0, 1));
    let [held, no_date, part] = &forecast.apart[..] else { panic!("{:?}", forecast.apart) };
    assert_eq!((held.patient.as_str(), held.why, held.doses), ("A-1042", Apart::OnHold, open));
    assert_eq!(held.needs.iter().map(|it| it.1).sum::<u64>(), open);
    assert_eq!((no_date.patient.as_str(), no_date.why), ("A-1055", Apart::NoDate));
    assert_eq!((part.patient.as_str(), part.why, part.supplies), ("A-1060", Apart::NoDate, 1));
    let counted = forecast.units.values().flat_map(|it| it.values()).map(|it| it.all).sum::<u64>();
    assert_eq!(counted + part.needs[0].1, units);
    let said = text(&forecast, Look { width: 80, ascii: true });
    assert!(said.contains("NOT COUNTED: patient A-1042"), "{said}");
    let document: Value = serde_json::from_str(&forecast.to_json()).unwrap();
    assert_eq!(document["set_apart"][0]["why"], "on-hold");
    assert_eq!(validator_of("forecast").faults(&document), Vec::<String>::new());
    let rows = String::from_utf8(table(&forecast)).unwrap();
    assert_eq!(rows.lines().filter(|row| row.starts_with("set-apart,")).count(), 3);
}

#[test]
fn a_course_with_a_plan_that_cannot_be_read_is_named() {
    let mut ward = Chained::new();
    ward.register(0, "A-1042", "LUND, Eva");
    ward.plan(0, "2026-12-01", &request("zoledronic-acid"));
    let mut state = fold::state(&ward.events(0));
    state.courses[0].plan.plan.0 = "{}".to_owned();
    let mut tally = Tally::new(Scope::default());
    let of = OfRegister { patient: state.identity.as_ref().unwrap(), course: &state.courses[0], dates: &[] };
    tally.add_course(Place::of_course("register.db", "A-1042", 1), of);
    assert_eq!(tally.finish(Library::shipped()).apart[0].why, Apart::PlanNotRead);
}
