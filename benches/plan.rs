//! One plan, from the bytes of a request to the bytes of the plan, beside the floor: parsing the same
//! request and writing the same plan with `serde_json` alone. Both in one run, taken in turn.
//!
//! `cargo bench` prints the median of each and the ratio of the medians.

use std::{
    hint::black_box,
    time::{Duration, Instant},
};

use osteodose::{dosing, regimen::Library, request::Request};
use serde::Deserialize;
use serde_json::Number;

const ROUNDS: usize = 201;
const PLANS_A_ROUND: u32 = 200;

/// The same request as plain records, the least that `serde_json` must do to read it.
#[derive(Deserialize)]
#[allow(dead_code, reason = "it is read, and that is what is measured")]
struct Floor<'a> {
    #[serde(borrow)]
    patient: FloorPatient<'a>,
    tumour: &'a str,
    indication: &'a str,
    labs: FloorLabs<'a>,
    history: FloorHistory<'a>,
    treatment: FloorTreatment<'a>,
    clinic: FloorClinic<'a>,
    confirmations: Vec<FloorConfirmation<'a>>,
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "it is read, and that is what is measured")]
struct FloorPatient<'a> {
    id: &'a str,
    birth_date: chrono::NaiveDate,
    sex: &'a str,
    weight_kg: Number,
    height_cm: Number,
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "it is read, and that is what is measured")]
struct FloorLabs<'a> {
    date: chrono::NaiveDate,
    #[serde(borrow)]
    creatinine: FloorValue<'a>,
    calcium: FloorValue<'a>,
    albumin: FloorValue<'a>,
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "it is read, and that is what is measured")]
struct FloorValue<'a> {
    value: Number,
    unit: &'a str,
    kind: Option<&'a str>,
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "it is read, and that is what is measured")]
struct FloorHistory<'a> {
    dental: &'a str,
    #[serde(borrow)]
    conditions: Vec<&'a str>,
    medicines: Vec<&'a str>,
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "it is read, and that is what is measured")]
struct FloorTreatment<'a> {
    drug: &'a str,
    route: &'a str,
    start_date: chrono::NaiveDate,
    interval_weeks: u16,
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "it is read, and that is what is measured")]
struct FloorClinic<'a> {
    #[serde(borrow)]
    open_weekdays: Vec<&'a str>,
    closed_dates: Vec<chrono::NaiveDate>,
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "it is read, and that is what is measured")]
struct FloorConfirmation<'a> {
    finding: &'a str,
    by: &'a str,
    reason: &'a str,
}

fn timed(mut work: impl FnMut()) -> Duration {
    let start = Instant::now();
    for _ in 0..PLANS_A_ROUND {
        work();
    }
    start.elapsed() / PLANS_A_ROUND
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

#[expect(clippy::print_stdout, reason = "a bench prints what it measured")]
fn main() {
    let bytes: &[u8] = include_bytes!("../tests/requests/a-request.json");
    let library = Library::shipped();
    let request = Request::parse(bytes).expect("the example is well-formed");
    let plan = dosing::plan(&request, &library).expect("the example is usable");
    let document = plan.document();
    let size = plan.to_json().len();

    let whole = || {
        let request = Request::parse(black_box(bytes)).expect("the example is well-formed");
        let plan = dosing::plan(&request, &library).expect("the example is usable");
        black_box(plan.to_json());
    };
    let floor = || {
        let request: Floor<'_> = serde_json::from_slice(black_box(bytes)).expect("the example is well-formed");
        black_box(request);
        black_box(serde_json::to_string(&document).expect("a plan is JSON"));
    };
    let parse = || {
        black_box(Request::parse(black_box(bytes)).expect("the example is well-formed"));
    };
    let engine = || {
        black_box(dosing::plan(black_box(&request), &library).expect("the example is usable"));
    };

    let mut times: [Vec<Duration>; 4] = Default::default();
    for _ in 0..ROUNDS {
        times[0].push(timed(whole));
        times[1].push(timed(floor));
        times[2].push(timed(parse));
        times[3].push(timed(engine));
    }
    let [whole, floor, parse, engine] = times.map(median);
    println!("plan of {size} bytes, median of {ROUNDS} rounds of {PLANS_A_ROUND}");
    println!("whole   {whole:>10.1?}  request bytes to plan bytes");
    println!("floor   {floor:>10.1?}  serde_json alone: the same request read, the same plan written");
    println!("parse   {parse:>10.1?}  of the whole: reading the request");
    println!("engine  {engine:>10.1?}  of the whole: making the plan");
    let hundredths = whole.as_nanos() * 100 / floor.as_nanos().max(1);
    println!("ratio   {}.{:02}", hundredths / 100, hundredths % 100);
}
