//! Visits by commands: whose values are taken, how old they may be, and what of a verdict is still said days later.

use serde_json::{Value, json};

use super::{Ward, entry};
use crate::cli::text;

fn labs(date: &str, creatinine: u16) -> Value {
    json!({"labs": {"date": date, "creatinine": {"value": creatinine, "unit": "umol/L"}}})
}

impl Ward {
    /// The verdict on a day: what is said, and the exit status.
    fn assess(&self, on: &str, patch: &Value) -> (String, Option<i32>) {
        let request = self.request("today.json", patch);
        let output = self.ward(&entry("assess", on, &[&request]), b"");
        (text(&output.stdout) + &text(&output.stderr), output.status.code())
    }
}

#[test]
fn a_risen_creatinine_is_said_in_the_list_and_holds_until_it_has_come_down() {
    let ward = Ward::with_patient();
    ward.give("2025-12-02");
    assert_eq!(ward.assess("2025-12-30", &labs("2025-12-29", 140)).1, Some(4));
    // Nobody records the hold.
    for format in ["text", "json", "csv"] {
        let list = ward.ok(&["due", "--on", "2025-12-31", "--format", format]);
        let said = if format == "text" { "HOLD said on 30-Dec-2025 (entry 7): assess again" } else { "2025-12-30" };
        assert!(list.contains(said), "{list}");
    }
    assert!(ward.show().contains("HOLD said on 30-Dec-2025 (entry 7)"), "{}", ward.show());
    // Above 110 % of the baseline, though below the value that holds a course that is not held.
    let (said, status) = ward.assess("2026-01-06", &labs("2026-01-05", 120));
    assert_eq!(status, Some(4), "{said}");
    let (said, status) = ward.assess("2026-01-13", &labs("2026-01-12", 95));
    assert_eq!(status, Some(0), "{said}");
    assert!(!ward.ok(&["due", "--on", "2026-01-13"]).contains("HOLD said"));
}

#[test]
fn values_that_are_older_than_those_of_the_register_are_refused() {
    let ward = Ward::with_patient();
    ward.give("2025-12-02");
    let (said, status) = ward.assess("2025-12-30", &labs("2025-12-02", 92));
    assert_eq!(status, Some(2));
    assert!(said.contains("are of 02-Dec-2025, and the last dose was given on 02-Dec-2025."), "{said}");
    assert_eq!(ward.assess("2025-12-30", &labs("2025-12-29", 140)).1, Some(4));
    let (said, status) = ward.assess("2025-12-30", &labs("2025-12-16", 92));
    assert_eq!(status, Some(2));
    assert!(said.contains("are of 16-Dec-2025, and entry 7 has newer ones, of 29-Dec-2025."), "{said}");
    ward.entry("strike", "2025-12-30", &["7", "--because", "wrong-patient"]);
    assert_eq!(ward.assess("2025-12-30", &labs("2025-12-16", 92)).1, Some(0));
}

#[test]
fn values_of_somebody_with_another_name_are_refused_whatever_else_is_the_same() {
    let ward = Ward::new();
    ward.add("A-1042", &json!({"patient": {"name": "Ada Berg"}}));
    let of = |name: &str| json!({"labs": {"date": "2025-12-01"}, "patient": {"id": null, "name": name}});
    let (said, status) = ward.assess("2025-12-02", &of("Eva Lund"));
    assert_eq!(status, Some(2), "{said}");
    assert_eq!(ward.assess("2025-12-02", &of("BERG, Ada")).1, Some(0));
}

#[test]
fn a_dose_from_elsewhere_that_was_said_once_is_not_forgotten() {
    let ward = Ward::with_patient();
    ward.give("2025-12-02");
    let mut with = labs("2025-12-29", 92);
    with["history"] = json!({"last_antiresorptive": {"drug": "denosumab", "date": "2025-12-20"}});
    let (said, status) = ward.assess("2025-12-30", &with);
    assert_eq!(status, Some(4), "{said}");
    with["history"] = json!({"last_antiresorptive": "none"});
    let (said, status) = ward.assess("2025-12-31", &with);
    assert!(status == Some(4) && said.contains("17-Jan-2026"), "{said}");
    // If it was said in error, the assessment is struck.
    ward.entry("strike", "2025-12-31", &["7", "--because", "wrong-patient"]);
    ward.entry("strike", "2025-12-31", &["8", "--because", "wrong-patient"]);
    assert_eq!(ward.assess("2025-12-31", &with).1, Some(0));
}

