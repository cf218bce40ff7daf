//! The form as a nurse uses it: the real program in a terminal, by keys alone.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use chrono::{Datelike, Days, NaiveDate, Utc};
use osteodose::{
    quantity::parse_date,
    request::Request,
    tui::{App, Effect, Setting, Theme},
    ward,
};
use serde_json::{Value, json};

use crate::{
    support::LIBRARY,
    terminal::{Ended, Key, Session},
    walks::{self, Walk, to_step},
};

/// Saves under another name: by the list of places, the offered name deleted, the new one typed.
pub fn save_as(session: &mut Session, path: &Path) {
    session.press(Key::F(9));
    session.wait_for("Find:");
    session.type_keys("another\r");
    session.wait_for("Save the plan under another name");
    session.press(Key::Ctrl('u'));
    session.type_keys(&path.to_string_lossy());
    session.type_keys("\rs");
}

/// What `osteodose plan` prints for the request inside a saved plan.
fn plan_again(saved: &[u8], home: &Path) -> Vec<u8> {
    let plan: Value = serde_json::from_slice(saved).unwrap();
    let request = home.join("request.json");
    // The request as it is in the file: numbers keep the digits they were typed with.
    let text = std::str::from_utf8(saved).unwrap();
    let from = text.find("\"request\": ").unwrap() + "\"request\": ".len();
    let to = text.find(",\n  \"renal\"").unwrap();
    fs::write(&request, &text[from..to]).unwrap();
    assert!(plan["request"].is_object());
    let output = Command::new(env!("CARGO_BIN_EXE_osteodose"))
        .args(["plan", &request.to_string_lossy()])
        .env("XDG_CONFIG_HOME", home.join("config"))
        .output()
        .unwrap();
    output.stdout
}

fn walk(case: &Walk) {
    let home = tempfile::tempdir().unwrap();
    let mut session = Session::osteodose(&["--form"], 24, 80, home.path());
    session.wait_for("No number");
    session.type_keys(&case.all_keys());
    session.wait_for(case.shows);
    let file = home.path().join("plan.json");
    save_as(&mut session, &file);
    session.wait_for("Saved:");
    let saved = fs::read(&file).unwrap();
    assert_eq!(String::from_utf8_lossy(&saved), String::from_utf8_lossy(&plan_again(&saved, home.path())));
    let plan: Value = serde_json::from_slice(&saved).unwrap();
    assert_eq!(plan["status"], case.status, "{}", case.name);
    // Nothing is unsaved, so that leaving asks nothing.
    session.type_keys("\u{11}");
    assert_eq!(session.wait_exit(), Ended::Status(0));
    session.assert_restored();
    assert_eq!(drafts(home.path()), 0, "a saved plan leaves no draft");
}

/// The drafts that are kept.
pub fn drafts(home: &Path) -> usize {
    let is_draft = |entry: &fs::DirEntry| entry.path().extension().is_some_and(|it| it == "jsonl");
    fs::read_dir(home.join("state/osteodose/drafts")).map_or(0, |all| all.flatten().filter(is_draft).count())
}

/// The reduced-dose patient of the walks, as somebody types who knows the form: in a ward whose settings name its people,
/// on the day of the first dose.
const SHORT: [&str; 7] = [
    "A-1042\rHolm, Anna\r14.3.1958\rf\r68,5\rnone\r",
    "b\rs\r",
    "18.11.\r92u\r2,31mm\rt\r38gl\r",
    "n\rn\rn\rn\r",
    "\x1b[F\r",
    "t\r",
    "cho\rseen by dentist next week\rc",
];

/// How many keys there are from an empty form to the saved plan, and the request of that plan.
fn keys_to_a_saved_plan(keys: &str) -> (usize, Request) {
    let ward = ward::Settings { people: vec!["Dr K. Holm".parse().unwrap()], ..ward::Settings::default() };
    let mut app = App::new(Setting {
        ward,
        ..Setting::new(&LIBRARY, parse_date("2026-12-01").unwrap(), chrono::DateTime::default, Theme::default())
    });
    let keys = walks::events(&format!("{keys}s"));
    let effects: Vec<Effect> = keys.iter().map(|key| app.update(key)).collect();
    let Some(Effect::Save { content, .. }) = effects.last() else { panic!("it is not saved: {:?}", effects.last()) };
    assert!(effects[..effects.len() - 1].iter().all(|effect| *effect == Effect::Stay));
    let plan: Value = serde_json::from_slice(content).unwrap();
    assert_eq!(plan["status"], "ready");
    (keys.len(), osteodose::plan::reopen(content).unwrap())
}

