//! What holds for every history of a patient, tried on random ones: any order, any slip, any strike. The same seed makes
//! the same history.

use std::{collections::BTreeMap, panic};

use chrono::NaiveDate;
use osteodose::{
    dosing,
    plan::{Finding, Outcome, Plan},
    regimen::{Code, Severity},
    request::{DatedCreatinine, Request},
    ward::{
        event::{Body, Draft, Event, Identity, Registered, What},
        flow::{self, Standing},
        fold::{CourseState, PatientState, Status, admit, state},
        visit::{self, Entered},
    },
    words::register as words,
};
use serde_json::{Value, json};

use super::{assessed, body, event, planned};
use crate::{
    strategy::{self, Random},
    support::LIBRARY,
};

/// Histories of each property.
const HISTORIES: u64 = 1000;
/// Histories of each property where somebody has the time.
const MANY_HISTORIES: u64 = 10_000;

/// A patient with a plan that can be given.
fn patient(r: &mut Random) -> Plan {
    loop {
        let request = Request::parse(strategy::request(r.next()).to_string().as_bytes()).unwrap();
        if let Ok(plan) = dosing::plan(request, *LIBRARY)
            && matches!(plan.outcome(), Outcome::Dosed(_))
        {
            return plan;
        }
    }
}

fn add(day: NaiveDate, days: i64) -> NaiveDate {
    day + chrono::TimeDelta::days(days)
}

/// A history while it is made.
struct History {
    plan: Plan,
    events: Vec<Event>,
    /// Whether everything is admitted that is in it.
    is_admitted: bool,
}

impl History {
    /// A history of up to so many entries; an admitted one holds nothing that would be refused.
    fn new(seed: u64, is_admitted: bool) -> Self {
        let mut r = Random::new(seed);
        let plan = patient(&mut r);
        let start = plan.request().treatment.start_date;
        let of = &plan.request().patient;
        let identity = Identity { id: "R-1".parse().unwrap(), name: None, birth_date: of.birth_date, sex: of.sex };
        let registered = Registered { patient: identity }.into();
        let mut history = Self { plan, events: Vec::new(), is_admitted };
        history.add(None, add(start, -9), registered);
        let first = planned(&history.plan, None);
        history.add(Some(1), add(start, -r.between(0, 8)), first);
        for _ in 0..r.between(0, 25) {
            history.grow(&mut r);
        }
        history
    }

    fn add(&mut self, course: Option<u32>, on: NaiveDate, body: Body) {
        let number = u64::try_from(self.events.len()).unwrap() + 1;
        let draft = Draft { on, by: "A. Berg".parse().unwrap(), course, body };
        let today = add(self.plan.request().treatment.start_date, 2000);
        if !self.is_admitted || admit(&self.events, &draft, today).is_ok() {
            self.events.push(event(number, course, on, draft.body));
        }
    }

    /// Adds a random entry.
    fn grow(&mut self, r: &mut Random) {
        let start = self.plan.request().treatment.start_date;
        let on = add(start, if r.chance(85) { r.between(-5, 300) } else { r.between(-60, 900) });
        let course = if self.is_admitted || r.chance(95) { Some(1) } else { *r.pick(&[None, Some(2)]) };
        let numbers = i64::try_from(self.events.len()).unwrap();
        let any = r.between(1, numbers + i64::from(!self.is_admitted));
        let state = state(&self.events);
        let open = state.course(1).and_then(CourseState::next_slot).map_or(1, |slot| i64::from(slot.number));
        let dose = if r.chance(70) { open } else { r.between(1, 16) };
        let body = match r.between(0, 99) {
            0..=44 => {
                let on = self.due(&state).filter(|_| r.chance(60)).map_or(on, |due| add(due, r.between(-3, 12)));
                let given = self.given(r, dose);
                self.add(course, on, given);
                return;
            }
            45..=54 => json!({"kind": "deferred", "dose": dose, "reason": "no-chair",
                "then": r.pick(&["keep-dates", "move-dates"]),
                "to": if r.chance(80) { json!(add(on, r.between(-2, 60))) } else { Value::Null }}),
            55..=61 => json!({"kind": "omitted", "dose": dose, "reason": "unwell"}),
            62..=67 => {
                json!({"kind": "held", "because": r.pick(&["creatinine-risen", "calcium-low", "jaw", "fracture"])})
            }
            68..=74 => {
                let holds = state.course(1).map_or(&[][..], |course| &course.holds);
                let named: Vec<u64> = holds.iter().map(|hold| hold.number).collect();
                json!({"kind": "resumed", "holds": if named.is_empty() || r.chance(10) { json!([any]) } else { json!(named) },
                    "without_go_because": "paper record", "prescriber": "Dr K. Holm"})
            }
            75..=84 => json!({"kind": "struck", "event": any, "reason": "twice"}),
            85 => json!({"kind": "ended", "because": "completed"}),
            86..=91 => json!({"kind": "noted", "text": "telephoned"}),
            92..=95 => return self.assess(r, on, course),
            _ => return self.plan_again(&state, on),
        };
        self.add(course, on, super::body(&body.to_string()));
    }

