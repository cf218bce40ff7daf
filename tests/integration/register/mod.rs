//! The register of a ward: what entries amount to, case by case, and what holds for every history.

mod cases;
#[cfg(feature = "tui")]
mod form;
mod histories;
mod sentences;
mod visits;

use chrono::NaiveDate;
use osteodose::{
    dosing,
    plan::Plan,
    request::Request,
    ward::event::{Assessed, Body, Event, Planned, What},
};
use serde_json::Value;

use crate::support::{LIBRARY, json, merge, tests};

fn day(text: &str) -> NaiveDate {
    osteodose::quantity::parse_date(text).unwrap_or_else(|| panic!("{text} is no day"))
}

/// The example of the interface, with these members in place of its own; null takes one out.
fn request(patch: &Value) -> Request {
    let mut request = json(&tests("requests/a-request.json"));
    merge(&mut request, patch);
    Request::parse(request.to_string().as_bytes()).unwrap_or_else(|faults| panic!("{patch}: {}", faults[0]))
}

fn plan(request: Request) -> Plan {
    dosing::plan(request, *LIBRARY).unwrap_or_else(|unusable| panic!("not usable: {unusable}"))
}

/// The entry for a plan.
fn planned(plan: &Plan, replaces_course: Option<u32>) -> Body {
    let planned = Planned::of(plan, plan.to_json()).expect("a plan that is not stopped");
    Planned { replaces_course, ..planned }.into()
}

fn assessed(plan: &Plan, dose: Option<u16>) -> Body {
    Assessed::of(plan, dose).into()
}

fn body(text: &str) -> Body {
    Body::parse(text.as_bytes()).unwrap_or_else(|faults| panic!("{text}: {}", faults[0]))
}

fn event(number: u64, course: Option<u32>, on: NaiveDate, body: Body) -> Event {
    let seq = u32::try_from(number).unwrap();
    let by = "A. Berg".parse().unwrap();
    Event { number, seq, course, on, recorded_ms: 0, offset_min: 60, by, what: What::Body(body) }
}

/// The patient of the example.
const REGISTERED: &str = r#"{"kind":"registered","patient":{"id":"A-1042","birth_date":"1958-03-14","sex":"female"}}"#;
