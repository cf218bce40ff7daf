//! A visit: the request that is made of the entries and of what is entered, the verdict on it, and what a deferral
//! would do.

use chrono::NaiveDate;
use osteodose::{
    patient::{Condition, HeldBecause, Route, WeightBasis},
    plan::{Evidence, Finding},
    regimen::Severity,
    request::{EarlierDose, LastAntiresorptive, Request},
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
        last_antiresorptive: Some(EarlierDose::None),
        baseline: None,
        product: None,
        weight_basis: None,
        daily_dose_mg: None,
        confirmations: Vec::new(),
        prepared_by: None,
        second_check: None,
    }
}

fn asked(state: &PatientState, today: &str, creatinine: u32) -> Request {
    let today = day(today);
    visit::request((state, 1), entered(today, creatinine), today, None, *LIBRARY).expect("a request")
}

const GIVEN: &[(u16, &str, &str)] = &[(1, "3.5", "2026-12-01"), (2, "3.5", "2026-12-29")];

#[test]
fn the_engine_says_go_or_hold_of_the_course_of_the_entries() {
    let mut events = history(&json!({}), GIVEN);
    let request = asked(&state(&events), "2027-01-26", 95);
    assert_eq!(request.patient.height_cm, Some("164".parse().unwrap()));
    assert_eq!(request.course.as_ref().map(|course| course.doses_given), Some(Some(2)));
    let go = visit::verdict(request, *LIBRARY);
    assert!(matches!(go, Verdict::Go(_)));
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
    let request = visit::request((&state, 1), values, today, None, *LIBRARY).unwrap();
    let history = request.history.clone().unwrap();
    assert_eq!((history.conditions, history.dental), (None, None));
    assert!(request.confirmations.is_empty());
    let verdict = visit::verdict(request, *LIBRARY);
    let codes: Vec<&str> = verdict.plan().unwrap().findings().iter().map(|it| it.code().as_str()).collect();
    assert!(codes.contains(&"conditions-not-asked") && codes.contains(&"dental-not-examined"), "{codes:?}");
}

/// An earlier dose as it is entered.
fn entered_dose(drug: &str, date: &str) -> Option<EarlierDose> {
    let of = json!({"history": {"last_antiresorptive": {"drug": drug, "date": date}}});
    request(&of).history.unwrap().last_antiresorptive
}

/// The earlier dose that the engine is told of on a day, and its verdict.
fn told(state: &PatientState, course: u32, values: Entered, today: &str) -> (Option<EarlierDose>, Verdict) {
    let request = visit::request((state, course), values, day(today), None, *LIBRARY).expect("a request");
    let earlier = request.earlier_dose().cloned();
    (earlier, visit::verdict(request, *LIBRARY))
}

/// The codes of what stops a dose, with the first possible day where it is too soon.
fn stops(verdict: &Verdict) -> Vec<String> {
    let findings = verdict.plan().unwrap_or_else(|| panic!("{verdict:?}")).findings().iter();
    let stop = |it: &&Finding| it.severity == Severity::Stop;
    let said = |it: &Finding| match it.evidence {
        Evidence::TooSoon { first_possible, .. } => format!("too-soon until {first_possible}"),
        _ => it.code().as_str().to_owned(),
    };
    findings.filter(stop).map(said).collect()
}