    fn due(&self, state: &PatientState) -> Option<NaiveDate> {
        let course = state.course(1)?;
        let clinic = clinic(&self.plan);
        let dates = flow::dates(course, &flow::calendar(course, &clinic));
        dates.iter().find_map(|it| it.due)
    }

    fn given(&self, r: &mut Random, dose: i64) -> Body {
        let Outcome::Dosed(dosed) = self.plan.outcome() else { unreachable!("only given plans are drawn") };
        let mg: Value = serde_json::from_str(&dosed.dosing.mass.in_milligrams().to_string()).unwrap();
        let mg = if self.is_admitted || r.chance(90) { mg } else { json!(r.between(0, 9)) };
        let dose = if r.chance(90) { json!(dose) } else { Value::Null };
        let is_complete = r.chance(90);
        let mut body = json!({
            "dose": dose, "dose_mg": mg, "where": "ward", "without_go_because": "paper record", "prescriber": "Dr K. Holm",
            "no_batch_because": "paper record",
        });
        if self.plan.listed().regimen.supply.is_some() {
            body["kind"] = json!("supplied");
            body["units"] = json!(28);
            body["days"] = json!(28);
        } else {
            body["kind"] = json!("given");
            body["complete"] = json!(is_complete);
            if !is_complete {
                body["because"] = json!("stopped-line");
            }
        }
        super::body(&body.to_string())
    }

    fn assess(&mut self, r: &mut Random, on: NaiveDate, course: Option<u32>) {
        let mut request = self.plan.request().clone();
        request.treatment.start_date = on;
        request.labs.date = add(on, -r.between(0, 20));
        if let Ok(plan) = dosing::plan(request, *LIBRARY) {
            self.add(course, on, assessed(&plan, None));
        }
    }

    /// Plans the course again, from a day on which another dose is possible.
    fn plan_again(&mut self, state: &PatientState, on: NaiveDate) {
        let Some(course) = state.course(1) else { return };
        let on = course.first_possible().map_or(on, |(first, _)| first.max(on));
        let (values, clinic) = (entered(&self.plan, course, on), self.plan.request().clinic.clone());
        let Ok(mut request) = visit::request((state, course.number), values, on, clinic, *LIBRARY) else {
            return;
        };
        request.patient.id = None;
        if let Ok(plan) = dosing::plan(request, *LIBRARY)
            && matches!(plan.outcome(), Outcome::Dosed(_))
        {
            self.add(Some(1), on, planned(&plan, Some(1)));
        }
    }
}

fn clinic(plan: &Plan) -> osteodose::request::Clinic {
    let every_day = osteodose::request::Clinic { open_weekdays: None, closed_dates: Vec::new() };
    plan.request().clinic.clone().unwrap_or(every_day)
}

