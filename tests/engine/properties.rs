//! What must hold for every patient, tried on ten thousand random ones each.

use std::{collections::BTreeSet, panic};

use chrono::NaiveDate;
use osteodose::{
    dosing,
    patient::{Route, Weekday},
    plan::{Event, Frequency, Outcome, Plan, PlanStatus},
    quantity::{Clearance, Creatinine, CreatinineUnit, Decimal, Measured, Ratio, Sex, parse_date},
    regimen::{Code, Kidney, Severity},
    request::Request,
};
use serde_json::{Value, json};

use crate::{
    answer::plan,
    strategy::{Random, decimal, request},
    support::LIBRARY,
};

const PATIENTS: u64 = 10_000;

/// Runs a property over usable requests until it has seen ten thousand, or fewer where it turned most
/// of them away.
fn for_each_patient(first_seed: u64, property: impl Fn(u64, &Value, &Request, &Plan) -> bool) {
    let mut count = 0;
    let mut seed = first_seed;
    while count < PATIENTS {
        assert!(seed < first_seed + 20 * PATIENTS, "the property fits only {count} patients");
        let value = request(seed);
        let parsed =
            Request::parse(value.to_string().as_bytes()).unwrap_or_else(|faults| panic!("{seed}: {}", faults[0]));
        if let Ok(plan) = dosing::plan(parsed.clone(), &LIBRARY) {
            count += u64::from(property(seed, &value, &parsed, &plan));
        }
        seed += 1;
    }
}

fn codes(plan: &Plan) -> BTreeSet<(&'static str, Severity)> {
    plan.findings().iter().map(|finding| (finding.code().as_str(), finding.severity)).collect()
}

/// Everything of a plan that a unit must not change.
fn decided(plan: &Plan) -> Value {
    let document: Value = serde_json::from_str(&plan.to_json()).unwrap();
    let findings: Vec<Value> =
        document["findings"].as_array().unwrap().iter().map(|it| json!([it["code"], it["severity"]])).collect();
    let mut renal = document["renal"].clone();
    renal["dose_changes"] = Value::Null;
    // The values of a hold are those of the unit of the baseline.
    let mut dosing = document["dosing"].clone();
    if let Some(dosing) = dosing.as_object_mut() {
        dosing.remove("hold");
    }
    json!([document["status"], dosing, document["schedule"], document["calcium"]["class"], renal, findings])
}

#[test]
fn the_unit_never_changes_the_plan() {
    // The pairs of labels and plausibility are not exact conversions: between the two figures of a pair
    // the unit may decide, and such a patient is left out.
    const PAIRS: &[(&str, &str)] =
        &[("265", "3.0"), ("400", "4.5"), ("10", "0.1"), ("2500", "28"), ("35", "0.4"), ("900", "10")];
    let number = |text: &str| text.parse::<Decimal>().unwrap();
    for_each_patient(0, |seed, value, parsed, _| {
        let Some(creatinine) = parsed.labs.creatinine else { return false };
        let micromoles = creatinine.value * Decimal::new(884, 1);
        let between = PAIRS.iter().any(|(si, mg)| micromoles.cmp(&number(si)) != creatinine.value.cmp(&number(mg)));
        // A course compares two values, each in its own unit; the rules of a course have their own tests. Below
        // 0.7 mg/dL the dose is held against that at 0.7 mg/dL, or at 60 µmol/L, which is another creatinine.
        if between || parsed.course.is_some() || creatinine.value < Decimal::new(7, 1) {
            return false;
        }
        let mut other = value.clone();
        // A second check is held against the unit that was entered.
        other.as_object_mut().unwrap().remove("second_check");
        let parsed = Request::parse(other.to_string().as_bytes()).unwrap();
        let plan = &dosing::plan(parsed.clone(), &LIBRARY).unwrap();
        other["labs"]["creatinine"] = json!({"value": number_value(micromoles), "unit": "umol/L"});
        let ionised = value["labs"]["calcium"]["kind"] == "ionised";
        if let Some(calcium) = &parsed.labs.calcium
            && !ionised
        {
            // A label counts 3.0 mmol/L as 12.0 mg/dL: its factor is 4.
            other["labs"]["calcium"]["value"] = number_value(calcium.value * Decimal::whole(4));
            other["labs"]["calcium"]["unit"] = json!("mg/dL");
        }
        if let Some(albumin) = parsed.labs.albumin {
            other["labs"]["albumin"] =
                json!({"value": number_value(albumin.value * Decimal::new(1, 1)), "unit": "g/dL"});
        }
        let other = Request::parse(other.to_string().as_bytes()).unwrap();
        let other = dosing::plan(other.clone(), &LIBRARY).unwrap_or_else(|error| panic!("{seed}: {error}"));
        assert_eq!(decided(plan), decided(&other), "seed {seed}");
        true
    });
}

