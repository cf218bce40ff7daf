//! The form line by line, as a screen reader gets it: the program with its input in a pipe.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

use serde_json::Value;

use crate::support::tests;

/// Breast cancer with a clearance of 55.9 mL/min, teeth not examined: zoledronic acid in a reduced dose.
pub const PATIENT: &[&str] = &[
    "A-1042",
    "",
    "14.3.1958",
    "f",
    "68,5",
    "164",
    "none known",
    "Anna Berg", // patient
    "breast",
    "1",
    "", // disease
    "18 Nov 2026",
    "92u",
    "2,31mm",
    "total",
    "38",
    "gl",
    "",
    "", // laboratory
    "not exam",
    "none",
    "n",
    "none", // safety
];
/// Drug, schedule, confirmation, and a plan that is saved.
pub const PLAN: &[&str] = &[
    "zole", // drug
    "2026-12-01",
    "",
    "every 4",
    "",
    "",
    "mon tue wed, 4, 5",
    "24.12.2026-25.12. Christmas", // dates
    "Dr K. Holm",
    "seen by dentist next week",
    "confirm",
    "1",
    "",
    "save", // plan
];

/// The program in a folder of its own, in which it also keeps its drafts.
fn command(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_osteodose"));
    command.current_dir(folder).env("XDG_CONFIG_HOME", tests("no-configuration"));
    for name in ["HOME", "XDG_STATE_HOME", "XDG_DATA_HOME", "APPDATA", "LOCALAPPDATA"] {
        command.env(name, folder.join("state"));
    }
    command
}

fn run(folder: &Path, arguments: &[&str], input: &[u8]) -> Output {
    let mut child = command(folder)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    // A form that is left closes its input early.
    let writer = std::thread::spawn(move || drop(stdin.write_all(&input)));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    output
}

/// What is said to these answers, one line each.
pub fn said(folder: &Path, arguments: &[&str], answers: &[&[&str]]) -> String {
    let answers = answers.concat().join("\n") + "\n";
    let output = run(folder, arguments, answers.as_bytes());
    let said = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(0), "{said}");
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(!said.contains('\u{1b}'), "{said}");
    let long: Vec<&str> = said.lines().filter(|line| line.chars().count() > 100).collect();
    assert!(long.is_empty(), "{long:?}");
    said
}

pub fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("state")).unwrap();
    folder
}

/// Whether lines come in this order, whatever is between them.
fn assert_in_order(said: &str, lines: &[impl AsRef<str>]) {
    let mut rest = said;
    for line in lines.iter().map(AsRef::as_ref) {
        let at = rest.find(line).unwrap_or_else(|| panic!("{line}\nis not said in\n{rest}"));
        rest = &rest[at + line.len()..];
    }
}

#[test]
fn a_conversation_saves_the_plan_of_the_command() {
    let folder = folder();
    let said = said(folder.path(), &["--plain"], &[PATIENT, PLAN]);
    let lines = [
        "Step 1 of 7: Patient",
        "Number, may be left empty:",
        "Date of birth: Fri 14-Mar-1958",
        "1 or f: female\n",
        "Weight: 68.5 kg",
        "Entered by: Anna Berg",
        "Creatinine: 92 µmol/L\n",
        "Calcium: 2.31 mmol/L\n",
        "Albumin: 38 [unit not chosen]\nUnit of albumin:\n1 g/L\n2 g/dL\nAlbumin: 38 g/L\n",
        "Conditions: none of these",
        "Compared with today as the first day",
        "CONFIRM zoledronic acid, intravenous: 3.5 of 4 mg every",
        "Drug: zoledronic acid, intravenous",
        "Start date: Tue 01-Dec-2026",
        "Open on: Monday, Tuesday, Wednesday, Thursday, Friday",
        "Closed: Thu 24-Dec to Fri 25-Dec-2026 Christmas",
        "Step 7 of 7: Plan\nCONFIRM. 1 finding must be confirmed by name.",
        "Who takes responsibility?",
        "Why is treatment right all the same?",
        "Type confirm if Dr K. Holm confirms this",
        "Confirmed.",
        "Second check: not done.",
        "Name of the file [A-1042-2026-12-01.json]:",
        "Type save to save it as A-1042-2026-12-01.json",
        "Saved: A-1042-2026-12-01.json",
    ];
    assert_in_order(&said, &lines);
    let saved = fs::read(folder.path().join("A-1042-2026-12-01.json")).unwrap();
    let plan: Value = serde_json::from_slice(&saved).unwrap();
    assert_eq!(plan["status"], "ready");
    let request = plan["request"].to_string();
    assert_eq!(run(folder.path(), &["plan"], request.as_bytes()).stdout, saved);
    let next = run(folder.path(), &["--plain"], b"");
    assert!(!String::from_utf8_lossy(&next.stdout).contains("Entries from an earlier session"));
}

