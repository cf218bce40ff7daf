//! What must not be carried over: a number into another unit, a confirmation to another finding, a figure
//! into the next visit or to the second person.

use osteodose::{
    form::Field,
    plan::{PlanStatus, reopen},
    quantity::parse_date,
    regimen::Code,
    tui::{App, Depth, Effect, Setting, Theme},
};
use serde_json::Value;

use crate::{
    screen::drawn,
    support::LIBRARY,
    walks::{self, events, to_step},
};

fn app(today: &str, plan: Option<&str>) -> App {
    let opened = plan.map(|plan| ("plan.json".into(), reopen(plan.as_bytes()).unwrap()));
    let theme = Theme { depth: Depth::None, ascii: false };
    let (today, clock) = (parse_date(today).unwrap(), chrono::DateTime::default);
    App::new(Setting { opened, ..Setting::new(&LIBRARY, today, clock, theme) })
}

/// The file that is to be written, as text.
fn saved(effect: Effect) -> String {
    let Effect::Save { content, .. } = effect else { panic!("it is not saved") };
    String::from_utf8(content).unwrap()
}

fn press(app: &mut App, keys: &str) -> Effect {
    events(keys).iter().map(|event| app.update(event)).last().unwrap()
}

#[test]
fn a_confirmation_counts_for_the_figures_of_its_finding() {
    let mut app = app("2026-12-01", None);
    press(&mut app, &walks::WEAK_KIDNEY.all_keys());
    let status = |app: &App| app.form().plan().unwrap().status();
    assert_eq!(status(&app), PlanStatus::Ready);
    // The clearance in the evidence changes with the weight.
    press(&mut app, &format!("{}\t\t\t\t\u{7f}1", first_row(1)));
    assert_eq!(app.form().text(Field::Weight), "61");
    assert_eq!(status(&app), PlanStatus::NeedsConfirmation);
    assert!(app.form().plan().unwrap().request().confirmations.is_empty());
}

#[test]
fn a_confirmation_for_one_patient_does_not_hold_for_another() {
    for (row, other) in [("", "T-77"), ("\t", "Berit Aas"), ("\t\t", "3.3.1951")] {
        let mut app = app("2026-12-01", None);
        press(&mut app, &walks::WEAK_KIDNEY.all_keys());
        assert!(!app.form().plan().unwrap().request().confirmations.is_empty());
        press(&mut app, &format!("{}{row}\u{15}{other}", first_row(1)));
        assert!(app.form().plan().unwrap().request().confirmations.is_empty(), "{other}");
    }
}

#[test]
fn a_confirmation_is_bound_to_evidence_and_to_no_sentence() {
    let mut app = app("2026-12-01", None);
    press(&mut app, &walks::WEAK_KIDNEY.all_keys());
    let plan: Value = serde_json::from_str(&app.form().plan().unwrap().to_json()).unwrap();
    let confirmed = plan["request"]["confirmations"].as_array().unwrap();
    let findings = plan["findings"].as_array().unwrap();
    assert!(!confirmed.is_empty());
    for code in confirmed.iter().map(|it| &it["finding"]) {
        let finding = findings.iter().find(|it| it["code"] == *code).unwrap();
        let bound = &app.entries()[&format!("confirm.{}.figures", code.as_str().unwrap())];
        let patient = &plan["request"]["patient"];
        let who = [&patient["id"], &patient["name"], &patient["birth_date"]];
        let expected = serde_json::json!([who, plan["dosing"]["regimen"], finding["evidence"]]);
        assert_eq!(serde_json::from_str::<Value>(bound).unwrap(), expected);
        assert!(!bound.contains(finding["message"].as_str().unwrap()));
    }
}

/// The plan of a patient after its keys, as its file.
fn file(today: &str, keys: &str) -> String {
    let mut app = app(today, None);
    press(&mut app, keys);
    saved(press(&mut app, "\u{13}"))
}

/// The keys to the first row of a step.
fn first_row(step: usize) -> String {
    to_step(step) + &"\x1b[A".repeat(30)
}

/// The next visit after a file, on a day.
fn next_visit(today: &str, file: &str) -> App {
    let mut app = app(today, Some(file));
    press(&mut app, "v");
    app
}

/// What is in these fields.
fn texts<const N: usize>(app: &App, fields: [Field; N]) -> [&str; N] {
    fields.map(|field| app.form().text(field))
}

/// The course of the form: its state, first and last dose, doses given, dose in use, hold and its reason.
const COURSE: [Field; 7] = [
    Field::Course,
    Field::FirstDose,
    Field::LastDose,
    Field::DosesGiven,
    Field::DoseInUse,
    Field::Held,
    Field::HeldBecause,
];