fn number_value(decimal: Decimal) -> Value {
    serde_json::from_str(&decimal.to_string()).unwrap()
}

/// The drug given in 100 days, so that doses taken more or less often compare.
fn drug_given(plan: &Plan) -> Ratio {
    let Outcome::Dosed(dosed) = plan.outcome() else { return Ratio::whole(0) };
    let per_time = dosed.dosing.mass.ratio_in_micrograms();
    match dosed.dosing.frequency {
        Frequency::Every { days, .. } => per_time / Ratio::whole(days.count()),
        Frequency::EveryWeeks { .. } | Frequency::DailyFor(_) | Frequency::Once => per_time,
    }
}

#[test]
fn more_creatinine_never_gives_more_drug() {
    for_each_patient(1_000_000, |seed, value, parsed, plan| {
        let Some(creatinine) = parsed.labs.creatinine else { return false };
        let mut worse = value.clone();
        let more = creatinine.value + Decimal::new(Random::new(seed).between(1, 120), 2);
        worse["labs"]["creatinine"]["value"] = number_value(more);
        let worse = Request::parse(worse.to_string().as_bytes()).unwrap();
        // A chosen dose that the weaker kidney's row does not know is no plan at all.
        let Ok(worse) = dosing::plan(worse.clone(), &LIBRARY) else { return false };
        assert!(drug_given(&worse) <= drug_given(plan), "seed {seed}");
        true
    });
}

#[test]
fn exactly_one_band_holds() {
    let mut random = Random::new(7);
    for _ in 0..PATIENTS {
        let creatinine = Creatinine {
            value: Decimal::new(random.between(10, 2800), 2),
            unit: CreatinineUnit::MilligramsPerDecilitre,
        };
        let age = u16::try_from(random.between(18, 110)).unwrap();
        let weight = Decimal::new(random.between(200, 3500), 1).ratio();
        let clearance = Clearance::cockcroft_gault(age, *random.pick(Sex::ALL), weight, creatinine);
        for listed in LIBRARY.regimens() {
            let rows = &listed.regimen.doses;
            let tables: BTreeSet<String> = rows.iter().map(|row| format!("{:?}", row.calcium)).collect();
            for table in tables {
                let holds = |row: &&osteodose::regimen::DoseRow| {
                    format!("{:?}", row.calcium) == table
                        && row
                            .clearance
                            .is_none_or(|it| matches!(it.0, Kidney::Range(range) if range.contains(clearance)))
                };
                assert_eq!(rows.iter().filter(holds).count(), 1, "{} {clearance:?}", listed.regimen.title);
            }
        }
    }
}

