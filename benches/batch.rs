//! A batch as a hospital runs it, as a process of its own, beside what can be no faster: `serde_json` alone that
//! reads the same requests and writes the same plans, and a bare program that computes clearance, band and dates
//! only. Processor time throughout, all in one run; the last two rows are time as a clock tells it.
//!
//! `cargo bench --bench batch` prints the figures and their ratios. Needs Linux, `taskset` and two cores.

use std::{
    fmt::Write as _,
    fs,
    hint::black_box,
    path::Path,
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use chrono::{Datelike, Days, NaiveDate, Weekday};
use osteodose::{dosing, regimen::Library, request::Request};
use serde::{Deserialize, Serialize};

#[path = "floor/mod.rs"]
mod floor;

use floor::Floor;

const PROGRAM: &str = env!("CARGO_BIN_EXE_osteodose");
const EXAMPLE: &str = include_str!("../tests/requests/a-request.json");

/// Zoledronic acid for 24 months, every 4 weeks, on open weekdays.
const MONTHS_24: &str = r#"{"patient":{"id":"P-@","birth_date":"1951-04-12","sex":"male","weight_kg":81.5},"tumour":"prostate","indication":"skeletal-events","labs":{"date":"2026-11-24","creatinine":{"value":#,"unit":"umol/L"},"calcium":{"value":2.35,"unit":"mmol/L"},"albumin":{"value":40,"unit":"g/L"}},"history":{"dental":"fit"},"treatment":{"drug":"zoledronic-acid","start_date":"2026-12-01","interval_weeks":4},"clinic":{"open_weekdays":["mon","tue","wed","thu","fri"],"closed_dates":["2026-12-24","2026-12-25","2027-01-01"]}}"#;

/// What a bare program reads of such a request.
#[derive(Deserialize)]
struct Bare<'a> {
    #[serde(borrow)]
    patient: BarePatient<'a>,
    labs: BareLabs,
    treatment: BareTreatment,
    #[serde(borrow)]
    clinic: BareClinic<'a>,
}

#[derive(Deserialize)]
struct BarePatient<'a> {
    id: &'a str,
    birth_date: NaiveDate,
    weight_kg: serde_json::Number,
}

#[derive(Deserialize)]
struct BareLabs {
    date: NaiveDate,
    creatinine: BareValue,
}

#[derive(Deserialize)]
struct BareValue {
    value: u64,
}

#[derive(Deserialize)]
struct BareTreatment {
    start_date: NaiveDate,
    interval_weeks: u64,
}

#[derive(Deserialize)]
struct BareClinic<'a> {
    #[serde(borrow)]
    open_weekdays: Vec<&'a str>,
    closed_dates: Vec<NaiveDate>,
}

#[derive(Serialize)]
struct BareAnswer<'a> {
    id: &'a str,
    clearance: u64,
    dose_mg: &'a str,
    draw_up_ml: &'a str,
    doses: Vec<BareDose>,
}

#[derive(Serialize)]
struct BareDose {
    date: NaiveDate,
    planned_date: NaiveDate,
}

/// Clearance, band and dates of one request; nothing is checked.
fn bare(line: &str, to: &mut Vec<u8>) {
    let request: Bare<'_> = serde_json::from_str(line).expect("a request");
    let tenths: u64 = request.patient.weight_kg.to_string().replace('.', "").parse().expect("one decimal");
    let age = u64::from(request.labs.date.years_since(request.patient.birth_date).unwrap_or(0));
    let clearance = (140 - age) * tenths * 884 / (720 * request.labs.creatinine.value);
    let (dose_mg, draw_up_ml) = match clearance / 10 {
        61.. => ("4", "5"),
        50..=60 => ("3.5", "4.4"),
        40..=49 => ("3.3", "4.1"),
        _ => ("3", "3.8"),
    };
    let is_open = |day: NaiveDate| {
        let word = match day.weekday() {
            Weekday::Mon => "mon",
            Weekday::Tue => "tue",
            Weekday::Wed => "wed",
            Weekday::Thu => "thu",
            Weekday::Fri => "fri",
            Weekday::Sat => "sat",
            Weekday::Sun => "sun",
        };
        request.clinic.open_weekdays.contains(&word) && !request.clinic.closed_dates.contains(&day)
    };
    let start = request.treatment.start_date;
    let end = start + chrono::Months::new(24);
    let planned = (0..).map(|k| start + Days::new(k * 7 * request.treatment.interval_weeks));
    let doses = planned.take_while(|day| *day < end).map(|planned_date| {
        let date = planned_date.iter_days().find(|day| is_open(*day)).unwrap_or(planned_date);
        BareDose { date, planned_date }
    });
    let answer = BareAnswer { id: request.patient.id, clearance, dose_mg, draw_up_ml, doses: doses.collect() };
    serde_json::to_writer(&mut *to, &answer).expect("an answer is JSON");
    to.push(b'\n');
}

/// The processor time of this thread.
fn own_time() -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    Duration::new(time.tv_sec.unsigned_abs(), u32::try_from(time.tv_nsec).expect("below a second"))
}

/// The processor time of the processes that have ended, in hundredths of a second as the kernel tells them.
fn time_of_children() -> Duration {
    let told = fs::read_to_string("/proc/self/stat").expect("Linux tells it");
    let after = told.rsplit(')').next().unwrap_or_default();
    let ticks: u64 = after.split_whitespace().skip(13).take(2).filter_map(|it| it.parse::<u64>().ok()).sum();
    Duration::from_millis(ticks * 10)
}