#[test]
fn a_dose_from_elsewhere_counts_beside_those_of_the_course_whichever_is_newer() {
    let state = state(&history(&json!({}), GIVEN));
    let with = |earlier| Entered { last_antiresorptive: earlier, ..entered(day("2027-01-26"), 95) };
    // 28 days after denosumab, though zoledronic acid was given since.
    for (date, expected) in [("2027-01-20", "too-soon until 2027-02-17"), ("2026-12-30", "too-soon until 2027-01-27")] {
        let (earlier, verdict) = told(&state, 1, with(entered_dose("denosumab", date)), "2027-01-26");
        assert_eq!(earlier, entered_dose("denosumab", date));
        assert_eq!(stops(&verdict), [expected]);
    }
    let before = entered_dose("denosumab", "2026-12-28");
    let (earlier, verdict) = told(&state, 1, with(before.clone()), "2027-01-26");
    assert_eq!((earlier, stops(&verdict).len()), (before, 0));
    // Older than all that is recorded, and it lasts longer.
    let long = entered_dose("zoledronic-acid-5mg", "2026-03-01");
    let (earlier, verdict) = told(&state, 1, with(long.clone()), "2027-01-26");
    assert_eq!(earlier, long);
    assert!(matches!(verdict, Verdict::Confirm(_)), "{verdict:?}");
    // The course's own doses, entered once more, are judged as that.
    for own in [Some(EarlierDose::None), entered_dose("zoledronic-acid", "2026-12-01")] {
        let (earlier, verdict) = told(&state, 1, with(own), "2027-01-26");
        let Some(EarlierDose::Last(last)) = earlier else { panic!("{earlier:?}") };
        assert_eq!(last.date, day("2026-12-29"));
        assert!(matches!(verdict, Verdict::Go(_)));
    }
    // What was not asked is not known: somebody else may have given a dose since.
    let (earlier, verdict) = told(&state, 1, with(None), "2027-01-26");
    assert!(earlier.is_none() && matches!(verdict, Verdict::Confirm(_)));
}

#[test]
fn a_baseline_that_the_entries_know_is_not_entered_anew() {
    let state = state(&history(&json!({}), GIVEN));
    let today = day("2027-01-26");
    let with = |value: &str| {
        let course = json!({"course": {"first_dose": "2026-12-01", "last_dose": "2026-12-29", "dose_mg": 3.5,
            "baseline_creatinine": {"value": value.parse::<u16>().unwrap(), "unit": "umol/L", "date": "2026-12-01"}}});
        let baseline = request(&course).course.unwrap().baseline_creatinine;
        visit::request((&state, 1), Entered { baseline, ..entered(today, 95) }, today, None, *LIBRARY)
    };
    assert_eq!(with("92").unwrap().baseline().unwrap().date, day("2026-11-18"));
    let refused = osteodose::words::register::refused(&with("110").unwrap_err());
    assert_eq!(
        refused,
        "Not recorded: the creatinine before the first dose is 92 \u{b5}mol/L of 18-Nov-2026 in this register, and \
         110 \u{b5}mol/L was entered. Leave it out: the one of the register counts."
    );
}

#[test]
fn the_weight_basis_and_the_daily_dose_of_the_day_are_used() {
    let state = state(&courses(&[(daily("2026-12-01"), "", &[])]));
    let of_day = |patch: &Value| {
        let mut asked = daily("2026-12-01");
        crate::support::merge(&mut asked, patch);
        let entered = Entered::of(request(&asked), Some(&"A. Berg".parse().unwrap()));
        visit::request((&state, 1), entered, day("2026-12-01"), None, *LIBRARY).unwrap()
    };
    let as_planned = of_day(&json!({}));
    assert_eq!((as_planned.weight_basis, as_planned.treatment.daily_dose_mg), (None, None));
    let chosen = of_day(&json!({"weight_basis": "ideal", "treatment": {"daily_dose_mg": 200}}));
    assert_eq!(chosen.weight_basis, Some(WeightBasis::Ideal));
    assert_eq!(chosen.treatment.daily_dose_mg, Some("200".parse().unwrap()));
}