#[test]
#[expect(clippy::too_many_lines, reason = "one answer a line")]
fn each_mistake_is_answered_and_asked_again() {
    let folder = folder();
    let said = said(
        folder.path(),
        &[],
        &[&[
            "<",
            "",
            "",
            "",
            "1/2/1958",
            "14.3.58",
            "14.3.",
            "31.4.1958",
            "1. März 1950",
            "14.3.2031",
            "t",
            "x",
            "",
            "=",
            "14.3.1958", // date
            "5",
            "woman",
            "?",
            "2",
            "<",
            "f", // sex
            "-5",
            "1,234.5",
            "1,234",
            "151 lb",
            "685",
            "220",
            "<",
            "68.5 kg", // weight
            ">2",
            "ot",
            "x",
            "lung",
            "sk",
            "", // tumour
            "-",
            "t",
            "92 stone",
            "many",
            "<20",
            "9O",
            "92",
            "",
            "3",
            "mmol/L",
            "<",
            "9200u",
            "1.04u",
            "92 mg/dL",
            "1.04 mg/dL", // labs
            "!",
        ]],
    );
    let lines = [
        "This is the first question.",
        "This is needed. Such as 14.3.1958, 14 Mar 1958 or 1958-03-14. Or: skip.",
        "\"1/2/1958\": is the day first, or the month?",
        "\"14.3.58\": write the year with four digits",
        "\"14.3.\": the year is missing.",
        "\"31.4.1958\": April 1958 has 30 days.",
        "\"1. März 1950\": this month is not known.",
        "\"14.3.2031\" is after today, ",
        "\"t\": the year is missing.",
        "\"x\" is not a date.",
        "Date of birth [x]:\n\"x\" is not a date.",
        "Nothing is offered for this question",
        "Date of birth: Fri 14-Mar-1958",
        "\"5\" is not in the list. Answer with a number from 1 to 2.",
        "\"woman\" is not in the list.",
        "Sex as used in the formula for creatinine clearance.\nSex:\n1 or f: female\n2 or m: male\nSex: male",
        "Sex [male]:",
        "Sex: female",
        "\"-5\" is not a number.",
        "more than one comma or point",
        "\"1,234\" can be read in two ways. Write 1234 or 1.234.",
        "\"151 lb\": pounds are not taken. Write kg.",
        "685 kg is not possible (allowed: 20 to 350 kg).",
        "Weight in kg [685]:",
        "Weight: 220 kg\nUnusual: ",
        "Weight: 68.5 kg",
        "Step 2 of 7: Disease",
        "\"ot\" fits other solid tumour or other blood cancer.",
        "\"x\" is not in the list.",
        "Step 3 of 7: Laboratory",
        "This is needed.",
        "Date of blood test: ",
        "\"92 stone\": this unit is not known. Write u for µmol/L or mg for mg/dL.",
        "\"many\" is not a number.",
        "\"<20\" is a bound, not a value.",
        "\"9O\" is not a number.",
        "Creatinine: 92 [unit not chosen]\nUnit of creatinine:",
        "Answer with one of the numbers or letters.",
        "is not in the list. Answer with a number from 1 to 2.",
        "Creatinine [92]:",
        "9200 µmol/L is not possible",
        "1.04 µmol/L is not possible (allowed: 10 to 2500 µmol/L). On the report mg/dL? Then write 1.04 mg.",
        "92 mg/dL is not possible (allowed: 0.1 to 28 mg/dL). On the report µmol/L? Then write 92 u.",
        "Creatinine: 1.04 mg/dL",
        "Not saved. What is entered is kept and offered at the next start.",
    ];
    assert_in_order(&said.replace('\n', " "), &lines.map(|line| line.replace('\n', " ")));
}

