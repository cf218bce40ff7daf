//! What is refused before it is recorded, and what is told of what is recorded.

use std::fs;
#[cfg(unix)]
use std::process::Command;
#[cfg(target_os = "linux")]
use std::{
    fs::OpenOptions,
    process::{Output, Stdio},
};

use serde_json::{Value, json};

use super::{GIVEN, Ward, entry};
use crate::cli::text;

/// A line for "ward record" of the patient.
fn line(seen: u32, on: &str, course: Option<u32>, event: &Value) -> String {
    json!({"patient": "A-1042", "seen": seen, "on": on, "by": "A. Berg", "course": course, "event": event}).to_string()
}

/// What is answered to lines: the error of each, null where it is recorded.
fn answers(ward: &Ward, lines: &[String], more: &[&str]) -> Vec<Value> {
    let output = ward.ward(&[&["record", "--late"], more].concat(), lines.join("\n").as_bytes());
    let answer = |line: &str| serde_json::from_str::<Value>(line).unwrap()["error"].clone();
    text(&output.stdout).lines().map(answer).collect()
}

#[cfg(target_os = "linux")]
impl Ward {
    /// Runs a command of the register whose output goes elsewhere.
    fn to(&self, place: impl Into<Stdio>, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_osteodose"));
        command.current_dir(self.folder.path());
        command.env("XDG_CONFIG_HOME", self.path("configuration")).env("XDG_DATA_HOME", self.path("data"));
        command.arg("ward").args(arguments).stdout(place).stderr(Stdio::piped());
        command.spawn().unwrap().wait_with_output().unwrap()
    }
}

#[test]
fn a_verdict_that_the_engine_did_not_give_is_not_recorded() {
    let ward = Ward::with_patient();
    let stop =
        ward.request("stop.json", &json!({"labs": {"date": "2025-12-01"}, "history": {"conditions": ["pregnant"]}}));
    assert_eq!(ward.ward(&entry("assess", "2025-12-02", &[&stop]), b"").status.code(), Some(4));
    let held = ward.bodies().pop().unwrap();
    let mut go = held.clone();
    go["verdict"] = json!("go");
    go["dose_mg"] = json!(8);
    let mut without = go.clone();
    without["findings"] = json!([]);
    let mut elsewhere = go.clone();
    elsewhere["regimens_sha256"] = json!("0".repeat(64));
    let lines = [&go, &without, &elsewhere, &held].map(|body| line(3, "2025-12-02", Some(1), body));
    for more in [&["--check"][..], &[]] {
        let said = answers(&ward, &lines, more);
        for refused in &said[..3] {
            assert!(refused.as_str().unwrap().contains("\"assessed\": the figures are not those"), "{refused}");
        }
        assert_eq!(said[3], Value::Null, "what the engine said is taken");
    }
}

#[test]
fn a_plan_with_other_figures_than_those_of_its_document_is_not_recorded() {
    let ward = Ward::with_patient();
    let planned = ward.bodies().into_iter().find(|body| body["kind"] == "planned").unwrap();
    let changed = |change: &dyn Fn(&mut Value)| {
        let mut body = planned.clone();
        body["replaces_course"] = json!(1);
        change(&mut body);
        line(2, "2025-12-01", Some(1), &body)
    };
    let lines = [
        changed(&|body| body["dose_mg"] = json!(40)),
        changed(&|body| body["slots"] = json!([])),
        changed(&|body| body["plan"] = json!(body["plan"].as_str().unwrap().replace("68.5", "98.5"))),
        changed(&|_| {}),
    ];
    let said = answers(&ward, &lines, &[]);
    for refused in &said[..3] {
        assert!(refused.as_str().unwrap().contains("\"planned\": the figures are not those"), "{refused}");
    }
    assert_eq!(said[3], Value::Null, "the plan as it was made is taken");
}