#[test]
fn a_dose_is_not_brought_forward_by_a_deferral() {
    let ward = Ward::new();
    ward.add("A-1042", &json!({"treatment": {"interval_weeks": 12}}));
    ward.give("2025-12-02");
    let defer = |to: &'static str| entry("defer", "2026-01-20", &["--because", "no-chair", "--to", to]);
    let said = ward.refused(&defer("2026-01-21"), 2);
    assert!(said.contains("21-Jan-2026 is before 24-Feb-2026, for which dose 2 is planned."), "{said}");
    assert!(ward.ok(&defer("2026-02-26")).contains("due Thu 26-Feb-2026"));
    // Back towards its day, but not before it.
    assert!(ward.ok(&defer("2026-02-25")).contains("due Wed 25-Feb-2026"));
}

#[test]
fn once_a_course_is_over_its_open_dose_has_no_day() {
    let ward = Ward::new();
    ward.add("A-1042", &json!({"treatment": {"course_months": 2}}));
    ward.give("2025-12-02");
    assert!(ward.ok(&["due", "--on", "2026-02-01"]).contains("OVERDUE (1)"));
    let list = ward.ok(&["due", "--on", "2026-02-03"]);
    assert!(list.contains("NO DATE (1)") && !list.contains("OVERDUE"), "{list}");
    let list = list.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        list.contains("dose 2, was due on Tue 30-Dec-2025, and the course has reached its end: not booked"),
        "{list}"
    );
}

#[test]
fn a_hold_before_the_first_dose_is_not_passed_over_by_the_verdict() {
    let ward = Ward::with_patient();
    ward.entry("hold", "2025-12-01", &["--because", "jaw"]);
    let (said, status) = ward.assess("2025-12-02", &labs("2025-12-01", 92));
    assert_eq!(status, Some(3), "{said}");
    let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(said.starts_with("CONFIRM. The course is on hold since 01-Dec-2025 ("), "{said}");
    assert!(said.contains("The engine cannot judge this hold, since no dose was given before it"), "{said}");
    ward.entry("resume", "2025-12-02", &[]);
    assert_eq!(ward.assess("2025-12-02", &labs("2025-12-01", 92)).1, Some(0));
}

#[test]
fn a_course_on_hold_for_its_creatinine_is_not_put_on_hold_for_it_again() {
    let ward = Ward::with_patient();
    ward.give("2025-12-02");
    let advice = "To put the course on hold: osteodose ward hold --because creatinine-risen.";
    let (said, _) = ward.assess("2025-12-30", &labs("2025-12-29", 140));
    assert!(said.contains(advice), "{said}");
    ward.entry("hold", "2025-12-30", &["--because", "creatinine-risen"]);
    let (said, status) = ward.assess("2026-01-06", &labs("2026-01-05", 139));
    assert!(status == Some(4) && !said.contains(advice), "{said}");
    // Its page gives no day to a dose that waits.
    let page = ward.show();
    assert!(page.contains("  2     Tue 30-Dec-2025   on hold\n") && !page.contains("   due "), "{page}");
}

#[test]
fn a_dose_that_was_not_given_whole_is_said_as_that_on_the_page() {
    let ward = Ward::with_patient();
    ward.entry(
        "give",
        "2025-12-02",
        &[
            "--mg",
            "0.5",
            "--incomplete-because",
            "stopped-reaction",
            "--second",
            "B. Lind",
            "--without-go-because",
            "late",
        ],
    );
    let page = ward.show();
    assert!(page.contains("given 02-Dec-2025, 0.5 mg, not complete (entry 6)"), "{page}");
    assert!(page.contains("A. Berg: 0.5 mg; not complete: stopped\n    because of a reaction;"), "{page}");
}

#[test]
fn what_comes_after_the_end_of_a_course_is_refused_for_that_alone() {
    let ward = Ward::with_patient();
    ward.give("2025-12-02");
    let (said, status) = ward.assess("2026-12-08", &labs("2026-12-07", 92));
    assert_eq!(status, Some(2));
    let over = "doses of course 1 are given before 02-Dec-2026. End the course, or plan it again.";
    assert!(said.contains(over), "{said}");
    ward.entry("end", "2025-12-30", &["--because", "died"]);
    for brand in ["Zometa", "Xgeva"] {
        let more = ["--brand", brand, "--batch", "A1", "--expires", "2028-04", "--second", "B. Lind"];
        let said = ward.refused(&entry("give", "2025-12-31", &more), 2);
        assert!(said.contains("the course has ended, as recorded on 30-Dec-2025"), "{said}");
    }
    let (said, _) = ward.assess("2025-12-31", &super::denosumab("skeletal-events", "breast"));
    assert!(said.contains("course 1 has ended"), "{said}");
}