/// `cargo test --test integration few_keys -- --nocapture` prints how many.
#[test]
fn a_reduced_dose_takes_few_keys() {
    let (count, request) = keys_to_a_saved_plan(&SHORT.concat());
    let confirmation = &request.confirmations[0];
    assert_eq!((confirmation.by.as_str(), confirmation.reason.as_str()), ("Dr K. Holm", "seen by dentist next week"));
    // With teeth that are fit, nothing must be confirmed.
    let fit = SHORT[..6].concat().replace("n\rn\rn\rn\r", "e\rn\rn\rn\r");
    let (without, request) = keys_to_a_saved_plan(&fit);
    assert!(request.confirmations.is_empty());
    println!("{count} keys, {without} with nothing to confirm");
    assert!(count <= 115 && without <= 85, "{count} keys, {without} with nothing to confirm");
}

/// A plan takes longer than the rest of a key: it is made where the entries are read, and nowhere else.
#[test]
fn a_form_makes_its_plan_in_one_place() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    for folder in ["form", "tui", "plain"] {
        for entry in fs::read_dir(source.join(folder)).unwrap() {
            let path = entry.unwrap().path();
            let makes_plans =
                |text: &str| ["dosing::plan(", "present::compare(", "present::why("].iter().any(|it| text.contains(it));
            if path.is_file() && makes_plans(&fs::read_to_string(&path).unwrap()) {
                files.push(path.strip_prefix(&source).unwrap().to_owned());
            }
        }
    }
    assert_eq!(files, [Path::new("form/filled.rs")]);
}

#[test]
fn zoledronic_acid_with_a_reduced_dose() {
    walk(&walks::REDUCED);
}

#[test]
fn ibandronic_acid_by_mouth() {
    walk(&walks::BY_MOUTH);
}

#[test]
fn clodronate_for_hypercalcaemia() {
    walk(&walks::HYPERCALCAEMIA);
}

#[test]
fn denosumab_with_a_weak_kidney() {
    walk(&walks::WEAK_KIDNEY);
}

#[test]
fn a_course_that_must_be_held() {
    walk(&walks::HELD);
}

#[test]
fn a_patient_for_whom_every_drug_is_refused() {
    walk(&walks::REFUSED);
}

/// A course from visit to visit, each in a session of its own. Days count from today, which the program takes from the
/// clock.
struct Course {
    home: tempfile::TempDir,
    today: NaiveDate,
}

impl Course {
    #[expect(clippy::disallowed_methods, reason = "the program takes today from the clock, and so must this")]
    fn new() -> Self {
        Self { home: tempfile::tempdir().unwrap(), today: Utc::now().date_naive() }
    }

    fn day(&self, days: i64) -> NaiveDate {
        let count = Days::new(days.unsigned_abs());
        if days < 0 { self.today - count } else { self.today + count }
    }

    /// Blood values of a day, and the creatinine.
    fn labs(&self, day: i64, creatinine: u16) -> String {
        format!("{}\r{creatinine}u\r2,31mm\rt\r38gl\r", self.day(day))
    }

    /// The first visit, whose blood was taken five days before.
    fn first_visit(&self, start: i64) -> Value {
        let mut session = Session::osteodose(&["--form"], 24, 80, self.home.path());
        session.wait_for("No number");
        let born = self.today.year() - 68;
        session.type_keys(&format!("A-1042\rHolm, Anna\r14.3.{born}\rf\r68,5\rnone known\rb\rs\r"));
        session.type_keys(&self.labs(start - 5, 92));
        // The first day before the drug: by it the drugs are compared.
        let start_first = format!("{}{}\r{}", to_step(6), self.day(start), to_step(5));
        session.type_keys(&format!("e\rn\rn\rn\r{start_first}\x1b[F\r"));
        session.type_keys(&to_step(7));
        session.wait_for(" READY ");
        self.save(session, start)
    }