#[test]
fn a_check_answers_what_is_answered_when_it_is_recorded() {
    let ward = Ward::with_patient();
    ward.add("A-1055", &json!({}));
    let erased = json!({"kind": "erased", "because": "asked for", "authority": "Dr K. Holm", "events": 2});
    let unknown = json!({"kind": "given", "dose": 1, "dose_mg": 3.5, "complete": true, "where": "unknown",
        "without_go_because": "verdict on paper"});
    let given = json!({"kind": "given", "dose": 1, "dose_mg": 3.5, "complete": true, "where": "ward",
        "second": {"by": "B. Lind"}, "without_go_because": "verdict on paper"});
    // The number that the line before gets: entries of other patients count in it.
    let struck = json!({"kind": "struck", "event": 8, "reason": "did-not-happen"});
    let lines = [
        line(2, "2025-12-02", None, &erased),
        line(2, "2025-12-02", Some(1), &unknown),
        line(2, "2025-12-02", Some(1), &given),
        line(3, "2025-12-02", None, &struck),
    ];
    let (checked, recorded) = (answers(&ward, &lines, &["--check"]), answers(&ward, &lines, &[]));
    assert_eq!(checked, recorded);
    assert!(recorded[1].as_str().unwrap().contains("which is only for doses of an import"), "{recorded:?}");
    assert_eq!(recorded.iter().map(Value::is_null).collect::<Vec<_>>(), [false, false, true, true], "{recorded:?}");
    assert!(
        ward.refused(&entry("give", "2025-12-02", &[&GIVEN[..], &["--where", "unknown"]].concat()), 2)
            .contains("where")
    );
}

#[test]
fn an_identifier_with_a_blank_at_its_end_is_not_that_of_another_patient() {
    let ward = Ward::with_patient();
    let plan = ward.plan("A-1042 ", &json!({}));
    let add = ["add", &plan, "--by", "A. Berg", "--on", "2025-11-28", "--late"];
    assert!(ward.refused(&add, 2).contains("the identifier reads like A-1042 of this register"));
    let said = ward.refused(&[&add[..], &["--another-person"]].concat(), 2);
    assert!(said.contains("the identifier \"A-1042 \" begins or ends with a blank."), "{said}");
}

#[test]
fn somebody_who_is_easily_taken_for_another_patient_is_registered_only_when_that_is_said() {
    let ward = Ward::new();
    let named = |name: &str| json!({"patient": {"name": name}});
    ward.add("A-1042", &named("Anna Lind"));
    let refused = |plan: &str| ward.refused(&["add", plan, "--by", "A. Berg", "--on", "2025-11-28", "--late"], 2);
    let same_id = ward.plan("a1042", &named("Beata Berg"));
    assert_eq!(
        refused(&same_id),
        "a1042.json: Not recorded: the identifier reads like A-1042 of this register (Anna Lind, born 14-Mar-1958). Use \
         that identifier, or say that it is another person. (--another-person)\n"
    );
    let same_person = ward.plan("B-7", &named("LIND, Anna"));
    assert_eq!(
        refused(&same_person),
        "B-7.json: Not recorded: Anna Lind, born 14-Mar-1958, is in this register as A-1042. Use that identifier, or say \
         that it is another person. (--another-person)\n"
    );
    let import = ["import", &same_id, &same_person, "--by", "A. Berg"];
    let output = ward.ward(&[&import[..], &["--another-person", "B-7"]].concat(), b"");
    assert_eq!(output.status.code(), Some(1), "{}", text(&output.stderr));
    assert!(text(&output.stderr).contains("the identifier reads like A-1042"), "{}", text(&output.stderr));
    assert!(text(&output.stdout).contains("B-7 B-7.json: registered and planned"), "{}", text(&output.stdout));
    let registered =
        json!({"kind": "registered", "patient": {"id": "A 1042", "birth_date": "1960-01-01", "sex": "male"}});
    let line = json!({"patient": "A 1042", "seen": 0, "on": "2025-11-28", "by": "C. Lind", "event": registered});
    let record = |more: &[&str]| {
        let output = ward.ward(&[&["record", "--late"], more].concat(), format!("{line}\n").as_bytes());
        text(&output.stdout)
    };
    assert!(record(&[]).contains("(--another-person)"), "{}", record(&[]));
    assert!(record(&["--another-person", "A 1042"]).contains("\"number\""));
    ward.ok(&["add", &same_id, "--by", "A. Berg", "--on", "2025-11-28", "--late", "--another-person"]);
}

#[test]
fn doses_of_a_patient_that_no_plan_has_are_not_accepted_in_silence() {
    let ward = Ward::new();
    let plan = ward.plan("A-1042", &json!({}));
    let import = ["import", &plan, "--by", "A. Berg", "--given-until", "2026-01-10", "--accept", "B-7"];
    let said = ward.refused(&import, 2);
    assert_eq!(said, "--accept B-7: no plan of the import has this identifier, and nothing was recorded.\n");
    assert!(ward.refused(&["show", "A-1042"], 2).contains("No patient"), "nothing was recorded");
}