/// What a run of the program took.
struct Ran {
    processor: Duration,
    clock: Duration,
    peak_kib: u64,
}

fn run(cores: &str, arguments: &[&str], input: &Path) -> Ran {
    let (before, begun) = (time_of_children(), Instant::now());
    let mut child = Command::new("taskset")
        .args(["-c", cores, PROGRAM])
        .args(arguments)
        .arg(input)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts");
    let status = format!("/proc/{}/status", child.id());
    let mut peak_kib = 0;
    while child.try_wait().expect("it is known").is_none() {
        let told = fs::read_to_string(&status).unwrap_or_default();
        let peak =
            told.lines().find_map(|line| line.strip_prefix("VmHWM:")).and_then(|it| it.split_whitespace().next());
        peak_kib = peak.and_then(|it| it.parse().ok()).unwrap_or(0).max(peak_kib);
        thread::sleep(Duration::from_millis(20));
    }
    Ran { processor: time_of_children().saturating_sub(before), clock: begun.elapsed(), peak_kib }
}

/// How long one plan takes from the start of the program to its end.
fn start(request: &Path) -> Duration {
    let begun = Instant::now();
    let ended = Command::new(PROGRAM).arg("plan").arg(request).stdout(Stdio::null()).status();
    assert!(ended.is_ok_and(|status| status.success()));
    begun.elapsed()
}

fn ratio(of: Duration, to: Duration) -> String {
    let hundredths = of.as_micros() * 100 / to.as_micros().max(1);
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

fn a_second(patients: u32, took: Duration) -> u128 {
    u128::from(patients) * 1_000_000 / took.as_micros().max(1)
}

fn requests(template: &str, count: u32, folder: &Path) -> std::path::PathBuf {
    let mut lines = String::new();
    for at in 0..count {
        let line = template.replace('@', &at.to_string()).replace('#', &(60 + at % 80).to_string());
        let _ = writeln!(lines, "{line}");
    }
    let path = folder.join(format!("{count}-{}.jsonl", template.len()));
    fs::write(&path, lines).expect("there is room for the requests");
    path
}

#[expect(clippy::print_stdout, reason = "a bench prints what it measured")]
fn main() {
    let folder = tempfile::tempdir().expect("there is a folder for the requests");
    let on_one_line: serde_json::Value = serde_json::from_str(EXAMPLE).expect("the example is JSON");
    let on_one_line = on_one_line.to_string();

    let count = 40_000;
    let input = requests(&on_one_line, count, folder.path());
    let whole = run("0", &["batch"], &input);
    let library = Library::shipped();
    let request = Request::parse(on_one_line.as_bytes()).expect("the example is well-formed");
    let plan = dosing::plan(request.clone(), library).expect("the example is usable");
    let document = plan.document();
    let begun = own_time();
    for _ in 0..count {
        let request: Floor<'_> = serde_json::from_str(black_box(&on_one_line)).expect("the example is well-formed");
        black_box(request);
        black_box(serde_json::to_string(&document).expect("a plan is JSON"));
    }
    let floor = own_time().saturating_sub(begun);
    println!("batch, {count} patients, one core: {:?} a patient", whole.processor / count);
    println!("serde_json alone, the same requests read and the same plans written: {:?} a patient", floor / count);
    println!("ratio {}", ratio(whole.processor, floor));

    let count = 200_000;
    let input = requests(MONTHS_24, count, folder.path());
    let brief = run("0", &["batch", "--brief"], &input);
    let lines = fs::read_to_string(&input).expect("it was written");
    let begun = own_time();
    let mut answers = Vec::new();
    for line in lines.lines() {
        answers.clear();
        bare(line, &mut answers);
        black_box(&answers);
    }
    let bare = own_time().saturating_sub(begun);
    println!("batch --brief, 24 months, one core: {} patients a second", a_second(count, brief.processor));
    println!("a bare program, clearance, band and dates only: {} patients a second", a_second(count, bare));
    println!("ratio {}", ratio(brief.processor, bare));

    let count = 1_000_000;
    let input = requests(MONTHS_24, count, folder.path());
    for (arguments, what) in [(&["batch", "--brief"][..], "batch --brief"), (&["batch"], "batch")] {
        let two = run("0,1", arguments, &input);
        let one = run("0", arguments, &input);
        let MiB { whole, tenths } = MiB::of(two.peak_kib);
        println!("{what}, {count} patients: at most {whole}.{tenths} MiB of memory; {:.1?} on two cores", two.clock);
        println!("two cores are {} times one", ratio(one.clock, two.clock));
    }

    let example = folder.path().join("request.json");
    fs::write(&example, EXAMPLE).expect("there is room for a request");
    let mut starts: Vec<Duration> = (0..51).map(|_| start(&example)).collect();
    starts.sort();
    println!("plan, cold start to end, median of {}: {:.1?}", starts.len(), starts[starts.len() / 2]);
}

/// Mebibytes with one decimal.
struct MiB {
    whole: u64,
    tenths: u64,
}

impl MiB {
    fn of(kib: u64) -> Self {
        Self { whole: kib / 1024, tenths: kib * 10 / 1024 % 10 }
    }
}