fn due(day: &str) -> (Field, Field) {
    let day = parse_date(day).unwrap();
    (Field::DueWas(day), Field::DueOn(day))
}

#[test]
fn the_next_visit_measures_and_asks_again() {
    let content = file("2026-12-01", &walks::REDUCED.all_keys());
    let mut next = next_visit("2026-12-28", &content);
    let (was, on) = due("2026-12-01");
    let asked_again = [
        was,
        on,
        Field::Weight,
        Field::LabDate,
        Field::Creatinine,
        Field::Calcium,
        Field::Albumin,
        Field::Dental,
        Field::Conditions,
        Field::Medicines,
        Field::StartDate,
        Field::PreparedBy,
        Field::SecondBy,
    ];
    for field in asked_again {
        assert_eq!(next.form().text(field), "", "{field:?}");
    }
    let confirmed = |field: &Field| matches!(field, Field::ConfirmedBy(_) | Field::ConfirmedBecause(_));
    assert!(!next.form().draft().fields().any(|field| confirmed(&field)));
    // A dose that was due is not presumed to be given, also not on its day.
    assert_eq!(texts(&next, COURSE), ["new", "", "", "", "", "", ""]);
    assert!(next.form().filled().missing().contains(&was));
    press(&mut next, &(first_row(4) + "g"));
    assert!(next.form().filled().missing().contains(&on));
    press(&mut next, "\t\x14");
    assert_eq!(texts(&next, COURSE), ["under-way", "2026-12-01", "2026-12-01", "1", "3.5", "", ""]);
    for (field, kept) in [
        (Field::Id, "A-1042"),
        (Field::BirthDate, "1958-03-14"),
        (Field::Baseline, "92 µmol/L"),
        (Field::BaselineDate, "2026-11-18"),
        (Field::LastDrug, "zoledronic-acid"),
        (Field::LastDate, "2026-12-01"),
    ] {
        assert_eq!(next.form().text(field), kept, "{field:?}");
    }
}

#[test]
fn the_course_follows_from_what_became_of_each_dose() {
    let content = file("2026-12-01", &walks::REDUCED.all_keys());
    let mut next = next_visit("2027-01-28", &content);
    let days: Vec<Field> = next.form().due_fields();
    assert_eq!(days.len(), 3, "three doses were due: {days:?}");
    // Given a week late: the gap counts from the day on which it was given.
    press(&mut next, &(first_row(4) + "g\t\x14\tg\t5.1.2027\tm\t"));
    assert_eq!(texts(&next, COURSE), ["under-way", "2026-12-01", "2027-01-05", "2", "3.5", "", ""]);
    assert_eq!(next.form().text(Field::LastDate), "2027-01-05");
    // The second is no longer given, and the last one was held.
    press(&mut next, &(first_row(4) + "\t\to"));
    assert_eq!(texts(&next, COURSE), ["under-way", "2026-12-01", "2026-12-01", "1", "3.5", "", ""]);
    press(&mut next, "\th");
    press(&mut next, &"\x1b[C".repeat(2));
    assert_eq!(texts(&next, COURSE)[5..], ["yes", "dental"]);
    assert_eq!(texts(&next, COURSE)[..4], ["under-way", "2026-12-01", "2026-12-01", "1"]);
    // Nothing was given: there is no course.
    press(&mut next, &(first_row(4) + "m"));
    assert_eq!(texts(&next, COURSE), ["new", "", "", "", "", "", ""]);
    assert_eq!(next.form().text(Field::LastDrug), "none");
}

#[test]
fn a_dose_is_given_on_a_day_that_is_past_and_after_the_one_before() {
    let content = file("2026-12-01", &walks::REDUCED.all_keys());
    let mut next = next_visit("2026-12-30", &content);
    press(&mut next, &(first_row(4) + "g\t31.12.2026\t"));
    let (_, first) = due("2026-12-01");
    let (_, second) = due("2026-12-29");
    let said = drawn(80, 24, |frame| next.view(frame));
    assert!(said.contains("is after today, 30-Dec-2026."), "{said}");
    press(&mut next, "\x1b[Z\x7f\x7f\x7f\x7f\x7f\x7f\x7f\x7f\x7f\x7f1.12.2026\tg\t1.12.2026\t");
    let refused = next.form().filled().refused();
    assert!(!refused.contains_key(&first) && refused.contains_key(&second), "{refused:?}");
}