#[test]
fn an_amount_that_nobody_supplies_is_refused_and_another_dose_says_why() {
    let ward = Ward::with_patient();
    let supply = |units: &str, days: &str| {
        ward.refused(&entry("supply", "2025-12-02", &[&GIVEN[..], &["--units", units, "--days", days]].concat()), 2)
    };
    assert!(supply("1000000000", "28").contains("is not in 1..=10000"));
    assert!(supply("28", "0").contains("is not in 1..=366"));
    let said = supply("28", "28");
    assert!(said.ends_with("Record a dose instead. (osteodose ward give)\n"), "{said}");
    let too_many = json!({"kind": "supplied", "dose": 1, "dose_mg": 3.5, "units": 4_000_000_000_u32, "days": 28,
        "where": "ward"});
    let said = answers(&ward, &[line(2, "2025-12-02", Some(1), &too_many)], &[]);
    assert!(said[0].is_string(), "{said:?}");
    let other = [&GIVEN[..], &["--mg", "4"]].concat();
    let said = ward.refused(&entry("give", "2025-12-02", &other), 2);
    let expected = "Not recorded: 3.5 mg is planned, and 4 mg is to be recorded. Say why it was another dose. \
                    (--another-because REASON)\n";
    assert_eq!(said, expected);
    let why = [&other[..], &["--another-because", "prescriber-decided"]].concat();
    let said = ward.entry("give", "2025-12-02", &why);
    assert!(said.contains("zoledronic acid 4 mg (3.5 mg was planned)"), "{said}");
}

#[test]
#[cfg(target_os = "linux")]
fn what_is_recorded_and_cannot_be_shown_is_told_as_recorded() {
    let ward = Ward::with_patient();
    let full = |arguments: &[&str]| {
        let full = OpenOptions::new().write(true).open("/dev/full").unwrap();
        let output = ward.to(full, &[arguments, &["--register", "ward/register.db"]].concat());
        (output.status.code(), text(&output.stderr))
    };
    let (status, said) = full(&entry("give", "2025-12-02", &GIVEN));
    assert_eq!(status, Some(1));
    assert!(said.starts_with("Recorded as 6, but the output cannot be written: "), "{said}");
    assert!(ward.show().contains("1 dose given"));
    // So it is with a verdict: by the status alone nobody would know that it is not recorded.
    let request = ward.request("next.json", &json!({"labs": {"date": "2025-12-29"}}));
    let (status, said) = full(&entry("assess", "2025-12-30", &[&request]));
    assert_eq!(status, Some(1));
    assert!(said.starts_with("Recorded as 7, but the output cannot be written: "), "{said}");
    assert!(ward.show().contains("Seen up to 4"), "the verdict is stored");
}

/// A correction of the patient.
fn correct<'a>(more: &[&'a str]) -> Vec<&'a str> {
    [&["correct", "A-1042", "--by", "A. Berg", "--reason", "misspelt"], more].concat()
}

#[test]
fn who_a_patient_is_is_corrected_and_what_was_there_before_is_kept() {
    let ward = Ward::new();
    let named = |name: &str| json!({"patient": {"name": name}});
    ward.add("A-1042", &named("Ana Lind"));
    ward.add("B-7", &named("Beata Berg"));
    ward.ok(&correct(&["--name", "Anna Lind", "--birth-date", "1958-03-15"]));
    let corrected = ward.bodies().pop().unwrap();
    assert_eq!(corrected["was"], json!({"name": "Ana Lind", "birth_date": "1958-03-14"}));
    assert!(ward.show().starts_with("A-1042: Anna Lind, born 15-Mar-1958, female\n"), "{}", ward.show());
    assert!(ward.show().contains("Identity corrected, A. Berg: misspelt"));
    assert!(ward.refused(&correct(&["--name", "Anna Lind"]), 2).contains("the correction changes nothing."));
    assert!(ward.refused(&correct(&["--birth-date", "2199-01-01"]), 2).contains("01-Jan-2199 is after today"));
    let said = ward.refused(&correct(&["--id", "B 7"]), 2);
    assert!(said.contains("the identifier reads like B-7 of this register"), "{said}");
    assert!(ward.refused(&correct(&["--id", "B-7", "--another-person"]), 2).contains("has the identifier B-7"));
    // An identifier that reads like the one before is no other person.
    ward.ok(&correct(&["--id", "A1042", "--sex", "male"]));
    assert!(ward.ok(&["show", "A1042"]).starts_with("A1042: Anna Lind, born 15-Mar-1958, male\n"));
    assert!(ward.refused(&["show", "A-1042"], 2).contains("No patient"));
    // What another program says was there before must have been there.
    let mut wrong = corrected;
    wrong["patient"] = json!({"id": "A1042", "name": "Anna Lindh", "birth_date": "1958-03-15", "sex": "male"});
    let send = |event: &Value, name: &str| {
        let mut event = event.clone();
        event["was"] = json!({"name": name});
        let line = json!({"patient": "A1042", "seen": 4, "on": "2025-12-02", "by": "A. Berg", "event": event});
        text(&ward.ward(&["record", "--late"], line.to_string().as_bytes()).stdout)
    };
    let said = send(&wrong, "Ana Lind");
    assert!(said.contains("what was there before the correction is not what this register has."), "{said}");
    assert!(send(&wrong, "Anna Lind").contains("\"number\""));
}