#[test]
fn nothing_is_recorded_of_a_day_before_the_patient_was_born() {
    let ward = Ward::with_patient();
    let said = ward.refused(&entry("note", "1955-01-01", &["seen"]), 2);
    assert!(said.contains("01-Jan-1955 is before the patient was born, on 14-Mar-1958. Correct the day."), "{said}");
}

#[test]
fn a_second_dose_by_mistake_is_said_at_once_in_the_list_and_makes_the_next_no_later() {
    let ward = Ward::with_patient();
    ward.give("2025-12-02");
    ward.give("2025-12-30");
    let said =
        ward.entry("give", "2025-12-30", &["--dose", "9", "--second", "B. Lind", "--without-go-because", "test"]);
    assert!(said.contains("Next: dose 3, due Tue 27-Jan-2026.\n"), "{said}");
    assert!(said.contains("To be cleared up: Two doses on one day (entries 7 and 8)"), "{said}");
    let list = ward.ok(&["due", "--on", "2026-01-27"]);
    assert!(list.contains("to be cleared up: see the page (osteodose ward show)"), "{list}");
    // One that was given too soon on purpose: the next is due a whole interval after it.
    let ward = Ward::with_patient();
    ward.give("2025-12-02");
    assert!(ward.give("2025-12-20").ends_with("one that was not given.\n"));
    assert!(ward.ok(&["due", "--on", "2026-01-17"]).contains("dose 3; doses given: 2, last on 20-Dec-2025"));
    assert!(ward.show().contains("Next: dose 3, due Mon 19-Jan-2026."), "{}", ward.show());
}

#[test]
fn an_assessment_for_a_check_between_doses_leaves_no_hold_in_the_list() {
    let ward = Ward::with_patient();
    ward.give("2025-12-02");
    assert_eq!(ward.assess("2025-12-16", &labs("2025-12-15", 92)).1, Some(4));
    assert!(!ward.ok(&["due", "--on", "2025-12-30"]).contains("HOLD said"));
}

#[test]
fn what_is_missing_of_an_interrupted_dose_is_given_without_a_reason_for_another_dose() {
    let ward = Ward::with_patient();
    let second = ["--second", "B. Lind", "--without-go-because", "test"];
    let interrupted = ["--incomplete-because", "stopped-line"];
    let refused = ward.refused(&entry("give", "2025-12-02", &[&interrupted[..], &second].concat()), 2);
    assert!(refused.contains("--mg"), "{refused}");
    let said = ward.entry("give", "2025-12-02", &[&["--mg", "1.5"], &interrupted[..], &second].concat());
    assert!(said.contains("zoledronic acid 1.5 mg (3.5 mg was planned), not complete"), "{said}");
    let rest = |mg: &'static str| [&["--not-planned", "--mg", mg][..], &second].concat();
    let too_much = ward.refused(&entry("give", "2025-12-02", &rest("2.5")), 2);
    assert!(too_much.contains("--another-because"), "{too_much}");
    let said = ward.entry("give", "2025-12-02", &rest("2"));
    assert!(!said.contains("To be cleared up"), "{said}");
    let page = ward.show();
    assert!(page.contains("Not planned: given 02-Dec-2025, 2 mg"), "{page}");
    assert!(!page.contains("TO BE CLEARED UP"), "{page}");
}

#[test]
fn a_plan_that_takes_the_place_of_another_states_no_dose_that_is_not_recorded() {
    let ward = Ward::with_patient();
    let with = |last: &str, given: u16| {
        json!({"treatment": {"start_date": "2026-01-27"}, "labs": {"date": "2026-01-26"},
            "course": {"first_dose": "2025-12-02", "last_dose": last, "doses_given": given, "dose_mg": 3.5,
                "baseline_creatinine": {"value": 92, "unit": "umol/L", "date": "2025-11-25"}}})
    };
    let replan = |patch: &Value| {
        let plan = ward.plan("A-1042", patch);
        ward.refused(&["add", &plan, "--replan", "--by", "A. Berg", "--on", "2026-01-26", "--late"], 2)
    };
    let unknown = with("2025-12-30", 2);
    ward.give("2025-12-02");
    assert!(replan(&unknown).contains("the plan states a dose of 30-Dec-2025, which is not recorded in this course"));
    let other = with("2025-12-02", 5);
    let said = replan(&other);
    assert!(said.contains("the plan states that 5 doses were given, and 1 is recorded in this course"), "{said}");
}
