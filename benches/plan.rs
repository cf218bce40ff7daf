//! One plan, from the bytes of a request to the bytes of the plan, beside the floor: parsing the same
//! request and writing the same plan with `serde_json` alone. Both in one run, taken in turn.
//!
//! `cargo bench` prints the median of each and the ratio of the medians.

use std::{
    hint::black_box,
    time::{Duration, Instant},
};

use osteodose::{dosing, regimen::Library, request::Request};

#[path = "floor/mod.rs"]
mod floor;

use floor::Floor;

const ROUNDS: usize = 201;
const PLANS_A_ROUND: u32 = 200;

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
    let plan = dosing::plan(request.clone(), library).expect("the example is usable");
    let document = plan.document();
    let size = plan.to_json().len();

    let whole = || {
        let request = Request::parse(black_box(bytes)).expect("the example is well-formed");
        let plan = dosing::plan(request, library).expect("the example is usable");
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
        black_box(dosing::plan(black_box(request.clone()), library).expect("the example is usable"));
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