#[test]
fn a_plan_with_another_name_than_the_register_is_refused_and_a_missing_one_is_said() {
    let ward = Ward::new();
    ward.add("A-1042", &json!({"patient": {"name": "Anna Lind"}}));
    let add = |ward: &Ward, name: &str| {
        let plan = ward.plan("A-1042", &json!({"patient": {"name": name}}));
        let output = ward.ward(&["add", &plan, "--by", "A. Berg", "--on", "2025-11-28", "--late", "--replan"], b"");
        text(&output.stdout) + &text(&output.stderr)
    };
    let said = add(&ward, "Ana Lind");
    assert!(
        said.contains("the identifier, the name, the birth date or the sex is not that of this patient."),
        "{said}"
    );
    assert!(add(&ward, "Lind, Anna").starts_with("Recorded as "));
    assert!(ward.show().starts_with("A-1042: Anna Lind,"));
    let said = add(&Ward::with_patient(), "Anna Lind");
    assert!(said.contains("The plan has the name \"Anna Lind\", and this register has none."), "{said}");
}

#[test]
fn a_name_with_an_unseen_joiner_is_no_second_person() {
    let ward = Ward::with_patient();
    for second in ["A. Be\u{200D}rg", "Ａ. Berg"] {
        let given = ["--second", second, "--without-go-because", "verdict on paper"];
        let said = ward.refused(&entry("give", "2025-12-02", &given), 2);
        assert!(said.contains("Somebody else must check."), "{said}");
    }
}