#[test]
fn a_question_on_safety_is_left_open_and_that_is_said() {
    let folder = folder();
    let answers =
        [">4", "", "skip", "n, 2", "19", "1, 2", "", ">4", "skip", "", "3, x", "loop calc", "", ">4", "skip", "-", "!"];
    let said = said(folder.path(), &["--plain"], &[&answers]);
    let lines = [
        "Step 4 of 7: Safety",
        "This is needed.",
        "Conditions, separated by commas, Enter leaves it unanswered:\nn none of these\n1 pregnant\n",
        "\"None of these\" cannot be combined with another number.",
        "\"19\" is not in the list. Answer with n, 1 to 9, or a to h.",
        "Conditions: pregnant, breast-feeding",
        "Medicines, separated by commas, Enter leaves it unanswered:",
        "Not answered: the plan will say that this was not asked.",
        "Last bone drug, also for osteoporosis, Enter leaves it unanswered:",
        "Step 4 of 7: Safety",
        "\"x\" is not in the list.",
        "Medicines: loop diuretic, calcitonin",
        "Step 4 of 7: Safety",
        "Conditions: empty.",
        "Not answered: the plan will say that this was not asked.",
    ];
    assert_in_order(&said, &lines);
}

#[test]
fn the_end_of_the_input_keeps_what_was_entered() {
    let folder = folder();
    let first = said(folder.path(), &["--plain"], &[PATIENT]);
    assert_in_order(&first, &["Step 5 of 7: Drug", "Not saved. What is entered is kept"]);
    let second = said(folder.path(), &["--plain"], &[&["", "1"], PLAN]);
    let lines =
        ["1 continue with: ", "A-1042", "new patient", "3 delete: ", "Answer with one", "Step 5 of 7: Drug", "Saved: "];
    assert_in_order(&second, &lines);
    assert!(!said(folder.path(), &["--plain"], &[]).contains("continue with"));
}

#[test]
fn leftovers_stay_or_are_deleted() {
    let folder = folder();
    said(folder.path(), &["--plain"], &[&["A-1"]]);
    said(folder.path(), &["--plain"], &[&["2", "B-2"]]);
    let both = said(folder.path(), &["--plain"], &[&["!"]]);
    assert_in_order(
        &both,
        &["1 continue with", "B-2", "2 continue with", "A-1", "3 new patient", "4 delete", "5 delete"],
    );
    let deleted = said(folder.path(), &["--plain"], &[&["5", "y", "delete", "3", "", "3", "delete", "!"]]);
    assert_in_order(
        &deleted,
        &["Nothing was done.", "Deleted.", "B-2", "Enter to keep it", "B-2", "Deleted.", "Step 1 of 7", "Closed."],
    );
    assert!(!said(folder.path(), &["--plain"], &[]).contains("continue with"));
}

#[test]
fn what_is_missing_is_asked_again_at_the_end() {
    let folder = folder();
    let before = [">7", "14.3.1958", "skip", "skip", "68.5"];
    let said = said(folder.path(), &[], &[&["", "", "skip", "1", ">7"], &before]);
    assert_in_order(
        &said,
        &[
            "Step 7 of 7: Plan\nNOT YET. Still missing: Date of birth, Weight,",
            "Date of birth:",
            "Date of birth: Fri",
            "Weight in kg:",
            "Cancer began in:",
        ],
    );
}

#[test]
fn a_drug_that_cannot_be_given_can_be_saved_as_a_refusal_only() {
    let folder = folder();
    let pregnant: Vec<&str> =
        PATIENT.iter().enumerate().map(|(at, it)| if at == 20 { "pregnant" } else { it }).collect();
    let answers = ["zole", "2026-12-01", "", "", "refusal.json", "save"];
    let said = said(folder.path(), &[], &[&pregnant, &answers]);
    assert_in_order(
        &said.replace('\n', " "),
        &[
            "CANNOT zoledronic acid, intravenous: The patient is pregnant.",
            "It can only be",
            "Step 7 of 7",
            "Start date:",
            "STOP. ",
            "Save the refusal",
        ],
    );
    let plan: Value = serde_json::from_slice(&fs::read(folder.path().join("refusal.json")).unwrap()).unwrap();
    assert_eq!(plan["status"], "stopped");
}

