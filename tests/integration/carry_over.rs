//! What must not be carried over: a number into another unit, a confirmation to another finding, a figure
//! into the next visit or to the second person.

use osteodose::{
    form::Field,
    plan::{PlanStatus, reopen},
    quantity::parse_date,
    regimen::Code,
    tui::{App, Effect, Setting, Theme},
};
use serde_json::Value;

use crate::{
    screen::drawn,
    support::LIBRARY,
    walks::{self, events},
};

fn app(today: &str, plan: Option<&str>) -> App {
    let opened = plan.map(|plan| ("plan.json".into(), reopen(plan.as_bytes()).unwrap()));
    let theme = Theme { colour: false, ascii: false };
    let (today, clock) = (parse_date(today).unwrap(), chrono::DateTime::default);
    App::new(Setting { library: &LIBRARY, today, clock, theme, opened, leftovers: Vec::new() })
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
fn a_number_that_was_left_is_cleared_with_its_unit() {
    let mut app = app("2026-12-01", None);
    press(&mut app, "\x1b318.11.2026\t92 \t");
    assert_eq!((app.form().text(Field::Creatinine), app.form().unit(Field::Creatinine)), ("92", "umol/L"));
    press(&mut app, "\x1b3\t ");
    assert_eq!((app.form().text(Field::Creatinine), app.form().unit(Field::Creatinine)), ("", "mg/dL"));
    // While the number is typed for the first time the unit may be chosen before it, after it, and again.
    let mut app = self::app("2026-12-01", None);
    press(&mut app, "\x1b318.11.2026\t92  ");
    assert_eq!((app.form().text(Field::Creatinine), app.form().unit(Field::Creatinine)), ("92", "mg/dL"));
}

#[test]
fn a_confirmation_counts_for_the_figures_of_its_finding() {
    let mut app = app("2026-12-01", None);
    press(&mut app, &walks::WEAK_KIDNEY.all_keys());
    let status = |app: &App| app.form().plan().unwrap().status();
    assert_eq!(status(&app), PlanStatus::Ready);
    // The clearance in the evidence changes with the weight.
    press(&mut app, "\x1b1\t\t\t\t\u{7f}1");
    assert_eq!(app.form().text(Field::Weight), "61");
    assert_eq!(status(&app), PlanStatus::NeedsConfirmation);
    assert!(app.form().plan().unwrap().request().confirmations.is_empty());
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
        let (regimen, evidence) = bound.split_once(' ').unwrap();
        assert_eq!(regimen, plan["dosing"]["regimen"].as_str().unwrap());
        assert_eq!(serde_json::from_str::<Value>(evidence).unwrap(), finding["evidence"]);
        assert!(!bound.contains(finding["message"].as_str().unwrap()));
    }
}

#[test]
fn the_next_visit_measures_and_asks_again() {
    let mut first = app("2026-12-01", None);
    press(&mut first, &walks::REDUCED.all_keys());
    let content = saved(press(&mut first, "\u{13}\r"));
    let mut next = app("2026-12-28", Some(&content));
    press(&mut next, "\x1bn");
    let asked_again = [
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
    for (field, kept) in [
        (Field::Id, "A-1042"),
        (Field::BirthDate, "1958-03-14"),
        (Field::FirstDose, "2026-12-01"),
        (Field::LastDose, "2026-12-01"),
        (Field::DoseInUse, "3.5"),
        (Field::Baseline, "92"),
    ] {
        assert_eq!(next.form().text(field), kept, "{field:?}");
    }
}

#[test]
fn the_second_person_sees_neither_the_patient_nor_the_figures() {
    let mut app = app("2026-12-01", None);
    press(&mut app, &walks::REDUCED.all_keys());
    press(&mut app, "\x1bc");
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
    let content = saved(press(&mut first, "\u{13}\r"));
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
    press(&mut app, "\x1b5d\r");
    assert!(app.form().text(Field::Regimen).starts_with("denosumab"));
    assert_eq!(status(&app), PlanStatus::NeedsConfirmation);
    press(&mut app, "\x1b5z\r");
    assert_eq!(status(&app), PlanStatus::Ready);
}

#[test]
fn a_second_check_that_is_left_early_leaves_the_one_before() {
    let mut app = app("2026-12-01", None);
    press(&mut app, &walks::REDUCED.all_keys());
    press(&mut app, "\x1bcNurse B\t14.3.1985\t68,5\t92 \t");
    let differs = |app: &App| app.form().plan().unwrap().second_check();
    assert_eq!(differs(&app), osteodose::plan::SecondCheckResult::Differs);
    press(&mut app, "\x1bcNurse C\x1b");
    assert_eq!(differs(&app), osteodose::plan::SecondCheckResult::Differs);
}

#[test]
fn none_of_these_takes_no_answer_away() {
    let mut app = app("2026-12-01", None);
    press(&mut app, "\x1b4\to ");
    assert_eq!(app.form().text(Field::Conditions), "dialysis");
    press(&mut app, "n ");
    assert_eq!(app.form().text(Field::Conditions), "dialysis");
}