#[test]
#[cfg(target_os = "linux")]
fn what_is_made_and_cannot_be_shown_is_told_as_made() {
    let ward = Ward::with_patient();
    fs::write(ward.path("entries.jsonl"), ward.ok(&["export"])).unwrap();
    ward.ok(&["backup", "backup.db"]);
    let register = ["--register", "ward/register.db"];
    let named = ["--by", "A. Berg"];
    for (arguments, made, said) in [
        (
            [&["create", "made/other.db", "--name", "Day Clinic 4"][..], &named].concat(),
            "made/other.db",
            "is ready. But",
        ),
        ([&["backup", "again.db"], &register[..]].concat(), "again.db", "again.db: the backup is made, but"),
        ([&["restore", "backup.db", "restored.db"], &named[..]].concat(), "restored.db", "restored. But"),
        (
            [&["import", "--jsonl", "entries.jsonl", "--into", "new.db"], &named[..]].concat(),
            "new.db",
            "new.db: taken back.",
        ),
    ] {
        let output = ward.to(OpenOptions::new().write(true).open("/dev/full").unwrap(), &arguments);
        let told = text(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}: {told}");
        assert!(told.contains(said) && told.contains("the output cannot be written: "), "{told}");
        assert!(ward.path(made).exists(), "{made}");
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_hold_is_told_by_the_status_though_nobody_reads_the_lines() {
    let ward = Ward::with_patient();
    ward.give("2025-12-02");
    let creatinine = json!({"labs": {"date": "2025-12-29", "creatinine": {"value": 160, "unit": "umol/L"}}});
    let request = ward.request("risen.json", &creatinine);
    let unread = |arguments: &[&str]| {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        ward.to(writer, &[arguments, &["--register", "ward/register.db"]].concat()).status.code()
    };
    let assess = entry("assess", "2025-12-30", &[&request]);
    assert_eq!(unread(&assess), Some(4));
    assert_eq!(unread(&[&assess[..], &["--check"]].concat()), Some(4));
    // It is recorded all the same, once for the command that records.
    assert_eq!(ward.bodies().iter().filter(|body| body["kind"] == "assessed").count(), 1);
    assert_eq!(unread(&entry("note", "2025-12-30", &["nothing is wrong with it"])), Some(0));
    // Lines that nobody waits for are not recorded.
    let lines = [4, 5].map(|seen| line(seen + 1, "2025-12-30", None, &json!({"kind": "noted", "text": "a line"})));
    fs::write(ward.path("lines.jsonl"), lines.join("\n")).unwrap();
    assert_eq!(unread(&["record", "lines.jsonl", "--late"]), Some(1));
    assert!(ward.show().contains("Seen up to 6"), "{}", ward.show());
}

#[test]
fn a_check_knows_which_identifiers_the_lines_before_have_changed() {
    let ward = Ward::with_patient();
    ward.add("B-7", &json!({"patient": {"name": "MOE, Kari", "birth_date": "1960-01-02"}}));
    let patient = |id: &str| json!({"id": id, "name": "Ida Dahl", "birth_date": "1971-05-06", "sex": "female"});
    let corrected = |id: &str, was: &str| json!({"kind": "identity-corrected", "patient": patient(id), "was": {"id": was}, "reason": "typed wrongly"});
    let registered = |id: &str| json!({"kind": "registered", "patient": patient(id)});
    let line = |id: &str, seen: u32, event: Value| {
        json!({"patient": id, "seen": seen, "on": "2025-12-02", "by": "A. Berg", "event": event}).to_string()
    };
    let lines = [
        line("B-7", 0, registered("B-7")),
        line("C-9", 0, registered("C-9")),
        line("C-9", 1, corrected("B-7", "C-9")),
        line("C-9", 1, corrected("D-5", "C-9")),
        line("C-9", 2, json!({"kind": "noted", "text": "nobody has it now"})),
        line("D-5", 2, json!({"kind": "noted", "text": "the same patient"})),
        line("D-5", 0, registered("D-5")),
    ];
    let (checked, recorded) = (answers(&ward, &lines, &["--check"]), answers(&ward, &lines, &[]));
    assert_eq!(checked, recorded);
    let is_recorded = [false, true, false, true, false, true, false];
    assert_eq!(recorded.iter().map(Value::is_null).collect::<Vec<_>>(), is_recorded, "{recorded:?}");
    assert!(recorded[2].as_str().unwrap().contains("another patient of this register has the identifier B-7"));
}

#[test]
fn a_course_that_is_not_there_takes_no_note() {
    let ward = Ward::with_patient();
    let said = ward.refused(&entry("note", "2025-12-02", &["of which course?", "--course", "99"]), 2);
    assert!(said.starts_with("Not recorded: "), "{said}");
    ward.entry("note", "2025-12-02", &["of this one", "--course", "1"]);
}

#[test]
fn the_log_goes_by_the_day_on_which_it_was_recorded_and_knows_a_name_without_its_full_stop() {
    let ward = Ward::with_patient();
    ward.give("2025-12-02");
    let all = ward.ok(&["log"]);
    let given = all.lines().last().unwrap();
    // It happened before, and was recorded today.
    assert!(ward.ok(&["log", "--since", "2026-01-01"]).lines().any(|line| line == given), "{all}");
    assert_eq!(ward.ok(&["log", "--since", "2199-01-01"]), "");
    assert_eq!(ward.ok(&["log", "--by", "a berg"]), all);
}

#[cfg(unix)]
#[test]
fn a_line_end_in_the_name_of_the_user_begins_no_line() {
    let ward = Ward::with_patient();
    let mut command = Command::new(env!("CARGO_BIN_EXE_osteodose"));
    command.current_dir(ward.folder.path()).env("XDG_CONFIG_HOME", ward.path("configuration"));
    command.env("XDG_DATA_HOME", ward.path("data")).env("USER", "x\n     999 01-Dec-2026 forged\u{1b}[2K");
    command.arg("ward").args(entry("note", "2025-12-02", &["a note"])).args(["--register", "ward/register.db"]);
    assert_eq!(command.output().unwrap().status.code(), Some(0));
    let log = ward.ok(&["log"]);
    assert_eq!(log.lines().count(), 6, "{log}");
    let stored = ward.ok(&["export"]);
    let last: Value = serde_json::from_str(stored.lines().nth(5).unwrap()).unwrap();
    let user = last["os_user"].as_str().unwrap();
    assert!(user.contains("forged") && !user.contains(['\n', '\u{1b}']), "{user:?}");
}

#[test]
fn a_file_that_leaves_out_open_days_clears_none() {
    let ward = Ward::new();
    let clinic = |file: &Value| {
        ward.settings("days.json", file);
        ["clinic", "--from", "days.json", "--by", "A. Berg"]
    };
    let said = ward.refused(&clinic(&json!({"second_signature": "off"})), 2);
    assert!(said.starts_with("days.json: \"open_weekdays\" is missing, and nothing was set."), "{said}");
    let christmas = json!([{"first": "2026-12-24", "last": "2026-12-26"}]);
    ward.ok(&clinic(&json!({"open_weekdays": ["mon", "thu"], "closed": christmas})));
    let said = ward.refused(&clinic(&json!({"open_weekdays": ["mon"]})), 2);
    assert!(said.starts_with("days.json: \"closed\" is missing, and nothing was set."), "{said}");
    assert!(ward.ok(&["clinic"]).contains("2026-12-24"));
    // What is shown can be set, and what is left empty is meant.
    fs::write(ward.path("days.json"), ward.ok(&["clinic"])).unwrap();
    ward.ok(&["clinic", "--from", "days.json", "--by", "A. Berg"]);
    ward.ok(&clinic(&json!({"open_weekdays": ["mon"], "closed": []})));
    assert!(!ward.ok(&["clinic"]).contains("2026-12-24"));
}

#[test]
fn settings_say_what_they_do_not_set() {
    let ward = Ward::new();
    let settings = |file: &Value| {
        ward.settings("settings.json", file);
        ["settings", "--from", "settings.json", "--by", "A. Berg"]
    };
    let said = ward.ok(&settings(&json!({"open_weekdays": ["sat"], "second_signature": "off"})));
    assert!(said.starts_with("The open and closed days in this file are not set by this command."), "{said}");
    assert!(!ward.ok(&["clinic"]).contains("sat"));
    let said = ward.refused(&settings(&json!({"name": "Day Clinic 4"})), 2);
    assert!(said.contains("Day Clinic 4 is not the name of this ward, which stays Day Clinic 3."), "{said}");
    ward.ok(&settings(&json!({"name": "Day Clinic 3"})));
}

#[test]
#[cfg(target_os = "linux")]
fn what_a_ward_sets_is_recorded_before_it_is_shown() {
    let ward = Ward::with_patient();
    ward.settings("days.json", &json!({"open_weekdays": ["mon"], "closed": []}));
    ward.settings("second.json", &json!({"second_signature": "off", "open_weekdays": ["mon"]}));
    let register = ["--register", "ward/register.db", "--by", "A. Berg"];
    let unread = |arguments: &[&str]| {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        ward.to(writer, &[arguments, &register].concat()).status.code()
    };
    assert_eq!(unread(&["clinic", "--from", "days.json"]), Some(0));
    assert_eq!(unread(&["settings", "--from", "second.json"]), Some(0));
    assert!(ward.ok(&["clinic"]).contains("\"mon\"") && ward.ok(&["settings"]).contains("\"off\""));
    // A device that is full is no reader who has gone, and is said.
    let full = || OpenOptions::new().write(true).open("/dev/full").unwrap();
    let output = ward.to(full(), &[&["clinic", "--from", "days.json"], &register[..]].concat());
    let said = text(&output.stderr);
    assert!(output.status.code() == Some(1) && said.starts_with("Recorded as "), "{said}");
    let request = ward.request("today.json", &json!({"labs": {"date": "2025-12-01"}}));
    let output = ward.to(full(), &[&entry("assess", "2025-12-02", &[&request])[..], &register[..2]].concat());
    let said = text(&output.stderr);
    assert!(output.status.code() == Some(1) && said.starts_with("Recorded as "), "{said}");
}

#[test]
fn a_verdict_that_cannot_be_recorded_is_shown_all_the_same() {
    let ward = Ward::with_patient();
    let request = ward.request("today.json", &json!({"labs": {"date": "2025-12-01"}}));
    let output = ward.ward(&entry("assess", "2025-12-02", &[&request, "--seen", "1"]), b"");
    assert_eq!(output.status.code(), Some(5));
    assert!(text(&output.stdout).contains("GO") && text(&output.stderr).starts_with("Not recorded: "));
}