#[test]
fn a_second_check_tells_only_what_differs() {
    let folder = folder();
    let (confirmed, saved) = PLAN.split_at(PLAN.len() - 3);
    assert_eq!(saved, ["1", "", "save"]);
    let check = ["2", "Bo Lind", "14.3.1958", "f", "65.8", "92u", "plan.json", "save"];
    let differs = said(folder.path(), &["--plain"], &[PATIENT, confirmed, &check]);
    assert_in_order(
        &differs,
        &["A second person enters", "DIFFERS: weight 65.8 kg against 68.5 kg.", "Saved: plan.json"],
    );
    let again = ["", "", "2", "B", "Bo Lind", "14.3.1958", "f", "68.5", "92", "u", "", "yes", "", "", "replace"];
    let agrees = said(folder.path(), &["--plain", "plan.json"], &[&again]);
    assert_in_order(
        &agrees,
        &[
            "Step 7 of 7",
            "CONFIRMED",
            "[as it is]",
            "a name has at least two letters",
            "agrees (Bo Lind)",
            "[plan.json]",
            "A file of this name exists",
            "Nothing was done.",
            "[plan.json]",
            "Saved: plan.json",
        ],
    );
    let plan: Value = serde_json::from_slice(&fs::read(folder.path().join("plan.json")).unwrap()).unwrap();
    assert_eq!(plan["second_check"], "agrees");
}

/// The patient, with the plan of a drug from a day long past.
fn of_a_past_start() -> Vec<&'static str> {
    PATIENT.iter().map(|it| if *it == "18 Nov 2026" { "18 Nov 2019" } else { it }).collect()
}

#[test]
fn the_next_visit_asks_what_became_of_each_dose() {
    let folder = folder();
    let plan: Vec<&str> = PLAN.iter().map(|it| if *it == "2026-12-01" { "" } else { it }).collect();
    // Compared with today as the first day, the blood test would be too old.
    said(folder.path(), &["--plain"], &[&of_a_past_start(), &[">6", "2019-12-01", ">5"], &plan]);
    let file = "A-1042-2019-12-01.json";
    let first = fs::read(folder.path().join(file)).unwrap();
    let answers = [
        ">n",
        "",
        "",
        "",
        "",
        "98.5",
        "<",
        "30.5",
        "<",
        "70 kg",
        ">3",
        "skip",
        "98u",
        ">4",
        "",
        "given",
        "31.12.2199",
        "=",
        "held: cal",
        "missed",
        "given",
        "2.12.2019",
        ">6",
        "t",
        "!",
    ];
    let said = said(folder.path(), &["--plain", file], &[&answers]);
    let lines = [
        ">n begins the next visit",
        "Next visit: step 4 asks what became of each dose.",
        "Step 1 of 7: Patient",
        "Weight in kg:\nBefore: 68.5 kg",
        "Weight: 98.5 kg, 30 more than before",
        "Weight: 30.5 kg, 38 less than before\nPlease check: much less than before (68.5).",
        "Weight: 70 kg, 1.5 more than before",
        "Date of blood test (t is today, ",
        "Before: Mon 18-Nov-2019",
        "Before: 92 µmol/L",
        "Creatinine: 98 µmol/L, 6 more than before",
        "Step 4 of 7: Safety",
        "Dose or supply due on Mon 02-Dec-2019:\n1 or g: given\n2 or h: held: creatinine\n",
        "This is needed. What became of the dose",
        "given on (= takes Mon 02-Dec-2019):",
        "\"31.12.2199\" is after today, ",
        "given on: Mon 02-Dec-2019",
        "Dose or supply due on Mon 30-Dec-2019:",
        "held: calcium",
        "missed",
        "given on (= takes ",
        "was given on 02-Dec-2019. This one must be later.",
        "Step 6 of 7: Dates",
        "Course [under way]:",
        "Not saved.",
    ];
    assert_in_order(&said, &lines);
    assert_eq!(fs::read(folder.path().join(file)).unwrap(), first);
}

#[test]
fn the_same_person_is_no_second_person() {
    let folder = folder();
    let (confirmed, _) = PLAN.split_at(PLAN.len() - 3);
    let check = ["2", "anna  berg", "14.3.1958", "f", "68.5", "92u", "!"];
    let said = said(folder.path(), &["--plain"], &[PATIENT, confirmed, &check]);
    let lines = ["That is no second check", "Second check, date of birth:", "Second check: not valid."];
    assert_in_order(&said.replace('\n', " "), &lines);
}

