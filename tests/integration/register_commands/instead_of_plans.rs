//! The commands that read saved plans and can read a register instead: what its open doses need, and what other regimens
//! would change in its courses.

use std::fs;

use serde_json::{Value, json};

use super::Ward;
use crate::{cli::text, recheck::changed_zoledronic_acid, schemas::validator_of, support::merge};

impl Ward {
    /// What a command says that reads the register instead of plans.
    fn read(&self, arguments: &[&str], status: i32) -> String {
        let output = self.run(arguments, b"");
        assert_eq!(output.status.code(), Some(status), "{arguments:?}: {}", text(&output.stderr));
        text(&output.stdout)
    }

    fn forecast(&self, more: &[&str]) -> Value {
        let arguments = [&["forecast", "--register", "ward/register.db", "--format", "json"], more].concat();
        let document: Value = serde_json::from_str(&self.read(&arguments, 0)).unwrap();
        assert_eq!(validator_of("forecast").faults(&document), Vec::<String>::new());
        document
    }
}

fn doses(forecast: &Value) -> u64 {
    forecast["doses"].as_array().unwrap().iter().map(|it| it["doses"]["all"].as_u64().unwrap()).sum()
}

/// Four patients with one plan: one goes on, one is on hold, one has no date, and the course of one has ended.
fn ward() -> Ward {
    let ward = Ward::new();
    for id in ["A-1042", "A-1055", "A-1060", "A-1071"] {
        ward.add(id, &json!({}));
    }
    let by =
        |command: &'static str, id: &'static str| vec![command, id, "--by", "A. Berg", "--on", "2025-12-02", "--late"];
    ward.ok(&[by("hold", "A-1055"), vec!["--because", "creatinine-risen", "--look-again", "2026-12-08"]].concat());
    ward.ok(&[by("defer", "A-1060"), vec!["--because", "did-not-attend", "--no-date"]].concat());
    ward.ok(&[by("end", "A-1071"), vec!["--because", "moved-away"]].concat());
    ward
}

#[test]
fn a_forecast_counts_the_open_doses_of_a_register_and_names_the_courses_that_wait() {
    let ward = ward();
    let before = ward.forecast(&[]);
    let plan: Value = serde_json::from_slice(&fs::read(ward.path("A-1042.json")).unwrap()).unwrap();
    let is_dose = |entry: &&Value| entry["kind"] == "dose";
    let planned = plan["schedule"]["entries"].as_array().unwrap().iter().filter(is_dose).count() as u64;
    assert_eq!((doses(&before), &before["from"]), (planned, &json!("2025-12-02")));
    assert_eq!((&before["plans"]["all"], &before["register"]["ward"]), (&json!(1), &json!("Day Clinic 3")));
    let waits: Vec<Value> = before["set_apart"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| json!([it["patient"], it["why"], it["doses"], it["needs"][0]["all"]]))
        .collect();
    let apart = |id: &str, why: &str| json!([id, why, planned, planned]);
    assert_eq!(waits, [apart("A-1055", "on-hold"), apart("A-1060", "no-date")]);
    // What was given needs nothing any more, and the next dose is due from that day on.
    ward.give("2025-12-02");
    let after = ward.forecast(&[]);
    assert_eq!((doses(&after), &after["from"]), (planned - 1, &json!("2025-12-30")));
    assert_ne!(after["register"]["anchor"], before["register"]["anchor"]);
    // A dose that is late on the first day still needs its product.
    let from = ward.forecast(&["--from", "2026-02-01", "--to", "2026-02-28"]);
    let late: Vec<&Value> =
        from["set_apart"].as_array().unwrap().iter().filter(|it| it["why"] == "before-from").collect();
    assert_eq!((late.len(), &late[0]["patient"], &late[0]["doses"]), (1, &json!("A-1042"), &json!(2)));
}

#[test]
fn a_forecast_of_a_register_says_so_in_every_format() {
    let ward = ward();
    let forecast = |more: &[&str]| {
        ward.read(&[&["forecast", "--register", "ward/register.db", "--ascii", "--to", "2026-02-28"], more].concat(), 0)
    };
    let said = forecast(&[]);
    let in_one_line = said.split_whitespace().collect::<Vec<_>>().join(" ");
    for part in [
        "Forecast from the register of Day Clinic 3, 1 course: Tue 02-Dec-2025 to Sat 28-Feb-2026",
        "NOT COUNTED: patient A-1055, zoledronic acid, 14 doses: the course is on hold. They need 14 ×",
        "Up to entry 14. Anchor 14:",
    ] {
        assert!(in_one_line.contains(part), "{part}: {said}");
    }
    let rows = forecast(&["--format", "csv"]);
    assert!(rows.contains("\r\nregister,") && rows.contains("\"register of Day Clinic 3, anchor 14:"), "{rows}");
    // The register that the ward commands use needs no name; plans and a register are not counted together.
    fs::create_dir_all(ward.path("configuration/osteodose")).unwrap();
    let path = format!("{}\n", ward.path("ward/register.db").display());
    fs::write(ward.path("configuration/osteodose/register"), path).unwrap();
    assert_eq!(ward.read(&["forecast", "--ascii", "--to", "2026-02-28", "--register"], 0), said);
    ward.read(&["forecast", "A-1042.json", "--register", "ward/register.db"], 2);
    ward.read(&["forecast", "--register", "nothing.db"], 2);
    ward.read(&["forecast", "--register", "ward/register.db", "--from", "2026-02-01", "--to", "2026-01-01"], 2);
    // A register without a course needs nothing, and that is an answer.
    let empty = Ward::new();
    assert_eq!(doses(&empty.forecast(&[])), 0);
}