/// The values of a visit: those of the plan, measured the day before.
fn entered(plan: &Plan, course: &CourseState, today: NaiveDate) -> Entered {
    let request = plan.request();
    let history = request.history.clone().unwrap_or_default();
    let mut labs = request.labs.clone();
    labs.date = add(today, -1);
    labs.calcium_date = None;
    let baseline = labs.creatinine.zip(course.first_dose).map(|(creatinine, first)| DatedCreatinine {
        value: creatinine.value,
        unit: creatinine.unit,
        date: add(first, -1),
    });
    Entered {
        weight_kg: request.patient.weight_kg,
        height_cm: None,
        allergies: None,
        labs,
        dental: history.dental,
        conditions: history.conditions,
        medicines: history.medicines,
        last_antiresorptive: None,
        baseline,
        product: None,
        weight_basis: None,
        daily_dose_mg: None,
        confirmations: Vec::new(),
        prepared_by: None,
        second_check: None,
    }
}

/// Runs a property over histories, and says which seed failed.
fn for_each(histories: u64, first_seed: u64, is_admitted: bool, property: impl Fn(&History) + panic::RefUnwindSafe) {
    for seed in first_seed..first_seed + histories {
        let outcome = panic::catch_unwind(|| property(&History::new(seed, is_admitted)));
        if let Err(cause) = outcome {
            println!("seed {seed}");
            panic::resume_unwind(cause);
        }
    }
}

/// Everything that is computed of a history can be computed.
fn nothing_panics(history: &History) {
    let state = state(&history.events);
    let clinic = clinic(&history.plan);
    for fault in &state.faults {
        assert!(!words::fault(fault).is_empty());
    }
    for course in &state.courses {
        let calendar = flow::calendar(course, &clinic);
        for date in flow::dates(course, &calendar) {
            let to = add(date.planned, 40);
            flow::deferral(course, date.dose, to, &calendar);
            let _ = flow::is_open(course, date.dose, to, &calendar);
        }
        course.request_course();
    }
    state.last_antiresorptive();
}