#[test]
fn the_shown_clearance_lies_in_the_band_that_decided() {
    for_each_patient(2_000_000, |seed, _, _, plan| {
        let Some(renal) = plan.renal() else { return false };
        let shown: Decimal = renal.shown.to_string().strip_suffix(" mL/min").unwrap().parse().unwrap();
        // A man of 68 with 72 kg and this creatinine has exactly the shown clearance.
        let exact = Measured { value: Decimal::whole(1), unit: CreatinineUnit::MilligramsPerDecilitre };
        let clearance = Clearance::cockcroft_gault(68, Sex::Male, shown.ratio(), exact);
        let band = renal.band.map(|band| band.to_string()).unwrap_or_default();
        let bands = plan.listed().regimen.doses.iter().filter_map(|row| match row.clearance.map(|it| it.0) {
            Some(Kidney::Range(range)) if range.contains(clearance) => Some(range.to_string()),
            _ => None,
        });
        assert!(bands.into_iter().any(|it| it == band), "seed {seed}: {} is not in {band}", renal.shown);
        true
    });
}

#[test]
fn every_dose_is_on_an_open_day_in_order_apart_and_before_the_end() {
    for_each_patient(3_000_000, |seed, value, parsed, plan| {
        let Outcome::Dosed(made) = plan.outcome() else { return false };
        let regimen = plan.listed().regimen;
        let doses: Vec<NaiveDate> = made
            .schedule
            .entries
            .iter()
            .filter(|entry| matches!(entry.event, Event::Dose { .. }))
            .map(|entry| entry.date)
            .collect();
        // A plan is without doses by mouth, or where the clinic has no open day before the end of the course.
        let dropped = plan.findings().iter().any(|it| it.code() == Code::LastDoseDropped);
        assert!(!doses.is_empty() || regimen.route == Route::Oral || dropped, "seed {seed}: no dose");
        let emergency = regimen.emergency.is_some();
        let gap = regimen.interval.as_ref().map_or(1, |interval| interval.minimum_gap.0.count());
        let loading = regimen.interval.as_ref().and_then(|interval| interval.loading.as_ref());
        let first_ever = parsed.course.as_ref().map(|course| course.first_dose);
        for (index, pair) in doses.windows(2).enumerate() {
            // In a new course the first doses are loading doses; in one under way those of its first 28 days are.
            let is_loading = |days: usize| match first_ever {
                None => index <= days,
                Some(first) => (pair[0] - first).num_days() < 28,
            };
            let loading_gap = loading.filter(|it| is_loading(it.days.len())).map(|it| it.minimum_gap.0.count());
            let apart = (pair[1] - pair[0]).num_days();
            assert!(apart >= loading_gap.unwrap_or(gap), "seed {seed}: {apart} days apart");
        }
        let open = |day: NaiveDate| {
            let Some(clinic) = &parsed.clinic else { return true };
            let weekday = clinic.open_weekdays.as_ref().is_none_or(|open| open.contains(&Weekday::of(day)));
            weekday && !clinic.closed_dates.contains(&day)
        };
        let start = parsed.treatment.start_date;
        for (index, day) in doses.iter().enumerate() {
            assert!(*day >= start, "seed {seed}");
            // Days 1, 8, 15 and 29 of an emergency are kept, in a course under way by its own days.
            let loading_phase = match first_ever {
                None => (*day - start).num_days() <= 28,
                Some(first) => index == 0 || (*day - first).num_days() <= 28 + 6,
            };
            let early = emergency && (regimen.interval.is_none() || loading_phase);
            assert!(early || open(*day), "seed {seed}: {day} is closed");
            if !emergency {
                assert!(*day < made.schedule.end_date, "seed {seed}");
            }
        }
        let reviewed = made.schedule.entries.iter().filter(|it| matches!(it.event, Event::Review { .. }));
        assert!(reviewed.into_iter().all(|it| it.date >= start), "seed {seed}: a review before the start");
        let sorted = made.schedule.entries.is_sorted_by_key(|entry| entry.date);
        assert!(sorted, "seed {seed}: not in order");
        assert_eq!(made.schedule.start_date, parse_date(value["treatment"]["start_date"].as_str().unwrap()).unwrap());
        true
    });
}