#[test]
fn a_dose_that_was_given_late_is_not_followed_too_soon() {
    let content = file("2026-12-01", &walks::REDUCED.all_keys());
    let mut next = next_visit("2027-01-20", &content);
    press(&mut next, &format!("{}68,5\t{}20.1.2027\t92u\t2,31mm\tt\t38gl\t", to_step(1), first_row(3)));
    // Dose 2 was due on 29 December and given on 13 January, 15 days before the next one.
    press(&mut next, &format!("{}g\t\x14\tg\t13.1.2027\te\tn\tn\t{}28.1.2027", first_row(4), to_step(6)));
    let plan = next.form().plan().unwrap();
    assert_eq!(plan.status(), PlanStatus::Stopped);
    assert!(plan.findings().iter().any(|finding| finding.code() == Code::TooSoon));
}

#[test]
fn a_hold_goes_on_at_the_next_visit() {
    let content = file("2026-12-01", &walks::HELD.all_keys());
    assert!(content.contains("\"status\": \"stopped\""));
    let mut next = next_visit("2026-12-15", &content);
    assert!(next.form().due_fields().is_empty());
    assert_eq!(texts(&next, COURSE), ["under-way", "2026-09-08", "2026-11-03", "3", "4", "yes", "creatinine"]);
    assert_eq!(
        texts(&next, [Field::Baseline, Field::BaselineDate, Field::Creatinine, Field::Dental]),
        ["80 µmol/L", "2026-09-07", "", ""]
    );
    press(&mut next, &format!("{}70\t{}14.12.2026\t84u\t2,3mm\tt\t40gl\t", to_step(1), first_row(3)));
    press(&mut next, &format!("{}e\tn\tn\t{}15.12.2026", first_row(4), to_step(6)));
    let plan = next.form().plan().unwrap();
    assert_eq!(plan.status(), PlanStatus::Ready);
    assert!(plan.to_json().contains("\"number\":4"), "the doses are numbered on");
    // The refusal stays: the plan is offered a name of its own.
    let Effect::Save { path, replace, .. } = press(&mut next, "\u{13}") else { panic!("it is not saved") };
    assert_eq!((path.to_str(), replace), (Some("C-5-2026-12-15.json"), false));
}

#[test]
fn the_second_person_sees_neither_the_patient_nor_the_figures() {
    let mut app = app("2026-12-01", None);
    press(&mut app, &walks::REDUCED.all_keys());
    press(&mut app, "k");
    for (columns, rows) in [(80, 24), (120, 40)] {
        let shown = drawn(columns, rows, |frame| app.view(frame));
        for hidden in ["Holm", "A-1042", "1958", "68", "92"] {
            assert!(!shown.split("\nrow ").next().unwrap().contains(hidden), "{hidden}: {shown}");
        }
    }
}

#[test]
fn a_saved_confirmation_is_that_of_its_plan() {
    let mut first = app("2026-12-01", None);
    press(&mut first, &walks::REDUCED.all_keys());
    let content = saved(press(&mut first, "\u{13}"));
    let again = app("2026-12-28", Some(&content));
    assert_eq!(osteodose::saved::file(again.form().plan().unwrap()), content);
    assert_eq!(again.form().text(Field::ConfirmedBy(Code::DentalNotExamined)), "Dr K. Holm");
}

#[test]
fn a_confirmation_does_not_go_over_to_another_drug() {
    let mut app = app("2026-12-01", None);
    press(&mut app, &walks::REDUCED.all_keys());
    let status = |app: &App| app.form().plan().unwrap().status();
    assert_eq!(status(&app), PlanStatus::Ready);
    // The teeth say the same for denosumab, and nobody has confirmed it for that.
    press(&mut app, &format!("{}\x1b[H\x1b[B\x1b[B\r", to_step(5)));
    assert!(app.form().text(Field::Regimen).starts_with("denosumab"));
    assert_eq!(status(&app), PlanStatus::NeedsConfirmation);
    press(&mut app, &format!("{}\x1b[F\r", to_step(5)));
    assert_eq!(status(&app), PlanStatus::Ready);
}

#[test]
fn a_second_check_that_is_left_early_leaves_the_one_before() {
    let mut app = app("2026-12-01", None);
    press(&mut app, &walks::REDUCED.all_keys());
    press(&mut app, "kNurse B\r14.3.1985\rf\r68,5\r92u\r2,31mm\rt\r38gl\rk");
    let differs = |app: &App| app.form().plan().unwrap().second_check();
    assert_eq!(differs(&app), osteodose::plan::SecondCheckResult::Differs);
    press(&mut app, "kNurse C\x1b");
    assert_eq!(differs(&app), osteodose::plan::SecondCheckResult::Differs);
}

#[test]
fn none_of_these_takes_no_answer_away() {
    let mut app = app("2026-12-01", None);
    press(&mut app, &(first_row(4) + "\t4"));
    assert_eq!(app.form().text(Field::Conditions), "dialysis");
    press(&mut app, "n");
    assert_eq!(app.form().text(Field::Conditions), "dialysis");
}