/// A struck pair is as if neither had been recorded.
fn a_strike_leaves_nothing(history: &History) {
    let struck = |number: u64| {
        history.events.iter().any(|it| matches!(&it.what, What::Body(Body::Struck(strike)) if strike.event == number))
    };
    for at in 0..history.events.len() {
        let target = &history.events[at];
        if matches!(target.what, What::Body(Body::Struck(_))) || struck(target.number) {
            continue;
        }
        let mut with = history.events.clone();
        let text = format!(r#"{{"kind":"struck","event":{},"reason":"twice"}}"#, target.number);
        with.push(event(1000, None, target.on, body(&text)));
        let mut without = history.events.clone();
        without.remove(at);
        assert_eq!(state(&with), state(&without), "{target:?}");
    }
}

/// Every dose that was not struck is counted, and no other.
fn doses_are_counted(history: &History) {
    let struck: Vec<u64> = history
        .events
        .iter()
        .filter_map(|it| if let What::Body(Body::Struck(strike)) = &it.what { Some(strike.event) } else { None })
        .collect();
    for course in &state(&history.events).courses {
        let is_counted = |it: &&Event| {
            matches!(it.what, What::Body(Body::Given(_) | Body::Supplied(_)))
                && it.course == Some(course.number)
                && !struck.contains(&it.number)
        };
        let count = history.events.iter().filter(is_counted).count();
        assert_eq!(course.doses.len(), count);
        let before = course.before.as_ref().map_or(Some(0), |before| before.doses_given);
        let expected = before.map(|before| before + u16::try_from(count).unwrap());
        assert_eq!(course.doses_given, expected);
    }
}

/// What does not depend on the numbers of entries.
fn summary(history: &History, state: &PatientState) -> Value {
    let clinic = clinic(&history.plan);
    let courses = state.courses.iter().map(|course| {
        let slots = course.slots.iter().map(|slot| json!([slot.number, slot.planned, slot.answer.is_some()]));
        let dates = flow::dates(course, &flow::calendar(course, &clinic));
        json!({
            "status": course.status, "first": course.first_dose, "last": course.last_dose, "count": course.doses_given,
            "in_use": course.dose_in_use, "baseline": course.baseline, "course": course.request_course(),
            "slots": slots.collect::<Vec<_>>(), "ended": course.ended.map(|it| it.on),
            "holds": course.holds.iter().map(|hold| hold.on).collect::<Vec<_>>(),
            "due": dates.iter().map(|it| json!([it.dose, it.due, it.standing])).collect::<Vec<_>>(),
        })
    });
    json!({"courses": courses.collect::<Vec<_>>(), "faults": state.faults.len(), "last": state.last_antiresorptive()})
}

/// The same entries recorded in another order; what happened on one day stays in its order.
fn recorded_otherwise(events: &[Event], r: &mut Random) -> Vec<Event> {
    let mut keys: Vec<u64> = events.iter().map(|_| r.next()).collect();
    let mut of_day: BTreeMap<NaiveDate, Vec<usize>> = BTreeMap::new();
    for (at, event) in events.iter().enumerate() {
        of_day.entry(event.on).or_default().push(at);
    }
    for places in of_day.values() {
        let mut of_these: Vec<u64> = places.iter().map(|at| keys[*at]).collect();
        of_these.sort_unstable();
        for (at, key) in places.iter().zip(of_these) {
            keys[*at] = key;
        }
    }
    let mut order: Vec<usize> = (0..events.len()).collect();
    order.sort_by_key(|at| keys[*at]);
    let number_of = |old: u64| {
        let place = order.iter().position(|at| events[*at].number == old);
        place.map_or(old + 5000, |place| u64::try_from(place).unwrap() + 1)
    };
    let renumbered = order.iter().map(|at| {
        let mut event = events[*at].clone();
        event.number = number_of(event.number);
        if let What::Body(body) = &mut event.what {
            match body {
                Body::Struck(it) => it.event = number_of(it.event),
                Body::Resumed(it) => it.holds.iter_mut().for_each(|hold| *hold = number_of(*hold)),
                Body::Given(it) => it.assessed = it.assessed.map(number_of),
                _ => {}
            }
        }
        event
    });
    renumbered.collect()
}

fn the_order_of_recording_does_not_matter(history: &History) {
    let mut r = Random::new(u64::try_from(history.events.len()).unwrap());
    let expected = summary(history, &state(&history.events));
    for _ in 0..3 {
        let otherwise = recorded_otherwise(&history.events, &mut r);
        assert_eq!(summary(history, &state(&otherwise)), expected);
    }
}

/// No day is closed, too soon after another, before the last dose, or past the end.
fn days_keep_the_rule(history: &History) {
    let clinic = clinic(&history.plan);
    for course in &state(&history.events).courses {
        let calendar = flow::calendar(course, &clinic);
        let gaps = course.gaps();
        let mut before = course.last_dose;
        let mut first = course.first_dose;
        for date in flow::dates(course, &calendar) {
            let (Some(due), Standing::Due) = (date.due, date.standing) else { continue };
            let slot = course.slots.iter().find(|it| it.number == date.dose && it.answer.is_none()).unwrap();
            assert!(slot.urgent || course.plan.rule.fixed_length || calendar.is_open(due), "{due} is closed");
            let first = *first.get_or_insert(due);
            if let Some(before) = before {
                assert!(due >= gaps.after(first, before).after(before), "{due} is too soon after {before}");
                assert!(due > before || course.plan.rule.minimum_gap_days == 0);
            }
            assert!(course.ends().is_none_or(|ends| due < ends), "{due} is past the end");
            before = Some(due);
        }
    }
}

/// Whatever was recorded without a refusal, the engine can be asked about the next dose: on its day, or later where a
/// dose of another course was given after that day.
fn the_engine_takes_the_course(history: &History) {
    let state = state(&history.events);
    let Some(course) = state.open_course().filter(|course| course.status != Status::AllAnswered) else { return };
    let clinic = clinic(&history.plan);
    let dates = flow::dates(course, &flow::calendar(course, &clinic));
    let Some(due) = dates.iter().find_map(|it| it.due.filter(|_| it.standing == Standing::Due)) else { return };
    let today = state.courses.iter().filter_map(|it| it.last_dose).fold(due, NaiveDate::max);
    let mut values = entered(&history.plan, course, today);
    if course.baseline.is_some() {
        values.baseline = None;
    }
    let request = visit::request((&state, course.number), values, today, Some(clinic), *LIBRARY);
    let request = request.expect("a request for an open course");
    assert_eq!(request.course.is_some(), course.request_course().is_some());
    let is_of_course = request.course.is_some();
    match visit::verdict(request, *LIBRARY) {
        // An older patient can need a dose that the tablets of the plan do not make up; others are then chosen.
        visit::Verdict::Unusable(why) if why.to_string().starts_with("treatment.product: ") => {}
        visit::Verdict::Unusable(why) => panic!("on {today}: {why}"),
        visit::Verdict::Hold(plan) if is_of_course => {
            let is_too_soon = |it: &Finding| it.code() == Code::TooSoon && it.severity == Severity::Stop;
            assert!(!plan.findings().iter().any(is_too_soon), "too soon on {today}, when it is due");
        }
        _ => {}
    }
}

/// A dose that is given late is followed by the next one a whole interval later at the earliest; one that is given on the
/// day on which it is due moves nothing.
fn a_late_dose_restarts_the_plan(history: &History) {
    let before = state(&history.events);
    let Some(course) = before.course(1).filter(|course| course.plan.rule.loading.is_none()) else { return };
    let Some(weeks) = course.plan.rule.weeks else { return };
    let clinic = clinic(&history.plan);
    let calendar = flow::calendar(course, &clinic);
    let dates = flow::dates(course, &calendar);
    let is_due = |it: &&flow::SlotDate| it.standing == Standing::Due;
    let Some(next) = dates.iter().find(is_due) else { return };
    for late in [0, 1, 5, 30] {
        let on = add(next.due.unwrap(), late);
        let given = json!({
            "kind": "given", "dose": next.dose, "dose_mg": 4, "complete": true, "where": "ward",
        });
        let mut events = history.events.clone();
        events.push(event(100_000, Some(1), on, super::body(&given.to_string())));
        let after = state(&events);
        let course = after.course(1).unwrap();
        for date in flow::dates(course, &calendar).iter().filter(is_due).filter(|it| it.dose > next.dose) {
            if late > 0 {
                assert!(date.due >= Some(add(on, 7 * i64::from(weeks))), "dose {} after {on}", date.dose);
            } else if let Some(was) = dates.iter().filter(is_due).find(|it| it.dose == date.dose) {
                assert_eq!(date.due, was.due, "dose {} after {on}: {dates:?} {:?}", date.dose, course.slots);
            }
        }
    }
}

/// A property: what it says, whether it is of admitted histories alone, and how it is tried.
type Property = (&'static str, bool, fn(&History));

const PROPERTIES: &[Property] = &[
    ("nothing panics", false, nothing_panics),
    ("a strike leaves nothing", false, a_strike_leaves_nothing),
    ("doses are counted", false, doses_are_counted),
    ("the order of recording does not matter", false, the_order_of_recording_does_not_matter),
    ("days keep the rule", false, days_keep_the_rule),
    ("days keep the rule, admitted", true, days_keep_the_rule),
    ("the engine takes the course", true, the_engine_takes_the_course),
    ("a late dose restarts the plan", true, a_late_dose_restarts_the_plan),
];

fn all(histories: u64) {
    for ((name, is_admitted, property), nth) in PROPERTIES.iter().zip(0_u64..) {
        println!("{name}");
        for_each(histories, nth * 1_000_000, *is_admitted, property);
    }
}

#[test]
fn every_history_keeps_the_rules() {
    all(HISTORIES);
}

#[test]
#[ignore = "ten thousand histories of each property take minutes: cargo test --release --test integration -- --ignored ten_thousand"]
fn ten_thousand_histories_keep_the_rules() {
    all(MANY_HISTORIES);
}

#[test]
fn histories_are_of_every_kind() {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for seed in 0..200 {
        for event in History::new(seed, true).events {
            let What::Body(body) = event.what else { continue };
            *seen.entry(body.kind().as_str()).or_default() += 1;
        }
    }
    for kind in ["given", "supplied", "deferred", "omitted", "held", "resumed", "ended", "struck", "noted", "assessed"]
    {
        assert!(seen.get(kind).is_some_and(|count| *count > 10), "{kind}: {seen:?}");
    }
    assert!(seen["planned"] > 210, "{seen:?}");
}