#[test]
fn the_same_request_gives_the_same_bytes_and_prints_as_it_was_read() {
    for_each_patient(4_000_000, |seed, _, parsed, plan| {
        let printed = serde_json::to_string(parsed).unwrap();
        let again = Request::parse(printed.as_bytes()).unwrap();
        assert_eq!(&again, parsed, "seed {seed}");
        assert_eq!(serde_json::to_string(&again).unwrap(), printed, "seed {seed}");
        let second = dosing::plan(again.clone(), &LIBRARY).unwrap();
        assert_eq!(second.to_json(), plan.to_json(), "seed {seed}");
        true
    });
}

#[test]
fn a_stopped_plan_prints_no_dose() {
    for_each_patient(5_000_000, |seed, _, _, plan| {
        if !matches!(plan.outcome(), Outcome::Stopped) {
            return false;
        }
        let document: Value = serde_json::from_str(&plan.to_json()).unwrap();
        assert_eq!((&document["dosing"], &document["schedule"]), (&Value::Null, &Value::Null), "seed {seed}");
        assert!(document["renal"]["dose_changes"].as_array().is_none_or(Vec::is_empty), "seed {seed}");
        assert!(codes(plan).iter().any(|(_, severity)| *severity == Severity::Stop), "seed {seed}");
        true
    });
}

/// What a request may leave out, each with the findings that are silent without it because the specification says
/// so. Not among them: what is a choice and no information (`treatment`, `weight_basis`, `clinic`), what says by its
/// absence that it is not so (`course`, `held`, `held_because`, `calcium_date`, `calcium.kind`), and what other people
/// did (`prepared_by`, `second_check`, `confirmations`).
const MAY_BE_LEFT_OUT: &[(&str, &[&str])] = &[
    ("patient.height_cm", &["weight-basis-matters", "unusual-value-height", "unusual-value-bmi"]),
    ("patient.allergies", &[]),
    ("labs.creatinine", &[]),
    ("labs.calcium", &[]),
    ("labs.albumin", &[]),
    ("history", &[]),
    ("history.dental", &[]),
    ("history.conditions", &[]),
    ("history.medicines", &[]),
    ("history.last_antiresorptive", &[]),
    // A drug without its route counts as injected.
    ("history.last_antiresorptive.route", &["refractory-not-shown"]),
    ("course.doses_given", &[]),
    ("course.baseline_creatinine", &[]),
    ("region", &[]),
];

/// The request without a value, where it has it.
fn without(request: &Value, path: &str) -> Option<Value> {
    let mut changed = request.clone();
    let (parent, key) = path.rsplit_once('.').unwrap_or(("", path));
    let parent = if parent.is_empty() { "" } else { &format!("/{}", parent.replace('.', "/")) };
    changed.pointer_mut(parent)?.as_object_mut()?.remove(key)?;
    Some(changed)
}

#[test]
fn what_is_left_out_never_makes_a_plan_ready() {
    let left_out = std::sync::atomic::AtomicU32::new(0);
    for_each_patient(6_000_000, |seed, value, _, _| {
        // A confirmation counts for a finding that is raised without the value; a second check is another person's.
        let mut value = value.clone();
        for key in ["confirmations", "second_check"] {
            value.as_object_mut().unwrap().remove(key);
        }
        let of = |value: &Value| {
            let request = Request::parse(value.to_string().as_bytes()).unwrap();
            dosing::plan(request.clone(), &LIBRARY)
        };
        let plan = of(&value).unwrap();
        if plan.status() == PlanStatus::Ready {
            return false;
        }
        let open: Vec<&str> =
            plan.findings().iter().filter(|it| it.severity != Severity::Note).map(|it| it.code().as_str()).collect();
        for (path, silent) in MAY_BE_LEFT_OUT {
            // In an emergency teeth that were not looked at are a note.
            let emergency = value["indication"] == "hypercalcaemia" && *path == "history.dental";
            if emergency || open.iter().all(|code| silent.contains(code)) {
                continue;
            }
            let Some(Ok(less)) = without(&value, path).map(|less| of(&less)) else { continue };
            left_out.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            assert!(less.status() != PlanStatus::Ready, "seed {seed}: ready without {path}, before: {open:?}");
        }
        true
    });
    assert!(left_out.into_inner() > 50_000);
}