#[test]
fn recheck_says_what_other_regimens_would_change_in_the_courses_of_a_register() {
    let ward = ward();
    ward.add("B-7", &super::denosumab("skeletal-events", "breast"));
    let recheck =
        |more: &[&str], status| ward.read(&[&["recheck", "--register", "ward/register.db"], more].concat(), status);
    let same = recheck(&[], 0);
    let entry = |said: &str, id: &str| -> u64 {
        let line = said.lines().find(|line| line.starts_with(id)).unwrap_or_else(|| panic!("{id}: {said}"));
        line.split(&[' ', ':'][..]).nth(2).unwrap().parse().unwrap()
    };
    assert_eq!(entry(&same, "A-1042"), 5);
    assert!(same.starts_with("A-1042 entry 5: the same\nA-1055 entry 7: the same\n"), "{same}");
    assert!(!same.contains("A-1071"), "the course has ended: {same}");
    assert!(
        same.ends_with("4 read: 4 the same, 0 would change, 0 altered, 0 not usable; dose or volume differs in 0\n")
    );

    fs::create_dir(ward.path("own")).unwrap();
    fs::write(ward.path("own/zoledronic-acid.json"), changed_zoledronic_acid()).unwrap();
    let changed = recheck(&["--regimens", "own"], 1);
    assert!(changed.contains("A-1042 entry 5: WOULD CHANGE: dose 3.5 mg would be 4 mg"), "{changed}");
    assert!(changed.contains("B-7 entry") && changed.contains("3 would change"), "{changed}");
    // Nothing is planned again by itself.
    assert_eq!(recheck(&[], 0), same);

    let schema = validator_of("recheck");
    let objects = recheck(&["--regimens", "own", "--json"], 1);
    let objects: Vec<Value> = objects.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    for object in &objects {
        assert_eq!(schema.faults(object), Vec::<String>::new());
    }
    let [first, _, _, last] = &objects[..] else { panic!("{objects:?}") };
    assert_eq!((&first["id"], &first["entry"], &first["line"]), (&json!("A-1042"), &json!(5), &Value::Null));
    assert_eq!((&first["result"], &first["changes_a_dose"]), (&json!("would-change"), &json!(true)));
    assert!(first["file"].as_str().unwrap().ends_with("ward/register.db"));
    assert_eq!((&last["id"], &last["result"]), (&json!("B-7"), &json!("same")));

    ward.read(&["recheck", "A-1042.json", "--register", "ward/register.db"], 2);
    ward.read(&["recheck"], 2);
    ward.read(&["recheck", "--register", "nothing.db"], 2);
}

#[test]
fn recheck_takes_the_plan_in_force_and_who_the_register_says_it_is() {
    let ward = Ward::with_patient();
    let course = json!({"first_dose": "2025-12-02", "last_dose": "2025-12-02", "doses_given": 1, "dose_mg": 3.5,
        "baseline_creatinine": {"value": 92, "unit": "umol/L", "date": "2025-11-25"}});
    let again = json!({"treatment": {"start_date": "2025-12-30"}, "labs": {"date": "2025-12-20"}});
    let unaware = ward.plan("A-1042", &again);
    ward.give("2025-12-02");
    // A plan that does not know of the dose could be booked too close to it.
    let replan = ["add", &unaware, "--replan", "--by", "A. Berg", "--on", "2025-12-20", "--late"];
    assert!(ward.refused(&replan, 2).contains("was given on 02-Dec-2025, and the plan does not state that dose"));
    let mut aware = again;
    merge(&mut aware, &json!({ "course": course }));
    let plan = ward.plan("A-1042", &aware);
    ward.ok(&["add", &plan, "--replan", "--by", "A. Berg", "--on", "2025-12-20", "--late"]);
    let said = ward.read(&["recheck", "--register", "ward/register.db", "--quiet"], 0);
    assert_eq!(said, "A-1042 entry 7: the same\n");
}