/// The entries of courses, one ended before the next: what is asked for, and the days of doses or supplies.
fn courses(of: &[(Value, &str, &[&str])]) -> Vec<Event> {
    let mut events = vec![event(1, None, day("2026-11-19"), body(REGISTERED))];
    for (course, (patch, given, days)) in (1..).zip(of) {
        let mut add = |on: &str, body| {
            let number = u64::try_from(events.len()).unwrap() + 1;
            events.push(event(number, Some(course), day(on), body));
        };
        let plan = plan(request(patch));
        add("2026-11-20", planned(&plan, None));
        for (dose, on) in (1..).zip(*days) {
            add(on, body(&given.replace("DOSE", &i32::to_string(&dose))));
        }
        if usize::try_from(course).unwrap() < of.len() {
            add(days.last().unwrap(), body(r#"{"kind":"ended","because":"prescriber-decided"}"#));
        }
    }
    events
}

const DENOSUMAB: &str = r#"{"kind":"given","dose":DOSE,"dose_mg":120,"complete":true,"where":"ward"}"#;
const TABLETS: &str = r#"{"kind":"supplied","dose":DOSE,"dose_mg":1600,"units":112,"days":28,"where":"ward"}"#;
const CLODRONATE: &str = r#"{"kind":"given","dose":DOSE,"dose_mg":300,"complete":true,"where":"ward"}"#;

/// A request for five infusions of clodronate on consecutive days.
fn daily(start: &str) -> Value {
    json!({
        "indication": "hypercalcaemia",
        "labs": {"date": start, "creatinine": {"value": 50}, "calcium": {"value": 3.2}},
        "history": {"last_antiresorptive": "none"},
        "treatment": {"drug": "clodronate", "scheme": "daily", "product": "concentrate-60mg-per-ml",
            "start_date": start, "interval_weeks": null},
    })
}

/// Values of a day on which calcium is raised.
fn raised(on: &str) -> Entered {
    Entered { labs: request(&daily(on)).labs, ..entered(day(on), 50) }
}

#[test]
fn of_the_doses_of_several_courses_the_one_that_lasts_longest_is_told() {
    let denosumab = json!({"history": {"last_antiresorptive": "none"},
        "treatment": {"drug": "denosumab", "route": "subcutaneous", "interval_weeks": null}});
    let tablets = json!({"history": {"last_antiresorptive": "none"},
        "treatment": {"drug": "clodronate", "route": "oral", "interval_weeks": null}});
    let zoledronic = json!({"history": {"last_antiresorptive": "none"}});
    let events =
        courses(&[(denosumab, DENOSUMAB, &["2026-12-01"]), (tablets, TABLETS, &["2026-12-08"]), (zoledronic, "", &[])]);
    let state = state(&events);
    assert!(state.faults.is_empty(), "{:?}", state.faults);
    for (today, expected) in [("2026-12-28", &["too-soon until 2026-12-29"][..]), ("2026-12-29", &[])] {
        let values =
            Entered { last_antiresorptive: entered_dose("clodronate", "2026-12-08"), ..entered(day(today), 92) };
        let values = Entered { last_antiresorptive: values.last_antiresorptive.map(by_mouth), ..values };
        let (earlier, verdict) = told(&state, 3, values, today);
        assert_eq!(stops(&verdict), expected, "{today}: {earlier:?}");
    }
}

fn by_mouth(dose: EarlierDose) -> EarlierDose {
    match dose {
        EarlierDose::Last(last) => EarlierDose::Last(LastAntiresorptive { route: Some(Route::Oral), ..last }),
        EarlierDose::None => EarlierDose::None,
    }
}

#[test]
fn a_daily_scheme_goes_on_on_the_day_after_its_last_infusion_and_on_no_other() {
    let given = |days: &[&str]| state(&courses(&[(daily("2026-12-01"), CLODRONATE, days)]));
    for (days, today, expected) in [
        (&["2026-12-01"][..], "2026-12-02", None),
        (&["2026-12-01", "2026-12-02"], "2026-12-03", None),
        (&["2026-12-01"], "2026-12-01", Some("2026-12-08")),
        (&["2026-12-01"], "2026-12-03", Some("2026-12-08")),
        (&["2026-12-01", "2026-12-03"], "2026-12-04", Some("2026-12-08")),
        (&["2026-12-01", "2026-12-01"], "2026-12-02", Some("2026-12-08")),
        (&["2026-12-01", "2026-12-02"], "2026-12-09", None),
    ] {
        let (_, verdict) = told(&given(days), 1, raised(today), today);
        let expected: Vec<String> = expected.iter().map(|until| format!("too-soon until {until}")).collect();
        assert_eq!(stops(&verdict), expected, "{days:?}, asked on {today}");
    }
    // What the nurse knows of the scheme itself is no other treatment.
    let values = Entered { last_antiresorptive: entered_dose("clodronate", "2026-12-01"), ..raised("2026-12-02") };
    let (earlier, verdict) = told(&given(&["2026-12-01"]), 1, values, "2026-12-02");
    assert_eq!((earlier, stops(&verdict).len()), (Some(EarlierDose::None), 0));
}

#[test]
fn a_single_infusion_sees_a_dose_that_was_not_planned() {
    let mut single = daily("2026-12-01");
    single["treatment"] = json!({"drug": "zoledronic-acid", "start_date": "2026-12-01", "interval_weeks": null});
    let unplanned = r#"{"kind":"given","dose":null,"dose_mg":4,"complete":true,"where":"ward"}"#;
    let state = state(&courses(&[(single, unplanned, &["2026-12-01"])]));
    for (today, expected) in [("2026-12-02", &["too-soon until 2026-12-08"][..]), ("2026-12-08", &[])] {
        let (_, verdict) = told(&state, 1, raised(today), today);
        assert_eq!(stops(&verdict), expected, "{today}");
    }
}

#[test]
fn a_course_that_is_planned_again_keeps_what_its_first_plan_stated() {
    let stated = json!({"history": {"last_antiresorptive": {"drug": "denosumab", "date": "2026-11-03"}}});
    let mut events = courses(&[(stated, "", &[])]);
    let again = plan(request(&json!({"history": {"last_antiresorptive": "none"}})));
    events.push(event(3, Some(1), day("2026-11-21"), planned(&again, Some(1))));
    let (_, verdict) = told(&state(&events), 1, entered(day("2026-11-30"), 92), "2026-11-30");
    assert_eq!(stops(&verdict), ["too-soon until 2026-12-01"]);
}

#[test]
fn of_two_courses_that_are_open_neither_is_assessed() {
    let mut events = history(&json!({}), &GIVEN[..1]);
    events.push(event(4, Some(2), day("2026-12-10"), planned(&plan(request(&json!({}))), None)));
    let both = state(&events);
    for course in [1, 2] {
        let today = day("2027-01-26");
        let asked = visit::request((&both, course), entered(today, 95), today, None, *LIBRARY);
        assert_eq!(asked.unwrap_err(), Refused::TwoOpen { first: 1, second: 2 });
    }
    let ended = event(5, Some(1), day("2026-12-09"), body(r#"{"kind":"ended","because":"completed"}"#));
    events.push(ended);
    let one = state(&events);
    let today = day("2027-01-26");
    let ask = |course| visit::request((&one, course), entered(today, 95), today, None, *LIBRARY);
    assert_eq!(ask(1).unwrap_err(), Refused::NoOpenCourse { course: 1 });
    assert!(ask(2).unwrap().course.is_none(), "nothing was given of the course that is named");
}

#[test]
fn infusions_on_consecutive_days_are_not_earlier_treatment_of_each_other() {
    let daily = daily("2026-12-01");
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
    let of_today = visit::request((&state, 1), values, today, None, *LIBRARY).unwrap();
    assert_eq!(of_today.history.clone().unwrap().last_antiresorptive, Some(EarlierDose::None));
    assert!(!matches!(visit::verdict(of_today, *LIBRARY), Verdict::Hold(_) | Verdict::Unusable(_)));
}

#[test]
fn no_request_is_made_without_an_open_course() {
    let today = day("2027-01-26");
    let none =
        |events: &[Event]| visit::request((&state(events), 1), entered(today, 95), today, None, *LIBRARY).unwrap_err();
    assert_eq!(none(&[]), Refused::NotRegistered);
    let mut events = history(&json!({}), GIVEN);
    assert_eq!(none(&events[..1]), Refused::NoOpenCourse { course: 1 });
    events.push(event(5, Some(1), today, body(r#"{"kind":"ended","because":"completed"}"#)));
    assert_eq!(none(&events), Refused::NoOpenCourse { course: 1 });
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
