//! The form as a nurse uses it: the real program in a terminal, by keys alone.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use chrono::{Datelike, Days, NaiveDate, Utc};
use serde_json::{Value, json};

use crate::{
    terminal::{Ended, Key, Session},
    walks::{self, Walk},
};

/// Saves under a name: Ctrl+S, the offered name deleted, the new one typed.
pub fn save_as(session: &mut Session, path: &Path) {
    session.type_keys("\u{13}");
    session.wait_for("Name of the file");
    session.type_keys("\u{15}");
    session.type_keys(&path.to_string_lossy());
    session.type_keys("\r");
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
    let mut session = Session::osteodose(&[], 24, 80, home.path());
    session.wait_for("Identifier");
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

/// From the empty form to the saved plan: `cargo test --test integration few_keys -- --nocapture` prints
/// how many.
#[test]
fn a_reduced_dose_takes_few_keys() {
    let saved = walks::REDUCED.all_keys() + "\u{13}\r";
    let (all, moving) = walks::count(&saved);
    println!("{all} keys, {moving} of them to move and to save");
    // Every value is typed once and every field is passed once; more would be a step back.
    assert!(all <= 195 && moving <= 40, "{all} keys, {moving} of them to move and to save");
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
        format!("{}\t{creatinine} \t2,31 \tt\t38 \t\t\t", self.day(day))
    }

    /// The first visit, whose blood was taken five days before.
    fn first_visit(&self, start: i64) -> Value {
        let mut session = Session::osteodose(&[], 24, 80, self.home.path());
        session.wait_for("Identifier");
        let born = self.today.year() - 68;
        session.type_keys(&format!("A-1042\tHolm, Anna\t14.3.{born}\tf\t68,5\t164\tnone known\tb\ts\t\t"));
        session.type_keys(&self.labs(start - 5, 92));
        session.type_keys(&format!("e\t \t \tn\t{}\tz\r\x1b[6~", self.day(start)));
        session.wait_for("Nothing is missing");
        self.save(session, start)
    }

    /// The visit after the file of an earlier one. `due` are the answers on the doses that were due.
    fn next_visit(&self, after: i64, start: i64, due: &str, creatinine: u16) -> Value {
        let file = self.file(after);
        let mut session = Session::osteodose(&[&file.to_string_lossy()], 24, 80, self.home.path());
        session.wait_for("7 Review");
        session.press(Key::Esc);
        session.wait_for("Go to:");
        session.type_keys("n");
        session.wait_for(if due.is_empty() { "on hold" } else { "step 4 asks what became of each dose" });
        session.type_keys("68,5\x1b[6~\x1b[6~");
        session.type_keys(&self.labs(0, creatinine));
        session.type_keys(&format!("{due}e\t \t \t\x1b[6~{}\x1b[6~\x1b[6~", self.day(start)));
        session.wait_for(if creatinine > 136 { "Creatinine has risen" } else { "Nothing is missing" });
        self.save(session, start)
    }

    /// Saves under the name that is offered, and leaves.
    fn save(&self, mut session: Session, start: i64) -> Value {
        session.press(Key::Ctrl('s'));
        session.wait_for("Name of the file");
        session.press(Key::Enter);
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
    let second = course.next_visit(-20, 8, "g\tt\t", 140);
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
    let next = course.next_visit(-50, 0, &format!("g\t{late}\tm\t"), 92);
    assert_eq!(next["status"], "ready");
    let under_way = &next["request"]["course"];
    assert_eq!((&under_way["first_dose"], &under_way["last_dose"]), (&json!(late), &json!(late)));
    assert_eq!(under_way["doses_given"], json!(1));
    assert_eq!(next["request"]["history"]["last_antiresorptive"]["date"], json!(late));
    let dose = first_dose(&next);
    assert_eq!((&dose["number"], &dose["date"]), (&json!(2), &json!(course.day(0))));
    assert_eq!(course.files(), 2);
}