#[test]
fn what_would_have_to_change_is_said_with_a_refusal() {
    let folder = folder();
    let weak: Vec<&str> = PATIENT.iter().map(|it| if *it == "92u" { "270 umol/L" } else { it }).collect();
    let said = said(folder.path(), &["--plain"], &[&weak, &["zole", "2026-12-01", "!"]]);
    let lines = ["Creatinine: 270 µmol/L; below 265 µmol/L", "Clearance: "];
    for line in lines {
        assert!(said.replace('\n', " ").contains(line), "{line}: {said}");
    }
}

#[test]
fn a_confirmed_finding_stays_confirmed_when_it_is_asked_again() {
    let folder = folder();
    let (confirmed, saved) = PLAN.split_at(PLAN.len() - 3);
    assert_eq!(saved, ["1", "", "save"]);
    let said = said(folder.path(), &["--plain"], &[PATIENT, confirmed, &["<", "<", "", "", "1", "", "save"]]);
    assert_in_order(
        &said,
        &["CONFIRM ", "Confirmed.", "CONFIRMED ", "Who takes responsibility? [Dr K. Holm]:", "Saved: "],
    );
    assert!(!said.contains("other figures"), "{said}");
}

/// The draft that a session left, as a session of an earlier version would have left it: a confirmation was
/// bound to the sentence of its finding.
fn as_an_earlier_version(folder: &Path) {
    let drafts = fs::read_dir(folder.join("state/osteodose/drafts")).unwrap();
    let is_draft = |path: &PathBuf| path.extension().is_some_and(|ending| ending == "jsonl");
    let draft = drafts.map(|entry| entry.unwrap().path()).find(is_draft).unwrap();
    let earlier = |line: &str| {
        let mut entries: serde_json::Map<String, Value> = serde_json::from_str(line).unwrap();
        let figures: Vec<String> = entries.keys().filter(|key| key.ends_with(".figures")).cloned().collect();
        for key in figures {
            entries.remove(&key);
            entries.insert(key.replace(".figures", ".saying"), "zoledronic-acid: a sentence".into());
        }
        serde_json::to_string(&entries).unwrap() + "\n"
    };
    let lines: String = fs::read_to_string(&draft).unwrap().lines().map(earlier).collect();
    assert!(lines.contains("confirm.dental-not-examined.saying"), "{lines}");
    fs::write(draft, lines).unwrap();
}

#[test]
fn a_confirmation_in_a_draft_of_an_earlier_version_is_asked_again_and_nothing_else_is() {
    let folder = folder();
    let (confirmed, _) = PLAN.split_at(PLAN.len() - 3);
    let kept = said(folder.path(), &["--plain"], &[PATIENT, confirmed]);
    assert_in_order(&kept, &["Second check by a second person", "Not saved. What is entered is kept"]);
    as_an_earlier_version(folder.path());
    let said = said(folder.path(), &["--plain"], &[&["1", "", "", "confirm", "", "plan.json", "save"]]);
    let lines = [
        "Please confirm again",
        "Step 7 of 7: Plan",
        "CONFIRM ",
        "for other figures",
        "[Dr K. Holm]",
        "Type confirm if Dr K. Holm confirms this",
        "Confirmed.",
        "Saved: plan.json",
    ];
    assert_in_order(&said, &lines);
    let plan: Value = serde_json::from_slice(&fs::read(folder.path().join("plan.json")).unwrap()).unwrap();
    assert_eq!(plan["status"], "ready");
    assert_eq!(plan["request"]["confirmations"][0]["reason"], "seen by dentist next week");
    assert_eq!(plan["request"]["clinic"]["closed_dates"], serde_json::json!(["2026-12-24", "2026-12-25"]));
}

#[test]
fn fields_come_and_go_with_the_answers_before() {
    let folder = folder();
    let without_calcium = said(folder.path(), &[], &[&[">3", "t", "", "", "38 g/L"]]);
    assert!(!without_calcium.contains("Kind of calcium"));
    let answers = [">3", "t", "", "2.3 mmol/L", "ion", "", "", ">4", "fit", "n", "n", "6", "1.11.2026"];
    let ionised = said(folder.path(), &[], &[&["2"], &answers]);
    assert_in_order(&ionised, &["Kind of calcium: ionised", "Last bone drug given on", "given on: Sun 01-Nov-2026"]);
}

#[test]
fn a_reader_who_goes_away_is_no_failure() {
    let folder = folder();
    let mut child =
        command(folder.path()).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    drop(child.stdin.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stderr.len()), (Some(0), 0));
}