    /// The visit after the file of an earlier one. `due` are the answers on the doses that were due.
    fn next_visit(&self, after: i64, start: i64, due: &str, creatinine: u16) -> Value {
        let file = self.file(after);
        let mut session = Session::osteodose(&[&file.to_string_lossy()], 24, 80, self.home.path());
        session.wait_for("1 Card");
        session.type_keys("v");
        session.wait_for(if due.is_empty() { "on hold" } else { "asks what became of each dose" });
        session.type_keys("68,5\r");
        session.type_keys(&self.labs(0, creatinine));
        session.type_keys(&format!("{due}e\rn\rn\r{}\r", self.day(start)));
        session.wait_for(if creatinine > 136 { " HOLD " } else { " READY " });
        self.save(session, start)
    }

    /// Saves under the name that is offered, and leaves.
    fn save(&self, mut session: Session, start: i64) -> Value {
        session.press(Key::Ctrl('s'));
        session.wait_for("Saved:");
        session.press(Key::Ctrl('q'));
        assert_eq!(session.wait_exit(), Ended::Status(0));
        serde_json::from_slice(&fs::read(self.file(start)).unwrap()).unwrap()
    }

    fn file(&self, start: i64) -> PathBuf {
        self.home.path().join(format!("A-1042-{}.json", self.day(start)))
    }

    /// How many plans there are.
    fn files(&self) -> usize {
        let all = fs::read_dir(self.home.path()).unwrap().flatten();
        all.filter(|entry| entry.path().extension().is_some_and(|ending| ending == "json")).count()
    }
}

fn first_dose(plan: &Value) -> &Value {
    let entries = plan["schedule"]["entries"].as_array().unwrap();
    entries.iter().find(|entry| entry["kind"] == "dose").unwrap()
}

#[test]
fn a_course_is_held_at_the_second_visit_and_resumed_at_the_third() {
    let course = Course::new();
    let day = |days| course.day(days).to_string();
    let first = course.first_visit(-20);
    assert_eq!((&first["status"], &first_dose(&first)["number"]), (&json!("ready"), &json!(1)));
    let first_file = fs::read(course.file(-20)).unwrap();
    // Dose 1 was given on its day. Creatinine has risen by 48 µmol/L.
    let second = course.next_visit(-20, 8, "g\r\x14\r", 140);
    assert_eq!(second["status"], "stopped");
    let under_way = &second["request"]["course"];
    assert_eq!((&under_way["first_dose"], &under_way["last_dose"]), (&json!(day(-20)), &json!(day(-20))));
    assert_eq!((&under_way["doses_given"], &under_way["dose_mg"]), (&json!(1), &json!(3.5)));
    assert!(under_way["held"].is_null());
    let second_file = fs::read(course.file(8)).unwrap();
    let third = course.next_visit(8, 14, "", 98);
    assert_eq!(third["status"], "ready");
    let resumed = &third["request"]["course"];
    assert_eq!((&resumed["held"], &resumed["held_because"]), (&json!(true), &json!("creatinine")));
    assert_eq!(resumed["baseline_creatinine"]["value"], json!(92));
    let dose = first_dose(&third);
    assert_eq!((&dose["number"], &dose["dose_mg"], &dose["date"]), (&json!(2), &json!(3.5), &json!(day(14))));
    // Three files, and none took the place of another.
    assert_eq!(course.files(), 3);
    assert_eq!(fs::read(course.file(-20)).unwrap(), first_file);
    assert_eq!(fs::read(course.file(8)).unwrap(), second_file);
}

#[test]
fn a_missed_dose_is_not_counted() {
    let course = Course::new();
    course.first_visit(-50);
    // Dose 1 was given two days late; the patient did not come for dose 2.
    let late = course.day(-48);
    let next = course.next_visit(-50, 0, &format!("g\r{late}\rm\r"), 92);
    assert_eq!(next["status"], "ready");
    let under_way = &next["request"]["course"];
    assert_eq!((&under_way["first_dose"], &under_way["last_dose"]), (&json!(late), &json!(late)));
    assert_eq!(under_way["doses_given"], json!(1));
    assert_eq!(next["request"]["history"]["last_antiresorptive"]["date"], json!(late));
    let dose = first_dose(&next);
    assert_eq!((&dose["number"], &dose["date"]), (&json!(2), &json!(course.day(0))));
    assert_eq!(course.files(), 2);
}