#[test]
fn what_is_entered_is_repeated_as_entered() {
    for seed in 0..PATIENTS {
        let mut random = Random::new(seed);
        let places = usize::try_from(random.between(0, 4)).unwrap();
        let written = decimal(random.between(40, 120) * 10_i64.pow(u32::try_from(places).unwrap()), places).to_string();
        let written = if places == 0 {
            written
        } else {
            format!("{}.{}", written.split('.').next().unwrap(), "0".repeat(places))
        };
        let document = request(seed).to_string();
        let entered = request(seed)["patient"]["weight_kg"].to_string();
        let document = document.replacen(&format!("\"weight_kg\":{entered}"), &format!("\"weight_kg\":{written}"), 1);
        if let Ok(plan) = plan(document.as_bytes()) {
            assert!(
                plan.contains(&format!("\"weight_kg\":{written},"))
                    || plan.contains(&format!("\"weight_kg\":{written}}}")),
                "seed {seed}: {written}"
            );
        }
    }
}

/// A wild document: a patient with some bytes changed, or with a value replaced by another.
fn wild(seed: u64) -> Vec<u8> {
    const TOKENS: &[&str] = &[
        "null",
        "true",
        "-1",
        "0",
        "1e9",
        "1E-400",
        "99999999999999999999",
        "0.000000000000001",
        "\"\"",
        "\"\\u202e\"",
        "\"\\ud800\"",
        "[]",
        "{}",
        "[[[[",
        "\"2026-02-30\"",
        "\"0000-00-00\"",
        "\"9999-12-31\"",
        "\"2199-12-31\"",
        "\"1900-01-01\"",
        "350",
        "20",
        "2500",
        "28",
        "0.1",
        "65535",
        "65536",
        "60",
        "\"mg/dL\"",
        "\"umol/L\"",
        "1.00000001",
        "12.5",
    ];
    let mut random = Random::new(seed);
    let mut bytes = request(seed / 4).to_string().into_bytes();
    for _ in 0..random.between(1, 4) {
        let at = usize::try_from(random.next() % bytes.len().max(1) as u64).unwrap();
        if bytes.is_empty() {
            break;
        }
        match random.between(0, 5) {
            0 => bytes[at] = u8::try_from(random.next() % 256).unwrap(),
            1 => {
                bytes.remove(at);
            }
            2 => bytes.insert(at, *random.pick(b"{}[]\",:0-9.eE\\u \n\x00\xff")),
            3 => bytes.truncate(at.max(1)),
            _ => {
                // From a colon to the end of its value.
                let Some(colon) = bytes[at..].iter().position(|byte| *byte == b':').map(|n| at + n + 1) else {
                    continue;
                };
                let end =
                    bytes[colon..].iter().position(|byte| b",}]".contains(byte)).map_or(bytes.len(), |n| colon + n);
                bytes.splice(colon..end, random.pick(TOKENS).bytes());
            }
        }
    }
    bytes
}

fn no_panic(seeds: std::ops::Range<u64>) {
    for seed in seeds {
        let bytes = wild(seed);
        let answer = panic::catch_unwind(|| plan(&bytes));
        let answer = answer.unwrap_or_else(|_| panic!("seed {seed}: {}", String::from_utf8_lossy(&bytes)));
        let message = answer.unwrap_or_else(|message| message);
        assert!(!message.is_empty());
    }
}

#[test]
fn no_input_makes_it_panic() {
    no_panic(0..3 * PATIENTS);
}

#[test]
#[ignore = "a million inputs take minutes: cargo test --release -- --ignored a_million"]
fn a_million_inputs_make_no_panic() {
    no_panic(1_000_000..2_000_000);
}
